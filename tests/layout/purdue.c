/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Purdue picture: nothing overlaps, lanes are in order, what stood somewhere stays there, and its shape fits a window. */
#include "analysis/layout/layout.h"
#include "tests/helpers/plant.h"

#include <math.h>

static const uint32_t sizes[] = { 0, 1, 2, 10, 60, 300, 1000, 10000 };

static void
size_of (const IsthPlace *place,
         float           *width,
         float           *height)
{
  *width = place->small ? ISTH_LAYOUT_SMALL_WIDTH : ISTH_LAYOUT_NODE_WIDTH;
  *height = place->small ? ISTH_LAYOUT_SMALL_HEIGHT : ISTH_LAYOUT_NODE_HEIGHT;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const IsthPlace *x = a, *y = b;

  return x->y < y->y ? -1 : x->y > y->y ? 1 : x->x < y->x ? -1 : x->x > y->x;
}

static void
check_no_overlap (const IsthLayout *layout)
{
  g_autofree IsthPlace *places = g_memdup2 (layout->places, layout->n_places * sizeof *places);

  if (places) /* qsort takes no NULL, not even for nothing */
    qsort (places, layout->n_places, sizeof *places, compare_places);
  for (uint32_t i = 0; i < layout->n_places; i++)
    for (uint32_t j = i + 1; j < layout->n_places && places[j].y - places[i].y < ISTH_LAYOUT_NODE_HEIGHT; j++)
      {
        float width_i, height_i, width_j, height_j;

        size_of (&places[i], &width_i, &height_i);
        size_of (&places[j], &width_j, &height_j);
        g_assert_true (places[j].y - places[i].y >= (height_i + height_j) / 2 || fabsf (places[j].x - places[i].x) >= (width_i + width_j) / 2);
      }
}

static void
check_inside (const IsthLayout *layout)
{
  for (uint32_t i = 0; i < layout->n_places; i++)
    {
      const IsthPlace *place = &layout->places[i];
      const IsthLane *lane = &layout->lanes[place->lane];
      const IsthBlock *block = &layout->blocks[place->block];
      float width, height;

      size_of (place, &width, &height);
      g_assert_cmpfloat (place->x - width / 2, >=, block->x);
      g_assert_cmpfloat (place->x + width / 2, <=, block->x + block->width);
      g_assert_cmpfloat (place->y - height / 2, >=, block->y);
      g_assert_cmpfloat (place->y + height / 2, <=, block->y + block->height);
      g_assert_cmpuint (block->lane, ==, place->lane);
      g_assert_cmpfloat (block->x, >=, lane->x);
      g_assert_cmpfloat (block->x + block->width, <=, lane->x + lane->width);
      g_assert_cmpfloat (block->y, >=, lane->y);
      g_assert_cmpfloat (block->y + block->height, <=, lane->y + lane->height);
    }
}

static void
check_blocks (const IsthLayout *layout)
{
  for (uint32_t i = 0; i < layout->n_blocks; i++)
    for (uint32_t j = i + 1; j < layout->n_blocks; j++)
      {
        const IsthBlock *a = &layout->blocks[i], *b = &layout->blocks[j];

        g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x || a->y + a->height <= b->y || b->y + b->height <= a->y);
      }
}

static void
check_lanes (const IsthLayout *layout)
{
  g_assert_cmpuint (layout->n_lanes, >=, 7);
  for (uint32_t i = 1; i < layout->n_lanes; i++)
    {
      const IsthLane *above = &layout->lanes[i - 1], *lane = &layout->lanes[i];

      g_assert_cmpint (above->level, >, lane->level);
      g_assert_cmpfloat (above->y + above->height, <, lane->y);
      g_assert_true ((lane->y > layout->boundary) == (lane->level < ISTH_LEVEL_DMZ));
      g_assert_true (lane->count > 0 || lane->height < 40);
    }
}

static void
check_sound (const IsthSnapshot *plant,
             const IsthLayout   *layout)
{
  g_assert_cmpuint (layout->n_places, ==, plant->n_assets);
  for (uint32_t i = 0; i < plant->n_assets; i++)
    g_assert_cmpuint (layout->places[i].id, ==, plant->assets[i]->id);
  check_lanes (layout);
  check_inside (layout);
  check_blocks (layout);
  check_no_overlap (layout);
}

static void
test_sizes (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      IsthSnapshot *plant = plant_new (sizes[i], 1);
      IsthLayout *layout = isth_layout_purdue (plant, NULL);

      check_sound (plant, layout);
      g_test_message ("%u assets: %.0f x %.0f, %.2f", plant->n_assets, layout->width, layout->height, layout->width / layout->height);
      if (plant->n_assets >= 10)
        {
          g_assert_cmpfloat (layout->width / layout->height, >, 1.2);
          g_assert_cmpfloat (layout->width / layout->height, <, 2.1);
        }
      isth_record_unref (layout);
      isth_record_unref (plant);
    }
}

static void
test_same_again (void)
{
  IsthSnapshot *plant = plant_new (500, 3);
  IsthLayout *a = isth_layout_purdue (plant, NULL), *b = isth_layout_purdue (plant, NULL), *kept = isth_layout_purdue (plant, a);

  g_assert_cmpmem (a->places, a->n_places * sizeof *a->places, b->places, b->n_places * sizeof *b->places);
  for (uint32_t i = 0; i < a->n_places; i++)
    {
      g_assert_cmpfloat (a->places[i].x, ==, kept->places[i].x);
      g_assert_cmpfloat (a->places[i].y, ==, kept->places[i].y);
    }
  isth_record_unref (a);
  isth_record_unref (b);
  isth_record_unref (kept);
  isth_record_unref (plant);
}

/* Each asset in turn leaves and comes back: the others do not move in their lanes. */
static void
test_stays (void)
{
  IsthSnapshot *plant = plant_new (120, 5);
  IsthLayout *all = isth_layout_purdue (plant, NULL);

  for (uint32_t skip = 0; skip < plant->n_assets; skip++)
    {
      IsthSnapshot *fewer = plant_without (plant, skip);
      IsthLayout *without = isth_layout_purdue (fewer, all), *back = isth_layout_purdue (plant, without);
      bool parent = false;

      check_sound (fewer, without);
      check_sound (plant, back);
      for (uint32_t i = 0; i < plant->n_assets; i++)
        parent |= plant->assets[i]->parent == plant->assets[skip]->id;
      for (uint32_t i = 0; i < without->n_places && !parent; i++)
        {
          const IsthPlace *now = &without->places[i], *old = isth_layout_get_place (all, now->id), *then = isth_layout_get_place (back, now->id);

          if (now->small) /* close ranks under their parent */
            continue;
          g_assert_cmpfloat (now->x, ==, old->x);
          g_assert_cmpfloat (now->y - without->lanes[now->lane].y, ==, old->y - all->lanes[old->lane].y);
          g_assert_cmpfloat (then->x, ==, old->x);
          g_assert_cmpfloat (then->y - back->lanes[then->lane].y, ==, old->y - all->lanes[old->lane].y);
        }
      isth_record_unref (without);
      isth_record_unref (back);
      isth_record_unref (fewer);
    }
  isth_record_unref (all);
  isth_record_unref (plant);
}

/* A site that grows asset by asset, as it does while listening. */
static void
test_grows (void)
{
  IsthLayout *layout = NULL;

  for (uint32_t n = 1; n < 150; n++)
    {
      IsthSnapshot *plant = plant_new (n, 9);
      IsthLayout *next = isth_layout_purdue (plant, layout);

      check_sound (plant, next);
      isth_record_unref (layout);
      isth_record_unref (plant);
      layout = next;
    }
  isth_record_unref (layout);
}

/* Parents that are not there, that are one's own child, or that go on for ever. */
static void
test_lying_parents (void)
{
  IsthSnapshot *plant = plant_new (40, 2);
  IsthLayout *layout;

  plant->assets[3]->parent = plant->assets[3]->id;
  plant->assets[4]->parent = 12345;
  plant->assets[5]->parent = plant->assets[6]->id;
  plant->assets[6]->parent = plant->assets[5]->id;
  for (uint32_t i = 10; i < 39; i++)
    plant->assets[i]->parent = plant->assets[i + 1]->id;
  layout = isth_layout_purdue (plant, NULL);
  check_sound (plant, layout);
  isth_record_unref (layout);
  isth_record_unref (plant);
}

/* A gateway with more units than a lane has room for side by side. */
static void
test_big_rack (void)
{
  for (uint32_t n = 8; n <= 1024; n *= 2)
    {
      IsthSnapshot *plant = plant_new (n, 4);
      IsthLayout *layout, *kept;

      for (uint32_t i = 4; i < plant->n_assets; i++)
        if (i % 8 != 0)
          plant->assets[i]->parent = plant->assets[3]->id;
      layout = isth_layout_purdue (plant, NULL);
      kept = isth_layout_purdue (plant, layout);
      check_sound (plant, layout);
      check_sound (plant, kept);
      isth_record_unref (layout);
      isth_record_unref (kept);
      isth_record_unref (plant);
    }
}

/* Children stand under their parent, a subnet in one box. */
static void
test_together (void)
{
  IsthSnapshot *plant = plant_new (60, 1);
  IsthLayout *layout = isth_layout_purdue (plant, NULL);
  uint32_t children = 0, boxes = 0;

  for (uint32_t i = 0; i < plant->n_assets; i++)
    if (plant->assets[i]->parent)
      {
        const IsthPlace *child = &layout->places[i], *parent = isth_layout_get_place (layout, plant->assets[i]->parent);

        g_assert_true (child->small && !parent->small);
        g_assert_cmpuint (child->block, ==, parent->block);
        g_assert_cmpfloat (child->y, >, parent->y);
        children++;
      }
  for (uint32_t i = 0; i < layout->n_blocks; i++)
    boxes += layout->blocks[i].label[0] != '\0';
  g_assert_cmpuint (children, >=, 4);
  g_assert_cmpuint (boxes, >=, 2);
  isth_record_unref (layout);
  isth_record_unref (plant);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/purdue/sizes", test_sizes);
  g_test_add_func ("/layout/purdue/same-again", test_same_again);
  g_test_add_func ("/layout/purdue/stays", test_stays);
  g_test_add_func ("/layout/purdue/grows", test_grows);
  g_test_add_func ("/layout/purdue/lying-parents", test_lying_parents);
  g_test_add_func ("/layout/purdue/big-rack", test_big_rack);
  g_test_add_func ("/layout/purdue/together", test_together);
  return g_test_run ();
}
