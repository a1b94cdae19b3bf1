/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses that a host says it has as well (mDNS, LLMNR and NetBIOS answers for its own name), and from which nothing was heard.
 *
 * Such an address joins the asset that says so, as one of its own: so do the names given to it. Whoever says so may be mistaken, or lie, so nobody loses
 * anything by it: no address joins that was ever seen in a frame's header, bound to a MAC, or has something behind it; none that two assets claim; none of
 * the outside. It is there for people to see, and decides nothing else: neither the asset's id nor its place. */
#include <string.h>

#include "analysis/world/resolve.h"

/* Somebody's word that an address is its own. */
typedef struct
{
  uint32_t ip;
  uint32_t root; /* node */
} Word;

static int
compare_words (const void *a,
               const void *b)
{
  const Word *x = a, *y = b;

  return x->ip != y->ip ? isth_compare_numbers (x->ip, y->ip) : isth_compare_numbers (x->root, y->root);
}

static bool
may_be_further (const IsthResolve *self,
                const IsthAddress *address)
{
  if (!isth_address_is_host (address) || isth_address_is_documentation (address))
    return false;
  return address->kind == ISTH_ADDRESS_IPV6 || (address->kind == ISTH_ADDRESS_IPV4 && isth_resolve_is_inside (self, address));
}

/* Who was heard, and says that he has an address that is known by that word or by names only. */
static GArray *
gather_words (IsthResolve *self)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthFactsView *view = &self->captures[c].view;

      for (uint32_t i = 0; i < view->n_claims; i++)
        {
          const IsthFactClaim *claim = &view->claims[i];
          const IsthResolveStation *station;
          IsthAddress address;
          Word word;

          if (claim->attribute != ISTH_ATTRIBUTE_ADDRESS)
            continue;
          station = isth_resolve_station (self, c, claim->station);
          if (station->node == ISTH_NONE || !(station->row->flags & ISTH_STATION_SPOKE) || isth_resolve_row (self, station).child ||
              !isth_address_parse (&address, isth_facts_string (self->captures[c].facts, claim->value)) || !may_be_further (self, &address))
            continue;
          word = (Word) { isth_index_find (&self->ips, &address), isth_union_find (&self->nodes, station->node) };
          if (word.ip != ISTH_NONE)
            g_array_append_val (words, word);
        }
    }
  g_array_sort (words, compare_words);
  return words;
}

/* Which addresses are more than words. */
static bool *
find_real (const IsthResolve *self)
{
  bool *real = g_new0 (bool, self->ips.n);

  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[i];
      IsthStation row = isth_resolve_row (self, station);

      if (station->ip != ISTH_NONE)
        real[station->ip] |= station->mac != ISTH_NONE || row.flags != ISTH_STATION_NAMED || row.child || row.packets_sent + row.packets_received > 0;
    }
  return real;
}

void
isth_resolve_join_further (IsthResolve *self)
{
  g_autoptr(GArray) words = gather_words (self);
  g_autofree bool *real = NULL, *said = NULL;

  if (words->len == 0)
    return;
  real = find_real (self);
  said = g_new0 (bool, self->ips.n);
  for (uint32_t from = 0, to; from < words->len; from = to)
    {
      const Word *first = &g_array_index (words, Word, from);
      bool disputed = false;

      for (to = from + 1; to < words->len && g_array_index (words, Word, to).ip == first->ip; to++)
        disputed |= g_array_index (words, Word, to).root != first->root;
      if (disputed || real[first->ip])
        continue;
      said[first->ip] = true;
      isth_union_join (&self->nodes, first->root, self->macs.n + first->ip);
    }
  for (uint32_t i = 0; i < self->n_stations; i++)
    self->stations[i].said = self->stations[i].ip != ISTH_NONE && said[self->stations[i].ip];
}
