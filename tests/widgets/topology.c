/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map as a person at the keyboard, or with a screen reader, meets it. */
#include "widgets/topology-private.h"

#include "tests/widgets/grid-scene.h"

static int
step (IsthTopology *map,
      int           dx,
      int           dy)
{
  gtk_widget_activate_action (GTK_WIDGET (map), "map.step", "(ii)", dx, dy);
  return (int) isth_topology_get_selected_id (map);
}

static void
count (IsthTopology *map,
       gpointer      anything,
       guint        *n)
{
  (*n)++;
}

static GtkWidget *
show (IsthScene     *scene,
      IsthTopology **map)
{
  GtkWidget *window = gtk_window_new (), *widget = isth_topology_new ();

  isth_topology_set_scene (ISTH_TOPOLOGY (widget), scene);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (widget);
  *map = ISTH_TOPOLOGY (widget);
  return window;
}

static void
test_keys (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (100);
  IsthTopology *map;
  GtkWidget *window = show (scene, &map);
  guint changes = 0, activations = 0;

  g_signal_connect (map, "notify::selected-id", G_CALLBACK (count), &changes);
  g_signal_connect (map, "activated", G_CALLBACK (count), &activations);
  isth_topology_set_selected_id (map, 45);
  g_assert_cmpint (step (map, 1, 0), ==, 46);
  g_assert_cmpint (step (map, 0, 1), ==, 56);
  g_assert_cmpint (step (map, -1, 0), ==, 55);
  g_assert_cmpint (step (map, 0, -1), ==, 45);
  gtk_widget_activate_action (GTK_WIDGET (map), "map.activate", NULL);
  g_assert_cmpuint (activations, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (map), "map.read-on", "(bbb)", TRUE, TRUE, FALSE);
  g_assert_cmpint (isth_topology_get_selected_id (map), ==, 1);
  g_assert_cmpint (step (map, -1, 0), ==, 1); /* nothing there */
  gtk_widget_activate_action (GTK_WIDGET (map), "map.read-on", "(bbb)", FALSE, TRUE, FALSE);
  g_assert_cmpint (isth_topology_get_selected_id (map), ==, 100);
  g_assert_cmpuint (changes, ==, 7);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_selection (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (30), fewer = grid_scene_new (10);
  IsthTopology *map;
  GtkWidget *window = show (scene, &map);

  isth_topology_set_selected_id (map, 25);
  g_assert_cmpint (map->selected, ==, 24);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "node 25, 1 peer");
  isth_topology_set_selected_edge (map, 3);
  g_assert_cmpint (isth_topology_get_selected_id (map), ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "node 3 reads node 13, modbus");
  isth_topology_set_selected_id (map, 25);
  g_assert_cmpint (isth_topology_get_selected_edge (map), ==, 0);
  /* it is not there for a while: the selection waits for it */
  isth_topology_set_scene (map, fewer);
  g_assert_cmpint (map->selected, ==, ISTH_SCENE_NOTHING);
  g_assert_cmpint (isth_topology_get_selected_id (map), ==, 25);
  isth_topology_set_scene (map, scene);
  g_assert_cmpint (map->selected, ==, 24);
  isth_topology_set_scene (map, NULL);
  g_assert_cmpint (map->selected, ==, ISTH_SCENE_NOTHING);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (map));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_view (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (1000), grown = grid_scene_new (2000);
  IsthTopology *map;
  GtkWidget *window = show (scene, &map);
  double fit = map->zoom, x;

  g_assert_cmpfloat (fit, <, 0.1);
  isth_topology_set_scene (map, grown);
  g_assert_cmpfloat (map->zoom, <, fit); /* fits as long as nobody zoomed */
  isth_topology_zoom_by (map, 4);
  fit = map->zoom;
  isth_topology_set_scene (map, scene);
  g_assert_cmpfloat (map->zoom, ==, fit);
  isth_topology_zoom_by (map, 1000);
  g_assert_cmpfloat (map->zoom, <=, 3);
  isth_topology_reveal (map, 991);
  x = map->index->places[990].x * map->zoom + map->x;
  g_assert_cmpfloat (x, >, 0);
  g_assert_cmpfloat (x, <, 900);
  topology_set_view (map, -1e9, 1e9, 1);
  g_assert_cmpfloat (map->x, >, -2000);
  g_assert_cmpfloat (map->y, <, 600);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pins (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (30), again = grid_scene_new (40);
  IsthTopology *map;
  GtkWidget *window = show (scene, &map);

  isth_topology_pin (map, 5, 700, 800);
  isth_topology_set_scene (map, again);
  g_assert_cmpfloat (map->index->places[4].x, ==, 700);
  g_assert_true (isth_topology_has_pins (map));
  isth_topology_unpin_all (map);
  g_assert_cmpfloat (map->index->places[4].x, ==, 900);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A heavy scene is painted by a worker, which may outlive interest in it. */
static void
test_worker (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (4000), other = grid_scene_new (4100);
  IsthTopology *map;
  GtkWidget *window = show (scene, &map);

  while (!map->content.texture)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (map->content.zoom, ==, map->zoom);
  isth_topology_set_scene (map, other);
  isth_topology_zoom_by (map, 1.5);
  while (map->content.zoom != map->zoom)
    g_main_context_iteration (NULL, TRUE);
  isth_topology_set_scene (map, scene);
  topology_layers_update (map);
  gtk_window_destroy (GTK_WINDOW (window)); /* with a worker at it */
}

/* So is what is in focus, when that is a node which talks with all others. */
static void
test_hub (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (4000);
  IsthTopology *map;
  GtkWidget *window;

  for (guint i = 0; i < scene->n_edges; i++)
    scene->edges[i].from = 0;
  window = show (scene, &map);
  while (!map->content.texture)
    g_main_context_iteration (NULL, TRUE);
  isth_topology_set_selected_id (map, 1);
  topology_layers_update (map);
  g_assert_null (map->focus.texture);
  g_assert_true (isth_topology_get_painting (map));
  while (!map->focus.texture)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (map->focus.focus, ==, 0);
  isth_topology_set_selected_id (map, 0);
  topology_layers_update (map);
  g_assert_null (map->focus.texture);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
    {
      g_print ("1..0 # SKIP no display to open a window on\n");
      return 0;
    }
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/topology/keys", test_keys);
  g_test_add_func ("/widgets/topology/selection", test_selection);
  g_test_add_func ("/widgets/topology/view", test_view);
  g_test_add_func ("/widgets/topology/pins", test_pins);
  g_test_add_func ("/widgets/topology/worker", test_worker);
  g_test_add_func ("/widgets/topology/hub", test_hub);
  return g_test_run ();
}
