/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine thread says, on its way to the main thread: newest of each kind in a mailbox, failures in a queue, one idle to wake. */
#pragma once

#include "analysis/isthmus.h"

typedef struct _IsthInbox IsthInbox;

/* Progress with its own copy of the path. */
typedef struct
{
  IsthRecord record;
  IsthProgress progress;
  char *path;
} IsthInboxProgress;

typedef struct
{
  IsthRecord record;
  char *path; /* NULL: none */
  bool unsaved;
} IsthInboxProject;

/* The counts of a time window. */
typedef struct
{
  IsthRecord record;
  IsthSnapshot *snapshot; /* NULL: there are none */
  gint64 from, to;        /* ISTH_NO_TIME: those there were do not hold any more */
} IsthInboxCounted;

/* What isth_engine_new() is given, with the inbox as its user_data. */
extern const IsthEngineEvents isth_inbox_events;

/* @deliver is called on the main thread when something came. */
IsthInbox *isth_inbox_new (void (*deliver) (gpointer user_data), gpointer user_data);

/* Main thread; @deliver is not called any more. The engine may still post. */
void isth_inbox_close (IsthInbox *self);
void isth_inbox_unref (IsthInbox *self);

/* The newest of each, the caller's; NULL: nothing new. Free with isth_record_unref(). */
IsthSnapshot *isth_inbox_take_snapshot (IsthInbox *self);
IsthInboxProgress *isth_inbox_take_progress (IsthInbox *self);
IsthInboxProject *isth_inbox_take_project (IsthInbox *self);
IsthInboxCounted *isth_inbox_take_counted (IsthInbox *self);

/* The next failure as a text for people, the caller's; NULL: none. None gets lost. */
char *isth_inbox_take_failure (IsthInbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthInbox, isth_inbox_unref)
