/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TriStation commands, answered and refused; programs that are brought and fetched; where the key stands; and datagrams that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_tristation;

static const IsthDissectCase cases[] = {
  { "connect",
    "01000000abcd"
    "\n< 02000000abcd"
    "\n06000000abcd"
    "\n04000000abcd"
    "\n< 03000000abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nother - connect"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\nother - ping"
    "\nother - disconnect"
    "\n= ok" },
  { "identity",
    "05000a0000050d01000000000a00abcd"
    "\n< 05000f0001056a01000000000f000000000a02abcd"
    "\n05000a0000051801000000000a00abcd"
    "\n< 0500b0020105770100000000b0020000000001 00*27 5341464554595f31 00*128 ff 00*31 ff 00*63 39 00*31 03 00*381 abcd"
    "\n05000a0000053601000000000a00abcd"
    "\n< 0500dd010105970100000000dd0101ffff005c185c185c18 00*16 390084180000000003007c157c157d15 00*88 373430303030303130313030303030303031 00*302 3734303130323331303030303031323334abcd"
    "\n< 0500dd010105970100000000dd0102ffff005c185c185c18 00*16 390084180000000003007c157c157d15 00*88 373430303030303130313030303030303031 00*302 3734303130323331303030303031323334abcd"
    "\n< 050020000105970100000000200003 00*21 abcd"
    "\n< 05000f0001056a01000000000f 00*6 abcd",
    ISTH_DISSECT_OK,
    "role tristation-client\n"
    "role engineering\n"
    "other 13 attach\n"
    "role tristation-server\n"
    "vendor = Triconex (90)\n"
    "device_type = safety controller (90)\n"
    "= ok\n"
    "model = Tricon (90)\n"
    "firmware = 10.2 (90)\n"
    "diagnose 24 get-chassis-status\n"
    "= ok\n"
    "state = run (90)\n"
    "description = key switch: program (90)\n"
    "software = project SAFETY_1 (90)\n"
    "child tristation-slot:0\n"
    "model = 3008 (90) @tristation-slot:0\n"
    "device_type = main processor (90) @tristation-slot:0\n"
    "child tristation-slot:1\n"
    "model = 3008 (90) @tristation-slot:1\n"
    "device_type = main processor (90) @tristation-slot:1\n"
    "child tristation-slot:3\n"
    "model = 4351B (90) @tristation-slot:3\n"
    "device_type = communication module (90) @tristation-slot:3\n"
    "child tristation-slot:4\n"
    "model = 3503 (90) @tristation-slot:4\n"
    "device_type = digital input (90) @tristation-slot:4\n"
    "identify 54 get-module-versions\n"
    "= ok\n"
    "child tristation-slot:0\n"
    "model = 3008 (90) @tristation-slot:0\n"
    "device_type = main processor (90) @tristation-slot:0\n"
    "firmware = 6236 (90) @tristation-slot:0\n"
    "child tristation-slot:3\n"
    "model = 4351B (90) @tristation-slot:3\n"
    "device_type = communication module (90) @tristation-slot:3\n"
    "firmware = 6276 (90) @tristation-slot:3\n"
    "child tristation-slot:4\n"
    "model = 3503 (90) @tristation-slot:4\n"
    "device_type = digital input (90) @tristation-slot:4\n"
    "firmware = 5500 (90) @tristation-slot:4\n"
    "firmware = 5501 (90) @tristation-slot:4\n"
    "serial = 00001234 (90)\n"
    "child tristation-slot:2/0\n"
    "model = 3008 (90) @tristation-slot:2/0\n"
    "device_type = main processor (90) @tristation-slot:2/0\n"
    "firmware = 6236 (90) @tristation-slot:2/0\n"
    "child tristation-slot:2/3\n"
    "model = 4351B (90) @tristation-slot:2/3\n"
    "device_type = communication module (90) @tristation-slot:2/3\n"
    "firmware = 6276 (90) @tristation-slot:2/3\n"
    "child tristation-slot:2/4\n"
    "model = 3503 (90) @tristation-slot:2/4\n"
    "device_type = digital input (90) @tristation-slot:2/4\n"
    "firmware = 5500 (90) @tristation-slot:2/4\n"
    "firmware = 5501 (90) @tristation-slot:2/4" },
  { "connect-refused",
    "01000000abcd"
    "\n< 0a000000abcd"
    "\n01000000abcd"
    "\n< 07000000abcd"
    "\n01000000abcd"
    "\n< 09000000abcd"
    "\n01000000abcd"
    "\n< 0b000000abcd"
    "\n< 08000000abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nother - connect"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= refused: access denied"
    "\nother - connect"
    "\n= refused: connection limit reached"
    "\nother - connect"
    "\n= refused: main processors are dead"
    "\nother - connect"
    "\n= refused: connection failed" },
  { "status",
    "05000a0000051301000000000a00abcd"
    "\n< 05006e0001056c01000000006e000000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005341464554595f310000000000000000000000000000000000000000000000000000abcd"
    "\n05000a0000051301000000000a00abcd"
    "\n< 05006e0001056c01000000006e000000000000000002010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005341464554595f310000000000000000000000000000000000000000000000000000abcd"
    "\n05000a0000051301000000000a00abcd"
    "\n< 05006e0001056c01000000006e0000000000000000090200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001010101010101010101000000000000000000000000000000000000000000000000abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\ndiagnose 19 get-program-status"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\nstate = run (90)"
    "\ndescription = key switch: program (90)"
    "\nsoftware = project SAFETY_1 (90)"
    "\ndiagnose 19 get-program-status"
    "\n= ok"
    "\nstate = stop (90)"
    "\ndescription = key switch: run (90)"
    "\nsoftware = project SAFETY_1 (90)"
    "\ndiagnose 19 get-program-status"
    "\n= ok"
    "\nstate = pause (90)" },
  { "program-download",
    "05000a0000050001000000000a00abcd"
    "\n< 05000a0001056501000000000a00abcd"
    "\n05002400000537010000000024000100020000000000040011111111111111111111111111111111abcd"
    "\n< 05000a0001059901000000000a00abcd"
    "\n05001800000538010000000018000300020000000000010022222222abcd"
    "\n< 05000a0001059a01000000000a00abcd"
    "\n05000a0000050a01000000000a00abcd"
    "\n< 05000a0001056901000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nprogram 0 start-download-all"
    "\ntransfer program begin (start-download-all)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\nprogram 55 allocate-program (program 1)"
    "\ntransfer program data 16/0"
    "\n= ok"
    "\nprogram 56 allocate-function (function 3)"
    "\ntransfer program data 4/0"
    "\n= ok"
    "\nprogram 10 end-download-all"
    "\n= ok"
    "\ntransfer program end to 10.0.0.2" },
  { "program-change-refused",
    "05000a0000050101000000000a00abcd"
    "\n< 05000a000105d401000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nprogram 1 start-download-change"
    "\ntransfer program begin (start-download-change)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= refused: key position prohibits it"
    "\ntransfer program abort: key position prohibits it to 10.0.0.2" },
  { "program-change-cancelled",
    "05000a0000050101000000000a00abcd"
    "\n< 05000a0001056601000000000a00abcd"
    "\n05000a0000050c01000000000a00abcd"
    "\n< 05000a0001056801000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nprogram 1 start-download-change"
    "\ntransfer program begin (start-download-change)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\nprogram 12 cancel-download-change"
    "\ntransfer program abort: cancelled"
    "\n= ok" },
  { "download-rejected",
    "05000a0000050101000000000a00abcd"
    "\n< 05000a0001056601000000000a00abcd"
    "\n05002400000537010000000024000100020000000000040011111111111111111111111111111111abcd"
    "\n< 05000b0001056401000000000b00ccabcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nprogram 1 start-download-change"
    "\ntransfer program begin (start-download-change)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\nprogram 55 allocate-program (program 1)"
    "\ntransfer program data 16/0"
    "\n= refused: program checksum error"
    "\ntransfer program abort: program checksum error to 10.0.0.2" },
  { "program-upload",
    "05000e0000054101000000000e0001000000abcd"
    "\n< 050032000105a20100000000320033333333333333333333333333333333333333333333333333333333333333333333333333333333abcd"
    "\n05000e0000054201000000000e0007000000abcd"
    "\n< 05001e000105a301000000001e003333333333333333333333333333333333333333abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nupload 65 upload-program (program 1)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\ntransfer upload data 30/0 (upload-program) to 10.0.0.2"
    "\nupload 66 upload-function (function 7)"
    "\n= ok"
    "\ntransfer upload data 10/0 (upload-function) to 10.0.0.2" },
  { "control",
    "05000a0000051401000000000a00abcd"
    "\n< 05000a0001056d01000000000a00abcd"
    "\n05000a0000051501000000000a00abcd"
    "\n< 05000a0001056e01000000000a00abcd"
    "\n05000a0000051601000000000a00abcd"
    "\n< 05000a0001056f01000000000a00abcd"
    "\n05000a0000051701000000000a00abcd"
    "\n05000a0000055001000000000a00abcd"
    "\n05000a0000051101000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\ncontrol 20 run-program"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= ok"
    "\ncontrol 21 halt-program"
    "\n= ok"
    "\ncontrol 22 pause-program"
    "\n= ok"
    "\ncontrol 23 single-scan"
    "\ncontrol 80 go-to-download-mode"
    "\ncontrol 17 enable-all-points" },
  { "points-and-configuration",
    "05000b0000051b01000000000b0001abcd"
    "\n< 05000a000105c801000000000a00abcd"
    "\n05000a0000051c01000000000a00abcd"
    "\n05000a0000051001000000000a00abcd"
    "\n05000a0000050201000000000a00abcd"
    "\n05000a0000050f01000000000a00abcd"
    "\n05000a0000050701000000000a00abcd"
    "\n05000a0000051801000000000a00abcd"
    "\n05000a0000051d01000000000a00abcd"
    "\n05000a0000052f01000000000a00abcd"
    "\n05000a0000053601000000000a00abcd"
    "\n05000a0000054001000000000a00abcd"
    "\n05000a0000052101000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nwrite 27 set-point-values"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= refused: wrong command"
    "\nread 28 get-point-values"
    "\nwrite 16 set-multiple-point-values"
    "\nconfigure 2 update-configuration"
    "\nconfigure 15 configure-module"
    "\ntime-sync 7 set-calendar"
    "\ndiagnose 24 get-chassis-status"
    "\ndiagnose 29 get-processor-status"
    "\nidentify 47 get-module-types"
    "\nidentify 54 get-module-versions"
    "\nidentify 64 get-program-information"
    "\ndiagnose 33 get-event-log" },
  { "unknown-command",
    "05000a0000054d01000000000a00abcd"
    "\n< 05000a000105da01000000000a00abcd"
    "\n05000a0000056301000000000a00abcd"
    "\n< 05000a0001056401000000000a00abcd",
    ISTH_DISSECT_OK,
    "role tristation-client"
    "\nrole engineering"
    "\nother 77 command (command 77)"
    "\nrole tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\n= refused: rejected, code 218"
    "\nother 99 command (command 99)"
    "\n= refused: rejected, code 100" },
  { "mid-stream-answer",
    "< 05006e0001056c01000000006e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005341464554595f310000000000000000000000000000000000000000000000000000abcd",
    ISTH_DISSECT_OK,
    "role tristation-server"
    "\nvendor = Triconex (90)"
    "\ndevice_type = safety controller (90)"
    "\nstate = run (90)"
    "\ndescription = key switch: stop (90)"
    "\nsoftware = project SAFETY_1 (90)", .mid_stream = true },
  { "length-lies",
    "0500 ff00 00 05 13 01 0000 0000 0a00 abcd",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "command-too-short",
    "0500 0400 00 05 13 01 abcd",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "0500 0a",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-tristation",
    "0c00 0000 abcd",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "direction-of-nobody",
    "05000a0007051301000000000a00abcd",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "05000a0000051301000000000a00abcd", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
  { "05006e0001056c01000000006e000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005341464554595f310000000000000000000000000000000000000000000000000000abcd", ISTH_PROBE_STRONG, .layer = ISTH_LAYER_UDP },
  { "01000000abcd", ISTH_PROBE_WEAK, .layer = ISTH_LAYER_UDP },
  { "070002000102abcd", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "05000a0000051301000000000a00abcd 00", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "0500 0a00 00 05 13 01 0000 0000 0b00 abcd", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP }, /* lengths differ */
  { "0500 0b03", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
  { "0104 0000 abcd", ISTH_PROBE_NO, .layer = ISTH_LAYER_UDP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_tristation, NULL, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_tristation, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/tristation/probe", test_probe);
  return g_test_run ();
}
