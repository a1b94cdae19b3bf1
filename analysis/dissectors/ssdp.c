/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSDP, how UPnP devices announce themselves and are looked for (UPnP Device Architecture 2.0, 1): who looks for what with which program, who is what sort of
 * device, with which software, and where it describes itself. The descriptions themselves come over HTTP. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/os-hints.h"

#define MOST_FIELDS 64

typedef enum
{
  SEARCH,
  NOTIFY,
  ANSWER,
  NOTHING,
} MessageKind;

static const char *const starts[] = { [SEARCH] = "M-SEARCH * HTTP/1.", [NOTIFY] = "NOTIFY * HTTP/1.", [ANSWER] = "HTTP/1.1 200" };

static MessageKind
find_kind (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;

  for (int kind = SEARCH; kind < NOTHING; kind++)
    {
      size_t n = strlen (starts[kind]);

      if (isth_cursor_left (c) >= n && memcmp (b, starts[kind], n) == 0)
        return (MessageKind) kind;
    }
  return NOTHING;
}

/* An answer of HTTP over UDP is none of others when it names a unique service. */
static IsthProbe
ssdp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  MessageKind kind = find_kind (&c);
  IsthPiece line, value;

  (void) packet;
  if (kind != ANSWER)
    return kind == NOTHING ? ISTH_PROBE_NO : ISTH_PROBE_STRONG;
  for (int n = 0; n < MOST_FIELDS && isth_lines_next (&c, &line); n++)
    if (isth_piece_field (&line, "USN", &value))
      return ISTH_PROBE_STRONG;
  return ISTH_PROBE_WEAK;
}

/* "Linux/3.4 UPnP/1.0 Panel/2.1": the system stands first, where they keep to it. */
static void
claim_server (IsthDissectContext *ctx,
              const IsthPiece *value)
{
  IsthPiece rest = *value, system = isth_piece_word (&rest);

  if (value->length == 0)
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, value->bytes, value->length);
  while (system.length > 0 && system.bytes[system.length - 1] == ',')
    system.length--;
  if (system.length > 0 && memchr (system.bytes, '/', system.length) && isth_piece_starts (&rest, "UPnP/") && !isth_piece_starts (&system, "UPnP/")
      && !isth_piece_starts (&system, "POSIX"))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_BANNER, system.bytes, system.length);
}

static void
claim_agent (IsthDissectContext *ctx,
             const IsthPiece *value)
{
  char text[64];
  const char *system = isth_os_of_agent (text, sizeof text, value->bytes, value->length);

  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, value->bytes, value->length);
  if (system)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, system, ISTH_CONFIDENCE_HINT, value->bytes, value->length);
}

/* "uuid:…::urn:schemas-upnp-org:device:MediaServer:1". */
static void
claim_name (IsthDissectContext *ctx,
            const IsthPiece *value)
{
  IsthPiece found;

  if (isth_piece_starts (value, "uuid:"))
    {
      found = (IsthPiece) { value->bytes, 5 };
      while (found.length < value->length && found.bytes[found.length] != ':')
        found.length++;
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, ISTH_CONFIDENCE_PARSED, found.bytes, found.length);
    }
  if (isth_piece_between (value, ":device:", ":", &found) && found.length > 0 && !isth_piece_is (&found, "Basic"))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, ISTH_CONFIDENCE_PARSED, found.bytes, found.length);
}

/* What whoever sends it says of itself. */
static void
claim_fields (IsthDissectContext *ctx,
              MessageKind kind,
              IsthCursor c)
{
  IsthPiece line, value;

  isth_emit_role (ctx, NULL, kind == SEARCH ? "upnp-control-point" : "upnp-device");
  for (int n = 0; n < MOST_FIELDS && isth_lines_next (&c, &line) && line.length > 0; n++)
    if (isth_piece_field (&line, "USER-AGENT", &value) && value.length > 0)
      claim_agent (ctx, &value);
    else if (kind == SEARCH)
      continue;
    else if (isth_piece_field (&line, "SERVER", &value))
      claim_server (ctx, &value);
    else if (isth_piece_field (&line, "USN", &value))
      claim_name (ctx, &value);
    else if (isth_piece_field (&line, "LOCATION", &value) && value.length > 0)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_PARSED, value.bytes, value.length);
}

/* What it is about, and whether that leaves. */
static bool
read_subject (IsthCursor *c,
              IsthPiece *about)
{
  IsthPiece line, value;
  bool leaves = false;

  for (int n = 0; n < MOST_FIELDS && isth_lines_next (c, &line) && line.length > 0; n++)
    if (isth_piece_field (&line, "ST", &value) || isth_piece_field (&line, "NT", &value))
      *about = value;
    else if (isth_piece_field (&line, "NTS", &value))
      leaves = isth_piece_is (&value, "ssdp:byebye");
  return leaves;
}

static IsthDissectResult
ssdp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  MessageKind kind = find_kind (c);
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .no_answer = true, .function = -1, .object = object };
  IsthPiece line, about = { NULL, 0 };
  bool leaves;

  if (kind == NOTHING)
    return ISTH_DISSECT_NOT_MINE;
  if (kind != ANSWER)
    isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  request.key = isth_context_digest (ctx, kind, c->data + c->position, isth_cursor_left (c));
  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  if (!isth_emit_same (ctx, NULL, request.key, line.bytes))
    {
      claim_fields (ctx, kind, *c);
      isth_emit_same_end (ctx, true);
    }
  if (isth_emit_again (ctx, &request)) /* announced anew, word by word */
    return ISTH_DISSECT_OK;
  leaves = read_subject (c, &about);
  request.verb = kind == SEARCH ? ISTH_OP_IDENTIFY : ISTH_OP_REPORT;
  request.name = kind == SEARCH ? "search" : kind == ANSWER ? "search-answer" : leaves ? "leave" : "announce";
  isth_text_from_bytes (object, sizeof object, about.bytes, about.length);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 1900 } };

const IsthDissector isth_dissector_ssdp = {
  .id = "ssdp", /* stored in project files: never change it */
  .title = "SSDP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software os device_type protocol_address endpoint",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = ssdp_probe,
  .dissect = ssdp_dissect,
};
