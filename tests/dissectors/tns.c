/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TNS: who connects to what, answers, versions; places that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_tns;

static const IsthDissectCase cases[] = {
  { "accepted",
    "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "< 0020000002000000013a00*22\n"
    "0000000e0600*5 \"data\"\n"
    "< 000b00000c000000010001",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)\n"
    "role tns-server\n"
    "= ok" },
  { "long-descriptor",
    "003a000001000000013a012c000020007fff7f08000000010093003a00*30\n"
    "009d00000600*5 \"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" "
    "5c6d65735c \"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "< 0020000002000000013a00*22",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)\n"
    "role tns-server\n"
    "= ok" },
  { "refused",
    "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "< 004b000004000000040000 \"@(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=12514)(ERROR_STACK=))\"",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)\n"
    "role tns-server\n"
    "software = Oracle Database 19.0 (90)\n"
    "= refused: TNS-12514" },
  { "refused-by-11g",
    "00c6000001000000013a012c000020007fff7f0800000001008c003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SID=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=__jdbc__)(USER=eng))))\"\n"
    "< 002c000004000000040000 \" (DESCRIPTION=(VSNNUM=186647552))\"",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)\n"
    "role tns-server\n"
    "software = Oracle Database 11.2.0 (90)\n"
    "= refused: refused" },
  { "redirected",
    "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "< 00190000050000000010 \"(ADDRESS=(x=y))\"",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)\n"
    "= ok" },
  { "resend",
    "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "< 000800000b000000",
    ISTH_DISSECT_OK,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)" },
  { "place-lies",
    "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"\n"
    "00cd000001000000013a012c000020007fff7f08000000010093232800*30 "
    "\"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c "
    "\"mes.exe)(HOST=PRESS7)(USER=eng))))\"",
    ISTH_DISSECT_MALFORMED,
    "role tns-client\n"
    "hostname = PRESS7 (90)\n"
    "software = C:\\mes\\mes.exe (60)\n"
    "authenticate 1 connect (service “ORDERS”, user “eng” of the system)" },
  { "answer-alone",
    "< 0020000002000000013a00*22",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "00cd000001000000013a012c000020007fff7f08000000010093003a00*30 \"(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORDERS)(CID=(PROGRAM=C:\" 5c6d65735c \"mes.exe)(HOST=PRESS7)(USER=eng))))\"", ISTH_PROBE_STRONG },
    { "003a000001000000013a012c000020007fff7f08000000010093003a00*30", ISTH_PROBE_STRONG },
    { "0020000002000000013a00*22", ISTH_PROBE_WEAK },
    { "003400000100000000c8006400*40", ISTH_PROBE_NO },
    { "0020010101000000 78*24", ISTH_PROBE_NO },
    { "0040", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_tns, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_tns, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/tns/probe", test_probe);
  return g_test_run ();
}
