/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zabbix (protocol of versions 2 to 7): which server watches which hosts, what it asks of their agents, and what agents say of themselves.
 *
 * What is compressed, as most is between agents that report by themselves and their server, is counted and not read. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"

#define LEAST_HEADER 13
#define COMPRESSED 2
#define LARGE 4
#define MOST_KEYS 160

typedef struct
{
  bool client, server; /* the roles were told */
} ZabbixState;

typedef struct
{
  uint8_t flags;
  uint32_t size; /* of the header */
  uint64_t length;
} ZabbixHeader;

/* Answers to these say who it is. */
static const struct
{
  const char *key;
  IsthAttribute attribute;
} identities[] = {
  { "agent.version", ISTH_ATTRIBUTE_SOFTWARE },
  { "agent.hostname", ISTH_ATTRIBUTE_HOSTNAME },
  { "system.hostname", ISTH_ATTRIBUTE_HOSTNAME },
  { "system.uname", ISTH_ATTRIBUTE_DESCRIPTION },
  { "system.sw.os", ISTH_ATTRIBUTE_OS },
};

static bool
read_header (IsthCursor *c,
             ZabbixHeader *header)
{
  const uint8_t *magic = isth_cursor_bytes (c, 4);

  if (!magic || memcmp (magic, "ZBXD", 4) != 0)
    return false;
  header->flags = isth_cursor_u8 (c);
  header->size = header->flags & LARGE ? 21 : LEAST_HEADER;
  header->length = header->flags & LARGE ? isth_cursor_le64 (c) : isth_cursor_le32 (c);
  isth_cursor_skip (c, header->flags & LARGE ? 8 : 4);
  return !c->failed && (header->flags & 1) && header->flags < 8;
}

static IsthProbe
zabbix_probe (IsthCursor c,
              const IsthPacket *packet)
{
  ZabbixHeader header;

  (void) packet;
  return read_header (&c, &header) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
zabbix_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c);
  ZabbixHeader header;

  if (read_header (&c, &header))
    return header.length < ISTH_LIMIT_PDU - header.size ? header.size + (uint32_t) header.length : ISTH_PDU_INVALID;
  return c.failed && left < 21 ? ISTH_PDU_MORE : ISTH_PDU_INVALID;
}

/* "key":"value" in a document; no more of JSON is needed. */
static bool
find_value (const IsthPiece *text,
            const char *key,
            IsthPiece *value)
{
  IsthPiece head = { text->bytes, MIN (text->length, 1024) };

  return isth_piece_between (&head, key, "\"\\", value) && value->length > 0;
}

/* An agent, proxy or sender to a server. */
static void
read_document (IsthDissectContext *ctx,
               ZabbixState *state,
               const IsthPiece *text)
{
  char object[ISTH_LIMIT_TEXT], version[64];
  IsthPiece value, found;

  if (find_value (text, "\"response\":\"", &value))
    {
      bool refused = !isth_piece_is (&value, "success");

      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role_once (ctx, &state->server, "zabbix-server");
      isth_text_from_bytes (object, sizeof object, value.bytes, value.length);
      isth_emit_response (ctx, 0, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? object : NULL, false);
      return;
    }
  if (!find_value (text, "\"request\":\"", &value))
    return;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role_once (ctx, &state->client, "zabbix-agent");
  isth_text_from_bytes (object, sizeof object, value.bytes, value.length);
  isth_emit_request (ctx, &(IsthRequest) { .match = 0, .verb = isth_piece_between (&value, "data", "", &found) ? ISTH_OP_REPORT : ISTH_OP_READ,
                                           .function = -1, .name = "request", .object = object });
  if (!isth_piece_is (&value, "active checks"))
    return;
  if (find_value (text, "\"host\":\"", &value))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER, value.bytes, value.length);
  if (find_value (text, "\"version\":\"", &value))
    {
      isth_text_format (object, sizeof object, "Zabbix agent %s", isth_text_from_bytes (version, sizeof version, value.bytes, value.length));
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, object, ISTH_CONFIDENCE_BANNER, value.bytes, value.length);
    }
}

/* A server asks an agent for the value of a key. */
static void
read_key (IsthDissectContext *ctx,
          ZabbixState *state,
          const IsthPiece *key)
{
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .match = 0, .verb = ISTH_OP_READ, .function = -1, .name = "get", .object = object };

  isth_emit_role_once (ctx, &state->client, "zabbix-server");
  for (size_t i = 0; i < G_N_ELEMENTS (identities); i++)
    if (isth_piece_is (key, identities[i].key))
      request.memo[0] = i + 1;
  request.key = isth_context_digest (ctx, 1, key->bytes, key->length);
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_from_bytes (object, sizeof object, key->bytes, MIN (key->length, MOST_KEYS));
  isth_emit_request (ctx, &request);
}

static void
read_value (IsthDissectContext *ctx,
            ZabbixState *state,
            const IsthPiece *value)
{
  bool refused = isth_piece_starts (value, "ZBX_NOTSUPPORTED");
  const IsthPending *pending = isth_emit_response (ctx, 0, refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused ? "not supported" : NULL, false);
  char text[ISTH_LIMIT_TEXT], version[64];

  isth_emit_role_once (ctx, &state->server, "zabbix-agent");
  if (!pending || pending->memo[0] == 0 || refused || value->length == 0)
    return;
  if (pending->memo[0] > 1)
    {
      isth_emit_text (ctx, NULL, identities[pending->memo[0] - 1].attribute, ISTH_CONFIDENCE_PARSED, value->bytes, value->length);
      return;
    }
  isth_text_format (text, sizeof text, "Zabbix agent %s", isth_text_from_bytes (version, sizeof version, value->bytes, value->length));
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_PARSED, value->bytes, value->length);
}

static void
read_compressed (IsthDissectContext *ctx)
{
  if (isth_context_direction (ctx) == ISTH_FROM_CLIENT)
    isth_emit_request (ctx, &(IsthRequest) { .match = 0, .key = isth_context_digest (ctx, 2, "", 0), .verb = ISTH_OP_OTHER, .function = -1,
                                             .name = "compressed" });
  else if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    isth_emit_response (ctx, 0, ISTH_OUTCOME_OK, NULL, false);
}

static IsthDissectResult
zabbix_dissect (IsthCursor *c,
                IsthDissectContext *ctx)
{
  ZabbixState *state = isth_context_state (ctx);
  ZabbixHeader header;
  IsthPiece text;

  if (!read_header (c, &header))
    return ISTH_DISSECT_NOT_MINE;
  text = (IsthPiece) { c->data + c->position, isth_cursor_left (c) };
  if (header.flags & COMPRESSED)
    read_compressed (ctx);
  else if (text.length > 0 && text.bytes[0] == '{')
    read_document (ctx, state, &text);
  else if (isth_context_direction (ctx) == ISTH_FROM_CLIENT)
    read_key (ctx, state, &text);
  else if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    read_value (ctx, state, &text);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 10051 }, { ISTH_BIND_TCP, 10050 } };

const IsthDissector isth_dissector_zabbix = {
  .id = "zabbix", /* stored in project files: never change it */
  .title = "Zabbix",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software hostname os description",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (ZabbixState),
  .probe = zabbix_probe,
  .pdu_length = zabbix_pdu_length,
  .dissect = zabbix_dissect,
};
