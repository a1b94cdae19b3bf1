/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one who answers has the name, whichever of its addresses it gives. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_llmnr;

#define QUESTION "02 \"pc\" 00 0001 0001 "
#define QUERY "1234 0000 0001 0000 0000 0000 " QUESTION
#define ANSWER "<1234 8000 0001 0001 0000 0000 " QUESTION

static const IsthDissectCase cases[] = {
  { "query", QUERY, ISTH_DISSECT_OK, "other 0 query (pc A)" },
  { "answer", QUERY "\n" ANSWER "c00c 0001 0001 0000001e 0004 0a000002", ISTH_DISSECT_OK, "other 0 query (pc A)\n= ok\nhostname = pc (90)" },
  { "other-address-of-it", ANSWER "c00c 0001 0001 0000001e 0004 0a000007", ISTH_DISSECT_OK,
    "hostname = pc (90)\nhostname = pc (75) about 10.0.0.7\naddress = 10.0.0.7 (90)" },
  { "two-addresses", "<1234 8000 0001 0002 0000 0000" QUESTION "c00c 0001 0001 0000001e 0004 0a000002 c00c 0001 0001 0000001e 0004 0a000007",
    ISTH_DISSECT_OK, "hostname = pc (90)\nhostname = pc (75) about 10.0.0.7\naddress = 10.0.0.7 (90)" },
  { "nothing-known", "<1234 8000 0001 0000 0000 0000" QUESTION, ISTH_DISSECT_OK, "" },
  { "two-questions", "1234 0000 0002 0000 0000 0000" QUESTION QUESTION, ISTH_DISSECT_NOT_MINE, "" },
  { "data-lies", ANSWER "c00c 0001 0001 0000001e 00ff 0a000002", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_llmnr, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
