/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH (RFC 4253): the software of both ends by their first lines, and HASSH, the fingerprint of what they offer. Behind the key exchange all is secret:
 * users, commands and files are not seen. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/fingerprint.h"
#include "analysis/dissectors/os-hints.h"

#define LONGEST_LINE 255     /* 4.2 */
#define KEXINIT 20
#define LONGEST_KEXINIT 35000 /* 6.1 */
#define LISTS 10

typedef struct
{
  bool greeted[2], offered[2]; /* the client, the server */
} SshState;

static bool
is_greeting (const IsthCursor *c)
{
  return isth_cursor_left (c) >= 8 && memcmp (c->data + c->position, "SSH-", 4) == 0;
}

static bool
is_offer (const IsthCursor *c,
          uint32_t *length)
{
  IsthCursor start = *c;
  uint8_t padding;

  *length = isth_cursor_be32 (&start);
  padding = isth_cursor_u8 (&start);
  return isth_cursor_u8 (&start) == KEXINIT && !start.failed && *length > 64 && *length <= LONGEST_KEXINIT && padding >= 4 && padding < 64;
}

static IsthProbe
ssh_probe (IsthCursor c,
           const IsthPacket *packet)
{
  (void) packet;
  if (!is_greeting (&c))
    return ISTH_PROBE_NO;
  return memcmp (c.data + c.position + 4, "2.0-", 4) == 0 || memcmp (c.data + c.position + 4, "1.", 2) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* A greeting to the end of its line, an offer whole; all else is a piece of what is secret. */
static uint32_t
ssh_pdu_length (IsthCursor c)
{
  const uint8_t *start = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), length;

  if (left == 0)
    return ISTH_PDU_MORE;
  if (is_greeting (&c))
    {
      const uint8_t *end = memchr (start, '\n', MIN (left, LONGEST_LINE));

      return end ? (uint32_t) (end - start) + 1 : left < LONGEST_LINE ? ISTH_PDU_MORE : left;
    }
  if (left < 8 && left >= 4 && memcmp (start, "SSH-", 4) == 0)
    return ISTH_PDU_MORE;
  return is_offer (&c, &length) ? length + 4 : left;
}

static IsthDissectResult
read_greeting (IsthDissectContext *ctx,
               SshState *state,
               IsthCursor *c)
{
  const uint8_t *line = c->data + c->position;
  uint32_t length = isth_cursor_left (c);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  char object[ISTH_LIMIT_TEXT];

  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, line, length);
  if (isth_os_of_program (object, sizeof object, line, length))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, object, ISTH_CONFIDENCE_BANNER, line, length);
  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    return ISTH_DISSECT_OK;
  state->greeted[server] = true;
  isth_emit_role (ctx, NULL, server ? "ssh-server" : "ssh-client");
  isth_text_from_bytes (object, sizeof object, line, length);
  if (server)
    isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
  else
    isth_emit_request (ctx, &(IsthRequest) { .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "session", .object = object });
  return ISTH_DISSECT_OK;
}

/* 7.1: ten lists of names. HASSH takes key exchange, ciphers, MACs and compression of the own direction. */
static IsthDissectResult
read_offer (IsthDissectContext *ctx,
            SshState *state,
            IsthCursor *c)
{
  static const uint8_t client_lists[] = { 0, 2, 4, 6 }, server_lists[] = { 0, 3, 5, 7 };
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  const uint8_t *take = server ? server_lists : client_lists;
  g_autoptr(GString) words = g_string_new (NULL);
  IsthCursor lists[LISTS];
  char digest[ISTH_FINGERPRINT_TEXT], text[80];

  isth_cursor_skip (c, 6 + 16);
  for (size_t i = 0; i < LISTS; i++)
    lists[i] = isth_cursor_take (c, isth_cursor_be32 (c));
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  for (size_t i = 0; i < 4; i++)
    {
      if (i > 0)
        g_string_append_c (words, ';');
      g_string_append_len (words, (const char *) lists[take[i]].data, lists[take[i]].length);
    }
  state->offered[server] = true;
  if (isth_context_direction (ctx) == ISTH_FROM_UNKNOWN)
    return ISTH_DISSECT_OK;
  isth_fingerprint_md5 (digest, words->str, words->len);
  if (digest[0])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FINGERPRINT, isth_text_format (text, sizeof text, "%s %s", server ? "HASSH server" : "HASSH", digest),
                     ISTH_CONFIDENCE_HINT, NULL, 0);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ssh_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  SshState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  uint32_t length;

  if (is_greeting (c))
    return read_greeting (ctx, state, c);
  if (!state->offered[server] && is_offer (c, &length))
    return read_offer (ctx, state, c);
  return state->greeted[0] || state->greeted[1] ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 22 } };

const IsthDissector isth_dissector_ssh = {
  .id = "ssh", /* stored in project files: never change it */
  .title = "SSH",
  .depth = ISTH_DEPTH_FULL,
  .identity = "software os fingerprint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SshState),
  .probe = ssh_probe,
  .pdu_length = ssh_pdu_length,
  .dissect = ssh_dissect,
};
