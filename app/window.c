/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out one session: start page or views, header commands, inspector, time band; and asks before something unsaved is left. */
#include "app/window.h"

#include <glib/gi18n-lib.h>

#include "app/decisions.h"
#include "app/dialogs/about.h"
#include "app/dialogs/decide.h"
#include "app/dialogs/edit-asset.h"
#include "app/dialogs/evidence-window.h"
#include "app/dialogs/listen-window.h"
#include "app/dialogs/site-ranges.h"
#include "app/export.h"
#include "app/files.h"
#include "app/parts/decided.h"
#include "app/parts/names.h"
#include "app/parts/selected-command.h"
#include "app/place.h"
#include "app/recent.h"
#include "app/sample.h"
#include "app/settings.h"
#include "app/view.h"
#include "app/views.h"

/* What comes after the project was saved or left. */
typedef enum
{
  THEN_STAY,
  THEN_CLOSE_PROJECT,
  THEN_CLOSE_WINDOW,
} Then;

struct _IsthWindow
{
  AdwApplicationWindow parent_instance;

  IsthSession *session;
  GCancellable *cancellable;
  Then then;
  gboolean recording_offered;
  gboolean leaving; /* hidden, until the last commit is made */

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GtkWidget *switchers, *tools;
  GtkSearchEntry *find;
  GtkPaned *panes;
  AdwViewStack *stack;
  GtkWidget *inspector;
  GMenu *recent_menu;
};

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthWindow, isth_window, ADW_TYPE_APPLICATION_WINDOW)

gboolean
isth_window_get_in_use (IsthWindow *self)
{
  return isth_session_get_project (self->session) != NULL;
}

void
isth_window_open (IsthWindow        *self,
                  const char *const *paths)
{
  isth_session_open (self->session, paths);
}

void
isth_window_follow (IsthWindow *self,
                    const char *path)
{
  isth_session_follow (self->session, path);
}

static void
open_chosen (GtkWindow         *window,
             const char *const *paths)
{
  if (paths)
    isth_window_open (ISTH_WINDOW (window), paths);
}

static void
save_chosen (GtkWindow         *window,
             const char *const *paths)
{
  IsthWindow *self = ISTH_WINDOW (window);
  g_autofree char *path = NULL;

  if (!paths)
    {
      self->then = THEN_STAY;
      return;
    }

  path = g_strconcat (paths[0], g_str_has_suffix (paths[0], ".isthmus") ? "" : ".isthmus", NULL);
  isth_session_save_as (self->session, path);
}

/* A name made from the first capture. */
static void
choose_where_to_save (IsthWindow *self)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);
  g_autofree char *base = snapshot && snapshot->n_captures > 0 ? g_path_get_basename (snapshot->captures[0]->path)
                                                               : g_strdup (_("project"));
  g_autofree char *name = NULL;
  char *dot = strchr (base, '.');

  if (dot && dot != base)
    *dot = '\0';
  name = g_strconcat (base, ".isthmus", NULL);
  isth_files_choose_project (GTK_WINDOW (self), name, save_chosen);
}

gboolean
isth_window_get_leaving (IsthWindow *self)
{
  return self->leaving;
}

/* Nobody has to watch how the last commit is made. */
static void
set_leaving (IsthWindow *self,
             gboolean    leaving)
{
  if (self->leaving == leaving)
    return;

  self->leaving = leaving;
  if (leaving)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else
    gtk_window_present (GTK_WINDOW (self));
}

static void
leave_now (IsthWindow *self,
           gboolean    discard)
{
  set_leaving (self, self->then == THEN_CLOSE_WINDOW);
  isth_session_close (self->session, discard);
}

static void
on_leave_answered (GtkWindow *window,
                   IsthLeave  leave)
{
  IsthWindow *self = ISTH_WINDOW (window);

  if (leave == ISTH_LEAVE_DISCARD)
    leave_now (self, TRUE);
  else if (leave == ISTH_LEAVE_SAVE)
    choose_where_to_save (self);
  else
    self->then = THEN_STAY;
}

static void
leave_project (IsthWindow *self,
               Then        then)
{
  self->then = then;
  if (isth_session_get_unsaved (self->session))
    isth_files_ask_leave (GTK_WINDOW (self), on_leave_answered);
  else
    leave_now (self, FALSE);
}

static void
on_project (IsthWindow *self)
{
  const char *path = isth_session_get_project (self->session);
  gboolean unsaved = isth_session_get_unsaved (self->session);
  g_autofree char *name = path && !unsaved ? g_path_get_basename (path) : NULL;
  g_autofree char *title = NULL;

  if (!path && self->then == THEN_CLOSE_WINDOW)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (path && !unsaved)
    isth_recent_add (path);
  if (!path)
    self->then = THEN_STAY;
  else if (!unsaved && self->then != THEN_STAY) /* it was saved in order to leave it */
    leave_now (self, FALSE);

  title = path ? g_strdup_printf (_("%s – Isthmus"), name ? name : _("Unsaved project")) : g_strdup (_("Isthmus"));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_stack_set_visible_child_name (self->pages, path ? "project" : "start");
  gtk_widget_set_visible (self->switchers, path != NULL);
  gtk_widget_set_visible (self->tools, path != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save", path != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-as", path != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", path != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-project", path != NULL);
}

static void offer_recording (IsthWindow *self);

static void
recording_chosen (GtkWindow         *window,
                  const char *const *paths)
{
  IsthWindow *self = ISTH_WINDOW (window);
  g_autofree char *path = NULL;

  if (!paths)
    return;

  path = g_strconcat (paths[0], g_str_has_suffix (paths[0], ".pcapng") ? "" : ".pcapng", NULL);
  isth_session_keep_recording (self->session, path);
  offer_recording (self);
}

static void
save_recording (IsthWindow *self)
{
  const char *path = isth_session_get_recording (self->session);
  g_autofree char *name = path ? g_path_get_basename (path) : NULL;

  if (name)
    isth_files_choose_recording (GTK_WINDOW (self), name, recording_chosen);
}

/* After listening: the recording lives as long as the unsaved project does, unless somebody saves it. */
static void
offer_recording (IsthWindow *self)
{
  gboolean there = isth_session_get_recording (self->session) && !isth_session_get_reading (self->session);
  AdwToast *toast;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-recording", there);
  if (!there || self->recording_offered)
    {
      self->recording_offered = there;
      return;
    }
  self->recording_offered = TRUE;
  toast = adw_toast_new (_("What was heard is recorded"));
  adw_toast_set_button_label (toast, _("_Save…"));
  adw_toast_set_action_name (toast, "win.save-recording");
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What can be cancelled. */
static void
on_work (IsthWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel",
                                 isth_session_get_reading (self->session) || isth_session_get_counts (self->session) == ISTH_COUNTS_PENDING);
}

static void
on_reading (IsthWindow *self)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);

  if (!isth_session_get_reading (self->session) && isth_session_get_unsaved (self->session))
    for (uint32_t i = 0; snapshot && i < snapshot->n_captures; i++)
      isth_recent_add (snapshot->captures[i]->path);
  on_work (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.listen", !isth_session_get_reading (self->session));
  offer_recording (self);
}

static void
on_time_window (IsthWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.whole-time",
                                 isth_session_get_time_window (self->session, NULL, NULL));
}

static void
on_fact (IsthWindow *self)
{
  isth_evidence_window_present (GTK_WINDOW (self), isth_session_get_fact (self->session));
}

/* A save that failed must not be followed by leaving, and what it is about must be seen. */
static void
on_problems (IsthWindow *self,
             guint       position,
             guint       removed,
             guint       added)
{
  if (added == 0)
    return;

  self->then = THEN_STAY;
  set_leaving (self, FALSE);
}

static void
on_filter (IsthWindow *self)
{
  const char *filter = isth_session_get_filter (self->session);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->find)), filter))
    gtk_editable_set_text (GTK_EDITABLE (self->find), filter);
}

static void
on_find_changed (IsthWindow *self)
{
  isth_session_set_filter (self->session, gtk_editable_get_text (GTK_EDITABLE (self->find)));
}

/* The first row of the view, or, where there are no rows, of the table of assets. */
static void
on_find_activate (IsthWindow *self)
{
  on_find_changed (self);
  if (!isth_view_select_first (ISTH_VIEW (adw_view_stack_get_visible_child (self->stack))))
    isth_view_select_first (ISTH_VIEW (adw_view_stack_get_child_by_name (self->stack, "assets")));
}

static void
on_find_stop (IsthWindow *self)
{
  isth_session_set_filter (self->session, "");
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         IsthWindow    *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) paths = NULL;

  for (GSList *l = g_value_get_boxed (value); l; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  if (!paths[0])
    return FALSE;

  isth_window_open (self, (const char *const *) paths);
  return TRUE;
}

static void
act_open (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  isth_files_choose_captures (GTK_WINDOW (widget), open_chosen);
}

static void
act_open_path (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  const char *paths[] = { g_variant_get_string (parameter, NULL), NULL };

  isth_window_open (ISTH_WINDOW (widget), paths);
}

/* Takes up an unsaved project of an earlier run: not remembered as a recent file. */
static void
act_restore (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const char *paths[] = { g_variant_get_string (parameter, NULL), NULL };

  isth_session_open (ISTH_WINDOW (widget)->session, paths);
}

static void
on_sample (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(IsthWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = isth_sample_make_finish (result, &error);
  const char *paths[] = { path, NULL };

  if (path && !g_cancellable_is_cancelled (self->cancellable))
    isth_session_open (self->session, paths);
  else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_string_list_append (isth_session_get_problems (self->session), error->message);
}

static void
act_sample (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  isth_sample_make (ISTH_WINDOW (widget)->cancellable, on_sample, g_object_ref (widget));
}

static void
act_save (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  IsthWindow *self = ISTH_WINDOW (widget);

  /* a project with a name is always saved: the engine commits as it goes */
  if (isth_session_get_unsaved (self->session))
    choose_where_to_save (self);
}

static void
act_save_as (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  choose_where_to_save (ISTH_WINDOW (widget));
}

static void
act_export (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  IsthWindow *self = ISTH_WINDOW (widget);
  const char *format = g_variant_get_string (parameter, NULL);

  isth_export_present (GTK_WINDOW (self), self->toasts, self->session, g_str_equal (format, "json") ? ISTH_EXPORT_DATA : ISTH_EXPORT_PAGE);
}

static void
act_close_project (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  leave_project (ISTH_WINDOW (widget), THEN_CLOSE_PROJECT);
}

static void
act_listen (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  isth_listen_window_present (GTK_WINDOW (widget), ISTH_WINDOW (widget)->session);
}

static void
act_save_recording (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  save_recording (ISTH_WINDOW (widget));
}

static void
act_cancel (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  isth_session_cancel (ISTH_WINDOW (widget)->session);
}

static void
act_find (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (ISTH_WINDOW (widget)->find));
}

static void
act_site_ranges (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  IsthWindow *self = ISTH_WINDOW (widget);

  isth_site_ranges_present (GTK_WINDOW (self), self->session);
}

static void
act_undo (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  isth_decisions_undo (isth_session_get_decisions (ISTH_WINDOW (widget)->session));
}

static void
act_redo (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  isth_decisions_redo (isth_session_get_decisions (ISTH_WINDOW (widget)->session));
}

static void
act_whole_time (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  isth_session_set_time_window (ISTH_WINDOW (widget)->session, ISTH_NO_TIME, ISTH_NO_TIME);
}

static void
act_about (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  isth_about_present (GTK_WINDOW (widget));
}

static gboolean
isth_window_close_request (GtkWindow *window)
{
  IsthWindow *self = ISTH_WINDOW (window);

  if (!isth_window_get_in_use (self))
    return GTK_WINDOW_CLASS (isth_window_parent_class)->close_request (window);

  leave_project (self, THEN_CLOSE_WINDOW);
  return GDK_EVENT_STOP;
}

static void
bind_settings (IsthWindow *self)
{
  GSettings *settings = isth_settings_get ();

  if (!settings)
    return;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "inspector-visible", self->inspector, "wanted", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "wording", self->session, "wording", G_SETTINGS_BIND_DEFAULT);
}

static void
isth_window_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, ISTH_WINDOW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_window_dispose (GObject *object)
{
  IsthWindow *self = ISTH_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (isth_window_parent_class)->dispose (object);
}

static void
isth_window_finalize (GObject *object)
{
  g_clear_object (&ISTH_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (isth_window_parent_class)->finalize (object);
}

static void
isth_window_class_init (IsthWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = isth_window_get_property;
  object_class->dispose = isth_window_dispose;
  object_class->finalize = isth_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = isth_window_close_request;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ISTH_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  isth_views_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/window.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, switchers);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, find);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, IsthWindow, recent_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_find_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_find_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_find_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);

  gtk_widget_class_install_action (widget_class, "win.open", NULL, act_open);
  gtk_widget_class_install_action (widget_class, "win.open-path", "s", act_open_path);
  gtk_widget_class_install_action (widget_class, "win.restore", "s", act_restore);
  gtk_widget_class_install_action (widget_class, "win.sample", NULL, act_sample);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, act_save);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, act_save_as);
  gtk_widget_class_install_action (widget_class, "win.export", "s", act_export);
  gtk_widget_class_install_action (widget_class, "win.close-project", NULL, act_close_project);
  gtk_widget_class_install_action (widget_class, "win.listen", NULL, act_listen);
  gtk_widget_class_install_action (widget_class, "win.save-recording", NULL, act_save_recording);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, act_cancel);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, act_find);
  gtk_widget_class_install_action (widget_class, "win.site-ranges", NULL, act_site_ranges);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, act_undo);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, act_redo);
  /* not of the application, which would take them from the entries */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_install_action (widget_class, "win.whole-time", NULL, act_whole_time);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, act_about);
}

/* A property of a part as a stateful command. */
static void
add_property_action (IsthWindow *self,
                     const char *name,
                     gpointer    object,
                     const char *property)
{
  g_autoptr(GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
isth_window_init (IsthWindow *self)
{
  g_autofree char *folder = isth_place_get_unsaved_folder ();

  self->cancellable = g_cancellable_new ();
  self->session = isth_session_new (folder);
  gtk_widget_init_template (GTK_WIDGET (self));
  isth_names_mend (GTK_WIDGET (self));

  add_property_action (self, "inspector", self->inspector, "wanted");
  add_property_action (self, "wording", self->session, "wording");
  add_property_action (self, "view", self->stack, "visible-child-name");
  bind_settings (self);
  isth_recent_keep_menu (self->recent_menu);

  g_signal_connect_object (self->session, "notify::project", G_CALLBACK (on_project), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::unsaved", G_CALLBACK (on_project), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::reading", G_CALLBACK (on_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::counts", G_CALLBACK (on_work), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::filter", G_CALLBACK (on_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::time-window", G_CALLBACK (on_time_window), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::fact", G_CALLBACK (on_fact), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (isth_session_get_problems (self->session), "items-changed", G_CALLBACK (on_problems), self,
                           G_CONNECT_SWAPPED);
  isth_selected_command_add (GTK_APPLICATION_WINDOW (self), self->session, "edit-asset", 1 << ISTH_SELECTED_ASSET, isth_edit_asset_present);
  isth_selected_command_add (GTK_APPLICATION_WINDOW (self), self->session, "decide", ~(1u << ISTH_SELECTED_NOTHING), isth_decide_present);
  isth_decided_let_through (GTK_EDITABLE (self->find));
  isth_decided_keep (self->toasts, isth_session_get_decisions (self->session));
  on_project (self);
  on_reading (self);
  on_time_window (self);
}

IsthWindow *
isth_window_new (GtkApplication *application)
{
  return g_object_new (ISTH_TYPE_WINDOW, "application", application, NULL);
}
