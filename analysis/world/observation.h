/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a dissector may say about the world: operations, claims, bindings, children, neighbours, roles; each with its bytes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analysis/base/address.h"
#include "analysis/base/limits.h"

/* What one asset asks another to do, in any protocol. */
typedef enum
{
  ISTH_OP_IDENTIFY,
  ISTH_OP_READ,
  ISTH_OP_WRITE,
  ISTH_OP_CONTROL,      /* start, stop, mode, force */
  ISTH_OP_PROGRAM,      /* download of logic to the device */
  ISTH_OP_UPLOAD,       /* logic from the device */
  ISTH_OP_CONFIGURE,
  ISTH_OP_FIRMWARE,
  ISTH_OP_FILE,
  ISTH_OP_AUTHENTICATE,
  ISTH_OP_DIAGNOSE,
  ISTH_OP_SUBSCRIBE,
  ISTH_OP_REPORT,
  ISTH_OP_TIME_SYNC,
  ISTH_OP_OTHER,        /* session keeping and the like: counted, of no weight */
  ISTH_N_OPS,
} IsthOp;

/* "identify" … "time-sync", "other": the words of reports and projects. */
const char *isth_op_name (IsthOp op);

/* The reverse; ISTH_N_OPS when @name is none. */
IsthOp isth_op_from_name (const char *name);

/* Kept one by one, with its bytes: write, control, program, configure, firmware, authenticate. */
bool isth_op_is_notable (IsthOp op);

typedef enum
{
  ISTH_OUTCOME_UNKNOWN, /* no answer seen */
  ISTH_OUTCOME_OK,
  ISTH_OUTCOME_REFUSED, /* an exception, an error status; the text says which */
  ISTH_N_OUTCOMES,
} IsthOutcome;

/* "", "ok", "refused". */
const char *isth_outcome_name (IsthOutcome outcome);

/* What one step of a transfer does: of a program, of firmware, of a file. */
typedef enum
{
  ISTH_TRANSFER_BEGIN, /* asked for: what was open is broken off */
  ISTH_TRANSFER_DATA,  /* some of it was carried */
  ISTH_TRANSFER_END,   /* brought to its end */
  ISTH_TRANSFER_ABORT, /* broken off by either side, or refused */
  ISTH_N_TRANSFER_STEPS,
} IsthTransferStep;

/* "begin", "data", "end", "abort". */
const char *isth_transfer_step_name (IsthTransferStep step);

/* What became of a transfer. */
typedef enum
{
  ISTH_TRANSFER_OPEN,       /* neither its end nor its breaking off was seen */
  ISTH_TRANSFER_FINISHED,
  ISTH_TRANSFER_BROKEN_OFF,
  ISTH_N_TRANSFER_STATES,
} IsthTransferState;

/* "open", "finished", "broken-off": the words of reports and projects. */
const char *isth_transfer_state_name (IsthTransferState state);

/* Attributes that a claim can give a value to. The names (isth_attribute_name) are those of reports and projects. */
typedef enum
{
  ISTH_ATTRIBUTE_NAME,          /* "name": given by a person, or the one a device shows */
  ISTH_ATTRIBUTE_VENDOR,
  ISTH_ATTRIBUTE_VENDOR_ID,
  ISTH_ATTRIBUTE_MODEL,
  ISTH_ATTRIBUTE_ORDER_NUMBER,
  ISTH_ATTRIBUTE_PRODUCT_CODE,
  ISTH_ATTRIBUTE_FIRMWARE,
  ISTH_ATTRIBUTE_HARDWARE,
  ISTH_ATTRIBUTE_SERIAL,
  ISTH_ATTRIBUTE_HOSTNAME,
  ISTH_ATTRIBUTE_DOMAIN,
  ISTH_ATTRIBUTE_OS,
  ISTH_ATTRIBUTE_SOFTWARE,
  ISTH_ATTRIBUTE_DEVICE_TYPE,
  ISTH_ATTRIBUTE_DEVICE_TYPE_ID,
  ISTH_ATTRIBUTE_DEVICE_ID,
  ISTH_ATTRIBUTE_SLAVE_ID,
  ISTH_ATTRIBUTE_DESCRIPTION,
  ISTH_ATTRIBUTE_LOCATION,
  ISTH_ATTRIBUTE_CONTACT,
  ISTH_ATTRIBUTE_STATION,
  ISTH_ATTRIBUTE_PLANT_TAG,
  ISTH_ATTRIBUTE_PROTOCOL_ADDRESS,
  ISTH_ATTRIBUTE_BACNET_OBJECT_NAME, /* "bacnet_object_name": of the device, and of what it holds */
  ISTH_ATTRIBUTE_CHASSIS,
  ISTH_ATTRIBUTE_NEIGHBOUR_PORT,
  ISTH_ATTRIBUTE_NEIGHBOUR,     /* "SW2 port Gi0/1": whom it hears at the other end of a cable, by what that one calls itself */
  ISTH_ATTRIBUTE_MGMT_ADDRESS,
  ISTH_ATTRIBUTE_VENDOR_CLASS,
  ISTH_ATTRIBUTE_MDNS_SERVICE,
  ISTH_ATTRIBUTE_VLAN,
  ISTH_ATTRIBUTE_CERTIFICATE_NAME,
  ISTH_ATTRIBUTE_BANNER,
  ISTH_ATTRIBUTE_ENDPOINT,      /* "opc.tcp://host:4840/path": where a service says, or is said, to be found */
  ISTH_ATTRIBUTE_REALM,         /* what a service calls the area for which it asks who one is: of HTTP the whole challenge */
  ISTH_ATTRIBUTE_KERBEROS_CLIENT, /* "kerberos_client": a user or computer for which it gets tickets */
  ISTH_ATTRIBUTE_FINGERPRINT,   /* "JA3 …", "JA4 …", "HASSH …", "DHCP 1,15,3…": how a program speaks, as others call it */
  ISTH_ATTRIBUTE_APPLICATION,   /* "BitTorrent, tcp/51413": what conversations that no dissector reads look like; a guess */
  ISTH_ATTRIBUTE_KIND,          /* an asset kind by its name: a person's word, or what a protocol proves */
  ISTH_ATTRIBUTE_LEVEL,         /* "0" … "5", "3.5": a person's word */
  ISTH_ATTRIBUTE_STATE,         /* "run", "stop", "program" …: of a controller, as it last said */
  ISTH_ATTRIBUTE_NOTE,          /* a person's free text */
  ISTH_ATTRIBUTE_SUBNET,        /* "192.168.1.0/24": in which it was told, or says, to be */
  ISTH_ATTRIBUTE_ROUTE,         /* "10.7.0.0/16": a network that it says it leads to */
  ISTH_ATTRIBUTE_GATEWAY,       /* the router that it was told, or says, to use */
  ISTH_ATTRIBUTE_ADDRESS,       /* one more address that a host says it has, besides the one that it says so from */
  ISTH_ATTRIBUTE_SITE_RANGE,    /* a person's word about addresses, not about an asset: site-ranges.h */
  ISTH_N_ATTRIBUTES,
} IsthAttribute;

const char *isth_attribute_name (IsthAttribute attribute);
const char *isth_attribute_title (IsthAttribute attribute); /* sentence case, untranslated: mark with _() where shown */
IsthAttribute isth_attribute_from_name (const char *name);  /* ISTH_N_ATTRIBUTES when it is none */

/* Confidence of a claim, 0 … 100. Use these, so that one written precedence holds: person > deep parse > banner > vendor prefix > port. */
#define ISTH_CONFIDENCE_PERSON 100
#define ISTH_CONFIDENCE_PARSED 90      /* the device says it of itself, in a field that means it */
#define ISTH_CONFIDENCE_REPORTED 75    /* another device says it (DNS answer, DHCP server, neighbour's table) */
#define ISTH_CONFIDENCE_BANNER 60      /* free text of the device from which it was read */
#define ISTH_CONFIDENCE_PREFIX 40      /* vendor by MAC prefix */
#define ISTH_CONFIDENCE_HINT 20        /* port, fingerprint: shown as a guess */

/**
 * IsthEndpoint:
 * @ip: of the innermost IP header, kind NONE when there is none
 * @mac: of the same segment, kind NONE when it says nothing about @ip
 * @vlan: innermost, 0 untagged
 * @child: a device behind or inside it, by its protocol address ("modbus-unit:3", "cip-slot:2", "s7-slot:0/2"; a deeper one
 *   joined by " > "); NULL or "" for the thing itself. Lent.
 */
typedef struct
{
  IsthAddress ip;
  IsthAddress mac;
  uint16_t vlan;
  const char *child;
} IsthEndpoint;

/**
 * IsthEvidence:
 * @capture: index of the capture in its world
 * @frame: number in the capture, from 1; 0: no frame (a person's word)
 * @time: ns UTC
 * @offset, @length: the bytes in the frame that say so; length 0: the frame as a whole (or a PDU out of several frames)
 * @bytes, @n_bytes: those bytes themselves, at most ISTH_LIMIT_EVIDENCE; lent
 */
typedef struct
{
  uint64_t frame;
  int64_t time;
  const uint8_t *bytes;
  uint32_t offset;
  uint32_t length;
  uint32_t capture;
  uint32_t n_bytes;
} IsthEvidence;

typedef enum
{
  ISTH_OBSERVE_OPERATION, /* source asks target; returns a ticket for the outcome */
  ISTH_OBSERVE_OUTCOME,   /* the answer to an operation */
  ISTH_OBSERVE_CLAIM,     /* subject has an attribute */
  ISTH_OBSERVE_BINDING,   /* subject.mac and subject.ip are one interface: said by a protocol whose business it is (ARP, DHCP, DCP, ND) */
  ISTH_OBSERVE_CHILD,     /* subject (with child path) exists behind or inside its parent */
  ISTH_OBSERVE_NEIGHBOUR, /* subject is wired to target, as one of them says (LLDP, CDP) */
  ISTH_OBSERVE_ROLE,      /* subject plays a role: "modbus-server", "engineering", "dns-server" … */
  ISTH_OBSERVE_TRANSFER,  /* a step of what subject brings to target, or fetches from it */
} IsthObservationKind;

/**
 * IsthObservation:
 * @protocol: static id ("modbus", "cip"): most often the dissector's
 * @subject: whom it is about; for an operation, who asks; for an outcome, who answers
 * @target: for an operation, who is asked; for a neighbour, the other end
 * @mutual: it was said in a conversation in which both ends have spoken, so both are really there
 * @key: 0, or a seeded hash of the kind and of all that is said but for @evidence: by it the same can be said again in one word
 * @group: 0, or for an operation the same hash without its object: once all objects are counted together, any can be said again by it
 *
 * Everything pointed to is lent for the call only, but for strings marked static.
 */
typedef struct
{
  IsthObservationKind kind;
  const char *protocol;
  IsthEndpoint subject;
  IsthEndpoint target;
  IsthEvidence evidence;
  bool mutual;
  uint64_t key, group;
  union
  {
    struct
    {
      IsthOp verb;
      int64_t function;  /* the protocol's own number; -1: it has none */
      const char *name;  /* of the function, static: "read-holding-registers" */
      const char *object; /* what it acts on: "holding registers 0–9", "DB1.DBW0", "block OB1"; NULL or "" */
    } operation;
    struct
    {
      uint64_t ticket;
      IsthOutcome result;
      const char *text;  /* "illegal data address"; NULL or "" */
    } outcome;
    struct
    {
      IsthAttribute attribute;
      const char *value;
      uint8_t confidence;
    } claim;
    struct
    {
      const char *role; /* static */
    } role;
    struct
    {
      const char *port; /* the port on subject's side, "" unknown */
    } neighbour;
    struct
    {
      IsthTransferStep step;
      IsthOp verb;        /* program, upload, firmware, configure or file */
      bool joins;         /* starts none, and counts into the last one even when its end was said */
      uint64_t match;     /* tells those between the same two apart that run at the same time */
      uint64_t bytes;     /* carried by this step */
      uint64_t total;     /* announced, 0 unknown */
      const char *object; /* "block OB1", "file \"pump.prj\""; NULL or "" */
      const char *text;   /* why it was broken off; NULL or "" */
    } transfer;
  };
} IsthObservation;

/* What may be remarked of one connection. */
typedef enum
{
  ISTH_REMARK_LOGIN,    /* somebody logs in: "user “bob”" */
  ISTH_REMARK_SOFTWARE, /* what the one who speaks runs */
  ISTH_REMARK_HOST,     /* what an end is called */
  ISTH_REMARK_OPENING,  /* it is begun, how, and perhaps in whose name: whether anybody came in is not seen */
  ISTH_N_REMARKS,
} IsthRemarkKind;

/* "login", "software", "host", "opening": the words of projects. */
const char *isth_remark_name (IsthRemarkKind kind);

/* Said in one connection and to be kept apart from others of the same two: who a remote session is. Lent for the call only, but for @protocol.
 * @about: whom it is about; the other end is @other
 * @port: of @about, of @other */
typedef struct
{
  IsthRemarkKind kind;
  const char *protocol;
  IsthEndpoint about, other;
  uint16_t port[2];
  uint8_t transport;
  const char *text;
  IsthEvidence evidence;
} IsthRemark;

/**
 * IsthSink: whoever listens to observations: the facts, a listing, a test.
 * @observe: returns a ticket (not 0) for an operation, 0 otherwise. A ticket comes back at most once, with the outcome
 * @again: what was observed with @key before is said again by @evidence. Returns what observe would return, 1 for 0; or 0 when it is not remembered
 *   (any more), and must be observed in full. NULL: everything is
 * @answer: an outcome, for those who need not know who says it, and when; NULL: it is observed
 * @remark: of connections of remote access, besides what is observed; NULL: nobody asks
 * @again_of: as again, for what is remembered by its @group; from then on it is known by @key (0: is not). NULL: as again
 */
typedef struct
{
  uint64_t (*observe) (const IsthObservation *observation, void *user_data);
  void *user_data;
  uint64_t (*again) (uint64_t key, const IsthEvidence *evidence, void *user_data);
  void (*answer) (uint64_t ticket, IsthOutcome result, const char *text, void *user_data);
  void (*remark) (const IsthRemark *remark, void *user_data);
  uint64_t (*again_of) (uint64_t group, uint64_t key, const IsthEvidence *evidence, void *user_data);
} IsthSink;
