/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems that open a session, keep it, and end it. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_bgp;

static const IsthDissectCase cases[] = {
  { "open",
    "ff*16 004201045ba000b40a00000125022301040001000101040002000102004104fa56ea01490d04 \"edge\" 07 \"example\"",
    ISTH_DISSECT_OK,
    "other 1 open (AS 4200000001, router id 10.0.0.1, hold time 180 s, IPv4, IPv6, route refresh, four-byte AS, name)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 10.0.0.1 (90)\n"
    "domain = AS 4200000001 (90)\n"
    "hostname = edge (90)\n"
    "domain = example (90)" },
  { "opened",
    "ff*16 004201045ba000b40a00000125022301040001000101040002000102004104fa56ea01490d04 \"edge\" 07 \"example\"\n"
    "< ff*16 001d0104fdea00b40a00000200\n"
    "< ff*16 001304\n"
    "ff*16 001304\n"
    "ff*16 001b0200000000180a0102\n"
    "ff*16 001b0200000000180a0102",
    ISTH_DISSECT_OK,
    "other 1 open (AS 4200000001, router id 10.0.0.1, hold time 180 s, IPv4, IPv6, route refresh, four-byte AS, name)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 10.0.0.1 (90)\n"
    "domain = AS 4200000001 (90)\n"
    "hostname = edge (90)\n"
    "domain = example (90)\n"
    "other 1 open (AS 65002, router id 10.0.0.2, hold time 180 s)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 10.0.0.2 (90)\n"
    "domain = AS 65002 (90)\n"
    "= ok\n"
    "other 4 keepalive\n"
    "= ok\n"
    "other 4 keepalive\n"
    "report 2 update\n"
    "route = 10.1.2.0/24 (90)\n"
    "report 2 update\n"
    "route = 10.1.2.0/24 (90)" },
  { "refused",
    "ff*16 004201045ba000b40a00000125022301040001000101040002000102004104fa56ea01490d04 \"edge\" 07 \"example\"\n"
    "< ff*16 0015030202",
    ISTH_DISSECT_OK,
    "other 1 open (AS 4200000001, router id 10.0.0.1, hold time 180 s, IPv4, IPv6, route refresh, four-byte AS, name)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 10.0.0.1 (90)\n"
    "domain = AS 4200000001 (90)\n"
    "hostname = edge (90)\n"
    "domain = example (90)\n"
    "= refused: wrong AS of the peer\n"
    "other 3 notification (wrong AS of the peer)" },
  { "shut-down",
    "ff*16 0015030602",
    ISTH_DISSECT_OK,
    "other 3 notification (shut down)" },
  { "hold-timer",
    "ff*16 0015030400",
    ISTH_DISSECT_OK,
    "other 3 notification (hold timer expired)" },
  { "unknown-error",
    "ff*16 0015036363",
    ISTH_DISSECT_OK,
    "other 3 notification (error)" },
  { "refresh",
    "ff*16 00170500010001",
    ISTH_DISSECT_OK,
    "read 5 route-refresh" },
  { "other-family",
    "ff*16 002d0104000100b40101010110020e010400190041010440040001c800",
    ISTH_DISSECT_OK,
    "other 1 open (AS 1, router id 1.1.1.1, hold time 180 s, L2VPN, another family)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "domain = AS 1 (90)" },
  { "capabilities-cut",
    "ff*16 00290104000100b4010101010c020a4101014902ff78010101",
    ISTH_DISSECT_OK,
    "other 1 open (AS 1, router id 1.1.1.1, hold time 180 s, four-byte AS, name)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 1.1.1.1 (90)\n"
    "domain = AS 1 (90)" },
  { "routes",
    "ff*16 003c020003100a060014400101004002060201000000014003040a000001100a07190a08008000200a000001",
    ISTH_DISSECT_OK, "report 2 update\n"
    "route = 10.7.0.0/16 (90)\n"
    "route = 10.8.0.128/25 (90)" },
  { "routes-with-numbers",
    "ff*16 003b0200000014400101004002060201000000014003040a00000100000001100a0700000002190a080080",
    ISTH_DISSECT_OK, "report 2 update" },
  { "routes-with-numbers-agreed-on",
    "ff*16 002501045ba000b40a000001080206450400010103\n"
    "ff*16 003c020003100a060014400101004002060201000000014003040a000001100a07190a08008000200a000001",
    ISTH_DISSECT_OK, "other 1 open (AS 23456, router id 10.0.0.1, hold time 180 s, several paths)\n"
    "role router\n"
    "role bgp-speaker\n"
    "protocol_address = 10.0.0.1 (90)\n"
    "domain = AS 23456 (90)\n"
    "report 2 update" },
  { "route-too-long",
    "ff*16 00300200000014400101004002060201000000014003040a000001210a070000",
    ISTH_DISSECT_OK, "report 2 update" },
  { "route-cut-off",
    "ff*16 002d0200000014400101004002060201000000014003040a000001180a",
    ISTH_DISSECT_OK, "report 2 update" },
  { "withdrawn-lies",
    "ff*16 00170200090000",
    ISTH_DISSECT_MALFORMED, "report 2 update" },
  { "other-version",
    "ff*16 001d0103000100b40101010100",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "parameter-lies",
    "ff*16 00200104000100b40101010103023061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "capability-lies",
    "ff*16 00220104000100b401010101050203413061",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "open-cut-off",
    "ff*16 0015010400",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "notification-cut-off",
    "ff*16 00140301",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "routes-of-another-family",
    "ff*16 0040020000002940010100800e2200020110fd00*14 010020fd00000731fd000007000180",
    ISTH_DISSECT_OK,
    "report 2 update\n"
    "route = fd00:7::/32 (90)\n"
    "route = fd00:7:1:8000::/49 (90)" },
  { "routes-of-a-family-named",
    "ff*16 0037020000002040010100900e001800010110fd00*14 0100100a4d",
    ISTH_DISSECT_OK,
    "report 2 update\n"
    "route = 10.77.0.0/16 (90)" },
  { "family-lies", "ff*16 0027020000001040010100800e0900020140fd0000000000", ISTH_DISSECT_MALFORMED, "report 2 update" },
  { "attribute-lies", "ff*16 001e02000000074001010080 0e40", ISTH_DISSECT_MALFORMED, "report 2 update" },
  { "routes-of-private-networks",
    "ff*16 004d020000003340010100800e2c0002801800*25 7000*14 100a01",
    ISTH_DISSECT_OK,
    "report 2 update\n"
    "route = 10.1.0.0/16 (90)" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "ff*16 004201045ba000b40a00000125022301040001000101040002000102004104fa56ea01490d04 \"edge\" 07 \"example\"", ISTH_PROBE_STRONG, 66, ISTH_LAYER_NONE },
    { "ff*16 001304", ISTH_PROBE_STRONG, 19, ISTH_LAYER_NONE },
    { "ff*12", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "ffffffff", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "ff*16 001004", ISTH_PROBE_NO, ISTH_PDU_INVALID, ISTH_LAYER_NONE },
    { "ff*16 001309", ISTH_PROBE_NO, ISTH_PDU_INVALID, ISTH_LAYER_NONE },
    { "ff*10 00*9", ISTH_PROBE_NO, ISTH_PDU_INVALID, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_bgp, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_bgp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/bgp/probe", test_probe);
  return g_test_run ();
}
