/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK before 4.12 has no word for the focused row of a list: it is found among the widgets of rows, of which there are some 200. */
#include "app/parts/table-focus.h"

void
isth_table_focus_mark (GtkListItem *cell)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (cell)), "cell", cell);
}

/* Row, cell, what the cell shows. */
static guint64
get_id (GtkWidget *row)
{
  GtkWidget *cell = gtk_widget_get_first_child (row), *shown = cell ? gtk_widget_get_first_child (cell) : NULL;
  GtkListItem *of = shown ? g_object_get_data (G_OBJECT (shown), "cell") : NULL;
  IsthItem *item = of ? gtk_list_item_get_item (of) : NULL;

  return item ? isth_item_get_id (item) : 0;
}

static GtkWidget *
get_focus (GtkWidget *list)
{
  GtkRoot *root = gtk_widget_get_root (list);

  return root ? gtk_root_get_focus (root) : NULL;
}

guint64
isth_table_focus_get (GtkWidget *list)
{
  GtkWidget *row = get_focus (list);
  graphene_rect_t bounds;

  while (row && gtk_widget_get_parent (row) != list)
    row = gtk_widget_get_parent (row);
  if (!row || !gtk_widget_compute_bounds (row, list, &bounds) || bounds.origin.y + bounds.size.height <= 0 ||
      bounds.origin.y >= (float) gtk_widget_get_height (list))
    return 0;

  return get_id (row);
}

gboolean
isth_table_focus_set (GtkWidget *list,
                      guint64    id)
{
  GtkWidget *focus = get_focus (list);

  if (focus && focus != list && !gtk_widget_is_ancestor (focus, list) && !gtk_widget_is_ancestor (list, focus))
    return TRUE; /* somebody went elsewhere */
  for (GtkWidget *row = gtk_widget_get_first_child (list); row; row = gtk_widget_get_next_sibling (row))
    if (get_id (row) == id)
      return gtk_widget_grab_focus (row);

  return FALSE;
}
