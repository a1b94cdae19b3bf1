/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that one capture said, folded, before anybody decides what is one asset. Facts of different captures never mix: the
 * world is a function of the set of them, so their order cannot matter, and a project can drop or re-read one capture. */
#pragma once

#include <glib.h>

#include "analysis/base/limits.h"
#include "analysis/base/offsets.h"
#include "analysis/world/cycle.h"
#include "analysis/world/observation.h"
#include "analysis/world/station.h"

/* The order of evidence: earliest time, then frame, then offset. Strings and bytes are ids into the facts. */
typedef struct
{
  uint64_t frame;
  int64_t time;
  uint32_t offset, length;
  uint32_t bytes;
} IsthFactEvidence;

/* Traffic of two stations in one protocol and service. (client, server, protocol, transport, port, proof) is unique. */
typedef struct
{
  uint32_t client, server;   /* stations; with proof NONE merely ordered by address */
  uint32_t protocol;         /* string id of the dissector; 0: not known */
  uint8_t transport;         /* IP protocol number; 0: no IP */
  uint8_t proof;             /* 0 none, 1 spoke first, 2 handshake, 3 protocol: as IsthProof of flow.h */
  uint16_t port;             /* of the server (EtherType when there is no IP); 0 when nobody can tell */
  uint64_t packets[2], bytes[2]; /* by the client, by the server */
  uint64_t flows;
  int64_t first, last;
  IsthActivity activity;
} IsthConversation;

/* (station, attribute, value, protocol) is unique; the confidence is the highest given. */
typedef struct
{
  uint32_t station;
  uint32_t value;            /* string id */
  uint32_t protocol;         /* string id */
  uint8_t attribute;         /* IsthAttribute */
  uint8_t confidence;
  uint64_t count;
  int64_t last;
  IsthFactEvidence evidence; /* the first */
} IsthFactClaim;

typedef struct
{
  uint32_t station; /* with mac and ip */
  uint32_t protocol;
  uint64_t count;
  int64_t last;
  IsthFactEvidence evidence;
} IsthFactBinding;

typedef struct
{
  uint32_t station;
  uint32_t role;     /* string id */
  uint32_t protocol;
  uint64_t count;
  IsthFactEvidence evidence;
} IsthFactRole;

typedef struct
{
  uint32_t station, other;
  uint32_t port;     /* string id of station's port, 0 unknown */
  uint32_t protocol;
  uint64_t count;
  int64_t last;
  IsthFactEvidence evidence; /* the first */
} IsthFactNeighbour;

/* (client, server, protocol, verb, function, name, object) is unique. A row with count 0 is dead: it was folded into another one
 * and keeps only its number. Its events, if any, are dead too. */
typedef struct
{
  /* What each further operation changes or looks at, side by side … */
  uint32_t client, server;
  uint8_t verb;
  bool folded;       /* stands for all objects of its function: there were more than ISTH_LIMIT_OBJECTS */
  uint32_t events;   /* kept single rows */
  uint64_t count, ok, refused;
  int64_t first, last;
  IsthCycle cycle;   /* as it was captured; of rows with one object only */
  /* … and what stays. */
  uint32_t protocol, name, object; /* string ids */
  int64_t function;  /* -1: none */
  IsthFactEvidence evidence;
} IsthFactOperation;

/* One notable operation. Kept are the first ISTH_LIMIT_EVENTS of each IsthFactOperation. */
typedef struct
{
  uint32_t operation; /* index */
  uint32_t text;      /* of the outcome, string id */
  uint8_t outcome;    /* IsthOutcome */
  IsthFactEvidence evidence;
} IsthFactEvent;

/* One transfer of a program, firmware or file: each is a row of its own, in the order of their first steps. */
typedef struct
{
  uint32_t client, server;   /* who asked for it, the device */
  uint32_t protocol, object; /* string ids */
  uint32_t text;             /* why it was broken off, string id */
  uint8_t verb;              /* IsthOp */
  uint8_t state;             /* IsthTransferState */
  bool begun;                /* its beginning was seen */
  uint64_t match;
  uint64_t steps, bytes, total;
  int64_t first, last;
  IsthFactEvidence evidence; /* of its first step */
} IsthFactTransfer;

/* One connection of remote access, or one that may be the rest of one: each is a row of its own, in the order in which they ended. */
typedef struct
{
  uint32_t client, server;    /* stations; with proof NONE merely ordered by address */
  uint32_t protocol;          /* string id: the one that makes it a session; 0: the rest of one, if of anything */
  uint32_t inner;             /* string id: the innermost that was read in it, most often the same; 0: nothing was */
  uint16_t port[2];           /* of the client, of the server */
  uint8_t transport, proof;   /* as in IsthConversation */
  uint8_t closed;             /* who said that it ends: bit 0 the client, bit 1 the server, bit 2 it was reset; bit 3: its beginning was seen */
  uint64_t packets[2], bytes[2];
  int64_t first, last;
  IsthActivity activity;
  IsthFactEvidence evidence;  /* its first frame, as a whole */
} IsthFactSession;

/* What was said in one of these. All but @last and @evidence together is unique: of two connections on the same ports, both of which say it, it is the
 * same row. */
typedef struct
{
  uint32_t about, other;      /* stations */
  uint32_t protocol, text;    /* string ids */
  uint16_t port[2];           /* of about, of other */
  uint8_t transport;
  uint8_t kind;               /* IsthRemarkKind */
  int64_t last;               /* when it was said again */
  IsthFactEvidence evidence;
} IsthFactRemark;

/* What the capture itself was; filled in by the engine. Strings owned. */
typedef struct
{
  char *path, *sha256, *format;
  uint64_t fingerprint;       /* names the content before sha256 is known */
  uint64_t size, frames, bytes, cut_frames, dropped, damaged;
  bool dropped_known, truncated;
  bool complete;              /* read to its end; otherwise cancelled, or the program ended */
  int64_t first, last;        /* ISTH_NO_TIME of base/time.h when there is none */
  char **link_types;          /* names, NULL-ended */
  char **notes;               /* sentences, NULL-ended */
  IsthOffsets *offsets;       /* where its parts lie, once it was read; NULL: not known, or one cannot jump in it */
} IsthFactCapture;

/* A named count of the health figures: "not-decoded", "malformed", "limit", "gap" (of TCP: bytes "lost", those of them that came
 * "late", "connections"), "frames" (of no conversation: "unnamed", "not-kept"; "copies"). (group, what) is unique. */
typedef struct
{
  uint32_t group, what;       /* string ids */
  uint64_t count;
} IsthFactHealth;

typedef struct _IsthFacts IsthFacts;

/* What a conversation costs, as a station (station.h) with the four bytes of its hash and up to 16 of its slots. */
G_STATIC_ASSERT (sizeof (IsthConversation) <= 88);

/* Counted; changed by the engine thread only. */
IsthFacts *isth_facts_new (void);

/* With smaller ceilings than ISTH_LIMIT_STATIONS and, for conversations, ISTH_LIMIT_FACTS: for tests. */
IsthFacts *isth_facts_new_sized (uint32_t max_stations, uint32_t max_conversations);
IsthFacts *isth_facts_ref (IsthFacts *self);
void isth_facts_unref (IsthFacts *self);

IsthFactCapture *isth_facts_get_capture (IsthFacts *self);
void isth_fact_capture_clear (IsthFactCapture *self);

/* The station of @endpoint, or ISTH_NOBODY when there is none. */
uint32_t isth_facts_find_endpoint (const IsthFacts *self, const IsthEndpoint *endpoint);

/**
 * IsthTraffic: what one flow saw; added once, when the flow is finished (or provisionally, see below).
 * @endpoint: [0] the client when @proof says so; otherwise any order
 * @rest: no session by itself, but perhaps the rest of one that began in another capture
 */
typedef struct
{
  IsthEndpoint endpoint[2];
  const char *protocol; /* static id or NULL */
  uint8_t transport, proof;
  uint16_t port[2];
  uint64_t packets[2], bytes[2];
  uint8_t ttl_min[2], ttl_max[2];
  uint8_t flags[2];     /* IsthStationFlag bits to set */
  uint8_t closed;       /* as in IsthFactSession */
  const char *remote;   /* static id of the protocol that makes it a session; NULL: it is none */
  bool rest;
  uint64_t first_frame[2]; /* of those that each side sent; 0: none */
  int64_t first, last;
  IsthActivity activity;
} IsthTraffic;

void isth_facts_add_traffic (IsthFacts *self, const IsthTraffic *traffic);

/* For traffic that will be added soon: the first brings near where its stations are found, the second, some traffic later, the stations. */
void isth_facts_prefetch_slots (const IsthFacts *self, const IsthTraffic *traffic);
void isth_facts_prefetch_stations (const IsthFacts *self, const IsthTraffic *traffic);

/* Live flows change their protocol and direction until they end. So each snapshot of a running analysis calls begin, adds all live
 * flows, and end; begin takes back all that the last round added, and so does the next thing said after end. Nothing provisional
 * is ever stored. */
void isth_facts_begin_provisional (IsthFacts *self);
void isth_facts_end_provisional (IsthFacts *self);
void isth_facts_drop_provisional (IsthFacts *self);

/* An IsthSink's functions (user_data is the IsthFacts). */
uint64_t isth_facts_observe (const IsthObservation *observation, void *user_data);
uint64_t isth_facts_observe_again (uint64_t key, const IsthEvidence *evidence, void *user_data);
uint64_t isth_facts_observe_again_of (uint64_t group, uint64_t key, const IsthEvidence *evidence, void *user_data);
void isth_facts_answer (uint64_t ticket, IsthOutcome result, const char *text, void *user_data);
void isth_facts_remark (const IsthRemark *remark, void *user_data);

/* @n more of @what (both copied) in a group of the health figures: "not-decoded", "malformed", "limit", "gap" …; see IsthHealth. */
void isth_facts_count_health (IsthFacts *self, const char *group, const char *what, uint64_t n);
IsthHistogram *isth_facts_get_histogram (IsthFacts *self);

/* Read-only views; the arrays are good until the next change. With provisional rows from end to
 * drop or the next change. */
typedef struct
{
  const IsthStationRow *stations; /* see isth_facts_view_station() */
  const IsthStationMore *stations_more;
  uint32_t n_stations;
  const IsthConversation *conversations;
  uint32_t n_conversations;
  const IsthFactClaim *claims;
  uint32_t n_claims;
  const IsthFactBinding *bindings;
  uint32_t n_bindings;
  const IsthFactRole *roles;
  uint32_t n_roles;
  const IsthFactNeighbour *neighbours;
  uint32_t n_neighbours;
  const IsthFactOperation *operations;
  uint32_t n_operations;
  const IsthFactEvent *events;
  uint32_t n_events;
  const IsthFactTransfer *transfers;
  uint32_t n_transfers;
  const IsthFactSession *sessions;
  uint32_t n_sessions;
  const IsthFactRemark *remarks;
  uint32_t n_remarks;
  const IsthFactHealth *health;
  uint32_t n_health;
  uint32_t n_strings;
  uint32_t n_blobs;
} IsthFactsView;

IsthFactsView isth_facts_view (const IsthFacts *self);

static inline IsthStation
isth_facts_view_station (const IsthFactsView *self,
                         uint32_t             row)
{
  return isth_station_unpack (&self->stations[row], self->stations_more);
}

const char *isth_facts_string (const IsthFacts *self, uint32_t id); /* "" for 0 */
const uint8_t *isth_facts_bytes (const IsthFacts *self, uint32_t id, uint32_t *n);

/* Which rows changed since isth_facts_clear_dirty(): one bit a row. Strings and bytes only grow: those from the saved number on are new. */
typedef enum
{
  ISTH_TABLE_STATIONS,
  ISTH_TABLE_CONVERSATIONS,
  ISTH_TABLE_CLAIMS,
  ISTH_TABLE_BINDINGS,
  ISTH_TABLE_ROLES,
  ISTH_TABLE_NEIGHBOURS,
  ISTH_TABLE_OPERATIONS,
  ISTH_TABLE_EVENTS,
  ISTH_TABLE_TRANSFERS,
  ISTH_TABLE_SESSIONS,
  ISTH_TABLE_REMARKS,
  ISTH_TABLE_HEALTH,
  ISTH_N_TABLES,
} IsthFactsTable;

bool isth_facts_is_dirty (const IsthFacts *self, IsthFactsTable table, uint32_t row);
bool isth_facts_any_dirty (const IsthFacts *self, IsthFactsTable table, uint32_t from, uint32_t to); /* of the rows [@from, @to) */
void isth_facts_clear_dirty (IsthFacts *self);

/* For who will only look at what is there: keeps the rows, but not what they are found and changed by. Then nothing can be added, loaded or found. */
void isth_facts_close (IsthFacts *self);

/* … and drops the rows of @table as well, or only those [from, to). What they name by number, strings and bytes, stays. */
void isth_facts_drop_rows (IsthFacts *self, IsthFactsTable table);
void isth_facts_drop_some (IsthFacts *self, IsthFactsTable table, uint32_t from, uint32_t to);

/* For the project: rebuild facts row by row, in the order of their ids. Each checks its references and returns false for a row that contradicts
 * the ones before (a damaged project). */
uint32_t isth_facts_intern (IsthFacts *self, const char *text);
uint32_t isth_facts_add_bytes (IsthFacts *self, const uint8_t *bytes, uint32_t n);
bool isth_facts_load_station (IsthFacts *self, const IsthStation *row);
bool isth_facts_load_conversation (IsthFacts *self, const IsthConversation *row);
bool isth_facts_load_claim (IsthFacts *self, const IsthFactClaim *row);
bool isth_facts_load_binding (IsthFacts *self, const IsthFactBinding *row);
bool isth_facts_load_role (IsthFacts *self, const IsthFactRole *row);
bool isth_facts_load_neighbour (IsthFacts *self, const IsthFactNeighbour *row);
bool isth_facts_load_operation (IsthFacts *self, const IsthFactOperation *row);
bool isth_facts_load_event (IsthFacts *self, const IsthFactEvent *row);
bool isth_facts_load_transfer (IsthFacts *self, const IsthFactTransfer *row);
bool isth_facts_load_session (IsthFacts *self, const IsthFactSession *row);
bool isth_facts_load_remark (IsthFacts *self, const IsthFactRemark *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthFacts, isth_facts_unref)
