/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of PROFINET IO that describe devices: identification and maintenance, modules, ports. IEC 61158-6-10, 5.2; I&M: 5.2.14. */
#include "analysis/dissectors/profinet-records.h"

#include <glib.h>

#include "analysis/dissectors/profinet-records-tables.h"

#define DEEPEST 3 /* blocks inside blocks */

bool
isth_profinet_next_block (IsthCursor *c,
                          IsthProfinetBlock *block)
{
  IsthCursor whole = *c;
  uint16_t length;

  if (isth_cursor_wire_left (c) < 6)
    return false; /* the end, or padding */
  block->type = isth_cursor_be16 (c);
  length = isth_cursor_be16 (c);
  if (block->type == 0 || length < 2)
    {
      c->failed = block->type != 0;
      return false;
    }
  block->body = isth_cursor_take (c, length);
  block->start = isth_cursor_take (&whole, 4u + length);
  isth_cursor_skip (&block->body, 2); /* version */
  return !c->failed && !block->body.failed;
}

/* "profinet-slot:1/2"; NULL for slot 0, which is the device itself. */
static const char *
name_child (char text[ISTH_PROFINET_CHILD_TEXT],
            uint16_t slot,
            uint16_t subslot)
{
  return slot == 0 ? NULL : isth_text_format (text, ISTH_PROFINET_CHILD_TEXT, "profinet-slot:%u/%u", slot, subslot);
}

const char *
isth_profinet_record_name (uint16_t index,
                           IsthOp *verb)
{
  *verb = ISTH_OP_READ;
  for (size_t i = 0; i < G_N_ELEMENTS (records); i++)
    if (records[i].index == index)
      {
        *verb = records[i].verb;
        return records[i].name;
      }
  return "";
}

/* Whom a block that stands at @slot and @subslot is about; @text lends the child path. */
static IsthEndpoint
make_about (const IsthDissectContext *ctx,
            const IsthEndpoint *about,
            uint16_t slot,
            uint16_t subslot,
            char text[ISTH_PROFINET_CHILD_TEXT])
{
  IsthEndpoint self = about ? *about : isth_context_sender (ctx);

  self.child = name_child (text, slot, subslot);
  return self;
}

static void
emit_identifier (IsthDissectContext *ctx,
                 const IsthEndpoint *about,
                 uint32_t module,
                 uint32_t submodule,
                 int confidence,
                 const uint8_t *at,
                 uint32_t length)
{
  char value[32];

  isth_emit_child (ctx, about, at, length);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_ID, isth_text_format (value, sizeof value, "0x%08x/0x%08x", module, submodule),
                   confidence, at, length);
}

/* I&M0, 5.2.14: who made it, and which one it is. */
static void
read_im0 (IsthDissectContext *ctx,
          const IsthEndpoint *about,
          IsthCursor c,
          int confidence)
{
  const uint8_t *vendor = isth_cursor_bytes (&c, 2), *order = isth_cursor_bytes (&c, 20), *serial = isth_cursor_bytes (&c, 16);
  const uint8_t *hardware = isth_cursor_bytes (&c, 2), *software = isth_cursor_bytes (&c, 4);
  char text[32];

  if (c.failed)
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%02x%02x", vendor[0], vendor[1]),
                   confidence, vendor, 2);
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_ORDER_NUMBER, confidence, order, 20);
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_SERIAL, confidence, serial, 16);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "%u", isth_be16 (hardware)),
                   confidence, hardware, 2);
  if (g_ascii_isupper (software[0])) /* V: released, R, P, U, T: not quite */
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE,
                     isth_text_format (text, sizeof text, "%c%u.%u.%u", software[0], software[1], software[2], software[3]), confidence,
                     software, 4);
}

/* I&M1 … 3: what people wrote into it: 32 characters of function, 22 of place; 54 of description. */
static void
read_im_texts (IsthDissectContext *ctx,
               const IsthEndpoint *about,
               uint16_t type,
               IsthCursor c,
               int confidence)
{
  const uint8_t *text;

  if (type == BLOCK_IM1)
    {
      text = isth_cursor_bytes (&c, 54);
      if (!text)
        return;
      isth_emit_text (ctx, about, ISTH_ATTRIBUTE_PLANT_TAG, confidence, text, 32);
      isth_emit_text (ctx, about, ISTH_ATTRIBUTE_LOCATION, confidence, text + 32, 22);
    }
  else
    isth_emit_text (ctx, about, ISTH_ATTRIBUTE_DESCRIPTION, confidence, isth_cursor_bytes (&c, 54), 54);
}

/* Lists of modules and their submodules, as RealIdentificationData and the filters of I&M0 have them. */
static void
read_modules (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              IsthCursor c,
              int confidence)
{
  for (unsigned apis = isth_cursor_be16 (&c); apis > 0 && !c.failed; apis--)
    {
      isth_cursor_skip (&c, 4);
      for (unsigned modules = isth_cursor_be16 (&c); modules > 0 && !c.failed; modules--)
        {
          uint16_t slot = isth_cursor_be16 (&c);
          uint32_t module = isth_cursor_be32 (&c);

          for (unsigned n = isth_cursor_be16 (&c); n > 0 && !c.failed; n--)
            {
              const uint8_t *at = isth_cursor_bytes (&c, 6);
              char child[ISTH_PROFINET_CHILD_TEXT];
              IsthEndpoint whom;

              if (!at || slot == 0)
                continue;
              whom = make_about (ctx, about, slot, isth_be16 (at), child);
              emit_identifier (ctx, &whom, module, isth_be32 (at + 2),
                               confidence, at, 6);
            }
        }
    }
}

static void
align (IsthCursor *c)
{
  if (c->position % 4)
    isth_cursor_skip (c, 4 - c->position % 4);
}

/* PDInterfaceDataReal, 5.2.13: the name by which neighbours know it, its MAC and its address. */
static void
read_interface (IsthDissectContext *ctx,
                const IsthEndpoint *about,
                IsthCursor c,
                int confidence)
{
  char text[ISTH_ADDRESS_TEXT];
  IsthEndpoint interface = about ? *about : isth_context_sender (ctx);
  const uint8_t *name, *mac, *ip;
  uint8_t size;

  isth_cursor_skip (&c, 6);
  size = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, size);
  align (&c);
  mac = isth_cursor_bytes (&c, 6);
  align (&c);
  ip = isth_cursor_bytes (&c, 4);
  if (c.failed)
    return;
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_CHASSIS, confidence, name, size);
  interface.mac = isth_address_mac (mac);
  interface.ip = isth_address_ipv4 (ip);
  if (!isth_address_is_host (&interface.ip))
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&interface.ip, text), confidence, ip, 4);
  isth_emit_binding (ctx, &interface, mac, (uint32_t) (ip + 4 - mac));
}

/* PDPortDataReal: which port of whom is wired to a port of this one. */
static void
read_port (IsthDissectContext *ctx,
           const IsthEndpoint *about,
           IsthCursor c)
{
  char port[64];
  const uint8_t *name;
  uint8_t size;

  isth_cursor_skip (&c, 12); /* header, padding, slot, subslot */
  size = isth_cursor_u8 (&c);
  name = isth_cursor_bytes (&c, size);
  if (!name)
    return;
  isth_text_from_string (port, sizeof port, name, size);
  for (unsigned peers = isth_cursor_u8 (&c); peers > 0 && !c.failed; peers--)
    {
      const uint8_t *mac;
      IsthEndpoint other;

      align (&c);
      isth_cursor_skip (&c, isth_cursor_u8 (&c)); /* the peer's port */
      isth_cursor_skip (&c, isth_cursor_u8 (&c)); /* … and name */
      align (&c);
      isth_cursor_skip (&c, 4); /* delay of the line */
      mac = isth_cursor_bytes (&c, 6);
      if (!mac)
        return;
      other = isth_endpoint_from_address (isth_address_mac (mac), isth_packet_vlan (isth_context_packet (ctx)));
      if (isth_address_is_host (&other.mac))
        isth_emit_neighbour (ctx, about, &other, port);
    }
}

static void
read_blocks (IsthDissectContext *ctx,
             const IsthEndpoint *about,
             const IsthProfinetPlace *place,
             IsthCursor c,
             int confidence,
             int depth)
{
  char child[ISTH_PROFINET_CHILD_TEXT];
  IsthEndpoint whom = make_about (ctx, about, place->slot, place->subslot, child);
  IsthProfinetBlock block;

  while (isth_profinet_next_block (&c, &block))
    switch (block.type)
      {
      case BLOCK_IM0:
        read_im0 (ctx, &whom, block.body, confidence);
        break;
      case BLOCK_IM1:
      case BLOCK_IM3:
        read_im_texts (ctx, &whom, block.type, block.body, confidence);
        break;
      case BLOCK_REAL_IDENTIFICATION:
      case BLOCK_FILTER_SUBMODULES:
      case BLOCK_FILTER_MODULES:
      case BLOCK_FILTER_DEVICE:
        read_modules (ctx, about, block.body, confidence);
        break;
      case BLOCK_INTERFACE_REAL:
        read_interface (ctx, about, block.start, confidence);
        break;
      case BLOCK_PORT_REAL:
        read_port (ctx, about, block.start);
        break;
      case BLOCK_MULTIPLE:
        isth_cursor_skip (&block.body, 10); /* padding, API, slot, subslot */
        if (depth < DEEPEST)
          read_blocks (ctx, about, place, isth_cursor_rest (&block.body), confidence, depth + 1);
        break;
      default:
        break;
      }
}

void
isth_profinet_read_record (IsthDissectContext *ctx,
                           const IsthEndpoint *about,
                           const IsthProfinetPlace *place,
                           IsthCursor c,
                           int confidence)
{
  if (place->index >= FIRST_STANDARD_RECORD)
    read_blocks (ctx, about, place, c, confidence, 0);
}

unsigned
isth_profinet_read_expected (IsthDissectContext *ctx,
                             const IsthEndpoint *about,
                             IsthCursor c)
{
  unsigned total = 0;

  for (unsigned apis = isth_cursor_be16 (&c); apis > 0 && !c.failed; apis--)
    {
      uint16_t slot;
      uint32_t module;

      isth_cursor_skip (&c, 4); /* API */
      slot = isth_cursor_be16 (&c);
      module = isth_cursor_be32 (&c);
      isth_cursor_skip (&c, 2); /* properties */
      for (unsigned n = isth_cursor_be16 (&c); n > 0 && !c.failed; n--)
        {
          const uint8_t *at = isth_cursor_bytes (&c, 8);
          char child[ISTH_PROFINET_CHILD_TEXT];
          IsthEndpoint whom;

          if (!at)
            break;
          isth_cursor_skip (&c, (at[7] & 3) == 3 ? 12 : 6); /* lengths of inputs and outputs; of one of them where there is but one */
          total++;
          if (slot == 0)
            continue;
          whom = make_about (ctx, about, slot, isth_be16 (at), child);
          emit_identifier (ctx, &whom, module, isth_be32 (at + 2),
                           ISTH_CONFIDENCE_REPORTED, at, 8);
        }
    }
  return total;
}

void
isth_profinet_read_difference (IsthDissectContext *ctx,
                               IsthCursor c)
{
  static const char *const states[] = { "no module", "wrong module", NULL, "substitute module" };

  for (unsigned apis = isth_cursor_be16 (&c); apis > 0 && !c.failed; apis--)
    {
      isth_cursor_skip (&c, 4);
      for (unsigned modules = isth_cursor_be16 (&c); modules > 0 && !c.failed; modules--)
        {
          const uint8_t *at = isth_cursor_bytes (&c, 8);
          uint16_t state = at ? isth_be16 (at + 6) : 0;
          unsigned n = isth_cursor_be16 (&c);

          for (unsigned i = 0; i < n && !c.failed; i++)
            {
              uint16_t subslot = isth_cursor_be16 (&c);
              char child[ISTH_PROFINET_CHILD_TEXT];
              IsthEndpoint whom = make_about (ctx, NULL, at ? isth_be16 (at) : 0, subslot, child);

              isth_cursor_skip (&c, 6); /* identifier and state of the submodule */
              if (!c.failed && at && whom.child && state < G_N_ELEMENTS (states) && states[state])
                isth_emit_claim (ctx, &whom, ISTH_ATTRIBUTE_STATE, states[state], ISTH_CONFIDENCE_PARSED, at, 8);
            }
        }
    }
}
