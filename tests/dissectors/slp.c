/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLP: services that are looked for, offered and registered, agents, errors; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_slp;

static const IsthDissectCase cases[] = {
  { "request",
    "020100003000*6 070002656e0000000f \"service:printer\" 0007 \"default\" 00000000\n"
    "< 020200003900*6 070002656e0000000100012c001f \"service:printer:lpr://press-7/q\" 00",
    ISTH_DISSECT_OK,
    "role slp-client\n"
    "identify 1 service-request (service:printer)\n"
    "role slp-agent\n"
    "= ok\n"
    "endpoint = service:printer:lpr://press-7/q (60)" },
  { "refused",
    "020100003000*6 070002656e0000000f \"service:printer\" 0007 \"default\" 00000000\n"
    "< 020200001200*6 070002656e0004",
    ISTH_DISSECT_OK,
    "role slp-client\n"
    "identify 1 service-request (service:printer)\n"
    "role slp-agent\n"
    "= refused: scope not supported" },
  { "unknown-error",
    "020100003000*6 070002656e0000000f \"service:printer\" 0007 \"default\" 00000000\n"
    "< 020200001200*6 070002656e0063",
    ISTH_DISSECT_OK,
    "role slp-client\n"
    "identify 1 service-request (service:printer)\n"
    "role slp-agent\n"
    "= refused: error" },
  { "register",
    "020300004500*6 080002656e00012c0016 \"service:plc://10.0.0.1\" 00000b \"service:plc\" 0007 \"default\" 000000\n"
    "< 020500001200*6 080002656e0000\n"
    "020400003700*6 090002656e0007 \"default\" 00012c0016 \"service:plc://10.0.0.1\" 000000",
    ISTH_DISSECT_OK,
    "role slp-agent\n"
    "endpoint = service:plc://10.0.0.1 (90)\n"
    "report 3 register (service:plc://10.0.0.1)\n"
    "role slp-agent\n"
    "= ok\n"
    "role slp-client\n"
    "report 4 deregister (service:plc://10.0.0.1)" },
  { "attributes",
    "020600002c00*6 0a0002656e0000000b \"service:plc\" 0007 \"default\" 00000000\n"
    "< 020700001a00*6 0a0002656e00000005 \"(a=1)\" 00\n"
    "020900002100*6 0b0002656e00000004 \"IANA\" 0007 \"default\"\n"
    "< 020a00001f00*6 0b0002656e0000000b \"service:plc\"",
    ISTH_DISSECT_OK,
    "role slp-client\n"
    "identify 6 attribute-request (service:plc)\n"
    "role slp-agent\n"
    "= ok\n"
    "role slp-client\n"
    "identify 9 type-request (IANA)\n"
    "role slp-agent\n"
    "= ok" },
  { "directory-agent",
    "020800004800*8 02656e00*5 010022 \"service:directory-agent://10.0.0.1\" 0007 \"default\" 00*5\n"
    "020800004800*8 02656e00*5 010022 \"service:directory-agent://10.0.0.1\" 0007 \"default\" 00*5",
    ISTH_DISSECT_OK,
    "role slp-agent\n"
    "endpoint = service:directory-agent://10.0.0.1 (90)\n"
    "report 8 directory-agent (service:directory-agent://10.0.0.1)\n"
    "role slp-agent\n"
    "endpoint = service:directory-agent://10.0.0.1 (90)\n"
    "report 8 directory-agent (service:directory-agent://10.0.0.1)" },
  { "service-agent",
    "020b00003e00*8 02656e00 \" service:service-agent://10.0.0.1\" 0007 \"default\" 000000",
    ISTH_DISSECT_OK,
    "role slp-agent\n"
    "endpoint = service:service-agent://10.0.0.1 (90)\n"
    "report 11 service-agent (service:service-agent://10.0.0.1)" },
  { "signed",
    "< 020200002f00*6 070002656e0000000100012c000d \"service:x://y\" 0100020008 \"sign\"",
    ISTH_DISSECT_OK,
    "role slp-agent\n"
    "endpoint = service:x://y (60)" },
  { "lying-text",
    "020100001500*6 070002656e0000038478",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-count",
    "< 020200002700*6 070002656e0000000900012c000d \"service:x://y\" 00",
    ISTH_DISSECT_MALFORMED,
    "role slp-agent\n"
    "endpoint = service:x://y (60)" },
  { "no-language",
    "020100001000*6 0700023132",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-1",
    "010100001000*6 070002656e",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "020100003000*6 070002656e0000000f \"service:printer\" 0007 \"default\" 00000000", ISTH_PROBE_STRONG },
    { "020200003900*6 070002656e0000000100012c001f \"service:printer:lpr://press-7/q\" 00", ISTH_PROBE_STRONG },
    { "020100001000*6 0700023132", ISTH_PROBE_NO },
    { "010100001000*6 070002656e", ISTH_PROBE_NO },
    { "020100001b00*6 070002656e0000", ISTH_PROBE_NO },
    { "0201000012000100000000070002656e0000", ISTH_PROBE_NO },
    { "020c00001000*6 070002656e", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_slp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_slp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/slp/probe", test_probe);
  return g_test_run ();
}
