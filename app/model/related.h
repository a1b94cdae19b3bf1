/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a snapshot says around one record: its links, its modules, what happened to it. All records must be looked at for that, so any thread may do it. */
#pragma once

#include "app/model/item.h"

/**
 * IsthRelated:
 * @snapshot: counted; all that is here lives as long
 * @record: the one it is about; NULL: the snapshot does not have it
 * @links: those of an asset (IsthLink)
 * @parts: what is inside or behind an asset (IsthAsset)
 * @alerts: about an asset (IsthAlert)
 * @sessions: from or to an asset; those that a remote session likely went on by (IsthRemoteSession)
 * @transfers: of an asset, or between the ends of a link (IsthTransferEvent)
 *
 * Each in the order of the snapshot.
 */
typedef struct
{
  IsthSnapshot *snapshot;
  IsthSelected kind;
  guint64 id;
  gconstpointer record;
  GPtrArray *links, *parts, *alerts, *sessions, *transfers;
} IsthRelated;

IsthRelated *isth_related_new (IsthSnapshot *snapshot, IsthSelected kind, guint64 id);

/* Looks for them; any thread, once. */
void isth_related_gather (IsthRelated *self);

/* The snapshot is let go on another thread; NULL is nothing. */
void isth_related_free (IsthRelated *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthRelated, isth_related_free)

/* How many records must be looked at. */
guint isth_related_get_size (const IsthRelated *self);
