/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program that gave up its rights can still do: a child tries each thing and says what came of it. */
#include "analysis/base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;

/* The child stands in a folder with: given (to be read), other, project/ (to be written in), and project/there. */

static int
as_code (long result)
{
  return result >= 0 ? 0 : errno;
}

static int
try_open (const char *path,
          int flags)
{
  return as_code (open (path, flags | O_CLOEXEC, 0600));
}

static int
try_read (void)
{
  return try_open ("given", O_RDONLY);
}

static int
try_read_other (void)
{
  return try_open ("other", O_RDONLY);
}

static int
try_read_folder (void)
{
  return try_open (".", O_RDONLY | O_DIRECTORY);
}

static int
try_write_given (void)
{
  return try_open ("given", O_WRONLY);
}

static int
try_truncate_other (void)
{
  return as_code (truncate ("other", 0));
}

static int
try_make_beside (void)
{
  return try_open ("new", O_WRONLY | O_CREAT);
}

static int
try_write_project (void)
{
  int file = open ("project/there", O_RDWR | O_CLOEXEC);

  return file < 0 ? errno : as_code (write (file, "x", 1) == 1 && fsync (file) == 0 ? 0 : -1);
}

static int
try_make_in_project (void)
{
  int made = try_open ("project/new", O_RDWR | O_CREAT | O_EXCL);

  return made ? made : as_code (rename ("project/new", "project/there") == 0 ? unlink ("project/there") : -1);
}

static int
try_move_out (void)
{
  return as_code (rename ("project/there", "there"));
}

static int
try_link (void)
{
  return as_code (symlink ("/etc/passwd", "project/link"));
}

static int
try_socket (void)
{
  return as_code (socket (AF_INET, SOCK_STREAM, 0));
}

static int
try_unix_socket (void)
{
  int both[2];

  return as_code (socketpair (AF_UNIX, SOCK_STREAM, 0, both));
}

static int
try_exec (void)
{
  char *const argv[] = { (char *) "true", NULL };

  execv ("/bin/true", argv);
  return errno;
}

static int
try_fork (void)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  return as_code (child);
}

static int
try_code (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0;
}

static int
try_make_code (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? errno : as_code (mprotect (memory, 4096, PROT_READ | PROT_EXEC));
}

static gpointer
thread_of_it (gpointer data)
{
  return GINT_TO_POINTER (try_socket () + 1);
}

/* A thread can be had, and is no better off. */
static int
try_thread (void)
{
  return GPOINTER_TO_INT (g_thread_join (g_thread_new ("test", thread_of_it, NULL))) - 1;
}

#ifdef ISTH_SANITIZED
#define NO_PROCESS 0 /* the leak checker needs these */
#define NO_CODE 0
#else
#define NO_PROCESS EPERM
#define NO_CODE EPERM
#endif
#define ANY (-1) /* not promised */

static const struct
{
  const char *name;
  int (*attempt) (void);
  int files_and_calls; /* the error expected in the command line's sandbox, */
  int calls;           /* and in the engine thread's */
} attempts[] = {
  { "read", try_read, 0, 0 },
  { "read-other", try_read_other, EACCES, 0 },
  { "read-folder", try_read_folder, EACCES, 0 },
  { "write-given", try_write_given, EACCES, 0 },
  { "truncate-other", try_truncate_other, EPERM, EPERM },
  { "make-beside", try_make_beside, EACCES, 0 },
  { "write-project", try_write_project, 0, 0 },
  { "make-in-project", try_make_in_project, 0, 0 },
  { "move-out", try_move_out, ANY, ANY },
  { "link", try_link, EPERM, EPERM },
  { "socket", try_socket, EPERM, EPERM },
  { "unix-socket", try_unix_socket, EPERM, EPERM },
  { "exec", try_exec, EPERM, EPERM },
  { "fork", try_fork, NO_PROCESS, NO_PROCESS },
  { "code", try_code, NO_CODE, NO_CODE },
  { "make-code", try_make_code, NO_CODE, NO_CODE },
  { "thread", try_thread, EPERM, EPERM },
};

/* The child: exit status is the error of the attempt. */
static int
be_confined (const char *mode,
             const char *name)
{
  static const char *const readable[] = { "given", "missing", NULL };
  static const char *const folders[] = { "project", NULL };

  isth_sandbox_enter (g_str_equal (mode, "all") ? &(IsthSandboxPlaces){ readable, folders } : NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (attempts); i++)
    if (g_str_equal (attempts[i].name, name))
      return attempts[i].attempt ();
  return 255;
}

static void
write_file (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("isthmus-XXXXXX", NULL);
  g_autofree char *project = g_build_filename (folder, "project", NULL);

  g_assert_cmpint (g_mkdir (project, 0700), ==, 0);
  write_file (folder, "given");
  write_file (folder, "other");
  write_file (project, "there");
  return folder;
}

static void
remove_folder (const char *folder)
{
  static const char *const names[] = { "project/there", "project/new", "project/link", "project", "given", "other", "new", "there" };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
attempt (const char *mode,
         const char *name)
{
  char *argv[] = { (char *) program, (char *) "--confined", (char *) mode, (char *) name, NULL };
  g_autofree char *folder = make_folder ();
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (folder, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  remove_folder (folder);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_all (void)
{
  if (isth_sandbox_available () != (ISTH_SANDBOX_CALLS | ISTH_SANDBOX_FILES))
    {
      g_test_skip (isth_sandbox_describe (isth_sandbox_available ()));
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      int code = attempt ("all", attempts[i].name);

#ifdef ISTH_SANITIZED
      if (attempts[i].files_and_calls == EACCES && g_str_has_prefix (attempts[i].name, "read"))
        continue; /* a sanitizer may read everything */
#endif
      if (attempts[i].files_and_calls != ANY && code != attempts[i].files_and_calls)
        g_error ("%s: %s instead of %s", attempts[i].name, g_strerror (code), g_strerror (attempts[i].files_and_calls));
    }
}

static void
test_calls (void)
{
  if (!(isth_sandbox_available () & ISTH_SANDBOX_CALLS))
    {
      g_test_skip (isth_sandbox_describe (isth_sandbox_available ()));
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      int code = attempt ("calls", attempts[i].name);

      if (attempts[i].calls != ANY && code != attempts[i].calls)
        g_error ("%s: %s instead of %s", attempts[i].name, g_strerror (code), g_strerror (attempts[i].calls));
    }
}

/* Only the thread that asked for it, and those it starts. */
static gpointer
confined_thread (gpointer data)
{
  isth_sandbox_enter (NULL);
  return GINT_TO_POINTER (try_thread ());
}

static void
test_one_thread (void)
{
  int code = GPOINTER_TO_INT (g_thread_join (g_thread_new ("confined", confined_thread, NULL)));
  int own = socket (AF_UNIX, SOCK_STREAM, 0);

  g_assert_true (code == EPERM || !(isth_sandbox_available () & ISTH_SANDBOX_CALLS));
  g_assert_cmpint (own, >=, 0);
  close (own);
  g_assert_true (g_spawn_command_line_sync ("true", NULL, NULL, NULL, NULL));
}

static void
test_words (void)
{
  for (unsigned parts = 0; parts < 4; parts++)
    g_assert_nonnull (strstr (isth_sandbox_describe (parts), "confined"));
}

int
main (int argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--confined"))
    return be_confined (argv[2], argv[3]);
  program = g_canonicalize_filename (argv[0], NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/all", test_all);
  g_test_add_func ("/sandbox/calls", test_calls);
  g_test_add_func ("/sandbox/one-thread", test_one_thread);
  g_test_add_func ("/sandbox/words", test_words);
  return g_test_run ();
}
