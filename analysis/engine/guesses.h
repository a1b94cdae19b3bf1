/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second opinion: what libndpi calls conversations that no dissector of ours reads. A guess about who serves them, never more. */
#pragma once

#include "analysis/flow/flow.h"
#include "analysis/world/observation.h"

typedef struct _IsthGuesses IsthGuesses;

/* NULL when Isthmus was built without libndpi (`meson setup -Dndpi=disabled`). */
IsthGuesses *isth_guesses_new (void);
void isth_guesses_free (IsthGuesses *self); /* accepts NULL */

/* A capture begins: nothing is remembered of those before, so that each is read as if it were the only one. */
void isth_guesses_begin (IsthGuesses *self);

/**
 * isth_guesses_look:
 * @look: how often @flow was looked at before, from 0
 *
 * Shows libndpi the payload of @packet, which TCP or UDP brought and nobody reads, and says to @sink what it recognises: one claim of
 * ISTH_ATTRIBUTE_APPLICATION about the server, or about the sender while nobody knows who serves, from the source "ndpi". What libndpi concludes from a
 * port, an address or another conversation is not said, and neither is the name of a protocol that a dissector of ours looks for: it was not found.
 * Returns whether @flow is worth another look.
 */
bool isth_guesses_look (IsthGuesses *self, const IsthFlow *flow, unsigned int look, const IsthPacket *packet, const IsthSink *sink);

/* @flow, which was looked at, ends or is read after all. */
void isth_guesses_forget (IsthGuesses *self, const IsthFlow *flow);

/* How many conversations were not looked at because so many were before (ISTH_LIMIT_GUESSES): since it was asked last, or a capture began. */
uint64_t isth_guesses_take_passed (IsthGuesses *self);
