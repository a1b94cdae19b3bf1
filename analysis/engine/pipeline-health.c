/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters of the packet path become rows of the health figures. */
#include "analysis/engine/pipeline-health.h"

typedef struct
{
  IsthTrouble what;
  uint64_t count;
} Trouble;

/* What is counted of bytes that the capture does not hold. */
enum
{
  GAP_LOST,
  GAP_LATE,
  GAP_LOSSY,
  N_GAPS,
};

static const char *const gap_words[N_GAPS] = { "lost", "late", "connections" };

struct _IsthHealthCounter
{
  const uint64_t *decoder_limits;
  IsthFlowTable *flows;
  const IsthFlowTable *tunnels;
  const IsthDispatch *dispatch;
  GArray *troubles;             /* Trouble, the last counted first */
  uint64_t told_limits[ISTH_N_REACHED];
  uint64_t told_gaps[N_GAPS];
  uint64_t *told_malformed;
};

IsthHealthCounter *
isth_health_counter_new (const uint64_t *decoder_limits,
                         IsthFlowTable *flows,
                         const IsthFlowTable *tunnels,
                         const IsthDispatch *dispatch)
{
  IsthHealthCounter *self = g_new0 (IsthHealthCounter, 1);

  self->decoder_limits = decoder_limits;
  self->flows = flows;
  self->tunnels = tunnels;
  self->dispatch = dispatch;
  self->troubles = g_array_new (FALSE, FALSE, sizeof (Trouble));
  self->told_malformed = g_new0 (uint64_t, isth_dispatch_get_n_dissectors (dispatch) + 1);
  return self;
}

void
isth_health_counter_free (IsthHealthCounter *self)
{
  if (!self)
    return;
  g_array_unref (self->troubles);
  g_free (self->told_malformed);
  g_free (self);
}

void
isth_health_counter_trouble (IsthHealthCounter *self,
                             IsthTrouble what,
                             uint64_t n)
{
  Trouble *first = (Trouble *) (gpointer) self->troubles->data;

  for (guint i = 0; i < self->troubles->len; i++)
    if (first[i].what == what)
      {
        Trouble found = first[i];

        found.count += n;
        first[i] = first[0];
        first[0] = found;
        return;
      }
  g_array_append_val (self->troubles, ((Trouble){ what, n }));
}

static uint64_t
count_limit (const IsthHealthCounter *self,
             IsthLimit limit)
{
  uint64_t n = self->decoder_limits[limit] + isth_flow_table_get_limits (self->flows)[limit]
               + isth_flow_table_get_limits (self->tunnels)[limit] + isth_flow_table_get_pool (self->flows)->limits[limit];

  if (limit == ISTH_REACHED_PENDING)
    n += isth_dispatch_get_forgotten (self->dispatch);
  if (limit == ISTH_REACHED_REMEMBERED)
    n += isth_dispatch_get_given_up (self->dispatch);
  return n;
}

static uint64_t
count_gaps (const IsthHealthCounter *self,
            int gap)
{
  const IsthStreamPool *pool = isth_flow_table_get_pool (self->flows);

  return gap == GAP_LOST ? pool->lost : gap == GAP_LATE ? pool->late : pool->lossy;
}

/* What came late is told apart, so that counts only grow however often they are told. */
static void
flush_gaps (IsthHealthCounter *self,
            IsthFacts *facts)
{
  for (int gap = 0; gap < N_GAPS; gap++)
    {
      uint64_t n = count_gaps (self, gap);

      if (n > self->told_gaps[gap])
        isth_facts_count_health (facts, "gap", gap_words[gap], n - self->told_gaps[gap]);
      self->told_gaps[gap] = n;
    }
}

void
isth_health_counter_flush (IsthHealthCounter *self,
                           const IsthCaptureInfo *info,
                           IsthFacts *facts)
{
  for (guint i = 0; i < self->troubles->len; i++)
    {
      Trouble *trouble = &g_array_index (self->troubles, Trouble, i);

      if (trouble->count > 0)
        isth_facts_count_health (facts, "not-decoded", trouble->what, trouble->count);
      trouble->count = 0;
    }
  flush_gaps (self, facts);
  for (size_t i = 0; i < isth_dispatch_get_n_dissectors (self->dispatch); i++)
    {
      uint64_t n = isth_dispatch_get_malformed (self->dispatch, i);

      if (n > self->told_malformed[i])
        isth_facts_count_health (facts, "malformed", isth_dissectors[i]->id, n - self->told_malformed[i]);
      self->told_malformed[i] = n;
    }
  for (IsthLimit limit = 0; limit < ISTH_N_REACHED; limit++)
    {
      uint64_t n = limit == ISTH_REACHED_NOTES ? info->not_kept : count_limit (self, limit);

      if (n > self->told_limits[limit])
        isth_facts_count_health (facts, "limit", isth_limit_text (limit), n - self->told_limits[limit]);
      self->told_limits[limit] = n;
    }
}

void
isth_health_counter_reset (IsthHealthCounter *self)
{
  g_array_set_size (self->troubles, 0);
  for (int gap = 0; gap < N_GAPS; gap++)
    self->told_gaps[gap] = count_gaps (self, gap);
  for (size_t i = 0; i < isth_dispatch_get_n_dissectors (self->dispatch); i++)
    self->told_malformed[i] = isth_dispatch_get_malformed (self->dispatch, i);
  for (IsthLimit limit = 0; limit < ISTH_N_REACHED; limit++)
    self->told_limits[limit] = limit == ISTH_REACHED_NOTES ? 0 : count_limit (self, limit);
}

static void
add_once (GPtrArray *names,
          const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

static void
set_string (char **string,
            const char *value)
{
  g_free (*string);
  *string = g_strdup (value);
}

static void
take_strings (char ***strings,
              GPtrArray *from)
{
  g_strfreev (*strings);
  g_ptr_array_add (from, NULL);
  *strings = (char **) g_ptr_array_free (from, FALSE);
}

void
isth_health_describe_capture (const IsthCaptureInfo *info,
                              IsthFactCapture *capture,
                              bool complete)
{
  GPtrArray *link_types = g_ptr_array_new ();
  GPtrArray *notes = g_ptr_array_new ();

  capture->dropped = 0;
  capture->dropped_known = false;
  for (guint i = 0; i < info->interfaces->len; i++)
    {
      const IsthCaptureInterface *interface = info->interfaces->pdata[i];
      char buffer[24];

      add_once (link_types, isth_link_type_name (interface->link_type, buffer));
      capture->dropped += interface->dropped;
      capture->dropped_known |= interface->dropped_known;
    }
  for (guint i = 0; i < info->notes->len; i++)
    g_ptr_array_add (notes, g_strdup (((const IsthCaptureNote *) info->notes->pdata[i])->text));

  set_string (&capture->path, info->path);
  set_string (&capture->sha256, info->sha256);
  set_string (&capture->format, info->format);
  take_strings (&capture->link_types, link_types);
  take_strings (&capture->notes, notes);
  capture->fingerprint = info->fingerprint;
  capture->size = info->size;
  capture->frames = info->frames;
  capture->bytes = info->bytes;
  capture->cut_frames = info->cut_frames;
  capture->damaged = info->damaged;
  capture->truncated = info->truncated;
  capture->complete = complete && !info->failure;
  capture->first = info->first;
  capture->last = info->last;
}
