/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects by which CANopen devices say what they are; EtherCAT and POWERLINK took them over. CiA 301, 7.5.2. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* The value of object @index, @subindex of @about, little-endian; nothing is said when it is none of identity. */
void isth_canopen_emit_object (IsthDissectContext *ctx, const IsthEndpoint *about, uint16_t index, uint8_t subindex, IsthCursor value);

/* Object 0x1000: device profile in its lower half. Zero says nothing. */
void isth_canopen_emit_type (IsthDissectContext *ctx, const IsthEndpoint *about, uint32_t type, const uint8_t *at);

/* A number of four bytes in hexadecimal; 0 and 0xffffffff are those of devices that were given none, and say nothing when @given. */
void isth_canopen_emit_number (IsthDissectContext *ctx, const IsthEndpoint *about, IsthAttribute attribute, uint32_t value, bool given,
                               const uint8_t *at);

/* Whether the object identifies the device. */
bool isth_canopen_is_identity (uint16_t index);
