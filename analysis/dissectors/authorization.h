/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logs in by an Authorization field, as HTTP, RTSP and SIP share it (RFC 7617, 7616, 6750). */
#pragma once

#include "analysis/dissectors/lines.h"

/**
 * isth_authorization_read:
 * @value: of the field
 * @object: gets what an operation says of it: user “bob”, password in clear
 *
 * Returns the static name of that operation ("basic-login", "digest-login", "bearer-login"), or NULL: it is of another sort. The secret is not kept.
 */
const char *isth_authorization_read (const IsthPiece *value, char *object, size_t size);
