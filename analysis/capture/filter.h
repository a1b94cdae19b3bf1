/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing frames by a filter in the words of pcap-filter(7). */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct _IsthFilter IsthFilter;

/**
 * isth_filter_new:
 * @expression: as tcpdump takes it; empty: every frame
 * @link_type: of the frames, a LINKTYPE_ value; one filter serves one link type
 *
 * Fails with ISTH_ERROR_USAGE and libpcap's words. Host and network names are refused: looking them up would send frames.
 */
IsthFilter *isth_filter_new (const char *expression, uint32_t link_type, GError **error);

/* Any thread. */
bool isth_filter_match (const IsthFilter *self, const uint8_t *data, uint32_t captured, uint32_t wire);

void isth_filter_free (IsthFilter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthFilter, isth_filter_free)
