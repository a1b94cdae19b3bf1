/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [MS-ADTS], 6.3.1: questions for a domain controller and their answers; [MS-NRPC], 2.2.1.5: announcements of primary ones. What follows the names (GUIDs, versions,
 * addresses) is not read. */
#include "analysis/dissectors/netlogon.h"

#include <glib.h>

#include "analysis/dissectors/dns-message.h"

enum
{
  PRIMARY_QUERY = 7,
  ANNOUNCE_CHANGE = 10,
  PRIMARY_RESPONSE = 12,
  SAM_LOGON_REQUEST = 18,
  SAM_LOGON_RESPONSE = 19,
  SAM_USER_UNKNOWN = 21,
  SAM_LOGON_RESPONSE_EX = 23,
  SAM_USER_UNKNOWN_EX = 25,
};

/* A piece of the message, and where it stands. */
typedef struct
{
  char text[80];
  const uint8_t *at;
  uint32_t length;
} Name;

static bool
read_plain (IsthCursor *c,
            Name *name)
{
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = isth_cursor_left (c) > 0 ? memchr (start, '\0', isth_cursor_left (c)) : NULL;

  if (!end)
    return false;
  isth_text_from_bytes (name->text, sizeof name->text, start, (size_t) (end - start));
  name->at = start;
  name->length = (uint32_t) (end - start);
  isth_cursor_skip (c, name->length + 1);
  return true;
}

/* UTF-16 up to its NUL, which begins at an even place of the message. Names of servers have backslashes in front. */
static bool
read_wide (IsthCursor *c,
           Name *name)
{
  const uint8_t *start;
  uint32_t n = 0;

  isth_cursor_skip (c, c->position & 1);
  start = c->data + c->position;
  while (isth_cursor_peek (c, n) > 0 || isth_cursor_peek (c, n + 1) > 0)
    n += 2;
  if (isth_cursor_peek (c, n + 1) < 0)
    return false;
  isth_cursor_skip (c, n + 2);
  while (n >= 2 && start[0] == '\\' && start[1] == 0)
    {
      start += 2;
      n -= 2;
    }
  isth_text_from_utf16 (name->text, sizeof name->text, start, n, false);
  name->at = start;
  name->length = n;
  return !c->failed;
}

static void
claim (IsthDissectContext *ctx,
       const IsthEndpoint *about,
       IsthAttribute attribute,
       const Name *name)
{
  isth_emit_claim (ctx, about, attribute, name->text, ISTH_CONFIDENCE_PARSED, name->at, name->length);
}

static void
say_question (IsthDissectContext *ctx,
              const IsthEndpoint *about,
              const IsthEndpoint *target,
              uint16_t code,
              const Name *user)
{
  char object[112] = "";

  if (user && user->text[0])
    isth_text_format (object, sizeof object, "for user “%s”", user->text);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_IDENTIFY,
                            .function = code,
                            .name = code == PRIMARY_QUERY ? "find-primary-controller" : "find-domain-controller",
                            .object = object,
                            .source = about,
                            .target = target,
                          });
}

/* A name as DNS has it, in the answer of a domain controller. */
static void
read_name (IsthDissectContext *ctx,
           const IsthEndpoint *about,
           IsthCursor *c,
           IsthAttribute attribute)
{
  const uint8_t *at = c->data + c->position;
  char text[ISTH_LIMIT_TEXT];
  IsthDnsName name;

  if (!isth_dns_read_name (c, &name) || name.length == 0 || attribute == ISTH_N_ATTRIBUTES)
    return;
  isth_text_from_bytes (text, sizeof text, name.bytes, name.length);
  isth_emit_claim (ctx, about, attribute, text, ISTH_CONFIDENCE_PARSED, at, (uint32_t) (c->data + c->position - at));
}

/* 6.3.1.9: forest, domain and host, the latter two also by their short names, user, site. */
static void
read_extended (IsthDissectContext *ctx,
               const IsthEndpoint *about,
               IsthCursor *c)
{
  static const IsthAttribute attributes[] = { ISTH_N_ATTRIBUTES, ISTH_ATTRIBUTE_DOMAIN, ISTH_ATTRIBUTE_HOSTNAME, ISTH_ATTRIBUTE_DOMAIN, ISTH_ATTRIBUTE_HOSTNAME,
                                              ISTH_N_ATTRIBUTES, ISTH_ATTRIBUTE_LOCATION };

  isth_cursor_skip (c, 22);
  isth_emit_role (ctx, about, "domain-controller");
  for (size_t i = 0; i < G_N_ELEMENTS (attributes) && !c->failed && isth_cursor_left (c) > 0; i++)
    read_name (ctx, about, c, attributes[i]);
}

static void
read_controller (IsthDissectContext *ctx,
                 const IsthEndpoint *about,
                 const Name *host,
                 const Name *domain)
{
  isth_emit_role (ctx, about, "domain-controller");
  claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, host);
  claim (ctx, about, ISTH_ATTRIBUTE_DOMAIN, domain);
}

void
isth_netlogon_read (IsthDissectContext *ctx,
                    const IsthEndpoint *about,
                    IsthCursor c,
                    const IsthEndpoint *target)
{
  IsthCursor message = isth_cursor_rest (&c);
  uint16_t code = isth_cursor_le16 (&message);
  Name host, user, domain;

  switch (code)
    {
    case PRIMARY_QUERY:
      if (!read_plain (&message, &host))
        break;
      say_question (ctx, about, target, code, NULL);
      claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, &host);
      break;
    case SAM_LOGON_REQUEST:
      isth_cursor_skip (&message, 2);
      if (!read_wide (&message, &host) || !read_wide (&message, &user))
        break;
      say_question (ctx, about, target, code, &user);
      claim (ctx, about, ISTH_ATTRIBUTE_HOSTNAME, &host);
      break;
    case ANNOUNCE_CHANGE:
      isth_cursor_skip (&message, 16);
      if (read_plain (&message, &host) && read_plain (&message, &domain))
        read_controller (ctx, about, &host, &domain);
      break;
    case PRIMARY_RESPONSE:
      if (read_plain (&message, &user) && read_wide (&message, &host) && read_wide (&message, &domain))
        read_controller (ctx, about, &host, &domain);
      break;
    default:
      if (code >= SAM_LOGON_RESPONSE && code <= SAM_USER_UNKNOWN && read_wide (&message, &host) && read_wide (&message, &user) && read_wide (&message, &domain))
        read_controller (ctx, about, &host, &domain);
      else if (code >= SAM_LOGON_RESPONSE_EX && code <= SAM_USER_UNKNOWN_EX)
        read_extended (ctx, about, &message);
      break;
    }
}

void
isth_netlogon_read_answer (IsthDissectContext *ctx,
                           const IsthEndpoint *about,
                           IsthCursor c)
{
  IsthCursor message = isth_cursor_rest (&c);
  uint16_t code = isth_cursor_le16 (&message);

  if (code >= SAM_LOGON_RESPONSE_EX && code <= SAM_USER_UNKNOWN_EX)
    read_extended (ctx, about, &message);
}
