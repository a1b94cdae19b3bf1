/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X.509 certificates in DER: RFC 5280, 4.1. */
#include "analysis/dissectors/x509.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/base/time.h"
#include "analysis/dissectors/ber.h"

#define SEQUENCE 0x30
#define SET 0x31
#define OBJECT_ID 0x06
#define VERSION 0xa0
#define UTC_TIME 0x17
#define BMP_STRING 0x1e
#define COMMON_NAME 3
#define COUNTRY 6
#define OCTET_STRING 0x04
#define EXTENSIONS 0xa3
#define HOST_NAME 0x82
#define DIRECTORY_NAME 0xa4
#define MOST_PARTS 24 /* of a name */
#define MOST_NAMES 8 /* of hosts: large ones have a hundred */
#define MOST_EXTENSIONS 32

/* The number of an attribute of names: the last octet of 2.5.4.N (RFC 5280, A.1); 0 for others. */
static uint8_t
name_attribute (const IsthCursor *id)
{
  return id->length == 3 && id->data[0] == 0x55 && id->data[1] == 0x04 ? id->data[2] : 0;
}

static const char *
string_text (char *text,
             size_t size,
             uint32_t tag,
             const IsthCursor *value)
{
  return tag == BMP_STRING ? isth_text_from_utf16 (text, size, value->data, value->length & ~1u, true)
                           : isth_text_from_bytes (text, size, value->data, value->length);
}

/* 4.1.2.4: a sequence of sets of pairs. @ctx NULL: nothing is said. @common: the last common name, as text; "" when there is none. */
static bool
read_name (IsthDissectContext *ctx,
           IsthCursor name,
           int confidence,
           char *common,
           size_t size)
{
  IsthCursor set, pair, id, value;
  char text[ISTH_LIMIT_TEXT];
  uint32_t tag;
  int n = 0;

  common[0] = '\0';
  while (n++ < MOST_PARTS && isth_ber_next (&name, &tag, &set))
    {
      uint8_t attribute;

      if (tag != SET || !isth_ber_next (&set, &tag, &pair) || tag != SEQUENCE || !isth_ber_next (&pair, &tag, &id) || tag != OBJECT_ID ||
          !isth_ber_next (&pair, &tag, &value))
        return false;
      attribute = name_attribute (&id);
      string_text (text, sizeof text, tag, &value);
      if (attribute == COMMON_NAME)
        isth_text_format (common, size, "%s", text);
      if (ctx && attribute != 0 && attribute != COUNTRY)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CERTIFICATE_NAME, text, attribute == COMMON_NAME ? confidence : MIN (confidence, ISTH_CONFIDENCE_BANNER),
                         value.data, value.length);
    }
  return !name.failed;
}

/* 4.2.1.6: other names of the subject: of hosts (@own only: an authority's do not concern the sender), and whole ones. */
static void
read_other_names (IsthDissectContext *ctx,
                  IsthCursor names,
                  bool own)
{
  char common[160];
  IsthCursor name, inner;
  uint32_t tag;

  for (int i = 0; i < MOST_NAMES && isth_ber_next (&names, &tag, &name); i++)
    if (tag == HOST_NAME && own)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_CERTIFICATE_NAME, ISTH_CONFIDENCE_PARSED, name.data, name.length);
    else if (tag == DIRECTORY_NAME && isth_ber_next (&name, &tag, &inner) && tag == SEQUENCE)
      read_name (ctx, inner, ISTH_CONFIDENCE_BANNER, common, sizeof common);
}

/* 4.2: what stands behind the key: unique ids, and extensions, of which the other names are looked for. */
static void
read_extensions (IsthDissectContext *ctx,
                 IsthCursor tbs,
                 bool own)
{
  static const uint8_t other_names[] = { 0x55, 0x1d, 0x11 };
  IsthCursor part, list, extension, id, value;
  uint32_t tag;

  while (isth_ber_next (&tbs, &tag, &part))
    if (tag == EXTENSIONS && isth_ber_next (&part, &tag, &list) && tag == SEQUENCE)
      for (int i = 0; i < MOST_EXTENSIONS && isth_ber_next (&list, &tag, &extension); i++)
        {
          if (!isth_ber_next (&extension, &tag, &id) || tag != OBJECT_ID || id.length != sizeof other_names ||
              memcmp (id.data, other_names, sizeof other_names) != 0)
            continue;
          while (isth_ber_next (&extension, &tag, &value))
            if (tag == OCTET_STRING && isth_ber_next (&value, &tag, &part) && tag == SEQUENCE)
              read_other_names (ctx, part, own);
        }
}

/* 4.1.2.5: "2026-11-23"; "" when it is no time. */
static const char *
time_text (char *text,
           size_t size,
           uint32_t tag,
           const IsthCursor *value)
{
  const char *d = (const char *) value->data;
  bool utc = tag == UTC_TIME;
  uint32_t digits = utc ? 6 : 8;

  text[0] = '\0';
  if (value->length < digits)
    return text;
  for (uint32_t i = 0; i < digits; i++)
    if (!g_ascii_isdigit (d[i]))
      return text;
  if (utc)
    return isth_text_format (text, size, "%s%.2s-%.2s-%.2s", d[0] >= '5' ? "19" : "20", d, d + 2, d + 4);
  return isth_text_format (text, size, "%.4s-%.2s-%.2s", d, d + 4, d + 6);
}

/* Days since 1970 of a date in the Gregorian calendar. */
static int64_t
count_days (int year,
            int month,
            int day)
{
  int64_t from_march = year - (month <= 2), of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return from_march * 365 + from_march / 4 - from_march / 100 + from_march / 400 + of_year - 719468;
}

/* Whether the frame was captured after @end, a text of time_text(). Without a time, or with one that counts from the start of the recording, it was not. */
static bool
is_expired (IsthDissectContext *ctx,
            const char *end)
{
  int64_t time = isth_context_packet (ctx)->time;

  if (time == ISTH_NO_TIME || strlen (end) != 10)
    return false;
  return time / (INT64_C (86400) * 1000000000) > count_days (atoi (end), atoi (end + 5), atoi (end + 8));
}

static void
say_whole (IsthDissectContext *ctx,
           const IsthCursor *der,
           const char *subject,
           const char *issuer,
           bool self_signed,
           const IsthCursor *validity)
{
  IsthCursor times = *validity, from, to;
  char text[ISTH_LIMIT_TEXT], start[16], end[16];
  uint32_t tag;

  if (!isth_ber_next (&times, &tag, &from))
    return;
  time_text (start, sizeof start, tag, &from);
  if (!isth_ber_next (&times, &tag, &to))
    return;
  time_text (end, sizeof end, tag, &to);
  isth_text_format (text, sizeof text, "certificate of %s, %s%s, valid from %s to %s%s", subject[0] ? subject : "nobody", self_signed ? "self-signed" : "issued by ",
                    self_signed ? "" : issuer, start, end, is_expired (ctx, end) ? ", expired" : "");
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, text, ISTH_CONFIDENCE_BANNER, der->data, der->length);
}

bool
isth_x509_get_user (IsthCursor der,
                    char *text,
                    size_t size)
{
  IsthCursor certificate, tbs, part;
  uint32_t tag;

  text[0] = '\0';
  if (!isth_ber_next (&der, &tag, &certificate) || tag != SEQUENCE || !isth_ber_next (&certificate, &tag, &tbs) || tag != SEQUENCE)
    return false;
  if (!isth_ber_next (&tbs, &tag, &part) || (tag == VERSION && !isth_ber_next (&tbs, &tag, &part)))
    return false;
  for (int i = 0; i < 4; i++) /* how it is signed, the issuer, how long, the subject */
    if (!isth_ber_next (&tbs, &tag, &part))
      return false;
  return tag == SEQUENCE && read_name (NULL, part, 0, text, size) && text[0];
}

bool
isth_x509_read (IsthDissectContext *ctx,
                IsthCursor der,
                bool own)
{
  IsthCursor whole = der, certificate, tbs, part, issuer, validity, subject;
  char subject_name[160], issuer_name[160];
  uint32_t tag;

  if (!isth_ber_next (&der, &tag, &certificate) || tag != SEQUENCE || !isth_ber_next (&certificate, &tag, &tbs) || tag != SEQUENCE)
    return false;
  if (!isth_ber_next (&tbs, &tag, &part))
    return false;
  if (tag == VERSION && !isth_ber_next (&tbs, &tag, &part)) /* the serial number */
    return false;
  if (!isth_ber_next (&tbs, &tag, &part) || !isth_ber_next (&tbs, &tag, &issuer) || tag != SEQUENCE || !isth_ber_next (&tbs, &tag, &validity) ||
      !isth_ber_next (&tbs, &tag, &subject) || tag != SEQUENCE)
    return false;
  if (!read_name (ctx, subject, own ? ISTH_CONFIDENCE_PARSED : ISTH_CONFIDENCE_BANNER, subject_name, sizeof subject_name) ||
      !read_name (ctx, issuer, ISTH_CONFIDENCE_BANNER, issuer_name, sizeof issuer_name))
    return false;
  if (own)
    say_whole (ctx, &whole, subject_name, issuer_name, subject.length == issuer.length && memcmp (subject.data, issuer.data, issuer.length) == 0,
               &validity);
  read_extensions (ctx, tbs, own);
  return true;
}
