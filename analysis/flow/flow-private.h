/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table (flow.c) and the single flow (flow-entry.c) share, and tables with a ceiling of their own, so that tests can
 * reach it. Private to flow/ and its tests. */
#pragma once

#include "analysis/flow/flow.h"

#define ISTH_FLOW_CHUNK 256 /* IsthFlow.place counts to it */

/* What is seldom needed of a flow. */
typedef struct
{
  uint32_t previous, next;   /* in the order in which they began; next also chains the free ones */
  uint32_t initial[2];       /* sequence number of each side's SYN */
  uint32_t stream_end[2];
  uint32_t first_frame[2];
  uint16_t first_frame_high[2];
} IsthFlowRest;

/* The first halves of two IPv6 addresses. */
typedef struct
{
  uint64_t address[2];
} IsthFlowHigh;

/* Flows never move. @high is made with the first IPv6 flow of a chunk. */
typedef struct
{
  IsthFlow flows[ISTH_FLOW_CHUNK];
  IsthFlowRest rests[ISTH_FLOW_CHUNK];
  IsthFlowHigh *high;
} IsthFlowChunk;

typedef struct
{
  uint32_t hash;
  uint32_t index; /* UINT32_MAX: empty */
} IsthFlowSlot;

#define ISTH_FLOW_CACHE_LINE 64
#define ISTH_FLOW_LEAST_FULL 40 /* percent of the slots that are taken right after growing … */
#define ISTH_FLOW_MOST_FULL 80  /* … and right before */

G_STATIC_ASSERT (sizeof (IsthFlow) == 2 * ISTH_FLOW_CACHE_LINE);
G_STATIC_ASSERT (sizeof (IsthFlow) + sizeof (IsthFlowRest) + 100 * sizeof (IsthFlowSlot) / ISTH_FLOW_LEAST_FULL <= 184);
G_STATIC_ASSERT (sizeof (IsthFlow) + sizeof (IsthFlowRest) + sizeof (IsthFlowHigh) + 100 * sizeof (IsthFlowSlot) / ISTH_FLOW_LEAST_FULL
                 <= 200);

static inline IsthFlowChunk *
isth_flow_get_chunk (const IsthFlow *flow)
{
  return (IsthFlowChunk *) (gpointer) (flow - flow->place);
}

static inline IsthFlowRest *
isth_flow_get_rest (const IsthFlow *flow)
{
  return &isth_flow_get_chunk (flow)->rests[flow->place];
}

/* What is in IsthFlow.rest. */
static inline uint64_t
isth_flow_key_rest (uint16_t        a,
                    uint16_t        b,
                    uint16_t        vlan,
                    uint8_t         protocol,
                    uint8_t         layer,
                    IsthAddressKind kind_a,
                    IsthAddressKind kind_b)
{
  return (uint64_t) a | (uint64_t) b << 16 | (uint64_t) vlan << 32 | (uint64_t) protocol << 48 | (uint64_t) layer << 56
         | (uint64_t) kind_a << 59 | (uint64_t) kind_b << 61;
}

static inline IsthAddressKind
isth_flow_key_kind (uint64_t rest,
                    int      side)
{
  return (IsthAddressKind) (rest >> (side == 0 ? 59 : 61) & 3);
}

/* Counts @packet, which @side sent; flow-entry.c. */
void isth_flow_count (IsthFlow *flow, const IsthPacket *packet, uint8_t side);

/* The same, and all else that one that is plain (IsthFlowProbe) does to a flow that is running; false, and nothing is done, when this flow needs more. */
bool isth_flow_count_plain (IsthFlow *flow, const IsthPacket *packet, uint8_t side);

/* Who asked, as far as @packet proves it; TCP and UDP only. */
void isth_flow_prove_client (IsthFlow *flow, const IsthPacket *packet, uint8_t side);

/* Whether a segment with a SYN opens another connection on the ports of @flow, and is not a copy of one that it saw. */
bool isth_flow_is_reused (const IsthFlow *flow, const IsthPacket *packet, uint8_t side);

/* Frees what waits in its streams. */
void isth_flow_clear (IsthFlow *flow, IsthStreamPool *pool);

uint32_t isth_flow_hash (const uint64_t address[2], const uint64_t high[2], uint64_t rest);

IsthFlowTable *isth_flow_table_new_sized (uint32_t max_flows, IsthFlowFinish finish, gpointer user_data);
