/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole pages; those at the ends are shared with what stays. */
#include "analysis/base/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void
isth_pages_forget (void *from,
                   void *end)
{
  const uintptr_t page = (uintptr_t) sysconf (_SC_PAGESIZE);
  uintptr_t first = ((uintptr_t) from + page - 1) & ~(page - 1);
  uintptr_t last = (uintptr_t) end & ~(page - 1);

  if (first < last)
    (void) madvise ((void *) first, last - first, MADV_DONTNEED); /* refused: they stay until the block goes */
}
