/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HART-IP over UDP and TCP 5094: who asks which instrument for what, and what it says it is. HCF_SPEC-085 (network management: HART-IP), HCF_SPEC-081 (token
 * passing), HCF_SPEC-127 (universal commands).
 *
 * A device that is asked by polling address 0 is the one at the IP address. Any other is the child "hart:ADDRESS" with its long
 * address of five bytes, or "hart-poll:N"; that a long address which was not asked for this way is that of the server itself is not known.
 * Direct commands go to the server itself. Values of variables are not shown, and passwords never are. Block transfers (commands 111 and 112) are named, and no
 * transfers: where one begins and ends is not published. Sessions of version 2 are TLS. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/hart-ip-tables.h"

#define HEADER 8
#define LONGEST 4096
#define CHILD_TEXT 24

enum
{
  TYPE_REQUEST,
  TYPE_RESPONSE,
  TYPE_PUBLISH,
  TYPE_ERROR = 15,
};

enum
{
  ID_INITIATE,
  ID_CLOSE,
  ID_KEEP_ALIVE,
  ID_TOKEN_PASSING,
  ID_DIRECT,
  ID_AUDIT_LOG,
};

typedef struct
{
  bool client_known, server_known;
  bool own_known;
  uint8_t own[5]; /* the server's long address */
} HartIpState;

typedef struct
{
  uint8_t type, id, status;
  uint16_t sequence;
} HartIpHeader;

typedef struct
{
  bool is_long;
  uint8_t frame;      /* 1 burst, 2 from a master, 6 from a device */
  uint8_t address[5]; /* without the bits of master and burst */
  uint16_t command;
  IsthCursor data;
} HartPdu;

static bool
read_header (IsthCursor *c,
             HartIpHeader *h,
             uint32_t *length)
{
  uint8_t version = isth_cursor_u8 (c);

  h->type = isth_cursor_u8 (c);
  h->id = isth_cursor_u8 (c);
  h->status = isth_cursor_u8 (c);
  h->sequence = isth_cursor_be16 (c);
  *length = isth_cursor_be16 (c);
  return (version == 1 || version == 2) && (h->type <= 3 || h->type == TYPE_ERROR) && h->id <= 7 && *length >= HEADER && *length <= LONGEST;
}

static bool
read_pdu (IsthCursor *c,
          HartPdu *pdu)
{
  uint8_t delimiter = isth_cursor_u8 (c);
  uint32_t n;

  *pdu = (HartPdu){ .frame = delimiter & 0x07, .is_long = delimiter & 0x80 };
  if ((pdu->frame != 1 && pdu->frame != 2 && pdu->frame != 6) || (delimiter & 0x18))
    return false;
  n = pdu->is_long ? 5 : 1;
  for (uint32_t i = 0; i < n; i++)
    pdu->address[i] = isth_cursor_u8 (c);
  pdu->address[0] &= 0x3f;
  isth_cursor_skip (c, delimiter >> 5 & 3);
  pdu->command = isth_cursor_u8 (c);
  pdu->data = isth_cursor_take (c, isth_cursor_u8 (c));
  isth_cursor_skip (c, 1); /* checksum */
  return true;
}

static IsthProbe
hart_ip_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c), length;
  HartIpHeader h;
  HartPdu pdu;
  bool good = read_header (&c, &h, &length);

  (void) packet;
  if (c.failed || !good || length > whole)
    return ISTH_PROBE_NO;
  if (length != whole)
    return ISTH_PROBE_WEAK;
  if (h.id == ID_INITIATE && length == 13 && h.type <= TYPE_RESPONSE)
    return isth_cursor_u8 (&c) <= 1 && isth_cursor_peek (&c, 0) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (h.id == ID_TOKEN_PASSING)
    {
      good = read_pdu (&c, &pdu);
      if (c.failed || !good)
        return ISTH_PROBE_NO;
      return isth_cursor_left (&c) == 0 && (h.type == TYPE_REQUEST) == (pdu.frame == 2) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    }
  return (h.id == ID_CLOSE || h.id == ID_KEEP_ALIVE) && length != HEADER ? ISTH_PROBE_NO : ISTH_PROBE_WEAK;
}

static uint32_t
hart_ip_pdu_length (IsthCursor c)
{
  HartIpHeader h;
  uint32_t length;
  bool good = read_header (&c, &h, &length);

  if (c.failed)
    return ISTH_PDU_MORE;
  return good ? length : ISTH_PDU_INVALID;
}

/* The child @pdu is to or from, NULL for the server itself. */
static const char *
format_child (char text[CHILD_TEXT],
              const HartIpState *state,
              const HartPdu *pdu)
{
  const uint8_t *a = pdu->address;

  if (memcmp (a, "\0\0\0\0\0", 5) == 0)
    return NULL; /* polling address 0, or all that hear it */
  if (!pdu->is_long)
    return isth_text_format (text, CHILD_TEXT, "hart-poll:%u", a[0]);
  if (state->own_known && memcmp (state->own, a, 5) == 0)
    return NULL;
  return isth_text_format (text, CHILD_TEXT, "hart:%02x%02x%02x%02x%02x", a[0], a[1], a[2], a[3], a[4]);
}

static void
note_server (IsthDissectContext *ctx,
             HartIpState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server_known, "hart-ip-server");
}

static void
note_client (IsthDissectContext *ctx,
             HartIpState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client_known, "hart-ip-client");
}

static uint64_t
get_match (const HartIpHeader *h,
           uint16_t command)
{
  return (uint64_t) h->sequence << 24 | (uint64_t) command << 8 | h->id;
}

/* Command 31 has its number in its data. */
static uint16_t
get_code (const HartPdu *pdu)
{
  IsthCursor data = pdu->data;

  return pdu->command == 31 && isth_cursor_left (&data) >= 2 ? isth_cursor_be16 (&data) : pdu->command;
}

/* Whether a command, or its answer, carries a password or a key of the server's clients or of its log. */
static bool
is_secret (const HartPdu *pdu)
{
  uint16_t code = get_code (pdu);

  return code == 541 || code == 542 || code == 546 || code == 547;
}

/* The same of all in a message: commands one behind the other, or one. */
static bool
holds_secret (const HartIpHeader *h,
              IsthCursor c)
{
  HartPdu pdu = { 0 };
  bool answer = h->type != TYPE_REQUEST, secret = false;

  if (h->id == ID_TOKEN_PASSING)
    {
      if (!read_pdu (&c, &pdu))
        return false;
      isth_cursor_skip (&pdu.data, answer ? 2 : 0); /* response code, state of the device */
      return is_secret (&pdu);
    }
  isth_cursor_skip (&c, 2);
  while (h->id == ID_DIRECT && !secret && !c.failed && isth_cursor_left (&c) > 0)
    {
      pdu.command = isth_cursor_be16 (&c);
      pdu.data = isth_cursor_take (&c, isth_cursor_u8 (&c));
      isth_cursor_skip (&pdu.data, answer ? 1 : 0);
      secret = is_secret (&pdu);
    }
  return secret;
}

/* Fills in verb and name; @text lends the object. */
static void
describe (const HartPdu *pdu,
          IsthRequest *request,
          char *text,
          size_t size)
{
  IsthCursor data = pdu->data;
  uint16_t code = get_code (pdu);

  isth_cursor_skip (&data, pdu->command == 31 ? 2 : 0);
  request->function = code;
  request->verb = ISTH_OP_OTHER;
  request->name = "command";
  for (size_t i = 0; i < G_N_ELEMENTS (hart_commands); i++)
    if (hart_commands[i].code == code)
      {
        request->verb = hart_commands[i].verb;
        request->name = hart_commands[i].name;
      }
  if (request->verb == ISTH_OP_OTHER && code != 77)
    isth_text_format (text, size, "command %u", code);
  else if (is_secret (pdu))
    isth_text_format (text, size, code == 542 || code == 546 ? "key in clear" : "password in clear");
  else if (code == 9 || code == 33)
    {
      uint32_t n = isth_cursor_left (&data);

      isth_text_format (text, size, n == 1 ? "variable %u" : "variables from %u", isth_cursor_u8 (&data));
      if (n == 0)
        text[0] = '\0';
    }
  else if ((code == 21 || code == 22) && isth_cursor_left (&data) >= 32)
    isth_text_from_string (text, size, data.data + data.position, 32);
}

static void
request_command (IsthDissectContext *ctx,
                 HartIpState *state,
                 const HartIpHeader *h,
                 const HartPdu *pdu)
{
  char object[64] = "", child[CHILD_TEXT];
  uint32_t n = isth_cursor_left (&pdu->data);
  IsthRequest request = {
    .match = get_match (h, pdu->command), .object = object, .function = pdu->command,
  };

  request.child = format_child (child, state, pdu);
  if (n <= 8)
    request.key = isth_context_digest (ctx, (uint64_t) pdu->command << 16 | (uint64_t) pdu->is_long << 8 | (request.child == NULL), pdu->address, 5)
                  ^ (n > 0 ? isth_context_digest (ctx, n, pdu->data.data + pdu->data.position, n) << 1 : 0);
  if (isth_emit_again (ctx, &request))
    return;
  describe (pdu, &request, object, sizeof object);
  isth_emit_request (ctx, &request);
}

/* Six bits a character: four in three bytes. */
static const char *
unpack_text (char *text,
             const uint8_t *bytes,
             uint32_t n)
{
  uint32_t length = 0;
  bool empty = true;

  for (uint32_t i = 0; i + 3 <= n; i += 3)
    {
      uint32_t group = isth_be24 (bytes + i);

      for (int shift = 18; shift >= 0; shift -= 6)
        {
          uint8_t six = group >> shift & 0x3f;

          empty &= six == 0 || six == ' ';
          text[length++] = (char) (six < 0x20 ? six + 0x40 : six);
        }
    }
  while (length > 0 && text[length - 1] == ' ')
    length--;
  text[empty ? 0 : length] = '\0';
  return text;
}

static const char *
get_maker (uint16_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (hart_makers); i++)
    if (hart_makers[i].code == code)
      return hart_makers[i].name;
  return NULL;
}

static void
claim_number (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthAttribute attribute,
              const char *format,
              unsigned int number,
              int confidence,
              const uint8_t *at,
              uint32_t length)
{
  char text[24];

  g_snprintf (text, sizeof text, format, number);
  isth_emit_claim (ctx, about, attribute, text, confidence, at, length);
}

/* Commands 0, 11 and 21, 6.1: since revision 6 the type has two bytes and the maker its own place. */
static void
read_identity (IsthDissectContext *ctx,
               HartIpState *state,
               IsthCursor c,
               const IsthEndpoint *about,
               bool own)
{
  const uint8_t *b = isth_cursor_bytes (&c, 12);
  const uint8_t *maker;
  uint16_t code;
  const char *name;
  char text[48];

  if (!b || b[0] != 254)
    return;
  isth_cursor_skip (&c, 5); /* preambles, variables, counter, status */
  maker = b[4] >= 7 ? isth_cursor_bytes (&c, 2) : NULL;
  code = maker ? isth_be16 (maker) : b[4] < 6 ? b[1] : 0;
  name = get_maker (code);
  if (name)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, name, ISTH_CONFIDENCE_PARSED, maker ? maker : b + 1, maker ? 2 : 1);
  if (code != 0)
    claim_number (ctx, about, ISTH_ATTRIBUTE_VENDOR_ID, "%u", code, ISTH_CONFIDENCE_PARSED, maker ? maker : b + 1, maker ? 2 : 1);
  claim_number (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, "0x%04x", isth_be16 (b + 1), ISTH_CONFIDENCE_PARSED, b + 1, 2);
  claim_number (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, "%u", b[6], ISTH_CONFIDENCE_PARSED, b + 6, 1);
  claim_number (ctx, about, ISTH_ATTRIBUTE_HARDWARE, "%u", b[7] >> 3, ISTH_CONFIDENCE_PARSED, b + 7, 1);
  claim_number (ctx, about, ISTH_ATTRIBUTE_SERIAL, "%06x", isth_be24 (b + 9),
                ISTH_CONFIDENCE_PARSED, b + 9, 3);
  isth_text_format (text, sizeof text, "HART %u device, revision %u", b[4], b[5]);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, text, ISTH_CONFIDENCE_PARSED, b + 4, 2);
  isth_text_format (text, sizeof text, "%02x%02x%02x%02x%02x", b[1] & 0x3f, b[2], b[9], b[10], b[11]);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, b + 1, 11);
  if (own)
    {
      const uint8_t address[5] = { b[1] & 0x3f, b[2], b[9], b[10], b[11] };

      state->own_known = true;
      memcpy (state->own, address, 5);
    }
}

/* Command 84: what is wired to a gateway's channels, or joined it by radio. */
static void
read_sub_device (IsthDissectContext *ctx,
                 IsthCursor c)
{
  const uint8_t *b = isth_cursor_bytes (&c, 12);
  const uint8_t *tag = isth_cursor_bytes (&c, 32);
  IsthEndpoint child = isth_context_sender (ctx);
  char text[CHILD_TEXT];
  const char *maker;

  if (!b)
    return;
  isth_text_format (text, sizeof text, "hart:%02x%02x%02x%02x%02x", b[6] & 0x3f, b[7], b[8], b[9], b[10]);
  child.child = text;
  isth_emit_role (ctx, NULL, "gateway");
  isth_emit_child (ctx, &child, b, 12);
  maker = get_maker (isth_be16 (b + 4));
  if (maker)
    isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_VENDOR, maker, ISTH_CONFIDENCE_REPORTED, b + 4, 2);
  claim_number (ctx, &child, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, "0x%04x", isth_be16 (b + 6), ISTH_CONFIDENCE_REPORTED, b + 6, 2);
  claim_number (ctx, &child, ISTH_ATTRIBUTE_SERIAL, "%06x", isth_be24 (b + 8),
                ISTH_CONFIDENCE_REPORTED, b + 8, 3);
  if (tag)
    isth_emit_text (ctx, &child, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_REPORTED, tag, 32);
}

static void
read_answer_data (IsthDissectContext *ctx,
                  HartIpState *state,
                  const HartPdu *pdu,
                  IsthCursor c,
                  const IsthEndpoint *about)
{
  const uint8_t *b;
  char text[40];

  switch (pdu->command)
    {
    case 0:
    case 11:
    case 21:
      read_identity (ctx, state, c, about, !pdu->is_long && pdu->address[0] == 0);
      break;
    case 12:
      b = isth_cursor_bytes (&c, 24);
      if (b)
        isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, unpack_text (text, b, 24), ISTH_CONFIDENCE_PARSED - 20, b, 24);
      break;
    case 13:
      b = isth_cursor_bytes (&c, 18);
      if (!b)
        break;
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_PLANT_TAG, unpack_text (text, b, 6), ISTH_CONFIDENCE_PARSED - 10, b, 6);
      isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, unpack_text (text, b + 6, 12), ISTH_CONFIDENCE_PARSED - 10, b + 6, 12);
      break;
    case 20:
      b = isth_cursor_bytes (&c, 32);
      isth_emit_text (ctx, about, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, b, 32);
      break;
    case 84:
      read_sub_device (ctx, c);
      break;
    }
}

/* The first byte of an answer's data: 6.3. With its top bit it counts errors on the loop. */
static const char *
get_code_text (uint8_t code,
               bool *refused,
               char *text,
               size_t size)
{
  *refused = code != 0;
  if (code == 0)
    return NULL;
  if (code & 0x80)
    return "communication error";
  if ((code >= 24 && code <= 31) || code >= 112)
    *refused = false;
  for (size_t i = 0; i < G_N_ELEMENTS (hart_codes); i++)
    if (hart_codes[i].code == code)
      {
        *refused = !hart_codes[i].warning;
        return hart_codes[i].text;
      }
  return isth_text_format (text, size, "response code %u", code);
}

static IsthDissectResult
answer_command (IsthDissectContext *ctx,
                HartIpState *state,
                const HartIpHeader *h,
                const HartPdu *pdu)
{
  IsthEndpoint about = isth_context_sender (ctx);
  IsthCursor c = pdu->data;
  uint8_t code = isth_cursor_u8 (&c);
  char other[24], child[CHILD_TEXT];
  bool refused;
  const char *text;

  isth_cursor_skip (&c, h->id == ID_TOKEN_PASSING ? 1 : 0); /* state of the device */
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  text = get_code_text (code, &refused, other, sizeof other);
  isth_emit_response (ctx, get_match (h, pdu->command), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  about.child = format_child (child, state, pdu);
  if (about.child && !(code & 0x80))
    isth_emit_child (ctx, &about, NULL, 0);
  if (!refused)
    read_answer_data (ctx, state, pdu, c, &about);
  return ISTH_DISSECT_OK;
}

/* A device in burst mode says the answer to a command again and again. */
static void
publish (IsthDissectContext *ctx,
         const HartIpState *state,
         const HartPdu *pdu)
{
  char object[64] = "", child[CHILD_TEXT];
  IsthEndpoint about = isth_context_sender (ctx);
  IsthRequest request = { .no_answer = true, .source = &about, .object = object };

  about.child = format_child (child, state, pdu);
  if (about.child)
    isth_emit_child (ctx, &about, NULL, 0);
  describe (pdu, &request, object, sizeof object);
  isth_text_format (object, sizeof object, "command %u of %s", (unsigned int) request.function, about.child ? about.child : "the server");
  request.verb = ISTH_OP_REPORT;
  request.name = "publish";
  request.source = NULL;
  isth_emit_request (ctx, &request);
}

static IsthDissectResult
dissect_token_passing (IsthDissectContext *ctx,
                       HartIpState *state,
                       const HartIpHeader *h,
                       IsthCursor *c)
{
  HartPdu pdu;
  bool good = read_pdu (c, &pdu);

  if (c->failed || !good)
    return ISTH_DISSECT_MALFORMED;
  if (h->type == TYPE_REQUEST)
    request_command (ctx, state, h, &pdu);
  else if (h->type == TYPE_PUBLISH)
    publish (ctx, state, &pdu);
  else
    return answer_command (ctx, state, h, &pdu);
  return ISTH_DISSECT_OK;
}

/* Two bytes of the device's state, then commands with two bytes of number. */
static IsthDissectResult
dissect_direct (IsthDissectContext *ctx,
                HartIpState *state,
                const HartIpHeader *h,
                IsthCursor *c)
{
  HartPdu pdu = { .frame = h->type == TYPE_REQUEST ? 2 : 6 };
  IsthDissectResult result = ISTH_DISSECT_OK;

  isth_cursor_skip (c, 2);
  while (isth_cursor_left (c) > 0 && result == ISTH_DISSECT_OK)
    {
      pdu.command = isth_cursor_be16 (c);
      pdu.data = isth_cursor_take (c, isth_cursor_u8 (c));
      if (c->failed)
        break;
      if (h->type == TYPE_REQUEST)
        request_command (ctx, state, h, &pdu);
      else if (h->type == TYPE_PUBLISH)
        publish (ctx, state, &pdu);
      else
        result = answer_command (ctx, state, h, &pdu);
    }
  return c->failed ? ISTH_DISSECT_MALFORMED : result;
}

static IsthDissectResult
dissect_session (IsthDissectContext *ctx,
                 const HartIpHeader *h,
                 IsthCursor *c)
{
  static const char *const names[] = { "session-initiate", "session-close", "keep-alive", "token-passing", "direct-command", "read-audit-log" };
  char text[24];

  if (h->type == TYPE_REQUEST)
    {
      isth_emit_request (ctx, &(IsthRequest){
        .match = get_match (h, 0),
        .verb = h->id == ID_AUDIT_LOG ? ISTH_OP_DIAGNOSE : ISTH_OP_OTHER,
        .function = h->id,
        .name = h->id < G_N_ELEMENTS (names) ? names[h->id] : "message",
        .object = h->id != ID_INITIATE ? NULL : isth_cursor_u8 (c) == 1 ? "primary master" : "secondary master",
      });
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  if (h->type == TYPE_RESPONSE || h->type == TYPE_ERROR)
    isth_emit_response (ctx, get_match (h, 0), h->status == 0 || h->status == 8 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                        h->status == 0 ? NULL : isth_text_format (text, sizeof text, "status %u", h->status), false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
hart_ip_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  HartIpState *state = isth_context_state (ctx);
  HartIpHeader h;
  uint32_t length;
  const uint8_t *start = c->data + c->position;
  bool good = read_header (c, &h, &length);
  IsthCursor body;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, length - HEADER);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (holds_secret (&h, body))
    isth_context_show (ctx, start, HEADER);
  if (h.type == TYPE_REQUEST)
    note_client (ctx, state);
  else
    note_server (ctx, state);
  if (h.id == ID_TOKEN_PASSING && h.status == 0 && h.type <= TYPE_PUBLISH)
    return dissect_token_passing (ctx, state, &h, &body);
  if (h.id == ID_DIRECT && h.status == 0 && h.type <= TYPE_PUBLISH)
    return dissect_direct (ctx, state, &h, &body);
  return dissect_session (ctx, &h, &body);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 5094 }, { ISTH_BIND_TCP, 5094 }, { ISTH_BIND_UDP, 5095 } };

const IsthDissector isth_dissector_hart_ip = {
  .id = "hart-ip", /* stored in project files: never change it */
  .title = "HART-IP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id device_type_id firmware hardware serial plant_tag description protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (HartIpState),
  .probe = hart_ip_probe,
  .pdu_length = hart_ip_pdu_length,
  .dissect = hart_ip_dissect,
};
