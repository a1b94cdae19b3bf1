/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What BACnet devices say of themselves: properties of their device objects, the names of what they hold, what they announce. ASHRAE 135, 12.11,
 * clauses 13 to 16. */
#include "analysis/dissectors/bacnet-message.h"
#include "analysis/dissectors/names.h"

#include <glib.h>

#define LONGEST_SAME 600 /* bytes of an answer that are worth looking whether they came before */
#define SAME_UNASKED 0x100 /* beside the service in the digest of what was not asked for */
#define SAME_DEVICE 0x200  /* … of the object alone, when nothing else is said */

#define OBJECT_NAME 77
#define SYSTEM_STATUS 112
#define VENDOR_IDENTIFIER 120

#define READ_FILE 6
#define WRITE_FILE 7
#define READ_PROPERTY 12
#define READ_PROPERTIES 14

/* Of the device object (12.11). */
static const struct
{
  uint16_t property;
  IsthAttribute attribute;
} device_texts[] = {
  { 12, ISTH_ATTRIBUTE_SOFTWARE },     /* application-software-version */
  { 28, ISTH_ATTRIBUTE_DESCRIPTION },
  { 44, ISTH_ATTRIBUTE_FIRMWARE },     /* firmware-revision */
  { 58, ISTH_ATTRIBUTE_LOCATION },
  { 70, ISTH_ATTRIBUTE_MODEL },        /* model-name */
  { 77, ISTH_ATTRIBUTE_NAME },         /* object-name */
  { 121, ISTH_ATTRIBUTE_VENDOR },      /* vendor-name */
  { 168, ISTH_ATTRIBUTE_DEVICE_TYPE }, /* profile-name */
  { 372, ISTH_ATTRIBUTE_SERIAL },      /* serial-number */
};

static const char *const states[] = {
  "operational", "operational, read only", "download required", "download in progress", "not operational", "backup in progress",
};

static const IsthEndpoint *
get_about (const IsthBacnetMessage *m)
{
  return m->other_source ? &m->source : NULL;
}

static void
claim_number (IsthBacnetMessage *m,
              IsthAttribute attribute,
              const IsthBacnetTag *tag,
              uint32_t number)
{
  char text[16];

  isth_emit_claim (m->ctx, get_about (m), attribute, isth_text_format (text, sizeof text, "%u", number), ISTH_CONFIDENCE_PARSED,
                   tag->value.data, isth_cursor_left (&tag->value));
}

/* The device's own instance, which is its address whatever network it is on. */
static void
claim_instance (IsthBacnetMessage *m,
                const IsthBacnetTag *tag)
{
  uint32_t object = isth_bacnet_get_number (tag);

  if (tag->there && object >> 22 == ISTH_BACNET_DEVICE && (object & ISTH_BACNET_UNKNOWN) != ISTH_BACNET_UNKNOWN)
    claim_number (m, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, tag, object & ISTH_BACNET_UNKNOWN);
}

/* The vendor by its number: a name that the device gives itself yields to none. */
static void
claim_vendor (IsthBacnetMessage *m,
              const IsthBacnetTag *tag,
              int confidence)
{
  uint32_t id = isth_bacnet_get_number (tag);
  const char *name = isth_name_bacnet_vendor (id);

  if (!tag->there || isth_cursor_left (&tag->value) == 0)
    return;
  if (confidence >= ISTH_CONFIDENCE_BANNER)
    claim_number (m, ISTH_ATTRIBUTE_VENDOR_ID, tag, id);
  if (name)
    isth_emit_claim (m->ctx, get_about (m), ISTH_ATTRIBUTE_VENDOR, name, confidence, tag->value.data, isth_cursor_left (&tag->value));
}

static void
claim_name (IsthBacnetMessage *m,
            uint32_t object,
            const IsthBacnetTag *value)
{
  int confidence = object >> 22 == ISTH_BACNET_DEVICE ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_PARSED - 10;

  isth_bacnet_emit_string (m->ctx, get_about (m), ISTH_ATTRIBUTE_BACNET_OBJECT_NAME, confidence, value);
}

/* Whether read_property() may say anything of this one. */
static bool
is_telling (uint32_t object,
            uint32_t property)
{
  if (property == OBJECT_NAME)
    return true;
  if (object >> 22 != ISTH_BACNET_DEVICE)
    return false;
  if (property == VENDOR_IDENTIFIER || property == SYSTEM_STATUS)
    return true;
  for (size_t i = 0; i < G_N_ELEMENTS (device_texts); i++)
    if (device_texts[i].property == property)
      return true;
  return false;
}

/* One property of one of its objects. */
static void
read_property (IsthBacnetMessage *m,
               uint32_t object,
               uint32_t property,
               const IsthBacnetTag *value)
{
  uint32_t number = isth_bacnet_get_number (value);

  if (property == OBJECT_NAME && !value->context && value->number == ISTH_BACNET_STRING)
    claim_name (m, object, value);
  if (object >> 22 != ISTH_BACNET_DEVICE || value->context)
    return;
  if (property == VENDOR_IDENTIFIER && value->number == ISTH_BACNET_UNSIGNED)
    claim_vendor (m, value, ISTH_CONFIDENCE_PARSED - 5);
  else if (property == SYSTEM_STATUS && value->number == ISTH_BACNET_ENUMERATED && number < G_N_ELEMENTS (states))
    isth_emit_claim (m->ctx, get_about (m), ISTH_ATTRIBUTE_STATE, states[number], ISTH_CONFIDENCE_PARSED, value->value.data,
                     isth_cursor_left (&value->value));
  else if (value->number == ISTH_BACNET_STRING)
    for (size_t i = 0; i < G_N_ELEMENTS (device_texts); i++)
      if (device_texts[i].property == property)
        isth_bacnet_emit_string (m->ctx, get_about (m), device_texts[i].attribute, ISTH_CONFIDENCE_PARSED, value);
}

/* 15.5: [0] object, [1] property, [2] index, [3] { value }. */
static bool
read_one (IsthBacnetMessage *m,
          IsthCursor body)
{
  IsthBacnetFields f ISTH_UNSET;
  IsthBacnetTag value;
  bool good = isth_bacnet_read_fields (body, &f);
  IsthCursor group = f.context[3].value;

  claim_instance (m, &f.context[0]);
  if (f.context[3].opening && !f.context[2].there && isth_bacnet_read_tag (&group, &value))
    read_property (m, isth_bacnet_get_number (&f.context[0]), isth_bacnet_get_number (&f.context[1]), &value);
  return good && f.context[0].there && f.context[1].there;
}

/* 15.7: ([0] object, [1] { ([2] property, [3] index, [4] { value } or [5] { error }) … }) …. */
static bool
read_results (IsthBacnetMessage *m,
              uint32_t object,
              IsthCursor results)
{
  IsthBacnetTag tag, value;
  uint32_t property = 0;
  bool whole = false;

  while (isth_cursor_left (&results) > 0)
    {
      if (!isth_bacnet_read_tag (&results, &tag))
        return false;
      if (tag.number == 2)
        {
          property = isth_bacnet_get_number (&tag);
          whole = true;
        }
      else if (tag.number == 3)
        whole = false;
      else if (tag.number == 4 && tag.opening && whole && is_telling (object, property) && isth_bacnet_read_tag (&tag.value, &value))
        read_property (m, object, property, &value);
    }
  return true;
}

static bool
read_several (IsthBacnetMessage *m,
              IsthCursor body)
{
  IsthBacnetTag object, results;
  bool good = true;

  while (good && isth_cursor_left (&body) > 0)
    {
      good = isth_bacnet_read_tag (&body, &object) && object.context && object.number == 0;
      if (!good)
        break;
      claim_instance (m, &object);
      good = isth_bacnet_read_tag (&body, &results);
      if (results.opening)
        good = read_results (m, isth_bacnet_get_number (&object), results.value) && good;
    }
  return good;
}

static void
emit_file (IsthBacnetMessage *m,
           IsthTransferStep step,
           uint32_t file,
           uint64_t bytes,
           bool by_device)
{
  char object[32];

  isth_emit_transfer (m->ctx, step, &(IsthTransfer){
                                      .verb = ISTH_OP_FILE,
                                      .match = file,
                                      .object = isth_text_format (object, sizeof object, "file %u", file & ISTH_BACNET_UNKNOWN),
                                      .child = by_device ? m->source.child : m->target_child,
                                      .by_device = by_device,
                                      .bytes = bytes,
                                    });
}

/* Bytes of the octet strings in @group, stepping over what stands before them. */
static uint64_t
count_octets (IsthCursor group)
{
  IsthBacnetTag tag;
  uint64_t n = 0;

  while (isth_cursor_left (&group) > 0 && isth_bacnet_read_tag (&group, &tag))
    if (!tag.context && tag.number == 6)
      n += isth_cursor_wire_left (&tag.value);
  return n;
}

void
isth_bacnet_begin_file (IsthBacnetMessage *m,
                        uint8_t service,
                        IsthCursor body,
                        IsthRequest *request)
{
  IsthBacnetFields f ISTH_UNSET;
  IsthBacnetTag start = { 0 };
  IsthCursor access;
  uint32_t file;

  isth_bacnet_read_fields (body, &f);
  if (f.n_plain == 0 || !(f.context[0].opening || f.context[1].opening))
    return;
  file = isth_bacnet_get_number (&f.plain[0]);
  access = f.context[0].opening ? f.context[0].value : f.context[1].value;
  if (!isth_bacnet_read_tag (&access, &start))
    return;
  request->memo[0] = 1 + (uint64_t) file;
  if (isth_bacnet_get_number (&start) == 0)
    emit_file (m, ISTH_TRANSFER_BEGIN, file, 0, false);
  if (service == WRITE_FILE)
    emit_file (m, ISTH_TRANSFER_DATA, file, count_octets (access), false);
}

/* 14.1: whether this was the end, and { start, bytes } or { start, count, records }. */
static bool
read_file (IsthBacnetMessage *m,
           IsthCursor body,
           const IsthPending *asked)
{
  IsthBacnetFields f ISTH_UNSET;
  bool good = isth_bacnet_read_fields (body, &f);
  uint32_t file = asked && asked->memo[0] != 0 ? (uint32_t) (asked->memo[0] - 1) : 0;

  if (!good || f.n_plain == 0 || !asked || asked->memo[0] == 0)
    return good;
  emit_file (m, ISTH_TRANSFER_DATA, file, count_octets (f.context[0].opening ? f.context[0].value : f.context[1].value), true);
  if (f.plain[0].truth)
    emit_file (m, ISTH_TRANSFER_END, file, 0, true);
  return true;
}

/* Whether the @n bytes are one value of its own, whole: neither a group nor a truth. */
static bool
is_one_value (const uint8_t *bytes,
              uint32_t n)
{
  uint32_t length = bytes[0] & 7;

  if (bytes[0] >= 0xf0 || bytes[0] & 8 || bytes[0] >> 4 == ISTH_BACNET_BOOLEAN)
    return false;
  if (length < 5)
    return n == 1 + length;
  return n > 2 && length == 5 && bytes[1] < 254 && n == 2u + bytes[1];
}

/* What nearly all answers to one question are: such a value, of which nothing but the object that it is of is worth telling. */
static bool
is_mere_value (const IsthCursor *body)
{
  const uint8_t *bytes = body->data + body->position;
  uint32_t n = isth_cursor_left (body), at = 7;
  bool whole = true;

  if (n < 10 || n > 260 || body->length < body->wire || bytes[0] != 0x0c || bytes[5] != 0x19 || bytes[n - 1] != 0x3f)
    return false;
  if (bytes[at] == 0x29) /* one of several */
    {
      at += 2;
      whole = false;
    }
  if (bytes[at] != 0x3e || at + 3 > n || (whole && is_telling (isth_be32 (bytes + 1), bytes[6])))
    return false;
  return is_one_value (bytes + at + 1, n - at - 2);
}

/* Which bytes decide what an answer says. */
static uint64_t
digest_answer (const IsthBacnetMessage *m,
               uint32_t service,
               const IsthCursor *body)
{
  if (body->length < body->wire || isth_cursor_left (body) > LONGEST_SAME)
    return 0;
  return isth_context_digest (m->ctx, service, body->data + body->position, isth_cursor_left (body));
}

bool
isth_bacnet_read_answer (IsthBacnetMessage *m,
                         uint8_t service,
                         IsthCursor body,
                         const IsthPending *asked)
{
  uint64_t digest;
  bool good;

  if (service == READ_FILE)
    return read_file (m, body, asked);
  if (service != READ_PROPERTY && service != READ_PROPERTIES)
    return true;
  if (service == READ_PROPERTY && is_mere_value (&body))
    {
      const uint8_t *bytes = body.data + body.position;

      if (isth_be32 (bytes + 1) >> 22 != ISTH_BACNET_DEVICE)
        return true;
      digest = isth_context_digest (m->ctx, SAME_DEVICE, bytes, 5);
    }
  else
    digest = digest_answer (m, service, &body);
  if (isth_emit_same (m->ctx, get_about (m), digest, body.data))
    return true;
  good = service == READ_PROPERTY ? read_one (m, body) : read_several (m, body);
  isth_emit_same_end (m->ctx, good);
  return good;
}

/* A device that nobody configured yet has the instance of none. It says so, and so do we; as an address it is none. */
static void
claim_no_instance (IsthBacnetMessage *m,
                   const IsthBacnetTag *tag)
{
  if (isth_bacnet_get_number (tag) != (ISTH_BACNET_DEVICE << 22 | ISTH_BACNET_UNKNOWN))
    return;
  isth_emit_claim (m->ctx, get_about (m), ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, "4194303", ISTH_CONFIDENCE_BANNER, tag->value.data, isth_cursor_left (&tag->value));
  isth_emit_claim (m->ctx, get_about (m), ISTH_ATTRIBUTE_DESCRIPTION, "BACnet instance 4194303, which means that none is configured", ISTH_CONFIDENCE_BANNER,
                   tag->value.data, isth_cursor_left (&tag->value));
}

/* 16.10: its device object, then the longest message it takes, segmentation, vendor. */
static void
read_i_am (IsthBacnetMessage *m,
           const IsthBacnetFields *f)
{
  if (f->n_plain < 4 || f->plain[0].number != ISTH_BACNET_OBJECT || f->plain[3].number != ISTH_BACNET_UNSIGNED)
    return;
  claim_instance (m, &f->plain[0]);
  claim_no_instance (m, &f->plain[0]);
  claim_vendor (m, &f->plain[3], ISTH_CONFIDENCE_PARSED - 5);
}

/* 16.9: device, object, the object's name. */
static void
read_i_have (IsthBacnetMessage *m,
             const IsthBacnetFields *f)
{
  uint32_t object;

  if (f->n_plain < 3 || f->plain[2].number != ISTH_BACNET_STRING)
    return;
  claim_instance (m, &f->plain[0]);
  object = isth_bacnet_get_number (&f->plain[1]);
  claim_name (m, object, &f->plain[2]);
  if (object >> 22 == ISTH_BACNET_DEVICE)
    isth_bacnet_emit_string (m->ctx, get_about (m), ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_PARSED, &f->plain[2]);
}

/* 16.11: a device that has no address of its own yet: vendor, model, serial number. */
static void
read_who_am_i (IsthBacnetMessage *m,
               const IsthBacnetFields *f)
{
  if (f->n_plain < 3)
    return;
  claim_vendor (m, &f->plain[0], ISTH_CONFIDENCE_PARSED - 5);
  isth_bacnet_emit_string (m->ctx, get_about (m), ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, &f->plain[1]);
  isth_bacnet_emit_string (m->ctx, get_about (m), ISTH_ATTRIBUTE_SERIAL, ISTH_CONFIDENCE_PARSED, &f->plain[2]);
}

bool
isth_bacnet_read_unasked (IsthBacnetMessage *m,
                          bool confirmed,
                          uint8_t service,
                          IsthCursor body)
{
  bool notice = confirmed ? service == 1 || service == 2 : service == 2 || service == 3;
  bool private = confirmed ? service == 18 : service == 4;
  bool answer = !confirmed && service <= 1;
  IsthBacnetFields f ISTH_UNSET;
  bool good;

  if (!notice && !private && !answer && (confirmed || service != 13))
    return true;
  if (isth_emit_same (m->ctx, get_about (m), notice ? 0 : digest_answer (m, SAME_UNASKED << confirmed ^ service, &body), body.data))
    return true;
  good = isth_bacnet_read_fields (body, &f);
  if (notice)
    claim_instance (m, &f.context[1]);
  else if (private) /* who speaks a vendor's own services most often is of that vendor's make */
    claim_vendor (m, &f.context[0], ISTH_CONFIDENCE_HINT);
  else if (service == 0)
    read_i_am (m, &f);
  else if (service == 1)
    read_i_have (m, &f);
  else
    read_who_am_i (m, &f);
  if (notice || answer)
    isth_emit_role (m->ctx, get_about (m), "bacnet-server");
  isth_emit_same_end (m->ctx, good);
  return good;
}
