/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routing information: who routes, to which networks, and that the password is in clear. RFC 1058 (version 1), RFC 2453 (version 2), RFC 2080 (RIPng). */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/hello.h"

#define PORT 520
#define PORT_NG 521
#define ENTRY_SIZE 20
#define INFINITE 16
#define FAMILY_IP 2
#define FAMILY_PROOF 0xffff
#define SHOWN 6 /* networks in a text */

enum
{
  COMMAND_REQUEST = 1,
  COMMAND_RESPONSE = 2,
};

typedef struct
{
  uint64_t said;
  bool password;
} State;

/* IPv4, its mask and a metric; an entry of zeros asks for all there is. */
static bool
fits_entry (const uint8_t *entry,
            uint8_t command)
{
  uint32_t metric = isth_be32 (entry + 16);
  uint16_t family = isth_be16 (entry);

  if (family == FAMILY_PROOF)
    return true;
  if (command == COMMAND_REQUEST && family == 0)
    return metric == INFINITE;
  return family == FAMILY_IP && metric >= (command == COMMAND_RESPONSE) && metric <= INFINITE;
}

/* Prefix, tag, its bits, a metric; 255 says that the entry is a next hop. */
static bool
fits_entry_ng (const uint8_t *entry)
{
  return entry[18] <= 128 && (entry[19] <= INFINITE || entry[19] == 0xff);
}

/* Whether all fits: the head, and each entry. */
static bool
read_head (IsthCursor *c,
           bool ng,
           uint8_t *command,
           uint8_t *version)
{
  IsthCursor entries;

  *command = isth_cursor_u8 (c);
  *version = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2); /* zero, but for some of version 2 */
  if (c->failed || *command < COMMAND_REQUEST || *command > COMMAND_RESPONSE || *version < 1 || *version > (ng ? 1 : 2)
      || isth_cursor_wire_left (c) % ENTRY_SIZE != 0 || isth_cursor_wire_left (c) == 0)
    return false;
  entries = *c;
  while (isth_cursor_left (&entries) >= ENTRY_SIZE)
    {
      const uint8_t *entry = isth_cursor_bytes (&entries, ENTRY_SIZE);

      if (!(ng ? fits_entry_ng (entry) : fits_entry (entry, *command)))
        return false;
    }
  return true;
}

static IsthProbe
rip_probe (IsthCursor c,
           const IsthPacket *packet)
{
  bool ng = packet->source.kind == ISTH_ADDRESS_IPV6;
  uint8_t command, version;
  uint32_t size = c.wire;

  if (isth_cursor_peek (&c, 2) != 0 || isth_cursor_peek (&c, 3) != 0 || !read_head (&c, ng, &command, &version))
    return ISTH_PROBE_NO;
  return !ng && command == COMMAND_RESPONSE && size >= 4 + 2 * ENTRY_SIZE ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static unsigned
count_bits (const uint8_t *mask)
{
  unsigned n = 0;

  while (n < 32 && mask[n / 8] & 0x80 >> n % 8)
    n++;
  return n;
}

/* Networks that the sender leads to. Version 1 has no masks: there only what fits a class is told. */
static void
emit_routes (IsthDissectContext *ctx,
             IsthCursor c,
             bool ng,
             uint8_t version)
{
  IsthEndpoint router = isth_hello_router (ctx);

  while (isth_cursor_left (&c) >= ENTRY_SIZE)
    {
      const uint8_t *entry = isth_cursor_bytes (&c, ENTRY_SIZE), *network = entry + 4;
      unsigned bits = network[0] < 128 ? 8 : network[0] < 192 ? 16 : 24;

      if (ng)
        {
          if (entry[19] < INFINITE)
            isth_hello_route_six (ctx, &router, entry, entry[18], entry, 19);
          continue;
        }
      if (isth_be16 (entry) != FAMILY_IP || entry[19] >= INFINITE)
        continue;
      if (version > 1)
        isth_hello_route_masked (ctx, &router, network, entry + 8, network, 8);
      else if ((isth_be32 (network) & UINT32_MAX >> bits) == 0)
        isth_hello_route (ctx, &router, network, bits, network, 4);
    }
}

static const char *
describe (IsthCursor c,
          bool ng,
          uint8_t version,
          char text[ISTH_LIMIT_TEXT])
{
  char name[ISTH_ADDRESS_TEXT];
  IsthAddress network;
  int shown = 0;

  isth_text_format (text, ISTH_LIMIT_TEXT, "version %s%u", ng ? "ng " : "", version);
  for (; shown < SHOWN && isth_cursor_left (&c) >= ENTRY_SIZE; shown++)
    {
      const uint8_t *entry = isth_cursor_bytes (&c, ENTRY_SIZE);
      size_t used = strlen (text);

      if (ng)
        {
          network = isth_address_ipv6 (entry);
          if (entry[19] != 0xff)
            isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s/%u metric %u", isth_address_format (&network, name), entry[18], entry[19]);
          continue;
        }
      network = isth_address_ipv4 (entry + 4);
      if (entry[0] == 0xff)
        continue;
      if (entry[1] == 0)
        isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", all");
      else if (version == 1)
        isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s metric %u", isth_address_format (&network, name), entry[19]);
      else
        isth_text_format (text + used, ISTH_LIMIT_TEXT - used, ", %s/%u metric %u", isth_address_format (&network, name), count_bits (entry + 8),
                          entry[19]);
    }
  if (isth_cursor_left (&c) > 0)
    isth_text_format (text + strlen (text), ISTH_LIMIT_TEXT - strlen (text), " … (%u)", shown + isth_cursor_left (&c) / ENTRY_SIZE);
  return text;
}

/* RFC 2453, 4.1: in place of the first entry. */
static const uint8_t *
find_password (IsthCursor c)
{
  const uint8_t *first = isth_cursor_bytes (&c, ENTRY_SIZE);

  return first && first[0] == 0xff && first[3] == 2 ? first + 4 : NULL;
}

static IsthDissectResult
rip_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  bool ng = isth_context_packet (ctx)->source.kind == ISTH_ADDRESS_IPV6;
  State *state = isth_context_state (ctx);
  IsthRequest request = { .no_answer = true };
  const uint8_t *at = c->data + c->position, *password;
  uint32_t size = isth_cursor_left (c);
  char object[ISTH_LIMIT_TEXT];
  uint8_t command, version;

  if (!read_head (c, ng, &command, &version))
    return ISTH_DISSECT_MALFORMED;
  password = ng ? NULL : find_password (*c);
  if (password)
    isth_context_show (ctx, at, (uint32_t) (password - at));
  request.function = command;
  request.name = command == COMMAND_REQUEST ? "request" : "routes";
  request.verb = command == COMMAND_REQUEST ? ISTH_OP_READ : ISTH_OP_REPORT;
  request.key = isth_hello_digest (ctx, 0, at, size);
  if (!isth_emit_again (ctx, &request))
    {
      request.object = describe (*c, ng, version, object);
      isth_emit_request (ctx, &request);
    }
  if (command == COMMAND_RESPONSE && isth_hello_is_new (&state->said, request.key))
    {
      IsthEndpoint router = isth_hello_router (ctx);

      isth_emit_role (ctx, &router, "router");
      emit_routes (ctx, *c, ng, version);
    }
  if (password && !state->password)
    state->password = isth_hello_password (ctx, password, 16);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT }, { ISTH_BIND_UDP, PORT_NG } };

const IsthDissector isth_dissector_rip = {
  .id = "rip",
  .title = N_("Routing information protocol"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "route",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = rip_probe,
  .dissect = rip_dissect,
};
