/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PostgreSQL: who logs in, TLS, versions, statements by table only; what is no startup. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_postgresql;

static const IsthDissectCase cases[] = {
  { "session",
    "0000004d00030000 \"user\" 00626f6200 \"database\" 00 \"orders\" 00 \"application_name\" 00 \"psql\" 00 \"client_encoding\" 00 "
    "\"UTF8\" 0000\n"
    "< 520000000c00000005 \"salt\"\n"
    "700000000b \"secret\" 00\n"
    "< 520000000800000000\n"
    "< 53000000 \"!server_version\" 00 \"14.5 (Debian)\" 00\n"
    "< 5300000011 \"TimeZone\" 0055544300\n"
    "< 5a0000000549\n"
    "51000000 \"*select * from orders where n='secret'\" 00\n"
    "< 540000000800017800\n"
    "< 430000000d \"SELECT 1\" 00\n"
    "51000000 \"*select * from orders where n='secret'\" 00\n"
    "< 430000000d \"SELECT 1\" 00\n"
    "5000000025733100 \"insert into log values ($1)\" 000000\n"
    "< 45000000 \",SERROR\" 00 \"C42P01\" 00 \"Mrelation does not exist\" 0000\n"
    "5800000004",
    ISTH_DISSECT_OK,
    "role postgresql-client\n"
    "software = psql (60)\n"
    "authenticate - startup (user “bob”, database “orders”, program “psql”)\n"
    "role postgresql-server\n"
    "role postgresql-server\n"
    "= ok\n"
    "software = PostgreSQL 14.5 (Debian) (90)\n"
    "read 81 query (SELECT orders)\n"
    "= ok\n"
    "read 81 query (SELECT orders)\n"
    "= ok\n"
    "other 80 parse (INSERT log)\n"
    "= refused: relation does not exist", .pieces = true },
  { "clear",
    "0000004d00030000 \"user\" 00626f6200 \"database\" 00 \"orders\" 00 \"application_name\" 00 \"psql\" 00 \"client_encoding\" 00 "
    "\"UTF8\" 0000\n"
    "< 520000000800000003\n"
    "700000000b \"secret\" 00\n"
    "< 45000000 \"3SFATAL\" 00 \"C28P01\" 00 \"Mpassword authentication failed\" 0000",
    ISTH_DISSECT_OK,
    "role postgresql-client\n"
    "software = psql (60)\n"
    "authenticate - startup (user “bob”, database “orders”, program “psql”)\n"
    "role postgresql-server\n"
    "authenticate 112 password (user “bob”, password in clear (under 8 characters))\n"
    "= refused: password authentication failed", .pieces = true },
  { "tls",
    "0000000804d2162f\n"
    "< 53\n"
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
    "role postgresql-client\n"
    "other - start-tls\n"
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
  { "no-tls",
    "0000000804d2162f\n"
    "< 4e\n"
    "0000004d00030000 \"user\" 00626f6200 \"database\" 00 \"orders\" 00 \"application_name\" 00 \"psql\" 00 \"client_encoding\" 00 "
    "\"UTF8\" 0000\n"
    "< 520000000800000000",
    ISTH_DISSECT_OK,
    "role postgresql-client\n"
    "other - start-tls\n"
    "= refused: not supported\n"
    "software = psql (60)\n"
    "authenticate - startup (user “bob”, database “orders”, program “psql”)\n"
    "role postgresql-server\n"
    "= ok", .pieces = true },
  { "gss",
    "0000000804d21630\n"
    "< 4e",
    ISTH_DISSECT_OK,
    "role postgresql-client\n"
    "other - start-gss\n"
    "= refused: not supported", .pieces = true },
  { "cancel",
    "0000001004d2162e00*8",
    ISTH_DISSECT_OK,
    "role postgresql-client\n"
    "other - cancel" },
  { "other-startup",
    "0000004d00030000 \"user\" 00626f6200 \"database\" 00 \"orders\" 00 \"application_name\" 00 \"psql\" 00 \"client_encoding\" 00 "
    "\"UTF8\" 0000\n"
    "0000001000000005 \"xxxxxxxx\"",
    ISTH_DISSECT_MALFORMED,
    "role postgresql-client\n"
    "software = psql (60)\n"
    "authenticate - startup (user “bob”, database “orders”, program “psql”)", .pieces = true },
  { "without-startup",
    "510000000578",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0000004d00030000 \"user\" 00626f6200 \"database\" 00 \"orders\" 00 \"application_name\" 00 \"psql\" 00 \"client_encoding\" 00 \"UTF8\" 0000", ISTH_PROBE_STRONG },
    { "0000000804d2162f", ISTH_PROBE_STRONG },
    { "0000001004d2162e00*8", ISTH_PROBE_STRONG },
    { "51000000 \"*select * from orders where n='secret'\" 00", ISTH_PROBE_NO },
    { "0000001000000005 \"xxxxxxxx\"", ISTH_PROBE_NO },
    { "0000004d00030000 \"user\" 00626f6200646174", ISTH_PROBE_NO },
    { "00", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_postgresql, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_postgresql, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/postgresql/probe", test_probe);
  return g_test_run ();
}
