/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telnet: greetings, prompts, names of those who log in, never what is secret; commands in pieces. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_telnet;

static const IsthDissectCase cases[] = {
  { "login",
    "< fffd18fffd20fffb03fffb01\n"
    "fffb18fffc20\n"
    "< fffa1801fff0\n"
    "fffa1800 \"xterm-256color\" fff0\n"
    "< 0d0a \"Ubuntu 16.04.3 LTS\" 0d0a1b \"[0;1mPress 7\" 1b5b306d0d0a \"press7 login: \"\n"
    "656e79\n"
    "7f\n"
    "670d00\n"
    "< 656e670d0a\n"
    "< 0d0a \"Password: \"\n"
    "\"secret\"\n"
    "0d00\n"
    "< 0d0a \"Last login: Mon\" 0d0a2420\n"
    "6c730d0a\n"
    "< \"recipe.txt\" 0d0a",
    ISTH_DISSECT_OK,
    "role telnet-server\n"
    "role telnet-client\n"
    "other 24 terminal-type (terminal xterm-256color)\n"
    "banner = Ubuntu 16.04.3 LTS (60)\n"
    "os = Ubuntu 16.04.3 LTS (60)\n"
    "banner = Press 7 (60)\n"
    "banner = press7 login: (60)\n"
    "hostname = press7 (60)\n"
    "banner = Password: (60)\n"
    "authenticate - login (user “eng”, password in clear)\n"
    "= ok", .pieces = true },
  { "refused",
    "< fffd18fffd20fffb03fffb01\n"
    "< 0d0a \"Ubuntu 16.04.3 LTS\" 0d0a1b \"[0;1mPress 7\" 1b5b306d0d0a \"press7 login: \"\n"
    "656e79\n"
    "670d00\n"
    "< 0d0a \"Password: \"\n"
    "\"secret\"\n"
    "0d00\n"
    "< 0d0a \"Login incorrect\" 0d0a \"press7 login: \"\n"
    "670d00",
    ISTH_DISSECT_OK,
    "role telnet-server\n"
    "banner = Ubuntu 16.04.3 LTS (60)\n"
    "os = Ubuntu 16.04.3 LTS (60)\n"
    "banner = Press 7 (60)\n"
    "banner = press7 login: (60)\n"
    "hostname = press7 (60)\n"
    "role telnet-client\n"
    "banner = Password: (60)\n"
    "authenticate - login (user “enyg”, password in clear)\n"
    "= refused: Login incorrect\n"
    "banner = press7 login: (60)\n"
    "hostname = press7 (60)", .pieces = true },
  { "half-typed",
    "< \"press7 login: \"\n"
    "\"eng\" 0d00\n"
    "< 0d0a \"Password: \"\n"
    "73",
    ISTH_DISSECT_OK,
    "banner = press7 login: (60)\n"
    "role telnet-server\n"
    "hostname = press7 (60)\n"
    "role telnet-client\n"
    "banner = Password: (60)\n"
    "authenticate - login (user “eng”, password in clear)", .pieces = true },
  { "password-alone",
    "< \"User Access Verification\" 0d0a0d0a \"Password: \"\n"
    "\"secret\"\n"
    "0d00\n"
    "< 0d0a \"Password: \"\n"
    "\"secret\"\n"
    "0d00\n"
    "< \"recipe.txt\" 0d0a",
    ISTH_DISSECT_OK,
    "banner = User Access Verification (60)\n"
    "banner = Password: (60)\n"
    "role telnet-server\n"
    "role telnet-client\n"
    "authenticate - login (password in clear)\n"
    "= refused: Password:\n"
    "authenticate - login (password in clear)\n"
    "= ok", .pieces = true },
  { "relay", /* of SEL: a level is asked for, and then what it is locked with */
    "< \"=\"\n"
    "\"ACC\" 0d0a\n"
    "< \"ACC\" 0d0a \"Password: ? \"\n"
    "\"secret\" 0d0a\n"
    "< \"******\" 0d0a \"Level 1\" 0d0a \"=>\"",
    ISTH_DISSECT_OK,
    "role telnet-server\n"
    "role telnet-client\n"
    "authenticate - login (password in clear)\n"
    "= ok", .pieces = true },
  { "environment",
    "< fffd18fffd20fffb03fffb01\n"
    "fffa270000 \"USER\" 01626f62fff0",
    ISTH_DISSECT_OK,
    "role telnet-server\n"
    "authenticate 39 environment (user “bob”)\n"
    "role telnet-client" },
  { "side-by-prompt",
    "6c730d0a\n"
    "< 0d0a \"Ubuntu 16.04.3 LTS\" 0d0a1b \"[0;1mPress 7\" 1b5b306d0d0a \"press7 login: \"\n"
    "670d00\n"
    "< 0d0a \"Password: \"\n"
    "\"secret\"\n"
    "0d00",
    ISTH_DISSECT_OK,
    "role telnet-server\n"
    "hostname = press7 (60)\n"
    "role telnet-client\n"
    "authenticate - login (user “g”, password in clear)", .mid_stream = true, .pieces = true },
  { "long-line",
    "< 78*400 0d0a",
    ISTH_DISSECT_OK,
    "banner = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (60)" },
  { "repeats-password",
    "< \"User login: \"\n"
    "656e79\n"
    "0d00\n"
    "< 0d0a \"Password: \"\n"
    "\"invalid1\"\n"
    "< \"invalid1\"\n"
    "0d00\n"
    "< 0d0a \"Welcome\" 0d0a",
    ISTH_DISSECT_OK,
    "banner = User login: (60)\n"
    "role telnet-server\n"
    "role telnet-client\n"
    "banner = Password: (60)\n"
    "authenticate - login (user “eny”, password in clear)\n"
    "= ok", .pieces = true },
  { "no-login",
    "< 0d0a \"Welcome\" 0d0a\n"
    "6c730d0a\n"
    "< 6c730d0a\n"
    "< \"recipe.txt\" 0d0a",
    ISTH_DISSECT_OK,
    "banner = Welcome (60)", .pieces = true },
  { "one-option",
    "fffd18",
    ISTH_DISSECT_OK,
    "role telnet-client" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "fffd18fffd20fffb03fffb01", ISTH_PROBE_STRONG },
    { "fffd18", ISTH_PROBE_WEAK },
    { "fffa1801fff0", ISTH_PROBE_WEAK },
    { "0d0a \"Ubuntu 16.04.3 LTS\" 0d0a1b \"[0;1mPress 7\" 1b5b306d0d0a \"press7 login: \"", ISTH_PROBE_WEAK },
    { "80010203", ISTH_PROBE_NO },
    { "fffd60fffd60", ISTH_PROBE_NO },
    { "ffffffff", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_telnet, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_telnet, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/telnet/probe", test_probe);
  return g_test_run ();
}
