/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA PubSub: publishers by every form of their id, groups and writers, discovery; headers that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_opcua_pubsub;

static const IsthDissectCase cases[] = {
  { "data",
    "f10111000f030001000000020009000201000500*13",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 17 (90)\n"
    "report 0 publish (publisher 17, group 3, writers 1, 5)" },
  { "again",
    "f10111000f030001000000020009000201000500*13\n"
    "f10111000f03000100000002000a00020100050001*12",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 17 (90)\n"
    "report 0 publish (publisher 17, group 3, writers 1, 5)\n"
    "role opcua-publisher\n"
    "protocol_address = 17 (90)\n"
    "report 0 publish (publisher 17, group 3, writers 1, 5)" },
  { "chunk",
    "d1 81 01 1100 0900 0100 00000000 40000000 \"piece\"",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 17 (90)\n"
    "report 0 publish (publisher 17, writers 9)" },
  { "byte",
    "11 \"*xxxx\"",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 42 (90)\n"
    "report 0 publish (publisher 42)" },
  { "word",
    "91027011010078",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 70000 (90)\n"
    "report 0 publish (publisher 70000)" },
  { "long",
    "910300*5 010000",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 1099511627776 (90)\n"
    "report 0 publish (publisher 1099511627776)" },
  { "text",
    "910405000000 \"press\"",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = press (90)\n"
    "report 0 publish (publisher press)" },
  { "secured",
    "f1191100 \"gggggggggggggggg\" 010400010100 \"ssssssssssssssssssss\"",
    ISTH_DISSECT_OK,
    "role opcua-publisher\n"
    "protocol_address = 17 (90)\n"
    "report 0 publish (publisher 17, group 4, writers 1)" },
  { "discovery",
    "9180040701\n"
    "9180080701",
    ISTH_DISSECT_OK,
    "protocol_address = 7 (90)\n"
    "identify 1 discovery-request (publisher 7)\n"
    "protocol_address = 7 (90)\n"
    "report 2 discovery-response (publisher 7)" },
  { "lying-text",
    "910488130000 \"press\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-count",
    "5101ff010001000100",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "f10111000f030001000000020009000201000500*13", ISTH_PROBE_WEAK },
    { "21010300", ISTH_PROBE_NO },
    { "910700", ISTH_PROBE_NO },
    { "910488130000 \"press\"", ISTH_PROBE_NO },
    { "122a", ISTH_PROBE_NO },
    { "91802c07", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_opcua_pubsub, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_opcua_pubsub, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/opcua-pubsub/probe", test_probe);
  return g_test_run ();
}
