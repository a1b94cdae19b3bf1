/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SOCKS: who asks for whom, names without their passwords, refusals; names that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_socks;

static const IsthDissectCase cases[] = {
  { "login",
    "05020002\n"
    "< 0502\n"
    "0103626f6206 \"secret\"\n"
    "< 0100\n"
    "050100030d \"press.example\" 01f6\n"
    "< 0500000100*6\n"
    "\"relayed bytes\"\n"
    "< \"relayed bytes\"",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "role socks-server\n"
    "authenticate - login (user “bob”, password in clear (under 8 characters))\n"
    "= ok\n"
    "authenticate 1 connect (press.example port 502, user “bob”)\n"
    "= ok", .pieces = true },
  { "login-refused",
    "05020002\n"
    "< 0502\n"
    "0103626f6206 \"secret\"\n"
    "< 0101",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "role socks-server\n"
    "authenticate - login (user “bob”, password in clear (under 8 characters))\n"
    "= refused: login refused", .pieces = true },
  { "address",
    "050100\n"
    "< 0500\n"
    "050100010a0000070066\n"
    "< 0505000100*6",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "role socks-server\n"
    "authenticate 1 connect (10.0.0.7 port 102)\n"
    "= refused: connection refused", .pieces = true },
  { "address-6",
    "050100\n"
    "< 0500\n"
    "0501000420010db800*11 0101f6\n"
    "< 0563000100*6",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "role socks-server\n"
    "authenticate 1 connect (2001:db8::1 port 502)\n"
    "= refused: refused", .pieces = true },
  { "no-method",
    "050100\n"
    "< 05ff\n"
    "\"relayed bytes\"",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "role socks-server", .pieces = true },
  { "version-4",
    "040101f60a000007626f6200\n"
    "< 005a00*6\n"
    "\"relayed bytes\"",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "authenticate 1 connect (10.0.0.7 port 502, user “bob”)\n"
    "role socks-server\n"
    "= ok", .pieces = true },
  { "version-4a",
    "040101f600000001626f6200 \"press.example\" 00\n"
    "< 005b00*6",
    ISTH_DISSECT_OK,
    "role socks-client\n"
    "authenticate 1 connect (press.example port 502, user “bob”)\n"
    "role socks-server\n"
    "= refused: rejected", .pieces = true },
  { "unknown-address",
    "050100\n"
    "< 0500\n"
    "0501000700",
    ISTH_DISSECT_MALFORMED,
    "role socks-client\n"
    "role socks-server", .pieces = true },
  { "unknown-command",
    "050100\n"
    "< 0500\n"
    "0509000103 \"bob\" 01f6",
    ISTH_DISSECT_MALFORMED,
    "role socks-client\n"
    "role socks-server", .pieces = true },
  { "name-lies",
    "05020002\n"
    "< 0502\n"
    "01ff626f62",
    ISTH_DISSECT_MALFORMED,
    "role socks-client\n"
    "role socks-server", .pieces = true },
  { "relayed-alone",
    "\"relayed bytes\"",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "05020002", ISTH_PROBE_STRONG },
    { "050100", ISTH_PROBE_STRONG },
    { "040101f60a000007626f6200", ISTH_PROBE_STRONG },
    { "040101f600000001626f6200 \"press.example\" 00", ISTH_PROBE_STRONG },
    { "05020000", ISTH_PROBE_NO },
    { "040100000a000007626f6200", ISTH_PROBE_NO },
    { "05000b0310000000", ISTH_PROBE_NO },
    { "040100500a000001ff00", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_socks, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_socks, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/socks/probe", test_probe);
  return g_test_run ();
}
