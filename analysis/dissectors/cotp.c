/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO transport on top of TCP (RFC 1006, RFC 2126) with class 0 of ISO 8073 (ITU-T X.224, 13): who opens which transport
 * selector at whom. User data goes to whoever speaks it, put together when it came in several TPDUs. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define TPKT 4                /* version, reserved, length of all */
#define SHORTEST 7            /* with the shortest TPDU: length indicator, code, number */
#define KEPT (ISTH_LIMIT_STATE - 8) /* bytes kept of user data that comes in pieces, for each direction */

enum
{
  TPDU_ED = 0x10,
  TPDU_DT = 0xf0,
  TPDU_CR = 0xe0,
  TPDU_CC = 0xd0,
  TPDU_DR = 0x80,
  TPDU_ER = 0x70,
};

/* User data of one direction that waits for its end. @total counts all of it, @kept what there was room for. */
typedef struct
{
  uint32_t total;
  uint16_t kept;
  uint8_t bytes[KEPT];
} Pieces;

typedef struct
{
  uint16_t calling, called;   /* transport selectors of two bytes; 0: not known, or of another length */
  Pieces *pieces[2];          /* by the order of the two ends' addresses, which needs no direction; NULL until a piece comes */
} CotpState;

G_STATIC_ASSERT (sizeof (Pieces) <= ISTH_LIMIT_STATE);

/* The variable part of CR and CC. */
typedef struct
{
  const uint8_t *calling, *called;
  uint8_t calling_length, called_length;
  bool good;
} CotpParameters;

static CotpParameters
read_parameters (IsthCursor c)
{
  CotpParameters self = { .good = true };

  while (isth_cursor_left (&c) > 0 && self.good)
    {
      uint8_t code = isth_cursor_u8 (&c);
      uint8_t length = isth_cursor_u8 (&c);
      const uint8_t *bytes = isth_cursor_bytes (&c, length);

      self.good = !c.failed;
      if (code == 0xc1 && bytes)
        {
          self.calling = bytes;
          self.calling_length = length;
        }
      else if (code == 0xc2 && bytes)
        {
          self.called = bytes;
          self.called_length = length;
        }
    }
  return self;
}

/* Reads the TPKT header and takes the TPDU header (behind its length indicator); @c then stands at the user data. */
static bool
read_headers (IsthCursor *c,
              IsthCursor *header,
              uint32_t *length)
{
  const uint8_t *head = isth_cursor_bytes (c, TPKT + 1);
  uint8_t indicator;

  if (!head)
    return false;
  *length = isth_be16 (head + 2);
  indicator = head[TPKT];
  if (head[0] != 3 || head[1] != 0 || *length < SHORTEST || indicator < 2 || indicator == 255 || (uint32_t) indicator + TPKT + 1 > *length)
    return false;
  *header = isth_cursor_take (c, indicator);
  return !c->failed;
}

static IsthProbe
cotp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  IsthCursor header;
  uint32_t length;
  int code, number;

  (void) packet;
  if (!read_headers (&c, &header, &length))
    return ISTH_PROBE_NO;
  code = isth_cursor_peek (&header, 0);
  number = isth_cursor_peek (&header, 1);
  switch (code < 0 ? -1 : code & 0xf0)
    {
    case TPDU_DT:
      /* T.120 in a remote desktop session has the same seven bytes. */
      if (code != TPDU_DT || header.wire != 2 || (number & 0x7f) != 0)
        return ISTH_PROBE_NO;
      if (isth_cursor_peek (&c, 0) == 0x32 || isth_cursor_peek (&c, 0) == 0x72)
        return ISTH_PROBE_STRONG;
      /* A session's data and a presentation in it. */
      return isth_cursor_peek (&c, 0) == 1 && isth_cursor_peek (&c, 1) == 0 && isth_cursor_peek (&c, 2) == 1 && isth_cursor_peek (&c, 4) == 0x61
                 ? ISTH_PROBE_STRONG
                 : ISTH_PROBE_WEAK;
    case TPDU_CR:
    case TPDU_CC:
      if (header.wire < 6)
        return ISTH_PROBE_NO;
      isth_cursor_skip (&header, 6);
      return read_parameters (header).called ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    case TPDU_DR:
    case TPDU_ER:
      return ISTH_PROBE_WEAK;
    case TPDU_ED:
    default:
      return ISTH_PROBE_NO;
    }
}

static uint32_t
cotp_pdu_length (IsthCursor c)
{
  uint32_t length;

  if ((isth_cursor_peek (&c, 0) >= 0 && isth_cursor_peek (&c, 0) != 3) || isth_cursor_peek (&c, 1) > 0)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 2);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length < SHORTEST ? ISTH_PDU_INVALID : length;
}

/* Newer Siemens controllers have selectors with names; they stand for the same kinds of connection as the first of two bytes with those before. */
static uint16_t
get_selector (const uint8_t *bytes,
              uint8_t length)
{
  static const struct
  {
    const char *name;
    uint16_t selector;
  } names[] = { { "SIMATIC-ROOT-ES", 0x0100 }, { "SIMATIC-ROOT-HMI", 0x0200 }, { "SIMATIC-ROOT-OTHER", 0x0300 } };

  for (size_t i = 0; i < G_N_ELEMENTS (names) && bytes; i++)
    if (length == strlen (names[i].name) && memcmp (bytes, names[i].name, length) == 0)
      return names[i].selector;
  return bytes && length == 2 ? isth_be16 (bytes) : 0;
}

/* "SIMATIC-ROOT-HMI" or "0102". */
static const char *
format_selector (char *text,
                 size_t size,
                 const uint8_t *bytes,
                 uint8_t length)
{
  if (length > 2 && isth_text_is_printable (bytes, length))
    return isth_text_from_bytes (text, size, bytes, length);
  return isth_text_from_hex (text, size, bytes, length);
}

/* CR, CC and DR name the references of both ends; the caller's is what request and answer have in common. */
static IsthDissectResult
read_connection (IsthDissectContext *ctx,
                 CotpState *state,
                 uint8_t code,
                 IsthCursor header)
{
  static const char *const reasons[] = { "reason not given", "congestion", "no session entity", "address unknown" };
  uint16_t target, source;
  uint8_t reason;
  CotpParameters parameters;
  char selector[130], object[160];

  isth_cursor_skip (&header, 1);
  target = isth_cursor_be16 (&header);
  source = isth_cursor_be16 (&header);
  reason = isth_cursor_u8 (&header); /* of a CR or CC: its class */
  if (header.failed)
    return ISTH_DISSECT_MALFORMED;

  if (code == TPDU_DR)
    {
      /* Without a request that waits, an ordinary end. 128 and more: class 0 does not know them. */
      reason = reason >= 128 ? (uint8_t) (reason - 128) : reason;
      isth_emit_response (ctx, target, ISTH_OUTCOME_REFUSED, reasons[reason < G_N_ELEMENTS (reasons) ? reason : 0], false);
      return ISTH_DISSECT_OK;
    }

  parameters = read_parameters (header);
  state->calling = get_selector (parameters.calling, parameters.calling_length);
  state->called = get_selector (parameters.called, parameters.called_length);
  if (code == TPDU_CR)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      format_selector (selector, sizeof selector, parameters.called, parameters.called_length);
      isth_text_format (object, sizeof object, selector[0] ? "selector %s" : "%s", selector);
      isth_emit_request (ctx, &(IsthRequest){
                                .match = source,
                                .verb = ISTH_OP_OTHER,
                                .function = TPDU_CR,
                                .name = "connect",
                                .object = object,
                              });
    }
  else
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, target, ISTH_OUTCOME_OK, NULL, false);
    }
  return parameters.good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* Of the sender's direction; NULL: nothing waits, and nothing is @begun. */
static Pieces *
get_pieces (IsthDissectContext *ctx,
            CotpState *state,
            bool begun)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  int order = isth_address_compare (&packet->source, &packet->target);

  if (order == 0)
    order = packet->source_port < packet->target_port ? -1 : 1;
  if (begun && !state->pieces[order > 0])
    state->pieces[order > 0] = isth_context_room (ctx);
  return state->pieces[order > 0];
}

/* DT: user data, or a piece of it. What others say inside is theirs to count. */
static IsthDissectResult
read_data (IsthDissectContext *ctx,
           CotpState *state,
           IsthCursor header,
           IsthCursor *c)
{
  uint32_t key = (uint32_t) state->calling << 16 | state->called;
  Pieces *pieces;
  bool last;
  IsthCursor whole;

  isth_cursor_skip (&header, 1);
  last = isth_cursor_u8 (&header) & 0x80;
  if (header.failed)
    return ISTH_DISSECT_MALFORMED;

  pieces = last && !state->pieces[0] && !state->pieces[1] ? NULL : get_pieces (ctx, state, !last);
  if (last && (!pieces || pieces->total == 0))
    {
      if (isth_cursor_wire_left (c) > 0)
        isth_context_hand_over (ctx, ISTH_BIND_COTP, key, c);
      return ISTH_DISSECT_OK;
    }

  /* A piece that the capture cut ends what can be kept: bytes behind it would stand in the wrong place. */
  if (pieces->kept == pieces->total)
    {
      uint32_t n = MIN (isth_cursor_left (c), (uint32_t) (KEPT - pieces->kept));
      const uint8_t *bytes = isth_cursor_bytes (c, n);

      if (bytes)
        memcpy (pieces->bytes + pieces->kept, bytes, n);
      pieces->kept = (uint16_t) (pieces->kept + n);
      pieces->total += n;
    }
  pieces->total = MIN (pieces->total + isth_cursor_wire_left (c), ISTH_LIMIT_PDU);
  if (last)
    {
      whole = isth_cursor_new (pieces->bytes, pieces->kept, pieces->total);
      pieces->total = 0;
      pieces->kept = 0;
      if (whole.wire > 0)
        isth_context_hand_over (ctx, ISTH_BIND_COTP, key, &whole);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
cotp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  CotpState *state = isth_context_state (ctx);
  IsthCursor header;
  uint32_t length;
  int code;

  if (isth_cursor_peek (c, 0) >= 0 && isth_cursor_peek (c, 0) != 3)
    return ISTH_DISSECT_NOT_MINE;
  if (!read_headers (c, &header, &length))
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, length - TPKT - 1 - header.wire);
  code = isth_cursor_peek (&header, 0);
  if (code < 0)
    return ISTH_DISSECT_MALFORMED;

  switch (code & 0xf0)
    {
    case TPDU_CR:
    case TPDU_CC:
    case TPDU_DR:
      return read_connection (ctx, state, code & 0xf0, header);
    case TPDU_DT:
      return read_data (ctx, state, header, c);
    case TPDU_ED: /* expedited data: no class 0 user has it */
    case TPDU_ER:
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_MALFORMED;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 102 } };

const IsthDissector isth_dissector_cotp = {
  .id = "cotp", /* stored in project files: never change it */
  .title = N_("ISO transport (COTP)"),
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CotpState),
  .room_size = sizeof (Pieces),
  .probe = cotp_probe,
  .pdu_length = cotp_pdu_length,
  .dissect = cotp_dissect,
};
