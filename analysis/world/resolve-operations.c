/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What assets asked of one another: operations of all captures folded, their events, and the link of each.
 *
 * An operation belongs to the link of its protocol, or of a protocol that carries it or is carried by it (COTP and S7), from who asked to who was
 * asked; it proves that link's direction. It makes a link without packets of its own, with the protocol and service of the one that carries it,
 * when it was asked against the proven direction of its connection, or of a module behind the device that was talked to. */
#include <string.h>

#include "analysis/base/sort.h"
#include "analysis/world/resolve.h"

#define STEADY_COUNT 10 /* answers, over at least 1/STEADY_PART of the capture, that make an operation a habit */
#define STEADY_PART 3
#define AHEAD 8         /* links and operations whose pairs are fetched before they are needed */

/* Who asked whom; what is compared further. */
static uint64_t
asked_key (const void *row)
{
  return ((const IsthDraftOperation *) row)->asked;
}

static uint64_t
attached_key (const void *row)
{
  return ((const IsthDraftOperation *) row)->link;
}

static uint64_t
event_key (const void *row)
{
  return ((const IsthDraftEvent *) row)->operation;
}

static int
compare_asked (const IsthResolve *self,
               const IsthDraftOperation *x,
               const IsthDraftOperation *y)
{
  int order = isth_compare_numbers (x->asked, y->asked);

  if (order || x->protocol == y->protocol)
    return order;
  return strcmp (isth_resolve_text (self, x->protocol), isth_resolve_text (self, y->protocol));
}

/* Of one pair of assets and one protocol, or of one link. */
static int
compare_functions (const IsthResolve *self,
                   const IsthDraftOperation *x,
                   const IsthDraftOperation *y)
{
  int order = isth_compare_numbers (x->verb, y->verb);

  if (order == 0)
    order = isth_compare_times (x->function, y->function);
  if (order == 0 && x->name != y->name)
    order = strcmp (isth_resolve_text (self, x->name), isth_resolve_text (self, y->name));
  if (order == 0 && x->object != y->object)
    order = strcmp (isth_resolve_text (self, x->object), isth_resolve_text (self, y->object));
  return order;
}

static int
compare_operations (const void *a,
                    const void *b,
                    void *user_data)
{
  int order = compare_asked (user_data, a, b);

  return order ? order : compare_functions (user_data, a, b);
}

static int
compare_attached (const void *a,
                  const void *b,
                  void *user_data)
{
  const IsthDraftOperation *x = a, *y = b;
  int order = compare_functions (user_data, x, y);

  return order ? order : compare_asked (user_data, x, y);
}

static int
compare_events (const void *a,
                const void *b,
                void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftEvent *x = a, *y = b;
  int order = isth_evidence_compare (&x->evidence, &y->evidence);

  if (order == 0)
    order = isth_compare_numbers (x->outcome, y->outcome);
  return order ? order : strcmp (isth_resolve_text (self, x->text), isth_resolve_text (self, y->text));
}

static bool
is_steady (const IsthFactOperation *row,
           const IsthFactCapture *about)
{
  if (row->ok < STEADY_COUNT || row->first == ISTH_NO_TIME || about->first == ISTH_NO_TIME || row->last <= row->first)
    return false;
  return (uint64_t) row->last - (uint64_t) row->first >= ((uint64_t) about->last - (uint64_t) about->first) / STEADY_PART;
}

/* Marks @draft and the devices that it is part of. */
static void
mark_asked (const IsthResolve *self,
            bool *asked,
            uint32_t draft)
{
  for (; draft != ISTH_NONE && !asked[draft]; draft = self->drafts[draft].parent)
    asked[draft] = true;
}

static void
prefetch_stations (const IsthResolve *self,
                   uint32_t capture,
                   uint32_t number)
{
  const IsthFactsView *view = &self->captures[capture].view;

  if (number >= view->n_operations)
    return;
  __builtin_prefetch (isth_resolve_station (self, capture, view->operations[number].client));
  __builtin_prefetch (isth_resolve_station (self, capture, view->operations[number].server));
}

/* Reads the operations between assets. @numbers: of each capture's rows the number here, ISTH_NONE for those that are none. @asked: the assets on
 * whose links one is looked for. */
static void
gather_operations (IsthResolve *self,
                   uint32_t *const *numbers,
                   bool *asked)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_operations; i++)
        {
          const IsthFactOperation *row = &capture->view.operations[i];
          IsthDraftOperation operation = { .from = isth_resolve_station (self, c, row->client)->draft,
                                           .to = isth_resolve_station (self, c, row->server)->draft };

          prefetch_stations (self, c, i + AHEAD);
          numbers[c][i] = ISTH_NONE;
          if (self->last && i > 0 && i % ISTH_TOGETHER == 0)
            isth_facts_drop_some (capture->facts, ISTH_TABLE_OPERATIONS, i - ISTH_TOGETHER, i);
          if (row->count == 0)
            continue; /* folded into another row */
          isth_resolve_add_protocol (self, operation.from, capture->strings[row->protocol]);
          if (row->ok + row->refused)
            isth_resolve_add_protocol (self, operation.to, capture->strings[row->protocol]);
          if (!isth_resolve_is_pair (self, c, row->client, row->server) || row->verb >= ISTH_N_OPS)
            continue;
          mark_asked (self, asked, operation.from);
          mark_asked (self, asked, operation.to);
          operation.asked = (uint64_t) self->draft_ranks[operation.from] << 32 | self->draft_ranks[operation.to];
          operation.protocol = capture->strings[row->protocol];
          operation.verb = row->verb;
          operation.function = row->function;
          operation.name = capture->strings[row->name];
          operation.object = capture->strings[row->object];
          operation.steady = is_steady (row, capture->about);
          operation.ok = row->ok > 0;
          operation.answered = row->ok + row->refused > 0;
          operation.sums = &self->sums[self->operations->len];
          *operation.sums = (IsthDraftSums) { .count = row->count,
                                              .ok = row->ok,
                                              .refused = row->refused,
                                              .cycle = row->cycle,
                                              .first = row->first,
                                              .last = row->last,
                                              .evidence = isth_resolve_evidence (self, c, &row->evidence) };
          operation.link = self->operations->len; /* its number before sorting */
          numbers[c][i] = self->operations->len;
          g_array_append_val (self->operations, operation);
        }
    }
}

static void
add_sums (IsthDraftSums *self,
          const IsthDraftSums *more)
{
  self->count += more->count;
  self->ok += more->ok;
  self->refused += more->refused;
  isth_cycle_add (&self->cycle, &more->cycle);
  isth_span_add (&self->first, &self->last, more->first, more->last);
  if (isth_evidence_compare (&more->evidence, &self->evidence) < 0)
    self->evidence = more->evidence;
}

/* Sorts and folds; @moved: old number to new. */
static void
fold_operations (IsthResolve *self,
                 uint32_t *moved)
{
  uint32_t kept = 0;

  isth_sort_array (self->operations, asked_key, compare_operations, self);
  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);
      IsthDraftOperation *before = kept ? &g_array_index (self->operations, IsthDraftOperation, kept - 1) : NULL;
      uint32_t old = operation->link;

      operation->link = ISTH_NONE;
      if (before && compare_operations (before, operation, self) == 0)
        {
          add_sums (before->sums, operation->sums);
          before->steady |= operation->steady;
          before->ok |= operation->ok;
          before->answered |= operation->answered;
        }
      else
        g_array_index (self->operations, IsthDraftOperation, kept++) = *operation;
      moved[old] = kept - 1;
    }
  g_array_set_size (self->operations, kept);
}

static void
gather_events (IsthResolve *self,
               uint32_t *const *numbers,
               const uint32_t *moved)
{
  uint32_t kept = 0;

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_events; i++)
        {
          const IsthFactEvent *row = &capture->view.events[i];
          IsthDraftEvent event = { .operation = numbers[c][row->operation], .outcome = row->outcome };

          if (event.operation == ISTH_NONE)
            continue;
          event.operation = moved[event.operation];
          event.text = capture->strings[row->text];
          event.evidence = isth_resolve_evidence (self, c, &row->evidence);
          g_array_append_val (self->events, event);
        }
    }
  isth_sort_array (self->events, event_key, compare_events, self);
  for (uint32_t i = 0; i < self->events->len; i++)
    {
      IsthDraftEvent *event = &g_array_index (self->events, IsthDraftEvent, i);
      IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, event->operation);

      if (operation->n_events >= ISTH_LIMIT_EVENTS)
        continue;
      if (operation->n_events++ == 0)
        operation->first_event = kept;
      g_array_index (self->events, IsthDraftEvent, kept++) = *event;
    }
  g_array_set_size (self->events, kept);
}

/* The best link of two assets in one protocol that is asked by the one with the smaller number, and by the other. */
typedef struct
{
  uint32_t protocol;
  uint32_t best[2];
  uint32_t over_ip[2]; /* the best of those that were there before operations made any */
  uint32_t next;       /* entry of the same pair */
} LinkEntry;

typedef struct
{
  IsthIndex pairs;   /* keys: uint32_t[2], the smaller number first */
  GArray *heads;     /* uint32_t of each pair: its first entry */
  GArray *entries;
} LinkMap;

static bool
is_better (const IsthDraftLink *a,
           const IsthDraftLink *b)
{
  uint64_t n = a->packets[0] + a->packets[1], m = b->packets[0] + b->packets[1];

  return n != m ? n > m : a->id < b->id;
}

/* Makes @number the one of the two links that is better. */
static void
take_better (const IsthResolve *self,
             uint32_t *number,
             uint32_t other)
{
  const IsthDraftLink *links = (const IsthDraftLink *) (const void *) self->links->data;

  if (*number == ISTH_NONE || is_better (&links[other], &links[*number]))
    *number = other;
}

/* Entry @number, which may be ISTH_NONE, or the next one of its pair in @protocol; NULL: none is. */
static LinkEntry *
find_entry (const LinkMap *map,
            uint32_t number,
            uint32_t protocol)
{
  while (number != ISTH_NONE)
    {
      LinkEntry *entry = &g_array_index (map->entries, LinkEntry, number);

      if (entry->protocol == protocol)
        return entry;
      number = entry->next;
    }
  return NULL;
}

static LinkEntry *
map_link (const IsthResolve *self,
          LinkMap *map,
          uint32_t number)
{
  const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, number);
  uint32_t pair = isth_index_add (&map->pairs, (uint32_t[2]) { MIN (link->from, link->to), MAX (link->from, link->to) }), none = ISTH_NONE;
  LinkEntry *entry;

  if (pair == map->heads->len)
    g_array_append_val (map->heads, none);
  entry = find_entry (map, g_array_index (map->heads, uint32_t, pair), link->protocol);
  if (!entry)
    {
      LinkEntry more = { link->protocol, { ISTH_NONE, ISTH_NONE }, { ISTH_NONE, ISTH_NONE }, g_array_index (map->heads, uint32_t, pair) };

      g_array_index (map->heads, uint32_t, pair) = map->entries->len;
      g_array_append_val (map->entries, more);
      entry = &g_array_index (map->entries, LinkEntry, map->entries->len - 1);
    }
  take_better (self, &entry->best[link->from > link->to], number);
  return entry;
}

/* The link asked by @from; else the one that is asked by @to. */
static uint32_t
find_link (const LinkMap *map,
           uint32_t from,
           uint32_t to,
           uint32_t protocol)
{
  uint32_t pair = protocol == 0 ? ISTH_NONE : isth_index_find (&map->pairs, (uint32_t[2]) { MIN (from, to), MAX (from, to) });
  const LinkEntry *entry = pair == ISTH_NONE ? NULL : find_entry (map, g_array_index (map->heads, uint32_t, pair), protocol);

  if (!entry)
    return ISTH_NONE;
  return entry->best[from > to] != ISTH_NONE ? entry->best[from > to] : entry->best[from < to];
}

/* The same in any protocol over IP. */
static uint32_t
find_any_link (const IsthResolve *self,
               const LinkMap *map,
               uint32_t from,
               uint32_t to)
{
  uint32_t pair = isth_index_find (&map->pairs, (uint32_t[2]) { MIN (from, to), MAX (from, to) }), best[2] = { ISTH_NONE, ISTH_NONE };

  for (uint32_t number = pair == ISTH_NONE ? ISTH_NONE : g_array_index (map->heads, uint32_t, pair); number != ISTH_NONE;)
    {
      const LinkEntry *entry = &g_array_index (map->entries, LinkEntry, number);

      for (int side = 0; side < 2; side++)
        if (entry->over_ip[side] != ISTH_NONE)
          take_better (self, &best[side], entry->over_ip[side]);
      number = entry->next;
    }
  return best[from > to] != ISTH_NONE ? best[from > to] : best[from < to];
}

/* Fetches what finding a link between those two will look at first. */
static void
prefetch_pair (const LinkMap *map,
               uint32_t from,
               uint32_t to)
{
  isth_index_prefetch (&map->pairs, (uint32_t[2]) { MIN (from, to), MAX (from, to) });
}

/* A conversation counts under its innermost protocol; the layers below speak for themselves when they connect. */
static uint32_t
find_layer (const IsthResolve *self,
            const LinkMap *map,
            uint32_t from,
            uint32_t to,
            uint32_t protocol)
{
  static const char *const layers[][7] = {
    { "cotp", "s7comm", "s7comm-plus", "siemens-h1", "mms", "iccp", NULL },
    { "enip", "cip", "pccc", NULL },
    { "modbus", "umas", NULL },
    { "mqtt", "sparkplug", NULL },
    { "smb", "smb2", NULL },
    { "msrpc", "opc-da", "opc-ae", "opc-hda", "opc-common", NULL },
  };
  uint32_t number = find_link (map, from, to, protocol);

  for (size_t i = 0; i < G_N_ELEMENTS (layers) && number == ISTH_NONE; i++)
    if (g_strv_contains (layers[i], isth_resolve_text (self, protocol)))
      for (const char *const *layer = layers[i]; *layer && number == ISTH_NONE; layer++)
        {
          uint32_t word = isth_pool_find (&self->pool, *layer);

          if (word != ISTH_NONE)
            number = find_link (map, from, to, word);
        }
  return number;
}

/* Turns a link whose direction was not proven: who asked is known now. */
static void
turn_link (IsthDraftLink *link)
{
  uint64_t packets = link->packets[0], bytes = link->bytes[0];
  uint32_t from = link->from;

  link->from = link->to;
  link->to = from;
  link->packets[0] = link->packets[1];
  link->packets[1] = packets;
  link->bytes[0] = link->bytes[1];
  link->bytes[1] = bytes;
}

/* A link of operations alone; @carrier: the one on which they were asked, or ISTH_NONE. */
static uint32_t
make_link (IsthResolve *self,
           LinkMap *map,
           const IsthDraftOperation *operation,
           uint32_t carrier,
           bool against)
{
  IsthDraftLink link = { .from = operation->from, .to = operation->to, .protocol = operation->protocol, .proof = 3, .against = against,
                         .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };

  if (carrier != ISTH_NONE)
    {
      const IsthDraftLink *on = &g_array_index (self->links, IsthDraftLink, carrier);

      link.transport = on->transport;
      link.port = on->port;
    }
  link.id = isth_resolve_link_id (self, &link, isth_resolve_precedes (self, link.from, link.to) ? 2 : 3);
  g_array_append_val (self->links, link);
  map_link (self, map, self->links->len - 1);
  return self->links->len - 1;
}

/* The link of operations between two assets in one protocol, made where there is none. */
static uint32_t
choose_link (IsthResolve *self,
             LinkMap *map,
             const IsthDraftOperation *operation)
{
  uint32_t carrier = ISTH_NONE, any = ISTH_NONE, on_from = operation->from, on_to = operation->to;
  IsthDraftLink *link;

  for (uint32_t from = operation->from; from != ISTH_NONE && carrier == ISTH_NONE; from = self->drafts[from].parent)
    for (uint32_t to = operation->to; to != ISTH_NONE && carrier == ISTH_NONE; to = self->drafts[to].parent)
      {
        carrier = find_layer (self, map, from, to, operation->protocol);
        if (any == ISTH_NONE)
          any = find_any_link (self, map, from, to);
        on_from = from;
        on_to = to;
      }
  if (carrier == ISTH_NONE)
    return make_link (self, map, operation, any, false);

  link = &g_array_index (self->links, IsthDraftLink, carrier);
  if (on_from != operation->from || on_to != operation->to)
    return make_link (self, map, operation, carrier, link->from != on_from);
  if (link->from != operation->from && link->proof >= 2)
    {
      IsthDraftOperation asked = *operation;

      asked.protocol = link->protocol;
      return make_link (self, map, &asked, carrier, true);
    }
  if (link->from != operation->from)
    {
      turn_link (link);
      map_link (self, map, carrier);
    }
  link->proof = 3;
  return carrier;
}

static void
note_operation (IsthDraftLink *link,
                const IsthDraftOperation *operation,
                uint32_t number)
{
  link->verbs |= 1u << operation->verb;
  if (link->n_operations++ == 0)
    link->first_operation = number;
  isth_span_add (&link->first, &link->last, operation->sums->first, operation->sums->last);
  if (link->packets[0] + link->packets[1] == 0)
    isth_activity_add_span (&link->activity, operation->sums->first, operation->sums->last);
}

/* Of most links nobody will ask. */
static void
map_links (const IsthResolve *self,
           LinkMap *map,
           const bool *asked)
{
  const IsthDraftLink *links = (const IsthDraftLink *) (const void *) self->links->data;

  isth_index_reserve (&map->pairs, MIN (self->links->len, self->operations->len));
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      if (i + AHEAD < self->links->len)
        prefetch_pair (map, links[i + AHEAD].from, links[i + AHEAD].to);
      if (asked[links[i].from] && asked[links[i].to])
        {
          LinkEntry *entry = map_link (self, map, i);

          if (links[i].transport != 0)
            take_better (self, &entry->over_ip[links[i].from > links[i].to], i);
        }
    }
}

/* Operations whose own protocol has a conversation come first, so that the direction they prove is known to those of the layers below. */
static void
attach_operations (IsthResolve *self,
                   const bool *asked)
{
  LinkMap map = { { .key_size = sizeof (uint32_t[2]) }, g_array_new (FALSE, FALSE, sizeof (uint32_t)), g_array_new (FALSE, FALSE, sizeof (LinkEntry)) };

  map_links (self, &map, asked);
  for (int layer = 0; layer < 2; layer++)
    for (uint32_t from = 0, to; from < self->operations->len; from = to)
      {
        IsthDraftOperation *all = (IsthDraftOperation *) (void *) self->operations->data;
        uint32_t link = ISTH_NONE;

        if (from + AHEAD < self->operations->len)
          prefetch_pair (&map, all[from + AHEAD].from, all[from + AHEAD].to);
        for (to = from + 1; to < self->operations->len && compare_asked (self, &all[from], &all[to]) == 0; to++)
          ;
        if (all[from].link == ISTH_NONE && (layer == 1 || find_link (&map, all[from].from, all[from].to, all[from].protocol) != ISTH_NONE))
          link = choose_link (self, &map, &all[from]);
        for (uint32_t i = from; i < to && link != ISTH_NONE; i++)
          all[i].link = link;
      }
  isth_index_clear (&map.pairs);
  g_array_unref (map.heads);
  g_array_unref (map.entries);

  isth_sort_array (self->operations, attached_key, compare_attached, self);
  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);

      if (i + AHEAD < self->operations->len)
        __builtin_prefetch (&operation[AHEAD].sums->first);
      note_operation (&g_array_index (self->links, IsthDraftLink, operation->link), operation, i);
    }
}

void
isth_resolve_operations (IsthResolve *self)
{
  uint32_t **numbers = g_new0 (uint32_t *, MAX (self->n_captures, 1));
  uint32_t *moved;
  g_autofree bool *asked = g_new0 (bool, MAX (self->n_drafts, 1));

  for (uint32_t c = 0; c < self->n_captures; c++)
    numbers[c] = g_new (uint32_t, MAX (self->captures[c].view.n_operations, 1));
  gather_operations (self, numbers, asked);
  self->n_sums = self->operations->len;
  isth_resolve_drop_rows (self, ISTH_TABLE_OPERATIONS);
  moved = g_new (uint32_t, MAX (self->operations->len, 1));
  fold_operations (self, moved);
  gather_events (self, numbers, moved);
  isth_resolve_drop_rows (self, ISTH_TABLE_EVENTS);
  for (uint32_t c = 0; c < self->n_captures; c++)
    g_free (numbers[c]);
  g_free (numbers);
  g_free (moved);
  attach_operations (self, asked);
}
