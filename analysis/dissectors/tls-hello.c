/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS hellos: RFC 8446, 4.1.2 to 4.2; RFC 5246, 7.4.1; RFC 6066 (server name), RFC 7301 (ALPN). */
#include "analysis/dissectors/tls-hello.h"

#include <glib.h>
#include <stdlib.h>

#include "analysis/base/text.h"

enum
{
  EXTENSION_SERVER_NAME = 0,
  EXTENSION_GROUPS = 10,
  EXTENSION_POINTS = 11,
  EXTENSION_SIGNATURES = 13,
  EXTENSION_ALPN = 16,
  EXTENSION_VERSIONS = 43,
};

/* RFC 8701: 0x0a0a, 0x1a1a … */
static bool
is_grease (uint16_t number)
{
  return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
}

static IsthCursor
take_16 (IsthCursor *c)
{
  return isth_cursor_take (c, isth_cursor_be16 (c));
}

static void
read_versions (IsthTlsHello *self,
               IsthCursor value,
               bool client)
{
  bool datagram = self->legacy >> 8 == 0xfe; /* counted downwards */
  uint16_t best = 0;

  if (client)
    isth_cursor_skip (&value, 1);
  while (isth_cursor_left (&value) >= 2)
    {
      uint16_t version = isth_cursor_be16 (&value);

      if (!is_grease (version) && version >> 8 == (datagram ? 0xfe : 3))
        best = !datagram || best == 0 ? MAX (best, version) : MIN (best, version);
    }
  if (best)
    self->version = best;
}

static void
read_extension (IsthTlsHello *self,
                uint16_t type,
                IsthCursor value,
                bool client)
{
  switch (type)
    {
    case EXTENSION_SERVER_NAME:
      self->has_host = true;
      isth_cursor_skip (&value, 3);
      self->host = take_16 (&value);
      break;
    case EXTENSION_GROUPS:
      self->groups = take_16 (&value);
      break;
    case EXTENSION_POINTS:
      self->points = isth_cursor_take (&value, isth_cursor_u8 (&value));
      break;
    case EXTENSION_SIGNATURES:
      self->signatures = take_16 (&value);
      break;
    case EXTENSION_ALPN:
      isth_cursor_skip (&value, 2);
      self->protocol = isth_cursor_take (&value, isth_cursor_u8 (&value));
      break;
    case EXTENSION_VERSIONS:
      read_versions (self, value, client);
      break;
    default:
      break;
    }
}

bool
isth_tls_read_hello (IsthTlsHello *self,
                     IsthCursor body,
                     bool client)
{
  IsthCursor extensions;

  *self = (IsthTlsHello) { .version = isth_cursor_be16 (&body) };
  self->legacy = self->version;
  isth_cursor_skip (&body, 32);
  isth_cursor_skip (&body, isth_cursor_u8 (&body));
  if (client && self->version >> 8 == 0xfe)
    isth_cursor_skip (&body, isth_cursor_u8 (&body)); /* the cookie: RFC 6347, 4.2.1 */
  if (client)
    {
      self->ciphers = take_16 (&body);
      isth_cursor_skip (&body, isth_cursor_u8 (&body));
    }
  else
    {
      self->ciphers = isth_cursor_take (&body, 2);
      isth_cursor_skip (&body, 1);
    }
  if (body.failed || (self->version >> 8 != 3 && self->version >> 8 != 0xfe))
    return false;
  if (isth_cursor_left (&body) < 2)
    return true;
  extensions = take_16 (&body);
  while (isth_cursor_left (&extensions) >= 4)
    {
      uint16_t type = isth_cursor_be16 (&extensions);
      IsthCursor value = take_16 (&extensions);

      if (extensions.failed)
        break;
      if (self->n_extensions < ISTH_TLS_EXTENSIONS)
        self->extensions[self->n_extensions++] = type;
      read_extension (self, type, value, client);
    }
  return true;
}

const char *
isth_tls_version_name (uint16_t version)
{
  static const char *const names[] = { "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3" };
  static const char *const datagrams[] = { "DTLS 1.0", "unknown version", "DTLS 1.2", "DTLS 1.3" };

  if (version >> 8 == 0xfe && (0xff - (version & 0xff)) < (int) G_N_ELEMENTS (datagrams))
    return datagrams[0xff - (version & 0xff)];
  return version >> 8 == 3 && (version & 0xff) < G_N_ELEMENTS (names) ? names[version & 0xff] : "unknown version";
}

/* "a-b-c" in decimal; @width 1 or 2 bytes a number. */
static void
add_decimal (GString *text,
             IsthCursor list,
             uint32_t width)
{
  bool first = true;

  while (isth_cursor_left (&list) >= width)
    {
      uint16_t number = width == 1 ? isth_cursor_u8 (&list) : isth_cursor_be16 (&list);

      if (width == 2 && is_grease (number))
        continue;
      g_string_append_printf (text, "%s%u", first ? "" : "-", number);
      first = false;
    }
}

void
isth_tls_ja3 (const IsthTlsHello *self,
              char text[ISTH_FINGERPRINT_TEXT])
{
  g_autoptr(GString) words = g_string_new (NULL);
  bool first = true;

  g_string_append_printf (words, "%u,", self->legacy);
  add_decimal (words, self->ciphers, 2);
  g_string_append_c (words, ',');
  for (uint32_t i = 0; i < self->n_extensions; i++)
    if (!is_grease (self->extensions[i]))
      {
        g_string_append_printf (words, "%s%u", first ? "" : "-", self->extensions[i]);
        first = false;
      }
  g_string_append_c (words, ',');
  add_decimal (words, self->groups, 2);
  g_string_append_c (words, ',');
  add_decimal (words, self->points, 1);
  isth_fingerprint_md5 (text, words->str, words->len);
}

static int
compare_numbers (const void *a,
                 const void *b)
{
  return *(const uint16_t *) a - *(const uint16_t *) b;
}

/* "001f,0020": four hex digits each. */
static void
add_hex (GString *text,
         const uint16_t *numbers,
         uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    g_string_append_printf (text, "%s%04x", i ? "," : "", numbers[i]);
}

/* Numbers of a list without GREASE. */
static uint32_t
list_numbers (IsthCursor list,
              uint16_t numbers[ISTH_TLS_CIPHERS])
{
  uint32_t n = 0;

  while (isth_cursor_left (&list) >= 2 && n < ISTH_TLS_CIPHERS)
    {
      uint16_t number = isth_cursor_be16 (&list);

      if (!is_grease (number))
        numbers[n++] = number;
    }
  return n;
}

/* Two digits, 99 for more; first and last character of the protocol, "00" for none. */
static void
add_counts (GString *text,
            const IsthTlsHello *self,
            uint32_t n_ciphers,
            uint32_t n_extensions)
{
  const uint8_t *p = self->protocol.data;
  uint32_t n = self->protocol.length;

  g_string_append_printf (text, "%02u%02u", MIN (n_ciphers, 99), MIN (n_extensions, 99));
  if (n == 0)
    g_string_append (text, "00");
  else if (g_ascii_isalnum (p[0]) && g_ascii_isalnum (p[n - 1]))
    g_string_append_printf (text, "%c%c", p[0], p[n - 1]);
  else
    g_string_append_printf (text, "%x%x", p[0] >> 4, p[n - 1] & 0xf);
}

void
isth_tls_ja4 (const IsthTlsHello *self,
              char transport,
              char text[ISTH_JA4_TEXT])
{
  static const char *const versions[] = { "s3", "10", "11", "12", "13" };
  g_autoptr(GString) head = g_string_new (NULL), list = g_string_new (NULL);
  uint16_t numbers[ISTH_TLS_CIPHERS], kept[ISTH_TLS_EXTENSIONS];
  uint32_t n = list_numbers (self->ciphers, numbers), n_kept = 0, n_extensions = 0;
  char ciphers[ISTH_FINGERPRINT_TEXT], extensions[ISTH_FINGERPRINT_TEXT];

  for (uint32_t i = 0; i < self->n_extensions; i++)
    if (!is_grease (self->extensions[i]))
      {
        n_extensions++;
        if (self->extensions[i] != EXTENSION_SERVER_NAME && self->extensions[i] != EXTENSION_ALPN)
          kept[n_kept++] = self->extensions[i];
      }
  if (self->version >> 8 == 0xfe)
    g_string_append_printf (head, "%cd%c%c", transport, self->version == 0xfeff ? '1' : self->version == 0xfefd ? '2' : '3', self->has_host ? 'd' : 'i');
  else
    g_string_append_printf (head, "%c%s%c", transport,
                            self->version >> 8 == 3 && (self->version & 0xff) < G_N_ELEMENTS (versions) ? versions[self->version & 0xff] : "00",
                            self->has_host ? 'd' : 'i');
  add_counts (head, self, n, n_extensions);

  qsort (numbers, n, sizeof numbers[0], compare_numbers);
  add_hex (list, numbers, n);
  isth_fingerprint_sha256 (ciphers, list->str, list->len);

  g_string_truncate (list, 0);
  qsort (kept, n_kept, sizeof kept[0], compare_numbers);
  add_hex (list, kept, n_kept);
  if (self->signatures.length > 0)
    {
      g_string_append_c (list, '_');
      n = list_numbers (self->signatures, numbers);
      add_hex (list, numbers, n);
    }
  isth_fingerprint_sha256 (extensions, list->str, list->len);
  isth_text_format (text, ISTH_JA4_TEXT, "%s_%.12s_%.12s", head->str, n_kept || self->ciphers.length ? ciphers : "000000000000",
                    n_kept ? extensions : "000000000000");
}
