/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs, firmware and files that CIP messages carry piece by piece, told as one transfer each. */
#pragma once

#include "analysis/dissectors/cip-services.h"
#include "analysis/dissectors/dissector.h"

/* What of a flow is under way. */
typedef struct
{
  bool loading, updating;
} IsthCipTransfers;

/* Whether a request of @service of an object of this class may carry a piece of something, or end it. */
static inline bool
isth_cip_carries (int64_t class_id,
                  uint8_t service)
{
  switch (class_id)
    {
    case 0x01: /* a reset takes over firmware */
      return service == 0x05;
    case 0x37: /* file */
    case 0x8e: /* mode of a controller */
    case 0xa1: /* nonvolatile storage */
    case 0xac: /* list of changes */
      return true;
    default:
      return isth_cip_is_program (class_id);
    }
}

/* A request of @service of the object; @body: what follows its path. Most classes carry nothing. */
void isth_cip_transfer_request (IsthDissectContext *ctx, IsthCipTransfers *self, const char *child, int64_t class_id, int64_t instance, uint8_t service,
                                IsthCursor body);

/* Its answer; @refused: why, NULL when it was not. */
void isth_cip_transfer_response (IsthDissectContext *ctx, const char *child, int64_t class_id, int64_t instance, uint8_t service, const char *refused,
                                 IsthCursor body);
