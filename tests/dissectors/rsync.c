/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rsync: versions, modules, logins, lists; what is none. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rsync;

static const IsthDissectCase cases[] = {
  { "module",
    "< \"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"backup\" 0a\n"
    "< \"@RSYNCD: OK\" 0a\n"
    "010203\n"
    "< 010203",
    ISTH_DISSECT_OK,
    "role rsync-server\n"
    "software = rsync protocol 31.0 (60)\n"
    "role rsync-client\n"
    "software = rsync protocol 31.0 (60)\n"
    "file - module (backup)\n"
    "= ok", .pieces = true },
  { "login",
    "< \"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"@RSYNCD: 29\" 0a\n"
    "\"backup\" 0a\n"
    "< \"@RSYNCD: AUTHREQD abc\" 0a\n"
    "\"bob 0011\" 0a\n"
    "< \"@RSYNCD: OK\" 0a",
    ISTH_DISSECT_OK,
    "role rsync-server\n"
    "software = rsync protocol 31.0 (60)\n"
    "role rsync-client\n"
    "software = rsync protocol 29 (60)\n"
    "file - module (backup)\n"
    "authenticate - login (user “bob”)\n"
    "= ok\n"
    "= ok", .pieces = true },
  { "login-refused",
    "< \"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"backup\" 0a\n"
    "< \"@RSYNCD: AUTHREQD abc\" 0a\n"
    "\"bob 0011\" 0a\n"
    "< \"@ERROR: auth failed\" 0a",
    ISTH_DISSECT_OK,
    "role rsync-server\n"
    "software = rsync protocol 31.0 (60)\n"
    "role rsync-client\n"
    "software = rsync protocol 31.0 (60)\n"
    "file - module (backup)\n"
    "authenticate - login (user “bob”)\n"
    "= refused: @ERROR: auth failed", .pieces = true },
  { "list",
    "< \"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"@RSYNCD: 31.0 sha512 md5\" 0a\n"
    "\"#list\" 0a\n"
    "< \"backup nightly\" 0a\n"
    "< \"@RSYNCD: EXIT\" 0a",
    ISTH_DISSECT_OK,
    "role rsync-server\n"
    "software = rsync protocol 31.0 (60)\n"
    "role rsync-client\n"
    "software = rsync protocol 31.0 (60)\n"
    "identify - list\n"
    "= ok", .pieces = true },
  { "nothing-of-it",
    "\"hello\" 0a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"@RSYNCD: 31.0 sha512 md5\" 0a", ISTH_PROBE_STRONG },
    { "\"@RSYNCD: 29\" 0a", ISTH_PROBE_STRONG },
    { "\"@RSYNCD: OKAY\" 0a", ISTH_PROBE_NO },
    { "\"hello\" 0a", ISTH_PROBE_NO },
    { "010203", ISTH_PROBE_NO },
    { "\"@RSYNCD\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_rsync, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rsync, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rsync/probe", test_probe);
  return g_test_run ();
}
