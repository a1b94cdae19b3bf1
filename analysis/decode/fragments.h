/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP datagrams put together from their fragments (RFC 791, 3.2; RFC 8200, 4.5), with bounded memory. Private to decode/. */
#pragma once

#include <glib.h>

#include "analysis/decode/packet.h"

typedef struct _IsthFragments IsthFragments;

/* What fragments of one datagram have in common; @unused is zero, so that keys compare as memory. */
typedef struct
{
  IsthAddress source, target;
  uint32_t id;
  uint16_t vlan;
  uint8_t protocol; /* 0 for IPv6, where only the first fragment's counts */
  uint8_t unused;
} IsthFragmentKey;

/* @reached is counted whenever the oldest datagram had to go for a newer one. */
IsthFragments *isth_fragments_new (uint32_t max_datagrams, uint32_t max_bytes, uint64_t *reached);
void isth_fragments_free (IsthFragments *self);

/* Forgets all that is unfinished. */
void isth_fragments_reset (IsthFragments *self);

/* All that is unfinished is lost. */
void isth_fragments_give_up (IsthFragments *self);

/* What is unfinished at @time, in front of frame @number, though its time is over by the clock and by the frames that came since, is lost: clocks may be wrong. */
void isth_fragments_expire (IsthFragments *self, uint64_t number, int64_t time);

/* What was lost since isth_fragments_release(), the oldest first; lent until then. As isth_decoder_get_lost(). */
const IsthPacket *isth_fragments_get_lost (const IsthFragments *self, uint32_t *n);

/* Frees what isth_fragments_add() and isth_fragments_get_lost() lent. */
void isth_fragments_release (IsthFragments *self);

/**
 * isth_fragments_add:
 * @packet: the fragment, with its addresses and with what it stands for itself; what became of it is written there
 * @offset: of @piece in the datagram, in bytes
 * @more: whether this is not the last piece
 * @next: the protocol of the payload, as this fragment says
 * @piece: wholly captured
 * @whole: (out): the datagram's payload, lent until isth_fragments_release()
 * @first_next: (out): the protocol that the fragment at offset 0 named
 *
 * Where pieces overlap, the bytes that came first stay. Returns true when this piece completed the datagram; @packet is then @reassembled and stands for the
 * others as well. Otherwise it is a @fragment, lost and with its trouble when the piece was refused.
 */
bool isth_fragments_add (IsthFragments *self,
                         const IsthFragmentKey *key,
                         IsthPacket *packet,
                         uint32_t offset,
                         bool more,
                         uint8_t next,
                         const IsthCursor *piece,
                         IsthCursor *whole,
                         uint8_t *first_next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthFragments, isth_fragments_free)
