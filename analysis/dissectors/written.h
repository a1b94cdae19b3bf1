/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What requests wrote, read from the bytes kept of them: pieces of written.c and written-typed.c. */
#pragma once

#include <string.h>

#include "analysis/dissectors/dissector.h"

#define ISTH_WRITTEN_VALUES 4
#define ISTH_WRITTEN_BITS 16

static inline void
isth_written_append (char       *text,
                     size_t      size,
                     const char *value)
{
  isth_text_format (text + strlen (text), size - strlen (text), "%s%s", text[0] ? ", " : "", value);
}

static inline float
isth_written_float (uint32_t bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* @c at the first byte of a frame, or PDU. False: it wrote nothing, or nothing that is read. */
bool isth_written_read_dnp3 (IsthCursor c, char *text, size_t size);
bool isth_written_read_mms (IsthCursor c, char *text, size_t size);
bool isth_written_read_opcua (IsthCursor c, char *text, size_t size);
