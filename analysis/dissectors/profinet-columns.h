/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of fixed columns in which a PROFINET device says what it is, in the endpoint mapper and over LLDP. */
#pragma once

#include "analysis/dissectors/dissector.h"

/**
 * isth_profinet_emit_columns:
 * @serial: whether a serial number stands between order number and hardware version
 * @confidence: ISTH_CONFIDENCE_…
 *
 * Says model, order number, serial number, hardware and firmware of the sender; false, and nothing is said, when @text is no such line.
 */
bool isth_profinet_emit_columns (IsthDissectContext *ctx, const uint8_t *text, uint32_t size, bool serial, int confidence);
