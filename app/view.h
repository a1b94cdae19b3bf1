/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base class of the views in the stack: an AdwBin that is given its session once. */
#pragma once

#include <adwaita.h>

#include "app/session.h"

#define ISTH_TYPE_VIEW (isth_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (IsthView, isth_view, ISTH, VIEW, AdwBin)

/**
 * IsthViewClass:
 * @attach: the session is there: connect to it (with g_signal_connect_object()). Called once, after the template was made.
 * @select_first: selects the first row that it shows, as soon as it is known; rings when there is none. NULL: it shows no rows
 *
 * A view is a .c and a .ui of one name; its template sits in /org/isthmus/Isthmus/views/NAME.ui. The window's template places it and binds its
 * property “session”.
 */
struct _IsthViewClass
{
  AdwBinClass parent_class;

  void (*attach) (IsthView *self, IsthSession *session);
  void (*select_first) (IsthView *self);
};

/* FALSE: the view has no rows. */
gboolean isth_view_select_first (IsthView *self);

/* NULL before it was attached. */
IsthSession *isth_view_get_session (IsthView *self);
