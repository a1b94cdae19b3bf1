/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Genisys of Union Switch & Signal (Alstom), as it is carried over TCP: which office polls which signalling location, and what it commands there.
 * Genisys Protocol Specification (US&S, 1989): a header byte from 0xf1 on, the location's address, pairs of byte number and content, a check, 0xf6.
 *
 * Locations are children "genisys-address:N" of the address they answer from. What a bit stands for is each railway's own: bytes are given by number. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/crc16.h"

#define ESCAPE 0xf0
#define END 0xf6
#define LONGEST 600  /* of a message: 256 pairs and every byte escaped would be no railway's */
#define CONTENT 300

enum
{
  ACKNOWLEDGE = 0xf1,
  INDICATION = 0xf2,
  CHECKBACK = 0xf3,
  COMMON_CONTROL = 0xf9,
  ACKNOWLEDGE_AND_POLL = 0xfa,
  POLL = 0xfb,
  CONTROL = 0xfc,
  RECALL = 0xfd,
  EXECUTE = 0xfe,
};

static const struct
{
  IsthOp verb;
  const char *name;
} requests[] = {
  [COMMON_CONTROL - COMMON_CONTROL] = { ISTH_OP_CONTROL, "common-control" },
  [ACKNOWLEDGE_AND_POLL - COMMON_CONTROL] = { ISTH_OP_READ, "acknowledge-and-poll" },
  [POLL - COMMON_CONTROL] = { ISTH_OP_READ, "poll" },
  [CONTROL - COMMON_CONTROL] = { ISTH_OP_WRITE, "control-data" },
  [RECALL - COMMON_CONTROL] = { ISTH_OP_READ, "recall" },
  [EXECUTE - COMMON_CONTROL] = { ISTH_OP_CONTROL, "execute-controls" },
};

typedef struct
{
  uint8_t header;
  uint8_t bytes[CONTENT]; /* address, pairs, check; without escapes */
  uint32_t n;
} Message;

static bool
is_header (int byte)
{
  return (byte >= ACKNOWLEDGE && byte <= CHECKBACK) || (byte >= COMMON_CONTROL && byte <= EXECUTE);
}

/* Takes the escapes out of @n bytes behind the header; false when they contradict themselves. */
static bool
unescape (Message *m,
          const uint8_t *bytes,
          uint32_t n)
{
  bool escaped = false;

  m->n = 0;
  for (uint32_t i = 0; i < n; i++)
    if (bytes[i] == ESCAPE && !escaped)
      escaped = true;
    else if (bytes[i] > ESCAPE || (escaped && bytes[i] > 0x0f) || m->n + 2 >= CONTENT)
      return false;
    else
      {
        m->bytes[m->n++] = escaped ? ESCAPE | bytes[i] : bytes[i];
        escaped = false;
      }
  return !escaped && m->n > 0;
}

/* An acknowledgment has no check, and a poll may have none. */
static bool
has_check (const Message *m)
{
  return m->header != ACKNOWLEDGE && !(m->header == POLL && m->n == 1);
}

static bool
is_right (const Message *m)
{
  uint16_t crc;

  if (!has_check (m))
    return m->n == 1;
  if (m->n < 3)
    return false;
  crc = isth_crc16 (isth_crc16 (0xffff, &m->header, 1), m->bytes, m->n - 2);
  return crc == (m->bytes[m->n - 2] | m->bytes[m->n - 1] << 8);
}

/* A message of @n bytes with header and end. There are those who do not escape the check. */
static bool
read_message (const uint8_t *bytes,
              uint32_t n,
              Message *m)
{
  m->header = bytes[0];
  if (n < 3 || !is_header (m->header) || bytes[n - 1] != END)
    return false;
  if (unescape (m, bytes + 1, n - 2) && is_right (m))
    return true;
  if (n < 5 || !unescape (m, bytes + 1, n - 4))
    return false;
  m->bytes[m->n++] = bytes[n - 3];
  m->bytes[m->n++] = bytes[n - 2];
  return is_right (m);
}

/* How long the message is; 0: its end is not there. An end that makes no sense may be part of the check. */
static uint32_t
find_end (const IsthCursor *c)
{
  const uint8_t *bytes = c->data + c->position;
  uint32_t n = MIN (isth_cursor_left (c), LONGEST), first = 0;
  Message m;

  for (uint32_t i = 1; i < n && (first == 0 || i < first + 2); i++)
    if (bytes[i] == END)
      {
        if (read_message (bytes, i + 1, &m))
          return i + 1;
        first = first ? first : i + 1;
      }
  return first;
}

static IsthProbe
genisys_probe (IsthCursor c,
               const IsthPacket *packet)
{
  uint32_t n;
  Message m;

  (void) packet;
  if (!is_header (isth_cursor_peek (&c, 0)))
    return ISTH_PROBE_NO;
  n = find_end (&c);
  if (n == 0 || !read_message (c.data + c.position, n, &m))
    return ISTH_PROBE_NO;
  return has_check (&m) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
genisys_pdu_length (IsthCursor c)
{
  uint32_t n;

  if (isth_cursor_left (&c) == 0)
    return ISTH_PDU_MORE;
  if (!is_header (isth_cursor_peek (&c, 0)))
    return ISTH_PDU_INVALID;
  n = find_end (&c);
  if (n > 0)
    return n;
  return isth_cursor_left (&c) >= LONGEST ? ISTH_PDU_INVALID : ISTH_PDU_MORE;
}

/* "byte 5 = 0x01 and 2 more". */
static void
describe (const Message *m,
          char text[40])
{
  uint32_t pairs = has_check (m) ? (m->n - 3) / 2 : 0;

  if (pairs > 1)
    isth_text_format (text, 40, "byte %u = 0x%02x and %u more", m->bytes[1], m->bytes[2], pairs - 1);
  else if (pairs == 1)
    isth_text_format (text, 40, "byte %u = 0x%02x", m->bytes[1], m->bytes[2]);
}

static IsthDissectResult
genisys_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  char child[28], object[40] = "";
  IsthRequest request = { .child = child, .object = object };
  IsthEndpoint location;
  const uint8_t *bytes;
  uint32_t n;
  Message m;

  if (isth_cursor_left (c) > 0 && !is_header (isth_cursor_peek (c, 0)))
    return ISTH_DISSECT_NOT_MINE;
  n = isth_cursor_left (c);
  bytes = isth_cursor_bytes (c, n);
  if (!bytes || n == 0 || !read_message (bytes, n, &m))
    return ISTH_DISSECT_MALFORMED;
  isth_text_format (child, sizeof child, "genisys-address:%u", m.bytes[0]);
  if (m.header <= CHECKBACK)
    {
      location = isth_context_sender (ctx);
      location.child = child;
      isth_emit_response (ctx, m.bytes[0], ISTH_OUTCOME_OK, NULL, false);
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_child (ctx, &location, NULL, 0);
      isth_emit_role (ctx, &location, "genisys-server");
      return ISTH_DISSECT_OK;
    }
  request.match = m.bytes[0];
  request.function = m.header;
  request.verb = requests[m.header - COMMON_CONTROL].verb;
  request.name = requests[m.header - COMMON_CONTROL].name;
  request.no_answer = m.header == COMMON_CONTROL;
  request.child = request.no_answer ? NULL : child;
  if (m.header == POLL || m.header == ACKNOWLEDGE_AND_POLL)
    request.key = isth_context_digest (ctx, m.header, m.bytes, 1);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (m.header != POLL)
    describe (&m, object);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "genisys-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 10001 } };

const IsthDissector isth_dissector_genisys = {
  .id = "genisys",
  .title = "Genisys",
  .depth = ISTH_DEPTH_FULL,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = genisys_probe,
  .pdu_length = genisys_pdu_length,
  .dissect = genisys_dissect,
};
