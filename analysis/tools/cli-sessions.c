/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sessions, crossings: who worked on what from afar, and what crosses the boundary, of captures or of a project. */
#include <fcntl.h>
#include <glib.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

typedef struct
{
  CliWindow window;
  gboolean json;
  char **paths;
} Options;

static void
options_clear (Options *self)
{
  cli_window_clear (&self->window);
  g_strfreev (self->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static bool
parse_options (Options *self,
               int argc,
               char **argv)
{
  const GOptionEntry entries[] = {
    CLI_WINDOW_OPTIONS (&self->window),
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("as the report has them"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, "CAPTURE…|PROJECT" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    cli_complain (error->message);
  else if (!self->paths || !self->paths[0])
    cli_complain (_("give captures, or a project file."));
  else if (self->json && (self->window.from_text || self->window.to_text))
    cli_complain (_("--json gives all of them; leave --from and --to out."));
  else
    return cli_window_parse (&self->window);
  return false;
}

/* By its first bytes, as any SQLite file begins. */
static bool
is_project (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  char bytes[16];
  int fd = g_str_equal (path, "-") ? -1 : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  bool same = fd >= 0 && read (fd, bytes, sizeof bytes) == sizeof bytes && memcmp (bytes, magic, sizeof magic) == 0;

  if (fd >= 0)
    close (fd);
  return same;
}

static bool
load_project (const char *path,
              IsthWorld *world)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) project = NULL;

  cli_confine (NULL, path);
  project = isth_project_open (path, &error);
  if (project && isth_project_load (project, world, &error))
    return true;
  cli_complain (error->message);
  return false;
}

/* Returns an exit status. */
static int
read_captures (char **paths,
               IsthWorld *world)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  int status = CLI_OK;

  cli_confine (paths, NULL);
  for (char **path = paths; *path; path++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      IsthSource *source = cli_open_source (*path, false, &error);
      const IsthFactCapture *about = isth_facts_get_capture (facts);

      if (!source)
        {
          cli_complain (error->message);
          status = CLI_FAILED;
          continue;
        }
      isth_pipeline_run (pipeline, source, facts);
      if (!cli_check_read (source))
        status = CLI_FAILED;
      if (!isth_world_find_capture (world, about->fingerprint, about->sha256))
        isth_world_add_facts (world, facts);
      cli_close_source (source);
    }
  return status;
}

static void
print_span (int64_t first,
            int64_t last)
{
  char text[40];

  printf ("%s … ", isth_report_time (first, text));
  printf ("%s", isth_report_time (last, text));
}

static void
print_words (const IsthSnapshot *snapshot,
             const IsthRemoteSession *session)
{
  for (uint32_t i = 0; i < session->n_words; i++)
    {
      const IsthSessionWord *word = &session->words[i];

      printf ("  %s: ", isth_remark_name (word->kind));
      cli_print_field (word->text, ' ');
      printf ("(%s%s", word->outcome ? isth_outcome_name (word->outcome) : "", word->outcome ? ", " : "");
      cli_print_field (cli_get_name (snapshot, word->of_client ? session->from : session->to), ',');
      printf (_(" frame %" PRIu64 ")\n"), word->evidence.frame);
    }
}

static void
print_deeds (const IsthSnapshot *snapshot,
             const IsthRemoteSession *session)
{
  for (uint32_t i = 0; i < session->n_deeds; i++)
    {
      const IsthSessionDeed *deed = &session->deeds[i];

      printf ("  %s: %s%" PRIu64 " × %s %s → ", deed->carried ? _("carried") : _("coincident"), deed->exact ? "" : "≥ ", deed->count, deed->protocol,
              isth_op_name (deed->verb));
      cli_print_field (cli_get_name (snapshot, deed->target), ' ');
      cli_print_field (deed->object, ' ');
      print_span (deed->first, deed->last);
      printf (" %s%" PRIu64 "%s\n", _("frame "), deed->evidence.frame, deed->habit ? _(" (also before the session)") : "");
    }
  if (session->more_deeds)
    printf (_("  and %u more\n"), session->more_deeds);
}

/* Where it goes on, or is seen as well. */
static void
print_parts (const IsthSnapshot *snapshot,
             const IsthRemoteSession *session)
{
  for (uint32_t i = 0; i < session->n_parts && session->n_parts > 1; i++)
    {
      const IsthSessionPart *part = &session->parts[i];

      fputs (_("  part "), stdout);
      print_span (part->first, part->last);
      printf (_(" frame %" PRIu64 " of "), part->evidence.frame);
      cli_print_field (snapshot->captures[part->evidence.capture]->path, '\n');
    }
}

static void
print_session (const IsthSnapshot *snapshot,
               const IsthRemoteSession *session)
{
  const IsthRemoteSession *in = session->came_by ? isth_snapshot_get_session (snapshot, session->came_by) : NULL;

  print_span (session->first, session->last);
  printf (" %s ", session->protocol);
  cli_print_field (cli_get_name (snapshot, session->from), ' ');
  printf (session->proof ? "→ " : "↔ ");
  cli_print_field (cli_get_name (snapshot, session->to), ' ');
  printf ("(%s, %s, %s)\n", isth_remote_name (session->kind), isth_session_end_name (session->end), isth_session_shape_name (session->shape));
  if (session->user[0])
    printf (session->refused ? _("  user %s, refused\n") : _("  user %s\n"), session->user);
  if (session->relay[0])
    printf (_("  goes to an outside relay (%s): who is behind it is not seen\n"), session->relay);
  printf (_("  bytes %" PRIu64 " there, %" PRIu64 " back; idle %" PRIu64 " s, longest pause %" PRIu64 " s; frame %" PRIu64 "\n"), session->bytes[0],
          session->bytes[1], session->idle / 1000000000, session->pause / 1000000000, session->evidence.frame);
  if (in)
    {
      printf (_("  likely (%u of 100) reached by the %s session from "), session->score, in->protocol);
      cli_print_field (cli_get_name (snapshot, in->from), '\n');
      for (const char **reason = session->reasons; *reason; reason++)
        printf ("    %s\n", *reason);
    }
  if (session->tunnel)
    {
      printf (_("  likely (%u of 100) a reverse tunnel: somebody at its far end works through it\n"), session->tunnel);
      for (const char **reason = session->tunnel_reasons; *reason; reason++)
        printf ("    %s\n", *reason);
    }
  print_parts (snapshot, session);
  print_words (snapshot, session);
  print_deeds (snapshot, session);
}

static int
compare_sessions (const void *a,
                  const void *b)
{
  const IsthRemoteSession *x = *(IsthRemoteSession *const *) a, *y = *(IsthRemoteSession *const *) b;

  return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->id > y->id) - (x->id < y->id);
}

static void
print_sessions (const IsthSnapshot *snapshot,
                const CliWindow *window)
{
  g_autofree IsthRemoteSession **sessions = g_memdup2 (snapshot->sessions, MAX (snapshot->n_sessions, 1) * sizeof *sessions);

  qsort (sessions, snapshot->n_sessions, sizeof *sessions, compare_sessions);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    if (cli_window_touches (window, sessions[i]->first, sessions[i]->last))
      print_session (snapshot, sessions[i]);
  if (snapshot->n_sessions == 0)
    puts (_("No remote session was seen. Only connections whose protocol was recognised by its content are taken for one."));
}

static void
print_crossings (const IsthSnapshot *snapshot,
                 const CliWindow *window)
{
  puts ("from_side\tto_side\tdirect\tfrom\tto\tprotocol\tport\tpackets\tbytes\tfirst\tlast\tverbs");
  for (uint32_t i = 0; i < snapshot->crossings->n_crossings; i++)
    {
      const IsthCrossing *crossing = &snapshot->crossings->crossings[i];
      g_autoptr(GString) verbs = g_string_new (NULL);
      char text[40];

      if (!cli_window_touches (window, crossing->first, crossing->last))
        continue;
      for (IsthOp verb = 0; verb < ISTH_N_OPS; verb++)
        if (crossing->counts[verb] > 0)
          g_string_append_printf (verbs, "%s%s %" PRIu64, verbs->len ? ", " : "", isth_op_name (verb), crossing->counts[verb]);
      printf ("%s\t%s\t%s\t", isth_side_name (crossing->from_side), isth_side_name (crossing->to_side), crossing->direct ? "yes" : "no");
      cli_print_field (cli_get_name (snapshot, crossing->from), '\t');
      cli_print_field (cli_get_name (snapshot, crossing->to), '\t');
      printf ("%s\t%u\t%" PRIu64 "\t%" PRIu64 "\t%s\t", crossing->protocol, crossing->port, crossing->packets, crossing->bytes,
              isth_report_time (crossing->first, text));
      printf ("%s\t%s\n", isth_report_time (crossing->last, text), verbs->str);
    }
}

static int
run (int argc,
     char **argv,
     IsthReportPart part,
     void (*print) (const IsthSnapshot *snapshot, const CliWindow *window))
{
  g_auto(Options) options = { 0 };
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;
  g_autoptr(GError) error = NULL;
  int status = CLI_OK;

  if (!parse_options (&options, argc, argv))
    return CLI_USAGE;
  if (!options.paths[1] && is_project (options.paths[0]))
    status = load_project (options.paths[0], world) ? CLI_OK : CLI_FAILED;
  else
    status = read_captures (options.paths, world);
  snapshot = isth_world_resolve (world, isth_detect, world);
  if (status == CLI_FAILED && snapshot->n_captures == 0)
    return CLI_FAILED;
  if (!options.json)
    print (snapshot, &options.window);
  else if (!isth_report_write_part (snapshot, part, stdout, &error))
    {
      cli_complain (error->message);
      return CLI_FAILED;
    }
  return status;
}

int
cli_sessions (int argc,
              char **argv)
{
  return run (argc, argv, ISTH_REPORT_SESSIONS, print_sessions);
}

int
cli_crossings (int argc,
               char **argv)
{
  return run (argc, argv, ISTH_REPORT_CROSSINGS, print_crossings);
}
