/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SINEC H1: fetch and write asked, answered and refused, data in pieces, and the same in LLC frames. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_siemens_h1;

#define FETCH "5335 10 01 03 05 03 08 01 03 0000 000a ff02"
#define FETCHED "5335 10 01 03 06 0f 03 00 ff07 0000 0000 00"
#define ENDS "\nrole siemens-h1-server\nrole siemens-h1-client about 10.0.0.1"

static const IsthDissectCase cases[] = {
  { "fetch", FETCH "\n< " FETCHED " 00*20", ISTH_DISSECT_OK, "read 5 fetch (DB3.DW0 WORD 10)\n= ok" ENDS },
  { "fetch-refused", FETCH "\n< 5335 10 01 03 06 0f 03 02 ff07 0000 0000 00", ISTH_DISSECT_OK,
    "read 5 fetch (DB3.DW0 WORD 10)\n= refused: block does not exist" ENDS },
  { "fetch-too-much", FETCH "\n< 5335 10 01 03 06 0f 03 03 ff07 0000 0000 00", ISTH_DISSECT_OK,
    "read 5 fetch (DB3.DW0 WORD 10)\n= refused: block too small" ENDS },
  { "fetch-impossible", FETCH "\n< 5335 10 01 03 06 0f 03 ff ff07 0000 0000 00", ISTH_DISSECT_OK,
    "read 5 fetch (DB3.DW0 WORD 10)\n= refused: not possible" ENDS },
  { "fetch-other-error", FETCH "\n< 5335 10 01 03 06 0f 03 33 ff07 0000 0000 00", ISTH_DISSECT_OK,
    "read 5 fetch (DB3.DW0 WORD 10)\n= refused: error 0x33" ENDS },
  { "fetch-flags", "5335 10 01 03 05 03 08 02 00 000a 0004 ff02", ISTH_DISSECT_OK, "read 5 fetch (FY10 BYTE 4)" },
  { "fetch-timer", "5335 10 01 03 05 03 08 07 00 0005 0001 ff02", ISTH_DISSECT_OK, "read 5 fetch (T5 TIMER 1)" },
  { "fetch-extended-block", "5335 10 01 03 05 03 08 0a 07 0002 0001 ff02", ISTH_DISSECT_OK, "read 5 fetch (DX7.DW2 WORD 1)" },
  { "fetch-unknown-area", "5335 10 01 03 05 03 08 44 00 0005 0001 ff02", ISTH_DISSECT_OK, "read 5 fetch (area 0x44 address 5 count 1)" },
  { "write", "5335 10 01 03 03 03 08 01 0c 0005 0002 ff02 01020304\n< 5335 10 01 03 04 0f 03 00 ff07 0000 0000 00", ISTH_DISSECT_OK,
    "write 3 write (DB12.DW5 WORD 2)\n= ok" ENDS },
  { "fetch-cut-off", FETCH "\n< " FETCHED " 00*12\n> " FETCH "\n< " FETCHED " 00*20", ISTH_DISSECT_OK,
    "read 5 fetch (DB3.DW0 WORD 10)\n= ok" ENDS "\nread 5 fetch (DB3.DW0 WORD 10)\n= ok" },
  { "two-in-one", FETCH FETCH, ISTH_DISSECT_OK, "read 5 fetch (DB3.DW0 WORD 10)\nread 5 fetch (DB3.DW0 WORD 10)" },
  { "mid-stream", "< " FETCHED " 00*20", ISTH_DISSECT_OK, "role siemens-h1-server\nrole siemens-h1-client about 10.0.0.1", .mid_stream = true },
  { "unknown-operation", "5335 10 01 03 09 03 08 01 03 0000 000a ff02", ISTH_DISSECT_MALFORMED, "" },
  { "block-lies", "5335 10 01 03 05 03 ff 01 03 0000 000a ff02", ISTH_DISSECT_MALFORMED, "" },
  { "cut-short", "5335 10 01 03 05 03 08 01 03", ISTH_DISSECT_MALFORMED, "" },
  { "not-s5", "0300 0016", ISTH_DISSECT_NOT_MINE, "" },
};

static const struct
{
  const char *bytes;
  uint16_t llc_sap;
  IsthProbe probe;
} probes[] = {
  { FETCH, 0, ISTH_PROBE_STRONG },
  { FETCHED, 0, ISTH_PROBE_STRONG },
  { "5335 10 01 03 05 0f 03 00", 0, ISTH_PROBE_WEAK },
  { "5335 10 01 03 08", 0, ISTH_PROBE_NO },
  { "5335", 0, ISTH_PROBE_NO },
  { "00 04 f0 0001 80" FETCH, 0xfefe, ISTH_PROBE_STRONG },
  { "00 0a 60 0001 01 00 00000000 00", 0xfefe, ISTH_PROBE_WEAK },
  { "83 1b 01 00 10 01 00", 0xfefe, ISTH_PROBE_NO }, /* IS-IS */
  { "00 7f f0 0001 80", 0xfefe, ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (probes[i].bytes);
      IsthPacket packet = { .llc_sap = probes[i].llc_sap };

      g_assert_cmpint (isth_dissector_siemens_h1.probe (isth_cursor_new (bytes->data, bytes->len, bytes->len), &packet), ==, probes[i].probe);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_siemens_h1, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/siemens-h1/probe", test_probe);
  return g_test_run ();
}
