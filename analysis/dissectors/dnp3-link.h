/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data link layer of DNP3 (IEEE 1815-2012, 9): frames of blocks, each with its CRC. Helper of dnp3.c. */
#pragma once

#include "analysis/base/cursor.h"

#define DNP3_LINK_HEADER 10
#define DNP3_LINK_DATA 250 /* bytes of user data in one frame at most */

typedef struct
{
  uint8_t control;
  uint16_t target, source;
  uint32_t length;                /* of the user data on the wire */
  uint32_t captured;              /* … and how much of it is in @data, of blocks whose CRC is right */
  const uint8_t *frame;           /* its first byte */
  uint32_t whole;                 /* … and how many of it are there */
  uint8_t data[DNP3_LINK_DATA];
} IsthDnp3Frame;

/* Length of the frame whose header begins at the cursor; 0 when the header is not all there, UINT32_MAX when it is none or its CRC is wrong. */
uint32_t isth_dnp3_frame_length (IsthCursor c);

/* Reads a frame; false when it ends too early or a CRC is wrong. */
bool isth_dnp3_read_frame (IsthCursor *c, IsthDnp3Frame *frame);

/* Where in the frame the user data from @first to before @end stands, with the CRCs between. */
const uint8_t *isth_dnp3_place (const uint8_t *frame, uint32_t first, uint32_t end, uint32_t *length);
