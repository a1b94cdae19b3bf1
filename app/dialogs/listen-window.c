/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interfaces come from a watch on a thread of its own; a filter is checked on another, because it may name hosts. */
#include "app/dialogs/listen-window.h"

#include <glib/gi18n-lib.h>

#include "app/files.h"
#include "app/parts/interface-row.h"
#include "app/parts/names.h"
#include "app/settings.h"

#define FILTER_PAUSE 200 /* ms after the last key */
#define SECONDS_A_MINUTE 60

/* Outlives the window while the watch is ending. */
typedef struct
{
  gatomicrefcount references;
  IsthListenWindow *window; /* main thread only; NULL: it has gone */
} Post;

typedef struct
{
  Post *post;
  IsthListenInterfaces *list;
  char *problem;
} Look;

struct _IsthListenWindow
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *interfaces;
  AdwActionRow *nothing, *filter_problem, *folder;
  GtkWidget *rights, *start;
  GtkLabel *command;
  GtkEditable *filter;
  GtkSwitch *promiscuous;
  AdwExpanderRow *ring;
  GtkAdjustment *snap_length, *ring_size, *ring_minutes, *ring_files;

  IsthSession *session;
  IsthListenWatch *watch;
  Post *post;
  GHashTable *rows;   /* name → IsthInterfaceRow, borrowed */
  GCancellable *checking;
  guint filter_timer;
  gboolean filter_fine;
};

G_DEFINE_FINAL_TYPE (IsthListenWindow, isth_listen_window, ADW_TYPE_WINDOW)

static void
post_unref (Post *self)
{
  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

static GStrv
get_chosen (IsthListenWindow *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (isth_interface_row_get_chosen (row))
      g_strv_builder_add (names, isth_interface_row_get_name (row));

  return g_strv_builder_end (names);
}

static void
update_start (IsthListenWindow *self)
{
  g_auto(GStrv) chosen = get_chosen (self);
  gboolean has_folder = !adw_expander_row_get_enable_expansion (self->ring) || *adw_action_row_get_subtitle (self->folder);

  gtk_widget_set_sensitive (self->start, chosen[0] && self->filter_fine && has_folder);
  gtk_widget_set_tooltip_text (self->start, !chosen[0]           ? _("Choose an interface first")
                                            : !self->filter_fine ? _("The filter cannot be understood")
                                            : !has_folder        ? _("Choose a folder for the recordings first")
                                                                 : NULL);
}

static gboolean
was_chosen (const char *name)
{
  GSettings *settings = isth_settings_get ();
  g_auto(GStrv) before = settings ? g_settings_get_strv (settings, "listen-interfaces") : NULL;

  return before && g_strv_contains ((const char *const *) before, name);
}

static void
show_interface (IsthListenWindow          *self,
                const IsthListenInterface *shown)
{
  IsthInterfaceRow *row = g_hash_table_lookup (self->rows, shown->name);

  if (row)
    {
      isth_interface_row_show (row, shown);
      return;
    }
  row = ISTH_INTERFACE_ROW (isth_interface_row_new (shown->name));
  adw_preferences_group_add (self->interfaces, GTK_WIDGET (row));
  g_hash_table_insert (self->rows, g_strdup (shown->name), row);
  g_signal_connect_object (row, "notify::chosen", G_CALLBACK (update_start), self, G_CONNECT_SWAPPED);
  isth_interface_row_set_chosen (row, was_chosen (shown->name));
  isth_interface_row_show (row, shown);
}

static gboolean
is_in (const IsthListenInterfaces *list,
       const char                 *name)
{
  for (uint32_t i = 0; i < list->n; i++)
    if (g_str_equal (list->items[i].name, name))
      return TRUE;

  return FALSE;
}

static void
drop_gone (IsthListenWindow           *self,
           const IsthListenInterfaces *list)
{
  GHashTableIter iter;
  gpointer name, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &name, &row))
    if (!is_in (list, name))
      {
        adw_preferences_group_remove (self->interfaces, row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
show_list (IsthListenWindow           *self,
           const IsthListenInterfaces *list,
           const char                 *problem)
{
  gboolean rights = FALSE;

  for (uint32_t i = 0; i < list->n; i++)
    {
      show_interface (self, &list->items[i]);
      rights |= list->items[i].ability == ISTH_LISTEN_NEEDS_RIGHTS;
    }
  drop_gone (self, list);
  gtk_widget_set_visible (self->rights, rights);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), list->n == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nothing), problem ? problem : _("This computer has no network interface."));
  update_start (self);
}

static gboolean
deliver (gpointer user_data)
{
  Look *look = user_data;

  if (look->post->window)
    show_list (look->post->window, look->list, look->problem);

  return G_SOURCE_REMOVE;
}

static void
look_free (gpointer data)
{
  Look *self = data;

  post_unref (self->post);
  isth_listen_interfaces_unref (self->list);
  g_free (self->problem);
  g_free (self);
}

static void
on_looked (IsthListenInterfaces *list,
           const GError         *error,
           gpointer              user_data)
{
  Look *look = g_new0 (Look, 1);

  look->post = user_data;
  g_atomic_ref_count_inc (&look->post->references);
  look->list = list;
  look->problem = error ? g_strdup (error->message) : NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, look, look_free);
}

static void
check_filter (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;

  if (isth_listen_check_filter (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_filter_checked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  IsthListenWindow *self = ISTH_LISTEN_WINDOW (source);
  g_autoptr(GError) error = NULL;

  self->filter_fine = g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->session)
    return; /* another text is in the field by now */

  gtk_widget_set_visible (GTK_WIDGET (self->filter_problem), error != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->filter_problem), error ? error->message : "");
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter), "error");
  update_start (self);
}

static void
begin_filter_check (IsthListenWindow *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->checking);
  g_object_unref (self->checking);
  self->checking = g_cancellable_new ();
  task = g_task_new (self, self->checking, on_filter_checked, NULL);
  g_task_set_task_data (task, g_strdup (gtk_editable_get_text (self->filter)), g_free);
  g_task_run_in_thread (task, check_filter);
}

static gboolean
on_filter_pause (gpointer user_data)
{
  IsthListenWindow *self = user_data;

  self->filter_timer = 0;
  begin_filter_check (self);

  return G_SOURCE_REMOVE;
}

static void
on_filter_changed (IsthListenWindow *self)
{
  g_clear_handle_id (&self->filter_timer, g_source_remove);
  self->filter_fine = FALSE;
  self->filter_timer = g_timeout_add (FILTER_PAUSE, on_filter_pause, self);
  update_start (self);
}

static void
on_copy (IsthListenWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->command));
}

static void
folder_chosen (GtkWindow         *window,
               const char *const *paths)
{
  IsthListenWindow *self = ISTH_LISTEN_WINDOW (window);

  if (paths)
    adw_action_row_set_subtitle (self->folder, paths[0]);
  update_start (self);
}

static void
on_choose_folder (IsthListenWindow *self)
{
  isth_files_choose_folder (GTK_WINDOW (self), folder_chosen);
}

static void
remember (const IsthListen *listen)
{
  GSettings *settings = isth_settings_get ();

  if (!settings)
    return;

  g_settings_set_strv (settings, "listen-interfaces", listen->interfaces);
  g_settings_set_string (settings, "listen-filter", listen->filter);
  g_settings_set_boolean (settings, "listen-promiscuous", listen->promiscuous);
  g_settings_set_string (settings, "listen-ring-folder", listen->ring_folder ? listen->ring_folder : "");
}

static void
on_start (IsthListenWindow *self)
{
  g_auto(GStrv) chosen = get_chosen (self);
  IsthListen listen = {
    .interfaces = (const char *const *) chosen,
    .filter = gtk_editable_get_text (self->filter),
    .snap_length = (uint32_t) gtk_adjustment_get_value (self->snap_length),
    .promiscuous = gtk_switch_get_active (self->promiscuous),
  };

  if (adw_expander_row_get_enable_expansion (self->ring))
    {
      listen.ring_folder = adw_action_row_get_subtitle (self->folder);
      listen.ring_size = (uint32_t) gtk_adjustment_get_value (self->ring_size);
      listen.ring_seconds = (uint32_t) gtk_adjustment_get_value (self->ring_minutes) * SECONDS_A_MINUTE;
      listen.ring_files = (uint32_t) gtk_adjustment_get_value (self->ring_files);
    }
  remember (&listen);
  isth_session_listen (self->session, &listen);
  gtk_window_close (GTK_WINDOW (self));
}

static void
restore (IsthListenWindow *self)
{
  GSettings *settings = isth_settings_get ();
  g_autofree char *command = isth_listen_get_command ();
  g_autofree char *folder = settings ? g_settings_get_string (settings, "listen-ring-folder") : g_strdup ("");
  g_autofree char *filter = settings ? g_settings_get_string (settings, "listen-filter") : g_strdup ("");

  gtk_label_set_text (self->command, command);
  adw_action_row_set_subtitle (self->folder, folder);
  adw_expander_row_set_enable_expansion (self->ring, *folder != '\0');
  gtk_editable_set_text (self->filter, filter);
  gtk_switch_set_active (self->promiscuous, !settings || g_settings_get_boolean (settings, "listen-promiscuous"));
}

/* The watch says its last words to the post. */
typedef struct
{
  IsthListenWatch *watch;
  Post *post;
} Ending;

static gpointer
end_watch (gpointer data)
{
  Ending *self = data;

  isth_listen_watch_free (self->watch);
  post_unref (self->post);
  g_free (self);

  return NULL;
}

static void
isth_listen_window_dispose (GObject *object)
{
  IsthListenWindow *self = ISTH_LISTEN_WINDOW (object);

  g_clear_handle_id (&self->filter_timer, g_source_remove);
  g_cancellable_cancel (self->checking);
  if (self->post)
    {
      Ending ending = { self->watch, g_steal_pointer (&self->post) };

      ending.post->window = NULL;
      /* a look that is under way may take a while, and the window must not wait for it */
      g_thread_unref (g_thread_new ("isthmus-unwatch", end_watch, g_memdup2 (&ending, sizeof ending)));
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (isth_listen_window_parent_class)->dispose (object);
}

static void
isth_listen_window_finalize (GObject *object)
{
  IsthListenWindow *self = ISTH_LISTEN_WINDOW (object);

  g_object_unref (self->checking);
  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (isth_listen_window_parent_class)->finalize (object);
}

static void
isth_listen_window_class_init (IsthListenWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_listen_window_dispose;
  G_OBJECT_CLASS (class)->finalize = isth_listen_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/dialogs/listen-window.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, interfaces);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, filter_problem);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, folder);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, rights);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, start);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, command);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, filter);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, promiscuous);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, ring);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, snap_length);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, ring_size);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, ring_minutes);
  gtk_widget_class_bind_template_child (widget_class, IsthListenWindow, ring_files);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_folder);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
isth_listen_window_init (IsthListenWindow *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->checking = g_cancellable_new ();
  self->filter_fine = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  restore (self);
  g_signal_connect_object (self->ring, "notify::enable-expansion", G_CALLBACK (update_start), self, G_CONNECT_SWAPPED);
  self->post = g_new0 (Post, 1);
  g_atomic_ref_count_init (&self->post->references);
  self->post->window = self;
  self->watch = isth_listen_watch_new (on_looked, self->post);
}

void
isth_listen_window_present (GtkWindow   *parent,
                            IsthSession *session)
{
  IsthListenWindow *self = g_object_new (ISTH_TYPE_LISTEN_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  isth_names_mend (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));
}
