/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Services of ANSI C12.22-2012 (5.3.2): named, with the table they act on; and what a meter says of itself in the answer to an identification or in
 * the tables 1 and 5 of ANSI C12.19. */
#include "analysis/dissectors/c1222-services.h"
#include "analysis/dissectors/secret.h"

#define N(array) (sizeof array / sizeof *array)

enum
{
  IDENTIFY = 0x20,
  FULL_READ = 0x30,
  OFFSET_READ = 0x3f,
  FULL_WRITE = 0x40,
  OFFSET_WRITE = 0x4f,
  LOGON = 0x50,
  SECURITY = 0x51,
};

enum
{
  TABLE_MANUFACTURER = 1,
  TABLE_DEVICE = 5,
  TABLE_PROCEDURE = 7,
  TABLE_CLOCK = 52,
};

static const struct
{
  uint8_t first, last;
  IsthOp verb;
  const char *name;
} services[] = {
  { 0x20, 0x20, ISTH_OP_IDENTIFY, "identification" },
  { 0x21, 0x21, ISTH_OP_OTHER, "terminate" },
  { 0x22, 0x22, ISTH_OP_OTHER, "disconnect" },
  { 0x24, 0x24, ISTH_OP_CONFIGURE, "deregistration" },
  { 0x25, 0x25, ISTH_OP_OTHER, "resolve" },
  { 0x26, 0x26, ISTH_OP_DIAGNOSE, "trace" },
  { 0x27, 0x27, ISTH_OP_OTHER, "registration" },
  { 0x30, 0x30, ISTH_OP_READ, "full-read" },
  { 0x31, 0x39, ISTH_OP_READ, "partial-read-index" },
  { 0x3e, 0x3e, ISTH_OP_READ, "default-read" },
  { 0x3f, 0x3f, ISTH_OP_READ, "partial-read-offset" },
  { 0x40, 0x40, ISTH_OP_WRITE, "full-write" },
  { 0x41, 0x49, ISTH_OP_WRITE, "partial-write-index" },
  { 0x4f, 0x4f, ISTH_OP_WRITE, "partial-write-offset" },
  { 0x50, 0x50, ISTH_OP_AUTHENTICATE, "logon" },
  { 0x51, 0x51, ISTH_OP_AUTHENTICATE, "security" },
  { 0x52, 0x52, ISTH_OP_OTHER, "logoff" },
  { 0x53, 0x53, ISTH_OP_AUTHENTICATE, "authenticate" },
  { 0x70, 0x70, ISTH_OP_OTHER, "wait" },
};

/* Standard procedures, started by a write to table 7 (C12.19, 9.2). */
static const struct
{
  IsthOp verb;
  const char *name;
} procedures[] = {
  { ISTH_OP_CONTROL, "cold start" },
  { ISTH_OP_CONTROL, "warm start" },
  { ISTH_OP_CONFIGURE, "save configuration" },
  { ISTH_OP_CONFIGURE, "clear data" },
  { ISTH_OP_CONFIGURE, "reset list pointers" },
  { ISTH_OP_OTHER, "update last read entry" },
  { ISTH_OP_CONTROL, "change end device mode" },
  { ISTH_OP_CONFIGURE, "clear standard status flags" },
  { ISTH_OP_CONFIGURE, "clear manufacturer status flags" },
  { ISTH_OP_CONTROL, "remote reset" },
  { ISTH_OP_TIME_SYNC, "set date and time" },
  { ISTH_OP_DIAGNOSE, "execute diagnostics" },
  { ISTH_OP_CONFIGURE, "activate all pending tables" },
  { ISTH_OP_CONFIGURE, "activate specific pending tables" },
  { ISTH_OP_CONFIGURE, "clear all pending tables" },
  { ISTH_OP_CONFIGURE, "clear specific pending tables" },
  { ISTH_OP_CONFIGURE, "start load profile" },
  { ISTH_OP_CONFIGURE, "stop load profile" },
  { ISTH_OP_AUTHENTICATE, "log in" },
  { ISTH_OP_OTHER, "log out" },
  { ISTH_OP_OTHER, "initiate an immediate call" },
  { ISTH_OP_CONTROL, "direct load control" },
  { ISTH_OP_WRITE, "modify credit" },
};

uint32_t
isth_c1222_read_length (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);
  uint32_t length = 0;

  if (first < 0x80)
    return first;
  if (first == 0x80 || first > 0x83)
    {
      c->failed = true;
      return 0;
    }
  for (uint8_t i = 0; i < (first & 0x7f); i++)
    length = length << 8 | isth_cursor_u8 (c);
  return length;
}

const char *
isth_c1222_format_oid (IsthCursor c,
                       bool relative,
                       char *text,
                       size_t size)
{
  uint32_t part = 0;
  bool first = !relative;
  char whole[ISTH_LIMIT_TEXT];

  text[0] = '\0';
  while (isth_cursor_left (&c) > 0)
    {
      uint8_t byte = isth_cursor_u8 (&c);

      if (part > UINT32_MAX >> 7)
        {
          text[0] = '\0';
          break;
        }
      part = part << 7 | (byte & 0x7f);
      if (byte & 0x80)
        continue;
      if (first)
        isth_text_format (whole, sizeof whole, "%u.%u", part < 80 ? part / 40 : 2, part < 80 ? part % 40 : part - 80);
      else
        isth_text_format (whole, sizeof whole, "%s.%u", text, part);
      isth_text_format (text, size, "%s", whole);
      first = false;
      part = 0;
    }
  return text;
}

IsthOp
isth_c1222_service_verb (uint8_t code)
{
  for (size_t i = 0; i < N (services); i++)
    if (code >= services[i].first && code <= services[i].last)
      return services[i].verb;
  return ISTH_OP_OTHER;
}

const char *
isth_c1222_service_name (uint8_t code)
{
  for (size_t i = 0; i < N (services); i++)
    if (code >= services[i].first && code <= services[i].last)
      return services[i].name;
  return "reserved-service";
}

const char *
isth_c1222_error (uint8_t code)
{
  static const char *const errors[] = {
    NULL,
    "rejected",
    "service not supported",
    "insufficient security clearance",
    "operation not possible",
    "inappropriate action requested",
    "device busy",
    "data not ready",
    "data locked",
    "renegotiation requested",
    "invalid service sequence",
    "security mechanism error",
    "unknown application title",
    "network time-out",
    "network not reachable",
    "request too large",
    "response too large",
    "segmentation not possible",
    "segmentation error",
  };

  return code < N (errors) ? errors[code] : "reserved error";
}

/* Table 7 names its procedure in the byte order of the meter, which only its table 0 tells: read is what makes sense in one order alone. */
static void
describe_procedure (IsthCursor c,
                    IsthOp *verb,
                    char *text,
                    size_t size)
{
  uint32_t low = isth_cursor_u8 (&c), high = isth_cursor_u8 (&c);
  uint32_t little = (high << 8 | low) & 0x0fff, big = (low << 8 | high) & 0x0fff;
  uint32_t number = little < N (procedures) ? little : big;

  if (c.failed)
    return;
  *verb = ISTH_OP_CONTROL;
  if (number >= N (procedures))
    {
      isth_text_format (text, size, "procedure of the manufacturer");
      return;
    }
  *verb = procedures[number].verb;
  isth_text_format (text, size, "procedure %u %s", number, procedures[number].name);
}

static void
describe_table (uint8_t code,
                IsthCursor c,
                IsthOp *verb,
                int *table,
                char *text,
                size_t size)
{
  uint16_t number = isth_cursor_be16 (&c), index = 0;
  bool writes = code >= FULL_WRITE;
  const char *own = number & 0x0800 ? "manufacturer table" : "table";
  uint32_t offset;

  if (c.failed)
    return;
  *table = number;
  if (!writes && (number == TABLE_MANUFACTURER || number == TABLE_DEVICE))
    *verb = ISTH_OP_IDENTIFY;
  if (writes && number == TABLE_CLOCK)
    *verb = ISTH_OP_TIME_SYNC;
  number &= 0x07ff;
  if (code == OFFSET_READ || code == OFFSET_WRITE)
    {
      offset = isth_cursor_be24 (&c);
      isth_text_format (text, size, "%s %u, %u bytes from %u", own, number, isth_cursor_be16 (&c), offset);
    }
  else if (code == FULL_READ || code == FULL_WRITE)
    isth_text_format (text, size, "%s %u", own, number);
  else
    {
      index = isth_cursor_be16 (&c);
      isth_text_format (text, size, "%s %u, from element %u", own, number, index);
    }
  if (code == FULL_WRITE && *table == TABLE_PROCEDURE)
    {
      isth_cursor_skip (&c, 2);
      describe_procedure (c, verb, text, size);
    }
}

void
isth_c1222_describe (uint8_t code,
                     IsthCursor c,
                     IsthOp *verb,
                     int *table,
                     char *text,
                     size_t size)
{
  const uint8_t *user;
  char name[16];
  uint16_t id;

  *table = -1;
  text[0] = '\0';
  if (code >= FULL_READ && code <= OFFSET_WRITE && code != 0x3e)
    describe_table (code, c, verb, table, text, size);
  else if (code == SECURITY && isth_cursor_wire_left (&c) >= 20)
    isth_text_format (text, size, "password in clear (%s)", isth_secret_class_of_field (isth_cursor_bytes (&c, 20), 20));
  else if (code == LOGON)
    {
      id = isth_cursor_be16 (&c);
      user = isth_cursor_bytes (&c, 10);
      if (user)
        isth_text_format (text, size, "user %u \"%s\"", id, isth_text_from_string (name, sizeof name, user, 10));
    }
}

/* Table 1: maker, model, versions, serial number (C12.19, 9.1.2); the latter as text or packed digits. */
static void
read_manufacturer (IsthDissectContext *ctx,
                   const IsthEndpoint *meter,
                   IsthCursor c)
{
  const uint8_t *maker = isth_cursor_bytes (&c, 4), *model = isth_cursor_bytes (&c, 8), *versions = isth_cursor_bytes (&c, 4);
  uint32_t n = isth_cursor_left (&c) >= 16 ? 16 : 8;
  const uint8_t *serial = isth_cursor_bytes (&c, n);
  char text[40];

  if (!serial)
    return;
  isth_emit_text (ctx, meter, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, maker, 4);
  isth_emit_text (ctx, meter, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, model, 8);
  isth_text_format (text, sizeof text, "%u.%u", versions[0], versions[1]);
  isth_emit_claim (ctx, meter, ISTH_ATTRIBUTE_HARDWARE, text, ISTH_CONFIDENCE_PARSED, versions, 2);
  isth_text_format (text, sizeof text, "%u.%u", versions[2], versions[3]);
  isth_emit_claim (ctx, meter, ISTH_ATTRIBUTE_FIRMWARE, text, ISTH_CONFIDENCE_PARSED, versions + 2, 2);
  if (isth_text_is_printable (serial, n))
    isth_text_from_string (text, sizeof text, serial, n);
  else
    isth_text_from_hex (text, sizeof text, serial, n);
  isth_emit_claim (ctx, meter, ISTH_ATTRIBUTE_SERIAL, text, ISTH_CONFIDENCE_PARSED, serial, n);
}

/* What a meter answers to an identification: standard, version and revision, then features (C12.22, 5.3.2.4.1). */
static void
read_identity (IsthDissectContext *ctx,
               const IsthEndpoint *meter,
               IsthCursor c)
{
  enum { END = 0, SECURITY_MECHANISM = 4, SESSION = 5, DEVICE_CLASS = 6, DEVICE_IDENTITY = 7 };
  char text[ISTH_LIMIT_TEXT];
  IsthCursor value;
  uint32_t n;

  isth_cursor_skip (&c, 3);
  while (!c.failed && isth_cursor_left (&c) > 0)
    switch (isth_cursor_u8 (&c))
      {
      case SECURITY_MECHANISM:
      case DEVICE_CLASS:
        isth_cursor_skip (&c, 1);
        n = isth_c1222_read_length (&c);
        isth_cursor_skip (&c, n);
        if (!c.failed && c.data[c.position - n - 3] == DEVICE_CLASS && n < 0x80)
          isth_emit_claim (ctx, meter, ISTH_ATTRIBUTE_DEVICE_TYPE_ID,
                           isth_c1222_format_oid (isth_cursor_new (c.data + c.position - n, n, n), false, text, sizeof text), ISTH_CONFIDENCE_PARSED,
                           c.data + c.position - n, n);
        break;
      case SESSION:
        isth_cursor_skip (&c, 1);
        break;
      case DEVICE_IDENTITY:
        value = isth_cursor_take (&c, isth_c1222_read_length (&c));
        isth_cursor_skip (&value, 1); /* its character format */
        n = isth_cursor_left (&value);
        if (c.failed || value.failed)
          return;
        if (isth_text_is_printable (value.data + value.position, n))
          isth_text_from_string (text, sizeof text, value.data + value.position, n);
        else
          isth_text_from_hex (text, sizeof text, value.data + value.position, n);
        isth_emit_claim (ctx, meter, ISTH_ATTRIBUTE_DEVICE_ID, text, ISTH_CONFIDENCE_PARSED, value.data + value.position, n);
        break;
      default: /* the end, or what is not known to have an end */
        return;
      }
}

void
isth_c1222_read_answer (IsthDissectContext *ctx,
                        const IsthEndpoint *meter,
                        uint8_t code,
                        int table,
                        IsthCursor c)
{
  IsthCursor data;
  const uint8_t *bytes;

  if (code == IDENTIFY)
    read_identity (ctx, meter, c);
  if (code != FULL_READ || (table != TABLE_MANUFACTURER && table != TABLE_DEVICE))
    return;
  data = isth_cursor_take (&c, isth_cursor_be16 (&c));
  if (table == TABLE_MANUFACTURER)
    read_manufacturer (ctx, meter, data);
  else if ((bytes = isth_cursor_bytes (&data, 20)))
    isth_emit_text (ctx, meter, ISTH_ATTRIBUTE_DEVICE_ID, ISTH_CONFIDENCE_PARSED, bytes, 20);
}
