/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The computer that recorded, which talks to itself over loopback addresses, and who it is.
 *
 * A loopback address without a MAC is the computer that recorded. Where one host address of that capture talked to itself, without a MAC, it is that
 * host. Otherwise it is an asset of that capture's own where most packets are those of loopback, or where it says something of itself; else it is noise,
 * and the computer is there under its real addresses. */
#include "analysis/world/resolve.h"

bool
isth_station_is_recorder (const IsthStation *row)
{
  return isth_address_is_loopback (&row->ip) && !isth_address_is_host (&row->mac);
}

static bool
is_recorder (const IsthResolve *self,
             const IsthResolveStation *station)
{
  IsthStation row = isth_resolve_row (self, station);

  return isth_station_is_recorder (&row);
}

static bool
says_of_itself (const IsthResolve *self,
                uint32_t c)
{
  const IsthFactsView *view = &self->captures[c].view;

  for (uint32_t i = 0; i < view->n_claims; i++)
    if (view->claims[i].confidence >= ISTH_CONFIDENCE_BANNER && is_recorder (self, isth_resolve_station (self, c, view->claims[i].station)))
      return true;
  return false;
}

static IsthAddress
find_own_address (const IsthResolve *self,
                  uint32_t c)
{
  const IsthFactsView *view = &self->captures[c].view;
  const IsthAddress none = { 0 };
  IsthAddress own = none;

  for (uint32_t i = 0; i < view->n_conversations; i++)
    {
      IsthStation row;

      if (view->conversations[i].client != view->conversations[i].server)
        continue;
      row = isth_resolve_row (self, isth_resolve_station (self, c, view->conversations[i].client));
      if (!isth_address_is_host (&row.ip) || isth_address_is_host (&row.mac))
        continue;
      if (own.kind != ISTH_ADDRESS_NONE && !isth_address_equal (&own, &row.ip))
        return none;
      own = row.ip;
    }
  return own;
}

IsthRecorder *
isth_resolve_find_recorders (const IsthResolve *self)
{
  g_autofree uint64_t *others = g_new0 (uint64_t, MAX (self->n_captures, 1));
  g_autofree uint64_t *own = g_new0 (uint64_t, MAX (self->n_captures, 1));
  g_autofree bool *any = g_new0 (bool, MAX (self->n_captures, 1));
  IsthRecorder *recorders = g_new0 (IsthRecorder, MAX (self->n_captures, 1));

  for (uint32_t i = 0; i < self->n_stations; i++)
    {
      IsthStation row = isth_resolve_row (self, &self->stations[i]);
      bool recorder = isth_station_is_recorder (&row);

      if (recorder)
        own[self->stations[i].capture] += row.packets_sent;
      else
        others[self->stations[i].capture] += row.packets_sent;
      any[self->stations[i].capture] |= recorder;
    }
  for (uint32_t c = 0; c < self->n_captures; c++)
    if (any[c])
      recorders[c] = (IsthRecorder){ own[c] > others[c] || says_of_itself (self, c), find_own_address (self, c) };
  return recorders;
}

/* The number of @ip, a loopback address of @capture. ::1 is the same computer as 127.0.0.1. */
static uint32_t
number_loopback (IsthResolve *self,
                 const IsthResolveCapture *capture,
                 const IsthAddress *ip)
{
  static const uint8_t one[4] = { 127, 0, 0, 1 };
  IsthAddress key = isth_address_scoped_loopback (ip->kind == ISTH_ADDRESS_IPV4 ? ip->bytes : one, capture->about->fingerprint);

  return isth_index_add (&self->ips, &key);
}

uint32_t
isth_resolve_recorder (IsthResolve *self,
                       uint32_t capture,
                       const IsthRecorder *recorder,
                       const IsthAddress *ip)
{
  if (recorder->own.kind != ISTH_ADDRESS_NONE)
    return isth_index_add (&self->ips, &recorder->own);
  return recorder->asset ? number_loopback (self, &self->captures[capture], ip) : ISTH_NONE;
}
