/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What choosing (dispatch.c) and saying (context.c) share. */
#pragma once

#include "analysis/dissectors/dispatch.h"
#include "analysis/world/remote-protocols.h"

/* A dissector under one kind of binding. */
typedef struct
{
  const IsthDissector *dissector;
  uint16_t index;   /* 1 + index into isth_dissectors */
  IsthProbe (*probe) (IsthCursor c, const IsthPacket *packet); /* of @dissector; at hand for when all are asked */
} Candidate;

/* A number that is bound to a dissector. */
typedef struct
{
  uint16_t number;
  uint16_t candidate; /* index into its kind's candidates */
} Bound;

#define REMOTE_BY_DEED 0xff

typedef struct _IsthExpected IsthExpected;

#define SAID_TOGETHER 11   /* things that one PDU says of devices, of which all are remembered; with their key three cache lines */
#define SAID_SETS 1024     /* a power of two */

/* What was said of devices by bytes that may come again. */
typedef struct
{
  uint64_t key;      /* 0: nothing */
  uint32_t n;
  uint32_t unused;
  struct
  {
    uint64_t key;
    int32_t offset;  /* of the evidence, from where the bytes begin */
    uint32_t length; /* UINT32_MAX: the whole PDU */
  } said[SAID_TOGETHER];
} Saying;

_Static_assert (sizeof (Saying) == 192, "what is said together is three cache lines");

typedef struct _Elsewheres Elsewheres;

struct _IsthDispatch
{
  IsthSink sink;
  GArray *candidates[ISTH_N_BINDINGS]; /* Candidate */
  GArray *bound[ISTH_N_BINDINGS];      /* Bound, sorted */
  uint64_t *malformed;
  uint8_t *remote;                     /* by 1 + its index: as isth_remote_find(); REMOTE_BY_DEED */
  size_t n_dissectors;
  uint64_t forgotten;
  GQueue extras;                       /* IsthFlowExtra of all flows */
  uint64_t held, most_held;            /* bytes of them */
  uint64_t given_up;
  uint64_t seed;
  bool copy;                           /* what the packet in hand does was counted when it came first */
  Elsewheres *elsewhere;               /* NULL until one is needed */
  IsthExpected *expected;              /* NULL until a conversation is announced */
  Saying *sayings;                     /* SAID_SETS of them; NULL until something is to be said together */
  uint64_t scratch[ISTH_LIMIT_STATE / 8]; /* state of dissectors of frames without a flow … */
  uint64_t scratch_room[ISTH_LIMIT_STATE / 8]; /* … and their room */
};

typedef struct _State State;
struct _State
{
  State *next;
  const IsthDissector *dissector; /* NULL: the room of one of them */
  uint64_t bytes[];
};

typedef struct
{
  IsthPending pending;
  const IsthDissector *dissector;
  uint16_t before;   /* 1 + the place of the one before it in its bucket, 0: none; only where there are buckets */
  uint8_t side;      /* who asked */
  bool plain;        /* as in IsthRequest */
} Waiting;

#define ELSEWHERE 256 /* requests that wait for answers from other ports; the oldest gives way */

/* A request whose answer will come in another flow: from another port of who was asked, or to a group. */
typedef struct
{
  uint64_t key;      /* of dissector, port of who asked, and match; 0: nothing */
  uint32_t before;   /* the number of the one before it in its bucket; 0: none */
  IsthAddress asker, asked; /* NONE: all */
  IsthPending pending;
} Elsewhere;

struct _Elsewheres
{
  uint32_t n;        /* ever: the last of them has this number */
  uint32_t buckets[ELSEWHERE]; /* the number of the last one of each; it may have given way */
  Elsewhere ring[ELSEWHERE];
};

#define SMALL_STATE 64 /* bytes of the first state that is kept without a block of its own */

/* What is the same for most frames of one direction. */
typedef struct
{
  uint64_t macs[2];  /* of the frames that it is good for */
  uint64_t ends;     /* as in IsthDissectContext */
  const char *role;  /* counted for the sender last, and when: once a flow is enough */
  int64_t role_time;
  bool same_segment; /* as in IsthPacket, of the frames that it is good for */
} Side;

#define HOLES 8

/* What of a flow's streams was given up, by who sent it: bytes [from, to); none when they are the same. @lost: they count in IsthStreamPool.lost. */
typedef struct
{
  struct { uint32_t from, to; bool lost; } of[2][HOLES];
} Holes;

/* What most packets need stands first, in the bytes that isth_dispatch_prefetch() asks for. */
struct _IsthFlowExtra
{
  Waiting *waiting;  /* @first, or a larger block; oldest first; answered ones stay until room is needed, or nothing waits behind them */
  uint16_t *buckets; /* 1 + the place of the last of each bucket; NULL while there are few */
  uint64_t seen;     /* a bit for each match among them, and for some that were */
  uint64_t highest;  /* no match among them is larger */
  uint32_t n_waiting;
  uint32_t next;     /* behind the one answered last: answers come in the order of their questions */
  uint32_t oldest;   /* no earlier one waits */
  uint32_t n_unanswered; /* of them */
  uint32_t room;
  bool used;         /* since it was looked at last */
  Side sides[2];     /* by who sent the frame */
  uint16_t inner[ISTH_N_BINDINGS]; /* 1 + index of the candidate that read the last payload handed over; 0: none */
  State *states;
  const IsthDissector *small_of; /* whose state @small is; NULL: nobody's */
  uint64_t small[SMALL_STATE / 8];
  Waiting first[2];  /* one is usual: a client waits for its answer */
  Holes *holes;      /* NULL: none */
  uint32_t began[2]; /* the first byte captured of a stream that began before; 0: it did not, or that is a hole by now */
  GList link;        /* in IsthDispatch.extras */
  IsthFlowOwner *owner;
  size_t size;       /* bytes of all of this */
};

_Static_assert (offsetof (IsthFlowExtra, first[1]) <= ISTH_DISPATCH_NEAR, "what most packets need is asked for");

struct _IsthDissectContext
{
  IsthDispatch *dispatch;
  const IsthDissector *dissector;
  IsthFlow *flow;    /* NULL: none */
  const IsthPacket *packet;
  const uint8_t *pdu;
  uint32_t pdu_length;
  uint64_t key;
  uint64_t ends;     /* hash of sender and receiver; 0: not made yet */
  uint8_t depth;
  uint8_t remote;    /* of the dissector: as in IsthDispatch */
  uint8_t skipped;   /* the next things said were counted already */
  Saying *saying;    /* what is said is noted here, when not NULL … */
  const uint8_t *saying_base; /* … by bytes that begin here */
  IsthPending answered; /* what isth_emit_response() returned last */
};

/* Runs @candidate on @pdu in a fresh context, and counts and remembers how it went. */
IsthDissectResult isth_dispatch_run (IsthDispatch *self, const Candidate *candidate, IsthFlow *flow, const IsthPacket *packet,
                                     IsthCursor *pdu, uint64_t key, uint8_t depth);

/* choose.c: makes the lists of candidates out of isth_dissectors. */
void isth_dispatch_add_candidates (IsthDispatch *self);

/* A header that is not complete yet is waited for while fewer bytes than this are there. */
#define ISTH_SHORTEST_HEADER 12

/* After lost bytes or nonsense: how many of @bytes to step over until a PDU of @dissector can start; all of them when none can. */
uint32_t isth_dispatch_find_pdu (const IsthDissector *dissector, const IsthPacket *packet, const IsthCursor *bytes);

/* The most convincing dissector for @payload, or NULL. @skip: one that is known not to be it. */
const Candidate *isth_dispatch_choose (IsthDispatch *self, IsthBindingKind kind, const uint16_t numbers[2], const IsthCursor *payload,
                                       const IsthPacket *packet, const IsthDissector *skip);

/* The same when one of those bound to @numbers is as sure as can be, or NULL: the others have to be asked. */
const Candidate *isth_dispatch_choose_bound (IsthDispatch *self, IsthBindingKind kind, const uint16_t numbers[2], const IsthCursor *payload,
                                             const IsthPacket *packet);

/* expected.c: 1 + index into isth_dissectors of the one that reads the conversation of @packet, as another one announced; 0: none did. */
uint16_t isth_expected_find (const IsthExpected *self, const IsthPacket *packet);

/* Accepts NULL. */
void isth_expected_free (IsthExpected *self);

/* extra.c */
IsthFlowExtra *isth_flow_make_extra (IsthDispatch *dispatch, IsthFlow *flow);

/* The one of @flow, made when missing; good until another flow's grows. */
static inline IsthFlowExtra *
isth_flow_need_extra (IsthDispatch *dispatch,
                      IsthFlow *flow)
{
  IsthFlowExtra *extra = isth_flow_get_owner (flow)->extra;

  if (G_UNLIKELY (!extra))
    return isth_flow_make_extra (dispatch, flow);
  extra->used = true;
  return extra;
}

/* @n more bytes belong to @self; others are given up for them when there are too many in all. */
void isth_flow_extra_grow (IsthDispatch *dispatch, IsthFlowExtra *self, size_t n);

/* Accepts NULL. */
void isth_flow_extra_free (IsthDispatch *dispatch, IsthFlowExtra *self);

/* waiting.c: remembers @request, which @ticket stands for, until its answer comes, in place of another one with its match. */
void isth_flow_wait (IsthDissectContext *ctx, const IsthRequest *request, uint64_t ticket);

/* The same for one that is answered from another port, in another flow. */
void isth_flow_wait_elsewhere (IsthDissectContext *ctx, const IsthRequest *request, uint64_t ticket);

/* The request with @match that waits for this PDU's sender to answer, given back in ctx->answered; it waits on when @more answers will come. */
bool isth_flow_answer (IsthDissectContext *ctx, uint64_t match, bool more);

/* The plain requests with @match and the numbers behind it, at most @n, as far as they wait behind the one that was answered last: how many, and their
 * tickets. */
uint32_t isth_flow_answer_next (IsthDissectContext *ctx, uint64_t match, uint32_t n, uint64_t *tickets);

/* The bytes at @at, or what is shown of the whole PDU (NULL), as evidence of what they say. */
static inline IsthEvidence
isth_context_make_evidence (const IsthDissectContext *ctx,
                            const uint8_t *at,
                            uint32_t length)
{
  const IsthPacket *packet = ctx->packet;
  IsthEvidence self = { .frame = packet->number, .time = packet->time };
  uintptr_t offset;

  if (!at)
    {
      at = ctx->pdu;
      length = ctx->pdu_length;
    }
  offset = (uintptr_t) at - (uintptr_t) packet->frame; /* of bytes before it, and without a frame: more than any is long */
  if (offset <= packet->frame_length && length <= packet->frame_length - offset)
    {
      self.offset = (uint32_t) offset;
      self.length = length;
    }
  self.bytes = at;
  self.n_bytes = MIN (length, ISTH_LIMIT_EVIDENCE);
  return self;
}

/* Whether isth_remark_request() may have something to do. Most are of protocols that nobody works with from afar. */
static inline bool
isth_may_be_remark (const IsthDissectContext *ctx,
                    const IsthRequest *request)
{
  return ctx->remote != 0 || (request->protocol && (request->verb == ISTH_OP_AUTHENTICATE || request->verb == ISTH_OP_CONTROL));
}

/* remarks.c: what @request says of the connection in which it is made: that somebody logs in, or works from afar by another protocol than the connection's. */
void isth_remark_request (IsthDissectContext *ctx, const IsthRequest *request);

/* The same of a claim about @about (NULL: the sender), whose value is @value, or (NULL) still to be read from the bytes at @at. */
void isth_remark_claim (IsthDissectContext *ctx, const IsthEndpoint *about, IsthAttribute attribute, const char *value, const uint8_t *at, uint32_t length);
