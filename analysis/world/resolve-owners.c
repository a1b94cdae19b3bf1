/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To whom an address belongs, once it is known which MACs it is own to (resolve-addresses.c): in all captures, and in each; and behind whom the others are. */
#include "analysis/world/resolve.h"

/* How well a MAC's hold on an address is founded, in one capture or in all. */
typedef struct
{
  uint32_t mac;
  uint8_t rank;
  int64_t first, last;
  uint64_t packets;
} Hold;

/* Bound or spoken for; then the longer, the older, the busier; then by MAC. */
static bool
is_better_hold (const IsthResolve *self,
                const Hold *a,
                const Hold *b)
{
  uint64_t x = a->first == ISTH_NO_TIME ? 0 : (uint64_t) a->last - (uint64_t) a->first;
  uint64_t y = b->first == ISTH_NO_TIME ? 0 : (uint64_t) b->last - (uint64_t) b->first;

  if (b->mac == ISTH_NONE || a->rank != b->rank)
    return b->mac == ISTH_NONE || a->rank > b->rank;
  if (x != y)
    return x > y;
  if (a->first != b->first)
    return a->first != ISTH_NO_TIME && (b->first == ISTH_NO_TIME || a->first < b->first);
  if (a->packets != b->packets)
    return a->packets > b->packets;
  return isth_address_compare (isth_resolve_mac (self, a->mac), isth_resolve_mac (self, b->mac)) < 0;
}

/* A router rather than a host that merely sent from an address; then the busier; then by MAC. */
static bool
carries_better (const IsthResolve *self,
                const IsthPair *pair,
                uint32_t other,
                uint64_t packets)
{
  bool routes = self->mac_states[pair->mac].router;

  if (routes != self->mac_states[other].router)
    return routes;
  if (pair->packets != packets)
    return pair->packets > packets;
  return isth_address_compare (isth_resolve_mac (self, pair->mac), isth_resolve_mac (self, other)) < 0;
}

static void
note_owners (IsthResolve *self)
{
  g_autofree uint64_t *carried = g_new0 (uint64_t, MAX (self->ips.n, 1));
  g_autofree Hold *best = g_new0 (Hold, MAX (self->ips.n, 1));

  for (uint32_t i = 0; i < self->ips.n; i++)
    {
      self->ip_states[i] = (IsthIpState) { .owner = ISTH_NONE, .behind = ISTH_NONE };
      best[i].mac = ISTH_NONE;
    }
  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      const IsthPair *pair = &self->pairs[i];
      const Hold hold = { pair->mac, isth_pair_rank (pair), pair->first, pair->last, pair->packets };
      IsthIpState *ip = &self->ip_states[pair->ip];

      ip->veiled |= self->mac_states[pair->mac].blind;
      if (pair->verdict == ISTH_PAIR_OWN)
        {
          ip->owners++;
          if (is_better_hold (self, &hold, &best[pair->ip]))
            best[pair->ip] = hold;
          ip->owner = best[pair->ip].mac;
        }
      else if (self->mac_states[pair->mac].blind || pair->on_segment || isth_address_is_link_local (isth_resolve_ip (self, pair->ip)))
        continue; /* nobody knows whom; no router passes on what it sends */
      else if (ip->behind == ISTH_NONE || carries_better (self, pair, ip->behind, carried[pair->ip]))
        {
          carried[pair->ip] = pair->packets;
          ip->behind = pair->mac;
        }
    }
}

/* Gives each station its owner. */
static void
give_owners (IsthResolve *self)
{
  IsthIndex contested = { .key_size = sizeof (uint32_t[2]) }; /* capture, IP */
  g_autoptr(GArray) best = g_array_new (FALSE, FALSE, sizeof (Hold));

  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[i];
      IsthStation row = isth_resolve_row (self, station);
      Hold hold = { station->mac, 0, row.first, row.last, row.packets_sent + row.packets_received }, *before;
      uint32_t key;

      if (station->pair == ISTH_NONE || self->pairs[station->pair].verdict != ISTH_PAIR_OWN || self->ip_states[station->ip].owners < 2)
        continue;
      hold.rank = isth_pair_rank (&self->pairs[station->pair]);
      key = isth_index_add (&contested, (uint32_t[2]) { station->capture, station->ip });
      if (key == best->len)
        g_array_append_val (best, hold);
      before = &g_array_index (best, Hold, key);
      if (is_better_hold (self, &hold, before))
        *before = hold;
    }
  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      IsthResolveStation *station = &self->stations[i];
      uint32_t key;

      station->own = station->pair != ISTH_NONE && self->pairs[station->pair].verdict == ISTH_PAIR_OWN;
      if (station->ip == ISTH_NONE || station->own)
        station->owner = station->mac;
      else
        {
          key = isth_index_find (&contested, (uint32_t[2]) { station->capture, station->ip });
          station->owner = key == ISTH_NONE ? self->ip_states[station->ip].owner : g_array_index (best, Hold, key).mac;
        }
    }
  isth_index_clear (&contested);
}

void
isth_resolve_owners (IsthResolve *self)
{
  self->ip_states = g_new0 (IsthIpState, MAX (self->ips.n, 1));
  note_owners (self);
  give_owners (self);
}
