/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in one memory: each as good as one of its own, whatever its size; all of it stays until the last of them goes, and not longer. */
#include "analysis/base/arena.h"

#include <stdint.h>
#include <string.h>

#include "analysis/base/record.h"

typedef struct
{
  IsthRecord record;
  uint64_t number;
  uint8_t rest[];
} Thing;

static void
note_freed (gpointer thing)
{
  (*(unsigned *) thing)++;
}

static Thing *
make_thing (IsthArena *arena,
            uint64_t number,
            size_t rest)
{
  Thing *thing = isth_arena_take_record (arena, sizeof *thing + rest);

  g_assert_cmpuint ((uintptr_t) thing % 8, ==, 0);
  thing->number = number;
  memset (thing->rest, (int) number, rest);
  return thing;
}

static void
check_thing (const Thing *thing,
             uint64_t number,
             size_t rest)
{
  g_assert_cmpuint (thing->number, ==, number);
  for (size_t i = 0; i < rest; i++)
    g_assert_cmpuint (thing->rest[i], ==, (uint8_t) number);
}

/* Sizes of the rest of one record after the other, many times. */
static const struct
{
  const char *name;
  size_t rest[4];
  unsigned times;
} cases[] = {
  { "small", { 0, 1, 7, 40 }, 1 },
  { "many", { 0, 333, 17, 4096 }, 1000 },
  { "large", { 10, 3 << 20, 10, 1 << 20 }, 3 },
  { "edge", { (1 << 20) - 64, (1 << 20) - 40, (1 << 20) - 39, (1 << 20) - 24 }, 2 },
};

static void
test_arena (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  const unsigned n = cases[i].times * G_N_ELEMENTS (cases[i].rest);

  for (int backwards = 0; backwards < 2; backwards++)
    {
      unsigned freed = 0;
      IsthArena *arena = isth_arena_new ();
      g_autofree Thing **things = g_new (Thing *, n);

      isth_arena_keep (arena, &freed, note_freed);
      isth_arena_keep (arena, &freed, note_freed);
      for (unsigned t = 0; t < n; t++)
        things[t] = make_thing (arena, t, cases[i].rest[t % G_N_ELEMENTS (cases[i].rest)]);
      for (unsigned t = 0; t < n; t++)
        g_assert_true (isth_arena_of (things[t]) == arena);
      isth_arena_unref (arena);
      for (unsigned t = 0; t < n; t++)
        {
          unsigned next = backwards ? n - 1 - t : t;

          check_thing (things[next], next, cases[i].rest[next % G_N_ELEMENTS (cases[i].rest)]);
          isth_record_unref (isth_record_ref (things[next]));
          g_assert_cmpuint (freed, ==, 0);
          isth_record_unref (things[next]);
        }
      g_assert_cmpuint (freed, ==, 2);
    }
}

/* What has memory of its own is in none, and an arena without records goes as well. */
static void
test_none (void)
{
  unsigned freed = 0;
  IsthArena *arena = isth_arena_new ();
  Thing *thing = isth_record_new (sizeof *thing, NULL), *cleared = isth_record_new (sizeof *cleared, note_freed);

  g_assert_null (isth_arena_of (thing));
  g_assert_null (isth_arena_of (cleared));
  isth_record_unref (thing);
  cleared->record.clear = NULL;
  isth_record_unref (cleared);
  isth_arena_keep (arena, &freed, note_freed);
  isth_arena_unref (arena);
  isth_arena_unref (NULL);
  g_assert_cmpuint (freed, ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/arena/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_arena);
    }
  g_test_add_func ("/base/arena/none", test_none);
  return g_test_run ();
}
