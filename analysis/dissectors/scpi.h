/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of instruments (IEEE 488.2, SCPI), however they are carried: what a command does, and who an instrument says it is. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Names @request by the first command of @text, which it is about; @object lends its name. Where a password is among
 * them, its evidence (@at, @length) is no more than that command. */
void isth_scpi_describe (IsthRequest *request, char object[64], const uint8_t *text, uint32_t n);

/* Whether @text asks an instrument who it is. */
bool isth_scpi_asks_identity (const uint8_t *text, uint32_t n);

/* "MAKER,MODEL,SERIAL,FIRMWARE": claims about the sender. False when it is no such answer. */
bool isth_scpi_read_identity (IsthDissectContext *ctx, const uint8_t *text, uint32_t n);
