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
    "report - message (local7.notice %SYS-6-LOGGINGHOST_STARTSTOP)" },
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
