/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Announcements name the grandmaster; a clock describes itself in management; settings have an outcome. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ptp;

static const IsthDissectCase cases[] = {
  { "announce",
    "0b020040 00*16 020000fffe0000010001000705 00*12 2500800621ffff7f000bb9fffe7f1007000120",
    ISTH_DISSECT_OK,
    "time-sync 11 announce (domain 0, grandmaster 000bb9fffe7f1007, priority 128/127, class 6)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-master", .to_group = true },
  { "announce-again",
    "0b020040 00*16 020000fffe0000010001000705 00*12 2500800621ffff7f000bb9fffe7f1007000120\n"
    "0b020040 00*16 020000fffe0000010001000805 00*12 2500800621ffff7f000bb9fffe7f1007000120",
    ISTH_DISSECT_OK,
    "time-sync 11 announce (domain 0, grandmaster 000bb9fffe7f1007, priority 128/127, class 6)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-master\n"
    "time-sync 11 announce (domain 0, grandmaster 000bb9fffe7f1007, priority 128/127, class 6)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-master" },
  { "announce-itself",
    "0b02004003 00*15 020000fffe0000010001000705 00*12 2500800621ffff7f020000fffe000001000120",
    ISTH_DISSECT_OK,
    "time-sync 11 announce (domain 3, grandmaster 020000fffe000001, priority 128/127, class 6)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-grandmaster" },
  { "sync",
    "0002002c 00*16 020000fffe00000100010007 00*12\n"
    "0802002c 00*16 020000fffe0000010001000702 00*11",
    ISTH_DISSECT_OK,
    "time-sync 0 sync (domain 0)\n"
    "role ptp-master\n"
    "time-sync 8 follow-up (domain 0)" },
  { "delay",
    "0102002c 00*16 020000fffe0000010001000701 00*11\n"
    "<09020036 00*16 020000fffe0000010001000703 00*21",
    ISTH_DISSECT_OK,
    "time-sync 1 delay-request (domain 0)\n"
    "time-sync 9 delay-response (domain 0)" },
  { "peer-delay",
    "02020036 00*16 020000fffe0000010001000705 00*21\n"
    "<03020036 00*16 020000fffe0000010001000705 00*21\n"
    "<0a020036 00*16 020000fffe0000010001000705 00*21",
    ISTH_DISSECT_OK,
    "time-sync 2 peer-delay-request (domain 0)\n"
    "time-sync 3 peer-delay-response (domain 0)\n"
    "time-sync 10 peer-delay-follow-up (domain 0)" },
  { "signaling",
    "0c02002c 00*16 020000fffe0000010001000705 00*11",
    ISTH_DISSECT_OK,
    "time-sync 12 signaling (domain 0)" },
  { "802-1as",
    "1002002c 00*16 020000fffe0000010001000705 00*11",
    ISTH_DISSECT_OK,
    "time-sync 0 sync (domain 0)\n"
    "role ptp-master" },
  { "clock-description",
    "0d020036 00*16 020000fffe000001000100070400 ff*10 01010000000100020001\n"
    "<0d02008a 00*17 0bb9fffe7f1007000100070400 ff*10 0101020000010056000180000a49454545203830322e33000602 00*4 "
    "01000100040a000001000bb9001141636d653b436c6f636b20353b534e34320b312e303b322e313b332e320e636c6f636b2d "
    "613b68616c6c2032 00*6",
    ISTH_DISSECT_OK,
    "identify 0 management-get (clock description)\n"
    "vendor = Acme (90)\n"
    "model = Clock 5 (90)\n"
    "serial = SN42 (90)\n"
    "hardware = 1.0 (90)\n"
    "firmware = 2.1 (90)\n"
    "software = 3.2 (90)\n"
    "name = clock-a (90)\n"
    "location = hall 2 (90)\n"
    "protocol_address = 000bb9fffe7f1007 (90)\n"
    "role ptp-clock\n"
    "= ok" },
  { "description-in-part",
    "<0d020068 00*16 020000fffe000001000100070400 ff*10 0101020000010034000180000a49454545203830322e33000602 00*4 "
    "01000100040a000001000bb9000441636d65043b322e31 00*7",
    ISTH_DISSECT_OK,
    "vendor = Acme (90)\n"
    "firmware = 2.1 (90)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-clock" },
  { "description-cut",
    "<0d02005e 00*16 020000fffe000001000100070400 ff*10 010102000001002a000180000a49454545203830322e33000602 00*4 "
    "01000100040a000001000bb9001141636d653b43",
    ISTH_DISSECT_OK,
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-clock" },
  { "set-priority",
    "0d020038 00*16 020000fffe000001000100070400 ff*10 010101000001000420050100\n"
    "<0d020038 00*16 020000fffe000001000100070400 ff*10 010102000001000420050100",
    ISTH_DISSECT_OK,
    "configure 1 management-set (priority 1)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-clock\n"
    "= ok" },
  { "set-refused",
    "0d020038 00*16 020000fffe000001000100070400 ff*10 010101000001000420050100\n"
    "<0d02003c 00*16 020000fffe000001000100070400 ff*10 010102000002000800052005 00*4",
    ISTH_DISSECT_OK,
    "configure 1 management-set (priority 1)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-clock\n"
    "= refused: not settable" },
  { "refused-otherwise",
    "0d020038 00*16 020000fffe000001000100070400 ff*10 010101000001000420050100\n"
    "<0d02003c 00*16 020000fffe000001000100070400 ff*10 0101020000020008fffe2005 00*4",
    ISTH_DISSECT_OK,
    "configure 1 management-set (priority 1)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "role ptp-clock\n"
    "= refused: error" },
  { "command-unknown-id",
    "0d020036 00*16 020000fffe000001000100070400 ff*10 0101030000010002c000",
    ISTH_DISSECT_OK,
    "configure 3 management-command (id 0xc000)" },
  { "padded",
    "0002002c 00*16 020000fffe00000100010007 00*14",
    ISTH_DISSECT_OK,
    "time-sync 0 sync (domain 0)\n"
    "role ptp-master" },
  { "version-3",
    "0003002c 00*16 020000fffe00000100010007 00*12",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "type-unknown",
    "04020036 00*16 020000fffe0000010001000705 00*21",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "00020063 00*16 020000fffe00000100010007 00*12",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-too-small",
    "0002002b 00*16 020000fffe00000100010007 00*12",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "management-without-object",
    "0d020030 00*16 020000fffe0000010001000704 00*15",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ptp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
