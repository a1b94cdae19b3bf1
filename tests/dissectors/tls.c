/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS: hellos with their fingerprints, certificates, alerts; what is encrypted is not read; lengths that lie; SSL 2.0. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_tls;

static const IsthDissectCase cases[] = {
  { "hello-1.3",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030300320200002e0303 72*32 00c02f000006002b00020304",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)" },
  { "long-certificate",
    "< 1603031004 0b003000 00*4096\n"
    "< 16030300400100003c0303 72*32 000002c02f010000110000000d000b000008 \"10.0.0.2\"", /* in the midst of it */
    ISTH_DISSECT_OK, "", .pieces = true },
  { "address-for-a-name",
    "16030100400100003c0303 72*32 000002c02f010000110000000d000b000008 \"10.0.0.2\"",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (10.0.0.2, TLS 1.2)\n"
    "fingerprint = JA3 61cfdf1a447a978ff66f0880924eded7 (20)\n"
    "fingerprint = JA4 t12d010100_f06271c2b022_000000000000 (20)" },
  { "hello-1.2",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 160303016d020000260303 72*32 00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" 0d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d0065002000430041300030000301000e000000",
    ISTH_DISSECT_OK,
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
    "certificate_name = Acme CA (60)" },
  { "expired",
    "< 16030300750b00007100006e00006b3069305da003020102020107300406022a0330133111300f06035504030c08506c616e74204341301e170d3630303130313030303030305a170d3639313233313030303030305a30183116301406035504030c0d70726573732e6578616d706c65300406022a0303020001",
    ISTH_DISSECT_OK,
    "certificate_name = press.example (90)\n"
    "certificate_name = Plant CA (60)\n"
    "banner = certificate of press.example, issued by Plant CA, valid from 1960-01-01 to 1969-12-31, expired (60)", .mid_stream = true },
  { "not-yet-expired",
    "< 16030300750b00007100006e00006b3069305da003020102020107300406022a0330133111300f06035504030c08506c616e74204341301e170d3630303130313030303030305a170d3730303130313030303030305a30183116301406035504030c0d70726573732e6578616d706c65300406022a0303020001",
    ISTH_DISSECT_OK,
    "certificate_name = press.example (90)\n"
    "certificate_name = Plant CA (60)\n"
    "banner = certificate of press.example, issued by Plant CA, valid from 1960-01-01 to 1970-01-01 (60)", .mid_stream = true },
  { "without-extensions",
    "160301002d010000290301 72*32 000002002f0100\n"
    "< 16030300b60b0000b20000af0000ac3081a93081a1020107300406022a033038310b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" "
    "16301406035504030c0d \"press.example0 \" 170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" 003000030100",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (TLS 1.0)\n"
    "fingerprint = JA3 b02be259814e870a469a20ce9b2a7900 (20)\n"
    "fingerprint = JA4 t10i010000_ba72b8082249_000000000000 (20)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (60)\n"
    "banner = certificate of press.example, self-signed, valid from 2024-01-01 to 2049-01-01 (60)" },
  { "encrypted",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030300320200002e0303 72*32 00c02f000006002b00020304\n"
    "< 140303000101\n"
    "< 1703030020a5*32\n"
    "140303000101\n"
    "16030300 28 5a*40\n"
    "150303001aa5*26\n"
    "1703030020a5*32",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)" },
  { "handshake-failure",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 15030300020228",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "= refused: handshake failure" },
  { "cip-security",
    "170303003c 65000400 00*8 00*8 00000000 01000000 a5*32\n"
    "< 170303003c 65000400 01020304 00000000 00*8 00000000 01000000 a5*32\n"
    "170303003c 65000400 00*8 00*8 00000000 01000000 a5*32\n"
    "< 1703030020a5*32",
    ISTH_DISSECT_OK,
    "role enip-client\n"
    "role enip-server\n"
    "banner = EtherNet/IP, protected and not encrypted (90)" },
  { "cip-security-other-sum", "170303003d 65000400 00*8 00*8 00000000 01000000 a5*33", ISTH_DISSECT_OK, "" },
  { "cip-security-options", "170303003c 65000400 00*8 00*8 00000100 01000000 a5*32", ISTH_DISSECT_OK, "" },
  { "alert-later",
    "15030300020100\n"
    "150303000202c8",
    ISTH_DISSECT_OK,
    "other 200 alert (alert 200)" },
  { "hello-lies",
    "160303003b010000370303 72*32 ff 78*20",
    ISTH_DISSECT_OK,
    "" },
  { "extension-lies",
    "160303003a010000360303 72*32 00000613012a2ac02f01000007000003e7616263",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (TLS 1.2)\n"
    "fingerprint = JA3 6ac28f635e78b6e59638f7a1e035f458 (20)\n"
    "fingerprint = JA4 t12i020000_c1929292aa6b_000000000000 (20)" },
  { "certificate-lies",
    "< 16030300120b00000e00000b0000083082ffff30030201",
    ISTH_DISSECT_OK,
    "" },
  { "certificate-split",
    "< 160303003c0b0000a70000a40000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e0041",
    ISTH_DISSECT_OK,
    "" },
  { "message-split",
    "< 16030300020b00",
    ISTH_DISSECT_OK,
    "" },
  { "in-pieces",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 1603030084020000260303 72*32 00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 18\n"
    "< 160303006e0f \"20490101000000Z081\" 0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d "
    "\"press.example0\" 00300003010000009130818e308186a003020102020107300406022a033028310d300b\n"
    "< 160303007b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f "
    "\"20490101000000Z0(1\" 0d300b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d0065002000430041300030000301000e000000",
    ISTH_DISSECT_OK,
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
    "certificate_name = Acme CA (60)" },
  { "more-than-is-kept",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030300320200002e0303 72*32 00c02f000006002b00020304\n"
    "< 1603030bb80b001fae001fab0000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "003000030100001f0430821f00 7a*2822\n"
    "< 16030313fa 7a*5114\n"
    "< 1603030084020000260303 72*32 00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 18",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "banner = certificate of press.example, issued by Acme CA, valid from 2024-01-01 to 2049-01-01 (60)\n"
    "role tls-server\n"
    "other 2 server-hello (TLS 1.2)" },
  { "of-no-interest",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030300320200002e0303 72*32 00c02f000006002b00020304\n"
    "< 160303012c0c0002 58 6b*296\n"
    "< 16030301 34 6b*304 0e000000\n"
    "< 16030300b60b0000b20000af0000ac3081a93081a1020107300406022a033038310b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" "
    "16301406035504030c0d \"press.example0 \" 170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" 003000030100",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (60)\n"
    "banner = certificate of press.example, self-signed, valid from 2024-01-01 to 2049-01-01 (60)" },
  { "relay",
    "1603030057010000530303 72*32 00000613012a2ac02f010000243a3a00*5 1c001a000017 \"router12.teamviewer.com\"\n"
    "< 16030300320200002e0303 72*32 00c02f000006002b00020304",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (router12.teamviewer.com, TLS 1.2)\n"
    "hostname = router12.teamviewer.com (75) about 10.0.0.2\n"
    "role remote-access\n"
    "software = TeamViewer (40)\n"
    "role remote-relay about 10.0.0.2\n"
    "description = TeamViewer (40) about 10.0.0.2\n"
    "remote-relay: authenticate - remote-session (TeamViewer, by router12.teamviewer.com)\n"
    "fingerprint = JA3 349640b9e304f8ea23a8e0f71dde2248 (20)\n"
    "fingerprint = JA4 t12d020100_c1929292aa6b_000000000000 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.3)" },
  { "anydesk",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030300a5020000260303 72*32 00c02f000b0000770000740000 \"q0o0h\" a003020102020107300406022a0330193117301506035504030c0e "
    "\"AnyDesk Client0 \" 170d \"240101000000Z\" 180f \"20490101000000Z0\" 193117301506035504030c0e \"AnyDesk Client0\" 003000030100",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (press.example, TLS 1.3, h2)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "fingerprint = JA3 97737df38853b88c4324af06e211c4a1 (20)\n"
    "fingerprint = JA4 t13d0206h2_c1929292aa6b_fb71836bce29 (20)\n"
    "role tls-server\n"
    "= ok\n"
    "other 2 server-hello (TLS 1.2)\n"
    "certificate_name = AnyDesk Client (90)\n"
    "certificate_name = AnyDesk Client (60)\n"
    "banner = certificate of AnyDesk Client, self-signed, valid from 2024-01-01 to 2049-01-01 (60)\n"
    "software = AnyDesk (60)\n"
    "role remote-access about 10.0.0.1\n"
    "anydesk: authenticate - remote-session (AnyDesk) to 10.0.0.2" },
  { "other-names",
    "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a00*5 12001000000d \"press.example\" "
    "000a000800064a4a001d0017000b00020100000d00060004040308040010000e000c02683208 \"http/1.1\" 002b0007065a5a03040303\n"
    "< 16030301fc020000260303 72*32 00c02f000b0001ce0001cb0000f63081f33081eba003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" 00a3 \"S0Q0\" "
    "0c0603551d130101ff0402300030410603551d11043a3038820d \"press.example\" 820b \"hmi.example\" "
    "87040a000002a41430123110300e06035504030c07 \"Press 70\" "
    "000301000000cf3081cc3081c4a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" 0d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413000a3 \"<0:0\" 0c0603551d130101ff04023000302a0603551d1104233021820a "
    "\"ca.example\" a4133011310f300d06035504030c06 \"MPKI-20\" 00030100",
    ISTH_DISSECT_OK,
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
    "certificate_name = press.example (90)\n"
    "certificate_name = hmi.example (90)\n"
    "certificate_name = Press 7 (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "certificate_name = MPKI-2 (60)" },
  { "shop",
    "160303004e0100004a0303 72*32 00000613012a2ac02f0100001b000000170015000012 \"www.teamviewer.com\"",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (www.teamviewer.com, TLS 1.2)\n"
    "hostname = www.teamviewer.com (75) about 10.0.0.2\n"
    "fingerprint = JA3 349640b9e304f8ea23a8e0f71dde2248 (20)\n"
    "fingerprint = JA4 t12d020100_c1929292aa6b_000000000000 (20)" },
  { "ssl-2",
    "801f0100020006000000100700c0050080 68*16\n"
    "< 80bf040001000200a10003001030819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" 0030000301000700c0 69*16\n"
    "8112020700c0a5*270\n"
    "< 002805a5*40\n"
    "002805a5*40",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (SSL 2.0)\n"
    "role tls-server\n"
    "= ok\n"
    "other 4 server-hello (SSL 2.0)\n"
    "certificate_name = Käse AG (60)\n"
    "certificate_name = press.example (90)\n"
    "certificate_name = Acme (60)\n"
    "certificate_name = Acme CA (60)\n"
    "banner = certificate of press.example, issued by Acme CA, valid from 2024-01-01 to 2049-01-01 (60)", .pieces = true },
  { "ssl-2-hello",
    "801f0103010006000000100700c0050080 68*16\n"
    "< 160303016d020000260303 72*32 00c02f000b00013b0001380000a130819e308196a003020102020107300406022a033028310d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" "
    "0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" "
    "00300003010000009130818e308186a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" "
    "17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z0(1\" 0d300b060355040a1304 "
    "\"Acme1\" 17301506035504031e0e00410063006d0065002000430041300030000301000e000000",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (TLS 1.0)\n"
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
  { "ssl-2-certificate-lies",
    "801f0100020006000000100700c0050080 68*16\n"
    "< 80bf040001000200a10003001030819e30ff*157 0700c0 69*16",
    ISTH_DISSECT_OK,
    "role tls-client\n"
    "other 1 client-hello (SSL 2.0)\n"
    "role tls-server\n"
    "= ok\n"
    "other 4 server-hello (SSL 2.0)", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "1603010086010000820303 72*32 00000613012a2ac02f010000533a3a0000", ISTH_PROBE_STRONG },
    { "16030300320200002e0303 72*32 00c02f000006002b00020304", ISTH_PROBE_STRONG },
    { "16030300b60b0000b20000af0000ac3081a93081a1020107300406022a033038310b300906035504", ISTH_PROBE_WEAK },
    { "1703030020a5*32", ISTH_PROBE_WEAK },
    { "140303000101", ISTH_PROBE_WEAK },
    { "15030300020228", ISTH_PROBE_WEAK },
    { "150303001aa5*26", ISTH_PROBE_WEAK },
    { "14030300020101", ISTH_PROBE_NO },
    { "1603010000", ISTH_PROBE_NO },
    { "160400003001", ISTH_PROBE_NO },
    { "160301ffff01", ISTH_PROBE_NO },
    { "16030100300100002c0401", ISTH_PROBE_NO },
    { "\"GET / HTTP/1.1\" 0d0a", ISTH_PROBE_NO },
    { "801f0100020006000000100700c0050080 68*16", ISTH_PROBE_STRONG },
    { "801f0103010006000000100700c0050080 68*16", ISTH_PROBE_STRONG },
    { "80bf040001000200a10003001030819e308196a003020102020107300406022a033028310d300b060355040a1304 \"Acme1\" 17301506035504031e0e00410063006d00650020004300413020170d \"240101000000Z\" 180f \"20490101000000Z081\" 0b30090603550406130244453111300f060355040a0c084bc3a4 \"se AG1\" 16301406035504030c0d \"press.example0\" 0030000301000700c0 69*16", ISTH_PROBE_STRONG },
    { "002805a5*40", ISTH_PROBE_NO },
    { "801f0100020007000000100700c0050080 68*16", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_tls, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_tls, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/tls/probe", test_probe);
  return g_test_run ();
}
