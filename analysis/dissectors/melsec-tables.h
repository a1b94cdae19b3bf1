/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, devices and end codes of SLMP and the MC protocol, as numbers and names. SH-080956 (SLMP), SH-080008 (MELSEC communication protocol). */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

typedef enum
{
  MELSEC_BODY_NONE,
  MELSEC_BODY_BATCH,       /* one device, number of points */
  MELSEC_BODY_RANDOM,      /* numbers of words and double words, devices */
  MELSEC_BODY_RANDOM_WRITE,
  MELSEC_BODY_BLOCKS,      /* numbers of word and bit blocks, devices with points */
  MELSEC_BODY_MEMORY,      /* address, number of words */
  MELSEC_BODY_MODE,
  MELSEC_BODY_FILE_OPEN,
  MELSEC_BODY_FILE,        /* a number that stands for an open file */
  MELSEC_BODY_FILE_DATA,
} MelsecBody;

typedef struct
{
  uint16_t code;
  uint8_t verb; /* IsthOp */
  uint8_t body;
  const char *name;
} MelsecCommand;

static const MelsecCommand melsec_commands[] = {
  { 0x0101, ISTH_OP_IDENTIFY, MELSEC_BODY_NONE, "read-type-name" },
  { 0x0401, ISTH_OP_READ, MELSEC_BODY_BATCH, "batch-read" },
  { 0x0403, ISTH_OP_READ, MELSEC_BODY_RANDOM, "random-read" },
  { 0x0406, ISTH_OP_READ, MELSEC_BODY_BLOCKS, "multiple-block-read" },
  { 0x041a, ISTH_OP_READ, MELSEC_BODY_NONE, "array-label-read" },
  { 0x041c, ISTH_OP_READ, MELSEC_BODY_NONE, "label-random-read" },
  { 0x0601, ISTH_OP_READ, MELSEC_BODY_NONE, "extend-unit-read" },
  { 0x0613, ISTH_OP_READ, MELSEC_BODY_MEMORY, "memory-read" },
  { 0x0619, ISTH_OP_DIAGNOSE, MELSEC_BODY_NONE, "self-test" },
  { 0x0801, ISTH_OP_SUBSCRIBE, MELSEC_BODY_RANDOM, "register-monitor" },
  { 0x0802, ISTH_OP_READ, MELSEC_BODY_NONE, "monitor" },
  { 0x0e30, ISTH_OP_IDENTIFY, MELSEC_BODY_NONE, "node-search" },
  { 0x0e31, ISTH_OP_CONFIGURE, MELSEC_BODY_NONE, "set-ip-address" },
  { 0x0e70, ISTH_OP_READ, MELSEC_BODY_NONE, "cyclic-data" },
  { 0x1001, ISTH_OP_CONTROL, MELSEC_BODY_MODE, "remote-run" },
  { 0x1002, ISTH_OP_CONTROL, MELSEC_BODY_MODE, "remote-stop" },
  { 0x1003, ISTH_OP_CONTROL, MELSEC_BODY_MODE, "remote-pause" },
  { 0x1005, ISTH_OP_CONTROL, MELSEC_BODY_NONE, "remote-latch-clear" },
  { 0x1006, ISTH_OP_CONTROL, MELSEC_BODY_NONE, "remote-reset" },
  { 0x1401, ISTH_OP_WRITE, MELSEC_BODY_BATCH, "batch-write" },
  { 0x1402, ISTH_OP_WRITE, MELSEC_BODY_RANDOM_WRITE, "random-write" },
  { 0x1406, ISTH_OP_WRITE, MELSEC_BODY_BLOCKS, "multiple-block-write" },
  { 0x141a, ISTH_OP_WRITE, MELSEC_BODY_NONE, "array-label-write" },
  { 0x141b, ISTH_OP_WRITE, MELSEC_BODY_NONE, "label-random-write" },
  { 0x1601, ISTH_OP_WRITE, MELSEC_BODY_NONE, "extend-unit-write" },
  { 0x1613, ISTH_OP_WRITE, MELSEC_BODY_MEMORY, "memory-write" },
  { 0x1617, ISTH_OP_CONTROL, MELSEC_BODY_NONE, "clear-error" },
  { 0x1630, ISTH_OP_AUTHENTICATE, MELSEC_BODY_NONE, "password-unlock" },
  { 0x1631, ISTH_OP_OTHER, MELSEC_BODY_NONE, "password-lock" },
  { 0x1810, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-list" },
  { 0x1811, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-search" },
  { 0x1820, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-create" },
  { 0x1822, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-delete" },
  { 0x1824, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-copy" },
  { 0x1825, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-change-attribute" },
  { 0x1826, ISTH_OP_FILE, MELSEC_BODY_NONE, "file-change-date" },
  { 0x1827, ISTH_OP_FILE, MELSEC_BODY_FILE_OPEN, "file-open" },
  { 0x1828, ISTH_OP_FILE, MELSEC_BODY_FILE_DATA, "file-read" },
  { 0x1829, ISTH_OP_FILE, MELSEC_BODY_FILE_DATA, "file-write" },
  { 0x182a, ISTH_OP_FILE, MELSEC_BODY_FILE, "file-close" },
  { 0x2101, ISTH_OP_REPORT, MELSEC_BODY_NONE, "on-demand" },
};

typedef struct
{
  uint8_t code;
  bool hex; /* numbered in hexadecimal */
  char name[5];
} MelsecDevice;

static const MelsecDevice melsec_devices[] = {
  { 0x91, false, "SM" },   { 0xa9, false, "SD" },   { 0x9c, true, "X" },     { 0x9d, true, "Y" },    { 0x90, false, "M" },
  { 0x92, false, "L" },    { 0x93, false, "F" },    { 0x94, false, "V" },    { 0xa0, true, "B" },    { 0xa8, false, "D" },
  { 0xb4, true, "W" },     { 0xc1, false, "TS" },   { 0xc0, false, "TC" },   { 0xc2, false, "TN" },  { 0xc7, false, "STS" },
  { 0xc6, false, "STC" },  { 0xc8, false, "STN" },  { 0xc4, false, "CS" },   { 0xc3, false, "CC" },  { 0xc5, false, "CN" },
  { 0xa1, true, "SB" },    { 0xb5, true, "SW" },    { 0x98, false, "S" },    { 0xa2, true, "DX" },   { 0xa3, true, "DY" },
  { 0xcc, false, "Z" },    { 0xaf, false, "R" },    { 0xb0, true, "ZR" },   { 0x51, false, "LTS" }, { 0x50, false, "LTC" },
  { 0x52, false, "LTN" },  { 0x59, false, "LSTS" }, { 0x58, false, "LSTC" }, { 0x5a, false, "LSTN" }, { 0x55, false, "LCS" },
  { 0x54, false, "LCC" },  { 0x56, false, "LCN" },  { 0x62, false, "LZ" },   { 0x2c, false, "RD" },  { 0xab, false, "G" },
};

static const struct
{
  uint16_t code;
  const char *text;
} melsec_end_codes[] = {
  { 0x4000, "checksum error" },
  { 0x4001, "unsupported request" },
  { 0x4002, "unsupported request" },
  { 0x4003, "global request not possible" },
  { 0x4004, "operation not possible: protected" },
  { 0x4005, "too much data" },
  { 0x4006, "initial communication failed" },
  { 0x4008, "CPU busy" },
  { 0x4010, "not possible while running" },
  { 0x4013, "CPU is not stopped" },
  { 0x4021, "no such drive" },
  { 0x4022, "no such file" },
  { 0x4023, "file name and number differ" },
  { 0x4024, "file cannot be accessed" },
  { 0x4025, "file in use" },
  { 0x4026, "file password needed" },
  { 0x4029, "drive full" },
  { 0x402b, "request not executable on the drive" },
  { 0x4030, "device not available" },
  { 0x4031, "device number out of range" },
  { 0x4032, "device not allowed" },
  { 0x4034, "device cannot be written" },
  { 0xc035, "no answer from the device in time" },
  { 0xc050, "ASCII data cannot be converted" },
  { 0xc051, "number of points out of range" },
  { 0xc052, "number of points out of range" },
  { 0xc053, "number of points out of range" },
  { 0xc054, "number of points out of range" },
  { 0xc056, "address beyond the last" },
  { 0xc058, "data length does not match" },
  { 0xc059, "wrong command or subcommand" },
  { 0xc05b, "device cannot be accessed" },
  { 0xc05c, "wrong request" },
  { 0xc05d, "monitor not registered" },
  { 0xc05e, "no answer from the CPU in time" },
  { 0xc05f, "request cannot be executed on the station" },
  { 0xc060, "wrong bit value" },
  { 0xc061, "data length does not match" },
  { 0xc06f, "ASCII and binary do not match" },
  { 0xc070, "device extension not possible" },
  { 0xc0b5, "data cannot be handled" },
  { 0xc0d6, "wrong network or station number" },
  { 0xc200, "wrong remote password" },
  { 0xc201, "port locked by the remote password" },
  { 0xc204, "remote password unlocked by another device" },
  { 0xc207, "file name not allowed" },
  { 0xcee0, "another node search runs" },
  { 0xcee1, "request size out of range" },
  { 0xcf70, "station cannot be reached" },
  { 0xcf71, "no answer in time" },
};

/* Frames of type 1E (A compatible), binary: the command is the first byte. */
static const MelsecCommand melsec_commands_1e[] = {
  { 0x00, ISTH_OP_READ, MELSEC_BODY_BATCH, "batch-read-bits" },
  { 0x01, ISTH_OP_READ, MELSEC_BODY_BATCH, "batch-read-words" },
  { 0x02, ISTH_OP_WRITE, MELSEC_BODY_BATCH, "batch-write-bits" },
  { 0x03, ISTH_OP_WRITE, MELSEC_BODY_BATCH, "batch-write-words" },
  { 0x13, ISTH_OP_CONTROL, MELSEC_BODY_NONE, "remote-run" },
  { 0x14, ISTH_OP_CONTROL, MELSEC_BODY_NONE, "remote-stop" },
  { 0x15, ISTH_OP_IDENTIFY, MELSEC_BODY_NONE, "read-pc-type" },
};
