/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RADIUS: logins by several proofs, through proxies, accounting, changes; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_radius;

static const IsthDissectCase cases[] = {
  { "password",
    "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-09\"\n"
    "< 0205001a \"AAAAAAAAAAAAAAAA\" 060600000002",
    ISTH_DISSECT_OK,
    "name = cell3-switch (90)\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, password, from 02-00-00-00-00-09)\n"
    "role radius-server\n"
    "= ok" },
  { "rejected",
    "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-09\"\n"
    "< 030500 \"!AAAAAAAAAAAAAAAA\" 120d \"wrong shift\"\n"
    "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-09\"\n"
    "< 03050014 \"AAAAAAAAAAAAAAAA\"",
    ISTH_DISSECT_OK,
    "name = cell3-switch (90)\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, password, from 02-00-00-00-00-09)\n"
    "role radius-server\n"
    "= refused: wrong shift\n"
    "name = cell3-switch (90)\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, password, from 02-00-00-00-00-09)\n"
    "role radius-server\n"
    "= refused: rejected" },
  { "eap",
    "010600 \"ZAAAAAAAAAAAAAAAA\" 04060a0000013d060000000f4f0f0200000d01 \"bob@x.de\" 1e19 \"02-00-00-00-00-02:PlantP\" 1200*16\n"
    "< 0b0500 \" AAAAAAAAAAAAAAAA\" 180473744f08010100060410",
    ISTH_DISSECT_OK,
    "role dot1x-authenticator\n"
    "role radius-client\n"
    "authenticate 1 access (user “bob@x.de”, EAP to 02-00-00-00-00-02:Plant)\n"
    "role radius-server" },
  { "chap",
    "010700 \"LAAAAAAAAAAAAAAAA\" 010a \"operator\" 031301ee*16 04060a0000010506000000071a0f000000090109 \"audit=1\"\n"
    "010800 \"dAAAAAAAAAAAAAAAA\" 010a \"operator\" 04060a0000010506000000071a3a000001371934ee*50\n"
    "0c1600 \"&AAAAAAAAAAAAAAAAP\" 1200*16",
    ISTH_DISSECT_OK,
    "vendor = Cisco (60)\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, CHAP)\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, MS-CHAP)\n"
    "role radius-client\n"
    "other 12 status" },
  { "proxy",
    "010900 \"HAAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000509050600000007200c \"far-switch\"\n"
    "011700 \"<AAAAAAAAAAAAAAAA\" 010a \"operator\" 0506000000075f12fd00*14 073d060000000f",
    ISTH_DISSECT_OK,
    "role radius-proxy\n"
    "name = far-switch (90) about 10.0.5.9\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”, password)\n"
    "role radius-proxy\n"
    "role dot1x-authenticator about fd00::7\n"
    "role radius-client\n"
    "authenticate 1 access (user “operator”)" },
  { "accounting",
    "040a00 \".AAAAAAAAAAAAAAAA\" 010a \"operator(\" 060000000104060a0000012c047331\n"
    "< 050a0014 \"AAAAAAAAAAAAAAAA\"\n"
    "040b00 \"*AAAAAAAAAAAAAAAA\" 010a \"operator(\" 060000000204060a000001\n"
    "040c00 \" AAAAAAAAAAAAAAAA(\" 060000000704060a000001\n"
    "040d00 \"*AAAAAAAAAAAAAAAA(\" 060000000304060a000001010a \"operator\"\n"
    "040e00 \" AAAAAAAAAAAAAAAA(\" 060000000804060a000001\n"
    "040f00 \" AAAAAAAAAAAAAAAA(\" 060000006304060a000001",
    ISTH_DISSECT_OK,
    "role radius-client\n"
    "other 4 accounting (user “operator”, start)\n"
    "role radius-server\n"
    "= ok\n"
    "role radius-client\n"
    "other 4 accounting (user “operator”, stop)\n"
    "role radius-client\n"
    "other 4 accounting (accounting on)\n"
    "role radius-client\n"
    "other 4 accounting (user “operator”, goes on)\n"
    "role radius-client\n"
    "other 4 accounting (accounting off)\n"
    "role radius-client\n"
    "other 4 accounting (other)" },
  { "changes",
    "281400 \"$AAAAAAAAAAAAAAAA\" 010a \"operator\" 04060a000001\n"
    "< 2a140014 \"AAAAAAAAAAAAAAAA\"\n"
    "2b1500 \"*AAAAAAAAAAAAAAAA\" 010a \"operator\" 04060a000001060600000002\n"
    "< 2c150014 \"AAAAAAAAAAAAAAAA\"",
    ISTH_DISSECT_OK,
    "role radius-server\n"
    "control 40 disconnect (user “operator”)\n"
    "role radius-client\n"
    "= refused: rejected\n"
    "role radius-server\n"
    "control 43 change-authorisation (user “operator”)\n"
    "role radius-client\n"
    "= ok" },
  { "lying-attribute",
    "010500 \"(AAAAAAAAAAAAAAAA\" 01 \"0abcd\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "empty-attribute",
    "01050018 \"AAAAAAAAAAAAAAAA\" 01006162",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-length",
    "010500 \"<AAAAAAAAAAAAAAAA\" 010a \"operator\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-code",
    "6301001e \"AAAAAAAAAAAAAAAA\" 010a \"operator\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "too-short",
    "010200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-09\"", ISTH_PROBE_STRONG },
    { "010600 \"ZAAAAAAAAAAAAAAAA\" 04060a0000013d060000000f4f0f0200000d01 \"bob@x.de\" 1e19 \"02-00-00-00-00-02:PlantP\" 1200*16", ISTH_PROBE_STRONG },
    { "040a00 \".AAAAAAAAAAAAAAAA\" 010a \"operator(\" 060000000104060a0000012c047331", ISTH_PROBE_STRONG },
    { "0205001a \"AAAAAAAAAAAAAAAA\" 060600000002", ISTH_PROBE_WEAK },
    { "03050014 \"AAAAAAAAAAAAAAAA\"", ISTH_PROBE_WEAK },
    { "010500 \"(AAAAAAAAAAAAAAAA\" 01 \"0abcd\"", ISTH_PROBE_NO },
    { "6301001e \"AAAAAAAAAAAAAAAA\" 010a \"operator\"", ISTH_PROBE_NO },
    { "01010014 \"AAAAAAAAAAAAAAAA\"", ISTH_PROBE_NO },
    { "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-0\"", ISTH_PROBE_NO },
    { "010500 \"]AAAAAAAAAAAAAAAA\" 010a \"operator\" 0212ee*16 04060a000001050600000007200e \"cell3-switch\" 1f13 \"02-00-00-00-00-09x\"", ISTH_PROBE_NO },
    { "\"GET / HTTP\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_radius, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_radius, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/radius/probe", test_probe);
  return g_test_run ();
}
