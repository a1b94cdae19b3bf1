/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Redis: commands, logins without their passwords, INFO; lengths that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_redis;

static const IsthDissectCase cases[] = {
  { "session",
    "2a320d0a24340d0a \"AUTH\" 0d0a24360d0a \"secret\" 0d0a\n"
    "< 2b4f4b0d0a\n"
    "2a310d0a24340d0a \"INFO\" 0d0a\n"
    "< 2439320d0a \"# Server\" 0d0a \"redis_version:7.0.5\" 0d0a \"redis_mode:standalone\" 0d0a \"os:Linux 5.10.0 x86_64\" 0d0a "
    "\"arch_bits:64\" 0d0a0d0a\n"
    "2a320d0a24330d0a4745540d0a24360d0a \"recipe\" 0d0a\n"
    "< 24350d0a \"value\" 0d0a\n"
    "2a320d0a24330d0a4745540d0a24360d0a \"recipe\" 0d0a\n"
    "2a330d0a24330d0a5345540d0a24360d0a \"recipe\" 0d0a24310d0a370d0a\n"
    "< 2b4f4b0d0a\n"
    "\"the rest of a value\"\n"
    "2a330d0a24360d0a \"CLIENT\" 0d0a24370d0a \"SETNAME\" 0d0a24350d0a \"panel\" 0d0a\n"
    "< 2b4f4b0d0a",
    ISTH_DISSECT_OK,
    "role redis-client\n"
    "authenticate - login (password in clear (under 8 characters))\n"
    "role redis-server\n"
    "= ok\n"
    "other - command (INFO)\n"
    "software = Redis 7.0.5 (90)\n"
    "os = Linux 5.10.0 x86_64 (90)\n"
    "read - command (GET)\n"
    "read - command (GET)\n"
    "other - change (SET)\n"
    "software = panel (60)\n"
    "other - command (CLIENT)", .pieces = true },
  { "refused",
    "2a330d0a24340d0a \"auth\" 0d0a24330d0a626f620d0a24360d0a \"secret\" 0d0a\n"
    "< \"-WRONGPASS invalid username-password pair\" 0d0a",
    ISTH_DISSECT_OK,
    "role redis-client\n"
    "authenticate - login (user “bob”, password in clear (under 8 characters))\n"
    "role redis-server\n"
    "= refused: WRONGPASS invalid username-password pair", .pieces = true },
  { "hello",
    "2a350d0a24350d0a \"HELLO\" 0d0a24310d0a330d0a24340d0a \"AUTH\" 0d0a24330d0a626f620d0a24360d0a \"secret\" 0d0a\n"
    "< 2b4f4b0d0a",
    ISTH_DISSECT_OK,
    "role redis-client\n"
    "authenticate - login (user “bob”, password in clear (under 8 characters))\n"
    "role redis-server\n"
    "= ok", .pieces = true },
  { "pipeline",
    "2a320d0a24330d0a4745540d0a24360d0a \"recipe\" 0d0a2a330d0a24330d0a5345540d0a24360d0a \"recipe\" "
    "0d0a24310d0a370d0a2a310d0a24340d0a \"INFO\" 0d0a",
    ISTH_DISSECT_OK,
    "role redis-client\n"
    "read - command (GET)\n"
    "other - change (SET)\n"
    "other - command (INFO)" },
  { "length-lies",
    "2a320d0a24330d0a4745540d0a \"$9999999\" 0d0a78",
    ISTH_DISSECT_OK,
    "role redis-client\n"
    "read - command (GET)" },
  { "answer-alone",
    "< \"+PONG\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
  { "no-command",
    "2a310d0a24330d0a3701380d0a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "2a320d0a24330d0a4745540d0a24360d0a \"recipe\" 0d0a", ISTH_PROBE_STRONG },
    { "2a320d0a24330d0a4745540d0a \"$9999999\" 0d0a78", ISTH_PROBE_STRONG },
    { "2a300d0a", ISTH_PROBE_NO },
    { "2a310d0a24330d0a3701380d0a", ISTH_PROBE_NO },
    { "\"+PONG\" 0d0a", ISTH_PROBE_NO },
    { "2a3178", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_redis, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_redis, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/redis/probe", test_probe);
  return g_test_run ();
}
