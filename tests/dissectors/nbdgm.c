/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host's name comes from its own announcements, and never from the group it announces. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_nbdgm;

/* From "PC<20>" to "PC<1d>"; addresses and an SMB transaction to the browser's mailslot around @command and @rest (size as two bytes). */
#define HEAD(type, address) \
  type " 0e 0001 " address " 008a 0080 0000 20 \"FAEDCACACACACACACACACACACACACACA\" 00 20 \"FAEDCACACACACACACACACACACACACABN\" 00 "
#define BROWSE(size) \
  "ff \"SMB\" 25 00*27 11 0000 0021 00*6 0000 00000000 0000 0000 0000" size " 5600 03 00 0100 0000 0200 3200 \"\\MAILSLOT\\BROWSE\" 00 "
#define SLOT(size, offset, name) \
  "ff \"SMB\" 25 00*27 11 0000 0021 00*6 0000 00000000 0000 0000 0000" size offset "03 00 0100 0000 0200 3200 \"\\MAILSLOT\\" name "\" 00 "
#define NAME_BLANK "\"HOST\" 00*12 "
#define SAID "other 17 datagram (PC<1d>) to \nhostname = PC<20> (60)\nhostname = PC (90)"

static const IsthDissectCase cases[] = {
  { "host", HEAD ("11", "0a000001") BROWSE ("2300") "01 00 80fc0a00" NAME_BLANK "0601 03100100 0f01 55aa \"hi\" 00", ISTH_DISSECT_OK,
    SAID "\nhostname = HOST (90)\ndescription = hi (60)\nos = Windows 6.1 (Windows 7 or Server 2008 R2) (60)", .to_group = true },
  { "cut", HEAD ("11", "0a000001") BROWSE ("2300") "01 00 80fc0a00" NAME_BLANK "0601 03100100 0f01 55aa \"hi\" 00", ISTH_DISSECT_OK,
    "other 17 datagram to \nhostname = PC<20> (60)\nhostname = PC (90)", .to_group = true, .captured = 60 },
  { "controller", HEAD ("11", "0a000001") BROWSE ("2100") "0f 00 80fc0a00" NAME_BLANK "0601 0b100100 0f01 55aa 00", ISTH_DISSECT_OK,
    SAID "\nhostname = HOST (90)\nos = Windows 6.1 (Windows 7 or Server 2008 R2), a server (60)\nrole domain-controller" },
  { "roles", HEAD ("11", "0a000001") BROWSE ("2100") "0f 00 80fc0a00" NAME_BLANK "0502 07820e03 0f01 55aa 00", ISTH_DISSECT_OK,
    SAID "\nhostname = HOST (90)\nos = Windows 5.2 (Windows Server 2003 or XP x64), a server (60)\nrole database-server\nrole print-server\n"
    "role master-browser\nrole domain-master-browser\nrole cluster\nrole terminal-server" },
  { "samba", HEAD ("11", "0a000001") BROWSE ("2100") "01 00 80fc0a00" NAME_BLANK "0409 039a8100 0f01 55aa 00", ISTH_DISSECT_OK,
    SAID "\nhostname = HOST (90)\nos = Unix, announced as Windows 4.9 (60)\nrole print-server" },
  { "windows-95", HEAD ("11", "0a000001") BROWSE ("2100") "01 00 80fc0a00" NAME_BLANK "0400 03204100 0f01 55aa 00", ISTH_DISSECT_OK,
    SAID "\nhostname = HOST (90)\nos = Windows 95, 98 or ME (60)" },
  { "domain", HEAD ("11", "0a000001") BROWSE ("2300") "0c 00 80fc0a00" NAME_BLANK "0601 03100100 0f01 55aa \"PC\" 00", ISTH_DISSECT_OK,
    SAID "\ndomain = HOST (90)\nhostname = PC (90)" },
  { "who-is-primary", HEAD ("11", "0a000001") SLOT ("2c00", "5c00", "NET\\NETLOGON") "0700 \"PC\" 00 \"\\MAILSLOT\\NET\\GETDC7\" 00 00 500043000000 01000000 ffff ffff", ISTH_DISSECT_OK,
    SAID "\nidentify 7 find-primary-controller to \nhostname = PC (90)", .to_group = true },
  { "who-is-controller", HEAD ("11", "0a000001") SLOT ("3c00", "5c00", "NET\\NETLOGON") "1200 0000 500043003700000062006f0062000000 \"\\MAILSLOT\\NET\\GETDC7\" 00 80000000 00000000 0b000000 ffff ffff", ISTH_DISSECT_OK,
    SAID "\nidentify 18 find-domain-controller (for user “bob”) to \nhostname = PC7 (90)", .to_group = true },
  { "primary-answers", HEAD ("11", "0a000001") SLOT ("2200", "5a00", "NET\\GETDC7") "0c00 \"DC1\" 00 440043003100000050004c0041004e0054000000 0b000000 ffff ffff", ISTH_DISSECT_OK,
    SAID "\nrole domain-controller\nhostname = DC1 (90)\ndomain = PLANT (90)", .to_group = true },
  { "controller-answers", HEAD ("11", "0a000001") SLOT ("2a00", "5a00", "NET\\GETDC7") "1300 5c005c00440043003100000062006f006200000050004c0041004e0054000000 01000000 ffff ffff", ISTH_DISSECT_OK,
    SAID "\nrole domain-controller\nhostname = DC1 (90)\ndomain = PLANT (90)", .to_group = true },
  { "controller-answers-at-length", HEAD ("11", "0a000001") SLOT ("4800", "5a00", "NET\\GETDC7") "1700 0000 fd330000 00*16 05706c616e74076578616d706c6500 c018 03646331c018 05504c414e5400 0344433100 03626f6200 0648616c6c2d3300 ", ISTH_DISSECT_OK,
    SAID "\nrole domain-controller\ndomain = plant.example (90)\nhostname = dc1.plant.example (90)\ndomain = PLANT (90)\nhostname = DC1 (90)\nlocation = Hall-3 (90)", .to_group = true },
  { "change-announced", HEAD ("11", "0a000001") SLOT ("1c00", "5c00", "NET\\NETLOGON") "0a00 00*16 \"DC1\" 00 \"PLANT\" 00", ISTH_DISSECT_OK,
    SAID "\nrole domain-controller\nhostname = DC1 (90)\ndomain = PLANT (90)", .to_group = true },
  { "name-without-end", HEAD ("11", "0a000001") SLOT ("0800", "5c00", "NET\\NETLOGON") "1200 0000 5000 4300", ISTH_DISSECT_OK,
    SAID "", .to_group = true },
  { "other-message", HEAD ("11", "0a000001") SLOT ("0300", "5c00", "NET\\NETLOGON") "ff00 00", ISTH_DISSECT_OK,
    SAID "", .to_group = true },
  { "other-mailslot", HEAD ("11", "0a000001") SLOT ("0500", "5700", "MESSNGR") "\"hello\"", ISTH_DISSECT_OK,
    SAID "\nother - write-mailslot (MESSNGR) to ", .to_group = true },
  { "election", HEAD ("11", "0a000001") BROWSE ("1300") "08 01 00*4 00*4 00*4 \"HOST\" 00", ISTH_DISSECT_OK, SAID "\nhostname = HOST (90)" },
  { "passed-on", HEAD ("11", "0a000009") BROWSE ("1300") "08 01 00*4 00*4 00*4 \"HOST\" 00", ISTH_DISSECT_OK,
    "other 17 datagram (PC<1d>) to \nhostname = PC<20> (60) about 10.0.0.9\nhostname = PC (90) about 10.0.0.9\n"
    "hostname = HOST (90) about 10.0.0.9" },
  { "reserved-flag", "11 1a 0001 0a000001 008a 0080 0000 20 \"FAEDCACACACACACACACACACACACACACA\" 00 20 \"FAEDCACACACACACACACACACACACACABN\" 00",
    ISTH_DISSECT_OK, SAID },
  { "to-one-host", HEAD ("10", "0a000001"), ISTH_DISSECT_OK, "other 16 datagram (PC<1d>)\nhostname = PC<20> (60)\nhostname = PC (90)" },
  { "announcement-cut", HEAD ("11", "0a000001") BROWSE ("2300") "01 00 80fc0a00 \"HO\"", ISTH_DISSECT_OK, SAID },
  { "offset-lies", HEAD ("11", "0a000001") "ff \"SMB\" 25 00*27 11 00*22 2300 ffff 00*10 \"\\MAILSLOT\\BROWSE\" 00 01", ISTH_DISSECT_OK, SAID },
  { "no-name", "11 0e 0001 0a000001 008a 0080 0000 20 \"zzzzCACACACACACACACACACACACACACA\" 00 20 \"FAEDCACACACACACACACACACACACACABN\" 00",
    ISTH_DISSECT_NOT_MINE, "" },
  { "cut-short", "11 0e 0001 0a000001 008a 0080 0000 20 \"FAED\"", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_nbdgm, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
