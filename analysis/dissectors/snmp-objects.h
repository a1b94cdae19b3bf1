/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Object identifiers of management: what they are called, and which of them say who a device is. For snmp.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* An object identifier as it stands in BER, without tag and length. */
typedef struct
{
  const uint8_t *bytes;
  uint32_t length;
} IsthOid;

/* "sysName.0", "ifTable 1.3.6.1.2.1.2.2.1.10.3", "1.3.6.1.4.1.4329.6.3 (Siemens)". */
const char *isth_oid_describe (const IsthOid *oid, char *text, size_t size);

/* The maker whose branch of the tree holds @oid (IANA's enterprise numbers), or NULL: none, not known, or a maker of software that runs on anybody's device. */
const char *isth_oid_vendor (const IsthOid *oid);

/* Whether asking for it is asking who the device is. */
bool isth_oid_is_identity (const IsthOid *oid);

/* Whether it is snmpTrapOID.0 (RFC 3418), whose value names a notification. */
bool isth_oid_is_notification (const IsthOid *oid);

/* What @value (an octet string, @tag 0x04, or an object identifier, 0x06) says of the sender, if @oid is one that does. */
void isth_oid_claim (IsthDissectContext *ctx, const IsthOid *oid, uint32_t tag, const IsthCursor *value);
