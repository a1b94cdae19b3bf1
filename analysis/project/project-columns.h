/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each kind of fact lies in its table: member by member, in the order of the columns. */
#pragma once

#include "analysis/project/project-private.h"

typedef enum
{
  ISTH_COLUMN_END,
  ISTH_COLUMN_U8,
  ISTH_COLUMN_BOOL,
  ISTH_COLUMN_U16,
  ISTH_COLUMN_U32,
  ISTH_COLUMN_U64,
  ISTH_COLUMN_I64,
  ISTH_COLUMN_ADDRESS,
  ISTH_COLUMN_START,     /* parts of an IsthActivity that are no whole members */
  ISTH_COLUMN_SHIFT,
  ISTH_COLUMN_ATTRIBUTE, /* enumerations of 8 bits, by the names that never change */
  ISTH_COLUMN_VERB,
  ISTH_COLUMN_OUTCOME,
  ISTH_COLUMN_TRANSFER,
} IsthColumnKind;

typedef struct
{
  uint16_t kind, offset;
} IsthColumn;

#define ISTH_COLUMNS_MAX 24

typedef struct
{
  IsthFactsTable table;
  uint32_t size;                              /* of the structure */
  const char *replace, *select, *forget;      /* SQL; the first two parameters are capture and row */
  IsthColumn columns[ISTH_COLUMNS_MAX];
} IsthFactTable;

/* In the order in which they must be read: what is referred to comes first. */
extern const IsthFactTable isth_fact_tables[ISTH_N_TABLES];

/* Binds @row to the parameters from the third on; an SQLite code. */
int isth_columns_bind (const IsthFactTable *self, sqlite3_stmt *statement, const void *row);

/* Reads the columns from the second on into zeroed @row; false when a value is impossible. */
bool isth_columns_read (const IsthFactTable *self, sqlite3_stmt *statement, void *row);

/* One address column: NULL, or 6, 4 or 16 bytes. */
int isth_column_bind_address (sqlite3_stmt *statement, int column, const IsthAddress *address);
bool isth_column_read_address (sqlite3_stmt *statement, int column, IsthAddress *address);
