/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which IP addresses came up with which MACs: what resolve-pairs.c gathers of them, and the rules of resolve-addresses.c judge. */
#pragma once

#include <string.h>

#include "analysis/world/resolve.h"

#define ISTH_TTL_LEAST 9 /* of a packet that was sent to be routed */

/* A subnet in which a MAC has addresses. */
typedef struct
{
  uint64_t prefix;
  uint32_t mac;
  uint32_t what;
} IsthSubnetKey;

enum
{
  ISTH_SUBNET_OWN = 0x100,     /* with the address kind: an own address lies in it */
  ISTH_SUBNET_ANY = 0x200,     /* an own address of that kind, wherever */
  ISTH_SUBNET_UNBOUND = 0x300, /* an unbound address with an initial TTL lies in it */
};

static inline IsthSubnetKey
isth_subnet_key (uint32_t mac,
                 const IsthAddress *ip,
                 uint32_t what)
{
  IsthSubnetKey key = { .mac = mac, .what = what | (uint32_t) ip->kind };

  if (what != ISTH_SUBNET_ANY)
    memcpy (&key.prefix, ip->bytes, ip->kind == ISTH_ADDRESS_IPV4 ? 3 : 8);
  return key;
}

/* 2: in one /24 or /64, which a host reaches without a router; 1: in one /16, which it may; 0: neither. Nobody told the mask. */
uint8_t isth_resolve_nearness (const IsthAddress *a, const IsthAddress *b);

/* Numbers stations, their addresses and pairs, and folds into them what stations, bindings and conversations tell. */
void isth_resolve_pairs (IsthResolve *self);
