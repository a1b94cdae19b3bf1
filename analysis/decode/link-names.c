/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the link types that are counted and not decoded (tcpdump.org/linktypes.html). */
#include "analysis/decode/walk.h"

static const struct
{
  uint16_t link_type;
  IsthTrouble trouble;
} names[] = {
  { 3, N_("link type AX.25") },
  { 8, N_("link type SLIP") },
  { 10, N_("link type FDDI") },
  { 99, N_("link type Symantec firewall") },
  { 100, N_("link type ATM (RFC 1483)") },
  { 106, N_("link type ATM (classical IP)") },
  { 109, N_("link type OpenBSD IPsec") },
  { 114, N_("link type LocalTalk") },
  { 117, N_("link type OpenBSD packet filter") },
  { 118, N_("link type Cisco IOS") },
  { 122, N_("link type IP over Fibre Channel") },
  { 123, N_("link type SunATM") },
  { 138, N_("link type IP over FireWire") },
  { 139, N_("link type MTP2 with header") },
  { 140, N_("link type MTP2") },
  { 141, N_("link type MTP3") },
  { 142, N_("link type SCCP") },
  { 143, N_("link type DOCSIS") },
  { 144, N_("link type IrDA") },
  { 166, N_("link type PPP daemon") },
  { 169, N_("link type GPRS LLC") },
  { 177, N_("link type LAPD") },
  { 182, N_("link type frame relay (FRF.16)") },
  { 187, N_("link type Bluetooth HCI") },
  { 189, N_("link type USB (Linux)") },
  { 190, N_("link type CAN 2.0b") },
  { 191, N_("link type 802.15.4 (Linux)") },
  { 201, N_("link type Bluetooth HCI") },
  { 202, N_("link type AX.25 KISS") },
  { 203, N_("link type LAPD") },
  { 209, N_("link type IPMB") },
  { 210, N_("link type FlexRay") },
  { 212, N_("link type LIN") },
  { 220, N_("link type USB (Linux)") },
  { 224, N_("link type Fibre Channel") },
  { 225, N_("link type Fibre Channel") },
  { 231, N_("link type D-Bus") },
  { 235, N_("link type DVB") },
  { 241, N_("link type IPMB (trace)") },
  { 243, N_("link type MPEG-2 transport") },
  { 245, N_("link type NFC LLCP") },
  { 247, N_("link type InfiniBand") },
  { 248, N_("link type SCTP") },
  { 249, N_("link type USB (Windows)") },
  { 250, N_("link type serial line (RTAC)") },
  { 251, N_("link type Bluetooth Low Energy") },
  { 253, N_("link type Linux netlink") },
  { 256, N_("link type Bluetooth Low Energy") },
  { 265, N_("link type DisplayPort") },
  { 268, N_("link type ISO 14443") },
  { 270, N_("link type RDS") },
  { 272, N_("link type Bluetooth Low Energy") },
  { 273, N_("link type LoRaTap") },
  { 278, N_("link type OpenVizsla") },
  { 280, N_("link type Elektrobit high-speed capture") },
  { 288, N_("link type USB 2.0") },
};

IsthTrouble
isth_link_type_trouble (uint32_t link_type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].link_type == link_type)
      return names[i].trouble;
  if (link_type >= 147 && link_type <= 162)
    return N_("link type for private use");
  return N_("link type unknown");
}
