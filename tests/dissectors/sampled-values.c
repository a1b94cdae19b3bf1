/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each sampled value is one stream, whatever number of samples a frame holds; a loss of synchronisation is told. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sampled_values;

static const IsthDissectCase cases[] = {
  { "publish",
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)", .to_group = true },
  /* The capture ends in the revision, in the samples of the first of two, in the name. */
  { "cut-in-the-revision",
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)", .to_group = true, .captured = 34 },
  { "cut-in-the-samples",
    "400100c3 00*4 6081b8800102a281b2305780064d5530303031820201188304000000018501028740 00*64 "
    "305780064d5530303032820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)", .to_group = true, .captured = 60 },
  { "cut-in-the-name",
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "", .to_group = true, .captured = 22 },
  { "three-samples",
    "4001011e 00*4 60820112800103a282010b305780064d5530303031820201188304000000018501028740 00*64 "
    "305780064d5530303031820201188304000000018501028740 00*64 305780064d5530303031820201188304000000018501028740 "
    "00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)\n"
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "report - publish (MU0001, application 0x4001, revision 1)" },
  { "two-streams",
    "400100c3 00*4 6081b8800102a281b2305780064d5530303031820201188304000000018501028740 00*64 "
    "305780064d5530303032820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)\n"
    "report - publish (MU0002, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0002 (90)\n"
    "report - synchronisation (MU0002, application 0x4001, revision 1: by a global clock)" },
  { "data-set-and-rate",
    "40010080 00*4 "
    "6076800101a271306f80064d553030303181124d5530312f4c4c4e30245068734d6561733182020118830400000001850102 "
    "86020fa08740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, MU01/LLN0$PhsMeas1, application 0x4001, revision 1, 4000 samples)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "protocol_address = MU01/LLN0$PhsMeas1 (90)\n"
    "report - synchronisation (MU0001, MU01/LLN0$PhsMeas1, application 0x4001, revision 1, 4000 samples: by a global clock)" },
  { "synchronisation-lost",
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501028740 00*64\n"
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501008740 00*64\n"
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501018740 00*64\n"
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501078740 00*64",
    ISTH_DISSECT_OK,
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)\n"
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: not synchronised)\n"
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a local clock)\n"
    "report - publish (MU0001, application 0x4001, revision 1)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a clock of its own area)" },
  { "simulated",
    "4001006880000000605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_OK,
    "report - test (MU0001, application 0x4001, revision 1)\n"
    "role sampled-values-publisher\n"
    "protocol_address = MU0001 (90)\n"
    "report - synchronisation (MU0001, application 0x4001, revision 1: by a global clock)" },
  { "no-samples",
    "40010026 00*4 601c800101a217301580064d553030303182020118830400000001850102",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-id",
    "40010062 00*4 6058800101a25330518000820201188304000000018501028740 00*64",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-units",
    "4001000f 00*4 6005800100a200",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-unit",
    "40010014 00*4 600a800101a2053103616263",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "number-too-long",
    "40010021 00*4 6017800101a21230108001618309 01*9 8700",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "rate-too-long",
    "40010021 00*4 6017800101a21230108001618609 01*9 8700",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-list",
    "3001000d 00*4 6003800101",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "400101 00*5 605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "goose",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_sampled_values, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
