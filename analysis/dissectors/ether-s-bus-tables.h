/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of S-Bus and where they say what they act on. Runs of commands are one for each processor. For ether-s-bus.c alone. */
#pragma once

#include "analysis/dissectors/dissector.h"

typedef enum
{
  SBUS_NOTHING,
  SBUS_READ_MEDIA,   /* count less one, address */
  SBUS_WRITE_MEDIA,  /* length, address */
  SBUS_MEMORY,       /* count, three bytes of address */
  SBUS_CPU,          /* the command itself: processors from @cpu on, the own one, all of them */
} SbusShape;

typedef struct
{
  uint8_t first, last;
  IsthOp verb;
  SbusShape shape;
  const char *name, *media;
  uint8_t cpu;
} SbusCommand;

static const SbusCommand sbus_commands[] = {
  { 0, 0, ISTH_OP_READ, SBUS_READ_MEDIA, "read-counters", "counters" },
  { 1, 1, ISTH_OP_READ, SBUS_NOTHING, "read-display-register" },
  { 2, 2, ISTH_OP_READ, SBUS_READ_MEDIA, "read-flags", "flags" },
  { 3, 3, ISTH_OP_READ, SBUS_READ_MEDIA, "read-inputs", "inputs" },
  { 4, 4, ISTH_OP_READ, SBUS_NOTHING, "read-clock" },
  { 5, 5, ISTH_OP_READ, SBUS_READ_MEDIA, "read-outputs", "outputs" },
  { 6, 6, ISTH_OP_READ, SBUS_READ_MEDIA, "read-registers", "registers" },
  { 7, 7, ISTH_OP_READ, SBUS_READ_MEDIA, "read-timers", "timers" },
  { 10, 10, ISTH_OP_WRITE, SBUS_WRITE_MEDIA, "write-counters", "counters" },
  { 11, 11, ISTH_OP_WRITE, SBUS_WRITE_MEDIA, "write-flags", "flags" },
  { 12, 12, ISTH_OP_TIME_SYNC, SBUS_NOTHING, "write-clock" },
  { 13, 13, ISTH_OP_WRITE, SBUS_WRITE_MEDIA, "write-outputs", "outputs" },
  { 14, 14, ISTH_OP_WRITE, SBUS_WRITE_MEDIA, "write-registers", "registers" },
  { 15, 15, ISTH_OP_WRITE, SBUS_WRITE_MEDIA, "write-timers", "timers" },
  { 19, 19, ISTH_OP_WRITE, SBUS_NOTHING, "read-write-media" },
  { 20, 27, ISTH_OP_DIAGNOSE, SBUS_CPU, "read-status" },
  { 29, 29, ISTH_OP_IDENTIFY, SBUS_NOTHING, "read-station-number" },
  { 30, 30, ISTH_OP_READ, SBUS_MEMORY, "read-user-memory", "memory" },
  { 31, 31, ISTH_OP_UPLOAD, SBUS_MEMORY, "read-program-line", "program line" },
  { 32, 32, ISTH_OP_IDENTIFY, SBUS_NOTHING, "read-firmware-version" },
  { 33, 33, ISTH_OP_READ, SBUS_NOTHING, "read-text" },
  { 34, 34, ISTH_OP_READ, SBUS_NOTHING, "read-active-transition" },
  { 35, 35, ISTH_OP_PROGRAM, SBUS_MEMORY, "write-user-memory", "memory" },
  { 36, 36, ISTH_OP_PROGRAM, SBUS_MEMORY, "write-program-line", "program line" },
  { 37, 37, ISTH_OP_CONFIGURE, SBUS_NOTHING, "write-text" },
  { 40, 48, ISTH_OP_CONTROL, SBUS_CPU, "run" },
  { 50, 57, ISTH_OP_CONTROL, SBUS_CPU, "restart-cold", NULL, 1 },
  { 60, 68, ISTH_OP_CONTROL, SBUS_CPU, "stop" },
  { 70, 70, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-accumulator" },
  { 71, 71, ISTH_OP_READ, SBUS_MEMORY, "read-byte", "byte" },
  { 72, 72, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-halt-register" },
  { 73, 73, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-index-register" },
  { 74, 74, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-instruction-pointer" },
  { 75, 75, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "find-history" },
  { 80, 80, ISTH_OP_CONTROL, SBUS_NOTHING, "write-accumulator" },
  { 81, 81, ISTH_OP_WRITE, SBUS_MEMORY, "write-byte", "byte" },
  { 82, 82, ISTH_OP_WRITE, SBUS_NOTHING, "write-index-register" },
  { 83, 83, ISTH_OP_CONTROL, SBUS_NOTHING, "write-instruction-pointer" },
  { 90, 90, ISTH_OP_CONTROL, SBUS_NOTHING, "clear-all-media" },
  { 91, 91, ISTH_OP_CONTROL, SBUS_NOTHING, "clear-flags" },
  { 92, 92, ISTH_OP_CONTROL, SBUS_NOTHING, "clear-outputs" },
  { 93, 93, ISTH_OP_CONTROL, SBUS_NOTHING, "clear-registers" },
  { 94, 94, ISTH_OP_CONTROL, SBUS_NOTHING, "clear-timers" },
  { 100, 107, ISTH_OP_CONTROL, SBUS_CPU, "restart-warm", NULL, 1 },
  { 110, 110, ISTH_OP_PROGRAM, SBUS_NOTHING, "change-block" },
  { 111, 111, ISTH_OP_CONFIGURE, SBUS_NOTHING, "clear-history" },
  { 112, 112, ISTH_OP_PROGRAM, SBUS_NOTHING, "delete-program-line" },
  { 113, 113, ISTH_OP_CONTROL, SBUS_NOTHING, "go-conditional" },
  { 114, 114, ISTH_OP_PROGRAM, SBUS_NOTHING, "insert-program-line" },
  { 115, 115, ISTH_OP_CONTROL, SBUS_NOTHING, "local-cycles" },
  { 116, 116, ISTH_OP_CONTROL, SBUS_NOTHING, "all-cycles" },
  { 117, 117, ISTH_OP_CONFIGURE, SBUS_NOTHING, "make-text" },
  { 118, 118, ISTH_OP_CONTROL, SBUS_NOTHING, "execute-instruction" },
  { 119, 119, ISTH_OP_CONTROL, SBUS_NOTHING, "single-step" },
  { 130, 132, ISTH_OP_CONTROL, SBUS_NOTHING, "interrupt" },
  { 145, 145, ISTH_OP_READ, SBUS_NOTHING, "read-hangup-timeout" },
  { 150, 150, ISTH_OP_READ, SBUS_NOTHING, "read-data-block" },
  { 151, 151, ISTH_OP_WRITE, SBUS_NOTHING, "write-data-block" },
  { 152, 152, ISTH_OP_PROGRAM, SBUS_NOTHING, "make-data-block" },
  { 153, 153, ISTH_OP_PROGRAM, SBUS_NOTHING, "clear-data-block" },
  { 154, 154, ISTH_OP_CONFIGURE, SBUS_NOTHING, "clear-text" },
  { 155, 155, ISTH_OP_READ, SBUS_NOTHING, "read-block-address" },
  { 156, 156, ISTH_OP_READ, SBUS_NOTHING, "read-block-sizes" },
  { 157, 157, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-current-block" },
  { 158, 158, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "read-call-stack" },
  { 159, 159, ISTH_OP_READ, SBUS_NOTHING, "read-dbx" },
  { 161, 161, ISTH_OP_READ, SBUS_NOTHING, "read-eeprom-register" },
  { 163, 163, ISTH_OP_WRITE, SBUS_NOTHING, "write-eeprom-register" },
  { 165, 165, ISTH_OP_PROGRAM, SBUS_NOTHING, "erase-flash" },
  { 166, 166, ISTH_OP_CONTROL, SBUS_NOTHING, "restart-cold-flag" },
  { 167, 167, ISTH_OP_CONFIGURE, SBUS_NOTHING, "write-system-buffer" },
  { 168, 168, ISTH_OP_READ, SBUS_NOTHING, "read-system-buffer" },
  { 169, 169, ISTH_OP_PROGRAM, SBUS_NOTHING, "block-data" },
  { 170, 170, ISTH_OP_DIAGNOSE, SBUS_NOTHING, "get-diagnostic" },
  { 171, 171, ISTH_OP_IDENTIFY, SBUS_NOTHING, "read-system-information" },
  { 172, 172, ISTH_OP_PROGRAM, SBUS_NOTHING, "change-blocks-in-run" },
  { 173, 173, ISTH_OP_FILE, SBUS_NOTHING, "flash-card" },
  { 174, 174, ISTH_OP_FIRMWARE, SBUS_NOTHING, "download-firmware" },
  { 175, 175, ISTH_OP_OTHER, SBUS_NOTHING, "web-server" },
};
