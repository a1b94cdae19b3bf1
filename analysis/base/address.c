/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text forms and well-known ranges of addresses. RFC 5952 for IPv6 text, RFC 6890 for ranges. */
#include "analysis/base/address.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "analysis/base/cursor.h"

static size_t
address_size (const IsthAddress *self)
{
  static const uint8_t sizes[] = { 0, 6, 4, 16 };
  return self->kind < sizeof sizes ? sizes[self->kind] : 0;
}

int
isth_address_compare (const IsthAddress *a,
                      const IsthAddress *b)
{
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

/* inet_ntop() goes through printf, which shows where every host has a name made of its address. */
static void
format_ipv4 (const uint8_t bytes[4],
             char *text)
{
  for (int i = 0; i < 4; i++)
    {
      uint8_t byte = bytes[i];

      if (byte >= 100)
        *text++ = (char) ('0' + byte / 100);
      if (byte >= 10)
        *text++ = (char) ('0' + byte / 10 % 10);
      *text++ = (char) ('0' + byte % 10);
      *text++ = i < 3 ? '.' : '\0';
    }
}

const char *
isth_address_format (const IsthAddress *self,
                     char text[ISTH_ADDRESS_TEXT])
{
  static const char hex[] = "0123456789abcdef";

  text[0] = '\0';
  switch ((IsthAddressKind) self->kind)
    {
    case ISTH_ADDRESS_NONE:
      break;
    case ISTH_ADDRESS_MAC:
      for (int i = 0; i < 6; i++)
        {
          text[3 * i] = hex[self->bytes[i] >> 4];
          text[3 * i + 1] = hex[self->bytes[i] & 15];
          text[3 * i + 2] = i < 5 ? ':' : '\0';
        }
      break;
    case ISTH_ADDRESS_IPV4:
      format_ipv4 (self->bytes, text);
      break;
    case ISTH_ADDRESS_IPV6:
      inet_ntop (AF_INET6, self->bytes, text, ISTH_ADDRESS_TEXT);
      break;
    }
  return text;
}

bool
isth_address_parse (IsthAddress *self,
                    const char *text)
{
  uint8_t bytes[16];
  unsigned m[6];
  int end = 0;

  if (inet_pton (AF_INET, text, bytes) == 1)
    *self = isth_address_ipv4 (bytes);
  else if (inet_pton (AF_INET6, text, bytes) == 1)
    *self = isth_address_ipv6 (bytes);
  else if (strlen (text) == 17 && strspn (text, "0123456789abcdefABCDEF:-") == 17
           && (sscanf (text, "%2x:%2x:%2x:%2x:%2x:%2x%n", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &end) == 6
               || sscanf (text, "%2x-%2x-%2x-%2x-%2x-%2x%n", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &end) == 6)
           && end == 17)
    {
      for (int i = 0; i < 6; i++)
        bytes[i] = (uint8_t) m[i];
      *self = isth_address_mac (bytes);
    }
  else
    return false;
  return true;
}

bool
isth_address_is_group (const IsthAddress *self)
{
  switch ((IsthAddressKind) self->kind)
    {
    case ISTH_ADDRESS_MAC:
      return self->bytes[0] & 1 || memcmp (self->bytes, "\x00\xe0\x2b\0\0", 5) == 0; /* Extreme's groups (EDP, EAPS) have not the bit */
    case ISTH_ADDRESS_IPV4:
      return (self->bytes[0] & 0xf0) == 224 || memcmp (self->bytes, "\xff\xff\xff\xff", 4) == 0;
    case ISTH_ADDRESS_IPV6:
      return self->bytes[0] == 0xff;
    case ISTH_ADDRESS_NONE:
      break;
    }
  return false;
}

bool
isth_address_is_unspecified (const IsthAddress *self)
{
  /* 0.0.0.0/8 is "this network" (RFC 6890, 2.2.2): no host has such an address. */
  if (self->kind == ISTH_ADDRESS_IPV4)
    return self->bytes[0] == 0;
  return self->kind != ISTH_ADDRESS_NONE && self->words[0] == 0 && self->words[1] == 0;
}

bool
isth_address_is_loopback (const IsthAddress *self)
{
  static const uint8_t one[16] = { [15] = 1 };

  if (self->kind == ISTH_ADDRESS_IPV4)
    return self->bytes[0] == 127;
  return self->kind == ISTH_ADDRESS_IPV6 && memcmp (self->bytes, one, 16) == 0;
}

bool
isth_address_is_link_local (const IsthAddress *self)
{
  if (self->kind == ISTH_ADDRESS_IPV4)
    return self->bytes[0] == 169 && self->bytes[1] == 254;
  return self->kind == ISTH_ADDRESS_IPV6 && self->bytes[0] == 0xfe && (self->bytes[1] & 0xc0) == 0x80;
}

bool
isth_address_is_private (const IsthAddress *self)
{
  static const struct
  {
    uint32_t network, mask;
  } ranges[] = {
    { 0x0a000000, 0xff000000 }, /* 10/8, RFC 1918 */
    { 0xac100000, 0xfff00000 }, /* 172.16/12 */
    { 0xc0a80000, 0xffff0000 }, /* 192.168/16 */
    { 0x64400000, 0xffc00000 }, /* 100.64/10, RFC 6598 */
    { 0xa9fe0000, 0xffff0000 }, /* 169.254/16, RFC 3927 */
    { 0x7f000000, 0xff000000 }, /* 127/8 */
    { 0x00000000, 0xff000000 }, /* 0/8 */
    { 0xc6120000, 0xfffe0000 }, /* 198.18/15, RFC 2544 */
  };

  if (self->kind == ISTH_ADDRESS_IPV4)
    {
      uint32_t ip = isth_be32 (self->bytes);

      for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if ((ip & ranges[i].mask) == ranges[i].network)
          return true;
      return false;
    }
  if (self->kind == ISTH_ADDRESS_IPV6)
    return (self->bytes[0] & 0xfe) == 0xfc || isth_address_is_link_local (self)
           || isth_address_is_loopback (self) || isth_address_is_unspecified (self);
  return self->kind == ISTH_ADDRESS_MAC;
}

bool
isth_address_is_documentation (const IsthAddress *self)
{
  static const uint8_t nets[][3] = { { 192, 0, 2 }, { 198, 51, 100 }, { 203, 0, 113 } };

  if (self->kind == ISTH_ADDRESS_IPV6)
    return memcmp (self->bytes, "\x20\x01\x0d\xb8", 4) == 0;
  for (size_t i = 0; i < sizeof nets / sizeof nets[0] && self->kind == ISTH_ADDRESS_IPV4; i++)
    if (memcmp (self->bytes, nets[i], sizeof nets[i]) == 0)
      return true;
  return false;
}

const char *
isth_address_format_network (const IsthAddress *self,
                             const uint8_t mask[4],
                             char text[ISTH_ADDRESS_TEXT])
{
  uint32_t ones = isth_be32 (mask);
  unsigned bits = (unsigned) __builtin_popcount (ones);

  if (self->kind != ISTH_ADDRESS_IPV4 || bits == 0 || bits == 32 || ones != UINT32_MAX << (32 - bits))
    return NULL;
  snprintf (text, ISTH_ADDRESS_TEXT, "%u.%u.%u.%u/%u", self->bytes[0] & mask[0], self->bytes[1] & mask[1], self->bytes[2] & mask[2],
            self->bytes[3] & mask[3], bits);
  return text;
}

bool
isth_address_is_host (const IsthAddress *self)
{
  return address_size (self) > 0 && !isth_address_is_group (self) && !isth_address_is_unspecified (self)
         && !isth_address_is_loopback (self);
}

bool
isth_address_is_local_mac (const IsthAddress *self)
{
  return self->kind == ISTH_ADDRESS_MAC && (self->bytes[0] & 2);
}

bool
isth_address_is_virtual_router (const IsthAddress *self)
{
  static const struct { uint8_t bytes[5], n; } prefixes[] = {
    { { 0x00, 0x00, 0x5e, 0x00, 0x01 }, 5 }, /* VRRP, RFC 5798 7.3 */
    { { 0x00, 0x00, 0x5e, 0x00, 0x02 }, 5 }, /* VRRP for IPv6 */
    { { 0x00, 0x00, 0x0c, 0x07, 0xac }, 5 }, /* HSRP, RFC 2281 */
    { { 0x00, 0x00, 0x0c, 0x9f }, 4 },       /* HSRP version 2 */
    { { 0x00, 0x05, 0x73, 0xa0 }, 4 },       /* HSRP for IPv6 */
    { { 0x00, 0x07, 0xb4 }, 3 },             /* GLBP */
  };

  if (self->kind != ISTH_ADDRESS_MAC)
    return false;
  for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
    if (memcmp (self->bytes, prefixes[i].bytes, prefixes[i].n) == 0)
      return true;
  return false;
}
