/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7 communication of SIMATIC S7-300, S7-400 and their kin (protocol id 0x32 on ISO transport): variables, blocks, programs,
 * operating modes, diagnosis. Not published by Siemens; see s7comm-tables.h for where the names come from.
 *
 * A job's function is its function number. User data has groups and sub-functions instead, which are other numbers with other
 * meanings: their operations carry no number. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/s7-connection.h"
#include "analysis/dissectors/s7comm-items.h"
#include "analysis/dissectors/s7comm-szl.h"
#include "analysis/dissectors/s7comm-tables.h"
#include "analysis/dissectors/s7comm-transfer.h"
#include "analysis/dissectors/s7comm-user.h"
#include "analysis/dissectors/secret.h"

#define PROTOCOL_ID 0x32
#define HEADER 10                  /* before the error of an answer */
#define USER_DATA_MATCH (1u << 16) /* jobs and user data number their messages apart */

enum
{
  GROUP_MODE = 0,
  GROUP_CPU = 4,
  GROUP_SECURITY = 5,
  SECURITY_PASSWORD = 1, /* of that group */
  CPU_READ_SZL = 1,
  CPU_DIAGNOSTIC_MESSAGE = 3,
  MODE_TRANSITION = 0x010010, /* head of its parameters in place of the usual one */
};

typedef struct
{
  bool ends_known;     /* client and server were told */
  IsthS7Szl szl;
} S7State;

typedef struct
{
  uint8_t kind;        /* S7_JOB … */
  uint16_t reference;
  uint16_t error;      /* class and code of an answer */
  IsthCursor parameters, data;
} S7Message;

static IsthProbe
s7comm_probe (IsthCursor c,
              const IsthPacket *packet)
{
  int kind = isth_cursor_peek (&c, 1);

  (void) packet;
  if (isth_cursor_peek (&c, 0) != PROTOCOL_ID)
    return ISTH_PROBE_NO;
  return kind == S7_JOB || kind == S7_ACK || kind == S7_ACK_DATA || kind == S7_USER_DATA ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static const char *
format_error (char *text,
              size_t size,
              uint16_t error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (s7_errors); i++)
    if (s7_errors[i].code == error)
      return s7_errors[i].text;
  for (size_t i = 0; i < G_N_ELEMENTS (s7_errors); i++)
    if ((s7_errors[i].code & 0xff) == 0xff && s7_errors[i].code >> 8 == error >> 8)
      return isth_text_format (text, size, "%s 0x%04x", s7_errors[i].text, error);
  return isth_text_format (text, size, "error 0x%04x", error);
}

/* Takes a counted string out of @c. */
static IsthCursor
take_counted (IsthCursor *c)
{
  return isth_cursor_take (c, isth_cursor_u8 (c));
}

static bool
describe_service (IsthCursor *c,
                  IsthRequest *request,
                  char *text,
                  size_t size)
{
  IsthCursor argument, service;
  char name[64];
  uint32_t n;

  isth_cursor_skip (c, 7);
  argument = isth_cursor_take (c, isth_cursor_be16 (c));
  service = take_counted (c);
  if (c->failed)
    return false;

  n = isth_cursor_left (&service);
  isth_text_from_bytes (name, sizeof name, isth_cursor_bytes (&service, n), n);
  isth_text_format (text, size, "%s", name);
  for (size_t i = 0; i < G_N_ELEMENTS (s7_services); i++)
    if (strcmp (s7_services[i].service, name) == 0)
      {
        request->verb = s7_services[i].verb;
        request->name = s7_services[i].name;
        text[0] = '\0';
        if (strcmp (name, "P_PROGRAM") == 0)
          isth_text_format (text, size, isth_cursor_peek (&argument, 0) == 'C' ? "cold restart" : "warm restart");
        else if (s7_services[i].blocks)
          isth_s7_describe_block_list (argument, text, size);
        else if (request->verb == ISTH_OP_AUTHENTICATE)
          isth_text_format (text, size, "password in clear (%s)", isth_secret_class_at (argument, false));
        break;
      }
  return true;
}

/* What a job acts on, from its parameters behind the function number. False when they contradict themselves. */
static bool
describe_job (uint8_t function,
              IsthCursor *c,
              IsthRequest *request,
              char *text,
              size_t size)
{
  switch (function)
    {
    case S7_READ:
    case S7_WRITE:
      return isth_s7_describe_items (c, isth_cursor_u8 (c), text, size);
    case S7_REQUEST_DOWNLOAD:
    case S7_DOWNLOAD_BLOCK:
    case S7_DOWNLOAD_ENDED:
    case S7_START_UPLOAD:
      isth_cursor_skip (c, 7); /* status, error, the transfer's number */
      isth_s7_describe_block (take_counted (c), text, size);
      return !c->failed;
    case S7_PI_SERVICE:
      return describe_service (c, request, text, size);
    default:
      return true;
    }
}

/* Says a job that was not given before, or not for long. False when it contradicts itself. */
static bool
say_job (IsthDissectContext *ctx,
         S7Message *m,
         IsthRequest *request)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthCursor parameters = m->parameters;
  uint8_t function = (uint8_t) request->function;
  bool good = describe_job (function, &m->parameters, request, object, sizeof object);

  request->object = object;
  request->key = good ? request->key : 0;
  if (request->verb == ISTH_OP_AUTHENTICATE) /* a password is among the arguments */
    isth_context_show (ctx, parameters.data, 1);
  isth_s7_transfer_prepare (function, parameters, request);
  isth_emit_request (ctx, request);
  isth_s7_transfer_ask (ctx, function, parameters, request);
  return good;
}

static IsthDissectResult
read_job (IsthDissectContext *ctx,
          S7Message *m)
{
  const uint8_t *parameters = m->parameters.data;
  uint8_t function = isth_cursor_u8 (&m->parameters);
  IsthRequest request = {
    .match = m->reference,
    .verb = ISTH_OP_OTHER,
    .function = function,
    .name = "unknown-function",
  };

  if (m->parameters.failed)
    return ISTH_DISSECT_MALFORMED;
  for (size_t i = 0; i < G_N_ELEMENTS (s7_functions); i++)
    if (s7_functions[i].code == function)
      {
        request.verb = s7_functions[i].verb;
        request.name = s7_functions[i].name;
        if (s7_functions[i].by_client)
          isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
        break;
      }
  /* The same variables are read and written all day. */
  if ((function == S7_READ || function == S7_WRITE) && m->parameters.length == m->parameters.wire)
    request.key = isth_context_digest (ctx, 0, parameters, m->parameters.length);
  return isth_emit_again (ctx, &request) || say_job (ctx, m, &request) ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const char *
get_item_error (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (s7_item_errors); i++)
    if (s7_item_errors[i].code == code)
      return s7_item_errors[i].text;
  return "item refused";
}

/* The results of the @n items of a read or write: writes @text when one was refused. False when they contradict themselves. */
static bool
read_items (IsthCursor *c,
            uint8_t function,
            uint32_t n,
            char *text,
            size_t size)
{
  const char *error = NULL;
  uint32_t refused = 0;

  for (uint32_t i = 0; i < n && !c->failed; i++)
    {
      uint8_t result = isth_cursor_u8 (c);

      if (!c->failed && result != 0xff)
        {
          refused++;
          error = error ? error : get_item_error (result);
        }
      if (function == S7_READ && !c->failed)
        {
          uint8_t type = isth_cursor_u8 (c);
          uint32_t length = isth_cursor_be16 (c);

          if (result != 0xff) /* some devices say how long it would be */
            length = 0;
          else if (type >= 3 && type <= 5) /* bits, bytes and integers are counted in bits */
            length = (length + 7) / 8;
          isth_cursor_take (c, length);
          if (length % 2 != 0 && i + 1 < n)
            isth_cursor_skip (c, 1);
        }
    }
  if (refused == 1 && n == 1)
    isth_text_format (text, size, "%s", error);
  else if (refused > 0)
    isth_text_format (text, size, "%s (%u of %u items)", error, refused, n);
  return !c->failed;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             S7State *state,
             S7Message *m)
{
  uint8_t function = m->kind == S7_ACK_DATA ? isth_cursor_u8 (&m->parameters) : 0;
  char text[96] ISTH_UNSET, other[64] ISTH_UNSET;
  bool good = true;
  IsthCursor parameters = m->parameters, data = m->data;
  const IsthPending *asked;

  text[0] = '\0';
  if (m->error != 0)
    isth_text_format (text, sizeof text, "%s", format_error (other, sizeof other, m->error));
  else if (m->kind == S7_ACK_DATA && (function == S7_READ || function == S7_WRITE))
    {
      uint8_t n = isth_cursor_u8 (&m->parameters);

      good = !m->parameters.failed && read_items (&m->data, function, n, text, sizeof text);
    }
  asked = isth_emit_response (ctx, m->reference, text[0] ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  if (asked)
    isth_s7_transfer_answer (ctx, asked, parameters, data, text[0] ? text : NULL);

  /* In a download the client answers as well: only what a client alone asks shows who is the server. */
  for (size_t i = 0; i < G_N_ELEMENTS (s7_functions) && !state->ends_known; i++)
    if (s7_functions[i].by_client && s7_functions[i].code == (asked ? asked->function : function)
        && (asked || m->kind == S7_ACK_DATA))
      isth_s7_note_ends (ctx, &state->ends_known);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* The parameters of user data (method 0x11: short, 0x12: with what an answer or a further part adds). */
typedef struct
{
  uint8_t type, group, function, sequence;
  bool extended;
  bool more;           /* further parts follow */
  uint16_t error;
  uint8_t result;      /* of the data: 0xff good, 0x0a no data */
  IsthCursor content;  /* of the data */
} S7UserData;

static bool
read_user_data_header (S7Message *m,
                       S7UserData *u)
{
  IsthCursor *p = &m->parameters;
  uint32_t head = isth_cursor_be24 (p);
  uint8_t length = isth_cursor_u8 (p);
  uint8_t byte;

  *u = (S7UserData){ .result = 0x0a, .content = isth_cursor_new ("", 0, 0) };
  isth_cursor_skip (p, 1); /* method */
  byte = isth_cursor_u8 (p);
  u->type = byte >> 4 & 0x0c; /* those of numerical controls have the two low bits as well */
  u->group = byte & 0x0f;
  u->function = isth_cursor_u8 (p);
  u->sequence = isth_cursor_u8 (p);
  u->extended = length >= 8 && head == 0x000112;
  if (u->extended)
    {
      isth_cursor_skip (p, 1); /* number of the part */
      u->more = isth_cursor_u8 (p) != 0;
      u->error = isth_cursor_be16 (p);
    }
  if (p->failed || (head != 0x000112 && head != MODE_TRANSITION))
    return false;

  if (isth_cursor_wire_left (&m->data) >= 4)
    {
      uint32_t size;

      u->result = isth_cursor_u8 (&m->data);
      byte = isth_cursor_u8 (&m->data);
      size = isth_cursor_be16 (&m->data);
      u->content = isth_cursor_take (&m->data, byte >= 3 && byte <= 5 ? (size + 7) / 8 : size);
    }
  return !m->data.failed;
}

/* A push of the controller: a change of mode, an alarm, data that was subscribed. */
static void
read_push (IsthDissectContext *ctx,
           const S7UserData *u,
           IsthRequest *request,
           char *text,
           size_t size)
{
  const char *state = NULL;

  request->verb = ISTH_OP_REPORT;
  request->no_answer = true;
  isth_s7_describe_user (u->group, u->function, u->sequence, true, u->content, text, size);
  if (u->group == GROUP_CPU && u->function == CPU_DIAGNOSTIC_MESSAGE)
    state = isth_s7_read_event_state (u->content);
  if (u->group == GROUP_MODE)
    {
      request->name = "mode-transition";
      for (size_t i = 0; i < G_N_ELEMENTS (s7_modes); i++)
        if (s7_modes[i].transition == u->function)
          request->object = state = s7_modes[i].state;
    }
  if (state)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, state, ISTH_CONFIDENCE_PARSED, NULL, 0);
  isth_emit_request (ctx, request);
}

/* What a request acts on: a status list, a block, variables. */
static void
describe_user_request (const S7UserData *u,
                       const S7State *state,
                       IsthRequest *request,
                       char *text,
                       size_t size)
{
  IsthCursor c = u->content;

  if (u->group == GROUP_CPU && u->function == CPU_READ_SZL)
    {
      bool further = u->sequence != 0 && u->result != 0xff;
      uint16_t id = further && state->szl.sequence == u->sequence ? state->szl.id : isth_cursor_be16 (&c);
      uint16_t index = further ? state->szl.index : isth_cursor_be16 (&c);

      if (c.failed)
        return;
      isth_s7_szl_describe (text, size, id, index);
      if (isth_s7_szl_is_identity (id))
        request->verb = ISTH_OP_IDENTIFY;
    }
  else if (u->group == GROUP_SECURITY && u->function == SECURITY_PASSWORD && isth_cursor_wire_left (&c) >= 8)
    isth_text_format (text, size, "password, scrambled without a key (at most 8 characters)");
  else
    isth_s7_describe_user (u->group, u->function, u->sequence, false, c, text, size);
}

static void
read_user_answer (IsthDissectContext *ctx,
                  S7State *state,
                  const S7Message *m,
                  S7UserData *u)
{
  uint64_t match = USER_DATA_MATCH | m->reference;
  char other[64];
  const char *text = NULL;

  if (u->error != 0)
    text = format_error (other, sizeof other, u->error);
  else if (u->result != 0xff && u->result != 0x0a && u->result != 0)
    text = get_item_error (u->result);
  isth_emit_response (ctx, match, text ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  isth_s7_note_ends (ctx, &state->ends_known);
}

/* The status list itself. A part belongs to the list that was begun under its number; numbers are 0 for lists of one part. */
static bool
read_status_list (IsthDissectContext *ctx,
                  S7State *state,
                  S7UserData *u)
{
  IsthS7Szl *szl = &state->szl;
  bool further = szl->active && u->sequence != 0 && szl->sequence == u->sequence;
  bool good = isth_s7_szl_read (szl, ctx, &u->content, !further);

  szl->sequence = u->sequence;
  szl->active = szl->active && u->more;
  return good;
}

static IsthDissectResult
read_user_data (IsthDissectContext *ctx,
                S7State *state,
                S7Message *m)
{
  S7UserData u;
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET;
  IsthRequest request = {
    .match = USER_DATA_MATCH | m->reference,
    .verb = ISTH_OP_OTHER,
    .function = -1,
    .name = "user-data",
    .object = object,
  };
  bool good = read_user_data_header (m, &u);

  if (m->parameters.failed)
    return ISTH_DISSECT_MALFORMED;
  object[0] = '\0';
  for (size_t i = 0; i < G_N_ELEMENTS (s7_user_functions); i++)
    if (s7_user_functions[i].group == u.group
        && (s7_user_functions[i].code == u.function || s7_user_functions[i].code == S7_ANY_SUBFUNCTION))
      {
        request.verb = s7_user_functions[i].verb;
        request.name = s7_user_functions[i].name;
        break;
      }

  switch (u.type)
    {
    case 0:
      read_push (ctx, &u, &request, object, sizeof object);
      break;
    case 4:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      if (request.verb == ISTH_OP_AUTHENTICATE) /* the password follows, scrambled as everybody knows how */
        isth_context_show (ctx, m->parameters.data, m->parameters.length);
      describe_user_request (&u, state, &request, object, sizeof object);
      isth_emit_request (ctx, &request);
      break;
    case 8:
      read_user_answer (ctx, state, m, &u);
      if (good && u.group == GROUP_CPU && u.function == CPU_READ_SZL && u.error == 0 && u.result == 0xff)
        good = read_status_list (ctx, state, &u);
      break;
    default:
      return ISTH_DISSECT_MALFORMED;
    }
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
s7comm_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  S7State *state = isth_context_state (ctx);
  S7Message m ISTH_UNSET;
  uint16_t parameters, data;
  const uint8_t *head;

  if (isth_cursor_peek (c, 0) >= 0 && isth_cursor_peek (c, 0) != PROTOCOL_ID)
    return ISTH_DISSECT_NOT_MINE;
  head = isth_cursor_bytes (c, HEADER);
  if (!head)
    return ISTH_DISSECT_MALFORMED;
  m.kind = head[1];
  m.reference = isth_be16 (head + 4);
  parameters = isth_be16 (head + 6);
  data = isth_be16 (head + 8);
  m.error = m.kind == S7_ACK || m.kind == S7_ACK_DATA ? isth_cursor_be16 (c) : 0;
  m.parameters = isth_cursor_take (c, parameters);
  m.data = isth_cursor_take (c, data);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;

  switch (m.kind)
    {
    case S7_JOB:
      return read_job (ctx, &m);
    case S7_ACK:
    case S7_ACK_DATA:
      return read_answer (ctx, state, &m);
    case S7_USER_DATA:
      return read_user_data (ctx, state, &m);
    default:
      return ISTH_DISSECT_MALFORMED;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_COTP, 0 } };

const IsthDissector isth_dissector_s7comm = {
  .id = "s7comm", /* stored in project files: never change it */
  .title = N_("S7 communication"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor vendor_id order_number model name hostname plant_tag serial firmware hardware location state kind device_type device_type_id description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (S7State),
  .probe = s7comm_probe,
  .dissect = s7comm_dissect,
};
