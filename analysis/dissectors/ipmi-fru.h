/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field-replaceable unit says of itself, put together from the pieces in which it is read. IPMI FRU Information Storage Definition v1.0. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_IPMI_FRU 1024 /* bytes of one unit: real ones have a few hundred */

typedef struct
{
  uint16_t length;         /* bytes from the start on that are there */
  uint16_t told;           /* so many were there when areas were told last */
  uint8_t unit;
  uint8_t bytes[ISTH_IPMI_FRU];
} IsthIpmiFru;

/* @bytes of @unit begin at @offset; those that do not go on where the last ones ended are given up. Claims for @about what is whole now. */
void isth_ipmi_fru_add (IsthIpmiFru *self, IsthDissectContext *ctx, const IsthEndpoint *about, uint8_t unit, uint16_t offset, IsthCursor bytes);
