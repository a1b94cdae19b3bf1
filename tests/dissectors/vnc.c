/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VNC: versions, security, who is let in, what the desktop calls itself; names that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_vnc;

static const IsthDissectCase cases[] = {
  { "password",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 020201\n"
    "02\n"
    "< \"cccccccccccccccc\"\n"
    "\"rrrrrrrrrrrrrrrr\"\n"
    "< 00000000\n"
    "01\n"
    "< 04000300 \"pppppppppppppppp\" 0000001b \"root's X desktop (press7:1)\"\n"
    "0300*5 04000300",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 2 security-types (VNC password, no password)\n"
    "authenticate 2 security (VNC password, RFB 3.8)\n"
    "= ok\n"
    "name = root's X desktop (press7:1) (60)\n"
    "hostname = press7 (60)\n"
    "report - desktop (desktop “root's X desktop (press7:1)”, 1024 × 768)", .pieces = true },
  { "refused",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 020201\n"
    "02\n"
    "< \"cccccccccccccccc\"\n"
    "\"rrrrrrrrrrrrrrrr\"\n"
    "< 000000010000000e \"wrong password\"",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 2 security-types (VNC password, no password)\n"
    "authenticate 2 security (VNC password, RFB 3.8)\n"
    "= refused: wrong password", .pieces = true },
  { "none",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 020201\n"
    "01\n"
    "< 00000000\n"
    "01\n"
    "< 04000300 \"pppppppppppppppp\" 00000005 \"Panel\"",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 2 security-types (VNC password, no password)\n"
    "authenticate 1 security (no password, RFB 3.8)\n"
    "= ok\n"
    "name = Panel (60)\n"
    "report - desktop (desktop “Panel”, 1024 × 768)", .pieces = true },
  { "none-3.7",
    "< \"RFB 003.007\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 020201\n"
    "01\n"
    "01\n"
    "< 04000300 \"pppppppppppppppp\" 00000005 \"Panel\"",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.007 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 2 security-types (VNC password, no password)\n"
    "authenticate 1 security (no password, RFB 3.7)\n"
    "name = Panel (60)\n"
    "report - desktop (desktop “Panel”, 1024 × 768)", .pieces = true },
  { "password-3.3",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.003\" 0a\n"
    "< 00000002\n"
    "< \"cccccccccccccccc\"\n"
    "\"rrrrrrrrrrrrrrrr\"\n"
    "< 00000001",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.003 (60)\n"
    "other 1 security-types (VNC password)\n"
    "authenticate 2 security (VNC password, RFB 3.3)\n"
    "= refused: authentication failed", .pieces = true },
  { "none-3.3",
    "< \"RFB 003.003\" 0a\n"
    "\"RFB 003.003\" 0a\n"
    "< 00000001\n"
    "01\n"
    "< 04000300 \"pppppppppppppppp\" 0000001b \"root's X desktop (press7:1)\"",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.003 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.003 (60)\n"
    "other 1 security-types (no password)\n"
    "authenticate 1 security (no password, RFB 3.3)\n"
    "name = root's X desktop (press7:1) (60)\n"
    "hostname = press7 (60)\n"
    "report - desktop (desktop “root's X desktop (press7:1)”, 1024 × 768)", .pieces = true },
  { "turned-away",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 0000000008 \"too many\"",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 0 security-types (refused)", .pieces = true },
  { "turned-away-3.3",
    "< \"RFB 003.003\" 0a\n"
    "\"RFB 003.003\" 0a\n"
    "< 00*7 026e6f",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.003 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.003 (60)\n"
    "other 1 security-types (none was left)", .pieces = true },
  { "encrypted",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 03131e63\n"
    "13\n"
    "0300*5 04000300\n"
    "< 0300*5 04000300",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 3 security-types (VeNCrypt, Apple Diffie-Hellman, security type 99)\n"
    "authenticate 19 security (VeNCrypt, RFB 3.8)", .pieces = true },
  { "lying-name",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 020201\n"
    "01\n"
    "< 00000000\n"
    "01\n"
    "< 04000300 \"pppppppppppppppp\" ffffffff616263",
    ISTH_DISSECT_MALFORMED,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)\n"
    "other 2 security-types (VNC password, no password)\n"
    "authenticate 1 security (no password, RFB 3.8)\n"
    "= ok", .pieces = true },
  { "types-cut",
    "< \"RFB 003.008\" 0a\n"
    "\"RFB 003.008\" 0a\n"
    "< 0502",
    ISTH_DISSECT_MALFORMED,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)", .pieces = true },
  { "mid-stream",
    "0300*5 04000300",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
  { "sides-not-known",
    "\"RFB 003.008\" 0a\n"
    "< \"RFB 003.008\" 0a",
    ISTH_DISSECT_OK,
    "role vnc-server\n"
    "software = RFB 003.008 (60)\n"
    "role vnc-client\n"
    "software = RFB 003.008 (60)", .mid_stream = true, .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"RFB 003.008\" 0a", ISTH_PROBE_STRONG },
    { "\"RFB 00\"", ISTH_PROBE_NO },
    { "\"RFB 003_008\" 0a", ISTH_PROBE_NO },
    { "0300*5 04000300", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_vnc, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_vnc, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/vnc/probe", test_probe);
  return g_test_run ();
}
