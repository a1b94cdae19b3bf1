/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tank gauges of Veeder-Root (TLS-350 and its kin), and those that speak like them: who reads stock and alarms of a filling station, who changes the
 * gauge's settings, and whose station it is. TLS-350 Serial Interface Manual, 576013-635.
 *
 * A command is SOH, a security code that is never said, I (ask) or S (set), small letters for answers to a program; three digits of function and two of
 * the tank. An answer repeats it. Answers to programs are told apart and not read; of those to people the head is. What the sensors measure is not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/secret.h"

#define SOH 0x01
#define SECURITY 6
#define ETX 0x03
#define COMMAND 6     /* a letter, three digits, two digits */
#define MATCH 1       /* one command at a time */

static const struct
{
  const char *code;
  IsthOp verb;        /* of asking; of setting it is configure unless @sets says another */
  IsthOp sets;
  const char *asks, *name;
} functions[] = {
  { "001", ISTH_OP_READ, ISTH_OP_CONTROL, "system-reset", "system-reset" },
  { "002", ISTH_OP_READ, ISTH_OP_CONTROL, "clear-power-reset", "clear-power-reset" },
  { "003", ISTH_OP_READ, ISTH_OP_CONTROL, "clear-alarm-history", "clear-alarm-history" },
  { "051", ISTH_OP_READ, ISTH_OP_CONTROL, "clear-delivery-reports", "clear-delivery-reports" },
  { "052", ISTH_OP_READ, ISTH_OP_CONTROL, "start-leak-test", "start-leak-test" },
  { "053", ISTH_OP_READ, ISTH_OP_CONTROL, "stop-leak-test", "stop-leak-test" },
  { "101", ISTH_OP_DIAGNOSE, ISTH_OP_CONFIGURE, "system-status", "set-system-status" },
  { "102", ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, "system-configuration", "set-system-configuration" },
  { "111", ISTH_OP_DIAGNOSE, ISTH_OP_CONFIGURE, "priority-alarm-history", "set-priority-alarm-history" },
  { "112", ISTH_OP_DIAGNOSE, ISTH_OP_CONFIGURE, "non-priority-alarm-history", "set-non-priority-alarm-history" },
  { "113", ISTH_OP_DIAGNOSE, ISTH_OP_CONFIGURE, "active-alarms", "set-active-alarms" },
  { "201", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-inventory", "set-in-tank-inventory" },
  { "202", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-delivery", "set-in-tank-delivery" },
  { "203", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-leak-detection", "set-in-tank-leak-detection" },
  { "204", ISTH_OP_READ, ISTH_OP_CONFIGURE, "shift-inventory", "set-shift-inventory" },
  { "205", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-status", "set-in-tank-status" },
  { "206", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-alarm-history", "set-in-tank-alarm-history" },
  { "207", ISTH_OP_READ, ISTH_OP_CONFIGURE, "in-tank-leak-test-history", "set-in-tank-leak-test-history" },
  { "301", ISTH_OP_READ, ISTH_OP_CONFIGURE, "liquid-sensor-status", "set-liquid-sensor-status" },
  { "302", ISTH_OP_READ, ISTH_OP_CONFIGURE, "liquid-sensor-alarm-history", "set-liquid-sensor-alarm-history" },
  { "501", ISTH_OP_READ, ISTH_OP_TIME_SYNC, "time", "set-time" },
  { "502", ISTH_OP_READ, ISTH_OP_CONFIGURE, "shift-start-time", "set-shift-start-time" },
  { "503", ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, "report-header", "set-report-header" },
  { "517", ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, "system-type", "set-system-type" },
  { "602", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-product-label", "set-tank-product-label" },
  { "603", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-product-code", "set-tank-product-code" },
  { "604", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-diameter", "set-tank-diameter" },
  { "621", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-low-limit", "set-tank-low-limit" },
  { "622", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-high-limit", "set-tank-high-limit" },
  { "623", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-overfill-limit", "set-tank-overfill-limit" },
  { "624", ISTH_OP_READ, ISTH_OP_CONFIGURE, "tank-high-water-limit", "set-tank-high-water-limit" },
  { "902", ISTH_OP_IDENTIFY, ISTH_OP_CONFIGURE, "software-revision", "set-software-revision" },
};

/* A letter and five digits (of a function, hexadecimal ones) begin here. */
static bool
is_command (const IsthCursor *c,
            uint32_t at)
{
  int letter = isth_cursor_peek (c, at);

  if (letter != 'I' && letter != 'S' && letter != 'i' && letter != 's')
    return false;
  for (uint32_t i = 1; i < COMMAND; i++)
    {
      int digit = isth_cursor_peek (c, at + i);

      if (!(digit >= '0' && digit <= '9') && (i > 3 || digit < 'A' || digit > 'F'))
        return false;
    }
  return true;
}

static bool
is_line_end (int byte)
{
  return byte == '\r' || byte == '\n';
}

/* Where the command stands behind SOH; 0: none does. */
static uint32_t
find_asked (const IsthCursor *c)
{
  if (isth_cursor_peek (c, 0) != SOH)
    return 0;
  if (is_command (c, 1))
    return 1;
  return is_command (c, 1 + SECURITY) ? 1 + SECURITY : 0;
}

/* Where an answer for people repeats it: on a line of its own. */
static uint32_t
find_repeated (const IsthCursor *c)
{
  uint32_t at = isth_cursor_peek (c, 0) == SOH ? 1 : 0;
  uint32_t lines = 0;

  while (is_line_end (isth_cursor_peek (c, at)) && lines++ < 4)
    at++;
  return lines > 0 && is_command (c, at) && is_line_end (isth_cursor_peek (c, at + COMMAND)) ? at : 0;
}

static IsthProbe
atg_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t at;
  int next;

  (void) packet;
  if (find_repeated (&c) > 0)
    return ISTH_PROBE_STRONG;
  at = find_asked (&c);
  next = isth_cursor_peek (&c, at + COMMAND);
  if (at == 0)
    return ISTH_PROBE_NO;
  return at == 1 && (next < 0 || is_line_end (next)) ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

/* The next line, without blanks around it; false where there is none. */
static bool
take_line (IsthCursor *c,
           const uint8_t **line,
           uint32_t *length)
{
  uint32_t n = 0;

  if (isth_cursor_left (c) == 0 || isth_cursor_peek (c, 0) == ETX)
    return false;
  *line = c->data + c->position;
  while (n < isth_cursor_left (c) && (*line)[n] != '\n' && (*line)[n] != '\r')
    n++;
  *length = n;
  isth_cursor_skip (c, n);
  if (isth_cursor_peek (c, 0) == '\r')
    isth_cursor_skip (c, 1);
  if (isth_cursor_peek (c, 0) == '\n')
    isth_cursor_skip (c, 1);
  while (*length > 0 && **line == ' ')
    {
      ++*line;
      --*length;
    }
  while (*length > 0 && ((*line)[*length - 1] <= ' '))
    --*length;
  return true;
}

/* The report's head: date, blank lines, what the station calls itself and where it is, blank lines, the title. */
static void
read_header (IsthDissectContext *ctx,
             IsthCursor c)
{
  static const char *const titles[] = { "IN-TANK", "TANK", "SYSTEM", "LIQUID", "ALARM", "DELIVERY", "SHIFT" };
  char place[ISTH_LIMIT_TEXT] = "", part[64];
  const uint8_t *line = NULL, *first = NULL, *second = NULL, *end = NULL;
  uint32_t length, n = 0, first_length = 0;
  size_t used;

  take_line (&c, &line, &length); /* the date */
  for (uint32_t blank = 0; blank < 4 && n < 4 && take_line (&c, &line, &length); blank += length == 0)
    {
      if (length == 0 && n > 0)
        break;
      if (length == 0)
        continue;
      if (n++ == 0)
        {
          first = line;
          first_length = length;
          continue;
        }
      second = second ? second : line;
      end = line + length;
      isth_text_from_bytes (part, sizeof part, line, length);
      used = strlen (place);
      isth_text_format (place + used, sizeof place - used, "%s%s", used > 0 ? ", " : "", part);
    }
  /* Without a blank line behind it, or under one of its titles, it was the report itself. */
  if (!first || length != 0)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    if (first_length >= strlen (titles[i]) && memcmp (first, titles[i], strlen (titles[i])) == 0)
      return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_BANNER, first, first_length);
  if (second)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_LOCATION, place, ISTH_CONFIDENCE_BANNER, second, (uint32_t) (end - second));
}

/* Function 902: lines "VERSION 123.02" and "SOFTWARE# 346123-100-C". */
static void
read_software (IsthDissectContext *ctx,
               IsthCursor c)
{
  const uint8_t *line;
  uint32_t length;

  for (uint32_t i = 0; i < 16 && take_line (&c, &line, &length); i++)
    if (length > 8 && memcmp (line, "VERSION ", 8) == 0)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, line + 8, length - 8);
    else if (length > 10 && memcmp (line, "SOFTWARE# ", 10) == 0)
      isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, line + 10, length - 10);
}

static void
note_server (IsthDissectContext *ctx)
{
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "atg-server");
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             IsthCursor *c,
             uint32_t at)
{
  const uint8_t *code, *line;
  uint32_t length;

  isth_cursor_skip (c, at);
  code = isth_cursor_bytes (c, COMMAND);
  if (!code)
    return ISTH_DISSECT_MALFORMED;
  isth_emit_response (ctx, MATCH, ISTH_OUTCOME_OK, NULL, false);
  note_server (ctx);
  take_line (c, &line, &length);
  if (code[0] != 'I')
    return ISTH_DISSECT_OK;
  if (memcmp (code + 1, "902", 3) == 0)
    read_software (ctx, *c);
  else if (code[1] >= '1' && code[1] <= '3')
    read_header (ctx, *c);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              IsthCursor *c,
              uint32_t at)
{
  const uint8_t *code;
  char object[80];
  IsthRequest request = { .match = MATCH, .function = -1, .object = object };
  bool sets;

  isth_cursor_skip (c, at);
  code = isth_cursor_bytes (c, COMMAND);
  if (!code)
    return ISTH_DISSECT_MALFORMED;
  sets = code[0] == 'S' || code[0] == 's';
  request.verb = sets ? ISTH_OP_CONFIGURE : ISTH_OP_READ;
  request.name = sets ? "set" : "inquire";
  request.at = code;
  request.length = COMMAND;
  if (code[4] == '0' && code[5] == '0')
    isth_text_format (object, sizeof object, "all");
  else
    isth_text_format (object, sizeof object, "number %u", (code[4] - '0') * 10u + (code[5] - '0'));
  if (at > 1)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), ", security code in clear (%s)", isth_secret_class (SECURITY));
  if (code[1] <= '9' && code[2] <= '9' && code[3] <= '9')
    request.function = (code[1] - '0') * 100 + (code[2] - '0') * 10 + (code[3] - '0');
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    if (memcmp (functions[i].code, code + 1, 3) == 0)
      {
        request.verb = sets ? functions[i].sets : functions[i].verb;
        request.name = sets ? functions[i].name : functions[i].asks;
      }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "atg-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
atg_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  static const uint8_t refused[] = { '9', '9', '9', '9', 'F', 'F', '1', 'B' };
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  uint32_t repeated = find_repeated (c), asked = find_asked (c), skip = isth_cursor_peek (c, 0) == SOH ? 1 : 0;
  IsthCursor look = *c;
  const uint8_t *bytes;

  isth_cursor_skip (&look, skip);
  bytes = isth_cursor_bytes (&look, sizeof refused);
  if (bytes && memcmp (bytes, refused, sizeof refused) == 0)
    {
      isth_emit_response (ctx, MATCH, ISTH_OUTCOME_REFUSED, "function not recognised", false);
      note_server (ctx);
      return ISTH_DISSECT_OK;
    }
  if (repeated > 0)
    return read_answer (ctx, c, repeated);
  if (asked > 0 && !server)
    return read_command (ctx, c, asked);
  if (asked > 0)
    {
      isth_emit_response (ctx, MATCH, ISTH_OUTCOME_OK, NULL, false);
      note_server (ctx);
    }
  return asked > 0 || server || isth_cursor_peek (c, 0) == 0xff ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE; /* the rest of an answer; Telnet */
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 10001 } };

const IsthDissector isth_dissector_atg = {
  .id = "atg",
  .title = N_("Tank gauge (Veeder-Root)"),
  .depth = ISTH_DEPTH_DEEP,
  .identity = "station location firmware software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = atg_probe,
  .dissect = atg_dissect,
};
