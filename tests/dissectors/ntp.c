/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients, servers near and far from a clock, servers that refuse, peers; questions about the server itself. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ntp;

static const IsthDissectCase cases[] = {
  { "server",
    "230006ec00*36 e81122 \"3DUfw\"\n"
    "< 240206ec00*8 0a000009e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\"\n"
    "230006ec00*36 e81122 \"3DUfw\"\n"
    "< 240206ec00*8 0a000009e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 3 client\n"
    "role ntp-client\n"
    "= ok\n"
    "role ntp-server\n"
    "description = clock of stratum 2, reference 10.0.0.9 (60)\n"
    "time-sync 3 client\n"
    "= ok" },
  { "stratum-1",
    "230006ec00*36 e81122 \"3DUfw\"\n"
    "< 240106ec00*8 47505300e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 3 client\n"
    "role ntp-client\n"
    "= ok\n"
    "role ntp-server\n"
    "description = clock of stratum 1, reference GPS (60)" },
  { "clock-lost",
    "230006ec00*36 e81122 \"3DUfw\"\n"
    "< e41006ec00*8 \"INIT\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 3 client\n"
    "role ntp-client\n"
    "= refused: clock not set\n"
    "role ntp-server" },
  { "refused",
    "230006ec00*36 e81122 \"3DUfw\"\n"
    "< e40006ec00*8 \"RATE\" 00*24 e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 3 client\n"
    "role ntp-client\n"
    "= refused: RATE\n"
    "role ntp-server" },
  { "broadcast",
    "250206ec00*8 0a00000900*24 e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 5 broadcast\n"
    "role ntp-server\n"
    "description = clock of stratum 2, reference 10.0.0.9 (60)" },
  { "peers",
    "210306ec00*8 0a00000900*24 e81122 \"3DUfw\"\n"
    "< 220306ec00*8 0a00000800*24 e81122 \"3DUfw\"",
    ISTH_DISSECT_OK,
    "time-sync 1 symmetric-active\n"
    "role ntp-peer\n"
    "description = clock of stratum 3, reference 10.0.0.9 (60)\n"
    "time-sync 2 symmetric-passive\n"
    "role ntp-peer\n"
    "description = clock of stratum 3, reference 10.0.0.8 (60)" },
  { "variables",
    "1602000100*8\n"
    "< 1682000100*7 \"Tversion=\" 22 \"ntpd 4.2.8p15@1.3728-o\" 22 \", processor=\" 22 \"x86_64\" 222c0d0a \"system=\" 22 "
    "\"Linux/5.10.0\" 22 \", leap=0\"",
    ISTH_DISSECT_OK,
    "diagnose 2 read-variables\n"
    "= ok\n"
    "software = ntpd 4.2.8p15@1.3728-o (60)\n"
    "os = Linux/5.10.0 (60)" },
  { "variables-open",
    "1602000100*8\n"
    "< 1682000100*7 0d \"version=\" 22 \"ntpd\"",
    ISTH_DISSECT_OK,
    "diagnose 2 read-variables\n"
    "= ok" },
  { "configure-refused",
    "1608000300*7 0178\n"
    "< 16c8000300*8",
    ISTH_DISSECT_OK,
    "configure 8 configure\n"
    "= refused: error" },
  { "other-control",
    "1601000500*8",
    ISTH_DISSECT_OK,
    "diagnose 1 read-status" },
  { "recent-users",
    "1700032a00*44\n"
    "< 9700032a00*60\n"
    "< 9700032a00*60",
    ISTH_DISSECT_OK,
    "diagnose 42 private-recent-users\n"
    "= ok" },
  { "private",
    "1700030100*44",
    ISTH_DISSECT_OK,
    "diagnose 1 private" },
  { "reserved",
    "200006ec00*36 e81122 \"3DUfw\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "control-lies",
    "1602000100*8\n"
    "< 1682000100*6 0100",
    ISTH_DISSECT_MALFORMED,
    "diagnose 2 read-variables\n"
    "= ok" },
  { "cut-off",
    "230006ec00*36",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "240206ec00*8 0a000009e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\" e81122 \"3DUfw\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "230006ec00*36 e81122 \"3DUfw\"", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "1602000100*8", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "1700032a00*44", ISTH_PROBE_WEAK, 0, ISTH_LAYER_NONE },
    { "1f00032a00*44", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "1602000100*6 0100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "200006ec00*36 e81122 \"3DUfw\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "030006ec00*36 e81122 \"3DUfw\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "234006ec00*36 e81122 \"3DUfw\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "230006ec00*26", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };

  isth_test_probes (&isth_dissector_ntp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ntp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ntp/probe", test_probe);
  return g_test_run ();
}
