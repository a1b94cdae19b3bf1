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
  uint32_t ticket; /* of the request that made it; 0: none that can still be answered */
} IsthEventExtra;

typedef struct
{
  uint32_t ticket, operation, event;
} IsthTicket;

#define ISTH_TICKETS 65536 /* requests that may wait at once; an older one counts as unanswered */

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
  IsthTable tallies;
  IsthTable groups, operation_extras, event_extras;
  GArray *free_events; /* rows of dead operations, to be used again */
  IsthTicket *tickets;
  uint32_t last_ticket;
  IsthRound round;
  uint32_t reached[ISTH_N_REACHED]; /* health rows, once there */
};

static inline IsthStation *
facts_get_station (IsthFacts *self,
                   uint32_t   row)
{
  return isth_table_row (&self->tables[ISTH_TABLE_STATIONS], row);
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

/* facts-strings.c: ids; ISTH_NO_ROW when not there, or when there is no room (counted). */
uint32_t isth_facts_find_string (const IsthFacts *self, const char *text, uint32_t *length, uint64_t *hash);
uint32_t isth_facts_need_string (IsthFacts *self, const char *text);
void isth_facts_take_evidence (IsthFacts *self, IsthFactEvidence *mine, const IsthEvidence *evidence);

/* facts-stations.c */
uint32_t isth_facts_need_station (IsthFacts *self, const IsthEndpoint *endpoint);
uint32_t isth_facts_append_station (IsthFacts *self, const IsthStation *row);
uint32_t isth_facts_find_station (const IsthFacts *self, const IsthStation *key);
void isth_facts_touch_station (IsthFacts *self, uint32_t station, int64_t time, uint8_t flags);
uint32_t *isth_facts_tally (IsthFacts *self, uint32_t station, uint32_t what);
uint32_t isth_facts_find_conversation (const IsthFacts *self, const IsthConversation *key);
uint32_t isth_facts_append_conversation (IsthFacts *self, const IsthConversation *row);

/* facts-claims.c: find a row by its key, append one that is not there. */
uint32_t isth_facts_find_claim (const IsthFacts *self, const IsthFactClaim *key);
uint32_t isth_facts_append_claim (IsthFacts *self, const IsthFactClaim *row);
uint32_t isth_facts_find_binding (const IsthFacts *self, const IsthFactBinding *key);
uint32_t isth_facts_append_binding (IsthFacts *self, const IsthFactBinding *row);
uint32_t isth_facts_find_role (const IsthFacts *self, const IsthFactRole *key);
uint32_t isth_facts_append_role (IsthFacts *self, const IsthFactRole *row);
uint32_t isth_facts_find_neighbour (const IsthFacts *self, const IsthFactNeighbour *key);
uint32_t isth_facts_append_neighbour (IsthFacts *self, const IsthFactNeighbour *row);
void isth_facts_observe_claim (IsthFacts *self, const IsthObservation *observation);
void isth_facts_observe_binding (IsthFacts *self, const IsthObservation *observation);
void isth_facts_observe_child (IsthFacts *self, const IsthObservation *observation);
void isth_facts_observe_role (IsthFacts *self, const IsthObservation *observation);
void isth_facts_observe_neighbour (IsthFacts *self, const IsthObservation *observation);

/* facts-operations.c */
uint32_t isth_facts_find_operation (const IsthFacts *self, const IsthFactOperation *key);
uint32_t isth_facts_append_operation (IsthFacts *self, const IsthFactOperation *row);
uint32_t isth_facts_append_event (IsthFacts *self, const IsthFactEvent *row);
uint32_t isth_facts_observe_operation (IsthFacts *self, const IsthObservation *observation);
void isth_facts_observe_outcome (IsthFacts *self, const IsthObservation *observation);

/* Counts that a ceiling was reached @n times. */
void isth_facts_reach (IsthFacts *self, IsthLimit limit, uint64_t n);
