/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last commit may take a while: the window is gone by then, the program is not. */
#include "app/ending.h"

#include <gio/gio.h>

typedef struct
{
  IsthEngine *engine;
  IsthInbox *inbox;
} Ending;

static void
end (Ending *self)
{
  isth_engine_free (self->engine);
  isth_inbox_unref (self->inbox);
  g_free (self);
}

static void
end_in_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  end (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_ended (GObject      *application,
          GAsyncResult *result,
          gpointer      unused)
{
  g_application_release (G_APPLICATION (application));
}

void
isth_ending_begin (IsthEngine *engine,
                   IsthInbox  *inbox)
{
  GApplication *application = g_application_get_default ();
  Ending *self = g_new (Ending, 1);
  g_autoptr(GTask) task = NULL;

  *self = (Ending) { engine, inbox };
  if (!application) /* as in a test: nothing would wait for the thread */
    {
      end (self);
      return;
    }

  g_application_hold (application);
  task = g_task_new (application, NULL, on_ended, NULL);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, end_in_worker);
}
