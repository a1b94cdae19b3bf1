/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Manufacturing message specification (ISO 9506) as substations use it (IEC 61850-8-1), and control centres among themselves (TASE.2, also called ICCP:
 * IEC 60870-6-503), on ISO transport: who is asked for what, reads, writes and operates, reports, files, domains, programs.
 *
 * A service's function is its tag number. In an association with the names of TASE.2 in it, operations are those of "iccp" from then on.
 *
 * What it cannot say: which of two ends of a TASE.2 association owns a value beyond who was asked; names behind the first 4 KB of a list that came in pieces;
 * types of variables; what a structure that is written holds. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/mms-names.h"
#include "analysis/dissectors/mms-requests.h"
#include "analysis/dissectors/mms-session.h"
#include "analysis/dissectors/mms-tables.h"
#include "analysis/dissectors/mms-values.h"
#include "analysis/dissectors/secret.h"

#define MATCH_ASSOCIATION (1ull << 40)
#define MATCH_CONCLUDE (1ull << 41)

enum
{
  CONFIRMED_REQUEST = 0xa0,
  CONFIRMED_RESPONSE = 0xa1,
  CONFIRMED_ERROR = 0xa2,
  UNCONFIRMED = 0xa3,
  REJECT = 0xa4,
  CANCEL_REQUEST = 0x85,
  CANCEL_RESPONSE = 0x86,
  CANCEL_ERROR = 0xa7,
  INITIATE_REQUEST = 0xa8,
  INITIATE_RESPONSE = 0xa9,
  INITIATE_ERROR = 0xaa,
  CONCLUDE_REQUEST = 0x8b,
  CONCLUDE_RESPONSE = 0x8c,
  CONCLUDE_ERROR = 0xad,
};

/* A confirmed service: the number of a one-byte tag, or of one with its number in the second byte. */
static uint32_t
get_service (uint32_t tag)
{
  return tag > 0xff ? tag & 0x7f : tag & 0x1f;
}

/* The object identifiers of MMS start with 1.0.9506. */
static bool
names_mms (IsthCursor c)
{
  static const uint8_t identifier[] = { 0x28, 0xca, 0x22 };
  uint32_t n = MIN (isth_cursor_left (&c), 256u);
  const uint8_t *bytes = isth_cursor_bytes (&c, n);

  for (uint32_t i = 0; bytes && i + sizeof identifier <= n; i++)
    if (memcmp (bytes + i, identifier, sizeof identifier) == 0)
      return true;
  return false;
}

/* Data: a PDU of MMS, with the number of a request where there must be one. */
static IsthProbe
probe_pdu (IsthCursor c)
{
  IsthCursor body, id;
  uint32_t tag;

  if (!isth_ber_next (&c, &tag, &body))
    return ISTH_PROBE_NO;
  switch (tag)
    {
    case CONFIRMED_REQUEST:
    case CONFIRMED_RESPONSE:
      return isth_ber_next (&body, &tag, &id) && tag == 0x02 && id.wire >= 1 && id.wire <= 5 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case CONFIRMED_ERROR:
      return isth_ber_next (&body, &tag, &id) && tag == 0x80 && id.wire >= 1 && id.wire <= 5 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case UNCONFIRMED:
      return isth_ber_next (&body, &tag, &id) && (tag & 0xfc) == 0xa0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case REJECT:
    case CONCLUDE_REQUEST:
    case CONCLUDE_RESPONSE:
    case CONCLUDE_ERROR:
    case CANCEL_REQUEST:
    case CANCEL_RESPONSE:
    case CANCEL_ERROR:
      return ISTH_PROBE_STRONG;
    default:
      return ISTH_PROBE_NO;
    }
}

static IsthProbe
mms_probe (IsthCursor        c,
           const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  IsthMmsMessage message;

  (void) packet;
  switch (first)
    {
    case 13: /* connect, accept */
    case 14:
      return names_mms (c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 9: /* finish, disconnect, refuse, abort: nothing but themselves */
    case 10:
    case 12:
    case 25:
      return (uint32_t) isth_cursor_peek (&c, 1) + 2 == isth_cursor_wire_left (&c) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
    case 1:
      if (isth_cursor_peek (&c, 1) != 0 || isth_cursor_peek (&c, 2) != 1 || isth_cursor_peek (&c, 3) != 0 || !isth_mms_open (&c, &message))
        return ISTH_PROBE_NO;
      return message.event != ISTH_MMS_NO_EVENT ? ISTH_PROBE_STRONG : probe_pdu (message.pdu);
    default:
      return ISTH_PROBE_NO;
    }
}

static void
prove (IsthDissectContext *ctx,
       IsthDirection       direction)
{
  /* In a TASE.2 association both ends ask: who opened it is the client, whoever asks later. */
  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    isth_context_prove_direction (ctx, direction);
}

/* @client asked this PDU's sender, or will. */
static void
note_ends (IsthDissectContext *ctx,
           IsthMmsState       *state)
{
  IsthEndpoint client = isth_context_receiver (ctx);

  if (state->ends_known)
    return;
  state->ends_known = true;
  isth_emit_role (ctx, NULL, "mms-server");
  isth_emit_role (ctx, &client, "mms-client");
}

/* A domain is loaded in segments that the device asks for, and fetched in segments that the client asks for. */
static void
note_transfer_request (IsthDissectContext *ctx,
                       const IsthRequest  *request)
{
  IsthTransfer transfer = { .verb = request->function == MMS_INITIATE_UPLOAD ? ISTH_OP_UPLOAD : ISTH_OP_PROGRAM, .object = request->object };

  if (request->function == MMS_INITIATE_DOWNLOAD || request->function == MMS_INITIATE_UPLOAD)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
}

/* Says a request that was not made before, or not for long. */
static void
say_request (IsthDissectContext *ctx,
             IsthMmsState       *state,
             uint32_t            tag,
             IsthCursor          body,
             IsthRequest        *request)
{
  char object[ISTH_LIMIT_TEXT] = "";

  isth_mms_describe_request (ctx, state, tag, body, request, object, sizeof object);
  request->object = object;
  request->key = request->memo[0] != 0 ? 0 : request->key; /* an answer that needs the memo */
  request->protocol = state->iccp ? "iccp" : NULL;
  isth_emit_request (ctx, request);
  note_transfer_request (ctx, request);
}

/* What decides the object of a request that is made again and again: of a write, its names without the values. */
static uint64_t
digest_request (IsthDissectContext *ctx,
                const IsthMmsState *state,
                uint32_t            service,
                IsthCursor          body)
{
  IsthCursor names;
  uint32_t tag;
  uint64_t kind = service << 1 | state->iccp;

  if (body.length < body.wire)
    return 0;
  if (service == MMS_READ || service == MMS_GET_VARIABLE_ATTRIBUTES || service == MMS_GET_LIST_ATTRIBUTES)
    return isth_context_digest (ctx, kind, body.data, body.length);
  if (service == MMS_WRITE && isth_ber_next (&body, &tag, &names))
    return isth_context_digest (ctx, kind, names.data, names.length);
  return 0;
}

static bool
read_request (IsthDissectContext *ctx,
              IsthMmsState       *state,
              IsthCursor         *c)
{
  IsthCursor id, body;
  uint32_t tag, service;
  IsthRequest request = { .verb = ISTH_OP_OTHER, .name = "unknown-service" };

  if (!isth_ber_next (c, &tag, &id) || tag != 0x02 || !isth_ber_unsigned (id, &request.match))
    return false;
  do
    if (!isth_ber_next (c, &tag, &body))
      return false;
  while (tag == 0x30); /* modifiers */
  service = get_service (tag);
  request.function = service;
  if (service < G_N_ELEMENTS (mms_services))
    {
      request.verb = mms_services[service].verb;
      request.name = mms_services[service].name;
    }
  if (service != MMS_DOWNLOAD_SEGMENT && service != MMS_TERMINATE_DOWNLOAD)
    prove (ctx, ISTH_FROM_CLIENT);
  request.key = digest_request (ctx, state, service, body);
  if (!isth_emit_again (ctx, &request))
    say_request (ctx, state, tag, body, &request);
  return true;
}

/* Of the answer to file-open: number under which it is read, size. */
static void
open_file (IsthDissectContext *ctx,
           IsthMmsState       *state,
           uint64_t            invoke,
           IsthCursor          body)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .by_device = true, .object = isth_mms_recall (state, invoke) };
  IsthCursor part, size;
  uint32_t tag, kind;

  while (isth_ber_next (&body, &tag, &part))
    if (tag == 0x80)
      isth_ber_unsigned (part, &transfer.match);
    else if (tag == 0xa1 && isth_ber_next (&part, &kind, &size) && kind == 0x80)
      isth_ber_unsigned (size, &transfer.total);
  isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
}

/* A piece, and whether more follows, which is so unless said otherwise. */
static bool
read_piece (IsthCursor body,
            uint64_t  *bytes)
{
  IsthCursor part;
  uint32_t tag;
  uint64_t more = 1;

  while (isth_ber_next (&body, &tag, &part))
    if (tag == 0x80 || tag == 0xa0)
      *bytes = part.wire;
    else if (tag == 0x81)
      isth_ber_unsigned (part, &more);
  return more != 0;
}

static void
read_transfer_answer (IsthDissectContext *ctx,
                      IsthMmsState       *state,
                      const IsthPending  *asked,
                      uint64_t            invoke,
                      IsthCursor          body)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .by_device = true, .match = asked->memo[0] };

  switch (asked->function)
    {
    case MMS_FILE_OPEN:
      open_file (ctx, state, invoke, body);
      break;
    case MMS_FILE_READ:
      {
        bool more = read_piece (body, &transfer.bytes);

        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
        transfer.bytes = 0;
        if (!more)
          isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
        state->read_out = more ? state->read_out : asked->memo[0] + 1;
      }
      break;
    case MMS_FILE_CLOSE:
      transfer.text = "closed before its end";
      if (state->read_out != asked->memo[0] + 1)
        isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
      break;
    case MMS_DOWNLOAD_SEGMENT:
    case MMS_TERMINATE_DOWNLOAD:
      transfer = (IsthTransfer){ .verb = ISTH_OP_PROGRAM };
      if (asked->function == MMS_DOWNLOAD_SEGMENT)
        read_piece (body, &transfer.bytes);
      isth_emit_transfer (ctx, asked->function == MMS_DOWNLOAD_SEGMENT ? ISTH_TRANSFER_DATA : ISTH_TRANSFER_END, &transfer);
      break;
    case MMS_UPLOAD_SEGMENT:
    case MMS_TERMINATE_UPLOAD:
      transfer = (IsthTransfer){ .verb = ISTH_OP_UPLOAD, .by_device = true };
      if (asked->function == MMS_UPLOAD_SEGMENT)
        read_piece (body, &transfer.bytes);
      isth_emit_transfer (ctx, asked->function == MMS_UPLOAD_SEGMENT ? ISTH_TRANSFER_DATA : ISTH_TRANSFER_END, &transfer);
      break;
    default:
      break;
    }
}

/* Of @asked, when its request was seen. */
static void
read_answer_content (IsthDissectContext *ctx,
                     IsthMmsState       *state,
                     uint32_t            service,
                     const IsthPending  *asked,
                     uint64_t            invoke,
                     IsthCursor          body)
{
  switch (service)
    {
    case MMS_IDENTIFY:
      isth_mms_read_identify (ctx, body);
      break;
    case MMS_STATUS:
      isth_mms_read_status (ctx, body);
      break;
    case MMS_GET_NAME_LIST:
      if (asked && isth_mms_read_name_list (ctx, body, (uint32_t) asked->memo[0], isth_mms_recall (state, invoke)))
        isth_mms_note_iccp (ctx, state, true);
      break;
    default:
      if (asked)
        read_transfer_answer (ctx, state, asked, invoke, body);
      break;
    }
}

static bool
read_answer (IsthDissectContext *ctx,
             IsthMmsState       *state,
             IsthCursor         *c)
{
  IsthCursor id, body, list, part;
  uint32_t tag, kind, service;
  uint64_t invoke;
  char text[96] ISTH_UNSET;
  const IsthPending *asked;
  bool has_results = false;

  if (!isth_ber_next (c, &tag, &id) || tag != 0x02 || !isth_ber_unsigned (id, &invoke) || !isth_ber_next (c, &tag, &body))
    return false;
  text[0] = '\0';
  service = get_service (tag);
  list = body;
  if (service == MMS_READ)
    while (!has_results && isth_ber_next (&body, &kind, &part))
      if (kind == 0xa1)
        {
          list = part;
          has_results = true;
        }
  if (has_results || service == MMS_WRITE)
    isth_mms_read_results (ctx, list, 0, text, sizeof text);
  if (service == MMS_FILE_READ || service == MMS_DOWNLOAD_SEGMENT || service == MMS_UPLOAD_SEGMENT)
    isth_context_show (ctx, id.data, id.length); /* a file may hold anything */
  asked = isth_emit_response (ctx, invoke, text[0] ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
  if (service != MMS_DOWNLOAD_SEGMENT && service != MMS_TERMINATE_DOWNLOAD)
    {
      prove (ctx, ISTH_FROM_SERVER);
      note_ends (ctx, state);
    }
  if (has_results && asked && asked->memo[0] != 0)
    isth_mms_read_results (ctx, list, asked->memo[0], text, sizeof text);
  else if (service != MMS_READ && service != MMS_WRITE)
    read_answer_content (ctx, state, service, asked, invoke, body);
  return true;
}

/* Error and reject: the number of the request, and why. */
static bool
read_refusal (IsthDissectContext *ctx,
              uint32_t            pdu,
              IsthCursor         *c)
{
  IsthCursor part;
  uint32_t tag;
  uint64_t invoke = 0;
  bool known = false;
  char text[96] = "refused";
  const IsthPending *asked;

  while (isth_ber_next (c, &tag, &part))
    {
      if (tag == 0x80)
        known = isth_ber_unsigned (part, &invoke);
      else if (pdu == CONFIRMED_ERROR && tag == 0xa2)
        isth_mms_describe_error (part, text, sizeof text);
      else if (pdu == REJECT && tag != 0xa2)
        isth_mms_describe_rejection (tag, part, text, sizeof text);
    }
  if (!known)
    return pdu == REJECT;
  asked = isth_emit_response (ctx, invoke, ISTH_OUTCOME_REFUSED, text, false);
  if (asked && (asked->function == MMS_INITIATE_DOWNLOAD || asked->function == MMS_INITIATE_UPLOAD))
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT,
                        &(IsthTransfer){ .verb = asked->function == MMS_INITIATE_UPLOAD ? ISTH_OP_UPLOAD : ISTH_OP_PROGRAM, .by_device = true, .text = text });
  return true;
}

/* A report of IEC 61850 is a list called RPT whose first value is the report's own name. */
static void
describe_report (IsthCursor values,
                 char      *text,
                 size_t     size)
{
  char name[128];
  IsthCursor first;
  uint32_t tag;

  if (strcmp (text, "list RPT") != 0 || !isth_ber_next (&values, &tag, &first) || tag != 0x8a)
    return;
  isth_mms_format_identifier (first, name, sizeof name);
  if (name[0] != '\0')
    isth_text_format (text, size, "report %s", name);
}

static bool
read_report (IsthDissectContext *ctx,
             IsthMmsState       *state,
             IsthCursor          body)
{
  IsthCursor names, values = isth_cursor_new ("", 0, 0), first = values;
  uint32_t tag, kind;
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1, .name = "information-report", .object = object };
  IsthMmsVariables variables;

  if (!isth_ber_next (&body, &tag, &names))
    return false;
  while (isth_ber_next (&body, &kind, &values))
    if (kind == 0xa0)
      break;
  request.protocol = state->iccp ? "iccp" : NULL;
  if (tag == 0xa1 && names.length == names.wire)
    {
      IsthCursor rest = values;

      /* The report's name is the same each time, the other values are not. */
      if (isth_ber_next (&rest, &kind, &first) && kind != 0x8a)
        first = isth_cursor_new ("", 0, 0);
      request.key = isth_context_digest (ctx, UNCONFIRMED << 1 | state->iccp, names.data, names.length);
      request.key = isth_context_digest (ctx, request.key, first.data, first.length);
    }
  if (isth_emit_again (ctx, &request))
    return true;
  isth_mms_read_variables (tag, names, false, &variables, object, sizeof object);
  describe_report (values, object, sizeof object);
  if (variables.iccp)
    {
      isth_mms_note_iccp (ctx, state, true);
      request.key = 0;
    }
  request.protocol = state->iccp ? "iccp" : NULL;
  isth_emit_request (ctx, &request);
  return true;
}

/* What nobody asked for. */
static bool
read_unconfirmed (IsthDissectContext *ctx,
                  IsthMmsState       *state,
                  IsthCursor         *c)
{
  IsthCursor body;
  uint32_t tag;
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_REPORT, .function = -1 };

  if (!isth_ber_next (c, &tag, &body))
    return false;
  prove (ctx, ISTH_FROM_SERVER);
  note_ends (ctx, state);
  if (get_service (tag) == 0)
    return read_report (ctx, state, body);
  if (get_service (tag) == 1)
    isth_mms_read_status (ctx, body);
  request.name = get_service (tag) == 1 ? "unsolicited-status" : "event-notification";
  request.protocol = state->iccp ? "iccp" : NULL;
  isth_emit_request (ctx, &request);
  return true;
}

/* Asked for, an association is one request; with a password, a log-on. */
static void
read_event (IsthDissectContext   *ctx,
            IsthMmsState         *state,
            const IsthMmsMessage *message)
{
  char object[64];

  switch (message->event)
    {
    case ISTH_MMS_CONNECT:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      if (message->authenticates)
        isth_context_show (ctx, (const uint8_t *) "", 0);
      isth_emit_request (ctx, &(IsthRequest){
                                .match = MATCH_ASSOCIATION,
                                .verb = message->authenticates ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER,
                                .function = -1,
                                .name = "initiate",
                                .object = message->secret ? isth_text_format (object, sizeof object, "password in clear (%s)", isth_secret_class (message->secret)) : NULL,
                              });
      break;
    case ISTH_MMS_ACCEPT:
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, MATCH_ASSOCIATION, ISTH_OUTCOME_OK, NULL, false);
      note_ends (ctx, state);
      break;
    case ISTH_MMS_REFUSE:
      isth_emit_response (ctx, MATCH_ASSOCIATION, ISTH_OUTCOME_REFUSED, "association refused", false);
      break;
    case ISTH_MMS_ABORT:
      isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "abort" });
      break;
    default:
      break;
    }
}

static bool
read_pdu (IsthDissectContext *ctx,
          IsthMmsState       *state,
          IsthCursor         *c)
{
  IsthCursor body;
  uint32_t tag;

  if (!isth_ber_next (c, &tag, &body))
    return false;
  switch (tag)
    {
    case CONFIRMED_REQUEST:
      return read_request (ctx, state, &body);
    case CONFIRMED_RESPONSE:
      return read_answer (ctx, state, &body);
    case CONFIRMED_ERROR:
    case REJECT:
      return read_refusal (ctx, tag, &body);
    case UNCONFIRMED:
      return read_unconfirmed (ctx, state, &body);
    case CONCLUDE_REQUEST:
      isth_emit_request (ctx, &(IsthRequest){ .match = MATCH_CONCLUDE, .verb = ISTH_OP_OTHER, .function = -1, .name = "conclude" });
      return true;
    case CONCLUDE_RESPONSE:
    case CONCLUDE_ERROR:
      isth_emit_response (ctx, MATCH_CONCLUDE, tag == CONCLUDE_ERROR ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, NULL, false);
      return true;
    case INITIATE_RESPONSE:
      isth_mms_read_initiate (ctx, body);
      return true;
    case INITIATE_REQUEST: /* said with the association that carries them */
    case INITIATE_ERROR:
    case CANCEL_REQUEST:
    case CANCEL_RESPONSE:
    case CANCEL_ERROR:
      return true;
    default:
      return false;
    }
}

static IsthDissectResult
mms_dissect (IsthCursor         *c,
             IsthDissectContext *ctx)
{
  IsthMmsState *state = isth_context_state (ctx);
  int first = isth_cursor_peek (c, 0);
  IsthMmsMessage message;
  bool cut;

  if (first == 0x32 || first == 0x72)
    return ISTH_DISSECT_NOT_MINE;
  cut = c->length < c->wire;
  if (!isth_mms_open (c, &message))
    return cut ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  read_event (ctx, state, &message);
  if (isth_cursor_wire_left (&message.pdu) > 0 && !read_pdu (ctx, state, &message.pdu))
    return cut ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_COTP, 0 } };

const IsthDissector isth_dissector_mms = {
  .id = "mms", /* stored in project files: never change it */
  .title = N_("MMS (IEC 61850, ICCP)"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware hardware serial location plant_tag state description kind",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthMmsState),
  .probe = mms_probe,
  .dissect = mms_dissect,
};
