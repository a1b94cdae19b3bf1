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
  { "ads", ISTH_CONTROL_PLC },
  { "atg", ISTH_CONTROL_METER },
  { "bacnet", ISTH_CONTROL_BUILDING },
  { "bsap", ISTH_CONTROL_RTU },
  { "c1222", ISTH_CONTROL_METER },
  { "c37118", ISTH_CONTROL_IED },
  { "canopen", ISTH_CONTROL_FIELD },
  { "cclink-ie", ISTH_CONTROL_FIELD },
  { "cip", ISTH_CONTROL_CIP },
  { "cip-io", ISTH_CONTROL_CIP },
  { "codesys", ISTH_CONTROL_PLC },
  { "codesys-v3", ISTH_CONTROL_PLC },
  { "crimson", ISTH_CONTROL_PANEL },
  { "dlms", ISTH_CONTROL_METER },
  { "dlr", ISTH_CONTROL_CIP },
  { "dnp3", ISTH_CONTROL_RTU },
  { "egd", ISTH_CONTROL_PLC },
  { "enip", ISTH_CONTROL_CIP },
  { "ether-s-bus", ISTH_CONTROL_PLC },
  { "ether-s-io", ISTH_CONTROL_FIELD },
  { "ethercat", ISTH_CONTROL_FIELD },
  { "ff-hse", ISTH_CONTROL_FIELD },
  { "fins", ISTH_CONTROL_PLC },
  { "ge-srtp", ISTH_CONTROL_PLC },
  { "genisys", ISTH_CONTROL_RTU },
  { "goose", ISTH_CONTROL_IED },
  { "hart-ip", ISTH_CONTROL_FIELD },
  { "iec104", ISTH_CONTROL_RTU },
  { "knxip", ISTH_CONTROL_BUILDING },
  { "lontalk", ISTH_CONTROL_BUILDING },
  { "melsec", ISTH_CONTROL_PLC },
  { "melsoft", ISTH_CONTROL_PLC },
  { "mms", ISTH_CONTROL_IED },
  { "modbus", ISTH_CONTROL_MODBUS },
  { "modbus-ascii", ISTH_CONTROL_MODBUS },
  { "modbus-rtu", ISTH_CONTROL_MODBUS },
  { "pccc", ISTH_CONTROL_CIP },
  { "pcworx", ISTH_CONTROL_PLC },
  { "powerlink", ISTH_CONTROL_FIELD },
  { "proconos", ISTH_CONTROL_PLC },
  { "profinet-cm", ISTH_CONTROL_FIELD },
  { "profinet-rt", ISTH_CONTROL_FIELD },
  { "roc-plus", ISTH_CONTROL_RTU },
  { "s7comm", ISTH_CONTROL_S7 },
  { "s7comm-plus", ISTH_CONTROL_S7 },
  { "sampled-values", ISTH_CONTROL_IED },
  { "sel-fm", ISTH_CONTROL_IED },
  { "sercos3", ISTH_CONTROL_FIELD },
  { "siemens-h1", ISTH_CONTROL_S7 },
  { "trdp", ISTH_CONTROL_OTHER },
  { "tristation", ISTH_CONTROL_PLC },
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
