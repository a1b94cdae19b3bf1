/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sFlow: agents of both kinds of address, old versions, counts and lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sflow;

static const IsthDissectCase cases[] = {
  { "samples",
    "00000005000000010a0000010000000700000001000003e80000000100000002000000080000000100000002\n"
    "00000005000000010a0000010000000700000001000003e80000000100000002000000080000000100000002",
    ISTH_DISSECT_OK,
    "role sflow-agent\n"
    "role sflow-collector about 10.0.0.2\n"
    "mgmt_address = 10.0.0.1 (90)\n"
    "report 5 samples (version 5, agent 10.0.0.1, part 7)\n"
    "report 5 samples (version 5, agent 10.0.0.1, part 7)" },
  { "ipv6",
    "000000050000000220010db800*11 010000000700000001000003e80000000200000001000000040000000900000002000000080000000100000002",
    ISTH_DISSECT_OK,
    "role sflow-agent\n"
    "role sflow-collector about 10.0.0.2\n"
    "mgmt_address = 2001:db8::1 (90)\n"
    "report 5 samples (version 5, agent 2001:db8::1, part 7)" },
  { "version-4",
    "00000004000000010a00000100000001000003e80000000100*8",
    ISTH_DISSECT_OK,
    "role sflow-agent\n"
    "role sflow-collector about 10.0.0.2\n"
    "mgmt_address = 10.0.0.1 (90)\n"
    "report 4 samples (version 4, agent 10.0.0.1, part 0)" },
  { "no-address",
    "000000050000000100*7 0700000001000003e80000000100000002000000080000000100000002",
    ISTH_DISSECT_OK,
    "role sflow-agent\n"
    "role sflow-collector about 10.0.0.2\n"
    "report 5 samples (version 5, agent 0.0.0.0, part 7)" },
  { "no-samples",
    "00000005000000010a0000010000000700000001000003e800000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-length",
    "00000005000000010a0000010000000700000001000003e800000001000000020000032000000001",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "odd-length",
    "00000005000000010a0000010000000700000001000003e80000000100000002000000070000000100000002",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-count",
    "00000005000000010a0000010000000700000001000003e80000000900000002000000080000000100000002",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-kind",
    "000000050000000300*24",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "more-behind",
    "00000005000000010a0000010000000700000001000003e8000000010000000200000008000000010000000200000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-7",
    "000000070000000100*24",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "00000005000000010a0000010000000700000001000003e80000000100000002000000080000000100000002", ISTH_PROBE_STRONG },
    { "000000050000000220010db800*11 010000000700000001000003e80000000200000001000000040000000900000002000000080000000100000002", ISTH_PROBE_STRONG },
    { "00000004000000010a00000100000001000003e80000000100*8", ISTH_PROBE_WEAK },
    { "000000050000000100*7 0700000001000003e80000000100000002000000080000000100000002", ISTH_PROBE_WEAK },
    { "00000005000000010a0000010000000700000001000003e800000000", ISTH_PROBE_NO },
    { "00000005000000010a0000010000000700000001000003e800000001000000020000032000000001", ISTH_PROBE_NO },
    { "00000005000000010a0000010000000700000001000003e80000000100000002000000070000000100000002", ISTH_PROBE_NO },
    { "00000005000000010a0000010000000700000001000003e80000000900000002000000080000000100000002", ISTH_PROBE_NO },
    { "000000070000000100*24", ISTH_PROBE_NO },
    { "000000050000000300*24", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_sflow, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_sflow, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/sflow/probe", test_probe);
  return g_test_run ();
}
