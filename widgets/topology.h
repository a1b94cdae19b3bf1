/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map: shows a scene that can be panned, zoomed, searched, selected in and rearranged, by pointer, touch and keyboard. */
#pragma once

#include "widgets/scene-index.h"

#define ISTH_TYPE_TOPOLOGY (isth_topology_get_type ())
G_DECLARE_FINAL_TYPE (IsthTopology, isth_topology, ISTH, TOPOLOGY, GtkWidget)

/**
 * IsthTopology:
 *
 * Properties: “scene” (IsthScene), “selected-id” (guint64, a node), “selected-edge” (guint64); 0: none. At most one of the two is selected.
 * Signals: “activated” (guint64 id; Enter or double click on a node), “node-moved” (guint64 id, double x, double y; a person dragged it).
 *
 * Keys: arrows go to the nearest node in that direction, Page Down and Page Up to the next and previous one in reading order, Home and End to
 * the first and last, A to the next one with an alert (Shift+A: the one before), Enter activates, Escape selects nothing, + − zoom, 0 fits,
 * Ctrl+arrows pan.
 */
GtkWidget *isth_topology_new (void);

/* Selection, zoom and moved nodes stay; until the user has panned or zoomed, the view fits the new scene. */
void isth_topology_set_scene (IsthTopology *self, IsthScene *scene);

/* The same for a large scene, whose index a worker makes: with a copy of the pins, and @changes, which tells whether they are the same still. */
GHashTable *isth_topology_copy_pins (IsthTopology *self, guint *changes);
void isth_topology_show (IsthTopology *self, IsthSceneIndex *index, guint changes);

void isth_topology_set_selected_id (IsthTopology *self, guint64 id);
guint64 isth_topology_get_selected_id (IsthTopology *self);
void isth_topology_set_selected_edge (IsthTopology *self, guint64 id);
guint64 isth_topology_get_selected_edge (IsthTopology *self);

/* Whether a worker paints what is in view, and what is seen is older or not all of it; notify::painting says when that changes. */
gboolean isth_topology_get_painting (IsthTopology *self);

/* All of it, and again whenever the scene changes, until the user pans or zooms. */
void isth_topology_fit (IsthTopology *self);
/* By @factor around the middle of the view. */
void isth_topology_zoom_by (IsthTopology *self, double factor);
/* Pans as little as it takes to see a node. */
void isth_topology_reveal (IsthTopology *self, guint64 id);

/* Where a person has put a node; used for scenes to come. */
void isth_topology_pin (IsthTopology *self, guint64 id, float x, float y);
void isth_topology_unpin_all (IsthTopology *self);
gboolean isth_topology_has_pins (IsthTopology *self);
