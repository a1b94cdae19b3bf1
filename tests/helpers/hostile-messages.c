/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile messages: well-formed enough to be read, and as dear to read as they can be. */
#include "tests/helpers/hostile.h"

#include <string.h>

#include "tests/helpers/wire.h"

#define SEGMENT 1452

static const Talk modbus = { 0x0a000001, 0x0a000002, 40000, 502, 1000, 0 };
static const Talk enip = { 0x0a000001, 0x0a000002, 40001, 44818, 1000, 0 };
static const Talk s7 = { 0x0a000001, 0x0a000002, 40002, 102, 1000, 0 };
static const Talk mdns = { 0x0a000001, 0xe00000fb, 5353, 5353, 0, 0 };

/* A Modbus request; what makes it differ from others is up to the caller. */
static void
put_modbus (uint8_t message[12],
            uint16_t transaction,
            uint8_t unit,
            uint8_t function,
            uint16_t address)
{
  const uint8_t bytes[12] = { (uint8_t) (transaction >> 8), (uint8_t) transaction, 0, 0, 0, 6, unit, function, (uint8_t) (address >> 8), (uint8_t) address, 0, 1 };

  memcpy (message, bytes, sizeof bytes);
}

/* Segments full of requests, made by @next. */
static GByteArray *
make_modbus (size_t size,
             void (*next) (uint8_t message[12], uint32_t i))
{
  Wire *wire = wire_new ();
  Talk one = modbus;
  uint32_t i = 0;

  wire_open (wire, &one);
  while (wire->file->len < size)
    {
      uint8_t segment[SEGMENT / 12 * 12];

      for (uint32_t at = 0; at < sizeof segment; at += 12)
        next (segment + at, i++);
      wire_say (wire, &one, segment, sizeof segment);
    }
  return wire_end (wire);
}

static void
next_unanswered (uint8_t message[12],
                 uint32_t i)
{
  put_modbus (message, (uint16_t) i, 1, 3, 1);
}

static GByteArray *
make_unanswered_requests (size_t size)
{
  return make_modbus (size, next_unanswered);
}

static void
next_object (uint8_t message[12],
             uint32_t i)
{
  static const uint8_t functions[] = { 1, 2, 3, 4, 5, 6 };

  put_modbus (message, (uint16_t) (i % 4), (uint8_t) (i / 6), functions[i % 6], (uint16_t) (i / 7));
}

static GByteArray *
make_new_objects (size_t size)
{
  return make_modbus (size, next_object);
}

/* Notable ones, each before all that are kept. */
static void
next_write (uint8_t message[12],
            uint32_t i)
{
  put_modbus (message, (uint16_t) (i % 4), 1, 6, (uint16_t) (i % 60));
}

static GByteArray *
make_backward_writes (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = modbus;

  wire_open (wire, &one);
  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      uint8_t message[12];

      next_write (message, i);
      wire->time -= 2000;
      wire_say (wire, &one, message, sizeof message);
    }
  return wire_end (wire);
}

/* A message, a gap, and bytes that begin a message at every second place, none of which is one. */
static GByteArray *
make_nonsense_behind_gaps (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = modbus;
  uint8_t nonsense[SEGMENT] = { 0 };

  put_modbus (nonsense, 1, 1, 3, 1);
  for (uint32_t i = 12; i + 8 <= sizeof nonsense; i += 2)
    nonsense[i + 1] = i % 4 ? 0 : 255;
  wire_open (wire, &one);
  while (wire->file->len < size)
    {
      wire_say (wire, &one, nonsense, sizeof nonsense);
      one.sequence += 300000; /* too far to wait for */
    }
  return wire_end (wire);
}

/* A long message that arrives byte by byte. */
static GByteArray *
make_long_message (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = enip;
  uint8_t header[24] = { 0x6f, 0, 0xff, 0xff };

  wire_open (wire, &one);
  while (wire->file->len < size)
    {
      wire_say (wire, &one, header, sizeof header);
      for (uint32_t i = 0; i < 0xffff && wire->file->len < size; i++)
        wire_say (wire, &one, "", 1);
    }
  return wire_end (wire);
}

/* Conversations that each leave state behind: a session, a request without an answer. */
static GByteArray *
make_many_states (size_t size)
{
  Wire *wire = wire_new ();
  uint8_t request[] = { 0x6f, 0, 22, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0,
                        0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0xb2, 0, 6, 0, 0x01, 2, 0x20, 1, 0x24, 1 };

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      Talk one = { enip.source + (i >> 14), enip.target, (uint16_t) (32768 + (i & 0x3fff)), 44818, 1, 1 };

      wire_say (wire, &one, request, sizeof request);
    }
  return wire_end (wire);
}

/* @depth of CIP's Multiple Service Packets in one another; all but the innermost services are empty-handed. */
static uint32_t
put_services (uint8_t *at,
              uint32_t n,
              int depth)
{
  static const uint8_t path[] = { 0x0a, 2, 0x20, 2, 0x24, 1 };
  uint32_t count = depth > 1 ? 1 : (n - sizeof path - 2) / 8, used = sizeof path + 2 + 2 * count;

  memcpy (at, path, sizeof path);
  at[6] = (uint8_t) count;
  at[7] = (uint8_t) (count >> 8);
  for (uint32_t i = 0; i < count; i++)
    {
      uint32_t offset = used - sizeof path;

      at[8 + 2 * i] = (uint8_t) offset;
      at[9 + 2 * i] = (uint8_t) (offset >> 8);
      if (depth > 1)
        used += put_services (at + used, n - used, depth - 1);
      else
        {
          const uint8_t service[6] = { 0x0e, 2, 0x20, (uint8_t) i, 0x24, 1 };

          memcpy (at + used, service, sizeof service);
          used += sizeof service;
        }
    }
  return used;
}

static GByteArray *
make_nested_services (size_t size)
{
  Wire *wire = wire_new ();
  Talk one = enip;

  wire_open (wire, &one);
  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      uint8_t message[SEGMENT] = { 0x6f, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, (uint8_t) i, (uint8_t) (i >> 8), 3, 4, 5, 6, 7, 8, 0, 0, 0, 0,
                                   0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0xb2, 0 };
      uint32_t n = put_services (message + 40, sizeof message - 40, 3);

      message[38] = (uint8_t) n;
      message[39] = (uint8_t) (n >> 8);
      message[2] = (uint8_t) (n + 16);
      message[3] = (uint8_t) ((n + 16) >> 8);
      wire_say (wire, &one, message, 40 + n);
    }
  return wire_end (wire);
}

/* ISO transport: pieces of nothing that are never the last. */
static GByteArray *
make_empty_pieces (size_t size)
{
  static const uint8_t connect[] = { 3, 0, 0, 22, 17, 0xe0, 0, 0, 0, 1, 0, 0xc0, 1, 10, 0xc1, 2, 1, 0, 0xc2, 2, 1, 2 };
  static const uint8_t piece[] = { 3, 0, 0, 7, 2, 0xf0, 0 };
  Wire *wire = wire_new ();
  Talk one = s7;

  wire_open (wire, &one);
  wire_say (wire, &one, connect, sizeof connect);
  while (wire->file->len < size)
    {
      uint8_t segment[SEGMENT / sizeof piece * sizeof piece];

      for (uint32_t at = 0; at < sizeof segment; at += sizeof piece)
        memcpy (segment + at, piece, sizeof piece);
      wire_say (wire, &one, segment, sizeof segment);
    }
  return wire_end (wire);
}

/* S7: a request for as many items as fit, each of one bit somewhere else. */
static GByteArray *
make_many_items (size_t size)
{
  enum { ITEMS = 100, PARAMETERS = 2 + 12 * ITEMS, LENGTH = 7 + 10 + PARAMETERS };
  Wire *wire = wire_new ();
  Talk one = s7;

  wire_open (wire, &one);
  for (uint32_t n = 0; wire->file->len < size; n++)
    {
      uint8_t message[LENGTH] = { 3, 0, LENGTH >> 8, LENGTH & 255, 2, 0xf0, 0x80, 0x32, 1, 0, 0, (uint8_t) (n >> 8), (uint8_t) n,
                                  PARAMETERS >> 8, PARAMETERS & 255, 0, 0, 4, ITEMS };

      for (uint32_t i = 0; i < ITEMS; i++)
        {
          const uint8_t item[12] = { 0x12, 10, 0x10, 1, 0, 1, (uint8_t) n, (uint8_t) i, 0x84, 0, (uint8_t) n, (uint8_t) i };

          memcpy (message + 19 + 12 * i, item, sizeof item);
        }
      wire_say (wire, &one, message, sizeof message);
    }
  return wire_end (wire);
}

/* A multicast DNS answer: one name of 255 bytes, and records that all point to it, as owner and as value. */
static GByteArray *
make_long_names (size_t size)
{
  enum { RECORDS = 4000 };
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    {
      wire_udp (wire, &mdns, 12 + 250 + 10 + 2 + 14 * RECORDS);
      wire_put32 (wire, 0x00008400);
      wire_put16 (wire, 0);
      wire_put16 (wire, RECORDS + 1);
      wire_put32 (wire, 0);
      for (int i = 0; i < 125; i++)
        wire_put16 (wire, (uint16_t) (0x0100 | ('a' + i % 26)));
      wire->bytes[wire->n - 2] = 0;
      wire->n--;
      for (int i = 0; i <= RECORDS; i++)
        {
          if (i > 0)
            wire_put16 (wire, 0xc00c);
          wire_put32 (wire, 0x000c0001); /* PTR, IN */
          wire_put32 (wire, 120);
          wire_put16 (wire, 2);
          wire_put16 (wire, (uint16_t) (0xc00c + 2 * (i % 60)));
        }
      wire_send (wire);
    }
  return wire_end (wire);
}

/* Names that are nothing but pointers to pointers. */
static GByteArray *
make_pointer_chains (size_t size)
{
  enum { RECORDS = 4000, CHAIN = 32 };
  Wire *wire = wire_new ();

  while (wire->file->len < size)
    {
      wire_udp (wire, &mdns, 12 + 2 + 2 * CHAIN + 10 + 14 * RECORDS);
      wire_put32 (wire, 0x00008400);
      wire_put16 (wire, 0);
      wire_put16 (wire, RECORDS + 1);
      wire_put32 (wire, 0);
      wire_put8 (wire, 0); /* the root, as the first record's owner */
      wire_put32 (wire, 0x00100001); /* TXT: the chain is its value */
      wire_put32 (wire, 120);
      wire_put16 (wire, 2 * CHAIN + 1);
      wire_put8 (wire, 0);
      for (uint32_t i = 0; i < CHAIN; i++)
        wire_put16 (wire, (uint16_t) (i == 0 ? 0xc00c : 0xc000 + 24 + 2 * (i - 1)));
      for (int i = 0; i < RECORDS; i++)
        {
          wire_put16 (wire, 0xc000 + 24 + 2 * (CHAIN - 2));
          wire_put32 (wire, 0x000c0001);
          wire_put32 (wire, 120);
          wire_put16 (wire, 2);
          wire_put16 (wire, 0xc000 + 24 + 2 * (CHAIN - 2));
        }
      wire_send (wire);
    }
  return wire_end (wire);
}

/* A host that has another name every time. */
static GByteArray *
make_many_claims (size_t size)
{
  Wire *wire = wire_new ();

  for (uint32_t i = 0; wire->file->len < size; i++)
    {
      uint32_t n = wire_scatter (i);

      wire_udp (wire, &mdns, 12 + 10 + 14);
      wire_put32 (wire, 0x00008400);
      wire_put32 (wire, 1);
      wire_put32 (wire, 0);
      wire_put8 (wire, 8);
      for (int digit = 0; digit < 8; digit++)
        wire_put8 (wire, (uint8_t) ('a' + (n >> 4 * digit & 15)));
      wire_put8 (wire, 0);
      wire_put32 (wire, 0x00010001); /* A, IN */
      wire_put32 (wire, 120);
      wire_put16 (wire, 4);
      wire_put32 (wire, mdns.source);
      wire_send (wire);
    }
  return wire_end (wire);
}

const IsthTestHostile isth_test_hostile_messages[] = {
  { "unanswered-requests", make_unanswered_requests },
  { "new-objects", make_new_objects },
  { "backward-writes", make_backward_writes },
  { "nonsense-behind-gaps", make_nonsense_behind_gaps },
  { "long-message", make_long_message },
  { "many-states", make_many_states },
  { "nested-services", make_nested_services },
  { "empty-pieces", make_empty_pieces },
  { "many-items", make_many_items },
  { "long-names", make_long_names },
  { "pointer-chains", make_pointer_chains },
  { "many-claims", make_many_claims },
  { NULL, NULL },
};
