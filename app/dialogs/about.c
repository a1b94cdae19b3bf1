/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version and licence, in libadwaita's window; what that leaves without a name for screen readers gets one. */
#include "app/dialogs/about.h"

#include <glib/gi18n-lib.h>

#include "app/parts/names.h"

static void
name_parts (GtkWidget *widget)
{
  const char *name = GTK_IS_TEXT_VIEW (widget) ? _("Text") : GTK_IS_LIST_BOX (widget) ? _("More about Isthmus") : NULL;

  if (GTK_IS_BUTTON (widget) && !gtk_button_get_label (GTK_BUTTON (widget)))
    name = gtk_widget_get_tooltip_text (widget) ? gtk_widget_get_tooltip_text (widget) : _("Copy the version");
  if (name)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_parts (child);
}

void
isth_about_present (GtkWindow *parent)
{
  GtkWidget *window = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                                    "transient-for", parent,
                                    "modal", TRUE,
                                    "application-name", _("Isthmus"),
                                    "application-icon", "org.isthmus.Isthmus",
                                    "version", ISTH_VERSION,
                                    "developer-name", _("The Isthmus project"),
                                    "comments", _("Shows what is on an industrial network and how it hangs together, from captures of its "
                                                  "traffic. Passive: reading never sends a frame."),
                                    "license-type", GTK_LICENSE_GPL_3_0,
                                    NULL);

  isth_names_mend (window);
  name_parts (window);
  gtk_window_present (GTK_WINDOW (window));
}
