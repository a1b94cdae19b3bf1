/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packet path: frames in batches, decoded, counted in their flows, dissected; all on one thread. */
#include "analysis/engine/pipeline.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>

#include "analysis/capture/filter.h"
#include "analysis/decode/decoder.h"
#include "analysis/dissectors/dispatch.h"
#include "analysis/engine/pipeline-health.h"

#define BATCH 32          /* frames decoded before the first of them is looked up: their buckets come in meanwhile */
#define BATCHES_A_STEP 128
#define SWEEP_EVERY (ISTH_LIMIT_IDLE / 4)
#define STEADY 16

G_STATIC_ASSERT (ISTH_FLOW_ACTIVE_SHIFT == ISTH_ACTIVITY_SHIFT);

struct _IsthPipeline
{
  IsthDecoder *decoder;
  IsthFlowTable *flows;
  IsthDispatch *dispatch;
  IsthHealthCounter *health;

  IsthSink sink;           /* observe NULL: observations go to the facts */
  IsthFlowFunc flow_func;
  gpointer flow_data;
  char *expression;
  GHashTable *filters;     /* link type → IsthFilter */

  IsthSource *source;      /* of the capture in hand, borrowed */
  IsthFacts *facts;
  int64_t tick;            /* histogram bucket being filled */
  uint64_t tick_frames, tick_bytes;
  int64_t next_sweep;      /* when flows that ended silently are looked for; ISTH_NO_TIME: no time was seen yet */
  unsigned beyond;         /* buckets in a row that lie behind it */

  IsthFrame frames[BATCH];
  IsthPacket packets[BATCH];
  IsthFlowProbe probes[BATCH];
};

/* ICMP echo requests and ARP questions reach for an address; they do not show that anybody lives there. */
static bool
is_question (const IsthPacket *packet)
{
  int type;

  if (packet->ether_type == 0x0806)
    return true;
  if (packet->ip_protocol != 1 && packet->ip_protocol != 58)
    return false;
  type = isth_cursor_peek (&packet->payload, 0);
  return packet->ip_protocol == 1 ? type == 8 : type == 128 || type == 135;
}

static void
note_presence (IsthFlowOwner *owner,
               int side,
               const IsthPacket *packet)
{
  bool syn = packet->layer == ISTH_LAYER_TCP && (packet->tcp_flags & ISTH_TCP_SYN);

  owner->flags[side] |= ISTH_STATION_SPOKE;
  if (syn && (packet->tcp_flags & ISTH_TCP_ACK))
    owner->flags[side] |= ISTH_STATION_ANSWERED;
  if (!syn && packet->payload.wire > packet->payload.position && !is_question (packet))
    {
      owner->flags[side] |= ISTH_STATION_ANSWERED;
      owner->flags[!side] |= ISTH_STATION_ADDRESSED;
    }
}

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

static void
add_traffic (IsthPipeline *self,
             const IsthFlowRecord *record,
             const IsthFlowOwner *owner,
             const char *protocol)
{
  bool known = record->proof > ISTH_PROOF_NONE && record->client != ISTH_CLIENT_UNKNOWN;
  int client = known && record->client == ISTH_CLIENT_B ? 1 : 0;
  IsthTraffic traffic = {
    .protocol = protocol,
    .transport = record->key.protocol,
    .proof = known ? record->proof : ISTH_PROOF_NONE,
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
  isth_facts_add_traffic (self->facts, &traffic);
}

static void
add_live_flow (IsthFlow *flow,
               gpointer user_data)
{
  IsthFlowRecord record;

  isth_flow_describe (flow, &record);
  add_traffic (user_data, &record, isth_flow_get_owner (flow), isth_flow_get_protocol (flow));
}

static void
finish_flow (IsthFlow *flow,
             gpointer user_data)
{
  IsthPipeline *self = user_data;

  IsthFlowRecord record;
  const char *protocol;

  isth_dispatch_finish (self->dispatch, flow, isth_flow_table_get_pool (self->flows));
  protocol = isth_flow_get_protocol (flow);
  isth_flow_describe (flow, &record);
  if (self->flow_func)
    self->flow_func (&record, protocol, self->flow_data);
  if (self->facts)
    add_traffic (self, &record, isth_flow_get_owner (flow), protocol);
}

static uint64_t
observe_nothing (const IsthObservation *observation,
                 void *user_data)
{
  return 0;
}

IsthPipeline *
isth_pipeline_new (void)
{
  static const IsthSink nobody = { .observe = observe_nothing };
  IsthPipeline *self = g_new0 (IsthPipeline, 1);

  self->decoder = isth_decoder_new ();
  self->dispatch = isth_dispatch_new (&nobody);
  self->flows = isth_flow_table_new (finish_flow, self);
  self->health = isth_health_counter_new (self->decoder, self->flows, self->dispatch);
  self->filters = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) isth_filter_free);
  return self;
}

void
isth_pipeline_free (IsthPipeline *self)
{
  if (!self)
    return;
  isth_pipeline_end (self, false);
  isth_flow_table_free (self->flows);
  isth_dispatch_free (self->dispatch);
  isth_decoder_free (self->decoder);
  isth_health_counter_free (self->health);
  g_hash_table_unref (self->filters);
  g_free (self->expression);
  g_free (self);
}

void
isth_pipeline_set_sink (IsthPipeline *self,
                        const IsthSink *sink)
{
  self->sink = sink ? *sink : (IsthSink){ 0 };
}

void
isth_pipeline_set_flow_func (IsthPipeline *self,
                             IsthFlowFunc func,
                             gpointer user_data)
{
  self->flow_func = func;
  self->flow_data = user_data;
}

bool
isth_pipeline_set_filter (IsthPipeline *self,
                          const char *expression,
                          GError **error)
{
  IsthFilter *probe = NULL;

  if (expression)
    {
      probe = isth_filter_new (expression, 1, error); /* LINKTYPE_ETHERNET: the words are the same for all */
      if (!probe)
        return false;
    }
  isth_filter_free (probe);
  g_hash_table_remove_all (self->filters);
  g_free (self->expression);
  self->expression = g_strdup (expression);
  return true;
}

static bool
passes_filter (IsthPipeline *self,
               const IsthFrame *frame)
{
  gpointer key = GUINT_TO_POINTER (frame->link_type);
  gpointer filter;

  if (!self->expression)
    return true;
  if (!g_hash_table_lookup_extended (self->filters, key, NULL, &filter))
    {
      /* A link type on which the expression means nothing: none of its frames match. */
      filter = isth_filter_new (self->expression, frame->link_type, NULL);
      g_hash_table_insert (self->filters, key, filter);
    }
  return filter && isth_filter_match (filter, frame->data, frame->captured, frame->wire);
}

static void
flush_histogram (IsthPipeline *self)
{
  if (self->facts && self->tick_frames > 0)
    isth_histogram_add (isth_facts_get_histogram (self->facts), self->tick << ISTH_HISTOGRAM_SHIFT, self->tick_frames, self->tick_bytes);
  self->tick_frames = self->tick_bytes = 0;
}

/* Flows that ended without a word, now and then in capture time. One frame with a wild time must not end them all. */
static void
sweep (IsthPipeline *self,
       int64_t time)
{
  if (self->next_sweep == ISTH_NO_TIME)
    self->next_sweep = time + SWEEP_EVERY;
  self->beyond = time > self->next_sweep ? self->beyond + 1 : 0;
  if (self->beyond < STEADY)
    return;
  isth_flow_table_finish_idle (self->flows, time);
  self->next_sweep = time + SWEEP_EVERY;
  self->beyond = 0;
}

static void
count_time (IsthPipeline *self,
            const IsthPacket *packet)
{
  int64_t tick = packet->time >> ISTH_HISTOGRAM_SHIFT;

  if (packet->time == ISTH_NO_TIME)
    return;
  if (tick != self->tick)
    {
      flush_histogram (self);
      sweep (self, packet->time);
      self->tick = tick;
    }
  self->tick_frames++;
  self->tick_bytes += packet->wire;
}

static void
process_packet (IsthPipeline *self,
                const IsthPacket *packet,
                const IsthFlowProbe *probe)
{
  IsthFlow *flow;

  count_time (self, packet);
  if (packet->trouble)
    isth_health_counter_trouble (self->health, packet->trouble);
  flow = isth_flow_table_add (self->flows, packet, probe);
  if (!flow)
    return;
  note_presence (isth_flow_get_owner (flow), flow->side, packet);
  if (!packet->fragment)
    isth_dispatch_packet (self->dispatch, flow, isth_flow_table_get_pool (self->flows), packet);
}

static void
process_batch (IsthPipeline *self,
               size_t n)
{
  for (size_t i = 0; i < n; i++)
    isth_flow_table_prefetch_flow (self->flows, &self->probes[i]);
  for (size_t i = 0; i < n; i++)
    process_packet (self, &self->packets[i], &self->probes[i]);
}

/* How many frames it got. */
static size_t
read_batch (IsthPipeline *self)
{
  size_t got = isth_source_read (self->source, self->frames, BATCH);
  size_t n = 0;

  for (size_t i = 0; i < got; i++)
    {
      const IsthFrame *frame = &self->frames[i];
      IsthPacket *packet = &self->packets[n];

      if (!passes_filter (self, frame))
        {
          isth_health_counter_trouble (self->health, N_("does not match the filter"));
          continue;
        }
      isth_decoder_decode (self->decoder, frame->link_type, frame->data, frame->captured, frame->wire, frame->time, packet);
      packet->number = frame->number;
      packet->capture = 0;
      isth_flow_probe_init (&self->probes[n], packet);
      isth_flow_table_prefetch_slot (self->flows, &self->probes[n]);
      n++;
      if (packet->reassembled) /* its payload is lent until the next frame is decoded */
        {
          process_batch (self, n);
          n = 0;
        }
    }
  process_batch (self, n);
  return got;
}

void
isth_pipeline_begin (IsthPipeline *self,
                     IsthSource *source,
                     IsthFacts *facts)
{
  IsthSink to_facts = { isth_facts_observe, facts, isth_facts_observe_again, isth_facts_answer };

  g_return_if_fail (self->source == NULL);
  self->source = source;
  self->facts = facts ? isth_facts_ref (facts) : NULL;
  if (self->sink.observe)
    isth_dispatch_set_sink (self->dispatch, &self->sink);
  else if (facts)
    isth_dispatch_set_sink (self->dispatch, &to_facts);
  isth_health_counter_reset (self->health);
  self->next_sweep = ISTH_NO_TIME;
  self->beyond = 0;
}

bool
isth_pipeline_step (IsthPipeline *self)
{
  size_t got = BATCH;

  /* A batch that is not full may come from a pipe, and the next one may be long in coming. */
  for (int i = 0; i < BATCHES_A_STEP && got == BATCH; i++)
    got = read_batch (self);
  return got > 0 || isth_source_is_idle (self->source);
}

static void
describe_capture (IsthPipeline *self,
                  bool complete)
{
  isth_health_counter_flush (self->health, isth_source_get_info (self->source), self->facts);
  flush_histogram (self);
  isth_health_describe_capture (isth_source_get_info (self->source), isth_facts_get_capture (self->facts), complete);
}

/* Only now: nobody adds to them any more. */
static void
keep_offsets (IsthPipeline *self)
{
  IsthFactCapture *capture = isth_facts_get_capture (self->facts);

  isth_offsets_unref (capture->offsets);
  capture->offsets = isth_offsets_ref (isth_source_get_offsets (self->source));
}

void
isth_pipeline_publish (IsthPipeline *self)
{
  if (!self->facts)
    return;
  describe_capture (self, false);
  isth_facts_begin_provisional (self->facts);
  isth_flow_table_foreach (self->flows, add_live_flow, self);
  isth_facts_end_provisional (self->facts);
}

void
isth_pipeline_end (IsthPipeline *self,
                   bool complete)
{
  if (!self->source)
    return;
  if (self->facts)
    isth_facts_drop_provisional (self->facts);
  isth_flow_table_reset (self->flows);
  malloc_trim (0); /* the next thing is to resolve, which needs as much again */
  isth_decoder_reset (self->decoder);
  if (self->facts)
    {
      describe_capture (self, complete);
      keep_offsets (self);
    }
  g_clear_pointer (&self->facts, isth_facts_unref);
  self->source = NULL;
}

void
isth_pipeline_run (IsthPipeline *self,
                   IsthSource *source,
                   IsthFacts *facts)
{
  isth_pipeline_begin (self, source, facts);
  while (isth_pipeline_step (self))
    ;
  isth_pipeline_end (self, true);
}
