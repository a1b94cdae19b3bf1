/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames written field by field into a pcap file in memory; for captures too large to be written as text. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One frame in the making, and the file it goes to. Every frame is later than the one before. */
typedef struct
{
  GByteArray *file;
  int64_t time;
  uint32_t n;
  uint8_t bytes[1 << 18];
} Wire;

/* One direction of a TCP or UDP conversation. */
typedef struct
{
  uint32_t source, target;
  uint16_t source_port, target_port;
  uint32_t sequence, acknowledgment;
} Talk;

enum
{
  WIRE_ACK = 0x10,
  WIRE_SYN = 0x02,
};

/* A new pcap file. */
Wire *wire_new (void);

/* The file; frees the rest. */
GByteArray *wire_end (Wire *self);

/* Big-endian fields at the end of the frame. */
void wire_put8 (Wire *self, uint8_t value);
void wire_put16 (Wire *self, uint16_t value);
void wire_put32 (Wire *self, uint32_t value);
void wire_put (Wire *self, const void *data, uint32_t n);
void wire_fill (Wire *self, uint8_t value, uint32_t n);

/* Begins a frame: Ethernet between the MACs 02:00:SOURCE and 02:00:TARGET. */
void wire_ethernet (Wire *self, uint32_t source, uint32_t target, uint16_t type);

/* An IPv4 header for @length bytes behind it. @fragment: flags and offset. */
void wire_ipv4 (Wire *self, uint32_t source, uint32_t target, uint8_t protocol, uint16_t id, uint16_t fragment, uint32_t length);

/* Begins a frame up to where @length bytes of payload follow; MACs are the addresses. */
void wire_udp (Wire *self, const Talk *talk, uint32_t length);
void wire_tcp (Wire *self, const Talk *talk, uint8_t flags, uint32_t length);

/* Three empty segments that open the conversation of @talk (from the client), whose sequence number is then that of the first byte. */
void wire_open (Wire *self, Talk *talk);

/* One segment of @talk with what is in @data; its sequence number goes on. */
void wire_say (Wire *self, Talk *talk, const void *data, uint32_t n);

/* The frame is complete. */
void wire_send (Wire *self);

/* A number that looks random: the same for the same @i, different for different ones. */
uint32_t wire_scatter (uint32_t i);
