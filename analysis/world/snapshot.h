/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everybody but the engine sees of the world: counted, immutable records in sorted arrays. Equal pointer means unchanged. */
#pragma once

#include <glib.h>

#include "analysis/base/offsets.h"
#include "analysis/base/record.h"
#include "analysis/world/activity.h"
#include "analysis/world/cycle.h"
#include "analysis/world/observation.h"
#include "analysis/world/remote-protocols.h"
#include "analysis/world/review.h"

typedef enum
{
  ISTH_KIND_UNKNOWN,
  ISTH_KIND_PLC,
  ISTH_KIND_RTU,
  ISTH_KIND_IED,
  ISTH_KIND_REMOTE_IO,
  ISTH_KIND_DRIVE,
  ISTH_KIND_HMI,
  ISTH_KIND_ENGINEERING_WORKSTATION,
  ISTH_KIND_HISTORIAN,
  ISTH_KIND_SCADA_SERVER,
  ISTH_KIND_OPC_SERVER,
  ISTH_KIND_PROTOCOL_GATEWAY,
  ISTH_KIND_MODULE,      /* in a rack, or a device behind a gateway of no better known kind */
  ISTH_KIND_SWITCH,
  ISTH_KIND_ROUTER,
  ISTH_KIND_FIREWALL,
  ISTH_KIND_WIRELESS,
  ISTH_KIND_CAMERA,
  ISTH_KIND_PRINTER,
  ISTH_KIND_PHONE,
  ISTH_KIND_DOMAIN_CONTROLLER,
  ISTH_KIND_SERVER,
  ISTH_KIND_WORKSTATION,
  ISTH_KIND_LAPTOP,
  ISTH_KIND_VIRTUAL_MACHINE,
  ISTH_KIND_TIME_SERVER,
  ISTH_KIND_SENSOR,
  ISTH_N_KINDS,
} IsthKind;

const char *isth_kind_name (IsthKind kind);   /* "plc", "engineering-workstation" */
const char *isth_kind_title (IsthKind kind);  /* N_("Controller (PLC)") … untranslated */
IsthKind isth_kind_from_name (const char *name); /* ISTH_N_KINDS when it is none */

#define ISTH_KIND_RULES 4 /* that are kept as reasons */

/* Why a rule (IsthAsset.kind_rules) speaks for its kind; untranslated; "" for 0. */
const char *isth_kind_rule_get_reason (uint8_t rule);

/* Purdue levels as tenths, so that 3.5 is a number like the others. */
typedef enum
{
  ISTH_LEVEL_UNKNOWN = -1,
  ISTH_LEVEL_0 = 0,
  ISTH_LEVEL_1 = 10,
  ISTH_LEVEL_2 = 20,
  ISTH_LEVEL_3 = 30,
  ISTH_LEVEL_DMZ = 35,
  ISTH_LEVEL_4 = 40,
  ISTH_LEVEL_5 = 50, /* external */
} IsthLevel;

const char *isth_level_name (IsthLevel level); /* "0" … "3.5" … "5", "unknown" */

typedef enum
{
  ISTH_SIDE_UNKNOWN,
  ISTH_SIDE_OT,
  ISTH_SIDE_BOUNDARY,
  ISTH_SIDE_IT,
  ISTH_SIDE_EXTERNAL,
} IsthSide;

const char *isth_side_name (IsthSide side); /* "unknown", "ot", "boundary", "it", "external" */

/* One value of one attribute, said by one source. Evidence bytes are owned by the asset. */
typedef struct
{
  const char *value;     /* owned by the asset, like all strings here */
  const char *protocol;  /* who said it: dissector id, "ieee-ra" for MAC prefixes, "person" */
  uint64_t count;
  IsthAttribute attribute : 8;
  uint8_t confidence;
  bool shown;            /* the one that stands for its attribute */
  bool conflict;         /* another value of the attribute has the same standing: shown, never averaged */
  IsthEvidence evidence; /* the first */
} IsthAssetClaim;

typedef struct
{
  IsthAddress mac;       /* kind NONE: not known (behind a router) */
  IsthAddress *ips;      /* sorted */
  uint16_t *vlans;       /* sorted, without 0 */
  uint32_t n_ips, n_vlans;
} IsthInterface;

typedef struct
{
  const char *protocol;  /* "" not known */
  uint8_t transport;     /* IP protocol number; 0: no IP */
  uint16_t port;
} IsthService;

/* A MAC of the asset and an IP are one interface, as a protocol says whose business that is. */
typedef struct
{
  IsthAddress ip, mac;
  const char *protocol;  /* "arp", "dhcp" … */
  uint64_t count;
  int64_t last;
  IsthEvidence evidence; /* the first; bytes owned by the asset */
} IsthAssetBinding;

/* A frame as a whole. */
typedef struct
{
  uint64_t frame;
  int64_t time;
  uint32_t capture;
} IsthSight;

/**
 * IsthAsset:
 * @id: stable number made from its strongest key; the same in every run over the same captures
 * @name: what to call it: never empty, never NULL
 *
 * Immutable once in a snapshot. All pointers are owned by it, or good for as long as the program runs. Large networks have a hundred thousand of them:
 * the order of the fields leaves no gaps.
 */
typedef struct
{
  IsthRecord record;
  uint64_t id;
  uint64_t parent;            /* id of the rack or gateway; 0: none */
  const char *name;
  const char *name_reason;    /* why it is called so: attribute name or "address" */
  const char *kind_reason;    /* translated sentence */
  const char *level_reason;   /* translated sentence */
  const char *behind;         /* "" or the name of the router it was seen behind */
  IsthKind kind : 8;
  IsthSide side : 8;
  IsthLevel level : 8;
  IsthKind other_kind : 8;    /* the runner-up; unknown: there is none */
  bool level_by_person;
  bool silent;                /* was addressed and never seen to speak */
  uint8_t kind_confidence;    /* 0 … 100: how many of a hundred such assets are of that kind; 0 when the kind is unknown */
  uint8_t other_confidence;
  uint8_t level_confidence;   /* the same of the level */
  uint8_t kind_rules[ISTH_KIND_RULES]; /* what spoke for the kind, the strongest first; 0: no more. Of a person's word and a protocol's proof, none */
  uint8_t other_rule;         /* what spoke most for the runner-up */
  uint32_t n_interfaces, n_services;
  IsthInterface *interfaces;
  const char **other_addresses; /* NULL-ended: "modbus-unit:3" */
  const char **roles;         /* NULL-ended, sorted */
  const char **protocols;     /* NULL-ended, sorted */
  IsthService *services;
  IsthAssetClaim *claims;     /* sorted by attribute, then standing */
  IsthAssetBinding *bindings; /* sorted by ip, mac, protocol */
  uint32_t n_claims, n_bindings;
  int64_t first, last;
  IsthSight first_sight;      /* the first frame that it sent itself; frame 0: it sent none, or has no address of its own */
  uint64_t packets_sent, packets_received, bytes_sent, bytes_received;
  IsthActivity activity;
} IsthAsset;

/* As evidence, without bytes. */
static inline IsthEvidence
isth_sight_as_evidence (const IsthSight *self)
{
  return (IsthEvidence) { .frame = self->frame, .time = self->time, .capture = self->capture };
}

/* A path of IsthAsset.other_addresses as people say it: "modbus-unit:3" is "unit 3". Translated; free with g_free(). */
char *isth_child_path_describe (const char *path);

/* The value shown for @attribute, or "" */
const char *isth_asset_get (const IsthAsset *self, IsthAttribute attribute);
const IsthAssetClaim *isth_asset_get_claim (const IsthAsset *self, IsthAttribute attribute); /* or NULL */

/* One notable operation on its own. */
typedef struct
{
  IsthOutcome outcome;
  const char *text;      /* of the outcome, "" none */
  IsthEvidence evidence;
} IsthLinkEvent;

typedef struct
{
  IsthOp verb;
  int64_t function;      /* -1: none */
  const char *name;
  const char *object;    /* "" none; what it acts on */
  uint64_t count, ok, refused;
  IsthCycle cycle;       /* empty for operations that stand for many objects */
  int64_t first, last;
  IsthEvidence evidence;
  IsthLinkEvent *events; /* the first notable ones, by time */
  uint32_t n_events;
} IsthLinkOperation;

/* Two assets, one protocol and service. @from asked (or spoke first); see @proof for how that is known. */
typedef struct
{
  IsthRecord record;
  uint64_t id;
  uint64_t from, to;     /* asset ids */
  const char *protocol;  /* dissector id, "" not known */
  uint8_t transport;
  uint8_t proof;         /* 0 direction not known, 1 spoke first, 2 handshake, 3 protocol */
  uint16_t port;
  bool crossing;         /* the ends are on different sides of the IT/OT boundary */
  bool reaches;          /* the same, or one end is on that boundary and the other is not */
  uint64_t packets[2], bytes[2]; /* by @from, by @to */
  uint64_t flows;
  uint32_t verbs;        /* bit 1 << IsthOp for each verb seen */
  int64_t first, last;
  IsthActivity activity;
  IsthLinkOperation *operations; /* sorted by verb, function, object */
  uint32_t n_operations;
} IsthLink;

/* One transfer of a program, firmware or file, out of its many steps. */
typedef struct
{
  uint64_t from, to;       /* asset ids: who asked for it, the device */
  const char *protocol;
  IsthOp verb;             /* program: to the device; upload: from it; firmware, configure, file */
  IsthTransferState state;
  bool begun;              /* its beginning was seen */
  const char *object;      /* "block OB1", "" not known */
  const char *text;        /* why it was broken off, "" not known */
  uint64_t steps, bytes, total; /* carried, announced (0: not known) */
  int64_t first, last;
  IsthEvidence evidence;   /* of its first step */
} IsthTransferEvent;

/* What a subnet is for, by who speaks in it. */
typedef enum
{
  ISTH_SUBNET_UNKNOWN,
  ISTH_SUBNET_CONTROL, /* the plant */
  ISTH_SUBNET_MIXED,   /* control devices among many others */
  ISTH_SUBNET_OFFICE,
  ISTH_SUBNET_BETWEEN, /* reaches controllers elsewhere */
} IsthSubnetNature;

const char *isth_subnet_nature_name (IsthSubnetNature nature);   /* "unknown", "control" … */
const char *isth_subnet_nature_reason (IsthSubnetNature nature); /* translated sentence */

#define ISTH_NETWORK_IDS 4
#define ISTH_NETWORK_VLANS 8

/**
 * IsthNetwork:
 * @told: hosts that were told its width, or say it of themselves; @routed: of @routers, all; neither: 24 bits are assumed
 * @addresses: that assets have in it and in no narrower one; @devices: of these, those of control devices
 * @near: some of them are on a segment that was seen; otherwise all lie behind @behind
 * @vlans: where these spoke, the smallest ones; @untagged: also without a tag. What shares a VLAN shares a broadcast domain
 * @gateways … @dhcp_servers: asset ids, the smallest ones, ended by 0 where there are fewer; gateways are routers in it and those its hosts were told
 * @translators: send for others with their own address
 * @routers: say that they lead to it
 * @dhcp_first, @dhcp_last: of the addresses that DHCP gave out, kind NONE: none was seen
 *
 * A network that addresses of assets lie in (of IPv6 one that somebody spoke of), that a host says to be in, or that a router leads to.
 */
typedef struct
{
  IsthAddress network, dhcp_first, dhcp_last;
  uint64_t behind[ISTH_NETWORK_IDS], gateways[ISTH_NETWORK_IDS], translators[ISTH_NETWORK_IDS], dhcp_servers[ISTH_NETWORK_IDS], routers[ISTH_NETWORK_IDS];
  uint32_t told, routed, addresses, devices;
  uint16_t vlans[ISTH_NETWORK_VLANS];
  uint8_t bits;
  uint8_t nature; /* IsthSubnetNature */
  bool near, untagged;
} IsthNetwork;

/* By address. */
typedef struct
{
  IsthRecord record;
  IsthNetwork *networks;
  uint32_t n_networks;
  char **site_ranges; /* NULL-ended: what people say is the site's own */
} IsthNetworkList;

/* Why it is taken to be as wide; free with g_free(). */
char *isth_network_describe_width (const IsthNetwork *self);

/* By first time. */
typedef struct
{
  IsthRecord record;
  IsthTransferEvent *events;
  uint32_t n_events;
} IsthTransferList;

/* What crosses the boundary between office and plant, or reaches it: all links of one pair in one service, whose ends stand on different sides. */
typedef struct
{
  uint64_t from, to;       /* asset ids; as in IsthLink */
  uint64_t link;           /* id of its link, of several the smallest */
  const char *protocol;
  IsthSide from_side, to_side;
  uint8_t transport, proof;
  uint16_t port;
  bool direct;             /* from the office or the outside straight into the plant, or back; otherwise one end is on the boundary */
  uint32_t links;
  uint64_t packets, bytes;
  uint64_t counts[ISTH_N_OPS]; /* operations, by verb */
  uint64_t refused;
  int64_t first, last;
} IsthCrossing;

/* Direct ones first, then by their ends and service. */
typedef struct
{
  IsthRecord record;
  IsthCrossing *crossings;
  uint32_t n_crossings;
} IsthCrossingList;

/* How a remote session ended, as far as the capture shows. */
typedef enum
{
  ISTH_SESSION_OPEN,   /* it was still open when the capture ended */
  ISTH_SESSION_CLOSED, /* one end or both said so, or reset it */
  ISTH_SESSION_SILENT, /* it fell silent: datagrams have no end */
  ISTH_N_SESSION_ENDS,
} IsthSessionEnd;

const char *isth_session_end_name (IsthSessionEnd end); /* "open", "closed", "silent" */

/* What its packets look like; what is in them is mostly secret. */
typedef enum
{
  ISTH_SHAPE_UNKNOWN,     /* too little to tell, or neither */
  ISTH_SHAPE_INTERACTIVE, /* many small packets of the one who works, with pauses */
  ISTH_SHAPE_TRANSFER,    /* full packets one way, bare acknowledgements the other */
  ISTH_N_SHAPES,
} IsthSessionShape;

const char *isth_session_shape_name (IsthSessionShape shape); /* "unknown", "interactive", "transfer" */

/* Something that was said in the session: how it was opened, a login, a program, the name of an end. */
typedef struct
{
  IsthRemarkKind kind;
  bool of_client;          /* the one who opened it said it, or it is about that one */
  IsthOutcome outcome;     /* of a login or an opening */
  const char *answer;      /* … in words; "" none */
  const char *protocol;
  const char *text;
  IsthEvidence evidence;
} IsthSessionWord;

/* What was done, folded: by verb, protocol and target. */
typedef struct
{
  IsthOp verb;
  bool carried;            /* in the session's own connection; otherwise by the host on which somebody worked, at the same time */
  bool exact;              /* @count is all there was while the session ran; otherwise there were at least so many */
  bool habit;              /* the host did the same before the session began */
  const char *protocol;
  const char *name;        /* of the first operation */
  const char *object;      /* of the first; "" none */
  uint64_t target;         /* asset id */
  uint64_t count;
  int64_t first, last;
  IsthEvidence evidence;   /* of the first */
} IsthSessionDeed;

/* What one capture has of a session. */
typedef struct
{
  uint64_t packets[2], bytes[2]; /* as of the session */
  int64_t first, last;
  IsthEvidence evidence;         /* its first frame there, as a whole */
} IsthSessionPart;

/**
 * IsthRemoteSession:
 * @from, @to: asset ids: who opened the connection and who was asked; with proof 0 merely ordered
 * @user: who logged in, as far as it is seen in clear; "". @refused: every opening and login that was seen was refused, so nobody came in
 * @relay: the service that passes it on; "": none. Then @host, on the inside, is the one that may be worked on, and who works is not seen
 * @host: asset id: on whose behalf deeds are looked for; 0: nobody can tell
 * @idle, @pause: ns without a packet, in all and at a stretch, to the grain of @activity
 * @came_by: the session by which it was likely reached, one to the host from where this one was opened; 0: none. @came_from: asset id: who opened that
 * @score: how likely, 0 … 100; @reasons why, translated sentences, NULL-ended
 * @tunnel: how likely it is a reverse tunnel, through which somebody at @to works on @host, the one that opened it; 0: it does not look so.
 *   @tunnel_reasons as @reasons
 */
typedef struct
{
  IsthRecord record;
  uint64_t id;
  uint64_t from, to, host;
  uint64_t link;           /* id of the link that it is part of; 0: none */
  const char *protocol;    /* dissector id */
  const char *inner;       /* the innermost protocol that was read in it */
  const char *relay;
  const char *user;
  IsthRemote kind;
  IsthSessionEnd end;
  IsthSessionShape shape;
  uint8_t transport, proof;
  bool begun;              /* its beginning was seen */
  bool refused;
  uint16_t port[2];        /* of @from, of @to */
  uint64_t packets[2], bytes[2]; /* by @from, by @to */
  int64_t first, last;
  uint64_t idle, pause;
  IsthActivity activity;
  IsthEvidence evidence;   /* its first frame, as a whole */
  uint64_t came_by, came_from;
  uint8_t score;
  const char **reasons;
  uint8_t tunnel;
  const char **tunnel_reasons;
  IsthSessionPart *parts;  /* by time, one or more: it may go on in the next capture, or be seen in two at once */
  IsthSessionWord *words;  /* in the order of their evidence */
  IsthSessionDeed *deeds;  /* carried ones first, then by weight of the verb, then by time */
  uint32_t n_parts, n_words, n_deeds;
  uint32_t more_deeds;     /* rows that had no room */
} IsthRemoteSession;

typedef enum
{
  ISTH_SEVERITY_INFO,
  ISTH_SEVERITY_LOW,
  ISTH_SEVERITY_MEDIUM,
  ISTH_SEVERITY_HIGH,
  ISTH_SEVERITY_CRITICAL,
} IsthSeverity;

const char *isth_severity_name (IsthSeverity severity);  /* "info" … "critical" */
const char *isth_severity_title (IsthSeverity severity); /* untranslated */

/* One occurrence of a detection, folded over its repeats. */
typedef struct
{
  IsthRecord record;
  uint64_t id;              /* from detection, subject, peer and detail: the same in every run */
  const char *detection;    /* its id */
  const char *title;        /* translated */
  const char *plant_form, *security_form; /* the sentences in plant words and in security words, translated; for isth_alert_describe() */
  const char *detail;       /* "" or what exactly: "DB1.DBX0.0 (write)" */
  IsthSeverity process_severity, cyber_severity;
  uint64_t subject, peer;   /* asset ids; 0: none */
  const char *subject_name, *peer_name, *said; /* … with which they are filled in; said: the detail, as people say it */
  int64_t first, last;
  uint64_t count;
  const char **attack;      /* NULL-ended ATT&CK for ICS ids */
  IsthEvidence *evidence;   /* the first ISTH_LIMIT_ALERT_EVIDENCE, by time; bytes owned */
  uint32_t n_evidence;
  bool acknowledged;        /* a person's */
} IsthAlert;

/* One of the sentences of @self, @form, with names and details filled in; free with g_free(). A flood raises a hundred thousand alerts, of which people read a
 * few: so sentences are made for who reads them. */
char *isth_alert_describe (const IsthAlert *self, const char *form);

typedef struct
{
  IsthRecord record;
  uint32_t id;              /* index in the snapshot; ordered by first time, then content: not by when it was opened */
  char *path, *sha256, *format;
  char **link_types, **notes; /* NULL-ended */
  uint64_t fingerprint, size, frames, bytes, cut_frames, dropped, damaged;
  bool dropped_known, truncated, complete;
  int64_t first, last;
  IsthOffsets *offsets;     /* for isth_source_read_frame(); NULL: none */
} IsthCapture;

typedef struct
{
  const char *what;
  uint64_t count;
} IsthHealthCount;

/* Where frames count, each once. Those that are not here told no address at all; why, the other figures say. */
typedef struct
{
  uint64_t between;  /* assets: in their links */
  uint64_t to_groups; /* multicast and broadcast: with the protocols of their senders */
  uint64_t within;   /* one asset: from one of its addresses to another */
  uint64_t of_nobody; /* an end is an address of which nothing shows that anybody lives there */
  uint64_t unnamed;  /* an end has no address, as before DHCP gave one: with the other end alone */
  uint64_t not_kept; /* their conversation was one too many: a ceiling was reached */
  uint64_t carried;  /* of all these, how often one counts in the link of a tunnel as well */
} IsthFrameTally;

/* Counts of what could not be read; sorted by what. */
typedef struct
{
  IsthRecord record;
  uint64_t frames;
  IsthFrameTally tally;
  uint64_t missing_bytes, lossy_connections; /* of TCP connections that were read: how much at least was not captured, of how many */
  uint64_t blind_macs; /* MACs that were written over those of many hosts, as in a replayed capture: hosts there have IP addresses only */
  uint64_t copies; /* packets that a capture holds twice; what they did is counted once */
  IsthHealthCount *not_decoded, *malformed, *limits; /* what: reason, dissector id, sentence */
  uint32_t n_not_decoded, n_malformed, n_limits;
} IsthHealth;

/**
 * IsthSnapshot:
 *
 * Arrays of records sorted by id (captures: by index). Made by the engine thread, read anywhere, never changed.
 */
typedef struct
{
  IsthRecord record;
  uint64_t generation;
  IsthAsset **assets;
  uint64_t *asset_ids;      /* of assets, in their order, so that one is found without touching others; NULL: not listed */
  uint32_t n_assets;
  IsthLink **links;
  uint32_t n_links;
  IsthAlert **alerts;
  uint32_t n_alerts;
  IsthRemoteSession **sessions;
  uint32_t n_sessions;
  IsthCapture **captures;
  uint32_t n_captures;
  IsthTransferList *transfers;
  IsthNetworkList *networks;
  IsthCrossingList *crossings;
  IsthReviewList *reviews;  /* what people settled */
  IsthHealth *health;
  IsthHistogram histogram;
  int64_t first, last;      /* of all captures; ISTH_NO_TIME of base/time.h when there is none */
} IsthSnapshot;

IsthSnapshot *isth_snapshot_ref (IsthSnapshot *self);
void isth_snapshot_unref (IsthSnapshot *self);

#define ISTH_NO_INDEX UINT32_MAX

/* The index of the record with this id, or ISTH_NO_INDEX. */
uint32_t isth_snapshot_find_asset (const IsthSnapshot *self, uint64_t id);
uint32_t isth_snapshot_find_link (const IsthSnapshot *self, uint64_t id);

/* By id, or NULL; lent by the snapshot. */
IsthAsset *isth_snapshot_get_asset (const IsthSnapshot *self, uint64_t id);
IsthLink *isth_snapshot_get_link (const IsthSnapshot *self, uint64_t id);
IsthAlert *isth_snapshot_get_alert (const IsthSnapshot *self, uint64_t id);
IsthRemoteSession *isth_snapshot_get_session (const IsthSnapshot *self, uint64_t id);

/* The id of an asset, link, alert or session, which lies right behind its IsthRecord. */
static inline uint64_t
isth_record_id (gconstpointer record)
{
  return ((const IsthAsset *) record)->id;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthSnapshot, isth_snapshot_unref)
