/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow table: slots of hash and index found by linear probing, the flows themselves in chunks that never move, chained
 * in the order in which they began. Nothing is kept per packet. */
#include "analysis/flow/flow-private.h"

#include "analysis/base/time.h"

#define NOBODY UINT32_MAX
#define FIRST_SLOTS 1024u
#define EVICTED_SHARE 16         /* of all flows, those finished at once when the table is full */
#define SCAN_PACKETS 3           /* so often a connection is tried at most in vain before somebody gives up */
#define AGES 4096                /* classes of idleness that are told apart when the table is full */
#define NO_KEY UINT64_MAX         /* IsthFlow.rest of a place that is free: no flow has such a layer */
#define CLOCK_FINENESS 64        /* ticks of the clock in as many packets as the table has room for flows */
#define WALK_EVERY (ISTH_LIMIT_IDLE / 4)

struct _IsthFlowTable
{
  IsthFlowSlot *slots;
  uint32_t mask;                 /* of a power of two */
  uint32_t most;                 /* flows for which these slots are enough */
  uint32_t n;
  uint32_t max;
  IsthFlowChunk **chunks;
  uint32_t n_entries;            /* ever used; those beyond are fresh */
  uint32_t free;
  uint32_t oldest, newest;
  uint32_t young;                /* the oldest of those that were not looked at yet some time after they began */
  uint64_t *closed;              /* a bit for each place whose flow was closed not long ago; it may be another by now */
  int64_t walked;                /* when all flows were looked at last; ISTH_NO_TIME: never */
  uint64_t packets;              /* the clock of idleness: time may stand still or run backwards */
  unsigned int clock_shift;
  IsthFlowFinish finish;
  gpointer user_data;
  IsthStreamPool pool;
  uint64_t limits[ISTH_N_REACHED];
};

static inline IsthFlow *
flow_at (const IsthFlowTable *self,
         uint32_t             index)
{
  return &self->chunks[index / ISTH_FLOW_CHUNK]->flows[index % ISTH_FLOW_CHUNK];
}

static inline IsthFlowRest *
rest_at (const IsthFlowTable *self,
         uint32_t             index)
{
  return &self->chunks[index / ISTH_FLOW_CHUNK]->rests[index % ISTH_FLOW_CHUNK];
}

static inline bool
is_wide (uint64_t rest)
{
  return isth_flow_key_kind (rest, 0) == ISTH_ADDRESS_IPV6;
}

static void
get_high (const IsthFlowProbe *probe,
          const IsthPacket    *packet,
          uint64_t             high[2])
{
  high[probe->side] = packet->source.words[0];
  high[!probe->side] = packet->target.words[0];
}

static bool G_GNUC_NO_INLINE
high_equal (const IsthFlow      *flow,
            const IsthFlowProbe *probe,
            const IsthPacket    *packet)
{
  const IsthFlowHigh *mine = &isth_flow_get_chunk (flow)->high[flow->place];
  uint64_t high[2];

  get_high (probe, packet, high);
  return mine->address[0] == high[0] && mine->address[1] == high[1];
}

static inline bool
is_of (const IsthFlow      *flow,
       const IsthFlowProbe *probe,
       const IsthPacket    *packet)
{
  return flow->rest == probe->rest && flow->address[0] == probe->address[0] && flow->address[1] == probe->address[1]
         && (!is_wide (probe->rest) || high_equal (flow, probe, packet));
}

static IsthFlowSlot *
new_slots (uint32_t n)
{
  IsthFlowSlot *slots = g_new (IsthFlowSlot, n);

  memset (slots, 0xff, n * sizeof *slots);
  return slots;
}

static void
set_slots (IsthFlowTable *self,
           uint32_t       n)
{
  self->slots = new_slots (n);
  self->mask = n - 1;
  self->most = (uint32_t) ((uint64_t) n * ISTH_FLOW_MOST_FULL / 100);
}

IsthFlowTable *
isth_flow_table_new_sized (uint32_t       max_flows,
                           IsthFlowFinish finish,
                           gpointer       user_data)
{
  IsthFlowTable *self = g_new0 (IsthFlowTable, 1);

  set_slots (self, FIRST_SLOTS);
  self->max = max_flows;
  while (max_flows / CLOCK_FINENESS >> self->clock_shift > 1)
    self->clock_shift++;
  self->chunks = g_new0 (IsthFlowChunk *, max_flows / ISTH_FLOW_CHUNK + 1);
  self->closed = g_new0 (uint64_t, max_flows / 64 + 1);
  self->free = self->oldest = self->newest = self->young = NOBODY;
  self->walked = ISTH_NO_TIME;
  self->finish = finish;
  self->user_data = user_data;
  return self;
}

IsthFlowTable *
isth_flow_table_new (IsthFlowFinish finish,
                     gpointer       user_data)
{
  return isth_flow_table_new_sized (ISTH_LIMIT_FLOWS, finish, user_data);
}

static void
place (IsthFlowTable *self,
       uint32_t       hash,
       uint32_t       index)
{
  uint32_t i = hash & self->mask;

  while (self->slots[i].index != NOBODY)
    i = (i + 1) & self->mask;
  self->slots[i] = (IsthFlowSlot){ .hash = hash, .index = index };
}

static void
grow (IsthFlowTable *self)
{
  g_autofree IsthFlowSlot *old = self->slots;
  uint32_t n = self->mask + 1;

  set_slots (self, n * 2);
  for (uint32_t i = 0; i < n; i++)
    if (old[i].index != NOBODY)
      place (self, old[i].hash, old[i].index);
}

/* Empties a slot and moves up those behind it that would otherwise no longer be found. */
static void
unplace (IsthFlowTable *self,
         uint32_t       hash,
         uint32_t       index)
{
  uint32_t hole = hash & self->mask;
  uint32_t i;

  while (self->slots[hole].index != index)
    hole = (hole + 1) & self->mask;
  for (i = (hole + 1) & self->mask; self->slots[i].index != NOBODY; i = (i + 1) & self->mask)
    if (((i - self->slots[i].hash) & self->mask) >= ((i - hole) & self->mask))
      {
        self->slots[hole] = self->slots[i];
        hole = i;
      }
  self->slots[hole].index = NOBODY;
}

static uint32_t
find (const IsthFlowTable *self,
      const IsthFlowProbe *probe,
      const IsthPacket    *packet)
{
  for (uint32_t i = probe->hash & self->mask; self->slots[i].index != NOBODY; i = (i + 1) & self->mask)
    if (self->slots[i].hash == probe->hash && is_of (flow_at (self, self->slots[i].index), probe, packet))
      return self->slots[i].index;
  return NOBODY;
}

/* Tells the owner, then frees what the flow holds. */
static void
end_flow (IsthFlowTable *self,
          IsthFlow      *flow)
{
  if (self->finish != NULL)
    self->finish (flow, self->user_data);
  isth_flow_clear (flow, &self->pool);
}

static void
finish_flow (IsthFlowTable *self,
             uint32_t       index)
{
  IsthFlow *flow = flow_at (self, index);
  IsthFlowRest *rest = rest_at (self, index);
  const uint64_t *high = is_wide (flow->rest) ? isth_flow_get_chunk (flow)->high[flow->place].address : NULL;

  end_flow (self, flow);
  unplace (self, isth_flow_hash (flow->address, high, flow->rest), index);
  flow->rest = NO_KEY;
  if (self->young == index)
    self->young = rest->next;
  *(rest->previous != NOBODY ? &rest_at (self, rest->previous)->next : &self->oldest) = rest->next;
  *(rest->next != NOBODY ? &rest_at (self, rest->next)->previous : &self->newest) = rest->previous;
  rest->next = self->free;
  self->free = index;
  self->n--;
}

static inline bool
is_closed (const IsthFlow *flow)
{
  return flow->closed >= 3;
}

static inline uint32_t
get_age (const IsthFlowTable *self,
         const IsthFlow      *flow)
{
  return (uint32_t) (self->packets >> self->clock_shift) - flow->used;
}

static inline uint32_t
get_age_class (const IsthFlowTable *self,
               const IsthFlow      *flow,
               uint32_t             oldest)
{
  return (uint32_t) ((uint64_t) get_age (self, flow) * (AGES - 1) / oldest);
}

/* Nobody answered its few packets. */
static inline bool
looks_like_scan (const IsthFlow *flow)
{
  return (flow->packets[0] == 0 || flow->packets[1] == 0) && flow->packets[0] <= SCAN_PACKETS && flow->packets[1] <= SCAN_PACKETS
         && flow->volume[0] >> 52 == 0 && flow->volume[1] >> 52 == 0;
}

/* Finishes up to @want flows of one kind, those that were idle longest first; how many. */
static uint32_t
evict_kind (IsthFlowTable *self,
            bool           scan,
            uint32_t       want)
{
  uint32_t ages[AGES] = { 0 };
  uint32_t oldest = 1, class = AGES, older = 0, done = 0, same, next;

  for (uint32_t i = self->oldest; i != NOBODY; i = rest_at (self, i)->next)
    oldest = MAX (oldest, get_age (self, flow_at (self, i)));
  for (uint32_t i = self->oldest; i != NOBODY; i = rest_at (self, i)->next)
    if (looks_like_scan (flow_at (self, i)) == scan)
      ages[get_age_class (self, flow_at (self, i), oldest)]++;
  while (class > 0 && older < want)
    older += ages[--class];
  same = older > want ? ages[class] - (older - want) : ages[class];

  for (uint32_t i = self->oldest; i != NOBODY; i = next)
    {
      const IsthFlow *flow = flow_at (self, i);
      uint32_t mine = get_age_class (self, flow, oldest);

      next = rest_at (self, i)->next;
      if (looks_like_scan (flow) != scan || mine < class || (mine == class && same == 0))
        continue;
      same -= mine == class;
      done++;
      finish_flow (self, i);
    }
  return done;
}

/* Makes room for a sixteenth of all flows at once, so that the search pays off. A scan or a flood of made-up addresses pushes out
 * only its own traces as long as there are any: who has answered stays. */
static void
evict (IsthFlowTable *self)
{
  uint32_t want = MAX (self->n / EVICTED_SHARE, 1);
  uint32_t done = evict_kind (self, true, want);

  if (done < want)
    done += evict_kind (self, false, want - done);
  self->limits[ISTH_REACHED_FLOWS] += done;
}

static uint32_t
take_place (IsthFlowTable *self)
{
  uint32_t index = self->free;
  IsthFlowChunk **chunk;

  if (index != NOBODY)
    {
      self->free = rest_at (self, index)->next;
      return index;
    }
  index = self->n_entries++;
  chunk = &self->chunks[index / ISTH_FLOW_CHUNK];
  if (*chunk == NULL)
    {
      *chunk = g_aligned_alloc (1, sizeof **chunk, ISTH_FLOW_CACHE_LINE);
      (*chunk)->high = NULL;
    }
  return index;
}

static uint32_t
add_flow (IsthFlowTable       *self,
          const IsthFlowProbe *probe,
          const IsthPacket    *packet)
{
  uint32_t index;
  IsthFlow *flow;

  if (self->n == self->max)
    evict (self);
  if (self->n >= self->most)
    grow (self);
  index = take_place (self);
  flow = flow_at (self, index);
  *flow = (IsthFlow){
    .rest = probe->rest,
    .address = { probe->address[0], probe->address[1] },
    .first = ISTH_NO_TIME,
    .last = ISTH_NO_TIME,
    .place = (uint8_t) (index % ISTH_FLOW_CHUNK),
  };
  *rest_at (self, index) = (IsthFlowRest){ .previous = self->newest, .next = NOBODY };
  if (is_wide (probe->rest))
    {
      IsthFlowChunk *chunk = isth_flow_get_chunk (flow);

      if (chunk->high == NULL)
        chunk->high = g_new (IsthFlowHigh, ISTH_FLOW_CHUNK);
      get_high (probe, packet, chunk->high[flow->place].address);
    }
  *(self->newest != NOBODY ? &rest_at (self, self->newest)->next : &self->oldest) = index;
  self->newest = index;
  if (self->young == NOBODY)
    self->young = index;
  self->n++;
  place (self, probe->hash, index);
  return index;
}

/* The flow of @packet, found by its slot or made. */
static IsthFlow *
need_flow (IsthFlowTable       *self,
           const IsthPacket    *packet,
           const IsthFlowProbe *probe)
{
  uint32_t index = find (self, probe, packet);

  if (index != NOBODY && (packet->tcp_flags & ISTH_TCP_SYN) != 0 && packet->layer == ISTH_LAYER_TCP
      && isth_flow_is_reused (flow_at (self, index), packet, probe->side))
    {
      finish_flow (self, index);
      index = NOBODY;
    }
  if (index == NOBODY)
    index = add_flow (self, probe, packet);
  return flow_at (self, index);
}

static void
note_closed (IsthFlowTable  *self,
             const IsthFlow *flow,
             uint32_t        hash)
{
  uint32_t i = hash & self->mask;

  while (flow_at (self, self->slots[i].index) != flow)
    i = (i + 1) & self->mask;
  self->closed[self->slots[i].index / 64] |= UINT64_C (1) << self->slots[i].index % 64;
}

/* Any packet in any flow, or in a new one. */
static IsthFlow * G_GNUC_NO_INLINE
add_any (IsthFlowTable       *self,
         const IsthPacket    *packet,
         const IsthFlowProbe *probe,
         IsthFlow            *expected)
{
  IsthFlow *flow = expected;

  if (G_UNLIKELY (probe->none))
    return NULL;
  if (G_UNLIKELY (flow == NULL || (packet->tcp_flags & ISTH_TCP_SYN) != 0 || !is_of (flow, probe, packet)))
    flow = need_flow (self, packet, probe);
  flow->used = (uint32_t) (++self->packets >> self->clock_shift);
  isth_flow_count (flow, packet, probe->side);
  if (G_UNLIKELY (flow->waiting != NULL) && (packet->tcp_flags & ISTH_TCP_ACK) != 0)
    isth_stream_buffer_acknowledge (flow->waiting, !probe->side, packet->acknowledgment);
  if (packet->layer >= ISTH_LAYER_TCP)
    {
      bool open = (packet->tcp_flags & (ISTH_TCP_FIN | ISTH_TCP_RST)) != 0 && !is_closed (flow);

      isth_flow_prove_client (flow, packet, probe->side);
      if (G_UNLIKELY (open) && is_closed (flow))
        note_closed (self, flow, probe->hash);
    }
  return flow;
}

IsthFlow *
isth_flow_table_add_expected (IsthFlowTable       *self,
                              const IsthPacket    *packet,
                              const IsthFlowProbe *probe,
                              IsthFlow            *expected)
{
  IsthFlow *flow = expected;

  if (!probe->plain)
    return add_any (self, packet, probe, expected);
  if (flow == NULL) /* connections begin with some packets at once: it was made for the one before */
    flow = isth_flow_table_prefetch_flow (self, probe);
  if (G_UNLIKELY (flow == NULL || flow->rest != probe->rest || flow->address[0] != probe->address[0] || flow->address[1] != probe->address[1]
                  || !isth_flow_count_plain (flow, packet, probe->side)))
    return add_any (self, packet, probe, flow);
  flow->used = (uint32_t) (++self->packets >> self->clock_shift);
  return flow;
}

IsthFlow *
isth_flow_table_add (IsthFlowTable       *self,
                     const IsthPacket    *packet,
                     const IsthFlowProbe *probe)
{
  return isth_flow_table_add_expected (self, packet, probe, NULL);
}

void
isth_flow_table_prefetch_slot (const IsthFlowTable *self,
                               const IsthFlowProbe *probe)
{
  __builtin_prefetch (&self->slots[probe->hash & self->mask]);
}

IsthFlow *
isth_flow_table_prefetch_flow (const IsthFlowTable *self,
                               const IsthFlowProbe *probe)
{
  for (uint32_t i = probe->hash & self->mask; self->slots[i].index != NOBODY; i = (i + 1) & self->mask)
    if (self->slots[i].hash == probe->hash)
      {
        IsthFlow *flow = flow_at (self, self->slots[i].index);

        __builtin_prefetch (flow, 1);
        __builtin_prefetch ((const char *) flow + ISTH_FLOW_CACHE_LINE, 1);
        return flow;
      }
  return NULL;
}

void
isth_flow_table_reset (IsthFlowTable *self)
{
  for (uint32_t i = self->oldest; i != NOBODY; i = rest_at (self, i)->next)
    {
      end_flow (self, flow_at (self, i));
      flow_at (self, i)->rest = NO_KEY;
    }
  memset (self->closed, 0, (self->n_entries / 64 + 1) * sizeof *self->closed);
  g_free (self->slots);
  set_slots (self, FIRST_SLOTS);
  self->n = self->n_entries = 0;
  self->free = self->oldest = self->newest = self->young = NOBODY;
  self->walked = ISTH_NO_TIME;
}

static inline bool
is_silent (const IsthFlow *flow,
           int64_t         now,
           uint64_t        limit)
{
  return now > flow->last && flow->last != ISTH_NO_TIME && (uint64_t) now - (uint64_t) flow->last > limit;
}

/* A connection asked for in vain. */
static inline bool
is_vain (const IsthFlow *flow)
{
  return flow->initial_known != 0 && looks_like_scan (flow);
}

static void
finish_closed (IsthFlowTable *self,
               int64_t        now)
{
  for (uint32_t i = 0; i * 64 < self->n_entries; i++)
    for (uint64_t bits = self->closed[i]; bits != 0; bits &= bits - 1)
      {
        uint32_t index = i * 64 + (uint32_t) __builtin_ctzll (bits);
        const IsthFlow *flow = flow_at (self, index);

        if (flow->rest != NO_KEY && is_closed (flow) && !is_silent (flow, now, ISTH_LIMIT_IDLE_CLOSED))
          continue;
        self->closed[i] &= ~(UINT64_C (1) << index % 64);
        if (flow->rest != NO_KEY && is_closed (flow))
          finish_flow (self, index);
      }
}

static void
finish_vain (IsthFlowTable *self,
             int64_t        now,
             IsthFlowVisit  silent,
             gpointer       user_data)
{
  while (self->young != NOBODY)
    {
      uint32_t index = self->young;
      IsthFlow *flow = flow_at (self, index);

      if (now >= flow->first && flow->first != ISTH_NO_TIME && (uint64_t) now - (uint64_t) flow->first <= ISTH_LIMIT_SILENT)
        return;
      self->young = rest_at (self, index)->next;
      if (!is_silent (flow, now, ISTH_LIMIT_SILENT))
        continue;
      if (is_vain (flow))
        finish_flow (self, index);
      else if (silent != NULL)
        silent (flow, user_data);
    }
}

void
isth_flow_table_finish_idle (IsthFlowTable *self,
                             int64_t        now,
                             IsthFlowVisit  silent,
                             gpointer       user_data)
{
  uint32_t next;

  finish_closed (self, now);
  finish_vain (self, now, silent, user_data);
  if (self->walked != ISTH_NO_TIME && now >= self->walked && (uint64_t) now - (uint64_t) self->walked < WALK_EVERY)
    return;
  self->walked = now;
  for (uint32_t i = self->oldest; i != NOBODY; i = next)
    {
      next = rest_at (self, i)->next;
      if (is_silent (flow_at (self, i), now, ISTH_LIMIT_IDLE))
        finish_flow (self, i);
    }
}

void
isth_flow_table_foreach (IsthFlowTable *self,
                         IsthFlowVisit  visit,
                         gpointer       user_data)
{
  uint32_t next;

  for (uint32_t i = self->oldest; i != NOBODY; i = next)
    {
      next = rest_at (self, i)->next;
      visit (flow_at (self, i), user_data);
    }
}

void
isth_flow_table_free (IsthFlowTable *self)
{
  if (self == NULL)
    return;
  isth_flow_table_reset (self);
  for (uint32_t i = 0; i <= self->max / ISTH_FLOW_CHUNK; i++)
    if (self->chunks[i] != NULL)
      {
        g_free (self->chunks[i]->high);
        g_aligned_free (self->chunks[i]);
      }
  g_free (self->chunks);
  g_free (self->slots);
  g_free (self->closed);
  g_free (self);
}

IsthStreamPool *
isth_flow_table_get_pool (IsthFlowTable *self)
{
  return &self->pool;
}

const uint64_t *
isth_flow_table_get_limits (const IsthFlowTable *self)
{
  return self->limits;
}
