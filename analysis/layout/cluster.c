/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First half of the Purdue layout: who belongs to whom, and in which order they stand. Barycentre heuristic of Sugiyama et al. (1981). */
#include "analysis/layout/cluster.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "analysis/base/cursor.h"
#include "analysis/base/hash.h"
#include "analysis/base/text.h"

#define PASSES 4        /* of the barycentre heuristic: more change little */
#define GROUP_MINIMUM 3 /* smaller subnets are not worth a box */
#define DEPTH 8         /* of parents: a module in a rack behind a gateway is 2 */

const IsthLevel layout_levels[LAYOUT_LANES] = {
  ISTH_LEVEL_5, ISTH_LEVEL_4, ISTH_LEVEL_DMZ, ISTH_LEVEL_3, ISTH_LEVEL_2, ISTH_LEVEL_1, ISTH_LEVEL_0, ISTH_LEVEL_UNKNOWN,
};

static uint32_t
lane_of (IsthLevel level)
{
  uint32_t lane = 0;

  while (lane < LAYOUT_LANES - 1 && layout_levels[lane] != level)
    lane++;
  return lane;
}

/* The index of the outermost asset that @index is a part of. Parents may lie: a ring ends at its smallest id, for all its members. */
static uint32_t
find_root (const IsthSnapshot *snapshot,
           uint32_t            index)
{
  uint32_t smallest = index;

  for (int depth = 0; depth < DEPTH; depth++)
    {
      uint64_t parent = snapshot->assets[index]->parent;
      uint32_t up = parent ? isth_snapshot_find_asset (snapshot, parent) : ISTH_NO_INDEX;

      if (up == ISTH_NO_INDEX || up == index)
        return index;
      index = up;
      smallest = MIN (smallest, index);
    }
  return smallest;
}

/* The private address that says best in which subnet an asset is. */
static const IsthAddress *
subnet_address (const IsthAsset *asset)
{
  const IsthAddress *found = NULL;

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    for (uint32_t j = 0; j < asset->interfaces[i].n_ips; j++)
      {
        const IsthAddress *ip = &asset->interfaces[i].ips[j];

        if (isth_address_is_private (ip) && !isth_address_is_link_local (ip) && (!found || ip->kind < found->kind))
          found = ip;
      }
  return found;
}

static uint32_t
prefix_bytes (const IsthAddress *ip)
{
  return ip->kind == ISTH_ADDRESS_IPV4 ? 3 : 8;
}

static uint64_t
group_key (const IsthAsset *asset,
           uint32_t         lane)
{
  const IsthAddress *ip = lane == 0 ? NULL : subnet_address (asset);

  if (lane == 0)
    return 0;
  if (asset->behind && asset->behind[0])
    return isth_hash_bytes (asset->behind, strlen (asset->behind), 1) | 1;
  if (!ip)
    return 0;
  /* IPv4 networks in their own order, before all hashes */
  if (ip->kind == ISTH_ADDRESS_IPV4)
    return 1 + isth_be24 (ip->bytes);
  return isth_hash_bytes (ip->bytes, prefix_bytes (ip), 2) | 1;
}

void
layout_label (const LayoutCluster *cluster,
              char                 label[ISTH_LAYOUT_LABEL])
{
  const IsthAsset *asset = cluster->asset;
  const IsthAddress *ip = subnet_address (asset);
  char text[ISTH_ADDRESS_TEXT];
  IsthAddress prefix;

  label[0] = '\0';
  if (cluster->key == 0)
    return;
  if (asset->behind && asset->behind[0])
    {
      isth_text_format (label, ISTH_LAYOUT_LABEL, _("behind %s"), asset->behind);
      return;
    }
  if (!ip)
    return;
  prefix = *ip;
  memset (prefix.bytes + prefix_bytes (ip), 0, sizeof prefix.bytes - prefix_bytes (ip));
  isth_text_format (label, ISTH_LAYOUT_LABEL, "%s/%u", isth_address_format (&prefix, text), prefix_bytes (ip) * 8);
}

/* "slot 2" before "slot 10". */
static int
compare_natural (const char *a,
                 const char *b)
{
  for (; *a && *b; a++, b++)
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          char *after_a, *after_b;
          uint64_t x = g_ascii_strtoull (a, &after_a, 10), y = g_ascii_strtoull (b, &after_b, 10);

          if (x != y)
            return x < y ? -1 : 1;
          a = after_a - 1;
          b = after_b - 1;
        }
      else if (*a != *b)
        return (uint8_t) *a < (uint8_t) *b ? -1 : 1;
    }
  return *a ? 1 : *b ? -1 : 0;
}

static const char *
own_address (const IsthAsset *asset)
{
  return asset->other_addresses && asset->other_addresses[0] ? asset->other_addresses[0] : "";
}

static int
compare_children (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const LayoutPlan *self = user_data;
  uint32_t i = *(const uint32_t *) a, j = *(const uint32_t *) b;
  int order = (self->cluster_of[i] > self->cluster_of[j]) - (self->cluster_of[i] < self->cluster_of[j]);

  if (order == 0)
    order = compare_natural (own_address (self->snapshot->assets[i]), own_address (self->snapshot->assets[j]));
  return order ? order : (i > j) - (i < j);
}

static void
find_clusters (LayoutPlan *self)
{
  const IsthSnapshot *snapshot = self->snapshot;
  g_autofree uint32_t *roots = g_new (uint32_t, snapshot->n_assets + 1);
  uint32_t n_children = 0;

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    roots[i] = find_root (snapshot, i);
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      if (roots[roots[i]] != roots[i]) /* a chain deeper than we follow */
        roots[i] = i;
      if (roots[i] == i)
        {
          LayoutCluster *cluster = &self->clusters[self->n_clusters];

          self->cluster_of[i] = self->n_clusters++;
          cluster->asset = snapshot->assets[i];
          cluster->index = i;
          cluster->lane = lane_of (cluster->asset->level);
          cluster->key = cluster->subnet = group_key (cluster->asset, cluster->lane);
        }
      else
        self->order[n_children++] = i;
    }
  for (uint32_t i = 0; i < n_children; i++)
    self->cluster_of[self->order[i]] = self->cluster_of[roots[self->order[i]]];
  g_qsort_with_data (self->order, n_children, sizeof *self->order, compare_children, self);
  for (uint32_t i = 0; i < n_children; i++)
    {
      LayoutCluster *cluster = &self->clusters[self->cluster_of[self->order[i]]];

      if (cluster->n_children++ == 0)
        cluster->children = i;
    }
  for (uint32_t i = 0; i < self->n_clusters; i++)
    {
      LayoutCluster *cluster = &self->clusters[i];

      /* about square on the screen, but never a wide row of two, and never wider than the narrowest lane */
      cluster->child_rows = MAX (6, (uint32_t) ceil (sqrt (cluster->n_children * (double) LAYOUT_COLUMN / LAYOUT_ROW)));
      cluster->child_rows = MAX (cluster->child_rows, (cluster->n_children + LAYOUT_NARROWEST - 1) / LAYOUT_NARROWEST);
      cluster->child_rows = MIN (cluster->n_children, cluster->child_rows);
      cluster->columns = cluster->n_children ? (cluster->n_children + cluster->child_rows - 1) / cluster->child_rows : 1;
      cluster->rows = 2 + cluster->child_rows;
    }
}

static void
find_peers (LayoutPlan *self)
{
  const IsthSnapshot *snapshot = self->snapshot;
  g_autofree uint32_t *ends = g_new (uint32_t, snapshot->n_links * 2 + 1);
  uint32_t total = 0;

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      uint32_t from = isth_snapshot_find_asset (snapshot, snapshot->links[i]->from), to = isth_snapshot_find_asset (snapshot, snapshot->links[i]->to);
      bool known = from != ISTH_NO_INDEX && to != ISTH_NO_INDEX;

      ends[2 * i] = known ? self->cluster_of[from] : 0;
      ends[2 * i + 1] = known ? self->cluster_of[to] : 0;
      if (ends[2 * i] != ends[2 * i + 1])
        {
          self->clusters[ends[2 * i]].n_links++;
          self->clusters[ends[2 * i + 1]].n_links++;
        }
    }
  for (uint32_t i = 0; i < self->n_clusters; i++)
    {
      self->clusters[i].links = total;
      total += self->clusters[i].n_links;
      self->clusters[i].n_links = 0;
    }
  self->peers = g_new (uint32_t, total + 1);
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    if (ends[2 * i] != ends[2 * i + 1])
      {
        LayoutCluster *a = &self->clusters[ends[2 * i]], *b = &self->clusters[ends[2 * i + 1]];

        self->peers[a->links + a->n_links++] = ends[2 * i + 1];
        self->peers[b->links + b->n_links++] = ends[2 * i];
      }
}

static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const LayoutPlan *self = user_data;
  uint32_t i = *(const uint32_t *) a, j = *(const uint32_t *) b;
  const LayoutCluster *x = &self->clusters[i], *y = &self->clusters[j];

  if (x->lane != y->lane)
    return x->lane < y->lane ? -1 : 1;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* The end of the run of clusters of one lane and group that starts at @start of the sorted ones. */
static uint32_t
run_end (const LayoutPlan *self,
         uint32_t          start)
{
  const LayoutCluster *first = &self->clusters[self->sorted[start]];
  uint32_t end = start + 1;

  while (end < self->n_clusters && self->clusters[self->sorted[end]].lane == first->lane && self->clusters[self->sorted[end]].key == first->key)
    end++;
  return end;
}

static void
drop_small_groups (LayoutPlan *self)
{
  for (uint32_t start = 0, end; start < self->n_clusters; start = end)
    {
      end = run_end (self, start);
      if (end - start < GROUP_MINIMUM)
        for (uint32_t i = start; i < end; i++)
          self->clusters[self->sorted[i]].key = 0;
    }
}

typedef struct
{
  uint32_t cluster, lane;
  float group, rank;
  uint64_t key;
} Sorting;

static int
compare_sorting (gconstpointer a,
                 gconstpointer b)
{
  const Sorting *x = a, *y = b;

  if (x->lane != y->lane)
    return x->lane < y->lane ? -1 : 1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return x->cluster < y->cluster ? -1 : x->cluster > y->cluster;
}

static void
rank_by_order (LayoutPlan *self)
{
  for (uint32_t start = 0, end; start < self->n_clusters; start = end)
    {
      uint32_t lane = self->clusters[self->sorted[start]].lane;

      for (end = start; end < self->n_clusters && self->clusters[self->sorted[end]].lane == lane; end++)
        ;
      for (uint32_t i = start; i < end; i++)
        self->clusters[self->sorted[i]].rank = (i - start + 0.5f) / (end - start);
    }
}

/* One pass: everybody towards the mean of its neighbours, groups as a whole. */
static void
pull_together (LayoutPlan *self,
               Sorting    *sorting)
{
  for (uint32_t start = 0, end; start < self->n_clusters; start = end)
    {
      double group = 0;

      end = run_end (self, start);
      for (uint32_t i = start; i < end; i++)
        {
          const LayoutCluster *cluster = &self->clusters[self->sorted[i]];
          double sum = cluster->rank; /* of itself too: damps swinging */

          for (uint32_t j = 0; j < cluster->n_links; j++)
            sum += self->clusters[self->peers[cluster->links + j]].rank;
          sum /= cluster->n_links + 1;
          group += sum;
          sorting[i] = (Sorting) { .cluster = self->sorted[i], .lane = cluster->lane, .key = cluster->key, .rank = (float) sum };
        }
      for (uint32_t i = start; i < end; i++)
        sorting[i].group = (float) (group / (end - start));
    }
  qsort (sorting, self->n_clusters, sizeof *sorting, compare_sorting);
  for (uint32_t i = 0; i < self->n_clusters; i++)
    self->sorted[i] = sorting[i].cluster;
  rank_by_order (self);
}

void
layout_plan_init (LayoutPlan         *self,
                  const IsthSnapshot *snapshot)
{
  g_autofree Sorting *sorting = g_new (Sorting, snapshot->n_assets + 1);

  *self = (LayoutPlan) {
    .snapshot = snapshot,
    .clusters = g_new0 (LayoutCluster, snapshot->n_assets + 1),
    .cluster_of = g_new (uint32_t, snapshot->n_assets + 1),
    .order = g_new (uint32_t, snapshot->n_assets + 1),
    .sorted = g_new (uint32_t, snapshot->n_assets + 1),
    .blocks = g_array_new (FALSE, TRUE, sizeof (IsthBlock)),
  };
  find_clusters (self);
  find_peers (self);
  for (uint32_t i = 0; i < self->n_clusters; i++)
    self->sorted[i] = i;
  g_qsort_with_data (self->sorted, self->n_clusters, sizeof *self->sorted, compare_groups, self);
  drop_small_groups (self);
  g_qsort_with_data (self->sorted, self->n_clusters, sizeof *self->sorted, compare_groups, self);
  rank_by_order (self);
  for (int i = 0; i < PASSES; i++)
    pull_together (self, sorting);
}

void
layout_plan_clear (LayoutPlan *self)
{
  g_free (self->clusters);
  g_free (self->cluster_of);
  g_free (self->order);
  g_free (self->peers);
  g_free (self->sorted);
  g_array_unref (self->blocks);
}
