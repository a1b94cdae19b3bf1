/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates the table of detections and folds what they raise: one alert for each detection, subject, peer and, unless it lists them, detail. */
#include "analysis/detections/detect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/base/time.h"
#include "analysis/world/world.h"

#define LISTED_MAX 8 /* details in one sentence */

/* One call of raise; the evidence bytes are lent by the snapshot. */
typedef struct
{
  uint64_t id;
  const IsthDetection *detection;
  uint64_t subject, peer;
  char *detail; /* owned */
  uint64_t count;
  IsthEvidence evidence;
} Raise;

struct _IsthAlertSink
{
  GArray *raises;
};

static void
raise_clear (gpointer data)
{
  g_free (((Raise *) data)->detail);
}

static uint64_t
alert_id (const Raise *raise)
{
  uint64_t hash = isth_hash_bytes (raise->detection->id, strlen (raise->detection->id), 0);

  hash = isth_hash_mix (isth_hash_mix (hash, raise->subject), raise->peer);
  if (!raise->detection->lists)
    hash = isth_hash_bytes (raise->detail, strlen (raise->detail), hash);
  return hash ? hash : 1;
}

void
isth_alert_sink_raise (IsthAlertSink *sink,
                       const IsthDetection *detection,
                       uint64_t subject,
                       uint64_t peer,
                       const char *detail,
                       uint64_t count,
                       const IsthEvidence *evidence)
{
  Raise raise = { .detection = detection, .subject = subject, .peer = peer, .detail = g_strdup (detail ? detail : ""), .count = count };

  if (evidence)
    raise.evidence = *evidence;
  else
    raise.evidence.time = ISTH_NO_TIME;
  raise.id = alert_id (&raise);
  g_array_append_val (sink->raises, raise);
}

static int
compare_numbers (uint64_t a,
                 uint64_t b)
{
  return (a > b) - (a < b);
}

/* By alert, then by evidence: time, capture, frame, offset. */
static int
compare_raises (const void *a,
                const void *b)
{
  const Raise *x = a, *y = b;
  int order = compare_numbers (x->id, y->id);

  if (order == 0)
    order = strcmp (x->detection->id, y->detection->id);
  if (order == 0)
    order = compare_numbers (x->subject, y->subject);
  if (order == 0)
    order = compare_numbers (x->peer, y->peer);
  if (order == 0 && !x->detection->lists)
    order = strcmp (x->detail, y->detail);
  if (order == 0 && x->evidence.time != y->evidence.time)
    return x->evidence.time < y->evidence.time ? -1 : 1;
  if (order == 0)
    order = compare_numbers (x->evidence.capture, y->evidence.capture);
  if (order == 0)
    order = compare_numbers (x->evidence.frame, y->evidence.frame);
  if (order == 0)
    order = compare_numbers (x->evidence.offset, y->evidence.offset);
  if (order == 0)
    order = compare_numbers (x->count, y->count);
  return order ? order : strcmp (x->detail, y->detail);
}

static bool
same_alert (const Raise *a,
            const Raise *b)
{
  return a->id == b->id && a->detection == b->detection && a->subject == b->subject && a->peer == b->peer &&
         (a->detection->lists || g_str_equal (a->detail, b->detail));
}

static const char *
asset_name (const IsthSnapshot *world,
            uint64_t id)
{
  const IsthAsset *asset = id ? isth_snapshot_get_asset (world, id) : NULL;

  return asset ? asset->name : _("an unknown asset");
}

/* The translated sentence with {subject}, {peer} and {detail} filled in. What is filled in is not looked at again: names come from the network. */
static char *
fill_sentence (const IsthSnapshot *world,
               const Raise *raise,
               const char *detail,
               const char *sentence)
{
  const struct { const char *word, *text; } words[] = {
    { "{subject}", asset_name (world, raise->subject) },
    { "{peer}", asset_name (world, raise->peer) },
    { "{detail}", detail },
  };
  GString *result = g_string_new (NULL);

  for (const char *at = _(sentence); *at;)
    {
      size_t i = 0;

      while (i < G_N_ELEMENTS (words) && !g_str_has_prefix (at, words[i].word))
        i++;
      if (i < G_N_ELEMENTS (words))
        {
          g_string_append (result, words[i].text);
          at += strlen (words[i].word);
        }
      else
        g_string_append_c (result, *at++);
    }
  return g_string_free (result, FALSE);
}

static void
alert_clear (gpointer data)
{
  IsthAlert *self = data;

  g_free ((char *) self->detection);
  g_free ((char *) self->title);
  g_free ((char *) self->plant);
  g_free ((char *) self->security);
  g_free ((char *) self->detail);
  g_strfreev ((char **) self->attack);
  for (uint32_t i = 0; i < self->n_evidence; i++)
    g_free ((uint8_t *) self->evidence[i].bytes);
  g_free (self->evidence);
}

/* The different details of the raises of one alert, the earliest first. */
static char *
list_details (const Raise *raises,
              uint32_t n)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < n; i++)
    if (g_hash_table_add (seen, raises[i].detail) && g_hash_table_size (seen) <= LISTED_MAX)
      g_string_append_printf (text, "%s%s", i ? ", " : "", raises[i].detail);
  if (g_hash_table_size (seen) > LISTED_MAX)
    g_string_append_printf (text, _(" and %u more"), g_hash_table_size (seen) - LISTED_MAX);
  return g_string_free (text, FALSE);
}

/* Takes the raises of one alert, which are sorted by evidence. */
static IsthAlert *
make_alert (const IsthSnapshot *world,
            const Raise *raises,
            uint32_t n,
            const IsthWorld *people)
{
  const IsthDetection *detection = raises[0].detection;
  IsthAlert *self = isth_record_new (sizeof *self, alert_clear);

  self->id = raises[0].id;
  self->detection = g_strdup (detection->id);
  self->title = g_strdup (_(detection->title));
  self->detail = list_details (raises, n);
  self->plant = fill_sentence (world, raises, self->detail, detection->plant);
  self->security = fill_sentence (world, raises, self->detail, detection->security);
  self->process_severity = detection->process_severity;
  self->cyber_severity = detection->cyber_severity;
  self->subject = raises[0].subject;
  self->peer = raises[0].peer;
  self->attack = (const char **) g_strdupv ((char **) detection->attack);
  self->acknowledged = people && isth_world_is_acknowledged (people, self->id);
  self->first = self->last = ISTH_NO_TIME;
  self->evidence = g_new0 (IsthEvidence, MIN (n, ISTH_LIMIT_ALERT_EVIDENCE));
  for (uint32_t i = 0; i < n; i++)
    {
      const IsthEvidence *evidence = &raises[i].evidence;

      self->count += raises[i].count;
      if (self->first == ISTH_NO_TIME)
        self->first = evidence->time;
      self->last = MAX (self->last, evidence->time);
      if (evidence->time == ISTH_NO_TIME || self->n_evidence == ISTH_LIMIT_ALERT_EVIDENCE)
        continue;
      self->evidence[self->n_evidence] = *evidence;
      self->evidence[self->n_evidence++].bytes = g_memdup2 (evidence->bytes, evidence->n_bytes);
    }
  self->count = MAX (self->count, 1);
  return self;
}

static bool
same_evidence (const IsthEvidence *a,
               const IsthEvidence *b)
{
  return a->capture == b->capture && a->frame == b->frame && a->time == b->time && a->offset == b->offset && a->length == b->length &&
         a->n_bytes == b->n_bytes && (a->n_bytes == 0 || memcmp (a->bytes, b->bytes, a->n_bytes) == 0);
}

/* What follows from the detection and the id is not compared. */
static bool
is_unchanged (const IsthAlert *a,
              const IsthAlert *b)
{
  if (a->first != b->first || a->last != b->last || a->count != b->count || a->n_evidence != b->n_evidence ||
      a->acknowledged != b->acknowledged || a->subject != b->subject || a->peer != b->peer || !g_str_equal (a->detection, b->detection) ||
      !g_str_equal (a->title, b->title) || !g_str_equal (a->plant, b->plant) || !g_str_equal (a->security, b->security) ||
      !g_str_equal (a->detail, b->detail))
    return false;
  for (uint32_t i = 0; i < a->n_evidence; i++)
    if (!same_evidence (&a->evidence[i], &b->evidence[i]))
      return false;
  return true;
}

static void
fold_raises (IsthSnapshot *draft,
             const IsthSnapshot *before,
             GArray *raises,
             const IsthWorld *people)
{
  Raise *all;

  g_array_sort (raises, compare_raises);
  all = (Raise *) (void *) raises->data;
  draft->alerts = g_new (IsthAlert *, MAX (raises->len, 1));
  for (uint32_t from = 0, to; from < raises->len; from = to)
    {
      IsthAlert *alert, *old;

      for (to = from + 1; to < raises->len && same_alert (&all[from], &all[to]); to++)
        ;
      if (draft->n_alerts && draft->alerts[draft->n_alerts - 1]->id == all[from].id)
        continue; /* two alerts with one hash: ids are unique, so the later one gives way */
      alert = make_alert (draft, all + from, to - from, people);
      old = before ? isth_snapshot_get_alert (before, alert->id) : NULL;
      if (old && is_unchanged (old, alert))
        {
          isth_record_unref (alert);
          alert = isth_record_ref (old);
        }
      draft->alerts[draft->n_alerts++] = alert;
    }
}

void
isth_detect (IsthSnapshot *draft,
             const IsthSnapshot *before,
             gpointer user_data)
{
  IsthAlertSink sink = { g_array_new (FALSE, FALSE, sizeof (Raise)) };

  g_array_set_clear_func (sink.raises, raise_clear);
  for (const IsthDetection *const *detection = isth_detections; *detection; detection++)
    (*detection)->evaluate (*detection, draft, &sink);
  fold_raises (draft, before, sink.raises, user_data);
  g_array_unref (sink.raises);
}

void
isth_alert_sink_raise_operation (IsthAlertSink *sink,
                                 const IsthDetection *detection,
                                 const IsthLink *link,
                                 const IsthLinkOperation *operation,
                                 const char *detail)
{
  for (uint32_t i = 0; i < operation->n_events; i++)
    isth_alert_sink_raise (sink, detection, link->to, link->from, detail,
                           i ? 1 : operation->count - MIN (operation->count, operation->n_events) + 1, &operation->events[i].evidence);
  if (operation->n_events == 0)
    isth_alert_sink_raise (sink, detection, link->to, link->from, detail, operation->count, &operation->evidence);
}

bool
isth_detection_is_late (const IsthSnapshot *world,
                        int64_t time)
{
  return world->first != ISTH_NO_TIME && time != ISTH_NO_TIME && time >= world->first + ISTH_LEARNING_TIME;
}

IsthEvidence
isth_detection_evidence_at (const IsthSnapshot *world,
                            int64_t time)
{
  IsthEvidence evidence = { .time = time };

  for (uint32_t i = 0; i < world->n_captures; i++)
    if (world->captures[i]->first <= time && time <= world->captures[i]->last)
      {
        evidence.capture = i;
        break;
      }
  return evidence;
}
