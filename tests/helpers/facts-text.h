/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts as sorted lines of text, ids replaced by what they name: two facts that say the same give the same text. And random
 * things to say, from the seed of the test run. */
#pragma once

#include "analysis/world/facts.h"

/* Free with g_free(). Dead rows are left out. */
char *isth_test_facts_text (const IsthFacts *facts);

/* The same, but row by row with all ids as they are: for facts that must be equal in every number. */
char *isth_test_facts_rows (const IsthFacts *facts);

/* One thing said: an observation or traffic. All it points to lives in itself. */
typedef struct
{
  bool is_traffic;
  IsthObservation observation;
  IsthTraffic traffic;
  char child[32], text[64];
  uint8_t bytes[32];
} IsthTestSaying;

/* @n of them; time and frame rise with the index. Free with g_free(). @objects: how many objects an operation may have at most. */
IsthTestSaying *isth_test_sayings (uint32_t n, int objects);

void isth_test_say (IsthFacts *facts, const IsthTestSaying *saying);

/* By its key, when the facts remember that; otherwise in full, with the key. Returns which. */
bool isth_test_say_again (IsthFacts *facts, const IsthTestSaying *saying);
