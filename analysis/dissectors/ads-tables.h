/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, index groups, states and errors of Beckhoff ADS, as numbers and names. TwinCAT documentation: AMS/ADS specification, ADS return codes. */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

#define ADS_SYSTEM 10000 /* the port of the system service */

static const struct
{
  uint8_t verb; /* IsthOp */
  const char *name;
} ads_commands[] = {
  [0] = { ISTH_OP_OTHER, "invalid" },
  [1] = { ISTH_OP_IDENTIFY, "read-device-info" },
  [2] = { ISTH_OP_READ, "read" },
  [3] = { ISTH_OP_WRITE, "write" },
  [4] = { ISTH_OP_DIAGNOSE, "read-state" },
  [5] = { ISTH_OP_CONTROL, "write-control" },
  [6] = { ISTH_OP_SUBSCRIBE, "add-notification" },
  [7] = { ISTH_OP_SUBSCRIBE, "delete-notification" },
  [8] = { ISTH_OP_REPORT, "notification" },
  [9] = { ISTH_OP_READ, "read-write" },
};

typedef struct
{
  uint32_t group;
  uint16_t port;  /* 0: of any */
  uint8_t verb;   /* read, or read with a parameter */
  uint8_t write;  /* written */
  bool text;      /* what is written with it starts with a name */
  const char *name;
} AdsGroup;

static const AdsGroup ads_groups[] = {
  { 120, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, true, "file-open" },
  { 121, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, false, "file-close" },
  { 122, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, false, "file-read" },
  { 123, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, false, "file-write" },
  { 131, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, true, "file-delete" },
  { 132, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, true, "file-rename" },
  { 133, ADS_SYSTEM, ISTH_OP_FILE, ISTH_OP_FILE, true, "file-find" },
  { 200, ADS_SYSTEM, ISTH_OP_READ, ISTH_OP_CONFIGURE, true, "registry" },
  { 400, ADS_SYSTEM, ISTH_OP_READ, ISTH_OP_TIME_SYNC, false, "time-services" },
  { 500, ADS_SYSTEM, ISTH_OP_CONTROL, ISTH_OP_CONTROL, false, "start-process" },
  { 700, ADS_SYSTEM, ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, false, "target-information" },
  { 701, ADS_SYSTEM, ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, false, "ip-addresses" },
  { 702, ADS_SYSTEM, ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, false, "host-name" },
  { 801, ADS_SYSTEM, ISTH_OP_CONFIGURE, ISTH_OP_CONFIGURE, false, "add-route" },
  { 802, ADS_SYSTEM, ISTH_OP_CONFIGURE, ISTH_OP_CONFIGURE, true, "delete-route" },
  { 803, ADS_SYSTEM, ISTH_OP_READ, ISTH_OP_CONFIGURE, false, "list-routes" },
  { 0xf003, 0, ISTH_OP_READ, ISTH_OP_WRITE, true, "get-symbol-handle" },
  { 0xf004, 0, ISTH_OP_READ, ISTH_OP_WRITE, true, "symbol-by-name" },
  { 0xf005, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "symbol-by-handle" },
  { 0xf006, 0, ISTH_OP_OTHER, ISTH_OP_OTHER, false, "release-symbol-handle" },
  { 0xf007, 0, ISTH_OP_READ, ISTH_OP_WRITE, true, "symbol-info" },
  { 0xf009, 0, ISTH_OP_READ, ISTH_OP_WRITE, true, "symbol-info" },
  { 0xf00b, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "list-symbols" },
  { 0xf00c, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "list-symbols" },
  { 0xf00e, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "list-data-types" },
  { 0xf00f, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "list-symbols" },
  { 0xf080, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "sum-read" },
  { 0xf081, 0, ISTH_OP_WRITE, ISTH_OP_WRITE, false, "sum-write" },
  { 0xf082, 0, ISTH_OP_WRITE, ISTH_OP_WRITE, false, "sum-read-write" },
  { 0xf083, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "sum-read" },
  { 0xf084, 0, ISTH_OP_READ, ISTH_OP_WRITE, false, "sum-read" },
  { 0xf085, 0, ISTH_OP_SUBSCRIBE, ISTH_OP_SUBSCRIBE, false, "sum-add-notification" },
  { 0xf086, 0, ISTH_OP_SUBSCRIBE, ISTH_OP_SUBSCRIBE, false, "sum-delete-notification" },
};

/* Areas of a PLC's memory: shown by name instead of their group. */
static const struct
{
  uint32_t group;
  const char *name;
} ads_areas[] = {
  { 0x4020, "%M" }, { 0x4021, "%MX" }, { 0x4040, "data" }, { 0xf020, "%I" }, { 0xf021, "%IX" }, { 0xf030, "%Q" }, { 0xf031, "%QX" },
};

static const char *const ads_states[] = {
  "invalid", "idle", "reset", "init", "start", "run", "stop", "save configuration", "load configuration", "power failure", "power good",
  "error", "shutdown", "suspend", "resume", "config", "reconfig",
};

static const struct
{
  uint16_t code;
  const char *text;
} ads_errors[] = {
  { 0x0001, "internal error" },
  { 0x0006, "target port not found" },
  { 0x0007, "target machine not found" },
  { 0x0008, "unknown command" },
  { 0x000b, "unknown AMS command" },
  { 0x000d, "port not connected" },
  { 0x000e, "wrong AMS length" },
  { 0x000f, "wrong AMS NetId" },
  { 0x0012, "port disabled" },
  { 0x0013, "port already connected" },
  { 0x0018, "wrong AMS port" },
  { 0x0019, "no memory" },
  { 0x001b, "host unreachable" },
  { 0x001c, "TLS send error" },
  { 0x001d, "access denied" },
  { 0x0700, "device error" },
  { 0x0701, "service not supported" },
  { 0x0702, "wrong index group" },
  { 0x0703, "wrong index offset" },
  { 0x0704, "access not permitted" },
  { 0x0705, "wrong size" },
  { 0x0706, "wrong data" },
  { 0x0707, "not ready" },
  { 0x0708, "busy" },
  { 0x0709, "wrong context" },
  { 0x070a, "no memory" },
  { 0x070b, "wrong parameter" },
  { 0x070c, "not found" },
  { 0x070d, "syntax error" },
  { 0x070e, "objects do not match" },
  { 0x070f, "already exists" },
  { 0x0710, "symbol not found" },
  { 0x0711, "symbol version invalid" },
  { 0x0712, "wrong state" },
  { 0x0713, "transmission mode not supported" },
  { 0x0714, "wrong notification handle" },
  { 0x0715, "client unknown" },
  { 0x0716, "no more handles" },
  { 0x0717, "notification size too large" },
  { 0x0718, "not initialised" },
  { 0x0719, "timeout" },
  { 0x071a, "no interface" },
  { 0x071e, "pending" },
  { 0x071f, "aborted" },
  { 0x0721, "wrong array index" },
  { 0x0722, "symbol not active" },
  { 0x0723, "access denied" },
  { 0x0724, "no licence" },
  { 0x0725, "licence expired" },
  { 0x0745, "timeout" },
};
