/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APDUs of DLMS/COSEM: associations, and what is got, set and done to the objects of a meter. Helper of dlms.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/**
 * IsthDlmsEnds:
 * @client, @server: service access points
 * @child: path of the server, NULL when all are meant
 * @cut: the APDU goes on in another frame
 */
typedef struct
{
  uint16_t client, server;
  const char *child;
  bool cut;
} IsthDlmsEnds;

/* Who sends an APDU that begins with @tag. ISTH_FROM_UNKNOWN: both may; *known says whether there is such a tag at all. */
IsthDirection isth_dlms_get_sender (uint8_t tag, bool *known);

IsthDissectResult isth_dlms_read_apdu (IsthDissectContext *ctx, const IsthDlmsEnds *ends, bool by_client, IsthCursor c);
