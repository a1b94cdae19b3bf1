/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kerberos: logins with and without proof, tickets, refusals, over streams and datagrams; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_kerberos;

static const IsthDissectCase cases[] = {
  { "login",
    "000000b06a81ad3081aaa103020105a20302010aa4819d30819aa00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d "
    "\"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" "
    "a70402023039a80b3009020112020111020117a91d301b3019a003020114a1120410 \"HMI2\" 00*12\n"
    "< 000000 \"`~^0\" 5ca003020105a10302011ea411180f \"20261123053300Z\" a503020101a603020119a90f1b0d \"PLANT.EXAMPLE\" "
    "aa223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\"\n"
    "000000bf6a81bc3081b9a103020105a20302010aa3 \".0,0\" 1da103020102a2160414ee*20 "
    "300ba10402020080a203040101a47d307ba00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d \"PLANT.EXAMPLE\" "
    "a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" "
    "a70402023039a80b3009020112020111020117\n"
    "< 000000b26b81af3081aca003020105a10302010ba30f1b0d \"PLANT.EXAMPLE\" a4153013a003020101a10c300a1b08 \"operator\" a5 \"[aY0W\" "
    "a003020105a10f1b0d \"PLANT.EXAMPLE\" a2223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" "
    "a31b3019a003020112a2120410ee*16 a61b3019a003020112a2120410ee*16",
    ISTH_DISSECT_OK,
    "hostname = HMI2 (90)\n"
    "role kerberos-client\n"
    "authenticate 10 login (user “operator” of PLANT.EXAMPLE, AES-256)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "kerberos_client = operator (90)\n"
    "role kerberos-server\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "= refused: pre-authentication required\n"
    "role kerberos-client\n"
    "authenticate 10 login (user “operator” of PLANT.EXAMPLE, pre-authenticated, AES-256)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "kerberos_client = operator (90)\n"
    "role kerberos-server\n"
    "= ok\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.1\n"
    "kerberos_client = operator (90) about 10.0.0.1" },
  { "computer",
    "000000af6a81ac3081a9a103020105a20302010aa321301f301da103020102a2160414ee*20 "
    "a47a3078a00703050040810010a1123010a003020101a10930071b05 \"HMI2$\" a20f1b0d \"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 "
    "\"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a80b3009020112020111020117\n"
    "< 000000af6b81ac3081a9a003020105a10302010ba30f1b0d \"PLANT.EXAMPLE\" a4123010a003020101a10930071b05 \"HMI2$\" a5 \"[aY0W\" "
    "a003020105a10f1b0d \"PLANT.EXAMPLE\" a2223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" "
    "a31b3019a003020112a2120410ee*16 a61b3019a003020112a2120410ee*16",
    ISTH_DISSECT_OK,
    "role kerberos-client\n"
    "authenticate 10 login (user “HMI2$” of PLANT.EXAMPLE, pre-authenticated, AES-256)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "kerberos_client = HMI2$ (90)\n"
    "hostname = HMI2 (60)\n"
    "role kerberos-server\n"
    "= ok\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.1\n"
    "kerberos_client = HMI2$ (90) about 10.0.0.1\n"
    "hostname = HMI2 (60) about 10.0.0.1" },
  { "ticket",
    "000001246c8201203082011ca103020105a20302010ca381a43081a130819ea103020101a281960481936e819030818da003020105a10302010ea207030500*5 "
    "a3 \"[aY0W\" a003020105a10f1b0d \"PLANT.EXAMPLE\" a2223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" "
    "a31b3019a003020112a2120410ee*16 a41b3019a003020112a2120410ee*16 a4693067a00703050040810010a20f1b0d \"PLANT.EXAMPLE\" "
    "a3253023a003020102a11c301a1b04 \"cifs\" 1b12 \"srv1.plant.example\" a511180f \"20370913024805Z\" "
    "a70402023039a80b3009020112020111020117\n"
    "< 000000b56d81b23081afa003020105a10302010da30f1b0d \"PLANT.EXAMPLE\" a4153013a003020101a10c300a1b08 \"operator\" "
    "a55e615c305aa003020105a10f1b0d \"PLANT.EXAMPLE\" a2253023a003020102a11c301a1b04 \"cifs\" 1b12 \"srv1.plant.example\" "
    "a31b3019a003020112a2120410ee*16 a61b3019a003020112a2120410ee*16",
    ISTH_DISSECT_OK,
    "role kerberos-client\n"
    "other 12 ticket (ticket for cifs/srv1.plant.example of PLANT.EXAMPLE, AES-256)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "role kerberos-server\n"
    "= ok\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.1\n"
    "kerberos_client = operator (90) about 10.0.0.1" },
  { "weak",
    "000000 \"zlx0v\" a103020105a20302010ca46a3068a00703050040810010a20f1b0d \"PLANT.EXAMPLE\" a32c302aa003020102a12330211b08 "
    "\"MSSQLSvc\" 1b15 \"db.plant.example:1433\" a511180f \"20370913024805Z\" a70402023039a8053003020117\n"
    "< 000000 \"`~^0\" 5ca003020105a10302011ea411180f \"20261123053300Z\" a503020101a603020118a90f1b0d \"PLANT.EXAMPLE\" "
    "aa223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\"",
    ISTH_DISSECT_OK,
    "role kerberos-client\n"
    "other 12 ticket (ticket for MSSQLSvc/db.plant.example:1433 of PLANT.EXAMPLE, RC4 at best)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "role kerberos-server\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "= refused: pre-authentication failed" },
  { "unknown-encryption",
    "000000816a7f307da103020105a20302010aa471306fa00703050040810010a10e300ca003020101a10530031b0178a20f1b0d \"PLANT.EXAMPLE\" "
    "a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a8063004020200fa\n"
    "< 000000 \"a~_0]\" a003020105a10302011ea411180f \"20261123053300Z\" a503020101a60402020fa0a90f1b0d \"PLANT.EXAMPLE\" "
    "aa223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\"",
    ISTH_DISSECT_OK,
    "role kerberos-client\n"
    "authenticate 10 login (user “x” of PLANT.EXAMPLE)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "kerberos_client = x (90)\n"
    "role kerberos-server\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "= refused: error 4000" },
  { "answer-alone",
    "< 000000b26b81af3081aca003020105a10302010ba30f1b0d \"PLANT.EXAMPLE\" a4153013a003020101a10c300a1b08 \"operator\" a5 \"[aY0W\" "
    "a003020105a10f1b0d \"PLANT.EXAMPLE\" a2223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" "
    "a31b3019a003020112a2120410ee*16 a61b3019a003020112a2120410ee*16",
    ISTH_DISSECT_OK,
    "role kerberos-server\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.1\n"
    "kerberos_client = operator (90) about 10.0.0.1", .mid_stream = true },
  { "broken-name",
    "000000186a163014a103020105a20302010aa4083006a17f3005a003",
    ISTH_DISSECT_OK,
    "role kerberos-client\n"
    "authenticate 10 login (nobody of )" },
  { "lying-length",
    "000000286a82ffff3082fffba103020105a20302010a00*22",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-kerberos",
    "00000028302600*38",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "000000b06a81ad3081aaa103020105a20302010aa4819d30819aa00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d \"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a80b3009020112020111020117a91d301b3019a003020114a1120410 \"HMI2\" 00*12", ISTH_PROBE_STRONG, 180 },
    { "000000b26b81af3081aca003020105a10302010ba30f1b0d \"PLANT.EXAMPLE\" a4153013a003020101a10c300a1b08 \"operator\" a5 \"[aY0W\" a003020105a10f1b0d \"PLANT.EXAMPLE\" a2223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a31b3019a003020112a2120410ee*16 a61b3019a003020112a2120410ee*16", ISTH_PROBE_STRONG, 182 },
    { "000000 \"`~^0\" 5ca003020105a10302011ea411180f \"20261123053300Z\" a503020101a603020119a90f1b0d \"PLANT.EXAMPLE\" aa223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\"", ISTH_PROBE_STRONG, 100 },
    { "00000028302600*38", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "000000", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "000000b06a81ad3081aaa103020105a20302010aa4819d30", ISTH_PROBE_STRONG, 180 },
    { "6a81ad3081aaa103020105a20302010aa4819d30819aa00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d \"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a80b3009020112020111020117a91d301b3019a003020114a1120410 \"HMI2\" 00*12", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  };
  IsthPacket packet = { .layer = ISTH_LAYER_TCP };

  isth_test_probes (&isth_dissector_kerberos, &packet, starts, G_N_ELEMENTS (starts), true);
}

/* Over UDP nothing stands in front of a message. */
static void
test_datagrams (void)
{
  static const IsthProbeCase starts[] = {
    { "6a81ad3081aaa103020105a20302010aa4819d30819aa00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d \"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a80b3009020112020111020117a91d301b3019a003020114a1120410 \"HMI2\" 00*12", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
    { "7e5e305ca003020105a10302011ea411180f \"20261123053300Z\" a503020101a603020119a90f1b0d \"PLANT.EXAMPLE\" aa223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\"", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
    { "000000b06a81ad3081aaa103020105a20302010aa4819d30819aa00703050040810010a1153013a003020101a10c300a1b08 \"operator\" a20f1b0d \"PLANT.EXAMPLE\" a3223020a003020102a11930171b06 \"krbtgt\" 1b0d \"PLANT.EXAMPLE\" a511180f \"20370913024805Z\" a70402023039a80b3009020112020111020117a91d301b3019a003020114a1120410 \"HMI2\" 00*12", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
    { "\"GET / HTTP/1.1\"", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  };

  isth_test_probes (&isth_dissector_kerberos, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_kerberos, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/kerberos/probe", test_probe);
  g_test_add_func ("/kerberos/datagrams", test_datagrams);
  return g_test_run ();
}
