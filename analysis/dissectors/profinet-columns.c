/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Type (25 characters), order number (20), serial number (16, where there is one), hardware version (5), a letter and three numbers of software
 * version (3 each), with a blank between. IEC 61158-6-10, 4.10.3.2.15 (annotation) and 5.1.2 (SystemIdentification). */
#include "analysis/dissectors/profinet-columns.h"

#include <glib.h>

enum
{
  TYPE = 25,
  ORDER = 20,
  SERIAL = 16,
  HARDWARE = 5,
  SOFTWARE = 10,
};

/* Digits with blanks before them. */
static bool
read_number (const uint8_t *text,
             uint32_t size,
             unsigned *number)
{
  *number = 0;
  for (uint32_t i = 0; i < size; i++)
    if (g_ascii_isdigit (text[i]))
      *number = *number * 10 + (unsigned) (text[i] - '0');
    else if (text[i] != ' ' || *number != 0)
      return false;
  return true;
}

bool
isth_profinet_emit_columns (IsthDissectContext *ctx,
                            const uint8_t      *text,
                            uint32_t            size,
                            bool                serial,
                            int                 confidence)
{
  uint32_t order = TYPE + 1, number = order + ORDER + 1;
  uint32_t hardware = serial ? number + SERIAL + 1 : number;
  uint32_t software = hardware + HARDWARE + 1;
  unsigned version, parts[3];
  char value[32];

  if (size < software + SOFTWARE || !isth_text_is_printable (text, software + SOFTWARE) || text[order - 1] != ' ' || text[number - 1] != ' '
      || text[hardware - 1] != ' ' || text[software - 1] != ' ' || !g_ascii_isupper (text[software])
      || !read_number (text + hardware, HARDWARE, &version))
    return false;
  for (uint32_t i = 0; i < 3; i++)
    if (!read_number (text + software + 1 + 3 * i, 3, &parts[i]))
      return false;

  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, confidence, text, TYPE);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ORDER_NUMBER, confidence, text + order, ORDER);
  if (serial)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, confidence, text + number, SERIAL);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (value, sizeof value, "%u", version), confidence, text + hardware, HARDWARE);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE,
                   isth_text_format (value, sizeof value, "%c%u.%u.%u", text[software], parts[0], parts[1], parts[2]), confidence, text + software,
                   SOFTWARE);
  return true;
}
