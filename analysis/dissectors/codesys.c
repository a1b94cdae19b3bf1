/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CODESYS V2, TCP 1200 and 2455: who asks a runtime what it is, and who types commands into its shell (the "PLC browser"). There is no public description;
 * read as public tools use it (Redpoint's discovery; Basecamp's shell, and the tests for its weaknesses made after that).
 *
 * Known are one command, the first of any connection, whose answer names the operating system and the product; the shell's, which starts and stops
 * programs and handles files without a login; and those that bring a file block by block (a program is one, its name ends in PRG) and fetch one. Of
 * other messages it is not known where they end, so that each segment is taken for one, and only its first command is counted: with its number. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/secret.h"

#define MAGIC 0xbbbb
#define ROUTED 0xcccc0100
#define ROUTED_HEAD 24      /* of messages that begin so: the command's length stands in it twice */
#define LOGIN 1
#define SHELL 0x92          /* behind it four zero bytes, then what is typed */
#define BRING_FIRST 0x2f    /* whether more follow, a zero, how much, a zero, the file's name and two bytes, its first block */
#define BRING_NEXT 0x30     /* whether more follow, how much, the block */
#define FETCH 0x31          /* a zero, how long, the file's name */
#define FETCH_NEXT 0x32
#define BLOCK_HEAD 30       /* of a fetched block; its fourth last byte tells whether more follow */
#define LONGEST_BLOCK 4096
#define SYSTEM 64   /* where the answer has its texts: 32 bytes each */
#define DETAIL 96
#define PRODUCT 128

typedef struct
{
  bool client_known, server_known;
  bool asked; /* the command that says what the runtime is */
  bool fetching, program; /* a file on its way */
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

/* A command that brings a block has its length in front, with the low byte first, as far as is known. */
static uint32_t
measure_block (IsthCursor c)
{
  uint16_t magic = isth_cursor_be16 (&c), length = isth_cursor_le16 (&c), zero = isth_cursor_le16 (&c);
  uint8_t command = isth_cursor_u8 (&c);

  if (c.failed || magic != MAGIC || zero != 0 || (command != BRING_FIRST && command != BRING_NEXT) || length < 4 || length > LONGEST_BLOCK)
    return 0;
  return 6u + length;
}

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

/* The longer head in front of a file's name has no length at its end, but two numbers that are always the same; so has the one that asks for more. */
static bool
is_fetch (IsthCursor c)
{
  const uint8_t *head = isth_cursor_bytes (&c, ROUTED_HEAD + 1);

  return head && isth_be32 (head) == ROUTED && head[16] == 0x01 && head[20] == 0x23 && head[22] == 0 && head[23] == 0
         && ((head[21] == 0x10 && head[24] == FETCH) || (head[21] == 0x01 && head[24] == FETCH_NEXT));
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
  uint32_t whole = isth_cursor_wire_left (&c), block = measure_block (c);
  int first = isth_cursor_peek (&c, 0), second = isth_cursor_peek (&c, 1);

  if ((first >= 0 && first != 0xbb && first != 0xcc) || (second >= 0 && second != first))
    return ISTH_PDU_INVALID;
  return second < 0 || whole < 7 ? ISTH_PDU_MORE : block > 0 ? block : whole;
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

/* How long the next word is of what was typed. */
static size_t
measure_word (const uint8_t *bytes,
              uint32_t n)
{
  uint32_t start = 0, end;

  while (start < n && bytes[start] == ' ')
    start++;
  for (end = start; end < n && bytes[end] > ' ';)
    end++;
  return end - start;
}

static bool
is_program (const char *name)
{
  size_t n = strlen (name);

  return n > 4 && g_ascii_strcasecmp (name + n - 4, ".prg") == 0;
}

/* A file or a block of it is brought: each block an operation, all of them one transfer. */
static void
read_brought (IsthDissectContext *ctx,
              CodesysState *state,
              uint8_t command,
              IsthCursor c)
{
  bool more = isth_cursor_u8 (&c) != 0;
  const uint8_t *name = NULL;
  uint32_t n = 0;
  char text[80] = "", object[96];
  IsthTransfer transfer = { .object = object };

  isth_cursor_skip (&c, command == BRING_FIRST ? 4 : 2);
  if (command == BRING_FIRST)
    {
      name = c.data + c.position;
      while (n < isth_cursor_left (&c) && name[n] > ' ' && name[n] < 0x7f)
        n++;
      isth_text_from_bytes (text, sizeof text, name, n);
      state->program = is_program (text);
      isth_cursor_skip (&c, n + 2);
    }
  transfer.verb = state->program ? ISTH_OP_PROGRAM : ISTH_OP_FILE;
  isth_text_format (object, sizeof object, text[0] ? "file \"%s\"" : "%s", text);
  isth_emit_request (ctx, &(IsthRequest){ .function = command, .verb = transfer.verb, .name = name ? "file-write" : "file-write-next", .object = object });
  if (c.failed)
    return;
  if (name)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  transfer.bytes = isth_cursor_wire_left (&c);
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (!more || (name && isth_cursor_wire_left (&c) == 0))
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

/* A file is asked for by its name. False: something else is. */
static bool
read_fetch (IsthDissectContext *ctx,
            CodesysState *state,
            IsthCursor c)
{
  uint16_t n;
  const uint8_t *name;
  char text[80], object[96];
  IsthTransfer transfer = { .object = object };

  isth_cursor_skip (&c, 1);
  n = isth_cursor_le16 (&c);
  name = isth_cursor_bytes (&c, n);
  if (!name)
    return false;
  isth_text_from_string (text, sizeof text, name, n);
  state->fetching = true;
  state->program = is_program (text);
  transfer.verb = state->program ? ISTH_OP_UPLOAD : ISTH_OP_FILE;
  isth_text_format (object, sizeof object, "file \"%s\"", text);
  isth_emit_request (ctx, &(IsthRequest){ .function = FETCH, .verb = transfer.verb, .name = "file-read", .object = object });
  isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  return true;
}

/* A block of the file that was asked for; without more to come, the last. */
static void
read_fetched (IsthDissectContext *ctx,
              CodesysState *state,
              const IsthCursor *pdu)
{
  IsthTransfer transfer = { .verb = state->program ? ISTH_OP_UPLOAD : ISTH_OP_FILE, .by_device = true };
  int more = isth_cursor_peek (pdu, BLOCK_HEAD - 4);

  if (!state->fetching || more < 0 || isth_cursor_wire_left (pdu) <= BLOCK_HEAD)
    return;
  transfer.bytes = isth_cursor_wire_left (pdu) - BLOCK_HEAD;
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  transfer.bytes = 0;
  if (more == 0)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
  state->fetching = more != 0;
}

/* The first word that was typed: behind it may be a password. */
static void
read_shell (IsthDissectContext *ctx,
            IsthCursor data)
{
  IsthRequest request = { .function = SHELL, .verb = ISTH_OP_DIAGNOSE, .name = "shell-command" };
  const uint8_t *word = data.data + data.position;
  uint32_t n = isth_cursor_left (&data), length = 0;
  char text[24], object[80];

  while (length < n && length < sizeof text - 1 && word[length] > ' ' && word[length] < 0x7f)
    length++;
  isth_context_show (ctx, word, length);
  request.object = isth_text_from_bytes (text, sizeof text, word, length);
  if (strcmp (text, "setpwd") == 0)
    request.object = isth_text_format (object, sizeof object, "setpwd, password in clear (%s)", isth_secret_class (measure_word (word + length, n - length)));
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
  IsthCursor pdu = c;
  uint8_t command;
  char object[24];

  isth_cursor_skip (&c, ROUTED_HEAD);
  command = isth_cursor_u8 (&c);
  if (server)
    {
      read_fetched (ctx, state, &pdu);
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
  if (command == FETCH && read_fetch (ctx, state, c))
    return ISTH_DISSECT_OK;
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

  if (is_routed (*c) || (server && begins_routed (*c)) || is_fetch (*c))
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
  if (measure_block (pdu) > 0)
    {
      read_brought (ctx, state, command, *c);
      return ISTH_DISSECT_OK;
    }
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
