/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LDAP: logins of all kinds, searches, changes, what servers say of themselves, TLS and seals; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ldap;

static const IsthDissectCase cases[] = {
  { "simple",
    "3032020101602d02010304 \" cn=historian,dc=plant,dc=example\" 8006 \"secret\"\n"
    "< 300c02010161070a010004000400",
    ISTH_DISSECT_OK,
    "authenticate 0 bind (user “cn=historian,dc=plant,dc=example”, password in clear (under 8 characters))\n"
    "role ldap-server\n"
    "= ok" },
  { "two-in-one-datagram", /* the role's evidence is the search alone */
    "3032020101602d02010304 \" cn=historian,dc=plant,dc=example\" 8006 \"secret\" "
    "302e02010d63290409 \"ou=panels\" 0a01010a0100020100020100010100870b \"objectClass0\" 00",
    ISTH_DISSECT_OK,
    "authenticate 0 bind (user “cn=historian,dc=plant,dc=example”, password in clear (under 8 characters))\n"
    "role ldap-client\n"
    "read 3 search (ou=panels (one level))", .udp = true },
  { "wrong-password",
    "3032020101602d02010304 \" cn=historian,dc=plant,dc=example\" 8006 \"secret\"\n"
    "< 300c02010161070a013104000400",
    ISTH_DISSECT_OK,
    "authenticate 0 bind (user “cn=historian,dc=plant,dc=example”, password in clear (under 8 characters))\n"
    "role ldap-server\n"
    "= refused: invalid credentials" },
  { "anonymous",
    "300c020101600702010304008000\n"
    "3010020101600b0201030404 \"cn=x\" 8000\n"
    "3014020101600f0201020406 \"cn=old\" 80027077",
    ISTH_DISSECT_OK,
    "authenticate 0 bind (anonymous)\n"
    "authenticate 0 bind (user “cn=x”, no password)\n"
    "authenticate 0 bind (user “cn=old”, password in clear (under 8 characters))" },
  { "ntlm",
    "3042020102603d0201030400a336040a \"GSS-SPNEGO\" 04 \"(NTLMSSP\" 00010000000782000200*16 0601b11d0000000f\n"
    "< 3081b60201026181b00a010e040004008781a6 \"NTLMSSP\" 00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5\n"
    "3081ad0201036081a70201030400a3819f040a \"GSS-SPNEGO\" 048190 \"NTLMSSP\" "
    "0003000000180018004800000018001800600000000a000a00780000000600060082000000080008008800*7 90000000018200020601b11d0000000f "
    "\"LLLLLLLLLLLLLLLLLLLLLLLLNNNNNNNNNNNNNNNNNNNNNNNNP\" 004c0041004e00540065006e00670048004d0049003200\n"
    "< 300c02010361070a010004000400",
    ISTH_DISSECT_OK,
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "other 0 bind (GSS-SPNEGO)\n"
    "role ldap-server\n"
    "= ok\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate 0 bind (user “PLANT\\eng”, GSS-SPNEGO)\n"
    "= ok" },
  { "kerberos",
    "3081d00201046081ca0201030405 \"User1\" a381bd040a \"GSS-SPNEGO\" "
    "0481ae6081ab06062b0601050502a081a030819da00d300b06092a864886f712010202a2818b0481886e8185308182a003020105a10302010ea207030500*5 a3 "
    "\"PaN0L\" a003020105a10f1b0d \"PLANT.EXAMPLE\" a2173015a003020102a10e300c1b04 \"ldap\" 1b04 \"SRV1\" "
    "a31b3019a003020112a2120410ee*16 a41b3019a003020112a2120410ee*16\n"
    "< 3013020104610e0a0100040004008705a103a00100",
    ISTH_DISSECT_OK,
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = SRV1 (75) about 10.0.0.2\n"
    "authenticate 0 bind (Kerberos ticket for ldap/SRV1@PLANT.EXAMPLE, GSS-SPNEGO)\n"
    "role ldap-server\n"
    "= ok" },
  { "other-mechanisms",
    "301602010560110201030400a30a0408 \"EXTERNAL\"\n"
    "3021020106601c0201030400a3150405 \"PLAIN\" 040c00 \"user\" 00 \"secret\"\n"
    "3012020109600d0201030404 \"cn=y\" 85027a7a",
    ISTH_DISSECT_OK,
    "other 0 bind (EXTERNAL)\n"
    "authenticate 0 bind (PLAIN, password in clear)\n"
    "authenticate 0 bind (user “cn=y”)" },
  { "sicily",
    "300c020106600702010304008900\n"
    "303802010760330201030404 \"NTLM\" 8a \"(NTLMSSP\" 00010000000782000200*16 0601b11d0000000f\n"
    "< 3081b40201076181ae0a01000481a6 \"NTLMSSP\" 00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5 0400\n"
    "30819e02010860819802010304008b8190 \"NTLMSSP\" "
    "0003000000180018004800000018001800600000000a000a00780000000600060082000000080008008800*7 90000000018200020601b11d0000000f "
    "\"LLLLLLLLLLLLLLLLLLLLLLLLNNNNNNNNNNNNNNNNNNNNNNNNP\" 004c0041004e00540065006e00670048004d0049003200",
    ISTH_DISSECT_OK,
    "other 0 bind (NTLM)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "other 0 bind (NTLM)\n"
    "role ldap-server\n"
    "= ok\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate 0 bind (user “PLANT\\eng”, NTLM)" },
  { "root",
    "303b02010a633604000a01000a0100020100020100010100870b \"objectClass0\" 160414 \"defaultNamingContext\"\n"
    "< 3082012e02010a64820127040030820121302d0414 \"defaultNamingContext1\" 150413 \"DC=plant,DC=example0M\" 040e \"namingContexts1;\" "
    "0413 \"DC=plant,DC=example\" 04 \"$CN=Configuration,DC=plant,DC=example0#\" 040b \"dnsHostName1\" 140412 \"srv1.plant.example06\" "
    "040f \"ldapServiceName1#\" 04 \"!plant.example:srv1$@PLANT.EXAMPLE0$\" 041d \"domainControllerFunctionality1\" 03040137301e0414 "
    "\"supportedLDAPVersion1\" 06040133040132\n"
    "< 300c02010a65070a010004000400",
    ISTH_DISSECT_OK,
    "role ldap-client\n"
    "read 3 search (root)\n"
    "role ldap-server\n"
    "domain = plant.example (90)\n"
    "banner = naming context DC=plant,DC=example (60)\n"
    "banner = naming context DC=plant,DC=example (60)\n"
    "banner = naming context CN=Configuration,DC=plant,DC=example (60)\n"
    "hostname = srv1.plant.example (90)\n"
    "realm = PLANT.EXAMPLE (90)\n"
    "role domain-controller\n"
    "os = Windows Server 2016 or later (60)\n"
    "= ok" },
  { "vendor",
    "303b02010a633604000a01000a0100020100020100010100870b \"objectClass0\" 160414 \"defaultNamingContext\"\n"
    "< 304c02010a644704003043301b040a \"vendorName1\" 0d040b \"389 Project0$\" 040d \"vendorVersion1\" 130411 \"389-Directory/1.4\"",
    ISTH_DISSECT_OK,
    "role ldap-client\n"
    "read 3 search (root)\n"
    "role ldap-server\n"
    "software = 389 Project (60)\n"
    "software = 389-Directory/1.4 (60)" },
  { "search",
    "303702010b63320413 \"dc=plant,dc=example\" 0a01020a0100020100020100010100a00aa30804037569640401783000\n"
    "< 303c02010b64370418 \"cn=x,dc=plant,dc=example0\" 1b30190404 \"mail1\" 11040f \"x@plant.example\"\n"
    "< 301002010b730b0409 \"ldap://x/\"\n"
    "< 300c02010b65070a012004000400\n"
    "303802010c63330413 \"dc=plant,dc=example\" 0a01020a0100020100020100010100870b \"objectClass0\" 00\n"
    "< 300c02010c65070a010404000400\n"
    "302e02010d63290409 \"ou=panels\" 0a01010a0100020100020100010100870b \"objectClass0\" 00\n"
    "302502010d632004000a01020a0100020100020100010100870b \"objectClass0\" 00\n"
    "303b02013c631a0404 \"dc=a\" 0a01020a01000201000201000101008701783000a01a30180416 \"1.2.840.113556.1.4.319\"",
    ISTH_DISSECT_OK,
    "role ldap-client\n"
    "read 3 search (dc=plant,dc=example (subtree))\n"
    "role ldap-server\n"
    "= refused: no such object\n"
    "read 3 search (dc=plant,dc=example (subtree))\n"
    "= refused: size limit exceeded\n"
    "read 3 search (ou=panels (one level))\n"
    "read 3 search (everything (subtree))\n"
    "read 3 search (dc=a (subtree))" },
  { "ping",
    "305d020114635804000a01000a0100020100020100010100a039a31a0409 \"DnsDomain\" 040d \"plant.example\" a30c0404 \"Host\" 0404 \"HMI2\" "
    "a30d0405 \"NtVer\" 040416000000300a0408 \"Netlogon\"\n"
    "< 306902011464640400 \"0`0^\" 0408 \"netlogon1R\" 045017000000fdf30300 \"GGGGGGGGGGGGGGGG\" 05 \"plant\" 07 \"example\" 00c01804 "
    "\"srv1\" c01805 \"PLANT\" 0004 \"SRV1\" 000006 \"Site-A\" 00c01805000000ffffffff\n"
    "< 300c02011465070a010004000400",
    ISTH_DISSECT_OK,
    "role ldap-client\n"
    "domain = plant.example (60)\n"
    "hostname = HMI2 (90)\n"
    "read 3 search (root)\n"
    "role ldap-server\n"
    "role domain-controller\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "location = Site-A (90)\n"
    "= ok", .pieces = true },
  { "changes",
    "300d02011e66080404 \"cn=x0\" 00\n"
    "< 300c02011e67070a013204000400\n"
    "300f02011f680a0406 \"cn=new0\" 00\n"
    "< 300c02011f69070a014404000400\n"
    "30090201204a04 \"cn=x\"\n"
    "< 300c0201206b070a010004000400\n"
    "30140201216c0f0404 \"cn=x\" 0404 \"cn=z\" 010101\n"
    "< 300c0201216d070a014d04000400\n"
    "30130201226e0e0404 \"cn=x0\" 06040161040162\n"
    "< 300c0201226f070a010604000400",
    ISTH_DISSECT_OK,
    "configure 6 modify (cn=x)\n"
    "role ldap-server\n"
    "= refused: insufficient rights\n"
    "configure 8 add (cn=new)\n"
    "= refused: entry exists already\n"
    "configure 10 delete (cn=x)\n"
    "= ok\n"
    "configure 12 rename (cn=x)\n"
    "= refused: result 77\n"
    "read 14 compare (cn=x)\n"
    "= ok" },
  { "extended",
    "302602012977218017 \"1.3.6.1.4.1.4203.1.11.1\" 8106 \"secret\"\n"
    "301e02012a77198017 \"1.3.6.1.4.1.4203.1.11.3\"\n"
    "300c02012b77078005 \"1.2.3\"",
    ISTH_DISSECT_OK,
    "configure 23 extended (change password)\n"
    "other 23 extended (who am I)\n"
    "other 23 extended (1.2.3)" },
  { "start-tls",
    "301d02012877188016 \"1.3.6.1.4.1.1466.20037\"\n"
    "< 300c02012878070a010004000400\n"
    "16030300310100002d0303 \"rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr\" 000004c02fc03001000000\n"
    "170303001eee*30",
    ISTH_DISSECT_OK,
    "other 23 extended (start TLS)\n"
    "role ldap-server\n"
    "= ok\n"
    "role tls-client\n"
    "other 1 client-hello (TLS 1.2)\n"
    "fingerprint = JA3 ba09d19ae2f44a8f82999aa3ab6c5193 (20)\n"
    "fingerprint = JA4 t12i020000_04659ec43a24_000000000000 (20)", .pieces = true },
  { "sealed",
    "3081d00201046081ca0201030405 \"User1\" a381bd040a \"GSS-SPNEGO\" "
    "0481ae6081ab06062b0601050502a081a030819da00d300b06092a864886f712010202a2818b0481886e8185308182a003020105a10302010ea207030500*5 a3 "
    "\"PaN0L\" a003020105a10f1b0d \"PLANT.EXAMPLE\" a2173015a003020102a10e300c1b04 \"ldap\" 1b04 \"SRV1\" "
    "a31b3019a003020112a2120410ee*16 a41b3019a003020112a2120410ee*16\n"
    "0000003c050406ff00000000ee*52\n"
    "0000003c01000000ee*56\n"
    "< 0000003c050406ff00000000ee*52",
    ISTH_DISSECT_OK,
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = SRV1 (75) about 10.0.0.2\n"
    "authenticate 0 bind (Kerberos ticket for ldap/SRV1@PLANT.EXAMPLE, GSS-SPNEGO)\n"
    "other - sealed\n"
    "other - sealed", .pieces = true },
  { "unbind",
    "300602013350010a\n"
    "30050201324200",
    ISTH_DISSECT_OK,
    "" },
  { "broken-names",
    "< 3033020114642e0400 \"0*0(\" 0408 \"netlogon1\" 1c041a1700*7 \"GGGGGGGGGGGGGGGG\" c018\n"
    "< 303902011464340400 \"000.\" 0408 \"netlogon1\" 2204201300 \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
    ISTH_DISSECT_OK,
    "role ldap-server\n"
    "role domain-controller" },
  { "stray-tls",
    "170303001eee*30",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "short",
    "30080201016003020103",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-code",
    "< 30080201016103040178",
    ISTH_DISSECT_MALFORMED,
    "role ldap-server" },
  { "lying-length",
    "3020020101637f04017800*24",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "snmp",
    "300d0201010406 \"public\" a000",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "3032020101602d02010304 \" cn=historian,dc=plant,dc=example\" 8006 \"secret\"", ISTH_PROBE_STRONG, 52 },
    { "3082012e02010a64820127040030820121302d0414 \"defaultNamingContext1\" 150413 \"DC=plant,DC=example0M\" 040e \"namingContexts1;\" 0413 \"DC=plant,DC=example\" 04 \"$CN=Configuration,DC=plant,DC=example0#\" 040b \"dnsHostName1\" 140412 \"srv1.plant.example06\" 040f \"ldapServiceName1#\" 04 \"!plant.example:srv1$@PLANT.EXAMPLE0$\" 041d \"domainControllerFunctionality1\" 03040137301e0414 \"supportedLDAPVersion1\" 06040133040132", ISTH_PROBE_STRONG, 306 },
    { "300c02010161070a010004000400", ISTH_PROBE_STRONG, 14 },
    { "303702010b63320413 \"dc=plant,dc=example\" 0a01020a0100020100020100010100a00aa30804037569640401783000", ISTH_PROBE_STRONG, 57 },
    { "303b02013c631a0404 \"dc=a\" 0a01020a01000201000201000101008701783000a01a30180416 \"1.2.840.113556.1.4.319\"", ISTH_PROBE_STRONG, 61 },
    { "301d02012877188016 \"1.3.6.1.4.1.1466.20037\"", ISTH_PROBE_WEAK, 31 },
    { "30050201324200", ISTH_PROBE_WEAK, 7 },
    { "300d0201010406 \"public\" a000", ISTH_PROBE_NO, 15 },
    { "30050201033000", ISTH_PROBE_NO, 7 },
    { "0000003c050406ff00000000ee*52", ISTH_PROBE_NO, 64 },
    { "170303001eee*30", ISTH_PROBE_NO, 35 },
    { "30", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "308000*5", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "\"GET / HTTP\"", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  };

  isth_test_probes (&isth_dissector_ldap, NULL, starts, G_N_ELEMENTS (starts), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ldap, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ldap/probe", test_probe);
  return g_test_run ();
}
