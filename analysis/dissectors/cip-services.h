/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What CIP services are called and do, by the object they are asked of. */
#pragma once

#include "analysis/dissectors/cip-path.h"
#include "analysis/world/observation.h"

typedef struct
{
  int32_t class_id; /* ANY_CLASS: any; LOGIX: tags and their symbols */
  uint8_t service;
  IsthOp verb;
  const char *name;
} IsthCipService;

/* Never NULL: a service that nobody named is "object-specific-service". */
/* Whether what stands behind the path of a request is shown nowhere: a password, a file, or whole messages, which tell for themselves. */
bool isth_cip_is_private (int64_t class_id, uint8_t service);

const IsthCipService *isth_cip_service_find (const IsthCipPath *path, uint8_t service);

/* The objects a Logix program is made of: loading one creates, fills and applies these. */
static inline bool
isth_cip_is_program (int64_t class_id)
{
  switch (class_id)
    {
    case 0x68: /* program */
    case 0x69: /* module of the I/O configuration */
    case 0x6a: /* data table */
    case 0x6b: /* symbol */
    case 0x6c: /* template */
    case 0x6d: /* routine */
    case 0x70: /* task */
    case 0x7e: /* made for each module, unnamed in public */
      return true;
    default:
      return false;
    }
}

/* The general status in words (CIP Volume 1, appendix B). */
const char *isth_cip_status_name (uint8_t status);
