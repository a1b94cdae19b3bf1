/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EtherNet/IP encapsulation: sessions, List Identity, and the CIP messages inside. CIP Volume 2, chapter 2. */
#include <glib.h>

#include "analysis/dissectors/cip-identity.h"
#include "analysis/dissectors/dissector.h"

#define HEADER 24
#define UNCONNECTED_HEAD 10 /* how many items, an empty address, the head of the data */
#define CONNECTED_HEAD 16   /* the same with the address of a connection, and the number of the message */

enum
{
  COMMAND_NOP = 0x00,
  COMMAND_LEGACY = 0x01, /* reserved for what was before; Rockwell's software asks it, and devices answer with their address */
  COMMAND_LIST_SERVICES = 0x04,
  COMMAND_LIST_IDENTITY = 0x63,
  COMMAND_LIST_INTERFACES = 0x64,
  COMMAND_REGISTER_SESSION = 0x65,
  COMMAND_UNREGISTER_SESSION = 0x66,
  COMMAND_SEND_RR_DATA = 0x6f,
  COMMAND_SEND_UNIT_DATA = 0x70,
  COMMAND_INDICATE_STATUS = 0x72,
  COMMAND_CANCEL = 0x73,
};

enum
{
  ITEM_NULL = 0x0000,
  ITEM_IDENTITY = 0x000c,
  ITEM_SECURITY = 0x0086,
  ITEM_CONNECTED_ADDRESS = 0x00a1,
  ITEM_CONNECTED_DATA = 0x00b1,
  ITEM_UNCONNECTED_DATA = 0x00b2,
  ITEM_SEQUENCED_ADDRESS = 0x8002,
};

enum
{
  SECURITY_CONFIGURED = 2,
  SECURITY_PULLED = 4, /* what it needs, from a server */
};

static const struct
{
  uint16_t command;
  IsthOp verb;
  const char *name;
} commands[] = {
  { COMMAND_NOP, ISTH_OP_OTHER, "nop" },
  { COMMAND_LIST_SERVICES, ISTH_OP_IDENTIFY, "list-services" },
  { COMMAND_LIST_IDENTITY, ISTH_OP_IDENTIFY, "list-identity" },
  { COMMAND_LIST_INTERFACES, ISTH_OP_IDENTIFY, "list-interfaces" },
  { COMMAND_REGISTER_SESSION, ISTH_OP_OTHER, "register-session" },
  { COMMAND_UNREGISTER_SESSION, ISTH_OP_OTHER, "unregister-session" },
  { COMMAND_SEND_RR_DATA, ISTH_OP_OTHER, "send-rr-data" },
  { COMMAND_SEND_UNIT_DATA, ISTH_OP_OTHER, "send-unit-data" },
  { COMMAND_INDICATE_STATUS, ISTH_OP_OTHER, "indicate-status" },
  { COMMAND_CANCEL, ISTH_OP_OTHER, "cancel" },
  { COMMAND_LEGACY, ISTH_OP_IDENTIFY, "legacy-address-query" },
};

typedef struct
{
  uint16_t command, length;
  uint32_t session, status;
  const uint8_t *context; /* 8 bytes */
  uint32_t options;
} Header;

static inline Header
read_header (IsthCursor *c)
{
  const uint8_t *bytes = isth_cursor_bytes (c, HEADER);

  if (!bytes)
    return (Header){ 0 };
  return (Header){ isth_le16 (bytes), isth_le16 (bytes + 2), isth_le32 (bytes + 4), isth_le32 (bytes + 8), bytes + 12, isth_le32 (bytes + 20) };
}

/* Index into commands; -1: none. Most messages are one of two. */
static inline int
find_command (uint16_t command)
{
  if (command == COMMAND_SEND_RR_DATA || command == COMMAND_SEND_UNIT_DATA)
    return command == COMMAND_SEND_RR_DATA ? 6 : 7;
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].command == command)
      return (int) i;
  return -1;
}

/* Statuses: 0 success, 1 … 3 and 0x64, 0x65, 0x69 errors. */
static IsthProbe
enip_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Header header = read_header (&c);

  if (c.failed || find_command (header.command) < 0 || header.options != 0 || header.status > 0x6a)
    return ISTH_PROBE_NO;
  if (packet->layer == ISTH_LAYER_UDP && header.length != isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  if (header.command == COMMAND_REGISTER_SESSION && header.length != 4)
    return ISTH_PROBE_NO;
  if ((header.command == COMMAND_SEND_RR_DATA || header.command == COMMAND_SEND_UNIT_DATA) && header.status == 0 && header.length < 6)
    return ISTH_PROBE_NO;
  /* 24 zero bytes are a NOP, too, and with a one in front the next: not enough to be sure on any port. */
  return header.command <= COMMAND_LEGACY ? ISTH_PROBE_WEAK : ISTH_PROBE_STRONG;
}

static uint32_t
enip_pdu_length (IsthCursor c)
{
  uint16_t command = isth_cursor_le16 (&c);
  uint16_t length = isth_cursor_le16 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return find_command (command) < 0 ? ISTH_PDU_INVALID : HEADER + (uint32_t) length;
}

/* What question and answer share: the sender context, which the answer repeats. */
static uint32_t
fold_context (const uint8_t *context)
{
  uint64_t all;

  memcpy (&all, context, sizeof all);
  return (uint32_t) (all * 0x9e3779b97f4a7c15ull >> 32) | 1;
}

static IsthDissectResult
read_identity_item (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  isth_cursor_skip (c, 2 + 16); /* protocol version, socket address */
  return isth_cip_identity_read (c, ctx, NULL) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* CIP Security (Volume 8, 4-3): the profiles a device has, how far it and EtherNet/IP are set up for them. */
static void
read_security_item (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  uint16_t profiles = isth_cursor_le16 (c);
  uint8_t state;

  isth_cursor_skip (c, 1);
  state = isth_cursor_u8 (c);
  if (!c->failed && profiles != 0 && (state == SECURITY_CONFIGURED || state == SECURITY_PULLED))
    isth_emit_role (ctx, NULL, "cip-security");
}

/* What nearly all messages have: the address of a connection, or none, and right behind it all the data. False: they have to be read one by one. */
static bool
read_usual_items (const IsthCursor *c,
                  const Header *header,
                  IsthCursor *message,
                  uint64_t *key)
{
  uint32_t left = isth_cursor_left (c);
  const uint8_t *at = c->data + c->position;
  uint32_t head, length;

  if (left < CONNECTED_HEAD || c->failed || c->length != c->wire || isth_le16 (at) != 2)
    return false;
  if (isth_le16 (at + 2) == ITEM_NULL && isth_le16 (at + 4) == 0 && isth_le16 (at + 6) == ITEM_UNCONNECTED_DATA)
    {
      head = UNCONNECTED_HEAD;
      *key = (uint64_t) fold_context (header->context) << 32;
    }
  else if (isth_le16 (at + 2) == ITEM_CONNECTED_ADDRESS && isth_le16 (at + 4) == 4 && isth_le16 (at + 10) == ITEM_CONNECTED_DATA && isth_le16 (at + 12) >= 2)
    {
      head = CONNECTED_HEAD; /* with the number of the message, which is the first of its data */
      *key = (uint64_t) (0x80000000u | isth_le16 (at + 14)) << 32 | isth_le32 (at + 6);
    }
  else
    return false;
  length = head == UNCONNECTED_HEAD ? isth_le16 (at + 8) : isth_le16 (at + 12) - 2u;
  if (length > left - head)
    return false;
  *message = isth_cursor_new (at + head, length, length);
  return true;
}

/* The common packet format: an address item, then a data item. */
static IsthDissectResult
read_items (IsthCursor *c,
            IsthDissectContext *ctx,
            const Header *header)
{
  IsthCursor message ISTH_UNSET;
  uint64_t key;
  uint32_t connection = 0, shared = fold_context (header->context);
  IsthDissectResult result = ISTH_DISSECT_OK;
  uint16_t n;

  if (read_usual_items (c, header, &message, &key))
    return isth_context_hand_over (ctx, ISTH_BIND_CIP, key, &message) == ISTH_DISSECT_MALFORMED ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
  n = isth_cursor_le16 (c);
  for (uint16_t i = 0; i < n && result != ISTH_DISSECT_MALFORMED && !c->failed; i++)
    {
      const uint8_t *head = isth_cursor_bytes (c, 4);
      uint16_t type, length;
      IsthCursor item ISTH_UNSET;

      if (!head)
        break;
      type = isth_le16 (head);
      length = isth_le16 (head + 2);
      if (type == ITEM_NULL && length == 0)
        continue; /* the address of what goes without a connection */
      item = isth_cursor_take (c, length);
      switch (type)
        {
        case ITEM_IDENTITY:
          result = read_identity_item (&item, ctx);
          break;
        case ITEM_SECURITY:
          read_security_item (&item, ctx);
          break;
        case ITEM_CONNECTED_ADDRESS:
        case ITEM_SEQUENCED_ADDRESS:
          connection = isth_cursor_le32 (&item);
          break;
        case ITEM_CONNECTED_DATA:
          shared = 0x80000000u | isth_cursor_le16 (&item);
          G_GNUC_FALLTHROUGH;
        case ITEM_UNCONNECTED_DATA:
          if (isth_context_hand_over (ctx, ISTH_BIND_CIP, (uint64_t) shared << 32 | connection, &item) == ISTH_DISSECT_MALFORMED)
            result = ISTH_DISSECT_MALFORMED;
          break;
        default:
          break;
        }
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : result;
}

static const char *
get_error (uint32_t status)
{
  switch (status)
    {
    case 0x00:
      return NULL;
    case 0x01:
      return "invalid command";
    case 0x02:
      return "no memory";
    case 0x03:
      return "incorrect data";
    case 0x64:
      return "invalid session";
    case 0x65:
      return "invalid length";
    case 0x69:
      return "unsupported protocol revision";
    case 0x6a:
      return "not allowed on this port";
    default:
      return "error";
    }
}

/* Whether the message is an answer, told from itself; -1: it does not say. */
static int
is_answer (const Header *header)
{
  switch (header->command)
    {
    case COMMAND_LEGACY:
    case COMMAND_LIST_SERVICES:
    case COMMAND_LIST_IDENTITY:
    case COMMAND_LIST_INTERFACES:
      return header->length > 0 || header->status != 0;
    case COMMAND_REGISTER_SESSION:
      return header->session != 0 || header->status != 0;
    case COMMAND_UNREGISTER_SESSION:
      return 0;
    default:
      return header->status != 0 ? 1 : -1;
    }
}

/* Several commands may go out at once, with the same context. */
static uint64_t
get_match (const Header *header)
{
  return (uint64_t) header->command << 32 | fold_context (header->context);
}

static IsthDissectResult
enip_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  Header header = read_header (c);
  int command = find_command (header.command);
  int answer;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (command < 0 || header.options != 0)
    return ISTH_DISSECT_NOT_MINE;
  answer = is_answer (&header);
  if (answer >= 0)
    isth_context_prove_direction (ctx, answer ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);

  if (header.command == COMMAND_SEND_RR_DATA || header.command == COMMAND_SEND_UNIT_DATA)
    {
      if (answer == 1)
        return ISTH_DISSECT_OK; /* refused as a whole: no message inside */
      isth_cursor_skip (c, 6); /* interface handle, timeout */
      return read_items (c, ctx, &header);
    }
  if (answer == 0)
    isth_emit_request (ctx, &(IsthRequest){
                                .match = get_match (&header),
                                .no_answer = header.command == COMMAND_UNREGISTER_SESSION,
                                .verb = commands[command].verb,
                                .function = header.command,
                                .name = commands[command].name,
                            });
  else if (answer == 1)
    {
      isth_emit_response (ctx, get_match (&header), header.status == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, get_error (header.status), false);
      if (header.command == COMMAND_LIST_IDENTITY && header.status == 0)
        return read_items (c, ctx, &header);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 44818 }, { ISTH_BIND_UDP, 44818 } };

const IsthDissector isth_dissector_enip = {
  .id = "enip",
  .title = "EtherNet/IP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor device_type product_code firmware serial model",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = enip_probe,
  .pdu_length = enip_pdu_length,
  .dissect = enip_dissect,
};
