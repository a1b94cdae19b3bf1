/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks to be let onto a network, under which name, and whether it was: EAP over LAN (IEEE 802.1X-2020, 11.3; RFC 3748, 4), and the handshake of a
 * WLAN with its keys (IEEE 802.11-2020, 12.7).
 *
 * What goes on inside a method (TLS, PEAP …) and key agreement of MACsec are named only. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x888e

enum
{
  PACKET_EAP = 0,
  PACKET_START = 1,
  PACKET_LOGOFF = 2,
  PACKET_KEY = 3,
  PACKET_MKA = 5,
};

enum
{
  EAP_REQUEST = 1,
  EAP_RESPONSE = 2,
  EAP_SUCCESS = 3,
  EAP_FAILURE = 4,
};

enum
{
  METHOD_IDENTITY = 1,
  METHOD_REFUSED = 3,
};

/* Bits of the field that tells the four messages of a handshake apart. */
enum
{
  KEY_PAIRWISE = 0x0008,
  KEY_ANSWER = 0x0080, /* wanted: so only the access point sets it */
  KEY_CODE = 0x0100,   /* an integrity code is there: the sender knows the key */
  KEY_SECURE = 0x0200,
};

/* What identity and handshake wait for in a flow. */
enum
{
  MATCH_EAP = 1,
  MATCH_KEY = 2,
};

static const struct
{
  uint8_t type;
  const char *name;
} methods[] = {
  { 4, "MD5" },     { 6, "GTC" },      { 13, "TLS" },      { 17, "LEAP" }, { 18, "SIM" },    { 21, "TTLS" }, { 23, "AKA" },
  { 25, "PEAP" },   { 26, "MSCHAPv2" }, { 29, "MSCHAPv2" }, { 43, "FAST" }, { 47, "PSK" },    { 50, "AKA'" }, { 52, "PWD" },
  { 55, "TEAP" },
};

static IsthProbe
eapol_probe (IsthCursor c,
             const IsthPacket *packet)
{
  uint8_t version = isth_cursor_u8 (&c);
  uint8_t type = isth_cursor_u8 (&c);
  uint16_t length = isth_cursor_be16 (&c);

  if (c.failed || version < 1 || version > 3 || type > 8 || length > isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  return packet->ether_type == ETHER_TYPE ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
emit_step (IsthDissectContext *ctx,
           uint8_t type,
           const char *name)
{
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = type, .name = name });
}

static const char *
find_method (uint8_t type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i].type == type)
      return methods[i].name;
  return NULL;
}

/* The name is sent in clear, and is what the network is asked for; some methods hide the true one behind "anonymous". */
static void
read_identity (IsthDissectContext *ctx,
               IsthCursor *c)
{
  uint32_t size = isth_cursor_left (c);
  const uint8_t *name = isth_cursor_bytes (c, size);
  char object[ISTH_LIMIT_TEXT], text[200];

  isth_text_format (object, sizeof object, "user “%s”", isth_text_from_string (text, sizeof text, name, size));
  isth_emit_request (ctx, &(IsthRequest){ .match = MATCH_EAP, .verb = ISTH_OP_AUTHENTICATE, .function = METHOD_IDENTITY, .name = "eap-identity",
                                          .object = object, .at = name, .length = size });
}

static IsthDissectResult
read_eap (IsthDissectContext *ctx,
          IsthCursor *c)
{
  uint8_t code = isth_cursor_u8 (c);
  uint16_t length;
  uint8_t type;
  const char *method;

  isth_cursor_skip (c, 1); /* number */
  length = isth_cursor_be16 (c);
  if (c->failed || length < 4 || length - 4u > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - 4u);
  if (code == EAP_SUCCESS || code == EAP_FAILURE)
    {
      if (code == EAP_SUCCESS)
        isth_emit_response (ctx, MATCH_EAP, ISTH_OUTCOME_OK, NULL, false);
      else
        isth_emit_response (ctx, MATCH_EAP, ISTH_OUTCOME_REFUSED, "EAP failure", false);
      isth_emit_role (ctx, NULL, "eap-authenticator");
      return ISTH_DISSECT_OK;
    }
  if (code != EAP_REQUEST && code != EAP_RESPONSE)
    return ISTH_DISSECT_OK;
  type = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_context_show (ctx, c->data, c->position); /* some ways to prove oneself are passwords in clear */
  isth_emit_role (ctx, NULL, code == EAP_REQUEST ? "eap-authenticator" : "eap-supplicant");
  method = find_method (type);
  if (code == EAP_RESPONSE && type == METHOD_IDENTITY)
    read_identity (ctx, c);
  else if (code == EAP_REQUEST && method)
    isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = type, .name = "eap-method", .object = method });
  else if (code == EAP_RESPONSE && type == METHOD_REFUSED)
    emit_step (ctx, type, "eap-method-refused");
  return ISTH_DISSECT_OK;
}

/* The second message proves that the station knows the key, the third that the access point took it. */
static IsthDissectResult
read_key (IsthDissectContext *ctx,
          IsthCursor *c)
{
  uint8_t descriptor = isth_cursor_u8 (c);
  uint16_t information = isth_cursor_be16 (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if ((descriptor != 2 && descriptor != 254) || !(information & KEY_PAIRWISE))
    emit_step (ctx, PACKET_KEY, "key");
  else if (information & KEY_ANSWER)
    {
      isth_emit_role (ctx, NULL, "wlan-access-point");
      if (information & KEY_CODE)
        isth_emit_response (ctx, MATCH_KEY, ISTH_OUTCOME_OK, NULL, false);
    }
  else
    {
      isth_emit_role (ctx, NULL, "wlan-station");
      if (!(information & KEY_SECURE))
        isth_emit_request (ctx, &(IsthRequest){ .match = MATCH_KEY, .verb = ISTH_OP_AUTHENTICATE, .function = PACKET_KEY,
                                                .name = "wlan-handshake" });
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
eapol_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  uint8_t type;
  uint16_t length;

  isth_cursor_skip (c, 1); /* version */
  type = isth_cursor_u8 (c);
  length = isth_cursor_be16 (c);
  if (c->failed || length > isth_cursor_wire_left (c))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length);
  switch (type)
    {
    case PACKET_EAP:
      return read_eap (ctx, c);
    case PACKET_START:
    case PACKET_LOGOFF:
      isth_emit_role (ctx, NULL, "eap-supplicant");
      emit_step (ctx, type, type == PACKET_START ? "start" : "logoff");
      return ISTH_DISSECT_OK;
    case PACKET_KEY:
      return read_key (ctx, c);
    case PACKET_MKA:
      emit_step (ctx, type, "macsec-key-agreement");
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_OK;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_eapol = {
  .id = "eapol",
  .title = N_("Port access control"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = eapol_probe,
  .dissect = eapol_dissect,
};
