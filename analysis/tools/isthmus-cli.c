/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: the same library as the window, for scripts, comparisons and people without a screen. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

#define LARGE (1 << 20) /* bytes of a block that has pages of its own, and gives them back at once */

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *arguments;
  const char *summary;
} commands[] = {
  { "analyze", cli_analyze, "[-o PROJECT] [--json FILE|-] [--html FILE|-] [OPTION…] CAPTURE…", N_("read captures into a report or a project") },
  { "flows", cli_flows, "CAPTURE…", N_("list conversations, one a line") },
  { "operations", cli_operations, "CAPTURE…", N_("list what was asked of whom, one request a line") },
  { "sessions", cli_sessions, "[--json] [--from TIME] [--to TIME] CAPTURE…|PROJECT", N_("list who worked on what from afar, through what, and what was done meanwhile") },
  { "crossings", cli_crossings, "[--json] [--from TIME] [--to TIME] CAPTURE…|PROJECT", N_("list what crosses the boundary between office and plant, and what was done there") },
  { "show", cli_show, "[--from TIME] [--to TIME] CAPTURE…|PROJECT assets|links|networks|transfers|alerts|captures", N_("list what is on the network") },
  { "protocols", cli_protocols, "", N_("list what can be read, and how deep") },
  { "detections", cli_detections, "", N_("list what raises an alert") },
};

void
cli_complain (const char *text)
{
  fprintf (stderr, "isthmus-cli: %s\n", text);
}

bool
cli_check_read (const IsthSource *source)
{
  const IsthCaptureInfo *info = isth_source_get_info (source);
  g_autofree char *text = NULL;

  if (!info->failure)
    return true;
  text = g_strdup_printf (_("“%s” could not be read to its end; what stands before was. %s"), info->path, info->failure);
  cli_complain (text);
  return false;
}

void
cli_print_field (const char *text,
                 char end)
{
  for (; *text; text++)
    putchar (*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
  putchar (end);
}

void
cli_print_time (int64_t time,
                char end)
{
  char text[40];

  cli_print_field (isth_report_time (time, text), end);
}

const char *
cli_get_name (const IsthSnapshot *snapshot,
              uint64_t asset)
{
  const IsthAsset *found = isth_snapshot_get_asset (snapshot, asset);

  return found ? found->name : "";
}

static void
print_help (FILE *file)
{
  fprintf (file, "%s\n\n", _("Usage: isthmus-cli COMMAND [ARGUMENT…]"));
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *arguments = commands[i].arguments;

      fprintf (file, "  %s%*s%s\n             %s\n", commands[i].name, *arguments ? 11 - (int) strlen (commands[i].name) : 0, "", arguments, _(commands[i].summary));
    }
  fprintf (file, "\n%s\n", _("isthmus-cli COMMAND --help says what its options are."));
  fprintf (file, "%s\n", _("A CAPTURE is a file in any format that is read, or - for standard input. --version, --help."));
  fprintf (file, "%s\n", _("While it reads, isthmus-cli gives up its rights to the network, other programs and other files; --no-sandbox keeps them."));
  fprintf (file, "%s\n", _("Exit status: 0 all went well, 1 something could not be read or written, 2 wrong usage."));
}

/* Whoever closed a standard stream before he started us must not find its number given to a project or a capture, and our words
 * in that. Opened the wrong way round, so that using it fails. */
static void
occupy_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      (void) !open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static int
run_command (size_t command,
             int argc,
             char **argv)
{
  g_autofree char *name = g_strdup_printf ("isthmus-cli %s", commands[command].name);

  g_set_prgname (name);
  if (argc == 2 && g_str_equal (argv[1], "--help") && commands[command].run != cli_analyze && commands[command].run != cli_show
      && commands[command].run != cli_sessions && commands[command].run != cli_crossings)
    {
      printf ("%s %s%s%s\n\n%s\n", _("Usage:"), name, commands[command].arguments[0] ? " " : "", commands[command].arguments, _(commands[command].summary));
      return CLI_OK;
    }
  if (argc > 1 && commands[command].arguments[0] == '\0')
    {
      cli_complain (_("this command takes no arguments."));
      return CLI_USAGE;
    }
  return commands[command].run (argc, argv);
}

/* Everything was written, or it is said that it was not. */
static int
finish_output (int status)
{
  if (status == CLI_USAGE || (fflush (stdout) == 0 && !ferror (stdout)))
    return status;
  cli_complain (_("the output could not be written"));
  return CLI_FAILED;
}

int
main (int argc,
      char **argv)
{
  occupy_standard_streams ();
  mallopt (M_MMAP_THRESHOLD, LARGE); /* left alone, it follows what is freed, and tables that are gone stay in the heap among what is not */
  signal (SIGXFSZ, SIG_IGN); /* a ceiling on file sizes is a full disk, and no reason to end without a word */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, ISTH_LOCALE_FOLDER);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  cli_take_no_sandbox (&argc, argv);

  if (argc < 2)
    {
      print_help (stderr);
      return CLI_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help (stdout);
      return finish_output (CLI_OK);
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("isthmus-cli %s\n%s\n", ISTH_VERSION, isth_sandbox_describe (isth_sandbox_available ()));
      return finish_output (CLI_OK);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return finish_output (run_command (i, argc - 1, argv + 1));
  fprintf (stderr, _("isthmus-cli: there is no command “%s”\n"), argv[1]);
  print_help (stderr);
  return CLI_USAGE;
}
