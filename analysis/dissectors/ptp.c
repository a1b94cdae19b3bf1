/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precision time protocol: who is the clock of a domain, how good it is, and what is set in clocks. IEEE 1588-2008 (version 2; 802.1AS is a
 * profile of it), 13 and 15; IEEE 1588-2002 (version 1), annex D.
 *
 * Times and offsets are not kept: how well anybody is synchronised cannot be said. A grandmaster behind other clocks is known by its identity
 * only. Most management goes by multicast, so that an answer finds no question: it speaks for itself. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x88f7
#define HEADER 34

enum
{
  TYPE_ANNOUNCE = 0x0b,
  TYPE_MANAGEMENT = 0x0d,
};

/* Messages of version 2: the shortest length and the control field that repeats what they are for clocks of version 1. */
static const struct
{
  const char *name;
  uint8_t shortest, control;
} types[] = {
  [0x00] = { "sync", 44, 0 },
  [0x01] = { "delay-request", 44, 1 },
  [0x02] = { "peer-delay-request", 54, 5 },
  [0x03] = { "peer-delay-response", 54, 5 },
  [0x08] = { "follow-up", 44, 2 },
  [0x09] = { "delay-response", 54, 3 },
  [0x0a] = { "peer-delay-follow-up", 54, 5 },
  [TYPE_ANNOUNCE] = { "announce", 64, 5 },
  [0x0c] = { "signaling", 44, 5 },
  [TYPE_MANAGEMENT] = { "management", 48, 4 },
};

static const char *const first_types[] = { "sync", "delay-request", "follow-up", "delay-response", "management" };

enum
{
  ACTION_GET,
  ACTION_SET,
  ACTION_RESPONSE,
  ACTION_COMMAND,
  ACTION_ACKNOWLEDGE,
};

enum
{
  TLV_MANAGEMENT = 1,
  TLV_ERROR = 2,
  ID_CLOCK_DESCRIPTION = 1,
};

static const struct
{
  uint16_t id;
  const char *name;
} objects[] = {
  { 0x0000, "null" },              { ID_CLOCK_DESCRIPTION, "clock description" }, { 0x0002, "user description" },
  { 0x0003, "save settings" },     { 0x0004, "reset settings" },                  { 0x0005, "initialize" },
  { 0x0006, "fault log" },         { 0x0007, "fault log reset" },                 { 0x2000, "default data set" },
  { 0x2001, "current data set" },  { 0x2002, "parent data set" },                 { 0x2003, "time properties" },
  { 0x2004, "port data set" },     { 0x2005, "priority 1" },                      { 0x2006, "priority 2" },
  { 0x2007, "domain" },            { 0x2008, "slave only" },                      { 0x2009, "announce interval" },
  { 0x200a, "announce timeout" },  { 0x200b, "sync interval" },                   { 0x200c, "version number" },
  { 0x200d, "enable port" },       { 0x200e, "disable port" },                    { 0x200f, "time" },
  { 0x2010, "clock accuracy" },    { 0x2011, "UTC properties" },                  { 0x2012, "traceability" },
  { 0x2013, "timescale" },         { 0x6000, "delay mechanism" },                 { 0x6001, "delay request interval" },
};

static const char *const errors[] = {
  NULL, "response too big", "no such id", "wrong length", "wrong value", "not settable", "not supported",
};

typedef struct
{
  uint8_t type, domain, control;
  uint16_t length;
  const uint8_t *clock; /* identity of the sender: eight bytes */
  uint16_t sequence;
} Header;

static bool
is_known (const Header *h)
{
  return h->type < G_N_ELEMENTS (types) && types[h->type].name && h->length >= types[h->type].shortest;
}

static bool
read_header (IsthCursor *c,
             Header *h)
{
  h->type = isth_cursor_u8 (c) & 0x0f; /* above it: whose profile of the protocol it is */
  if ((isth_cursor_u8 (c) & 0x0f) != 2)
    return false;
  h->length = isth_cursor_be16 (c);
  h->domain = isth_cursor_u8 (c);
  isth_cursor_skip (c, 15); /* flags, correction */
  h->clock = isth_cursor_bytes (c, 8);
  isth_cursor_skip (c, 2); /* port */
  h->sequence = isth_cursor_be16 (c);
  h->control = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  if (c->failed || !is_known (h) || (uint32_t) (h->length - HEADER) > isth_cursor_wire_left (c))
    return false;
  isth_cursor_limit (c, h->length - HEADER);
  return true;
}

/* Of version 1: two versions, a name of 16 bytes, event or general, the technology, UUID. */
static bool
is_first_version (IsthCursor c)
{
  const uint8_t *b = isth_cursor_bytes (&c, 36);

  return b && b[0] == 0 && b[1] == 1 && b[2] == 0 && b[3] == 1 && (b[20] == 1 || b[20] == 2) && b[32] < G_N_ELEMENTS (first_types)
         && isth_text_is_printable (b + 4, 16);
}

static IsthProbe
ptp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  Header h;

  if (packet->layer == ISTH_LAYER_UDP && isth_cursor_peek (&c, 1) == 1)
    return is_first_version (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  if ((packet->layer != ISTH_LAYER_UDP && packet->ether_type != ETHER_TYPE) || !read_header (&c, &h))
    return ISTH_PROBE_NO;
  if (packet->layer != ISTH_LAYER_UDP)
    return ISTH_PROBE_STRONG;
  return h.length == whole && h.control == types[h.type].control ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static void
say (IsthDissectContext *ctx,
     uint64_t key,
     int64_t function,
     const char *name,
     const char *object)
{
  isth_emit_request (ctx, &(IsthRequest){ .key = key, .no_answer = true, .verb = ISTH_OP_TIME_SYNC, .function = function, .name = name,
                                          .object = object });
}

static bool
said (IsthDissectContext *ctx,
      uint64_t key,
      int64_t function)
{
  return isth_emit_again (ctx, &(IsthRequest){ .key = key, .no_answer = true, .function = function });
}

static void
emit_clock (IsthDissectContext *ctx,
            const uint8_t *clock,
            uint32_t size,
            const char *role)
{
  char text[20];

  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_from_hex (text, sizeof text, clock, size), ISTH_CONFIDENCE_PARSED, clock,
                   size);
  isth_emit_role (ctx, NULL, role);
}

/* Announce, 13.5: the grandmaster, and how good it says that it is. */
static bool
read_announce (IsthDissectContext *ctx,
               const Header *h,
               IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT], clock[20];
  const uint8_t *rank, *master;
  uint64_t key;

  isth_cursor_skip (c, 13); /* time, offset to UTC */
  rank = isth_cursor_bytes (c, 6);
  master = isth_cursor_bytes (c, 8);
  isth_cursor_skip (c, 3); /* steps removed, source */
  if (c->failed)
    return false;
  key = isth_context_digest (ctx, h->type | h->domain << 8, rank, 14);
  if (!said (ctx, key, h->type))
    {
      isth_text_from_hex (clock, sizeof clock, master, 8);
      isth_text_format (object, sizeof object, "domain %u, grandmaster %s, priority %u/%u, class %u", h->domain, clock, rank[0], rank[5], rank[1]);
      say (ctx, key, h->type, types[h->type].name, object);
    }
  emit_clock (ctx, h->clock, 8, memcmp (master, h->clock, 8) == 0 ? "ptp-grandmaster" : "ptp-master");
  return true;
}

/* Text with its length before it; false at the end. */
static bool
take_text (IsthCursor *c,
           const uint8_t **text,
           uint32_t *size)
{
  *size = isth_cursor_u8 (c);
  *text = isth_cursor_bytes (c, *size);
  return *text != NULL;
}

/* Parts between semicolons, each of which is an attribute. */
static void
emit_parts (IsthDissectContext *ctx,
            const IsthAttribute *attributes,
            size_t n,
            const uint8_t *text,
            uint32_t size)
{
  for (size_t i = 0; i < n; i++)
    {
      const uint8_t *end = memchr (text, ';', size);
      uint32_t length = end ? (uint32_t) (end - text) : size;

      if (length > 0)
        isth_emit_text (ctx, NULL, attributes[i], ISTH_CONFIDENCE_PARSED, text, length);
      if (!end)
        return;
      text += length + 1;
      size -= length + 1;
    }
}

/* CLOCK_DESCRIPTION, 15.5.3.1.2: texts "maker;model;instance", "hardware;firmware;software", "name;place". */
static void
read_description (IsthDissectContext *ctx,
                  IsthCursor c)
{
  static const IsthAttribute product[] = { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_SERIAL };
  static const IsthAttribute revision[] = { ISTH_ATTRIBUTE_HARDWARE, ISTH_ATTRIBUTE_FIRMWARE, ISTH_ATTRIBUTE_SOFTWARE };
  static const IsthAttribute user[] = { ISTH_ATTRIBUTE_NAME, ISTH_ATTRIBUTE_LOCATION };
  const uint8_t *text;
  uint32_t size;

  isth_cursor_skip (&c, 2); /* type of the clock */
  take_text (&c, &text, &size);
  isth_cursor_skip (&c, isth_cursor_be16 (&c)); /* physical address */
  isth_cursor_skip (&c, 2);                     /* network protocol */
  isth_cursor_skip (&c, isth_cursor_be16 (&c)); /* address */
  isth_cursor_skip (&c, 4);                     /* maker's OUI */
  if (take_text (&c, &text, &size))
    emit_parts (ctx, product, G_N_ELEMENTS (product), text, size);
  if (take_text (&c, &text, &size))
    emit_parts (ctx, revision, G_N_ELEMENTS (revision), text, size);
  if (take_text (&c, &text, &size))
    emit_parts (ctx, user, G_N_ELEMENTS (user), text, size);
}

static const char *
find_object (uint16_t id,
             char text[16])
{
  for (size_t i = 0; i < G_N_ELEMENTS (objects); i++)
    if (objects[i].id == id)
      return objects[i].name;
  return isth_text_format (text, 16, "id 0x%04x", id);
}

static void
ask (IsthDissectContext *ctx,
     uint64_t match,
     uint8_t action,
     uint16_t id)
{
  static const char *const names[] = { [ACTION_GET] = "management-get", [ACTION_SET] = "management-set", [ACTION_COMMAND] = "management-command" };
  const IsthPacket *packet = isth_context_packet (ctx);
  char text[16];

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &(IsthRequest){
                            .match = match,
                            .no_answer = isth_address_is_group (&packet->target) || isth_address_is_group (&packet->target_mac),
                            .verb = action != ACTION_GET ? ISTH_OP_CONFIGURE : id == ID_CLOCK_DESCRIPTION ? ISTH_OP_IDENTIFY : ISTH_OP_READ,
                            .function = action,
                            .name = names[action],
                            .object = find_object (id, text),
                          });
}

/* Management, 15.4: one object is read, set, or told of. */
static bool
read_management (IsthDissectContext *ctx,
                 const Header *h,
                 IsthCursor *c)
{
  uint8_t action;
  uint16_t type, code, id;
  uint64_t match;

  isth_cursor_skip (c, 12); /* whose, how many hops */
  action = isth_cursor_u8 (c) & 0x0f;
  isth_cursor_skip (c, 1);
  type = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2); /* length */
  code = isth_cursor_be16 (c);
  id = type == TLV_ERROR ? isth_cursor_be16 (c) : code;
  if (c->failed)
    return false;
  match = (uint64_t) h->sequence << 16 | id;
  if (action == ACTION_GET || action == ACTION_SET || action == ACTION_COMMAND)
    ask (ctx, match, action, id);
  else if (action == ACTION_RESPONSE || action == ACTION_ACKNOWLEDGE)
    {
      const char *error = code < G_N_ELEMENTS (errors) && errors[code] ? errors[code] : "error";

      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      if (type == TLV_MANAGEMENT && id == ID_CLOCK_DESCRIPTION)
        read_description (ctx, isth_cursor_rest (c));
      emit_clock (ctx, h->clock, 8, "ptp-clock");
      isth_emit_response (ctx, match, type == TLV_ERROR ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, type == TLV_ERROR ? error : NULL, false);
    }
  return true;
}

/* Version 1: every synchronisation names the grandmaster. */
static IsthDissectResult
read_first_version (IsthDissectContext *ctx,
                    IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT] = "", domain[40], clock[16];
  const uint8_t *name, *uuid, *master;
  uint64_t key;
  uint8_t control;

  isth_cursor_skip (c, 4);
  name = isth_cursor_bytes (c, 16);
  isth_cursor_skip (c, 2);
  uuid = isth_cursor_bytes (c, 6);
  isth_cursor_skip (c, 4); /* port, sequence */
  control = isth_cursor_u8 (c);
  isth_cursor_skip (c, 21); /* flags, time */
  master = control == 0 ? isth_cursor_bytes (c, 6) : NULL;
  if (!uuid || control >= G_N_ELEMENTS (first_types) || (control == 0 && !master))
    return ISTH_DISSECT_MALFORMED;

  key = isth_context_digest (ctx, isth_context_digest (ctx, control, name, 16), master ? master : uuid, 6);
  if (!said (ctx, key, control))
    {
      isth_text_from_string (domain, sizeof domain, name, 16);
      isth_text_format (object, sizeof object, "subdomain %s", domain);
      if (master)
        isth_text_format (object, sizeof object, "subdomain %s, grandmaster %s", domain, isth_text_from_hex (clock, sizeof clock, master, 6));
      say (ctx, key, control, first_types[control], object);
    }
  if (master)
    emit_clock (ctx, uuid, 6, memcmp (master, uuid, 6) == 0 ? "ptp-grandmaster" : "ptp-master");
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ptp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  char object[24];
  uint64_t key;
  Header h;

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_UDP && is_first_version (*c))
    return read_first_version (ctx, c);
  if (!read_header (c, &h))
    return ISTH_DISSECT_MALFORMED;
  if (h.type == TYPE_ANNOUNCE)
    return read_announce (ctx, &h, c) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  if (h.type == TYPE_MANAGEMENT)
    return read_management (ctx, &h, c) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;

  key = isth_context_digest (ctx, h.type, &h.domain, 1);
  if (!said (ctx, key, h.type))
    say (ctx, key, h.type, types[h.type].name, isth_text_format (object, sizeof object, "domain %u", h.domain));
  if (h.type == 0)
    isth_emit_role (ctx, NULL, "ptp-master");
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_ETHER_TYPE, ETHER_TYPE },
  { ISTH_BIND_UDP, 319 },
  { ISTH_BIND_UDP, 320 },
};

const IsthDissector isth_dissector_ptp = {
  .id = "ptp",
  .title = N_("Precision time protocol"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model serial hardware firmware software name location protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ptp_probe,
  .dissect = ptp_dissect,
};
