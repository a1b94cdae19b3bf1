/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links, captures and health figures as records, made and compared like assets (records-assets.c). */
#include "analysis/world/records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/record-memory.h"

typedef struct
{
  IsthLink link; /* first: all of these begin like what they are given out as */
  IsthChunk *chunks;
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
  IsthChunk *chunks;
  IsthDigest digest;
} OwnedHealth;

static void
link_clear (gpointer data)
{
  isth_chunks_free (((OwnedLink *) data)->chunks);
}

static void
health_clear (gpointer data)
{
  isth_chunks_free (((OwnedHealth *) data)->chunks);
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
  isth_offsets_unref (self->offsets);
}

static void
fill_operations (const IsthResolve *self,
                 const IsthDraftLink *draft,
                 OwnedLink *owned)
{
  IsthLink *link = &owned->link;
  IsthChunk **chunks = &owned->chunks;

  link->operations = isth_chunk_take (chunks, draft->n_operations * sizeof *link->operations);
  link->n_operations = draft->n_operations;
  for (uint32_t i = 0; i < draft->n_operations; i++)
    {
      const IsthDraftOperation *from = &g_array_index (self->operations, IsthDraftOperation, draft->first_operation + i);
      IsthLinkOperation *operation = &link->operations[i];

      *operation = (IsthLinkOperation) { .verb = from->verb,
                                         .function = from->function,
                                         .name = isth_chunk_text (chunks, isth_resolve_text (self, from->name)),
                                         .object = isth_chunk_text (chunks, isth_resolve_text (self, from->object)),
                                         .count = from->count,
                                         .ok = from->ok,
                                         .refused = from->refused,
                                         .first = from->first,
                                         .last = from->last,
                                         .evidence = isth_chunk_evidence (chunks, &from->evidence),
                                         .events = isth_chunk_take (chunks, from->n_events * sizeof *operation->events),
                                         .n_events = from->n_events };
      for (uint32_t e = 0; e < from->n_events; e++)
        {
          const IsthDraftEvent *event = &g_array_index (self->events, IsthDraftEvent, from->first_event + e);

          operation->events[e] = (IsthLinkEvent) { event->outcome, isth_chunk_text (chunks, isth_resolve_text (self, event->text)),
                                                   isth_chunk_evidence (chunks, &event->evidence) };
        }
    }
}

static IsthDigest
digest_link (const IsthLink *link)
{
  IsthDigest digest = isth_digest_new ();

  isth_digest_number (&digest, link->id);
  isth_digest_number (&digest, link->from);
  isth_digest_number (&digest, link->to);
  isth_digest_text (&digest, link->protocol);
  isth_digest_number (&digest, (uint64_t) link->transport << 32 | (uint64_t) link->proof << 24 | (uint64_t) link->port << 1 | link->crossing);
  isth_digest_bytes (&digest, link->packets, sizeof link->packets);
  isth_digest_bytes (&digest, link->bytes, sizeof link->bytes);
  isth_digest_number (&digest, link->flows);
  isth_digest_number (&digest, link->verbs);
  isth_digest_number (&digest, (uint64_t) link->first);
  isth_digest_number (&digest, (uint64_t) link->last);
  isth_digest_activity (&digest, &link->activity);
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      const IsthLinkOperation *operation = &link->operations[i];

      isth_digest_number (&digest, operation->verb);
      isth_digest_number (&digest, (uint64_t) operation->function);
      isth_digest_text (&digest, operation->name);
      isth_digest_text (&digest, operation->object);
      isth_digest_number (&digest, operation->count);
      isth_digest_number (&digest, operation->ok);
      isth_digest_number (&digest, operation->refused);
      isth_digest_number (&digest, (uint64_t) operation->first);
      isth_digest_number (&digest, (uint64_t) operation->last);
      isth_digest_evidence (&digest, &operation->evidence);
      for (uint32_t e = 0; e < operation->n_events; e++)
        {
          isth_digest_number (&digest, operation->events[e].outcome);
          isth_digest_text (&digest, operation->events[e].text);
          isth_digest_evidence (&digest, &operation->events[e].evidence);
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
  link->protocol = isth_chunk_text (&owned->chunks, isth_resolve_text (self, draft->protocol));
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
  if (before && isth_digest_equal (&owned->digest, &((OwnedLink *) before)->digest))
    {
      isth_record_unref (owned);
      return isth_record_ref (before);
    }
  return link;
}

static IsthDigest
digest_capture (const IsthCapture *capture)
{
  IsthDigest digest = isth_digest_new ();

  isth_digest_texts (&digest, (const char *const[]) { capture->path ? capture->path : "", capture->sha256 ? capture->sha256 : "",
                                                 capture->format ? capture->format : "", NULL });
  isth_digest_texts (&digest, (const char *const *) capture->link_types);
  isth_digest_texts (&digest, (const char *const *) capture->notes);
  isth_digest_number (&digest, capture->id);
  isth_digest_number (&digest, capture->fingerprint);
  isth_digest_number (&digest, capture->size);
  isth_digest_number (&digest, capture->frames);
  isth_digest_number (&digest, capture->bytes);
  isth_digest_number (&digest, capture->cut_frames);
  isth_digest_number (&digest, capture->dropped);
  isth_digest_number (&digest, capture->damaged);
  isth_digest_number (&digest, (uint64_t) (capture->dropped_known << 2 | capture->truncated << 1 | capture->complete));
  isth_digest_number (&digest, (uint64_t) capture->first);
  isth_digest_number (&digest, (uint64_t) capture->last);
  isth_digest_number (&digest, capture->offsets ? capture->offsets->parts->len : 0);
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
                                   .last = about->last,
                                   .offsets = isth_offsets_ref (about->offsets) };
  owned->digest = digest_capture (&owned->capture);
  for (uint32_t i = 0; i < n_before; i++)
    if (isth_digest_equal (&owned->digest, &((OwnedCapture *) before[i])->digest))
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
             IsthChunk **chunks,
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
  *result = isth_chunk_take (chunks, counts->len * sizeof **result);
  for (uint32_t i = 0; i < counts->len; i++)
    {
      IsthHealthCount count = g_array_index (counts, IsthHealthCount, i);

      if (n && g_str_equal ((*result)[n - 1].what, count.what))
        (*result)[n - 1].count += count.count;
      else
        (*result)[n++] = (IsthHealthCount) { isth_chunk_text (chunks, count.what), count.count };
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
      isth_digest_text (digest, counts[i].what);
      isth_digest_number (digest, counts[i].count);
    }
  isth_digest_number (digest, n);
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
  owned->digest = isth_digest_new ();
  isth_digest_number (&owned->digest, health->frames);
  digest_counts (&owned->digest, health->not_decoded, health->n_not_decoded);
  digest_counts (&owned->digest, health->malformed, health->n_malformed);
  digest_counts (&owned->digest, health->limits, health->n_limits);
  if (before && isth_digest_equal (&owned->digest, &((OwnedHealth *) before)->digest))
    {
      isth_record_unref (owned);
      return isth_record_ref (before);
    }
  return health;
}
