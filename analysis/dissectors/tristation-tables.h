/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, answers and refusals of TriStation, as numbers and names, and the modules of a
 * chassis: those that public analyses of the TRITON attack list. */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

typedef enum
{
  TRISTATION_PLAIN,
  TRISTATION_BEGIN,  /* of a download */
  TRISTATION_DATA,   /* to the controller */
  TRISTATION_END,
  TRISTATION_CANCEL,
  TRISTATION_FETCH,  /* its answer carries logic from the controller */
} TristationStep;

static const struct
{
  uint8_t verb; /* IsthOp */
  uint8_t step; /* TristationStep */
  const char *name;
} tristation_commands[] = {
  [0] = { ISTH_OP_PROGRAM, TRISTATION_BEGIN, "start-download-all" },
  [1] = { ISTH_OP_PROGRAM, TRISTATION_BEGIN, "start-download-change" },
  [2] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "update-configuration" },
  [3] = { ISTH_OP_READ, TRISTATION_PLAIN, "upload-configuration" },
  [4] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-io-addresses" },
  [5] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "allocate-network" },
  [6] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "load-vector-table" },
  [7] = { ISTH_OP_TIME_SYNC, TRISTATION_PLAIN, "set-calendar" },
  [8] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-calendar" },
  [9] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-scan-time" },
  [10] = { ISTH_OP_PROGRAM, TRISTATION_END, "end-download-all" },
  [11] = { ISTH_OP_PROGRAM, TRISTATION_END, "end-download-change" },
  [12] = { ISTH_OP_PROGRAM, TRISTATION_CANCEL, "cancel-download-change" },
  [13] = { ISTH_OP_OTHER, TRISTATION_PLAIN, "attach" },
  [14] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-io-address-limits" },
  [15] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "configure-module" },
  [16] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-multiple-point-values" },
  [17] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "enable-all-points" },
  [18] = { ISTH_OP_UPLOAD, TRISTATION_PLAIN, "upload-vector-table" },
  [19] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-program-status" },
  [20] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "run-program" },
  [21] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "halt-program" },
  [22] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "pause-program" },
  [23] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "single-scan" },
  [24] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-chassis-status" },
  [25] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-minimum-scan-time" },
  [26] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-node-number" },
  [27] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-point-values" },
  [28] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-point-values" },
  [29] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-processor-status" },
  [30] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-retentive-values" },
  [31] = { ISTH_OP_TIME_SYNC, TRISTATION_PLAIN, "adjust-calendar" },
  [32] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "clear-module-alarms" },
  [33] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-event-log" },
  [34] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-soe-block" },
  [35] = { ISTH_OP_OTHER, TRISTATION_PLAIN, "record-event-log" },
  [36] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-soe-data" },
  [37] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "enable-output-voter-diagnostics" },
  [38] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "disable-output-voter-diagnostics" },
  [39] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "enable-all-output-voter-diagnostics" },
  [40] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "disable-all-output-voter-diagnostics" },
  [41] = { ISTH_OP_OTHER, TRISTATION_PLAIN, "process-modbus" },
  [42] = { ISTH_OP_UPLOAD, TRISTATION_PLAIN, "upload-network" },
  [43] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-label" },
  [44] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "configure-system-variables" },
  [45] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "deconfigure-module" },
  [46] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-system-variables" },
  [47] = { ISTH_OP_IDENTIFY, TRISTATION_PLAIN, "get-module-types" },
  [48] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "begin-conversion-table-download" },
  [49] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "continue-conversion-table-download" },
  [50] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "end-conversion-table-download" },
  [51] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-conversion-table" },
  [52] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "set-icm-status" },
  [53] = { ISTH_OP_REPORT, TRISTATION_PLAIN, "soe-data-available" },
  [54] = { ISTH_OP_IDENTIFY, TRISTATION_PLAIN, "get-module-versions" },
  [55] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "allocate-program" },
  [56] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "allocate-function" },
  [57] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "clear-retentives" },
  [58] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-initial-values" },
  [59] = { ISTH_OP_PROGRAM, TRISTATION_BEGIN, "start-ts2-program-download" },
  [60] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-ts2-data-area" },
  [61] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-ts2-data" },
  [62] = { ISTH_OP_WRITE, TRISTATION_PLAIN, "set-ts2-data" },
  [63] = { ISTH_OP_PROGRAM, TRISTATION_PLAIN, "set-program-information" },
  [64] = { ISTH_OP_IDENTIFY, TRISTATION_PLAIN, "get-program-information" },
  [65] = { ISTH_OP_UPLOAD, TRISTATION_FETCH, "upload-program" },
  [66] = { ISTH_OP_UPLOAD, TRISTATION_FETCH, "upload-function" },
  [67] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-point-groups" },
  [68] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "allocate-symbol-table" },
  [69] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-io-address" },
  [70] = { ISTH_OP_CONFIGURE, TRISTATION_PLAIN, "resend-io-address" },
  [71] = { ISTH_OP_DIAGNOSE, TRISTATION_PLAIN, "get-program-timing" },
  [72] = { ISTH_OP_PROGRAM, TRISTATION_DATA, "allocate-multiple-functions" },
  [73] = { ISTH_OP_READ, TRISTATION_PLAIN, "get-node-number" },
  [74] = { ISTH_OP_UPLOAD, TRISTATION_PLAIN, "get-symbol-table" },
  [80] = { ISTH_OP_CONTROL, TRISTATION_PLAIN, "go-to-download-mode" },
};

#define TRISTATION_REJECTED 100
#define TRISTATION_REFUSALS 200

/* From TRISTATION_REFUSALS on. */
static const char *const tristation_refusals[] = {
  "wrong command", "load is in progress", "bad calendar data", "program not halted", "program checksum error", "no memory", "program not valid",
  "not loading a program", "network out of range", "not enough arguments", "network missing", "download time differs", "key position prohibits it",
  "bad program version", "command out of sequence", NULL, "bad module index", "wrong module address", NULL, NULL, "bad point offset", "wrong point type",
  "wrong point location", "wrong program name", NULL, NULL, NULL, "wrong module type", NULL, "wrong table type", NULL, "wrong network continuation",
  "wrong scan time", "load is busy", "processor re-educated", "wrong chassis or slot", "wrong SOE number", "wrong SOE type", "wrong SOE state",
  "variable is write protected", "node number differs", "command not allowed", "wrong sequence number", "time change on non-master", "no free port",
  "wrong TriStation I command", "wrong TriStation 1131 command", "only one chassis allowed", "bad variable address", "response overflow", "wrong bus",
  "disabling not allowed", "wrong length", "point cannot be disabled", "too many retentive variables",
};

/* What stands in a slot, by the number of its type: model, and kind of module. */
static const struct
{
  uint8_t first, last;
  const char *model, *kind;
} tristation_modules[] = {
  { 1, 1, "3501", "digital input" }, { 2, 2, "3502", "digital input" }, { 3, 3, "3503", "digital input" }, { 7, 7, "3505", "digital input" },
  { 11, 11, "3508", "digital input" }, { 17, 17, "3601", "digital output" }, { 19, 19, "3603", "digital output" },
  { 20, 20, "3604", "digital output" }, { 23, 23, "3608", "digital output" }, { 24, 24, "3607", "digital output" },
  { 29, 29, "6603", "digital output" }, { 30, 30, "6602", "digital output" }, { 31, 31, "6601", "digital output" },
  { 32, 32, "3701", "analog input" }, { 33, 33, "3700", "analog input" }, { 38, 38, "3510", "pulse input" },
  { 40, 40, "3801", "analog input and output" }, { 41, 41, "3800", "analog input and output" }, { 42, 42, "6810", "analog input and output" },
  { 45, 45, "3511", "pulse input" }, { 47, 47, "3515", "pulse input" }, { 48, 48, "4119", "communication module" },
  { 49, 49, "4200", "remote extender" }, { 50, 50, "6211", "communication module" }, { 51, 51, "4509", "gateway to a data highway" },
  { 52, 52, "4409", "communication module" }, { 53, 53, "6215", "gateway to a data highway" }, { 55, 55, "4329", "communication module" },
  { 56, 56, "4609", "communication module" }, { 57, 57, "4351B", "communication module" }, { 58, 58, "4352B", "communication module" },
  { 59, 59, "4353", "communication module" }, { 60, 60, "4354", "communication module" }, { 71, 71, "3531", "digital input" },
  { 72, 72, "3532", "digital input" }, { 73, 73, "3533", "digital input" }, { 84, 84, "4351", "communication module" },
  { 85, 85, "4352", "communication module" }, { 86, 86, "4351A", "communication module" }, { 87, 87, "4352A", "communication module" },
  { 88, 88, "3664", "digital output" }, { 89, 89, "3674", "digital output" }, { 90, 90, "3667", "digital output" },
  { 91, 91, "3677", "digital output" }, { 92, 92, "3663", "digital output" }, { 93, 93, "3673", "digital output" },
  { 94, 94, "3720", "analog input" }, { 95, 95, "3721", "analog input" }, { 104, 104, "3805", "analog output" },
  { 105, 105, "3807", "servo output" }, { 106, 106, "3806", "analog output" }, { 107, 107, "6613", "digital output" },
  { 108, 108, "6612", "digital output" }, { 109, 109, "6617", "digital output" }, { 110, 110, "6703", "analog input" },
  { 111, 111, "3635", "relay output" }, { 112, 112, "3636", "relay output" }, { 113, 113, "3611", "digital output" },
  { 129, 129, "6507", "digital input" }, { 130, 130, "6502", "digital input" }, { 133, 133, "6503", "digital input" },
  { 134, 134, "6501", "digital input" }, { 136, 136, "6508", "digital input" }, { 138, 141, "6708", "thermocouple input" },
  { 146, 151, "3706", "thermocouple input" }, { 152, 155, "3704", "analog input" }, { 156, 157, "3504", "digital input" },
  { 158, 158, "3625", "digital output" }, { 160, 163, "6700", "analog input" }, { 180, 183, "3703", "analog input" },
  { 184, 187, "3708", "thermocouple input" }, { 192, 195, "3708", "thermocouple input" }, { 200, 202, "3708", "thermocouple input" },
  { 208, 211, "3708", "thermocouple input" }, { 216, 217, "3614", "digital output" }, { 218, 219, "3617", "digital output" },
  { 220, 221, "3613", "digital output" }, { 222, 223, "3615", "digital output" }, { 224, 225, "3564", "digital input" },
  { 226, 227, "3562", "digital input" }, { 228, 229, "3561", "digital input" }, { 232, 233, "3624", "digital output" },
  { 234, 235, "3627", "digital output" }, { 236, 237, "3623", "digital output" }, { 255, 255, "3008", "main processor" },
};
