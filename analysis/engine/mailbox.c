/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot, exchanged atomically. */
#include "analysis/engine/mailbox.h"

#include "analysis/base/record.h"

bool
isth_mailbox_post (IsthMailbox *self,
                   gpointer record)
{
  gpointer old = __atomic_exchange_n (&self->slot, record, __ATOMIC_ACQ_REL);

  isth_record_unref (old);
  return old == NULL;
}

gpointer
isth_mailbox_take (IsthMailbox *self)
{
  return __atomic_exchange_n (&self->slot, NULL, __ATOMIC_ACQ_REL);
}
