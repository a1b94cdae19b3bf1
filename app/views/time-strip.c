/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histogram and alert marks of the snapshot into the band; the chosen window out of it. */
#include "app/views/time-strip.h"

#include <glib/gi18n-lib.h>

#include "widgets/time-band.h"

struct _IsthTimeStrip
{
  IsthView parent_instance;

  IsthTimeBand *band;
  GtkLabel *counts;
  gboolean busy; /* our own hand is at the window */
};

G_DEFINE_FINAL_TYPE (IsthTimeStrip, isth_time_strip, ISTH_TYPE_VIEW)

static void
show_activity (IsthTimeStrip      *self,
               const IsthSnapshot *snapshot)
{
  const IsthHistogram *histogram = &snapshot->histogram;
  guint first = 0, end = ISTH_HISTOGRAM_BUCKETS;

  while (end > 0 && histogram->frames[end - 1] == 0)
    end--;
  while (first < end && histogram->frames[first] == 0)
    first++;
  isth_time_band_set_activity (self->band, (histogram->start + first) << histogram->shift, (gint64) 1 << histogram->shift,
                               histogram->frames + first, histogram->used ? end - first : 0);
}

#define PIECES_MOST 4096

/* What of @capture lies in time in which anything was seen at all: a clock that was wrong may have taken it over decades. */
static void
add_pieces (GArray              *pieces,
            const IsthHistogram *histogram,
            const IsthCapture   *capture)
{
  gint64 width = (gint64) 1 << histogram->shift;

  for (guint i = 0; i < ISTH_HISTOGRAM_BUCKETS && pieces->len < PIECES_MOST; i++)
    {
      IsthTimePiece piece = { (histogram->start + i) << histogram->shift, 0 };

      if (histogram->frames[i] == 0)
        continue;
      while (i + 1 < ISTH_HISTOGRAM_BUCKETS && histogram->frames[i + 1] > 0)
        i++;
      piece.last = ((histogram->start + i) << histogram->shift) + width - 1;
      piece.first = MAX (piece.first, capture->first);
      piece.last = MIN (piece.last, capture->last);
      if (piece.first <= piece.last)
        g_array_append_val (pieces, piece);
    }
}

/* Captures may lie years apart. */
static void
show_pieces (IsthTimeStrip      *self,
             const IsthSnapshot *snapshot)
{
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (IsthTimePiece));

  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    if (snapshot->captures[i]->first != ISTH_NO_TIME && snapshot->captures[i]->last != ISTH_NO_TIME && snapshot->histogram.used)
      add_pieces (pieces, &snapshot->histogram, snapshot->captures[i]);
  isth_time_band_set_pieces (self->band, (const IsthTimePiece *) (gpointer) pieces->data, pieces->len);
}

static void
show_marks (IsthTimeStrip      *self,
            IsthSession        *session,
            const IsthSnapshot *snapshot)
{
  g_autofree IsthTimeMark *marks = g_new (IsthTimeMark, snapshot->n_alerts);

  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    marks[i] = (IsthTimeMark) {
      .time = snapshot->alerts[i]->first,
      .severity = (guint8) isth_session_get_severity (session, snapshot->alerts[i]),
    };
  isth_time_band_set_marks (self->band, marks, snapshot->n_alerts);
}

static void
on_snapshot (IsthTimeStrip *self)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);

  if (!snapshot)
    {
      isth_time_band_set_activity (self->band, 0, 1, NULL, 0);
      isth_time_band_set_marks (self->band, NULL, 0);
      return;
    }

  show_activity (self, snapshot);
  show_pieces (self, snapshot);
  show_marks (self, session, snapshot);
}

/* A number of the whole capture must not pass for one of the window. */
static void
show_counts (IsthTimeStrip *self)
{
  static const char *const texts[] = {
    [ISTH_COUNTS_WHOLE] = N_("Counts of the whole capture"),
    [ISTH_COUNTS_PENDING] = N_("Counts of the whole capture; counting the window…"),
    [ISTH_COUNTS_WINDOW] = N_("Counts of the window"),
  };
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));

  if (isth_session_get_time_window (session, NULL, NULL))
    gtk_label_set_text (self->counts, _(texts[isth_session_get_counts (session)]));
  else
    gtk_label_set_text (self->counts, _("Whole time")); /* always something: the band beside it keeps its width */
}

static void
on_session_window (IsthTimeStrip *self)
{
  gint64 from = 0, to = 0;

  show_counts (self);
  if (self->busy)
    return;

  self->busy = TRUE;
  isth_session_get_time_window (isth_view_get_session (ISTH_VIEW (self)), &from, &to);
  isth_time_band_set_window (self->band, from, to);
  self->busy = FALSE;
}

static void
on_band_window (IsthTimeStrip *self)
{
  gint64 from, to;

  if (self->busy)
    return;

  self->busy = TRUE;
  if (!isth_time_band_get_window (self->band, &from, &to))
    from = to = ISTH_NO_TIME;
  isth_session_set_time_window (isth_view_get_session (ISTH_VIEW (self)), from, to);
  self->busy = FALSE;
}

static void
isth_time_strip_attach (IsthView    *view,
                        IsthSession *session)
{
  IsthTimeStrip *self = ISTH_TIME_STRIP (view);

  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::time-window", G_CALLBACK (on_session_window), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::counts", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  show_counts (self);
  g_signal_connect_object (self->band, "notify::window-start", G_CALLBACK (on_band_window), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->band, "notify::window-end", G_CALLBACK (on_band_window), self, G_CONNECT_SWAPPED);
}

static void
isth_time_strip_class_init (IsthTimeStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_time_strip_attach;
  g_type_ensure (ISTH_TYPE_TIME_BAND);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/time-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthTimeStrip, band);
  gtk_widget_class_bind_template_child (widget_class, IsthTimeStrip, counts);
}

static void
isth_time_strip_init (IsthTimeStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
