/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIP paths (CIP Volume 1, appendix C): which object a message is for, and over which ports it gets there. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_CIP_PATH_TEXT 96

/**
 * IsthCipPath:
 * @class_id, @instance, @attribute: of the last logical segments; -1: none
 * @symbol: an ANSI extended symbol (a tag name) as text, "" none
 * @route: of the port segments: "cip-slot:2", a longer one joined by " > "; "" none
 * @named, @routed: whether it has a symbol and a route; known without their texts
 */
typedef struct
{
  int64_t class_id, instance, attribute;
  bool named, routed;
  char symbol[ISTH_CIP_PATH_TEXT];
  char route[ISTH_CIP_PATH_TEXT];
} IsthCipPath;

/* Reads a padded path that fills @c. False when it contradicts itself; what came before is kept. */
bool isth_cip_path_read (IsthCipPath *self, IsthCursor c);

/* The same without the two texts, for the many paths that were read before. */
bool isth_cip_path_skim (IsthCipPath *self, IsthCursor c);

/* Whether the @n bytes are what most paths are: a class and an instance, most often an attribute as well, each in a byte behind its segment's head. */
static inline bool
isth_cip_path_is_numbers (const uint8_t *path,
                          uint32_t n)
{
  return (n == 4 || (n == 6 && path[4] == 0x30)) && path[0] == 0x20 && path[2] == 0x24;
}

/* "Identity 1", "tag Speed", "Identity 1 attribute 6 (serial number)", "class 0x79 instance 5 attribute 3". */
const char *isth_cip_path_format (const IsthCipPath *self, char *text, size_t size);
