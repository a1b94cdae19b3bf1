/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Modbus message behind whatever frames it: a unit, a function, its body. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_MODBUS_EXCEPTION 0x80
#define ISTH_MODBUS_UMAS 0x5a /* Schneider's protocol of its own, inside function 90 */

/* What is remembered of a flow. */
typedef struct
{
  uint32_t answered[8];  /* units that answered, one bit each */
  bool client_known, server_known;
  bool judged;           /* a PDU of unmistakable shape was seen */
  bool reversed;         /* … and its sender was the other end than the handshake says: the server dialled out */
  bool asked;            /* the request below was seen while nobody knew who is the client */
  uint16_t port, transaction;
  uint8_t unit, code;
} IsthModbusState;

/**
 * IsthModbusMessage:
 * @transaction: what an answer repeats; 0 where frames have none
 * @code: the function, with its exception bit
 * @body: behind the function
 * @length: of the body on the wire
 */
typedef struct
{
  uint16_t transaction;
  uint8_t unit, code;
  IsthCursor body;
  uint32_t length;
} IsthModbusMessage;

/* Who can have sent a body, from its shape alone: bits of these; 0: nobody. */
#define ISTH_MODBUS_CLIENT (1 << ISTH_FROM_CLIENT)
#define ISTH_MODBUS_SERVER (1 << ISTH_FROM_SERVER)

int isth_modbus_judge (uint8_t code, const IsthCursor *body, uint32_t length);

/* Whether the standard, or a vendor known for it, gives this function a meaning; and whether it gives its body a shape. */
bool isth_modbus_is_assigned (uint8_t code);
bool isth_modbus_is_shaped (uint8_t code);

/* How long the body at @c is when @from_client sends it; UINT32_MAX: it does not say, ISTH_PDU_MORE: more bytes must come first. */
uint32_t isth_modbus_measure (uint8_t code, const IsthCursor *c, bool from_client);

#define ISTH_MODBUS_CHILD 20

/* The child path of the unit, NULL for the device itself (units 0 and 255). */
const char *isth_modbus_format_child (char text[ISTH_MODBUS_CHILD], uint8_t unit);

/* Says what the message says. */
IsthDissectResult isth_modbus_read (IsthDissectContext *ctx, IsthModbusState *state, const IsthModbusMessage *message);
