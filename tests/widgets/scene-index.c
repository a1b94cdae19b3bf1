/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is where, what is next to what, and what becomes of thousands of edges from far away. */
#include "widgets/scene-index.h"

#include "tests/widgets/grid-scene.h"

static const struct
{
  float x, y, slack;
  int node; /* id - 1, or nothing */
} hits[] = {
  { 100, 50, 0, 0 },
  { 21, 29, 0, 0 },
  { 19, 50, 0, ISTH_SCENE_NOTHING },
  { 19, 50, 3, 0 },
  { 1900, 950, 0, 99 },
  { 1979, 971, 0, 99 },
  { 200, 100, 0, ISTH_SCENE_NOTHING },
  { -500, 50, 0, ISTH_SCENE_NOTHING },
  { 1e7f, 1e7f, 3, ISTH_SCENE_NOTHING },
  { 500, 250, 0, 22 },
};

static void
test_find_node (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (100);
  g_autoptr(IsthSceneIndex) index = isth_scene_index_new (scene, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
    g_assert_cmpint (isth_scene_index_find_node (index, hits[i].x, hits[i].y, hits[i].slack), ==, hits[i].node);
  g_assert_cmpint (isth_scene_index_find_id (index, 42), ==, 41);
  g_assert_cmpint (isth_scene_index_find_id (index, 4200), ==, ISTH_SCENE_NOTHING);
}

/* The grid gives what a look at every node would give. */
static void
test_list_nodes (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (1000);
  g_autoptr(IsthSceneIndex) index = isth_scene_index_new (scene, NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint turn = 0; turn < 200; turn++)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT ((float) g_rand_double_range (rand, -300, 2000), (float) g_rand_double_range (rand, -300, 10000),
                                                 (float) g_rand_double_range (rand, 1, 900), (float) g_rand_double_range (rand, 1, 900));
      g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
      guint n = 0;

      isth_scene_index_list_nodes (index, &area, found);
      for (guint i = 0; i < scene->n_nodes; i++)
        {
          graphene_rect_t node = GRAPHENE_RECT_INIT (scene->nodes[i].x - 80, scene->nodes[i].y - 22, 160, 44);

          if (!graphene_rect_intersection (&node, &area, NULL))
            continue;
          g_assert_cmpuint (n, <, found->len);
          g_assert_cmpuint (g_array_index (found, guint32, n++), ==, i);
        }
      g_assert_cmpuint (n, ==, found->len);
      g_assert_cmpuint (isth_scene_index_count_nodes (index, &area, G_MAXUINT), ==, n);
      g_assert_cmpuint (isth_scene_index_count_nodes (index, &area, 3), ==, MIN (n, 3));
    }
}

static void
test_find_edge (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (100);
  g_autoptr(IsthSceneIndex) index = isth_scene_index_new (scene, NULL);

  g_assert_cmpint (isth_scene_index_find_edge (index, 100, 100, 3), ==, 0);
  g_assert_cmpint (isth_scene_index_find_edge (index, 104, 100, 3), ==, ISTH_SCENE_NOTHING);
  g_assert_cmpint (isth_scene_index_find_edge (index, 1900, 900, 3), ==, 89);
  g_assert_true (isth_scene_index_edge_touches (index, 0, &GRAPHENE_RECT_INIT (50, 80, 100, 100)));
  g_assert_false (isth_scene_index_edge_touches (index, 0, &GRAPHENE_RECT_INIT (150, 80, 100, 100)));
}

static const struct
{
  int from, dx, dy, to;
} steps[] = {
  { 44, 1, 0, 45 },
  { 44, -1, 0, 43 },
  { 44, 0, -1, 34 },
  { 44, 0, 1, 54 },
  { 0, -1, 0, ISTH_SCENE_NOTHING },
  { 0, 0, -1, ISTH_SCENE_NOTHING },
  { 99, 1, 0, ISTH_SCENE_NOTHING },
};

static void
test_step (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (100);
  g_autoptr(IsthSceneIndex) index = isth_scene_index_new (scene, NULL);
  int node = ISTH_SCENE_NOTHING;
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (isth_scene_index_step (index, steps[i].from, steps[i].dx, steps[i].dy), ==, steps[i].to);
  g_assert_cmpint (isth_scene_index_step (index, ISTH_SCENE_NOTHING, 1, 0), !=, ISTH_SCENE_NOTHING);
  while ((node = isth_scene_index_read_on (index, node, TRUE, FALSE)) != ISTH_SCENE_NOTHING)
    g_assert_cmpint (node, ==, (int) seen++);
  g_assert_cmpuint (seen, ==, 100);
  g_assert_cmpint (isth_scene_index_read_on (index, 50, FALSE, FALSE), ==, 49);
  g_assert_cmpint (isth_scene_index_read_on (index, ISTH_SCENE_NOTHING, FALSE, FALSE), ==, 99);
  g_assert_cmpint (isth_scene_index_read_on (index, ISTH_SCENE_NOTHING, TRUE, TRUE), ==, ISTH_SCENE_NOTHING);
  scene->nodes[60].alert = 3;
  g_assert_cmpint (isth_scene_index_read_on (index, 3, TRUE, TRUE), ==, 60);
}

/* A node that a person moved is found where it is now, and its edges follow it. */
static void
test_pins (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (20);
  g_autoptr(GHashTable) pins = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 id = 1;
  IsthScenePoint place = { 5000, 3000 };
  g_autoptr(IsthSceneIndex) index = NULL;

  g_hash_table_insert (pins, &id, &place);
  index = isth_scene_index_new (scene, pins);
  g_assert_cmpint (isth_scene_index_find_node (index, 5000, 3000, 0), ==, 0);
  g_assert_cmpint (isth_scene_index_find_node (index, 100, 50, 0), ==, ISTH_SCENE_NOTHING);
  g_assert_cmpfloat (index->curves[0].x0, ==, 5000);
  g_assert_true (graphene_rect_contains_point (&index->bounds, &GRAPHENE_POINT_INIT (5000, 3000)));
}

static void
test_empty (void)
{
  g_autoptr(IsthScene) scene = isth_scene_new ();
  g_autoptr(IsthSceneIndex) index = isth_scene_index_new (scene, NULL);

  g_assert_cmpint (isth_scene_index_find_node (index, 0, 0, 10), ==, ISTH_SCENE_NOTHING);
  g_assert_cmpint (isth_scene_index_find_edge (index, 0, 0, 10), ==, ISTH_SCENE_NOTHING);
  g_assert_cmpint (isth_scene_index_step (index, ISTH_SCENE_NOTHING, 1, 0), ==, ISTH_SCENE_NOTHING);
  g_assert_cmpuint (index->n_bundles, ==, 0);
}

/* Two named groups: what goes between them is one bundle, what stays inside is none; whoever has no group stands for himself. */
static void
test_bundles (void)
{
  g_autoptr(IsthScene) scene = grid_scene_new (40);
  g_autoptr(IsthSceneIndex) index = NULL;

  scene->groups = g_new0 (IsthSceneGroup, 2);
  scene->n_groups = 2;
  scene->groups[0] = (IsthSceneGroup) { GRAPHENE_RECT_INIT (0, 0, 2000, 200), "upper" };
  scene->groups[1] = (IsthSceneGroup) { GRAPHENE_RECT_INIT (0, 200, 2000, 100), "lower" };
  for (guint i = 0; i < 30; i++)
    scene->nodes[i].group = i < 20 ? 0 : 1;
  scene->edges[12].action = ISTH_SCENE_WRITE;
  index = isth_scene_index_new (scene, NULL);
  /* rows 0 → 1 inside, 1 → 2 one bundle of ten, 2 → 3 ten bundles of one */
  g_assert_cmpuint (index->n_bundles, ==, 11);
  g_assert_cmpuint (index->bundles[0].count, ==, 10);
  g_assert_cmpuint (index->bundles[0].action, ==, ISTH_SCENE_WRITE);
  g_assert_cmpuint (index->bundles[1].count, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/scene-index/find-node", test_find_node);
  g_test_add_func ("/widgets/scene-index/list-nodes", test_list_nodes);
  g_test_add_func ("/widgets/scene-index/find-edge", test_find_edge);
  g_test_add_func ("/widgets/scene-index/step", test_step);
  g_test_add_func ("/widgets/scene-index/pins", test_pins);
  g_test_add_func ("/widgets/scene-index/empty", test_empty);
  g_test_add_func ("/widgets/scene-index/bundles", test_bundles);
  return g_test_run ();
}
