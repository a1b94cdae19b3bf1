/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MMS requests name: variables, lists of them, files, domains; and what the names of IEC 61850 and TASE.2 mean. Helper of mms.c; claims nothing. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"
#include "analysis/world/observation.h"

/* What a variable is, of which the value tells who somebody is; a number of four bits. */
typedef enum
{
  ISTH_MMS_PLAIN,
  ISTH_MMS_VENDOR,
  ISTH_MMS_HARDWARE,
  ISTH_MMS_FIRMWARE,
  ISTH_MMS_SERIAL,
  ISTH_MMS_MODEL,
  ISTH_MMS_LOCATION,
  ISTH_MMS_PHYSICAL_NAME_PLATE, /* all of these in a structure, in this order */
} IsthMmsIdentity;

/* All that the variables of one request tell. */
typedef struct
{
  uint32_t count;
  uint64_t identity;   /* IsthMmsIdentity of the first 16, four bits each, the first lowest */
  IsthOp verb;         /* what a write to them, or a read of them, really does; ISTH_N_OPS: no more than that */
  const char *name;    /* static, of that */
  bool iccp;           /* names that only TASE.2 has */
} IsthMmsVariables;

/* Reads a variable access specification (its choice @tag and @body): a list of variables, or the name of a list. @writing: what is done to them. Writes
 * "domain/item, … and 3 more". */
void isth_mms_read_variables (uint32_t tag, IsthCursor body, bool writing, IsthMmsVariables *self, char *text, size_t size);

/* Writes "domain/item" of an object name (its choice). */
void isth_mms_describe_name (uint32_t tag, IsthCursor body, char *text, size_t size);

/* Whether a name is one of TASE.2 (ICCP). */
bool isth_mms_is_iccp (const char *name);

/* Writes a file name, which is a sequence of parts. */
void isth_mms_describe_file (IsthCursor body, char *text, size_t size);
