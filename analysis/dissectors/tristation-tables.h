/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, answers and refusals of TriStation, as numbers and names: those that public analyses of the TRITON attack list. */
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
