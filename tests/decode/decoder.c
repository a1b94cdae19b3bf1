/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames in, one line of text out: every link type, tag and tunnel; then every prefix of each, as a short frame and as a
 * cut one, in a block of exactly its size. */
#include "analysis/decode/decoder.h"

#include <glib.h>

#include "analysis/decode/walk.h"

/* Lengths of the pieces, because the headers around them must know: IP4 20, UDP 8 + 4 bytes of payload. */
#define MACS "020000000002 020000000001 "
#define ETH(type) MACS type " "
#define IP4(protocol) "45000020 00010000 40" protocol "0000 0a000001 0a000002 " /* 12 bytes follow */
#define IP6(length, next) "60000000 00" length next "40 20010db8000000000000000000000001 20010db8000000000000000000000002 "
#define UDP "04d20035 000c0000 01020304 "
#define UDP4 IP4 ("11") UDP                                                       /* 32 bytes */
#define UDP6 IP6 ("0c", "11") UDP                                                 /* 52 bytes */
#define FRAME ETH ("0800") UDP4                                                   /* 46 bytes */
#define INNER "020000000022 020000000011 0800 45000020 00010000 3f110000 c0a80001 c0a80002 " UDP /* 46 bytes */
#define OUTER4(total, protocol) "4500" total "00020000 40" protocol "0000 ac100001 ac100002 "
#define WIFI "020000000002 020000000001 020000000003 0010 "
#define SNAP "aaaa03 000000 "

#define SEGMENT "02:00:00:00:00:01 > 02:00:00:00:00:02 segment "
#define TEXT "10.0.0.1:1234 > 10.0.0.2:53 "
#define TEXT6 "[2001:db8::1]:1234 > [2001:db8::2]:53 "
#define INSIDE "02:00:00:00:00:11 > 02:00:00:00:00:22 segment 192.168.0.1:1234 > 192.168.0.2:53 "
#define INSIDE_VLAN "02:00:00:00:00:11 > 02:00:00:00:00:22 segment vlan 12 192.168.0.1:1234 > 192.168.0.2:53 "
#define OUTSIDE "outer 172.16.0.1 > 172.16.0.2 "

static const struct
{
  const char *name;
  uint32_t link_type;
  const char *frame;
  const char *text;
} cases[] = {
  /* Ethernet */
  { "ethernet", 1, FRAME, "udp " SEGMENT TEXT "payload 4" },
  { "padding", 1, FRAME "000000000000000000000000", "udp " SEGMENT TEXT "payload 4" },
  { "arp", 1, ETH ("0806") "0001080006040001", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0806 payload 8" },
  { "llc", 1, ETH ("0007") "424203 00000000 ffff", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 sap 4242 payload 4" },
  { "llc-two-control", 1, ETH ("0006") "f0f0 0102 aabb", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 sap f0f0 payload 2" },
  { "llc-ip", 1, ETH ("0023") "060603" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "snap-ip", 1, ETH ("0028") SNAP "0800" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "snap-cdp", 1, ETH ("000a") "aaaa03 00000c 2000 02b4 00",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 2000 oui 00000c payload 2" },
  { "snap-bus", 1, "00000000001d 000000000001 0010 aaaa03 001090 0001 00000000 80 0001ff", "link 00:00:00:00:00:01 > 00:00:00:00:00:1d type 0001 oui 001090 payload 8" },
  { "snap-bus-everybody", 1, "0000000000ff 000000000001 0010 aaaa03 001090 0001 00000000 80 05ff01", "link 00:00:00:00:00:01 > ff:ff:ff:ff:ff:ff type 0001 oui 001090 payload 8" },
  { "snap-bridged", 1, ETH ("0036") "aaaa03 0080c2 0007" INNER, "udp " INSIDE "payload 4" },
  { "neither", 1, ETH ("05f0") "00", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 payload 1: EtherType field neither a type nor a length" },
  /* Tags */
  { "vlan", 1, ETH ("8100") "600c0800" UDP4, "udp " SEGMENT "vlan 12 " TEXT "payload 4" },
  { "priority", 1, ETH ("8100") "60000800" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "q-in-q", 1, ETH ("88a8") "00648100 00050800" UDP4, "udp " SEGMENT "vlan 100.5 " TEXT "payload 4" },
  { "old-q-in-q", 1, ETH ("9100") "00648100 00050800" UDP4, "udp " SEGMENT "vlan 100.5 " TEXT "payload 4" },
  { "five-tags", 1, ETH ("8100") "00018100 00028100 00038100 00048100 00050800" UDP4,
    "udp " SEGMENT "vlan 1.2.3.5 " TEXT "payload 4" },
  { "vlan-llc", 1, ETH ("8100") "00070003 424203", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 vlan 7 sap 4242 payload 0" },
  { "hsr", 1, ETH ("892f") "00340001 0800" UDP4, "udp " SEGMENT TEXT "tunnels hsr payload 4" },
  { "prp", 1, FRAME "0001 a026 88fb", "udp " SEGMENT TEXT "tunnels hsr payload 4" },
  { "prp-padded", 1, FRAME "00000000 0001 b02a 88fb", "udp " SEGMENT TEXT "tunnels hsr payload 4" },
  { "prp-tagged", 1, ETH ("8100") "00070800" UDP4 "0001 a02a 88fb", "udp " SEGMENT "vlan 7 " TEXT "tunnels hsr payload 4" },
  { "prp-goose", 1, ETH ("88b8") "0001000a 0001 a00a 88fb", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 88b8 tunnels hsr payload 4" },
  { "prp-wrong-size", 1, ETH ("88b8") "0001000a 0001 a00b 88fb", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 88b8 payload 10" },
  { "vn-tag", 1, ETH ("8926") "00000001 0800" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "cisco-metadata", 1, ETH ("8909") "01010001 0007 0800" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "backbone", 1, ETH ("88e7") "00000001" INNER, "udp " INSIDE "payload 4" },
  { "isl", 1, "01000c000000 020000000007 003a aaaa03 00000c 0018 0000 0000" INNER "deadbeef", "udp " INSIDE_VLAN "payload 4" },
  { "group-of-isl", 1, "01000c0000fc 020000000001 0800" UDP4, "udp 02:00:00:00:00:01 > 01:00:0c:00:00:fc segment " TEXT "payload 4" },
  { "isl-token-ring", 1, "01000c000010 020000000007 003a aaaa03 00000c 0018 0000 0000" INNER, "none payload 72: ISL frame of other than Ethernet" },
  { "fabric-path", 1, ETH ("8903") "0001" INNER, "udp " INSIDE "payload 4" },
  /* IP */
  { "ipv6", 1, ETH ("86dd") UDP6, "udp " SEGMENT TEXT6 "payload 4" },
  { "ipv6-as-ipv4", 1, ETH ("0800") UDP6, "udp " SEGMENT TEXT6 "payload 4" },
  { "options", 1, ETH ("0800") "46000024 00010000 40110000 0a000001 0a000002 94040000" UDP, "udp " SEGMENT TEXT "payload 4" },
  { "no-length", 1, ETH ("0800") "45000000 00010000 40110000 0a000001 0a000002" UDP, "udp " SEGMENT TEXT "payload 4" },
  { "longer-than-frame", 1, ETH ("0800") "45000080 00010000 40110000 0a000001 0a000002 04d20035 006c0000 01020304",
    "udp " SEGMENT TEXT "payload 4" },
  { "header-short", 1, ETH ("0800") "44000020 00010000 40110000 0a000001 0a000002" UDP,
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0800 payload 32: IPv4 header shorter than 20 bytes" },
  { "length-short", 1, ETH ("0800") "45000013 00010000 40110000 0a000001 0a000002" UDP,
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0800 payload 32: IPv4 length shorter than its header" },
  { "version-5", 1, ETH ("0800") "55000020 00010000 40110000 0a000001 0a000002" UDP,
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0800 payload 32: IP version neither 4 nor 6" },
  { "icmp-quote", 1, ETH ("0800") IP4 ("01") "03030000 00000000 45000020",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 1 payload 12" },
  { "extensions", 1, ETH ("86dd") IP6 ("24", "00") "3c00050200000000 2b00010400000000 1100010400000000" UDP,
    "udp " SEGMENT TEXT6 "payload 4" },
  { "ah", 1, ETH ("0800") "45000038 00010000 40330000 0a000001 0a000002 11040000 00000001 00000001 000000000000000000000000" UDP,
    "udp " SEGMENT TEXT "payload 4" },
  { "atomic-fragment", 1, ETH ("86dd") IP6 ("14", "2c") "11000000 00000001" UDP, "udp " SEGMENT TEXT6 "payload 4" },
  { "fragment", 1, ETH ("0800") "4500001c 00012000 40110000 0a000001 0a000002 04d20035 000c0000",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 17 fragment payload 8" },
  { "fragment-odd", 1, ETH ("0800") "4500001d 00012000 40110000 0a000001 0a000002 04d20035 000c0000 01",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 17 fragment payload 9: IP fragment of an impossible length" },
  { "tcp", 1, ETH ("0800") "4500002a 00010000 40060000 0a000001 0a000002 04d201f6 00000001 00000002 50182000 00000000 0102",
    "tcp " SEGMENT "10.0.0.1:1234 > 10.0.0.2:502 seq 1 ack 2 flags 18 window 8192 payload 2" },
  { "tcp-options", 1, ETH ("0800") "4500002d 00010000 40060000 0a000001 0a000002 04d201f6 00000001 00000000 60022000 00000000 020405b4 01",
    "tcp " SEGMENT "10.0.0.1:1234 > 10.0.0.2:502 seq 1 ack 0 flags 02 window 8192 payload 1" },
  { "tcp-short", 1, ETH ("0800") "45000028 00010000 40060000 0a000001 0a000002 04d201f6 00000001 00000002 40182000 00000000",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 6 payload 20: TCP header shorter than 20 bytes" },
  { "tcp-options-lie", 1, ETH ("0800") "45000028 00010000 40060000 0a000001 0a000002 04d201f6 00000001 00000002 f0182000 00000000",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 6 payload 20: TCP options longer than the packet" },
  { "udp-no-length", 1, ETH ("0800") IP4 ("11") "04d20035 00000000 01020304", "udp " SEGMENT TEXT "payload 4" },
  { "udp-short", 1, ETH ("0800") IP4 ("11") "04d20035 00070000 01020304",
    "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 17 payload 12: UDP length shorter than its header" },
  /* Tunnels */
  { "mpls", 1, ETH ("8847") "00010040 00020140" UDP4, "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels mpls payload 4" },
  { "mpls-ipv6", 1, ETH ("8847") "00020140" UDP6, "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT6 "tunnels mpls payload 4" },
  { "pseudowire", 1, ETH ("8847") "00020140" INNER, "udp " INSIDE "tunnels mpls pseudowire payload 4" },
  { "pseudowire-control", 1, ETH ("8847") "00020140 00000001" INNER, "udp " INSIDE "tunnels mpls pseudowire payload 4" },
  { "pseudowire-like-ip", 1, ETH ("8847") "00020140 460000000022 620000000011 0800" UDP4,
    "udp 62:00:00:00:00:11 > 46:00:00:00:00:22 segment " TEXT "tunnels mpls pseudowire payload 4" },
  { "mpls-unknown", 1, ETH ("8847") "00020140 10000000",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 8847 tunnels mpls payload 8: MPLS payload of an unknown kind" },
  { "pppoe", 1, ETH ("8864") "11000001 0022 0021" UDP4, "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels pppoe payload 4" },
  { "pppoe-lcp", 1, ETH ("8864") "11000001 0006 c021 09010004",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 8864 tunnels pppoe payload 12" },
  { "gre", 1, ETH ("0800") OUTER4 ("0038", "2f") "00000800" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gre " OUTSIDE "payload 4" },
  { "gre-all-fields", 1, ETH ("0800") OUTER4 ("0044", "2f") "b0000800 00000000 00000001 00000002" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gre " OUTSIDE "payload 4" },
  { "gre-source-route", 1, ETH ("0800") OUTER4 ("0048", "2f") "40000800 00000000 08000004 00000000 00000000" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gre " OUTSIDE "payload 4" },
  { "gre-bridging", 1, ETH ("0800") OUTER4 ("0046", "2f") "00006558" INNER, "udp " INSIDE "tunnels gre " OUTSIDE "payload 4" },
  { "gre-mpls", 1, ETH ("0800") OUTER4 ("003c", "2f") "00008847 00020140" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels mpls gre " OUTSIDE "payload 4" },
  { "gre-ppp", 1, ETH ("0800") OUTER4 ("0048", "2f") "3081880b 00240001 00000001 00000001 ff030021" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gre " OUTSIDE "payload 4" },
  { "gre-version", 1, ETH ("0800") OUTER4 ("0018", "2f") "00020800",
    "ip " SEGMENT "172.16.0.1 > 172.16.0.2 protocol 47 payload 4: GRE version neither 0 nor 1" },
  { "gre-keep-alive", 1, ETH ("0800") OUTER4 ("0018", "2f") "00000000", "ip " SEGMENT "172.16.0.1 > 172.16.0.2 protocol 47 payload 4" },
  { "gre-unknown", 1, ETH ("0800") OUTER4 ("001c", "2f") "00001234 01020304",
    "ip " SEGMENT "172.16.0.1 > 172.16.0.2 protocol 47 tunnels gre " OUTSIDE "payload 8" },
  { "erspan-1", 1, ETH ("0800") OUTER4 ("0046", "2f") "000088be" INNER, "udp " INSIDE "tunnels erspan gre " OUTSIDE "payload 4" },
  { "erspan-2", 1, ETH ("0800") OUTER4 ("0052", "2f") "100088be 00000001 100c0001 00000000" INNER,
    "udp " INSIDE_VLAN "tunnels erspan gre " OUTSIDE "payload 4" },
  { "erspan-2-tagged", 1, ETH ("0800") OUTER4 ("0056", "2f") "100088be 00000001 100c1801 00000000 020000000022 020000000011 8100 000c"
    "0800 45000020 00010000 3f110000 c0a80001 c0a80002" UDP, "udp " INSIDE_VLAN "tunnels erspan gre " OUTSIDE "payload 4" },
  { "erspan-3", 1, ETH ("0800") OUTER4 ("0056", "2f") "100022eb 00000001 20000001 00000000 00000000" INNER,
    "udp " INSIDE "tunnels erspan gre " OUTSIDE "payload 4" },
  { "erspan-3-subheader", 1, ETH ("0800") OUTER4 ("005e", "2f") "100022eb 00000001 20000001 00000000 00000001 0000000000000000" INNER,
    "udp " INSIDE "tunnels erspan gre " OUTSIDE "payload 4" },
  { "vxlan", 1, ETH ("8100") "00630800" OUTER4 ("0052", "11") "c00012b5 003e0000 08000000 00002a00" INNER,
    "udp " INSIDE "tunnels vxlan " OUTSIDE "payload 4" },
  { "vxlan-policy", 1, ETH ("0800") OUTER4 ("0052", "11") "c00012b5 003e0000 88000007 00002a00" INNER,
    "udp " INSIDE "tunnels vxlan " OUTSIDE "payload 4" },
  { "vxlan-arp", 1, ETH ("0800") OUTER4 ("0034", "11") "c00012b5 00200000 08000000 00002a00 ffffffffffff 020000000011 0806 0001",
    "link 02:00:00:00:00:11 > ff:ff:ff:ff:ff:ff type 0806 tunnels vxlan " OUTSIDE "payload 2" },
  { "not-vxlan", 1, ETH ("0800") OUTER4 ("0052", "11") "c00012b5 003e0000 00000000 00002a00" INNER,
    "udp " SEGMENT "172.16.0.1:49152 > 172.16.0.2:4789 payload 54" },
  { "geneve", 1, ETH ("0800") OUTER4 ("0056", "11") "c00017c1 00420000 01006558 00002a00 01020300" INNER,
    "udp " INSIDE "tunnels geneve " OUTSIDE "payload 4" },
  { "geneve-ip", 1, ETH ("0800") OUTER4 ("0044", "11") "c00017c1 00300000 00000800 00002a00" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels geneve " OUTSIDE "payload 4" },
  { "gtp", 1, ETH ("0800") OUTER4 ("0044", "11") "08680868 00300000 30ff0020 00000001" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gtp " OUTSIDE "payload 4" },
  { "gtp-extension", 1, ETH ("0800") OUTER4 ("004c", "11") "08680868 00380000 34ff0028 00000001 00000085 01000100" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels gtp " OUTSIDE "payload 4" },
  { "capwap", 1, ETH ("0800") OUTER4 ("0064", "11") "c000147f 00500000 00100300 00000000" "0801 0000 020000000003 020000000001 020000000002 0010" SNAP "0800" UDP4,
    "udp " SEGMENT TEXT "tunnels capwap wireless " OUTSIDE "payload 4" },
  { "capwap-swapped", 1, ETH ("0800") OUTER4 ("006c", "11") "147fc000 00580000 00204320 00000000 0104ed4d 00000000"
    "0208 0000 020000000002 020000000003 020000000001 0110" SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels capwap wireless " OUTSIDE "payload 4" },
  { "capwap-ethernet", 1, ETH ("0800") OUTER4 ("0052", "11") "c000147f 003e0000 00100200 00000000" INNER, "udp " INSIDE "tunnels capwap " OUTSIDE "payload 4" },
  { "capwap-keep-alive", 1, ETH ("0800") OUTER4 ("0024", "11") "c000147f 00100000 00100208 00000000", "udp " SEGMENT "172.16.0.1:49152 > 172.16.0.2:5247 payload 8" },
  { "zep", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455802 01 0b 0007 01 ef 0000000000000000 00000001 00000000000000000000 0d " "6188 0f 5933 0000 9090 0102 3b96",
    "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 tunnels zep " OUTSIDE "payload 2" },
  { "zep-1", 1, ETH ("0800") OUTER4 ("0039", "11") "c000455a 00250000 455801 0b 0007 01 ef 00000000000000 0d " "6188 0f 5933 0000 9090 0102 3b96",
    "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 tunnels zep " OUTSIDE "payload 2" },
  { "zep-3", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455803 01 0b 0007 01 ef 0000000000000000 00000001 00 00 0000000000000000 0d " "6188 0f 5933 0000 9090 0102 3b96",
    "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 tunnels zep " OUTSIDE "payload 2" },
  { "zep-report", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455802 01 0b 0007 00 ef 0000000000000000 00000001 00000000000000000000 0d " "6188 0f 5933 0000 9090 0102 ecf4",
    "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 tunnels zep " OUTSIDE "payload 2" },
  { "zep-report-of-damage", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455802 01 0b 0007 00 ef 0000000000000000 00000001 00000000000000000000 0d " "6188 0f 5933 0000 9090 0102 ec08",
    "link tunnels zep " OUTSIDE "payload 13: 802.15.4 frame with a wrong check sum" },
  { "zep-damaged", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455802 01 0b 0007 01 ef 0000000000000000 00000001 00000000000000000000 0d " "6188 0f 5933 0000 9090 0102 0000",
    "link tunnels zep " OUTSIDE "payload 13: 802.15.4 frame with a wrong check sum" },
  { "zep-acknowledgement", 1, ETH ("0800") OUTER4 ("0024", "11") "c000455a 00100000 455802 02 00000001" "",
    "udp " SEGMENT "172.16.0.1:49152 > 172.16.0.2:17754 payload 8" },
  { "not-zep", 1, ETH ("0800") OUTER4 ("0049", "11") "c000455a 00350000 455802 01 0b 0007 01 ef 0000000000000000 00000001 00000000000000000000 0e " "6188 0f 5933 0000 9090 0102 3b96",
    "udp " SEGMENT "172.16.0.1:49152 > 172.16.0.2:17754 payload 45" },
  { "ip-in-ip", 1, ETH ("0800") OUTER4 ("0034", "04") UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels ipip " OUTSIDE "payload 4" },
  { "6in4", 1, ETH ("0800") OUTER4 ("0048", "29") UDP6,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT6 "tunnels ipip " OUTSIDE "payload 4" },
  { "4in6", 1, ETH ("86dd") IP6 ("20", "04") UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels ipip outer 2001:db8::1 > 2001:db8::2 payload 4" },
  { "etherip", 1, ETH ("0800") OUTER4 ("0044", "61") "3000" INNER, "udp " INSIDE "tunnels gre " OUTSIDE "payload 4" },
  { "mpls-in-ip", 1, ETH ("0800") OUTER4 ("0038", "89") "00020140" UDP4,
    "udp 02:00:00:00:00:01 > 02:00:00:00:00:02 " TEXT "tunnels mpls " OUTSIDE "payload 4" },
  { "two-tunnels", 1, ETH ("0800") OUTER4 ("006a", "04") OUTER4 ("0056", "2f") "100022eb 00000001 20000001 00000000 00000000" INNER,
    "udp " INSIDE "tunnels erspan ipip gre " OUTSIDE "payload 4" },
  /* Other link types */
  { "null-little", 0, "02000000" UDP4, "udp " TEXT "payload 4" },
  { "null-big", 0, "00000002" UDP4, "udp " TEXT "payload 4" },
  { "null-ipv6", 0, "1e000000" UDP6, "udp " TEXT6 "payload 4" },
  { "null-other", 0, "17000000 00", "none payload 5: loopback address family neither IPv4 nor IPv6" },
  { "loop", 108, "00000018" UDP6, "udp " TEXT6 "payload 4" },
  { "ppp", 9, "ff030021" UDP4, "udp " TEXT "payload 4" },
  { "ppp-short-protocol", 50, "21" UDP4, "udp " TEXT "payload 4" },
  { "ppp-direction", 204, "00 ff030057" UDP6, "udp " TEXT6 "payload 4" },
  { "pppoe-session", 51, "11000001 0022 0021" UDP4, "udp " TEXT "tunnels pppoe payload 4" },
  { "raw", 101, UDP4, "udp " TEXT "payload 4" },
  { "raw-12", 12, UDP6, "udp " TEXT6 "payload 4" },
  { "raw-14", 14, UDP4, "udp " TEXT "payload 4" },
  { "raw-ipv4", 228, UDP4, "udp " TEXT "payload 4" },
  { "raw-ipv6", 229, UDP6, "udp " TEXT6 "payload 4" },
  { "hdlc", 104, "0f000800" UDP4, "udp " TEXT "payload 4" },
  { "hdlc-cdp", 104, "0f002000 02b4", "link type 2000 payload 2" },
  { "frame-relay", 107, "184103cc" UDP4, "udp " TEXT "payload 4" },
  { "frame-relay-snap", 107, "1841 0300 80 000000 0800" UDP4, "udp " TEXT "payload 4" },
  { "frame-relay-cisco", 107, "18410800" UDP4, "udp " TEXT "payload 4" },
  { "cooked", 113, "0000 0001 0006 020000000001 0000 0800" UDP4, "udp 02:00:00:00:00:01 >  segment " TEXT "payload 4" },
  { "cooked-vlan", 113, "0000 0001 0006 020000000001 0000 8100 00070800" UDP4, "udp 02:00:00:00:00:01 >  segment vlan 7 " TEXT "payload 4" },
  { "cooked-llc", 113, "0000 0001 0006 020000000001 0000 0004 424203", "link 02:00:00:00:00:01 >  sap 4242 payload 0" },
  { "cooked-2", 276, "0800 0000 00000002 0001 00 06 020000000001 0000" UDP4, "udp 02:00:00:00:00:01 >  segment " TEXT "payload 4" },
  { "cooked-can", 113, "0000 0118 0000 0000000000000000 000c 00000705 01 000000 05", "link  > ff:ff:ff:ff:ff:ff type 000c payload 9" },
  { "cooked-can-fd", 276, "000d 0000 00000003 0118 00 00 0000000000000000 00000705 01 040000 05", "link  > ff:ff:ff:ff:ff:ff type 000c payload 9" },
  { "cooked-novell", 113, "0000 0001 0006 020000000003 0000 0001 00", "link 02:00:00:00:00:03 >  payload 1: cooked frame without an EtherType" },
  { "arcnet", 7, "be50 d4 00 0102" UDP4, "udp " TEXT "payload 4" },
  { "arcnet-linux", 129, "be50 0000 d4 00 0102" UDP4, "udp " TEXT "payload 4" },
  { "arcnet-ipv6", 7, "be50 c4 00 0102" UDP6, "udp " TEXT6 "payload 4" },
  { "arcnet-rfc-1051", 7, "be50 f0" UDP4, "udp " TEXT "payload 4" },
  { "arcnet-exception", 7, "be50 d4 ff ffff 00 0102" UDP4, "udp " TEXT "payload 4" },
  { "arcnet-in-pieces", 7, "be50 d4 03 0102 45", "none payload 7: ARCNET packet in pieces" },
  { "arcnet-bacnet", 7, "c03d cd 8282 03 0100 10 08", "link 02:00:00:a2:c0:c0 > 02:00:00:a2:c0:3d sap 8282 payload 4" },
  { "arcnet-bacnet-buffer", 7, "c000 f800 cd 8282 03 0100 10 08", "link 02:00:00:a2:c0:c0 > ff:ff:ff:ff:ff:ff sap 8282 payload 4" },
  { "arcnet-bacnet-linux", 129, "c03d f800 cd 8282 03 0100 10 08", "link 02:00:00:a2:c0:c0 > 02:00:00:a2:c0:3d sap 8282 payload 4" },
  { "arcnet-length-of-its-protocol", 7, "be50 d4 00 0102" UDP4, "udp " TEXT "payload 4" },
  { "arcnet-other", 7, "be50 ed 00 0102 45", "none payload 7: ARCNET protocol that is not read" },
  { "token-ring", 6, "1040 020000000002 020000000001" SNAP "0800" UDP4, "udp " SEGMENT TEXT "payload 4" },
  { "token-ring-route", 6, "1040 c00000000080 820000000001 0670 00110020" SNAP "0800" UDP4,
    "udp 02:00:00:00:00:01 > c1:00:00:00:00:80 segment " TEXT "payload 4" },
  { "mstp", 165, "55ff 05 0c 00 000f 01 0104 0203", "link 02:00:00:00:00:00 > 02:00:00:00:00:0c oui 001090 payload 12" },
  { "mstp-to-all", 165, "55ff 06 ff 72 0000 01", "link 02:00:00:00:00:72 > ff:ff:ff:ff:ff:ff oui 001090 payload 8" },
  { "can", 227, "00000705 01 000000 05", "link  > ff:ff:ff:ff:ff:ff type 000c payload 9" },
  { "mstp-without-preamble", 165, "5500 06 ff 72", "none payload 5: MS/TP frame without its preamble" },
  { "token-ring-route-lies", 6, "1040 020000000002 820000000001 1e70", "link 02:00:00:00:00:01 > 02:00:00:00:00:02 payload 2: Token Ring route longer than the frame" },
  { "token-ring-management", 6, "1005 ffffffffffff 020000000001 0004 0605",
    "link 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff payload 4: Token Ring frame that manages the ring" },
  { "nflog", 239, "02000000 08000100 08000003 07000a00 61620000 24000900" UDP4,
    "udp " TEXT "payload 4" },
  { "nflog-mac", 239, "02000000 10000800 0006 0000 020000000001 0000" "24000900" UDP4, "udp 02:00:00:00:00:01 >  segment " TEXT "payload 4" },
  { "nflog-big", 239, "0a000000 00080001 08000003 00380009" UDP6, "udp " TEXT6 "payload 4" },
  { "pktap", 258, "10000000 01000000 01000000 00000000" FRAME, "udp " SEGMENT TEXT "payload 4" },
  { "wifi", 105, "0800 0000" WIFI SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wifi-to-ap", 105, "0801 0000" "020000000003 020000000001 020000000002 0010" SNAP "0800" UDP4,
    "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wifi-from-ap", 105, "0802 0000" "020000000002 020000000003 020000000001 0010" SNAP "0800" UDP4,
    "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wifi-bridge", 105, "0803 0000" "020000000004 020000000003 020000000002 0010 020000000001" SNAP "0800" UDP4,
    "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wifi-quality", 105, "8800 0000" WIFI "0000" SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wifi-encrypted", 105, "0840 0000" WIFI "0102030405",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 tunnels wireless payload 5: 802.11 frame is encrypted" },
  { "wifi-aggregate", 105, "8800 0000" WIFI "8000" "00",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 tunnels wireless payload 1: 802.11 aggregate of frames" },
  { "wifi-fragment", 105, "0804 0000" WIFI "00",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 tunnels wireless payload 1: 802.11 fragment" },
  { "wifi-beacon", 105, "8000 0000" WIFI "00",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 tunnels wireless payload 1: 802.11 management frame" },
  { "wifi-null", 105, "4800 0000" WIFI, "link 02:00:00:00:00:01 > 02:00:00:00:00:02 tunnels wireless payload 0" },
  { "radiotap", 127, "0000 0800 00000000" "0800 0000" WIFI SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "radiotap-flags", 127, "0000 1900 030000a0 00000000 00000000 0000000000000000 30" "8800 0000" WIFI "0000 0000" SNAP "0806" "01 aabbccdd",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0806 tunnels wireless payload 1" },
  { "radiotap-checksum", 127, "0000 0900 02000000 10" "0800 0000" WIFI SNAP "0806" "01 aabbccdd",
    "link 02:00:00:00:00:01 > 02:00:00:00:00:02 type 0806 tunnels wireless payload 1" },
  { "prism", 119, "44000000 0c000000 00000000" "0800 0000" WIFI SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "avs", 163, "80211001 0000000c 00000000" "0800 0000" WIFI SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "ppi", 192, "0000 0800 69000000" "0800 0000" WIFI SNAP "0800" UDP4, "udp " SEGMENT TEXT "tunnels wireless payload 4" },
  { "wpan", 195, "6188 0f 5933 0000 9090 0102 3b96", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 payload 2" },
  { "wpan-to-all", 195, "4188 0f 5933 ffff 9090 0102 c17c", "link 02:15:33:59:90:90 > ff:ff:ff:ff:ff:ff type 00f6 payload 2" },
  { "wpan-long", 195, "41cc 0f 5933 1a5b4100 00ff0f00 2d f41d00 00ff0f00 01 9210", "link 06:00:00:1d:f4:2d > 06:00:00:41:5b:1a type 00f6 payload 1" },
  { "wpan-networks", 230, "0188 0f 5933 0000 3412 9090 0102", "link 02:15:12:34:90:90 > 02:15:33:59:00:00 type 00f6 payload 2" },
  { "wpan-2015", 230, "41a9 5933 0000 9090 0102", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 payload 2" },
  { "wpan-2015-long", 230, "01ec 0f 5933 0807060504030201 1807060504030201 01", "link 06:04:05:06:07:18 > 06:04:05:06:07:08 type 00f6 payload 1" },
  { "wpan-phy", 215, "00000000 a7 0c 6188 0f 5933 0000 9090 01 b0a2", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 payload 1" },
  { "wpan-tap", 283, "0000 0c00 0000 0100 01 000000 6188 0f 5933 0000 9090 01 b0a2", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 payload 1" },
  { "wpan-tap-bare", 283, "0000 0c00 0000 0100 00 000000 6188 0f 5933 0000 9090 01", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 type 00f6 payload 1" },
  { "wpan-acknowledgement", 195, "0200 80 b031", "link payload 0: 802.15.4 frame without data" },
  { "wpan-damaged", 195, "6188 0f 5933 0000 9090 0102 0000", "none payload 13: 802.15.4 frame with a wrong check sum" },
  { "wpan-secured", 230, "6988 0f 5933 0000 9090 0102", "link 02:15:33:59:90:90 > 02:15:33:59:00:00 payload 2: 802.15.4 data that are encrypted, or behind elements of the header" },
  { "private", 150, "00", "none payload 1: link type for private use" },
  { "unknown", 4711, "00", "none payload 1: link type unknown" },
};

static GByteArray *
bytes_from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        uint8_t byte = (uint8_t) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (bytes, &byte, 1);
        hex++;
      }
  return bytes;
}

static void
add_end (GString           *text,
         const IsthAddress *address,
         uint16_t           port,
         bool               with_port)
{
  char buffer[ISTH_ADDRESS_TEXT];
  const char *form = isth_address_format (address, buffer);

  if (!with_port)
    g_string_append (text, form);
  else
    g_string_append_printf (text, address->kind == ISTH_ADDRESS_IPV6 ? "[%s]:%u" : "%s:%u", form, port);
}

static void
add_pair (GString           *text,
          const IsthAddress *source,
          const IsthAddress *target,
          const IsthPacket  *with_ports)
{
  if (source->kind == ISTH_ADDRESS_NONE && target->kind == ISTH_ADDRESS_NONE)
    return;
  add_end (text, source, with_ports ? with_ports->source_port : 0, with_ports != NULL);
  g_string_append (text, " > ");
  add_end (text, target, with_ports ? with_ports->target_port : 0, with_ports != NULL);
  g_string_append_c (text, ' ');
}

static void
add_tunnels (GString  *text,
             uint16_t  tunnels)
{
  static const struct { IsthTunnel bit; const char *name; } names[] = {
    { ISTH_TUNNEL_MPLS, "mpls" }, { ISTH_TUNNEL_PPPOE, "pppoe" }, { ISTH_TUNNEL_ERSPAN, "erspan" },
    { ISTH_TUNNEL_IPIP, "ipip" }, { ISTH_TUNNEL_GRE, "gre" }, { ISTH_TUNNEL_VXLAN, "vxlan" },
    { ISTH_TUNNEL_GENEVE, "geneve" }, { ISTH_TUNNEL_GTP, "gtp" }, { ISTH_TUNNEL_CAPWAP, "capwap" }, { ISTH_TUNNEL_PSEUDOWIRE, "pseudowire" },
    { ISTH_TUNNEL_HSR, "hsr" }, { ISTH_TUNNEL_WIRELESS, "wireless" }, { ISTH_TUNNEL_ZEP, "zep" },
  };

  if (tunnels == 0)
    return;
  g_string_append (text, "tunnels ");
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if ((tunnels & names[i].bit) != 0)
      g_string_append_printf (text, "%s ", names[i].name);
}

static void
add_transport (GString          *text,
               const IsthPacket *p)
{
  bool ports = p->layer >= ISTH_LAYER_TCP;

  for (int i = 0; i < p->n_vlans; i++)
    g_string_append_printf (text, "%s%u%s", i == 0 ? "vlan " : ".", p->vlans[i], i == p->n_vlans - 1 ? " " : "");
  add_pair (text, &p->source, &p->target, ports ? p : NULL);
  if (p->layer == ISTH_LAYER_IP)
    g_string_append_printf (text, "protocol %u ", p->ip_protocol);
  if (p->layer == ISTH_LAYER_TCP)
    g_string_append_printf (text, "seq %u ack %u flags %02x window %u ", p->sequence, p->acknowledgment, p->tcp_flags,
                            p->tcp_window);
  if (p->layer == ISTH_LAYER_LINK && p->ether_type != 0)
    g_string_append_printf (text, "type %04x ", p->ether_type);
  if (p->llc_sap != 0 && p->layer == ISTH_LAYER_LINK)
    g_string_append_printf (text, "sap %04x ", p->llc_sap);
  if (p->snap_oui != 0)
    g_string_append_printf (text, "oui %06x ", p->snap_oui);
}

static char *
describe (const IsthPacket *p)
{
  static const char *const layers[] = { "none ", "link ", "ip ", "tcp ", "udp " };
  GString *text = g_string_new (layers[p->layer]);

  add_pair (text, &p->source_mac, &p->target_mac, NULL);
  if (p->same_segment && p->source_mac.kind != ISTH_ADDRESS_NONE)
    g_string_append (text, "segment ");
  add_transport (text, p);
  add_tunnels (text, p->tunnels);
  if (p->tunnels != 0 && p->outer.carrier != ISTH_CARRIER_NONE)
    {
      const IsthOuter *outer = &p->outer;
      bool wide = outer->kind == ISTH_ADDRESS_IPV6;
      IsthAddress source = wide ? isth_address_ipv6 (outer->source) : isth_address_ipv4 (outer->source);
      IsthAddress target = wide ? isth_address_ipv6 (outer->target) : isth_address_ipv4 (outer->target);

      g_string_append (text, "outer ");
      add_pair (text, &source, &target, NULL);
    }
  if (p->fragment)
    g_string_append (text, "fragment ");
  if (p->reassembled)
    g_string_append (text, "reassembled ");
  g_string_append_printf (text, "payload %u", isth_cursor_left (&p->payload));
  if (p->payload.wire > p->payload.length)
    g_string_append_printf (text, "/%u", isth_cursor_wire_left (&p->payload));
  if (p->trouble != NULL)
    g_string_append_printf (text, ": %s", p->trouble);
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GByteArray) frame = bytes_from_hex (cases[i].frame);
  IsthPacket packet;
  g_autofree char *text = NULL;

  memset (&packet, 0xa5, sizeof packet); /* the decoder writes it whole */
  isth_decoder_decode (decoder, cases[i].link_type, frame->data, frame->len, frame->len, 1, &packet);
  text = describe (&packet);
  g_assert_cmpstr (text, ==, cases[i].text);
}

/* The short way for plain frames says what the long way says. */
static void
check_plain (const uint8_t *frame,
             uint32_t       length,
             uint32_t       wire)
{
  uint64_t reached, limits[ISTH_N_REACHED] = { 0 };
  g_autoptr(IsthFragments) fragments = isth_fragments_new (1, 4096, &reached);
  IsthCursor cursor = isth_cursor_new (frame, length, wire);
  IsthPacket plain, walked;
  g_autofree char *a = NULL, *b = NULL;

  memset (&plain, 0xa5, sizeof plain);
  memset (&walked, 0x5a, sizeof walked);
  plain.time = walked.time = 0;
  if (!isth_decode_plain (&plain, frame, length, wire))
    return;
  isth_decode_walk (&walked, &cursor, ISTH_LINK_ETHERNET, fragments, limits);
  a = describe (&plain);
  b = describe (&walked);
  g_assert_cmpstr (a, ==, b);
  g_assert_true (plain.payload.data == walked.payload.data);
  g_assert_cmpint (plain.ttl, ==, walked.ttl);
  g_assert_cmpint (plain.ether_type, ==, walked.ether_type);
  g_assert_cmpint (plain.ip_protocol, ==, walked.ip_protocol);
  g_assert_cmpmem (plain.vlans, plain.n_vlans * sizeof *plain.vlans, walked.vlans, walked.n_vlans * sizeof *walked.vlans);
  g_assert_true (plain.llc_sap == 0 && plain.sequence == walked.sequence
                 && plain.acknowledgment == walked.acknowledgment && plain.tcp_flags == walked.tcp_flags
                 && plain.tcp_window == walked.tcp_window);
  g_assert_true (plain.plain && !walked.plain && plain.same_segment && !plain.reassembled && plain.fragment == ISTH_FRAGMENT_NONE
                 && plain.tunnels == 0 && plain.trouble == NULL);
}

/* Bounds that hold whatever the bytes are. */
static void
check_bounds (const IsthPacket *p,
              const uint8_t    *frame,
              uint32_t          length,
              uint32_t          wire)
{
  const IsthCursor *c = &p->payload;
  volatile uint32_t sum = 0;

  g_assert_cmpuint (c->length, <=, c->wire);
  g_assert_cmpuint (c->position, ==, 0);
  g_assert_cmpuint (c->wire, <=, wire);
  g_assert_true (p->reassembled || (c->data >= frame && c->data + c->length <= frame + length));
  for (uint32_t i = 0; i < c->length; i++)
    sum += c->data[i]; /* the sanitizer looks on */
}

static void
test_prefixes (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GByteArray) frame = bytes_from_hex (cases[i].frame);

  for (uint32_t n = 0; n <= frame->len; n++)
    for (int cut = 0; cut < 2; cut++)
      {
        g_autofree uint8_t *block = g_memdup2 (frame->data, n);
        uint32_t wire = cut ? frame->len : n;
        IsthPacket packet;

        isth_decoder_decode (decoder, cases[i].link_type, block, n, wire, 1, &packet);
        check_bounds (&packet, block, n, wire);
        check_plain (block, n, wire);
        if (packet.trouble != NULL && cut)
          g_assert_null (strstr (packet.trouble, "incomplete")); /* a cut capture is no lie */
        if (packet.trouble != NULL && !cut)
          g_assert_null (strstr (packet.trouble, "cut by"));
      }
}

static void
test_damage (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GByteArray) frame = bytes_from_hex (cases[i].frame);

  for (uint32_t n = 0; n < frame->len; n++)
    for (int bit = 0; bit < 8; bit++)
      {
        g_autofree uint8_t *block = g_memdup2 (frame->data, frame->len);
        IsthPacket packet;

        block[n] ^= (uint8_t) (1u << bit);
        isth_decoder_decode (decoder, cases[i].link_type, block, frame->len, frame->len, 1, &packet);
        check_bounds (&packet, block, frame->len, frame->len);
        check_plain (block, frame->len, frame->len);
      }
}

static void
test_cut (void)
{
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GByteArray) frame = bytes_from_hex (ETH ("0800") "4500002e 00010000 40060000 0a000001 0a000002 04d201f6 00000001 "
                                                "00000002 60182000 00000000 020405b4 0102");
  IsthPacket packet;

  frame->data[17] = 0x2e;
  isth_decoder_decode (decoder, 1, frame->data, 55, 60, 1, &packet); /* inside the options; 4 bytes of payload not there */
  g_assert_cmpint (packet.layer, ==, ISTH_LAYER_TCP);
  g_assert_cmpuint (packet.payload.length, ==, 0);
  g_assert_cmpuint (packet.payload.wire, ==, 2);
  g_assert_cmpuint (packet.wire, ==, 60);
  g_assert_cmpuint (packet.frame_length, ==, 55);
}

static void
test_nesting (void)
{
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GString) hex = g_string_new (NULL);
  g_autoptr(GByteArray) frame = NULL;
  IsthPacket packet;

  for (int i = 0; i < 40; i++)
    g_string_append (hex, "45000000 00010000 40040000 0a000001 0a000002");
  frame = bytes_from_hex (hex->str);
  isth_decoder_decode (decoder, 101, frame->data, frame->len, frame->len, 1, &packet);
  g_assert_cmpstr (packet.trouble, ==, "too many headers inside one another");
  g_assert_cmpuint (isth_decoder_get_limits (decoder)[ISTH_REACHED_NESTING], ==, 1);

  g_string_assign (hex, MACS);
  for (int i = 0; i < 1000; i++)
    g_string_append (hex, "81000001");
  g_byte_array_unref (frame);
  frame = bytes_from_hex (hex->str);
  isth_decoder_decode (decoder, 1, frame->data, frame->len, frame->len, 1, &packet);
  g_assert_cmpstr (packet.trouble, ==, "too many headers inside one another");
}

static void
test_reassembly (void)
{
  static const struct { const char *frame; const char *text; } parts[] = {
    { ETH ("0800") "4500001c 00072000 40110000 0a000001 0a000002 04d20035 000c0000",
      "ip " SEGMENT "10.0.0.1 > 10.0.0.2 protocol 17 fragment payload 8" },
    { ETH ("8100") "00050800 45000018 00070001 40110000 0a000001 0a000002 09090909",
      "ip " SEGMENT "vlan 5 10.0.0.1 > 10.0.0.2 protocol 17 fragment payload 4" }, /* another segment's */
    { ETH ("0800") "45000018 00070001 40110000 0a000001 0a000002 01020304", "udp " SEGMENT TEXT "reassembled payload 4" },
    { ETH ("86dd") IP6 ("0c", "2c") "11000009 00000007 01020304",
      "ip " SEGMENT "2001:db8::1 > 2001:db8::2 protocol 17 fragment payload 4: IP fragment of an impossible length" },
    { ETH ("86dd") IP6 ("0c", "2c") "11000008 00000007 01020304",
      "ip " SEGMENT "2001:db8::1 > 2001:db8::2 protocol 17 fragment payload 4" },
    { ETH ("86dd") IP6 ("10", "2c") "11000001 00000007 04d20035 000c0000", "udp " SEGMENT TEXT6 "reassembled payload 4" },
  };
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GByteArray) frame = bytes_from_hex (parts[i].frame);
      IsthPacket packet;
      g_autofree char *text = NULL;

      isth_decoder_decode (decoder, 1, frame->data, frame->len, frame->len, 1, &packet);
      text = describe (&packet);
      g_assert_cmpstr (text, ==, parts[i].text);
      if (packet.reassembled)
        g_assert_cmpmem (packet.payload.data, packet.payload.length, "\1\2\3\4", 4);
    }
}

static void
test_reset (void)
{
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  g_autoptr(GByteArray) first = bytes_from_hex ("4500001c 00072000 40110000 0a000001 0a000002 04d20035 000c0000");
  g_autoptr(GByteArray) last = bytes_from_hex ("45000018 00070001 40110000 0a000001 0a000002 01020304");
  IsthPacket packet;
  uint32_t n;

  isth_decoder_decode (decoder, 101, first->data, first->len, first->len, 1, &packet);
  isth_decoder_reset (decoder);
  isth_decoder_decode (decoder, 101, last->data, last->len, last->len, 1, &packet);
  g_assert_cmpint (packet.fragment, ==, ISTH_FRAGMENT_WAITS);
  isth_decoder_get_lost (decoder, &n);
  g_assert_cmpuint (n, ==, 0);
  isth_decoder_give_up (decoder);
  isth_decoder_get_lost (decoder, &n);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("/decoder/text/", cases[i].name, NULL);
      g_autofree char *prefixes = g_strconcat ("/decoder/prefixes/", cases[i].name, NULL);
      g_autofree char *damage = g_strconcat ("/decoder/damage/", cases[i].name, NULL);

      g_test_add_data_func (text, GSIZE_TO_POINTER (i), test_case);
      g_test_add_data_func (prefixes, GSIZE_TO_POINTER (i), test_prefixes);
      g_test_add_data_func (damage, GSIZE_TO_POINTER (i), test_damage);
    }
  g_test_add_func ("/decoder/cut", test_cut);
  g_test_add_func ("/decoder/nesting", test_nesting);
  g_test_add_func ("/decoder/reassembly", test_reassembly);
  g_test_add_func ("/decoder/reset", test_reset);
  return g_test_run ();
}
