/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report to a file, beside the window: a page for people, or data for programs. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

typedef enum
{
  ISTH_EXPORT_PAGE, /* HTML */
  ISTH_EXPORT_DATA, /* JSON */
} IsthExport;

/* Asks where to, then writes what the session shows now, and says on @toasts how it goes and where it lies. What fails goes to the session's problems;
 * the file that was there before is replaced only by a whole one. Does nothing when nothing is open. */
void isth_export_present (GtkWindow *parent, AdwToastOverlay *toasts, IsthSession *session, IsthExport format);
