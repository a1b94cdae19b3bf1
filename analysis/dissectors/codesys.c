/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CODESYS V2, TCP 1200 and 2455: who asks a runtime what it is, and who types commands into its shell (the "PLC browser"). There is no public description;
 * read as public tools use it (Redpoint's discovery; Basecamp's shell, and the tests for its weaknesses made after that).
 *
 * Known are one command, the first of any connection, whose answer names the operating system and the product, and the shell's, which starts and stops
 * programs and handles files without a login. Where messages end is not, so that each segment is taken for one, and only its first command is
 * counted: with its number. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define MAGIC 0xbbbb
#define ROUTED 0xcccc0100
#define ROUTED_HEAD 24      /* of messages that begin so: the command's length stands in it twice */
#define LOGIN 1
#define SHELL 0x92          /* behind it four zero bytes, then what is typed */
#define SYSTEM 64   /* where the answer has its texts: 32 bytes each */
#define DETAIL 96
#define PRODUCT 128

typedef struct
{
  bool client_known, server_known;
  bool asked; /* the command that says what the runtime is */
} CodesysState;

/* What the shell is told to do, by the manual of CoDeSys 2.3 (PLC browser); others only look. */
static const struct
{
  const char *word;
  IsthOp verb;
} shell_words[] = {
  { "delpwd", ISTH_OP_CONFIGURE },   { "filecopy", ISTH_OP_FILE },       { "filedelete", ISTH_OP_FILE },       { "filedir", ISTH_OP_FILE },
  { "filerename", ISTH_OP_FILE },    { "reboot", ISTH_OP_CONTROL },      { "reload", ISTH_OP_CONTROL },        { "resetprg", ISTH_OP_CONTROL },
  { "resetprgcold", ISTH_OP_CONTROL }, { "resetprgorg", ISTH_OP_CONTROL }, { "restoreretain", ISTH_OP_CONTROL }, { "saveretain", ISTH_OP_CONTROL },
  { "setpwd", ISTH_OP_CONFIGURE },   { "startprg", ISTH_OP_CONTROL },    { "stopprg", ISTH_OP_CONTROL },
};

static bool
begins_routed (IsthCursor c)
{
  return isth_cursor_be32 (&c) == ROUTED && !c.failed;
}

/* The longer head: lengths of either byte order, which agree with what follows. */
static bool
is_routed (IsthCursor c)
{
  static const uint8_t fixed[15] = { [10] = 0x01, [14] = 0x23 };
  const uint8_t *head = isth_cursor_bytes (&c, ROUTED_HEAD);
  uint32_t left = isth_cursor_wire_left (&c);

  return head && isth_be32 (head) == ROUTED && memcmp (head + 6, fixed, sizeof fixed) == 0 && memcmp (head + 4, head + 21, 2) == 0 && head[23] == 0
         && (isth_le16 (head + 4) == left || isth_be16 (head + 4) == left);
}

static IsthProbe
codesys_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t left;

  (void) packet;
  if (isth_cursor_peek (&c, 0) == 0xcc)
    return is_routed (c) ? ISTH_PROBE_STRONG : begins_routed (c) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (isth_cursor_be16 (&c) != MAGIC || c.failed)
    return ISTH_PROBE_NO;
  left = isth_cursor_wire_left (&c);
  /* Its one known request, for either byte order. */
  if (left == 5 && isth_cursor_peek (&c, 0) == 1 && isth_cursor_peek (&c, 1) == 0 && isth_cursor_peek (&c, 2) == 0 && isth_cursor_peek (&c, 3) <= 1
      && isth_cursor_peek (&c, 4) == LOGIN)
    return ISTH_PROBE_STRONG;
  return left >= 5 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint32_t
codesys_pdu_length (IsthCursor c)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);

  if ((first >= 0 && first != 0xbb && first != 0xcc) || (second >= 0 && second != first))
    return ISTH_PDU_INVALID;
  return second < 0 || whole < 7 ? ISTH_PDU_MORE : whole;
}

static void
read_identity (IsthDissectContext *ctx,
               const IsthCursor *pdu,
               uint32_t start)
{
  const uint8_t *b = pdu->data + start;
  char name[40], detail[40], text[96];

  if (pdu->length - start < PRODUCT + 32 || b[SYSTEM] < ' ' || b[SYSTEM] >= 0x7f)
    return;
  isth_text_from_string (name, sizeof name, b + SYSTEM, 32);
  isth_text_from_string (detail, sizeof detail, b + DETAIL, 32);
  isth_text_format (text, sizeof text, detail[0] ? "%s %s" : "%s", name, detail);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_PARSED, b + SYSTEM, 64);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, b + PRODUCT, 32);
}

/* The first word that was typed: behind it may be a password. */
static void
read_shell (IsthDissectContext *ctx,
            IsthCursor data)
{
  IsthRequest request = { .function = SHELL, .verb = ISTH_OP_DIAGNOSE, .name = "shell-command" };
  const uint8_t *word = data.data + data.position;
  uint32_t n = isth_cursor_left (&data), length = 0;
  char text[24];

  while (length < n && length < sizeof text - 1 && word[length] > ' ' && word[length] < 0x7f)
    length++;
  isth_context_show (ctx, word, length);
  request.object = isth_text_from_bytes (text, sizeof text, word, length);
  for (size_t i = 0; i < G_N_ELEMENTS (shell_words); i++)
    if (strcmp (shell_words[i].word, text) == 0)
      request.verb = shell_words[i].verb;
  isth_emit_request (ctx, &request);
}

/* A message with the longer head. */
static IsthDissectResult
read_routed (IsthDissectContext *ctx,
             CodesysState *state,
             IsthCursor c,
             bool server)
{
  uint8_t command;
  char object[24];

  isth_cursor_skip (&c, ROUTED_HEAD);
  command = isth_cursor_u8 (&c);
  if (server)
    {
      isth_emit_role_once (ctx, &state->server_known, "codesys-server");
      isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    }
  isth_emit_role_once (ctx, &state->client_known, "codesys-client");
  if (command == SHELL && isth_cursor_left (&c) >= 4)
    {
      isth_cursor_skip (&c, 4);
      read_shell (ctx, c);
      return ISTH_DISSECT_OK;
    }
  isth_context_show (ctx, c.data + c.position - 1, 1); /* it may be anything */
  isth_emit_request (ctx, &(IsthRequest){ .function = command, .verb = ISTH_OP_OTHER, .name = "command",
                                          .object = isth_text_format (object, sizeof object, "command 0x%02x", command) });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
codesys_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  CodesysState *state = isth_context_state (ctx);
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  IsthCursor pdu = *c;
  uint32_t start = c->position;
  char object[24];
  uint8_t command;
  bool server = direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && (packet->source_port == 1200 || packet->source_port == 2455));

  if (is_routed (*c) || (server && begins_routed (*c)))
    return read_routed (ctx, state, *c, server);
  if (isth_cursor_be16 (c) != MAGIC)
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 4);
  command = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (server)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role_once (ctx, &state->server_known, "codesys-server");
      isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
      if (state->asked)
        read_identity (ctx, &pdu, start);
      state->asked = false;
      return ISTH_DISSECT_OK;
    }
  state->asked = command == LOGIN && pdu.wire - start == 7;
  if (!state->asked) /* it may be anything, a password as well */
    isth_context_show (ctx, c->data + start, c->position - start);
  isth_emit_role_once (ctx, &state->client_known, "codesys-client");
  isth_emit_request (ctx, &(IsthRequest){
    .function = command,
    .verb = state->asked ? ISTH_OP_IDENTIFY : ISTH_OP_OTHER,
    .name = state->asked ? "login" : "command",
    .object = state->asked ? NULL : isth_text_format (object, sizeof object, "command 0x%02x", command),
  });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1200 }, { ISTH_BIND_TCP, 2455 } };

const IsthDissector isth_dissector_codesys = {
  .id = "codesys", /* stored in project files: never change it */
  .title = "CODESYS V2",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "os software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CodesysState),
  .probe = codesys_probe,
  .pdu_length = codesys_pdu_length,
  .dissect = codesys_dissect,
};
