/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the resolver: the scratch state of one resolve, from the facts of all captures to drafts of assets and links.
 *
 * Steps, each a pure function of the ones before, each in its own file:
 *   resolve-pairs.c      which MACs and IPs came up together                      (macs, ips, pairs)
 *   resolve-addresses.c  which MAC owns which IP; who is a router                 (the same)
 *   resolve-groups.c     which stations are one asset; children; ids              (stations.group, drafts)
 *   resolve-identities.c … by what they say of themselves
 *   resolve-further.c    … and addresses that they say they have as well
 *   resolve-claims.c     the values of each attribute, the shown one; names       (claims)
 *   resolve-links.c      conversations between drafts                             (links)
 *   resolve-operations.c what was asked in them                                   (operations, events)
 *   resolve-cables.c     … and who hears whom at the other end of a cable         (links)
 *   kinds.c              what each draft is                                       (drafts.kind)
 *   subnets.c, levels.c  where it stands                                          (subnets, drafts.level, side)
 *   resolve-order.c      links as their records are made
 *   records.c            drafts to immutable records
 * Nothing may depend on the order of captures, of rows, or on hash seeds: whatever has an order is sorted by content. */
#pragma once

#include "analysis/base/time.h"
#include "analysis/world/control-protocols.h"
#include "analysis/world/index.h"
#include "analysis/world/site-ranges.h"
#include "analysis/world/world.h"

typedef struct
{
  IsthFacts *facts; /* lent */
  IsthFactsView view;
  const IsthFactCapture *about;
  uint32_t first;    /* number of its first station among all */
  uint32_t *strings; /* string id → number in the pool */
} IsthResolveCapture;

typedef struct
{
  const IsthStationRow *row; /* see isth_resolve_row() */
  uint32_t capture : 29;
  uint32_t own : 1;       /* its IP is its MAC's own */
  uint32_t counted : 1;   /* its traffic is the asset's */
  uint32_t said : 1;      /* the asset says that this address is its own, too; nothing was heard from it */
  uint32_t mac, ip;       /* ISTH_NONE where there is none */
  uint32_t node;          /* ISTH_NONE: a group address, never an asset */
  uint32_t owner;         /* the MAC to whose asset it belongs; ISTH_NONE */
  union
  {
    uint32_t pair;        /* until there are groups; ISTH_NONE without MAC or IP */
    uint32_t draft;       /* from then on; ISTH_NONE: not an asset */
  };
} IsthResolveStation;

G_STATIC_ASSERT (sizeof (IsthResolveStation) == 32); /* half a cache line of a table that is looked at anywhere */

typedef enum
{
  ISTH_PAIR_UNDECIDED,
  ISTH_PAIR_OWN,     /* the IP is the MAC's own: they share a segment */
  ISTH_PAIR_FOREIGN, /* the MAC only carries it */
} IsthPairVerdict;

typedef struct
{
  uint32_t mac, ip;
  uint64_t packets;
  int64_t first, last;
  uint8_t ttl_min, ttl_max; /* of packets sent; 0 none */
  uint8_t verdict;   /* IsthPairVerdict */
  bool bound;        /* ARP, ND … say so */
  bool trusted;      /* DHCP, DCP: assigned or read, cannot be a proxy's answer */
  bool spoke;
  bool taken;        /* somebody sent it something */
  bool on_segment;   /* sent to groups that no router passes on */
  uint8_t near;      /* 2: talked with an address of its own subnet, so without a router; 1: of a wider one that may be its own */
} IsthPair;

typedef struct
{
  uint32_t first_pair, n_pairs; /* in pairs, which are sorted by MAC */
  bool router;                  /* carries addresses that are not its own */
  bool translates;              /* an own address sends with the TTLs of several computers: those of others are translated to it */
  bool virtual;                 /* of a redundancy protocol (VRRP, HSRP, GLBP): belongs to no make */
  bool blind;                   /* was written over those of many hosts: tells nothing of any */
} IsthMacState;

typedef struct
{
  uint32_t owner;  /* number of a MAC, of several the best founded one; ISTH_NONE: none */
  uint32_t owners;
  uint32_t behind; /* number of the MAC that carries most of its packets; ISTH_NONE: none */
  bool group;      /* a subnet's broadcast address */
  bool veiled;     /* seen with a MAC that is blind */
} IsthIpState;

/* One value of one attribute of one draft, folded over captures. */
typedef struct
{
  uint32_t draft;
  uint32_t value, protocol; /* pool */
  const char *author;       /* of a person's word; NULL */
  uint8_t attribute, confidence;
  bool shown, conflict;
  uint64_t count;
  int64_t last;
  IsthEvidence evidence;    /* bytes lent by the facts */
} IsthDraftClaim;

typedef struct
{
  uint32_t draft;
  uint32_t mac, ip;
  uint32_t protocol;
  uint64_t count;
  int64_t last;
  IsthEvidence evidence;
} IsthDraftBinding;

typedef struct
{
  uint32_t draft;
  uint32_t word;      /* pool: role or protocol */
} IsthDraftWord;

typedef struct
{
  uint32_t draft;
  uint32_t protocol;  /* pool */
  uint16_t port;
  uint8_t transport;
} IsthDraftService;

/* What an asset was seen to do, as far as it tells where it stands. */
enum
{
  ISTH_DEED_ANSWERS_CONTROL = 1 << 0, /* a control device: answered in a control protocol, or of such a kind */
  ISTH_DEED_ASKS_CONTROL = 1 << 1,    /* and was answered */
  ISTH_DEED_OFFICE = 1 << 2,          /* speaks protocols of names and addresses */
  ISTH_DEED_DIRECTORY = 1 << 3,       /* … and those of a managed network */
  ISTH_DEED_HINT = 1 << 4,            /* port, EtherType or maker suggest a part in the plant */
  ISTH_DEED_MEETS_PLANT = 1 << 5,     /* exchanged traffic with that side */
  ISTH_DEED_MEETS_OFFICE = 1 << 6,
  ISTH_DEED_MEETS_OUTSIDE = 1 << 7,   /* asked it, and was answered */
  ISTH_DEED_SERVES_OUT = 1 << 8,      /* answers what the office or the outside asks */
  ISTH_DEED_ANSWERED = 1 << 9,        /* in a control protocol, seen */
  ISTH_DEED_FIELD_BUS = 1 << 10,      /* speaks a protocol of plant equipment that no router passes on */
  ISTH_DEED_COMPUTER = 1 << 11,       /* a desktop, a virtual machine, a program that simulates: what it answers as a device may be made up */
  ISTH_DEED_SPEAKS_CONTROL = 1 << 12, /* was asked in a control protocol, and said something in it */
};

typedef struct
{
  uint32_t hosts, devices, askers, office, directory, hints; /* who spoke, by deeds */
  IsthSubnetNature nature;
  bool meets_out; /* one of its hosts exchanged traffic with the office or the outside */
} IsthSubnet;

/* A hundred thousand of them are looked at in each pass: the order of the fields leaves no gaps. */
typedef struct
{
  uint64_t id;
  int64_t first, last;
  const char *kind_reason, *level_reason; /* for good: translated or interned */
  uint32_t parent;        /* draft; ISTH_NONE */
  uint32_t path;          /* pool: the child path; 0 */
  uint32_t mac, ip;       /* numbers of the smallest of each; ISTH_NONE */
  uint32_t first_station, n_stations; /* in by_draft */
  uint32_t first_claim, n_claims;
  union
  {
    uint32_t root;        /* union of nodes; until all are numbered */
    uint32_t listed;      /* pool: its maker by the list of MAC prefixes, of which there is no claim when that is all that is known; else 0 */
  };
  uint32_t first_binding, n_bindings;
  uint32_t first_role, n_roles;
  uint32_t first_protocol, n_protocols;
  uint32_t first_service, n_services;
  uint32_t behind;        /* draft of the router; ISTH_NONE */
  uint32_t subnet;        /* ISTH_NONE: none that is known */
  uint16_t deeds;         /* ISTH_DEED_… bits */
  uint8_t depth;          /* 0: has an address of its own; else steps below one that has */
  IsthKind kind : 8;
  IsthSide side : 8;
  IsthLevel level : 8;
  bool level_by_person : 1;
  bool router : 1, translates : 1, virtual : 1, spoke : 1, addressed : 1;
  uint8_t external;       /* public, behind a router: how surely; 0: not */
  IsthKind other_kind : 8; /* the runner-up; unknown: none */
  uint8_t kind_confidence, other_confidence, level_confidence;
  uint8_t kind_rules[ISTH_KIND_RULES], other_rule; /* see IsthAsset */
} IsthDraft;

#define ISTH_DEPTH_UNKNOWN UINT8_MAX

G_STATIC_ASSERT (sizeof (IsthDraft) <= 136);

/* What is known of an operation, beside what it is sorted by. */
typedef struct
{
  uint64_t count, ok, refused;
  IsthCycle cycle;
  int64_t first, last;
  IsthEvidence evidence;
} IsthDraftSums;

/* Small: they are sorted twice. */
typedef struct
{
  uint32_t from, to; /* drafts */
  uint64_t asked;    /* their ranks: of the smaller the operations are looked at first */
  IsthDraftSums *sums;
  int64_t function;
  uint32_t name, object;
  uint32_t protocol; /* pool */
  uint8_t verb;
  bool steady : 1;   /* done again and again over a good part of one capture */
  bool ok : 1, answered : 1; /* any of them was; as the sums tell, which lie far away */
  uint8_t n_events;
  uint32_t link;     /* scratch of resolve-links.c */
  uint32_t first_event;
} IsthDraftOperation;

G_STATIC_ASSERT (sizeof (IsthDraftOperation) <= 64 && ISTH_LIMIT_EVENTS <= UINT8_MAX);

typedef struct
{
  uint32_t operation; /* number in operations, before they were sorted by link */
  uint8_t outcome;
  uint32_t text;      /* pool */
  IsthEvidence evidence;
} IsthDraftEvent;

typedef struct
{
  uint32_t from, to; /* drafts */
  uint32_t protocol; /* pool */
  uint8_t transport, proof;
  uint16_t port;
  bool crossing, reaches; /* as in IsthLink */
  bool against;      /* asked by the side that serves the connection: says nothing of who is client and who is server */
  uint64_t packets[2], bytes[2], flows;
  int64_t first, last;
  uint32_t verbs;
  IsthActivity activity;
  uint64_t id;
  uint32_t first_operation, n_operations;
} IsthDraftLink;

typedef struct
{
  IsthResolveCapture *captures;
  uint32_t n_captures;
  const IsthEdit *edits;
  uint32_t n_edits;
  GArray *site_ranges;             /* IsthSiteRange */
  bool last;                       /* nobody will resolve these facts again: their rows are dropped once they were read */

  IsthPool pool;
  uint32_t n_facts_texts;          /* of the pool, those that are strings of the facts: the first ones */
  GPtrArray *kept;                 /* strings made here, for the pool */
  IsthIndex macs, ips;             /* keys: IsthAddress */
  IsthResolveStation *stations;
  uint32_t n_stations, n_conversations;
  IsthFrameTally tally;
  uint32_t blind_macs;             /* see IsthMacState */
  IsthMacState *mac_states;        /* until there are links, as the nodes and what finds their drafts */
  IsthIpState *ip_states;
  IsthPair *pairs;                 /* until there are drafts */
  uint32_t n_pairs;
  uint32_t *pairs_by_mac;

  IsthIndex children;              /* keys: uint32_t[2], root node of the parent and path */
  IsthUnion nodes;                 /* MACs, then IPs, then children */
  IsthDraft *drafts;               /* as their stations come: who talked to one another then lies together, and all passes but the last stay in the cache */
  uint32_t n_drafts;
  uint32_t *draft_ranks;           /* the place of each by id; where an order is needed, this is it */
  const char **draft_names;        /* of those that others are behind, in names, while assets are made of them and dropped; else NULL */
  uint64_t *draft_ids;             /* of each; of use when the drafts themselves are no longer there, while links are made */
  uint32_t *by_draft;              /* station numbers */
  uint32_t *root_drafts;           /* of each node that is the root of its union */
  uint32_t *mac_drafts, *ip_drafts; /* of each MAC and of each IP (without its MAC) */
  GStringChunk *names;

  GArray *claims, *bindings, *roles, *protocols, *services; /* of IsthDraft…, sorted by draft */
  GArray *links;                   /* IsthDraftLink, as their drafts come */
  uint32_t *links_by_id;           /* their numbers; until they are put in order */
  GArray *operations;              /* IsthDraftOperation; those of one link beside one another; events tell their old numbers */
  IsthDraftSums *sums;             /* of operations, as they were read */
  uint32_t n_sums;
  GArray *events;                  /* IsthDraftEvent, sorted by operation */
  uint32_t *last_protocols;        /* of each draft the word that was noted last: mostly it is the next one too */
  GArray *subnets;                 /* IsthSubnet */
  uint8_t *controls;               /* by number in the pool: 1 + its IsthControl; 0: nobody asked yet. From the kinds on */
} IsthResolve;

/* An identifying claim of a node. */
typedef struct
{
  uint32_t node;
  uint8_t attribute;
  const char *value;
} IsthIdentity;

/* world.c: begins with the facts of @world, ends; clears a snapshot, as its record's clear. */
void isth_resolve_init (IsthResolve *self, IsthWorld *world, bool last);
void isth_resolve_clear (IsthResolve *self);
void isth_resolve_drop_rows (IsthResolve *self, IsthFactsTable table); /* nothing unless it is the last resolve */

void isth_resolve_drop_pairs (IsthResolve *self); /* once the groups know who is a router */

#define ISTH_TOGETHER 4096 /* rows after which those that were read are dropped, while what is made of them takes their room */
void isth_resolve_clear_snapshot (gpointer data);

void isth_resolve_addresses (IsthResolve *self);
void isth_resolve_owners (IsthResolve *self); /* part of addresses: after the verdicts */

/* How well a pair is founded: 3 bound, 2 spoke with an initial TTL, 1 otherwise. */
uint8_t isth_pair_rank (const IsthPair *pair);

/* Who the computer is that recorded a capture (resolve-recorder.c). */
typedef struct
{
  bool asset;             /* one of that capture's own, but for */
  IsthAddress own;        /* the only host address that talked to itself; kind NONE: none, or several */
} IsthRecorder;

bool isth_station_is_recorder (const IsthStation *row);
IsthRecorder *isth_resolve_find_recorders (const IsthResolve *self); /* one for each capture; g_free() */

/* The number of the IP under which @ip, a loopback address of @capture, is known; ISTH_NONE: it is noise. */
uint32_t isth_resolve_recorder (IsthResolve *self, uint32_t capture, const IsthRecorder *recorder, const IsthAddress *ip);
void isth_resolve_groups (IsthResolve *self);
void isth_resolve_claims (IsthResolve *self);
void isth_resolve_links (IsthResolve *self);
void isth_resolve_operations (IsthResolve *self); /* part of links: after the conversations, before the roles */
void isth_resolve_cables (IsthResolve *self); /* part of links: after all that were seen to carry something */
void isth_resolve_add_neighbours (IsthResolve *self, uint32_t capture); /* part of claims: what resolve-cables.c knows by address */
void isth_resolve_kinds (IsthResolve *self);
bool isth_resolve_takes_reports (const IsthResolve *self, const IsthDraftLink *link); /* its @to, from a station. From the kinds on */
void isth_resolve_hints (IsthResolve *self);   /* part of links: hints in the conversations themselves (subnets.c) */
void isth_resolve_subnets (IsthResolve *self); /* needs drafts.external */
void isth_resolve_outside (IsthResolve *self); /* part of levels: drafts.external */
const char *isth_outside_reason (uint8_t sure); /* to be translated; @sure: as in drafts.external */
void isth_resolve_levels (IsthResolve *self);

/* By what kinds.c made of it; the claim that is shown, or NULL. */
const IsthDraftClaim *isth_draft_shown (const IsthResolve *self, const IsthDraft *draft, IsthAttribute attribute);

/* Pool: the shown maker, said or listed; ISTH_NONE. */
uint32_t isth_draft_vendor (const IsthResolve *self, const IsthDraft *draft);

/* What assets are called. There may be many, so that names are made when their records are. */
typedef struct
{
  const IsthResolve *resolve; /* lent */
  char **shortened;           /* by number in the pool: makers */
  GString *text;              /* scratch */
} IsthNamer;

void isth_namer_init (IsthNamer *self, const IsthResolve *resolve);
void isth_namer_clear (IsthNamer *self);

/* Lent until the next name is made; @reason: static, see IsthAsset. */
const char *isth_namer_make (IsthNamer *self, const IsthDraft *draft, const char **reason);

/* The draft that an endpoint of a person's edit names, or ISTH_NONE. */
uint32_t isth_resolve_find (IsthResolve *self, const IsthEndpoint *endpoint);

/* Puts links in the order of their ids, operations, sums and events in that of the links (resolve-order.c); drops links [@from, @to), of which the last is not
 * the last of all, with what was done in them: they are read no more. */
void isth_resolve_order_links (IsthResolve *self);
void isth_resolve_drop_links (IsthResolve *self, uint32_t from, uint32_t to);

/* "Set by …", for good. */
const char *isth_resolve_person (const IsthDraftClaim *claim);

/* Takes @text and gives its number in the pool. */
uint32_t isth_resolve_keep (IsthResolve *self, char *text);

/* Identifying claims, sorted by node (its union as it is now); whether two nodes both have a serial number, and not the same. */
GArray *isth_identities_gather (IsthResolve *self);
bool isth_identities_differ (const GArray *identities, uint32_t a, uint32_t b);

/* Parts of groups: join what has the same name of its own, the same serial number. */
void isth_resolve_join_names (IsthResolve *self);
void isth_resolve_join_serials (IsthResolve *self);

/* … and addresses of which a host says that they are its own, when nothing speaks against it (resolve-further.c). */
void isth_resolve_join_further (IsthResolve *self);

/* Notes a protocol of a draft; nothing for ISTH_NONE and for "". */
void isth_resolve_add_protocol (IsthResolve *self, uint32_t draft, uint32_t protocol);

/* What is ranked: drafts or links, by their ids. */
typedef struct
{
  uint64_t id;
  uint32_t number;
} IsthRankRow;

/* Sorts the rows by their ids, of which @compare orders those that are equal, and raises these until no two are. */
void isth_resolve_rank (IsthRankRow *rows, uint32_t n, GCompareDataFunc compare, gpointer user_data);

/* The id of a link; @variant tells apart links of the same ends and service. */
uint64_t isth_resolve_link_id (const IsthResolve *self, const IsthDraftLink *link, uint64_t variant);

/* Between those stations of @capture there may be a link: two assets, or two programs on one. */
bool isth_resolve_is_pair (const IsthResolve *self, uint32_t capture, uint32_t client, uint32_t server);

/* As isth_protocol_get_control(), asked once for each protocol: links are many. */
IsthControl isth_resolve_control (const IsthResolve *self, uint32_t protocol);

/* Who asks for that has a part in control, and who does it is controlled. Not so keeping a connection alive, and what a station reports unasked. */
static inline bool
isth_verb_is_deed (uint8_t verb)
{
  return verb != ISTH_OP_OTHER && verb != ISTH_OP_REPORT;
}

/* A private address, or one of the site's own ranges. */
static inline bool
isth_resolve_is_inside (const IsthResolve *self,
                        const IsthAddress *ip)
{
  if (isth_address_is_private (ip))
    return true;
  for (guint i = 0; i < self->site_ranges->len; i++)
    if (isth_site_range_contains (&g_array_index (self->site_ranges, IsthSiteRange, i), ip))
      return true;
  return false;
}

/* Evidence of a fact, with its bytes lent by the facts. */
IsthEvidence isth_resolve_evidence (const IsthResolve *self, uint32_t capture, const IsthFactEvidence *evidence);

/* By time, capture, frame, offset. */
int isth_evidence_compare (const IsthEvidence *a, const IsthEvidence *b);

/* Widens [*first, *last] by @from … @to, any of which may be ISTH_NO_TIME. */
void isth_span_add (int64_t *first, int64_t *last, int64_t from, int64_t to);

static inline const char *
isth_resolve_text (const IsthResolve *self,
                   uint32_t number)
{
  return self->pool.texts[number];
}

static inline const IsthAddress *
isth_resolve_mac (const IsthResolve *self,
                  uint32_t number)
{
  return isth_index_key (&self->macs, number);
}

static inline const IsthAddress *
isth_resolve_ip (const IsthResolve *self,
                 uint32_t number)
{
  return isth_index_key (&self->ips, number);
}

/* The smallest address of a draft, its MAC before an IP; of what has neither, an address of kind NONE. */
static inline IsthAddress
isth_draft_address (const IsthResolve *self,
                    const IsthDraft *draft)
{
  if (draft->mac != ISTH_NONE)
    return *isth_resolve_mac (self, draft->mac);
  return draft->ip != ISTH_NONE ? *isth_resolve_ip (self, draft->ip) : (IsthAddress){ 0 };
}

/* The station of @capture whose number in its facts is @row. */
static inline IsthResolveStation *
isth_resolve_station (const IsthResolve *self,
                      uint32_t capture,
                      uint32_t row)
{
  return &self->stations[self->captures[capture].first + row];
}

/* What the capture knows of it. */
static inline IsthStation
isth_resolve_row (const IsthResolve *self,
                  const IsthResolveStation *station)
{
  return isth_station_unpack (station->row, self->captures[station->capture].view.stations_more);
}

/* Whether @a comes before @b, of drafts. */
static inline bool
isth_resolve_precedes (const IsthResolve *self,
                       uint32_t a,
                       uint32_t b)
{
  return self->draft_ranks[a] < self->draft_ranks[b];
}

/* a before b: -1 */
static inline int
isth_compare_numbers (uint64_t a,
                      uint64_t b)
{
  return (a > b) - (a < b);
}

static inline int
isth_compare_times (int64_t a,
                    int64_t b)
{
  return (a > b) - (a < b);
}
