/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QUIC (RFC 9000, 9001, 9369): the hellos of both ends, which anybody can open who sees the first packet; host, protocol, version, fingerprints. All that
 * follows is encrypted. Hellos of more than 3 KB and migrated connections are not read; Google's QUIC before the standard: quic-google.c. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/crypt.h"
#include "analysis/dissectors/quic-google.h"
#include "analysis/dissectors/tls-handshake.h"

#define MOST_ID 20
#define MOST_HELLO 3072
#define LARGEST 4096 /* of a packet */
#define VERSION_2 0x6b3343cfu
#define MOST_TRIES 32 /* to open packets, of each side: a hello has one to three */

enum
{
  FRAME_PADDING = 0x00,
  FRAME_PING = 0x01,
  FRAME_ACK = 0x02,
  FRAME_ACK_ECN = 0x03,
  FRAME_CRYPTO = 0x06,
};

typedef struct
{
  uint8_t bytes[MOST_HELLO];
  uint8_t there[MOST_HELLO / 8]; /* a bit for each byte */
  uint32_t n;                    /* all are there in front of this one */
} QuicHello;

typedef struct
{
  QuicHello *hello;
  uint8_t id[MOST_ID]; /* the client's first choice, from which the keys are made */
  uint8_t n_id;
  bool started, asked, answered, google;
  uint8_t tries[2]; /* packets of the client and the server that were opened, or were to be */
} QuicState;

typedef struct
{
  uint32_t version, at_number, length; /* of the packet number and what follows */
  uint8_t first;
  const uint8_t *id;
  uint8_t n_id;
} Header;

static const uint8_t salt_1[] = { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a };
static const uint8_t salt_2[] = { 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 };
static const uint8_t salt_29[] = { 0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97, 0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99 };

/* Drafts 29 to 34 are read like version 1 but for the salt. */
static const uint8_t *
get_salt (uint32_t version)
{
  if (version == 1)
    return salt_1;
  if (version == VERSION_2)
    return salt_2;
  return version >= 0xff00001d && version <= 0xff000022 ? salt_29 : NULL;
}

/* RFC 9000, 16 */
static uint64_t
read_number (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);
  uint64_t value = first & 0x3f;

  for (int more = (1 << (first >> 6)) - 1; more > 0; more--)
    value = value << 8 | isth_cursor_u8 (c);
  return value;
}

/* RFC 9000, 17.2: up to the connection ids. The second bit is fixed, but only in a client's first packets (RFC 9287). */
static bool
read_long_header (IsthCursor *c,
                  Header *h)
{
  h->first = isth_cursor_u8 (c);
  h->version = isth_cursor_be32 (c);
  h->n_id = isth_cursor_u8 (c);
  h->id = isth_cursor_bytes (c, h->n_id);
  isth_cursor_skip (c, isth_cursor_u8 (c));
  return !c->failed && h->first >> 7 == 1 && h->n_id <= MOST_ID && get_salt (h->version) != NULL;
}

static bool
is_initial (const Header *h)
{
  return (h->first >> 4 & 3) == (h->version == VERSION_2 ? 1 : 0);
}

static IsthProbe
quic_probe (IsthCursor c,
            const IsthPacket *packet)
{
  IsthCursor look = c;
  char version[ISTH_GQUIC_VERSION];
  Header h;

  (void) packet;
  if (isth_gquic_read_header (&look, version))
    return ISTH_PROBE_STRONG;
  if (isth_cursor_peek (&c, 0) >> 6 != 3)
    return ISTH_PROBE_NO;
  return read_long_header (&c, &h) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* RFC 9001, 5.2: the keys of @h's version, for what this side sends. */
static bool
make_keys (const QuicState *state,
           const Header *h,
           bool server,
           uint8_t key[ISTH_CRYPT_KEY],
           uint8_t iv[ISTH_CRYPT_IV],
           uint8_t mask[ISTH_CRYPT_KEY])
{
  bool second = h->version == VERSION_2;
  uint8_t secret[ISTH_CRYPT_HASH], side[ISTH_CRYPT_HASH];

  return isth_crypt_extract (secret, get_salt (h->version), sizeof salt_1, state->id, state->n_id) &&
         isth_crypt_expand (side, sizeof side, secret, server ? "server in" : "client in") &&
         isth_crypt_expand (key, ISTH_CRYPT_KEY, side, second ? "quicv2 key" : "quic key") &&
         isth_crypt_expand (iv, ISTH_CRYPT_IV, side, second ? "quicv2 iv" : "quic iv") &&
         isth_crypt_expand (mask, ISTH_CRYPT_KEY, side, second ? "quicv2 hp" : "quic hp");
}

/* Opens the packet into @plain; the number of bytes, 0: it is not what it seems. RFC 9001, 5.3 and 5.4. */
static uint32_t
open_initial (const QuicState *state,
              const Header *h,
              const uint8_t *packet,
              bool server,
              uint8_t plain[LARGEST])
{
  uint8_t key[ISTH_CRYPT_KEY], iv[ISTH_CRYPT_IV], hide[ISTH_CRYPT_KEY], mask[ISTH_CRYPT_BLOCK], header[LARGEST];
  uint32_t n_number, n_header;

  if (h->length < 4 + ISTH_CRYPT_BLOCK || h->at_number + h->length > LARGEST || !make_keys (state, h, server, key, iv, hide) ||
      !isth_crypt_block (mask, hide, packet + h->at_number + 4))
    return 0;
  memcpy (header, packet, h->at_number + 4);
  header[0] ^= mask[0] & 0x0f;
  n_number = (header[0] & 3) + 1u;
  n_header = h->at_number + n_number;
  for (uint32_t i = 0; i < n_number; i++)
    {
      header[h->at_number + i] ^= mask[1 + i];
      iv[ISTH_CRYPT_IV - n_number + i] ^= header[h->at_number + i];
    }
  if (h->length - n_number < ISTH_CRYPT_BLOCK ||
      !isth_crypt_open (plain, key, iv, header, n_header, packet + n_header, h->length - n_number))
    return 0;
  return h->length - n_number - ISTH_CRYPT_BLOCK;
}

/* How many bytes are there from the first one. */
static uint32_t
count_there (QuicHello *hello)
{
  while (hello->n < MOST_HELLO && hello->there[hello->n / 8] >> (hello->n % 8) & 1)
    hello->n++;
  return hello->n;
}

static bool
read_whole (IsthDissectContext *ctx,
            const uint8_t *bytes,
            uint32_t n)
{
  IsthCursor c = isth_cursor_new (bytes, n, n);
  uint8_t kind = isth_cursor_u8 (&c);
  uint32_t length = isth_cursor_be24 (&c);

  if (c.failed || length > isth_cursor_left (&c))
    return false;
  isth_tls_read_message (ctx, 'q', kind, isth_cursor_take (&c, length));
  return true;
}

/* A piece of the client's hello; some clients send them in a wild order. True when it is whole. */
static bool
add_piece (IsthDissectContext *ctx,
           QuicState *state,
           uint64_t offset,
           const IsthCursor *piece)
{
  uint32_t n = isth_cursor_left (piece);

  if (offset == 0 && !state->hello && read_whole (ctx, piece->data + piece->position, n))
    return true;
  if (!state->hello)
    state->hello = isth_context_room (ctx);
  if (!state->hello || offset > MOST_HELLO)
    return false;
  n = MIN (n, MOST_HELLO - (uint32_t) offset);
  memcpy (state->hello->bytes + offset, piece->data + piece->position, n);
  for (uint32_t i = (uint32_t) offset; i < offset + n; i++)
    state->hello->there[i / 8] |= (uint8_t) (1u << (i % 8));
  return read_whole (ctx, state->hello->bytes, count_there (state->hello));
}

/* RFC 9000, 19: what a first packet may hold. */
static void
read_frames (IsthDissectContext *ctx,
             QuicState *state,
             IsthCursor c,
             bool server)
{
  while (isth_cursor_left (&c) > 0 && !c.failed)
    {
      uint64_t type = read_number (&c), offset, length;
      IsthCursor piece;

      if (type == FRAME_PADDING || type == FRAME_PING)
        continue;
      if (type == FRAME_ACK || type == FRAME_ACK_ECN)
        {
          uint64_t ranges;

          read_number (&c);
          read_number (&c);
          ranges = read_number (&c);
          for (uint64_t i = 0; i < 1 + 2 * ranges + (type == FRAME_ACK_ECN ? 3 : 0) && !c.failed; i++)
            read_number (&c);
          continue;
        }
      if (type != FRAME_CRYPTO)
        return;
      offset = read_number (&c);
      length = read_number (&c);
      if (c.failed || length > isth_cursor_left (&c))
        return;
      piece = isth_cursor_take (&c, (uint32_t) length);
      if (server && offset == 0)
        state->answered = read_whole (ctx, piece.data, piece.length);
      else if (!server && !state->asked)
        state->asked = add_piece (ctx, state, offset, &piece);
    }
}

/* Behind the connection ids: the token, then how long the packet is; what follows it in the datagram is looked at as well. False: nothing more to read. */
static bool
read_packet (IsthDissectContext *ctx,
             QuicState *state,
             IsthCursor *c)
{
  IsthCursor start = *c;
  uint8_t plain[LARGEST];
  uint32_t n;
  uint64_t length;
  bool server;
  Header h;

  if (!read_long_header (c, &h) || !is_initial (&h))
    return false;
  length = read_number (c);
  if (length > LARGEST)
    return false;
  isth_cursor_skip (c, (uint32_t) length);
  length = read_number (c);
  if (c->failed || length > isth_cursor_left (c))
    return false;
  h.at_number = c->position - start.position;
  h.length = (uint32_t) length;
  isth_cursor_skip (c, h.length);
  server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  if ((server ? state->answered || state->n_id == 0 : state->asked) || state->tries[server] == MOST_TRIES)
    return true;
  state->tries[server]++;
  if (!server && state->n_id == 0)
    {
      memcpy (state->id, h.id, h.n_id);
      state->n_id = h.n_id;
    }
  n = open_initial (state, &h, start.data + start.position, server, plain);
  if (n == 0 && !server && !state->asked) /* after a retry the keys are made anew: RFC 9001, 5.2 */
    {
      memcpy (state->id, h.id, h.n_id);
      state->n_id = h.n_id;
      n = open_initial (state, &h, start.data + start.position, server, plain);
    }
  if (n > 0)
    read_frames (ctx, state, isth_cursor_new (plain, n, n), server);
  return true;
}

static IsthDissectResult
quic_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  QuicState *state = isth_context_state (ctx);
  IsthCursor look = *c;
  char version[ISTH_GQUIC_VERSION];
  Header h;

  if (state->google)
    return ISTH_DISSECT_OK;
  if (!state->started && isth_gquic_read_header (&look, version))
    {
      state->google = true;
      isth_gquic_read_hello (ctx, look, version);
      return ISTH_DISSECT_OK;
    }
  look = *c;
  if (isth_cursor_peek (c, 0) >> 7 == 0 || (state->asked && state->answered))
    return state->started ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  if (!read_long_header (&look, &h))
    return state->started ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  state->started = true;
  while (isth_cursor_left (c) > 0 && read_packet (ctx, state, c))
    continue;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 443 } };

const IsthDissector isth_dissector_quic = {
  .id = "quic", /* stored in project files: never change it */
  .title = "QUIC",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname fingerprint software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (QuicState),
  .room_size = sizeof (QuicHello),
  .probe = quic_probe,
  .dissect = quic_dissect,
};
