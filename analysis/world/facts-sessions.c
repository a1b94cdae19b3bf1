/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections of remote access, each in a row of its own, and what was said in them: who logged in, with which program. Which remark belongs to which
 * connection is decided when all is resolved, by ends, ports and time. */
#include "analysis/world/facts-private.h"

#include <string.h>

static uint64_t
remark_hash (const IsthFacts      *self,
             const IsthFactRemark *key)
{
  uint64_t hash = isth_hash_mix (self->seed ^ ((uint64_t) key->about << 32 | key->other), (uint64_t) key->protocol << 32 | key->text);

  return isth_hash_mix (hash ^ ((uint64_t) key->port[0] << 32 | (uint64_t) key->port[1] << 16 | key->transport << 8 | key->kind), self->seed);
}

static bool
remark_equal (const void *row,
              const void *key)
{
  const IsthFactRemark *a = row;
  const IsthFactRemark *b = key;

  return a->about == b->about && a->other == b->other && a->protocol == b->protocol && a->text == b->text && a->port[0] == b->port[0]
         && a->port[1] == b->port[1] && a->transport == b->transport && a->kind == b->kind;
}

bool
isth_facts_append_remark (IsthFacts            *self,
                          const IsthFactRemark *row)
{
  IsthTable *table = &self->tables[ISTH_TABLE_REMARKS];
  uint64_t hash = remark_hash (self, row);

  if (isth_table_find (table, hash, remark_equal, row) != ISTH_NO_ROW)
    return false;
  isth_table_append (table, row, hash, true);
  return true;
}

void
isth_facts_remark (const IsthRemark *remark,
                   void             *user_data)
{
  IsthFacts *self = user_data;
  IsthTable *table = &self->tables[ISTH_TABLE_REMARKS];
  IsthFactRemark key = {
    .port = { remark->port[0], remark->port[1] },
    .transport = remark->transport,
    .kind = (uint8_t) remark->kind,
    .last = remark->evidence.time,
  };
  uint32_t row;

  facts_leave_round (self);
  key.about = isth_facts_need_station (self, &remark->about, ISTH_PRESENCE_ONE_SIDED);
  key.other = isth_facts_need_station (self, &remark->other, ISTH_PRESENCE_ONE_SIDED);
  key.protocol = isth_facts_need_word (self, remark->protocol);
  key.text = isth_facts_need_string (self, remark->text);
  if (key.about == ISTH_NOBODY || key.other == ISTH_NOBODY || key.protocol == ISTH_NO_ROW || key.text == ISTH_NO_ROW)
    return;
  row = isth_table_find (table, remark_hash (self, &key), remark_equal, &key);
  if (row != ISTH_NO_ROW)
    {
      IsthFactRemark *mine = isth_table_change (table, row);

      mine->last = MAX (mine->last, remark->evidence.time);
      if (remark->evidence.time < mine->evidence.time)
        isth_facts_take_evidence (self, &mine->evidence, &remark->evidence);
      return;
    }
  if (table->n >= ISTH_LIMIT_REMARKS)
    {
      isth_facts_reach (self, ISTH_REACHED_SESSIONS, 1);
      return;
    }
  isth_facts_take_evidence (self, &key.evidence, &remark->evidence);
  isth_facts_append_remark (self, &key);
}

void
isth_facts_add_session (IsthFacts         *self,
                        const IsthTraffic *traffic,
                        const uint32_t     stations[2],
                        bool               swap)
{
  IsthFactSession row = {
    .protocol = traffic->remote ? isth_facts_need_word (self, traffic->remote) : 0,
    .inner = traffic->protocol ? isth_facts_need_word (self, traffic->protocol) : 0,
    .transport = traffic->transport,
    .proof = traffic->proof,
    .first = traffic->first,
    .last = traffic->last,
    .activity = traffic->activity,
    .evidence = { .time = traffic->first },
  };

  if (row.protocol == ISTH_NO_ROW || row.inner == ISTH_NO_ROW || (row.protocol == 0 && self->tables[ISTH_TABLE_SESSIONS].n >= ISTH_LIMIT_RESTS))
    return;
  if (self->tables[ISTH_TABLE_SESSIONS].n >= ISTH_LIMIT_SESSIONS)
    {
      isth_facts_reach (self, ISTH_REACHED_SESSIONS, 1);
      return;
    }
  row.client = stations[swap];
  row.server = stations[!swap];
  row.closed = swap ? (uint8_t) ((traffic->closed & 12) | (traffic->closed & 1) << 1 | (traffic->closed & 2) >> 1) : traffic->closed;
  for (int i = 0; i < 2; i++)
    {
      uint64_t frame = traffic->first_frame[i];

      row.port[i] = traffic->port[i ^ swap];
      row.packets[i] = traffic->packets[i ^ swap];
      row.bytes[i] = traffic->bytes[i ^ swap];
      if (frame != 0 && (row.evidence.frame == 0 || frame < row.evidence.frame))
        row.evidence.frame = frame;
    }
  isth_table_append (&self->tables[ISTH_TABLE_SESSIONS], &row, 0, false);
}
