/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all versions of SMB have in common: status numbers, shares, named pipes. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_SMB_SHARE 64 /* bytes of the name of a share, as it is kept */

/* What is said of a server that took a login for one of a guest. */
#define ISTH_SMB_GUESTS "SMB lets guests in"

/* "access denied", "status 0xc0000abc" (MS-ERREF, 2.3). NULL for those that are no failure. */
const char *isth_smb_status (char *text, size_t size, uint32_t status);

/* The sender opens a pipe: when it is one by which programs are run from afar, an operation of "psexec" says so. */
void isth_smb_tell_tool (IsthDissectContext *ctx, const char *pipe, const uint8_t *at, uint32_t length);

/* Whether a share is one of those that exist for administration: "C$", "ADMIN$". */
bool isth_smb_is_administrative (const char *share);

/**
 * isth_smb_read_share:
 * @path: "\\HOST\SHARE", at @at in the frame
 * @share: what is kept of it: "SHARE"
 *
 * Says of the receiver how it is called there, unless by its address.
 */
void isth_smb_read_share (IsthDissectContext *ctx, const char *path, const uint8_t *at, uint32_t length, char share[ISTH_SMB_SHARE]);

/* What @offset from the start of @whole, as messages give it, and @length name. Empty when they lie. */
IsthCursor isth_smb_get_buffer (const IsthCursor *whole, uint32_t offset, uint32_t length);

/* What was written to a pipe or read from it: remote procedure calls in it are handed on one by one, those that are not whole as far as they are there. */
void isth_smb_hand_pipe (IsthDissectContext *ctx, uint64_t key, IsthCursor data);

/* Whether @data starts as a remote procedure call does. */
bool isth_smb_is_call (IsthCursor data);
