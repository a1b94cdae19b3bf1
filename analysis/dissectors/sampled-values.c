/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sampled values: merging units publish currents and voltages, by multicast and without IP. IEC 61850-9-2, 8 and annex A; IEC 61869-9.
 *
 * The samples themselves are not read: their order is that of a data set that only the station's configuration has. How well they are
 * synchronised is said when it changes. Sampled values over UDP (IEC 61850-90-5) are not read. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/iec61850-frame.h"

#define ETHER_TYPE 0x88ba
#define N_STREAMS 16     /* of one publisher and group that are remembered */

enum
{
  KIND_PUBLISH,
  KIND_TEST,
  KIND_SYNCHRONISATION, /* and the numbers behind it */
};

enum
{
  TAG_PDU = 0x60,
  TAG_LIST = 0xa2,
  TAG_UNIT = 0x30,
  TAG_ID = 0x80,
  TAG_DATA_SET = 0x81,
  TAG_REVISION = 0x83,
  TAG_SYNCHRONISED = 0x85,
  TAG_RATE = 0x86,
  TAG_SAMPLES = 0x87,
};

typedef struct
{
  uint64_t name; /* digest of all that names it; 0: free */
  uint8_t synchronised;
} Stream;

typedef struct
{
  Stream streams[N_STREAMS];
} SvState;

/* One unit of application data. */
typedef struct
{
  IsthCursor id, data_set;
  uint64_t revision, rate;
  uint8_t synchronised;
  bool has_revision, has_synchronised, has_samples; /* the capture may have cut them */
} Unit;

static bool
read_unit (IsthCursor c,
           Unit *unit)
{
  IsthCursor body;
  uint32_t tag;

  *unit = (Unit){ .rate = 0 };
  while (isth_ber_next (&c, &tag, &body))
    switch (tag)
      {
      case TAG_ID:
        unit->id = body;
        break;
      case TAG_DATA_SET:
        unit->data_set = body.length == body.wire ? body : isth_cursor_new (NULL, 0, 0);
        break;
      case TAG_REVISION:
        unit->has_revision = isth_ber_unsigned (body, &unit->revision);
        if (!unit->has_revision && body.length == body.wire)
          return false;
        break;
      case TAG_RATE:
        if (!isth_ber_unsigned (body, &unit->rate) && body.length == body.wire)
          return false;
        break;
      case TAG_SYNCHRONISED:
        unit->synchronised = isth_cursor_u8 (&body);
        unit->has_synchronised = !body.failed;
        break;
      case TAG_SAMPLES:
        unit->has_samples = true;
        break;
      default:
        break;
      }
  return (c.failed ? c.cut : unit->has_samples) && isth_cursor_left (&unit->id) > 0 && unit->id.length == unit->id.wire;
}

/* Enters the list of units; false when this is no sampled value. */
static bool
read_header (IsthCursor *c,
             IsthIec61850Frame *frame,
             IsthCursor *list)
{
  uint32_t tag;

  if (!isth_iec61850_read_frame (c, TAG_PDU, frame) || frame->broken)
    return false;
  while (isth_ber_next (&frame->pdu, &tag, list))
    if (tag == TAG_LIST)
      return true;
  return false;
}

static IsthProbe
sv_probe (IsthCursor c,
          const IsthPacket *packet)
{
  IsthIec61850Frame frame;
  IsthCursor list;

  if (isth_cursor_peek (&c, ISTH_IEC61850_HEADER) != TAG_PDU)
    return ISTH_PROBE_NO;
  if (!read_header (&c, &frame, &list) || isth_cursor_peek (&list, 0) != TAG_UNIT)
    return packet->ether_type == ETHER_TYPE ? ISTH_PROBE_WEAK : ISTH_PROBE_NO; /* damaged, but meant as one */
  return ISTH_PROBE_STRONG;
}

/* Says @request, which was not made before, or not for long. */
static void
say_report (IsthDissectContext *ctx,
            IsthRequest *request,
            const Unit *unit,
            uint16_t application,
            const char *detail)
{
  char object[ISTH_LIMIT_TEXT], id[ISTH_LIMIT_TEXT], data_set[ISTH_LIMIT_TEXT], revision[32] = "", rate[32] = "";

  isth_text_from_string (id, sizeof id, unit->id.data, unit->id.length);
  isth_text_from_string (data_set, sizeof data_set, unit->data_set.data, unit->data_set.length);
  if (unit->has_revision)
    isth_text_format (revision, sizeof revision, ", revision %u", (unsigned) unit->revision);
  if (unit->rate)
    isth_text_format (rate, sizeof rate, ", %u samples", (unsigned) unit->rate);
  isth_text_format (object, sizeof object, "%s%s%s, application 0x%04x%s%s%s", id, data_set[0] ? ", " : "", data_set, application,
                    revision, rate, detail ? detail : "");
  request->object = object;
  isth_emit_request (ctx, request);
}

/* @kind: another number for each @what and @detail. */
static void
report (IsthDissectContext *ctx,
        const Unit *unit,
        uint16_t application,
        uint64_t name,
        uint64_t kind,
        const char *what,
        const char *detail)
{
  IsthRequest request = {
    .key = (name ^ kind << 1) | 1,
    .no_answer = true,
    .verb = ISTH_OP_REPORT,
    .function = -1,
    .name = what,
  };

  if (!isth_emit_again (ctx, &request))
    say_report (ctx, &request, unit, application, detail);
}

static void
emit_names (IsthDissectContext *ctx,
            const Unit *unit)
{
  isth_emit_role (ctx, NULL, "sampled-values-publisher");
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, unit->id.data, unit->id.length);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, unit->data_set.data, unit->data_set.length);
}

static const char *
name_synchronisation (uint8_t synchronised)
{
  static const char *const names[] = { ": not synchronised", ": by a local clock", ": by a global clock" };

  return synchronised < G_N_ELEMENTS (names) ? names[synchronised] : ": by a clock of its own area";
}

static void
read_stream (IsthDissectContext *ctx,
             const Unit *unit,
             uint16_t application,
             bool test)
{
  SvState *state = isth_context_state (ctx);
  uint64_t name = isth_context_digest (ctx, application, unit->id.data, unit->id.length);
  uint64_t numbers[] = { unit->revision, unit->rate };
  Stream *stream;
  size_t i = 0;

  if (unit->data_set.data)
    name = isth_context_digest (ctx, name, unit->data_set.data, unit->data_set.length);
  name = isth_context_digest (ctx, name, numbers, sizeof numbers);
  report (ctx, unit, application, name, test ? KIND_TEST : KIND_PUBLISH, test ? "test" : "publish", NULL);

  while (i < N_STREAMS && state->streams[i].name != name && state->streams[i].name != 0)
    i++;
  stream = &state->streams[i < N_STREAMS ? i : name % N_STREAMS];
  if (stream->name != name)
    emit_names (ctx, unit);
  if (unit->has_synchronised && (stream->name != name || stream->synchronised != unit->synchronised))
    report (ctx, unit, application, name, KIND_SYNCHRONISATION + unit->synchronised, "synchronisation", name_synchronisation (unit->synchronised));
  *stream = (Stream){ name, unit->synchronised };
}

static IsthDissectResult
sv_dissect (IsthCursor *c,
            IsthDissectContext *ctx)
{
  IsthIec61850Frame frame ISTH_UNSET;
  unsigned n = 0;
  IsthCursor list, body;
  uint32_t tag;

  if (!read_header (c, &frame, &list))
    return ISTH_DISSECT_MALFORMED;
  while (isth_ber_next (&list, &tag, &body))
    {
      Unit unit ISTH_UNSET;

      if (tag != TAG_UNIT || !read_unit (body, &unit))
        return ISTH_DISSECT_MALFORMED;
      read_stream (ctx, &unit, frame.application, frame.simulated);
      n++;
    }
  return (list.failed && !list.cut) || n == 0 ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_sampled_values = {
  .id = "sampled-values",
  .title = N_("Sampled values"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SvState),
  .probe = sv_probe,
  .dissect = sv_dissect,
};
