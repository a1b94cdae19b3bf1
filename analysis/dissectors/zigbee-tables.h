/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of ZigBee: what a function of a device is (home automation 05-3520, smart energy 07-5356, light link 11-0037), clusters and their commands (ZigBee cluster
 * library 07-5123), and who makes it (manufacturer codes 05-3874: those that are met in plants and buildings). */
#pragma once

#include "analysis/world/observation.h"

#define ANY_PROFILE 0

static const struct
{
  uint16_t profile, device;
  const char *name;
} devices[] = {
  { ANY_PROFILE, 0x0000, "on/off switch" }, { ANY_PROFILE, 0x0001, "level control switch" }, { ANY_PROFILE, 0x0002, "on/off output" },
  { ANY_PROFILE, 0x0003, "level controllable output" }, { ANY_PROFILE, 0x0004, "scene selector" }, { ANY_PROFILE, 0x0005, "configuration tool" },
  { ANY_PROFILE, 0x0006, "remote control" }, { ANY_PROFILE, 0x0007, "combined interface" }, { ANY_PROFILE, 0x0008, "range extender" },
  { ANY_PROFILE, 0x0009, "mains power outlet" }, { ANY_PROFILE, 0x000a, "door lock" }, { ANY_PROFILE, 0x000b, "door lock controller" },
  { ANY_PROFILE, 0x000c, "simple sensor" }, { ANY_PROFILE, 0x000d, "consumption awareness device" }, { ANY_PROFILE, 0x0050, "home gateway" },
  { ANY_PROFILE, 0x0051, "smart plug" }, { ANY_PROFILE, 0x0100, "on/off light" }, { ANY_PROFILE, 0x0101, "dimmable light" },
  { ANY_PROFILE, 0x0102, "colour light" }, { ANY_PROFILE, 0x0103, "light switch" }, { ANY_PROFILE, 0x0104, "dimmer switch" },
  { ANY_PROFILE, 0x0105, "colour dimmer switch" }, { ANY_PROFILE, 0x0106, "light sensor" }, { ANY_PROFILE, 0x0107, "occupancy sensor" },
  { ANY_PROFILE, 0x0200, "shade" }, { ANY_PROFILE, 0x0201, "shade controller" }, { ANY_PROFILE, 0x0202, "window covering" },
  { ANY_PROFILE, 0x0203, "window covering controller" }, { ANY_PROFILE, 0x0300, "heating or cooling unit" }, { ANY_PROFILE, 0x0301, "thermostat" },
  { ANY_PROFILE, 0x0302, "temperature sensor" }, { ANY_PROFILE, 0x0303, "pump" }, { ANY_PROFILE, 0x0304, "pump controller" },
  { ANY_PROFILE, 0x0305, "pressure sensor" }, { ANY_PROFILE, 0x0306, "flow sensor" }, { ANY_PROFILE, 0x0400, "alarm panel" },
  { ANY_PROFILE, 0x0401, "alarm keypad" }, { ANY_PROFILE, 0x0402, "alarm sensor" }, { ANY_PROFILE, 0x0403, "alarm sounder" },
  { 0x0109, 0x0500, "energy service interface" }, { 0x0109, 0x0501, "meter" }, { 0x0109, 0x0502, "energy display" },
  { 0x0109, 0x0503, "thermostat" }, { 0x0109, 0x0504, "load controller" }, { 0x0109, 0x0505, "appliance" },
  { 0x0109, 0x0506, "prepayment terminal" },
};

/* How commands to a cluster are to be taken that have no name of their own. */
static const struct
{
  uint16_t cluster;
  IsthOp verb;
  const char *name;
} clusters[] = {
  { 0x0000, ISTH_OP_CONTROL, "basic" },            { 0x0001, ISTH_OP_OTHER, "power configuration" }, { 0x0003, ISTH_OP_DIAGNOSE, "identify" },
  { 0x0004, ISTH_OP_CONFIGURE, "groups" },         { 0x0005, ISTH_OP_CONFIGURE, "scenes" },          { 0x0006, ISTH_OP_CONTROL, "on/off" },
  { 0x0007, ISTH_OP_OTHER, "switch configuration" }, { 0x0008, ISTH_OP_CONTROL, "level" },           { 0x0009, ISTH_OP_CONTROL, "alarms" },
  { 0x000a, ISTH_OP_TIME_SYNC, "time" },           { 0x000c, ISTH_OP_OTHER, "analog input" },        { 0x000d, ISTH_OP_OTHER, "analog output" },
  { 0x000f, ISTH_OP_OTHER, "binary input" },       { 0x0010, ISTH_OP_OTHER, "binary output" },       { 0x0015, ISTH_OP_CONFIGURE, "commissioning" },
  { 0x0019, ISTH_OP_FIRMWARE, "firmware" },        { 0x0020, ISTH_OP_OTHER, "poll control" },        { 0x0101, ISTH_OP_CONTROL, "door lock" },
  { 0x0102, ISTH_OP_CONTROL, "window covering" },  { 0x0200, ISTH_OP_OTHER, "pump configuration" },  { 0x0201, ISTH_OP_CONTROL, "thermostat" },
  { 0x0202, ISTH_OP_CONTROL, "fan" },              { 0x0300, ISTH_OP_CONTROL, "colour" },            { 0x0400, ISTH_OP_OTHER, "illuminance" },
  { 0x0402, ISTH_OP_OTHER, "temperature" },        { 0x0403, ISTH_OP_OTHER, "pressure" },            { 0x0404, ISTH_OP_OTHER, "flow" },
  { 0x0405, ISTH_OP_OTHER, "humidity" },           { 0x0406, ISTH_OP_OTHER, "occupancy" },           { 0x0500, ISTH_OP_REPORT, "alarm zone" },
  { 0x0501, ISTH_OP_CONTROL, "alarm panel" },      { 0x0502, ISTH_OP_CONTROL, "alarm sounder" },     { 0x0700, ISTH_OP_REPORT, "price" },
  { 0x0701, ISTH_OP_CONTROL, "load control" },     { 0x0702, ISTH_OP_READ, "metering" },             { 0x0703, ISTH_OP_REPORT, "messaging" },
  { 0x0704, ISTH_OP_OTHER, "tunnelling" },         { 0x0705, ISTH_OP_CONTROL, "prepayment" },        { 0x0800, ISTH_OP_AUTHENTICATE, "key establishment" },
  { 0x0b04, ISTH_OP_OTHER, "electrical measurement" }, { 0x0b05, ISTH_OP_DIAGNOSE, "diagnostics" },  { 0x1000, ISTH_OP_CONFIGURE, "touchlink" },
};

/* Commands of clusters, of a client but for those of the firmware's server. */
static const struct
{
  uint16_t cluster;
  uint8_t command;
  bool by_server;
  const char *name;
} commands[] = {
  { 0x0000, 0x00, false, "reset-to-factory-defaults" },
  { 0x0003, 0x00, false, "identify" }, { 0x0003, 0x01, false, "identify-query" },
  { 0x0004, 0x00, false, "add-group" }, { 0x0004, 0x03, false, "remove-group" }, { 0x0004, 0x04, false, "remove-all-groups" },
  { 0x0005, 0x00, false, "add-scene" }, { 0x0005, 0x04, false, "store-scene" }, { 0x0005, 0x05, false, "recall-scene" },
  { 0x0006, 0x00, false, "off" }, { 0x0006, 0x01, false, "on" }, { 0x0006, 0x02, false, "toggle" },
  { 0x0008, 0x00, false, "move-to-level" }, { 0x0008, 0x01, false, "move" }, { 0x0008, 0x02, false, "step" }, { 0x0008, 0x03, false, "stop" },
  { 0x0008, 0x04, false, "move-to-level" },
  { 0x0015, 0x00, false, "restart-device" }, { 0x0015, 0x03, false, "reset-startup-parameters" },
  { 0x0019, 0x00, true, "image-notify" }, { 0x0019, 0x01, false, "query-next-image" }, { 0x0019, 0x02, true, "query-next-image" },
  { 0x0019, 0x03, false, "image-block" }, { 0x0019, 0x04, false, "image-page" }, { 0x0019, 0x05, true, "image-block" },
  { 0x0019, 0x06, false, "upgrade-end" }, { 0x0019, 0x07, true, "upgrade-end" },
  { 0x0101, 0x00, false, "lock" }, { 0x0101, 0x01, false, "unlock" }, { 0x0101, 0x02, false, "toggle" }, { 0x0101, 0x05, false, "set-pin" },
  { 0x0101, 0x06, false, "get-pin" }, { 0x0101, 0x07, false, "clear-pin" },
  { 0x0102, 0x00, false, "open" }, { 0x0102, 0x01, false, "close" }, { 0x0102, 0x02, false, "stop" }, { 0x0102, 0x05, false, "go-to-percentage" },
  { 0x0201, 0x00, false, "change-set-point" }, { 0x0201, 0x01, false, "set-weekly-schedule" }, { 0x0201, 0x03, false, "clear-weekly-schedule" },
  { 0x0500, 0x00, true, "zone-status-change" }, { 0x0500, 0x01, true, "zone-enrol" },
  { 0x0501, 0x00, false, "arm" }, { 0x0501, 0x02, false, "emergency" },
  { 0x0502, 0x00, false, "start-warning" }, { 0x0502, 0x01, false, "squawk" },
  { 0x0701, 0x00, true, "load-control-event" }, { 0x0701, 0x01, true, "cancel-load-control-event" },
};

static const struct
{
  uint16_t code;
  const char *name;
} makers[] = {
  { 0x1001, "Chipcon" },          { 0x1002, "Ember" },            { 0x100b, "Signify" },          { 0x1015, "Develco" },
  { 0x1016, "Honeywell" },        { 0x101d, "Assa Abloy" },       { 0x1021, "Legrand" },          { 0x1028, "Itron" },
  { 0x102c, "Siemens" },          { 0x102f, "Mitsubishi Electric" }, { 0x1030, "Johnson Controls" }, { 0x1036, "Trane" },
  { 0x1037, "NXP Semiconductors" }, { 0x1040, "Control4" },       { 0x1049, "Silicon Laboratories" }, { 0x104b, "Cooper Power Systems" },
  { 0x104e, "CentraLite" },       { 0x1054, "LS Industrial Systems" }, { 0x1057, "Elster" },      { 0x105e, "Schneider Electric" },
  { 0x105f, "Eaton" },            { 0x1063, "Landis+Gyr" },       { 0x1078, "Computime" },        { 0x107c, "GE" },
  { 0x1087, "Digi International" }, { 0x1089, "Echelon" },        { 0x1096, "Carrier" },          { 0x109b, "Leviton" },
  { 0x109f, "Netvox" },           { 0x10a2, "Sensus" },           { 0x10b0, "Kamstrup" },         { 0x10bf, "Omron" },
  { 0x10d7, "Exegin" },           { 0x10d8, "Honeywell" },        { 0x10eb, "ABB" },              { 0x10f2, "ubisys" },
  { 0x110a, "SmartThings" },      { 0x110c, "Osram Sylvania" },   { 0x1117, "Moxa" },             { 0x112e, "Busch-Jaeger" },
  { 0x1135, "dresden elektronik" }, { 0x113c, "Owon" },           { 0x1144, "Lutron" },           { 0x115f, "Lumi" },
  { 0x1166, "Innr" },             { 0x117c, "IKEA" },             { 0x1189, "Ledvance" },         { 0x119c, "Sinopé" },
  { 0x1207, "Vimar" },            { 0x1209, "Robert Bosch" },     { 0x120b, "Heiman" },           { 0x1221, "Viessmann" },
  { 0x1246, "Danfoss" },
};
