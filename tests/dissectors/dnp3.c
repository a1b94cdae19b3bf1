/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DNP3: every function asked, answered and refused; what outstations say they are; files; and frames, fragments and objects that lie.
 * A row is written without the data link: its headers and CRCs are made here, bit by bit, as IEEE 1815-2012 9.2.4.3.1 has them. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dnp3;

#define M "role dnp3-master\nprotocol_address = 1 (90)"
#define O "child dnp3-address:10\nrole dnp3-outstation @dnp3-address:10\nprotocol_address = 10 (90) @dnp3-address:10"
#define AT " @dnp3-address:10"
#define OK "\n" O "\n= ok"
#define GOOD "\n< c0c0 81 0000"

/* Each line: '>' from master 1 to outstation 10, '<' back; user data (transport octet, application control, function, objects), or "link" and
 * a control octet; "all" behind the sign: to the broadcast address; "bad": with a wrong CRC behind the last block. */
static const IsthDissectCase rows[] = {
  { "confirm", "> c0d0 00", ISTH_DISSECT_OK, M "\nother 0 confirm" AT },
  { "read", "> c0c0 01 3c0206 3c0306 3c0406 3c0106" GOOD, ISTH_DISSECT_OK,
    M "\nread 1 read (Class 1 Data, Class 2 Data, Class 3 Data, Class 0 Data)" AT OK },
  { "read-range", "> c0c0 01 1e02 00 05 09 0102 01 0000 ff00 1401 28 0100 0700 0a00 06" GOOD, ISTH_DISSECT_OK,
    M "\nread 1 read (16-Bit Analog Input 5–9, Binary Input With Status 0–255, 32-Bit Binary Counter 7, Binary Output)" AT OK },
  { "read-some", "> c0c0 01 3c0207 14 6e05 07 01", ISTH_DISSECT_OK, M "\nread 1 read (Class 1 Data, at most 20, Octet String, at most 1)" AT },
  { "read-attributes", "> c0c0 01 00fe 00 00 00", ISTH_DISSECT_OK, M "\nidentify 1 read (Device Attribute Non-specific All-attributes Request)" AT },
  { "read-indications", "> c0c0 01 5001 00 00 0f", ISTH_DISSECT_OK, M "\ndiagnose 1 read (Internal Indications 0–15)" AT },
  { "read-many", "> c0c0 01 3c0206 3c0306 3c0406 3c0106 0a0006 1e0006 280006", ISTH_DISSECT_OK,
    M "\nread 1 read (Class 1 Data, Class 2 Data, Class 3 Data, Class 0 Data, Binary Output, Analog Input …)" AT },
  { "write-time", "> c0c0 02 3201 07 01 00*6" GOOD, ISTH_DISSECT_OK, M "\ntime-sync 2 write (Time and Date)" AT OK },
  { "write-lan-time", "> c0c0 02 3203 07 01 00*6", ISTH_DISSECT_OK, M "\ntime-sync 2 write (Last Recorded Time and Date)" AT },
  { "clear-restart", "> c0c0 02 5001 00 07 07 00", ISTH_DISSECT_OK, M "\nother 2 write (Internal Indications 7)" AT },
  { "write-deadband", "> c0c0 02 2201 17 01 03 0500", ISTH_DISSECT_OK, M "\nconfigure 2 write (16-Bit Analog Input Deadband 3)" AT },
  { "write-attribute", "> c0c0 02 00f7 00 00 00 01 02 \"R1\"", ISTH_DISSECT_OK, M "\nconfigure 2 write (Device Attribute User-Assigned Device Name)" AT },
  { "write-string", "> c0c0 02 6e03 17 01 04 \"abc\"", ISTH_DISSECT_OK, M "\nwrite 2 write (Octet String 4)" AT },
  { "select", "> c0c1 03 0c01 17 01 05 03 01 00000000 00000000 00\n< c0c1 81 0000 0c01 17 01 05 03 01 00000000 00000000 00", ISTH_DISSECT_OK,
    M "\nwrite 3 select (Control Relay Output Block 5 latch on)" AT OK },
  { "operate", "> c0c1 04 0c01 17 01 05 41 01 00000000 00000000 00\n< c0c1 81 0000 0c01 17 01 05 41 01 00000000 00000000 02", ISTH_DISSECT_OK,
    M "\nwrite 4 operate (Control Relay Output Block 5 pulse on close)" AT "\n" O "\n= refused: no previous select" },
  { "direct-operate", "> c0c1 05 0c01 28 0200 0500 81 01 00*9 0600 01 01 00*9\n< c0c1 81 0000 0c01 28 0200 0500 81 01 00*8 00 0600 01 01 00*8 0c",
    ISTH_DISSECT_OK, M "\nwrite 5 direct-operate (Control Relay Output Block 5 and 1 more pulse on trip)" AT "\n" O "\n= refused: out of range" },
  { "direct-operate-no-response", "> c0c1 06 2902 17 01 02 3412 00", ISTH_DISSECT_OK,
    M "\nwrite 6 direct-operate-no-response (16-Bit Analog Output Block 2)" AT },
  { "analog-output", "> c0c1 05 2903 28 0100 0200 0000803f 00\n< c0c1 81 0000 2903 28 0100 0200 0000803f 08", ISTH_DISSECT_OK,
    M "\nwrite 5 direct-operate (32-Bit Floating Point Output Block 2)" AT "\n" O "\n= refused: too many operations" },
  { "pattern", "> c0c1 03 0c02 07 01 03 01 00*9 0c03 00 03 08 15", ISTH_DISSECT_OK,
    M "\nwrite 3 select (Pattern Control Block, at most 1, Pattern Mask 3–8)" AT },
  { "freeze", "> c0c0 07 1400 06" GOOD, ISTH_DISSECT_OK, M "\nwrite 7 immediate-freeze (Binary Counter)" AT OK },
  { "freeze-no-response", "> c0c0 08 1400 06", ISTH_DISSECT_OK, M "\nwrite 8 immediate-freeze-no-response (Binary Counter)" AT },
  { "freeze-clear", "> c0c0 09 1400 06", ISTH_DISSECT_OK, M "\nwrite 9 freeze-and-clear (Binary Counter)" AT },
  { "freeze-clear-no-response", "> c0c0 0a 1400 06", ISTH_DISSECT_OK, M "\nwrite 10 freeze-and-clear-no-response (Binary Counter)" AT },
  { "freeze-at-time", "> c0c0 0b 3202 07 01 00*10 1400 06", ISTH_DISSECT_OK, M "\nwrite 11 freeze-at-time (Time and Date With Interval, Binary Counter)" AT },
  { "freeze-at-time-no-response", "> c0c0 0c 3202 07 01 00*10 1400 06", ISTH_DISSECT_OK,
    M "\nwrite 12 freeze-at-time-no-response (Time and Date With Interval, Binary Counter)" AT },
  { "cold-restart", "> c0c0 0d\n< c0c0 81 0000 3402 07 01 e803", ISTH_DISSECT_OK, M "\ncontrol 13 cold-restart" AT OK },
  { "cold-restart-refused", "> c0c0 0d\n< c0c0 81 0001", ISTH_DISSECT_OK, M "\ncontrol 13 cold-restart" AT "\n" O "\n= refused: function code not supported" },
  { "warm-restart", "> c0c0 0e\n< c0c0 81 0010", ISTH_DISSECT_OK, M "\ncontrol 14 warm-restart" AT "\n" O "\n= refused: operation already executing" },
  { "initialize-data", "> c0c0 0f", ISTH_DISSECT_OK, M "\nconfigure 15 initialize-data" AT },
  { "initialize-application", "> c0c0 10 5a01 5b 01 0300 \"app\"", ISTH_DISSECT_OK, M "\ncontrol 16 initialize-application (Application Identifier)" AT },
  { "start-application", "> c0c0 11 5a01 5b 01 0300 \"app\"", ISTH_DISSECT_OK, M "\ncontrol 17 start-application (Application Identifier)" AT },
  { "stop-application", "> c0c0 12 5a01 5b 01 0300 \"app\"", ISTH_DISSECT_OK, M "\ncontrol 18 stop-application (Application Identifier)" AT },
  { "save-configuration", "> c0c0 13", ISTH_DISSECT_OK, M "\nconfigure 19 save-configuration" AT },
  { "enable-unsolicited", "> c0c0 14 3c0206 3c0306" GOOD, ISTH_DISSECT_OK, M "\nsubscribe 20 enable-unsolicited (Class 1 Data, Class 2 Data)" AT OK },
  { "disable-unsolicited", "> c0c0 15 3c0206", ISTH_DISSECT_OK, M "\nconfigure 21 disable-unsolicited (Class 1 Data)" AT },
  { "assign-class", "> c0c0 16 3c0206 0100 00 00 07\n< c0c0 81 0004", ISTH_DISSECT_OK,
    M "\nconfigure 22 assign-class (Class 1 Data, Binary Input 0–7)" AT "\n" O "\n= refused: parameter error" },
  { "delay-measurement", "> c0c0 17\n< c0c0 81 0000 3402 07 01 0000", ISTH_DISSECT_OK, M "\ntime-sync 23 delay-measurement" AT OK },
  { "record-current-time", "> c0c0 18", ISTH_DISSECT_OK, M "\ntime-sync 24 record-current-time" AT },
  { "delete-file", "> c0c0 1b 4603 5b 01 1d00 1a00 0300 00*22 \"log\"\n< c0c0 81 0000 4604 5b 01 0d00 00000000 00000000 0000 0000 03", ISTH_DISSECT_OK,
    M "\nfile 27 delete-file (file \"log\")" AT "\n" O "\n= refused: file not found" },
  { "get-file-information", "> c0c0 1c 4607 5b 01 1700 1400 0300 00*16 \"log\"", ISTH_DISSECT_OK, M "\nfile 28 get-file-information (file \"log\")" AT },
  { "terminal", "> c0c0 02 7006 17 01 03 \"secret\"\n< e0c1 82 0000 7106 17 01 03 \"secret\"", ISTH_DISSECT_OK,
    M "\nwrite 2 write (Virtual Terminal Output Block 3)" AT "\n" O "\nreport - unsolicited-response (Virtual Terminal Event Data)" },
  { "authenticate-file", "> c0c0 1d 4602 5b 01 1500 0c00 0300 0f00 0600 00000000 \"bobsecret\"", ISTH_DISSECT_OK,
    M "\nauthenticate 29 authenticate-file (user “bob”, password in clear (under 8 characters))" AT },
  { "activate-configuration", "> c0c0 1f 4608 5b 01 0300 \"cfg\"", ISTH_DISSECT_OK, M "\nconfigure 31 activate-configuration (File Specification String)" AT },
  { "authentication-request", "> c0c0 20 7804 07 01 0100\n< c0c0 83 0000 7805 5b 01 0b00 00000000 0100 02 02 02 0000", ISTH_DISSECT_OK,
    M "\nauthenticate 32 authentication-request (Authentication Session Key Status Request)" AT "\n" O "\n= ok: session keys not initialized" },
  { "authentication-request-no-response", "> c0c0 21 7807 5b 01 0f00 00*15", ISTH_DISSECT_OK,
    M "\nauthenticate 33 authentication-request-no-response (Authentication Error)" AT },
  /* A command is challenged, the master proves itself, and only then the command is answered. */
  { "challenge", "> c0c2 05 0c01 17 01 05 03 01 00*9\n< c0c2 83 0000 7801 5b 01 0c00 00*12\n> c0c2 20 7802 5b 01 0a00 00*10\n"
    "< c0c2 81 0000 0c01 17 01 05 03 01 00*9", ISTH_DISSECT_OK,
    M "\nwrite 5 direct-operate (Control Relay Output Block 5 latch on)" AT "\n" O
    "\nauthenticate 32 authentication-request (Authentication Reply)" AT "\n= ok" },
  { "challenge-failed", "> c0c2 0d\n< c0c2 83 0000 7801 5b 01 0c00 00*12\n> c0c2 20 7802 5b 01 0a00 00*10\n"
    "< c0c2 83 0000 7807 5b 01 0f00 00000000 0100 0000 01 00*6", ISTH_DISSECT_OK,
    M "\ncontrol 13 cold-restart" AT "\n" O "\nauthenticate 32 authentication-request (Authentication Reply)" AT "\n= refused: authentication failed" },
  { "aggressive", "> c0c2 05 7803 07 01 00*6 0c01 17 01 05 03 01 00*9", ISTH_DISSECT_OK,
    M "\nwrite 5 direct-operate (Authentication Aggressive Mode Request, Control Relay Output Block 5 latch on)" AT },
  { "reserved", "> c0c0 30\n< c0c0 81 0001", ISTH_DISSECT_OK, M "\nother 48 reserved-function" AT "\n" O "\n= refused: function code not supported" },

  { "object-unknown", "> c0c0 01 ff0006\n< c0c0 81 0002", ISTH_DISSECT_OK, M "\nread 1 read (group 255 variation 0)" AT "\n" O "\n= refused: object unknown" },
  { "trouble", "> c0c0 01 3c0106\n< c0c0 81 6020", ISTH_DISSECT_OK,
    M "\nread 1 read (Class 0 Data)" AT "\n" O "\n= ok: device trouble, outputs in local control, configuration corrupt" },
  { "answers-another", "> c0c0 01 3c0106\n< c0c1 81 0000", ISTH_DISSECT_OK, M "\nread 1 read (Class 0 Data)" AT "\n" O },
  { "broadcast", "> all c0c0 05 0c01 17 01 05 03 01 00*9", ISTH_DISSECT_OK,
    M "\nwrite 5 direct-operate (Control Relay Output Block 5 latch on, all outstations)" },
  { "broadcast-restart", "> all c0c0 0d", ISTH_DISSECT_OK, M "\ncontrol 13 cold-restart (all outstations)" },
  { "unsolicited", "< c0f0 82 0000 3301 07 01 00*6 0203 17 01 04 81 0000\n> c0d0 00", ISTH_DISSECT_OK,
    O "\nreport - unsolicited-response (Time and Date CTO, Binary Input Change With Relative Time)\n" M "\nother 0 confirm" AT },
  { "unsolicited-empty", "< c0f0 82 8000", ISTH_DISSECT_OK, O "\nreport - unsolicited-response" },

  { "attributes", "> c0c0 01 00fe 00 00 00\n"
    "< c0c0 81 0000 00fc 00 00 00 01 04 \"Acme\" 00fa 17 01 00 01 05 \"RTU 9\" 00f8 00 00 00 01 02 \"77\" 00f2 00 00 00 01 03 \"2.1\""
    "00f3 00 00 00 01 01 \"B\" 00f7 00 00 00 01 04 \"East\" 00f6 00 00 00 01 02 \"T1\" 00f5 00 00 00 01 03 \"Bay\" 00f0 00 00 00 02 02 0008"
    "00d0 00 00 00 01 03 \"Net\"", ISTH_DISSECT_OK,
    M "\nidentify 1 read (Device Attribute Non-specific All-attributes Request)" AT OK
    "\nvendor = Acme (90)" AT "\nmodel = RTU 9 (90)" AT "\nserial = 77 (90)" AT "\nfirmware = 2.1 (90)" AT "\nhardware = B (90)" AT
    "\nname = East (90)" AT "\nplant_tag = T1 (90)" AT "\nlocation = Bay (90)" AT "\ndescription = Net (90)" AT },
  { "attributes-private-set", "< c0c0 81 0000 00fc 00 01 01 01 04 \"Acme\"", ISTH_DISSECT_OK, O },
  { "attributes-lie", "< c0c0 81 0000 00fc 00 00 00 01 40 \"Acme\"", ISTH_DISSECT_MALFORMED, O },

  { "read-file",
    "> c0c0 19 4603 5b 01 1d00 1a00 0300 00*12 00000000 0100 0004 0100 \"log\"\n"
    "< c0c0 81 0000 4604 5b 01 0d00 78563412 2c010000 0004 0100 00\n"
    "> c0c1 01 4605 5b 01 0800 78563412 00000000\n< c0c1 81 0000 4605 5b 01 0e00 78563412 00000080 \"secret\"\n"
    "> c0c2 1a 4604 5b 01 0d00 78563412 00000000 0000 0100 00\n< c0c2 81 0000 4604 5b 01 0d00 78563412 00000000 0000 0100 00", ISTH_DISSECT_OK,
    M "\nfile 25 open-file (file \"log\" to read)" AT "\ntransfer file begin (file \"log\" to read)" AT OK "\ntransfer file data 0/300 to 10.0.0.2" AT
    "\nfile 1 read (File Transport)" AT "\n= ok\ntransfer file data 6/0 to 10.0.0.2" AT "\nfile 26 close-file (File Status)" AT "\ntransfer file end" AT "\n= ok" },
  { "write-file",
    "> c0c0 19 4603 5b 01 1d00 1a00 0300 00*12 08000000 0200 0004 0100 \"prg\"\n< c0c0 81 0000 4604 5b 01 0d00 01000000 00000000 0004 0100 00\n"
    "> c0c1 02 4605 5b 01 1000 01000000 00000080 \"a secret\"\n< c0c1 81 0000 4606 5b 01 0900 01000000 00000080 00\n"
    "> c0c2 1e 4604 5b 01 0d00 01000000 00000000 0000 0100 00", ISTH_DISSECT_OK,
    M "\nfile 25 open-file (file \"prg\" to write)" AT "\ntransfer file begin 0/8 (file \"prg\" to write)" AT OK
    "\nfile 2 write (File Transport)" AT "\ntransfer file data 8/0" AT "\n= ok\nfile 30 abort-file (File Status)" AT
    "\ntransfer file abort: aborted by the master" AT },
  { "other-refused-meanwhile",
    "> c0c0 19 4603 5b 01 1d00 1a00 0300 00*12 00000000 0100 0004 0100 \"log\"\n< c0c0 81 0000 4604 5b 01 0d00 78563412 00000000 0004 0100 00\n"
    "> c0c1 01 ff0006\n< c0c1 81 0002", ISTH_DISSECT_OK,
    M "\nfile 25 open-file (file \"log\" to read)" AT "\ntransfer file begin (file \"log\" to read)" AT OK
    "\nread 1 read (group 255 variation 0)" AT "\n= refused: object unknown" },
  { "open-refused",
    "> c0c0 19 4603 5b 01 1d00 1a00 0300 00*12 00000000 0100 0004 0100 \"log\"\n< c0c0 81 0000 4604 5b 01 0d00 00000000 00000000 0000 0100 01",
    ISTH_DISSECT_OK,
    M "\nfile 25 open-file (file \"log\" to read)" AT "\ntransfer file begin (file \"log\" to read)" AT "\n" O "\n= refused: permission denied"
    "\ntransfer file abort: permission denied to 10.0.0.2" AT },
  { "directory", "> c0c0 19 4603 5b 01 1b00 1a00 0100 00*12 00000000 0100 0004 0100 \".\"", ISTH_DISSECT_OK,
    M "\nfile 25 open-file (directory \".\")" AT "\ntransfer file begin (directory \".\")" AT },
  { "name-lies", "> c0c0 19 4603 5b 01 1d00 1a00 0900 00*12 00000000 0100 0004 0100 \"log\"", ISTH_DISSECT_OK,
    M "\nfile 25 open-file (File Command)" AT "\ntransfer file begin" AT },

  { "link-status", "> link c9\n< link 0b", ISTH_DISSECT_OK, M "\nother - request-link-status" AT "\n" O "\n= ok" },
  { "link-reset-refused", "> link c0\n< link 01", ISTH_DISSECT_OK, M "\nother - reset-link-states" AT "\n" O "\n= refused: not acknowledged" },
  { "link-test", "> link f2\n< link 0f", ISTH_DISSECT_OK, M "\nother - test-link-states" AT "\n" O "\n= refused: not supported" },
  { "link-of-outstation", "< link 49\n> link 8b", ISTH_DISSECT_OK, O "\nother - request-link-status\n" M "\n= ok" },
  { "link-reserved", "> link c7", ISTH_DISSECT_MALFORMED, M },

  /* Fragments in several frames; the first and the last one know their place. */
  { "segments", "> c0c0 01 3c0106\n< 40 c0 81 0000 00fc 00 00 00 01 04 \"Ac\"\n< 81 \"me\"", ISTH_DISSECT_OK,
    M "\nread 1 read (Class 0 Data)" AT "\n" O "\n= ok\nvendor = Acme (90)" AT },
  { "segment-lost", "> c0c0 01 3c0106\n< 40 c0 81 0000 00fc 00 00 00 01 04 \"Ac\"\n< 82 \"me\"", ISTH_DISSECT_OK,
    M "\nread 1 read (Class 0 Data)" AT "\n" O },
  { "segment-of-unknown", "< 81 c0 81 0000", ISTH_DISSECT_OK, "" },
  /* A fragment that never ended does not swallow the next one, even under its sequence number: Wireshark 4.0 joins them in such
   * a case and reads a confirm where the outstation answers. */
  { "first-begins-anew", "> c0c0 04 0c01 17 01 05 03 01 00*9\n< 7f c0 81 0000 1e01\n< c0c0 81 0000 0c01 17 01 05 03 01 00*8 00", ISTH_DISSECT_OK,
    M "\nwrite 4 operate (Control Relay Output Block 5 latch on)" AT "\n" O "\n= ok" },
  { "confirmed-data", "> f3 c0c0 01 3c0106\n< link 00", ISTH_DISSECT_OK, M "\nread 1 read (Class 0 Data)" AT "\n" O },

  { "count-lies", "> c0c0 05 0c01 17 ff 05 03 01 00*9", ISTH_DISSECT_MALFORMED,
    M "\nwrite 5 direct-operate (Control Relay Output Block 5 and 254 more latch on)" AT },
  { "range-backwards", "> c0c0 01 1e02 00 09 05", ISTH_DISSECT_MALFORMED, M "\nread 1 read" AT },
  { "qualifier-unknown", "> c0c0 01 1e02 7f", ISTH_DISSECT_MALFORMED, M "\nread 1 read" AT },
  { "whole-range", "> c0c0 01 1e02 02 00000000 ffffffff", ISTH_DISSECT_MALFORMED, M "\nread 1 read" AT },
  { "header-cut-short", "> c0c0 01 1e", ISTH_DISSECT_MALFORMED, M "\nread 1 read" AT },
  { "no-indications", "< c0c0 81 00", ISTH_DISSECT_MALFORMED, O },
  { "no-function", "> c0c0", ISTH_DISSECT_MALFORMED, "" },
  { "wrong-crc", "> bad c0c0 0d", ISTH_DISSECT_MALFORMED, "" },
  { "mid-stream", "< c0c0 81 0000", ISTH_DISSECT_OK, O, .mid_stream = true },
};

static void
append_crc (GString *hex,
            const uint8_t *bytes,
            uint32_t n,
            bool right)
{
  uint16_t crc = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (uint16_t) (crc >> 1 ^ 0xa6bc) : (uint16_t) (crc >> 1);
      g_string_append_printf (hex, "%02x", bytes[i]);
    }
  crc = (uint16_t) ~crc;
  g_string_append_printf (hex, "%02x%02x ", (crc & 0xff) ^ (right ? 0 : 1), crc >> 8);
}

/* One line of a row as a whole frame. */
static void
append_frame (GString *hex,
              const char *line)
{
  bool master = line[0] != '<', all = false, bad = false;
  uint8_t header[8] = { 0x05, 0x64, 5, master ? 0xc4 : 0x44, 10, 0, 1, 0 };
  const char *at = line + 1 + strspn (line + 1, " ");
  g_autoptr(GByteArray) data = NULL;

  if (g_str_has_prefix (at, "all "))
    all = true, at += 4;
  if (g_str_has_prefix (at, "bad "))
    bad = true, at += 4;
  if (g_str_has_prefix (at, "link "))
    {
      header[3] = (uint8_t) g_ascii_strtoull (at + 5, NULL, 16);
      data = g_byte_array_new ();
    }
  else if (g_str_has_prefix (at, "f3 ")) /* confirmed user data */
    {
      header[3] = 0xf3;
      data = isth_test_bytes (at + 3);
    }
  else
    data = isth_test_bytes (at);
  if (!master)
    header[4] = 1, header[6] = 10;
  if (all)
    header[4] = header[5] = 0xff;
  header[2] = (uint8_t) (5 + data->len);
  g_string_append_printf (hex, "%c ", line[0]);
  append_crc (hex, header, sizeof header, true);
  for (uint32_t i = 0; i < data->len; i += 16)
    append_crc (hex, data->data + i, MIN (16, data->len - i), !bad);
}

static char *
make_frames (const char *pdus)
{
  g_auto(GStrv) lines = g_strsplit (pdus, "\n", -1);
  GString *hex = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    {
      if (i > 0)
        g_string_append_c (hex, '\n');
      append_frame (hex, lines[i]);
    }
  return g_string_free (hex, FALSE);
}

/* How sure the probe is, and where it says a frame ends. */
static void
test_probe (void)
{
  static const struct { const char *bytes; IsthProbe probe; uint32_t length; } probes[] = {
    { "0564 05 c9 0a00 0100 1234", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "0564 04 c9 0a00 0100 1234", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "0564 05", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "05", ISTH_PROBE_NO, ISTH_PDU_MORE },
    { "0565", ISTH_PROBE_NO, ISTH_PDU_INVALID },
    { "68", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  };
  static const struct { const char *line; uint32_t length; } frames[] = {
    { "> link c9", 10 }, { "> c0c0 01", 15 }, { "> 00*16", 28 }, { "> 00*17", 31 }, { "> 00*250", 292 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (probes[i].bytes);
      IsthPacket packet = { 0 };
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);

      g_assert_cmpint (isth_dissector_dnp3.probe (c, &packet), ==, probes[i].probe);
      g_assert_cmpuint (isth_dissector_dnp3.pdu_length (c), ==, probes[i].length);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *hex = make_frames (frames[i].line);
      g_autoptr(GByteArray) bytes = isth_test_bytes (hex + 1);
      IsthPacket packet = { 0 };
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);

      g_assert_cmpint (isth_dissector_dnp3.probe (c, &packet), ==, ISTH_PROBE_STRONG);
      g_assert_cmpuint (isth_dissector_dnp3.pdu_length (c), ==, frames[i].length);
    }
}

/* Longer than any buffer: what was kept is read, and nothing else. */
static void
test_endless (void)
{
  g_autoptr(GString) lines = g_string_new ("> c0c0 01 3c0106\n< 40 c0 81 0000 00fc 00 00 00 01 04 \"Acme\" 6e00 5b ff");
  g_autofree char *pdus = NULL;
  IsthDissectCase one = { .name = "endless", .result = ISTH_DISSECT_MALFORMED };

  for (guint i = 1; i < 40; i++)
    g_string_append_printf (lines, "\n< %02x ff*249", (i & 0x3f) | (i == 39 ? 0x80u : 0));
  pdus = make_frames (lines->str);
  one.pdus = pdus;
  one.says = M "\nread 1 read (Class 0 Data)" AT "\n" O "\n= ok\nvendor = Acme (90)" AT;
  isth_test_dissect (&isth_dissector_dnp3, &one);
}

int
main (int argc,
      char **argv)
{
  IsthDissectCase cases[G_N_ELEMENTS (rows)];
  int failed;

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cases[i] = rows[i];
      cases[i].pdus = make_frames (rows[i].pdus);
    }
  isth_test_dissector (&isth_dissector_dnp3, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dnp3/probe", test_probe);
  g_test_add_func ("/dnp3/endless", test_endless);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
