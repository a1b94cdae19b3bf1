/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NTLMSSP: MS-NLMP 2.2.1. The message is looked for by its signature, since what stands around it (SPNEGO, padding) differs from protocol to protocol. */
#include "analysis/dissectors/ntlmssp.h"

#include <glib.h>
#include <string.h>

#define SIGNATURE "NTLMSSP"  /* with its NUL */
#define FARTHEST 1024        /* bytes in front of it that are looked through */
#define FLAG_UNICODE 0x00000001
#define FLAG_VERSION 0x02000000
#define MOST_PAIRS 16

/* Builds from which on a name holds; the last number of the version for those before Windows 10. */
static const struct
{
  uint8_t major, minor;
  uint16_t build;
  const char *name;
} systems[] = {
  { 5, 0, 0, "Windows 2000" },
  { 5, 1, 0, "Windows XP" },
  { 5, 2, 0, "Windows Server 2003 or XP x64" },
  { 6, 0, 0, "Windows Vista or Server 2008" },
  { 6, 1, 0, "Windows 7 or Server 2008 R2" },
  { 6, 2, 0, "Windows 8 or Server 2012" },
  { 6, 3, 0, "Windows 8.1 or Server 2012 R2" },
  { 10, 0, 0, "Windows 10" },
  { 10, 0, 14393, "Windows 10 1607 or Server 2016" },
  { 10, 0, 14394, "Windows 10" },
  { 10, 0, 17763, "Windows 10 1809 or Server 2019" },
  { 10, 0, 17764, "Windows 10" },
  { 10, 0, 20348, "Windows Server 2022" },
  { 10, 0, 22000, "Windows 11" },
  { 10, 0, 26100, "Windows 11 24H2 or Server 2025" },
};

const char *
isth_windows_name (char *text,
                   size_t size,
                   uint8_t major,
                   uint8_t minor,
                   uint16_t build)
{
  const char *name = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (systems); i++)
    if (systems[i].major == major && systems[i].minor == minor && systems[i].build <= build)
      name = systems[i].name;
  return isth_text_format (text, size, "Windows %u.%u.%u%s%s%s", major, minor, build, name ? " (" : "", name ? name : "", name ? ")" : "");
}

/* A security buffer: length, room, offset from the signature. */
static IsthCursor
take_buffer (IsthCursor *c,
             const IsthCursor *message)
{
  IsthCursor at = *message;
  uint16_t length = isth_cursor_le16 (c);
  uint32_t offset;

  isth_cursor_skip (c, 2);
  offset = isth_cursor_le32 (c);
  isth_cursor_skip (&at, offset);
  if (c->failed || at.failed)
    return isth_cursor_new (message->data, 0, 0);
  return isth_cursor_take (&at, length);
}

static const char *
buffer_text (char *text,
             size_t size,
             const IsthCursor *buffer,
             bool unicode)
{
  return unicode ? isth_text_from_utf16 (text, size, buffer->data, buffer->length & ~1u, false)
                 : isth_text_from_bytes (text, size, buffer->data, buffer->length);
}

static void
say (IsthDissectContext *ctx,
     IsthAttribute attribute,
     int confidence,
     const IsthCursor *buffer,
     bool unicode)
{
  char text[ISTH_LIMIT_TEXT];

  if (buffer->length > 0)
    isth_emit_claim (ctx, NULL, attribute, buffer_text (text, sizeof text, buffer, unicode), confidence, buffer->data, buffer->length);
}

static void
say_version (IsthDissectContext *ctx,
             IsthCursor *c,
             uint32_t flags)
{
  const uint8_t *at = c->data + c->position;
  uint8_t major = isth_cursor_u8 (c), minor = isth_cursor_u8 (c);
  uint16_t build = isth_cursor_le16 (c);
  char text[96];

  if (!c->failed && flags & FLAG_VERSION && major >= 5)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, isth_windows_name (text, sizeof text, major, minor, build), ISTH_CONFIDENCE_PARSED, at, 4);
}

/* 2.2.1.1; its names are seldom there. */
static void
read_negotiate (IsthDissectContext *ctx,
                IsthCursor *c,
                const IsthCursor *message)
{
  uint32_t flags = isth_cursor_le32 (c);
  IsthCursor domain = take_buffer (c, message), host = take_buffer (c, message);

  if (c->failed)
    return;
  say (ctx, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_PARSED, &domain, false);
  say (ctx, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, &host, false);
  say_version (ctx, c, flags);
}

/* 2.2.2.1: the names of the computer that challenges. One that is in no domain says its own name for it. */
static void
read_pairs (IsthDissectContext *ctx,
            IsthCursor pairs)
{
  static const IsthAttribute attributes[] = { [1] = ISTH_ATTRIBUTE_HOSTNAME, ISTH_ATTRIBUTE_DOMAIN, ISTH_ATTRIBUTE_HOSTNAME, ISTH_ATTRIBUTE_DOMAIN };

  for (int i = 0; i < MOST_PAIRS && isth_cursor_left (&pairs) > 0; i++)
    {
      uint16_t id = isth_cursor_le16 (&pairs), length = isth_cursor_le16 (&pairs);
      IsthCursor value = isth_cursor_take (&pairs, length);

      if (pairs.failed || id == 0)
        return;
      if (id < G_N_ELEMENTS (attributes))
        say (ctx, attributes[id], ISTH_CONFIDENCE_PARSED, &value, true);
    }
}

/* 2.2.1.2 */
static void
read_challenge (IsthDissectContext *ctx,
                IsthCursor *c,
                const IsthCursor *message)
{
  IsthCursor pairs;
  uint32_t flags;

  isth_cursor_skip (c, 8);
  flags = isth_cursor_le32 (c);
  isth_cursor_skip (c, 16);
  pairs = take_buffer (c, message);
  if (c->failed)
    return;
  read_pairs (ctx, pairs);
  say_version (ctx, c, flags);
}

/* 2.2.1.3 */
static void
read_authenticate (IsthDissectContext *ctx,
                   IsthCursor *c,
                   const IsthCursor *message,
                   char *user,
                   size_t size)
{
  IsthCursor domain, name, host;
  uint32_t flags;
  bool unicode;
  char where[96], who[96];

  isth_cursor_skip (c, 16);
  domain = take_buffer (c, message);
  name = take_buffer (c, message);
  host = take_buffer (c, message);
  isth_cursor_skip (c, 8);
  flags = isth_cursor_le32 (c);
  if (c->failed)
    return;
  unicode = flags & FLAG_UNICODE;
  say (ctx, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, &host, unicode);
  say_version (ctx, c, flags);
  buffer_text (where, sizeof where, &domain, unicode);
  buffer_text (who, sizeof who, &name, unicode);
  if (who[0])
    isth_text_format (user, size, "user “%s%s%s”", where, where[0] ? "\\" : "", who);
  else
    isth_text_format (user, size, "anonymous");
}

/* Where the message starts in @blob. */
static bool
find_message (IsthCursor blob,
              IsthCursor *message)
{
  for (uint32_t i = 0; i < FARTHEST && isth_cursor_left (&blob) >= sizeof SIGNATURE; i++)
    {
      if (memcmp (blob.data + blob.position, SIGNATURE, sizeof SIGNATURE) == 0)
        {
          *message = isth_cursor_rest (&blob);
          return true;
        }
      isth_cursor_skip (&blob, 1);
    }
  return false;
}

IsthNtlmsspKind
isth_ntlmssp_read (IsthDissectContext *ctx,
                   IsthCursor blob,
                   char *user,
                   size_t size)
{
  IsthCursor message, c;
  uint32_t kind;

  user[0] = '\0';
  if (!find_message (blob, &message))
    return ISTH_NTLMSSP_NONE;
  c = message;
  isth_cursor_skip (&c, sizeof SIGNATURE);
  kind = isth_cursor_le32 (&c);
  switch (kind)
    {
    case ISTH_NTLMSSP_NEGOTIATE:
      read_negotiate (ctx, &c, &message);
      break;
    case ISTH_NTLMSSP_CHALLENGE:
      read_challenge (ctx, &c, &message);
      break;
    case ISTH_NTLMSSP_AUTHENTICATE:
      read_authenticate (ctx, &c, &message, user, size);
      break;
    default:
      return ISTH_NTLMSSP_NONE;
    }
  return (IsthNtlmsspKind) kind;
}
