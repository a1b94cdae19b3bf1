/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Radmin (Famatech), versions 2 and 3: frames with a sum of their words; who calls whom, that somebody logs in. There is no public standard: the framing is
 * read as captures show it. Names and all that follows are encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define HEADER 9 /* 1, how much follows, its sum */
#define LARGEST 65536
#define HELLO 0x08
#define LOGIN 0x27
#define HELLO_ANSWER 37 /* bytes of a server's hello */

typedef struct
{
  bool told, logged_in;
} RadminState;

static bool
read_header (IsthCursor *c,
             uint32_t *length,
             uint32_t *sum)
{
  uint8_t first = isth_cursor_u8 (c);

  *length = isth_cursor_be32 (c);
  *sum = isth_cursor_be32 (c);
  return !c->failed && first == 1 && *length > 0 && *length <= LARGEST;
}

/* Words of four bytes, low byte first; of the last one what is there. */
static uint32_t
sum_words (const IsthCursor *c)
{
  uint32_t sum = 0;

  for (uint32_t i = 0; i < isth_cursor_left (c); i++)
    sum += (uint32_t) isth_cursor_peek (c, i) << (8 * (i % 4));
  return sum;
}

static IsthProbe
radmin_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t length, sum;

  (void) packet;
  if (!read_header (&c, &length, &sum) || length > isth_cursor_left (&c))
    return ISTH_PROBE_NO;
  isth_cursor_limit (&c, length);
  return sum == sum_words (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
radmin_pdu_length (IsthCursor c)
{
  uint32_t length, sum;

  if (read_header (&c, &length, &sum))
    return HEADER + length;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* The server's hello tells its generation by its second byte. */
static void
read_server (IsthDissectContext *ctx,
             uint8_t kind,
             const IsthCursor *c)
{
  int generation = isth_cursor_peek (c, 0);

  if (kind != HELLO || isth_cursor_left (c) + 1 < HELLO_ANSWER)
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, generation == 1 ? "Radmin Server 2" : generation == 2 ? "Radmin Server 3" : "Radmin Server",
                   ISTH_CONFIDENCE_BANNER, NULL, 0);
}

static IsthDissectResult
radmin_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  RadminState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  uint32_t length, sum;
  uint8_t kind;

  if (!read_header (c, &length, &sum))
    return ISTH_DISSECT_NOT_MINE;
  kind = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (kind == HELLO && length == 1)
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (server)
    {
      read_server (ctx, kind, c);
      if (kind == HELLO)
        isth_emit_role (ctx, NULL, "radmin-server");
      return ISTH_DISSECT_OK;
    }
  if (!state->told)
    {
      state->told = true;
      isth_emit_role (ctx, NULL, "radmin-client");
      isth_emit_role (ctx, NULL, "remote-access");
    }
  if (kind == LOGIN && !state->logged_in)
    {
      state->logged_in = true;
      isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = kind, .name = "login" });
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 4899 } };

const IsthDissector isth_dissector_radmin = {
  .id = "radmin", /* stored in project files: never change it */
  .title = "Radmin",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RadminState),
  .probe = radmin_probe,
  .pdu_length = radmin_pdu_length,
  .dissect = radmin_dissect,
};
