/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of S7 communication as text: variables, blocks, program invocations. Helper of s7comm.c; claims nothing. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"

/* All write into @text, at most @size bytes, and leave it empty when the bytes say nothing. */

/* The items of a read or write job: "DB1.DBX0.0 BYTE 4, M10.0 BOOL 1 and 3 more". False when the list contradicts itself. */
bool isth_s7_describe_items (IsthCursor *c, uint32_t n, char *text, size_t size);

/* One file name ("_0A00001P" of a transfer, "0A00001P" without the leading sign in a list): "block DB1". */
void isth_s7_describe_block (IsthCursor c, char *text, size_t size);

/* The block list of "_INSE" and "_DELE": "blocks DB1, FC2". */
void isth_s7_describe_block_list (IsthCursor c, char *text, size_t size);

/* The type in a block's name or in a list of blocks: "DB". False when it is none. */
bool isth_s7_describe_block_type (IsthCursor c, char *text, size_t size);
