/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations: one entry for both directions of a pair of addresses and ports, found by hash. */
#pragma once

#include <glib.h>

#include "analysis/base/hash.h"
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

#define ISTH_FLOW_OWNER_SIZE 16 /* bytes that the layer above keeps in each flow, zeroed when it is new */
#define ISTH_FLOW_ACTIVE_SHIFT 30 /* ns in the finest bucket of activity, as a power of two */

/**
 * IsthFlow:
 *
 * A flow as the table keeps it, in two cache lines; isth_flow_describe() says it at length. What is seldom needed lies apart,
 * and with its share of the slots a flow takes at most 184 bytes (IPv6: 200), besides what waits in its streams.
 * @side: of the packet last looked up: 0 when A sent it
 * @owner: belongs to the dispatcher
 */
typedef struct
{
  uint64_t address[2];      /* MAC or IPv4 address, or the last half of an IPv6 address */
  uint64_t rest;            /* of the key */
  int64_t first, last;      /* ns; ISTH_NO_TIME when no packet had a time */
  uint32_t packets[2];      /* their low 32 bits */
  uint64_t volume[2];       /* bytes; the upper bits count on where @packets ends */

  uint32_t used;            /* when a packet was last counted, by the clock of the table */
  uint32_t stream_next[2];
  uint32_t mac_head[2];
  uint16_t mac_tail[2];
  uint8_t ttl_min[2], ttl_max[2];
  uint8_t client : 2;       /* IsthClient */
  uint8_t proof : 2;        /* IsthProof */
  uint8_t side : 1;
  uint8_t closed : 3;       /* bit per side: FIN seen; 4: RST */
  uint8_t place;            /* in its chunk */
  uint16_t active_shift : 6;
  uint16_t mac_known : 2;   /* a bit per side, as in all of these */
  uint16_t initial_known : 2;
  uint16_t stream_gap : 2;
  uint16_t stream_state : 4; /* two bits a side */
  uint64_t active;          /* buckets with packets, the first is that of @first; empty: no packet had a time */
  IsthStreamBuffer *waiting; /* of both streams; NULL while nothing waits */
  uint64_t owner[ISTH_FLOW_OWNER_SIZE / 8];
} IsthFlow;

/**
 * IsthFlowRecord:
 *
 * All about a flow in the usual types. @mac are those last seen beside each side's address (kind NONE when MAC and IP were
 * never on one segment). @first_frame of each side is the number of the first frame that it sent; 0: none. @active: bucket i
 * covers the 2^@active_shift ns from ((@first >> @active_shift) + i) << @active_shift on, and is set when there were packets.
 */
typedef struct
{
  IsthFlowKey key;
  IsthAddress mac[2];
  IsthFlowCount count[2];
  int64_t first, last;
  uint64_t first_frame[2];
  uint64_t active;
  uint8_t active_shift;
  uint8_t client, proof, closed;
  bool begun;              /* of TCP: a SYN was seen */
  uint8_t ttl_min[2], ttl_max[2];
} IsthFlowRecord;

/* What a packet says about its flow: made once, where the packet is still near. */
typedef struct
{
  uint64_t rest;       /* as in IsthFlow, and so is @address */
  uint64_t address[2];
  uint32_t hash;
  uint8_t side;        /* 0: A sent it */
  bool none;           /* the packet belongs to no flow */
  bool plain;          /* as IsthPacket has it, at a time that is known, and it neither opens nor closes anything: such a packet is just counted */
} IsthFlowProbe;

void isth_flow_probe_init (IsthFlowProbe *self, const IsthPacket *packet);

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
 * or a fragment that waits for others). A SYN with a new sequence number on a closed connection finishes the old flow and starts another.
 * The pointer is good until the next call of add, reset or free.
 *
 * A full table first finishes flows that look like a scan: a few packets that nobody answered; then those that were idle longest.
 */
IsthFlow *isth_flow_table_add (IsthFlowTable *self, const IsthPacket *packet, const IsthFlowProbe *probe);

/* For packets in batches: the first brings the slot of a flow near, the second, some packets later, the flow that it most likely is (NULL: none yet),
 * with which the packet is then added. A flow that was finished since is no harm. */
void isth_flow_table_prefetch_slot (const IsthFlowTable *self, const IsthFlowProbe *probe);
IsthFlow *isth_flow_table_prefetch_flow (const IsthFlowTable *self, const IsthFlowProbe *probe);
IsthFlow *isth_flow_table_add_expected (IsthFlowTable *self, const IsthPacket *packet, const IsthFlowProbe *probe, IsthFlow *expected);

typedef void (*IsthFlowVisit) (IsthFlow *flow, gpointer user_data);

/* Finishes flows that at @now, a time of the capture, have been silent for longer than ISTH_LIMIT_IDLE; those that were closed, ISTH_LIMIT_IDLE_CLOSED;
 * connections asked for in vain, ISTH_LIMIT_SILENT. Other flows that fell silent for so long soon after they began are told to @silent, once each.
 * What it finishes depends on where between two packets it is called: so call it where the packets themselves say; now and then, as it looks at few
 * flows, and at all of them but a few times a day. */
void isth_flow_table_finish_idle (IsthFlowTable *self, int64_t now, IsthFlowVisit silent, gpointer user_data);

/* Finishes all flows in the order in which they began. Called between captures. */
void isth_flow_table_reset (IsthFlowTable *self);

/* All live flows in the order in which they began. */
void isth_flow_table_foreach (IsthFlowTable *self, IsthFlowVisit visit, gpointer user_data);

IsthStreamPool *isth_flow_table_get_pool (IsthFlowTable *self);
const uint64_t *isth_flow_table_get_limits (const IsthFlowTable *self); /* array of ISTH_N_REACHED, the pool's not included */

/* @flow must be one of a table. */
void isth_flow_describe (const IsthFlow *flow, IsthFlowRecord *record);

/* The stream of the bytes sent by @side, to be put back after use; TCP only. */
void isth_flow_take_stream (IsthFlow *flow, uint8_t side, IsthStream *stream);
void isth_flow_put_stream (IsthFlow *flow, uint8_t side, const IsthStream *stream);

/* Whether the sender's segment in @packet brings the very next bytes, all captured, of a stream in which nothing is open: no gap, no end, nothing that
 * waits. Then they can be read where they lie; what was read is told to isth_flow_step_over() when it was all, else the stream is taken as ever. */
bool isth_flow_is_smooth (const IsthFlow *flow, const IsthPacket *packet);

/* Whether both ends said that they are done, and all before was read: nothing more can come, but for nonsense. */
bool isth_flow_is_over (const IsthFlow *flow);

/* What a segment without payload says of its sender's stream while nothing waits in the flow: where it begins, where it ends. As isth_stream_feed(). */
void isth_flow_note_edge (IsthFlow *flow, const IsthPacket *packet);

static inline void
isth_flow_step_over (IsthFlow *flow,
                     uint32_t n)
{
  flow->stream_next[flow->side] += n;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthFlowTable, isth_flow_table_free)
