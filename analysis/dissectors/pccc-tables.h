/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PCCC commands, file types and errors are called: DF1 Protocol and Command Set Reference Manual (1770-6.5.16), chapters 7, 8, 10 and 13. */
#pragma once

#include "analysis/world/observation.h"

/* How a command says what it acts on. */
typedef enum
{
  PCCC_NOTHING,
  PCCC_BYTES,   /* an address in bytes */
  PCCC_FIELDS2, /* size; file number, type, element */
  PCCC_FIELDS3, /* … and part of the element */
  PCCC_SYSTEM,  /* offset, total, and an address of a PLC-5 */
  PCCC_ADDRESS, /* such an address alone */
  PCCC_FILE,    /* size, tag, offset, type */
  PCCC_MODE,    /* of an SLC 500 or MicroLogix */
  PCCC_MODE_5,  /* of a PLC-5 */
} PcccObject;

typedef struct
{
  IsthOp verb;
  const char *name; /* NULL: no such command */
  PcccObject object;
} PcccCommand;

/* Commands without functions … */
static const PcccCommand pccc_commands[] = {
  [0x00] = { ISTH_OP_WRITE, "protected-write", PCCC_BYTES },
  [0x01] = { ISTH_OP_READ, "unprotected-read", PCCC_BYTES },
  [0x02] = { ISTH_OP_WRITE, "protected-bit-write", PCCC_BYTES },
  [0x04] = { ISTH_OP_READ, "physical-read", PCCC_BYTES },
  [0x05] = { ISTH_OP_WRITE, "unprotected-bit-write", PCCC_BYTES },
  [0x08] = { ISTH_OP_WRITE, "unprotected-write", PCCC_BYTES },
};

/* … and the functions of commands 6, 7 and 15. */
static const PcccCommand pccc_diagnostics[] = {
  [0x00] = { ISTH_OP_DIAGNOSE, "echo", PCCC_NOTHING },
  [0x01] = { ISTH_OP_DIAGNOSE, "read-diagnostic-counters", PCCC_NOTHING },
  [0x02] = { ISTH_OP_CONFIGURE, "set-variables", PCCC_NOTHING },
  [0x03] = { ISTH_OP_IDENTIFY, "diagnostic-status", PCCC_NOTHING },
  [0x04] = { ISTH_OP_CONFIGURE, "set-timeout", PCCC_NOTHING },
  [0x05] = { ISTH_OP_CONFIGURE, "set-naks", PCCC_NOTHING },
  [0x06] = { ISTH_OP_CONFIGURE, "set-enqs", PCCC_NOTHING },
  [0x07] = { ISTH_OP_CONFIGURE, "reset-diagnostic-counters", PCCC_NOTHING },
  [0x08] = { ISTH_OP_CONFIGURE, "set-data-table-size", PCCC_NOTHING },
  [0x09] = { ISTH_OP_DIAGNOSE, "read-link-parameters", PCCC_NOTHING },
  [0x0a] = { ISTH_OP_CONFIGURE, "set-link-parameters", PCCC_NOTHING },
};

static const PcccCommand pccc_modes[] = {
  [0x00] = { ISTH_OP_CONTROL, "disable-outputs", PCCC_NOTHING },
  [0x01] = { ISTH_OP_CONTROL, "enable-outputs", PCCC_NOTHING },
  [0x03] = { ISTH_OP_CONTROL, "enable-scanning", PCCC_NOTHING },
  [0x04] = { ISTH_OP_PROGRAM, "enter-download-mode", PCCC_NOTHING },
  [0x05] = { ISTH_OP_CONTROL, "exit-download-or-upload-mode", PCCC_NOTHING },
  [0x06] = { ISTH_OP_UPLOAD, "enter-upload-mode", PCCC_NOTHING },
};

static const PcccCommand pccc_extended[] = {
  [0x00] = { ISTH_OP_WRITE, "word-range-write", PCCC_SYSTEM },
  [0x01] = { ISTH_OP_READ, "word-range-read", PCCC_SYSTEM },
  [0x02] = { ISTH_OP_WRITE, "bit-write", PCCC_ADDRESS },
  [0x03] = { ISTH_OP_WRITE, "file-write", PCCC_SYSTEM },
  [0x04] = { ISTH_OP_READ, "file-read", PCCC_SYSTEM },
  [0x05] = { ISTH_OP_PROGRAM, "download-request", PCCC_NOTHING },
  [0x06] = { ISTH_OP_UPLOAD, "upload-request", PCCC_NOTHING },
  [0x07] = { ISTH_OP_CONTROL, "shutdown", PCCC_NOTHING },
  [0x08] = { ISTH_OP_WRITE, "physical-write", PCCC_NOTHING },
  [0x09] = { ISTH_OP_READ, "physical-read", PCCC_NOTHING },
  [0x0a] = { ISTH_OP_CONTROL, "restart-request", PCCC_NOTHING },
  [0x11] = { ISTH_OP_CONFIGURE, "get-edit-resource", PCCC_NOTHING },
  [0x12] = { ISTH_OP_CONFIGURE, "return-edit-resource", PCCC_NOTHING },
  [0x17] = { ISTH_OP_UPLOAD, "read-bytes-physical", PCCC_NOTHING },
  [0x18] = { ISTH_OP_PROGRAM, "write-bytes-physical", PCCC_NOTHING },
  [0x26] = { ISTH_OP_WRITE, "read-modify-write", PCCC_ADDRESS },
  [0x29] = { ISTH_OP_READ, "read-section-size", PCCC_ADDRESS },
  [0x3a] = { ISTH_OP_CONTROL, "set-cpu-mode", PCCC_MODE_5 },
  [0x41] = { ISTH_OP_CONTROL, "disable-forces", PCCC_NOTHING },
  [0x50] = { ISTH_OP_PROGRAM, "download-all-request", PCCC_NOTHING },
  [0x52] = { ISTH_OP_PROGRAM, "download-completed", PCCC_NOTHING },
  [0x53] = { ISTH_OP_UPLOAD, "upload-all-request", PCCC_NOTHING },
  [0x55] = { ISTH_OP_UPLOAD, "upload-completed", PCCC_NOTHING },
  [0x57] = { ISTH_OP_PROGRAM, "initialize-memory", PCCC_NOTHING },
  [0x5e] = { ISTH_OP_CONFIGURE, "modify-plc-2-compatibility-file", PCCC_NOTHING },
  [0x67] = { ISTH_OP_WRITE, "typed-write", PCCC_SYSTEM },
  [0x68] = { ISTH_OP_READ, "typed-read", PCCC_SYSTEM },
  [0x79] = { ISTH_OP_WRITE, "read-modify-write-n", PCCC_NOTHING },
  [0x80] = { ISTH_OP_CONTROL, "change-mode", PCCC_MODE },
  [0x81] = { ISTH_OP_FILE, "open-file", PCCC_NOTHING },
  [0x82] = { ISTH_OP_FILE, "close-file", PCCC_NOTHING },
  [0x88] = { ISTH_OP_PROGRAM, "execute-multiple-commands", PCCC_NOTHING },
  [0x8f] = { ISTH_OP_CONFIGURE, "apply-port-configuration", PCCC_NOTHING },
  [0xa1] = { ISTH_OP_READ, "protected-typed-logical-read-2", PCCC_FIELDS2 },
  [0xa2] = { ISTH_OP_READ, "protected-typed-logical-read", PCCC_FIELDS3 },
  [0xa3] = { ISTH_OP_READ, "scattered-read", PCCC_NOTHING }, /* in no manual: what programming software watches a program with */
  [0xa7] = { ISTH_OP_READ, "protected-typed-file-read", PCCC_FILE },
  [0xa9] = { ISTH_OP_WRITE, "protected-typed-logical-write-2", PCCC_FIELDS2 },
  [0xaa] = { ISTH_OP_WRITE, "protected-typed-logical-write", PCCC_FIELDS3 },
  [0xab] = { ISTH_OP_WRITE, "protected-typed-logical-masked-write", PCCC_FIELDS3 },
  [0xaf] = { ISTH_OP_WRITE, "protected-typed-file-write", PCCC_FILE },
};

/* Files by type. Those that hold data are addressed by their letters. */
static const struct
{
  uint8_t type;
  bool data;
  const char *name;
} pccc_files[] = {
  { 0x22, false, "ladder file" },
  { 0x49, false, "channel configuration" },
  { 0x4a, false, "EtherNet/IP configuration" },
  { 0x65, false, "online editing file" },
  { 0x6a, false, "I/O status" },
  { 0x82, true, "O" },
  { 0x83, true, "I" },
  { 0x84, true, "S" },
  { 0x85, true, "B" },
  { 0x86, true, "T" },
  { 0x87, true, "C" },
  { 0x88, true, "R" },
  { 0x89, true, "N" },
  { 0x8a, true, "F" },
  { 0x8d, true, "ST" },
  { 0x8e, true, "A" },
  { 0x91, true, "L" },
  { 0x92, true, "MG" },
  { 0x93, true, "PD" },
  { 0xa1, false, "output forces" },
  { 0xa2, false, "input forces" },
  { 0xe0, false, "communication status" },
  { 0xe2, false, "selectable timed interrupt" },
  { 0xe3, false, "event input interrupt" },
  { 0xe4, false, "real-time clock" },
  { 0xe5, false, "base hardware" },
  { 0xe6, false, "memory module" },
  { 0xec, false, "display" },
  { 0xed, false, "pulse outputs" },
  { 0xee, false, "pulse width outputs" },
};

/* The upper half of the status byte: what the controller says; the lower: what the link on the way to it says. */
static const char *const pccc_remote_errors[16] = {
  [1] = "illegal command or format",
  [2] = "host has a problem and will not communicate",
  [3] = "remote host is missing or shut down",
  [4] = "hardware fault",
  [5] = "addressing problem or memory protected",
  [6] = "not allowed by the command protection",
  [7] = "controller is in program mode",
  [8] = "compatibility file missing",
  [9] = "remote node cannot buffer the command",
  [10] = "wait for acknowledge",
  [11] = "download is under way",
};

static const char *const pccc_local_errors[16] = {
  [1] = "destination node is out of buffer space",
  [2] = "no delivery to the remote node",
  [3] = "duplicate token holder",
  [4] = "local port is disconnected",
  [5] = "no reply in time",
  [6] = "duplicate node",
  [7] = "station is offline",
  [8] = "hardware fault on the way",
};

/* The extended status, behind a status of 0xf0. */
static const char *const pccc_extended_errors[] = {
  [0x01] = "illegal value of a field",
  [0x02] = "too few levels in the address",
  [0x03] = "too many levels in the address",
  [0x04] = "symbol not found",
  [0x05] = "symbol of improper format",
  [0x06] = "address does not exist",
  [0x07] = "file is of the wrong size",
  [0x08] = "situation has changed since the start",
  [0x09] = "data or file is too large",
  [0x0a] = "size and address are too large",
  [0x0b] = "access denied",
  [0x0c] = "resource is not available",
  [0x0d] = "resource is already available",
  [0x0e] = "command cannot be executed",
  [0x0f] = "histogram overflow",
  [0x10] = "no access",
  [0x11] = "illegal data type",
  [0x12] = "invalid parameter or data",
  [0x13] = "reference to a deleted area",
  [0x14] = "failed for an unknown reason",
  [0x15] = "data conversion error",
  [0x16] = "no communication with the rack adapter",
  [0x17] = "type mismatch",
  [0x18] = "invalid response of a module",
  [0x19] = "duplicated label",
  [0x1a] = "file is open, another node owns it",
  [0x1b] = "another node is the program owner",
  [0x1e] = "data table element is protected",
  [0x1f] = "temporary internal problem",
  [0x22] = "remote rack fault",
  [0x23] = "timeout",
  [0x24] = "unknown error",
};
