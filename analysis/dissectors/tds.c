/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TDS, the protocol of Microsoft SQL Server (MS-TDS): the server's version, who logs in from which computer with which program, whether the login is
 * encrypted, what is asked. The password, which only is scrambled where the login is not encrypted, and rows are not read. Logins of versions before 7 are
 * named only. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/ntlmssp.h"
#include "analysis/dissectors/secret.h"
#include "analysis/dissectors/sql.h"
#include "analysis/dissectors/tls-handshake.h"

#define HEADER 8
#define LARGEST 32767
#define LAST_PACKET 1
#define LOGIN_MATCH 1
#define BATCH_MATCH 2
#define MOST_OPTIONS 16
#define MOST_TOKENS 64
#define TLS_HANDSHAKE 22

enum
{
  TYPE_BATCH = 1,
  TYPE_OLD_LOGIN = 2,
  TYPE_RPC = 3,
  TYPE_ANSWER = 4,
  TYPE_ATTENTION = 6,
  TYPE_BULK = 7,
  TYPE_TRANSACTION = 14,
  TYPE_LOGIN = 16,
  TYPE_SSPI = 17,
  TYPE_PRELOGIN = 18,
};

enum
{
  TOKEN_ERROR = 0xaa,
  TOKEN_INFO = 0xab,
  TOKEN_LOGIN_ACK = 0xad,
  TOKEN_ENVIRONMENT = 0xe3,
  TOKEN_SSPI = 0xed,
};

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
  bool inside[2];       /* a message goes on in the next packet */
  bool met[2], asked_version, logging_in;
} TdsState;

/* 2.2.6.6 */
static const char *const procedures[] = {
  NULL, "sp_cursor", "sp_cursoropen", "sp_cursorprepare", "sp_cursorexecute", "sp_cursorprepexec", "sp_cursorunprepare", "sp_cursorfetch", "sp_cursoroption",
  "sp_cursorclose", "sp_executesql", "sp_prepare", "sp_execute", "sp_prepexec", "sp_prepexecrpc", "sp_unprepare",
};

static const struct { uint8_t major, minor; const char *name; } products[] = {
  { 8, 0, "2000" }, { 9, 0, "2005" }, { 10, 0, "2008" }, { 10, 50, "2008 R2" }, { 11, 0, "2012" }, { 12, 0, "2014" }, { 13, 0, "2016" },
  { 14, 0, "2017" }, { 15, 0, "2019" }, { 16, 0, "2022" }, { 17, 0, "2025" },
};

static bool
read_header (IsthCursor *c,
             uint8_t *type,
             uint8_t *status,
             uint16_t *length)
{
  *type = isth_cursor_u8 (c);
  *status = isth_cursor_u8 (c);
  *length = isth_cursor_be16 (c);
  isth_cursor_skip (c, 4); /* the last byte should be 0, but some put something there */
  return !c->failed && *type >= TYPE_BATCH && *type <= TYPE_PRELOGIN && *length >= HEADER && *length <= LARGEST &&
         *status < 0x20;
}

/* Options of the pre-login (2.2.6.5): from the first on, each with a place inside. */
static bool
is_prelogin (IsthCursor c)
{
  uint32_t size = isth_cursor_wire_left (&c);
  uint8_t first = isth_cursor_u8 (&c);
  uint16_t at = isth_cursor_be16 (&c), length = isth_cursor_be16 (&c);

  return !c.failed && first == 0 && length == 6 && at >= 6 && at + 6u <= size && at % 5 == 1;
}

/* 2.2.5.3: headers, each with its length and kind; that of the transaction is always among them. */
static bool
has_headers (IsthCursor c)
{
  uint32_t all = isth_cursor_le32 (&c), seen = 4;
  bool transaction = false;

  if (c.failed || all < 22 || all > 512)
    return false;
  while (seen < all)
    {
      uint32_t one = isth_cursor_le32 (&c);
      uint16_t kind = isth_cursor_le16 (&c);

      if (c.failed || one < 6 || one > all - seen || kind < 1 || kind > 3)
        return false;
      transaction |= kind == 2 && one == 18;
      isth_cursor_skip (&c, one - 6);
      seen += one;
    }
  return transaction;
}

static IsthProbe
tds_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint8_t type, status;
  uint16_t length;
  IsthCursor look;

  (void) packet;
  if (isth_cursor_peek (&c, 7) != 0 || !read_header (&c, &type, &status, &length))
    return ISTH_PROBE_NO;
  look = c;
  switch (type)
    {
    case TYPE_PRELOGIN:
      return is_prelogin (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case TYPE_LOGIN:
      return isth_cursor_le32 (&look) == length - (uint32_t) HEADER && isth_cursor_le32 (&look) >> 24 >= 0x70 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    case TYPE_BATCH:
    case TYPE_RPC:
    case TYPE_TRANSACTION:
      return has_headers (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    case TYPE_ANSWER:
      return is_prelogin (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    default:
      return ISTH_PROBE_WEAK;
    }
}

static uint32_t
tds_pdu_length (IsthCursor c)
{
  uint8_t type, status;
  uint16_t length, record;
  IsthCursor look = c;

  if (isth_tls_read_record_header (&look, &type, &record)) /* TLS outside of packets: data once the login was encrypted, or TDS 8 */
    return 5u + record;
  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  return read_header (&c, &type, &status, &length) ? length : ISTH_PDU_INVALID;
}

/* "SQL Server 2019 (15.0.2000)" */
static void
say_version (IsthDissectContext *ctx,
             const char *product,
             uint8_t major,
             uint8_t minor,
             uint16_t build,
             const uint8_t *at,
             uint32_t length)
{
  char text[120];
  const char *year = "";

  for (size_t i = 0; i < G_N_ELEMENTS (products); i++)
    if (products[i].major == major && products[i].minor == minor)
      year = products[i].name;
  isth_text_format (text, sizeof text, "%s%s%s (%u.%u.%u)", product, year[0] ? " " : "", year, major, minor, build);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, at, length);
}

static void
meet (IsthDissectContext *ctx,
      TdsState *state,
      bool server)
{
  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (state->met[server])
    return;
  state->met[server] = true;
  isth_emit_role (ctx, NULL, server ? "tds-server" : "tds-client");
}

/* 2.2.6.5. The client's version is that of its library. */
static void
read_prelogin (IsthDissectContext *ctx,
               IsthCursor c,
               bool server)
{
  static const char *const encryption[] = { "login encrypted", "all encrypted", "not encrypted", "all encrypted" };
  IsthCursor all = c;

  for (int i = 0; i < MOST_OPTIONS; i++)
    {
      uint8_t option = isth_cursor_u8 (&c);
      uint16_t at = isth_cursor_be16 (&c), length = isth_cursor_be16 (&c);
      IsthCursor value = all;

      if (c.failed || option == 0xff)
        return;
      isth_cursor_skip (&value, at);
      value = isth_cursor_take (&value, length);
      if (option == 0 && server && length == 6)
        {
          uint8_t major = isth_cursor_u8 (&value), minor = isth_cursor_u8 (&value);
          uint16_t build = isth_cursor_be16 (&value);

          if (!value.failed)
            say_version (ctx, "SQL Server", major, minor, build, value.data, 4);
        }
      else if (option == 1 && server && value.length == 1)
        isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = TYPE_PRELOGIN, .name = "encryption",
                                                 .object = encryption[value.data[0] & 3], .at = value.data, .length = 1 });
    }
}

/* A string of the login: place and characters stand at @slot. */
static void
read_login_text (const IsthCursor *login,
                 uint32_t slot,
                 char *text,
                 size_t size)
{
  IsthCursor c = *login, value = *login;
  uint16_t at, characters;

  isth_cursor_skip (&c, slot);
  at = isth_cursor_le16 (&c);
  characters = isth_cursor_le16 (&c);
  isth_cursor_skip (&value, at);
  value = isth_cursor_take (&value, 2u * characters);
  if (c.failed || value.length < 2u * characters || characters == 0)
    text[0] = '\0';
  else
    isth_text_from_utf16 (text, size, value.data, value.length, false);
}

/* How many characters a string of the login has. */
static uint16_t
count_characters (const IsthCursor *login,
                  uint32_t slot)
{
  IsthCursor c = *login;

  isth_cursor_skip (&c, slot + 2);
  return isth_cursor_le16 (&c);
}

/* 2.2.6.4 */
static void
read_login (IsthDissectContext *ctx,
            TdsState *state,
            IsthCursor c)
{
  char host[80], user[80], program[80], library[80], database[80], windows[120] = "", object[ISTH_LIMIT_TEXT];
  IsthCursor sspi = c, at = c;
  uint16_t place, length;

  read_login_text (&c, 36, host, sizeof host);
  read_login_text (&c, 40, user, sizeof user);
  read_login_text (&c, 48, program, sizeof program);
  read_login_text (&c, 60, library, sizeof library);
  read_login_text (&c, 68, database, sizeof database);
  isth_cursor_skip (&at, 78);
  place = isth_cursor_le16 (&at);
  length = isth_cursor_le16 (&at);
  isth_cursor_skip (&sspi, place);
  if (!at.failed && length > 0)
    isth_ntlmssp_read (ctx, isth_cursor_take (&sspi, length), windows, sizeof windows);
  if (host[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_PARSED, NULL, 0);
  if (program[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, program, ISTH_CONFIDENCE_BANNER, NULL, 0);
  if (library[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, library, ISTH_CONFIDENCE_BANNER, NULL, 0);
  if (user[0])
    isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)%s%s%s", user, isth_secret_class (count_characters (&c, 44)), database[0] ? ", database “" : "", database, database[0] ? "”" : "");
  else
    isth_text_format (object, sizeof object, "%s%s%s%s", windows[0] ? windows : "Windows account", database[0] ? ", database “" : "", database,
                      database[0] ? "”" : "");
  state->logging_in = true;
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = TYPE_LOGIN, .name = "login", .object = object });
}

static void
read_batch (IsthDissectContext *ctx,
            uint8_t type,
            IsthCursor c)
{
  IsthRequest request = { .match = BATCH_MATCH, .function = type, .name = type == TYPE_BATCH ? "batch" : "procedure", .verb = ISTH_OP_OTHER };
  char name[96];
  const uint8_t *start;
  uint32_t left;
  uint16_t n;

  if (has_headers (c))
    isth_cursor_skip (&c, isth_cursor_le32 (&c) - 4);
  if (type == TYPE_BATCH)
    {
      isth_sql_emit (ctx, &request, c.data + c.position, isth_cursor_left (&c), true);
      return;
    }
  start = c.data + c.position;
  left = isth_cursor_left (&c);
  n = isth_cursor_le16 (&c);
  request.key = isth_context_digest (ctx, type, start, MIN (left, n == 0xffff ? 4 : 2u + 2u * n));
  if (isth_emit_again (ctx, &request))
    return;
  if (n == 0xffff)
    {
      uint16_t id = isth_cursor_le16 (&c);

      request.object = id < G_N_ELEMENTS (procedures) ? procedures[id] : NULL;
    }
  else
    {
      IsthCursor text = isth_cursor_take (&c, 2u * n);

      request.object = isth_text_from_utf16 (name, sizeof name, text.data, text.length & ~1u, false);
    }
  isth_emit_request (ctx, &request);
}

/* The text of an error: number, state, class, then characters. */
static void
refuse (IsthDissectContext *ctx,
        uint64_t match,
        IsthCursor token)
{
  char text[160], words[200];
  uint32_t number = isth_cursor_le32 (&token);
  IsthCursor message;

  isth_cursor_skip (&token, 2);
  message = isth_cursor_take (&token, 2u * isth_cursor_le16 (&token));
  isth_text_from_utf16 (text, sizeof text, message.data, message.length & ~1u, false);
  isth_emit_response (ctx, match, ISTH_OUTCOME_REFUSED, isth_text_format (words, sizeof words, "%u %s", number, text), false);
}

static void
read_login_ack (IsthDissectContext *ctx,
                IsthCursor token)
{
  IsthCursor name;
  char text[80];
  uint8_t major, minor;
  uint16_t build;

  isth_cursor_skip (&token, 5);
  name = isth_cursor_take (&token, 2u * isth_cursor_u8 (&token));
  isth_text_from_utf16 (text, sizeof text, name.data, name.length & ~1u, false);
  major = isth_cursor_u8 (&token);
  minor = isth_cursor_u8 (&token);
  build = isth_cursor_be16 (&token);
  if (!token.failed)
    say_version (ctx, text, major, minor, build, token.data, token.length);
}

/* 2.2.7: what answers a login is a row of tokens that tell their length; of other answers the first token tells whether they are one. */
static void
read_answer (IsthDissectContext *ctx,
             TdsState *state,
             IsthCursor c)
{
  if (!state->logging_in)
    {
      uint8_t token = isth_cursor_u8 (&c);

      if (token == TOKEN_ERROR)
        refuse (ctx, BATCH_MATCH, isth_cursor_take (&c, isth_cursor_le16 (&c)));
      else
        isth_emit_response (ctx, BATCH_MATCH, ISTH_OUTCOME_OK, NULL, false);
      return;
    }
  for (int i = 0; i < MOST_TOKENS && isth_cursor_left (&c) > 3; i++)
    {
      uint8_t kind = isth_cursor_u8 (&c);
      IsthCursor token;

      if (kind != TOKEN_ERROR && kind != TOKEN_INFO && kind != TOKEN_LOGIN_ACK && kind != TOKEN_ENVIRONMENT)
        break;
      token = isth_cursor_take (&c, isth_cursor_le16 (&c));
      if (kind == TOKEN_LOGIN_ACK || kind == TOKEN_ERROR)
        state->logging_in = false;
      if (kind == TOKEN_ERROR)
        refuse (ctx, LOGIN_MATCH, token);
      else if (kind == TOKEN_LOGIN_ACK)
        {
          read_login_ack (ctx, token);
          isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_OK, NULL, false);
        }
    }
}

static void
read_request (IsthDissectContext *ctx,
              TdsState *state,
              uint8_t type,
              IsthCursor c)
{
  switch (type)
    {
    case TYPE_LOGIN:
      read_login (ctx, state, c);
      break;
    case TYPE_BATCH:
    case TYPE_RPC:
      read_batch (ctx, type, c);
      break;
    case TYPE_OLD_LOGIN:
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = type, .name = "login",
                                               .object = "before TDS 7" });
      break;
    case TYPE_BULK:
      isth_emit_request (ctx, &(IsthRequest) { .match = BATCH_MATCH, .verb = ISTH_OP_OTHER, .function = type, .name = "bulk-load" });
      break;
    default:
      break;
    }
}

static IsthDissectResult
tds_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  TdsState *state = isth_context_state (ctx);
  IsthCursor start = *c, body;
  uint8_t type, status;
  uint16_t length;
  bool server, goes_on;

  if (!read_header (c, &type, &status, &length))
    {
      if (!state->met[0] && !state->met[1])
        return ISTH_DISSECT_NOT_MINE;
      isth_tls_read_records (ctx, &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER], &start);
      return ISTH_DISSECT_OK;
    }
  server = type == TYPE_ANSWER || (type == TYPE_PRELOGIN && isth_context_direction (ctx) == ISTH_FROM_SERVER);
  body = isth_cursor_rest (c);
  if (!server && type != TYPE_PRELOGIN) /* passwords follow, in a login as good as in clear */
    isth_context_show (ctx, start.data + start.position, HEADER);
  meet (ctx, state, server);
  goes_on = state->inside[server];
  state->inside[server] = !(status & LAST_PACKET);
  if (type == TYPE_PRELOGIN && isth_cursor_peek (&body, 0) == TLS_HANDSHAKE)
    isth_tls_read_records (ctx, &state->sides[server], &body);
  else if (goes_on)
    return ISTH_DISSECT_OK;
  else if (type == TYPE_PRELOGIN || (type == TYPE_ANSWER && !state->logging_in && state->asked_version && is_prelogin (body)))
    {
      state->asked_version = !server;
      read_prelogin (ctx, body, server);
    }
  else if (server)
    read_answer (ctx, state, body);
  else
    read_request (ctx, state, type, body);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1433 } };

const IsthDissector isth_dissector_tds = {
  .id = "tds", /* stored in project files: never change it */
  .title = "TDS (Microsoft SQL Server)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TdsState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = tds_probe,
  .pdu_length = tds_pdu_length,
  .dissect = tds_dissect,
};
