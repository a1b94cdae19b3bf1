/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols are those of plant equipment: who answers in one is a control device, who asks in one controls. */
#pragma once

typedef enum
{
  ISTH_CONTROL_NOT,      /* no control protocol; also those that servers of any level speak, like OPC UA */
  ISTH_CONTROL_S7,
  ISTH_CONTROL_CIP,
  ISTH_CONTROL_MODBUS,   /* controllers, gateways, meters and drives alike */
  ISTH_CONTROL_PLC,      /* the own protocols of makers of controllers */
  ISTH_CONTROL_RTU,      /* telecontrol */
  ISTH_CONTROL_IED,      /* inside substations */
  ISTH_CONTROL_METER,    /* meters and gauges */
  ISTH_CONTROL_FIELD,    /* instruments, field buses over Ethernet */
  ISTH_CONTROL_BUILDING,
  ISTH_CONTROL_PANEL,    /* operator panels */
  ISTH_CONTROL_OTHER,
} IsthControl;

/* @protocol: id of a dissector, or a protocol of IsthObservation. */
IsthControl isth_protocol_get_control (const char *protocol);
