/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of the session's records of one kind: columns from a const array, sorting, choosing columns, several rows, copying. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/**
 * IsthTableColumn:
 * @id: of the column in the settings: never change it
 * @title: N_()
 * @peek: the text, lent; or
 * @text: the text, made for the caller
 * @number: what to sort by where it is not the text; NULL: the text
 * @chars: so many characters of it are shown where there is room, and at least
 * @least: so many where there is not; 0: @chars
 *
 * The functions are called on any thread.
 */
typedef struct
{
  const char *id, *title;
  const char *(*peek) (const IsthRow *row);
  char *(*text) (const IsthRow *row);
  gint64 (*number) (const IsthRow *row);
  int chars, least;
  gboolean right;   /* figures: aligned at their end */
  gboolean hidden;  /* not shown unless chosen */
  gboolean leads;   /* at first the table is sorted by it, the greatest first; where no column leads, by the first one, the least first */
} IsthTableColumn;

#define ISTH_TYPE_TABLE (isth_table_get_type ())
G_DECLARE_FINAL_TYPE (IsthTable, isth_table, ISTH, TABLE, AdwBin)

/**
 * isth_table_set_up:
 * @kind: what a selected row is to the session
 * @columns: static
 * @key: settings key with the ids of the shown columns, or NULL
 * @empty: what the empty table says, translated
 */
void isth_table_set_up (IsthTable             *self,
                        IsthSession           *session,
                        IsthSelected           kind,
                        const IsthTableColumn *columns,
                        guint                  n_columns,
                        const char            *key,
                        const char            *empty);

/* Selects the first row, as the table is sorted and filtered now, when that is settled; rings when there is none. */
void isth_table_select_first (IsthTable *self);
