/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WS-Discovery 1.0 and 1.1 (OASIS), as printers, cameras (ONVIF Core Specification, 7.3) and Windows use it: who looks for what, and what sort of device
 * answers, under which names and addresses. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/xml.h"

#define MOST_WORDS 32
#define LOOK_WITHIN 1200

static const struct
{
  const char *action;
  uint8_t verb;
  bool device; /* its sender describes itself */
  const char *name;
} actions[] = {
  { "/Probe", ISTH_OP_IDENTIFY, false, "probe" },
  { "/Resolve", ISTH_OP_IDENTIFY, false, "resolve" },
  { "/ProbeMatches", ISTH_OP_REPORT, true, "probe-match" },
  { "/ResolveMatches", ISTH_OP_REPORT, true, "resolve-match" },
  { "/Hello", ISTH_OP_REPORT, true, "hello" },
  { "/Bye", ISTH_OP_REPORT, false, "bye" },
};

static IsthPiece
get_text (const IsthCursor *c)
{
  return (IsthPiece) { c->data + c->position, isth_cursor_left (c) };
}

/* An envelope that names the discovery's own namespace. */
static IsthProbe
discovery_probe (IsthCursor c,
                 const IsthPacket *packet)
{
  IsthPiece text = get_text (&c), found;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != '<' || text.length < 64)
    return ISTH_PROBE_NO;
  text.length = MIN (text.length, LOOK_WITHIN);
  return isth_piece_between (&text, "xmlsoap.org/ws/2005/04/discovery", "", &found) || isth_piece_between (&text, "/ws-dd/ns/discovery/2009/", "", &found)
           ? ISTH_PROBE_STRONG
           : ISTH_PROBE_NO;
}

static int
find_action (const IsthPiece *text)
{
  IsthPiece action;

  if (!isth_xml_find (text, "Action", &action))
    return -1;
  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      size_t n = strlen (actions[i].action);

      if (action.length > n && memcmp (action.bytes + action.length - n, actions[i].action, n) == 0)
        return (int) i;
    }
  return -1;
}

/* "AXIS%20M3045" */
static uint32_t
unescape (const IsthPiece *from,
          uint8_t *to,
          uint32_t size)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < from->length && n < size; i++)
    if (from->bytes[i] == '%' && i + 2 < from->length && g_ascii_isxdigit (from->bytes[i + 1]) && g_ascii_isxdigit (from->bytes[i + 2]))
      {
        to[n++] = (uint8_t) (g_ascii_xdigit_value ((char) from->bytes[i + 1]) << 4 | g_ascii_xdigit_value ((char) from->bytes[i + 2]));
        i += 2;
      }
    else
      to[n++] = from->bytes[i];
  return n;
}

/* "onvif://www.onvif.org/hardware/M3045" among others. */
static void
claim_scopes (IsthDissectContext *ctx,
              IsthPiece scopes)
{
  static const struct
  {
    const char *start;
    IsthAttribute attribute;
  } kinds[] = {
    { "onvif://www.onvif.org/name/", ISTH_ATTRIBUTE_NAME },
    { "onvif://www.onvif.org/hardware/", ISTH_ATTRIBUTE_MODEL },
    { "onvif://www.onvif.org/location/", ISTH_ATTRIBUTE_LOCATION },
  };

  for (int n = 0; n < MOST_WORDS && scopes.length > 0; n++)
    {
      IsthPiece scope = isth_piece_word (&scopes), value;
      uint8_t bytes[128];
      char text[ISTH_LIMIT_TEXT];

      for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (isth_piece_starts (&scope, kinds[i].start))
          {
            uint32_t skip = (uint32_t) strlen (kinds[i].start);

            value = (IsthPiece) { scope.bytes + skip, scope.length - skip };
            isth_text_from_bytes (text, sizeof text, bytes, unescape (&value, bytes, sizeof bytes));
            isth_emit_claim (ctx, NULL, kinds[i].attribute, text, ISTH_CONFIDENCE_PARSED, scope.bytes, scope.length);
          }
    }
}

/* "dn:NetworkVideoTransmitter wsdp:Device": all but the one that everything is. */
static void
claim_types (IsthDissectContext *ctx,
             IsthPiece types)
{
  for (int n = 0; n < MOST_WORDS && types.length > 0; n++)
    {
      IsthPiece type = isth_piece_word (&types);
      const uint8_t *colon = type.length > 0 ? memchr (type.bytes, ':', type.length) : NULL;

      if (colon)
        type = (IsthPiece) { colon + 1, type.length - (uint32_t) (colon + 1 - type.bytes) };
      if (type.length == 0 || isth_piece_is (&type, "Device"))
        continue;
      if (isth_piece_is (&type, "NetworkVideoTransmitter")) /* what ONVIF calls a camera */
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, "Network camera", ISTH_CONFIDENCE_PARSED, type.bytes, type.length);
      else
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, ISTH_CONFIDENCE_PARSED, type.bytes, type.length);
    }
}

static void
claim_device (IsthDissectContext *ctx,
              const IsthPiece *types,
              const IsthPiece *scopes,
              IsthPiece *addresses,
              const IsthPiece *id)
{
  IsthPiece first = isth_piece_word (addresses);

  claim_types (ctx, *types);
  claim_scopes (ctx, *scopes);
  if (first.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_PARSED, first.bytes, first.length);
  if (id->length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, id->bytes, id->length);
}

/* Each message has a number of its own: said again is what says the same of the device. */
static uint64_t
make_key (const IsthDissectContext *ctx,
          int action,
          const IsthPiece *const pieces[4])
{
  uint64_t key = (uint64_t) action + 1;

  for (int i = 0; i < 4; i++)
    key = isth_context_digest (ctx, key, pieces[i]->bytes, pieces[i]->length);
  return key;
}

static IsthDissectResult
discovery_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  static const uint8_t nothing[1];
  IsthPiece text = get_text (c), types = { nothing, 0 }, scopes = types, addresses = types, id = types;
  const IsthPiece *const pieces[4] = { &types, &scopes, &addresses, &id };
  uint32_t places[4];
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .function = -1, .object = object };
  int action = find_action (&text);

  if (action < 0)
    return isth_cursor_peek (c, 0) == '<' ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (actions[action].verb == ISTH_OP_IDENTIFY)
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_xml_find (&text, "Types", &types);
  isth_xml_find (&text, "Scopes", &scopes);
  isth_xml_find (&text, "XAddrs", &addresses);
  isth_xml_find (&text, "Address", &id);
  request.key = make_key (ctx, action, pieces);
  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    places[i] = pieces[i]->length > 0 ? (uint32_t) (pieces[i]->bytes - c->data) : 0;
  if (!isth_emit_same (ctx, NULL, isth_context_digest (ctx, request.key, places, sizeof places), c->data))
    {
      isth_emit_role (ctx, NULL, actions[action].verb == ISTH_OP_IDENTIFY ? "ws-discovery-client" : "ws-discovery-device");
      if (actions[action].device)
        claim_device (ctx, &types, &scopes, &addresses, &id);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.verb = (IsthOp) actions[action].verb;
  request.name = actions[action].name;
  if (types.length > 0)
    isth_text_from_bytes (object, sizeof object, types.bytes, types.length);
  else
    isth_text_from_bytes (object, sizeof object, id.bytes, id.length);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 3702 } };

const IsthDissector isth_dissector_ws_discovery = {
  .id = "ws-discovery", /* stored in project files: never change it */
  .title = "WS-Discovery",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "name model location device_type endpoint protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = discovery_probe,
  .dissect = discovery_dissect,
};
