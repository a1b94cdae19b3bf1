/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7 communication, which Siemens never published: names of functions, areas, blocks and errors, as the manuals of STEP 7
 * (error numbers, "System Software for S7-300/400") and public analyses of the protocol give them. */
#pragma once

#include "analysis/world/observation.h"

enum
{
  S7_JOB = 1,       /* a request */
  S7_ACK = 2,       /* its answer without data */
  S7_ACK_DATA = 3,  /* … with data */
  S7_USER_DATA = 7, /* programming, diagnosis, alarms: requests, answers and pushes of its own */
};

enum
{
  S7_READ = 0x04,
  S7_WRITE = 0x05,
  S7_REQUEST_DOWNLOAD = 0x1a,
  S7_DOWNLOAD_BLOCK = 0x1b,
  S7_DOWNLOAD_ENDED = 0x1c,
  S7_START_UPLOAD = 0x1d,
  S7_UPLOAD = 0x1e,
  S7_END_UPLOAD = 0x1f,
  S7_PI_SERVICE = 0x28,
  S7_STOP = 0x29,
  S7_SETUP = 0xf0,
};

/* @by_client: only the client sends such a job. In a download the controller itself fetches the blocks it was told of, so
 * those two jobs go the other way and are no programming of whoever holds the blocks. */
static const struct
{
  uint8_t code;
  bool by_client;
  IsthOp verb;
  const char *name;
} s7_functions[] = {
  { 0x00, false, ISTH_OP_OTHER, "cpu-service" },
  { S7_READ, true, ISTH_OP_READ, "read-variables" },
  { S7_WRITE, true, ISTH_OP_WRITE, "write-variables" },
  { S7_REQUEST_DOWNLOAD, true, ISTH_OP_PROGRAM, "request-download" },
  { S7_DOWNLOAD_BLOCK, false, ISTH_OP_OTHER, "download-block" },
  { S7_DOWNLOAD_ENDED, false, ISTH_OP_OTHER, "download-ended" },
  { S7_START_UPLOAD, true, ISTH_OP_UPLOAD, "start-upload" },
  { S7_UPLOAD, true, ISTH_OP_UPLOAD, "upload" },
  { S7_END_UPLOAD, true, ISTH_OP_UPLOAD, "end-upload" },
  { S7_PI_SERVICE, true, ISTH_OP_CONTROL, "pi-service" },
  { S7_STOP, true, ISTH_OP_CONTROL, "stop" },
  { S7_SETUP, true, ISTH_OP_OTHER, "setup-communication" },
};

/* Program invocation services. Of numerical controls ("_N_…") those that move programs, change the machine or log on have a name here; the others
 * keep their own as the object. */
static const struct
{
  const char *service;
  IsthOp verb;
  const char *name;
  bool blocks; /* its argument is a list of blocks */
} s7_services[] = {
  { "P_PROGRAM", ISTH_OP_CONTROL, "start", false },
  { "_INSE", ISTH_OP_PROGRAM, "activate-blocks", true },
  { "_INS2", ISTH_OP_PROGRAM, "activate-blocks", true },
  { "_DELE", ISTH_OP_PROGRAM, "delete-blocks", true },
  { "_MODU", ISTH_OP_PROGRAM, "copy-ram-to-rom", false },
  { "_GARB", ISTH_OP_CONTROL, "compress-memory", false },
  { "_N_LOGIN_", ISTH_OP_AUTHENTICATE, "nc-login", false },
  { "_N_LOGOUT", ISTH_OP_AUTHENTICATE, "nc-logout", false },
  { "_N_NEWPWD", ISTH_OP_AUTHENTICATE, "nc-change-password", false },
  { "_N_SELECT", ISTH_OP_CONTROL, "nc-select-program", false },
  { "_N_SEL_BL", ISTH_OP_CONTROL, "nc-select-block", false },
  { "_N_CANCEL", ISTH_OP_CONTROL, "nc-cancel-alarm", false },
  { "_N_ASUP__", ISTH_OP_CONTROL, "nc-assign-interrupt-program", false },
  { "_N_SETTST", ISTH_OP_CONTROL, "nc-activate-machine-data", false },
  { "_N_CONFIG", ISTH_OP_CONFIGURE, "nc-reconfigure", false },
  { "_N_SETUFR", ISTH_OP_CONFIGURE, "nc-activate-frame", false },
  { "_N_NCKMOD", ISTH_OP_CONFIGURE, "nc-set-mode", false },
  { "_N_IBN_SS", ISTH_OP_CONFIGURE, "nc-start-up-switch", false },
  { "_N_DIGION", ISTH_OP_CONTROL, "nc-digitize-on", false },
  { "_N_DIGIOF", ISTH_OP_CONTROL, "nc-digitize-off", false },
  { "_N_DZERO_", ISTH_OP_CONFIGURE, "nc-zero-tool-offsets", false },
  { "_N_CREATO", ISTH_OP_CONFIGURE, "nc-create-tool", false },
  { "_N_DELETO", ISTH_OP_CONFIGURE, "nc-delete-tool", false },
  { "_N_CREACE", ISTH_OP_CONFIGURE, "nc-create-cutting-edge", false },
  { "_N_DELECE", ISTH_OP_CONFIGURE, "nc-delete-cutting-edge", false },
  { "_N_F_OPEN", ISTH_OP_FILE, "nc-open-file", false },
  { "_N_F_OPER", ISTH_OP_FILE, "nc-open-file-read-only", false },
  { "_N_F_CLOS", ISTH_OP_FILE, "nc-close-file", false },
  { "_N_F_SEEK", ISTH_OP_FILE, "nc-seek-file", false },
  { "_N_F_COPY", ISTH_OP_FILE, "nc-copy-file", false },
  { "_N_F_RENA", ISTH_OP_FILE, "nc-rename-file", false },
  { "_N_F_PROT", ISTH_OP_FILE, "nc-protect-file", false },
  { "_N_F_XFER", ISTH_OP_FILE, "nc-transfer-file", false },
  { "_N_F_DELE", ISTH_OP_PROGRAM, "nc-delete-file", false },
  { "_N_F_DELR", ISTH_OP_PROGRAM, "nc-delete-file-unlocked", false },
  { "_N_EXTERN", ISTH_OP_CONTROL, "nc-select-external-program", false },
  { "_N_EXTMOD", ISTH_OP_CONTROL, "nc-external-program-mode", false },
};

#define S7_ANY_SUBFUNCTION 0

/* Functions of user data, by group and number. */
static const struct
{
  uint8_t group, code;
  IsthOp verb;
  const char *name;
} s7_user_functions[] = {
  { 1, 0x01, ISTH_OP_DIAGNOSE, "block-status" },
  { 1, 0x02, ISTH_OP_READ, "variable-status" },
  { 1, 0x03, ISTH_OP_DIAGNOSE, "read-interrupt-stack" },
  { 1, 0x04, ISTH_OP_DIAGNOSE, "read-block-stack" },
  { 1, 0x05, ISTH_OP_DIAGNOSE, "read-local-stack" },
  { 1, 0x06, ISTH_OP_DIAGNOSE, "measure-time" },
  { 1, 0x07, ISTH_OP_DIAGNOSE, "force-selection" },
  { 1, 0x08, ISTH_OP_WRITE, "modify-variables" },
  { 1, 0x09, ISTH_OP_CONTROL, "force" },
  { 1, 0x0a, ISTH_OP_CONTROL, "breakpoint" },
  { 1, 0x0b, ISTH_OP_CONTROL, "exit-hold" },
  { 1, 0x0c, ISTH_OP_CONTROL, "memory-reset" },
  { 1, 0x0d, ISTH_OP_CONTROL, "disable-job" },
  { 1, 0x0e, ISTH_OP_CONTROL, "enable-job" },
  { 1, 0x0f, ISTH_OP_CONTROL, "delete-job" },
  { 1, 0x10, ISTH_OP_DIAGNOSE, "read-job-list" },
  { 1, 0x11, ISTH_OP_DIAGNOSE, "read-job" },
  { 1, 0x12, ISTH_OP_CONTROL, "replace-job" },
  { 1, 0x13, ISTH_OP_DIAGNOSE, "block-status" },
  { 1, 0x16, ISTH_OP_CONTROL, "flash-led" },
  { 1, S7_ANY_SUBFUNCTION, ISTH_OP_DIAGNOSE, "programmer-command" },
  { 2, 0x01, ISTH_OP_SUBSCRIBE, "cyclic-data" },
  { 2, 0x04, ISTH_OP_SUBSCRIBE, "unsubscribe" },
  { 2, 0x05, ISTH_OP_SUBSCRIBE, "change-driven-data" },
  { 2, 0x07, ISTH_OP_SUBSCRIBE, "change-driven-data-modify" },
  { 2, 0x08, ISTH_OP_SUBSCRIBE, "cyclic-record" },
  { 2, S7_ANY_SUBFUNCTION, ISTH_OP_SUBSCRIBE, "cyclic-service" },
  { 3, 0x01, ISTH_OP_IDENTIFY, "list-blocks" },
  { 3, 0x02, ISTH_OP_IDENTIFY, "list-blocks-of-type" },
  { 3, 0x03, ISTH_OP_IDENTIFY, "block-information" },
  { 3, S7_ANY_SUBFUNCTION, ISTH_OP_IDENTIFY, "block-function" },
  { 4, 0x01, ISTH_OP_DIAGNOSE, "read-system-status-list" },
  { 4, 0x02, ISTH_OP_SUBSCRIBE, "message-service" },
  { 4, 0x03, ISTH_OP_REPORT, "diagnostic-message" },
  { 4, 0x05, ISTH_OP_REPORT, "alarm-8" },
  { 4, 0x06, ISTH_OP_REPORT, "notify" },
  { 4, 0x07, ISTH_OP_CONFIGURE, "lock-alarm" },
  { 4, 0x08, ISTH_OP_CONFIGURE, "unlock-alarm" },
  { 4, 0x09, ISTH_OP_REPORT, "scan" },
  { 4, 0x0b, ISTH_OP_OTHER, "acknowledge-alarm" },
  { 4, 0x0c, ISTH_OP_REPORT, "alarm-acknowledged" },
  { 4, 0x0d, ISTH_OP_REPORT, "alarm-locked" },
  { 4, 0x0e, ISTH_OP_REPORT, "alarm-unlocked" },
  { 4, 0x11, ISTH_OP_REPORT, "alarm-sq" },
  { 4, 0x12, ISTH_OP_REPORT, "alarm-s" },
  { 4, 0x13, ISTH_OP_READ, "query-alarms" },
  { 4, 0x16, ISTH_OP_REPORT, "notify-8" },
  { 4, S7_ANY_SUBFUNCTION, ISTH_OP_DIAGNOSE, "cpu-function" },
  { 5, 0x01, ISTH_OP_AUTHENTICATE, "password" },
  { 5, 0x02, ISTH_OP_AUTHENTICATE, "end-password" },
  { 5, S7_ANY_SUBFUNCTION, ISTH_OP_AUTHENTICATE, "security-function" },
  { 6, S7_ANY_SUBFUNCTION, ISTH_OP_WRITE, "block-send" },
  { 7, 0x01, ISTH_OP_READ, "read-clock" },
  { 7, 0x02, ISTH_OP_TIME_SYNC, "set-clock" },
  { 7, 0x03, ISTH_OP_READ, "read-clock" },
  { 7, 0x04, ISTH_OP_TIME_SYNC, "set-clock" },
  { 7, S7_ANY_SUBFUNCTION, ISTH_OP_READ, "clock-function" },
  { 15, 0x01, ISTH_OP_PROGRAM, "nc-request-download" },
  { 15, 0x02, ISTH_OP_PROGRAM, "nc-download-block" },
  { 15, 0x03, ISTH_OP_PROGRAM, "nc-continue-download" },
  { 15, 0x04, ISTH_OP_PROGRAM, "nc-download-ended" },
  { 15, 0x06, ISTH_OP_UPLOAD, "nc-start-upload" },
  { 15, 0x07, ISTH_OP_UPLOAD, "nc-upload" },
  { 15, 0x08, ISTH_OP_UPLOAD, "nc-continue-upload" },
  { 15, S7_ANY_SUBFUNCTION, ISTH_OP_PROGRAM, "nc-programming" },
};

/* Operating modes, as pushes of mode transitions tell them. */
static const struct
{
  uint8_t transition;
  const char *state;
} s7_modes[] = {
  { 0x00, "stop" }, { 0x01, "startup" }, { 0x02, "run" },     { 0x03, "startup" }, { 0x04, "hold" },
  { 0x06, "startup" }, { 0x09, "run" },  { 0x0b, "link-up" }, { 0x0c, "update" },
};

/* Return codes of single items of a read or write. */
static const struct
{
  uint8_t code;
  const char *text;
} s7_item_errors[] = {
  { 0x01, "hardware error" },
  { 0x03, "access denied" },
  { 0x05, "address out of range" },
  { 0x06, "data type not supported" },
  { 0x07, "data type inconsistent" },
  { 0x0a, "object does not exist" },
};

/* Error class and code of an answer, error number of a user data answer; code 0xff: any of the class. */
static const struct
{
  uint16_t code;
  const char *text;
} s7_errors[] = {
  { 0x0110, "invalid block number" },
  { 0x0111, "invalid request length" },
  { 0x0112, "invalid parameter" },
  { 0x0113, "invalid block type" },
  { 0x0114, "block not found" },
  { 0x0115, "block already exists" },
  { 0x0116, "block is write-protected" },
  { 0x0117, "block or update too large" },
  { 0x0119, "incorrect password" },
  { 0x011a, "no resources at the programming device" },
  { 0x011b, "no resources at the controller" },
  { 0x011c, "protocol error" },
  { 0x011d, "too many blocks" },
  { 0x011e, "connection to the database lost" },
  { 0x011f, "result buffer too small" },
  { 0x0120, "end of the block list" },
  { 0x0140, "not enough memory" },
  { 0x0141, "no resources for the job" },
  { 0x8001, "not possible in the block's present status" },
  { 0x8003, "error while transferring the block" },
  { 0x8104, "function not implemented" },
  { 0x8204, "type of the object is inconsistent" },
  { 0x8205, "block already exists" },
  { 0x8301, "not enough memory" },
  { 0x8302, "not enough resources" },
  { 0x8304, "no further parallel upload possible" },
  { 0x8305, "function not available" },
  { 0x8306, "not enough work memory" },
  { 0x8307, "not enough retentive work memory" },
  { 0x8401, "wrong order of services" },
  { 0x8402, "not possible in the present operating mode" },
  { 0x8404, "serious protocol error" },
  { 0x8405, "partner is disabled" },
  { 0x8500, "wrong PDU length" },
  { 0x8503, "cancelled by an alarm of the module" },
  { 0x8701, "error in the partner's address" },
  { 0x8702, "service not supported by the module" },
  { 0x8703, "access to the object refused" },
  { 0x8704, "object damaged" },
  { 0xd001, "number of the job is illegal" },
  { 0xd002, "variant of the command is illegal" },
  { 0xd003, "test function not supported by the module" },
  { 0xd004, "status of the job is illegal" },
  { 0xd011, "block does not exist" },
  { 0xd041, "status list does not exist" },
  { 0xd042, "illegal address of a variable" },
  { 0xd043, "job not found" },
  { 0xd044, "illegal value of a variable" },
  { 0xd061, "no memory for the job" },
  { 0xd062, "list of jobs is full" },
  { 0xd081, "not permitted in the present mode" },
  { 0xd0a1, "protection level forbids it" },
  { 0xd0a2, "a function that changes memory is running" },
  { 0xd0a4, "force is established already" },
  { 0xd0a5, "job not found" },
  { 0xd0ad, "operating mode is set already" },
  { 0xd201, "syntax error in the block name" },
  { 0xd202, "syntax error in the parameters" },
  { 0xd203, "linked block already exists in RAM" },
  { 0xd204, "linked block already exists in EPROM" },
  { 0xd205, "maximum number of blocks exceeded" },
  { 0xd206, "wrong block list" },
  { 0xd209, "block not found" },
  { 0xd20a, "too many blocks to link" },
  { 0xd20b, "too many blocks to delete" },
  { 0xd20c, "priority class does not exist" },
  { 0xd20d, "system data block cannot be interpreted" },
  { 0xd20e, "no block available" },
  { 0xd20f, "block too large for the module" },
  { 0xd210, "invalid block number" },
  { 0xd216, "invalid user program" },
  { 0xd217, "protection level is not permitted" },
  { 0xd219, "incorrect block lengths" },
  { 0xd21b, "memory cannot be compressed" },
  { 0xd231, "incorrect checksum of the block" },
  { 0xd240, "coordination rules violated" },
  { 0xd241, "protection level forbids it" },
  { 0xd242, "protection violated by safety blocks" },
  { 0xd250, "update does not match the module" },
  { 0xd252, "checksum error" },
  { 0xd2a1, "a test function is active on a block" },
  { 0xd2a3, "block is not active, in use or being deleted" },
  { 0xd2a6, "the program is being saved" },
  { 0xd401, "information not available" },
  { 0xd402, "information not available" },
  { 0xd403, "already logged on" },
  { 0xd404, "no more logons possible" },
  { 0xd405, "not supported, or syntax error" },
  { 0xd406, "information not available now" },
  { 0xd407, "diagnostic error" },
  { 0xd408, "update aborted" },
  { 0xd409, "error on the DP bus" },
  { 0xd601, "syntax error in the parameters" },
  { 0xd602, "invalid password" },
  { 0xd603, "connection is authorised already" },
  { 0xd604, "connection is enabled already" },
  { 0xd605, "there is no password" },
  { 0xd801, "at least one invalid address" },
  { 0xd802, "job does not exist" },
  { 0xd803, "illegal status of the job" },
  { 0xd804, "illegal cycle time" },
  { 0xd805, "no further cyclic jobs possible" },
  { 0xd806, "not possible in the job's present status" },
  { 0xd807, "cycle takes too long" },
  { 0xdc01, "invalid date or time" },
  { 0x81ff, "application error" },
  { 0x82ff, "object definition error" },
  { 0x83ff, "no resources" },
  { 0x84ff, "service error" },
  { 0x85ff, "supply error" },
  { 0x87ff, "access error" },
};
