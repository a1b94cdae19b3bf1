/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting a time window: frames read again find their assets and links in the world that the whole captures made. */
#include "analysis/world/count.h"

#include <string.h>

#include "analysis/world/crossings.h"
#include "analysis/world/records.h"

typedef struct
{
  uint64_t packets[2], bytes[2]; /* of an asset: sent, received; of a link: by its ends */
  uint64_t flows;
} Sum;

typedef struct
{
  uint64_t count, ok, refused;
} OperationSum;

/* Where a link is looked for: its assets, the smaller one first, and its service. */
typedef struct
{
  uint32_t low, high;
  uint32_t service; /* transport << 16 | port */
  uint32_t link;
} Place;

struct _IsthCount
{
  IsthSnapshot *whole;
  Sum *assets, *links;       /* beside those of @whole */
  OperationSum **operations; /* of each link; NULL: none of its operations happened */

  /* Only while something is added. */
  Place *places;             /* of links with packets of their own, sorted */
  uint32_t n_places;
  Place *pairs;              /* of all links, service 0, sorted */
  GHashTable *captures;      /* IsthFacts → uint32_t * : of each station the asset */
  IsthFacts *facts;          /* of the capture in hand */
  const uint32_t *asset_of;
};

static int
compare_places (const void *a,
                const void *b)
{
  const Place *x = a, *y = b;
  int order = isth_compare_numbers (x->low, y->low);

  if (order == 0)
    order = isth_compare_numbers (x->high, y->high);
  if (order == 0)
    order = isth_compare_numbers (x->service, y->service);
  return order ? order : isth_compare_numbers (x->link, y->link);
}

static void
index_links (IsthCount *self)
{
  const IsthSnapshot *whole = self->whole;

  self->places = g_new (Place, MAX (whole->n_links, 1));
  self->pairs = g_new (Place, MAX (whole->n_links, 1));
  for (uint32_t i = 0; i < whole->n_links; i++)
    {
      const IsthLink *link = whole->links[i];
      uint32_t from = isth_snapshot_find_asset (whole, link->from), to = isth_snapshot_find_asset (whole, link->to);
      Place place = { MIN (from, to), MAX (from, to), (uint32_t) link->transport << 16 | link->port, i };

      if (link->packets[0] + link->packets[1] > 0)
        self->places[self->n_places++] = place;
      place.service = 0;
      self->pairs[i] = place;
    }
  qsort (self->places, self->n_places, sizeof *self->places, compare_places);
  qsort (self->pairs, whole->n_links, sizeof *self->pairs, compare_places);
}

/* The assets are decided anew, as for the snapshot; only this time one asks of which stations each was made. */
static void
index_stations (IsthCount *self,
                IsthWorld *world)
{
  IsthResolve resolve;

  isth_resolve_init (&resolve, world, false);
  isth_resolve_addresses (&resolve);
  isth_resolve_groups (&resolve);
  for (uint32_t c = 0; c < resolve.n_captures; c++)
    {
      uint32_t *assets = g_new (uint32_t, MAX (resolve.captures[c].view.n_stations, 1));

      for (uint32_t i = 0; i < resolve.captures[c].view.n_stations; i++)
        {
          uint32_t draft = isth_resolve_station (&resolve, c, i)->draft;

          assets[i] = draft == ISTH_NONE ? ISTH_NO_INDEX : isth_snapshot_find_asset (self->whole, resolve.drafts[draft].id);
        }
      g_hash_table_insert (self->captures, isth_facts_ref (resolve.captures[c].facts), assets);
    }
  isth_resolve_clear (&resolve);
}

IsthCount *
isth_count_new (IsthWorld *world,
                IsthSnapshot *whole)
{
  IsthCount *self = g_new0 (IsthCount, 1);

  self->whole = isth_snapshot_ref (whole);
  self->assets = g_new0 (Sum, MAX (whole->n_assets, 1));
  self->links = g_new0 (Sum, MAX (whole->n_links, 1));
  self->operations = g_new0 (OperationSum *, MAX (whole->n_links, 1));
  self->captures = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) isth_facts_unref, g_free);
  index_links (self);
  index_stations (self, world);
  return self;
}

void
isth_count_finish (IsthCount *self)
{
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->pairs, g_free);
  g_clear_pointer (&self->captures, g_hash_table_unref);
  self->facts = NULL;
  self->asset_of = NULL;
}

void
isth_count_free (IsthCount *self)
{
  if (!self)
    return;
  isth_count_finish (self);
  for (uint32_t i = 0; i < self->whole->n_links; i++)
    g_free (self->operations[i]);
  g_free (self->operations);
  g_free (self->assets);
  g_free (self->links);
  isth_snapshot_unref (self->whole);
  g_free (self);
}

void
isth_count_begin_capture (IsthCount *self,
                          IsthFacts *facts)
{
  self->facts = facts;
  self->asset_of = g_hash_table_lookup (self->captures, facts);
}

/* The asset of an endpoint of the capture in hand; ISTH_NO_INDEX: a group address, or there was no room for it. */
static uint32_t
find_asset (const IsthCount *self,
            const IsthEndpoint *endpoint)
{
  uint32_t station = self->asset_of ? isth_facts_find_endpoint (self->facts, endpoint) : ISTH_NOBODY;

  return station == ISTH_NOBODY ? ISTH_NO_INDEX : self->asset_of[station];
}

/* The first of @n places that is not before @key. */
static uint32_t
find_place (const Place *places,
            uint32_t n,
            const Place *key)
{
  uint32_t low = 0, high = n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (compare_places (&places[middle], key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How well a link suits traffic at its place: protocol, then direction. */
static int
suits (const IsthLink *link,
       const char *protocol,
       uint64_t client)
{
  return 2 * (protocol && strcmp (link->protocol, protocol) == 0) + (link->from == client);
}

static uint32_t
choose_link (const IsthCount *self,
             const uint32_t assets[2],
             const IsthTraffic *traffic,
             uint16_t port)
{
  const IsthSnapshot *whole = self->whole;
  Place key = { MIN (assets[0], assets[1]), MAX (assets[0], assets[1]), (uint32_t) traffic->transport << 16 | port, 0 };
  uint64_t client = traffic->proof > 0 ? whole->assets[assets[0]]->id : 0;
  uint32_t best = ISTH_NO_INDEX;

  for (uint32_t i = find_place (self->places, self->n_places, &key); i < self->n_places; i++)
    {
      const Place *place = &self->places[i];
      const IsthLink *link = whole->links[place->link], *other = best == ISTH_NO_INDEX ? NULL : whole->links[best];
      int more;

      if (place->low != key.low || place->high != key.high || place->service != key.service)
        break;
      more = other ? suits (link, traffic->protocol, client) - suits (other, traffic->protocol, client) : 1;
      if (more > 0 || (more == 0 && link->packets[0] + link->packets[1] > other->packets[0] + other->packets[1]))
        best = place->link;
    }
  return best;
}

/* By the server's port, which in a piece of a conversation may look like the client's; scans and what nobody can tell have none. */
static uint32_t
find_link (const IsthCount *self,
           const uint32_t assets[2],
           const IsthTraffic *traffic)
{
  bool reverse = traffic->proof == 0 && traffic->port[0] < traffic->port[1];
  const uint16_t ports[] = { traffic->port[!reverse], traffic->port[reverse], 0 };
  uint32_t link = ISTH_NO_INDEX;

  for (size_t i = 0; i < G_N_ELEMENTS (ports) && link == ISTH_NO_INDEX; i++)
    link = choose_link (self, assets, traffic, ports[i]);
  return link;
}

static void
add_to_link (IsthCount *self,
             uint32_t number,
             const uint32_t assets[2],
             const IsthTraffic *traffic)
{
  const IsthLink *link = self->whole->links[number];
  bool swap = self->whole->assets[assets[0]]->id != link->from;

  if (link->from == link->to) /* a computer with itself: the service tells the sides apart */
    swap = traffic->port[1] != link->port && traffic->port[0] == link->port;
  for (int side = 0; side < 2; side++)
    {
      self->links[number].packets[side ^ swap] += traffic->packets[side];
      self->links[number].bytes[side ^ swap] += traffic->bytes[side];
    }
  self->links[number].flows++;
}

void
isth_count_add_traffic (IsthCount *self,
                        const IsthTraffic *traffic)
{
  uint32_t assets[2], link;

  for (int side = 0; side < 2; side++)
    {
      assets[side] = find_asset (self, &traffic->endpoint[side]);
      if (assets[side] == ISTH_NO_INDEX)
        continue;
      for (int way = 0; way < 2; way++)
        {
          self->assets[assets[side]].packets[way] += traffic->packets[side ^ way];
          self->assets[assets[side]].bytes[way] += traffic->bytes[side ^ way];
        }
    }
  if (assets[0] == ISTH_NO_INDEX || assets[1] == ISTH_NO_INDEX)
    return;
  link = find_link (self, assets, traffic);
  if (link != ISTH_NO_INDEX)
    add_to_link (self, link, assets, traffic);
}

/* The number of an operation in its link; they are sorted. */
static uint32_t
find_operation (const IsthLink *link,
                const IsthLinkOperation *key)
{
  uint32_t low = 0, high = link->n_operations;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      const IsthLinkOperation *operation = &link->operations[middle];
      int order = isth_compare_numbers (operation->verb, key->verb);

      if (order == 0)
        order = isth_compare_times (operation->function, key->function);
      if (order == 0)
        order = strcmp (operation->name, key->name);
      if (order == 0)
        order = strcmp (operation->object, key->object);
      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return ISTH_NO_INDEX;
}

/* The link between @client and @server that has the operation @key, and its number there. */
static uint32_t
find_asked (const IsthCount *self,
            uint32_t client,
            uint32_t server,
            const char *protocol,
            const IsthLinkOperation *key,
            uint32_t *number)
{
  const IsthSnapshot *whole = self->whole;
  Place place = { MIN (client, server), MAX (client, server), 0, 0 };
  uint32_t best = ISTH_NO_INDEX;
  int most = -1;

  for (uint32_t i = find_place (self->pairs, whole->n_links, &place); i < whole->n_links; i++)
    {
      const IsthLink *link = whole->links[self->pairs[i].link];
      uint32_t found;
      int fit;

      if (self->pairs[i].low != place.low || self->pairs[i].high != place.high)
        break;
      fit = 2 * (link->from == whole->assets[client]->id) + (strcmp (link->protocol, protocol) == 0);
      if (fit <= most || (found = find_operation (link, key)) == ISTH_NO_INDEX)
        continue;
      most = fit;
      best = self->pairs[i].link;
      *number = found;
    }
  return best;
}

static IsthEndpoint
endpoint_of (IsthFacts *facts,
             uint32_t station)
{
  IsthFactsView view = isth_facts_view (facts);
  IsthStation row = isth_facts_view_station (&view, station);

  return (IsthEndpoint) { .mac = row.mac, .ip = row.ip, .vlan = row.vlan, .child = isth_facts_string (facts, row.child) };
}

static void
add_operation (IsthCount *self,
               IsthFacts *window,
               const IsthFactOperation *row)
{
  IsthEndpoint from = endpoint_of (window, row->client), to = endpoint_of (window, row->server);
  uint32_t client = find_asset (self, &from), server = find_asset (self, &to);
  const char *protocol = isth_facts_string (window, row->protocol);
  IsthLinkOperation key = { .verb = row->verb,
                            .function = row->function,
                            .name = isth_facts_string (window, row->name),
                            .object = isth_facts_string (window, row->object) };
  uint32_t link, number = 0;
  OperationSum *sum;

  if (client == ISTH_NO_INDEX || server == ISTH_NO_INDEX)
    return;
  link = find_asked (self, client, server, protocol, &key, &number);
  if (link == ISTH_NO_INDEX && *key.object)
    {
      key.object = ""; /* in all of the capture there were too many objects to tell apart */
      link = find_asked (self, client, server, protocol, &key, &number);
    }
  if (link == ISTH_NO_INDEX)
    return;
  if (!self->operations[link])
    self->operations[link] = g_new0 (OperationSum, self->whole->links[link]->n_operations);
  sum = &self->operations[link][number];
  sum->count += row->count;
  sum->ok += row->ok;
  sum->refused += row->refused;
}

void
isth_count_add_operations (IsthCount *self,
                           IsthFacts *window)
{
  IsthFactsView view = isth_facts_view (window);

  for (uint32_t i = 0; i < view.n_operations; i++)
    if (view.operations[i].count > 0)
      add_operation (self, window, &view.operations[i]);
}

typedef struct
{
  IsthLink link; /* first: it is given out as this */
  IsthLink *whole;
} CountedLink;

static void
counted_link_clear (gpointer data)
{
  CountedLink *self = data;

  g_free (self->link.operations);
  isth_record_unref (self->whole);
}

static bool
same_link (const IsthLink *whole,
           const Sum *sum,
           const OperationSum *operations)
{
  if (memcmp (whole->packets, sum->packets, sizeof sum->packets) != 0 || memcmp (whole->bytes, sum->bytes, sizeof sum->bytes) != 0
      || whole->flows != sum->flows || (whole->n_operations > 0 && !operations))
    return false;
  for (uint32_t i = 0; i < whole->n_operations; i++)
    if (operations[i].count != whole->operations[i].count || operations[i].ok != whole->operations[i].ok
        || operations[i].refused != whole->operations[i].refused)
      return false;
  return true;
}

/* The operations that happened, with what they say borrowed from those of the whole. */
static void
fill_operations (IsthLink *link,
                 const IsthLink *whole,
                 const OperationSum *sums)
{
  link->operations = NULL;
  link->n_operations = link->verbs = 0;
  for (uint32_t i = 0; sums && i < whole->n_operations; i++)
    {
      IsthLinkOperation *operation;

      if (sums[i].count == 0)
        continue;
      if (!link->operations)
        link->operations = g_new (IsthLinkOperation, whole->n_operations);
      operation = &link->operations[link->n_operations++];
      *operation = whole->operations[i];
      operation->count = sums[i].count;
      operation->ok = sums[i].ok;
      operation->refused = sums[i].refused;
      link->verbs |= 1u << operation->verb;
    }
}

static IsthLink *
make_link (const IsthCount *self,
           IsthLink *whole)
{
  uint32_t number = isth_snapshot_find_link (self->whole, whole->id);
  const OperationSum *operations = number == ISTH_NO_INDEX ? NULL : self->operations[number];
  const Sum *sum = &self->links[number == ISTH_NO_INDEX ? 0 : number];
  CountedLink *counted;
  IsthRecord record;

  if (number == ISTH_NO_INDEX || self->whole->links[number]->n_operations != whole->n_operations || same_link (whole, sum, operations))
    return isth_record_ref (whole);
  counted = isth_record_new (sizeof *counted, counted_link_clear);
  record = counted->link.record;
  counted->link = *whole;
  counted->link.record = record;
  counted->whole = isth_record_ref (whole);
  memcpy (counted->link.packets, sum->packets, sizeof sum->packets);
  memcpy (counted->link.bytes, sum->bytes, sizeof sum->bytes);
  counted->link.flows = sum->flows;
  fill_operations (&counted->link, whole, operations);
  if (sum->packets[0] + sum->packets[1] == 0 && counted->link.n_operations == 0)
    counted->link.activity = (IsthActivity) { 0 };
  return &counted->link;
}

static IsthAsset *
make_asset (const IsthCount *self,
            IsthAsset *whole)
{
  uint32_t number = isth_snapshot_find_asset (self->whole, whole->id);
  const Sum *sum = &self->assets[number == ISTH_NO_INDEX ? 0 : number];

  if (number == ISTH_NO_INDEX || (whole->packets_sent == sum->packets[0] && whole->packets_received == sum->packets[1]
                                  && whole->bytes_sent == sum->bytes[0] && whole->bytes_received == sum->bytes[1]))
    return isth_record_ref (whole);
  return isth_record_recount_asset (whole, sum->packets, sum->bytes);
}

IsthSnapshot *
isth_count_apply (const IsthCount *self,
                  IsthSnapshot *whole)
{
  IsthSnapshot *counted = isth_record_new (sizeof *counted, isth_resolve_clear_snapshot);
  IsthRecord record = counted->record;

  *counted = *whole;
  counted->record = record;
  counted->assets = g_new (IsthAsset *, MAX (whole->n_assets, 1));
  for (uint32_t i = 0; i < whole->n_assets; i++)
    counted->assets[i] = make_asset (self, whole->assets[i]);
  counted->asset_ids = g_memdup2 (whole->asset_ids, whole->asset_ids ? whole->n_assets * sizeof *whole->asset_ids : 0);
  counted->links = g_new (IsthLink *, MAX (whole->n_links, 1));
  for (uint32_t i = 0; i < whole->n_links; i++)
    counted->links[i] = make_link (self, whole->links[i]);
  counted->alerts = g_new (IsthAlert *, MAX (whole->n_alerts, 1));
  for (uint32_t i = 0; i < whole->n_alerts; i++)
    counted->alerts[i] = isth_record_ref (whole->alerts[i]);
  counted->sessions = g_new (IsthRemoteSession *, MAX (whole->n_sessions, 1));
  for (uint32_t i = 0; i < whole->n_sessions; i++)
    counted->sessions[i] = isth_record_ref (whole->sessions[i]);
  counted->captures = g_new (IsthCapture *, MAX (whole->n_captures, 1));
  for (uint32_t i = 0; i < whole->n_captures; i++)
    counted->captures[i] = isth_record_ref (whole->captures[i]);
  isth_record_ref (whole->transfers);
  isth_record_ref (whole->networks);
  isth_record_ref (whole->reviews);
  counted->crossings = isth_crossings_make (counted, NULL);
  isth_record_ref (whole->health);
  return counted;
}
