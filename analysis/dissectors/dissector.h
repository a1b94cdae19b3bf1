/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a protocol is to Isthmus: one const table entry, a probe, a framing, and a function that says what it read. */
#pragma once

#include "analysis/base/address.h"
#include "analysis/base/cursor.h"
#include "analysis/base/text.h"
#include "analysis/decode/packet.h"
#include "analysis/world/observation.h"

/* How much of a protocol is read; printed by `isthmus-cli protocols`, each claim backed by a golden capture. */
typedef enum
{
  ISTH_DEPTH_FULL,       /* every function named, identity read */
  ISTH_DEPTH_DEEP,       /* the operations that matter, and identity */
  ISTH_DEPTH_SHALLOW,    /* framing and direction */
  ISTH_DEPTH_RECOGNISED, /* named only */
  ISTH_DEPTH_OPAQUE,     /* encrypted or closed */
} IsthDepth;

typedef enum
{
  ISTH_DISSECT_OK,
  ISTH_DISSECT_NOT_MINE,  /* another protocol after all: nothing was emitted */
  ISTH_DISSECT_MALFORMED, /* mine, and it contradicts itself or ends too early */
} IsthDissectResult;

/* Where payloads come from. The number of a binding is a hint, and decides nothing but the order of probing. */
typedef enum
{
  ISTH_BIND_TCP,        /* TCP port; payload is a stream cut by pdu_length */
  ISTH_BIND_UDP,        /* UDP port */
  ISTH_BIND_ETHER_TYPE, /* EtherType; payload behind it */
  ISTH_BIND_LLC,        /* DSAP << 8 | SSAP */
  ISTH_BIND_SNAP,       /* protocol id of a SNAP header with a foreign OUI; the probe looks at packet->snap_oui */
  ISTH_BIND_IP,         /* IP protocol number */
  ISTH_BIND_COTP,       /* user data of ISO transport class 0 (RFC 1006); key: calling TSAP << 16 | called TSAP, 0 unknown */
  ISTH_BIND_CIP,        /* a CIP message in EtherNet/IP; key: connection id (0: unconnected) and, << 32, what question and answer share */
  ISTH_BIND_MODBUS,     /* the body of Modbus function 90; key: transaction << 16 | unit << 8 | function */
  ISTH_BIND_NBSS,       /* a message of the NetBIOS session service, or of SMB right on TCP; key: 0 */
  ISTH_BIND_PIPE,       /* what is written to a named pipe of Windows, or read from it; key: tells the pipes of one connection apart */
  ISTH_N_BINDINGS,
} IsthBindingKind;

typedef struct
{
  IsthBindingKind kind;
  uint16_t number; /* 0: no usual one; found by its probe alone */
} IsthBinding;

typedef enum
{
  ISTH_FROM_UNKNOWN,
  ISTH_FROM_CLIENT,
  ISTH_FROM_SERVER,
} IsthDirection;

/* How sure a probe is, from content alone. */
typedef enum
{
  ISTH_PROBE_NO,
  ISTH_PROBE_WEAK,   /* could be: enough only where a binding names the port as well */
  ISTH_PROBE_STRONG, /* several independent fields agree: enough on any port */
} IsthProbe;

#define ISTH_PDU_MORE 0u            /* pdu_length: the header is not complete yet */
#define ISTH_PDU_INVALID UINT32_MAX /* pdu_length: no PDU can start with these bytes */

typedef struct _IsthDissectContext IsthDissectContext;
typedef struct _IsthDissector IsthDissector;

/**
 * IsthDissector:
 * @id: stored in project files: never change it
 * @title: the protocol's proper name, N_() when it is a word
 * @identity: attributes it can yield, space-separated names as in isth_attribute_name(); NULL: none
 * @state_size: zeroed bytes kept for each flow, at most ISTH_LIMIT_STATE; 0: none. A hundred thousand flows may have them
 * @room_size: further ones for what few flows need, made when they are asked for; at most as many
 * @probe: looks at the first bytes of a payload; copies of its cursor, so nothing is consumed. Never emits. NULL: the
 *   binding's number is an EtherType, SAP or IP protocol and enough
 * @pdu_length: TCP only: the length of the PDU that starts at the cursor, ISTH_PDU_MORE or ISTH_PDU_INVALID. NULL: whatever is there is one PDU.
 *   After lost bytes it is asked at each position until it accepts one and the probe does, too.
 * @seek: how many bytes from the cursor on surely begin no PDU that @pdu_length and @probe would both accept; where lost bytes are behind most of a stream, it is
 *   much quicker than asking. It may be wrong about the last few, which are asked in any case. NULL: no better way is known
 * @dissect: reads one PDU (TCP: exactly pdu_length bytes; the capture may have cut it: then length < wire, and what stands in front of the cut is said; that
 *   it "ends too early" is then no fault)
 *
 * A dissector allocates nothing, logs nothing, keeps no globals, calls no other dissector, and sees the network only
 * through its cursor and its context.
 */
struct _IsthDissector
{
  const char *id;
  const char *title;
  IsthDepth depth;
  const char *identity;
  const IsthBinding *bindings;
  size_t n_bindings;
  size_t state_size;
  size_t room_size;
  IsthProbe (*probe) (IsthCursor c, const IsthPacket *packet);
  uint32_t (*pdu_length) (IsthCursor c);
  uint32_t (*seek) (IsthCursor c);
  IsthDissectResult (*dissect) (IsthCursor *c, IsthDissectContext *ctx);
};

/* The frame in hand: addresses, ports, TTL, time. For a TCP PDU: the frame that completed it. */
const IsthPacket *isth_context_packet (const IsthDissectContext *ctx);

/* The dissector's own zeroed bytes of this flow (@state_size); for frames without a flow they are zeroed each time. */
void *isth_context_state (IsthDissectContext *ctx);

/* @room_size zeroed bytes more, new ones with each call: kept by a pointer in the state, and gone with it. */
void *isth_context_room (IsthDissectContext *ctx);

/* The key it was handed over with (ISTH_BIND_COTP, ISTH_BIND_CIP, ISTH_BIND_MODBUS, ISTH_BIND_PIPE); 0 otherwise. */
uint64_t isth_context_key (const IsthDissectContext *ctx);

/* Who sent this PDU, as the handshake or an earlier PDU proved; ISTH_FROM_UNKNOWN before. */
IsthDirection isth_context_direction (const IsthDissectContext *ctx);

/* The PDU itself says that its sender is the client (a request) or the server (a response). */
void isth_context_prove_direction (IsthDissectContext *ctx, IsthDirection direction);

/* The two ends of the frame, without child. */
IsthEndpoint isth_context_sender (const IsthDissectContext *ctx);
IsthEndpoint isth_context_receiver (const IsthDissectContext *ctx);

/* An endpoint named only by an address inside a payload (kind decides whether ip or mac is set). */
IsthEndpoint isth_endpoint_from_address (IsthAddress address, uint16_t vlan);

/**
 * IsthRequest:
 * @match: what request and answer have in common (transaction id …), unique among those waiting in this flow and
 *   direction; the same for its answer. Ignored when @no_answer
 * @elsewhere: the answer comes from another port of who is asked, or to a group: in another flow. @match is then unique among all that this port asks
 * @plain: its answer says nothing but how it went, so that isth_emit_answers() may count it
 * @function, @name, @object, @verb: as in IsthObservation.operation
 * @opens: begins a session, tunnel or relayed connection: that it is granted does not tell that anybody logged in
 * @protocol: static id when it is not the dissector's own; NULL otherwise
 * @child: child path of the asked device, NULL: the receiver itself
 * @source: who asks when the frame has no sender (a client that has no address yet, over an interface without MACs); NULL: its sender
 * @target: who is asked when it is not the receiver of the frame (broadcast discovery …); NULL otherwise
 * @at, @length: the bytes that say so, inside the PDU; NULL: the whole PDU, or what isth_context_show() left of it
 * @memo: numbers given back with the answer
 * @key: 0, or a digest of what decides @verb, @function, @name, @object, @protocol and @child, for isth_emit_again()
 */
typedef struct
{
  uint64_t match;
  uint64_t key;
  bool no_answer;
  bool opens;
  bool elsewhere;
  bool plain;
  IsthOp verb;
  int64_t function;
  const char *name;
  const char *object;
  const char *protocol;
  const char *child;
  const IsthEndpoint *source;
  const IsthEndpoint *target;
  const uint8_t *at;
  uint32_t length;
  uint64_t memo[2];
} IsthRequest;

/**
 * isth_context_show:
 *
 * The evidence of what is said from here on without bytes of its own is not the whole PDU but only these @length bytes of it: what else it holds is a
 * secret, which is kept nowhere. Said before anything else.
 */
void isth_context_show (IsthDissectContext *ctx, const uint8_t *at, uint32_t length);

/**
 * IsthExpectation: a conversation that this one announces, between the same two, or one of them and a third
 * @layer: TCP or UDP
 * @of_receiver: @port is the receiver's and not the sender's; the other end may be at any
 * @at: whose port it is, when that is a third one, to whom the receiver is sent; NULL otherwise
 * @id: static id of the dissector that will read it, whatever its payloads look like
 * @memo: for that one
 */
typedef struct
{
  IsthLayer layer;
  bool of_receiver;
  const IsthAddress *at;
  uint16_t port;
  const char *id;
  uint64_t memo;
} IsthExpectation;

void isth_context_expect (IsthDissectContext *ctx, const IsthExpectation *expectation);

/* Whether another conversation announced this one for this dissector; then also whether @of_sender is the port that was named. */
bool isth_context_get_expected (const IsthDissectContext *ctx, uint64_t *memo, bool *of_sender);

/* A request, or a spontaneous message (@no_answer): its sender asks. One operation. */
void isth_emit_request (IsthDissectContext *ctx, const IsthRequest *request);

/**
 * isth_emit_again:
 *
 * For what is asked many times a second: if a request with @key was made by this sender of this receiver before, it is counted once more, and that is all;
 * of @request only @key, @match, @no_answer, @function, @at, @length, @memo (and @source, @target) need be there. Otherwise false: find out the rest, and
 * isth_emit_request() it with the same @key.
 *
 * What is remembered is forgotten as it happens, so nothing else that is said may hang on the answer: claims and bindings that come with every such
 * message are said before (isth_emit_same()) or each time. tests/engine/again.c holds that.
 */
bool isth_emit_again (IsthDissectContext *ctx, const IsthRequest *request);

/**
 * isth_emit_folded:
 * @request: all of it but for @object
 *
 * For a request that was not made before: says it when so many objects were asked for by that function on this link that they are counted together.
 * Returns false when the object has to be named: then nothing is done, and isth_emit_request() must say it.
 */
bool isth_emit_folded (IsthDissectContext *ctx, const IsthRequest *request);

/* A seeded hash of @n bytes, never 0, that goes on from @before (0, or a digest or number of what else decides). */
uint64_t isth_context_digest (const IsthDissectContext *ctx, uint64_t before, const void *bytes, size_t n);

/* What is remembered of a request that waits for its answer. */
typedef struct
{
  uint64_t match;
  uint64_t memo[2];
  int64_t function;
  uint64_t ticket;
  bool used;
} IsthPending;

/**
 * isth_emit_response:
 *
 * The sender answers the request @match of the receiver. Returns what was remembered of it (good for this PDU only), or NULL when no such request was
 * seen. A second answer to one request finds nothing, unless @more said that further ones will come.
 */
const IsthPending *isth_emit_response (IsthDissectContext *ctx, uint64_t match, IsthOutcome outcome, const char *text, bool more);

/**
 * isth_emit_answers:
 *
 * For a PDU of many answers: the sender did what @n requests of the receiver asked for, @match and the numbers behind it. Returns of how many, from the first
 * on, that was all there is to say: of plain ones that were asked in this order. The rest is for isth_emit_response().
 */
uint32_t isth_emit_answers (IsthDissectContext *ctx, uint64_t match, uint32_t n);

/* What is remembered of the request @match of the receiver, or NULL: for answers whose meaning depends on what was asked. Good for this PDU only. */
const IsthPending *isth_context_find_request (const IsthDissectContext *ctx, uint64_t match);

/**
 * isth_emit_claim:
 * @about: whom; NULL: the sender
 * @value: UTF-8 as made by analysis/base/text.h; an empty value is no claim
 * @at, @length: the bytes that say so; NULL: the whole PDU
 */
void isth_emit_claim (IsthDissectContext *ctx,
                      const IsthEndpoint *about,
                      IsthAttribute attribute,
                      const char *value,
                      int confidence,
                      const uint8_t *at,
                      uint32_t length);

/* isth_emit_claim() of text read from wire bytes (isth_text_from_string), with those bytes as its evidence. */
void isth_emit_text (IsthDissectContext *ctx,
                     const IsthEndpoint *about,
                     IsthAttribute attribute,
                     int confidence,
                     const uint8_t *bytes,
                     uint32_t length);

/**
 * isth_emit_same:
 * @about: whom it is said of, besides sender and receiver; NULL: nobody else
 * @digest: of all that decides what is said of devices from here to isth_emit_same_end(): isth_context_digest() of @bytes, most often; 0: nothing is known
 * @bytes: where what it is read from begins; evidence lies at the same places of it
 *
 * For what devices say of themselves over and over, in the same bytes: true when those bytes came before, and all that was said by them then was counted
 * once more. Nothing is left to do. False: read them, say it, and call isth_emit_same_end().
 *
 * In between there may be claims, texts, bindings, children, roles and neighbours, in the order that the bytes decide; no requests, answers and transfers,
 * and nothing that depends on what earlier PDUs said, unless it is in @digest. More than a dozen are never remembered.
 */
bool isth_emit_same (IsthDissectContext *ctx, const IsthEndpoint *about, uint64_t digest, const uint8_t *bytes);

/* @good: false when the bytes were not what they should be, so that they must be read again when they come again. */
void isth_emit_same_end (IsthDissectContext *ctx, bool good);

/* @interface's MAC and IP are one interface. Both must be host addresses; otherwise nothing is said. */
void isth_emit_binding (IsthDissectContext *ctx, const IsthEndpoint *interface, const uint8_t *at, uint32_t length);

/* @child (with its path) is a device behind or inside the thing at its address. */
void isth_emit_child (IsthDissectContext *ctx, const IsthEndpoint *child, const uint8_t *at, uint32_t length);

/* @about (NULL: the sender) plays @role, a static word: "modbus-server", "engineering", "dhcp-server" … That of a sender counts in its flow only twice,
 * so that it may be said with each PDU: nearly nothing is done from the third on. */
void isth_emit_role (IsthDissectContext *ctx, const IsthEndpoint *about, const char *role);

/* The same of the sender, unless @told says that it was said before; now it was. For flows that say much before they say the next thing worth knowing. */
static inline void
isth_emit_role_once (IsthDissectContext *ctx,
                     bool               *told,
                     const char         *role)
{
  if (!*told)
    isth_emit_role (ctx, NULL, role);
  *told = true;
}

/**
 * IsthTransfer:
 * @verb: program, upload, firmware, configure or file
 * @match: tells transfers between the same two (and child) apart that run at the same time: a file handle, a block number; 0: one at a time
 * @object: what is carried; needed once, at any step
 * @child: child path of the device; NULL: the device itself
 * @opens: begins a session, tunnel or relayed connection: that it is granted does not tell that anybody logged in
 * @protocol: static id when it is not the dissector's own; NULL otherwise
 * @by_device: the frame in hand was sent by the device, not by who asked for the transfer
 * @client, @device: the two ends where they are not those of the frame (which goes round a ring, to a group …); NULL otherwise. @child is then the device's own
 * @joins: these are bytes of what another conversation begins and ends: alone they are no transfer, and they count after its end, too
 * @bytes: carried by this PDU
 * @total: announced, 0 unknown
 * @text: why it was broken off, NULL otherwise
 */
typedef struct
{
  IsthOp verb;
  uint64_t match;
  const char *object;
  const char *child;
  const char *protocol;
  const IsthEndpoint *client, *device;
  bool by_device, joins;
  uint64_t bytes, total;
  const char *text;
} IsthTransfer;

/* A step of a transfer; all its steps become one event with its times, bytes and end. The requests that make it up are emitted as well. */
void isth_emit_transfer (IsthDissectContext *ctx, IsthTransferStep step, const IsthTransfer *transfer);

/* @about's port @port is wired to @other. */
void isth_emit_neighbour (IsthDissectContext *ctx, const IsthEndpoint *about, const IsthEndpoint *other, const char *port);

/* Gives an inner payload to the dissectors bound to @kind; NOT_MINE when none took it. */
IsthDissectResult isth_context_hand_over (IsthDissectContext *ctx, IsthBindingKind kind, uint64_t key, IsthCursor *payload);

/* The table the build makes from meson.build: in order of ids, ended by NULL. */
extern const IsthDissector *const isth_dissectors[];

#define ISTH_WRITTEN_TEXT 128

/* What the request that @evidence is of wrote: "500", "on, off". False, and "": it wrote nothing, or what it wrote is not read, too long or no number. Nothing
 * is looked up: it hangs on the bytes of the evidence alone. */
bool isth_written_describe (const char *protocol, IsthOp verb, const IsthEvidence *evidence, char text[ISTH_WRITTEN_TEXT]);

/* What the protocol @id is called, in the reader's language: a dissector's, or one that lives inside its protocol ("iccp"). NULL: not known. */
const char *isth_protocol_get_title (const char *id);

/* What frames of this EtherType hold, where it is the number of one protocol only; else NULL. */
const char *isth_ether_type_get_title (uint16_t type);

/* A service as people say it: "Modbus/TCP, port 502", "SNMP, UDP port 161", "TCP port 4711", "ARP". @protocol: an id, "" not known; @transport: the
 * number of the IP protocol, 0: no IP, then @port is an EtherType. Translated; free with g_free(). */
char *isth_service_describe (const char *protocol, uint8_t transport, uint16_t port);
