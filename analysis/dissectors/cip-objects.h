/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other objects than the identity say of their device: its names, its addresses, its project. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Whether isth_cip_object_read_all() and isth_cip_object_read_attribute() read anything of this class. */
bool isth_cip_object_is_read (int64_t class_id);

/* Whether what follows the path decides what a request does; then isth_cip_object_describe() appends it to @text: "Identity 1, to factory settings". */
bool isth_cip_object_has_details (int64_t class_id, int64_t attribute, uint8_t service);
void isth_cip_object_describe (IsthCursor body, int64_t class_id, char *text, size_t size);

/* The answer to Get Attributes All of instance 1 of @class_id. */
void isth_cip_object_read_all (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about, int64_t class_id);

/* One attribute of it; false when its end is not known. */
bool isth_cip_object_read_attribute (IsthCursor *c, IsthDissectContext *ctx, const IsthEndpoint *about, int64_t class_id, uint16_t attribute);
