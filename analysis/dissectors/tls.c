/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS (RFC 8446, 5246, 6101): what is said before it becomes secret. The host that is asked for, versions, application protocol, certificates where they go
 * over in clear (up to 1.2), alerts; and how the client asks, as JA3 and JA4.
 *
 * A handshake message that goes over several records is read as far as the first one has it. Of an encrypted connection nothing is said but that it is there. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/tls-hello.h"
#include "analysis/dissectors/x509.h"

#define HEADER 5
#define LONGEST ((1u << 14) + 2048)
#define MOST_CERTIFICATES 8
#define HELLO_MATCH 1

enum
{
  RECORD_CHANGE_CIPHER_SPEC = 20,
  RECORD_ALERT,
  RECORD_HANDSHAKE,
  RECORD_DATA,
};

enum
{
  HANDSHAKE_CLIENT_HELLO = 1,
  HANDSHAKE_SERVER_HELLO = 2,
  HANDSHAKE_CERTIFICATE = 11,
};

typedef struct
{
  bool secret[2]; /* what this side sends from now on is encrypted: 0 the client, 1 the server */
} TlsState;

static const struct { uint8_t code; const char *text; } alerts[] = {
  { 10, "unexpected message" }, { 20, "bad record MAC" }, { 40, "handshake failure" }, { 42, "bad certificate" }, { 43, "unsupported certificate" },
  { 44, "certificate revoked" }, { 45, "certificate expired" }, { 46, "certificate unknown" }, { 47, "illegal parameter" }, { 48, "unknown authority" },
  { 49, "access denied" }, { 50, "decode error" }, { 51, "decrypt error" }, { 70, "protocol version" }, { 71, "insufficient security" },
  { 80, "internal error" }, { 86, "inappropriate fallback" }, { 109, "missing extension" }, { 112, "unrecognised name" }, { 116, "certificate required" },
  { 120, "no application protocol" },
};

static bool
read_header (IsthCursor *c,
             uint8_t *type,
             uint16_t *length)
{
  uint16_t version;

  *type = isth_cursor_u8 (c);
  version = isth_cursor_be16 (c);
  *length = isth_cursor_be16 (c);
  return !c->failed && *type >= RECORD_CHANGE_CIPHER_SPEC && *type <= RECORD_DATA && version >> 8 == 3 && (version & 0xff) <= 4 && *length > 0 &&
         *length <= LONGEST;
}

static IsthProbe
tls_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint16_t length;
  uint8_t type, kind;

  (void) packet;
  if (!read_header (&c, &type, &length))
    return ISTH_PROBE_NO;
  if (type != RECORD_HANDSHAKE)
    return type != RECORD_CHANGE_CIPHER_SPEC || length == 1 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  kind = isth_cursor_u8 (&c);
  if (kind != HANDSHAKE_CLIENT_HELLO && kind != HANDSHAKE_SERVER_HELLO)
    return ISTH_PROBE_WEAK;
  if (isth_cursor_be24 (&c) + 4 > LONGEST)
    return ISTH_PROBE_NO;
  return isth_cursor_be16 (&c) >> 8 == 3 && !c.failed ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
tls_pdu_length (IsthCursor c)
{
  uint16_t length;
  uint8_t type;

  if (read_header (&c, &type, &length))
    return HEADER + length;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

static void
read_client_hello (IsthDissectContext *ctx,
                   IsthCursor body)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthTlsHello hello;
  char object[ISTH_LIMIT_TEXT], host[160], ja3[ISTH_FINGERPRINT_TEXT], ja4[ISTH_JA4_TEXT], text[80];

  if (!isth_tls_read_hello (&hello, body, true))
    return;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "tls-client");
  isth_text_from_bytes (host, sizeof host, hello.host.data, hello.host.length);
  isth_text_format (object, sizeof object, "%s%s%s", host, host[0] ? ", " : "", isth_tls_version_name (hello.version));
  isth_emit_request (ctx, &(IsthRequest) { .match = HELLO_MATCH, .verb = ISTH_OP_OTHER, .function = HANDSHAKE_CLIENT_HELLO, .name = "client-hello",
                                           .object = object });
  if (hello.host.length > 0)
    isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_REPORTED, hello.host.data, hello.host.length);
  isth_tls_ja3 (&hello, ja3);
  isth_tls_ja4 (&hello, 't', ja4);
  if (ja3[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FINGERPRINT, isth_text_format (text, sizeof text, "JA3 %s", ja3), ISTH_CONFIDENCE_HINT, NULL, 0);
  if (ja4[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FINGERPRINT, isth_text_format (text, sizeof text, "JA4 %s", ja4), ISTH_CONFIDENCE_HINT, NULL, 0);
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
    }
}

/* Several messages may share a record. */
static void
read_handshake (IsthDissectContext *ctx,
                IsthCursor record)
{
  while (isth_cursor_left (&record) >= 4)
    {
      uint8_t kind = isth_cursor_u8 (&record);
      uint32_t length = isth_cursor_be24 (&record);
      IsthCursor body = isth_cursor_take (&record, length);

      if (kind == HANDSHAKE_CLIENT_HELLO)
        read_client_hello (ctx, body);
      else if (kind == HANDSHAKE_SERVER_HELLO)
        read_server_hello (ctx, body);
      else if (kind == HANDSHAKE_CERTIFICATE)
        read_certificates (ctx, body);
      if (record.failed)
        return;
    }
}

static void
read_alert (IsthDissectContext *ctx,
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

static IsthDissectResult
tls_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  TlsState *state = isth_context_state (ctx);
  bool *secret = &state->secret[isth_context_direction (ctx) == ISTH_FROM_SERVER];
  IsthCursor record;
  uint16_t length;
  uint8_t type;

  if (!read_header (c, &type, &length))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  record = isth_cursor_take (c, length);
  if (*secret)
    return ISTH_DISSECT_OK;
  if (type == RECORD_HANDSHAKE)
    read_handshake (ctx, record);
  else if (type == RECORD_ALERT && length == 2)
    read_alert (ctx, record);
  else if (type == RECORD_CHANGE_CIPHER_SPEC || type == RECORD_DATA)
    *secret = true;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 443 } };

const IsthDissector isth_dissector_tls = {
  .id = "tls", /* stored in project files: never change it */
  .title = "TLS",
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname certificate_name banner fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TlsState),
  .probe = tls_probe,
  .pdu_length = tls_pdu_length,
  .dissect = tls_dissect,
};
