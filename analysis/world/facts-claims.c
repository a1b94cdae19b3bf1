/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standing facts about stations: claims, bindings, children, roles, neighbours. Said again they only count; the earliest
 * evidence stands for all. */
#include "analysis/world/facts-private.h"

static inline uint64_t
hash_four (const IsthFacts *self,
           uint32_t         a,
           uint32_t         b,
           uint32_t         c,
           uint32_t         d)
{
  return isth_hash_mix (self->seed ^ ((uint64_t) a << 32 | b), (uint64_t) c << 32 | d);
}

static uint64_t
claim_hash (const IsthFacts     *self,
            const IsthFactClaim *key)
{
  return hash_four (self, key->station, key->attribute, key->value, key->protocol);
}

static bool
claim_equal (const void *row,
             const void *key)
{
  const IsthFactClaim *a = row;
  const IsthFactClaim *b = key;

  return a->station == b->station && a->value == b->value && a->protocol == b->protocol && a->attribute == b->attribute;
}

uint32_t
isth_facts_find_claim (const IsthFacts     *self,
                       const IsthFactClaim *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_CLAIMS], claim_hash (self, key), claim_equal, key);
}

uint32_t
isth_facts_append_claim (IsthFacts           *self,
                         const IsthFactClaim *row)
{
  ++*isth_facts_tally (self, row->station, row->attribute);
  return isth_table_append (&self->tables[ISTH_TABLE_CLAIMS], row, claim_hash (self, row), true);
}

static uint64_t
binding_hash (const IsthFacts       *self,
              const IsthFactBinding *key)
{
  return hash_four (self, key->station, key->protocol, 0, 0);
}

static bool
binding_equal (const void *row,
               const void *key)
{
  const IsthFactBinding *a = row;
  const IsthFactBinding *b = key;

  return a->station == b->station && a->protocol == b->protocol;
}

uint32_t
isth_facts_find_binding (const IsthFacts       *self,
                         const IsthFactBinding *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_BINDINGS], binding_hash (self, key), binding_equal, key);
}

uint32_t
isth_facts_append_binding (IsthFacts             *self,
                           const IsthFactBinding *row)
{
  return isth_table_append (&self->tables[ISTH_TABLE_BINDINGS], row, binding_hash (self, row), true);
}

static uint64_t
role_hash (const IsthFacts    *self,
           const IsthFactRole *key)
{
  return hash_four (self, key->station, key->protocol, key->role, 0);
}

static bool
role_equal (const void *row,
            const void *key)
{
  const IsthFactRole *a = row;
  const IsthFactRole *b = key;

  return a->station == b->station && a->role == b->role && a->protocol == b->protocol;
}

uint32_t
isth_facts_find_role (const IsthFacts    *self,
                      const IsthFactRole *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_ROLES], role_hash (self, key), role_equal, key);
}

uint32_t
isth_facts_append_role (IsthFacts          *self,
                        const IsthFactRole *row)
{
  return isth_table_append (&self->tables[ISTH_TABLE_ROLES], row, role_hash (self, row), true);
}

static uint64_t
neighbour_hash (const IsthFacts         *self,
                const IsthFactNeighbour *key)
{
  return hash_four (self, key->station, key->other, key->port, key->protocol);
}

static bool
neighbour_equal (const void *row,
                 const void *key)
{
  const IsthFactNeighbour *a = row;
  const IsthFactNeighbour *b = key;

  return a->station == b->station && a->other == b->other && a->port == b->port && a->protocol == b->protocol;
}

uint32_t
isth_facts_find_neighbour (const IsthFacts         *self,
                           const IsthFactNeighbour *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_NEIGHBOURS], neighbour_hash (self, key), neighbour_equal, key);
}

uint32_t
isth_facts_append_neighbour (IsthFacts               *self,
                             const IsthFactNeighbour *row)
{
  ++*isth_facts_tally (self, row->station, ISTH_TALLY_NEIGHBOURS);
  return isth_table_append (&self->tables[ISTH_TABLE_NEIGHBOURS], row, neighbour_hash (self, row), true);
}

/* The earliest evidence stays; a row that was never counted has none yet. */
static void
keep_first (IsthFacts          *self,
            IsthFactEvidence   *mine,
            const IsthEvidence *evidence,
            bool                fresh)
{
  IsthFactEvidence key = {
    .frame = evidence->frame,
    .time = evidence->time,
    .offset = evidence->offset,
    .length = evidence->length,
  };

  if (fresh || facts_compare_evidence (&key, mine) < 0)
    isth_facts_take_evidence (self, mine, evidence);
}

/* Finds the claim or makes it; ISTH_NO_ROW when a ceiling was reached. A value beyond the ceiling is not even interned. */
static uint32_t
need_claim (IsthFacts     *self,
            IsthFactClaim *key,
            const char    *value,
            IsthPresence   presence)
{
  uint32_t length;
  uint64_t hash;
  uint32_t row = ISTH_NO_ROW;

  key->value = isth_facts_find_string (self, value, &length, &hash);
  if (key->value != ISTH_NO_ROW)
    row = isth_facts_find_claim (self, key);
  if (row != ISTH_NO_ROW)
    return row;
  if (*isth_facts_tally (self, key->station, key->attribute) >= ISTH_LIMIT_CLAIMS)
    {
      isth_facts_reach (self, ISTH_REACHED_CLAIMS, 1);
      return ISTH_NO_ROW;
    }
  if (!isth_facts_has_room (self, ISTH_TABLE_CLAIMS, presence))
    return ISTH_NO_ROW;
  key->value = isth_facts_need_string (self, value);
  return key->value == ISTH_NO_ROW ? ISTH_NO_ROW : isth_facts_append_claim (self, key);
}

void
isth_facts_count_claim (IsthFacts          *self,
                        uint32_t            row,
                        uint8_t             confidence,
                        const IsthEvidence *evidence)
{
  IsthFactClaim *mine = isth_table_change (&self->tables[ISTH_TABLE_CLAIMS], row);

  isth_facts_touch_station (self, mine->station, evidence->time, ISTH_STATION_NAMED);
  mine->confidence = MAX (mine->confidence, confidence);
  mine->last = MAX (mine->last, evidence->time);
  keep_first (self, &mine->evidence, evidence, mine->count++ == 0);
}

uint32_t
isth_facts_observe_claim (IsthFacts             *self,
                          const IsthObservation *observation)
{
  IsthFactClaim key = { .attribute = (uint8_t) observation->claim.attribute, .last = ISTH_NO_TIME };
  uint32_t row;

  g_return_val_if_fail (observation->claim.attribute < ISTH_N_ATTRIBUTES, ISTH_NO_ROW);
  if (!observation->claim.value || !observation->claim.value[0])
    return ISTH_NO_ROW;
  key.station = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));
  key.protocol = isth_facts_need_word (self, observation->protocol);
  if (key.station == ISTH_NOBODY || key.protocol == ISTH_NO_ROW)
    return ISTH_NO_ROW;
  row = need_claim (self, &key, observation->claim.value, facts_get_presence (observation));
  if (row == ISTH_NO_ROW)
    isth_facts_touch_station (self, key.station, observation->evidence.time, ISTH_STATION_NAMED);
  else
    isth_facts_count_claim (self, row, observation->claim.confidence, &observation->evidence);
  return row;
}

void
isth_facts_count_binding (IsthFacts          *self,
                          uint32_t            row,
                          const IsthEvidence *evidence)
{
  IsthFactBinding *mine = isth_table_change (&self->tables[ISTH_TABLE_BINDINGS], row);

  isth_facts_touch_station (self, mine->station, evidence->time, ISTH_STATION_NAMED);
  mine->last = MAX (mine->last, evidence->time);
  keep_first (self, &mine->evidence, evidence, mine->count++ == 0);
}

uint32_t
isth_facts_observe_binding (IsthFacts             *self,
                            const IsthObservation *observation)
{
  IsthFactBinding key = { .last = ISTH_NO_TIME };
  uint32_t row;

  if (!isth_address_is_host (&observation->subject.mac) || !isth_address_is_host (&observation->subject.ip))
    return ISTH_NO_ROW;
  key.station = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));
  key.protocol = isth_facts_need_word (self, observation->protocol);
  if (key.station == ISTH_NOBODY || key.protocol == ISTH_NO_ROW)
    return ISTH_NO_ROW;
  row = isth_facts_find_binding (self, &key);
  if (row == ISTH_NO_ROW && isth_facts_has_room (self, ISTH_TABLE_BINDINGS, facts_get_presence (observation)))
    row = isth_facts_append_binding (self, &key);
  if (row == ISTH_NO_ROW)
    isth_facts_touch_station (self, key.station, observation->evidence.time, ISTH_STATION_NAMED);
  else
    isth_facts_count_binding (self, row, &observation->evidence);
  return row;
}

void
isth_facts_count_child (IsthFacts          *self,
                        uint32_t            station,
                        const IsthEvidence *evidence)
{
  uint32_t parent = facts_get_station (self, station).parent;

  isth_facts_touch_station (self, station, evidence->time, ISTH_STATION_NAMED);
  if (parent != ISTH_NOBODY)
    isth_facts_touch_station (self, parent, evidence->time, ISTH_STATION_NAMED);
}

uint32_t
isth_facts_observe_child (IsthFacts             *self,
                          const IsthObservation *observation)
{
  uint32_t child = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));

  if (child == ISTH_NOBODY)
    return ISTH_NO_ROW;
  isth_facts_count_child (self, child, &observation->evidence);
  return child;
}

void
isth_facts_count_role (IsthFacts          *self,
                       uint32_t            row,
                       const IsthEvidence *evidence)
{
  IsthFactRole *mine = isth_table_change (&self->tables[ISTH_TABLE_ROLES], row);

  isth_facts_touch_station (self, mine->station, evidence->time, 0);
  keep_first (self, &mine->evidence, evidence, mine->count++ == 0);
}

uint32_t
isth_facts_observe_role (IsthFacts             *self,
                         const IsthObservation *observation)
{
  IsthFactRole key = { 0 };
  uint32_t row;

  key.station = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));
  key.role = isth_facts_need_word (self, observation->role.role);
  key.protocol = isth_facts_need_word (self, observation->protocol);
  if (key.station == ISTH_NOBODY || key.role == ISTH_NO_ROW || key.protocol == ISTH_NO_ROW)
    return ISTH_NO_ROW;
  row = isth_facts_find_role (self, &key);
  if (row == ISTH_NO_ROW && isth_facts_has_room (self, ISTH_TABLE_ROLES, facts_get_presence (observation)))
    row = isth_facts_append_role (self, &key);
  if (row == ISTH_NO_ROW)
    isth_facts_touch_station (self, key.station, observation->evidence.time, 0);
  else
    isth_facts_count_role (self, row, &observation->evidence);
  return row;
}

/* The neighbour row, made when missing; no more for one station than it may have children. */
static uint32_t
need_neighbour (IsthFacts         *self,
                IsthFactNeighbour *key,
                const char        *port,
                IsthPresence       presence,
                bool              *fresh)
{
  uint32_t length;
  uint64_t hash;
  uint32_t row = ISTH_NO_ROW;

  key->port = isth_facts_find_string (self, port, &length, &hash);
  if (key->port != ISTH_NO_ROW)
    row = isth_facts_find_neighbour (self, key);
  *fresh = row == ISTH_NO_ROW;
  if (!*fresh)
    return row;
  if (*isth_facts_tally (self, key->station, ISTH_TALLY_NEIGHBOURS) >= ISTH_LIMIT_CHILDREN)
    {
      isth_facts_reach (self, ISTH_REACHED_FACTS, 1);
      return ISTH_NO_ROW;
    }
  if (!isth_facts_has_room (self, ISTH_TABLE_NEIGHBOURS, presence))
    return ISTH_NO_ROW;
  key->port = isth_facts_need_string (self, port);
  return key->port == ISTH_NO_ROW ? ISTH_NO_ROW : isth_facts_append_neighbour (self, key);
}

static void
count_neighbour (IsthFacts          *self,
                 uint32_t            row,
                 const IsthEvidence *evidence,
                 bool                fresh)
{
  IsthFactNeighbour *mine = isth_table_change (&self->tables[ISTH_TABLE_NEIGHBOURS], row);

  isth_facts_touch_station (self, mine->station, evidence->time, 0);
  isth_facts_touch_station (self, mine->other, evidence->time, 0);
  mine->last = fresh ? evidence->time : MAX (mine->last, evidence->time);
  mine->count++;
  keep_first (self, &mine->evidence, evidence, fresh);
}

void
isth_facts_count_neighbour (IsthFacts          *self,
                            uint32_t            row,
                            const IsthEvidence *evidence)
{
  count_neighbour (self, row, evidence, false);
}

uint32_t
isth_facts_observe_neighbour (IsthFacts             *self,
                              const IsthObservation *observation)
{
  const char *port = observation->neighbour.port ? observation->neighbour.port : "";
  IsthFactNeighbour key = { 0 };
  uint32_t row;
  bool fresh;

  key.station = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation));
  key.other = isth_facts_need_station (self, &observation->target, facts_get_presence (observation));
  key.protocol = isth_facts_need_word (self, observation->protocol);
  if (key.station == ISTH_NOBODY || key.other == ISTH_NOBODY || key.protocol == ISTH_NO_ROW)
    return ISTH_NO_ROW;
  row = need_neighbour (self, &key, port, facts_get_presence (observation), &fresh);
  if (row != ISTH_NO_ROW)
    {
      count_neighbour (self, row, &observation->evidence, fresh);
      return row;
    }
  isth_facts_touch_station (self, key.station, observation->evidence.time, 0);
  isth_facts_touch_station (self, key.other, observation->evidence.time, 0);
  return row;
}
