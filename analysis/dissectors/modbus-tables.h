/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Modbus functions are called and what their bodies look like. Application Protocol V1.1b3, 6 and 7 and annex A
 * (reserved codes); names of the reserved ones as Modicon's own protocol guide (PI-MBUS-300) has them. */
#pragma once

#include "analysis/world/observation.h"

/* How long the bytes behind the function code are: @fixed, and as many more as a counter at @at says. */
typedef struct
{
  enum
  {
    MODBUS_ANY, /* nothing is known */
    MODBUS_FIXED,
    MODBUS_COUNT_8,
    MODBUS_COUNT_EVEN, /* one byte, and never odd or zero: whole registers */
    MODBUS_COUNT_16,
  } kind;
  uint8_t fixed, at;
} ModbusShape;

typedef enum
{
  MODBUS_OBJECT_NONE,
  MODBUS_OBJECT_RANGE,      /* address and quantity of @space */
  MODBUS_OBJECT_ONE,        /* one address of @space */
  MODBUS_OBJECT_READ_WRITE, /* two ranges: read, then write */
  MODBUS_OBJECT_FILES,
  MODBUS_OBJECT_DIAGNOSTICS,
  MODBUS_OBJECT_MEI,
} ModbusObject;

typedef struct
{
  const char *name; /* NULL: not assigned */
  IsthOp verb;
  ModbusShape request, response;
  ModbusObject object;
  const char *space;
} ModbusFunction;

#define ANY { MODBUS_ANY, 0, 0 }
#define FIXED(n) { MODBUS_FIXED, n, 0 }
#define COUNT(n, offset) { MODBUS_COUNT_8, n, offset }
#define REGISTERS(n, offset) { MODBUS_COUNT_EVEN, n, offset }
#define USER { "user-defined", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_NONE, NULL }

static const ModbusFunction modbus_functions[128] = {
  [1] = { "read-coils", ISTH_OP_READ, FIXED (4), COUNT (1, 0), MODBUS_OBJECT_RANGE, "coils" },
  [2] = { "read-discrete-inputs", ISTH_OP_READ, FIXED (4), COUNT (1, 0), MODBUS_OBJECT_RANGE, "discrete inputs" },
  [3] = { "read-holding-registers", ISTH_OP_READ, FIXED (4), REGISTERS (1, 0), MODBUS_OBJECT_RANGE, "holding registers" },
  [4] = { "read-input-registers", ISTH_OP_READ, FIXED (4), REGISTERS (1, 0), MODBUS_OBJECT_RANGE, "input registers" },
  [5] = { "write-single-coil", ISTH_OP_WRITE, FIXED (4), FIXED (4), MODBUS_OBJECT_ONE, "coils" },
  [6] = { "write-single-register", ISTH_OP_WRITE, FIXED (4), FIXED (4), MODBUS_OBJECT_ONE, "holding registers" },
  [7] = { "read-exception-status", ISTH_OP_DIAGNOSE, FIXED (0), FIXED (1), MODBUS_OBJECT_NONE, NULL },
  [8] = { "diagnostics", ISTH_OP_DIAGNOSE, ANY, ANY, MODBUS_OBJECT_DIAGNOSTICS, NULL },
  [9] = { "program-484", ISTH_OP_PROGRAM, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [10] = { "poll-484", ISTH_OP_DIAGNOSE, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [11] = { "get-comm-event-counter", ISTH_OP_DIAGNOSE, FIXED (0), FIXED (4), MODBUS_OBJECT_NONE, NULL },
  [12] = { "get-comm-event-log", ISTH_OP_DIAGNOSE, FIXED (0), COUNT (1, 0), MODBUS_OBJECT_NONE, NULL },
  [13] = { "program-controller", ISTH_OP_PROGRAM, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [14] = { "poll-controller", ISTH_OP_DIAGNOSE, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [15] = { "write-multiple-coils", ISTH_OP_WRITE, COUNT (5, 4), FIXED (4), MODBUS_OBJECT_RANGE, "coils" },
  [16] = { "write-multiple-registers", ISTH_OP_WRITE, COUNT (5, 4), FIXED (4), MODBUS_OBJECT_RANGE, "holding registers" },
  [17] = { "report-server-id", ISTH_OP_IDENTIFY, FIXED (0), COUNT (1, 0), MODBUS_OBJECT_NONE, NULL },
  [18] = { "program-884", ISTH_OP_PROGRAM, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [19] = { "reset-communication-link", ISTH_OP_CONTROL, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [20] = { "read-file-record", ISTH_OP_READ, COUNT (1, 0), COUNT (1, 0), MODBUS_OBJECT_FILES, NULL },
  [21] = { "write-file-record", ISTH_OP_WRITE, COUNT (1, 0), COUNT (1, 0), MODBUS_OBJECT_FILES, NULL },
  [22] = { "mask-write-register", ISTH_OP_WRITE, FIXED (6), FIXED (6), MODBUS_OBJECT_ONE, "holding registers" },
  [23] = { "read-write-multiple-registers", ISTH_OP_WRITE, COUNT (9, 8), REGISTERS (1, 0), MODBUS_OBJECT_READ_WRITE,
           "holding registers" },
  [24] = { "read-fifo-queue", ISTH_OP_READ, FIXED (2), { MODBUS_COUNT_16, 2, 0 }, MODBUS_OBJECT_ONE, "FIFO" },
  [40] = { "program-concept", ISTH_OP_PROGRAM, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [41] = { "multiple-function-codes", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [42] = { "reserved", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [43] = { "encapsulated-interface", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_MEI, NULL },
  [65] = USER, [66] = USER, [67] = USER, [68] = USER, [69] = USER, [70] = USER, [71] = USER, [72] = USER,
  [90] = { "umas", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [91] = { "reserved", ISTH_OP_OTHER, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [100] = USER, [101] = USER, [102] = USER, [103] = USER, [104] = USER, [105] = USER, [106] = USER, [107] = USER,
  [108] = USER, [109] = USER, [110] = USER,
  [125] = { "firmware-replacement", ISTH_OP_FIRMWARE, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [126] = { "program-584", ISTH_OP_PROGRAM, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
  [127] = { "report-local-address", ISTH_OP_IDENTIFY, ANY, ANY, MODBUS_OBJECT_NONE, NULL },
};

#undef ANY
#undef FIXED
#undef COUNT
#undef REGISTERS
#undef USER

static const ModbusFunction modbus_unassigned = { "unassigned", ISTH_OP_OTHER, { MODBUS_ANY, 0, 0 },
                                                  { MODBUS_ANY, 0, 0 }, MODBUS_OBJECT_NONE, NULL };

/* 6.8.1; 21 as in PI-MBUS-300. Those that change how a device answers are no mere questions. */
static const struct
{
  uint16_t code;
  IsthOp verb;
  const char *name;
} modbus_diagnostics[] = {
  { 0, ISTH_OP_DIAGNOSE, "return-query-data" },
  { 1, ISTH_OP_CONTROL, "restart-communications" },
  { 2, ISTH_OP_DIAGNOSE, "return-diagnostic-register" },
  { 3, ISTH_OP_CONFIGURE, "change-ascii-input-delimiter" },
  { 4, ISTH_OP_CONTROL, "force-listen-only-mode" },
  { 10, ISTH_OP_CONFIGURE, "clear-counters" },
  { 11, ISTH_OP_DIAGNOSE, "return-bus-message-count" },
  { 12, ISTH_OP_DIAGNOSE, "return-bus-error-count" },
  { 13, ISTH_OP_DIAGNOSE, "return-bus-exception-count" },
  { 14, ISTH_OP_DIAGNOSE, "return-server-message-count" },
  { 15, ISTH_OP_DIAGNOSE, "return-server-no-response-count" },
  { 16, ISTH_OP_DIAGNOSE, "return-server-nak-count" },
  { 17, ISTH_OP_DIAGNOSE, "return-server-busy-count" },
  { 18, ISTH_OP_DIAGNOSE, "return-bus-overrun-count" },
  { 19, ISTH_OP_DIAGNOSE, "return-iop-overrun-count" },
  { 20, ISTH_OP_CONFIGURE, "clear-overrun-counter" },
  { 21, ISTH_OP_DIAGNOSE, "modbus-plus-statistics" },
};

/* 7, table of exception codes; 7 as in PI-MBUS-300. */
static const char *const modbus_exceptions[] = {
  [1] = "illegal function",
  [2] = "illegal data address",
  [3] = "illegal data value",
  [4] = "server device failure",
  [5] = "acknowledge",
  [6] = "server device busy",
  [7] = "negative acknowledge",
  [8] = "memory parity error",
  [10] = "gateway path unavailable",
  [11] = "gateway target device failed to respond",
};
