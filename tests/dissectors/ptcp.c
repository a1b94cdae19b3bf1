/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchronisation names its clock, whoever sends it; a measured delay tells of two neighbours. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ptcp;

#define HEADER "00*12 0007 0000 00000000 "
#define DOMAIN "0216 020000000009 11*16 "
#define OBJECT "subdomain 11111111111111111111111111111111, clock 02:00:00:00:00:09"

static const IsthDissectCase cases[] = {
  { "sync", "0080 " HEADER DOMAIN "0000", ISTH_DISSECT_OK, "time-sync 128 sync (" OBJECT ")\nrole ptcp-master about 02:00:00:00:00:09" },
  { "sync-again", "0080 " HEADER DOMAIN "0000\n0080 " HEADER DOMAIN "0000", ISTH_DISSECT_OK,
    "time-sync 128 sync (" OBJECT ")\nrole ptcp-master about 02:00:00:00:00:09\n"
    "time-sync 128 sync (" OBJECT ")\nrole ptcp-master about 02:00:00:00:00:09" },
  { "announce", "ff00 " HEADER DOMAIN "0806 01 ff 06 20 4e5d 0000", ISTH_DISSECT_OK,
    "time-sync 65280 announce (" OBJECT ", priority 1/255, class 6)\nrole ptcp-master about 02:00:00:00:00:09" },
  { "follow-up", "ff20 " HEADER DOMAIN "040a 0000 00000001 00000002 0000", ISTH_DISSECT_OK,
    "time-sync 65312 follow-up (" OBJECT ")\nrole ptcp-master about 02:00:00:00:00:09" },
  { "delay-request", "ff40 " HEADER "0c06 020000000001 0000", ISTH_DISSECT_OK, "time-sync 65344 delay-request" },
  { "delay-response", "ff43 " HEADER "0c06 020000000009 0000", ISTH_DISSECT_OK,
    "time-sync 65347 delay-response\nneighbour  to 02:00:00:00:00:09" },
  { "delay-response-to-itself", "ff41 " HEADER "0c06 020000000001 0000", ISTH_DISSECT_OK, "time-sync 65345 delay-response-with-follow-up" },
  { "group-as-clock", "0080 " HEADER "0216 ffffffffffff 11*16 0000", ISTH_DISSECT_OK,
    "time-sync 128 sync (subdomain 11111111111111111111111111111111, clock ff:ff:ff:ff:ff:ff)" },
  { "no-domain", "0080 " HEADER "0000", ISTH_DISSECT_MALFORMED, "" },
  { "no-port", "ff40 " HEADER "0000", ISTH_DISSECT_MALFORMED, "" },
  { "domain-too-short", "0080 " HEADER "0206 020000000009 0000", ISTH_DISSECT_MALFORMED, "" },
  { "no-end", "ff40 " HEADER "0c06 020000000001", ISTH_DISSECT_MALFORMED, "" },
  { "length-lies", "ff40 " HEADER "0dff 020000000001 0000", ISTH_DISSECT_MALFORMED, "" },
  { "cyclic", "c001 00*40 1000 35 00", ISTH_DISSECT_NOT_MINE, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ptcp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
