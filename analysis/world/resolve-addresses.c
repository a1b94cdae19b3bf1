/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which IP address is a MAC's own, and which MAC only carries it. The rules, in order; the first that applies decides:
 *
 *   0. Two MACs that have more than ISTH_UNBOUND_MAX private addresses in common, which send with an initial TTL and came up with no third, were written
 *      over those that were there: a capture that was replayed, or made anonymous. Such a MAC owns and carries nothing that is not bound to it.
 *   1. IPv6 and IPv4 link-local addresses are never routed: own.
 *   2. DHCP or PROFINET DCP bound them: own. So are the few (4) that sent to groups which no router passes on (224.0.0.x); of more, a bridge may be the MAC.
 *   3. The host's packets had a TTL one or more below a usual initial value (255, 128, 64, 32): a router was in between, foreign; unless ARP or ND
 *      binds them, the MAC has no better bound address, and no other MAC has a binding for that address; or the MAC carries nothing else, and it was
 *      talked to from its own subnet (/24), where no router can be in between: a virtual machine, or an odd stack.
 *   4. ARP or ND binds them: own; unless the MAC answers for more than ISTH_PROXY_MAX addresses that never spoke with an initial TTL (proxy ARP).
 *   5. Not bound, initial TTL: own, as long as there are few such addresses (4; 2 of a MAC that is known to route), and public IPv4 addresses only
 *      when they are all the MAC has.
 *   6. Not bound, TTL says nothing (only addressed, or multicast): foreign for a router; own inside the subnet (/24, /64) of an address that the MAC
 *      owns; else own when it is its only private one and was talked to from its subnet, or from near enough to be one (/16), or by
 *      way of a MAC that has an address bound in its subnet. A public one: when it is all
 *      the MAC has, and was talked to from its subnet, or from near enough with the TTL of a controller (30), or only sends to groups (TTL 1).
 *
 *      The MAC of a virtual router owns what a redundancy protocol says (VRRP, HSRP: bound by it); from what else it sends is the address of one of the
 *      real routers, that take turns: foreign, and not behind it.
 *
 *   7. When several MACs own one IP by these rules: the MAC of a virtual router, from which hellos of real ones come, gives way to one that is a device's.
 *      A MAC that shows nothing but being addressed gives way to one that spoke or is bound; and an unbound
 *      one with more such addresses (a firewall that forwards without changing the TTL) to one with fewer. Otherwise all keep it: it moved, or it is
 *      a conflict. What was seen or said of the address without its MAC belongs to the one that had it longest in that capture; when none had it there,
 *      in all captures.
 *
 * A MAC that carries a foreign address lends it neither its vendor nor its identity; it is a router when that address is in no subnet of its own (a
 * host with virtual machines is not one; neither is a bridge that lends its MAC, nor one that forges the address it sends from), or belongs to another MAC.
 * One whose own address, bound to it, sends both with a TTL one to three below an initial
 * value and with another one translates addresses: several computers hide behind it. */
#include <string.h>

#include "analysis/world/resolve-pairs.h"

#define ISTH_PROXY_MAX 16  /* addresses bound to one MAC before their silence makes it a proxy */
#define ISTH_UNBOUND_MAX 4 /* unbound addresses that one MAC may own */

#define TTL_OF_CONTROLLERS 30 /* Siemens' begin with it; a router in between would seldom leave just that */
#define TRANSLATED_NEAR 3     /* routers between a translator and those behind it */

typedef enum
{
  TTL_UNKNOWN,
  TTL_INITIAL,
  TTL_FORWARDED,
} TtlClass;

/* 60 and 30 are initial values of old stacks and plausible leftovers of 64 and 32; below 9 it is multicast or traceroute: all say nothing. */
static TtlClass
classify_ttl (uint8_t ttl)
{
  static const uint8_t initial[] = { 32, 64, 128, 255 };

  if (ttl < ISTH_TTL_LEAST || ttl == 60 || ttl == 30)
    return TTL_UNKNOWN;
  for (size_t i = 0; i < G_N_ELEMENTS (initial); i++)
    if (ttl <= initial[i])
      return ttl == initial[i] ? TTL_INITIAL : initial[i] - ttl <= 32 ? TTL_FORWARDED : TTL_UNKNOWN;
  return TTL_UNKNOWN;
}

/* What the rules need to know of one MAC before they look at its pairs. */
typedef struct
{
  uint32_t bound_silent;       /* bound by ARP, without an initial TTL */
  uint32_t bound_clean;        /* bound, and nothing speaks against it */
  uint32_t on_segment;         /* sent what no router passes on */
  uint32_t unbound_initial[2]; /* not bound, initial TTL: private, public IPv4 */
  uint32_t unbound_six;        /* … IPv6 subnets */
  uint32_t unknown;            /* not bound, TTL says nothing, private IPv4 */
} MacEvidence;

#define PAIR(self, mac, i) (&(self)->pairs[(self)->pairs_by_mac[(mac)->first_pair + (i)]])

static MacEvidence
gather_evidence (const IsthResolve *self,
                 const IsthMacState *mac,
                 IsthIndex *subnets)
{
  MacEvidence evidence = { 0 };

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      const IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      TtlClass ttl = classify_ttl (pair->ttl_max);

      if (isth_address_is_link_local (ip))
        continue;
      evidence.on_segment += pair->on_segment;
      if (pair->bound)
        {
          evidence.bound_silent += ttl != TTL_INITIAL && !pair->trusted;
          evidence.bound_clean += ttl != TTL_FORWARDED;
        }
      else if (ttl == TTL_INITIAL && ip->kind == ISTH_ADDRESS_IPV4)
        evidence.unbound_initial[!isth_resolve_is_inside (self, ip)]++;
      else if (ttl == TTL_INITIAL)
        {
          IsthSubnetKey key = isth_subnet_key (pair->mac, ip, ISTH_SUBNET_UNBOUND);
          uint32_t before = subnets->n;

          isth_index_add (subnets, &key);
          evidence.unbound_six += subnets->n - before;
        }
      else if (ttl == TTL_UNKNOWN && ip->kind == ISTH_ADDRESS_IPV4 && isth_resolve_is_inside (self, ip))
        evidence.unknown++;
    }
  return evidence;
}

static bool
is_odd_stack (const IsthMacState *mac,
              const IsthPair *pair,
              const IsthAddress *ip)
{
  return mac->n_pairs == 1 && !pair->bound && pair->near > 1 && ip->kind == ISTH_ADDRESS_IPV4;
}

/* A redundancy protocol told which addresses a virtual router has. */
static bool
is_told_virtual (const IsthResolve *self,
                 const IsthMacState *mac)
{
  bool told = false;

  for (uint32_t i = 0; i < mac->n_pairs && mac->virtual; i++)
    told |= PAIR (self, mac, i)->trusted;
  return told;
}

/* Rules 1 to 4: what is certain. */
static void
decide_certain (IsthResolve *self,
                IsthMacState *mac,
                const MacEvidence *evidence,
                const uint32_t *bound_macs)
{
  bool told = is_told_virtual (self, mac);

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      TtlClass ttl = classify_ttl (pair->ttl_max);

      if ((told && pair->spoke && !pair->bound) || (mac->blind && !pair->bound))
        pair->verdict = ISTH_PAIR_FOREIGN;
      else if (isth_address_is_link_local (ip) || pair->trusted || (pair->on_segment && evidence->on_segment <= ISTH_UNBOUND_MAX))
        pair->verdict = ISTH_PAIR_OWN;
      else if (ttl == TTL_FORWARDED)
        pair->verdict = is_odd_stack (mac, pair, ip) || (pair->bound && evidence->bound_clean == 0 && bound_macs[pair->ip] == 1) ? ISTH_PAIR_OWN : ISTH_PAIR_FOREIGN;
      else if (pair->bound)
        pair->verdict = evidence->bound_silent > ISTH_PROXY_MAX && ttl != TTL_INITIAL ? ISTH_PAIR_FOREIGN : ISTH_PAIR_OWN;
      mac->router |= pair->verdict == ISTH_PAIR_FOREIGN;
    }
}

/* Rule 5. */
static void
decide_initial (IsthResolve *self,
                IsthMacState *mac,
                const MacEvidence *evidence)
{
  uint32_t most = mac->router ? ISTH_UNBOUND_MAX / 2 : ISTH_UNBOUND_MAX;
  bool public_own = !mac->router && evidence->bound_clean == 0 && evidence->unbound_initial[0] == 0 && evidence->unbound_initial[1] == 1;

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      bool own;

      if (pair->verdict != ISTH_PAIR_UNDECIDED || classify_ttl (pair->ttl_max) != TTL_INITIAL)
        continue;
      if (ip->kind == ISTH_ADDRESS_IPV6)
        own = evidence->unbound_six <= most;
      else if (isth_resolve_is_inside (self, ip))
        own = evidence->unbound_initial[0] <= most;
      else
        own = public_own;
      pair->verdict = own ? ISTH_PAIR_OWN : ISTH_PAIR_FOREIGN;
    }
  for (uint32_t i = 0; i < mac->n_pairs; i++)
    mac->router |= PAIR (self, mac, i)->verdict == ISTH_PAIR_FOREIGN;
}

/* Notes the subnets of what rules 1 to 5 gave to the MAC. Of a MAC with a single address nobody will ask for them. */
static void
note_own_subnets (const IsthResolve *self,
                  const IsthMacState *mac,
                  IsthIndex *subnets)
{
  for (uint32_t i = 0; i < mac->n_pairs && mac->n_pairs > 1; i++)
    {
      const IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      IsthSubnetKey key;

      if (pair->verdict != ISTH_PAIR_OWN || isth_address_is_link_local (ip))
        continue;
      key = isth_subnet_key (pair->mac, ip, ISTH_SUBNET_OWN);
      isth_index_add (subnets, &key);
      key = isth_subnet_key (pair->mac, ip, ISTH_SUBNET_ANY);
      isth_index_add (subnets, &key);
    }
}

/* Rule 6. */
static void
decide_rest (IsthResolve *self,
             IsthMacState *mac,
             const MacEvidence *evidence,
             const IsthIndex *subnets)
{
  bool was_router = mac->router;

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      IsthSubnetKey subnet = isth_subnet_key (pair->mac, ip, ISTH_SUBNET_OWN), any = isth_subnet_key (pair->mac, ip, ISTH_SUBNET_ANY);
      bool own;

      if (pair->verdict != ISTH_PAIR_UNDECIDED)
        continue;
      if (isth_index_find (subnets, &subnet) != ISTH_NONE)
        own = true;
      else if (!was_router && !isth_resolve_is_inside (self, ip))
        own = mac->n_pairs == 1 && ip->kind == ISTH_ADDRESS_IPV4 && (pair->near > 1 || pair->ttl_max == 1 || (pair->near > 0 && pair->ttl_max == TTL_OF_CONTROLLERS));
      else if (was_router || isth_index_find (subnets, &any) != ISTH_NONE || !isth_resolve_is_inside (self, ip))
        own = false;
      else if (ip->kind == ISTH_ADDRESS_IPV4)
        own = evidence->unknown == 1 ? pair->spoke || pair->near > 0 : pair->near > 1 && evidence->unknown <= ISTH_UNBOUND_MAX;
      else
        own = true;
      pair->verdict = own ? ISTH_PAIR_OWN : ISTH_PAIR_FOREIGN;
      mac->router |= !own && pair->packets > 0; /* what was only named proves nothing */
    }
}

uint8_t
isth_pair_rank (const IsthPair *pair)
{
  return pair->bound ? 3 : classify_ttl (pair->ttl_max) == TTL_INITIAL ? 2 : 1;
}

/* Rule 7. */
static void
settle_contests (IsthResolve *self)
{
  g_autofree uint32_t *crowd = g_new0 (uint32_t, MAX (self->macs.n, 1)); /* unbound own addresses of a MAC */
  g_autofree uint8_t *best = g_new0 (uint8_t, MAX (self->ips.n, 1));     /* rank of an IP's best pair */
  g_autofree uint32_t *fewest = g_new (uint32_t, MAX (self->ips.n, 1));  /* crowd of the MAC of those that has the fewest */
  g_autofree bool *real = g_new0 (bool, MAX (self->ips.n, 1));           /* one of them is no virtual router's */

  memset (fewest, 0xff, sizeof *fewest * self->ips.n);
  for (uint32_t i = 0; i < self->n_pairs; i++)
    if (self->pairs[i].verdict == ISTH_PAIR_OWN)
      {
        crowd[self->pairs[i].mac] += !self->pairs[i].bound;
        best[self->pairs[i].ip] = MAX (best[self->pairs[i].ip], isth_pair_rank (&self->pairs[i]));
        real[self->pairs[i].ip] |= !self->mac_states[self->pairs[i].mac].virtual;
      }
  for (uint32_t i = 0; i < self->n_pairs; i++)
    if (self->pairs[i].verdict == ISTH_PAIR_OWN && isth_pair_rank (&self->pairs[i]) == best[self->pairs[i].ip])
      fewest[self->pairs[i].ip] = MIN (fewest[self->pairs[i].ip], crowd[self->pairs[i].mac]);
  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      IsthPair *pair = &self->pairs[i];
      bool nothing_but_addressed = isth_pair_rank (pair) == 1 && best[pair->ip] > 1;

      if (pair->verdict == ISTH_PAIR_OWN && self->mac_states[pair->mac].virtual && real[pair->ip])
        pair->verdict = ISTH_PAIR_FOREIGN;
      if (pair->verdict != ISTH_PAIR_OWN || pair->bound || isth_address_is_link_local (isth_resolve_ip (self, pair->ip)))
        continue;
      if (nothing_but_addressed || crowd[pair->mac] > MAX (fewest[pair->ip], 1))
        pair->verdict = ISTH_PAIR_FOREIGN;
    }
}

/* What is sent by a computer a few routers behind an address, beside what the address or another computer sends. */
static bool
is_translated (const IsthPair *pair)
{
  bool near = false;

  for (int hops = 1; hops <= TRANSLATED_NEAR; hops++)
    near |= classify_ttl ((uint8_t) MIN (pair->ttl_min + hops, UINT8_MAX)) == TTL_INITIAL;
  return pair->verdict == ISTH_PAIR_OWN && pair->bound && near && pair->ttl_min != pair->ttl_max && classify_ttl (pair->ttl_min) == TTL_FORWARDED;
}

/* Of the addresses that a MAC only carries: whether they all are private, of one /24, and send with an initial TTL, and it has none of its own. */
static bool
looks_like_bridge (const IsthResolve *self,
                   const IsthMacState *mac)
{
  const IsthAddress *one = NULL;

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      const IsthPair *pair = PAIR (self, mac, i);
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);

      if (isth_address_is_link_local (ip))
        continue;
      if (pair->verdict != ISTH_PAIR_FOREIGN || ip->kind != ISTH_ADDRESS_IPV4 || !isth_resolve_is_inside (self, ip) || classify_ttl (pair->ttl_max) != TTL_INITIAL ||
          (one && isth_resolve_nearness (one, ip) < 2))
        return false;
      one = ip;
    }
  return one != NULL;
}

/* The initial TTLs of what a MAC sends from addresses of its own, a bit for each. */
static uint8_t
own_ttls (const IsthResolve *self,
          const IsthMacState *mac)
{
  uint8_t bits = 0;

  for (uint32_t i = 0; i < mac->n_pairs; i++)
    {
      const IsthPair *pair = PAIR (self, mac, i);

      if (pair->verdict == ISTH_PAIR_OWN && classify_ttl (pair->ttl_max) == TTL_INITIAL && !isth_address_is_link_local (isth_resolve_ip (self, pair->ip)))
        bits |= (uint8_t) (1 << (pair->ttl_max >> 6));
    }
  return bits;
}

/* Sends from a public address as from its own ones, @ttls, and nobody ever sent anything there by way of it. */
static bool
looks_forged (const IsthResolve *self,
              const IsthPair *pair,
              uint8_t ttls)
{
  return !pair->taken && classify_ttl (pair->ttl_max) == TTL_INITIAL && ttls & 1 << (pair->ttl_max >> 6) &&
         !isth_resolve_is_inside (self, isth_resolve_ip (self, pair->ip));
}

/* Who carries addresses of subnets in which it has none, or that are another's; and who translates. */
static void
find_routers (IsthResolve *self)
{
  IsthIndex subnets = { .key_size = sizeof (IsthSubnetKey) };
  g_autofree bool *owned = g_new0 (bool, MAX (self->ips.n, 1)); /* by a MAC that is well founded */

  for (uint32_t i = 0; i < self->n_pairs; i++)
    owned[self->pairs[i].ip] |= self->pairs[i].verdict == ISTH_PAIR_OWN && isth_pair_rank (&self->pairs[i]) > 1;
  for (uint32_t m = 0; m < self->macs.n; m++)
    {
      IsthMacState *mac = &self->mac_states[m];
      bool bridge = looks_like_bridge (self, mac);
      uint8_t ttls = own_ttls (self, mac);

      note_own_subnets (self, mac, &subnets);
      mac->router = false;
      for (uint32_t i = 0; i < mac->n_pairs; i++)
        {
          const IsthPair *pair = PAIR (self, mac, i);
          IsthSubnetKey key = isth_subnet_key (pair->mac, isth_resolve_ip (self, pair->ip), ISTH_SUBNET_OWN);

          mac->translates |= is_translated (pair);
          if (pair->verdict == ISTH_PAIR_FOREIGN && pair->packets > 0 && !mac->blind)
            mac->router |= owned[pair->ip] || (!bridge && !looks_forged (self, pair, ttls) && isth_index_find (&subnets, &key) == ISTH_NONE);
        }
    }
  isth_index_clear (&subnets);
}

/* Of an address: with which MACs it came up. */
typedef struct
{
  uint32_t macs[2];
  uint32_t n;
  bool sent;   /* with an initial TTL */
  bool placed; /* bound, forwarded, or not a private one: something tells of it */
} Holders;

static Holders *
find_holders (const IsthResolve *self)
{
  Holders *holders = g_new0 (Holders, MAX (self->ips.n, 1));

  for (uint32_t i = 0; i < self->n_pairs; i++)
    {
      const IsthPair *pair = &self->pairs[i];
      const IsthAddress *ip = isth_resolve_ip (self, pair->ip);
      Holders *mine = &holders[pair->ip];
      TtlClass ttl = classify_ttl (pair->ttl_max);

      if (mine->n < 2)
        mine->macs[mine->n] = pair->mac;
      mine->n++;
      mine->sent |= pair->spoke && ttl == TTL_INITIAL;
      mine->placed |= pair->bound || ttl == TTL_FORWARDED || ip->kind != ISTH_ADDRESS_IPV4 || !isth_resolve_is_inside (self, ip);
    }
  return holders;
}

/* Rule 0. */
static void
find_blind (IsthResolve *self)
{
  IsthIndex twos = { .key_size = sizeof (uint32_t[2]) }; /* two MACs with an address in common */
  g_autoptr(GArray) shared = g_array_new (FALSE, TRUE, sizeof (uint32_t)); /* how many, by number in it */
  g_autofree Holders *holders = find_holders (self);

  for (uint32_t ip = 0; ip < self->ips.n; ip++)
    {
      const Holders *mine = &holders[ip];
      uint32_t number;

      if (mine->n != 2 || !mine->sent || mine->placed)
        continue;
      number = isth_index_add (&twos, (uint32_t[2]) { MIN (mine->macs[0], mine->macs[1]), MAX (mine->macs[0], mine->macs[1]) });
      if (number == shared->len)
        g_array_set_size (shared, number + 1);
      g_array_index (shared, uint32_t, number)++;
    }
  for (uint32_t i = 0; i < shared->len; i++)
    {
      const uint32_t *macs = isth_index_key (&twos, i);

      if (g_array_index (shared, uint32_t, i) > ISTH_UNBOUND_MAX)
        self->mac_states[macs[0]].blind = self->mac_states[macs[1]].blind = true;
    }
  for (uint32_t m = 0; m < self->macs.n; m++)
    self->blind_macs += self->mac_states[m].blind;
  isth_index_clear (&twos);
}

void
isth_resolve_addresses (IsthResolve *self)
{
  IsthIndex subnets = { .key_size = sizeof (IsthSubnetKey) };
  g_autofree uint32_t *bound_macs = NULL;

  isth_resolve_pairs (self);

  bound_macs = g_new0 (uint32_t, MAX (self->ips.n, 1));
  for (uint32_t i = 0; i < self->n_pairs; i++)
    bound_macs[self->pairs[i].ip] += self->pairs[i].bound;

  find_blind (self);
  for (uint32_t m = 0; m < self->macs.n; m++)
    {
      IsthMacState *mac = &self->mac_states[m];
      MacEvidence evidence = gather_evidence (self, mac, &subnets);

      decide_certain (self, mac, &evidence, bound_macs);
      decide_initial (self, mac, &evidence);
      note_own_subnets (self, mac, &subnets);
      decide_rest (self, mac, &evidence, &subnets);
    }
  isth_index_clear (&subnets);

  settle_contests (self);
  find_routers (self);
  isth_resolve_owners (self);
}
