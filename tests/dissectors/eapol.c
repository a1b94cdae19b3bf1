/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody asks to be let in, and is or is not; keys of a WLAN, right and wrong. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_eapol;

static const IsthDissectCase cases[] = {
  { "let-in",
    "01010000\n"
    "< 010000050101000501\n"
    "0100000e0201000e01 \"bob@plant\"\n"
    "< 01000006010200061920\n"
    "< 0100000403020004",
    ISTH_DISSECT_OK,
    "role eap-supplicant\n"
    "other 1 start\n"
    "role eap-authenticator\n"
    "role eap-supplicant\n"
    "authenticate 1 eap-identity (user “bob@plant”)\n"
    "role eap-authenticator\n"
    "other 25 eap-method (PEAP)\n"
    "= ok\n"
    "role eap-authenticator" },
  { "refused",
    "0100000e0201000e01 \"bob@plant\"\n"
    "< 0100000404020004",
    ISTH_DISSECT_OK,
    "role eap-supplicant\n"
    "authenticate 1 eap-identity (user “bob@plant”)\n"
    "= refused: EAP failure\n"
    "role eap-authenticator" },
  { "method-refused",
    "< 01000006010200061920\n"
    "0100000602020006030d",
    ISTH_DISSECT_OK,
    "role eap-authenticator\n"
    "other 25 eap-method (PEAP)\n"
    "role eap-supplicant\n"
    "other 3 eap-method-refused" },
  { "logoff",
    "01020000",
    ISTH_DISSECT_OK,
    "role eap-supplicant\n"
    "other 2 logoff" },
  { "handshake",
    "< 0103005f02008a001000*90\n"
    "0103005f02010a001000*90\n"
    "< 0103005f0213ca001000*90\n"
    "0103005f02030a001000*90",
    ISTH_DISSECT_OK,
    "role wlan-access-point\n"
    "role wlan-station\n"
    "authenticate 3 wlan-handshake\n"
    "role wlan-access-point\n"
    "= ok\n"
    "role wlan-station" },
  { "wrong-key",
    "< 0103005f02008a001000*90\n"
    "0103005f02010a001000*90\n"
    "< 0103005f02008a001000*90",
    ISTH_DISSECT_OK,
    "role wlan-access-point\n"
    "role wlan-station\n"
    "authenticate 3 wlan-handshake\n"
    "role wlan-access-point" },
  { "group-key",
    "< 0103005f021382001000*90",
    ISTH_DISSECT_OK,
    "other 3 key" },
  { "old-key",
    "0103005f01008a001000*90",
    ISTH_DISSECT_OK,
    "other 3 key" },
  { "macsec",
    "0105000401020304",
    ISTH_DISSECT_OK,
    "other 5 macsec-key-agreement" },
  { "alert",
    "0104000178",
    ISTH_DISSECT_OK,
    "" },
  { "padding",
    "0100000e0201000e01 \"bob@plant\" 00*20",
    ISTH_DISSECT_OK,
    "role eap-supplicant\n"
    "authenticate 1 eap-identity (user “bob@plant”)" },
  { "no-name",
    "010000050201000501",
    ISTH_DISSECT_OK,
    "role eap-supplicant\n"
    "authenticate 1 eap-identity (user “”)" },
  { "other-code",
    "010000050901000501",
    ISTH_DISSECT_OK,
    "" },
  { "length-lies",
    "010000200201000e01 \"bob@plant\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "eap-length-lies",
    "010000080201009901626f62",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "eap-too-short",
    "0100000402010002",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-method",
    "0100000402010004",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "key-cut-off",
    "010300020200",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "01010000", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0100000e0201000e01 \"bob@plant\"", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0700000e0201000e01 \"bob@plant\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0120000e0201000e01 \"bob@plant\"", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "01000100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0100", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x888e };

  isth_test_probes (&isth_dissector_eapol, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_eapol, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/eapol/probe", test_probe);
  return g_test_run ();
}
