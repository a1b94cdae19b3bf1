/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a runtime what it is, typing into its shell, bringing and fetching files, and segments that lie. */
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
    "configure 146 shell-command (setpwd, password in clear (under 8 characters))\n"
    "file 146 shell-command (filedir)\n"
    "= ok" },
  { "program-brought",
    "bbbb 1800 0000 2f 01 00 0012 00 \"DEFAULT.PRG\" 00cd \"block\"\n< bbbb 01000000 2f\n> bbbb 0900 0000 30 01 0500 \"logic\"\n< bbbb 01000000 30\n"
    "> bbbb 0700 0000 30 00 0300 \"end\"",
    ISTH_DISSECT_OK,
    "role codesys-client\n"
    "program 47 file-write (file \"DEFAULT.PRG\")\n"
    "transfer program begin (file \"DEFAULT.PRG\")\n"
    "transfer program data 5/0 (file \"DEFAULT.PRG\")\n"
    "role codesys-server\n"
    "= ok\n"
    "program 48 file-write-next\n"
    "transfer program data 5/0\n"
    "= ok\n"
    "program 48 file-write-next\n"
    "transfer program data 3/0\n"
    "transfer program end" },
  { "file-fetched",
    "cccc0100 0b00 00*10 01000000 23 1000 00 31 00 0600 \"a.txt\" 00\n< cccc0100 0700 00*10 01000000 23 0700 00 31 00 01 00 0100 \"x\"\n"
    "cccc0100 0100 00*10 01000000 23 0100 00 32\n< cccc0100 0800 00*10 01000000 23 0800 00 32 00 00 00 0200 \"yz\"",
    ISTH_DISSECT_OK,
    "role codesys-client\n"
    "file 49 file-read (file \"a.txt\")\n"
    "transfer file begin (file \"a.txt\")\n"
    "transfer file data 1/0 to 10.0.0.2\n"
    "role codesys-server\n"
    "= ok\n"
    "other 50 command (command 0x32)\n"
    "transfer file data 2/0 to 10.0.0.2\n"
    "transfer file end to 10.0.0.2\n"
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
