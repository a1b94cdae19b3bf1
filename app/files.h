/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing files, and the question that comes before something unsaved is left. */
#pragma once

#include <adwaita.h>

/* @chosen gets what was chosen, NULL-ended and lent; NULL when the user cancelled. It is called at most once, and not after
 * @parent has gone. */
typedef void (*IsthFilesChosen) (GtkWindow *parent, const char *const *paths);

void isth_files_choose_captures (GtkWindow *parent, IsthFilesChosen chosen);
void isth_files_choose_project (GtkWindow *parent, const char *name, IsthFilesChosen chosen);
void isth_files_choose_recording (GtkWindow *parent, const char *name, IsthFilesChosen chosen); /* where to save it */
void isth_files_choose_report (GtkWindow *parent, const char *name, gboolean page, IsthFilesChosen chosen); /* HTML, otherwise JSON */
void isth_files_choose_folder (GtkWindow *parent, IsthFilesChosen chosen);

typedef enum
{
  ISTH_LEAVE_CANCEL,
  ISTH_LEAVE_DISCARD,
  ISTH_LEAVE_SAVE,
} IsthLeave;

void isth_files_ask_leave (GtkWindow *parent, void (*answered) (GtkWindow *parent, IsthLeave leave));
