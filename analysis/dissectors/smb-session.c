/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a connection of SMB 1 begins (MS-CIFS, 2.2.4.52, 2.2.4.53; MS-SMB, 2.2.4.5, 2.2.4.6): dialects, signing, what system both ends say they are, logins. */
#include "analysis/dissectors/smb-message.h"

#include <string.h>

#include "analysis/dissectors/dcerpc.h"
#include "analysis/dissectors/gss.h"
#include "analysis/dissectors/secret.h"

static void
take_claim (const SmbMessage *m,
            IsthCursor *c,
            IsthAttribute attribute,
            int confidence)
{
  char text[ISTH_LIMIT_TEXT];
  IsthCursor at;

  isth_smb_take_string (m, c, true, text, sizeof text, &at);
  isth_emit_claim (m->ctx, NULL, attribute, text, confidence, at.data, at.length);
}

/* MS-CIFS, 2.2.4.52.1: the last dialect is the newest. */
bool
isth_smb_ask_negotiate (SmbMessage *m)
{
  char object[64] = "";
  bool newer = false;

  while (isth_cursor_left (&m->bytes) > 1 && isth_cursor_u8 (&m->bytes) == 2)
    {
      const uint8_t *start = m->bytes.data + m->bytes.position;
      const uint8_t *end = memchr (start, 0, isth_cursor_left (&m->bytes));
      uint32_t n = end ? (uint32_t) (end - start) : isth_cursor_left (&m->bytes);

      isth_text_from_bytes (object, sizeof object, start, n);
      newer |= g_str_has_prefix (object, "SMB 2");
      isth_cursor_skip (&m->bytes, end ? n + 1 : n);
    }
  isth_emit_role (m->ctx, NULL, "smb-client");
  isth_smb_ask (m, ISTH_OP_OTHER, "negotiate", newer ? "up to SMB 2" : object, 0);
  return true;
}

/* 2.2.4.52.2; MS-SMB, 2.2.4.5.2 */
bool
isth_smb_answer_negotiate (SmbMessage *m)
{
  IsthCursor *c = &m->words;
  const uint8_t *at = c->data;
  uint8_t mode, key;
  uint32_t capabilities;
  char text[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];
  IsthCursor name;

  isth_emit_role (m->ctx, NULL, "smb-server");
  if (m->n_words != 17)
    {
      if (isth_cursor_le16 (c) != 0xffff)
        isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_BANNER, "SMB 1, a dialect before NT LM 0.12", ISTH_CONFIDENCE_PARSED, at, m->words.length);
      return true;
    }
  isth_cursor_skip (c, 2);
  mode = isth_cursor_u8 (c);
  isth_cursor_skip (c, 16);
  capabilities = isth_cursor_le32 (c);
  isth_cursor_skip (c, 10);
  key = isth_cursor_u8 (c);
  if (c->failed)
    return false;
  m->state->clear = !(mode & 2);
  isth_text_format (text, sizeof text, "SMB 1 (NT LM 0.12), signing %s%s", mode & 8 ? "required" : mode & 4 ? "possible, not required" : "off",
                    mode & 2 ? "" : ", passwords in clear");
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_BANNER, text, ISTH_CONFIDENCE_PARSED, at, 3);
  if (capabilities >> 31)
    {
      IsthUuid guid = isth_dcerpc_uuid (&m->bytes, true);

      if (!m->bytes.failed)
        isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_DEVICE_ID, isth_uuid_format (&guid, text), ISTH_CONFIDENCE_BANNER, m->bytes.data, 16);
      isth_gss_read (m->ctx, isth_cursor_rest (&m->bytes), object, sizeof object);
      return true;
    }
  isth_cursor_skip (&m->bytes, key);
  isth_smb_take_string (m, &m->bytes, false, text, sizeof text, &name);
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, text, ISTH_CONFIDENCE_PARSED, name.data, name.length);
  isth_smb_take_string (m, &m->bytes, false, text, sizeof text, &name);
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_PARSED, name.data, name.length);
  return true;
}

/* What both ends say of themselves at the end of a session setup. Windows Server 2003 leaves the second name empty and puts its LAN manager into the place of
 * the domain. */
static void
read_systems (const SmbMessage *m,
              IsthCursor *c)
{
  char text[ISTH_LIMIT_TEXT];
  IsthCursor at;
  bool skipped;

  take_claim (m, c, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_BANNER);
  isth_smb_take_string (m, c, true, text, sizeof text, &at);
  skipped = text[0] == '\0';
  isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_HINT, at.data, at.length);
  isth_smb_take_string (m, c, true, text, sizeof text, &at);
  if (skipped && g_str_has_prefix (text, "Windows "))
    isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_HINT, at.data, at.length);
  else
    isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, text, ISTH_CONFIDENCE_PARSED, at.data, at.length);
}

/* 2.2.4.53.1; MS-SMB, 2.2.4.6.1 */
bool
isth_smb_ask_session (SmbMessage *m)
{
  uint16_t first, second;
  char user[128], domain[96], object[ISTH_LIMIT_TEXT] = "";
  IsthCursor at;
  bool login = true, clear;

  isth_cursor_skip (&m->words, 14);
  first = isth_cursor_le16 (&m->words);
  second = m->n_words == 13 ? isth_cursor_le16 (&m->words) : 0;
  if (m->words.failed)
    return false;
  if (m->n_words == 12)
    {
      login = isth_gss_read (m->ctx, isth_cursor_take (&m->bytes, first), object, sizeof object) == ISTH_GSS_LOGIN;
      if (m->bytes.failed)
        return false;
    }
  else
    {
      isth_cursor_skip (&m->bytes, (uint32_t) first + second);
      isth_smb_take_string (m, &m->bytes, true, user, sizeof user, &at);
      isth_smb_take_string (m, &m->bytes, true, domain, sizeof domain, &at);
      clear = m->state->clear;
      isth_text_format (object, sizeof object, user[0] ? "user “%s%s%s”%s%s%s" : "anonymous", domain, domain[0] ? "\\" : "", user,
                        clear ? ", password in clear (" : "", clear ? isth_secret_class (MAX (first, second / 2)) : "", clear ? ")" : "");
    }
  isth_smb_ask (m, login ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER, login ? "login" : "session-setup", object, 0);
  if (m->n_words == 12)
    {
      read_systems (m, &m->bytes);
      return true;
    }
  take_claim (m, &m->bytes, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_BANNER);
  take_claim (m, &m->bytes, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_HINT);
  return true;
}

/* 2.2.4.53.2; MS-SMB, 2.2.4.6.2 */
void
isth_smb_answer_session (SmbMessage *m)
{
  char object[ISTH_LIMIT_TEXT];
  const uint8_t *at;

  isth_cursor_skip (&m->words, 4);
  at = m->words.data + m->words.position;
  if (isth_cursor_le16 (&m->words) & 1 && !m->words.failed)
    isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_SMB_GUESTS, ISTH_CONFIDENCE_PARSED, at, 2);
  if (m->n_words == 4)
    isth_gss_read (m->ctx, isth_cursor_take (&m->bytes, isth_cursor_le16 (&m->words)), object, sizeof object);
  if (m->n_words >= 3 && !m->words.failed && !m->bytes.failed)
    read_systems (m, &m->bytes);
}
