/* SPDX-License-Identifier: GPL-3.0-or-later */
/* analyze: captures in, a report or a project out. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

#define MOST_THREADS 64

typedef struct
{
  char *project_path, *filter;
  CliReport json, page;
  char **captures;
  char **site_ranges;
  const char *author; /* of these */
  gboolean timings, follow, no_guesses;
  CliWindow window;
  int threads;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->project_path);
  g_free (self->filter);
  cli_report_clear (&self->json);
  cli_report_clear (&self->page);
  g_strfreev (self->captures);
  g_strfreev (self->site_ranges);
  cli_window_clear (&self->window);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static bool
parse_options (Options *self,
               int argc,
               char **argv)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->project_path, N_("write a project file, or add to the one that is there"), "PROJECT" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json.path, N_("write the report as JSON"), "FILE|-" },
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &self->page.path, N_("write the report as a page to read and print"), "FILE|-" },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &self->filter, N_("read only frames that match, see pcap-filter(7)"), "BPF" },
    CLI_WINDOW_OPTIONS (&self->window),
    { "follow", 0, 0, G_OPTION_ARG_NONE, &self->follow, N_("the capture is still being written: wait for more until Ctrl+C"), NULL },
    { "site-range", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->site_ranges, N_("addresses that are the site's own, though they are public; may be repeated"), "NETWORK/BITS" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &self->threads, N_("let so many threads work on a capture (2; the report is the same)"), "N" },
    { "no-guesses", 0, 0, G_OPTION_ARG_NONE, &self->no_guesses, N_("no hints from libndpi, nor from how TCP connections are opened"), NULL },
    { "timings", 0, 0, G_OPTION_ARG_NONE, &self->timings, N_("say on the error output what took how much time"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->captures, NULL, "CAPTURE…" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  self->threads = (int) MIN (g_get_num_processors (), 2);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      cli_complain (error->message);
      return false;
    }
  if (!cli_window_parse (&self->window))
    return false;
  self->page.page = true;
  if (self->threads < 1 || self->threads > MOST_THREADS)
    {
      g_autofree char *message = g_strdup_printf (_("analyze: --threads takes 1 to %d."), MOST_THREADS);

      cli_complain (message);
      return false;
    }
  if (self->site_ranges)
    self->author = g_get_user_name (); /* while the system's list of users may be read */
  for (char **range = self->site_ranges; range && *range; range++)
    if (!isth_site_range_parse (&(IsthSiteRange) { 0 }, *range))
      {
        g_autofree char *message = g_strdup_printf (_("analyze: “%s” is no range of addresses. Give one as --site-range 198.18.0.0/15."), *range);

        cli_complain (message);
        return false;
      }
  if (!self->captures)
    {
      cli_complain (_("analyze: which capture? Give at least one file, or - for standard input."));
      return false;
    }
  if (self->window.given && self->project_path)
    {
      cli_complain (_("analyze: a project holds whole captures. Leave out --from and --to, and give them to “show”."));
      return false;
    }
  if (g_strcmp0 (self->json.path, "-") == 0 && g_strcmp0 (self->page.path, "-") == 0)
    {
      cli_complain (_("analyze: --json and --html cannot both go to standard output. Name a file for one of them."));
      return false;
    }
  if (self->follow && self->captures[1])
    {
      cli_complain (_("analyze: only one capture can be followed."));
      return false;
    }
  return true;
}

#define COMMIT_EVERY G_USEC_PER_SEC

/**
 * Job:
 * @project: NULL: none is written
 * @frames: read so far
 * @whole: no file was told to be unreadable from some place on
 */
typedef struct
{
  IsthPipeline *pipeline;
  IsthWorld *world;
  IsthProject *project;
  const CliWindow *window;
  uint64_t frames;
  bool whole;
} Job;

/* Reads to the end; what was read is on the disk at most a second later, also of a pipe that ends with the power. A capture of
 * which the project holds something already takes its place when it is read: a kill must not leave it there twice. */
static bool
read_capture (const Job *self,
              IsthSource *source,
              IsthFacts *facts,
              GError **error)
{
  const IsthCaptureInfo *info;
  gint64 next = g_get_monotonic_time () + COMMIT_EVERY;
  uint64_t kept = 0;
  bool fine = true;

  isth_pipeline_begin (self->pipeline, source, facts);
  info = isth_pipeline_get_info (self->pipeline);
  while (fine && isth_pipeline_step (self->pipeline))
    if (self->project && g_get_monotonic_time () >= next && info->frames != kept
        && !isth_world_find_capture (self->world, info->fingerprint, NULL))
      {
        kept = info->frames;
        isth_pipeline_describe (self->pipeline);
        isth_timing_charge ("analysis");
        fine = isth_project_save_facts (self->project, facts, error);
        isth_timing_charge ("project");
        next = g_get_monotonic_time () + COMMIT_EVERY;
      }
  isth_pipeline_end (self->pipeline, fine);
  isth_timing_charge ("analysis");
  return fine;
}

/* Reads one capture into the world (and the project); a capture that is there already is not counted twice. */
static bool
analyze_capture (Job *self,
                 IsthSource *source,
                 GError **error)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthFacts *known;
  const char *sha256;

  if (self->window->given)
    isth_source_set_window (source, self->window->from, self->window->to, NULL, NULL, NULL);
  if (!read_capture (self, source, facts, error))
    return false;
  self->whole &= cli_check_read (source);
  self->frames += isth_facts_get_capture (facts)->frames;

  sha256 = isth_facts_get_capture (facts)->sha256;
  known = isth_world_find_capture (self->world, isth_facts_get_capture (facts)->fingerprint, sha256);
  if (known && isth_facts_get_capture (known)->complete)
    return !self->project || isth_project_remove_facts (self->project, facts, error);
  if (self->project && !isth_project_replace_facts (self->project, known, facts, error))
    return false;
  if (known)
    isth_world_remove_facts (self->world, known);
  isth_world_add_facts (self->world, facts);
  return true;
}

static IsthProject *
open_project (const char *path,
              IsthWorld *world,
              GError **error)
{
  g_autoptr(IsthProject) project = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || isth_project_is_begun (path))
    return isth_project_create (path, error);
  project = isth_project_open (path, error);
  if (!project || !isth_project_load (project, world, error))
    return NULL;
  return g_steal_pointer (&project);
}

/* What the project does not hold already. */
static bool
add_site_ranges (const Options *options,
                 IsthWorld *world,
                 IsthProject *project,
                 GError **error)
{
  for (char **text = options->site_ranges; text && *text; text++)
    {
      IsthSiteRange range;
      IsthEdit edit;
      bool fine = true;

      if (!isth_site_range_parse (&range, *text) || isth_site_range_is_known (&range, world))
        continue;
      edit = isth_site_range_make_edit (&range, true, options->author, g_get_real_time () * 1000);
      isth_world_add_edit (world, &edit);
      if (project)
        fine = isth_project_save_edit (project, &edit, error);
      isth_site_range_clear_edit (&edit);
      if (!fine)
        return false;
    }
  return true;
}

static void
print_summary (const IsthSnapshot *snapshot)
{
  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    {
      const IsthCapture *capture = snapshot->captures[i];

      printf (_("%s: %s, frames: %" PRIu64 "\n"), capture->path, capture->format, capture->frames);
      for (char **note = capture->notes; note && *note; note++)
        printf ("  %s\n", *note);
    }
  printf (_("assets: %u, links: %u, alerts: %u\n"), snapshot->n_assets, snapshot->n_links, snapshot->n_alerts);
  for (uint32_t i = 0; i < snapshot->health->n_not_decoded; i++)
    printf (_("not decoded: %" PRIu64 " × %s\n"), snapshot->health->not_decoded[i].count, snapshot->health->not_decoded[i].what);
  if (snapshot->health->missing_bytes > 0)
    printf (ngettext ("not captured: at least %" PRIu64 " bytes of %" PRIu64 " TCP connection\n", "not captured: at least %" PRIu64 " bytes of %" PRIu64 " TCP connections\n",
                      (gulong) snapshot->health->lossy_connections),
            snapshot->health->missing_bytes, snapshot->health->lossy_connections);
  if (snapshot->health->copies > 0)
    printf (ngettext ("captured in two places: %" PRIu64 " packet; what it does is counted once\n", "captured in two places: %" PRIu64 " packets; what they do is counted once\n",
                      (gulong) snapshot->health->copies),
            snapshot->health->copies);
  if (snapshot->health->blind_macs > 0)
    printf (_("MAC addresses that stand for many hosts, as in a replayed capture: %" PRIu64 "; hosts there are known by their IP addresses\n"), snapshot->health->blind_macs);
  for (uint32_t i = 0; i < snapshot->health->n_limits; i++)
    printf (_("limit reached: %" PRIu64 " × %s\n"), snapshot->health->limits[i].count, snapshot->health->limits[i].what);
}

/* All that was asked for is written, and whole: also the project, which somebody may copy next. */
static bool
hand_over (Options *options,
           const IsthSnapshot *snapshot,
           IsthProject *project,
           GError **error)
{
  bool fine;

  if (!options->json.path && !options->page.path && !project)
    print_summary (snapshot);
  fine = cli_report_write (&options->json, snapshot, &options->window, error) && cli_report_write (&options->page, snapshot, &options->window, error);
  isth_timing_charge ("export");
  if (fine && project)
    fine = isth_project_settle (project, error);
  isth_timing_charge ("project");
  return fine;
}

/* What is left when the process ends: its memory goes with it at once, while the million records of a large world take a while to go one by one. Nobody
 * looks at them any more, but leak checkers find them here, and a second run of main() (the fuzzers') frees the first one's. */
static struct
{
  IsthWorld *volatile world;
  IsthSnapshot *volatile snapshot;
} left;

static void
leave (IsthWorld *world,
       IsthSnapshot *snapshot)
{
  if (left.snapshot)
    isth_snapshot_unref (left.snapshot);
  if (left.world)
    isth_world_free (left.world);
  left.snapshot = snapshot;
  left.world = world;
}

/* Returns an exit status; @frames becomes the frames read. */
static int
analyze (Options *options,
         uint64_t *frames)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthProject) project = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  g_autoptr(GError) error = NULL;
  Job job = { pipeline, world, .window = &options->window, .whole = true };
  int status = CLI_OK;
  guint read = 0;

  isth_pipeline_set_threads (pipeline, (unsigned int) options->threads);
  isth_pipeline_set_guesses (pipeline, !options->no_guesses);
  if (!isth_pipeline_set_filter (pipeline, options->filter, &error))
    {
      cli_complain (error->message);
      return CLI_USAGE;
    }
  if (!cli_report_open (&options->json, &error) || !cli_report_open (&options->page, &error))
    {
      cli_complain (error->message);
      return CLI_FAILED;
    }
  cli_confine (options->captures, options->project_path);
  if (options->project_path && !(project = open_project (options->project_path, world, &error)))
    {
      cli_complain (error->message);
      return CLI_FAILED;
    }
  job.project = project;
  if (!add_site_ranges (options, world, project, &error))
    {
      cli_complain (error->message);
      return CLI_FAILED;
    }
  for (char **path = options->captures; *path; path++)
    {
      g_autoptr(GError) failure = NULL;
      IsthSource *source = cli_open_source (*path, options->follow, &failure);

      if (source && analyze_capture (&job, source, &failure))
        read++;
      else
        {
          cli_complain (failure->message);
          status = CLI_FAILED;
        }
      cli_close_source (source);
      isth_timing_charge ("project");
    }
  *frames = job.frames;
  if (read == 0)
    return CLI_FAILED;

  g_clear_pointer (&pipeline, isth_pipeline_free); /* its tables make room for what comes now */
  snapshot = isth_world_resolve_last (world, isth_detect, world);
  isth_timing_charge ("resolve");
  if (!hand_over (options, snapshot, project, &error))
    {
      cli_complain (error->message);
      return CLI_FAILED;
    }
  leave (g_steal_pointer (&world), g_steal_pointer (&snapshot));
  return job.whole ? status : CLI_FAILED;
}

int
cli_analyze (int argc,
             char **argv)
{
  g_auto(Options) options = { 0 };
  int64_t start = g_get_monotonic_time ();
  uint64_t frames = 0;
  int status;

  if (!parse_options (&options, argc, argv))
    return CLI_USAGE;
  status = analyze (&options, &frames);
  if (options.timings)
    cli_print_timings (frames, g_get_monotonic_time () - start);
  return status;
}
