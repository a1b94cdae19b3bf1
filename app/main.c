/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window program: text domain first, then everything is the application's. */
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>

#include "app/application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(IsthApplication) application = NULL;

  signal (SIGXFSZ, SIG_IGN); /* a ceiling on file sizes is a full disk, and no reason to end without a word */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, ISTH_LOCALE_FOLDER);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Isthmus"));

  application = isth_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
