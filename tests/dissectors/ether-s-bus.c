/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S-Bus: each kind of command, answered and refused; blocks that go over and break off; wrong checks and lengths. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ether_s_bus;

static const IsthDissectCase cases[] = {
  { "media",
    "0000001001000000000a0000006450f4\n"
    "0000001001000001000a0200006405fd\n"
    "0000001001000002000a03000064abcb\n"
    "0000001001000003000a050000643433\n"
    "0000001001000004000a07000064c01f",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "read 0 read-counters (counters 100)\n"
    "role ether-s-bus-client\n"
    "read 2 read-flags (flags 100)\n"
    "role ether-s-bus-client\n"
    "read 3 read-inputs (inputs 100)\n"
    "role ether-s-bus-client\n"
    "read 5 read-outputs (outputs 100)\n"
    "role ether-s-bus-client\n"
    "read 7 read-timers (timers 100)" },
  { "writes",
    "0000001401000000000a0a0500640000000129e1\n"
    "0000001401000001000a0b05006400000001b67b\n"
    "0000001401000002000a0e05006400000001863f\n"
    "0000001401000003000a0f0500640000000119a5\n"
    "0000001401000004000a9705006400000001eef7\n"
    "0000001401000005000aa3050064000000017f0f",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "write 10 write-counters (counters from 100)\n"
    "role ether-s-bus-client\n"
    "write 11 write-flags (flags from 100)\n"
    "role ether-s-bus-client\n"
    "write 14 write-registers (registers from 100)\n"
    "role ether-s-bus-client\n"
    "write 15 write-timers (timers from 100)\n"
    "role ether-s-bus-client\n"
    "write 151 write-data-block\n"
    "role ether-s-bus-client\n"
    "write 163 write-eeprom-register" },
  { "processors",
    "0000000d01000000000a14537b\n"
    "0000000d01000001000a1ac401\n"
    "0000000d01000002000a1b4ffc\n"
    "0000000d01000003000a283f78\n"
    "0000000d01000004000a2e0e93\n"
    "0000000d01000005000a2f6806\n"
    "0000000d01000006000a301004\n"
    "0000000d01000007000a3246f2\n"
    "0000000d01000008000a37c2b9\n"
    "0000000d01000009000a3845e2\n"
    "0000000d0100000a000a39ce1f\n"
    "0000000d0100000b000a3ce80e\n"
    "0000000d0100000c000a43365b\n"
    "0000000d0100000d000a443008\n"
    "0000000d0100000e000a648fb6\n"
    "0000000d0100000f000a6a18cc\n"
    "0000000d01000010000a6bc7a4",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "diagnose 20 read-status (CPU 0)\n"
    "role ether-s-bus-client\n"
    "diagnose 26 read-status (CPU 6)\n"
    "role ether-s-bus-client\n"
    "diagnose 27 read-status (own CPU)\n"
    "role ether-s-bus-client\n"
    "control 40 run (CPU 0)\n"
    "role ether-s-bus-client\n"
    "control 46 run (CPU 6)\n"
    "role ether-s-bus-client\n"
    "control 47 run (own CPU)\n"
    "role ether-s-bus-client\n"
    "control 48 run (all CPUs)\n"
    "role ether-s-bus-client\n"
    "control 50 restart-cold (CPU 1)\n"
    "role ether-s-bus-client\n"
    "control 55 restart-cold (CPU 6)\n"
    "role ether-s-bus-client\n"
    "control 56 restart-cold (own CPU)\n"
    "role ether-s-bus-client\n"
    "control 57 restart-cold (all CPUs)\n"
    "role ether-s-bus-client\n"
    "control 60 stop (CPU 0)\n"
    "role ether-s-bus-client\n"
    "control 67 stop (own CPU)\n"
    "role ether-s-bus-client\n"
    "control 68 stop (all CPUs)\n"
    "role ether-s-bus-client\n"
    "control 100 restart-warm (CPU 1)\n"
    "role ether-s-bus-client\n"
    "control 106 restart-warm (own CPU)\n"
    "role ether-s-bus-client\n"
    "control 107 restart-warm (all CPUs)" },
  { "program",
    "0000001201000000000a1f0000001000b0bd\n"
    "0000001201000001000a2300000010007ff1\n"
    "0000001201000002000a2400000010009af4\n"
    "0000001201000003000a510000001000774a\n"
    "0000001201000004000a700000001000b649\n"
    "0000001201000005000aa50000001000badf\n"
    "0000001201000006000aac0000001000df79\n"
    "0000001201000007000aae0000001000bf1a",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "upload 31 read-program-line (program line 0x000010)\n"
    "role ether-s-bus-client\n"
    "program 35 write-user-memory (memory 0x000010)\n"
    "role ether-s-bus-client\n"
    "program 36 write-program-line (program line 0x000010)\n"
    "role ether-s-bus-client\n"
    "write 81 write-byte (byte 0x000010)\n"
    "role ether-s-bus-client\n"
    "program 112 delete-program-line\n"
    "role ether-s-bus-client\n"
    "program 165 erase-flash\n"
    "role ether-s-bus-client\n"
    "program 172 change-blocks-in-run\n"
    "role ether-s-bus-client\n"
    "firmware 174 download-firmware" },
  { "clock",
    "0000000d01000001000a0cb6f6\n"
    "< 0000000d01000001020000f6d1",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "time-sync 12 write-clock\n"
    "= ok\n"
    "role ether-s-bus-server\n"
    "protocol_address = 10 (90)" },
  { "read-block",
    "0000001301000001000aa9051000070001cc27\n"
    "0000001001000002000aa9021700f1b0\n"
    "0000001301000003000aa9052000ff000154b0\n"
    "0000001001000004000aa9022200aaf5",
    ISTH_DISSECT_OK,
    "transfer upload begin (DB 1)\n"
    "role ether-s-bus-client\n"
    "upload 169 read-block (DB 1)\n"
    "transfer upload abort\n"
    "role ether-s-bus-client\n"
    "upload 169 read-block\n"
    "role ether-s-bus-client\n"
    "program 169 delete-block (block type 255 number 1)\n"
    "role ether-s-bus-client\n"
    "read 169 list-blocks" },
  { "write-block-broken-off",
    "0000001301000001000aa90900000300099e56\n"
    "0000001001000002000aa9020700f2c3",
    ISTH_DISSECT_OK,
    "transfer program begin (FB 9)\n"
    "role ether-s-bus-client\n"
    "program 169 write-block (FB 9)\n"
    "transfer program abort\n"
    "role ether-s-bus-client\n"
    "program 169 write-block" },
  { "halted",
    "0000000d01000001000a1425cf\n"
    "< 0000000c010000010148da06",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "diagnose 20 read-status (CPU 0)\n"
    "= ok\n"
    "role ether-s-bus-server\n"
    "protocol_address = 10 (90)\n"
    "state = halt (90)" },
  { "refused",
    "0000000d01000001000a205318\n"
    "< 0000000d01000001020063aa14",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "identify 32 read-firmware-version\n"
    "= refused: NAK 99\n"
    "role ether-s-bus-server\n"
    "protocol_address = 10 (90)" },
  { "unknown",
    "0000000d01000001000afa392f",
    ISTH_DISSECT_OK,
    "role ether-s-bus-client\n"
    "other 250 unknown-command" },
  { "answer-to-nothing",
    "< 0000000c010000090100ba6b",
    ISTH_DISSECT_OK,
    "role ether-s-bus-server" },
  { "check-wrong",
    "0000000d01000001000a200000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "000000ff 01 00 0001 00 0a 20 5318",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "too-short",
    "0000000b 01 00 0001 00 0a 20",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-command",
    "0000000c01000001000a81b1",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-9",
    "0000000d 09 00 0001 00 0a 20 5318",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "0000000d01000001000a205318", ISTH_PROBE_STRONG },
  { "0000000d01000001000a200000", ISTH_PROBE_NO },
  { "0000000d01000001030a200a48", ISTH_PROBE_NO },
  { "0000000e 01 00 0001 00 0a 20 5318", ISTH_PROBE_NO },
  { "0000000d", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_ether_s_bus, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ether_s_bus, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ether-s-bus/probe", test_probe);
  return g_test_run ();
}
