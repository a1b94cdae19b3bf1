/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PROFINET IO connection management: who controls whom, with which modules, what is parametrised and read, and what a device says it is.
 * IEC 61158-6-10, 4.10 and 5; remote procedure calls over UDP, C706 (Open Group), 12.5; endpoint mapper, its appendix O.
 *
 * A device may answer the first call from another port than it was asked at: that is another flow, so the outcome of such a call is not
 * known. Calls that are sent in several fragments are read as far as their first one goes. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dcerpc.h"
#include "analysis/dissectors/profinet-columns.h"
#include "analysis/dissectors/profinet-records.h"
#include "analysis/dissectors/profinet-status.h"

#define PORT 34964
#define FIRST_INTERFACE 0x8000 /* subslots from here on are network interfaces and ports, known by their hexadecimal numbers */
#define NOT_YET 0xffff /* a frame identifier that the device will choose */

/* dea0000N-6c97-11d1-8271-…: interfaces, and with N = 0 objects, whose last bytes are instance, device and vendor. */
static const uint8_t family[] = { 0xde, 0xa0, 0x00 };
static const uint8_t family_rest[] = { 0x6c, 0x97, 0x11, 0xd1, 0x82, 0x71 };
static const uint8_t interface_node[] = { 0x00, 0xa0, 0x24, 0x42, 0xdf, 0x7d };
static const IsthUuid mapper = { { 0xe1, 0xaf, 0x83, 0x08, 0x5d, 0x1f, 0x11, 0xc9, 0x91, 0xa4, 0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa } };

enum
{
  OPNUM_CONNECT,
  OPNUM_RELEASE,
  OPNUM_READ,
  OPNUM_WRITE,
  OPNUM_CONTROL,
  OPNUM_READ_IMPLICIT,
};

enum
{
  BLOCK_WRITE = 0x0008,
  BLOCK_READ = 0x0009,
  BLOCK_WRITTEN = 0x8008,
  BLOCK_HAS_READ = 0x8009,
  BLOCK_AR = 0x0101,
  BLOCK_IOCR = 0x0102,
  BLOCK_EXPECTED = 0x0104,
  BLOCK_DIFFERENCE = 0x8104,
  BLOCK_AR_SERVER = 0x8106,
};

enum
{
  AR_SUPERVISOR = 6,
  RECORD_MULTIPLE = 0xe040,
};

static const struct
{
  uint16_t type;
  const char *name;
} ar_types[] = {
  { 0x01, "IO controller" }, { 0x03, "IO controller, CiR" },           { AR_SUPERVISOR, "IO supervisor" },
  { 0x10, "IO controller, RT class 3" }, { 0x20, "IO controller, redundant" },
};

/* What a control block asks for; all of them keep the relation going. */
static const struct
{
  uint16_t block;
  const char *name;
} controls[] = {
  { 0x0110, "parameter-end" },       { 0x0111, "plug-parameter-end" },    { 0x0112, "application-ready" },
  { 0x0113, "plug-application-ready" }, { 0x0114, "release" },            { 0x0116, "ready-for-companion" },
  { 0x0117, "ready-for-rt-class-3" }, { 0x0118, "parameter-begin" },
};

static const char *const calls[] = { "connect", "release", "read", "write", "control", "read-implicit" };
static const char *const mapper_calls[] = { "insert", "delete", "lookup", "map", "lookup-handle-free", "inquire-object", "delete-management" };

typedef struct
{
  IsthDcerpcDatagram rpc;
  bool is_mapper;
} Call;

static bool
is_family (const IsthUuid *uuid)
{
  return memcmp (uuid->bytes, family, sizeof family) == 0 && memcmp (uuid->bytes + 4, family_rest, sizeof family_rest) == 0;
}

static bool
is_interface (const IsthUuid *uuid)
{
  return is_family (uuid) && uuid->bytes[3] >= 1 && uuid->bytes[3] <= 5
         && memcmp (uuid->bytes + 10, interface_node, sizeof interface_node) == 0;
}

static bool
read_call (IsthCursor *c,
           Call *call)
{
  if (!isth_dcerpc_read_datagram (c, &call->rpc))
    return false;
  call->is_mapper = isth_uuid_equal (&call->rpc.interface, &mapper);
  return call->is_mapper || is_interface (&call->rpc.interface);
}

static IsthProbe
cm_probe (IsthCursor c,
          const IsthPacket *packet)
{
  Call call;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != 4 || !read_call (&c, &call) || call.rpc.length > isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  return call.is_mapper ? ISTH_PROBE_WEAK : ISTH_PROBE_STRONG;
}

/* An object UUID says which vendor's which device @about is. */
static void
emit_object (IsthDissectContext *ctx,
             const IsthEndpoint *about,
             const IsthUuid *object,
             int confidence,
             const uint8_t *at)
{
  const uint8_t *b = object->bytes;
  char text[16];

  if (!is_family (object) || b[3] != 0)
    return;
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%02x%02x", b[14], b[15]), confidence, at, 16);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_ID, isth_text_format (text, sizeof text, "0x%02x%02x", b[12], b[13]), confidence, at, 16);
}

static void
emit_station (IsthDissectContext *ctx,
              const uint8_t *name,
              uint32_t size)
{
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_PARSED, name, size);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, name, size);
}

/* ARBlockReq, 5.2.3.1: the initiator's name, type and what it is to the device. Returns what sort of relation it asks for. */
static const char *
read_ar (IsthDissectContext *ctx,
         IsthCursor c,
         bool *supervisor)
{
  uint16_t type = isth_cursor_be16 (&c), size;
  IsthUuid object;
  const uint8_t *at, *name;
  bool known;

  isth_cursor_skip (&c, 24); /* UUID of the relation, session key, MAC */
  at = c.data + c.position;
  object = isth_dcerpc_uuid (&c, false);
  known = !c.failed;
  isth_cursor_skip (&c, 8); /* properties, timeout, port of real-time over UDP */
  size = isth_cursor_be16 (&c);
  name = isth_cursor_bytes (&c, size);
  if (!name && !(known && c.cut))
    return "relation";
  *supervisor = type == AR_SUPERVISOR;
  emit_object (ctx, NULL, &object, ISTH_CONFIDENCE_PARSED, at);
  if (name)
    emit_station (ctx, name, size);
  isth_emit_role (ctx, NULL, *supervisor ? "profinet-supervisor" : "profinet-controller");
  for (size_t i = 0; i < G_N_ELEMENTS (ar_types); i++)
    if (ar_types[i].type == type)
      return ar_types[i].name;
  return "relation";
}

/* IOCRBlockReq, 5.2.3.3: in which direction, under which identifier and how often data will go. */
static void
append_relation (IsthCursor c,
                 char *text,
                 size_t size)
{
  static const char *const types[] = { NULL, "input", "output", "multicast provider", "multicast consumer" };
  uint16_t type = isth_cursor_be16 (&c), frame, clock, ratio;
  size_t used = strlen (text);
  char id[24] = "", period[24];
  unsigned hundredths;

  isth_cursor_skip (&c, 10); /* reference, length type, properties, length */
  frame = isth_cursor_be16 (&c);
  clock = isth_cursor_be16 (&c);
  ratio = isth_cursor_be16 (&c);
  if (c.failed || type >= G_N_ELEMENTS (types) || !types[type])
    return;
  if (frame != NOT_YET)
    isth_text_format (id, sizeof id, " FrameID 0x%04x", frame);
  hundredths = (unsigned) clock * ratio * 3125u; /* of a microsecond */
  if (hundredths % 100000 == 0)
    isth_text_format (period, sizeof period, "%u ms", hundredths / 100000);
  else
    isth_text_format (period, sizeof period, "%u µs", hundredths / 100);
  isth_text_format (text + used, size - used, ", %s%s every %s", types[type], id, period);
}

/* All that a connection asks for, in one operation. */
static void
read_connect (IsthDissectContext *ctx,
              IsthRequest *request,
              const Call *call,
              IsthCursor c)
{
  IsthEndpoint device = isth_context_receiver (ctx);
  char object[ISTH_LIMIT_TEXT] = "relation", relations[ISTH_LIMIT_TEXT] = "";
  const char *sort = "relation";
  unsigned submodules = 0;
  bool supervisor = false;
  IsthProfinetBlock block;

  while (isth_profinet_next_block (&c, &block))
    if (block.type == BLOCK_AR)
      sort = read_ar (ctx, block.body, &supervisor);
    else if (block.type == BLOCK_IOCR)
      append_relation (block.body, relations, sizeof relations);
    else if (block.type == BLOCK_EXPECTED)
      submodules += isth_profinet_read_expected (ctx, &device, block.body);
  emit_object (ctx, &device, &call->rpc.object, ISTH_CONFIDENCE_REPORTED, NULL);
  if (c.length < c.wire) /* the capture cut it: how many there were is not known */
    isth_text_format (object, sizeof object, "%s%s", sort, relations);
  else
    isth_text_format (object, sizeof object, "%s%s, %u submodules", sort, relations, submodules);
  request->object = object;
  request->memo[0] = supervisor;
  isth_emit_request (ctx, request);
}

/* IODReadReqHeader and IODWriteReqHeader, 5.2.3.9: always 64 bytes with the block's own header. */
static bool
read_place (IsthCursor *c,
            IsthProfinetPlace *place,
            uint32_t *length)
{
  isth_cursor_skip (c, 18); /* number, UUID of the relation */
  place->api = isth_cursor_be32 (c);
  place->slot = isth_cursor_be16 (c);
  place->subslot = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  place->index = isth_cursor_be16 (c);
  *length = isth_cursor_be32 (c);
  return !c->failed;
}

static const char *
format_place (char text[ISTH_LIMIT_TEXT],
              const IsthProfinetPlace *place,
              const char *name)
{
  char subslot[8], record[16];

  isth_text_format (subslot, sizeof subslot, place->subslot < FIRST_INTERFACE ? "%u" : "0x%04x", place->subslot);
  if (!name[0])
    name = isth_text_format (record, sizeof record, "record 0x%04x", place->index);
  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s, slot %u/%s", name, place->slot, subslot);
}

static void
read_reading (IsthDissectContext *ctx,
              IsthRequest *request,
              IsthCursor c)
{
  char object[ISTH_LIMIT_TEXT];
  IsthProfinetBlock block;
  IsthProfinetPlace place;
  uint32_t length;

  request->verb = ISTH_OP_READ;
  if (isth_profinet_next_block (&c, &block) && block.type == BLOCK_READ && read_place (&block.body, &place, &length))
    request->object = format_place (object, &place, isth_profinet_record_name (place.index, &request->verb));
  isth_emit_request (ctx, request);
}

/* Each record of a multiple write has a number of its own: its answer comes in one PDU with all others. */
static uint64_t
match_record (uint64_t match,
              const IsthProfinetPlace *place)
{
  return match ^ ((uint64_t) place->slot << 48 | (uint64_t) place->subslot << 32 | (uint64_t) place->index << 16) * 0x9e3779b97f4a7c15ull;
}

static void
read_writing (IsthDissectContext *ctx,
              const IsthRequest *request,
              IsthCursor c)
{
  IsthEndpoint device = isth_context_receiver (ctx);
  IsthProfinetBlock block;
  IsthProfinetPlace place;
  uint32_t length;

  while (isth_profinet_next_block (&c, &block) && block.type == BLOCK_WRITE && read_place (&block.body, &place, &length))
    {
      char object[ISTH_LIMIT_TEXT];
      IsthRequest one = *request;
      IsthOp reading;

      if (place.index == RECORD_MULTIPLE)
        continue; /* the records follow as if each stood alone */
      one.match = match_record (request->match, &place);
      one.verb = ISTH_OP_CONFIGURE;
      one.object = format_place (object, &place, isth_profinet_record_name (place.index, &reading));
      one.at = block.start.data;
      one.length = block.start.length;
      isth_emit_request (ctx, &one);
      isth_profinet_read_record (ctx, &device, &place, isth_cursor_take (&c, length), ISTH_CONFIDENCE_REPORTED);
      if (length % 4)
        isth_cursor_skip (&c, 4 - length % 4);
    }
}

static void
read_control (IsthDissectContext *ctx,
              IsthRequest *request,
              IsthCursor c)
{
  IsthProfinetBlock block;

  if (isth_profinet_next_block (&c, &block))
    for (size_t i = 0; i < G_N_ELEMENTS (controls); i++)
      if (controls[i].block == block.type)
        request->name = controls[i].name;
  isth_emit_request (ctx, request);
}

/* Length of arguments and what of them there is, as the standard's marshalling has them (NDR: an array with its limits). */
static bool
enter_arguments (IsthCursor *c,
                 bool little)
{
  uint32_t actual;

  isth_cursor_skip (c, 12); /* length, limit, offset */
  actual = isth_dcerpc_u32 (c, little);
  if (c->failed)
    return false;
  isth_cursor_limit (c, actual);
  return true;
}

/* A call is known by its activity and its number in it, whatever port the answer comes from. */
static uint64_t
make_match (const IsthDissectContext *ctx,
            const Call *call)
{
  return isth_context_digest (ctx, (uint64_t) call->rpc.sequence << 16 | (uint64_t) call->is_mapper << 15 | call->rpc.opnum, &call->rpc.activity,
                              sizeof call->rpc.activity);
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              const Call *call,
              IsthCursor c)
{
  uint16_t opnum = call->rpc.opnum;
  IsthRequest request = { .match = make_match (ctx, call), .elsewhere = true, .verb = ISTH_OP_OTHER, .function = opnum };

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (call->is_mapper)
    {
      request.verb = ISTH_OP_IDENTIFY;
      request.name = opnum < G_N_ELEMENTS (mapper_calls) ? mapper_calls[opnum] : "unknown";
      isth_emit_request (ctx, &request);
      return ISTH_DISSECT_OK;
    }
  request.name = opnum < G_N_ELEMENTS (calls) ? calls[opnum] : "unknown";
  isth_cursor_skip (&c, 4); /* room for the answer */
  if (!enter_arguments (&c, call->rpc.little))
    return ISTH_DISSECT_MALFORMED;
  if (opnum == OPNUM_CONNECT)
    read_connect (ctx, &request, call, c);
  else if (opnum == OPNUM_READ || opnum == OPNUM_READ_IMPLICIT)
    read_reading (ctx, &request, c);
  else if (opnum == OPNUM_WRITE)
    read_writing (ctx, &request, c);
  else if (opnum == OPNUM_CONTROL)
    read_control (ctx, &request, c);
  else
    isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

/* ARServerBlockRes: the device's name. */
static void
read_server (IsthDissectContext *ctx,
             IsthCursor c)
{
  uint16_t size = isth_cursor_be16 (&c);
  const uint8_t *name = isth_cursor_bytes (&c, size);

  if (name)
    emit_station (ctx, name, size);
}

/* A refusal whose question was not captured is at least reported. */
static void
settle (IsthDissectContext *ctx,
        const Call *call,
        uint64_t match,
        uint32_t status)
{
  char text[32], object[ISTH_LIMIT_TEXT];
  const char *error = isth_profinet_status_text (status, text, sizeof text);
  uint16_t opnum = call->rpc.opnum;

  if (isth_emit_response (ctx, match, status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, error, false) || status == 0)
    return;
  isth_text_format (object, sizeof object, "%s: %s", opnum < G_N_ELEMENTS (calls) ? calls[opnum] : "call", error);
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = opnum, .name = "refused", .object = object });
}

static void
read_connected (IsthDissectContext *ctx,
                const Call *call,
                uint32_t status,
                IsthCursor c)
{
  IsthProfinetBlock block;

  if (status == 0)
    isth_emit_role (ctx, NULL, "profinet-device");
  while (isth_profinet_next_block (&c, &block))
    if (block.type == BLOCK_AR_SERVER)
      read_server (ctx, block.body);
    else if (block.type == BLOCK_DIFFERENCE)
      isth_profinet_read_difference (ctx, block.body);
  settle (ctx, call, make_match (ctx, call), status);
}

static void
read_written (IsthDissectContext *ctx,
              const Call *call,
              IsthCursor c)
{
  IsthProfinetBlock block;
  IsthProfinetPlace place;
  uint32_t length;

  while (isth_profinet_next_block (&c, &block) && block.type == BLOCK_WRITTEN && read_place (&block.body, &place, &length))
    {
      isth_cursor_skip (&block.body, 4); /* additional values */
      if (place.index != RECORD_MULTIPLE)
        settle (ctx, call, match_record (make_match (ctx, call), &place), isth_cursor_be32 (&block.body));
    }
}

static void
read_record (IsthDissectContext *ctx,
             IsthCursor c)
{
  IsthProfinetBlock block;
  IsthProfinetPlace place;
  uint32_t length;

  if (isth_profinet_next_block (&c, &block) && block.type == BLOCK_HAS_READ && read_place (&block.body, &place, &length))
    isth_profinet_read_record (ctx, NULL, &place, isth_cursor_take (&c, MIN (length, isth_cursor_wire_left (&c))), ISTH_CONFIDENCE_PARSED);
}

static void
read_endpoints (IsthDissectContext *ctx,
                const Call *call,
                IsthCursor c)
{
  bool little = call->rpc.little;

  isth_cursor_skip (&c, 20 + 4 + 8); /* handle, count, limit and offset of the array */
  for (uint32_t n = isth_dcerpc_u32 (&c, little); n > 0 && !c.failed; n--)
    {
      const uint8_t *at = c.data + c.position;
      IsthUuid object = isth_dcerpc_uuid (&c, little);
      const uint8_t *text;
      uint32_t size;

      isth_cursor_skip (&c, 8); /* pointer to the tower, offset of the annotation */
      size = isth_dcerpc_u32 (&c, little);
      text = isth_cursor_bytes (&c, size);
      if (size % 4)
        isth_cursor_skip (&c, 4 - size % 4);
      if (!text)
        return;
      emit_object (ctx, NULL, &object, ISTH_CONFIDENCE_PARSED, at);
      isth_profinet_emit_columns (ctx, text, size, false, ISTH_CONFIDENCE_PARSED);
    }
}

static IsthDissectResult
read_response (IsthDissectContext *ctx,
               const Call *call,
               IsthCursor c)
{
  uint64_t match = make_match (ctx, call);
  uint32_t status;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (call->is_mapper)
    {
      if (call->rpc.opnum == 2)
        read_endpoints (ctx, call, c);
      isth_emit_response (ctx, match, ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    }
  status = isth_dcerpc_u32 (&c, call->rpc.little);
  if (!enter_arguments (&c, call->rpc.little))
    return ISTH_DISSECT_MALFORMED;
  if (call->rpc.opnum == OPNUM_CONNECT)
    read_connected (ctx, call, status, c);
  else if (call->rpc.opnum == OPNUM_WRITE)
    read_written (ctx, call, c);
  else
    {
      if (call->rpc.opnum == OPNUM_READ || call->rpc.opnum == OPNUM_READ_IMPLICIT)
        read_record (ctx, c);
      settle (ctx, call, match, status);
    }
  return ISTH_DISSECT_OK;
}

/* The call itself failed: it did not even reach the device's application. */
static IsthDissectResult
read_fault (IsthDissectContext *ctx,
            const Call *call,
            IsthCursor c)
{
  uint32_t status = isth_dcerpc_u32 (&c, call->rpc.little);
  char text[32];

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_response (ctx, make_match (ctx, call), ISTH_OUTCOME_REFUSED, isth_text_format (text, sizeof text, "call failed 0x%08x", status), false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
cm_dissect (IsthCursor *c,
            IsthDissectContext *ctx)
{
  IsthCursor body;
  Call call;

  if (isth_cursor_peek (c, 0) != 4)
    return ISTH_DISSECT_NOT_MINE;
  if (!read_call (c, &call))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, call.rpc.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (call.rpc.fragment != 0)
    return ISTH_DISSECT_OK;
  switch ((IsthDcerpcType) call.rpc.type)
    {
    case ISTH_DCERPC_REQUEST:
      return read_request (ctx, &call, body);
    case ISTH_DCERPC_RESPONSE:
      return read_response (ctx, &call, body);
    case ISTH_DCERPC_FAULT:
    case ISTH_DCERPC_REJECT:
      return read_fault (ctx, &call, body);
    default:
      return ISTH_DISSECT_OK; /* keeps the call going */
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_profinet_cm = {
  .id = "profinet-cm",
  .title = N_("PROFINET connection management"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor_id device_id station hostname order_number serial hardware firmware model plant_tag location description chassis "
              "mgmt_address state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = cm_probe,
  .dissect = cm_dissect,
};
