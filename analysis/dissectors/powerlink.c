/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ethernet POWERLINK: a managing node polls controlled nodes in a fixed cycle, and invites them to say more. EPSG DS 301 V1.3, 4.6 (frames),
 * 6.3 (SDO), 7 (network management); of version 1 the frames only.
 *
 * Process data are streams by node; what they mean stands in their mapping, which is not kept. Nodes send most of what they say to a
 * multicast address, which is another flow than that of the question: only what two nodes exchange directly (SDO over UDP, or with unicast
 * addresses) has an outcome. Of what is read in segments the first one is. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/canopen-identity.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/powerlink-tables.h"

#define ETHER_TYPE 0x88ab
#define ETHER_TYPE_V1 0x3e3f
#define UDP_PORT 3819
#define MANAGING_NODE 240
#define BROADCAST_NODE 255
#define NO_STATUS 0xff
#define PROGRAM_DATA 0x1f50    /* objects of DS301 */
#define PROGRAM_CONTROL 0x1f51

typedef struct
{
  uint8_t node[2], status[2]; /* last said by each of the two ends */
  bool known[2];
  uint8_t loading, transaction; /* IsthOp of what is written in pieces, 0: nothing is */
} PowerlinkState;

typedef struct
{
  uint8_t type, target, source;
  bool first; /* version 1 of the protocol */
} Frame;

static bool
is_type (const Frame *f)
{
  return f->type < G_N_ELEMENTS (types) && types[f->type].name && (!f->first || types[f->type].in_first);
}

static bool
read_frame (IsthCursor *c,
            const IsthPacket *packet,
            Frame *f)
{
  f->type = isth_cursor_u8 (c) & 0x7f;
  f->target = isth_cursor_u8 (c);
  f->source = isth_cursor_u8 (c);
  f->first = packet->ether_type == ETHER_TYPE_V1;
  return !c->failed && is_type (f);
}

/* The few fields do not tell POWERLINK from other things: it is believed on its own numbers only. */
static IsthProbe
powerlink_probe (IsthCursor c,
                 const IsthPacket *packet)
{
  Frame f;

  if (packet->layer == ISTH_LAYER_UDP)
    return isth_cursor_peek (&c, 0) == TYPE_ASND && isth_cursor_peek (&c, 1) == 0 && isth_cursor_peek (&c, 2) == 0
               && isth_cursor_peek (&c, 3) == SERVICE_SDO ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (packet->ether_type != ETHER_TYPE && packet->ether_type != ETHER_TYPE_V1)
    return ISTH_PROBE_NO;
  return read_frame (&c, packet, &f) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
name_status (uint8_t status)
{
  for (size_t i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].status == status)
      return states[i].name;
  return NULL;
}

/* Who speaks, and in which state: said once, and when it changes. */
static void
note_sender (IsthDissectContext *ctx,
             const Frame *f,
             const uint8_t *status)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  PowerlinkState *state = isth_context_state (ctx);
  int end = isth_address_compare (&packet->source_mac, &packet->target_mac) > 0;
  bool managing = f->first ? f->source == 0 : f->source == MANAGING_NODE;
  char text[8];

  if (!state->known[end] || state->node[end] != f->source)
    {
      state->known[end] = true;
      state->node[end] = f->source;
      state->status[end] = NO_STATUS;
      isth_emit_role (ctx, NULL, managing ? "powerlink-managing-node" : "powerlink-controlled-node");
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", f->source), ISTH_CONFIDENCE_PARSED,
                       NULL, 0);
    }
  if (status && *status != state->status[end] && name_status (*status))
    {
      state->status[end] = *status;
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, name_status (*status), ISTH_CONFIDENCE_PARSED, status, 1);
    }
}

/* What comes in each cycle. */
static void
say (IsthDissectContext *ctx,
     const Frame *f,
     IsthOp verb,
     const char *name,
     uint8_t service,
     uint8_t node)
{
  const uint8_t what[] = { f->type, f->first, service, node };
  IsthRequest request = {
    .key = isth_context_digest (ctx, 0, what, sizeof what),
    .no_answer = true,
    .verb = verb,
    .function = f->type,
    .name = name,
  };
  char object[16];

  if (isth_emit_again (ctx, &request))
    return;
  request.object = node ? isth_text_format (object, sizeof object, "node %u", node) : "";
  isth_emit_request (ctx, &request);
}

/* Whose turn it is to send once more in this cycle, and what. */
static void
read_invitation (IsthDissectContext *ctx,
                 const Frame *f,
                 IsthCursor *c)
{
  const uint8_t *status = isth_cursor_bytes (c, 1);
  uint8_t service, node;

  isth_cursor_skip (c, 2); /* flags */
  service = isth_cursor_u8 (c);
  node = isth_cursor_u8 (c);
  if (c->failed)
    return;
  note_sender (ctx, f, status);
  for (size_t i = 0; i < G_N_ELEMENTS (invitations); i++)
    if (invitations[i].service == service)
      {
        say (ctx, f, invitations[i].verb, invitations[i].name, service, node);
        return;
      }
  say (ctx, f, ISTH_OP_OTHER, "invitation", service, node);
}

/* IdentResponse, 7.3.3.2: all fields little-endian and at fixed places. */
static void
read_identity (IsthDissectContext *ctx,
               const Frame *f,
               IsthCursor *c)
{
  const uint8_t *status, *at, *ip, *name;
  IsthEndpoint self = isth_context_sender (ctx);
  char text[ISTH_ADDRESS_TEXT];
  uint8_t bytes[4];

  isth_cursor_skip (c, 2);
  status = isth_cursor_bytes (c, 1);
  isth_cursor_skip (c, 19); /* version, features, sizes, response time */
  at = isth_cursor_bytes (c, 20);
  isth_cursor_skip (c, 24); /* extension, dates of configuration and software */
  ip = isth_cursor_bytes (c, 12);
  name = isth_cursor_bytes (c, 32);
  if (!status)
    return;
  note_sender (ctx, f, status);
  if (!at)
    return;
  isth_canopen_emit_type (ctx, NULL, isth_le16 (at), at);
  for (unsigned i = 1; i < 5; i++)
    {
      IsthCursor number = isth_cursor_new (at + 4 * i, 4, 4);

      isth_canopen_emit_object (ctx, NULL, 0x1018, (uint8_t) i, number);
    }
  if (!ip || !name)
    return;
  for (int i = 0; i < 4; i++)
    bytes[i] = ip[3 - i];
  self.ip = isth_address_ipv4 (bytes);
  if (isth_address_is_host (&self.ip))
    {
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&self.ip, text), ISTH_CONFIDENCE_PARSED, ip, 4);
      isth_emit_binding (ctx, &self, ip, 4);
    }
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, 32);
}

/* Commands of network management, 7.3.1.2: to one node or all; or a node asks the managing node to give one. */
static void
read_command (IsthDissectContext *ctx,
              const Frame *f,
              IsthCursor *c,
              bool requested)
{
  uint8_t command = isth_cursor_u8 (c);
  uint8_t target = requested ? isth_cursor_u8 (c) : f->target;
  const char *whose = requested ? ", requested of the managing node" : "";
  char object[64];

  if (c->failed)
    return;
  note_sender (ctx, f, NULL);
  if (target == BROADCAST_NODE)
    isth_text_format (object, sizeof object, "all nodes%s", whose);
  else
    isth_text_format (object, sizeof object, "node %u%s", target, whose);
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].command == command)
      {
        isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = commands[i].verb, .function = command, .name = commands[i].name,
                                                .object = object });
        return;
      }
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = command, .name = "nmt-command", .object = object });
}

/* Whether a command comes in one piece, or which of several it is. */
typedef enum
{
  SDO_WHOLE,
  SDO_FIRST,
  SDO_FURTHER,
  SDO_LAST,
} SdoPiece;

typedef struct
{
  uint8_t transaction, flags, command;
  SdoPiece piece;
  uint32_t total; /* of the first of several: how much there is in all */
  IsthCursor body;
} Sdo;

#define SDO_RESPONSE 0x80
#define SDO_ABORT 0x40

/* Sequence layer, command layer, 6.3.2; false when it carries no command. */
static bool
read_sdo_header (IsthCursor *c,
                 Sdo *sdo)
{
  uint16_t size;

  isth_cursor_skip (c, 5); /* sequence numbers, reserved */
  sdo->transaction = isth_cursor_u8 (c);
  sdo->flags = isth_cursor_u8 (c);
  sdo->command = isth_cursor_u8 (c);
  size = isth_cursor_le16 (c);
  isth_cursor_skip (c, 2);
  sdo->piece = (SdoPiece) (sdo->flags >> 4 & 3);
  sdo->total = sdo->piece == SDO_FIRST ? isth_cursor_le32 (c) : 0;
  if (c->failed)
    return false;
  sdo->body = isth_cursor_take (c, MIN (size, isth_cursor_wire_left (c)));
  return true;
}

/* What is written in several pieces is one transfer: a program (object PDL_DownloadProgData_ADOM) or a configuration. To a group of nodes nobody knows
 * whose it is. */
static void
follow_write (IsthDissectContext *ctx,
              const Sdo *sdo,
              const char *object)
{
  enum { INDEX = 4 };
  PowerlinkState *state = isth_context_state (ctx);
  IsthEndpoint receiver = isth_context_receiver (ctx);
  IsthCursor c = sdo->body;
  uint16_t index = isth_cursor_le16 (&c);
  IsthTransfer transfer = { .match = sdo->transaction, .object = object };

  if (isth_address_is_group (&receiver.ip) || isth_address_is_group (&receiver.mac))
    return;
  if (sdo->piece == SDO_FIRST)
    {
      state->loading = index == PROGRAM_DATA ? ISTH_OP_FIRMWARE : ISTH_OP_CONFIGURE;
      state->transaction = sdo->transaction;
      transfer.total = sdo->total > INDEX ? sdo->total - INDEX : 0;
    }
  else if (state->loading == 0 || state->transaction != sdo->transaction)
    return; /* its beginning was not seen */
  transfer.verb = (IsthOp) state->loading;
  if (sdo->piece == SDO_FIRST)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  transfer.bytes = isth_cursor_wire_left (&sdo->body) - (sdo->piece == SDO_FIRST && isth_cursor_wire_left (&sdo->body) >= INDEX ? INDEX : 0);
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (sdo->piece != SDO_LAST)
    return;
  isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  state->loading = 0;
}

/* The other end gave up what is written to it, or who writes does. */
static void
break_off_write (IsthDissectContext *ctx,
                 const Sdo *sdo,
                 const char *text)
{
  PowerlinkState *state = isth_context_state (ctx);

  if (state->loading != 0 && state->transaction == sdo->transaction)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT,
                        &(IsthTransfer){ .verb = (IsthOp) state->loading, .match = sdo->transaction, .by_device = sdo->flags & SDO_RESPONSE, .text = text });
  state->loading = 0;
}

static void
read_sdo_request (IsthDissectContext *ctx,
                  const Sdo *sdo)
{
  IsthCursor c = sdo->body;
  uint16_t index = isth_cursor_le16 (&c);
  uint8_t subindex = isth_cursor_u8 (&c);
  char object[32] = "";
  IsthRequest request = { .match = sdo->transaction, .verb = ISTH_OP_OTHER, .function = sdo->command, .name = "sdo", .object = object };

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (sdo->piece >= SDO_FURTHER)
    {
      if (sdo->command == SDO_WRITE)
        follow_write (ctx, sdo, NULL);
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (sdo_commands); i++)
    if (sdo_commands[i].command == sdo->command)
      {
        request.verb = sdo_commands[i].verb;
        request.name = sdo_commands[i].name;
      }
  if (sdo->command >= SDO_WRITE && sdo->command <= SDO_READ_ALL && !c.failed)
    {
      isth_text_format (object, sizeof object, "object 0x%04x:%u", index, subindex);
      request.memo[0] = (uint64_t) index << 8 | subindex;
      if (request.verb == ISTH_OP_READ && isth_canopen_is_identity (index))
        request.verb = ISTH_OP_IDENTIFY;
      if (sdo->command == SDO_WRITE && index == PROGRAM_CONTROL)
        request.verb = ISTH_OP_CONTROL;
      else if (sdo->command == SDO_WRITE && index == PROGRAM_DATA)
        request.verb = ISTH_OP_FIRMWARE;
    }
  isth_emit_request (ctx, &request);
  if (sdo->command == SDO_WRITE && sdo->piece == SDO_FIRST)
    follow_write (ctx, sdo, object);
}

static void
read_sdo_response (IsthDissectContext *ctx,
                   const Sdo *sdo)
{
  IsthCursor c = sdo->body;
  const IsthPending *pending;
  char text[32];

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (sdo->flags & SDO_ABORT)
    {
      uint32_t code = isth_cursor_le32 (&c);

      isth_text_format (text, sizeof text, "abort 0x%08x", code);
      isth_emit_response (ctx, sdo->transaction, ISTH_OUTCOME_REFUSED, text, false);
      break_off_write (ctx, sdo, text);
      return;
    }
  pending = isth_emit_response (ctx, sdo->transaction, ISTH_OUTCOME_OK, NULL, false);
  if (pending && sdo->command == SDO_READ)
    isth_canopen_emit_object (ctx, NULL, (uint16_t) (pending->memo[0] >> 8), (uint8_t) pending->memo[0], c);
}

static void
read_sdo (IsthDissectContext *ctx,
          IsthCursor *c)
{
  Sdo sdo;

  if (!read_sdo_header (c, &sdo) || (sdo.command == 0 && !(sdo.flags & SDO_ABORT)))
    return; /* connects or acknowledges only */
  if (sdo.flags & SDO_RESPONSE)
    read_sdo_response (ctx, &sdo);
  else if (sdo.flags & SDO_ABORT)
    break_off_write (ctx, &sdo, "broken off by who sent it");
  else
    read_sdo_request (ctx, &sdo);
}

static IsthDissectResult
read_asynchronous (IsthDissectContext *ctx,
                   const Frame *f,
                   IsthCursor *c)
{
  uint8_t service = isth_cursor_u8 (c);

  switch (service)
    {
    case SERVICE_IDENT:
      read_identity (ctx, f, c);
      break;
    case SERVICE_STATUS:
      isth_cursor_skip (c, 2); /* flags */
      note_sender (ctx, f, isth_cursor_bytes (c, 1));
      break;
    case SERVICE_NMT_REQUEST:
    case SERVICE_NMT_COMMAND:
      read_command (ctx, f, c, service == SERVICE_NMT_REQUEST);
      break;
    case SERVICE_SDO:
      if (isth_context_packet (ctx)->layer != ISTH_LAYER_UDP)
        note_sender (ctx, f, NULL);
      read_sdo (ctx, c);
      break;
    default:
      note_sender (ctx, f, NULL);
      break;
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static IsthDissectResult
powerlink_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  const uint8_t *status = NULL;
  Frame f;

  if (!read_frame (c, isth_context_packet (ctx), &f))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (!f.first && f.type == TYPE_ASND)
    return read_asynchronous (ctx, &f, c);
  if (!f.first && f.type == TYPE_SOA)
    {
      read_invitation (ctx, &f, c);
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  if (!f.first && f.type == TYPE_PRES)
    status = isth_cursor_bytes (c, 1);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  note_sender (ctx, &f, status);
  say (ctx, &f, types[f.type].verb, f.first && f.type == TYPE_SOA ? "invitation" : types[f.type].name, 0,
       f.type == TYPE_PRES ? f.source : f.type == TYPE_PREQ || (f.first && f.type == TYPE_SOA) ? f.target : 0);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_ETHER_TYPE, ETHER_TYPE },
  { ISTH_BIND_ETHER_TYPE, ETHER_TYPE_V1 },
  { ISTH_BIND_UDP, UDP_PORT },
};

const IsthDissector isth_dissector_powerlink = {
  .id = "powerlink",
  .title = "Ethernet POWERLINK",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor_id product_code firmware serial hostname device_type device_type_id protocol_address mgmt_address state model hardware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (PowerlinkState),
  .probe = powerlink_probe,
  .dissect = powerlink_dissect,
};
