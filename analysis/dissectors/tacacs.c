/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TACACS+ (RFC 8907): which device asks whom for logins, permissions and records of what was done. Bodies are hidden by a shared secret; where somebody switched
 * that off, users, where they come from and their commands are read, passwords never. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/secret.h"

#define HEADER 12
#define LONGEST 65535
#define UNENCRYPTED 0x01
#define KNOWN_FLAGS 0x05
#define MOST_ARGUMENTS 32

enum
{
  AUTHENTICATION = 1,
  AUTHORISATION = 2,
  ACCOUNTING = 3,
};

/* RFC 8907, 4.1 */
typedef struct
{
  uint32_t session, length;
  uint8_t type, sequence, flags;
} Header;

static bool
read_header (IsthCursor *c,
             Header *self)
{
  uint8_t version = isth_cursor_u8 (c);

  if ((version & 0xfe) != 0xc0)
    return false;
  self->type = isth_cursor_u8 (c);
  self->sequence = isth_cursor_u8 (c);
  self->flags = isth_cursor_u8 (c);
  self->session = isth_cursor_be32 (c);
  self->length = isth_cursor_be32 (c);
  return !c->failed && self->type >= AUTHENTICATION && self->type <= ACCOUNTING && self->sequence > 0 && (self->flags & ~KNOWN_FLAGS) == 0 &&
         self->length > 4 && self->length <= LONGEST;
}

static IsthProbe
tacacs_probe (IsthCursor c,
              const IsthPacket *packet)
{
  Header header;

  (void) packet;
  if (isth_cursor_peek (&c, 0) < 0xc0 || !read_header (&c, &header) || header.session == 0)
    return ISTH_PROBE_NO;
  return isth_cursor_wire_left (&c) == header.length && header.sequence <= 2 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static uint32_t
tacacs_pdu_length (IsthCursor c)
{
  Header header;

  if (read_header (&c, &header))
    return HEADER + header.length;
  return c.failed ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* User, port and where it comes from, whose lengths stand in front of them; "user “bob”, from 10.0.0.9". */
static bool
read_user (IsthCursor *c,
           const uint8_t lengths[3],
           char *object,
           size_t size,
           IsthCursor *at)
{
  IsthCursor user = isth_cursor_take (c, lengths[0]), port = isth_cursor_take (c, lengths[1]), from = isth_cursor_take (c, lengths[2]);
  char name[96], where[64];

  (void) port;
  if (c->failed)
    return false;
  *at = user;
  isth_text_from_bytes (name, sizeof name, user.data, user.length);
  isth_text_from_bytes (where, sizeof where, from.data, from.length);
  isth_text_format (object, size, "user “%s”%s%s", name, where[0] ? ", from " : "", where);
  return true;
}

/* 5.1 */
static bool
read_start (IsthCursor c,
            char *object,
            size_t size,
            IsthCursor *at)
{
  enum { PASSWORD = 2 };
  uint8_t type, lengths[3], data;

  isth_cursor_skip (&c, 2);
  type = isth_cursor_u8 (&c);
  isth_cursor_skip (&c, 1);
  for (int i = 0; i < 3; i++)
    lengths[i] = isth_cursor_u8 (&c);
  data = isth_cursor_u8 (&c);
  if (c.failed || !read_user (&c, lengths, object, size, at))
    return false;
  if (type == PASSWORD && data > 0)
    isth_text_format (object + strlen (object), size - strlen (object), ", password in clear (%s)", isth_secret_class (data));
  return true;
}

/* Words of commands behind which a secret follows, sooner or later: the rest of the command is left out. */
static bool
is_before_secret (const char *word)
{
  static const char *const words[] = { "password", "passwd", "secret", "key", "key-string", "community", "passphrase", "pre-shared-key", "psk" };

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return true;
  return false;
}

/* 6.1, 7.1: what is asked for or was done is told by arguments "cmd=…", "cmd-arg=…", "service=…". */
static bool
read_arguments (IsthCursor c,
                uint8_t skip,
                char *object,
                size_t size,
                IsthCursor *at)
{
  uint8_t lengths[3], n, sizes[MOST_ARGUMENTS];
  char command[128] = "", word[96];
  const char *value;
  size_t end = 0;

  isth_cursor_skip (&c, skip);
  for (int i = 0; i < 3; i++)
    lengths[i] = isth_cursor_u8 (&c);
  n = isth_cursor_u8 (&c);
  for (int i = 0; i < n; i++)
    {
      uint8_t one = isth_cursor_u8 (&c);

      if (i < MOST_ARGUMENTS)
        sizes[i] = one;
    }
  if (c.failed || !read_user (&c, lengths, object, size, at))
    return false;
  for (int i = 0; i < MIN (n, MOST_ARGUMENTS); i++)
    {
      IsthCursor argument = isth_cursor_take (&c, sizes[i]);

      if (c.failed)
        return false;
      isth_text_from_bytes (word, sizeof word, argument.data, argument.length);
      if (!g_str_has_prefix (word, "cmd=") && !g_str_has_prefix (word, "cmd-arg=") && !g_str_has_prefix (word, "cmd*"))
        continue;
      value = strpbrk (word, "=*") + 1;
      isth_text_format (command + end, sizeof command - end, "%s%s", end > 0 ? " " : "", value);
      end = strlen (command);
      if (is_before_secret (value))
        break;
    }
  if (end > 0)
    isth_text_format (object + strlen (object), size - strlen (object), ": %s", command);
  return true;
}

static bool
read_question (IsthDissectContext *ctx,
               const Header *header,
               IsthCursor body)
{
  static const char *const names[] = { [AUTHENTICATION] = "login", [AUTHORISATION] = "permission", [ACCOUNTING] = "record" };
  bool first = header->sequence == 1;
  IsthRequest request = { .no_answer = true, .function = header->type, .name = header->type == AUTHENTICATION && !first ? "continue" : names[header->type] };
  IsthCursor at = isth_cursor_new (body.data, 0, 0);
  char object[ISTH_LIMIT_TEXT] = "";

  if (header->flags & UNENCRYPTED && first)
    if (header->type == AUTHENTICATION ? !read_start (body, object, sizeof object, &at)
                                       : !read_arguments (body, header->type == AUTHORISATION ? 4 : 5, object, sizeof object, &at))
      return false;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (!(header->flags & UNENCRYPTED)) /* its evidence is all of the message, and that may hold a password */
    isth_emit_role (ctx, NULL, "tacacs-client");
  else
    {
      request.no_answer = false;
      request.match = header->session;
      request.at = at.data;
      request.length = at.length;
    }
  request.verb = header->type == AUTHENTICATION && first ? ISTH_OP_AUTHENTICATE : ISTH_OP_OTHER;
  request.object = object;
  isth_emit_request (ctx, &request);
  return true;
}

/* 5.2, 6.2, 7.2: the status is the first byte of each, of accounting the fifth. */
static bool
read_reply (IsthDissectContext *ctx,
            const Header *header,
            IsthCursor body)
{
  uint8_t status;
  bool good;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "tacacs-server");
  if (!(header->flags & UNENCRYPTED))
    return true;
  isth_cursor_skip (&body, header->type == ACCOUNTING ? 4 : 0);
  status = isth_cursor_u8 (&body);
  if (body.failed)
    return false;
  good = status == 1 || (header->type == AUTHENTICATION && status >= 3 && status <= 5) || (header->type == AUTHORISATION && status == 2);
  isth_emit_response (ctx, header->session, good ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, good ? NULL : "refused", false);
  return true;
}

static IsthDissectResult
tacacs_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  Header header;
  IsthCursor body;

  if (!read_header (c, &header))
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  body = isth_cursor_take (c, header.length);
  if (c->failed || !(header.sequence % 2 == 1 ? read_question (ctx, &header, body) : read_reply (ctx, &header, body)))
    return ISTH_DISSECT_MALFORMED;
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 49 } };

const IsthDissector isth_dissector_tacacs = {
  .id = "tacacs", /* stored in project files: never change it */
  .title = "TACACS+",
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = tacacs_probe,
  .pdu_length = tacacs_pdu_length,
  .dissect = tacacs_dissect,
};
