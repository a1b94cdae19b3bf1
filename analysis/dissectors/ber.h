/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASN.1 basic encoding rules, as far as protocols of the plant need them: definite lengths. ITU-T X.690, 8. */
#pragma once

#include "analysis/base/cursor.h"

/**
 * isth_ber_next:
 * @tag: the identifier octets as a number: 0x80, 0x61; 0xbf4d for one of two octets. At most three octets
 * @body: what the length claims; shorter than its wire length when the capture cut it
 *
 * Steps over the next value. False at the end, and when it is broken: then @c has failed.
 */
bool isth_ber_next (IsthCursor *c, uint32_t *tag, IsthCursor *body);

/* The unsigned value of an INTEGER of at most eight octets (nine with a leading zero); false when it is none. */
bool isth_ber_unsigned (IsthCursor body, uint64_t *value);
