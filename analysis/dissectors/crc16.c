/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames are short and few are checked (by probes): four bits a step need a table of sixteen only. */
#include "analysis/dissectors/crc16.h"

uint16_t
isth_crc16 (uint16_t crc,
            const uint8_t *bytes,
            size_t n)
{
  static const uint16_t table[16] = {
    0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400,
  };

  for (size_t i = 0; i < n; i++)
    {
      crc = (uint16_t) (crc >> 4 ^ table[(crc ^ bytes[i]) & 0x0f]);
      crc = (uint16_t) (crc >> 4 ^ table[(crc ^ bytes[i] >> 4) & 0x0f]);
    }
  return crc;
}
