/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MongoDB: clients, versions, logins, commands; documents that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mongodb;

static const IsthDissectCase cases[] = {
  { "session",
    "dd0000000100*7 d407000004000000 \"admin.$cmd\" 00*5 01000000b600000010 \"isMaster\" 000100000008 \"helloOk\" 000103 \"client\" "
    "009100000003 \"application\" 001500000002 \"name\" 0006000000 \"panel\" 000003 \"driver\" 002800000002 \"name\" 0008000000 "
    "\"PyMongo\" 0002 \"version\" 0004000000342e310000036f73003600000002 \"type\" 0006000000 \"Linux\" 0002 \"name\" 0007000000 "
    "\"Debian\" 0002 \"version\" 0003000000313200000000\n"
    "< 670000000900000001000000010000000800*15 010000004300000008 \"ismaster\" 000102 \"setName\" 0006000000 \"plant\" 0010 "
    "\"maxWireVersion\" 0011000000016f6b00*7 f03f00\n"
    "380000000200*7 dd0700*7 2300000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000\n"
    "< 390000000a00000002000000dd0700*7 2400000002 \"version\" 0006000000 \"6.0.4\" 00016f6b00*7 f03f00\n"
    "730000000300*7 dd0700*7 5e00000010 \"saslStart\" 000100000002 \"mechanism\" 000e000000 \"SCRAM-SHA-256\" 0005 \"payload\" "
    "001000000000 \"n,,n=bob,r=nonce\" 022464620006000000 \"admin\" 0000\n"
    "< 530000000b00000003000000dd0700*7 3e000000016f6b00*9 02 \"errmsg\" 0017000000 \"Authentication failed.\" 0010 \"code\" "
    "001200000000\n"
    "4b0000000400*7 dd0700*7 3600000002 \"find\" 0008000000 \"recipes\" 0003 \"filter\" 00080000000a780000022464620006000000 \"plant\" "
    "0000\n"
    "< 330000000c00000004000000dd0700*7 1e00000003 \"cursor\" 000500000000016f6b00*7 f03f00\n"
    "4f0000000500*7 dd0700*7 3a00000002 \"find\" 0008000000 \"recipes\" 0003 \"filter\" 000c0000001078000700000000022464620006000000 "
    "\"plant\" 0000\n"
    "430000000600*7 dd0700*7 2e00000002 \"insert\" 00040000006c6f670008 \"ordered\" 0001022464620006000000 \"plant\" 0000\n"
    "280000000700*7 dc070000a5*24\n"
    "660000000d00*7 dd0700*7 5100000010 \"saslStart\" 000100000002 \"mechanism\" 0006000000 \"PLAIN\" 0005 \"payload\" 000b00*5 "
    "626f6200 \"secret\" 022464620006000000 \"admin\" 0000",
    ISTH_DISSECT_OK,
    "role mongodb-client\n"
    "software = panel (60)\n"
    "software = PyMongo 4.1 (60)\n"
    "os = Debian 12 (60)\n"
    "other - command (isMaster)\n"
    "role mongodb-server\n"
    "description = plant (90)\n"
    "= ok\n"
    "other - command (buildInfo)\n"
    "software = MongoDB 6.0.4 (90)\n"
    "= ok\n"
    "authenticate - login (user “bob”, SCRAM-SHA-256)\n"
    "= refused: Authentication failed.\n"
    "read - command (find recipes)\n"
    "= ok\n"
    "read - command (find recipes)\n"
    "other - command (insert log)\n"
    "authenticate - login (PLAIN, password in clear)" },
  /* The login begins in the first message; the client counts from 0; not every server says "ok" by a double. */
  { "early-login",
    "ab0000000000000000000000dd0700000000000000960000001068656c6c6f00010000000373706563756c617469766541757468656e746963617465005e000000107361736c53746172740001000000026d656368616e69736d000e000000534352414d2d5348412d32353600057061796c6f61640011000000006e2c2c6e3d626f622c723d736563726574026462000600000061646d696e000002246462000600000061646d696e0000\n"
    "< 330000000700000000000000dd07000000000000001e000000026572726d73670005000000676f6e6500106f6b000000000000",
    ISTH_DISSECT_OK,
    "role mongodb-client\nauthenticate - login (user “bob”, SCRAM-SHA-256)\nother - command (hello)\nrole mongodb-server\n= refused: gone" },
  { "sections-first",
    "380000000200*7 dd0700*7 2300000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000\n"
    "210000000800*7 dd0700*6 010c0000001078000100000000",
    ISTH_DISSECT_OK,
    "role mongodb-client\n"
    "other - command (buildInfo)", .pieces = true },
  { "length-lies",
    "380000000200*7 dd0700*7 2300000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000\n"
    "380000000200*7 dd0700*7 0f27000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000",
    ISTH_DISSECT_MALFORMED,
    "role mongodb-client\n"
    "other - command (buildInfo)", .pieces = true },
  { "unknown-type",
    "4b0000000400*7 dd0700*7 36000000 \"cfind\" 0008000000 \"recipes\" 0003 \"filter\" 00080000000a780000022464620006000000 \"plant\" "
    "0000",
    ISTH_DISSECT_OK,
    "role mongodb-client" },
  { "no-code",
    "280000000700*7 4d000000 78*24",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "dd0000000100*7 d407000004000000 \"admin.$cmd\" 00*5 01000000b600000010 \"isMaster\" 000100000008 \"helloOk\" 000103 \"client\" 009100000003 \"application\" 001500000002 \"name\" 0006000000 \"panel\" 000003 \"driver\" 002800000002 \"name\" 0008000000 \"PyMongo\" 0002 \"version\" 0004000000342e310000036f73003600000002 \"type\" 0006000000 \"Linux\" 0002 \"name\" 0007000000 \"Debian\" 0002 \"version\" 0003000000313200000000", ISTH_PROBE_STRONG },
    { "380000000200*7 dd0700*7 2300000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000", ISTH_PROBE_STRONG },
    { "280000000700*7 dc070000a5*24", ISTH_PROBE_WEAK },
    { "670000000900000001000000010000000800*15 010000004300000008 \"ismaster\" 000102 \"setName\" 0006000000 \"plant\" 0010 \"maxWireVersion\" 0011000000016f6b00*7 f03f00", ISTH_PROBE_WEAK },
    { "380000000200*7 dd0700*7 0f27000010 \"buildInfo\" 0001000000022464620006000000 \"admin\" 0000", ISTH_PROBE_NO },
    { "280000000700*7 4d000000 78*24", ISTH_PROBE_NO },
    { "300000", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_mongodb, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mongodb, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mongodb/probe", test_probe);
  return g_test_run ();
}
