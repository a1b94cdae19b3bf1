/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with a mnemonic is read as “_Save Save”: by its label with the underline, and by the label widget. The first is taken away. The arrow of a split
 * button and the parts of lists to choose from have no name of their own: they get that of what they belong to. */
#include "app/parts/names.h"

static void
name_arrow (AdwSplitButton *button)
{
  const char *words = adw_split_button_get_dropdown_tooltip (button);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (button)); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child) && *words)
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

void
isth_names_set (GtkWidget  *widget,
                GType       type,
                const char *name)
{
  GtkWidget *found = find (widget, type);

  if (found)
    set_name (found, name);
}

/* A part of a widget is called as the whole. */
static void
name_part (GtkWidget *widget,
           GType      type)
{
  GtkWidget *part = find (widget, type);

  if (part)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_RELATION_LABELLED_BY, widget, NULL, -1);
}

/* The row, the list that holds its head, the switch in it, and the list of what it hides. */
static void
name_expander (GtkWidget *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkWidget *head = find (row, GTK_TYPE_LIST_BOX);
  GtkWidget *next = head ? gtk_widget_get_next_sibling (head) : NULL;

  set_name (row, title);
  if (head)
    set_name (head, title);
  isth_names_set (row, GTK_TYPE_SWITCH, title);
  if (next)
    isth_names_set (next, GTK_TYPE_LIST_BOX, title);
}

void
isth_names_mend (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  if (ADW_IS_SPLIT_BUTTON (widget))
    name_arrow (ADW_SPLIT_BUTTON (widget));
  if (GTK_IS_DROP_DOWN (widget))
    name_part (widget, GTK_TYPE_TOGGLE_BUTTON);
  if (ADW_IS_COMBO_ROW (widget))
    isth_names_set (widget, GTK_TYPE_LIST_VIEW, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));
  if (ADW_IS_EXPANDER_ROW (widget))
    name_expander (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    isth_names_mend (child);
}
