/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An announcement speaks for its sender where the addresses agree; what a question carries says nothing of its sender. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mdns;

#define ANSWER "0000 8400 0000 0001 0000 0000 "
#define PC "02 \"pc\" 05 \"local\" 00 "
#define WEB "05 \"_http\" 04 \"_tcp\" 05 \"local\" 00 "

static const IsthDissectCase cases[] = {
  { "own-address", ANSWER PC "0001 8001 00000078 0004 0a000001", ISTH_DISSECT_OK, "hostname = pc.local (90)" },
  { "other-address", ANSWER PC "0001 8001 00000078 0004 0a000009", ISTH_DISSECT_OK, "hostname = pc.local (75) about 10.0.0.9" },
  { "address-made-of-mac", ANSWER PC "001c 8001 00000078 0010 fe80 00*7 00 00ff fe00 0001", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:01 fe80::ff:fe00:1\nhostname = pc.local (75) about fe80::ff:fe00:1" },
  /* The same name in one message with the sender's own address: addresses of one host. The order does not matter, nor the case; loopback is nobody's. */
  { "further-addresses",
    "0000 8400 0000 0004 0000 0000 " PC "0001 8001 00000078 0004 0a000009 02 \"PC\" 05 \"local\" 00 0001 8001 00000078 0004 0a000001"
    PC "0001 8001 00000078 0004 7f000001" PC "001c 8001 00000078 0010 fe80 00*13 09", ISTH_DISSECT_OK,
    "address = 10.0.0.9 (90)\nhostname = pc.local (75) about 10.0.0.9\nhostname = PC.local (90)\n"
    "address = fe80::9 (90)\nhostname = pc.local (75) about fe80::9" },
  { "addresses-of-others",
    "0000 8400 0000 0003 0000 0000 " PC "0001 8001 00000078 0004 0a000001 02 \"nb\" 05 \"local\" 00 0001 8001 00000078 0004 0a000009"
    WEB "0001 8001 00000078 0004 0a000008", ISTH_DISSECT_OK,
    "hostname = pc.local (90)\nhostname = nb.local (75) about 10.0.0.9\nmdns_service = _http._tcp.local (75) about 10.0.0.8" },
  { "own-address-of-a-service",
    "0000 8400 0000 0002 0000 0000 " WEB "0001 8001 00000078 0004 0a000001" WEB "0001 8001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "mdns_service = _http._tcp.local (90)\nmdns_service = _http._tcp.local (75) about 10.0.0.9" },
  { "loopback", ANSWER PC "0001 8001 00000078 0004 7f000001", ISTH_DISSECT_OK, "" },
  { "own-address-backwards",
    ANSWER "01 \"1\" 01 \"0\" 01 \"0\" 02 \"10\" 07 \"in-addr\" 04 \"arpa\" 00 000c 8001 00000078 000a" PC, ISTH_DISSECT_OK,
    "hostname = pc.local (90)" },
  { "address-6-backwards",
    ANSWER "01\"9\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\""
           "01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"0\"01\"D\"01\"f\""
           "03 \"ip6\" 04 \"arpa\" 00 000c 8001 00000078 000a" PC,
    ISTH_DISSECT_OK, "hostname = pc.local (75) about fd00::9" },
  { "service-type", ANSWER "09 \"_services\" 07 \"_dns-sd\" 04 \"_udp\" 05 \"local\" 00 000c 0001 00000078 0012" WEB, ISTH_DISSECT_OK,
    "mdns_service = _http._tcp.local (90)" },
  { "instance", ANSWER WEB "000c 0001 00000078 0005 02 \"My\" c00c", ISTH_DISSECT_OK, "mdns_service = My._http._tcp.local (90)" },
  { "service-host", ANSWER WEB "0021 8001 00000078 0010 0000 0000 0050" PC, ISTH_DISSECT_OK, "hostname = pc.local (60)" },
  { "instance-with-address", ANSWER WEB "0001 8001 00000078 0004 0a000009", ISTH_DISSECT_OK,
    "mdns_service = _http._tcp.local (75) about 10.0.0.9" },
  { "text", ANSWER WEB "0010 8001 00000078 0008 03 \"a=b\" 00 02 \"cd\"", ISTH_DISSECT_OK, "mdns_service = a=b (60)\nmdns_service = cd (60)" },
  { "device-info", ANSWER "02 \"pc\" 0c \"_device-info\" 04 \"_tcp\" 05 \"local\" 00 0010 8001 00000078 000a 09 \"model=X12\"", ISTH_DISSECT_OK,
    "model = X12 (90)" },
  { "host-info", ANSWER PC "000d 8001 00000078 000a 03 \"X64\" 05 \"LINUX\"", ISTH_DISSECT_OK, "os = LINUX (90)" },
  { "text-lies", ANSWER WEB "0010 8001 00000078 0008 7f \"a=b\" 00 02 \"cd\"", ISTH_DISSECT_OK, "" },
  { "question", "0000 0000 0001 0000 0000 0000" WEB "000c 8001", ISTH_DISSECT_OK, "other 0 query (_http._tcp.local PTR) to ", .to_group = true },
  { "known-answer", "0000 0000 0001 0001 0000 0000" WEB "000c 0001 c00c 000c 0001 00000078 0005 02 \"My\" c00c", ISTH_DISSECT_OK,
    "other 0 query (_http._tcp.local PTR) to ", .to_group = true },
  { "cut-short", ANSWER PC "0001 8001 000000", ISTH_DISSECT_MALFORMED, "" },
  { "pointer-out-of-message", ANSWER WEB "000c 0001 00000078 0002 ffff", ISTH_DISSECT_OK, "" },
  { "other-opcode", "0000 2800 0001 0000 0000 0000" WEB "000c 0001", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mdns, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
