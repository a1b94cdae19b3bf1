/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MQTT: each packet in its versions, no password, and Sparkplug B: nodes and devices by their births. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mqtt;

static const IsthDissectCase cases[] = {
  { "connect",
    "10200004 \"MQTT\" 04c2003c0007 \"press-7\" 0003626f620006 \"secret\"\n"
    "< 20020000",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = press-7 (60)\n"
    "authenticate 1 connect (client “press-7”, user “bob”, password in clear (under 8 characters))\n"
    "role mqtt-broker\n"
    "= ok" },
  { "connect-refused",
    "10200004 \"MQTT\" 04c2003c0007 \"press-7\" 0003626f620006 \"secret\"\n"
    "< 20020005",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = press-7 (60)\n"
    "authenticate 1 connect (client “press-7”, user “bob”, password in clear (under 8 characters))\n"
    "role mqtt-broker\n"
    "= refused: not authorised" },
  { "version-3.1",
    "10110006 \"MQIsdp\" 0302003c00036f6c64\n"
    "< 20020000",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = old (60)\n"
    "authenticate 1 connect (client “old”, no user)\n"
    "role mqtt-broker\n"
    "= ok" },
  { "version-5",
    "102f0004 \"MQTT\" 05c6003c05110000000a00036e6577000009 \"state/new\" 0004 \"gone\" 0003616d79000178\n"
    "< 2003000000",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = new (60)\n"
    "authenticate 1 connect (client “new”, user “amy”, password in clear (under 8 characters))\n"
    "role mqtt-broker\n"
    "= ok" },
  { "version-5-refused",
    "102f0004 \"MQTT\" 05c6003c05110000000a00036e6577000009 \"state/new\" 0004 \"gone\" 0003616d79000178\n"
    "< 2003008600",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = new (60)\n"
    "authenticate 1 connect (client “new”, user “amy”, password in clear (under 8 characters))\n"
    "role mqtt-broker\n"
    "= refused: bad user name or password" },
  { "publish",
    "300e000a \"hall/press42\"\n"
    "300e000a \"hall/press42\"",
    ISTH_DISSECT_OK,
    "report 3 publish (hall/press)\n"
    "report 3 publish (hall/press)" },
  { "at-least-once",
    "3210000a \"hall/press\" 00093432\n"
    "< 40020009",
    ISTH_DISSECT_OK,
    "report 3 publish (hall/press)\n"
    "= ok" },
  { "exactly-once",
    "3410000a \"hall/press\" 000a3432\n"
    "< 5002000a\n"
    "6202000a\n"
    "< 7002000a",
    ISTH_DISSECT_OK,
    "report 3 publish (hall/press)\n"
    "= ok" },
  { "publish-refused",
    "102f0004 \"MQTT\" 05c6003c05110000000a00036e6577000009 \"state/new\" 0004 \"gone\" 0003616d79000178\n"
    "< 2003000000\n"
    "3211000a \"hall/press\" 000b003432\n"
    "< 4003000b87",
    ISTH_DISSECT_OK,
    "role mqtt-client\n"
    "software = new (60)\n"
    "authenticate 1 connect (client “new”, user “amy”, password in clear (under 8 characters))\n"
    "role mqtt-broker\n"
    "= ok\n"
    "report 3 publish (hall/press)\n"
    "= refused: not authorised" },
  { "from-broker",
    "< 300e000a \"hall/press42\"",
    ISTH_DISSECT_OK,
    "report 3 publish (hall/press)" },
  { "subscribe",
    "821300010006 \"hall/#\" 010005 \"cmd/+\" 00\n"
    "< 900400010100",
    ISTH_DISSECT_OK,
    "subscribe 8 subscribe (hall/# and 1 more)\n"
    "role mqtt-broker\n"
    "= ok" },
  { "subscribe-refused",
    "821300010006 \"hall/#\" 010005 \"cmd/+\" 00\n"
    "< 900400010180",
    ISTH_DISSECT_OK,
    "subscribe 8 subscribe (hall/# and 1 more)\n"
    "role mqtt-broker\n"
    "= refused: unspecified error" },
  { "unsubscribe",
    "a20a00020006 \"hall/#\"\n"
    "< b0020002",
    ISTH_DISSECT_OK,
    "subscribe 10 unsubscribe (hall/#)\n"
    "role mqtt-broker\n"
    "= ok" },
  { "ping",
    "c000\n"
    "< d000",
    ISTH_DISSECT_OK,
    "other 12 ping\n"
    "role mqtt-broker\n"
    "= ok" },
  { "disconnect",
    "e000",
    ISTH_DISSECT_OK,
    "other 14 disconnect" },
  { "sparkplug-birth",
    "309402001a \"spBv1.0/Plant/NBIRTH/Edge5\" 0880d095ffbc3112220a18 \"Properties/Hardware Make \" 0c7a04 \"Acme\" 12250a19 "
    "\"Properties/Hardware Model \" 0c7a06 \"Edge 5\" 121c0a15 \"Properties/HW Version \" 0c7a014212160a0d \"Properties/FW \" "
    "0c7a03332e3212230a18 \"Properties/Serial Number \" 0c7a05 \"E5-77\" 12180a0d \"Properties/OS \" 0c7a05 \"Linux\" 121f0a13 "
    "\"Properties/Location \" 0c7a06 \"Hall 2\" 120c0a05 \"Other \" 0c7a01781800\n"
    "3045001f \"spBv1.0/Plant/DBIRTH/Edge5/Pump\" 12220a18 \"Properties/Hardware Make \" 0c7a04 \"Flow\"\n"
    "3020001e \"spBv1.0/Plant/DDATA/Edge5/Pump\"",
    ISTH_DISSECT_OK,
    "child sparkplug-node:Plant/Edge5\n"
    "vendor = Acme (90) @sparkplug-node:Plant/Edge5\n"
    "model = Edge 5 (90) @sparkplug-node:Plant/Edge5\n"
    "hardware = B (90) @sparkplug-node:Plant/Edge5\n"
    "firmware = 3.2 (90) @sparkplug-node:Plant/Edge5\n"
    "serial = E5-77 (90) @sparkplug-node:Plant/Edge5\n"
    "os = Linux (90) @sparkplug-node:Plant/Edge5\n"
    "location = Hall 2 (90) @sparkplug-node:Plant/Edge5\n"
    "sparkplug: report 3 node-birth (spBv1.0/Plant/NBIRTH/Edge5)\n"
    "child sparkplug-node:Plant/Edge5 > sparkplug-device:Pump\n"
    "vendor = Flow (90) @sparkplug-node:Plant/Edge5 > sparkplug-device:Pump\n"
    "sparkplug: report 3 device-birth (spBv1.0/Plant/DBIRTH/Edge5/Pump)\n"
    "child sparkplug-node:Plant/Edge5 > sparkplug-device:Pump\n"
    "sparkplug: report 3 device-data (spBv1.0/Plant/DDATA/Edge5/Pump)" },
  { "sparkplug-command",
    "< 302b001d \"spBv1.0/Plant/DCMD/Edge5/Pump\" 120a0a03 \"Set \" 0c7a0131",
    ISTH_DISSECT_OK,
    "sparkplug: write 3 device-command (spBv1.0/Plant/DCMD/Edge5/Pump) @sparkplug-node:Plant/Edge5 > sparkplug-device:Pump" },
  { "sparkplug-state",
    "30240013 \"spBv1.0/STATE/scada{\" 22 \"online\" 22 \":true}\"",
    ISTH_DISSECT_OK,
    "sparkplug: report 3 host-state (spBv1.0/STATE/scada)" },
  { "sparkplug-death",
    "301c001a \"spBv1.0/Plant/NDEATH/Edge5\"",
    ISTH_DISSECT_OK,
    "child sparkplug-node:Plant/Edge5\n"
    "sparkplug: report 3 node-death (spBv1.0/Plant/NDEATH/Edge5)" },
  { "sparkplug-lies",
    "3022001a \"spBv1.0/Plant/NBIRTH/Edge5\" 12ffffffff0f",
    ISTH_DISSECT_OK,
    "child sparkplug-node:Plant/Edge5\n"
    "sparkplug: report 3 node-birth (spBv1.0/Plant/NBIRTH/Edge5)" },
  { "number-missing",
    "320c000a \"hall/press\"",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "10200004 \"MQTT\" 04c2003c0007 \"press-7\" 0003626f620006 \"secret\"", ISTH_PROBE_STRONG },
    { "10110006 \"MQIsdp\" 0302003c00036f6c64", ISTH_PROBE_STRONG },
    { "300e000a \"hall/press42\"", ISTH_PROBE_WEAK },
    { "300c000a \"hall/press\"", ISTH_PROBE_WEAK },
    { "c000", ISTH_PROBE_WEAK },
    { "100e0004 \"HTTP\" 0402003c00026162", ISTH_PROBE_NO },
    { "3082010a020100", ISTH_PROBE_NO },
    { "\"GET / HTTP/1.1\" 0d0a", ISTH_PROBE_NO },
    { "8206000100016100", ISTH_PROBE_WEAK },
    { "c100", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_mqtt, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mqtt, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mqtt/probe", test_probe);
  return g_test_run ();
}
