/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routers of one system, and the networks they tell of. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_eigrp;

static const IsthDissectCase cases[] = {
  { "hello",
    "0205ee6800*15 640001000c010001000000000f000400080c040102",
    ISTH_DISSECT_OK,
    "report 5 hello (system 100, not authenticated)\n"
    "role router\n"
    "software = IOS 12.4, EIGRP 1.2 (90)" },
  { "again",
    "0205ee6800*15 640001000c010001000000000f000400080c040102\n"
    "0205ee6800*15 640001000c010001000000000f000400080c040102",
    ISTH_DISSECT_OK,
    "report 5 hello (system 100, not authenticated)\n"
    "role router\n"
    "software = IOS 12.4, EIGRP 1.2 (90)\n"
    "report 5 hello (system 100, not authenticated)" },
  { "authenticated",
    "0205ee2c00*15 64000200280002001000*33 01000c010001000000000f000400080c040102",
    ISTH_DISSECT_OK,
    "report 5 hello (system 100, authenticated)\n"
    "role router\n"
    "software = IOS 12.4, EIGRP 1.2 (90)" },
  { "acknowledgment",
    "0205fd8f00*11 0700000064",
    ISTH_DISSECT_OK,
    "other 5 acknowledgment (system 100)\n"
    "role router" },
  { "update",
    "020119d600*7 0300*7 640102001c00*20 18c0a8050103002f00*40 10ac10",
    ISTH_DISSECT_OK,
    "report 1 update (system 100, 192.168.5.0/24, 172.16.0.0/16)\n"
    "role router\n"
    "route = 192.168.5.0/24 (90)\n"
    "route = 172.16.0.0/16 (90)" },
  { "update-of-one-lost",
    "0201ff3d00*7 0300*7 640102001c00*6 "
    "010000000a000005dc01ff010000170a09020102001b00000000ffffffff00000a000005dc01ff010000100a0a0103002f00000000010101010000000100*10 "
    "03000000010000000a000005dc01ff01000010ac100103002f00000000010101010000000100*10 0300ffffffff00000a000005dc01ff01000010ac11",
    ISTH_DISSECT_OK, "report 1 update (system 100, 10.9.2.0/23, 10.10.0.0/16, 172.16.0.0/16, 172.17.0.0/16)\n"
    "role router\n"
    "route = 10.9.2.0/23 (90)\n"
    "route = 172.16.0.0/16 (90)" },
  { "many-networks",
    "0201f78200*15 640102001b00*20 100a000102001b00*20 100a010102001b00*20 100a020102001b00*20 100a030102001b00*20 "
    "100a040102001b00*20 100a050102001b00*20 100a060102001b00*20 100a070102001b00*20 100a08",
    ISTH_DISSECT_OK,
    "report 1 update (system 100, 10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16, 10.5.0.0/16)\n"
    "role router\n"
    "route = 10.0.0.0/16 (90)\n"
    "route = 10.1.0.0/16 (90)\n"
    "route = 10.2.0.0/16 (90)\n"
    "route = 10.3.0.0/16 (90)\n"
    "route = 10.4.0.0/16 (90)\n"
    "route = 10.5.0.0/16 (90)\n"
    "route = 10.6.0.0/16 (90)\n"
    "route = 10.7.0.0/16 (90)\n"
    "route = 10.8.0.0/16 (90)" },
  { "prefix-lies",
    "02015a1c00*15 640102001b00*20 406162",
    ISTH_DISSECT_OK,
    "report 1 update (system 100)\n"
    "role router" },
  { "prefix-cut-off",
    "02017a1c00*15 640102001b00*20 206162",
    ISTH_DISSECT_OK,
    "report 1 update (system 100)\n"
    "role router" },
  { "query",
    "0203eb7100*15 640102001b00*20 100a01",
    ISTH_DISSECT_OK,
    "read 3 query (system 100, 10.1.0.0/16)\n"
    "role router" },
  { "reply",
    "0204eb7000*15 640102001b00*20 100a01",
    ISTH_DISSECT_OK,
    "report 4 reply (system 100, 10.1.0.0/16)\n"
    "role router" },
  { "version-cut-off",
    "0205fc8d00*15 640004000501",
    ISTH_DISSECT_OK,
    "report 5 hello (system 100, not authenticated)\n"
    "role router" },
  { "part-lies",
    "02059b9500*15 640001010061",
    ISTH_DISSECT_MALFORMED,
    "report 5 hello (system 100, not authenticated)\n"
    "role router" },
  { "part-too-short",
    "0205fd9200*15 6400010003",
    ISTH_DISSECT_MALFORMED,
    "report 5 hello (system 100, not authenticated)\n"
    "role router" },
  { "other-opcode",
    "0263fd3800*15 64",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "other-version",
    "0105fe9600*15 64",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-off",
    "0205ee6800*14",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "wide-metric",
    "0201d30400*7 0300*7 640602002f0001000001*4 0000ff010005dc0100*4 03e800*4 03e800*8 100a14160a1504060300440001000001*4 "
    "0200ff010005dc0100*4 03e800*4 03e800*12 01*4 00*11 140000030018c0a8070602002b0001000001*4 0000ff010005dc01ff*6 00*4 03e800*8 "
    "100a16060200390002000001*4 0000ff010005dc0100*4 03e800*4 03e800*20 20fd00000a0603004f0002000001*4 0000ff010005dc0100*4 03e800*4 "
    "03e800*20 01*4 00*11 140000030030fd00000b00010402002900*18 0100000003e80005dc01ff01000020fd00000c0403003d00*16 01*4 00*11 "
    "140000030000000100000003e80005dc01ff01000020fd00000d0402002900*16 ff*4 000003e80005dc01ff01000020fd00000e060300370003000001*4 "
    "0000ff010005dc0100*4 03e800*4 03e800*20 100a0a",
    ISTH_DISSECT_OK,
    "report 1 update (system 100, 10.20.0.0/16, 10.21.4.0/22, 192.168.7.0/24, 10.22.0.0/16, fd00:a::/32, fd00:b:1::/48)\n"
    "role router\n"
    "route = 10.20.0.0/16 (90)\n"
    "route = 10.21.4.0/22 (90)\n"
    "route = 192.168.7.0/24 (90)\n"
    "route = fd00:a::/32 (90)\n"
    "route = fd00:b:1::/48 (90)\n"
    "route = fd00:c::/32 (90)\n"
    "route = fd00:d::/32 (90)" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "0205ee6800*15 640001000c010001000000000f000400080c040102", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "0105fe9600*15 64", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0206fd9500*15 64", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "0205ee6800*8", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ip_protocol = 88 };

  isth_test_probes (&isth_dissector_eigrp, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_eigrp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/eigrp/probe", test_probe);
  return g_test_run ();
}
