/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PostgreSQL (its manual, "Frontend/Backend Protocol", version 3): the server's version, who logs in to which database with which program and how, whether it
 * turns to TLS and what that shows, what is asked. Rows are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/secret.h"
#include "analysis/dissectors/sql.h"
#include "analysis/dissectors/tls-handshake.h"

#define STARTUP 0x00030000u
#define CANCEL 80877102u
#define SSL_REQUEST 80877103u
#define GSS_REQUEST 80877104u
#define LONGEST_STARTUP 10000
#define MOST_PARAMETERS 32
#define LOGIN_MATCH 1
#define QUERY_MATCH 2

enum
{
  AUTHENTICATION_OK = 0,
  AUTHENTICATION_CLEAR = 3,
};

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
  bool started, logged_in, clear, ssl;
  char user[64];
} PostgresqlState;

static bool
is_startup (uint32_t length,
            uint32_t code)
{
  if (code == STARTUP || code == STARTUP + 2)
    return length >= 16 && length <= LONGEST_STARTUP;
  return ((code == SSL_REQUEST || code == GSS_REQUEST) && length == 8) || (code == CANCEL && length == 16);
}

static IsthProbe
postgresql_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  uint32_t length, code;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != 0 || isth_cursor_peek (&c, 1) != 0)
    return ISTH_PROBE_NO;
  length = isth_cursor_be32 (&c);
  code = isth_cursor_be32 (&c);
  return !c.failed && is_startup (length, code) && length <= isth_cursor_wire_left (&c) + 8 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* The first message has no type; the answer to a wish for TLS is one letter; then there are records of TLS, or messages with types. */
static uint32_t
postgresql_pdu_length (IsthCursor c)
{
  IsthCursor look = c;
  uint32_t length;
  uint16_t record;
  uint8_t type;

  if (isth_cursor_left (&c) == 1 && (isth_cursor_peek (&c, 0) == 'S' || isth_cursor_peek (&c, 0) == 'N' || isth_cursor_peek (&c, 0) == 'G'))
    return 1;
  if (isth_cursor_left (&c) < 5)
    return ISTH_PDU_MORE;
  if (isth_tls_read_record_header (&look, &type, &record))
    return 5u + record;
  if (isth_cursor_peek (&c, 0) == 0)
    {
      length = isth_cursor_be32 (&c);
      return length >= 8 && length <= LONGEST_STARTUP ? length : ISTH_PDU_INVALID;
    }
  type = isth_cursor_u8 (&c);
  length = isth_cursor_be32 (&c);
  return g_ascii_isalnum (type) && length >= 4 && length < ISTH_LIMIT_PDU ? 1 + length : ISTH_PDU_INVALID;
}

static bool
is_word (const IsthCursor *text,
         const char *word)
{
  return text->length == strlen (word) && memcmp (text->data, word, text->length) == 0;
}

static void
read_startup (IsthDissectContext *ctx,
              PostgresqlState *state,
              IsthCursor *c)
{
  char database[64] = "", program[64] = "", object[ISTH_LIMIT_TEXT];

  for (int i = 0; i < MOST_PARAMETERS && isth_cursor_left (c) > 1; i++)
    {
      IsthCursor name = isth_sql_take_string (c), value = isth_sql_take_string (c);

      if (is_word (&name, "user"))
        isth_text_from_bytes (state->user, sizeof state->user, value.data, value.length);
      else if (is_word (&name, "database"))
        isth_text_from_bytes (database, sizeof database, value.data, value.length);
      else if (is_word (&name, "application_name"))
        {
          isth_text_from_bytes (program, sizeof program, value.data, value.length);
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, value.data, value.length);
        }
    }
  isth_text_format (object, sizeof object, "user “%s”%s%s%s%s%s%s", state->user, database[0] ? ", database “" : "", database, database[0] ? "”" : "",
                    program[0] ? ", program “" : "", program, program[0] ? "”" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "startup", .object = object });
}

static IsthDissectResult
read_first (IsthDissectContext *ctx,
            PostgresqlState *state,
            IsthCursor *c)
{
  uint32_t length = isth_cursor_be32 (c), code = isth_cursor_be32 (c);

  if (c->failed || !is_startup (length, code))
    return state->started ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (!state->started)
    isth_emit_role (ctx, NULL, "postgresql-client");
  state->started = true;
  state->ssl = code == SSL_REQUEST;
  if (code == STARTUP || code == STARTUP + 2)
    read_startup (ctx, state, c);
  else
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = code == CANCEL, .match = LOGIN_MATCH, .verb = ISTH_OP_OTHER, .function = -1,
                                             .name = code == CANCEL ? "cancel" : code == SSL_REQUEST ? "start-tls" : "start-gss" });
  return ISTH_DISSECT_OK;
}

/* Fields of a letter and a string each: 'M' is the text. */
static void
read_error (IsthDissectContext *ctx,
            PostgresqlState *state,
            IsthCursor *c)
{
  char text[160] = "";

  for (int i = 0; i < MOST_PARAMETERS && isth_cursor_left (c) > 1; i++)
    {
      uint8_t field = isth_cursor_u8 (c);
      IsthCursor value = isth_sql_take_string (c);

      if (field == 'M')
        isth_text_from_bytes (text, sizeof text, value.data, value.length);
    }
  isth_emit_response (ctx, state->logged_in ? QUERY_MATCH : LOGIN_MATCH, ISTH_OUTCOME_REFUSED, text, false);
}

static void
read_server (IsthDissectContext *ctx,
             PostgresqlState *state,
             uint8_t type,
             IsthCursor *c)
{
  IsthCursor name, value;
  char text[96], version[64];
  uint32_t code;

  switch (type)
    {
    case 'R':
      code = isth_cursor_be32 (c);
      isth_emit_role (ctx, NULL, "postgresql-server");
      state->clear = code == AUTHENTICATION_CLEAR;
      if (code != AUTHENTICATION_OK || c->failed)
        return;
      state->logged_in = true;
      isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_OK, NULL, false);
      return;
    case 'S':
      name = isth_sql_take_string (c);
      value = isth_sql_take_string (c);
      if (!is_word (&name, "server_version"))
        return;
      isth_text_from_bytes (version, sizeof version, value.data, value.length);
      isth_text_format (text, sizeof text, "PostgreSQL %s", version);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, value.data, value.length);
      return;
    case 'E':
      read_error (ctx, state, c);
      return;
    case 'C':
      isth_emit_response (ctx, QUERY_MATCH, ISTH_OUTCOME_OK, NULL, false);
      return;
    default:
      return;
    }
}

static void
read_client (IsthDissectContext *ctx,
             PostgresqlState *state,
             uint8_t type,
             IsthCursor *c)
{
  IsthRequest request = { .match = QUERY_MATCH, .function = type };
  char object[ISTH_LIMIT_TEXT];
  IsthCursor text;

  switch (type)
    {
    case 'Q':
    case 'P':
      if (type == 'P')
        isth_sql_take_string (c); /* the statement's own name */
      text = isth_sql_take_string (c);
      request.name = type == 'Q' ? "query" : "parse";
      isth_sql_emit (ctx, &request, text.data, text.length, false);
      return;
    case 'p':
      if (!state->clear)
        return;
      isth_context_show (ctx, c->data, c->position);
      isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", state->user,
                        isth_secret_class (isth_cursor_wire_left (c) > 0 ? isth_cursor_wire_left (c) - 1 : 0)); /* it ends with a zero */
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = type, .name = "password", .object = object });
      return;
    default:
      return;
    }
}

static IsthDissectResult
postgresql_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  PostgresqlState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  IsthCursor look = *c;
  uint16_t record;
  uint8_t type;

  if (isth_cursor_peek (c, 0) == 0)
    return read_first (ctx, state, c);
  if (!state->started)
    return ISTH_DISSECT_NOT_MINE;
  if (state->ssl && isth_tls_read_record_header (&look, &type, &record))
    {
      isth_tls_read_records (ctx, &state->sides[server], c);
      return ISTH_DISSECT_OK;
    }
  type = isth_cursor_u8 (c);
  if (isth_cursor_wire_left (c) == 0) /* whether it does TLS, or GSS */
    {
      isth_emit_response (ctx, LOGIN_MATCH, type != 'N' ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, type != 'N' ? NULL : "not supported", false);
      return ISTH_DISSECT_OK;
    }
  isth_cursor_skip (c, 4);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (server)
    read_server (ctx, state, type, c);
  else
    read_client (ctx, state, type, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 5432 } };

const IsthDissector isth_dissector_postgresql = {
  .id = "postgresql", /* stored in project files: never change it */
  .title = "PostgreSQL",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (PostgresqlState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = postgresql_probe,
  .pdu_length = postgresql_pdu_length,
  .dissect = postgresql_dissect,
};
