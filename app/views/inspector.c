/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the one selection, whatever it is; made afresh when its record changed, seldom while captures are read. */
#include "app/views/inspector.h"

#include <glib/gi18n-lib.h>

#include "app/parts/inspector-parts.h"
#include "app/parts/review-text.h"

#define ROOMY 1200 /* pixels of the window, from which on an empty inspector takes no room that a view needs */
#define AT_ONCE 20000 /* records that are looked at without a worker */
#define STEPS_AT_ONCE 2
#define REFILL_INTERVAL (2 * G_USEC_PER_SEC)

struct _IsthInspector
{
  IsthView parent_instance;

  GtkStack *pages;
  GtkScrolledWindow *scroller;
  AdwBin *holder;
  GtkWidget *foot;
  GtkLabel *outcome, *details;

  gboolean wanted;
  gboolean asked; /* by hand: it is there, empty or not */
  guint fitting;  /* idle source */

  gconstpointer shown; /* the record, only to compare: never followed */
  gint64 filled;
  gboolean busy, again; /* a worker gathers; something else is to be shown since it was started */
  gboolean to_top;      /* what comes is something else, not the same anew */
  IsthRelated *filling; /* the asset whose page is not full, */
  guint step, more;     /* how far that is, and the idle source that goes on */
};

enum { PROP_0, PROP_WANTED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthInspector, isth_inspector, ISTH_TYPE_VIEW)

static gconstpointer
get_record (IsthSession *session)
{
  guint64 id;

  switch (isth_session_get_selected (session, &id))
    {
    case ISTH_SELECTED_ASSET:
      return isth_session_get_asset (session, id);
    case ISTH_SELECTED_LINK:
      return isth_session_get_link (session, id);
    case ISTH_SELECTED_ALERT:
      return isth_session_get_alert (session, id);
    case ISTH_SELECTED_REMOTE:
      return isth_session_get_remote (session, id);
    case ISTH_SELECTED_NOTHING:
    default:
      return NULL;
    }
}

static void
stop_filling (IsthInspector *self)
{
  g_clear_handle_id (&self->more, g_source_remove);
  g_clear_pointer (&self->filling, isth_related_free);
  self->step = 0;
}

static gboolean
fill_more (gpointer user_data)
{
  IsthInspector *self = user_data;
  GtkBox *box = GTK_BOX (adw_bin_get_child (self->holder));

  if (isth_inspector_fill_asset (box, isth_view_get_session (ISTH_VIEW (self)), self->filling, self->step++))
    return G_SOURCE_CONTINUE;

  self->more = 0;
  stop_filling (self);
  return G_SOURCE_REMOVE;
}

/* In a wide window it is always there: what is in the view stays where it is when something is selected. In a narrow one the room is the view's as long as
 * there is nothing to say. */
static void
fit_in (IsthInspector *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int width = root ? gtk_widget_get_width (GTK_WIDGET (root)) : 0, height;

  if (root && width == 0)
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  gtk_widget_set_visible (GTK_WIDGET (self), self->wanted && (self->shown || self->asked || width >= ROOMY));
}

static gboolean
fit_in_later (gpointer user_data)
{
  IsthInspector *self = user_data;

  self->fitting = 0;
  fit_in (self);
  return G_SOURCE_REMOVE;
}

/* Told while the window is given its size: nobody may come or go then. */
static void
on_width (IsthInspector *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_in_later, self);
}

static void
isth_inspector_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (isth_inspector_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::default-width", G_CALLBACK (on_width), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::maximized", G_CALLBACK (on_width), widget, G_CONNECT_SWAPPED);
  on_width (ISTH_INSPECTOR (widget));
}

/* What is seen first, and the rest when there is nothing else to do; the same anew at once, so that nobody who has scrolled is moved. Takes @related over. */
static void
show (IsthInspector *self,
      IsthRelated   *related)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gconstpointer record = related ? related->record : NULL;
  IsthSelected kind = record ? related->kind : ISTH_SELECTED_NOTHING;
  GtkBox *box = record ? GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12)) : NULL;

  stop_filling (self);
  self->shown = record;
  self->filled = g_get_monotonic_time ();
  self->filling = related;
  gtk_stack_set_visible_child_name (self->pages, record ? "something" : "nothing");
  fit_in (self);
  if (kind == ISTH_SELECTED_LINK)
    isth_inspector_fill_link (box, session, related);
  else if (kind == ISTH_SELECTED_REMOTE)
    isth_inspector_fill_remote (box, session, related);
  else if (kind == ISTH_SELECTED_ALERT)
    isth_inspector_fill_alert (box, session, record);
  adw_bin_set_child (self->holder, record ? GTK_WIDGET (box) : NULL);
  if (kind != ISTH_SELECTED_ASSET)
    stop_filling (self);
  else
    while (self->filling && (self->step < STEPS_AT_ONCE || !self->to_top))
      fill_more (self);
  if (self->filling)
    self->more = g_idle_add_full (G_PRIORITY_LOW, fill_more, self, NULL);
  if (self->to_top)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->to_top = FALSE;
}

/* What was decided about it, and the way to decide, always in sight. */
static void
show_decision (IsthInspector *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  guint64 id;
  IsthSelected kind = isth_session_get_selected (session, &id);
  const IsthReview *review = isth_review_text_find (isth_session_get_snapshot (session), kind, id);
  g_autofree char *outcome = review ? isth_review_text_outcome (review) : g_strdup (_("Nothing decided"));
  g_autofree char *details = review ? isth_review_text_details (review) : g_strdup ("");

  gtk_widget_set_visible (self->foot, get_record (session) != NULL);
  gtk_label_set_text (self->outcome, outcome);
  gtk_label_set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), review != NULL);
}

static void fill (IsthInspector *self);

static void
gather_in_worker (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  isth_related_gather (data);
  g_task_return_pointer (task, data, (GDestroyNotify) isth_related_free);
}

/* What is shown may be of a snapshot that was replaced meanwhile: the same record is still true, and another one is on its way. */
static void
on_gathered (GObject      *object,
             GAsyncResult *result,
             gpointer      unused)
{
  IsthInspector *self = ISTH_INSPECTOR (object);
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  g_autoptr(IsthRelated) related = g_task_propagate_pointer (G_TASK (result), NULL);
  guint64 id;

  self->busy = FALSE;
  if (!self->holder || !session) /* the view is gone */
    return;
  if (isth_session_get_selected (session, &id) == related->kind && id == related->id && isth_session_get_snapshot (session))
    show (self, g_steal_pointer (&related));
  if (self->again)
    fill (self);
}

/* Of the selection; a worker looks for what is around it, when that is looking at many. */
static void
fill (IsthInspector *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  g_autoptr(IsthRelated) related = NULL;
  g_autoptr(GTask) task = NULL;
  guint64 id;
  IsthSelected kind = isth_session_get_selected (session, &id);

  self->again = self->busy;
  if (!get_record (session))
    {
      show (self, NULL);
      return;
    }
  if (self->busy)
    return;

  related = isth_related_new (isth_session_get_snapshot (session), kind, id);
  if (isth_related_get_size (related) <= AT_ONCE)
    {
      isth_related_gather (related);
      show (self, g_steal_pointer (&related));
      return;
    }
  self->busy = TRUE;
  self->filled = g_get_monotonic_time ();
  self->shown = related->record;
  task = g_task_new (self, NULL, on_gathered, NULL);
  g_task_set_task_data (task, g_steal_pointer (&related), NULL); /* comes back as the answer */
  g_task_run_in_thread (task, gather_in_worker);
}

static void
on_selection (IsthInspector *self)
{
  self->to_top = TRUE;
  fill (self);
  show_decision (self);
}

static void
on_snapshot (IsthInspector *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  gconstpointer record = get_record (session);

  show_decision (self);
  if (record == self->shown)
    return;
  if (record && self->shown && isth_session_get_reading (session) &&
      g_get_monotonic_time () - self->filled < REFILL_INTERVAL)
    return;

  fill (self);
}

static void
isth_inspector_attach (IsthView    *view,
                       IsthSession *session)
{
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (on_selection), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (fill), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  fill (ISTH_INSPECTOR (view));
}

static void
isth_inspector_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  IsthInspector *self = ISTH_INSPECTOR (object);

  if (id != PROP_WANTED)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->wanted != g_value_get_boolean (value))
    {
      self->wanted = self->asked = !self->wanted;
      fit_in (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
isth_inspector_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (id == PROP_WANTED)
    g_value_set_boolean (value, ISTH_INSPECTOR (object)->wanted);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_inspector_dispose (GObject *object)
{
  stop_filling (ISTH_INSPECTOR (object));
  g_clear_handle_id (&ISTH_INSPECTOR (object)->fitting, g_source_remove);

  G_OBJECT_CLASS (isth_inspector_parent_class)->dispose (object);
}

static void
isth_inspector_class_init (IsthInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_inspector_dispose;
  G_OBJECT_CLASS (class)->set_property = isth_inspector_set_property;
  G_OBJECT_CLASS (class)->get_property = isth_inspector_get_property;
  properties[PROP_WANTED] = g_param_spec_boolean ("wanted", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPERTIES, properties);
  ISTH_VIEW_CLASS (class)->attach = isth_inspector_attach;
  widget_class->root = isth_inspector_root;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, holder);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, foot);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, outcome);
  gtk_widget_class_bind_template_child (widget_class, IsthInspector, details);
}

static void
isth_inspector_init (IsthInspector *self)
{
  self->wanted = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
