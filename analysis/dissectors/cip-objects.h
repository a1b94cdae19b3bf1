/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other objects than the identity say of their device: its names, its addresses, its project. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Whether isth_cip_object_read() reads anything of this class. */
bool isth_cip_object_is_read (int64_t class_id);

/* The answer to Get Attributes All of instance 1 of @class_id. */
void isth_cip_object_read_all (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about, int64_t class_id);

/* One attribute of it; false when its end is not known. */
bool isth_cip_object_read_attribute (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about, int64_t class_id, uint16_t attribute);
