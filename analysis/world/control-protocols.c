/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control protocols by id, in order. OPC (UA and Classic), Niagara Fox and MQTT are not among them: gateways, historians and controllers answer in them
 * alike, so they tell nothing of the level. */
#include "analysis/world/control-protocols.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *id;
  IsthControl control;
} ControlProtocol;

static const ControlProtocol protocols[] = {
  { "ads", ISTH_CONTROL_OTHER },
  { "atg", ISTH_CONTROL_OTHER },
  { "bacnet", ISTH_CONTROL_OTHER },
  { "bsap", ISTH_CONTROL_OTHER },
  { "c1222", ISTH_CONTROL_OTHER },
  { "c37118", ISTH_CONTROL_OTHER },
  { "cclink-ie", ISTH_CONTROL_OTHER },
  { "cip", ISTH_CONTROL_CIP },
  { "cip-io", ISTH_CONTROL_CIP },
  { "codesys", ISTH_CONTROL_OTHER },
  { "codesys-v3", ISTH_CONTROL_OTHER },
  { "crimson", ISTH_CONTROL_OTHER },
  { "dlms", ISTH_CONTROL_OTHER },
  { "dlr", ISTH_CONTROL_CIP },
  { "dnp3", ISTH_CONTROL_OTHER },
  { "egd", ISTH_CONTROL_OTHER },
  { "enip", ISTH_CONTROL_CIP },
  { "ether-s-bus", ISTH_CONTROL_OTHER },
  { "ether-s-io", ISTH_CONTROL_OTHER },
  { "ethercat", ISTH_CONTROL_OTHER },
  { "ff-hse", ISTH_CONTROL_OTHER },
  { "fins", ISTH_CONTROL_OTHER },
  { "ge-srtp", ISTH_CONTROL_OTHER },
  { "genisys", ISTH_CONTROL_OTHER },
  { "goose", ISTH_CONTROL_OTHER },
  { "hart-ip", ISTH_CONTROL_OTHER },
  { "iec104", ISTH_CONTROL_OTHER },
  { "knxip", ISTH_CONTROL_OTHER },
  { "lontalk", ISTH_CONTROL_OTHER },
  { "melsec", ISTH_CONTROL_OTHER },
  { "melsoft", ISTH_CONTROL_OTHER },
  { "mms", ISTH_CONTROL_OTHER },
  { "modbus", ISTH_CONTROL_MODBUS },
  { "modbus-ascii", ISTH_CONTROL_MODBUS },
  { "modbus-rtu", ISTH_CONTROL_MODBUS },
  { "pccc", ISTH_CONTROL_CIP },
  { "pcworx", ISTH_CONTROL_OTHER },
  { "powerlink", ISTH_CONTROL_OTHER },
  { "proconos", ISTH_CONTROL_OTHER },
  { "profinet-cm", ISTH_CONTROL_OTHER },
  { "profinet-rt", ISTH_CONTROL_OTHER },
  { "roc-plus", ISTH_CONTROL_OTHER },
  { "s7comm", ISTH_CONTROL_S7 },
  { "s7comm-plus", ISTH_CONTROL_S7 },
  { "sampled-values", ISTH_CONTROL_OTHER },
  { "sel-fm", ISTH_CONTROL_OTHER },
  { "sercos3", ISTH_CONTROL_OTHER },
  { "siemens-h1", ISTH_CONTROL_S7 },
  { "trdp", ISTH_CONTROL_OTHER },
  { "tristation", ISTH_CONTROL_OTHER },
  { "umas", ISTH_CONTROL_MODBUS },
};

static int
compare_ids (const void *id,
             const void *protocol)
{
  return strcmp (id, ((const ControlProtocol *) protocol)->id);
}

IsthControl
isth_protocol_get_control (const char *protocol)
{
  const ControlProtocol *found = bsearch (protocol, protocols, G_N_ELEMENTS (protocols), sizeof *protocols, compare_ids);

  return found ? found->control : ISTH_CONTROL_NOT;
}
