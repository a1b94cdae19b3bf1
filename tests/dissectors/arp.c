/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only a sender that has an address binds it to its MAC; probes, announcements and who speaks for others. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_arp;

static const IsthDissectCase cases[] = {
  { "request", "0001 0800 06 04 0001 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "bind 02:00:00:00:00:01 10.0.0.1", .to_group = true },
  { "request-to-one", "0001 0800 06 04 0001 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:01 10.0.0.1\nother 1 check-neighbour (10.0.0.2 is at 02:00:00:00:00:02)" },
  { "reply", "<0001 0800 06 04 0002 020000000002 0a000002 020000000001 0a000001", ISTH_DISSECT_OK, "bind 02:00:00:00:00:02 10.0.0.2" },
  { "gratuitous", "0001 0800 06 04 0002 020000000001 0a000001 ff*6 0a000001", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:01 10.0.0.1\nreport 2 announcement (10.0.0.1)" },
  { "speaks-for-another-mac", "0001 0800 06 04 0002 020000000007 0a000009 020000000001 0a000001", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:07 10.0.0.9\nreport 2 speaks-for-another (10.0.0.9 is at 02:00:00:00:00:07)" },
  { "speaks-for-a-virtual-router", "0001 0800 06 04 0002 00005e000101 0a000009 020000000001 0a000001", ISTH_DISSECT_OK,
    "bind 00:00:5e:00:01:01 10.0.0.9" },
  { "probe-for-nobody", "0001 0800 06 04 0001 020000000001 00*4 00*6 00*4", ISTH_DISSECT_OK, "" },
  { "token-ring", "0006 0800 06 04 0001 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "bind 02:00:00:00:00:01 10.0.0.1", .to_group = true },
  { "probe", "0001 0800 06 04 0001 020000000001 00*4 00*6 0a000001", ISTH_DISSECT_OK,
    "other 1 address-probe (10.0.0.1)" },
  { "group-sender", "0001 0800 06 04 0001 010000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "" },
  { "broadcast-address", "0001 0800 06 04 0001 020000000001 ff*4 00*6 0a000002", ISTH_DISSECT_OK, "" },
  { "other-protocol", "0001 809b 06 04 0001 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "" },
  { "long-hardware", "0018 0800 08 04 0001 00*8 0a000001 00*8 0a000002", ISTH_DISSECT_OK, "" },
  { "reverse", "0001 0800 06 04 0003 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "" },
  { "reverse-reply", "<0001 0800 06 04 0004 020000000002 0a000002 020000000001 0a000001", ISTH_DISSECT_OK,
    "bind 02:00:00:00:00:02 10.0.0.2\nbind 02:00:00:00:00:01 10.0.0.1" },
  { "inverse", "0001 0800 06 04 0008 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_OK, "" },
  { "cut-short", "0001 0800 06 04 0001 020000000001 0a000001 0000", ISTH_DISSECT_MALFORMED, "" },
  { "sizes-lie", "0001 0800 ff ff 0001 020000000001 0a000001 00*6 0a000002", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_arp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
