/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citrix ICA, bare or inside the Common Gateway Protocol: how both ends greet, and the program that the client names. There is no public standard: read as
 * captures show it. User, computer and all that follows are encoded or encrypted. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define GREETING_LENGTH 6
#define MODULE_NAME 9 /* where the name stands in the first packet of modules */
#define LONGEST_NAME 14

static const uint8_t greeting[GREETING_LENGTH] = { 0x7f, 0x7f, 'I', 'C', 'A', 0 };
static const uint8_t gateway[] = { 0x1a, 'C', 'G', 'P', '/' };

typedef struct
{
  bool greeted, told;
} CitrixState;

static bool
starts_with (const IsthCursor *c,
             const void *bytes,
             uint32_t n)
{
  return isth_cursor_left (c) >= n && memcmp (c->data + c->position, bytes, n) == 0;
}

static IsthProbe
citrix_probe (IsthCursor c,
              const IsthPacket *packet)
{
  (void) packet;
  return starts_with (&c, greeting, sizeof greeting) || starts_with (&c, gateway, sizeof gateway) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static void
begin (IsthDissectContext *ctx,
       CitrixState *state,
       const char *object,
       const uint8_t *at,
       uint32_t length)
{
  state->told = true;
  isth_emit_role (ctx, NULL, "citrix-client");
  isth_emit_role (ctx, NULL, "remote-access");
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "remote-session", .object = object,
                                           .at = at, .length = length });
}

/* "WFICA32.EXE": the client itself is the first of the modules. */
static void
read_modules (IsthDissectContext *ctx,
              CitrixState *state,
              const IsthCursor *c)
{
  const uint8_t *b, *end;
  char name[LONGEST_NAME + 1];

  if (isth_cursor_left (c) < MODULE_NAME + LONGEST_NAME || isth_cursor_peek (c, 0) != 1)
    return;
  b = c->data + c->position + MODULE_NAME;
  end = memchr (b, 0, LONGEST_NAME);
  if (!end || end - b < 5 || !isth_text_is_printable (b, (size_t) (end - b)) || end[-4] != '.')
    return;
  isth_text_from_string (name, sizeof name, b, LONGEST_NAME);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, name, ISTH_CONFIDENCE_BANNER, b, (uint32_t) (end - b));
  begin (ctx, state, name, b, (uint32_t) (end - b));
}

static IsthDissectResult
citrix_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  CitrixState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;

  if (starts_with (c, greeting, sizeof greeting))
    {
      state->greeted = true;
      if (server)
        isth_emit_role (ctx, NULL, "citrix-server");
      return ISTH_DISSECT_OK;
    }
  if (starts_with (c, gateway, sizeof gateway))
    {
      state->greeted = true;
      if (server)
        isth_emit_role (ctx, NULL, "citrix-server");
      else if (!state->told)
        begin (ctx, state, "Common Gateway Protocol", NULL, 0);
      return ISTH_DISSECT_OK;
    }
  if (!state->greeted)
    return ISTH_DISSECT_NOT_MINE;
  if (!server && !state->told)
    read_modules (ctx, state, c);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1494 }, { ISTH_BIND_TCP, 2598 } };

const IsthDissector isth_dissector_citrix_ica = {
  .id = "citrix-ica", /* stored in project files: never change it */
  .title = "Citrix ICA",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (CitrixState),
  .probe = citrix_probe,
  .dissect = citrix_dissect,
};
