/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture as a child process: started, told to pause and to stop, and its words made sentences. */
#pragma once

#include "analysis/engine/listen.h"

typedef struct _IsthListener IsthListener;

/* Path of the program: ISTHMUS_CAPTURE when that is set, else that of this build, beside us, or installed. */
char *isth_listener_find_program (void);

/* Starts it. @output: the pcapng stream, the caller's to close. */
IsthListener *isth_listener_new (const IsthListen *listen, int *output, GError **error);

/* Ends it, at once if need be. */
void isth_listener_free (IsthListener *self);

/* Any thread. */
void isth_listener_pause (IsthListener *self, bool paused);
void isth_listener_stop (IsthListener *self); /* it gives what it has and ends */
void isth_listener_kill (IsthListener *self);

/* The next thing that it complains about: an error, and the interface (or "") in *@about; NULL: nothing now. Never waits. */
GError *isth_listener_next_complaint (IsthListener *self, char **about);

/* Waits until it ended and said everything: for after the end of its output. */
void isth_listener_wait (IsthListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthListener, isth_listener_free)
