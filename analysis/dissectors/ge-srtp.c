/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GE SRTP, TCP 18245: SNP's service requests (GFK-0529) in mailboxes of 56 bytes, for controllers of GE Fanuc and Emerson and robots of FANUC. DFRWS 2017,
 * "Leveraging the SRTP protocol for over-the-network memory acquisition of a GE Fanuc Series 90-30".
 *
 * Each answer says the state of the controller. Whether "store" and "load" bring logic to the controller or fetch it, the sources tell
 * differently; it is taken from who sends the data. Of the answer to "controller type and id" only the name that the controller was
 * given is read: what its type numbers mean is not public. Which slot a mailbox belongs to is not told. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/ge-srtp-tables.h"

#define HEADER 56
#define LONGEST 8192 /* bytes behind the header: a text buffer holds up to 2 KB */

/* Kinds of mailboxes. */
#define REQUEST 0xc0
#define REQUEST_TEXT 0x80
#define ANSWER 0xd4
#define ANSWER_TEXT 0x94
#define ERROR 0xd1

typedef struct
{
  bool client_known, server_known;
  uint8_t plc_state; /* what was said of it last, + 1 */
} GeSrtpState;

typedef struct
{
  uint8_t type, kind, mailbox;
  uint16_t sequence;
  IsthCursor body; /* the last 16 bytes of the header */
  IsthCursor text; /* behind it */
} GeSrtpMessage;

static bool
read_header (IsthCursor *c,
             GeSrtpMessage *m)
{
  uint16_t length;

  m->type = isth_cursor_u8 (c);
  if (isth_cursor_u8 (c) != 0)
    return false;
  m->sequence = isth_cursor_le16 (c);
  length = isth_cursor_le16 (c);
  isth_cursor_skip (c, 24); /* empty, and a time of day */
  m->mailbox = isth_cursor_u8 (c);
  m->kind = isth_cursor_u8 (c);
  isth_cursor_skip (c, 8);  /* from and to which mailbox */
  m->body = isth_cursor_take (c, 16);
  m->text = isth_cursor_take (c, length);
  return m->type <= 3 && length <= LONGEST;
}

static IsthProbe
ge_srtp_probe (IsthCursor c,
               const IsthPacket *packet)
{
  int type = isth_cursor_peek (&c, 0), kind = isth_cursor_peek (&c, 31);

  (void) packet;
  if (type < 0 || type > 3 || isth_cursor_peek (&c, 1) != 0 || isth_cursor_wire_left (&c) < HEADER)
    return ISTH_PROBE_NO;
  for (uint32_t i = 6; i < 9; i++)
    if (isth_cursor_peek (&c, i) > 0)
      return ISTH_PROBE_NO;
  if (type == 2)
    return (kind == REQUEST || kind == REQUEST_TEXT) && isth_cursor_peek (&c, 37) == 0x0e ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (type == 3)
    return (kind == ANSWER || kind == ANSWER_TEXT || kind == ERROR) && isth_cursor_peek (&c, 33) == 0x0e ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return isth_cursor_wire_left (&c) == HEADER ? ISTH_PROBE_WEAK : ISTH_PROBE_NO; /* connecting, all but zeros */
}

static uint32_t
ge_srtp_pdu_length (IsthCursor c)
{
  uint16_t length;

  if (isth_cursor_peek (&c, 0) > 3 || isth_cursor_peek (&c, 1) > 0)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 4);
  length = isth_cursor_le16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length <= LONGEST ? HEADER + (uint32_t) length : ISTH_PDU_INVALID;
}

/* "%R101–110", "%M bytes 0–438", "%Q32": the first reference is 1. */
static void
describe_memory (IsthCursor c,
                 char *text,
                 size_t size)
{
  uint8_t selector = isth_cursor_u8 (&c);
  uint32_t first = isth_cursor_le16 (&c);
  uint32_t n = isth_cursor_le16 (&c);
  uint32_t last = n > 0 ? first + n - 1 : first;

  if (c.failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (ge_srtp_areas); i++)
    if (ge_srtp_areas[i].selector == selector)
      {
        const char *name = ge_srtp_areas[i].name;

        if (ge_srtp_areas[i].unit == GE_SRTP_BYTES)
          isth_text_format (text, size, n > 1 ? "%s bytes %u–%u" : "%s byte %u", name, first, last);
        else
          isth_text_format (text, size, n > 1 ? "%s%u–%u" : "%s%u", name, first + 1, last + 1);
        return;
      }
  isth_text_format (text, size, n > 1 ? "segment 0x%02x %u–%u" : "segment 0x%02x %u", selector, first, last);
}

static void
describe (uint8_t service,
          IsthCursor c,
          char *text,
          size_t size)
{
  uint8_t number = (uint8_t) isth_cursor_peek (&c, 0);

  if (isth_cursor_left (&c) == 0)
    return;
  switch (service)
    {
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x08:
    case 0x09:
    case 0x44:
      describe_memory (c, text, size);
      break;
    case 0x21:
      isth_text_format (text, size, isth_cursor_peek (&c, 1) > 0 ? "level %u, password in clear (at most 8 characters)" : "level %u", number);
      break;
    case 0x23:
      isth_text_format (text, size, "state %u", number);
      break;
    }
}

static uint64_t
get_match (const GeSrtpMessage *m)
{
  return (uint64_t) m->sequence << 8 | m->mailbox;
}

static void
follow_logic (IsthDissectContext *ctx,
              const GeSrtpMessage *m,
              const char *name,
              bool answer,
              uint8_t part,
              uint8_t parts)
{
  IsthTransfer transfer = {
    .verb = answer ? ISTH_OP_UPLOAD : ISTH_OP_PROGRAM, .object = name, .by_device = answer, .bytes = m->text.wire,
  };

  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (parts > 1 && part == parts)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

/* A request without text has its service in the third byte, one with text eight bytes later. */
static IsthDissectResult
read_request (IsthDissectContext *ctx,
              GeSrtpState *state,
              const GeSrtpMessage *m)
{
  IsthCursor c = m->body;
  char object[80] = "";
  uint8_t part, parts, service;
  IsthRequest request = { .match = get_match (m), .object = object };
  bool logic;

  isth_cursor_skip (&c, m->kind == REQUEST_TEXT ? 8 : 0);
  part = isth_cursor_u8 (&c);
  parts = isth_cursor_u8 (&c);
  service = isth_cursor_u8 (&c);
  if (!c.failed && service < G_N_ELEMENTS (ge_srtp_services) && ge_srtp_services[service].verb == ISTH_OP_AUTHENTICATE)
    isth_context_show (ctx, c.data + c.position - 3, 3); /* a password follows */
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client_known, "ge-srtp-client");
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  request.function = service;
  request.memo[0] = service;
  request.key = isth_context_digest (ctx, service, c.data + c.position, MIN (isth_cursor_left (&c), 5)) ^ (m->kind & 0x40);
  logic = service < G_N_ELEMENTS (ge_srtp_services) && ge_srtp_services[service].verb == LOGIC;
  if (!isth_emit_again (ctx, &request))
    {
      if (service < G_N_ELEMENTS (ge_srtp_services))
        {
          request.verb = !logic ? ge_srtp_services[service].verb : m->text.wire > 0 ? ISTH_OP_PROGRAM : ISTH_OP_UPLOAD;
          request.name = ge_srtp_services[service].name;
          describe (service, c, object, sizeof object);
        }
      else
        {
          request.verb = ISTH_OP_OTHER;
          request.name = "service";
          isth_text_format (object, sizeof object, "service 0x%02x", service);
        }
      isth_emit_request (ctx, &request);
    }
  if (logic && m->text.wire > 0)
    follow_logic (ctx, m, request.name ? request.name : ge_srtp_services[service].name, false, part, parts);
  return ISTH_DISSECT_OK;
}

/* The last six bytes of an answer: program logged into, privilege, sweep time, status with the state in its upper four bits. */
static void
read_status (IsthDissectContext *ctx,
             GeSrtpState *state,
             IsthCursor c)
{
  static const char *const states[] = { "run", "run without outputs", "stop", "stop by fault", "halted", "suspended", "stop with outputs" };
  const uint8_t *at;
  uint8_t now;

  isth_cursor_skip (&c, 14);
  at = isth_cursor_bytes (&c, 2);
  if (!at)
    return;
  now = at[1] >> 4;
  if (now >= G_N_ELEMENTS (states) || state->plc_state == now + 1)
    return;
  state->plc_state = now + 1;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[now], ISTH_CONFIDENCE_PARSED, at, 2);
}

static const char *
get_error (IsthCursor c,
           char *text,
           size_t size)
{
  uint8_t major, minor;

  isth_cursor_skip (&c, 2);
  major = isth_cursor_u8 (&c);
  minor = isth_cursor_u8 (&c);
  for (size_t i = 0; i < G_N_ELEMENTS (ge_srtp_minor_errors) && major == 5; i++)
    if (ge_srtp_minor_errors[i].code == minor)
      return ge_srtp_minor_errors[i].text;
  if (major < G_N_ELEMENTS (ge_srtp_major_errors) && ge_srtp_major_errors[major] && major != 5)
    return ge_srtp_major_errors[major];
  return isth_text_format (text, size, "error %u/0x%02x", major, minor);
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             GeSrtpState *state,
             const GeSrtpMessage *m)
{
  IsthCursor text = m->text, body = m->body;
  bool refused = m->kind == ERROR;
  char other[32];
  const IsthPending *asked;
  uint8_t service;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server_known, "ge-srtp-server");
  asked = isth_emit_response (ctx, get_match (m), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                              refused ? get_error (body, other, sizeof other) : NULL, false);
  if (refused)
    return ISTH_DISSECT_OK;
  read_status (ctx, state, body);
  if (!asked)
    return ISTH_DISSECT_OK;
  service = (uint8_t) asked->memo[0];
  if (service == 0x43)
    {
      const uint8_t *id = isth_cursor_bytes (&text, 8);

      if (id && isth_text_is_printable (id, 8))
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_ID, ISTH_CONFIDENCE_PARSED, id, 8);
    }
  else if (service < G_N_ELEMENTS (ge_srtp_services) && ge_srtp_services[service].verb == LOGIC && text.wire > 0)
    {
      isth_cursor_skip (&body, 8);
      service = isth_cursor_u8 (&body);
      follow_logic (ctx, m, ge_srtp_services[asked->memo[0]].name, true, service, isth_cursor_u8 (&body));
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ge_srtp_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  GeSrtpState *state = isth_context_state (ctx);
  GeSrtpMessage m = { 0 };
  bool good = read_header (c, &m);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  switch (m.type)
    {
    case 0:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){ .match = UINT64_MAX, .verb = ISTH_OP_OTHER, .function = -1, .name = "connect" });
      return ISTH_DISSECT_OK;
    case 1:
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, UINT64_MAX, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    case 2:
      return m.kind == REQUEST || m.kind == REQUEST_TEXT ? read_request (ctx, state, &m) : ISTH_DISSECT_NOT_MINE;
    default:
      return m.kind == ANSWER || m.kind == ANSWER_TEXT || m.kind == ERROR ? read_answer (ctx, state, &m) : ISTH_DISSECT_NOT_MINE;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 18245 } };

const IsthDissector isth_dissector_ge_srtp = {
  .id = "ge-srtp", /* stored in project files: never change it */
  .title = "GE SRTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "state device_id",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (GeSrtpState),
  .probe = ge_srtp_probe,
  .pdu_length = ge_srtp_pdu_length,
  .dissect = ge_srtp_dissect,
};
