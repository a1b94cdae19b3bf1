/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ANSI C12.22: services asked, answered and refused, what a meter says it is, and messages that lie. A row gives the services; the association control
 * message with titles and invocation is put around them here. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_c1222;

#define METER "1.3.6.1.4.1.33507.1.2"
#define AT " @c1222-ap:" METER
#define C "role c1222-client\nprotocol_address = 1.3.6.1.4.1.33507 (90)\n"
#define S "\nchild c1222-ap:" METER "\nrole c1222-server" AT "\nprotocol_address = " METER " (90)" AT
#define OK(request) C request AT S "\n= ok"
#define REFUSED(request, why) C request AT S "\n= refused: " why

/* Each line: '>' from the client, '<' back from the meter; the services with their lengths; "n" in front: under the next invocation; "flags" and an octet
 * in front: other flags than 80; "raw": the whole message. */
static const IsthDissectCase rows[] = {
  { "identification", "> 01 20\n< 1e 00 030100 04 06 03 2b0601 05 08 06 06 08 2b06010401828563 07 04 00 \"A77\" 00", ISTH_DISSECT_OK,
    OK ("identify 32 identification") "\ndevice_type_id = 1.3.6.1.4.1.33507 (90)" AT "\ndevice_id = A77 (90)" AT },
  { "identification-binary", "> 01 20\n< 0a 00 030100 07 04 01 000102 00", ISTH_DISSECT_OK, OK ("identify 32 identification") "\ndevice_id = 000102 (90)" AT },
  { "manufacturer-table", "> 03 30 0001\n< 24 00 0020 \"ACME\" \"MTR-2000\" 01020304 \"SN00000000004711\" 00", ISTH_DISSECT_OK,
    OK ("identify 48 full-read (table 1)") "\nvendor = ACME (90)" AT "\nmodel = MTR-2000 (90)" AT "\nhardware = 1.2 (90)" AT "\nfirmware = 3.4 (90)" AT
    "\nserial = SN00000000004711 (90)" AT },
  { "manufacturer-table-packed", "> 03 30 0001\n< 1c 00 0018 \"ACME\" \"MTR-2000\" 01020304 0000000047110000 00", ISTH_DISSECT_OK,
    OK ("identify 48 full-read (table 1)") "\nvendor = ACME (90)" AT "\nmodel = MTR-2000 (90)" AT "\nhardware = 1.2 (90)" AT "\nfirmware = 3.4 (90)" AT
    "\nserial = 0000000047110000 (90)" AT },
  { "manufacturer-table-lies", "> 03 30 0001\n< 08 00 0020 \"ACME\" 00", ISTH_DISSECT_OK, OK ("identify 48 full-read (table 1)") },
  { "device-table", "> 03 30 0005\n< 18 00 0014 \"METER 77\" 20*12 00", ISTH_DISSECT_OK, OK ("identify 48 full-read (table 5)") "\ndevice_id = METER 77 (90)" AT },
  { "read", "> 03 30 0017\n< 06 00 0002 0102 fd", ISTH_DISSECT_OK, OK ("read 48 full-read (table 23)") },
  { "read-manufacturer-table", "> 03 30 0803\n< 01 03", ISTH_DISSECT_OK,
    REFUSED ("read 48 full-read (manufacturer table 3)", "insufficient security clearance") },
  { "read-offset", "> 08 3f 0017 000010 0004\n< 01 04", ISTH_DISSECT_OK,
    REFUSED ("read 63 partial-read-offset (table 23, 4 bytes from 16)", "operation not possible") },
  { "read-index", "> 07 31 0017 0002 0001", ISTH_DISSECT_OK, C "read 49 partial-read-index (table 23, from element 2)" AT },
  { "read-default", "> 01 3e\n< 01 02", ISTH_DISSECT_OK, REFUSED ("read 62 default-read", "service not supported") },
  { "write", "> 08 40 0015 0002 0102 fd\n< 01 00", ISTH_DISSECT_OK, OK ("write 64 full-write (table 21)") },
  { "write-offset", "> 0b 4f 0015 000001 0002 0102 fd\n< 01 08", ISTH_DISSECT_OK,
    REFUSED ("write 79 partial-write-offset (table 21, 2 bytes from 1)", "data locked") },
  { "write-index", "> 0a 41 0015 0001 0002 0102 fd", ISTH_DISSECT_OK, C "write 65 partial-write-index (table 21, from element 1)" AT },
  { "write-clock", "> 08 40 0034 0002 0102 fd", ISTH_DISSECT_OK, C "time-sync 64 full-write (table 52)" AT },
  { "cold-start", "> 09 40 0007 0003 000001 ff\n< 01 00", ISTH_DISSECT_OK, OK ("control 64 full-write (procedure 0 cold start)") },
  { "procedure-of-either-order", "> 09 40 0007 0003 0a0001 f5\n> n 09 40 0007 0003 000a01 f5\n> n 09 40 0007 0003 150001 ea", ISTH_DISSECT_OK,
    C "time-sync 64 full-write (procedure 10 set date and time)" AT "\ntime-sync 64 full-write (procedure 10 set date and time)" AT
    "\ncontrol 64 full-write (procedure 21 direct load control)" AT },
  { "procedure-of-manufacturer", "> 09 40 0007 0003 050801 f2", ISTH_DISSECT_OK, C "control 64 full-write (procedure of the manufacturer)" AT },
  { "logon", "> 0f 50 1234 \"operator\" 2020 0000\n< 03 00 0000", ISTH_DISSECT_OK, OK ("authenticate 80 logon (user 4660 \"operator\")") },
  { "security", "> 17 51 \"very secret password\" 0001\n< 01 0b", ISTH_DISSECT_OK, REFUSED ("authenticate 81 security (password in clear (16 characters or more))", "security mechanism error") },
  { "session", "> 01 52\n< 01 00\n> n 01 21\n< 01 0a\n> n 02 70 05", ISTH_DISSECT_OK,
    OK ("other 82 logoff") "\nother 33 terminate" AT "\n= refused: invalid service sequence\nother 112 wait" AT },
  { "network", "> 03 25 0000\n< 01 0c\n> n 03 26 0000\n< 01 0d\n> n 03 27 0000\n> n 03 24 0000\n> n 01 22", ISTH_DISSECT_OK,
    REFUSED ("other 37 resolve", "unknown application title") "\ndiagnose 38 trace" AT "\n= refused: network time-out\nother 39 registration" AT
    "\nconfigure 36 deregistration" AT "\nother 34 disconnect" AT },
  { "several", "> 03 30 0017 03 30 0018\n< 04 00 0000 00 01 07", ISTH_DISSECT_OK,
    C "read 48 full-read (table 23)" AT "\nread 48 full-read (table 24)" AT S "\n= ok\n= refused: data not ready" },
  { "ended", "> 01 20 00 ff", ISTH_DISSECT_OK, C "identify 32 identification" AT },
  { "class-of-device", "> flags 90 00000001 01 20", ISTH_DISSECT_OK, C "identify 32 identification" AT },
  { "no-answer-wanted", "> flags 82 08 40 0015 0002 0102 fd\n< 01 00", ISTH_DISSECT_OK, C "write 64 full-write (table 21)" AT S },
  { "authenticated", "> flags 84 01 20 01020304", ISTH_DISSECT_OK, C "identify 32 identification" AT },
  { "encrypted", "> flags 88 0102030405060708\n< flags 88 0102030405060708", ISTH_DISSECT_OK, OK ("other - encrypted") },
  { "reserved", "> 01 7a\n< 01 1f", ISTH_DISSECT_OK, REFUSED ("other 122 reserved-service", "reserved error") },
  { "mid-stream", "< 01 00", ISTH_DISSECT_OK, "child c1222-ap:" METER "\nrole c1222-server" AT "\nprotocol_address = " METER " (90)" AT, .mid_stream = true },
  { "relative-title", "> raw 60 15 a2 05 80 03 8f0201 a8 03 020107 be 07 28 05 81 03 800120", ISTH_DISSECT_OK,
    "role c1222-client\nidentify 32 identification @c1222-ap:.1922.1" },
  { "no-titles", "> raw 60 0e a8 03 020107 be 07 28 05 81 03 800120", ISTH_DISSECT_OK, "role c1222-client\nidentify 32 identification" },

  { "service-lies", "> 7f 20", ISTH_DISSECT_MALFORMED, "" },
  { "length-lies", "> raw 60 0e a8 03 020107 be 70 28 05 81 03 800120", ISTH_DISSECT_MALFORMED, "role c1222-client\nidentify 32 identification" },
  { "longer-than-there", "> raw 60 7f a8 03 020107", ISTH_DISSECT_MALFORMED, "" },
  { "number-too-large", "> raw 60 18 a2 08 06 06 2bffffffff7f a8 03 020107 be 07 28 05 81 03 800120", ISTH_DISSECT_OK,
    "role c1222-client\nidentify 32 identification" },
  { "unknown-element", "> raw 60 10 a8 03 020107 99 00 be 07 28 05 81 03 800120", ISTH_DISSECT_MALFORMED, "" },
  { "many-elements", "> raw 60 22 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00 a1 00",
    ISTH_DISSECT_MALFORMED, "" },
  { "other", "> raw 61 03 020107", ISTH_DISSECT_NOT_MINE, "" },
};

#define CLIENT_TITLE "06 08 2b06010401828563"
#define METER_TITLE "06 0a 2b060104018285630102"

static GByteArray *
make_message (const char *line,
              guint8 *invocation)
{
  bool request = line[0] != '<';
  const char *at = line + 1 + strspn (line + 1, " ");
  guint8 flags = 0x80;
  g_autofree char *head = NULL;
  g_autoptr(GByteArray) services = NULL;
  GByteArray *message;
  guint n;

  if (g_str_has_prefix (at, "raw "))
    return isth_test_bytes (at + 4);
  if (g_str_has_prefix (at, "n "))
    ++*invocation, at += 2;
  if (g_str_has_prefix (at, "flags "))
    flags = (guint8) g_ascii_strtoull (at + 6, (char **) &at, 16);
  services = isth_test_bytes (at);
  g_byte_array_prepend (services, &flags, 1);
  n = services->len;
  head = g_strdup_printf ("a2 %s %s a6 %s %s %s 03 0201%02x be %02x 28 %02x 81 %02x", request ? "0c" : "0a", request ? METER_TITLE : CLIENT_TITLE,
                          request ? "0a" : "0c", request ? CLIENT_TITLE : METER_TITLE, request ? "a8" : "a4", *invocation, n + 4, n + 2, n);
  message = isth_test_bytes (head);
  g_byte_array_append (message, services->data, n);
  g_byte_array_prepend (message, (const guint8[]){ 0x60, (guint8) message->len }, 2);
  return message;
}

static char *
make_messages (const char *pdus)
{
  g_auto(GStrv) lines = g_strsplit (pdus, "\n", -1);
  GString *hex = g_string_new (NULL);
  guint8 invocation = 7;

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr(GByteArray) message = make_message (lines[i], &invocation);

      g_string_append_printf (hex, "%s%c ", i > 0 ? "\n" : "", lines[i][0]);
      for (guint k = 0; k < message->len; k++)
        g_string_append_printf (hex, "%02x", message->data[k]);
    }
  return g_string_free (hex, FALSE);
}

static const IsthProbeCase probes[] = {
  { "60 15 a2 05 80 03 8f0201 a8 03 020107 be 07 28 05 81 03 800120", ISTH_PROBE_STRONG, 23 },
  { "60 0e a8 03 020107 be 07 28 05 81 03 800120", ISTH_PROBE_WEAK, 16 },
  { "60 0e a8 03 020107 be 07 28 05 81 03 000120", ISTH_PROBE_NO, 16 },
  { "60 1d a1 09 06 07 60857405080101 be 10 04 0e 01000000065f1f0400001e1dffff", ISTH_PROBE_NO, 31 }, /* DLMS */
  { "60 48 06 06 2b0601050502 a0 3e", ISTH_PROBE_NO, 74 }, /* GSS-API */
  { "60 80 a2 05", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "60", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "60 81", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "30 10", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_c1222, NULL, probes, G_N_ELEMENTS (probes), true);
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
      cases[i].pdus = make_messages (rows[i].pdus);
    }
  isth_test_dissector (&isth_dissector_c1222, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/c1222/probe", test_probe);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
