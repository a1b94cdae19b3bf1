/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, response codes and manufacturers of HART, as numbers and names. HCF_SPEC-127 (universal), HCF_SPEC-151 (common practice), HCF_SPEC-183 (tables). */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

static const struct
{
  uint16_t code;
  uint8_t verb; /* IsthOp */
  const char *name;
} hart_commands[] = {
  { 0, ISTH_OP_IDENTIFY, "read-unique-identifier" },
  { 1, ISTH_OP_READ, "read-primary-variable" },
  { 2, ISTH_OP_READ, "read-loop-current" },
  { 3, ISTH_OP_READ, "read-dynamic-variables" },
  { 6, ISTH_OP_CONFIGURE, "write-polling-address" },
  { 7, ISTH_OP_READ, "read-loop-configuration" },
  { 8, ISTH_OP_READ, "read-variable-classifications" },
  { 9, ISTH_OP_READ, "read-device-variables-with-status" },
  { 11, ISTH_OP_IDENTIFY, "read-unique-identifier-by-tag" },
  { 12, ISTH_OP_IDENTIFY, "read-message" },
  { 13, ISTH_OP_IDENTIFY, "read-tag-descriptor-date" },
  { 14, ISTH_OP_IDENTIFY, "read-transducer-information" },
  { 15, ISTH_OP_READ, "read-device-information" },
  { 16, ISTH_OP_IDENTIFY, "read-final-assembly-number" },
  { 17, ISTH_OP_CONFIGURE, "write-message" },
  { 18, ISTH_OP_CONFIGURE, "write-tag-descriptor-date" },
  { 19, ISTH_OP_CONFIGURE, "write-final-assembly-number" },
  { 20, ISTH_OP_IDENTIFY, "read-long-tag" },
  { 21, ISTH_OP_IDENTIFY, "read-unique-identifier-by-long-tag" },
  { 22, ISTH_OP_CONFIGURE, "write-long-tag" },
  { 33, ISTH_OP_READ, "read-device-variables" },
  { 34, ISTH_OP_CONFIGURE, "write-damping" },
  { 35, ISTH_OP_CONFIGURE, "write-range-values" },
  { 36, ISTH_OP_CONFIGURE, "set-upper-range-value" },
  { 37, ISTH_OP_CONFIGURE, "set-lower-range-value" },
  { 38, ISTH_OP_CONFIGURE, "reset-configuration-changed" },
  { 39, ISTH_OP_CONTROL, "eeprom-control" },
  { 40, ISTH_OP_CONTROL, "fixed-current-mode" },
  { 41, ISTH_OP_CONTROL, "self-test" },
  { 42, ISTH_OP_CONTROL, "device-reset" },
  { 43, ISTH_OP_CONFIGURE, "set-primary-variable-zero" },
  { 44, ISTH_OP_CONFIGURE, "write-primary-variable-units" },
  { 45, ISTH_OP_CONFIGURE, "trim-loop-current-zero" },
  { 46, ISTH_OP_CONFIGURE, "trim-loop-current-gain" },
  { 47, ISTH_OP_CONFIGURE, "write-transfer-function" },
  { 48, ISTH_OP_DIAGNOSE, "read-additional-status" },
  { 49, ISTH_OP_CONFIGURE, "write-transducer-serial-number" },
  { 50, ISTH_OP_READ, "read-variable-assignments" },
  { 51, ISTH_OP_CONFIGURE, "write-variable-assignments" },
  { 52, ISTH_OP_CONFIGURE, "set-device-variable-zero" },
  { 53, ISTH_OP_CONFIGURE, "write-device-variable-units" },
  { 54, ISTH_OP_READ, "read-device-variable-information" },
  { 59, ISTH_OP_CONFIGURE, "write-response-preambles" },
  { 71, ISTH_OP_CONTROL, "lock-device" },
  { 72, ISTH_OP_CONTROL, "squawk" },
  { 73, ISTH_OP_IDENTIFY, "find-device" },
  { 74, ISTH_OP_IDENTIFY, "read-io-system-capabilities" },
  { 75, ISTH_OP_IDENTIFY, "poll-sub-device" },
  { 76, ISTH_OP_DIAGNOSE, "read-lock-state" },
  { 77, ISTH_OP_OTHER, "send-command-to-sub-device" },
  { 78, ISTH_OP_READ, "read-aggregated-commands" },
  { 79, ISTH_OP_CONTROL, "write-device-variable" },
  { 84, ISTH_OP_IDENTIFY, "read-sub-device-identity" },
  { 85, ISTH_OP_DIAGNOSE, "read-channel-statistics" },
  { 86, ISTH_OP_DIAGNOSE, "read-sub-device-statistics" },
  { 87, ISTH_OP_CONFIGURE, "write-master-mode" },
  { 88, ISTH_OP_CONFIGURE, "write-retry-count" },
  { 89, ISTH_OP_TIME_SYNC, "set-clock" },
  { 90, ISTH_OP_READ, "read-clock" },
  { 95, ISTH_OP_DIAGNOSE, "read-message-statistics" },
  { 103, ISTH_OP_CONFIGURE, "write-burst-period" },
  { 104, ISTH_OP_CONFIGURE, "write-burst-trigger" },
  { 105, ISTH_OP_READ, "read-burst-configuration" },
  { 106, ISTH_OP_CONTROL, "flush-delayed-responses" },
  { 107, ISTH_OP_CONFIGURE, "write-burst-variables" },
  { 108, ISTH_OP_CONFIGURE, "write-burst-command" },
  { 109, ISTH_OP_CONFIGURE, "burst-mode-control" },
  { 111, ISTH_OP_FILE, "transfer-control" },
  { 112, ISTH_OP_FILE, "transfer-data" },
};

static const struct
{
  uint8_t code;
  bool warning; /* it was done none the less */
  const char *text;
} hart_codes[] = {
  { 2, false, "invalid selection" },        { 3, false, "parameter too large" },      { 4, false, "parameter too small" },
  { 5, false, "too few data bytes" },       { 6, false, "device-specific error" },    { 7, false, "in write protect mode" },
  { 8, true, "warning 8" },                 { 14, true, "warning 14" },               { 16, false, "access restricted" },
  { 17, false, "invalid device variable" }, { 18, false, "invalid units code" },      { 19, false, "index not allowed" },
  { 20, false, "invalid extended command" }, { 24, true, "warning 24" },              { 30, true, "command response truncated" },
  { 32, false, "busy" },                    { 33, true, "delayed response initiated" }, { 34, true, "delayed response running" },
  { 35, false, "delayed response dead" },   { 36, false, "delayed response conflict" }, { 64, false, "command not implemented" },
};

static const struct
{
  uint16_t code;
  const char *name;
} hart_makers[] = {
  { 5, "ABB" },              { 10, "Brooks Instrument" }, { 17, "Endress+Hauser" },  { 19, "Fisher Controls" }, { 20, "Foxboro" },
  { 21, "Fuji" },            { 22, "ABB" },               { 23, "Honeywell" },       { 26, "ABB" },             { 31, "Micro Motion" },
  { 32, "Moore Industries" }, { 38, "Rosemount" },        { 42, "Siemens" },         { 55, "Yokogawa" },        { 62, "Smar" },
  { 66, "Samson" },          { 69, "Krohne" },            { 86, "Magnetrol" },       { 93, "Pepperl+Fuchs" },   { 98, "Vega" },
};
