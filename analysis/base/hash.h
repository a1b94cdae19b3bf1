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

/* The first @n of up to eight bytes as a little-endian number, without a loop or a call. */
static inline uint64_t
isth_hash_load (const uint8_t *bytes,
                size_t n)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint32_t head, tail;

  if (n >= 8)
    {
      uint64_t all;

      memcpy (&all, bytes, 8);
      return all;
    }
  if (n >= 4)
    {
      memcpy (&head, bytes, 4);
      memcpy (&tail, bytes + n - 4, 4);
      return (uint64_t) tail << 8 * (n - 4) | head;
    }
#endif
  if (n == 0)
    return 0;
  if (n < 4)
    return (uint64_t) bytes[0] | (uint64_t) bytes[n / 2] << 8 * (n / 2) | (uint64_t) bytes[n - 1] << 8 * (n - 1);
  return isth_hash_load (bytes, 3) | isth_hash_load (bytes + 3, (n < 8 ? n : 8) - 3) << 24;
}

/* For ids: the same in every run when @seed is. Not for tables whose keys the network chooses. */
static inline uint64_t
isth_hash_bytes (const void *data,
                 size_t n,
                 uint64_t seed)
{
  const uint8_t *bytes = data;
  uint64_t hash = seed ^ n;

  for (; n > 16; n -= 16, bytes += 16)
    hash = isth_hash_mix (isth_hash_load (bytes, 8) ^ hash, isth_hash_load (bytes + 8, 8));
  return isth_hash_mix (isth_hash_mix (isth_hash_load (bytes, n) ^ hash, n > 8 ? isth_hash_load (bytes + 8, n - 8) : 0), hash);
}

/* For tables: both factors of each step hold a part of @seed, so that no bytes can make one of them zero and the others count for nothing. */
static inline uint64_t
isth_hash_keyed (const void *data,
                 size_t n,
                 uint64_t seed)
{
  const uint8_t *bytes = data;
  uint64_t other = seed << 32 | seed >> 32;
  uint64_t hash = seed ^ n;

  for (; n > 16; n -= 16, bytes += 16)
    hash = isth_hash_mix (isth_hash_load (bytes, 8) ^ hash, isth_hash_load (bytes + 8, 8) ^ other);
  return isth_hash_mix (isth_hash_mix (isth_hash_load (bytes, n) ^ hash, (n > 8 ? isth_hash_load (bytes + 8, n - 8) : 0) ^ other), hash);
}
