/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manager tests whether the ring is closed; clients say which of their links failed. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mrp;

#define COMMON "0112 0007 11*16 0000"
#define DOMAIN "domain 11111111111111111111111111111111"
#define TEST(state) "0001 0212 8000 020000000001 0000 " state " 0003 00000064 " COMMON

static const IsthDissectCase cases[] = {
  { "closed", TEST ("0001"), ISTH_DISSECT_OK, "report 2 test (" DOMAIN ", ring closed, priority 0x8000, primary port)\nrole mrp-manager" },
  { "open", TEST ("0000"), ISTH_DISSECT_OK, "report 2 test (" DOMAIN ", ring open, priority 0x8000, primary port)\nrole mrp-manager" },
  { "topology-change", "0001 030a 8000 020000000001 000a " COMMON, ISTH_DISSECT_OK, "report 3 topology-change (" DOMAIN ")\nrole mrp-manager" },
  { "link-down", "0001 040c 020000000001 0001 0028 0001 " COMMON, ISTH_DISSECT_OK, "report 4 link-down (" DOMAIN ", secondary port)\nrole mrp-client" },
  /* IEC 61158-6-10: two octets of padding before the next part. */
  { "link-down-padded", "0001 040c 020000000001 0001 0028 0001 0000 " COMMON, ISTH_DISSECT_OK,
    "report 4 link-down (" DOMAIN ", secondary port)\nrole mrp-client" },
  { "link-up", "0001 050c 020000000001 0000 0028 0001 " COMMON, ISTH_DISSECT_OK, "report 5 link-up (" DOMAIN ", primary port)\nrole mrp-client" },
  { "interconnection", "0001 070a 020000000001 0001 000a " COMMON, ISTH_DISSECT_OK,
    "report 7 interconnection-topology-change (" DOMAIN ")\nrole mrp-interconnection-manager" },
  { "option-beside", "0001 7f04 080006 00 040c 020000000001 0001 0028 0001 " COMMON, ISTH_DISSECT_OK,
    "report 4 link-down (" DOMAIN ", secondary port)\nrole mrp-client" },
  { "no-message", "0001 " COMMON, ISTH_DISSECT_MALFORMED, "" },
  { "no-domain", "0001 040c 020000000001 0001 0028 0001 0000", ISTH_DISSECT_MALFORMED, "" },
  { "too-short", "0001 0204 8000 0200 " COMMON, ISTH_DISSECT_MALFORMED, "" },
  { "length-lies", "0001 02ff 8000", ISTH_DISSECT_MALFORMED, "" },
  { "other-version", "0002 0212", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mrp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
