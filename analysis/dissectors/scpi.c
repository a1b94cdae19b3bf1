/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IEEE 488.2, 10.14 (*IDN?) and the other common commands; SCPI-99, volume 1. */
#include "analysis/dissectors/scpi.h"

#include <glib.h>

#define MOST_WORD 48 /* of a command that is shown: the rest are its values */

static const struct
{
  const char *word;
  IsthOp verb;
  const char *name;
} common[] = {
  { "*IDN?", ISTH_OP_IDENTIFY, "identify" },
  { "*OPT?", ISTH_OP_IDENTIFY, "options" },
  { "*RST", ISTH_OP_CONTROL, "reset" },
  { "*TRG", ISTH_OP_CONTROL, "trigger" },
  { "*TST?", ISTH_OP_DIAGNOSE, "self-test" },
  { "*CAL?", ISTH_OP_CONTROL, "calibrate" },
  { "*SAV", ISTH_OP_CONFIGURE, "save-state" },
  { "*RCL", ISTH_OP_CONFIGURE, "recall-state" },
};

/* Length of the first command without its values: up to a blank, a semicolon or the end of the line. */
static uint32_t
get_word (const uint8_t *text,
          uint32_t n)
{
  uint32_t length = 0;

  while (length < n && length < MOST_WORD && text[length] > ' ' && text[length] != ';' && text[length] < 0x7f)
    length++;
  return length;
}

/* Whether one of the commands is about a password (SYSTem:PASSword …), which may be its value. */
static bool
has_password (const uint8_t *text,
              uint32_t n)
{
  for (uint32_t i = 0; i + 4 <= n; i++)
    if (g_ascii_strncasecmp ((const char *) text + i, "pass", 4) == 0)
      return true;
  return false;
}

void
isth_scpi_describe (IsthRequest *request,
                    char object[64],
                    const uint8_t *text,
                    uint32_t n)
{
  uint32_t length = get_word (text, n);
  bool query = length > 0 && text[length - 1] == '?';

  request->function = -1;
  request->verb = query ? ISTH_OP_READ : ISTH_OP_WRITE;
  request->name = query ? "query" : "command";
  request->object = isth_text_from_bytes (object, 64, text, length);
  if (has_password (text, n))
    {
      request->at = text;
      request->length = length;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (common); i++)
    if (g_ascii_strcasecmp (common[i].word, object) == 0)
      {
        request->verb = common[i].verb;
        request->name = common[i].name;
      }
}

bool
isth_scpi_asks_identity (const uint8_t *text,
                         uint32_t n)
{
  return n >= 5 && g_ascii_strncasecmp ((const char *) text, "*IDN?", 5) == 0;
}

bool
isth_scpi_read_identity (IsthDissectContext *ctx,
                         const uint8_t *text,
                         uint32_t n)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_SERIAL, ISTH_ATTRIBUTE_FIRMWARE };
  uint32_t starts[5] = { 0 }, fields = 1;

  while (n > 0 && text[n - 1] <= ' ')
    n--;
  for (uint32_t i = 0; i < n; i++)
    if (text[i] == ',' && fields < 4)
      starts[fields++] = i + 1;
  if (fields < 4 || !isth_text_is_printable (text, n))
    return false;
  starts[4] = n + 1;
  for (size_t i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      uint32_t length = starts[i + 1] - starts[i] - 1;

      if (length != 1 || text[starts[i]] != '0') /* "0" stands for what there is not */
        isth_emit_text (ctx, NULL, attributes[i], ISTH_CONFIDENCE_PARSED, text + starts[i], length);
    }
  return true;
}
