/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP: greetings, logins (never the password), files fetched, brought, refused; answers of several lines; what is secret. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ftp;

static const IsthDissectCase cases[] = {
  { "data-to-a-third", "\"PORT 10,0,0,9,7,228\" 0d0a\n\"PORT 10,0,0,1,7,229\" 0d0a\n\"PORT 10,0,0,999,7,228\" 0d0a\n\"PORT 10,0,0\" 0d0a", ISTH_DISSECT_OK,
    "role ftp-client\nother - PORT (data to 10.0.0.9)\nother - PORT\nother - PORT\nother - PORT" },
  { "login",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"USER bob\" 0d0a\n"
    "< \"331 Password required.\" 0d0a\n"
    "\"PASS secret\" 0d0a\n"
    "< \"230 Logged in.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - USER (user “bob”)\n"
    "= ok\n"
    "authenticate - PASS (user “bob”, password in clear (under 8 characters))\n"
    "= ok" },
  { "login-refused",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"USER bob\" 0d0a\n"
    "< \"331 Password required.\" 0d0a\n"
    "\"PASS secret\" 0d0a\n"
    "< \"530 Login incorrect.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - USER (user “bob”)\n"
    "= ok\n"
    "authenticate - PASS (user “bob”, password in clear (under 8 characters))\n"
    "= refused: 530 Login incorrect." },
  { "beyond-the-standard",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"SITE EXEC net user bob secret\" 0d0a\n"
    "< \"200 Done.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - SITE (EXEC)\n"
    "= ok" },
  { "greeting-of-two-lines",
    "< \"220-Welcome\" 0d0a\n"
    "< \"220 second line\" 0d0a\n"
    "\"SYST\" 0d0a\n"
    "< \"215 UNIX Type: L8\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = Welcome (60)\n"
    "role ftp-client\n"
    "identify - SYST\n"
    "banner = UNIX Type: L8 (60)\n"
    "= ok", .pieces = true },
  { "system",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"SYST\" 0d0a\n"
    "< \"215 Windows_NT\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "identify - SYST\n"
    "banner = Windows_NT (60)\n"
    "os = Windows_NT (60)\n"
    "= ok" },
  { "client-program",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"CLNT Panel 2.1\" 0d0a\n"
    "< \"200 OK\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "software = Panel 2.1 (60)\n"
    "other - CLNT (Panel 2.1)\n"
    "= ok" },
  { "fetch",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"PASV\" 0d0a\n"
    "< \"227 Entering Passive Mode (10,0,0,2,4,1)\" 0d0a\n"
    "\"RETR /cfg/plc.xml\" 0d0a\n"
    "< \"150 Opening BINARY mode data connection for 'plc.xml' (77 bytes).\" 0d0a\n"
    "< \"226 Transfer complete.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - PASV\n"
    "= ok\n"
    "file - RETR (/cfg/plc.xml)\n"
    "transfer file begin (/cfg/plc.xml)\n"
    "transfer file data 0/77 to 10.0.0.2\n"
    "transfer file end to 10.0.0.2\n"
    "= ok" },
  { "bring-refused",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"STOR fw.bin\" 0d0a\n"
    "< \"550 Permission denied.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "file - STOR (fw.bin)\n"
    "transfer file begin (fw.bin)\n"
    "transfer file abort: 550 Permission denied. to 10.0.0.2\n"
    "= refused: 550 Permission denied." },
  { "delete",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"DELE old.log\" 0d0a\n"
    "< \"250 Deleted.\" 0d0a\n"
    "\"LIST\" 0d0a\n"
    "\"QUIT\" 0d0a\n"
    "< \"150 Opening BINARY mode data connection for 'plc.xml' (77 bytes).\" 0d0a\n"
    "< \"226 Transfer complete.\" 0d0a\n"
    "< \"221 Goodbye.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "file - DELE (old.log)\n"
    "= ok\n"
    "read - LIST\n"
    "other - QUIT\n"
    "= ok\n"
    "= ok" },
  { "several-lines",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"USER bob\" 0d0a\n"
    "< \"230-Many\" 0d0a\n"
    "< \" lines here\" 0d0a\n"
    "< \"230 end\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - USER (user “bob”)\n"
    "= ok", .pieces = true },
  { "encrypted",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"AUTH TLS\" 0d0a\n"
    "< \"234 Go on\" 0d0a\n"
    "1603010005 \"hello\" 0a\n"
    "< 1603010005 \"hello\" 0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - AUTH (TLS)\n"
    "= ok", .pieces = true },
  { "unknown-command",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "\"XXXX what\" 0d0a\n"
    "< \"500 Unknown command.\" 0d0a\n"
    "\"SYST\" 0d0a\n"
    "< \"215 UNIX Type: L8\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "identify - SYST\n"
    "banner = UNIX Type: L8 (60)\n"
    "= ok", .pieces = true },
  { "abort",
    "< \"220 press FTP server (Version 1.2) ready.\" 0d0a\n"
    "fff4f2 \"ABOR\" 0d0a\n"
    "< \"250 Deleted.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-server\n"
    "banner = press FTP server (Version 1.2) ready. (60)\n"
    "role ftp-client\n"
    "other - ABOR\n"
    "= ok", .pieces = true },
  { "without-greeting",
    "\"RETR /cfg/plc.xml\" 0d0a\n"
    "< \"150 Opening BINARY mode data connection for 'plc.xml' (77 bytes).\" 0d0a\n"
    "< \"226 Transfer complete.\" 0d0a",
    ISTH_DISSECT_OK,
    "role ftp-client\n"
    "file - RETR (/cfg/plc.xml)\n"
    "transfer file begin (/cfg/plc.xml)\n"
    "role ftp-server\n"
    "transfer file data 0/77 to 10.0.0.2\n"
    "transfer file end to 10.0.0.2\n"
    "= ok", .mid_stream = true },
  { "nothing-of-it",
    "01020a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
  { "no-reply",
    "< \"999 x\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"220 press FTP server (Version 1.2) ready.\" 0d0a", ISTH_PROBE_STRONG },
    { "\"220 host ESMTP ready\" 0d0a", ISTH_PROBE_WEAK },
    { "\"USER bob\" 0d0a", ISTH_PROBE_WEAK },
    { "\"XXXX what\" 0d0a", ISTH_PROBE_NO },
    { "\"999 x\" 0d0a", ISTH_PROBE_NO },
    { "\"220 press FTP\"", ISTH_PROBE_STRONG },
    { "01020a", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ftp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ftp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ftp/probe", test_probe);
  return g_test_run ();
}
