/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dropbox looking for others on the same network (LAN sync): who has it, on which port it would share. There is no public standard: read as captures show
 * it, an object of JSON. Which folders it has, and numbers of accounts, are not told. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/lines.h"

#define NEAR 256 /* bytes in which its names stand, in front of many numbers */

static IsthPiece
get_text (const IsthCursor *c)
{
  return (IsthPiece) { c->data + c->position, MIN (isth_cursor_left (c), NEAR) };
}

static IsthProbe
dropbox_probe (IsthCursor c,
               const IsthPacket *packet)
{
  IsthPiece text = get_text (&c), found;

  if (packet->layer != ISTH_LAYER_UDP || isth_cursor_peek (&c, 0) != '{' || isth_cursor_peek (&c, 1) != '"')
    return ISTH_PROBE_NO;
  return isth_piece_between (&text, "\"host_int\": ", ",}", &found) && isth_piece_between (&text, "\"displayname\": ", ",}", &found) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthDissectResult
dropbox_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "announcement" };
  IsthPiece text = get_text (c), name = { text.bytes, 0 }, port = { text.bytes, 0 };
  uint32_t length;
  char object[32];

  if (isth_cursor_peek (c, 0) != '{')
    return ISTH_DISSECT_NOT_MINE;
  if (!isth_piece_between (&text, "\"displayname\": \"", "\"", &name))
    return ISTH_DISSECT_MALFORMED;
  isth_piece_between (&text, "\"port\": ", ",}", &port);
  length = (uint32_t) (name.bytes + name.length - text.bytes);
  isth_context_show (ctx, text.bytes, length);
  request.key = isth_context_digest (ctx, name.length, text.bytes, length);
  if (!isth_emit_same (ctx, NULL, request.key, text.bytes))
    {
      isth_emit_role (ctx, NULL, "dropbox");
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, "Dropbox", ISTH_CONFIDENCE_BANNER, text.bytes, length);
      if (name.length > 0 && isth_piece_is_text (&name))
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_BANNER, name.bytes, name.length);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.object = isth_text_format (object, sizeof object, "shares on port %u", isth_piece_number (&port) & 0xffff);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 17500 } };

const IsthDissector isth_dissector_dropbox = {
  .id = "dropbox", /* stored in project files: never change it */
  .title = "Dropbox LAN sync",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "name software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = dropbox_probe,
  .dissect = dropbox_dissect,
};
