/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker at a time; what comes in the meantime is counted next, the newest only. */
#include "app/figures.h"

#include "app/health.h"
#include "app/release.h"
#include "app/session.h"

#define AT_ONCE 5000 /* records that are counted without a worker */
#define SHARE 5      /* while captures are read, one part in so many of the time may go into it */

typedef struct
{
  IsthSnapshot *snapshot;
  IsthWording wording;
  gboolean reading;
  IsthFigureSet *set;
  gint64 took;
} Job;

struct _IsthFigures
{
  GObject parent_instance;

  IsthSession *session; /* lent */
  IsthFigureSet *set;
  gboolean busy, again;
  gint64 made, took;
};

G_DEFINE_FINAL_TYPE (IsthFigures, isth_figures, G_TYPE_OBJECT)

static guint changed_signal;

static void
set_free (gpointer data)
{
  IsthFigureSet *self = data;

  isth_snapshot_unref (self->snapshot);
  g_free (self->summary);
  g_free (self->details);
  g_free (self->empty);
  g_strfreev (self->warnings);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  isth_release_snapshot (self->snapshot);
  isth_release (self->set, set_free);
  g_free (self);
}

static void
count_assets (IsthFigureSet *self)
{
  static const IsthAttribute names[] = { ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_ATTRIBUTE_ORDER_NUMBER, ISTH_ATTRIBUTE_STATION, ISTH_ATTRIBUTE_NAME };

  for (uint32_t i = 0; i < self->snapshot->n_assets; i++)
    {
      const IsthAsset *asset = self->snapshot->assets[i];
      gboolean identified = FALSE;

      if (asset->level >= 0 && asset->level <= ISTH_LEVEL_5)
        self->levels[asset->level]++;
      else
        self->no_level++;
      self->kinds[asset->kind < ISTH_N_KINDS ? asset->kind : ISTH_KIND_UNKNOWN]++;
      self->silent += asset->silent;
      for (guint j = 0; j < G_N_ELEMENTS (names) && !identified; j++)
        identified = *isth_asset_get (asset, names[j]) != '\0';
      self->identified += identified;
    }
}

static gboolean
is_worse (IsthWording      wording,
          const IsthAlert *a,
          const IsthAlert *b)
{
  IsthSeverity severity_a = isth_wording_get_severity (wording, a), severity_b = isth_wording_get_severity (wording, b);

  if (severity_a != severity_b)
    return severity_a > severity_b;
  if (a->last != b->last)
    return a->last > b->last;

  return a->id < b->id;
}

static void
choose_alerts (IsthFigureSet *self,
               IsthWording    wording)
{
  for (uint32_t i = 0; i < self->snapshot->n_alerts; i++)
    {
      const IsthAlert *alert = self->snapshot->alerts[i];
      guint at = self->n_worst;

      self->unacknowledged += !alert->acknowledged;
      if (alert->acknowledged || isth_wording_get_severity (wording, alert) < ISTH_SEVERITY_LOW)
        continue;
      while (at > 0 && is_worse (wording, alert, self->worst[at - 1]))
        at--;
      if (at == ISTH_FIGURES_WORST)
        continue;
      self->n_worst = MIN (self->n_worst + 1, ISTH_FIGURES_WORST);
      for (guint j = self->n_worst - 1; j > at; j--)
        self->worst[j] = self->worst[j - 1];
      self->worst[at] = alert;
    }
}

static void
run (Job *job)
{
  gint64 started = g_get_monotonic_time ();
  IsthFigureSet *set = g_new0 (IsthFigureSet, 1);

  set->snapshot = isth_snapshot_ref (job->snapshot);
  count_assets (set);
  for (uint32_t i = 0; i < job->snapshot->crossings->n_crossings; i++)
    set->crossings += job->snapshot->crossings->crossings[i].direct;
  choose_alerts (set, job->wording);
  set->summary = isth_health_summarise (job->snapshot, job->reading);
  set->details = isth_health_describe (job->snapshot, job->reading);
  set->empty = isth_health_explain_empty (job->snapshot);
  set->warnings = isth_health_warn (job->snapshot, job->reading);
  job->set = set;
  job->took = g_get_monotonic_time () - started;
}

static void
take (IsthFigures   *self,
      IsthFigureSet *set)
{
  IsthFigureSet *before = self->set;

  self->set = set;
  self->made = g_get_monotonic_time ();
  g_signal_emit (self, changed_signal, 0);
  isth_release (before, set_free);
}

static void
run_in_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  run (data);
  g_task_return_boolean (task, TRUE);
}

static void refresh (IsthFigures *self);

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      unused)
{
  IsthFigures *self = ISTH_FIGURES (object);
  Job *job = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  self->took = job->took;
  if (self->session && isth_session_get_snapshot (self->session))
    take (self, g_steal_pointer (&job->set));
  if (self->again)
    refresh (self);
}

static void
refresh (IsthFigures *self)
{
  IsthSnapshot *snapshot = self->session ? isth_session_get_snapshot (self->session) : NULL;
  g_autoptr(GTask) task = NULL;
  Job *job;

  self->again = self->busy;
  if (self->busy && snapshot)
    return;
  if (!snapshot)
    {
      take (self, NULL);
      return;
    }
  if (self->set && isth_session_get_reading (self->session) && g_get_monotonic_time () - self->made < SHARE * self->took)
    return; /* there will be another snapshot */

  job = g_new0 (Job, 1);
  *job = (Job) { .snapshot = isth_snapshot_ref (snapshot), .wording = isth_session_get_wording (self->session), .reading = isth_session_get_reading (self->session) };
  if (snapshot->n_assets + snapshot->n_links + snapshot->n_alerts <= AT_ONCE)
    {
      run (job);
      take (self, g_steal_pointer (&job->set));
      job_free (job);
      return;
    }

  self->busy = TRUE;
  task = g_task_new (self, NULL, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_worker);
}

static void
isth_figures_finalize (GObject *object)
{
  isth_release (ISTH_FIGURES (object)->set, set_free);

  G_OBJECT_CLASS (isth_figures_parent_class)->finalize (object);
}

static void
isth_figures_class_init (IsthFiguresClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_figures_finalize;

  changed_signal = g_signal_new ("changed", ISTH_TYPE_FIGURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
isth_figures_init (IsthFigures *self)
{
}

IsthFigures *
isth_figures_new (IsthSession *session)
{
  IsthFigures *self = g_object_new (ISTH_TYPE_FIGURES, NULL);

  self->session = session;
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return self;
}

void
isth_figures_close (IsthFigures *self)
{
  self->session = NULL;
}

const IsthFigureSet *
isth_figures_get (IsthFigures *self)
{
  return self->set;
}
