/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations, folded per link, function and object; notable ones also kept one by one; answers found by ticket.
 *
 * When a function on one link has more than ISTH_LIMIT_OBJECTS objects, all its rows become one, whichever came first: the
 * result must not depend on the order. Row numbers must stay, so the rows folded away stay as dead rows (count 0), and their
 * events go to the one row or, beyond its share, stay on a dead row until a new event needs their place. */
#include "analysis/world/facts-private.h"

static uint64_t
operation_hash (const IsthFacts         *self,
                const IsthFactOperation *key)
{
  uint64_t hash = isth_hash_mix (self->seed ^ ((uint64_t) key->client << 32 | key->server),
                                 (uint64_t) key->protocol << 32 | key->name);

  return isth_hash_mix (hash ^ (uint64_t) key->function, (uint64_t) key->object << 8 | key->verb);
}

static bool
operation_equal (const void *row,
                 const void *key)
{
  const IsthFactOperation *a = row;
  const IsthFactOperation *b = key;

  return a->client == b->client && a->server == b->server && a->object == b->object && a->function == b->function
         && a->name == b->name && a->protocol == b->protocol && a->verb == b->verb;
}

uint32_t
isth_facts_find_operation (const IsthFacts         *self,
                           const IsthFactOperation *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_OPERATIONS], operation_hash (self, key), operation_equal, key);
}

static bool
group_equal (const void *row,
             const void *key)
{
  const IsthGroup *a = row;
  const IsthGroup *b = key;

  return a->client == b->client && a->server == b->server && a->function == b->function && a->name == b->name
         && a->protocol == b->protocol && a->verb == b->verb;
}

static uint32_t
need_group (IsthFacts               *self,
            const IsthFactOperation *operation)
{
  IsthGroup key = {
    .client = operation->client,
    .server = operation->server,
    .protocol = operation->protocol,
    .name = operation->name,
    .function = operation->function,
    .verb = operation->verb,
    .first = ISTH_NO_ROW,
    .folded = ISTH_NO_ROW,
  };
  IsthFactOperation whole = *operation;
  uint64_t hash;
  uint32_t row;

  whole.object = 0;
  hash = operation_hash (self, &whole);
  row = isth_table_find (&self->groups, hash, group_equal, &key);
  return row != ISTH_NO_ROW ? row : isth_table_append (&self->groups, &key, hash, true);
}

static inline IsthGroup *
get_group (IsthFacts *self,
           uint32_t   row)
{
  return isth_table_row (&self->groups, row);
}

static inline IsthOperationExtra *
get_extra (IsthFacts *self,
           uint32_t   row)
{
  return isth_table_row (&self->operation_extras, row);
}

static inline IsthEventExtra *
get_event_extra (IsthFacts *self,
                 uint32_t   row)
{
  return isth_table_row (&self->event_extras, row);
}

static inline IsthFactOperation *
change_operation (IsthFacts *self,
                  uint32_t   row)
{
  return isth_table_change (&self->tables[ISTH_TABLE_OPERATIONS], row);
}

uint32_t
isth_facts_append_operation (IsthFacts               *self,
                             const IsthFactOperation *row)
{
  uint32_t group = need_group (self, row);
  IsthGroup *mine = get_group (self, group);
  IsthOperationExtra extra = { group, mine->first, ISTH_NO_ROW, ISTH_NO_ROW };
  uint32_t number = isth_table_append (&self->tables[ISTH_TABLE_OPERATIONS], row, operation_hash (self, row), true);

  mine->first = number;
  mine->n_objects++;
  if (row->folded)
    mine->folded = number;
  isth_table_append (&self->operation_extras, &extra, 0, false);
  return number;
}

static bool
is_later (IsthFacts *self,
          uint32_t   a,
          uint32_t   b)
{
  return facts_compare_evidence (&facts_get_event (self, a)->evidence, &facts_get_event (self, b)->evidence) > 0;
}

/* Puts an event row that belongs to @operation into its list. */
static void
link_event (IsthFacts *self,
            uint32_t   operation,
            uint32_t   event)
{
  IsthOperationExtra *extra = get_extra (self, operation);

  get_event_extra (self, event)->next = extra->event;
  extra->event = event;
  if (extra->latest == ISTH_NO_ROW || is_later (self, event, extra->latest))
    extra->latest = event;
  change_operation (self, operation)->events++;
}

/* An event row as it is, at the end; one of a dead operation waits to be used again. */
uint32_t
isth_facts_append_event (IsthFacts           *self,
                         const IsthFactEvent *row)
{
  IsthEventExtra extra = { ISTH_NO_ROW, 0 };
  uint32_t number = isth_table_append (&self->tables[ISTH_TABLE_EVENTS], row, 0, false);

  isth_table_append (&self->event_extras, &extra, 0, false);
  if (facts_get_operation (self, row->operation)->count > 0)
    link_event (self, row->operation, number);
  else
    g_array_append_val (self->free_events, number);
  return number;
}

static void
find_latest (IsthFacts *self,
             uint32_t   operation)
{
  IsthOperationExtra *extra = get_extra (self, operation);

  extra->latest = extra->event;
  for (uint32_t event = extra->event; event != ISTH_NO_ROW; event = get_event_extra (self, event)->next)
    if (is_later (self, event, extra->latest))
      extra->latest = event;
}

/* A row for one more event of @operation: a new one, or a free one; ISTH_NO_ROW when there are too many in all. */
static uint32_t
need_event_row (IsthFacts *self,
                uint32_t   operation)
{
  IsthFactEvent fresh = { .operation = operation };
  uint32_t row;

  if (self->free_events->len > 0)
    {
      row = g_array_index (self->free_events, uint32_t, self->free_events->len - 1);
      g_array_set_size (self->free_events, self->free_events->len - 1);
      return row;
    }
  if (self->tables[ISTH_TABLE_EVENTS].n >= ISTH_LIMIT_EVENTS_ALL)
    return ISTH_NO_ROW;
  row = isth_table_append (&self->tables[ISTH_TABLE_EVENTS], &fresh, 0, false);
  isth_table_append (&self->event_extras, &(IsthEventExtra) { ISTH_NO_ROW, 0 }, 0, false);
  return row;
}

/* A ticket is all there is to know of a request that waits: its row, its event and what that stood for then. So nothing has to be kept for it. */
#define ROW_BITS 21 /* 1 + a row; 0: none */
#define ROW_MASK ((1u << ROW_BITS) - 1)
#define SERIAL_MASK ((1u << (64 - 2 * ROW_BITS)) - 1)
#define UNCOUNTED ROW_MASK /* of a request that no row counts */

G_STATIC_ASSERT (ISTH_LIMIT_FACTS + ISTH_LIMIT_FACTS / ISTH_LIMIT_OBJECTS < UNCOUNTED && ISTH_LIMIT_EVENTS_ALL < ROW_MASK);

static inline bool
is_earlier (const IsthEvidence    *evidence,
            const IsthFactEvidence *than)
{
  IsthFactEvidence key = { evidence->frame, evidence->time, evidence->offset, evidence->length, 0 };

  return facts_compare_evidence (&key, than) < 0;
}

/* Keeps the operation on its own when it is among the first; returns its event row or ISTH_NO_ROW. */
G_GNUC_NO_INLINE static uint32_t
keep_event (IsthFacts          *self,
            uint32_t            operation,
            const IsthEvidence *evidence)
{
  IsthOperationExtra *extra = get_extra (self, operation);
  bool full = facts_get_operation (self, operation)->events >= ISTH_LIMIT_EVENTS;
  IsthFactEvent *mine;
  uint32_t row;

  if (full && !is_earlier (evidence, &facts_get_event (self, extra->latest)->evidence))
    return ISTH_NO_ROW;

  row = full ? extra->latest : need_event_row (self, operation);
  if (row == ISTH_NO_ROW)
    {
      isth_facts_reach (self, ISTH_REACHED_EVENTS, 1);
      return ISTH_NO_ROW;
    }
  mine = isth_table_change (&self->tables[ISTH_TABLE_EVENTS], row);
  *mine = (IsthFactEvent) { .operation = operation, .outcome = ISTH_OUTCOME_UNKNOWN };
  isth_facts_take_evidence (self, &mine->evidence, evidence);
  self->last_serial = (self->last_serial + 1) & SERIAL_MASK;
  get_event_extra (self, row)->serial = self->last_serial = MAX (self->last_serial, 1);
  if (full)
    find_latest (self, operation);
  else
    link_event (self, operation, row);
  return row;
}

/* Adds what @from counted to @to and leaves @from dead. */
static void
merge_operation (IsthFacts *self,
                 uint32_t   to,
                 uint32_t   from)
{
  IsthFactOperation *a = change_operation (self, to);
  IsthFactOperation *b = change_operation (self, from);

  if (b->count == 0)
    return;
  if (a->count == 0 || facts_compare_evidence (&b->evidence, &a->evidence) < 0)
    a->evidence = b->evidence;
  a->count += b->count;
  a->ok += b->ok;
  a->refused += b->refused;
  facts_note_time (&a->first, &a->last, b->first);
  facts_note_time (&a->first, &a->last, b->last);
  b->count = b->ok = b->refused = 0;
  b->events = 0;
  b->cycle = (IsthCycle) { 0 };
  b->first = b->last = ISTH_NO_TIME;
  b->evidence = (IsthFactEvidence) { 0 };
}

static int
compare_events (const void *a,
                const void *b,
                void       *user_data)
{
  const uint32_t *x = a;
  const uint32_t *y = b;
  int order = facts_compare_evidence (&facts_get_event (user_data, *x)->evidence, &facts_get_event (user_data, *y)->evidence);

  return order != 0 ? order : *x < *y ? -1 : *x > *y;
}

/* The first events of the whole group go to @folded, the others to a dead row, free to be used again. */
static void
deal_events (IsthFacts *self,
             GArray    *events,
             uint32_t   folded,
             uint32_t   dead)
{
  g_array_sort_with_data (events, compare_events, self);
  for (guint i = 0; i < events->len; i++)
    {
      uint32_t row = g_array_index (events, uint32_t, i);
      IsthFactEvent *event = isth_table_change (&self->tables[ISTH_TABLE_EVENTS], row);

      event->operation = i < ISTH_LIMIT_EVENTS ? folded : dead;
      if (i < ISTH_LIMIT_EVENTS)
        {
          link_event (self, folded, row);
          continue;
        }
      get_event_extra (self, row)->serial = 0;
      g_array_append_val (self->free_events, row);
    }
}

/* Makes one row of all rows of @group, which has more than ISTH_LIMIT_OBJECTS of them. */
static uint32_t
fold_group (IsthFacts *self,
            uint32_t   group)
{
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  IsthFactOperation key = *facts_get_operation (self, get_group (self, group)->first);
  uint32_t folded, dead = ISTH_NO_ROW;

  key.object = 0;
  folded = isth_facts_find_operation (self, &key);
  if (folded == ISTH_NO_ROW)
    {
      key.count = key.ok = key.refused = 0;
      key.events = 0;
      key.cycle = (IsthCycle) { 0 };
      key.first = key.last = ISTH_NO_TIME;
      key.evidence = (IsthFactEvidence) { 0 };
      folded = isth_facts_append_operation (self, &key);
    }
  for (uint32_t row = get_group (self, group)->first; row != ISTH_NO_ROW; row = get_extra (self, row)->next)
    {
      IsthOperationExtra *extra = get_extra (self, row);

      for (uint32_t event = extra->event; event != ISTH_NO_ROW; event = get_event_extra (self, event)->next)
        g_array_append_val (events, event);
      extra->event = extra->latest = ISTH_NO_ROW;
      if (row == folded)
        continue;
      merge_operation (self, folded, row);
      dead = row;
    }
  change_operation (self, folded)->folded = true;
  facts_get_operation (self, folded)->cycle = (IsthCycle) { 0 };
  facts_get_operation (self, folded)->events = 0;
  get_group (self, group)->folded = folded;
  deal_events (self, events, folded, dead);
  isth_facts_reach (self, ISTH_REACHED_OBJECTS, 1);
  return folded;
}

/* The row that counts for @key, whose object is @object: its own, a new one, or the one its group was folded into. */
static uint32_t
need_operation (IsthFacts         *self,
                IsthFactOperation *key,
                const char        *object,
                IsthPresence       presence)
{
  uint32_t length, group, row;
  uint64_t hash;

  key->object = isth_facts_find_string (self, object, &length, &hash);
  if (key->object != ISTH_NO_ROW)
    {
      row = isth_facts_find_operation (self, key);
      if (row != ISTH_NO_ROW && facts_get_operation (self, row)->count > 0)
        return row;
    }
  group = need_group (self, key);
  if (get_group (self, group)->folded != ISTH_NO_ROW)
    return get_group (self, group)->folded;
  if (!isth_facts_has_room (self, ISTH_TABLE_OPERATIONS, presence))
    return ISTH_NO_ROW;
  if (get_group (self, group)->n_objects >= ISTH_LIMIT_OBJECTS)
    return fold_group (self, group);
  key->object = isth_facts_need_string (self, object);
  if (key->object == ISTH_NO_ROW)
    return ISTH_NO_ROW;
  return isth_facts_append_operation (self, key);
}

static inline uint64_t
make_ticket (IsthFacts *self,
             uint32_t   operation,
             uint32_t   event)
{
  uint64_t ticket = operation + 1u;

  if (event != ISTH_NO_ROW)
    ticket |= (event + UINT64_C (1)) << ROW_BITS | (uint64_t) get_event_extra (self, event)->serial << 2 * ROW_BITS;
  return ticket;
}

/* Who asks speaks, whether or not its frames name it. A frame may ask for a hundred things: its ends are touched by the first. */
static inline void
touch_ends (IsthFacts *self,
            uint32_t   client,
            uint32_t   server,
            int64_t    time)
{
  uint64_t ends = (uint64_t) client << 32 | server;

  if (self->touched.ends == ends && self->touched.time == time)
    return;
  self->touched.ends = ends;
  self->touched.time = time;
  isth_facts_touch_station (self, client, time, ISTH_STATION_SPOKE);
  isth_facts_touch_station (self, server, time, 0);
}

/* The operation happened no later than any that was counted: its evidence is that of the first, or older. */
G_GNUC_NO_INLINE static void
take_first (IsthFacts          *self,
            IsthFactOperation  *mine,
            const IsthEvidence *evidence)
{
  facts_note_time (&mine->first, &mine->last, evidence->time);
  if (mine->count == 0 || is_earlier (evidence, &mine->evidence))
    isth_facts_take_evidence (self, &mine->evidence, evidence);
}

/* One more of the operation @row, which is not dead. */
uint64_t
isth_facts_count_operation (IsthFacts          *self,
                            uint32_t            row,
                            const IsthEvidence *evidence)
{
  IsthFactOperation *mine = change_operation (self, row);
  int64_t time = evidence->time;

  touch_ends (self, mine->client, mine->server, time);
  if (!mine->folded && mine->count > 0 && mine->last != ISTH_NO_TIME && time != ISTH_NO_TIME)
    isth_cycle_note (&mine->cycle, mine->last, time);
  if (G_UNLIKELY (mine->count == 0 || mine->first == ISTH_NO_TIME || time <= mine->first))
    take_first (self, mine, evidence);
  else if (time > mine->last)
    mine->last = time;
  mine->count++;
  if (G_LIKELY (!isth_op_is_notable (mine->verb)))
    return make_ticket (self, row, ISTH_NO_ROW);
  return make_ticket (self, row, keep_event (self, row, evidence));
}

uint64_t
isth_facts_observe_operation (IsthFacts             *self,
                              const IsthObservation *observation,
                              uint32_t              *row)
{
  const char *object = observation->operation.object ? observation->operation.object : "";
  IsthFactOperation key;
  bool named;

  isth_facts_prefetch_endpoint (self, &observation->target); /* while the other end is looked for */
  key = (IsthFactOperation) {
    .client = isth_facts_need_station (self, &observation->subject, facts_get_presence (observation)),
    .server = isth_facts_need_station (self, &observation->target, facts_get_presence (observation)),
    .protocol = isth_facts_need_word (self, observation->protocol),
    .name = isth_facts_need_word (self, observation->operation.name),
    .verb = (uint8_t) observation->operation.verb,
    .function = observation->operation.function,
    .first = ISTH_NO_TIME,
    .last = ISTH_NO_TIME,
  };
  named = key.client != ISTH_NOBODY && key.server != ISTH_NOBODY && key.protocol != ISTH_NO_ROW && key.name != ISTH_NO_ROW;

  *row = ISTH_NO_ROW;
  g_return_val_if_fail (observation->operation.verb < ISTH_N_OPS, UNCOUNTED);
  if (named)
    *row = need_operation (self, &key, object, facts_get_presence (observation));
  if (*row != ISTH_NO_ROW)
    return isth_facts_count_operation (self, *row, &observation->evidence);
  if (key.client != ISTH_NOBODY)
    isth_facts_touch_station (self, key.client, observation->evidence.time, ISTH_STATION_SPOKE);
  if (named)
    isth_facts_touch_station (self, key.server, observation->evidence.time, 0);
  return UNCOUNTED;
}

/* Of an operation that is kept on its own. */
G_GNUC_NO_INLINE static void
answer_event (IsthFacts  *self,
              uint32_t    event,
              IsthOutcome result,
              const char *text)
{
  uint32_t id = isth_facts_need_string (self, text);
  IsthFactEvent *mine = isth_table_change (&self->tables[ISTH_TABLE_EVENTS], event);

  mine->outcome = (uint8_t) result;
  mine->text = id == ISTH_NO_ROW ? 0 : id;
}

/* Any answer. */
G_GNUC_NO_INLINE static void
answer_slowly (IsthFacts  *self,
               uint64_t    ticket,
               IsthOutcome result,
               const char *text)
{
  uint32_t row = ((uint32_t) ticket & ROW_MASK) - 1;
  uint32_t event = ((uint32_t) (ticket >> ROW_BITS) & ROW_MASK) - 1;
  uint32_t serial = (uint32_t) (ticket >> 2 * ROW_BITS);

  if (row >= self->tables[ISTH_TABLE_OPERATIONS].n || result == ISTH_OUTCOME_UNKNOWN || result >= ISTH_N_OUTCOMES)
    return;
  if (facts_get_operation (self, row)->count == 0)
    row = get_group (self, get_extra (self, row)->group)->folded;
  if (row == ISTH_NO_ROW)
    return;
  if (result == ISTH_OUTCOME_OK)
    change_operation (self, row)->ok++;
  else
    change_operation (self, row)->refused++;

  if (event < self->tables[ISTH_TABLE_EVENTS].n && get_event_extra (self, event)->serial == serial)
    answer_event (self, event, result, text);
}

/* Nearly all are good answers to operations that are not kept on their own. */
void
isth_facts_answer (uint64_t    ticket,
                   IsthOutcome result,
                   const char *text,
                   void       *user_data)
{
  IsthFacts *self = user_data;
  uint32_t row = (uint32_t) ticket - 1;

  facts_leave_round (self);
  if (G_LIKELY (ticket <= ROW_MASK && result == ISTH_OUTCOME_OK && row < self->tables[ISTH_TABLE_OPERATIONS].n && facts_get_operation (self, row)->count > 0))
    change_operation (self, row)->ok++;
  else
    answer_slowly (self, ticket, result, text);
}
