/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GOOSE: protection relays publish states to each other, by multicast and without IP. IEC 61850-8-1, 18.1 and annex C.
 *
 * The same is said again and again; what is told apart is a new state, a state number that went back (a restart, or somebody else who
 * publishes under that name), silence that lasted longer than was allowed, and messages marked as a test. Of a message that the capture cut
 * there is what stands in front of the cut; of one that breaks off although it was captured whole, its names. What the values of a data set
 * mean cannot be said without the station's configuration; nor who subscribes. Routable GOOSE (IEC 61850-90-5) is not read. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/iec61850-frame.h"

#define ETHER_TYPE 0x88b8
#define N_BLOCKS 16       /* control blocks of one publisher and group that are remembered */

enum
{
  TAG_PDU = 0x61,
  TAG_REFERENCE = 0x80,
  TAG_TIME_TO_LIVE = 0x81,
  TAG_DATA_SET = 0x82,
  TAG_ID = 0x83,
  TAG_STATE = 0x85,
  TAG_TEST = 0x87,
  TAG_REVISION = 0x88,
  TAG_NEEDS_COMMISSIONING = 0x89,
};

/* What was last said under the name of one control block. */
typedef struct
{
  uint64_t name;  /* digest of reference, data set and id; 0: free */
  int64_t until;  /* when the next message must have come */
  uint32_t state;
  bool unfinished; /* needs commissioning */
} Block;

typedef struct
{
  Block blocks[N_BLOCKS];
} GooseState;

typedef struct
{
  uint16_t application;
  IsthCursor reference, data_set, id;
  uint64_t time_to_live, state, revision; /* ms, number, number */
  bool test, unfinished;
  bool has_state, has_revision;
  bool cut;    /* by the capture */
  bool broken; /* by whoever made it */
} Message;

static bool
read_flag (IsthCursor body)
{
  return isth_cursor_u8 (&body) != 0;
}

/* Fields that are not there as a whole are left out. */
static void
read_fields (IsthCursor pdu,
             Message *m)
{
  bool wrong = false;
  IsthCursor body;
  uint32_t tag;

  m->cut = pdu.length < pdu.wire;
  while (!wrong && isth_ber_next (&pdu, &tag, &body) && body.length == body.wire)
    switch (tag)
      {
      case TAG_REFERENCE:
        m->reference = body;
        break;
      case TAG_DATA_SET:
        m->data_set = body;
        break;
      case TAG_ID:
        m->id = body;
        break;
      case TAG_TIME_TO_LIVE:
        wrong = !isth_ber_unsigned (body, &m->time_to_live);
        break;
      case TAG_STATE:
        m->has_state = isth_ber_unsigned (body, &m->state);
        break;
      case TAG_REVISION:
        m->has_revision = isth_ber_unsigned (body, &m->revision);
        wrong = !m->has_revision;
        break;
      case TAG_TEST:
        m->test |= read_flag (body);
        break;
      case TAG_NEEDS_COMMISSIONING:
        m->unfinished = read_flag (body);
        break;
      default:
        break;
      }
  m->broken |= wrong || (pdu.failed && !pdu.cut) || (!m->has_state && !m->cut);
}

/* Header and the beginning of the PDU; false when this is no GOOSE. Broken ones are found out by their lengths. */
static bool
read_header (IsthCursor *c,
             Message *m,
             IsthCursor *pdu)
{
  IsthIec61850Frame frame;

  if (!isth_iec61850_read_frame (c, TAG_PDU, &frame))
    return false;
  *m = (Message){ .application = frame.application, .test = frame.simulated, .broken = frame.broken };
  *pdu = frame.pdu;
  return true;
}

static IsthProbe
goose_probe (IsthCursor c,
             const IsthPacket *packet)
{
  Message m;
  IsthCursor pdu;

  if (isth_cursor_peek (&c, ISTH_IEC61850_HEADER) != TAG_PDU)
    return ISTH_PROBE_NO;
  if (!read_header (&c, &m, &pdu) || m.broken || isth_cursor_peek (&pdu, 0) != TAG_REFERENCE)
    return packet->ether_type == ETHER_TYPE ? ISTH_PROBE_WEAK : ISTH_PROBE_NO; /* damaged, but meant as one */
  return ISTH_PROBE_STRONG;
}

static uint64_t
digest (const IsthDissectContext *ctx,
        uint64_t before,
        const IsthCursor *text)
{
  return text->data ? isth_context_digest (ctx, before, text->data, text->length) : before;
}

/* Where what was said under @name is kept; a free one for a new name. */
static Block *
find_block (GooseState *state,
            uint64_t name)
{
  for (size_t i = 0; i < N_BLOCKS; i++)
    if (state->blocks[i].name == name || state->blocks[i].name == 0)
      return &state->blocks[i];
  return &state->blocks[name % N_BLOCKS];
}

static void
emit_names (IsthDissectContext *ctx,
            const Message *m)
{
  const uint8_t *slash = memchr (m->reference.data, '/', m->reference.length);

  isth_emit_role (ctx, NULL, "goose-publisher");
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, m->reference.data, m->reference.length);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, m->data_set.data, m->data_set.length);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, m->id.data, m->id.length);
  /* Before the slash stands the logical device: the relay's name in the plant and which of its parts. */
  if (slash)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, m->reference.data, (uint32_t) (slash - m->reference.data));
}

/* @detail: what more there is to say; NULL: nothing. */
static void
report (IsthDissectContext *ctx,
        const Message *m,
        uint64_t name,
        const char *what,
        const char *detail)
{
  IsthRequest request = {
    .key = isth_context_digest (ctx, name, what, strlen (what)),
    .no_answer = true,
    .verb = ISTH_OP_REPORT,
    .function = -1,
    .name = what,
  };
  char object[ISTH_LIMIT_TEXT], reference[ISTH_LIMIT_TEXT], revision[32] = "";

  if (detail)
    request.key = isth_context_digest (ctx, request.key, detail, strlen (detail));
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_from_string (reference, sizeof reference, m->reference.data, m->reference.length);
  if (m->has_revision)
    isth_text_format (revision, sizeof revision, ", revision %u", (unsigned) m->revision);
  isth_text_format (object, sizeof object, "%s, application 0x%04x%s%s", reference, m->application, revision, detail ? detail : "");
  request.object = object;
  isth_emit_request (ctx, &request);
}

/* What changed since the last message under this name. */
static void
compare (IsthDissectContext *ctx,
         Message *m,
         Block *block,
         uint64_t name)
{
  int64_t now = isth_context_packet (ctx)->time;
  char detail[64];

  if (block->name != name)
    {
      emit_names (ctx, m);
      *block = (Block){ .name = name, .state = (uint32_t) m->state };
    }
  else
    {
      if (now > block->until)
        report (ctx, m, name, "late", NULL);
      if (!m->has_state)
        m->state = block->state;
      if ((uint32_t) m->state > block->state)
        report (ctx, m, name, "state-change", NULL);
      else if ((uint32_t) m->state < block->state)
        report (ctx, m, name, "state-number-back",
                isth_text_format (detail, sizeof detail, ": from %u to %u", block->state, (unsigned) m->state));
    }
  if (m->unfinished && !block->unfinished)
    report (ctx, m, name, "needs-commissioning", NULL);
  block->unfinished = m->unfinished;
  block->state = (uint32_t) m->state;
  block->until = now + (int64_t) MIN (m->time_to_live, G_MAXUINT32) * 1000000;
}

static IsthDissectResult
goose_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  Message m;
  IsthCursor pdu;
  uint64_t name;

  if (!read_header (c, &m, &pdu))
    return ISTH_DISSECT_MALFORMED;
  read_fields (pdu, &m);
  if (m.reference.length == 0)
    return ISTH_DISSECT_MALFORMED;
  if (m.broken)
    {
      emit_names (ctx, &m);
      return ISTH_DISSECT_MALFORMED;
    }
  name = digest (ctx, digest (ctx, digest (ctx, m.application, &m.reference), &m.data_set), &m.id);
  name = isth_context_digest (ctx, name, &m.revision, sizeof m.revision);
  report (ctx, &m, name, m.test ? "test" : "publish", NULL);
  compare (ctx, &m, find_block (isth_context_state (ctx), name), name);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_goose = {
  .id = "goose",
  .title = "GOOSE",
  .depth = ISTH_DEPTH_FULL,
  .identity = "protocol_address plant_tag",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (GooseState),
  .probe = goose_probe,
  .dissect = goose_dissect,
};
