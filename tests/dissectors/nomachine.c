/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NoMachine: versions, then TLS. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_nomachine;

static const IsthDissectCase cases[] = {
  { "session",
    "\"NXSH-8.10.1\" 0a\n"
    "< \"NXD-8.10.1\" 0a\n"
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 160303016d020000260303 72*32 00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" 0d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d0065002000430041300030000301000e000000\n"
    "140303000101\n"
    "< 140303000101\n"
    "1703030020a5*32",
    ISTH_DISSECT_OK,
    "role nomachine-client\n"
    "software = NXSH-8.10.1 (60)\n"
    "authenticate - remote-session (NXSH-8.10.1)\n"
    "role nomachine-server\n"
    "software = NXD-8.10.1 (60)\n"
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
  { "something-else",
    "\"NXSH-8.10.1\" 0a\n"
    "< \"NXD-8.10.1\" 0a\n"
    "\"whatever!\"",
    ISTH_DISSECT_OK,
    "role nomachine-client\n"
    "software = NXSH-8.10.1 (60)\n"
    "authenticate - remote-session (NXSH-8.10.1)\n"
    "role nomachine-server\n"
    "software = NXD-8.10.1 (60)", .pieces = true },
  { "sides-not-known",
    "< \"NXD-8.10.1\" 0a\n"
    "\"NXSH-8.10.1\" 0a",
    ISTH_DISSECT_OK,
    "role nomachine-server\n"
    "software = NXD-8.10.1 (60)\n"
    "role nomachine-client\n"
    "software = NXSH-8.10.1 (60)\n"
    "authenticate - remote-session (NXSH-8.10.1)", .mid_stream = true },
  { "tls-alone",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"NXSH-8.10.1\" 0a", ISTH_PROBE_STRONG },
    { "\"NXD-8.10.1\" 0a", ISTH_PROBE_STRONG },
    { "\"NXSH-x.10.1\" 0a", ISTH_PROBE_NO },
    { "\"NXSH-8.10.1\"", ISTH_PROBE_NO },
    { "4e58", ISTH_PROBE_NO },
    { "010001000a0000000000", ISTH_PROBE_WEAK, 0, ISTH_LAYER_UDP },
    { "010001000b0000000000", ISTH_PROBE_NO, 0, ISTH_LAYER_UDP },
    { "010001000a0000000000", ISTH_PROBE_NO, 0, ISTH_LAYER_TCP },
  };

  isth_test_probes (&isth_dissector_nomachine, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_nomachine, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/nomachine/probe", test_probe);
  return g_test_run ();
}
