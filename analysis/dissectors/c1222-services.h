/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Services of ANSI C12.22 and the tables of ANSI C12.19 that they read and write. Helper of c1222.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* The verb and name of a request, the standard's text of a response code (NULL: ok); reserved ones have texts as well. */
IsthOp isth_c1222_service_verb (uint8_t code);
const char *isth_c1222_service_name (uint8_t code);
const char *isth_c1222_error (uint8_t code);

/* What the request @code with the content @c acts on; may change the verb. @table: its number, or -1. */
void isth_c1222_describe (uint8_t code, IsthCursor c, IsthOp *verb, int *table, char *text, size_t size);

/* What a good answer to the request @code (of @table) says of @meter. */
void isth_c1222_read_answer (IsthDissectContext *ctx, const IsthEndpoint *meter, uint8_t code, int table, IsthCursor c);

/* Length of a BER element, or of a service, at the cursor; fails it when it is none. */
uint32_t isth_c1222_read_length (IsthCursor *c);

/* "1.3.6.1.4.1.33507.1919": an object identifier; a relative one begins with a dot. Empty when it is none. */
const char *isth_c1222_format_oid (IsthCursor c, bool relative, char *text, size_t size);
