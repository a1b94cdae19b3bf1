/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader on a thread of its own changes nothing but the time: the same report, and pipes, cancelling and giving up as without. */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"
#include "tests/helpers/sample-capture.h"

#define FILE_HEADER 24

static const unsigned int threads[] = { 1, 2, 4 };

/* @publish: flows that still live are shown after each step, as snapshots do. */
static char *
report (const void *data,
        gsize size,
        unsigned int n,
        bool publish,
        const char *filter)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (data, size, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();

  g_assert_no_error (error);
  isth_pipeline_set_threads (pipeline, n);
  g_assert_true (isth_pipeline_set_filter (pipeline, filter, NULL));
  isth_pipeline_begin (pipeline, source, facts);
  while (isth_pipeline_step (pipeline))
    if (publish)
      {
        isth_pipeline_publish (pipeline);
        g_assert_cmpuint (isth_facts_get_capture (facts)->frames, ==, isth_pipeline_get_info (pipeline)->frames);
        isth_facts_drop_provisional (facts);
      }
  isth_pipeline_end (pipeline, true);
  isth_world_add_facts (world, facts);
  return isth_test_report (world);
}

static void
compare_reports (const void *data,
                 gsize size,
                 const char *filter)
{
  g_autofree char *expected = report (data, size, 1, false, filter);

  for (size_t i = 0; i < G_N_ELEMENTS (threads); i++)
    for (int publish = 0; publish < 2; publish++)
      {
        g_autofree char *got = report (data, size, threads[i], publish, filter);

        g_assert_cmpstr (got, ==, expected);
      }
}

static void
test_sample (void)
{
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, 2 * isth_test_sample_frames ());

  compare_reports (sample->data, sample->len, NULL);
  compare_reports (sample->data, sample->len, "tcp port 502 or arp");
  compare_reports (sample->data, sample->len - 7, NULL);
  memset (sample->data + sample->len / 3, 0xff, 200);
  compare_reports (sample->data, sample->len, NULL);
}

static void
test_golden (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autofree char *frames = NULL;
        g_autoptr(GByteArray) file = NULL;

        g_assert_true (g_file_get_contents (path, &frames, NULL, NULL));
        file = isth_test_pcap_from_text (frames);
        compare_reports (file->data, file->len, NULL);
        n++;
      }
  g_assert_cmpuint (n, >, 0);
}

/* The command, on a file that is larger than the reader's blocks. */
static void
test_command (void)
{
  char *folder = isth_test_make_folder ();
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, 3 * isth_test_sample_frames ());
  g_autofree char *path = isth_test_write (folder, "sample.pcap", sample);
  g_autofree char *expected = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", threads[i]);
      const char *argv[] = { g_getenv ("ISTHMUS_CLI"), "analyze", "--threads", number, "--json", "-", path, NULL };
      g_autoptr(GError) error = NULL;
      g_autofree char *output = NULL;
      int status;

      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
      g_assert_no_error (error);
      g_assert_true (g_spawn_check_wait_status (status, NULL));
      if (expected)
        g_assert_cmpstr (output, ==, expected);
      else
        expected = g_steal_pointer (&output);
    }
  isth_test_remove_folder (folder);
}

/* A pipe into a pipeline with a reader of its own. */
typedef struct
{
  int ends[2];
  IsthSource *source;
  IsthPipeline *pipeline;
  IsthFacts *facts;
} Pipe;

static void
write_all (int fd,
           const uint8_t *data,
           gsize n)
{
  for (gssize written; n > 0; data += written, n -= (gsize) written)
    {
      written = write (fd, data, n);
      g_assert_cmpint (written, >, 0);
    }
}

static void
pipe_init (Pipe *self,
           const GByteArray *first)
{
  g_autoptr(GError) error = NULL;

  g_assert_no_errno (pipe (self->ends));
  write_all (self->ends[1], first->data, first->len);
  self->source = isth_source_new_stream ("pipe", self->ends[0], -1, &error);
  g_assert_no_error (error);
  g_assert_true (isth_source_begin (self->source, &error));
  isth_source_set_patience (self->source, 20);
  self->pipeline = isth_pipeline_new ();
  self->facts = isth_facts_new ();
  isth_pipeline_set_threads (self->pipeline, 2);
  isth_pipeline_begin (self->pipeline, self->source, self->facts);
}

static void
pipe_clear (Pipe *self)
{
  isth_pipeline_free (self->pipeline);
  isth_facts_unref (self->facts);
  isth_source_free (self->source);
  close (self->ends[1]);
}

/* Steps until @frames have been counted; the pipe may bring them in any portions. */
static void
step_to (Pipe *self,
         uint64_t frames)
{
  while (isth_pipeline_get_info (self->pipeline)->frames < frames)
    g_assert_true (isth_pipeline_step (self->pipeline));
  g_assert_cmpuint (isth_pipeline_get_info (self->pipeline)->frames, ==, frames);
}

/* What a pipe brought is counted although more may never come; then it is idle, goes on, and ends. */
static void
test_pipe (void)
{
  g_autoptr(GByteArray) first = isth_test_sample_part (0, 100), second = isth_test_sample_part (100, 50);
  Pipe self;

  pipe_init (&self, first);
  step_to (&self, 100);
  g_assert_true (isth_pipeline_step (self.pipeline));
  isth_pipeline_publish (self.pipeline);
  g_assert_cmpuint (isth_facts_get_capture (self.facts)->frames, ==, 100);
  g_assert_cmpuint (isth_pipeline_get_info (self.pipeline)->interfaces->len, ==, 1);
  isth_facts_drop_provisional (self.facts);
  write_all (self.ends[1], second->data + FILE_HEADER, second->len - FILE_HEADER);
  step_to (&self, 150);
  close (self.ends[1]);
  while (isth_pipeline_step (self.pipeline))
    continue;
  g_assert_false (isth_pipeline_step (self.pipeline));
  isth_pipeline_end (self.pipeline, true);
  g_assert_cmpuint (isth_facts_get_capture (self.facts)->frames, ==, 150);
  g_assert_nonnull (isth_facts_get_capture (self.facts)->sha256);
  self.ends[1] = -1;
  pipe_clear (&self);
}

static gpointer
cancel (gpointer data)
{
  isth_source_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(GByteArray) first = isth_test_sample_part (0, 10);
  GThread *thread;
  Pipe self;

  pipe_init (&self, first);
  step_to (&self, 10);
  thread = g_thread_new ("cancel", cancel, self.source);
  while (isth_pipeline_step (self.pipeline))
    continue;
  g_thread_join (thread);
  isth_pipeline_end (self.pipeline, false);
  g_assert_cmpuint (isth_facts_get_capture (self.facts)->frames, ==, 10);
  g_assert_null (isth_facts_get_capture (self.facts)->sha256);
  pipe_clear (&self);
}

/* Who goes away in the middle waits for nothing: not for a full ring, not for a silent pipe. */
static void
test_give_up (void)
{
  g_autoptr(GByteArray) sample = isth_test_sample_part (0, 3 * isth_test_sample_frames ());
  g_autoptr(GByteArray) first = isth_test_sample_part (0, 10);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  Pipe self;

  for (int steps = 0; steps < 3; steps++)
    {
      g_autoptr(IsthSource) source = isth_source_open_memory (sample->data, sample->len, NULL);
      g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

      isth_pipeline_set_threads (pipeline, 2);
      isth_pipeline_begin (pipeline, source, facts);
      for (int i = 0; i < steps; i++)
        isth_pipeline_step (pipeline);
      if (steps != 1)
        isth_pipeline_end (pipeline, false);
    }
  pipe_init (&self, first);
  pipe_clear (&self);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/sample", test_sample);
  g_test_add_func ("/threads/golden", test_golden);
  g_test_add_func ("/threads/command", test_command);
  g_test_add_func ("/threads/pipe", test_pipe);
  g_test_add_func ("/threads/cancel", test_cancel);
  g_test_add_func ("/threads/give-up", test_give_up);
  return g_test_run ();
}
