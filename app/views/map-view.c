/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the session's world as a map. One worker at a time lays out and builds the scene; what comes in the meantime is done next, newest only. */
#include "app/views/map-view.h"

#include <glib/gi18n-lib.h>

#include "app/health.h"
#include "app/parts/map-scene.h"
#include "app/release.h"
#include "widgets/legend.h"
#include "widgets/topology.h"

#define ZOOM_STEP 1.25
#define PATIENCE 400 /* ms: what takes longer is told */

struct _IsthMapView
{
  IsthView parent_instance;

  GtkStack *pages;
  IsthTopology *topology;
  AdwStatusPage *empty;
  GtkWidget *show_all, *unpin, *waiting;

  IsthMapJob *shown;     /* what the scene was made of; or NULL */
  IsthLayout *layout;    /* the last one, for the next one */
  guint generation;      /* of the project: results for another one are dropped */
  gboolean busy, again;  /* a worker runs; something changed since it was started */
  gboolean following;    /* the selection comes from the session */
  guint patience;        /* timeout source */
};

G_DEFINE_FINAL_TYPE (IsthMapView, isth_map_view, ISTH_TYPE_VIEW)

static void refresh (IsthMapView *self);

/* Why there is nothing to see; FALSE when there is. */
static gboolean
explain (IsthMapView        *self,
         const IsthSnapshot *snapshot,
         guint               matching)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const char *title = NULL, *text = NULL;
  g_autofree char *reason = NULL;

  if (!snapshot || (snapshot->n_captures == 0 && snapshot->n_assets == 0))
    {
      title = isth_session_get_reading (session) ? _("Reading…") : _("No capture");
      text = isth_session_get_reading (session) ? _("The map grows as assets are found.") : _("Open a capture to see its assets here.");
    }
  else if (snapshot->n_assets == 0)
    {
      reason = isth_health_explain_empty (snapshot);
      title = _("No assets");
      text = reason;
    }
  else if (matching == 0)
    {
      title = _("Nothing matches");
      text = _("The find words and the time window leave no asset.");
    }
  gtk_stack_set_visible_child_name (self->pages, title ? "empty" : "map");
  if (!title)
    return FALSE;
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, text);
  gtk_widget_set_visible (self->show_all, snapshot && snapshot->n_assets > 0);
  return TRUE;
}

/* The edge that a link is a part of; 0: none. */
static guint64
edge_of_link (IsthMapView *self,
              guint64      link)
{
  guint index = self->shown ? isth_snapshot_find_link (self->shown->snapshot, link) : ISTH_NO_INDEX;

  if (index == ISTH_NO_INDEX || self->shown->edges[index] == G_MAXUINT32)
    return 0;
  return self->shown->scene->edges[self->shown->edges[index]].id;
}

static void
follow_selection (IsthMapView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  guint64 id, asset = 0, edge = 0;
  const IsthAlert *alert;
  const IsthRemoteSession *remote;

  switch (isth_session_get_selected (session, &id))
    {
    case ISTH_SELECTED_ASSET:
      asset = id;
      break;
    case ISTH_SELECTED_LINK:
      edge = edge_of_link (self, id);
      break;
    case ISTH_SELECTED_ALERT:
      alert = isth_session_get_alert (session, id);
      asset = alert ? alert->subject : 0;
      break;
    case ISTH_SELECTED_REMOTE:
      remote = isth_session_get_remote (session, id);
      edge = remote && remote->link ? edge_of_link (self, remote->link) : 0;
      asset = remote && edge == 0 ? remote->to : 0;
      break;
    case ISTH_SELECTED_NOTHING:
      break;
    }
  self->following = TRUE;
  isth_topology_set_selected_id (self->topology, asset);
  isth_topology_set_selected_edge (self->topology, edge);
  self->following = FALSE;
}

static void
on_session_selection (IsthSession *session,
                      GParamSpec  *pspec,
                      IsthMapView *self)
{
  guint64 before = isth_topology_get_selected_id (self->topology);

  follow_selection (self);
  if (isth_topology_get_selected_id (self->topology) != before)
    isth_topology_reveal (self->topology, isth_topology_get_selected_id (self->topology));
}

static void
on_selected (IsthMapView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  guint64 asset = isth_topology_get_selected_id (self->topology), edge = isth_topology_get_selected_edge (self->topology);

  if (self->following || !session)
    return;
  if (asset)
    isth_session_select (session, ISTH_SELECTED_ASSET, asset);
  else if (edge)
    isth_session_select (session, ISTH_SELECTED_LINK, edge);
  else
    isth_session_select (session, ISTH_SELECTED_NOTHING, 0);
}

/* A hundred thousand nodes are dear to free, too. */
static void
let_go (IsthMapJob *job)
{
  isth_release (job, (GDestroyNotify) isth_map_job_free);
}

typedef struct
{
  IsthMapJob *job;
  guint generation;
} Running;

static void
running_free (gpointer data)
{
  Running *self = data;

  let_go (self->job);
  g_free (self);
}

static void
run_in_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  isth_map_job_run (((Running *) data)->job);
  g_task_return_boolean (task, TRUE);
}

static void
show (IsthMapView *self,
      IsthMapJob  *job)
{
  IsthMapJob *before = self->shown;

  self->shown = job;
  isth_record_unref (self->layout);
  self->layout = isth_record_ref (job->layout);
  self->following = TRUE;
  isth_topology_show (self->topology, job->index, job->pin_changes);
  self->following = FALSE;
  follow_selection (self);
  let_go (before);
}

static gboolean
lose_patience (gpointer user_data)
{
  IsthMapView *self = user_data;

  self->patience = 0;
  gtk_widget_set_visible (self->waiting, TRUE);

  return G_SOURCE_REMOVE;
}

/* While captures are read one map follows another, and there is a bar that says so. */
static void
update_waiting (IsthMapView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gboolean wait = (self->busy && (!self->shown || !isth_session_get_reading (session))) || (self->topology && isth_topology_get_painting (self->topology));

  if (!wait)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      if (self->waiting)
        gtk_widget_set_visible (self->waiting, FALSE);
    }
  else if (self->patience == 0 && self->waiting && !gtk_widget_get_visible (self->waiting))
    self->patience = g_timeout_add (PATIENCE, lose_patience, self);
}

static void
on_job_done (GObject      *object,
             GAsyncResult *result,
             gpointer      unused)
{
  IsthMapView *self = ISTH_MAP_VIEW (object);
  Running *running = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  if (!self->topology) /* the view is gone */
    return;
  if (running->generation == self->generation && !explain (self, running->job->snapshot, running->job->matching))
    show (self, g_steal_pointer (&running->job));
  if (self->again)
    refresh (self);
  update_waiting (self);
}

/* Lays out and shows what the session has now; later, if nobody looks or a worker is at it. */
static void
refresh (IsthMapView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  IsthSnapshot *snapshot = session ? isth_session_get_snapshot (session) : NULL;
  g_autoptr(GTask) task = NULL;
  IsthMapJob *job;
  Running *running;

  self->again = TRUE;
  if (self->busy || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->again = FALSE;
  if (!snapshot)
    {
      explain (self, NULL, 0);
      return;
    }
  if (snapshot->n_assets == 0)
    {
      explain (self, snapshot, 0);
      return;
    }
  job = g_new0 (IsthMapJob, 1);
  job->snapshot = isth_snapshot_ref (snapshot);
  job->query = isth_record_ref (isth_session_get_query (session));
  job->wording = isth_session_get_wording (session);
  job->pins = isth_topology_copy_pins (self->topology, &job->pin_changes);
  if (self->shown && self->shown->snapshot == snapshot)
    job->layout = isth_record_ref (self->layout);
  else
    job->before = isth_record_ref (self->layout);
  running = g_new0 (Running, 1);
  running->job = job;
  running->generation = self->generation;
  task = g_task_new (self, NULL, on_job_done, NULL);
  g_task_set_task_data (task, running, running_free);
  self->busy = TRUE;
  g_task_run_in_thread (task, run_in_worker);
  update_waiting (self);
}

/* Another project: nothing of the last one is worth keeping in its place. */
static void
forget (IsthMapView *self)
{
  self->generation++;
  let_go (g_steal_pointer (&self->shown));
  isth_record_unref (g_steal_pointer (&self->layout));
  self->following = TRUE;
  isth_topology_set_scene (self->topology, NULL);
  isth_topology_unpin_all (self->topology);
  isth_topology_fit (self->topology);
  self->following = FALSE;
  gtk_widget_set_visible (self->unpin, FALSE);
}

static void
on_snapshot (IsthSession *session,
             GParamSpec  *pspec,
             IsthMapView *self)
{
  if (!isth_session_get_snapshot (session))
    forget (self);
  refresh (self);
}

static void
isth_map_view_attach (IsthView    *view,
                      IsthSession *session)
{
  static const char *const changes[] = { "notify::filter", "notify::time-window", "notify::wording", "notify::reading" };

  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), view, 0);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_session_selection), view, 0);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (refresh), view, G_CONNECT_SWAPPED);
  refresh (ISTH_MAP_VIEW (view));
}

static void
isth_map_view_map (GtkWidget *widget)
{
  IsthMapView *self = ISTH_MAP_VIEW (widget);

  GTK_WIDGET_CLASS (isth_map_view_parent_class)->map (widget);
  if (self->again)
    refresh (self);
}

static void
on_moved (IsthMapView *self)
{
  gtk_widget_set_visible (self->unpin, isth_topology_has_pins (self->topology));
}

static void
on_unpin (IsthMapView *self)
{
  isth_topology_unpin_all (self->topology);
  gtk_widget_set_visible (self->unpin, FALSE);
}

static void
on_zoom_in (IsthMapView *self)
{
  isth_topology_zoom_by (self->topology, ZOOM_STEP);
}

static void
on_zoom_out (IsthMapView *self)
{
  isth_topology_zoom_by (self->topology, 1 / ZOOM_STEP);
}

static void
on_fit (IsthMapView *self)
{
  isth_topology_fit (self->topology);
}

static void
on_show_all (IsthMapView *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));

  isth_session_set_filter (session, "");
  isth_session_set_time_window (session, ISTH_NO_TIME, ISTH_NO_TIME);
}

static void
isth_map_view_dispose (GObject *object)
{
  IsthMapView *self = ISTH_MAP_VIEW (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  let_go (g_steal_pointer (&self->shown));
  isth_record_unref (g_steal_pointer (&self->layout));

  G_OBJECT_CLASS (isth_map_view_parent_class)->dispose (object);
}

static void
isth_map_view_class_init (IsthMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isth_map_view_dispose;
  widget_class->map = isth_map_view_map;
  ISTH_VIEW_CLASS (klass)->attach = isth_map_view_attach;

  g_type_ensure (ISTH_TYPE_TOPOLOGY);
  g_type_ensure (ISTH_TYPE_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, topology);
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, empty);
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, show_all);
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, unpin);
  gtk_widget_class_bind_template_child (widget_class, IsthMapView, waiting);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, update_waiting);
  gtk_widget_class_bind_template_callback (widget_class, on_unpin);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, on_fit);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
}

static void
isth_map_view_init (IsthMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
