/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip and its popover; the words come from health.c. */
#include "app/views/evidence-strip.h"

#include <glib/gi18n-lib.h>

#include "app/figures.h"

struct _IsthEvidenceStrip
{
  IsthView parent_instance;

  GtkMenuButton *button;
  GtkWidget *warning;
  GtkLabel *summary, *details;
};

G_DEFINE_FINAL_TYPE (IsthEvidenceStrip, isth_evidence_strip, ISTH_TYPE_VIEW)

static void
on_figures (IsthEvidenceStrip *self)
{
  const IsthFigureSet *figures = isth_figures_get (isth_session_get_figures (isth_view_get_session (ISTH_VIEW (self))));

  if (!figures)
    {
      gtk_label_set_text (self->summary, _("No capture yet"));
      gtk_label_set_text (self->details, _("Nothing was read yet."));
      gtk_widget_set_visible (self->warning, FALSE);
      return;
    }

  gtk_label_set_text (self->summary, figures->summary);
  gtk_label_set_markup (self->details, figures->details);
  gtk_widget_set_visible (self->warning, figures->warnings[0] != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, figures->summary, -1);
}

static void
isth_evidence_strip_attach (IsthView    *view,
                            IsthSession *session)
{
  g_signal_connect_object (isth_session_get_figures (session), "changed", G_CALLBACK (on_figures), view, G_CONNECT_SWAPPED);
  on_figures (ISTH_EVIDENCE_STRIP (view));
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
