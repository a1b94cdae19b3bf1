/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every ceiling on what the network or a file controls, each with its reason, and with how the user is told when it is reached:
 *   → ISTH_REACHED_X   counted in the health figures with the sentence of that (isth_limit_text())
 *   → note             a note of the capture, or a damaged place in it
 *   → malformed        the PDU counts as malformed
 *   → error            the request fails with an error that says why
 *   → untold: …        why nobody need be told
 * tests/check-limits.py holds that each says one of these and is reached in a test. */
#pragma once

/* capture/ */
#define ISTH_LIMIT_FRAME 262144          /* bytes of one frame: libpcap's own largest snap length → note */
#define ISTH_LIMIT_BLOCK (16u << 20)     /* bytes of one pcapng block; Wireshark's ceiling → note */
#define ISTH_LIMIT_INTERFACES 4096       /* interfaces of one pcapng section, and of all; packets of further ones are damage → ISTH_REACHED_NOTES */
#define ISTH_LIMIT_NOTES 256             /* damage notes, comments, names kept per capture; further ones are counted → ISTH_REACHED_NOTES */
#define ISTH_LIMIT_OFFSETS 4096          /* parts of a file that are found again: of 4 MB up to 16 GB, then they double → untold: finding takes longer */
#define ISTH_LIMIT_OFFSET_BLOCKS 65536   /* section headers and interfaces that these parts need; without room for them a part goes on → untold: the same */
#define ISTH_LIMIT_INFLATE_RATIO 1100    /* plain bytes per compressed byte; deflate's own maximum is 1032:1 → note */
#define ISTH_LIMIT_INFLATED (64ull << 30) /* plain bytes from one compressed file: an hour of reading → note */

/* decode/ */
#define ISTH_LIMIT_NESTING 16            /* headers inside headers: real stacks have under 10 → ISTH_REACHED_NESTING */
#define ISTH_LIMIT_VLANS 4               /* tags kept of one frame → untold: standards know two; the innermost, which decides, is always kept */
#define ISTH_LIMIT_FRAGMENTS 1024        /* unfinished IP datagrams held → ISTH_REACHED_FRAGMENTS */
#define ISTH_LIMIT_FRAGMENT_BYTES (8u << 20) /* … and their bytes → ISTH_REACHED_FRAGMENTS */

/* flow/ */
#define ISTH_LIMIT_FLOWS (1u << 20)      /* live flows, 184 bytes each; unanswered tries are finished first, then the longest idle → ISTH_REACHED_FLOWS */
#define ISTH_LIMIT_IDLE (86400 * 1000000000ull) /* ns of capture time; who is silent for longer ended without saying so: months of listening
                                          * fit the same memory → untold: the flow is in the counts, and begins anew when it speaks again */
#define ISTH_LIMIT_IDLE_CLOSED (120 * 1000000000ull) /* the same after both sides, or a reset, said so; what is repeated of it comes sooner → untold: the same */
#define ISTH_LIMIT_SILENT (300 * 1000000000ull) /* the same of connections asked for in vain; and for a datagram's answer, which nobody waits for any
                                          * longer → untold: the same */
#define ISTH_LIMIT_STREAM (256u << 10)   /* bytes buffered by one direction of one stream → ISTH_REACHED_STREAM */
#define ISTH_LIMIT_STREAMS (64u << 20)   /* bytes buffered by all streams together → ISTH_REACHED_STREAMS */

/* dissectors/ */
#define ISTH_LIMIT_PDU (256u << 10)      /* bytes of one PDU → malformed */
#define ISTH_LIMIT_PROBES 8              /* payloads looked at before a flow is called unknown → untold: the flow is shown without a protocol */
#define ISTH_LIMIT_LAYERS 6              /* dissectors on top of one another → untold: what is inside is shown as the outermost protocol that was read */
#define ISTH_LIMIT_PENDING 256           /* requests of one flow that wait for their answers: one CIP packet can hold a hundred → ISTH_REACHED_PENDING */
#define ISTH_LIMIT_NAME_JUMPS 32         /* compression pointers followed in one DNS name; real ones need under 10 → malformed */
#define ISTH_LIMIT_STATE 4096            /* bytes of state of one dissector in one flow → untold: no capture reaches it, the build does */
#define ISTH_LIMIT_EXPECTED 512          /* conversations announced by others that are waited for; an FTP client opens one at a time → untold: such a one is read
                                          * by its content, as others are */
#define ISTH_LIMIT_EXPECTED_TIME (300 * 1000000000ull) /* ns that an announcement is good for → untold: the same */
#define ISTH_LIMIT_REMEMBERED (64u << 20) /* bytes of states and waiting requests of all flows together → ISTH_REACHED_REMEMBERED */

/* engine/ */
#define ISTH_LIMIT_GUESSES 4096          /* conversations of one capture shown to libndpi: 10 µs each, a flood must not cost more → ISTH_REACHED_GUESSES */
#define ISTH_LIMIT_GUESSING 256          /* … that it is not done with, 700 bytes each → untold: the oldest keeps what was recognised so far, nothing */

#define ISTH_LIMIT_HINTS 8192            /* hosts of one capture whose system is told by how they open connections, 250 bytes each → untold: a plant has
                                          * fewer, of a flood nobody wants to know */

/* world/ */
#define ISTH_LIMIT_STATIONS (1u << 20)   /* address pairs; floods have shares of it that leave room for who was really there → ISTH_REACHED_STATIONS */
#define ISTH_LIMIT_QUIET (1u << 18)      /* … those that only tried or were tried: scans, spoofed SYN floods → ISTH_REACHED_QUIET */
#define ISTH_LIMIT_ONE_SIDED (3u << 18)  /* … these, and those that spoke without being spoken to: spoofed datagrams → ISTH_REACHED_ONE_SIDED; as many rows
                                          * of each table, and words, for what is said of them → ISTH_REACHED_FACTS */
#define ISTH_LIMIT_UNHEARD (1u << 19)    /* conversations in which nobody said anything, as port scans make: half of all → ISTH_REACHED_UNHEARD */
#define ISTH_LIMIT_CLAIMS 64             /* values of one attribute of one endpoint → ISTH_REACHED_CLAIMS */
#define ISTH_LIMIT_TEXT 256              /* bytes of one value, object or name → untold: the evidence beside it holds the bytes */
#define ISTH_LIMIT_CHILDREN 1024         /* child devices of one station → ISTH_REACHED_CHILDREN */
#define ISTH_LIMIT_OBJECTS 64            /* distinct objects of one function on one link, then they are folded → ISTH_REACHED_OBJECTS */
#define ISTH_LIMIT_EVENTS 64             /* single notable operations kept per function and object on one link: the first ones → untold: cyclic
                                          * writing is ordinary; where they are listed, it is shown that there were more */
#define ISTH_LIMIT_EVENTS_ALL (1u << 20) /* … and in all; this one is → ISTH_REACHED_EVENTS */
#define ISTH_LIMIT_FACTS (1u << 20)      /* rows of one table of one capture's facts; strings and evidence bytes too → ISTH_REACHED_FACTS */
#define ISTH_LIMIT_MEMO 16384            /* things said that are known by a key when they are said again → untold: others are looked up by their words */
#define ISTH_LIMIT_SESSIONS 16384        /* connections of remote access of one capture, and what is remarked in them, each on its own → ISTH_REACHED_SESSIONS */
#define ISTH_LIMIT_RESTS 4096            /* … among the first of which may be connections without a beginning, as the rest of a session begun in another capture
                                          * is → untold: the session ends with its capture */
#define ISTH_LIMIT_SESSION_PARTS 64      /* captures that are named of one session → untold: all count in it */
#define ISTH_LIMIT_REMARKS 65536         /* … → ISTH_REACHED_SESSIONS */
#define ISTH_LIMIT_SESSION_WORDS 16      /* users, programs and names shown of one session: the first ones → untold: who logs in more often guesses passwords,
                                          * which is an alert's business; all are in the link's operations */
#define ISTH_LIMIT_SESSION_DEEDS 64      /* rows of what was done in one session; the heavier verbs first → untold: how many more there were is shown beside them */
#define ISTH_LIMIT_CAPTURES 4096         /* captures of one project → error */
#define ISTH_LIMIT_EVIDENCE 256          /* evidence bytes kept, so that a project outlives its capture → untold: its length says how much there was */
#define ISTH_LIMIT_CABLES 512            /* cables between assets that one of them tells of → untold: the claims that tell of further ones are there */
#define ISTH_LIMIT_NETWORKS 4096         /* networks listed → untold: the assets in others are there all the same */
#define ISTH_LIMIT_PREFIXES 128          /* widths of networks that hosts were told → untold: for others 24 bits are assumed, which is told beside each */
#define ISTH_LIMIT_ALERT_EVIDENCE 16     /* evidences kept of one folded alert: the first ones → untold: the count beside them says how many there were */

/* Ceilings that can be reached, as they are counted in the health figures. */
typedef enum
{
  ISTH_REACHED_NESTING,
  ISTH_REACHED_FRAGMENTS,
  ISTH_REACHED_FLOWS,
  ISTH_REACHED_STREAM,
  ISTH_REACHED_STREAMS,
  ISTH_REACHED_PENDING,
  ISTH_REACHED_REMEMBERED,
  ISTH_REACHED_GUESSES,
  ISTH_REACHED_STATIONS,
  ISTH_REACHED_QUIET,
  ISTH_REACHED_ONE_SIDED,
  ISTH_REACHED_UNHEARD,
  ISTH_REACHED_CLAIMS,
  ISTH_REACHED_CHILDREN,
  ISTH_REACHED_OBJECTS,
  ISTH_REACHED_EVENTS,
  ISTH_REACHED_NOTES,
  ISTH_REACHED_FACTS,
  ISTH_REACHED_SESSIONS,
  ISTH_N_REACHED,
} IsthLimit;

/* The sentence shown for @limit, untranslated (mark with _() where shown). */
const char *isth_limit_text (IsthLimit limit);
