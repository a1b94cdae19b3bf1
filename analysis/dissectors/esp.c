/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ESP (RFC 4303): that two ends have a tunnel or a protected channel of IPsec; what is in it is encrypted. The keys were agreed on by IKE. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

typedef struct
{
  uint32_t spi[2]; /* the last two: nothing says which end is which, and each direction has its own */
  uint8_t n;
} EspState;

static IsthDissectResult
esp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  EspState *state = isth_context_state (ctx);
  uint32_t spi = isth_cursor_be32 (c);
  char object[32];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "tunnel", .object = object };

  isth_cursor_skip (c, 4);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (spi == state->spi[0] || spi == state->spi[1] || spi == 0)
    return ISTH_DISSECT_OK;
  state->spi[state->n++ & 1] = spi;
  isth_emit_role (ctx, NULL, "ipsec-peer");
  isth_text_format (object, sizeof object, "SPI %08x", spi);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_IP, 50 } };

const IsthDissector isth_dissector_esp = {
  .id = "esp", /* stored in project files: never change it */
  .title = "ESP (IPsec)",
  .depth = ISTH_DEPTH_OPAQUE,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (EspState),
  .dissect = esp_dissect,
};
