/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP: greetings, logins (never the password), programs of both ends, what is secret. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_imap;

static const IsthDissectCase cases[] = {
  { "quoted-user", "\"a1 LOGIN \" 22 \"bob smith\" 22 \" \" 22 \"secret\" 220d0a", ISTH_DISSECT_OK,
    "role imap-client\n"
    "authenticate - LOGIN (user “bob smith”, password in clear (under 8 characters))" },
  { "user-as-literal", "\"a1 LOGIN {3}\" 0d0a\n\"bob {6}\" 0d0a\n\"secret\" 0d0a", ISTH_DISSECT_OK,
    "role imap-client\nauthenticate - LOGIN (password in clear)", .pieces = true },
  { "login",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a1 LOGIN \" 22626f6222 \" secret\" 0d0a\n"
    "< \"a1 OK done\" 0d0a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "authenticate - LOGIN (user “bob”, password in clear (under 8 characters))\n"
    "= ok", .pieces = true },
  { "refused",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a1 LOGIN \" 22626f6222 \" secret\" 0d0a\n"
    "< \"a1 NO wrong\" 0d0a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "authenticate - LOGIN (user “bob”, password in clear (under 8 characters))\n"
    "= refused: NO wrong", .pieces = true },
  { "authenticate",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a1 AUTHENTICATE PLAIN\" 0d0a\n"
    "< \"+ go\" 0d0a\n"
    "\"AGJvYg==\" 0d0a\n"
    "< \"a1 OK done\" 0d0a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "authenticate - AUTHENTICATE (by PLAIN)\n"
    "= ok", .pieces = true },
  { "programs",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a2 ID (\" 22 \"name\" 222022 \"Reader\" 222022 \"version\" 222022322e3122290d0a\n"
    "< \"* ID (\" 22 \"name\" 222022 \"Acme Mail\" 22290d0a\n"
    "< \"a2 OK done\" 0d0a\n"
    "\"a2 ID NIL\" 0d0a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "software = Reader 2.1 (60)\n"
    "identify - ID\n"
    "software = Acme Mail (60)\n"
    "= ok\n"
    "identify - ID", .pieces = true },
  { "folder",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a3 SELECT INBOX\" 0d0a\n"
    "< \"* 3 EXISTS\" 0d0a\n"
    "< \"a3 BAD what\" 0d0a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "read - SELECT\n"
    "= refused: BAD what", .pieces = true },
  { "starttls",
    "< \"* OK Acme IMAP4rev1 ready\" 0d0a\n"
    "\"a1 STARTTLS\" 0d0a\n"
    "< \"a1 OK done\" 0d0a\n"
    "1603010a\n"
    "< 1603010a",
    ISTH_DISSECT_OK,
    "role imap-server\n"
    "banner = Acme IMAP4rev1 ready (60)\n"
    "role imap-client\n"
    "other - STARTTLS\n"
    "= ok", .pieces = true },
  { "nothing-of-it",
    "01020a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"* OK Acme IMAP4rev1 ready\" 0d0a", ISTH_PROBE_STRONG },
    { "\"* PREAUTH x\" 0d0a", ISTH_PROBE_WEAK },
    { "\"a1 LOGIN \" 22626f6222 \" secret\" 0d0a", ISTH_PROBE_WEAK },
    { "\"hello there\" 0d0a", ISTH_PROBE_NO },
    { "\"averyveryverylongtag LOGIN x y\" 0d0a", ISTH_PROBE_NO },
    { "01020a", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_imap, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_imap, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/imap/probe", test_probe);
  return g_test_run ();
}
