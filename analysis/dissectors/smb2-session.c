/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a connection of SMB 2 begins (MS-SMB2, 2.2.3 to 2.2.6): dialects, signing, the server's own number, logins. */
#include "analysis/dissectors/smb2-message.h"

#include <string.h>

#include "analysis/dissectors/dcerpc.h"
#include "analysis/dissectors/gss.h"

#define MOST_DIALECTS 16
#define MOST_CONTEXTS 16
#define SESSION_GUEST 0x0001

static const char *
dialect_name (uint16_t dialect)
{
  switch (dialect)
    {
    case 0x0202:
      return "SMB 2.0.2";
    case 0x0210:
      return "SMB 2.1";
    case 0x02ff:
      return "SMB 2";
    case 0x0300:
      return "SMB 3.0";
    case 0x0302:
      return "SMB 3.0.2";
    case 0x0311:
      return "SMB 3.1.1";
    default:
      return "unknown dialect";
    }
}

/* 2.2.3, 2.2.3.1.4 */
bool
isth_smb2_ask_negotiate (Smb2Message *m)
{
  IsthCursor *c = &m->c;
  IsthEndpoint server = isth_context_receiver (m->ctx);
  uint16_t n, first = 0, last = 0, contexts;
  uint32_t offset;
  char object[64], text[ISTH_LIMIT_TEXT];
  IsthCursor list;

  isth_cursor_skip (c, 2);
  n = isth_cursor_le16 (c);
  isth_cursor_skip (c, 24); /* security mode, capabilities, client */
  offset = isth_cursor_le32 (c);
  contexts = isth_cursor_le16 (c);
  isth_cursor_skip (c, 2);
  for (int i = 0; i < MIN (n, MOST_DIALECTS) && !c->failed; i++)
    {
      last = isth_cursor_le16 (c);
      first = i == 0 ? last : first;
    }
  if (c->failed)
    return false;
  isth_text_format (object, sizeof object, "%s%s%s", dialect_name (first), n > 1 ? " to " : "", n > 1 ? dialect_name (last) : "");
  isth_emit_role (m->ctx, NULL, "smb-client");
  isth_smb2_ask (m, ISTH_OP_OTHER, "negotiate", object, 0);
  if (last != 0x0311)
    return true;
  list = isth_smb2_get_buffer (m, offset, m->whole.wire - MIN (offset, m->whole.wire));
  for (int i = 0; i < MIN (contexts, MOST_CONTEXTS) && isth_cursor_left (&list) >= 8; i++)
    {
      uint16_t type = isth_cursor_le16 (&list), length = isth_cursor_le16 (&list);
      IsthCursor value;

      isth_cursor_skip (&list, 4);
      value = isth_cursor_take (&list, length);
      if (list.failed)
        break;
      isth_text_from_utf16 (text, sizeof text, value.data, value.length & ~1u, false);
      if (type == 5 && text[strspn (text, "0123456789.")] != '\0' && !strchr (text, ':')) /* the name by which it is called */
        isth_emit_claim (m->ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_REPORTED, value.data, value.length);
      isth_cursor_skip (&list, MIN ((8u - length % 8u) % 8u, isth_cursor_left (&list)));
    }
  return true;
}

/* 2.2.4 */
/* Samba takes its name for the first bytes of its GUID, and zeroes for the rest. */
static void
emit_samba (IsthDissectContext *ctx,
            const uint8_t guid[16])
{
  uint32_t n = 0;

  while (n < 16 && (g_ascii_isalnum (guid[n]) || guid[n] == '-' || guid[n] == '_'))
    n++;
  for (uint32_t i = n; i < 16; i++)
    if (guid[i] != 0)
      return;
  if (n < 2)
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, "Samba", ISTH_CONFIDENCE_BANNER, guid, 16);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, guid, n);
}

bool
isth_smb2_answer_negotiate (Smb2Message *m)
{
  IsthCursor *c = &m->c;
  uint16_t mode, dialect, offset, length;
  const uint8_t *at;
  IsthUuid guid;
  char text[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];

  isth_cursor_skip (c, 2);
  at = c->data + c->position;
  mode = isth_cursor_le16 (c);
  dialect = isth_cursor_le16 (c);
  isth_cursor_skip (c, 2);
  guid = isth_dcerpc_uuid (c, true);
  isth_cursor_skip (c, 32);
  offset = isth_cursor_le16 (c);
  length = isth_cursor_le16 (c);
  if (c->failed)
    return false;
  isth_emit_role (m->ctx, NULL, "smb-server");
  isth_text_format (text, sizeof text, "%s, signing %s", dialect_name (dialect), mode & 2 ? "required" : mode & 1 ? "possible, not required" : "off");
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_BANNER, text, ISTH_CONFIDENCE_PARSED, at, 4);
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_DEVICE_ID, isth_uuid_format (&guid, text), ISTH_CONFIDENCE_BANNER, at + 6, 16);
  emit_samba (m->ctx, at + 6);
  isth_gss_read (m->ctx, isth_smb2_get_buffer (m, offset, length), object, sizeof object);
  return true;
}

/* 2.2.5: logins are complete with the message that names somebody. */
bool
isth_smb2_ask_session (Smb2Message *m)
{
  IsthCursor *c = &m->c;
  uint16_t offset, length;
  char object[ISTH_LIMIT_TEXT];
  bool login;

  isth_cursor_skip (c, 12);
  offset = isth_cursor_le16 (c);
  length = isth_cursor_le16 (c);
  if (c->failed)
    return false;
  login = isth_gss_read (m->ctx, isth_smb2_get_buffer (m, offset, length), object, sizeof object) == ISTH_GSS_LOGIN;
  isth_smb2_ask (m, login ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER, login ? "login" : "session-setup", object, 0);
  return true;
}

/* 2.2.6 */
void
isth_smb2_answer_session (Smb2Message *m)
{
  char object[ISTH_LIMIT_TEXT];
  uint16_t offset, length, flags;
  const uint8_t *at;

  isth_cursor_skip (&m->c, 2);
  at = m->c.data + m->c.position;
  flags = isth_cursor_le16 (&m->c);
  offset = isth_cursor_le16 (&m->c);
  length = isth_cursor_le16 (&m->c);
  if (m->c.failed)
    return;
  if (flags & SESSION_GUEST)
    isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_SMB_GUESTS, ISTH_CONFIDENCE_PARSED, at, 2);
  isth_gss_read (m->ctx, isth_smb2_get_buffer (m, offset, length), object, sizeof object);
}
