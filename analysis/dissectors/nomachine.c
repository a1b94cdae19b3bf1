/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NoMachine (NX): a line of each end with its version, then TLS with the certificate of the host; what follows is encrypted. There is no public standard:
 * read as captures show it. Its datagrams are told by their port and their lengths, and not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/tls-handshake.h"

#define LONGEST_LINE 64
#define DATAGRAM 10 /* the shortest one */

typedef struct
{
  IsthTlsSide sides[2]; /* the client, the server */
  bool greeted;
} NomachineState;

/* "NXSH-8.10.1\n", of the client, or "NXD-8.10.1\n": its length with the line's end; 0: none. */
static uint32_t
greeting_length (const IsthCursor *c,
                 bool *client)
{
  const uint8_t *b = c->data + c->position, *end;
  uint32_t left = isth_cursor_left (c);

  if (left < 8 || memcmp (b, "NX", 2) != 0)
    return 0;
  *client = memcmp (b + 2, "SH-", 3) == 0;
  if ((!*client && memcmp (b + 2, "D-", 2) != 0) || !g_ascii_isdigit (b[*client ? 5 : 4]))
    return 0;
  end = memchr (b, '\n', MIN (left, LONGEST_LINE));
  return end ? (uint32_t) (end - b) + 1 : 0;
}

/* A kind, 1, the length of the datagram, two numbers; all with the low byte first. */
static bool
is_datagram (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;

  return isth_cursor_left (c) >= DATAGRAM && b[0] != 0 && b[0] < 0x20 && b[1] == 0 && b[2] == 1 && b[3] == 0 && isth_le16 (b + 4) == isth_cursor_wire_left (c);
}

static IsthProbe
nomachine_probe (IsthCursor c,
                 const IsthPacket *packet)
{
  bool client;

  if (packet->layer == ISTH_LAYER_UDP)
    return is_datagram (&c) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  return greeting_length (&c, &client) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* A line, a record of TLS, or whatever it is. */
static uint32_t
nomachine_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), length;
  uint16_t record;
  uint8_t type;
  bool client;

  if (left < 8 && (left < 2 || memcmp (c.data + c.position, "NX", 2) == 0))
    return ISTH_PDU_MORE;
  length = greeting_length (&c, &client);
  if (length > 0)
    return length;
  if (isth_tls_read_record_header (&c, &type, &record))
    return 5u + record;
  return c.failed ? ISTH_PDU_MORE : left;
}

static IsthDissectResult
nomachine_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  NomachineState *state = isth_context_state (ctx);
  const uint8_t *b = c->data + c->position;
  bool client;
  uint32_t length;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_UDP)
    return is_datagram (c) ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  length = greeting_length (c, &client);
  if (length == 0)
    {
      if (!state->greeted)
        return ISTH_DISSECT_NOT_MINE;
      isth_tls_read_records (ctx, &state->sides[isth_context_direction (ctx) == ISTH_FROM_SERVER], c);
      return ISTH_DISSECT_OK;
    }
  state->greeted = true;
  isth_context_prove_direction (ctx, client ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, client ? "nomachine-client" : "nomachine-server");
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, b, length - 1);
  if (client)
    {
      char object[LONGEST_LINE];

      isth_text_from_bytes (object, sizeof object, b, length - 1);
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session", .object = object });
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 4000 }, { ISTH_BIND_UDP, 4000 } };

const IsthDissector isth_dissector_nomachine = {
  .id = "nomachine", /* stored in project files: never change it */
  .title = "NoMachine",
  .depth = ISTH_DEPTH_OPAQUE,
  .identity = "software certificate_name banner fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (NomachineState),
  .room_size = sizeof (IsthTlsPieces),
  .probe = nomachine_probe,
  .pdu_length = nomachine_pdu_length,
  .dissect = nomachine_dissect,
};
