/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of link types as www.tcpdump.org/linktypes.html lists them. */
#include <stddef.h>
#include <stdio.h>

#include "analysis/capture/source.h"

static const struct { uint32_t value; const char *name; } names[] = {
  { 0, "NULL" }, { 1, "EN10MB" }, { 3, "AX25" }, { 6, "IEEE802_5" }, { 7, "ARCNET_BSD" }, { 8, "SLIP" }, { 9, "PPP" },
  { 10, "FDDI" }, { 50, "PPP_HDLC" }, { 51, "PPP_ETHER" }, { 99, "SYMANTEC_FIREWALL" }, { 100, "ATM_RFC1483" },
  { 101, "RAW" }, { 104, "C_HDLC" }, { 105, "IEEE802_11" }, { 106, "ATM_CLIP" }, { 107, "FRELAY" }, { 108, "LOOP" },
  { 109, "ENC" }, { 113, "LINUX_SLL" }, { 114, "LTALK" }, { 117, "PFLOG" }, { 119, "IEEE802_11_PRISM" },
  { 122, "IP_OVER_FC" }, { 123, "SUNATM" }, { 127, "IEEE802_11_RADIOTAP" }, { 129, "ARCNET_LINUX" },
  { 138, "APPLE_IP_OVER_IEEE1394" }, { 139, "MTP2_WITH_PHDR" }, { 140, "MTP2" }, { 141, "MTP3" }, { 142, "SCCP" },
  { 143, "DOCSIS" }, { 144, "LINUX_IRDA" }, { 147, "USER0" }, { 148, "USER1" }, { 149, "USER2" }, { 150, "USER3" },
  { 162, "USER15" }, { 163, "IEEE802_11_AVS" }, { 165, "BACNET_MS_TP" }, { 166, "PPP_PPPD" }, { 169, "GPRS_LLC" },
  { 177, "LINUX_LAPD" }, { 187, "BLUETOOTH_HCI_H4" }, { 189, "USB_LINUX" }, { 190, "CAN20B" }, { 192, "PPI" },
  { 195, "IEEE802_15_4_WITHFCS" }, { 196, "SITA" }, { 197, "ERF" }, { 201, "BLUETOOTH_HCI_H4_WITH_PHDR" },
  { 202, "AX25_KISS" }, { 203, "LAPD" }, { 204, "PPP_WITH_DIR" }, { 205, "C_HDLC_WITH_DIR" }, { 206, "FRELAY_WITH_DIR" },
  { 209, "IPMB_LINUX" }, { 210, "FLEXRAY" }, { 211, "MOST" }, { 212, "LIN" }, { 215, "IEEE802_15_4_NONASK_PHY" },
  { 220, "USB_LINUX_MMAPPED" }, { 224, "FC_2" }, { 225, "FC_2_WITH_FRAME_DELIMS" }, { 226, "IPNET" },
  { 227, "CAN_SOCKETCAN" }, { 228, "IPV4" }, { 229, "IPV6" }, { 230, "IEEE802_15_4_NOFCS" }, { 231, "DBUS" },
  { 239, "NFLOG" }, { 240, "NETANALYZER" }, { 241, "NETANALYZER_TRANSPARENT" }, { 242, "IPOIB" }, { 243, "MPEG_2_TS" },
  { 245, "NFC_LLCP" }, { 247, "INFINIBAND" }, { 248, "SCTP" }, { 249, "USBPCAP" }, { 250, "RTAC_SERIAL" },
  { 251, "BLUETOOTH_LE_LL" }, { 252, "WIRESHARK_UPPER_PDU" }, { 253, "NETLINK" }, { 254, "BLUETOOTH_LINUX_MONITOR" },
  { 256, "BLUETOOTH_LE_LL_WITH_PHDR" }, { 257, "PROFIBUS_DL" }, { 258, "PKTAP" }, { 259, "EPON" },
  { 262, "ZWAVE_R1_R2" }, { 264, "WATTSTOPPER_DLM" }, { 265, "ISO_14443" }, { 266, "RDS" }, { 271, "VSOCK" },
  { 272, "NORDIC_BLE" }, { 273, "DOCSIS31_XRA31" }, { 274, "ETHERNET_MPACKET" }, { 276, "LINUX_SLL2" },
  { 278, "OPENVIZSLA" }, { 279, "EBHSCR" }, { 283, "IEEE802_15_4_TAP" }, { 288, "USB_2_0" }, { 290, "ETW" },
  { 292, "ZBOSS_NCP" },
};

const char *
isth_link_type_name (uint32_t link_type,
                     char     buffer[24])
{
  size_t low = 0, high = sizeof names / sizeof names[0];

  while (low < high)
    {
      size_t middle = (low + high) / 2;

      if (names[middle].value == link_type)
        return names[middle].name;
      if (names[middle].value < link_type)
        low = middle + 1;
      else
        high = middle;
    }
  snprintf (buffer, 24, "LINKTYPE %u", link_type);
  return buffer;
}
