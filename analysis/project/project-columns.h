/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each kind of fact lies in its table: rows in chunks of 64, a chunk column by column, a column as numbers that tell what changed
 * from row to row. A large network has a million facts, and a row of SQL for each cost ten times what reading its packets did. */
#pragma once

#include "analysis/base/cursor.h"
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
  ISTH_COLUMN_REMARK,
} IsthColumnKind;

typedef struct
{
  uint16_t kind, offset;
} IsthColumn;

#define ISTH_COLUMNS_MAX 24

/**
 * IsthFactTable:
 * @size: of the structure
 * @columns: its members in the order in which they are written. A later version may add some at the end, with a version of the schema
 *   that says so: what was written without them is read with zeros. It never takes one away, and never changes one.
 */
typedef struct
{
  IsthFactsTable table;
  uint32_t size;
  const char *replace, *select, *forget;      /* SQL; see isth_chunk_key() */
  const char *old;                            /* SQL: the rows of a capture as versions 1 to 3 kept them; NULL: they had none */
  IsthColumn columns[ISTH_COLUMNS_MAX];
} IsthFactTable;

/* In the order in which they must be read: what is referred to comes first. */
extern const IsthFactTable isth_fact_tables[ISTH_N_TABLES];

/* Strings and evidence bytes: the same without columns. */
typedef struct
{
  const char *replace, *select, *forget, *old;
} IsthPieceTable;

extern const IsthPieceTable isth_string_table, isth_bytes_table;

#define ISTH_CHUNK_ROWS 64
#define ISTH_CHUNK_MAX (ISTH_COLUMNS_MAX * ISTH_CHUNK_ROWS * 32) /* bytes of a chunk of facts: a value takes 17 at most, a new name more, once */

/* Room for the rows of any chunk. */
typedef union
{
  IsthStation station[ISTH_CHUNK_ROWS];
  IsthConversation conversation[ISTH_CHUNK_ROWS];
  IsthFactClaim claim[ISTH_CHUNK_ROWS];
  IsthFactBinding binding[ISTH_CHUNK_ROWS];
  IsthFactRole role[ISTH_CHUNK_ROWS];
  IsthFactNeighbour neighbour[ISTH_CHUNK_ROWS];
  IsthFactOperation operation[ISTH_CHUNK_ROWS];
  IsthFactEvent event[ISTH_CHUNK_ROWS];
  IsthFactTransfer transfer[ISTH_CHUNK_ROWS];
  IsthFactSession session[ISTH_CHUNK_ROWS];
  IsthFactRemark remark[ISTH_CHUNK_ROWS];
  IsthFactHealth health[ISTH_CHUNK_ROWS];
} IsthChunkRows;

/* Chunk @number of @capture; the statements that select and forget take the keys of its first chunk and of the next capture's. */
static inline int64_t
isth_chunk_key (int64_t  capture,
                uint32_t number)
{
  return capture << 32 | number;
}

/* Writes @n rows (1 to ISTH_CHUNK_ROWS) to @to, which has room for ISTH_CHUNK_MAX bytes; how many it took. */
size_t isth_chunk_pack (const IsthFactTable *self, const void *rows, uint32_t n, uint8_t *to);

/* Reads a whole chunk; how many rows, or 0 when it is not one. */
uint32_t isth_chunk_unpack (const IsthFactTable *self, const void *bytes, size_t n, IsthChunkRows *rows);

/* Pieces: a byte that says how many, then each behind its length. The first call gets an empty @chunk, unpacking a cursor on all of it. */
void isth_chunk_add_piece (GByteArray *chunk, const void *data, uint32_t n);
const uint8_t *isth_chunk_next_piece (IsthCursor *chunk, uint32_t *n); /* NULL, and failed, when there is none */

/* One row as versions 1 to 3 kept it, from the third column of @statement on; false when a value is impossible. */
bool isth_columns_read_old (const IsthFactTable *self, sqlite3_stmt *statement, void *row);

/* One address column: NULL, or 6, 4 or 16 bytes. */
int isth_column_bind_address (sqlite3_stmt *statement, int column, const IsthAddress *address);
bool isth_column_read_address (sqlite3_stmt *statement, int column, IsthAddress *address);
