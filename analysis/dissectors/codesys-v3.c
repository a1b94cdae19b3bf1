/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CODESYS V3: the name service that says what a controller is (UDP 1740 to 1743), and the services of its runtime in channels (the same, and TCP 11740 with a
 * block driver's head). There is no public description; read as public tools and analyses describe it.
 *
 * A command is named when its message begins; where it goes on in further blocks they are counted only. Whether a service was refused
 * is coded in its answer's data and not read, so outcomes are not known. Encrypted channels show as such only by their lack of commands. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/codesys-v3-tables.h"
#include "analysis/dissectors/magic.h"

#define BLOCK_MAGIC 0x000117e8
#define BLOCK_HEADER 8
#define BLOCK_LONGEST 16384
#define DATAGRAM 0xc5
#define IDENTIFICATION 0xc280
#define SERVICES 0xcd55
#define SERVICES_SECURE 0x7557
#define SHORT_HEAD 12

/* Services of a datagram. */
enum
{
  ADDRESS_REQUEST = 1,
  ADDRESS_ANSWER,
  NAME_REQUEST,
  NAME_ANSWER,
  CHANNEL = 0x40,
};

typedef struct
{
  bool client_known, server_known;
  bool downloading;     /* an application is being brought */
  uint32_t left;        /* bytes of the message in hand that follow in further blocks */
} CodesysState;

typedef struct
{
  uint8_t service;
  IsthCursor payload;
} CodesysDatagram;

/* The head, the addresses in words of two bytes, and what fills up to four. */
static bool
read_datagram (IsthCursor *c,
               CodesysDatagram *d)
{
  uint32_t start = c->position, used, addresses;
  uint8_t hops, words, lengths;

  if (isth_cursor_u8 (c) != DATAGRAM)
    return false;
  hops = isth_cursor_u8 (c);
  words = hops & 0x07;
  isth_cursor_skip (c, 1);
  d->service = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  lengths = isth_cursor_u8 (c);
  if (words < 3 || words > 4 || hops < 8 || (d->service > NAME_ANSWER && d->service != CHANNEL) || d->service == 0)
    return false;
  addresses = 2u * ((lengths >> 4) + (lengths & 0x0f));
  isth_cursor_skip (c, 2u * (words - 3u) + addresses);
  used = c->position - start;
  isth_cursor_skip (c, used % 4);
  d->payload = isth_cursor_rest (c);
  return true;
}

/* What a channel's block holds at its start: a service and its command. */
typedef struct
{
  bool first, request;
  uint16_t group, command;
  uint32_t size;     /* of the whole message behind its head */
  const uint8_t *start;
  IsthCursor data;
} CodesysBlock;

static bool
read_block (IsthCursor c,
            CodesysBlock *b)
{
  const uint8_t *start = c.data + c.position;
  uint8_t command = isth_cursor_u8 (&c), flags = isth_cursor_u8 (&c);
  uint16_t protocol, head;

  if (command != 1 || (flags & 0x7e))
    return false;
  *b = (CodesysBlock){ .first = flags & 1, .request = flags & 0x80, .start = start };
  isth_cursor_skip (&c, 10); /* channel, number of the block, last one received */
  if (!b->first)
    {
      b->data = isth_cursor_rest (&c);
      return !c.failed;
    }
  isth_cursor_skip (&c, 8); /* size of the message, checksum */
  protocol = isth_cursor_le16 (&c);
  head = isth_cursor_le16 (&c); /* behind itself: with or without four further bytes */
  b->group = isth_cursor_le16 (&c);
  b->command = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 4);
  b->size = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, head > SHORT_HEAD ? 4 : 0);
  b->data = isth_cursor_rest (&c);
  return !c.failed && (protocol == SERVICES || protocol == SERVICES_SECURE);
}

static IsthProbe
probe_datagram (IsthCursor c)
{
  CodesysDatagram d;
  CodesysBlock b;
  uint16_t type;

  if (!read_datagram (&c, &d) || c.failed)
    return ISTH_PROBE_NO;
  if (d.service == NAME_REQUEST || d.service == NAME_ANSWER)
    {
      type = isth_cursor_le16 (&d.payload);
      return !d.payload.failed && type >> 8 == 0xc2 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  if (d.service == CHANNEL && read_block (d.payload, &b) && b.first)
    return ISTH_PROBE_STRONG;
  return ISTH_PROBE_WEAK;
}

static IsthProbe
codesys_v3_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  uint32_t length;

  if (packet->layer != ISTH_LAYER_TCP)
    return isth_cursor_peek (&c, 0) == DATAGRAM ? probe_datagram (c) : ISTH_PROBE_NO;
  if (isth_cursor_be32 (&c) != BLOCK_MAGIC)
    return ISTH_PROBE_NO;
  length = isth_cursor_le32 (&c);
  return !c.failed && length > BLOCK_HEADER && length <= BLOCK_LONGEST && isth_cursor_peek (&c, 0) == DATAGRAM ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
codesys_v3_pdu_length (IsthCursor c)
{
  uint32_t length, verdict;

  if (!isth_magic_take (&c, "\x00\x01\x17\xe8", 4, &verdict))
    return verdict;
  length = isth_cursor_le32 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length > BLOCK_HEADER && length <= BLOCK_LONGEST ? length : ISTH_PDU_INVALID;
}

static void
note_end (IsthDissectContext *ctx,
          CodesysState *state,
          bool server)
{
  bool *known = server ? &state->server_known : &state->client_known;

  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, known, server ? "codesys-v3-server" : "codesys-v3-client");
}

static void
claim_wide_text (IsthDissectContext *ctx,
                 IsthCursor *c,
                 uint32_t characters,
                 IsthAttribute attribute)
{
  const uint8_t *bytes = isth_cursor_bytes (c, 2 * characters);
  char text[ISTH_LIMIT_TEXT];

  if (bytes && characters > 0)
    isth_emit_claim (ctx, NULL, attribute, isth_text_from_utf16 (text, sizeof text, bytes, 2 * characters, false), ISTH_CONFIDENCE_PARSED,
                     bytes, 2 * characters);
  isth_cursor_skip (c, 2);
}

static bool
read_identification (IsthDissectContext *ctx,
                     IsthCursor c)
{
  uint32_t parent, node, device, vendor, id, serial;
  const uint8_t *version, *id_at, *bytes;
  char text[24];
  bool little;

  isth_cursor_skip (&c, 2);
  little = isth_cursor_u8 (&c) != 0;
  isth_cursor_skip (&c, 1);
  parent = isth_cursor_le16 (&c);
  node = isth_cursor_le16 (&c);
  device = isth_cursor_le16 (&c);
  vendor = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 4); /* type of target */
  id_at = c.data + c.position;
  id = isth_cursor_le32 (&c);
  version = isth_cursor_bytes (&c, 4);
  isth_cursor_skip (&c, 4);
  serial = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 11);
  if (c.failed || !little)
    return !c.failed; /* of controllers with the other byte order nothing is known */
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_text_format (text, sizeof text, "0x%08x", id), ISTH_CONFIDENCE_PARSED, id_at, 4);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u.%u.%u.%u", version[3], version[2], version[1], version[0]),
                   ISTH_CONFIDENCE_PARSED, version, 4);
  isth_cursor_skip (&c, parent);
  claim_wide_text (ctx, &c, node, ISTH_ATTRIBUTE_NAME);
  claim_wide_text (ctx, &c, device, ISTH_ATTRIBUTE_MODEL);
  claim_wide_text (ctx, &c, vendor, ISTH_ATTRIBUTE_VENDOR);
  if (c.failed)
    return false;
  bytes = serial > 0 ? isth_cursor_bytes (&c, serial) : NULL;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_PARSED, bytes, serial);
  return !c.failed;
}

static IsthDissectResult
read_name_service (IsthDissectContext *ctx,
                   CodesysState *state,
                   const CodesysDatagram *d)
{
  IsthCursor c = d->payload;
  uint16_t type = isth_cursor_le16 (&c);
  uint32_t request;

  isth_cursor_skip (&c, 2);
  request = isth_cursor_le32 (&c);
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  if (d->service == NAME_REQUEST)
    {
      note_end (ctx, state, false);
      isth_emit_request (ctx, &(IsthRequest){
        .match = request,
        .verb = ISTH_OP_IDENTIFY,
        .function = type,
        .name = type == 0xc201 ? "get-address" : type == 0xc202 ? "get-node-information" : "name-service",
      });
      return ISTH_DISSECT_OK;
    }
  note_end (ctx, state, true);
  isth_emit_response (ctx, request, ISTH_OUTCOME_OK, NULL, false);
  if (type == IDENTIFICATION && !read_identification (ctx, c))
    return ISTH_DISSECT_MALFORMED;
  return ISTH_DISSECT_OK;
}

static bool
is_download (const CodesysBlock *b)
{
  return b->group == CODESYS_APP && (b->command == 0x05 || b->command == 0x06 || b->command == 0x07 || b->command == 0x30 || b->command == 0x34);
}

static void
follow (IsthDissectContext *ctx,
        CodesysState *state,
        const CodesysBlock *b,
        const char *name)
{
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM };

  if (is_download (b))
    {
      transfer.object = name;
      if (!state->downloading)
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      state->downloading = true;
      transfer.bytes = b->data.wire;
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
      state->left = b->size > b->data.wire ? b->size - b->data.wire : 0;
      return;
    }
  state->left = 0;
  if (state->downloading && b->group == CODESYS_APP)
    {
      state->downloading = false;
      isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
    }
  if (b->group != CODESYS_FILE)
    return;
  transfer.verb = ISTH_OP_FILE;
  if (b->command == 0x02 || b->command == 0x05)
    {
      transfer.object = b->command == 0x02 ? "file to the controller" : "file from the controller";
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if (b->command == 0x04)
    {
      transfer.bytes = b->size;
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (b->command == 0x08)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  else if (b->command == 0x09)
    {
      transfer.text = "cancelled";
      isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
    }
}

/* What it carries may be a password, or a file. */
static bool
is_private (IsthOp verb,
            uint16_t group)
{
  return verb == ISTH_OP_AUTHENTICATE || verb == ISTH_OP_FILE || verb == ISTH_OP_OTHER || group == CODESYS_USERS;
}

static void
read_service_request (IsthDissectContext *ctx,
                      CodesysState *state,
                      const CodesysBlock *b)
{
  char object[40] = "";
  IsthRequest request = {
    .no_answer = true, .function = (int64_t) b->group << 8 | b->command, .verb = ISTH_OP_OTHER, .name = "service", .object = object,
  };

  isth_text_format (object, sizeof object, "service 0x%02x command 0x%02x", b->group, b->command);
  for (size_t i = 0; i < G_N_ELEMENTS (codesys_groups); i++)
    if (codesys_groups[i].group == b->group)
      {
        request.verb = codesys_groups[i].verb;
        request.name = codesys_groups[i].name;
        isth_text_format (object, sizeof object, "command 0x%02x", b->command);
      }
  for (size_t i = 0; i < G_N_ELEMENTS (codesys_commands); i++)
    if (codesys_commands[i].group == b->group && codesys_commands[i].command == b->command)
      {
        request.verb = codesys_commands[i].verb;
        request.name = codesys_commands[i].name;
        object[0] = '\0';
      }
  if (is_private (request.verb, b->group))
    isth_context_show (ctx, b->start, (uint32_t) (b->data.data + b->data.position - b->start));
  note_end (ctx, state, false);
  isth_emit_request (ctx, &request);
  follow (ctx, state, b, request.name);
}

static IsthDissectResult
read_channel (IsthDissectContext *ctx,
              CodesysState *state,
              const CodesysDatagram *d)
{
  CodesysBlock b;
  int command = isth_cursor_peek (&d->payload, 0);

  if (command < 0)
    return ISTH_DISSECT_MALFORMED;
  if (command == 0xc3 || command == 0xc4)
    {
      note_end (ctx, state, false);
      isth_emit_request (ctx, &(IsthRequest){
        .no_answer = true, .function = command, .verb = ISTH_OP_OTHER, .name = command == 0xc3 ? "open-channel" : "close-channel",
      });
    }
  if (command == 0x83)
    note_end (ctx, state, true);
  if (command != 1 || !read_block (d->payload, &b))
    return ISTH_DISSECT_OK;
  if (b.first && b.request && !(b.group & 0x80))
    read_service_request (ctx, state, &b);
  else if (b.first && (b.group & 0x80))
    {
      note_end (ctx, state, true);
      if (b.group == (CODESYS_FILE | 0x80) && b.command == 0x07)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer){ .verb = ISTH_OP_FILE, .by_device = true, .bytes = b.size });
    }
  else if (!b.first && b.request && state->left > 0)
    {
      isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer){ .verb = ISTH_OP_PROGRAM, .bytes = MIN (state->left, b.data.wire) });
      state->left -= MIN (state->left, b.data.wire);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
codesys_v3_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  CodesysState *state = isth_context_state (ctx);
  CodesysDatagram d;
  uint32_t length;
  bool good;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_TCP)
    {
      if (isth_cursor_be32 (c) != BLOCK_MAGIC)
        return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
      length = isth_cursor_le32 (c);
      if (c->failed || length < BLOCK_HEADER)
        return ISTH_DISSECT_MALFORMED;
      isth_cursor_limit (c, length - BLOCK_HEADER);
    }
  good = read_datagram (c, &d);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  switch (d.service)
    {
    case NAME_REQUEST:
    case NAME_ANSWER:
      return read_name_service (ctx, state, &d);
    case CHANNEL:
      return read_channel (ctx, state, &d);
    default:
      return ISTH_DISSECT_OK; /* who has which address */
    }
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_UDP, 1740 }, { ISTH_BIND_TCP, 11740 }, { ISTH_BIND_UDP, 1741 }, { ISTH_BIND_UDP, 1742 }, { ISTH_BIND_UDP, 1743 },
  { ISTH_BIND_TCP, 11741 }, { ISTH_BIND_TCP, 1217 },
};

const IsthDissector isth_dissector_codesys_v3 = {
  .id = "codesys-v3", /* stored in project files: never change it */
  .title = "CODESYS V3",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model name firmware serial device_type_id",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CodesysState),
  .probe = codesys_v3_probe,
  .pdu_length = codesys_v3_pdu_length,
  .dissect = codesys_v3_dissect,
};
