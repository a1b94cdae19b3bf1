/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes between two lists of records, as text: "1-1+2 5~" is at 1 one row less and two more, and row 5 changed. */
#include "analysis/world/snapshot.h"

#include <string.h>

/* Lists of ids; a letter behind an id makes it another record of that id. */
static const struct
{
  const char *before, *after, *changes;
} cases[] = {
  { "", "", "" },
  { "", "1 2 3", "0-0+3" },
  { "1 2 3", "", "0-3+0" },
  { "1 2 3", "1 2 3", "" },
  { "1 2 3", "1 2b 3", "1~" },
  { "1 3", "1 2 3", "1-0+1" },
  { "1 2 3", "1 3", "1-1+0" },
  { "1 5 9 20 21 22", "1 6 7 9 20 21b", "1-1+2 6-1+0 5~" },
  { "1 2 3 4", "5 6", "0-4+2" },
  { "5 6", "1 5b 6 7", "0-0+1 3-0+1 1~" },
  { "1 3 5", "2 4 6", "0-3+3" },
};

static GPtrArray *
read_records (const char *text,
              GHashTable *all)
{
  g_auto(GStrv) words = g_strsplit_set (text, " ", -1);
  GPtrArray *records = g_ptr_array_new ();

  for (char **word = words; *word; word++)
    {
      IsthAsset *asset = **word ? g_hash_table_lookup (all, *word) : NULL;

      if (**word && !asset)
        {
          asset = isth_record_new (sizeof *asset, NULL);
          asset->id = g_ascii_strtoull (*word, NULL, 10);
          g_hash_table_insert (all, g_strdup (*word), asset);
        }
      if (asset)
        g_ptr_array_add (records, asset);
    }
  return records;
}

/* The runs, applied in order to the old list, give the new one. */
static void
check_runs (const IsthDiff *diff,
            GPtrArray *before,
            GPtrArray *after)
{
  for (uint32_t i = 0; i < diff->n_runs; i++)
    {
      const IsthRun *run = &diff->runs[i];

      if (run->removed)
        g_ptr_array_remove_range (before, run->position, run->removed);
      for (uint32_t a = 0; a < run->added; a++)
        g_ptr_array_insert (before, (gint) (run->position + a), after->pdata[run->position + a]);
    }
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpuint (isth_record_id (before->pdata[i]), ==, isth_record_id (after->pdata[i]));
}

static void
test_cases (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, isth_record_unref);
      g_autoptr(GPtrArray) before = read_records (cases[i].before, all);
      g_autoptr(GPtrArray) after = read_records (cases[i].after, all);
      IsthDiff diff = isth_diff_records (before->pdata, before->len, after->pdata, after->len);
      g_autoptr(GString) text = g_string_new (NULL);

      for (uint32_t r = 0; r < diff.n_runs; r++)
        g_string_append_printf (text, "%s%u-%u+%u", text->len ? " " : "", diff.runs[r].position, diff.runs[r].removed, diff.runs[r].added);
      for (uint32_t c = 0; c < diff.n_changed; c++)
        g_string_append_printf (text, "%s%u~", text->len ? " " : "", diff.changed[c]);
      g_assert_cmpstr (text->str, ==, cases[i].changes);
      check_runs (&diff, before, after);
      isth_diff_clear (&diff);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/world/diff/cases", test_cases);
  return g_test_run ();
}
