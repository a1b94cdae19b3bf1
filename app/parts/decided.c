/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One toast at a time: that of a decision takes the place of the one before, so that its button always means the last. */
#include "app/parts/decided.h"

#include <glib/gi18n-lib.h>

#define TOAST "isth-decided" /* on the overlay: the toast of the last decision */

static void
on_decided (AdwToastOverlay *toasts,
            int              what,
            const char      *words,
            IsthDecisions   *decisions)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (toasts), GTK_TYPE_WINDOW);
  AdwToast *before = g_object_get_data (G_OBJECT (toasts), TOAST), *toast;
  gboolean undone = what == ISTH_DECIDED_UNDONE;
  g_autofree char *text = undone ? g_markup_printf_escaped (_("Taken back: %s"), words) : words ? g_markup_escape_text (words, -1) : NULL;

  if (window)
    {
      gtk_widget_action_set_enabled (window, "win.undo", isth_decisions_peek_undo (decisions) != NULL);
      gtk_widget_action_set_enabled (window, "win.redo", isth_decisions_peek_redo (decisions) != NULL);
    }
  if (before)
    adw_toast_dismiss (before);
  g_object_set_data (G_OBJECT (toasts), TOAST, NULL);
  if (!text)
    return;

  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, undone ? _("_Redo") : _("_Undo"));
  adw_toast_set_action_name (toast, undone ? "win.redo" : "win.undo");
  g_object_set_data_full (G_OBJECT (toasts), TOAST, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (toasts, toast);
}

void
isth_decided_keep (AdwToastOverlay *toasts,
                   IsthDecisions   *decisions)
{
  g_signal_connect_object (decisions, "decided", G_CALLBACK (on_decided), toasts, G_CONNECT_SWAPPED);
  on_decided (toasts, ISTH_DECIDED_FORGOTTEN, NULL, decisions);
}

static gboolean
on_key (GtkEditable    *entry,
        guint           key,
        guint           code,
        GdkModifierType state)
{
  const char *action = state & GDK_SHIFT_MASK ? "win.redo" : "win.undo";

  if (gdk_keyval_to_lower (key) != GDK_KEY_z || !(state & GDK_CONTROL_MASK) || *gtk_editable_get_text (entry))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (GTK_WIDGET (entry), action, NULL);
  return GDK_EVENT_STOP;
}

void
isth_decided_let_through (GtkEditable *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* before its text takes the key, which it does even when it has nothing to undo */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), entry);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}
