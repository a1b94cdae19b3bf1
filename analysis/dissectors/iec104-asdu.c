/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Application service data units of IEC 60870-5-104 (5-101, 7; with addresses of fixed sizes: cause 2, common address 2, information object 3 octets). */
#include "analysis/dissectors/iec104-asdu.h"

#define N(array) (sizeof array / sizeof *array)

static uint32_t
read_object (IsthCursor *c)
{
  uint32_t low = isth_cursor_le16 (c);

  return low | (uint32_t) isth_cursor_u8 (c) << 16;
}

bool
isth_iec104_read_asdu (IsthCursor c,
                       IsthIec104Asdu *asdu)
{
  static const Iec104Type reserved = { NULL, ISTH_OP_OTHER, IEC104_VARIES };
  uint8_t count, cause;

  asdu->id = isth_cursor_u8 (&c);
  count = isth_cursor_u8 (&c);
  cause = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 1); /* originator */
  asdu->station = isth_cursor_le16 (&c);
  if (c.failed)
    return false;
  asdu->type = asdu->id < N (iec104_types) && iec104_types[asdu->id].name ? &iec104_types[asdu->id] : &reserved;
  asdu->sequence = count & 0x80;
  asdu->count = count & 0x7f;
  asdu->cause = cause & 0x3f;
  asdu->negative = cause & 0x40;
  asdu->test = cause & 0x80;
  asdu->length = isth_cursor_wire_left (&c);
  asdu->object = read_object (&c);
  asdu->elements = c;
  return true;
}

bool
isth_iec104_fits (const IsthIec104Asdu *asdu)
{
  uint32_t size = asdu->type->size;

  if (!asdu->type->name)
    return asdu->length > 3;
  if (asdu->id == 127 || asdu->id >= 120)
    return asdu->length >= 3u + (size == IEC104_VARIES ? 4 : size) && (size == IEC104_VARIES || asdu->sequence || asdu->length == asdu->count * (3 + size));
  if (size == IEC104_VARIES)
    return asdu->length >= 3;
  return asdu->count > 0 && asdu->length == (asdu->sequence ? 3 + asdu->count * size : asdu->count * (3 + size));
}

int
isth_iec104_by_controlling (const IsthIec104Asdu *asdu)
{
  if (!asdu->type->name || (asdu->id > 70 && asdu->id < 100) || asdu->id >= 120)
    return -1;
  if (asdu->type->monitored)
    return 0;
  return asdu->cause == CAUSE_ACTIVATION || asdu->cause == CAUSE_DEACTIVATION || asdu->cause == CAUSE_REQUEST ? 1 : 0;
}

static const char *
pick (const char *const *words,
      size_t n,
      uint32_t i)
{
  return i < n && words[i] ? words[i] : "reserved";
}

#define PICK(words, i) pick (words, N (words), i)

/* "object 4801 and 2 more": commands have one, reports and parameters many. */
static void
describe_object (const IsthIec104Asdu *asdu,
                 const char *what,
                 char *text,
                 size_t size)
{
  if (asdu->count > 1)
    isth_text_format (text, size, "object %u and %d more%s", asdu->object, asdu->count - 1, what);
  else
    isth_text_format (text, size, "object %u%s", asdu->object, what);
}

static void
describe_command (const IsthIec104Asdu *asdu,
                  char *text,
                  size_t size)
{
  static const char *const doubles[] = { "not permitted", "off", "on", "not permitted" };
  static const char *const steps[] = { "not permitted", "lower", "higher", "not permitted" };
  IsthCursor c = asdu->elements;
  const char *state = "";
  char what[48];
  uint8_t octet;

  isth_cursor_skip (&c, asdu->type->qualifier);
  octet = isth_cursor_u8 (&c);
  if (c.failed)
    {
      describe_object (asdu, "", text, size);
      return;
    }
  if (asdu->type->element == IEC104_SINGLE)
    state = octet & 1 ? " on" : " off";
  isth_text_format (what, sizeof what, " %s%s", asdu->cause == CAUSE_DEACTIVATION ? "cancel" : octet & 0x80 ? "select" : "execute", state);
  if (asdu->type->element == IEC104_DOUBLE || asdu->type->element == IEC104_STEP)
    isth_text_format (what, sizeof what, " %s %s", asdu->cause == CAUSE_DEACTIVATION ? "cancel" : octet & 0x80 ? "select" : "execute",
                      asdu->type->element == IEC104_DOUBLE ? doubles[octet & 3] : steps[octet & 3]);
  describe_object (asdu, what, text, size);
}

static void
describe_interrogation (uint8_t qualifier,
                        char *text,
                        size_t size)
{
  if (qualifier == 20)
    isth_text_format (text, size, "station");
  else if (qualifier > 20 && qualifier <= 36)
    isth_text_format (text, size, "group %u", qualifier - 20u);
  else
    isth_text_format (text, size, "qualifier %u", qualifier);
}

static void
describe_counters (uint8_t qualifier,
                   char *text,
                   size_t size)
{
  static const char *const requests[] = { "none", "group 1", "group 2", "group 3", "group 4", "all counters" };
  static const char *const freezes[] = { "", ", freeze", ", freeze and reset", ", reset" };

  isth_text_format (text, size, "%s%s", PICK (requests, qualifier & 0x3fu), freezes[qualifier >> 6]);
}

/* File objects (101, 7.3.6): the name of file comes first, that of section second. */
static void
describe_file (const IsthIec104Asdu *asdu,
               char *text,
               size_t size)
{
  static const char *const calls[] = { "default", "select file", "call file", "deactivate file", "delete file", "select section", "call section",
                                       "deactivate section" };
  static const char *const lasts[] = { "default", "file complete", "file deactivated", "section complete", "section deactivated" };
  static const char *const acknowledgements[] = { "default", "file acknowledged", "file not acknowledged", "section acknowledged",
                                                  "section not acknowledged" };
  IsthCursor c = asdu->elements;
  uint16_t name = isth_cursor_le16 (&c);
  uint8_t section = isth_cursor_u8 (&c), octet = isth_cursor_u8 (&c);
  char what[64] = "";

  if (c.failed)
    return;
  if (asdu->id == 122 && asdu->cause == CAUSE_REQUEST)
    isth_text_format (what, sizeof what, ", directory");
  else if (asdu->id == 122)
    isth_text_format (what, sizeof what, ", %s", PICK (calls, octet & 0x0fu));
  else if (asdu->id == 123)
    isth_text_format (what, sizeof what, ", %s", PICK (lasts, octet));
  else if (asdu->id == 124)
    isth_text_format (what, sizeof what, ", %s", PICK (acknowledgements, octet & 0x0fu));
  else if (asdu->id == 120)
    isth_text_format (what, sizeof what, ", file ready");
  else if (asdu->id == 121)
    isth_text_format (what, sizeof what, ", section ready");
  if (asdu->id == 121 || (asdu->id == 122 && (octet & 0x0f) >= 5))
    isth_text_format (text, size, "file %u of object %u%s %u", name, asdu->object, what, section);
  else
    isth_text_format (text, size, "file %u of object %u%s", name, asdu->object, what);
}

void
isth_iec104_describe (const IsthIec104Asdu *asdu,
                      char *text,
                      size_t size)
{
  static const char *const resets[] = { "unused", "process", "pending information with time tags" };
  static const char *const parameters[] = { " unused", " threshold", " smoothing factor", " low limit", " high limit" };
  IsthCursor c = asdu->elements;
  uint8_t octet;

  text[0] = '\0';
  switch (asdu->type->element)
    {
    case IEC104_NOTHING:
      return;
    case IEC104_SINGLE:
    case IEC104_DOUBLE:
    case IEC104_STEP:
    case IEC104_SET_POINT:
      describe_command (asdu, text, size);
      return;
    case IEC104_OBJECT:
      describe_object (asdu, "", text, size);
      return;
    case IEC104_FILE:
      describe_file (asdu, text, size);
      return;
    case IEC104_INTERROGATION:
    case IEC104_COUNTERS:
    case IEC104_RESET:
    case IEC104_PARAMETER:
      isth_cursor_skip (&c, asdu->type->qualifier);
      octet = isth_cursor_u8 (&c);
      if (c.failed)
        return;
      if (asdu->type->element == IEC104_INTERROGATION)
        describe_interrogation (octet, text, size);
      else if (asdu->type->element == IEC104_COUNTERS)
        describe_counters (octet, text, size);
      else if (asdu->type->element == IEC104_RESET)
        isth_text_format (text, size, "%s", PICK (resets, octet));
      else
        describe_object (asdu, PICK (parameters, octet & 0x3fu), text, size);
      return;
    }
}
