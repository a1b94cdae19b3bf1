/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ROC Plus: parameters, logins, files, histories; refused; messages of wrong length or check. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_roc_plus;

static const IsthDissectCase cases[] = {
  { "logins",
    "01020301110b4f503112344c4f474f5554b096\n"
    "01020301110d53455353494f4e4b45595f313365f2\n"
    "010203011147414c494345202020202020202020202020202020202020202020202020207878787878787878787878787878787878787878787878787878787878787878787878787878787805ff7d",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "authenticate 17 logout (operator OP1)\n"
    "role roc-plus-client\n"
    "authenticate 17 request-session-key\n"
    "role roc-plus-client\n"
    "authenticate 17 login (operator ALICE, password in clear (16 characters or more))" },
  { "refused",
    "0102030107002bbe\n"
    "< 03010102ff020100f88b\n"
    "010203017603000001bc27\n"
    "< 03010102ff026300d1eb",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 7 read-clock\n"
    "= refused: invalid opcode\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "role roc-plus-client\n"
    "read 118 read-alarm-log\n"
    "= refused: error 99\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "burst",
    "01020301b404015b000273ed\n"
    "01020301b404015b0003b22d\n"
    "0102030176030300008de7\n"
    "010203017603030003cde6\n"
    "0102030111064f50312345050ab0\n"
    "< 03010102b405015b000301cfa6\n"
    "< 03010102760103b5e2\n"
    "< 03010102760103b5e2\n"
    "< 03010102b405015b000241cfc6\n"
    "< 03010102ff021500f78b",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 180 read-parameters (point 91/0 parameter 2)\n"
    "role roc-plus-client\n"
    "read 180 read-parameters (point 91/0 parameter 3)\n"
    "role roc-plus-client\n"
    "read 118 read-alarm-log\n"
    "role roc-plus-client\n"
    "read 118 read-alarm-log\n"
    "role roc-plus-client\n"
    "authenticate 17 login (operator OP1, password in clear (a number of two bytes))\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "= refused: invalid login\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "burst-refused",
    "0102030107002bbe\n"
    "0102030176030300008de7\n"
    "< 03010102ff020100f88b\n"
    "< 0301010207081e2d0c0f0307e8031c29",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 7 read-clock\n"
    "role roc-plus-client\n"
    "read 118 read-alarm-log\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "lost-then-refused",
    "0102030107002bbe\n"
    "0102030107002bbe\n"
    "< 0301010207081e2d0c0f0307e8031c29\n"
    "0102030176030300008de7\n"
    "< 03010102ff020100f88b",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 7 read-clock\n"
    "role roc-plus-client\n"
    "read 7 read-clock\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)\n"
    "role roc-plus-client\n"
    "read 118 read-alarm-log\n"
    "= refused: invalid opcode\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "history",
    "010203010a01006e4c\n"
    "010203010b01003f8c\n"
    "01020301180100ce49\n"
    "01020301320100ef81\n"
    "010203016401000f91\n"
    "010203016901009e52\n"
    "010203016c01008e53\n"
    "01020301770100fe54\n"
    "01020301870100fe67\n"
    "01020301880100ce64\n"
    "010203018901009fa4\n"
    "010203018a01006fa4\n"
    "010203018b01003e64\n"
    "01020301cd0100dfb1\n"
    "01020301ce01002fb1\n"
    "01020301e101001e78",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 10 read-configurable-opcode\n"
    "role roc-plus-client\n"
    "write 11 write-configurable-opcode\n"
    "role roc-plus-client\n"
    "other 24 store-and-forward\n"
    "role roc-plus-client\n"
    "read 50 read-io-data\n"
    "role roc-plus-client\n"
    "read 100 read-user-defined-points\n"
    "role roc-plus-client\n"
    "read 105 read-history-definition\n"
    "role roc-plus-client\n"
    "read 108 read-history-database\n"
    "role roc-plus-client\n"
    "read 119 read-event-log\n"
    "role roc-plus-client\n"
    "read 135 read-history-point\n"
    "role roc-plus-client\n"
    "read 136 read-history-points\n"
    "role roc-plus-client\n"
    "read 137 read-history-index\n"
    "role roc-plus-client\n"
    "read 138 read-daily-history\n"
    "role roc-plus-client\n"
    "read 139 read-history-information\n"
    "role roc-plus-client\n"
    "other 205 peer-to-peer\n"
    "role roc-plus-client\n"
    "read 206 read-transaction-history\n"
    "role roc-plus-client\n"
    "other 225 acknowledge-report" },
  { "report-by-exception",
    "01020301e002000009f4",
    ISTH_DISSECT_OK,
    "report 224 report-by-exception" },
  { "delete-and-list",
    "01020301cb7e052f642f0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000078000000000000000000000000000000000000000000000000e9d8\n"
    "01020301cb66062f642f0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000bdf2\n"
    "01020301cb67402f642f000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e10b",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "configure 203 delete-file (file \"/d/x\")\n"
    "role roc-plus-client\n"
    "file 203 read-directory (file \"/d/\")\n"
    "role roc-plus-client\n"
    "file 203 read-directory (file \"/d/\")" },
  { "station-not-text",
    "01020301b404015b000273ed\n"
    "< 03010102b418015b00020101010101010101010101010101010101010101a126",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "read 180 read-parameters (point 91/0 parameter 2)\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "configuration-cut",
    "0102030106002a2e\n"
    "< 0301010206010135f8",
    ISTH_DISSECT_OK,
    "role roc-plus-client\n"
    "identify 6 read-system-configuration\n"
    "= ok\n"
    "role roc-plus-server\n"
    "protocol_address = 1.2 (90)" },
  { "mid-stream-answer",
    "< 03010102070100a5f8",
    ISTH_DISSECT_OK,
    "", .mid_stream = true },
  { "refusal-of-nothing",
    "< 03010102ff00dc24",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "0102030106",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "0102030107002bbe", ISTH_PROBE_STRONG, 8 },
  { "0102030107002bff", ISTH_PROBE_NO, 8 },
  { "01020301 01 00 0000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "01020301 06 09", ISTH_PROBE_NO, 17 },
  { "010203", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "01", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "0102030406", ISTH_PROBE_NO, ISTH_PDU_MORE },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_roc_plus, &(IsthPacket) { .layer = ISTH_LAYER_TCP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_roc_plus, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/roc-plus/probe", test_probe);
  return g_test_run ();
}
