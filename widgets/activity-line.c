/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars in the colour of the text, so that dark and high contrast follow. It is an ornament: the number beside it is what is read out. */
#include "widgets/activity-line.h"

#define BAR 2 /* pixels of one bar, its gap included */
#define HEIGHT 22

struct _IsthActivityLine
{
  GtkWidget parent_instance;

  GArray *rates; /* guint32 */
};

G_DEFINE_FINAL_TYPE (IsthActivityLine, isth_activity_line, GTK_TYPE_WIDGET)

GtkWidget *
isth_activity_line_new (void)
{
  return g_object_new (ISTH_TYPE_ACTIVITY_LINE, NULL);
}

void
isth_activity_line_set_rates (IsthActivityLine *self,
                              const guint32    *rates,
                              guint             n)
{
  gboolean resize = n != self->rates->len;

  g_array_set_size (self->rates, 0);
  g_array_append_vals (self->rates, rates, n);
  if (resize)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
isth_activity_line_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  IsthActivityLine *self = ISTH_ACTIVITY_LINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  guint32 largest = 1;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.2f;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, (float) height - 1, (float) width, 1));
  color.alpha *= 2.5f;
  for (guint i = 0; i < self->rates->len; i++)
    largest = MAX (largest, g_array_index (self->rates, guint32, i));
  for (guint i = 0; i < self->rates->len; i++)
    {
      guint32 rate = g_array_index (self->rates, guint32, i);
      float bar = rate > 0 ? MAX (1.5f, (float) rate / (float) largest * (float) (height - 1)) : 0;

      if (bar > 0)
        gtk_snapshot_append_color (snapshot, &color,
                                   &GRAPHENE_RECT_INIT ((float) (i * BAR), (float) height - 1 - bar, BAR - 0.5f, bar));
    }
}

static void
isth_activity_line_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  IsthActivityLine *self = ISTH_ACTIVITY_LINE (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) self->rates->len * BAR : HEIGHT;
}

static void
isth_activity_line_finalize (GObject *object)
{
  g_array_unref (ISTH_ACTIVITY_LINE (object)->rates);

  G_OBJECT_CLASS (isth_activity_line_parent_class)->finalize (object);
}

static void
isth_activity_line_class_init (IsthActivityLineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = isth_activity_line_finalize;
  widget_class->snapshot = isth_activity_line_snapshot;
  widget_class->measure = isth_activity_line_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
isth_activity_line_init (IsthActivityLine *self)
{
  self->rates = g_array_new (FALSE, FALSE, sizeof (guint32));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}
