/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ANSI C12.22-2012 (IEEE 1703): meters that talk in tables, in association control messages (5.3.4) over TCP and UDP (IETF RFC 6142). Each node has an
 * application process title; that of a meter is its child ("c1222-ap:1.3.6.…"), for one address often relays for many; one alone is the device itself
 * (the world's business).
 *
 * What is encrypted is counted as such: neither service nor answer can be read. Segmented messages are read in their first segment. Passwords are not shown. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/c1222-services.h"

#define MESSAGE 0x60
#define SECURITY 0x51 /* its argument is a password */
#define MOST_TITLE 96 /* bytes of text of an application process title; real ones have under 50 */
#define MOST_ELEMENTS 16 /* of one message; the standard has nine */
#define ENCRYPTED 2
#define AUTHENTICATED 1
#define MAC 4

enum
{
  CALLED_TITLE = 0xa2,
  CALLED_INVOCATION = 0xa4,
  CALLING_TITLE = 0xa6,
  CALLING_INVOCATION = 0xa8,
  USER_INFORMATION = 0xbe,
};

typedef struct
{
  uint64_t seen[4]; /* titles that were told already */
  uint8_t next_seen;
} C1222State;

typedef struct
{
  char called[MOST_TITLE], calling[MOST_TITLE];
  const uint8_t *calling_at;
  uint32_t calling_length;
  uint32_t called_invocation, calling_invocation;
  bool has_called_invocation;
  bool complete;       /* all elements were there */
  IsthCursor services; /* EPSEM; empty when there is none */
} C1222Message;

static uint32_t
c1222_pdu_length (IsthCursor c)
{
  int tag = isth_cursor_peek (&c, 0), first = isth_cursor_peek (&c, 1);
  uint32_t length;

  if (tag >= 0 && tag != MESSAGE)
    return ISTH_PDU_INVALID;
  if (first >= 0 && (first == 0x80 || first > 0x83))
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 1);
  length = isth_c1222_read_length (&c);
  return c.failed ? ISTH_PDU_MORE : c.position + length;
}

/* A title is an object identifier or one relative to a root that all know. */
static void
read_title (IsthCursor c,
            char text[MOST_TITLE])
{
  uint8_t tag = isth_cursor_u8 (&c);
  IsthCursor oid = isth_cursor_take (&c, isth_c1222_read_length (&c));

  if (!c.failed && (tag == 0x06 || tag == 0x80 || tag == 0x0d))
    isth_c1222_format_oid (oid, tag != 0x06, text, MOST_TITLE);
}

static uint32_t
read_integer (IsthCursor c)
{
  uint32_t value = 0;

  if (isth_cursor_u8 (&c) != 0x02)
    return 0;
  for (uint32_t n = isth_c1222_read_length (&c); n > 0 && !c.failed; n--)
    value = value << 8 | isth_cursor_u8 (&c);
  return value;
}

/* User information: an external value, of which the octets are the services. */
static IsthCursor
read_user_information (IsthCursor c)
{
  IsthCursor external;
  uint8_t tag;

  if (isth_cursor_u8 (&c) != 0x28)
    return isth_cursor_new ("", 0, 0);
  external = isth_cursor_take (&c, isth_c1222_read_length (&c));
  tag = isth_cursor_u8 (&external);
  if (tag == 0x02) /* a reference to the encoding in front */
    {
      isth_cursor_skip (&external, isth_c1222_read_length (&external));
      tag = isth_cursor_u8 (&external);
    }
  if (tag != 0x81)
    return isth_cursor_new ("", 0, 0);
  return isth_cursor_take (&external, isth_c1222_read_length (&external));
}

static bool
read_message (IsthCursor c,
              C1222Message *m)
{
  IsthCursor body;
  bool known = true;

  *m = (C1222Message){ .services = isth_cursor_new ("", 0, 0) };
  if (isth_cursor_u8 (&c) != MESSAGE)
    return false;
  body = isth_cursor_take (&c, isth_c1222_read_length (&c));
  for (uint32_t i = 0; i < MOST_ELEMENTS && known && !body.failed && isth_cursor_left (&body) > 0; i++)
    {
      uint8_t tag = isth_cursor_u8 (&body);
      IsthCursor value = isth_cursor_take (&body, isth_c1222_read_length (&body));

      switch (tag)
        {
        case CALLED_TITLE:
          read_title (value, m->called);
          break;
        case CALLING_TITLE:
          read_title (value, m->calling);
          m->calling_at = value.data + value.position;
          m->calling_length = isth_cursor_left (&value);
          break;
        case CALLED_INVOCATION:
          m->called_invocation = read_integer (value);
          m->has_called_invocation = true;
          break;
        case CALLING_INVOCATION:
          m->calling_invocation = read_integer (value);
          break;
        case USER_INFORMATION:
          m->services = read_user_information (value);
          break;
        case 0xa1: /* context */
        case 0xa3:
        case 0xa7: /* qualifiers */
        case 0x8b: /* mechanism */
        case 0xac: /* authentication */
          break;
        default:
          known = false;
        }
    }
  m->complete = !body.failed && !c.failed && isth_cursor_wire_left (&body) == 0;
  return known;
}

static IsthProbe
c1222_probe (IsthCursor c,
             const IsthPacket *packet)
{
  uint32_t length = c1222_pdu_length (c);
  int tag = isth_cursor_peek (&c, 2);
  C1222Message m;

  (void) packet;
  if (length == ISTH_PDU_INVALID || length == ISTH_PDU_MORE || tag < 0x8b || length < 8)
    return ISTH_PROBE_NO;
  if (!read_message (c, &m) || isth_cursor_left (&m.services) == 0 || !(isth_cursor_peek (&m.services, 0) & 0x80))
    return ISTH_PROBE_NO;
  /* Elements of association control, and in them an external value with the flags of the services: nobody else has that outside of ISO's stack. */
  return m.complete && length <= isth_cursor_wire_left (&c) && (m.called[0] || m.calling[0]) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* The meter's path; NULL when it has no title. */
static const char *
format_child (char *text,
              size_t size,
              const char *title)
{
  return title[0] ? isth_text_format (text, size, "c1222-ap:%s", title) : NULL;
}

/* Tells once a flow who is who, by the titles of those who speak. */
static void
note_sender (IsthDissectContext *ctx,
             C1222State *state,
             const C1222Message *m,
             bool client)
{
  IsthEndpoint sender = isth_context_sender (ctx);
  uint64_t digest = isth_context_digest (ctx, client, m->calling, strlen (m->calling));
  char child[MOST_TITLE + 16];

  for (size_t i = 0; i < G_N_ELEMENTS (state->seen); i++)
    if (state->seen[i] == digest)
      return;
  state->seen[state->next_seen] = digest;
  state->next_seen = (state->next_seen + 1) % G_N_ELEMENTS (state->seen);
  isth_context_prove_direction (ctx, client ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER);
  if (!client && m->calling[0])
    {
      sender.child = format_child (child, sizeof child, m->calling);
      isth_emit_child (ctx, &sender, m->calling_at, m->calling_length);
    }
  isth_emit_role (ctx, &sender, client ? "c1222-client" : "c1222-server");
  if (m->calling[0])
    isth_emit_claim (ctx, &sender, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, m->calling, ISTH_CONFIDENCE_PARSED, m->calling_at, m->calling_length);
}

/* What an answer has in common with its request: the invocation, and the place among the services of one message. */
static uint64_t
get_match (uint32_t invocation,
           uint32_t place)
{
  return (uint64_t) invocation << 8 | (place & 0xff);
}

static void
say_request (IsthDissectContext *ctx,
             const C1222Message *m,
             uint32_t place,
             bool no_answer,
             IsthCursor service)
{
  char text[ISTH_LIMIT_TEXT], child[MOST_TITLE + 16];
  const uint8_t *at = service.data + service.position;
  uint32_t length = isth_cursor_left (&service);
  uint8_t code = isth_cursor_u8 (&service);
  IsthRequest request = {
    .match = get_match (m->calling_invocation, place),
    .no_answer = no_answer,
    .verb = isth_c1222_service_verb (code),
    .function = code,
    .name = isth_c1222_service_name (code),
    .object = text,
    .child = format_child (child, sizeof child, m->called),
    .at = at,
    .length = code == SECURITY ? MIN (length, 1) : length,
  };
  int table;

  isth_c1222_describe (code, service, &request.verb, &table, text, sizeof text);
  request.memo[0] = (uint64_t) (uint32_t) table;
  isth_emit_request (ctx, &request);
}

static void
say_answer (IsthDissectContext *ctx,
            const C1222Message *m,
            uint32_t place,
            IsthCursor service)
{
  uint32_t invocation = m->has_called_invocation ? m->called_invocation : m->calling_invocation;
  IsthEndpoint meter = isth_context_sender (ctx);
  char child[MOST_TITLE + 16];
  const char *error = isth_c1222_error (isth_cursor_u8 (&service));
  const IsthPending *asked = isth_emit_response (ctx, get_match (invocation, place), error ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, error, false);

  meter.child = format_child (child, sizeof child, m->calling);
  if (asked && !error)
    isth_c1222_read_answer (ctx, &meter, (uint8_t) asked->function, (int) (uint32_t) asked->memo[0], service);
}

/* Encrypted services have neither names nor answers that could be read. */
static void
say_encrypted (IsthDissectContext *ctx,
               C1222State *state,
               const C1222Message *m)
{
  bool client = !m->has_called_invocation;
  char child[MOST_TITLE + 16];

  note_sender (ctx, state, m, client);
  if (client)
    isth_emit_request (ctx, &(IsthRequest){ .match = get_match (m->calling_invocation, 0), .verb = ISTH_OP_OTHER, .function = -1, .name = "encrypted",
                                            .child = format_child (child, sizeof child, m->called) });
  else
    isth_emit_response (ctx, get_match (m->called_invocation, 0), ISTH_OUTCOME_OK, NULL, false);
}

/* EPSEM (5.3.3): a control octet, then services, each behind its length. */
static IsthDissectResult
read_services (IsthDissectContext *ctx,
               C1222State *state,
               const C1222Message *m)
{
  IsthCursor c = m->services;
  uint8_t control = isth_cursor_u8 (&c);
  uint8_t security = control >> 2 & 3;

  if (control & 0x10)
    isth_cursor_skip (&c, 4); /* class of the device */
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  if (security >= ENCRYPTED)
    {
      say_encrypted (ctx, state, m);
      return ISTH_DISSECT_OK;
    }
  if (security == AUTHENTICATED && isth_cursor_left (&c) >= MAC)
    isth_cursor_limit (&c, isth_cursor_left (&c) - MAC);
  for (uint32_t place = 0; isth_cursor_left (&c) > 0; place++)
    {
      uint32_t length = isth_c1222_read_length (&c);
      IsthCursor service;

      if (length == 0 && !c.failed)
        break; /* the end */
      service = isth_cursor_take (&c, length);
      if (c.failed || isth_cursor_left (&service) == 0)
        return ISTH_DISSECT_MALFORMED;
      if (place == 0)
        note_sender (ctx, state, m, isth_cursor_peek (&service, 0) >= 0x20);
      if (isth_cursor_peek (&service, 0) >= 0x20)
        say_request (ctx, m, place, (control & 3) == 2, service);
      else
        say_answer (ctx, m, place, service);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
c1222_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  C1222State *state = isth_context_state (ctx);
  C1222Message m;

  if (isth_cursor_left (c) > 0 && isth_cursor_peek (c, 0) != MESSAGE)
    return ISTH_DISSECT_NOT_MINE;
  isth_context_show (ctx, c->data + c->position, MIN (isth_cursor_left (c), 2)); /* a service may be a password */
  read_message (*c, &m);
  if (isth_cursor_left (&m.services) == 0)
    return m.complete ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  if (read_services (ctx, state, &m) != ISTH_DISSECT_OK)
    return ISTH_DISSECT_MALFORMED;
  return m.complete ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1153 }, { ISTH_BIND_UDP, 1153 } };

const IsthDissector isth_dissector_c1222 = {
  .id = "c1222", /* stored in project files: never change it */
  .title = "ANSI C12.22",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model hardware firmware serial device_id device_type_id protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (C1222State),
  .probe = c1222_probe,
  .pdu_length = c1222_pdu_length,
  .dissect = c1222_dissect,
};
