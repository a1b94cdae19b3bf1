/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which dissector reads a payload: chosen by content for each flow, fed PDU by PDU, its words passed on to a sink. */
#pragma once

#include "analysis/dissectors/dissector.h"
#include "analysis/flow/flow.h"

typedef struct _IsthDispatch IsthDispatch;
typedef struct _IsthFlowExtra IsthFlowExtra;

/* What dispatcher and pipeline keep in IsthFlow.owner. */
typedef struct
{
  IsthFlowExtra *extra;    /* states and waiting requests; NULL while there are none */
  uint32_t dissector : 10; /* 1 + index into isth_dissectors of the one chosen; 0: none yet */
  uint32_t innermost : 10; /* the same for the deepest layer that read something */
  uint32_t depth : 4;      /* of innermost */
  uint32_t probed : 4;     /* payloads looked at without success */
  uint32_t failures : 3;   /* PDUs in a row that it did not understand */
  uint32_t read : 1;       /* the chosen one has read a PDU */
  uint8_t flags[2];        /* IsthStationFlag bits of A and B, by the pipeline */
  uint8_t looks : 7;       /* payloads that nobody reads and that it showed to libndpi; ISTH_LIMIT_PROBES: enough */
  uint8_t lossy : 1;       /* bytes of its streams are missing, and it counts among IsthStreamPool.lossy */
  uint8_t remote;          /* what was said in it makes it a connection of remote access, by that protocol: isth_remote_find() */
} IsthFlowOwner;

_Static_assert (sizeof (IsthFlowOwner) <= ISTH_FLOW_OWNER_SIZE, "IsthFlow.owner is too small");

static inline IsthFlowOwner *
isth_flow_get_owner (IsthFlow *flow)
{
  return (IsthFlowOwner *) flow->owner;
}

/* @sink: copied; its observe is called during isth_dispatch_packet() and isth_dispatch_finish(). */
IsthDispatch *isth_dispatch_new (const IsthSink *sink);
void isth_dispatch_free (IsthDispatch *self);
void isth_dispatch_set_sink (IsthDispatch *self, const IsthSink *sink);

/* Until told otherwise: packets are copies of others. What they say of devices is said, what is done by them is not counted again. */
void isth_dispatch_set_copy (IsthDispatch *self, bool copy);

/* Feeds @packet, which belongs to @flow, to the dissector of its flow. @pool: of the flow table. */
void isth_dispatch_packet (IsthDispatch *self, IsthFlow *flow, IsthStreamPool *pool, const IsthPacket *packet);

#define ISTH_DISPATCH_NEAR 384 /* bytes: what most packets need of it */

/* Brings near what is remembered of @flow, one whose packet comes soon; its memory may meanwhile be that of another. */
static inline void
isth_dispatch_prefetch (const IsthFlow *flow)
{
  const char *extra = (const char *) ((const IsthFlowOwner *) flow->owner)->extra;

  if (extra)
    for (int at = 0; at < ISTH_DISPATCH_NEAR; at += 64)
      __builtin_prefetch (extra + at, 1);
}

/* The flow has long been silent: of datagrams, forgets what was remembered for the next ones. */
void isth_dispatch_forget (IsthDispatch *self, IsthFlow *flow);

/* The flow ends: reads what waits behind gaps and frees what was kept of it. */
void isth_dispatch_finish (IsthDispatch *self, IsthFlow *flow, IsthStreamPool *pool);

/* The id of the flow's protocol (the innermost one that read something), or NULL. */
const char *isth_flow_get_protocol (const IsthFlow *flow);

/* The id of the protocol by which the flow is one of remote access, or NULL. */
const char *isth_flow_get_remote (const IsthDispatch *self, const IsthFlow *flow);

/* One PDU straight into one dissector: for tests and fuzzers. */
IsthDissectResult isth_dispatch_pdu (IsthDispatch *self, const IsthDissector *dissector, IsthFlow *flow, const IsthPacket *packet, IsthCursor *pdu);

/* How many PDUs of isth_dissectors[@index] contradicted themselves since the last reset. */
uint64_t isth_dispatch_get_malformed (const IsthDispatch *self, size_t index);
size_t isth_dispatch_get_n_dissectors (const IsthDispatch *self);
uint64_t isth_dispatch_get_forgotten (const IsthDispatch *self); /* requests given up for want of room */
uint64_t isth_dispatch_get_given_up (const IsthDispatch *self); /* flows of which all that was remembered was */
void isth_dispatch_reset_counts (IsthDispatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthDispatch, isth_dispatch_free)
