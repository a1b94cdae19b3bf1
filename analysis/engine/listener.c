/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture as a child process. Its words are lines of a code, a tab and details; data/isthmus-capture.1 lists them. */
#include "analysis/engine/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/capture/filter.h"

#define PROGRAM "isthmus-capture"
#define MOST_WORDS 65536 /* bytes of its words that wait to be read; it never has that many */

struct _IsthListener
{
  GPid pid;
  int words;      /* its standard error */
  GMutex lock;    /* guards ended: a process that was waited for must get no signal any more */
  bool ended;
  GString *heard; /* of its words, not yet taken */
};

/* Beside this program where it is installed; in the other folder where it was built. */
static char *
find_beside_us (void)
{
  static const char *const places[] = { ".", "../analysis/tools", "../../analysis/tools" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : NULL;

  for (size_t i = 0; folder && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_canonicalize_filename (path, NULL);
    }
  return NULL;
}

char *
isth_listener_find_program (void)
{
  const char *given = g_getenv ("ISTHMUS_CAPTURE");
  char *path;

  if (given && *given)
    return g_strdup (given);
  path = find_beside_us ();
  if (!path)
    path = g_find_program_in_path (PROGRAM);
  return path ? path : g_strdup (ISTH_CAPTURE_PROGRAM);
}

char *
isth_listen_get_command (void)
{
  g_autofree char *program = isth_listener_find_program ();
  g_autofree char *quoted = g_shell_quote (program);
  bool plain = !strpbrk (program, " '\"\\$`&;|<>()*?[]#~!");

  return g_strdup_printf ("sudo setcap cap_net_raw=ep %s", plain ? program : quoted);
}

bool
isth_listen_check_filter (const char *filter,
                          GError **error)
{
  g_autoptr(IsthFilter) compiled = isth_filter_new (filter ? filter : "", 1, error); /* LINKTYPE_ETHERNET */

  return compiled != NULL;
}

static void
add_number (GPtrArray *arguments,
            const char *option,
            uint32_t value)
{
  if (value > 0)
    g_ptr_array_add (arguments, g_strdup_printf ("--%s=%u", option, value));
}

static GPtrArray *
make_arguments (const IsthListen *listen)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, isth_listener_find_program ());
  add_number (arguments, "snap-length", listen->snap_length);
  add_number (arguments, "buffer", listen->buffer);
  if (listen->filter && *listen->filter)
    g_ptr_array_add (arguments, g_strdup_printf ("--filter=%s", listen->filter));
  if (!listen->promiscuous)
    g_ptr_array_add (arguments, g_strdup ("--no-promiscuous"));
  if (listen->ring_folder)
    {
      g_ptr_array_add (arguments, g_strdup_printf ("--ring=%s", listen->ring_folder));
      add_number (arguments, "ring-size", listen->ring_size);
      add_number (arguments, "ring-seconds", listen->ring_seconds);
      add_number (arguments, "ring-files", listen->ring_files);
    }
  g_ptr_array_add (arguments, g_strdup ("--"));
  for (const char *const *name = listen->interfaces; *name; name++)
    g_ptr_array_add (arguments, g_strdup (*name));
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

IsthListener *
isth_listener_new (const IsthListen *listen,
                   int *output,
                   GError **error)
{
  g_autoptr(GPtrArray) arguments = make_arguments (listen);
  g_autoptr(GError) reason = NULL;
  IsthListener *self = g_new0 (IsthListener, 1);

  if (!g_spawn_async_with_pipes (NULL, (char **) arguments->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES, NULL, NULL,
                                 &self->pid, NULL, output, &self->words, &reason))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_LISTEN, _("The program that listens could not be started: %s. Install Isthmus again."), reason->message);
      g_free (self);
      return NULL;
    }
  (void) fcntl (self->words, F_SETFL, O_NONBLOCK);
  g_mutex_init (&self->lock);
  self->heard = g_string_new (NULL);
  return self;
}

static void
send_signal (IsthListener *self,
             int number)
{
  g_mutex_lock (&self->lock);
  if (!self->ended)
    kill (self->pid, number);
  g_mutex_unlock (&self->lock);
}

void
isth_listener_pause (IsthListener *self,
                     bool paused)
{
  send_signal (self, paused ? SIGUSR1 : SIGUSR2);
}

void
isth_listener_stop (IsthListener *self)
{
  send_signal (self, SIGTERM);
}

void
isth_listener_kill (IsthListener *self)
{
  send_signal (self, SIGKILL);
}

static void
hear_words (IsthListener *self)
{
  char bytes[1024];
  ssize_t n;

  while ((n = read (self->words, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0 && self->heard->len < MOST_WORDS)
      g_string_append_len (self->heard, bytes, n);
}

void
isth_listener_wait (IsthListener *self)
{
  siginfo_t info;

  while (!self->ended && waitid (P_PID, (id_t) self->pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
    continue;
  g_mutex_lock (&self->lock);
  if (!self->ended)
    while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
      continue;
  self->ended = true;
  g_mutex_unlock (&self->lock);
}

void
isth_listener_free (IsthListener *self)
{
  if (!self)
    return;
  isth_listener_kill (self);
  isth_listener_wait (self);
  close (self->words);
  g_string_free (self->heard, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static GError *
make_rights_error (const char *name)
{
  g_autofree char *command = isth_listen_get_command ();

  return g_error_new (ISTH_ERROR, ISTH_ERROR_RIGHTS, _("Listening to “%s” needs a right that isthmus-capture does not have. Give it once, then listen again: %s"),
                      name, command);
}

/* What each word means to a person: %1$s is the interface or file, %2$s the words of the system. */
static const struct { const char *code, *text; } sentences[] = {
  { "no-interface", N_("“%1$s” cannot be listened to: %2$s. Choose another interface, or bring this one up.") },
  { "interface-down", N_("“%1$s” was taken down (%2$s). It is heard again as soon as it is up.") },
  { "interface-gone", N_("“%1$s” is gone. What was heard of it is kept.") },
  { "bad-filter", N_("The filter cannot be used on “%1$s”: %2$s. See man pcap-filter.") },
  { "failed", N_("“%1$s” cannot be listened to any more: %2$s.") },
  { "ring-failed", N_("The ring of files ended at “%1$s”: %2$s. Make room or choose another folder, then listen again.") },
  { "ring-not-removed", N_("The oldest file of the ring, “%1$s”, could not be removed: %2$s.") },
  { "no-output", N_("What is heard could not be handed on: %1$s.") },
  { "not-confined", N_("isthmus-capture could not give back its rights, so it does not listen: %1$s.") },
  { "usage", N_("isthmus-capture does not understand what it is asked: %1$s. Install Isthmus again.") },
};

static GError *
translate (const char *line,
           char **about)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", 3);
  const char *code = fields[0] ? fields[0] : "", *name = fields[0] && fields[1] ? fields[1] : "";
  const char *words = *name && fields[2] ? fields[2] : "";

  *about = g_strdup (name);
  if (g_str_equal (code, "no-rights"))
    return make_rights_error (name);
  for (size_t i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (code, sentences[i].code))
      {
        g_autofree char *text = NULL;

        text = g_strdup_printf (_(sentences[i].text), name, words);
        return g_error_new_literal (ISTH_ERROR, ISTH_ERROR_LISTEN, text);
      }
  g_clear_pointer (about, g_free);
  return NULL; /* good news */
}

GError *
isth_listener_next_complaint (IsthListener *self,
                              char **about)
{
  const char *end;

  hear_words (self);
  while ((end = strchr (self->heard->str, '\n')))
    {
      g_autofree char *line = g_strndup (self->heard->str, (gsize) (end - self->heard->str));
      GError *error;

      g_string_erase (self->heard, 0, end - self->heard->str + 1);
      error = translate (line, about);
      if (error)
        return error;
    }
  return NULL;
}
