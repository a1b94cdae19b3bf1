/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HiSLIP: each type of message, data by its number, locks refused; headers that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_hislip;

static const IsthDissectCase cases[] = {
  { "identity-with-a-zero",
    "485307000000000100000000000000052a49444e3f\n"
    "< 4853070000000001000000000000000c41636d652c4d312c302c320a",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "identify - identify (*IDN?)\n"
    "= ok\n"
    "role hislip-server\n"
    "vendor = Acme (90)\n"
    "model = M1 (90)\n"
    "firmware = 2 (90)" },
  { "identity-of-three-fields",
    "485307000000000100000000000000052a49444e3f\n"
    "< 4853070000000001000000000000000a41636d652c4d312c320a",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "identify - identify (*IDN?)\n"
    "= ok\n"
    "role hislip-server" },
  { "password",
    "4853070000000001000000000000001c \"SYST:PASS:CEN 'a secret' ;\" 0a0a",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "write - command (SYST:PASS:CEN)" },
  { "identity-not-printable",
    "485307000000000100000000000000052a49444e3f\n"
    "< 4853070000000001000000000000000c41016d652c4d312c372c320a",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "identify - identify (*IDN?)\n"
    "= ok\n"
    "role hislip-server" },
  { "answers-by-number",
    "48530700000000010000000000000002413f\n"
    "48530700000000030000000000000002423f\n"
    "< 4853070000000003000000000000000131\n"
    "< 4853070000000001000000000000000132",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "read - query (A?)\n"
    "role hislip-client\n"
    "read - query (B?)\n"
    "= ok\n"
    "role hislip-server\n"
    "= ok\n"
    "role hislip-server" },
  { "each-request",
    "48530a00000000000000000000000000\n"
    "48530f00000000000000000000000000\n"
    "48531100000000000000000000000000\n"
    "48531300000000000000000000000000\n"
    "48531800000000000000000000000000\n"
    "48531a00000000000000000000000000\n"
    "48531c00000000000000000000000000\n"
    "48531d00000000000000000000000000\n"
    "48532200000000000000000000000000\n"
    "48532400000000000000000000000006 \"secret\"",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "control 10 remote-local-control\n"
    "role hislip-client\n"
    "other 15 maximum-message-size\n"
    "role hislip-client\n"
    "other 17 async-initialize\n"
    "role hislip-client\n"
    "control 19 device-clear\n"
    "role hislip-client\n"
    "other 24 lock-info\n"
    "role hislip-client\n"
    "identify 26 get-descriptors\n"
    "role hislip-client\n"
    "other 28 start-tls\n"
    "role hislip-client\n"
    "other 29 async-start-tls\n"
    "role hislip-client\n"
    "other 34 get-sasl-mechanisms\n"
    "role hislip-client\n"
    "authenticate 36 authenticate" },
  { "each-answer",
    "< 48530100000000000000000000000000\n"
    "< 48530b00000000000000000000000000\n"
    "< 48531700000000000000000000000000\n"
    "< 48531900000000000000000000000000\n"
    "< 48532600000000000000000000000000",
    ISTH_DISSECT_OK,
    "role hislip-server\n"
    "role hislip-server\n"
    "role hislip-server\n"
    "role hislip-server\n"
    "role hislip-server" },
  { "locks",
    "485304010000000000000000000000037b317d\n"
    "< 48530503000000000000000000000000\n"
    "48530400000000000000000000000000\n"
    "< 48530502000000000000000000000000",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "other 4 lock (shared)\n"
    "= refused: not locked\n"
    "role hislip-server\n"
    "role hislip-client\n"
    "other 4 lock (release)\n"
    "= ok\n"
    "role hislip-server" },
  { "errors",
    "< 4853020100000000000000000000000d506f6f726c7920666f726d6564\n"
    "< 48530300000000000000000000000000",
    ISTH_DISSECT_OK,
    "report 2 fatal-error (Poorly formed)\n"
    "report 3 error" },
  { "interrupted",
    "< 48530d00000000010000000000000000\n"
    "< 48530e00000000010000000000000000\n"
    "< 48531440000000000000000000000000",
    ISTH_DISSECT_OK,
    "" },
  { "empty-data",
    "48530700000000010000000000000000",
    ISTH_DISSECT_OK,
    "" },
  { "mid-stream",
    "485307000000000100000000000000045820310a",
    ISTH_DISSECT_OK,
    "role hislip-client\n"
    "write - command (X)", .mid_stream = true },
  { "longer-than-there",
    "4853 07 00 00000001 0000000000000040 41",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "type-unknown",
    "4853 30 00 00000001 0000000000000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "huge",
    "4853 07 00 00000001 0000000100000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "not-hislip",
    "4854 07 00",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "485300000000000000000000000000076869736c697030", ISTH_PROBE_STRONG, 23 },
  { "4853 30 00 00000001 0000000000000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "4853 07 00 00000001 0000000050000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "4853 07", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "4754", ISTH_PROBE_NO, ISTH_PDU_MORE },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_hislip, &(IsthPacket) { .layer = ISTH_LAYER_TCP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_hislip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/hislip/probe", test_probe);
  return g_test_run ();
}
