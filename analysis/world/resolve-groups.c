/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which stations are one asset. A node is a MAC, an IP without a MAC of its own, or a child below one of those. Joined are
 *
 *   - a MAC and the IPs that it owns (resolve-addresses.c); an IP seen without its MAC joins the MAC that owns it, of several the one that had it
 *     longest, and stands alone when none does: two MACs are never joined because of an IP;
 *   - nodes that identify themselves as the same thing (resolve-identities.c);
 *   - a host and the addresses that it says it has as well, from which nothing was heard (resolve-further.c);
 *   - a child with its parent, when it is the only one of its scheme ("modbus-unit:1" of a controller) and not both have serials that differ; Modbus
 *     units 0 and 255 mean the device itself (Messaging Guide 4.1).
 *
 * An asset is a group that spoke, or was sent payload (an address of documentation alone is none, unless the MAC that has it was seen); or a child that answered, was described, or was asked below a parent that nobody heard answer.
 * Its id is made from its smallest MAC, else its smallest IP (of a loopback: with its capture), else its parent's id and its path. */
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/base/sort.h"
#include "analysis/world/resolve.h"

#define AHEAD 8 /* operations whose stations are on their way from memory */

/* What a child's worth is judged by. */
typedef struct
{
  bool described;             /* a dissector says that it exists, or what it is */
  uint64_t asked, ok, answered;
} ChildEvidence;

void
isth_span_add (int64_t *first,
               int64_t *last,
               int64_t from,
               int64_t to)
{
  if (from != ISTH_NO_TIME && (*first == ISTH_NO_TIME || from < *first))
    *first = from;
  if (to != ISTH_NO_TIME && (*last == ISTH_NO_TIME || to > *last))
    *last = to;
}

static uint32_t
ip_node (const IsthResolve *self,
         uint32_t ip)
{
  uint32_t owner = self->ip_states[ip].owner;

  return owner != ISTH_NONE ? owner : self->macs.n + ip;
}

/* Without its child path. */
static uint32_t
station_root (const IsthResolve *self,
              const IsthResolveStation *station)
{
  return station->owner != ISTH_NONE ? station->owner : self->macs.n + station->ip;
}

static uint32_t
child_root (const IsthResolve *self,
            uint32_t child)
{
  return ((const uint32_t *) isth_index_key (&self->children, child))[0];
}

static uint32_t
child_path (const IsthResolve *self,
            uint32_t child)
{
  return ((const uint32_t *) isth_index_key (&self->children, child))[1];
}

/* A child below another child ("a > b") hangs on that, where it was seen on its own. */
static uint32_t
child_parent_node (IsthResolve *self,
                   uint32_t child)
{
  uint32_t root = child_root (self, child), number = ISTH_NONE;
  const char *path = isth_resolve_text (self, child_path (self, child));
  const char *cut = g_strrstr (path, " > ");

  if (cut)
    {
      g_autofree char *above = g_strndup (path, cut - path);
      uint32_t text = isth_pool_find (&self->pool, above);

      if (text != ISTH_NONE)
        number = isth_index_find (&self->children, (uint32_t[2]) { root, text });
    }
  return number == ISTH_NONE ? root : self->macs.n + self->ips.n + number;
}

/* Of children that may be the only one of their device. */
static const char *const schemes[] = { "c1222-ap:", "c37118-pmu:", "cip-slot:", "dlms-meter:", "dlms-sap:", "dnp3-address:", "iec104-ca:", "modbus-unit:", "s7-slot:" };

/* What a child path says; children with the same are many. */
typedef struct
{
  uint8_t depth;  /* steps; 0: nobody asked yet */
  uint8_t scheme; /* of a single step: 1 + its place in schemes; 0: none of them */
  bool itself;    /* means the device that has the address */
} Path;

G_STATIC_ASSERT (ISTH_LIMIT_TEXT / 3 < ISTH_DEPTH_UNKNOWN); /* a step takes " > " */

static Path
read_path (const char *text)
{
  Path path = { .depth = 1, .itself = g_str_equal (text, "modbus-unit:0") || g_str_equal (text, "modbus-unit:255") };

  for (const char *c = text; (c = strstr (c, " > ")); c += 3)
    path.depth++;
  for (uint8_t i = 0; i < G_N_ELEMENTS (schemes) && path.depth == 1; i++)
    if (g_str_has_prefix (text, schemes[i]))
      path.scheme = i + 1;
  return path;
}

/* The path of child @child; @paths: by number in the pool. */
static const Path *
get_path (const IsthResolve *self,
          Path *paths,
          uint32_t child)
{
  Path *path = &paths[child_path (self, child)];

  if (path->depth == 0)
    *path = read_path (isth_resolve_text (self, child_path (self, child)));
  return path;
}

/* Gives each child station its node. */
static void
number_children (IsthResolve *self)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_stations; i++)
      {
        IsthResolveStation *station = isth_resolve_station (self, c, i);
        uint32_t key[2], child = isth_resolve_row (self, station).child;

        if (child == 0 || station->node == ISTH_NONE)
          continue;
        key[0] = isth_union_find (&self->nodes, station->node);
        key[1] = self->captures[c].strings[child];
        station->node = self->macs.n + self->ips.n + isth_index_add (&self->children, key);
      }
  isth_union_grow (&self->nodes, self->macs.n + self->ips.n + self->children.n);
}

/* Of each child. */
static ChildEvidence *
judge_children (IsthResolve *self)
{
  uint32_t base = self->macs.n + self->ips.n;
  ChildEvidence *evidence = g_new0 (ChildEvidence, MAX (self->children.n, 1));

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthFactsView *view = &self->captures[c].view;

      for (uint32_t i = 0; i < view->n_operations; i++)
        {
          uint32_t node = isth_resolve_station (self, c, view->operations[i].server)->node;

          if (i + AHEAD < view->n_operations)
            __builtin_prefetch (isth_resolve_station (self, c, view->operations[i + AHEAD].server));
          if (node == ISTH_NONE || node < base)
            continue;
          evidence[node - base].asked += view->operations[i].count;
          evidence[node - base].ok += view->operations[i].ok;
          evidence[node - base].answered += view->operations[i].ok + view->operations[i].refused;
        }
      for (uint32_t i = 0; i < view->n_stations; i++)
        {
          const IsthResolveStation *station = isth_resolve_station (self, c, i);

          if (isth_resolve_row (self, station).child && station->node != ISTH_NONE)
            evidence[station->node - base].described |=
              (station->row->flags & (ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_NAMED)) != 0;
        }
    }
  return evidence;
}

/* A refusal alone may come from the gateway in place of a unit that does not exist. */
static bool *
choose_children (IsthResolve *self)
{
  g_autofree ChildEvidence *evidence = judge_children (self);
  g_autofree uint64_t *heard = g_new0 (uint64_t, MAX (self->nodes.n, 1)); /* answers of a root and all below it */
  bool *worthy = g_new0 (bool, MAX (self->children.n, 1));

  for (uint32_t k = 0; k < self->children.n; k++)
    heard[child_root (self, k)] += evidence[k].answered;
  for (uint32_t k = 0; k < self->children.n; k++)
    worthy[k] = evidence[k].described || evidence[k].ok > 0 ||
                (evidence[k].asked > 0 && heard[child_root (self, k)] == 0);
  return worthy;
}

/* Children that are the device itself. */
static void
join_sole_children (IsthResolve *self,
                    const bool *worthy,
                    Path *paths)
{
  g_autoptr(GArray) identities = isth_identities_gather (self);
  g_autofree uint32_t *count = g_new (uint32_t, MAX (self->nodes.n, 1)); /* children of the scheme below each root */
  uint32_t base = self->macs.n + self->ips.n;

  for (size_t scheme = 1; scheme <= G_N_ELEMENTS (schemes); scheme++)
    {
      memset (count, 0, sizeof *count * self->nodes.n);
      for (int pass = 0; pass < 2; pass++)
        for (uint32_t k = 0; k < self->children.n; k++)
          {
            const Path *path = get_path (self, paths, k);
            uint32_t root = child_root (self, k);

            if (!worthy[k] || path->scheme != scheme)
              continue;
            if (pass == 0)
              count[root] += !path->itself;
            else if (path->itself || (count[root] == 1 && !isth_identities_differ (identities, root, isth_union_find (&self->nodes, base + k))))
              isth_union_join (&self->nodes, root, base + k);
          }
    }
}

static IsthDraft *
add_draft (IsthResolve *self,
           uint32_t *draft_of,
           uint32_t root)
{
  IsthDraft *draft;

  if (draft_of[root] == ISTH_NONE)
    {
      draft_of[root] = self->n_drafts++;
      draft = &self->drafts[draft_of[root]];
      draft->root = root;
      draft->parent = draft->behind = draft->mac = draft->ip = ISTH_NONE;
      draft->depth = ISTH_DEPTH_UNKNOWN;
      draft->first = draft->last = ISTH_NO_TIME;
    }
  return &self->drafts[draft_of[root]];
}

/* Makes @number the one of the two that has the smaller address. */
static void
take_smaller (const IsthIndex *addresses,
              uint32_t *number,
              uint32_t other)
{
  if (*number == ISTH_NONE ||
      (*number != other && isth_address_compare (isth_index_key (addresses, other), isth_index_key (addresses, *number)) < 0))
    *number = other;
}

/* Addresses, flags and times of every group that could be an asset. */
static void
fold_drafts (IsthResolve *self,
             uint32_t *draft_of,
             const bool *worthy)
{
  uint32_t base = self->macs.n + self->ips.n;

  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      IsthResolveStation *station = &self->stations[i];
      IsthStation row = isth_resolve_row (self, station);
      IsthDraft *draft;

      if (station->node == ISTH_NONE || station->said || (station->node >= base && !worthy[station->node - base]))
        continue;
      draft = add_draft (self, draft_of, isth_union_find (&self->nodes, station->node));
      draft->spoke |= (row.flags & ISTH_STATION_SPOKE) != 0;
      draft->addressed |= (row.flags & ISTH_STATION_ADDRESSED) != 0;
      station->counted = true;
      isth_span_add (&draft->first, &draft->last, row.first, row.last);
      if (station->node >= base)
        continue;
      draft->depth = 0;
      if (station->ip != ISTH_NONE)
        take_smaller (&self->ips, &draft->ip, station->ip);
    }
}

/* What the MAC of a virtual router carried is the router's own, when another MAC of it is known. */
static bool
is_own_by_another (const IsthResolve *self,
                   const IsthPair *pair)
{
  uint32_t owner = self->ip_states[pair->ip].owner;

  return self->mac_states[pair->mac].virtual && owner != ISTH_NONE && !self->mac_states[owner].virtual;
}

/* A router of which nothing was seen but what it carried. */
static void
add_routers (IsthResolve *self,
             uint32_t *draft_of)
{
  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      const IsthPair *pair = &self->pairs[i];
      IsthDraft *draft;

      if (pair->verdict != ISTH_PAIR_FOREIGN || pair->packets == 0 || self->mac_states[pair->mac].blind || is_own_by_another (self, pair))
        continue;
      draft = add_draft (self, draft_of, isth_union_find (&self->nodes, pair->mac));
      draft->depth = 0;
      draft->spoke |= pair->spoke;
      draft->addressed = true;
      draft->router |= self->mac_states[pair->mac].router;
      isth_span_add (&draft->first, &draft->last, pair->first, pair->last);
    }
}

static void
add_macs (IsthResolve *self,
          const uint32_t *draft_of)
{
  for (uint32_t m = 0; m < self->macs.n; m++)
    {
      uint32_t number = draft_of[isth_union_find (&self->nodes, m)];

      if (number == ISTH_NONE)
        continue;
      take_smaller (&self->macs, &self->drafts[number].mac, m);
      self->drafts[number].virtual |= self->mac_states[m].virtual;
      self->drafts[number].translates |= self->mac_states[m].translates;
    }
}

/* How far each draft that is a child only lies below what has an address: the shortest of several ways. */
static void
measure_depths (IsthResolve *self,
                const uint32_t *draft_of,
                const bool *worthy,
                Path *paths)
{
  uint32_t base = self->macs.n + self->ips.n;

  for (uint32_t k = 0; k < self->children.n; k++)
    {
      uint32_t number = draft_of[isth_union_find (&self->nodes, base + k)];
      IsthDraft *draft = number == ISTH_NONE ? NULL : &self->drafts[number];
      uint8_t depth;

      if (!worthy[k] || !draft || draft->depth == 0)
        continue;
      depth = get_path (self, paths, k)->depth;
      draft->depth = MIN (draft->depth, depth);
    }
}

static uint64_t
key_id (const IsthResolve *self,
        const IsthDraft *draft)
{
  uint8_t key[18] = { 0 };
  IsthAddress address = isth_draft_address (self, draft);
  uint64_t id;

  key[0] = (uint8_t) address.kind;
  memcpy (key + 1, address.bytes, 16);
  id = isth_hash_bytes (key, sizeof key, 0);
  return id ? id : 1;
}

/* Chooses parents for the drafts of depth @depth: the first by path and parent. Those have their ids already. */
static void
adopt (IsthResolve *self,
       const uint32_t *draft_of,
       const bool *worthy,
       Path *paths,
       uint32_t depth)
{
  uint32_t base = self->macs.n + self->ips.n;

  for (uint32_t k = 0; k < self->children.n; k++)
    {
      uint32_t number = draft_of[isth_union_find (&self->nodes, base + k)];
      const char *path = isth_resolve_text (self, child_path (self, k));
      IsthDraft *draft = number == ISTH_NONE ? NULL : &self->drafts[number];
      uint32_t parent;
      int order;

      if (!worthy[k] || !draft || draft->depth != depth || get_path (self, paths, k)->depth != depth)
        continue;
      parent = draft_of[isth_union_find (&self->nodes, child_parent_node (self, k))];
      if (parent == ISTH_NONE || self->drafts[parent].depth >= depth)
        parent = draft_of[isth_union_find (&self->nodes, child_root (self, k))];
      if (parent == ISTH_NONE || self->drafts[parent].depth >= depth)
        continue;
      order = draft->parent == ISTH_NONE ? -1 : strcmp (path, isth_resolve_text (self, draft->path));
      if (order == 0)
        order = isth_compare_numbers (self->drafts[parent].id, self->drafts[draft->parent].id);
      if (order < 0)
        {
          draft->parent = parent;
          draft->path = child_path (self, k);
        }
    }
  for (uint32_t i = 0; i < self->n_drafts; i++)
    if (self->drafts[i].depth == depth && self->drafts[i].parent != ISTH_NONE)
      {
        const char *path = isth_resolve_text (self, self->drafts[i].path);
        uint64_t id = isth_hash_bytes (path, strlen (path), self->drafts[self->drafts[i].parent].id);

        self->drafts[i].id = id ? id : 1;
      }
}

static void
give_ids (IsthResolve *self,
          const uint32_t *draft_of,
          const bool *worthy,
          Path *paths)
{
  uint32_t deepest = 0;

  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      if (self->drafts[i].depth == 0)
        self->drafts[i].id = key_id (self, &self->drafts[i]);
      else if (self->drafts[i].depth != ISTH_DEPTH_UNKNOWN)
        deepest = MAX (deepest, self->drafts[i].depth);
    }
  for (uint32_t depth = 1; depth <= deepest; depth++)
    adopt (self, draft_of, worthy, paths, depth);
}

/* Where no MAC tells, a broadcast address of a subnet is known by its last byte and its silence. */
static bool
is_veiled_broadcast (const IsthResolve *self,
                     const IsthDraft *draft)
{
  const IsthAddress *ip = draft->ip == ISTH_NONE ? NULL : isth_resolve_ip (self, draft->ip);

  return ip && draft->mac == ISTH_NONE && !draft->spoke && self->ip_states[draft->ip].veiled && ip->kind == ISTH_ADDRESS_IPV4 && ip->bytes[3] == 255;
}

static bool
is_asset (const IsthResolve *self,
          const IsthDraft *draft)
{
  for (; draft->depth != 0; draft = &self->drafts[draft->parent])
    if (draft->parent == ISTH_NONE)
      return false;
  if (draft->mac == ISTH_NONE && draft->ip != ISTH_NONE && isth_address_is_documentation (isth_resolve_ip (self, draft->ip)))
    return false;
  if (is_veiled_broadcast (self, draft))
    return false;
  return (draft->spoke || draft->addressed) && (draft->mac != ISTH_NONE || draft->ip != ISTH_NONE);
}

/* By number; ISTH_NONE comes first, as an address of kind NONE does. */
static int
compare_addresses (const IsthIndex *addresses,
                   uint32_t a,
                   uint32_t b)
{
  const IsthAddress none = { 0 };

  return isth_address_compare (a == ISTH_NONE ? &none : isth_index_key (addresses, a), b == ISTH_NONE ? &none : isth_index_key (addresses, b));
}

/* Of two with one id, which is a rare collision. */
static int
compare_drafts (const void *a,
                const void *b,
                void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraft *x = &self->drafts[((const IsthRankRow *) a)->number], *y = &self->drafts[((const IsthRankRow *) b)->number];
  int order = isth_compare_numbers (x->depth, y->depth);

  if (order == 0)
    order = compare_addresses (&self->macs, x->mac, y->mac);
  if (order == 0)
    order = compare_addresses (&self->ips, x->ip, y->ip);
  return order ? order : strcmp (isth_resolve_text (self, x->path), isth_resolve_text (self, y->path));
}

static uint64_t
rank_key (const void *row)
{
  return ((const IsthRankRow *) row)->id;
}

void
isth_resolve_rank (IsthRankRow *rows,
                   uint32_t n,
                   GCompareDataFunc compare,
                   gpointer user_data)
{
  isth_sort_rows (rows, n, sizeof *rows, rank_key, compare, user_data);
  for (uint32_t i = 1; i < n; i++)
    if (rows[i].id <= rows[i - 1].id)
      rows[i].id = rows[i - 1].id + 1;
}

static void
number_addresses (IsthResolve *self)
{
  self->mac_drafts = g_new (uint32_t, MAX (self->macs.n, 1));
  self->ip_drafts = g_new (uint32_t, MAX (self->ips.n, 1));
  for (uint32_t m = 0; m < self->macs.n; m++)
    self->mac_drafts[m] = self->root_drafts[isth_union_find (&self->nodes, m)];
  for (uint32_t i = 0; i < self->ips.n; i++)
    self->ip_drafts[i] = self->root_drafts[isth_union_find (&self->nodes, ip_node (self, i))];
}

/* Takes out what is no asset. Parents are named by their roots meanwhile, which do not move. */
static void
keep_assets (IsthResolve *self)
{
  g_autofree bool *keep = g_new (bool, MAX (self->n_drafts, 1));
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_drafts; i++)
    keep[i] = is_asset (self, &self->drafts[i]);
  for (uint32_t i = 0; i < self->n_drafts; i++)
    if (keep[i] && self->drafts[i].parent != ISTH_NONE)
      self->drafts[i].parent = self->drafts[self->drafts[i].parent].root;
  for (uint32_t i = 0; i < self->n_drafts; i++)
    if (keep[i])
      self->drafts[n++] = self->drafts[i];
  self->n_drafts = n;
}

/* Keeps the assets, and ranks them by id. */
static void
number_drafts (IsthResolve *self,
               uint32_t *draft_of)
{
  g_autofree IsthRankRow *rows = NULL;

  keep_assets (self);
  self->drafts = g_renew (IsthDraft, self->drafts, MAX (self->n_drafts, 1));
  memset (draft_of, 0xff, sizeof *draft_of * self->nodes.n);
  rows = g_new (IsthRankRow, MAX (self->n_drafts, 1));
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      draft_of[self->drafts[i].root] = i;
      rows[i] = (IsthRankRow) { self->drafts[i].id, i };
    }
  isth_resolve_rank (rows, self->n_drafts, compare_drafts, self);
  self->draft_ranks = g_new (uint32_t, MAX (self->n_drafts, 1));
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      self->draft_ranks[rows[i].number] = i;
      self->drafts[rows[i].number].id = rows[i].id;
    }
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      self->drafts[i].listed = 0;
      if (self->drafts[i].parent != ISTH_NONE)
        self->drafts[i].parent = draft_of[self->drafts[i].parent];
    }
}

/* Lists the stations of each draft, and finds the router in front of it. */
static void
list_stations (IsthResolve *self,
               const uint32_t *draft_of)
{
  uint32_t position = 0;

  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      IsthResolveStation *station = &self->stations[i];

      station->draft = station->node != ISTH_NONE ? draft_of[isth_union_find (&self->nodes, station->node)] : ISTH_NONE;
      if (station->draft != ISTH_NONE)
        self->drafts[station->draft].n_stations++;
    }
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      self->drafts[i].first_station = position;
      position += self->drafts[i].n_stations;
      self->drafts[i].n_stations = 0;
    }
  self->by_draft = g_new (uint32_t, MAX (position, 1));
  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[i];
      IsthDraft *draft = station->draft == ISTH_NONE ? NULL : &self->drafts[station->draft];

      if (!draft)
        continue;
      self->by_draft[draft->first_station + draft->n_stations++] = i;
      if (draft->mac == ISTH_NONE && draft->depth == 0 && station->ip != ISTH_NONE && draft->ip == station->ip && self->ip_states[station->ip].behind != ISTH_NONE)
        draft->behind = draft_of[isth_union_find (&self->nodes, self->ip_states[station->ip].behind)];
    }
}

void
isth_resolve_groups (IsthResolve *self)
{
  uint32_t *draft_of;
  g_autofree bool *worthy = NULL;
  g_autofree Path *paths = NULL;

  isth_union_grow (&self->nodes, self->macs.n + self->ips.n);
  for (uint32_t i = 0; i < self->n_stations; i++)
    if (self->stations[i].mac != ISTH_NONE || self->stations[i].ip != ISTH_NONE)
      self->stations[i].node = station_root (self, &self->stations[i]);
  isth_resolve_join_names (self);
  isth_resolve_join_serials (self);
  isth_resolve_join_further (self);
  number_children (self);
  worthy = choose_children (self);
  paths = g_new0 (Path, self->pool.n);
  join_sole_children (self, worthy, paths);
  isth_resolve_join_serials (self);

  draft_of = self->root_drafts = g_new (uint32_t, MAX (self->nodes.n, 1));
  memset (draft_of, 0xff, sizeof *draft_of * self->nodes.n);
  self->drafts = g_new0 (IsthDraft, MAX (self->nodes.n, 1));
  fold_drafts (self, draft_of, worthy);
  add_routers (self, draft_of);
  isth_resolve_drop_pairs (self);
  add_macs (self, draft_of);
  measure_depths (self, draft_of, worthy, paths);
  give_ids (self, draft_of, worthy, paths);
  number_drafts (self, draft_of);
  number_addresses (self);
  list_stations (self, draft_of);
}
