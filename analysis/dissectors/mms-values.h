/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MMS answers hold: who answers, which names it has, and why something was not done. Helper of mms.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* The answer to initiate: which groups of services the sender has. */
void isth_mms_read_initiate (IsthDissectContext *ctx, IsthCursor body);

/* The answer to identify: claims about the sender. */
void isth_mms_read_identify (IsthDissectContext *ctx, IsthCursor body);

/* The answer to status: a claim about the sender. */
void isth_mms_read_status (IsthDissectContext *ctx, IsthCursor body);

/* The answer to get-name-list of objects of @class in @domain ("": of the device itself). Domains are children; in them, names without a part behind
 * are logical nodes, of which those of the primary equipment are tags of the plant; each logical
 * device of IEC 61850 has one called LLN0. Whether a name is one of TASE.2. */
bool isth_mms_read_name_list (IsthDissectContext *ctx, IsthCursor body, uint32_t class, const char *domain);

/* The answers to read and write, and the values of a report: writes how many were refused, and why, when some were. @identity: IsthMmsVariables.identity
 * of what was asked, from whose values claims are made. */
void isth_mms_read_results (IsthDissectContext *ctx, IsthCursor list, uint64_t identity, char *text, size_t size);

/* The text of a confirmed error, and of a rejection. */
void isth_mms_describe_error (IsthCursor body, char *text, size_t size);
void isth_mms_describe_rejection (uint32_t tag, IsthCursor body, char *text, size_t size);
