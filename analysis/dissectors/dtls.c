/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DTLS (RFC 9147, 6347, 4347): TLS over datagrams, bare or behind the preamble by which CAPWAP marks it (RFC 5415, 4.2). Hellos and certificates, whose
 * fragments are put together when they come in order; what follows is encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/tls-handshake.h"

#define HEADER 13
#define CAPWAP_PREAMBLE 0x01000000u
#define HELLO_VERIFY 3
#define LAST_KIND 26 /* the highest that IANA has given, but for message_hash */

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
} DtlsState;

typedef struct
{
  uint16_t epoch, length;
  uint8_t type;
} Record;

static bool
read_header (IsthCursor *c,
             Record *record)
{
  uint16_t version;

  record->type = isth_cursor_u8 (c);
  version = isth_cursor_be16 (c);
  record->epoch = isth_cursor_be16 (c);
  isth_cursor_skip (c, 6);
  record->length = isth_cursor_be16 (c);
  return !c->failed && record->type >= ISTH_TLS_CHANGE_CIPHER_SPEC && record->type <= ISTH_TLS_HEARTBEAT &&
         (version == 0xfeff || version == 0xfefd || version == 0xfefc || version == 0x0100) && record->length > 0 && record->length <= ISTH_TLS_LONGEST;
}

static void
skip_preamble (IsthCursor *c)
{
  IsthCursor look = *c;

  if (isth_cursor_be32 (&look) == CAPWAP_PREAMBLE)
    *c = look;
}

/* Records up to the very end of the datagram. */
static IsthProbe
dtls_probe (IsthCursor c,
            const IsthPacket *packet)
{
  Record record;
  int first;

  (void) packet;
  first = isth_cursor_peek (&c, 0);
  if (first != 1 && (first < ISTH_TLS_CHANGE_CIPHER_SPEC || first > ISTH_TLS_HEARTBEAT))
    return ISTH_PROBE_NO;
  skip_preamble (&c);
  do
    {
      if (!read_header (&c, &record) || record.length > isth_cursor_wire_left (&c))
        return ISTH_PROBE_NO;
      isth_cursor_take (&c, record.length);
    }
  while (isth_cursor_left (&c) >= HEADER);
  return isth_cursor_wire_left (&c) == 0 || c.length < c.wire ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* RFC 6347, 4.2.2 and 4.2.3: each message says which part of it this is. */
static void
read_handshake (IsthDissectContext *ctx,
                IsthTlsSide *side,
                IsthCursor record)
{
  while (isth_cursor_left (&record) >= 12)
    {
      uint8_t kind = isth_cursor_u8 (&record);
      uint32_t length = isth_cursor_be24 (&record), offset, n;
      IsthCursor piece;

      isth_cursor_skip (&record, 2);
      offset = isth_cursor_be24 (&record);
      n = isth_cursor_be24 (&record);
      piece = isth_cursor_take (&record, n);
      if (record.failed || kind > LAST_KIND || offset + n > length || length > ISTH_LIMIT_PDU)
        return;
      if (kind == HELLO_VERIFY)
        isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      else if (n == length)
        isth_tls_read_message (ctx, 'd', kind, piece);
      else
        {
          if (offset == 0 && side->pieces)
            side->pieces->need = 0;
          if (offset == 0 || (side->pieces && side->pieces->need == length && side->pieces->kind == kind && side->pieces->have == offset))
            isth_tls_collect (ctx, side, 'd', kind, length, &piece);
        }
    }
}

static IsthDissectResult
dtls_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  DtlsState *state = isth_context_state (ctx);
  IsthTlsSide *side;
  Record record;
  int first;

  skip_preamble (c);
  first = isth_cursor_peek (c, 0);
  if ((state->sides[0].started || state->sides[1].started) && first >> 5 == 1) /* RFC 9147, 4: an encrypted record of 1.3 */
    return ISTH_DISSECT_OK;
  while (isth_cursor_left (c) > 0)
    {
      IsthCursor content;

      if (!read_header (c, &record))
        return state->sides[0].started || state->sides[1].started ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
      content = isth_cursor_take (c, record.length);
      if (c->failed)
        return ISTH_DISSECT_MALFORMED;
      side = &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER];
      side->started = true;
      if (record.epoch > 0)
        continue;
      if (record.type == ISTH_TLS_HANDSHAKE)
        read_handshake (ctx, side, content);
      else if (record.type == ISTH_TLS_ALERT && record.length == 2)
        isth_tls_read_alert (ctx, content);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 4433 }, { ISTH_BIND_UDP, 5246 } };

const IsthDissector isth_dissector_dtls = {
  .id = "dtls", /* stored in project files: never change it */
  .title = "DTLS",
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname certificate_name banner fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (DtlsState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = dtls_probe,
  .dissect = dtls_dissect,
};
