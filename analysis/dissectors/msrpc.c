/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DCE/RPC over connections (C706, 12; MS-RPCE): which interfaces are bound and what is called; DCOM and on it OPC Classic (DA, A&E, HDA); the services by
 * which Windows is administered from afar. What a body says is read of few calls only, and of none that is encrypted; the names of the calls are there either way.
 * Items of OPC groups are not named: their names went over once, when the group was filled, which most captures do not show. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/gss.h"
#include "analysis/dissectors/msrpc-bodies.h"
#include "analysis/dissectors/msrpc-tables.h"
#include "analysis/dissectors/smb-common.h"

#define CONTEXTS 32         /* bound interfaces of one connection that are remembered */
#define MOST_ITEMS 64       /* of one bind */
#define FIRST_FRAGMENT 1
#define LAST_FRAGMENT 2
#define HAS_OBJECT 0x80
#define AUTH_TRAILER 8
#define LEVEL_PRIVACY 6
#define SERVER_ALIVE_2 5
#define ENDPOINT_LOOKUP 2
#define ENDPOINT_MAP 3
#define ON_EVENT 3
#define YEAR_1990 0x01b41e2a /* upper halves of a count of 100 nanoseconds since 1601 */
#define YEAR_2100 0x022f7163

typedef struct
{
  IsthUuid uuid;
  uint32_t pipe;  /* of a named pipe: tells it from the others of the connection; 0 over TCP */
  uint16_t id;
  uint8_t known;  /* 1 + number in msrpc_interfaces; 0: none of them */
} Context;

typedef struct
{
  Context contexts[CONTEXTS];
  uint8_t n, next;
} MsrpcState;

/* What stands at the end of an authenticated fragment (MS-RPCE, 2.2.2.11). */
typedef struct
{
  uint8_t level, padding;
  IsthCursor value;
} Verifier;

static const IsthUuid object_exporter = { { 0x99, 0xfc, 0xfe, 0xc4, 0x52, 0x60, 0x10, 0x1b, 0xbb, 0xcb, 0x00, 0xaa, 0x00, 0x21, 0x34, 0x7a } };

static const IsthUuid endpoint_mapper = { { 0xe1, 0xaf, 0x83, 0x08, 0x5d, 0x1f, 0x11, 0xc9, 0x91, 0xa4, 0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa } };
static const IsthUuid event_sink = { { 0x65, 0x16, 0x88, 0x5f, 0x57, 0x83, 0x11, 0xd1, 0x84, 0xa0, 0x00, 0x60, 0x8c, 0xb8, 0xa7, 0xe9 } };

static bool
is_connection_type (uint8_t type)
{
  return type == ISTH_DCERPC_REQUEST || type == ISTH_DCERPC_RESPONSE || type == ISTH_DCERPC_FAULT ||
         (type >= ISTH_DCERPC_BIND && type <= ISTH_DCERPC_ORPHANED);
}

static IsthProbe
msrpc_probe (IsthCursor c,
             const IsthPacket *packet)
{
  IsthDcerpcHeader header;
  IsthCursor start = c;

  (void) packet;
  if (!isth_dcerpc_read_header (&c, &header) || !is_connection_type (header.type) || header.flags & 0x08)
    return ISTH_PROBE_NO;
  if (header.length == isth_cursor_wire_left (&start))
    return ISTH_PROBE_STRONG;
  if (header.length > isth_cursor_wire_left (&start))
    return ISTH_PROBE_WEAK;
  isth_cursor_skip (&start, header.length);
  return start.failed || isth_dcerpc_read_header (&start, &header) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
msrpc_pdu_length (IsthCursor c)
{
  IsthDcerpcHeader header;

  if (isth_dcerpc_read_header (&c, &header))
    return is_connection_type (header.type) ? header.length : ISTH_PDU_INVALID;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

static uint32_t
get_pipe (const IsthDissectContext *ctx)
{
  return (uint32_t) isth_context_key (ctx);
}

static uint8_t
find_interface (const IsthUuid *uuid)
{
  for (size_t i = 0; i < G_N_ELEMENTS (msrpc_interfaces); i++)
    if (isth_uuid_equal (uuid, &msrpc_interfaces[i].uuid))
      return (uint8_t) (i + 1);
  return 0;
}

static const char *
interface_name (const IsthUuid *uuid)
{
  uint8_t known = find_interface (uuid);

  return known ? msrpc_interfaces[known - 1].name : NULL;
}

static const Context *
find_context (const MsrpcState *state,
              uint32_t pipe,
              uint16_t id)
{
  for (uint8_t i = 0; i < state->n; i++)
    if (state->contexts[i].id == id && state->contexts[i].pipe == pipe)
      return &state->contexts[i];
  return NULL;
}

/* When there is no room, in place of the one noted first. */
static void
note_context (MsrpcState *state,
              const Context *context)
{
  uint8_t i = 0;

  while (i < state->n && (state->contexts[i].id != context->id || state->contexts[i].pipe != context->pipe))
    i++;
  if (i == CONTEXTS)
    {
      i = state->next;
      state->next = (uint8_t) ((state->next + 1) % CONTEXTS);
    }
  state->contexts[i] = *context;
  state->n = MAX (state->n, (uint8_t) (i + 1));
}

/* Splits the verifier off the end of @body. */
static bool
take_verifier (const IsthDcerpcHeader *header,
               IsthCursor *body,
               Verifier *verifier)
{
  uint32_t left = isth_cursor_wire_left (body), all = header->auth + (uint32_t) AUTH_TRAILER;
  IsthCursor end = *body;

  if (header->auth == 0 || left < all)
    return false;
  isth_cursor_skip (&end, left - all);
  isth_cursor_skip (&end, 1);
  verifier->level = isth_cursor_u8 (&end);
  verifier->padding = isth_cursor_u8 (&end);
  isth_cursor_skip (&end, 5);
  verifier->value = isth_cursor_rest (&end);
  isth_cursor_limit (body, left - all);
  return !end.failed;
}

static void
read_verifier (IsthDissectContext *ctx,
               const Verifier *verifier)
{
  char user[ISTH_LIMIT_TEXT];

  if (isth_gss_read (ctx, verifier->value, user, sizeof user) == ISTH_GSS_LOGIN)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "authenticate", .object = user,
                                             .at = verifier->value.data, .length = 8 });
}

static const char *
context_name (const Context *context,
              char text[ISTH_UUID_TEXT])
{
  return context->known ? msrpc_interfaces[context->known - 1].name : isth_uuid_format (&context->uuid, text);
}

/* Calls of several pipes may wait at the same time. */
static uint64_t
get_match (const IsthDissectContext *ctx,
           const IsthDcerpcHeader *header,
           bool bind)
{
  return (uint64_t) get_pipe (ctx) << 33 | (uint64_t) bind << 32 | header->call;
}

/* 12.6.4.3, and alter-context alike. Windows offers the same interface several times, with other transfer syntaxes. */
static bool
read_bind (IsthDissectContext *ctx,
           MsrpcState *state,
           const IsthDcerpcHeader *header,
           IsthCursor *c)
{
  char object[ISTH_LIMIT_TEXT] = "", text[ISTH_UUID_TEXT];
  const char *last = "";
  uint8_t n;

  isth_cursor_skip (c, 8);
  n = isth_cursor_u8 (c);
  isth_cursor_skip (c, 3);
  for (uint8_t i = 0; i < MIN (n, MOST_ITEMS) && !c->failed; i++)
    {
      Context context = { .pipe = get_pipe (ctx), .id = isth_dcerpc_u16 (c, header->little) };
      uint8_t transfers = isth_cursor_u8 (c);
      const char *name;

      isth_cursor_skip (c, 1);
      context.uuid = isth_dcerpc_uuid (c, header->little);
      isth_cursor_skip (c, 4 + 20u * transfers);
      if (c->failed)
        break;
      context.known = find_interface (&context.uuid);
      note_context (state, &context);
      name = context_name (&context, text);
      if (!strstr (object, name))
        {
          size_t end = strlen (object);

          isth_text_format (object + end, sizeof object - end, "%s%s", last, name);
          last = ", ";
        }
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &(IsthRequest) { .match = get_match (ctx, header, true), .verb = ISTH_OP_OTHER, .function = -1,
                                           .name = header->type == ISTH_DCERPC_BIND ? "bind" : "alter-context", .object = object });
  return !c->failed;
}

/* Accepted when one of the offers was. */
static bool
read_bind_ack (IsthDissectContext *ctx,
               const IsthDcerpcHeader *header,
               IsthCursor *c)
{
  uint16_t address, result = 1;
  uint8_t n;

  isth_cursor_skip (c, 8);
  address = isth_dcerpc_u16 (c, header->little);
  isth_cursor_skip (c, address + (4u - (10u + address) % 4u) % 4u);
  n = isth_cursor_u8 (c);
  isth_cursor_skip (c, 3);
  for (uint8_t i = 0; i < MIN (n, MOST_ITEMS) && !c->failed; i++)
    {
      uint16_t each = isth_dcerpc_u16 (c, header->little);

      result = MIN (result, each);
      isth_cursor_skip (c, 22);
    }
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, get_match (ctx, header, true), c->failed || result == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      c->failed || result == 0 ? NULL : "interface rejected", false);
  return !c->failed;
}

static void
note_roles (IsthDissectContext *ctx,
            const MsrpcInterface *interface,
            IsthOp verb)
{
  if (interface->protocol && g_str_has_prefix (interface->protocol, "opc-"))
    isth_emit_role (ctx, NULL, verb == ISTH_OP_REPORT ? "opc-server" : "opc-client");
}

/* Alarms go on for months over one connection, whose beginning few captures have. So they are known by their shape: what every call of DCOM begins with
 * (MS-DCOM, 2.2.13.3), then IOPCEventSink::OnEvent (OPC A&E 1.10, 4.7.1) with its count twice and, of the first event, time, type and severity. */
static bool
is_event (IsthCursor c,
          uint16_t number,
          bool little)
{
  uint16_t version = isth_dcerpc_u16 (&c, little), minor = isth_dcerpc_u16 (&c, little);
  uint32_t refresh, last, count, again, time, type, severity;

  isth_cursor_skip (&c, 4);
  if (number != ON_EVENT || version != 5 || minor > 7 || isth_dcerpc_u32 (&c, little) != 0)
    return false;
  isth_cursor_skip (&c, 16); /* causality */
  if (isth_dcerpc_u32 (&c, little) != 0)
    return false;
  isth_cursor_skip (&c, 4); /* what the client calls the subscription */
  refresh = isth_dcerpc_u32 (&c, little);
  last = isth_dcerpc_u32 (&c, little);
  count = isth_dcerpc_u32 (&c, little);
  again = isth_dcerpc_u32 (&c, little);
  isth_cursor_skip (&c, 12); /* what changed, state, source, the lower half of the time */
  time = isth_dcerpc_u32 (&c, little);
  isth_cursor_skip (&c, 4);
  type = isth_dcerpc_u32 (&c, little);
  isth_cursor_skip (&c, 4);
  severity = isth_dcerpc_u32 (&c, little);
  return !c.failed && refresh <= 1 && last <= 1 && count > 0 && count == again && time >= YEAR_1990 && time < YEAR_2100
         && (type == 1 || type == 2 || type == 4) && severity >= 1 && severity <= 1000;
}

/* The interface that is called, 1 + its number in the table; 0: none that is known. */
static uint8_t
find_called (const Context *context,
             const IsthDcerpcHeader *header,
             uint16_t number,
             const IsthCursor *c)
{
  if (context)
    return context->known;
  return header->flags & HAS_OBJECT && is_event (*c, number, header->little) ? find_interface (&event_sink) : 0;
}

/* 12.6.4.9 */
static bool
read_request (IsthDissectContext *ctx,
              const MsrpcState *state,
              const IsthDcerpcHeader *header,
              const Verifier *verifier,
              IsthCursor *c)
{
  const MsrpcInterface *interface = NULL;
  const MsrpcOperation *operation = NULL;
  const Context *context;
  char text[ISTH_UUID_TEXT], object[ISTH_LIMIT_TEXT];
  IsthMsrpcSubject subject;
  IsthRequest request = { .match = get_match (ctx, header, false), .verb = ISTH_OP_OTHER, .name = "request" };
  const IsthUuid *uuid;
  uint16_t id, number;
  uint8_t known;

  isth_cursor_skip (c, 4);
  id = isth_dcerpc_u16 (c, header->little);
  number = isth_dcerpc_u16 (c, header->little);
  isth_cursor_skip (c, header->flags & HAS_OBJECT ? 16 : 0);
  if (c->failed)
    return false;
  context = find_context (state, get_pipe (ctx), id);
  known = find_called (context, header, number, c);
  if (known)
    interface = &msrpc_interfaces[known - 1];
  uuid = interface ? &interface->uuid : context ? &context->uuid : NULL;
  if (interface && number >= interface->first && number - interface->first < interface->n)
    operation = &interface->operations[number - interface->first];
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  request.function = number;
  request.memo[0] = known;
  request.key = isth_context_digest (ctx, (uint64_t) number << 8 | 1, uuid ? uuid->bytes : object_exporter.bytes, uuid ? 16 : 0);
  subject = isth_msrpc_find_subject (interface && !(verifier && verifier->level >= LEVEL_PRIVACY) ? interface->name : NULL, number, *c, header->little);
  if (subject.name.length > 0)
    request.key = isth_context_digest (ctx, request.key, subject.name.data, subject.name.length);
  if (subject.program.length > 0)
    request.key = isth_context_digest (ctx, request.key, subject.program.data, subject.program.length);
  isth_context_show (ctx, c->data, isth_msrpc_subject_end (&subject, c)); /* a password may follow: an argument, a value */
  request.verb = operation && operation->name ? (IsthOp) operation->verb : interface ? (IsthOp) interface->verb : ISTH_OP_OTHER;
  if (interface)
    note_roles (ctx, interface, request.verb);
  request.protocol = interface ? interface->protocol : NULL;
  if (operation && operation->name)
    request.name = operation->name;
  if (request.verb == ISTH_OP_AUTHENTICATE) /* is remarked on with its words each time */
    request.object = isth_msrpc_subject_text (&subject, interface->name, object, sizeof object);
  if (isth_emit_again (ctx, &request))
    return true;
  if (uuid)
    request.object = isth_msrpc_subject_text (&subject, interface ? interface->name : isth_uuid_format (uuid, text), object, sizeof object);
  isth_emit_request (ctx, &request);
  return true;
}

/* MS-ERREF, 2.2: numbers that are no failure tell of more to come. */
static const char *
number_text (uint32_t number,
             char *text,
             size_t size)
{
  static const struct { uint16_t number; const char *text; } numbers[] = {
    { 2, "not found" }, { 3, "path not found" }, { 5, "access denied" }, { 6, "invalid handle" }, { 50, "not supported" }, { 53, "network path not found" },
    { 87, "invalid parameter" }, { 110, "cannot be opened" }, { 111, "name too long" }, { 123, "invalid name" }, { 124, "level not known" },
    { 1052, "control not accepted" }, { 1053, "no answer from the service" }, { 1056, "runs already" }, { 1058, "disabled" }, { 1060, "no such service" },
    { 1061, "cannot be controlled now" }, { 1062, "does not run" }, { 1072, "marked for deletion" }, { 1073, "exists already" }, { 1314, "privilege not held" },
    { 1326, "logon failure" }, { 1722, "server not available" }, { 2310, "no such share" }, { 2221, "no such user" },
  };

  if (number == 0 || number == 122 || number == 234 || number == 259 || number > 0xffff)
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].number == number)
      return numbers[i].text;
  return isth_text_format (text, size, "error %u", number);
}

/* Calls end with their result: an HRESULT, a status, or of the older services an error number. NULL when it is good, or cannot be read. */
static const char *
find_error (const IsthPending *asked,
            const IsthCursor *stub,
            uint8_t padding,
            bool little,
            char *text,
            size_t size)
{
  const MsrpcInterface *interface = asked && asked->memo[0] ? &msrpc_interfaces[asked->memo[0] - 1] : NULL;
  uint32_t left = isth_cursor_wire_left (stub), result;
  IsthCursor end = *stub;

  if (!interface || left < 4u + padding || stub->length != stub->wire)
    return NULL;
  isth_cursor_skip (&end, left - 4u - padding);
  result = isth_dcerpc_u32 (&end, little);
  if (end.failed)
    return NULL;
  if (interface->numbers)
    return number_text (result, text, size);
  if (result >> 16 == 0xc000)
    return isth_smb_status (text, size, result);
  return result >> 31 ? isth_text_format (text, size, "error 0x%08x", result) : NULL;
}

static bool
read_response (IsthDissectContext *ctx,
               const IsthDcerpcHeader *header,
               const Verifier *verifier,
               IsthCursor *c)
{
  bool open = !verifier || verifier->level < LEVEL_PRIVACY;
  bool whole = (header->flags & (FIRST_FRAGMENT | LAST_FRAGMENT)) == (FIRST_FRAGMENT | LAST_FRAGMENT);
  const IsthPending *asked;
  const IsthUuid *interface = NULL;
  int64_t number = -1;
  char text[40];
  const char *why = NULL;

  isth_cursor_skip (c, 8);
  if (c->failed)
    return false;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  asked = isth_context_find_request (ctx, get_match (ctx, header, false));
  if (open && whole)
    why = find_error (asked, c, verifier ? verifier->padding : 0, header->little, text, sizeof text);
  if (asked && asked->memo[0])
    {
      interface = &msrpc_interfaces[asked->memo[0] - 1].uuid;
      number = asked->function;
    }
  isth_emit_response (ctx, get_match (ctx, header, false), why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  if (!interface || !open)
    return true;
  if (number == SERVER_ALIVE_2 && isth_uuid_equal (interface, &object_exporter))
    isth_msrpc_read_bindings (ctx, *c, header->little);
  else if ((number == ENDPOINT_LOOKUP || number == ENDPOINT_MAP) && isth_uuid_equal (interface, &endpoint_mapper))
    isth_msrpc_read_towers (ctx, *c, interface_name);
  return true;
}

static bool
read_fault (IsthDissectContext *ctx,
            const IsthDcerpcHeader *header,
            IsthCursor *c)
{
  static const struct { uint32_t status; const char *text; } faults[] = {
    { 0x00000005, "access denied" }, { 0x000006f7, "bad stub data" }, { 0x1c010002, "operation number out of range" },
    { 0x1c010003, "unknown interface" }, { 0x1c00001a, "context mismatch" }, { 0x80010108, "object disconnected" },
    { 0x8001011b, "access to the call denied" }, { 0x80070005, "access denied" },
  };
  uint32_t status;
  char text[40];
  const char *why = NULL;

  isth_cursor_skip (c, 8);
  status = isth_dcerpc_u32 (c, header->little);
  if (c->failed)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].status == status)
      why = faults[i].text;
  if (!why)
    why = isth_text_format (text, sizeof text, "fault 0x%08x", status);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, get_match (ctx, header, false), ISTH_OUTCOME_REFUSED, why, false);
  return true;
}

/* A further fragment belongs to the first one, which said it all. */
static bool
read_body (IsthDissectContext *ctx,
           MsrpcState *state,
           const IsthDcerpcHeader *header,
           const Verifier *verifier,
           IsthCursor *c)
{
  if (!(header->flags & FIRST_FRAGMENT))
    return true;
  switch ((IsthDcerpcType) header->type)
    {
    case ISTH_DCERPC_BIND:
    case ISTH_DCERPC_ALTER:
      return read_bind (ctx, state, header, c);
    case ISTH_DCERPC_BIND_ACK:
    case ISTH_DCERPC_ALTER_ACK:
      return read_bind_ack (ctx, header, c);
    case ISTH_DCERPC_BIND_NAK:
      isth_emit_response (ctx, get_match (ctx, header, true), ISTH_OUTCOME_REFUSED, "bind refused", false);
      return true;
    case ISTH_DCERPC_REQUEST:
      return read_request (ctx, state, header, verifier, c);
    case ISTH_DCERPC_RESPONSE:
      return read_response (ctx, header, verifier, c);
    case ISTH_DCERPC_FAULT:
      return read_fault (ctx, header, c);
    default:
      return true;
    }
}

static IsthDissectResult
msrpc_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  MsrpcState *state = isth_context_state (ctx);
  IsthDcerpcHeader header;
  Verifier verifier;
  bool authenticated, good;

  if (!isth_dcerpc_read_header (c, &header) || !is_connection_type (header.type))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  isth_cursor_limit (c, header.length - ISTH_DCERPC_HEADER);
  authenticated = take_verifier (&header, c, &verifier);
  good = read_body (ctx, state, &header, authenticated ? &verifier : NULL, c);
  if (authenticated)
    read_verifier (ctx, &verifier);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 135 }, { ISTH_BIND_PIPE, 0 } };

const IsthDissector isth_dissector_msrpc = {
  .id = "msrpc", /* stored in project files: never change it */
  .title = "DCE/RPC (DCOM, OPC Classic)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain os endpoint mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (MsrpcState),
  .probe = msrpc_probe,
  .pdu_length = msrpc_pdu_length,
  .dissect = msrpc_dissect,
};
