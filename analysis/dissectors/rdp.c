/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote Desktop Protocol (MS-RDPBCGR, 1.3.1, 2.2.1): who connects as whom, how the connection is secured, what the client calls itself, which channels it
 * opens, the server's certificate. It stands in TPKT and X.224 (as ISO transport does), and turns to TLS when that was agreed on; screens and input are not
 * read. With network level authentication (CredSSP) names and passwords go inside TLS. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/tls-handshake.h"
#include "analysis/dissectors/windows-names.h"
#include "analysis/dissectors/x509.h"

#define TPKT 4
#define TLS_HEADER 5
#define TLS_FIRST 0x14 /* record types */
#define TLS_LAST 0x17
#define CONNECTION_REQUEST 0xe0
#define CONNECTION_CONFIRM 0xd0
#define DATA 0xf0
#define CONNECT_MATCH 1
#define FARTHEST 512     /* bytes in front of the conference data of T.124 */
#define MOST_BLOCKS 16
#define MOST_CHANNELS 31 /* 2.2.1.3.4 */
#define MOST_CERTIFICATES 16
#define COOKIE "Cookie: mstshash="

enum
{
  NEGOTIATION_REQUEST = 1,
  NEGOTIATION_RESPONSE = 2,
  NEGOTIATION_FAILURE = 3,
};

typedef struct
{
  IsthTlsSide sides[2]; /* client, server */
  bool tls;             /* it was agreed on */
} RdpState;

/* What X.224 negotiates (2.2.1.1.1, 2.2.1.2). */
typedef struct
{
  uint8_t type, flags;
  uint32_t value;
  const uint8_t *at;
} Negotiation;

static bool
is_tls (const uint8_t *b)
{
  return b[0] >= TLS_FIRST && b[0] <= TLS_LAST && b[1] == 3 && b[2] <= 4;
}

/* Reads the header of TPKT and X.224: @code of the TPDU, @c behind its fixed part. */
static bool
read_header (IsthCursor *c,
             uint8_t *code)
{
  uint8_t version = isth_cursor_u8 (c), reserved = isth_cursor_u8 (c);
  uint16_t length = isth_cursor_be16 (c);
  uint8_t indicator = isth_cursor_u8 (c);

  *code = isth_cursor_u8 (c);
  if (c->failed || version != 3 || reserved != 0 || length < 7 || (uint32_t) indicator + TPKT + 1 > length)
    return false;
  isth_cursor_limit (c, length - 6u);
  isth_cursor_skip (c, *code == DATA ? 1 : 5);
  return !c->failed;
}

/* The last eight bytes of the variable part. */
static bool
find_negotiation (IsthCursor c,
                  Negotiation *self)
{
  if (isth_cursor_left (&c) < 8)
    return false;
  isth_cursor_skip (&c, isth_cursor_left (&c) - 8);
  self->at = c.data + c.position;
  self->type = isth_cursor_u8 (&c);
  self->flags = isth_cursor_u8 (&c);
  if (self->type < NEGOTIATION_REQUEST || self->type > NEGOTIATION_FAILURE || isth_cursor_le16 (&c) != 8)
    return false;
  self->value = isth_cursor_le32 (&c);
  return self->value < 0x100;
}

static IsthProbe
rdp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  Negotiation negotiation;
  uint8_t code;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != 3 || !read_header (&c, &code))
    return ISTH_PROBE_NO;
  if (code == CONNECTION_REQUEST || code == CONNECTION_CONFIRM)
    {
      if (isth_cursor_left (&c) == 0)
        return ISTH_PROBE_WEAK;
      if (isth_cursor_left (&c) > 8 && memcmp (c.data + c.position, "Cookie: ", 8) == 0)
        return ISTH_PROBE_STRONG;
      return find_negotiation (c, &negotiation) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  /* Connecting in T.125, as conferences do, too. */
  return code == DATA && isth_cursor_peek (&c, 0) == 0x7f && (isth_cursor_peek (&c, 1) == 0x65 || isth_cursor_peek (&c, 1) == 0x66) ? ISTH_PROBE_WEAK
                                                                                                                                    : ISTH_PROBE_NO;
}

/* Slow path, TLS, or fast path (2.2.8.1.2). */
static uint32_t
rdp_pdu_length (IsthCursor c)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), length;

  if (left == 0)
    return ISTH_PDU_MORE;
  if (b[0] != 3 && (b[0] & 3) != 0 && (b[0] < TLS_FIRST || b[0] > TLS_LAST))
    return ISTH_PDU_INVALID;
  if (left < TLS_HEADER)
    return ISTH_PDU_MORE;
  if (is_tls (b))
    return TLS_HEADER + isth_be16 (b + 3);
  if (b[0] == 3)
    {
      length = isth_be16 (b + 2);
      return b[1] == 0 && length >= 7 ? length : ISTH_PDU_INVALID;
    }
  if (b[0] & 3)
    return ISTH_PDU_INVALID;
  length = b[1] & 0x80 ? (b[1] & 0x7fu) << 8 | b[2] : b[1];
  return length > 2 ? length : ISTH_PDU_INVALID;
}

/* "NLA or TLS" */
static const char *
protocols_text (char *text,
                size_t size,
                uint32_t protocols)
{
  static const struct { uint8_t bit; const char *name; } names[] = {
    { 8, "NLA with early authorisation" }, { 2, "NLA" }, { 4, "RDSTLS" }, { 16, "Entra ID" }, { 1, "TLS" },
  };
  const char *between = "";
  size_t end = 0;

  isth_text_format (text, size, "%s", protocols == 0 ? "proprietary encryption" : "");
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (protocols & names[i].bit)
      {
        isth_text_format (text + end, size - end, "%s%s", between, names[i].name);
        end = strlen (text);
        between = " or ";
      }
  return text;
}

/* 2.2.1.1 */
static void
read_connection_request (IsthDissectContext *ctx,
                         IsthCursor c)
{
  char user[96] = "", wanted[96] = "", object[ISTH_LIMIT_TEXT];
  uint32_t n = isth_cursor_left (&c), skip = sizeof COOKIE - 1;
  const uint8_t *start = c.data + c.position, *end;
  Negotiation negotiation;

  if (n > skip && memcmp (start, COOKIE, skip) == 0)
    {
      end = memchr (start + skip, '\r', n - skip);
      isth_text_from_bytes (user, sizeof user, start + skip, end ? (size_t) (end - start) - skip : 0);
    }
  if (find_negotiation (c, &negotiation) && negotiation.type == NEGOTIATION_REQUEST)
    protocols_text (wanted, sizeof wanted, negotiation.value);
  isth_text_format (object, sizeof object, "%s%s%s%s%s", user[0] ? "user “" : "", user, user[0] ? "”" : "", user[0] && wanted[0] ? ", offers " : "",
                    user[0] ? wanted : wanted[0] ? wanted : "proprietary encryption");
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "rdp-client");
  isth_emit_request (ctx, &(IsthRequest) { .match = CONNECT_MATCH, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "connect", .object = object });
}

/* 2.2.1.2 */
static void
read_connection_confirm (IsthDissectContext *ctx,
                         RdpState *state,
                         IsthCursor c)
{
  static const char *const refusals[] = { "unknown", "TLS required", "TLS not allowed", "no certificate", "inconsistent flags", "NLA required",
                                          "TLS with a certificate of the user required" };
  char text[96], banner[128];
  Negotiation negotiation;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "rdp-server");
  if (!find_negotiation (c, &negotiation))
    {
      isth_emit_response (ctx, CONNECT_MATCH, ISTH_OUTCOME_OK, NULL, false);
      return;
    }
  if (negotiation.type == NEGOTIATION_FAILURE)
    {
      const char *why = refusals[negotiation.value < G_N_ELEMENTS (refusals) ? negotiation.value : 0];

      isth_emit_response (ctx, CONNECT_MATCH, ISTH_OUTCOME_REFUSED, why, false);
      isth_text_format (banner, sizeof banner, "RDP, %s", why);
    }
  else
    {
      state->tls = negotiation.value != 0;
      isth_emit_response (ctx, CONNECT_MATCH, ISTH_OUTCOME_OK, NULL, false);
      isth_text_format (banner, sizeof banner, "RDP, %s%s", protocols_text (text, sizeof text, negotiation.value), negotiation.value == 1 ? " without NLA" : "");
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, banner, ISTH_CONFIDENCE_PARSED, negotiation.at, 8);
}

/* 2.2.1.3.2 */
static void
read_client_core (IsthDissectContext *ctx,
                  IsthCursor c)
{
  uint16_t width, height;
  uint32_t layout, build;
  const uint8_t *name, *keyboard, *number;
  char text[ISTH_LIMIT_TEXT], system[96];
  const char *language;

  isth_cursor_skip (&c, 4);
  width = isth_cursor_le16 (&c);
  height = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 4);
  keyboard = c.data + c.position;
  layout = isth_cursor_le32 (&c);
  number = c.data + c.position;
  build = isth_cursor_le32 (&c);
  name = isth_cursor_bytes (&c, 32);
  if (!name)
    return;
  isth_text_from_utf16 (text, sizeof text, name, 32, false);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_PARSED, name, 32);
  if (build > 0 && build < 0x10000)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, isth_windows_build_name (system, sizeof system, (uint16_t) build), ISTH_CONFIDENCE_BANNER, number, 4);
  language = isth_windows_language ((uint16_t) layout);
  isth_text_format (text, sizeof text, "keyboard %s%s0x%08x%s, screen %u × %u", language ? language : "", language ? " (" : "", layout, language ? ")" : "", width,
                    height);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, text, ISTH_CONFIDENCE_BANNER, keyboard, 4);
}

/* 2.2.1.3.4: what is carried besides the screen: drives ("rdpdr"), the clipboard ("cliprdr") … */
static void
read_channels (IsthDissectContext *ctx,
               IsthCursor c)
{
  uint32_t n = isth_cursor_le32 (&c);
  char object[ISTH_LIMIT_TEXT] = "", name[16];
  size_t end = 0;

  for (uint32_t i = 0; i < MIN (n, MOST_CHANNELS); i++)
    {
      const uint8_t *bytes = isth_cursor_bytes (&c, 8);

      isth_cursor_skip (&c, 4);
      if (c.failed)
        break;
      isth_text_from_string (name, sizeof name, bytes, 8);
      isth_text_format (object + end, sizeof object - end, "%s%s", end > 0 ? ", " : "", name);
      end = strlen (object);
    }
  if (end > 0)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "channels", .object = object });
}

/* 2.2.1.4.3: the last certificate of a chain is the server's own. */
static void
read_server_security (IsthDissectContext *ctx,
                      IsthCursor c)
{
  const uint8_t *at = c.data + c.position;
  uint32_t method = isth_cursor_le32 (&c), level = isth_cursor_le32 (&c), random = isth_cursor_le32 (&c), n;
  char text[96];

  if (c.failed || method == 0)
    return;
  isth_text_format (text, sizeof text, "RDP, proprietary encryption, %s, level %u",
                    method == 1 ? "40 bits" : method == 2 ? "128 bits" : method == 8 ? "56 bits" : "FIPS", level);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, text, ISTH_CONFIDENCE_PARSED, at, 8);
  isth_cursor_skip (&c, 4);
  isth_cursor_skip (&c, random);
  if ((isth_cursor_le32 (&c) & 0x7fffffff) != 2)
    return;
  n = isth_cursor_le32 (&c);
  for (uint32_t i = 0; i < MIN (n, MOST_CERTIFICATES) && !c.failed; i++)
    {
      IsthCursor der = isth_cursor_take (&c, isth_cursor_le32 (&c));

      if (!c.failed && isth_cursor_left (&der) > 0)
        isth_x509_read (ctx, der, i + 1 == n);
    }
}

/* The blocks of user data in T.124, found by the key that stands in front of them: "Duca" from the client, "McDn" from the server. */
static bool
find_blocks (IsthCursor *c,
             const char *key)
{
  for (uint32_t i = 0; i < FARTHEST && isth_cursor_left (c) > 6; i++)
    {
      if (memcmp (c->data + c->position, key, 4) == 0)
        {
          isth_cursor_skip (c, 4);
          isth_cursor_skip (c, isth_cursor_peek (c, 0) & 0x80 ? 2 : 1);
          return !c->failed;
        }
      isth_cursor_skip (c, 1);
    }
  return false;
}

static void
read_blocks (IsthDissectContext *ctx,
             IsthCursor c,
             bool client)
{
  if (!find_blocks (&c, client ? "Duca" : "McDn"))
    return;
  isth_context_prove_direction (ctx, client ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  for (int i = 0; i < MOST_BLOCKS && isth_cursor_left (&c) >= 4; i++)
    {
      uint16_t type = isth_cursor_le16 (&c), length = isth_cursor_le16 (&c);
      IsthCursor block;

      if (length < 4)
        return;
      block = isth_cursor_take (&c, length - 4u);
      if (client && type == 0xc001)
        read_client_core (ctx, block);
      else if (client && type == 0xc003)
        read_channels (ctx, block);
      else if (!client && type == 0x0c02)
        read_server_security (ctx, block);
    }
}

static IsthDissectResult
rdp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  RdpState *state = isth_context_state (ctx);
  const uint8_t *b = c->data + c->position;
  uint8_t code;

  if (isth_cursor_left (c) >= TLS_HEADER && is_tls (b))
    {
      if (!state->tls)
        return ISTH_DISSECT_NOT_MINE;
      isth_tls_read_records (ctx, &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER], c);
      return ISTH_DISSECT_OK;
    }
  if (isth_cursor_peek (c, 0) >= 0 && isth_cursor_peek (c, 0) != 3)
    return (isth_cursor_peek (c, 0) & 3) == 0 ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  if (!read_header (c, &code))
    return ISTH_DISSECT_MALFORMED;
  if (code == CONNECTION_REQUEST)
    read_connection_request (ctx, *c);
  else if (code == CONNECTION_CONFIRM)
    read_connection_confirm (ctx, state, *c);
  else if (code == DATA && isth_cursor_peek (c, 0) == 0x7f && (isth_cursor_peek (c, 1) == 0x65 || isth_cursor_peek (c, 1) == 0x66))
    read_blocks (ctx, *c, isth_cursor_peek (c, 1) == 0x65);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 3389 } };

const IsthDissector isth_dissector_rdp = {
  .id = "rdp", /* stored in project files: never change it */
  .title = "Remote Desktop (RDP)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname os description banner certificate_name fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RdpState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = rdp_probe,
  .pdu_length = rdp_pdu_length,
  .dissect = rdp_dissect,
};
