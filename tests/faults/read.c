/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that fail, shrink, grow, go or are replaced while they are read: all before the fault is given, and the reason is told.
 * This program has a read() and a pread() of its own, which fail where a test wants it. */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"
#include "tests/helpers/sample-capture.h"

#define FRAMES 4000
#define FRAME 100
#define RECORD (16 + FRAME)
#define HEADER 24

static struct
{
  ino_t file; /* 0: nothing fails */
  off_t at;   /* bytes before this one can be read */
  int code;
  int interruptions; /* so many reads fail with EINTR first */
} fault;

/* How many of the @n bytes at @offset (-1: where the file stands) of @fd can be read; -1: none, see errno. */
static ssize_t
allow (int fd,
       size_t n,
       off_t offset)
{
  struct stat status;

  if (fault.file == 0 || fstat (fd, &status) != 0 || status.st_ino != fault.file)
    return (ssize_t) n;
  if (offset < 0)
    offset = lseek (fd, 0, SEEK_CUR);
  errno = EINTR;
  if (fault.interruptions > 0 && fault.interruptions--)
    return -1;
  errno = fault.code;
  return offset >= fault.at ? -1 : MIN ((ssize_t) n, fault.at - offset);
}

ssize_t
read (int fd,
      void *buffer,
      size_t n)
{
  ssize_t allowed = n > 0 ? allow (fd, n, -1) : 0;

  return allowed < 0 ? -1 : syscall (SYS_read, fd, buffer, (size_t) allowed);
}

/* Files are large here, so this is the pread64() of the library. */
ssize_t
pread (int fd,
       void *buffer,
       size_t n,
       off_t offset)
{
  ssize_t allowed = n > 0 ? allow (fd, n, offset) : 0;

  return allowed < 0 ? -1 : syscall (SYS_pread64, fd, buffer, (size_t) allowed, offset);
}

typedef struct
{
  char *folder, *path;
  IsthSource *source;
  const IsthCaptureInfo *info;
} Place;

static GByteArray *
make_bytes (uint32_t frames)
{
  GByteArray *bytes = g_byte_array_new ();
  uint8_t data[FRAME] = { 0 };

  isth_test_pcap_begin (bytes, 1);
  for (uint32_t i = 0; i < frames; i++)
    {
      memcpy (data, &i, sizeof i);
      isth_test_pcap_frame (bytes, INT64_C (1700000000000000000) + i * 1000, data, FRAME, FRAME);
    }
  return bytes;
}

static void
place_init (Place *self,
            uint32_t frames)
{
  g_autoptr(GByteArray) bytes = make_bytes (frames);

  self->folder = isth_test_make_folder ();
  self->path = isth_test_write (self->folder, "capture.pcap", bytes);
  self->source = NULL;
}

static void
place_open (Place *self)
{
  g_autoptr(GError) error = NULL;

  self->source = isth_source_open (self->path, &error);
  g_assert_no_error (error);
  self->info = isth_source_get_info (self->source);
}

static void
place_clear (Place *self)
{
  memset (&fault, 0, sizeof fault);
  isth_source_free (self->source);
  isth_test_remove_folder (self->folder);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Reads on until @n frames were given in all, or to the end; each must be the one that was written. */
static void
read_frames (Place *self,
             uint64_t n)
{
  IsthFrame frames[16];
  size_t got;

  while (self->info->frames < n && (got = isth_source_read (self->source, frames, G_N_ELEMENTS (frames))) > 0)
    for (size_t i = 0; i < got; i++)
      {
        uint32_t number;

        memcpy (&number, frames[i].data, sizeof number);
        g_assert_cmpuint (number, ==, frames[i].number - 1);
      }
}

static void
expect_note (const Place *self,
             const char *words)
{
  for (guint i = 0; i < self->info->notes->len; i++)
    if (strstr (((const IsthCaptureNote *) self->info->notes->pdata[i])->text, words))
      return;
  g_error ("no note says “%s”", words);
}

static void
break_file (const Place *place,
            off_t at,
            int code)
{
  struct stat status;

  g_assert_cmpint (stat (place->path, &status), ==, 0);
  fault.file = status.st_ino;
  fault.at = at;
  fault.code = code;
}

static void
test_error_in_the_middle (void)
{
  static const off_t offsets[] = { HEADER + 1, HEADER + RECORD, HEADER + 100 * RECORD + 3, 65536, 262144, 262145, 300000,
                                   HEADER + (FRAMES - 1) * (off_t) RECORD + 20 };

  for (size_t i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_auto(Place) place;

      place_init (&place, FRAMES);
      break_file (&place, offsets[i], i % 2 ? EIO : ESTALE);
      place_open (&place);
      read_frames (&place, UINT64_MAX);
      g_assert_cmpuint (place.info->frames, ==, (uint64_t) (offsets[i] - HEADER) / RECORD);
      g_assert_true (place.info->truncated);
      g_assert_nonnull (strstr (place.info->failure, g_strerror (i % 2 ? EIO : ESTALE)));
      expect_note (&place, "could not be read further");
    }
}

static void
test_error_at_once (void)
{
  g_auto(Place) place;
  g_autoptr(GError) error = NULL;

  place_init (&place, 10);
  break_file (&place, 0, EIO);
  g_assert_null (isth_source_open (place.path, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "Nothing can be read from"));
  g_assert_nonnull (strstr (error->message, place.path));
  g_assert_nonnull (strstr (error->message, "open the copy"));
}

/* A signal in the middle is no error. */
static void
test_interrupted (void)
{
  g_auto(Place) place;

  place_init (&place, FRAMES);
  break_file (&place, G_MAXINT32, EIO);
  fault.interruptions = 5;
  place_open (&place);
  read_frames (&place, 100);
  fault.interruptions = 5;
  read_frames (&place, UINT64_MAX);
  g_assert_cmpuint (place.info->frames, ==, FRAMES);
  g_assert_null (place.info->failure);
  g_assert_cmpuint (place.info->notes->len, ==, 0);
  g_assert_nonnull (place.info->sha256);
}

static void
test_shrunk (void)
{
  static const off_t sizes[] = { 0, 10, HEADER, HEADER + 7 * RECORD, 65536, 262144, 300001 };

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto(Place) place;
      uint64_t there = sizes[i] > HEADER ? (uint64_t) (sizes[i] - HEADER) / RECORD : 0;

      place_init (&place, FRAMES);
      place_open (&place);
      read_frames (&place, 16);
      g_assert_cmpint (truncate (place.path, sizes[i]), ==, 0);
      read_frames (&place, UINT64_MAX);
      g_assert_cmpuint (place.info->frames, >=, MAX (there, 16));
      g_assert_true (place.info->truncated);
      g_assert_nonnull (strstr (place.info->failure, "became shorter while it was read"));
    }
}

/* What is added belongs to it as far as it is there in time; a record that is half there is no fault of the rest. */
static void
test_grown (void)
{
  g_auto(Place) place;
  g_autoptr(GByteArray) longer = make_bytes (FRAMES + 1000);
  FILE *file;

  place_init (&place, FRAMES);
  place_open (&place);
  read_frames (&place, 16);
  file = fopen (place.path, "a");
  g_assert_nonnull (file);
  fwrite (longer->data + HEADER + FRAMES * RECORD, 1, 1000 * RECORD, file);
  fclose (file);
  read_frames (&place, UINT64_MAX);
  g_assert_cmpuint (place.info->frames, >=, FRAMES);
  g_assert_null (place.info->failure);
}

/* An open file stays what it was, whatever its name means now. */
static void
test_replaced (void)
{
  for (int gone = 0; gone < 2; gone++)
    {
      g_auto(Place) place;
      g_autoptr(GByteArray) other = make_bytes (3);
      g_autofree char *path = NULL;

      place_init (&place, FRAMES);
      place_open (&place);
      read_frames (&place, 16);
      path = isth_test_write (place.folder, "other.pcap", other);
      g_assert_cmpint (gone ? g_unlink (place.path) : g_rename (path, place.path), ==, 0);
      read_frames (&place, UINT64_MAX);
      g_assert_cmpuint (place.info->frames, ==, FRAMES);
      g_assert_null (place.info->failure);
      g_assert_nonnull (place.info->sha256);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/read/error-in-the-middle", test_error_in_the_middle);
  g_test_add_func ("/faults/read/error-at-once", test_error_at_once);
  g_test_add_func ("/faults/read/interrupted", test_interrupted);
  g_test_add_func ("/faults/read/shrunk", test_shrunk);
  g_test_add_func ("/faults/read/grown", test_grown);
  g_test_add_func ("/faults/read/replaced", test_replaced);
  return g_test_run ();
}
