/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetFlow and IPFIX: all versions, templates of makers, counts and lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_netflow;

static const IsthDissectCase cases[] = {
  { "version-5",
    "000500020000000100000002000000030000000400000000 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"\n"
    "000500020000000100000002000000030000000400000000 "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "report 5 export (NetFlow version 5)\n"
    "report 5 export (NetFlow version 5)" },
  { "version-1",
    "0001000100*12 \"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "report 1 export (NetFlow version 1)" },
  { "version-7",
    "0007000100*20 \"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "report 7 export (NetFlow version 7)" },
  { "version-9",
    "000900010000000100000002000000030000004d0000000c0100000100010004\n"
    "000900010000000100000002000000040000004d0100000800000001",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "report 9 export (NetFlow version 9, domain 77)\n"
    "report 9 export (NetFlow version 9, domain 77)" },
  { "ipfix",
    "000a00240000000100000002000401000002001401000002000100048001000400000009\n"
    "000a00180000000100000002000401000100000800000001",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "vendor = Cisco (60)\n"
    "report 10 export (IPFIX, domain 262400)\n"
    "report 10 export (IPFIX, domain 262400)" },
  { "fields-of-unknown-maker",
    "000a002000000001000000020004010000020010010000098001000405f5e0ff",
    ISTH_DISSECT_OK,
    "role netflow-exporter\n"
    "role netflow-collector about 10.0.0.2\n"
    "report 10 export (IPFIX, domain 262400)" },
  { "lying-count",
    "0005000300*100",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-set",
    "000900010000000100000002000000030000004d0000006300010001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-set",
    "000900010000000100000002000000030000004d0007000800010001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-length",
    "000a006300*20",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-11",
    "000b000100*30",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "000500020000000100000002000000030000000400000000 \"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"", ISTH_PROBE_STRONG },
    { "000900010000000100000002000000030000004d0000000c0100000100010004", ISTH_PROBE_STRONG },
    { "000a00240000000100000002000401000002001401000002000100048001000400000009", ISTH_PROBE_STRONG },
    { "000a00180000000100000002000401000100000800000001", ISTH_PROBE_STRONG },
    { "0005000300*100", ISTH_PROBE_NO },
    { "000900010000000100000002000000030000004d0000006300010001", ISTH_PROBE_NO },
    { "000900010000000100000002000000030000004d0007000800010001", ISTH_PROBE_NO },
    { "000a006300*20", ISTH_PROBE_NO },
    { "30010000", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_netflow, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_netflow, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/netflow/probe", test_probe);
  return g_test_run ();
}
