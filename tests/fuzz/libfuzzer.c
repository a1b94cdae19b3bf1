/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One program for all targets under libFuzzer: ISTHMUS_FUZZ names the one to run. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/target.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const IsthFuzzTarget *target;

int
LLVMFuzzerInitialize (int *argc,
                      char ***argv)
{
  const char *name = getenv ("ISTHMUS_FUZZ");

  g_random_set_seed (1); /* hash tables of the same order in each run: what libFuzzer finds is found again */
  target = name ? isth_fuzz_find (name) : NULL;
  if (target)
    return 0;
  fprintf (stderr, "fuzz: ISTHMUS_FUZZ must name a target; tests/fuzz/run --list names them\n");
  exit (2);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  target->run (target->what, data, size);
  return 0;
}
