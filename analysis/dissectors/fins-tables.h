/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, memory areas and end codes of FINS, as numbers and names. Omron W227 (FINS commands), W342 5-1, 5-3; of
 * Ethernet units the manual of CS1W-ETN21, 7-1 to 7-3. */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

typedef enum
{
  FINS_BODY_NONE,     /* says nothing more about what it acts on */
  FINS_BODY_AREA,     /* a memory area, first address, number of items */
  FINS_BODY_AREAS,    /* several single addresses */
  FINS_BODY_PARAMETER,
  FINS_BODY_PROGRAM,
  FINS_BODY_MODE,
  FINS_BODY_UNITS,    /* from a unit on */
  FINS_BODY_MESSAGE,
  FINS_BODY_FILE,     /* disk, name */
  FINS_BODY_FILE_WRITE,
  FINS_BODY_FORCE,
  FINS_BODY_NAME,
} FinsBody;

typedef struct
{
  uint16_t code;
  uint8_t verb; /* IsthOp */
  uint8_t body;
  uint8_t request[2];  /* fewest and most bytes behind the code; most 255: open */
  uint8_t response[2]; /* the same behind the end code */
  const char *name;
} FinsCommand;

static const FinsCommand fins_commands[] = {
  { 0x0101, ISTH_OP_READ, FINS_BODY_AREA, { 6, 6 }, { 0, 255 }, "memory-area-read" },
  { 0x0102, ISTH_OP_WRITE, FINS_BODY_AREA, { 7, 255 }, { 0, 0 }, "memory-area-write" },
  { 0x0103, ISTH_OP_WRITE, FINS_BODY_AREA, { 8, 8 }, { 0, 0 }, "memory-area-fill" },
  { 0x0104, ISTH_OP_READ, FINS_BODY_AREAS, { 4, 255 }, { 0, 255 }, "multiple-memory-area-read" },
  { 0x0105, ISTH_OP_WRITE, FINS_BODY_AREA, { 10, 10 }, { 0, 0 }, "memory-area-transfer" },
  { 0x0201, ISTH_OP_READ, FINS_BODY_PARAMETER, { 6, 6 }, { 6, 255 }, "parameter-area-read" },
  { 0x0202, ISTH_OP_CONFIGURE, FINS_BODY_PARAMETER, { 7, 255 }, { 0, 0 }, "parameter-area-write" },
  { 0x0203, ISTH_OP_CONFIGURE, FINS_BODY_PARAMETER, { 8, 8 }, { 0, 0 }, "parameter-area-clear" },
  { 0x0220, ISTH_OP_READ, FINS_BODY_NONE, { 8, 8 }, { 0, 255 }, "data-link-table-read" },
  { 0x0221, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 8, 255 }, { 0, 0 }, "data-link-table-write" },
  { 0x0304, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 11, 15 }, { 0, 0 }, "program-area-protect" },
  { 0x0305, ISTH_OP_AUTHENTICATE, FINS_BODY_NONE, { 11, 15 }, { 0, 0 }, "program-area-protect-clear" },
  { 0x0306, ISTH_OP_UPLOAD, FINS_BODY_PROGRAM, { 8, 8 }, { 8, 255 }, "program-area-read" },
  { 0x0307, ISTH_OP_PROGRAM, FINS_BODY_PROGRAM, { 8, 255 }, { 8, 8 }, "program-area-write" },
  { 0x0308, ISTH_OP_PROGRAM, FINS_BODY_NONE, { 0, 3 }, { 0, 0 }, "program-area-clear" },
  { 0x0401, ISTH_OP_CONTROL, FINS_BODY_MODE, { 0, 3 }, { 0, 0 }, "run" },
  { 0x0402, ISTH_OP_CONTROL, FINS_BODY_NONE, { 0, 2 }, { 0, 0 }, "stop" },
  { 0x0403, ISTH_OP_CONTROL, FINS_BODY_NONE, { 0, 0 }, { 0, 0 }, "reset" },
  { 0x0501, ISTH_OP_IDENTIFY, FINS_BODY_NONE, { 0, 1 }, { 20, 255 }, "controller-data-read" },
  { 0x0502, ISTH_OP_IDENTIFY, FINS_BODY_UNITS, { 1, 2 }, { 1, 255 }, "connection-data-read" },
  { 0x0601, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 0 }, { 10, 26 }, "controller-status-read" },
  { 0x0602, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 0 }, { 2, 255 }, "network-status-read" },
  { 0x0603, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 0 }, { 2, 255 }, "data-link-status-read" },
  { 0x0620, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 1, 1 }, { 0, 12 }, "cycle-time-read" },
  { 0x0701, ISTH_OP_READ, FINS_BODY_NONE, { 0, 0 }, { 7, 7 }, "clock-read" },
  { 0x0702, ISTH_OP_TIME_SYNC, FINS_BODY_NONE, { 5, 7 }, { 0, 0 }, "clock-write" },
  { 0x0801, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 255 }, { 0, 255 }, "loop-back-test" },
  { 0x0802, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 0 }, { 2, 2 }, "broadcast-test-results-read" },
  { 0x0803, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 255 }, { 0, 0 }, "broadcast-test-data-send" },
  { 0x0920, ISTH_OP_DIAGNOSE, FINS_BODY_MESSAGE, { 2, 2 }, { 0, 255 }, "message-read" },
  { 0x0c01, ISTH_OP_AUTHENTICATE, FINS_BODY_NONE, { 2, 2 }, { 0, 3 }, "access-right-acquire" },
  { 0x0c02, ISTH_OP_AUTHENTICATE, FINS_BODY_NONE, { 2, 2 }, { 0, 0 }, "access-right-forced-acquire" },
  { 0x0c03, ISTH_OP_OTHER, FINS_BODY_NONE, { 2, 2 }, { 0, 0 }, "access-right-release" },
  { 0x2101, ISTH_OP_CONTROL, FINS_BODY_NONE, { 2, 2 }, { 0, 0 }, "error-clear" },
  { 0x2102, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 4, 4 }, { 6, 255 }, "error-log-read" },
  { 0x2103, ISTH_OP_CONTROL, FINS_BODY_NONE, { 0, 0 }, { 0, 0 }, "error-log-clear" },
  { 0x2201, ISTH_OP_FILE, FINS_BODY_NONE, { 6, 255 }, { 2, 255 }, "file-name-read" },
  { 0x2202, ISTH_OP_FILE, FINS_BODY_FILE, { 20, 255 }, { 10, 255 }, "single-file-read" },
  { 0x2203, ISTH_OP_FILE, FINS_BODY_FILE_WRITE, { 22, 255 }, { 0, 0 }, "single-file-write" },
  { 0x2204, ISTH_OP_FILE, FINS_BODY_NONE, { 2, 2 }, { 0, 0 }, "file-memory-format" },
  { 0x2205, ISTH_OP_FILE, FINS_BODY_FILE_WRITE, { 4, 255 }, { 2, 2 }, "file-delete" },
  { 0x2206, ISTH_OP_FILE, FINS_BODY_FILE_WRITE, { 4, 255 }, { 0, 0 }, "volume-label-create-delete" },
  { 0x2207, ISTH_OP_FILE, FINS_BODY_FILE, { 28, 255 }, { 0, 0 }, "file-copy" },
  { 0x2208, ISTH_OP_FILE, FINS_BODY_FILE, { 26, 255 }, { 0, 0 }, "file-name-change" },
  { 0x2209, ISTH_OP_FILE, FINS_BODY_FILE, { 14, 255 }, { 0, 0 }, "file-data-check" },
  { 0x220a, ISTH_OP_FILE, FINS_BODY_NONE, { 22, 255 }, { 2, 2 }, "memory-area-file-transfer" },
  { 0x220b, ISTH_OP_FILE, FINS_BODY_NONE, { 22, 255 }, { 2, 3 }, "parameter-area-file-transfer" },
  { 0x220c, ISTH_OP_FILE, FINS_BODY_NONE, { 24, 255 }, { 0, 4 }, "program-area-file-transfer" },
  { 0x220f, ISTH_OP_FILE, FINS_BODY_NONE, { 3, 3 }, { 4, 255 }, "file-memory-index-read" },
  { 0x2210, ISTH_OP_FILE, FINS_BODY_NONE, { 2, 2 }, { 2, 255 }, "file-memory-read" },
  { 0x2211, ISTH_OP_FILE, FINS_BODY_NONE, { 4, 255 }, { 0, 0 }, "file-memory-write" },
  { 0x2215, ISTH_OP_FILE, FINS_BODY_FILE_WRITE, { 16, 255 }, { 0, 0 }, "directory-create-delete" },
  { 0x2220, ISTH_OP_FILE, FINS_BODY_NONE, { 0, 255 }, { 0, 255 }, "memory-cassette-transfer" },
  { 0x2301, ISTH_OP_CONTROL, FINS_BODY_FORCE, { 8, 255 }, { 0, 0 }, "forced-set-reset" },
  { 0x2302, ISTH_OP_CONTROL, FINS_BODY_NONE, { 0, 0 }, { 0, 0 }, "forced-set-reset-cancel" },
  { 0x230a, ISTH_OP_READ, FINS_BODY_AREA, { 6, 6 }, { 6, 255 }, "multiple-forced-status-read" },
  { 0x2601, ISTH_OP_CONFIGURE, FINS_BODY_NAME, { 1, 8 }, { 0, 0 }, "name-set" },
  { 0x2602, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 0, 0 }, { 0, 0 }, "name-delete" },
  { 0x2603, ISTH_OP_IDENTIFY, FINS_BODY_NONE, { 0, 0 }, { 1, 8 }, "name-read" },
  /* Those of Ethernet units alone. */
  { 0x2701, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "udp-open" },
  { 0x2702, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "udp-receive" },
  { 0x2703, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "udp-send" },
  { 0x2704, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "udp-close" },
  { 0x2710, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "tcp-open-passive" },
  { 0x2711, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "tcp-open-active" },
  { 0x2712, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "tcp-receive" },
  { 0x2713, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "tcp-send" },
  { 0x2714, ISTH_OP_CONTROL, FINS_BODY_NONE, { 8, 255 }, { 0, 255 }, "tcp-close" },
  { 0x2720, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 4, 8 }, { 0, 0 }, "ping" },
  { 0x2730, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 8, 8 }, { 0, 0 }, "remote-node-change" },
  { 0x2731, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 2, 2 }, { 20, 20 }, "connection-status-read" },
  { 0x2750, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 2, 255 }, { 0, 0 }, "ip-address-table-write" },
  { 0x2751, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 2, 255 }, { 0, 0 }, "ip-router-table-write" },
  { 0x2757, ISTH_OP_CONFIGURE, FINS_BODY_NONE, { 8, 8 }, { 0, 0 }, "ip-address-write" },
  { 0x2760, ISTH_OP_READ, FINS_BODY_NONE, { 2, 2 }, { 6, 255 }, "ip-address-table-read" },
  { 0x2761, ISTH_OP_READ, FINS_BODY_NONE, { 2, 2 }, { 6, 255 }, "ip-router-table-read" },
  { 0x2762, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 2 }, { 0, 255 }, "protocol-status-read" },
  { 0x2763, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 2 }, { 0, 255 }, "memory-status-read" },
  { 0x2764, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 2 }, { 0, 255 }, "socket-status-read" },
  { 0x2765, ISTH_OP_DIAGNOSE, FINS_BODY_NONE, { 0, 0 }, { 2, 255 }, "address-information-read" },
};

typedef struct
{
  uint8_t code; /* without 0x40, "with forced status" */
  bool bits;
  const char *name;
} FinsArea;

/* Banks of EM are counted on from the first: 0x20 and 0xa0 to the 13th, 0x50 and 0x60, 0x90. */
static const FinsArea fins_areas[] = {
  { 0x00, true, "CIO" },   { 0x01, true, "timer/counter flag" }, { 0x02, true, "D" },     { 0x03, true, "transition" },
  { 0x04, true, "step" },  { 0x05, true, "forced" },             { 0x06, true, "TK" },    { 0x07, true, "clock pulse" },
  { 0x09, true, "T/C flag" }, { 0x0a, true, "EM" },              { 0x1b, true, "action" },
  { 0x30, true, "CIO" },   { 0x31, true, "W" },                  { 0x32, true, "H" },     { 0x33, true, "A" },
  { 0x80, false, "CIO" },  { 0x81, false, "timer/counter" },     { 0x82, false, "D" },    { 0x84, false, "step timer" },
  { 0x85, false, "forced" }, { 0x89, false, "T/C" },             { 0x98, false, "EM" },   { 0x9c, false, "register" },
  { 0xb0, false, "CIO" },  { 0xb1, false, "W" },                 { 0xb2, false, "H" },    { 0xb3, false, "A" },
  { 0xbc, false, "DR" },   { 0xdc, false, "IR" },                { 0xdd, false, "interrupt interval" },
};

static const struct
{
  uint16_t code;
  const char *text;
} fins_end_codes[] = {
  { 0x0001, "service cancelled" },
  { 0x0101, "local node not in network" },
  { 0x0102, "token timeout" },
  { 0x0103, "retries failed" },
  { 0x0104, "too many send frames" },
  { 0x0105, "node address range error" },
  { 0x0106, "node address duplication" },
  { 0x0201, "destination node not in network" },
  { 0x0202, "unit missing" },
  { 0x0203, "third node missing" },
  { 0x0204, "destination node busy" },
  { 0x0205, "response timeout" },
  { 0x0301, "communications controller error" },
  { 0x0302, "CPU unit error" },
  { 0x0303, "controller error" },
  { 0x0304, "unit number error" },
  { 0x0401, "undefined command" },
  { 0x0402, "not supported by model or version" },
  { 0x0501, "destination address not in routing tables" },
  { 0x0502, "no routing tables" },
  { 0x0503, "routing table error" },
  { 0x0504, "too many relays" },
  { 0x1001, "command too long" },
  { 0x1002, "command too short" },
  { 0x1003, "elements and data do not match" },
  { 0x1004, "command format error" },
  { 0x1005, "header error" },
  { 0x1101, "area classification missing" },
  { 0x1102, "access size error" },
  { 0x1103, "address range error" },
  { 0x1104, "address range exceeded" },
  { 0x1106, "program missing" },
  { 0x1109, "relational error" },
  { 0x110a, "duplicate data access" },
  { 0x110b, "response too long" },
  { 0x110c, "parameter error" },
  { 0x2002, "protected" },
  { 0x2003, "table missing" },
  { 0x2004, "data missing" },
  { 0x2005, "program missing" },
  { 0x2006, "file missing" },
  { 0x2007, "data mismatch" },
  { 0x2101, "read-only" },
  { 0x2102, "protected" },
  { 0x2103, "cannot register" },
  { 0x2105, "program missing" },
  { 0x2106, "file missing" },
  { 0x2107, "file name already exists" },
  { 0x2108, "cannot change" },
  { 0x2201, "not possible during execution" },
  { 0x2202, "not possible while running" },
  { 0x2203, "wrong mode: program" },
  { 0x2204, "wrong mode: debug" },
  { 0x2205, "wrong mode: monitor" },
  { 0x2206, "wrong mode: run" },
  { 0x2207, "specified node not polling node" },
  { 0x2208, "step cannot be executed" },
  { 0x2301, "file device missing" },
  { 0x2302, "memory missing" },
  { 0x2303, "clock missing" },
  { 0x2401, "data link table missing" },
  { 0x2502, "memory error" },
  { 0x2503, "I/O setting error" },
  { 0x2504, "too many I/O points" },
  { 0x2505, "CPU bus error" },
  { 0x2506, "I/O duplication" },
  { 0x2507, "I/O bus error" },
  { 0x2509, "SYSMAC BUS/2 error" },
  { 0x250a, "CPU bus unit error" },
  { 0x250d, "SYSMAC BUS number duplication" },
  { 0x250f, "memory error" },
  { 0x2510, "SYSMAC BUS terminator missing" },
  { 0x2601, "no protection" },
  { 0x2602, "incorrect password" },
  { 0x2604, "protected" },
  { 0x2605, "service already executing" },
  { 0x2606, "service stopped" },
  { 0x2607, "no execution right" },
  { 0x2608, "settings required before execution" },
  { 0x2609, "necessary items not set" },
  { 0x260a, "number already defined" },
  { 0x260b, "error will not clear" },
  { 0x3001, "no access right" },
  { 0x4001, "aborted" },
};
