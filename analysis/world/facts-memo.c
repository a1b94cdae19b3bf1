/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said before and is said again, as cyclic protocols do all day: known by its key, it only counts in its row. A table of bounded size in which
 * the newest push out the oldest; what it forgot is found by its words. */
#include "analysis/world/facts-private.h"

#define SETS (ISTH_LIMIT_MEMO / ISTH_MEMO_WAYS)

G_STATIC_ASSERT ((SETS & (SETS - 1)) == 0 && ISTH_MEMO_WAYS == 4);

static inline IsthMemo *
get_set (const IsthFacts *self,
         uint64_t         key)
{
  return self->memo + (key & (SETS - 1)) * ISTH_MEMO_WAYS;
}

void
isth_facts_remember (IsthFacts          *self,
                     uint64_t            key,
                     IsthObservationKind kind,
                     uint32_t            row)
{
  IsthMemo *set;
  int at = ISTH_MEMO_WAYS - 1;

  if (!self->memo)
    {
      self->memo = g_aligned_alloc0 (ISTH_LIMIT_MEMO, sizeof *self->memo, ISTH_MEMO_WAYS * sizeof *self->memo);
      for (uint32_t i = 0; i < ISTH_LIMIT_MEMO; i++)
        self->memo[i].row = ISTH_NO_ROW;
    }
  set = get_set (self, key);
  for (int i = 0; i < ISTH_MEMO_WAYS; i++)
    if (set[i].key == key) /* of a row that is dead by now; no key stands in two places */
      at = i;
  for (; at > 0; at--)
    set[at] = set[at - 1];
  set[0] = (IsthMemo) { key, row, kind };
}

/* Which of the four it is nobody can foresee, so there is no branch on it. */
static inline const IsthMemo *
recall (const IsthFacts *self,
        uint64_t         key)
{
  const IsthMemo *set, *entry;

  if (!self->memo)
    return NULL;
  set = get_set (self, key);
  entry = set + (set[1].key == key) + 2 * (set[2].key == key) + 3 * (set[3].key == key);
  return entry->key == key && entry->row != ISTH_NO_ROW ? entry : NULL;
}

/* One more of what is said of devices. Far away, so that operations, which nearly all are, are counted by few instructions. */
G_GNUC_NO_INLINE static uint64_t
count_again (IsthFacts          *self,
             const IsthMemo     *memo,
             const IsthEvidence *evidence)
{
  switch ((IsthObservationKind) memo->kind)
    {
    case ISTH_OBSERVE_OPERATION:
    case ISTH_OBSERVE_OUTCOME:
    case ISTH_OBSERVE_TRANSFER:
      break;
    case ISTH_OBSERVE_CLAIM:
      isth_facts_count_claim (self, memo->row, 0, evidence);
      break;
    case ISTH_OBSERVE_BINDING:
      isth_facts_count_binding (self, memo->row, evidence);
      break;
    case ISTH_OBSERVE_CHILD:
      isth_facts_count_child (self, memo->row, evidence);
      break;
    case ISTH_OBSERVE_NEIGHBOUR:
      isth_facts_count_neighbour (self, memo->row, evidence);
      break;
    case ISTH_OBSERVE_ROLE:
      isth_facts_count_role (self, memo->row, evidence);
      break;
    }
  return 1;
}

/* Row numbers stay for good, so an entry can only be wrong in one way: its operation was folded into another one since. */
uint64_t
isth_facts_observe_again (uint64_t            key,
                          const IsthEvidence *evidence,
                          void               *user_data)
{
  IsthFacts *self = user_data;
  const IsthMemo *memo = recall (self, key);

  if (!memo)
    return 0;
  facts_leave_round (self);
  if (memo->kind != ISTH_OBSERVE_OPERATION)
    return count_again (self, memo, evidence);
  return facts_get_operation (self, memo->row)->count > 0 ? isth_facts_count_operation (self, memo->row, evidence) : 0;
}

uint64_t
isth_facts_observe_again_of (uint64_t            group,
                             uint64_t            key,
                             const IsthEvidence *evidence,
                             void               *user_data)
{
  IsthFacts *self = user_data;
  const IsthMemo *memo = recall (self, group);
  uint32_t row;

  if (!memo)
    return 0;
  row = memo->row; /* the next line may move it */
  if (key != 0)
    isth_facts_remember (self, key, ISTH_OBSERVE_OPERATION, row);
  facts_leave_round (self);
  return isth_facts_count_operation (self, row, evidence); /* what all objects were folded into stays */
}
