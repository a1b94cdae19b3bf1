/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transfers of all captures, in the order of their first steps. */
#include "analysis/base/time.h"
#include "analysis/world/records.h"

static int
compare_transfers (const void *a,
                   const void *b)
{
  const IsthTransferEvent *x = a, *y = b;
  int order = isth_compare_times (x->first, y->first);

  if (order == 0)
    order = isth_evidence_compare (&x->evidence, &y->evidence);
  if (order == 0)
    order = isth_compare_numbers (x->from, y->from);
  if (order == 0)
    order = isth_compare_numbers (x->to, y->to);
  if (order == 0)
    order = strcmp (x->object, y->object);
  return order ? order : isth_compare_numbers (x->bytes, y->bytes);
}

static void
gather_transfers (IsthRecordMaker *self,
                  GArray *transfers)
{
  const IsthResolve *resolve = self->resolve;

  for (uint32_t c = 0; c < resolve->n_captures; c++)
    {
      const IsthResolveCapture *capture = &resolve->captures[c];

      for (uint32_t i = 0; i < capture->view.n_transfers; i++)
        {
          const IsthFactTransfer *row = &capture->view.transfers[i];
          uint32_t from = isth_resolve_station (resolve, c, row->client)->draft, to = isth_resolve_station (resolve, c, row->server)->draft;
          IsthTransferEvent transfer = {
            .verb = row->verb,
            .state = row->state,
            .begun = row->begun,
            .steps = row->steps,
            .bytes = row->bytes,
            .total = row->total,
            .first = row->first,
            .last = row->last,
          };

          if (!isth_resolve_is_pair (resolve, c, row->client, row->server))
            continue;
          transfer.from = resolve->drafts[from].id;
          transfer.to = resolve->drafts[to].id;
          transfer.protocol = isth_record_word (self, capture->strings[row->protocol]);
          transfer.object = isth_resolve_text (resolve, capture->strings[row->object]);
          transfer.text = isth_resolve_text (resolve, capture->strings[row->text]);
          transfer.evidence = isth_resolve_evidence (resolve, c, &row->evidence);
          g_array_append_val (transfers, transfer);
        }
    }
  g_array_sort (transfers, compare_transfers);
}

static bool
same_transfer (const IsthTransferEvent *a,
               const IsthTransferEvent *b)
{
  return a->from == b->from && a->to == b->to && a->verb == b->verb && a->state == b->state && a->begun == b->begun && a->steps == b->steps &&
         a->bytes == b->bytes && a->total == b->total && a->first == b->first && a->last == b->last && isth_same_text (a->protocol, b->protocol) &&
         isth_same_text (a->object, b->object) && isth_same_text (a->text, b->text) && isth_same_evidence (&a->evidence, &b->evidence);
}

static bool
same_transfers (const IsthTransferList *a,
                const IsthTransferList *b)
{
  if (a->n_events != b->n_events)
    return false;
  for (uint32_t i = 0; i < a->n_events; i++)
    if (!same_transfer (&a->events[i], &b->events[i]))
      return false;
  return true;
}

IsthTransferList *
isth_record_make_transfers (IsthRecordMaker *self,
                            IsthTransferList *before)
{
  g_autoptr(GArray) transfers = g_array_new (FALSE, FALSE, sizeof (IsthTransferEvent));
  IsthBench *bench = &self->bench;
  IsthTransferList *list;

  gather_transfers (self, transfers);
  list = isth_bench_begin (bench, sizeof *list);
  list->n_events = transfers->len;
  list->events = isth_bench_take (bench, transfers->len * sizeof *list->events);
  for (uint32_t i = 0; i < list->n_events; i++)
    {
      IsthTransferEvent *event = &list->events[i];

      *event = g_array_index (transfers, IsthTransferEvent, i);
      event->object = isth_bench_text (bench, event->object);
      event->text = isth_bench_text (bench, event->text);
      event->evidence = isth_bench_evidence (bench, &event->evidence);
    }
  if (before && same_transfers (list, before))
    return isth_record_ref (before);
  list = isth_bench_pack (bench);
  ISTH_BENCH_MOVE (bench, list->events);
  for (uint32_t i = 0; i < list->n_events; i++)
    {
      ISTH_BENCH_MOVE (bench, list->events[i].object);
      ISTH_BENCH_MOVE (bench, list->events[i].text);
      ISTH_BENCH_MOVE (bench, list->events[i].evidence.bytes);
    }
  return list;
}
