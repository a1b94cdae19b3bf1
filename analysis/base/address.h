/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MAC, IPv4 and IPv6 addresses as one small value, with what each says about itself. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum
{
  ISTH_ADDRESS_NONE,
  ISTH_ADDRESS_MAC,
  ISTH_ADDRESS_IPV4,
  ISTH_ADDRESS_IPV6,
} IsthAddressKind;

/* Bytes in network order, the unused ones zero, so that two addresses can be compared as memory. */
typedef struct
{
  union
  {
    uint8_t bytes[16];
    uint64_t words[2];
  };
  uint64_t kind; /* an IsthAddressKind; wide, so that the value has no padding */
} IsthAddress;

#define ISTH_ADDRESS_TEXT 48 /* room for the longest text form and its NUL */

/* Addresses are made as whole words: bytes written one by one and read back as a word would stall the processor on each
 * packet. @head and @tail are as they lie in memory. */
static inline uint64_t
isth_address_word (uint32_t head,
                   uint16_t tail)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return (uint64_t) tail << 32 | head;
#else
  return (uint64_t) head << 32 | (uint64_t) tail << 16;
#endif
}

static inline IsthAddress
isth_address_mac (const uint8_t bytes[6])
{
  uint32_t head;
  uint16_t tail;

  memcpy (&head, bytes, 4);
  memcpy (&tail, bytes + 4, 2);
  return (IsthAddress){ .words = { isth_address_word (head, tail), 0 }, .kind = ISTH_ADDRESS_MAC };
}

static inline IsthAddress
isth_address_ipv4 (const uint8_t bytes[4])
{
  uint32_t head;

  memcpy (&head, bytes, 4);
  return (IsthAddress){ .words = { isth_address_word (head, 0), 0 }, .kind = ISTH_ADDRESS_IPV4 };
}

static inline IsthAddress
isth_address_ipv6 (const uint8_t bytes[16])
{
  IsthAddress self = { .kind = ISTH_ADDRESS_IPV6 };
  memcpy (self.bytes, bytes, 16);
  return self;
}

/* A loopback address of one capture, whose number follows the four bytes: equal to none of another capture, and shown as any. */
static inline IsthAddress
isth_address_scoped_loopback (const uint8_t bytes[4],
                              uint64_t      capture)
{
  IsthAddress self = isth_address_ipv4 (bytes);

  for (int i = 0; i < 8; i++)
    self.bytes[4 + i] = (uint8_t) (capture >> 8 * i);
  return self;
}

static inline bool
isth_address_is_scoped (const IsthAddress *self)
{
  return self->kind == ISTH_ADDRESS_IPV4 && (memcmp (self->bytes + 4, "\0\0\0\0", 4) != 0 || self->words[1] != 0);
}

static inline bool
isth_address_equal (const IsthAddress *a,
                    const IsthAddress *b)
{
  return a->words[0] == b->words[0] && a->words[1] == b->words[1] && a->kind == b->kind;
}

static inline bool
isth_address_is_ip (const IsthAddress *self)
{
  return self->kind == ISTH_ADDRESS_IPV4 || self->kind == ISTH_ADDRESS_IPV6;
}

/* A total order: kind first, then the bytes. */
int isth_address_compare (const IsthAddress *a, const IsthAddress *b);

/* Writes the usual text form ("00:1b:1b:…" in lower case, dotted, RFC 5952) into @text and returns it; "" for none. */
const char *isth_address_format (const IsthAddress *self, char text[ISTH_ADDRESS_TEXT]);

/* Reads any of the three text forms; false, and @self untouched, when @text is none of them. */
bool isth_address_parse (IsthAddress *self, const char *text);

/* Multicast or broadcast of any kind: never an asset (IEEE 802 group bit, RFC 5771, RFC 4291). */
bool isth_address_is_group (const IsthAddress *self);

/* All zero bytes: "this host", never an asset. */
bool isth_address_is_unspecified (const IsthAddress *self);

bool isth_address_is_loopback (const IsthAddress *self);
bool isth_address_is_link_local (const IsthAddress *self);

/* Addresses that are never routed on the Internet: RFC 1918, RFC 6598, RFC 4193, link-local, loopback,
 * benchmarking. The documentation ranges (RFC 5737, RFC 3849) count as public: they stand for such addresses. */
bool isth_address_is_private (const IsthAddress *self);

/* TEST-NET-1 to -3 (RFC 5737) and 2001:db8::/32 (RFC 3849): written in books, and no host's. */
bool isth_address_is_documentation (const IsthAddress *self);

/* Writes "10.0.0.0/24", the network of an IPv4 address, and returns @text; NULL when @mask is not ones and then zeros, at least one of each. */
const char *isth_address_format_network (const IsthAddress *self, const uint8_t mask[4], char text[ISTH_ADDRESS_TEXT]);

/* Can name one host: there, and neither group, unspecified nor loopback. */
bool isth_address_is_host (const IsthAddress *self);

/* The locally administered bit of a MAC: no vendor can be read from it. */
bool isth_address_is_local_mac (const IsthAddress *self);

/* A MAC of a router redundancy protocol (VRRP, HSRP, GLBP): held by several routers in turn, of no make. */
bool isth_address_is_virtual_router (const IsthAddress *self);
