/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CANopen on a CAN bus: which nodes live, what they say they are, and who starts and stops them. CiA 301, 7.2 and 7.3.
 *
 * Numbers of messages are free in parts, and other buses use the same: so only what nobody else would send so is believed, heartbeats, commands to nodes, and
 * answers about the objects of identity. Process data, emergencies and other services are not read. The master has no number of its own; it stands
 * as node 0. */
#include "analysis/dissectors/can-frame.h"

#include <glib.h>

#include "analysis/dissectors/canopen-identity.h"

#define MOST_NODES 127
#define SDO_ANSWER 0x580
#define HEARTBEAT 0x700

static const uint8_t bus[5] = { 0x02, 0x00, 0x00, 0xca, 0x4e };

static const struct
{
  uint8_t code;
  const char *name;
} commands[] = {
  { 1, "start-node" }, { 2, "stop-node" }, { 128, "enter-pre-operational" }, { 129, "reset-node" }, { 130, "reset-communication" },
};

static const struct
{
  uint8_t code;
  const char *name;
} states[] = {
  { 0, "started" }, { 4, "stopped" }, { 5, "operational" }, { 127, "pre-operational" },
};

static const char *
find_command (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].code == code)
      return commands[i].name;
  return NULL;
}

static const char *
find_state (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].code == (code & 0x7f)) /* the top bit changes with each where nodes are asked to live */
      return states[i].name;
  return NULL;
}

typedef enum
{
  KIND_NONE,
  KIND_COMMAND,
  KIND_HEARTBEAT,
  KIND_IDENTITY,
} Kind;

/* An answer of one frame with the value in it, about an object of identity. */
static bool
is_identity (IsthCursor data)
{
  int head = isth_cursor_peek (&data, 0), low = isth_cursor_peek (&data, 1), high = isth_cursor_peek (&data, 2);

  return data.wire == 8 && high >= 0 && (head & 0xf3) == 0x43 && isth_canopen_is_identity ((uint16_t) (high << 8 | low));
}

static Kind
get_kind (const IsthCanFrame *frame)
{
  unsigned int node = frame->id & 0x7f;
  int first = isth_cursor_peek (&frame->data, 0), second = isth_cursor_peek (&frame->data, 1);

  if (frame->extended || first < 0)
    return KIND_NONE;
  if (frame->id == 0)
    return frame->data.wire == 2 && second >= 0 && second <= MOST_NODES && find_command ((uint8_t) first) ? KIND_COMMAND : KIND_NONE;
  if (node == 0)
    return KIND_NONE;
  if ((frame->id & ~0x7fu) == HEARTBEAT)
    return frame->data.wire == 1 && find_state ((uint8_t) first) ? KIND_HEARTBEAT : KIND_NONE;
  return (frame->id & ~0x7fu) == SDO_ANSWER && is_identity (frame->data) ? KIND_IDENTITY : KIND_NONE;
}

static void
claim_node (IsthDissectContext *ctx,
            const IsthEndpoint *node,
            unsigned int number)
{
  char text[8];

  isth_emit_role (ctx, node, "canopen-node");
  isth_emit_claim (ctx, node, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", number), ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static void
read_command (IsthDissectContext *ctx,
              IsthCursor data)
{
  const uint8_t *bytes = isth_cursor_bytes (&data, 2);
  IsthEndpoint master = isth_can_endpoint (bus, 0);
  IsthEndpoint node = bytes[1] == 0 ? isth_can_everybody () : isth_can_endpoint (bus, bytes[1]);

  isth_emit_role (ctx, &master, "canopen-master");
  isth_emit_request (ctx, &(IsthRequest){
    .no_answer = true, .protocol = "canopen", .source = &master, .target = &node, .verb = ISTH_OP_CONTROL, .function = bytes[0],
    .name = find_command (bytes[0]), .object = bytes[1] == 0 ? "all nodes" : NULL,
  });
}

static void
read_heartbeat (IsthDissectContext *ctx,
                unsigned int number,
                IsthCursor data)
{
  const uint8_t *state = isth_cursor_bytes (&data, 1);
  IsthEndpoint node = isth_can_endpoint (bus, (uint8_t) number), everybody = isth_can_everybody ();
  IsthRequest request = {
    .no_answer = true, .protocol = "canopen", .source = &node, .target = &everybody, .verb = ISTH_OP_REPORT, .function = 7, .name = "heartbeat",
  };

  if (!isth_emit_same (ctx, &node, isth_context_digest (ctx, HEARTBEAT | number, state, 1), state))
    {
      claim_node (ctx, &node, number);
      isth_emit_claim (ctx, &node, ISTH_ATTRIBUTE_STATE, find_state (*state), ISTH_CONFIDENCE_PARSED, state, 1);
      isth_emit_same_end (ctx, true);
    }
  request.key = isth_context_digest (ctx, HEARTBEAT, &number, sizeof number);
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
}

/* Head (how many of the four bytes are empty), index, subindex, value. */
static void
read_identity (IsthDissectContext *ctx,
               unsigned int number,
               IsthCursor data)
{
  IsthEndpoint node = isth_can_endpoint (bus, (uint8_t) number);
  uint8_t head = isth_cursor_u8 (&data);
  uint16_t index = isth_cursor_le16 (&data);
  uint8_t subindex = isth_cursor_u8 (&data);

  claim_node (ctx, &node, number);
  isth_canopen_emit_object (ctx, &node, index, subindex, isth_cursor_take (&data, 4u - (head >> 2 & 3u)));
}

bool
isth_can_read_canopen (IsthDissectContext *ctx,
                       const IsthCanFrame *frame)
{
  Kind kind = get_kind (frame);

  if (kind == KIND_COMMAND)
    read_command (ctx, frame->data);
  else if (kind == KIND_HEARTBEAT)
    read_heartbeat (ctx, frame->id & 0x7f, frame->data);
  else if (kind == KIND_IDENTITY)
    read_identity (ctx, frame->id & 0x7f, frame->data);
  return kind != KIND_NONE;
}
