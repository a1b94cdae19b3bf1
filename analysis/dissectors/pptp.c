/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PPTP's control connection (RFC 2637): who calls whom, names and makers of both ends, the call. What is tunnelled goes by GRE and PPP (decode/tunnel.c). */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define COOKIE 0x1a2b3c4du
#define LARGEST 256
#define FIELD 64 /* host and vendor names */

enum
{
  START_REQUEST = 1,
  START_REPLY,
  STOP_REQUEST,
  CALL_REQUEST = 7,
  CALL_REPLY,
  LAST = 15,
};

static const char *const start_results[] = { NULL, NULL, "general error", "exists already", "not authorised", "version not supported" };
static const char *const call_results[] = { NULL, NULL, "general error", "no carrier", "busy", "no dial tone", "timed out", "not accepted" };

static bool
read_header (IsthCursor *c,
             uint16_t *length,
             uint16_t *kind)
{
  uint16_t message;
  uint32_t cookie;

  *length = isth_cursor_be16 (c);
  message = isth_cursor_be16 (c);
  cookie = isth_cursor_be32 (c);
  *kind = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  return !c->failed && cookie == COOKIE && (message == 1 || message == 2) && *length >= 12 && *length <= LARGEST;
}

static IsthProbe
pptp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint16_t length, kind;

  (void) packet;
  return read_header (&c, &length, &kind) && kind >= START_REQUEST && kind <= LAST ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
pptp_pdu_length (IsthCursor c)
{
  uint16_t length, kind;

  if (isth_cursor_left (&c) < 12)
    return ISTH_PDU_MORE;
  return read_header (&c, &length, &kind) ? length : ISTH_PDU_INVALID;
}

/* 2.1 and 2.2: version, result and error, framing, bearer, channels, firmware; then the names. */
static IsthDissectResult
read_start (IsthDissectContext *ctx,
            IsthCursor *c,
            bool reply)
{
  IsthCursor host, vendor;
  uint8_t result;
  char text[FIELD + 1], object[ISTH_LIMIT_TEXT];
  uint16_t firmware;

  isth_cursor_skip (c, 2);
  result = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1 + 8 + 2);
  firmware = isth_cursor_be16 (c);
  host = isth_cursor_take (c, FIELD);
  vendor = isth_cursor_take (c, FIELD);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_role (ctx, NULL, reply ? "pptp-server" : "pptp-client");
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, host.data, host.length);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, vendor.data, vendor.length);
  if (firmware)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "%u", firmware), ISTH_CONFIDENCE_PARSED, host.data - 2, 2);
  if (reply)
    {
      bool refused = result != 1;
      const char *why = !refused ? NULL : result < G_N_ELEMENTS (start_results) && start_results[result] ? start_results[result] : "refused";

      isth_emit_response (ctx, START_REQUEST, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
      return ISTH_DISSECT_OK;
    }
  isth_text_from_string (text, sizeof text, vendor.data, vendor.length);
  isth_text_format (object, sizeof object, "PPTP%s%s", text[0] ? ", " : "", text);
  isth_emit_request (ctx, &(IsthRequest) { .match = START_REQUEST, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = START_REQUEST, .name = "open-tunnel",
                                           .object = object });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
pptp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint16_t length, kind;
  uint8_t result;

  if (!read_header (c, &length, &kind))
    return ISTH_DISSECT_NOT_MINE;
  switch (kind)
    {
    case START_REQUEST:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      return read_start (ctx, c, false);
    case START_REPLY:
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      return read_start (ctx, c, true);
    case CALL_REQUEST:
      isth_emit_request (ctx, &(IsthRequest) { .match = CALL_REQUEST, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = kind, .name = "call" });
      return ISTH_DISSECT_OK;
    case CALL_REPLY:
      isth_cursor_skip (c, 4); /* the numbers of the call at both ends */
      result = isth_cursor_u8 (c);
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
      isth_emit_response (ctx, CALL_REQUEST, result == 1 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                          result == 1 ? NULL : result < G_N_ELEMENTS (call_results) && call_results[result] ? call_results[result] : "refused", false);
      return ISTH_DISSECT_OK;
    case STOP_REQUEST:
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = kind, .name = "close-tunnel" });
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_OK;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1723 } };

const IsthDissector isth_dissector_pptp = {
  .id = "pptp", /* stored in project files: never change it */
  .title = "PPTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname vendor firmware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = pptp_probe,
  .pdu_length = pptp_pdu_length,
  .dissect = pptp_dissect,
};
