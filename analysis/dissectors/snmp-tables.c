/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of IP-MIB and IP-FORWARD-MIB (RFC 1213, 6; RFC 2096; RFC 4292): in which networks a device is, to which it leads; of LLDP-MIB (IEEE 802.1AB) and of
 * Cisco's CDP-MIB: whom it hears at the other end of its cables.
 *
 * A table comes column by column, so each column is read for itself: a neighbour is told by its chassis or by its name, not by its port. Which MACs a switch
 * knows behind a port is not read: they are behind it, not at its end. */
#include "analysis/dissectors/snmp-tables.h"

#include <glib.h>

#include "analysis/dissectors/hello.h"

#define OCTETS 0x04
#define ADDRESS 0x40
#define IP "\x2b\x06\x01\x02\x01\x04"            /* 1.3.6.1.2.1.4 */
#define LLDP_REMOTE "\x28\xc4\x62\x01\x01\x02\x01\x04\x01\x01" /* 1.0.8802.1.1.2.1.4.1.1 */
#define CDP_CACHE "\x2b\x06\x01\x04\x01\x09\x09\x17\x01\x02\x01\x01" /* 1.3.6.1.4.1.9.9.23.1.2.1.1 */
#define NUMBERS 24 /* behind an object: the rows here need 9 to 20 */

/* What stands behind the object in its name. */
typedef struct
{
  uint32_t number[NUMBERS];
  uint32_t n;
} Index;

/* All numbers, or none. */
static Index
read_index (const uint8_t *bytes,
            uint32_t length)
{
  Index index = { .n = 0 };
  uint64_t number = 0;

  for (uint32_t i = 0; i < length; i++)
    {
      number = number << 7 | (bytes[i] & 0x7f);
      if (number > UINT32_MAX || index.n == NUMBERS)
        return (Index) { .n = 0 };
      if (bytes[i] & 0x80)
        continue;
      index.number[index.n++] = (uint32_t) number;
      number = 0;
    }
  return index;
}

/* Four numbers from @first on as an address. */
static bool
read_address (const Index *index,
              uint32_t first,
              uint8_t address[4])
{
  if (index->n < first + 4)
    return false;
  for (uint32_t i = 0; i < 4; i++)
    {
      if (index->number[first + i] > UINT8_MAX)
        return false;
      address[i] = (uint8_t) index->number[first + i];
    }
  return true;
}

/* ipAdEntNetMask: the address is the index, the mask the value. */
static void
claim_network (IsthDissectContext *ctx,
               const Index *index,
               const IsthCursor *value)
{
  const uint8_t *mask = value->data + value->position;
  uint8_t bytes[4];
  char text[ISTH_ADDRESS_TEXT];
  IsthAddress address;

  if (index->n != 4 || !read_address (index, 0, bytes))
    return;
  address = isth_address_ipv4 (bytes);
  if (isth_address_is_host (&address) && isth_address_format_network (&address, mask, text))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SUBNET, text, ISTH_CONFIDENCE_PARSED, mask, 4);
}

/* ipRouteMask: the network is the index, the mask the value. */
static void
claim_masked (IsthDissectContext *ctx,
              const Index *index,
              const IsthCursor *value)
{
  const uint8_t *mask = value->data + value->position;
  uint8_t network[4];

  if (index->n == 4 && read_address (index, 0, network))
    isth_hello_route_masked (ctx, NULL, network, mask, mask, 4);
}

/* ipCidrRouteDest: network, mask, service and next hop are the index, and the network the value, too. */
static void
claim_cidr (IsthDissectContext *ctx,
            const Index *index,
            const IsthCursor *value)
{
  uint8_t network[4], mask[4];

  if (index->n == 13 && read_address (index, 0, network) && read_address (index, 4, mask))
    isth_hello_route_masked (ctx, NULL, network, mask, value->data + value->position, 4);
}

/* inetCidrRouteIfIndex: family, length and bytes of the network, its bits, a policy and the next hop are the index. */
static void
claim_inet (IsthDissectContext *ctx,
            const Index *index,
            const IsthCursor *value)
{
  uint8_t network[4];

  if (index->n > 7 && index->number[0] == 1 && index->number[1] == 4 && read_address (index, 2, network) && index->number[6] <= 32)
    isth_hello_route (ctx, NULL, network, index->number[6], value->data + value->position, isth_cursor_left (value));
}

/* lldpRemChassisId, when it is a MAC: a time, the own port and a count are the index. */
static void
claim_chassis (IsthDissectContext *ctx,
               const Index *index,
               const IsthCursor *value)
{
  const uint8_t *bytes = value->data + value->position;
  char port[16];
  IsthEndpoint other;

  if (index->n != 3 || isth_cursor_left (value) != 6 || isth_text_is_printable (bytes, 6))
    return;
  other = isth_endpoint_from_address (isth_address_mac (bytes), 0);
  if (isth_address_is_host (&other.mac))
    isth_emit_neighbour (ctx, NULL, &other, isth_text_format (port, sizeof port, "%u", index->number[1]));
}

/* lldpRemSysName, cdpCacheDeviceId. */
static void
claim_name (IsthDissectContext *ctx,
            const Index *index,
            const IsthCursor *value)
{
  (void) index;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_NEIGHBOUR, ISTH_CONFIDENCE_PARSED, value->data + value->position, isth_cursor_left (value));
}

static const struct
{
  const char *bytes;
  uint8_t length;
  uint8_t tag; /* of the value */
  void (*claim) (IsthDissectContext *ctx, const Index *index, const IsthCursor *value);
} columns[] = {
  { IP "\x14\x01\x03", 9, ADDRESS, claim_network },
  { IP "\x15\x01\x0b", 9, ADDRESS, claim_masked },
  { IP "\x18\x04\x01\x01", 10, ADDRESS, claim_cidr },
  { IP "\x18\x07\x01\x07", 10, 0x02, claim_inet },
  { LLDP_REMOTE "\x05", 11, OCTETS, claim_chassis },
  { LLDP_REMOTE "\x09", 11, OCTETS, claim_name },
  { CDP_CACHE "\x06", 13, OCTETS, claim_name },
};

void
isth_oid_claim_row (IsthDissectContext *ctx,
                    const IsthOid *oid,
                    uint32_t tag,
                    const IsthCursor *value)
{
  uint32_t left = isth_cursor_left (value);

  if (left == 0 || value->length < value->wire || (tag == ADDRESS && left != 4))
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    if (tag == columns[i].tag && oid->length > columns[i].length && memcmp (oid->bytes, columns[i].bytes, columns[i].length) == 0)
      {
        Index index = read_index (oid->bytes + columns[i].length, oid->length - columns[i].length);

        columns[i].claim (ctx, &index, value);
        return;
      }
}
