/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames in, packets out. Holds the fragments of unfinished IP datagrams, nothing else. */
#pragma once

#include <glib.h>

#include "analysis/decode/packet.h"

typedef struct _IsthDecoder IsthDecoder;

IsthDecoder *isth_decoder_new (void);
void isth_decoder_free (IsthDecoder *self);

/**
 * isth_decoder_decode:
 * @packet: written whole, but for its number, which is the caller's
 *
 * Never fails: @packet says how far it came (layer) and why no further (trouble). Lends @data; a reassembled payload is lent
 * until the next call.
 */
void isth_decoder_decode (IsthDecoder *self,
                          uint32_t link_type,
                          const uint8_t *data,
                          uint32_t captured,
                          uint32_t wire,
                          int64_t time,
                          IsthPacket *packet);

/* The lost fragments of datagrams that isth_decoder_decode() gave up last, for want of room or because their time was over, or one of the two below: one
 * packet for all of each datagram, with the number and time of the first one. Lent until any of them is called again. */
const IsthPacket *isth_decoder_get_lost (const IsthDecoder *self, uint32_t *n);

/* Now and then: gives up what waits too long for the rest of its datagram, as seen from frame @number at @time. */
void isth_decoder_expire (IsthDecoder *self, uint64_t number, int64_t time);

/* The capture ends: all that is unfinished is lost now. */
void isth_decoder_give_up (IsthDecoder *self);

/* Forgets all fragments: called between captures, so that their order does not matter. */
void isth_decoder_reset (IsthDecoder *self);

/* How often each ceiling was reached; an array of ISTH_N_REACHED. */
const uint64_t *isth_decoder_get_limits (const IsthDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthDecoder, isth_decoder_free)
