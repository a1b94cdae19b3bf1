/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: remote sessions, from the facts of all captures to records.
 *
 *   sessions-gather.c  connections of remote access, those of one connection joined; what was said in them
 *   sessions-hops.c    which of them was reached by which
 *   sessions-tunnels.c which of them may be worked through the other way round
 *   sessions-deeds.c   what was done in them
 *   sessions.c         records */
#pragma once

#include "analysis/world/records.h"

typedef struct
{
  IsthRemarkKind kind;
  bool of_client;
  IsthOutcome outcome;
  const char *answer;      /* the outcome in words, of the snapshot; NULL: none */
  uint32_t protocol, text; /* pool */
  IsthEvidence evidence;
} IsthDraftSessionWord;

/* What one capture has of a session. */
typedef struct
{
  uint64_t packets[2], bytes[2];
  int64_t first, last;
  IsthEvidence evidence;
} IsthDraftSessionPart;

typedef struct
{
  uint64_t id;
  uint64_t from, to, host, link; /* ids of assets, of a link */
  uint64_t ends;                 /* the ranks of from and to: an order */
  uint32_t protocol, inner;      /* pool */
  IsthRemote kind;
  uint8_t transport, proof, closed;
  uint16_t port[2];
  uint64_t packets[2], bytes[2];
  int64_t first, last;
  int64_t heard_until;           /* the end of the latest capture that shows it */
  IsthActivity activity;
  IsthEvidence evidence;
  uint32_t first_word, n_words;
  uint32_t first_part, n_parts;
  uint32_t came_by;              /* number of a draft; ISTH_NONE */
  uint32_t rivals;               /* others that might be it */
  uint8_t score;
  uint8_t signs;                 /* ISTH_HOP_… bits */
  const char *relay;             /* the product whose host "to" is, by its name; of the snapshot; NULL: none */
  uint8_t tunnel, tunnel_signs;  /* score of a reverse tunnel; ISTH_TUNNEL_… bits */
} IsthDraftSession;

typedef struct
{
  GArray *drafts; /* IsthDraftSession, by their ends, service and time */
  GArray *words;  /* IsthDraftSessionWord, those of one session beside one another */
  GArray *parts;  /* IsthDraftSessionPart, the same */
} IsthSessions;

/* What speaks for one session having been reached by another. */
enum
{
  ISTH_HOP_AT_WORK = 1 << 0,   /* the other one had packets just when this one began */
  ISTH_HOP_WITHIN = 1 << 1,    /* this one ended before the other did */
  ISTH_HOP_TOGETHER = 1 << 2,  /* both ended at the same time */
  ISTH_HOP_RHYTHM = 1 << 3,    /* both were active, and paused, at the same times */
  ISTH_HOP_SIZE = 1 << 4,      /* both carried about as much */
};

/* What speaks for a session being a reverse tunnel, besides its shape. */
enum
{
  ISTH_TUNNEL_SHELL = 1 << 0,   /* command lines look otherwise */
  ISTH_TUNNEL_ALIVE = 1 << 1,   /* never silent for long */
  ISTH_TUNNEL_LONG = 1 << 2,    /* open for more than an hour */
  ISTH_TUNNEL_ONWARD = 1 << 3,  /* while it was in use, another session began where it came from */
  ISTH_TUNNEL_PLANT = 1 << 4,   /* it came from the plant */
};

IsthSessions isth_sessions_gather (IsthResolve *resolve);
void isth_sessions_clear (IsthSessions *self);

/* Once their hosts are known, which it corrects. Those that were no sessions but for their shape are dropped when that does not suffice. */
void isth_sessions_find_tunnels (IsthSessions *self, const IsthSnapshot *snapshot, const IsthResolve *resolve);

/* Then: by which they were reached. */
void isth_sessions_match (IsthSessions *self);

/* The links of a snapshot by who asks, of those that are an end of a session: in a large network few are. */
typedef struct
{
  const IsthSnapshot *snapshot;
  uint32_t *by_from; /* numbers of links */
  uint32_t n;
} IsthSessionLinks;

void isth_session_links_init (IsthSessionLinks *self, const IsthSnapshot *snapshot, const IsthSessions *sessions);
void isth_session_links_clear (IsthSessionLinks *self);

/* The place of the first link from @from, to @to or a later one; what stands at a place, NULL when it is no link from @from. */
uint32_t isth_session_links_find (const IsthSessionLinks *self, uint64_t from, uint64_t to);
const IsthLink *isth_session_links_get (const IsthSessionLinks *self, uint32_t place, uint64_t from);

/* What was done in the session @number: IsthSessionDeed, the weightiest first, in place of what is in @deeds. Once the sessions have been matched. */
void isth_session_links_gather (const IsthSessionLinks *self, const IsthSessions *sessions, const IsthResolve *resolve, uint32_t number, GArray *deeds);

/* Makes the records of @self in @snapshot, whose assets and links are made; those that are as in @before are taken over. */
void isth_sessions_fill (IsthSnapshot *snapshot, IsthSessions *self, IsthRecordMaker *maker, const IsthSnapshot *before);

static inline IsthDraftSession *
isth_sessions_get (const IsthSessions *self,
                   uint32_t number)
{
  return &g_array_index (self->drafts, IsthDraftSession, number);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IsthSessions, isth_sessions_clear)
