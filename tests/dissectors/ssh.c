/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH: the software of both ends and HASSH; what is secret is not read; lists that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ssh;

static const IsthDissectCase cases[] = {
  { "session",
    "\"SSH-2.0-OpenSSH_9.2p1 Debian-2\" 0d0a\n"
    "< \"SSH-2.0-dropbear_2019.78\" 0a\n"
    "000000980b14 \"cccccccccccccccc\" 00000011 \"curve25519-sha256\" 0000000b \"ssh-ed25519\" 0000000a \"aes256-gcm\" 0000000a "
    "\"aes128-ctr\" 0000000d \"hmac-sha2-256\" 00000009 \"hmac-sha1\" 00000004 \"none\" 00000004 \"zlib\" 00*24\n"
    "< 000000900714 \"cccccccccccccccc\" 00000011 \"curve25519-sha256\" 00000007 \"ssh-rsa\" 0000000a \"aes128-ctr\" 0000000a "
    "\"aes256-ctr\" 00000009 \"hmac-sha1\" 0000000d \"hmac-sha2-512\" 00000004 \"none\" 00000004 \"none\" 00*20\n"
    "a5*64\n"
    "< a5*64",
    ISTH_DISSECT_OK,
    "software = SSH-2.0-OpenSSH_9.2p1 Debian-2 (60)\n"
    "os = Debian (60)\n"
    "role ssh-client\n"
    "authenticate - session (SSH-2.0-OpenSSH_9.2p1 Debian-2)\n"
    "software = SSH-2.0-dropbear_2019.78 (60)\n"
    "role ssh-server\n"
    "= ok\n"
    "fingerprint = HASSH 9a96cde7106653e31d8cbe99b9dd86be (20)\n"
    "fingerprint = HASSH server 9c57946ab365c9be9627c40ff6066798 (20)", .pieces = true },
  { "version-1",
    "< \"SSH-1.5-old\" 0a",
    ISTH_DISSECT_OK,
    "software = SSH-1.5-old (60)\n"
    "role ssh-server" },
  { "unknown-side",
    "\"SSH-2.0-OpenSSH_9.2p1 Debian-2\" 0d0a",
    ISTH_DISSECT_OK,
    "software = SSH-2.0-OpenSSH_9.2p1 Debian-2 (60)\nos = Debian (60)", .mid_stream = true },
  { "secret-alone",
    "a5*64",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "lying-list",
    "\"SSH-2.0-OpenSSH_9.2p1 Debian-2\" 0d0a\n"
    "000000980b14 \"cccccccccccccccc\" ffffffff \"curve25519-sha256\" 0000000b \"ssh-ed25519\" 0000000a \"aes256-gcm\" 0000000a "
    "\"aes128-ctr\" 0000000d \"hmac-sha2-256\" 00000009 \"hmac-sha1\" 00000004 \"none\" 00000004 \"zlib\" 00*24",
    ISTH_DISSECT_MALFORMED,
    "software = SSH-2.0-OpenSSH_9.2p1 Debian-2 (60)\n"
    "os = Debian (60)\n"
    "role ssh-client\n"
    "authenticate - session (SSH-2.0-OpenSSH_9.2p1 Debian-2)" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"SSH-2.0-OpenSSH_9.2p1 Debian-2\" 0d0a", ISTH_PROBE_STRONG },
    { "\"SSH-1.5-old\" 0a", ISTH_PROBE_STRONG },
    { "\"SSH-9.0-x\" 0a", ISTH_PROBE_NO },
    { "535348", ISTH_PROBE_NO },
    { "000000980b14 \"cccccccccccccccc\" 00000011 \"curve25519-sha256\" 0000000b \"ssh-ed25519\" 0000000a \"aes256-gcm\" 0000000a \"aes128-ctr\" 0000000d \"hmac-sha2-256\" 00000009 \"hmac-sha1\" 00000004 \"none\" 00000004 \"zlib\" 00*24", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ssh, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ssh, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ssh/probe", test_probe);
  return g_test_run ();
}
