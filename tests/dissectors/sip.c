/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP: telephones that register, calls that others pass on, refusals, over UDP and TCP. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sip;

static const IsthDissectCase cases[] = {
  { "register",
    "\"REGISTER sip:pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a "
    "\"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 1 REGISTER\" 0d0a \"User-Agent: Acme Phone 2.0\" 0d0a0d0a\n"
    "< \"SIP/2.0 401 Unauthorized\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a "
    "\"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 1 REGISTER\" 0d0a \"Server: Acme PBX/1.8\" 0d0a0d0a\n"
    "\"REGISTER sip:pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a "
    "\"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 2 REGISTER\" 0d0a \"Authorization: Digest username=\" 22 \"gate\" 22 "
    "\", response=\" 2278220d0a0d0a\n"
    "< \"SIP/2.0 100 Trying\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 2 REGISTER\" 0d0a0d0a\n"
    "< \"SIP/2.0 200 OK\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a \"To: <sip:gate@pbx>\" "
    "0d0a \"Call-ID: abc\" 0d0a \"CSeq: 2 REGISTER\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role sip-client\n"
    "protocol_address = sip:gate@pbx (90)\n"
    "software = Acme Phone 2.0 (60)\n"
    "report - REGISTER (sip:gate@pbx)\n"
    "role sip-server\n"
    "software = Acme PBX/1.8 (60)\n"
    "= refused: 401 Unauthorized\n"
    "protocol_address = sip:gate@pbx (90)\n"
    "report - REGISTER (sip:gate@pbx)\n"
    "authenticate - digest-login (user “gate”)\n"
    "= ok" },
  { "call-through-others",
    "\"INVITE sip:12@pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" "
    "22 \" <sip:gate@pbx>;tag=1\" 0d0a \"t: sip:12@pbx;x=y\" 0d0a \"i: def\" 0d0a \"CSeq: 3 INVITE\" 0d0a \"User-Agent: of another\" "
    "0d0a \"l: 4\" 0d0a0d0a763d300a\n"
    "< \"SIP/2.0 486 Busy Here\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"Record-Route: <sip:p>\" 0d0a \"i: def\" 0d0a \"CSeq: 3 INVITE\" "
    "0d0a \"User-Agent: of another\" 0d0a0d0a\n"
    "\"ACK sip:12@pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a \"To: <sip:gate@pbx>\" "
    "0d0a \"Call-ID: abc\" 0d0a \"CSeq: 3 ACK\" 0d0a \"Proxy-Authorization: NTLM x\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role sip-client\n"
    "other - INVITE (sip:gate@pbx → sip:12@pbx)\n"
    "role sip-server\n"
    "= refused: 486 Busy Here\n"
    "other - ACK (sip:gate@pbx → sip:gate@pbx)" },
  { "keep-alive",
    "\"REGISTER sip:pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a "
    "\"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 1 REGISTER\" 0d0a \"User-Agent: Acme Phone 2.0\" 0d0a0d0a\n"
    "0d0a",
    ISTH_DISSECT_OK,
    "role sip-client\n"
    "protocol_address = sip:gate@pbx (90)\n"
    "software = Acme Phone 2.0 (60)\n"
    "report - REGISTER (sip:gate@pbx)", .pieces = true },
  { "over-tcp",
    "\"INVITE sip:12@pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" "
    "22 \" <sip:gate@pbx>;tag=1\" 0d0a \"t: sip:12@pbx;x=y\" 0d0a \"i: def\" 0d0a \"CSeq: 3 INVITE\" 0d0a \"User-Agent: of another\" "
    "0d0a \"l: 4\" 0d0a0d0a763d300a\n"
    "0d0a",
    ISTH_DISSECT_OK,
    "role sip-client\n"
    "other - INVITE (sip:gate@pbx → sip:12@pbx)", .tcp = true, .pieces = true },
  { "another",
    "\"OPTIONS * HTTP/1.1\" 0d0a0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "cut",
    "\"INVITE sip:x\"",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"REGISTER sip:pbx SIP/2.0\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a \"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 1 REGISTER\" 0d0a \"User-Agent: Acme Phone 2.0\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"SIP/2.0 200 OK\" 0d0a \"Via: SIP/2.0/UDP 10.0.0.1\" 0d0a \"From: \" 22 \"Gate\" 22 \" <sip:gate@pbx>;tag=1\" 0d0a \"To: <sip:gate@pbx>\" 0d0a \"Call-ID: abc\" 0d0a \"CSeq: 2 REGISTER\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"OPTIONS * HTTP/1.1\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"OPTIONS * RTSP/1.0\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"INVITE sip:x\"", ISTH_PROBE_NO },
    { "0d0a", ISTH_PROBE_NO },
    { "01*12", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_sip, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_sip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/sip/probe", test_probe);
  return g_test_run ();
}
