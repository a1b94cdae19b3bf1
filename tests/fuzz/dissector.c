/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer target of one dissector (ISTH_FUZZ_DISSECTOR, set by the build): a conversation of PDUs, each of either side. */
#include <glib.h>

#include "analysis/dissectors/dispatch.h"

extern const IsthDissector ISTH_FUZZ_DISSECTOR;

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static uint64_t
check_observation (const IsthObservation *o,
                   void *user_data)
{
  uint32_t *tickets = user_data;

  if (o->kind == ISTH_OBSERVE_CLAIM)
    g_assert (g_utf8_validate (o->claim.value, -1, NULL));
  if (o->kind == ISTH_OBSERVE_OPERATION)
    {
      g_assert (o->operation.verb < ISTH_N_OPS && o->operation.name[0] != '\0');
      g_assert (g_utf8_validate (o->operation.object, -1, NULL));
      return ++*tickets;
    }
  g_assert (o->evidence.n_bytes <= ISTH_LIMIT_EVIDENCE);
  return 0;
}

static void
set_up_flow (IsthFlow *flow,
             IsthFlowRecord *ends,
             uint8_t flags)
{
  static const uint8_t layers[] = { ISTH_LAYER_TCP, ISTH_LAYER_UDP, ISTH_LAYER_LINK, ISTH_LAYER_IP };

  memset (flow, 0, sizeof *flow);
  memset (ends, 0, sizeof *ends);
  ends->key.layer = layers[flags & 3];
  ends->key.protocol = ends->key.layer == ISTH_LAYER_TCP ? 6 : 17;
  ends->key.address[0] = isth_address_ipv4 ((const uint8_t *) "\12\0\0\1");
  ends->key.address[1] = isth_address_ipv4 ((const uint8_t *) "\12\0\0\2");
  ends->mac[0] = isth_address_mac ((const uint8_t *) "\2\0\0\0\0\1");
  ends->mac[1] = isth_address_mac ((const uint8_t *) "\2\0\0\0\0\2");
  flow->client = flags & 4 ? ISTH_CLIENT_A : ISTH_CLIENT_UNKNOWN;
  flow->proof = flags & 4 ? ISTH_PROOF_HANDSHAKE : ISTH_PROOF_NONE;
}

/* One PDU in a block of exactly its size, so that a read past its end is seen. */
static void
feed (IsthDispatch *dispatch,
      IsthFlow *flow,
      const IsthFlowRecord *ends,
      const uint8_t *data,
      uint32_t length,
      uint32_t wire)
{
  uint8_t *block = g_malloc (MAX (length, 1));
  int side = flow->side;
  IsthPacket packet = {
    .time = 1,
    .number = 1,
    .wire = wire,
    .frame = block,
    .frame_length = length,
    .source_mac = ends->mac[side],
    .target_mac = ends->mac[!side],
    .source = ends->key.address[side],
    .target = ends->key.address[!side],
    .same_segment = true,
    .layer = ends->key.layer,
    .ip_protocol = ends->key.protocol,
    .payload = isth_cursor_new (block, length, wire),
  };
  IsthCursor c = packet.payload;

  memcpy (block, data, length);
  if (ISTH_FUZZ_DISSECTOR.probe)
    ISTH_FUZZ_DISSECTOR.probe (packet.payload, &packet);
  if (ISTH_FUZZ_DISSECTOR.pdu_length)
    ISTH_FUZZ_DISSECTOR.pdu_length (packet.payload);
  isth_dispatch_pdu (dispatch, &ISTH_FUZZ_DISSECTOR, flow, &packet, &c);
  g_free (block);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  uint32_t tickets = 0;
  IsthSink sink = { .observe = check_observation, .user_data = &tickets };
  IsthDispatch *dispatch;
  IsthStreamPool pool = { 0 };
  IsthFlow flow;
  IsthFlowRecord ends;

  if (size < 1)
    return 0;
  dispatch = isth_dispatch_new (&sink);
  set_up_flow (&flow, &ends, *data++);
  size--;
  while (size >= 2)
    {
      uint32_t length = MIN ((uint32_t) (data[0] & 0x7f) << 8 | data[1], (uint32_t) size - 2);

      flow.side = data[0] >> 7;
      feed (dispatch, &flow, &ends, data + 2, length, length + (length % 7 == 0 ? 9 : 0));
      data += 2 + length;
      size -= 2 + length;
    }
  isth_dispatch_finish (dispatch, &flow, &pool);
  isth_dispatch_free (dispatch);
  return 0;
}
