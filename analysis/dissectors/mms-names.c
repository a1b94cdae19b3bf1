/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of MMS objects. IEC 61850-8-1, 7.3 (logical node $ functional constraint $ data $ attribute) and 20 (control); IEC 60870-6-503 (TASE.2). */
#include "analysis/dissectors/mms-names.h"

#include <glib.h>

#include "analysis/dissectors/ber.h"

#define SHOWN 4 /* variables named one by one */

enum
{
  NAME_VMD = 0x80,
  NAME_DOMAIN = 0xa1,
  NAME_ASSOCIATION = 0x82,
  LIST_OF_VARIABLES = 0xa0,
  NAME_OF_LIST = 0xa1,
};

static void
append_text (IsthCursor body,
             char      *text,
             size_t     size)
{
  uint32_t n = isth_cursor_left (&body);
  size_t used = strlen (text);

  isth_text_from_bytes (text + used, size - used, isth_cursor_bytes (&body, n), n);
}

void
isth_mms_describe_name (uint32_t   tag,
                        IsthCursor body,
                        char      *text,
                        size_t     size)
{
  IsthCursor part;
  uint32_t part_tag;

  text[0] = '\0';
  if (tag == NAME_DOMAIN)
    {
      if (isth_ber_next (&body, &part_tag, &part))
        append_text (part, text, size);
      isth_text_format (text + strlen (text), size - strlen (text), "/");
      if (isth_ber_next (&body, &part_tag, &part))
        append_text (part, text, size);
    }
  else if (tag == NAME_VMD || tag == NAME_ASSOCIATION)
    append_text (body, text, size);
}

void
isth_mms_describe_file (IsthCursor body,
                        char      *text,
                        size_t     size)
{
  IsthCursor part;
  uint32_t tag;

  text[0] = '\0';
  while (isth_ber_next (&body, &tag, &part))
    append_text (part, text, size);
}

bool
isth_mms_is_iccp (const char *name)
{
  static const char *const marks[] = {
    "Bilateral_Table_ID", "TASE2_Version", "Supported_Features", "Next_DSTransfer_Set", "DSConditions_Detected", "Transfer_Set_Name",
    "Transfer_Report_ACK", "Event_Code_Detected", "Transfer_Set_Time_Stamp",
  };
  const char *item = strchr (name, '/');

  item = item ? item + 1 : name;
  if (!strchr (item, '_'))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strcmp (item, marks[i]) == 0)
      return true;
  return false;
}

static bool
ends_with (const char *name,
           const char *end)
{
  return g_str_has_suffix (name, end);
}

static IsthMmsIdentity
get_identity (const char *name)
{
  static const struct
  {
    const char *end;
    IsthMmsIdentity identity;
  } ends[] = {
    { "$DC$PhyNam", ISTH_MMS_PHYSICAL_NAME_PLATE }, { "$DC$PhyNam$vendor", ISTH_MMS_VENDOR }, { "$DC$PhyNam$hwRev", ISTH_MMS_HARDWARE },
    { "$DC$PhyNam$swRev", ISTH_MMS_FIRMWARE }, { "$DC$PhyNam$serNum", ISTH_MMS_SERIAL }, { "$DC$PhyNam$model", ISTH_MMS_MODEL },
    { "$DC$PhyNam$location", ISTH_MMS_LOCATION },
  };

  if (!strstr (name, "/LPHD"))
    return ISTH_MMS_PLAIN;
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends_with (name, ends[i].end))
      return ends[i].identity;
  return ISTH_MMS_PLAIN;
}

/* The control model: a write to Oper operates, one to SBOw selects with the value, a read of SBO selects; the other functional constraints of what is
 * set up rather than measured. */
static void
judge_name (const char       *name,
            bool              writing,
            IsthMmsVariables *self)
{
  static const struct
  {
    const char *constraint;
    IsthOp verb;
    const char *name;
  } written[] = {
    { "$RP$", ISTH_OP_SUBSCRIBE, "set-up-report" },      { "$BR$", ISTH_OP_SUBSCRIBE, "set-up-report" },
    { "$LG$", ISTH_OP_CONFIGURE, "set-up-log" },         { "$GO$", ISTH_OP_CONFIGURE, "set-up-goose" },
    { "$GS$", ISTH_OP_CONFIGURE, "set-up-gsse" },        { "$MS$", ISTH_OP_CONFIGURE, "set-up-sampled-values" },
    { "$US$", ISTH_OP_CONFIGURE, "set-up-sampled-values" }, { "$SP$SGCB", ISTH_OP_CONFIGURE, "select-setting-group" },
    { "$SE$", ISTH_OP_CONFIGURE, "write-setting" },      { "$CF$", ISTH_OP_CONFIGURE, "write-configuration" },
    { "$DC$", ISTH_OP_CONFIGURE, "write-description" },  { "$SV$", ISTH_OP_CONTROL, "substitute" }, /* what others call to force */
    { "$BL$", ISTH_OP_CONTROL, "block-value" },
  };
  bool control = strstr (name, "$CO$") != NULL;

  if (control && writing && (ends_with (name, "$Oper") || strstr (name, "$Oper$")))
    *self = (IsthMmsVariables){ self->count, self->identity, ISTH_OP_CONTROL, "operate", self->iccp };
  else if (control && writing && (ends_with (name, "$SBOw") || strstr (name, "$SBOw$")))
    *self = (IsthMmsVariables){ self->count, self->identity, ISTH_OP_CONTROL, "operate-select-with-value", self->iccp };
  else if (control && writing && (ends_with (name, "$Cancel") || strstr (name, "$Cancel$")))
    *self = (IsthMmsVariables){ self->count, self->identity, ISTH_OP_CONTROL, "operate-cancel", self->iccp };
  else if (control && !writing && ends_with (name, "$SBO"))
    *self = (IsthMmsVariables){ self->count, self->identity, ISTH_OP_CONTROL, "operate-select", self->iccp };
  else if (writing && self->verb == ISTH_N_OPS)
    for (size_t i = 0; i < G_N_ELEMENTS (written); i++)
      if (strstr (name, written[i].constraint))
        {
          self->verb = written[i].verb;
          self->name = written[i].name;
          return;
        }
}

static void
note_name (const char       *name,
           bool              writing,
           IsthMmsVariables *self)
{
  if (isth_mms_is_iccp (name))
    self->iccp = true;
  if (!writing && self->count < 16)
    self->identity |= (uint64_t) get_identity (name) << (4 * self->count);
  judge_name (name, writing, self);
}

void
isth_mms_read_variables (uint32_t          tag,
                         IsthCursor        body,
                         bool              writing,
                         IsthMmsVariables *self,
                         char             *text,
                         size_t            size)
{
  char name[160];
  uint32_t shown = 0, kind;
  IsthCursor one, choice;

  *self = (IsthMmsVariables){ .verb = ISTH_N_OPS };
  text[0] = '\0';
  if (tag == NAME_OF_LIST && isth_ber_next (&body, &kind, &one))
    {
      isth_mms_describe_name (kind, one, name, sizeof name);
      note_name (name, writing, self);
      self->count = 1;
      isth_text_format (text, size, "list %s", name);
    }
  while (tag == LIST_OF_VARIABLES && isth_ber_next (&body, &kind, &one))
    {
      size_t used = strlen (text);

      name[0] = '\0';
      /* [0] name; an address or a description of its own is nothing to show */
      if (kind == 0x30 && isth_ber_next (&one, &kind, &choice) && kind == 0xa0 && isth_ber_next (&choice, &kind, &one))
        isth_mms_describe_name (kind, one, name, sizeof name);
      note_name (name, writing, self);
      self->count++;
      if (name[0] != '\0' && shown < SHOWN && used + strlen (name) + 24 < size)
        {
          isth_text_format (text + used, size - used, "%s%s", used ? ", " : "", name);
          shown++;
        }
    }
  if (shown > 0 && shown < self->count)
    isth_text_format (text + strlen (text), size - strlen (text), " and %u more", self->count - shown);
}
