/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of isthmus-capture that need no rights and no network: its blocks as our own reader takes them, its ring with frames made here, and
 * what a confined process cannot do any more. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "analysis/tools/isthmus-capture.h"
#include "tests/helpers/sample-capture.h"

#define SECOND G_GUINT64_CONSTANT (1000000000)

static GString *told; /* what the parts said */

/* Those of isthmus-capture.c, which is not part of this. */
void
capture_tell (const char *code,
              const char *format,
              ...)
{
  if (told)
    g_string_append_printf (told, "%s ", code);
}

uint64_t
capture_now (void)
{
  return SECOND;
}

static const CaptureInterface interface = {
  .name = "eth7", .filter = "tcp port 502", .link_type = 1, .snap_length = 96, .nanoseconds = true, .received = 12, .dropped = 3,
};

static void
test_blocks (void)
{
  g_autofree uint8_t *bytes = g_malloc (65536);
  CaptureBuffer out = { bytes, 0, 65536 };
  CaptureInterface coarse = { .name = "x", .link_type = 113, .snap_length = 262144 };
  g_autoptr(IsthSource) source = NULL;
  g_autoptr(GError) error = NULL;
  const IsthCaptureInterface *read;
  IsthFrame frames[8];
  uint64_t time = G_GUINT64_CONSTANT (1763854501123456789);
  uint8_t frame[9] = "12345678";

  capture_write_section (&out);
  capture_write_interface (&out, &interface);
  capture_write_interface (&out, &coarse);
  for (uint32_t n = 0; n < 5; n++) /* every padding */
    capture_write_frame (&out, n < 4 ? &interface : &coarse, n / 4, time + 1000 * n, 4 + n, 60, frame);
  capture_write_statistics (&out, &interface, 0, time);
  g_assert_cmpuint (out.n % 4, ==, 0);

  source = isth_source_open_memory (out.data, out.n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 5);
  for (uint32_t n = 0; n < 5; n++)
    {
      g_assert_cmpmem (frames[n].data, frames[n].captured, frame, 4 + n);
      g_assert_cmpuint (frames[n].wire, ==, 60);
      g_assert_cmpint (frames[n].time, ==, n < 4 ? (int64_t) (time + 1000 * n) : (int64_t) ((time / 1000 + n) * 1000));
      g_assert_cmpuint (frames[n].link_type, ==, n < 4 ? 1 : 113);
    }
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 0);
  g_assert_cmpuint (isth_source_get_info (source)->notes->len, ==, 0);
  read = isth_source_get_info (source)->interfaces->pdata[0];
  g_assert_cmpstr (read->name, ==, "eth7");
  g_assert_cmpstr (read->filter, ==, "tcp port 502");
  g_assert_cmpuint (read->snap_length, ==, 96);
  g_assert_true (read->dropped_known);
  g_assert_cmpuint (read->dropped, ==, 3);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Files end by size and by time, the oldest goes, all have names in order, and the descriptor stays what it was. */
static void
test_ring (void)
{
  g_autofree char *folder = isth_test_make_folder ();
  CaptureOptions options = { .ring = folder, .ring_size = 100, .ring_seconds = 60, .ring_files = 3 };
  uint64_t now = G_GUINT64_CONSTANT (1763854501000000000);
  char bytes[60] = "";
  CaptureRing ring;
  int fd;

  g_assert_true (capture_ring_open (&ring, &options, now));
  fd = ring.fd;
  g_assert_false (capture_ring_is_full (&ring, 1000, now)); /* a file holds at least one lot */
  for (int n = 0; n < 5; n++)
    {
      g_autoptr(GPtrArray) names = NULL;

      g_assert_true (capture_ring_write (&ring, bytes, sizeof bytes));
      g_assert_false (capture_ring_is_full (&ring, 40, now));
      g_assert_true (capture_ring_is_full (&ring, 41, now));
      g_assert_true (capture_ring_turn (&ring, now)); /* at the same moment, or after the clock was set back */
      g_assert_cmpint (ring.fd, ==, fd);
      names = list_folder (folder);
      g_assert_cmpuint (names->len, ==, MIN (n + 2, 3));
      now -= SECOND;
    }
  g_assert_false (capture_ring_is_full (&ring, 1, ring.opened + 60 * SECOND - 1));
  g_assert_true (capture_ring_is_full (&ring, 1, ring.opened + 60 * SECOND));
  close (ring.fd);
  close (ring.folder);
  g_free (ring.names);

  /* A later run goes on where this one ended, with fewer files if it is told so. */
  options.ring_files = 2;
  g_assert_true (capture_ring_open (&ring, &options, now + 100 * SECOND));
  {
    g_autoptr(GPtrArray) names = list_folder (folder);

    g_assert_cmpuint (names->len, ==, 2);
    g_assert_cmpstr (names->pdata[1], ==, "isthmus-20251122T233636.000000Z.pcapng");
  }
  close (ring.fd);
  close (ring.folder);
  g_free (ring.names);
  isth_test_remove_folder (g_steal_pointer (&folder));
}

static void
test_ring_refused (void)
{
  CaptureOptions options = { .ring = "/nonexistent", .ring_files = 2 };
  CaptureRing ring;

  told = g_string_new (NULL);
  g_assert_false (capture_ring_open (&ring, &options, SECOND));
  g_assert_cmpstr (told->str, ==, "ring-failed ");
  g_free (ring.names);
  options.ring = NULL;
  g_assert_true (capture_ring_open (&ring, &options, SECOND));
  g_assert_true (capture_ring_write (&ring, "", 1));
  g_assert_false (capture_ring_is_full (&ring, 1, SECOND));
  g_string_free (g_steal_pointer (&told), TRUE);
}

/* The number of the first thing that a confined process could do and should not, or could not and should; 0: all is well. */
static int
try_confined (const char *folder,
              int packet) /* stands for the socket that listens */
{
  CaptureOptions options = { .ring = folder, .ring_files = 2 };
  CaptureRing ring;
  char byte = 0;

  if (!capture_ring_open (&ring, &options, SECOND) || !capture_confine (&ring))
    return 1;
  if (socket (AF_PACKET, SOCK_RAW, 0) >= 0 || errno != EPERM || socket (AF_INET, SOCK_DGRAM, 0) >= 0 || errno != EPERM)
    return 2;
  if (write (packet, &byte, 1) >= 0 || errno != EPERM || send (packet, &byte, 1, 0) >= 0 || errno != EPERM
      || sendto (packet, &byte, 1, 0, NULL, 0) >= 0 || errno != EPERM)
    return 3;
  if (dup2 (packet, STDOUT_FILENO) >= 0 || errno != EPERM || close (STDOUT_FILENO) == 0)
    return 4;
  if (open ("/etc/passwd", O_RDONLY) >= 0 || open ("/tmp", O_RDONLY | O_DIRECTORY) >= 0 || errno != EPERM)
    return 5;
  if (fork () >= 0 || execl ("/bin/true", "true", NULL) >= 0 || errno != EPERM)
    return 6;
  if (mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    return 7;
  if (setsockopt (packet, SOL_SOCKET, SO_BROADCAST, &(int){ 1 }, sizeof (int)) == 0 || errno != EPERM)
    return 8;
  if (read (packet, &byte, 1) != 1 || byte != 'x')
    return 9;
  if (!capture_ring_write (&ring, &byte, 1) || !capture_ring_turn (&ring, 2 * SECOND) || !capture_ring_turn (&ring, 3 * SECOND))
    return 10;
  return 0;
}

static void
test_confined (void)
{
  g_autofree char *folder = isth_test_make_folder ();
  g_autoptr(GPtrArray) names = NULL;
  int pair[2], status;
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  g_assert_cmpint (write (pair[1], "x", 1), ==, 1);
  child = fork ();
  if (child == 0)
    _exit (try_confined (folder, pair[0]));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  names = list_folder (folder);
  g_assert_cmpuint (names->len, ==, 2);
  close (pair[0]);
  close (pair[1]);
  isth_test_remove_folder (g_steal_pointer (&folder));
}

/* How it is called, and what it says to that: exit status and code word. */
static void
test_arguments (void)
{
  static const struct { const char *arguments; int status; const char *word; } rows[] = {
    { "", CAPTURE_USAGE, "usage\t" },
    { "--nonsense", CAPTURE_USAGE, "unrecognized option" },
    { "-n lo", CAPTURE_USAGE, "usage\t--no-output needs --ring" },
    { "-s 0 lo", CAPTURE_USAGE, "usage\t--snap-length" },
    { "-s 262145 lo", CAPTURE_USAGE, "usage\t--snap-length" },
    { "-B -1 lo", CAPTURE_USAGE, "usage\t--buffer" },
    { "--ring-files 0 lo", CAPTURE_USAGE, "usage\t--ring-files" },
    { "--ring-size 12x lo", CAPTURE_USAGE, "usage\t--ring-size" },
    { "an-interface-with-a-name-that-is-far-too-long-for-any-system-that-there-is", CAPTURE_USAGE, "usage\t" },
    { "--check-filter tcp", CAPTURE_OK, "" },
    { "--check-filter 'port http or proto ospf or vlan 7'", CAPTURE_OK, "" },
    { "--check-filter 'tcp prot 1'", CAPTURE_BAD_FILTER, "bad-filter\t" },
    { "--check-filter 'host plc1'", CAPTURE_BAD_FILTER, "bad-filter\t" }, /* nobody is asked who that is */
    { "--check-filter 'net plant'", CAPTURE_BAD_FILTER, "bad-filter\t" },
    { "--help", CAPTURE_OK, "" },
    { "--version", CAPTURE_OK, "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf ("'%s' %s", g_getenv ("ISTHMUS_CAPTURE"), rows[i].arguments);
      g_autofree char *out = NULL, *words = NULL;
      g_autoptr(GError) error = NULL;
      int status;

      g_assert_true (g_spawn_command_line_sync (line, &out, &words, &status, &error));
      g_assert_true (WIFEXITED (status));
      if (WEXITSTATUS (status) != rows[i].status || !strstr (words, rows[i].word) || (*rows[i].word == '\0' && *words))
        g_error ("%s: exit %d, said “%s”", line, WEXITSTATUS (status), words);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tools/capture/blocks", test_blocks);
  g_test_add_func ("/tools/capture/ring", test_ring);
  g_test_add_func ("/tools/capture/ring-refused", test_ring_refused);
  g_test_add_func ("/tools/capture/confined", test_confined);
  g_test_add_func ("/tools/capture/arguments", test_arguments);
  return g_test_run ();
}
