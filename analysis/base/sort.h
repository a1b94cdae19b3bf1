/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting large tables of rows whose order is mostly told by one number. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef uint64_t (*IsthSortKey) (const void *row);

/**
 * isth_sort_rows:
 * @rows: @n rows of @size bytes, sorted in place
 * @key: the number by which they are sorted first; asked once for each row
 * @compare: orders rows with equal numbers; NULL: those keep their order
 *
 * Rows that are equal in both keep their order. Takes time that grows with @n alone while few rows share a number, and for as
 * long the memory of a second table and 32 bytes a row.
 */
void isth_sort_rows (void *rows, size_t n, size_t size, IsthSortKey key, GCompareDataFunc compare, gpointer user_data);

static inline void
isth_sort_array (GArray *array,
                 IsthSortKey key,
                 GCompareDataFunc compare,
                 gpointer user_data)
{
  isth_sort_rows (array->data, array->len, g_array_get_element_size (array), key, compare, user_data);
}
