/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Google's QUIC ("QUIC Wire Layout Specification" and "QUIC Crypto", of 2016): the public header up to Q043, the long one of Q046 and later; the tags of a client's
 * hello. What a server says is not read. */
#include "analysis/dissectors/quic-google.h"

#include <glib.h>
#include <string.h>

#define FLAG_VERSION 0x01
#define FLAG_CONNECTION 0x08 /* eight bytes of it */
#define FLAGS_RESERVED 0xc0
#define LOOK_AHEAD 64        /* the hello begins so soon behind the version */
#define MOST_TAGS 64

bool
isth_gquic_read_header (IsthCursor *c,
                        char version[ISTH_GQUIC_VERSION])
{
  uint8_t flags = isth_cursor_u8 (c);
  const uint8_t *b;

  if (flags < 0x80 && ((flags & FLAGS_RESERVED) != 0 || !(flags & FLAG_VERSION) || !(flags & FLAG_CONNECTION)))
    return false;
  if (flags >= 0x80 && flags < 0xc0)
    return false;
  isth_cursor_skip (c, flags < 0x80 ? 8 : 0);
  b = isth_cursor_bytes (c, 4);
  if (!b || (b[0] != 'Q' && b[0] != 'T') || b[1] != '0' || !g_ascii_isdigit (b[2]) || !g_ascii_isdigit (b[3]))
    return false;
  memcpy (version, b, 4);
  version[4] = '\0';
  return true;
}

/* Where the tags of a client's hello are; false when it is encrypted, or something else. */
static bool
find_hello (IsthCursor *c)
{
  uint32_t left = MIN (isth_cursor_left (c), LOOK_AHEAD);
  const uint8_t *start = c->data + c->position;

  for (uint32_t i = 0; i + 4 <= left; i++)
    if (memcmp (start + i, "CHLO", 4) == 0)
      {
        isth_cursor_skip (c, i + 4);
        return true;
      }
  return false;
}

void
isth_gquic_read_hello (IsthDissectContext *ctx,
                       IsthCursor c,
                       const char *version)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  char host[160] = "", object[ISTH_LIMIT_TEXT];
  IsthCursor values;
  uint32_t before = 0;
  uint16_t n = 0;

  if (find_hello (&c))
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      n = isth_cursor_le16 (&c);
      isth_cursor_skip (&c, 2);
    }
  values = c;
  isth_cursor_skip (&values, 8u * n);
  for (uint16_t i = 0; i < MIN (n, MOST_TAGS); i++)
    {
      const uint8_t *tag = isth_cursor_bytes (&c, 4);
      uint32_t end = isth_cursor_le32 (&c);
      IsthCursor value;

      if (!tag || c.failed || end < before)
        break;
      value = isth_cursor_take (&values, end - before);
      before = end;
      if (values.failed || value.length < value.wire)
        break;
      if (memcmp (tag, "SNI", 4) == 0)
        {
          isth_text_from_bytes (host, sizeof host, value.data, value.length);
          isth_emit_text (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_REPORTED, value.data, value.length);
        }
      else if (memcmp (tag, "UAID", 4) == 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, value.data, value.length);
    }
  isth_text_format (object, sizeof object, "Google QUIC %s%s%s", version, host[0] ? ", " : "", host);
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "hello", .object = object });
}
