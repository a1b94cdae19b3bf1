/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GOOSE and sampled values have before their PDUs. IEC 61850-8-1, annex C; IEC 61850-9-2, annex A. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_IEC61850_HEADER 8 /* application id, length, two reserved fields */

typedef struct
{
  uint16_t application;
  bool simulated;  /* published by a test set in place of the real device */
  bool broken;     /* a length claims more than the frame had: @pdu is what there is of it */
  IsthCursor pdu;
} IsthIec61850Frame;

/* False when what follows is not a PDU of @tag. What comes behind it is padding, or a signature. */
bool isth_iec61850_read_frame (IsthCursor *c, uint32_t tag, IsthIec61850Frame *self);
