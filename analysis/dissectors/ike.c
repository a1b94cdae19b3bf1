/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IKE, which opens the tunnels of IPsec: versions 1 (RFC 2408, 2409) and 2 (RFC 7296), also behind the marker of NAT traversal, where ESP in UDP is told from
 * it (RFC 3948). Who begins, what the peers are by their vendor ids, what ciphers they agree on, who they say they are where that goes over in clear (the
 * aggressive mode of version 1). All that follows is encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ike-tables.h"

#define NAT_PORT 4500
#define MOST_PAYLOADS 32
#define FLAG_ENCRYPTED_1 0x01
#define FLAG_RESPONSE_2 0x20

enum
{
  PAYLOAD_SA_1 = 1,
  PAYLOAD_ID_1 = 5,
  PAYLOAD_NOTIFY_1 = 11,
  PAYLOAD_VENDOR_1 = 13,
  PAYLOAD_SA_2 = 33,
  PAYLOAD_NOTIFY_2 = 41,
  PAYLOAD_VENDOR_2 = 43,
  PAYLOAD_ENCRYPTED_2 = 46,
};

enum
{
  EXCHANGE_INFORMATIONAL_1 = 5,
  EXCHANGE_SA_INIT = 34,
};

typedef struct
{
  bool met[2]; /* the client, the server */
  bool vendors[2];
  bool asked;
} IkeState;

typedef struct
{
  uint64_t initiator, responder;
  uint32_t message, length;
  uint8_t next, version, exchange, flags;
} Header;

static const struct { uint8_t code; const char *name; } exchanges[] = {
  { 2, "main-mode" }, { 4, "aggressive-mode" }, { 5, "informational" }, { 6, "transaction" }, { 32, "quick-mode" }, { 33, "new-group-mode" },
  { 34, "sa-init" }, { 35, "auth" }, { 36, "create-child-sa" }, { 37, "informational" }, { 38, "session-resume" }, { 43, "intermediate" },
};

/* RFC 2408, 3.14.1; RFC 7296, 3.10.1. */
static const struct { uint16_t code; const char *text_1, *text_2; } notifications[] = {
  { 1, "invalid payload type", "unsupported critical payload" }, { 2, "domain of interpretation not supported", NULL }, { 3, "situation not supported", NULL },
  { 4, "invalid cookie", "invalid SPI" }, { 5, "invalid major version", "invalid major version" }, { 6, "invalid minor version", NULL },
  { 7, "invalid exchange type", "invalid syntax" }, { 8, "invalid flags", NULL }, { 9, "invalid message id", "invalid message id" },
  { 10, "invalid protocol", NULL }, { 11, "invalid SPI", "invalid SPI" }, { 12, "invalid transform", NULL }, { 13, "attributes not supported", NULL },
  { 14, "no proposal chosen", "no proposal chosen" }, { 15, "bad proposal syntax", NULL }, { 16, "payload malformed", NULL },
  { 17, "invalid key information", "other key exchange wanted" }, { 18, "invalid id information", NULL }, { 24, "authentication failed", "authentication failed" },
};

static const char *const ciphers_1[] = { NULL, "DES", "IDEA", "Blowfish", "RC5", "3DES", "CAST", "AES", "Camellia" };
static const char *const ciphers_2[] = { NULL, "DES-IV64", "DES", "3DES", "RC5", "IDEA", "CAST", "Blowfish", NULL, NULL, NULL, "none", "AES-CBC", "AES-CTR",
                                         "AES-CCM-8", "AES-CCM-12", "AES-CCM-16", NULL, "AES-GCM-8", "AES-GCM-12", "AES-GCM-16", NULL, NULL, "Camellia", NULL, NULL, NULL, NULL, "ChaCha20-Poly1305" };

static const char *
get_exchange_name (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (exchanges); i++)
    if (exchanges[i].code == code)
      return exchanges[i].name;
  return NULL;
}

/* Behind the zeros that mark it on the port of NAT traversal. */
static void
skip_marker (IsthCursor *c,
             const IsthPacket *packet)
{
  IsthCursor look = *c;

  if ((packet->source_port == NAT_PORT || packet->target_port == NAT_PORT) && isth_cursor_be32 (&look) == 0)
    *c = look;
}

static bool
read_header (IsthCursor *c,
             Header *h)
{
  uint32_t whole = isth_cursor_wire_left (c);

  h->initiator = isth_cursor_be64 (c);
  h->responder = isth_cursor_be64 (c);
  h->next = isth_cursor_u8 (c);
  h->version = isth_cursor_u8 (c);
  h->exchange = isth_cursor_u8 (c);
  h->flags = isth_cursor_u8 (c);
  h->message = isth_cursor_be32 (c);
  h->length = isth_cursor_be32 (c);
  return !c->failed && h->initiator != 0 && (h->version == 0x10 || h->version == 0x20) && get_exchange_name (h->exchange) != NULL &&
         (h->version == 0x20) == (h->exchange >= EXCHANGE_SA_INIT) && h->length == whole;
}

static IsthProbe
ike_probe (IsthCursor c,
           const IsthPacket *packet)
{
  Header h;

  skip_marker (&c, packet);
  return read_header (&c, &h) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
read_vendor (IsthDissectContext *ctx,
             const IsthCursor *c)
{
  char hex[65];

  if (c->length >= 4 && isth_text_is_printable (c->data, c->length))
    {
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, c->data, c->length);
      return;
    }
  isth_text_from_hex (hex, sizeof hex, c->data, MIN (c->length, 32));
  for (size_t i = 0; i < G_N_ELEMENTS (ike_vendor_ids); i++)
    if (g_str_has_prefix (hex, ike_vendor_ids[i].hex))
      {
        isth_emit_claim (ctx, NULL, ike_vendor_ids[i].product ? ISTH_ATTRIBUTE_SOFTWARE : ISTH_ATTRIBUTE_BANNER, ike_vendor_ids[i].name, ISTH_CONFIDENCE_BANNER,
                         c->data, c->length);
        return;
      }
}

/* The first cipher that is offered, or the chosen one: version 1, RFC 2409, appendix A; version 2, RFC 7296, 3.3. */
static const char *
read_cipher (IsthCursor c,
             uint8_t version,
             char *text,
             size_t size)
{
  const char *name = NULL;
  uint32_t bits = 0;
  uint16_t kind, value;
  uint8_t spi;

  text[0] = '\0';
  isth_cursor_skip (&c, version == 0x10 ? 8 : 0); /* the domain and situation */
  isth_cursor_skip (&c, 6);
  spi = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 1u + spi);
  isth_cursor_skip (&c, 2); /* of the first transform: its length is next */
  value = isth_cursor_be16 (&c);
  c = isth_cursor_take (&c, MAX (value, 4) - 4u);
  if (version == 0x20)
    {
      if (isth_cursor_u8 (&c) != 1) /* ciphers come first */
        return text;
      isth_cursor_skip (&c, 1);
      value = isth_cursor_be16 (&c);
      name = !c.failed && value < G_N_ELEMENTS (ciphers_2) ? ciphers_2[value] : NULL;
    }
  else
    isth_cursor_skip (&c, 4);
  for (int i = 0; i < 16 && isth_cursor_left (&c) >= 4; i++)
    {
      kind = isth_cursor_be16 (&c);
      value = isth_cursor_be16 (&c);
      if (!(kind & 0x8000))
        isth_cursor_skip (&c, value);
      else if (version == 0x10 && (kind & 0x7fff) == 1 && value < G_N_ELEMENTS (ciphers_1))
        name = ciphers_1[value];
      else if ((kind & 0x7fff) == 14)
        bits = value;
    }
  if (name && bits)
    return isth_text_format (text, size, "%s-%u", name, bits);
  return isth_text_format (text, size, "%s", name ? name : "");
}

/* RFC 2407, 4.6.2: a name of the peer, or an address, which is known. */
static void
read_id (IsthDissectContext *ctx,
         IsthCursor c,
         char *user,
         size_t size)
{
  uint8_t kind = isth_cursor_u8 (&c);

  isth_cursor_skip (&c, 3);
  if (c.failed || (kind != 2 && kind != 3 && kind != 11) || !isth_text_is_printable (c.data + c.position, isth_cursor_left (&c)))
    return;
  isth_text_from_bytes (user, size, c.data + c.position, isth_cursor_left (&c));
  if (kind == 2)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, c.data + c.position, isth_cursor_left (&c));
}

static const char *
find_notification (IsthCursor c,
                   uint8_t version)
{
  uint16_t code;

  isth_cursor_skip (&c, 2);
  code = isth_cursor_be16 (&c);
  for (size_t i = 0; i < G_N_ELEMENTS (notifications) && !c.failed; i++)
    if (notifications[i].code == code)
      return version == 0x10 ? notifications[i].text_1 : notifications[i].text_2;
  return NULL;
}

/* What the payloads in clear tell. */
typedef struct
{
  char cipher[32], user[96];
  const char *error;
} Found;

static bool
read_payloads (IsthDissectContext *ctx,
               const Header *h,
               bool tell_vendors,
               IsthCursor c,
               Found *found)
{
  uint8_t next = h->next;

  *found = (Found) { .error = NULL };
  for (int i = 0; i < MOST_PAYLOADS && next != 0; i++)
    {
      uint8_t kind = next;
      const char *error = NULL;
      uint16_t length;
      IsthCursor body;

      next = isth_cursor_u8 (&c);
      isth_cursor_skip (&c, 1);
      length = isth_cursor_be16 (&c);
      if (c.failed || length < 4)
        return false;
      body = isth_cursor_take (&c, length - 4u);
      if (c.failed)
        return false;
      if (kind == PAYLOAD_SA_1 || kind == PAYLOAD_SA_2)
        read_cipher (body, h->version, found->cipher, sizeof found->cipher);
      else if (kind == PAYLOAD_VENDOR_1 || kind == PAYLOAD_VENDOR_2)
        {
          if (tell_vendors)
            read_vendor (ctx, &body);
        }
      else if (kind == PAYLOAD_ID_1 && h->version == 0x10)
        read_id (ctx, body, found->user, sizeof found->user);
      else if (kind == PAYLOAD_NOTIFY_2 && h->version == 0x20)
        error = find_notification (body, h->version);
      else if (kind == PAYLOAD_NOTIFY_1 && h->version == 0x10)
        {
          isth_cursor_skip (&body, 4); /* the domain stands in front */
          error = find_notification (body, h->version);
        }
      else if (kind >= PAYLOAD_ENCRYPTED_2)
        return true;
      if (error && !found->error)
        found->error = error;
    }
  return true;
}

static void
tell (IsthDissectContext *ctx,
      IkeState *state,
      const Header *h,
      bool server,
      const Found *found)
{
  const char *name = get_exchange_name (h->exchange);
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .match = h->initiator, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = h->exchange, .name = name, .object = object };

  if (!server && h->responder == 0 && !state->asked)
    {
      isth_text_format (object, sizeof object, "IKEv%u%s%s%s%s%s", h->version >> 4, found->cipher[0] ? ", " : "", found->cipher, found->user[0] ? ", user “" : "",
                        found->user, found->user[0] ? "”" : "");
      state->asked = true;
      isth_emit_request (ctx, &request);
    }
  else if (server && state->asked && (found->error || h->exchange != EXCHANGE_INFORMATIONAL_1))
    {
      if (isth_emit_response (ctx, h->initiator, found->error ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, found->error, false))
        state->asked = false;
    }
}

static IsthDissectResult
ike_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IkeState *state = isth_context_state (ctx);
  Found found;
  bool server;
  Header h;

  if (isth_cursor_wire_left (c) == 1 && isth_cursor_peek (c, 0) == 0xff) /* RFC 3948, 2.3: keeps a NAT's door open */
    return ISTH_DISSECT_OK;
  if ((packet->source_port == NAT_PORT || packet->target_port == NAT_PORT) && isth_cursor_left (c) >= 8 &&
      (isth_cursor_peek (c, 0) | isth_cursor_peek (c, 1) | isth_cursor_peek (c, 2) | isth_cursor_peek (c, 3)) != 0)
    return state->met[0] || state->met[1] ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  skip_marker (c, packet);
  if (!read_header (c, &h))
    return ISTH_DISSECT_NOT_MINE;
  if (h.version == 0x20)
    server = (h.flags & FLAG_RESPONSE_2) != 0;
  else
    server = isth_context_direction (ctx) == ISTH_FROM_SERVER || (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN && h.responder != 0);
  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->met[server], server ? "ike-responder" : "ike-initiator");
  if ((h.version == 0x10 && h.flags & FLAG_ENCRYPTED_1) || h.exchange > EXCHANGE_SA_INIT)
    return ISTH_DISSECT_OK;
  if (!read_payloads (ctx, &h, !state->vendors[server], *c, &found))
    return ISTH_DISSECT_MALFORMED;
  state->vendors[server] = true;
  tell (ctx, state, &h, server, &found);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 500 }, { ISTH_BIND_UDP, 4500 } };

const IsthDissector isth_dissector_ike = {
  .id = "ike", /* stored in project files: never change it */
  .title = "IKE (IPsec)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software banner hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IkeState),
  .probe = ike_probe,
  .dissect = ike_dissect,
};
