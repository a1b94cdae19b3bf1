/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONC RPC: the port mapper, mounts, files by name, refusals, over UDP and TCP; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_onc_rpc;

static const IsthDissectCase cases[] = {
  { "port-mapper",
    "0000000100*7 02000186a0000000020000000300*17 0186a3000000030000000600000000\n"
    "< 000000010000000100*18 0801\n"
    "0000000200*7 02000186a0000000020000000400*16\n"
    "< 000000020000000100*15 03",
    ISTH_DISSECT_OK,
    "role rpc-client\n"
    "portmap: identify 3 getport (program 100003 (nfs))\n"
    "role portmapper\n"
    "= ok\n"
    "portmap: identify 4 dump\n"
    "= refused: procedure not there", .pieces = true },
  { "mount-refused",
    "0000000300*7 02000186a50000000300000001000000010000001c0000000500000007 \"press-7\" 00*24 0b \"/export/plc\" 00\n"
    "< 000000030000000100*19 0d",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "hostname = press-7 (90)\n"
    "mount: file 1 mount (/export/plc)\n"
    "role nfs-server\n"
    "= refused: permission denied", .pieces = true },
  { "mount",
    "0000000300*7 02000186a50000000300000001000000010000001c0000000500000007 \"press-7\" 00*24 0b \"/export/plc\" 00\n"
    "< 000000030000000100*23 10 \"ZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "hostname = press-7 (90)\n"
    "mount: file 1 mount (/export/plc)\n"
    "role nfs-server\n"
    "= ok", .pieces = true },
  { "nfs",
    "0000000400*7 02000186a30000000300000003000000010000001c0000000500000007 \"press-7\" 00*24 10 \"ZZZZZZZZZZZZZZZZ\" 00000008 "
    "\"pump.prj\"\n"
    "< 000000040000000100*19 02\n"
    "0000000500*7 02000186a30000000300000003000000010000001c0000000500000007 \"press-7\" 00*24 10 \"ZZZZZZZZZZZZZZZZ\" 00000008 "
    "\"pump.prj\"\n"
    "< 000000050000000100*20",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "hostname = press-7 (90)\n"
    "nfs: read 3 lookup (pump.prj)\n"
    "role nfs-server\n"
    "= refused: no such file\n"
    "nfs: read 3 lookup (pump.prj)\n"
    "= ok", .pieces = true },
  { "nfs-version-2",
    "0000000600*7 02000186a3000000020000000400*16 \"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\" 000000036f6c6400",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "nfs: read 4 lookup (old)", .pieces = true },
  { "nfs-version-4",
    "0000000700*7 02000186a3000000040000000100*27 01",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "nfs: other 1 compound", .pieces = true },
  { "unknown-status",
    "0000000400*7 02000186a30000000300000003000000010000001c0000000500000007 \"press-7\" 00*24 10 \"ZZZZZZZZZZZZZZZZ\" 00000008 "
    "\"pump.prj\"\n"
    "< 000000040000000100*18 03e7",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "hostname = press-7 (90)\n"
    "nfs: read 3 lookup (pump.prj)\n"
    "role nfs-server\n"
    "= refused: status 999", .pieces = true },
  { "other-program",
    "0000000800*7 02000186b8000000010000000200*16\n"
    "< 0000000800000001000000010000000100000002",
    ISTH_DISSECT_OK,
    "role rpc-client\n"
    "other 2 call (program 100024 version 1 procedure 2)\n"
    "role rpc-server\n"
    "= refused: credentials refused", .pieces = true },
  { "unknown-procedure",
    "0000000900*7 02000186a3000000030000003c00*16",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "nfs: other 60 call (program 100003 version 3 procedure 60)", .pieces = true },
  { "over-tcp",
    "800000640000000400*7 02000186a30000000300000003000000010000001c0000000500000007 \"press-7\" 00*24 10 \"ZZZZZZZZZZZZZZZZ\" "
    "00000008 \"pump.prj\"\n"
    "< 8000001c000000040000000100*19 02\n"
    "0000000ca5*12",
    ISTH_DISSECT_OK,
    "role nfs-client\n"
    "hostname = press-7 (90)\n"
    "nfs: read 3 lookup (pump.prj)\n"
    "role nfs-server\n"
    "= refused: no such file", .tcp = true, .pieces = true },
  { "reply-alone",
    "< 0000004d0000000100*16",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
  { "lying-name",
    "0000000b00*7 02000186a5000000030000000100*18 \"#(/x\"",
    ISTH_DISSECT_MALFORMED,
    "role nfs-client\n"
    "mount: file 1 mount" },
  { "reply-lies",
    "0000000100*7 02000186a0000000020000000300*17 0186a3000000030000000600000000\n"
    "< 000000010000000100000007",
    ISTH_DISSECT_MALFORMED,
    "role rpc-client\n"
    "portmap: identify 3 getport (program 100003 (nfs))", .pieces = true },
  { "instrument",
    "0000000a00*7 02000607af000000010000000a00*16",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "other-version",
    "0000000100*7 03000186a0000000020000000300*16",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0000000100*7 02000186a0000000020000000300*17 0186a3000000030000000600000000", ISTH_PROBE_STRONG },
    { "0000000400*7 02000186a30000000300000003000000010000001c0000000500000007 \"press-7\" 00*24 10 \"ZZZZZZZZZZZZZZZZ\" 00000008 \"pump.prj\"", ISTH_PROBE_STRONG },
    { "000000010000000100*18 0801", ISTH_PROBE_NO },
    { "0000000a00*7 02000607af000000010000000a00*16", ISTH_PROBE_NO },
    { "00000001", ISTH_PROBE_NO },
    { "0000000100*7 03000186a0000000020000000300*16", ISTH_PROBE_NO },
    { "0000000100*7 02000186a00000000200000003000000010000270f", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_onc_rpc, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_onc_rpc, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/onc-rpc/probe", test_probe);
  return g_test_run ();
}
