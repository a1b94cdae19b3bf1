/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO transport: connections, refusals, user data in pieces, and what is no ISO transport though it looks like it. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cotp;

#define CONNECT "0300 0016 11e0 0000 0001 00 c0010a c1020100 c2020102"
#define CONFIRM "\n< 0300 0016 11d0 0001 0002 00 c0010a c1020100 c2020102"
#define CONNECTED "other 224 connect (selector 0102)\n= ok"
#define SETUP "\n> 0300 0019 02f080 32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0"
#define SETUP_ANSWER "\n< 0300 001b 02f080 32 03 0000 0200 0008 0000 0000 f0 00 0001 0001 00f0"

static const IsthDissectCase cases[] = {
  { "connect", CONNECT CONFIRM, ISTH_DISSECT_OK, CONNECTED },
  { "connect-by-name", "0300 0024 1fe0 0000 0006 00 c0010a c1020600 c210 \"SIMATIC-ROOT-HMI\"", ISTH_DISSECT_OK,
    "other 224 connect (selector SIMATIC-ROOT-HMI)" },
  { "connect-without-selector", "0300 000b 06e0 0000 0001 00", ISTH_DISSECT_OK, "other 224 connect" },
  { "refused", CONNECT "\n< 0300 000b 0680 0001 0002 03", ISTH_DISSECT_OK,
    "other 224 connect (selector 0102)\n= refused: address unknown" },
  { "ended", CONNECT CONFIRM "\n> 0300 000b 0680 0002 0001 80", ISTH_DISSECT_OK, CONNECTED },
  { "error", "0300 000b 0670 0001 02 c100", ISTH_DISSECT_OK, "" },

  /* The called selector's first byte says what kind of connection this is. */
  { "engineering", CONNECT CONFIRM SETUP SETUP_ANSWER, ISTH_DISSECT_OK,
    CONNECTED "\ns7comm: other 240 setup-communication\ns7comm: = ok\ns7comm: role s7-server"
    "\ns7comm: role s7-client about 10.0.0.1\ns7comm: role engineering about 10.0.0.1" },
  { "hmi", "0300 0016 11e0 0000 0001 00 c0010a c1020100 c2020202" SETUP SETUP_ANSWER, ISTH_DISSECT_OK,
    "other 224 connect (selector 0202)\ns7comm: other 240 setup-communication\ns7comm: = ok\ns7comm: role s7-server"
    "\ns7comm: role s7-client about 10.0.0.1\ns7comm: role hmi about 10.0.0.1" },
  { "hmi-by-name",
    "0300 0024 1fe0 0000 0006 00 c0010a c1020620 c210 \"SIMATIC-ROOT-HMI\"\n< 0300 0024 1fd0 0006 0001 00 c0010a c1020620 c210 \"SIMATIC-ROOT-HMI\"" SETUP
    SETUP_ANSWER, ISTH_DISSECT_OK,
    "other 224 connect (selector SIMATIC-ROOT-HMI)\n= ok\ns7comm: other 240 setup-communication\ns7comm: = ok\ns7comm: role s7-server"
    "\ns7comm: role s7-client about 10.0.0.1\ns7comm: role hmi about 10.0.0.1" },
  { "mid-stream", "0300 0019 02f080 32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0", ISTH_DISSECT_OK,
    "s7comm: other 240 setup-communication", .mid_stream = true },

  { "pieces", "0300 0010 02f000 32 01 0000 0200 0008 00\n0300 0007 02f000\n0300 0010 02f080 00 f0 00 0001 0001 01e0", ISTH_DISSECT_OK,
    "s7comm: other 240 setup-communication" },
  { "pieces-of-both", "0300 0010 02f000 32 01 0000 0200 0008 00\n< 0300 0008 02f000 32\n> 0300 0010 02f080 00 f0 00 0001 0001 01e0",
    ISTH_DISSECT_OK, "s7comm: other 240 setup-communication" },
  /* More than is kept: what was kept is read, and known to be a part. */
  { "pieces-beyond-room",
    "0300 07e7 02f000 32 01 0000 0300 000e 17c8 05 01 12 0a 10 02 0001 0001 83 000000 00*1992\n0300 0807 02f000 00*2048\n0300 0807 02f080 00*2048",
    ISTH_DISSECT_OK, "s7comm: write 5 write-variables (M0.0 BYTE 1)" },
  /* An empty TPDU without end keeps a connection alive. */
  { "keep-alive", "0300 0007 02f000\n0300 0019 02f080 32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0", ISTH_DISSECT_OK,
    "s7comm: other 240 setup-communication" },
  { "nothing", "0300 0007 02f080", ISTH_DISSECT_OK, "" },

  /* Other users of ISO transport are theirs to read: S7comm-plus, MMS. */
  { "s7comm-plus", "0300 000d 02f080 7205 0000 0000", ISTH_DISSECT_OK, "" },
  { "mms", "0300 000d 02f080 0100 0100 6109", ISTH_DISSECT_OK, "" },

  { "parameter-lies", "0300 000e 09e0 0000 0001 00 c27f01", ISTH_DISSECT_MALFORMED, "other 224 connect" },
  { "indicator-lies", "0300 0007 11e000", ISTH_DISSECT_MALFORMED, "" },
  { "unknown-tpdu", "0300 0007 022080", ISTH_DISSECT_MALFORMED, "" },
  { "cut-short", "0300 0016", ISTH_DISSECT_MALFORMED, "" },
  { "not-tpkt", "1603 0100 c701 00", ISTH_DISSECT_NOT_MINE, "" },
};

static const IsthProbeCase probes[] = {
  { CONNECT, ISTH_PROBE_STRONG, 22 },
  { "0300 0019 02f080 32 01", ISTH_PROBE_STRONG, 25 },
  { "0300 0019 02f080 72 01", ISTH_PROBE_STRONG, 25 },
  { "0300 0019 02f080 01 00", ISTH_PROBE_WEAK, 25 },
  { "0300 0007 02f000", ISTH_PROBE_WEAK, 7 },
  /* A remote desktop's connection request has a cookie and no selectors. */
  { "0300 0013 0ee0 0000 0000 00 0100 0800 0300 0000", ISTH_PROBE_WEAK, 19 },
  { "0300 0010 0802 0001 0504 0000 0000 0000", ISTH_PROBE_NO, 16 }, /* H.225 */
  { "0300 0006 02f080", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "0301 0007 02f080", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "0300", ISTH_PROBE_NO, ISTH_PDU_MORE },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_cotp, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cotp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/cotp/probe", test_probe);
  return g_test_run ();
}
