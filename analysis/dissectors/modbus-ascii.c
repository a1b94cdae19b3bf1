/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus ASCII frames carried over TCP or UDP: a colon, unit and message in hexadecimal digits, a check sum, an end of line. Modbus over Serial Line V1.02, 2.5.2. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/modbus-pdu.h"

#define LONGEST 256 /* bytes that the digits stand for */
#define LAST_UNIT 247

/* The length of the line at @c with its end; ISTH_PDU_MORE and ISTH_PDU_INVALID as for a PDU. */
static uint32_t
measure (IsthCursor c)
{
  const uint8_t *bytes = c.data + c.position;
  uint32_t n = MIN (isth_cursor_left (&c), 1 + 2 * LONGEST + 2);

  if (n > 0 && bytes[0] != ':')
    return ISTH_PDU_INVALID;
  for (uint32_t i = 1; i < n; i++)
    {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && i >= 8 && i % 2 == 0)
        return i + 1;
      if (!g_ascii_isxdigit (bytes[i]) && bytes[i] != '\r')
        return ISTH_PDU_INVALID;
    }
  return n < 1 + 2 * LONGEST + 2 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* How many bytes the digits of a line of @length stand for, without the check sum; 0 when that is wrong. */
static uint32_t
decode (const IsthCursor *c,
        uint32_t length,
        uint8_t out[LONGEST])
{
  const uint8_t *bytes = c->data + c->position;
  uint32_t n = (length - 3) / 2;
  uint8_t sum = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      int high = g_ascii_xdigit_value ((char) bytes[1 + 2 * i]), low = g_ascii_xdigit_value ((char) bytes[2 + 2 * i]);

      if (high < 0 || low < 0)
        return 0;
      out[i] = (uint8_t) (high << 4 | low);
      sum = (uint8_t) (sum + out[i]);
    }
  return sum == 0 ? n - 1 : 0;
}

static IsthProbe
modbus_ascii_probe (IsthCursor c,
                    const IsthPacket *packet)
{
  uint32_t length = measure (c), n;
  uint8_t bytes[LONGEST];

  (void) packet;
  if (length == ISTH_PDU_MORE || length == ISTH_PDU_INVALID)
    return ISTH_PROBE_NO;
  n = decode (&c, length, bytes);
  return n >= 2 && bytes[0] <= LAST_UNIT && isth_modbus_is_assigned (bytes[1]) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
modbus_ascii_pdu_length (IsthCursor c)
{
  return measure (c);
}

static IsthDissectResult
modbus_ascii_dissect (IsthCursor *c,
                      IsthDissectContext *ctx)
{
  IsthModbusState *state = isth_context_state (ctx);
  IsthModbusMessage message = { 0 };
  uint32_t length = measure (*c), n;
  uint8_t bytes[LONGEST];

  if (length == ISTH_PDU_INVALID)
    return ISTH_DISSECT_NOT_MINE;
  if (length == ISTH_PDU_MORE)
    return ISTH_DISSECT_MALFORMED;
  n = decode (c, length, bytes);
  if (n < 2)
    return ISTH_DISSECT_MALFORMED;
  message.unit = bytes[0];
  message.code = bytes[1];
  message.length = n - 2;
  message.body = isth_cursor_new (bytes + 2, n - 2, n - 2);
  return isth_modbus_read (ctx, state, &message);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 502 }, { ISTH_BIND_UDP, 502 } };

const IsthDissector isth_dissector_modbus_ascii = {
  .id = "modbus-ascii",
  .title = "Modbus ASCII",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model product_code firmware description software slave_id state banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthModbusState),
  .probe = modbus_ascii_probe,
  .pdu_length = modbus_ascii_pdu_length,
  .dissect = modbus_ascii_dissect,
};
