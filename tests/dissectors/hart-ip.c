/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HART commands through HART-IP, asked, answered and refused; what instruments say they are; and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_hart_ip;

static const IsthDissectCase cases[] = {
  { "session",
    "010000000001000d0100007530"
    "\n< 010100000001000d010000ea60"
    "\n0100020000020008"
    "\n< 0101020000020008"
    "\n0100010000030008"
    "\n< 0101010000030008",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nother 0 session-initiate (primary master)"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nother 2 keep-alive"
    "\n= ok"
    "\nother 1 session-close"
    "\n= ok" },
  { "session-refused",
    "010000000001000d0000007530"
    "\n< 0101000f0001000d0000007530",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nother 0 session-initiate (secondary master)"
    "\nrole hart-ip-server"
    "\n= refused: status 15" },
  { "own-identity",
    "010003000002000d0280000082"
    "\n< 0101030000020025068000180000fe264e050704010e0c0000d2050200020000260026845e"
    "\n010003000003001182a64e0000d21400ac"
    "\n< 010103000003003386a64e0000d21422000077696861727467770000000000000000000000000000000000000000000000008b"
    "\n010003000004001182a64e0000d20100b9"
    "\n< 010103000004001886a64e0000d201070000fb0000000041",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nvendor = Rosemount (90)"
    "\nvendor_id = 38 (90)"
    "\ndevice_type_id = 0x264e (90)"
    "\nfirmware = 1 (90)"
    "\nhardware = 1 (90)"
    "\nserial = 0000d2 (90)"
    "\ndescription = HART 7 device, revision 4 (90)"
    "\nprotocol_address = 264e0000d2 (90)"
    "\nidentify 20 read-long-tag"
    "\n= ok"
    "\nplant_tag = wihartgw (90)"
    "\nread 1 read-primary-variable"
    "\n= ok" },
  { "child-identity",
    "010003000002001182a64e0000d20000b8"
    "\n< 010103000002002986a64e0000d200180000fe264e050704010e0c0000d20502000200002600268464"
    "\n010003000003001182a64e0000d20d00b5"
    "\n< 010103000003002886a64e0000d20d170000514b71c3182048504350f4a050535082082001017cec"
    "\n010003000004001182a64e0000d20c00b4"
    "\n< 010103000004002b86a64e0000d20c1a00000c1309092054144802660441820820820820820820820820bc"
    "\n010003000005001182a64e0000d21400ac"
    "\n< 010103000005003386a64e0000d21422000054542d313031000000000000000000000000000000000000000000000000000097"
    "\n010003000006001182a64e0000d21000a8"
    "\n< 010103000006001686a64e0000d210050000000001a8",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\nvendor = Rosemount (90) @hart:264e0000d2"
    "\nvendor_id = 38 (90) @hart:264e0000d2"
    "\ndevice_type_id = 0x264e (90) @hart:264e0000d2"
    "\nfirmware = 1 (90) @hart:264e0000d2"
    "\nhardware = 1 (90) @hart:264e0000d2"
    "\nserial = 0000d2 (90) @hart:264e0000d2"
    "\ndescription = HART 7 device, revision 4 (90) @hart:264e0000d2"
    "\nprotocol_address = 264e0000d2 (90) @hart:264e0000d2"
    "\nidentify 13 read-tag-descriptor-date @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\nplant_tag = TT-101 (80) @hart:264e0000d2"
    "\ndescription = REACTOR TEMP (80) @hart:264e0000d2"
    "\nidentify 12 read-message @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\ndescription = CALIBRATED BY QA (70) @hart:264e0000d2"
    "\nidentify 20 read-long-tag @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\nplant_tag = TT-101 (90) @hart:264e0000d2"
    "\nidentify 16 read-final-assembly-number @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2" },
  { "identity-of-revision-5",
    "010003000002000d0283000081"
    "\n< 010103000002001b0683000e0000fe1a0805050203100000012354",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier @hart-poll:3"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nchild hart-poll:3"
    "\nvendor = ABB (90) @hart-poll:3"
    "\nvendor_id = 26 (90) @hart-poll:3"
    "\ndevice_type_id = 0x1a08 (90) @hart-poll:3"
    "\nfirmware = 3 (90) @hart-poll:3"
    "\nhardware = 2 (90) @hart-poll:3"
    "\nserial = 000123 (90) @hart-poll:3"
    "\ndescription = HART 5 device, revision 2 (90) @hart-poll:3"
    "\nprotocol_address = 1a08000123 (90) @hart-poll:3" },
  /* Packed text of zero bits, "@@@@@@@@", is a tag that nobody wrote. */
  { "empty-tag",
    "010003000002001182a64e0000d20d00b5"
    "\n< 010103000002002886a64e0000d20d170000000000000000000000000000000000000000000000a6",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 13 read-tag-descriptor-date @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nchild hart:264e0000d2" },
  { "to-all",
    "01000300000200178200000000000b060000000000008f",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 11 read-unique-identifier-by-tag" },
  { "by-tag",
    "010003000002001302800b06514b71c318201f"
    "\n< 010103000002002506800b180000fe264e050704010e0c0000d20502000200002600268455"
    "\n010003000003002d0280152054542d3130310000000000000000000000000000000000000000000000000000aa",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 11 read-unique-identifier-by-tag"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nvendor = Rosemount (90)"
    "\nvendor_id = 38 (90)"
    "\ndevice_type_id = 0x264e (90)"
    "\nfirmware = 1 (90)"
    "\nhardware = 1 (90)"
    "\nserial = 0000d2 (90)"
    "\ndescription = HART 7 device, revision 4 (90)"
    "\nprotocol_address = 264e0000d2 (90)"
    "\nidentify 21 read-unique-identifier-by-long-tag (TT-101)" },
  { "variables",
    "010003000001001182a64e0000d20300bb"
    "\n010003000002001282a64e0000d2090100b0"
    "\n010003000003001582a64e0000d2090400010203b5"
    "\n010003000004001282a64e0000d221010098"
    "\n010003000005001182a64e0000d20200ba"
    "\n010003000006001182a64e0000d20700bf"
    "\n010003000007001182a64e0000d20800b0"
    "\n010003000008001182a64e0000d20e00b6"
    "\n010003000009001182a64e0000d20f00b7"
    "\n01000300000a001182a64e0000d2300088"
    "\n< 01010300000a001586a64e0000d230040000000088",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nread 3 read-dynamic-variables @hart:264e0000d2"
    "\nread 9 read-device-variables-with-status (variable 0) @hart:264e0000d2"
    "\nread 9 read-device-variables-with-status (variables from 0) @hart:264e0000d2"
    "\nread 33 read-device-variables (variable 0) @hart:264e0000d2"
    "\nread 2 read-loop-current @hart:264e0000d2"
    "\nread 7 read-loop-configuration @hart:264e0000d2"
    "\nread 8 read-variable-classifications @hart:264e0000d2"
    "\nidentify 14 read-transducer-information @hart:264e0000d2"
    "\nread 15 read-device-information @hart:264e0000d2"
    "\ndiagnose 48 read-additional-status @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nchild hart:264e0000d2" },
  { "variables-again",
    "010003000001001282a64e0000d2090100b0"
    "\n< 010103000001001c86a64e0000d2090b0000000000000000000000be"
    "\n010003000002001282a64e0000d2090100b0"
    "\n< 010103000002001c86a64e0000d2090b0000000000000000000000be",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nread 9 read-device-variables-with-status (variable 0) @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\nread 9 read-device-variables-with-status (variable 0) @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2" },
  /* What a request carries is the device's only once it took it. */
  { "writes",
    "010003000001001382a64e0000d206020100bd"
    "\n< 010103000001001586a64e0000d2060407000100b8"
    "\n010003000002002982a64e0000d21118000000000000000000000000000000000000000000000000b1"
    "\n010003000003002682a64e0000d21215000000000000000000000000000000000000000000bf"
    "\n010003000004003182a64e0000d2162054542d313032000000000000000000000000000000000000000000000000000090"
    "\n< 010103000004003386a64e0000d21622000054542d313032000000000000000000000000000000000000000000000000000096"
    "\n010003000005001a82a64e0000d2230900000000000000000092"
    "\n010003000006001582a64e0000d228044140000095"
    "\n< 010103000006001786a64e0000d228060800414000009b"
    "\n010003000007001182a64e0000d22a0092"
    "\n010003000008001282a64e0000d2470101ff"
    "\n010003000009001982a64e0000d24f080000000000000000ff"
    "\n01000300000a001a82a64e0000d25909000000000000000000e8",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nconfigure 6 write-polling-address @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= refused: in write protect mode"
    "\nchild hart:264e0000d2"
    "\nconfigure 17 write-message @hart:264e0000d2"
    "\nconfigure 18 write-tag-descriptor-date @hart:264e0000d2"
    "\nconfigure 22 write-long-tag (TT-102) @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2"
    "\nconfigure 35 write-range-values @hart:264e0000d2"
    "\ncontrol 40 fixed-current-mode @hart:264e0000d2"
    "\n= ok: warning 8"
    "\nchild hart:264e0000d2"
    "\ncontrol 42 device-reset @hart:264e0000d2"
    "\ncontrol 71 lock-device @hart:264e0000d2"
    "\ncontrol 79 write-device-variable @hart:264e0000d2"
    "\ntime-sync 89 set-clock @hart:264e0000d2" },
  { "codes",
    "010003000001001182a64e0000d20000b8"
    "\n< 010103000001001386a64e0000d20002880036"
    "\n010003000002001182a64e0000d20000b8"
    "\n< 010103000002001386a64e0000d200024000fe"
    "\n010003000003001182a64e0000d20000b8"
    "\n< 010103000003001386a64e0000d200024d00f3"
    "\n010003000004001182a64e0000d20000b8"
    "\n< 010103000004001386a64e0000d200027100cf"
    "\n010003000005001182a64e0000d20000b8"
    "\n< 010103000005001386a64e0000d2000221009f"
    "\n010003000006001182a64e0000d20000b8"
    "\n< 010103000006001386a64e0000d200021b00a5",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\nrole hart-ip-server"
    "\n= refused: communication error"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\n= refused: command not implemented"
    "\nchild hart:264e0000d2"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\n= refused: response code 77"
    "\nchild hart:264e0000d2"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\n= ok: response code 113"
    "\nchild hart:264e0000d2"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\n= ok: delayed response initiated"
    "\nchild hart:264e0000d2"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\n= ok: response code 27"
    "\nchild hart:264e0000d2" },
  { "extended-command",
    "010003000001001382a64e0000d21f020300a6"
    "\n010003000002001382a64e0000d21f020016b3"
    "\n010003000003001182a64e0000d282003a",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nother 768 command (command 768) @hart:264e0000d2"
    "\nconfigure 22 write-long-tag @hart:264e0000d2"
    "\nother 130 command (command 130) @hart:264e0000d2" },
  { "common-practice",
    "010003000001001382a64e0000d21f02020800"
    "\n010003000002003382a64e0000d21f220209414141414141414141414141414141414141414141414141414141414141414100"
    "\n010003000003001482a64e0000d21f03020e0100"
    "\n010003000004001282a64e0000d264010000",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 520 read-process-unit-tag @hart:264e0000d2"
    "\nconfigure 521 write-process-unit-tag @hart:264e0000d2"
    "\ncontrol 526 status-simulation-mode @hart:264e0000d2"
    "\nconfigure 100 write-alarm-code @hart:264e0000d2" },
  { "secrets",
    "01000400000100130000021d06736563726574"
    "\n< 01010400000100140000021d0700736563726574"
    "\n010003000002001982a64e0000d21f08021e73656372657400"
    "\n< 010103000002001b86a64e0000d21f0a0000021e73656372657400",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nconfigure 541 write-client-password (password in clear)"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nconfigure 542 write-client-key (key in clear) @hart:264e0000d2"
    "\n= ok"
    "\nchild hart:264e0000d2" },
  { "sub-device",
    "010003000001000f028054020001d5"
    "\n< 010103000001003d068054300000000100000011261100abcd0754542d32303500000000000000000000000000000000000000000000000000000100bf",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 84 read-sub-device-identity"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nrole gateway"
    "\nchild hart:261100abcd"
    "\nvendor = Endress+Hauser (75) @hart:261100abcd"
    "\ndevice_type_id = 0x2611 (75) @hart:261100abcd"
    "\nserial = 00abcd (75) @hart:261100abcd"
    "\nplant_tag = TT-205 (75) @hart:261100abcd" },
  { "published",
    "< 010203000000001d81a64e0000d2030c000000000000000000000000b4"
    "\n< 010203000000001d81a64e0000d2030c000000000000000000000000b4",
    ISTH_DISSECT_OK,
    "role hart-ip-server"
    "\nchild hart:264e0000d2"
    "\nreport 3 publish (command 3 of hart:264e0000d2)"
    "\nchild hart:264e0000d2"
    "\nreport 3 publish (command 3 of hart:264e0000d2)" },
  { "direct",
    "0100040000190010 0000 0000 00 0003 00 0014 00"
    "\n< 0101040000190040 0000 0000 17 00 fef9fd000702324e0095266f0003000a0100f900f941 0003 01 00 0014 15 07 00*20"
    "\n010004000029000e 0000 0036 01 00"
    "\n< 010104000029000e 0000 0036 01 02",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier"
    "\nread 3 read-dynamic-variables"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nvendor_id = 249 (90)"
    "\ndevice_type_id = 0xf9fd (90)"
    "\nfirmware = 50 (90)"
    "\nhardware = 9 (90)"
    "\nserial = 95266f (90)"
    "\ndescription = HART 7 device, revision 2 (90)"
    "\nprotocol_address = 39fd95266f (90)"
    "\n= ok"
    "\nread 54 read-device-variable-information"
    "\n= refused: invalid selection" },
  { "direct-lies",
    "010004000029000e 0000 0036 ff 00",
    ISTH_DISSECT_MALFORMED,
    "role hart-ip-client" },
  { "error-and-others",
    "0200040000010008"
    "\n< 020f040200010008"
    "\n0200050000020008"
    "\n0200070000030008",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nrole hart-ip-server"
    "\ndiagnose 5 read-audit-log"
    "\nother 7 message" },
  { "mid-stream-answer",
    "< 010103000002003386a64e0000d21422000077696861727467770000000000000000000000000000000000000000000000008b",
    ISTH_DISSECT_OK,
    "role hart-ip-server"
    "\nchild hart:264e0000d2"
    "\nplant_tag = wihartgw (90) @hart:264e0000d2", .mid_stream = true },
  { "tcp",
    "010000000001000d0100007530"
    "\n< 010100000001000d010000ea60"
    "\n010003000002001182a64e0000d20100b9",
    ISTH_DISSECT_OK,
    "role hart-ip-client"
    "\nother 0 session-initiate (primary master)"
    "\nrole hart-ip-server"
    "\n= ok"
    "\nread 1 read-primary-variable @hart:264e0000d2", .tcp = true },
  { "count-lies",
    "010003000001001182a64e0000d200ff00",
    ISTH_DISSECT_MALFORMED,
    "role hart-ip-client" },
  { "answer-too-short",
    "010003000001001182a64e0000d20000b8"
    "\n< 010103000001001286a64e0000d2000100bd",
    ISTH_DISSECT_MALFORMED,
    "role hart-ip-client"
    "\nidentify 0 read-unique-identifier @hart:264e0000d2"
    "\nrole hart-ip-server" },
  { "frame-of-no-kind",
    "010003000001001184a64e0000d2000000",
    ISTH_DISSECT_MALFORMED,
    "role hart-ip-client" },
  { "length-lies",
    "01000300 0001 0040 82",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "010003",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-hart",
    "03000300 0001 0009 82",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "010000000001000d0100007530", ISTH_PROBE_STRONG, 0, .layer = ISTH_LAYER_UDP },
  { "010003000001001182a64e0000d20000b8", ISTH_PROBE_STRONG, 0, .layer = ISTH_LAYER_UDP },
  { "010103000001002986a64e0000d200180000fe264e050704010e0c0000d20502000200002600268464", ISTH_PROBE_STRONG, 0, .layer = ISTH_LAYER_UDP },
  { "0100020000020008", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "010003000001001184a64e0000d2000000", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "010000000001000d0500007530", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "0100 0000 0000 000d", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "0100 0001 0000 0000 0000", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP }, /* DNS */
  { "010000000001000d0100007530 0100", ISTH_PROBE_WEAK, 13, .layer = ISTH_LAYER_TCP },
  { "0100", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "0100 0005 0000", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_hart_ip, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_hart_ip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/hart-ip/probe", test_probe);
  return g_test_run ();
}
