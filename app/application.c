/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second start hands its files to the first and ends. Files go to the window in front; a project goes to a window of its own. */
#include "app/application.h"

#include <glib/gi18n-lib.h>

#include "app/profile.h"
#include "app/window.h"

struct _IsthApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (IsthApplication, isth_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.export::html", { "<Control>e" } },
  { "window.close", { "<Control>w" } },
  { "win.find", { "<Control>f" } },
  { "win.edit-asset", { "F2" } },
  { "win.decide", { "<Control>d" } },
  { "win.inspector", { "F9" } },
  { "win.listen", { "<Control>l" } },
  { "win.cancel", { "<Control>period" } },
  { "win.whole-time", { "<Control>0" } },
  { "win.view::overview", { "<Alt>1" } },
  { "win.view::map", { "<Alt>2" } },
  { "win.view::assets", { "<Alt>3" } },
  { "win.view::traffic", { "<Alt>4" } },
  { "win.view::timeline", { "<Alt>5" } },
  { "win.view::access", { "<Alt>6" } },
  { "win.view::review", { "<Alt>7" } },
  { "win.wording::it", { "<Control><Alt>1" } },
  { "win.wording::both", { "<Control><Alt>2" } },
  { "win.wording::ot", { "<Control><Alt>3" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
};

static IsthWindow *
get_window (IsthApplication *self,
            gboolean         fresh)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window && !ISTH_IS_WINDOW (window)) /* a dialog is in front */
    window = gtk_window_get_transient_for (window);
  if (fresh || !window || isth_window_get_leaving (ISTH_WINDOW (window)))
    window = GTK_WINDOW (isth_window_new (GTK_APPLICATION (self)));

  return ISTH_WINDOW (window);
}

static gboolean
is_project_name (const char *path)
{
  return g_str_has_suffix (path, ".isthmus");
}

/* Captures go together into the window in front; each project needs a window that has none. */
static void
open_paths (IsthApplication *self,
            char           **paths)
{
  g_autoptr(GStrvBuilder) captures = g_strv_builder_new ();
  g_auto(GStrv) together = NULL;

  for (char **path = paths; *path; path++)
    if (is_project_name (*path))
      {
        IsthWindow *window = get_window (self, FALSE);
        const char *alone[] = { *path, NULL };

        if (isth_window_get_in_use (window))
          window = get_window (self, TRUE);
        isth_window_open (window, alone);
        gtk_window_present (GTK_WINDOW (window));
      }
    else
      g_strv_builder_add (captures, *path);

  together = g_strv_builder_end (captures);
  if (together[0])
    {
      IsthWindow *window = get_window (self, FALSE);

      isth_window_open (window, (const char *const *) together);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
follow_path (IsthApplication *self,
             const char      *path)
{
  IsthWindow *window = get_window (self, FALSE);

  isth_window_follow (window, path);
  gtk_window_present (GTK_WINDOW (window));
}

static void
isth_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (ISTH_APPLICATION (application), FALSE)));
}

static void
isth_application_open (GApplication *application,
                       GFile       **files,
                       int           n,
                       const char   *hint)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) paths = NULL;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);
      g_autofree char *uri = g_file_get_uri (files[i]);

      g_strv_builder_add (builder, path ? path : uri); /* the engine says what is wrong with it */
    }
  paths = g_strv_builder_end (builder);
  open_paths (ISTH_APPLICATION (application), paths);
}

static int
isth_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  g_autoptr(GVariant) files = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", g_get_application_name (), ISTH_VERSION);
      return 0;
    }

  /* standard input belongs to this process: no other can read it */
  files = g_variant_dict_lookup_value (options, G_OPTION_REMAINING, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  if (files)
    {
      g_autofree const char **names = g_variant_get_bytestring_array (files, NULL);

      if (g_strv_contains (names, "-"))
        g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }

  return -1;
}

static int
isth_application_command_line (GApplication            *application,
                               GApplicationCommandLine *line)
{
  IsthApplication *self = ISTH_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autoptr(GVariant) files = g_variant_dict_lookup_value (options, G_OPTION_REMAINING,
                                                           G_VARIANT_TYPE_BYTESTRING_ARRAY);
  gboolean sample = g_variant_dict_contains (options, "sample"), follow = g_variant_dict_contains (options, "follow");
  const char *view = NULL;

  if (g_variant_dict_contains (options, "new-window"))
    gtk_window_present (GTK_WINDOW (get_window (self, TRUE)));
  g_variant_dict_lookup (options, "profile", "&s", &view);
  if (follow && (!files || g_variant_n_children (files) != 1))
    {
      g_application_command_line_printerr (line, "%s\n", _("--follow needs the name of one capture"));
      return 2;
    }

  if (files)
    {
      g_autofree const char **names = g_variant_get_bytestring_array (files, NULL);
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) paths = NULL;

      for (const char **name = names; *name; name++)
        {
          g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (line, *name);
          g_autofree char *path = g_file_get_path (file);

          g_strv_builder_add (builder, g_str_equal (*name, "-") || !path ? *name : path);
        }
      paths = g_strv_builder_end (builder);
      if (view)
        isth_profile_open (get_window (self, FALSE), view, (const char *const *) paths);
      else if (follow && !g_str_equal (paths[0], "-")) /* standard input is followed anyway */
        follow_path (self, paths[0]);
      else
        open_paths (self, paths);
    }
  else if (view)
    isth_profile_open (get_window (self, FALSE), view, NULL);
  if (view || !files)
    g_application_activate (application);

  if (sample)
    gtk_widget_activate_action (GTK_WIDGET (get_window (self, FALSE)), "win.sample", NULL);

  return 0;
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (get_window (user_data, TRUE)));
}

/* Each window may ask about its project; the program ends with the last one. */
static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l; l = l->next)
    if (ISTH_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static void
isth_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "new-window", .activate = new_window },
    { .name = "quit", .activate = quit },
  };

  G_APPLICATION_CLASS (isth_application_parent_class)->startup (application);

  /* text that can be selected, and is not: it would stand there marked whenever it gets the keyboard */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].keys);
}

static void
isth_application_class_init (IsthApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  application_class->activate = isth_application_activate;
  application_class->open = isth_application_open;
  application_class->handle_local_options = isth_application_handle_local_options;
  application_class->command_line = isth_application_command_line;
  application_class->startup = isth_application_startup;
}

static void
isth_application_init (IsthApplication *self)
{
  static const GOptionEntry options[] = {
    { "sample", 's', 0, G_OPTION_ARG_NONE, NULL, N_("Open the sample plant"), NULL },
    { "follow", 'f', 0, G_OPTION_ARG_NONE, NULL, N_("Go on at the end of the capture, which is still written"), NULL },
    { "new-window", 'w', 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Print how quickly the captures show in a view"), N_("VIEW") },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[CAPTURE… | PROJECT]") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
    G_APPLICATION (self), _("Shows what is on an industrial network, from captures of its traffic. “-” reads standard input."));
}

IsthApplication *
isth_application_new (void)
{
  return g_object_new (ISTH_TYPE_APPLICATION,
                       "application-id", "org.isthmus.Isthmus",
                       "resource-base-path", "/org/isthmus/Isthmus",
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
