/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample plant: made afresh by a child process, so that the window never waits. */
#pragma once

#include <gio/gio.h>

void isth_sample_make (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* The path of the capture, the caller's; NULL with an error that says what to do. */
char *isth_sample_make_finish (GAsyncResult *result, GError **error);
