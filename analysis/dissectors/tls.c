/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS (RFC 8446, 5246, 6101): what is said before it becomes secret. The host that is asked for, versions, application protocol, certificates where they go
 * over in clear (up to 1.2), alerts; and how the client asks, as JA3 and JA4. SSL 2.0 as far as its hellos.
 *
 * Of a handshake message that goes over several records 4 KB are read. Of an encrypted connection nothing is said but that it is there; but CIP Security
 * (Volume 8, 3-3) allows suites that protect and do not encrypt, and then the records show EtherNet/IP. That is said; its messages are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/ssl2.h"
#include "analysis/dissectors/tls-handshake.h"

#define HEADER 5
#define LONGEST ((1u << 14) + 2048)
#define HANDSHAKE 22
#define CHANGE_CIPHER_SPEC 20
#define APPLICATION_DATA 23
#define CLIENT_HELLO 1
#define SERVER_HELLO 2

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
  bool old;             /* SSL 2.0 */
  bool cip[2];          /* said of the side that its records show EtherNet/IP */
} TlsState;

/* Of no record. */
static inline bool
is_outside (uint8_t type)
{
  return type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA;
}

/* The first byte is that of no record. */
static inline bool
is_other (const IsthCursor *c)
{
  return isth_cursor_left (c) >= HEADER && is_outside (c->data[c->position]);
}

static IsthProbe
tls_probe (IsthCursor c,
           const IsthPacket *packet)
{
  IsthCursor start = c;
  uint16_t length;
  uint8_t type, kind;

  (void) packet;
  if (is_other (&c) || !isth_tls_read_record_header (&c, &type, &length))
    return isth_ssl2_is_hello (start) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if (type != HANDSHAKE)
    return type != CHANGE_CIPHER_SPEC || length == 1 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  kind = isth_cursor_u8 (&c);
  if (kind != CLIENT_HELLO && kind != SERVER_HELLO)
    return ISTH_PROBE_WEAK;
  if (isth_cursor_be24 (&c) + 4 > LONGEST)
    return ISTH_PROBE_NO;
  return isth_cursor_be16 (&c) >> 8 == 3 && !c.failed ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
tls_pdu_length (IsthCursor c)
{
  IsthCursor start = c;
  uint16_t length;
  uint8_t type;

  if (!is_other (&c))
    {
      if (isth_tls_read_record_header (&c, &type, &length))
        return HEADER + length;
      if (c.failed)
        return ISTH_PDU_MORE;
    }
  length = (uint16_t) isth_ssl2_record_length (start);
  return length > 0 ? length : ISTH_PDU_INVALID;
}

/* Where a header of RFC 8446, 5.1 may begin, or an SSL 2.0 hello. Half of all bytes might begin a record of SSL 2.0. */
static uint32_t
tls_seek (IsthCursor c)
{
  const uint8_t *at = c.data + c.position;
  uint32_t n = isth_cursor_left (&c), i = 0;

  while (i + 3 <= n && (at[i + 1] != 3 || is_outside (at[i])) && !isth_ssl2_may_begin (at + i))
    i++;
  return i;
}

/* Whether a record is a message of EtherNet/IP (CIP Volume 2, 2-3) and the sum of one of CIP Security's suites: a known command, its length, no error, no
 * options. Encrypted bytes never are. */
static bool
shows_cip (IsthCursor c)
{
  static const uint8_t sums[] = { 20, 32, 48 };
  uint32_t behind = isth_cursor_wire_left (&c), status;
  uint16_t command, length;

  if (isth_cursor_peek (&c, 1) != 0) /* nearly all end here */
    return false;
  command = isth_cursor_le16 (&c);
  length = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 4); /* session */
  status = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, 8);
  if (command == 0 || command > 0x73 || status > 0x6a || isth_cursor_le32 (&c) != 0 || c.failed)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (sums); i++)
    if (behind == 24u + length + sums[i])
      return true;
  return false;
}

static void
note_cip (IsthDissectContext *ctx,
          TlsState *state,
          const IsthCursor *content)
{
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;

  if (state->cip[server] || isth_context_direction (ctx) == ISTH_FROM_UNKNOWN || !shows_cip (*content))
    return;
  state->cip[server] = true;
  isth_emit_role (ctx, NULL, server ? "enip-server" : "enip-client");
  if (server)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, "EtherNet/IP, protected and not encrypted", ISTH_CONFIDENCE_PARSED, content->data + content->position, 24);
}

static IsthDissectResult
tls_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  TlsState *state = isth_context_state (ctx);
  IsthTlsSide *side = &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER];
  IsthCursor start = *c, content;
  uint16_t length;
  uint8_t type;

  if (state->old)
    {
      if (isth_ssl2_is_hello (start))
        isth_ssl2_read_hello (ctx, c);
      return ISTH_DISSECT_OK;
    }
  if (!isth_tls_read_record_header (c, &type, &length))
    {
      if (c->failed || !isth_ssl2_is_hello (start))
        return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
      state->old = isth_ssl2_read_hello (ctx, &start);
      return ISTH_DISSECT_OK;
    }
  content = isth_cursor_take (c, length);
  if (type == APPLICATION_DATA)
    note_cip (ctx, state, &content);
  isth_tls_read_record (ctx, side, type, content);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 443 } };

const IsthDissector isth_dissector_tls = {
  .id = "tls", /* stored in project files: never change it */
  .title = "TLS",
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname certificate_name banner fingerprint software description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (TlsState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = tls_probe,
  .pdu_length = tls_pdu_length,
  .seek = tls_seek,
  .dissect = tls_dissect,
};
