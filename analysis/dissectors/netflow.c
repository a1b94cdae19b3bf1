/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetFlow versions 1, 5, 7 and 9 (RFC 3954) and IPFIX (RFC 7011) over UDP: who reports on the traffic that it sees, and to whom; whose fields it uses.
 *
 * The flows that are reported are not read: they are somebody else's observation of other traffic. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/names.h"

#define MOST_SETS 64
#define MOST_FIELDS 256

typedef struct
{
  bool roles;
} NetflowState;

typedef struct
{
  uint16_t version;
  uint32_t domain; /* which part of the exporter it is */
} NetflowHeader;

/* What must follow a header: records of one size each. */
static bool
has_records (uint16_t version,
             uint16_t count,
             uint32_t wire)
{
  switch (version)
    {
    case 1:
      return count >= 1 && count <= 24 && wire == 16u + 52u * count;
    case 5:
      return count >= 1 && count <= 30 && wire == 24u + 48u * count;
    case 7:
      return count >= 1 && count <= 28 && wire == 24u + 52u * count;
    default:
      return false;
    }
}

/* Templates (0 and 1; 2 and 3 of IPFIX), or data that follow one: they fill what is there but for padding. */
static bool
has_sets (IsthCursor c,
          uint16_t version)
{
  for (int n = 0; n < MOST_SETS && isth_cursor_wire_left (&c) >= 4; n++)
    {
      uint16_t id = isth_cursor_be16 (&c), length = isth_cursor_be16 (&c);

      if (c.failed)
        return n > 0 && c.cut;
      if ((id < 256 && (version == 9 ? id > 1 : id < 2 || id > 3)) || length < 4 || length - 4u > isth_cursor_wire_left (&c))
        return false;
      isth_cursor_take (&c, length - 4u);
      if (isth_cursor_wire_left (&c) == 0)
        return true;
      if (isth_cursor_left (&c) == 0)
        return n > 0;
    }
  return false;
}

/* The cursor then stands at the sets of versions 9 and 10. */
static bool
read_header (IsthCursor *c,
             NetflowHeader *header)
{
  uint32_t wire = isth_cursor_wire_left (c);
  uint16_t count;

  header->version = isth_cursor_be16 (c);
  count = isth_cursor_be16 (c);
  header->domain = 0;
  if (c->failed)
    return false;
  if (header->version < 9)
    return has_records (header->version, count, wire);
  if (header->version > 10 || (header->version == 10 && count != wire) || (header->version == 9 && count == 0))
    return false;
  isth_cursor_skip (c, header->version == 9 ? 12 : 8);
  header->domain = isth_cursor_be32 (c);
  return !c->failed && has_sets (*c, header->version);
}

static IsthProbe
netflow_probe (IsthCursor c,
               const IsthPacket *packet)
{
  NetflowHeader header;

  (void) packet;
  return isth_cursor_peek (&c, 0) == 0 && read_header (&c, &header) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* The maker whose own fields a template has (RFC 7011, 3.2). */
static void
read_template (IsthDissectContext *ctx,
               IsthCursor *set)
{
  uint16_t count;

  isth_cursor_skip (set, 2);
  count = isth_cursor_be16 (set);
  for (unsigned n = 0; n < MIN (count, (unsigned) MOST_FIELDS) && !set->failed; n++)
    {
      uint16_t field = isth_cursor_be16 (set);
      const uint8_t *enterprise;
      const char *vendor;

      isth_cursor_skip (set, 2);
      if (!(field & 0x8000))
        continue;
      enterprise = isth_cursor_bytes (set, 4);
      vendor = enterprise ? isth_name_enterprise (isth_be32 (enterprise))
                          : NULL;
      if (vendor)
        {
          isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, vendor, ISTH_CONFIDENCE_BANNER, enterprise, 4);
          return;
        }
    }
}

static IsthDissectResult
netflow_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  NetflowState *state = isth_context_state (ctx);
  IsthEndpoint collector = isth_context_receiver (ctx);
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .name = "export", .object = object };
  NetflowHeader header;

  if (!read_header (c, &header))
    return header.version >= 1 && header.version <= 10 ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (!state->roles)
    {
      isth_emit_role (ctx, NULL, "netflow-exporter");
      isth_emit_role (ctx, &collector, "netflow-collector");
      state->roles = true;
    }
  for (int n = 0; header.version == 10 && n < MOST_SETS && isth_cursor_left (c) >= 4; n++)
    {
      uint16_t id = isth_cursor_be16 (c), length = isth_cursor_be16 (c);
      IsthCursor set = isth_cursor_take (c, length < 4 ? 0 : length - 4u);

      if (id == 2)
        read_template (ctx, &set);
    }
  request.function = header.version;
  request.key = isth_context_digest (ctx, header.version, &header.domain, sizeof header.domain);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (header.version < 9)
    isth_text_format (object, sizeof object, "NetFlow version %u", header.version);
  else
    isth_text_format (object, sizeof object, "%s, domain %u", header.version == 9 ? "NetFlow version 9" : "IPFIX", header.domain);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 2055 }, { ISTH_BIND_UDP, 4739 }, { ISTH_BIND_UDP, 9995 } };

const IsthDissector isth_dissector_netflow = {
  .id = "netflow", /* stored in project files: never change it */
  .title = "NetFlow",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (NetflowState),
  .probe = netflow_probe,
  .dissect = netflow_dissect,
};
