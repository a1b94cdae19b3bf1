/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers of programs, firmware and files: many steps on the wire, one row here. Steps of one transfer have its two ends, protocol, verb and match in
 * common; which of several such, one after the other, a step belongs to is decided by the order in which they were captured. */
#include "analysis/world/facts-private.h"

static uint64_t
slot_hash (const IsthFacts        *self,
           const IsthTransferSlot *key)
{
  uint64_t hash = isth_hash_mix (self->seed ^ ((uint64_t) key->client << 32 | key->server), (uint64_t) key->protocol << 8 | key->verb);

  return isth_hash_mix (hash ^ key->match, self->seed);
}

static bool
slot_equal (const void *row,
            const void *key)
{
  const IsthTransferSlot *a = row;
  const IsthTransferSlot *b = key;

  return a->client == b->client && a->server == b->server && a->match == b->match && a->protocol == b->protocol && a->verb == b->verb;
}

static uint32_t
find_slot (const IsthFacts        *self,
           const IsthTransferSlot *key)
{
  return isth_table_find (&self->transfer_slots, slot_hash (self, key), slot_equal, key);
}

void
isth_facts_append_transfer (IsthFacts              *self,
                            const IsthFactTransfer *row)
{
  IsthTransferSlot key = {
    .client = row->client,
    .server = row->server,
    .protocol = row->protocol,
    .verb = row->verb,
    .match = row->match,
  };
  uint32_t slot;

  slot = find_slot (self, &key);
  if (slot == ISTH_NO_ROW)
    slot = isth_table_append (&self->transfer_slots, &key, slot_hash (self, &key), true);
  ((IsthTransferSlot *) isth_table_row (&self->transfer_slots, slot))->row = isth_table_append (&self->tables[ISTH_TABLE_TRANSFERS], row, 0, false);
}

static inline const IsthFactTransfer *
get_transfer (const IsthFacts *self,
              uint32_t         row)
{
  return isth_table_row (&self->tables[ISTH_TABLE_TRANSFERS], row);
}

static inline IsthFactTransfer *
change_transfer (IsthFacts *self,
                 uint32_t   row)
{
  return isth_table_change (&self->tables[ISTH_TABLE_TRANSFERS], row);
}

/* A row for a transfer of @key that starts with @observation; ISTH_NO_ROW when there are too many. */
static uint32_t
start_transfer (IsthFacts              *self,
                const IsthTransferSlot *key,
                const IsthObservation  *observation)
{
  IsthFactTransfer fresh = {
    .client = key->client,
    .server = key->server,
    .protocol = key->protocol,
    .verb = key->verb,
    .match = key->match,
    .state = ISTH_TRANSFER_OPEN,
    .begun = observation->transfer.step == ISTH_TRANSFER_BEGIN,
    .first = ISTH_NO_TIME,
    .last = ISTH_NO_TIME,
  };

  if (!isth_facts_has_room (self, ISTH_TABLE_TRANSFERS, facts_get_presence (observation)))
    return ISTH_NO_ROW;
  isth_facts_take_evidence (self, &fresh.evidence, &observation->evidence);
  isth_facts_append_transfer (self, &fresh);
  return self->tables[ISTH_TABLE_TRANSFERS].n - 1;
}

/* The row that @observation is a step of. An end or breaking off of nothing that is open starts nothing: its beginning may be long ago, but most often it
 * is the second word about an end. */
static uint32_t
find_transfer (IsthFacts              *self,
               const IsthTransferSlot *key,
               const IsthObservation  *observation)
{
  IsthTransferStep step = observation->transfer.step;
  uint32_t slot = find_slot (self, key);
  uint32_t row = slot == ISTH_NO_ROW ? ISTH_NO_ROW : ((const IsthTransferSlot *) isth_table_row (&self->transfer_slots, slot))->row;
  bool open = row != ISTH_NO_ROW && get_transfer (self, row)->state == ISTH_TRANSFER_OPEN;

  if (observation->transfer.joins)
    return row;
  if (open && step == ISTH_TRANSFER_BEGIN && get_transfer (self, row)->begun)
    {
      change_transfer (self, row)->state = ISTH_TRANSFER_BROKEN_OFF;
      open = false;
    }
  if (open || step == ISTH_TRANSFER_END || step == ISTH_TRANSFER_ABORT)
    return open ? row : ISTH_NO_ROW;
  return start_transfer (self, key, observation);
}

static void
take_step (IsthFacts             *self,
           uint32_t               row,
           const IsthObservation *observation)
{
  uint32_t object = get_transfer (self, row)->object == 0 ? isth_facts_need_string (self, observation->transfer.object) : ISTH_NO_ROW;
  uint32_t text = isth_facts_need_string (self, observation->transfer.text);
  IsthFactTransfer *mine = change_transfer (self, row);

  if (object != ISTH_NO_ROW)
    mine->object = object;
  if (text != ISTH_NO_ROW && text != 0)
    mine->text = text;
  if (observation->transfer.step == ISTH_TRANSFER_END)
    mine->state = ISTH_TRANSFER_FINISHED;
  if (observation->transfer.step == ISTH_TRANSFER_ABORT)
    mine->state = ISTH_TRANSFER_BROKEN_OFF;
  if (observation->transfer.total != 0)
    mine->total = observation->transfer.total;
  mine->begun = mine->begun || observation->transfer.step == ISTH_TRANSFER_BEGIN;
  mine->steps++;
  mine->bytes += observation->transfer.bytes;
  facts_note_time (&mine->first, &mine->last, observation->evidence.time);
}

void
isth_facts_observe_transfer (IsthFacts             *self,
                             const IsthObservation *observation)
{
  IsthTransferSlot key = {
    .verb = (uint8_t) observation->transfer.verb,
    .match = observation->transfer.match,
  };
  uint32_t row;

  key.client = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));
  key.server = isth_facts_need_station (self, &observation->target, facts_get_presence (observation));
  key.protocol = isth_facts_need_word (self, observation->protocol);
  if (key.client == ISTH_NOBODY || key.server == ISTH_NOBODY || key.protocol == ISTH_NO_ROW)
    return;
  row = find_transfer (self, &key, observation);
  if (row != ISTH_NO_ROW)
    take_step (self, row, observation);
}
