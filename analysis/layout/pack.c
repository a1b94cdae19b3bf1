/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second half of the Purdue layout: clusters into blocks, blocks onto shelves of a lane; and the way to add to a picture without moving it. */
#include "analysis/layout/cluster.h"

#include <math.h>

#define SHELF_MINIMUM 12  /* rows: lanes up to this high are one shelf */
#define SEARCH_CELLS 4096 /* room for a rack is only looked for in blocks up to this size */

typedef struct
{
  uint32_t row, rows, end; /* of the last shelf: first row, height, first free column */
  bool labelled;           /* it has a row of labels above it */
} Shelf;

/* Fills strips from left to right, each downwards to at most @limit rows; cells are relative to the block. */
static void
fill_strips (LayoutPlan *self,
             IsthBlock  *block,
             uint32_t    start,
             uint32_t    end,
             uint32_t    limit)
{
  uint32_t column = 0, row = 0, width = 0;

  block->rows = 0;
  for (uint32_t i = start; i < end; i++)
    {
      LayoutCluster *cluster = &self->clusters[self->sorted[i]];

      if (row > 0 && row + cluster->rows > limit)
        {
          column += width;
          row = width = 0;
        }
      cluster->column = column;
      cluster->row = row;
      row += cluster->rows;
      width = MAX (width, cluster->columns);
      block->rows = MAX (block->rows, row);
    }
  block->columns = column + width;
}

/* One block out of a run of sorted clusters, not much higher than @limit unless it would be wider than the lane. */
static IsthBlock
make_block (LayoutPlan *self,
            uint32_t    start,
            uint32_t    end,
            uint32_t    limit)
{
  const LayoutCluster *first = &self->clusters[self->sorted[start]];
  IsthBlock block = { .key = first->key, .lane = first->lane, .count = end - start };
  uint32_t cells = 0, tallest = 2, columns;

  for (uint32_t i = start; i < end; i++)
    {
      const LayoutCluster *cluster = &self->clusters[self->sorted[i]];

      cells += cluster->columns * cluster->rows;
      tallest = MAX (tallest, cluster->rows);
    }
  limit = MAX (limit, tallest);
  columns = MIN (self->columns, (cells + limit - 1) / limit);
  limit = MAX (tallest, ((cells + columns - 1) / columns + 1) & ~1u); /* as many columns, evenly filled */
  layout_label (first, block.label);
  fill_strips (self, &block, start, end, limit);
  while (block.columns > self->columns)
    {
      limit += MAX (2, limit / 4);
      fill_strips (self, &block, start, end, limit);
    }
  return block;
}

static void
place_block (LayoutPlan *self,
             IsthBlock  *block,
             uint32_t    start,
             uint32_t    end,
             uint32_t    index)
{
  for (uint32_t i = start; i < end; i++)
    {
      LayoutCluster *cluster = &self->clusters[self->sorted[i]];

      cluster->block = index;
      cluster->column += block->column;
      cluster->row += block->row;
    }
}

/* Puts @block behind the last one of the lane or, when there is no room, on a shelf of its own. */
static void
shelve (LayoutPlan *self,
        IsthBlock  *block,
        Shelf      *shelf,
        bool        label_row)
{
  bool fits = shelf->rows > 0 && shelf->end + block->columns <= self->columns && (shelf->labelled || block->key == 0);

  if (!fits)
    {
      shelf->row = self->lane_rows[block->lane] + label_row;
      shelf->rows = shelf->end = 0;
      shelf->labelled = label_row;
    }
  block->column = shelf->end;
  block->row = shelf->row;
  shelf->end += block->columns;
  shelf->rows = MAX (shelf->rows, block->rows);
  self->lane_rows[block->lane] = MAX (self->lane_rows[block->lane], block->row + block->rows);
}

static uint32_t
group_end (const LayoutPlan *self,
           uint32_t          start,
           uint32_t          lane_end)
{
  uint32_t end = start + 1;

  while (end < lane_end && self->clusters[self->sorted[end]].key == self->clusters[self->sorted[start]].key)
    end++;
  return end;
}

typedef struct
{
  uint32_t end, rows;
} ShelfRoom;

/* Deals blocks to @n shelves, each to the emptiest one: so a block stands as far to the right as its rank says, whatever its shelf. */
static bool
deal_blocks (LayoutPlan *self,
             uint32_t    first,
             ShelfRoom  *shelves,
             uint32_t    n)
{
  memset (shelves, 0, n * sizeof *shelves);
  for (uint32_t i = first; i < self->blocks->len; i++)
    {
      IsthBlock *block = &g_array_index (self->blocks, IsthBlock, i);
      uint32_t best = 0;

      for (uint32_t j = 1; j < n; j++)
        if (shelves[j].end < shelves[best].end)
          best = j;
      if (shelves[best].end + block->columns > self->columns)
        return false;
      block->column = shelves[best].end;
      block->row = best; /* for now */
      shelves[best].end += block->columns;
      shelves[best].rows = MAX (shelves[best].rows, block->rows);
    }
  return true;
}

/* Stacks the shelves, each in the middle of the lane. */
static void
settle_blocks (LayoutPlan      *self,
               uint32_t         first,
               const ShelfRoom *shelves,
               uint32_t         n,
               bool             label_row)
{
  g_autofree uint32_t *rows = g_new (uint32_t, n);
  uint32_t row = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      rows[i] = row + label_row;
      row = rows[i] + shelves[i].rows;
    }
  for (uint32_t i = first; i < self->blocks->len; i++)
    {
      IsthBlock *block = &g_array_index (self->blocks, IsthBlock, i);

      block->column += (self->columns - shelves[block->row].end) / 2;
      block->row = rows[block->row];
      self->lane_rows[block->lane] = row;
    }
}

/* Lays one lane with shelves of about @limit rows; returns how many shelves that took. */
static uint32_t
pack_lane (LayoutPlan *self,
           uint32_t    start,
           uint32_t    end,
           uint32_t    limit)
{
  uint32_t first = self->blocks->len, n = 0, width = 0, index = first;
  g_autofree ShelfRoom *shelves = NULL;
  bool label_row = false;

  for (uint32_t i = start, next; i < end; i = next)
    {
      IsthBlock block;

      next = group_end (self, i, end);
      block = make_block (self, i, next, limit);
      label_row |= block.key != 0;
      width += block.columns;
      g_array_append_val (self->blocks, block);
    }
  n = MAX (1, width / self->columns);
  shelves = g_new (ShelfRoom, self->blocks->len - first + 1);
  while (!deal_blocks (self, first, shelves, n))
    n++; /* with a shelf for each block it works: no block is wider than the lane */
  settle_blocks (self, first, shelves, n, label_row);
  for (uint32_t i = start, next; i < end; i = next, index++)
    {
      next = group_end (self, i, end);
      place_block (self, &g_array_index (self->blocks, IsthBlock, index), i, next, index);
    }
  return n;
}

static uint32_t
lane_limit (const LayoutPlan *self,
            uint32_t          start,
            uint32_t          end)
{
  uint32_t cells = 0, rows;

  for (uint32_t i = start; i < end; i++)
    cells += self->clusters[self->sorted[i]].columns * self->clusters[self->sorted[i]].rows;
  rows = ((cells + self->columns - 1) / self->columns + 1) & ~1u;
  return rows <= SHELF_MINIMUM ? rows : MAX (SHELF_MINIMUM, 2 * (uint32_t) sqrt (rows));
}

void
layout_pack (LayoutPlan *self,
             uint32_t    columns)
{
  self->columns = columns;
  g_array_set_size (self->blocks, 0);
  memset (self->lane_rows, 0, sizeof self->lane_rows);
  for (uint32_t i = 0, end; i < self->n_clusters; i = end)
    {
      uint32_t lane = self->clusters[self->sorted[i]].lane, first = self->blocks->len, limit;

      for (end = i; end < self->n_clusters && self->clusters[self->sorted[end]].lane == lane; end++)
        ;
      limit = lane_limit (self, i, end);
      /* a low lane is made a little higher before it breaks into two shelves */
      while (pack_lane (self, i, end, limit) > 1 && limit < SHELF_MINIMUM)
        {
          g_array_set_size (self->blocks, first);
          limit += 2;
        }
    }
}

/* Blocks of an old layout and which of their cells are taken. */
typedef struct
{
  LayoutPlan *plan;
  GPtrArray *cells;    /* of guint8[columns * rows], column by column, one for each block */
  GArray *cursors;     /* guint32 for each block: no cell before it is free for a card */
  GHashTable *by_group; /* (lane, key) → index + 1 of the block that takes new members */
} Keeping;

static gpointer
group_id (uint32_t lane,
          uint64_t key)
{
  return GSIZE_TO_POINTER ((gsize) (key << 3 | lane) + 1);
}

static uint32_t
add_block (Keeping         *self,
           const IsthBlock *block)
{
  uint32_t index = self->plan->blocks->len, zero = 0;

  g_array_append_val (self->plan->blocks, *block);
  g_ptr_array_add (self->cells, g_malloc0 ((gsize) block->columns * block->rows));
  g_array_append_val (self->cursors, zero);
  g_hash_table_insert (self->by_group, group_id (block->lane, block->key), GUINT_TO_POINTER (index + 1));
  return index;
}

/* Whether a rectangle of cells of a block is free; @mark takes it. @skip: the first cells of the first column that are its own. */
static bool
claim (Keeping *self,
       uint32_t index,
       uint32_t column,
       uint32_t row,
       uint32_t columns,
       uint32_t rows,
       uint32_t skip)
{
  const IsthBlock *block = &g_array_index (self->plan->blocks, IsthBlock, index);
  guint8 *cells = g_ptr_array_index (self->cells, index);

  if (column >= block->columns || row >= block->rows || columns > block->columns - column || rows > block->rows - row)
    return false;
  for (uint32_t x = 0; x < columns; x++)
    for (uint32_t y = x == 0 ? skip : 0; y < rows; y++)
      if (cells[(column + x) * block->rows + row + y])
        return false;
  for (uint32_t x = 0; x < columns; x++)
    memset (cells + (column + x) * block->rows + row, 1, rows);
  return true;
}

/* First pass: the card itself of everybody that stays. */
static void
keep_cards (Keeping          *self,
            const IsthLayout *before)
{
  g_autofree uint32_t *moved = g_new0 (uint32_t, before->n_blocks + 1);
  LayoutPlan *plan = self->plan;

  for (uint32_t i = 0; i < plan->n_clusters; i++)
    {
      LayoutCluster *cluster = &plan->clusters[i];
      const IsthPlace *place = isth_layout_get_place (before, cluster->asset->id);
      const IsthBlock *old = place ? &before->blocks[place->block] : NULL;

      cluster->block = LAYOUT_NOWHERE;
      if (!place || place->small || place->lane != cluster->lane || (old->key != 0 && old->key != cluster->subnet))
        continue;
      if (moved[place->block] == 0)
        moved[place->block] = add_block (self, old) + 1;
      cluster->column = (uint32_t) lrintf ((place->x - ISTH_LAYOUT_NODE_WIDTH / 2 - LAYOUT_SIDE) / LAYOUT_COLUMN);
      cluster->row = (uint32_t) lrintf ((place->y - ISTH_LAYOUT_NODE_HEIGHT / 2 - LAYOUT_TOP - before->lanes[place->lane].y) / LAYOUT_ROW);
      if (claim (self, moved[place->block] - 1, cluster->column - old->column, cluster->row - old->row, 1, 2, 0))
        cluster->block = moved[place->block] - 1;
    }
}

/* Second pass: the room below it, which may have to be larger than it was. */
static void
keep_children (Keeping *self)
{
  for (uint32_t i = 0; i < self->plan->n_clusters; i++)
    {
      LayoutCluster *cluster = &self->plan->clusters[i];
      const IsthBlock *block;

      if (cluster->block == LAYOUT_NOWHERE || cluster->n_children == 0)
        continue;
      block = &g_array_index (self->plan->blocks, IsthBlock, cluster->block);
      if (!claim (self, cluster->block, cluster->column - block->column, cluster->row - block->row, cluster->columns, cluster->rows, 2))
        cluster->block = LAYOUT_NOWHERE;
    }
}

static bool
find_room_in (Keeping       *self,
              LayoutCluster *cluster,
              uint32_t       index)
{
  const IsthBlock *block = &g_array_index (self->plan->blocks, IsthBlock, index);
  uint32_t *cursor = &g_array_index (self->cursors, uint32_t, index);
  uint32_t n = block->columns * block->rows;
  bool card = cluster->n_children == 0;

  if (!card && n > SEARCH_CELLS)
    return false;
  for (uint32_t i = card ? *cursor : 0; i < n; i++)
    {
      uint32_t column = i / block->rows, row = i % block->rows;

      if (card)
        *cursor = i + 1;
      if (row % 2 == 0 && claim (self, index, column, row, cluster->columns, cluster->rows, 0))
        {
          cluster->block = index;
          cluster->column = block->column + column;
          cluster->row = block->row + row;
          return true;
        }
    }
  return false;
}

/* A group keeps its block when it has become too small for one of its own. */
static bool
find_room (Keeping       *self,
           LayoutCluster *cluster)
{
  const uint64_t keys[] = { cluster->subnet, cluster->key };

  for (uint32_t i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      uint32_t index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_group, group_id (cluster->lane, keys[i])));

      if (index && find_room_in (self, cluster, index - 1))
        return true;
    }
  return false;
}

/* The last shelf of each lane, and how high the lanes are. */
static void
measure_shelves (LayoutPlan *self,
                 Shelf       shelves[LAYOUT_LANES])
{
  memset (shelves, 0, LAYOUT_LANES * sizeof *shelves);
  memset (self->lane_rows, 0, sizeof self->lane_rows);
  for (uint32_t i = 0; i < self->blocks->len; i++)
    {
      const IsthBlock *block = &g_array_index (self->blocks, IsthBlock, i);
      Shelf *shelf = &shelves[block->lane];

      self->lane_rows[block->lane] = MAX (self->lane_rows[block->lane], block->row + block->rows);
      if (shelf->rows == 0 || block->row > shelf->row)
        *shelf = (Shelf) { .row = block->row };
      if (block->row != shelf->row)
        continue;
      shelf->rows = MAX (shelf->rows, block->rows);
      shelf->end = MAX (shelf->end, block->column + block->columns);
      shelf->labelled |= block->key != 0;
    }
}

/* New ones: into free cells of their group, the rest of the group into a block at the end of the lane. */
static void
place_new (Keeping *self)
{
  g_autofree uint32_t *sorted = g_steal_pointer (&self->plan->sorted);
  LayoutPlan *plan = self->plan;
  Shelf shelves[LAYOUT_LANES];

  measure_shelves (plan, shelves);
  plan->sorted = g_new (uint32_t, plan->n_clusters + 1);
  for (uint32_t start = 0, end; start < plan->n_clusters; start = end)
    {
      const LayoutCluster *first = &plan->clusters[sorted[start]];
      uint32_t n = 0;
      IsthBlock block;

      for (end = start; end < plan->n_clusters && plan->clusters[sorted[end]].lane == first->lane && plan->clusters[sorted[end]].key == first->key; end++)
        {
          LayoutCluster *cluster = &plan->clusters[sorted[end]];

          if (cluster->block == LAYOUT_NOWHERE && !find_room (self, cluster))
            plan->sorted[n++] = sorted[end];
        }
      if (n == 0)
        continue;
      block = make_block (plan, 0, n, MAX (4, MIN (shelves[first->lane].rows, SHELF_MINIMUM)));
      shelve (plan, &block, &shelves[first->lane], block.key != 0);
      place_block (plan, &block, 0, n, plan->blocks->len);
      g_array_append_val (plan->blocks, block);
    }
}

static void
count_members (LayoutPlan *self)
{
  for (uint32_t i = 0; i < self->blocks->len; i++)
    g_array_index (self->blocks, IsthBlock, i).count = 0;
  for (uint32_t i = 0; i < self->n_clusters; i++)
    g_array_index (self->blocks, IsthBlock, self->clusters[i].block).count++;
}

void
layout_keep (LayoutPlan       *self,
             const IsthLayout *before)
{
  Keeping keeping = {
    .plan = self,
    .cells = g_ptr_array_new_with_free_func (g_free),
    .cursors = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
    .by_group = g_hash_table_new (NULL, NULL),
  };

  self->columns = before->columns;
  g_array_set_size (self->blocks, 0);
  keep_cards (&keeping, before);
  keep_children (&keeping);
  place_new (&keeping);
  count_members (self);
  g_ptr_array_unref (keeping.cells);
  g_array_unref (keeping.cursors);
  g_hash_table_unref (keeping.by_group);
}
