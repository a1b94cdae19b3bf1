/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which operating system opens (or accepts) TCP connections as this host does: a hint, from the first segment that it sends. */
#pragma once

#include "analysis/decode/packet.h"
#include "analysis/world/observation.h"

typedef struct _IsthSynShapes IsthSynShapes;

/* Where Debian's p0f keeps its shapes. */
#define ISTH_SYN_SHAPES_P0F "/etc/p0f/p0f.fp"

/**
 * isth_syn_shapes_new:
 * @path: shapes in the words of p0f (its README, "TCP signatures"), which are asked first; NULL or not there: only the few known here, of today's large
 *   families. Read at once, so it may be called before the right to open files is given up.
 *
 * Of a shape the TTL, the segment and window sizes and the order of the options count; p0f's quirks and payload classes do not.
 */
IsthSynShapes *isth_syn_shapes_new (const char *path);
void isth_syn_shapes_free (IsthSynShapes *self); /* accepts NULL */

/* A capture begins. */
void isth_syn_shapes_begin (IsthSynShapes *self);

/* @packet is a SYN or SYN+ACK: says to @sink what its sender runs, with ISTH_CONFIDENCE_HINT, from "p0f" or "tcp"; of the same sender and shape mostly
 * only once. */
void isth_syn_shapes_look (IsthSynShapes *self, const IsthPacket *packet, bool mutual, const IsthSink *sink);
