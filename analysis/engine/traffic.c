/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows end by the thousand, and each needs two stations that lie anywhere: those of some flows are asked for at once. */
#include "analysis/engine/traffic.h"

#include "analysis/world/remote-protocols.h"

#define QUEUED 16 /* flows that end together, whose stations are on their way from memory */

static IsthEndpoint
get_endpoint (const IsthFlowRecord *flow,
              int side)
{
  IsthEndpoint self = { .vlan = flow->key.vlan };

  if (isth_address_is_ip (&flow->key.address[side]))
    {
      self.ip = flow->key.address[side];
      self.mac = flow->mac[side];
    }
  else
    self.mac = flow->key.address[side];
  return self;
}

/* As IsthFactSession has it. */
static uint8_t
get_edges (const IsthFlowRecord *record,
           int client)
{
  unsigned int of_client = record->closed >> client & 1u, of_server = record->closed >> !client & 1u;

  return (uint8_t) (of_client | of_server << 1 | (record->closed & 4u) | (unsigned int) record->begun << 3);
}

/* A connection whose beginning is not in this capture, in which nothing was read that tells what it is: what is encrypted says so in the beginning only. */
static bool
may_be_rest (const IsthFlowRecord *record,
             const char *protocol)
{
  return record->key.protocol == 6 && !record->begun && (!protocol || isth_remote_is_by_shape (protocol));
}

static void
give (IsthTrafficSink *self,
      const IsthTraffic *traffic)
{
  isth_facts_add_traffic (self->facts, traffic);
  if (self->func)
    self->func (traffic, self->user_data);
}

static void
enqueue (IsthTrafficSink *self,
         const IsthTraffic *traffic)
{
  uint32_t n = self->n_queued++;

  self->queue[n % QUEUED] = *traffic;
  isth_facts_prefetch_slots (self->facts, traffic);
  if (n >= QUEUED / 2)
    isth_facts_prefetch_stations (self->facts, &self->queue[(n - QUEUED / 2) % QUEUED]);
  if (n >= QUEUED - 1)
    give (self, &self->queue[(n + 1) % QUEUED]);
}

void
isth_traffic_sink_begin_many (IsthTrafficSink *self)
{
  self->queue = self->facts ? g_new (IsthTraffic, QUEUED) : NULL;
  self->n_queued = 0;
}

void
isth_traffic_sink_end_many (IsthTrafficSink *self)
{
  g_autofree IsthTraffic *queue = g_steal_pointer (&self->queue);

  for (uint32_t i = self->n_queued - MIN (self->n_queued, QUEUED - 1); i < self->n_queued; i++)
    give (self, &queue[i % QUEUED]);
}

void
isth_traffic_sink_add (IsthTrafficSink *self,
                       const IsthFlowRecord *record,
                       const IsthFlowOwner *owner,
                       const char *protocol,
                       const char *remote)
{
  bool known = record->proof > ISTH_PROOF_NONE && record->client != ISTH_CLIENT_UNKNOWN;
  int client = known && record->client == ISTH_CLIENT_B ? 1 : 0;
  IsthTraffic traffic = {
    .protocol = protocol,
    .transport = record->key.protocol,
    .proof = known ? record->proof : ISTH_PROOF_NONE,
    .remote = remote,
    .closed = get_edges (record, client),
    .first = record->first,
    .last = record->last,
  };

  if (record->active != 0)
    traffic.activity = (IsthActivity){ .bits = record->active, .start = record->first >> record->active_shift, .shift = record->active_shift };
  for (int i = 0; i < 2; i++)
    {
      int side = i == 0 ? client : !client;

      traffic.endpoint[i] = get_endpoint (record, side);
      traffic.port[i] = record->key.port[side];
      traffic.packets[i] = record->count[side].packets;
      traffic.bytes[i] = record->count[side].bytes;
      traffic.ttl_min[i] = record->ttl_min[side];
      traffic.ttl_max[i] = record->ttl_max[side];
      traffic.flags[i] = owner->flags[side];
      traffic.first_frame[i] = record->first_frame[side];
    }
  if (!remote && known && protocol && isth_remote_is_by_shape (protocol) && isth_remote_is_turned (traffic.packets, traffic.bytes, traffic.first, traffic.last))
    traffic.remote = protocol;
  traffic.rest = !traffic.remote && may_be_rest (record, protocol);
  if (self->queue)
    enqueue (self, &traffic);
  else
    give (self, &traffic);
}
