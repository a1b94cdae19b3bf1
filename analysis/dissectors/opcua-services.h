/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA services: what requests ask for and answers tell. Only for opcua.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Security of a channel (IEC 62541-4, 7.15), as its opening told. */
typedef enum
{
  ISTH_OPCUA_MODE_UNKNOWN,
  ISTH_OPCUA_MODE_NONE,
  ISTH_OPCUA_MODE_SIGN,
  ISTH_OPCUA_MODE_ENCRYPT,
} IsthOpcUaMode;

/**
 * isth_opcua_read_service:
 * @c: at the type of a message's body; of a message in several chunks the first one, then @whole is false
 * @match: the request id
 * @mode: of the channel; set when the body opens one
 *
 * False when the body is no service that is known: nothing was said then. @good is cleared when it contradicts itself.
 */
bool isth_opcua_read_service (IsthDissectContext *ctx, IsthCursor *c, uint32_t match, bool whole, IsthOpcUaMode *mode, bool *good);

/* Whether a body starts at the cursor whose type is that of a service. */
bool isth_opcua_is_service (IsthCursor c);

/* The words for a bad StatusCode. */
const char *isth_opcua_status (char *text, size_t size, uint32_t status);
