/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stations and conversations: who was there and who exchanged traffic with whom. */
#include "analysis/world/facts-private.h"

#define ROUTERS_BETWEEN 4 /* two places where one capture was taken */

static inline uint64_t
station_hash (const IsthFacts   *self,
              const IsthStation *key)
{
  uint64_t hash = isth_hash_mix (self->seed ^ key->mac.words[0], (uint64_t) key->vlan << 32 | key->child);

  if (key->ip.kind == ISTH_ADDRESS_NONE)
    return hash;
  return isth_hash_mix (isth_hash_mix (hash ^ key->ip.words[0], key->ip.words[1] ^ self->seed), key->ip.kind);
}

/* What a row is compared with: the same bytes as that begins with, and what may be beside it. */
typedef struct
{
  IsthStationRow row;
  const IsthStation *station;
  const IsthStationMore *mores;
} StationKey;

G_STATIC_ASSERT (offsetof (IsthStationRow, more) == 12);

static void
pack_addresses (IsthStationRow    *row,
                const IsthStation *station)
{
  memcpy (row->mac, station->mac.bytes, sizeof row->mac);
  memcpy (row->ip, station->ip.bytes, sizeof row->ip);
  row->vlan = station->vlan;
  row->linked = station->mac.kind != ISTH_ADDRESS_NONE;
  row->four = station->ip.kind == ISTH_ADDRESS_IPV4;
  row->six = station->ip.kind == ISTH_ADDRESS_IPV6;
}

static bool
station_equal (const void *row,
               const void *key)
{
  const IsthStationRow *mine = row;
  const StationKey *other = key;
  const IsthStationMore *more;

  if (memcmp (mine, &other->row, offsetof (IsthStationRow, more)) != 0 || mine->linked != other->row.linked || mine->four != other->row.four
      || mine->six != other->row.six)
    return false;
  if (mine->more == 0)
    return other->station->child == 0;
  more = &other->mores[mine->more - 1];
  return more->child == other->station->child && (!mine->six || memcmp (more->ip, other->station->ip.bytes, sizeof more->ip) == 0);
}

static inline uint64_t
endpoint_hash (const IsthFacts    *self,
               const IsthEndpoint *endpoint)
{
  IsthStation key = { .mac = endpoint->mac, .ip = endpoint->ip, .vlan = endpoint->vlan };

  return station_hash (self, &key);
}

void
isth_facts_prefetch_endpoint (const IsthFacts    *self,
                              const IsthEndpoint *endpoint)
{
  isth_table_prefetch_slot (&self->tables[ISTH_TABLE_STATIONS], endpoint_hash (self, endpoint));
}

void
isth_facts_prefetch_slots (const IsthFacts   *self,
                           const IsthTraffic *traffic)
{
  for (int i = 0; i < 2; i++)
    isth_facts_prefetch_endpoint (self, &traffic->endpoint[i]);
}

void
isth_facts_prefetch_stations (const IsthFacts   *self,
                              const IsthTraffic *traffic)
{
  for (int i = 0; i < 2; i++)
    isth_table_prefetch_row (&self->tables[ISTH_TABLE_STATIONS], endpoint_hash (self, &traffic->endpoint[i]));
}

uint32_t
isth_facts_find_station (const IsthFacts   *self,
                         const IsthStation *key)
{
  StationKey mine = { .station = key, .mores = facts_get_stations_more (self) };

  pack_addresses (&mine.row, key);
  return isth_table_find (&self->tables[ISTH_TABLE_STATIONS], station_hash (self, key), station_equal, &mine);
}

static IsthPresence
presence_of (uint8_t flags)
{
  if ((flags & ISTH_STATION_ANSWERED) && (flags & ISTH_STATION_ADDRESSED))
    return ISTH_PRESENCE_MUTUAL;
  return flags & (ISTH_STATION_ANSWERED | ISTH_STATION_NAMED) ? ISTH_PRESENCE_ONE_SIDED : ISTH_PRESENCE_QUIET;
}

/* What @before, flags of a station, become with @flags. */
static uint8_t
raise_flags (IsthFacts *self,
             uint8_t    before,
             uint8_t    flags)
{
  uint8_t after = before | flags;

  self->shares.stations[presence_of (before)]--;
  self->shares.stations[presence_of (after)]++;
  return after;
}

/* The part that few have, in which @row leads to its place. */
static void
put_more (IsthFacts         *self,
          IsthStationRow    *row,
          const IsthStation *station,
          const uint64_t     counts[5])
{
  IsthStationMore more = { .child = station->child, .parent = station->parent, .start = station->activity.start };

  memcpy (more.ip, station->ip.bytes, sizeof more.ip);
  for (int i = 0; i < 5; i++)
    more.high[i] = (uint32_t) (counts[i] >> 32);
  if (row->more)
    *(IsthStationMore *) isth_table_change (&self->stations_more, row->more - 1) = more;
  else
    row->more = isth_table_append (&self->stations_more, &more, 0, false) + 1;
}

/* Makes @row, which was zeroed or packed before, say what @station does. */
static void
pack_station (IsthFacts         *self,
              IsthStationRow    *row,
              const IsthStation *station)
{
  const uint64_t counts[5] = { station->packets_sent, station->packets_received, station->bytes_sent, station->bytes_received, station->first_frame };
  const IsthActivity *activity = &station->activity;
  uint64_t high = 0;

  pack_addresses (row, station);
  row->flags = station->flags & 15;
  row->ttl_min = station->ttl_min;
  row->ttl_max = station->ttl_max;
  row->first = station->first;
  row->last = station->last;
  row->bits = activity->bits;
  row->shift = activity->shift & UINT8_MAX;
  row->begun = activity->bits != 0 && activity->start != station->first >> activity->shift;
  for (int i = 0; i < 5; i++)
    {
      row->count[i] = (uint32_t) counts[i];
      high |= counts[i] >> 32;
    }
  if (row->more || row->six || row->begun || station->child || high)
    put_more (self, row, station, counts);
}

static void
set_station (IsthFacts         *self,
             uint32_t           row,
             const IsthStation *station)
{
  pack_station (self, isth_table_change (&self->tables[ISTH_TABLE_STATIONS], row), station);
}

uint32_t
isth_facts_append_station (IsthFacts         *self,
                           const IsthStation *station)
{
  IsthStationRow row = { 0 };

  self->shares.stations[presence_of (station->flags)]++;
  pack_station (self, &row, station);
  return isth_table_append (&self->tables[ISTH_TABLE_STATIONS], &row, station_hash (self, station), true);
}

static bool
tally_equal (const void *row,
             const void *key)
{
  const IsthTally *a = row;
  const IsthTally *b = key;

  return a->station == b->station && a->what == b->what;
}

/* A counter of @station, to be changed; good until the next tally is made. */
uint32_t *
isth_facts_tally (IsthFacts *self,
                  uint32_t   station,
                  uint32_t   what)
{
  IsthTally key = { station, what, 0 };
  uint64_t hash = isth_hash_mix (self->seed ^ station, what);
  uint32_t row = isth_table_find (&self->tallies, hash, tally_equal, &key);

  if (row == ISTH_NO_ROW)
    row = isth_table_append (&self->tallies, &key, hash, true);
  return &((IsthTally *) isth_table_change (&self->tallies, row))->n;
}

/* Addresses that name nobody (0.0.0.0, the zero MAC) are as good as none. A loopback address names the computer that recorded, and
 * whether that matters is known when all of the capture is. */
static IsthAddress
naming (const IsthAddress *address)
{
  if (isth_address_is_host (address) || isth_address_is_group (address) || isth_address_is_loopback (address))
    return *address;
  return (IsthAddress) { 0 };
}

/* What @share of @whole is of a table that may have only @max rows. */
static uint32_t
scale (uint32_t max,
       uint32_t share,
       uint32_t whole)
{
  return (uint32_t) ((uint64_t) max * share / whole);
}

/* Whether there is room for one more station that shows @presence; told when not. */
static bool
has_station_room (IsthFacts   *self,
                  IsthPresence presence)
{
  uint32_t quiet = self->shares.stations[ISTH_PRESENCE_QUIET];
  uint32_t one_sided = quiet + self->shares.stations[ISTH_PRESENCE_ONE_SIDED];
  IsthLimit limit;

  if (presence == ISTH_PRESENCE_QUIET && quiet >= scale (self->max_stations, ISTH_LIMIT_QUIET, ISTH_LIMIT_STATIONS))
    limit = ISTH_REACHED_QUIET;
  else if (presence < ISTH_PRESENCE_MUTUAL && one_sided >= scale (self->max_stations, ISTH_LIMIT_ONE_SIDED, ISTH_LIMIT_STATIONS))
    limit = ISTH_REACHED_ONE_SIDED;
  else if (self->tables[ISTH_TABLE_STATIONS].n >= self->max_stations)
    limit = ISTH_REACHED_STATIONS;
  else
    return true;
  isth_facts_reach (self, limit, 1);
  return false;
}

/* @key, which is not there. */
static uint32_t
make_station (IsthFacts         *self,
              const IsthStation *key,
              IsthPresence       presence)
{
  return has_station_room (self, presence) ? isth_facts_append_station (self, key) : ISTH_NOBODY;
}

static uint32_t
need_own_station (IsthFacts         *self,
                  const IsthStation *key,
                  IsthPresence       presence)
{
  uint32_t row = isth_facts_find_station (self, key);

  return row != ISTH_NO_ROW ? row : make_station (self, key, presence);
}

/* The device @child behind the station @key, which does not know it yet. */
static uint32_t
make_child (IsthFacts         *self,
            const IsthStation *key,
            const char        *child,
            IsthPresence       presence)
{
  IsthStation mine = *key;
  uint32_t row;

  mine.parent = need_own_station (self, key, presence);
  if (mine.parent == ISTH_NOBODY)
    return ISTH_NOBODY;
  if (*isth_facts_tally (self, mine.parent, ISTH_TALLY_CHILDREN) >= ISTH_LIMIT_CHILDREN)
    {
      isth_facts_reach (self, ISTH_REACHED_CHILDREN, 1);
      return ISTH_NOBODY;
    }
  mine.child = isth_facts_need_string (self, child);
  row = mine.child == ISTH_NO_ROW ? ISTH_NOBODY : need_own_station (self, &mine, presence);
  if (row != ISTH_NOBODY)
    ++*isth_facts_tally (self, mine.parent, ISTH_TALLY_CHILDREN);
  return row;
}

/* Whatever the round. Most often the station is there, so that is tried first: a row with these
 * very addresses was found to name somebody when it was made. */
uint32_t
isth_facts_need_station (IsthFacts          *self,
                         const IsthEndpoint *endpoint,
                         IsthPresence        presence)
{
  const char *child = endpoint->child && endpoint->child[0] ? endpoint->child : NULL;
  IsthStation key = { .mac = endpoint->mac, .ip = endpoint->ip, .vlan = endpoint->vlan, .parent = ISTH_NOBODY };
  uint32_t length, row;
  uint64_t hash;

  if (child)
    key.child = isth_facts_find_string (self, child, &length, &hash);
  row = key.child == ISTH_NO_ROW ? ISTH_NO_ROW : isth_facts_find_station (self, &key);
  if (row != ISTH_NO_ROW)
    return row;

  key.mac = naming (&endpoint->mac);
  key.ip = naming (&endpoint->ip);
  if (key.mac.kind == ISTH_ADDRESS_NONE && key.ip.kind == ISTH_ADDRESS_NONE)
    return ISTH_NOBODY;
  if (key.child != ISTH_NO_ROW && (key.mac.kind != endpoint->mac.kind || key.ip.kind != endpoint->ip.kind))
    row = isth_facts_find_station (self, &key); /* it was looked for with an address that names nobody */
  if (row != ISTH_NO_ROW)
    return row;
  key.child = 0;
  key.first = key.last = ISTH_NO_TIME;
  return child ? make_child (self, &key, child, presence) : make_station (self, &key, presence);
}

uint32_t
isth_facts_find_endpoint (const IsthFacts    *self,
                          const IsthEndpoint *endpoint)
{
  IsthStation key = { .mac = naming (&endpoint->mac), .ip = naming (&endpoint->ip), .vlan = endpoint->vlan };
  uint32_t length, row;
  uint64_t hash;

  if (endpoint->child && endpoint->child[0])
    key.child = isth_facts_find_string (self, endpoint->child, &length, &hash);
  row = key.child == ISTH_NO_ROW ? ISTH_NO_ROW : isth_facts_find_station (self, &key);
  return row == ISTH_NO_ROW ? ISTH_NOBODY : row;
}

/* The activity of a row that does not begin before its first time. */
static inline IsthActivity
get_activity (const IsthStationRow *row)
{
  return row->bits ? (IsthActivity) { .bits = row->bits, .start = row->first >> row->shift, .shift = row->shift } : (IsthActivity) { 0 };
}

/* Notes @time in the row itself, as is possible for a new one and for one that it does not make wider; false when it is not. */
static bool
touch_row (IsthFacts *self,
           uint32_t   station,
           int64_t    time,
           uint8_t    flags)
{
  const IsthStationRow *before = isth_table_row (&self->tables[ISTH_TABLE_STATIONS], station);
  const bool first = before->first == ISTH_NO_TIME && before->bits == 0;
  const unsigned int shift = first ? ISTH_ACTIVITY_SHIFT : before->shift;
  uint64_t bucket = first ? 0 : (uint64_t) (time >> shift) - (uint64_t) (before->first >> shift);
  IsthStationRow *mine;

  if (time == ISTH_NO_TIME || before->begun || (!first && (before->bits == 0 || time < before->first || bucket >= 64)))
    return false;
  mine = isth_table_change (&self->tables[ISTH_TABLE_STATIONS], station);
  mine->flags = raise_flags (self, mine->flags, flags) & 15;
  mine->first = first ? time : mine->first;
  mine->last = MAX (mine->last, time);
  mine->bits |= UINT64_C (1) << bucket;
  mine->shift = (uint8_t) shift;
  return true;
}

void
isth_facts_touch_station_slowly (IsthFacts *self,
                                 uint32_t   station,
                                 int64_t    time,
                                 uint8_t    flags)
{
  IsthStation mine;

  if (touch_row (self, station, time, flags))
    return;
  mine = facts_get_station (self, station);
  if (time == ISTH_NO_TIME && (mine.flags | flags) == mine.flags)
    return;
  mine.flags = raise_flags (self, mine.flags, flags);
  isth_activity_add (&mine.activity, time);
  facts_note_time (&mine.first, &mine.last, time);
  set_station (self, station, &mine);
}

static inline uint64_t
conversation_hash (const IsthFacts        *self,
                   const IsthConversation *key)
{
  uint64_t hash = isth_hash_mix (self->seed ^ ((uint64_t) key->client << 32 | key->server), key->protocol);

  return isth_hash_mix (hash, (uint64_t) key->port << 16 | (uint64_t) key->transport << 8 | key->proof);
}

static bool
conversation_equal (const void *row,
                    const void *key)
{
  const IsthConversation *a = row;
  const IsthConversation *b = key;

  return a->client == b->client && a->server == b->server && a->protocol == b->protocol && a->port == b->port
         && a->transport == b->transport && a->proof == b->proof;
}

uint32_t
isth_facts_find_conversation (const IsthFacts        *self,
                              const IsthConversation *key)
{
  return isth_table_find (&self->tables[ISTH_TABLE_CONVERSATIONS], conversation_hash (self, key), conversation_equal, key);
}

uint32_t
isth_facts_append_conversation (IsthFacts              *self,
                                const IsthConversation *row)
{
  return isth_table_append (&self->tables[ISTH_TABLE_CONVERSATIONS], row, conversation_hash (self, row), true);
}

/* Which side comes first when nobody can tell who asked. */
static int
compare_stations (const IsthStation *a,
                  const IsthStation *b)
{
  int order = isth_address_compare (&a->ip, &b->ip);

  if (order == 0)
    order = isth_address_compare (&a->mac, &b->mac);
  return order != 0 ? order : (int) a->vlan - (int) b->vlan;
}

/* In the rest of a connection whose beginning was not captured, who spoke first is no sign when the port that would be the service's is a dynamic one and
 * the other is not. */
static bool
is_rest_of_connection (const IsthTraffic *traffic)
{
  return traffic->transport == 6 && traffic->proof == 1 && traffic->port[0] != 0 && traffic->port[0] < 32768 && traffic->port[1] >= 32768;
}

/* The service's port. Without proof of who serves, only two signs are trusted: both ports the same, or exactly one that
 * cannot be a dynamic one of any usual system (those are 32768 and up). */
static uint16_t
service_port (const IsthTraffic *traffic)
{
  uint16_t low = MIN (traffic->port[0], traffic->port[1]);
  uint16_t high = MAX (traffic->port[0], traffic->port[1]);

  if (traffic->proof != 0)
    return traffic->port[1];
  return low == high || (low < 32768 && high >= 32768) ? low : 0;
}

/* A flow that shows a TTL and one or few below it was captured on both sides of a router: whose the MAC beside it is, they do not tell. */
static void
note_ttl (uint8_t           *min,
          uint8_t           *max,
          const IsthTraffic *traffic,
          int                side)
{
  uint8_t low = traffic->ttl_min[side], high = traffic->ttl_max[side];

  if (low != high && low != 0 && high - low <= ROUTERS_BETWEEN)
    return;
  if (low != 0 && (*min == 0 || low < *min))
    *min = low;
  *max = MAX (*max, high);
}

/* Counts @traffic in the row itself, as is possible while its counts are small and its activity begins with its first time; false when it is not. */
static bool
add_to_row (IsthFacts         *self,
            uint32_t           station,
            const IsthTraffic *traffic,
            int                side,
            uint8_t            flags)
{
  const IsthStationRow *before = isth_table_row (&self->tables[ISTH_TABLE_STATIONS], station);
  const uint64_t counts[4] = { before->count[0] + traffic->packets[side], before->count[1] + traffic->packets[!side],
                               before->count[2] + traffic->bytes[side], before->count[3] + traffic->bytes[!side] };
  const int64_t first = before->first == ISTH_NO_TIME ? traffic->first : MIN (before->first, traffic->first);
  IsthActivity activity;
  IsthStationRow *mine;

  if (before->more || before->begun || traffic->first == ISTH_NO_TIME || traffic->last == ISTH_NO_TIME
      || (counts[0] | counts[1] | counts[2] | counts[3] | traffic->first_frame[side]) > UINT32_MAX)
    return false;
  activity = get_activity (before);
  isth_activity_merge (&activity, &traffic->activity);
  if (activity.bits == 0 || activity.start != first >> activity.shift)
    return false;

  mine = isth_table_change (&self->tables[ISTH_TABLE_STATIONS], station);
  mine->flags = raise_flags (self, mine->flags, flags) & 15;
  for (int i = 0; i < 4; i++)
    mine->count[i] = (uint32_t) counts[i];
  if (traffic->first_frame[side] != 0 && (mine->count[4] == 0 || traffic->first_frame[side] < mine->count[4]))
    mine->count[4] = (uint32_t) traffic->first_frame[side];
  note_ttl (&mine->ttl_min, &mine->ttl_max, traffic, side);
  mine->first = first;
  mine->last = MAX (mine->last, traffic->last);
  mine->bits = activity.bits;
  mine->shift = activity.shift & UINT8_MAX;
  return true;
}

static void
add_station_traffic (IsthFacts         *self,
                     const IsthTraffic *traffic,
                     int                side,
                     uint32_t           row)
{
  const uint8_t flags = traffic->flags[side] | (traffic->packets[side] > 0 ? ISTH_STATION_SPOKE : 0);
  IsthStation station;

  if (add_to_row (self, row, traffic, side, flags))
    return;
  station = facts_get_station (self, row);
  station.flags = raise_flags (self, station.flags, flags);
  station.packets_sent += traffic->packets[side];
  station.bytes_sent += traffic->bytes[side];
  station.packets_received += traffic->packets[!side];
  station.bytes_received += traffic->bytes[!side];
  note_ttl (&station.ttl_min, &station.ttl_max, traffic, side);
  if (traffic->first_frame[side] != 0 && (station.first_frame == 0 || traffic->first_frame[side] < station.first_frame))
    station.first_frame = traffic->first_frame[side];
  facts_note_time (&station.first, &station.last, traffic->first);
  facts_note_time (&station.first, &station.last, traffic->last);
  isth_activity_merge (&station.activity, &traffic->activity);
  set_station (self, row, &station);
}

/* Whether there is room for one more conversation; in one that is not @heard nobody said anything. */
static bool
has_conversation_room (IsthFacts *self,
                       bool       heard)
{
  if (self->tables[ISTH_TABLE_CONVERSATIONS].n >= self->max_conversations)
    {
      isth_facts_reach (self, ISTH_REACHED_FACTS, 1);
      return false;
    }
  if (!heard && self->shares.unheard >= scale (self->max_conversations, ISTH_LIMIT_UNHEARD, ISTH_LIMIT_FACTS))
    {
      isth_facts_reach (self, ISTH_REACHED_UNHEARD, 1);
      return false;
    }
  self->shares.unheard += !heard;
  return true;
}

static bool
is_swapped (IsthFacts         *self,
            const IsthTraffic *traffic,
            const uint32_t     stations[2])
{
  IsthStation a, b;

  if (traffic->proof != 0)
    return false;
  a = facts_get_station (self, stations[0]);
  b = facts_get_station (self, stations[1]);
  return compare_stations (&a, &b) > 0;
}

static bool
names_nobody (const IsthEndpoint *endpoint)
{
  return naming (&endpoint->mac).kind == ISTH_ADDRESS_NONE && naming (&endpoint->ip).kind == ISTH_ADDRESS_NONE;
}

/* No conversation has it: every frame counts somewhere. */
static void
count_unplaced (IsthFacts         *self,
                const IsthTraffic *traffic)
{
  bool unnamed = names_nobody (&traffic->endpoint[0]) || names_nobody (&traffic->endpoint[1]);

  isth_facts_count_unplaced (self, unnamed ? ISTH_UNPLACED_UNNAMED : ISTH_UNPLACED_NOT_KEPT, traffic->packets[0] + traffic->packets[1]);
}

static void
add_conversation (IsthFacts         *self,
                  const IsthTraffic *traffic,
                  const uint32_t     stations[2])
{
  IsthConversation key = {
    .protocol = isth_facts_need_word (self, traffic->protocol),
    .transport = traffic->transport,
    .proof = traffic->proof,
    .port = service_port (traffic),
    .first = ISTH_NO_TIME,
    .last = ISTH_NO_TIME,
  };
  bool swap = is_swapped (self, traffic, stations);
  IsthConversation *mine;
  uint32_t row;

  if (key.protocol == ISTH_NO_ROW)
    key.protocol = 0;
  key.client = stations[swap];
  key.server = stations[!swap];
  row = isth_facts_find_conversation (self, &key);
  if (row == ISTH_NO_ROW)
    {
      if (!has_conversation_room (self, (traffic->flags[0] | traffic->flags[1]) & ISTH_STATION_ANSWERED))
        {
          count_unplaced (self, traffic);
          return;
        }
      row = isth_facts_append_conversation (self, &key);
    }
  mine = isth_table_change (&self->tables[ISTH_TABLE_CONVERSATIONS], row);
  for (int i = 0; i < 2; i++)
    {
      mine->packets[i] += traffic->packets[i ^ swap];
      mine->bytes[i] += traffic->bytes[i ^ swap];
    }
  mine->flows++;
  facts_note_time (&mine->first, &mine->last, traffic->first);
  facts_note_time (&mine->first, &mine->last, traffic->last);
  isth_activity_merge (&mine->activity, &traffic->activity);
}

void
isth_facts_add_traffic (IsthFacts         *self,
                        const IsthTraffic *traffic)
{
  uint32_t stations[2];

  if (self->round == ISTH_ROUND_HELD)
    isth_facts_drop_provisional (self);
  for (int i = 0; i < 2; i++)
    {
      stations[i] = isth_facts_need_station (self, &traffic->endpoint[i], presence_of (traffic->flags[i]));
      if (stations[i] != ISTH_NOBODY)
        add_station_traffic (self, traffic, i, stations[i]);
    }
  if (stations[0] == ISTH_NOBODY || stations[1] == ISTH_NOBODY)
    {
      count_unplaced (self, traffic);
      return;
    }
  if (G_UNLIKELY (is_rest_of_connection (traffic)))
    {
      IsthTraffic rest = *traffic;

      rest.proof = 0;
      add_conversation (self, &rest, stations);
    }
  else
    add_conversation (self, traffic, stations);
  if (traffic->remote || traffic->rest)
    isth_facts_add_session (self, traffic, stations, is_swapped (self, traffic, stations));
}
