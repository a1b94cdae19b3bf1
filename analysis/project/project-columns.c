/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which members of each fact are written, and its addresses and rows as columns of SQL. */
#include "analysis/project/project-columns.h"

#include <string.h>

#define COLUMN(type, member, kind) { ISTH_COLUMN_##kind, offsetof (type, member) }
#define ACTIVITY(type) \
  COLUMN (type, activity, START), COLUMN (type, activity.bits, U64), COLUMN (type, activity, SHIFT)
#define EVIDENCE(type) \
  COLUMN (type, evidence.frame, U64), COLUMN (type, evidence.time, I64), COLUMN (type, evidence.offset, U32), \
    COLUMN (type, evidence.length, U32), COLUMN (type, evidence.bytes, U32)
#define REPLACE(name) "REPLACE INTO " name " VALUES (?1, ?2)"
#define SELECT(name) "SELECT chunk, rows FROM " name " WHERE chunk >= ?1 AND chunk < ?2 ORDER BY chunk"
#define FORGET(name) "DELETE FROM " name " WHERE chunk >= ?1 AND chunk < ?2"
#define OLD(name) "SELECT * FROM old_" name " WHERE capture = ?1 ORDER BY row"
#define STATEMENTS(name) REPLACE (name), SELECT (name), FORGET (name), OLD (name)

const IsthPieceTable isth_string_table = { STATEMENTS ("string") };
const IsthPieceTable isth_bytes_table = { STATEMENTS ("bytes") };

const IsthFactTable isth_fact_tables[ISTH_N_TABLES] = {
  { ISTH_TABLE_STATIONS, sizeof (IsthStation),
    STATEMENTS ("station"),
    { COLUMN (IsthStation, mac, ADDRESS), COLUMN (IsthStation, ip, ADDRESS), COLUMN (IsthStation, vlan, U16),
      COLUMN (IsthStation, flags, U8), COLUMN (IsthStation, ttl_min, U8), COLUMN (IsthStation, ttl_max, U8),
      COLUMN (IsthStation, child, U32), COLUMN (IsthStation, parent, U32), COLUMN (IsthStation, packets_sent, U64),
      COLUMN (IsthStation, packets_received, U64), COLUMN (IsthStation, bytes_sent, U64),
      COLUMN (IsthStation, bytes_received, U64), COLUMN (IsthStation, first, I64), COLUMN (IsthStation, last, I64),
      COLUMN (IsthStation, first_frame, U64), ACTIVITY (IsthStation) } },
  { ISTH_TABLE_CONVERSATIONS, sizeof (IsthConversation),
    STATEMENTS ("conversation"),
    { COLUMN (IsthConversation, client, U32), COLUMN (IsthConversation, server, U32), COLUMN (IsthConversation, protocol, U32),
      COLUMN (IsthConversation, transport, U8), COLUMN (IsthConversation, proof, U8), COLUMN (IsthConversation, port, U16),
      COLUMN (IsthConversation, packets[0], U64), COLUMN (IsthConversation, packets[1], U64),
      COLUMN (IsthConversation, bytes[0], U64), COLUMN (IsthConversation, bytes[1], U64), COLUMN (IsthConversation, flows, U64),
      COLUMN (IsthConversation, first, I64), COLUMN (IsthConversation, last, I64), ACTIVITY (IsthConversation) } },
  { ISTH_TABLE_CLAIMS, sizeof (IsthFactClaim),
    STATEMENTS ("claim"),
    { COLUMN (IsthFactClaim, station, U32), COLUMN (IsthFactClaim, value, U32), COLUMN (IsthFactClaim, protocol, U32),
      COLUMN (IsthFactClaim, attribute, ATTRIBUTE), COLUMN (IsthFactClaim, confidence, U8), COLUMN (IsthFactClaim, count, U64),
      COLUMN (IsthFactClaim, last, I64), EVIDENCE (IsthFactClaim) } },
  { ISTH_TABLE_BINDINGS, sizeof (IsthFactBinding),
    STATEMENTS ("binding"),
    { COLUMN (IsthFactBinding, station, U32), COLUMN (IsthFactBinding, protocol, U32), COLUMN (IsthFactBinding, count, U64),
      COLUMN (IsthFactBinding, last, I64), EVIDENCE (IsthFactBinding) } },
  { ISTH_TABLE_ROLES, sizeof (IsthFactRole),
    STATEMENTS ("role"),
    { COLUMN (IsthFactRole, station, U32), COLUMN (IsthFactRole, role, U32), COLUMN (IsthFactRole, protocol, U32),
      COLUMN (IsthFactRole, count, U64), EVIDENCE (IsthFactRole) } },
  { ISTH_TABLE_NEIGHBOURS, sizeof (IsthFactNeighbour),
    STATEMENTS ("neighbour"),
    { COLUMN (IsthFactNeighbour, station, U32), COLUMN (IsthFactNeighbour, other, U32), COLUMN (IsthFactNeighbour, port, U32),
      COLUMN (IsthFactNeighbour, protocol, U32), EVIDENCE (IsthFactNeighbour), COLUMN (IsthFactNeighbour, count, U64),
      COLUMN (IsthFactNeighbour, last, I64) } },
  { ISTH_TABLE_OPERATIONS, sizeof (IsthFactOperation),
    STATEMENTS ("operation"),
    { COLUMN (IsthFactOperation, client, U32), COLUMN (IsthFactOperation, server, U32),
      COLUMN (IsthFactOperation, protocol, U32), COLUMN (IsthFactOperation, name, U32), COLUMN (IsthFactOperation, object, U32),
      COLUMN (IsthFactOperation, verb, VERB), COLUMN (IsthFactOperation, folded, BOOL),
      COLUMN (IsthFactOperation, function, I64), COLUMN (IsthFactOperation, count, U64), COLUMN (IsthFactOperation, ok, U64),
      COLUMN (IsthFactOperation, refused, U64), COLUMN (IsthFactOperation, events, U32),
      COLUMN (IsthFactOperation, first, I64), COLUMN (IsthFactOperation, last, I64), EVIDENCE (IsthFactOperation),
      COLUMN (IsthFactOperation, cycle.n, U64), COLUMN (IsthFactOperation, cycle.sum, U64),
      COLUMN (IsthFactOperation, cycle.squares, U64) } },
  { ISTH_TABLE_EVENTS, sizeof (IsthFactEvent),
    STATEMENTS ("event"),
    { COLUMN (IsthFactEvent, operation, U32), COLUMN (IsthFactEvent, text, U32), COLUMN (IsthFactEvent, outcome, OUTCOME),
      EVIDENCE (IsthFactEvent) } },
  { ISTH_TABLE_TRANSFERS, sizeof (IsthFactTransfer),
    STATEMENTS ("transfer"),
    { COLUMN (IsthFactTransfer, client, U32), COLUMN (IsthFactTransfer, server, U32), COLUMN (IsthFactTransfer, protocol, U32),
      COLUMN (IsthFactTransfer, object, U32), COLUMN (IsthFactTransfer, text, U32), COLUMN (IsthFactTransfer, verb, VERB),
      COLUMN (IsthFactTransfer, state, TRANSFER), COLUMN (IsthFactTransfer, begun, BOOL), COLUMN (IsthFactTransfer, match, U64),
      COLUMN (IsthFactTransfer, steps, U64), COLUMN (IsthFactTransfer, bytes, U64), COLUMN (IsthFactTransfer, total, U64),
      COLUMN (IsthFactTransfer, first, I64), COLUMN (IsthFactTransfer, last, I64), EVIDENCE (IsthFactTransfer) } },
  { ISTH_TABLE_SESSIONS, sizeof (IsthFactSession),
    REPLACE ("session"), SELECT ("session"), FORGET ("session"), NULL,
    { COLUMN (IsthFactSession, client, U32), COLUMN (IsthFactSession, server, U32), COLUMN (IsthFactSession, protocol, U32),
      COLUMN (IsthFactSession, inner, U32), COLUMN (IsthFactSession, port[0], U16), COLUMN (IsthFactSession, port[1], U16),
      COLUMN (IsthFactSession, transport, U8), COLUMN (IsthFactSession, proof, U8), COLUMN (IsthFactSession, closed, U8),
      COLUMN (IsthFactSession, packets[0], U64), COLUMN (IsthFactSession, packets[1], U64),
      COLUMN (IsthFactSession, bytes[0], U64), COLUMN (IsthFactSession, bytes[1], U64), COLUMN (IsthFactSession, first, I64),
      COLUMN (IsthFactSession, last, I64), ACTIVITY (IsthFactSession), EVIDENCE (IsthFactSession) } },
  { ISTH_TABLE_REMARKS, sizeof (IsthFactRemark),
    REPLACE ("remark"), SELECT ("remark"), FORGET ("remark"), NULL,
    { COLUMN (IsthFactRemark, about, U32), COLUMN (IsthFactRemark, other, U32), COLUMN (IsthFactRemark, protocol, U32),
      COLUMN (IsthFactRemark, text, U32), COLUMN (IsthFactRemark, port[0], U16), COLUMN (IsthFactRemark, port[1], U16),
      COLUMN (IsthFactRemark, transport, U8), COLUMN (IsthFactRemark, kind, REMARK), COLUMN (IsthFactRemark, last, I64), EVIDENCE (IsthFactRemark) } },
  { ISTH_TABLE_HEALTH, sizeof (IsthFactHealth),
    STATEMENTS ("health"),
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
      ((IsthActivity *) member)->start = value & 0xffffffffffffff;
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
    case ISTH_COLUMN_REMARK: /* no version before the chunks had any */
    case ISTH_COLUMN_END:
      break;
    }
  return false;
}

bool
isth_columns_read_old (const IsthFactTable *self,
                       sqlite3_stmt        *statement,
                       void                *row)
{
  int n = sqlite3_column_count (statement);
  bool fine = true;

  for (int i = 0; i + 2 < n && fine; i++)
    fine = read_column (statement, i + 2, &self->columns[i], (uint8_t *) row + self->columns[i].offset);
  return fine;
}
