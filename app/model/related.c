/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk over each list. An index would be faster for the second record, but has to be made for each snapshot, of which four a second may come. */
#include "app/model/related.h"

#include "app/release.h"

IsthRelated *
isth_related_new (IsthSnapshot *snapshot,
                  IsthSelected  kind,
                  guint64       id)
{
  IsthRelated *self = g_new0 (IsthRelated, 1);

  *self = (IsthRelated) {
    .snapshot = isth_snapshot_ref (snapshot), .kind = kind, .id = id, .record = isth_row_find_record (snapshot, kind, id),
    .links = g_ptr_array_new (), .parts = g_ptr_array_new (), .alerts = g_ptr_array_new (), .sessions = g_ptr_array_new (), .transfers = g_ptr_array_new (),
  };

  return self;
}

void
isth_related_free (IsthRelated *self)
{
  if (!self)
    return;

  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->alerts);
  g_ptr_array_unref (self->sessions);
  g_ptr_array_unref (self->transfers);
  isth_release_snapshot (self->snapshot);
  g_free (self);
}

guint
isth_related_get_size (const IsthRelated *self)
{
  const IsthSnapshot *snapshot = self->snapshot;

  return snapshot->n_assets + snapshot->n_links + snapshot->n_alerts + snapshot->n_sessions + snapshot->transfers->n_events;
}

/* @other 0: with anybody */
static void
gather_transfers (IsthRelated *self,
                  guint64      one,
                  guint64      other)
{
  const IsthTransferList *transfers = self->snapshot->transfers;

  for (uint32_t i = 0; i < transfers->n_events; i++)
    {
      const IsthTransferEvent *event = &transfers->events[i];
      guint64 peer = event->from == one ? event->to : event->to == one ? event->from : 0;

      if (peer != 0 && (other == 0 || peer == other))
        g_ptr_array_add (self->transfers, (gpointer) event);
    }
}

static void
gather_of_asset (IsthRelated *self)
{
  const IsthSnapshot *snapshot = self->snapshot;
  guint64 id = self->id;

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    if (snapshot->links[i]->from == id || snapshot->links[i]->to == id)
      g_ptr_array_add (self->links, snapshot->links[i]);
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    if (snapshot->assets[i]->parent == id)
      g_ptr_array_add (self->parts, snapshot->assets[i]);
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    if (snapshot->alerts[i]->subject == id || snapshot->alerts[i]->peer == id)
      g_ptr_array_add (self->alerts, snapshot->alerts[i]);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    if (snapshot->sessions[i]->from == id || snapshot->sessions[i]->to == id)
      g_ptr_array_add (self->sessions, snapshot->sessions[i]);
  gather_transfers (self, id, 0);
}

void
isth_related_gather (IsthRelated *self)
{
  const IsthLink *link = self->record;

  if (!self->record)
    return;

  if (self->kind == ISTH_SELECTED_ASSET)
    gather_of_asset (self);
  else if (self->kind == ISTH_SELECTED_LINK)
    gather_transfers (self, link->from, link->to);
  else if (self->kind == ISTH_SELECTED_REMOTE)
    for (uint32_t i = 0; i < self->snapshot->n_sessions; i++)
      if (self->snapshot->sessions[i]->came_by == self->id)
        g_ptr_array_add (self->sessions, self->snapshot->sessions[i]);
}
