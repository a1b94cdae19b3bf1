/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaching each ceiling means, in words for the user. */
#include "analysis/base/limits.h"

#include <glib.h>
#include <glib/gi18n-lib.h>

static const char *const texts[ISTH_N_REACHED] = {
  [ISTH_REACHED_NESTING] = N_("headers nested too deep: the rest of the frame was not read"),
  [ISTH_REACHED_FRAGMENTS] = N_("too many unfinished IP fragments: the oldest were given up"),
  [ISTH_REACHED_FLOWS] = N_("too many conversations at once: the longest idle were closed early"),
  [ISTH_REACHED_STREAM] = N_("a TCP stream waited too long for missing bytes: reading went on behind the gap"),
  [ISTH_REACHED_STREAMS] = N_("too many bytes waiting in TCP streams: those of further ones were given up"),
  [ISTH_REACHED_PENDING] = N_("too many requests without an answer: the oldest count as unanswered"),
  [ISTH_REACHED_REMEMBERED] = N_("too much to remember of all conversations: what was known of idle ones was given up"),
  [ISTH_REACHED_GUESSES] = N_("too many conversations that no dissector reads: libndpi was not asked about further ones"),
  [ISTH_REACHED_STATIONS] = N_("too many addresses: further ones were counted, not kept"),
  [ISTH_REACHED_QUIET] = N_("too many addresses that only tried or were tried, as in a scan: further ones were counted, not kept; those that answer are"),
  [ISTH_REACHED_ONE_SIDED] = N_("too many addresses that spoke without being spoken to, as in a flood: further ones were counted, not kept; those in conversation are"),
  [ISTH_REACHED_UNHEARD] = N_("too many attempts to connect to different services: further ones were counted, not kept"),
  [ISTH_REACHED_CLAIMS] = N_("too many values of one attribute: further ones were not kept"),
  [ISTH_REACHED_CHILDREN] = N_("too many devices behind one address: further ones were not kept"),
  [ISTH_REACHED_OBJECTS] = N_("too many objects of one function: they are shown as one"),
  [ISTH_REACHED_EVENTS] = N_("too many notable operations: further ones were counted, not kept one by one"),
  [ISTH_REACHED_NOTES] = N_("too many notes, comments, names or interfaces in a file: further ones were not kept"),
  [ISTH_REACHED_FACTS] = N_("too much was said in one capture: further facts were counted, not kept"),
  [ISTH_REACHED_SESSIONS] = N_("too many connections of remote access: further ones are in the links, not among the sessions"),
};

const char *
isth_limit_text (IsthLimit limit)
{
  g_return_val_if_fail (limit < ISTH_N_REACHED, "");
  return texts[limit];
}
