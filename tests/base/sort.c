/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting rows by a number, then by comparing: few and many, all equal, all different; equal rows keep their order. */
#include "analysis/base/sort.h"

#include <stdbool.h>
#include <string.h>

typedef struct
{
  uint64_t key;
  uint32_t second, born;
  char rest[11]; /* a size that is no power of two */
} Row;

static uint64_t
get_key (const void *row)
{
  return ((const Row *) row)->key;
}

static int
compare_second (const void *a,
                const void *b,
                void *user_data)
{
  const Row *x = a, *y = b;

  (*(uint32_t *) user_data)++;
  return (x->second > y->second) - (x->second < y->second);
}

static const struct
{
  const char *name;
  uint32_t n;
  uint64_t keys;    /* how many different ones */
  uint64_t scale;   /* and how far apart */
  uint32_t seconds; /* different second numbers; 0: no comparing */
  uint32_t near;    /* how many that lie beside each; 0: none */
} cases[] = {
  { "none", 0, 1, 1, 1 },
  { "one", 1, 1, 1, 1 },
  { "two", 2, 2, 1, 1 },
  { "few", 64, 7, 1, 3 },
  { "many", 5000, 5000, 1, 3 },
  { "many-alike", 5000, 3, 1, 50 },
  { "all-alike", 3000, 1, 1, 20 },
  { "large-numbers", 4000, 3000, 0x9e3779b97f4a7c15u, 2 },
  { "high-digits-only", 4000, 200, UINT64_C (1) << 55, 2 },
  { "no-comparing", 3000, 10, 1, 0 },
  { "large-numbers-few-together", 5000, 800, UINT64_C (1) << 54, 2, 16 },
  { "large-numbers-many-together", 5000, 3, UINT64_C (1) << 62, 2, 1 << 20 },
  { "large-numbers-together-alike", 5000, 5, UINT64_C (1) << 61, 3, 40 },
};

static void
test_sort (gconstpointer data)
{
  const uint32_t number = GPOINTER_TO_UINT (data);
  const uint32_t n = cases[number].n;
  g_autofree Row *rows = g_new0 (Row, MAX (n, 1));
  g_autofree bool *seen = g_new0 (bool, MAX (n, 1));
  uint32_t asked = 0;
  uint64_t state = 1;

  for (uint32_t i = 0; i < n; i++)
    {
      state = state * 6364136223846793005u + 1442695040888963407u;
      rows[i].key = (state >> 33) % cases[number].keys * cases[number].scale;
      if (cases[number].near)
        rows[i].key += (state >> 20) % cases[number].near;
      rows[i].second = cases[number].seconds ? (uint32_t) (state >> 17) % cases[number].seconds : 0;
      rows[i].born = i;
      g_snprintf (rows[i].rest, sizeof rows[i].rest, "%u", i);
    }
  isth_sort_rows (rows, n, sizeof *rows, get_key, cases[number].seconds ? compare_second : NULL, &asked);
  for (uint32_t i = 0; i < n; i++)
    {
      g_autofree char *rest = g_strdup_printf ("%u", rows[i].born);

      g_assert_cmpstr (rows[i].rest, ==, rest);
      g_assert_false (seen[rows[i].born]);
      seen[rows[i].born] = true;
      if (i == 0)
        continue;
      g_assert_cmpuint (rows[i - 1].key, <=, rows[i].key);
      if (rows[i - 1].key < rows[i].key)
        continue;
      g_assert_cmpuint (rows[i - 1].second, <=, rows[i].second);
      if (rows[i - 1].second == rows[i].second)
        g_assert_cmpuint (rows[i - 1].born, <, rows[i].born);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (uint32_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/sort/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sort);
    }
  return g_test_run ();
}
