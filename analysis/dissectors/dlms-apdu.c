/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APDUs of DLMS/COSEM (IEC 62056-5-3): who associates how, which attribute of which object (class and OBIS code) is read, written or acted on. */
#include "analysis/dissectors/dlms-apdu.h"

#include "analysis/dissectors/dlms-tables.h"
#include "analysis/dissectors/secret.h"

#define LOW_SECURITY 1 /* a password */
#define N(array) (sizeof array / sizeof *array)

enum
{
  NORMAL = 1,
  NEXT = 2,            /* of a get; of a set or action: with the first block */
  WITH_LIST = 3,
  WITH_BLOCK = 2,      /* of an answer */
};

enum
{
  CLASS_CLOCK = 8,
  CLASS_SCRIPTS = 9,
  CLASS_ASSOCIATION = 15,
  CLASS_IMAGE = 18,
  CLASS_SECURITY = 64,
  CLASS_DISCONNECT = 70,
};

/* Objects that say what the meter is (IEC 62056-6-1, 6.2). A code without its last group, which is 255. */
static const struct
{
  uint8_t code[5];
  IsthAttribute attribute;
} identities[] = {
  { { 0, 0, 42, 0, 0 }, ISTH_ATTRIBUTE_NAME },
  { { 0, 0, 96, 1, 0 }, ISTH_ATTRIBUTE_SERIAL },
  { { 0, 0, 96, 1, 1 }, ISTH_ATTRIBUTE_DEVICE_ID },
  { { 0, 0, 96, 1, 10 }, ISTH_ATTRIBUTE_PLANT_TAG }, /* metering point */
  { { 1, 0, 0, 0, 0 }, ISTH_ATTRIBUTE_DEVICE_ID },
  { { 1, 0, 0, 2, 0 }, ISTH_ATTRIBUTE_FIRMWARE },
  { { 0, 0, 0, 2, 0 }, ISTH_ATTRIBUTE_FIRMWARE },
};

typedef struct
{
  uint16_t class_id;
  const uint8_t *code; /* six bytes */
  int8_t member;       /* attribute or method */
} CosemObject;

static const DlmsApdu *
get_apdu (uint8_t tag)
{
  for (size_t i = 0; i < N (dlms_apdus); i++)
    if (dlms_apdus[i].tag == tag)
      return &dlms_apdus[i];
  return NULL;
}

IsthDirection
isth_dlms_get_sender (uint8_t tag,
                      bool *known)
{
  const DlmsApdu *apdu = get_apdu (tag);

  *known = apdu != NULL;
  if (!apdu || apdu->sender == DLMS_EITHER)
    return ISTH_FROM_UNKNOWN;
  return apdu->sender == DLMS_REQUEST ? ISTH_FROM_CLIENT : ISTH_FROM_SERVER;
}

static uint64_t
get_match (const IsthDlmsEnds *ends,
           uint8_t tag,
           uint8_t invoke)
{
  return (uint64_t) ends->client << 32 | (uint64_t) ends->server << 16 | (uint64_t) tag << 8 | (invoke & 0x0f);
}

static const char *
get_result (uint8_t code)
{
  for (size_t i = 0; i < N (dlms_results); i++)
    if (dlms_results[i].code == code)
      return dlms_results[i].text;
  return "reserved result";
}

static IsthAttribute
get_identity (const uint8_t *code)
{
  for (size_t i = 0; i < N (identities); i++)
    if (memcmp (identities[i].code, code, sizeof identities[i].code) == 0 && code[5] == 255)
      return identities[i].attribute;
  return ISTH_N_ATTRIBUTES;
}

static bool
read_object (IsthCursor *c,
             CosemObject *object)
{
  object->class_id = isth_cursor_be16 (c);
  object->code = isth_cursor_bytes (c, 6);
  object->member = (int8_t) isth_cursor_u8 (c);
  return !c->failed;
}

/* "clock 0.0.1.0.0.255 attribute 2": as people write the codes, A-B:C.D.E*F, but with one sign only. */
static void
describe_object (const CosemObject *object,
                 bool method,
                 const char *more,
                 char *text,
                 size_t size)
{
  const char *name = NULL;
  char other[16];

  for (size_t i = 0; i < N (dlms_classes) && !name; i++)
    if (dlms_classes[i].id == object->class_id)
      name = dlms_classes[i].name;
  if (!name)
    name = isth_text_format (other, sizeof other, "class %u", object->class_id);
  isth_text_format (text, size, "%s %u.%u.%u.%u.%u.%u %s %d%s", name, object->code[0], object->code[1], object->code[2], object->code[3],
                    object->code[4], object->code[5], method ? "method" : "attribute", object->member, more);
}

static IsthOp
choose_verb (const DlmsApdu *apdu,
             const CosemObject *object)
{
  if (apdu->content == DLMS_GET)
    return get_identity (object->code) != ISTH_N_ATTRIBUTES ? ISTH_OP_IDENTIFY : ISTH_OP_READ;
  switch (object->class_id)
    {
    case CLASS_CLOCK:
      return ISTH_OP_TIME_SYNC;
    case CLASS_IMAGE:
      return ISTH_OP_FIRMWARE;
    case CLASS_SECURITY:
      return ISTH_OP_CONFIGURE;
    case CLASS_ASSOCIATION:
      return apdu->content == DLMS_ACTION && object->member == 1 ? ISTH_OP_AUTHENTICATE : ISTH_OP_CONFIGURE;
    case CLASS_SCRIPTS:
    case CLASS_DISCONNECT:
      return apdu->content == DLMS_ACTION ? ISTH_OP_CONTROL : ISTH_OP_WRITE;
    default:
      return ISTH_OP_WRITE;
    }
}

/* The length in front of octets: one byte, or 0x81 … 0x84 and so many (A-XDR, IEC 61334-6). */
static uint32_t
read_length (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);
  uint32_t length = 0;

  if (first < 0x80)
    return first;
  if (first > 0x84)
    {
      c->failed = true;
      return 0;
    }
  for (uint8_t i = 0; i < (first & 0x7f); i++)
    length = length << 8 | isth_cursor_u8 (c);
  return length;
}

/* An image of firmware goes in numbered blocks, begun with its name and size, ended by its activation (IEC 62056-6-2, 4.4.6). */
static void
follow_image (IsthDissectContext *ctx,
              const IsthDlmsEnds *ends,
              const CosemObject *object,
              IsthCursor c)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FIRMWARE, .child = ends->child };
  char name[64], text[96];
  uint32_t n;
  const uint8_t *bytes;

  if (object->member == 4)
    {
      isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
      return;
    }
  if (isth_cursor_u8 (&c) != 1 || isth_cursor_be16 (&c) != 0x0202) /* present; a structure of two */
    return;
  if (object->member == 1 && isth_cursor_u8 (&c) == 9)
    {
      n = read_length (&c);
      bytes = isth_cursor_bytes (&c, n);
      if (!bytes || isth_cursor_u8 (&c) != 6)
        return;
      transfer.total = isth_cursor_be32 (&c);
      isth_text_from_bytes (name, sizeof name, bytes, n);
      transfer.object = isth_text_format (text, sizeof text, "image \"%s\"", name);
      if (!c.failed)
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if (object->member == 2 && isth_cursor_u8 (&c) == 6)
    {
      isth_cursor_skip (&c, 4);
      if (isth_cursor_u8 (&c) != 9)
        return;
      transfer.bytes = read_length (&c);
      if (!c.failed)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
}

/* The object of a request of one of its first kind, or of the list's first entry. */
static IsthDissectResult
read_access (IsthDissectContext *ctx,
             const IsthDlmsEnds *ends,
             const DlmsApdu *apdu,
             IsthCursor *c)
{
  uint8_t kind = isth_cursor_u8 (c), invoke = isth_cursor_u8 (c);
  bool listed = kind == WITH_LIST || (apdu->content != DLMS_GET && kind == 5);
  bool names = apdu->content == DLMS_GET ? kind == NORMAL || listed : kind == NORMAL || listed || kind == (apdu->content == DLMS_SET ? NEXT : 4);
  IsthRequest request = { .match = get_match (ends, apdu->tag, invoke), .verb = apdu->verb, .function = apdu->tag, .name = apdu->name, .child = ends->child };
  char text[ISTH_LIMIT_TEXT] = "", more[24] = "";
  CosemObject object = { 0 };
  const uint8_t *place;
  uint8_t count = 1;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (listed)
    count = isth_cursor_u8 (c);
  place = c->data + c->position;
  if (names && !read_object (c, &object))
    return ends->cut ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  if (names)
    {
      memcpy (&request.memo[0], object.code, 6);
      request.memo[1] = (uint64_t) (uint8_t) object.member;
      if (count == 1)
        request.key = isth_context_digest (ctx, get_match (ends, apdu->tag, 0), place, 9);
      request.verb = choose_verb (apdu, &object);
    }
  if (!isth_emit_again (ctx, &request))
    {
      if (count > 1)
        isth_text_format (more, sizeof more, " and %u more", count - 1u);
      if (names)
        describe_object (&object, apdu->content == DLMS_ACTION, more, text, sizeof text);
      else
        isth_text_format (text, sizeof text, "next block");
      request.object = text;
      isth_emit_request (ctx, &request);
    }
  if (apdu->content == DLMS_ACTION && kind == NORMAL && object.class_id == CLASS_IMAGE)
    follow_image (ctx, ends, &object, *c);
  return ISTH_DISSECT_OK;
}

static bool
is_text (const uint8_t *bytes,
         uint32_t n)
{
  return n > 0 && isth_text_is_printable (bytes, n);
}

/* The value of an identifying object: octets or visible characters. A logical device name begins with the three letters of its maker. */
static void
say_identity (IsthDissectContext *ctx,
              const IsthDlmsEnds *ends,
              const IsthPending *asked,
              IsthCursor c)
{
  IsthEndpoint server = isth_context_sender (ctx);
  uint8_t code[6], type = isth_cursor_u8 (&c);
  IsthAttribute attribute;
  char text[ISTH_LIMIT_TEXT];
  const uint8_t *bytes;
  uint32_t n;

  memcpy (code, &asked->memo[0], sizeof code);
  attribute = get_identity (code);
  if (attribute == ISTH_N_ATTRIBUTES || asked->memo[1] != 2 || (type != 9 && type != 10))
    return;
  n = read_length (&c);
  bytes = isth_cursor_bytes (&c, n);
  if (!bytes)
    return;
  server.child = ends->child;
  if (is_text (bytes, n))
    isth_text_from_string (text, sizeof text, bytes, n);
  else
    isth_text_from_hex (text, sizeof text, bytes, n);
  isth_emit_claim (ctx, &server, attribute, text, ISTH_CONFIDENCE_PARSED, bytes, n);
  if (attribute == ISTH_ATTRIBUTE_NAME && n >= 3 && is_text (bytes, 3))
    isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_VENDOR_ID, ISTH_CONFIDENCE_PARSED, bytes, 3);
}

static IsthDissectResult
read_get_answer (IsthDissectContext *ctx,
                 const IsthDlmsEnds *ends,
                 const DlmsApdu *apdu,
                 IsthCursor *c)
{
  uint8_t kind = isth_cursor_u8 (c), invoke = isth_cursor_u8 (c);
  const IsthPending *asked;
  uint8_t choice;

  if (kind == WITH_BLOCK)
    isth_cursor_skip (c, 5); /* last, number */
  choice = kind == WITH_LIST ? 0 : isth_cursor_u8 (c);
  if (c->failed || choice > 1)
    return ISTH_DISSECT_MALFORMED;
  asked = isth_emit_response (ctx, get_match (ends, apdu->request, invoke), choice ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                              choice ? get_result (isth_cursor_u8 (c)) : NULL, false);
  if (kind == WITH_BLOCK && choice == 0)
    read_length (c);
  if (asked && choice == 0 && kind != WITH_LIST)
    say_identity (ctx, ends, asked, *c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_result (IsthDissectContext *ctx,
             const IsthDlmsEnds *ends,
             const DlmsApdu *apdu,
             IsthCursor *c)
{
  uint8_t kind = isth_cursor_u8 (c), invoke = isth_cursor_u8 (c);
  uint8_t result = kind == NORMAL || kind == WITH_LIST ? isth_cursor_u8 (c) : 0;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (kind == WITH_LIST && apdu->content == DLMS_ACTION_ANSWER)
    result = 0;
  isth_emit_response (ctx, get_match (ends, apdu->request, invoke), result ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, result ? get_result (result) : NULL,
                      false);
  return ISTH_DISSECT_OK;
}

/* One field of an association, BER (IEC 62056-5-3, 7.2.3). */
static IsthCursor
next_field (IsthCursor *c,
            uint8_t *tag)
{
  *tag = isth_cursor_u8 (c);
  return isth_cursor_take (c, read_length (c));
}

/* The last number of an object identifier of the DLMS user association: 2.16.756.5.8.kind.number; 0 when it is none. */
static uint8_t
read_name (IsthCursor c,
           bool tagged,
           uint8_t kind)
{
  static const uint8_t head[] = { 0x60, 0x85, 0x74, 0x05, 0x08 };
  const uint8_t *bytes;

  if (tagged)
    isth_cursor_skip (&c, 2);
  bytes = isth_cursor_bytes (&c, 7);
  return bytes && memcmp (bytes, head, sizeof head) == 0 && bytes[5] == kind ? bytes[6] : 0;
}

/* A system title: three letters of the maker, then its own number of the device (IEC 62056-5-3, 4.3.4). */
static void
say_title (IsthDissectContext *ctx,
           const char *child,
           const uint8_t *bytes,
           uint32_t n)
{
  IsthEndpoint sender = isth_context_sender (ctx);
  char text[40];

  if (!bytes || n != 8)
    return;
  sender.child = child;
  isth_text_from_hex (text, sizeof text, bytes, n);
  isth_emit_claim (ctx, &sender, ISTH_ATTRIBUTE_DEVICE_ID, text, ISTH_CONFIDENCE_PARSED, bytes, n);
  if (is_text (bytes, 3))
    isth_emit_text (ctx, &sender, ISTH_ATTRIBUTE_VENDOR_ID, ISTH_CONFIDENCE_PARSED, bytes, 3);
}

static IsthDissectResult
read_associate (IsthDissectContext *ctx,
                const IsthDlmsEnds *ends,
                const DlmsApdu *apdu,
                IsthCursor *c)
{
  static const char *const contexts[] = { "unknown context", "logical names", "short names", "logical names ciphered", "short names ciphered" };
  static const char *const mechanisms[] = { "no security", "password", "high level security", "MD5", "SHA-1", "GMAC", "SHA-256", "ECDSA" };
  IsthCursor body = isth_cursor_take (c, read_length (c));
  uint8_t context = 0, mechanism = 0;
  const char *secret = NULL;
  char text[96];
  IsthRequest request = { .match = get_match (ends, apdu->tag, 0), .verb = ISTH_OP_OTHER, .function = apdu->tag, .name = apdu->name, .object = text,
                          .child = ends->child };

  while (isth_cursor_left (&body) > 0 && !body.failed)
    {
      uint8_t tag;
      IsthCursor field = next_field (&body, &tag);

      if (tag == 0xa1)
        context = read_name (field, true, 1);
      else if (tag == 0x8b)
        mechanism = read_name (field, false, 2);
      else if (tag == 0xac && isth_cursor_u8 (&field) == 0x80) /* the calling authentication value, as characters */
        secret = isth_secret_class_at (field, false);
    }
  if (mechanism > 0)
    request.verb = ISTH_OP_AUTHENTICATE;
  isth_text_format (text, sizeof text, "client %u, %s, %s", ends->client, context < N (contexts) ? contexts[context] : contexts[0],
                    mechanism < N (mechanisms) ? mechanisms[mechanism] : "unknown mechanism");
  if (mechanism == LOW_SECURITY && secret)
    isth_text_format (text + strlen (text), sizeof text - strlen (text), " in clear (%s)", secret);
  isth_emit_request (ctx, &request);
  return (c->failed || body.failed) && !ends->cut ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

static const char *
get_diagnostic (uint8_t code)
{
  switch (code)
    {
    case 2:
      return "application context not supported";
    case 11:
      return "authentication mechanism not recognised";
    case 12:
      return "authentication mechanism required";
    case 13:
      return "authentication failed";
    case 14:
      return "authentication required";
    default:
      return "rejected without a reason";
    }
}

static IsthDissectResult
read_associated (IsthDissectContext *ctx,
                 const IsthDlmsEnds *ends,
                 const DlmsApdu *apdu,
                 IsthCursor *c)
{
  IsthCursor body = isth_cursor_take (c, read_length (c));
  uint8_t result = 0, diagnostic = 0;

  while (isth_cursor_left (&body) > 0 && !body.failed)
    {
      uint8_t tag;
      IsthCursor field = next_field (&body, &tag);

      if (tag == 0xa2)
        {
          isth_cursor_skip (&field, 2);
          result = isth_cursor_u8 (&field);
        }
      else if (tag == 0xa3)
        {
          isth_cursor_skip (&field, 4);
          diagnostic = isth_cursor_u8 (&field);
        }
      else if (tag == 0xa4)
        {
          isth_cursor_skip (&field, 2);
          say_title (ctx, ends->child, field.data + field.position, isth_cursor_left (&field));
        }
    }
  isth_emit_response (ctx, get_match (ends, apdu->request, 0), result ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                      result ? get_diagnostic (diagnostic) : diagnostic == 14 ? get_diagnostic (14) : NULL, false);
  return (c->failed || body.failed) && !ends->cut ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* An exception or error names no request: the last one that is waiting is refused. */
static void
read_error (IsthDissectContext *ctx,
            const IsthDlmsEnds *ends)
{
  static const uint8_t tags[] = { 0xc0, 0xc1, 0xc3, 0xc8, 0xc9, 0xcb, 0xd0, 0xd1, 0xd3, 0x05, 0x06, 0x60, 0xd9 };

  for (size_t i = 0; i < N (tags); i++)
    for (uint8_t invoke = 0; invoke < 16; invoke++)
      if (isth_emit_response (ctx, get_match (ends, tags[i], invoke), ISTH_OUTCOME_REFUSED, "service refused", false))
        return;
}

/* What a meter sends by itself; @text: about which object. */
static void
say_report (IsthDissectContext *ctx,
            const IsthDlmsEnds *ends,
            const DlmsApdu *apdu,
            const char *text)
{
  IsthEndpoint server = isth_context_sender (ctx);

  server.child = ends->child;
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = apdu->verb, .function = apdu->tag, .name = apdu->name, .object = text, .source = &server });
}

static IsthDissectResult
read_event (IsthDissectContext *ctx,
            const IsthDlmsEnds *ends,
            const DlmsApdu *apdu,
            IsthCursor *c)
{
  CosemObject object;
  char text[ISTH_LIMIT_TEXT];

  if (isth_cursor_u8 (c) != 0)
    isth_cursor_skip (c, read_length (c)); /* time */
  if (!read_object (c, &object))
    return ISTH_DISSECT_MALFORMED;
  describe_object (&object, false, "", text, sizeof text);
  say_report (ctx, ends, apdu, text);
  return ISTH_DISSECT_OK;
}

static void
say_other (IsthDissectContext *ctx,
           const IsthDlmsEnds *ends,
           const DlmsApdu *apdu,
           bool by_client)
{
  const char *text = apdu->content == DLMS_CIPHERED || apdu->content == DLMS_TITLED ? "encrypted" : "";
  IsthRequest request = { .match = get_match (ends, apdu->tag, 0), .verb = apdu->verb, .function = apdu->tag, .name = apdu->name, .object = text,
                          .child = ends->child };

  if (!by_client && (apdu->sender == DLMS_SPONTANEOUS || !isth_emit_response (ctx, request.match, ISTH_OUTCOME_OK, NULL, false)))
    say_report (ctx, ends, apdu, text);
  else if (by_client)
    isth_emit_request (ctx, &request);
}

IsthDissectResult
isth_dlms_read_apdu (IsthDissectContext *ctx,
                     const IsthDlmsEnds *ends,
                     bool by_client,
                     IsthCursor c)
{
  const DlmsApdu *apdu = get_apdu (isth_cursor_u8 (&c));
  uint32_t n;

  if (c.failed || !apdu)
    return ISTH_DISSECT_MALFORMED;
  switch (apdu->content)
    {
    case DLMS_ASSOCIATE:
      return read_associate (ctx, ends, apdu, &c);
    case DLMS_ASSOCIATED:
      return read_associated (ctx, ends, apdu, &c);
    case DLMS_GET:
    case DLMS_SET:
    case DLMS_ACTION:
      return read_access (ctx, ends, apdu, &c);
    case DLMS_GET_ANSWER:
      return read_get_answer (ctx, ends, apdu, &c);
    case DLMS_SET_ANSWER:
    case DLMS_ACTION_ANSWER:
      return read_result (ctx, ends, apdu, &c);
    case DLMS_EVENT:
      return read_event (ctx, ends, apdu, &c);
    case DLMS_ANSWER:
      isth_emit_response (ctx, get_match (ends, apdu->request, 0), ISTH_OUTCOME_OK, NULL, false);
      return ISTH_DISSECT_OK;
    case DLMS_ERROR:
      read_error (ctx, ends);
      return ISTH_DISSECT_OK;
    case DLMS_TITLED:
      n = read_length (&c);
      say_title (ctx, by_client ? NULL : ends->child, isth_cursor_bytes (&c, n), n);
      say_other (ctx, ends, apdu, by_client);
      return c.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case DLMS_OTHER:
    case DLMS_CIPHERED:
      say_other (ctx, ends, apdu, by_client);
      return ISTH_DISSECT_OK;
    }
  return ISTH_DISSECT_MALFORMED;
}
