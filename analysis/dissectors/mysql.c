/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MySQL and MariaDB (MySQL Source Code Documentation, "Client/Server Protocol"): the server's version, who logs in with which program, whether it turns to
 * TLS and what that shows, what is asked. Rows are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/os-hints.h"
#include "analysis/dissectors/sql.h"
#include "analysis/dissectors/tls-handshake.h"

#define HEADER 4
#define LOGIN_MATCH 1
#define COMMAND_MATCH 2
#define PROTOCOL 10
#define MOST_VERSION 64
#define MOST_ATTRIBUTES 16
#define SSL_REQUEST 32 /* its length */
#define USE_DATABASE 0x02
#define CHANGE_USER 0x11
#define ANSWER_ERROR 0xff
#define ANSWER_MORE 0x01
#define ANSWER_SWITCH 0xfe

enum
{
  CAN_CONNECT_WITH_DATABASE = 1u << 3,
  CAN_PROTOCOL_41 = 1u << 9,
  CAN_SSL = 1u << 11,
  CAN_SECURE_CONNECTION = 1u << 15,
  CAN_PLUGIN_AUTH = 1u << 19,
  CAN_ATTRIBUTES = 1u << 20,
  CAN_LENGTH_CODED_AUTH = 1u << 21,
};

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
  bool greeted, logged_in, ssl, waiting;
} MysqlState;

static const struct { uint8_t code; uint8_t verb; const char *name; } commands[] = {
  { 0x01, ISTH_OP_OTHER, "quit" },          { USE_DATABASE, ISTH_OP_OTHER, "use-database" },  { 0x03, ISTH_OP_OTHER, "query" },
  { 0x04, ISTH_OP_READ, "field-list" },     { 0x08, ISTH_OP_OTHER, "shutdown" },      { 0x09, ISTH_OP_DIAGNOSE, "statistics" },
  { 0x0a, ISTH_OP_DIAGNOSE, "process-info" }, { 0x0c, ISTH_OP_OTHER, "process-kill" }, { 0x0e, ISTH_OP_DIAGNOSE, "ping" },
  { CHANGE_USER, ISTH_OP_AUTHENTICATE, "change-user" }, { 0x12, ISTH_OP_READ, "binlog-dump" }, { 0x16, ISTH_OP_OTHER, "prepare" },
  { 0x17, ISTH_OP_OTHER, "execute" },       { 0x19, ISTH_OP_OTHER, "close" },         { 0x1f, ISTH_OP_OTHER, "reset-connection" },
};

static bool
read_header (IsthCursor *c,
             uint32_t *length,
             uint8_t *number)
{
  uint8_t low = isth_cursor_u8 (c), middle = isth_cursor_u8 (c), high = isth_cursor_u8 (c);

  *length = low | (uint32_t) middle << 8 | (uint32_t) high << 16;
  *number = isth_cursor_u8 (c);
  return !c->failed;
}

/* "Length-encoded": one byte, or a mark and two or more. */
static IsthCursor
take_coded (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);

  return isth_cursor_take (c, first == 0xfc ? isth_cursor_le16 (c) : first);
}

static bool
is_greeting (IsthCursor c)
{
  uint32_t length;
  uint8_t number;
  const uint8_t *end;

  if (!read_header (&c, &length, &number) || number != 0 || length < 40 || length > 512 || isth_cursor_u8 (&c) != PROTOCOL || c.failed)
    return false;
  end = memchr (c.data + c.position, 0, MIN (isth_cursor_left (&c), MOST_VERSION));
  return end && end - (c.data + c.position) >= 3 && g_ascii_isdigit (c.data[c.position]) &&
         isth_text_is_printable (c.data + c.position, (size_t) (end - (c.data + c.position)));
}

static IsthProbe
mysql_probe (IsthCursor c,
             const IsthPacket *packet)
{
  (void) packet;
  return isth_cursor_peek (&c, 4) == PROTOCOL && is_greeting (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* A packet, or a record of TLS once it has turned to that: no packet before it could be as long as one of these says. */
static uint32_t
mysql_pdu_length (IsthCursor c)
{
  IsthCursor look = c;
  uint32_t length;
  uint16_t record;
  uint8_t number, type;

  if (isth_cursor_left (&c) < 5)
    return ISTH_PDU_MORE;
  if (isth_tls_read_record_header (&look, &type, &record))
    return 5u + record;
  return read_header (&c, &length, &number) ? HEADER + length : ISTH_PDU_MORE;
}

static void
read_greeting (IsthDissectContext *ctx,
               MysqlState *state,
               IsthCursor *c)
{
  IsthCursor version;
  uint32_t skip = 0;
  char text[MOST_VERSION + 16];

  isth_cursor_skip (c, 1);
  version = isth_sql_take_string (c);
  if (version.length > 6 && memcmp (version.data, "5.5.5-", 6) == 0) /* what MariaDB puts in front for old clients */
    skip = 6;
  state->greeted = true;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "mysql-server");
  isth_text_from_bytes (text, sizeof text, version.data + skip, version.length - skip);
  if (!strstr (text, "MariaDB"))
    {
      char bare[MOST_VERSION];

      isth_text_from_bytes (bare, sizeof bare, version.data, version.length);
      isth_text_format (text, sizeof text, "MySQL %s", bare);
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_BANNER, version.data, version.length);
  if (isth_os_of_program (text, sizeof text, version.data, version.length))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_BANNER, version.data, version.length);
}

/* Names that the client's library gives: "_os", "_client_name", "_client_version", "program_name". */
static void
read_attributes (IsthDissectContext *ctx,
                 IsthCursor list,
                 char *program,
                 size_t size)
{
  char client[64] = "", version[32] = "", text[160];

  for (int i = 0; i < MOST_ATTRIBUTES && isth_cursor_left (&list) > 1; i++)
    {
      IsthCursor name = take_coded (&list), value = take_coded (&list);

      if (list.failed)
        return;
      if (name.length == 3 && memcmp (name.data, "_os", 3) == 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_BANNER, value.data, value.length);
      else if (name.length == 12 && memcmp (name.data, "_client_name", 12) == 0)
        isth_text_from_bytes (client, sizeof client, value.data, value.length);
      else if (name.length == 15 && memcmp (name.data, "_client_version", 15) == 0)
        isth_text_from_bytes (version, sizeof version, value.data, value.length);
      else if (name.length == 12 && memcmp (name.data, "program_name", 12) == 0)
        isth_text_from_bytes (program, size, value.data, value.length);
    }
  if (client[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, isth_text_format (text, sizeof text, "%s%s%s", client, version[0] ? " " : "", version),
                     ISTH_CONFIDENCE_BANNER, NULL, 0);
}

static void
emit_login (IsthDissectContext *ctx,
            MysqlState *state,
            const char *user,
            const char *database,
            const char *program)
{
  char object[ISTH_LIMIT_TEXT];

  isth_text_format (object, sizeof object, "user “%s”%s%s%s%s%s%s", user, database[0] ? ", database “" : "", database, database[0] ? "”" : "",
                    program[0] ? ", program “" : "", program, program[0] ? "”" : "");
  state->logged_in = true;
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
}

/* HandshakeResponse41, or the request to go on by TLS that looks like its beginning. */
static IsthDissectResult
read_login (IsthDissectContext *ctx,
            MysqlState *state,
            IsthCursor *c)
{
  char user[80], database[80] = "", program[64] = "";
  uint32_t length = isth_cursor_wire_left (c), can = isth_cursor_le32 (c);
  IsthCursor name;

  isth_cursor_skip (c, 4 + 1 + 23);
  if (c->failed || !(can & CAN_PROTOCOL_41))
    return ISTH_DISSECT_MALFORMED;
  isth_context_show (ctx, c->data, c->position); /* what proves who logs in follows, with some ways a password */
  isth_emit_role (ctx, NULL, "mysql-client");
  if (can & CAN_SSL && length == SSL_REQUEST)
    {
      state->ssl = true;
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "start-tls" });
      return ISTH_DISSECT_OK;
    }
  name = isth_sql_take_string (c);
  isth_text_from_bytes (user, sizeof user, name.data, name.length);
  if (can & CAN_LENGTH_CODED_AUTH)
    take_coded (c);
  else if (can & CAN_SECURE_CONNECTION)
    isth_cursor_skip (c, isth_cursor_u8 (c));
  else
    isth_sql_take_string (c);
  if (can & CAN_CONNECT_WITH_DATABASE)
    {
      name = isth_sql_take_string (c);
      isth_text_from_bytes (database, sizeof database, name.data, name.length);
    }
  if (can & CAN_PLUGIN_AUTH)
    isth_sql_take_string (c);
  if (can & CAN_ATTRIBUTES && !c->failed)
    read_attributes (ctx, take_coded (c), program, sizeof program);
  emit_login (ctx, state, user, database, program);
  return ISTH_DISSECT_OK;
}

static void
read_command (IsthDissectContext *ctx,
              MysqlState *state,
              IsthCursor *c)
{
  uint8_t code = isth_cursor_u8 (c);
  char object[ISTH_LIMIT_TEXT];
  const uint8_t *start, *end;
  IsthRequest request = { .match = COMMAND_MATCH, .function = code };

  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].code == code)
      {
        request.name = commands[i].name;
        request.verb = (IsthOp) commands[i].verb;
      }
  if (c->failed || !request.name)
    return;
  state->waiting = code != 0x01 && code != 0x19; /* those two are not answered */
  request.no_answer = !state->waiting;
  if (code == 0x03 || code == 0x16)
    {
      isth_sql_emit (ctx, &request, c->data + c->position, isth_cursor_left (c), false);
      return;
    }
  start = c->data + c->position;
  end = memchr (start, 0, isth_cursor_left (c));
  if (code == CHANGE_USER)
    isth_context_show (ctx, start, end ? (uint32_t) (end - start) : 0);
  request.key = isth_context_digest (ctx, code, start, code != USE_DATABASE && code != CHANGE_USER ? 0 : end ? (size_t) (end - start) : isth_cursor_left (c));
  if (isth_emit_again (ctx, &request))
    return;
  if (code == USE_DATABASE || code == CHANGE_USER)
    request.object = isth_text_from_string (object, sizeof object, start, isth_cursor_left (c));
  isth_emit_request (ctx, &request);
}

/* OK, an error with its text (in 4.1 and later behind "#" and five letters), or the first packet of a result. */
static void
read_answer (IsthDissectContext *ctx,
             MysqlState *state,
             uint8_t number,
             IsthCursor *c)
{
  uint64_t match = state->waiting ? COMMAND_MATCH : LOGIN_MATCH;
  uint8_t kind = isth_cursor_u8 (c);
  char text[160];

  if (c->failed || (state->waiting && number != 1) || (!state->waiting && (kind == ANSWER_MORE || kind == ANSWER_SWITCH)))
    return;
  state->waiting = false;
  if (kind != ANSWER_ERROR)
    {
      isth_emit_response (ctx, match, ISTH_OUTCOME_OK, NULL, false);
      return;
    }
  isth_cursor_skip (c, 2);
  if (isth_cursor_peek (c, 0) == '#')
    isth_cursor_skip (c, 6);
  isth_text_from_bytes (text, sizeof text, c->data + c->position, isth_cursor_left (c));
  isth_emit_response (ctx, match, ISTH_OUTCOME_REFUSED, text, false);
}

static IsthDissectResult
mysql_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  MysqlState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  uint32_t length;
  uint8_t number;

  if (!state->greeted && !is_greeting (*c))
    return ISTH_DISSECT_NOT_MINE;
  if (state->ssl)
    {
      isth_tls_read_records (ctx, &state->sides[server], c);
      return ISTH_DISSECT_OK;
    }
  if (!read_header (c, &length, &number))
    return ISTH_DISSECT_MALFORMED;
  if (!state->greeted)
    read_greeting (ctx, state, c);
  else if (server)
    read_answer (ctx, state, number, c);
  else if (!state->logged_in)
    return read_login (ctx, state, c);
  else if (number == 0)
    read_command (ctx, state, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 3306 } };

const IsthDissector isth_dissector_mysql = {
  .id = "mysql", /* stored in project files: never change it */
  .title = "MySQL",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software os",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MysqlState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = mysql_probe,
  .pdu_length = mysql_pdu_length,
  .dissect = mysql_dissect,
};
