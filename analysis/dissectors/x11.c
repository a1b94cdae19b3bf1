/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X11: a program connects to a display, and how it proves that it may ("X Window System Protocol", version 11, 8: connection setup). What is drawn and typed
 * is not read; the proof itself is kept nowhere. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define SETUP 12    /* bytes in front of the name of the proof */
#define VENDOR_AT 40 /* of an answer */
#define LONGEST 256

typedef struct
{
  bool asked, answered, big; /* the order of bytes that the client asked for */
} X11State;

static uint16_t
read_16 (const uint8_t *b,
         bool big)
{
  return big ? isth_be16 (b) : isth_le16 (b);
}

static uint32_t
pad (uint32_t n)
{
  return (n + 3) & ~3u;
}

/* The length of a client's first message: 'B' or 'l', version 11, the names' lengths; 0: it is none. */
static uint32_t
setup_length (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;
  bool big;
  uint32_t name, data;

  if (isth_cursor_left (c) < SETUP || (b[0] != 'B' && b[0] != 'l') || b[1] != 0)
    return 0;
  big = b[0] == 'B';
  name = read_16 (b + 6, big);
  data = read_16 (b + 8, big);
  if (read_16 (b + 2, big) != 11 || read_16 (b + 4, big) > 1 || name > LONGEST || data > LONGEST)
    return 0;
  return SETUP + pad (name) + pad (data);
}

/* Both lengths must be those of the message, and the proof one of those in use, so that nothing else is taken for it. */
static IsthProbe
x11_probe (IsthCursor c,
           const IsthPacket *packet)
{
  const uint8_t *b = c.data + c.position;
  uint32_t length = setup_length (&c), name;

  (void) packet;
  if (length == 0 || length != isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  name = read_16 (b + 6, b[0] == 'B');
  if (name == 0)
    return read_16 (b + 8, b[0] == 'B') == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return name >= 8 && isth_cursor_left (&c) >= SETUP + name && isth_text_is_printable (b + SETUP, name) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
x11_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), length = setup_length (&c);

  if (left < SETUP && left > 0 && (isth_cursor_peek (&c, 0) == 'B' || isth_cursor_peek (&c, 0) == 'l') && isth_cursor_peek (&c, 1) <= 0)
    return ISTH_PDU_MORE;
  return length > 0 ? length : left > 0 ? left : ISTH_PDU_MORE;
}

static void
read_setup (IsthDissectContext *ctx,
            X11State *state,
            const uint8_t *b,
            uint32_t left)
{
  char name[LONGEST], object[ISTH_LIMIT_TEXT];
  uint32_t length;

  state->asked = true;
  state->big = b[0] == 'B';
  length = MIN (read_16 (b + 6, state->big), left - SETUP);
  isth_context_show (ctx, b, SETUP + length);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "x11-client");
  isth_text_from_bytes (name, sizeof name, b + SETUP, length);
  isth_emit_request (ctx, &(IsthRequest) { .match = 1, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "connect",
                                           .object = length > 0 ? isth_text_format (object, sizeof object, "%s, in clear", name) : "without proof" });
}

/* 1 and the vendor of the display; 0 and why not. */
static void
read_answer (IsthDissectContext *ctx,
             X11State *state,
             const uint8_t *b,
             uint32_t left)
{
  uint32_t vendor;

  state->answered = true;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "x11-server");
  isth_emit_response (ctx, 1, b[0] == 1 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, b[0] == 1 ? NULL : "not allowed", false);
  if (b[0] != 1 || left <= VENDOR_AT)
    return;
  vendor = MIN (read_16 (b + 24, state->big), left - VENDOR_AT);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, b + VENDOR_AT, vendor);
}

static IsthDissectResult
x11_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  X11State *state = isth_context_state (ctx);
  const uint8_t *b = c->data + c->position;
  uint32_t left = isth_cursor_left (c);

  if (!state->asked)
    {
      if (setup_length (c) == 0)
        return ISTH_DISSECT_NOT_MINE;
      read_setup (ctx, state, b, left);
    }
  else if (!state->answered && isth_context_direction (ctx) == ISTH_FROM_SERVER && left >= 8 && b[0] <= 2 && read_16 (b + 2, state->big) == 11)
    read_answer (ctx, state, b, left);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 6000 }, { ISTH_BIND_TCP, 6001 }, { ISTH_BIND_TCP, 6010 } };

const IsthDissector isth_dissector_x11 = {
  .id = "x11", /* stored in project files: never change it */
  .title = "X11",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (X11State),
  .probe = x11_probe,
  .pdu_length = x11_pdu_length,
  .dissect = x11_dissect,
};
