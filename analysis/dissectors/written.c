/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request wrote, read once more from the bytes that are kept of it when somebody looks: while packets pass nobody asks. Short values only, numbers and
 * switches; texts are left alone, as they may be secrets. Of DNP3 and IEC 104 the switched state stands in what is acted on already. Values that say of which
 * type they are: written-typed.c. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/melsec-objects.h"
#include "analysis/dissectors/written.h"

typedef bool (*Reader) (IsthCursor c, char *text, size_t size);

/* Registers of two bytes. */
static bool
read_words (IsthCursor *c,
            uint32_t n,
            char *text,
            size_t size)
{
  char value[16];

  if (n == 0 || n > ISTH_WRITTEN_VALUES)
    return false;
  while (n-- > 0)
    isth_written_append (text, size, isth_text_format (value, sizeof value, "%u", isth_cursor_be16 (c)));
  return !c->failed;
}

/* Modbus, from the function on (Application Protocol V1.1b3, 6.5, 6.6, 6.11, 6.12, 6.17). */
static bool
read_modbus_body (IsthCursor c,
                  char *text,
                  size_t size)
{
  uint8_t code = isth_cursor_u8 (&c), byte = 0;
  uint16_t n;

  isth_cursor_skip (&c, code == 23 ? 6 : 2);
  n = isth_cursor_be16 (&c);
  if (c.failed)
    return false;
  switch (code)
    {
    case 5:
      isth_text_format (text, size, n ? "on" : "off");
      return n == 0 || n == 0xff00;
    case 6:
      isth_text_format (text, size, "%u", n);
      return true;
    case 22:
      isth_text_format (text, size, "and 0x%04x, or 0x%04x", n, isth_cursor_be16 (&c));
      return !c.failed;
    case 15:
      isth_cursor_skip (&c, 1);
      for (uint32_t i = 0; i < n && n <= ISTH_WRITTEN_BITS; i++)
        {
          byte = i % 8 == 0 ? isth_cursor_u8 (&c) : (uint8_t) (byte >> 1);
          isth_written_append (text, size, byte & 1 ? "on" : "off");
        }
      return n > 0 && n <= ISTH_WRITTEN_BITS && !c.failed;
    case 16:
    case 23:
      isth_cursor_skip (&c, 1);
      return read_words (&c, n, text, size);
    default:
      return false;
    }
}

static bool
read_modbus (IsthCursor c,
             char *text,
             size_t size)
{
  isth_cursor_skip (&c, 7);
  return read_modbus_body (c, text, size);
}

static bool
read_modbus_rtu (IsthCursor c,
                 char *text,
                 size_t size)
{
  isth_cursor_skip (&c, 1);
  return read_modbus_body (c, text, size);
}

/* S7: one item, of a kind that has a length: behind ten bytes of header the function, how many, the item of twelve, what of it is written. */
static bool
read_s7 (IsthCursor c,
         char *text,
         size_t size)
{
  const uint8_t *head = isth_cursor_bytes (&c, 10), *item = isth_cursor_bytes (&c, 14), *data;
  uint8_t form;
  uint16_t bits;

  if (!item || head[1] != 1 || isth_be16 (head + 6) != 14 || item[0] != 5 || item[1] != 1 || item[2] != 0x12)
    return false;
  isth_cursor_skip (&c, 1);
  form = isth_cursor_u8 (&c);
  bits = isth_cursor_be16 (&c);
  if (form == 3)
    {
      data = isth_cursor_bytes (&c, 1);
      isth_text_format (text, size, data && data[0] ? "on" : "off");
      return data && bits == 1;
    }
  data = isth_cursor_bytes (&c, form == 7 || form == 9 ? bits : bits / 8u);
  if (data && item[5] == 2 && bits == 32 && form == 4)
    {
      isth_text_format (text, size, "0x%08x", isth_be32 (data));
      return true;
    }
  if (!data || isth_be16 (item + 6) != 1) /* several of them */
    return false;
  switch (item[5])
    {
    case 2:
      isth_text_format (text, size, "%u", data[0]);
      return true;
    case 4:
      isth_text_format (text, size, "%u", isth_be16 (data));
      return bits == 16;
    case 5:
      isth_text_format (text, size, "%d", (int16_t) isth_be16 (data));
      return bits == 16;
    case 6:
      isth_text_format (text, size, "%u", isth_be32 (data));
      return bits == 32;
    case 7:
      isth_text_format (text, size, "%d", (int32_t) isth_be32 (data));
      return bits == 32;
    case 8:
      isth_text_format (text, size, "%g", (double) isth_written_float (isth_be32 (data)));
      return bits == 32 || bits == 4;
    default:
      return false;
    }
}

/* A number of CIP (volume 1, C-5.1), low byte first. */
static bool
read_cip_number (IsthCursor *c,
                 uint16_t type,
                 char text[32])
{
  switch (type)
    {
    case 0xc1:
      isth_text_format (text, 32, isth_cursor_u8 (c) ? "on" : "off");
      return true;
    case 0xc2:
      isth_text_format (text, 32, "%d", (int8_t) isth_cursor_u8 (c));
      return true;
    case 0xc3:
      isth_text_format (text, 32, "%d", (int16_t) isth_cursor_le16 (c));
      return true;
    case 0xc4:
      isth_text_format (text, 32, "%d", (int32_t) isth_cursor_le32 (c));
      return true;
    case 0xc6:
    case 0xd1:
      isth_text_format (text, 32, "%u", isth_cursor_u8 (c));
      return true;
    case 0xc7:
    case 0xd2:
      isth_text_format (text, 32, "%u", isth_cursor_le16 (c));
      return true;
    case 0xc8:
    case 0xd3:
      isth_text_format (text, 32, "%u", isth_cursor_le32 (c));
      return true;
    case 0xca:
      isth_text_format (text, 32, "%g", (double) isth_written_float (isth_cursor_le32 (c)));
      return true;
    default:
      return false;
    }
}

/* What is set and what is kept of a number of 1, 2 or 4 bytes: masks, the low byte first. */
static bool
read_cip_masks (IsthCursor *c,
                uint16_t n,
                char *text,
                size_t size)
{
  uint32_t sets = n == 1 ? isth_cursor_u8 (c) : n == 2 ? isth_cursor_le16 (c) : isth_cursor_le32 (c);
  uint32_t keeps = n == 1 ? isth_cursor_u8 (c) : n == 2 ? isth_cursor_le16 (c) : isth_cursor_le32 (c);

  isth_text_format (text, size, "and 0x%0*x, or 0x%0*x", 2 * n, keeps, 2 * n, sets);
  return (n == 1 || n == 2 || n == 4) && !c->failed;
}

/* Write tag, and read-modify-write tag (1756-PM020): the path in words, type or length, how many. */
static bool
read_cip (IsthCursor c,
          char *text,
          size_t size)
{
  uint8_t service = isth_cursor_u8 (&c);
  uint16_t type, n;
  char value[32];

  isth_cursor_skip (&c, 2u * isth_cursor_u8 (&c));
  type = isth_cursor_le16 (&c);
  if (service == 0x4e)
    return read_cip_masks (&c, type, text, size);
  n = isth_cursor_le16 (&c);
  if (c.failed || service != 0x4d || n == 0 || n > ISTH_WRITTEN_VALUES)
    return false;
  while (n-- > 0)
    {
      if (!read_cip_number (&c, type, value))
        return false;
      isth_written_append (text, size, value);
    }
  return !c.failed;
}

/* Set points of IEC 60870-5-104: behind type, count, cause, address and object (IEC 60870-5-101, 7.3.2). */
static bool
read_iec104 (IsthCursor c,
             char *text,
             size_t size)
{
  const uint8_t *head = isth_cursor_bytes (&c, 9);
  uint32_t bits;

  if (!head || (head[1] & 0x7f) != 1)
    return false;
  switch (head[0])
    {
    case 48:
    case 61:
      isth_text_format (text, size, "%.5f", (int16_t) isth_cursor_le16 (&c) / 32768.0);
      break;
    case 49:
    case 62:
      isth_text_format (text, size, "%d", (int16_t) isth_cursor_le16 (&c));
      break;
    case 50:
    case 63:
      bits = isth_cursor_le32 (&c);
      isth_text_format (text, size, "%g", (double) isth_written_float (bits));
      break;
    case 51:
    case 64:
      isth_text_format (text, size, "0x%08x", isth_cursor_le32 (&c));
      break;
    default:
      return false;
    }
  return !c.failed;
}

/* Behind the headers of BVLL and of the network (ASHRAE 135, J.2 and 6.2). */
static bool
skip_bacnet_headers (IsthCursor *c)
{
  uint8_t function, control;

  if (isth_cursor_u8 (c) != 0x81)
    return false;
  function = isth_cursor_u8 (c);
  isth_cursor_skip (c, function == 4 ? 8 : 2);
  isth_cursor_skip (c, 1);
  control = isth_cursor_u8 (c);
  if (control & 0x20)
    {
      isth_cursor_skip (c, 2);
      isth_cursor_skip (c, isth_cursor_u8 (c));
    }
  if (control & 0x08)
    {
      isth_cursor_skip (c, 2);
      isth_cursor_skip (c, isth_cursor_u8 (c));
    }
  isth_cursor_skip (c, control & 0x20 ? 1 : 0);
  return !c->failed && !(control & 0x80);
}

/* A value of BACnet (20.2): its type and length in front. */
static bool
read_bacnet_value (IsthCursor *c,
                   char *text,
                   size_t size)
{
  uint8_t tag = isth_cursor_u8 (c);
  uint32_t n = tag & 7, number = 0;

  if (tag & 8 || n > 4)
    return false;
  if (tag >> 4 > 1)
    for (uint32_t i = 0; i < n; i++)
      number = number << 8 | isth_cursor_u8 (c);
  switch (tag >> 4)
    {
    case 0:
      isth_text_format (text, size, "null: given up");
      return true;
    case 1:
      isth_text_format (text, size, n ? "on" : "off");
      return true;
    case 2:
    case 9:
      isth_text_format (text, size, "%u", number);
      return n > 0 && !c->failed;
    case 3:
      isth_text_format (text, size, "%d", n == 4 ? (int32_t) number : n == 2 ? (int16_t) number : (int8_t) number);
      return (n == 1 || n == 2 || n == 4) && !c->failed;
    case 4:
      isth_text_format (text, size, "%g", (double) isth_written_float (number));
      return n == 4 && !c->failed;
    default:
      return false;
    }
}

/* Write-property (15.9) of the present value, or of what takes an object out of service: object, property, the value between brackets. */
static bool
read_bacnet (IsthCursor c,
             char *text,
             size_t size)
{
  enum { OUT_OF_SERVICE = 0x1951, PRESENT_VALUE = 0x1955 };
  uint16_t property;

  if (!skip_bacnet_headers (&c))
    return false;
  isth_cursor_skip (&c, 3);
  if (isth_cursor_u8 (&c) != 15 || isth_cursor_u8 (&c) != 0x0c)
    return false;
  isth_cursor_skip (&c, 4);
  property = isth_cursor_be16 (&c);
  if ((property != PRESENT_VALUE && property != OUT_OF_SERVICE) || isth_cursor_u8 (&c) != 0x3e || c.failed)
    return false;
  return read_bacnet_value (&c, text, size) && isth_cursor_u8 (&c) == 0x3f;
}

/* Memory area write of FINS (W342, 5-3-2): areas below 0x80 are of bits, a byte each. */
static bool
read_fins (IsthCursor c,
           char *text,
           size_t size)
{
  const uint8_t *head = isth_cursor_bytes (&c, 18);
  uint16_t n;

  if (!head || isth_be16 (head + 10) != 0x0102)
    return false;
  n = isth_be16 (head + 16);
  if (head[12] >= 0x80)
    return read_words (&c, n, text, size);
  for (uint32_t i = 0; i < n && n <= ISTH_WRITTEN_BITS; i++)
    isth_written_append (text, size, isth_cursor_u8 (&c) ? "on" : "off");
  return n > 0 && n <= ISTH_WRITTEN_BITS && !c.failed;
}

/* Write, and read and write at once, of ADS: what stands there has no type. A bit of its own is an offset in the group, a byte long. */
static bool
read_ads (IsthCursor c,
          char *text,
          size_t size)
{
  static const uint32_t bits[] = { 0x4021, 0xf021, 0xf031 };
  uint16_t command;
  uint32_t group, n;
  bool bit = false;

  isth_cursor_skip (&c, 22);
  command = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 14);
  group = isth_cursor_le32 (&c);
  isth_cursor_skip (&c, command == 9 ? 8 : 4);
  n = isth_cursor_le32 (&c);
  if (c.failed || (command != 3 && command != 9) || (group >= 0xf003 && group != 0xf005 && group < 0xf020) || group >= 0xf080)
    return false; /* what is asked about symbols, and many writes in one */
  for (size_t i = 0; i < G_N_ELEMENTS (bits); i++)
    bit = bit || group == bits[i];
  if (bit && n == 1)
    isth_text_format (text, size, isth_cursor_u8 (&c) ? "on" : "off");
  else if (n == 1)
    isth_text_format (text, size, "%u", isth_cursor_u8 (&c));
  else if (n == 2)
    isth_text_format (text, size, "%u", isth_cursor_le16 (&c));
  else if (n == 4)
    isth_text_format (text, size, "0x%08x", isth_cursor_le32 (&c));
  else
    return false;
  return !c.failed;
}

/* Points of SLMP: words are numbers; bits are half a byte each, in ASCII a digit. */
static bool
read_melsec_points (IsthCursor *c,
                    bool ascii,
                    bool bits,
                    uint32_t n,
                    char *text,
                    size_t size)
{
  char value[16];
  uint8_t byte = 0;

  if (n == 0 || n > (bits ? ISTH_WRITTEN_BITS : ISTH_WRITTEN_VALUES))
    return false;
  for (uint32_t i = 0; i < n; i++)
    {
      if (!bits)
        {
          isth_written_append (text, size, isth_text_format (value, sizeof value, "%u", isth_melsec_read_number (c, ascii, 2)));
          continue;
        }
      if (ascii)
        byte = isth_cursor_u8 (c) == '1' ? 0x10 : 0;
      else
        byte = i % 2 == 0 ? isth_cursor_u8 (c) : (uint8_t) (byte << 4);
      isth_written_append (text, size, byte & 0x10 ? "on" : "off");
    }
  return !c->failed;
}

/* A batch write of a 1E frame: 2 of bits, 3 of words (SH-080008 3.3). */
static bool
read_melsec_1e (IsthCursor c,
                char *text,
                size_t size)
{
  uint8_t code = isth_cursor_u8 (&c);
  uint32_t n;

  isth_cursor_skip (&c, 9);
  n = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 1);
  return (code == 2 || code == 3) && read_melsec_points (&c, false, code == 2, n, text, size);
}

/* A batch write behind the head of a 3E or 4E frame (SH-080956 5.2): bits when the lowest one of the subcommand says so. */
static bool
read_melsec (IsthCursor c,
             char *text,
             size_t size)
{
  int first = isth_cursor_peek (&c, 0);
  bool ascii = first == '5', wide;
  uint32_t sub;

  if (first == 2 || first == 3)
    return read_melsec_1e (c, text, size);
  if (ascii)
    isth_cursor_skip (&c, isth_cursor_peek (&c, 1) == '4' ? 12 : 4);
  else
    isth_cursor_skip (&c, first == 0x54 ? 6 : 2);
  isth_cursor_skip (&c, ascii ? 18 : 9); /* route, length, how long the server may take */
  if (isth_melsec_read_number (&c, ascii, 2) != 0x1401)
    return false;
  sub = isth_melsec_read_number (&c, ascii, 2);
  wide = sub & 2;
  isth_cursor_skip (&c, ascii ? (wide ? 12 : 8) : (wide ? 6 : 4));
  return sub <= 3 && read_melsec_points (&c, ascii, sub & 1, isth_melsec_read_number (&c, ascii, 2), text, size);
}

/* @controls: its operations of that verb carry a value, too. */
static const struct
{
  const char *protocol;
  Reader read;
  bool controls;
} readers[] = {
  { "ads", read_ads, false },
  { "bacnet", read_bacnet, false },
  { "cip", read_cip, false },
  { "dnp3", isth_written_read_dnp3, false },
  { "fins", read_fins, false },
  { "iccp", isth_written_read_mms, true },
  { "iec104", read_iec104, false },
  { "melsec", read_melsec, false },
  { "mms", isth_written_read_mms, true },
  { "modbus", read_modbus, false },
  { "modbus-rtu", read_modbus_rtu, false },
  { "opcua", isth_written_read_opcua, false },
  { "s7comm", read_s7, false },
};

bool
isth_written_describe (const char *protocol,
                       IsthOp verb,
                       const IsthEvidence *evidence,
                       char text[ISTH_WRITTEN_TEXT])
{
  IsthCursor c = isth_cursor_new (evidence->bytes, evidence->n_bytes, evidence->n_bytes);

  text[0] = '\0';
  if (evidence->n_bytes == 0)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (readers[i].protocol, protocol) == 0 && (verb == ISTH_OP_WRITE || (verb == ISTH_OP_CONTROL && readers[i].controls)))
      {
        if (readers[i].read (c, text, ISTH_WRITTEN_TEXT))
          return true;
        text[0] = '\0';
      }
  return false;
}
