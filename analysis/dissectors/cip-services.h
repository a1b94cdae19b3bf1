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
const IsthCipService *isth_cip_service_find (const IsthCipPath *path, uint8_t service);

/* Whether a Logix program is made of objects of this class. */
bool isth_cip_is_program (int64_t class_id);

/* The general status in words (CIP Volume 1, appendix B). */
const char *isth_cip_status_name (uint8_t status);
