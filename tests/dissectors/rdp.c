/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote Desktop: cookies, what is negotiated, clients and their channels, certificates in both ways; blocks that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rdp;

static const IsthDissectCase cases[] = {
  { "nla",
    "0300002e29e000*5 \"Cookie: mstshash=engineer\" 0d0a0100080003000000\n"
    "< 030000130ed000*5 021f080002000000\n"
    "16030300310100002d0303 \"rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr\" 000004c02fc03001000000\n"
    "< 160303002c020000280303 \"rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr\" 00c02f000000\n"
    "< 16030300ab0b0000a70000a40000a130819e308181a003020102020105300d06092a864886f70d01010b050030153113301106035504030c0a "
    "\"HMI-SERVER0\" 1e170d \"260101000000Z\" 170d \"270101000000Z0\" 153113301106035504030c0a \"HMI-SERVER0\" "
    "1a300d06092a864886f70d01010b0500030900 \"KKKKKKKK0\" 0d06092a864886f70d01010b0500030900 \"SSSSSSSS\"\n"
    "140303000101\n"
    "< 140303000101\n"
    "1703030028ee*40\n"
    "< 1703030028ee*40",
    ISTH_DISSECT_OK,
    "role rdp-client\n"
    "authenticate - connect (user “engineer”, offers NLA or TLS)\n"
    "role rdp-server\n"
    "= ok\n"
    "banner = RDP, NLA (90)\n"
    "role tls-client\n"
    "other 1 client-hello (TLS 1.2)\n"
    "fingerprint = JA3 ba09d19ae2f44a8f82999aa3ab6c5193 (20)\n"
    "fingerprint = JA4 t12i020000_04659ec43a24_000000000000 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.2)\n"
    "certificate_name = HMI-SERVER (90)\n"
    "certificate_name = HMI-SERVER (60)\n"
    "banner = certificate of HMI-SERVER, self-signed, valid from 2026-01-01 to 2027-01-01 (60)", .pieces = true },
  { "tls",
    "0300003732e000*5 \"Cookie: msts=3640205228.15629.0000\" 0d0a0100080001000000\n"
    "< 030000130ed000*5 0200080001000000",
    ISTH_DISSECT_OK,
    "role rdp-client\n"
    "authenticate - connect (TLS)\n"
    "role rdp-server\n"
    "= ok\n"
    "banner = RDP, TLS without NLA (90)" },
  { "refused",
    "030000130ee000*5 010008000b000000\n"
    "< 030000130ed000*5 0300080005000000",
    ISTH_DISSECT_OK,
    "role rdp-client\n"
    "authenticate - connect (NLA with early authorisation or NLA or TLS)\n"
    "role rdp-server\n"
    "= refused: NLA required\n"
    "banner = RDP, NLA required (90)" },
  { "old",
    "030000201be000*5 \"Cookie: mstshash=op\" 0d0a\n"
    "< 0300000b06d000*5\n"
    "030000fd02f0807f658200f10401010401010101ff301900*20 0500147c00018136000800100001c000 \"Duca\" "
    "80bc01c08400040008000005000401ca03aa07040000654a00004c0049004e00450031002d00500041004e0045004c00*11 0400*7 0c00*67 04c00c000d00*7 "
    "03c02c0003000000 \"rdpdr\" 00*6 c0 \"cliprdr\" 00000000c0 \"rdpsnd\" 00*5 c0\n"
    "< 030001c602f0807f668201ba0a0100020100301a00*23 0500147c00012a14760a01010001c000 \"McDn\" "
    "8185010c080004000800030c0800eb030000020c750102000000030000002000000041010000 \"RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\" "
    "02000080020000009000000030818d3071a003020102020105300d06092a864886f70d01010b0500300d310b300906035504030c024341301e170d "
    "\"260101000000Z\" 170d \"270101000000Z0\" 0d310b300906035504030c024341301a300d06092a864886f70d01010b0500030900 \"KKKKKKKK0\" "
    "0d06092a864886f70d01010b0500030900 \"SSSSSSSS\" "
    "a100000030819e308181a003020102020105300d06092a864886f70d01010b050030153113301106035504030c0a \"HMI-SERVER0\" 1e170d "
    "\"260101000000Z\" 170d \"270101000000Z0\" 153113301106035504030c0a \"HMI-SERVER0\" 1a300d06092a864886f70d01010b0500030900 "
    "\"KKKKKKKK0\" 0d06092a864886f70d01010b0500030900 \"SSSSSSSS\"\n"
    "0300000c02f0800401000100\n"
    "040aee*8\n"
    "< 008100ee*253",
    ISTH_DISSECT_OK,
    "role rdp-client\n"
    "authenticate - connect (user “op”)\n"
    "role rdp-server\n"
    "= ok\n"
    "hostname = LINE1-PANEL (90)\n"
    "os = Windows 10.0.19045 (Windows 10) (60)\n"
    "description = keyboard German (0x00000407), screen 1280 × 1024 (60)\n"
    "other - channels (rdpdr, cliprdr, rdpsnd)\n"
    "banner = RDP, proprietary encryption, 128 bits, level 3 (90)\n"
    "certificate_name = CA (60)\n"
    "certificate_name = CA (60)\n"
    "certificate_name = HMI-SERVER (90)\n"
    "certificate_name = HMI-SERVER (60)\n"
    "banner = certificate of HMI-SERVER, self-signed, valid from 2026-01-01 to 2027-01-01 (60)", .pieces = true },
  { "proprietary",
    "0300000b06e000*5\n"
    "< 030000130ed000*5 02000800*5\n"
    "030000c502f0807f658200b90401010401010101ff301900*20 0500147c00018136000800100001c000 \"Duca\" "
    "808401c08400040008000005000401ca03aa45230100280a00004f004c004400*27 0400*7 0c00*67\n"
    "< 030000a802f0807f6682009c0a0100020100301a00*23 0500147c00012a14760a01010001c000 \"McDnh\" "
    "010c080004000800020c60000100000001000000200000002c000000 \"RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\" 01000000 "
    "\"KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK\"",
    ISTH_DISSECT_OK,
    "role rdp-client\n"
    "authenticate - connect (proprietary encryption)\n"
    "role rdp-server\n"
    "= ok\n"
    "banner = RDP, proprietary encryption (90)\n"
    "hostname = OLD (90)\n"
    "os = Windows 5.1.2600 (Windows XP) (60)\n"
    "description = keyboard 0x00012345, screen 1280 × 1024 (60)\n"
    "banner = RDP, proprietary encryption, 40 bits, level 1 (90)" },
  { "in-tls",
    "030000fd02f0807f658200f10401010401010101ff301900*20 0500147c00018136000800100001c000 \"Duca\" "
    "80bc01c08400040008000005000401ca03aa07040000654a00004c0049004e00450031002d00500041004e0045004c00*11 0400*7 0c00*67 04c00c000d00*7 "
    "03c02c0003000000 \"rdpdr\" 00*6 c0 \"cliprdr\" 00000000c0 \"rdpsnd\" 00*5 c0\n"
    "< 0300005c02f0807f668200500a0100020100301a00*23 0500147c00012a14760a01010001c000 \"McDn\" 1c010c080004000800020c1400*17",
    ISTH_DISSECT_OK,
    "hostname = LINE1-PANEL (90)\n"
    "os = Windows 10.0.19045 (Windows 10) (60)\n"
    "description = keyboard German (0x00000407), screen 1280 × 1024 (60)\n"
    "other - channels (rdpdr, cliprdr, rdpsnd)" },
  { "stray-tls",
    "1703030028ee*40",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "short-header",
    "0300001320e000*13",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-block",
    "0300005802f0807f6582004c0401010401010101ff301900*20 0500147c00018136000800100001c000 \"Duca\" 1801c00200*21",
    ISTH_DISSECT_OK,
    "" },
  { "lying-certificate",
    "< 0300009402f0807f668200880a0100020100301a00*23 0500147c00012a14760a01010001c000 \"McDnT\" "
    "020c540002000000030000002000000020000000 \"RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\" 0200000005000000ffffff0f \"xxxxxxxxxxxxxxxxxxxx\"",
    ISTH_DISSECT_OK,
    "banner = RDP, proprietary encryption, 128 bits, level 3 (90)" },
  { "no-key",
    "0300013802f0807f65820100*301",
    ISTH_DISSECT_OK,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0300002e29e000*5 \"Cookie: mstshash=engineer\" 0d0a0100080003000000", ISTH_PROBE_STRONG, 46 },
    { "030000201be000*5 \"Cookie: mstshash=op\" 0d0a", ISTH_PROBE_STRONG, 32 },
    { "030000130ed000*5 021f080002000000", ISTH_PROBE_STRONG, 19 },
    { "0300000b06d000*5", ISTH_PROBE_WEAK, 11 },
    { "030000fd02f0807f658200f10401010401010101ff301900*20 0500147c00018136000800100001c000 \"Duca\" 80bc01c08400040008000005000401ca03aa07040000654a00004c0049004e00450031002d00500041004e0045004c00*11 0400*7 0c00*67 04c00c000d00*7 03c02c0003000000 \"rdpdr\" 00*6 c0 \"cliprdr\" 00000000c0 \"rdpsnd\" 00*5 c0", ISTH_PROBE_WEAK, 253 },
    { "0300001611e00000000100c0010ac1020100c2020102", ISTH_PROBE_NO, 22 },
    { "040aee*8", ISTH_PROBE_NO, 10 },
    { "008100ee*253", ISTH_PROBE_NO, 256 },
    { "1703030028ee*40", ISTH_PROBE_NO, 45 },
    { "0300", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "\"GET / HTTP\"", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "00*6", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  };

  isth_test_probes (&isth_dissector_rdp, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rdp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rdp/probe", test_probe);
  return g_test_run ();
}
