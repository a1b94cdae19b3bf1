/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations: one entry for both directions of a pair of addresses and ports, found by hash. */
#pragma once

#include <glib.h>

#include "analysis/decode/packet.h"
#include "analysis/flow/stream.h"

/* Who asked: known from a handshake or from what a protocol said, never from port numbers. */
typedef enum
{
  ISTH_CLIENT_UNKNOWN,
  ISTH_CLIENT_A,
  ISTH_CLIENT_B,
} IsthClient;

typedef enum
{
  ISTH_PROOF_NONE,
  ISTH_PROOF_FIRST,     /* only: spoke first, as far as the capture shows */
  ISTH_PROOF_HANDSHAKE, /* SYN or SYN+ACK seen */
  ISTH_PROOF_PROTOCOL,  /* a dissector told request from response */
} IsthProof;

/* Direction-free: the smaller (address, port) is A. IP flows use the innermost IP addresses; frames without IP are keyed by
 * MAC addresses, their EtherType in both ports. */
typedef struct
{
  IsthAddress address[2]; /* A, B */
  uint16_t port[2];
  uint16_t vlan;          /* innermost, 0 untagged */
  uint8_t protocol;       /* IP protocol number; 0 for frames without IP */
  uint8_t layer;          /* IsthLayer */
} IsthFlowKey;

/* Counters of one side; index 0 is A. */
typedef struct
{
  uint64_t packets; /* sent by this side */
  uint64_t bytes;   /* whole frames, on the wire */
} IsthFlowCount;

#define ISTH_FLOW_OWNER_SIZE 96 /* bytes that the layer above keeps in each flow, zeroed when it is new */

/**
 * IsthFlow:
 *
 * @side of the packet last looked up: 0 when A sent it. @mac are those last seen beside each side's address (kind NONE when
 * MAC and IP were never on one segment). @owner belongs to the dispatcher.
 */
typedef struct
{
  IsthFlowKey key;
  IsthFlowCount count[2];
  int64_t first, last;      /* ns; ISTH_NO_TIME when no packet had a time */
  uint64_t id;              /* rising number of the flow in this run */
  uint8_t client;           /* IsthClient */
  uint8_t proof;            /* IsthProof */
  uint8_t side;
  uint8_t closed;           /* bit per side: FIN seen; 4: RST */
  uint8_t ttl_min[2], ttl_max[2];
  IsthAddress mac[2];
  IsthStream stream[2];     /* of the bytes sent by A, by B; TCP only */
  uint64_t owner[ISTH_FLOW_OWNER_SIZE / 8];
} IsthFlow;

typedef struct _IsthFlowTable IsthFlowTable;

/* @finish is called for each flow that leaves the table (ceiling reached, reset, free, or a new connection on the same
 * ports), while it is still whole. */
typedef void (*IsthFlowFinish) (IsthFlow *flow, gpointer user_data);

IsthFlowTable *isth_flow_table_new (IsthFlowFinish finish, gpointer user_data);
void isth_flow_table_free (IsthFlowTable *self);

/**
 * isth_flow_table_add:
 *
 * Counts @packet in its flow and returns that, side set; NULL for a packet that belongs to no flow (no addresses at all,
 * or a fragment that completed nothing). A SYN with a new sequence number on a closed connection finishes the old flow and starts another.
 * The pointer is good until the next call of add, reset or free.
 */
IsthFlow *isth_flow_table_add (IsthFlowTable *self, const IsthPacket *packet);

/* Brings the hash bucket of @packet near before isth_flow_table_add(): for packets in batches. */
void isth_flow_table_prefetch (IsthFlowTable *self, const IsthPacket *packet);

/* Finishes all flows in order of their ids. Called between captures. */
void isth_flow_table_reset (IsthFlowTable *self);

typedef void (*IsthFlowVisit) (IsthFlow *flow, gpointer user_data);

/* All live flows in order of their ids. */
void isth_flow_table_foreach (IsthFlowTable *self, IsthFlowVisit visit, gpointer user_data);

IsthStreamPool *isth_flow_table_get_pool (IsthFlowTable *self);
const uint64_t *isth_flow_table_get_limits (const IsthFlowTable *self); /* array of ISTH_N_REACHED, the pool's not included */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthFlowTable, isth_flow_table_free)
