/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What DNP3 (IEEE 1815-2012) numbers: application functions (4.4), control and file status codes (A.6, A.23, A.28), authentication errors (A.45),
 * sizes of objects (annex A); and the table of its CRC. Included by the files of this protocol only. */
#pragma once

#include "analysis/world/observation.h"

typedef struct
{
  const char *name;
  IsthOp verb;
  bool carries;   /* its objects come with their values */
  bool no_answer;
} Dnp3Function;

static const Dnp3Function dnp3_functions[] = {
  [0] = { "confirm", ISTH_OP_OTHER, .no_answer = true },
  [1] = { "read", ISTH_OP_READ },
  [2] = { "write", ISTH_OP_WRITE, .carries = true },
  [3] = { "select", ISTH_OP_WRITE, .carries = true },
  [4] = { "operate", ISTH_OP_WRITE, .carries = true },
  [5] = { "direct-operate", ISTH_OP_WRITE, .carries = true },
  [6] = { "direct-operate-no-response", ISTH_OP_WRITE, .carries = true, .no_answer = true },
  [7] = { "immediate-freeze", ISTH_OP_WRITE },
  [8] = { "immediate-freeze-no-response", ISTH_OP_WRITE, .no_answer = true },
  [9] = { "freeze-and-clear", ISTH_OP_WRITE },
  [10] = { "freeze-and-clear-no-response", ISTH_OP_WRITE, .no_answer = true },
  [11] = { "freeze-at-time", ISTH_OP_WRITE, .carries = true },
  [12] = { "freeze-at-time-no-response", ISTH_OP_WRITE, .carries = true, .no_answer = true },
  [13] = { "cold-restart", ISTH_OP_CONTROL },
  [14] = { "warm-restart", ISTH_OP_CONTROL },
  [15] = { "initialize-data", ISTH_OP_CONFIGURE },
  [16] = { "initialize-application", ISTH_OP_CONTROL, .carries = true },
  [17] = { "start-application", ISTH_OP_CONTROL, .carries = true },
  [18] = { "stop-application", ISTH_OP_CONTROL, .carries = true },
  [19] = { "save-configuration", ISTH_OP_CONFIGURE, .carries = true },
  [20] = { "enable-unsolicited", ISTH_OP_SUBSCRIBE },
  [21] = { "disable-unsolicited", ISTH_OP_CONFIGURE },
  [22] = { "assign-class", ISTH_OP_CONFIGURE },
  [23] = { "delay-measurement", ISTH_OP_TIME_SYNC },
  [24] = { "record-current-time", ISTH_OP_TIME_SYNC },
  [25] = { "open-file", ISTH_OP_FILE, .carries = true },
  [26] = { "close-file", ISTH_OP_FILE, .carries = true },
  [27] = { "delete-file", ISTH_OP_FILE, .carries = true },
  [28] = { "get-file-information", ISTH_OP_FILE, .carries = true },
  [29] = { "authenticate-file", ISTH_OP_AUTHENTICATE, .carries = true },
  [30] = { "abort-file", ISTH_OP_FILE, .carries = true },
  [31] = { "activate-configuration", ISTH_OP_CONFIGURE, .carries = true },
  [32] = { "authentication-request", ISTH_OP_AUTHENTICATE, .carries = true },
  [33] = { "authentication-request-no-response", ISTH_OP_AUTHENTICATE, .carries = true, .no_answer = true },
};

typedef struct
{
  uint8_t code;
  const char *text;
} Dnp3Text;

static const Dnp3Text dnp3_control_status[] = {
  { 1, "select timed out" },
  { 2, "no previous select" },
  { 3, "format error" },
  { 4, "control not supported" },
  { 5, "already active" },
  { 6, "hardware error" },
  { 7, "local control" },
  { 8, "too many operations" },
  { 9, "not authorized" },
  { 10, "automation inhibited" },
  { 11, "processing limited" },
  { 12, "out of range" },
  { 13, "downstream local control" },
  { 14, "already complete" },
  { 15, "blocked" },
  { 16, "cancelled" },
  { 17, "blocked by another master" },
  { 18, "downstream failure" },
  { 126, "non-participating" },
  { 127, "undefined error" },
};

static const Dnp3Text dnp3_file_status[] = {
  { 1, "permission denied" },
  { 2, "invalid mode" },
  { 3, "file not found" },
  { 4, "file locked" },
  { 5, "too many open files" },
  { 6, "invalid file handle" },
  { 7, "wrong block size" },
  { 8, "communication lost" },
  { 9, "cannot abort" },
  { 16, "file not open" },
  { 17, "handle expired" },
  { 18, "buffer overrun" },
  { 19, "fatal error" },
  { 20, "block out of sequence" },
  { 255, "undefined file error" },
};

static const Dnp3Text dnp3_authentication_errors[] = {
  { 1, "authentication failed" },
  { 2, "unexpected reply" },
  { 3, "no reply" },
  { 4, "aggressive mode not supported" },
  { 5, "MAC algorithm not supported" },
  { 6, "key wrap algorithm not supported" },
  { 7, "authorization failed" },
  { 8, "update key change method not permitted" },
  { 9, "invalid signature" },
  { 10, "invalid certification data" },
  { 11, "unknown user" },
  { 12, "too many key status requests" },
};

static const Dnp3Text dnp3_key_status[] = {
  { 2, "session keys not initialized" },
  { 3, "session keys lost: communication failed" },
  { 4, "session keys lost: authentication failed" },
};

/* Bytes of an object by its variation, from 1 on; 0: it has no fixed size. */
#define DNP3_BIT 0xf1    /* packed, one bit each */
#define DNP3_TWO_BITS 0xf2

static const struct
{
  uint8_t group;
  uint8_t sizes[12];
} dnp3_sizes[] = {
  { 1, { DNP3_BIT, 1 } },
  { 2, { 1, 7, 3 } },
  { 3, { DNP3_TWO_BITS, 1 } },
  { 4, { 1, 7, 3 } },
  { 10, { DNP3_BIT, 1 } },
  { 11, { 1, 7 } },
  { 12, { 11, 11, DNP3_BIT } },
  { 13, { 1, 7 } },
  { 20, { 5, 3, 5, 3, 4, 2, 4, 2 } },
  { 21, { 5, 3, 5, 3, 11, 9, 11, 9, 4, 2, 4, 2 } },
  { 22, { 5, 3, 5, 3, 11, 9, 11, 9 } },
  { 23, { 5, 3, 5, 3, 11, 9, 11, 9 } },
  { 30, { 5, 3, 4, 2, 5, 9 } },
  { 31, { 5, 3, 11, 9, 4, 2, 5, 9 } },
  { 32, { 5, 3, 11, 9, 5, 9, 11, 15 } },
  { 33, { 5, 3, 11, 9, 5, 9, 11, 15 } },
  { 34, { 2, 4, 4 } },
  { 40, { 5, 3, 5, 9 } },
  { 41, { 5, 3, 5, 9 } },
  { 42, { 5, 3, 11, 9, 5, 9, 11, 15 } },
  { 43, { 5, 3, 11, 9, 5, 9, 11, 15 } },
  { 50, { 6, 10, 6, 11 } },
  { 51, { 6, 6 } },
  { 52, { 2, 2 } },
  { 80, { DNP3_BIT } },
  { 120, { 0, 0, 6, 2 } },
};

