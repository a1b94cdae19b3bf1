/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts and sentences about a whole snapshot: what the overview and the strip of evidence say. */
#pragma once

#include <gio/gio.h>

#include "analysis/isthmus.h"

#define ISTH_FIGURES_WORST 6

typedef struct _IsthSession IsthSession;

/* Never changed once made; any thread may read it. */
typedef struct
{
  IsthSnapshot *snapshot;
  guint levels[ISTH_LEVEL_5 + 1], no_level; /* assets, by IsthLevel */
  guint kinds[ISTH_N_KINDS];
  guint identified, silent, crossings, unacknowledged; /* @crossings: those past the boundary */
  const IsthAlert *worst[ISTH_FIGURES_WORST]; /* that nobody acknowledged, the worst first */
  guint n_worst;
  char *summary, *details, *empty; /* of health.h */
  GStrv warnings;
} IsthFigureSet;

#define ISTH_TYPE_FIGURES (isth_figures_get_type ())
G_DECLARE_FINAL_TYPE (IsthFigures, isth_figures, ISTH, FIGURES, GObject)

/**
 * IsthFigures:
 *
 * Follows the snapshot, the wording and the reading of a session, which owns it. Main thread only; what is many is counted by a worker.
 * Signal “changed”: the figures are others now.
 */
IsthFigures *isth_figures_new (IsthSession *session);

/* The session is going. */
void isth_figures_close (IsthFigures *self);

/* Lent until the next “changed”; NULL: nothing is open, or nothing was counted so far. */
const IsthFigureSet *isth_figures_get (IsthFigures *self);
