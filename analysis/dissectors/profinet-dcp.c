/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PROFINET discovery and configuration: devices say their name, type and address; tools and
 * controllers name them, give them addresses, make them blink, reset them. IEC 61158-6-10, 4.3. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

enum
{
  FRAME_HELLO = 0xfefc,
  FRAME_GET_SET = 0xfefd,
  FRAME_IDENTIFY = 0xfefe,
  FRAME_IDENTIFIED = 0xfeff,
};

enum
{
  SERVICE_GET = 3,
  SERVICE_SET = 4,
  SERVICE_IDENTIFY = 5,
  SERVICE_HELLO = 6,
};

enum
{
  TYPE_REQUEST = 0,
  TYPE_SUCCESS = 1,
  TYPE_UNSUPPORTED = 5,
};

/* Option << 8 | suboption. */
enum
{
  BLOCK_IP = 0x0102,
  BLOCK_IP_SUITE = 0x0103,
  BLOCK_TYPE = 0x0201,
  BLOCK_NAME = 0x0202,
  BLOCK_DEVICE_ID = 0x0203,
  BLOCK_ROLE = 0x0204,
  BLOCK_END = 0x0502,
  BLOCK_SIGNAL = 0x0503,
  BLOCK_RESPONSE = 0x0504,
  BLOCK_FACTORY_RESET = 0x0505,
  BLOCK_RESET = 0x0506,
  BLOCK_ALL = 0xffff,
};

static const struct
{
  uint16_t block;
  const char *name; /* what setting it is called; NULL: it can only be read */
  IsthOp op;
  const char *title;
} blocks[] = {
  { 0x0101, NULL, 0, "MAC address" },
  { BLOCK_IP, "set-ip", ISTH_OP_CONFIGURE, "IP parameter" },
  { BLOCK_IP_SUITE, "set-ip-suite", ISTH_OP_CONFIGURE, "full IP suite" },
  { BLOCK_TYPE, NULL, 0, "type of station" },
  { BLOCK_NAME, "set-name", ISTH_OP_CONFIGURE, "name of station" },
  { BLOCK_DEVICE_ID, NULL, 0, "device ID" },
  { BLOCK_ROLE, NULL, 0, "device role" },
  { 0x0205, NULL, 0, "device options" },
  { 0x0206, NULL, 0, "alias name" },
  { 0x0207, NULL, 0, "device instance" },
  { 0x0208, NULL, 0, "OEM device ID" },
  { 0x0209, NULL, 0, "standard gateway" },
  { 0x020a, "set-rsi-properties", ISTH_OP_CONFIGURE, "RSI properties" },
  { 0x030c, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP host name" },
  { 0x032b, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP vendor option" },
  { 0x0336, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP server" },
  { 0x0337, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP parameter list" },
  { 0x033c, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP class" },
  { 0x033d, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP client" },
  { 0x0351, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP domain name" },
  { 0x0361, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP client UUID" },
  { 0x03ff, "set-dhcp", ISTH_OP_CONFIGURE, "DHCP" },
  { 0x0501, "start-transaction", ISTH_OP_OTHER, "start transaction" },
  { BLOCK_END, "end-transaction", ISTH_OP_OTHER, "end transaction" },
  { BLOCK_SIGNAL, "signal", ISTH_OP_DIAGNOSE, "signal" }, /* the lamp blinks: nothing is controlled */
  { BLOCK_FACTORY_RESET, "factory-reset", ISTH_OP_CONFIGURE, "factory reset" },
  { BLOCK_RESET, "reset-to-factory", ISTH_OP_CONFIGURE, "reset to factory" },
  { 0x0601, "set-device-initiative", ISTH_OP_CONFIGURE, "device initiative" },
  { 0x0701, "set-tsn-domain", ISTH_OP_CONFIGURE, "TSN domain" },
  { 0x0702, NULL, 0, "TSN network manager" },
  { 0x0703, NULL, 0, "TSN parameters" },
  { 0x0704, NULL, 0, "TSN agent" },
  { 0x0705, NULL, 0, "TSN interface" },
  { BLOCK_ALL, NULL, 0, "all" },
};

/* What a reset to factory loses: its mode stands in the qualifier, above the lowest bit. */
static const char *const resets[] = {
  NULL,
  "application data",
  "communication parameters",
  "engineering parameters",
  "all stored data",
  NULL,
  NULL,
  NULL,
  "all stored data of the device",
  "data and firmware restored",
};

/* Bits of the role a device says it has. */
static const struct
{
  uint8_t bit;
  const char *role;
} roles[] = {
  { 1, "profinet-device" },
  { 2, "profinet-controller" },
  { 4, "profinet-multidevice" },
  { 8, "profinet-supervisor" },
};

static const char *const errors[] = {
  NULL,
  "option not supported",
  "suboption not supported or no data",
  "suboption not set",
  "resource error",
  "not settable by local reasons",
  "in operation, not settable",
};

typedef struct
{
  uint16_t frame;
  uint8_t service, type;
  uint32_t transaction;
  IsthCursor body;
} Message;

static const IsthEndpoint nobody;

static size_t
find_block (uint16_t block)
{
  for (size_t i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (blocks[i].block == block)
      return i;
  return G_N_ELEMENTS (blocks);
}

static uint64_t
make_match (const Message *m,
            uint16_t block)
{
  return (uint64_t) m->service << 48 | (uint64_t) m->transaction << 16 | block;
}

/* The frame id, the service and its direction must agree: cyclic data shares the EtherType. */
static bool
read_message (IsthCursor *c,
              Message *m)
{
  uint16_t length;

  m->frame = isth_cursor_be16 (c);
  m->service = isth_cursor_u8 (c);
  m->type = isth_cursor_u8 (c);
  m->transaction = isth_cursor_be32 (c);
  isth_cursor_skip (c, 2); /* delay of the answer */
  length = isth_cursor_be16 (c);
  if (c->failed)
    return false;
  m->body = isth_cursor_take (c, length);
  return true;
}

static bool
is_known (const Message *m)
{
  switch (m->frame)
    {
    case FRAME_HELLO:
      return m->service == SERVICE_HELLO && m->type == TYPE_REQUEST;
    case FRAME_GET_SET:
      return (m->service == SERVICE_GET || m->service == SERVICE_SET)
             && (m->type == TYPE_REQUEST || m->type == TYPE_SUCCESS || m->type == TYPE_UNSUPPORTED);
    case FRAME_IDENTIFY:
      return m->service == SERVICE_IDENTIFY && m->type == TYPE_REQUEST;
    case FRAME_IDENTIFIED:
      return m->service == SERVICE_IDENTIFY
             && (m->type == TYPE_SUCCESS || m->type == TYPE_UNSUPPORTED);
    default:
      return false;
    }
}

static IsthProbe
dcp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  Message m;

  return read_message (&c, &m) && is_known (&m) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Steps to the next block and over its padding; false at their end, and when they are broken. */
static bool
next_block (IsthCursor *c,
            uint16_t *block,
            IsthCursor *data)
{
  uint16_t length;

  if (isth_cursor_wire_left (c) == 0)
    return false;
  *block = isth_cursor_be16 (c);
  length = isth_cursor_be16 (c);
  *data = isth_cursor_take (c, length);
  if (length % 2 && isth_cursor_wire_left (c) > 0)
    isth_cursor_skip (c, 1);
  return !c->failed && data->length == data->wire;
}

static void
emit_number (IsthDissectContext *ctx,
             IsthAttribute attribute,
             const uint8_t *at,
             uint32_t size)
{
  char text[16];
  unsigned value = size == 2 ? isth_be16 (at) : at[0];

  isth_emit_claim (ctx, NULL, attribute,
                   isth_text_format (text, sizeof text, "0x%0*x", (int) size * 2, value),
                   ISTH_CONFIDENCE_PARSED, at, size);
}

/* 4.3.1.4.12: address, mask, gateway. */
static void
read_ip (IsthDissectContext *ctx,
         IsthCursor *data)
{
  const uint8_t *at = isth_cursor_bytes (data, 4), *mask = isth_cursor_bytes (data, 4), *router = isth_cursor_bytes (data, 4);
  IsthAddress gateway = router ? isth_address_ipv4 (router) : (IsthAddress){ 0 };
  IsthEndpoint interface = isth_context_sender (ctx);
  char text[ISTH_ADDRESS_TEXT];

  if (!at)
    return;
  interface.ip = isth_address_ipv4 (at);
  if (!isth_address_is_host (&interface.ip))
    return; /* none set yet */
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS,
                   isth_address_format (&interface.ip, text), ISTH_CONFIDENCE_PARSED, at, 4);
  isth_emit_binding (ctx, &interface, at, 4);
  if (mask && isth_address_format_network (&interface.ip, mask, text))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_PARSED, mask, 4);
  if (isth_address_is_host (&gateway) && !isth_address_equal (&gateway, &interface.ip)) /* its own address: there is none */
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_GATEWAY, isth_address_format (&gateway, text), ISTH_CONFIDENCE_PARSED, router, 4);
}

static void
read_role (IsthDissectContext *ctx,
           IsthCursor *data)
{
  const uint8_t *at = isth_cursor_bytes (data, 1);

  if (!at)
    return;
  emit_number (ctx, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, at, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    if (*at & roles[i].bit)
      isth_emit_role (ctx, NULL, roles[i].role);
}

/* A block in which the sender speaks of itself. */
static void
read_own_block (IsthDissectContext *ctx,
                uint16_t block,
                IsthCursor data)
{
  const uint8_t *at;
  uint32_t size;

  isth_cursor_skip (&data, 2); /* block info */
  size = isth_cursor_left (&data);
  at = data.data + data.position;
  if (data.failed)
    return;
  switch (block)
    {
    case BLOCK_IP:
    case BLOCK_IP_SUITE:
      read_ip (ctx, &data);
      break;
    case BLOCK_TYPE:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, at, size);
      break;
    case BLOCK_NAME:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_PARSED, at, size);
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, at, size);
      break;
    case BLOCK_DEVICE_ID:
      if (size >= 4)
        {
          emit_number (ctx, ISTH_ATTRIBUTE_VENDOR_ID, at, 2);
          emit_number (ctx, ISTH_ATTRIBUTE_DEVICE_ID, at + 2, 2);
        }
      break;
    case BLOCK_ROLE:
      read_role (ctx, &data);
      break;
    default:
      break;
    }
}

/* What a setting sets, for people. */
static const char *
describe_setting (uint16_t block,
                  uint16_t qualifier,
                  const uint8_t *at,
                  uint32_t size,
                  char text[ISTH_LIMIT_TEXT])
{
  if (block == BLOCK_RESET && qualifier >> 1 < G_N_ELEMENTS (resets) && resets[qualifier >> 1])
    return resets[qualifier >> 1];
  if (block == BLOCK_SIGNAL && size >= 2 && at[0] == 1)
    return "flash once";
  if (block >> 8 == 3)
    return blocks[find_block (block)].title;
  if ((block == BLOCK_IP || block == BLOCK_IP_SUITE) && size >= 12)
    return isth_text_format (text, ISTH_LIMIT_TEXT, "%u.%u.%u.%u mask %u.%u.%u.%u gateway %u.%u.%u.%u",
                             at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9],
                             at[10], at[11]);
  if (block == BLOCK_NAME)
    return isth_text_from_string (text, ISTH_LIMIT_TEXT, at, size);
  text[0] = '\0';
  return text;
}

/* One operation for each block: a device answers them one by one. */
static void
read_set (IsthDissectContext *ctx,
          Message *m)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  bool to_all = isth_address_is_group (&packet->target_mac);
  uint16_t block;
  IsthCursor data;

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  while (next_block (&m->body, &block, &data))
    {
      size_t known = find_block (block);
      bool is_setting = known < G_N_ELEMENTS (blocks) && blocks[known].name, is_ip;
      uint16_t qualifier;
      char object[ISTH_LIMIT_TEXT];
      const uint8_t *at;
      uint32_t size;

      qualifier = isth_cursor_be16 (&data); /* for good, or until the power goes */
      size = isth_cursor_left (&data);
      at = data.data + data.position;
      is_ip = (block == BLOCK_IP || block == BLOCK_IP_SUITE) && size >= 4;
      isth_emit_request (ctx, &(IsthRequest){
                                .match = make_match (m, block),
                                .no_answer = to_all,
                                .verb = is_setting ? blocks[known].op : ISTH_OP_CONFIGURE,
                                .function = SERVICE_SET,
                                .name = is_setting ? blocks[known].name : "set",
                                .object = is_setting ? describe_setting (block, qualifier, at, size, object) : "",
                                .target = to_all ? &nobody : NULL,
                                .at = data.data,
                                .length = data.length,
                                .memo = { is_ip ? isth_cursor_be32 (&data) : 0 },
                              });
      /* Controllers give addresses, and names to devices that were replaced; lamps blink for people. */
      if (block == BLOCK_SIGNAL || block == BLOCK_FACTORY_RESET || block == BLOCK_RESET)
        isth_emit_role (ctx, NULL, "engineering");
    }
}

/* An address that was set, and accepted, is the device's from then on. */
static void
emit_accepted_ip (IsthDissectContext *ctx,
                  const IsthPending *pending)
{
  uint32_t ip = GUINT32_TO_BE ((uint32_t) pending->memo[0]);
  IsthEndpoint interface = isth_context_sender (ctx);

  interface.ip = isth_address_ipv4 ((const uint8_t *) &ip);
  isth_emit_binding (ctx, &interface, NULL, 0);
}

/* Control/response: which block, and what became of it. */
static void
read_block_response (IsthDissectContext *ctx,
                     const Message *m,
                     IsthCursor data)
{
  uint16_t block = isth_cursor_be16 (&data);
  uint8_t error = isth_cursor_u8 (&data);
  const IsthPending *pending;

  if (data.failed)
    return;
  pending = isth_emit_response (ctx, make_match (m, m->service == SERVICE_SET ? block : 0),
                                error == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                                error < G_N_ELEMENTS (errors) ? errors[error] : "error", false);
  if (pending && error == 0 && m->service == SERVICE_SET)
    emit_accepted_ip (ctx, pending);
}

/* The service as a whole is refused: no blocks say what was asked, so every setting that may wait
 * is tried. */
static void
read_unsupported (IsthDissectContext *ctx,
                  const Message *m)
{
  isth_emit_response (ctx, make_match (m, 0), ISTH_OUTCOME_REFUSED, "service not supported", false);
  for (size_t i = 0; i < G_N_ELEMENTS (blocks); i++)
    isth_emit_response (ctx, make_match (m, blocks[i].block), ISTH_OUTCOME_REFUSED,
                        "service not supported", false);
}

static void
read_answer (IsthDissectContext *ctx,
             Message *m)
{
  uint16_t block;
  IsthCursor data;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (m->type == TYPE_UNSUPPORTED)
    {
      read_unsupported (ctx, m);
      return;
    }
  while (next_block (&m->body, &block, &data))
    if (block == BLOCK_RESPONSE)
      read_block_response (ctx, m, data);
    else
      read_own_block (ctx, block, data);
  if (m->service != SERVICE_SET && !m->body.failed)
    isth_emit_response (ctx, make_match (m, 0), ISTH_OUTCOME_OK, NULL, false);
}

/* Adds @block's title to the list of what is asked for. */
static void
append_title (char list[ISTH_LIMIT_TEXT],
              uint16_t block)
{
  size_t used = strlen (list);
  size_t known = find_block (block);

  isth_text_format (list + used, ISTH_LIMIT_TEXT - used, "%s%s", used ? ", " : "",
                    known < G_N_ELEMENTS (blocks) ? blocks[known].title : "other");
}

static void
read_get (IsthDissectContext *ctx,
          Message *m)
{
  char object[ISTH_LIMIT_TEXT] = "";

  while (isth_cursor_wire_left (&m->body) > 0 && !m->body.failed)
    append_title (object, isth_cursor_be16 (&m->body));
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &(IsthRequest){
                            .match = make_match (m, 0),
                            .verb = ISTH_OP_IDENTIFY,
                            .function = SERVICE_GET,
                            .name = "get",
                            .object = object,
                          });
}

/* Devices ask for their own name to find doubles, controllers for those of their devices: so the
 * name may be the sender's own, and is claimed as a guess. */
static void
read_identify (IsthDissectContext *ctx,
               Message *m)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  bool to_all = isth_address_is_group (&packet->target_mac);
  char object[ISTH_LIMIT_TEXT] = "", name[ISTH_LIMIT_TEXT];
  uint16_t block;
  IsthCursor data;

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  while (next_block (&m->body, &block, &data))
    {
      append_title (object, block);
      if (block == BLOCK_NAME)
        {
          size_t used = strlen (object);

          isth_text_from_string (name, sizeof name, data.data, data.length);
          isth_text_format (object + used, sizeof object - used, " %s", name);
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, name, ISTH_CONFIDENCE_HINT,
                           data.data, data.length);
        }
    }
  isth_emit_request (ctx, &(IsthRequest){
                            .match = make_match (m, 0),
                            .no_answer = to_all,
                            .verb = ISTH_OP_IDENTIFY,
                            .function = SERVICE_IDENTIFY,
                            .name = "identify",
                            .object = object,
                            .target = to_all ? &nobody : NULL,
                          });
}

static void
read_hello (IsthDissectContext *ctx,
            Message *m)
{
  uint16_t block;
  IsthCursor data;

  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_REPORT,
                            .function = SERVICE_HELLO,
                            .name = "hello",
                            .target = &nobody,
                          });
  while (next_block (&m->body, &block, &data))
    read_own_block (ctx, block, data);
}

static IsthDissectResult
dcp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  Message m;

  if (!read_message (c, &m))
    return ISTH_DISSECT_MALFORMED;
  if (!is_known (&m))
    return ISTH_DISSECT_NOT_MINE;

  if (m.type != TYPE_REQUEST)
    read_answer (ctx, &m);
  else if (m.service == SERVICE_GET)
    read_get (ctx, &m);
  else if (m.service == SERVICE_SET)
    read_set (ctx, &m);
  else if (m.service == SERVICE_IDENTIFY)
    read_identify (ctx, &m);
  else
    read_hello (ctx, &m);
  return c->failed || m.body.failed || m.body.length < m.body.wire ? ISTH_DISSECT_MALFORMED
                                                                   : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x8892 } };

const IsthDissector isth_dissector_profinet_dcp = {
  .id = "profinet-dcp",
  .title = N_("PROFINET discovery and configuration"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor_id model hostname device_id device_type_id station mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = dcp_probe,
  .dissect = dcp_dissect,
};
