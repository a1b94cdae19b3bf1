/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of PROFINET IO: what a connection asks for and what records say of a device, its modules and its neighbours. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_PROFINET_CHILD_TEXT 32

/* A block: its type and what follows its version. */
typedef struct
{
  uint16_t type;
  IsthCursor start; /* from its first byte: alignment inside is counted from there */
  IsthCursor body;
} IsthProfinetBlock;

/* Where a record lies. */
typedef struct
{
  uint32_t api;
  uint16_t slot, subslot, index;
} IsthProfinetPlace;

/* Steps over the next block; false at the end, and when it is broken (then @c has failed). */
bool isth_profinet_next_block (IsthCursor *c, IsthProfinetBlock *block);

/* The name of a record and what reading it is; "" and "read" when it is the device's own. */
const char *isth_profinet_record_name (uint16_t index, IsthOp *verb);

/* Blocks in which the device @about (NULL: the sender) is described, found at @place; @confidence: of who says it. */
void isth_profinet_read_record (IsthDissectContext *ctx, const IsthEndpoint *about, const IsthProfinetPlace *place, IsthCursor c,
                                int confidence);

/* ExpectedSubmoduleBlockReq: modules and submodules that a controller expects in @about; returns how many submodules. */
unsigned isth_profinet_read_expected (IsthDissectContext *ctx, const IsthEndpoint *about, IsthCursor c);

/* ModuleDiffBlock: modules of the sender that are not those expected. */
void isth_profinet_read_difference (IsthDissectContext *ctx, IsthCursor c);
