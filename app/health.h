/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a snapshot rests on, in words: for the strip, the popover and the overview. */
#pragma once

#include "analysis/isthmus.h"

/* "2 captures · 7 h 00 min · 1.10 M frames · 0 dropped", then what is wrong. The caller's. @reading: one of the captures is being read,
 * so that its end is not missing. */
char *isth_health_summarise (const IsthSnapshot *snapshot, gboolean reading);

/* Why there is no asset in it, as a sentence; NULL when there is one. The caller's. */
char *isth_health_explain_empty (const IsthSnapshot *snapshot);

/* Why there are connections of remote access and no session in it, as a sentence; NULL when that is not so. The caller's. */
char *isth_health_explain_no_sessions (const IsthSnapshot *snapshot);

/* Pango markup: every capture and every count; the caller's. */
char *isth_health_describe (const IsthSnapshot *snapshot, gboolean reading);

/* Sentences about what nobody can conclude from this evidence, NULL-ended; the caller's. Empty when there is nothing to say. */
GStrv isth_health_warn (const IsthSnapshot *snapshot, gboolean reading);
