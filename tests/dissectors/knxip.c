/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KNXnet/IP: finding, connecting, tunnelling, routing, programming through it; refused, lost and lying. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_knxip;

static const IsthDissectCase cases[] = {
  { "connection-state",
    "0610 0207 0010 07 0008 01 0a000001 0e57\n"
    "< 0610 0208 0008 07 21",
    ISTH_DISSECT_OK,
    "other 519 connection-state\n"
    "= refused: no such connection" },
  { "disconnect",
    "0610 0209 0010 07 0008 01 0a000001 0e57\n"
    "< 0610 020a 0008 07 00",
    ISTH_DISSECT_OK,
    "other 521 disconnect\n"
    "= ok" },
  { "bus-monitor",
    "0610 0205 001a 08 01 0a000001 0e5708 01 0a000001 0e5704 04 80 00",
    ISTH_DISSECT_OK,
    "other 517 connect (bus monitor)" },
  { "device-management",
    "0610 0205 0018 08 01 0a000001 0e5708 01 0a000001 0e5702 03\n"
    "< 0610 0206 0012 03 0008 01 0a000001 0e5702 03\n"
    "0610 0310 0011 04 03 00 00 fc 0000 01 34 10 01\n"
    "< 0610 0311 000a 04 03 00 00\n"
    "0610 0310 0012 04 03 01 00 f6 000b 01 34 10 01 0a\n"
    "0610 0310 000b 04 03 02 00 f1",
    ISTH_DISSECT_OK,
    "other 517 connect (device management)\n"
    "= ok\n"
    "role knxip-server\n"
    "role knxip-client about 10.0.0.1\n"
    "read - property-read (object type 0 property 52)\n"
    "= ok\n"
    "configure - property-write (object type 11 property 52)\n"
    "control - reset" },
  { "tunnel-lost",
    "0610 0420 0015 04 07 05 00 11 00 bc e0 0000 0903 01 00 81\n"
    "< 0610 0421 000a 04 07 06 00",
    ISTH_DISSECT_OK,
    "write 128 group-value-write (group 1/1/3)" },
  { "feature",
    "0610 0422 000c 04 07 00 00 01 00\n"
    "< 0610 0423 000e 04 07 00 00 01 00 0001",
    ISTH_DISSECT_OK,
    "read 1058 tunnelling-feature-get\n"
    "= ok" },
  { "memory",
    "0610 0420 0017 04 07 05 00 11 00 b0 60 0000 1105 05 02 01 4000\n"
    "0610 0420 001b 04 07 06 00 11 00 b0 60 0000 1105 07 03 d1 \"secret\"\n"
    "0610 0420 0017 04 07 07 00 11 00 b0 60 0000 1105 02 00 c0 1106",
    ISTH_DISSECT_OK,
    "read 512 memory-read @knx:1.1.5\n"
    "authenticate 977 authorize-request (key in clear (4 bytes)) @knx:1.1.5\n"
    "role engineering\n"
    "configure 192 individual-address-write @knx:1.1.5" },
  { "property",
    "0610 0420 001a 04 07 05 00 11 00 b0 60 0000 1105 05 03 d7 00 0e 10 01 04",
    ISTH_DISSECT_OK,
    "configure 983 property-value-write (object 0 property 14) @knx:1.1.5" },
  { "load-application",
    "0610 0420 0023 04 07 00 00 11 00 b0 60 0000 1105 0f 03 d7 01 05 1001 01 000000000000000000\n"
    "0610 0420 0023 04 07 01 00 11 00 b0 60 0000 1105 0f 03 d7 03 05 1001 01 000000000000000000\n"
    "0610 0420 001b 04 07 02 00 11 00 b0 60 0000 1105 07 02 84 4000 01020304\n"
    "0610 0420 001b 04 07 03 00 11 00 b0 60 0000 1105 07 01 fb 02 014010 0506\n"
    "0610 0420 0023 04 07 04 00 11 00 b0 60 0000 1105 0f 03 d7 01 05 1001 02 000000000000000000\n"
    "0610 0420 001b 04 07 05 00 11 00 b0 60 0000 1105 07 02 84 4004 01020304\n"
    "0610 0420 0023 04 07 06 00 11 00 b0 60 0000 1105 0f 03 d7 03 05 1001 02 000000000000000000\n"
    "0610 0420 0019 04 07 07 00 11 00 b0 60 0000 1105 05 02 82 4000 0102",
    ISTH_DISSECT_OK,
    "configure 983 property-value-write (object 1 property 5) @knx:1.1.5\n"
    "transfer program begin (application) @knx:1.1.5\n"
    "configure 983 property-value-write (object 3 property 5) @knx:1.1.5\n"
    "role engineering\n"
    "program 640 memory-write @knx:1.1.5\n"
    "transfer program data 4/0 (application) @knx:1.1.5\n"
    "role engineering\n"
    "program 507 memory-extended-write @knx:1.1.5\n"
    "transfer program data 2/0 (application) @knx:1.1.5\n"
    "configure 983 property-value-write (object 1 property 5) @knx:1.1.5\n"
    "role engineering\n"
    "program 640 memory-write @knx:1.1.5\n"
    "transfer program data 4/0 (application) @knx:1.1.5\n"
    "configure 983 property-value-write (object 3 property 5) @knx:1.1.5\n"
    "transfer program end (application) @knx:1.1.5\n"
    "role engineering\n"
    "program 640 memory-write @knx:1.1.5" },
  { "connect-to-device",
    "0610 0420 0014 04 07 05 00 11 00 b0 60 0000 1105 00 80",
    ISTH_DISSECT_OK,
    "other - transport-control @knx:1.1.5" },
  { "broadcast",
    "0610 0420 0017 04 07 05 00 11 00 b0 e0 0000 0000 03 00 c0 1105",
    ISTH_DISSECT_OK,
    "role engineering\n"
    "configure 192 individual-address-write (all devices)" },
  { "routed-read",
    "0610 0530 0011 29 00 bc e0 1203 0903 01 00 00",
    ISTH_DISSECT_OK,
    "role knxip-router\n"
    "child knx:1.2.3\n"
    "read 0 group-value-read (group 1/1/3)", .to_group = true },
  { "router-busy",
    "0610 0532 000c 06 00 0064 0000",
    ISTH_DISSECT_OK,
    "report 1330 routing-busy", .to_group = true },
  { "added-information",
    "0610 0530 0015 29 04 aabbccdd bc e0 1203 0903 01 00 81",
    ISTH_DISSECT_OK,
    "role knxip-router\n"
    "child knx:1.2.3\n"
    "write 128 group-value-write (group 1/1/3)", .to_group = true },
  { "secure",
    "0610 0951 002e 08 01 0a000001 0e570000000000000000000000000000000000000000000000000000000000000000\n"
    "< 0610 0952 0038 0001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\n"
    "0610 0950 0026 0001000000000000000000000000000000000000000000000000000000000000",
    ISTH_DISSECT_OK,
    "authenticate 2385 secure-session\n"
    "= ok\n"
    "other 2384 secure-wrapper" },
  { "remote-reset",
    "0610 0743 0010 08 01 0a000001 0e5701 00",
    ISTH_DISSECT_OK,
    "control 1859 remote-reset" },
  { "remote-configuration",
    "0610 0742 0010 08 01 0a000001 0e5701 00",
    ISTH_DISSECT_OK,
    "configure 1858 remote-basic-configuration" },
  { "block-lies",
    "< 0610 0204 000c 36 01 02 00 1100",
    ISTH_DISSECT_MALFORMED,
    "role knxip-server" },
  { "block-of-nothing",
    "< 0610 0204 0008 00 01",
    ISTH_DISSECT_MALFORMED,
    "role knxip-server" },
  { "telegram-cut",
    "0610 0420 0010 04 07 05 00 11 00 bc e0 0000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "information-lies",
    "0610 0530 0011 29 ff bc e0 1203 0903 01 00 81",
    ISTH_DISSECT_MALFORMED,
    "role knxip-router", .to_group = true },
  { "longer-than-there",
    "0610 0201 0020 08 01",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-knx",
    "0611 0201 000e 00*8",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "0610 0201 000e 08 01 0a000001 0e57", ISTH_PROBE_STRONG, 14 },
  { "0610 0201 000f 08 01 0a000001 0e57", ISTH_PROBE_NO, 15 },
  { "0610 0299 0006", ISTH_PROBE_NO, 6 },
  { "0620 0950 0006", ISTH_PROBE_STRONG, 6 },
  { "0610 0531 0005", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "0610 02", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "0604 0201 000e", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_knxip, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_knxip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/knxip/probe", test_probe);
  return g_test_run ();
}
