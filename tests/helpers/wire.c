/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ethernet, IPv4 (RFC 791), UDP (RFC 768) and TCP (RFC 9293) headers; checksums are left out, nobody looks at them. */
#include "tests/helpers/wire.h"

#include <string.h>

#include "tests/helpers/frames.h"

#define BEGIN 1700000000000000000ll
#define STEP 1000 /* ns between frames */

Wire *
wire_new (void)
{
  Wire *self = g_new0 (Wire, 1);

  self->file = g_byte_array_new ();
  self->time = BEGIN;
  isth_test_pcap_begin (self->file, 1);
  return self;
}

GByteArray *
wire_end (Wire *self)
{
  GByteArray *file = self->file;

  g_free (self);
  return file;
}

void
wire_put (Wire *self,
          const void *data,
          uint32_t n)
{
  g_assert_cmpuint (self->n + n, <=, sizeof self->bytes);
  memcpy (self->bytes + self->n, data, n);
  self->n += n;
}

void
wire_fill (Wire *self,
           uint8_t value,
           uint32_t n)
{
  g_assert_cmpuint (self->n + n, <=, sizeof self->bytes);
  memset (self->bytes + self->n, value, n);
  self->n += n;
}

void
wire_put8 (Wire *self,
           uint8_t value)
{
  wire_put (self, &value, 1);
}

void
wire_put16 (Wire *self,
            uint16_t value)
{
  value = GUINT16_TO_BE (value);
  wire_put (self, &value, sizeof value);
}

void
wire_put32 (Wire *self,
            uint32_t value)
{
  value = GUINT32_TO_BE (value);
  wire_put (self, &value, sizeof value);
}

void
wire_ethernet (Wire *self,
               uint32_t source,
               uint32_t target,
               uint16_t type)
{
  self->n = 0;
  wire_put16 (self, 0x0200);
  wire_put32 (self, target);
  wire_put16 (self, 0x0200);
  wire_put32 (self, source);
  wire_put16 (self, type);
}

void
wire_ipv4 (Wire *self,
           uint32_t source,
           uint32_t target,
           uint8_t protocol,
           uint16_t id,
           uint16_t fragment,
           uint32_t length)
{
  wire_put16 (self, 0x4500);
  wire_put16 (self, (uint16_t) (20 + length));
  wire_put16 (self, id);
  wire_put16 (self, fragment);
  wire_put8 (self, 64);
  wire_put8 (self, protocol);
  wire_put16 (self, 0);
  wire_put32 (self, source);
  wire_put32 (self, target);
}

void
wire_udp (Wire *self,
          const Talk *talk,
          uint32_t length)
{
  wire_ethernet (self, talk->source, talk->target, 0x0800);
  wire_ipv4 (self, talk->source, talk->target, 17, 0, 0, 8 + length);
  wire_put16 (self, talk->source_port);
  wire_put16 (self, talk->target_port);
  wire_put16 (self, (uint16_t) (8 + length));
  wire_put16 (self, 0);
}

void
wire_tcp (Wire *self,
          const Talk *talk,
          uint8_t flags,
          uint32_t length)
{
  wire_ethernet (self, talk->source, talk->target, 0x0800);
  wire_ipv4 (self, talk->source, talk->target, 6, 0, 0, 20 + length);
  wire_put16 (self, talk->source_port);
  wire_put16 (self, talk->target_port);
  wire_put32 (self, talk->sequence);
  wire_put32 (self, talk->acknowledgment);
  wire_put8 (self, 0x50);
  wire_put8 (self, flags);
  wire_put16 (self, 0xffff);
  wire_put32 (self, 0);
}

void
wire_open (Wire *self,
           Talk *talk)
{
  Talk answer = { talk->target, talk->source, talk->target_port, talk->source_port, 0, talk->sequence + 1 };

  wire_tcp (self, talk, WIRE_SYN, 0);
  wire_send (self);
  wire_tcp (self, &answer, WIRE_SYN | WIRE_ACK, 0);
  wire_send (self);
  talk->sequence++;
  talk->acknowledgment = 1;
  wire_tcp (self, talk, WIRE_ACK, 0);
  wire_send (self);
}

void
wire_say (Wire *self,
          Talk *talk,
          const void *data,
          uint32_t n)
{
  wire_tcp (self, talk, WIRE_ACK, n);
  wire_put (self, data, n);
  wire_send (self);
  talk->sequence += n;
}

void
wire_send (Wire *self)
{
  isth_test_pcap_frame (self->file, self->time, self->bytes, self->n, self->n);
  self->time += STEP;
  self->n = 0;
}

uint32_t
wire_scatter (uint32_t i)
{
  i *= 0x9e3779b1u;
  i ^= i >> 15;
  i *= 0x85ebca77u;
  return i ^ i >> 13;
}
