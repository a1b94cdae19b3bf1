/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds facts and people's words, and makes the next snapshot of them. */
#include "analysis/world/world.h"

#include <malloc.h>
#include <string.h>

#include "analysis/base/pages.h"
#include "analysis/world/crossings.h"
#include "analysis/world/networks.h"
#include "analysis/world/records.h"
#include "analysis/world/sessions.h"

#define AHEAD 8 /* records, or their places, that are on their way from memory */

struct _IsthWorld
{
  GPtrArray *facts;
  GArray *edits;             /* IsthEdit */
  GHashTable *acknowledged;  /* uint64_t, owned */
  IsthReviewBook *reviews;
  IsthSnapshot *last;
  IsthArena *arena;          /* of the records of the first snapshot, where all of them are in one; NULL */
  uint64_t generation;
};

static void
edit_clear (gpointer data)
{
  IsthEdit *edit = data;

  g_free ((char *) edit->about.child);
  g_free ((char *) edit->value);
  g_free ((char *) edit->author);
}

IsthWorld *
isth_world_new (void)
{
  IsthWorld *self = g_new0 (IsthWorld, 1);

  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) isth_facts_unref);
  self->edits = g_array_new (FALSE, FALSE, sizeof (IsthEdit));
  g_array_set_clear_func (self->edits, edit_clear);
  self->acknowledged = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->reviews = isth_review_book_new ();
  return self;
}

void
isth_world_free (IsthWorld *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->facts);
  g_array_unref (self->edits);
  g_hash_table_unref (self->acknowledged);
  isth_review_book_free (self->reviews);
  isth_snapshot_unref (self->last);
  isth_arena_unref (self->arena);
  g_free (self);
}

void
isth_world_add_facts (IsthWorld *self,
                      IsthFacts *facts)
{
  g_return_if_fail (!g_ptr_array_find (self->facts, facts, NULL));
  g_ptr_array_add (self->facts, isth_facts_ref (facts));
}

void
isth_world_remove_facts (IsthWorld *self,
                         IsthFacts *facts)
{
  g_ptr_array_remove (self->facts, facts);
}

IsthFacts *
isth_world_find_capture (const IsthWorld *self,
                         uint64_t fingerprint,
                         const char *sha256)
{
  if (fingerprint == 0) /* a pipe that has brought little yet */
    return NULL;
  for (guint i = 0; i < self->facts->len; i++)
    {
      IsthFacts *facts = g_ptr_array_index (self->facts, i);
      const IsthFactCapture *about = isth_facts_get_capture (facts);
      bool both = sha256 && *sha256 && about->sha256 && *about->sha256;

      if (about->fingerprint == fingerprint && (!both || g_str_equal (sha256, about->sha256)))
        return facts;
    }
  return NULL;
}

static bool
same_endpoint (const IsthEndpoint *a,
               const IsthEndpoint *b)
{
  return isth_address_equal (&a->mac, &b->mac) && isth_address_equal (&a->ip, &b->ip) &&
         g_str_equal (a->child ? a->child : "", b->child ? b->child : "");
}

void
isth_world_add_edit (IsthWorld *self,
                     const IsthEdit *edit)
{
  IsthEdit copy = *edit;

  g_return_if_fail (edit->attribute < ISTH_N_ATTRIBUTES);
  copy.about.child = g_strdup (edit->about.child ? edit->about.child : "");
  copy.value = g_strdup (edit->value ? edit->value : "");
  copy.author = g_strdup (edit->author ? edit->author : "");
  for (guint i = 0; i < self->edits->len; i++)
    {
      IsthEdit *other = &g_array_index (self->edits, IsthEdit, i);

      if (other->attribute != edit->attribute || !same_endpoint (&other->about, &edit->about))
        continue;
      if (other->time > copy.time)
        {
          edit_clear (&copy);
          return;
        }
      edit_clear (other);
      *other = copy;
      return;
    }
  g_array_append_val (self->edits, copy);
}

void
isth_world_acknowledge (IsthWorld *self,
                        uint64_t alert,
                        bool acknowledged)
{
  if (acknowledged)
    g_hash_table_add (self->acknowledged, g_memdup2 (&alert, sizeof alert));
  else
    g_hash_table_remove (self->acknowledged, &alert);
}

IsthSnapshot *
isth_world_get_last (const IsthWorld *self)
{
  return self->last;
}

void
isth_world_add_review (IsthWorld *self,
                       const IsthReview *review)
{
  isth_review_book_add (self->reviews, review);
}

IsthReviewList *
isth_world_get_reviews (const IsthWorld *self)
{
  return isth_review_book_list (self->reviews);
}

bool
isth_world_is_acknowledged (const IsthWorld *self,
                            uint64_t alert)
{
  return g_hash_table_contains (self->acknowledged, &alert);
}

GPtrArray *
isth_world_get_facts (const IsthWorld *self)
{
  return self->facts;
}

const IsthEdit *
isth_world_get_edits (const IsthWorld *self,
                      uint32_t *n)
{
  *n = self->edits->len;
  return (const IsthEdit *) (void *) self->edits->data;
}

GHashTable *
isth_world_get_acknowledged (const IsthWorld *self)
{
  return self->acknowledged;
}

/* By first time, then content: the order in which captures were opened is nobody's business. */
static int
compare_facts (const void *a,
               const void *b)
{
  const IsthFactCapture *x = isth_facts_get_capture (*(IsthFacts *const *) a);
  const IsthFactCapture *y = isth_facts_get_capture (*(IsthFacts *const *) b);

  if (x->first != y->first)
    return isth_compare_times (x->first, y->first);
  if (x->fingerprint != y->fingerprint)
    return isth_compare_numbers (x->fingerprint, y->fingerprint);
  if (g_strcmp0 (x->sha256, y->sha256) != 0)
    return g_strcmp0 (x->sha256, y->sha256);
  return g_strcmp0 (x->path, y->path);
}

static int
compare_edits (const void *a,
               const void *b)
{
  const IsthEdit *x = a, *y = b;

  if (x->time != y->time)
    return isth_compare_times (x->time, y->time);
  if (x->attribute != y->attribute)
    return isth_compare_numbers (x->attribute, y->attribute);
  return strcmp (x->value, y->value);
}

uint32_t
isth_resolve_keep (IsthResolve *self,
                   char *text)
{
  uint32_t number = isth_pool_find (&self->pool, text);

  if (number != ISTH_NONE)
    {
      g_free (text);
      return number;
    }
  g_ptr_array_add (self->kept, text);
  return isth_pool_add (&self->pool, text);
}

void
isth_resolve_drop_rows (IsthResolve *self,
                        IsthFactsTable table)
{
  for (uint32_t c = 0; c < self->n_captures && self->last; c++)
    {
      isth_facts_drop_rows (self->captures[c].facts, table);
      self->captures[c].view = isth_facts_view (self->captures[c].facts);
    }
}

void
isth_resolve_init (IsthResolve *self,
                   IsthWorld *world,
                   bool last)
{
  uint32_t n_roles = 0, n_operations = 0, n_events = 0;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < world->facts->len && last; i++)
    isth_facts_close (g_ptr_array_index (world->facts, i));
  if (last)
    malloc_trim (0);
  self->last = last;
  self->n_captures = world->facts->len;
  self->captures = g_new0 (IsthResolveCapture, MAX (self->n_captures, 1));
  self->edits = (const IsthEdit *) (void *) world->edits->data;
  self->n_edits = world->edits->len;
  self->site_ranges = isth_site_ranges_gather (self->edits, self->n_edits);
  self->macs.key_size = self->ips.key_size = sizeof (IsthAddress);
  self->children.key_size = sizeof (uint32_t[2]);
  isth_pool_init (&self->pool);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->claims = g_array_new (FALSE, FALSE, sizeof (IsthDraftClaim));
  self->bindings = g_array_new (FALSE, FALSE, sizeof (IsthDraftBinding));
  self->protocols = g_array_new (FALSE, FALSE, sizeof (IsthDraftWord));
  self->services = g_array_new (FALSE, FALSE, sizeof (IsthDraftService));

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      IsthResolveCapture *capture = &self->captures[c];

      capture->facts = g_ptr_array_index (world->facts, c);
      capture->view = isth_facts_view (capture->facts);
      capture->about = isth_facts_get_capture (capture->facts);
      capture->first = self->n_stations;
      capture->strings = g_new (uint32_t, MAX (capture->view.n_strings, 1));
      for (uint32_t i = 0; i < capture->view.n_strings; i++)
        capture->strings[i] = isth_pool_add (&self->pool, isth_facts_string (capture->facts, i));
      self->n_stations += capture->view.n_stations;
      self->n_conversations += capture->view.n_conversations;
      n_roles += capture->view.n_roles;
      n_operations += capture->view.n_operations;
      n_events += capture->view.n_events;
    }
  self->n_facts_texts = self->pool.n;
  /* Room for all at once: an array that grows is for a moment there twice. */
  self->roles = g_array_sized_new (FALSE, FALSE, sizeof (IsthDraftWord), n_roles);
  self->links = g_array_sized_new (FALSE, FALSE, sizeof (IsthDraftLink), self->n_conversations);
  self->operations = g_array_sized_new (FALSE, FALSE, sizeof (IsthDraftOperation), n_operations);
  self->sums = g_new (IsthDraftSums, MAX (n_operations, 1));
  self->events = g_array_sized_new (FALSE, FALSE, sizeof (IsthDraftEvent), n_events);
  self->stations = g_new (IsthResolveStation, MAX (self->n_stations, 1));
  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_stations; i++)
      *isth_resolve_station (self, c, i) = (IsthResolveStation) { .row = &self->captures[c].view.stations[i], .capture = c };
}

void
isth_resolve_drop_pairs (IsthResolve *self)
{
  g_clear_pointer (&self->pairs_by_mac, g_free);
  g_clear_pointer (&self->pairs, g_free);
}

/* What only the steps up to the claims need: who is one asset, and which one an address stands for. */
static void
resolve_drop_groups (IsthResolve *self)
{
  isth_resolve_drop_pairs (self);
  isth_index_close (&self->macs);
  isth_index_clear (&self->children);
  isth_union_clear (&self->nodes);
  g_clear_pointer (&self->mac_states, g_free);
  g_clear_pointer (&self->root_drafts, g_free);
}

/* What only the steps up to the networks need. */
static void
resolve_drop_scratch (IsthResolve *self)
{
  resolve_drop_groups (self);
  isth_resolve_drop_rows (self, ISTH_TABLE_NEIGHBOURS);
  isth_index_close (&self->ips);
  g_clear_pointer (&self->ip_states, g_free);
  g_clear_pointer (&self->ip_drafts, g_free);
}

/* What only assets are made of. */
static void
resolve_drop_assets (IsthResolve *self)
{
  g_clear_pointer (&self->drafts, g_free);
  g_clear_pointer (&self->draft_ranks, g_free);
  g_clear_pointer (&self->draft_names, g_free);
  isth_index_clear (&self->macs);
  isth_index_clear (&self->ips);
  g_clear_pointer (&self->stations, g_free);
  g_clear_pointer (&self->by_draft, g_free);
  g_clear_pointer (&self->mac_drafts, g_free);
  g_clear_pointer (&self->names, g_string_chunk_free);
  g_clear_pointer (&self->claims, g_array_unref);
  g_clear_pointer (&self->site_ranges, g_array_unref);
  g_clear_pointer (&self->bindings, g_array_unref);
  g_clear_pointer (&self->roles, g_array_unref);
  g_clear_pointer (&self->protocols, g_array_unref);
  g_clear_pointer (&self->services, g_array_unref);
}

void
isth_resolve_clear (IsthResolve *self)
{
  resolve_drop_scratch (self);
  resolve_drop_assets (self);
  for (uint32_t c = 0; c < self->n_captures; c++)
    g_free (self->captures[c].strings);
  g_free (self->captures);
  g_free (self->draft_ids);
  g_free (self->controls);
  g_free (self->links_by_id);
  isth_pool_clear (&self->pool);
  g_ptr_array_unref (self->kept);
  g_array_unref (self->links);
  g_array_unref (self->operations);
  g_free (self->sums);
  g_array_unref (self->events);
  g_clear_pointer (&self->subnets, g_array_unref); /* none before the levels */
}

/* Sorted by id, they lie anywhere: what is looked at is asked for early. */
static void
clear_records (gpointer *records,
               uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    {
      if (i + AHEAD < n)
        __builtin_prefetch (records[i + AHEAD], 1);
      isth_record_unref (records[i]);
    }
  g_free (records);
}

void
isth_resolve_clear_snapshot (gpointer data)
{
  IsthSnapshot *self = data;

  clear_records ((gpointer *) self->assets, self->n_assets);
  g_free (self->asset_ids);
  clear_records ((gpointer *) self->links, self->n_links);
  clear_records ((gpointer *) self->alerts, self->n_alerts);
  clear_records ((gpointer *) self->sessions, self->n_sessions);
  clear_records ((gpointer *) self->captures, self->n_captures);
  isth_record_unref (self->transfers);
  isth_record_unref (self->networks);
  isth_record_unref (self->crossings);
  isth_record_unref (self->reviews);
  isth_record_unref (self->health);
}

/* The record with @id from *@position on, or NULL; ids come in rising order. */
static gpointer
find_next (gpointer const *records,
           uint32_t n,
           uint32_t *position,
           uint64_t id)
{
  while (*position < n && isth_record_id (records[*position]) < id)
    (*position)++;
  return *position < n && isth_record_id (records[*position]) == id ? records[*position] : NULL;
}

/* Of each run of ISTH_TOGETHER stations the last draft that has one of them. */
static uint32_t *
find_last_uses (const IsthResolve *resolve)
{
  uint32_t *last = g_new0 (uint32_t, resolve->n_stations / ISTH_TOGETHER + 1);

  for (uint32_t i = 0; i < resolve->n_drafts; i++)
    for (uint32_t s = resolve->drafts[i].first_station; s < resolve->drafts[i].first_station + resolve->drafts[i].n_stations; s++)
      last[resolve->by_draft[s] / ISTH_TOGETHER] = i;
  return last;
}

static void
resolve_drop_stations (IsthResolve *self,
                       uint32_t from,
                       uint32_t to)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      uint32_t first = self->captures[c].first, n = self->captures[c].view.n_stations;
      uint32_t low = CLAMP (from, first, first + n) - first, high = CLAMP (to, first, first + n) - first;

      if (low < high)
        isth_facts_drop_some (self->captures[c].facts, ISTH_TABLE_STATIONS, low, high);
    }
}

/* Drops the claims of drafts [@from, @to), which lie in their order. */
static void
resolve_drop_claims (IsthResolve *self,
                     uint32_t from,
                     uint32_t to)
{
  IsthDraftClaim *claims = (IsthDraftClaim *) (void *) self->claims->data;
  uint32_t first = ISTH_NONE, end = 0;

  for (uint32_t i = from; i < to; i++)
    if (self->drafts[i].n_claims)
      {
        first = MIN (first, self->drafts[i].first_claim);
        end = self->drafts[i].first_claim + self->drafts[i].n_claims;
      }
  if (first < end)
    isth_pages_forget (&claims[first], &claims[end]);
}

/* Drops the drafts before number @made, of which the last ISTH_TOGETHER were not dropped yet, what is claimed of them, and stations that no later one has. */
static void
resolve_drop_drafts (IsthResolve *self,
                     uint32_t *last_uses,
                     uint32_t made)
{
  resolve_drop_claims (self, made - ISTH_TOGETHER, made);
  isth_pages_forget (&self->drafts[made - ISTH_TOGETHER], &self->drafts[made]);
  for (uint32_t run = 0; run < self->n_stations / ISTH_TOGETHER; run++)
    if (last_uses[run] < made)
      {
        if (self->last)
          resolve_drop_stations (self, run * ISTH_TOGETHER, (run + 1) * ISTH_TOGETHER);
        isth_pages_forget (&self->stations[run * ISTH_TOGETHER], &self->stations[(run + 1) * ISTH_TOGETHER]);
        last_uses[run] = ISTH_NONE; /* once */
      }
}

/* Made in the order of the drafts, put where their ids belong; in the place of the one before. Parts come first, for they look at what they are part of. */
static void
fill_assets (IsthSnapshot *self,
             IsthRecordMaker *maker,
             IsthResolve *resolve,
             const IsthSnapshot *before)
{
  g_autofree uint32_t *last_uses = find_last_uses (resolve);

  self->n_assets = resolve->n_drafts;
  self->asset_ids = g_new (uint64_t, MAX (self->n_assets, 1));
  for (uint32_t i = 0; i < self->n_assets; i++)
    self->asset_ids[resolve->draft_ranks[i]] = resolve->draft_ids[i];
  self->assets = g_new0 (IsthAsset *, MAX (self->n_assets, 1));
  for (uint32_t i = 0, old = 0; i < self->n_assets && before; i++)
    self->assets[i] = find_next ((gpointer const *) before->assets, before->n_assets, &old, self->asset_ids[i]);
  for (int whole = 0; whole < 2; whole++)
    for (uint32_t i = 0; i < self->n_assets; i++)
      {
        IsthAsset **asset = &self->assets[resolve->draft_ranks[i]];

        if (whole)
          isth_record_prefetch_asset (resolve, i);
        if (whole && i + AHEAD < self->n_assets)
          __builtin_prefetch (&self->assets[resolve->draft_ranks[i + AHEAD]], 1);
        if ((resolve->drafts[i].parent == ISTH_NONE) == whole)
          *asset = isth_record_make_asset (maker, i, *asset);
        if (whole && i > 0 && i % ISTH_TOGETHER == 0)
          resolve_drop_drafts (resolve, last_uses, i);
      }
}

/* Made in the order of their ids: whoever looks at all of them does so often. */
static void
fill_links (IsthSnapshot *self,
            IsthRecordMaker *maker,
            IsthResolve *resolve,
            const IsthSnapshot *before)
{
  isth_resolve_order_links (resolve);
  self->links = g_new (IsthLink *, MAX (resolve->links->len, 1));
  for (uint32_t old = 0; self->n_links < resolve->links->len; self->n_links++)
    {
      uint64_t id = g_array_index (resolve->links, IsthDraftLink, self->n_links).id;
      IsthLink *known = before ? find_next ((gpointer const *) before->links, before->n_links, &old, id) : NULL;

      self->links[self->n_links] = isth_record_make_link (maker, self->n_links, known);
      if (self->n_links > 0 && self->n_links % ISTH_TOGETHER == 0)
        isth_resolve_drop_links (resolve, self->n_links - ISTH_TOGETHER, self->n_links);
    }
}

/* What is asked of other drafts than the one in hand, which may be gone by then. */
static void
keep_ids (IsthResolve *self,
          IsthRecordMaker *maker)
{
  const char *reason;

  self->names = g_string_chunk_new (4096);
  self->draft_ids = g_new (uint64_t, MAX (self->n_drafts, 1));
  self->draft_names = g_new0 (const char *, MAX (self->n_drafts, 1));
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      uint32_t behind = self->drafts[i].behind;

      self->draft_ids[i] = self->drafts[i].id;
      if (behind != ISTH_NONE && !self->draft_names[behind])
        self->draft_names[behind] = g_string_chunk_insert (self->names, isth_namer_make (&maker->namer, &self->drafts[behind], &reason));
    }
}

/* Makes the records of a resolved world; those that are as in @before are taken over. Drops what it was made of on the way: the records of a large
 * network need the room. */
static void
fill_snapshot (IsthSnapshot *self,
               IsthResolve *resolve,
               IsthArena *arena,
               const IsthSnapshot *before)
{
  g_auto(IsthSessions) sessions = { NULL, NULL };
  IsthRecordMaker maker;

  isth_record_maker_init (&maker, resolve, arena);
  self->first = self->last = ISTH_NO_TIME;
  self->captures = g_new (IsthCapture *, MAX (resolve->n_captures, 1));
  for (; self->n_captures < resolve->n_captures; self->n_captures++)
    {
      const IsthResolveCapture *capture = &resolve->captures[self->n_captures];

      self->captures[self->n_captures] = isth_record_make_capture (capture->about, self->n_captures, before ? before->captures : NULL,
                                                                   before ? before->n_captures : 0);
      isth_span_add (&self->first, &self->last, capture->about->first, capture->about->last);
      isth_histogram_merge (&self->histogram, isth_facts_get_histogram (capture->facts));
    }

  if (arena)
    malloc_trim (0); /* they take none of the room of what was freed */
  keep_ids (resolve, &maker);
  self->transfers = isth_record_make_transfers (&maker, before ? before->transfers : NULL);
  sessions = isth_sessions_gather (resolve);
  isth_resolve_drop_rows (resolve, ISTH_TABLE_TRANSFERS);
  fill_assets (self, &maker, resolve, before);
  resolve_drop_assets (resolve);
  isth_resolve_drop_rows (resolve, ISTH_TABLE_STATIONS);
  fill_links (self, &maker, resolve, before);
  self->crossings = isth_crossings_make (self, before ? before->crossings : NULL);
  isth_sessions_fill (self, &sessions, &maker, before);
  self->health = isth_record_make_health (&maker, before ? before->health : NULL);
  isth_record_maker_clear (&maker);
}

/* For records of which none is there yet, and none will take the place of another: they need no memory of their own, and texts and bytes of the facts, which
 * will not change, no copies. */
static IsthArena *
make_arena (IsthWorld *self)
{
  IsthArena *arena = isth_arena_new ();

  for (guint i = 0; i < self->facts->len; i++)
    isth_arena_keep (arena, isth_facts_ref (g_ptr_array_index (self->facts, i)), (GDestroyNotify) isth_facts_unref);
  return arena;
}

static IsthSnapshot *
resolve_world (IsthWorld *self,
               IsthDetect detect,
               gpointer user_data,
               bool last)
{
  IsthSnapshot *snapshot = isth_record_new (sizeof *snapshot, isth_resolve_clear_snapshot);
  IsthArena *arena = NULL;
  IsthResolve resolve;

  g_ptr_array_sort (self->facts, compare_facts);
  g_array_sort (self->edits, compare_edits);
  isth_resolve_init (&resolve, self, last);
  isth_resolve_addresses (&resolve);
  isth_resolve_groups (&resolve);
  isth_resolve_claims (&resolve);
  resolve_drop_groups (&resolve);
  isth_resolve_links (&resolve);
  isth_resolve_kinds (&resolve);
  isth_resolve_levels (&resolve);
  snapshot->networks = isth_networks_make (&resolve, self->last ? self->last->networks : NULL);
  resolve_drop_scratch (&resolve);

  snapshot->generation = ++self->generation;
  if (last && !self->last)
    arena = self->arena = make_arena (self);
  fill_snapshot (snapshot, &resolve, arena, self->last);
  snapshot->reviews = isth_review_book_list (self->reviews);
  isth_resolve_clear (&resolve);
  if (arena)
    malloc_trim (0);
  if (detect)
    detect (snapshot, self->last, user_data);

  isth_snapshot_unref (self->last);
  self->last = isth_snapshot_ref (snapshot);
  return snapshot;
}

IsthSnapshot *
isth_world_resolve (IsthWorld *self,
                    IsthDetect detect,
                    gpointer user_data)
{
  return resolve_world (self, detect, user_data, false);
}

IsthSnapshot *
isth_world_resolve_last (IsthWorld *self,
                         IsthDetect detect,
                         gpointer user_data)
{
  return resolve_world (self, detect, user_data, true);
}
