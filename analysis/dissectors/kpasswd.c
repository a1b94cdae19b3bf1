/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of Kerberos passwords (RFC 3244): in which realm, by which service, and what is refused. Who asks, the new password and the result are encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ber.h"

#define MARK 4 /* length in front of a message over TCP */
#define HEADER 6
#define CHANGE 0x0001
#define SET 0xff80
#define MATCH 1

enum
{
  TICKET = 0x61,
  AP_REQ = 0x6e,
  AP_REP = 0x6f,
  ERROR = 0x7e,
  SEQUENCE = 0x30,
};

typedef struct
{
  bool client, server;
  char realm[96];
} KpasswdState;

static bool
is_stream (const IsthPacket *packet)
{
  return packet->layer == ISTH_LAYER_TCP;
}

/* Length, version, length of what proves the sender; the cursor then stands at that. */
static bool
read_header (IsthCursor *c,
             uint16_t *version,
             uint16_t *proof)
{
  uint32_t whole = isth_cursor_wire_left (c);
  uint16_t length = isth_cursor_be16 (c);
  int tag;

  *version = isth_cursor_be16 (c);
  *proof = isth_cursor_be16 (c);
  tag = isth_cursor_peek (c, 0);
  if (c->failed || length != whole || (*version != CHANGE && *version != SET) || *proof > length - HEADER)
    return false;
  return *proof == 0 ? tag == ERROR : tag == AP_REQ || tag == AP_REP;
}

static IsthProbe
kpasswd_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint16_t version, proof;

  if (is_stream (packet) && isth_cursor_be32 (&c) != isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  return read_header (&c, &version, &proof) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
kpasswd_pdu_length (IsthCursor c)
{
  uint32_t length = isth_cursor_be32 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return length >= HEADER && length <= UINT16_MAX ? MARK + length : ISTH_PDU_INVALID;
}

/* The field [@number] of a sequence; false when it is not there. */
static bool
find_field (IsthCursor sequence,
            uint32_t number,
            IsthCursor *field)
{
  uint32_t tag;

  while (isth_ber_next (&sequence, &tag, field))
    if (tag == (0xa0 | number))
      return true;
  return false;
}

/* The body of what has @wanted as its tag, inside of which there is a sequence. */
static bool
open_message (IsthCursor c,
              uint32_t wanted,
              IsthCursor *fields)
{
  IsthCursor body;
  uint32_t tag;

  return isth_ber_next (&c, &tag, &body) && tag == wanted && isth_ber_next (&body, &tag, fields) && tag == SEQUENCE;
}

/* RFC 4120, 5.5.1 and 5.3: the ticket tells realm and service in clear. */
static void
read_request (IsthDissectContext *ctx,
              KpasswdState *state,
              uint16_t version,
              IsthCursor proof)
{
  IsthCursor fields, ticket, inside, realm, text;
  char object[ISTH_LIMIT_TEXT] = "";
  uint32_t tag;

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client, "kerberos-client");
  state->realm[0] = '\0';
  if (open_message (proof, AP_REQ, &fields) && find_field (fields, 3, &ticket) && open_message (ticket, TICKET, &inside) && find_field (inside, 1, &realm)
      && isth_ber_next (&realm, &tag, &text))
    {
      isth_text_from_bytes (state->realm, sizeof state->realm, text.data, text.length);
      isth_text_format (object, sizeof object, "realm %s", state->realm);
    }
  isth_emit_request (ctx, &(IsthRequest){
                            .match = MATCH,
                            .verb = ISTH_OP_AUTHENTICATE,
                            .function = version,
                            .name = version == SET ? "set-password" : "change-password",
                            .object = object,
                          });
}

/* What came of it is encrypted with the proof; an error instead of it is not. */
static void
read_answer (IsthDissectContext *ctx,
             KpasswdState *state,
             IsthCursor c)
{
  bool first = !state->server;
  IsthCursor fields, field, number;
  uint64_t code = 0;
  uint32_t tag;
  char text[24];

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server, "kpasswd-server");
  if (!open_message (c, ERROR, &fields))
    {
      if (first && state->realm[0])
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_REALM, state->realm, ISTH_CONFIDENCE_PARSED, NULL, 0);
      return;
    }
  if (find_field (fields, 6, &field) && isth_ber_next (&field, &tag, &number))
    isth_ber_unsigned (number, &code);
  isth_emit_response (ctx, MATCH, ISTH_OUTCOME_REFUSED, isth_text_format (text, sizeof text, "error %u", (unsigned) code), false);
}

static IsthDissectResult
kpasswd_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  KpasswdState *state = isth_context_state (ctx);
  uint16_t version, proof;

  if (is_stream (isth_context_packet (ctx)))
    isth_cursor_skip (c, MARK);
  if (!read_header (c, &version, &proof))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (isth_cursor_peek (c, 0) == AP_REQ)
    read_request (ctx, state, version, isth_cursor_take (c, proof));
  else
    read_answer (ctx, state, *c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 464 }, { ISTH_BIND_TCP, 464 } };

const IsthDissector isth_dissector_kpasswd = {
  .id = "kpasswd", /* stored in project files: never change it */
  .title = N_("Kerberos password change"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "realm",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (KpasswdState),
  .probe = kpasswd_probe,
  .pdu_length = kpasswd_pdu_length,
  .dissect = kpasswd_dissect,
};
