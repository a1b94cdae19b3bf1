/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sFlow versions 2, 4 and 5 (RFC 3176, sflow.org): which switch sends samples of its traffic and counters of its ports to whom, and under which address it is
 * managed. The samples themselves are not read: they are pieces of other traffic. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define MOST_SAMPLES 256

typedef struct
{
  uint64_t agent; /* digest of the address that was told */
} SflowState;

typedef struct
{
  uint32_t version, sub_agent;
  IsthAddress agent;
  const uint8_t *at; /* the address's bytes */
  uint32_t n_bytes;
} SflowHeader;

static bool
read_header (IsthCursor *c,
             SflowHeader *header)
{
  uint32_t kind, samples;

  header->version = isth_cursor_be32 (c);
  kind = isth_cursor_be32 (c);
  if ((header->version != 2 && header->version != 4 && header->version != 5) || (kind != 1 && kind != 2))
    return false;
  header->n_bytes = kind == 1 ? 4 : 16;
  header->at = isth_cursor_bytes (c, header->n_bytes);
  header->sub_agent = header->version == 5 ? isth_cursor_be32 (c) : 0;
  isth_cursor_skip (c, 8);
  samples = isth_cursor_be32 (c);
  if (c->failed || samples == 0 || samples > MOST_SAMPLES)
    return false;
  header->agent = kind == 1 ? isth_address_ipv4 (header->at) : isth_address_ipv6 (header->at);
  for (uint32_t i = 0; i < samples && header->version == 5; i++)
    {
      uint32_t length;

      isth_cursor_skip (c, 4);
      length = isth_cursor_be32 (c);
      if (c->failed)
        return i > 0 && c->cut;
      if (length % 4 != 0 || length > isth_cursor_wire_left (c))
        return false;
      isth_cursor_take (c, length);
    }
  return header->version != 5 || isth_cursor_wire_left (c) == 0 || c->length < c->wire;
}

static IsthProbe
sflow_probe (IsthCursor c,
             const IsthPacket *packet)
{
  SflowHeader header;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != 0 || isth_cursor_peek (&c, 3) > 5 || !read_header (&c, &header))
    return ISTH_PROBE_NO;
  return header.version == 5 && isth_address_is_host (&header.agent) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthDissectResult
sflow_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  SflowState *state = isth_context_state (ctx);
  IsthEndpoint collector = isth_context_receiver (ctx);
  char object[ISTH_LIMIT_TEXT], address[ISTH_ADDRESS_TEXT];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .name = "samples", .object = object };
  SflowHeader header;
  uint64_t digest;

  if (!read_header (c, &header))
    return header.version <= 5 ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  digest = isth_context_digest (ctx, header.version, header.at, header.n_bytes);
  if (state->agent != digest)
    {
      isth_emit_role (ctx, NULL, "sflow-agent");
      isth_emit_role (ctx, &collector, "sflow-collector");
      if (isth_address_is_host (&header.agent))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&header.agent, address), ISTH_CONFIDENCE_PARSED, header.at, header.n_bytes);
      state->agent = digest;
    }
  request.function = header.version;
  request.key = isth_context_digest (ctx, digest, &header.sub_agent, sizeof header.sub_agent);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  isth_text_format (object, sizeof object, "version %u, agent %s, part %u", header.version, isth_address_format (&header.agent, address), header.sub_agent);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 6343 } };

const IsthDissector isth_dissector_sflow = {
  .id = "sflow", /* stored in project files: never change it */
  .title = "sFlow",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SflowState),
  .probe = sflow_probe,
  .dissect = sflow_dissect,
};
