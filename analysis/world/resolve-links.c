/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: conversations of all captures joined by their two assets, transport, port and protocol.
 *
 *   - A conversation whose protocol nobody recognised counts with a recognised one on the same port.
 *   - The direction with the best proof stands; both directions stand only when both are proven by a handshake or by the protocol.
 *   - A scan is one link: where one asset tried more than SCAN_PORTS ports of another in vain, those are joined, without a port.
 *   - An asset has a link to itself only over loopback, where client and server are one address.
 *   - Whatever has a group address at one end is no link: its sender's protocols keep the trace of it. */
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/base/sort.h"
#include "analysis/world/carriers.h"
#include "analysis/world/resolve.h"

#define SCAN_PORTS 32
#define AHEAD 8 /* conversations whose stations are on their way from memory */

/* A conversation between drafts, of which @low has the smaller id. */
typedef struct
{
  uint32_t low, high;
  uint32_t protocol;
  uint8_t transport, proof;
  bool reverse; /* @high is the client */
  uint16_t port;
  const IsthConversation *from; /* what it counts */
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

void
isth_resolve_add_protocol (IsthResolve *self,
                           uint32_t draft,
                           uint32_t protocol)
{
  if (draft == ISTH_NONE || self->last_protocols[draft] == protocol)
    return;
  self->last_protocols[draft] = protocol;
  add_word (self->protocols, draft, protocol);
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

bool
isth_resolve_is_pair (const IsthResolve *self,
                      uint32_t capture,
                      uint32_t client,
                      uint32_t server)
{
  const IsthResolveStation *from = isth_resolve_station (self, capture, client), *to = isth_resolve_station (self, capture, server);
  IsthStation a, b;

  if (from->draft == ISTH_NONE || to->draft == ISTH_NONE)
    return false;
  if (from->draft != to->draft)
    return true;
  if (from->ip == ISTH_NONE)
    return false;
  a = isth_resolve_row (self, from);
  b = isth_resolve_row (self, to);
  return isth_address_is_loopback (&a.ip) && isth_address_is_loopback (&b.ip);
}

/* @carriers: of each protocol 0 as long as nobody asked, then 1, or 2 when it is one. */
static bool
is_carrier (const IsthResolve *self,
            uint32_t protocol,
            uint8_t *carriers)
{
  if (carriers[protocol] == 0)
    carriers[protocol] = 1 + isth_protocol_is_carrier (isth_resolve_text (self, protocol));
  return carriers[protocol] == 2;
}

static void
tally (IsthResolve *self,
       uint32_t capture,
       const IsthConversation *conversation,
       bool carrier,
       bool pair)
{
  const IsthResolveStation *a = isth_resolve_station (self, capture, conversation->client), *b = isth_resolve_station (self, capture, conversation->server);
  uint64_t packets = conversation->packets[0] + conversation->packets[1];

  if (carrier)
    self->tally.carried += packets;
  else if (pair)
    self->tally.between += packets;
  else if (a->node == ISTH_NONE || b->node == ISTH_NONE)
    self->tally.to_groups += packets;
  else if (a->draft == ISTH_NONE || b->draft == ISTH_NONE)
    self->tally.of_nobody += packets;
  else
    self->tally.within += packets;
}

static void
prefetch_stations (const IsthResolve *self,
                   uint32_t capture,
                   uint32_t number)
{
  const IsthFactsView *view = &self->captures[capture].view;

  if (number >= view->n_conversations)
    return;
  __builtin_prefetch (isth_resolve_station (self, capture, view->conversations[number].client));
  __builtin_prefetch (isth_resolve_station (self, capture, view->conversations[number].server));
}

static GArray *
gather_rows (IsthResolve *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), self->n_conversations);
  g_autofree uint8_t *carriers = g_new0 (uint8_t, self->pool.n);

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_conversations; i++)
        {
          const IsthConversation *from = &capture->view.conversations[i];
          uint32_t client = isth_resolve_station (self, c, from->client)->draft;
          uint32_t server = isth_resolve_station (self, c, from->server)->draft;
          uint32_t protocol = capture->strings[from->protocol];
          bool pair = isth_resolve_is_pair (self, c, from->client, from->server);
          bool reverse = client != ISTH_NONE && server != ISTH_NONE && isth_resolve_precedes (self, server, client);
          Row row = { reverse ? server : client, reverse ? client : server, protocol, from->transport, from->proof, reverse, from->port, from };

          prefetch_stations (self, c, i + AHEAD);
          if (from->packets[0])
            isth_resolve_add_protocol (self, client, protocol);
          if (from->packets[1])
            isth_resolve_add_protocol (self, server, protocol);
          if (server != ISTH_NONE && is_served (from))
            {
              IsthDraftService service = { server, protocol, from->port, from->transport };
              g_array_append_val (self->services, service);
            }
          tally (self, c, from, is_carrier (self, protocol, carriers), pair);
          if (pair)
            g_array_append_val (rows, row);
        }
    }
  return rows;
}

/* Both ends; what is between them is compared. */
static uint64_t
row_key (const void *row)
{
  return (uint64_t) ((const Row *) row)->low << 32 | ((const Row *) row)->high;
}

static int
compare_places (const Row *x,
                const Row *y)
{
  int order = isth_compare_numbers (row_key (x), row_key (y));

  if (order == 0)
    order = isth_compare_numbers (x->transport, y->transport);
  return order ? order : isth_compare_numbers (x->port, y->port);
}

static int
compare_rows (const void *a,
              const void *b,
              void *user_data)
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
        packets += rows[to].from->packets[0] + rows[to].from->packets[1];
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

uint64_t
isth_resolve_link_id (const IsthResolve *self,
                      const IsthDraftLink *link,
                      uint64_t variant)
{
  const char *protocol = isth_resolve_text (self, link->protocol);
  uint64_t from = self->drafts[link->from].id, to = self->drafts[link->to].id;
  uint64_t key[4] = { MIN (from, to), MAX (from, to), (uint64_t) link->transport << 32 | (uint64_t) link->port << 8 | variant,
                      isth_hash_bytes (protocol, strlen (protocol), 0) };
  uint64_t id = isth_hash_bytes (key, sizeof key, 0);

  return id ? id : 1;
}

static void
fold_row (IsthDraftLink *link,
          const Row *row)
{
  const IsthConversation *from = row->from;
  bool swap = (link->from != row->low) != row->reverse;

  for (int side = 0; side < 2; side++)
    {
      link->packets[side ^ swap] += from->packets[side];
      link->bytes[side ^ swap] += from->bytes[side];
    }
  link->flows += from->flows;
  link->proof = MAX (link->proof, row->proof);
  isth_span_add (&link->first, &link->last, from->first, from->last);
  isth_activity_merge (&link->activity, &from->activity);
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
      weight[rows[i].proof < 2][rows[i].reverse] += MAX (rows[i].from->flows, 1);
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
      link.id = isth_resolve_link_id (self, &link, (uint64_t) second);
      g_array_append_val (self->links, link);
    }
}

/* Unrecognised, and the server said nothing or refused. */
static bool
is_attempt (const Row *row)
{
  return row->protocol == 0 && row->proof >= 2 && row->port != 0 && row->from->packets[1] <= row->from->flows;
}

/* Takes the port from the attempts of scans; @rows are sorted. Whether there was one. */
static bool
fold_scans (Row *rows,
            uint32_t n)
{
  bool found = false;

  for (uint32_t from = 0, to; from < n; from = to)
    {
      uint32_t ports = 0;

      for (to = from; to < n && rows[to].low == rows[from].low && rows[to].high == rows[from].high && rows[to].transport == rows[from].transport; to++)
        ports += is_attempt (&rows[to]);
      for (uint32_t i = from; i < to && ports > SCAN_PORTS; i++)
        if (is_attempt (&rows[i]))
          {
            rows[i].port = 0;
            found = true;
          }
    }
  return found;
}

static void
join_rows (IsthResolve *self,
           GArray *rows)
{
  Row *all;

  isth_sort_array (rows, row_key, compare_rows, NULL);
  if (fold_scans ((Row *) (void *) rows->data, rows->len))
    isth_sort_array (rows, row_key, compare_rows, NULL);
  all = (Row *) (void *) rows->data;
  for (uint32_t from = 0, to; from < rows->len; from = to)
    {
      for (to = from + 1; to < rows->len && compare_places (&all[from], &all[to]) == 0; to++)
        ;
      recognise (self, all + from, to - from);
      isth_sort_rows (all + from, to - from, sizeof *all, row_key, compare_rows, NULL);
      for (uint32_t i = from, j; i < to; i = j)
        {
          for (j = i + 1; j < to && all[j].protocol == all[i].protocol; j++)
            ;
          add_links (self, all + i, j - i);
        }
    }
}

static int
compare_links (const void *a,
               const void *b,
               void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftLink *x = &g_array_index (self->links, IsthDraftLink, ((const IsthRankRow *) a)->number);
  const IsthDraftLink *y = &g_array_index (self->links, IsthDraftLink, ((const IsthRankRow *) b)->number);
  int order = isth_compare_numbers (self->draft_ranks[x->from], self->draft_ranks[y->from]);

  if (order == 0)
    order = isth_compare_numbers (self->draft_ranks[x->to], self->draft_ranks[y->to]);
  return order ? order : isth_compare_numbers (x->packets[0], y->packets[0]);
}

/* The word for who asks (side 0) or answers (1) in @protocol; @words: of each protocol what was made. */
static uint32_t
role_word (IsthResolve *self,
           uint32_t protocol,
           int side,
           uint32_t (*words)[2])
{
  const char *text = isth_resolve_text (self, protocol);

  if (g_str_equal (text, "s7comm"))
    text = "s7"; /* as its dissector calls the role */
  if (words[protocol][side] == 0)
    words[protocol][side] = isth_resolve_keep (self, g_strconcat (text, side ? "-server" : "-client", NULL));
  return words[protocol][side];
}

/* Roles follow from who asked and who answered. */
static void
add_roles (IsthResolve *self)
{
  g_autofree uint32_t (*words)[2] = g_malloc0_n (self->pool.n, sizeof *words);

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      bool answered = link->packets[1] > 0;

      for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
        answered |= g_array_index (self->operations, IsthDraftOperation, o).answered;
      if (link->protocol == 0 || link->against || link->proof < 2 || (link->transport != 6 && link->transport != 17))
        continue;
      add_word (self->roles, link->from, role_word (self, link->protocol, 0, words));
      if (answered)
        add_word (self->roles, link->to, role_word (self, link->protocol, 1, words));
    }
}

static uint64_t
word_key (const void *row)
{
  return ((const IsthDraftWord *) row)->draft;
}

static uint64_t
service_key (const void *row)
{
  const IsthDraftService *service = row;

  return (uint64_t) service->draft << 24 | (uint64_t) service->transport << 16 | service->port;
}

static int
compare_words (const void *a,
               const void *b,
               void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftWord *x = a, *y = b;

  if (x->word == y->word)
    return 0;
  return strcmp (isth_resolve_text (self, x->word), isth_resolve_text (self, y->word));
}

static int
compare_services (const void *a,
                  const void *b,
                  void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftService *x = a, *y = b;

  if (x->protocol == y->protocol)
    return 0;
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

  isth_sort_array (words, word_key, compare_words, self);
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

  isth_sort_array (self->services, service_key, compare_services, self);
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

static void
rank_links (IsthResolve *self)
{
  uint32_t n = self->links->len;
  g_autofree IsthRankRow *rows = g_new (IsthRankRow, MAX (n, 1));

  for (uint32_t i = 0; i < n; i++)
    rows[i] = (IsthRankRow) { g_array_index (self->links, IsthDraftLink, i).id, i };
  isth_resolve_rank (rows, n, compare_links, self);
  self->links_by_id = g_new (uint32_t, MAX (n, 1));
  for (uint32_t i = 0; i < n; i++)
    {
      self->links_by_id[i] = rows[i].number;
      g_array_index (self->links, IsthDraftLink, rows[i].number).id = rows[i].id;
    }
}

void
isth_resolve_links (IsthResolve *self)
{
  GArray *rows;

  self->last_protocols = g_new0 (uint32_t, MAX (self->n_drafts, 1));
  rows = gather_rows (self);
  join_rows (self, rows);
  g_array_unref (rows);
  isth_resolve_hints (self);
  isth_resolve_drop_rows (self, ISTH_TABLE_CONVERSATIONS);
  isth_resolve_operations (self);
  g_clear_pointer (&self->last_protocols, g_free);
  add_roles (self);
  fold_words (self, self->roles, true);
  fold_words (self, self->protocols, false);
  fold_services (self);
  isth_resolve_cables (self);
  rank_links (self);
}
