/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS records and handshake messages: RFC 8446, 4 and 5.1; RFC 5246, 7.4; RFC 6101. */
#include "analysis/dissectors/tls-handshake.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/remote-names.h"
#include "analysis/dissectors/tls-hello.h"
#include "analysis/dissectors/x509.h"

#define MOST_CERTIFICATES 8
#define HELLO_MATCH 1

enum
{
  HANDSHAKE_CLIENT_HELLO = 1,
  HANDSHAKE_SERVER_HELLO = 2,
  HANDSHAKE_CERTIFICATE = 11,
};

static const struct { uint8_t code; const char *text; } alerts[] = {
  { 10, "unexpected message" }, { 20, "bad record MAC" }, { 40, "handshake failure" }, { 42, "bad certificate" }, { 43, "unsupported certificate" },
  { 44, "certificate revoked" }, { 45, "certificate expired" }, { 46, "certificate unknown" }, { 47, "illegal parameter" }, { 48, "unknown authority" },
  { 49, "access denied" }, { 50, "decode error" }, { 51, "decrypt error" }, { 70, "protocol version" }, { 71, "insufficient security" },
  { 80, "internal error" }, { 86, "inappropriate fallback" }, { 109, "missing extension" }, { 112, "unrecognised name" }, { 116, "certificate required" },
  { 120, "no application protocol" },
};

static void
say_fingerprint (IsthDissectContext *ctx,
                 const char *kind,
                 const char *value)
{
  char text[80];

  if (value[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FINGERPRINT, isth_text_format (text, sizeof text, "%s %s", kind, value), ISTH_CONFIDENCE_HINT, NULL, 0);
}

static void
read_client_hello (IsthDissectContext *ctx,
                   char transport,
                   IsthCursor body)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthTlsHello hello;
  char object[ISTH_LIMIT_TEXT], host[160], inner[32], ja3[ISTH_FINGERPRINT_TEXT], ja4[ISTH_JA4_TEXT];

  if (!isth_tls_read_hello (&hello, body, true))
    return;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "tls-client");
  isth_text_from_bytes (host, sizeof host, hello.host.data, hello.host.length);
  isth_text_from_bytes (inner, sizeof inner, hello.protocol.data, hello.protocol.length);
  isth_text_format (object, sizeof object, "%s%s%s%s%s", host, host[0] ? ", " : "", isth_tls_version_name (hello.version), inner[0] ? ", " : "", inner);
  isth_emit_request (ctx, &(IsthRequest) { .match = HELLO_MATCH, .verb = ISTH_OP_OTHER, .function = HANDSHAKE_CLIENT_HELLO, .name = "client-hello",
                                           .object = object });
  if (hello.host.length > 0)
    {
      if (host[strspn (host, "0123456789.")] != '\0' && !strchr (host, ':')) /* a name, no address */
        isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_REPORTED, hello.host.data, hello.host.length);
      isth_remote_name_tell (ctx, hello.host.data, hello.host.length, true);
    }
  isth_tls_ja3 (&hello, ja3);
  isth_tls_ja4 (&hello, transport, ja4);
  say_fingerprint (ctx, "JA3", ja3);
  say_fingerprint (ctx, "JA4", ja4);
}

static void
read_server_hello (IsthDissectContext *ctx,
                   IsthCursor body)
{
  IsthTlsHello hello;

  if (!isth_tls_read_hello (&hello, body, false))
    return;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "tls-server");
  isth_emit_response (ctx, HELLO_MATCH, ISTH_OUTCOME_OK, NULL, false);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = HANDSHAKE_SERVER_HELLO, .name = "server-hello",
                                           .object = isth_tls_version_name (hello.version) });
}

/* RFC 5246, 7.4.2: the own one first, then those that vouch for it. */
static void
read_certificates (IsthDissectContext *ctx,
                   IsthCursor body)
{
  IsthCursor list = isth_cursor_take (&body, isth_cursor_be24 (&body));

  for (int i = 0; i < MOST_CERTIFICATES && isth_cursor_left (&list) > 3; i++)
    {
      IsthCursor der = isth_cursor_take (&list, isth_cursor_be24 (&list));

      if (!isth_x509_read (ctx, der, i == 0))
        return;
      if (i == 0)
        isth_remote_certificate_tell (ctx, &der);
    }
}

/* The first of the certificates is the user's. */
static void
tell_user (IsthDissectContext *ctx,
           IsthCursor body)
{
  IsthCursor list = isth_cursor_take (&body, isth_cursor_be24 (&body));
  IsthCursor der = isth_cursor_take (&list, isth_cursor_be24 (&list));
  char name[160], object[ISTH_LIMIT_TEXT];

  if (isth_x509_get_user (der, name, sizeof name))
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = HANDSHAKE_CERTIFICATE, .name = "client-certificate",
                                             .object = isth_text_format (object, sizeof object, "user “%s”, by certificate", name) });
}

/* As isth_tls_read_message(), of what @side says. */
static void
read_of_side (IsthDissectContext *ctx,
              const IsthTlsSide *side,
              char transport,
              uint8_t kind,
              IsthCursor body)
{
  if (side->person && kind == HANDSHAKE_CERTIFICATE)
    tell_user (ctx, body);
  isth_tls_read_message (ctx, transport, kind, body);
}

void
isth_tls_read_message (IsthDissectContext *ctx,
                       char transport,
                       uint8_t kind,
                       IsthCursor body)
{
  if (kind == HANDSHAKE_CLIENT_HELLO)
    read_client_hello (ctx, transport, body);
  else if (kind == HANDSHAKE_SERVER_HELLO)
    read_server_hello (ctx, body);
  else if (kind == HANDSHAKE_CERTIFICATE)
    read_certificates (ctx, body);
}

void
isth_tls_collect (IsthDissectContext *ctx,
                  IsthTlsSide *side,
                  char transport,
                  uint8_t kind,
                  uint32_t need,
                  const IsthCursor *piece)
{
  IsthTlsPieces *pieces = side->pieces;
  uint32_t n = isth_cursor_left (piece), before;

  if (kind != HANDSHAKE_CLIENT_HELLO && kind != HANDSHAKE_SERVER_HELLO && kind != HANDSHAKE_CERTIFICATE && !pieces)
    return;
  if (!pieces)
    {
      pieces = side->pieces = isth_context_room (ctx);
      if (!pieces)
        return;
    }
  if (pieces->need == 0)
    {
      pieces->need = need;
      pieces->kind = kind;
      pieces->have = 0;
    }
  before = pieces->have;
  n = MIN (n, MIN (ISTH_TLS_COLLECTED, pieces->need) - before);
  memcpy (pieces->bytes + pieces->have, piece->data + piece->position, n);
  pieces->have = (uint16_t) (pieces->have + n);
  if (pieces->have < MIN (ISTH_TLS_COLLECTED, pieces->need))
    return;
  read_of_side (ctx, side, transport, pieces->kind, isth_cursor_new (pieces->bytes, pieces->have, pieces->need));
  pieces->rest = pieces->need - MIN (pieces->need, before + isth_cursor_wire_left (piece));
  pieces->need = 0;
}

/* What is still to come of a message that began in an earlier piece. False: all of @bytes was. */
static bool
go_on (IsthDissectContext *ctx,
       IsthTlsSide *side,
       IsthCursor *bytes)
{
  IsthCursor piece;

  if (side->pieces && side->pieces->need == 0)
    {
      uint32_t n = MIN (side->pieces->rest, isth_cursor_wire_left (bytes));

      side->pieces->rest -= n;
      isth_cursor_take (bytes, n);
    }
  if (!side->pieces || side->pieces->need == 0)
    return isth_cursor_left (bytes) > 0;
  piece = isth_cursor_take (bytes, MIN (isth_cursor_wire_left (bytes), side->pieces->need - side->pieces->have));
  isth_tls_collect (ctx, side, 't', 0, 0, &piece);
  return isth_cursor_left (bytes) > 0;
}

/* The bytes of consecutive messages, of which the last may go on in the next piece. */
static void
read_messages (IsthDissectContext *ctx,
               IsthTlsSide *side,
               IsthCursor bytes)
{
  if (!go_on (ctx, side, &bytes))
    return;
  while (isth_cursor_left (&bytes) >= 4)
    {
      uint8_t kind = isth_cursor_u8 (&bytes);
      uint32_t length = isth_cursor_be24 (&bytes);
      IsthCursor body;

      if (length > isth_cursor_wire_left (&bytes) && length <= ISTH_LIMIT_PDU && isth_cursor_left (&bytes) > 0)
        {
          isth_tls_collect (ctx, side, 't', kind, length, &bytes);
          return;
        }
      body = isth_cursor_take (&bytes, length);
      read_of_side (ctx, side, 't', kind, body);
      if (bytes.failed)
        return;
    }
}

void
isth_tls_read_alert (IsthDissectContext *ctx,
                     IsthCursor record)
{
  uint8_t level = isth_cursor_u8 (&record), code = isth_cursor_u8 (&record);
  char other[32];
  const char *text = NULL;

  if (record.failed || level != 2)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (alerts); i++)
    if (alerts[i].code == code)
      text = alerts[i].text;
  if (!text)
    text = isth_text_format (other, sizeof other, "alert %u", code);
  if (!isth_emit_response (ctx, HELLO_MATCH, ISTH_OUTCOME_REFUSED, text, false))
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = code, .name = "alert", .object = text });
}

bool
isth_tls_read_record_header (IsthCursor *c,
                             uint8_t *type,
                             uint16_t *length)
{
  uint16_t version;

  *type = isth_cursor_u8 (c);
  version = isth_cursor_be16 (c);
  *length = isth_cursor_be16 (c);
  return !c->failed && *type >= ISTH_TLS_CHANGE_CIPHER_SPEC && *type <= ISTH_TLS_DATA && version >> 8 == 3 && (version & 0xff) <= 4 && *length > 0 &&
         *length <= ISTH_TLS_LONGEST;
}

void
isth_tls_read_record (IsthDissectContext *ctx,
                      IsthTlsSide *side,
                      uint8_t type,
                      IsthCursor content)
{
  side->started = true;
  if (side->secret)
    return;
  if (type == ISTH_TLS_HANDSHAKE)
    read_messages (ctx, side, content);
  else if (type == ISTH_TLS_ALERT && content.wire == 2)
    isth_tls_read_alert (ctx, content);
  else if (type == ISTH_TLS_CHANGE_CIPHER_SPEC || type == ISTH_TLS_DATA)
    side->secret = true;
}

void
isth_tls_read_records (IsthDissectContext *ctx,
                       IsthTlsSide *side,
                       IsthCursor *c)
{
  uint16_t length;
  uint8_t type;

  while (isth_cursor_left (c) > 0 && !side->secret && isth_tls_read_record_header (c, &type, &length))
    isth_tls_read_record (ctx, side, type, isth_cursor_take (c, MIN (length, isth_cursor_wire_left (c))));
}
