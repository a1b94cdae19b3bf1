/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syslog: which host and program reports what sort of thing to whom. RFC 3164 and 5424 over UDP, and over TCP with lengths in front or line by line (RFC 6587);
 * the mnemonics of Cisco's messages, and who the device is in the forms of some makers (syslog-makers.c).
 *
 * What a message says is not kept. A host that passes on messages of others is taken for the host that they name: the one it names first. */
#include "analysis/dissectors/dissector.h"

#include <string.h>

#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/syslog-makers.h"

#define LONGEST 16384
#define WORD_MAX 64
#define LOOKS 16

typedef struct
{
  bool said; /* the name of its host */
  bool roles;
  uint8_t looked; /* messages in which its maker was looked for; LOOKS: enough */
} SyslogState;

typedef struct
{
  uint32_t priority;
  bool modern; /* RFC 5424 */
  bool dated;  /* RFC 3164 with its time */
  IsthPiece host, program;
  IsthPiece text; /* behind priority and date */
} SyslogMessage;

/* "<34>" */
static bool
read_priority (IsthCursor *c,
               uint32_t *priority)
{
  *priority = 0;
  if (isth_cursor_peek (c, 0) != '<')
    return false;
  for (uint32_t i = 1; i <= 4; i++)
    {
      int byte = isth_cursor_peek (c, i);

      if (byte == '>' && i > 1 && *priority < 192)
        {
          isth_cursor_skip (c, i + 1);
          return true;
        }
      if (byte < '0' || byte > '9' || i == 4)
        return false;
      *priority = *priority * 10 + (uint32_t) (byte - '0');
    }
  return false;
}

/* "123 " in front of a message over TCP; how long it is, 0: there is none. */
static uint32_t
read_count (IsthCursor *c,
            uint32_t *count)
{
  IsthPiece digits = { c->data + c->position, MIN (isth_cursor_left (c), 6) };
  uint32_t n = 0;

  *count = isth_piece_number (&digits);
  while (n < digits.length && g_ascii_isdigit (digits.bytes[n]))
    n++;
  if (n == 0 || n == digits.length || digits.bytes[n] != ' ' || *count < 4 || *count > LONGEST)
    return 0;
  isth_cursor_skip (c, n + 1);
  return n + 1;
}

/* "Jan  2 10:09:52 " */
static bool
is_date (const IsthPiece *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *b = (const char *) text->bytes;

  if (text->length < 16 || b[3] != ' ' || b[6] != ' ' || b[9] != ':' || b[12] != ':' || b[15] != ' ')
    return false;
  for (size_t i = 0; i < 36; i += 3)
    if (memcmp (b, months + i, 3) == 0)
      return true;
  return false;
}

/* "sshd[12]: " or "sshd: ": what a message of a program starts with. */
static IsthPiece
read_tag (const IsthPiece *text)
{
  IsthPiece tag = { text->bytes, 0 };

  while (tag.length < text->length && tag.length < WORD_MAX
         && (g_ascii_isalnum (tag.bytes[tag.length]) || (tag.bytes[tag.length] && strchr ("-_./@", tag.bytes[tag.length]))))
    tag.length++;
  if (tag.length == text->length || (tag.bytes[tag.length] != ':' && tag.bytes[tag.length] != '[') || !g_ascii_isalpha (tag.bytes[0]))
    tag.length = 0;
  return tag;
}

static bool
read_message (IsthCursor c,
              SyslogMessage *message)
{
  IsthPiece text;

  *message = (SyslogMessage) { 0 };
  if (!read_priority (&c, &message->priority))
    return false;
  text = message->text = (IsthPiece) { c.data + c.position, isth_cursor_left (&c) };
  message->modern = text.length > 2 && text.bytes[0] == '1' && text.bytes[1] == ' ' && (g_ascii_isdigit (text.bytes[2]) || text.bytes[2] == '-');
  message->dated = !message->modern && is_date (&text);
  if (message->modern)
    {
      isth_piece_word (&text);
      isth_piece_word (&text);
      message->host = isth_piece_word (&text);
      message->program = isth_piece_word (&text);
      if (isth_piece_is (&message->program, "-"))
        message->program.length = 0;
      return true;
    }
  if (message->dated)
    {
      IsthPiece word;

      text = message->text = (IsthPiece) { text.bytes + 16, text.length - 16 };
      word = text;
      message->program = read_tag (&text);
      if (message->program.length == 0) /* no program yet: it is the host */
        message->host = isth_piece_word (&word);
      else
        word = text;
      text = word;
    }
  if (message->program.length == 0)
    message->program = read_tag (&text);
  if (message->program.length == 0)
    message->program = isth_syslog_mnemonic (&text);
  return true;
}

/* A name of a host, not its address, and not what stands for none. */
static bool
is_host (const IsthPiece *name)
{
  bool letter = false;

  for (uint32_t i = 0; i < name->length; i++)
    {
      letter |= g_ascii_isalpha (name->bytes[i]);
      if (!g_ascii_isalnum (name->bytes[i]) && !(name->bytes[i] && strchr ("-._", name->bytes[i])))
        return false;
    }
  return letter && name->length <= WORD_MAX && !isth_piece_is (name, "localhost");
}

static IsthProbe
syslog_probe (IsthCursor c,
              const IsthPacket *packet)
{
  SyslogMessage message;
  uint32_t count;
  int first;

  if (packet->layer == ISTH_LAYER_TCP)
    read_count (&c, &count);
  if (!read_message (c, &message))
    return ISTH_PROBE_NO;
  read_priority (&c, &count);
  first = isth_cursor_peek (&c, 0);
  if ((message.modern && message.host.length > 0) || message.dated)
    return ISTH_PROBE_STRONG;
  return first >= ' ' && first < 0x7f ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint32_t
syslog_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), count, head = read_count (&c, &count);

  if (left == 0)
    return ISTH_PDU_MORE;
  if (head > 0)
    return head + count;
  if (isth_cursor_peek (&c, 0) != '<')
    {
      for (uint32_t i = 0; i < MIN (left, 6); i++)
        if (!g_ascii_isdigit (c.data[c.position + i]))
          return ISTH_PDU_INVALID;
      return left < 6 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
    }
  count = isth_lines_length (&c);
  if (count > 0)
    return count;
  return left < LONGEST ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

static IsthDissectResult
syslog_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  static const char *const facilities[] = { "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
                                            "ntp", "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7" };
  static const char *const severities[] = { "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug" };
  SyslogState *state = isth_context_state (ctx);
  IsthEndpoint server = isth_context_receiver (ctx);
  char object[ISTH_LIMIT_TEXT], program[WORD_MAX + 1];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "message", .object = object };
  SyslogMessage message;
  uint32_t count;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_TCP)
    read_count (c, &count);
  if (!read_message (*c, &message))
    return ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (!state->roles)
    {
      isth_emit_role (ctx, NULL, "syslog-sender");
      isth_emit_role (ctx, &server, "syslog-server");
      state->roles = true;
    }
  if (!state->said && is_host (&message.host))
    {
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, message.host.bytes, message.host.length);
      state->said = true;
    }
  if (state->looked < LOOKS && !message.modern)
    state->looked = isth_syslog_emit_maker (ctx, &message.text) ? LOOKS : state->looked + 1;
  request.key = isth_context_digest (ctx, message.priority, message.program.length > 0 ? (const void *) message.program.bytes : "", message.program.length);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  isth_text_from_bytes (program, sizeof program, message.program.bytes, message.program.length);
  isth_text_format (object, sizeof object, "%s.%s%s%s", facilities[message.priority / 8], severities[message.priority % 8], program[0] ? " " : "", program);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 514 }, { ISTH_BIND_TCP, 514 }, { ISTH_BIND_TCP, 601 }, { ISTH_BIND_UDP, 1514 } };

const IsthDissector isth_dissector_syslog = {
  .id = "syslog", /* stored in project files: never change it */
  .title = "Syslog",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "firmware hostname model os serial vendor",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SyslogState),
  .probe = syslog_probe,
  .pdu_length = syslog_pdu_length,
  .dissect = syslog_dissect,
};
