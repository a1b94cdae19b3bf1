/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sessions, crossings: who worked on what from afar, and what crosses the boundary, of captures or of a project. */
#include <glib.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

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

static void
print_span (int64_t first,
            int64_t last)
{
  char text[40];

  fputs (isth_report_time (first, text), stdout);
  if (last != first)
    printf (" … %s", isth_report_time (last, text));
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
      printf ("(%s%s", word->outcome ? isth_outcome_name (word->outcome) : "", word->answer[0] ? ": " : word->outcome ? ", " : "");
      if (word->answer[0])
        cli_print_field (word->answer, ',');
      fputs (word->answer[0] ? " " : "", stdout);
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
      cli_print_field (cli_get_name (snapshot, deed->target), ',');
      putchar (' ');
      cli_print_field (deed->object[0] ? deed->object : deed->name, ',');
      putchar (' ');
      print_span (deed->first, deed->last);
      printf (", %s%" PRIu64 "%s\n", _("frame "), deed->evidence.frame, deed->habit ? _(" (also before the session)") : "");
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

/* With its side: that somebody comes from outside is what matters most. */
static void
print_end (const IsthSnapshot *snapshot,
           uint64_t id,
           char after)
{
  const IsthAsset *asset = isth_snapshot_get_asset (snapshot, id);
  bool level = asset && asset->side == ISTH_SIDE_OT && asset->level != ISTH_LEVEL_UNKNOWN;
  bool side = asset && asset->side != ISTH_SIDE_UNKNOWN;

  cli_print_field (cli_get_name (snapshot, id), side ? ' ' : after);
  if (side)
    printf ("[%s%s%s]%c", isth_side_name (asset->side), level ? " " : "", level ? isth_level_name (asset->level) : "", after);
}

static const char *
describe_end (IsthSessionEnd end)
{
  switch (end)
    {
    case ISTH_SESSION_CLOSED:
      return _("closed");
    case ISTH_SESSION_SILENT:
      return _("fell silent");
    default:
      return _("still open when the capture ended");
    }
}

static void
print_course (const IsthRemoteSession *session)
{
  printf ("  %s; %s", _(isth_remote_title (session->kind)), session->begun ? "" : _("its beginning was not seen; "));
  if (session->shape != ISTH_SHAPE_UNKNOWN)
    printf ("%s; ", session->shape == ISTH_SHAPE_TRANSFER ? _("looks like a transfer") : _("looks interactive"));
  printf (_("%s after %" PRIu64 " s\n"), describe_end (session->end), (uint64_t) (session->last - session->first) / 1000000000);
  if (session->user[0])
    printf (_("  user %s\n"), session->user);
  if (session->refused)
    puts (_("  nobody came in: it was refused"));
  if (session->relay[0])
    printf (_("  goes to an outside relay (%s): who is behind it is not seen\n"), session->relay);
  printf (_("  bytes %" PRIu64 " there, %" PRIu64 " back; idle %" PRIu64 " s, longest pause %" PRIu64 " s; frame %" PRIu64 "\n"), session->bytes[0],
          session->bytes[1], session->idle / 1000000000, session->pause / 1000000000, session->evidence.frame);
}

static void
print_session (const IsthSnapshot *snapshot,
               const IsthRemoteSession *session)
{
  const IsthRemoteSession *in = session->came_by ? isth_snapshot_get_session (snapshot, session->came_by) : NULL;

  print_span (session->first, session->last);
  printf (" %s ", session->protocol);
  print_end (snapshot, session->from, ' ');
  printf (session->proof >= 2 || (session->proof && session->begun) ? "→ " : "↔ "); /* who spoke first in the midst of it opened nothing */
  print_end (snapshot, session->to, '\n');
  print_course (session);
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
  uint32_t shown = 0, refused = 0;

  qsort (sessions, snapshot->n_sessions, sizeof *sessions, compare_sessions);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    if (cli_window_touches (window, sessions[i]->first, sessions[i]->last))
      {
        print_session (snapshot, sessions[i]);
        shown++;
        refused += sessions[i]->refused;
      }
  if (shown > 1 && refused > 0)
    printf (_("%u sessions, in %u of which nobody came in\n"), shown, refused);
  else if (shown > 1)
    printf (_("%u sessions\n"), shown);
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
  int status;

  if (!parse_options (&options, argc, argv))
    return CLI_USAGE;
  status = cli_read_world (options.paths, world);
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
