/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vendor ids of IKE: digests that makers chose, as their bytes begin, and what they mean. Those that are text name themselves. */
#pragma once

#include <stdint.h>

typedef struct
{
  const char *hex;
  const char *name;
  uint8_t product; /* it names who made the peer, not only what that can do */
} IkeVendorId;

static const IkeVendorId ike_vendor_ids[] = {
  { "09002689dfd6b712", "XAUTH", 0 },
  { "12f5f28c457168a9702d9fe274cc", "Cisco Unity", 1 },
  { "1d6e178f6c2c0be284985465450fe9d4", "Fortinet FortiGate", 1 },
  { "1e2b516905991c7d7c96fcbfb587e461", "Microsoft Windows", 1 },
  { "1f07f70eaa6514d3b0fa96542a", "Cisco VPN concentrator", 1 },
  { "26244d38eddb61b3172a36e3d0cfb819", "Microsoft initial contact", 1 },
  { "4048b7d56ebce88525e7de7f00d6c2d3", "fragmentation", 0 },
  { "404bf439522ca3f6", "SonicWall", 1 },
  { "4a131c81070358455c5728f20e95452f", "NAT traversal", 0 },
  { "4a4340b543e02b84c88a8b96a8af9ebe77d9accc", "Juniper NetScreen", 1 },
  { "5b362bc820f6", "SonicWall", 1 },
  { "7003cbc1097dbe9c2600ba6983bc8b35", "KAME racoon", 1 },
  { "7d9419a65310ca6f2c179d9215529d56", "NAT traversal", 0 },
  { "8299031757a36082c6a621de", "Fortinet FortiOS", 1 },
  { "882fe56d6fd20dbc2251613b2ebe5beb", "strongSwan", 1 },
  { "90cb80913ebb696e086381b5ec427b1f", "NAT traversal", 0 },
  { "afcad71368a1f1c96b8696fc7757", "dead peer detection", 0 },
  { "cd60464335df21f87cfdb2fc68b6a448", "NAT traversal", 0 },
  { "e3a5966a76379fe707228231e5ce8652", "Microsoft Windows", 1 },
  { "f4ed19e0c114eb516faaac0ee37daf2807b4381f", "Check Point", 1 },
  { "fb1de3cdf341b7ea16b7e5be0855f120", "Microsoft Windows", 1 },
};
