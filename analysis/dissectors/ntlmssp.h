/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NTLMSSP (MS-NLMP, 2.2.1), which Windows carries inside SMB, DCE/RPC, HTTP, LDAP and others: computer, domain, build of the system, user. */
#pragma once

#include "analysis/dissectors/dissector.h"

typedef enum
{
  ISTH_NTLMSSP_NONE,
  ISTH_NTLMSSP_NEGOTIATE,
  ISTH_NTLMSSP_CHALLENGE,
  ISTH_NTLMSSP_AUTHENTICATE,
} IsthNtlmsspKind;

/**
 * isth_ntlmssp_read:
 * @blob: holds the message, bare or inside SPNEGO (RFC 4178)
 * @user, @size: of AUTHENTICATE "user “DOMAIN\NAME”" or "anonymous"; "" otherwise. Never what proves it
 *
 * Says of the sender of the frame what the message tells of its sender, and returns which it is; NONE when there is none.
 */
IsthNtlmsspKind isth_ntlmssp_read (IsthDissectContext *ctx, IsthCursor blob, char *user, size_t size);

/* "Windows 6.1.7601 (Windows 7 or Server 2008 R2)": what a build of Windows is called. */
const char *isth_windows_name (char *text, size_t size, uint8_t major, uint8_t minor, uint16_t build);
