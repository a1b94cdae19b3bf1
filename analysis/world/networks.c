/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The networks that the addresses of assets lie in: how wide, on which VLANs, reached through whom, served by whom. A network is as wide as DHCP told
 * a host, or a host says of itself; else as a router says that leads to it, when that is narrower than the 24 bits which are assumed where nobody told,
 * and that is said. External addresses are in none. Of IPv6 only networks are listed that somebody spoke of.
 *
 * Networks that hosts say to be in, and inside networks that routers say to lead to, are listed without a host as well. A route that is wide may stand for
 * many networks, so the addresses in it lie in ones of their own. */
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/world/networks.h"

#include <glib/gi18n-lib.h>

#define ASSUMED_BITS 24
#define LEAST_BITS 8  /* of a network that somebody speaks of */
#define MOST_BITS 30
#define LEAST_BITS_SIX 16
#define MOST_BITS_SIX 127
#define SITE_BITS_SIX 48 /* a site gets so many; what is narrower, the Internet is not told of */

/* What a network is known by. */
typedef struct
{
  IsthSiteRange range; /* no site's own here, only a prefix */
  uint32_t told;
} Prefix;

/* Who says that he leads there. */
typedef struct
{
  IsthSiteRange range;
  uint32_t draft;
} Route;

/* ASSUMED_BITS of which all addresses lie in one network. */
typedef struct
{
  uint32_t bytes;   /* and another bit, which tells it from none */
  uint32_t network; /* number of its row */
} Block;

#define BLOCKS 2048

typedef struct
{
  const IsthResolve *resolve;
  GArray *told;         /* Prefix; the narrowest first */
  IsthIndex told_index; /* keys: IsthSiteRange of these, by their numbers */
  uint8_t widths[33];   /* bits of those that are IPv4, each once, the narrowest first */
  uint32_t n_widths;
  bool widths_six[MOST_BITS_SIX + 1]; /* of those that are IPv6, and of routes */
  GArray *routes;       /* Route, in the order of their ranges */
  IsthIndex routed;     /* keys: IsthSiteRange of these */
  IsthIndex index;      /* keys: IsthSiteRange */
  GArray *rows;         /* IsthNetwork, by number in the index */
  uint32_t *of_ip;      /* of each IP the number of its network; ISTH_NONE: it is in none */
  IsthIndex divided;    /* keys: first bytes of IPv4 networks of ASSUMED_BITS of which somebody tells of a part */
  Block *blocks;        /* BLOCKS of them, by a hash of their bytes: those that were asked for last */
} Networks;

static int
compare_prefixes (const void *a,
                  const void *b)
{
  const IsthSiteRange *x = a, *y = b;

  return x->bits != y->bits ? y->bits - x->bits : isth_address_compare (&x->network, &y->network);
}

/* What DHCP or the hosts say. */
static void
gather_told (Networks *self)
{
  const IsthResolve *resolve = self->resolve;
  uint32_t kept = 0;

  for (guint i = 0; i < resolve->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (resolve->claims, IsthDraftClaim, i);
      Prefix prefix = { .told = 1 };

      if (claim->attribute == ISTH_ATTRIBUTE_SUBNET && isth_site_range_parse (&prefix.range, isth_resolve_text (resolve, claim->value)))
        g_array_append_val (self->told, prefix);
    }
  g_array_sort (self->told, compare_prefixes);
  for (guint i = 0; i < self->told->len; i++)
    {
      const Prefix *prefix = &g_array_index (self->told, Prefix, i);
      Prefix *before = kept ? &g_array_index (self->told, Prefix, kept - 1) : NULL;

      if (before && compare_prefixes (before, prefix) == 0)
        before->told++;
      else
        g_array_index (self->told, Prefix, kept++) = *prefix;
    }
  g_array_set_size (self->told, MIN (kept, ISTH_LIMIT_PREFIXES));
}

/* Not that of a loopback, nor one that means nowhere or everywhere. */
static bool
is_network (const IsthSiteRange *range)
{
  bool six = range->network.kind == ISTH_ADDRESS_IPV6;

  return range->bits >= (six ? LEAST_BITS_SIX : LEAST_BITS) && range->bits <= (six ? MOST_BITS_SIX : MOST_BITS) && isth_address_is_host (&range->network) &&
         !isth_address_is_link_local (&range->network) && !isth_address_is_documentation (&range->network);
}

/* The range as a key, which has no gaps. */
static IsthSiteRange
make_key (const IsthAddress *network,
          unsigned bits)
{
  IsthSiteRange key;

  memset (&key, 0, sizeof key);
  key.network = *network;
  key.bits = (uint8_t) bits;
  return key;
}

/* Routers of a site tell of the Internet as well. */
static bool
is_of_site (const IsthResolve *resolve,
            const IsthSiteRange *range)
{
  return isth_resolve_is_inside (resolve, &range->network) || (range->network.kind == ISTH_ADDRESS_IPV6 && range->bits > SITE_BITS_SIX);
}

static int
compare_routes (const void *a,
                const void *b,
                void *user_data)
{
  const IsthResolve *resolve = user_data;
  const Route *x = a, *y = b;
  int order = compare_prefixes (&x->range, &y->range);

  return order ? order : isth_compare_numbers (resolve->draft_ranks[x->draft], resolve->draft_ranks[y->draft]);
}

/* What routers say that they lead to, each but once. */
static void
gather_routes (Networks *self)
{
  const IsthResolve *resolve = self->resolve;
  uint32_t kept = 0;

  for (guint i = 0; i < resolve->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (resolve->claims, IsthDraftClaim, i);
      Route route = { .draft = claim->draft };

      if (claim->attribute == ISTH_ATTRIBUTE_ROUTE && isth_site_range_parse (&route.range, isth_resolve_text (resolve, claim->value)) &&
          is_network (&route.range) && is_of_site (resolve, &route.range))
        g_array_append_val (self->routes, route);
    }
  g_array_sort_with_data (self->routes, compare_routes, (gpointer) resolve);
  for (guint i = 0; i < self->routes->len && kept < ISTH_LIMIT_NETWORKS; i++)
    {
      Route route = g_array_index (self->routes, Route, i);
      IsthSiteRange key = make_key (&route.range.network, route.range.bits);

      if (kept && compare_routes (&g_array_index (self->routes, Route, kept - 1), &route, (gpointer) resolve) == 0)
        continue;
      g_array_index (self->routes, Route, kept++) = route;
      if (isth_index_find (&self->routed, &key) == ISTH_NONE)
        isth_index_add (&self->routed, &key);
      if (key.network.kind == ISTH_ADDRESS_IPV6)
        self->widths_six[key.bits] = true;
    }
  g_array_set_size (self->routes, kept);
}

/* The first @bits of it. */
static IsthSiteRange
cut_address (const IsthAddress *ip,
             unsigned bits)
{
  IsthSiteRange range = make_key (ip, bits);

  for (unsigned i = 0; i < (ip->kind == ISTH_ADDRESS_IPV6 ? 16 : 4); i++)
    range.network.bytes[i] &= bits >= 8 * (i + 1) ? 0xff : bits <= 8 * i ? 0 : (uint8_t) (0xff << (8 * (i + 1) - bits));
  return range;
}

/* So that it is found at once in which of those that hosts were told an address lies. */
static void
index_told (Networks *self)
{
  for (guint i = 0; i < self->told->len; i++)
    {
      const IsthSiteRange *range = &g_array_index (self->told, Prefix, i).range;
      IsthSiteRange key = make_key (&range->network, range->bits);

      if (range->network.kind == ISTH_ADDRESS_IPV4 && (self->n_widths == 0 || self->widths[self->n_widths - 1] != range->bits))
        self->widths[self->n_widths++] = range->bits;
      if (is_network (range) && range->network.kind == ISTH_ADDRESS_IPV6)
        self->widths_six[range->bits] = true;
      isth_index_add (&self->told_index, &key);
    }
}

/* Notes blocks whose addresses do not all lie in one network. */
static void
note_divided (Networks *self)
{
  for (guint i = 0; i < self->told->len; i++)
    if (g_array_index (self->told, Prefix, i).range.bits > ASSUMED_BITS && g_array_index (self->told, Prefix, i).range.network.kind == ISTH_ADDRESS_IPV4)
      isth_index_add (&self->divided, g_array_index (self->told, Prefix, i).range.network.bytes);
  for (guint i = 0; i < self->routes->len; i++)
    if (g_array_index (self->routes, Route, i).range.bits > ASSUMED_BITS && g_array_index (self->routes, Route, i).range.network.kind == ISTH_ADDRESS_IPV4)
      isth_index_add (&self->divided, g_array_index (self->routes, Route, i).range.network.bytes);
}

static Prefix
find_prefix (const Networks *self,
             const IsthAddress *ip)
{
  for (uint32_t i = 0; i < self->n_widths; i++)
    {
      IsthSiteRange range = cut_address (ip, self->widths[i]);
      uint32_t number = isth_index_find (&self->told_index, &range);

      if (number != ISTH_NONE)
        return g_array_index (self->told, Prefix, number);
    }
  for (unsigned bits = MOST_BITS; bits > ASSUMED_BITS && self->routed.n > 0; bits--)
    {
      IsthSiteRange range = cut_address (ip, bits);

      if (isth_index_find (&self->routed, &range) != ISTH_NONE)
        return (Prefix) { .range = range };
    }
  return (Prefix) { .range = cut_address (ip, ASSUMED_BITS) };
}

/* The narrowest that somebody spoke of; of no bits: nobody did. */
static Prefix
find_prefix_six (const Networks *self,
                 const IsthAddress *ip)
{
  for (unsigned bits = MOST_BITS_SIX; bits >= LEAST_BITS_SIX; bits--)
    if (self->widths_six[bits])
      {
        IsthSiteRange range = cut_address (ip, bits);
        uint32_t number = isth_index_find (&self->told_index, &range);

        if (number != ISTH_NONE)
          return g_array_index (self->told, Prefix, number);
        if (isth_index_find (&self->routed, &range) != ISTH_NONE)
          return (Prefix) { .range = range };
      }
  return (Prefix) { .told = 0 };
}

/* The row of @range, made when there is none; NULL when the list is full. */
static IsthNetwork *
need_row (Networks *self,
          const IsthSiteRange *range,
          uint32_t told)
{
  IsthSiteRange key = make_key (&range->network, range->bits);
  uint32_t number = isth_index_find (&self->index, &key);

  if (number == ISTH_NONE)
    {
      if (self->rows->len >= ISTH_LIMIT_NETWORKS)
        return NULL;
      number = isth_index_add (&self->index, &key);
      g_array_set_size (self->rows, self->rows->len + 1);
      g_array_index (self->rows, IsthNetwork, number).network = key.network;
      g_array_index (self->rows, IsthNetwork, number).bits = key.bits;
      g_array_index (self->rows, IsthNetwork, number).told = told;
    }
  return &g_array_index (self->rows, IsthNetwork, number);
}

static uint32_t
number_row (const Networks *self,
            const IsthNetwork *row)
{
  return (uint32_t) (row - (const IsthNetwork *) (const void *) self->rows->data);
}

/* The network of an asset's address, made when there is none; or NULL. */
static IsthNetwork *
need_network (Networks *self,
              uint32_t ip)
{
  const IsthResolve *resolve = self->resolve;
  const IsthAddress *address = isth_resolve_ip (resolve, ip);
  uint32_t draft = resolve->ip_drafts[ip];
  uint32_t bytes;
  IsthNetwork *row;
  Prefix prefix;
  Block *block;

  if (draft == ISTH_NONE || !isth_address_is_ip (address) || resolve->drafts[draft].external || isth_address_is_link_local (address) ||
      isth_address_is_documentation (address) || !isth_address_is_host (address))
    return NULL;
  if (address->kind == ISTH_ADDRESS_IPV6)
    {
      prefix = find_prefix_six (self, address);
      return prefix.range.bits ? need_row (self, &prefix.range, prefix.told) : NULL;
    }
  bytes = (uint32_t) (1 << 24 | address->bytes[0] << 16 | address->bytes[1] << 8 | address->bytes[2]);
  block = &self->blocks[isth_hash_mix (bytes, isth_hash_seed ()) % BLOCKS];
  if (block->bytes == bytes)
    return &g_array_index (self->rows, IsthNetwork, block->network);
  prefix = find_prefix (self, address);
  row = prefix.range.bits ? need_row (self, &prefix.range, prefix.told) : NULL;
  if (row && isth_index_find (&self->divided, address->bytes) == ISTH_NONE)
    *block = (Block) { bytes, number_row (self, row) };
  return row;
}

/* The same, once all addresses were counted. */
static IsthNetwork *
find_network (const Networks *self,
              uint32_t ip)
{
  return self->of_ip[ip] == ISTH_NONE ? NULL : &g_array_index (self->rows, IsthNetwork, self->of_ip[ip]);
}

/* Keeps the smallest ones, so that their order of coming does not matter. */
static void
note_id (uint64_t ids[ISTH_NETWORK_IDS],
         uint64_t id)
{
  for (int i = 0; i < ISTH_NETWORK_IDS && id; i++)
    if (ids[i] == id)
      return;
    else if (ids[i] == 0 || ids[i] > id)
      {
        uint64_t later = ids[i];

        ids[i] = id;
        id = later;
      }
}

static void
note_vlan (IsthNetwork *row,
           uint16_t vlan)
{
  if (vlan == 0)
    row->untagged = true;
  for (int i = 0; i < ISTH_NETWORK_VLANS && vlan; i++)
    if (row->vlans[i] == vlan)
      return;
    else if (row->vlans[i] == 0 || row->vlans[i] > vlan)
      {
        uint16_t later = row->vlans[i];

        row->vlans[i] = vlan;
        vlan = later;
      }
}

static bool
has_role (const IsthResolve *self,
          const IsthDraft *draft,
          uint32_t role)
{
  for (uint32_t r = draft->first_role; r < draft->first_role + draft->n_roles; r++)
    if (g_array_index (self->roles, IsthDraftWord, r).word == role)
      return true;
  return false;
}

/* Those with no known nature say nothing. */
static void
note_nature (const IsthResolve *self,
             const IsthDraft *draft,
             IsthNetwork *row)
{
  static const uint8_t weight[] = { [ISTH_SUBNET_UNKNOWN] = 0, [ISTH_SUBNET_OFFICE] = 1, [ISTH_SUBNET_BETWEEN] = 2, [ISTH_SUBNET_MIXED] = 3, [ISTH_SUBNET_CONTROL] = 4 };
  IsthSubnetNature nature = draft->subnet == ISTH_NONE ? ISTH_SUBNET_UNKNOWN : g_array_index (self->subnets, IsthSubnet, draft->subnet).nature;

  if (weight[nature] > weight[row->nature])
    row->nature = nature;
}

static void
count_address (Networks *self,
               uint32_t ip,
               uint32_t dhcp_server)
{
  const IsthResolve *resolve = self->resolve;
  IsthNetwork *row = need_network (self, ip);
  const IsthDraft *draft;

  self->of_ip[ip] = row ? number_row (self, row) : ISTH_NONE;
  if (!row)
    return;
  draft = &resolve->drafts[resolve->ip_drafts[ip]];
  row->addresses++;
  row->devices += (draft->deeds & ISTH_DEED_ANSWERS_CONTROL) != 0;
  note_nature (resolve, draft, row);
  if (draft->mac != ISTH_NONE)
    row->near = true;
  else if (draft->behind != ISTH_NONE)
    note_id (row->behind, resolve->drafts[draft->behind].id);
  if (draft->mac != ISTH_NONE && (draft->kind == ISTH_KIND_ROUTER || draft->kind == ISTH_KIND_FIREWALL))
    note_id (row->gateways, draft->id);
  if (draft->translates)
    note_id (row->translators, draft->id);
  if (dhcp_server != ISTH_NONE && has_role (resolve, draft, dhcp_server))
    note_id (row->dhcp_servers, draft->id);
}

/* Gateways that hosts were told, and the addresses that were given out. */
static void
note_services (Networks *self)
{
  const IsthResolve *resolve = self->resolve;
  uint32_t dhcp = isth_pool_find (&resolve->pool, "dhcp");

  for (guint i = 0; i < resolve->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (resolve->claims, IsthDraftClaim, i);
      IsthAddress address = { 0 };
      uint32_t ip = ISTH_NONE;
      IsthNetwork *row;

      if (claim->attribute == ISTH_ATTRIBUTE_GATEWAY && isth_address_parse (&address, isth_resolve_text (resolve, claim->value)))
        ip = isth_index_find (&resolve->ips, &address);
      row = ip == ISTH_NONE ? NULL : find_network (self, ip);
      if (row)
        note_id (row->gateways, resolve->drafts[resolve->ip_drafts[ip]].id);
    }
  for (guint i = 0; i < resolve->bindings->len && dhcp != ISTH_NONE; i++)
    {
      const IsthDraftBinding *binding = &g_array_index (resolve->bindings, IsthDraftBinding, i);
      const IsthAddress *ip = isth_resolve_ip (resolve, binding->ip);
      IsthNetwork *row = binding->protocol == dhcp ? find_network (self, binding->ip) : NULL;

      if (!row)
        continue;
      if (row->dhcp_first.kind == ISTH_ADDRESS_NONE || isth_address_compare (ip, &row->dhcp_first) < 0)
        row->dhcp_first = *ip;
      if (row->dhcp_last.kind == ISTH_ADDRESS_NONE || isth_address_compare (ip, &row->dhcp_last) > 0)
        row->dhcp_last = *ip;
    }
}

/* Networks that somebody speaks of: those that hosts are in, and routers of these are their gateways; those that routers lead to. */
static void
note_spoken_of (Networks *self)
{
  const IsthResolve *resolve = self->resolve;

  for (guint i = 0; i < self->told->len; i++)
    if (is_network (&g_array_index (self->told, Prefix, i).range))
      need_row (self, &g_array_index (self->told, Prefix, i).range, g_array_index (self->told, Prefix, i).told);
  for (guint i = 0; i < self->routes->len; i++)
    {
      const Route *route = &g_array_index (self->routes, Route, i);
      IsthNetwork *row = need_row (self, &route->range, 0);

      if (!row)
        continue;
      row->routed++;
      note_id (row->routers, resolve->drafts[route->draft].id);
    }
  for (guint i = 0; i < resolve->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (resolve->claims, IsthDraftClaim, i);
      const IsthDraft *draft = &resolve->drafts[claim->draft];
      IsthSiteRange range, key;
      uint32_t number;

      if (claim->attribute != ISTH_ATTRIBUTE_SUBNET || (draft->kind != ISTH_KIND_ROUTER && draft->kind != ISTH_KIND_FIREWALL) ||
          !isth_site_range_parse (&range, isth_resolve_text (resolve, claim->value)))
        continue;
      key = make_key (&range.network, range.bits);
      number = isth_index_find (&self->index, &key);
      if (number != ISTH_NONE)
        note_id (g_array_index (self->rows, IsthNetwork, number).gateways, draft->id);
    }
}

static void
note_vlans (Networks *self)
{
  const IsthResolve *resolve = self->resolve;

  for (uint32_t i = 0; i < resolve->n_stations; i++)
    {
      const IsthResolveStation *station = &resolve->stations[i];
      bool spoke = station->own && station->row->flags & ISTH_STATION_SPOKE;
      IsthNetwork *row = spoke ? find_network (self, station->ip) : NULL;

      if (row)
        note_vlan (row, station->row->vlan);
    }
}

static int
compare_rows (const void *a,
              const void *b)
{
  const IsthNetwork *x = a, *y = b;
  int order = isth_address_compare (&x->network, &y->network);

  return order ? order : x->bits - y->bits;
}

static void
clear_list (gpointer data)
{
  IsthNetworkList *self = data;

  g_free (self->networks);
  g_strfreev (self->site_ranges);
}

static char **
format_site_ranges (const GArray *ranges)
{
  char **texts = g_new0 (char *, ranges->len + 1);

  for (guint i = 0; i < ranges->len; i++)
    texts[i] = isth_site_range_format (&g_array_index (ranges, IsthSiteRange, i));
  return texts;
}

IsthNetworkList *
isth_networks_make (const IsthResolve *resolve,
                    IsthNetworkList *before)
{
  IsthNetworkList *list = isth_record_new (sizeof *list, clear_list);
  Networks self = { .resolve = resolve,
                    .told = g_array_new (FALSE, TRUE, sizeof (Prefix)),
                    .told_index = { .key_size = sizeof (IsthSiteRange) },
                    .routes = g_array_new (FALSE, TRUE, sizeof (Route)),
                    .routed = { .key_size = sizeof (IsthSiteRange) },
                    .index = { .key_size = sizeof (IsthSiteRange) },
                    .rows = g_array_new (FALSE, TRUE, sizeof (IsthNetwork)),
                    .of_ip = g_new (uint32_t, MAX (resolve->ips.n, 1)),
                    .divided = { .key_size = 3 },
                    .blocks = g_new0 (Block, BLOCKS) };
  uint32_t dhcp_server = isth_pool_find (&resolve->pool, "dhcp-server");

  gather_told (&self);
  index_told (&self);
  gather_routes (&self);
  note_divided (&self);
  for (uint32_t ip = 0; ip < resolve->ips.n; ip++)
    count_address (&self, ip, dhcp_server);
  note_services (&self);
  note_spoken_of (&self);
  note_vlans (&self);
  g_array_sort (self.rows, compare_rows);
  list->n_networks = self.rows->len;
  list->networks = (IsthNetwork *) (void *) g_array_free (self.rows, FALSE);
  list->site_ranges = format_site_ranges (resolve->site_ranges);
  isth_index_clear (&self.index);
  isth_index_clear (&self.divided);
  g_free (self.blocks);
  isth_index_clear (&self.routed);
  isth_index_clear (&self.told_index);
  g_array_unref (self.told);
  g_array_unref (self.routes);
  g_free (self.of_ip);
  if (before && before->n_networks == list->n_networks && g_strv_equal ((const char *const *) before->site_ranges, (const char *const *) list->site_ranges) &&
      (list->n_networks == 0 || memcmp (before->networks, list->networks, sizeof *list->networks * list->n_networks) == 0))
    {
      isth_record_unref (list);
      return isth_record_ref (before);
    }
  return list;
}

const char *
isth_subnet_nature_name (IsthSubnetNature nature)
{
  static const char *const names[] = { "unknown", "control", "mixed", "office", "between" };

  return names[nature];
}

const char *
isth_subnet_nature_reason (IsthSubnetNature nature)
{
  static const char *const reasons[] = {
    N_("Nothing that was seen tells what it is for"),
    N_("At least a third of its hosts are control devices, or work with one"),
    N_("It holds control devices among many other hosts"),
    N_("Its hosts use a directory of names, and none is a control device"),
    N_("It has no control device, and hosts that reach controllers elsewhere"),
  };

  return _(reasons[nature]);
}

char *
isth_network_describe_width (const IsthNetwork *self)
{
  if (self->told > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u host was told so, or says so", "%u hosts were told so, or say so", self->told), self->told);
  if (self->routed > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u router is said to lead there", "%u routers are said to lead there", self->routed), self->routed);
  return g_strdup (_("Nobody told how wide it is: 24 bits are assumed"));
}
