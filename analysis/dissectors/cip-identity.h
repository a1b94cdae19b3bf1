/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Identity object (CIP Volume 1, 5-2), as List Identity and the object itself give it. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Reads attributes 1 … 7 in order (vendor, type, product, revision, status, serial, name) and claims them about @about
 * (NULL: the sender). False when they are not all there. */
bool isth_cip_identity_read (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about);

/* Reads the value of one attribute from @c; false when it is not there or of unknown size. */
bool isth_cip_identity_read_attribute (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about, uint16_t attribute);
