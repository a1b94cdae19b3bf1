/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bounded ring of batches between the reading thread and the analysing one. What both look at is the two counters; a batch
 * belongs to one of them at a time. */
#include "analysis/engine/batches.h"

#include "analysis/base/timing.h"
#include "analysis/capture/filter.h"
#include "analysis/decode/decoder.h"

#define RING 16         /* batches: some 4,000 packets on their way */
#define RESUME 8        /* free ones at which a reader that waits is woken: sleeping and waking cost as much as a hundred packets */
#define CACHE_LINE 64
#define EXPIRE_EVERY 1024 /* frames, by their numbers: wherever batches end */
#define AHEAD 256        /* frames that go from thread to thread at once: some batches */

/* Frames that were read. What goes from thread to thread is dear, so it is only what was read: what they say is found out where it is needed. */
typedef struct
{
  IsthFrame frames[AHEAD];
  size_t n;
  bool full, idle, ended; /* as in IsthBatch */
  IsthCaptureInfo info;   /* behind these frames; its strings and lists are not the analysing thread's to look at */
  gpointer held;          /* of the source: the frames' bytes */
  IsthCaptureInfo *words; /* a copy, when its strings or lists have changed */
} Entry;

/* What in the info is not a plain number and changes while reading, as a number that changes with it. */
typedef struct
{
  guint counts[4];
  uint64_t dropped;
} Mark;

struct _IsthBatches
{
  IsthDecoder *decoder;
  const IsthFlowTable *flows; /* borrowed */
  char *expression;
  GHashTable *filters;     /* link type → IsthFilter */
  unsigned int threads;

  IsthSource *source;      /* borrowed */
  bool ahead;              /* on a thread of its own */
  GThread *thread;
  Entry *entries;          /* RING of them */
  uint64_t given;          /* batches; the analysing thread's, as the decoder, the filters and all up to words */
  bool ended;
  Entry *entry;            /* in hand; NULL: all of it was given */
  size_t taken;            /* frames of it */
  IsthBatch *batch;        /* in hand */
  GPtrArray *assembled;    /* payloads in it put together from fragments; NULL: none */
  GArray *lost;            /* IsthBatchLost; NULL: none */
  IsthCaptureInfo info;
  IsthCaptureInfo *words;  /* the last that came with a batch */
  Mark mark;               /* the reader's: of the words that it sent last */
  int64_t marked;          /* when */

  GMutex lock;
  GCond changed;
  uint64_t made, freed;    /* under the lock, as all that follows */
  bool reader_waits, user_waits;
  bool stopped;
};

IsthBatches *
isth_batches_new (const IsthFlowTable *flows)
{
  IsthBatches *self = g_new0 (IsthBatches, 1);

  self->flows = flows;
  self->decoder = isth_decoder_new ();
  self->filters = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) isth_filter_free);
  self->threads = 1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

void
isth_batches_free (IsthBatches *self)
{
  if (!self)
    return;
  isth_batches_end (self);
  isth_capture_info_free (self->words);
  isth_decoder_free (self->decoder);
  g_hash_table_unref (self->filters);
  g_free (self->expression);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
isth_batches_set_threads (IsthBatches *self,
                          unsigned int threads)
{
  self->threads = threads;
}

bool
isth_batches_set_filter (IsthBatches *self,
                         const char *expression,
                         GError **error)
{
  IsthFilter *probe = NULL;

  if (expression)
    {
      probe = isth_filter_new (expression, 1, error); /* LINKTYPE_ETHERNET: the words are the same for all */
      if (!probe)
        return false;
    }
  isth_filter_free (probe);
  g_hash_table_remove_all (self->filters);
  g_free (self->expression);
  self->expression = g_strdup (expression);
  return true;
}

static bool
passes_filter (IsthBatches *self,
               const IsthFrame *frame)
{
  gpointer key = GUINT_TO_POINTER (frame->link_type);
  gpointer filter;

  if (!self->expression)
    return true;
  if (!g_hash_table_lookup_extended (self->filters, key, NULL, &filter))
    {
      /* A link type on which the expression means nothing: none of its frames match. */
      filter = isth_filter_new (self->expression, frame->link_type, NULL);
      g_hash_table_insert (self->filters, key, filter);
    }
  return filter && isth_filter_match (filter, frame->data, frame->captured, frame->wire);
}

/* The decoder lends a payload that it put together until the next frame; the batch has it for longer. */
static void
keep_assembled (IsthBatches *self,
                IsthPacket *packet)
{
  uint32_t length = packet->payload.length;
  uint8_t *copy = g_memdup2 (packet->payload.data, length);

  if (!self->assembled)
    self->assembled = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->assembled, copy);
  packet->payload.data = copy;
}

static void
add_lost (IsthBatches *self,
          const IsthPacket *packets,
          uint32_t n)
{
  IsthBatch *batch = self->batch;

  if (!self->lost)
    self->lost = g_array_new (FALSE, FALSE, sizeof (IsthBatchLost));
  for (uint32_t i = 0; i < n; i++)
    {
      IsthBatchLost lost = { .packet = packets[i], .before = batch->n };

      isth_flow_probe_init (&lost.probe, &packets[i]);
      g_array_append_val (self->lost, lost);
    }
  batch->lost = (const IsthBatchLost *) (gconstpointer) self->lost->data;
  batch->n_lost = self->lost->len;
}

static inline void
keep_lost (IsthBatches *self)
{
  uint32_t n;
  const IsthPacket *packets = isth_decoder_get_lost (self->decoder, &n);

  if (G_UNLIKELY (n > 0))
    add_lost (self, packets, n);
}

static void
clear_batch (IsthBatches *self)
{
  g_clear_pointer (&self->assembled, g_ptr_array_unref);
  g_clear_pointer (&self->lost, g_array_unref);
}

/* The decoder and the batch need more than a look at @packet, which is not plain. */
static void G_GNUC_NO_INLINE
keep_unusual (IsthBatches *self,
              IsthPacket *packet)
{
  if (packet->fragment || packet->reassembled)
    keep_lost (self);
  if (packet->reassembled)
    keep_assembled (self, packet);
}

/* Makes the batch in hand of the next frames that were read. */
static void
decode (IsthBatches *self,
        const Entry *entry)
{
  IsthBatch *batch = self->batch;
  const IsthFrame *frame = entry->frames + self->taken;
  const size_t n = MIN (ISTH_BATCH, entry->n - self->taken);

  clear_batch (self);
  self->taken += n;
  batch->n = batch->n_lost = 0;
  batch->lost = NULL;
  batch->filtered = 0;
  batch->full = entry->full || self->taken < entry->n;
  batch->idle = entry->idle;
  batch->ended = entry->ended;
  for (const IsthFrame *end = frame + n; frame < end; frame++)
    {
      IsthPacket *packet = &batch->packets[batch->n];

      if (G_UNLIKELY (frame->number % EXPIRE_EVERY == 0))
        {
          isth_decoder_expire (self->decoder, frame->number, frame->time);
          keep_lost (self);
        }
      if (!passes_filter (self, frame))
        {
          batch->filtered++;
          continue;
        }
      packet->number = frame->number;
      isth_decoder_decode (self->decoder, frame->link_type, frame->data, frame->captured, frame->wire, frame->time, packet);
      if (G_UNLIKELY (!packet->plain))
        keep_unusual (self, packet);
      isth_flow_probe_init (&batch->probes[batch->n], packet);
      isth_flow_table_prefetch_slot (self->flows, &batch->probes[batch->n++]); /* needed when all of the batch is decoded */
    }
  if (batch->ended)
    {
      isth_decoder_give_up (self->decoder);
      keep_lost (self);
    }
}

static void
clear_entry (IsthBatches *self,
             Entry *entry)
{
  if (entry->held)
    isth_source_release (self->source, g_steal_pointer (&entry->held));
  g_clear_pointer (&entry->words, isth_capture_info_free);
}

static Mark
get_mark (const IsthCaptureInfo *info)
{
  Mark mark = { { info->interfaces->len, info->notes->len, info->comments->len, info->names->len }, 0 };

  for (guint i = 0; i < MIN (info->interfaces->len, 64); i++)
    mark.dropped += ((const IsthCaptureInterface *) info->interfaces->pdata[i])->dropped;
  return mark;
}

/* The plain numbers go with each batch. The words go when they changed, a few times a second at most and at the end. */
static void
send_info (IsthBatches *self,
           Entry *entry)
{
  const IsthCaptureInfo *info = isth_source_get_info (self->source);
  Mark mark = get_mark (info);
  int64_t now;

  entry->info = *info;
  if (!self->ahead || (!entry->ended && memcmp (&mark, &self->mark, sizeof mark) == 0))
    return;
  now = g_get_monotonic_time ();
  if (!entry->ended && !entry->idle && now - self->marked < G_USEC_PER_SEC / 10)
    return;
  self->mark = mark;
  self->marked = now;
  entry->words = isth_capture_info_copy (info);
}

static void
fill (IsthBatches *self,
      Entry *entry)
{
  size_t size = self->ahead ? AHEAD : ISTH_BATCH;

  entry->n = isth_source_read (self->source, entry->frames, size);
  entry->full = entry->n == size;
  entry->idle = entry->n == 0 && isth_source_is_idle (self->source);
  entry->ended = entry->n == 0 && !entry->idle;
  if (self->ahead && entry->n > 0)
    entry->held = isth_source_hold (self->source);
  send_info (self, entry);
}

/* The reader's next entry, once it is free; NULL: stopped. */
static Entry *
wait_for_room (IsthBatches *self)
{
  Entry *entry = NULL;

  g_mutex_lock (&self->lock);
  while (!self->stopped && self->made - self->freed >= RING)
    {
      self->reader_waits = true;
      g_cond_wait (&self->changed, &self->lock);
    }
  if (!self->stopped)
    entry = &self->entries[self->made % RING];
  g_mutex_unlock (&self->lock);
  return entry;
}

static gpointer
read_thread (gpointer data)
{
  IsthBatches *self = data;
  bool ended = false;
  Entry *entry;

  while (!ended && (entry = wait_for_room (self)))
    {
      fill (self, entry);
      ended = entry->ended;
      g_mutex_lock (&self->lock);
      self->made++;
      if (self->user_waits)
        {
          self->user_waits = false;
          g_cond_signal (&self->changed);
        }
      g_mutex_unlock (&self->lock);
    }
  isth_timing_charge ("reading");
  return NULL;
}

void
isth_batches_begin (IsthBatches *self,
                    IsthSource *source)
{
  g_return_if_fail (!self->source);
  self->source = source;
  self->given = self->made = self->freed = 0;
  self->entry = NULL;
  self->ended = self->reader_waits = self->user_waits = self->stopped = false;
  self->info = *isth_source_get_info (source);
  self->ahead = self->threads > 1;
  self->batch = g_aligned_alloc (1, sizeof *self->batch, CACHE_LINE);
  self->entries = g_aligned_alloc (self->ahead ? RING : 1, sizeof *self->entries, CACHE_LINE);
  for (size_t i = 0; i < (self->ahead ? RING : 1); i++)
    {
      self->entries[i].held = NULL;
      self->entries[i].words = NULL;
    }
  if (!self->ahead)
    return;

  isth_capture_info_free (self->words);
  self->words = isth_capture_info_copy (&self->info);
  self->mark = get_mark (&self->info);
  self->marked = 0;
  self->thread = g_thread_try_new ("reader", read_thread, self, NULL);
  if (!self->thread)
    self->ahead = false;
}

/* Puts the strings and lists that are ours in the place of those that the reader may be changing. */
static void
take_words (IsthBatches *self,
            Entry *entry)
{
  const IsthCaptureInfo *words;

  if (entry->words)
    {
      isth_capture_info_free (self->words);
      self->words = g_steal_pointer (&entry->words);
    }
  words = self->words;
  self->info.path = words->path;
  self->info.format = words->format;
  self->info.sha256 = words->sha256;
  self->info.interfaces = words->interfaces;
  self->info.notes = words->notes;
  self->info.comments = words->comments;
  self->info.names = words->names;
}

/* Gives back the batch in hand and waits for another. */
static Entry *
wait_for_batch (IsthBatches *self)
{
  if (self->given > 0)
    clear_entry (self, &self->entries[(self->given - 1) % RING]);

  g_mutex_lock (&self->lock);
  self->freed = self->given;
  if (self->reader_waits && RING - (self->made - self->freed) >= RESUME)
    {
      self->reader_waits = false;
      g_cond_signal (&self->changed);
    }
  while (self->made == self->given)
    {
      self->user_waits = true;
      g_cond_wait (&self->changed, &self->lock);
    }
  g_mutex_unlock (&self->lock);
  return &self->entries[self->given++ % RING];
}

/* Takes frames in hand. */
static void
next_entry (IsthBatches *self)
{
  self->taken = 0;
  if (self->ahead)
    {
      self->entry = wait_for_batch (self);
      return;
    }
  clear_entry (self, self->entries);
  fill (self, self->entries);
  self->entry = self->entries;
}

const IsthBatch *
isth_batches_next (IsthBatches *self)
{
  if (self->ended)
    {
      self->batch->n_lost = 0;
      return self->batch;
    }
  if (!self->entry)
    next_entry (self);
  decode (self, self->entry);
  if (self->taken < self->entry->n)
    return self->batch;
  self->ended = self->entry->ended;
  self->info = self->entry->info;
  if (self->ahead)
    take_words (self, self->entry);
  self->entry = NULL;
  return self->batch;
}

const IsthCaptureInfo *
isth_batches_get_info (const IsthBatches *self)
{
  return &self->info;
}

const uint64_t *
isth_batches_get_limits (const IsthBatches *self)
{
  return isth_decoder_get_limits (self->decoder);
}

static void
stop_thread (IsthBatches *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = true;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  if (!self->ended)
    isth_source_cancel (self->source);
  g_thread_join (g_steal_pointer (&self->thread));
  for (size_t i = 0; i < RING; i++)
    clear_entry (self, &self->entries[i]);
}

void
isth_batches_end (IsthBatches *self)
{
  if (!self->source)
    return;
  if (self->ahead)
    stop_thread (self);
  else
    clear_entry (self, self->entries);
  if (self->ended)
    self->info = *isth_source_get_info (self->source);
  clear_batch (self);
  isth_decoder_reset (self->decoder);
  g_clear_pointer (&self->entries, g_aligned_free);
  g_clear_pointer (&self->batch, g_aligned_free);
  self->source = NULL;
}
