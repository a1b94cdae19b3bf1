/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide in a window, each of it to be taken back and done again. */
#pragma once

#include "app/session.h"

/* One word of a decision. @before and @after: of an edit, "" nothing was said; the others were and become @on, or not. */
typedef enum
{
  ISTH_DECISION_EDIT,       /* @id: asset; @attribute */
  ISTH_DECISION_SITE_RANGE, /* @range belongs to the site */
  ISTH_DECISION_ALERT,      /* @id: alert, acknowledged */
  ISTH_DECISION_REVIEW,     /* @was, @becomes: what the room settled about one thing */
} IsthDecisionKind;

typedef struct
{
  IsthDecisionKind kind;
  guint64 id;
  IsthAttribute attribute;
  const char *before, *after;
  IsthSiteRange range;
  gboolean on;
  IsthReview was, becomes; /* author and time are those of who decides, and when */
} IsthDecision;

typedef enum
{
  ISTH_DECIDED_NOW,
  ISTH_DECIDED_UNDONE,
  ISTH_DECIDED_REDONE,
  ISTH_DECIDED_FORGOTTEN, /* all: the project was closed */
} IsthDecided;

#define ISTH_TYPE_DECISIONS (isth_decisions_get_type ())
G_DECLARE_FINAL_TYPE (IsthDecisions, isth_decisions, ISTH, DECISIONS, GObject)

/**
 * IsthDecisions:
 *
 * Main thread only. The signal “decided” (IsthDecided as int, words or NULL) tells of each, after the engine was asked to do it.
 */

/* Neither is owned: isth_decisions_close() before the engine goes. */
IsthDecisions *isth_decisions_new (IsthSession *session, IsthEngine *engine);
void isth_decisions_close (IsthDecisions *self);

/* Does them as one decision. Copies all; @words: translated, what a person did. Nothing for @n 0. */
void isth_decisions_decide (IsthDecisions *self, const char *words, const IsthDecision *steps, guint n);
void isth_decisions_acknowledge (IsthDecisions *self, guint64 alert, gboolean acknowledged);

/* Nothing happens when there is none. */
void isth_decisions_undo (IsthDecisions *self);
void isth_decisions_redo (IsthDecisions *self);

/* The words of what would be taken back, or done again; NULL: there is none. */
const char *isth_decisions_peek_undo (IsthDecisions *self);
const char *isth_decisions_peek_redo (IsthDecisions *self);

void isth_decisions_forget (IsthDecisions *self);
