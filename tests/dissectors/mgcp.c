/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP: commands, answers, refusals; what only looks like them. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mgcp;

static const IsthDissectCase cases[] = {
  { "audit",
    "\"AUEP 1200 aaln/1@gw MGCP 1.0\" 0d0a \"F: A\" 0d0a\n"
    "< \"100 1200\" 0d0a\n"
    "< \"200 1200 OK\" 0d0a",
    ISTH_DISSECT_OK,
    "role mgcp-call-agent\n"
    "diagnose - audit-endpoint (aaln/1@gw)\n"
    "= ok" },
  { "refused",
    "\"AUEP 1200 aaln/1@gw MGCP 1.0\" 0d0a \"F: A\" 0d0a\n"
    "< \"500 1200 unknown\" 0d0a",
    ISTH_DISSECT_OK,
    "role mgcp-call-agent\n"
    "diagnose - audit-endpoint (aaln/1@gw)\n"
    "= refused: code 500" },
  { "restart",
    "\"RSIP 7 *@gw MGCP 1.0\" 0d0a \"RM: restart\" 0d0a",
    ISTH_DISSECT_OK,
    "role mgcp-gateway\n"
    "report - restart-in-progress (*@gw)" },
  { "without-end",
    "\"NTFY 8 a@b MGCP 1.0\"",
    ISTH_DISSECT_OK,
    "role mgcp-gateway\n"
    "report - notify (a@b)" },
  { "no-version",
    "\"AUEP 1 a\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "no-number",
    "\"AUEP x a MGCP 1.0\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "unknown-command",
    "\"AUEX 1 a MGCP 1.0\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"AUEP 1200 aaln/1@gw MGCP 1.0\" 0d0a \"F: A\" 0d0a", ISTH_PROBE_STRONG },
    { "\"200 1200 OK\" 0d0a", ISTH_PROBE_WEAK },
    { "\"220 press ready\" 0d0a", ISTH_PROBE_NO },
    { "\"AUEX 1 a MGCP 1.0\" 0d0a", ISTH_PROBE_NO },
    { "\"AUEP 1 a\" 0d0a", ISTH_PROBE_NO },
    { "\"AUEP x a MGCP 1.0\" 0d0a", ISTH_PROBE_NO },
    { "0102", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_mgcp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mgcp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mgcp/probe", test_probe);
  return g_test_run ();
}
