/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole window over a small capture: each view comes up, and what the screen reader is told. */
#include "app/window.h"

#include <glib/gstdio.h>

#include "app/parts/table-focus.h"
#include "app/views/inspector.h"

static const guint8 capture[] = {
  /* pcap, little endian, version 2.4, Ethernet; one ARP request */
  0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0,
  0x00, 0xf1, 0x53, 0x65, 0, 0, 0, 0, 42, 0, 0, 0, 42, 0, 0, 0,
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x1b, 0x1b, 0, 0, 1, 0x08, 0x06,
  0, 1, 8, 0, 6, 4, 0, 1, 0x00, 0x1b, 0x1b, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
};

/* The same head; then two TCP segments of 10.0.0.1 and 10.0.0.2, in which they begin to speak SSH. */
static GByteArray *
make_remote (void)
{
  static const guint8 ethernet[] = { 0x00, 0x1b, 0x1b, 0, 0, 2, 0x00, 0x1b, 0x1b, 0, 0, 1, 0x08, 0x00 };
  static const char greeting[] = "SSH-2.0-Example_1.0\r\n";
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, capture, 24);
  for (guint8 i = 0; i < 2; i++)
    {
      const guint8 payload = sizeof greeting - 1, length = (guint8) (sizeof ethernet + 40 + payload);
      const guint8 record[] = { (guint8) (0x10 + i), 0xf1, 0x53, 0x65, 0, 0, 0, 0, length, 0, 0, 0, length, 0, 0, 0 };
      const guint8 ip[] = { 0x45, 0, 0, (guint8) (40 + payload), 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, (guint8) (1 + i), 10, 0, 0, (guint8) (2 - i) };
      const guint8 client[] = { 0x9c, 0x40, 0, 22, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 1, 0, 0, 0, 0, 0 };
      const guint8 server[] = { 0, 22, 0x9c, 0x40, 0, 0, 0, 1, 0, 0, 0, (guint8) (1 + payload), 0x50, 0x18, 1, 0, 0, 0, 0, 0 };

      g_byte_array_append (file, record, sizeof record);
      g_byte_array_append (file, ethernet + (i ? 6 : 0), 6);
      g_byte_array_append (file, ethernet + (i ? 0 : 6), 6);
      g_byte_array_append (file, ethernet + 12, 2);
      g_byte_array_append (file, ip, sizeof ip);
      g_byte_array_append (file, i ? server : client, 20);
      g_byte_array_append (file, (const guint8 *) greeting, payload);
    }

  return file;
}

/* And as many hosts that ask for one another's MAC as a list widget does not hold at once. */
static void
add_crowd (GByteArray *file)
{
  for (guint8 i = 0; i < 150; i++)
    {
      guint8 frame[58];

      memcpy (frame, capture + 24, sizeof frame);
      frame[16 + 11] = frame[16 + 27] = (guint8) (10 + i); /* the sender's MAC, twice */
      frame[16 + 31] = (guint8) (100 + i);                 /* and its address */
      g_byte_array_append (file, frame, sizeof frame);
    }
}

static char *folder;

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }

  return NULL;
}

static void
set_view (IsthWindow *window,
          const char *name)
{
  g_autoptr(GVariant) state = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (name));
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "view");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, name);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static GtkWidget *
find_shown (GtkWidget *widget,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_shown (child, type);

      if (found)
        return found;
    }

  return NULL;
}

/* The row that has the keyboard has it wherever it comes to stand, and though its widget is another one then. */
static void
check_focus (IsthWindow *window)
{
  GtkColumnView *view;
  GtkWidget *list, *row;
  guint64 id;

  set_view (window, "assets");
  view = GTK_COLUMN_VIEW (find_shown (GTK_WIDGET (window), GTK_TYPE_COLUMN_VIEW));
  list = gtk_widget_get_last_child (GTK_WIDGET (view));
  while (!(row = gtk_widget_get_first_child (list)) || !gtk_widget_get_mapped (row))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_grab_focus (row));
  id = isth_table_focus_get (list);
  g_assert_cmpuint (id, !=, 0);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), 0);

      gtk_column_view_sort_by_column (view, column, i == 0 ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      while (isth_table_focus_get (list) != id)
        g_main_context_iteration (NULL, TRUE);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window)); /* it stays in sight: the list does not go back to its top */
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      g_assert_cmpuint (isth_table_focus_get (list), ==, id);
    }
}

static void
test_window (void)
{
  static const char *const views[] = { "map", "assets", "traffic", "timeline", "access", "review", "overview" };
  g_autofree char *path = g_build_filename (folder, "one.pcap", NULL), *remote = g_build_filename (folder, "remote.pcap", NULL);
  const char *paths[] = { path, remote, NULL };
  IsthWindow *window = g_object_ref_sink (g_object_new (ISTH_TYPE_WINDOW, NULL));
  g_autoptr(IsthSession) session = NULL;
  const IsthRemoteSession *found;
  GtkWidget *entry, *inspector;

  g_object_get (window, "session", &session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 700);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_false (isth_window_get_in_use (window));

  isth_window_open (window, paths);
  while (!isth_session_get_snapshot (session) || isth_session_get_snapshot (session)->n_assets == 0 ||
         isth_session_get_progress (session)->state != ISTH_ENGINE_IDLE)
    g_main_context_iteration (NULL, TRUE);

  inspector = find (GTK_WIDGET (window), ISTH_TYPE_INSPECTOR);
  while (gtk_widget_get_visible (inspector)) /* nothing is selected in a narrow window: the room is the view's */
    g_main_context_iteration (NULL, TRUE);
  isth_session_select (session, ISTH_SELECTED_ASSET, isth_session_get_snapshot (session)->assets[0]->id);
  g_assert_true (gtk_widget_get_visible (inspector));
  for (size_t i = 0; i < G_N_ELEMENTS (views); i++)
    set_view (window, views[i]);

  /* A remote session, in every view. */
  while (isth_session_get_snapshot (session)->n_captures < 2 || isth_session_get_progress (session)->state != ISTH_ENGINE_IDLE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (isth_session_get_snapshot (session)->n_sessions, ==, 1);
  found = isth_session_get_snapshot (session)->sessions[0];
  isth_session_select (session, ISTH_SELECTED_REMOTE, found->id);
  for (size_t i = 0; i < G_N_ELEMENTS (views); i++)
    set_view (window, views[i]);

  check_focus (window);
  entry = find (GTK_WIDGET (window), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Find");

  /* nothing may ask here: what was read is thrown away first */
  isth_session_close (session, TRUE);
  while (isth_session_get_project (session))
    g_main_context_iteration (NULL, TRUE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

static void
clean_up (void)
{
  static const char *const left[] = { "one.pcap", "remote.pcap", "recently-used.xbel", "isthmus/unsaved", "isthmus", "" };

  for (size_t i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (folder, left[i], NULL);

      g_remove (path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL, *remote = NULL;
  g_autoptr(GByteArray) bytes = make_remote ();
  int status;

  add_crowd (bytes);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("MESA_SHADER_CACHE_DISABLE", "true", TRUE); /* it would stay behind in our folder */
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("isthmus-window-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      g_rmdir (folder);
      return 0;
    }
  adw_init ();

  path = g_build_filename (folder, "one.pcap", NULL);
  g_assert_true (g_file_set_contents (path, (const char *) capture, sizeof capture, NULL));
  remote = g_build_filename (folder, "remote.pcap", NULL);
  g_assert_true (g_file_set_contents (remote, (const char *) bytes->data, (gssize) bytes->len, NULL));
  g_test_add_func ("/app/window", test_window);
  status = g_test_run ();
  clean_up ();

  return status;
}
