/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the engine thread to the main loop. It is counted, because a wake-up may be under way when the session has gone. What the engine says comes
 * after input and before the next picture: an animation, or a slow display, would keep it waiting otherwise, and the picture would be an old one. */
#include "app/inbox.h"

#define PRIORITY (G_PRIORITY_DEFAULT + 10)

struct _IsthInbox
{
  gatomicrefcount references;
  gint woken; /* atomic: an idle is pending */
  IsthMailbox snapshot, progress, project, counted;
  GAsyncQueue *failures;
  void (*deliver) (gpointer user_data); /* main thread only */
  gpointer user_data;
};

IsthInbox *
isth_inbox_new (void (*deliver) (gpointer user_data),
                gpointer user_data)
{
  IsthInbox *self = g_new0 (IsthInbox, 1);

  g_atomic_ref_count_init (&self->references);
  self->failures = g_async_queue_new_full (g_free);
  self->deliver = deliver;
  self->user_data = user_data;

  return self;
}

void
isth_inbox_unref (IsthInbox *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;

  isth_record_unref (isth_mailbox_take (&self->snapshot));
  isth_record_unref (isth_mailbox_take (&self->progress));
  isth_record_unref (isth_mailbox_take (&self->project));
  isth_record_unref (isth_mailbox_take (&self->counted));
  g_async_queue_unref (self->failures);
  g_free (self);
}

void
isth_inbox_close (IsthInbox *self)
{
  self->deliver = NULL;
}

static gboolean
deliver (gpointer user_data)
{
  IsthInbox *self = user_data;

  g_atomic_int_set (&self->woken, 0); /* first: what comes from here on wakes again */
  if (self->deliver)
    self->deliver (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
wake (IsthInbox *self)
{
  if (!g_atomic_int_compare_and_exchange (&self->woken, 0, 1))
    return;

  g_atomic_ref_count_inc (&self->references);
  g_idle_add_full (PRIORITY, deliver, self, (GDestroyNotify) isth_inbox_unref);
}

static void
on_snapshot (IsthSnapshot *snapshot,
             gpointer      user_data)
{
  IsthInbox *self = user_data;

  isth_mailbox_post (&self->snapshot, snapshot);
  wake (self);
}

static void
progress_clear (gpointer data)
{
  g_free (((IsthInboxProgress *) data)->path);
}

static void
on_progress (const IsthProgress *progress,
             gpointer            user_data)
{
  IsthInbox *self = user_data;
  IsthInboxProgress *copy = isth_record_new (sizeof (IsthInboxProgress), progress_clear);

  copy->progress = *progress;
  copy->path = g_strdup (progress->path ? progress->path : "");
  copy->progress.path = copy->path;
  isth_mailbox_post (&self->progress, copy);
  wake (self);
}

static void
on_failed (const GError *error,
           const char   *path,
           gpointer      user_data)
{
  IsthInbox *self = user_data;
  char *text;

  if (path && *path && !strstr (error->message, path))
    text = g_strdup_printf ("%s: %s", path, error->message);
  else
    text = g_strdup (error->message);
  g_async_queue_push (self->failures, text);
  wake (self);
}

static void
project_clear (gpointer data)
{
  g_free (((IsthInboxProject *) data)->path);
}

static void
on_project (const char *path,
            bool        unsaved,
            gpointer    user_data)
{
  IsthInbox *self = user_data;
  IsthInboxProject *copy = isth_record_new (sizeof (IsthInboxProject), project_clear);

  copy->path = (path && *path) || unsaved ? g_strdup (path) : NULL; /* "": no disk took it, but it is there to be seen and saved */
  copy->unsaved = unsaved;
  isth_mailbox_post (&self->project, copy);
  wake (self);
}

static void
counted_clear (gpointer data)
{
  isth_snapshot_unref (((IsthInboxCounted *) data)->snapshot);
}

static void
on_counted (IsthSnapshot *snapshot,
            int64_t       from,
            int64_t       to,
            gpointer      user_data)
{
  IsthInbox *self = user_data;
  IsthInboxCounted *counted = isth_record_new (sizeof (IsthInboxCounted), counted_clear);

  counted->snapshot = snapshot;
  counted->from = from;
  counted->to = to;
  isth_mailbox_post (&self->counted, counted);
  wake (self);
}

const IsthEngineEvents isth_inbox_events = {
  .snapshot = on_snapshot,
  .progress = on_progress,
  .failed = on_failed,
  .project = on_project,
  .counted = on_counted,
};

IsthSnapshot *
isth_inbox_take_snapshot (IsthInbox *self)
{
  return isth_mailbox_take (&self->snapshot);
}

IsthInboxProgress *
isth_inbox_take_progress (IsthInbox *self)
{
  return isth_mailbox_take (&self->progress);
}

IsthInboxProject *
isth_inbox_take_project (IsthInbox *self)
{
  return isth_mailbox_take (&self->project);
}

IsthInboxCounted *
isth_inbox_take_counted (IsthInbox *self)
{
  return isth_mailbox_take (&self->counted);
}

char *
isth_inbox_take_failure (IsthInbox *self)
{
  return g_async_queue_try_pop (self->failures);
}
