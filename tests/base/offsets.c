/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a capture stays small, whatever the file, and what it loads makes sense. */
#include "analysis/base/offsets.h"

#include "analysis/base/limits.h"
#include "analysis/base/time.h"

static void
begin (IsthOffsets *self,
       uint64_t     offset,
       uint64_t     frame,
       int64_t      first,
       int64_t      last)
{
  isth_offsets_begin_part (self, offset, frame, NULL, 0);
  isth_offsets_note_times (self, first, last);
}

static void
test_find (void)
{
  g_autoptr(IsthOffsets) self = isth_offsets_new ();

  g_assert_null (isth_offsets_find_frame (self, 1));
  begin (self, 24, 0, 10, 20);
  begin (self, 5000000, 100, ISTH_NO_TIME, ISTH_NO_TIME);
  begin (self, 10000000, 100, 5, 12);
  begin (self, 15000000, 250, 30, 40);
  g_assert_cmpuint (isth_offsets_find_frame (self, 1)->offset, ==, 24);
  g_assert_cmpuint (isth_offsets_find_frame (self, 100)->offset, ==, 24);
  g_assert_cmpuint (isth_offsets_find_frame (self, 101)->offset, ==, 10000000);
  g_assert_cmpuint (isth_offsets_find_frame (self, 250)->offset, ==, 10000000);
  g_assert_cmpuint (isth_offsets_find_frame (self, UINT64_MAX)->offset, ==, 15000000);
  g_assert_true (isth_offset_touches (isth_offsets_get (self, 0), 20, 25));
  g_assert_false (isth_offset_touches (isth_offsets_get (self, 0), 21, 25));
  g_assert_false (isth_offset_touches (isth_offsets_get (self, 1), INT64_MIN, INT64_MAX));
  g_assert_true (isth_offset_touches (isth_offsets_get (self, 2), 0, 5));
  g_assert_false (isth_offset_touches (isth_offsets_get (self, 2), 0, 4));
}

/* A file of a terabyte: never more than the ceiling, and every time is still in the part that covers its place. */
static void
test_ceiling (void)
{
  g_autoptr(IsthOffsets) self = isth_offsets_new ();
  uint64_t frame = 0;

  for (uint64_t offset = 24; offset < UINT64_C (1) << 40; offset += 3000000)
    {
      if (offset >= isth_offsets_next (self))
        isth_offsets_begin_part (self, offset, frame, NULL, 0);
      isth_offsets_note_times (self, (int64_t) frame, (int64_t) frame + 9);
      frame += 10;
      g_assert_cmpuint (self->parts->len, <=, ISTH_LIMIT_OFFSETS);
    }
  g_assert_cmpuint (self->parts->len, >, ISTH_LIMIT_OFFSETS / 3);
  for (guint i = 0; i + 1 < self->parts->len; i++)
    {
      const IsthOffset *part = isth_offsets_get (self, i);

      g_assert_cmpint (part->first, ==, (int64_t) part->frame);
      g_assert_cmpint (part->last, ==, (int64_t) isth_offsets_get (self, i + 1)->frame - 1);
    }
}

/* Blocks are kept once for a section, and a file that would need too many of them gets longer parts instead. */
static void
test_blocks (void)
{
  g_autoptr(IsthOffsets) self = isth_offsets_new ();
  g_autofree uint64_t *many = g_new0 (uint64_t, 4097);
  uint64_t blocks[] = { 0, 100, 200 };

  for (uint64_t i = 0; i < 100; i++)
    isth_offsets_begin_part (self, 1000 + i * 5000000, i, blocks, i < 50 ? 2 : 3);
  g_assert_cmpuint (self->blocks->len, ==, 3);
  g_assert_cmpuint (isth_offsets_get (self, 99)->first_block, ==, 0);
  g_assert_cmpuint (isth_offsets_get (self, 99)->n_blocks, ==, 3);
  g_assert_cmpuint (isth_offsets_get (self, 49)->n_blocks, ==, 2);
  for (uint64_t i = 0; i < 100; i++)
    {
      many[0] = 1000000000 + i * 5000000;
      isth_offsets_begin_part (self, many[0] + 1, 100 + i, many, 4097);
    }
  g_assert_cmpuint (self->blocks->len, <=, ISTH_LIMIT_OFFSET_BLOCKS);
  g_assert_cmpuint (self->parts->len, ==, 100 + 15);
}

static void
test_load (void)
{
  static const struct
  {
    IsthOffset part;
    bool fine;
  } cases[] = {
    { { .offset = 24, .first = 5, .last = 9 }, true },
    { { .offset = 24, .frame = 3, .first = 5, .last = 9 }, false },
    { { .offset = 100, .frame = 3, .first = 9, .last = 5 }, false },
    { { .offset = 100, .frame = 3, .first = ISTH_NO_TIME, .last = 5 }, false },
    { { .offset = UINT64_MAX, .frame = 3, .first = 5, .last = 5 }, false },
    { { .offset = 100, .frame = 3, .first = 5, .last = 9, .n_blocks = 1 }, false },
    { { .offset = 100, .frame = 3, .first = 5, .last = 9, .first_block = UINT32_MAX, .n_blocks = UINT32_MAX }, false },
    { { .offset = 100, .frame = 3, .first = -5, .last = 5 }, true },
    { { .offset = 200, .frame = 2, .first = 5, .last = 5 }, false },
  };
  g_autoptr(IsthOffsets) self = isth_offsets_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (isth_offsets_load_part (self, &cases[i].part) == cases[i].fine);
  g_assert_cmpuint (self->parts->len, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offsets/find", test_find);
  g_test_add_func ("/offsets/ceiling", test_ceiling);
  g_test_add_func ("/offsets/blocks", test_blocks);
  g_test_add_func ("/offsets/load", test_load);
  return g_test_run ();
}
