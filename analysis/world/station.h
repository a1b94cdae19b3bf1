/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An address pair of a capture, at length and as it is kept: a large network has hundreds of thousands of them, and each packet's look for one costs a cache
 * line of memory far away. */
#pragma once

#include "analysis/base/address.h"
#include "analysis/base/time.h"
#include "analysis/world/activity.h"

#define ISTH_NOBODY UINT32_MAX

typedef enum
{
  ISTH_STATION_SPOKE = 1 << 0,     /* sent at least one frame */
  ISTH_STATION_ANSWERED = 1 << 1,  /* … and that was more than a connection attempt or a question */
  ISTH_STATION_ADDRESSED = 1 << 2, /* somebody sent it payload, not only attempts to connect (SYN, ARP request, echo request) */
  ISTH_STATION_NAMED = 1 << 3,     /* a claim, binding or child is about it */
} IsthStationFlag;

/* One address pair, as source or target of frames or as the subject of a claim. (mac, ip, vlan, child) is unique. */
typedef struct
{
  IsthAddress mac, ip;
  uint16_t vlan;
  uint8_t flags;            /* IsthStationFlag bits */
  uint8_t ttl_min, ttl_max; /* of packets it sent; 0: none seen */
  uint32_t child;           /* string id of the child path; 0: the thing itself */
  uint32_t parent;          /* the station without child; ISTH_NOBODY for the thing itself */
  uint64_t packets_sent, packets_received, bytes_sent, bytes_received;
  int64_t first, last;
  uint64_t first_frame;     /* the first that it sent; 0: none */
  IsthActivity activity;
} IsthStation;

/**
 * IsthStationRow:
 * @more: 1 + the number of its IsthStationMore; 0: it has none, as most
 * @flags: as in IsthStation; @four, @six: the kind of its IP address
 * @count: low halves of packets_sent, packets_received, bytes_sent, bytes_received and first_frame
 * @bits, @shift: of the activity, which begins with @first unless @begun
 *
 * One cache line.
 */
typedef struct
{
  uint8_t mac[6];
  uint16_t vlan;
  uint8_t ip[4];            /* IPv4 */
  uint32_t more;
  uint32_t count[5];
  uint8_t flags : 4;
  uint8_t linked : 1;       /* has a MAC */
  uint8_t four : 1, six : 1;
  uint8_t begun : 1;
  uint8_t ttl_min, ttl_max;
  uint8_t shift;
  int64_t first, last;
  uint64_t bits;
} IsthStationRow;

G_STATIC_ASSERT (sizeof (IsthStationRow) == 64);

/* What few have: IPv6 addresses, children, more packets than 32 bits count, activity that does not begin with the first time. */
typedef struct
{
  uint8_t ip[16];
  uint32_t child, parent;
  uint32_t high[5];         /* of IsthStationRow.count */
  int64_t start;            /* of the activity */
} IsthStationMore;

static inline uint64_t
isth_station_count (const IsthStationRow  *row,
                    const IsthStationMore *more,
                    int                    i)
{
  return row->count[i] | (more ? (uint64_t) more->high[i] << 32 : 0);
}

/* @mores: of the table that @row is in. What is not looked at of the result is not made. */
static inline IsthStation
isth_station_unpack (const IsthStationRow  *row,
                     const IsthStationMore *mores)
{
  const IsthStationMore *more = row->more ? &mores[row->more - 1] : NULL;
  IsthStation self = {
    .vlan = row->vlan,
    .flags = row->flags,
    .ttl_min = row->ttl_min,
    .ttl_max = row->ttl_max,
    .child = more ? more->child : 0,
    .parent = more ? more->parent : ISTH_NOBODY,
    .packets_sent = isth_station_count (row, more, 0),
    .packets_received = isth_station_count (row, more, 1),
    .bytes_sent = isth_station_count (row, more, 2),
    .bytes_received = isth_station_count (row, more, 3),
    .first_frame = isth_station_count (row, more, 4),
    .first = row->first,
    .last = row->last,
  };

  if (row->linked)
    self.mac = isth_address_mac (row->mac);
  if (row->four)
    self.ip = isth_address_ipv4 (row->ip);
  else if (row->six)
    self.ip = isth_address_ipv6 (more->ip);
  if (row->bits)
    self.activity = (IsthActivity) { .bits = row->bits, .start = row->begun ? more->start : row->first >> row->shift, .shift = row->shift };
  return self;
}
