/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SNMP: requests, notifications and answers of all versions, who a device says it is, communities that are not told; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_snmp;

static const IsthDissectCase cases[] = {
  { "get",
    "30340201010406 \"public\" a027020107020100020100301c300c06082b060102010105000500300c06082b060102010106000500\n"
    "< 30410201010406 \"public\" a2340201070201000201003029301306082b060102010105000407 \"press-70\" 1206082b060102010106000406 \"Hall 2\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "identify 0 get (sysName.0 and 1 more)\n"
    "role snmp-agent\n"
    "hostname = press-7 (90)\n"
    "location = Hall 2 (90)\n"
    "= ok" },
  { "poll",
    "30340201010406 \"public\" a027020107020100020100301c300c06082b060102010105000500300c06082b060102010106000500\n"
    "< 30410201010406 \"public\" a2340201070201000201003029301306082b060102010105000407 \"press-70\" 1206082b060102010106000406 \"Hall 2\"\n"
    "30340201010406 \"public\" a027020108020100020100301c300c06082b060102010105000500300c06082b060102010106000500\n"
    "< 30410201010406 \"public\" a2340201080201000201003029301306082b060102010105000407 \"press-70\" 1206082b060102010106000406 \"Hall 2\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "identify 0 get (sysName.0 and 1 more)\n"
    "role snmp-agent\n"
    "hostname = press-7 (90)\n"
    "location = Hall 2 (90)\n"
    "= ok\n"
    "identify 0 get (sysName.0 and 1 more)\n"
    "hostname = press-7 (90)\n"
    "location = Hall 2 (90)\n"
    "= ok" },
  { "system",
    "30260201000407 \"private\" a118020109020100020100300d300b06072b0601020101010500\n"
    "< 306a0201000407 \"private\" a25c0201090201000201003051301a06082b06010201010100040e \"SCALANCE XC2080\" "
    "1606082b06010201010200060a2b06010401a169060102301b06082b06010201010400040f \"ops@example.org\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-1 (default community “private” in clear)\n"
    "identify 1 get-next (system 1.3.6.1.2.1.1.1)\n"
    "role snmp-agent\n"
    "description = SCALANCE XC208 (90)\n"
    "product_code = 1.3.6.1.4.1.4329.6.1.2 (90)\n"
    "vendor = Siemens (90)\n"
    "contact = ops@example.org (90)\n"
    "= ok" },
  { "linux",
    "3027020100040770726976617465a019020101020100020100300e300c06082b060102010101000500\n"
    "< 305b020100040770726976617465a24d0201010201000201003042304006082b0601020101010004344c696e75782070726573733720342e342e302d39332d67656e6572696320233131362d5562756e747520534d50207838365f3634",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-1 (default community “private” in clear)\n"
    "identify 0 get (sysDescr.0)\n"
    "role snmp-agent\n"
    "description = Linux press7 4.4.0-93-generic #116-Ubuntu SMP x86_64 (90)\n"
    "os = Linux 4.4.0-93-generic (60)\n"
    "= ok" },
  { "linux-in-words",
    "3027020100040770726976617465a019020101020100020100300e300c06082b060102010101000500\n"
    "< 303a020100040770726976617465a22c0201010201000201003021301f06082b0601020101010004134c696e75782062617365642067617465776179",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-1 (default community “private” in clear)\n"
    "identify 0 get (sysDescr.0)\n"
    "role snmp-agent\n"
    "description = Linux based gateway (90)\n"
    "= ok" },
  { "tables",
    "30240201010406 \"public\" a517020101020100020100300c300a06062b06010201040500\n"
    "< 308201200201010406 \"public\" "
    "a2820111020101020100020100308201043015060d2b06010201041401030a0000014004fffffc003015060d2b06010201041401037f0000014004ff00000030"
    "15060d2b060102010415010b000000004004000000003015060d2b060102010415010b0a0700004004ffff00003023061b2b0601020104180401010a08000081"
    "7f817f817f8100000a00000940040a080000301f061a2b06010201041807010701040a0900001702000001040a0000090201033019060f28c462010102010401"
    "0105845807010406020000000020301f060f28c462010102010401010984580701040c \"press-switch0$\" "
    "06102b060104010909170102010106ce75030410 \"edge.example.org\"",
    ISTH_DISSECT_OK, "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "read 5 get-bulk (ip)\n"
    "role snmp-agent\n"
    "subnet = 10.0.0.0/22 (90)\n"
    "route = 10.7.0.0/16 (90)\n"
    "route = 10.8.0.0/25 (90)\n"
    "route = 10.9.0.0/23 (90)\n"
    "neighbour 7 to 02:00:00:00:00:20\n"
    "neighbour = press-switch (90)\n"
    "neighbour = edge.example.org (90)\n"
    "= ok" },
  { "tables-that-lie",
    "30240201010406 \"public\" a517020101020100020100300c300a06062b06010201040500\n"
    "< 308201600201010406 \"public\" "
    "a2820151020101020100020100308201443014060c2b06010201041401030a00004004fffffc003016060e2b06010201041401030a0000822c4004fffffc0030"
    "15060d2b06010201041401030a0000024004ff00fc003013060d2b060102010415010b0a0700004002ffff301e06162b0601020104180401010a080000817f81"
    "7f817f810040040a080000301f061a2b06010201041807010701040a0900002102000001040a000009020103301f061a2b06010201041807010702100a090000"
    "2102000001040a000009020103303706322b06010201041807010701*40 0201033019060f28c4620101020104010105845807010406 \"sw-0010\" "
    "19060f28c46201010201040101058458070104060100000000203017060d28c462010102010401010584580406020000000020",
    ISTH_DISSECT_OK, "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "read 5 get-bulk (ip)\n"
    "role snmp-agent\n"
    "= ok" },
  { "siemens",
    "302c0201010406 \"public\" a01f02010a02010002010030143012060e2b06010401a169060302010102000500\n"
    "< 3081900201010406 \"public\" a2818202010a020100020100 \"0w0%\" 060e2b06010401a169060302010102000413 \"6GK5 208-0BA00-2AC20\" "
    "1c060e2b06010401a16906030201010300040a \"VPL12345670\" "
    "13060e2b06010401a16906030201010400040133301b060e2b06010401a169060302010105000409 \"V04.02.00\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "identify 0 get (1.3.6.1.4.1.4329.6.3.2.1.1.2.0 (Siemens))\n"
    "role snmp-agent\n"
    "order_number = 6GK5 208-0BA00-2AC2 (90)\n"
    "serial = VPL1234567 (90)\n"
    "hardware = 3 (90)\n"
    "firmware = V04.02.00 (90)\n"
    "= ok" },
  { "entities",
    "30290201010406 \"public\" a51c02010b02010002010a3011300f060b2b060102012f01010101080500\n"
    "< 3081ae0201010406 \"public\" "
    "a281a002010b0201000201003081943012060c2b060102012f010101010801040241323014060c2b060102012f010101010b010404 \"S1000\" "
    "14060c2b060102012f010101010b030404 \"M3000\" 14060c2b060102012f010101010c030404 \"Acme0\" 15060c2b060102012f010101010d030405 "
    "\"SFP-10\" 10060c2b060102012f01010101090304003013060c2b060102012f010101010a010403372e31",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "identify 5 get-bulk (entPhysicalTable 1.3.6.1.2.1.47.1.1.1.1.8)\n"
    "role snmp-agent\n"
    "hardware = A2 (90)\n"
    "serial = S100 (90)\n"
    "serial = M300 (90) @snmp-entity:3\n"
    "vendor = Acme (90) @snmp-entity:3\n"
    "model = SFP-1 (90) @snmp-entity:3\n"
    "software = 7.1 (90)\n"
    "= ok" },
  { "other-community",
    "302a020101040a \"secret-one\" a01902010c020100020100300e300c06082b060102010103000500\n"
    "< 302c020101040a \"secret-one\" a21b02010c0201000201003010300e06082b0601020101030043020102",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (community of 10 characters in clear)\n"
    "read 0 get (sysUpTime.0)\n"
    "role snmp-agent\n"
    "= ok" },
  { "walk",
    "30280201010406 \"public\" a11b02010d0201000201003010300e060a2b060102010202010a030500\n"
    "< 30290201010406 \"public\" a21c02010d0201000201003011300f060a2b060102010202010a04410107",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "read 1 get-next (ifTable 1.3.6.1.2.1.2.2.1.10.3)\n"
    "role snmp-agent\n"
    "= ok" },
  { "set-refused",
    "302d0201010407 \"private\" a31f02010e0201000201003014301206082b060102010106000406 \"Hall 3\"\n"
    "< 302d0201010407 \"private\" a21f02010e0201110201013014301206082b060102010106000406 \"Hall 3\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “private” in clear)\n"
    "configure 3 set (sysLocation.0)\n"
    "role snmp-agent\n"
    "= refused: not writable" },
  { "no-such-name",
    "30260201000407 \"private\" a118020109020100020100300d300b06072b0601020101010500\n"
    "< 30260201000406 \"public\" a219020109020102020101300e300c06082b060102010109000500",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - community-version-1 (default community “private” in clear)\n"
    "identify 1 get-next (system 1.3.6.1.2.1.1.1)\n"
    "role snmp-agent\n"
    "= refused: no such name" },
  { "trap-1",
    "302a0201000406 \"public\" a41d060a2b0601040181780e021540040a0000090201030201004301013000",
    ISTH_DISSECT_OK,
    "role snmp-agent\n"
    "authenticate - community-version-1 (default community “public” in clear)\n"
    "report 4 trap (linkUp of 1.3.6.1.4.1.248.14.2.21 (Hirschmann))\n"
    "vendor = Hirschmann (60) about 10.0.0.9" },
  { "trap-1-specific",
    "30290201000406 \"public\" a41c06092b06010401c373845840040a00000102010602010c4301013000",
    ISTH_DISSECT_OK,
    "role snmp-agent\n"
    "authenticate - community-version-1 (default community “public” in clear)\n"
    "report 4 trap (trap 12 of 1.3.6.1.4.1.8691.600 (Moxa))\n"
    "vendor = Moxa (60)" },
  { "trap-2",
    "30400201010406 \"public\" "
    "a7330201140201000201003028300d06082b060102010103004301013017060a2b06010603010104010006092b0601060301010503",
    ISTH_DISSECT_OK,
    "role snmp-agent\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "report 7 trap (linkDown)" },
  { "trap-2-of-maker",
    "30400201010406 \"public\" "
    "a7330201150201000201003028300d06082b060102010103004301013017060a2b06010603010104010006092b06010401a17a0b01",
    ISTH_DISSECT_OK,
    "role snmp-agent\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "report 7 trap (1.3.6.1.4.1.4346.11.1 (Phoenix Contact))\n"
    "vendor = Phoenix Contact (60)" },
  { "inform",
    "30400201010406 \"public\" "
    "a6330201160201000201003028300d06082b060102010103004301013017060a2b06010603010104010006092b0601060301010501\n"
    "< 30270201010406 \"public\" a21a020116020100020100300f300d06082b06010201010300430101",
    ISTH_DISSECT_OK,
    "role snmp-agent\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "report 6 inform (coldStart)\n"
    "= ok" },
  { "version-3",
    "3037020103300d020164020205dc0401040201030410300e0400020101020102040004000400301104000400a00b0201010201000201003000\n"
    "<  "
    "305e020103300d020164020205dc040100020103041b3019040b800010e903001b1b112233020101020102040004000400302d040b800010e903001b1b112233"
    "0400a81c0201010201000201003011300f060a2b060106030f01010400410101\n"
    "305e020103300d020165020205dc040105020103041e301c040b800010e903001b1b11223302010102010204036f707304000400302a040b800010e903001b1b"
    "1122330400a019020102020100020100300e300c06082b060102010105000500\n"
    "<  "
    "3065020103300d020165020205dc040101020103041e301c040b800010e903001b1b11223302010102010204036f7073040004003031040b800010e903001b1b"
    "1122330400a2200201020201000201003015301306082b060102010105000407 \"press-7\"",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "read 0 get\n"
    "protocol_address = SNMP engine 800010e903001b1b112233 (90)\n"
    "vendor = Siemens (90)\n"
    "chassis = 00:1b:1b:11:22:33 (90)\n"
    "role snmp-agent\n"
    "= refused: usmStatsUnknownEngineIDs\n"
    "authenticate - user (user “ops”, authenticated, not encrypted)\n"
    "identify 0 get (sysName.0)\n"
    "hostname = press-7 (90)\n"
    "= ok" },
  { "encrypted",
    "305c020103300d020166020205dc040107020103041e301c040b800010e903001b1b11223302010102010204036f7073040004000428a5*40\n"
    "< 305c020103300d020166020205dc040103020103041e301c040b800010e903001b1b11223302010102010204036f7073040004000428a5*40",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - user (user “ops”, encrypted)\n"
    "other - encrypted\n"
    "protocol_address = SNMP engine 800010e903001b1b112233 (90)\n"
    "vendor = Siemens (90)\n"
    "chassis = 00:1b:1b:11:22:33 (90)\n"
    "role snmp-agent\n"
    "= ok" },
  { "encrypted-trap",
    "305d020103300e020200c8020205dc040103020103041e301c040b800010e903001b1b11223302010102010204036f7073040004000428a5*40",
    ISTH_DISSECT_OK,
    "protocol_address = SNMP engine 800010e903001b1b112233 (90)\n"
    "vendor = Siemens (90)\n"
    "chassis = 00:1b:1b:11:22:33 (90)\n"
    "role snmp-agent\n"
    "report - encrypted-notification" },
  { "user-alone",
    "3060020103300d020167020205dc0401040201030420301e040b800010e903001b1b1122330201010201020405 \"guest\" "
    "04000400302a040b800010e903001b1b1122330400a019020102020100020100300e300c06082b060102010105000500",
    ISTH_DISSECT_OK,
    "role snmp-manager\n"
    "authenticate - user (user “guest”, neither authenticated nor encrypted)\n"
    "identify 0 get (sysName.0)" },
  { "lying-list",
    "30190201010406 \"public\" a00c020107020100020100307f30",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "lying-pair",
    "30340201010406 \"public\" a027020107020100020100301c300c06082b060102010105000500300c06082b060102010106000500\n"
    "< 301c0201010406 \"public\" a20f0201070201000201003004307f0601",
    ISTH_DISSECT_MALFORMED,
    "role snmp-manager\n"
    "authenticate - community-version-2c (default community “public” in clear)\n"
    "identify 0 get (sysName.0 and 1 more)\n"
    "role snmp-agent\n"
    "= ok" },
  { "no-such-pdu",
    "30100201010406 \"public\" a903020101",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-such-version",
    "3013020102040178a00b0201070201000201003000",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "30340201010406 \"public\" a027020107020100020100301c300c06082b060102010105000500300c06082b060102010106000500", ISTH_PROBE_STRONG },
    { "305e020103300d020165020205dc040105020103041e301c040b800010e903001b1b11223302010102010204036f707304000400302a040b800010e903001b1b1122330400a019020102020100020100300e300c06082b060102010105000500", ISTH_PROBE_STRONG },
    { "305c020103300d020166020205dc040107020103041e301c040b800010e903001b1b11223302010102010204036f7073040004000428a5*40", ISTH_PROBE_STRONG },
    { "302a0201000406 \"public\" a41d060a2b0601040181780e021540040a0000090201030201004301013000", ISTH_PROBE_STRONG },
    { "30100201010406 \"public\" a903020101", ISTH_PROBE_NO },
    { "3013020102040178a00b0201070201000201003000", ISTH_PROBE_NO },
    { "300c020101600702010304008000", ISTH_PROBE_NO },
    { "30340201010406 \"public\" a027020107020100020100301c300c06082b060102010105000500300c06082b06010201010600050000", ISTH_PROBE_NO },
    { "3082ffff020101", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_snmp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_snmp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/snmp/probe", test_probe);
  return g_test_run ();
}
