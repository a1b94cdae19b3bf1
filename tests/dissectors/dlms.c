/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DLMS/COSEM in both coats: associations, what is got, set and done, identity, images of firmware; and frames that lie. A row gives the APDU; wrapper or
 * HDLC frame are put around it here, its checksums bit by bit. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dlms;

#define C "role dlms-client\n"
#define S "\nchild dlms-sap:1\nrole dlms-server @dlms-sap:1\nprotocol_address = 1 (90) @dlms-sap:1"
#define AT " @dlms-sap:1"
#define GET(code) "c0 01 c1 0001 " code " 02 00"
#define OK(request) C request AT S "\n= ok"

/* Each line: '>' from the client (16), '<' back from the server (1); "w" and an APDU in the wrapper; "h" and an APDU in an HDLC frame with its LLC
 * header; "u" and a control octet of an HDLC frame without one; "m" as "h", of the meter 17 on a line; "raw". */
static const IsthDissectCase rows[] = {
  { "associate", "> w 60 1d a1 09 06 07 60857405080101 be 10 04 0e 01000000065f1f0400001e1dffff\n"
    "< w 61 29 a1 09 06 07 60857405080101 a2 03 02 01 00 a3 05 a1 03 02 01 00 be 10 04 0e 0800065f1f040000181d007d0007", ISTH_DISSECT_OK,
    OK ("other 96 associate (client 16, logical names, no security)") },
  { "associate-password", "> w 60 24 a1 09 06 07 60857405080102 8a 02 0780 8b 07 60857405080201 ac 0a 80 08 \"secret78\"\n"
    "< w 61 17 a1 09 06 07 60857405080102 a2 03 02 01 01 a3 05 a1 03 02 01 0d", ISTH_DISSECT_OK,
    "role dlms-client\n"
    "authenticate 96 associate (client 16, short names, password in clear (8 to 11 characters)) @dlms-sap:1\n"
    "child dlms-sap:1\n"
    "role dlms-server @dlms-sap:1\n"
    "protocol_address = 1 (90) @dlms-sap:1\n"
    "= refused: authentication failed" },
  { "associate-title", "> w 60 1b a1 09 06 07 60857405080103 8b 07 60857405080205 be 05 04 03 010203\n"
    "< w 61 1c a1 09 06 07 60857405080103 a2 03 02 01 00 a3 05 a1 03 02 01 0e a4 03 04 01 00", ISTH_DISSECT_OK,
    C "authenticate 96 associate (client 16, logical names ciphered, GMAC)" AT S "\n= ok: authentication required" },
  { "system-title", "< w 61 1c a1 09 06 07 60857405080103 a2 03 02 01 00 a4 0a 04 08 \"ACM\" 0102030405", ISTH_DISSECT_OK,
    "child dlms-sap:1\nrole dlms-server @dlms-sap:1\nprotocol_address = 1 (90) @dlms-sap:1"
    "\ndevice_id = 41434d0102030405 (90) @dlms-sap:1\nvendor_id = ACM (90) @dlms-sap:1" },
  { "release", "> w 62 03 80 01 00\n< w 63 03 80 01 00", ISTH_DISSECT_OK, OK ("other 98 release") },

  { "get", "> w c0 01 c1 0003 0100010800ff 02 00\n< w c4 01 c1 00 06 00000001", ISTH_DISSECT_OK,
    OK ("read 192 get (register 1.0.1.8.0.255 attribute 2)") },
  { "get-refused", "> w c0 01 c1 0008 0000010000ff 02 00\n< w c4 01 c1 01 03", ISTH_DISSECT_OK,
    C "read 192 get (clock 0.0.1.0.0.255 attribute 2)" AT S "\n= refused: read-write denied" },
  { "get-blocks", "> w c0 01 c1 0007 0100630100ff 02 00\n< w c4 02 c1 00 00000001 00 04 01020304\n> w c0 02 c1 00000001\n< w c4 02 c1 01 00000002 00 01 05",
    ISTH_DISSECT_OK, OK ("read 192 get (profile 1.0.99.1.0.255 attribute 2)") "\nread 192 get (next block)" AT "\n= ok" },
  { "get-list", "> w c0 03 c1 02 0001 0000600100ff 02 00 0003 0100010800ff 02 00\n< w c4 03 c1 02 00 0905 3132333435 01 04", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 0.0.96.1.0.255 attribute 2 and 1 more)") },
  { "set", "> w c1 01 c1 0003 0100010800ff 02 00 06 00000000\n< w c5 01 c1 00", ISTH_DISSECT_OK, OK ("write 193 set (register 1.0.1.8.0.255 attribute 2)") },
  { "set-clock", "> w c1 01 c1 0008 0000010000ff 02 00 09 0c 00*12\n< w c5 01 c1 0d", ISTH_DISSECT_OK,
    C "time-sync 193 set (clock 0.0.1.0.0.255 attribute 2)" AT S "\n= refused: scope of access violated" },
  { "set-security", "> w c1 01 c1 0040 00002b0000ff 02 00 16 03", ISTH_DISSECT_OK, C "configure 193 set (security setup 0.0.43.0.0.255 attribute 2)" AT },
  { "disconnect-action", "> w c3 01 c1 0046 000060030aff 01 01 0f 00\n< w c7 01 c1 00 00", ISTH_DISSECT_OK,
    OK ("control 195 action (disconnect control 0.0.96.3.10.255 method 1)") },
  { "reply-to-challenge", "> w c3 01 c1 000f 0000280000ff 01 01 09 02 0000\n< w c7 01 c1 03 00", ISTH_DISSECT_OK,
    C "authenticate 195 action (association LN 0.0.40.0.0.255 method 1)" AT S "\n= refused: read-write denied" },
  { "image", "> w c3 01 c1 0012 00002c0000ff 01 01 02 02 09 04 \"v2.1\" 06 00000008\n< w c7 01 c1 00 00\n"
    "> w c3 01 c2 0012 00002c0000ff 02 01 02 02 06 00000000 09 08 00*8\n< w c7 01 c2 00 00\n> w c3 01 c3 0012 00002c0000ff 04 01 0f 00\n< w c7 01 c3 00 00",
    ISTH_DISSECT_OK,
    C "firmware 195 action (image transfer 0.0.44.0.0.255 method 1)" AT "\ntransfer firmware begin 0/8 (image \"v2.1\")" AT S "\n= ok"
    "\nfirmware 195 action (image transfer 0.0.44.0.0.255 method 2)" AT "\ntransfer firmware data 8/0" AT "\n= ok"
    "\nfirmware 195 action (image transfer 0.0.44.0.0.255 method 4)" AT "\ntransfer firmware end" AT "\n= ok" },
  { "event", "< w c2 00 0001 0000616200ff 02 06 00000001", ISTH_DISSECT_OK,
    "child dlms-sap:1\nrole dlms-server @dlms-sap:1\nprotocol_address = 1 (90) @dlms-sap:1\nreport 194 event-notification (data 0.0.97.98.0.255 attribute 2)" },
  { "notification", "< w 0f 00000001 00 02 01 06 00000001", ISTH_DISSECT_OK,
    "child dlms-sap:1\nrole dlms-server @dlms-sap:1\nprotocol_address = 1 (90) @dlms-sap:1\nreport 15 data-notification" },
  { "ciphered", "> w c8 0e 30 00000001 00*9\n< w cc 0e 30 00000001 00*9", ISTH_DISSECT_OK, OK ("read 200 get (encrypted)") },
  { "titled", "> w db 08 \"ACM\" 0102030405 05 30 00000001\n< w db 08 \"ELS\" 0102030409 05 30 00000001", ISTH_DISSECT_OK,
    C "device_id = 41434d0102030405 (90)\nvendor_id = ACM (90)\nother 219 general-glo-ciphering (encrypted)" AT S
    "\ndevice_id = 454c530102030409 (90)" AT "\nvendor_id = ELS (90)" AT "\n= ok" },
  { "exception", "> w c0 01 c1 0003 0100010800ff 02 00\n< w d8 01 01", ISTH_DISSECT_OK,
    C "read 192 get (register 1.0.1.8.0.255 attribute 2)" AT S "\n= refused: service refused" },
  { "short-names", "> w 05 01 02 fa00\n< w 0c 01 00 06 00000001\n> w 06 01 02 fa08 01 06 00000001\n< w 0d 01 00", ISTH_DISSECT_OK,
    OK ("read 5 read") "\nwrite 6 write" AT "\n= ok" },

  { "device-name", "> w " GET ("00002a0000ff") "\n< w c4 01 c1 00 09 08 \"ACM12345\"", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 0.0.42.0.0.255 attribute 2)") "\nname = ACM12345 (90)" AT "\nvendor_id = ACM (90)" AT },
  { "serial", "> w " GET ("0000600100ff") "\n< w c4 01 c1 00 0a 04 \"9917\"", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 0.0.96.1.0.255 attribute 2)") "\nserial = 9917 (90)" AT },
  { "firmware", "> w " GET ("0100000200ff") "\n< w c4 01 c1 00 09 02 0102", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 1.0.0.2.0.255 attribute 2)") "\nfirmware = 0102 (90)" AT },
  { "identity-of-other-type", "> w " GET ("0000600100ff") "\n< w c4 01 c1 00 06 00000001", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 0.0.96.1.0.255 attribute 2)") },
  { "identity-lies", "> w " GET ("0000600100ff") "\n< w c4 01 c1 00 09 7f \"9917\"", ISTH_DISSECT_OK,
    OK ("identify 192 get (data 0.0.96.1.0.255 attribute 2)") },

  { "hdlc", "> u 93\n< u 73\n> h c0 01 c1 0008 0000010000ff 02 00\n< h c4 01 c1 01 04\n> u 53\n< u 1f", ISTH_DISSECT_OK,
    C "other - connect" AT S "\n= ok\nread 192 get (clock 0.0.1.0.0.255 attribute 2)" AT "\n= refused: object undefined"
    "\nother - disconnect" AT "\n= refused: disconnected" },
  { "hdlc-meter", "> m c0 01 c1 0008 0000010000ff 02 00\n< m c4 01 c1 00 00", ISTH_DISSECT_OK,
    C "read 192 get (clock 0.0.1.0.0.255 attribute 2) @dlms-meter:17"
    "\nchild dlms-meter:17\nrole dlms-server @dlms-meter:17\nprotocol_address = 17 (90) @dlms-meter:17\n= ok" },
  { "hdlc-housekeeping", "> u 51\n< u 11", ISTH_DISSECT_OK, "" },
  /* Another's line, listened to: the answers come from where the questions come from. */
  { "one-way", "> h c0 01 c1 0008 0000010000ff 02 00\n> r c4 01 c1 01 04", ISTH_DISSECT_OK, C "read 192 get (clock 0.0.1.0.0.255 attribute 2)" AT },
  { "hdlc-wrong-checksum-of-header", "> raw 7ea0190321326fd9e6e600c001c1000f0000280000ff020091537e", ISTH_DISSECT_MALFORMED, "" },
  { "hdlc-address-without-end", "> raw 7ea0090202020202930f017e", ISTH_DISSECT_MALFORMED, "" },
  { "hdlc-wrong-checksum-of-content", "> raw 7ea0190321326fd8e6e600c001c1000f0000280000ff020000007e", ISTH_DISSECT_MALFORMED,
    C "read 192 get (association LN 0.0.40.0.0.255 attribute 2)" AT },
  { "hdlc-wrong-checksum-and-no-end", "> raw 7ea0190321326fd8e6e600c001c1000f0000280000ff020000000000", ISTH_DISSECT_MALFORMED, "" },
  { "hdlc-wrong-checksum", "> raw 7ea0070321930f027e", ISTH_DISSECT_MALFORMED, "" },
  { "mid-stream", "< w c4 01 c1 00 06 00000001", ISTH_DISSECT_OK,
    "child dlms-sap:1\nrole dlms-server @dlms-sap:1\nprotocol_address = 1 (90) @dlms-sap:1", .mid_stream = true },

  { "object-cut-short", "> w c0 01 c1 0003 0100", ISTH_DISSECT_MALFORMED, "role dlms-client" },
  { "unknown-apdu", "> w 99 01 02", ISTH_DISSECT_MALFORMED, "" },
  { "length-lies", "> w 60 7f a1 09", ISTH_DISSECT_MALFORMED, C "other 96 associate (client 16, unknown context, no security)" AT },
  { "longer-than-there", "> raw 0001 0010 0001 0020 c0 01 c1", ISTH_DISSECT_MALFORMED, "" },
  { "no-address", "> raw 0001 0000 0001 0003 c0 01 c1", ISTH_DISSECT_NOT_MINE, "" },
  { "other", "> raw 0101 0010", ISTH_DISSECT_NOT_MINE, "" },
};

static uint16_t
compute_crc (const GByteArray *bytes,
             guint from)
{
  uint16_t crc = 0xffff;

  for (guint i = from; i < bytes->len; i++)
    {
      crc ^= bytes->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (uint16_t) (crc >> 1 ^ 0x8408) : (uint16_t) (crc >> 1);
    }
  return (uint16_t) ~crc;
}

static void
append_crc (GByteArray *bytes)
{
  uint16_t crc = compute_crc (bytes, 1);

  g_byte_array_append (bytes, (const guint8[]){ (guint8) crc, (guint8) (crc >> 8) }, 2);
}

/* An HDLC frame: flag, format, addresses, control, and information behind a checksum of its own. */
static GByteArray *
make_hdlc (bool to_server,
           bool line,
           uint8_t control,
           const GByteArray *information)
{
  GByteArray *frame = g_byte_array_new ();
  static const guint8 client[] = { 0x21 }, server[] = { 0x03 }, meter[] = { 0x02, 0x23 };
  const guint8 *at = line ? meter : server;
  guint n = line ? 2 : 1;
  guint whole = 2 + 1 + n + 1 + 2 + (information ? information->len + 2 : 0);

  g_byte_array_append (frame, (const guint8[]){ 0x7e, 0xa0, (guint8) whole }, 3);
  if (to_server)
    g_byte_array_append (frame, at, n);
  g_byte_array_append (frame, client, 1);
  if (!to_server)
    g_byte_array_append (frame, at, n);
  g_byte_array_append (frame, &control, 1);
  append_crc (frame);
  if (information)
    {
      g_byte_array_append (frame, information->data, information->len);
      append_crc (frame);
    }
  g_byte_array_append (frame, (const guint8[]){ 0x7e }, 1);
  return frame;
}

static GByteArray *
make_frame (const char *line)
{
  bool to_server = line[0] != '<';
  const char *at = line + 1 + strspn (line + 1, " ");
  char kind = at[0];
  g_autoptr(GByteArray) given = isth_test_bytes (g_str_has_prefix (at, "raw ") ? at + 4 : at + 2);

  if (g_str_has_prefix (at, "raw "))
    return g_steal_pointer (&given);
  if (kind == 'u')
    return make_hdlc (to_server, false, given->data[0], NULL);
  if (kind == 'w')
    {
      const guint8 head[] = { 0, 1, 0, to_server ? 16 : 1, 0, to_server ? 1 : 16, 0, (guint8) given->len };

      g_byte_array_prepend (given, head, sizeof head);
      return g_steal_pointer (&given);
    }
  to_server = to_server && kind != 'r';
  g_byte_array_prepend (given, (const guint8[]){ 0xe6, to_server ? 0xe6 : 0xe7, 0 }, 3);
  return make_hdlc (to_server, kind == 'm', 0x10, given);
}

static char *
make_frames (const char *pdus)
{
  g_auto(GStrv) lines = g_strsplit (pdus, "\n", -1);
  GString *hex = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr(GByteArray) frame = make_frame (lines[i]);

      g_string_append_printf (hex, "%s%c ", i > 0 ? "\n" : "", lines[i][0]);
      for (guint k = 0; k < frame->len; k++)
        g_string_append_printf (hex, "%02x", frame->data[k]);
    }
  return g_string_free (hex, FALSE);
}

static const IsthProbeCase probes[] = {
  { "0001 0010 0001 000d c0 01 c1 0003 0100010800ff 02 00", ISTH_PROBE_STRONG, 21 },
  { "0001 0010 0001 000d c0 01 c1 0003 0100010800ff 02 00 0001", ISTH_PROBE_WEAK, 21 },
  { "0001 0010 0001 0006 60 04 a1 02 0607", ISTH_PROBE_STRONG, 14 },
  { "0001 0010 0001 0006 60 05 a1 02 0607", ISTH_PROBE_WEAK, 14 },
  { "0001 0010 0001 000d c0 00 c1 0003 0100010800ff 02 00", ISTH_PROBE_WEAK, 21 },
  { "0001 0000 0006 0003 00 00 00 01", ISTH_PROBE_NO, 11 }, /* Modbus */
  { "0001 0010 0001 0003 99 00 c1", ISTH_PROBE_NO, 11 },
  { "0001 0010 0001 00ff c0 01 c1", ISTH_PROBE_NO, 263 },
  { "0001 0010 0001 0000 c0 01 c1", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "7ea0070321930f017e", ISTH_PROBE_STRONG, 9 },
  { "7e7ea0070321930f017e", ISTH_PROBE_STRONG, 1 },
  { "a0070321930f017e", ISTH_PROBE_NO, 8 }, /* shares the flag of the frame before */
  { "7ea0070321930f027e", ISTH_PROBE_NO, 9 },
  { "7ea0070321", ISTH_PROBE_WEAK, 9 },
  { "7eff7d23c021", ISTH_PROBE_NO, ISTH_PDU_INVALID }, /* PPP */
  { "7ea003", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "7e", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "00", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "16", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_dlms, NULL, probes, G_N_ELEMENTS (probes), true);
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
  isth_test_dissector (&isth_dissector_dlms, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/dlms/probe", test_probe);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
