/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LDAP (RFC 4511) over TCP and UDP: who logs in and how, what is looked for and changed. What hosts and servers say of themselves is in ldap-entries.c; what
 * SASL or TLS seal is not read. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/gss.h"
#include "analysis/dissectors/ldap-entries.h"
#include "analysis/dissectors/secret.h"
#include "analysis/dissectors/tls-handshake.h"

#define SEQUENCE 0x30
#define INTEGER 0x02
#define OCTETS 0x04
#define ENUMERATED 0x0a
#define CONTROLS 0xa0
#define SASL_HEADER 4
#define TLS_HEADER 5u
#define MOST_MESSAGES 64    /* in a datagram or a piece */
#define SASL_IN_PROGRESS 14
#define START_TLS "1.3.6.1.4.1.1466.20037"

enum
{
  BIND = 0x60, BIND_ANSWER = 0x61, UNBIND = 0x42, SEARCH = 0x63, ENTRY = 0x64, SEARCH_DONE = 0x65, REFERENCE = 0x73, MODIFY = 0x66, MODIFY_ANSWER = 0x67,
  ADD = 0x68, ADD_ANSWER = 0x69, DELETE = 0x4a, DELETE_ANSWER = 0x6b, RENAME = 0x6c, RENAME_ANSWER = 0x6d, COMPARE = 0x6e, COMPARE_ANSWER = 0x6f,
  ABANDON = 0x50, EXTENDED = 0x77, EXTENDED_ANSWER = 0x78, INTERMEDIATE = 0x79,
};

/* RFC 4511, A.1 */
static const struct
{
  uint8_t code;
  const char *text;
} results[] = {
  { 1, "operations error" },        { 2, "protocol error" },          { 3, "time limit exceeded" },     { 4, "size limit exceeded" },
  { 7, "authentication method not supported" }, { 8, "stronger authentication required" }, { 10, "referral" }, { 11, "administrative limit exceeded" },
  { 12, "critical extension unavailable" }, { 13, "confidentiality required" }, { 16, "no such attribute" }, { 17, "undefined attribute" },
  { 19, "constraint violation" },   { 20, "value exists already" },   { 21, "invalid syntax" },         { 32, "no such object" },
  { 34, "invalid name" },           { 48, "inappropriate authentication" }, { 49, "invalid credentials" }, { 50, "insufficient rights" },
  { 51, "busy" },                   { 52, "unavailable" },            { 53, "unwilling to perform" },   { 64, "naming violation" },
  { 65, "object class violation" }, { 66, "not allowed on non-leaf" }, { 68, "entry exists already" },  { 80, "other" },
};

typedef struct
{
  IsthTlsSide sides[2]; /* client, server */
  bool tls;             /* it was asked for */
  bool told[2];         /* which of them is what */
} LdapState;

static bool
is_operation (int tag)
{
  return (tag >= BIND && tag <= COMPARE_ANSWER) || tag == REFERENCE || (tag >= EXTENDED && tag <= INTERMEDIATE) || tag == UNBIND || tag == DELETE ||
         tag == ABANDON;
}

/* An LDAPMessage: its number, and that an operation follows which fits. */
static bool
read_message (IsthCursor *c,
              uint64_t *number,
              uint32_t *kind,
              IsthCursor *body)
{
  IsthCursor message, id;
  uint32_t tag;

  if (isth_cursor_peek (c, 0) != SEQUENCE || !isth_ber_next (c, &tag, &message) || !isth_ber_next (&message, &tag, &id) || tag != INTEGER || id.wire > 5 ||
      !isth_ber_unsigned (id, number) || !is_operation (isth_cursor_peek (&message, 0)) || !isth_ber_next (&message, kind, body))
    return false;
  return isth_cursor_wire_left (&message) == 0 || isth_cursor_left (&message) == 0 || isth_cursor_peek (&message, 0) == CONTROLS;
}

static IsthProbe
ldap_probe (IsthCursor c,
            const IsthPacket *packet)
{
  bool datagram = packet && packet->layer == ISTH_LAYER_UDP;
  IsthCursor body, inner;
  uint64_t number;
  uint32_t kind, tag;
  int first;

  if (isth_cursor_peek (&c, 0) != SEQUENCE)
    return ISTH_PROBE_NO;
  if (!datagram) /* of a stream the rest may follow */
    c = isth_cursor_new (c.data + c.position, isth_cursor_left (&c), ISTH_LIMIT_PDU);
  if (!read_message (&c, &number, &kind, &body) || (datagram && isth_cursor_left (&c) > 0 && isth_cursor_peek (&c, 0) != SEQUENCE))
    return ISTH_PROBE_NO;
  if (kind == UNBIND || kind == ABANDON || kind == DELETE)
    return ISTH_PROBE_WEAK;
  first = isth_cursor_peek (&body, 0);
  if (!isth_ber_next (&body, &tag, &inner))
    return ISTH_PROBE_NO;
  if (kind == BIND)
    return first == INTEGER && inner.wire == 1 && isth_cursor_peek (&inner, 0) >= 2 && isth_cursor_peek (&inner, 0) <= 3 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (kind == SEARCH)
    return first == OCTETS && isth_cursor_peek (&body, 0) == ENUMERATED ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (kind == ENTRY)
    return first == OCTETS && isth_cursor_peek (&body, 0) == SEQUENCE ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (first == ENUMERATED)
    return inner.wire == 1 && isth_cursor_peek (&body, 0) == OCTETS ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return first == OCTETS || first == 0x80 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

/* What GSS-API or NTLM wrap has its length in front (RFC 4422, 3.7). */
static bool
is_sealed (const uint8_t *b,
           uint32_t n)
{
  return n >= 8 && b[0] == 0 && ((b[4] == 0x05 && b[5] == 0x04) || b[4] == 0x60 || (b[4] == 0x01 && b[5] == 0 && b[6] == 0 && b[7] == 0));
}

static uint32_t
ldap_pdu_length (IsthCursor c)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), length = 0;

  if (left == 0)
    return ISTH_PDU_MORE;
  if (b[0] == SEQUENCE)
    {
      if (left < 2 || (b[1] & 0x80 && left < 2u + (b[1] & 0x7f)))
        return left < 6 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
      if (b[1] < 0x80)
        return 2u + b[1];
      if (b[1] == 0x80 || b[1] > 0x84)
        return ISTH_PDU_INVALID;
      for (int i = 0; i < (b[1] & 0x7f); i++)
        length = length << 8 | b[2 + i];
      return length < ISTH_LIMIT_PDU - 6 ? 2u + (b[1] & 0x7fu) + length : ISTH_PDU_INVALID;
    }
  if (b[0] >= 0x14 && b[0] <= 0x17)
    {
      if (left < TLS_HEADER)
        return ISTH_PDU_MORE;
      return b[1] == 3 && b[2] <= 4 ? TLS_HEADER + isth_be16 (b + 3) : ISTH_PDU_INVALID;
    }
  if (b[0] != 0)
    return ISTH_PDU_INVALID;
  if (left < 8)
    return ISTH_PDU_MORE;
  return is_sealed (b, left) ? SASL_HEADER + isth_be24 (b + 1) : ISTH_PDU_INVALID;
}

static void
ask (IsthDissectContext *ctx,
     uint64_t number,
     IsthOp verb,
     uint32_t kind,
     const char *name,
     const char *object,
     const IsthCursor *at)
{
  isth_emit_request (ctx, &(IsthRequest) { .match = number, .verb = verb, .function = kind & 0x1f, .name = name, .object = object, .at = at->data,
                                           .length = at->length });
}

/* 4.2; MS-ADTS, 5.1.1.1.3 for what Windows had before SASL. Passwords are not touched. */
static bool
read_bind (IsthDissectContext *ctx,
           uint64_t number,
           IsthCursor c)
{
  char name[160], object[ISTH_LIMIT_TEXT], token[ISTH_LIMIT_TEXT], mechanism[32];
  IsthCursor version, at, credentials, where;
  uint32_t tag;
  IsthOp verb = ISTH_OP_AUTHENTICATE;

  if (!isth_ber_next (&c, &tag, &version))
    return false;
  isth_ldap_take_text (&c, name, sizeof name, &at);
  if (!isth_ber_next (&c, &tag, &credentials))
    return false;
  if (at.length == 0)
    at = version;
  switch (tag)
    {
    case 0x80:
      if (credentials.wire == 0)
        isth_text_format (object, sizeof object, name[0] ? "user “%s”, no password" : "anonymous", name);
      else
        isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", name, isth_secret_class (credentials.wire));
      break;
    case 0xa3:
      isth_ldap_take_text (&credentials, mechanism, sizeof mechanism, &where);
      if (!isth_ber_next (&credentials, &tag, &where))
        where = isth_cursor_new (c.data, 0, 0);
      if (g_str_equal (mechanism, "PLAIN"))
        isth_text_format (object, sizeof object, "PLAIN, password in clear");
      else if (isth_gss_read (ctx, where, token, sizeof token) == ISTH_GSS_LOGIN)
        isth_text_format (object, sizeof object, "%s, %s", token, mechanism);
      else
        {
          verb = ISTH_OP_OTHER;
          isth_text_format (object, sizeof object, "%s", mechanism);
        }
      break;
    case 0x89:
    case 0x8a:
    case 0x8b:
      if (isth_gss_read (ctx, credentials, token, sizeof token) != ISTH_GSS_LOGIN)
        verb = ISTH_OP_OTHER;
      isth_text_format (object, sizeof object, "%s%sNTLM", token, token[0] ? ", " : "");
      break;
    default:
      isth_text_format (object, sizeof object, "user “%s”", name);
      break;
    }
  ask (ctx, number, verb, BIND, "bind", object, &at);
  return true;
}

/* 4.5.1 */
static bool
read_search (IsthDissectContext *ctx,
             uint64_t number,
             IsthCursor c)
{
  static const char *const scopes[] = { "", " (one level)", " (subtree)" };
  IsthRequest request = { .match = number, .verb = ISTH_OP_READ, .function = SEARCH & 0x1f, .name = "search" };
  IsthCursor base, scope, skip;
  uint32_t tag;
  uint8_t depth;
  char text[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];

  if (!isth_ber_next (&c, &tag, &base) || !isth_ber_next (&c, &tag, &scope))
    return false;
  depth = isth_cursor_u8 (&scope);
  depth = depth < G_N_ELEMENTS (scopes) ? depth : 2;
  for (int i = 0; i < 4; i++) /* aliases, limits, types only */
    if (!isth_ber_next (&c, &tag, &skip))
      return false;
  if (base.length == 0 && depth == 0)
    isth_ldap_read_conditions (ctx, c);
  request.at = base.length > 0 ? base.data : NULL;
  request.length = base.length;
  request.key = isth_context_digest (ctx, 1u + depth, base.length > 0 ? base.data : (const uint8_t *) "", MAX (base.length, 1));
  if (isth_emit_again (ctx, &request))
    return true;
  isth_text_from_bytes (text, sizeof text, base.data, base.length);
  isth_text_format (object, sizeof object, "%.220s%s", base.length > 0 ? text : depth == 0 ? "root" : "everything", scopes[depth]);
  request.object = object;
  isth_emit_request (ctx, &request);
  return true;
}

/* 4.1.9 */
static bool
read_result (IsthDissectContext *ctx,
             LdapState *state,
             uint64_t number,
             uint32_t kind,
             IsthCursor c)
{
  IsthCursor code, skip, token;
  uint32_t tag;
  uint64_t result;
  char text[32], object[ISTH_LIMIT_TEXT];
  const char *why = NULL;
  const IsthPending *asked;

  if (!isth_ber_next (&c, &tag, &code) || tag != ENUMERATED || !isth_ber_unsigned (code, &result))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (results); i++)
    if (results[i].code == result)
      why = results[i].text;
  if (!why && result != 0 && result != 5 && result != 6 && result != SASL_IN_PROGRESS)
    why = isth_text_format (text, sizeof text, "result %u", (unsigned) MIN (result, 9999));
  asked = isth_emit_response (ctx, number, why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  if (kind == EXTENDED_ANSWER && asked && asked->memo[0] == 1)
    state->tls = !why;
  if (kind == BIND_ANSWER && isth_ber_next (&c, &tag, &skip))
    {
      /* Windows puts its challenge into the matched name when it was asked in its old way. */
      isth_gss_read (ctx, skip, object, sizeof object);
      while (isth_ber_next (&c, &tag, &token))
        if (tag == 0x87)
          isth_gss_read (ctx, token, object, sizeof object);
    }
  return true;
}

/* Changes, and what is asked by a number of its own (4.6 to 4.12). */
static bool
read_change (IsthDissectContext *ctx,
             uint64_t number,
             uint32_t kind,
             IsthCursor c)
{
  static const struct { uint8_t kind, verb; const char *name; } changes[] = {
    { MODIFY, ISTH_OP_CONFIGURE, "modify" }, { ADD, ISTH_OP_CONFIGURE, "add" }, { RENAME, ISTH_OP_CONFIGURE, "rename" }, { COMPARE, ISTH_OP_READ, "compare" },
  };
  char text[ISTH_LIMIT_TEXT];
  IsthCursor at;

  if (kind == DELETE)
    {
      isth_text_from_bytes (text, sizeof text, c.data, c.length);
      ask (ctx, number, ISTH_OP_CONFIGURE, kind, "delete", text, &c);
      return true;
    }
  isth_ldap_take_text (&c, text, sizeof text, &at);
  if (kind == EXTENDED)
    {
      bool tls = g_str_equal (text, START_TLS);
      const char *name = tls ? "start TLS" : g_str_equal (text, "1.3.6.1.4.1.4203.1.11.1") ? "change password"
                             : g_str_equal (text, "1.3.6.1.4.1.4203.1.11.3") ? "who am I" : text;

      isth_emit_request (ctx, &(IsthRequest) { .match = number, .verb = g_str_equal (name, "change password") ? ISTH_OP_CONFIGURE : ISTH_OP_OTHER,
                                               .function = kind & 0x1f, .name = "extended", .object = name, .at = at.data, .length = at.length, .memo = { tls, 0 } });
      return true;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].kind == kind)
      ask (ctx, number, (IsthOp) changes[i].verb, kind, changes[i].name, text, &at);
  return true;
}

/* Once for each of them. */
static void
tell_role (IsthDissectContext *ctx,
           LdapState *state,
           bool server)
{
  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->told[server], server ? "ldap-server" : "ldap-client");
}

static bool
read_operation (IsthDissectContext *ctx,
                LdapState *state,
                uint64_t number,
                uint32_t kind,
                IsthCursor body)
{
  switch (kind)
    {
    case BIND:
    case SEARCH:
    case MODIFY:
    case ADD:
    case DELETE:
    case RENAME:
    case COMPARE:
    case EXTENDED:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      if (kind == SEARCH) /* a role's evidence is all of the message, and the others may hold a password */
        tell_role (ctx, state, false);
      if (kind == BIND)
        return read_bind (ctx, number, body);
      return kind == SEARCH ? read_search (ctx, number, body) : read_change (ctx, number, kind, body);
    case UNBIND:
    case ABANDON:
      return true;
    case ENTRY:
      tell_role (ctx, state, true);
      return isth_ldap_read_entry (ctx, body);
    case REFERENCE:
    case INTERMEDIATE:
      return true;
    default:
      tell_role (ctx, state, true);
      return read_result (ctx, state, number, kind, body);
    }
}

/* What TLS or SASL protect. */
static IsthDissectResult
read_sealed (IsthDissectContext *ctx,
             LdapState *state,
             IsthCursor *c)
{
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "sealed" };

  if (isth_cursor_peek (c, 0) != 0)
    {
      if (!state->tls)
        return ISTH_DISSECT_NOT_MINE;
      isth_tls_read_records (ctx, &state->sides[server], c);
      return ISTH_DISSECT_OK;
    }
  if (!is_sealed (c->data + c->position, isth_cursor_left (c)))
    return ISTH_DISSECT_NOT_MINE;
  if (server)
    return ISTH_DISSECT_OK;
  request.key = isth_context_digest (ctx, 0x100, "", 1);
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ldap_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  LdapState *state = isth_context_state (ctx);
  uint64_t number;
  uint32_t kind;
  IsthCursor body;

  if (isth_cursor_left (c) > 0 && isth_cursor_peek (c, 0) != SEQUENCE)
    return read_sealed (ctx, state, c);
  for (int n = 0; n < MOST_MESSAGES && isth_cursor_left (c) > 0; n++)
    {
      const uint8_t *at = c->data + c->position;

      if (!read_message (c, &number, &kind, &body))
        return n == 0 && !c->failed ? ISTH_DISSECT_NOT_MINE : ISTH_DISSECT_MALFORMED;
      isth_context_show (ctx, at, (uint32_t) (c->data + c->position - at)); /* another message of the datagram may hold a password */
      if (!read_operation (ctx, state, number, kind, body))
        return ISTH_DISSECT_MALFORMED;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 389 }, { ISTH_BIND_TCP, 3268 }, { ISTH_BIND_UDP, 389 } };

const IsthDissector isth_dissector_ldap = {
  .id = "ldap", /* stored in project files: never change it */
  .title = "LDAP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain realm os software location banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (LdapState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = ldap_probe,
  .pdu_length = ldap_pdu_length,
  .dissect = ldap_dissect,
};
