/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one window is about: the engine, the models, and the one selection, filter and time window that all views share. */
#pragma once

#include <gtk/gtk.h>

#include "analysis/isthmus.h"
#include "app/match.h"
#include "app/model/fact.h"
#include "app/model/item.h"

/* Whose words come first. It changes wording and which severity sorts first, never the facts. */
typedef enum
{
  ISTH_WORDING_IT,
  ISTH_WORDING_BOTH,
  ISTH_WORDING_OT,
} IsthWording;

/* Of what the packets, bytes and operations are that the records tell. */
typedef enum
{
  ISTH_COUNTS_WHOLE,
  ISTH_COUNTS_PENDING, /* still of the whole; those of the time window are being counted */
  ISTH_COUNTS_WINDOW,
} IsthCounts;

#define ISTH_TYPE_WORDING (isth_wording_get_type ())
GType isth_wording_get_type (void);

/* IsthSnapshot as a boxed type. */
#define ISTH_TYPE_SNAPSHOT (isth_snapshot_get_type ())
GType isth_snapshot_get_type (void);

#define ISTH_TYPE_SESSION (isth_session_get_type ())
G_DECLARE_FINAL_TYPE (IsthSession, isth_session, ISTH, SESSION, GObject)

/**
 * IsthSession:
 *
 * Main thread only. No signals but notify, and each of these only on a change:
 * “snapshot” (boxed; NULL: nothing is open), “selection” (the id; no value), “filter” (text), “time-window” (no value),
 * “counts” (no value), “wording”, “progress” (no value), “reading” (boolean), “project” (path or NULL), “unsaved” (boolean), “fact” (IsthFact or NULL).
 */

/* @cache_folder: where unsaved projects live. */
IsthSession *isth_session_new (const char *cache_folder);

/* Requests to the engine: return at once; the answer is a notify. */
void isth_session_open (IsthSession *self, const char *const *paths);
void isth_session_follow (IsthSession *self, const char *path); /* a capture that is still written, until cancelled */
void isth_session_close (IsthSession *self, gboolean discard);
void isth_session_save_as (IsthSession *self, const char *path);
void isth_session_cancel (IsthSession *self);
void isth_session_listen (IsthSession *self, const IsthListen *listen); /* until cancelled */
void isth_session_pause (IsthSession *self, gboolean paused);
void isth_session_keep_recording (IsthSession *self, const char *path); /* that of isth_session_get_recording() */

/* What people decide about assets, alerts and the site goes through decisions.h. Lent; the same object as long as the session lives. */
typedef struct _IsthDecisions IsthDecisions;
IsthDecisions *isth_session_get_decisions (IsthSession *self);

/* Counts and sentences about the snapshot: figures.h. Lent; the same object as long as the session lives. */
typedef struct _IsthFigures IsthFigures;
IsthFigures *isth_session_get_figures (IsthSession *self);

/* The world as last heard of, or NULL. Lent until the next notify::snapshot. */
IsthSnapshot *isth_session_get_snapshot (IsthSession *self);

/* Records by id, or NULL. Lent until the next notify::snapshot. */
const IsthAsset *isth_session_get_asset (IsthSession *self, guint64 id);
const IsthLink *isth_session_get_link (IsthSession *self, guint64 id);
const IsthAlert *isth_session_get_alert (IsthSession *self, guint64 id);
const IsthRemoteSession *isth_session_get_remote (IsthSession *self, guint64 id);

/* "" for an asset that is not there (any more) */
const char *isth_session_get_asset_name (IsthSession *self, guint64 id);

/* The one selection. Both setters notify “selection” when it changed; id 0 or NOTHING selects nothing. */
void isth_session_select (IsthSession *self, IsthSelected kind, guint64 id);
IsthSelected isth_session_get_selected (IsthSession *self, guint64 *id);
/* The id when an asset is selected, else 0 */
guint64 isth_session_get_selected_asset (IsthSession *self);

/* The one filter text, never NULL. */
void isth_session_set_filter (IsthSession *self, const char *text);
const char *isth_session_get_filter (IsthSession *self);

/* The one time window: FALSE when there is none (then everything counts). ISTH_NO_TIME as @from takes it away. The query has it at once; as soon as
 * nothing is being read the captures are asked what exactly happened in it, and then the snapshot is one of the window (see isth_session_get_counts()). */
void isth_session_set_time_window (IsthSession *self, gint64 from, gint64 to);
gboolean isth_session_get_time_window (IsthSession *self, gint64 *from, gint64 *to);

IsthCounts isth_session_get_counts (IsthSession *self);

/* Filter text and time window as one question, which any thread may ask; lent until “filter” or “time-window” is notified. */
IsthQuery *isth_session_get_query (IsthSession *self);

void isth_session_set_wording (IsthSession *self, IsthWording wording);
IsthWording isth_session_get_wording (IsthSession *self);

/* Which of the two severities counts under @wording; under BOTH the worse one. Any thread. */
static inline IsthSeverity
isth_wording_get_severity (IsthWording      wording,
                           const IsthAlert *alert)
{
  return wording == ISTH_WORDING_OT   ? alert->process_severity
         : wording == ISTH_WORDING_IT ? alert->cyber_severity
                                      : MAX (alert->process_severity, alert->cyber_severity);
}

/* Which of the two severities counts under the wording in use. */
IsthSeverity isth_session_get_severity (IsthSession *self, const IsthAlert *alert);

/* Lent until the next notify::progress. */
const IsthProgress *isth_session_get_progress (IsthSession *self);
gboolean isth_session_get_reading (IsthSession *self); /* following, listening and pausing are reading, too */

/* Names of the interfaces of the last isth_session_listen(), joined for reading; "" before. */
const char *isth_session_get_listened_to (IsthSession *self);

/* The recording that the last listening left in the cache folder and that nobody has saved yet, or NULL. Changes before notify::reading. */
const char *isth_session_get_recording (IsthSession *self);

/* Path of the project file in use, or NULL; @unsaved: it lies in the cache folder, its name means nothing to a person */
const char *isth_session_get_project (IsthSession *self);
gboolean isth_session_get_unsaved (IsthSession *self);

/* What could not be done, newest last: strings of a path, a colon and the reason. Views take away what was read. */
GtkStringList *isth_session_get_problems (IsthSession *self);

/* The fact whose evidence somebody wants to see: whoever owns the window shows it. Notifies each time, the same fact again too. */
void isth_session_show_fact (IsthSession *self, IsthFact *fact);
IsthFact *isth_session_get_fact (IsthSession *self);
