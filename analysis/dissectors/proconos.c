/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ProConOS, the runtime of KW-Software in controllers of Phoenix Contact, Advantech, Yokogawa and others: what it is, its state, start and stop. Two
 * protocols, without a public description, read as captures and public tools show them: frames with the mark cc 01 (TCP 20547), and
 * services that are asked for by name and called by number (TCP 41100).
 *
 * Commands whose meaning is not known are counted with their number. Programs that are brought are among them. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#define FRAME_HEADER 8  /* a checksum of two bytes ends the frame */
#define FRAME_LONGEST 4096
#define CALL_HEADER 16
#define CALL_LONGEST 16384
#define HANDLES 16

typedef enum
{
  SERVICE_UNKNOWN,
  SERVICE_OTHER,
  SERVICE_CONTROL,
  SERVICE_DEVICE,
  SERVICE_FORCE,
  SERVICE_FILE,
  SERVICE_SECURITY,
} Service;

/* Kinds of calls. */
enum
{
  CALL_FIND,
  CALL_FOUND,
  CALL_INVOKE,
  CALL_RETURN,
};

typedef struct
{
  bool client_known, server_known;
  uint8_t function;         /* frames: what was asked last */
  uint8_t services[HANDLES]; /* calls: what the numbers stand for */
} ProconosState;

typedef struct
{
  uint16_t kind, length, handle, method;
} Call;

static bool
read_call (IsthCursor *c,
           Call *call)
{
  if (isth_cursor_le16 (c) != 1)
    return false;
  call->kind = isth_cursor_le16 (c);
  if (isth_cursor_le16 (c) != 0)
    return false;
  call->length = isth_cursor_le16 (c);
  call->handle = isth_cursor_le16 (c);
  call->method = isth_cursor_le16 (c);
  isth_cursor_skip (c, 4); /* and a checksum, or zeros */
  return call->kind <= CALL_RETURN && call->length <= CALL_LONGEST;
}

static IsthProbe
proconos_probe (IsthCursor c,
                const IsthPacket *packet)
{
  static const char prefix[] = "Ade.Remoting.Services.";
  int first = isth_cursor_peek (&c, 0);
  Call call;
  uint32_t left;
  bool good;

  (void) packet;
  if (first == 0xcc && isth_cursor_peek (&c, 1) == 1)
    {
      uint32_t whole = isth_cursor_wire_left (&c);

      isth_cursor_skip (&c, 4);
      if ((isth_cursor_u8 (&c) & 0x3f) != 0)
        return ISTH_PROBE_NO;
      isth_cursor_skip (&c, 1);
      left = isth_cursor_le16 (&c);
      return !c.failed && whole == FRAME_HEADER + left + 2 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
    }
  if (first != 1)
    return ISTH_PROBE_NO;
  good = read_call (&c, &call);
  left = isth_cursor_wire_left (&c);
  if (c.failed || !good || left < call.length)
    return ISTH_PROBE_NO;
  if (call.kind == CALL_FIND)
    {
      const uint8_t *name = isth_cursor_bytes (&c, sizeof prefix - 1);

      return name && memcmp (name, prefix, sizeof prefix - 1) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    }
  return left == call.length && call.handle < 256 && call.method < 256 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static uint32_t
proconos_pdu_length (IsthCursor c)
{
  int first = isth_cursor_peek (&c, 0);
  uint32_t length;

  if (first == 0xcc)
    {
      if (isth_cursor_peek (&c, 1) != 1 && isth_cursor_peek (&c, 1) >= 0)
        return ISTH_PDU_INVALID;
      isth_cursor_skip (&c, 6);
      length = isth_cursor_le16 (&c);
      if (c.failed)
        return ISTH_PDU_MORE;
      return length <= FRAME_LONGEST ? FRAME_HEADER + length + 2 : ISTH_PDU_INVALID;
    }
  if (first != 1 || isth_cursor_peek (&c, 1) > 0)
    return first < 0 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 6);
  length = isth_cursor_le16 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length <= CALL_LONGEST ? CALL_HEADER + length : ISTH_PDU_INVALID;
}

static void
note_end (IsthDissectContext *ctx,
          ProconosState *state,
          bool server)
{
  bool *known = server ? &state->server_known : &state->client_known;

  isth_context_prove_direction (ctx, server ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, known, server ? "proconos-server" : "proconos-client");
}

/* The answer to "who are you": runtime, type of controller, project, boot project; each ends with a NUL, the last ones follow each other. */
static void
read_runtime (IsthDissectContext *ctx,
              IsthCursor c)
{
  const uint8_t *runtime, *type, *project, *end;
  char text[64], name[48];

  isth_cursor_skip (&c, 4);
  runtime = isth_cursor_bytes (&c, 32);
  type = isth_cursor_bytes (&c, 33);
  if (!type || runtime[0] < ' ')
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, runtime, 32);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, type, 33);
  project = c.data + c.position;
  end = isth_cursor_left (&c) > 0 ? memchr (project, '\0', isth_cursor_left (&c)) : NULL;
  if (!end || end == project)
    return;
  isth_text_from_string (name, sizeof name, project, (size_t) (end - project));
  if (name[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, isth_text_format (text, sizeof text, "project %s", name), ISTH_CONFIDENCE_PARSED,
                     project, (uint32_t) (end - project));
}

static IsthDissectResult
read_frame_answer (IsthDissectContext *ctx,
                   ProconosState *state,
                   IsthCursor data)
{
  const uint8_t *at;

  note_end (ctx, state, true);
  isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
  if (state->function == 0x0b)
    read_runtime (ctx, data);
  else if (state->function == 0x0f)
    {
      at = isth_cursor_bytes (&data, 1);
      if (at && (at[0] == 2 || at[0] == 4))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, at[0] == 2 ? "run" : "stop", ISTH_CONFIDENCE_PARSED, at, 1);
    }
  return ISTH_DISSECT_OK;
}

/* Who sends a frame, only its connection tells; without one, the well-known port. */
static IsthDissectResult
dissect_frame (IsthCursor *c,
               IsthDissectContext *ctx,
               ProconosState *state)
{
  static const struct
  {
    uint16_t code;
    IsthOp verb;
    const char *name;
  } functions[] = {
    { 0x01, ISTH_OP_CONTROL, "stop" },           { 0x04, ISTH_OP_CONTROL, "cold-start" }, { 0x0b, ISTH_OP_IDENTIFY, "read-runtime" },
    { 0x0d, ISTH_OP_OTHER, "connect" },          { 0x0f, ISTH_OP_DIAGNOSE, "read-state" },
  };
  IsthDirection direction = isth_context_direction (ctx);
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "function" };
  char object[24];
  const uint8_t *start;
  uint16_t code;
  IsthCursor data;

  start = c->data + c->position;
  isth_cursor_skip (c, 2);
  code = isth_cursor_be16 (c);
  isth_cursor_skip (c, 2);
  data = isth_cursor_take (c, isth_cursor_le16 (c));
  isth_cursor_skip (c, 2);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && isth_context_packet (ctx)->source_port == 20547))
    return read_frame_answer (ctx, state, data);
  note_end (ctx, state, false);
  state->function = code <= 0xff ? (uint8_t) code : 0;
  request.function = code;
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].code == code)
      {
        request.verb = functions[i].verb;
        request.name = functions[i].name;
      }
  if (request.verb == ISTH_OP_OTHER && code != 0x0d)
    {
      isth_context_show (ctx, start, FRAME_HEADER); /* it may be anything, a password as well */
      request.object = isth_text_format (object, sizeof object, "function 0x%02x", code);
    }
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static Service
get_service (const char *name)
{
  static const struct
  {
    const char *word;
    Service service;
  } words[] = {
    { "IProConOSControl", SERVICE_CONTROL }, { "IDeviceInfo", SERVICE_DEVICE },  { "IForce", SERVICE_FORCE },
    { "ISimpleFileAccess", SERVICE_FILE },   { "ISecurity", SERVICE_SECURITY },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (name, words[i].word))
      return words[i].service;
  return SERVICE_OTHER;
}

static IsthDissectResult
find_service (IsthDissectContext *ctx,
              ProconosState *state,
              IsthCursor *c)
{
  char name[80];
  const char *shown;

  note_end (ctx, state, false);
  isth_text_from_string (name, sizeof name, c->data + c->position, isth_cursor_left (c));
  shown = strrchr (name, '.');
  isth_emit_request (ctx, &(IsthRequest){
    .match = CALL_FIND,
    .verb = ISTH_OP_OTHER,
    .function = CALL_FIND,
    .name = "find-service",
    .object = shown ? shown + 1 : name,
    .memo = { get_service (name) },
  });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_found (IsthDissectContext *ctx,
            ProconosState *state,
            const Call *call)
{
  const IsthPending *asked;

  note_end (ctx, state, true);
  asked = isth_emit_response (ctx, CALL_FIND, call->handle ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, call->handle ? NULL : "no such service", false);
  if (asked && call->handle > 0 && call->handle < HANDLES)
    state->services[call->handle] = (uint8_t) asked->memo[0];
  return ISTH_DISSECT_OK;
}

static uint64_t
get_match (const Call *call)
{
  return UINT64_C (1) << 32 | (uint64_t) call->handle << 16 | call->method;
}

static Service
get_called (const ProconosState *state,
            const Call *call)
{
  return call->handle < HANDLES ? (Service) state->services[call->handle] : SERVICE_UNKNOWN;
}

/* What it carries may be a password, or a file. */
static bool
is_private (Service service)
{
  return service != SERVICE_CONTROL && service != SERVICE_DEVICE && service != SERVICE_FORCE;
}

static IsthDissectResult
invoke (IsthDissectContext *ctx,
        ProconosState *state,
        const Call *call,
        IsthCursor c)
{
  static const struct
  {
    IsthOp verb;
    const char *name;
  } services[] = {
    [SERVICE_UNKNOWN] = { ISTH_OP_OTHER, "call" },         [SERVICE_OTHER] = { ISTH_OP_OTHER, "call" },
    [SERVICE_CONTROL] = { ISTH_OP_CONTROL, "control" },    [SERVICE_DEVICE] = { ISTH_OP_DIAGNOSE, "device-information" },
    [SERVICE_FORCE] = { ISTH_OP_CONTROL, "force" },        [SERVICE_FILE] = { ISTH_OP_FILE, "file-access" },
    [SERVICE_SECURITY] = { ISTH_OP_AUTHENTICATE, "security" },
  };
  Service service = get_called (state, call);
  IsthRequest request = { .match = get_match (call), .function = call->method, .verb = services[service].verb, .name = services[service].name };
  char object[48];
  uint32_t first, id;

  note_end (ctx, state, false);
  first = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2);
  id = isth_cursor_le16 (&c);
  request.memo[0] = service == SERVICE_DEVICE && call->method == 3 && !c.failed ? id : 0;
  if (service == SERVICE_CONTROL && call->method == 7)
    request.name = "stop";
  else if (service == SERVICE_CONTROL && call->method == 6)
    {
      request.name = "start";
      request.object = first == 1 ? "cold start" : isth_text_format (object, sizeof object, "start %u", first);
    }
  else if (service == SERVICE_UNKNOWN || service == SERVICE_OTHER)
    request.object = isth_text_format (object, sizeof object, "service %u method %u", call->handle, call->method);
  else
    request.object = isth_text_format (object, sizeof object, "method %u", call->method);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

/* The answer about item 0x4002, when that is the first one asked for. */
static IsthDissectResult
read_return (IsthDissectContext *ctx,
             ProconosState *state,
             const Call *call,
             IsthCursor c)
{
  const IsthPending *asked;
  const uint8_t *at;

  note_end (ctx, state, true);
  asked = isth_emit_response (ctx, get_match (call), ISTH_OUTCOME_OK, NULL, false);
  if (!asked || asked->memo[0] != 0x4002)
    return ISTH_DISSECT_OK;
  isth_cursor_skip (&c, 8);
  at = isth_cursor_bytes (&c, 1);
  if (at && (at[0] == 3 || at[0] == 7))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, at[0] == 3 ? "run" : "stop", ISTH_CONFIDENCE_PARSED, at, 1);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
proconos_dissect (IsthCursor *c,
                  IsthDissectContext *ctx)
{
  ProconosState *state = isth_context_state (ctx);
  const uint8_t *start = c->data + c->position;
  Call call;
  IsthCursor body;
  bool good;

  if (isth_cursor_peek (c, 0) == 0xcc)
    return isth_cursor_peek (c, 1) == 1 ? dissect_frame (c, ctx, state) : ISTH_DISSECT_NOT_MINE;
  good = read_call (c, &call);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (!good)
    return ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, call.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (call.kind >= CALL_INVOKE && is_private (get_called (state, &call)))
    isth_context_show (ctx, start, CALL_HEADER);
  switch (call.kind)
    {
    case CALL_FIND:
      return find_service (ctx, state, &body);
    case CALL_FOUND:
      return read_found (ctx, state, &call);
    case CALL_INVOKE:
      return invoke (ctx, state, &call, body);
    default:
      return read_return (ctx, state, &call, body);
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 20547 }, { ISTH_BIND_TCP, 41100 } };

const IsthDissector isth_dissector_proconos = {
  .id = "proconos", /* stored in project files: never change it */
  .title = "ProConOS",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software model description state",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (ProconosState),
  .probe = proconos_probe,
  .pdu_length = proconos_pdu_length,
  .dissect = proconos_dissect,
};
