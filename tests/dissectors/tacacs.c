/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TACACS+: hidden bodies, logins and commands in clear, answers; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_tacacs;

static const IsthDissectCase cases[] = {
  { "hidden",
    "c0010100112233440000001eee*30\n"
    "< c00102001122334400000010dd*16\n"
    "c0010300112233440000000eee*14\n"
    "c00201041122334400000028ee*40\n"
    "c00301001122334400000032ee*50",
    ISTH_DISSECT_OK,
    "role tacacs-client\n"
    "authenticate 1 login\n"
    "role tacacs-server\n"
    "role tacacs-client\n"
    "other 1 continue\n"
    "role tacacs-client\n"
    "other 2 permission\n"
    "role tacacs-client\n"
    "other 3 record" },
  { "login",
    "c0010101112233440000001d010f020103040806 \"engtty110.0.0.9secret\"\n"
    "< c001020111223344000000060100*5\n"
    "c0010101112233440000001d010f020103040806 \"engtty110.0.0.9secret\"\n"
    "< c001020111223344000000060200*5",
    ISTH_DISSECT_OK,
    "authenticate 1 login (user “eng”, from 10.0.0.9, password in clear (under 8 characters))\n"
    "role tacacs-server\n"
    "= ok\n"
    "authenticate 1 login (user “eng”, from 10.0.0.9, password in clear (under 8 characters))\n"
    "role tacacs-server\n"
    "= refused: refused" },
  { "ascii-login",
    "c1010101000000050000000f010f010103040000 \"engtty1\"\n"
    "< c00102010000000500000006050100000000\n"
    "c0010301000000050000000b0006000000 \"secret\"\n"
    "< c001040100000005000000060100*5",
    ISTH_DISSECT_OK,
    "authenticate 1 login (user “eng”)\n"
    "role tacacs-server\n"
    "= ok\n"
    "other 1 continue\n"
    "role tacacs-server\n"
    "= ok" },
  { "commands",
    "c00201010000000600000044060f0101030408030d0d10 \"engtty110.0.0.9service=shellcmd=configurecmd-arg=terminal\"\n"
    "< c002020100000006000000060100*5\n"
    "c00201010000000600000044060f0101030408030d0d10 \"engtty110.0.0.9service=shellcmd=configurecmd-arg=terminal\"\n"
    "< c002020100000006000000061000*5\n"
    "c0030101000000070000002d04060f010103040802090a \"engtty110.0.0.9task_id=1cmd=reload\"\n"
    "< c003020100000007000000050000000001\n"
    "c0030101000000070000002d04060f010103040802090a \"engtty110.0.0.9task_id=1cmd=reload\"\n"
    "< c003020100000007000000050000000002",
    ISTH_DISSECT_OK,
    "other 2 permission (user “eng”, from 10.0.0.9: configure terminal)\n"
    "role tacacs-server\n"
    "= ok\n"
    "other 2 permission (user “eng”, from 10.0.0.9: configure terminal)\n"
    "role tacacs-server\n"
    "= refused: refused\n"
    "other 3 record (user “eng”, from 10.0.0.9: reload)\n"
    "role tacacs-server\n"
    "= ok\n"
    "other 3 record (user “eng”, from 10.0.0.9: reload)\n"
    "role tacacs-server\n"
    "= refused: refused" },
  { "command-with-secret",
    "c00201010000000600000041060f0101030408030a0e0f \"engtty110.0.0.9cmd=enablecmd-arg=secretcmd-arg=hunter2\"",
    ISTH_DISSECT_OK,
    "other 2 permission (user “eng”, from 10.0.0.9: enable secret)" },
  { "lying-lengths",
    "c0010101112233440000000b010f0201ff040000616263",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-arguments",
    "c00201011122334400000012060f0101030400 \"0xxxxxxxxxx\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut",
    "c0010100112233440000001eee*8",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-type",
    "c00901001122334400000014 \"xxxxxxxxxxxxxxxxxxxx\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "c0010100112233440000001eee*30", ISTH_PROBE_STRONG, 42 },
    { "c0010101112233440000001d010f020103040806 \"engtty110.0.0.9secret\"", ISTH_PROBE_STRONG, 41 },
    { "c0010300112233440000000eee*14", ISTH_PROBE_WEAK, 26 },
    { "c0010100112233440000001eee*8", ISTH_PROBE_WEAK, 42 },
    { "c00901001122334400000014 \"xxxxxxxxxxxxxxxxxxxx\"", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "c00101", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "c0010100*8 14 \"xxxxxxxxxxxxxxxxxxxx\"", ISTH_PROBE_NO, 32 },
    { "c001010000000001ffffffff", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "\"GET / HTTP/1.1\"", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  };

  isth_test_probes (&isth_dissector_tacacs, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_tacacs, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/tacacs/probe", test_probe);
  return g_test_run ();
}
