/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assets become nodes, the links between two assets one edge, lanes and subnets the ground they stand on. */
#include "app/parts/map-scene.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/format.h"
#include "app/release.h"

#define PROTOCOLS 4 /* named on one edge */
#define ADDRESSES 4 /* named in a tooltip */

G_STATIC_ASSERT (ISTH_SCENE_NODE_WIDTH == ISTH_LAYOUT_NODE_WIDTH && ISTH_SCENE_NODE_HEIGHT == ISTH_LAYOUT_NODE_HEIGHT);
G_STATIC_ASSERT (ISTH_SCENE_SMALL_WIDTH == ISTH_LAYOUT_SMALL_WIDTH && ISTH_SCENE_SMALL_HEIGHT == ISTH_LAYOUT_SMALL_HEIGHT);

static const char *const icons[ISTH_N_KINDS] = {
  [ISTH_KIND_UNKNOWN] = "isthmus-unknown-symbolic",
  [ISTH_KIND_PLC] = "isthmus-plc-symbolic",
  [ISTH_KIND_RTU] = "isthmus-rtu-symbolic",
  [ISTH_KIND_IED] = "isthmus-ied-symbolic",
  [ISTH_KIND_REMOTE_IO] = "isthmus-remote-io-symbolic",
  [ISTH_KIND_DRIVE] = "isthmus-drive-symbolic",
  [ISTH_KIND_HMI] = "isthmus-hmi-symbolic",
  [ISTH_KIND_ENGINEERING_WORKSTATION] = "isthmus-engineering-workstation-symbolic",
  [ISTH_KIND_HISTORIAN] = "isthmus-historian-symbolic",
  [ISTH_KIND_SCADA_SERVER] = "isthmus-scada-server-symbolic",
  [ISTH_KIND_OPC_SERVER] = "isthmus-opc-server-symbolic",
  [ISTH_KIND_PROTOCOL_GATEWAY] = "isthmus-protocol-gateway-symbolic",
  [ISTH_KIND_MODULE] = "isthmus-module-symbolic",
  [ISTH_KIND_SWITCH] = "isthmus-switch-symbolic",
  [ISTH_KIND_ROUTER] = "isthmus-router-symbolic",
  [ISTH_KIND_FIREWALL] = "isthmus-firewall-symbolic",
  [ISTH_KIND_WIRELESS] = "isthmus-wireless-symbolic",
  [ISTH_KIND_CAMERA] = "isthmus-camera-symbolic",
  [ISTH_KIND_PRINTER] = "isthmus-printer-symbolic",
  [ISTH_KIND_PHONE] = "isthmus-phone-symbolic",
  [ISTH_KIND_DOMAIN_CONTROLLER] = "isthmus-domain-controller-symbolic",
  [ISTH_KIND_SERVER] = "isthmus-server-symbolic",
  [ISTH_KIND_WORKSTATION] = "isthmus-workstation-symbolic",
  [ISTH_KIND_LAPTOP] = "isthmus-laptop-symbolic",
  [ISTH_KIND_VIRTUAL_MACHINE] = "isthmus-virtual-machine-symbolic",
  [ISTH_KIND_TIME_SERVER] = "isthmus-time-server-symbolic",
  [ISTH_KIND_SENSOR] = "isthmus-sensor-symbolic",
};

/* The symbolic icon of a sort of asset. */
static const char *
name_icon (const IsthAsset *asset)
{
  if (asset->kind == ISTH_KIND_UNKNOWN && asset->side == ISTH_SIDE_EXTERNAL)
    return "isthmus-external-symbolic";
  return icons[MIN (asset->kind, ISTH_N_KINDS - 1)];
}

static const char *
keep (IsthScene  *scene,
      const char *text)
{
  return g_string_chunk_insert_const (scene->strings, text);
}

/* What a card has room for: of a name that the world put together, the part that tells the asset from its neighbours. */
static const char *
make_name (IsthScene       *scene,
           const IsthAsset *asset)
{
  const char *child = g_strrstr (asset->name, " › ");
  const char *name = child ? child + strlen (" › ") : asset->name;
  const char *end = g_str_equal (asset->name_reason, "vendor") ? strstr (name, " (") : child ? NULL : strstr (name, " · ");

  return end ? g_string_chunk_insert_len (scene->strings, name, end - name) : keep (scene, name);
}

/* Vendor and model, if the name does not say it; else the address by which one would look for it. */
static const char *
make_sublabel (IsthScene       *scene,
               const IsthAsset *asset)
{
  const char *vendor = isth_asset_get (asset, ISTH_ATTRIBUTE_VENDOR), *model = isth_asset_get (asset, ISTH_ATTRIBUTE_MODEL);
  g_autofree char *both = NULL;
  g_autofree char *path = NULL;
  char text[ISTH_ADDRESS_TEXT];

  if (model[0] && (vendor[0] == '\0' || g_str_has_prefix (model, vendor)))
    return keep (scene, model);
  if (model[0] || (vendor[0] && !g_str_has_prefix (asset->name, vendor)))
    {
      both = g_strjoin (" ", vendor, model[0] ? model : NULL, NULL);
      return keep (scene, both);
    }
  for (guint i = 0; i < asset->n_interfaces; i++)
    if (asset->interfaces[i].n_ips > 0 && strcmp (isth_address_format (&asset->interfaces[i].ips[0], text), asset->name) != 0)
      return keep (scene, text);
  for (guint i = 0; i < asset->n_interfaces; i++)
    if (asset->interfaces[i].mac.kind != ISTH_ADDRESS_NONE && strcmp (isth_address_format (&asset->interfaces[i].mac, text), asset->name) != 0)
      return keep (scene, text);
  path = asset->other_addresses && asset->other_addresses[0] ? isth_child_path_describe (asset->other_addresses[0]) : NULL;
  return path ? keep (scene, path) : "";
}

/* A line that is not said already by the name or the line below it. */
static void
append_line (GString             *text,
             const IsthSceneNode *node,
             const char          *line)
{
  if (line && line[0] && strcmp (line, node->label) != 0 && strcmp (line, node->sublabel) != 0)
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", line);
}

static const char *
make_detail (IsthScene           *scene,
             const IsthSceneNode *node,
             const IsthAsset     *asset)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *behind = asset->behind && asset->behind[0] ? g_strdup_printf (_("behind %s"), asset->behind) : NULL;
  char address[ISTH_ADDRESS_TEXT];
  guint n = 0;

  if (asset->kind != ISTH_KIND_UNKNOWN)
    append_line (text, node, _(isth_kind_title (asset->kind)));
  append_line (text, node, asset->level_reason);
  for (guint i = 0; i < asset->n_interfaces; i++)
    for (guint j = 0; j < asset->interfaces[i].n_ips && n < ADDRESSES; j++, n++)
      append_line (text, node, isth_address_format (&asset->interfaces[i].ips[j], address));
  for (guint i = 0; asset->other_addresses && asset->other_addresses[i] && i < ADDRESSES; i++)
    {
      g_autofree char *path = isth_child_path_describe (asset->other_addresses[i]);
      append_line (text, node, path);
    }
  append_line (text, node, behind);
  if (asset->silent)
    append_line (text, node, _("Was addressed, never seen to speak"));
  return keep (scene, text->str);
}

/* What says who it is must be more than its MAC prefix. */
static gboolean
is_identified (const IsthAsset *asset)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_ORDER_NUMBER };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const IsthAssetClaim *claim = isth_asset_get_claim (asset, attributes[i]);

      if (claim && claim->confidence >= ISTH_CONFIDENCE_BANNER)
        return TRUE;
    }
  return FALSE;
}

/* The index of an asset in the snapshot is the index of its node. */
static void
add_nodes (IsthMapJob *self)
{
  const IsthSnapshot *snapshot = self->snapshot;
  IsthScene *scene = self->scene;

  scene->nodes = g_new0 (IsthSceneNode, snapshot->n_assets + 1);
  scene->n_nodes = snapshot->n_assets;
  for (guint i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];
      const IsthPlace *place = &self->layout->places[i];

      scene->nodes[i] = (IsthSceneNode) {
        .id = asset->id,
        .x = place->x,
        .y = place->y,
        .label = make_name (scene, asset),
        .sublabel = make_sublabel (scene, asset),
        .icon = name_icon (asset),
        .group = place->block,
        .identified = is_identified (asset),
        .small = place->small,
        .faded = self->faded_assets && self->faded_assets[i],
      };
      scene->nodes[i].detail = make_detail (scene, &scene->nodes[i], asset);
    }
  for (guint i = 0; i < snapshot->n_alerts; i++)
    {
      guint32 node = isth_snapshot_find_asset (snapshot, snapshot->alerts[i]->subject);

      if (node != ISTH_NO_INDEX && !snapshot->alerts[i]->acknowledged)
        scene->nodes[node].alert = MAX (scene->nodes[node].alert, 1 + isth_wording_get_severity (self->wording, snapshot->alerts[i]));
    }
}

static IsthSceneAction
action_of (const IsthLink *link)
{
  const guint32 program = 1u << ISTH_OP_CONTROL | 1u << ISTH_OP_PROGRAM | 1u << ISTH_OP_CONFIGURE | 1u << ISTH_OP_FIRMWARE;
  const guint32 write = 1u << ISTH_OP_WRITE | 1u << ISTH_OP_FILE;
  const guint32 read = 1u << ISTH_OP_READ | 1u << ISTH_OP_UPLOAD | 1u << ISTH_OP_IDENTIFY | 1u << ISTH_OP_DIAGNOSE | 1u << ISTH_OP_SUBSCRIBE
                       | 1u << ISTH_OP_REPORT;

  if (link->verbs & program)
    return ISTH_SCENE_PROGRAM;
  if (link->verbs & write)
    return ISTH_SCENE_WRITE;
  return link->verbs & read ? ISTH_SCENE_READ : ISTH_SCENE_TALK;
}

/* The links between two assets, whoever asked. */
typedef struct
{
  guint32 low, high, link;
} Pair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *x = a, *y = b;

  if (x->low != y->low)
    return x->low < y->low ? -1 : 1;
  if (x->high != y->high)
    return x->high < y->high ? -1 : 1;
  return x->link < y->link ? -1 : x->link > y->link;
}

/* The proper names of the protocols of a run of links, each once. */
static const char *
make_label (IsthMapJob *self,
            const Pair *pairs,
            guint       n)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *named[PROTOCOLS];
  guint n_named = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *protocol = self->snapshot->links[pairs[i].link]->protocol;
      guint j = 0;

      while (j < n_named && strcmp (named[j], protocol) != 0)
        j++;
      if (protocol[0] == '\0' || j < n_named)
        continue;
      if (n_named == PROTOCOLS)
        {
          g_string_append (text, " …");
          break;
        }
      named[n_named++] = protocol;
      g_string_append_printf (text, "%s%s", text->len ? ", " : "", isth_format_protocol (protocol));
    }
  return keep (self->scene, text->str);
}

/* One edge out of a run of links: the strongest one gives direction and shape. */
static IsthSceneEdge
make_edge (IsthMapJob *self,
           const Pair *pairs,
           guint       n)
{
  IsthSceneEdge edge = { .faded = TRUE };
  guint best = 0;

  for (guint i = 0; i < n; i++)
    {
      const IsthLink *link = self->snapshot->links[pairs[i].link];
      guint weight = 2 * action_of (link) + (link->proof > 0) + 1;

      edge.crossing |= link->crossing;
      edge.faded &= self->faded_links && self->faded_links[pairs[i].link];
      if (weight <= best)
        continue;
      best = weight;
      edge.id = link->id;
      edge.from = isth_snapshot_find_asset (self->snapshot, link->from);
      edge.to = isth_snapshot_find_asset (self->snapshot, link->to);
      edge.action = (guint8) action_of (link);
      edge.guess = link->proof == 0;
    }
  edge.label = make_label (self, pairs, n);
  return edge;
}

/* Who asked for whose MAC says that they share a segment, not that they work together: as lines it would hide what does. */
static gboolean
is_worth_a_line (const IsthLink *link)
{
  return !g_str_equal (link->protocol, "arp");
}

static void
add_edges (IsthMapJob *self)
{
  const IsthSnapshot *snapshot = self->snapshot;
  g_autofree Pair *pairs = g_new (Pair, snapshot->n_links + 1);
  guint n = 0;

  self->edges = g_new (guint32, snapshot->n_links + 1);
  self->scene->edges = g_new0 (IsthSceneEdge, snapshot->n_links + 1);
  for (guint i = 0; i < snapshot->n_links; i++)
    {
      guint32 from = isth_snapshot_find_asset (snapshot, snapshot->links[i]->from), to = isth_snapshot_find_asset (snapshot, snapshot->links[i]->to);

      self->edges[i] = G_MAXUINT32;
      if (from != ISTH_NO_INDEX && to != ISTH_NO_INDEX && from != to && is_worth_a_line (snapshot->links[i]))
        pairs[n++] = (Pair) { MIN (from, to), MAX (from, to), i };
    }
  qsort (pairs, n, sizeof *pairs, compare_pairs);
  for (guint start = 0, end; start < n; start = end)
    {
      for (end = start; end < n && pairs[end].low == pairs[start].low && pairs[end].high == pairs[start].high; end++)
        self->edges[pairs[end].link] = self->scene->n_edges;
      self->scene->edges[self->scene->n_edges++] = make_edge (self, pairs + start, end - start);
    }
}

static void
name_lane (IsthSceneLane *lane,
           IsthScene     *scene,
           IsthLevel      level)
{
  static const struct { IsthLevel level; const char *name; } names[] = {
    { ISTH_LEVEL_5, N_("External") }, { ISTH_LEVEL_4, N_("Business") }, { ISTH_LEVEL_DMZ, N_("DMZ") }, { ISTH_LEVEL_3, N_("Operations") },
    { ISTH_LEVEL_2, N_("Supervision") }, { ISTH_LEVEL_1, N_("Control") }, { ISTH_LEVEL_0, N_("Process") },
  };
  g_autofree char *label = NULL;

  lane->label = _("No level");
  lane->sublabel = _("Not known");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].level == level)
      {
        label = g_strdup_printf (_("Level %s"), isth_level_name (level));
        lane->label = keep (scene, label);
        lane->sublabel = _(names[i].name);
      }
}

/* What is to be seen at once: all lanes, but only as wide as something stands in them. */
static graphene_rect_t
used_bounds (const IsthLayout *layout)
{
  float left = layout->width, right = 0;

  for (guint i = 0; i < layout->n_blocks; i++)
    {
      left = MIN (left, layout->blocks[i].x);
      right = MAX (right, layout->blocks[i].x + layout->blocks[i].width);
    }
  return left < right ? GRAPHENE_RECT_INIT (left, 0, right - left, layout->height) : GRAPHENE_RECT_INIT (0, 0, layout->width, layout->height);
}

static void
add_ground (IsthMapJob *self)
{
  const IsthLayout *layout = self->layout;
  IsthScene *scene = self->scene;

  scene->lanes = g_new0 (IsthSceneLane, layout->n_lanes + 1);
  scene->n_lanes = layout->n_lanes;
  for (guint i = 0; i < layout->n_lanes; i++)
    {
      const IsthLane *lane = &layout->lanes[i];

      scene->lanes[i].bounds = GRAPHENE_RECT_INIT (lane->x, lane->y, lane->width, lane->height);
      scene->lanes[i].count = lane->count;
      name_lane (&scene->lanes[i], scene, lane->level);
    }
  scene->groups = g_new0 (IsthSceneGroup, layout->n_blocks + 1);
  scene->n_groups = layout->n_blocks;
  for (guint i = 0; i < layout->n_blocks; i++)
    {
      const IsthBlock *block = &layout->blocks[i];

      scene->groups[i].bounds = GRAPHENE_RECT_INIT (block->x, block->y, block->width, block->height);
      scene->groups[i].label = keep (scene, block->label);
    }
  scene->boundary = layout->boundary;
  scene->bounds = used_bounds (layout);
}

/* 1 for each record that does not match; NULL when there is nothing to match. */
static guint8 *
fade (IsthMapJob  *self,
      IsthMatcher *matcher,
      IsthSelected kind,
      guint       *matching)
{
  guint n;
  gconstpointer *records = isth_row_get_records (self->snapshot, kind, &n);
  guint8 *faded;

  *matching = n;
  if (!isth_query_is_narrow (self->query))
    return NULL;

  faded = g_new (guint8, n + 1);
  for (guint i = 0; i < n; i++)
    {
      faded[i] = !isth_matcher_matches (matcher, &(IsthRow) { records[i], self->snapshot, kind });
      *matching -= faded[i];
    }

  return faded;
}

static void
ask (IsthMapJob *self)
{
  IsthMatcher matcher;
  guint links;

  isth_matcher_init (&matcher, self->query, self->snapshot);
  self->faded_assets = fade (self, &matcher, ISTH_SELECTED_ASSET, &self->matching);
  if (self->matching > 0)
    self->faded_links = fade (self, &matcher, ISTH_SELECTED_LINK, &links);
  isth_matcher_clear (&matcher);
}

void
isth_map_job_run (IsthMapJob *self)
{
  ask (self);
  if (self->matching == 0)
    return;
  if (!self->layout)
    self->layout = isth_layout_purdue (self->snapshot, self->before);
  self->scene = isth_scene_new ();
  add_nodes (self);
  add_edges (self);
  add_ground (self);
  self->index = isth_scene_index_new (self->scene, self->pins);
}

void
isth_map_job_free (IsthMapJob *self)
{
  if (!self)
    return;
  isth_release_snapshot (self->snapshot);
  isth_record_unref (self->before);
  isth_record_unref (self->layout);
  isth_record_unref (self->query);
  g_clear_pointer (&self->pins, g_hash_table_unref);
  g_clear_pointer (&self->index, isth_scene_index_unref);
  g_clear_object (&self->scene);
  g_free (self->faded_assets);
  g_free (self->faded_links);
  g_free (self->edges);
  g_free (self);
}
