/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks: what goes in comes out, no prefix passes for a whole, and no bytes at all are too much for the reader. */
#include <string.h>

#include "analysis/project/project-columns.h"

/* Any value that a column can hold. */
static void
fill_member (const IsthColumn *column,
             uint8_t          *member)
{
  uint64_t value = (uint64_t) g_test_rand_int () << 32 | (uint32_t) g_test_rand_int ();
  uint8_t bytes[16] = { 127, (uint8_t) value, 3 };

  value >>= g_test_rand_int_range (0, 64);
  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_U8:
      *member = (uint8_t) value;
      break;
    case ISTH_COLUMN_BOOL:
      *member = value & 1;
      break;
    case ISTH_COLUMN_U16:
      *(uint16_t *) member = (uint16_t) value;
      break;
    case ISTH_COLUMN_U32:
      *(uint32_t *) member = (uint32_t) value;
      break;
    case ISTH_COLUMN_U64:
    case ISTH_COLUMN_I64:
      *(uint64_t *) member = value;
      break;
    case ISTH_COLUMN_START:
      ((IsthActivity *) member)->start = (int64_t) (value & 0xffffffffffffff);
      break;
    case ISTH_COLUMN_SHIFT:
      ((IsthActivity *) member)->shift = value & 0xff;
      break;
    case ISTH_COLUMN_ADDRESS:
      *(IsthAddress *) member = value % 5 == 0   ? (IsthAddress) { 0 }
                                : value % 5 == 1 ? isth_address_mac (bytes)
                                : value % 5 == 2 ? isth_address_ipv4 (bytes)
                                : value % 5 == 3 ? isth_address_ipv6 (bytes)
                                                 : isth_address_scoped_loopback (bytes, value);
      break;
    case ISTH_COLUMN_ATTRIBUTE:
      *member = value % ISTH_N_ATTRIBUTES;
      break;
    case ISTH_COLUMN_VERB:
      *member = value % ISTH_N_OPS;
      break;
    case ISTH_COLUMN_OUTCOME:
      *member = value % ISTH_N_OUTCOMES;
      break;
    case ISTH_COLUMN_TRANSFER:
      *member = value % ISTH_N_TRANSFER_STATES;
      break;
    case ISTH_COLUMN_REMARK:
      *member = value % ISTH_N_REMARKS;
      break;
    case ISTH_COLUMN_END:
      g_assert_not_reached ();
    }
}

/* Some columns all alike. */
static void
fill_rows (const IsthFactTable *table,
           IsthChunkRows       *rows,
           uint32_t             n)
{
  memset (rows, 0, sizeof *rows);
  for (const IsthColumn *column = table->columns; column->kind != ISTH_COLUMN_END; column++)
    {
      bool alike = g_test_rand_bit ();
      uint8_t *first = (uint8_t *) rows + column->offset;

      fill_member (column, first);
      for (uint32_t i = 1; i < n; i++)
        if (!alike)
          fill_member (column, first + (size_t) i * table->size);
        else if (column->kind == ISTH_COLUMN_ADDRESS)
          *(IsthAddress *) (void *) (first + (size_t) i * table->size) = *(const IsthAddress *) (const void *) first;
    }
}

static void
test_round_trip (void)
{
  static const uint32_t sizes[] = { 1, 2, 63, 64 };
  g_autofree uint8_t *bytes = g_malloc (ISTH_CHUNK_MAX);

  for (int t = 0; t < ISTH_N_TABLES; t++)
    for (int round = 0; round < 40; round++)
      {
        const IsthFactTable *table = &isth_fact_tables[t];
        uint32_t n = sizes[round % 4];
        IsthChunkRows rows, again;
        size_t size;

        fill_rows (table, &rows, n);
        size = isth_chunk_pack (table, &rows, n, bytes);
        g_assert_cmpuint (size, <=, ISTH_CHUNK_MAX);
        g_assert_cmpuint (isth_chunk_unpack (table, bytes, size, &again), ==, n);
        g_assert_cmpmem (&rows, (size_t) n * table->size, &again, (size_t) n * table->size);
      }
}

/* Each in a block of its size, so that a sanitizer sees a byte too far. */
static void
test_prefixes (void)
{
  g_autofree uint8_t *bytes = g_malloc (ISTH_CHUNK_MAX);

  for (int t = 0; t < ISTH_N_TABLES; t++)
    {
      const IsthFactTable *table = &isth_fact_tables[t];
      IsthChunkRows rows;
      size_t size;

      fill_rows (table, &rows, 20);
      size = isth_chunk_pack (table, &rows, 20, bytes);
      for (size_t n = 0; n < size; n++)
        {
          g_autofree uint8_t *part = g_memdup2 (bytes, n);

          g_assert_cmpuint (isth_chunk_unpack (table, part, n, &rows), ==, 0);
        }
    }
}

static void
test_noise (void)
{
  g_autofree uint8_t *bytes = g_malloc (ISTH_CHUNK_MAX);

  for (int round = 0; round < 20000; round++)
    {
      const IsthFactTable *table = &isth_fact_tables[round % ISTH_N_TABLES];
      IsthChunkRows rows;
      size_t size;

      fill_rows (table, &rows, 9);
      size = isth_chunk_pack (table, &rows, 9, bytes);
      for (int i = 0; i < 1 + round % 5; i++)
        bytes[g_test_rand_int_range (0, (gint32) size)] = (uint8_t) g_test_rand_int_range (0, 256);
      isth_chunk_unpack (table, bytes, size, &rows);
    }
}

/* A later version writes more columns than this one knows, an earlier one fewer. */
static void
test_columns (void)
{
  const IsthFactTable *table = &isth_fact_tables[ISTH_TABLE_HEALTH];
  static const uint8_t two[] = { 2, 2, 0, 14, 1, 2, 1 }, four[] = { 1, 4, 0, 14, 0, 2, 0, 2, 0, 2 };
  IsthChunkRows rows;

  g_assert_cmpuint (isth_chunk_unpack (table, two, sizeof two, &rows), ==, 2);
  g_assert_cmpuint (rows.health[1].group, ==, 7);
  g_assert_cmpuint (rows.health[0].what, ==, 1);
  g_assert_cmpuint (rows.health[1].what, ==, 0);
  g_assert_cmpuint (rows.health[1].count, ==, 0);
  g_assert_cmpuint (isth_chunk_unpack (table, four, sizeof four, &rows), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project-chunk/round-trip", test_round_trip);
  g_test_add_func ("/project-chunk/prefixes", test_prefixes);
  g_test_add_func ("/project-chunk/noise", test_noise);
  g_test_add_func ("/project-chunk/columns", test_columns);
  return g_test_run ();
}
