/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip and its popover; the words come from health.c. */
#include "app/views/evidence-strip.h"

#include <glib/gi18n-lib.h>

#include "app/health.h"

struct _IsthEvidenceStrip
{
  IsthView parent_instance;

  GtkMenuButton *button;
  GtkWidget *warning;
  GtkLabel *summary, *details;
};

G_DEFINE_FINAL_TYPE (IsthEvidenceStrip, isth_evidence_strip, ISTH_TYPE_VIEW)

static void
on_snapshot (IsthEvidenceStrip *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  g_autofree char *summary = NULL;
  g_autofree char *details = NULL;
  g_auto(GStrv) warnings = NULL;

  if (!snapshot)
    {
      gtk_label_set_text (self->summary, _("No capture yet"));
      gtk_label_set_text (self->details, _("Nothing was read yet."));
      gtk_widget_set_visible (self->warning, FALSE);
      return;
    }

  summary = isth_health_summarise (snapshot, isth_session_get_reading (session));
  details = isth_health_describe (snapshot, isth_session_get_reading (session));
  warnings = isth_health_warn (snapshot, isth_session_get_reading (session));
  gtk_label_set_text (self->summary, summary);
  gtk_label_set_markup (self->details, details);
  gtk_widget_set_visible (self->warning, warnings[0] != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
}

static void
isth_evidence_strip_attach (IsthView    *view,
                            IsthSession *session)
{
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_snapshot), view, G_CONNECT_SWAPPED);
  on_snapshot (ISTH_EVIDENCE_STRIP (view));
}

static void
isth_evidence_strip_class_init (IsthEvidenceStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_evidence_strip_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/evidence-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceStrip, button);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceStrip, warning);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceStrip, summary);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceStrip, details);
}

static void
isth_evidence_strip_init (IsthEvidenceStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
