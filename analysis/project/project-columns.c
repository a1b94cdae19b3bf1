/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves one fact between its structure and its row. */
#include "analysis/project/project-columns.h"

#include <string.h>

#define COLUMN(type, member, kind) { ISTH_COLUMN_##kind, offsetof (type, member) }
#define ACTIVITY(type) \
  COLUMN (type, activity, START), COLUMN (type, activity.bits, U64), COLUMN (type, activity, SHIFT)
#define START_BITS 0xffffffffffffff
#define EVIDENCE(type) \
  COLUMN (type, evidence.frame, U64), COLUMN (type, evidence.time, I64), COLUMN (type, evidence.offset, U32), \
    COLUMN (type, evidence.length, U32), COLUMN (type, evidence.bytes, U32)
#define REPLACE(name, parameters) "REPLACE INTO " name " VALUES (?1, ?2, " parameters ")"
#define SELECT(name, columns) "SELECT row, " columns " FROM " name " WHERE capture = ?1 ORDER BY row"
#define FORGET(name) "DELETE FROM " name " WHERE capture = ?1"
#define ACTIVITY_NAMES "activity_start, activity_bits, activity_shift"
#define EVIDENCE_NAMES "frame, time, offset, length, bytes"

const IsthFactTable isth_fact_tables[ISTH_N_TABLES] = {
  { ISTH_TABLE_STATIONS, sizeof (IsthStation),
    REPLACE ("station", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20"),
    SELECT ("station", "mac, ip, vlan, flags, ttl_min, ttl_max, child, parent, packets_sent, packets_received, bytes_sent,"
                       " bytes_received, first, last, first_frame, " ACTIVITY_NAMES),
    FORGET ("station"),
    { COLUMN (IsthStation, mac, ADDRESS), COLUMN (IsthStation, ip, ADDRESS), COLUMN (IsthStation, vlan, U16),
      COLUMN (IsthStation, flags, U8), COLUMN (IsthStation, ttl_min, U8), COLUMN (IsthStation, ttl_max, U8),
      COLUMN (IsthStation, child, U32), COLUMN (IsthStation, parent, U32), COLUMN (IsthStation, packets_sent, U64),
      COLUMN (IsthStation, packets_received, U64), COLUMN (IsthStation, bytes_sent, U64),
      COLUMN (IsthStation, bytes_received, U64), COLUMN (IsthStation, first, I64), COLUMN (IsthStation, last, I64),
      COLUMN (IsthStation, first_frame, U64), ACTIVITY (IsthStation) } },
  { ISTH_TABLE_CONVERSATIONS, sizeof (IsthConversation),
    REPLACE ("conversation", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18"),
    SELECT ("conversation", "client, server, protocol, transport, proof, port, client_packets, server_packets, client_bytes,"
                            " server_bytes, flows, first, last, " ACTIVITY_NAMES),
    FORGET ("conversation"),
    { COLUMN (IsthConversation, client, U32), COLUMN (IsthConversation, server, U32), COLUMN (IsthConversation, protocol, U32),
      COLUMN (IsthConversation, transport, U8), COLUMN (IsthConversation, proof, U8), COLUMN (IsthConversation, port, U16),
      COLUMN (IsthConversation, packets[0], U64), COLUMN (IsthConversation, packets[1], U64),
      COLUMN (IsthConversation, bytes[0], U64), COLUMN (IsthConversation, bytes[1], U64), COLUMN (IsthConversation, flows, U64),
      COLUMN (IsthConversation, first, I64), COLUMN (IsthConversation, last, I64), ACTIVITY (IsthConversation) } },
  { ISTH_TABLE_CLAIMS, sizeof (IsthFactClaim),
    REPLACE ("claim", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14"),
    SELECT ("claim", "station, value, protocol, attribute, confidence, count, last, " EVIDENCE_NAMES),
    FORGET ("claim"),
    { COLUMN (IsthFactClaim, station, U32), COLUMN (IsthFactClaim, value, U32), COLUMN (IsthFactClaim, protocol, U32),
      COLUMN (IsthFactClaim, attribute, ATTRIBUTE), COLUMN (IsthFactClaim, confidence, U8), COLUMN (IsthFactClaim, count, U64),
      COLUMN (IsthFactClaim, last, I64), EVIDENCE (IsthFactClaim) } },
  { ISTH_TABLE_BINDINGS, sizeof (IsthFactBinding),
    REPLACE ("binding", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"),
    SELECT ("binding", "station, protocol, count, last, " EVIDENCE_NAMES),
    FORGET ("binding"),
    { COLUMN (IsthFactBinding, station, U32), COLUMN (IsthFactBinding, protocol, U32), COLUMN (IsthFactBinding, count, U64),
      COLUMN (IsthFactBinding, last, I64), EVIDENCE (IsthFactBinding) } },
  { ISTH_TABLE_ROLES, sizeof (IsthFactRole),
    REPLACE ("role", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"),
    SELECT ("role", "station, role, protocol, count, " EVIDENCE_NAMES),
    FORGET ("role"),
    { COLUMN (IsthFactRole, station, U32), COLUMN (IsthFactRole, role, U32), COLUMN (IsthFactRole, protocol, U32),
      COLUMN (IsthFactRole, count, U64), EVIDENCE (IsthFactRole) } },
  { ISTH_TABLE_NEIGHBOURS, sizeof (IsthFactNeighbour),
    REPLACE ("neighbour", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"),
    SELECT ("neighbour", "station, other, port, protocol, " EVIDENCE_NAMES),
    FORGET ("neighbour"),
    { COLUMN (IsthFactNeighbour, station, U32), COLUMN (IsthFactNeighbour, other, U32), COLUMN (IsthFactNeighbour, port, U32),
      COLUMN (IsthFactNeighbour, protocol, U32), EVIDENCE (IsthFactNeighbour) } },
  { ISTH_TABLE_OPERATIONS, sizeof (IsthFactOperation),
    REPLACE ("operation", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24"),
    SELECT ("operation", "client, server, protocol, name, object, verb, folded, function, count, ok, refused, events, first, last, "
                         EVIDENCE_NAMES ", cycles, cycle_sum, cycle_squares"),
    FORGET ("operation"),
    { COLUMN (IsthFactOperation, client, U32), COLUMN (IsthFactOperation, server, U32),
      COLUMN (IsthFactOperation, protocol, U32), COLUMN (IsthFactOperation, name, U32), COLUMN (IsthFactOperation, object, U32),
      COLUMN (IsthFactOperation, verb, VERB), COLUMN (IsthFactOperation, folded, BOOL),
      COLUMN (IsthFactOperation, function, I64), COLUMN (IsthFactOperation, count, U64), COLUMN (IsthFactOperation, ok, U64),
      COLUMN (IsthFactOperation, refused, U64), COLUMN (IsthFactOperation, events, U32),
      COLUMN (IsthFactOperation, first, I64), COLUMN (IsthFactOperation, last, I64), EVIDENCE (IsthFactOperation),
      COLUMN (IsthFactOperation, cycle.n, U64), COLUMN (IsthFactOperation, cycle.sum, U64),
      COLUMN (IsthFactOperation, cycle.squares, U64) } },
  { ISTH_TABLE_EVENTS, sizeof (IsthFactEvent),
    REPLACE ("event", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"),
    SELECT ("event", "operation, text, outcome, " EVIDENCE_NAMES),
    FORGET ("event"),
    { COLUMN (IsthFactEvent, operation, U32), COLUMN (IsthFactEvent, text, U32), COLUMN (IsthFactEvent, outcome, OUTCOME),
      EVIDENCE (IsthFactEvent) } },
  { ISTH_TABLE_TRANSFERS, sizeof (IsthFactTransfer),
    REPLACE ("transfer", "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21"),
    SELECT ("transfer", "client, server, protocol, object, text, verb, state, begun, match, steps, carried, total, first, last, " EVIDENCE_NAMES),
    FORGET ("transfer"),
    { COLUMN (IsthFactTransfer, client, U32), COLUMN (IsthFactTransfer, server, U32), COLUMN (IsthFactTransfer, protocol, U32),
      COLUMN (IsthFactTransfer, object, U32), COLUMN (IsthFactTransfer, text, U32), COLUMN (IsthFactTransfer, verb, VERB),
      COLUMN (IsthFactTransfer, state, TRANSFER), COLUMN (IsthFactTransfer, begun, BOOL), COLUMN (IsthFactTransfer, match, U64),
      COLUMN (IsthFactTransfer, steps, U64), COLUMN (IsthFactTransfer, bytes, U64), COLUMN (IsthFactTransfer, total, U64),
      COLUMN (IsthFactTransfer, first, I64), COLUMN (IsthFactTransfer, last, I64), EVIDENCE (IsthFactTransfer) } },
  { ISTH_TABLE_HEALTH, sizeof (IsthFactHealth),
    REPLACE ("health", "?3, ?4, ?5"),
    SELECT ("health", "area, what, count"),
    FORGET ("health"),
    { COLUMN (IsthFactHealth, group, U32), COLUMN (IsthFactHealth, what, U32), COLUMN (IsthFactHealth, count, U64) } },
};

int
isth_column_bind_address (sqlite3_stmt      *statement,
                          int                column,
                          const IsthAddress *address)
{
  static const int sizes[] = { [ISTH_ADDRESS_MAC] = 6, [ISTH_ADDRESS_IPV4] = 4, [ISTH_ADDRESS_IPV6] = 16 };
  int size = isth_address_is_scoped (address) ? 12 : sizes[address->kind];

  if (address->kind == ISTH_ADDRESS_NONE)
    return sqlite3_bind_null (statement, column);
  return sqlite3_bind_blob (statement, column, address->bytes, size, SQLITE_TRANSIENT);
}

bool
isth_column_read_address (sqlite3_stmt *statement,
                          int           column,
                          IsthAddress  *address)
{
  const uint8_t *bytes = sqlite3_column_blob (statement, column);

  switch (sqlite3_column_bytes (statement, column))
    {
    case 0:
      *address = (IsthAddress) { 0 };
      return true;
    case 4:
      *address = isth_address_ipv4 (bytes);
      return true;
    case 12: /* a loopback address of one capture */
      *address = isth_address_ipv4 (bytes);
      memcpy (address->bytes, bytes, 12);
      return isth_address_is_loopback (address);
    case 6:
      *address = isth_address_mac (bytes);
      return true;
    case 16:
      *address = isth_address_ipv6 (bytes);
      return true;
    default:
      return false;
    }
}

static int
bind_name (sqlite3_stmt *statement,
           int           parameter,
           const char   *name)
{
  return sqlite3_bind_text (statement, parameter, name, -1, SQLITE_STATIC);
}

static int
bind_column (sqlite3_stmt     *statement,
             int               parameter,
             const IsthColumn *column,
             const uint8_t    *member)
{
  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_U8:
    case ISTH_COLUMN_BOOL:
      return sqlite3_bind_int (statement, parameter, *member);
    case ISTH_COLUMN_U16:
      return sqlite3_bind_int (statement, parameter, *(const uint16_t *) member);
    case ISTH_COLUMN_U32:
      return sqlite3_bind_int64 (statement, parameter, *(const uint32_t *) member);
    case ISTH_COLUMN_U64:
    case ISTH_COLUMN_I64:
      return sqlite3_bind_int64 (statement, parameter, *(const int64_t *) member);
    case ISTH_COLUMN_ADDRESS:
      return isth_column_bind_address (statement, parameter, (const IsthAddress *) member);
    case ISTH_COLUMN_START:
      return sqlite3_bind_int64 (statement, parameter, ((const IsthActivity *) member)->start);
    case ISTH_COLUMN_SHIFT:
      return sqlite3_bind_int (statement, parameter, ((const IsthActivity *) member)->shift);
    case ISTH_COLUMN_ATTRIBUTE:
      return bind_name (statement, parameter, isth_attribute_name (*member));
    case ISTH_COLUMN_VERB:
      return bind_name (statement, parameter, isth_op_name (*member));
    case ISTH_COLUMN_OUTCOME:
      return bind_name (statement, parameter, isth_outcome_name (*member));
    case ISTH_COLUMN_TRANSFER:
      return bind_name (statement, parameter, isth_transfer_state_name (*member));
    case ISTH_COLUMN_END:
      break;
    }
  return SQLITE_MISUSE;
}

int
isth_columns_bind (const IsthFactTable *self,
                   sqlite3_stmt        *statement,
                   const void          *row)
{
  int code = SQLITE_OK;

  for (int i = 0; self->columns[i].kind != ISTH_COLUMN_END && code == SQLITE_OK; i++)
    code = bind_column (statement, 3 + i, &self->columns[i], (const uint8_t *) row + self->columns[i].offset);
  return code;
}

/* The number of a name among @n; at least @n when it is none of them. */
static int64_t
read_name (sqlite3_stmt *statement,
           int           number,
           const char *(*name_of) (unsigned int),
           unsigned int  n)
{
  const char *name = (const char *) sqlite3_column_text (statement, number);
  unsigned int i = 0;

  while (i < n && g_strcmp0 (name_of (i), name) != 0)
    i++;
  return i;
}

static bool
read_small (uint8_t *member,
            int64_t  value,
            int64_t  n)
{
  *member = (uint8_t) value;
  return value >= 0 && value < n;
}

static bool
read_column (sqlite3_stmt     *statement,
             int               number,
             const IsthColumn *column,
             uint8_t          *member)
{
  int64_t value = sqlite3_column_int64 (statement, number);

  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_U8:
      return read_small (member, value, 256);
    case ISTH_COLUMN_BOOL:
      return read_small (member, value, 2);
    case ISTH_COLUMN_U16:
      *(uint16_t *) member = (uint16_t) value;
      return value >= 0 && value <= UINT16_MAX;
    case ISTH_COLUMN_U32:
      *(uint32_t *) member = (uint32_t) value;
      return value >= 0 && value <= UINT32_MAX;
    case ISTH_COLUMN_U64:
    case ISTH_COLUMN_I64:
      *(int64_t *) member = value;
      return true;
    case ISTH_COLUMN_ADDRESS:
      return isth_column_read_address (statement, number, (IsthAddress *) member);
    case ISTH_COLUMN_START:
      ((IsthActivity *) member)->start = value & START_BITS;
      return ((IsthActivity *) member)->start == value;
    case ISTH_COLUMN_SHIFT:
      ((IsthActivity *) member)->shift = value & UINT8_MAX;
      return value >= 0 && value <= UINT8_MAX;
    case ISTH_COLUMN_ATTRIBUTE:
      return read_small (member, read_name (statement, number, isth_attribute_name, ISTH_N_ATTRIBUTES), ISTH_N_ATTRIBUTES);
    case ISTH_COLUMN_VERB:
      return read_small (member, read_name (statement, number, isth_op_name, ISTH_N_OPS), ISTH_N_OPS);
    case ISTH_COLUMN_OUTCOME:
      return read_small (member, read_name (statement, number, isth_outcome_name, ISTH_N_OUTCOMES), ISTH_N_OUTCOMES);
    case ISTH_COLUMN_TRANSFER:
      return read_small (member, read_name (statement, number, isth_transfer_state_name, ISTH_N_TRANSFER_STATES), ISTH_N_TRANSFER_STATES);
    case ISTH_COLUMN_END:
      break;
    }
  return false;
}

bool
isth_columns_read (const IsthFactTable *self,
                   sqlite3_stmt        *statement,
                   void                *row)
{
  bool fine = true;

  for (int i = 0; self->columns[i].kind != ISTH_COLUMN_END && fine; i++)
    fine = read_column (statement, 1 + i, &self->columns[i], (uint8_t *) row + self->columns[i].offset);
  return fine;
}
