/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remembers the last packets by what no router changes. Places are found without a seed, so that the same capture gives the same answer each time; what is
 * compared has one, so that nobody can make a packet that passes for a copy of another. */
#include "analysis/flow/copies.h"

#include <glib.h>

#include "analysis/base/hash.h"
#include "analysis/base/time.h"

#define ROUTERS 4                           /* between two places where one capture was taken */
#define TTL_LEAST 9                         /* below it is traceroute, which sends the same with each TTL */
#define APART_ROUTED INT64_C (100000000)    /* ns */
#define APART_MIRRORED INT64_C (500000)     /* ns */
#define IP_HEADER 20


IsthCopies *
isth_copies_new (void)
{
  IsthCopies *self = g_aligned_alloc0 (1, sizeof *self, _Alignof (IsthCopies));

  self->seed = isth_hash_seed ();
  return self;
}

void
isth_copies_free (IsthCopies *self)
{
  g_aligned_free (self);
}

void
isth_copies_reset (IsthCopies *self)
{
  memset (self->seen, 0, sizeof self->seen);
  self->found = false;
}

/* The transport's header, behind an IPv4 header without options that is @packet's; NULL. */
static const uint8_t *
find_transport (const IsthPacket *packet)
{
  const uint8_t *payload = packet->payload.data + packet->payload.position;
  size_t header = packet->layer == ISTH_LAYER_TCP ? packet->tcp_words * 4u : packet->layer == ISTH_LAYER_UDP ? 8 : 0;

  if (packet->source.kind != ISTH_ADDRESS_IPV4 || packet->reassembled || packet->fragment || (packet->layer == ISTH_LAYER_TCP && header == 0) ||
      payload < packet->frame || (size_t) (payload - packet->frame) < header + IP_HEADER || payload > packet->frame + packet->frame_length)
    return NULL;
  payload -= header;
  return payload[-IP_HEADER] == 0x45 && memcmp (payload - 8, packet->source.bytes, 4) == 0 && memcmp (payload - 4, packet->target.bytes, 4) == 0 ? payload : NULL;
}

/* Some senders number nothing, and may well send the same twice: of two with one TTL that is no proof. */
static bool
is_copy (const IsthCopySeen *first,
         const IsthPacket *packet,
         bool numbered)
{
  int64_t apart = packet->time - first->time;
  int hops = (int) first->ttl - packet->ttl;

  if (packet->time == ISTH_NO_TIME || first->time == ISTH_NO_TIME || apart < 0)
    return false;
  return hops == 0 ? numbered && apart <= APART_MIRRORED : apart <= APART_ROUTED && ABS (hops) <= ROUTERS;
}

IsthCopy
isth_copies_note_slowly (IsthCopies *self,
                         const IsthPacket *packet)
{
  const uint8_t *transport;
  size_t length;
  uint64_t ends;
  IsthCopySeen now, *before;

  if (packet->ttl < TTL_LEAST || isth_cursor_left (&packet->payload) == 0)
    return ISTH_COPY_NONE;
  transport = find_transport (packet);
  if (!transport)
    return ISTH_COPY_NONE;
  ends = isth_hash_load (transport - 8, 8) ^ (uint64_t) transport[4 - IP_HEADER] << 32 ^ (uint64_t) transport[5 - IP_HEADER] << 24; /* and the identification */
  length = (size_t) (packet->payload.data + packet->payload.length - transport);
  before = &self->seen[isth_hash_mix (ends, isth_hash_load (transport, MIN (length, 8))) & (ISTH_COPIES_REMEMBERED - 1)];
  __builtin_prefetch (before, 1); /* while the hash is made */
  now = (IsthCopySeen){ .what = isth_hash_keyed (transport, length, ends ^ self->seed) | 1, .time = packet->time, .vlan = isth_packet_vlan (packet), .ttl = packet->ttl };
  if (before->what == now.what && is_copy (before, packet, transport[4 - IP_HEADER] != 0 || transport[5 - IP_HEADER] != 0))
    {
      self->found = true;
      return before->vlan == now.vlan ? ISTH_COPY_HERE : ISTH_COPY_ELSEWHERE;
    }
  *before = now;
  return ISTH_COPY_NONE;
}
