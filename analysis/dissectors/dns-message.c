/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking DNS messages: names with compression, questions, records.
 * RFC 1035, 4.1; RFC 3596; RFC 2782. */
#include "analysis/dissectors/dns-message.h"

#include <glib.h>

#define HEADER 12
#define LONGEST_NAME 255 /* RFC 1035, 2.3.4 */

static const struct
{
  uint16_t type;
  const char *name;
} types[] = {
  { 1, "A" },      { 2, "NS" },      { 5, "CNAME" },  { 6, "SOA" },         { 10, "NULL" },
  { 12, "PTR" },   { 13, "HINFO" },  { 15, "MX" },    { 16, "TXT" },        { 24, "SIG" },
  { 25, "KEY" },   { 28, "AAAA" },   { 29, "LOC" },   { 32, "NB" },         { 33, "SRV" },
  { 35, "NAPTR" }, { 39, "DNAME" },  { 41, "OPT" },   { 43, "DS" },         { 46, "RRSIG" },
  { 47, "NSEC" },  { 48, "DNSKEY" }, { 50, "NSEC3" }, { 51, "NSEC3PARAM" }, { 52, "TLSA" },
  { 64, "SVCB" },  { 65, "HTTPS" },  { 249, "TKEY" }, { 250, "TSIG" },      { 251, "IXFR" },
  { 252, "AXFR" }, { 255, "ANY" },   { 257, "CAA" },
};

static const char *
get_type_name (uint16_t type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return types[i].name;
  return NULL;
}

bool
isth_dns_reader_init (IsthDnsReader *self,
                      IsthCursor message)
{
  *self = (IsthDnsReader){ .cursor = message };
  self->id = isth_cursor_be16 (&self->cursor);
  self->flags = isth_cursor_be16 (&self->cursor);
  for (size_t i = 0; i < ISTH_DNS_N_SECTIONS; i++)
    self->counts[i] = isth_cursor_be16 (&self->cursor);
  self->left = self->counts[ISTH_DNS_QUESTION];
  return !self->cursor.failed;
}

static bool
fail (IsthCursor *c,
      const IsthCursor *reader)
{
  c->failed = true;
  c->cut = reader->cut;
  return false;
}

bool
isth_dns_read_name (IsthCursor *c,
                    IsthDnsName *name)
{
  IsthCursor reader = *c;
  uint32_t lowest = c->position; /* each pointer goes further back than the one before: no loop */
  uint32_t end = 0;
  unsigned jumps = 0;

  name->length = 0;
  name->first = 0;
  for (;;)
    {
      uint8_t size = isth_cursor_u8 (&reader);
      const uint8_t *label;

      if (size >= 0xc0)
        {
          uint32_t target = (uint32_t) (size & 0x3f) << 8 | isth_cursor_u8 (&reader);

          if (reader.failed || target < HEADER || target >= lowest
              || ++jumps > ISTH_LIMIT_NAME_JUMPS)
            return fail (c, &reader);
          if (jumps == 1)
            end = reader.position;
          lowest = target;
          reader.position = target;
          continue;
        }
      label = isth_cursor_bytes (&reader, size);
      if (reader.failed || size > 63 || name->length + size + 1 > LONGEST_NAME)
        return fail (c, &reader);
      if (size == 0)
        break;
      if (name->length > 0)
        name->bytes[name->length++] = '.';
      else
        name->first = size;
      memcpy (name->bytes + name->length, label, size);
      name->length = (uint16_t) (name->length + size);
    }
  c->position = jumps > 0 ? end : reader.position;
  return true;
}

bool
isth_dns_reader_next (IsthDnsReader *self,
                      IsthDnsRecord *record)
{
  IsthCursor *c = &self->cursor;
  uint32_t start = c->position;

  while (self->left == 0)
    {
      if (self->section == ISTH_DNS_ADDITIONAL)
        return false;
      self->section++;
      self->left = self->counts[self->section];
    }
  self->left--;

  record->section = self->section;
  if (!isth_dns_read_name (c, &record->name))
    return false;
  record->type = isth_cursor_be16 (c);
  record->class = isth_cursor_be16 (c);
  record->data = *c;
  isth_cursor_limit (&record->data, 0);
  if (self->section != ISTH_DNS_QUESTION)
    {
      uint16_t length;

      isth_cursor_skip (c, 4); /* time to live */
      length = isth_cursor_be16 (c);
      record->data = *c;
      isth_cursor_limit (&record->data, length);
      isth_cursor_skip (c, length);
    }
  record->at = c->data + start;
  record->length = c->position - start;
  return !c->failed;
}

const char *
isth_dns_name_text (const IsthDnsName *name,
                    char text[ISTH_LIMIT_TEXT])
{
  return isth_text_from_bytes (text, ISTH_LIMIT_TEXT, name->bytes, name->length);
}

bool
isth_dns_record_address (const IsthDnsRecord *record,
                         IsthAddress *address)
{
  IsthCursor data = record->data;
  uint32_t size = isth_cursor_wire_left (&data);
  const uint8_t *bytes = isth_cursor_bytes (&data, size);

  if (!bytes || ISTH_DNS_CLASS (record->class) != 1)
    return false;
  if (record->type == ISTH_DNS_A && size == 4)
    *address = isth_address_ipv4 (bytes);
  else if (record->type == ISTH_DNS_AAAA && size == 16)
    *address = isth_address_ipv6 (bytes);
  else
    return false;
  return true;
}

static bool
ends_with (const IsthDnsName *name,
           const char *suffix,
           size_t *front)
{
  size_t n = strlen (suffix);

  if (name->length <= n
      || g_ascii_strncasecmp ((const char *) name->bytes + name->length - n, suffix, n) != 0)
    return false;
  *front = name->length - n;
  return true;
}

/* "7.2.0.10" backwards. */
static bool
read_reverse_ipv4 (const uint8_t *text,
                   size_t n,
                   uint8_t bytes[4])
{
  size_t i = 0;

  for (int part = 3; part >= 0; part--)
    {
      unsigned value = 0;
      size_t digits = 0;

      while (i < n && g_ascii_isdigit (text[i]) && digits < 3)
        {
          value = value * 10 + (unsigned) (text[i++] - '0');
          digits++;
        }
      if (digits == 0 || value > 255 || (part > 0 && (i >= n || text[i++] != '.')))
        return false;
      bytes[part] = (uint8_t) value;
    }
  return i == n;
}

bool
isth_dns_name_address (const IsthDnsName *name,
                       IsthAddress *address)
{
  uint8_t bytes[16] = { 0 };
  size_t front;

  if (ends_with (name, ".in-addr.arpa", &front) && read_reverse_ipv4 (name->bytes, front, bytes))
    {
      *address = isth_address_ipv4 (bytes);
      return true;
    }
  if (!ends_with (name, ".ip6.arpa", &front) || front != 63)
    return false;
  for (size_t i = 0; i < 32; i++)
    {
      int digit = g_ascii_xdigit_value ((char) name->bytes[2 * i]);

      if (digit < 0 || (i < 31 && name->bytes[2 * i + 1] != '.'))
        return false;
      bytes[15 - i / 2] |= (uint8_t) (i % 2 ? digit << 4 : digit);
    }
  *address = isth_address_ipv6 (bytes);
  return true;
}

bool
isth_dns_name_is_service (const IsthDnsName *name)
{
  for (size_t i = 0; i < name->length; i++)
    if (name->bytes[i] == '_' && (i == 0 || name->bytes[i - 1] == '.'))
      return true;
  return false;
}

const char *
isth_dns_question_text (const IsthDnsRecord *question,
                        char text[ISTH_LIMIT_TEXT])
{
  const char *type = get_type_name (question->type);
  char name[ISTH_LIMIT_TEXT];

  isth_dns_name_text (&question->name, name);
  if (type)
    return isth_text_format (text, ISTH_LIMIT_TEXT, "%s %s", name[0] ? name : ".", type);
  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s TYPE%u", name[0] ? name : ".",
                           question->type);
}

/* Whether @record is of a class in use and of a type that was ever given out. */
static bool
record_is_usual (const IsthDnsRecord *record)
{
  uint16_t class = ISTH_DNS_CLASS (record->class);

  if (!get_type_name (record->type))
    return false;
  /* EDNS keeps a size there (RFC 6891, 6.1.2); updates use NONE and ANY (RFC 2136). */
  return record->type == 41 || class == 1 || class == 3 || class == 254 || class == 255;
}

IsthProbe
isth_dns_probe (IsthCursor message)
{
  IsthDnsReader reader;
  IsthDnsRecord record;
  bool any = false;

  if (!isth_dns_reader_init (&reader, message) || reader.counts[ISTH_DNS_QUESTION] > 64)
    return ISTH_PROBE_NO;
  while (isth_dns_reader_next (&reader, &record))
    {
      if (!record_is_usual (&record))
        return ISTH_PROBE_NO;
      any = true;
    }
  if (reader.cursor.failed)
    return reader.cursor.cut && any ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  if (!any)
    return ISTH_PROBE_NO;
  return isth_cursor_wire_left (&reader.cursor) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}
