/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a runtime what it is, and segments that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_codesys;

static const IsthDissectCase cases[] = {
  { "shell",
    "cccc0100 0700 00*10 01000000 23 0700 00 92 00000000 \"?\" 00\n< cccc0100 1f00 00*10 01000000 23 1f00 00 92 00000000 \"show implemented commands\" 00\n"
    "cccc0100 000d 00*10 01000000 23 000d 00 92 00000000 \"stopprg\" 00\n"
    "cccc0100 1300 00*10 01000000 23 1300 00 92 00000000 \"setpwd hidden\" 00\n"
    "cccc0100 0d00 00*10 01000000 23 0d00 00 92 00000000 \"filedir\" 00\n< cccc0100 0100 00*10 01000000 23 0100 00 92",
    ISTH_DISSECT_OK,
    "role codesys-client\n"
    "diagnose 146 shell-command (?)\n"
    "role codesys-server\n"
    "= ok\n"
    "control 146 shell-command (stopprg)\n"
    "configure 146 shell-command (setpwd)\n"
    "file 146 shell-command (filedir)\n"
    "= ok" },
  { "routed-other",
    "cccc0100 0200 00*10 01000000 23 0200 00 3102\n< cccc0100 000000",
    ISTH_DISSECT_OK,
    "role codesys-client\n"
    "other 49 command (command 0x31)\n"
    "role codesys-server\n"
    "= ok" },
  { "routed-lies",
    "cccc0100 0300 00*10 01000000 23 0200 00 3102",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "login",
    "bbbb 01000000 01"
    "\n< bbbba2000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004e75636c65757320504c5553000000000000000000000000000000000000000076657273696f6e20756e6b6e6f776e000000000000000000000000000000000033532d536d61727420536f66747761726520536f6c7574696f6e7300000000000000000000000000",
    ISTH_DISSECT_OK,
    "role codesys-client"
    "\nidentify 1 login"
    "\nrole codesys-server"
    "\n= ok"
    "\nos = Nucleus PLUS version unknown (90)"
    "\nsoftware = 3S-Smart Software Solutions (90)" },
  { "login-big-endian",
    "bbbb 01000001 01"
    "\n< bbbba2000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004e75636c65757320504c5553000000000000000000000000000000000000000076657273696f6e20756e6b6e6f776e000000000000000000000000000000000033532d536d61727420536f66747761726520536f6c7574696f6e7300000000000000000000000000",
    ISTH_DISSECT_OK,
    "role codesys-client"
    "\nidentify 1 login"
    "\nrole codesys-server"
    "\n= ok"
    "\nos = Nucleus PLUS version unknown (90)"
    "\nsoftware = 3S-Smart Software Solutions (90)" },
  { "identity-too-short",
    "bbbb 01000000 01"
    "\n< bbbb 02000000 01 00",
    ISTH_DISSECT_OK,
    "role codesys-client"
    "\nidentify 1 login"
    "\nrole codesys-server"
    "\n= ok" },
  { "other-command",
    "bbbb 07000000 31 \"secret\""
    "\n< bbbb 01000000 31",
    ISTH_DISSECT_OK,
    "role codesys-client"
    "\nother 49 command (command 0x31)"
    "\nrole codesys-server"
    "\n= ok" },
  { "mid-stream-answer",
    "< bbbb 01000000 31",
    ISTH_DISSECT_OK,
    "role codesys-server", .mid_stream = true },
  { "cut-short",
    "bbbb 01",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-codesys",
    "bbcb 01000000 01",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "bbbb 01000000 01", ISTH_PROBE_STRONG, 7, .layer = ISTH_LAYER_TCP },
  { "bbbb 01000001 01", ISTH_PROBE_STRONG, 7, .layer = ISTH_LAYER_TCP },
  { "bbbb 05000000 31 01020304", ISTH_PROBE_WEAK, 11, .layer = ISTH_LAYER_TCP },
  { "bbbb 0100", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "bb", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "bbcc 01000000 01", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_codesys, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_codesys, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/codesys/probe", test_probe);
  return g_test_run ();
}
