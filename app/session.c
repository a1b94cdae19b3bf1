/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the engine and the views: takes in what the engine says, and holds what all views share. */
#include "app/session.h"

#include "app/decisions.h"
#include "app/ending.h"
#include "app/figures.h"
#include "app/inbox.h"
#include "app/release.h"

struct _IsthSession
{
  GObject parent_instance;

  IsthInbox *inbox;
  IsthEngine *engine;
  IsthDecisions *decisions;
  IsthFigures *figures;

  IsthSnapshot *snapshot; /* the one shown: @whole, or one with the counts of the time window */
  IsthSnapshot *whole;
  IsthCounts counts;
  gboolean asked; /* for the counts of this time window */
  IsthInboxProgress *progress;
  IsthInboxProject *project;
  GtkStringList *problems;
  char *listened_to;
  char *recording; /* being made, or made and not saved */
  char *cache_folder;

  IsthSelected selected;
  guint64 selected_id;
  char *filter;
  gint64 from, to;
  IsthQuery *query; /* both */
  IsthWording wording;
  IsthFact *fact;
};

enum
{
  PROP_0,
  PROP_SNAPSHOT,
  PROP_SELECTION,
  PROP_FILTER,
  PROP_TIME_WINDOW,
  PROP_COUNTS,
  PROP_WORDING,
  PROP_PROGRESS,
  PROP_READING,
  PROP_PROJECT,
  PROP_UNSAVED,
  PROP_FACT,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthSession, isth_session, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (IsthSnapshot, isth_snapshot, isth_snapshot_ref, isth_snapshot_unref)
G_DEFINE_ENUM_TYPE (IsthWording, isth_wording,
                    G_DEFINE_ENUM_VALUE (ISTH_WORDING_IT, "it"),
                    G_DEFINE_ENUM_VALUE (ISTH_WORDING_BOTH, "both"),
                    G_DEFINE_ENUM_VALUE (ISTH_WORDING_OT, "ot"))

static const IsthProgress no_progress = { .state = ISTH_ENGINE_IDLE, .path = "" };

static void
notify (IsthSession *self,
        guint        property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
show_snapshot (IsthSession  *self,
               IsthSnapshot *snapshot)
{
  IsthSnapshot *before = self->snapshot;

  if (before == snapshot)
    {
      isth_snapshot_unref (snapshot);
      return;
    }

  self->snapshot = snapshot;
  notify (self, PROP_SNAPSHOT);
  isth_release_snapshot (before);
}

static void
set_counts (IsthSession *self,
            IsthCounts   counts)
{
  if (self->counts == counts)
    return;

  self->counts = counts;
  notify (self, PROP_COUNTS);
}

/* Counts of the window are followed by newer ones, or by the word that they do not hold any more. */
static void
take_snapshot (IsthSession  *self,
               IsthSnapshot *snapshot)
{
  isth_release_snapshot (self->whole);
  self->whole = snapshot;
  if (!snapshot)
    set_counts (self, ISTH_COUNTS_WHOLE);
  if (self->counts != ISTH_COUNTS_WINDOW)
    show_snapshot (self, isth_snapshot_ref (snapshot));
}

static void
make_query (IsthSession *self)
{
  IsthQuery *before = self->query;

  self->query = isth_query_new (self->filter, self->from, self->to);
  isth_record_unref (before);
}

static void
show_whole (IsthSession *self)
{
  gboolean was_window = self->counts == ISTH_COUNTS_WINDOW;

  set_counts (self, ISTH_COUNTS_WHOLE);
  if (was_window)
    show_snapshot (self, isth_snapshot_ref (self->whole));
}

static void
take_counted (IsthSession      *self,
              IsthInboxCounted *counted)
{
  if (counted->from == ISTH_NO_TIME)
    self->asked = FALSE;
  else if (counted->from != self->from || counted->to != self->to)
    return; /* another window was chosen meanwhile */

  if (!counted->snapshot || !self->whole)
    {
      show_whole (self);
      return;
    }
  show_snapshot (self, isth_snapshot_ref (counted->snapshot));
  set_counts (self, ISTH_COUNTS_WINDOW);
}

/* As soon as the engine has nothing else to do. */
static void
ask_for_counts (IsthSession *self)
{
  IsthEngineState state = isth_session_get_progress (self)->state;

  if (self->asked || self->from == ISTH_NO_TIME || !self->whole || (state != ISTH_ENGINE_IDLE && state != ISTH_ENGINE_COUNTING))
    return;

  self->asked = TRUE;
  set_counts (self, ISTH_COUNTS_PENDING);
  isth_engine_count_window (self->engine, self->from, self->to);
}

static void
take_project (IsthSession      *self,
              IsthInboxProject *project)
{
  g_autofree char *before = g_strdup (isth_session_get_project (self));
  gboolean unsaved = isth_session_get_unsaved (self);

  isth_record_unref (self->project);
  self->project = project;

  if (!project->path)
    {
      isth_session_select (self, ISTH_SELECTED_NOTHING, 0);
      isth_session_set_time_window (self, ISTH_NO_TIME, ISTH_NO_TIME);
      isth_session_set_filter (self, "");
      isth_decisions_forget (self->decisions);
      g_clear_pointer (&self->recording, g_free); /* the engine removed it, or keeps it for a restored project */
      take_snapshot (self, NULL);
    }
  if (unsaved != isth_session_get_unsaved (self))
    notify (self, PROP_UNSAVED);
  if (g_strcmp0 (before, project->path) != 0)
    notify (self, PROP_PROJECT);
}

static void
take_progress (IsthSession       *self,
               IsthInboxProgress *progress)
{
  gboolean before = isth_session_get_reading (self);
  g_autofree char *folder = g_path_get_dirname (progress->progress.path);

  isth_record_unref (self->progress);
  self->progress = progress;
  if (progress->progress.state == ISTH_ENGINE_LISTENING && g_str_equal (folder, self->cache_folder))
    {
      g_free (self->recording);
      self->recording = g_strdup (progress->progress.path);
    }
  notify (self, PROP_PROGRESS);
  if (before != isth_session_get_reading (self))
    notify (self, PROP_READING);
}

static void
deliver (gpointer user_data)
{
  g_autoptr(IsthSession) self = g_object_ref (user_data);
  IsthInboxProject *project = isth_inbox_take_project (self->inbox);
  IsthInboxProgress *progress = isth_inbox_take_progress (self->inbox);
  IsthSnapshot *snapshot = isth_inbox_take_snapshot (self->inbox);
  IsthInboxCounted *counted = isth_inbox_take_counted (self->inbox); /* after the snapshot that it goes with */
  char *failure;

  if (project)
    take_project (self, project);
  if (snapshot && isth_session_get_project (self))
    take_snapshot (self, snapshot);
  else
    isth_snapshot_unref (snapshot); /* a last word of a project that was closed */
  if (counted)
    take_counted (self, counted);
  isth_record_unref (counted);
  if (progress)
    take_progress (self, progress);
  ask_for_counts (self);
  while ((failure = isth_inbox_take_failure (self->inbox)))
    gtk_string_list_take (self->problems, failure);
}

static void
isth_session_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  IsthSession *self = ISTH_SESSION (object);

  switch (id)
    {
    case PROP_SNAPSHOT:
      g_value_set_boxed (value, self->snapshot);
      break;
    case PROP_FILTER:
      g_value_set_string (value, self->filter);
      break;
    case PROP_WORDING:
      g_value_set_enum (value, self->wording);
      break;
    case PROP_SELECTION:
      g_value_set_uint64 (value, self->selected_id);
      break;
    case PROP_TIME_WINDOW:
      g_value_set_boolean (value, isth_session_get_time_window (self, NULL, NULL));
      break;
    case PROP_COUNTS:
      g_value_set_int (value, self->counts);
      break;
    case PROP_PROGRESS:
      g_value_set_pointer (value, (gpointer) isth_session_get_progress (self));
      break;
    case PROP_READING:
      g_value_set_boolean (value, isth_session_get_reading (self));
      break;
    case PROP_PROJECT:
      g_value_set_string (value, isth_session_get_project (self));
      break;
    case PROP_UNSAVED:
      g_value_set_boolean (value, isth_session_get_unsaved (self));
      break;
    case PROP_FACT:
      g_value_set_object (value, self->fact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
isth_session_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  IsthSession *self = ISTH_SESSION (object);

  if (id == PROP_FILTER)
    isth_session_set_filter (self, g_value_get_string (value));
  else if (id == PROP_WORDING)
    isth_session_set_wording (self, g_value_get_enum (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_session_dispose (GObject *object)
{
  IsthSession *self = ISTH_SESSION (object);

  if (self->inbox)
    isth_inbox_close (self->inbox);
  if (self->decisions)
    isth_decisions_close (self->decisions);
  if (self->figures)
    isth_figures_close (self->figures);
  if (self->engine)
    isth_ending_begin (g_steal_pointer (&self->engine), g_steal_pointer (&self->inbox));
  g_clear_object (&self->fact);

  G_OBJECT_CLASS (isth_session_parent_class)->dispose (object);
}

static void
isth_session_finalize (GObject *object)
{
  IsthSession *self = ISTH_SESSION (object);

  g_clear_pointer (&self->inbox, isth_inbox_unref);
  g_clear_object (&self->decisions);
  g_clear_object (&self->figures);
  g_object_unref (self->problems);
  isth_release_snapshot (self->snapshot);
  isth_release_snapshot (self->whole);
  isth_record_unref (self->progress);
  isth_record_unref (self->project);
  isth_record_unref (self->query);
  g_free (self->filter);
  g_free (self->listened_to);
  g_free (self->recording);
  g_free (self->cache_folder);

  G_OBJECT_CLASS (isth_session_parent_class)->finalize (object);
}

static void
isth_session_class_init (IsthSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = isth_session_get_property;
  object_class->set_property = isth_session_set_property;
  object_class->dispose = isth_session_dispose;
  object_class->finalize = isth_session_finalize;

  properties[PROP_SNAPSHOT] = g_param_spec_boxed ("snapshot", NULL, NULL, ISTH_TYPE_SNAPSHOT, readable);
  properties[PROP_SELECTION] = g_param_spec_uint64 ("selection", NULL, NULL, 0, G_MAXUINT64, 0, readable);
  properties[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, "", writable);
  properties[PROP_TIME_WINDOW] = g_param_spec_boolean ("time-window", NULL, NULL, FALSE, readable);
  properties[PROP_COUNTS] = g_param_spec_int ("counts", NULL, NULL, 0, ISTH_COUNTS_WINDOW, ISTH_COUNTS_WHOLE, readable);
  properties[PROP_WORDING] = g_param_spec_enum ("wording", NULL, NULL, ISTH_TYPE_WORDING, ISTH_WORDING_BOTH, writable);
  properties[PROP_PROGRESS] = g_param_spec_pointer ("progress", NULL, NULL, readable);
  properties[PROP_READING] = g_param_spec_boolean ("reading", NULL, NULL, FALSE, readable);
  properties[PROP_PROJECT] = g_param_spec_string ("project", NULL, NULL, NULL, readable);
  properties[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, readable);
  properties[PROP_FACT] = g_param_spec_object ("fact", NULL, NULL, ISTH_TYPE_FACT, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
isth_session_init (IsthSession *self)
{
  self->problems = gtk_string_list_new (NULL);
  self->filter = g_strdup ("");
  self->listened_to = g_strdup ("");
  self->from = self->to = ISTH_NO_TIME;
  self->wording = ISTH_WORDING_BOTH;
  make_query (self);
}

IsthSession *
isth_session_new (const char *cache_folder)
{
  IsthSession *self = g_object_new (ISTH_TYPE_SESSION, NULL);

  self->cache_folder = g_strdup (cache_folder);
  self->inbox = isth_inbox_new (deliver, self);
  self->engine = isth_engine_new (cache_folder, &isth_inbox_events, self->inbox);
  self->decisions = isth_decisions_new (self, self->engine);
  self->figures = isth_figures_new (self);

  return self;
}

void
isth_session_open (IsthSession       *self,
                   const char *const *paths)
{
  if (paths && *paths)
    isth_engine_open (self->engine, paths);
}

void
isth_session_follow (IsthSession *self,
                     const char  *path)
{
  isth_engine_follow (self->engine, path);
}

void
isth_session_close (IsthSession *self,
                    gboolean     discard)
{
  isth_engine_cancel (self->engine);
  isth_engine_close (self->engine, discard);
}

void
isth_session_save_as (IsthSession *self,
                      const char  *path)
{
  isth_engine_save_as (self->engine, path);
}

void
isth_session_cancel (IsthSession *self)
{
  isth_engine_cancel (self->engine);
}

void
isth_session_listen (IsthSession      *self,
                     const IsthListen *listen)
{
  g_free (self->listened_to);
  self->listened_to = g_strjoinv (", ", (GStrv) listen->interfaces);
  isth_engine_listen (self->engine, listen);
}

void
isth_session_pause (IsthSession *self,
                    gboolean     paused)
{
  isth_engine_pause (self->engine, paused);
}

void
isth_session_keep_recording (IsthSession *self,
                             const char  *path)
{
  if (self->recording)
    isth_engine_keep_recording (self->engine, self->recording, path);
  g_clear_pointer (&self->recording, g_free);
}

const char *
isth_session_get_listened_to (IsthSession *self)
{
  return self->listened_to;
}

const char *
isth_session_get_recording (IsthSession *self)
{
  return self->recording;
}

IsthFigures *
isth_session_get_figures (IsthSession *self)
{
  return self->figures;
}

IsthDecisions *
isth_session_get_decisions (IsthSession *self)
{
  return self->decisions;
}

IsthSnapshot *
isth_session_get_snapshot (IsthSession *self)
{
  return self->snapshot;
}

const IsthAsset *
isth_session_get_asset (IsthSession *self,
                        guint64      id)
{
  return isth_row_find_record (self->snapshot, ISTH_SELECTED_ASSET, id);
}

const IsthLink *
isth_session_get_link (IsthSession *self,
                       guint64      id)
{
  return isth_row_find_record (self->snapshot, ISTH_SELECTED_LINK, id);
}

const IsthAlert *
isth_session_get_alert (IsthSession *self,
                        guint64      id)
{
  return isth_row_find_record (self->snapshot, ISTH_SELECTED_ALERT, id);
}

const IsthRemoteSession *
isth_session_get_remote (IsthSession *self,
                         guint64      id)
{
  return isth_row_find_record (self->snapshot, ISTH_SELECTED_REMOTE, id);
}

const char *
isth_session_get_asset_name (IsthSession *self,
                             guint64      id)
{
  const IsthAsset *asset = id ? isth_session_get_asset (self, id) : NULL;

  return asset ? asset->name : "";
}

void
isth_session_select (IsthSession *self,
                     IsthSelected kind,
                     guint64      id)
{
  if (kind == ISTH_SELECTED_NOTHING || id == 0)
    {
      kind = ISTH_SELECTED_NOTHING;
      id = 0;
    }
  if (self->selected == kind && self->selected_id == id)
    return;

  self->selected = kind;
  self->selected_id = id;
  notify (self, PROP_SELECTION);
}

IsthSelected
isth_session_get_selected (IsthSession *self,
                           guint64     *id)
{
  if (id)
    *id = self->selected_id;

  return self->selected;
}

guint64
isth_session_get_selected_asset (IsthSession *self)
{
  return self->selected == ISTH_SELECTED_ASSET ? self->selected_id : 0;
}

void
isth_session_set_filter (IsthSession *self,
                         const char  *text)
{
  if (g_strcmp0 (self->filter, text ? text : "") == 0)
    return;

  g_free (self->filter);
  self->filter = g_strdup (text ? text : "");
  make_query (self);
  notify (self, PROP_FILTER);
}

const char *
isth_session_get_filter (IsthSession *self)
{
  return self->filter;
}

void
isth_session_set_time_window (IsthSession *self,
                              gint64       from,
                              gint64       to)
{
  if (from == ISTH_NO_TIME || to == ISTH_NO_TIME || to < from)
    from = to = ISTH_NO_TIME;
  if (self->from == from && self->to == to)
    return;

  self->from = from;
  self->to = to;
  self->asked = FALSE;
  make_query (self);
  show_whole (self);
  notify (self, PROP_TIME_WINDOW);
  ask_for_counts (self);
}

gboolean
isth_session_get_time_window (IsthSession *self,
                              gint64      *from,
                              gint64      *to)
{
  if (self->from == ISTH_NO_TIME)
    return FALSE;

  if (from)
    *from = self->from;
  if (to)
    *to = self->to;

  return TRUE;
}

IsthCounts
isth_session_get_counts (IsthSession *self)
{
  return self->counts;
}

IsthQuery *
isth_session_get_query (IsthSession *self)
{
  return self->query;
}

void
isth_session_set_wording (IsthSession *self,
                          IsthWording  wording)
{
  if (self->wording == wording)
    return;

  self->wording = wording;
  notify (self, PROP_WORDING);
}

IsthWording
isth_session_get_wording (IsthSession *self)
{
  return self->wording;
}

IsthSeverity
isth_session_get_severity (IsthSession     *self,
                           const IsthAlert *alert)
{
  return isth_wording_get_severity (self->wording, alert);
}

const IsthProgress *
isth_session_get_progress (IsthSession *self)
{
  return self->progress ? &self->progress->progress : &no_progress;
}

gboolean
isth_session_get_reading (IsthSession *self)
{
  IsthEngineState state = isth_session_get_progress (self)->state;

  return state == ISTH_ENGINE_READING || state == ISTH_ENGINE_FOLLOWING || state == ISTH_ENGINE_LISTENING || state == ISTH_ENGINE_PAUSED;
}

const char *
isth_session_get_project (IsthSession *self)
{
  return self->project ? self->project->path : NULL;
}

gboolean
isth_session_get_unsaved (IsthSession *self)
{
  return self->project && self->project->path && self->project->unsaved;
}

GtkStringList *
isth_session_get_problems (IsthSession *self)
{
  return self->problems;
}

void
isth_session_show_fact (IsthSession *self,
                        IsthFact    *fact)
{
  g_set_object (&self->fact, fact);
  notify (self, PROP_FACT);
}

IsthFact *
isth_session_get_fact (IsthSession *self)
{
  return self->fact;
}
