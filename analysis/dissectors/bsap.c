/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BSAP of Bristol Babcock (Emerson), over UDP: who reads and writes which signals of which controller. BSAP Reference Manual D4052 (serial frames, remote
 * database access); the header for IP is not published: lengths, kinds and numbers of it as they are seen on the wire.
 *
 * Downloads of load and of flash are one transfer, of which the bytes are counted: what begins and ends one is not published.
 *
 * Frames of the serial line that were put into datagrams as they are (DLE STX …) are read as well: their nodes are children "bsap-node:N". Values are not
 * read, as their kind depends on the controller's load; signals read by address are counted, those by name are named. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define HEADER 14
#define HEADER_LONG 22

enum
{
  TO_ANSWER = 0x03,    /* who asked: a tool or supervisor */
  FLASH_DOWNLOAD = 0x68,
  DOWNLOAD = 0x78,
  DATABASE = 0xa0,
  DATABASE_EXTENSION = 0xa1,
};

static const struct
{
  uint8_t code;
  IsthOp verb;
  const char *name;
} functions[] = {
  { 0x00, ISTH_OP_READ, "read-signals-by-address" },
  { 0x02, ISTH_OP_READ, "read-logical-by-address" },
  { 0x04, ISTH_OP_READ, "read-signals-by-name" },
  { 0x06, ISTH_OP_READ, "read-logical-by-name" },
  { 0x0c, ISTH_OP_READ, "read-signals-by-list" },
  { 0x0d, ISTH_OP_READ, "read-signals-by-list-continued" },
  { 0x0e, ISTH_OP_READ, "read-logical-by-list" },
  { 0x0f, ISTH_OP_READ, "read-logical-by-list-continued" },
  { 0x80, ISTH_OP_WRITE, "write-signals-by-address" },
  { 0x84, ISTH_OP_WRITE, "write-signals-by-name" },
  { 0x8c, ISTH_OP_WRITE, "write-signals-by-list" },
  { 0x8d, ISTH_OP_WRITE, "write-signals-by-list-continued" },
};

static const struct
{
  uint16_t code;
  IsthOp verb;
  const char *name;
} extensions[] = {
  { 0x0101, ISTH_OP_CONTROL, "reset-system" },
  { 0x0102, ISTH_OP_CONFIGURE, "reset-diagnostics" },
  { 0x0201, ISTH_OP_READ, "read-date-and-time" },
  { 0x0202, ISTH_OP_READ, "read-date" },
  { 0x0203, ISTH_OP_READ, "read-time" },
  { 0x0281, ISTH_OP_TIME_SYNC, "write-date-and-time" },
  { 0x0400, ISTH_OP_CONFIGURE, "change-node-address" },
};

/* Other services of a node, by the number of who gets the message. */
static const struct
{
  uint8_t code;
  IsthOp verb;
  const char *name;
} services[] = {
  { 0x48, ISTH_OP_DIAGNOSE, "diagnostics" },
  { FLASH_DOWNLOAD, ISTH_OP_FIRMWARE, "flash-download" },
  { 0x6a, ISTH_OP_CONFIGURE, "flash-configuration" },
  { DOWNLOAD, ISTH_OP_PROGRAM, "download" },
  { 0x85, ISTH_OP_OTHER, "poll" },
  { 0x88, ISTH_OP_TIME_SYNC, "time-and-routing" },
  { 0x89, ISTH_OP_READ, "request-time-and-routing" },
  { 0xa2, ISTH_OP_REPORT, "report-by-exception" },
  { 0xa8, ISTH_OP_CONTROL, "acknowledge-alarm" },
  { 0xa9, ISTH_OP_CONFIGURE, "initialize-alarms" },
  { 0xaa, ISTH_OP_REPORT, "alarm-report" },
  { 0xb0, ISTH_OP_OTHER, "peer-to-peer" },
};

static bool
is_serial (const IsthCursor *c)
{
  return isth_cursor_peek (c, 0) == 0x10 && isth_cursor_peek (c, 1) == 0x02;
}

static bool
is_answer (uint16_t kind)
{
  return kind == 1 || kind == 5;
}

static bool
is_request (uint16_t kind)
{
  return kind == 6 || kind == 0x84 || kind == 0x86;
}

static IsthProbe
probe_serial (IsthCursor c)
{
  uint32_t whole = isth_cursor_wire_left (&c), n = isth_cursor_left (&c);
  const uint8_t *bytes = c.data + c.position;

  if (whole != n || n < 12 || n > 300 || bytes[n - 4] != 0x10 || bytes[n - 3] != 0x03)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_WEAK;
}

static IsthProbe
bsap_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c), header;
  uint16_t count, kind;

  (void) packet;
  if (is_serial (&c))
    return probe_serial (c);
  header = isth_cursor_le16 (&c);
  count = isth_cursor_le16 (&c);
  kind = isth_cursor_le16 (&c);
  if (c.failed || (header != HEADER && header != HEADER_LONG) || header > whole || count > 32 || (kind != 0 && !is_answer (kind) && !is_request (kind)))
    return ISTH_PROBE_NO;
  if (count == 0)
    return whole == header ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  isth_cursor_skip (&c, header - 6);
  if (count > 1)
    return isth_cursor_le32 (&c) < whole ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  return isth_cursor_le32 (&c) == whole - header && isth_cursor_peek (&c, 0) <= 0x20 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
count_bits (uint8_t byte)
{
  return (byte & 1u) + (byte >> 1 & 1u) + (byte >> 2 & 1u);
}

/* Which signals: by name, or how many by address or in which list. */
static void
describe_signals (IsthCursor c,
                  uint8_t function,
                  char *text,
                  size_t size)
{
  uint8_t count;
  char name[100];
  const uint8_t *start;
  const uint8_t *end;

  if (!(function & 0x80))
    isth_cursor_skip (&c, count_bits (isth_cursor_u8 (&c))); /* what is wanted of each */
  if ((function & 0x0f) == 0x00 || (function & 0x0f) == 0x02)
    isth_cursor_skip (&c, 2);                                /* version of the load */
  isth_cursor_skip (&c, 1);                                  /* security level */
  count = isth_cursor_u8 (&c);
  if (c.failed || count == 0)
    return;
  if ((function & 0x0f) >= 0x0c)
    {
      isth_text_format (text, size, "list %u", count);
      return;
    }
  start = c.data + c.position;
  end = isth_cursor_left (&c) > 0 ? memchr (start, 0, isth_cursor_left (&c)) : NULL;
  if ((function & 0x0f) < 4 || !end)
    isth_text_format (text, size, count > 1 ? "%u signals" : "%u signal", count);
  else if (count > 1)
    isth_text_format (text, size, "%s and %u more", isth_text_from_bytes (name, sizeof name, start, (size_t) (end - start)), count - 1u);
  else
    isth_text_from_bytes (text, size, start, (size_t) (end - start));
}

/* What is asked of the database of a node: @service, then what belongs to it. */
static void
read_service (IsthDissectContext *ctx,
              uint8_t service,
              IsthCursor body,
              IsthRequest *request)
{
  char object[ISTH_LIMIT_TEXT] = "";

  request->object = object;
  request->function = service;
  request->verb = ISTH_OP_OTHER;
  request->name = "service";
  for (size_t i = 0; i < G_N_ELEMENTS (services); i++)
    if (services[i].code == service)
      {
        request->verb = services[i].verb;
        request->name = services[i].name;
      }
  if (service == DATABASE)
    {
      uint8_t code = isth_cursor_u8 (&body);

      request->function = code;
      request->name = "remote-database";
      for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
        if (functions[i].code == code)
          {
            request->verb = functions[i].verb;
            request->name = functions[i].name;
            describe_signals (body, code, object, sizeof object);
          }
    }
  else if (service == DATABASE_EXTENSION)
    {
      uint16_t code = isth_cursor_le16 (&body);

      request->function = code;
      request->name = "database-extension";
      for (size_t i = 0; i < G_N_ELEMENTS (extensions); i++)
        if (extensions[i].code == code)
          {
            request->verb = extensions[i].verb;
            request->name = extensions[i].name;
          }
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "bsap-client");
  isth_emit_request (ctx, request);
}

/* Each message of a download is a piece of it. */
static void
follow_download (IsthDissectContext *ctx,
                 uint8_t service,
                 const IsthCursor *body,
                 const char *child)
{
  IsthTransfer transfer = { .verb = service == DOWNLOAD ? ISTH_OP_PROGRAM : ISTH_OP_FIRMWARE, .object = service == DOWNLOAD ? "load" : "flash", .child = child };

  if (service != DOWNLOAD && service != FLASH_DOWNLOAD)
    return;
  transfer.bytes = isth_cursor_wire_left (body);
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
}

static void
settle (IsthDissectContext *ctx,
        uint64_t match,
        uint8_t status,
        const IsthEndpoint *node)
{
  char text[24];

  isth_text_format (text, sizeof text, "error 0x%02x", status);
  isth_emit_response (ctx, match, status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, status ? text : NULL, false);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, node, "bsap-server");
}

/* Serial frames: the node, or for one further away a global header; then who gets it and who sent it there. */
static IsthDissectResult
read_serial (IsthDissectContext *ctx,
             IsthCursor *c)
{
  uint32_t n = isth_cursor_left (c);
  IsthRequest request = { 0 };
  IsthEndpoint node = isth_context_sender (ctx);
  uint16_t address, target, source, sequence;
  uint8_t to, from;
  char child[24];

  if (n < 12)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_limit (c, n - 4);
  isth_cursor_skip (c, 2);
  address = isth_cursor_u8 (c);
  target = source = address & 0x7f;
  isth_cursor_skip (c, 1);
  if (address & 0x80)
    {
      target = isth_cursor_le16 (c);
      source = isth_cursor_le16 (c);
      isth_cursor_skip (c, 1);
    }
  to = isth_cursor_u8 (c);
  sequence = isth_cursor_le16 (c);
  from = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  (void) from;
  isth_text_format (child, sizeof child, "bsap-node:%u", to == TO_ANSWER ? source : target);
  if (to == TO_ANSWER)
    {
      node.child = child;
      isth_emit_child (ctx, &node, NULL, 0);
      settle (ctx, sequence, isth_cursor_u8 (c), &node);
      return ISTH_DISSECT_OK;
    }
  request.match = sequence;
  request.child = child;
  read_service (ctx, to, *c, &request);
  follow_download (ctx, to, c, child);
  return ISTH_DISSECT_OK;
}

/* One message of a datagram. */
static bool
read_message (IsthDissectContext *ctx,
              IsthCursor *c,
              uint16_t kind)
{
  uint32_t length = isth_cursor_le32 (c), sequence;
  IsthCursor body = isth_cursor_take (c, length < 4 ? 0 : length - 4);
  IsthRequest request = { 0 };
  uint8_t code;

  isth_cursor_skip (&body, 1);
  sequence = isth_cursor_le32 (&body);
  code = isth_cursor_u8 (&body); /* of the service; of an answer, its status */
  if (c->failed || body.failed)
    return false;
  if (is_answer (kind))
    {
      settle (ctx, sequence, code, NULL);
      return true;
    }
  isth_cursor_skip (&body, 1); /* state of the node */
  request.match = sequence;
  if (body.length == body.wire && isth_cursor_left (&body) <= 256)
    request.key = isth_context_digest (ctx, code, body.data + body.position, isth_cursor_left (&body));
  request.function = code;
  if (!isth_emit_again (ctx, &request))
    read_service (ctx, code, body, &request);
  follow_download (ctx, code, &body, NULL);
  return true;
}

static IsthDissectResult
bsap_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint16_t header, count, kind;

  if (is_serial (c))
    return read_serial (ctx, c);
  header = isth_cursor_le16 (c);
  count = isth_cursor_le16 (c);
  kind = isth_cursor_le16 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (header != HEADER && header != HEADER_LONG)
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, header - 6u);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!is_answer (kind) && !is_request (kind))
    return ISTH_DISSECT_OK; /* counts what has come, and no more */
  for (uint16_t i = 0; i < count; i++)
    if (!read_message (ctx, c, kind))
      return ISTH_DISSECT_MALFORMED;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1234 }, { ISTH_BIND_UDP, 1235 } };

const IsthDissector isth_dissector_bsap = {
  .id = "bsap",
  .title = "BSAP",
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = bsap_probe,
  .dissect = bsap_dissect,
};
