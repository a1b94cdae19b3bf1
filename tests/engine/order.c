/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world is a function of the set of captures: any order, one run or several, with snapshots on the way or without. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/isthmus.h"
#include "tests/helpers/sample-capture.h"

#define PARTS 4

typedef struct
{
  char *folder;
  char *parts[PARTS];
} Place;

static void
place_init (Place *self)
{
  uint32_t all = isth_test_sample_frames ();

  self->folder = isth_test_make_folder ();
  for (uint32_t i = 0; i < PARTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("part-%u.pcap", i);
      uint32_t first = all * i / PARTS, next = all * (i + 1) / PARTS;
      g_autoptr(GByteArray) bytes = isth_test_sample_part (first, next - first);

      self->parts[i] = isth_test_write (self->folder, name, bytes);
    }
}

static void
place_clear (Place *self)
{
  for (int i = 0; i < PARTS; i++)
    g_free (self->parts[i]);
  isth_test_remove_folder (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* The @number-th order of PARTS things. */
static void
get_order (unsigned number,
           int order[PARTS])
{
  for (int i = 0; i < PARTS; i++)
    order[i] = i;
  for (int i = 0; i < PARTS; i++)
    {
      int other = i + (int) (number % (unsigned) (PARTS - i)), kept = order[i];

      number /= (unsigned) (PARTS - i);
      order[i] = order[other];
      order[other] = kept;
    }
}

/* @between: after each capture, the world is resolved, as a running analysis does. */
static char *
read_in_order (const Place *place,
               const int order[PARTS],
               bool between)
{
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

  for (int i = 0; i < PARTS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthSource) source = isth_source_open (place->parts[order[i]], &error);
      g_autoptr(IsthFacts) facts = isth_facts_new ();

      g_assert_no_error (error);
      isth_pipeline_run (pipeline, source, facts);
      isth_world_add_facts (world, facts);
      if (between)
        g_free (isth_test_report (world));
    }
  return isth_test_report (world);
}

static void
test_one_run (void)
{
  g_auto(Place) place;
  g_autofree char *expected = NULL;

  place_init (&place);
  expected = read_in_order (&place, (const int[]) { 0, 1, 2, 3 }, false);
  for (unsigned number = 0; number < 24; number++)
    {
      int order[PARTS];
      g_autofree char *got = NULL;

      get_order (number, order);
      got = read_in_order (&place, order, number % 2);
      g_assert_cmpstr (got, ==, expected);
    }
}

static char *
run_cli (const char *const *arguments)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  int status;

  g_ptr_array_add (argv, (char *) g_getenv ("ISTHMUS_CLI"));
  for (; *arguments; arguments++)
    g_ptr_array_add (argv, (char *) *arguments);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, 0, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

/* Each capture by a process of its own, into one project; one of them twice. */
static void
test_several_runs (void)
{
  static const unsigned orders[] = { 0, 7, 16, 23 };
  g_auto(Place) place;
  g_autofree char *expected = NULL;

  place_init (&place);
  expected = run_cli ((const char *const[]) { "analyze", "--json", "-", place.parts[0], place.parts[1], place.parts[2], place.parts[3], NULL });
  for (size_t i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.isthmus", orders[i]);
      g_autofree char *project = g_build_filename (place.folder, name, NULL);
      g_autofree char *got = NULL;
      int order[PARTS];

      get_order (orders[i], order);
      for (int k = 0; k < PARTS; k++)
        {
          g_free (got);
          got = run_cli ((const char *const[]) { "analyze", "-o", project, "--json", "-", place.parts[order[k]], place.parts[order[0]], NULL });
        }
      g_assert_cmpstr (got, ==, expected);
    }
}

static void
write_all (int fd,
           const uint8_t *bytes,
           size_t n)
{
  while (n > 0)
    {
      ssize_t written = write (fd, bytes, n);

      g_assert_true (written > 0 || errno == EINTR);
      bytes += MAX (written, 0);
      n -= (size_t) MAX (written, 0);
    }
}

/* Reads @all through a named pipe, @piece frames at a time, with a snapshot after each piece when @publish. Ends @facts and @world are as they are
 * after any reading. */
static char *
read_in_pieces (const char *folder,
                uint32_t all,
                uint32_t piece,
                bool publish)
{
  g_autofree char *path = g_build_filename (folder, "pieces", NULL);
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthSource) source = NULL;
  g_autoptr(GError) error = NULL;
  int fd;

  isth_world_add_facts (world, facts);
  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  fd = open (path, O_RDWR | O_CLOEXEC); /* both ends, so that nobody waits for the other */
  g_assert_cmpint (fd, >=, 0);
  for (uint32_t i = 0; i < all; i += piece)
    {
      g_autoptr(GByteArray) bytes = isth_test_sample_part (i, MIN (piece, all - i));
      size_t from = i == 0 ? 0 : 24;

      write_all (fd, bytes->data + from, bytes->len - from);
      if (i == 0)
        {
          source = isth_source_open (path, &error);
          g_assert_no_error (error);
          isth_pipeline_begin (pipeline, source, facts);
        }
      g_assert_true (isth_pipeline_step (pipeline));
      if (publish)
        {
          isth_pipeline_publish (pipeline);
          g_free (isth_test_report (world));
          if (i % 3)
            isth_facts_drop_provisional (facts); /* the engine does, but what comes next must do, too */
        }
    }
  close (fd);
  while (isth_pipeline_step (pipeline))
    ;
  isth_pipeline_end (pipeline, true);
  return isth_test_report (world);
}

static void
test_publish (void)
{
  static const uint32_t pieces[] = { 23, 50 };
  uint32_t all = isth_test_sample_frames () / 6; /* the rest is more of the same polling */
  char *folder = isth_test_make_folder ();
  g_autofree char *expected = read_in_pieces (folder, all, 31, false);

  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *got = read_in_pieces (folder, all, pieces[i], true);

      g_assert_cmpstr (got, ==, expected);
    }
  isth_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/one-run", test_one_run);
  g_test_add_func ("/order/several-runs", test_several_runs);
  g_test_add_func ("/order/publish", test_publish);
  return g_test_run ();
}
