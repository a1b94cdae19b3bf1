/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a capture's facts: views, dirty marks, provisional rounds, health counts. The rows are made in facts-*.c. */
#include "analysis/world/facts.h"

#include "analysis/world/facts-private.h"

static const uint32_t row_sizes[ISTH_N_TABLES] = {
  [ISTH_TABLE_STATIONS] = sizeof (IsthStationRow),
  [ISTH_TABLE_CONVERSATIONS] = sizeof (IsthConversation),
  [ISTH_TABLE_CLAIMS] = sizeof (IsthFactClaim),
  [ISTH_TABLE_BINDINGS] = sizeof (IsthFactBinding),
  [ISTH_TABLE_ROLES] = sizeof (IsthFactRole),
  [ISTH_TABLE_NEIGHBOURS] = sizeof (IsthFactNeighbour),
  [ISTH_TABLE_OPERATIONS] = sizeof (IsthFactOperation),
  [ISTH_TABLE_EVENTS] = sizeof (IsthFactEvent),
  [ISTH_TABLE_TRANSFERS] = sizeof (IsthFactTransfer),
  [ISTH_TABLE_SESSIONS] = sizeof (IsthFactSession),
  [ISTH_TABLE_REMARKS] = sizeof (IsthFactRemark),
  [ISTH_TABLE_HEALTH] = sizeof (IsthFactHealth),
};

/* What add_traffic() can change; all else is only changed by observations, which are never provisional. */
static const IsthFactsTable provisional_tables[] = {
  ISTH_TABLE_STATIONS,
  ISTH_TABLE_CONVERSATIONS,
  ISTH_TABLE_SESSIONS,
  ISTH_TABLE_HEALTH,
};

IsthFacts *
isth_facts_new (void)
{
  return isth_facts_new_sized (ISTH_LIMIT_STATIONS, ISTH_LIMIT_FACTS);
}

IsthFacts *
isth_facts_new_sized (uint32_t max_stations,
                      uint32_t max_conversations)
{
  IsthFacts *self = g_new0 (IsthFacts, 1);
  IsthPiece none = { "", 0 };

  g_atomic_ref_count_init (&self->references);
  self->seed = isth_hash_seed ();
  self->max_stations = max_stations;
  self->max_conversations = max_conversations;
  self->capture.first = self->capture.last = ISTH_NO_TIME;
  self->touched.ends = UINT64_MAX; /* nobody */
  for (int i = 0; i < ISTH_N_TABLES; i++)
    self->tables[i].row_size = row_sizes[i];
  self->strings.row_size = self->blobs.row_size = sizeof (IsthPiece);
  self->stations_more.row_size = sizeof (IsthStationMore);
  self->tallies.row_size = sizeof (IsthTally);
  self->groups.row_size = sizeof (IsthGroup);
  self->operation_extras.row_size = sizeof (IsthOperationExtra);
  self->event_extras.row_size = sizeof (IsthEventExtra);
  self->transfer_slots.row_size = sizeof (IsthTransferSlot);
  self->chunk = g_string_chunk_new (1 << 16);
  self->free_events = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  for (int i = 0; i < ISTH_N_REACHED; i++)
    self->reached[i] = ISTH_NO_ROW;
  for (int i = 0; i < ISTH_N_UNPLACED; i++)
    self->unplaced[i] = ISTH_NO_ROW;
  isth_table_append (&self->strings, &none, isth_hash_keyed ("", 0, self->seed), true);
  isth_table_append (&self->blobs, &none, isth_hash_keyed ("", 0, self->seed), true);
  return self;
}

IsthFacts *
isth_facts_ref (IsthFacts *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
isth_facts_unref (IsthFacts *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  for (int i = 0; i < ISTH_N_TABLES; i++)
    isth_table_clear (&self->tables[i]);
  isth_table_clear (&self->strings);
  isth_table_clear (&self->blobs);
  isth_table_clear (&self->stations_more);
  isth_table_clear (&self->tallies);
  isth_table_clear (&self->groups);
  isth_table_clear (&self->operation_extras);
  isth_table_clear (&self->event_extras);
  isth_table_clear (&self->transfer_slots);
  g_string_chunk_free (self->chunk);
  g_array_unref (self->free_events);
  g_aligned_free (self->memo);
  isth_fact_capture_clear (&self->capture);
  g_free (self);
}

void
isth_facts_close (IsthFacts *self)
{
  isth_facts_drop_provisional (self);
  for (int i = 0; i < ISTH_N_TABLES; i++)
    isth_table_close (&self->tables[i]);
  isth_table_close (&self->strings);
  isth_table_close (&self->blobs);
  isth_table_close (&self->stations_more);
  isth_table_clear (&self->tallies);
  isth_table_clear (&self->groups);
  isth_table_clear (&self->operation_extras);
  isth_table_clear (&self->event_extras);
  isth_table_clear (&self->transfer_slots);
  g_clear_pointer (&self->memo, g_aligned_free);
}

void
isth_facts_drop_rows (IsthFacts *self,
                      IsthFactsTable table)
{
  isth_table_clear (&self->tables[table]);
  if (table == ISTH_TABLE_STATIONS)
    isth_table_clear (&self->stations_more);
}

void
isth_facts_drop_some (IsthFacts *self,
                      IsthFactsTable table,
                      uint32_t from,
                      uint32_t to)
{
  isth_table_forget (&self->tables[table], from, to);
}

IsthFactCapture *
isth_facts_get_capture (IsthFacts *self)
{
  return &self->capture;
}

void
isth_fact_capture_clear (IsthFactCapture *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->format);
  g_strfreev (self->link_types);
  g_strfreev (self->notes);
  isth_offsets_unref (self->offsets);
  *self = (IsthFactCapture) { .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };
}

IsthHistogram *
isth_facts_get_histogram (IsthFacts *self)
{
  return &self->histogram;
}

void
isth_facts_begin_provisional (IsthFacts *self)
{
  isth_facts_drop_provisional (self);
  for (size_t i = 0; i < G_N_ELEMENTS (provisional_tables); i++)
    isth_table_begin_provisional (&self->tables[provisional_tables[i]]);
  isth_table_begin_provisional (&self->stations_more);
  isth_table_begin_provisional (&self->tallies);
  self->committed_shares = self->shares;
  self->round = ISTH_ROUND_OPEN;
}

void
isth_facts_end_provisional (IsthFacts *self)
{
  if (self->round == ISTH_ROUND_OPEN)
    self->round = ISTH_ROUND_HELD;
}

/* isth_facts_drop_provisional() of a round that is there. */
void
isth_facts_end_round (IsthFacts *self)
{
  for (size_t i = 0; i < G_N_ELEMENTS (provisional_tables); i++)
    isth_table_drop_provisional (&self->tables[provisional_tables[i]]);
  isth_table_drop_provisional (&self->stations_more);
  isth_table_drop_provisional (&self->tallies);
  self->shares = self->committed_shares;
  for (int i = 0; i < ISTH_N_REACHED; i++)
    if (self->reached[i] >= self->tables[ISTH_TABLE_HEALTH].n)
      self->reached[i] = ISTH_NO_ROW;
  for (int i = 0; i < ISTH_N_UNPLACED; i++)
    if (self->unplaced[i] >= self->tables[ISTH_TABLE_HEALTH].n)
      self->unplaced[i] = ISTH_NO_ROW;
  self->round = ISTH_ROUND_NONE;
}

void
isth_facts_drop_provisional (IsthFacts *self)
{
  facts_leave_round (self);
}

static uint64_t
health_hash (const IsthFacts      *self,
             const IsthFactHealth *key)
{
  return isth_hash_mix (self->seed ^ key->group, key->what);
}

static bool
health_equal (const void *row,
              const void *key)
{
  const IsthFactHealth *a = row;
  const IsthFactHealth *b = key;

  return a->group == b->group && a->what == b->what;
}

/* The row of (group, what), made when missing. Its words are Isthmus's own, so they need no ceiling. */
static uint32_t
need_health (IsthFacts  *self,
             const char *group,
             const char *what)
{
  IsthTable *table = &self->tables[ISTH_TABLE_HEALTH];
  IsthFactHealth key = { isth_facts_intern (self, group), isth_facts_intern (self, what), 0 };
  uint64_t hash = health_hash (self, &key);
  uint32_t row = isth_table_find (table, hash, health_equal, &key);

  return row != ISTH_NO_ROW ? row : isth_table_append (table, &key, hash, true);
}

void
isth_facts_count_health (IsthFacts  *self,
                         const char *group,
                         const char *what,
                         uint64_t    n)
{
  uint32_t row;

  if (self->round == ISTH_ROUND_HELD)
    isth_facts_drop_provisional (self);
  row = need_health (self, group, what);
  ((IsthFactHealth *) isth_table_change (&self->tables[ISTH_TABLE_HEALTH], row))->count += n;
}

void
isth_facts_reach (IsthFacts *self,
                  IsthLimit  limit,
                  uint64_t   n)
{
  if (n == 0)
    return;
  if (self->reached[limit] == ISTH_NO_ROW)
    self->reached[limit] = need_health (self, "limit", isth_limit_text (limit));
  ((IsthFactHealth *) isth_table_change (&self->tables[ISTH_TABLE_HEALTH], self->reached[limit]))->count += n;
}

void
isth_facts_count_unplaced (IsthFacts   *self,
                           IsthUnplaced why,
                           uint64_t     frames)
{
  static const char *const words[ISTH_N_UNPLACED] = { "unnamed", "not-kept" };

  if (self->unplaced[why] == ISTH_NO_ROW)
    self->unplaced[why] = need_health (self, "frames", words[why]);
  ((IsthFactHealth *) isth_table_change (&self->tables[ISTH_TABLE_HEALTH], self->unplaced[why]))->count += frames;
}

bool
isth_facts_has_room (IsthFacts     *self,
                     IsthFactsTable table,
                     IsthPresence   presence)
{
  uint32_t share = presence == ISTH_PRESENCE_MUTUAL ? ISTH_LIMIT_FACTS : ISTH_LIMIT_ONE_SIDED;

  if (self->tables[table].n < share && self->strings.n < share)
    return true;
  isth_facts_reach (self, ISTH_REACHED_FACTS, 1);
  return false;
}

IsthFactsView
isth_facts_view (const IsthFacts *self)
{
  const IsthTable *t = self->tables;

  return (IsthFactsView) {
    .stations = (const IsthStationRow *) t[ISTH_TABLE_STATIONS].rows,
    .stations_more = (const IsthStationMore *) self->stations_more.rows,
    .n_stations = t[ISTH_TABLE_STATIONS].n,
    .conversations = (const IsthConversation *) t[ISTH_TABLE_CONVERSATIONS].rows,
    .n_conversations = t[ISTH_TABLE_CONVERSATIONS].n,
    .claims = (const IsthFactClaim *) t[ISTH_TABLE_CLAIMS].rows,
    .n_claims = t[ISTH_TABLE_CLAIMS].n,
    .bindings = (const IsthFactBinding *) t[ISTH_TABLE_BINDINGS].rows,
    .n_bindings = t[ISTH_TABLE_BINDINGS].n,
    .roles = (const IsthFactRole *) t[ISTH_TABLE_ROLES].rows,
    .n_roles = t[ISTH_TABLE_ROLES].n,
    .neighbours = (const IsthFactNeighbour *) t[ISTH_TABLE_NEIGHBOURS].rows,
    .n_neighbours = t[ISTH_TABLE_NEIGHBOURS].n,
    .operations = (const IsthFactOperation *) t[ISTH_TABLE_OPERATIONS].rows,
    .n_operations = t[ISTH_TABLE_OPERATIONS].n,
    .events = (const IsthFactEvent *) t[ISTH_TABLE_EVENTS].rows,
    .n_events = t[ISTH_TABLE_EVENTS].n,
    .transfers = (const IsthFactTransfer *) t[ISTH_TABLE_TRANSFERS].rows,
    .n_transfers = t[ISTH_TABLE_TRANSFERS].n,
    .sessions = (const IsthFactSession *) t[ISTH_TABLE_SESSIONS].rows,
    .n_sessions = t[ISTH_TABLE_SESSIONS].n,
    .remarks = (const IsthFactRemark *) t[ISTH_TABLE_REMARKS].rows,
    .n_remarks = t[ISTH_TABLE_REMARKS].n,
    .health = (const IsthFactHealth *) t[ISTH_TABLE_HEALTH].rows,
    .n_health = t[ISTH_TABLE_HEALTH].n,
    .n_strings = self->strings.n,
    .n_blobs = self->blobs.n,
  };
}

bool
isth_facts_is_dirty (const IsthFacts *self,
                     IsthFactsTable   table,
                     uint32_t         row)
{
  g_return_val_if_fail (table < ISTH_N_TABLES && row < self->tables[table].n, false);
  return isth_table_is_dirty (&self->tables[table], row);
}

bool
isth_facts_any_dirty (const IsthFacts *self,
                      IsthFactsTable table,
                      uint32_t from,
                      uint32_t to)
{
  g_return_val_if_fail (table < ISTH_N_TABLES && from <= to && to <= self->tables[table].n, false);
  return isth_table_any_dirty (&self->tables[table], from, to);
}

void
isth_facts_clear_dirty (IsthFacts *self)
{
  for (int i = 0; i < ISTH_N_TABLES; i++)
    isth_table_clear_dirty (&self->tables[i]);
}

uint64_t
isth_facts_observe (const IsthObservation *observation,
                    void                  *user_data)
{
  IsthFacts *self = user_data;
  uint32_t row = ISTH_NO_ROW;
  uint64_t ticket = 0;

  facts_leave_round (self);
  switch (observation->kind)
    {
    case ISTH_OBSERVE_OPERATION:
      ticket = isth_facts_observe_operation (self, observation, &row);
      break;
    case ISTH_OBSERVE_OUTCOME:
      isth_facts_answer (observation->outcome.ticket, observation->outcome.result, observation->outcome.text, self);
      break;
    case ISTH_OBSERVE_CLAIM:
      row = isth_facts_observe_claim (self, observation);
      break;
    case ISTH_OBSERVE_BINDING:
      row = isth_facts_observe_binding (self, observation);
      break;
    case ISTH_OBSERVE_CHILD:
      row = isth_facts_observe_child (self, observation);
      break;
    case ISTH_OBSERVE_NEIGHBOUR:
      row = isth_facts_observe_neighbour (self, observation);
      break;
    case ISTH_OBSERVE_ROLE:
      row = isth_facts_observe_role (self, observation);
      break;
    case ISTH_OBSERVE_TRANSFER:
      isth_facts_observe_transfer (self, observation);
      break;
    }
  if (observation->key != 0 && row != ISTH_NO_ROW)
    isth_facts_remember (self, observation->key, observation->kind, row);
  if (observation->kind == ISTH_OBSERVE_OPERATION && observation->group != 0 && row != ISTH_NO_ROW && facts_get_operation (self, row)->folded)
    isth_facts_remember (self, observation->group, observation->kind, row);
  return ticket;
}
