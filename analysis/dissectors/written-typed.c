/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What requests wrote in protocols whose values say of which type they are: analog outputs of DNP3, variables of MMS, attributes of OPC UA. */
#include <glib.h>
#include <inttypes.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/dnp3-link.h"
#include "analysis/dissectors/dnp3-objects.h"
#include "analysis/dissectors/mms-names.h"
#include "analysis/dissectors/mms-session.h"
#include "analysis/dissectors/opcua-values.h"
#include "analysis/dissectors/written.h"

static double
to_double (uint64_t bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Group 41, by its variation (IEEE 1815, A.16): a number and a status. */
static bool
append_analog_output (IsthCursor value,
                      uint8_t variation,
                      char *text,
                      size_t size)
{
  char number[32];

  switch (variation)
    {
    case 1:
      isth_text_format (number, sizeof number, "%d", (int32_t) isth_cursor_le32 (&value));
      break;
    case 2:
      isth_text_format (number, sizeof number, "%d", (int16_t) isth_cursor_le16 (&value));
      break;
    case 3:
      isth_text_format (number, sizeof number, "%g", (double) isth_written_float (isth_cursor_le32 (&value)));
      break;
    case 4:
      isth_text_format (number, sizeof number, "%g", to_double (isth_cursor_le64 (&value)));
      break;
    default:
      return false;
    }
  isth_written_append (text, size, number);
  return !value.failed;
}

/* Select, operate, direct operate: of analog outputs, in one frame. */
bool
isth_written_read_dnp3 (IsthCursor c,
                        char *text,
                        size_t size)
{
  IsthDnp3Frame frame;
  IsthDnp3Header header;
  IsthCursor fragment, value;
  uint32_t index;
  int function;

  if (!isth_dnp3_read_frame (&c, &frame))
    return false;
  fragment = isth_cursor_new (frame.data, frame.captured, frame.length);
  if ((isth_cursor_u8 (&fragment) & 0xc0) != 0xc0) /* not the first and the last segment */
    return false;
  isth_cursor_skip (&fragment, 1);
  function = isth_cursor_u8 (&fragment);
  if (function < 3 || function > 6)
    return false;
  while (isth_dnp3_next_header (&fragment, true, &header))
    {
      if (header.group != 41 || header.count > ISTH_WRITTEN_VALUES)
        return false;
      while (isth_dnp3_next_object (&header, &index, &value))
        if (!append_analog_output (value, header.variation, text, size))
          return false;
    }
  return text[0] != '\0' && !fragment.failed;
}

/* Data of MMS (ISO 9506-2, 14.4.2), as far as it is a number or a switch. */
static bool
append_data (uint32_t tag,
             IsthCursor body,
             char *text,
             size_t size)
{
  char number[32];
  uint64_t bits = 0;
  int sign = isth_cursor_peek (&body, 0);

  if (body.length != body.wire || sign < 0 || body.wire > 8)
    return false;
  for (uint32_t i = 0; i < body.wire; i++)
    bits = bits << 8 | body.data[i];
  switch (tag)
    {
    case 0x83:
      isth_text_format (number, sizeof number, bits ? "on" : "off");
      break;
    case 0x84: /* of one or two bits: those of a double point's position */
      if (body.wire != 2 || sign < 6)
        return false;
      if (sign == 7)
        isth_text_format (number, sizeof number, "0b%u", body.data[1] >> 7);
      else
        isth_text_format (number, sizeof number, "0b%u%u", body.data[1] >> 7, body.data[1] >> 6 & 1);
      break;
    case 0x85:
      bits = body.wire < 8 && sign & 0x80 ? bits | UINT64_MAX << 8 * body.wire : bits;
      isth_text_format (number, sizeof number, "%" PRId64, (int64_t) bits);
      break;
    case 0x86:
      isth_text_format (number, sizeof number, "%" PRIu64, bits);
      break;
    case 0x87: /* the width of its exponent in front */
      if (body.wire != 5 || sign != 8)
        return false;
      isth_text_format (number, sizeof number, "%g", (double) isth_written_float ((uint32_t) bits));
      break;
    default:
      return false;
    }
  isth_written_append (text, size, number);
  return true;
}

/* Write (14.7): variables, and their values. Those that operate something are structures whose first part is the value, which of set points is a structure
 * itself (IEC 61850-8-1, 20.8); of others it is not known what their parts are. */
bool
isth_written_read_mms (IsthCursor c,
                       char *text,
                       size_t size)
{
  IsthMmsMessage message;
  IsthMmsVariables variables;
  IsthCursor body, names, list, part;
  uint32_t tag, kind, n = 0;
  char name[ISTH_LIMIT_TEXT] = "";

  if (!isth_mms_open (&c, &message) || !isth_ber_next (&message.pdu, &tag, &body) || tag != 0xa0)
    return false;
  do
    if (!isth_ber_next (&body, &tag, &part))
      return false;
  while (tag == 0x02 || tag == 0x30);
  if (tag != 0xa5 || !isth_ber_next (&part, &kind, &names) || !isth_ber_next (&part, &tag, &list) || tag != 0xa0)
    return false;
  isth_mms_read_variables (kind, names, true, &variables, name, sizeof name);
  while (isth_ber_next (&list, &tag, &body))
    {
      for (int depth = 0; depth < 2 && tag == 0xa2 && variables.verb == ISTH_OP_CONTROL; depth++)
        {
          part = body;
          if (!isth_ber_next (&part, &tag, &body))
            return false;
        }
      if (++n > ISTH_WRITTEN_VALUES || !append_data (tag, body, text, size))
        return false;
    }
  return n > 0 && !list.failed;
}

/* A number or switch of a Variant (IEC 62541-6, 5.2.2.16). */
static bool
append_variant (IsthCursor c,
                char *text,
                size_t size)
{
  char number[40];

  switch (isth_cursor_u8 (&c))
    {
    case 1:
      isth_text_format (number, sizeof number, isth_cursor_u8 (&c) ? "on" : "off");
      break;
    case 2:
      isth_text_format (number, sizeof number, "%d", (int8_t) isth_cursor_u8 (&c));
      break;
    case 3:
      isth_text_format (number, sizeof number, "%u", isth_cursor_u8 (&c));
      break;
    case 4:
      isth_text_format (number, sizeof number, "%d", (int16_t) isth_cursor_le16 (&c));
      break;
    case 5:
      isth_text_format (number, sizeof number, "%u", isth_cursor_le16 (&c));
      break;
    case 6:
      isth_text_format (number, sizeof number, "%d", (int32_t) isth_cursor_le32 (&c));
      break;
    case 7:
      isth_text_format (number, sizeof number, "%u", isth_cursor_le32 (&c));
      break;
    case 8:
      isth_text_format (number, sizeof number, "%" PRId64, (int64_t) isth_cursor_le64 (&c));
      break;
    case 9:
      isth_text_format (number, sizeof number, "%" PRIu64, isth_cursor_le64 (&c));
      break;
    case 10:
      isth_text_format (number, sizeof number, "%g", (double) isth_written_float (isth_cursor_le32 (&c)));
      break;
    case 11:
      isth_text_format (number, sizeof number, "%g", to_double (isth_cursor_le64 (&c)));
      break;
    default:
      return false;
    }
  isth_written_append (text, size, number);
  return !c.failed;
}

/* Write (IEC 62541-4, 5.10.4): of nodes, their attribute Value. Behind twenty-four bytes of head the type, and the header of all requests. */
bool
isth_written_read_opcua (IsthCursor c,
                         char *text,
                         size_t size)
{
  enum { WRITE_REQUEST = 673, VALUE = 13, HAS_VALUE = 1 };
  const uint8_t *head = isth_cursor_bytes (&c, 24);
  IsthCursor value;
  uint32_t n;

  if (!head || memcmp (head, "MSGF", 4) != 0 || isth_opcua_node (&c).identifier != WRITE_REQUEST)
    return false;
  isth_opcua_skip_request_header (&c);
  n = isth_opcua_count (&c, 1);
  if (n == 0 || n > ISTH_WRITTEN_VALUES)
    return false;
  for (uint32_t i = 0; i < n; i++)
    {
      isth_opcua_node (&c);
      if (isth_cursor_le32 (&c) != VALUE || isth_opcua_string (&c).length > 0) /* a part of an array */
        return false;
      value = c;
      isth_opcua_data_value (&c);
      if (c.failed || !(isth_cursor_u8 (&value) & HAS_VALUE) || !append_variant (value, text, size))
        return false;
    }
  return true;
}
