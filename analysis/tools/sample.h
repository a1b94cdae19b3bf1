/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network that does not exist: hosts that talk, seen from a mirror port. Always the same bytes. */
#pragma once

#include <glib.h>
#include <stdint.h>

#define MS 1000ll /* times are µs after the start of the recording */
#define S 1000000ll

#define OUTSIDE 0 /* the VLAN of hosts behind the firewall: never seen on a wire of ours */

/* Hosts of one VLAN share 192.168.VLAN.0/24; the router is .1 in each. */
typedef struct
{
  const char *name;
  uint8_t mac[6];
  uint8_t ip[4];
  uint16_t vlan;
  uint8_t ttl;   /* of what it sends, as seen on its first wire of ours */
} SampleHost;

typedef struct _Sample Sample;

Sample *sample_new (void);
void sample_free (Sample *self);

/* All frames in order of time as a pcap file (ns); starts at @start, ns since 1970. */
GByteArray *sample_write (Sample *self, int64_t start);

/* A frame as it is, without its VLAN tag (@vlan 0: untagged). */
void sample_frame (Sample *self, int64_t time, uint16_t vlan, const uint8_t target[6], const uint8_t source[6], uint16_t ether_type,
                   const GByteArray *payload);

/* An ARP request for @ip and its answer by @owner (NULL: nobody answers). */
void sample_arp (Sample *self, int64_t time, const SampleHost *asker, const uint8_t ip[4], const SampleHost *owner);

/* One datagram; routed, with ARP before the first, where it must be. Takes @payload. @to_group: the target's MAC is ff:ff:… or a multicast one. */
void sample_udp (Sample *self, int64_t time, const SampleHost *from, uint16_t from_port, const SampleHost *to, uint16_t to_port, GByteArray *payload);

typedef struct
{
  const SampleHost *client, *server;
  uint16_t client_port, server_port;
  uint32_t client_sequence, server_sequence;
} SampleTcp;

/* Handshake at @time. */
SampleTcp sample_tcp_open (Sample *self, int64_t time, const SampleHost *client, const SampleHost *server, uint16_t port);

/* One segment and the acknowledgement of the other side. Takes @payload. */
void sample_tcp_send (Sample *self, int64_t time, SampleTcp *tcp, gboolean by_client, GByteArray *payload);

/* Question at @time, answer @delay µs later. */
void sample_tcp_exchange (Sample *self, int64_t time, int64_t delay, SampleTcp *tcp, GByteArray *question, GByteArray *answer);
void sample_tcp_close (Sample *self, int64_t time, SampleTcp *tcp);

/* Bytes of a payload: hex digits ("0300 0016"), "text" in quotes, and in between: {b} {w} {d} (big-endian), {lw} {ld} (little-endian) take an
 * argument (int), {s} takes text. */
GByteArray *sample_bytes (const char *format, ...);

/* The same repeated pattern every call: @n bytes that look like process values at step @step. */
GByteArray *sample_values (GByteArray *bytes, uint32_t n, uint32_t step);
