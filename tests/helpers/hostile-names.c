/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile crowds: many who say who they are, open sessions, or make keys, so that whoever compares each with each is lost. */
#include "tests/helpers/hostile.h"

#include <string.h>

#include "tests/helpers/wire.h"

static void
put_tlv (Wire *wire,
         uint8_t type,
         uint16_t length)
{
  wire_put16 (wire, (uint16_t) (type << 9 | length));
}

/* Switches (LLDP), each a new one; names and addresses for their management come again and again. */
static GByteArray *
make_new_neighbours (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 1; wire->file->len < size; i++)
    {
      char port[12], name[12];

      g_snprintf (port, sizeof port, "p%u", i);
      g_snprintf (name, sizeof name, "sw%u", i % 1000);
      wire_ethernet (wire, i, 0xc200000e, 0x88cc);
      put_tlv (wire, 1, 7);
      wire_put8 (wire, 4);
      wire_put16 (wire, 0x0200);
      wire_put32 (wire, i);
      put_tlv (wire, 2, (uint16_t) (1 + strlen (port)));
      wire_put8 (wire, 5);
      wire_put (wire, port, (uint32_t) strlen (port));
      put_tlv (wire, 3, 2);
      wire_put16 (wire, 120);
      put_tlv (wire, 5, (uint16_t) strlen (name));
      wire_put (wire, name, (uint32_t) strlen (name));
      put_tlv (wire, 8, 12);
      wire_put16 (wire, 0x0501);
      wire_put32 (wire, 0x0a000000 + i % 3000);
      wire_put8 (wire, 2);
      wire_put32 (wire, 1);
      wire_put8 (wire, 0);
      put_tlv (wire, 0, 0);
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Hosts (multicast DNS), each of which has its own address and that of the next. */
static GByteArray *
make_chained_names (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 1; wire->file->len < size; i++)
    {
      Talk talk = { 0x0a000000 + i, 0xe00000fb, 5353, 5353, 0, 0 };
      char name[12];
      uint32_t n;

      g_snprintf (name, sizeof name, "h%u", i);
      n = (uint32_t) strlen (name);
      wire_udp (wire, &talk, 12 + n + 8 + 14 + 16);
      wire_put32 (wire, 0x00008400);
      wire_put32 (wire, 2);
      wire_put32 (wire, 0);
      wire_put8 (wire, (uint8_t) n);
      wire_put (wire, name, n);
      wire_put (wire, "\005local", 7);
      for (uint32_t next = 0; next < 2; next++)
        {
          if (next > 0)
            wire_put16 (wire, 0xc00c);
          wire_put32 (wire, 0x00018001); /* A, IN, its own */
          wire_put32 (wire, 120);
          wire_put16 (wire, 4);
          wire_put32 (wire, 0x0a000000 + i + next);
        }
      wire_send (wire);
    }
  return wire_end (wire);
}

/* First packets of QUIC, each of another connection, for each of which keys must be made; twenty in a datagram. */
static GByteArray *
make_new_keys (size_t size)
{
  enum { PACKETS = 20, SEALED = 24, PACKET = 18 + SEALED };
  Wire *wire = wire_new ();
  uint32_t number = 0;

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk talk = { 0x0a000001 + i % 200, 0x0a010001, (uint16_t) (50000 + i % 1000), 443, 0, 0 };

      wire_udp (wire, &talk, PACKETS * PACKET);
      for (int packet = 0; packet < PACKETS; packet++)
        {
          wire_put8 (wire, 0xc3);
          wire_put32 (wire, 1);
          wire_put8 (wire, 8);
          wire_put32 (wire, 0);
          wire_put32 (wire, number++);
          wire_put16 (wire, 0); /* no id of its own, no token */
          wire_put16 (wire, 0x4000 | SEALED);
          wire_fill (wire, 0x5a, SEALED);
        }
      wire_send (wire);
    }
  return wire_end (wire);
}

/* HTTP/2: one long field is put into the table of known ones, and then named a thousand times a message, in one byte each. */
static GByteArray *
make_indexed_fields (size_t size)
{
  enum { VALUE = 1200, TIMES = 1000 };
  static const char greeting[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0";
  static const uint8_t literal[] = { 0x82, 0x86, 0x84, 0x40, 10, 'u', 's', 'e', 'r', '-', 'a', 'g', 'e', 'n', 't', 0x7f, (VALUE - 127) % 128 | 0x80,
                                     (VALUE - 127) / 128 };
  Wire *wire = wire_new ();
  Talk talk = { 0x0a000001, 0x0a000002, 40000, 80, 1000, 0 };
  uint8_t message[9 + sizeof literal + VALUE];

  wire_open (wire, &talk);
  wire_say (wire, &talk, greeting, sizeof greeting); /* with the last byte of the stream's number, which is the string's end */
  for (uint32_t stream = 1; wire->file->len < size; stream += 2)
    {
      uint32_t n = stream == 1 ? sizeof literal + VALUE : 3 + TIMES;

      memset (message, 0xbe, sizeof message); /* the newest one in the table */
      memcpy (message, (uint8_t[]) { 0, (uint8_t) (n >> 8), (uint8_t) n, 1, 4, (uint8_t) (stream >> 24), (uint8_t) (stream >> 16), (uint8_t) (stream >> 8), (uint8_t) stream }, 9);
      memcpy (message + 9, literal, stream == 1 ? sizeof literal : 3);
      if (stream == 1)
        memset (message + 9 + sizeof literal, 'x', VALUE);
      wire_say (wire, &talk, message, 9 + n);
    }
  return wire_end (wire);
}

/* Connections of SSH between few hosts, each of which may be reached through each other. */
static GByteArray *
make_new_sessions (size_t size)
{
  static const char greeting[] = "SSH-2.0-OpenSSH_9.2\r\n";
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk there = { 0x0a000001 + i % 120, 0x0a000001 + (i * 7 + 1) % 120, (uint16_t) (30000 + i % 30000), 22, 1000, 0 }, back;

      if (there.source == there.target)
        continue;
      wire_open (wire, &there);
      back = (Talk){ there.target, there.source, 22, there.source_port, there.acknowledgment, there.sequence };
      wire_say (wire, &back, greeting, sizeof greeting - 1);
      there.acknowledgment = back.sequence;
      wire_say (wire, &there, greeting, sizeof greeting - 1);
    }
  return wire_end (wire);
}

const IsthTestHostile isth_test_hostile_names[] = {
  { "new-neighbours", make_new_neighbours },
  { "chained-names", make_chained_names },
  { "new-keys", make_new_keys },
  { "indexed-fields", make_indexed_fields },
  { "new-sessions", make_new_sessions },
  { NULL, NULL },
};
