/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS names: their encoding on the wire, and what the last byte says about them. RFC 1001, 14; [MS-NBTE], 1.8.
 * No dissector: the name and datagram services use it; nothing here but isth_netbios_emit_name() emits. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_NETBIOS_NAME 16    /* bytes: fifteen and a suffix */
#define ISTH_NETBIOS_ENCODED 32 /* first-level encoded: a letter for half a byte */

/* Decodes a label of ISTH_NETBIOS_ENCODED bytes; false when it is none. */
bool isth_netbios_decode (const uint8_t *label, uint8_t name[ISTH_NETBIOS_NAME]);

/* "NAME<20>": the whole name with its suffix, as tools print it. */
const char *isth_netbios_text (const uint8_t name[ISTH_NETBIOS_NAME], char text[ISTH_LIMIT_TEXT]);

/**
 * isth_netbios_emit_name:
 * @about: whose name it is; NULL: the sender
 * @group: many hosts share it
 * @own: the host says so itself
 *
 * Claims the name as it is, which says little, and what it means: the host's own name, or its domain.
 */
void isth_netbios_emit_name (IsthDissectContext *ctx,
                             const IsthEndpoint *about,
                             const uint8_t name[ISTH_NETBIOS_NAME],
                             bool group,
                             bool own,
                             const uint8_t *at,
                             uint32_t length);
