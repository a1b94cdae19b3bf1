/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packet path: batches of packets, counted in their flows, dissected, told to the facts; all on the caller's thread. */
#include "analysis/engine/pipeline.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>

#include "analysis/dissectors/dispatch.h"
#include "analysis/engine/batches.h"
#include "analysis/engine/guesses.h"
#include "analysis/engine/pipeline-health.h"
#include "analysis/engine/syn-shapes.h"
#include "analysis/engine/traffic.h"
#include "analysis/engine/tunnels.h"
#include "analysis/flow/copies.h"

#define SOON 12            /* packets between asking for a flow and needing it … */
#define ASKED 4            /* … by so many at once */
#define NEXT 4             /* the same of what is remembered of it */
#define PACKETS_A_STEP 4096
#define SWEEP_EVERY (60 * INT64_C (1000000000)) /* ns of capture time */
#define STEADY 16

G_STATIC_ASSERT (ISTH_FLOW_ACTIVE_SHIFT == ISTH_ACTIVITY_SHIFT);

struct _IsthPipeline
{
  IsthBatches *batches;
  IsthFlowTable *flows;
  IsthFlowTable *tunnels;  /* of packets that carry others */
  IsthDispatch *dispatch;
  IsthHealthCounter *health;
  IsthCopies *copies;
  uint64_t n_copies;       /* not told yet */
  IsthGuesses *guesses;    /* NULL: nobody is asked about what no dissector reads */
  IsthSynShapes *shapes;   /* NULL: nobody looks at how connections are opened */

  IsthSink sink;           /* observe NULL: observations go to the facts */
  IsthFlowFunc flow_func;
  gpointer flow_data;
  IsthTrafficSink traffic;

  IsthSource *source;      /* of the capture in hand, borrowed */
  IsthFacts *facts;
  int64_t tick;            /* histogram bucket being filled */
  uint64_t tick_frames, tick_bytes;
  int64_t next_sweep;      /* when flows that ended silently are looked for; ISTH_NO_TIME: no time was seen yet */
  unsigned beyond;         /* buckets in a row that lie behind it */
};

/* ICMP echo requests, ARP questions and the polls of an MS/TP bus for further masters (ASHRAE 135, 9.3: type 1, behind a preamble or an analyser's time and
 * flag) reach for an address; they do not show that anybody lives there. */
static bool
is_question (const IsthPacket *packet)
{
  int type;

  if (packet->ether_type == 0x0806)
    return true;
  if (packet->snap_oui == 0x001090)
    return isth_cursor_peek (&packet->payload, packet->ether_type == 0 ? 2 : 3) == 1;
  if (packet->ip_protocol != 1 && packet->ip_protocol != 58)
    return false;
  if (packet->fragment)
    return true; /* perhaps */
  type = isth_cursor_peek (&packet->payload, 0);
  return packet->ip_protocol == 1 ? type == 8 : type == 128 || type == 135;
}

#define ALL_OF_SENDER (ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED)
#define ALL_OF_BOTH (ALL_OF_SENDER | ISTH_STATION_ADDRESSED)

static inline void
note_presence (IsthFlowOwner *owner,
               int side,
               const IsthPacket *packet)
{
  bool syn;

  if (G_LIKELY ((owner->flags[0] & owner->flags[1] & ALL_OF_BOTH) == ALL_OF_BOTH))
    return;
  if ((owner->flags[side] & ALL_OF_SENDER) == ALL_OF_SENDER && owner->flags[!side] & ISTH_STATION_ADDRESSED)
    return;
  syn = packet->layer == ISTH_LAYER_TCP && (packet->tcp_flags & ISTH_TCP_SYN);
  owner->flags[side] |= ISTH_STATION_SPOKE;
  if (syn && (packet->tcp_flags & ISTH_TCP_ACK))
    owner->flags[side] |= ISTH_STATION_ANSWERED;
  if (!syn && packet->payload.wire > packet->payload.position && !is_question (packet))
    {
      owner->flags[side] |= ISTH_STATION_ANSWERED;
      owner->flags[!side] |= ISTH_STATION_ADDRESSED;
    }
}

static void
finish_all (IsthPipeline *self)
{
  isth_traffic_sink_begin_many (&self->traffic);
  isth_flow_table_reset (self->flows);
  isth_flow_table_reset (self->tunnels);
  isth_traffic_sink_end_many (&self->traffic);
}

static void
add_live_flow (IsthFlow *flow,
               gpointer user_data)
{
  IsthPipeline *self = user_data;
  IsthFlowRecord record;

  isth_flow_describe (flow, &record);
  isth_traffic_sink_add (&self->traffic, &record, isth_flow_get_owner (flow), isth_flow_get_protocol (flow), isth_flow_get_remote (self->dispatch, flow));
}

static void
finish_flow (IsthFlow *flow,
             gpointer user_data)
{
  IsthPipeline *self = user_data;
  IsthFlowRecord record;
  const char *protocol;

  isth_dispatch_finish (self->dispatch, flow, isth_flow_table_get_pool (self->flows));
  if (isth_flow_get_owner (flow)->looks > 0)
    isth_guesses_forget (self->guesses, flow);
  protocol = isth_flow_get_protocol (flow);
  isth_flow_describe (flow, &record);
  if (self->flow_func)
    self->flow_func (&record, protocol, self->flow_data);
  if (self->facts)
    isth_traffic_sink_add (&self->traffic, &record, isth_flow_get_owner (flow), protocol, isth_flow_get_remote (self->dispatch, flow));
}

static void
add_live_tunnel (IsthFlow *flow,
                 gpointer user_data)
{
  IsthPipeline *self = user_data;
  IsthFlowRecord record;

  isth_flow_describe (flow, &record);
  isth_traffic_sink_add (&self->traffic, &record, isth_flow_get_owner (flow), isth_tunnel_name (&record), NULL);
}

static void
finish_tunnel (IsthFlow *flow,
               gpointer user_data)
{
  if (((IsthPipeline *) user_data)->facts)
    add_live_tunnel (flow, user_data);
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

  self->dispatch = isth_dispatch_new (&nobody);
  self->flows = isth_flow_table_new (finish_flow, self);
  self->batches = isth_batches_new (self->flows);
  self->copies = isth_copies_new ();
  self->tunnels = isth_flow_table_new (finish_tunnel, self);
  self->health = isth_health_counter_new (isth_batches_get_limits (self->batches), self->flows, self->tunnels, self->dispatch);
  return self;
}

void
isth_pipeline_free (IsthPipeline *self)
{
  if (!self)
    return;
  isth_pipeline_end (self, false);
  isth_flow_table_free (self->flows);
  isth_flow_table_free (self->tunnels);
  isth_dispatch_free (self->dispatch);
  isth_batches_free (self->batches);
  isth_health_counter_free (self->health);
  isth_copies_free (self->copies);
  isth_guesses_free (self->guesses);
  isth_syn_shapes_free (self->shapes);
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

void
isth_pipeline_set_traffic_func (IsthPipeline *self,
                                IsthTrafficFunc func,
                                gpointer user_data)
{
  self->traffic.func = func;
  self->traffic.user_data = user_data;
}

void
isth_pipeline_set_guesses (IsthPipeline *self,
                           bool guesses)
{
  g_return_if_fail (self->source == NULL);
  g_clear_pointer (&self->guesses, isth_guesses_free);
  g_clear_pointer (&self->shapes, isth_syn_shapes_free);
  if (!guesses)
    return;
  self->guesses = isth_guesses_new ();
  self->shapes = isth_syn_shapes_new (ISTH_SYN_SHAPES_P0F);
}

bool
isth_pipeline_set_filter (IsthPipeline *self,
                          const char *expression,
                          GError **error)
{
  return isth_batches_set_filter (self->batches, expression, error);
}

void
isth_pipeline_set_threads (IsthPipeline *self,
                           unsigned int threads)
{
  isth_batches_set_threads (self->batches, threads);
}

static void
flush_histogram (IsthPipeline *self)
{
  if (self->facts && self->tick_frames > 0)
    isth_histogram_add (isth_facts_get_histogram (self->facts), self->tick << ISTH_HISTOGRAM_SHIFT, self->tick_frames, self->tick_bytes);
  self->tick_frames = self->tick_bytes = 0;
}

static void
forget_silent (IsthFlow *flow,
               gpointer user_data)
{
  isth_dispatch_forget (((IsthPipeline *) user_data)->dispatch, flow);
}

/* Of a tunnel nothing is kept that could be forgotten. */
static void
remember_silent (IsthFlow *flow,
                 gpointer user_data)
{
  (void) flow;
  (void) user_data;
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
  isth_traffic_sink_begin_many (&self->traffic);
  isth_flow_table_finish_idle (self->flows, time, forget_silent, self);
  isth_flow_table_finish_idle (self->tunnels, time, remember_silent, NULL);
  isth_traffic_sink_end_many (&self->traffic);
  self->next_sweep = time + SWEEP_EVERY;
  self->beyond = 0;
}

/* The first packet of another tick, or one without a time. */
static void G_GNUC_NO_INLINE
begin_tick (IsthPipeline *self,
            const IsthPacket *packet)
{
  if (packet->time == ISTH_NO_TIME)
    return;
  flush_histogram (self);
  sweep (self, packet->time);
  self->tick = packet->time >> ISTH_HISTOGRAM_SHIFT;
  self->tick_frames = 1;
  self->tick_bytes = packet->wire;
}

static inline void
count_time (IsthPipeline *self,
            const IsthPacket *packet)
{
  if (G_UNLIKELY (packet->time >> ISTH_HISTOGRAM_SHIFT != self->tick))
    {
      begin_tick (self, packet);
      return;
    }
  self->tick_frames++;
  self->tick_bytes += packet->wire;
}

/* Where guesses go. */
static IsthSink
get_sink (IsthPipeline *self)
{
  return self->sink.observe ? self->sink : (IsthSink){ .observe = isth_facts_observe, .user_data = self->facts };
}

/* Nobody reads this payload: perhaps libndpi knows what it is. */
static void
guess (IsthPipeline *self,
       IsthFlow *flow,
       const IsthPacket *packet)
{
  IsthSink sink = get_sink (self);
  IsthFlowOwner *owner = isth_flow_get_owner (flow);
  bool more;

  if ((packet->layer != ISTH_LAYER_TCP && packet->layer != ISTH_LAYER_UDP) || isth_cursor_left (&packet->payload) == 0 || owner->looks >= ISTH_LIMIT_PROBES)
    return;
  more = isth_guesses_look (self->guesses, flow, owner->looks, packet, &sink);
  owner->looks = more ? owner->looks + 1 : ISTH_LIMIT_PROBES;
  if (owner->looks == ISTH_LIMIT_PROBES)
    isth_guesses_forget (self->guesses, flow);
}

/* Besides what is inside: who carries it. */
static void G_GNUC_NO_INLINE
count_tunnel (IsthPipeline *self,
              const IsthPacket *packet)
{
  IsthSink sink = get_sink (self);
  IsthFlowProbe probe;
  IsthPacket carrier;
  IsthFlow *flow;

  if (!isth_tunnel_get_carrier (packet, &carrier))
    return;
  isth_flow_probe_init (&probe, &carrier);
  flow = isth_flow_table_add (self->tunnels, &carrier, &probe);
  if (!flow)
    return;
  if (!(isth_flow_get_owner (flow)->flags[flow->side] & ISTH_STATION_SPOKE) && (self->sink.observe || self->facts))
    isth_tunnel_tell_ends (&carrier, &sink);
  note_presence (isth_flow_get_owner (flow), flow->side, &carrier);
}

/* What may be in a packet that is not plain, before it is counted. */
static void G_GNUC_NO_INLINE
look_at_unusual (IsthPipeline *self,
                 const IsthPacket *packet)
{
  if (packet->trouble)
    isth_health_counter_trouble (self->health, packet->trouble, 1);
  if (packet->tunnels != 0)
    count_tunnel (self, packet);
}

static void G_GNUC_NO_INLINE
look_at_syn (IsthPipeline *self,
             const IsthFlow *flow,
             const IsthPacket *packet)
{
  IsthSink sink = get_sink (self);

  isth_syn_shapes_look (self->shapes, packet, flow->packets[0] != 0 && flow->packets[1] != 0, &sink);
}

static inline void
process_packet (IsthPipeline *self,
                const IsthPacket *packet,
                const IsthFlowProbe *probe,
                IsthFlow *expected)
{
  IsthFlow *flow;
  IsthCopy copy;

  count_time (self, packet);
  if (G_UNLIKELY (!packet->plain))
    look_at_unusual (self, packet);
  flow = isth_flow_table_add_expected (self->flows, packet, probe, expected);
  if (G_UNLIKELY (!flow))
    {
      if (!packet->trouble && packet->fragment != ISTH_FRAGMENT_WAITS)
        isth_health_counter_trouble (self->health, N_("frame that names neither its sender nor its receiver"), 1);
      return;
    }
  note_presence (isth_flow_get_owner (flow), flow->side, packet);
  if (G_UNLIKELY (packet->tcp_flags & ISTH_TCP_SYN) && self->shapes)
    look_at_syn (self, flow, packet);
  copy = isth_copies_note (self->copies, flow, packet);
  if (G_UNLIKELY (copy != ISTH_COPY_NONE))
    self->n_copies++;
  if (copy == ISTH_COPY_HERE)
    return;
  if (G_UNLIKELY (packet->fragment))
    return;
  isth_dispatch_set_copy (self->dispatch, copy == ISTH_COPY_ELSEWHERE);
  isth_dispatch_packet (self->dispatch, flow, isth_flow_table_get_pool (self->flows), packet);
  if (G_UNLIKELY (isth_flow_get_owner (flow)->dissector == 0 && isth_flow_get_owner (flow)->innermost == 0 && self->guesses != NULL))
    guess (self, flow, packet);
}

/* A datagram was given up: its fragments are all that is known of it. */
static void
process_lost (IsthPipeline *self,
              const IsthBatchLost *lost)
{
  const IsthPacket *packet = &lost->packet;
  IsthFlow *flow = isth_flow_table_add (self->flows, packet, &lost->probe);

  isth_health_counter_trouble (self->health, N_("IP fragment of a datagram that never became whole: what it said is not known"), packet->earlier + 1u);
  if (flow)
    note_presence (isth_flow_get_owner (flow), flow->side, packet);
}

/* The flows of the packets [from, to) of @batch, as many as there are, and their payloads. */
static inline void
ask_for_flows (IsthPipeline *self,
               const IsthBatch *batch,
               IsthFlow **expected,
               uint32_t from,
               uint32_t to)
{
  to = MIN (to, batch->n);
  for (uint32_t i = from; i < to; i++)
    {
      expected[i] = isth_flow_table_prefetch_flow (self->flows, &batch->probes[i]);
      __builtin_prefetch (batch->packets[i].payload.data);
    }
}

/* What a packet needs is asked for ahead: where the flow is (batches.c), some packets before it is needed the flow itself and the payload, then what is
 * remembered of it. */
static void
process_batch (IsthPipeline *self,
               const IsthBatch *batch)
{
  IsthFlow *expected[ISTH_BATCH] ISTH_UNSET;
  uint32_t lost = 0;

  if (batch->filtered > 0)
    isth_health_counter_trouble (self->health, N_("does not match the filter"), batch->filtered);
  ask_for_flows (self, batch, expected, 0, SOON);
  for (uint32_t i = 0; i < batch->n; i++)
    {
      if (i % ASKED == 0)
        ask_for_flows (self, batch, expected, i + SOON, i + SOON + ASKED);
      if (i + NEXT < batch->n && expected[i + NEXT])
        isth_dispatch_prefetch (expected[i + NEXT]);
      while (G_UNLIKELY (lost < batch->n_lost) && batch->lost[lost].before == i)
        process_lost (self, &batch->lost[lost++]);
      process_packet (self, &batch->packets[i], &batch->probes[i], expected[i]);
    }
  while (lost < batch->n_lost)
    process_lost (self, &batch->lost[lost++]);
}

void
isth_pipeline_begin (IsthPipeline *self,
                     IsthSource *source,
                     IsthFacts *facts)
{
  IsthSink to_facts = { isth_facts_observe, facts, isth_facts_observe_again, isth_facts_answer, isth_facts_remark, isth_facts_observe_again_of };

  g_return_if_fail (self->source == NULL);
  self->source = source;
  self->facts = self->traffic.facts = facts ? isth_facts_ref (facts) : NULL;
  if (self->sink.observe)
    isth_dispatch_set_sink (self->dispatch, &self->sink);
  else if (facts)
    isth_dispatch_set_sink (self->dispatch, &to_facts);
  isth_batches_begin (self->batches, source);
  isth_health_counter_reset (self->health);
  isth_copies_reset (self->copies);
  self->n_copies = 0;
  if (self->guesses)
    isth_guesses_begin (self->guesses);
  if (self->shapes)
    isth_syn_shapes_begin (self->shapes);
  self->next_sweep = ISTH_NO_TIME;
  self->beyond = 0;
}

bool
isth_pipeline_step (IsthPipeline *self)
{
  const IsthBatch *batch;
  uint64_t packets = 0;

  do
    {
      batch = isth_batches_next (self->batches);
      process_batch (self, batch);
      packets += batch->n + batch->filtered;
    }
  while (batch->full && packets < PACKETS_A_STEP);
  return !batch->ended;
}

const IsthCaptureInfo *
isth_pipeline_get_info (const IsthPipeline *self)
{
  return isth_batches_get_info (self->batches);
}

static void
describe_capture (IsthPipeline *self,
                  bool complete)
{
  uint64_t passed = self->guesses ? isth_guesses_take_passed (self->guesses) : 0;

  if (passed > 0)
    isth_facts_count_health (self->facts, "limit", isth_limit_text (ISTH_REACHED_GUESSES), passed);
  if (self->n_copies > 0)
    isth_facts_count_health (self->facts, "frames", "copies", self->n_copies);
  self->n_copies = 0;
  isth_health_counter_flush (self->health, isth_batches_get_info (self->batches), self->facts);
  flush_histogram (self);
  isth_health_describe_capture (isth_batches_get_info (self->batches), isth_facts_get_capture (self->facts), complete);
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
isth_pipeline_describe (IsthPipeline *self)
{
  if (!self->facts)
    return;
  isth_facts_drop_provisional (self->facts);
  describe_capture (self, false);
}

void
isth_pipeline_publish (IsthPipeline *self)
{
  if (!self->facts)
    return;
  describe_capture (self, false);
  isth_facts_begin_provisional (self->facts);
  isth_flow_table_foreach (self->flows, add_live_flow, self);
  isth_flow_table_foreach (self->tunnels, add_live_tunnel, self);
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
  finish_all (self);
  malloc_trim (0); /* the next thing is to resolve, which needs as much again */
  isth_batches_end (self->batches);
  if (self->facts)
    {
      describe_capture (self, complete);
      keep_offsets (self);
    }
  self->traffic.facts = NULL;
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
