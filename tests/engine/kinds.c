/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds, levels and sides against tables made by hand (tests/golden/kinds-*.tsv): of the sample plant, and, where ISTHMUS_KINDS_CAPTURES names a folder
 * with the captures of the second table, of those. At least 95 of 100 answers are right, and no kind or level that was said with a confidence of 80 or more
 * is wrong. Every asset stands in the table, and nothing else. And: a person's word stands above all that. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/sample-capture.h"

#define RIGHT_LEAST 95
#define SURE 80
#define TENS 11 /* of confidence; the last are a person's */

enum
{
  COLUMN_CAPTURE,
  COLUMN_ADDRESS,
  COLUMN_KIND,
  COLUMN_LEVEL,
  COLUMN_SIDE,
  COLUMN_FROM,
  N_COLUMNS,
};

typedef struct
{
  guint asked, right, sure_and_wrong;
  guint by_tens[TENS][2]; /* said with a confidence of that many tens: right, all */
} Score;

static char **
read_table (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static IsthSnapshot *
analyze (const char *path)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open (path, &error);

  g_assert_no_error (error);
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  return isth_world_resolve (world, NULL, NULL);
}

/* Its first MAC, else its first IP address; of a child, that of the device and the way from there. */
static char *
get_address (const IsthSnapshot *snapshot,
             const IsthAsset *asset)
{
  char text[ISTH_ADDRESS_TEXT];

  if (asset->parent)
    {
      g_autofree char *parent = get_address (snapshot, isth_snapshot_get_asset (snapshot, asset->parent));
      return g_strdup_printf ("%s#%s", parent, asset->other_addresses[0]);
    }
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    if (asset->interfaces[i].mac.kind)
      return g_strdup (isth_address_format (&asset->interfaces[i].mac, text));
  for (int kind = ISTH_ADDRESS_IPV4; kind <= ISTH_ADDRESS_IPV6; kind++)
    for (uint32_t i = 0; i < asset->interfaces[0].n_ips; i++)
      if (asset->interfaces[0].ips[i].kind == (uint64_t) kind)
        return g_strdup (isth_address_format (&asset->interfaces[0].ips[i], text));
  return NULL;
}

/* @answers: "plc|rtu". */
static void
compare (Score *score,
         char **row,
         int column,
         const char *said,
         int confidence)
{
  g_auto(GStrv) answers = g_strsplit (row[column], "|", -1);
  bool right = g_strv_contains ((const char *const *) answers, said);

  score->asked++;
  score->by_tens[confidence / 10][0] += right;
  score->by_tens[confidence / 10][1]++;
  if (right)
    {
      score->right++;
      return;
    }
  g_test_message ("%s %s: %s (%d) instead of %s: %s", row[COLUMN_CAPTURE], row[COLUMN_ADDRESS], said, confidence, row[column], row[COLUMN_FROM]);
  score->sure_and_wrong += confidence >= SURE;
}

static void
score_capture (Score *score,
               char **lines,
               const char *capture,
               const char *path)
{
  g_autoptr(IsthSnapshot) snapshot = analyze (path);
  g_autoptr(GHashTable) assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    g_hash_table_insert (assets, get_address (snapshot, snapshot->assets[i]), snapshot->assets[i]);
  g_assert_cmpuint (g_hash_table_size (assets), ==, snapshot->n_assets);
  for (char **line = lines; *line; line++)
    {
      g_auto(GStrv) row = g_strsplit (*line, "\t", -1);
      const IsthAsset *asset;

      if (g_strv_length (row) != N_COLUMNS || !g_str_equal (row[COLUMN_CAPTURE], capture))
        continue;
      asset = g_hash_table_lookup (assets, row[COLUMN_ADDRESS]);
      if (!asset)
        g_error ("%s: there is no %s", capture, row[COLUMN_ADDRESS]);
      compare (score, row, COLUMN_KIND, isth_kind_name (asset->kind), asset->kind_confidence);
      compare (score, row, COLUMN_LEVEL, isth_level_name (asset->level), asset->level_confidence);
      compare (score, row, COLUMN_SIDE, isth_side_name (asset->side), 0);
      g_hash_table_remove (assets, row[COLUMN_ADDRESS]);
    }
  if (g_hash_table_size (assets) > 0)
    g_error ("%s: %u assets are not in the table, one is %s", capture, g_hash_table_size (assets),
             (const char *) g_hash_table_get_keys (assets)->data);
}

static void
check (const Score *score)
{
  g_test_message ("%u of %u answers are right", score->right, score->asked);
  for (guint i = 1; i < TENS; i++)
    if (score->by_tens[i][1] > 0)
      g_test_message ("with a confidence of %u and more: %u of %u", i * 10, score->by_tens[i][0], score->by_tens[i][1]);
  g_assert_cmpuint (score->sure_and_wrong, ==, 0);
  g_assert_cmpuint (score->right * 100, >=, score->asked * RIGHT_LEAST);
}

static void
test_sample (void)
{
  g_auto(GStrv) lines = read_table ("kinds-sample.tsv");
  char *folder = isth_test_make_folder ();
  g_autoptr(GByteArray) bytes = isth_test_sample_part (0, isth_test_sample_frames ());
  g_autofree char *path = isth_test_write (folder, "sample.pcap", bytes);
  Score score = { 0 };

  score_capture (&score, lines, "sample", path);
  isth_test_remove_folder (folder);
  check (&score);
}

static void
test_captures (void)
{
  const char *folder = g_getenv ("ISTHMUS_KINDS_CAPTURES");
  g_auto(GStrv) lines = read_table ("kinds-mixed.tsv");
  g_autofree char *before = NULL;
  Score score = { 0 };

  if (!folder)
    {
      g_test_skip ("ISTHMUS_KINDS_CAPTURES names no folder with the captures of kinds-mixed.tsv");
      return;
    }
  for (char **line = lines + 2; *line; line++)
    {
      g_autofree char *capture = g_strndup (*line, strcspn (*line, "\t"));
      g_autofree char *path = g_build_filename (folder, capture, NULL);

      if (g_strcmp0 (before, capture) == 0)
        continue;
      score_capture (&score, lines, capture, path);
      g_free (before);
      before = g_strdup (capture);
    }
  check (&score);
}

static const char *
read_facts (const char *path,
            IsthFacts *facts)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open (path, &error);

  g_assert_no_error (error);
  isth_pipeline_run (pipeline, source, facts);
  return isth_facts_get_capture (facts)->sha256;
}

static void
set_word (IsthWorld *world,
          IsthProject *project,
          const IsthEdit *edit)
{
  g_autoptr(GError) error = NULL;

  isth_world_add_edit (world, edit);
  g_assert_true (isth_project_save_edit (project, edit, &error));
  g_assert_no_error (error);
}

static const IsthAsset *
find_by_mac (const IsthSnapshot *snapshot,
             const IsthAddress *mac)
{
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    for (uint32_t k = 0; k < snapshot->assets[i]->n_interfaces; k++)
      if (isth_address_equal (&snapshot->assets[i]->interfaces[k].mac, mac))
        return snapshot->assets[i];
  g_assert_not_reached ();
}

static void
check_words (IsthWorld *world,
             const IsthAddress *mac)
{
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
  const IsthAsset *asset = find_by_mac (snapshot, mac);
  IsthAddress outside;

  g_assert_cmpint (asset->kind, ==, ISTH_KIND_HISTORIAN);
  g_assert_cmpuint (asset->kind_confidence, ==, 100);
  g_assert_nonnull (strstr (asset->kind_reason, "Ada"));
  g_assert_cmpint (asset->level, ==, ISTH_LEVEL_3);
  g_assert_cmpuint (asset->level_confidence, ==, 100);
  g_assert_true (asset->level_by_person);
  g_assert_nonnull (strstr (asset->level_reason, "Ada"));
  g_assert_cmpint (asset->side, ==, ISTH_SIDE_OT);

  g_assert_cmpstr (snapshot->networks->site_ranges[0], ==, "192.88.99.0/24");
  g_assert_true (isth_address_parse (&outside, "192.88.99.77"));
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    if (snapshot->assets[i]->n_interfaces && snapshot->assets[i]->interfaces[0].n_ips && isth_address_equal (&snapshot->assets[i]->interfaces[0].ips[0], &outside))
      g_assert_cmpint (snapshot->assets[i]->side, !=, ISTH_SIDE_EXTERNAL);
}

/* A person's word on kind, level and ranges stands above all, is marked, and stands when the project is opened again and its capture read anew. */
static void
test_words (void)
{
  char *folder = isth_test_make_folder ();
  g_autoptr(GByteArray) bytes = isth_test_sample_part (0, isth_test_sample_frames ());
  g_autofree char *path = isth_test_write (folder, "sample.pcap", bytes), *project_path = g_build_filename (folder, "p.isthmus", NULL);
  g_autoptr(GError) error = NULL;
  IsthAddress mac;

  g_assert_true (isth_address_parse (&mac, "00:1b:1b:31:01:10")); /* the controller of the filling cell */
  for (int round = 0; round < 2; round++)
    {
      g_autoptr(IsthWorld) world = isth_world_new ();
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      g_autoptr(IsthProject) project = round ? isth_project_open (project_path, &error) : isth_project_create (project_path, &error);
      const char *sha256 = read_facts (path, facts);
      IsthFacts *known;
      IsthSiteRange range;

      g_assert_no_error (error);
      g_assert_true (isth_project_load (project, world, &error));
      known = isth_world_find_capture (world, isth_facts_get_capture (facts)->fingerprint, sha256);
      g_assert_true ((known != NULL) == (round == 1));
      g_assert_true (isth_project_replace_facts (project, known, facts, &error));
      if (known)
        isth_world_remove_facts (world, known);
      isth_world_add_facts (world, facts);
      if (round == 0)
        {
          set_word (world, project, &(IsthEdit){ .about = { .mac = mac }, .attribute = ISTH_ATTRIBUTE_KIND, .value = "historian", .author = "Ada", .time = 1 });
          set_word (world, project, &(IsthEdit){ .about = { .mac = mac }, .attribute = ISTH_ATTRIBUTE_LEVEL, .value = "3", .author = "Ada", .time = 2 });
          g_assert_true (isth_site_range_parse (&range, "192.88.99.0/24"));
          set_word (world, project, &(IsthEdit){ .about = { .ip = range.network }, .attribute = ISTH_ATTRIBUTE_SITE_RANGE, .value = "24", .author = "Ada", .time = 3 });
        }
      check_words (world, &mac);
    }
  isth_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kinds/sample", test_sample);
  g_test_add_func ("/kinds/captures", test_captures);
  g_test_add_func ("/kinds/words", test_words);
  return g_test_run ();
}
