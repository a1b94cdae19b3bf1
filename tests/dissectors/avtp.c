/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams by their numbers, entities by theirs. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_avtp;

static const IsthDissectCase cases[] = {
  { "audio",
    "02 81 07 00 0200000000010001 00*20",
    ISTH_DISSECT_OK,
    "report 2 stream (0200000000010001, audio)\n"
    "role avtp-talker", .to_group = true },
  { "video-again",
    "03 81 07 00 0200000000010002 00*20 \n 03 81 08 00 0200000000010002 00*20",
    ISTH_DISSECT_OK,
    "report 3 stream (0200000000010002, compressed video)\n"
    "role avtp-talker\n"
    "report 3 stream (0200000000010002, compressed video)\n"
    "role avtp-talker" },
  { "entity-available",
    "fa 00 1038 0200 00fffe000001 0011223344556677 00*48",
    ISTH_DISSECT_OK,
    "report 0 entity-available (020000fffe000001)\n"
    "protocol_address = 020000fffe000001 (90)\n"
    "product_code = 0011223344556677 (90)" },
  { "entity-departing",
    "fa 01 0038 0200 00fffe000001 0011223344556677 00*48",
    ISTH_DISSECT_OK,
    "report 1 entity-departing (020000fffe000001)" },
  { "entity-discover",
    "fa 02 0038 0000 000000000000 0000000000000000 00*48",
    ISTH_DISSECT_OK,
    "identify 2 entity-discover (0000000000000000)" },
  { "discovery-unknown",
    "fa 07 0038 0000 000000000000 0000000000000000 00*48",
    ISTH_DISSECT_OK,
    "report 7 discovery (0000000000000000)" },
  { "entity-control",
    "fb 00 000c 00*20",
    ISTH_DISSECT_OK,
    "read 0 entity-control" },
  { "connection",
    "fc 06 002c 00*44",
    ISTH_DISSECT_OK,
    "subscribe 6 connection-management" },
  { "addresses",
    "fe 01 0010 00*16",
    ISTH_DISSECT_OK,
    "other 254 address-acquisition" },
  { "unknown",
    "90 00 00*20",
    ISTH_DISSECT_OK,
    "other 144 other" },
  { "stream-cut",
    "02 81 07 00 0200",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "discovery-cut",
    "fa 00 1038 0200",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "too-short",
    "02",
    ISTH_DISSECT_MALFORMED,
    "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_avtp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
