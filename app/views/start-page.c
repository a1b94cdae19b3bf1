/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way in. The list of leftovers is made in a thread, because it has to look into files. */
#include "app/views/start-page.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/format.h"
#include "app/place.h"

#define RECENT_MAX 8

struct _IsthStartPage
{
  IsthView parent_instance;

  GtkWidget *unsaved_group, *recent_group;
  GtkListBox *unsaved, *recent;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (IsthStartPage, isth_start_page, ISTH_TYPE_VIEW)

static void refresh (IsthStartPage *self);

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
}

static GtkWidget *
add_row (GtkListBox *list,
         const char *title,
         const char *subtitle,
         const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *shown = g_filename_display_name (subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  gtk_list_box_append (list, row);

  return row;
}

static char *
display_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home) && (folder[strlen (home)] == '/' || folder[strlen (home)] == '\0'))
    return g_strconcat ("~", folder + strlen (home), NULL);

  return g_steal_pointer (&folder);
}

static void
fill_recent (IsthStartPage *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint n = 0;

  clear (self->recent);
  for (GList *l = items; l && n < RECENT_MAX; l = l->next)
    {
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (l->data), NULL, NULL);
      g_autofree char *folder = NULL;

      if (!path || !gtk_recent_info_has_application (l->data, "isthmus"))
        continue;
      folder = display_folder (path);
      add_row (self->recent, gtk_recent_info_get_display_name (l->data), folder, path);
      n++;
    }
  gtk_widget_set_visible (self->recent_group, n > 0);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

/* Away with a leftover, unless another window took it up in the meantime: then it cannot be opened here. */
static void
remove_unsaved (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  IsthProject *project = isth_project_open (task_data, NULL);

  if (project)
    {
      isth_project_free (project);
      g_unlink (task_data);
    }
  g_task_return_boolean (task, project != NULL);
}

static void
on_unsaved_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  refresh (ISTH_START_PAGE (source));
}

static void
on_remove_answered (AdwMessageDialog *dialog,
                    const char       *response,
                    IsthStartPage    *self)
{
  g_autoptr(GTask) task = NULL;

  if (!g_str_equal (response, "remove") || !self->cancellable)
    return;

  task = g_task_new (self, self->cancellable, on_unsaved_removed, NULL);
  g_task_set_task_data (task, g_strdup (g_object_get_data (G_OBJECT (dialog), "path")), g_free);
  g_task_run_in_thread (task, remove_unsaved);
}

static void
on_remove_clicked (GtkButton *button,
                   GtkWidget *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (row, ISTH_TYPE_START_PAGE);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (row)), _("Delete this unsaved project?"),
                                              _("What was read, named and acknowledged in it is lost. The captures themselves stay."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (g_object_get_data (G_OBJECT (row), "path")), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_remove_button (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Delete this unsaved project"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete this unsaved project"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
list_unsaved (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autofree char *folder = isth_place_get_unsaved_folder ();

  g_task_return_pointer (task, isth_engine_list_unsaved (folder), (GDestroyNotify) g_strfreev);
}

static void
on_unsaved_listed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  IsthStartPage *self = ISTH_START_PAGE (source);
  g_auto(GStrv) paths = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!paths || !self->cancellable)
    return;

  clear (self->unsaved);
  for (char **path = paths; *path; path++)
    {
      GStatBuf status;
      g_autofree char *when = g_stat (*path, &status) == 0
                                ? isth_format_time ((gint64) status.st_mtime * 1000000000)
                                : g_strdup ("");
      g_autofree char *subtitle = g_strdup_printf (_("Last changed %s"), when);

      add_remove_button (add_row (self->unsaved, _("Unsaved project"), subtitle, *path));
    }
  gtk_widget_set_visible (self->unsaved_group, paths[0] != NULL);
}

static void
refresh (IsthStartPage *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  g_autoptr(GTask) task = NULL;

  if (isth_session_get_project (session))
    return;

  fill_recent (self);
  task = g_task_new (self, self->cancellable, on_unsaved_listed, NULL);
  g_task_run_in_thread (task, list_unsaved);
}

static void
on_recent_activated (IsthStartPage *self,
                     GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-path", "s", g_object_get_data (G_OBJECT (row), "path"));
}

static void
on_unsaved_activated (IsthStartPage *self,
                      GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.restore", "s", g_object_get_data (G_OBJECT (row), "path"));
}

static void
isth_start_page_attach (IsthView    *view,
                        IsthSession *session)
{
  g_signal_connect_object (session, "notify::project", G_CALLBACK (refresh), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill_recent), view,
                           G_CONNECT_SWAPPED);
  refresh (ISTH_START_PAGE (view));
}

static void
isth_start_page_dispose (GObject *object)
{
  IsthStartPage *self = ISTH_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (isth_start_page_parent_class)->dispose (object);
}

static void
isth_start_page_class_init (IsthStartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_start_page_dispose;
  ISTH_VIEW_CLASS (class)->attach = isth_start_page_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthStartPage, unsaved_group);
  gtk_widget_class_bind_template_child (widget_class, IsthStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, IsthStartPage, unsaved);
  gtk_widget_class_bind_template_child (widget_class, IsthStartPage, recent);
  gtk_widget_class_bind_template_callback (widget_class, on_recent_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_unsaved_activated);
}

static void
isth_start_page_init (IsthStartPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
