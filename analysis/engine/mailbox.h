/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot between two threads: posting replaces, so that a slow reader always gets the newest. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct
{
  gpointer slot;
} IsthMailbox;

/* Puts a record in (takes the reference; drops the one it replaces); true when the box was empty and the reader must be woken. */
bool isth_mailbox_post (IsthMailbox *self, gpointer record);

/* Takes it out; NULL when empty. */
gpointer isth_mailbox_take (IsthMailbox *self);
