/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CoAP: methods and their answers, options long and short, observations, answers that come apart, lying lengths. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_coap;

static const IsthDissectCase cases[] = {
  { "get",
    "420100011122 \"8sensor-4\" 84 \"hall\" 04 \"tempCu=C\"\n"
    "< 624500011122c132ff7b227422 \":21}\"",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/hall/temp)\n"
    "hostname = sensor-4 (75) about 10.0.0.2\n"
    "role coap-server\n"
    "= ok" },
  { "not-found",
    "4101000201bb \".well-known\" 04 \"core\"\n"
    "< 6184000201",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/.well-known/core)\n"
    "role coap-server\n"
    "= refused: not found" },
  { "unknown-code",
    "4101000201bb \".well-known\" 04 \"core\"\n"
    "< 619e000201",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/.well-known/core)\n"
    "role coap-server\n"
    "= refused: code 4.30" },
  { "put",
    "4103000302b5 \"valve\" ff \"open\"\n"
    "< 6144000302",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "write 3 put (/valve)\n"
    "role coap-server\n"
    "= ok" },
  { "put-a-password", /* which the runner looks for in all evidence */
    "4103000302b5 \"valve\" ff \"secret\"",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "write 3 put (/valve)" },
  { "post",
    "5102000403b36c6f67ff78",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "write 2 post (/log)" },
  { "delete-refused",
    "4104000504b36c6f67\n"
    "< 61a3000504",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "write 4 delete (/log)\n"
    "role coap-server\n"
    "= refused: service unavailable" },
  { "observe",
    "4101000605 \"`Ttemp\"\n"
    "< 61450006056101ff3231\n"
    "< 51450007056102ff3232",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "subscribe 1 observe (/temp)\n"
    "role coap-server\n"
    "= ok\n"
    "role coap-server" },
  { "stop-observing",
    "41010008066101 \"Ttemp\"",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "subscribe 1 stop-observing (/temp)" },
  { "answer-apart",
    "420100011122 \"8sensor-4\" 84 \"hall\" 04 \"tempCu=C\"\n"
    "< 60000001\n"
    "< 424500091122ff \"late\"\n"
    "60000001",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/hall/temp)\n"
    "hostname = sensor-4 (75) about 10.0.0.2\n"
    "role coap-server\n"
    "= ok" },
  { "reset",
    "420100011122 \"8sensor-4\" 84 \"hall\" 04 \"tempCu=C\"\n"
    "< 70000001",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/hall/temp)\n"
    "hostname = sensor-4 (75) about 10.0.0.2" },
  { "root",
    "4101000a07",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/)" },
  { "long-options",
    "4101000b08bd07 \"aaaaaaaaaaaaaaaaaaaa\" ed001401 \"xxxxxxxxxxxxxx\"",
    ISTH_DISSECT_OK,
    "role coap-client\n"
    "read 1 get (/aaaaaaaaaaaaaaaaaaaa)" },
  { "lying-option",
    "4101000109b9616263",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "420100011122 \"8sensor-4\" 84 \"hall\" 04 \"tempCu=C\"", ISTH_PROBE_STRONG },
    { "624500011122c132ff7b227422 \":21}\"", ISTH_PROBE_WEAK },
    { "60000001", ISTH_PROBE_WEAK },
    { "70000001", ISTH_PROBE_WEAK },
    { "40010001", ISTH_PROBE_WEAK },
    { "4000000100", ISTH_PROBE_NO },
    { "40090001", ISTH_PROBE_NO },
    { "49010001 \"aaaaaaaaa\"", ISTH_PROBE_NO },
    { "80010001", ISTH_PROBE_NO },
    { "4101000109b9616263", ISTH_PROBE_NO },
    { "420100010102ff", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_coap, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_coap, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/coap/probe", test_probe);
  return g_test_run ();
}
