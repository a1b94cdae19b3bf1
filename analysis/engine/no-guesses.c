/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built without libndpi: nobody has a second opinion. */
#include "analysis/engine/guesses.h"

IsthGuesses *
isth_guesses_new (void)
{
  return NULL;
}

void
isth_guesses_free (IsthGuesses *self)
{
}

void
isth_guesses_begin (IsthGuesses *self)
{
}

bool
isth_guesses_look (IsthGuesses *self,
                   const IsthFlow *flow,
                   unsigned int look,
                   const IsthPacket *packet,
                   const IsthSink *sink)
{
  return false;
}

void
isth_guesses_forget (IsthGuesses *self,
                     const IsthFlow *flow)
{
}

uint64_t
isth_guesses_take_passed (IsthGuesses *self)
{
  return 0;
}
