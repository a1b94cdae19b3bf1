/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DTLS: hellos, certificates in fragments, versions; fragments and lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dtls;

static const IsthDissectCase cases[] = {
  { "session",
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 16feff00*7 03001b0300000f00*7 0ffeff0c \"cookiecookie\"\n"
    "16feff00*7 02005c01000050000100*5 50fefd 72*32 000c \"cookiecookie\" 0004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 16feff00*7 04003202000026000100*5 26fefd 72*32 00c02f0016feff00*7 0500840b00013b000200*5 "
    "780001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b3009060355040613024445311130\n"
    "< 16feff00*7 0600700b00013b00020000780000640f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" 17301506035504031e0e0041\n"
    "< 16feff00*7 07006b0b00013b00020000dc00005f0063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" "
    "0d300b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d00650020004300413000300003010016feff00*7 08000c0e000000000300*6\n"
    "14feff00*7 0900010116feff000100*5 0a0030a5*48\n"
    "< 14feff00*7 0900010116feff000100*5 0a0030a5*48\n"
    "17fefd000100*5 0b0028a5*40",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (DTLS 1.2)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "banner = certificate of press.example, issued by Acme CA, valid from 2024-01-01 to 2049-01-01 (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)" },
  { "lost-fragment",
    "16feff00*7 02005c01000050000100*5 50fefd 72*32 000c \"cookiecookie\" 0004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 16feff00*7 04003202000026000100*5 26fefd 72*32 00c02f0016feff00*7 0500840b00013b000200*5 "
    "780001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b3009060355040613024445311130\n"
    "< 16feff00*7 07006b0b00013b00020000dc00005f0063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" "
    "0d300b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d00650020004300413000300003010016feff00*7 08000c0e000000000300*6",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (DTLS 1.2)" },
  { "sent-again",
    "16feff00*7 02005c01000050000100*5 50fefd 72*32 000c \"cookiecookie\" 0004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 16feff00*7 04003202000026000100*5 26fefd 72*32 00c02f0016feff00*7 0500840b00013b000200*5 "
    "780001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b3009060355040613024445311130\n"
    "< 16feff00*7 04003202000026000100*5 26fefd 72*32 00c02f0016feff00*7 0500840b00013b000200*5 "
    "780001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b3009060355040613024445311130\n"
    "< 16feff00*7 0600700b00013b00020000780000640f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" 17301506035504031e0e0041\n"
    "< 16feff00*7 07006b0b00013b00020000dc00005f0063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" "
    "0d300b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d00650020004300413000300003010016feff00*7 08000c0e000000000300*6",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (DTLS 1.2)\n"
    "role tls-server\n"
    "other 2 server-hello (DTLS 1.2)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "banner = certificate of press.example, issued by Acme CA, valid from 2024-01-01 to 2049-01-01 (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)" },
  { "refused",
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 15feff00*7 0c00020228",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "= refused: handshake failure" },
  { "capwap",
    "0100000016feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)" },
  { "dtls-1.3",
    "16feff00*7 0d00430100003700*7 37fefd 72*32 00000004c02f002f01000009002b000504fefcfefd\n"
    "< 2fa5*40",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (DTLS 1.3)\n"
    "fingerprint = JA3 1c257a88ba9cb374f750839c5387c380 (20)\n"
    "fingerprint = JA4 dd3i020100_37f356531c84_b9a491fefe05 (20)", .pieces = true },
  { "dtls-1.0",
    "160100*8 0f00380100002c00*7 2cfeff 72*32 00000004c02f002f0100",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (DTLS 1.0)\n"
    "fingerprint = JA3 5094601f228ca1de2c349a6785deb8f7 (20)\n"
    "fingerprint = JA4 dd1i020000_37f356531c84_000000000000 (20)" },
  { "fragment-lies",
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"\n"
    "< 16feff00*7 0e000c0b00013b0000000384000064",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)" },
  { "record-lies",
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"\n"
    "17fefd000100*5 0b0fffa5*40",
    ISTH_DISSECT_MALFORMED,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)" },
  { "noise-behind",
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"\n"
    "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.examplec\" 0000",
    ISTH_DISSECT_MALFORMED,
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)\n"
    "role tls-client\n"
    "other 1 client-hello (press.example, DTLS 1.2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 494d32df0b34805887ef299a6571662f (20)\n"
    "fingerprint = JA4 dd2d020100_37f356531c84_000000000000 (20)" },
  { "no-record",
    "16fefd 7a*30",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"", ISTH_PROBE_STRONG },
    { "0100000016feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.example\"", ISTH_PROBE_STRONG },
    { "17fefd000100*5 0b0028a5*40", ISTH_PROBE_STRONG },
    { "17fefd000100*5 0b0fffa5*40", ISTH_PROBE_NO },
    { "2fa5*40", ISTH_PROBE_NO },
    { "16fefd 7a*30", ISTH_PROBE_NO },
    { "16feff00*7 0100500100004400*7 44fefd 72*32 00000004c02f002f0100001600000012001000000d \"press.examplec\" 0000", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_dtls, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dtls, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dtls/probe", test_probe);
  return g_test_run ();
}
