/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is outside of the site, and how surely. A public address behind a router is the rule; but the segment may be one between two routers, of which nobody
 * knows which leads to the site; a tunnel or a dial-up line shows no router; and a host few routers away may be the site's own, as labs and large companies
 * use public addresses inside. */
#include <glib/gi18n-lib.h>

#include "analysis/base/address.h"
#include "analysis/world/resolve.h"

/* Of a hundred assets that are said to be external for that reason, those that are. */
#define SURE 92
#define SURE_OF_NEAR 75   /* at most ROUTERS_NEAR away */
#define SURE_OF_AMONG 55  /* all it was seen with are external as well */
#define ROUTERS_NEAR 2

/* Few routers let it seem near; translators that put their own TTL into what they pass on do so as well, so it says but a little. */
static bool
is_near (const IsthStation *row)
{
  static const uint8_t initial[] = { 32, 64, 128, 255 };

  for (size_t i = 0; i < G_N_ELEMENTS (initial); i++)
    if (row->ttl_max <= initial[i])
      return row->ttl_max > 0 && initial[i] - row->ttl_max <= ROUTERS_NEAR;
  return false;
}

/* All its IP addresses are public and were seen through a router or without a MAC, and lie in no subnet (/24) of assets on a segment that was seen: some
 * sites use public addresses inside. Gives how sure that is; 0: it is not. */
static uint8_t
judge (const IsthResolve *self,
       const IsthDraft *draft,
       const IsthIndex *near_subnets)
{
  bool near = false;

  if (draft->mac != ISTH_NONE || draft->ip == ISTH_NONE)
    return 0;
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthResolveStation *station = &self->stations[self->by_draft[i]];
      const IsthStation row = isth_resolve_row (self, station);

      if (!station->said && row.ip.kind != ISTH_ADDRESS_NONE &&
          (isth_resolve_is_inside (self, &row.ip) || isth_address_is_documentation (&row.ip) || isth_index_find (near_subnets, row.ip.bytes) != ISTH_NONE))
        return 0;
      near |= is_near (&row);
    }
  return near ? SURE_OF_NEAR : SURE;
}

/* The first three bytes of the IPv4 addresses that MACs own. */
static void
note_near_subnets (const IsthResolve *self,
                   IsthIndex *near_subnets)
{
  for (uint32_t i = 0; i < self->n_stations; i++)
    if (self->stations[i].own && isth_resolve_ip (self, self->stations[i].ip)->kind == ISTH_ADDRESS_IPV4)
      isth_index_add (near_subnets, isth_resolve_ip (self, self->stations[i].ip)->bytes);
}

void
isth_resolve_outside (IsthResolve *self)
{
  IsthIndex near_subnets = { .key_size = 3 };
  g_autofree uint8_t *meets_site = g_new0 (uint8_t, MAX (self->n_drafts, 1));

  note_near_subnets (self, &near_subnets);
  for (uint32_t i = 0; i < self->n_drafts; i++)
    self->drafts[i].external = judge (self, &self->drafts[i], &near_subnets);
  isth_index_clear (&near_subnets);

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      meets_site[link->from] |= self->drafts[link->to].external == 0;
      meets_site[link->to] |= self->drafts[link->from].external == 0;
    }
  for (uint32_t i = 0; i < self->n_drafts; i++)
    if (self->drafts[i].external > 0 && !meets_site[i])
      self->drafts[i].external = SURE_OF_AMONG;
}

const char *
isth_outside_reason (uint8_t sure)
{
  switch (sure)
    {
    case SURE_OF_NEAR:
      return N_("Its address is public and lies behind a router, though not far away");
    case SURE_OF_AMONG:
      return N_("Its address is public, as are those of all that it talks to: which of them are the site's was not seen");
    default:
      return N_("Its address is public and lies behind a router");
    }
}
