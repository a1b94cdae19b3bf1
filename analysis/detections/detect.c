/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates the table of detections and folds what they raise: one alert for each detection, subject, peer and, unless it lists them, detail. */
#include "analysis/detections/detect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/arena.h"
#include "analysis/base/hash.h"
#include "analysis/base/pages.h"
#include "analysis/base/sort.h"
#include "analysis/base/time.h"
#include "analysis/world/world.h"

#define AHEAD 8      /* raises whose names are fetched before they are needed: they lie scattered */
#define NEAR 8       /* assets among which the next subject is looked for */
#define TOGETHER 4096 /* raises that are dropped once there are alerts of them */
#define LISTED_MAX 8 /* details in one sentence */
#define REFUSED_MIN 10

/* One call of raise; the evidence bytes are lent by the snapshot. */
typedef struct
{
  uint64_t id;
  const IsthDetection *detection;
  uint64_t subject, peer;
  const char *name;   /* of the subject */
  const char *detail; /* in the sink's details */
  uint64_t count;
  IsthEvidence evidence;
} Raise;

struct _IsthAlertSink
{
  const IsthSnapshot *world;
  uint32_t asset; /* index of the subject of the last raise */
  GArray *raises;
  GStringChunk *details;
};

static uint64_t
alert_id (const Raise *raise)
{
  uint64_t hash = isth_hash_bytes (raise->detection->id, strlen (raise->detection->id), 0);

  hash = isth_hash_mix (isth_hash_mix (hash, raise->subject), raise->peer);
  if (!raise->detection->lists)
    hash = isth_hash_bytes (raise->detail, strlen (raise->detail), hash);
  return hash ? hash : 1;
}

/* Detections look at assets in the order of their ids, so the next subject is mostly one of the next assets. */
static const char *
subject_name (IsthAlertSink *sink,
              uint64_t id)
{
  const IsthSnapshot *world = sink->world;

  for (uint32_t i = 0; i < NEAR && world->asset_ids && sink->asset + i < world->n_assets; i++)
    if (world->asset_ids[sink->asset + i] == id)
      {
        sink->asset += i;
        return world->assets[sink->asset]->name;
      }
  sink->asset = isth_snapshot_find_asset (world, id);
  return sink->asset != ISTH_NO_INDEX ? world->assets[sink->asset]->name : _("an unknown asset");
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
  Raise raise = { .detection = detection, .subject = subject, .peer = peer, .detail = "", .count = count };

  if (detail && *detail)
    raise.detail = g_string_chunk_insert_const (sink->details, detail);
  if (evidence)
    raise.evidence = *evidence;
  else
    raise.evidence.time = ISTH_NO_TIME;
  raise.id = alert_id (&raise);
  raise.name = subject_name (sink, subject); /* now, while the asset is in the cache */
  g_array_append_val (sink->raises, raise);
}

static int
compare_numbers (uint64_t a,
                 uint64_t b)
{
  return (a > b) - (a < b);
}

static uint64_t
raise_key (const void *row)
{
  return ((const Raise *) row)->id;
}

/* Of one id: by alert, then by evidence: time, capture, frame, offset. */
static int
compare_raises (const void *a,
                const void *b,
                void *user_data)
{
  const Raise *x = a, *y = b;
  int order = strcmp (x->detection->id, y->detection->id);

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

/* Details are words from the network: GLib's own hash has no seed. */
static guint
hash_detail (gconstpointer text)
{
  return (guint) isth_hash_keyed (text, strlen (text), isth_hash_seed ());
}

/* The different details of the raises of one alert, the earliest first. */
static void
append_details (GString *text,
                const Raise *raises,
                uint32_t n)
{
  g_autoptr(GHashTable) seen = NULL;

  if (n == 1)
    {
      g_string_append (text, raises[0].detail);
      return;
    }
  seen = g_hash_table_new (hash_detail, g_str_equal);
  for (uint32_t i = 0; i < n; i++)
    if (g_hash_table_add (seen, (gpointer) raises[i].detail) && g_hash_table_size (seen) <= LISTED_MAX)
      g_string_append_printf (text, "%s%s", i ? ", " : "", raises[i].detail);
  if (g_hash_table_size (seen) > LISTED_MAX)
    g_string_append_printf (text, _(" and %u more"), g_hash_table_size (seen) - LISTED_MAX);
}

/* The record with its evidence, the bytes of that and its words behind it; what all alerts of a detection share is the detection's. In an arena, bytes and
 * names are those of the assets and links that lie there, too. @detail: of all raises, @said: as sentences have it. */
static IsthAlert *
alloc_alert (IsthArena *arena,
             const Raise *raises,
             uint32_t n,
             const char *peer,
             const GString *detail,
             const char *said)
{
  size_t n_name = arena ? 0 : strlen (raises[0].name) + 1, n_peer = !arena && raises[0].peer ? strlen (peer) + 1 : 0;
  size_t n_detail = detail->len ? detail->len + 1 : 0, n_said = said ? strlen (said) + 1 : 0, n_bytes = 0, size;
  uint32_t n_evidence = 0;
  IsthAlert *self;
  uint8_t *at;

  for (uint32_t i = 0; i < n && n_evidence < ISTH_LIMIT_ALERT_EVIDENCE; i++)
    if (raises[i].evidence.time != ISTH_NO_TIME)
      {
        n_evidence++;
        n_bytes += arena ? 0 : raises[i].evidence.n_bytes;
      }
  size = sizeof *self + n_evidence * sizeof *self->evidence + n_bytes + n_name + n_peer + n_detail + n_said;
  self = arena ? isth_arena_take_record (arena, size) : isth_record_new (size, NULL);
  *self = (IsthAlert) { .record = self->record };
  self->evidence = (IsthEvidence *) (self + 1);
  at = (uint8_t *) (self->evidence + n_evidence);
  for (uint32_t i = 0; i < n && self->n_evidence < n_evidence; i++)
    if (raises[i].evidence.time != ISTH_NO_TIME)
      {
        IsthEvidence *evidence = &self->evidence[self->n_evidence++];

        *evidence = raises[i].evidence;
        if (evidence->n_bytes && !arena)
          evidence->bytes = memcpy (at, evidence->bytes, evidence->n_bytes);
        at += arena ? 0 : evidence->n_bytes;
      }
  self->subject_name = n_name ? memcpy (at, raises[0].name, n_name) : raises[0].name;
  self->peer_name = n_peer ? memcpy (at + n_name, peer, n_peer) : peer;
  self->detail = n_detail ? memcpy (at + n_name + n_peer, detail->str, n_detail) : "";
  self->said = said ? memcpy (at + n_name + n_peer + n_detail, said, n_said) : self->detail;
  return self;
}

/* What is asked for alert after alert, and is mostly what it was for the one before of that detection. */
typedef struct
{
  const char *title, *plant_form, *security_form; /* translated; NULL: nobody asked yet */
  char *detail, *said;
} Words;

typedef struct
{
  const IsthSnapshot *world;
  const IsthWorld *people;
  IsthArena *arena; /* in which all assets and links are; NULL */
  const char *nobody;
  GString *detail; /* scratch */
  Words *words;    /* of each detection, by its place in the table */
} Maker;

static Maker
begin_alerts (const IsthSnapshot *world,
              const IsthSnapshot *before,
              const IsthWorld *people)
{
  IsthArena *arena = !before && world->n_assets ? isth_arena_of (world->assets[0]) : NULL;
  size_t n = 0;

  while (isth_detections[n])
    n++;
  return (Maker) { world, people, arena, _("an unknown asset"), g_string_new (NULL), g_new0 (Words, n) };
}

static void
end_alerts (Maker *self)
{
  for (size_t i = 0; isth_detections[i]; i++)
    {
      g_free (self->words[i].detail);
      g_free (self->words[i].said);
    }
  g_free (self->words);
  g_string_free (self->detail, TRUE);
}

static Words *
get_words (const Maker *self,
           const IsthDetection *detection)
{
  size_t i = 0;
  Words *words;

  while (isth_detections[i] != detection)
    i++;
  words = &self->words[i];
  if (!words->title)
    {
      words->title = _(detection->title);
      words->plant_form = _(detection->plant);
      words->security_form = _(detection->security);
    }
  return words;
}

/* How sentences have the detail in hand; NULL: as it is. */
static const char *
describe_detail (const Maker *self,
                 const IsthDetection *detection,
                 Words *words)
{
  if (!detection->describe || (words->detail && g_str_equal (words->detail, self->detail->str)))
    return words->said;
  g_free (words->detail);
  g_free (words->said);
  words->detail = g_strdup (self->detail->str);
  words->said = detection->describe (self->detail->str);
  return words->said;
}

static const char *
peer_name (const Maker *self,
           uint64_t id)
{
  const IsthAsset *asset = id ? isth_snapshot_get_asset (self->world, id) : NULL;

  return asset ? asset->name : self->nobody;
}

/* Takes the raises of one alert, which are sorted by evidence. */
static IsthAlert *
make_alert (Maker *maker,
            const Raise *raises,
            uint32_t n)
{
  const IsthDetection *detection = raises[0].detection;
  Words *words = get_words (maker, detection);
  IsthAlert *self;

  g_string_truncate (maker->detail, 0);
  append_details (maker->detail, raises, n);
  self = alloc_alert (maker->arena, raises, n, peer_name (maker, raises[0].peer), maker->detail, describe_detail (maker, detection, words));
  self->id = raises[0].id;
  self->detection = detection->id;
  self->title = words->title;
  self->plant_form = words->plant_form;
  self->security_form = words->security_form;
  self->process_severity = detection->process_severity;
  self->cyber_severity = detection->cyber_severity;
  self->subject = raises[0].subject;
  self->peer = raises[0].peer;
  self->attack = (const char **) detection->attack;
  self->acknowledged = maker->people && isth_world_is_acknowledged (maker->people, self->id);
  self->first = self->last = ISTH_NO_TIME;
  for (uint32_t i = 0; i < n; i++)
    {
      const IsthEvidence *evidence = &raises[i].evidence;

      self->count += raises[i].count;
      if (self->first == ISTH_NO_TIME)
        self->first = evidence->time;
      self->last = MAX (self->last, evidence->time);
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
      !g_str_equal (a->title, b->title) || !g_str_equal (a->subject_name, b->subject_name) || !g_str_equal (a->peer_name, b->peer_name) ||
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
  Maker maker = begin_alerts (draft, before, people);
  Raise *all;

  isth_sort_array (raises, raise_key, compare_raises, NULL);
  all = (Raise *) (void *) raises->data;
  draft->alerts = g_new (IsthAlert *, MAX (raises->len, 1));
  for (uint32_t from = 0, to, dropped = 0; from < raises->len; from = to)
    {
      IsthAlert *alert, *old;

      if (from + AHEAD < raises->len)
        __builtin_prefetch (all[from + AHEAD].name);
      for (to = from + 1; to < raises->len && same_alert (&all[from], &all[to]); to++)
        ;
      if (draft->n_alerts && draft->alerts[draft->n_alerts - 1]->id == all[from].id)
        continue; /* two alerts with one hash: ids are unique, so the later one gives way */
      alert = make_alert (&maker, all + from, to - from);
      old = before ? isth_snapshot_get_alert (before, alert->id) : NULL;
      if (old && is_unchanged (old, alert))
        {
          isth_record_unref (alert);
          alert = isth_record_ref (old);
        }
      draft->alerts[draft->n_alerts++] = alert;
      if (to - dropped >= TOGETHER)
        {
          isth_pages_forget (all + dropped, all + to);
          dropped = to;
        }
    }
  draft->alerts = g_renew (IsthAlert *, draft->alerts, MAX (draft->n_alerts, 1));
  end_alerts (&maker);
}

void
isth_detect (IsthSnapshot *draft,
             const IsthSnapshot *before,
             gpointer user_data)
{
  IsthAlertSink sink = { draft, 0, g_array_new (FALSE, FALSE, sizeof (Raise)), g_string_chunk_new (4096) };

  for (const IsthDetection *const *detection = isth_detections; *detection; detection++)
    (*detection)->evaluate (*detection, draft, &sink);
  fold_raises (draft, before, sink.raises, user_data);
  g_array_unref (sink.raises);
  g_string_chunk_free (sink.details);
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

void
isth_alert_sink_raise_refused (IsthAlertSink *sink,
                               const IsthDetection *detection,
                               const IsthSnapshot *world,
                               uint32_t verbs)
{
  for (uint32_t i = 0; i < world->n_links; i++)
    {
      const IsthLink *link = world->links[i];
      const IsthLinkOperation *first = NULL;
      uint64_t refused = 0;

      for (uint32_t o = 0; o < link->n_operations && link->verbs & verbs; o++)
        {
          const IsthLinkOperation *operation = &link->operations[o];

          if (!(verbs & 1u << operation->verb) || operation->refused == 0)
            continue;
          refused += operation->refused;
          if (!first || operation->first < first->first)
            first = operation;
        }
      if (refused >= REFUSED_MIN)
        isth_alert_sink_raise (sink, detection, link->to, link->from, link->protocol, refused, &first->evidence);
    }
}

bool
isth_detection_is_late (const IsthSnapshot *world,
                        int64_t time)
{
  return world->first != ISTH_NO_TIME && time != ISTH_NO_TIME && time >= world->first + ISTH_LEARNING_TIME;
}

bool
isth_detection_is_bus (const char *protocol)
{
  static const char *const buses[] = { "canopen", "ethercat", "powerlink", "sercos3", NULL };

  return g_strv_contains (buses, protocol);
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
