/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs, firmware and files that CIP messages carry piece by piece, told as one transfer each. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* What of a flow is under way. */
typedef struct
{
  bool loading, updating;
} IsthCipTransfers;

/* A request of @service of the object; @body: what follows its path. Most classes carry nothing. */
void isth_cip_transfer_request (IsthDissectContext *ctx, IsthCipTransfers *self, const char *child, int64_t class_id, int64_t instance, uint8_t service,
                                IsthCursor body);

/* Its answer; @refused: why, NULL when it was not. */
void isth_cip_transfer_response (IsthDissectContext *ctx, const char *child, int64_t class_id, int64_t instance, uint8_t service, const char *refused,
                                 IsthCursor body);
