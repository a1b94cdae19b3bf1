/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No frame is lost without a word: each counts in a link, or the health figures say why not. By how many threads it was read, and where batches end, is no
 * matter. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"
#include "tests/helpers/sample-capture.h"

#define IP(total, id, place, protocol, from, to) "4500" total id place "40" protocol "0000 0a0000" from "0a0000" to " "
#define BEGINNING(id, from, to) IP ("001c", id, "2000", "11", from, to) "04d20035 000c0000\n"
#define END(id, from, to) IP ("0018", id, "0001", "11", from, to) "01020304\n"
#define LOST "IP fragment of a datagram that never became whole: what it said is not known"

static const struct
{
  const char *name;
  const char *frames;
  const char *account; /* assets; links with transport, port and packets; what was not decoded */
} cases[] = {
  { "whole-datagram",
    "1 " BEGINNING ("0001", "01", "02") "2 " END ("0001", "01", "02"),
    "10.0.0.1 10.0.0.2\n10.0.0.1 > 10.0.0.2 17/53 2/0" },
  { "beginnings-alone", /* they tell the ports */
    "1 " BEGINNING ("0001", "01", "02") "2 " BEGINNING ("0002", "01", "02"),
    "10.0.0.1 10.0.0.2\n10.0.0.1 > 10.0.0.2 17/53 2/0\n2 " LOST },
  { "ends-alone",
    "1 " END ("0001", "01", "02") "2 " END ("0002", "02", "01"),
    "10.0.0.1 10.0.0.2\n10.0.0.2 > 10.0.0.1 17/0 1/1\n2 " LOST },
  { "end-too-late",
    "1 " BEGINNING ("0001", "01", "02") "90 " END ("0001", "01", "02"),
    "10.0.0.1 10.0.0.2\n10.0.0.1 > 10.0.0.2 17/53 1/0\n10.0.0.2 > 10.0.0.1 17/0 0/1\n2 " LOST },
  { "beside-a-conversation",
    "1 " IP ("0020", "0001", "0000", "11", "01", "02") "04d20035 000c0000 01020304\n2 " BEGINNING ("0002", "01", "02"),
    "10.0.0.1 10.0.0.2\n10.0.0.1 > 10.0.0.2 17/53 2/0\n1 " LOST },
  { "tcp", /* perhaps a scan in pieces; nobody answers */
    "1 " IP ("001c", "0001", "2000", "06", "01", "02") "04d20017 00000001\n",
    "10.0.0.1 10.0.0.2\n10.0.0.1 > 10.0.0.2 6/23 1/0\n1 " LOST },
  { "perhaps-a-question", /* who is pinged need not be there */
    "1 " IP ("001c", "0001", "2000", "01", "01", "02") "08000000 00000001\n2 " IP ("0018", "0002", "0001", "01", "01", "02") "01020304\n",
    "10.0.0.1\n2 " LOST },
  { "refused",
    "1 " IP ("0019", "0001", "2000", "11", "01", "02") "04d20035 00\n",
    "10.0.0.1 10.0.0.2\n10.0.0.2 > 10.0.0.1 17/0 0/1\n1 IP fragment of an impossible length" },
};

#define ASK(port, sequence) IP ("0034", "0001", "0000", "06", "01", "02") port "01f6" sequence "00000001 5018 20000000 0000 000100000006010300000001\n"

/* Bytes of TCP that were not captured though what comes behind them was. */
static const struct
{
  const char *name;
  const char *frames;
  unsigned bytes, connections;
} gaps[] = {
  { "none", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "0000000d") "3 " ASK ("04d2", "00000019"), 0, 0 },
  { "at-the-end", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "00000019"), 12, 1 },
  { "in-two-connections",
    "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "00000019") "3 " ASK ("04d3", "00000001") "4 " ASK ("04d3", "00000025") "9 " ASK ("04d3", "00000031"), 36, 2 },
  { "twice-in-one", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "00000019") "9 " ASK ("04d2", "00000031") "19 " ASK ("04d2", "0000003d"), 24, 1 },
  { "sent-again", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "00000019") "3 " ASK ("04d2", "0000000d"), 0, 0 },
  { "too-late", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "00000019") "9 " ASK ("04d2", "00000025") "10 " ASK ("04d2", "0000000d"), 0, 0 },
  { "other-numbers", "1 " ASK ("04d2", "00000001") "2 " ASK ("04d2", "70000000"), 0, 0 },
};

static IsthSnapshot *
analyze_into (IsthFacts *facts,
              const GByteArray *file,
              unsigned int threads,
              char **report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();

  g_assert_no_error (error);
  isth_pipeline_set_threads (pipeline, threads);
  isth_pipeline_begin (pipeline, source, facts);
  while (isth_pipeline_step (pipeline))
    ;
  g_assert_false (isth_pipeline_step (pipeline)); /* once more is no harm */
  isth_pipeline_end (pipeline, true);
  isth_world_add_facts (world, facts);
  *report = isth_test_report (world);
  return isth_world_resolve (world, isth_detect, world);
}

static IsthSnapshot *
analyze (const GByteArray *file,
         unsigned int threads,
         char **report)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  return analyze_into (facts, file, threads, report);
}

static const char *
find_name (const IsthSnapshot *snapshot,
           uint64_t id)
{
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    if (snapshot->assets[i]->id == id)
      return snapshot->assets[i]->name;
  return "?";
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join (GPtrArray *lines,
      const char *between)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (between, (char **) lines->pdata);
}

static char *
dump (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) assets = g_ptr_array_new_with_free_func (g_free), links = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names = NULL, *all = NULL;
  GString *text;

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    g_ptr_array_add (assets, g_strdup (snapshot->assets[i]->name));
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];

      g_ptr_array_add (links, g_strdup_printf ("\n%s > %s %u/%u %u/%u", find_name (snapshot, link->from), find_name (snapshot, link->to), link->transport,
                                               link->port, (unsigned) link->packets[0], (unsigned) link->packets[1]));
    }
  names = join (assets, " ");
  all = join (links, "");
  text = g_string_new (names);
  g_string_append (text, all);
  for (uint32_t i = 0; i < snapshot->health->n_not_decoded; i++)
    g_string_append_printf (text, "\n%u %s", (unsigned) snapshot->health->not_decoded[i].count, snapshot->health->not_decoded[i].what);
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autofree char *frames = g_strconcat ("link 101\n", cases[i].frames, NULL);
  g_autoptr(GByteArray) file = isth_test_pcap_from_text (frames);
  g_autofree char *first = NULL;

  for (unsigned int threads = 1; threads <= 2; threads++)
    {
      g_autofree char *report = NULL, *text = NULL;
      g_autoptr(IsthSnapshot) snapshot = analyze (file, threads, &report);

      text = dump (snapshot);
      g_assert_cmpstr (text, ==, cases[i].account);
      if (!first)
        first = g_strdup (report);
      g_assert_cmpstr (report, ==, first);
    }
}

static void
test_gap (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autofree char *frames = g_strconcat ("link 101\n", gaps[i].frames, NULL), *report = NULL;
  g_autoptr(GByteArray) file = isth_test_pcap_from_text (frames);
  g_autoptr(IsthSnapshot) snapshot = analyze (file, 1, &report);

  g_assert_cmpuint (snapshot->health->missing_bytes, ==, gaps[i].bytes);
  g_assert_cmpuint (snapshot->health->lossy_connections, ==, gaps[i].connections);
}

/* Frames that count nowhere are told. */
static void
check_tally (const IsthHealth *health)
{
  const IsthFrameTally *tally = &health->tally;
  const uint64_t placed = tally->between + tally->to_groups + tally->within + tally->of_nobody + tally->unnamed + tally->not_kept;
  uint64_t told = 0;

  for (uint32_t i = 0; i < health->n_not_decoded; i++)
    told += health->not_decoded[i].count;
  g_assert_cmpuint (placed, <=, health->frames);
  g_assert_cmpuint (placed + told, >=, health->frames);
}

/* More than are kept at once, so that the oldest are given up in the midst of others: none is forgotten. */
static void
test_flood (void)
{
  const uint32_t n = 3 * ISTH_LIMIT_FRAGMENTS;
  g_autoptr(GString) frames = g_string_new ("link 101\n");
  g_autoptr(GByteArray) file = NULL;
  g_autofree char *first = NULL;

  for (uint32_t i = 0; i < n; i++)
    {
      g_string_append_printf (frames, "%u 4500001c%04x2000401100000a0001%02x0a000002 04d20035000c0000\n", i / 100 + 1, i, i % 100);
      if (i % 7 == 0)
        g_string_append_printf (frames, "%u 4500002000000000401100000a0001%02x0a000003 04d20036000c000001020304\n", i / 100 + 1, i % 100);
    }
  file = isth_test_pcap_from_text (frames->str);
  for (unsigned int threads = 1; threads <= 2; threads++)
    {
      g_autofree char *report = NULL;
      g_autoptr(IsthSnapshot) snapshot = analyze (file, threads, &report);
      uint64_t packets = 0;

      for (uint32_t i = 0; i < snapshot->n_links; i++)
        packets += snapshot->links[i]->packets[0] + snapshot->links[i]->packets[1];
      check_tally (snapshot->health);
      g_assert_cmpuint (packets, ==, snapshot->health->frames);
      g_assert_cmpuint (snapshot->health->n_not_decoded, ==, 1);
      g_assert_cmpuint (snapshot->health->not_decoded[0].count, ==, n);
      if (!first)
        first = g_strdup (report);
      g_assert_cmpstr (report, ==, first);
    }
}

/* Neither does a ceiling swallow any. */
static void
test_ceiling (void)
{
  static const struct { uint32_t stations, conversations; } ceilings[] = { { 40, 1000 }, { 1000, 40 } };
  g_autoptr(GString) frames = g_string_new ("link 101\n");
  g_autoptr(GByteArray) file = NULL;

  for (uint32_t i = 0; i < 200; i++)
    g_string_append_printf (frames, "%u 4500002000010000401100000a0001%02x0a000003 04d2%04x000c000001020304\n", i + 1, i, i);
  file = isth_test_pcap_from_text (frames->str);
  for (size_t i = 0; i < G_N_ELEMENTS (ceilings); i++)
    {
      g_autoptr(IsthFacts) facts = isth_facts_new_sized (ceilings[i].stations, ceilings[i].conversations);
      g_autofree char *report = NULL;
      g_autoptr(IsthSnapshot) snapshot = analyze_into (facts, file, 1, &report);

      check_tally (snapshot->health);
      g_assert_cmpuint (snapshot->health->tally.not_kept, >, 0);
      g_assert_cmpuint (snapshot->health->n_limits, >, 0);
    }
}

static void
test_golden (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL), *frames = NULL, *report = NULL;
        g_autoptr(GByteArray) file = NULL;
        g_autoptr(IsthSnapshot) snapshot = NULL;

        g_assert_true (g_file_get_contents (path, &frames, NULL, NULL));
        file = isth_test_pcap_from_text (frames);
        snapshot = analyze (file, 1, &report);
        check_tally (snapshot->health);
      }
}

/* Where each kind of frame counts; and a frame without addresses is told. */
static void
test_tally (void)
{
  static const char frames[] = "link 1\n"
                               "1 020000000002020000000001 0800 " IP ("001e", "0001", "0000", "11", "01", "02") "04d20035 000a0000 0102\n"
                               "2 ffffffffffff020000000001 0800 45000020000100004011000000000000ffffffff 00440043 000c0000 01020304\n"
                               "3 020000000001020000000001 0800 " IP ("0020", "0001", "0000", "11", "01", "01") "04d20035 000c0000 01020304\n"
                               "4 01005e000001020000000001 0800 450000200001000040110000 0a000001 e0000001 04d20035 000c0000 01020304\n"
                               "5 020000000009020000000001 0800 " IP ("0028", "0001", "0000", "06", "01", "09") "04d20035 0000000100000000 50022000 00000000\n"
                               "6 000000000000000000000000 0800\n"
                               "7 0200\n";
  g_autoptr(GByteArray) file = isth_test_pcap_from_text (frames);
  g_autofree char *report = NULL;
  g_autoptr(IsthSnapshot) snapshot = analyze (file, 1, &report);
  const IsthFrameTally *tally = &snapshot->health->tally;

  g_assert_cmpuint (tally->between, ==, 1);
  g_assert_cmpuint (tally->to_groups, ==, 2);
  g_assert_cmpuint (tally->within, ==, 1);
  g_assert_cmpuint (tally->of_nobody, ==, 1);
  g_assert_cmpuint (tally->unnamed, ==, 1);
  check_tally (snapshot->health);
}

/* A fragment that waits in vain is not kept back until the capture ends, which may be listening for days. */
static void
test_expired (void)
{
  g_autoptr(GString) frames = g_string_new ("link 101\n1 " BEGINNING ("0001", "01", "02"));
  g_autoptr(GByteArray) file = NULL;

  for (uint32_t i = 0; i < 3000; i++)
    g_string_append_printf (frames, "%u 45000020%04x0000401100000a0001010a000003 04d20036000c000001020304\n", i + 2, i);
  file = isth_test_pcap_from_text (frames->str);
  for (unsigned int threads = 1; threads <= 2; threads++)
    {
      g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, NULL);
      g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
      g_autoptr(IsthWorld) world = isth_world_new ();
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      g_autoptr(IsthSnapshot) snapshot = NULL;

      isth_pipeline_set_threads (pipeline, threads);
      isth_pipeline_begin (pipeline, source, facts);
      while (isth_pipeline_get_info (pipeline)->frames < 3001)
        g_assert_true (isth_pipeline_step (pipeline));
      isth_pipeline_publish (pipeline);
      isth_world_add_facts (world, facts);
      snapshot = isth_world_resolve (world, isth_detect, world);
      g_assert_cmpuint (snapshot->n_links, ==, 2);
      g_assert_cmpuint (snapshot->health->n_not_decoded, ==, 1);
      g_assert_cmpuint (snapshot->health->not_decoded[0].count, ==, 1);
      isth_pipeline_end (pipeline, true);
    }
}

/* What was carried counts as what it is, and once more for who carried it. */
static void
test_tunnels (void)
{
  static const char *const carriers[] = {
    "4500003c0001000040040000 0a000001 0a000002 ", /* IP in IP */
    "450000400001000040 2f0000 0a000001 0a000002 00000800 ", /* GRE */
    "450000520001000040110000 0a000001 0a000002 c00012b5003e0000 0800000000000100 020000000004020000000003 0800 ", /* VXLAN */
  };

  for (size_t i = 0; i < G_N_ELEMENTS (carriers); i++)
    {
      g_autofree char *frames = g_strconcat ("link 101\n1 ", carriers[i], IP ("0020", "0001", "0000", "11", "03", "04") "04d20035 000c0000 01020304\n", NULL);
      g_autoptr(GByteArray) file = isth_test_pcap_from_text (frames);
      g_autofree char *report = NULL;
      g_autoptr(IsthSnapshot) snapshot = analyze (file, 1, &report);

      check_tally (snapshot->health);
      g_assert_cmpuint (snapshot->health->tally.between, ==, 1);
      g_assert_cmpuint (snapshot->health->tally.carried, ==, 1);
    }
}

/* What a second frame must be like to be the first one again, seen in another place. */
static void
test_copies (void)
{
#define SAID(id, ttl, from) "45000020" id "0000" ttl "110000 0a0000" from "0a000002 04d20035 000c0000 01020304\n"
  static const struct { const char *second; uint64_t copies; } rows[] = {
    { "1.0001 " SAID ("0007", "40", "01"), 1 },
    { "1.0001 " SAID ("0007", "3f", "01"), 1 },
    { "1.05 " SAID ("0007", "3c", "01"), 1 },
    { "1.05 " SAID ("0007", "3b", "01"), 0 }, /* too many routers */
    { "1.05 " SAID ("0007", "40", "01"), 0 }, /* too late for a mirror */
    { "1.2 " SAID ("0007", "3f", "01"), 0 },  /* … and for a router */
    { "1.0001 " SAID ("0008", "40", "01"), 0 },
    { "1.0001 " SAID ("0007", "40", "03"), 0 },
    { "1.0001 45000020 0007000040110000 0a0000010a000002 04d20035 000c0000 01020305\n", 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int numbered = 0; numbered < 2; numbered++)
      {
        g_autoptr(GString) frames = g_string_new ("link 101\n1 " SAID ("0007", "40", "01"));
        g_autoptr(GByteArray) file = NULL;
        g_autofree char *report = NULL;
        g_autoptr(IsthSnapshot) snapshot = NULL;

        g_string_append (frames, rows[i].second);
        if (!numbered)
          g_string_replace (frames, "450000200007", "450000200000", 0);
        file = isth_test_pcap_from_text (frames->str);
        snapshot = analyze (file, 1, &report);
        g_assert_cmpuint (snapshot->health->copies, ==, numbered || i != 0 ? rows[i].copies : 0);
        g_assert_cmpuint (snapshot->health->tally.between, ==, 2); /* as captured */
      }
#undef SAID
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/account/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/account/gaps/%s", gaps[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_gap);
    }
  g_test_add_func ("/account/flood", test_flood);
  g_test_add_func ("/account/copies", test_copies);
  g_test_add_func ("/account/ceiling", test_ceiling);
  g_test_add_func ("/account/golden", test_golden);
  g_test_add_func ("/account/expired", test_expired);
  g_test_add_func ("/account/tally", test_tally);
  g_test_add_func ("/account/tunnels", test_tunnels);
  return g_test_run ();
}
