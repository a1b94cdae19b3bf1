/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee's application support layer: which functions of two devices speak to each other, and the commands by which keys are handed out. ZigBee specification
 * (05-3474), 2.2.5 and 4.4. Of keys nothing is kept but that they were there. */
#include <glib.h>

#include "analysis/dissectors/zigbee-message.h"

#define DEVICE_PROFILE 0x0000
#define COMMAND_TRANSPORT_KEY 5

enum
{
  CONTROL_TYPE = 0x03,
  CONTROL_DELIVERY = 0x0c,
  CONTROL_NO_ENDPOINTS = 0x10, /* of an acknowledgement */
  CONTROL_SECURED = 0x20,
  CONTROL_EXTENDED = 0x80,
};

enum
{
  TYPE_DATA = 0,
  TYPE_COMMAND = 1,
  TYPE_ACKNOWLEDGEMENT = 2,
};

enum
{
  DELIVERY_INDIRECT = 0x04,
  DELIVERY_GROUP = 0x0c,
};

static const struct
{
  uint8_t code;
  IsthOp verb;
  const char *name;
} commands[] = {
  { 5, ISTH_OP_CONFIGURE, "transport-key" }, { 6, ISTH_OP_REPORT, "update-device" },   { 7, ISTH_OP_CONTROL, "remove-device" },
  { 8, ISTH_OP_AUTHENTICATE, "request-key" }, { 9, ISTH_OP_CONFIGURE, "switch-key" },  { 14, ISTH_OP_OTHER, "tunnel" },
  { 15, ISTH_OP_AUTHENTICATE, "verify-key" }, { 16, ISTH_OP_AUTHENTICATE, "confirm-key" },
};

/* By which key a command was encrypted tells what it carries: with the one for transport only keys are handed out (4.4.9.1). */
static void
emit_secured_command (IsthDissectContext *ctx,
                      const IsthZigbeeMessage *m,
                      int security)
{
  bool transport = security >= 0 && (security >> 3 & 3) == 2;
  IsthRequest request = { .no_answer = true, .function = transport ? COMMAND_TRANSPORT_KEY : -1, .verb = transport ? ISTH_OP_CONFIGURE : ISTH_OP_OTHER };

  if (!isth_zigbee_is_new (ctx, m, &request, "secured", 7))
    return;
  request.name = transport ? "transport-key" : "application-command";
  request.object = "encrypted";
  isth_emit_request (ctx, &request);
}

static void
emit_command (IsthDissectContext *ctx,
              IsthZigbeeMessage *m,
              IsthCursor c)
{
  uint8_t code = isth_cursor_u8 (&c);
  IsthRequest request = { .no_answer = true, .function = code, .verb = ISTH_OP_OTHER, .name = "application-command" };

  if (c.failed)
    return;
  isth_zigbee_hide (m, &c);
  if (!isth_zigbee_is_new (ctx, m, &request, "application", 11))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].code == code)
      {
        request.verb = commands[i].verb;
        request.name = commands[i].name;
      }
  if (code == COMMAND_TRANSPORT_KEY)
    request.object = "key in clear (16 characters or more)";
  isth_emit_request (ctx, &request);
}

/* Data of which nothing is known but for whom they are. */
static void
emit_data (IsthDissectContext *ctx,
           const IsthZigbeeMessage *m,
           const char *why)
{
  struct { uint16_t cluster, profile; uint8_t endpoints[2]; char why[10]; } what = { m->cluster, m->profile, { m->endpoints[0], m->endpoints[1] }, "" };
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = 0 };
  char object[96];

  g_strlcpy (what.why, why, sizeof what.why);
  if (!isth_zigbee_is_new (ctx, m, &request, &what, sizeof what))
    return;
  request.name = "data";
  request.object = isth_text_format (object, sizeof object, "endpoint %u to %u, profile 0x%04x, cluster 0x%04x%s", m->endpoints[0], m->endpoints[1], m->profile,
                                     m->cluster, why);
  isth_emit_request (ctx, &request);
}

/* All that stands behind the control; false: it is not all there, or of a kind that was given up. */
static bool
read_addresses (IsthZigbeeMessage *m,
                IsthCursor *c,
                uint8_t control)
{
  if ((control & CONTROL_DELIVERY) == DELIVERY_INDIRECT)
    return false;
  if ((control & CONTROL_DELIVERY) == DELIVERY_GROUP)
    isth_cursor_skip (c, 2);
  else
    m->endpoints[1] = isth_cursor_u8 (c);
  m->cluster = isth_cursor_le16 (c);
  m->profile = isth_cursor_le16 (c);
  m->endpoints[0] = isth_cursor_u8 (c);
  return true;
}

/* The part of a message that was sent in several, 0 the first; -1: in one. */
static int
read_extension (IsthCursor *c,
                uint8_t control)
{
  uint8_t pieces;

  if (!(control & CONTROL_EXTENDED))
    return -1;
  pieces = isth_cursor_u8 (c) & 3;
  if (pieces == 0)
    return -1;
  isth_cursor_skip (c, 1);
  return pieces == 1 ? 0 : 1;
}

static void
emit_acknowledgement (IsthDissectContext *ctx,
                      const IsthZigbeeMessage *m)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = TYPE_ACKNOWLEDGEMENT };

  if (!isth_zigbee_is_new (ctx, m, &request, "acknowledgement", 15))
    return;
  request.name = "acknowledgement";
  isth_emit_request (ctx, &request);
}

IsthDissectResult
isth_zigbee_application (IsthDissectContext *ctx,
                         IsthZigbeeMessage *m)
{
  IsthCursor c = m->frame;
  uint8_t control = isth_cursor_u8 (&c);
  int piece;

  if ((control & CONTROL_TYPE) == TYPE_ACKNOWLEDGEMENT)
    {
      emit_acknowledgement (ctx, m);
      return c.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  if ((control & CONTROL_TYPE) == TYPE_DATA && !read_addresses (m, &c, control))
    {
      emit_data (ctx, m, "");
      return ISTH_DISSECT_OK;
    }
  if ((control & CONTROL_TYPE) > TYPE_COMMAND)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_skip (&c, 1); /* number */
  piece = read_extension (&c, control);
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  if ((control & CONTROL_TYPE) == TYPE_COMMAND && control & CONTROL_SECURED)
    emit_secured_command (ctx, m, isth_cursor_peek (&c, 0));
  else if ((control & CONTROL_TYPE) == TYPE_COMMAND)
    emit_command (ctx, m, c);
  else if (control & CONTROL_SECURED)
    emit_data (ctx, m, ", encrypted");
  else if (piece > 0)
    emit_data (ctx, m, ", in pieces");
  else if (m->profile == DEVICE_PROFILE && m->endpoints[0] == 0 && m->endpoints[1] == 0)
    isth_zigbee_device (ctx, m, c);
  else if (!isth_zigbee_library (ctx, m, c))
    emit_data (ctx, m, "");
  return ISTH_DISSECT_OK;
}
