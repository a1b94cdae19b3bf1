/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIP messages: who asks which object for what, also nested (Multiple Service Packet) and routed (Unconnected Send, connections through
 * a backplane). CIP Volume 1, chapters 2 to 5 and appendix A; Logix data access: Rockwell publication 1756-PM020. */
#include <glib.h>

#include "analysis/dissectors/cip-identity.h"
#include "analysis/dissectors/cip-memo.h"
#include "analysis/dissectors/cip-objects.h"
#include "analysis/dissectors/cip-open.h"
#include "analysis/dissectors/cip-path.h"
#include "analysis/dissectors/cip-services.h"
#include "analysis/dissectors/cip-transfers.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/pccc-message.h"

#define MOST_NESTED 3     /* a packet of services in an unconnected send is as deep as it gets */
#define MOST_SERVICES 256 /* services of one packet that are read */
#define ROUTES 32          /* ways that one flow's messages go: a rack has up to 17 slots, and programming software asks them all */
#define ROUTE_UNKNOWN 255  /* there were more */
#define PCCC_INSIDE (UINT64_C (1) << 63) /* apart from the message that carries it, and those beside that */
#define CONNECTIONS 16 /* a power of two: the oldest gives way */
#define ANSWER_HEAD 4  /* bytes of an answer: its service, a reserved one, its status, how many words more of that there are */

typedef struct
{
  uint32_t to_target, to_originator; /* connection ids */
  uint16_t serial;
  uint8_t route;                     /* 1 + index, 0 none, ROUTE_UNKNOWN */
  bool used, input_output;
  uint16_t size[2];                  /* of its data, each way */
  IsthCipKey key;
} Connection;

typedef struct
{
  char texts[ROUTES][ISTH_CIP_PATH_TEXT];
  uint64_t digests[ROUTES];          /* of the bytes that each was read from first */
} Routes;

typedef struct
{
  Routes *routes;                    /* NULL until a message goes a way */
  Connection connections[CONNECTIONS];
  uint8_t next_connection;
  uint8_t found[2];                  /* of @connections: that of the last message each way */
  bool programmed;
  IsthCipTransfers transfers;
  IsthPcccTransfers pccc_transfers;
} State;

/* The place of a message among those of its frame: what it is matched by, how deep it is, who it is for. */
typedef struct
{
  uint64_t match;
  uint8_t depth, route;
  const char *child; /* the text of its route; NULL: none */
  uint64_t digest;   /* which the text depends on; 0: none */
} Place;

/* 1 + index of the route in a path; 0 for none, ROUTE_UNKNOWN when there are too many of them in this flow: its text is
 * that of @path then. A path that was seen before is known by its bytes. */
static uint8_t
keep_route (IsthDissectContext *ctx,
            State *state,
            IsthCursor bytes,
            IsthCipPath *path,
            uint64_t *digest)
{
  Routes *routes;

  *digest = 0;
  isth_cip_path_skim (path, bytes);
  if (!path->routed)
    return 0;
  *digest = isth_context_digest (ctx, 0, bytes.data, bytes.length);
  if (!state->routes)
    state->routes = isth_context_room (ctx);
  routes = state->routes;
  for (uint8_t i = 0; i < ROUTES && routes->digests[i] != 0; i++)
    if (routes->digests[i] == *digest)
      return (uint8_t) (i + 1);

  isth_cip_path_read (path, bytes);
  for (uint8_t i = 0; i < ROUTES; i++)
    {
      if (routes->digests[i] == 0)
        {
          routes->digests[i] = *digest;
          isth_text_format (routes->texts[i], sizeof routes->texts[i], "%s", path->route);
        }
      if (strcmp (routes->texts[i], path->route) == 0)
        return (uint8_t) (i + 1);
    }
  return ROUTE_UNKNOWN;
}

static const char *
get_route (const State *state,
           uint8_t route)
{
  return state->routes && route > 0 && route <= ROUTES ? state->routes->texts[route - 1] : NULL;
}

static uint64_t
get_digest (const State *state,
            uint8_t route)
{
  return state->routes && route > 0 && route <= ROUTES ? state->routes->digests[route - 1] : 0;
}

static inline bool
is_connection (const Connection *self,
               uint32_t id,
               bool to_target)
{
  return self->used && (to_target ? self->to_target : self->to_originator) == id;
}

/* 1 + index of the connection that a message travels on; 0 when its opening was not seen. */
static uint8_t
find_connection (State *state,
                 uint32_t id,
                 bool to_target)
{
  uint8_t *found = &state->found[to_target];

  if (state->next_connection == 0)
    return 0; /* none at all */
  if (is_connection (&state->connections[*found], id, to_target))
    return (uint8_t) (*found + 1);
  for (uint8_t i = 0; i < CONNECTIONS; i++)
    if (is_connection (&state->connections[i], id, to_target))
      {
        *found = i;
        return (uint8_t) (i + 1);
      }
  return 0;
}

/* Forward Open: remembers where the connection leads, to be completed by the answer. */
static uint8_t
keep_open (IsthDissectContext *ctx,
           const IsthCipOpen *open,
           State *state)
{
  Connection *connection = &state->connections[state->next_connection & (CONNECTIONS - 1)];
  IsthCipPath path ISTH_UNSET;
  uint64_t digest;

  *connection = (Connection){
    .serial = open->serial,
    .route = keep_route (ctx, state, open->path, &path, &digest),
    .input_output = open->transport <= 1,
    .size = { open->size[0], open->size[1] },
    .key = open->key,
  };
  state->next_connection = state->next_connection == UINT8_MAX ? CONNECTIONS : (uint8_t) (state->next_connection + 1); /* 0: there was none */
  return connection->route;
}

/* The connection whose opening the target answered; NULL when that was not seen. */
static const Connection *
complete_connection (IsthCursor c,
                     State *state)
{
  uint32_t to_target = isth_cursor_le32 (&c), to_originator = isth_cursor_le32 (&c);
  uint16_t serial = isth_cursor_le16 (&c);
  Connection *completed = NULL;

  /* The last asked for comes first: an earlier one of that serial number was refused. */
  for (int i = 1; i <= CONNECTIONS && !c.failed && !completed; i++)
    {
      Connection *connection = &state->connections[(state->next_connection - i) & (CONNECTIONS - 1)];

      if (!connection->used && connection->serial == serial)
        completed = connection;
    }
  if (!completed)
    return NULL;
  /* Ids are used again when a connection is gone: what had them before is gone, too. */
  for (int i = 0; i < CONNECTIONS; i++)
    if (state->connections[i].to_target == to_target || state->connections[i].to_originator == to_originator)
      state->connections[i].used = false;
  completed->to_target = to_target;
  completed->to_originator = to_originator;
  completed->used = true;
  return completed;
}

/* An accepted opening tells what the target is, and which data flow. */
static void
read_opened (IsthDissectContext *ctx,
             State *state,
             IsthCursor c)
{
  const Connection *connection = complete_connection (c, state);
  IsthEndpoint about = isth_context_sender (ctx);

  if (!connection || connection->route == ROUTE_UNKNOWN)
    return;
  about.child = get_route (state, connection->route);
  if (about.child && connection->key.vendor != 0)
    isth_emit_child (ctx, &about, NULL, 0);
  isth_cip_key_say (ctx, &about, &connection->key);
  if (connection->input_output)
    isth_cip_io_say (ctx, about.child, connection->size, c);
}

static IsthDissectResult read_request (IsthCursor *c, IsthDissectContext *ctx, State *state, const Place *place, uint8_t service);
static IsthDissectResult read_response (IsthCursor *c, IsthDissectContext *ctx, State *state, const Place *place, uint8_t service);

/* Whether a request says all there is by its path: nothing is inside it, and it opens and carries nothing. */
static inline bool
is_plain (uint8_t class_id,
          uint8_t service)
{
  switch (class_id)
    {
    case CLASS_CONNECTION_MANAGER:
    case CLASS_PCCC:
    case CLASS_TCP_IP:
      return false;
    default:
      return service != SERVICE_MULTIPLE && !isth_cip_carries (class_id, service);
    }
}

/* A request of an object that is named by numbers: what stands in them, and the way it goes. */
static inline uint64_t
make_numbers_key (const Place *place,
                  const uint8_t *at,
                  uint32_t n)
{
  uint64_t numbers = at[0] | at[3] << 8 | at[5] << 16 | (uint64_t) (n == 6 ? 1u + at[7] : 0) << 24;

  return (place->digest ^ numbers << 1) | 1;
}

/* What decides a request of which @n bytes of path stand behind the service @at. */
static uint64_t
make_key (IsthDissectContext *ctx,
          const Place *place,
          const uint8_t *at,
          uint32_t n)
{
  if (isth_cip_path_is_numbers (at + 2, n))
    return make_numbers_key (place, at, n);
  return isth_context_digest (ctx, place->digest, at, 2 + n);
}

/* The usual request, when it was made before: of an object named by numbers. False: it has to be read. @at: its @length bytes; @request: zeroed, or filled by
 * the one before it. */
static inline bool
ask_again (IsthDissectContext *ctx,
           const Place *place,
           const uint8_t *at,
           uint32_t length,
           IsthRequest *request)
{
  uint32_t n = length > 1 ? 2u * at[1] : 0;

  if (n + 2 > length || !isth_cip_path_is_numbers (at + 2, n) || !is_plain (at[3], at[0]))
    return false;
  request->match = place->match;
  request->key = make_numbers_key (place, at, n);
  request->function = at[0];
  request->at = at;
  request->length = length;
  isth_cip_keep_memo (request, &(IsthCipMemo){ at[3], at[5], n == 6 ? at[7] : UINT16_MAX, place->route, at[0] });
  return isth_emit_again (ctx, request);
}

/* @request: as for ask_again(). */
static inline IsthDissectResult
read_message (IsthCursor *c,
              IsthDissectContext *ctx,
              State *state,
              const Place *place,
              IsthRequest *request)
{
  uint8_t service = isth_cursor_u8 (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (service & 0x80)
    return read_response (c, ctx, state, place, service & 0x7f);
  if (ask_again (ctx, place, c->data + c->position - 1, isth_cursor_left (c) + 1, request))
    return ISTH_DISSECT_OK;
  return read_request (c, ctx, state, place, service);
}

/* Unconnected Send: a message and the way it goes. */
static IsthDissectResult
read_unconnected_send (IsthCursor *c,
                       IsthDissectContext *ctx,
                       State *state,
                       const Place *place)
{
  IsthCursor message, bytes;
  IsthCipPath path ISTH_UNSET;
  Place inner = *place;
  uint16_t length;
  uint8_t words;

  isth_cursor_skip (c, 2); /* priority, ticks */
  length = isth_cursor_le16 (c);
  message = isth_cursor_take (c, length);
  if (length % 2)
    isth_cursor_skip (c, 1);
  words = isth_cursor_u8 (c);
  isth_cursor_skip (c, 1);
  bytes = isth_cursor_take (c, 2u * words);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  inner.depth++;
  inner.route = keep_route (ctx, state, bytes, &path, &inner.digest);
  inner.child = inner.route == ROUTE_UNKNOWN ? path.route : get_route (state, inner.route);
  return read_message (&message, ctx, state, &inner, &(IsthRequest){ 0 });
}

/* How many of the @n messages behind @offsets, from the first on, are answers that it went well, and hold no messages themselves. @start, @length: the count and
 * all behind it, as far as it was captured. */
static uint32_t
count_good (const uint8_t *start,
            uint32_t length,
            const uint8_t *offsets,
            uint32_t n)
{
  uint32_t i = 0, begin, end;

  for (begin = n > 0 ? isth_le16 (offsets) : 0; i < n; begin = end, i++)
    {
      const uint8_t *at = start + begin;

      end = i + 1 < n ? isth_le16 (offsets + 2 * i + 2) : length;
      if (begin < 2 + 2 * n || end > length || end < begin || end - begin < ANSWER_HEAD)
        break;
      if (!(at[0] & 0x80) || at[0] == (0x80 | SERVICE_MULTIPLE) || (at[2] != 0 && at[2] != STATUS_PARTIAL) || 2u * at[3] > end - begin - ANSWER_HEAD)
        break;
    }
  return i;
}

/* Multiple Service Packet: a count, offsets from that count, the messages (questions or answers). */
static IsthDissectResult
read_multiple (IsthCursor *c,
               IsthDissectContext *ctx,
               State *state,
               const Place *place)
{
  const uint8_t *start = c->data + c->position;
  uint32_t length = isth_cursor_left (c), wire = isth_cursor_wire_left (c);
  uint16_t n = isth_cursor_le16 (c);
  const uint8_t *offsets = isth_cursor_bytes (c, 2u * n);
  Place inner = *place;
  IsthRequest request = { 0 };
  uint32_t i, begin, end;

  if (c->failed || n > MOST_SERVICES)
    return ISTH_DISSECT_MALFORMED;
  inner.depth++;
  i = isth_emit_answers (ctx, inner.match + 1, count_good (start, length, offsets, n));
  inner.match += i;
  begin = i < n ? isth_le16 (offsets + 2 * i) : 0;
  for (; i < n; i++)
    {
      IsthCursor message ISTH_UNSET;

      end = i + 1 < n ? isth_le16 (offsets + 2 * i + 2) : MIN (wire, UINT16_MAX);
      if (begin < 2u + 2u * n || begin > length || end < begin)
        return ISTH_DISSECT_MALFORMED;
      inner.match++;
      message = isth_cursor_new (start + begin, MIN (end, length) - begin, (end <= wire ? end : length) - begin);
      if (read_message (&message, ctx, state, &inner, &request) == ISTH_DISSECT_MALFORMED)
        return ISTH_DISSECT_MALFORMED;
      begin = end;
    }
  return ISTH_DISSECT_OK;
}

/* Who loads a program or firmware is known for what it is. */
static void
note_verb (IsthDissectContext *ctx,
           State *state,
           IsthOp verb)
{
  if ((verb != ISTH_OP_PROGRAM && verb != ISTH_OP_FIRMWARE) || state->programmed)
    return;
  state->programmed = true;
  isth_emit_role (ctx, NULL, "engineering");
}

/* A PCCC message stands behind the id of who asks: its own length, a vendor, a serial number, or what else. */
static IsthDissectResult
read_pccc (IsthCursor *c,
           IsthDissectContext *ctx,
           State *state,
           const IsthPcccPlace *place,
           bool answer)
{
  uint8_t length = isth_cursor_u8 (c);
  bool reply;

  isth_cursor_skip (c, length > 0 ? length - 1u : 0);
  if (c->failed || !isth_pccc_probe (*c, &reply) || reply != answer)
    return ISTH_DISSECT_MALFORMED;
  return reply ? isth_pccc_read_reply (c, ctx, &state->pccc_transfers, place) : isth_pccc_read_command (c, ctx, &state->pccc_transfers, place);
}

/* Says what was not asked before, or not for long. @body: what follows its path; @open: of a connection, NULL otherwise. */
static void
say_request (IsthDissectContext *ctx,
             State *state,
             IsthRequest *request,
             IsthCursor path_bytes,
             IsthCursor body,
             const IsthCipOpen *open)
{
  const IsthCipService *known;
  char object[ISTH_LIMIT_TEXT];
  IsthCipPath path ISTH_UNSET;

  isth_cip_path_read (&path, path_bytes);
  known = isth_cip_service_find (&path, (uint8_t) request->function);
  request->verb = open && open->transport <= 1 ? ISTH_OP_SUBSCRIBE : known->verb;
  request->name = known->name;
  request->object = open ? isth_cip_open_format (open, object, sizeof object) : isth_cip_path_format (&path, object, sizeof object);
  if (isth_cip_object_has_details (path.class_id, path.attribute, (uint8_t) request->function))
    isth_cip_object_describe (body, path.class_id, object, sizeof object);
  if (known->verb == ISTH_OP_AUTHENTICATE && isth_cip_is_private (path.class_id, (uint8_t) request->function) && request->object == object)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), path.class_id == CLASS_SAFETY_SUPERVISOR ? ", password in clear (at most 16 characters)" : ", pass code in clear");
  isth_emit_request (ctx, request);
  note_verb (ctx, state, known->verb);
}

static bool
is_open (const IsthCipPath *path,
         uint8_t service)
{
  return path->class_id == CLASS_CONNECTION_MANAGER && (service == SERVICE_FORWARD_OPEN || service == SERVICE_LARGE_FORWARD_OPEN);
}

static IsthDissectResult
read_request (IsthCursor *c,
              IsthDissectContext *ctx,
              State *state,
              const Place *place,
              uint8_t service)
{
  const uint8_t *at = c->data + c->position - 1;
  uint8_t words = isth_cursor_u8 (c);
  IsthCursor path_bytes = isth_cursor_take (c, 2u * words);
  IsthCipPath path ISTH_UNSET;
  IsthRequest request ISTH_UNSET;
  const char *child = place->child;
  uint8_t route = place->route;
  IsthCipOpen open ISTH_UNSET;
  bool opens;

  if (c->failed || !isth_cip_path_skim (&path, path_bytes))
    return ISTH_DISSECT_MALFORMED;
  opens = is_open (&path, service) && isth_cip_open_read (&open, *c, service == SERVICE_LARGE_FORWARD_OPEN);
  if (opens)
    {
      route = keep_open (ctx, &open, state);
      child = get_route (state, route);
    }

  request = (IsthRequest){
    .match = place->match,
    /* Some are told by what follows their path as well. */
    .key = opens || isth_cip_object_has_details (path.class_id, path.attribute, service) ? 0 : make_key (ctx, place, at, path_bytes.length),
    /* The answer to a routed message is that of the message inside. */
    .no_answer = path.class_id == CLASS_CONNECTION_MANAGER && service == SERVICE_UNCONNECTED_SEND,
    .function = service,
    .child = child,
    .at = at,
    .length = (uint32_t) (c->data + c->length - at),
  };
  if (isth_cip_is_private (path.class_id, service))
    {
      request.length = (uint32_t) (c->data + c->position - at);
      isth_context_show (ctx, at, request.length);
    }
  isth_cip_keep_memo (&request, &(IsthCipMemo){ (int32_t) path.class_id, (uint16_t) path.instance, (uint16_t) path.attribute, route, service });
  if (!isth_emit_again (ctx, &request))
    say_request (ctx, state, &request, path_bytes, *c, opens ? &open : NULL);
  if (isth_cip_carries (path.class_id, service))
    isth_cip_transfer_request (ctx, &state->transfers, child, path.class_id, path.instance, service, *c);

  if (place->depth >= MOST_NESTED)
    return ISTH_DISSECT_OK;
  if (request.no_answer)
    return read_unconnected_send (c, ctx, state, place);
  if (service == SERVICE_MULTIPLE)
    return read_multiple (c, ctx, state, place);
  if (path.class_id == CLASS_PCCC && service == SERVICE_EXECUTE_PCCC)
    return read_pccc (c, ctx, state, &(IsthPcccPlace){ place->match | PCCC_INSIDE, place->digest, child }, false);
  return ISTH_DISSECT_OK;
}

static bool
read_attribute (IsthCursor *c,
                IsthDissectContext *ctx,
                const IsthEndpoint *about,
                int64_t class_id,
                uint16_t attribute)
{
  if (class_id == CLASS_IDENTITY)
    return isth_cip_identity_read_attribute (c, ctx, about, attribute);
  return isth_cip_object_read_attribute (c, ctx, about, class_id, attribute);
}

static void
read_attribute_list (IsthCursor *c,
                     IsthDissectContext *ctx,
                     const IsthEndpoint *about,
                     int64_t class_id)
{
  uint16_t n = isth_cursor_le16 (c);

  for (uint16_t i = 0; i < n && !c->failed; i++)
    {
      uint16_t attribute = isth_cursor_le16 (c);
      uint16_t status = isth_cursor_le16 (c);

      /* An attribute of unknown size ends what can be read. */
      if (status == 0 && !read_attribute (c, ctx, about, class_id, attribute))
        return;
    }
}

/* What an object says of its device. */
static void
read_object (IsthCursor *c,
             IsthDissectContext *ctx,
             const State *state,
             const IsthCipMemo *memo)
{
  IsthEndpoint about = isth_context_sender (ctx);
  uint64_t what = (uint64_t) memo->class_id << 32 | (uint64_t) memo->attribute << 8 | memo->service;
  uint64_t digest = isth_context_digest (ctx, what, c->data + c->position, isth_cursor_left (c));

  if (memo->route == ROUTE_UNKNOWN)
    return; /* of whom? */
  about.child = get_route (state, memo->route);
  if (isth_emit_same (ctx, about.child ? &about : NULL, c->length == c->wire ? digest : 0, c->data + c->position))
    return;
  if (about.child)
    isth_emit_child (ctx, &about, NULL, 0);
  if (memo->service == SERVICE_GET_ALL && memo->class_id == CLASS_IDENTITY)
    isth_cip_identity_read (c, ctx, &about);
  else if (memo->service == SERVICE_GET_ALL)
    isth_cip_object_read_all (c, ctx, &about, memo->class_id);
  else if (memo->service == SERVICE_GET_SINGLE)
    read_attribute (c, ctx, &about, memo->class_id, memo->attribute);
  else if (memo->service == SERVICE_GET_LIST)
    read_attribute_list (c, ctx, &about, memo->class_id);
  isth_emit_same_end (ctx, true);
}

static IsthDissectResult
read_response (IsthCursor *c,
               IsthDissectContext *ctx,
               State *state,
               const Place *place,
               uint8_t service)
{
  const uint8_t *head = isth_cursor_bytes (c, 3); /* reserved, status, words of more status */
  const IsthPending *pending;
  uint8_t status;
  bool good;
  IsthCipMemo memo ISTH_UNSET;

  if (!head)
    return ISTH_DISSECT_MALFORMED;
  isth_cursor_skip (c, 2u * head[2]);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  status = head[1];

  good = status == 0 || status == STATUS_PARTIAL;
  pending = isth_emit_response (ctx, place->match, good ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, good ? NULL : isth_cip_status_name (status), false);
  if (service == SERVICE_MULTIPLE && place->depth < MOST_NESTED && (good || status == 0x1e))
    return read_multiple (c, ctx, state, place);
  if (!pending)
    return ISTH_DISSECT_OK;
  memo = isth_cip_unpack_memo (pending);
  if (memo.service != service)
    return ISTH_DISSECT_OK;
  if (memo.class_id == CLASS_PCCC && service == SERVICE_EXECUTE_PCCC && good)
    return read_pccc (c, ctx, state, &(IsthPcccPlace){ place->match | PCCC_INSIDE, 0, get_route (state, memo.route) }, true);
  if (memo.class_id == CLASS_FILE)
    isth_cip_transfer_response (ctx, get_route (state, memo.route), memo.class_id, memo.instance, service, good ? NULL : isth_cip_status_name (status), *c);
  /* A list of attributes comes with those that could be had. */
  if (!good && !(service == SERVICE_GET_LIST && status == 0x0a))
    return ISTH_DISSECT_OK;
  if (isth_cip_is_telling (&memo))
    read_object (c, ctx, state, &memo);
  else if (memo.class_id == CLASS_CONNECTION_MANAGER && (service == SERVICE_FORWARD_OPEN || service == SERVICE_LARGE_FORWARD_OPEN))
    read_opened (ctx, state, *c);
  return ISTH_DISSECT_OK;
}

static IsthProbe
cip_probe (IsthCursor c,
           const IsthPacket *packet)
{
  const uint8_t *head = isth_cursor_bytes (&c, 2);
  IsthCipPath path ISTH_UNSET;
  uint32_t n;

  if (!head || (head[0] & 0x7f) == 0)
    return ISTH_PROBE_NO;
  if (head[0] & 0x80)
    return head[1] == 0 && isth_cursor_wire_left (&c) >= 2 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
  n = 2u * head[1];
  if (n > isth_cursor_wire_left (&c))
    return ISTH_PROBE_NO;
  if (n <= isth_cursor_left (&c) && isth_cip_path_is_numbers (head + 2, n))
    return ISTH_PROBE_STRONG;
  return isth_cip_path_skim (&path, isth_cursor_take (&c, n)) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthDissectResult
cip_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  State *state = isth_context_state (ctx);
  uint64_t key = isth_context_key (ctx);
  int first = isth_cursor_peek (c, 0);
  bool answer = first >= 0 && first & 0x80;
  uint8_t connection = (uint32_t) key ? find_connection (state, (uint32_t) key, !answer) : 0;
  /* Each connection counts its messages for itself. */
  Place place = { .match = (uint64_t) connection << 48 | (key >> 32) << 16 };

  if (connection)
    {
      place.route = state->connections[connection - 1].route;
      place.child = get_route (state, place.route);
      place.digest = get_digest (state, place.route);
    }
  if (first >= 0)
    isth_context_prove_direction (ctx, answer ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  return read_message (c, ctx, state, &place, &(IsthRequest){ 0 });
}

static const IsthBinding bindings[] = { { ISTH_BIND_CIP, 0 } };

const IsthDissector isth_dissector_cip = {
  .id = "cip",
  .title = "Common Industrial Protocol",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id device_type device_type_id product_code firmware serial model state name description location hostname domain",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .room_size = sizeof (Routes),
  .probe = cip_probe,
  .dissect = cip_dissect,
};
