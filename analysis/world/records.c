/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each record owns one small arena with all it points to. It is made first, then compared by its digest with the one before: what did not change
 * costs a few allocations that are freed at once, and stays the same pointer. */
#include "analysis/world/records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/hash.h"

#define CHUNK_FIRST 240 /* most links need no more */
#define CHUNK_MOST 8000

typedef struct _Chunk Chunk;
struct _Chunk
{
  Chunk *next;
  size_t used, room;
  uint64_t bytes[];
};

typedef struct
{
  IsthAsset asset; /* first: all three begin like what they are given out as */
  Chunk *chunks;
  IsthDigest digest;
  IsthEndpoint anchor;
} OwnedAsset;

typedef struct
{
  IsthLink link;
  Chunk *chunks;
  IsthDigest digest;
} OwnedLink;

typedef struct
{
  IsthCapture capture;
  IsthDigest digest;
} OwnedCapture;

typedef struct
{
  IsthHealth health;
  Chunk *chunks;
  IsthDigest digest;
} OwnedHealth;

static void *
take (Chunk **chunks,
      size_t size)
{
  Chunk *chunk = *chunks;
  void *result;

  size = (size + 7) & ~(size_t) 7;
  if (!chunk || chunk->room - chunk->used < size)
    {
      size_t room = MAX (size, chunk ? MIN (chunk->room * 2, CHUNK_MOST) : CHUNK_FIRST);

      chunk = g_malloc (sizeof *chunk + room);
      *chunk = (Chunk) { *chunks, 0, room };
      *chunks = chunk;
    }
  result = (uint8_t *) chunk->bytes + chunk->used;
  chunk->used += size;
  return memset (result, 0, size);
}

static const char *
take_text (Chunk **chunks,
           const char *text)
{
  size_t n = text ? strlen (text) : 0;

  return n ? memcpy (take (chunks, n + 1), text, n) : "";
}

static void
free_chunks (Chunk *chunks)
{
  while (chunks)
    {
      Chunk *next = chunks->next;
      g_free (chunks);
      chunks = next;
    }
}

static void
digest_bytes (IsthDigest *digest,
              const void *data,
              size_t n)
{
  data = n ? data : ""; /* memcpy takes no NULL, not even for nothing */
  digest->a = isth_hash_bytes (data, n, digest->a);
  digest->b = isth_hash_bytes (data, n, digest->b ^ 0x9e3779b97f4a7c15ull);
}

static void
digest_number (IsthDigest *digest,
               uint64_t number)
{
  digest->a = isth_hash_mix (digest->a, number);
  digest->b = isth_hash_mix (digest->b ^ 0x9e3779b97f4a7c15ull, number);
}

static void
digest_text (IsthDigest *digest,
             const char *text)
{
  digest_bytes (digest, text ? text : "", text ? strlen (text) : 0);
}

static void
digest_texts (IsthDigest *digest,
              const char *const *texts)
{
  for (; texts && *texts; texts++)
    digest_text (digest, *texts);
  digest_number (digest, 0);
}

static void
digest_activity (IsthDigest *digest,
                 const IsthActivity *activity)
{
  digest_number (digest, (uint64_t) activity->start);
  digest_number (digest, activity->bits);
  digest_number (digest, activity->shift);
}

static void
digest_evidence (IsthDigest *digest,
                 const IsthEvidence *evidence)
{
  digest_number (digest, evidence->capture);
  digest_number (digest, evidence->frame);
  digest_number (digest, (uint64_t) evidence->time);
  digest_number (digest, (uint64_t) evidence->offset << 32 | evidence->length);
  digest_bytes (digest, evidence->bytes, evidence->n_bytes);
}

static IsthDigest
new_digest (void)
{
  return (IsthDigest) { isth_hash_seed (), ~isth_hash_seed () };
}

static bool
same_digest (const IsthDigest *a,
             const IsthDigest *b)
{
  return a->a == b->a && a->b == b->b;
}

static IsthEvidence
keep_evidence (Chunk **chunks,
               const IsthEvidence *evidence)
{
  IsthEvidence kept = *evidence;

  kept.bytes = evidence->n_bytes ? memcpy (take (chunks, evidence->n_bytes), evidence->bytes, evidence->n_bytes) : NULL;
  return kept;
}

static void
asset_clear (gpointer data)
{
  free_chunks (((OwnedAsset *) data)->chunks);
}

static void
link_clear (gpointer data)
{
  free_chunks (((OwnedLink *) data)->chunks);
}

static void
health_clear (gpointer data)
{
  free_chunks (((OwnedHealth *) data)->chunks);
}

static void
capture_clear (gpointer data)
{
  IsthCapture *self = data;

  g_free (self->path);
  g_free (self->sha256);
  g_free (self->format);
  g_strfreev (self->link_types);
  g_strfreev (self->notes);
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
fill_interface (Chunk **chunks,
                IsthInterface *interface,
                const Place *places,
                uint32_t n)
{
  interface->mac = places[0].mac;
  interface->ips = take (chunks, n * sizeof *interface->ips);
  interface->vlans = take (chunks, n * sizeof *interface->vlans);
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
  asset->interfaces = take (&owned->chunks, n * sizeof *asset->interfaces);
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
  const char **paths = take (&owned->chunks, ((size_t) draft->n_stations + 1) * sizeof *paths);
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
    paths[i] = take_text (&owned->chunks, paths[i]);
  paths[kept] = NULL;
  owned->asset.other_addresses = paths;
}

static const char **
keep_words (const IsthResolve *self,
            Chunk **chunks,
            const GArray *words,
            uint32_t first,
            uint32_t n)
{
  const char **result = take (chunks, ((size_t) n + 1) * sizeof *result);

  for (uint32_t i = 0; i < n; i++)
    result[i] = take_text (chunks, isth_resolve_text (self, g_array_index (words, IsthDraftWord, first + i).word));
  return result;
}

static void
fill_claims (const IsthResolve *self,
             const IsthDraft *draft,
             OwnedAsset *owned)
{
  IsthAsset *asset = &owned->asset;

  asset->claims = take (&owned->chunks, draft->n_claims * sizeof *asset->claims);
  asset->n_claims = draft->n_claims;
  for (uint32_t i = 0; i < draft->n_claims; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, draft->first_claim + i);

      asset->claims[i] = (IsthAssetClaim) { .attribute = claim->attribute,
                                            .value = take_text (&owned->chunks, isth_resolve_text (self, claim->value)),
                                            .protocol = take_text (&owned->chunks, isth_resolve_text (self, claim->protocol)),
                                            .confidence = claim->confidence,
                                            .shown = claim->shown,
                                            .conflict = claim->conflict,
                                            .count = claim->count,
                                            .evidence = keep_evidence (&owned->chunks, &claim->evidence) };
    }
  asset->bindings = take (&owned->chunks, draft->n_bindings * sizeof *asset->bindings);
  asset->n_bindings = draft->n_bindings;
  for (uint32_t i = 0; i < draft->n_bindings; i++)
    {
      const IsthDraftBinding *binding = &g_array_index (self->bindings, IsthDraftBinding, draft->first_binding + i);

      asset->bindings[i] = (IsthAssetBinding) { .ip = *isth_resolve_ip (self, binding->ip),
                                                .mac = *isth_resolve_mac (self, binding->mac),
                                                .protocol = take_text (&owned->chunks, isth_resolve_text (self, binding->protocol)),
                                                .count = binding->count,
                                                .last = binding->last,
                                                .evidence = keep_evidence (&owned->chunks, &binding->evidence) };
    }
}

static void
fill_asset (const IsthResolve *self,
            const IsthDraft *draft,
            OwnedAsset *owned)
{
  IsthAsset *asset = &owned->asset;
  Chunk **chunks = &owned->chunks;

  asset->id = draft->id;
  asset->parent = draft->parent == ISTH_NONE ? 0 : self->drafts[draft->parent].id;
  asset->name = take_text (chunks, draft->name);
  asset->name_reason = take_text (chunks, draft->name_reason);
  asset->kind = draft->kind;
  asset->kind_reason = take_text (chunks, draft->kind_reason);
  asset->side = draft->side;
  asset->level = draft->level;
  asset->level_reason = take_text (chunks, draft->level_reason);
  asset->level_by_person = draft->level_by_person;
  asset->silent = draft->depth == 0 && !draft->spoke;
  asset->behind = draft->behind == ISTH_NONE ? "" : take_text (chunks, self->drafts[draft->behind].name);
  fill_interfaces (self, draft, owned);
  fill_paths (self, draft, owned);
  asset->roles = keep_words (self, chunks, self->roles, draft->first_role, draft->n_roles);
  asset->protocols = keep_words (self, chunks, self->protocols, draft->first_protocol, draft->n_protocols);
  asset->services = take (chunks, draft->n_services * sizeof *asset->services);
  asset->n_services = draft->n_services;
  for (uint32_t i = 0; i < draft->n_services; i++)
    {
      const IsthDraftService *service = &g_array_index (self->services, IsthDraftService, draft->first_service + i);
      asset->services[i] = (IsthService) { service->transport, service->port, take_text (chunks, isth_resolve_text (self, service->protocol)) };
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
    owned->anchor.child = take_text (&owned->chunks, isth_resolve_text (self, draft->path));
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
  IsthDigest digest = new_digest ();

  digest_number (&digest, asset->id);
  digest_number (&digest, asset->parent);
  digest_texts (&digest, (const char *const[]) { asset->name, asset->name_reason, asset->kind_reason, asset->level_reason, asset->behind, NULL });
  digest_bytes (&digest, &owned->anchor.mac, sizeof owned->anchor.mac);
  digest_bytes (&digest, &owned->anchor.ip, sizeof owned->anchor.ip);
  digest_text (&digest, owned->anchor.child);
  digest_number (&digest, (uint64_t) asset->kind << 32 | (uint64_t) asset->side << 16 | asset->level_by_person << 1 | asset->silent);
  digest_number (&digest, (uint64_t) asset->level);
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];

      digest_bytes (&digest, &interface->mac, sizeof interface->mac);
      digest_bytes (&digest, interface->ips, interface->n_ips * sizeof *interface->ips);
      digest_bytes (&digest, interface->vlans, interface->n_vlans * sizeof *interface->vlans);
    }
  digest_texts (&digest, asset->other_addresses);
  digest_texts (&digest, asset->roles);
  digest_texts (&digest, asset->protocols);
  for (uint32_t i = 0; i < asset->n_services; i++)
    {
      digest_number (&digest, (uint64_t) asset->services[i].transport << 16 | asset->services[i].port);
      digest_text (&digest, asset->services[i].protocol);
    }
  for (uint32_t i = 0; i < asset->n_claims; i++)
    {
      const IsthAssetClaim *claim = &asset->claims[i];

      digest_number (&digest, (uint64_t) claim->attribute << 16 | claim->confidence << 2 | claim->shown << 1 | claim->conflict);
      digest_text (&digest, claim->value);
      digest_text (&digest, claim->protocol);
      digest_number (&digest, claim->count);
      digest_evidence (&digest, &claim->evidence);
    }
  for (uint32_t i = 0; i < asset->n_bindings; i++)
    {
      const IsthAssetBinding *binding = &asset->bindings[i];

      digest_bytes (&digest, &binding->ip, sizeof binding->ip);
      digest_bytes (&digest, &binding->mac, sizeof binding->mac);
      digest_text (&digest, binding->protocol);
      digest_number (&digest, binding->count);
      digest_number (&digest, (uint64_t) binding->last);
      digest_evidence (&digest, &binding->evidence);
    }
  digest_number (&digest, (uint64_t) asset->first);
  digest_number (&digest, (uint64_t) asset->last);
  digest_evidence (&digest, &asset->first_sight);
  digest_number (&digest, asset->packets_sent);
  digest_number (&digest, asset->packets_received);
  digest_number (&digest, asset->bytes_sent);
  digest_number (&digest, asset->bytes_received);
  digest_activity (&digest, &asset->activity);
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
  if (before && same_digest (&owned->digest, &((OwnedAsset *) before)->digest))
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

static void
fill_operations (const IsthResolve *self,
                 const IsthDraftLink *draft,
                 OwnedLink *owned)
{
  IsthLink *link = &owned->link;
  Chunk **chunks = &owned->chunks;

  link->operations = take (chunks, draft->n_operations * sizeof *link->operations);
  link->n_operations = draft->n_operations;
  for (uint32_t i = 0; i < draft->n_operations; i++)
    {
      const IsthDraftOperation *from = &g_array_index (self->operations, IsthDraftOperation, draft->first_operation + i);
      IsthLinkOperation *operation = &link->operations[i];

      *operation = (IsthLinkOperation) { .verb = from->verb,
                                         .function = from->function,
                                         .name = take_text (chunks, isth_resolve_text (self, from->name)),
                                         .object = take_text (chunks, isth_resolve_text (self, from->object)),
                                         .count = from->count,
                                         .ok = from->ok,
                                         .refused = from->refused,
                                         .first = from->first,
                                         .last = from->last,
                                         .evidence = keep_evidence (chunks, &from->evidence),
                                         .events = take (chunks, from->n_events * sizeof *operation->events),
                                         .n_events = from->n_events };
      for (uint32_t e = 0; e < from->n_events; e++)
        {
          const IsthDraftEvent *event = &g_array_index (self->events, IsthDraftEvent, from->first_event + e);

          operation->events[e] = (IsthLinkEvent) { event->outcome, take_text (chunks, isth_resolve_text (self, event->text)),
                                                   keep_evidence (chunks, &event->evidence) };
        }
    }
}

static IsthDigest
digest_link (const IsthLink *link)
{
  IsthDigest digest = new_digest ();

  digest_number (&digest, link->id);
  digest_number (&digest, link->from);
  digest_number (&digest, link->to);
  digest_text (&digest, link->protocol);
  digest_number (&digest, (uint64_t) link->transport << 32 | (uint64_t) link->proof << 24 | (uint64_t) link->port << 1 | link->crossing);
  digest_bytes (&digest, link->packets, sizeof link->packets);
  digest_bytes (&digest, link->bytes, sizeof link->bytes);
  digest_number (&digest, link->flows);
  digest_number (&digest, link->verbs);
  digest_number (&digest, (uint64_t) link->first);
  digest_number (&digest, (uint64_t) link->last);
  digest_activity (&digest, &link->activity);
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      const IsthLinkOperation *operation = &link->operations[i];

      digest_number (&digest, operation->verb);
      digest_number (&digest, (uint64_t) operation->function);
      digest_text (&digest, operation->name);
      digest_text (&digest, operation->object);
      digest_number (&digest, operation->count);
      digest_number (&digest, operation->ok);
      digest_number (&digest, operation->refused);
      digest_number (&digest, (uint64_t) operation->first);
      digest_number (&digest, (uint64_t) operation->last);
      digest_evidence (&digest, &operation->evidence);
      for (uint32_t e = 0; e < operation->n_events; e++)
        {
          digest_number (&digest, operation->events[e].outcome);
          digest_text (&digest, operation->events[e].text);
          digest_evidence (&digest, &operation->events[e].evidence);
        }
    }
  return digest;
}

IsthLink *
isth_record_make_link (const IsthResolve *self,
                       uint32_t number,
                       IsthLink *before)
{
  const IsthDraftLink *draft = &g_array_index (self->links, IsthDraftLink, number);
  OwnedLink *owned = isth_record_new (sizeof *owned, link_clear);
  IsthLink *link = &owned->link;

  link->id = draft->id;
  link->from = self->drafts[draft->from].id;
  link->to = self->drafts[draft->to].id;
  link->protocol = take_text (&owned->chunks, isth_resolve_text (self, draft->protocol));
  link->transport = draft->transport;
  link->proof = draft->proof;
  link->port = draft->port;
  link->crossing = draft->crossing;
  memcpy (link->packets, draft->packets, sizeof link->packets);
  memcpy (link->bytes, draft->bytes, sizeof link->bytes);
  link->flows = draft->flows;
  link->verbs = draft->verbs;
  link->first = draft->first;
  link->last = draft->last;
  link->activity = draft->activity;
  fill_operations (self, draft, owned);
  owned->digest = digest_link (link);
  if (before && same_digest (&owned->digest, &((OwnedLink *) before)->digest))
    {
      isth_record_unref (owned);
      return isth_record_ref (before);
    }
  return link;
}

static IsthDigest
digest_capture (const IsthCapture *capture)
{
  IsthDigest digest = new_digest ();

  digest_texts (&digest, (const char *const[]) { capture->path ? capture->path : "", capture->sha256 ? capture->sha256 : "",
                                                 capture->format ? capture->format : "", NULL });
  digest_texts (&digest, (const char *const *) capture->link_types);
  digest_texts (&digest, (const char *const *) capture->notes);
  digest_number (&digest, capture->id);
  digest_number (&digest, capture->fingerprint);
  digest_number (&digest, capture->size);
  digest_number (&digest, capture->frames);
  digest_number (&digest, capture->bytes);
  digest_number (&digest, capture->cut_frames);
  digest_number (&digest, capture->dropped);
  digest_number (&digest, capture->damaged);
  digest_number (&digest, (uint64_t) (capture->dropped_known << 2 | capture->truncated << 1 | capture->complete));
  digest_number (&digest, (uint64_t) capture->first);
  digest_number (&digest, (uint64_t) capture->last);
  return digest;
}

IsthCapture *
isth_record_make_capture (const IsthFactCapture *about,
                          uint32_t id,
                          IsthCapture *const *before,
                          uint32_t n_before)
{
  static const char *const none[] = { NULL };
  OwnedCapture *owned = isth_record_new (sizeof *owned, capture_clear);

  owned->capture = (IsthCapture) { .record = owned->capture.record,
                                   .id = id,
                                   .path = g_strdup (about->path ? about->path : ""),
                                   .sha256 = g_strdup (about->sha256 ? about->sha256 : ""),
                                   .format = g_strdup (about->format ? about->format : ""),
                                   .link_types = g_strdupv (about->link_types ? about->link_types : (char **) none),
                                   .notes = g_strdupv (about->notes ? about->notes : (char **) none),
                                   .fingerprint = about->fingerprint,
                                   .size = about->size,
                                   .frames = about->frames,
                                   .bytes = about->bytes,
                                   .cut_frames = about->cut_frames,
                                   .dropped = about->dropped,
                                   .damaged = about->damaged,
                                   .dropped_known = about->dropped_known,
                                   .truncated = about->truncated,
                                   .complete = about->complete,
                                   .first = about->first,
                                   .last = about->last };
  owned->digest = digest_capture (&owned->capture);
  for (uint32_t i = 0; i < n_before; i++)
    if (same_digest (&owned->digest, &((OwnedCapture *) before[i])->digest))
      {
        isth_record_unref (owned);
        return isth_record_ref (before[i]);
      }
  return &owned->capture;
}

static int
compare_counts (const void *a,
                const void *b)
{
  return strcmp (((const IsthHealthCount *) a)->what, ((const IsthHealthCount *) b)->what);
}

/* The counts of one group over all captures, sorted and folded. */
static uint32_t
fill_counts (const IsthResolve *self,
             Chunk **chunks,
             const char *group,
             IsthHealthCount **result)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (IsthHealthCount));
  uint32_t n = 0;

  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_health; i++)
      {
        const IsthFactHealth *row = &self->captures[c].view.health[i];
        IsthHealthCount count = { isth_facts_string (self->captures[c].facts, row->what), row->count };

        if (g_str_equal (isth_facts_string (self->captures[c].facts, row->group), group))
          g_array_append_val (counts, count);
      }
  g_array_sort (counts, compare_counts);
  *result = take (chunks, counts->len * sizeof **result);
  for (uint32_t i = 0; i < counts->len; i++)
    {
      IsthHealthCount count = g_array_index (counts, IsthHealthCount, i);

      if (n && g_str_equal ((*result)[n - 1].what, count.what))
        (*result)[n - 1].count += count.count;
      else
        (*result)[n++] = (IsthHealthCount) { take_text (chunks, count.what), count.count };
    }
  return n;
}

static void
digest_counts (IsthDigest *digest,
               const IsthHealthCount *counts,
               uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    {
      digest_text (digest, counts[i].what);
      digest_number (digest, counts[i].count);
    }
  digest_number (digest, n);
}

IsthHealth *
isth_record_make_health (const IsthResolve *self,
                         IsthHealth *before)
{
  OwnedHealth *owned = isth_record_new (sizeof *owned, health_clear);
  IsthHealth *health = &owned->health;

  for (uint32_t c = 0; c < self->n_captures; c++)
    health->frames += self->captures[c].about->frames;
  health->n_not_decoded = fill_counts (self, &owned->chunks, "not-decoded", &health->not_decoded);
  health->n_malformed = fill_counts (self, &owned->chunks, "malformed", &health->malformed);
  health->n_limits = fill_counts (self, &owned->chunks, "limit", &health->limits);
  owned->digest = new_digest ();
  digest_number (&owned->digest, health->frames);
  digest_counts (&owned->digest, health->not_decoded, health->n_not_decoded);
  digest_counts (&owned->digest, health->malformed, health->n_malformed);
  digest_counts (&owned->digest, health->limits, health->n_limits);
  if (before && same_digest (&owned->digest, &((OwnedHealth *) before)->digest))
    {
      isth_record_unref (owned);
      return isth_record_ref (before);
    }
  return health;
}
