/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets that carry others, made from what is left of their headers. */
#include "analysis/engine/tunnels.h"

/* By its number in this table an encapsulation stands in both ports of its flow: source ports of such datagrams are a hash of what is inside. */
static const struct
{
  const char *id;
  uint16_t port;    /* of UDP, else 0 */
  uint8_t protocol; /* of IP */
} encapsulations[] = {
  [ISTH_CARRIER_GRE] = { "gre", 0, 47 },
  [ISTH_CARRIER_ETHERIP] = { "etherip", 0, 97 },
  [ISTH_CARRIER_IPV4] = { "ipip", 0, 4 },
  [ISTH_CARRIER_IPV6] = { "ipip", 0, 41 },
  [ISTH_CARRIER_MPLS] = { "mpls-in-ip", 0, 137 },
  [ISTH_CARRIER_VXLAN] = { "vxlan", 4789, 17 },
  [ISTH_CARRIER_GENEVE] = { "geneve", 6081, 17 },
  [ISTH_CARRIER_GTP] = { "gtp", 2152, 17 },
  [ISTH_CARRIER_CAPWAP] = { "capwap", 5247, 17 },
  [ISTH_CARRIER_ZEP] = { "zep", 17754, 17 },
  { "erspan", 0, 47 }, /* in GRE */
  { "6in4", 0, 41 },   /* IPv6 in IPv4 */
};

enum
{
  ERSPAN = ISTH_CARRIER_ZEP + 1,
  SIX_IN_FOUR,
};

static uint16_t
find_encapsulation (const IsthPacket *packet)
{
  const IsthOuter *outer = &packet->outer;

  if (outer->carrier == ISTH_CARRIER_GRE && packet->tunnels & ISTH_TUNNEL_ERSPAN)
    return ERSPAN;
  if (outer->carrier == ISTH_CARRIER_IPV6 && outer->kind == ISTH_ADDRESS_IPV4)
    return SIX_IN_FOUR;
  return outer->carrier;
}

static IsthAddress
get_address (const IsthOuter *outer,
             const uint8_t    bytes[16])
{
  return outer->kind == ISTH_ADDRESS_IPV6 ? isth_address_ipv6 (bytes) : isth_address_ipv4 (bytes);
}

bool
isth_tunnel_get_carrier (const IsthPacket *packet,
                         IsthPacket       *carrier)
{
  const IsthOuter *outer = &packet->outer;
  uint16_t number = packet->tunnels == 0 ? ISTH_CARRIER_NONE : find_encapsulation (packet);

  if (number == ISTH_CARRIER_NONE)
    return false;
  *carrier = (IsthPacket){
    .time = packet->time,
    .number = packet->number,
    .frame = packet->frame,
    .frame_length = packet->frame_length,
    .wire = packet->wire,
    .payload = isth_cursor_new (packet->frame, packet->frame_length, packet->wire),
    .source = get_address (outer, outer->source),
    .target = get_address (outer, outer->target),
    .source_port = number,
    .target_port = number,
    .layer = ISTH_LAYER_IP,
    .ip_protocol = encapsulations[number].protocol,
    .ttl = (uint8_t) outer->ttl,
    .same_segment = outer->same_segment,
    .reassembled = outer->reassembled,
    .n_vlans = outer->vlan > 0,
    .vlans = { (uint16_t) outer->vlan },
  };
  if (outer->reassembled)
    {
      carrier->earlier = packet->earlier;
      carrier->earlier_wire = packet->earlier_wire;
    }
  if (outer->same_segment)
    {
      carrier->source_mac = isth_address_mac (outer->source_mac);
      carrier->target_mac = isth_address_mac (outer->target_mac);
    }
  return packet->ip_protocol != carrier->ip_protocol || !isth_address_equal (&packet->source, &carrier->source) ||
         !isth_address_equal (&packet->target, &carrier->target);
}

const char *
isth_tunnel_name (IsthFlowRecord *record)
{
  uint16_t number = record->key.port[0];

  g_return_val_if_fail (number < G_N_ELEMENTS (encapsulations), NULL);
  record->key.port[0] = record->key.port[1] = encapsulations[number].port;
  return encapsulations[number].id;
}

void
isth_tunnel_tell_ends (const IsthPacket *carrier,
                       const IsthSink *sink)
{
  IsthFlowRecord record = { .key.port = { carrier->source_port, carrier->target_port } };
  IsthObservation said = {
    .kind = ISTH_OBSERVE_ROLE,
    .protocol = isth_tunnel_name (&record),
    .evidence = { .frame = carrier->number, .time = carrier->time },
    .role.role = "tunnel-endpoint",
  };

  for (int i = 0; i < 2; i++)
    {
      said.subject.ip = i == 0 ? carrier->source : carrier->target;
      said.subject.mac = i == 0 ? carrier->source_mac : carrier->target_mac;
      said.subject.vlan = isth_packet_vlan (carrier);
      if (isth_address_is_host (&said.subject.ip))
        sink->observe (&said, sink->user_data);
    }
}
