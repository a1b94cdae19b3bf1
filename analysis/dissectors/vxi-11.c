/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VXI-11: who commands which instrument over remote procedure calls, and what it says it is. VXI-11 TCP/IP Instrument Protocol, revision 1.0, B.6;
 * RFC 5531 for the calls.
 *
 * Only calls of its three programs are taken; ports are given out by the port mapper, so there is no usual one. Calls in several fragments are read as far as
 * the first goes. Instruments' values are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/scpi.h"

#define PROGRAM_CORE 395183
#define PROGRAM_ABORT 395184
#define PROGRAM_INTERRUPT 395185
#define LARGEST 65536
#define AUTHENTICATION 400 /* RFC 5531, 8.2: bytes of a credential at most */

enum
{
  CREATE_LINK = 10,
  DEVICE_WRITE = 11,
  DEVICE_READ = 12,
};

typedef struct
{
  bool identity_asked; /* the next answer that is read says who the instrument is */
} VxiState;

static const struct
{
  uint32_t program, number;
  IsthOp verb;
  const char *name;
} procedures[] = {
  { PROGRAM_CORE, 10, ISTH_OP_OTHER, "create-link" },
  { PROGRAM_CORE, 11, ISTH_OP_WRITE, "device-write" },
  { PROGRAM_CORE, 12, ISTH_OP_READ, "device-read" },
  { PROGRAM_CORE, 13, ISTH_OP_DIAGNOSE, "device-read-status" },
  { PROGRAM_CORE, 14, ISTH_OP_CONTROL, "device-trigger" },
  { PROGRAM_CORE, 15, ISTH_OP_CONTROL, "device-clear" },
  { PROGRAM_CORE, 16, ISTH_OP_CONTROL, "device-remote" },
  { PROGRAM_CORE, 17, ISTH_OP_CONTROL, "device-local" },
  { PROGRAM_CORE, 18, ISTH_OP_OTHER, "device-lock" },
  { PROGRAM_CORE, 19, ISTH_OP_OTHER, "device-unlock" },
  { PROGRAM_CORE, 20, ISTH_OP_SUBSCRIBE, "device-enable-service-request" },
  { PROGRAM_CORE, 22, ISTH_OP_CONTROL, "device-do-command" },
  { PROGRAM_CORE, 23, ISTH_OP_OTHER, "destroy-link" },
  { PROGRAM_CORE, 25, ISTH_OP_SUBSCRIBE, "create-interrupt-channel" },
  { PROGRAM_CORE, 26, ISTH_OP_OTHER, "destroy-interrupt-channel" },
  { PROGRAM_ABORT, 1, ISTH_OP_CONTROL, "device-abort" },
  { PROGRAM_INTERRUPT, 30, ISTH_OP_REPORT, "service-request" },
};

static const struct
{
  uint32_t code;
  const char *text;
} errors[] = {
  { 1, "syntax error" },         { 3, "device not accessible" },   { 4, "invalid link" },
  { 5, "parameter error" },      { 6, "channel not established" }, { 8, "operation not supported" },
  { 9, "out of resources" },     { 11, "locked by another link" }, { 12, "no lock held by this link" },
  { 15, "timeout" },             { 17, "I/O error" },              { 21, "invalid address" },
  { 23, "abort" },               { 29, "channel already established" },
};

static bool
is_ours (uint32_t program)
{
  return program >= PROGRAM_CORE && program <= PROGRAM_INTERRUPT;
}

/* A call: number, 0, version of RPC, program, its version, procedure. Answers name no program. */
static IsthProbe
probe_call (IsthCursor c)
{
  uint32_t kind, version, program;

  isth_cursor_skip (&c, 4);
  kind = isth_cursor_be32 (&c);
  version = isth_cursor_be32 (&c);
  if (!c.failed && kind == 1 && version <= 1)
    return ISTH_PROBE_WEAK;
  program = isth_cursor_be32 (&c);
  return !c.failed && kind == 0 && version == 2 && is_ours (program) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthProbe
vxi_probe (IsthCursor c,
           const IsthPacket *packet)
{
  if (packet->layer == ISTH_LAYER_TCP)
    {
      uint32_t mark = isth_cursor_be32 (&c) & 0x7fffffff;

      if (mark < 12 || mark > LARGEST)
        return ISTH_PROBE_NO;
    }
  return probe_call (c);
}

static uint32_t
vxi_pdu_length (IsthCursor c)
{
  uint32_t mark = isth_cursor_be32 (&c) & 0x7fffffff;

  if (c.failed)
    return ISTH_PDU_MORE;
  return mark >= 12 && mark <= LARGEST ? 4 + mark : ISTH_PDU_INVALID;
}

/* Flavour, length, contents: of who calls, and of what verifies it. */
static void
skip_authentication (IsthCursor *c)
{
  uint32_t length;

  isth_cursor_skip (c, 4);
  length = isth_cursor_be32 (c);
  isth_cursor_skip (c, length <= AUTHENTICATION ? (length + 3) / 4 * 4 : UINT32_MAX);
}

static const uint8_t *
take_opaque (IsthCursor *c,
             uint32_t *length)
{
  *length = isth_cursor_be32 (c);
  return isth_cursor_bytes (c, *length);
}

static IsthDissectResult
read_call (IsthDissectContext *ctx,
           IsthCursor *c,
           uint32_t number)
{
  VxiState *state = isth_context_state (ctx);
  char object[64] = "";
  IsthRequest request = { .match = number, .verb = ISTH_OP_OTHER, .name = "procedure", .object = object };
  uint32_t version = isth_cursor_be32 (c), program = isth_cursor_be32 (c), length;
  const uint8_t *bytes;

  isth_cursor_skip (c, 4);
  request.function = isth_cursor_be32 (c);
  skip_authentication (c);
  skip_authentication (c);
  if (version != 2 || !is_ours (program))
    return ISTH_DISSECT_NOT_MINE;
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  for (size_t i = 0; i < G_N_ELEMENTS (procedures); i++)
    if (procedures[i].program == program && procedures[i].number == request.function)
      {
        request.verb = procedures[i].verb;
        request.name = procedures[i].name;
      }
  request.memo[1] = (uint64_t) request.function;
  if (program == PROGRAM_CORE && request.function == DEVICE_WRITE)
    {
      isth_cursor_skip (c, 16);
      bytes = take_opaque (c, &length);
      if (bytes && length > 0)
        {
          state->identity_asked = isth_scpi_asks_identity (bytes, length);
          isth_scpi_describe (&request, object, bytes, length);
          if (request.at)
            isth_context_show (ctx, request.at, request.length);
          request.function = DEVICE_WRITE;
        }
    }
  else if (program == PROGRAM_CORE && request.function == DEVICE_READ)
    request.memo[0] = state->identity_asked;
  else if (program == PROGRAM_CORE && request.function == CREATE_LINK)
    {
      isth_cursor_skip (c, 12);
      bytes = take_opaque (c, &length);
      isth_text_from_bytes (object, sizeof object, bytes, bytes ? length : 0);
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, program == PROGRAM_INTERRUPT ? "vxi-11-server" : "vxi-11-client");
  isth_emit_request (ctx, &request);
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
read_reply (IsthDissectContext *ctx,
            IsthCursor *c,
            uint32_t number)
{
  VxiState *state = isth_context_state (ctx);
  uint32_t denied = isth_cursor_be32 (c), status, error, length;
  const IsthPending *asked;
  const char *text = NULL;
  const uint8_t *bytes;
  char other[24];

  if (denied == 0)
    skip_authentication (c);
  status = denied ? 1 : isth_cursor_be32 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (status != 0)
    text = denied ? "call denied" : "call not accepted";
  error = status == 0 && isth_cursor_left (c) >= 4 ? isth_cursor_be32 (c) : 0;
  if (error != 0)
    text = isth_text_format (other, sizeof other, "error %u", error);
  for (size_t i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == error)
      text = errors[i].text;
  asked = isth_emit_response (ctx, number, text ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  if (!asked)
    return ISTH_DISSECT_OK;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "vxi-11-server");
  if (text || asked->memo[1] != DEVICE_READ || !asked->memo[0])
    return ISTH_DISSECT_OK;
  isth_cursor_skip (c, 4); /* why it ended */
  bytes = take_opaque (c, &length);
  if (bytes && isth_scpi_read_identity (ctx, bytes, length))
    state->identity_asked = false;
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
vxi_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  uint32_t number, kind;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_TCP)
    isth_cursor_skip (c, 4);
  number = isth_cursor_be32 (c);
  kind = isth_cursor_be32 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (kind > 1)
    return ISTH_DISSECT_NOT_MINE;
  return kind == 0 ? read_call (ctx, c, number) : read_reply (ctx, c, number);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 0 }, { ISTH_BIND_UDP, 0 } };

const IsthDissector isth_dissector_vxi_11 = {
  .id = "vxi-11",
  .title = "VXI-11",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model serial firmware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (VxiState),
  .probe = vxi_probe,
  .pdu_length = vxi_pdu_length,
  .dissect = vxi_dissect,
};
