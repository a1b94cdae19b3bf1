/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check that many field protocols put behind their frames: CRC-16 by x^16 + x^15 + x^2 + 1, lowest bit first. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Goes on from @crc, which is what the protocol starts with: 0 or 0xffff. */
uint16_t isth_crc16 (uint16_t crc, const uint8_t *bytes, size_t n);
