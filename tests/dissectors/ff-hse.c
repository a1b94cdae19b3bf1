/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FOUNDATION Fieldbus HSE: sessions, tags, identities, FMS, transfers; headers and trailers that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ff_hse;

static const IsthDissectCase cases[] = {
  { "session",
    "01c00481000000000000004c00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000700000001\n"
    "< 01c00681000000000000002804010000000000000000000000000000000000000000000700000001\n"
    "01c0048300000000000000140000000700000001",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "other 1 open-session\n"
    "role ff-hse-server\n"
    "= refused: resource: code 1\n"
    "role ff-hse-client\n"
    "other 3 idle" },
  { "fms-by-name",
    "01c00c8000000000000000140000000700000000\n"
    "01c00c8400000000000000140000000700000004\n"
    "01c00c8700000000000000140000000700000007\n"
    "01c00c8800000000000000140000000700000008\n"
    "01c00c8900000000000000140000000700000009\n"
    "01c00c8a0000000000000014000000070000000a\n"
    "01c00c8b0000000000000014000000070000000b\n"
    "01c00c8f0000000000000014000000070000000f\n"
    "01c00c9000000000000000140000000700000010\n"
    "01c00c9100000000000000140000000700000011\n"
    "01c00c9200000000000000140000000700000012\n"
    "01c00c9500000000000000140000000700000015\n"
    "01c00c9600000000000000140000000700000016\n"
    "01c00c9700000000000000140000000700000017\n"
    "01c00c9800000000000000140000000700000018\n"
    "01c00c9900000000000000140000000700000019\n"
    "01c00c9c0000000000000014000000070000001c\n"
    "01c00c9d0000000000000014000000070000001d\n"
    "01c00c9e0000000000000014000000070000001e\n"
    "01c00ce000000000000000140000000700000060",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "diagnose 0 status\n"
    "role ff-hse-client\n"
    "read 4 get-object-dictionary\n"
    "role ff-hse-client\n"
    "configure 7 define-variable-list\n"
    "role ff-hse-client\n"
    "configure 8 delete-variable-list\n"
    "role ff-hse-client\n"
    "program 9 initiate-download\n"
    "transfer program begin\n"
    "other 10 download-segment\n"
    "other 11 terminate-download\n"
    "transfer program end to 10.0.0.1\n"
    "role ff-hse-client\n"
    "program 15 request-domain-download\n"
    "role ff-hse-client\n"
    "upload 16 request-domain-upload\n"
    "role ff-hse-client\n"
    "configure 17 create-program\n"
    "role ff-hse-client\n"
    "configure 18 delete-program\n"
    "role ff-hse-client\n"
    "control 21 resume\n"
    "role ff-hse-client\n"
    "control 22 reset\n"
    "role ff-hse-client\n"
    "control 23 kill\n"
    "role ff-hse-client\n"
    "configure 24 alter-event-monitoring\n"
    "role ff-hse-client\n"
    "control 25 acknowledge-event\n"
    "role ff-hse-client\n"
    "configure 28 initiate-put-object-dictionary\n"
    "role ff-hse-client\n"
    "configure 29 put-object-dictionary\n"
    "role ff-hse-client\n"
    "configure 30 terminate-put-object-dictionary\n"
    "role ff-hse-client\n"
    "other 96 initiate" },
  { "reports",
    "< 01c00c00000514000000001c00000105000000020000000700000001\n"
    "< 01c00c01000514000000001c00000105000000020000000700000001\n"
    "< 01c00c02000514000000001c00000105000000020000000700000001\n"
    "< 01c00c10000514000000001c00000105000000020000000700000001\n"
    "< 01c00c11000514000000001c00000105000000020000000700000001\n"
    "< 01c00c12000514000000001c00000105000000020000000700000001\n"
    "< 01c00c70000514000000001c00000105000000020000000700000001",
    ISTH_DISSECT_OK,
    "child ff-h1:5.20\n"
    "report 0 information-report (index 261)\n"
    "child ff-h1:5.20\n"
    "report 1 unsolicited-status\n"
    "child ff-h1:5.20\n"
    "report 2 event-notification\n"
    "child ff-h1:5.20\n"
    "report 16 information-report-subindex (index 261.2)\n"
    "child ff-h1:5.20\n"
    "report 17 information-report-on-change (index 261)\n"
    "child ff-h1:5.20\n"
    "report 18 information-report-on-change-subindex (index 261.2)\n"
    "child ff-h1:5.20\n"
    "other 112 abort" },
  { "redundancy",
    "01c0100100000000000000140000000700000001\n"
    "01c0108100000000000000140000000700000001\n"
    "01c0108200000000000000140000000700000002\n"
    "01c0108300000000000000140000000700000003",
    ISTH_DISSECT_OK,
    "diagnose 1 redundancy-diagnosis\n"
    "role ff-hse-client\n"
    "read 1 get-redundancy-information\n"
    "role ff-hse-client\n"
    "configure 2 put-redundancy-information\n"
    "role ff-hse-client\n"
    "read 3 get-redundancy-statistics" },
  { "assignment",
    "01c0088e000000000000007c44455620202020202020202020202020202020202020202020202020202020205441472020202020202020202020202020202020202020202020202020202020000000000000000000000000000000000000000000000000000000000000000000000000000000000000000700000001\n"
    "01c0088f0000000000000054444556202020202020202020202020202020202020202020202020202020202054414720202020202020202020202020202020202020202020202020202020200000000700000001",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "configure 14 set-assignment (tag TAG)\n"
    "role ff-hse-client\n"
    "configure 15 clear-assignment (tag TAG)" },
  { "download-asked-by-the-device",
    "01c00c89000000000000001800000302000000070000000f\n"
    "< 01c00d890000000000000014000000070000000f\n"
    "< 01c00c8a0000000000000018000003020000000700000001\n"
    "01c00d8a000000000000001c01000000555555550000000700000001\n"
    "< 01c00c8a0000000000000018000003020000000700000002\n"
    "01c00e8a00000000000000200102000000000000000000000000000700000002\n"
    "< 01c00c8b000000000000001c00000302000000000000000700000003\n"
    "01c00d8b00000000000000140000000700000003",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "program 9 initiate-download (index 770)\n"
    "transfer program begin (index 770)\n"
    "role ff-hse-server\n"
    "= ok\n"
    "other 10 download-segment (index 770)\n"
    "= ok\n"
    "transfer program data 4/0\n"
    "other 10 download-segment (index 770)\n"
    "= refused\n"
    "other 11 terminate-download (index 770)\n"
    "transfer program end (index 770) to 10.0.0.2\n"
    "= ok" },
  { "upload",
    "01c00c8d0000000000000018000000010000000700000001\n"
    "< 01c00d8d000000000000001c00000000010203040000000700000001",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "upload 13 upload-segment (index 1)\n"
    "role ff-hse-server\n"
    "= ok\n"
    "transfer upload data 4/0 to 10.0.0.2" },
  { "types",
    "< 01c008100000000000000080028000000001000200000000000000000000ffff000000002020202020202020202020202020202020202020202020202020202020202020582020202020202020202020202020202020202020202020202020202020202000000000000000000000000000000000000000000000000700000001\n"
    "< 01c008100000000000000080024000000001000200000000000000000000ffff000000002020202020202020202020202020202020202020202020202020202020202020582020202020202020202020202020202020202020202020202020202020202000000000000000000000000000000000000000000000000700000001\n"
    "< 01c008100000000000000080022000000001000200000000000000000000ffff000000002020202020202020202020202020202020202020202020202020202020202020582020202020202020202020202020202020202020202020202020202020202000000000000000000000000000000000000000000000000700000001\n"
    "< 01c008100000000000000080021000000001000200000000000000000000ffff000000002020202020202020202020202020202020202020202020202020202020202020582020202020202020202020202020202020202020202020202020202020202000000000000000000000000000000000000000000000000700000001\n"
    "< 01c008100000000000000080020000000001000200000000000000000000ffff000000002020202020202020202020202020202020202020202020202020202020202020582020202020202020202020202020202020202020202020202020202020202000000000000000000000000000000000000000000000000700000001",
    ISTH_DISSECT_OK,
    "report 16 device-annunciation\n"
    "device_type = linking device (90)\n"
    "plant_tag = X (90)\n"
    "report 16 device-annunciation\n"
    "device_type = I/O gateway (90)\n"
    "plant_tag = X (90)\n"
    "report 16 device-annunciation\n"
    "device_type = HSE field device (90)\n"
    "plant_tag = X (90)\n"
    "report 16 device-annunciation\n"
    "device_type = H1 device (90)\n"
    "plant_tag = X (90)\n"
    "report 16 device-annunciation\n"
    "plant_tag = X (90)" },
  { "tag-found-at-home",
    "< 01c0080200000000000000740000000000000000000000000000000000000000000000000000000000000001442020202020202020202020202020202020202020202020202020202020202054202020202020202020202020202020202020202020202020202020202020200000000700000001",
    ISTH_DISSECT_OK,
    "report 2 find-tag-reply\n"
    "device_id = D (90)\n"
    "plant_tag = T (90)" },
  { "tag-not-printable",
    "01c00801000000000000005c0100000000000000010101010101010101010101010101010101010101010101010101010101010120202020202020202020202020202020202020202020202020202020202020200000000700000001",
    ISTH_DISSECT_OK,
    "identify 1 find-tag" },
  { "error-unknown",
    "01c00c820000000000000018000000010000000700000001\n"
    "< 01c00e82000000000000001663030000000700000001",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "read 2 read (index 1)\n"
    "role ff-hse-server\n"
    "= refused: class 99: code 3" },
  { "all-trailers",
    "01e80c820000000000000024000000010000000700000009000000000000000000000000\n"
    "< 01e80d820000000000000021000000000700000009000000000000000000000000",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "read 2 read (index 1)\n"
    "role ff-hse-server\n"
    "= ok" },
  { "identity-cut",
    "< 01c00810000000000000001602800000000700000001",
    ISTH_DISSECT_OK,
    "report 16 device-annunciation" },
  { "error-cut",
    "01c00c820000000000000018000000010000000700000001\n"
    "< 01c00e820000000000000015060000000700000001",
    ISTH_DISSECT_MALFORMED,
    "role ff-hse-client\n"
    "read 2 read (index 1)\n"
    "role ff-hse-server\n"
    "= refused: access: code 0" },
  { "over-tcp",
    "01c00c820000000000000018000000010000000700000001",
    ISTH_DISSECT_OK,
    "role ff-hse-client\n"
    "read 2 read (index 1)", .tcp = true },
  { "trailer-longer-than-all",
    "01 f8 0c 82 00000000 00000010 00000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "longer-than-there",
    "01 00 0c 82 00000000 00000040 00000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "answer-to-what-needs-none",
    "01 00 09 10 00000000 0000000c",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "version-9",
    "09 00 0c 82 00000000 00000010 00000000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "01c00c820000000000000018000000010000000700000001", ISTH_PROBE_STRONG, 24 },
  { "01c00c82000000000000001800000001000000070000000100", ISTH_PROBE_WEAK, 24 },
  { "01c00c0f00000000000000140000000700000001", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "01 00 0b 82 00000000 00000010 00000000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "01 00 0c", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "05 64 05 c0 0100 0004", ISTH_PROBE_NO, ISTH_PDU_MORE },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_ff_hse, &(IsthPacket) { .layer = ISTH_LAYER_UDP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ff_hse, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ff-hse/probe", test_probe);
  return g_test_run ();
}
