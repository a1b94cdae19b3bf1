/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: conversations of all captures joined by their two assets, transport, port and protocol.
 *
 *   - A conversation whose protocol nobody recognised counts with a recognised one on the same port.
 *   - The direction with the best proof stands; both directions stand only when both are proven by a handshake or by the protocol.
 *   - An operation belongs to the link of its protocol, or of a protocol that carries it or is carried by it (COTP and S7), from who asked to who was
 *     asked; it proves that link's direction. It makes a link without packets of its own, with the protocol and service of the one that carries it,
 *     when it was asked against the proven direction of its connection, or of a module behind the device that was talked to.
 *   - A scan is one link: where one asset tried more than SCAN_PORTS ports of another in vain, those are joined, without a port.
 *   - Whatever has a group address at one end is no link: its sender's protocols keep the trace of it. */
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/world/resolve.h"

#define SCAN_PORTS 32
#define STEADY_COUNT 10 /* answers, over at least 1/STEADY_PART of the capture, that make an operation a habit */
#define STEADY_PART 3

/* A conversation between drafts, @low < @high. */
typedef struct
{
  uint32_t low, high;
  uint32_t protocol;
  uint8_t transport, proof;
  bool reverse; /* @high is the client */
  uint16_t port;
  uint64_t packets[2], bytes[2], flows; /* by @low, by @high */
  int64_t first, last;
  IsthActivity activity;
} Row;

static void
add_word (GArray *words,
          uint32_t draft,
          uint32_t word)
{
  IsthDraftWord row = { draft, word };

  if (draft != ISTH_NONE && word != 0)
    g_array_append_val (words, row);
}

/* Something answered there: more than resets, and for datagrams in a protocol that was recognised. */
static bool
is_served (const IsthConversation *conversation)
{
  if (conversation->port == 0 || conversation->proof < 2)
    return false;
  if (conversation->transport == 6)
    return conversation->packets[1] > conversation->flows;
  return conversation->transport != 0 && conversation->protocol != 0 && conversation->packets[1] > 0;
}

static GArray *
gather_rows (IsthResolve *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_conversations; i++)
        {
          const IsthConversation *from = &capture->view.conversations[i];
          uint32_t client = isth_resolve_station (self, c, from->client)->draft;
          uint32_t server = isth_resolve_station (self, c, from->server)->draft;
          uint32_t protocol = capture->strings[from->protocol];
          bool reverse = client > server;
          Row row = { MIN (client, server), MAX (client, server), protocol, from->transport, from->proof, reverse, from->port };

          if (from->packets[0])
            add_word (self->protocols, client, protocol);
          if (from->packets[1])
            add_word (self->protocols, server, protocol);
          if (server != ISTH_NONE && is_served (from))
            {
              IsthDraftService service = { server, protocol, from->port, from->transport };
              g_array_append_val (self->services, service);
            }
          if (client == ISTH_NONE || server == ISTH_NONE || client == server)
            continue;
          row.packets[reverse] = from->packets[0];
          row.packets[!reverse] = from->packets[1];
          row.bytes[reverse] = from->bytes[0];
          row.bytes[!reverse] = from->bytes[1];
          row.flows = from->flows;
          row.first = from->first;
          row.last = from->last;
          row.activity = from->activity;
          g_array_append_val (rows, row);
        }
    }
  return rows;
}

static int
compare_places (const Row *x,
                const Row *y)
{
  int order = isth_compare_numbers (x->low, y->low);

  if (order == 0)
    order = isth_compare_numbers (x->high, y->high);
  if (order == 0)
    order = isth_compare_numbers (x->transport, y->transport);
  return order ? order : isth_compare_numbers (x->port, y->port);
}

static int
compare_rows (const void *a,
              const void *b)
{
  const Row *x = a, *y = b;
  int order = compare_places (x, y);

  return order ? order : isth_compare_numbers (x->protocol, y->protocol);
}

/* Gives the unrecognised rows at the front of [from, to) the protocol with most packets at the same place. */
static void
recognise (const IsthResolve *self,
           Row *rows,
           uint32_t n)
{
  uint32_t best = 0;
  uint64_t most = 0;

  if (rows[0].protocol != 0)
    return;
  for (uint32_t from = 0, to; from < n; from = to)
    {
      uint64_t packets = 0;

      for (to = from; to < n && rows[to].protocol == rows[from].protocol; to++)
        packets += rows[to].packets[0] + rows[to].packets[1];
      if (rows[from].protocol != 0 &&
          (best == 0 || packets > most ||
           (packets == most && strcmp (isth_resolve_text (self, rows[from].protocol), isth_resolve_text (self, best)) < 0)))
        {
          best = rows[from].protocol;
          most = packets;
        }
    }
  for (uint32_t i = 0; i < n && rows[i].protocol == 0; i++)
    rows[i].protocol = best;
}

static uint64_t
link_id (const IsthResolve *self,
         const IsthDraftLink *link,
         uint64_t variant)
{
  const char *protocol = isth_resolve_text (self, link->protocol);
  uint64_t low = self->drafts[MIN (link->from, link->to)].id, high = self->drafts[MAX (link->from, link->to)].id;
  uint64_t key[4] = { low, high, (uint64_t) link->transport << 32 | (uint64_t) link->port << 8 | variant,
                      isth_hash_bytes (protocol, strlen (protocol), 0) };
  uint64_t id = isth_hash_bytes (key, sizeof key, 0);

  return id ? id : 1;
}

static void
fold_row (IsthDraftLink *link,
          const Row *row)
{
  bool swap = link->from > link->to;

  for (int side = 0; side < 2; side++)
    {
      link->packets[side ^ swap] += row->packets[side];
      link->bytes[side ^ swap] += row->bytes[side];
    }
  link->flows += row->flows;
  link->proof = MAX (link->proof, row->proof);
  isth_span_add (&link->first, &link->last, row->first, row->last);
  isth_activity_merge (&link->activity, &row->activity);
}

/* One place, one protocol: one link, or two where both directions are proven. */
static void
add_links (IsthResolve *self,
           const Row *rows,
           uint32_t n)
{
  uint64_t weight[2][2] = { { 0 } }; /* by proven or not, by direction */
  bool main, both;

  for (uint32_t i = 0; i < n; i++)
    if (rows[i].proof > 0)
      weight[rows[i].proof < 2][rows[i].reverse] += MAX (rows[i].flows, 1);
  both = weight[0][0] && weight[0][1];
  main = weight[0][0] || weight[0][1] ? weight[0][1] > weight[0][0] : weight[1][1] > weight[1][0];

  for (int second = 0; second <= both; second++)
    {
      bool reverse = second ? !main : main;
      IsthDraftLink link = { .from = reverse ? rows[0].high : rows[0].low,
                             .to = reverse ? rows[0].low : rows[0].high,
                             .protocol = rows[0].protocol,
                             .transport = rows[0].transport,
                             .port = rows[0].port,
                             .first = ISTH_NO_TIME,
                             .last = ISTH_NO_TIME };

      for (uint32_t i = 0; i < n; i++)
        if (!both || (rows[i].proof > 0 ? rows[i].reverse == reverse : !second))
          fold_row (&link, &rows[i]);
      link.id = link_id (self, &link, (uint64_t) second);
      g_array_append_val (self->links, link);
    }
}

/* Unrecognised, and the server said nothing or refused. */
static bool
is_attempt (const Row *row)
{
  return row->protocol == 0 && row->proof >= 2 && row->port != 0 && row->packets[!row->reverse] <= row->flows;
}

/* Takes the port from the attempts of scans; @rows are sorted. */
static void
fold_scans (Row *rows,
            uint32_t n)
{
  for (uint32_t from = 0, to; from < n; from = to)
    {
      uint32_t ports = 0;

      for (to = from; to < n && rows[to].low == rows[from].low && rows[to].high == rows[from].high && rows[to].transport == rows[from].transport; to++)
        ports += is_attempt (&rows[to]);
      for (uint32_t i = from; i < to && ports > SCAN_PORTS; i++)
        if (is_attempt (&rows[i]))
          rows[i].port = 0;
    }
}

static void
join_rows (IsthResolve *self,
           GArray *rows)
{
  Row *all;

  g_array_sort (rows, compare_rows);
  fold_scans ((Row *) (void *) rows->data, rows->len);
  g_array_sort (rows, compare_rows);
  all = (Row *) (void *) rows->data;
  for (uint32_t from = 0, to; from < rows->len; from = to)
    {
      for (to = from + 1; to < rows->len && compare_places (&all[from], &all[to]) == 0; to++)
        ;
      recognise (self, all + from, to - from);
      qsort (all + from, to - from, sizeof *all, compare_rows);
      for (uint32_t i = from, j; i < to; i = j)
        {
          for (j = i + 1; j < to && all[j].protocol == all[i].protocol; j++)
            ;
          add_links (self, all + i, j - i);
        }
    }
}

static int
compare_asked (const IsthResolve *self,
               const IsthDraftOperation *x,
               const IsthDraftOperation *y)
{
  int order = isth_compare_numbers (x->from, y->from);

  if (order == 0)
    order = isth_compare_numbers (x->to, y->to);
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
  int order = isth_compare_numbers (x->link, y->link);

  if (order == 0)
    order = compare_functions (user_data, x, y);
  return order ? order : compare_asked (user_data, x, y);
}

static int
compare_events (const void *a,
                const void *b,
                void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftEvent *x = a, *y = b;
  int order = isth_compare_numbers (x->operation, y->operation);

  if (order == 0)
    order = isth_evidence_compare (&x->evidence, &y->evidence);
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

/* Reads the operations between assets; @numbers: of each capture's rows the number here, ISTH_NONE for those that are none. */
static void
gather_operations (IsthResolve *self,
                   uint32_t *const *numbers)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_operations; i++)
        {
          const IsthFactOperation *row = &capture->view.operations[i];
          IsthDraftOperation operation = { .from = isth_resolve_station (self, c, row->client)->draft,
                                           .to = isth_resolve_station (self, c, row->server)->draft };

          numbers[c][i] = ISTH_NONE;
          if (row->count == 0)
            continue; /* folded into another row */
          add_word (self->protocols, operation.from, capture->strings[row->protocol]);
          if (row->ok + row->refused)
            add_word (self->protocols, operation.to, capture->strings[row->protocol]);
          if (operation.from == ISTH_NONE || operation.to == ISTH_NONE || operation.from == operation.to || row->verb >= ISTH_N_OPS)
            continue;
          operation.protocol = capture->strings[row->protocol];
          operation.verb = row->verb;
          operation.function = row->function;
          operation.name = capture->strings[row->name];
          operation.object = capture->strings[row->object];
          operation.count = row->count;
          operation.ok = row->ok;
          operation.refused = row->refused;
          operation.first = row->first;
          operation.last = row->last;
          operation.steady = is_steady (row, capture->about);
          operation.evidence = isth_resolve_evidence (self, c, &row->evidence);
          operation.link = self->operations->len; /* its number before sorting */
          numbers[c][i] = self->operations->len;
          g_array_append_val (self->operations, operation);
        }
    }
}

/* Sorts and folds; @moved: old number to new. */
static void
fold_operations (IsthResolve *self,
                 uint32_t *moved)
{
  uint32_t kept = 0;

  g_array_sort_with_data (self->operations, compare_operations, self);
  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);
      IsthDraftOperation *before = kept ? &g_array_index (self->operations, IsthDraftOperation, kept - 1) : NULL;
      uint32_t old = operation->link;

      operation->link = ISTH_NONE;
      if (before && compare_operations (before, operation, self) == 0)
        {
          before->count += operation->count;
          before->ok += operation->ok;
          before->refused += operation->refused;
          before->steady |= operation->steady;
          isth_span_add (&before->first, &before->last, operation->first, operation->last);
          if (isth_evidence_compare (&operation->evidence, &before->evidence) < 0)
            before->evidence = operation->evidence;
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
  g_array_sort_with_data (self->events, compare_events, self);
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

typedef struct
{
  IsthIndex keys;  /* uint32_t[3]: the smaller and the greater asset, protocol (ISTH_NONE: any, of those over IP) */
  GArray *numbers; /* uint32_t[2] of each key: the best link asked by the smaller one, by the greater one */
} LinkMap;

static bool
is_better (const IsthDraftLink *a,
           const IsthDraftLink *b)
{
  uint64_t n = a->packets[0] + a->packets[1], m = b->packets[0] + b->packets[1];

  return n != m ? n > m : a->id < b->id;
}

static void
map_link (const IsthResolve *self,
          LinkMap *map,
          uint32_t number,
          uint32_t protocol)
{
  const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, number);
  uint32_t key = isth_index_add (&map->keys, (uint32_t[3]) { MIN (link->from, link->to), MAX (link->from, link->to), protocol });
  uint32_t *best;

  if (key * 2 == map->numbers->len)
    g_array_append_vals (map->numbers, (uint32_t[2]) { ISTH_NONE, ISTH_NONE }, 2);
  best = &g_array_index (map->numbers, uint32_t, key * 2 + (link->from > link->to));
  if (*best == ISTH_NONE || is_better (link, &g_array_index (self->links, IsthDraftLink, *best)))
    *best = number;
}

/* The link asked by @from; else the one that is asked by @to. */
static uint32_t
find_link (const LinkMap *map,
           uint32_t from,
           uint32_t to,
           uint32_t protocol)
{
  uint32_t key = protocol == 0 ? ISTH_NONE : isth_index_find (&map->keys, (uint32_t[3]) { MIN (from, to), MAX (from, to), protocol });
  const uint32_t *best = key == ISTH_NONE ? NULL : &g_array_index (map->numbers, uint32_t, key * 2);

  if (!best)
    return ISTH_NONE;
  return best[from > to] != ISTH_NONE ? best[from > to] : best[from < to];
}

/* A conversation counts under its innermost protocol; the layers below speak for themselves when they connect. */
static uint32_t
find_layer (const IsthResolve *self,
            const LinkMap *map,
            uint32_t from,
            uint32_t to,
            uint32_t protocol)
{
  static const char *const layers[][5] = { { "cotp", "s7comm", "s7comm-plus", "mms", NULL }, { "enip", "cip", NULL } };
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
  link.id = link_id (self, &link, link.from < link.to ? 2 : 3);
  g_array_append_val (self->links, link);
  map_link (self, map, self->links->len - 1, link.protocol);
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
          any = find_link (map, from, to, ISTH_NONE);
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
      map_link (self, map, carrier, link->protocol);
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
  isth_span_add (&link->first, &link->last, operation->first, operation->last);
  if (link->packets[0] + link->packets[1] == 0)
    {
      isth_activity_add (&link->activity, operation->first);
      isth_activity_add (&link->activity, operation->last);
    }
}

/* Operations whose own protocol has a conversation come first, so that the direction they prove is known to those of the layers below. */
static void
attach_operations (IsthResolve *self)
{
  LinkMap map = { { .key_size = sizeof (uint32_t[3]) }, g_array_new (FALSE, FALSE, sizeof (uint32_t)) };

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      map_link (self, &map, i, g_array_index (self->links, IsthDraftLink, i).protocol);
      if (g_array_index (self->links, IsthDraftLink, i).transport != 0)
        map_link (self, &map, i, ISTH_NONE);
    }
  for (int layer = 0; layer < 2; layer++)
    for (uint32_t from = 0, to; from < self->operations->len; from = to)
      {
        IsthDraftOperation *all = (IsthDraftOperation *) (void *) self->operations->data;
        uint32_t link = ISTH_NONE;

        for (to = from + 1; to < self->operations->len && compare_asked (self, &all[from], &all[to]) == 0; to++)
          ;
        if (all[from].link == ISTH_NONE && (layer == 1 || find_link (&map, all[from].from, all[from].to, all[from].protocol) != ISTH_NONE))
          link = choose_link (self, &map, &all[from]);
        for (uint32_t i = from; i < to && link != ISTH_NONE; i++)
          all[i].link = link;
      }
  isth_index_clear (&map.keys);
  g_array_unref (map.numbers);

  g_array_sort_with_data (self->operations, compare_attached, self);
  for (uint32_t i = 0; i < self->operations->len; i++)
    {
      const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, i);

      note_operation (&g_array_index (self->links, IsthDraftLink, operation->link), operation, i);
    }
}

static int
compare_links (const void *a,
               const void *b)
{
  const IsthDraftLink *x = a, *y = b;
  int order = isth_compare_numbers (x->id, y->id);

  if (order == 0)
    order = isth_compare_numbers (x->from, y->from);
  if (order == 0)
    order = isth_compare_numbers (x->to, y->to);
  return order ? order : isth_compare_numbers (x->packets[0], y->packets[0]);
}

/* Roles follow from who asked and who answered. */
static void
add_roles (IsthResolve *self)
{
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      const char *protocol = isth_resolve_text (self, link->protocol);
      bool answered = link->packets[1] > 0;

      if (g_str_equal (protocol, "s7comm"))
        protocol = "s7"; /* as its dissector calls the role */
      for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
        {
          const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, o);
          answered |= operation->ok + operation->refused > 0;
        }
      if (link->protocol == 0 || link->against || link->proof < 2 || (link->transport != 6 && link->transport != 17))
        continue;
      add_word (self->roles, link->from, isth_resolve_keep (self, g_strconcat (protocol, "-client", NULL)));
      if (answered)
        add_word (self->roles, link->to, isth_resolve_keep (self, g_strconcat (protocol, "-server", NULL)));
    }
}

static int
compare_words (const void *a,
               const void *b,
               void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftWord *x = a, *y = b;
  int order = isth_compare_numbers (x->draft, y->draft);

  if (order || x->word == y->word)
    return order;
  return strcmp (isth_resolve_text (self, x->word), isth_resolve_text (self, y->word));
}

static int
compare_services (const void *a,
                  const void *b,
                  void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftService *x = a, *y = b;
  int order = isth_compare_numbers (x->draft, y->draft);

  if (order == 0)
    order = isth_compare_numbers (x->transport, y->transport);
  if (order == 0)
    order = isth_compare_numbers (x->port, y->port);
  if (order || x->protocol == y->protocol)
    return order;
  /* the unrecognised one last, so that a recognised one stands before it */
  if (x->protocol == 0 || y->protocol == 0)
    return x->protocol == 0 ? 1 : -1;
  return strcmp (isth_resolve_text (self, x->protocol), isth_resolve_text (self, y->protocol));
}

static void
fold_words (IsthResolve *self,
            GArray *words,
            bool roles)
{
  uint32_t kept = 0;

  g_array_sort_with_data (words, compare_words, self);
  for (uint32_t i = 0; i < words->len; i++)
    {
      IsthDraftWord word = g_array_index (words, IsthDraftWord, i);
      IsthDraft *draft = &self->drafts[word.draft];
      uint32_t *first = roles ? &draft->first_role : &draft->first_protocol;
      uint32_t *n = roles ? &draft->n_roles : &draft->n_protocols;

      if (*n && g_array_index (words, IsthDraftWord, kept - 1).word == word.word)
        continue;
      if ((*n)++ == 0)
        *first = kept;
      g_array_index (words, IsthDraftWord, kept++) = word;
    }
  g_array_set_size (words, kept);
}

static void
fold_services (IsthResolve *self)
{
  uint32_t kept = 0;

  g_array_sort_with_data (self->services, compare_services, self);
  for (uint32_t i = 0; i < self->services->len; i++)
    {
      IsthDraftService service = g_array_index (self->services, IsthDraftService, i);
      IsthDraft *draft = &self->drafts[service.draft];
      const IsthDraftService *before = draft->n_services ? &g_array_index (self->services, IsthDraftService, kept - 1) : NULL;

      if (before && before->transport == service.transport && before->port == service.port &&
          (service.protocol == 0 || before->protocol == service.protocol))
        continue;
      if (draft->n_services++ == 0)
        draft->first_service = kept;
      g_array_index (self->services, IsthDraftService, kept++) = service;
    }
  g_array_set_size (self->services, kept);
}

void
isth_resolve_links (IsthResolve *self)
{
  g_autoptr(GArray) rows = gather_rows (self);
  g_autofree uint32_t **numbers = g_new0 (uint32_t *, MAX (self->n_captures, 1));
  g_autofree uint32_t *moved = NULL;

  join_rows (self, rows);
  for (uint32_t c = 0; c < self->n_captures; c++)
    numbers[c] = g_new (uint32_t, MAX (self->captures[c].view.n_operations, 1));
  gather_operations (self, numbers);
  moved = g_new (uint32_t, MAX (self->operations->len, 1));
  fold_operations (self, moved);
  gather_events (self, numbers, moved);
  for (uint32_t c = 0; c < self->n_captures; c++)
    g_free (numbers[c]);
  attach_operations (self);
  add_roles (self);
  fold_words (self, self->roles, true);
  fold_words (self, self->protocols, false);
  fold_services (self);

  g_array_sort (self->links, compare_links);
  for (uint32_t i = 1; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      if (link->id <= (link - 1)->id)
        link->id = (link - 1)->id + 1;
    }
}
