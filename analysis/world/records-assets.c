/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assets as records. Each is made on the bench, compared with the one before, and where it differs moved to one run of memory with all that is its own;
 * words that many assets share (protocols, roles, makers, reasons) are kept once for all. A network has a hundred thousand assets of which nothing is
 * known but their traffic. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/records.h"

#define AHEAD 6 /* assets whose stations are fetched before they are needed */
#define FEW 8   /* places that are put in order one by one */

typedef struct
{
  IsthAsset asset; /* first: it is given out as this */
  const IsthEndpoint *anchor; /* NULL: the first of its own addresses */
} OwnedAsset;

static int
compare_places (const void *a,
                const void *b)
{
  const IsthRecordPlace *x = a, *y = b;
  int order = isth_compare_numbers (x->said, y->said);

  if (order == 0)
    order = isth_address_compare (&x->mac, &y->mac);
  if (order == 0)
    order = isth_address_compare (&x->ip, &y->ip);
  return order ? order : isth_compare_numbers (x->vlan, y->vlan);
}

/* Most assets have a place or two, for which a call of qsort() would cost more than all else of them. */
static void
sort_places (GArray *places)
{
  IsthRecordPlace *all = (IsthRecordPlace *) (void *) places->data;

  if (places->len > FEW)
    {
      g_array_sort (places, compare_places);
      return;
    }
  for (guint i = 1; i < places->len; i++)
    {
      IsthRecordPlace place = all[i];
      guint to = i;

      for (; to > 0 && compare_places (&all[to - 1], &place) > 0; to--)
        all[to] = all[to - 1];
      all[to] = place;
    }
}

static void
gather_places (const IsthResolve *self,
               const IsthDraft *draft,
               GArray *places)
{
  g_array_set_size (places, 0);
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[self->by_draft[i]];
      bool own_mac = station->mac != ISTH_NONE && &self->drafts[self->mac_drafts[station->mac]] == draft &&
                     (station->ip == ISTH_NONE || station->own);
      IsthStation row = isth_resolve_row (self, station);
      IsthRecordPlace place = { .vlan = own_mac ? row.vlan : 0, .said = station->said };

      if (row.child && draft->depth > 0)
        continue;
      if (own_mac)
        place.mac = row.mac;
      else if (station->ip != ISTH_NONE && station->owner != ISTH_NONE)
        place.mac = *isth_resolve_mac (self, station->owner);
      if (station->ip != ISTH_NONE)
        place.ip = row.ip;
      g_array_append_val (places, place);
    }
  if (draft->mac != ISTH_NONE)
    {
      IsthRecordPlace place = { .mac = *isth_resolve_mac (self, draft->mac) };
      g_array_append_val (places, place);
    }
  sort_places (places);
}

static void
fill_interface (IsthBench *bench,
                IsthInterface *interface,
                const IsthRecordPlace *places,
                uint32_t n)
{
  uint32_t n_ips = 0, n_vlans = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      n_ips += places[i].ip.kind != ISTH_ADDRESS_NONE && (i == 0 || !isth_address_equal (&places[i - 1].ip, &places[i].ip));
      n_vlans += places[i].vlan != 0;
    }
  interface->mac = places[0].mac;
  interface->ips = isth_bench_take (bench, n_ips * sizeof *interface->ips);
  interface->vlans = isth_bench_take (bench, n_vlans * sizeof *interface->vlans);
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t v = 0;

      if (places[i].ip.kind != ISTH_ADDRESS_NONE &&
          (interface->n_ips == 0 || !isth_address_equal (&interface->ips[interface->n_ips - 1], &places[i].ip)))
        interface->ips[interface->n_ips++] = places[i].ip;
      while (v < interface->n_vlans && interface->vlans[v] < places[i].vlan)
        v++;
      if (places[i].vlan == 0 || (v < interface->n_vlans && interface->vlans[v] == places[i].vlan))
        continue;
      memmove (interface->vlans + v + 1, interface->vlans + v, (interface->n_vlans - v) * sizeof *interface->vlans);
      interface->vlans[v] = places[i].vlan;
      interface->n_vlans++;
    }
}

static void
fill_interfaces (IsthRecordMaker *self,
                 const IsthDraft *draft,
                 IsthAsset *asset)
{
  GArray *places = self->places;
  uint32_t n = 0;

  gather_places (self->resolve, draft, places);
  for (uint32_t i = 0; i < places->len; i++)
    n += i == 0 || !isth_address_equal (&g_array_index (places, IsthRecordPlace, i).mac, &g_array_index (places, IsthRecordPlace, i - 1).mac);
  asset->interfaces = isth_bench_take (&self->bench, n * sizeof *asset->interfaces);
  for (uint32_t from = 0, to; from < places->len; from = to)
    {
      for (to = from + 1; to < places->len &&
                          isth_address_equal (&g_array_index (places, IsthRecordPlace, from).mac, &g_array_index (places, IsthRecordPlace, to).mac);
           to++)
        ;
      fill_interface (&self->bench, &asset->interfaces[asset->n_interfaces++], &g_array_index (places, IsthRecordPlace, from), to - from);
    }
}

static int
compare_pointed (const void *a,
                 const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The child paths under which it is known, sorted. */
static const char **
make_paths (IsthRecordMaker *self,
            const IsthDraft *draft)
{
  const IsthResolve *resolve = self->resolve;
  uint32_t n = 0, kept = 0;
  const char **paths;

  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    n += isth_resolve_row (resolve, &resolve->stations[resolve->by_draft[i]]).child != 0;
  if (n == 0)
    return isth_record_no_words ();
  paths = isth_bench_take (&self->bench, ((size_t) n + 1) * sizeof *paths);
  n = 0;
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &resolve->stations[resolve->by_draft[i]];
      uint32_t child = isth_resolve_row (resolve, station).child;

      if (child)
        paths[n++] = isth_resolve_text (resolve, resolve->captures[station->capture].strings[child]);
    }
  qsort (paths, n, sizeof *paths, compare_pointed);
  for (uint32_t i = 0; i < n; i++)
    if (i == 0 || !g_str_equal (paths[i], paths[kept - 1]))
      paths[kept++] = paths[i];
  for (uint32_t i = 0; i < kept && !self->bench.arena; i++)
    paths[i] = isth_bench_text (&self->bench, paths[i]);
  paths[kept] = NULL;
  return paths;
}

static const char **
make_words (IsthRecordMaker *self,
            const GArray *words,
            uint32_t first,
            uint32_t n)
{
  const char **result;

  if (n == 0)
    return isth_record_no_words ();
  if (n <= ISTH_SHARED_WORDS)
    {
      const char *few[ISTH_SHARED_WORDS + 1] = { NULL };

      for (uint32_t i = 0; i < n; i++)
        few[i] = isth_record_word (self, g_array_index (words, IsthDraftWord, first + i).word);
      if ((result = isth_record_share_words (self, few)))
        return result;
    }
  result = isth_bench_take (&self->bench, ((size_t) n + 1) * sizeof *result);
  for (uint32_t i = 0; i < n; i++)
    result[i] = isth_record_word (self, g_array_index (words, IsthDraftWord, first + i).word);
  return result;
}

static void
fill_services (IsthRecordMaker *self,
               const IsthDraft *draft,
               IsthAsset *asset)
{
  asset->services = isth_bench_take (&self->bench, draft->n_services * sizeof *asset->services);
  asset->n_services = draft->n_services;
  for (uint32_t i = 0; i < draft->n_services; i++)
    {
      const IsthDraftService *service = &g_array_index (self->resolve->services, IsthDraftService, draft->first_service + i);

      asset->services[i].transport = service->transport;
      asset->services[i].port = service->port;
      asset->services[i].protocol = isth_record_word (self, service->protocol);
    }
}

/* What a list of prefixes says of an asset of which nothing else is known: one claim for all assets of the maker, kept for good. */
static IsthAssetClaim *
listed_claim (IsthRecordMaker *self,
              uint32_t vendor)
{
  static GMutex lock;
  static GHashTable *claims; /* by interned name */
  const char *name = isth_record_word (self, vendor);
  IsthAssetClaim *claim;

  g_mutex_lock (&lock);
  if (!claims)
    claims = g_hash_table_new (NULL, NULL);
  claim = g_hash_table_lookup (claims, name);
  if (!claim)
    {
      claim = g_new0 (IsthAssetClaim, 1);
      *claim = (IsthAssetClaim) { .value = name, .protocol = "ieee-ra", .count = 1, .attribute = ISTH_ATTRIBUTE_VENDOR,
                                  .confidence = ISTH_CONFIDENCE_PREFIX, .shown = true, .evidence.time = ISTH_NO_TIME };
      g_hash_table_insert (claims, (gpointer) name, claim);
    }
  g_mutex_unlock (&lock);
  return claim;
}

static void
fill_claims (IsthRecordMaker *self,
             const IsthDraft *draft,
             IsthAsset *asset)
{
  const IsthResolve *resolve = self->resolve;

  if (draft->listed)
    {
      asset->claims = listed_claim (self, draft->listed);
      asset->n_claims = 1;
      return;
    }
  asset->claims = isth_bench_take (&self->bench, draft->n_claims * sizeof *asset->claims);
  asset->n_claims = draft->n_claims;
  for (uint32_t i = 0; i < draft->n_claims; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (resolve->claims, IsthDraftClaim, draft->first_claim + i);
      bool listed = claim->confidence == ISTH_CONFIDENCE_PREFIX; /* a maker out of the list, as many others have it */

      asset->claims[i] = (IsthAssetClaim) { .attribute = claim->attribute,
                                            .value = listed ? isth_record_word (self, claim->value)
                                                            : isth_record_text (self, claim->value),
                                            .protocol = isth_record_word (self, claim->protocol),
                                            .confidence = claim->confidence,
                                            .shown = claim->shown,
                                            .conflict = claim->conflict,
                                            .count = claim->count,
                                            .evidence = isth_record_evidence (self, &claim->evidence) };
    }
}

static void
fill_bindings (IsthRecordMaker *self,
               const IsthDraft *draft,
               IsthAsset *asset)
{
  const IsthResolve *resolve = self->resolve;

  asset->bindings = isth_bench_take (&self->bench, draft->n_bindings * sizeof *asset->bindings);
  asset->n_bindings = draft->n_bindings;
  for (uint32_t i = 0; i < draft->n_bindings; i++)
    {
      const IsthDraftBinding *binding = &g_array_index (resolve->bindings, IsthDraftBinding, draft->first_binding + i);

      asset->bindings[i] = (IsthAssetBinding) { .ip = *isth_resolve_ip (resolve, binding->ip),
                                                .mac = *isth_resolve_mac (resolve, binding->mac),
                                                .protocol = isth_record_word (self, binding->protocol),
                                                .count = binding->count,
                                                .last = binding->last,
                                                .evidence = isth_record_evidence (self, &binding->evidence) };
    }
}

/* The earliest frame that the asset sent, of all captures. */
static void
note_sight (IsthAsset *asset,
            uint32_t capture,
            const IsthStation *row)
{
  IsthSight sight = { .capture = capture, .frame = row->first_frame, .time = row->first };
  IsthEvidence mine = isth_sight_as_evidence (&sight), before = isth_sight_as_evidence (&asset->first_sight);

  if (sight.frame && (before.frame == 0 || isth_evidence_compare (&mine, &before) < 0))
    asset->first_sight = sight;
}

/* Counters and activity of all its stations. */
static void
fill_traffic (const IsthResolve *self,
              const IsthDraft *draft,
              IsthAsset *asset)
{
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[self->by_draft[i]];
      IsthStation row;

      if (!station->counted)
        continue;
      row = isth_resolve_row (self, station);
      asset->packets_sent += row.packets_sent;
      asset->packets_received += row.packets_received;
      asset->bytes_sent += row.bytes_sent;
      asset->bytes_received += row.bytes_received;
      note_sight (asset, station->capture, &row);
      isth_activity_merge (&asset->activity, &row.activity);
    }
}

static void
fill_asset (IsthRecordMaker *self,
            const IsthDraft *draft,
            IsthAsset *asset)
{
  const IsthResolve *resolve = self->resolve;

  asset->id = draft->id;
  asset->parent = draft->parent == ISTH_NONE ? 0 : resolve->draft_ids[draft->parent];
  asset->name = isth_bench_text (&self->bench, isth_namer_make (&self->namer, draft, &asset->name_reason));
  asset->kind = draft->kind;
  asset->kind_reason = draft->kind_reason;
  asset->kind_confidence = draft->kind_confidence;
  memcpy (asset->kind_rules, draft->kind_rules, sizeof asset->kind_rules);
  asset->other_kind = draft->other_kind;
  asset->other_confidence = draft->other_confidence;
  asset->other_rule = draft->other_rule;
  asset->side = draft->side;
  asset->level = draft->level;
  asset->level_reason = draft->level_reason;
  asset->level_confidence = draft->level_confidence;
  asset->level_by_person = draft->level_by_person;
  asset->silent = draft->depth == 0 && !draft->spoke;
  asset->behind = draft->behind == ISTH_NONE ? "" : isth_bench_text (&self->bench, resolve->draft_names[draft->behind]);
  fill_interfaces (self, draft, asset);
  asset->other_addresses = make_paths (self, draft);
  asset->roles = make_words (self, resolve->roles, draft->first_role, draft->n_roles);
  asset->protocols = make_words (self, resolve->protocols, draft->first_protocol, draft->n_protocols);
  fill_services (self, draft, asset);
  fill_claims (self, draft, asset);
  fill_bindings (self, draft, asset);
  asset->first = draft->first;
  asset->last = draft->last;
  fill_traffic (resolve, draft, asset);
}

/* The smallest of its MACs; of an asset without any, the smallest of its IPs. */
static IsthEndpoint
first_address (const IsthAsset *asset)
{
  IsthEndpoint first = { 0 };

  for (uint32_t i = 0; i < asset->n_interfaces && first.mac.kind == ISTH_ADDRESS_NONE; i++)
    first.mac = asset->interfaces[i].mac;
  if (first.mac.kind == ISTH_ADDRESS_NONE && asset->n_interfaces && asset->interfaces[0].n_ips)
    first.ip = asset->interfaces[0].ips[0];
  return first;
}

static bool
same_endpoint (const IsthEndpoint *a,
               const IsthEndpoint *b)
{
  return isth_address_equal (&a->mac, &b->mac) && isth_address_equal (&a->ip, &b->ip) &&
         isth_same_text (a->child ? a->child : "", b->child ? b->child : "");
}

static void
fill_anchor (IsthRecordMaker *self,
             const IsthDraft *draft,
             OwnedAsset *owned)
{
  const IsthDraft *root = draft;
  IsthEndpoint anchor = { 0 }, first = first_address (&owned->asset);

  if (draft->parent != ISTH_NONE)
    anchor.child = isth_resolve_text (self->resolve, draft->path);
  while (root->parent != ISTH_NONE)
    root = &self->resolve->drafts[root->parent];
  if (root->mac != ISTH_NONE)
    anchor.mac = *isth_resolve_mac (self->resolve, root->mac);
  else if (root->ip != ISTH_NONE)
    anchor.ip = *isth_resolve_ip (self->resolve, root->ip);
  if (same_endpoint (&anchor, &first))
    return;
  if (anchor.child)
    anchor.child = isth_bench_text (&self->bench, anchor.child);
  owned->anchor = memcpy (isth_bench_take (&self->bench, sizeof anchor), &anchor, sizeof anchor);
}

static bool
same_interfaces (const IsthAsset *a,
                 const IsthAsset *b)
{
  for (uint32_t i = 0; i < a->n_interfaces; i++)
    {
      const IsthInterface *x = &a->interfaces[i], *y = &b->interfaces[i];

      if (!isth_address_equal (&x->mac, &y->mac) || x->n_ips != y->n_ips || x->n_vlans != y->n_vlans ||
          memcmp (x->ips, y->ips, x->n_ips * sizeof *x->ips) != 0 || memcmp (x->vlans, y->vlans, x->n_vlans * sizeof *x->vlans) != 0)
        return false;
    }
  return true;
}

static bool
same_claims (const IsthAsset *a,
             const IsthAsset *b)
{
  for (uint32_t i = 0; i < a->n_claims; i++)
    {
      const IsthAssetClaim *x = &a->claims[i], *y = &b->claims[i];

      if (x->attribute != y->attribute || x->confidence != y->confidence || x->shown != y->shown || x->conflict != y->conflict ||
          x->count != y->count || !isth_same_text (x->value, y->value) || !isth_same_text (x->protocol, y->protocol) ||
          !isth_same_evidence (&x->evidence, &y->evidence))
        return false;
    }
  for (uint32_t i = 0; i < a->n_bindings; i++)
    {
      const IsthAssetBinding *x = &a->bindings[i], *y = &b->bindings[i];

      if (!isth_address_equal (&x->ip, &y->ip) || !isth_address_equal (&x->mac, &y->mac) || x->count != y->count || x->last != y->last ||
          !isth_same_text (x->protocol, y->protocol) || !isth_same_evidence (&x->evidence, &y->evidence))
        return false;
    }
  return true;
}

static bool
same_services (const IsthAsset *a,
               const IsthAsset *b)
{
  for (uint32_t i = 0; i < a->n_services; i++)
    if (a->services[i].transport != b->services[i].transport || a->services[i].port != b->services[i].port ||
        !isth_same_text (a->services[i].protocol, b->services[i].protocol))
      return false;
  return true;
}

static bool
same_sight (const IsthSight *a,
            const IsthSight *b)
{
  return a->frame == b->frame && a->time == b->time && a->capture == b->capture;
}

/* What changes most is asked first. */
static bool
same_asset (const OwnedAsset *one,
            const OwnedAsset *other)
{
  const IsthAsset *a = &one->asset, *b = &other->asset;

  if (a->packets_sent != b->packets_sent || a->packets_received != b->packets_received || a->bytes_sent != b->bytes_sent ||
      a->bytes_received != b->bytes_received || a->first != b->first || a->last != b->last || a->id != b->id || a->parent != b->parent ||
      a->kind != b->kind || a->kind_confidence != b->kind_confidence || a->other_kind != b->other_kind || a->other_confidence != b->other_confidence ||
      a->other_rule != b->other_rule || memcmp (a->kind_rules, b->kind_rules, sizeof a->kind_rules) != 0 || a->level_confidence != b->level_confidence || a->side != b->side || a->level != b->level || a->level_by_person != b->level_by_person || a->silent != b->silent ||
      a->n_interfaces != b->n_interfaces || a->n_services != b->n_services || a->n_claims != b->n_claims || a->n_bindings != b->n_bindings)
    return false;
  if (!isth_same_text (a->name, b->name) || !isth_same_text (a->name_reason, b->name_reason) || !isth_same_text (a->kind_reason, b->kind_reason) ||
      !isth_same_text (a->level_reason, b->level_reason) || !isth_same_text (a->behind, b->behind) ||
      !isth_same_texts (a->other_addresses, b->other_addresses) || !isth_same_texts (a->roles, b->roles) ||
      !isth_same_texts (a->protocols, b->protocols))
    return false;
  if (!same_sight (&a->first_sight, &b->first_sight) || !isth_same_activity (&a->activity, &b->activity) ||
      !one->anchor != !other->anchor || (one->anchor && !same_endpoint (one->anchor, other->anchor)))
    return false;
  return same_interfaces (a, b) && same_services (a, b) && same_claims (a, b);
}

static void
move_words (const IsthBench *bench,
            const char ***words)
{
  const char **before = *words;

  ISTH_BENCH_MOVE (bench, *words);
  for (const char **word = *words; *words != before && *word; word++)
    ISTH_BENCH_MOVE (bench, *word);
}

/* Leads the pointers of a packed record to its own parts. */
static void
move_parts (const IsthBench *bench,
            OwnedAsset *owned)
{
  IsthAsset *asset = &owned->asset;
  const IsthAssetClaim *before;

  ISTH_BENCH_MOVE (bench, asset->name);
  ISTH_BENCH_MOVE (bench, asset->behind);
  ISTH_BENCH_MOVE (bench, asset->interfaces);
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      ISTH_BENCH_MOVE (bench, asset->interfaces[i].ips);
      ISTH_BENCH_MOVE (bench, asset->interfaces[i].vlans);
    }
  move_words (bench, &asset->other_addresses);
  move_words (bench, &asset->roles);
  move_words (bench, &asset->protocols);
  ISTH_BENCH_MOVE (bench, asset->services);
  before = asset->claims;
  ISTH_BENCH_MOVE (bench, asset->claims);
  for (uint32_t i = 0; i < asset->n_claims && asset->claims != before; i++) /* those of a maker are not its own */
    {
      ISTH_BENCH_MOVE (bench, asset->claims[i].value);
      ISTH_BENCH_MOVE (bench, asset->claims[i].evidence.bytes);
    }
  ISTH_BENCH_MOVE (bench, asset->bindings);
  for (uint32_t i = 0; i < asset->n_bindings; i++)
    ISTH_BENCH_MOVE (bench, asset->bindings[i].evidence.bytes);
  ISTH_BENCH_MOVE (bench, owned->anchor);
  if (owned->anchor && owned->anchor->child)
    ISTH_BENCH_MOVE (bench, ((IsthEndpoint *) owned->anchor)->child);
}

void
isth_record_prefetch_asset (const IsthResolve *resolve,
                            uint32_t number)
{
  const IsthDraft *far = &resolve->drafts[number + 2 * AHEAD], *near = &resolve->drafts[number + AHEAD];

  if (number + 2 * AHEAD < resolve->n_drafts && far->n_stations)
    __builtin_prefetch (&resolve->stations[resolve->by_draft[far->first_station]]);
  if (number + AHEAD < resolve->n_drafts && near->n_stations)
    __builtin_prefetch (resolve->stations[resolve->by_draft[near->first_station]].row);
}

IsthAsset *
isth_record_make_asset (IsthRecordMaker *self,
                        uint32_t number,
                        IsthAsset *before)
{
  const IsthDraft *draft = &self->resolve->drafts[number];
  OwnedAsset *owned = isth_bench_begin (&self->bench, sizeof *owned);

  fill_asset (self, draft, &owned->asset);
  fill_anchor (self, draft, owned);
  if (before && same_asset (owned, (const OwnedAsset *) before))
    return isth_record_ref (before);
  owned = isth_bench_pack (&self->bench);
  move_parts (&self->bench, owned);
  return &owned->asset;
}

typedef struct
{
  OwnedAsset owned; /* first: it is given out as this */
  IsthAsset *whole;
} CountedAsset;

static void
counted_asset_clear (gpointer data)
{
  isth_record_unref (((CountedAsset *) data)->whole);
}

IsthAsset *
isth_record_recount_asset (IsthAsset *whole,
                           const uint64_t packets[2],
                           const uint64_t bytes[2])
{
  CountedAsset *self = isth_record_new (sizeof *self, counted_asset_clear);
  IsthAsset *asset = &self->owned.asset;
  IsthRecord record = asset->record;

  self->owned = *(const OwnedAsset *) whole;
  asset->record = record;
  self->whole = isth_record_ref (whole);
  asset->packets_sent = packets[0];
  asset->packets_received = packets[1];
  asset->bytes_sent = bytes[0];
  asset->bytes_received = bytes[1];
  if (whole->packets_sent + whole->packets_received > 0 && packets[0] + packets[1] == 0)
    asset->activity = (IsthActivity) { 0 };
  return asset;
}

IsthEndpoint
isth_asset_get_anchor (const IsthAsset *asset)
{
  const IsthEndpoint *anchor;

  g_return_val_if_fail (asset->record.clear == NULL || asset->record.clear == counted_asset_clear, (IsthEndpoint) { 0 }); /* not made here */
  anchor = ((const OwnedAsset *) asset)->anchor;
  return anchor ? *anchor : first_address (asset);
}
