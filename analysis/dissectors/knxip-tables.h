/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KNXnet/IP's services, the services of KNX's application layer, and status codes. ISO 22510 (EN 13321-2), KNX standard 03/03/07 and 03/08. */
#pragma once

#include "analysis/dissectors/dissector.h"

static const struct
{
  uint16_t code;
  IsthOp verb;
  const char *name;
} knxip_services[] = {
  { 0x0201, ISTH_OP_IDENTIFY, "search" },
  { 0x0203, ISTH_OP_IDENTIFY, "description" },
  { 0x0205, ISTH_OP_OTHER, "connect" },
  { 0x0207, ISTH_OP_OTHER, "connection-state" },
  { 0x0209, ISTH_OP_OTHER, "disconnect" },
  { 0x020b, ISTH_OP_IDENTIFY, "search-extended" },
  { 0x0310, ISTH_OP_OTHER, "device-configuration" },
  { 0x0420, ISTH_OP_OTHER, "tunnelling" },
  { 0x0422, ISTH_OP_READ, "tunnelling-feature-get" },
  { 0x0424, ISTH_OP_CONFIGURE, "tunnelling-feature-set" },
  { 0x0425, ISTH_OP_REPORT, "tunnelling-feature-info" },
  { 0x0530, ISTH_OP_OTHER, "routing" },
  { 0x0531, ISTH_OP_REPORT, "routing-lost-message" },
  { 0x0532, ISTH_OP_REPORT, "routing-busy" },
  { 0x0533, ISTH_OP_OTHER, "routing-system-broadcast" },
  { 0x0740, ISTH_OP_DIAGNOSE, "remote-diagnostic" },
  { 0x0742, ISTH_OP_CONFIGURE, "remote-basic-configuration" },
  { 0x0743, ISTH_OP_CONTROL, "remote-reset" },
  { 0x0950, ISTH_OP_OTHER, "secure-wrapper" },
  { 0x0951, ISTH_OP_AUTHENTICATE, "secure-session" },
  { 0x0953, ISTH_OP_AUTHENTICATE, "secure-session-authenticate" },
  { 0x0955, ISTH_OP_TIME_SYNC, "secure-timer-notify" },
};

/* Of the application layer: those of ten bits first, then those of four. 03/03/07, 2. */
static const struct
{
  uint16_t code, mask;
  IsthOp verb;
  const char *name;
} knxip_application[] = {
  { 0x1c8, 0x3ff, ISTH_OP_READ, "system-network-parameter-read" },
  { 0x1c9, 0x3ff, ISTH_OP_REPORT, "system-network-parameter-response" },
  { 0x1ca, 0x3ff, ISTH_OP_CONFIGURE, "system-network-parameter-write" },
  { 0x1cc, 0x3ff, ISTH_OP_READ, "property-extended-value-read" },
  { 0x1cd, 0x3ff, ISTH_OP_REPORT, "property-extended-value-response" },
  { 0x1ce, 0x3ff, ISTH_OP_CONFIGURE, "property-extended-value-write" },
  { 0x1cf, 0x3ff, ISTH_OP_REPORT, "property-extended-value-write-response" },
  { 0x1d0, 0x3ff, ISTH_OP_CONFIGURE, "property-extended-value-write" },
  { 0x1d1, 0x3ff, ISTH_OP_REPORT, "property-extended-value-report" },
  { 0x1d2, 0x3ff, ISTH_OP_READ, "property-extended-description-read" },
  { 0x1d3, 0x3ff, ISTH_OP_REPORT, "property-extended-description-response" },
  { 0x1d4, 0x3ff, ISTH_OP_CONTROL, "function-property-extended-command" },
  { 0x1d5, 0x3ff, ISTH_OP_READ, "function-property-extended-state-read" },
  { 0x1d6, 0x3ff, ISTH_OP_REPORT, "function-property-extended-state-response" },
  { 0x1fb, 0x3ff, ISTH_OP_PROGRAM, "memory-extended-write" },
  { 0x1fc, 0x3ff, ISTH_OP_REPORT, "memory-extended-write-response" },
  { 0x1fd, 0x3ff, ISTH_OP_READ, "memory-extended-read" },
  { 0x1fe, 0x3ff, ISTH_OP_REPORT, "memory-extended-read-response" },
  { 0x2c0, 0x3ff, ISTH_OP_READ, "user-memory-read" },
  { 0x2c1, 0x3ff, ISTH_OP_REPORT, "user-memory-response" },
  { 0x2c2, 0x3ff, ISTH_OP_PROGRAM, "user-memory-write" },
  { 0x2c5, 0x3ff, ISTH_OP_IDENTIFY, "user-manufacturer-info-read" },
  { 0x2c6, 0x3ff, ISTH_OP_REPORT, "user-manufacturer-info-response" },
  { 0x2c7, 0x3ff, ISTH_OP_CONTROL, "function-property-command" },
  { 0x2c8, 0x3ff, ISTH_OP_READ, "function-property-state-read" },
  { 0x2c9, 0x3ff, ISTH_OP_REPORT, "function-property-state-response" },
  { 0x380, 0x3c0, ISTH_OP_CONTROL, "restart" },
  { 0x3d1, 0x3ff, ISTH_OP_AUTHENTICATE, "authorize-request" },
  { 0x3d2, 0x3ff, ISTH_OP_REPORT, "authorize-response" },
  { 0x3d3, 0x3ff, ISTH_OP_CONFIGURE, "key-write" },
  { 0x3d4, 0x3ff, ISTH_OP_REPORT, "key-response" },
  { 0x3d5, 0x3ff, ISTH_OP_READ, "property-value-read" },
  { 0x3d6, 0x3ff, ISTH_OP_REPORT, "property-value-response" },
  { 0x3d7, 0x3ff, ISTH_OP_CONFIGURE, "property-value-write" },
  { 0x3d8, 0x3ff, ISTH_OP_READ, "property-description-read" },
  { 0x3d9, 0x3ff, ISTH_OP_REPORT, "property-description-response" },
  { 0x3da, 0x3ff, ISTH_OP_READ, "network-parameter-read" },
  { 0x3db, 0x3ff, ISTH_OP_REPORT, "network-parameter-response" },
  { 0x3dc, 0x3ff, ISTH_OP_IDENTIFY, "individual-address-serial-number-read" },
  { 0x3dd, 0x3ff, ISTH_OP_REPORT, "individual-address-serial-number-response" },
  { 0x3de, 0x3ff, ISTH_OP_CONFIGURE, "individual-address-serial-number-write" },
  { 0x3e0, 0x3ff, ISTH_OP_CONFIGURE, "domain-address-write" },
  { 0x3e1, 0x3ff, ISTH_OP_READ, "domain-address-read" },
  { 0x3e2, 0x3ff, ISTH_OP_REPORT, "domain-address-response" },
  { 0x3f1, 0x3ff, ISTH_OP_OTHER, "secure-service" },
  { 0x000, 0x3c0, ISTH_OP_READ, "group-value-read" },
  { 0x040, 0x3c0, ISTH_OP_REPORT, "group-value-response" },
  { 0x080, 0x3c0, ISTH_OP_WRITE, "group-value-write" },
  { 0x0c0, 0x3c0, ISTH_OP_CONFIGURE, "individual-address-write" },
  { 0x100, 0x3c0, ISTH_OP_IDENTIFY, "individual-address-read" },
  { 0x140, 0x3c0, ISTH_OP_REPORT, "individual-address-response" },
  { 0x180, 0x3c0, ISTH_OP_READ, "adc-read" },
  { 0x1c0, 0x3c0, ISTH_OP_REPORT, "adc-response" },
  { 0x200, 0x3c0, ISTH_OP_READ, "memory-read" },
  { 0x240, 0x3c0, ISTH_OP_REPORT, "memory-response" },
  { 0x280, 0x3c0, ISTH_OP_PROGRAM, "memory-write" },
  { 0x2c0, 0x3c0, ISTH_OP_OTHER, "user-message" },
  { 0x300, 0x3c0, ISTH_OP_IDENTIFY, "device-descriptor-read" },
  { 0x340, 0x3c0, ISTH_OP_REPORT, "device-descriptor-response" },
  { 0x3c0, 0x3c0, ISTH_OP_OTHER, "system-service" },
};

static const struct
{
  uint8_t code;
  const char *text;
} knxip_errors[] = {
  { 0x01, "host protocol not supported" },
  { 0x02, "version not supported" },
  { 0x04, "sequence number out of order" },
  { 0x0f, "error" },
  { 0x21, "no such connection" },
  { 0x22, "connection type not supported" },
  { 0x23, "connection option not supported" },
  { 0x24, "no more connections" },
  { 0x25, "no more unique connections" },
  { 0x26, "data connection broken" },
  { 0x27, "KNX connection broken" },
  { 0x28, "not authorised" },
  { 0x29, "tunnelling layer not supported" },
};
