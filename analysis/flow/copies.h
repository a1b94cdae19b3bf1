/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets that one capture holds twice: a mirror of two ports sees them before and after a router, in two VLANs, or coming and going. What they say was said once. */
#pragma once

#include "analysis/flow/flow.h"

typedef enum
{
  ISTH_COPY_NONE,
  ISTH_COPY_HERE,      /* of the same VLAN, so of the same flow: all it says was said */
  ISTH_COPY_ELSEWHERE, /* of another VLAN: its flow is one of its own, which has to be understood, but what is done in it was counted */
} IsthCopy;

#define ISTH_COPIES_REMEMBERED 2048 /* a power of two; some milliseconds of a busy link */
#define ISTH_COPIES_FIRST 4         /* packets of each side of a flow that are looked at in any case */

typedef struct
{
  _Alignas (32) uint64_t what; /* 0: nothing; never in two cache lines */
  int64_t time;
  uint16_t vlan;
  uint8_t ttl;
} IsthCopySeen;

/* @found: this capture has copies */
typedef struct
{
  uint64_t seed;
  bool found;
  IsthCopySeen seen[ISTH_COPIES_REMEMBERED];
} IsthCopies;

IsthCopies *isth_copies_new (void);
void isth_copies_free (IsthCopies *self);

/* Before another capture. */
void isth_copies_reset (IsthCopies *self);

/**
 * isth_copies_note:
 *
 * Whether @packet is one that came before, for sure: IPv4, the same addresses, identification and bytes from the transport on, and either a TTL that one to
 * four routers made smaller or larger within a tenth of a second, or the same TTL within half a millisecond. Everything else is ISTH_COPY_NONE: IPv6, which
 * has no identification; fragments and options; and TCP without a VLAN tag, whose streams see for themselves what they have.
 *
 * Captures are taken in one place or in several from their beginning on. So until a copy is found, only the first packets of each side of @flow are looked
 * at, the one in which @packet was counted, and those that came with several TTLs.
 */
IsthCopy isth_copies_note_slowly (IsthCopies *self, const IsthPacket *packet);

/* Most are TCP without a tag, and most captures have no copies. */
static inline IsthCopy
isth_copies_note (IsthCopies *self,
                  const IsthFlow *flow,
                  const IsthPacket *packet)
{
  const int side = flow->side;

  if (packet->layer < ISTH_LAYER_IP || (packet->layer == ISTH_LAYER_TCP && packet->n_vlans == 0))
    return ISTH_COPY_NONE;
  if (!self->found && flow->packets[side] > ISTH_COPIES_FIRST && flow->ttl_min[side] == flow->ttl_max[side])
    return ISTH_COPY_NONE;
  return isth_copies_note_slowly (self, packet);
}
