/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every ceiling on what the network or a file controls, each with its reason. Reaching one is counted
 * (see IsthLimit) and told to the user: nothing is dropped in silence. */
#pragma once

/* capture/ */
#define ISTH_LIMIT_FRAME 262144          /* bytes of one frame: libpcap's own largest snap length */
#define ISTH_LIMIT_BLOCK (16u << 20)     /* bytes of one pcapng block; Wireshark's ceiling */
#define ISTH_LIMIT_INTERFACES 4096       /* interfaces of one pcapng section */
#define ISTH_LIMIT_NOTES 256             /* damage notes kept per capture; further ones are counted */
#define ISTH_LIMIT_OFFSETS 4096          /* parts of a file that are found again: of 4 MB up to 16 GB, then they double */
#define ISTH_LIMIT_OFFSET_BLOCKS 65536   /* section headers and interfaces that these parts need; without room for them a part goes on */
#define ISTH_LIMIT_INFLATE_RATIO 1100    /* plain bytes per compressed byte; deflate's own maximum is 1032:1 */
#define ISTH_LIMIT_INFLATED (64ull << 30) /* plain bytes from one compressed file */

/* decode/ */
#define ISTH_LIMIT_NESTING 16            /* headers inside headers: real stacks have under 10 */
#define ISTH_LIMIT_VLANS 4               /* tags kept of one frame */
#define ISTH_LIMIT_FRAGMENTS 1024        /* unfinished IP datagrams held */
#define ISTH_LIMIT_FRAGMENT_BYTES (8u << 20)

/* flow/ */
#define ISTH_LIMIT_FLOWS (1u << 20)      /* live flows, 184 bytes each; unanswered tries are finished first, then the longest idle */
#define ISTH_LIMIT_STREAM (256u << 10)   /* bytes buffered by one direction of one stream */
#define ISTH_LIMIT_STREAMS (64u << 20)   /* bytes buffered by all streams together */

/* dissectors/ */
#define ISTH_LIMIT_PDU (256u << 10)      /* bytes of one PDU */
#define ISTH_LIMIT_PROBES 8              /* payloads looked at before a flow is called unknown */
#define ISTH_LIMIT_LAYERS 6              /* dissectors on top of one another */
#define ISTH_LIMIT_PENDING 256           /* requests of one flow that wait for their answers: one CIP packet can hold a hundred */
#define ISTH_LIMIT_NAME_JUMPS 32         /* compression pointers followed in one DNS name; real ones need under 10 */
#define ISTH_LIMIT_STATE 4096            /* bytes of state of one dissector in one flow */

/* world/ */
#define ISTH_LIMIT_STATIONS (1u << 20)   /* address pairs; scans beyond it are counted, not kept */
#define ISTH_LIMIT_CLAIMS 64             /* values of one attribute of one endpoint */
#define ISTH_LIMIT_TEXT 256              /* bytes of one value, object or name */
#define ISTH_LIMIT_CHILDREN 1024         /* child devices of one station */
#define ISTH_LIMIT_OBJECTS 64            /* distinct objects of one function on one link, then they are folded */
#define ISTH_LIMIT_EVENTS 64             /* single notable operations kept per function and object on one link: the first ones; cyclic
                                          * writing is ordinary, so that is shown where they are listed and is no limit reached */
#define ISTH_LIMIT_EVENTS_ALL (1u << 20) /* … and in all; this one is */
#define ISTH_LIMIT_FACTS (1u << 20)      /* rows of one table of one capture's facts; strings and evidence bytes too */
#define ISTH_LIMIT_CAPTURES 4096         /* captures of one project */
#define ISTH_LIMIT_EVIDENCE 256          /* evidence bytes kept, so that a project outlives its capture */
#define ISTH_LIMIT_ALERT_EVIDENCE 16     /* evidences kept of one folded alert: the first ones */

/* Ceilings that can be reached, as they are counted in the health figures. */
typedef enum
{
  ISTH_REACHED_NESTING,
  ISTH_REACHED_FRAGMENTS,
  ISTH_REACHED_FLOWS,
  ISTH_REACHED_STREAM,
  ISTH_REACHED_STREAMS,
  ISTH_REACHED_PENDING,
  ISTH_REACHED_STATIONS,
  ISTH_REACHED_CLAIMS,
  ISTH_REACHED_CHILDREN,
  ISTH_REACHED_OBJECTS,
  ISTH_REACHED_EVENTS,
  ISTH_REACHED_NOTES,
  ISTH_REACHED_FACTS,
  ISTH_N_REACHED,
} IsthLimit;

/* The sentence shown for @limit, untranslated (mark with _() where shown). */
const char *isth_limit_text (IsthLimit limit);
