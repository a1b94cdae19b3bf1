/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MELSOFT, what Mitsubishi's engineering tools (GX Works) and GOT panels speak to MELSEC controllers: over TCP 5007 and 5562, UDP 5006, and UDP 5560 by
 * broadcast when the computer is plugged in directly. It has no public description: what is read here is what public captures show of
 * Q, R and FX5 controllers, and commands whose numbers are those of the MC protocol (SH-080008 3). Others are counted with their number.
 *
 * What devices and files hold is not read, and logins without their text. Over broadcast question and answer are two conversations, each to all: the
 * outcome is told of what was asked of all, and who did it only by what else it says. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define HEADER 21       /* up to the length */
#define LONGEST 8192    /* bytes behind the length; seen up to 1,000 */
#define DISCOVER 0x5a
#define DISCOVERED 0xda

typedef enum
{
  BODY_NONE,
  BODY_TYPE,      /* its answer says the type of the CPU */
  BODY_NAME,      /* drive, name of a file */
  BODY_OPEN,
  BODY_DATA,
  BODY_HANDLE,
} Body;

static const struct
{
  uint16_t code;
  uint8_t verb; /* IsthOp */
  uint8_t body;
  const char *name;
} commands[] = {
  { 0x0101, ISTH_OP_IDENTIFY, BODY_TYPE, "read-type-name" },
  { 0x0121, ISTH_OP_IDENTIFY, BODY_TYPE, "open" },
  { 0x0131, ISTH_OP_AUTHENTICATE, BODY_NONE, "login-user" },
  { 0x0132, ISTH_OP_AUTHENTICATE, BODY_NONE, "login-password" },
  { 0x0133, ISTH_OP_READ, BODY_NONE, "read-user-information" },
  { 0x0134, ISTH_OP_READ, BODY_NONE, "read-user-information" },
  { 0x0150, ISTH_OP_DIAGNOSE, BODY_NONE, "read-safety-mode" },
  { 0x01a0, ISTH_OP_OTHER, BODY_NONE, "challenge" },
  { 0x0401, ISTH_OP_READ, BODY_NONE, "batch-read" },
  { 0x0403, ISTH_OP_READ, BODY_NONE, "random-read" },
  { 0x0410, ISTH_OP_READ, BODY_NONE, "device-read" },
  { 0x0411, ISTH_OP_READ, BODY_NONE, "device-random-read" },
  { 0x0413, ISTH_OP_READ, BODY_NONE, "device-read" },
  { 0x1001, ISTH_OP_CONTROL, BODY_NONE, "remote-run" },
  { 0x1002, ISTH_OP_CONTROL, BODY_NONE, "remote-stop" },
  { 0x1003, ISTH_OP_CONTROL, BODY_NONE, "remote-pause" },
  { 0x1005, ISTH_OP_CONTROL, BODY_NONE, "remote-latch-clear" },
  { 0x1006, ISTH_OP_CONTROL, BODY_NONE, "remote-reset" },
  { 0x1120, ISTH_OP_CONTROL, BODY_NONE, "change-safety-mode" },
  { 0x1133, ISTH_OP_CONFIGURE, BODY_NONE, "write-user-information" },
  { 0x1401, ISTH_OP_WRITE, BODY_NONE, "batch-write" },
  { 0x1402, ISTH_OP_WRITE, BODY_NONE, "random-write" },
  { 0x1630, ISTH_OP_AUTHENTICATE, BODY_NONE, "password-unlock" },
  { 0x1631, ISTH_OP_OTHER, BODY_NONE, "password-lock" },
  { 0x1810, ISTH_OP_FILE, BODY_NONE, "file-list" },
  { 0x1859, ISTH_OP_FILE, BODY_NONE, "file-list" },
  { 0x185f, ISTH_OP_FILE, BODY_NAME, "file-search" },
  { 0x1867, ISTH_OP_FILE, BODY_OPEN, "file-open" },
  { 0x1868, ISTH_OP_FILE, BODY_DATA, "file-read" },
  { 0x1869, ISTH_OP_FILE, BODY_DATA, "file-write" },
  { 0x186a, ISTH_OP_FILE, BODY_HANDLE, "file-close" },
};

typedef struct
{
  bool client_known, server_known;
} MelsoftState;

typedef struct
{
  bool answer;
  uint8_t network, station;
  uint16_t module, status, code, reference;
  IsthCursor body; /* behind the reference and the length of a trailer */
} MelsoftMessage;

static bool
read_header (IsthCursor *c,
             MelsoftMessage *m,
             uint32_t *length)
{
  uint32_t start = c->position;
  uint8_t first = isth_cursor_u8 (c);
  uint8_t last;

  *m = (MelsoftMessage){ .answer = first & 0x80 };
  isth_cursor_skip (c, 2); /* of the connection, and a number */
  if ((first & 0x7f) != 0x57 || isth_cursor_be16 (c) != 0 || isth_cursor_be16 (c) != 0x1111)
    return false;
  last = isth_cursor_u8 (c);
  if (last != 0x07 && last != 0x7f)
    return false;
  if (m->answer)
    isth_cursor_skip (c, 3); /* the request's route, the other way round */
  else
    isth_cursor_skip (c, 1);
  m->network = isth_cursor_u8 (c);
  m->station = isth_cursor_u8 (c);
  m->module = isth_cursor_le16 (c);
  isth_cursor_skip (c, start + HEADER - 2 - c->position);
  *length = isth_cursor_le16 (c);
  return *length >= 12 && *length <= LONGEST;
}

/* Behind the length: a type, the length of this head, and of a part of it; an answer has its status here. */
static bool
read_command (IsthCursor *c,
              MelsoftMessage *m)
{
  uint8_t type = isth_cursor_u8 (c);
  uint8_t size;

  isth_cursor_skip (c, 1);
  size = isth_cursor_u8 (c);
  if (type != (m->answer ? 0x9c : 0x1c) || size < (m->answer ? 4 : 2))
    return false;
  isth_cursor_skip (c, 1);
  if (m->answer)
    m->status = isth_cursor_le16 (c);
  isth_cursor_skip (c, size - (m->answer ? 4u : 2u));
  m->code = isth_cursor_be16 (c);
  m->reference = isth_cursor_le16 (c);
  return true;
}

static bool
is_discovery (IsthCursor c)
{
  uint8_t first = isth_cursor_u8 (&c);
  bool zero = isth_cursor_be16 (&c) == 0;
  uint8_t what = isth_cursor_u8 (&c);
  uint32_t left = isth_cursor_wire_left (&c);

  if (c.failed || !zero || (what != 0x01 && what != 0xff))
    return false;
  return first == DISCOVER ? left == 0 : first == DISCOVERED && (left == 10 || left == 24);
}

static IsthProbe
melsoft_probe (IsthCursor c,
               const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  MelsoftMessage m;
  uint32_t length;
  bool good;

  if (first == DISCOVER || first == DISCOVERED)
    return packet->layer == ISTH_LAYER_UDP && is_discovery (c) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (first != 0x57 && first != 0xd7)
    return ISTH_PROBE_NO;
  good = read_header (&c, &m, &length);
  if (c.failed || !good)
    return ISTH_PROBE_NO;
  return read_command (&c, &m) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
melsoft_pdu_length (IsthCursor c)
{
  MelsoftMessage m;
  uint32_t length;

  if (isth_cursor_left (&c) == 0)
    return ISTH_PDU_MORE;
  if ((isth_cursor_peek (&c, 0) & 0x7f) != 0x57)
    return ISTH_PDU_INVALID;
  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  return read_header (&c, &m, &length) ? HEADER + length : ISTH_PDU_INVALID;
}

#define CHILD_TEXT 40

/* Another station than the one that is connected, NULL for that. */
static const char *
format_child (char text[CHILD_TEXT],
              const MelsoftMessage *m)
{
  if (m->answer || (m->network == 0 && (m->station == 0xff || m->station == 0)))
    return NULL;
  return isth_text_format (text, CHILD_TEXT, "melsec-station:%u.%u", m->network, m->station);
}

/* The name, in UTF-16 with its length before it. */
static void
read_name (IsthCursor *c,
           char *text,
           size_t size)
{
  uint32_t n = isth_cursor_le16 (c);
  const uint8_t *name = isth_cursor_bytes (c, n);
  char file[160];

  if (name && n >= 2 && isth_text_from_utf16 (file, sizeof file, name, n - 2, false)[0])
    isth_text_format (text, size, "file %s", file);
}

static void
describe (const MelsoftMessage *m,
          Body body,
          char *text,
          size_t size)
{
  IsthCursor c = m->body;

  switch (body)
    {
    case BODY_NONE:
    case BODY_TYPE:
      break;
    case BODY_NAME:
      isth_cursor_skip (&c, 6);
      read_name (&c, text, size);
      break;
    case BODY_OPEN:
      isth_cursor_skip (&c, 12);
      read_name (&c, text, size);
      break;
    case BODY_DATA:
    case BODY_HANDLE:
      isth_text_format (text, size, "open file %u", isth_cursor_le16 (&c));
      break;
    }
}

static bool
is_to_all (const IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);

  return isth_address_is_group (&packet->target) || isth_address_is_group (&packet->target_mac);
}

/* A file is opened (in the sixth byte: to be written), carried piece by piece and closed. */
static void
follow_file (IsthDissectContext *ctx,
             const MelsoftMessage *m,
             const char *object,
             const char *refused)
{
  IsthCursor c = m->body;
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .by_device = m->answer, .text = refused };

  if (m->answer && is_to_all (ctx))
    return; /* whose file it was cannot be told */
  if (refused)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
  else if (m->code == 0x1867 && !m->answer)
    {
      transfer.object = object;
      isth_cursor_skip (&c, 8);
      transfer.total = isth_cursor_le32 (&c);
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if ((m->code == 0x1869 && !m->answer) || (m->code == 0x1868 && m->answer))
    {
      isth_cursor_skip (&c, m->answer ? 0 : 6);
      transfer.bytes = isth_cursor_le16 (&c);
      if (!c.failed)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (m->code == 0x186a && !m->answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

static uint64_t
make_match (const MelsoftMessage *m)
{
  return (uint64_t) m->code << 16 | m->reference;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              MelsoftState *state,
              const MelsoftMessage *m,
              int known)
{
  char object[ISTH_LIMIT_TEXT] = "", child[CHILD_TEXT];
  IsthRequest request = {
    .match = make_match (m),
    .elsewhere = is_to_all (ctx),
    .function = m->code,
    .verb = known < 0 ? ISTH_OP_OTHER : commands[known].verb,
    .name = known < 0 ? "command" : commands[known].name,
    .object = object,
    .child = format_child (child, m),
  };

  if (request.verb == ISTH_OP_AUTHENTICATE || known < 0) /* a password follows, or nobody knows what */
    isth_context_show (ctx, m->body.data + m->body.position, 0);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client_known, "melsoft-client");
  if (known >= 0 && commands[known].body == BODY_NONE) /* polled, and nothing else is said of it */
    request.key = isth_context_digest (ctx, (uint64_t) m->network << 24 | (uint64_t) m->station << 16 | m->code, &m->module, sizeof m->module);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (known < 0)
    isth_text_format (object, sizeof object, "command 0x%04x", m->code);
  else
    describe (m, commands[known].body, object, sizeof object);
  isth_emit_request (ctx, &request);
  follow_file (ctx, m, object, NULL);
  return ISTH_DISSECT_OK;
}

static void
read_type (IsthDissectContext *ctx,
           const MelsoftMessage *m)
{
  IsthCursor c = m->body;
  const uint8_t *name = isth_cursor_bytes (&c, 16);
  const uint8_t *code = isth_cursor_bytes (&c, 2);
  char text[8];

  if (!name || !isth_text_is_printable (name, 16))
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Mitsubishi Electric", ISTH_CONFIDENCE_PARSED, name, 16);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, name, 16);
  if (code)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "%02X%02X", code[1], code[0]),
                     ISTH_CONFIDENCE_PARSED, code, 2);
}

static void
note_server (IsthDissectContext *ctx,
             MelsoftState *state)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server_known, "melsoft-server");
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             MelsoftState *state,
             const MelsoftMessage *m,
             int known)
{
  char text[24];
  const char *refused = NULL;

  if (m->status != 0)
    refused = isth_text_format (text, sizeof text, "status 0x%04x", m->status);
  isth_emit_response (ctx, make_match (m), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused, false);
  note_server (ctx, state);
  if (known >= 0 && commands[known].body == BODY_TYPE && !refused)
    read_type (ctx, m);
  if (m->code >= 0x1867 && m->code <= 0x1869)
    follow_file (ctx, m, NULL, refused);
  return ISTH_DISSECT_OK;
}

/* Four bytes ask who is there; the longer answer holds the number of the CPU's type. */
static IsthDissectResult
read_discovery (IsthCursor *c,
                IsthDissectContext *ctx,
                MelsoftState *state)
{
  bool answer = isth_cursor_peek (c, 0) == DISCOVERED;
  uint8_t what = (uint8_t) isth_cursor_peek (c, 3);
  const uint8_t *code;
  char text[8];

  if (!answer)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){ .match = UINT64_C (1) << 32 | what, .elsewhere = is_to_all (ctx), .function = what, .verb = ISTH_OP_IDENTIFY,
                                              .name = "discover" });
      return ISTH_DISSECT_OK;
    }
  note_server (ctx, state);
  isth_emit_response (ctx, UINT64_C (1) << 32 | what, ISTH_OUTCOME_OK, NULL, false);
  isth_cursor_skip (c, 4);
  code = isth_cursor_bytes (c, 2);
  if (what == 0xff && code)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "%02X%02X", code[1], code[0]),
                     ISTH_CONFIDENCE_PARSED, code, 2);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
melsoft_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  MelsoftState *state = isth_context_state (ctx);
  int first = isth_cursor_peek (c, 0), known = -1;
  MelsoftMessage m;
  uint32_t length;
  bool good;

  if (first == DISCOVER || first == DISCOVERED)
    return is_discovery (*c) ? read_discovery (c, ctx, state) : ISTH_DISSECT_NOT_MINE;
  good = read_header (c, &m, &length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_limit (c, length);
  if (!read_command (c, &m))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 2); /* how long a trailer with checksums and tokens is */
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  m.body = isth_cursor_rest (c);
  for (int i = 0; i < (int) G_N_ELEMENTS (commands); i++)
    if (commands[i].code == m.code)
      known = i;
  return m.answer ? read_answer (ctx, state, &m, known) : read_request (ctx, state, &m, known);
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_TCP, 5007 }, { ISTH_BIND_TCP, 5562 }, { ISTH_BIND_UDP, 5006 }, { ISTH_BIND_UDP, 5560 },
};

const IsthDissector isth_dissector_melsoft = {
  .id = "melsoft", /* stored in project files: never change it */
  .title = "MELSOFT",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model product_code",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MelsoftState),
  .probe = melsoft_probe,
  .pdu_length = melsoft_pdu_length,
  .dissect = melsoft_dissect,
};
