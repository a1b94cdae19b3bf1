/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links, captures and health figures as records, made and compared like assets (records-assets.c). */
#include "analysis/world/records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_LISTS 4096 /* of words, that are shared */

void
isth_record_maker_init (IsthRecordMaker *self,
                        const IsthResolve *resolve,
                        IsthArena *arena)
{
  *self = (IsthRecordMaker) { .resolve = resolve, .bench.arena = arena };
  isth_namer_init (&self->namer, resolve);
  self->places = g_array_new (FALSE, FALSE, sizeof (IsthRecordPlace));
  self->words = g_new0 (const char *, resolve->pool.n);
}

void
isth_record_maker_clear (IsthRecordMaker *self)
{
  isth_bench_clear (&self->bench);
  isth_namer_clear (&self->namer);
  g_array_unref (self->places);
  g_free (self->words);
}

const char *
isth_record_text (IsthRecordMaker *self,
                  uint32_t number)
{
  const char *text = isth_resolve_text (self->resolve, number);

  return self->bench.arena && number < self->resolve->n_facts_texts ? text : isth_bench_text (&self->bench, text);
}

IsthEvidence
isth_record_evidence (IsthRecordMaker *self,
                      const IsthEvidence *evidence)
{
  return self->bench.arena ? *evidence : isth_bench_evidence (&self->bench, evidence);
}

const char *
isth_record_word (IsthRecordMaker *self,
                  uint32_t number)
{
  if (!self->words[number])
    self->words[number] = number ? g_intern_string (isth_resolve_text (self->resolve, number)) : "";
  return self->words[number];
}

static guint
hash_list (gconstpointer list)
{
  const char *const *words = list;
  uint64_t hash = 0;

  for (size_t i = 0; i < ISTH_SHARED_WORDS && words[i]; i++)
    hash = (hash + (uintptr_t) words[i]) * UINT64_C (0x9e3779b97f4a7c15);
  return (guint) (hash >> 32);
}

static gboolean
same_list (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, sizeof (char *[ISTH_SHARED_WORDS + 1])) == 0;
}

const char **
isth_record_share_words (IsthRecordMaker *self,
                         const char *const words[ISTH_SHARED_WORDS + 1])
{
  static GMutex lock;
  static GHashTable *lists;
  const char ***near = &self->lists[hash_list (words) % ISTH_SHARED_LISTS];

  if (*near && same_list (*near, words))
    return *near;
  g_mutex_lock (&lock);
  if (!lists)
    lists = g_hash_table_new (hash_list, same_list);
  *near = g_hash_table_lookup (lists, words);
  if (!*near && g_hash_table_size (lists) < MOST_LISTS)
    {
      *near = g_memdup2 (words, sizeof (char *[ISTH_SHARED_WORDS + 1]));
      g_hash_table_add (lists, *near);
    }
  g_mutex_unlock (&lock);
  return *near;
}

const char **
isth_record_no_words (void)
{
  static const char *none[] = { NULL };

  return none;
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
fill_operations (IsthRecordMaker *self,
                 const IsthDraftLink *draft,
                 IsthLink *link)
{
  const IsthResolve *resolve = self->resolve;
  IsthBench *bench = &self->bench;

  link->operations = isth_bench_take (bench, draft->n_operations * sizeof *link->operations);
  link->n_operations = draft->n_operations;
  for (uint32_t i = 0; i < draft->n_operations; i++)
    {
      const IsthDraftOperation *from = &g_array_index (resolve->operations, IsthDraftOperation, draft->first_operation + i);
      IsthLinkOperation *operation = &link->operations[i];

      *operation = (IsthLinkOperation) { .verb = from->verb,
                                         .function = from->function,
                                         .name = isth_record_word (self, from->name),
                                         .object = isth_record_text (self, from->object),
                                         .count = from->sums->count,
                                         .ok = from->sums->ok,
                                         .refused = from->sums->refused,
                                         .cycle = from->sums->cycle,
                                         .first = from->sums->first,
                                         .last = from->sums->last,
                                         .evidence = isth_record_evidence (self, &from->sums->evidence),
                                         .events = isth_bench_take (bench, from->n_events * sizeof *operation->events),
                                         .n_events = from->n_events };
      for (uint32_t e = 0; e < from->n_events; e++)
        {
          const IsthDraftEvent *event = &g_array_index (resolve->events, IsthDraftEvent, from->first_event + e);

          operation->events[e] = (IsthLinkEvent) { event->outcome, isth_record_text (self, event->text), isth_record_evidence (self, &event->evidence) };
        }
    }
}

static bool
same_operation (const IsthLinkOperation *a,
                const IsthLinkOperation *b)
{
  if (a->verb != b->verb || a->function != b->function || a->count != b->count || a->ok != b->ok || a->refused != b->refused ||
      a->first != b->first || a->last != b->last || a->n_events != b->n_events || !isth_same_text (a->name, b->name) ||
      !isth_same_text (a->object, b->object) || !isth_same_evidence (&a->evidence, &b->evidence))
    return false;
  for (uint32_t i = 0; i < a->n_events; i++)
    if (a->events[i].outcome != b->events[i].outcome || !isth_same_text (a->events[i].text, b->events[i].text) ||
        !isth_same_evidence (&a->events[i].evidence, &b->events[i].evidence))
      return false;
  return true;
}

/* What changes most is asked first. */
static bool
same_link (const IsthLink *a,
           const IsthLink *b)
{
  if (memcmp (a->packets, b->packets, sizeof a->packets) != 0 || memcmp (a->bytes, b->bytes, sizeof a->bytes) != 0 || a->flows != b->flows ||
      a->last != b->last || a->first != b->first || a->id != b->id || a->from != b->from || a->to != b->to || a->transport != b->transport ||
      a->proof != b->proof || a->port != b->port || a->crossing != b->crossing || a->reaches != b->reaches || a->verbs != b->verbs || a->n_operations != b->n_operations ||
      !isth_same_text (a->protocol, b->protocol) || !isth_same_activity (&a->activity, &b->activity))
    return false;
  for (uint32_t i = 0; i < a->n_operations; i++)
    if (!same_operation (&a->operations[i], &b->operations[i]))
      return false;
  return true;
}

static void
move_parts (const IsthBench *bench,
            IsthLink *link)
{
  ISTH_BENCH_MOVE (bench, link->operations);
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      IsthLinkOperation *operation = &link->operations[i];

      ISTH_BENCH_MOVE (bench, operation->object);
      ISTH_BENCH_MOVE (bench, operation->evidence.bytes);
      ISTH_BENCH_MOVE (bench, operation->events);
      for (uint32_t e = 0; e < operation->n_events; e++)
        {
          ISTH_BENCH_MOVE (bench, operation->events[e].text);
          ISTH_BENCH_MOVE (bench, operation->events[e].evidence.bytes);
        }
    }
}

IsthLink *
isth_record_make_link (IsthRecordMaker *self,
                       uint32_t number,
                       IsthLink *before)
{
  const IsthDraftLink *draft = &g_array_index (self->resolve->links, IsthDraftLink, number);
  IsthLink *link = isth_bench_begin (&self->bench, sizeof *link);

  link->id = draft->id;
  link->from = self->resolve->draft_ids[draft->from];
  link->to = self->resolve->draft_ids[draft->to];
  link->protocol = isth_record_word (self, draft->protocol);
  link->transport = draft->transport;
  link->proof = draft->proof;
  link->port = draft->port;
  link->crossing = draft->crossing;
  link->reaches = draft->reaches;
  memcpy (link->packets, draft->packets, sizeof link->packets);
  memcpy (link->bytes, draft->bytes, sizeof link->bytes);
  link->flows = draft->flows;
  link->verbs = draft->verbs;
  link->first = draft->first;
  link->last = draft->last;
  link->activity = draft->activity;
  fill_operations (self, draft, link);
  if (before && same_link (link, before))
    return isth_record_ref (before);
  link = isth_bench_pack (&self->bench);
  move_parts (&self->bench, link);
  return link;
}

static guint
count_parts (const IsthCapture *capture)
{
  return capture->offsets ? capture->offsets->parts->len : 0;
}

static bool
same_capture (const IsthCapture *a,
              const IsthCapture *b)
{
  return a->id == b->id && a->fingerprint == b->fingerprint && a->size == b->size && a->frames == b->frames && a->bytes == b->bytes &&
         a->cut_frames == b->cut_frames && a->dropped == b->dropped && a->damaged == b->damaged && a->dropped_known == b->dropped_known &&
         a->truncated == b->truncated && a->complete == b->complete && a->first == b->first && a->last == b->last &&
         count_parts (a) == count_parts (b) && isth_same_text (a->path, b->path) && isth_same_text (a->sha256, b->sha256) && isth_same_text (a->format, b->format) &&
         isth_same_texts ((const char *const *) a->link_types, (const char *const *) b->link_types) &&
         isth_same_texts ((const char *const *) a->notes, (const char *const *) b->notes);
}

IsthCapture *
isth_record_make_capture (const IsthFactCapture *about,
                          uint32_t id,
                          IsthCapture *const *before,
                          uint32_t n_before)
{
  static const char *const none[] = { NULL };
  IsthCapture *self = isth_record_new (sizeof *self, capture_clear);

  *self = (IsthCapture) { .record = self->record,
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
  for (uint32_t i = 0; i < n_before; i++)
    if (same_capture (self, before[i]))
      {
        isth_record_unref (self);
        return isth_record_ref (before[i]);
      }
  return self;
}

static int
compare_counts (const void *a,
                const void *b)
{
  return strcmp (((const IsthHealthCount *) a)->what, ((const IsthHealthCount *) b)->what);
}

/* The counts of one group over all captures, sorted and folded. */
static uint32_t
fill_counts (IsthRecordMaker *maker,
             const char *group,
             IsthHealthCount **result)
{
  const IsthResolve *self = maker->resolve;
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
  *result = isth_bench_take (&maker->bench, counts->len * sizeof **result);
  for (uint32_t i = 0; i < counts->len; i++)
    {
      IsthHealthCount count = g_array_index (counts, IsthHealthCount, i);

      if (n && g_str_equal ((*result)[n - 1].what, count.what))
        (*result)[n - 1].count += count.count;
      else
        (*result)[n++] = (IsthHealthCount) { isth_bench_text (&maker->bench, count.what), count.count };
    }
  return n;
}

static uint64_t
sum_count (const IsthResolve *self,
           const char *group,
           const char *what)
{
  uint64_t sum = 0;

  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_health; i++)
      {
        const IsthFactHealth *row = &self->captures[c].view.health[i];

        if (g_str_equal (isth_facts_string (self->captures[c].facts, row->group), group)
            && g_str_equal (isth_facts_string (self->captures[c].facts, row->what), what))
          sum += row->count;
      }
  return sum;
}

static void
fill_gaps (const IsthResolve *self,
           IsthHealth *health)
{
  uint64_t lost = sum_count (self, "gap", "lost"), late = sum_count (self, "gap", "late");

  if (lost <= late)
    return;
  health->missing_bytes = lost - late;
  health->lossy_connections = sum_count (self, "gap", "connections");
}

static bool
same_tally (const IsthFrameTally *a,
            const IsthFrameTally *b)
{
  return a->between == b->between && a->to_groups == b->to_groups && a->within == b->within && a->of_nobody == b->of_nobody && a->unnamed == b->unnamed
         && a->not_kept == b->not_kept && a->carried == b->carried;
}

static bool
same_counts (const IsthHealthCount *a,
             uint32_t n_a,
             const IsthHealthCount *b,
             uint32_t n_b)
{
  if (n_a != n_b)
    return false;
  for (uint32_t i = 0; i < n_a; i++)
    if (a[i].count != b[i].count || !isth_same_text (a[i].what, b[i].what))
      return false;
  return true;
}

static void
move_counts (const IsthBench *bench,
             IsthHealthCount **counts,
             uint32_t n)
{
  ISTH_BENCH_MOVE (bench, *counts);
  for (uint32_t i = 0; i < n; i++)
    ISTH_BENCH_MOVE (bench, (*counts)[i].what);
}

IsthHealth *
isth_record_make_health (IsthRecordMaker *self,
                         IsthHealth *before)
{
  IsthHealth *health = isth_bench_begin (&self->bench, sizeof *health);

  for (uint32_t c = 0; c < self->resolve->n_captures; c++)
    health->frames += self->resolve->captures[c].about->frames;
  health->tally = self->resolve->tally;
  health->tally.unnamed = sum_count (self->resolve, "frames", "unnamed");
  health->tally.not_kept = sum_count (self->resolve, "frames", "not-kept");
  health->blind_macs = self->resolve->blind_macs;
  health->copies = sum_count (self->resolve, "frames", "copies");
  fill_gaps (self->resolve, health);
  health->n_not_decoded = fill_counts (self, "not-decoded", &health->not_decoded);
  health->n_malformed = fill_counts (self, "malformed", &health->malformed);
  health->n_limits = fill_counts (self, "limit", &health->limits);
  if (before && health->frames == before->frames && same_tally (&health->tally, &before->tally) && health->missing_bytes == before->missing_bytes &&
      health->lossy_connections == before->lossy_connections && health->copies == before->copies && health->blind_macs == before->blind_macs &&
      same_counts (health->not_decoded, health->n_not_decoded, before->not_decoded, before->n_not_decoded) &&
      same_counts (health->malformed, health->n_malformed, before->malformed, before->n_malformed) &&
      same_counts (health->limits, health->n_limits, before->limits, before->n_limits))
    return isth_record_ref (before);
  health = isth_bench_pack (&self->bench);
  move_counts (&self->bench, &health->not_decoded, health->n_not_decoded);
  move_counts (&self->bench, &health->malformed, health->n_malformed);
  move_counts (&self->bench, &health->limits, health->n_limits);
  return health;
}
