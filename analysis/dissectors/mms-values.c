/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of MMS. ISO 9506-2, 8 to 14; device name plates: IEC 61850-7-3, 7.9 (DPL). */
#include "analysis/dissectors/mms-values.h"

#include <glib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/mms-names.h"
#include "analysis/dissectors/mms-tables.h"

enum
{
  DATA_STRUCTURE = 0xa2,
  DATA_VISIBLE_STRING = 0x8a,
  DATA_MMS_STRING = 0x90,
  FAILURE = 0x80,
};

enum
{
  CLASS_NAMED_VARIABLE = 0,
  CLASS_DOMAIN = 9,
};

static void
claim_text (IsthDissectContext *ctx,
            IsthAttribute       attribute,
            IsthCursor          body)
{
  uint32_t n = isth_cursor_left (&body);

  isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_PARSED, isth_cursor_bytes (&body, n), n);
}

/* The list of services that are supported, a bit each behind a byte that says how many bits are none; false when there is none. */
static bool
find_services (IsthCursor  body,
               IsthCursor *bits)
{
  IsthCursor detail;
  uint32_t tag, inner;

  while (isth_ber_next (&body, &tag, &detail))
    while (tag == 0xa4 && isth_ber_next (&detail, &inner, bits))
      if (inner == 0x82)
        return true;
  return false;
}

/* Groups of services by one of each. */
void
isth_mms_read_initiate (IsthDissectContext *ctx,
                        IsthCursor          body)
{
  static const struct
  {
    uint8_t bit;
    const char *name;
  } groups[] = {
    { 4, "read" }, { 5, "write" }, { 11, "variable lists" }, { 26, "domain download" }, { 29, "domain upload" }, { 38, "programs" },
    { 46, "obtain file" }, { 65, "journals" }, { 72, "files" }, { 79, "reports" },
  };
  IsthCursor bits;
  char text[160] = "";

  if (!find_services (body, &bits))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      int byte = isth_cursor_peek (&bits, 1 + groups[i].bit / 8u);
      size_t used = strlen (text);

      if (byte >= 0 && byte & 0x80 >> groups[i].bit % 8)
        isth_text_format (text + used, sizeof text - used, "%s %s", used ? "," : "MMS services:", groups[i].name);
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, text, ISTH_CONFIDENCE_PARSED, bits.data, bits.length);
}

void
isth_mms_read_identify (IsthDissectContext *ctx,
                        IsthCursor          body)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_FIRMWARE };
  IsthCursor part;
  uint32_t tag;

  while (isth_ber_next (&body, &tag, &part))
    if (tag >= 0x80 && tag < 0x80 + G_N_ELEMENTS (attributes))
      claim_text (ctx, attributes[tag - 0x80], part);
}

void
isth_mms_read_status (IsthDissectContext *ctx,
                      IsthCursor          body)
{
  static const char *const states[] = { "operational", "partially operational", "inoperational", "needs commissioning" };
  IsthCursor part;
  uint32_t tag;
  uint64_t value;

  while (isth_ber_next (&body, &tag, &part))
    if (tag == 0x81 && isth_ber_unsigned (part, &value) && value < G_N_ELEMENTS (states))
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[value], ISTH_CONFIDENCE_PARSED, part.data, part.length);
}

static void
note_domain (IsthDissectContext *ctx,
             const char         *name,
             IsthCursor          at)
{
  IsthEndpoint child = isth_context_sender (ctx);
  char path[128];

  isth_text_format (path, sizeof path, "mms-domain:%s", name);
  child.child = path;
  isth_emit_child (ctx, &child, at.data, at.length);
}

/* Logical nodes of the primary equipment, its control and its instrument transformers: they stand for something in the plant. Their class is the four
 * letters before the instance number, the first of which is the group (IEC 61850-7-4). A protection relay has hundreds of others. */
static bool
is_plant_node (const char *name)
{
  size_t n = strlen (name);

  while (n > 0 && g_ascii_isdigit (name[n - 1]))
    n--;
  return n >= 4 && n < strlen (name) && strchr ("ACKTXYZ", name[n - 4]) != NULL;
}

static void
note_logical_node (IsthDissectContext *ctx,
                   const char         *domain,
                   const char         *name,
                   IsthCursor          at)
{
  IsthEndpoint child = isth_context_sender (ctx);
  char path[128];

  isth_text_format (path, sizeof path, "mms-domain:%s", domain);
  child.child = path;
  isth_emit_claim (ctx, &child, ISTH_ATTRIBUTE_PLANT_TAG, name, ISTH_CONFIDENCE_PARSED, at.data, at.length);
}

/* A part of a logical node, as nearly all names are: nothing that is looked for. */
static bool
is_part (const IsthCursor *name)
{
  return memchr (name->data, '$', name->length) && !memchr (name->data, '/', name->length);
}

bool
isth_mms_read_name_list (IsthDissectContext *ctx,
                         IsthCursor          body,
                         uint32_t            class,
                         const char         *domain)
{
  IsthCursor list, one;
  uint32_t tag;
  bool iccp = false;
  char name[96];

  if (!isth_ber_next (&body, &tag, &list) || tag != 0xa0)
    return false;
  while (isth_ber_next (&list, &tag, &one))
    {
      uint32_t n = isth_cursor_left (&one);

      if (n < one.wire)
        break; /* cut: no name */
      if (class == CLASS_NAMED_VARIABLE && is_part (&one))
        continue;
      isth_text_from_bytes (name, sizeof name, one.data, n);
      iccp = iccp || isth_mms_is_iccp (name);
      if (class == CLASS_NAMED_VARIABLE && domain[0] != '\0' && strcmp (name, "LLN0") == 0)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_KIND, "ied", ISTH_CONFIDENCE_PARSED, one.data, n);
      if (name[0] == '\0')
        continue;
      if (class == CLASS_DOMAIN)
        note_domain (ctx, name, one);
      else if (class == CLASS_NAMED_VARIABLE && domain[0] != '\0' && !strchr (name, '$') && !iccp && is_plant_node (name))
        note_logical_node (ctx, domain, name, one);
    }
  return iccp;
}

static IsthAttribute
get_attribute (IsthMmsIdentity identity)
{
  static const IsthAttribute attributes[] = {
    [ISTH_MMS_VENDOR] = ISTH_ATTRIBUTE_VENDOR, [ISTH_MMS_HARDWARE] = ISTH_ATTRIBUTE_HARDWARE, [ISTH_MMS_FIRMWARE] = ISTH_ATTRIBUTE_FIRMWARE,
    [ISTH_MMS_SERIAL] = ISTH_ATTRIBUTE_SERIAL, [ISTH_MMS_MODEL] = ISTH_ATTRIBUTE_MODEL, [ISTH_MMS_LOCATION] = ISTH_ATTRIBUTE_LOCATION,
  };

  return attributes[identity];
}

/* Vendor comes first. Of the rest each may be missing, so that only when all are there it is known which is which. */
static void
read_name_plate (IsthDissectContext *ctx,
                 IsthCursor          structure)
{
  IsthCursor parts[ISTH_MMS_LOCATION];
  uint32_t n = 0, tag;
  IsthCursor part;

  while (n < G_N_ELEMENTS (parts) && isth_ber_next (&structure, &tag, &part) && (tag == DATA_VISIBLE_STRING || tag == DATA_MMS_STRING))
    parts[n++] = part;
  if (n > 0 && n < G_N_ELEMENTS (parts))
    claim_text (ctx, ISTH_ATTRIBUTE_VENDOR, parts[0]);
  for (uint32_t i = 0; n == G_N_ELEMENTS (parts) && i < n; i++)
    claim_text (ctx, get_attribute ((IsthMmsIdentity) (ISTH_MMS_VENDOR + i)), parts[i]);
}

static void
read_value (IsthDissectContext *ctx,
            IsthMmsIdentity     identity,
            uint32_t            tag,
            IsthCursor          body)
{
  if (identity == ISTH_MMS_PHYSICAL_NAME_PLATE && tag == DATA_STRUCTURE)
    read_name_plate (ctx, body);
  else if (identity > ISTH_MMS_PLAIN && identity < ISTH_MMS_PHYSICAL_NAME_PLATE && (tag == DATA_VISIBLE_STRING || tag == DATA_MMS_STRING))
    claim_text (ctx, get_attribute (identity), body);
}

static const char *
get_access_error (IsthCursor body)
{
  uint64_t code;

  if (isth_ber_unsigned (body, &code) && code < G_N_ELEMENTS (mms_access_errors))
    return mms_access_errors[code];
  return "access refused";
}

void
isth_mms_read_results (IsthDissectContext *ctx,
                       IsthCursor          list,
                       uint64_t            identity,
                       char               *text,
                       size_t              size)
{
  const char *error = NULL;
  uint32_t n = 0, refused = 0, tag;
  IsthCursor body;

  while (isth_ber_next (&list, &tag, &body))
    {
      if (tag == FAILURE)
        {
          refused++;
          error = error ? error : get_access_error (body);
        }
      else if (n < 16 && identity != 0)
        read_value (ctx, (IsthMmsIdentity) (identity >> (4 * n) & 0x0f), tag, body);
      n++;
    }
  if (refused == 1 && n == 1)
    isth_text_format (text, size, "%s", error);
  else if (refused > 0)
    isth_text_format (text, size, "%s (%u of %u)", error, refused, n);
}

void
isth_mms_describe_error (IsthCursor body,
                         char      *text,
                         size_t     size)
{
  IsthCursor class, code;
  uint32_t tag;
  uint64_t number;

  isth_text_format (text, size, "refused");
  if (!isth_ber_next (&body, &tag, &class) || !isth_ber_next (&class, &tag, &code) || tag < 0x80 || !isth_ber_unsigned (code, &number))
    return;
  tag -= 0x80;
  for (size_t i = 0; i < G_N_ELEMENTS (mms_errors); i++)
    if (mms_errors[i].class == tag && mms_errors[i].code == number)
      {
        isth_text_format (text, size, "%s", mms_errors[i].text);
        return;
      }
  if (tag < G_N_ELEMENTS (mms_error_classes))
    isth_text_format (text, size, "%s %u", mms_error_classes[tag], (unsigned) number);
}

void
isth_mms_describe_rejection (uint32_t   tag,
                             IsthCursor body,
                             char      *text,
                             size_t     size)
{
  uint64_t reason;

  isth_text_format (text, size, "rejected");
  if (tag == 0x81 && isth_ber_unsigned (body, &reason) && reason < G_N_ELEMENTS (mms_reject_reasons) && mms_reject_reasons[reason])
    isth_text_format (text, size, "rejected: %s", mms_reject_reasons[reason]);
}
