/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols are those of plant equipment: who answers in one is a control device, who asks in one controls. */
#pragma once

typedef enum
{
  ISTH_CONTROL_NOT,    /* no control protocol; also those that servers of any level speak, like OPC UA */
  ISTH_CONTROL_S7,
  ISTH_CONTROL_CIP,
  ISTH_CONTROL_MODBUS,
  ISTH_CONTROL_OTHER,
} IsthControl;

/* @protocol: id of a dissector, or a protocol of IsthObservation. */
IsthControl isth_protocol_get_control (const char *protocol);
