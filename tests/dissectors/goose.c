/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repetitions are one stream; new states, numbers that go back, tests and unfinished configurations are told apart. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_goose;

static const IsthDissectCase cases[] = {
  { "publish",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)", .to_group = true },
  { "again",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640\n"
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601028701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)" },
  { "state-change",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640\n"
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501068601008701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "report - state-change (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)" },
  { "state-number-back",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640\n"
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501018601008701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "report - state-number-back (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2: from 5 to 1)" },
  { "test-flag",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701018801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - test (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "simulated",
    "3001007d800000006173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130 "
    "354c44302f4c4c4e3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - test (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "needs-commissioning",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901018a0102ab0783010184020640\n"
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601028701008801028901018a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - needs-commissioning (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)" },
  { "two-blocks",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640\n"
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f42810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_B, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_B (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "no-id-no-data-set",
    "3001004e 00*4 6144801941413143315130354c44302f4c4c4e3024474f246763625f41810207d08408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "no-slash",
    "30010067 00*4 "
    "615d8003676362810207d0821e41413143315130354c44302f4c4c4e3024496e7465726c6f636b696e6741830d496e746572 "
    "6c6f636b696e67418408 00*8 8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (gcb, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = gcb (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)" },
  { "late-is-not-at-once",
    "3001007c 00*4 "
    "6172801941413143315130354c44302f4c4c4e3024474f246763625f41810100821e41413143315130354c44302f4c4c4e30 "
    "24496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640\n"
    "3001007c 00*4 "
    "6172801941413143315130354c44302f4c4c4e3024474f246763625f41810100821e41413143315130354c44302f4c4c4e30 "
    "24496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601028701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)\n"
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)" },
  { "long-form",
    "300100f4 00*4 "
    "6181e9801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c "
    "4e3024496e7465726c6f636b696e6741838182 49*130 8408 00*8 8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "padded",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640 00*20",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  /* The capture cut them: what stands in front of the cut counts, and nothing is said of states that are not there. */
  { "cut-in-the-values",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001, revision 2)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)", .to_group = true, .captured = 120 },
  { "cut-in-the-time",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)", .to_group = true, .captured = 94 },
  { "cut-in-the-data-set",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "report - publish (AA1C1Q05LD0/LLN0$GO$gcb_A, application 0x3001)\n"
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)", .to_group = true, .captured = 60 },
  { "cut-in-the-reference",
    "3001007d 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_OK,
    "", .to_group = true, .captured = 30 },
  { "no-state",
    "3001007a 00*4 "
    "6170801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "no-reference",
    "30010062 00*4 "
    "6158810207d0821e41413143315130354c44302f4c4c4e3024496e7465726c6f636b696e6741830d496e7465726c6f636b69 "
    "6e67418408 00*8 8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "empty-reference",
    "30010064 00*4 "
    "615a8000810207d0821e41413143315130354c44302f4c4c4e3024496e7465726c6f636b696e6741830d496e7465726c6f63 "
    "6b696e67418408 00*8 8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "300101 00*5 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "protocol_address = AA1C1Q05LD0/LLN0$InterlockingA (90)\n"
    "protocol_address = InterlockingA (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "length-too-small",
    "30010007 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-cuts",
    "30010030 00*4 "
    "6173801941413143315130354c44302f4c4c4e3024474f246763625f41810207d0821e41413143315130354c44302f4c4c4e "
    "3024496e7465726c6f636b696e6741830d496e7465726c6f636b696e67418408 00*8 "
    "8501058601018701008801028901008a0102ab0783010184020640",
    ISTH_DISSECT_MALFORMED,
    "role goose-publisher\n"
    "protocol_address = AA1C1Q05LD0/LLN0$GO$gcb_A (90)\n"
    "plant_tag = AA1C1Q05LD0 (90)" },
  { "number-too-long",
    "3001001d 00*4 61138003612f628109 01*9 850101",
    ISTH_DISSECT_MALFORMED,
    "role goose-publisher\n"
    "protocol_address = a/b (90)\n"
    "plant_tag = a (90)" },
  { "revision-too-long",
    "3001001d 00*4 61138003612f628501018809 01*9",
    ISTH_DISSECT_MALFORMED,
    "role goose-publisher\n"
    "protocol_address = a/b (90)\n"
    "plant_tag = a (90)" },
  { "tag-lies",
    "30010026 00*4 611c1f1a 61*26",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "sampled-values",
    "40010068 00*4 605e800101a259305780064d5530303031820201188304000000018501028740 00*64",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_goose, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
