/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenVPN: the begin, control channels bare, signed and secret, TLS in pieces; acknowledgments that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_openvpn;

static const IsthDissectCase cases[] = {
  { "session",
    "\"8clientid\" 00*5\n"
    "< \"@serverid\" 0100000000 \"clientid\" 00000000\n"
    "\"(clientid\" 0100000000 \"serverid\"\n"
    "\" clientid\" 00000000011603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100\n"
    "\" clientid\" 0000000002000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< \" serverid\" 0100000001 \"clientid\" 00000001160303016d020000260303 72*32 "
    "00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" 1730150603\n"
    "< \" serverid\" 00000000025504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d7072\n"
    "< \" serverid\" 0000000003 \"ess.example0\" 00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\"\n"
    "< \" serverid\" 0000000004180f \"20490101000000Z0(1\" 0d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d0065002000430041300030000301000e000000\n"
    "30a5*60\n"
    "< 30a5*60",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)\n"
    "role openvpn-server\n"
    "= ok\n"
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.2)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "banner = certificate of press.example, issued by Acme CA, valid from 2024-01-01 to 2049-01-01 (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)", .pieces = true },
  { "user-by-certificate",
    "\"8clientid\" 00*5\n"
    "< \"@serverid\" 0100000000 \"clientid\" 00000000\n"
    "\" clientid\" 0000000001 160303006d0b00006900006600006330613055a003020102020107300406022a0330133111300f06035504030c08506c616e74204341301e170d3234303130313030303030305a170d3439303130313030303030305a3010310e300c06035504030c056772657461300406022a0303020001",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)\n"
    "role openvpn-server\n"
    "= ok\n"
    "authenticate 11 client-certificate (user “greta”, by certificate)\n"
    "certificate_name = greta (90)\n"
    "certificate_name = Plant CA (60)\n"
    "banner = certificate of greta, issued by Plant CA, valid from 2024-01-01 to 2049-01-01 (60)", .pieces = true },
  { "tls-auth",
    "\"8clientid\" 68*20 000000076553f100*6\n"
    "< \"@serverid\" 68*20 000000076553f1000100000000 \"clientid\" 00000000\n"
    "\" clientid\" 68*20 000000076553f100*5 011603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d "
    "\"press.example\" 000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" "
    "002b0007065a5a03040303",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (tls-auth)\n"
    "role openvpn-server\n"
    "= ok\n"
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)", .pieces = true },
  { "tls-crypt",
    "\"8clientid\" 0000000100000000 6d*32 \"eeeee\"\n"
    "< \"@serverid\" 0000000100000000 6d*32 65*17\n"
    "\" clientid\" 65*80",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (tls-crypt)\n"
    "role openvpn-server\n"
    "= ok", .pieces = true },
  { "sent-again",
    "\"8clientid\" 00*5\n"
    "\"8clientid\" 00*5\n"
    "< \"@serverid\" 0100000000 \"clientid\" 00000000\n"
    "\" clientid\" 00000000011603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100\n"
    "\" clientid\" 00000000011603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100\n"
    "\" clientid\" 0000000002000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)\n"
    "role openvpn-server\n"
    "= ok\n"
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)", .pieces = true },
  { "lost",
    "\"8clientid\" 00*5\n"
    "< \"@serverid\" 0100000000 \"clientid\" 00000000\n"
    "< \" serverid\" 0100000001 \"clientid\" 00000001160303016d020000260303 72*32 "
    "00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" 1730150603\n"
    "< \" serverid\" 0000000009 \"ess.example0\" 00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\"\n"
    "< \" serverid\" 00000000025504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d7072",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)\n"
    "role openvpn-server\n"
    "= ok", .pieces = true },
  { "no-tls",
    "\"8clientid\" 00*5\n"
    "\" clientid\" 0000000001 \"notls!\"\n"
    "\" clientid\" 0000000002000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303",
    ISTH_DISSECT_OK,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)", .pieces = true },
  { "acks-lie",
    "\"8clientid\" 00*5\n"
    "< \"@serverid\" 0100000000 \"clientid\" 00000000\n"
    "< \" serverid\" 09",
    ISTH_DISSECT_MALFORMED,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)\n"
    "role openvpn-server\n"
    "= ok", .pieces = true },
  { "nonsense",
    "\"8clientid\" 00*5\n"
    "ff*20",
    ISTH_DISSECT_MALFORMED,
    "role openvpn-client\n"
    "authenticate 7 open-tunnel (control channel bare)", .pieces = true },
  { "nonsense-alone",
    "ff*20",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"8clientid\" 00*5", ISTH_PROBE_STRONG },
    { "\"@serverid\" 0100000000 \"clientid\" 00000000", ISTH_PROBE_STRONG },
    { "\"8clientid\" 68*20 000000076553f100*6", ISTH_PROBE_STRONG },
    { "\"8clientid\" 0000000100000000 6d*32 \"eeeee\"", ISTH_PROBE_STRONG },
    { "30a5*60", ISTH_PROBE_WEAK },
    { "\" clientid\" 00000000011603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" 000a000800064a4a001d0017000b00020100", ISTH_PROBE_NO },
    { "ff*20", ISTH_PROBE_NO },
    { "\"8clientid\" 0000000001", ISTH_PROBE_NO },
    { "\"9clientid\" 00*5", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_openvpn, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_openvpn, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/openvpn/probe", test_probe);
  return g_test_run ();
}
