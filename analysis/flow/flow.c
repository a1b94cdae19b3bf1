/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow table: slots of hash and index found by linear probing, the flows themselves in chunks that never move, chained
 * in order of their ids. Nothing is kept per packet. */
#include "analysis/flow/flow-private.h"

#include "analysis/base/hash.h"
#include "analysis/base/time.h"

#define CHUNK_BITS 8
#define CHUNK_SIZE (1u << CHUNK_BITS)
#define CACHE_LINE 64
#define NOBODY UINT32_MAX
#define FIRST_SLOTS 1024u
#define AHEAD 8                  /* packets between fetching a slot and fetching its flow */
#define EVICTED_SHARE 16         /* of all flows, those finished at once when the table is full */
#define REORDERED (64u << 10)    /* a SYN this little behind the first data was overtaken, not new */

/* In whole cache lines, what each packet touches in the first of them. */
typedef struct
{
  _Alignas (CACHE_LINE) uint64_t used; /* number of the packet last counted: time may stand still or run backwards */
  uint32_t hash;
  uint32_t previous, next;       /* in order of ids; next also chains the free ones */
  uint32_t initial[2];           /* sequence number of each side's SYN */
  bool initial_known[2];
  IsthFlow flow;
} Entry;

typedef struct
{
  uint32_t hash;
  uint32_t index;                /* NOBODY: empty */
} Slot;

struct _IsthFlowTable
{
  Slot *slots;
  uint32_t mask;                 /* of a power of two; at most half the slots are taken */
  uint32_t n;
  uint32_t max;
  Entry **chunks;
  uint32_t n_entries;            /* ever used; those beyond are fresh */
  uint32_t free;
  uint32_t oldest, newest;
  uint32_t fetched[AHEAD];       /* hashes whose slots are on their way */
  uint32_t n_fetched;
  uint64_t seed[2];
  uint64_t next_id;
  uint64_t packets;
  IsthFlowFinish finish;
  gpointer user_data;
  IsthStreamPool pool;
  uint64_t limits[ISTH_N_REACHED];
};

/* What a packet says about its flow: the key with A and B, and which of them sent it. */
typedef struct
{
  const IsthAddress *address[2];
  uint16_t port[2];
  uint16_t vlan;
  uint8_t protocol;
  uint8_t layer;
  uint8_t side;
} Probe;

static Entry *
entry_at (const IsthFlowTable *self,
          uint32_t             index)
{
  return &self->chunks[index >> CHUNK_BITS][index & (CHUNK_SIZE - 1)];
}

/* The order of isth_address_compare(), for two addresses of one kind. */
static int
compare (const IsthAddress *a,
         const IsthAddress *b)
{
  uint64_t x = GUINT64_FROM_BE (a->words[0]);
  uint64_t y = GUINT64_FROM_BE (b->words[0]);

  if (x == y)
    {
      x = GUINT64_FROM_BE (a->words[1]);
      y = GUINT64_FROM_BE (b->words[1]);
    }
  return x < y ? -1 : x > y;
}

static inline bool
probe_init (Probe            *self,
            const IsthPacket *p)
{
  const IsthAddress *source = &p->source, *target = &p->target;
  uint16_t source_port = p->source_port, target_port = p->target_port;
  int order;

  if (p->layer >= ISTH_LAYER_IP)
    {
      if (p->fragment)
        return false;
    }
  else
    {
      source = &p->source_mac;
      target = &p->target_mac;
      source_port = target_port = p->ether_type != 0 ? p->ether_type : p->llc_sap;
      if (p->layer == ISTH_LAYER_NONE || (source->kind == ISTH_ADDRESS_NONE && target->kind == ISTH_ADDRESS_NONE))
        return false;
    }
  order = compare (source, target);
  if (order == 0)
    order = (int) source_port - (int) target_port;
  self->side = order > 0;
  self->address[self->side] = source;
  self->address[!self->side] = target;
  self->port[self->side] = source_port;
  self->port[!self->side] = target_port;
  self->vlan = isth_packet_vlan (p);
  self->protocol = p->layer >= ISTH_LAYER_IP ? p->ip_protocol : 0;
  self->layer = p->layer;
  return true;
}

/* Both factors of each step are seeded, so that no address can make one of them zero. */
static inline uint32_t
probe_hash (const IsthFlowTable *self,
            const Probe         *probe)
{
  const IsthAddress *a = probe->address[0], *b = probe->address[1];
  uint64_t rest = (uint64_t) probe->port[0] << 48 | (uint64_t) probe->port[1] << 32 | (uint64_t) probe->vlan << 16
                  | (uint64_t) probe->protocol << 8 | probe->layer;
  uint64_t hash = isth_hash_mix (a->words[0] ^ self->seed[0], b->words[0] ^ self->seed[1]);

  if (a->kind == ISTH_ADDRESS_IPV6)
    hash = isth_hash_mix (a->words[1] ^ hash, b->words[1] ^ self->seed[0]);
  hash = isth_hash_mix (rest ^ self->seed[1], hash ^ self->seed[0]);
  return (uint32_t) (hash ^ hash >> 32);
}

static bool
probe_matches (const Probe       *probe,
               const IsthFlowKey *key)
{
  return isth_address_equal (probe->address[0], &key->address[0]) && isth_address_equal (probe->address[1], &key->address[1])
         && probe->port[0] == key->port[0] && probe->port[1] == key->port[1] && probe->vlan == key->vlan
         && probe->protocol == key->protocol && probe->layer == key->layer;
}

static Slot *
new_slots (uint32_t n)
{
  Slot *slots = g_new (Slot, n);

  memset (slots, 0xff, n * sizeof *slots);
  return slots;
}

IsthFlowTable *
isth_flow_table_new_sized (uint32_t       max_flows,
                           IsthFlowFinish finish,
                           gpointer       user_data)
{
  IsthFlowTable *self = g_new0 (IsthFlowTable, 1);

  self->mask = FIRST_SLOTS - 1;
  self->slots = new_slots (FIRST_SLOTS);
  self->max = max_flows;
  self->chunks = g_new0 (Entry *, max_flows / CHUNK_SIZE + 1);
  self->free = self->oldest = self->newest = NOBODY;
  self->seed[0] = isth_hash_seed ();
  self->seed[1] = isth_hash_mix (self->seed[0], ~self->seed[0]);
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
  self->slots[i] = (Slot){ .hash = hash, .index = index };
}

static void
grow (IsthFlowTable *self)
{
  g_autofree Slot *old = self->slots;
  uint32_t n = self->mask + 1;

  self->slots = new_slots (n * 2);
  self->mask = n * 2 - 1;
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
      const Probe         *probe,
      uint32_t             hash)
{
  for (uint32_t i = hash & self->mask; self->slots[i].index != NOBODY; i = (i + 1) & self->mask)
    if (self->slots[i].hash == hash && probe_matches (probe, &entry_at (self, self->slots[i].index)->flow.key))
      return self->slots[i].index;
  return NOBODY;
}

/* Tells the owner, then frees. */
static void
finish_entry (IsthFlowTable *self,
              uint32_t       index)
{
  Entry *e = entry_at (self, index);

  if (self->finish != NULL)
    self->finish (&e->flow, self->user_data);
  for (int side = 0; side < 2; side++)
    isth_stream_clear (&e->flow.stream[side], &self->pool);

  unplace (self, e->hash, index);
  *(e->previous != NOBODY ? &entry_at (self, e->previous)->next : &self->oldest) = e->next;
  *(e->next != NOBODY ? &entry_at (self, e->next)->previous : &self->newest) = e->previous;
  e->next = self->free;
  self->free = index;
  self->n--;
}

static int
compare_used (const void *a,
              const void *b)
{
  uint64_t x = *(const uint64_t *) a, y = *(const uint64_t *) b;

  return x < y ? -1 : x > y;
}

/* Finishes the sixteenth of all flows that was idle longest, so that the search pays off. */
static void
evict (IsthFlowTable *self)
{
  g_autofree uint64_t *used = g_new (uint64_t, self->n);
  uint32_t n = 0, next;
  uint64_t limit;

  for (uint32_t i = self->oldest; i != NOBODY; i = entry_at (self, i)->next)
    used[n++] = entry_at (self, i)->used;
  qsort (used, n, sizeof *used, compare_used);
  limit = used[MAX (n / EVICTED_SHARE, 1) - 1];
  for (uint32_t i = self->oldest; i != NOBODY; i = next)
    {
      next = entry_at (self, i)->next;
      if (entry_at (self, i)->used <= limit)
        {
          self->limits[ISTH_REACHED_FLOWS]++;
          finish_entry (self, i);
        }
    }
}

static uint32_t
take_entry (IsthFlowTable *self)
{
  uint32_t index = self->free;
  Entry **chunk;

  if (index != NOBODY)
    {
      self->free = entry_at (self, index)->next;
      return index;
    }
  index = self->n_entries++;
  chunk = &self->chunks[index >> CHUNK_BITS];
  if (*chunk == NULL)
    *chunk = g_aligned_alloc (CHUNK_SIZE, sizeof (Entry), CACHE_LINE);
  return index;
}

static Entry *
add_entry (IsthFlowTable    *self,
           const Probe      *probe,
           uint32_t          hash)
{
  uint32_t index;
  Entry *e;

  if (self->n == self->max)
    evict (self);
  if (self->n >= (self->mask + 1) / 2)
    grow (self);
  index = take_entry (self);
  e = entry_at (self, index);
  *e = (Entry){ .hash = hash, .previous = self->newest, .next = NOBODY };
  e->flow.key = (IsthFlowKey){
    .address = { *probe->address[0], *probe->address[1] },
    .port = { probe->port[0], probe->port[1] },
    .vlan = probe->vlan,
    .protocol = probe->protocol,
    .layer = probe->layer,
  };
  e->flow.id = self->next_id++;
  e->flow.first = e->flow.last = ISTH_NO_TIME;
  *(self->newest != NOBODY ? &entry_at (self, self->newest)->next : &self->oldest) = index;
  self->newest = index;
  self->n++;
  place (self, hash, index);
  return e;
}

/* Whether a segment with a SYN opens another connection on the ports of @e, and not a copy of the one that @e saw. */
static bool
is_reused (const Entry      *e,
           const Probe      *probe,
           const IsthPacket *p)
{
  const IsthStream *stream = &e->flow.stream[probe->side];

  if ((p->tcp_flags & ISTH_TCP_RST) != 0)
    return false;
  if ((p->tcp_flags & ISTH_TCP_ACK) != 0 && e->flow.closed == 0)
    return false;
  if (e->initial_known[probe->side])
    return e->initial[probe->side] != p->sequence;
  if (e->flow.closed != 0)
    return true;
  return stream->started && stream->next - p->sequence > REORDERED;
}

static void
count (IsthFlow         *flow,
       const IsthPacket *p,
       uint8_t           side)
{
  flow->side = side;
  flow->count[side].packets++;
  flow->count[side].bytes += p->wire;
  if (p->time != ISTH_NO_TIME)
    {
      if (flow->first == ISTH_NO_TIME || p->time < flow->first)
        flow->first = p->time;
      if (p->time > flow->last)
        flow->last = p->time;
    }
  if (p->same_segment || p->layer == ISTH_LAYER_LINK)
    {
      if (p->source_mac.kind != ISTH_ADDRESS_NONE && !isth_address_equal (&flow->mac[side], &p->source_mac))
        flow->mac[side] = p->source_mac;
      if (p->target_mac.kind != ISTH_ADDRESS_NONE && !isth_address_equal (&flow->mac[!side], &p->target_mac))
        flow->mac[!side] = p->target_mac;
    }
  if (p->layer >= ISTH_LAYER_IP)
    {
      if (p->ttl > flow->ttl_max[side])
        flow->ttl_max[side] = p->ttl;
      if (p->ttl < flow->ttl_min[side] || flow->count[side].packets == 1)
        flow->ttl_min[side] = p->ttl;
    }
}

/* Who asked, as far as this packet proves it. */
static void
prove_client (Entry            *e,
              const IsthPacket *p,
              uint8_t           side)
{
  IsthFlow *flow = &e->flow;

  if (flow->proof == ISTH_PROOF_NONE)
    {
      flow->client = side == 0 ? ISTH_CLIENT_A : ISTH_CLIENT_B;
      flow->proof = ISTH_PROOF_FIRST;
    }
  if (p->layer != ISTH_LAYER_TCP)
    return;
  if ((p->tcp_flags & (ISTH_TCP_SYN | ISTH_TCP_RST)) == ISTH_TCP_SYN)
    {
      bool server = (p->tcp_flags & ISTH_TCP_ACK) != 0;

      if (!e->initial_known[side])
        {
          e->initial_known[side] = true;
          e->initial[side] = p->sequence;
        }
      if (flow->proof < ISTH_PROOF_HANDSHAKE)
        {
          flow->client = (side == 0) != server ? ISTH_CLIENT_A : ISTH_CLIENT_B;
          flow->proof = ISTH_PROOF_HANDSHAKE;
        }
    }
  if ((p->tcp_flags & ISTH_TCP_FIN) != 0)
    flow->closed |= (uint8_t) (1u << side);
  if ((p->tcp_flags & ISTH_TCP_RST) != 0)
    flow->closed |= 4;
}

IsthFlow *
isth_flow_table_add (IsthFlowTable    *self,
                     const IsthPacket *packet)
{
  Probe probe;
  uint32_t hash, index;
  Entry *e;

  if (!probe_init (&probe, packet))
    return NULL;
  hash = probe_hash (self, &probe);
  index = find (self, &probe, hash);
  if (G_UNLIKELY (index != NOBODY && packet->layer == ISTH_LAYER_TCP && (packet->tcp_flags & ISTH_TCP_SYN) != 0
                  && is_reused (entry_at (self, index), &probe, packet)))
    {
      finish_entry (self, index);
      index = NOBODY;
    }
  e = index != NOBODY ? entry_at (self, index) : add_entry (self, &probe, hash);
  e->used = ++self->packets;
  count (&e->flow, packet, probe.side);
  if (G_UNLIKELY (e->flow.stream[!probe.side].buffer != NULL) && (packet->tcp_flags & ISTH_TCP_ACK) != 0)
    isth_stream_acknowledge (&e->flow.stream[!probe.side], packet->acknowledgment);
  if (packet->layer >= ISTH_LAYER_TCP)
    prove_client (e, packet, probe.side);
  return &e->flow;
}

/* Two steps, because a slot must be here before it can say where its flow is: the flow that is fetched is that of the packet
 * some calls ago. */
void
isth_flow_table_prefetch (IsthFlowTable    *self,
                          const IsthPacket *packet)
{
  uint32_t *ahead = &self->fetched[self->n_fetched++ % AHEAD];
  const Slot *slot = &self->slots[*ahead & self->mask];
  Probe probe;

  if (slot->index != NOBODY)
    {
      const char *entry = (const char *) entry_at (self, slot->index);

      for (int line = 0; line < 4; line++)
        __builtin_prefetch (entry + line * CACHE_LINE, 1);
    }
  if (!probe_init (&probe, packet))
    return;
  *ahead = probe_hash (self, &probe);
  __builtin_prefetch (&self->slots[*ahead & self->mask]);
}

void
isth_flow_table_reset (IsthFlowTable *self)
{
  while (self->oldest != NOBODY)
    finish_entry (self, self->oldest);
}

void
isth_flow_table_foreach (IsthFlowTable *self,
                         IsthFlowVisit  visit,
                         gpointer       user_data)
{
  uint32_t next;

  for (uint32_t i = self->oldest; i != NOBODY; i = next)
    {
      next = entry_at (self, i)->next;
      visit (&entry_at (self, i)->flow, user_data);
    }
}

void
isth_flow_table_free (IsthFlowTable *self)
{
  if (self == NULL)
    return;
  isth_flow_table_reset (self);
  for (uint32_t i = 0; i <= self->max / CHUNK_SIZE; i++)
    g_aligned_free (self->chunks[i]);
  g_free (self->chunks);
  g_free (self->slots);
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
