/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tank gauges: asked and set, by people and programs; station, software; bytes that only look like it. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_atg;

static const IsthDissectCase cases[] = {
  { "inventory",
    "01 \"I20100\" 0d\n"
    "< 01 0d0a \"I20100\" 0d0a \"JAN 1\" 0d0a 0d0a \"SHELL\" 0d0a 0d0a \"IN-TANK\" 0d0a 03",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "read 201 in-tank-inventory (all)\n"
    "= ok\n"
    "role atg-server\n"
    "station = SHELL (60)" },
  { "inventory-without-header",
    "01 \"I20500\" 0a\n"
    "< 0a \"I20500\" 0a \"JAN 1\" 0a 0a \"IN-TANK STATUS\" 0a \"1 OK\" 0a 03",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "read 205 in-tank-status (all)\n"
    "= ok\n"
    "role atg-server" },
  { "title-only",
    "01 \"I20500\" 0a\n"
    "< 0a \"I20500\" 0a \"JAN 1\" 0a 0a \"IN-TANK STATUS\" 0a 0a \"1 OK\" 0a 03",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "read 205 in-tank-status (all)\n"
    "= ok\n"
    "role atg-server" },
  { "security-code",
    "01 \"123456S60205X\" 0d\n"
    "< 01 0d0a \"S60205\" 0d0a 03",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "configure 602 set-tank-product-label (number 5, security code in clear (under 8 characters))\n"
    "= ok\n"
    "role atg-server" },
  { "program-form",
    "01 \"i20101\" 0d\n"
    "< 01 \"i20101\" \"2601010000\" 03",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "read 201 in-tank-inventory (number 1)\n"
    "= ok\n"
    "role atg-server" },
  { "unknown",
    "01 \"I7A100\" 0d\n"
    "01 \"S99900\" 0d",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "read - inquire (all)\n"
    "role atg-client\n"
    "configure 999 set (all)" },
  { "several-sets",
    "01 \"S00100\" 0d\n"
    "01 \"S05200\" 0d\n"
    "01 \"S50300\" 0d\n"
    "01 \"S50100\" 0d",
    ISTH_DISSECT_OK,
    "role atg-client\n"
    "control 1 system-reset (all)\n"
    "role atg-client\n"
    "control 52 start-leak-test (all)\n"
    "role atg-client\n"
    "configure 503 set-report-header (all)\n"
    "role atg-client\n"
    "time-sync 501 set-time (all)" },
  { "software",
    "< 0a \"I90200\" 0a \"D\" 0a \"VERSION 9\" 0a \"SOFTWARE# 1-A\" 0a",
    ISTH_DISSECT_OK,
    "role atg-server\n"
    "firmware = 9 (90)\n"
    "software = 1-A (90)" },
  { "letters-for-digits",
    "01 \"I20X00\" 0d",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "cut-short",
    "01 \"I20\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is. */
static const IsthProbeCase probes[] = {
  { "01 \"I20100\" 0d", ISTH_PROBE_STRONG },
  { "01 \"I20100\"", ISTH_PROBE_STRONG },
  { "01 \"I20100X\"", ISTH_PROBE_WEAK },
  { "01 \"ABCDEFI20100\" 0d", ISTH_PROBE_WEAK },
  { "01 \"X20100\" 0d", ISTH_PROBE_NO },
  { "0a \"I20100\" 0a", ISTH_PROBE_STRONG },
  { "\"I20100\" 0a", ISTH_PROBE_NO },
  { "01 \"I2010G\" 0d", ISTH_PROBE_NO },
  { "fb f1 01 e0 1a 64 f6", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_atg, &(IsthPacket) { .layer = ISTH_LAYER_TCP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), false);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_atg, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/atg/probe", test_probe);
  return g_test_run ();
}
