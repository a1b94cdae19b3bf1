/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The skinny client control protocol, by which Cisco's telephones speak with their call manager: which telephone registers, and that calls are controlled.
 * There is no public standard: the header and the first message are read as free implementations have them. What is dialled is not told. Of a connection
 * whose registration was not captured nothing is said: its numbers are too small to tell it from others. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#define HEADER 12
#define LARGEST 4096
#define NAME 16       /* of a telephone, at the start of its registration */
#define REGISTER 0x0001u
#define REGISTER_ACK 0x0081u
#define REGISTER_REJECT 0x009du

typedef struct
{
  bool known, asked;
} SccpState;

/* How much follows, the version of the header, what it is; all with the low byte first. */
static bool
read_header (IsthCursor *c,
             uint32_t *length,
             uint32_t *kind)
{
  uint32_t version;

  *length = isth_cursor_le32 (c);
  version = isth_cursor_le32 (c);
  *kind = isth_cursor_le32 (c);
  return !c->failed && *length >= 4 && *length <= LARGEST && (version == 0 || (version >= 10 && version <= 24)) && *kind < 0x400;
}

/* "SEP" and twelve digits in hexadecimal, which are its MAC: a telephone; "ATA…", "VGC…" likewise. */
static bool
is_name (const uint8_t *name)
{
  static const char *const prefixes[] = { "SEP", "ATA", "VGC", "CTI" };

  for (size_t i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (memcmp (name, prefixes[i], 3) == 0)
      {
        for (int digit = 3; digit < 15; digit++)
          if (!g_ascii_isxdigit (name[digit]))
            return false;
        return name[15] == 0;
      }
  return false;
}

static IsthProbe
sccp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint32_t length, kind;
  const uint8_t *name;

  (void) packet;
  if (!read_header (&c, &length, &kind))
    return ISTH_PROBE_NO;
  name = kind == REGISTER && length >= 4 + NAME ? isth_cursor_bytes (&c, NAME) : NULL;
  return name && is_name (name) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
sccp_pdu_length (IsthCursor c)
{
  uint32_t length, kind;

  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  return read_header (&c, &length, &kind) ? 8 + length : ISTH_PDU_INVALID;
}

static IsthDissectResult
sccp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  SccpState *state = isth_context_state (ctx);
  uint32_t length, kind;
  const uint8_t *name;

  if (!read_header (c, &length, &kind))
    return state->known ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  state->known = true;
  if (kind == REGISTER)
    {
      name = isth_cursor_bytes (c, NAME);
      if (!name)
        return ISTH_DISSECT_MALFORMED;
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "sccp-client");
      isth_emit_request (ctx, &(IsthRequest) { .match = 1, .verb = ISTH_OP_AUTHENTICATE, .function = REGISTER, .name = "register" });
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, NAME);
      if (is_name (name) && memcmp (name, "SEP", 3) == 0)
        isth_emit_role (ctx, NULL, "phone");
      state->asked = true;
    }
  else if ((kind == REGISTER_ACK || kind == REGISTER_REJECT) && state->asked)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "sccp-server");
      isth_emit_response (ctx, 1, kind == REGISTER_ACK ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, kind == REGISTER_ACK ? NULL : "rejected", false);
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 2000 } };

const IsthDissector isth_dissector_sccp = {
  .id = "sccp", /* stored in project files: never change it */
  .title = "Cisco SCCP (Skinny)",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SccpState),
  .probe = sccp_probe,
  .pdu_length = sccp_pdu_length,
  .dissect = sccp_dissect,
};
