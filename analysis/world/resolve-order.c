/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links in the order of their ids, and what was done in them in the order of the links: so that the records of a large network, which are made in that
 * order, take the room of what they were made of, run by run. All is moved within its own memory. */
#include "analysis/base/pages.h"
#include "analysis/world/resolve.h"

#define AHEAD 6       /* rows that are on their way from memory */
#define LARGEST 256   /* bytes of a row */

/* Row i becomes what row @from[i] was; @from is used up. */
static void
put_in_order (void *rows,
              size_t size,
              uint32_t n,
              uint32_t *from)
{
  uint8_t *all = rows, kept[LARGEST];

  g_assert (size <= LARGEST);
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t to = i, ahead = i;

      if (from[i] == i)
        continue;
      memcpy (kept, all + i * size, size);
      for (int k = 0; k < AHEAD; k++)
        ahead = from[ahead];
      while (from[to] != i)
        {
          uint32_t next = from[to];

          ahead = from[ahead];
          __builtin_prefetch (all + ahead * size);
          __builtin_prefetch (all + ahead * size + size - 1);
          memcpy (all + to * size, all + next * size, size);
          from[to] = to;
          to = next;
        }
      memcpy (all + to * size, kept, size);
      from[to] = to;
    }
}

/* The old numbers of all operations, link by link; tells the links where theirs will be. */
static uint32_t *
number_operations (IsthResolve *self)
{
  uint32_t *from = g_new (uint32_t, MAX (self->operations->len, 1)), n = 0;

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      uint32_t first = link->first_operation;

      link->first_operation = n;
      for (uint32_t o = 0; o < link->n_operations; o++)
        from[n++] = first + o;
    }
  g_assert (n == self->operations->len);
  return from;
}

/* The same of their events. */
static uint32_t *
number_events (IsthResolve *self)
{
  uint32_t *from = g_new (uint32_t, MAX (self->events->len, 1)), n = 0;

  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);
      uint32_t first = operation->first_event;

      operation->first_event = n;
      for (uint32_t e = 0; e < operation->n_events; e++)
        from[n++] = first + e;
    }
  g_assert (n == self->events->len);
  return from;
}

/* The old numbers of the sums of all operations, and behind them of those that were folded into others. */
static uint32_t *
number_sums (IsthResolve *self)
{
  uint32_t *from = g_new (uint32_t, MAX (self->n_sums, 1)), n = 0;
  g_autofree bool *used = g_new0 (bool, MAX (self->n_sums, 1));

  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);

      from[n] = (uint32_t) (operation->sums - self->sums);
      used[from[n]] = true;
      operation->sums = &self->sums[n++];
    }
  for (uint32_t i = 0; i < self->n_sums; i++)
    if (!used[i])
      from[n++] = i;
  return from;
}

void
isth_resolve_order_links (IsthResolve *self)
{
  g_autofree uint32_t *operations = NULL, *sums = NULL, *events = NULL;

  put_in_order (self->links->data, sizeof (IsthDraftLink), self->links->len, self->links_by_id);
  operations = number_operations (self);
  put_in_order (self->operations->data, sizeof (IsthDraftOperation), self->operations->len, operations);
  sums = number_sums (self);
  put_in_order (self->sums, sizeof (IsthDraftSums), self->n_sums, sums);
  events = number_events (self);
  put_in_order (self->events->data, sizeof (IsthDraftEvent), self->events->len, events);
  g_clear_pointer (&self->links_by_id, g_free);
}

void
isth_resolve_drop_links (IsthResolve *self,
                         uint32_t from,
                         uint32_t to)
{
  IsthDraftLink *links = (IsthDraftLink *) (void *) self->links->data;
  IsthDraftOperation *operations = (IsthDraftOperation *) (void *) self->operations->data;
  IsthDraftEvent *events = (IsthDraftEvent *) (void *) self->events->data;
  uint32_t first = links[from].first_operation, end = links[to].first_operation;

  if (first < end && end < self->operations->len)
    {
      isth_pages_forget (&events[operations[first].first_event], &events[operations[end].first_event]);
      isth_pages_forget (&self->sums[first], &self->sums[end]);
      isth_pages_forget (&operations[first], &operations[end]);
    }
  isth_pages_forget (&links[from], &links[to]);
}
