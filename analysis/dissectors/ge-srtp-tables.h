/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The services, memory areas and errors of GE SRTP, as numbers and names. GFK-0529 (SNP communications); DFRWS 2017, "Leveraging the SRTP protocol …". */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

#define LOGIC ISTH_N_OPS /* program or upload, as the data go */

static const struct
{
  uint8_t verb; /* IsthOp, or LOGIC */
  const char *name;
} ge_srtp_services[] = {
  [0x00] = { ISTH_OP_DIAGNOSE, "short-status" },
  [0x01] = { ISTH_OP_DIAGNOSE, "long-status" },
  [0x02] = { ISTH_OP_DIAGNOSE, "memory-usage" },
  [0x03] = { ISTH_OP_IDENTIFY, "return-program-name" },
  [0x04] = { ISTH_OP_READ, "read-system-memory" },
  [0x05] = { ISTH_OP_READ, "read-task-memory" },
  [0x06] = { ISTH_OP_READ, "read-program-memory" },
  [0x07] = { ISTH_OP_WRITE, "write-system-memory" },
  [0x08] = { ISTH_OP_WRITE, "write-task-memory" },
  [0x09] = { ISTH_OP_WRITE, "write-program-memory" },
  [0x0a] = { ISTH_OP_OTHER, "define-symbol" },
  [0x0b] = { ISTH_OP_OTHER, "delete-symbol" },
  [0x0c] = { ISTH_OP_READ, "read-system-symbol" },
  [0x0d] = { ISTH_OP_READ, "read-task-symbol" },
  [0x0e] = { ISTH_OP_READ, "read-program-symbol" },
  [0x0f] = { ISTH_OP_WRITE, "write-system-symbol" },
  [0x10] = { ISTH_OP_WRITE, "write-task-symbol" },
  [0x11] = { ISTH_OP_WRITE, "write-program-symbol" },
  [0x12] = { ISTH_OP_READ, "resolve-system-name" },
  [0x13] = { ISTH_OP_READ, "resolve-task-name" },
  [0x14] = { ISTH_OP_READ, "resolve-program-name" },
  [0x15] = { ISTH_OP_SUBSCRIBE, "establish-datagram" },
  [0x16] = { ISTH_OP_READ, "update-datagram" },
  [0x17] = { ISTH_OP_SUBSCRIBE, "cancel-datagram" },
  [0x18] = { ISTH_OP_FILE, "format-disk" },
  [0x19] = { ISTH_OP_FILE, "open-file" },
  [0x1a] = { ISTH_OP_FILE, "close-file" },
  [0x1b] = { ISTH_OP_FILE, "create-file" },
  [0x1c] = { ISTH_OP_FILE, "delete-file" },
  [0x1d] = { ISTH_OP_FILE, "read-file" },
  [0x1e] = { ISTH_OP_FILE, "write-file" },
  [0x1f] = { ISTH_OP_FILE, "seek-file" },
  [0x20] = { ISTH_OP_AUTHENTICATE, "programmer-logon" },
  [0x21] = { ISTH_OP_AUTHENTICATE, "change-privilege-level" },
  [0x22] = { ISTH_OP_CONFIGURE, "set-controller-id" },
  [0x23] = { ISTH_OP_CONTROL, "set-plc-state" },
  [0x24] = { ISTH_OP_TIME_SYNC, "set-time" },
  [0x25] = { ISTH_OP_READ, "return-time" },
  [0x26] = { ISTH_OP_DIAGNOSE, "return-block-sizes" },
  [0x27] = { ISTH_OP_DIAGNOSE, "return-block-list" },
  [0x28] = { LOGIC, "store-program-block" },
  [0x29] = { ISTH_OP_CONTROL, "sequence-control" },
  [0x2a] = { LOGIC, "program-block-program-store" },
  [0x2b] = { LOGIC, "load-program-block" },
  [0x2c] = { LOGIC, "program-block-program-load" },
  [0x2d] = { ISTH_OP_READ, "verify-program-block" },
  [0x2e] = { ISTH_OP_PROGRAM, "delete-program-block" },
  [0x2f] = { ISTH_OP_PROGRAM, "change-program-block-size" },
  [0x30] = { ISTH_OP_PROGRAM, "declare-interrupt" },
  [0x31] = { ISTH_OP_CONFIGURE, "clear-configuration" },
  [0x32] = { ISTH_OP_CONFIGURE, "autoconfigure-io" },
  [0x33] = { ISTH_OP_CONFIGURE, "replace-io-module" },
  [0x34] = { ISTH_OP_READ, "verify-configuration" },
  [0x35] = { ISTH_OP_PROGRAM, "clear-all-memory" },
  [0x36] = { ISTH_OP_WRITE, "clear-reference-memory" },
  [0x37] = { ISTH_OP_PROGRAM, "clear-logic-memory" },
  [0x38] = { ISTH_OP_DIAGNOSE, "return-fault-table" },
  [0x39] = { ISTH_OP_CONTROL, "clear-fault-table" },
  [0x3a] = { ISTH_OP_CONFIGURE, "create-configuration-task" },
  [0x3b] = { ISTH_OP_CONFIGURE, "delete-configuration-task" },
  [0x3c] = { ISTH_OP_DIAGNOSE, "return-configuration-sizes" },
  [0x3d] = { LOGIC, "store-block" },
  [0x3e] = { LOGIC, "load-block" },
  [0x3f] = { LOGIC, "program-store" },
  [0x40] = { LOGIC, "program-load" },
  [0x41] = { ISTH_OP_PROGRAM, "program-change" },
  [0x42] = { ISTH_OP_READ, "verify-program" },
  [0x43] = { ISTH_OP_IDENTIFY, "return-controller-type-and-id" },
  [0x44] = { ISTH_OP_CONTROL, "toggle-force-system-memory" },
  [0x45] = { ISTH_OP_CONFIGURE, "access-eeprom" },
  [0x46] = { ISTH_OP_PROGRAM, "manage-block" },
  [0x47] = { ISTH_OP_AUTHENTICATE, "lock-unlock-oem" },
  [0x48] = { ISTH_OP_SUBSCRIBE, "write-datagram" },
  [0x49] = { ISTH_OP_FILE, "access-card" },
  [0x4a] = { ISTH_OP_READ, "read-configuration-parameter" },
  [0x4b] = { ISTH_OP_CONFIGURE, "write-slot-configuration" },
  [0x4c] = { ISTH_OP_CONFIGURE, "rename-task" },
  [0x4d] = { ISTH_OP_DIAGNOSE, "return-functions-supported" },
  [0x4e] = { LOGIC, "store-subrequest" },
  [0x4f] = { ISTH_OP_OTHER, "session-control" },
  [0x50] = { ISTH_OP_DIAGNOSE, "return-subrequest-list" },
  [0x51] = { ISTH_OP_OTHER, "extra-piggyback-data" },
  [0x52] = { LOGIC, "store-os-extension" },
  [0x53] = { LOGIC, "load-os-extension" },
  [0x54] = { ISTH_OP_PROGRAM, "delete-os-extension" },
  [0x55] = { ISTH_OP_PROGRAM, "delete-subrequest" },
  [0x56] = { ISTH_OP_OTHER, "share-plc-data" },
  [0x57] = { ISTH_OP_CONTROL, "toggle-force-program-memory" },
  [0x58] = { ISTH_OP_OTHER, "sfc-event-queue" },
  [0x59] = { ISTH_OP_DIAGNOSE, "interrogate-io" },
  [0x5a] = { LOGIC, "program-store-extended" },
  [0x5b] = { LOGIC, "program-load-extended" },
  [0x5c] = { ISTH_OP_READ, "verify-program-extended" },
  [0x5d] = { ISTH_OP_CONTROL, "activate-debugger" },
  [0x5e] = { ISTH_OP_CONFIGURE, "configuration-change-control" },
  [0x5f] = { ISTH_OP_OTHER, "register-remote-server" },
  [0x60] = { ISTH_OP_CONTROL, "clear-selected-fault" },
  [0x61] = { ISTH_OP_DIAGNOSE, "return-features-supported" },
};

typedef enum
{
  GE_SRTP_WORDS,
  GE_SRTP_BYTES,
  GE_SRTP_BITS,
} GeSrtpUnit;

static const struct
{
  uint8_t selector;
  uint8_t unit; /* GeSrtpUnit */
  const char *name;
} ge_srtp_areas[] = {
  { 0x08, GE_SRTP_WORDS, "%R" },  { 0x0a, GE_SRTP_WORDS, "%AI" }, { 0x0c, GE_SRTP_WORDS, "%AQ" }, { 0x10, GE_SRTP_BYTES, "%I" },
  { 0x12, GE_SRTP_BYTES, "%Q" },  { 0x14, GE_SRTP_BYTES, "%T" },  { 0x16, GE_SRTP_BYTES, "%M" },  { 0x18, GE_SRTP_BYTES, "%SA" },
  { 0x1a, GE_SRTP_BYTES, "%SB" }, { 0x1c, GE_SRTP_BYTES, "%SC" }, { 0x1e, GE_SRTP_BYTES, "%S" },  { 0x38, GE_SRTP_BYTES, "%G" },
  { 0x46, GE_SRTP_BITS, "%I" },   { 0x48, GE_SRTP_BITS, "%Q" },   { 0x4a, GE_SRTP_BITS, "%T" },   { 0x4c, GE_SRTP_BITS, "%M" },
  { 0x4e, GE_SRTP_BITS, "%SA" },  { 0x50, GE_SRTP_BITS, "%SB" },  { 0x52, GE_SRTP_BITS, "%SC" },  { 0x54, GE_SRTP_BITS, "%S" },
  { 0x56, GE_SRTP_BITS, "%G" },   { 0xc4, GE_SRTP_WORDS, "%W" },
};

/* The first byte of an error, then the second one of service request errors. */
static const char *const ge_srtp_major_errors[] = {
  NULL, "illegal service request", "insufficient privilege", NULL, "protocol sequence error", "service request error", "illegal mailbox type",
  "service request queue full",
};

static const struct
{
  uint8_t code;
  const char *text;
} ge_srtp_minor_errors[] = {
  { 0xb2, "program block exists" },     { 0xc2, "no OEM key" },               { 0xc5, "no rack and slot configuration" },
  { 0xca, "write protected" },          { 0xd4, "configuration checksum differs" }, { 0xdb, "wrong segment selector" },
  { 0xe4, "no segment for selector" },  { 0xe6, "CPU model differs" },        { 0xe8, "no memory" },
  { 0xe9, "selector not valid here" },  { 0xea, "not logged in" },            { 0xef, "programmer already attached" },
  { 0xf0, "only in stop mode" },        { 0xf1, "only from the programmer" }, { 0xf4, "wrong parameter" },
  { 0xf5, "wrong password" },           { 0xf6, "wrong sweep state" },        { 0xf7, "login to a task needed" },
  { 0xf8, "wrong task name" },          { 0xf9, "address out of range" },     { 0xfc, "wrong I/O configuration" },
  { 0xfe, "no privilege" },             { 0xff, "aborted" },
};
