/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of user data in S7 communication. Events of the diagnostic buffer: "System Software for S7-300/400" (Siemens), event class 4. */
#include "analysis/dissectors/s7comm-user.h"

#include <glib.h>

#include "analysis/dissectors/s7comm-items.h"

#define SHOWN 4 /* alarms named one by one */

enum
{
  GROUP_CYCLIC = 2,
  GROUP_BLOCKS = 3,
  GROUP_CPU = 4,
  GROUP_BLOCK_SEND = 6,
};

enum
{
  CYCLIC_UNSUBSCRIBE = 4,
  BLOCKS_OF_TYPE = 2,
  BLOCK_INFORMATION = 3,
  CPU_MESSAGE_SERVICE = 2,
  CPU_DIAGNOSTIC_MESSAGE = 3,
};

/* Changes of mode and memory resets among the events. */
static const struct
{
  uint16_t event;
  const char *text;
  const char *state;
} events[] = {
  { 0x4300, "power on with backup", NULL },
  { 0x4301, "stop to startup", "startup" },
  { 0x4302, "startup to run", "run" },
  { 0x4303, "stop by mode selector", "stop" },
  { 0x4304, "stop by programming device", "stop" },
  { 0x4305, "hold at breakpoint", "hold" },
  { 0x4306, "hold left", NULL },
  { 0x4307, "memory reset by programming device", "stop" },
  { 0x4308, "memory reset by mode selector", "stop" },
  { 0x4309, "memory reset after power on without backup", "stop" },
  { 0x430a, "hold to stop", "stop" },
  { 0x430d, "stop by another CPU", "stop" },
  { 0x430e, "memory reset done", "stop" },
  { 0x430f, "stop of a module by stop of the CPU", NULL },
};

/* How often: base 100 ms, 1 s or 10 s. */
static void
describe_subscription (IsthCursor c,
                       char      *text,
                       size_t     size)
{
  uint16_t n = isth_cursor_be16 (&c);
  uint8_t base = isth_cursor_u8 (&c);
  uint8_t factor = isth_cursor_u8 (&c);
  size_t used;

  if (c.failed)
    return;
  isth_s7_describe_items (&c, n, text, size > 24 ? size - 24 : 0);
  used = strlen (text);
  if (used > 0 && factor > 0 && base == 0)
    isth_text_format (text + used, size - used, " every %u ms", factor * 100u);
  else if (used > 0 && factor > 0 && base <= 2)
    isth_text_format (text + used, size - used, " every %u s", base == 1 ? factor : factor * 10u);
}

static void
describe_message_service (IsthCursor c,
                          char      *text,
                          size_t     size)
{
  static const struct
  {
    uint8_t bit;
    const char *name;
  } kinds[] = { { 0x01, "modes" }, { 0x02, "diagnosis" }, { 0x04, "user diagnosis" }, { 0x80, "alarms" } };
  uint8_t bits = isth_cursor_u8 (&c);
  const uint8_t *user;
  char name[24];
  size_t used = 0;

  isth_cursor_skip (&c, 1);
  user = isth_cursor_bytes (&c, 8);
  if (c.failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (bits & kinds[i].bit)
      {
        isth_text_format (text + used, size - used, "%s%s", used ? ", " : "", kinds[i].name);
        used = strlen (text);
      }
  isth_text_format (text + used, size - used, "%s for %s", used ? "" : "nothing", isth_text_from_string (name, sizeof name, user, 8));
}

static void
describe_event (IsthCursor c,
                char      *text,
                size_t     size)
{
  uint16_t event = isth_cursor_be16 (&c);

  if (c.failed)
    return;
  isth_text_format (text, size, "event 0x%04x", event);
  for (size_t i = 0; i < G_N_ELEMENTS (events); i++)
    if (events[i].event == event)
      isth_text_format (text, size, "event 0x%04x %s", event, events[i].text);
}

const char *
isth_s7_read_event_state (IsthCursor content)
{
  uint16_t event = isth_cursor_be16 (&content);

  for (size_t i = 0; i < G_N_ELEMENTS (events); i++)
    if (!content.failed && events[i].event == event)
      return events[i].state;
  return NULL;
}

/* Alarms by their numbers. What the controller sends by itself begins with a time stamp. */
static void
describe_alarms (IsthCursor c,
                 bool       push,
                 char      *text,
                 size_t     size)
{
  uint8_t n;
  size_t used = 0;

  isth_cursor_skip (&c, push ? 9 : 1);
  n = isth_cursor_u8 (&c);
  for (uint32_t i = 0; i < n && i < SHOWN && !c.failed; i++)
    {
      uint8_t kind = isth_cursor_u8 (&c);
      IsthCursor one = isth_cursor_take (&c, isth_cursor_u8 (&c));
      uint32_t number;

      isth_cursor_skip (&one, 2); /* syntax, number of values */
      number = isth_cursor_be32 (&one);
      if (kind != 0x12 || one.failed)
        return;
      isth_text_format (text + used, size - used, "%s0x%08x", used ? ", " : n > 1 ? "alarms " : "alarm ", number);
      used = strlen (text);
    }
  if (n > SHOWN && used > 0)
    isth_text_format (text + used, size - used, " and %u more", n - SHOWN);
}

static void
describe_cpu (uint8_t    function,
              bool       push,
              IsthCursor c,
              char      *text,
              size_t     size)
{
  switch (function)
    {
    case CPU_MESSAGE_SERVICE:
      describe_message_service (c, text, size);
      break;
    case CPU_DIAGNOSTIC_MESSAGE:
      describe_event (c, text, size);
      break;
    case 0x05: case 0x06: case 0x07: case 0x08: case 0x09: case 0x0b: case 0x0c: case 0x0d: case 0x0e: case 0x11: case 0x12: case 0x16:
      describe_alarms (c, push, text, size);
      break;
    default:
      break;
    }
}

void
isth_s7_describe_user (uint8_t    group,
                       uint8_t    function,
                       uint8_t    sequence,
                       bool       push,
                       IsthCursor c,
                       char      *text,
                       size_t     size)
{
  char block[16];

  switch (group)
    {
    case GROUP_CYCLIC:
      if (push)
        isth_text_format (text, size, "subscription %u", sequence);
      else if (function == CYCLIC_UNSUBSCRIBE && isth_cursor_peek (&c, 1) >= 0)
        isth_text_format (text, size, "subscription %d", isth_cursor_peek (&c, 1));
      else if (function != CYCLIC_UNSUBSCRIBE)
        describe_subscription (c, text, size);
      break;
    case GROUP_BLOCKS:
      if (function == BLOCKS_OF_TYPE && isth_s7_describe_block_type (c, block, sizeof block))
        isth_text_format (text, size, "blocks of type %s", block);
      else if (function == BLOCK_INFORMATION)
        isth_s7_describe_block (c, text, size);
      break;
    case GROUP_CPU:
      describe_cpu (function, push, c, text, size);
      break;
    case GROUP_BLOCK_SEND:
      isth_cursor_skip (&c, 4); /* 0x12, length, syntax, reserved */
      if (isth_cursor_left (&c) >= 4)
        isth_text_format (text, size, "R_ID 0x%08x", isth_cursor_be32 (&c));
      break;
    default:
      break;
    }
}
