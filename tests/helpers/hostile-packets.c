/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile headers, fragments, addresses, conversations and streams. */
#include "tests/helpers/hostile.h"

#include <string.h>

#include "tests/helpers/wire.h"

static const Talk talk = { 0x0a000001, 0x0a000002, 40000, 502, 1000, 0 };

/* A header chain of @n times @unit behind Ethernet. */
static void
put_nested (Wire *wire,
            uint16_t type,
            const void *unit,
            uint32_t size,
            uint32_t n)
{
  wire_ethernet (wire, 1, 2, type);
  for (uint32_t i = 0; i < n; i++)
    wire_put (wire, unit, size);
  wire_send (wire);
}

static GByteArray *
make_empty_frames (size_t size)
{
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    wire_send (wire);
  return wire_end (wire);
}

static GByteArray *
make_many_tags (size_t size)
{
  static const uint8_t tag[] = { 0x00, 0x01, 0x81, 0x00 };
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    put_nested (wire, 0x8100, tag, sizeof tag, 20);
  return wire_end (wire);
}

static GByteArray *
make_many_tunnels (size_t size)
{
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    {
      wire_ethernet (wire, 1, 2, 0x0800);
      for (uint32_t i = 20; i > 0; i--)
        wire_ipv4 (wire, 0x0a000000 + i, 0x0a000100 + i, 4, 0, 0, 20 * (i - 1));
      wire_send (wire);
    }
  return wire_end (wire);
}

static GByteArray *
make_many_extensions (size_t size)
{
  static const uint8_t option[] = { 60, 0, 1, 4, 0, 0, 0, 0 };
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    {
      wire_ethernet (wire, 1, 2, 0x86dd);
      wire_put32 (wire, 0x60000000);
      wire_put16 (wire, 24 * sizeof option);
      wire_put16 (wire, 0x3c40);
      wire_fill (wire, 0x20, 32);
      for (int i = 0; i < 24; i++)
        wire_put (wire, option, sizeof option);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Datagrams of 64 KB in pieces of 8 bytes, the last first. */
static GByteArray *
make_tiny_fragments (size_t size)
{
  Wire *wire = wire_new ();

  for (uint16_t id = 0; wire->file->len < size; id++)
    for (int unit = 8190; unit >= 0 && wire->file->len < size; unit--)
      {
        wire_ethernet (wire, 1, 2, 0x0800);
        wire_ipv4 (wire, talk.source, talk.target, 17, id, (uint16_t) (unit | (unit < 8190 ? 0x2000 : 0)), 8);
        wire_fill (wire, 0, 8);
        wire_send (wire);
      }
  return wire_end (wire);
}

/* Each of a datagram of its own, and at its far end, so that it wants a buffer of 64 KB. */
static GByteArray *
make_lone_fragments (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      wire_ethernet (wire, 1, 2, 0x0800);
      wire_ipv4 (wire, talk.source + (i >> 16), talk.target, 17, (uint16_t) i, 0x2000 | 8188, 8);
      wire_fill (wire, 0, 8);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* The first 8 bytes of one datagram after another. */
static GByteArray *
make_first_fragments (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      wire_ethernet (wire, 1, 2, 0x0800);
      wire_ipv4 (wire, talk.source + (i >> 16), talk.target, 17, (uint16_t) i, 0x2000, 8);
      wire_fill (wire, 0, 8);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* The same 1,400 bytes again and again, each time 8 further. */
static GByteArray *
make_overlapping_fragments (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      wire_ethernet (wire, 1, 2, 0x0800);
      wire_ipv4 (wire, talk.source, talk.target, 17, (uint16_t) (i / 8000), (uint16_t) (0x2000 | i % 8000), 1400);
      wire_fill (wire, 0, 1400);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Every packet is a new conversation between two new hosts. */
static GByteArray *
make_new_hosts (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk one = { 0x0a000000 | (wire_scatter (2 * i) & 0xffffff), 0x0b000000 | (wire_scatter (2 * i + 1) & 0xffffff), (uint16_t) i, 9, 0, 0 };

      wire_udp (wire, &one, 0);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* One host asks every port of another. */
static GByteArray *
make_new_ports (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk one = { talk.source, talk.target + (i >> 24), (uint16_t) (30000 + (i >> 16 & 255)), (uint16_t) i, 7, 0 };

      wire_tcp (wire, &one, WIRE_SYN, 0);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* The same two in every VLAN there is, doubly tagged. */
static GByteArray *
make_new_vlans (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      wire_ethernet (wire, 1, 2, 0x8100);
      wire_put16 (wire, (uint16_t) (i & 0xfff));
      wire_put16 (wire, 0x0800);
      wire_ipv4 (wire, talk.source, talk.target, 1, 0, 0, 0);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Datagrams between IPv6 hosts whose low halves are a number that a multiplying hash, when it is not seeded all through, turns into nothing. */
static GByteArray *
make_colliding_addresses (size_t size)
{
  static const uint8_t zeroing[8] = { 0xdb, 0x28, 0xb4, 0xa0, 0xd1, 0x7e, 0x03, 0xe7 };
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      wire_ethernet (wire, 1, 2, 0x86dd);
      wire_put32 (wire, 0x60000000);
      wire_put32 (wire, 8 << 16 | 17 << 8 | 64);
      for (uint32_t end = 0; end < 2; end++)
        {
          wire_put32 (wire, 0x20010db8);
          wire_put32 (wire, 2 * i + end);
          wire_put (wire, zeroing, sizeof zeroing);
        }
      wire_put32 (wire, 9 << 16 | 9);
      wire_put32 (wire, 8 << 16);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* An address that every MAC claims, and MACs that claim every address: who is one asset? */
static GByteArray *
make_claimed_addresses (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      uint32_t mac = i % 2 ? 7 : 100 + i, ip = i % 2 ? 0x0a100000 + (i & 0xfffff) : talk.source;

      wire_ethernet (wire, mac, 0xffffffff, 0x0806);
      wire_put32 (wire, 0x00010800);
      wire_put32 (wire, 0x06040002);
      wire_put16 (wire, 0x0200);
      wire_put32 (wire, mac);
      wire_put32 (wire, ip);
      wire_put16 (wire, 0x0200);
      wire_put32 (wire, 8);
      wire_put32 (wire, talk.target);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Ports opened again and again: each packet ends a conversation and begins one. */
static GByteArray *
make_reused_ports (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk one = talk;

      one.sequence = i << 20;
      wire_tcp (wire, &one, WIRE_SYN, 0);
      wire_send (wire);
    }
  return wire_end (wire);
}

static const uint8_t question[] = { 0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1 };

/* Every other byte, so that all wait behind gaps. */
static GByteArray *
make_holes (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = talk;

  wire_open (wire, &one);
  wire_say (wire, &one, question, sizeof question);
  while (wire->file->len < size)
    {
      one.sequence++;
      wire_say (wire, &one, "", 1);
    }
  return wire_end (wire);
}

/* One byte is lost, and much comes behind it. */
static GByteArray *
make_lost_byte (size_t size)
{
  static const uint8_t bytes[1400] = { 0 };
  Wire *wire = wire_new ();
  Talk one = talk;

  wire_open (wire, &one);
  wire_say (wire, &one, question, sizeof question);
  one.sequence++;
  while (wire->file->len < size)
    wire_say (wire, &one, bytes, sizeof bytes);
  return wire_end (wire);
}

/* Behind a gap, long segments that each begin one byte behind the one before. */
static GByteArray *
make_overlapping_segments (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = talk;
  uint32_t begin;

  wire_open (wire, &one);
  wire_say (wire, &one, question, sizeof question);
  begin = one.sequence + 1;
  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      one.sequence = begin + i % 200000;
      wire_tcp (wire, &one, WIRE_ACK, 1400);
      wire_fill (wire, 0xee, 1400);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Backwards, byte by byte, in stretches. */
static GByteArray *
make_backward_segments (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = talk;
  uint32_t begin;

  wire_open (wire, &one);
  wire_say (wire, &one, question, sizeof question);
  begin = one.sequence;
  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      one.sequence = begin + 4096 * (i / 4096) + 4095 - i % 4096;
      wire_say (wire, &one, "", 1);
    }
  return wire_end (wire);
}

/* Half a message in every conversation: each wants a buffer. */
static GByteArray *
make_half_messages (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk one = { talk.source + (i >> 14), talk.target, (uint16_t) (32768 + (i & 0x3fff)), 502, 1, 1 };

      wire_say (wire, &one, question, sizeof question);
      wire_say (wire, &one, question, 8);
    }
  return wire_end (wire);
}

const IsthTestHostile isth_test_hostile_packets[] = {
  { "empty-frames", make_empty_frames },
  { "many-tags", make_many_tags },
  { "many-tunnels", make_many_tunnels },
  { "many-extensions", make_many_extensions },
  { "tiny-fragments", make_tiny_fragments },
  { "lone-fragments", make_lone_fragments },
  { "first-fragments", make_first_fragments },
  { "overlapping-fragments", make_overlapping_fragments },
  { "new-hosts", make_new_hosts },
  { "new-ports", make_new_ports },
  { "new-vlans", make_new_vlans },
  { "colliding-addresses", make_colliding_addresses },
  { "claimed-addresses", make_claimed_addresses },
  { "reused-ports", make_reused_ports },
  { "holes", make_holes },
  { "lost-byte", make_lost_byte },
  { "overlapping-segments", make_overlapping_segments },
  { "backward-segments", make_backward_segments },
  { "half-messages", make_half_messages },
  { NULL, NULL },
};
