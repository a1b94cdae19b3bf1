/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How TwinCAT targets are found, and how one gives itself a route to one (UDP 48899): tags behind a head, as captures show them. */
#include "analysis/dissectors/ads-discovery.h"

#include <glib.h>

#include "analysis/dissectors/ads-tables.h"
#include "analysis/dissectors/secret.h"

#define DISCOVERY 0x71146603u
#define DISCOVERY_RESPONSE 0x80000000u
#define MATCH_UDP (UINT64_C (1) << 63)

const char *
isth_ads_get_error (uint32_t code,
                    char *text,
                    size_t size)
{
  for (size_t i = 0; i < G_N_ELEMENTS (ads_errors); i++)
    if (ads_errors[i].code == code)
      return ads_errors[i].text;
  return isth_text_format (text, size, "error 0x%04x", code);
}

void
isth_ads_claim_net_id (IsthDissectContext *ctx,
                       const uint8_t *id)
{
  char text[32];

  isth_text_format (text, sizeof text, "%u.%u.%u.%u.%u.%u", id[0], id[1], id[2], id[3], id[4], id[5]);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, id, 6);
}

IsthProbe
isth_ads_probe_discovery (IsthCursor c)
{
  uint32_t service, port;

  if (isth_cursor_le32 (&c) != DISCOVERY)
    return ISTH_PROBE_NO;
  isth_cursor_skip (&c, 4);
  service = isth_cursor_le32 (&c) & ~DISCOVERY_RESPONSE;
  isth_cursor_skip (&c, 6);
  port = isth_cursor_le16 (&c);
  return !c.failed && service < 0x100 && port == ADS_SYSTEM ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

typedef struct
{
  IsthCursor name, user, password, host, net_id, twincat, os, result;
} AdsTags;

static bool
read_tags (IsthCursor *c,
           AdsTags *tags)
{
  uint32_t n = isth_cursor_le32 (c);

  *tags = (AdsTags){ 0 };
  for (uint32_t i = 0; i < n && !c->failed && isth_cursor_wire_left (c) >= 4; i++)
    {
      uint16_t id = isth_cursor_le16 (c);
      IsthCursor data = isth_cursor_take (c, isth_cursor_le16 (c));

      switch (id)
        {
        case 1:
          tags->result = data;
          break;
        case 2:
          tags->password = data;
          break;
        case 3:
          tags->twincat = data;
          break;
        case 4:
          tags->os = data;
          break;
        case 5:
          tags->host = data;
          break;
        case 7:
          tags->net_id = data;
          break;
        case 12:
          tags->name = data;
          break;
        case 13:
          tags->user = data;
          break;
        }
    }
  return !c->failed;
}

static const char *
get_tag_text (const IsthCursor *tag,
              char *text,
              size_t size)
{
  return isth_text_from_string (text, size, tag->data, tag->length);
}

/* The route's name and address, the NetId it leads to and who allowed it; the password beside them is left where it is. */
static void
describe_route (const AdsTags *tags,
                char *text,
                size_t size)
{
  char name[64], host[64], user[64], net_id[32] = "";
  const uint8_t *id = tags->net_id.data;

  if (tags->net_id.length == 6)
    isth_text_format (net_id, sizeof net_id, " %u.%u.%u.%u.%u.%u", id[0], id[1], id[2], id[3], id[4], id[5]);
  get_tag_text (&tags->name, name, sizeof name);
  get_tag_text (&tags->host, host, sizeof host);
  get_tag_text (&tags->user, user, sizeof user);
  isth_text_format (text, size, "route %s to %s%s%s%s", name, host, net_id, user[0] ? " by user " : "", user);
  if (tags->password.data)
    isth_text_format (text + strlen (text), size - strlen (text), ", password in clear (%s)",
                      isth_secret_class (tags->password.length < tags->password.wire ? ISTH_SECRET_CUT : tags->password.length - (tags->password.length > 0)));
}

/* As Windows has it: size, major, minor, build, platform, text. */
static void
claim_os (IsthDissectContext *ctx,
          IsthCursor c)
{
  uint32_t major, minor, build, platform;
  char text[64];

  isth_cursor_skip (&c, 4);
  major = isth_cursor_le32 (&c);
  minor = isth_cursor_le32 (&c);
  build = isth_cursor_le32 (&c);
  platform = isth_cursor_le32 (&c);
  if (c.failed || (platform != 2 && platform != 3))
    return;
  if (platform == 3)
    isth_text_format (text, sizeof text, "Windows CE %u.%u", major, minor);
  else
    isth_text_format (text, sizeof text, "Windows NT %u.%u.%u", major, minor, build);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, text, ISTH_CONFIDENCE_PARSED, c.data + c.position - 20, 20);
}

static void
read_discovered (IsthDissectContext *ctx,
                 const AdsTags *tags,
                 const uint8_t *net_id)
{
  char text[48];

  isth_ads_claim_net_id (ctx, net_id);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, tags->host.data, tags->host.length);
  if (tags->twincat.length >= 4)
    {
      const uint8_t *v = tags->twincat.data;

      isth_text_format (text, sizeof text, "TwinCAT %u.%u.%u", v[0], v[1], isth_le16 (v + 2));
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, v, 4);
    }
  claim_os (ctx, tags->os);
}

IsthDissectResult
isth_ads_dissect_discovery (IsthCursor *c,
                            IsthDissectContext *ctx,
                            bool *client_known,
                            bool *server_known)
{
  uint32_t magic = isth_cursor_le32 (c), invoke = isth_cursor_le32 (c), service = isth_cursor_le32 (c);
  const uint8_t *net_id = isth_cursor_bytes (c, 6);
  bool answer = service & DISCOVERY_RESPONSE;
  char object[ISTH_LIMIT_TEXT] = "", other[24];
  AdsTags tags;
  uint32_t error;
  bool good;

  isth_cursor_skip (c, 2);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (magic != DISCOVERY)
    return ISTH_DISSECT_NOT_MINE;
  service &= ~DISCOVERY_RESPONSE;
  good = read_tags (c, &tags);
  isth_context_prove_direction (ctx, answer ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (!answer)
    {
      if (!*client_known)
        isth_ads_claim_net_id (ctx, net_id);
      *client_known = true;
      if (service == 6)
        describe_route (&tags, object, sizeof object);
      isth_emit_request (ctx, &(IsthRequest){
        .match = MATCH_UDP | (uint64_t) service << 32 | invoke,
        .function = service,
        .verb = service == 1 ? ISTH_OP_IDENTIFY : service == 6 ? ISTH_OP_CONFIGURE : ISTH_OP_OTHER,
        .name = service == 1 ? "discover" : service == 6 ? "add-route" : "discovery-service",
        .object = object,
      });
      return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
    }
  isth_emit_role_once (ctx, server_known, "ads-server");
  error = service == 6 ? isth_cursor_le32 (&tags.result) : 0;
  isth_emit_response (ctx, MATCH_UDP | (uint64_t) service << 32 | invoke, error == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                      error == 0 ? NULL : isth_ads_get_error (error, other, sizeof other), false);
  if (service == 1)
    read_discovered (ctx, &tags, net_id);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}
