/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No byte costs more than so much: hostile captures are read at two sizes, and the work is counted, not timed. This program is linked to the
 * library compiled with a call at each of its basic blocks; bytes that it has moved count, too. So every loop is seen, and the figures are the
 * same on any machine. tests/bench/worst tells what they mean in nanoseconds. */
#include <glib.h>
#include <stdint.h>

#include "analysis/isthmus.h"
#include "tests/helpers/hostile.h"

#define SIZE 100000
#define TIMES 4            /* … as large is the larger one */
#define GROWTH 5.5         /* times the work at most, for TIMES times the bytes: sorting and growing tables are not quite linear */
#define MOST_A_BYTE 500    /* blocks; the dearest found needs 350 */
#define BYTES_A_BLOCK 16   /* moved bytes that count as one block */

void __sanitizer_cov_trace_pc (void);
void *__real_memcpy (void *to, const void *from, size_t n);
void *__real_memmove (void *to, const void *from, size_t n);
void *__real_memset (void *to, int value, size_t n);
void *__wrap_memcpy (void *to, const void *from, size_t n);
void *__wrap_memmove (void *to, const void *from, size_t n);
void *__wrap_memset (void *to, int value, size_t n);

static uint64_t work;

void
__sanitizer_cov_trace_pc (void)
{
  work++;
}

void *
__wrap_memcpy (void *to,
               const void *from,
               size_t n)
{
  work += n / BYTES_A_BLOCK;
  return __real_memcpy (to, from, n);
}

void *
__wrap_memmove (void *to,
                const void *from,
                size_t n)
{
  work += n / BYTES_A_BLOCK;
  return __real_memmove (to, from, n);
}

void *
__wrap_memset (void *to,
               int value,
               size_t n)
{
  work += n / BYTES_A_BLOCK;
  return __real_memset (to, value, n);
}

/* Blocks run from the first byte to the resolved world. */
static uint64_t
count_work (const GByteArray *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;

  g_assert_no_error (error);
  work = 0;
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  snapshot = isth_world_resolve (world, isth_detect, world);
  return work;
}

static void
test_hostile (gconstpointer data)
{
  const IsthTestHostile *hostile = data;
  g_autoptr(GByteArray) small = hostile->make (SIZE);
  g_autoptr(GByteArray) large = hostile->make (TIMES * SIZE);
  uint64_t few = count_work (small), many = count_work (large);
  double bytes = (double) large->len / small->len, growth = (double) many / (double) few;

  g_test_message ("%.0f blocks a byte, %.2f times the work for %.2f times the bytes", (double) many / large->len, growth, bytes);
  g_assert_cmpfloat (growth, <=, GROWTH * bytes / TIMES);
  g_assert_cmpfloat ((double) many / large->len, <=, MOST_A_BYTE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t list = 0; isth_test_hostile[list]; list++)
    for (const IsthTestHostile *one = isth_test_hostile[list]; one->name; one++)
      {
        g_autofree char *path = g_strdup_printf ("/engine/work/%s", one->name);

        g_test_add_data_func (path, one, test_hostile);
      }
  return g_test_run ();
}
