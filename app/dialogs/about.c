/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name, version, licence. */
#include "app/dialogs/about.h"

#include <glib/gi18n-lib.h>

void
isth_about_present (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", _("Isthmus"),
                         "application-icon", "org.isthmus.Isthmus",
                         "version", ISTH_VERSION,
                         "developer-name", _("The Isthmus project"),
                         "comments", _("Shows what is on an industrial network and how it hangs together, from captures of its "
                                       "traffic. Passive: reading never sends a frame."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}
