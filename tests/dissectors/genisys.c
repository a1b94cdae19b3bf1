/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Genisys: polls, indications, controls; escapes and checks that are wrong, or not escaped. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_genisys;

static const IsthDissectCase cases[] = {
  { "poll",
    "fb018340f6\n"
    "< f101f6",
    ISTH_DISSECT_OK,
    "role genisys-client\n"
    "read 251 poll @genisys-address:1\n"
    "= ok\n"
    "child genisys-address:1\n"
    "role genisys-server @genisys-address:1" },
  { "poll-of-an-escaped-address",
    "fbf00582c7f6\n"
    "< f2f0050102a2f00ff6",
    ISTH_DISSECT_OK,
    "role genisys-client\n"
    "read 251 poll @genisys-address:245\n"
    "= ok\n"
    "child genisys-address:245\n"
    "role genisys-server @genisys-address:245" },
  { "poll-without-check",
    "fb07f6",
    ISTH_DISSECT_OK,
    "role genisys-client\n"
    "read 251 poll @genisys-address:7" },
  { "controls",
    "fc0103106088f6\n"
    "< f3010310639cf6\n"
    "fe018010f6\n"
    "f90001020304b57df6",
    ISTH_DISSECT_OK,
    "role genisys-client\n"
    "write 252 control-data (byte 3 = 0x10) @genisys-address:1\n"
    "= ok\n"
    "child genisys-address:1\n"
    "role genisys-server @genisys-address:1\n"
    "role genisys-client\n"
    "control 254 execute-controls @genisys-address:1\n"
    "role genisys-client\n"
    "control 249 common-control (byte 1 = 0x02 and 1 more)" },
  { "mid-stream",
    "< f2010102e30df6",
    ISTH_DISSECT_OK,
    "child genisys-address:1\n"
    "role genisys-server @genisys-address:1", .mid_stream = true },
  { "check-not-escaped",
    "< f20101061e042d040cfdf6",
    ISTH_DISSECT_OK,
    "child genisys-address:1\n"
    "role genisys-server @genisys-address:1" },
  { "check-wrong",
    "fb010000f6",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "escape-lies",
    "fcf07f0000f6",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-end",
    "fb018340",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "empty",
    "fbf6",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-genisys",
    "0102",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "fb018340f6", ISTH_PROBE_STRONG, 5 },
  { "f101f6", ISTH_PROBE_WEAK, 3 },
  { "fb07f6", ISTH_PROBE_WEAK, 3 },
  { "fb010000f6", ISTH_PROBE_NO, 5 },
  { "f401f6", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "fb01", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "f20101061e042d040cfdf6fb01", ISTH_PROBE_STRONG, 11 },
  { "fffb01fffb03", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_genisys, &(IsthPacket) { .layer = ISTH_LAYER_TCP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_genisys, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/genisys/probe", test_probe);
  return g_test_run ();
}
