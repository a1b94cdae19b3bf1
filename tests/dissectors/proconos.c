/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames and calls of ProConOS, asked and answered; what runtimes say they are; and messages that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_proconos;

static const IsthDissectCase cases[] = {
  { "runtime",
    "cc01 000d c0 01 0000  47ee"
    "\n< cc01 000d 40 02 0400 00000000 47ee"
    "\ncc01 000b 40 02 0000  47ee"
    "\n< cc01 000b 40 02 6100 0000000050726f436f6e4f532056332e302e31303430204f6374203239203230303200004144414d353531304b5720312e3234204275696c642030303500000000000000003531302d70726f6a6563003531302d70726f6a656300457869737400 47ee",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nother 13 connect"
    "\nrole proconos-server"
    "\n= ok"
    "\nidentify 11 read-runtime"
    "\n= ok"
    "\nsoftware = ProConOS V3.0.1040 Oct 29 2002 (90)"
    "\nmodel = ADAM5510KW 1.24 Build 005 (90)"
    "\ndescription = project 510-projec (90)" },
  { "runtime-without-project",
    "cc01 000b 40 02 0000  47ee"
    "\n< cc01 000b 40 02 4500 0000000050726f436f6e4f532056332e302e31303430204f6374203239203230303200004144414d353531304b5720312e3234204275696c64203030350000000000000000 47ee",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nidentify 11 read-runtime"
    "\nrole proconos-server"
    "\n= ok"
    "\nsoftware = ProConOS V3.0.1040 Oct 29 2002 (90)"
    "\nmodel = ADAM5510KW 1.24 Build 005 (90)" },
  { "states",
    "cc01 000f 40 02 0000  47ee"
    "\n< cc01 000f 40 02 0200 0200 47ee"
    "\ncc01 000f 40 02 0000  47ee"
    "\n< cc01 000f 40 02 0200 0400 47ee"
    "\ncc01 000f 40 02 0000  47ee"
    "\n< cc01 000f 40 02 0200 0900 47ee",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\ndiagnose 15 read-state"
    "\nrole proconos-server"
    "\n= ok"
    "\nstate = run (90)"
    "\ndiagnose 15 read-state"
    "\n= ok"
    "\nstate = stop (90)"
    "\ndiagnose 15 read-state"
    "\n= ok" },
  { "stop-and-start",
    "cc01 0001 40 02 0000  47ee"
    "\n< cc01 0001 40 02 0000  47ee"
    "\ncc01 0004 40 02 0000  47ee"
    "\n< cc01 0004 40 02 0000  47ee",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\ncontrol 1 stop"
    "\nrole proconos-server"
    "\n= ok"
    "\ncontrol 4 cold-start"
    "\n= ok" },
  { "unknown-function",
    "cc01 005b 40 02 1c00 00000000000000000000000000000000000000000000000000000000 47ee",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nother 91 function (function 0x5b)" },
  { "frames-mid-stream",
    "< cc01 000f 40 02 0200 0200 47ee",
    ISTH_DISSECT_OK,
    "role proconos-server", .mid_stream = true },
  { "services",
    "0100 0000 0000 2a00 0000 0000 0000 0000 \"Ade.Remoting.Services.IDeviceInfoService2\" 00"
    "\n< 0100 0100 0000 0000 0000 0000 0000 0000"
    "\n0100 0000 0000 2900 0000 0000 0000 0000 \"Ade.Remoting.Services.IDeviceInfoService\" 00"
    "\n< 0100 0100 0000 0000 0100 0000 0000 0000"
    "\n0100 0000 0000 2e00 0000 0000 0000 0000 \"Ade.Remoting.Services.IProConOSControlService\" 00"
    "\n< 0100 0100 0000 0000 0200 0000 0000 0000"
    "\n0100 0000 0000 3000 0000 0000 0000 0000 \"Ade.Remoting.Services.ISimpleFileAccessService2\" 00"
    "\n< 0100 0100 0000 0000 0300 0000 0000 0000"
    "\n0100 0000 0000 2900 0000 0000 0000 0000 \"Ade.Remoting.Services.IDataAccessService\" 00"
    "\n< 0100 0100 0000 0000 0400 0000 0000 0000"
    "\n0100 0000 0000 2400 0000 0000 0000 0000 \"Ade.Remoting.Services.IForceService\" 00"
    "\n< 0100 0100 0000 0000 0500 0000 0000 0000"
    "\n0100 0000 0000 2700 0000 0000 0000 0000 \"Ade.Remoting.Services.ISecurityService\" 00"
    "\n< 0100 0100 0000 0000 0600 0000 0000 0000"
    "\n0100 0200 0000 0600 0100 0300 0000 0000 010000000240"
    "\n< 0100 0300 0000 0c00 0100 0300 0000 0000 010000000409000003100001"
    "\n0100 0200 0000 0000 0200 0700 0000 0000"
    "\n< 0100 0300 0000 0000 0200 0700 0000 0000 "
    "\n0100 0200 0000 0600 0100 0300 0000 0000 010000000240"
    "\n< 0100 0300 0000 0c00 0100 0300 0000 0000 010000000409000007140001"
    "\n0100 0200 0000 0200 0200 0600 0000 0000 0100"
    "\n< 0100 0300 0000 0000 0200 0600 0000 0000 "
    "\n0100 0200 0000 0200 0200 0600 0000 0000 0200"
    "\n0100 0200 0000 0000 0200 0100 0000 0000"
    "\n0100 0200 0000 0600 0300 0100 0000 0000 \"secret\""
    "\n0100 0200 0000 0000 0400 0200 0000 0000"
    "\n0100 0200 0000 0000 0500 0100 0000 0000"
    "\n0100 0200 0000 0600 0600 0100 0000 0000 \"secret\""
    "\n< 0100 0300 0000 0600 0600 0100 0000 0000 \"secret\""
    "\n0100 0200 0000 0000 6300 0100 0000 0000",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nother 0 find-service (IDeviceInfoService2)"
    "\nrole proconos-server"
    "\n= refused: no such service"
    "\nother 0 find-service (IDeviceInfoService)"
    "\n= ok"
    "\nother 0 find-service (IProConOSControlService)"
    "\n= ok"
    "\nother 0 find-service (ISimpleFileAccessService2)"
    "\n= ok"
    "\nother 0 find-service (IDataAccessService)"
    "\n= ok"
    "\nother 0 find-service (IForceService)"
    "\n= ok"
    "\nother 0 find-service (ISecurityService)"
    "\n= ok"
    "\ndiagnose 3 device-information (method 3)"
    "\n= ok"
    "\nstate = run (90)"
    "\ncontrol 7 stop"
    "\n= ok"
    "\ndiagnose 3 device-information (method 3)"
    "\n= ok"
    "\nstate = stop (90)"
    "\ncontrol 6 start (cold start)"
    "\n= ok"
    "\ncontrol 6 start (start 2)"
    "\ncontrol 1 control (method 1)"
    "\nfile 1 file-access (method 1)"
    "\nother 2 call (service 4 method 2)"
    "\ncontrol 1 force (method 1)"
    "\nauthenticate 1 security (method 1)"
    "\n= ok"
    "\nother 1 call (service 99 method 1)" },
  { "device-information-of-another-item",
    "0100 0000 0000 2900 0000 0000 0000 0000 \"Ade.Remoting.Services.IDeviceInfoService\" 00"
    "\n< 0100 0100 0000 0000 0100 0000 0000 0000"
    "\n0100 0200 0000 0600 0100 0300 0000 0000 010000000740"
    "\n< 0100 0300 0000 0c00 0100 0300 0000 0000 010000000409000003100001",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nother 0 find-service (IDeviceInfoService)"
    "\nrole proconos-server"
    "\n= ok"
    "\ndiagnose 3 device-information (method 3)"
    "\n= ok" },
  { "calls-mid-stream",
    "0100 0200 0000 0000 0200 0700 0000 0000"
    "\n< 0100 0300 0000 0000 0200 0700 0000 0000 ",
    ISTH_DISSECT_OK,
    "role proconos-client"
    "\nother 7 call (service 2 method 7)"
    "\nrole proconos-server"
    "\n= ok", .mid_stream = true },
  { "frame-lies",
    "cc01 000b 4002 ff00 47ee",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "call-lies",
    "0100 0200 0000 ff00 0200 0700 0000 0000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "cc01 00",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-proconos",
    "0200 0200 0000 0000 0200 0700 0000 0000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "cc01 000b 40 02 0000  47ee", ISTH_PROBE_STRONG, 10, .layer = ISTH_LAYER_TCP },
  { "cc01 000b 40 02 0000  47ee 00", ISTH_PROBE_WEAK, 10, .layer = ISTH_LAYER_TCP },
  { "cc01 000b 4102 0000 47ee", ISTH_PROBE_NO, 10, .layer = ISTH_LAYER_TCP },
  { "0100 0000 0000 2900 0000 0000 0000 0000 \"Ade.Remoting.Services.IDeviceInfoService\" 00", ISTH_PROBE_STRONG, 57, .layer = ISTH_LAYER_TCP },
  { "0100 0200 0000 0000 0200 0700 0000 0000 ", ISTH_PROBE_WEAK, 16, .layer = ISTH_LAYER_TCP },
  { "0100 0200 0000 0000 0200 0700 0000 0000  00", ISTH_PROBE_NO, 16, .layer = ISTH_LAYER_TCP },
  { "0100 0000 0000 0500 0000 0000 0000 0000 \"Other\"", ISTH_PROBE_NO, 21, .layer = ISTH_LAYER_TCP },
  { "cc", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "0101 001a 0000", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP }, /* PC Worx */
  { "cc02 000b", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_proconos, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_proconos, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/proconos/probe", test_probe);
  return g_test_run ();
}
