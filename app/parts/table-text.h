/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a table as tab-separated text: a hundred thousand of them take a worker some time. */
#pragma once

#include "app/model/listing.h"
#include "app/parts/table.h"

/* The text of a cell; any thread. */
char *isth_table_column_dup_text (const IsthTableColumn *self, const IsthRow *row);

/* What is to be made text of: the visible columns of @view and the selected rows of @listing, or all when none is selected; as they are now. */
typedef struct _IsthTableText IsthTableText;
IsthTableText *isth_table_text_new (GtkColumnView *view, IsthListing *listing);
void isth_table_text_free (IsthTableText *self);

/* With a head; the caller's. Any thread. */
char *isth_table_text_make (const IsthTableText *self);
