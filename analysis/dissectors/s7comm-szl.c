/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity out of the system status list. "System Software for S7-300/400, System and Standard Functions" (Siemens), 34:
 * the low byte of a list's id names its content, the high byte the excerpt. */
#include "analysis/dissectors/s7comm-szl.h"

#include <glib.h>

static const struct
{
  uint8_t id;
  bool identity;
  const char *name;
} lists[] = {
  { 0x00, false, "list of lists" },
  { 0x11, true, "module identification" },
  { 0x12, false, "characteristics" },
  { 0x13, false, "memory areas" },
  { 0x14, false, "system areas" },
  { 0x15, false, "block types" },
  { 0x16, false, "priority classes" },
  { 0x17, false, "sublists" },
  { 0x18, false, "rack" },
  { 0x19, false, "LEDs" },
  { 0x1c, true, "component identification" },
  { 0x21, false, "interrupts" },
  { 0x22, false, "interrupt status" },
  { 0x23, false, "priority class status" },
  { 0x24, false, "operating mode" },
  { 0x25, false, "process images" },
  { 0x31, false, "communication capabilities" },
  { 0x32, false, "communication status" },
  { 0x33, false, "diagnosis subscribers" },
  { 0x37, true, "Ethernet interface" },
  { 0x71, false, "redundancy" },
  { 0x74, false, "LED status" },
  { 0x75, false, "switched DP slaves" },
  { 0x81, false, "start information" },
  { 0x82, false, "start events" },
  { 0x90, false, "DP master systems" },
  { 0x91, false, "module status" },
  { 0x92, false, "station status" },
  { 0x94, false, "PROFINET station status" },
  { 0x95, false, "DP master system information" },
  { 0x96, false, "PROFINET module status" },
  { 0xa0, false, "diagnostic buffer" },
  { 0xb1, false, "module diagnosis" },
  { 0xb2, false, "module diagnosis" },
  { 0xb3, false, "module diagnosis" },
  { 0xb4, false, "slave diagnosis" },
};

const char *
isth_s7_szl_describe (char *text,
                      size_t size,
                      uint16_t id,
                      uint16_t index)
{
  const char *name = "";

  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i].id == (id & 0xff))
      name = lists[i].name;
  if (index != 0)
    return isth_text_format (text, size, "0x%04x %s%sindex 0x%04x", id, name, name[0] ? ", " : "", index);
  return isth_text_format (text, size, name[0] ? "0x%04x %s" : "0x%04x%s", id, name);
}

bool
isth_s7_szl_is_identity (uint16_t id)
{
  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i].id == (id & 0xff))
      return lists[i].identity;
  return false;
}

/* Siemens' order numbers start with the product family: 6ES7 is SIMATIC S7, 6GK its networks, 6AG1 hardened variants … */
static bool
is_siemens_order_number (const uint8_t *bytes)
{
  static const char *const families[] = { "6ES", "6GK", "6AG", "6AV", "6FC", "6AU", "6SL", "6NH" };

  for (size_t i = 0; i < G_N_ELEMENTS (families); i++)
    if (memcmp (bytes, families[i], 3) == 0)
      return true;
  return false;
}

/* xy11: index, order number, type, two words of versions. */
static void
read_module (IsthDissectContext *ctx,
             IsthCursor c)
{
  uint16_t index = isth_cursor_be16 (&c);
  const uint8_t *order_number = isth_cursor_bytes (&c, 20);
  const uint8_t *version;
  char text[32];

  isth_cursor_skip (&c, 2);
  version = isth_cursor_bytes (&c, 4);
  if (!order_number || (!version && index != 1))
    return;

  switch (index)
    {
    case 1: /* the module */
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_CONFIDENCE_PARSED, order_number, 20);
      if (is_siemens_order_number (order_number))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Siemens", ISTH_CONFIDENCE_PARSED, order_number, 20);
      break;
    case 6: /* basic hardware */
      if (version[0] == 0)
        {
          isth_text_format (text, sizeof text, "%u", version[1]);
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HARDWARE, text, ISTH_CONFIDENCE_PARSED, version, 4);
        }
      break;
    case 7: /* basic firmware */
      if (version[0] == 'V')
        {
          isth_text_format (text, sizeof text, "V%u.%u.%u", version[1], version[2], version[3]);
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, text, ISTH_CONFIDENCE_PARSED, version, 4);
        }
      break;
    default:
      break;
    }
}

/* A memory card has a serial number of its own and moves from controller to controller: a thing inside, not a second serial
 * number of the controller. */
static void
read_memory_card (IsthDissectContext *ctx,
                  const uint8_t *serial)
{
  IsthEndpoint card = isth_context_sender (ctx);
  char text[40];

  if (isth_text_from_string (text, sizeof text, serial, 32)[0] == '\0')
    return;
  card.child = "s7-memory-card";
  isth_emit_child (ctx, &card, serial, 32);
  isth_emit_claim (ctx, &card, ISTH_ATTRIBUTE_SERIAL, text, ISTH_CONFIDENCE_PARSED, serial, 32);
  isth_emit_claim (ctx, &card, ISTH_ATTRIBUTE_DEVICE_TYPE, "Memory card", ISTH_CONFIDENCE_PARSED, serial, 32);
}

/* xy1c: index (its high byte counts the CPUs of a redundant system), 32 bytes of text. */
static void
read_component (IsthDissectContext *ctx,
                IsthCursor c)
{
  uint16_t index = isth_cursor_be16 (&c) & 0xff;
  const uint8_t *bytes = isth_cursor_bytes (&c, index == 9 ? 2 : 32); /* the capture may have cut the padding */
  char text[40];

  if (c.failed)
    return;
  switch (index)
    {
    case 1: /* of the automation system */
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 2: /* of the module */
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 3: /* plant identification */
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 4:
      if (strcmp (isth_text_from_string (text, sizeof text, bytes, 32), "Original Siemens Equipment") == 0)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Siemens", ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 5:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 7: /* module type: CPUs have one */
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, bytes, 32);
      if (g_str_has_prefix (isth_text_from_string (text, sizeof text, bytes, 32), "CPU") || strstr (text, " CPU"))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_KIND, "plc", ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    case 8:
      read_memory_card (ctx, bytes);
      break;
    case 9: /* manufacturer (numbers of PROFIBUS & PROFINET International), profile */
      isth_text_format (text, sizeof text, "%u", isth_be16 (bytes));
      if (bytes[0] != 0 || bytes[1] != 0)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR_ID, text, ISTH_CONFIDENCE_PARSED, bytes, 2);
      break;
    case 11:
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_LOCATION, ISTH_CONFIDENCE_PARSED, bytes, 32);
      break;
    default:
      break;
    }
}

/* 0424 and 0124: event, information, and in the low half of the fourth byte the mode that was asked for and is now. */
static void
read_mode (IsthDissectContext *ctx,
           IsthCursor c)
{
  static const char *const modes[16] = {
    NULL,  "stop", "stop", "stop",    "stop",   "startup",   "startup", "startup",
    "run", "run",  "hold", "link-up", "update", "defective", "startup", NULL,
  };
  const uint8_t *bytes = isth_cursor_bytes (&c, 4);

  if (bytes && modes[bytes[3] & 0x0f])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, modes[bytes[3] & 0x0f], ISTH_CONFIDENCE_PARSED, bytes, 4);
}

/* xy32, index 4: protection by the mode selector, assigned, and in force; position of the mode selector. */
static void
read_protection (IsthDissectContext *ctx,
                 IsthCursor          c)
{
  static const char *const positions[] = { NULL, "RUN", "RUN-P", "STOP", "MRES" };
  const uint8_t *bytes;
  char text[64];

  isth_cursor_skip (&c, 2);
  bytes = isth_cursor_bytes (&c, 8);
  if (!bytes || bytes[4] != 0 || bytes[5] < 1 || bytes[5] > 3)
    return;
  if (bytes[6] == 0 && bytes[7] < G_N_ELEMENTS (positions) && positions[bytes[7]])
    isth_text_format (text, sizeof text, "protection level %u, mode selector at %s", bytes[5], positions[bytes[7]]);
  else
    isth_text_format (text, sizeof text, "protection level %u", bytes[5]);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, text, ISTH_CONFIDENCE_PARSED, bytes, 8);
}

/* xy37: logical address, IP address, mask, router, MAC: of the CPU's own interface, or of one of its communication processors. */
static void
read_interface (IsthDissectContext *ctx,
                IsthCursor          c)
{
  IsthEndpoint interface = { 0 };
  const uint8_t *bytes;

  isth_cursor_skip (&c, 2);
  bytes = isth_cursor_bytes (&c, 18);
  if (!bytes)
    return;
  interface.vlan = isth_context_sender (ctx).vlan;
  interface.ip = isth_address_ipv4 (bytes);
  interface.mac = isth_address_mac (bytes + 12);
  isth_emit_binding (ctx, &interface, bytes, 18);
}

/* 0d91: rack, slot and submodule, logical address, expected and actual type, state. Empty slots, submodules and the CPU itself are nobody new. */
static void
read_rack_slot (IsthDissectContext *ctx,
                IsthCursor          c)
{
  IsthEndpoint module = isth_context_sender (ctx);
  uint16_t rack = isth_cursor_be16 (&c);
  uint8_t slot = isth_cursor_u8 (&c);
  uint8_t submodule = isth_cursor_u8 (&c);
  const uint8_t *at = isth_cursor_bytes (&c, 10);
  char path[24], type[16];

  if (!at || rack > 21 || slot == 0 || submodule != 0)
    return;
  if (!(at[9] & 0x02) || (at[5] & 0xf0) == 0xc0)
    return;
  isth_text_format (path, sizeof path, "s7-slot:%u/%u", rack, slot);
  module.child = path;
  isth_emit_child (ctx, &module, at, 10);
  isth_emit_claim (ctx, &module, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_text_format (type, sizeof type, "0x%02x%02x", at[4], at[5]),
                   ISTH_CONFIDENCE_PARSED, at + 4, 2);
}

static void
read_record (const IsthS7Szl *self,
             IsthDissectContext *ctx,
             IsthCursor c)
{
  switch (self->id & 0xff)
    {
    case 0x11:
      read_module (ctx, c);
      break;
    case 0x1c:
      read_component (ctx, c);
      break;
    case 0x24:
      /* "All modes" (0024) lists past ones, too. */
      if (self->id == 0x0424 || self->id == 0x0124)
        read_mode (ctx, c);
      break;
    case 0x32:
      if (self->id == 0x0132 && self->index == 4)
        read_protection (ctx, c);
      break;
    case 0x37:
      read_interface (ctx, c);
      break;
    case 0x91:
      if (self->id == 0x0d91)
        read_rack_slot (ctx, c);
      break;
    default:
      break;
    }
}

bool
isth_s7_szl_read (IsthS7Szl *self,
                  IsthDissectContext *ctx,
                  IsthCursor *c,
                  bool first)
{
  if (first)
    {
      self->id = isth_cursor_be16 (c);
      self->index = isth_cursor_be16 (c);
      self->record_length = isth_cursor_be16 (c);
      isth_cursor_skip (c, 2); /* how many records: the data ends where it ends */
      self->kept = 0;
      self->active = !c->failed && self->record_length > 0 && self->record_length <= ISTH_S7_SZL_RECORD;
      if (c->failed)
        return false;
    }
  while (self->active && isth_cursor_left (c) > 0)
    {
      uint32_t n = MIN (isth_cursor_left (c), (uint32_t) (self->record_length - self->kept));
      const uint8_t *bytes = isth_cursor_bytes (c, n);

      if (n == self->record_length)
        {
          read_record (self, ctx, isth_cursor_new (bytes, n, n));
          continue;
        }
      memcpy (self->record + self->kept, bytes, n);
      self->kept = (uint16_t) (self->kept + n);
      if (self->kept == self->record_length)
        {
          read_record (self, ctx, isth_cursor_new (self->record, self->kept, self->kept));
          self->kept = 0;
        }
      else if (isth_cursor_wire_left (c) > 0) /* the capture cut it: it is read as far as it goes */
        read_record (self, ctx, isth_cursor_new (n == self->kept ? bytes : self->record, self->kept, self->record_length));
    }
  if (isth_cursor_wire_left (c) > 0) /* what comes next goes on somewhere else */
    self->active = false;
  return true;
}
