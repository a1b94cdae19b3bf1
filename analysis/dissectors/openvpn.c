/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenVPN (its manual, "OpenVPN's network protocol"; draft-brick-openvpn): who calls whom, how the control channel is protected, and the TLS handshake in
 * it with its certificates, as far as it goes over in clear (not with tls-crypt). Users and what is tunnelled are encrypted. Control packets that come out
 * of order, or are lost, end the reading of that side's handshake. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/tls-handshake.h"

#define SESSION_ID 8
#define MOST_ACKS 8
#define LARGEST 4096
#define OPEN_MATCH 2 /* 1 is that of the TLS hello */
#define REPLAY 8     /* packet number and time, before what is signed */
#define CRYPT_HMAC 32
#define RECORD_HEADER 5
#define HOUR 3600

enum
{
  CONTROL_V1 = 4,
  ACK_V1 = 5,
  DATA_V1 = 6,
  RESET_CLIENT_V2 = 7,
  RESET_SERVER_V2 = 8,
  DATA_V2 = 9,
  RESET_CLIENT_V3 = 10,
  CONTROL_WKC_V1 = 11,
};

typedef enum
{
  PROTECTION_UNKNOWN,
  PROTECTION_NONE,
  PROTECTION_SIGNED, /* tls-auth */
  PROTECTION_SECRET, /* tls-crypt */
} Protection;

typedef struct
{
  IsthTlsSide tls;
  IsthTlsPieces *record; /* one that comes in pieces */
  uint32_t next;         /* number of the packet that goes on */
} Side;

typedef struct
{
  Side sides[2]; /* the client, the server */
  uint8_t protection, hmac;
  bool met[2];
} OpenvpnState;

static const uint8_t hmac_sizes[] = { 0, 16, 20, 32, 48, 64 }; /* none, MD5, SHA-1, SHA-256, SHA-384, SHA-512 */

static bool
is_stream (const IsthPacket *packet)
{
  return packet->layer == ISTH_LAYER_TCP;
}

/* The packet's clock is that of whoever captured, or nearly. */
static bool
is_now (uint32_t seconds,
        const IsthPacket *packet)
{
  int64_t there = packet->time / 1000000000;

  return ABS (there - (int64_t) seconds) < 24 * HOUR;
}

/* How the first packet of either end is protected: by its length, and by zeros where they must stand. @n_acks: the server's acknowledges the client's. */
static Protection
find_protection (IsthCursor c,
                 const IsthPacket *packet,
                 uint32_t n_acks,
                 uint8_t *hmac)
{
  uint32_t left = isth_cursor_left (&c), tail = 1 + (n_acks ? 4 * n_acks + SESSION_ID : 0) + 4;
  IsthCursor look;

  for (size_t i = 0; i < G_N_ELEMENTS (hmac_sizes); i++)
    {
      uint32_t skip = SESSION_ID + (hmac_sizes[i] ? hmac_sizes[i] + REPLAY : 0);

      if (left != 1 + skip + tail)
        continue;
      look = c;
      isth_cursor_skip (&look, 1 + skip);
      if (isth_cursor_u8 (&look) != n_acks || (n_acks && isth_cursor_be32 (&look) != 0))
        continue;
      if (n_acks)
        isth_cursor_skip (&look, SESSION_ID);
      if (isth_cursor_be32 (&look) != 0)
        continue;
      *hmac = hmac_sizes[i];
      return hmac_sizes[i] ? PROTECTION_SIGNED : PROTECTION_NONE;
    }
  look = c;
  isth_cursor_skip (&look, 1 + SESSION_ID);
  if (left >= 1 + SESSION_ID + REPLAY + CRYPT_HMAC + tail && (isth_cursor_be32 (&look) & 0x00ffffff) == 1 && is_now (isth_cursor_be32 (&look), packet) &&
      !look.failed)
    return PROTECTION_SECRET;
  return PROTECTION_UNKNOWN;
}

static uint8_t
get_opcode (const IsthCursor *c)
{
  int first = isth_cursor_peek (c, 0);

  return first < 0 ? 0 : (uint8_t) (first >> 3);
}

static bool
is_reset (uint8_t opcode)
{
  return opcode == RESET_CLIENT_V2 || opcode == RESET_SERVER_V2 || opcode == RESET_CLIENT_V3;
}

static IsthProbe
openvpn_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint8_t opcode, hmac;

  if (is_stream (packet))
    {
      uint16_t length = isth_cursor_be16 (&c);

      if (c.failed || length < 14 || length > LARGEST || length > isth_cursor_wire_left (&c))
        return ISTH_PROBE_NO;
      c = isth_cursor_take (&c, length);
    }
  opcode = get_opcode (&c);
  if (opcode < CONTROL_V1 || opcode > CONTROL_WKC_V1)
    return ISTH_PROBE_NO;
  if (!is_reset (opcode))
    return opcode == DATA_V1 || opcode == DATA_V2 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if ((isth_cursor_peek (&c, 0) & 7) != 0) /* a new session has key 0 */
    return ISTH_PROBE_NO;
  return find_protection (c, packet, opcode == RESET_SERVER_V2, &hmac) != PROTECTION_UNKNOWN ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
openvpn_pdu_length (IsthCursor c)
{
  uint16_t length = isth_cursor_be16 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return length > 0 && length <= LARGEST ? 2u + length : ISTH_PDU_INVALID;
}

/* Bytes of TLS records, in order: puts records together and reads them. */
static void
feed (IsthDissectContext *ctx,
      Side *side,
      IsthCursor c)
{
  IsthTlsPieces *record = side->record;

  if (!record)
    record = side->record = isth_context_room (ctx);
  while (record && isth_cursor_left (&c) > 0 && !side->tls.secret)
    {
      uint32_t need = record->have < RECORD_HEADER ? RECORD_HEADER : record->need;
      IsthCursor part = isth_cursor_take (&c, MIN (need - record->have, isth_cursor_wire_left (&c)));

      if (record->have < ISTH_TLS_COLLECTED)
        memcpy (record->bytes + record->have, part.data, MIN (part.length, ISTH_TLS_COLLECTED - (uint32_t) record->have));
      record->have = (uint16_t) (record->have + part.length);
      if (record->have < need || part.length < part.wire)
        continue;
      if (need == RECORD_HEADER)
        {
          IsthCursor header = isth_cursor_new (record->bytes, RECORD_HEADER, RECORD_HEADER);
          uint16_t length;

          if (!isth_tls_read_record_header (&header, &record->kind, &length))
            {
              side->tls.secret = true; /* lost its place: nothing more is read */
              return;
            }
          record->need = RECORD_HEADER + length;
          continue;
        }
      isth_tls_read_record (ctx, &side->tls, record->kind,
                            isth_cursor_new (record->bytes + RECORD_HEADER, MIN (record->have, ISTH_TLS_COLLECTED) - RECORD_HEADER, need - RECORD_HEADER));
      record->have = 0;
    }
}

static void
open_session (IsthDissectContext *ctx,
              OpenvpnState *state,
              uint8_t opcode,
              const IsthCursor *c)
{
  static const char *const names[] = { [PROTECTION_UNKNOWN] = "", [PROTECTION_NONE] = "control channel bare", [PROTECTION_SIGNED] = "tls-auth",
                                       [PROTECTION_SECRET] = "tls-crypt" };
  bool server = opcode == RESET_SERVER_V2;
  uint8_t hmac = 0;
  Protection protection = find_protection (*c, isth_context_packet (ctx), server, &hmac);

  if (protection != PROTECTION_UNKNOWN)
    {
      state->protection = (uint8_t) protection;
      state->hmac = hmac;
    }
  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  state->sides[server].next = 1;
  if (!state->met[server])
    isth_emit_role (ctx, NULL, server ? "openvpn-server" : "openvpn-client");
  if (server)
    isth_emit_response (ctx, OPEN_MATCH, ISTH_OUTCOME_OK, NULL, false);
  else if (!state->met[0])
    isth_emit_request (ctx, &(IsthRequest) { .match = OPEN_MATCH, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = opcode, .name = "open-tunnel",
                                             .object = names[state->protection] });
  state->met[server] = true;
}

/* Behind the session id. */
static IsthDissectResult
read_control (IsthDissectContext *ctx,
              OpenvpnState *state,
              IsthCursor *c)
{
  Side *side = &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER];
  uint32_t number;
  uint8_t n;

  if (state->protection == PROTECTION_UNKNOWN || state->protection == PROTECTION_SECRET || side->tls.secret)
    return ISTH_DISSECT_OK;
  isth_cursor_skip (c, 1 + SESSION_ID + (state->hmac ? state->hmac + REPLAY : 0));
  n = isth_cursor_u8 (c);
  if (c->failed || n > MOST_ACKS)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_skip (c, 4u * n + (n ? SESSION_ID : 0));
  number = isth_cursor_be32 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (number < side->next)
    return ISTH_DISSECT_OK; /* sent again */
  side->tls.person = side == &state->sides[0];
  if (number > side->next)
    side->tls.secret = true;
  side->next++;
  feed (ctx, side, isth_cursor_rest (c));
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
openvpn_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  OpenvpnState *state = isth_context_state (ctx);
  IsthCursor packet = *c;
  uint8_t opcode;

  if (is_stream (isth_context_packet (ctx)))
    isth_cursor_skip (&packet, 2);
  packet = isth_cursor_rest (&packet);
  opcode = get_opcode (&packet);
  if (is_reset (opcode))
    open_session (ctx, state, opcode, &packet);
  else if (opcode == CONTROL_V1)
    return read_control (ctx, state, &packet);
  else if (opcode == 0 || opcode > CONTROL_WKC_V1)
    return state->met[0] || state->met[1] ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1194 }, { ISTH_BIND_TCP, 1194 } };

const IsthDissector isth_dissector_openvpn = {
  .id = "openvpn", /* stored in project files: never change it */
  .title = "OpenVPN",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "certificate_name banner fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (OpenvpnState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = openvpn_probe,
  .pdu_length = openvpn_pdu_length,
  .dissect = openvpn_dissect,
};
