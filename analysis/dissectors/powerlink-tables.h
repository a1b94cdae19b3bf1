/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of POWERLINK messages, services, states and commands. EPSG DS 301 V1.3, 4.6.1, 7.1, 7.3. */
#pragma once

#include "analysis/world/observation.h"

enum
{
  TYPE_PREQ = 3,
  TYPE_PRES = 4,
  TYPE_SOA = 5,
  TYPE_ASND = 6,
};

static const struct
{
  const char *name;
  IsthOp verb;
  bool in_first; /* version 1 had it, too */
} types[] = {
  [1] = { "start-of-cycle", ISTH_OP_TIME_SYNC, true },
  [2] = { "end-of-cycle", ISTH_OP_OTHER, true },
  [TYPE_PREQ] = { "poll-request", ISTH_OP_REPORT, true },
  [TYPE_PRES] = { "poll-response", ISTH_OP_REPORT, true },
  [TYPE_SOA] = { "start-of-asynchronous", ISTH_OP_OTHER, true },
  [TYPE_ASND] = { "asynchronous-send", ISTH_OP_REPORT, true },
  [7] = { "active-managing-node", ISTH_OP_OTHER, false },
  [13] = { "asynchronous-invite", ISTH_OP_OTHER, false },
};

enum
{
  SERVICE_IDENT = 1,
  SERVICE_STATUS = 2,
  SERVICE_NMT_REQUEST = 3,
  SERVICE_NMT_COMMAND = 4,
  SERVICE_SDO = 5,
};

static const struct
{
  uint8_t service;
  IsthOp verb;
  const char *name;
} invitations[] = {
  { 0, ISTH_OP_OTHER, "start-of-asynchronous" },
  { SERVICE_IDENT, ISTH_OP_IDENTIFY, "ident-request" },
  { SERVICE_STATUS, ISTH_OP_DIAGNOSE, "status-request" },
  { SERVICE_NMT_REQUEST, ISTH_OP_OTHER, "nmt-request-invite" },
  { 6, ISTH_OP_TIME_SYNC, "sync-request" },
  { 255, ISTH_OP_OTHER, "unspecified-invite" },
};

static const struct
{
  uint8_t status;
  const char *name;
} states[] = {
  { 0x19, "initialising" },          { 0x29, "reset application" },     { 0x39, "reset communication" },
  { 0x79, "reset configuration" },   { 0x1c, "not active" },            { 0x1d, "pre-operational 1" },
  { 0x5d, "pre-operational 2" },     { 0x6d, "ready to operate" },      { 0xfd, "operational" },
  { 0x4d, "stopped" },               { 0x1e, "basic Ethernet" },
};

static const struct
{
  uint8_t command;
  IsthOp verb;
  const char *name;
} commands[] = {
  { 0x21, ISTH_OP_CONTROL, "nmt-start-node" },
  { 0x22, ISTH_OP_CONTROL, "nmt-stop-node" },
  { 0x23, ISTH_OP_CONTROL, "nmt-enter-pre-operational-2" },
  { 0x24, ISTH_OP_CONTROL, "nmt-enable-ready-to-operate" },
  { 0x28, ISTH_OP_CONTROL, "nmt-reset-node" },
  { 0x29, ISTH_OP_CONTROL, "nmt-reset-communication" },
  { 0x2a, ISTH_OP_CONTROL, "nmt-reset-configuration" },
  { 0x2b, ISTH_OP_CONTROL, "nmt-software-reset" },
  { 0x2d, ISTH_OP_CONFIGURE, "nmt-dynamic-node-allocation" },
  { 0x41, ISTH_OP_CONTROL, "nmt-start-nodes" },
  { 0x42, ISTH_OP_CONTROL, "nmt-stop-nodes" },
  { 0x43, ISTH_OP_CONTROL, "nmt-nodes-enter-pre-operational-2" },
  { 0x44, ISTH_OP_CONTROL, "nmt-nodes-enable-ready-to-operate" },
  { 0x48, ISTH_OP_CONTROL, "nmt-reset-nodes" },
  { 0x49, ISTH_OP_CONTROL, "nmt-reset-communication-of-nodes" },
  { 0x4a, ISTH_OP_CONTROL, "nmt-reset-configuration-of-nodes" },
  { 0x4b, ISTH_OP_CONTROL, "nmt-software-reset-of-nodes" },
  { 0x62, ISTH_OP_CONFIGURE, "nmt-set-host-name" },
  { 0x63, ISTH_OP_OTHER, "nmt-flush-arp-entry" },
  { 0x80, ISTH_OP_REPORT, "nmt-publish-configured-nodes" },
  { 0x90, ISTH_OP_REPORT, "nmt-publish-active-nodes" },
  { 0x91, ISTH_OP_REPORT, "nmt-publish-pre-operational-1" },
  { 0x92, ISTH_OP_REPORT, "nmt-publish-pre-operational-2" },
  { 0x93, ISTH_OP_REPORT, "nmt-publish-ready-to-operate" },
  { 0x94, ISTH_OP_REPORT, "nmt-publish-operational" },
  { 0x95, ISTH_OP_REPORT, "nmt-publish-stopped" },
  { 0xa0, ISTH_OP_REPORT, "nmt-publish-emergency" },
  { 0xb0, ISTH_OP_TIME_SYNC, "nmt-publish-time" },
};

enum
{
  SDO_WRITE = 1,
  SDO_READ = 2,
  SDO_READ_ALL = 4,
};

static const struct
{
  uint8_t command;
  IsthOp verb;
  const char *name;
} sdo_commands[] = {
  { SDO_WRITE, ISTH_OP_WRITE, "write-by-index" },
  { SDO_READ, ISTH_OP_READ, "read-by-index" },
  { 3, ISTH_OP_WRITE, "write-all-by-index" },
  { SDO_READ_ALL, ISTH_OP_READ, "read-all-by-index" },
  { 5, ISTH_OP_WRITE, "write-by-name" },
  { 6, ISTH_OP_READ, "read-by-name" },
  { 0x20, ISTH_OP_FILE, "file-write" },
  { 0x21, ISTH_OP_FILE, "file-read" },
  { 0x31, ISTH_OP_WRITE, "write-multiple-by-index" },
  { 0x32, ISTH_OP_READ, "read-multiple-by-index" },
  { 0x70, ISTH_OP_OTHER, "maximum-segment-size" },
};
