/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CAN bus (ISO 11898-1), recorded by SocketCAN: numbered messages to all. What they mean is each bus' own; CANopen and SAE J1939 are told by messages that
 * nobody else would send so, and their stations have numbers. Other messages are counted, and are nobody's. */
#include <glib.h>

#include "analysis/dissectors/can-frame.h"

/* On each bus all is for all: whoever has such a packet has it for certain. */
static IsthProbe
can_probe (IsthCursor c,
           const IsthPacket *packet)
{
  (void) c;
  return packet->ether_type == ISTH_TYPE_CAN ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthDissectResult
can_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  IsthCanFrame frame;
  bool good = isth_can_read (c, &frame);

  if (!good && !c->cut)
    return ISTH_DISSECT_MALFORMED;
  if (good && !frame.without_data && !isth_can_read_canopen (ctx, &frame))
    isth_can_read_j1939 (ctx, &frame);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ISTH_TYPE_CAN } };

const IsthDissector isth_dissector_can = {
  .id = "can", /* stored in project files: never change it */
  .title = "CAN",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "protocol_address state device_type_id device_type model hardware firmware vendor_id product_code serial",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = can_probe,
  .dissect = can_dissect,
};
