/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of DNP3 outstations (IEEE 1815-2012, 5.3; objects of group 70): what is opened, and how much of it was carried. Helper of dnp3.c. */
#pragma once

#include "analysis/dissectors/dnp3-application.h"

/* The first object of group 70 in a request: "file \"log/today\" to write", "directory \".\""; empty when it names none. */
void isth_dnp3_describe_file (IsthCursor objects, char *text, size_t size);

/* The status of a file object in an answer that is not success, NULL when there is none. */
const char *isth_dnp3_file_refused (IsthCursor objects);

/* The steps of the transfer that a request and an answer make. @function: of the request; @refused: why the answer is a refusal, or NULL. */
void isth_dnp3_file_asked (IsthDissectContext *ctx, IsthDnp3File *file, const IsthDnp3Fragment *f, uint8_t function, IsthCursor objects);
void isth_dnp3_file_answered (IsthDissectContext *ctx, IsthDnp3File *file, const IsthDnp3Fragment *f, IsthCursor objects, const char *refused);
