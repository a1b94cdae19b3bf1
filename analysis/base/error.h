/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the world (files, disks, rights), as GError. A bad packet is not one: it is data. */
#pragma once

#include <glib.h>

#define ISTH_ERROR (isth_error_quark ())

typedef enum
{
  ISTH_ERROR_FILE,        /* cannot be opened or read: missing, no permission, a directory, an I/O error */
  ISTH_ERROR_NOT_CAPTURE, /* readable, and not a capture that Isthmus reads; the message says what it seems to be */
  ISTH_ERROR_PROJECT,     /* a project cannot be opened or written */
  ISTH_ERROR_TOO_NEW,     /* a project written by a newer Isthmus */
  ISTH_ERROR_USAGE,       /* a filter or an option that cannot be understood */
  ISTH_ERROR_CANCELLED,   /* the user stopped it */
  ISTH_ERROR_RIGHTS,      /* listening needs a right; see isth_listen_get_command() */
  ISTH_ERROR_LISTEN,      /* an interface, its filter, a recording or a ring of files cannot be used */
} IsthErrorCode;

/* The error domain of everything in analysis/. Messages are translated sentences that say what, where, and what to do. */
GQuark isth_error_quark (void);
