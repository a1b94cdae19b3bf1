/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zabbix: what a server asks of agents, what agents say of themselves, what is compressed; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_zabbix;

static const IsthDissectCase cases[] = {
  { "get",
    "\"ZBXD\" 010a00*7 \"proc.num[]\"\n"
    "< \"ZBXD\" 010300*7 323633\n"
    "\"ZBXD\" 010a00*7 \"proc.num[]\"\n"
    "< \"ZBXD\" 010300*7 323633",
    ISTH_DISSECT_OK,
    "role zabbix-server\n"
    "read - get (proc.num[])\n"
    "= ok\n"
    "role zabbix-agent\n"
    "read - get (proc.num[])\n"
    "= ok" },
  { "identity",
    "\"ZBXD\" 010d00*7 \"agent.version\"\n"
    "< \"ZBXD\" 010500*7 \"6.0.9\"\n"
    "\"ZBXD\" 010f00*7 \"system.hostname\"\n"
    "< \"ZBXD\" 010700*7 \"press-7\"\n"
    "\"ZBXD\" 010c00*7 \"system.uname\"\n"
    "< \"ZBXD\" 011100*7 \"Linux press-7 6.1\"\n"
    "\"ZBXD\" 010c00*7 \"system.sw.os\"\n"
    "< \"ZBXD\" 010900*7 \"Debian 12\"",
    ISTH_DISSECT_OK,
    "role zabbix-server\n"
    "read - get (agent.version)\n"
    "= ok\n"
    "role zabbix-agent\n"
    "software = Zabbix agent 6.0.9 (90)\n"
    "read - get (system.hostname)\n"
    "= ok\n"
    "hostname = press-7 (90)\n"
    "read - get (system.uname)\n"
    "= ok\n"
    "description = Linux press-7 6.1 (90)\n"
    "read - get (system.sw.os)\n"
    "= ok\n"
    "os = Debian 12 (90)" },
  { "not-supported",
    "\"ZBXD\" 010600*7 \"nosuch\"\n"
    "< \"ZBXD\" 011400*7 \"ZBX_NOTSUPPORTED\" 00776879",
    ISTH_DISSECT_OK,
    "role zabbix-server\n"
    "read - get (nosuch)\n"
    "= refused: not supported\n"
    "role zabbix-agent" },
  { "active",
    "\"ZBXD\" 013c00*7 7b22 \"request\" 223a22 \"active checks\" 222c22 \"host\" 223a22 \"press-7\" 222c22 \"version\" "
    "223a22362e30227d\n"
    "< \"ZBXD\" 012000*7 7b22 \"response\" 223a22 \"success\" 222c22 \"data\" 22 \":[]}\"",
    ISTH_DISSECT_OK,
    "role zabbix-agent\n"
    "read - request (active checks)\n"
    "hostname = press-7 (60)\n"
    "software = Zabbix agent 6.0 (60)\n"
    "role zabbix-server\n"
    "= ok" },
  { "data-refused",
    "\"ZBXD\" 012e00*7 7b22 \"request\" 223a22 \"agent data\" 222c22 \"data\" 223a5b7b22 \"host\" 223a2278227d5d7d\n"
    "< \"ZBXD\" 012100*7 7b22 \"response\" 223a22 \"failed\" 222c22 \"info\" 223a226e6f227d",
    ISTH_DISSECT_OK,
    "role zabbix-agent\n"
    "report - request (agent data)\n"
    "role zabbix-server\n"
    "= refused: failed" },
  { "other-document",
    "\"ZBXD\" 010a00*7 7b22 \"what\" 223a317d",
    ISTH_DISSECT_OK,
    "" },
  { "compressed",
    "\"ZBXD\" 030600*7 789ca5a5a5a5\n"
    "< \"ZBXD\" 030600*7 789ca5a5a5a5",
    ISTH_DISSECT_OK,
    "other - compressed\n"
    "= ok" },
  { "large",
    "\"ZBXD\" 050500*15 \"hello\"",
    ISTH_DISSECT_OK,
    "role zabbix-server\n"
    "read - get (hello)" },
  { "direction-unknown",
    "\"ZBXD\" 010a00*7 \"proc.num[]\"",
    ISTH_DISSECT_OK,
    "", .mid_stream = true },
  { "compressed-unknown",
    "\"ZBXD\" 030600*7 789ca5a5a5a5",
    ISTH_DISSECT_OK,
    "", .mid_stream = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"ZBXD\" 010a00*7 \"proc.num[]\"", ISTH_PROBE_STRONG },
    { "\"ZBXD\" 030600*7 789ca5a5a5a5", ISTH_PROBE_STRONG },
    { "\"ZBXD\" 050500*15 \"hello\"", ISTH_PROBE_STRONG },
    { "\"ZBXD\" 090100*7 78", ISTH_PROBE_NO },
    { "\"ZBXX\" 0100*12", ISTH_PROBE_NO },
    { "\"ZBXD\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_zabbix, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_zabbix, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/zabbix/probe", test_probe);
  return g_test_run ();
}
