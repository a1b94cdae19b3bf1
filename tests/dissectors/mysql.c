/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MySQL: versions, who logs in, TLS, statements by table only; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mysql;

static const IsthDissectCase cases[] = {
  { "session",
    "< 590000000a \"5.5.5-10.6.12-MariaDB\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 "
    "\"mysql_native_password\" 00\n"
    "a900000108821800000000012100*23 626f620014 73*20 \"orders\" 00 \"mysql_native_password\" 0052035f6f7305 \"Linux\" 0c "
    "\"_client_name\" 0a \"libmariadb\" 0f \"_client_version\" 05 \"3.3.4\" 0c \"program_name\" 05 \"mysql\" 04 \"_pid\" 0137\n"
    "< 0700000200000002000000\n"
    "3000000003 \"select * from orders where name='secret from x'\"\n"
    "< 0100000101\n"
    "< 0400000203646566\n"
    "3000000003 \"select * from orders where name='secret from x'\"\n"
    "< 0100000101\n"
    "1f00000003 \"INSERT INTO `log` VALUES ('x')\"\n"
    "< 0700000100000002000000\n"
    "0600000002 \"stock\"\n"
    "< 0700000100000002000000\n"
    "010000000e\n"
    "< 0700000100000002000000\n"
    "040000007f616263\n"
    "0100000001",
    ISTH_DISSECT_OK,
    "role mysql-server\n"
    "software = 10.6.12-MariaDB (60)\n"
    "role mysql-client\n"
    "os = Linux (60)\n"
    "software = libmariadb 3.3.4 (60)\n"
    "authenticate - login (user “bob”, database “orders”, program “mysql”)\n"
    "= ok\n"
    "read 3 query (SELECT orders)\n"
    "= ok\n"
    "read 3 query (SELECT orders)\n"
    "= ok\n"
    "other 3 query (INSERT log)\n"
    "= ok\n"
    "other 2 use-database (stock)\n"
    "= ok\n"
    "diagnose 14 ping\n"
    "= ok\n"
    "other 1 quit", .pieces = true },
  { "refused",
    "< 4a0000000a \"8.0.36\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00\n"
    "4f00000100820800000000012100*23 626f620014 73*20 \"mysql_native_password\" 00\n"
    "< 020000020104\n"
    "< 1f000002ff1504 \"#28000Access denied for user\"",
    ISTH_DISSECT_OK,
    "role mysql-server\n"
    "software = MySQL 8.0.36 (60)\n"
    "role mysql-client\n"
    "authenticate - login (user “bob”)\n"
    "= refused: Access denied for user", .pieces = true },
  { "error",
    "< 4a0000000a \"8.0.36\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00\n"
    "4f00000100820800000000012100*23 626f620014 73*20 \"mysql_native_password\" 00\n"
    "< 0700000200000002000000\n"
    "3000000003 \"select * from orders where name='secret from x'\"\n"
    "< 1a000001ff2804 \"#42000You have an error\"",
    ISTH_DISSECT_OK,
    "role mysql-server\n"
    "software = MySQL 8.0.36 (60)\n"
    "role mysql-client\n"
    "authenticate - login (user “bob”)\n"
    "= ok\n"
    "read 3 query (SELECT orders)\n"
    "= refused: You have an error", .pieces = true },
  { "tls",
    "< 4a0000000a \"8.0.36\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00\n"
    "20000001008a0800000000012100*23\n"
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
    "role mysql-server\n"
    "software = MySQL 8.0.36 (60)\n"
    "role mysql-client\n"
    "authenticate - start-tls\n"
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
  { "too-old",
    "< 590000000a \"5.5.5-10.6.12-MariaDB\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 "
    "\"mysql_native_password\" 00\n"
    "2c00000100*44",
    ISTH_DISSECT_MALFORMED,
    "role mysql-server\n"
    "software = 10.6.12-MariaDB (60)", .pieces = true },
  { "lying-length",
    "< 590000000a \"5.5.5-10.6.12-MariaDB\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 "
    "\"mysql_native_password\" 00\n"
    "2700000100820000010000002100*23 626f6200ff7878",
    ISTH_DISSECT_OK,
    "role mysql-server\n"
    "software = 10.6.12-MariaDB (60)\n"
    "role mysql-client\n"
    "authenticate - login (user “bob”)", .pieces = true },
  { "without-greeting",
    "3000000003 \"select * from orders where name='secret from x'\"",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "590000000a \"5.5.5-10.6.12-MariaDB\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00", ISTH_PROBE_STRONG },
    { "4a0000000a \"8.0.36\" 0001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00", ISTH_PROBE_STRONG },
    { "3000000003 \"select * from orders where name='secret from x'\"", ISTH_PROBE_NO },
    { "010000000a", ISTH_PROBE_NO },
    { "470000000a0102030001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00", ISTH_PROBE_NO },
    { "470000000a6162630001000000 \"scramble\" 00ffff210200ff811500*10 \"scramblescra\" 00 \"mysql_native_password\" 00", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_mysql, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mysql, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mysql/probe", test_probe);
  return g_test_run ();
}
