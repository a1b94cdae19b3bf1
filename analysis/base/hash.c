/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seed of this process. */
#include "analysis/base/hash.h"

#include <glib.h>

uint64_t
isth_hash_seed (void)
{
  static gsize seed;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, ((gsize) g_random_int () << 32 | g_random_int ()) | 1);
  return seed;
}
