/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A seeded hash for tables whose keys the network chooses, and an unseeded one for ids that must not change. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Multiply and fold 64x64 -> 128: one step. */
static inline uint64_t
isth_hash_mix (uint64_t a,
               uint64_t b)
{
  unsigned __int128 product = (unsigned __int128) (a ^ 0xa0761d6478bd642full) * (b ^ 0xe7037ed1a0b428dbull);
  return (uint64_t) product ^ (uint64_t) (product >> 64);
}

/* A random number chosen once per process, so that nobody can prepare colliding keys. */
uint64_t isth_hash_seed (void);

static inline uint64_t
isth_hash_bytes (const void *data,
                 size_t n,
                 uint64_t seed)
{
  const uint8_t *bytes = data;
  uint64_t hash = seed ^ n;
  uint64_t a, b;

  for (; n > 16; n -= 16, bytes += 16)
    {
      memcpy (&a, bytes, 8);
      memcpy (&b, bytes + 8, 8);
      hash = isth_hash_mix (a ^ hash, b);
    }
  a = b = 0;
  if (n > 0)
    memcpy (&a, bytes, n < 8 ? n : 8);
  if (n > 8)
    memcpy (&b, bytes + 8, n - 8);
  return isth_hash_mix (isth_hash_mix (a ^ hash, b), hash);
}
