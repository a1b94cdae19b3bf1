/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with the map of a made-up site, to look at and to play with: topology-demo [ASSETS [SEED [SELECTED]]] */
#include <adwaita.h>
#include <math.h>

#include "analysis/layout/layout.h"
#include "tests/helpers/plant.h"
#include "widgets/time-band.h"
#include "widgets/topology.h"

static const char *
icon_of (IsthKind kind)
{
  switch (kind)
    {
    case ISTH_KIND_PLC:
      return "isthmus-plc-symbolic";
    case ISTH_KIND_HMI:
      return "isthmus-hmi-symbolic";
    case ISTH_KIND_SWITCH:
      return "isthmus-switch-symbolic";
    case ISTH_KIND_DRIVE:
      return "isthmus-drive-symbolic";
    case ISTH_KIND_REMOTE_IO:
      return "isthmus-remote-io-symbolic";
    case ISTH_KIND_MODULE:
      return "isthmus-module-symbolic";
    case ISTH_KIND_PRINTER:
      return "isthmus-printer-symbolic";
    case ISTH_KIND_LAPTOP:
      return "isthmus-laptop-symbolic";
    case ISTH_KIND_WORKSTATION:
    case ISTH_KIND_ENGINEERING_WORKSTATION:
      return "isthmus-workstation-symbolic";
    case ISTH_KIND_UNKNOWN:
      return "isthmus-unknown-symbolic";
    default:
      return "isthmus-server-symbolic";
    }
}

static const char *
claim (const IsthAsset *asset,
       uint32_t         i)
{
  return i < asset->n_claims ? asset->claims[i].value : "";
}

static guint32
find (const IsthSnapshot *plant,
      uint64_t            id)
{
  guint32 i = 0;

  while (plant->assets[i]->id != id)
    i++;
  return i;
}

static void
add_nodes (IsthScene          *scene,
           const IsthSnapshot *plant,
           const IsthLayout   *layout)
{
  scene->nodes = g_new0 (IsthSceneNode, plant->n_assets + 1);
  for (uint32_t i = 0; i < plant->n_assets; i++)
    {
      const IsthAsset *asset = plant->assets[i];
      g_autofree char *model = g_strdup_printf ("%s %s", claim (asset, 0), claim (asset, 1));
      char text[ISTH_ADDRESS_TEXT] = "";

      if (asset->interfaces->n_ips)
        isth_address_format (asset->interfaces->ips, text);
      scene->nodes[scene->n_nodes++] = (IsthSceneNode) {
        .id = asset->id, .x = layout->places[i].x, .y = layout->places[i].y, .small = layout->places[i].small,
        .label = g_string_chunk_insert (scene->strings, asset->name),
        .sublabel = g_string_chunk_insert (scene->strings, asset->n_claims ? model : text),
        .detail = g_string_chunk_insert (scene->strings, text),
        .group = layout->places[i].block, .icon = icon_of (asset->kind), .identified = asset->n_claims > 0,
      };
    }
  for (uint32_t i = 0; i < plant->n_alerts; i++)
    {
      IsthSceneNode *node = &scene->nodes[find (plant, plant->alerts[i]->subject)];

      node->alert = MAX (node->alert, 1 + plant->alerts[i]->cyber_severity);
    }
}

static void
add_edges (IsthScene          *scene,
           const IsthSnapshot *plant)
{
  scene->edges = g_new0 (IsthSceneEdge, plant->n_links + 1);
  for (uint32_t i = 0; i < plant->n_links; i++)
    {
      const IsthLink *link = plant->links[i];
      guint8 action = link->verbs & 1u << ISTH_OP_CONTROL ? ISTH_SCENE_PROGRAM : link->verbs & 1u << ISTH_OP_WRITE ? ISTH_SCENE_WRITE
                                                                          : link->verbs & 1u << ISTH_OP_OTHER   ? ISTH_SCENE_TALK
                                                                                                                : ISTH_SCENE_READ;

      scene->edges[scene->n_edges++] = (IsthSceneEdge) {
        .id = link->id, .from = find (plant, link->from), .to = find (plant, link->to), .action = action,
        .crossing = link->crossing, .guess = link->proof == 0, .label = g_string_chunk_insert (scene->strings, link->protocol),
      };
    }
}

static void
add_lanes (IsthScene        *scene,
           const IsthLayout *layout)
{
  static const char *const names[][2] = {
    { "Level 5", "External" }, { "Level 4", "Business" }, { "Level 3.5", "DMZ" }, { "Level 3", "Operations" },
    { "Level 2", "Supervision" }, { "Level 1", "Control" }, { "Level 0", "Process" }, { "No level", "Not known yet" },
  };

  scene->lanes = g_new0 (IsthSceneLane, layout->n_lanes);
  for (uint32_t i = 0; i < layout->n_lanes; i++)
    {
      const IsthLane *lane = &layout->lanes[i];

      scene->lanes[scene->n_lanes++] = (IsthSceneLane) {
        GRAPHENE_RECT_INIT (lane->x, lane->y, lane->width, lane->height), names[i][0], names[i][1], lane->count,
      };
    }
  scene->groups = g_new0 (IsthSceneGroup, layout->n_blocks + 1);
  for (uint32_t i = 0; i < layout->n_blocks; i++)
    {
      const IsthBlock *block = &layout->blocks[i];

      scene->groups[scene->n_groups++] = (IsthSceneGroup) {
        GRAPHENE_RECT_INIT (block->x, block->y, block->width, block->height), g_string_chunk_insert (scene->strings, block->label),
      };
    }
  scene->boundary = layout->boundary;
  scene->bounds = GRAPHENE_RECT_INIT (0, 0, layout->width, layout->height);
}

static IsthScene *
make_scene (guint n,
            guint seed)
{
  IsthSnapshot *plant = plant_new (n, seed);
  IsthLayout *layout = isth_layout_purdue (plant, NULL);
  IsthScene *scene = isth_scene_new ();

  add_nodes (scene, plant, layout);
  add_edges (scene, plant);
  add_lanes (scene, layout);
  isth_record_unref (layout);
  isth_record_unref (plant);
  return scene;
}

static GtkWidget *
make_band (guint seed)
{
  GtkWidget *band = isth_time_band_new ();
  g_autofree guint64 *counts = g_new (guint64, 300);
  IsthTimeMark marks[12];
  GRand *rand = g_rand_new_with_seed (seed);
  const gint64 start = G_GINT64_CONSTANT (1763800000) * G_GINT64_CONSTANT (1000000000), width = G_GINT64_CONSTANT (4000000000);

  for (guint i = 0; i < 300; i++)
    counts[i] = (guint64) (400 + 200 * sin (i / 12.0) + g_rand_int_range (rand, 0, 120)) * (i > 200 && i < 216 ? 12 : i > 120 && i < 140 ? 0 : 1);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    marks[i] = (IsthTimeMark) { start + width * g_rand_int_range (rand, 0, 300), (guint8) g_rand_int_range (rand, 0, 5) };
  isth_time_band_set_activity (ISTH_TIME_BAND (band), start, width, counts, 300);
  isth_time_band_set_marks (ISTH_TIME_BAND (band), marks, G_N_ELEMENTS (marks));
  g_rand_free (rand);
  return band;
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 60, seed = argc > 2 ? (guint) atoi (argv[2]) : 1;
  g_autoptr(IsthScene) scene = make_scene (n, seed);
  GtkWidget *window, *box, *map;
  int width = g_getenv ("DEMO_WIDTH") ? atoi (g_getenv ("DEMO_WIDTH")) : 1280;

  adw_init ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  map = isth_topology_new ();
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), ISTH_SOURCE_DATA_FOLDER "/../app/icons/scalable/actions");
  window = adw_window_new ();
  isth_topology_set_scene (ISTH_TOPOLOGY (map), scene);
  if (argc > 3)
    isth_topology_set_selected_id (ISTH_TOPOLOGY (map), (guint64) atoi (argv[3]) * 16);
  gtk_widget_set_vexpand (map, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), map);
  gtk_box_append (GTK_BOX (box), make_band (seed));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), width, width * 10 / 16);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
