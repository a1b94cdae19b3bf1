/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An action of the window, which goes on and off with the selection. */
#include "app/parts/selected-command.h"

typedef struct
{
  GtkWindow *window; /* which has the action, and lives longer */
  IsthSession *session;
  guint kinds;
  IsthSelectedFunc run;
} Command;

static void
command_free (gpointer  data,
              GClosure *closure)
{
  Command *self = data;

  g_object_unref (self->session);
  g_free (self);
}

static void
on_activate (GSimpleAction *action,
             GVariant      *parameter,
             Command       *self)
{
  self->run (self->window, self->session);
}

static void
on_selection (IsthSession   *session,
              GParamSpec    *pspec,
              GSimpleAction *action)
{
  guint kinds = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (action), "kinds"));

  g_simple_action_set_enabled (action, kinds & 1 << isth_session_get_selected (session, NULL));
}

void
isth_selected_command_add (GtkApplicationWindow *window,
                           IsthSession          *session,
                           const char           *name,
                           guint                 kinds,
                           IsthSelectedFunc      run)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new (name, NULL);
  Command *self = g_new0 (Command, 1);

  *self = (Command) { GTK_WINDOW (window), g_object_ref (session), kinds, run };
  g_object_set_data (G_OBJECT (action), "kinds", GUINT_TO_POINTER (kinds));
  g_signal_connect_data (action, "activate", G_CALLBACK (on_activate), self, command_free, 0);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_selection), action, 0);
  on_selection (session, NULL, action);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}
