/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QUIC: hellos opened, in pieces and any order; what is forged stays closed; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_quic;

static const IsthDissectCase cases[] = {
  { "google",
    "0900010203040506075130343301000000000000000000000000a001720043484c4f040000005041440028000000534e4900350000005645520039000000554149444a0000002d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d70726573732e6578616d706c65513034334368726f6d652f36302057696e646f7773\n< 00 00*20\n08 00*20",
    ISTH_DISSECT_OK,
    "hostname = press.example (75) about 10.0.0.2\nsoftware = Chrome/60 Windows (60)\nother - hello (Google QUIC Q043, press.example)", .pieces = true },
  { "google-encrypted", "c05130353008000102030405060700000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", ISTH_DISSECT_OK, "other - hello (Google QUIC Q050)" },
  { "google-lies", "090000000000000000513033390100000000000000000000000043484c4f02000000534e49000500000056455200020000006162", ISTH_DISSECT_OK, "other - hello (Google QUIC Q039)" },
  { "version-1",
    "ce00000001088394c8f03e51570804c1d2e3f4400040da8a1346f4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c367905"
    "2b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851"
    "223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 "
    "\"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344a\n"
    "< ca0000000104c1d2e3f404 \"srv1@\" "
    "00404e7ca1aa3039b11b5ae993b2395ddcba1938bb5a99a63b561a48e8565f48f585f116e7475d9f802121399869609a0e659ebe078fea7481a840b7ee6d7548"
    "b3af94 \"9v&^\" c22bff10176ab381deffe00000000104 \"srv1\" 00a5*30\n"
    "41a5*40\n"
    "< 41a5*40",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)", .pieces = true },
  { "version-2",
    "de6b3343cf088394c8f03e51570804c1d2e3f4400040da9cd9d4acde \".0^)2\" "
    "c4d0eb80de6b631287e357c282f2982804223c00d1fe4fdc154b059d59e5977ae9fc \"O0~o\" "
    "0b998124e9b3f99f16f966a044bf70995e5195b1ba5a55e5d49af830dbcf9bf706d13043d197c4a7854012a1593e062593c8e9e29537110c83241b3a0f0678ba"
    "22d84774ff8fb8788bcf53119ead570d51a6 \"/nz>\" "
    "b8c6486017ced5e43b3dd73181d980f1f139a12d3d337f805ddbb725c1855578ee64e17bfe6e5f4aad169ee981af621950eb2e52914eac029d9396344fdae012"
    "c5a259ef405e95339717fde90056767512d37a5b\n"
    "< dd6b3343cf04c1d2e3f404 \"srv1@\" 004049471299bea701 \"X`3y\" 1e \"FDaM0UlX\" "
    "d93944cc92a61d340c501044c04157e706b422a85f9a0dc4a11ef80900f115f5f820f15ddb6d6b811ce2 \"kHJN\" 98cbf4e59b47466d",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)" },
  { "bit-not-fixed",
    "ce00000001088394c8f03e51570804c1d2e3f4400040da8a1346f4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c367905"
    "2b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851"
    "223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 "
    "\"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344a\n"
    "< 860000000104c1d2e3f404 \"srv1@\" "
    "0040493491ae7039f1295ea993dc085caec84549ca5a99a63b561a48e8565f48f585f116e7475d9f802121399869609a7cd7c3cc75892a7081aa45b33991be88"
    "5b26e9352f89e35ff749a12f",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)", .pieces = true },
  { "draft-29",
    "c2ff00001d088394c8f03e51570804c1d2e3f4400040a8419bba8c6038679ecf31b374850bd799491a8823bca343df309e9096bbd6f7a3120846fddfe168649a"
    "342af840ca125bcfb04a0c35b67ecd85d002c99e801e \"-i+>\" "
    "c8f21abc19cdbf0de2a86f794dd6c5c32015ee75f6e675335a958d4787bca65ad0eac95314f6268d6edbf32d801596b6c54ec38e9940935cf468449716e0c71e "
    "\"?9.S\" dc6102909c172344999ccdc538856631a572f04fa07a3a680b52ffd2b8cc65073a",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)" },
  { "in-pieces",
    "c800000001088394c8f03e51570804c1d2e3f44000403f660a6b3ceb80479ab2bc84aeef8a57048748130bef8bb3f7650887e24c66e57504f13bd8c0f84f54b6"
    "8780 \"<%5P\" 0b68d899582a3fd2e6ea647f4a770eba\n"
    "c000000001088394c8f03e51570804c1d2e3f44005 \"again@S\" "
    "1ed8d1f1893cea699f55ba113ac839075fc09371930efe99a7b08315c1bac0540d7751410caae1285982c9a76e260ad1d41f3f98dfabe8157b954a128cb443b3"
    "b75e402ed2ed7acbebdcf6fc50b2642425f576\n"
    "< ca0000000104c1d2e3f404 \"srv1@\" "
    "00404e7ca1aa3039b11b5ae993b2395ddcba1938bb5a99a63b561a48e8565f48f585f116e7475d9f802121399869609a0e659ebe078fea7481a840b7ee6d7548"
    "b3af94 \"9v&^\" c22bff10176ab381deffe00000000104 \"srv1\" 00a5*30",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)" },
  { "retry",
    "ce00000001088394c8f03e51570804c1d2e3f4400040da8a1346f4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c367905"
    "2b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851"
    "223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 "
    "\"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344b\n"
    "< f00000000104c1d2e3f408 \"newid123tok\" 74*16\n"
    "c70000000108 \"newid123\" 04c1d2e3f44003 \"tok@p\" "
    "1264976798d7ee01590b06ef49fd122a16d11ac5354644fbc04f3d8b1d0ee2c0c71c8d79e94c2fe2b8db079ea7f6d2915efda0d52183d2f49faf56ca3e529f2e"
    "f607609679e456f299bcc2dd82dc61a6a84426b8b7a0d9f239798a642f061d3c84a3a4a246741f3ad7db0fb01580ba05",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h3)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 336f5f33f4497e06a9cd5231997c3982 (20)\n"
    "fingerprint = JA4 q13d0203h3_c1929292aa6b_b9a491fefe05 (20)" },
  { "forged",
    "ce00000001088394c8f03e51570804c1d2e3f4400040da8a1346f4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c367905"
    "2b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851"
    "223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 "
    "\"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344b\n"
    "< ca0000000104c1d2e3f404 \"srv1@\" "
    "00404e7ca1aa3039b11b5ae993b2395ddcba1938bb5a99a63b561a48e8565f48f585f116e7475d9f802121399869609a0e659ebe078fea7481a840b7ee6d7548"
    "b3af94 \"9v&^\" c22bff10176ab381deffe00000000104 \"srv1\" 00a5*30",
    ISTH_DISSECT_OK,
    "role tls-server\n"
    "other 2 server-hello (TLS 1.3)" },
  { "too-far",
    "c300000001088394c8f03e51570804c1d2e3f44000403f10613bffc8de6f2a591612ff5d7136c1871349dbb269d5bf3a914121e0ec33f89b619758948fc41c73"
    "97d3b4dfae143ba2d584ead780e74894bbb3f4978736",
    ISTH_DISSECT_OK,
    "" },
  { "closed",
    "cf00000001088394c8f03e51570804c1d2e3f44000 \"@4('\" "
    "5cb411dae006d95db9dc35efbcf20db9586a6a84d12a6d61cb0cc514e05c7ace760f54010936b0e6793683a8c5536df15403",
    ISTH_DISSECT_OK,
    "" },
  { "handshake-first",
    "< e00000000104 \"srv1\" 04c1d2e3f44020a5*32\n"
    "41a5*40",
    ISTH_DISSECT_OK,
    "", .pieces = true },
  { "length-lies",
    "ce00000001088394c8f03e51570804c1d2e3f4400040da8a7ffff4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c367905"
    "2b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851"
    "223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 "
    "\"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344a",
    ISTH_DISSECT_OK,
    "" },
  { "short-alone",
    "41a5*40",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "ce00000001088394c8f03e51570804c1d2e3f4400040da8a1346f4119ac37da32796a54ce7b4fa05b15062628cd9226569c304cd1ce85472c67e07961c3679052b0e6555fb11f0f774c328a8f830e3ba50a4ddd09931791433a720299d8a70a0d81620e00cb659be51acb132ed9f94bb504e17dc4622a4040282e225fa6c1851223c9cfd105e2354f095ec25c1c69f4bc38b4ac708865e751ef718eafd73947f175c \"S5)R\" a4c4ad4915ccd27ff3427312f0432a0c869b0d54d9 \"k.NhZ\" c5cfcd74081e022f797b9dc00bac96579e770b3d476eda129909e271445ddf02021da494e0f19bb262d8bc18a1b9cd344a", ISTH_PROBE_STRONG },
    { "de6b3343cf088394c8f03e51570804c1d2e3f4400040da9cd9d4acde \".0^)2\" c4d0eb80de6b631287e357c282f2982804223c00d1fe4fdc154b059d59e5977ae9fc \"O0~o\" 0b998124e9b3f99f16f966a044bf70995e5195b1ba5a55e5d49af830dbcf9bf706d13043d197c4a7854012a1593e062593c8e9e29537110c83241b3a0f0678ba22d84774ff8fb8788bcf53119ead570d51a6 \"/nz>\" b8c6486017ced5e43b3dd73181d980f1f139a12d3d337f805ddbb725c1855578ee64e17bfe6e5f4aad169ee981af621950eb2e52914eac029d9396344fdae012c5a259ef405e95339717fde90056767512d37a5b", ISTH_PROBE_STRONG },
    { "e00000000104 \"srv1\" 04c1d2e3f44020a5*32", ISTH_PROBE_STRONG },
    { "41a5*40", ISTH_PROBE_NO },
    { "c00000000004 \"abcd\" 04 \"efgh\" 00000001", ISTH_PROBE_NO },
    { "c00000000115 7a*40", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_quic, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_quic, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/quic/probe", test_probe);
  return g_test_run ();
}
