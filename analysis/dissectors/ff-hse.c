/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FOUNDATION Fieldbus on high-speed Ethernet: who finds, configures, reads and commands field devices and those on H1 segments behind linking devices.
 * FF-588 (field device access agent), FF-589 (system management), FF-875 (fieldbus message specification).
 *
 * Devices on an H1 segment are children "ff-h1:LINK.NODE" of the linking device. What an index of the object dictionary means is not known without the
 * device's own description: it is given as a number. Values are not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define HEADER 12
#define LARGEST 65536

enum
{
  SESSION = 1,
  MANAGEMENT = 2,
  MESSAGES = 3,
  REDUNDANCY = 4,
};

enum
{
  REQUEST,
  RESPONSE,
  REFUSAL,
};

/* What stands behind the message, one by one (6.2). */
enum
{
  HAS_NUMBER = 0x80,
  HAS_INVOKE = 0x40,
  HAS_TIME = 0x20,
  HAS_CONTROL = 0x08,
};

#define CONFIRMED 0x80
#define SERVICE(protocol, service) ((protocol) << 8 | (service))

enum
{
  OPEN_SESSION = SERVICE (SESSION, CONFIRMED | 1),
  FIND_TAG = SERVICE (MANAGEMENT, 1),
  FIND_TAG_REPLY = SERVICE (MANAGEMENT, 2),
  ANNUNCIATION = SERVICE (MANAGEMENT, 16),
  IDENTIFY = SERVICE (MANAGEMENT, CONFIRMED | 3),
  CLEAR_ADDRESS = SERVICE (MANAGEMENT, CONFIRMED | 12),
  SET_ASSIGNMENT = SERVICE (MANAGEMENT, CONFIRMED | 14),
  CLEAR_ASSIGNMENT = SERVICE (MANAGEMENT, CONFIRMED | 15),
  FMS_IDENTIFY = SERVICE (MESSAGES, CONFIRMED | 1),
  FMS_READ = SERVICE (MESSAGES, CONFIRMED | 2),
  FMS_WRITE = SERVICE (MESSAGES, CONFIRMED | 3),
  FMS_DOWNLOAD_SEGMENT = SERVICE (MESSAGES, CONFIRMED | 10),
  FMS_TERMINATE_DOWNLOAD = SERVICE (MESSAGES, CONFIRMED | 11),
  FMS_UPLOAD_SEGMENT = SERVICE (MESSAGES, CONFIRMED | 13),
  FMS_GENERIC_SEGMENT = SERVICE (MESSAGES, CONFIRMED | 32),
  FMS_READ_SUBINDEX = SERVICE (MESSAGES, CONFIRMED | 82),
  FMS_WRITE_SUBINDEX = SERVICE (MESSAGES, CONFIRMED | 83),
  FMS_INITIATE = SERVICE (MESSAGES, CONFIRMED | 96),
};

/* How a service takes part in a transfer. */
enum
{
  STEP_NONE,
  STEP_BEGIN,
  STEP_DATA,
  STEP_END,
};

static const struct
{
  uint16_t service;
  uint8_t verb, step;
  const char *name;
} services[] = {
  { OPEN_SESSION, ISTH_OP_OTHER, 0, "open-session" },
  { SERVICE (SESSION, CONFIRMED | 3), ISTH_OP_OTHER, 0, "idle" },
  { FIND_TAG, ISTH_OP_IDENTIFY, 0, "find-tag" },
  { FIND_TAG_REPLY, ISTH_OP_REPORT, 0, "find-tag-reply" },
  { ANNUNCIATION, ISTH_OP_REPORT, 0, "device-annunciation" },
  { IDENTIFY, ISTH_OP_IDENTIFY, 0, "sm-identify" },
  { CLEAR_ADDRESS, ISTH_OP_CONFIGURE, 0, "clear-address" },
  { SET_ASSIGNMENT, ISTH_OP_CONFIGURE, 0, "set-assignment" },
  { CLEAR_ASSIGNMENT, ISTH_OP_CONFIGURE, 0, "clear-assignment" },
  { SERVICE (MESSAGES, 0), ISTH_OP_REPORT, 0, "information-report" },
  { SERVICE (MESSAGES, 1), ISTH_OP_REPORT, 0, "unsolicited-status" },
  { SERVICE (MESSAGES, 2), ISTH_OP_REPORT, 0, "event-notification" },
  { SERVICE (MESSAGES, 16), ISTH_OP_REPORT, 0, "information-report-subindex" },
  { SERVICE (MESSAGES, 17), ISTH_OP_REPORT, 0, "information-report-on-change" },
  { SERVICE (MESSAGES, 18), ISTH_OP_REPORT, 0, "information-report-on-change-subindex" },
  { SERVICE (MESSAGES, 112), ISTH_OP_OTHER, 0, "abort" },
  { SERVICE (MESSAGES, CONFIRMED | 0), ISTH_OP_DIAGNOSE, 0, "status" },
  { FMS_IDENTIFY, ISTH_OP_IDENTIFY, 0, "identify" },
  { FMS_READ, ISTH_OP_READ, 0, "read" },
  { FMS_WRITE, ISTH_OP_WRITE, 0, "write" },
  { SERVICE (MESSAGES, CONFIRMED | 4), ISTH_OP_READ, 0, "get-object-dictionary" },
  { SERVICE (MESSAGES, CONFIRMED | 7), ISTH_OP_CONFIGURE, 0, "define-variable-list" },
  { SERVICE (MESSAGES, CONFIRMED | 8), ISTH_OP_CONFIGURE, 0, "delete-variable-list" },
  { SERVICE (MESSAGES, CONFIRMED | 9), ISTH_OP_PROGRAM, STEP_BEGIN, "initiate-download" },
  { FMS_DOWNLOAD_SEGMENT, ISTH_OP_PROGRAM, STEP_DATA, "download-segment" },
  { FMS_TERMINATE_DOWNLOAD, ISTH_OP_PROGRAM, STEP_END, "terminate-download" },
  { SERVICE (MESSAGES, CONFIRMED | 12), ISTH_OP_UPLOAD, STEP_BEGIN, "initiate-upload" },
  { FMS_UPLOAD_SEGMENT, ISTH_OP_UPLOAD, STEP_DATA, "upload-segment" },
  { SERVICE (MESSAGES, CONFIRMED | 14), ISTH_OP_UPLOAD, STEP_END, "terminate-upload" },
  { SERVICE (MESSAGES, CONFIRMED | 15), ISTH_OP_PROGRAM, 0, "request-domain-download" },
  { SERVICE (MESSAGES, CONFIRMED | 16), ISTH_OP_UPLOAD, 0, "request-domain-upload" },
  { SERVICE (MESSAGES, CONFIRMED | 17), ISTH_OP_CONFIGURE, 0, "create-program" },
  { SERVICE (MESSAGES, CONFIRMED | 18), ISTH_OP_CONFIGURE, 0, "delete-program" },
  { SERVICE (MESSAGES, CONFIRMED | 19), ISTH_OP_CONTROL, 0, "start" },
  { SERVICE (MESSAGES, CONFIRMED | 20), ISTH_OP_CONTROL, 0, "stop" },
  { SERVICE (MESSAGES, CONFIRMED | 21), ISTH_OP_CONTROL, 0, "resume" },
  { SERVICE (MESSAGES, CONFIRMED | 22), ISTH_OP_CONTROL, 0, "reset" },
  { SERVICE (MESSAGES, CONFIRMED | 23), ISTH_OP_CONTROL, 0, "kill" },
  { SERVICE (MESSAGES, CONFIRMED | 24), ISTH_OP_CONFIGURE, 0, "alter-event-monitoring" },
  { SERVICE (MESSAGES, CONFIRMED | 25), ISTH_OP_CONTROL, 0, "acknowledge-event" },
  { SERVICE (MESSAGES, CONFIRMED | 28), ISTH_OP_CONFIGURE, 0, "initiate-put-object-dictionary" },
  { SERVICE (MESSAGES, CONFIRMED | 29), ISTH_OP_CONFIGURE, 0, "put-object-dictionary" },
  { SERVICE (MESSAGES, CONFIRMED | 30), ISTH_OP_CONFIGURE, 0, "terminate-put-object-dictionary" },
  { SERVICE (MESSAGES, CONFIRMED | 31), ISTH_OP_PROGRAM, STEP_BEGIN, "generic-initiate-download" },
  { FMS_GENERIC_SEGMENT, ISTH_OP_PROGRAM, STEP_DATA, "generic-download-segment" },
  { SERVICE (MESSAGES, CONFIRMED | 33), ISTH_OP_PROGRAM, STEP_END, "generic-terminate-download" },
  { FMS_READ_SUBINDEX, ISTH_OP_READ, 0, "read-subindex" },
  { FMS_WRITE_SUBINDEX, ISTH_OP_WRITE, 0, "write-subindex" },
  { FMS_INITIATE, ISTH_OP_OTHER, 0, "initiate" },
  { SERVICE (REDUNDANCY, 1), ISTH_OP_DIAGNOSE, 0, "redundancy-diagnosis" },
  { SERVICE (REDUNDANCY, CONFIRMED | 1), ISTH_OP_READ, 0, "get-redundancy-information" },
  { SERVICE (REDUNDANCY, CONFIRMED | 2), ISTH_OP_CONFIGURE, 0, "put-redundancy-information" },
  { SERVICE (REDUNDANCY, CONFIRMED | 3), ISTH_OP_READ, 0, "get-redundancy-statistics" },
};

static const char *const error_classes[] = {
  [1] = "VFD state", [2] = "application reference", [3] = "definition", [4] = "resource", [5] = "service", [6] = "access", [7] = "object dictionary",
  [8] = "other", [9] = "reject", [10] = "H1 management", [11] = "initiation",
};

static int
find_service (uint16_t service)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (services); i++)
    if (services[i].service == service)
      return i;
  return -1;
}

typedef struct
{
  uint8_t options, kind;
  uint16_t service;
  uint32_t address, length;
} Header;

static Header
read_header (IsthCursor *c)
{
  Header h = { 0 };
  uint8_t version = isth_cursor_u8 (c), protocol;

  h.options = isth_cursor_u8 (c);
  protocol = isth_cursor_u8 (c);
  h.kind = protocol & 3;
  h.service = (uint16_t) SERVICE (protocol >> 2, isth_cursor_u8 (c));
  h.address = isth_cursor_be32 (c);
  h.length = isth_cursor_be32 (c);
  if (version > 1)
    h.service = 0;
  return h;
}

static uint32_t
count_trailer (uint8_t options)
{
  return (options & HAS_NUMBER ? 4 : 0) + (options & HAS_INVOKE ? 4 : 0) + (options & HAS_TIME ? 8 : 0) + (options & HAS_CONTROL ? 4u : 0u);
}

/* Messages that need no confirmation are requests. */
static bool
is_sound (const Header *h)
{
  return find_service (h->service) >= 0 && h->kind <= REFUSAL && (h->kind == REQUEST || h->service & CONFIRMED)
    && h->length >= HEADER + count_trailer (h->options) && h->length <= LARGEST;
}

static IsthProbe
ff_hse_probe (IsthCursor c,
              const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  Header h;

  if (isth_cursor_peek (&c, 0) > 1)
    return ISTH_PROBE_NO;
  h = read_header (&c);
  if (c.failed || !is_sound (&h))
    return ISTH_PROBE_NO;
  if (packet->layer == ISTH_LAYER_UDP ? h.length != whole : h.length > whole)
    return ISTH_PROBE_WEAK;
  return ISTH_PROBE_STRONG;
}

static uint32_t
ff_hse_pdu_length (IsthCursor c)
{
  Header h = read_header (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return is_sound (&h) ? h.length : ISTH_PDU_INVALID;
}

/* Takes a text of @n bytes filled up with blanks and claims it. */
static void
claim_text (IsthDissectContext *ctx,
            const IsthEndpoint *about,
            IsthAttribute attribute,
            int confidence,
            IsthCursor *c,
            uint32_t n)
{
  const uint8_t *bytes = isth_cursor_bytes (c, n);

  if (bytes && isth_text_is_printable (bytes, n))
    isth_emit_text (ctx, about, attribute, confidence, bytes, n);
}

/* 16 bytes, of an address of version 4 the last four. */
static void
claim_address (IsthDissectContext *ctx,
               const IsthEndpoint *about,
               IsthCursor *c)
{
  const uint8_t *bytes = isth_cursor_bytes (c, 16);
  IsthAddress address;
  char text[ISTH_ADDRESS_TEXT];

  if (!bytes || (memcmp (bytes, "\0\0\0\0\0\0\0\0\0\0\0\0", 12) != 0 && memcmp (bytes, "\0\0\0\0\0\0\0\0\0\0\377\377", 12) != 0))
    return;
  address = isth_address_ipv4 (bytes + 12);
  if (isth_address_is_host (&address))
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, bytes + 12, 4);
}

/* Announced, and told when asked (FF-589): state, type, redundancy, duplicates, indices, address, device id, tag. */
static void
read_identity (IsthDissectContext *ctx,
               IsthCursor c)
{
  static const struct
  {
    uint8_t bit;
    const char *type;
  } types[] = { { 0x80, "linking device" }, { 0x40, "I/O gateway" }, { 0x20, "HSE field device" }, { 0x10, "H1 device" } };
  const uint8_t *head = isth_cursor_bytes (&c, 8);

  if (!head)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (head[1] & types[i].bit)
      {
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, types[i].type, ISTH_CONFIDENCE_PARSED, head + 1, 1);
        break;
      }
  claim_address (ctx, NULL, &c);
  claim_text (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_ID, ISTH_CONFIDENCE_PARSED, &c, 32);
  claim_text (ctx, NULL, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, &c, 32);
}

/* Where the tag that was looked for is: often on a segment behind who answers. */
static void
read_found (IsthDissectContext *ctx,
            IsthCursor c)
{
  IsthEndpoint device = isth_context_sender (ctx);
  uint8_t type = isth_cursor_u8 (&c), node = isth_cursor_u8 (&c);
  uint16_t link = isth_cursor_be16 (&c);
  char child[32];

  (void) type;
  isth_cursor_skip (&c, 8);
  if (c.failed)
    return;
  if (node != 0)
    {
      device.child = isth_text_format (child, sizeof child, "ff-h1:%u.%u", link, node);
      isth_emit_child (ctx, &device, NULL, 0);
    }
  claim_address (ctx, node ? &device : NULL, &c);
  isth_cursor_skip (&c, 4);
  claim_text (ctx, &device, ISTH_ATTRIBUTE_DEVICE_ID, ISTH_CONFIDENCE_PARSED, &c, 32);
  claim_text (ctx, &device, ISTH_ATTRIBUTE_PLANT_TAG, ISTH_CONFIDENCE_PARSED, &c, 32);
}

/* A device on an H1 segment is addressed by link and node; NULL: who has the address itself. */
static const char *
format_child (char text[32],
              const Header *h)
{
  uint32_t link = h->address >> 16, node = h->address >> 8 & 0xff;

  if (h->service >> 8 != MESSAGES || link == 0 || link == 0xffff || node == 0)
    return NULL;
  return isth_text_format (text, 32, "ff-h1:%u.%u", link, node);
}

static void
describe (IsthCursor c,
          const Header *h,
          char *text,
          size_t size)
{
  char tag[33];
  uint32_t index;
  const uint8_t *bytes = NULL;

  switch (h->service)
    {
    case FMS_READ:
    case FMS_WRITE:
    case SERVICE (MESSAGES, CONFIRMED | 9): /* downloads, uploads, programs */
    case FMS_DOWNLOAD_SEGMENT:
    case FMS_TERMINATE_DOWNLOAD:
    case SERVICE (MESSAGES, CONFIRMED | 12):
    case FMS_UPLOAD_SEGMENT:
    case SERVICE (MESSAGES, CONFIRMED | 14):
    case SERVICE (MESSAGES, CONFIRMED | 15):
    case SERVICE (MESSAGES, CONFIRMED | 16):
    case SERVICE (MESSAGES, CONFIRMED | 19):
    case SERVICE (MESSAGES, CONFIRMED | 20):
    case SERVICE (MESSAGES, CONFIRMED | 21):
    case SERVICE (MESSAGES, CONFIRMED | 22):
    case SERVICE (MESSAGES, CONFIRMED | 23):
    case SERVICE (MESSAGES, CONFIRMED | 31):
    case FMS_GENERIC_SEGMENT:
    case SERVICE (MESSAGES, CONFIRMED | 33):
    case SERVICE (MESSAGES, 0):
    case SERVICE (MESSAGES, 17):
      index = isth_cursor_be32 (&c);
      if (!c.failed)
        isth_text_format (text, size, "index %u", index);
      break;
    case FMS_READ_SUBINDEX:
    case FMS_WRITE_SUBINDEX:
    case SERVICE (MESSAGES, 16):
    case SERVICE (MESSAGES, 18):
      index = isth_cursor_be32 (&c);
      isth_text_format (text, size, "index %u.%u", index, isth_cursor_be32 (&c));
      break;
    case FIND_TAG:
      isth_cursor_skip (&c, 8);
      bytes = isth_cursor_bytes (&c, 32);
      break;
    case CLEAR_ADDRESS:
    case SET_ASSIGNMENT:
    case CLEAR_ASSIGNMENT:
      isth_cursor_skip (&c, 32);
      bytes = isth_cursor_bytes (&c, 32);
      break;
    default:
      break;
    }
  if (bytes && isth_text_is_printable (bytes, 32))
    isth_text_format (text, size, "tag %s", isth_text_from_bytes (tag, sizeof tag, bytes, 32));
}

static void
emit_step (IsthDissectContext *ctx,
           int which,
           const char *object,
           const char *child,
           bool by_device,
           uint32_t bytes)
{
  static const IsthTransferStep steps[] = { 0, ISTH_TRANSFER_BEGIN, ISTH_TRANSFER_DATA, ISTH_TRANSFER_END };

  isth_emit_transfer (ctx, steps[services[which].step], &(IsthTransfer){
                                                          .verb = services[which].verb,
                                                          .object = object,
                                                          .child = child,
                                                          .by_device = by_device,
                                                          .bytes = services[which].step == STEP_DATA ? bytes : 0,
                                                        });
}

/* In a download (but not a generic one) the device asks for each piece, and says when it has all. */
static bool
is_asked_by_device (uint16_t service)
{
  return service == FMS_DOWNLOAD_SEGMENT || service == FMS_TERMINATE_DOWNLOAD;
}

/* A piece in an answer: whether more follows in front of it, in four bytes. */
static uint32_t
count_piece (const IsthCursor *body)
{
  uint32_t left = isth_cursor_wire_left (body);

  return left > 4 ? left - 4 : 0;
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              const Header *h,
              int which,
              uint64_t match,
              IsthCursor body)
{
  IsthEndpoint device = isth_context_sender (ctx);
  char object[64] = "", child[32];
  IsthRequest request = {
    .match = match,
    .function = h->service & 0x7f,
    .verb = is_asked_by_device (h->service) ? ISTH_OP_OTHER : services[which].verb, /* it programs nobody */
    .name = services[which].name,
    .object = object,
    .child = format_child (child, h),
    .no_answer = !(h->service & CONFIRMED),
  };

  if (h->service & CONFIRMED && !is_asked_by_device (h->service))
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "ff-hse-client");
    }
  else if (request.child) /* what a device reports comes from its own address */
    {
      device.child = request.child;
      request.child = NULL;
      request.source = &device;
      isth_emit_child (ctx, &device, NULL, 0);
    }
  describe (body, h, object, sizeof object);
  isth_emit_request (ctx, &request);
  if (is_asked_by_device (h->service))
    isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (h->service == FMS_TERMINATE_DOWNLOAD)
    emit_step (ctx, which, object, device.child, true, 0);
  else if (h->service == FMS_GENERIC_SEGMENT) /* index, whether more follows */
    {
      isth_cursor_skip (&body, 4);
      emit_step (ctx, which, object, request.child, false, count_piece (&body));
    }
  else if (services[which].step != STEP_NONE && h->service != FMS_UPLOAD_SEGMENT && h->service != FMS_DOWNLOAD_SEGMENT)
    emit_step (ctx, which, object, request.child, false, 0);
  if (h->service == ANNUNCIATION)
    read_identity (ctx, body);
  else if (h->service == FIND_TAG_REPLY)
    read_found (ctx, body);
  return ISTH_DISSECT_OK;
}

/* Whoever programs the device gives it a piece. */
static IsthDissectResult
read_answer_to_device (IsthDissectContext *ctx,
                       const Header *h,
                       int which,
                       uint64_t match,
                       IsthCursor body)
{
  char child[32];

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_response (ctx, match, h->kind == REFUSAL ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, NULL, false);
  if (h->service == FMS_DOWNLOAD_SEGMENT && h->kind != REFUSAL)
    emit_step (ctx, which, NULL, format_child (child, h), false, count_piece (&body));
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             const Header *h,
             int which,
             uint64_t match,
             IsthCursor body)
{
  IsthEndpoint device = isth_context_sender (ctx);
  char text[48], child[32];

  if (is_asked_by_device (h->service))
    return read_answer_to_device (ctx, h, which, match, body);
  device.child = format_child (child, h);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (device.child)
    isth_emit_child (ctx, &device, NULL, 0);
  isth_emit_role (ctx, &device, "ff-hse-server");
  if (h->kind == REFUSAL)
    {
      uint8_t class = isth_cursor_u8 (&body), code = isth_cursor_u8 (&body);

      if (class < G_N_ELEMENTS (error_classes) && error_classes[class])
        isth_text_format (text, sizeof text, "%s: code %u", error_classes[class], code);
      else
        isth_text_format (text, sizeof text, "class %u: code %u", class, code);
      isth_emit_response (ctx, match, ISTH_OUTCOME_REFUSED, text, false);
      return body.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  isth_emit_response (ctx, match, ISTH_OUTCOME_OK, NULL, false);
  if (h->service == FMS_UPLOAD_SEGMENT)
    emit_step (ctx, which, NULL, device.child, true, count_piece (&body));
  else if (h->service == IDENTIFY)
    read_identity (ctx, body);
  else if (h->service == FMS_IDENTIFY)
    {
      claim_text (ctx, &device, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, &body, 32);
      claim_text (ctx, &device, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, &body, 32);
      claim_text (ctx, &device, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, &body, 32);
    }
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ff_hse_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  IsthCursor start = *c, body, trailer;
  Header h = read_header (c);
  uint64_t match;
  int which;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  which = find_service (h.service);
  if (which < 0)
    return isth_cursor_peek (&start, 0) > 1 ? ISTH_DISSECT_NOT_MINE : ISTH_DISSECT_OK; /* a service that nobody published */
  if (!is_sound (&h) || h.length > isth_cursor_wire_left (&start))
    return ISTH_DISSECT_MALFORMED;
  body = isth_cursor_take (c, h.length - HEADER - count_trailer (h.options));
  trailer = isth_cursor_take (c, count_trailer (h.options));
  if (h.options & HAS_NUMBER)
    isth_cursor_skip (&trailer, 4);
  match = h.options & HAS_INVOKE ? isth_cursor_be32 (&trailer) : 0;
  match |= (uint64_t) h.service << 32;
  return h.kind == REQUEST ? read_request (ctx, &h, which, match, body) : read_answer (ctx, &h, which, match, body);
}

static const IsthBinding bindings[] = {
  { ISTH_BIND_UDP, 1089 }, { ISTH_BIND_UDP, 1090 }, { ISTH_BIND_UDP, 1091 }, { ISTH_BIND_UDP, 3622 },
  { ISTH_BIND_TCP, 1089 }, { ISTH_BIND_TCP, 1090 }, { ISTH_BIND_TCP, 1091 }, { ISTH_BIND_TCP, 3622 },
};

const IsthDissector isth_dissector_ff_hse = {
  .id = "ff-hse",
  .title = "FOUNDATION Fieldbus HSE",
  .depth = ISTH_DEPTH_FULL,
  .identity = "vendor model firmware device_type device_id plant_tag mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ff_hse_probe,
  .pdu_length = ff_hse_pdu_length,
  .dissect = ff_hse_dissect,
};
