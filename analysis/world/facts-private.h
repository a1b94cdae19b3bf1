/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How facts are kept; shared by the files facts*.c only. */
#pragma once

#include "analysis/base/hash.h"
#include "analysis/base/time.h"
#include "analysis/world/facts.h"
#include "analysis/world/table.h"

/* A string or a run of evidence bytes; the memory is the chunk's. */
typedef struct
{
  const char *data;
  uint32_t length;
} IsthPiece;

/* A string last seen at an address: most are static words of a dissector. */
typedef struct
{
  const char *text;
  uint32_t id;
} IsthWord;

#define ISTH_WORDS 256

/* How many rows something has already. What: an IsthAttribute, or one of the two below. */
#define ISTH_TALLY_CHILDREN 0x100
#define ISTH_TALLY_NEIGHBOURS 0x101

typedef struct
{
  uint32_t station, what, n;
} IsthTally;

/* All operations of one function on one link, linked through IsthOperationExtra. */
typedef struct
{
  uint32_t client, server, protocol, name;
  int64_t function;
  uint8_t verb;
  uint32_t n_objects;
  uint32_t first;  /* operation row */
  uint32_t folded; /* operation row that stands for all; ISTH_NO_ROW */
} IsthGroup;

/* Beside each operation row. */
typedef struct
{
  uint32_t group, next; /* the next row of the group */
  uint32_t event;       /* the first of its kept events */
  uint32_t latest;      /* the one with the latest evidence: the first to go */
} IsthOperationExtra;

/* Beside each event row. */
typedef struct
{
  uint32_t next;
  uint32_t serial; /* a new one whenever the row stands for another request; 0: for none that can still be answered */
} IsthEventExtra;

/* The latest transfer of those that cannot run at the same time. */
typedef struct
{
  uint32_t client, server, protocol;
  uint8_t verb;
  uint64_t match;
  uint32_t row;
} IsthTransferSlot;

/* What was said with a key, and the row that counts it. */
typedef struct
{
  uint64_t key;
  uint32_t row;
  uint32_t kind; /* IsthObservationKind */
} IsthMemo;

#define ISTH_MEMO_WAYS 4 /* entries that share a cache line; the newest stands first, the last one makes room */

/* What shows that somebody lives at an address. */
typedef enum
{
  ISTH_PRESENCE_QUIET,     /* it tried, or was tried */
  ISTH_PRESENCE_ONE_SIDED, /* it spoke, or was spoken of */
  ISTH_PRESENCE_MUTUAL,    /* it spoke and was spoken to */
  ISTH_N_PRESENCES,
} IsthPresence;

/* How many rows there are of those that have a share. */
typedef struct
{
  uint32_t stations[ISTH_N_PRESENCES];
  uint32_t unheard; /* conversations */
} IsthShares;

/* Why frames are in no conversation. */
typedef enum
{
  ISTH_UNPLACED_UNNAMED,
  ISTH_UNPLACED_NOT_KEPT,
  ISTH_N_UNPLACED,
} IsthUnplaced;

typedef enum
{
  ISTH_ROUND_NONE,
  ISTH_ROUND_OPEN, /* between begin and end */
  ISTH_ROUND_HELD, /* between end and the next change */
} IsthRound;

struct _IsthFacts
{
  gatomicrefcount references;
  uint64_t seed;
  IsthFactCapture capture;
  IsthHistogram histogram;
  IsthTable tables[ISTH_N_TABLES];
  IsthTable strings, blobs;
  GStringChunk *chunk;
  IsthTable stations_more;
  IsthTable tallies;
  IsthTable groups, operation_extras, event_extras;
  IsthTable transfer_slots;
  GArray *free_events; /* rows of dead operations, to be used again */
  uint32_t last_serial;
  IsthWord words[ISTH_WORDS];
  struct { uint64_t ends; int64_t time; } touched; /* client and server, by the operation counted last */
  IsthMemo *memo;       /* ISTH_LIMIT_MEMO entries; NULL until something comes with a key */
  uint32_t max_stations, max_conversations;
  IsthShares shares, committed_shares; /* now, and before the provisional round */
  IsthRound round;
  uint32_t reached[ISTH_N_REACHED]; /* health rows, once there */
  uint32_t unplaced[ISTH_N_UNPLACED]; /* the same */
};

static inline const IsthStationMore *
facts_get_stations_more (const IsthFacts *self)
{
  return (const IsthStationMore *) (const void *) self->stations_more.rows;
}

static inline IsthStation
facts_get_station (const IsthFacts *self,
                   uint32_t         row)
{
  return isth_station_unpack (isth_table_row (&self->tables[ISTH_TABLE_STATIONS], row), facts_get_stations_more (self));
}

static inline IsthFactOperation *
facts_get_operation (IsthFacts *self,
                     uint32_t   row)
{
  return isth_table_row (&self->tables[ISTH_TABLE_OPERATIONS], row);
}

static inline IsthFactEvent *
facts_get_event (IsthFacts *self,
                 uint32_t   row)
{
  return isth_table_row (&self->tables[ISTH_TABLE_EVENTS], row);
}

/* The order that chooses the first evidence. */
static inline int
facts_compare_evidence (const IsthFactEvidence *a,
                        const IsthFactEvidence *b)
{
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;
  if (a->frame != b->frame)
    return a->frame < b->frame ? -1 : 1;
  if (a->offset != b->offset)
    return a->offset < b->offset ? -1 : 1;
  return a->length < b->length ? -1 : a->length > b->length;
}

/* As what is said in @observation shows it of its ends. */
static inline IsthPresence
facts_get_presence (const IsthObservation *observation)
{
  return observation->mutual ? ISTH_PRESENCE_MUTUAL : ISTH_PRESENCE_ONE_SIDED;
}

/* Whether adding @time, no earlier than its first one, would change nothing of its activity; false when never active, or not known at a glance. */
static inline bool
facts_station_covers (const IsthStationRow *station,
                      int64_t               time)
{
  uint64_t bucket = (uint64_t) (time >> station->shift) - (uint64_t) (station->first >> station->shift);

  return !station->begun && bucket < 64 && station->bits >> bucket & 1;
}

/* Widens [first, last]; whether that changed anything. */
static inline bool
facts_note_time (int64_t *first,
                 int64_t *last,
                 int64_t  time)
{
  bool changed = false;

  if (time == ISTH_NO_TIME)
    return false;
  if (*first == ISTH_NO_TIME || time < *first)
    {
      *first = time;
      changed = true;
    }
  if (*last == ISTH_NO_TIME || time > *last)
    {
      *last = time;
      changed = true;
    }
  return changed;
}

/* facts.c */
void isth_facts_end_round (IsthFacts *self);

/* Room for one more row of @table, and a string for it? Told when not. */
bool isth_facts_has_room (IsthFacts *self, IsthFactsTable table, IsthPresence presence);

static inline void
facts_leave_round (IsthFacts *self)
{
  if (G_UNLIKELY (self->round != ISTH_ROUND_NONE))
    isth_facts_end_round (self);
}

/* facts-memo.c: what comes with @key is counted by @row. */
void isth_facts_remember (IsthFacts *self, uint64_t key, IsthObservationKind kind, uint32_t row);

/* facts-strings.c: ids; ISTH_NO_ROW when not there, or when there is no room (counted). */
uint32_t isth_facts_find_string (const IsthFacts *self, const char *text, uint32_t *length, uint64_t *hash);
uint32_t isth_facts_need_string (IsthFacts *self, const char *text);
uint32_t isth_facts_need_word (IsthFacts *self, const char *text); /* quicker for a string that is always at the same place */
void isth_facts_take_evidence (IsthFacts *self, IsthFactEvidence *mine, const IsthEvidence *evidence);

/* facts-stations.c
 *
 * Finds or makes a station, @child as in IsthEndpoint. ISTH_NOBODY when a ceiling was reached (counted) or @endpoint names no host and no group.
 *
 * No flood may keep out what is really there, whichever comes first. So addresses have shares of the ceiling by what shows that somebody lives there:
 * those that only tried or were tried (ISTH_LIMIT_QUIET), with them those that spoke one-sidedly or are only spoken of (ISTH_LIMIT_ONE_SIDED); the
 * rest is kept for addresses that spoke and were spoken to. An address that was refused is taken as soon as it shows more. */
uint32_t isth_facts_need_station (IsthFacts *self, const IsthEndpoint *endpoint, IsthPresence presence);
void isth_facts_prefetch_endpoint (const IsthFacts *self, const IsthEndpoint *endpoint); /* what looking for it begins with */
uint32_t isth_facts_append_station (IsthFacts *self, const IsthStation *row);
uint32_t isth_facts_find_station (const IsthFacts *self, const IsthStation *key);
void isth_facts_touch_station_slowly (IsthFacts *self, uint32_t station, int64_t time, uint8_t flags);

/* Notes that something was said about, or by, @station. Most often only its last time moves on. */
static inline void
isth_facts_touch_station (IsthFacts *self,
                          uint32_t   station,
                          int64_t    time,
                          uint8_t    flags)
{
  const IsthStationRow *before = isth_table_row (&self->tables[ISTH_TABLE_STATIONS], station);

  if (G_LIKELY (time >= before->first && time != ISTH_NO_TIME && (before->flags | flags) == before->flags
                && facts_station_covers (before, time)))
    {
      if (time > before->last)
        ((IsthStationRow *) isth_table_change (&self->tables[ISTH_TABLE_STATIONS], station))->last = time;
      return;
    }
  isth_facts_touch_station_slowly (self, station, time, flags);
}

uint32_t *isth_facts_tally (IsthFacts *self, uint32_t station, uint32_t what);
uint32_t isth_facts_find_conversation (const IsthFacts *self, const IsthConversation *key);
uint32_t isth_facts_append_conversation (IsthFacts *self, const IsthConversation *row);

/* facts-claims.c: find a row by its key, append one that is not there; observe, and return the row (ISTH_NO_ROW when a ceiling was reached); count
 * a row that is there once more. */
uint32_t isth_facts_find_claim (const IsthFacts *self, const IsthFactClaim *key);
uint32_t isth_facts_append_claim (IsthFacts *self, const IsthFactClaim *row);
uint32_t isth_facts_find_binding (const IsthFacts *self, const IsthFactBinding *key);
uint32_t isth_facts_append_binding (IsthFacts *self, const IsthFactBinding *row);
uint32_t isth_facts_find_role (const IsthFacts *self, const IsthFactRole *key);
uint32_t isth_facts_append_role (IsthFacts *self, const IsthFactRole *row);
uint32_t isth_facts_find_neighbour (const IsthFacts *self, const IsthFactNeighbour *key);
uint32_t isth_facts_append_neighbour (IsthFacts *self, const IsthFactNeighbour *row);
uint32_t isth_facts_observe_claim (IsthFacts *self, const IsthObservation *observation);
uint32_t isth_facts_observe_binding (IsthFacts *self, const IsthObservation *observation);
uint32_t isth_facts_observe_child (IsthFacts *self, const IsthObservation *observation);
uint32_t isth_facts_observe_role (IsthFacts *self, const IsthObservation *observation);
uint32_t isth_facts_observe_neighbour (IsthFacts *self, const IsthObservation *observation);
void isth_facts_count_claim (IsthFacts *self, uint32_t row, uint8_t confidence, const IsthEvidence *evidence);
void isth_facts_count_binding (IsthFacts *self, uint32_t row, const IsthEvidence *evidence);
void isth_facts_count_child (IsthFacts *self, uint32_t station, const IsthEvidence *evidence);
void isth_facts_count_role (IsthFacts *self, uint32_t row, const IsthEvidence *evidence);
void isth_facts_count_neighbour (IsthFacts *self, uint32_t row, const IsthEvidence *evidence);

/* facts-operations.c */
uint32_t isth_facts_find_operation (const IsthFacts *self, const IsthFactOperation *key);
uint32_t isth_facts_append_operation (IsthFacts *self, const IsthFactOperation *row);
uint32_t isth_facts_append_event (IsthFacts *self, const IsthFactEvent *row);
uint64_t isth_facts_observe_operation (IsthFacts *self, const IsthObservation *observation, uint32_t *row);
uint64_t isth_facts_count_operation (IsthFacts *self, uint32_t row, const IsthEvidence *evidence);

/* facts-transfers.c */
void isth_facts_observe_transfer (IsthFacts *self, const IsthObservation *observation);
void isth_facts_append_transfer (IsthFacts *self, const IsthFactTransfer *row);

/* facts-sessions.c; @stations: of the traffic's endpoints; @swap: the second one is to be kept first */
void isth_facts_add_session (IsthFacts *self, const IsthTraffic *traffic, const uint32_t stations[2], bool swap);
bool isth_facts_append_remark (IsthFacts *self, const IsthFactRemark *row);

/* Counts that a ceiling was reached @n times. */
void isth_facts_reach (IsthFacts *self, IsthLimit limit, uint64_t n);
void isth_facts_count_unplaced (IsthFacts *self, IsthUnplaced why, uint64_t frames);
