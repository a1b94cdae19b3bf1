/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine thread: owns sources, pipeline, world and project; takes requests, gives snapshots. It has given up its rights (sandbox.h)
 * to open sockets and start programs, and so have the threads it starts: what needs them is done by whoever asks. */
#pragma once

#include "analysis/engine/listen.h"
#include "analysis/world/snapshot.h"
#include "analysis/world/world.h"

typedef enum
{
  ISTH_ENGINE_IDLE,
  ISTH_ENGINE_READING,
  ISTH_ENGINE_FOLLOWING, /* reading a file that somebody still writes: isth_engine_follow() */
  ISTH_ENGINE_SAVING,
  ISTH_ENGINE_COUNTING,  /* a time window */
  ISTH_ENGINE_LISTENING, /* see listen.h */
  ISTH_ENGINE_PAUSED,    /* … and what passes is let go */
} IsthEngineState;

typedef struct
{
  IsthEngineState state;
  const char *path;     /* the capture in hand; "" when idle; lent for the call */
  uint32_t index, count; /* it is the @index-th (from 0) of @count captures asked for */
  uint64_t frames;      /* of it, so far */
  uint64_t read, size;  /* bytes of it; size 0: not known */
  uint64_t rate;        /* frames a second, lately */
  uint64_t dropped;     /* frames that came faster than they could be taken, as far as the capture says so */
  bool dropped_known;
  uint64_t sent;        /* frames sent by listening: always 0, for isthmus-capture gives away the means to send */
} IsthProgress;

/**
 * IsthEngineEvents:
 *
 * All are called on the engine thread and must return at once: post and wake. @user_data as given to isth_engine_new().
 * @snapshot: a reference of the listener's own, at most one every 250 ms and one after each request that changed something
 * @progress: at most every 100 ms, and when the state changes
 * @failed: a request could not be done; @path is the file it was about, or "". @error is lent
 * @counted: a snapshot of the listener's own, whose packets, bytes, flows and operations are those of the time window that was asked for last
 * (see count.h); with each snapshot as long as they hold. NULL: could not be counted, for the reason told to @failed, or cancelled; with ISTH_NO_TIME as @from:
 * captures come or go, no count holds any more
 * @project: the project in use changed; @unsaved: it lies in the cache folder and was never saved by the user;
 *   @path "" and @unsaved: it is in memory only, because no disk took it; "" and not @unsaved: nothing is open
 */
typedef struct
{
  void (*snapshot) (IsthSnapshot *snapshot, gpointer user_data);
  void (*progress) (const IsthProgress *progress, gpointer user_data);
  void (*failed) (const GError *error, const char *path, gpointer user_data);
  void (*project) (const char *path, bool unsaved, gpointer user_data);
  void (*counted) (IsthSnapshot *counted, int64_t from, int64_t to, gpointer user_data);
} IsthEngineEvents;

/* @cache_folder: where unsaved projects live, one file each; made when missing. Starts the thread. */
IsthEngine *isth_engine_new (const char *cache_folder, const IsthEngineEvents *events, gpointer user_data);

/* Any thread, all of them return at once; requests are done in order. */

/* Reads captures (or, for a file that is one, opens the project) and adds them to the project in use; makes an unsaved one first if there is none.
 * A capture that is in the project already is not counted twice. @paths is NULL-ended. */
void isth_engine_open (IsthEngine *self, const char *const *paths);

/* Leaves the project in use: an unsaved one is removed when @discard, else it stays in the cache folder. Then nothing is open. */
void isth_engine_close (IsthEngine *self, bool discard);

/* Saves the project in use at @path, over what is there, and goes on in that file; one that was unsaved leaves the cache folder. Answered by
 * “project”, or by “failed”, with @path; then all is as before. Makes no snapshot. */
void isth_engine_save_as (IsthEngine *self, const char *path);

/* What a person says of an asset (copied), of an alert by its id, or of anything in a review; done also between two steps of a long reading. Where the disk does not take it
 * “failed” tells so, and it holds until the project is closed. */
void isth_engine_edit (IsthEngine *self, const IsthEdit *edit);
void isth_engine_acknowledge (IsthEngine *self, uint64_t alert, bool acknowledged);
void isth_engine_review (IsthEngine *self, const IsthReview *review); /* copied */

/* Counts a time window exactly, both ends included, by reading those parts of the captures again that overlap it; the answer is IsthEngineEvents.counted.
 * Given up without an answer when captures are to be read, or another window is to be counted. */
void isth_engine_count_window (IsthEngine *self, int64_t from, int64_t to);

/* Stops reading or listening; what was read stays. Acts on the request in hand and on those waiting that read or listen. */
void isth_engine_cancel (IsthEngine *self);

/* Asks the thread to finish what it has in hand, commit, and end. More than once is fine. */
void isth_engine_stop (IsthEngine *self);

/* Stops, joins the thread, frees. */
void isth_engine_free (IsthEngine *self);

/* Unsaved projects that an earlier run left in @cache_folder (it crashed, or was told to keep them) and that no other window has open: paths, newest first. */
GStrv isth_engine_list_unsaved (const char *cache_folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthEngine, isth_engine_free)
