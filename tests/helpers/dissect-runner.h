/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tables of PDUs through one dissector and compares what it says as text; and every prefix of every PDU for survival. */
#pragma once

#include <glib.h>

#include "analysis/dissectors/dissector.h"

/**
 * IsthDissectCase:
 * @pdus: PDUs as hex digits, blanks ignored, one a line. '>' before a PDU: sent by the client (the default), '<': by the server.
 *   "text" in double quotes stands for its ASCII bytes; "*N" right behind a byte repeats it N times in all ("00*16").
 * @result: of the last PDU
 * @says: what was observed, in order, one a line (see isth_test_format_observation)
 * @mid_stream: no handshake was seen: the direction is not known at the start
 * @tcp: over TCP, when the dissector's first binding is another
 *
 * Client is 10.0.0.1 (02:00:00:00:00:01) port 40000, server 10.0.0.2 (02:00:00:00:00:02) at the number of the first TCP or UDP
 * binding; dissectors bound to EtherTypes see the MACs only (client sends to ff:ff:ff:ff:ff:ff when @to_group).
 */
typedef struct
{
  const char *name;
  const char *pdus;
  IsthDissectResult result;
  const char *says;
  bool mid_stream;
  bool to_group;
  bool nameless; /* the client has neither MAC nor address */
  bool tcp, udp; /* over the first binding of that kind, not the first of all */
  bool pieces; /* PDUs behind the first may be pieces of something, with which no conversation starts */
  unsigned captured; /* so many bytes of the last PDU; 0: all */
} IsthDissectCase;

/* Adds one GLib test per case under /ID/NAME, and one "/ID/prefixes" that feeds every prefix of every PDU (as cut and as whole) in a heap
 * block of exactly that size. For TCP dissectors also checks that pdu_length of each OK case's PDUs is their length, and that probe accepts them. */
void isth_test_dissector (const IsthDissector *dissector, const IsthDissectCase *cases, size_t n);

/**
 * IsthProbeCase: how a payload begins
 * @bytes: as in IsthDissectCase.pdus
 * @probe: how sure the dissector is of it
 * @length: what pdu_length says of it, when that is asked
 * @layer: of its packet, when it is not that of all cases
 */
typedef struct
{
  const char *bytes;
  IsthProbe probe;
  uint32_t length;
  IsthLayer layer;
} IsthProbeCase;

/* Asks probe, and with @lengths pdu_length (but for datagrams by their own @layer). @packet: what the probe sees of it; NULL: nothing. */
void isth_test_probes (const IsthDissector *dissector, const IsthPacket *packet, const IsthProbeCase *cases, size_t n, bool lengths);

/* Runs one case now: for cases that are made and not written. */
void isth_test_dissect (const IsthDissector *dissector, const IsthDissectCase *one);

/* Hex digits as above to bytes. */
GByteArray *isth_test_bytes (const char *hex);

/**
 * One line per observation, without line end:
 *   operation  "write 16 write-multiple-registers (holding registers 1–2) @modbus-unit:17"   function "-" when it has none
 *   outcome    "= ok"   "= refused: illegal data address"
 *   claim      "vendor = Siemens (90)"    with " about ADDRESS" when it is not about the sender, " @CHILD" for a child
 *   binding    "bind 02:00:00:00:00:01 10.0.0.1"
 *   child      "child modbus-unit:17"
 *   role       "role modbus-server"   neighbour  "neighbour PORT ADDRESS"
 *   transfer   "transfer program data 200/1000 (block OB1)"   step, bytes of it and in all; ": WHY" when broken off
 * An operation whose target is not the receiver has " to ADDRESS"; one with a protocol of its own starts with "PROTOCOL: ".
 */
char *isth_test_format_observation (const IsthObservation *o, const IsthEndpoint *sender, const IsthEndpoint *receiver, const char *protocol);
