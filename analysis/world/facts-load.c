/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts out of a project: each row is checked against those before it, for the file may be damaged or made by an enemy. */
#include "analysis/world/facts-private.h"

static bool
is_string (const IsthFacts *self,
           uint32_t         id)
{
  return id < self->strings.n;
}

static bool
is_station (const IsthFacts *self,
            uint32_t         row)
{
  return row < self->tables[ISTH_TABLE_STATIONS].n;
}

static bool
is_evidence (const IsthFacts        *self,
             const IsthFactEvidence *evidence)
{
  return evidence->bytes < self->blobs.n;
}

/* In the one form that isth_activity_add() makes; anything else could shift too far. */
static bool
is_activity (const IsthActivity *activity)
{
  return activity->bits == 0 ? activity->shift == 0 && activity->start == 0
                             : (activity->bits & 1) && activity->shift >= ISTH_ACTIVITY_SHIFT && activity->shift < 64;
}

static bool
is_parent (const IsthFacts   *self,
           const IsthStation *row)
{
  IsthStation parent;

  if (row->child == 0)
    return row->parent == ISTH_NOBODY;
  if (!is_station (self, row->parent))
    return false;
  parent = facts_get_station (self, row->parent);
  return parent.child == 0 && parent.vlan == row->vlan && isth_address_equal (&parent.mac, &row->mac)
         && isth_address_equal (&parent.ip, &row->ip);
}

bool
isth_facts_load_station (IsthFacts         *self,
                         const IsthStation *row)
{
  if (self->tables[ISTH_TABLE_STATIONS].n >= self->max_stations || !is_string (self, row->child) || !is_parent (self, row)
      || !is_activity (&row->activity) || (row->mac.kind != ISTH_ADDRESS_NONE && row->mac.kind != ISTH_ADDRESS_MAC)
      || (row->ip.kind != ISTH_ADDRESS_NONE && !isth_address_is_ip (&row->ip)) || isth_address_is_scoped (&row->ip)
      || (row->mac.kind == ISTH_ADDRESS_NONE && row->ip.kind == ISTH_ADDRESS_NONE)
      || isth_facts_find_station (self, row) != ISTH_NO_ROW)
    return false;
  isth_facts_append_station (self, row);
  if (row->parent != ISTH_NOBODY)
    ++*isth_facts_tally (self, row->parent, ISTH_TALLY_CHILDREN);
  return true;
}

/* Room for one more row of @table? */
static bool
has_room (const IsthFacts *self,
          IsthFactsTable   table)
{
  return self->tables[table].n < ISTH_LIMIT_FACTS;
}

bool
isth_facts_load_conversation (IsthFacts              *self,
                              const IsthConversation *row)
{
  if (!has_room (self, ISTH_TABLE_CONVERSATIONS) || !is_station (self, row->client) || !is_station (self, row->server)
      || !is_string (self, row->protocol) || row->proof > 3 || !is_activity (&row->activity)
      || isth_facts_find_conversation (self, row) != ISTH_NO_ROW)
    return false;
  isth_facts_append_conversation (self, row);
  return true;
}

bool
isth_facts_load_claim (IsthFacts           *self,
                       const IsthFactClaim *row)
{
  if (!has_room (self, ISTH_TABLE_CLAIMS) || !is_station (self, row->station) || !is_string (self, row->value)
      || !is_string (self, row->protocol) || row->attribute >= ISTH_N_ATTRIBUTES || !is_evidence (self, &row->evidence)
      || isth_facts_find_claim (self, row) != ISTH_NO_ROW)
    return false;
  isth_facts_append_claim (self, row);
  return true;
}

bool
isth_facts_load_binding (IsthFacts             *self,
                         const IsthFactBinding *row)
{
  IsthStation station;

  if (!has_room (self, ISTH_TABLE_BINDINGS) || !is_station (self, row->station) || !is_string (self, row->protocol)
      || !is_evidence (self, &row->evidence) || isth_facts_find_binding (self, row) != ISTH_NO_ROW)
    return false;
  station = facts_get_station (self, row->station);
  if (station.mac.kind == ISTH_ADDRESS_NONE || station.ip.kind == ISTH_ADDRESS_NONE)
    return false;
  isth_facts_append_binding (self, row);
  return true;
}

bool
isth_facts_load_role (IsthFacts          *self,
                      const IsthFactRole *row)
{
  if (!has_room (self, ISTH_TABLE_ROLES) || !is_station (self, row->station) || !is_string (self, row->role)
      || !is_string (self, row->protocol) || !is_evidence (self, &row->evidence)
      || isth_facts_find_role (self, row) != ISTH_NO_ROW)
    return false;
  isth_facts_append_role (self, row);
  return true;
}

bool
isth_facts_load_neighbour (IsthFacts               *self,
                           const IsthFactNeighbour *row)
{
  IsthFactNeighbour mine = *row;

  if (!has_room (self, ISTH_TABLE_NEIGHBOURS) || !is_station (self, row->station) || !is_station (self, row->other)
      || !is_string (self, row->port) || !is_string (self, row->protocol) || !is_evidence (self, &row->evidence)
      || isth_facts_find_neighbour (self, row) != ISTH_NO_ROW)
    return false;
  if (mine.count == 0) /* projects of an earlier version know the first time only */
    {
      mine.count = 1;
      mine.last = mine.evidence.time;
    }
  isth_facts_append_neighbour (self, &mine);
  return true;
}

bool
isth_facts_load_operation (IsthFacts               *self,
                           const IsthFactOperation *row)
{
  IsthFactOperation mine = *row;

  if (!has_room (self, ISTH_TABLE_OPERATIONS) || !is_station (self, row->client) || !is_station (self, row->server)
      || !is_string (self, row->protocol) || !is_string (self, row->name) || !is_string (self, row->object)
      || row->verb >= ISTH_N_OPS || !is_evidence (self, &row->evidence) || (row->folded && row->object != 0)
      || isth_facts_find_operation (self, row) != ISTH_NO_ROW)
    return false;
  mine.events = 0; /* the events that follow count themselves */
  isth_facts_append_operation (self, &mine);
  return true;
}

bool
isth_facts_load_event (IsthFacts           *self,
                       const IsthFactEvent *row)
{
  const IsthFactOperation *operation;

  if (self->tables[ISTH_TABLE_EVENTS].n >= ISTH_LIMIT_EVENTS_ALL || row->operation >= self->tables[ISTH_TABLE_OPERATIONS].n
      || !is_string (self, row->text) || row->outcome >= ISTH_N_OUTCOMES || !is_evidence (self, &row->evidence))
    return false;
  operation = facts_get_operation (self, row->operation);
  if (operation->count > 0 && operation->events >= ISTH_LIMIT_EVENTS)
    return false;
  isth_facts_append_event (self, row);
  return true;
}

bool
isth_facts_load_transfer (IsthFacts              *self,
                          const IsthFactTransfer *row)
{
  if (!has_room (self, ISTH_TABLE_TRANSFERS) || !is_station (self, row->client) || !is_station (self, row->server)
      || !is_string (self, row->protocol) || !is_string (self, row->object) || !is_string (self, row->text) || row->verb >= ISTH_N_OPS
      || row->state >= ISTH_N_TRANSFER_STATES || !is_evidence (self, &row->evidence))
    return false;
  isth_facts_append_transfer (self, row);
  return true;
}

bool
isth_facts_load_session (IsthFacts             *self,
                         const IsthFactSession *row)
{
  if (self->tables[ISTH_TABLE_SESSIONS].n >= ISTH_LIMIT_SESSIONS || !is_station (self, row->client) || !is_station (self, row->server)
      || !is_string (self, row->protocol) || !is_string (self, row->inner) || row->proof > 3 || !is_evidence (self, &row->evidence))
    return false;
  isth_table_append (&self->tables[ISTH_TABLE_SESSIONS], row, 0, false);
  return true;
}

bool
isth_facts_load_remark (IsthFacts            *self,
                        const IsthFactRemark *row)
{
  if (self->tables[ISTH_TABLE_REMARKS].n >= ISTH_LIMIT_REMARKS || !is_station (self, row->about) || !is_station (self, row->other)
      || !is_string (self, row->protocol) || !is_string (self, row->text) || row->kind >= ISTH_N_REMARKS
      || !is_evidence (self, &row->evidence))
    return false;
  return isth_facts_append_remark (self, row);
}
