/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Omron FINS over UDP and TCP: who commands which controller, what it says it is, its mode, and programs that are brought or
 * fetched. Omron W342 (commands and responses) 5, W421 7-4 (FINS/TCP header).
 *
 * A FINS address is network.node.unit. Units other than the CPU are children "fins-unit:N". A node of another network, whose number
 * is not the last byte of the IP address as Omron's default has it, is the child "fins-node:NETWORK.NODE": the address only relays
 * for it. Named are the commands of CPU units and of Ethernet units. What program and parameter areas hold is not read; passwords never
 * are. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/fins-objects.h"
#include "analysis/dissectors/fins-tables.h"
#include "analysis/dissectors/magic.h"

#define HEADER 10
#define MAGIC 0x46494e53 /* "FINS" */
#define TCP_HEADER 16
#define LONGEST 4096     /* FINS allows 2012 bytes behind the command code */
#define RESPONSE 0x40
#define NO_ANSWER 0x01
#define RELAY_ERROR 0x80
#define CHILD_TEXT 48

/* Commands that carry more than one message holds. */
enum
{
  PARAMETER_WRITE = 0x0202,
  FILE_READ = 0x2202,
  FILE_WRITE = 0x2203,
};

typedef struct
{
  bool client_known, server_known;
  uint8_t server_node; /* FINS/TCP: what the server said in the handshake; 0 unknown */
} FinsState;

typedef struct
{
  uint8_t flags, gateways;
  uint8_t target[3], source[3]; /* network, node, unit */
  const uint8_t *source_at;
  uint8_t service;
  uint16_t code;
  uint16_t end;
  const FinsCommand *command;
  IsthCursor body;
  uint32_t length;
} FinsMessage;

static const FinsCommand fins_unknown = { .verb = ISTH_OP_OTHER, .request = { 0, 255 }, .response = { 0, 255 }, .name = "command" };

static const FinsCommand *
get_command (uint16_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (fins_commands); i++)
    if (fins_commands[i].code == code)
      return &fins_commands[i];
  return &fins_unknown;
}

/* A unit is the CPU, one of the rack's, a serial one, or the one that is connected to the network. */
static bool
is_address (const uint8_t a[3])
{
  return a[0] <= 127 && (a[2] == 0 || (a[2] >= 0x10 && a[2] <= 0x6f) || a[2] >= 0x80);
}

static bool
read_header (IsthCursor *c,
             FinsMessage *m)
{
  m->flags = isth_cursor_u8 (c);
  if ((m->flags & 0x3e) != 0 || isth_cursor_u8 (c) != 0)
    return false;
  m->gateways = isth_cursor_u8 (c);
  for (int i = 0; i < 3; i++)
    m->target[i] = isth_cursor_u8 (c);
  m->source_at = c->data + c->position;
  for (int i = 0; i < 3; i++)
    m->source[i] = isth_cursor_u8 (c);
  m->service = isth_cursor_u8 (c);
  m->code = isth_cursor_be16 (c);
  m->command = get_command (m->code);
  return m->gateways <= 7 && is_address (m->target) && is_address (m->source);
}

static bool
fits (const uint8_t range[2],
      uint32_t length)
{
  return length >= range[0] && (range[1] == 255 || length <= range[1]);
}

/* The shape that the command or its answer has; an answer that refuses may end behind its code. */
static bool
has_shape (const FinsMessage *m,
           uint32_t length)
{
  if (!(m->flags & RESPONSE))
    return fits (m->command->request, length);
  return length >= 2 && ((m->end != 0 && length == 2) || fits (m->command->response, length - 2));
}

static IsthProbe
probe_frame (IsthCursor c)
{
  FinsMessage m = { 0 };
  bool good = read_header (&c, &m);
  uint32_t length;

  if (c.failed || !good)
    return ISTH_PROBE_NO;
  length = isth_cursor_wire_left (&c);
  if (m.flags & RESPONSE)
    m.end = isth_cursor_be16 (&c);
  if (m.command == &fins_unknown && !(m.flags & 0x80))
    return ISTH_PROBE_NO;
  if (m.command == &fins_unknown || !has_shape (&m, length))
    return ISTH_PROBE_WEAK;
  return m.flags & 0x80 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthProbe
fins_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint32_t length;

  if (packet->layer != ISTH_LAYER_TCP)
    return probe_frame (c);
  if (isth_cursor_be32 (&c) != MAGIC)
    return ISTH_PROBE_NO;
  length = isth_cursor_be32 (&c);
  return !c.failed && length >= 8 && length <= LONGEST ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
fins_pdu_length (IsthCursor c)
{
  uint32_t length, verdict;

  if (!isth_magic_take (&c, "FINS", 4, &verdict))
    return verdict;
  length = isth_cursor_be32 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length >= 8 && length <= LONGEST ? 8 + length : ISTH_PDU_INVALID;
}

/* The child that has @address at @ip, NULL for the device at it. */
static const char *
format_child (char text[CHILD_TEXT],
              const FinsState *state,
              const IsthAddress *ip,
              const uint8_t address[3])
{
  bool relayed = address[0] != 0 && address[1] != 0 && address[1] != 0xff && address[1] != state->server_node
                 && ip->kind == ISTH_ADDRESS_IPV4 && ip->bytes[3] != address[1];
  bool unit = address[2] != 0 && address[2] != 0xfe;

  if (relayed && unit)
    return isth_text_format (text, CHILD_TEXT, "fins-node:%u.%u > fins-unit:%u", address[0], address[1], address[2]);
  if (relayed)
    return isth_text_format (text, CHILD_TEXT, "fins-node:%u.%u", address[0], address[1]);
  if (unit)
    return isth_text_format (text, CHILD_TEXT, "fins-unit:%u", address[2]);
  return NULL;
}

/* A part of a program, as it is asked for or brought, and as it is answered: then the top bit of the count marks the last one. */
static void
follow_program (IsthDissectContext *ctx,
                const FinsMessage *m,
                const char *child,
                const char *refused)
{
  IsthCursor c = m->body;
  bool answer = m->flags & RESPONSE;
  bool fetched = m->code == 0x0306;
  char object[32] = "";
  IsthTransfer transfer = { .verb = fetched ? ISTH_OP_UPLOAD : ISTH_OP_PROGRAM, .child = child, .by_device = answer, .text = refused };
  uint16_t program = isth_cursor_be16 (&c);
  uint32_t first = isth_cursor_be32 (&c);
  uint16_t n = isth_cursor_be16 (&c);

  if (refused)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
  if (c.failed || refused)
    return;
  transfer.object = isth_text_format (object, sizeof object, "program %u", program);
  if (first == 0 && !answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  transfer.bytes = n & 0x7fff;
  if (fetched == answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (answer && (n & 0x8000))
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

/* Of the parts of a parameter area that are written the last one is marked in its count. */
static bool
is_last_part (const FinsMessage *m)
{
  IsthCursor c = m->body;

  isth_cursor_skip (&c, 4);
  return isth_cursor_be16 (&c) & 0x8000;
}

/* A part of a parameter area (5-3-6): setup, I/O table, routing table. */
static void
follow_parameters (IsthDissectContext *ctx,
                   const FinsMessage *m,
                   const char *child,
                   const char *object)
{
  IsthCursor c = m->body;
  IsthTransfer transfer = { .verb = ISTH_OP_CONFIGURE, .child = child, .object = object };
  uint16_t first;

  isth_cursor_skip (&c, 2);
  first = isth_cursor_be16 (&c);
  isth_cursor_skip (&c, 2);
  if (c.failed)
    return;
  if (first == 0)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  transfer.bytes = isth_cursor_wire_left (&c);
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
}

/* A part of a file (5-3-30, 5-3-31): where in it and how much, behind its name. Only the answer to reading says how long it is; nothing ends what is written. */
static void
follow_file (IsthDissectContext *ctx,
             const FinsMessage *m,
             const char *child,
             const char *object)
{
  IsthCursor c = m->body;
  bool answer = m->flags & RESPONSE, fetched = m->code == FILE_READ;
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .child = child, .object = object, .by_device = answer };
  uint64_t end;
  uint32_t position;

  if (answer)
    transfer.total = isth_cursor_be32 (&c);
  else
    isth_cursor_skip (&c, fetched ? 14 : 16);
  position = isth_cursor_be32 (&c);
  end = (uint64_t) position + isth_cursor_be16 (&c);
  if (c.failed)
    return;
  if (!answer && position == 0)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  transfer.bytes = isth_cursor_wire_left (&c);
  if (fetched == answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (answer && end >= transfer.total)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

static void
follow_request (IsthDissectContext *ctx,
                const FinsMessage *m,
                const IsthRequest *request)
{
  if (m->command->body == FINS_BODY_PROGRAM)
    follow_program (ctx, m, request->child, NULL);
  else if (m->code == PARAMETER_WRITE)
    follow_parameters (ctx, m, request->child, request->object);
  else if (m->code == FILE_READ || m->code == FILE_WRITE)
    follow_file (ctx, m, request->child, request->object);
}

/* What an answer means for a transfer of parameters or of a file: @last is of what was asked. */
static void
follow_answer (IsthDissectContext *ctx,
               const FinsMessage *m,
               const char *child,
               const char *refused,
               bool last)
{
  IsthTransfer transfer = { .verb = m->code == PARAMETER_WRITE ? ISTH_OP_CONFIGURE : ISTH_OP_FILE, .child = child, .by_device = true, .text = refused };

  if (m->code != PARAMETER_WRITE && m->code != FILE_READ && m->code != FILE_WRITE)
    return;
  if (refused)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
  else if (m->code == PARAMETER_WRITE && last)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  else if (m->code == FILE_READ && fits (m->command->response, m->length))
    follow_file (ctx, m, child, NULL);
}

static uint64_t
get_match (const FinsMessage *m,
           const uint8_t client[3],
           const uint8_t server[3])
{
  return (uint64_t) m->code << 48 | (uint64_t) client[1] << 40 | (uint64_t) client[2] << 32 | (uint64_t) server[0] << 24
         | (uint64_t) server[1] << 16 | (uint64_t) server[2] << 8 | m->service;
}

/* A node number other than "this one" is worth telling. */
static void
claim_address (IsthDissectContext *ctx,
               const FinsState *state,
               const uint8_t address[3],
               const uint8_t *at)
{
  IsthEndpoint about = isth_context_sender (ctx);
  char text[24], child[CHILD_TEXT];

  if (address[1] == 0 || address[1] == 0xff)
    return;
  about.child = format_child (child, state, &about.ip, address);
  isth_text_format (text, sizeof text, "%u.%u.%u", address[0], address[1], address[2]);
  isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, at, 3);
}

/* That of the program area (5-3-7, 5-3-8), which ends it: four characters. */
static bool
has_password (const FinsMessage *m)
{
  return (m->code == 0x0304 || m->code == 0x0305) && m->length >= 15;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              FinsState *state,
              const FinsMessage *m)
{
  IsthEndpoint receiver = isth_context_receiver (ctx);
  char object[ISTH_LIMIT_TEXT] = "", child[CHILD_TEXT];
  IsthCursor c = m->body;
  uint8_t parameter = isth_cursor_u8 (&c);
  bool shaped = fits (m->command->request, m->length);
  IsthRequest request = {
    .match = get_match (m, m->source, m->target),
    .function = m->code,
    .no_answer = m->flags & NO_ANSWER,
    .memo = { m->code == 0x0501 && m->length == 1 ? 1u + parameter : 0 },
  };

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (has_password (m))
    isth_context_show (ctx, m->source_at, 3);
  if (!state->client_known)
    {
      state->client_known = true;
      isth_emit_role (ctx, NULL, "fins-client");
      claim_address (ctx, state, m->source, m->source_at);
    }
  if (m->command->body == FINS_BODY_AREA && m->code != 0x0105 && shaped && isth_cursor_left (&m->body) >= 6)
    request.key = isth_context_digest (ctx, (uint64_t) m->code << 24 | (uint64_t) isth_be24 (m->target),
                                       m->body.data + m->body.position, 6);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.verb = m->command->verb;
  request.name = m->command->name;
  request.object = object;
  request.child = format_child (child, state, &receiver.ip, m->target);
  if (shaped)
    isth_fins_describe (m->command, m->body, &request, object, sizeof object);
  if (m->command == &fins_unknown)
    isth_text_format (object, sizeof object, "command 0x%04x", m->code);
  else if (has_password (m))
    isth_text_format (object, sizeof object, "password in clear (at most 4 characters)");
  request.memo[1] = m->code == PARAMETER_WRITE && is_last_part (m);
  isth_emit_request (ctx, &request);
  if (shaped)
    follow_request (ctx, m, &request);
  return shaped ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* 5-3-17: model and version, twenty characters each. The answer of the CPU bus units' list alone starts with numbers. */
static void
read_controller_data (IsthDissectContext *ctx,
                      const FinsMessage *m,
                      const IsthEndpoint *about,
                      bool units_only)
{
  IsthCursor c = m->body;
  const uint8_t *model = isth_cursor_bytes (&c, 20);
  const uint8_t *version = isth_cursor_bytes (&c, 20);

  if (units_only || !model || !isth_text_is_printable (model, 20))
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, "Omron", ISTH_CONFIDENCE_PARSED, model, 20);
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, model, 20);
  if (version)
    isth_emit_text (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, version, 20);
}

/* 5-3-18: the units of the rack, with the model of each. */
static bool
read_connection_data (IsthDissectContext *ctx,
                      const FinsMessage *m,
                      const IsthEndpoint *about)
{
  IsthCursor c = m->body;
  uint32_t n = isth_cursor_u8 (&c) & 0x7f;

  for (uint32_t i = 0; i < n && !c.failed; i++)
    {
      uint8_t unit = isth_cursor_u8 (&c);
      const uint8_t *model = isth_cursor_bytes (&c, 20);
      IsthEndpoint child = *about;
      char text[CHILD_TEXT];

      if (!model || unit == 0)
        continue;
      child.child = isth_text_format (text, sizeof text, about->child ? "%s > fins-unit:%u" : "%sfins-unit:%u", about->child ? about->child : "", unit);
      isth_emit_child (ctx, &child, model - 1, 21);
      isth_emit_text (ctx, &child, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, model, 20);
    }
  return !c.failed;
}

/* 5-3-19: running or not, and the mode. */
static void
read_status (IsthDissectContext *ctx,
             const FinsMessage *m,
             const IsthEndpoint *about)
{
  IsthCursor c = m->body;
  const uint8_t *bytes = isth_cursor_bytes (&c, 2);
  const char *state;

  if (!bytes)
    return;
  state = bytes[1] == 0 ? "program" : bytes[1] == 1 ? "debug" : bytes[1] == 2 ? "monitor" : bytes[1] == 4 ? "run" : "";
  if (bytes[0] == 0x80)
    state = "standby";
  else if ((bytes[0] & 1) == 0 && bytes[1] != 0)
    state = "stop";
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_STATE, state, ISTH_CONFIDENCE_PARSED, bytes, 2);
}

static const char *
get_end_text (uint16_t end,
              char *text,
              size_t size)
{
  for (size_t i = 0; i < G_N_ELEMENTS (fins_end_codes); i++)
    if (fins_end_codes[i].code == end)
      return fins_end_codes[i].text;
  return isth_text_format (text, size, "end code 0x%04x", end);
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               FinsState *state,
               const FinsMessage *m)
{
  IsthEndpoint about = isth_context_sender (ctx);
  char child[CHILD_TEXT], other[24];
  uint16_t end = m->end & 0x7f3f; /* without "relayed" and the flags of errors that the CPU has anyway */
  const char *refused = end == 0 ? NULL : get_end_text (end, other, sizeof other);
  bool relay = (m->end >> 8) & RELAY_ERROR;
  const IsthPending *pending;
  bool good = true;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  about.child = format_child (child, state, &about.ip, m->source);
  pending = isth_emit_response (ctx, get_match (m, m->target, m->source), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                                refused, false);
  if (!state->server_known)
    {
      state->server_known = true;
      isth_emit_role (ctx, NULL, "fins-server");
      if (!relay)
        claim_address (ctx, state, m->source, m->source_at);
    }
  if (about.child && !relay)
    isth_emit_child (ctx, &about, NULL, 0);
  if (m->command->body == FINS_BODY_PROGRAM && (refused || fits (m->command->response, m->length)))
    follow_program (ctx, m, about.child, refused);
  else
    follow_answer (ctx, m, about.child, refused, pending && pending->memo[1] != 0);
  if (refused)
    return ISTH_DISSECT_OK;
  if (!fits (m->command->response, m->length))
    return ISTH_DISSECT_MALFORMED;
  switch (m->code)
    {
    case 0x0501:
      read_controller_data (ctx, m, &about, pending && pending->memo[0] == 2);
      break;
    case 0x0502:
      good = read_connection_data (ctx, m, &about);
      break;
    case 0x0601:
      read_status (ctx, m, &about);
      break;
    case 0x2603:
      isth_emit_text (ctx, &about, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, m->body.data + m->body.position, isth_cursor_left (&m->body));
      break;
    }
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
read_frame (IsthCursor *c,
            IsthDissectContext *ctx)
{
  FinsState *state = isth_context_state (ctx);
  FinsMessage m = { 0 };
  bool good = read_header (c, &m);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  if (m.flags & RESPONSE)
    m.end = isth_cursor_be16 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  m.body = isth_cursor_rest (c);
  m.length = m.body.wire;
  return m.flags & RESPONSE ? read_response (ctx, state, &m) : read_request (ctx, state, &m);
}

/* W421 7-4-2: the client asks for a node number of its own and learns that of the server; only then frames may follow. */
static IsthDissectResult
read_node_addresses (IsthCursor *c,
                     IsthDissectContext *ctx,
                     uint32_t command,
                     uint32_t error)
{
  FinsState *state = isth_context_state (ctx);
  uint8_t server[3] = { 0 };
  char text[24];

  isth_cursor_skip (c, 4); /* the client's number, or 0: any */
  if (command == 0)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){ .match = UINT64_MAX, .verb = ISTH_OP_OTHER, .function = -1, .name = "node-address-request" });
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  isth_cursor_skip (c, 3);
  server[1] = isth_cursor_u8 (c);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, UINT64_MAX, error == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      error == 0 ? NULL : isth_text_format (text, sizeof text, "error 0x%02x", error), false);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (error == 0)
    {
      state->server_node = server[1];
      claim_address (ctx, state, server, c->data + c->position - 3);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
fins_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint32_t length, command, error;

  if (isth_context_packet (ctx)->layer != ISTH_LAYER_TCP)
    return read_frame (c, ctx);
  if (isth_cursor_be32 (c) != MAGIC)
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  length = isth_cursor_be32 (c);
  command = isth_cursor_be32 (c);
  error = isth_cursor_be32 (c);
  if (c->failed || length < 8)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - 8);
  if (command < 2)
    return read_node_addresses (c, ctx, command, error);
  return command == 2 && error == 0 ? read_frame (c, ctx) : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 9600 }, { ISTH_BIND_TCP, 9600 } };

const IsthDissector isth_dissector_fins = {
  .id = "fins", /* stored in project files: never change it */
  .title = "Omron FINS",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware name state protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (FinsState),
  .probe = fins_probe,
  .pdu_length = fins_pdu_length,
  .dissect = fins_dissect,
};
