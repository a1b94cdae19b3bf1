/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assets as records. Each owns one small arena with all it points to. It is made first, then compared by its digest with the one before: what
 * did not change costs a few allocations that are freed at once, and stays the same pointer. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/record-memory.h"
#include "analysis/world/records.h"

typedef struct
{
  IsthAsset asset; /* first: it is given out as this */
  IsthChunk *chunks;
  IsthDigest digest;
  IsthEndpoint anchor;
} OwnedAsset;

static void
asset_clear (gpointer data)
{
  isth_chunks_free (((OwnedAsset *) data)->chunks);
}

/* One interface address of a draft; the MAC is NONE for addresses seen without one of its own. */
typedef struct
{
  IsthAddress mac, ip;
  uint16_t vlan;
} Place;

static int
compare_places (const void *a,
                const void *b)
{
  const Place *x = a, *y = b;
  int order = isth_address_compare (&x->mac, &y->mac);

  if (order == 0)
    order = isth_address_compare (&x->ip, &y->ip);
  return order ? order : isth_compare_numbers (x->vlan, y->vlan);
}

static GArray *
gather_places (const IsthResolve *self,
               const IsthDraft *draft)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), draft->n_stations + 1);

  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[self->by_draft[i]];
      bool own_mac = station->mac != ISTH_NONE && &self->drafts[self->mac_drafts[station->mac]] == draft &&
                     (station->pair == ISTH_NONE || self->pairs[station->pair].verdict == ISTH_PAIR_OWN);
      Place place = { .vlan = own_mac ? station->row->vlan : 0 };

      if (station->row->child && draft->depth > 0)
        continue;
      if (own_mac)
        place.mac = station->row->mac;
      else if (station->ip != ISTH_NONE && station->owner != ISTH_NONE)
        place.mac = *isth_resolve_mac (self, station->owner);
      if (station->ip != ISTH_NONE)
        place.ip = station->row->ip;
      g_array_append_val (places, place);
    }
  if (draft->mac.kind != ISTH_ADDRESS_NONE)
    {
      Place place = { .mac = draft->mac };
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

static void
fill_interface (IsthChunk **chunks,
                IsthInterface *interface,
                const Place *places,
                uint32_t n)
{
  interface->mac = places[0].mac;
  interface->ips = isth_chunk_take (chunks, n * sizeof *interface->ips);
  interface->vlans = isth_chunk_take (chunks, n * sizeof *interface->vlans);
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
fill_interfaces (const IsthResolve *self,
                 const IsthDraft *draft,
                 OwnedAsset *owned)
{
  g_autoptr(GArray) places = gather_places (self, draft);
  IsthAsset *asset = &owned->asset;
  uint32_t n = 0;

  for (uint32_t i = 0; i < places->len; i++)
    n += i == 0 || !isth_address_equal (&g_array_index (places, Place, i).mac, &g_array_index (places, Place, i - 1).mac);
  asset->interfaces = isth_chunk_take (&owned->chunks, n * sizeof *asset->interfaces);
  for (uint32_t from = 0, to; from < places->len; from = to)
    {
      for (to = from + 1; to < places->len &&
                          isth_address_equal (&g_array_index (places, Place, from).mac, &g_array_index (places, Place, to).mac);
           to++)
        ;
      fill_interface (&owned->chunks, &asset->interfaces[asset->n_interfaces++], &g_array_index (places, Place, from), to - from);
    }
}

static int
compare_pointed (const void *a,
                 const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The child paths under which it is known, sorted. */
static void
fill_paths (const IsthResolve *self,
            const IsthDraft *draft,
            OwnedAsset *owned)
{
  const char **paths = isth_chunk_take (&owned->chunks, ((size_t) draft->n_stations + 1) * sizeof *paths);
  uint32_t n = 0, kept = 0;

  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[self->by_draft[i]];

      if (station->row->child)
        paths[n++] = isth_resolve_text (self, self->captures[station->capture].strings[station->row->child]);
    }
  qsort (paths, n, sizeof *paths, compare_pointed);
  for (uint32_t i = 0; i < n; i++)
    if (i == 0 || !g_str_equal (paths[i], paths[kept - 1]))
      paths[kept++] = paths[i];
  for (uint32_t i = 0; i < kept; i++)
    paths[i] = isth_chunk_text (&owned->chunks, paths[i]);
  paths[kept] = NULL;
  owned->asset.other_addresses = paths;
}

static const char **
keep_words (const IsthResolve *self,
            IsthChunk **chunks,
            const GArray *words,
            uint32_t first,
            uint32_t n)
{
  const char **result = isth_chunk_take (chunks, ((size_t) n + 1) * sizeof *result);

  for (uint32_t i = 0; i < n; i++)
    result[i] = isth_chunk_text (chunks, isth_resolve_text (self, g_array_index (words, IsthDraftWord, first + i).word));
  return result;
}

static void
fill_claims (const IsthResolve *self,
             const IsthDraft *draft,
             OwnedAsset *owned)
{
  IsthAsset *asset = &owned->asset;

  asset->claims = isth_chunk_take (&owned->chunks, draft->n_claims * sizeof *asset->claims);
  asset->n_claims = draft->n_claims;
  for (uint32_t i = 0; i < draft->n_claims; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, draft->first_claim + i);

      asset->claims[i] = (IsthAssetClaim) { .attribute = claim->attribute,
                                            .value = isth_chunk_text (&owned->chunks, isth_resolve_text (self, claim->value)),
                                            .protocol = isth_chunk_text (&owned->chunks, isth_resolve_text (self, claim->protocol)),
                                            .confidence = claim->confidence,
                                            .shown = claim->shown,
                                            .conflict = claim->conflict,
                                            .count = claim->count,
                                            .evidence = isth_chunk_evidence (&owned->chunks, &claim->evidence) };
    }
  asset->bindings = isth_chunk_take (&owned->chunks, draft->n_bindings * sizeof *asset->bindings);
  asset->n_bindings = draft->n_bindings;
  for (uint32_t i = 0; i < draft->n_bindings; i++)
    {
      const IsthDraftBinding *binding = &g_array_index (self->bindings, IsthDraftBinding, draft->first_binding + i);

      asset->bindings[i] = (IsthAssetBinding) { .ip = *isth_resolve_ip (self, binding->ip),
                                                .mac = *isth_resolve_mac (self, binding->mac),
                                                .protocol = isth_chunk_text (&owned->chunks, isth_resolve_text (self, binding->protocol)),
                                                .count = binding->count,
                                                .last = binding->last,
                                                .evidence = isth_chunk_evidence (&owned->chunks, &binding->evidence) };
    }
}

static void
fill_asset (const IsthResolve *self,
            const IsthDraft *draft,
            OwnedAsset *owned)
{
  IsthAsset *asset = &owned->asset;
  IsthChunk **chunks = &owned->chunks;

  asset->id = draft->id;
  asset->parent = draft->parent == ISTH_NONE ? 0 : self->drafts[draft->parent].id;
  asset->name = isth_chunk_text (chunks, draft->name);
  asset->name_reason = isth_chunk_text (chunks, draft->name_reason);
  asset->kind = draft->kind;
  asset->kind_reason = isth_chunk_text (chunks, draft->kind_reason);
  asset->side = draft->side;
  asset->level = draft->level;
  asset->level_reason = isth_chunk_text (chunks, draft->level_reason);
  asset->level_by_person = draft->level_by_person;
  asset->silent = draft->depth == 0 && !draft->spoke;
  asset->behind = draft->behind == ISTH_NONE ? "" : isth_chunk_text (chunks, self->drafts[draft->behind].name);
  fill_interfaces (self, draft, owned);
  fill_paths (self, draft, owned);
  asset->roles = keep_words (self, chunks, self->roles, draft->first_role, draft->n_roles);
  asset->protocols = keep_words (self, chunks, self->protocols, draft->first_protocol, draft->n_protocols);
  asset->services = isth_chunk_take (chunks, draft->n_services * sizeof *asset->services);
  asset->n_services = draft->n_services;
  for (uint32_t i = 0; i < draft->n_services; i++)
    {
      const IsthDraftService *service = &g_array_index (self->services, IsthDraftService, draft->first_service + i);
      asset->services[i] = (IsthService) { service->transport, service->port, isth_chunk_text (chunks, isth_resolve_text (self, service->protocol)) };
    }
  fill_claims (self, draft, owned);
  asset->first = draft->first;
  asset->last = draft->last;
  asset->first_sight = draft->first_sight;
  asset->packets_sent = draft->packets_sent;
  asset->packets_received = draft->packets_received;
  asset->bytes_sent = draft->bytes_sent;
  asset->bytes_received = draft->bytes_received;
  asset->activity = draft->activity;
}

static void
fill_anchor (const IsthResolve *self,
             const IsthDraft *draft,
             OwnedAsset *owned)
{
  const IsthDraft *root = draft;

  if (draft->parent != ISTH_NONE)
    owned->anchor.child = isth_chunk_text (&owned->chunks, isth_resolve_text (self, draft->path));
  while (root->parent != ISTH_NONE)
    root = &self->drafts[root->parent];
  if (root->mac.kind != ISTH_ADDRESS_NONE)
    owned->anchor.mac = root->mac;
  else
    owned->anchor.ip = root->ip;
}

static IsthDigest
digest_asset (const OwnedAsset *owned)
{
  const IsthAsset *asset = &owned->asset;
  IsthDigest digest = isth_digest_new ();

  isth_digest_number (&digest, asset->id);
  isth_digest_number (&digest, asset->parent);
  isth_digest_texts (&digest, (const char *const[]) { asset->name, asset->name_reason, asset->kind_reason, asset->level_reason, asset->behind, NULL });
  isth_digest_bytes (&digest, &owned->anchor.mac, sizeof owned->anchor.mac);
  isth_digest_bytes (&digest, &owned->anchor.ip, sizeof owned->anchor.ip);
  isth_digest_text (&digest, owned->anchor.child);
  isth_digest_number (&digest, (uint64_t) asset->kind << 32 | (uint64_t) asset->side << 16 | asset->level_by_person << 1 | asset->silent);
  isth_digest_number (&digest, (uint64_t) asset->level);
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];

      isth_digest_bytes (&digest, &interface->mac, sizeof interface->mac);
      isth_digest_bytes (&digest, interface->ips, interface->n_ips * sizeof *interface->ips);
      isth_digest_bytes (&digest, interface->vlans, interface->n_vlans * sizeof *interface->vlans);
    }
  isth_digest_texts (&digest, asset->other_addresses);
  isth_digest_texts (&digest, asset->roles);
  isth_digest_texts (&digest, asset->protocols);
  for (uint32_t i = 0; i < asset->n_services; i++)
    {
      isth_digest_number (&digest, (uint64_t) asset->services[i].transport << 16 | asset->services[i].port);
      isth_digest_text (&digest, asset->services[i].protocol);
    }
  for (uint32_t i = 0; i < asset->n_claims; i++)
    {
      const IsthAssetClaim *claim = &asset->claims[i];

      isth_digest_number (&digest, (uint64_t) claim->attribute << 16 | claim->confidence << 2 | claim->shown << 1 | claim->conflict);
      isth_digest_text (&digest, claim->value);
      isth_digest_text (&digest, claim->protocol);
      isth_digest_number (&digest, claim->count);
      isth_digest_evidence (&digest, &claim->evidence);
    }
  for (uint32_t i = 0; i < asset->n_bindings; i++)
    {
      const IsthAssetBinding *binding = &asset->bindings[i];

      isth_digest_bytes (&digest, &binding->ip, sizeof binding->ip);
      isth_digest_bytes (&digest, &binding->mac, sizeof binding->mac);
      isth_digest_text (&digest, binding->protocol);
      isth_digest_number (&digest, binding->count);
      isth_digest_number (&digest, (uint64_t) binding->last);
      isth_digest_evidence (&digest, &binding->evidence);
    }
  isth_digest_number (&digest, (uint64_t) asset->first);
  isth_digest_number (&digest, (uint64_t) asset->last);
  isth_digest_evidence (&digest, &asset->first_sight);
  isth_digest_number (&digest, asset->packets_sent);
  isth_digest_number (&digest, asset->packets_received);
  isth_digest_number (&digest, asset->bytes_sent);
  isth_digest_number (&digest, asset->bytes_received);
  isth_digest_activity (&digest, &asset->activity);
  return digest;
}

IsthAsset *
isth_record_make_asset (const IsthResolve *self,
                        uint32_t number,
                        IsthAsset *before)
{
  OwnedAsset *owned = isth_record_new (sizeof *owned, asset_clear);

  fill_asset (self, &self->drafts[number], owned);
  fill_anchor (self, &self->drafts[number], owned);
  owned->digest = digest_asset (owned);
  if (before && isth_digest_equal (&owned->digest, &((OwnedAsset *) before)->digest))
    {
      isth_record_unref (owned);
      return isth_record_ref (before);
    }
  return &owned->asset;
}

IsthEndpoint
isth_asset_get_anchor (const IsthAsset *asset)
{
  g_return_val_if_fail (asset->record.clear == asset_clear, (IsthEndpoint) { 0 });
  return ((const OwnedAsset *) asset)->anchor;
}
