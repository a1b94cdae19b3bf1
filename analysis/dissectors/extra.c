/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of flows besides themselves: states of dissectors and waiting requests. All of it together has a ceiling, as every flow of a
 * flood may leave some; at the ceiling, that of flows which did not use theirs lately is given up. */
#include "analysis/dissectors/dispatch-private.h"

void
isth_flow_extra_free (IsthDispatch  *dispatch,
                      IsthFlowExtra *self)
{
  if (!self)
    return;
  while (self->states)
    {
      State *next = self->states->next;

      g_free (self->states);
      self->states = next;
    }
  dispatch->held -= self->size;
  g_queue_unlink (&dispatch->extras, &self->link);
  self->owner->extra = NULL;
  if (self->waiting != self->first)
    g_free (self->waiting);
  g_free (self->buckets);
  g_free (self->holes);
  g_free (self);
}

/* Each of the others has a second chance when it was used since it was looked at last; so those in use cost nothing but a mark. */
static void
make_room (IsthDispatch  *self,
           IsthFlowExtra *keep)
{
  while (self->held > self->most_held && self->extras.length > 1)
    {
      IsthFlowExtra *first = self->extras.head->data;

      if (first == keep || first->used)
        {
          first->used = false;
          g_queue_unlink (&self->extras, &first->link);
          g_queue_push_tail_link (&self->extras, &first->link);
          continue;
        }
      self->given_up++;
      isth_flow_extra_free (self, first);
    }
}

void
isth_flow_extra_grow (IsthDispatch  *dispatch,
                      IsthFlowExtra *self,
                      size_t         n)
{
  self->size += n;
  dispatch->held += n;
  if (G_UNLIKELY (dispatch->held > dispatch->most_held))
    make_room (dispatch, self);
}

IsthFlowExtra *
isth_flow_make_extra (IsthDispatch *dispatch,
                      IsthFlow     *flow)
{
  IsthFlowExtra *self = memset (g_new (IsthFlowExtra, 1), 0, sizeof *self); /* quicker than calloc() */

  self->waiting = self->first;
  self->room = G_N_ELEMENTS (self->first);
  self->owner = isth_flow_get_owner (flow);
  self->owner->extra = self;
  self->link.data = self;
  self->used = true;
  g_queue_push_tail_link (&dispatch->extras, &self->link);
  isth_flow_extra_grow (dispatch, self, sizeof *self);
  return self;
}
