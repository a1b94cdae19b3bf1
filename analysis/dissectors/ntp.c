/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Network time: who takes it from whom, how far a server is from a clock, and who asks the server about itself. RFC 5905, 7.3; SNTP, RFC 4330; control
 * messages, RFC 9327; the private ones of ntpd (mode 7), which have no standard.
 *
 * Offsets and delays are not told. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define PORT 123
#define PACKET_SIZE 48
#define STRATUM_MAX 15

enum
{
  MODE_ACTIVE = 1,
  MODE_PASSIVE = 2,
  MODE_CLIENT = 3,
  MODE_SERVER = 4,
  MODE_BROADCAST = 5,
  MODE_CONTROL = 6,
  MODE_PRIVATE = 7,
};

#define CODE_TRAP 7 /* sent unasked */

static const struct
{
  const char *name;
  IsthOp verb;
} controls[] = {
  [1] = { "read-status", ISTH_OP_DIAGNOSE },     [2] = { "read-variables", ISTH_OP_DIAGNOSE }, [3] = { "write-variables", ISTH_OP_CONFIGURE },
  [4] = { "read-clock", ISTH_OP_DIAGNOSE },      [5] = { "write-clock", ISTH_OP_CONFIGURE },   [6] = { "set-trap", ISTH_OP_CONFIGURE },
  [CODE_TRAP] = { "trap", ISTH_OP_REPORT },              [8] = { "configure", ISTH_OP_CONFIGURE },     [9] = { "save-configuration", ISTH_OP_CONFIGURE },
  [10] = { "read-recent-users", ISTH_OP_DIAGNOSE }, [11] = { "read-list", ISTH_OP_DIAGNOSE },  [12] = { "nonce", ISTH_OP_DIAGNOSE },
};

/* What a server said of its clock last. */
typedef struct
{
  uint32_t reference;
  uint8_t stratum, roles; /* bits of modes whose role was told */
} State;

static bool
is_packet (IsthCursor c,
           uint8_t mode)
{
  const uint8_t *p = isth_cursor_bytes (&c, PACKET_SIZE);

  return p && mode >= MODE_ACTIVE && mode <= MODE_BROADCAST && p[1] <= 16 && p[2] < 0x20 && c.wire % 4 == 0 && c.wire <= PACKET_SIZE + 512;
}

static IsthProbe
ntp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  const uint8_t *p = isth_cursor_bytes (&c, 12);
  uint8_t mode, version;

  (void) packet;
  if (!p)
    return ISTH_PROBE_NO;
  mode = p[0] & 7;
  version = p[0] >> 3 & 7;
  if (version < 1 || version > 4)
    return ISTH_PROBE_NO;
  if (mode == MODE_CONTROL)
    {
      uint8_t code = p[1] & 0x1f;
      bool fits = isth_be16 (p + 10) <= c.wire - 12; /* the count of what follows */

      return (p[0] & 0xc0) == 0 && code >= 1 && code < G_N_ELEMENTS (controls) && fits ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
    }
  if (mode == MODE_PRIVATE)
    return version == 2 && p[2] <= 3 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  c = isth_cursor_new (c.data, c.length, c.wire);
  if (!is_packet (c, mode))
    return ISTH_PROBE_NO;
  /* A server's three times of its own lie close together. */
  return mode == MODE_SERVER && p[1] >= 1 && p[1] <= STRATUM_MAX && c.data[32] >= 0xd0 && memcmp (c.data + 32, c.data + 40, 3) == 0
                 && c.data[16] == c.data[32]
             ? ISTH_PROBE_STRONG
             : ISTH_PROBE_WEAK;
}

static void
emit_role (IsthDissectContext *ctx,
           State *state,
           uint8_t mode,
           const char *role)
{
  if (state->roles & 1 << mode)
    return;
  state->roles |= (uint8_t) (1 << mode);
  isth_emit_role (ctx, NULL, role);
}

/* Of stratum 1 the reference is a word (GPS, PPS …), behind it an IPv4 address, or a digest that looks like one. */
static void
emit_clock (IsthDissectContext *ctx,
            State *state,
            uint8_t stratum,
            const uint8_t *reference)
{
  char text[80], name[ISTH_ADDRESS_TEXT];
  uint32_t number;

  memcpy (&number, reference, 4);
  if (stratum == 0 || stratum > STRATUM_MAX || (state->stratum == stratum && state->reference == number))
    return;
  state->stratum = stratum;
  state->reference = number;
  if (stratum == 1)
    isth_text_from_string (name, sizeof name, reference, 4);
  else
    {
      IsthAddress address = isth_address_ipv4 (reference);

      isth_address_format (&address, name);
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DESCRIPTION, isth_text_format (text, sizeof text, "clock of stratum %u, reference %s", stratum, name),
                   ISTH_CONFIDENCE_BANNER, reference, 4);
}

static IsthDissectResult
read_time (IsthDissectContext *ctx,
           IsthCursor *c,
           uint8_t mode,
           bool set)
{
  State *state = isth_context_state (ctx);
  IsthRequest request = { .match = MODE_CLIENT, .verb = ISTH_OP_TIME_SYNC, .function = mode };
  uint8_t stratum = isth_cursor_u8 (c);
  const uint8_t *reference;
  char kiss[8];

  isth_cursor_skip (c, 10);
  reference = isth_cursor_bytes (c, 4);
  isth_cursor_skip (c, 32);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  switch (mode)
    {
    case MODE_CLIENT:
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      request.name = "client";
      isth_emit_request (ctx, &request);
      emit_role (ctx, state, mode, "ntp-client");
      return ISTH_DISSECT_OK;
    case MODE_SERVER: /* stratum 0 refuses, for a reason of four letters (RFC 5905, 7.4) */
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, MODE_CLIENT, stratum == 0 || !set ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                          stratum == 0 ? isth_text_from_string (kiss, sizeof kiss, reference, 4) : set ? NULL : "clock not set", false);
      emit_role (ctx, state, mode, "ntp-server");
      break;
    case MODE_BROADCAST:
      request.name = "broadcast";
      request.no_answer = true;
      isth_emit_request (ctx, &request);
      emit_role (ctx, state, mode, "ntp-server");
      break;
    default:
      request.name = mode == MODE_ACTIVE ? "symmetric-active" : "symmetric-passive";
      request.no_answer = true;
      isth_emit_request (ctx, &request);
      emit_role (ctx, state, mode, "ntp-peer");
      break;
    }
  emit_clock (ctx, state, stratum, reference);
  return ISTH_DISSECT_OK;
}

/* NAME="value" in a list of variables. */
static void
emit_variable (IsthDissectContext *ctx,
               IsthAttribute attribute,
               const char *name,
               const uint8_t *text,
               uint32_t size)
{
  const uint8_t *at = memmem (text, size, name, strlen (name));
  const uint8_t *end;

  if (!at)
    return;
  at += strlen (name);
  end = memchr (at, '"', (size_t) (text + size - at));
  if (end)
    isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_BANNER, at, (uint32_t) (end - at));
}

static IsthDissectResult
read_control (IsthDissectContext *ctx,
              IsthCursor *c)
{
  uint8_t operation = isth_cursor_u8 (c);
  uint16_t sequence = isth_cursor_be16 (c);
  uint8_t code = operation & 0x1f;
  const uint8_t *text;
  uint16_t size;

  isth_cursor_skip (c, 6); /* status, association, offset */
  size = isth_cursor_be16 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (code == 0 || code >= G_N_ELEMENTS (controls))
    return ISTH_DISSECT_OK;
  if (!(operation & 0x80))
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_request (ctx, &(IsthRequest){ .match = (uint64_t) MODE_CONTROL << 32 | sequence, .no_answer = code == CODE_TRAP,
                                              .verb = controls[code].verb, .function = code, .name = controls[code].name });
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_response (ctx, (uint64_t) MODE_CONTROL << 32 | sequence, operation & 0x40 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                      operation & 0x40 ? "error" : NULL, operation & 0x20);
  text = isth_cursor_bytes (c, size);
  if (!text)
    return ISTH_DISSECT_MALFORMED;
  emit_variable (ctx, ISTH_ATTRIBUTE_SOFTWARE, "version=\"", text, size);
  emit_variable (ctx, ISTH_ATTRIBUTE_OS, "system=\"", text, size);
  return ISTH_DISSECT_OK;
}

/* ntpdc. The list of recent users is what is abused to flood others. */
static IsthDissectResult
read_private (IsthDissectContext *ctx,
              IsthCursor *c,
              bool response)
{
  uint8_t code;

  isth_cursor_skip (c, 2);
  code = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (response)
    {
      isth_emit_response (ctx, (uint64_t) MODE_PRIVATE << 32 | code, ISTH_OUTCOME_OK, NULL, true);
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &(IsthRequest){ .match = (uint64_t) MODE_PRIVATE << 32 | code, .verb = ISTH_OP_DIAGNOSE, .function = code,
                                          .name = code == 20 || code == 42 ? "private-recent-users" : "private" });
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ntp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  uint8_t first = isth_cursor_u8 (c);
  uint8_t mode = first & 7;

  if (c->failed || mode == 0)
    return c->failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_NOT_MINE;
  if (mode == MODE_CONTROL)
    return read_control (ctx, c);
  if (mode == MODE_PRIVATE)
    return read_private (ctx, c, first & 0x80);
  return read_time (ctx, c, mode, first >> 6 != 3);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_ntp = {
  .id = "ntp",
  .title = N_("Network time protocol"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "description software os",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (State),
  .probe = ntp_probe,
  .dissect = ntp_dissect,
};
