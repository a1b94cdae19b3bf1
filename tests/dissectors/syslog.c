/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syslog: both forms, those of devices without either, messages over TCP; what is none. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_syslog;

static const IsthDissectCase cases[] = {
  { "old",
    "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = press-7 (60)\n"
    "report - message (auth.critical su)" },
  { "new",
    "\"<165>1 2026-08-24T05:14:15.000003-07:00 plc4.example.org evntslog - ID47 [x@1 a=\" 223122 \"] hello\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = plc4.example.org (60)\n"
    "report - message (local4.notice evntslog)" },
  { "without-names",
    "\"<13>1 - - - - - -\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (user.notice)" },
  { "cisco",
    "\"<189>86: R1: *Sep 22 13:47:54.303: %SYS-6-LOGGINGHOST_STARTSTOP: stopped\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = R1 (60)\n"
    "vendor = Cisco (20)\n"
    "report - message (local7.notice %SYS-6-LOGGINGHOST_STARTSTOP)" },
  { "cisco-elements",
    "\"<189>92: R1: <ios-log-msg><facility>SYS</facility><severity>5</severity><msg-id>CONFIG_I</msg-id></ios-log-msg>\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = R1 (60)\n"
    "os = Cisco IOS (60)\n"
    "vendor = Cisco (60)\n"
    "report - message (local7.notice)" },
  { "cisco-without-origin",
    "\"<189>74: Mar  3 19:59:46.152: %LINK-3-UPDOWN: Interface GigabitEthernet0/2, changed state to up\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "vendor = Cisco (20)\n"
    "report - message (local7.notice %LINK-3-UPDOWN)" },
  { "cisco-like", /* a severity in letters is another maker's */
    "\"<189>74: x: %LINK-I-Up: gi1\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (local7.notice %LINK-I-Up)" },
  { "fortigate",
    "\"<189>date=2021-12-09 time=16:29:06 devname=\" 22 \"HQ-83\" 22 \" devid=\" 22 \"FGT61ETK19000000\" 22 \" eventtime=1639052948154831889\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "serial = FGT61ETK19000000 (60)\n"
    "vendor = Fortinet (60)\n"
    "model = FortiGate (60)\n"
    "hostname = HQ-83 (60)\n"
    "report - message (local7.notice)" },
  { "fortigate-bare",
    "\"<189>date=2012-12-09 time=16:29:06 devname=HQ-83 devid=FG100D0000000000 logid=0000000013\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "serial = FG100D0000000000 (60)\n"
    "vendor = Fortinet (60)\n"
    "model = FortiGate (60)\n"
    "hostname = HQ-83 (60)\n"
    "report - message (local7.notice)" },
  { "fortigate-short",
    "\"<189>date=2012-12-09 time=16:29:06 devname=HQ-83 devid=FG\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (local7.notice)" },
  { "netscreen",
    "\"<134>ssg: NetScreen device_id=0185000008000000  [Root]system-notification-00257(traffic): x\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "vendor = NetScreen (60)\n"
    "serial = 0185000008000000 (60)\n"
    "hostname = ssg (60)\n"
    "report - message (local0.info ssg)" },
  { "netscreen-with-a-name",
    "\"<134>gw1: NetScreen device_id=branch  [Root]system-notification-00257(traffic): x\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "vendor = NetScreen (60)\n"
    "hostname = gw1 (60)\n"
    "report - message (local0.info gw1)" },
  { "sfr",
    "\"<134>Jan 01 00:01:47 nb6 nbd: 01=7;03=10.0.0.1;04=NB6-FXC-r2;05=000000000000;2A=NB6-BOOTLOADER-R1.32.0_NB6-MAIN-R3.3.4_NB6-RESCUE-R3.1.8;07=40\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = nb6 (60)\n"
    "model = NB6-FXC-r2 (60)\n"
    "vendor = SFR (20)\n"
    "firmware = R3.3.4 (60)\n"
    "report - message (local0.info nbd)" },
  { "program-alone",
    "\"<30>snmpd[6956]: Connection\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (daemon.info snmpd)" },
  { "bare",
    "\"<134>854 something\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (local0.info)" },
  { "local-host",
    "\"<34>Oct 11 22:14:15 localhost cron: x\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (auth.critical cron)" },
  { "no-host",
    "\"<34>Oct 11 22:14:15 sudo: x\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (auth.critical sudo)" },
  { "address",
    "\"<34>Oct 11 22:14:15 10.0.0.1 cron: x\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (auth.critical cron)" },
  { "again",
    "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\"\n"
    "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = press-7 (60)\n"
    "report - message (auth.critical su)\n"
    "report - message (auth.critical su)" },
  { "another-host",
    "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\"\n"
    "\"<34>Oct 11 22:14:16 press-8 su[231]: again\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = press-7 (60)\n"
    "report - message (auth.critical su)\n"
    "report - message (auth.critical su)" },
  { "cut-short",
    "\"<34>Oct 11 22\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "report - message (auth.critical)" },
  { "counted",
    "\"90 <165>1 2026-08-24T05:14:15.000003-07:00 plc4.example.org evntslog - ID47 [x@1 a=\" 223122 \"] hello\"",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = plc4.example.org (60)\n"
    "report - message (local4.notice evntslog)", .tcp = true },
  { "line",
    "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\" 0a",
    ISTH_DISSECT_OK,
    "role syslog-sender\n"
    "role syslog-server about 10.0.0.2\n"
    "hostname = press-7 (60)\n"
    "report - message (auth.critical su)", .tcp = true },
  { "no-such-priority",
    "\"<192>x\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "no-priority",
    "3c3e78",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"<34>Oct 11 22:14:15 press-7 su[230]: login failed\"", ISTH_PROBE_STRONG },
    { "\"<165>1 2026-08-24T05:14:15.000003-07:00 plc4.example.org evntslog - ID47 [x@1 a=\" 223122 \"] hello\"", ISTH_PROBE_STRONG },
    { "\"<30>snmpd[6956]: Connection\"", ISTH_PROBE_WEAK },
    { "\"<34>Oct 11 22\"", ISTH_PROBE_WEAK },
    { "\"<192>x\"", ISTH_PROBE_NO },
    { "3c3e78", ISTH_PROBE_NO },
    { "\"<html>\"", ISTH_PROBE_NO },
    { "\"<34>\" 0102", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_syslog, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_syslog, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/syslog/probe", test_probe);
  return g_test_run ();
}
