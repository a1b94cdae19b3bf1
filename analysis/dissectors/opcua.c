/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA over TCP: connections, secure channels, services. IEC 62541-6, 6.7 (secure conversation) and 7.1 (connection protocol), binary encoding.
 *
 * Of a message in several chunks only the first is read: it says what is asked. A channel with encryption tells who talks to whom and how often, and
 * nothing else; one that is only signed is read like an open one. Values that are read or written are not kept. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/dissectors/opcua-services.h"
#include "analysis/dissectors/opcua-values.h"

#define HEADER 8
#define POLICIES "http://opcfoundation.org/UA/SecurityPolicy#" /* what the URIs of all policies start with */
#define LONGEST (16u << 20)

typedef struct
{
  uint32_t continues[2]; /* request id of the message whose further chunks are awaited: from the client, from the server */
  uint8_t mode;          /* IsthOpcUaMode */
} OpcUaState;

typedef struct
{
  char kind[4]; /* "HEL" */
  uint8_t chunk;
  uint32_t size;
} OpcUaHeader;

static bool
read_header (IsthCursor *c,
             OpcUaHeader *header)
{
  static const char kinds[][4] = { "HEL", "ACK", "ERR", "RHE", "OPN", "CLO", "MSG" };
  const uint8_t *kind = isth_cursor_bytes (c, 3);

  header->chunk = isth_cursor_u8 (c);
  header->size = isth_cursor_le32 (c);
  if (c->failed || header->size < HEADER || header->size > LONGEST || !memchr ("FCA", header->chunk, 3))
    return false;
  memcpy (header->kind, kind, 3);
  header->kind[3] = '\0';
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (memcmp (kind, kinds[i], 3) == 0)
      return true;
  return false;
}

static bool
is_policy (const IsthOpcUaString *uri)
{
  return uri->length >= sizeof POLICIES - 1 && memcmp (uri->bytes, POLICIES, sizeof POLICIES - 1) == 0;
}

static IsthProbe
opcua_probe (IsthCursor c,
             const IsthPacket *packet)
{
  OpcUaHeader header = { .size = 0 };
  IsthOpcUaString string;

  (void) packet;
  if (!read_header (&c, &header))
    return ISTH_PROBE_NO;
  if (strcmp (header.kind, "ACK") == 0)
    return header.size == 28 && header.chunk == 'F' ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (strcmp (header.kind, "HEL") == 0)
    {
      isth_cursor_skip (&c, 20);
      string = isth_opcua_string (&c);
      return !c.failed && header.size == 32 + string.length && header.chunk == 'F' ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  if (strcmp (header.kind, "OPN") == 0)
    {
      isth_cursor_skip (&c, 4);
      string = isth_opcua_string (&c);
      return is_policy (&string) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  if (strcmp (header.kind, "MSG") == 0 || strcmp (header.kind, "CLO") == 0)
    {
      isth_cursor_skip (&c, 16);
      return isth_opcua_is_service (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    }
  return ISTH_PROBE_WEAK;
}

static uint32_t
opcua_pdu_length (IsthCursor c)
{
  OpcUaHeader header = { .size = 0 };

  if (read_header (&c, &header))
    return header.size;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

static IsthDissectResult
read_hello (IsthDissectContext *ctx,
            IsthCursor *c)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthOpcUaString url;
  char object[ISTH_LIMIT_TEXT];

  isth_cursor_skip (c, 20);
  url = isth_opcua_string (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "opcua-client");
  if (url.length > 0)
    isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_REPORTED, url.bytes, url.length);
  isth_emit_request (ctx, &(IsthRequest) { .match = UINT64_MAX, .verb = ISTH_OP_OTHER, .function = -1, .name = "hello",
                                           .object = isth_opcua_text (object, sizeof object, &url) });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_acknowledge (IsthDissectContext *ctx,
                  IsthCursor *c)
{
  isth_cursor_skip (c, 20);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, UINT64_MAX, ISTH_OUTCOME_OK, NULL, false);
  isth_emit_role (ctx, NULL, "opcua-server");
  return ISTH_DISSECT_OK;
}

/* The server says why it closes. */
static IsthDissectResult
read_error (IsthDissectContext *ctx,
            IsthCursor *c)
{
  uint32_t status = isth_cursor_le32 (c);
  char text[64];

  isth_opcua_string (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_response (ctx, UINT64_MAX, ISTH_OUTCOME_REFUSED, isth_opcua_status (text, sizeof text, status), false);
  return ISTH_DISSECT_OK;
}

/* 7.1.2.6: a server that calls its client. */
static IsthDissectResult
read_reverse_hello (IsthDissectContext *ctx,
                    IsthCursor *c)
{
  IsthOpcUaString server = isth_opcua_string (c), url = isth_opcua_string (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "opcua-server");
  if (server.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, server.bytes, server.length);
  if (url.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_PARSED, url.bytes, url.length);
  return ISTH_DISSECT_OK;
}

/* Whoever sends one that is encrypted says that it talks, no more. */
static void
note_hidden (IsthDissectContext *ctx)
{
  if (isth_context_direction (ctx) == ISTH_FROM_CLIENT)
    {
      IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "encrypted-message", .key = 1 };

      if (!isth_emit_again (ctx, &request))
        isth_emit_request (ctx, &request);
    }
}

/* 6.7.2.3: the asymmetric header says the policy; with None the body is open. */
static IsthDissectResult
read_channel (IsthDissectContext *ctx,
              OpcUaState *state,
              IsthCursor *c)
{
  IsthOpcUaString policy, certificate;
  IsthOpcUaMode mode = (IsthOpcUaMode) state->mode;
  bool good = true;
  uint32_t match;

  isth_cursor_skip (c, 4);
  policy = isth_opcua_string (c);
  certificate = isth_opcua_string (c);
  isth_opcua_string (c);
  if (c->failed || !is_policy (&policy))
    return ISTH_DISSECT_MALFORMED;
  if (certificate.length > 0)
    {
      /* Its body is encrypted, so the mode is not known: whether messages can be read shows with the first of them. */
      char object[64];
      IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = 446, .name = "open-secure-channel", .object = object };

      policy.bytes += sizeof POLICIES - 1;
      policy.length -= sizeof POLICIES - 1;
      isth_opcua_text (object, sizeof object, &policy);
      if (isth_context_direction (ctx) == ISTH_FROM_CLIENT)
        isth_emit_request (ctx, &request);
      state->mode = ISTH_OPCUA_MODE_UNKNOWN;
      return ISTH_DISSECT_OK;
    }
  isth_cursor_skip (c, 4);
  match = isth_cursor_le32 (c);
  if (!isth_opcua_read_service (ctx, c, match, true, &mode, &good))
    return ISTH_DISSECT_MALFORMED;
  state->mode = (uint8_t) mode;
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
read_message (IsthDissectContext *ctx,
              OpcUaState *state,
              const OpcUaHeader *header,
              IsthCursor *c)
{
  IsthOpcUaMode mode = (IsthOpcUaMode) state->mode;
  uint32_t *continues = &state->continues[isth_context_direction (ctx) == ISTH_FROM_SERVER];
  bool good = true, further;
  uint32_t match;

  isth_cursor_skip (c, 8);
  if (mode == ISTH_OPCUA_MODE_ENCRYPT && !c->failed)
    {
      note_hidden (ctx);
      return ISTH_DISSECT_OK;
    }
  isth_cursor_skip (c, 4);
  match = isth_cursor_le32 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  further = *continues != 0 && *continues == match;
  *continues = header->chunk == 'C' ? match : 0;
  if (further || header->chunk == 'A')
    return ISTH_DISSECT_OK;
  if (!isth_opcua_is_service (*c))
    {
      if (mode == ISTH_OPCUA_MODE_UNKNOWN)
        note_hidden (ctx);
      return mode == ISTH_OPCUA_MODE_NONE ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  isth_opcua_read_service (ctx, c, match, header->chunk == 'F', &mode, &good);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
opcua_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  OpcUaState *state = isth_context_state (ctx);
  OpcUaHeader header = { .size = 0 };

  if (!read_header (c, &header))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  switch (header.kind[0])
    {
    case 'H':
      return read_hello (ctx, c);
    case 'A':
      return read_acknowledge (ctx, c);
    case 'E':
      return read_error (ctx, c);
    case 'R':
      return read_reverse_hello (ctx, c);
    case 'O':
      return read_channel (ctx, state, c);
    default:
      return read_message (ctx, state, &header, c);
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 4840 } };

const IsthDissector isth_dissector_opcua = {
  .id = "opcua", /* stored in project files: never change it */
  .title = "OPC UA",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware software endpoint banner state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (OpcUaState),
  .probe = opcua_probe,
  .pdu_length = opcua_pdu_length,
  .dissect = opcua_dissect,
};
