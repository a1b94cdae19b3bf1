/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP: greetings, logins (never the password), mail that is stepped over, what is secret. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_smtp;

static const IsthDissectCase cases[] = {
  { "plain-asked-back",
    "\"AUTH PLAIN\" 0d0a\n< \"334 \" 0d0a\n\"AGJvYgBzZWNyZXQ=\" 0d0a\n< \"535 no\" 0d0a",
    ISTH_DISSECT_OK, "role smtp-client\n"
    "role smtp-server\n"
    "authenticate - AUTH (user “bob”, password in clear (under 8 characters))\n"
    "= refused: 535 no", .pieces = true },
  { "questions-are-no-answers",
    "\"AUTH CRAM-MD5\" 0d0a\n< \"334 PDE4OTY=\" 0d0a\n\"c2VjcmV0\" 0d0a\n< \"535 no\" 0d0a\n\"QUIT\" 0d0a\n< \"221 bye\" 0d0a",
    ISTH_DISSECT_OK, "role smtp-client\nauthenticate - AUTH (by CRAM-MD5)\nrole smtp-server\n= refused: 535 no\nother - QUIT\n= ok", .pieces = true },
  { "chunks",
    "\"BDAT 11 LAST\" 0d0a\n\"QUIT RSET\" 0d0a\n< \"250 got it\" 0d0a\n\"QUIT\" 0d0a\n< \"221 bye\" 0d0a",
    ISTH_DISSECT_OK, "role smtp-client\nother - BDAT (11 LAST)\nrole smtp-server\n= ok\nother - QUIT\n= ok", .pieces = true },
  { "greeting",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"EHLO press.example.org\" 0d0a\n"
    "< \"250-mail.example.org\" 0d0a\n"
    "< \"250 STARTTLS\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "hostname = press.example.org (60)\n"
    "identify - EHLO (press.example.org)\n"
    "= ok" },
  { "plain",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"AUTH PLAIN AGJvYgBzZWNyZXQ=\" 0d0a\n"
    "< \"235 Accepted\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "authenticate - AUTH (user “bob”, password in clear (under 8 characters))\n"
    "= ok" },
  { "plain-lies",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"AUTH PLAIN Ym9i\" 0d0a\n"
    "< \"535 Rejected\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "authenticate - AUTH (user “”, password in clear (empty))\n"
    "= refused: 535 Rejected" },
  { "login",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"AUTH LOGIN\" 0d0a\n"
    "< \"334 VXNlcm5hbWU6\" 0d0a\n"
    "\"YW15\" 0d0a\n"
    "< \"334 UGFzc3dvcmQ6\" 0d0a\n"
    "\"c2VjcmV0\" 0d0a\n"
    "< \"235 Accepted\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "authenticate - AUTH (user “amy”, password in clear (under 8 characters))\n"
    "= ok", .pieces = true },
  { "login-at-once",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"AUTH LOGIN YW15\" 0d0a\n"
    "< \"334 UGFzc3dvcmQ6\" 0d0a\n"
    "\"c2VjcmV0\" 0d0a\n"
    "< \"535 Rejected\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "authenticate - AUTH (user “amy”, password in clear (under 8 characters))\n"
    "= refused: 535 Rejected", .pieces = true },
  { "cram",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"AUTH CRAM-MD5\" 0d0a\n"
    "< \"535 Rejected\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "authenticate - AUTH (by CRAM-MD5)\n"
    "= refused: 535 Rejected" },
  { "mail",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"HELO [10.0.0.1]\" 0d0a\n"
    "< \"250 OK\" 0d0a\n"
    "\"MAIL FROM:<press@example.org>\" 0d0a\n"
    "< \"250 OK\" 0d0a\n"
    "\"RCPT TO:<ops@example.org>\" 0d0a\n"
    "< \"550 No such user\" 0d0a\n"
    "\"DATA\" 0d0a\n"
    "< \"354 Go on\" 0d0a\n"
    "\"Subject: QUIT\" 0d0a\n"
    "2e0d0a\n"
    "< \"250 OK\" 0d0a\n"
    "\"QUIT\" 0d0a\n"
    "< \"221 Bye\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "identify - HELO ([10.0.0.1])\n"
    "= ok\n"
    "other - MAIL (FROM:<press@example.org>)\n"
    "= ok\n"
    "other - RCPT (TO:<ops@example.org>)\n"
    "= refused: 550 No such user\n"
    "other - DATA\n"
    "= ok\n"
    "other - QUIT\n"
    "= ok", .pieces = true },
  { "starttls",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"STARTTLS\" 0d0a\n"
    "< \"220 Ready\" 0d0a\n"
    "1603010a\n"
    "< 1603010a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "other - STARTTLS\n"
    "= ok", .pieces = true },
  { "unknown-command",
    "< \"220 mail.example.org ESMTP Acme 2.1\" 0d0a\n"
    "\"XYZZY\" 0d0a\n"
    "< \"500 What\" 0d0a\n"
    "\"QUIT\" 0d0a\n"
    "< \"221 Bye\" 0d0a",
    ISTH_DISSECT_OK,
    "role smtp-server\n"
    "banner = mail.example.org ESMTP Acme 2.1 (60)\n"
    "hostname = mail.example.org (60)\n"
    "role smtp-client\n"
    "other - QUIT\n"
    "= ok", .pieces = true },
  { "bare",
    "< 3232300d0a",
    ISTH_DISSECT_OK,
    "role smtp-server" },
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
    { "\"220 mail.example.org ESMTP Acme 2.1\" 0d0a", ISTH_PROBE_STRONG },
    { "\"EHLO press.example.org\" 0d0a", ISTH_PROBE_STRONG },
    { "\"220 FTP\" 0d0a", ISTH_PROBE_WEAK },
    { "\"QUIT\" 0d0a", ISTH_PROBE_WEAK },
    { "\"XYZZY\" 0d0a", ISTH_PROBE_NO },
    { "01020a", ISTH_PROBE_NO },
    { "\"220 x\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_smtp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_smtp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/smtp/probe", test_probe);
  return g_test_run ();
}
