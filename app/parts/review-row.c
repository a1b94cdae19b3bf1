/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it is, in the words of the side that reads; what is known of it in a line; and what was decided, where something was. */
#include "app/parts/review-row.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/remote-text.h"
#include "app/parts/review-text.h"

struct _IsthReviewRow
{
  AdwBin parent_instance;

  GtkLabel *what, *title, *facts, *outcome, *details;

  IsthSession *session;
  IsthItem *item;
  const IsthReviewList *shown; /* only to compare: never followed */
};

G_DEFINE_FINAL_TYPE (IsthReviewRow, isth_review_row, ADW_TYPE_BIN)

static char *
describe_link (IsthSession    *session,
               const IsthLink *link)
{
  const IsthAsset *from = isth_session_get_asset (session, link->from), *to = isth_session_get_asset (session, link->to);
  g_autofree char *verbs = isth_format_verbs (link->verbs), *last = isth_format_time (link->last);

  return g_strdup_printf ("%s → %s%s%s · %s", from ? isth_format_level (from->level) : "", to ? isth_format_level (to->level) : "", *verbs ? " · " : "",
                          verbs, last);
}

static char *
describe_alert (IsthSession     *session,
                const IsthAlert *alert)
{
  g_autofree char *last = isth_format_time (alert->last), *count = isth_format_count (alert->count);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · %s · %s time", "%s · %s · %s times", alert->count),
                          _(isth_severity_title (isth_session_get_severity (session, alert))), last, count);
}

static char *
describe_asset (const IsthAsset *asset)
{
  g_autofree char *ips = isth_format_ips (asset);

  return g_strdup_printf ("%s · %s%s%s", _(isth_kind_title (asset->kind)), isth_format_level (asset->level), *ips ? " · " : "", ips);
}

static char *
describe (IsthSession   *session,
          const IsthRow *row)
{
  switch (row->kind)
    {
    case ISTH_SELECTED_LINK:
      return describe_link (session, row->record);
    case ISTH_SELECTED_ALERT:
      return describe_alert (session, row->record);
    case ISTH_SELECTED_REMOTE:
      return isth_remote_text_sentence (session, row->record);
    case ISTH_SELECTED_ASSET:
    case ISTH_SELECTED_NOTHING:
    default:
      return describe_asset (row->record);
    }
}

static const char *
name_kind (const IsthRow *row)
{
  switch (row->kind)
    {
    case ISTH_SELECTED_LINK:
      return ((const IsthLink *) row->record)->crossing ? _("Crossing") : _("Link");
    case ISTH_SELECTED_ALERT:
      return _("Alert");
    case ISTH_SELECTED_REMOTE:
      return _("Session");
    case ISTH_SELECTED_ASSET:
    case ISTH_SELECTED_NOTHING:
    default:
      return _("Asset");
    }
}

static void
update (IsthReviewRow *self)
{
  const IsthRow row = self->item ? isth_item_get_row (self->item) : (IsthRow) { 0 };
  const IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);
  g_autofree char *title = NULL, *facts = NULL, *outcome = NULL, *details = NULL;
  const IsthReview *review;

  self->shown = NULL;
  if (!row.record || !snapshot)
    return;

  self->shown = snapshot->reviews;
  review = isth_review_text_find (snapshot, row.kind, isth_item_get_id (self->item));
  title = isth_review_text_subject (self->session, row.kind, isth_item_get_id (self->item));
  facts = describe (self->session, &row);
  outcome = review ? isth_review_text_outcome (review) : g_strdup ("");
  details = review ? isth_review_text_details (review) : g_strdup ("");
  gtk_label_set_text (self->what, name_kind (&row));
  gtk_label_set_text (self->title, title ? title : "");
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->outcome, outcome);
  gtk_label_set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), review != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->details), review != NULL);
  if (gtk_widget_get_parent (GTK_WIDGET (self))) /* the list's own row */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, title ? title : "", -1);
}

/* A decision makes no other record of what it is about. */
static void
on_snapshot (IsthReviewRow *self)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (self->session);

  if (snapshot && snapshot->reviews != self->shown)
    update (self);
}

static void
on_decide (IsthReviewRow *self)
{
  if (!self->item)
    return;

  isth_session_select (self->session, isth_item_get_kind (self->item), isth_item_get_id (self->item));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.decide", NULL);
}

void
isth_review_row_set_item (IsthReviewRow *self,
                          IsthItem      *item)
{
  if (self->item)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item)
    g_signal_connect_object (item, "notify::record", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
isth_review_row_dispose (GObject *object)
{
  IsthReviewRow *self = ISTH_REVIEW_ROW (object);

  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (isth_review_row_parent_class)->dispose (object);
}

static void
isth_review_row_class_init (IsthReviewRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_review_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/parts/review-row.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthReviewRow, what);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewRow, title);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewRow, facts);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, IsthReviewRow, details);
  gtk_widget_class_bind_template_callback (widget_class, on_decide);
}

static void
isth_review_row_init (IsthReviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

IsthReviewRow *
isth_review_row_new (IsthSession *session)
{
  IsthReviewRow *self = g_object_new (ISTH_TYPE_REVIEW_ROW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);

  return self;
}
