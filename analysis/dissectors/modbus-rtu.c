/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus RTU frames as they are on a serial line, carried over TCP or UDP by a terminal server or a radio: unit, message, CRC. Modbus over Serial Line
 * V1.02, 2.5.1. Frames have no length: it follows from the function and from which side sends, and the CRC tells whether that was right.
 *
 * Pauses, by which a serial line separates frames, are not there any more; a frame of a function without a shape has to fill its segment. */
#include <glib.h>

#include "analysis/dissectors/crc16.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/modbus-pdu.h"

#define HEAD 2      /* unit, function */
#define CRC 2
#define LONGEST 256 /* bytes of a frame */
#define LAST_UNIT 247

static bool
is_frame (const IsthCursor *c,
          uint32_t length)
{
  const uint8_t *bytes = c->data + c->position;

  return length >= HEAD + CRC && length <= LONGEST && length <= isth_cursor_left (c)
         && isth_crc16 (0xffff, bytes, length - CRC) == (bytes[length - 2] | bytes[length - 1] << 8);
}

/* The body of a function whose shape the table does not know, but for its beginning; UINT32_MAX: not even that. */
static uint32_t
measure_special (uint8_t code,
                 const IsthCursor *body,
                 bool from_client)
{
  if (code == 8)
    return 4; /* sub-function and one word, also of those that may have more */
  if (code == 43 && isth_cursor_peek (body, 0) == 0x0e && from_client)
    return 3;
  return UINT32_MAX;
}

/* The length of the frame at @c; ISTH_PDU_MORE and ISTH_PDU_INVALID as for a PDU. */
static uint32_t
measure (IsthCursor c)
{
  int unit = isth_cursor_peek (&c, 0), code = isth_cursor_peek (&c, 1);
  IsthCursor body = c;
  bool more = false;

  if (unit < 0 || code < 0)
    return ISTH_PDU_MORE;
  if (unit > LAST_UNIT || (code & 0x7f) == 0 || !isth_modbus_is_assigned ((uint8_t) code))
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&body, HEAD);
  for (int from_client = 1; from_client >= 0; from_client--)
    {
      uint32_t length = isth_modbus_measure ((uint8_t) code, &body, from_client);

      if (length == UINT32_MAX)
        length = measure_special ((uint8_t) code, &body, from_client);
      if (length == ISTH_PDU_MORE)
        more = true;
      else if (length < LONGEST && is_frame (&c, HEAD + length + CRC))
        return HEAD + length + CRC;
      else if (length < LONGEST && HEAD + length + CRC > isth_cursor_left (&c))
        more = true;
    }
  if (is_frame (&c, isth_cursor_left (&c)))
    return isth_cursor_left (&c);
  return more && isth_cursor_left (&c) < LONGEST ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* Reading asks for no more than fits an answer (Application Protocol 6.1 to 6.4). And seldom for a multiple of 256: there ROC Plus, whose frames look alike and
 * have the same CRC, says that no data follow. */
static bool
is_likely (uint8_t code,
           const IsthCursor *body,
           uint32_t length)
{
  int high = isth_cursor_peek (body, 2), low = isth_cursor_peek (body, 3);

  if (code < 1 || code > 4 || length != 4)
    return true;
  return low > 0 && high >= 0 && (high << 8 | low) <= (code <= 2 ? 2000 : 125);
}

/* The CRC alone is right once in 65,536 times: the frame has to end where the payload ends, and its body to have the shape of its function. */
static IsthProbe
modbus_rtu_probe (IsthCursor c,
                  const IsthPacket *packet)
{
  uint32_t length = measure (c);
  uint8_t code;

  (void) packet;
  if (length == ISTH_PDU_MORE || length == ISTH_PDU_INVALID)
    return ISTH_PROBE_NO;
  while (length < isth_cursor_left (&c)) /* several, as a slow line makes them pile up */
    {
      isth_cursor_skip (&c, length);
      length = measure (c);
      if (length == ISTH_PDU_MORE || length == ISTH_PDU_INVALID)
        return ISTH_PROBE_NO;
    }
  isth_cursor_skip (&c, 1);
  code = isth_cursor_u8 (&c);
  if (!isth_modbus_is_shaped (code) && code != 8 && code != 43)
    return ISTH_PROBE_WEAK;
  if (isth_modbus_judge (code, &c, length - HEAD - CRC) == 0)
    return ISTH_PROBE_NO;
  return is_likely (code, &c, length - HEAD - CRC) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
modbus_rtu_pdu_length (IsthCursor c)
{
  return measure (c);
}

static IsthDissectResult
modbus_rtu_dissect (IsthCursor *c,
                    IsthDissectContext *ctx)
{
  IsthModbusState *state = isth_context_state (ctx);
  IsthModbusMessage message = { 0 };
  uint32_t length = measure (*c);

  if (length == ISTH_PDU_MORE || length == ISTH_PDU_INVALID)
    return c->length < c->wire ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  message.unit = isth_cursor_u8 (c);
  message.code = isth_cursor_u8 (c);
  message.length = length - HEAD - CRC;
  message.body = isth_cursor_take (c, message.length);
  return isth_modbus_read (ctx, state, &message);
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_TCP, 502 }, { ISTH_BIND_TCP, 950 }, { ISTH_BIND_TCP, 2101 }, { ISTH_BIND_TCP, 4001 }, { ISTH_BIND_UDP, 502 },
};

const IsthDissector isth_dissector_modbus_rtu = {
  .id = "modbus-rtu",
  .title = "Modbus RTU",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model product_code firmware description software slave_id state banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthModbusState),
  .probe = modbus_rtu_probe,
  .pdu_length = modbus_rtu_pdu_length,
  .dissect = modbus_rtu_dissect,
};
