/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks on their way between programming device and controller. Helper of s7comm.c.
 *
 * In a download the programming device asks once, and then the controller fetches the block: data goes as answers to its own jobs. In an upload the
 * controller gives the transfer a number, by which the further jobs name it. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Of a job with @function, before it is emitted as @request: what its answer must know goes into the memo. @c: its parameters behind the function number. */
void isth_s7_transfer_prepare (uint8_t function, IsthCursor c, IsthRequest *request);

/* The same job, emitted. */
void isth_s7_transfer_ask (IsthDissectContext *ctx, uint8_t function, IsthCursor c, const IsthRequest *request);

/* The answer to @asked. @error: NULL when it is good. */
void isth_s7_transfer_answer (IsthDissectContext *ctx, const IsthPending *asked, IsthCursor parameters, IsthCursor data, const char *error);
