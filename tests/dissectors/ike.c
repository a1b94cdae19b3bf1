/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IKE: both versions, vendor ids, names in clear, refusals; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ike;

static const IsthDissectCase cases[] = {
  { "main-mode",
    "\"initiatr\" 00*8 01100200*8 "
    "a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1"
    "c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16\n"
    "< \"initiatrrespondr\" 01100200*8 "
    "640d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b0001000000148299031757a360"
    "82c6a621de0005027d\n"
    "\"initiatrrespondr\" 0510020100*7 5c00000040a5*60\n"
    "< \"initiatrrespondr\" 0510020100*7 5c00000040a5*60",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "banner = dead peer detection (60)\n"
    "software = Microsoft Windows (60)\n"
    "banner = FLEXVPN-SUPPORTED (60)\n"
    "authenticate 2 main-mode (IKEv1, AES-256)\n"
    "role ike-responder\n"
    "software = Fortinet FortiOS (60)\n"
    "= ok" },
  { "aggressive-mode",
    "\"initiatr\" 00*8 01100400*8 "
    "b90400003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010a0000 44 6b*64 "
    "05000014 6e*16 00000011031101f4 \"bob@plant\"\n"
    "< \"initiatrrespondr\" 01100400*8 "
    "620500003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b000100000012021101f4 "
    "\"gate.plant\"",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "authenticate 4 aggressive-mode (IKEv1, AES-256, user “bob@plant”)\n"
    "role ike-responder\n"
    "hostname = gate.plant (60)\n"
    "= ok" },
  { "refused",
    "\"initiatr\" 00*8 01100200*8 "
    "a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1"
    "c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16\n"
    "< \"initiatrrespondr\" 0b100500*8 280000000c000000010100000e",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "banner = dead peer detection (60)\n"
    "software = Microsoft Windows (60)\n"
    "banner = FLEXVPN-SUPPORTED (60)\n"
    "authenticate 2 main-mode (IKEv1, AES-256)\n"
    "role ike-responder\n"
    "= refused: no proposal chosen" },
  { "version-2",
    "\"initiatr\" 00*8 2120220800*7 982200001800000014010100010000000c01000014800e0100280000 2c 6b*40 2b 0000 24 6e*32 "
    "00000014882fe56d6fd20dbc22 \"Qa;.\" be5beb\n"
    "< \"initiatrrespondr! \" 222000*7 602200001800000014010100010000000c01000014800e0100000000 2c 6b*40\n"
    "\"initiatrrespondr. #\" 08000000010000007000000054a5*80",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "software = strongSwan (60)\n"
    "authenticate 34 sa-init (IKEv2, AES-GCM-16-256)\n"
    "role ike-responder\n"
    "= ok" },
  { "version-2-refused",
    "\"initiatr\" 00*8 2120220800*7 982200001800000014010100010000000c01000014800e0100280000 2c 6b*40 2b 0000 24 6e*32 "
    "00000014882fe56d6fd20dbc22 \"Qa;.\" be5beb\n"
    "< \"initiatrrespondr) \" 222000*7 24000000080000000e",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "software = strongSwan (60)\n"
    "authenticate 34 sa-init (IKEv2, AES-GCM-16-256)\n"
    "role ike-responder\n"
    "= refused: no proposal chosen" },
  { "keep-alive",
    "\"initiatr\" 00*8 2120220800*7 982200001800000014010100010000000c01000014800e0100280000 2c 6b*40 2b 0000 24 6e*32 "
    "00000014882fe56d6fd20dbc22 \"Qa;.\" be5beb\n"
    "ff",
    ISTH_DISSECT_OK,
    "role ike-initiator\n"
    "software = strongSwan (60)\n"
    "authenticate 34 sa-init (IKEv2, AES-GCM-16-256)", .pieces = true },
  { "answer-first",
    "< \"initiatrrespondr\" 01100200*8 "
    "640d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b0001000000148299031757a360"
    "82c6a621de0005027d",
    ISTH_DISSECT_OK,
    "role ike-responder\n"
    "software = Fortinet FortiOS (60)", .mid_stream = true },
  { "payload-lies",
    "\"initiatr\" 00*8 0d100200*8 240000ffff \"abcd\"",
    ISTH_DISSECT_MALFORMED,
    "role ike-initiator" },
  { "no-version",
    "\"initiatr\" 00*8 2120220800*7 982200001800000014010100010000000c01000014800e0100280000 2c 6b*40 2b 0000 24 6e*32 "
    "00000014882fe56d6fd20dbc22 \"Qa;.\" be5beb\n"
    "\"initiatr\" 00*8 01300200*8 "
    "a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1"
    "c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16",
    ISTH_DISSECT_NOT_MINE,
    "role ike-initiator\n"
    "software = strongSwan (60)\n"
    "authenticate 34 sa-init (IKEv2, AES-GCM-16-256)", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"initiatr\" 00*8 01100200*8 a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16", ISTH_PROBE_STRONG },
    { "\"initiatr\" 00*8 2120220800*7 982200001800000014010100010000000c01000014800e0100280000 2c 6b*40 2b 0000 24 6e*32 00000014882fe56d6fd20dbc22 \"Qa;.\" be5beb", ISTH_PROBE_STRONG },
    { "\"initiatr\" 00*8 01100200*8 550000003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b0001", ISTH_PROBE_NO },
    { "\"initiatr\" 00*8 01300200*8 a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16", ISTH_PROBE_NO },
    { "ff", ISTH_PROBE_NO },
    { "00*16 01100200*8 a50d00003400000001000000010000002801010001000000200101000080010007800200028004000280030001800e0100800b00010d000014afcad71368a1f1c96b8696fc775701000d0000181e2b516905991c7d7c96fcbfb587e461000000090d000015 \"FLEXVPN-SUPPORTED\" 0000001400*16", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ike, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ike, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ike/probe", test_probe);
  return g_test_run ();
}
