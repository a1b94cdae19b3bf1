/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kerberos 5 (RFC 4120, 5.4, 5.9, 7.2; RFC 3961 for the numbers of encryption): who asks for which ticket in which realm, what is refused why, and whose
 * certificates take the place of passwords (PKINIT, RFC 4556, 3.2). Everything else that proves somebody is encrypted and stays unread. Changes of passwords: kpasswd.c. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/cms.h"
#include "analysis/dissectors/gss.h"

#define MARK 4 /* length in front of a message over TCP */
#define SEQUENCE 0x30
#define MOST_FIELDS 16
#define MOST_ETYPES 16
#define NETBIOS_ADDRESS 20
#define OCTETS_0 0x80 /* [0] IMPLICIT OCTET STRING */

/* What comes before the login proper: RFC 4120, 7.5.2; RFC 4556, 3.1.3. */
enum
{
  PA_ENC_TIMESTAMP = 2,
  PA_PK_AS_REQ = 16,
  PA_PK_AS_REP = 17,
  PA_ENCRYPTED_CHALLENGE = 138,
};

enum
{
  AS_REQ = 0x6a,
  AS_REP = 0x6b,
  TGS_REQ = 0x6c,
  TGS_REP = 0x6d,
  ERROR = 0x7e,
};

/* RFC 4120, 7.5.9; RFC 4556, 3.1.3. */
static const struct
{
  uint8_t code;
  const char *text;
} errors[] = {
  { 1, "client expired" },             { 2, "service expired" },               { 3, "wrong version" },
  { 6, "client unknown" },             { 7, "service unknown" },               { 8, "several entries" },
  { 9, "no key" },                     { 10, "cannot be postdated" },          { 11, "never valid" },
  { 12, "policy" },                    { 13, "option not granted" },           { 14, "encryption not supported" },
  { 15, "checksum not supported" },    { 16, "pre-authentication not supported" }, { 18, "client revoked or locked" },
  { 19, "service revoked" },           { 20, "ticket revoked" },               { 21, "client not valid yet" },
  { 23, "password expired" },          { 24, "pre-authentication failed" },    { 25, "pre-authentication required" },
  { 26, "service does not match" },    { 27, "user to user only" },            { 29, "service not available" },
  { 31, "integrity check failed" },    { 32, "ticket expired" },               { 33, "ticket not valid yet" },
  { 34, "replay" },                    { 35, "not for this service" },         { 36, "ticket does not match" },
  { 37, "clocks differ too much" },    { 41, "message modified" },             { 52, "too long for a datagram" },
  { 60, "generic" },                   { 62, "client not trusted" },           { 64, "invalid signature" },
  { 65, "stronger key needed" },       { 68, "wrong realm" },                  { 70, "certificate cannot be verified" },
  { 71, "invalid certificate" },       { 75, "client name does not match" },
};

static const struct
{
  uint8_t etype;
  bool weak;
  const char *name;
} etypes[] = {
  { 1, true, "DES" },          { 3, true, "DES" },           { 16, true, "3DES" },        { 17, false, "AES-128" }, { 18, false, "AES-256" },
  { 19, false, "AES-128 SHA-2" }, { 20, false, "AES-256 SHA-2" }, { 23, true, "RC4" }, { 24, true, "RC4" },
};

/* What a request asks. */
typedef struct
{
  char client[ISTH_LIMIT_TEXT], service[ISTH_LIMIT_TEXT], realm[ISTH_LIMIT_TEXT];
  IsthCursor client_at, realm_at;
  const char *best;  /* encryption that it understands, the best of it */
  bool weak;         /* … and none that is not weak */
  bool proved;       /* something came with it that proves who asks */
} Asked;

/* The start of a message: its tag, version and number, which all agree. */
static bool
is_message (const uint8_t *b,
            uint32_t n)
{
  static const uint8_t version[] = { 0x03, 0x02, 0x01, 0x05 };
  uint32_t skip;
  bool request;

  if (n < 2 || (b[0] != ERROR && (b[0] < AS_REQ || b[0] > TGS_REP)))
    return false;
  skip = b[1] < 0x80 ? 2 : 2 + (b[1] & 0x7fu);
  if (skip > 5 || n < skip + 2 || b[skip] != SEQUENCE)
    return false;
  skip += b[skip + 1] < 0x80 ? 2 : 2 + (b[skip + 1] & 0x7fu);
  request = b[0] == AS_REQ || b[0] == TGS_REQ;
  return skip <= 10 && n >= skip + 10 && b[skip] == (request ? 0xa1 : 0xa0) && memcmp (b + skip + 1, version, sizeof version) == 0 &&
         b[skip + 5] == (request ? 0xa2 : 0xa1) && b[skip + 9] == (b[0] & 0x1f);
}

static bool
is_stream (const IsthPacket *packet)
{
  return packet && packet->layer == ISTH_LAYER_TCP;
}

static IsthProbe
kerberos_probe (IsthCursor c,
                const IsthPacket *packet)
{
  if (is_stream (packet))
    {
      if (isth_cursor_peek (&c, 0) != 0) /* no message has 16 MB */
        return ISTH_PROBE_NO;
      isth_cursor_skip (&c, MARK);
    }
  return !c.failed && is_message (c.data + c.position, isth_cursor_left (&c)) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
kerberos_pdu_length (IsthCursor c)
{
  uint32_t length = isth_cursor_be32 (&c);
  int tag = isth_cursor_peek (&c, 0);

  if (c.failed)
    return ISTH_PDU_MORE;
  if (length < 16 || length > ISTH_LIMIT_PDU - MARK || (tag >= 0 && tag != ERROR && (tag < AS_REQ || tag > TGS_REP)))
    return ISTH_PDU_INVALID;
  return MARK + length;
}

/* The value inside a field's tag; empty when there is none. */
static IsthCursor
unwrap (IsthCursor field)
{
  IsthCursor value;
  uint32_t tag;

  return isth_ber_next (&field, &tag, &value) ? value : isth_cursor_new (field.data, 0, 0);
}

static void
read_etypes (Asked *asked,
             IsthCursor list)
{
  IsthCursor one;
  uint32_t tag;
  uint64_t number;
  int best = -1;

  list = unwrap (list);
  for (int n = 0; n < MOST_ETYPES && isth_ber_next (&list, &tag, &one); n++)
    if (isth_ber_unsigned (one, &number))
      for (size_t i = 0; i < G_N_ELEMENTS (etypes); i++)
        if (etypes[i].etype == number && (best < 0 || (etypes[(size_t) best].weak && !etypes[i].weak)))
          best = (int) i;
  if (best >= 0)
    {
      asked->best = etypes[best].name;
      asked->weak = etypes[best].weak;
    }
}

/* RFC 4120, 5.2.5: Windows names itself here. */
static void
read_addresses (IsthDissectContext *ctx,
                IsthCursor list)
{
  IsthCursor one, field, value;
  uint32_t tag;
  uint64_t type = 0;

  list = unwrap (list);
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&list, &tag, &one); n++)
    while (isth_ber_next (&one, &tag, &field))
      {
        value = unwrap (field);
        if (tag == 0xa0)
          type = isth_ber_unsigned (value, &type) ? type : 0;
        else if (tag == 0xa1 && type == NETBIOS_ADDRESS && value.length > 0)
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, value.data, MIN (value.length, 15));
      }
}

/* 5.4.1 */
static void
read_request_body (IsthDissectContext *ctx,
                   Asked *asked,
                   IsthCursor body)
{
  IsthCursor field;
  uint32_t tag;

  body = unwrap (body);
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&body, &tag, &field); n++)
    switch (tag)
      {
      case 0xa1:
        asked->client_at = field;
        isth_gss_principal (field, asked->client, sizeof asked->client);
        break;
      case 0xa2:
        asked->realm_at = unwrap (field);
        isth_text_from_bytes (asked->realm, sizeof asked->realm, asked->realm_at.data, asked->realm_at.length);
        break;
      case 0xa3:
        isth_gss_principal (field, asked->service, sizeof asked->service);
        break;
      case 0xa8:
        read_etypes (asked, field);
        break;
      case 0xa9:
        read_addresses (ctx, field);
        break;
      default:
        break;
      }
}

/* RFC 4556, 3.2.1 and 3.2.3: of the client what it signed; of the server its half of a key exchange, which is signed, or a key, which is encrypted. */
static void
read_certificates (IsthDissectContext *ctx,
                   uint64_t type,
                   IsthCursor value)
{
  IsthCursor message;
  uint32_t tag, outer;

  if (!isth_ber_next (&value, &outer, &message))
    return;
  if (type == PA_PK_AS_REP && outer == 0xa0)
    message = unwrap (message);
  else if (type != PA_PK_AS_REQ || outer != SEQUENCE)
    return;
  if (isth_ber_next (&message, &tag, &value) && tag == OCTETS_0)
    isth_cms_read_certificates (ctx, value);
}

/* 7.5.2. Returns whether there is what proves somebody: an encrypted time, a certificate, or a challenge inside a tunnel. */
static bool
read_proofs (IsthDissectContext *ctx,
             IsthCursor list)
{
  IsthCursor one, field;
  uint32_t tag;
  bool proved = false;
  uint64_t type;

  list = unwrap (list);
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&list, &tag, &one); n++)
    {
      if (!isth_ber_next (&one, &tag, &field) || tag != 0xa1 || !isth_ber_unsigned (unwrap (field), &type))
        continue;
      proved |= type == PA_ENC_TIMESTAMP || type == PA_PK_AS_REQ || type == PA_PK_AS_REP || type == PA_ENCRYPTED_CHALLENGE;
      if ((type == PA_PK_AS_REQ || type == PA_PK_AS_REP) && isth_ber_next (&one, &tag, &field) && tag == 0xa2)
        read_certificates (ctx, type, unwrap (field));
    }
  return proved;
}

/* A computer's own account is its name and a dollar sign. */
static void
say_client (IsthDissectContext *ctx,
            const IsthEndpoint *about,
            const char *client,
            const IsthCursor *at)
{
  size_t n = strlen (client);
  char host[ISTH_LIMIT_TEXT];

  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_KERBEROS_CLIENT, client, ISTH_CONFIDENCE_PARSED, at->data, at->length);
  if (n < 2 || client[n - 1] != '$' || strchr (client, '/'))
    return;
  isth_text_format (host, sizeof host, "%.*s", (int) n - 1, client);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, host, ISTH_CONFIDENCE_BANNER, at->data, at->length);
}

static void
read_request (IsthDissectContext *ctx,
              uint32_t kind,
              IsthCursor fields)
{
  Asked asked = { .best = NULL };
  char object[ISTH_LIMIT_TEXT];
  IsthCursor field;
  uint32_t tag;

  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&fields, &tag, &field); n++)
    if (tag == 0xa3)
      asked.proved = read_proofs (ctx, field);
    else if (tag == 0xa4)
      read_request_body (ctx, &asked, field);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "kerberos-client");
  if (kind == AS_REQ)
    isth_text_format (object, sizeof object, "%s%.80s%s of %.80s%s%s%s%s", asked.client[0] ? "user “" : "nobody", asked.client,
                      asked.client[0] ? "”" : "", asked.realm, asked.proved ? ", pre-authenticated" : "",
                      asked.best ? ", " : "", asked.best ? asked.best : "", asked.weak ? " at best" : "");
  else
    isth_text_format (object, sizeof object, "ticket for %.120s of %.80s%s%s%s", asked.service, asked.realm, asked.best ? ", " : "", asked.best ? asked.best : "",
                      asked.weak ? " at best" : "");
  isth_emit_request (ctx, &(IsthRequest) { .match = 0, .verb = kind == AS_REQ ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER, .function = kind & 0x1f,
                                           .name = kind == AS_REQ ? "login" : "ticket", .object = object, .at = asked.realm_at.data,
                                           .length = asked.realm_at.length });
  /* Whose realm it is only an answer shows: scanners ask everybody for one that does not exist. */
  if (asked.client[0])
    say_client (ctx, NULL, asked.client, &asked.client_at);
}

/* 5.4.2 */
static void
read_answer (IsthDissectContext *ctx,
             IsthCursor fields)
{
  IsthEndpoint client = isth_context_receiver (ctx);
  char name[ISTH_LIMIT_TEXT];
  IsthCursor field, value;
  uint32_t tag;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "kerberos-server");
  isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&fields, &tag, &field); n++)
    if (tag == 0xa2)
      read_proofs (ctx, field);
    else if (tag == 0xa3)
      {
        value = unwrap (field);
        isth_text_from_bytes (name, sizeof name, value.data, value.length);
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_REALM, name, ISTH_CONFIDENCE_PARSED, value.data, value.length);
        isth_emit_claim (ctx, &client, ISTH_ATTRIBUTE_REALM, name, ISTH_CONFIDENCE_REPORTED, value.data, value.length);
      }
    else if (tag == 0xa4)
      say_client (ctx, &client, isth_gss_principal (field, name, sizeof name), &field);
}

/* 5.9.1 */
static void
read_error (IsthDissectContext *ctx,
            IsthCursor fields)
{
  char realm[ISTH_LIMIT_TEXT], text[32];
  const char *why = NULL;
  IsthCursor field, value;
  uint32_t tag;
  uint64_t code = 60;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "kerberos-server");
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&fields, &tag, &field); n++)
    {
      value = unwrap (field);
      if (tag == 0xa6)
        code = isth_ber_unsigned (value, &code) ? code : 60;
      else if (tag == 0xa9)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_REALM, isth_text_from_bytes (realm, sizeof realm, value.data, value.length), ISTH_CONFIDENCE_PARSED,
                         value.data, value.length);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == code)
      why = errors[i].text;
  if (!why)
    why = isth_text_format (text, sizeof text, "error %u", (unsigned) MIN (code, 9999));
  isth_emit_response (ctx, 0, ISTH_OUTCOME_REFUSED, why, false);
}

static IsthDissectResult
kerberos_dissect (IsthCursor *c,
                  IsthDissectContext *ctx)
{
  IsthCursor message, fields;
  uint32_t kind, tag;

  if (kerberos_probe (*c, isth_context_packet (ctx)) == ISTH_PROBE_NO)
    return ISTH_DISSECT_NOT_MINE;
  if (is_stream (isth_context_packet (ctx)))
    isth_cursor_skip (c, MARK);
  if (!isth_ber_next (c, &kind, &message) || !isth_ber_next (&message, &tag, &fields))
    return ISTH_DISSECT_MALFORMED;
  if (kind == AS_REQ || kind == TGS_REQ)
    read_request (ctx, kind, fields);
  else if (kind == ERROR)
    read_error (ctx, fields);
  else
    read_answer (ctx, fields);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 88 }, { ISTH_BIND_UDP, 88 } };

const IsthDissector isth_dissector_kerberos = {
  .id = "kerberos", /* stored in project files: never change it */
  .title = "Kerberos",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "realm kerberos_client hostname certificate_name banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = kerberos_probe,
  .pdu_length = kerberos_pdu_length,
  .dissect = kerberos_dissect,
};
