/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers which IP addresses came up with which MACs, and what stations, bindings and conversations show of each such pair. */
#include <string.h>

#include "analysis/world/resolve-pairs.h"

#define AHEAD 8 /* stations whose place in the indexes is fetched before it is needed */

uint8_t
isth_resolve_nearness (const IsthAddress *a,
                       const IsthAddress *b)
{
  bool four = a->kind == ISTH_ADDRESS_IPV4;

  if (a->kind != b->kind)
    return 0;
  if (memcmp (a->bytes, b->bytes, four ? 3 : 8) == 0)
    return 2;
  return four && memcmp (a->bytes, b->bytes, 2) == 0;
}
/* What is sent there no router passes on (RFC 5771, 4; RFC 919, 7): who sends it is on the segment. */
static bool
is_link_scope (const IsthAddress *ip)
{
  static const uint8_t local_control[] = { 224, 0, 0 };

  return ip->kind == ISTH_ADDRESS_IPV4 && (memcmp (ip->bytes, local_control, sizeof local_control) == 0 || memcmp (ip->bytes, "\xff\xff\xff\xff", 4) == 0);
}

/* A broadcast address of a subnet is known by the group MAC beside it; where MACs were not captured, by its last byte and its silence. */
static bool
looks_like_broadcast (const IsthStation *row)
{
  if (row->mac.kind == ISTH_ADDRESS_MAC && !isth_address_is_unspecified (&row->mac))
    return isth_address_is_group (&row->mac);
  return row->ip.kind == ISTH_ADDRESS_IPV4 && row->ip.bytes[3] == 255;
}

static void
mark_subnet_broadcasts (IsthResolve *self,
                        IsthIndex *groups)
{
  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      IsthStation row;

      if (self->stations[i].row->flags & ISTH_STATION_SPOKE)
        continue;
      row = isth_resolve_row (self, &self->stations[i]);
      if (looks_like_broadcast (&row) && isth_address_is_host (&row.ip))
        isth_index_add (groups, &row.ip);
    }
  for (uint32_t i = 0; i < self->n_stations && groups->n; i++)
    {
      IsthStation row;
      uint32_t number;

      /* who ever spoke as a single host is one; the number stays, the key is emptied */
      if (!(self->stations[i].row->flags & ISTH_STATION_SPOKE))
        continue;
      row = isth_resolve_row (self, &self->stations[i]);
      number = isth_index_find (groups, &row.ip);
      if (number != ISTH_NONE && !isth_address_is_group (&row.mac))
        memset (groups->keys + (size_t) number * groups->key_size, 0, groups->key_size);
    }
}

/* Most addresses have one MAC, so that nothing need be searched for: @first is the pair of each IP that came up first; @others are keys of the rest,
 * uint32_t[2], @numbers their numbers. */
typedef struct
{
  uint32_t *first;
  IsthIndex others;
  GArray *numbers;
} PairNumbers;

static uint32_t
add_pair (IsthResolve *self,
          uint32_t mac,
          uint32_t ip)
{
  self->pairs[self->n_pairs] = (IsthPair) { .mac = mac, .ip = ip, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };
  return self->n_pairs++;
}

static uint32_t
number_pair (IsthResolve *self,
             PairNumbers *numbers,
             uint32_t mac,
             uint32_t ip)
{
  uint32_t *first = &numbers->first[ip], other;

  if (*first == ISTH_NONE)
    *first = add_pair (self, mac, ip);
  if (self->pairs[*first].mac == mac)
    return *first;
  other = isth_index_add (&numbers->others, (uint32_t[2]) { mac, ip });
  if (other == numbers->numbers->len)
    {
      uint32_t number = add_pair (self, mac, ip);
      g_array_append_val (numbers->numbers, number);
    }
  return g_array_index (numbers->numbers, uint32_t, other);
}

static void
number_station (IsthResolve *self,
                const IsthIndex *groups,
                const IsthRecorder *recorders,
                PairNumbers *numbers,
                IsthResolveStation *station)
{
  IsthStation row = isth_resolve_row (self, station);
  bool no_host = row.ip.kind != ISTH_ADDRESS_NONE && !isth_address_is_host (&row.ip);

  station->mac = station->ip = station->pair = station->node = station->owner = ISTH_NONE;
  if (row.parent != ISTH_NOBODY) /* of the same addresses, and numbered before */
    {
      const IsthResolveStation *parent = isth_resolve_station (self, station->capture, row.parent);

      station->mac = parent->mac;
      station->ip = parent->ip;
      station->pair = parent->pair;
      return;
    }
  /* No station sends from a group: where frames say so, they were made from text, or forged, and the IP address is all there is. */
  if (row.mac.kind == ISTH_ADDRESS_MAC && isth_address_is_group (&row.mac) && (no_host || !(row.flags & ISTH_STATION_SPOKE)))
    return;
  if (no_host && isth_address_is_group (&row.ip))
    return;
  if (row.ip.kind != ISTH_ADDRESS_NONE && isth_index_find (groups, &row.ip) != ISTH_NONE)
    return;
  if (isth_station_is_recorder (&row))
    {
      station->ip = isth_resolve_recorder (self, station->capture, &recorders[station->capture], &row.ip);
      return;
    }
  if (isth_address_is_host (&row.mac) && row.mac.kind == ISTH_ADDRESS_MAC)
    station->mac = isth_index_add (&self->macs, &row.mac);
  if (!no_host && isth_address_is_ip (&row.ip))
    station->ip = isth_index_add (&self->ips, &row.ip);
  if (station->mac != ISTH_NONE && station->ip != ISTH_NONE)
    station->pair = number_pair (self, numbers, station->mac, station->ip);
}

static void
fold_station (IsthResolve *self,
              const IsthResolveStation *station)
{
  IsthStation row = isth_resolve_row (self, station);
  IsthPair *pair;

  if (station->pair == ISTH_NONE)
    return;
  pair = &self->pairs[station->pair];
  isth_span_add (&pair->first, &pair->last, row.first, row.last);
  pair->packets += row.packets_sent + row.packets_received;
  pair->spoke |= (row.flags & ISTH_STATION_SPOKE) != 0;
  pair->taken |= row.packets_received > 0;
  if (row.ttl_min >= ISTH_TTL_LEAST && (pair->ttl_min == 0 || row.ttl_min < pair->ttl_min))
    pair->ttl_min = row.ttl_min;
  pair->ttl_max = MAX (pair->ttl_max, row.ttl_max);
}

/* Numbers all stations, their addresses and pairs. */
static void
number_stations (IsthResolve *self,
                 const IsthIndex *groups,
                 const IsthRecorder *recorders)
{
  PairNumbers numbers = { g_new (uint32_t, MAX (self->n_stations, 1)), { .key_size = sizeof (uint32_t[2]) }, g_array_new (FALSE, FALSE, sizeof (uint32_t)) };

  memset (numbers.first, 0xff, sizeof *numbers.first * self->n_stations);
  self->pairs = g_new (IsthPair, MAX (self->n_stations, 1));
  isth_index_reserve (&self->macs, self->n_stations / 2);
  isth_index_reserve (&self->ips, self->n_stations / 2);
  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      if (i + AHEAD < self->n_stations && self->stations[i + AHEAD].row->more == 0)
        {
          IsthStation ahead = isth_resolve_row (self, &self->stations[i + AHEAD]);

          isth_index_prefetch (&self->macs, &ahead.mac);
          isth_index_prefetch (&self->ips, &ahead.ip);
        }
      number_station (self, groups, recorders, &numbers, &self->stations[i]);
      fold_station (self, &self->stations[i]);
    }
  self->pairs = g_renew (IsthPair, self->pairs, MAX (self->n_pairs, 1));
  g_free (numbers.first);
  isth_index_clear (&numbers.others);
  g_array_unref (numbers.numbers);
}

/* The subnets of addresses that are bound to a MAC. */
static void
note_bound_subnets (const IsthResolve *self,
                    IsthIndex *subnets)
{
  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      const IsthAddress *ip = isth_resolve_ip (self, self->pairs[i].ip);
      IsthSubnetKey key = isth_subnet_key (self->pairs[i].mac, ip, ISTH_SUBNET_OWN);

      if (self->pairs[i].bound && ip->kind == ISTH_ADDRESS_IPV4)
        isth_index_add (subnets, &key);
    }
}

/* Whoever hands over what is for @pair has an address in the same subnet, so that no further router is on the way. */
static bool
is_handed_over (const IsthResolve *self,
                const IsthIndex *bound,
                const IsthPair *pair,
                const IsthPair *peer)
{
  IsthSubnetKey key;

  if (pair->spoke || pair->bound || pair->near > 1)
    return false;
  key = isth_subnet_key (peer->mac, isth_resolve_ip (self, pair->ip), ISTH_SUBNET_OWN);
  return isth_index_find (bound, &key) != ISTH_NONE;
}

static void
fold_conversation (IsthResolve *self,
                   const IsthIndex *bound,
                   const IsthConversation *conversation,
                   const IsthResolveStation *a,
                   const IsthResolveStation *b)
{
  IsthStation a_row = isth_resolve_row (self, a), b_row = isth_resolve_row (self, b);
  uint8_t near;

  if (a->pair != ISTH_NONE && conversation->packets[0] > 0 && is_link_scope (&b_row.ip))
    self->pairs[a->pair].on_segment = true;
  if (b->pair != ISTH_NONE && conversation->packets[1] > 0 && is_link_scope (&a_row.ip)) /* nobody knows who asked: the smaller comes first */
    self->pairs[b->pair].on_segment = true;
  if (a->pair == ISTH_NONE || b->pair == ISTH_NONE)
    return;
  near = isth_resolve_nearness (&a_row.ip, &b_row.ip);
  self->pairs[a->pair].near = MAX (self->pairs[a->pair].near, near);
  self->pairs[b->pair].near = MAX (self->pairs[b->pair].near, near);
  if (is_handed_over (self, bound, &self->pairs[a->pair], &self->pairs[b->pair]))
    self->pairs[a->pair].near = 2;
  if (is_handed_over (self, bound, &self->pairs[b->pair], &self->pairs[a->pair]))
    self->pairs[b->pair].near = 2;
}

static void
fold_bindings (IsthResolve *self)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_bindings; i++)
        {
          const IsthFactBinding *binding = &capture->view.bindings[i];
          const char *protocol = isth_facts_string (capture->facts, binding->protocol);
          uint32_t pair = isth_resolve_station (self, c, binding->station)->pair;

          if (pair == ISTH_NONE)
            continue;
          self->pairs[pair].bound = true;
          if (!g_str_equal (protocol, "arp") && !g_str_equal (protocol, "nd") && !g_str_equal (protocol, "icmpv6"))
            self->pairs[pair].trusted = true;
        }
    }
}

/* The stations of conversations that come soon, and of those that come next what they point at. */
static void
prefetch_ends (const IsthResolve *self,
               uint32_t capture,
               uint32_t number)
{
  const IsthFactsView *view = &self->captures[capture].view;

  if (number + 2 * AHEAD < view->n_conversations)
    {
      __builtin_prefetch (isth_resolve_station (self, capture, view->conversations[number + 2 * AHEAD].client));
      __builtin_prefetch (isth_resolve_station (self, capture, view->conversations[number + 2 * AHEAD].server));
    }
  if (number + AHEAD < view->n_conversations)
    {
      const IsthResolveStation *client = isth_resolve_station (self, capture, view->conversations[number + AHEAD].client);
      const IsthResolveStation *server = isth_resolve_station (self, capture, view->conversations[number + AHEAD].server);

      __builtin_prefetch (client->row);
      __builtin_prefetch (server->row);
      if (client->pair != ISTH_NONE)
        __builtin_prefetch (&self->pairs[client->pair], 1);
      if (server->pair != ISTH_NONE)
        __builtin_prefetch (&self->pairs[server->pair], 1);
    }
}

static void
fold_conversations (IsthResolve *self)
{
  IsthIndex bound = { .key_size = sizeof (IsthSubnetKey) };

  note_bound_subnets (self, &bound);
  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_conversations; i++)
      {
        const IsthConversation *conversation = &self->captures[c].view.conversations[i];

        prefetch_ends (self, c, i);
        fold_conversation (self, &bound, conversation, isth_resolve_station (self, c, conversation->client), isth_resolve_station (self, c, conversation->server));
      }
  isth_index_clear (&bound);
}

static void
sort_pairs_by_mac (IsthResolve *self)
{
  uint32_t position = 0;

  self->mac_states = g_new0 (IsthMacState, MAX (self->macs.n, 1));
  self->pairs_by_mac = g_new (uint32_t, MAX (self->n_pairs, 1));
  for (uint32_t i = 0; i < self->n_pairs; i++)
    self->mac_states[self->pairs[i].mac].n_pairs++;
  for (uint32_t m = 0; m < self->macs.n; m++)
    {
      self->mac_states[m].first_pair = position;
      self->mac_states[m].virtual = isth_address_is_virtual_router (isth_resolve_mac (self, m));
      position += self->mac_states[m].n_pairs;
      self->mac_states[m].n_pairs = 0;
    }
  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      IsthMacState *mac = &self->mac_states[self->pairs[i].mac];

      self->pairs_by_mac[mac->first_pair + mac->n_pairs++] = i;
    }
}

void
isth_resolve_pairs (IsthResolve *self)
{
  IsthIndex groups = { .key_size = sizeof (IsthAddress) };
  g_autofree IsthRecorder *recorders = isth_resolve_find_recorders (self);

  mark_subnet_broadcasts (self, &groups);
  number_stations (self, &groups, recorders);
  isth_index_clear (&groups);

  fold_bindings (self);
  fold_conversations (self);
  sort_pairs_by_mac (self);
}
