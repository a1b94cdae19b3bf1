/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modbus/TCP, also over UDP: the header before the message. Messaging on TCP/IP Implementation Guide V1.0b, 3. */
#include <glib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/modbus-pdu.h"

#define MBAP 6        /* transaction, protocol, length: what the length does not count */
#define LONGEST 254   /* unit and a PDU of at most 253 bytes */
#define LONGEST_UMAS 2048 /* Schneider's controllers agree on more than a Modbus PDU holds */

/* What stands behind function 90: the key of a reservation, then a function of UMAS, or how it went. A scanner sends anything. */
static bool
is_umas (IsthCursor c)
{
  int function = isth_cursor_peek (&c, 1);

  return (function >= 0x01 && function <= 0x73) || function == 0xfd || function == 0xfe;
}

static IsthProbe
modbus_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t length, whole;
  uint8_t code;

  (void) packet;
  isth_cursor_skip (&c, 2);
  if (isth_cursor_be16 (&c) != 0)
    return ISTH_PROBE_NO;
  length = isth_cursor_be16 (&c);
  whole = isth_cursor_wire_left (&c);
  isth_cursor_skip (&c, 1); /* any unit */
  code = isth_cursor_u8 (&c);
  if (c.failed || length < 2 || length > ((code & 0x7f) == ISTH_MODBUS_UMAS ? LONGEST_UMAS : LONGEST))
    return ISTH_PROBE_NO;

  /* Zero bytes, lengths and small numbers are common: be sure only when the payload ends where the header says, the
   * function is a public one, and its body has the shape that the standard gives it. */
  if (whole != length || !isth_modbus_is_assigned (code))
    return ISTH_PROBE_WEAK;
  if (code == ISTH_MODBUS_UMAS)
    return is_umas (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
  if (!isth_modbus_is_shaped (code) && (code != 43 || length != 5))
    return ISTH_PROBE_WEAK;
  return isth_modbus_judge (code, &c, length - 2) != 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
modbus_pdu_length (IsthCursor c)
{
  int code = isth_cursor_peek (&c, 7);
  uint32_t length;

  if (code >= 0) /* nearly always */
    {
      const uint8_t *head = c.data + c.position;

      length = isth_be16 (head + 4);
      if (head[2] == 0 && head[3] == 0 && length >= 2 && length <= LONGEST)
        return MBAP + length;
    }
  if (isth_cursor_peek (&c, 2) > 0 || isth_cursor_peek (&c, 3) > 0)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 4);
  length = isth_cursor_be16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  if (length < 2 || length > LONGEST_UMAS)
    return ISTH_PDU_INVALID;
  if (code < 0)
    return ISTH_PDU_MORE;
  if (length > LONGEST && (code & 0x7f) != ISTH_MODBUS_UMAS)
    return ISTH_PDU_INVALID;
  return MBAP + length;
}

/* Whether a header that is cut short names another protocol. */
static bool
is_foreign (IsthCursor c)
{
  isth_cursor_skip (&c, 2);
  return isth_cursor_be16 (&c) != 0;
}

static IsthDissectResult
modbus_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  const uint8_t *head;
  uint32_t length;
  IsthModbusMessage message ISTH_UNSET;

  if (isth_cursor_left (c) < MBAP + 2)
    return is_foreign (*c) ? ISTH_DISSECT_NOT_MINE : ISTH_DISSECT_MALFORMED;
  head = isth_cursor_bytes (c, MBAP + 2);
  length = isth_be16 (head + 4);
  if (head[2] != 0 || head[3] != 0)
    return ISTH_DISSECT_NOT_MINE;
  if (length < 2)
    return ISTH_DISSECT_MALFORMED;

  message.transaction = isth_be16 (head);
  message.unit = head[6];
  message.code = head[7];
  message.length = length - 2;
  message.body = isth_cursor_take (c, message.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED; /* a datagram shorter than it claims */
  return isth_modbus_read (ctx, isth_context_state (ctx), &message);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 502 }, { ISTH_BIND_UDP, 502 } };

const IsthDissector isth_dissector_modbus = {
  .id = "modbus", /* stored in project files: never change it */
  .title = "Modbus/TCP",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model product_code firmware description software slave_id state banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthModbusState),
  .probe = modbus_probe,
  .pdu_length = modbus_pdu_length,
  .dissect = modbus_dissect,
};
