/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BACnet's application layer: requests, answers, refusals, and answers in several segments. ASHRAE 135, 5.2 and 20.1. */
#include "analysis/dissectors/bacnet-message.h"
#include "analysis/dissectors/names.h"
#include "analysis/dissectors/secret.h"

#include <glib.h>

enum
{
  CONFIRMED_REQUEST,
  UNCONFIRMED_REQUEST,
  SIMPLE_ACK,
  COMPLEX_ACK,
  SEGMENT_ACK,
  ERROR,
  REJECT,
  ABORT,
};

#define SEGMENTED 0x08
#define MORE_FOLLOWS 0x04
#define BY_SERVER 0x01

#define READ_FILE 6
#define WRITE_FILE 7
#define READ_PROPERTY 12
#define READ_PROPERTIES 14
#define COMMUNICATION_CONTROL 17
#define REINITIALIZE 20
#define VT_DATA 23
#define REQUEST_KEY 25
#define AUTH_REQUEST 34
#define CHARACTERS_OF_TWO_BYTES 4 /* 20.2.9 */
#define LONGEST_KEY 256 /* bytes of a request that are worth remembering it by */
#define UNCONFIRMED_KEY 0x100 /* beside the service in the digest of such a request */

static const char *const reject_reasons[] = {
  "other", "buffer-overflow", "inconsistent-parameters", "invalid-parameter-data-type", "invalid-tag", "missing-required-parameter",
  "parameter-out-of-range", "too-many-arguments", "undefined-enumeration", "unrecognized-service",
};

static const char *const abort_reasons[] = {
  "other", "buffer-overflow", "invalid-apdu-in-this-state", "preempted-by-higher-priority-task", "segmentation-not-supported", "security-error",
  "insufficient-security", "window-size-out-of-range", "application-exceeded-reply-time", "out-of-resources", "tsm-timeout", "apdu-too-long",
};

static const char *const error_classes[] = {
  "device", "object", "property", "resources", "security", "services", "vt", "communication",
};

static uint64_t
get_match (uint64_t peers,
           uint8_t invoke)
{
  return (peers & ~UINT64_C (0xff)) | invoke;
}

static void
note_role (const IsthBacnetMessage *m,
           const char *role)
{
  isth_emit_role (m->ctx, m->other_source ? &m->source : NULL, role);
}

/* A device tells of alarms and changes by a request of its own. */
static bool
is_notice (uint8_t service)
{
  return service == 1 || service == 2 || service == 31 || service == 32;
}

/* What carries a password, a file, or what is typed at a virtual terminal. */
static bool
is_private (uint8_t service)
{
  return service == WRITE_FILE || service == COMMUNICATION_CONTROL || service == REINITIALIZE || (service >= VT_DATA && service <= REQUEST_KEY)
         || service == AUTH_REQUEST;
}

/* How much of @body may be shown: up to the password, its last field (16.1, 16.4). */
static uint32_t
count_open (uint8_t service,
            IsthCursor body)
{
  int password = service == COMMUNICATION_CONTROL ? 2 : service == REINITIALIZE ? 1 : 0, tag;
  uint32_t open = 0;

  while (password > 0 && (tag = isth_cursor_peek (&body, 0)) >= 0 && tag >> 4 < password && (tag & 7) < 5)
    {
      isth_cursor_skip (&body, 1u + (tag & 7));
      open += body.failed ? 0 : 1u + (tag & 7);
    }
  return open;
}

/* About how long that password is: a text, behind a byte that tells its characters (20.2.9). */
static void
append_password (uint8_t service,
                 IsthCursor body,
                 char *text,
                 size_t size)
{
  uint8_t tag;
  size_t n;

  if (service != COMMUNICATION_CONTROL && service != REINITIALIZE)
    return;
  isth_cursor_skip (&body, count_open (service, body));
  if (isth_cursor_wire_left (&body) == 0)
    return;
  tag = isth_cursor_u8 (&body);
  n = (tag & 7) == 5 ? isth_cursor_u8 (&body) : tag & 7;
  if (tag >> 4 != (service == REINITIALIZE ? 1 : 2) || n < 1)
    return;
  n = (n - 1) / (isth_cursor_peek (&body, 0) == CHARACTERS_OF_TWO_BYTES ? 2 : 1);
  isth_text_format (text + strlen (text), size - strlen (text), "%spassword in clear (%s)", text[0] ? ", " : "", isth_secret_class (body.failed ? ISTH_SECRET_CUT : n));
}

static IsthDissectResult
read_confirmed (IsthBacnetMessage *m,
                IsthCursor *c,
                uint8_t flags)
{
  IsthRequest request ISTH_UNSET;
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET;
  const uint8_t *head = isth_cursor_bytes (c, flags & SEGMENTED ? 5 : 3); /* what it takes in answer, its number, part and window */
  uint8_t service;
  IsthCursor body;
  bool good, reads;

  if (!head)
    return ISTH_DISSECT_MALFORMED;
  if (flags & SEGMENTED && head[2] > 0)
    return ISTH_DISSECT_OK; /* the first one said what it is about */
  service = head[flags & SEGMENTED ? 4 : 2];
  request = (IsthRequest){
    .match = get_match (m->peers, head[1]),
    .function = service,
    .child = m->target_child,
    .source = m->other_source ? &m->source : NULL,
  };
  body = isth_cursor_rest (c);

  if (!is_notice (service))
    isth_context_prove_direction (m->ctx, ISTH_FROM_CLIENT);
  reads = service == READ_PROPERTY || service == READ_PROPERTIES;
  if (reads && body.length == body.wire && body.length <= LONGEST_KEY)
    request.key = isth_context_digest (m->ctx, m->peers ^ service, body.data, body.length);
  if (is_private (service))
    isth_context_show (m->ctx, head, (uint32_t) (body.data - head) + count_open (service, body));
  if (isth_emit_again (m->ctx, &request))
    return ISTH_DISSECT_OK;

  if (!is_notice (service))
    note_role (m, "bacnet-client");
  if (reads) /* whoever reads all of a device has soon asked for so many objects that none is named any more */
    {
      good = isth_bacnet_describe (true, service, body, &request, NULL, 0);
      request.key = good ? request.key : 0;
      if (isth_emit_folded (m->ctx, &request))
        return good || flags & SEGMENTED ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
    }
  object[0] = '\0';
  good = isth_bacnet_describe (true, service, body, &request, object, sizeof object);
  request.key = good ? request.key : 0;
  append_password (service, body, object, sizeof object);
  request.object = object;
  if (service == 6 || service == 7)
    isth_bacnet_begin_file (m, service, body, &request);
  isth_emit_request (m->ctx, &request);
  good = isth_bacnet_read_unasked (m, true, service, body) && good;
  return good || flags & SEGMENTED ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* Tells of values, which are seldom the same. */
static bool
is_changing (uint8_t unconfirmed)
{
  return unconfirmed == 2 || unconfirmed == 3 || unconfirmed == 11;
}

static IsthDissectResult
read_unconfirmed (IsthBacnetMessage *m,
                  IsthCursor *c)
{
  uint8_t service = isth_cursor_u8 (c);
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET;
  IsthRequest request = {
    .no_answer = true,
    .function = service,
    .object = object,
    .child = m->target_child,
    .source = m->other_source ? &m->source : NULL,
  };
  IsthCursor body;
  bool good;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  body = isth_cursor_rest (c);
  good = true;
  if (!is_changing (service) && body.length == body.wire && body.length <= LONGEST_KEY)
    request.key = isth_context_digest (m->ctx, m->peers ^ UNCONFIRMED_KEY ^ service, body.data, body.length);
  if (!isth_emit_again (m->ctx, &request))
    {
      object[0] = '\0';
      good = isth_bacnet_describe (false, service, body, &request, object, sizeof object);
      request.key = good ? request.key : 0;
      isth_emit_request (m->ctx, &request);
    }
  if (!isth_bacnet_read_unasked (m, false, service, body))
    good = false;
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* Who answers is there, and serves. */
static const IsthPending *
settle (IsthBacnetMessage *m,
        uint8_t invoke,
        IsthOutcome outcome,
        const char *text)
{
  const IsthPending *asked = isth_emit_response (m->ctx, get_match (m->answer_peers, invoke), outcome, text, false);

  if (asked && !is_notice ((uint8_t) asked->function))
    {
      isth_context_prove_direction (m->ctx, ISTH_FROM_SERVER);
      note_role (m, "bacnet-server");
    }
  return asked;
}

/* Keeps the segments of one answer; those out of turn end it. Lends what is there when it is whole, or no more can be held. */
static bool
collect (IsthBacnetMessage *m,
         uint8_t invoke,
         uint8_t service,
         uint8_t part,
         bool more,
         IsthCursor *body)
{
  IsthBacnetState *state = isth_context_state (m->ctx);
  const IsthAddress *sender = &isth_context_packet (m->ctx)->source;
  uint32_t n = isth_cursor_left (body);
  uint32_t room;

  if (part == 0)
    {
      state->active = true;
      state->sender = *sender;
      state->invoke = invoke;
      state->service = service;
      state->length = state->next = 0;
    }
  if (!state->active || state->invoke != invoke || state->service != service || !isth_address_equal (&state->sender, sender))
    return false;
  if (part != state->next)
    {
      state->active = part == (uint8_t) (state->next - 1); /* sent again */
      return false;
    }
  state->next++;
  room = ISTH_BACNET_SEGMENTS - state->length;
  memcpy (state->bytes + state->length, body->data + body->position, MIN (n, room));
  state->length += MIN (n, room);
  if (more && n <= room)
    return false;
  state->active = false;
  *body = isth_cursor_new (state->bytes, state->length, state->length + (more || n > room));
  return true;
}

static IsthDissectResult
read_complex (IsthBacnetMessage *m,
              IsthCursor *c,
              uint8_t flags)
{
  uint8_t invoke = isth_cursor_u8 (c);
  uint8_t part = 0, service;
  const IsthPending *asked;
  IsthCursor body;
  bool good, cut;

  if (flags & SEGMENTED)
    {
      part = isth_cursor_u8 (c);
      isth_cursor_skip (c, 1);
    }
  service = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (service == READ_FILE) /* it may hold anything */
    isth_context_show (m->ctx, c->data + c->position - 1, 1);
  body = isth_cursor_rest (c);
  asked = part == 0 ? settle (m, invoke, ISTH_OUTCOME_OK, NULL) : NULL;
  if (flags & SEGMENTED && !collect (m, invoke, service, part, flags & MORE_FOLLOWS, &body))
    return ISTH_DISSECT_OK;
  cut = body.length < body.wire; /* by the capture, or more than is kept of segments */
  good = isth_bacnet_read_answer (m, service, body, asked);
  return good || cut ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

/* 20.1.7: class and code, for some services in a group. */
static IsthDissectResult
read_error (IsthBacnetMessage *m,
            IsthCursor *c)
{
  uint8_t invoke = isth_cursor_u8 (c);
  uint8_t service = isth_cursor_u8 (c);
  IsthBacnetFields f = { 0 }, inner;
  char text[96], other[24];
  const char *code;
  uint32_t class, number;
  const IsthPending *asked;
  bool good;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  good = isth_bacnet_read_fields (isth_cursor_rest (c), &f);
  if (f.context[0].opening && isth_bacnet_read_fields (f.context[0].value, &inner))
    f = inner;
  class = isth_bacnet_get_number (&f.plain[0]);
  number = isth_bacnet_get_number (&f.plain[1]);
  code = isth_name_bacnet_error (number);
  if (!code)
    code = isth_text_format (other, sizeof other, "error %u", number);
  if (f.n_plain < 2)
    isth_text_format (text, sizeof text, "error");
  else if (class < G_N_ELEMENTS (error_classes))
    isth_text_format (text, sizeof text, "%s: %s", error_classes[class], code);
  else
    isth_text_format (text, sizeof text, "class %u: %s", class, code);
  asked = settle (m, invoke, ISTH_OUTCOME_REFUSED, text);
  if (asked && asked->memo[0] != 0 && (service == 6 || service == 7))
    isth_emit_transfer (m->ctx, ISTH_TRANSFER_ABORT, &(IsthTransfer){
                                                       .verb = ISTH_OP_FILE,
                                                       .match = asked->memo[0] - 1,
                                                       .child = m->source.child,
                                                       .by_device = true,
                                                       .text = text,
                                                     });
  return good && f.n_plain >= 2 ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static IsthDissectResult
read_refusal (IsthBacnetMessage *m,
              IsthCursor *c,
              const char *word,
              const char *const *reasons,
              size_t n)
{
  uint8_t invoke = isth_cursor_u8 (c);
  uint8_t reason = isth_cursor_u8 (c);
  char text[64];

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (reason < n)
    isth_text_format (text, sizeof text, "%s: %s", word, reasons[reason]);
  else
    isth_text_format (text, sizeof text, "%s: reason %u", word, reason);
  settle (m, invoke, ISTH_OUTCOME_REFUSED, text);
  return ISTH_DISSECT_OK;
}

IsthDissectResult
isth_bacnet_read_apdu (IsthBacnetMessage *m,
                       IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  switch (first >> 4)
    {
    case CONFIRMED_REQUEST:
      return read_confirmed (m, c, first);
    case UNCONFIRMED_REQUEST:
      return read_unconfirmed (m, c);
    case SIMPLE_ACK:
      {
        uint8_t invoke = isth_cursor_u8 (c);

        isth_cursor_skip (c, 1);
        if (c->failed)
          return ISTH_DISSECT_MALFORMED;
        settle (m, invoke, ISTH_OUTCOME_OK, NULL);
        return ISTH_DISSECT_OK;
      }
    case COMPLEX_ACK:
      return read_complex (m, c, first);
    case SEGMENT_ACK:
      isth_cursor_skip (c, 3);
      return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case ERROR:
      return read_error (m, c);
    case REJECT:
      return read_refusal (m, c, "rejected", reject_reasons, G_N_ELEMENTS (reject_reasons));
    case ABORT:
      if (!(first & BY_SERVER)) /* who asked gives up on the answer, which had begun */
        return ISTH_DISSECT_OK;
      return read_refusal (m, c, "aborted", abort_reasons, G_N_ELEMENTS (abort_reasons));
    default:
      return ISTH_DISSECT_MALFORMED;
    }
}
