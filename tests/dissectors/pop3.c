/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3: greetings, logins (never the password), mail that is stepped over, what is secret. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_pop3;

static const IsthDissectCase cases[] = {
  { "login",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"USER bob\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "\"PASS secret\" 0d0a\n"
    "< 2b4f4b0d0a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)\n"
    "role pop3-client\n"
    "other - USER (user “bob”)\n"
    "= ok\n"
    "authenticate - PASS (user “bob”, password in clear (under 8 characters))\n"
    "= ok" },
  { "refused",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"USER bob\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "\"PASS secret\" 0d0a\n"
    "< \"-ERR wrong\" 0d0a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)\n"
    "role pop3-client\n"
    "other - USER (user “bob”)\n"
    "= ok\n"
    "authenticate - PASS (user “bob”, password in clear (under 8 characters))\n"
    "= refused: -ERR wrong" },
  { "apop",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"APOP amy 00ff\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "\"AUTH PLAIN\" 0d0a\n"
    "< \"-ERR wrong\" 0d0a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)\n"
    "role pop3-client\n"
    "authenticate - APOP (user “amy”)\n"
    "= ok\n"
    "authenticate - AUTH (by PLAIN)\n"
    "= refused: -ERR wrong" },
  { "mail",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"STAT\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "\"RETR 1\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "< \"Subject: x\" 0d0a\n"
    "< 2e0d0a\n"
    "\"QUIT\" 0d0a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)\n"
    "role pop3-client\n"
    "read - STAT\n"
    "= ok\n"
    "read - RETR\n"
    "= ok\n"
    "other - QUIT", .pieces = true },
  { "stls",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"STLS\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "1603010a\n"
    "< 1603010a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)\n"
    "role pop3-client\n"
    "other - STLS\n"
    "= ok", .pieces = true },
  { "unknown-command",
    "< \"+OK Acme POP3 1.0 ready\" 0d0a\n"
    "\"XYZZY\" 0d0a",
    ISTH_DISSECT_OK,
    "role pop3-server\n"
    "banner = Acme POP3 1.0 ready (60)", .pieces = true },
  { "nothing-of-it",
    "01020a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"+OK Acme POP3 1.0 ready\" 0d0a", ISTH_PROBE_STRONG },
    { "2b4f4b0d0a", ISTH_PROBE_WEAK },
    { "\"USER bob\" 0d0a", ISTH_PROBE_WEAK },
    { "\"XYZZY\" 0d0a", ISTH_PROBE_NO },
    { "\"hello there\" 0d0a", ISTH_PROBE_NO },
    { "01020a", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_pop3, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_pop3, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/pop3/probe", test_probe);
  return g_test_run ();
}
