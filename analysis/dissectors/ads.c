/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beckhoff ADS over AMS, TCP 48898, and the discovery of routes, UDP 48899: who reads and writes which symbol, what a target says it is, its state, files,
 * and who gives itself a route. TwinCAT documentation: AMS/ADS specification; the discovery has none and is read as captures show it.
 *
 * The NetId of the sender is taken for that of the IP address it comes from; a router that passes on for others is not told apart.
 * Each port is a task of the target and none is made a device of its own. Values are not shown, and passwords never are. Secure ADS (TCP 8016) is TLS. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>

#include "analysis/dissectors/ads-discovery.h"
#include "analysis/dissectors/ads-tables.h"

#define TCP_HEADER 6
#define AMS_HEADER 32
#define RESPONSE 0x0001
#define HANDLES 24
#define SYMBOL 60

/* A symbol by the handle that stands for it; while the handle is asked for it is 0. */
typedef struct
{
  uint32_t handle;
  char name[SYMBOL];
} AdsSymbol;

typedef struct
{
  bool client_known, server_known;
  uint8_t next;
  uint8_t net_ids[2][6]; /* what each side was last called */
  AdsSymbol symbols[HANDLES];
} AdsState;

typedef struct
{
  const uint8_t *source_id;
  uint16_t target_port, source_port, command, flags;
  uint32_t length, error, invoke;
  IsthCursor data;
} AdsMessage;

static void
read_ams (IsthCursor *c,
          AdsMessage *m)
{
  isth_cursor_skip (c, 6);
  m->target_port = isth_cursor_le16 (c);
  m->source_id = isth_cursor_bytes (c, 6);
  m->source_port = isth_cursor_le16 (c);
  m->command = isth_cursor_le16 (c);
  m->flags = isth_cursor_le16 (c);
  m->length = isth_cursor_le32 (c);
  m->error = isth_cursor_le32 (c);
  m->invoke = isth_cursor_le32 (c);
}

static IsthProbe
ads_probe (IsthCursor c,
           const IsthPacket *packet)
{
  AdsMessage m;
  uint32_t length;

  if (packet->layer == ISTH_LAYER_UDP)
    return isth_ads_probe_discovery (c);
  if (isth_cursor_be16 (&c) != 0)
    return ISTH_PROBE_NO;
  length = isth_cursor_le32 (&c);
  if (c.failed || length < AMS_HEADER || length > ISTH_LIMIT_PDU - TCP_HEADER)
    return ISTH_PROBE_NO;
  read_ams (&c, &m);
  if (c.failed || m.length != length - AMS_HEADER || m.command >= G_N_ELEMENTS (ads_commands) || (m.flags & 0xff3e) != 0x0004)
    return ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static uint32_t
ads_pdu_length (IsthCursor c)
{
  uint32_t length;

  if (isth_cursor_peek (&c, 0) > 0 || isth_cursor_peek (&c, 1) > 0)
    return ISTH_PDU_INVALID;
  isth_cursor_skip (&c, 2);
  length = isth_cursor_le32 (&c);
  if (c.failed)
    return ISTH_PDU_MORE;
  return length >= AMS_HEADER && length <= ISTH_LIMIT_PDU - TCP_HEADER ? TCP_HEADER + length : ISTH_PDU_INVALID;
}

static const AdsGroup *
get_group (uint32_t group,
           uint16_t port)
{
  for (size_t i = 0; i < G_N_ELEMENTS (ads_groups); i++)
    if (ads_groups[i].group == group && (ads_groups[i].port == 0 || ads_groups[i].port == port))
      return &ads_groups[i];
  return NULL;
}

static const char *
get_symbol (const AdsState *state,
            uint32_t handle)
{
  for (size_t i = 0; i < HANDLES && handle != 0; i++)
    if (state->symbols[i].handle == handle)
      return state->symbols[i].name;
  return NULL;
}

/* Remembers the name until its handle is answered; returns its place, from 1. */
static uint32_t
keep_symbol (AdsState *state,
             const IsthCursor *name)
{
  AdsSymbol *symbol = &state->symbols[state->next];

  symbol->handle = 0;
  isth_text_from_string (symbol->name, sizeof symbol->name, name->data + name->position, isth_cursor_left (name));
  state->next = (uint8_t) ((state->next + 1) % HANDLES);
  return (uint32_t) (symbol - state->symbols) + 1;
}

static void
describe_place (const AdsState *state,
                uint16_t port,
                uint32_t group,
                uint32_t offset,
                char *text,
                size_t size)
{
  const char *symbol = group == 0xf005 ? get_symbol (state, offset) : NULL;

  if (symbol)
    {
      isth_text_format (text, size, "port %u %s", port, symbol);
      return;
    }
  if (group == 0xf005)
    {
      isth_text_format (text, size, "port %u handle 0x%x", port, offset);
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (ads_areas); i++)
    if (ads_areas[i].group == group)
      {
        isth_text_format (text, size, "port %u %s%u", port, ads_areas[i].name, offset);
        return;
      }
  isth_text_format (text, size, "port %u group 0x%x offset 0x%x", port, group, offset);
}

/* A file of the target is opened by name, carried piece by piece and closed; one client does so at a time. */
static void
follow_file (IsthDissectContext *ctx,
             uint32_t group,
             uint16_t client_port,
             const char *object,
             bool answer,
             const char *refused,
             uint32_t bytes)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .match = client_port, .object = object, .by_device = answer, .text = refused };

  if (refused && group >= 120 && group <= 123)
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
  if (refused)
    return;
  transfer.bytes = bytes;
  if (group == 120 && !answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  else if ((group == 123 && !answer) || (group == 122 && answer))
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
  else if (group == 121 && answer)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &transfer);
}

static uint64_t
get_match (uint32_t invoke,
           uint16_t client_port,
           uint16_t server_port)
{
  return (uint64_t) invoke << 32 | (uint64_t) client_port << 16 | server_port;
}

/* Read, write, and both at once: of a group and offset. */
static bool
read_access (IsthDissectContext *ctx,
             AdsState *state,
             const AdsMessage *m,
             IsthRequest *request)
{
  IsthCursor c = m->data;
  uint32_t group = isth_cursor_le32 (&c);
  uint32_t offset = isth_cursor_le32 (&c);
  const AdsGroup *known = get_group (group, m->target_port);
  const char *symbol = group == 0xf005 ? get_symbol (state, offset) : NULL;
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET, name[ISTH_LIMIT_TEXT] ISTH_UNSET;
  uint32_t bytes;

  if (m->command == 9)
    isth_cursor_skip (&c, 4); /* how much is to be read */
  bytes = isth_cursor_le32 (&c);
  if (c.failed)
    return false;
  request->memo[0] = (uint64_t) group << 32 | offset;
  if (group == 0xf003)
    request->memo[1] |= (uint64_t) keep_symbol (state, &c) << 32;
  if (!known || !known->text)
    {
      uint64_t before = (uint64_t) m->target_port << 16 | m->command;

      if (symbol)
        before = isth_context_digest (ctx, before, symbol, strlen (symbol));
      request->key = isth_context_digest (ctx, before, m->data.data + m->data.position, 8);
      if (group < 120 || group > 123)
        if (isth_emit_again (ctx, request))
          return true;
    }
  object[0] = name[0] = '\0';
  if (known)
    {
      request->name = known->name;
      request->verb = m->command == 3 ? known->write : known->verb;
    }
  if (known && known->text && m->command != 2)
    isth_text_from_string (name, sizeof name, c.data + c.position, isth_cursor_left (&c));
  if (name[0] && known->port == ADS_SYSTEM)
    isth_text_format (object, sizeof object, "%s", name);
  else if (name[0])
    isth_text_format (object, sizeof object, "port %u %s", m->target_port, name);
  else if (!known || group == 0xf005)
    describe_place (state, m->target_port, group, offset, object, sizeof object);
  else if (known->port == 0)
    isth_text_format (object, sizeof object, "port %u", m->target_port);
  request->object = object;
  isth_emit_request (ctx, request);
  if (m->target_port == ADS_SYSTEM)
    follow_file (ctx, group, m->source_port, object, false, NULL, group == 123 ? bytes : 0);
  return true;
}

static void
read_request (IsthDissectContext *ctx,
              AdsState *state,
              const AdsMessage *m)
{
  IsthCursor c = m->data;
  char object[80] = "";
  IsthRequest request = {
    .match = get_match (m->invoke, m->source_port, m->target_port),
    .verb = ads_commands[m->command].verb,
    .function = m->command,
    .name = ads_commands[m->command].name,
    .object = object,
    .memo = { 0, m->target_port },
  };
  uint32_t number;

  isth_emit_role_once (ctx, &state->client_known, "ads-client");
  switch (m->command)
    {
    case 2:
    case 3:
    case 9:
      if (read_access (ctx, state, m, &request))
        return;
      break;
    case 5:
      number = isth_cursor_le16 (&c);
      if (!c.failed)
        isth_text_format (object, sizeof object, "port %u %s", m->target_port, number < G_N_ELEMENTS (ads_states) ? ads_states[number] : "unknown state");
      break;
    case 6:
      number = isth_cursor_le32 (&c);
      describe_place (state, m->target_port, number, isth_cursor_le32 (&c), object, sizeof object);
      break;
    default:
      request.key = isth_context_digest (ctx, m->command, &m->target_port, sizeof m->target_port);
      if (isth_emit_again (ctx, &request))
        return;
      isth_text_format (object, sizeof object, "port %u", m->target_port);
      break;
    }
  isth_emit_request (ctx, &request);
}

/* The server reports what was subscribed to: stamps, each with samples, each with the handle of its subscription. */
static void
read_notification (IsthDissectContext *ctx,
                   const AdsMessage *m)
{
  IsthCursor c = m->data;
  char object[48];
  uint32_t samples;
  IsthRequest request = { .no_answer = true, .function = 8, .verb = ISTH_OP_REPORT, .name = "notification", .object = object };

  isth_cursor_skip (&c, 16); /* length, number of stamps, time */
  samples = isth_cursor_le32 (&c);
  if (c.failed || samples == 0)
    return;
  request.key = isth_context_digest (ctx, m->source_port, c.data + c.position, MIN (isth_cursor_left (&c), 4));
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_format (object, sizeof object, "port %u subscription %u", m->source_port, isth_cursor_le32 (&c));
  isth_emit_request (ctx, &request);
}

static void
read_device_info (IsthDissectContext *ctx,
                  IsthCursor c)
{
  const uint8_t *version = isth_cursor_bytes (&c, 4);
  uint32_t n = MIN (isth_cursor_left (&c), 16);
  const uint8_t *name = isth_cursor_bytes (&c, n);
  char text[32];

  if (!version || !name)
    return;
  isth_text_format (text, sizeof text, "%u.%u.%u", version[0], version[1], isth_le16 (version + 2));
  /* Name and version of a task; those of the target say more. */
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, text, ISTH_CONFIDENCE_PARSED - 20, version, 4);
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED - 20, name, n);
}

/* The text between <@tag> and the next '<', and its place; false when there is none. */
static bool
find_element (const IsthCursor *xml,
              const char *tag,
              const uint8_t **at,
              uint32_t *length)
{
  const uint8_t *end = xml->data + xml->length;
  size_t n = strlen (tag);

  for (const uint8_t *p = xml->data + xml->position; p + n + 2 <= end; p++)
    {
      const uint8_t *text = p + n + 2;
      const uint8_t *stop;

      if (p[0] != '<' || memcmp (p + 1, tag, n) != 0 || p[n + 1] != '>')
        continue;
      stop = memchr (text, '<', (size_t) (end - text));
      if (!stop)
        return false;
      *at = text;
      *length = (uint32_t) (stop - text);
      return true;
    }
  return false;
}

/* The system service describes its target in XML. */
static void
read_target_description (IsthDissectContext *ctx,
                         const IsthCursor *xml)
{
  static const struct
  {
    const char *tag;
    IsthAttribute attribute;
  } elements[] = {
    { "TargetType", ISTH_ATTRIBUTE_MODEL },
    { "SerialNo", ISTH_ATTRIBUTE_SERIAL },
    { "CPUVersion", ISTH_ATTRIBUTE_HARDWARE },
    { "ImageVersion", ISTH_ATTRIBUTE_FIRMWARE },
  };
  const uint8_t *at[3], *first;
  uint32_t n[3];
  char text[3][48], joined[128];

  if (!find_element (xml, "TargetType", &first, &n[0]))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (elements); i++)
    if (find_element (xml, elements[i].tag, &at[0], &n[0]) && !(n[0] == 1 && at[0][0] == '0'))
      isth_emit_text (ctx, NULL, elements[i].attribute, ISTH_CONFIDENCE_PARSED, at[0], n[0]);
  if (n[0] > 0 && first[0] == 'C') /* of Beckhoff's own make; TwinCAT runs on other computers as well */
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Beckhoff", ISTH_CONFIDENCE_PARSED, first, 1);
  if (find_element (xml, "Version", &at[0], &n[0]) && find_element (xml, "Revision", &at[1], &n[1]) && find_element (xml, "Build", &at[2], &n[2]))
    {
      for (size_t i = 0; i < 3; i++)
        isth_text_from_bytes (text[i], sizeof text[i], at[i], n[i]);
      isth_text_format (joined, sizeof joined, "TwinCAT %s.%s.%s", text[0], text[1], text[2]);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, joined, ISTH_CONFIDENCE_PARSED, at[0], n[0]);
    }
  if (find_element (xml, "OsName", &at[0], &n[0]) && find_element (xml, "OsVersion", &at[1], &n[1]))
    {
      for (size_t i = 0; i < 2; i++)
        isth_text_from_bytes (text[i], sizeof text[i], at[i], n[i]);
      isth_text_format (joined, sizeof joined, "%s %s", text[0], text[1]);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, joined, ISTH_CONFIDENCE_PARSED, at[0], n[0]);
    }
}

/* The state of the PLC (ports 800 and on, 801, 811 …; 851 … in TwinCAT 3), or of the whole system. */
static void
read_state (IsthDissectContext *ctx,
            uint16_t port,
            IsthCursor c)
{
  const uint8_t *at = c.data + c.position;
  uint32_t state = isth_cursor_le16 (&c);

  if (!c.failed && state > 0 && state < G_N_ELEMENTS (ads_states) && (port == ADS_SYSTEM || (port >= 800 && port < 900)))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, ads_states[state], ISTH_CONFIDENCE_PARSED, at, 2);
}

static void
read_answer_data (IsthDissectContext *ctx,
                  AdsState *state,
                  const AdsMessage *m,
                  const IsthPending *asked,
                  IsthCursor c)
{
  uint32_t group = (uint32_t) (asked->memo[0] >> 32), slot = (uint32_t) (asked->memo[1] >> 32);
  uint32_t length, handle;

  switch (m->command)
    {
    case 1:
      read_device_info (ctx, c);
      break;
    case 2:
    case 9:
      length = isth_cursor_le32 (&c);
      isth_cursor_limit (&c, length);
      if (group == 0xf003 && slot > 0 && slot <= HANDLES)
        {
          handle = isth_cursor_le32 (&c);
          state->symbols[slot - 1].handle = c.failed ? 0 : handle;
        }
      else if (group == 700 && m->source_port == ADS_SYSTEM)
        read_target_description (ctx, &c);
      else if (group == 702 && m->source_port == ADS_SYSTEM)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, c.data + c.position, isth_cursor_left (&c));
      else if (m->source_port == ADS_SYSTEM)
        follow_file (ctx, group, m->target_port, NULL, true, NULL, length);
      break;
    case 3:
      if (m->source_port == ADS_SYSTEM)
        follow_file (ctx, group, m->target_port, NULL, true, NULL, 0);
      break;
    case 4:
      read_state (ctx, m->source_port, c);
      break;
    }
}

static void
read_answer (IsthDissectContext *ctx,
             AdsState *state,
             const AdsMessage *m)
{
  IsthCursor c = m->data;
  char other[24];
  uint32_t error = m->error != 0 ? m->error : isth_cursor_le32 (&c);
  const char *refused = error == 0 ? NULL : isth_ads_get_error (error, other, sizeof other);
  const IsthPending *asked;

  isth_emit_role_once (ctx, &state->server_known, "ads-server");
  asked = isth_emit_response (ctx, get_match (m->invoke, m->target_port, m->source_port), refused ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, refused, false);
  if (asked && !refused)
    read_answer_data (ctx, state, m, asked, c);
  else if (asked && m->source_port == ADS_SYSTEM)
    follow_file (ctx, (uint32_t) (asked->memo[0] >> 32), m->target_port, NULL, true, refused, 0);
}

static IsthDissectResult
dissect_ams (IsthCursor *c,
             IsthDissectContext *ctx,
             AdsState *state)
{
  AdsMessage m;
  bool answer;

  if (isth_cursor_be16 (c) != 0)
    return ISTH_DISSECT_NOT_MINE;
  isth_cursor_skip (c, 4);
  read_ams (c, &m);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (m.command >= G_N_ELEMENTS (ads_commands))
    return ISTH_DISSECT_NOT_MINE;
  m.data = isth_cursor_take (c, m.length);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  answer = m.flags & RESPONSE;
  isth_context_prove_direction (ctx, answer || m.command == 8 ? ISTH_FROM_SERVER : ISTH_FROM_CLIENT);
  if (memcmp (state->net_ids[answer || m.command == 8], m.source_id, 6) != 0)
    {
      memcpy (state->net_ids[answer || m.command == 8], m.source_id, 6);
      isth_ads_claim_net_id (ctx, m.source_id);
    }
  if (m.command == 8)
    read_notification (ctx, &m);
  else if (answer)
    read_answer (ctx, state, &m);
  else
    read_request (ctx, state, &m);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ads_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  AdsState *state = isth_context_state (ctx);

  if (isth_context_packet (ctx)->layer == ISTH_LAYER_UDP)
    return isth_ads_dissect_discovery (c, ctx, &state->client_known, &state->server_known);
  return dissect_ams (c, ctx, state);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 48899 }, { ISTH_BIND_TCP, 48898 } };

const IsthDissector isth_dissector_ads = {
  .id = "ads", /* stored in project files: never change it */
  .title = "Beckhoff ADS",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model firmware hardware serial software os hostname state protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (AdsState),
  .probe = ads_probe,
  .pdu_length = ads_pdu_length,
  .dissect = ads_dissect,
};
