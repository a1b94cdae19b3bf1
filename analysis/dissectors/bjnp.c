/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BJNP, by which computers find Canon's printers and scanners and speak with them: who is one, and what it calls itself. There is no public standard: read
 * as the free drivers describe it (a header of sixteen bytes; the identity is that of IEEE 1284). What is printed is not read. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/lines.h"

#define HEADER 16
#define ANSWER 0x80   /* of the kind of device */
#define DISCOVER 0x01
#define IDENTITY 0x30

typedef struct
{
  uint8_t kind, command;
  uint16_t session;
  uint32_t length;
} BjnpHeader;

static const struct
{
  uint8_t command;
  IsthOp verb;
  const char *name;
} commands[] = {
  { 0x01, ISTH_OP_IDENTIFY, "discover" }, { 0x10, ISTH_OP_OTHER, "start" },  { 0x11, ISTH_OP_OTHER, "end" },
  { 0x20, ISTH_OP_DIAGNOSE, "poll" },     { 0x21, ISTH_OP_FILE, "print" },   { 0x30, ISTH_OP_IDENTIFY, "identity" },
};

/* "BJNP" and its other forms: multi-function ("MFNP") and scanners ("BJNB", "MFPJ" …) differ in letters only. */
static bool
read_header (IsthCursor *c,
             BjnpHeader *h)
{
  const uint8_t *b = isth_cursor_bytes (c, HEADER);

  if (!b || (memcmp (b, "BJNP", 4) != 0 && memcmp (b, "BJNB", 4) != 0 && memcmp (b, "MFNP", 4) != 0))
    return false;
  *h = (BjnpHeader) { b[4], b[5], isth_be16 (b + 8), isth_be32 (b + 12) };
  return ((h->kind & 0x7f) == 1 || (h->kind & 0x7f) == 2) && h->length <= 65535;
}

static IsthProbe
bjnp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  BjnpHeader h;

  (void) packet;
  return read_header (&c, &h) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
bjnp_pdu_length (IsthCursor c)
{
  BjnpHeader h;

  if (isth_cursor_left (&c) < HEADER)
    return ISTH_PDU_MORE;
  return read_header (&c, &h) ? HEADER + h.length : ISTH_PDU_INVALID;
}

/* "MFG:Canon;CMD:BJL;MDL:MP495 series;…", behind its length. */
static void
read_identity (IsthDissectContext *ctx,
               IsthCursor *c)
{
  IsthPiece text, found;

  isth_cursor_skip (c, 2);
  text = (IsthPiece) { c->data + c->position, isth_cursor_left (c) };
  if (c->failed)
    return;
  if (isth_piece_between (&text, "MFG:", ";", &found))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, found.bytes, found.length);
  if (isth_piece_between (&text, "MDL:", ";", &found))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, found.bytes, found.length);
}

static IsthDissectResult
bjnp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "command" };
  BjnpHeader h;

  if (!read_header (c, &h))
    return ISTH_DISSECT_NOT_MINE;
  request.function = h.command;
  request.match = (uint64_t) h.session << 8 | h.command;
  if (h.kind & ANSWER)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false);
      isth_emit_role (ctx, NULL, (h.kind & 0x7f) == 1 ? "printer" : "scanner");
      if (h.command == IDENTITY)
        read_identity (ctx, c);
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].command == h.command)
      {
        request.verb = commands[i].verb;
        request.name = commands[i].name;
      }
  request.key = isth_context_digest (ctx, h.command, &h.kind, 1);
  request.no_answer = h.command == DISCOVER; /* to a group: all that hear it answer */
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 8611 }, { ISTH_BIND_UDP, 8612 }, { ISTH_BIND_TCP, 8611 }, { ISTH_BIND_TCP, 8612 } };

const IsthDissector isth_dissector_bjnp = {
  .id = "bjnp", /* stored in project files: never change it */
  .title = "Canon BJNP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "model vendor",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = bjnp_probe,
  .pdu_length = bjnp_pdu_length,
  .dissect = bjnp_dissect,
};
