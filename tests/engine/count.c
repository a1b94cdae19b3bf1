/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact count of a time window is what analysing a capture cut to it finds: in any format, with times in any order; and when the
 * capture is not what it was, there are words and no numbers. */
#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

#include "analysis/isthmus.h"
#include "tests/helpers/sample-capture.h"

#define SECOND INT64_C (1000000000)
#define PATIENCE (120 * G_USEC_PER_SEC) /* only a broken engine needs it */

typedef struct
{
  GMutex lock;
  GCond cond;
  IsthSnapshot *whole, *counted;
  int64_t from, to;
  char *failure;
  unsigned read, answers; /* captures opened, windows answered */
} Watch;

static void
on_snapshot (IsthSnapshot *snapshot,
             gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  isth_snapshot_unref (self->whole);
  self->whole = snapshot;
  self->read = snapshot->n_captures > 0 && snapshot->captures[0]->complete;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_counted (IsthSnapshot *counted,
            int64_t from,
            int64_t to,
            gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  isth_snapshot_unref (self->counted);
  self->counted = counted;
  self->from = from;
  self->to = to;
  self->answers++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
on_failed (const GError *error,
           const char *path,
           gpointer user_data)
{
  Watch *self = user_data;

  g_mutex_lock (&self->lock);
  g_free (self->failure);
  self->failure = g_strdup (error->message);
  g_mutex_unlock (&self->lock);
}

static const IsthEngineEvents events = { .snapshot = on_snapshot, .counted = on_counted, .failed = on_failed };

static void
wait_for (Watch *self,
          const unsigned *counter,
          unsigned n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&self->lock);
  while (*counter < n)
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, end));
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  char *folder, *path;
  Watch watch;
  IsthEngine *engine;
} Site;

static void
site_open (Site *self,
           const char *name,
           const GByteArray *capture)
{
  g_autofree char *cache = NULL;

  memset (self, 0, sizeof *self);
  self->folder = isth_test_make_folder ();
  cache = g_build_filename (self->folder, "cache", NULL);
  self->path = isth_test_write (self->folder, name, capture);
  self->engine = isth_engine_new (cache, &events, &self->watch);
  isth_engine_open (self->engine, (const char *[]) { self->path, NULL });
  wait_for (&self->watch, &self->watch.read, 1);
}

static void
site_close (Site *self)
{
  const IsthSnapshot *counted;

  isth_engine_free (self->engine); /* until then it may count once more */
  counted = self->watch.counted;
  if (counted && counted->networks == self->watch.whole->networks) /* what both hold is counted for each */
    g_assert_false (g_atomic_ref_count_compare (&counted->networks->record.references, 1));
  isth_snapshot_unref (self->watch.whole);
  isth_snapshot_unref (self->watch.counted);
  g_free (self->watch.failure);
  isth_test_remove_folder (self->folder);
  g_free (self->path);
}

static void
site_count (Site *self,
            int64_t from,
            int64_t to)
{
  unsigned answers = self->watch.answers;

  isth_engine_count_window (self->engine, from, to);
  wait_for (&self->watch, &self->watch.answers, answers + 1);
}

/* One line an asset with packets, one a link with packets, one an operation. */
static char *
describe (const IsthSnapshot *snapshot,
          bool operations)
{
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];

      if (asset->packets_sent + asset->packets_received > 0)
        g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "\n",
                                asset->id, asset->packets_sent, asset->bytes_sent, asset->packets_received, asset->bytes_received);
    }
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];
      int low = link->from > link->to; /* in the window alone the direction may not be known */

      if (link->packets[0] + link->packets[1] > 0)
        g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x-%016" G_GINT64_MODIFIER "x %u/%u %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "\n",
                                MIN (link->from, link->to), MAX (link->from, link->to), link->transport, link->port, link->packets[low],
                                link->bytes[low], link->packets[!low], link->bytes[!low]);
      for (uint32_t o = 0; operations && o < link->n_operations; o++)
        g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x>%016" G_GINT64_MODIFIER "x %s %s %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", link->from, link->to,
                                isth_op_name (link->operations[o].verb), link->operations[o].name, link->operations[o].object,
                                link->operations[o].count, link->operations[o].ok);
    }
  return g_string_free (text, FALSE);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Sorted, because links are ordered by their ids, which protocol and direction are part of. */
static char *
sort_lines (char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  g_free (text);
  return g_strjoinv ("\n", lines);
}

/* What a capture cut to the window says by itself. */
static char *
describe_cut (const char *path,
              int64_t from,
              int64_t to,
              bool operations)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open (path, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;

  g_assert_no_error (error);
  isth_source_set_window (source, from, to, NULL, NULL, NULL);
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  snapshot = isth_world_resolve (world, NULL, NULL);
  return sort_lines (describe (snapshot, operations));
}

static void
check_window (Site *self,
              int64_t from,
              int64_t to,
              bool operations)
{
  g_autofree char *expected = describe_cut (self->path, from, to, operations), *found = NULL;

  site_count (self, from, to);
  g_assert_nonnull (self->watch.counted);
  g_assert_cmpint (self->watch.from, ==, from);
  g_assert_cmpint (self->watch.to, ==, to);
  found = sort_lines (describe (self->watch.counted, operations));
  g_assert_cmpstr (expected, ==, found);
}

/* The whole time is the whole capture, to the pointer. */
static void
check_whole (Site *self)
{
  const IsthSnapshot *whole, *counted;

  site_count (self, INT64_MIN + 1, INT64_MAX);
  whole = self->watch.whole;
  counted = self->watch.counted;
  g_assert_cmpuint (counted->n_assets, ==, whole->n_assets);
  g_assert_cmpuint (counted->n_links, ==, whole->n_links);
  for (uint32_t i = 0; i < whole->n_assets; i++)
    g_assert_true (counted->assets[i] == whole->assets[i]);
  for (uint32_t i = 0; i < whole->n_links; i++)
    g_assert_true (counted->links[i] == whole->links[i]);
}

/* @operations: count these as well. Where streams were cut and put back the wrong way round, the whole knows fewer of them. */
static void
check_site (const char *name,
            const GByteArray *capture,
            bool operations)
{
  Site site;
  int64_t first, span;

  g_test_message ("%s", name);
  site_open (&site, name, capture);
  first = site.watch.whole->first;
  span = site.watch.whole->last - first;
  check_whole (&site);
  check_window (&site, first, first + span / 2, operations);
  check_window (&site, first + span / 3, first + span / 2, operations);
  check_window (&site, first + span / 2, first + span, operations);
  check_window (&site, first + span + 1, INT64_MAX, operations);
  site_close (&site);
}

static GByteArray *
make_sample (void)
{
  return isth_test_sample_part (0, isth_test_sample_frames ());
}

/* The second half first. */
static GByteArray *
make_unordered (void)
{
  uint32_t n = isth_test_sample_frames ();
  GByteArray *bytes = isth_test_sample_part (n / 2, n - n / 2);
  g_autoptr(GByteArray) other = isth_test_sample_part (0, n / 2);

  return g_byte_array_append (bytes, other->data + 24, other->len - 24);
}

static void
put_block (GByteArray *bytes,
           uint32_t type,
           const void *body,
           uint32_t n,
           const void *data,
           uint32_t length)
{
  uint32_t padding = -length & 3, total = 12 + n + length + padding, zero = 0;

  g_byte_array_append (bytes, (const uint8_t *) &type, 4);
  g_byte_array_append (bytes, (const uint8_t *) &total, 4);
  g_byte_array_append (bytes, body, n);
  if (length > 0)
    g_byte_array_append (bytes, data, length);
  g_byte_array_append (bytes, (const uint8_t *) &zero, padding);
  g_byte_array_append (bytes, (const uint8_t *) &total, 4);
}

/* A pcapng file of @pcap: sections of 1000 frames, each with two interfaces of its own resolution. */
static GByteArray *
make_sections (const GByteArray *pcap)
{
  static const uint32_t section[] = { 0x1a2b3c4d, 1, UINT32_MAX, UINT32_MAX };
  static const uint32_t fine[] = { 1, 0, 9 | 1 << 16, 9, 0 }, coarse[] = { 1, 0, 9 | 1 << 16, 6, 0 };
  GByteArray *bytes = g_byte_array_new ();
  uint32_t i = 0;

  for (uint32_t at = 24; at < pcap->len; i++)
    {
      uint32_t record[4], packet[5];
      uint64_t time;

      memcpy (record, pcap->data + at, sizeof record);
      if (i % 1000 == 0)
        {
          put_block (bytes, 0x0a0d0d0a, section, sizeof section, NULL, 0);
          put_block (bytes, 1, i / 1000 % 2 ? coarse : fine, sizeof fine, NULL, 0);
          put_block (bytes, 1, fine, sizeof fine, NULL, 0);
        }
      packet[0] = i / 1000 % 2; /* of the one with nanoseconds */
      time = record[0] * UINT64_C (1000000000) + record[1];
      packet[1] = (uint32_t) (time >> 32);
      packet[2] = (uint32_t) time;
      packet[3] = record[2];
      packet[4] = record[3];
      put_block (bytes, 6, packet, sizeof packet, pcap->data + at + 16, record[2]);
      at += 16 + record[2];
    }
  return bytes;
}

static GByteArray *
pack (const GByteArray *bytes)
{
  z_stream stream = { .next_in = bytes->data, .avail_in = bytes->len };
  GByteArray *packed = g_byte_array_new ();

  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, (guint) deflateBound (&stream, bytes->len));
  stream.next_out = packed->data;
  stream.avail_out = packed->len;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) stream.total_out);
  deflateEnd (&stream);
  return packed;
}

/* Without an index everything before the window is passed over, and the engine still hears what is asked of it. */
static void
test_packed (void)
{
  g_autoptr(GByteArray) long_one = isth_test_sample_part (0, 4 * isth_test_sample_frames ());
  g_autoptr(GByteArray) capture = pack (long_one);

  check_site ("long.pcap.gz", capture, true);
}

static void
test_pcap (void)
{
  g_autoptr(GByteArray) capture = make_sample ();

  check_site ("sample.pcap", capture, true);
}

static void
test_unordered (void)
{
  g_autoptr(GByteArray) capture = make_unordered ();

  check_site ("unordered.pcap", capture, false);
}

static void
test_sections (void)
{
  g_autoptr(GByteArray) pcap = make_sample (), mixed = make_unordered ();
  g_autoptr(GByteArray) capture = make_sections (pcap), unordered = make_sections (mixed);

  check_site ("sections.pcapng", capture, true);
  check_site ("unordered.pcapng", unordered, false);
}

/* A person's word comes, and the counts stay those of the window. */
static void
test_edit (void)
{
  g_autoptr(GByteArray) capture = make_sample ();
  IsthEdit edit = { .attribute = ISTH_ATTRIBUTE_NOTE, .value = "seen", .author = "tester" };
  g_autofree char *before = NULL, *after = NULL;
  Site site;
  int64_t first;

  site_open (&site, "sample.pcap", capture);
  first = site.watch.whole->first;
  site_count (&site, first, first + 60 * SECOND);
  before = describe (site.watch.counted, true);
  edit.about = isth_asset_get_anchor (site.watch.counted->assets[0]);
  isth_engine_edit (site.engine, &edit);
  wait_for (&site.watch, &site.watch.answers, 2);
  after = describe (site.watch.counted, true);
  g_assert_cmpstr (before, ==, after);
  site_close (&site);
}

static void
test_changed (void)
{
  g_autoptr(GByteArray) capture = make_sample (), other = isth_test_sample_part (0, 50);
  Site site;

  site_open (&site, "sample.pcap", capture);
  g_free (isth_test_write (site.folder, "sample.pcap", other));
  site_count (&site, INT64_MIN + 1, INT64_MAX);
  g_assert_null (site.watch.counted);
  g_assert_nonnull (strstr (site.watch.failure, "was changed"));
  g_unlink (site.path);
  site_count (&site, INT64_MIN + 1, INT64_MAX);
  g_assert_null (site.watch.counted);
  g_assert_nonnull (strstr (site.watch.failure, "There is no file"));
  site_close (&site);
}

/* Only the last of many windows needs an answer, and a cancelled one has none. */
static void
test_many (void)
{
  g_autoptr(GByteArray) capture = make_sample ();
  Site site;
  int64_t first;

  site_open (&site, "sample.pcap", capture);
  first = site.watch.whole->first;
  for (int i = 1; i <= 50; i++)
    isth_engine_count_window (site.engine, first, first + i * SECOND);
  while (site.watch.to != first + 50 * SECOND)
    wait_for (&site.watch, &site.watch.answers, site.watch.answers + 1);
  g_assert_nonnull (site.watch.counted);
  isth_engine_count_window (site.engine, first, first + SECOND);
  isth_engine_cancel (site.engine);
  site_close (&site);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/count/pcap", test_pcap);
  g_test_add_func ("/count/packed", test_packed);
  g_test_add_func ("/count/unordered", test_unordered);
  g_test_add_func ("/count/sections", test_sections);
  g_test_add_func ("/count/edit", test_edit);
  g_test_add_func ("/count/changed", test_changed);
  g_test_add_func ("/count/many", test_many);
  return g_test_run ();
}
