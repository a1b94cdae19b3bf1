/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers are sorted by radix beside the rows, equal ones are told apart by comparing, and the rows move once, at the end. They are gathered into a
 * second table for a moment, and fetched before their turn comes: following the cycles of their permutation would need none, but waits for memory at each
 * row, whatever is fetched ahead (tried: three times as slow). */
#include "analysis/base/sort.h"

#include <string.h>

#define DIGIT_BITS 11
#define DIGITS (1u << DIGIT_BITS)
#define FEW 64 /* rows for which the counters of a radix cost more than comparing */
#define FEW_TOGETHER 24 /* the same, where only keys are compared */
#define AHEAD 8 /* rows that are fetched before they are needed */

typedef struct
{
  uint64_t key;
  size_t row;
} Entry;

typedef struct
{
  const char *rows;
  size_t size;
  GCompareDataFunc compare;
  gpointer user_data;
} Order;

static int
compare_rows (const Order *order,
              const Entry *a,
              const Entry *b)
{
  int result = order->compare ? order->compare (order->rows + a->row * order->size, order->rows + b->row * order->size, order->user_data) : 0;

  return result ? result : (a->row > b->row) - (a->row < b->row);
}

static int
compare_entries (const void *a,
                 const void *b,
                 void *user_data)
{
  const Entry *x = a, *y = b;

  return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : compare_rows (user_data, x, y);
}

/* Sorts by one digit into @to. */
static void
sort_digit (const Entry *from,
            Entry *to,
            size_t n,
            int shift)
{
  size_t places[DIGITS] = { 0 }, sum = 0;

  for (size_t i = 0; i < n; i++)
    places[from[i].key >> shift & (DIGITS - 1)]++;
  for (size_t digit = 0; digit < DIGITS; digit++)
    {
      size_t count = places[digit];

      places[digit] = sum;
      sum += count;
    }
  for (size_t i = 0; i < n; i++)
    to[places[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

/* Sorts by the digits from bit @shift on, stable; what comes back is one of the two. @varying: the bits that are not the same in all keys. Most keys are small
 * numbers, and their upper digits need not be looked at. */
static Entry *
sort_digits (Entry *entries,
             Entry *other,
             size_t n,
             uint64_t varying,
             int shift)
{
  for (; shift < 64; shift += DIGIT_BITS)
    if (varying >> shift & (DIGITS - 1))
      {
        Entry *sorted = other;

        sort_digit (entries, other, n, shift);
        other = entries;
        entries = sorted;
      }
  return entries;
}

/* Sorts by key; rows that have one keep their order. */
static void
insert_keys (Entry *entries,
             size_t n)
{
  for (size_t i = 1; i < n; i++)
    {
      Entry entry = entries[i];
      size_t to = i;

      for (; to > 0 && entries[to - 1].key > entry.key; to--)
        entries[to] = entries[to - 1];
      entries[to] = entry;
    }
}

/* As sort_digits() from the first one on. Of large numbers, which are hashes, the two highest digits leave few together, and the others are looked at where
 * they do. */
static Entry *
sort_keys (Entry *entries,
           Entry *other,
           size_t n,
           uint64_t varying)
{
  int top = varying ? 64 - __builtin_clzll (varying) : 0, low = top - 2 * DIGIT_BITS;
  Entry *sorted;

  if (low <= DIGIT_BITS)
    return sort_digits (entries, other, n, varying, 0);
  sorted = sort_digits (entries, other, n, varying, low);
  other = sorted == entries ? other : entries;
  for (size_t from = 0, to; from < n; from = to)
    {
      for (to = from + 1; to < n && sorted[to].key >> low == sorted[from].key >> low; to++)
        ;
      if (to - from <= FEW_TOGETHER)
        insert_keys (sorted + from, to - from);
      else if (sort_digits (sorted + from, other + from, to - from, varying & ((UINT64_C (1) << low) - 1), 0) != sorted + from)
        memcpy (sorted + from, other + from, (to - from) * sizeof *sorted);
    }
  return sorted;
}

static void
sort_equal_keys (Entry *entries,
                 size_t n,
                 Order *order)
{
  for (size_t from = 0, to; from < n; from = to)
    {
      for (to = from + 1; to < n && entries[to].key == entries[from].key; to++)
        ;
      if (to - from > 1)
        g_qsort_with_data (entries + from, (int) (to - from), sizeof *entries, compare_entries, order);
    }
}

static void
prefetch_row (const char *row,
              size_t size)
{
  for (size_t at = 0; at < size; at += 64)
    __builtin_prefetch (row + at);
}

static void
move_rows (char *rows,
           size_t n,
           size_t size,
           const Entry *entries)
{
  g_autofree char *sorted = g_malloc_n (n, size);

  for (size_t i = 0; i < n; i++)
    {
      if (i + AHEAD < n)
        prefetch_row (rows + entries[i + AHEAD].row * size, size);
      memcpy (sorted + i * size, rows + entries[i].row * size, size);
    }
  memcpy (rows, sorted, n * size);
}

void
isth_sort_rows (void *rows,
                size_t n,
                size_t size,
                IsthSortKey key,
                GCompareDataFunc compare,
                gpointer user_data)
{
  Order order = { rows, size, compare, user_data };
  g_autofree Entry *room = NULL;
  uint64_t varying = 0;
  Entry *entries;

  if (n < 2)
    return;
  g_return_if_fail (n <= G_MAXINT);
  entries = room = g_new (Entry, n > FEW ? 2 * n : n);
  for (size_t i = 0; i < n; i++)
    {
      entries[i] = (Entry) { key ((const char *) rows + i * size), i };
      varying |= entries[i].key ^ entries[0].key;
    }
  if (n > FEW)
    {
      entries = sort_keys (entries, entries + n, n, varying);
      if (compare)
        sort_equal_keys (entries, n, &order);
    }
  else
    g_qsort_with_data (entries, (int) n, sizeof *entries, compare_entries, &order);
  move_rows (rows, n, size, entries);
}
