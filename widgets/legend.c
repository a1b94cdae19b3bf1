/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a sample and its meaning. */
#include "widgets/legend.h"

#include <glib/gi18n-lib.h>

#include "widgets/topology-picture.h"

#define SAMPLE_WIDTH 44
#define SAMPLE_HEIGHT 30

typedef enum
{
  SAMPLE_EDGE,
  SAMPLE_GUESS,
  SAMPLE_CROSSING,
  SAMPLE_CARD,
  SAMPLE_ALERT,
} Sample;

struct _IsthLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (IsthLegend, isth_legend, GTK_TYPE_WIDGET)

static const struct
{
  Sample sample;
  guint value;
  const char *text;
} rows[] = {
  { SAMPLE_EDGE, ISTH_SCENE_READ, N_("Reads from") },
  { SAMPLE_EDGE, ISTH_SCENE_WRITE, N_("Writes to") },
  { SAMPLE_EDGE, ISTH_SCENE_PROGRAM, N_("Programs, controls or configures") },
  { SAMPLE_EDGE, ISTH_SCENE_TALK, N_("Talks, nothing more is known") },
  { SAMPLE_GUESS, ISTH_SCENE_WRITE, N_("No arrow: who asked is not known") },
  { SAMPLE_CROSSING, 0, N_("Crosses the IT/OT boundary") },
  { SAMPLE_CARD, TRUE, N_("Identified") },
  { SAMPLE_CARD, FALSE, N_("Not identified") },
  { SAMPLE_ALERT, 5, N_("Alert: critical") },
  { SAMPLE_ALERT, 4, N_("Alert: high") },
  { SAMPLE_ALERT, 3, N_("Alert: medium") },
  { SAMPLE_ALERT, 2, N_("Alert: low") },
  { SAMPLE_ALERT, 1, N_("Alert: information") },
};

static void
draw_sample (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        user_data)
{
  guint row = GPOINTER_TO_UINT (user_data);
  IsthSceneCurve line = { .x0 = 8, .y0 = 3, .bend0 = 12, .x1 = (float) width - 8, .y1 = (float) height - 3, .bend1 = -12 };
  IsthTopologyColors colors;
  GdkRGBA color;

  isth_topology_colors_read (&colors, GTK_WIDGET (area));
  color = colors.foreground;
  color.alpha *= 0.7f;
  switch (rows[row].sample)
    {
    case SAMPLE_EDGE:
    case SAMPLE_GUESS:
      isth_topology_draw_edge (cr, &colors, &line, rows[row].value, rows[row].sample == SAMPLE_EDGE, &color, 1);
      break;
    case SAMPLE_CROSSING:
      isth_topology_draw_edge (cr, &colors, &line, ISTH_SCENE_TALK, FALSE, &color, 1);
      isth_topology_draw_crossing (cr, &colors, width / 2.0, height / 2.0, 4.5, &color);
      break;
    case SAMPLE_CARD:
      isth_topology_draw_card (cr, &colors, &GRAPHENE_RECT_INIT (5, 6, (float) width - 10, (float) height - 12), rows[row].value, TRUE, 1);
      break;
    case SAMPLE_ALERT:
      isth_topology_draw_alert (cr, &colors, rows[row].value, width / 2.0, height / 2.0, 8);
      break;
    }
}

static void
isth_legend_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (isth_legend_parent_class)->dispose (object);
}

static void
isth_legend_class_init (IsthLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = isth_legend_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
isth_legend_init (IsthLegend *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *area = gtk_drawing_area_new (), *label = gtk_label_new (_(rows[i].text));

      gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SAMPLE_WIDTH);
      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SAMPLE_HEIGHT);
      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_sample, GUINT_TO_POINTER (i), NULL);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_grid_attach (GTK_GRID (grid), area, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), label, 1, (int) i, 1, 1);
    }
  gtk_widget_set_margin_start (grid, 6);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Legend"), -1);
}

GtkWidget *
isth_legend_new (void)
{
  return g_object_new (ISTH_TYPE_LEGEND, NULL);
}
