/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the ends of an S7comm-plus session say they are. The I&M record: "Profile Guidelines Part 1: Identification & Maintenance Functions" of PROFIBUS &
 * PROFINET International, 3. */
#include "analysis/dissectors/s7comm-plus-object.h"

#include <glib.h>

#include "analysis/dissectors/s7comm-plus-value.h"

#define DEEPEST 6 /* objects inside objects */

enum
{
  TAG_OBJECT = 0xa1,
  TAG_END = 0xa2,
  TAG_ATTRIBUTE = 0xa3,
  TAG_RELATION = 0xa4,
};

enum
{
  ATTRIBUTE_NAME = 233,
  ATTRIBUTE_APPLICATION = 297,
  ATTRIBUTE_HOST = 298,
  ATTRIBUTE_ROLES = 299,
  ATTRIBUTE_COMMENT = 301,
  ATTRIBUTE_VERSION = 306,
  ELEMENT_PRODUCT = 319,
  ROLE_ENGINEERING = 1,
};

/* "1;6ES7 511-1AK00-0AB0;V1.0": order number and firmware. */
static void
read_product (IsthDissectContext *ctx,
              const uint8_t      *bytes,
              uint32_t            n)
{
  const uint8_t *order_number = memchr (bytes, ';', n);
  const uint8_t *firmware;
  uint32_t length;

  if (!order_number)
    return;
  order_number++;
  length = (uint32_t) (bytes + n - order_number);
  firmware = memchr (order_number, ';', length);
  if (!firmware || length < 4 || memcmp (order_number, "6", 1) != 0)
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_CONFIDENCE_PARSED, order_number, (uint32_t) (firmware - order_number));
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Siemens", ISTH_CONFIDENCE_PARSED, order_number, (uint32_t) (firmware - order_number));
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_KIND, "plc", ISTH_CONFIDENCE_PARSED, order_number, (uint32_t) (firmware - order_number));
  firmware++;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, firmware, (uint32_t) (bytes + n - firmware));
}

/* What may stand in the name of a host, and no more. */
static bool
is_host_name (const uint8_t *bytes,
              uint32_t       n)
{
  for (uint32_t i = 0; i < n; i++)
    if (!g_ascii_isalnum (bytes[i]) && bytes[i] != '-' && bytes[i] != '.' && bytes[i] != '_')
      return false;
  return n > 0;
}

/* "STATION_78307796", the second part being the process's; or ":::"application"::STATION/". A panel says "HMI HOST", which is no name. */
static void
read_host (IsthDissectContext *ctx,
           const uint8_t      *bytes,
           uint32_t            n)
{
  uint32_t end = n > 0 && bytes[n - 1] == '/' ? n - 1 : n;
  uint32_t digits = end, start;

  while (digits > 0 && g_ascii_isdigit (bytes[digits - 1]))
    digits--;
  if (digits < end && digits > 1 && bytes[digits - 1] == '_')
    end = digits - 1;
  start = end;
  while (start > 0 && bytes[start - 1] != ':')
    start--;
  if (is_host_name (bytes + start, end - start))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, bytes + start, end - start);
}

static void
read_session_attribute (IsthDissectContext *ctx,
                        uint32_t            id,
                        const IsthS7pValue *value,
                        IsthCursor          content,
                        bool                by_server)
{
  IsthS7pValue element;

  switch (id)
    {
    case ATTRIBUTE_APPLICATION:
    case ATTRIBUTE_COMMENT:
      if (value->bytes && value->n_bytes >= 4)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, value->bytes, value->n_bytes);
      break;
    case ATTRIBUTE_HOST:
      if (value->bytes)
        read_host (ctx, value->bytes, value->n_bytes);
      break;
    case ATTRIBUTE_ROLES:
      if (!by_server && value->is_number && value->number == ROLE_ENGINEERING)
        isth_emit_role (ctx, NULL, "engineering");
      break;
    case ATTRIBUTE_VERSION: /* the client repeats it later: it is the server's */
      isth_cursor_skip (&content, 2);
      if (by_server && value->type == S7P_STRUCT && isth_s7p_find_element (content, ELEMENT_PRODUCT, &element) && element.bytes)
        read_product (ctx, element.bytes, element.n_bytes);
      break;
    default:
      break;
    }
}

void
isth_s7p_read_object (IsthDissectContext *ctx,
                      IsthCursor         *c,
                      bool                by_server,
                      IsthS7pObject      *object)
{
  unsigned depth = 0;

  *object = (IsthS7pObject){ 0 };
  while (!c->failed)
    {
      uint8_t tag = isth_cursor_u8 (c);
      uint32_t id;
      IsthS7pValue value;
      IsthCursor content;

      switch (tag)
        {
        case TAG_OBJECT:
          isth_cursor_skip (c, 4); /* its number */
          id = isth_s7p_u32 (c);
          isth_s7p_u32 (c);        /* flags */
          isth_s7p_u32 (c);
          if (++depth == 1)
            object->class_id = id;
          if (depth > DEEPEST)
            return;
          break;
        case TAG_END:
          if (depth-- <= 1)
            return;
          break;
        case TAG_ATTRIBUTE:
          id = isth_s7p_u32 (c);
          content = *c;
          if (!isth_s7p_read_value (c, &value))
            return;
          if (depth == 1 && id == ATTRIBUTE_NAME && value.bytes)
            isth_text_from_bytes (object->name, sizeof object->name, value.bytes, value.n_bytes);
          if (depth == 1 && object->class_id == S7P_CLASS_SESSION)
            read_session_attribute (ctx, id, &value, content, by_server);
          break;
        case TAG_RELATION:
          isth_s7p_u32 (c);
          isth_cursor_skip (c, 4);
          break;
        default: /* descriptions of types and variables: nobody asks for them */
          return;
        }
    }
}

void
isth_s7p_read_maintenance (IsthDissectContext *ctx,
                           const uint8_t      *bytes,
                           uint32_t            n)
{
  IsthCursor c = isth_cursor_new (bytes, n, n);
  uint32_t head = isth_cursor_be32 (&c);
  uint16_t version = isth_cursor_be16 (&c);
  const uint8_t *vendor = isth_cursor_bytes (&c, 2);
  const uint8_t *order_number = isth_cursor_bytes (&c, 20);
  const uint8_t *serial = isth_cursor_bytes (&c, 16);
  const uint8_t *hardware = isth_cursor_bytes (&c, 2);
  const uint8_t *software = isth_cursor_bytes (&c, 4);
  char text[32];

  if (c.failed || head != 0x00200038 || version != 0x0100)
    return;
  if (vendor[0] != 0 || vendor[1] != 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "%u", isth_be16 (vendor)),
                     ISTH_CONFIDENCE_PARSED, vendor, 2);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_CONFIDENCE_PARSED, order_number, 20);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_PARSED, serial, 16);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "%u", isth_be16 (hardware)),
                   ISTH_CONFIDENCE_PARSED, hardware, 2);
  if (g_ascii_isupper (software[0]))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE,
                     isth_text_format (text, sizeof text, "%c%u.%u.%u", software[0], software[1], software[2], software[3]),
                     ISTH_CONFIDENCE_PARSED, software, 4);
}
