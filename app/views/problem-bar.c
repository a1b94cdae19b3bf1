/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar under the header (AdwBanner came in libadwaita 1.3, and its text cannot be selected). */
#include "app/views/problem-bar.h"

struct _IsthProblemBar
{
  IsthView parent_instance;

  GtkRevealer *revealer;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (IsthProblemBar, isth_problem_bar, ISTH_TYPE_VIEW)

static void
on_problems (IsthProblemBar *self)
{
  GListModel *problems = G_LIST_MODEL (isth_session_get_problems (isth_view_get_session (ISTH_VIEW (self))));
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (problems);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GtkStringObject) problem = g_list_model_get_item (problems, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", gtk_string_object_get_string (problem));
    }
  if (n > 0)
    gtk_label_set_text (self->text, text->str); /* else it keeps its text while it slides away */
  gtk_revealer_set_reveal_child (self->revealer, n > 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->revealer), GTK_ACCESSIBLE_STATE_HIDDEN, n == 0, -1);
}

static void
on_copy (IsthProblemBar *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->text));
}

static void
on_dismiss (IsthProblemBar *self)
{
  GtkStringList *problems = isth_session_get_problems (isth_view_get_session (ISTH_VIEW (self)));

  gtk_string_list_splice (problems, 0, g_list_model_get_n_items (G_LIST_MODEL (problems)), NULL);
}

static void
isth_problem_bar_attach (IsthView    *view,
                         IsthSession *session)
{
  g_signal_connect_object (isth_session_get_problems (session), "items-changed", G_CALLBACK (on_problems), view,
                           G_CONNECT_SWAPPED);
}

static void
isth_problem_bar_class_init (IsthProblemBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_problem_bar_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/problem-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthProblemBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, IsthProblemBar, text);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss);
}

static void
isth_problem_bar_init (IsthProblemBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
