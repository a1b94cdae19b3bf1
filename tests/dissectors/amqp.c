/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AMQP: the opening and who logs in (never with what), declarations, publications, deliveries; frames and tables that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_amqp;

static const IsthDissectCase cases[] = {
  { "start",
    "\"AMQP\" 00000901\n"
    "< 0100*5 8b000a000a00090000006607 \"productS\" 00000008 \"RabbitMQ\" 07 \"versionS\" 00000006 \"3.12.1\" 0c \"capabilitiesF\" "
    "00000004017874010c \"cluster_nameS\" 0000000c \"rabbit@plant\" 016e49000000010176560000000e \"PLAIN AMQPLAIN\" 00000005 \"en_US\" "
    "ce\n"
    "0100*5 34000a000b0000001107 \"productS\" 00000004 \"pika\" 05 \"PLAIN\" 0000000b00626f6200 \"secret\" 05 \"en_US\" ce",
    ISTH_DISSECT_OK,
    "other - protocol-header (0-9)\n"
    "role amqp-broker\n"
    "hostname = rabbit@plant (60)\n"
    "software = RabbitMQ 3.12.1 (90)\n"
    "identify 2570 connection.start\n"
    "= ok\n"
    "role amqp-client\n"
    "software = pika (90)\n"
    "authenticate 2571 connection.start-ok (user “bob”, password in clear (under 8 characters))" },
  { "amqplain",
    "\"AMQP\" 00000901\n"
    "< 0100*5 8b000a000a00090000006607 \"productS\" 00000008 \"RabbitMQ\" 07 \"versionS\" 00000006 \"3.12.1\" 0c \"capabilitiesF\" "
    "00000004017874010c \"cluster_nameS\" 0000000c \"rabbit@plant\" 016e49000000010176560000000e \"PLAIN AMQPLAIN\" 00000005 \"en_US\" "
    "ce\n"
    "0100*5 3d000a000b0000000008 \"AMQPLAIN\" 0000002205 \"LOGINS\" 00000003616d7908 \"PASSWORDS\" 00000006 \"secret\" 05 \"en_US\" ce",
    ISTH_DISSECT_OK,
    "other - protocol-header (0-9)\n"
    "role amqp-broker\n"
    "hostname = rabbit@plant (60)\n"
    "software = RabbitMQ 3.12.1 (90)\n"
    "identify 2570 connection.start\n"
    "= ok\n"
    "role amqp-client\n"
    "authenticate 2571 connection.start-ok (user “amy”, password in clear (under 8 characters))" },
  { "external",
    "< 0100*5 8b000a000a00090000006607 \"productS\" 00000008 \"RabbitMQ\" 07 \"versionS\" 00000006 \"3.12.1\" 0c \"capabilitiesF\" "
    "00000004017874010c \"cluster_nameS\" 0000000c \"rabbit@plant\" 016e49000000010176560000000e \"PLAIN AMQPLAIN\" 00000005 \"en_US\" "
    "ce\n"
    "0100*5 1b000a000b0000000008 \"EXTERNAL\" 0000000005 \"en_US\" ce",
    ISTH_DISSECT_OK,
    "role amqp-broker\n"
    "hostname = rabbit@plant (60)\n"
    "software = RabbitMQ 3.12.1 (90)\n"
    "identify 2570 connection.start\n"
    "= ok\n"
    "role amqp-client\n"
    "authenticate 2571 connection.start-ok (mechanism EXTERNAL)" },
  { "open",
    "0100*5 0d000a002806 \"/plant\" 0000ce\n"
    "< 0100*5 05000a002900ce\n"
    "010001000000050014000a00ce\n"
    "< 010001000000080014000b00000000ce",
    ISTH_DISSECT_OK,
    "role amqp-client\n"
    "other 2600 connection.open (virtual host “/plant”)\n"
    "role amqp-broker\n"
    "= ok\n"
    "role amqp-client\n"
    "other 5130 channel.open\n"
    "role amqp-broker\n"
    "= ok" },
  { "declare",
    "010001000000180028000a000006 \"alarms\" 05 \"topic\" 00*5 ce\n"
    "< 010001000000040028000bce\n"
    "010001000000110032000a000005 \"press\" 00*5 ce\n"
    "< 010001000000120032000b05 \"press\" 00*8 ce",
    ISTH_DISSECT_OK,
    "role amqp-client\n"
    "configure 10250 exchange.declare (exchange “alarms”)\n"
    "role amqp-broker\n"
    "= ok\n"
    "role amqp-client\n"
    "configure 12810 queue.declare (queue “press”)\n"
    "role amqp-broker\n"
    "= ok" },
  { "publish",
    "01000100000016003c0028000006 \"alarms\" 07 \"press.7\" 00ce\n"
    "0200010000000e003c00*9 050000ce\n"
    "03000100000005 \"12345\" ce\n"
    "01000100000016003c0028000006 \"alarms\" 07 \"press.7\" 00ce",
    ISTH_DISSECT_OK,
    "role amqp-client\n"
    "report 15400 basic.publish (exchange “alarms”, key “press.7”)\n"
    "role amqp-client\n"
    "report 15400 basic.publish (exchange “alarms”, key “press.7”)" },
  { "consume",
    "01000100000012003c0014000005 \"press\" 00*6 ce\n"
    "< 01000100000007003c0015027431ce\n"
    "< 0100010000001f003c003c02743100*9 06 \"alarms\" 07 \"press.7\" ce",
    ISTH_DISSECT_OK,
    "role amqp-client\n"
    "subscribe 15380 basic.consume (queue “press”)\n"
    "role amqp-broker\n"
    "= ok\n"
    "role amqp-broker\n"
    "report 15420 basic.deliver (exchange “alarms”, key “press.7”)" },
  { "close",
    "< 0100*5 1c000a0032014011 \"CONNECTION_FORCED\" 00000000ce\n"
    "0100*5 04000a0033ce",
    ISTH_DISSECT_OK,
    "other 2610 connection.close (320 CONNECTION_FORCED)\n"
    "= ok" },
  { "heartbeat",
    "0800*6 ce",
    ISTH_DISSECT_OK,
    "" },
  { "version-1",
    "\"AMQP\" 03010000\n"
    "< \"AMQP\" 03010000",
    ISTH_DISSECT_OK,
    "other - protocol-header (1.0)" },
  { "unknown-method",
    "0100010000000400630009ce",
    ISTH_DISSECT_OK,
    "" },
  { "no-frame-end",
    "0100*5 0d000a002806 \"/plant\" 000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-string",
    "01000100000009003c00280000206162ce",
    ISTH_DISSECT_MALFORMED,
    "role amqp-client\n"
    "report 15400 basic.publish" },
  { "lying-table",
    "< 0100*5 1b000a000a00090000000901615a00*14 ce",
    ISTH_DISSECT_OK,
    "role amqp-broker\n"
    "identify 2570 connection.start" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"AMQP\" 00000901", ISTH_PROBE_STRONG },
    { "\"AMQP\" 03010000", ISTH_PROBE_STRONG },
    { "01000100000016003c0028000006 \"alarms\" 07 \"press.7\" 00ce", ISTH_PROBE_STRONG },
    { "0800*6 ce", ISTH_PROBE_WEAK },
    { "03000100000005 \"12345\" ce", ISTH_PROBE_WEAK },
    { "0100010000000400630009ce", ISTH_PROBE_WEAK },
    { "0100*5 0d000a002806 \"/plant\" 000000", ISTH_PROBE_WEAK },
    { "03000100000005 \"12345x\"", ISTH_PROBE_NO },
    { "\"AMQP\" 01020304", ISTH_PROBE_NO },
    { "01000100000005003c00280000", ISTH_PROBE_WEAK },
    { "\"GET / HTTP/1.1\" 0d0a", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_amqp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_amqp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/amqp/probe", test_probe);
  return g_test_run ();
}
