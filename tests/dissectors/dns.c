/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names belong to the addresses that answers give them to; loops and lies end the message. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dns;

#define QUESTION "01 \"h\" 02 \"ab\" 00 0001 0001 "
#define QUERY "1234 0100 0001 0000 0000 0000 " QUESTION
#define ANSWERS "<1234 8180 0001 0001 0000 0000 " QUESTION

#define CONTROLLERS " 05 \"_ldap\" 04 \"_tcp\" 02 \"dc\" 06 \"_msdcs\" 04 \"corp\" 07 \"example\" 00 "

static const IsthDissectCase cases[] = {
  { "query", QUERY, ISTH_DISSECT_OK, "other 0 query (h.ab A)" },
  { "root", "1234 0100 0001 0000 0000 0000 00 0002 0001", ISTH_DISSECT_OK, "other 0 query (. NS)" },
  { "edns", "1234 0100 0001 0000 0000 0001" QUESTION "00 0029 1000 00000000 0000", ISTH_DISSECT_OK, "other 0 query (h.ab A)" },
  { "answer", QUERY "\n" ANSWERS "c00c 0001 0001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "other 0 query (h.ab A)\n= ok\nrole dns-server\nhostname = h.ab (75) about 10.0.0.9" },
  { "answer-alone", ANSWERS "c00c 0001 0001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "role dns-server\nhostname = h.ab (75) about 10.0.0.9", .mid_stream = true },
  { "answer-6", ANSWERS "c00c 001c 0001 00000078 0010 fd00 00*13 09", ISTH_DISSECT_OK,
    "role dns-server\nhostname = h.ab (75) about fd00::9" },
  { "alias", "<1234 8180 0001 0002 0000 0000" QUESTION "c00c 0005 0001 00000078 0006 03 \"www\" c00e c022 0001 0001 00000078 0004 0a000009",
    ISTH_DISSECT_OK, "role dns-server\nhostname = www.ab (75) about 10.0.0.9" },
  { "reverse",
    "<1234 8180 0001 0001 0000 0000 01 \"9\" 01 \"0\" 01 \"0\" 02 \"10\" 07 \"in-addr\" 04 \"arpa\" 00 000c 0001 "
    "c00c 000c 0001 00000078 0004 02 \"pc\" 00",
    ISTH_DISSECT_OK, "role dns-server\nhostname = pc (75) about 10.0.0.9" },
  { "reverse-too-large",
    "<1234 8180 0001 0001 0000 0000 01 \"9\" 01 \"0\" 01 \"0\" 03 \"300\" 07 \"in-addr\" 04 \"arpa\" 00 000c 0001 "
    "c00c 000c 0001 00000078 0004 02 \"pc\" 00",
    ISTH_DISSECT_OK, "role dns-server" },
  { "group-address", ANSWERS "c00c 0001 0001 00000078 0004 e0000001", ISTH_DISSECT_OK, "role dns-server" },
  { "wrong-size", ANSWERS "c00c 0001 0001 00000078 0003 0a0000", ISTH_DISSECT_OK, "role dns-server" },
  { "no-such-name", QUERY "\n<1234 8183 0001 0000 0000 0000" QUESTION, ISTH_DISSECT_OK,
    "other 0 query (h.ab A)\n= refused: no such name\nrole dns-server" },
  { "refused", QUERY "\n<1234 8185 0001 0000 0000 0000" QUESTION, ISTH_DISSECT_OK, "other 0 query (h.ab A)\n= refused: refused" },
  { "domain", "1234 0100 0001 0000 0000 0000" CONTROLLERS "0021 0001", ISTH_DISSECT_OK,
    "other 0 query (_ldap._tcp.dc._msdcs.corp.example SRV)\ndomain = corp.example (20)" },
  { "domain-of-a-site", "1234 0100 0001 0000 0000 0000 05 \"_ldap\" 04 \"_tcp\" 02 \"hq\" 06 \"_sites\" 02 \"gc\" 06 \"_MSDCS\" 04 \"corp\" 00 0021 0001", ISTH_DISSECT_OK,
    "other 0 query (_ldap._tcp.hq._sites.gc._MSDCS.corp SRV)\ndomain = corp (20)" },
  { "no-domain", "1234 0100 0001 0000 0000 0000 01 \"h\" 06 \"_msdcs\" 04 \"corp\" 00 0001 0001", ISTH_DISSECT_OK, "other 0 query (h._msdcs.corp A)" },
  { "controllers", "<1234 8180 0001 0001 0000 0001" CONTROLLERS "0021 0001 c00c 0021 0001 00000078 000c 0000 0064 0185 03 \"dc1\" c021 c045 0001 0001 00000078 0004 0a000009",
    ISTH_DISSECT_OK, "role dns-server\nrole domain-controller about 10.0.0.9\nhostname = dc1.corp.example (75) about 10.0.0.9" },
  { "update", "1234 2800 0001 0000 0000 0000 02 \"ab\" 00 0006 0001", ISTH_DISSECT_OK, "report 5 update (ab SOA)" },
  { "loop", ANSWERS "c01a 0001 0001 00000078 0004 0a000009", ISTH_DISSECT_MALFORMED, "role dns-server" },
  { "loop-of-two", "1234 0100 0001 0000 0000 0000 c00e c00c 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "loop-of-one", "1234 0100 0001 0000 0000 0000 01 \"h\" c00c 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "forward", "1234 0100 0001 0000 0000 0000 c010 0001 0001 01 \"h\" 00", ISTH_DISSECT_MALFORMED, "" },
  { "into-header", "1234 0100 0001 0000 0000 0000 c000 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "label-lies", "1234 0100 0001 0000 0000 0000 3f \"h\" 00 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "reserved-label", "1234 0100 0001 0000 0000 0000 40 \"h\" 00 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "name-too-long", "1234 0100 0001 0000 0000 0000 3f 61*63 3f 61*63 3f 61*63 3f 61*63 00 0001 0001", ISTH_DISSECT_MALFORMED, "" },
  { "data-lies", ANSWERS "c00c 0001 0001 00000078 0040 0a000009", ISTH_DISSECT_MALFORMED, "role dns-server" },
  { "counts-lie", ANSWERS, ISTH_DISSECT_MALFORMED, "role dns-server" },
  { "header-cut", "1234 0100 0001", ISTH_DISSECT_MALFORMED, "" },
  { "other-opcode", "1234 3000 0001 0000 0000 0000" QUESTION, ISTH_DISSECT_NOT_MINE, "" },
  { "result-in-a-question", "1234 0103 0001 0000 0000 0000" QUESTION, ISTH_DISSECT_NOT_MINE, "" },
  { "no-such-type", "1234 0100 0001 0000 0000 0000 00 0000 0001", ISTH_DISSECT_NOT_MINE, "" },
  { "no-such-class", "1234 0100 0001 0000 0000 0000 01 \"h\" 00 0001 0000", ISTH_DISSECT_NOT_MINE, "" },
  { "relay-by-an-alias",
    "<1234 8180 0001 0002 0000 0000 02 \"gm\" 07 \"secomea\" 03 \"com\" 00 0001 0001 c00c 0005 0001 00000078 0006 01 \"c\" 02 \"ab\" 00"
    " 01 \"c\" 02 \"ab\" 00 0001 0001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "role dns-server\nhostname = c.ab (75) about 10.0.0.9\nrole remote-relay about 10.0.0.9\ndescription = Secomea (40) about 10.0.0.9" },
  { "relays",
    "<1234 8180 0001 0003 0000 0000 02 \"gm\" 07 \"secomea\" 03 \"com\" 00 0001 0001 05 \"myeth\" 02 \"ts\" 03 \"net\" 00 0001 0001 00000078 0004 0a000008"
    " 03 \"foo\" 02 \"us\" 08 \"ciscoiot\" 03 \"com\" 00 0001 0001 00000078 0004 0a000007 03 \"www\" 07 \"secomea\" 03 \"com\" 00 0005 0001 00000078 0001 00", ISTH_DISSECT_OK,
    "role dns-server\nhostname = myeth.ts.net (75) about 10.0.0.8\nrole remote-relay about 10.0.0.8\ndescription = Tailscale (40) about 10.0.0.8\n"
    "hostname = foo.us.ciscoiot.com (75) about 10.0.0.7\nrole remote-relay about 10.0.0.7\ndescription = Cisco IoT Operations Dashboard (40) about 10.0.0.7" },
  { "tcp", "0016" QUERY "\n<0026 1234 8180 0001 0001 0000 0000" QUESTION "c00c 0001 0001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "other 0 query (h.ab A)\n= ok\nrole dns-server\nhostname = h.ab (75) about 10.0.0.9", .tcp = true },
  { "tcp-zone-transfer", "0016 1234 0100 0001 0000 0000 0000 01 \"h\" 02 \"ab\" 00 00fc 0001", ISTH_DISSECT_OK,
    "read 0 zone-transfer (h.ab AXFR)", .tcp = true },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dns, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
