/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEL's fast messages: requests of two bytes, operates, fast messages with their functions; and messages that lie. A row gives what follows the start
 * byte; length and checks are made here. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_sel_fm;

#define C "role sel-fm-client\n"
#define S "role sel-fm-server"

/* Each line: '>' from the client, '<' back; "q" and the type of a request of two bytes; "m" and type and content of a message with a checksum; "f", the
 * function and content of a fast message; "raw". */
static const IsthDissectCase rows[] = {
  { "relay-definition", "> q c0\n< m c0 0102030405", ISTH_DISSECT_OK, C "identify 192 relay-definition\n" S "\n= ok" },
  { "fast-meter", "> q c1\n< m c1 0000\n> q d1\n< m d1 0102\n> q d1\n< m d1 0103", ISTH_DISSECT_OK,
    C "read 193 fast-meter-configuration\n" S "\n= ok\nread 209 fast-meter\n= ok\nread 209 fast-meter\n= ok" },
  { "breaker", "> m e3 31 c5\n> m e3 11 45", ISTH_DISSECT_OK,
    C "write 227 fast-operate-breaker (breaker 1 open)\nwrite 227 fast-operate-breaker (breaker 1 close)" },
  { "remote-bit", "> m e0 00 01\n> m e0 21 85\n> m e0 5f 7d", ISTH_DISSECT_OK,
    C "write 224 fast-operate-remote-bit (remote bit 1 clear)\nwrite 224 fast-operate-remote-bit (remote bit 2 set)"
    "\nwrite 224 fast-operate-remote-bit (remote bit 32 pulse)" },
  { "operate-code-unknown", "> m e3 00 01", ISTH_DISSECT_OK, C "write 227 fast-operate-breaker (code 0x00)" },
  { "reset", "> m ed 01 05", ISTH_DISSECT_OK, C "write 237 fast-operate-reset" },
  { "alternate", "> m e5 01 0102", ISTH_DISSECT_OK, C "write 229 alternate-fast-operate" },
  { "operate-not-proved", "> m e3 31 c6", ISTH_DISSECT_MALFORMED, "role sel-fm-client" },
  { "unsolicited", "> f 01 1800\n< f 81\n< f 18 0000\n> f 98\n> f 02 1800\n< f 82", ISTH_DISSECT_OK,
    C "subscribe 1 enable-unsolicited\n" S "\n= ok\nreport 24 unsolicited-events\nconfigure 2 disable-unsolicited\n= ok" },
  { "read", "> f 10 00000010\n< f 90 0001", ISTH_DISSECT_OK, C "read 16 read\n" S "\n= ok" },
  { "write", "> f 20 0000", ISTH_DISSECT_OK, C "write 32 unsolicited-write" },
  { "device-description", "> f 30\n< f b0 \"FID=SEL-351S-7-R512-V0-Z103103-D20110429\" 00*10 \"FEEDER 7\" 20*32 0000 0000", ISTH_DISSECT_OK,
    C "identify 48 device-description\n" S "\n= ok\nfirmware = SEL-351S-7-R512-V0-Z103103-D20110429 (90)\nplant_tag = FEEDER 7 (90)"
    "\nvendor = Schweitzer Engineering Laboratories (90)\nmodel = SEL-351S (90)" },
  { "device-description-short", "< f b0 \"FID=SEL\"", ISTH_DISSECT_OK, S },
  { "unknown-function", "> f 7a", ISTH_DISSECT_OK, "other 122 unknown-function" },
  { "mid-stream", "< m d1 0102", ISTH_DISSECT_OK, S, .mid_stream = true },
  { "wrong-checksum", "< raw a5d1 06 0102 00", ISTH_DISSECT_MALFORMED, "" },
  { "wrong-crc", "< raw a546 0e 0000000000 00 05 c0 00 0000", ISTH_DISSECT_MALFORMED, "" },
  { "longer-than-there", "< raw a5d1 20 0102", ISTH_DISSECT_MALFORMED, "" },
  { "too-short", "< raw a5d1 03", ISTH_DISSECT_NOT_MINE, "" },
  { "other", "> raw a501 05", ISTH_DISSECT_NOT_MINE, "" },
};

static void
append_crc (GByteArray *bytes)
{
  uint16_t crc = 0xffff;

  for (guint i = 0; i < bytes->len; i++)
    {
      crc ^= bytes->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (uint16_t) (crc >> 1 ^ 0xa001) : (uint16_t) (crc >> 1);
    }
  g_byte_array_append (bytes, (const guint8[]){ (guint8) (crc >> 8), (guint8) crc }, 2);
}

static GByteArray *
make_message (const char *line)
{
  const char *at = line + 1 + strspn (line + 1, " ");
  g_autoptr(GByteArray) given = isth_test_bytes (g_str_has_prefix (at, "raw ") ? at + 4 : at + 2);
  GByteArray *message;
  guint8 sum = 0;

  if (g_str_has_prefix (at, "raw "))
    return g_steal_pointer (&given);
  message = g_byte_array_new ();
  if (at[0] == 'q')
    g_byte_array_append (message, (const guint8[]){ 0xa5, given->data[0] }, 2);
  else if (at[0] == 'm')
    {
      g_byte_array_append (message, (const guint8[]){ 0xa5, given->data[0], (guint8) (given->len + 3) }, 3);
      g_byte_array_append (message, given->data + 1, given->len - 1);
      for (guint i = 0; i < message->len; i++)
        sum = (guint8) (sum + message->data[i]);
      g_byte_array_append (message, &sum, 1);
    }
  else
    {
      g_byte_array_append (message, (const guint8[]){ 0xa5, 0x46, (guint8) (given->len + 13), 0, 0, 0, 0, 0, 1, given->data[0], 0xc0, 0 }, 12);
      g_byte_array_append (message, given->data + 1, given->len - 1);
      append_crc (message);
    }
  return message;
}

static char *
make_messages (const char *pdus)
{
  g_auto(GStrv) lines = g_strsplit (pdus, "\n", -1);
  GString *hex = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr(GByteArray) message = make_message (lines[i]);

      g_string_append_printf (hex, "%s%c ", i > 0 ? "\n" : "", lines[i][0]);
      for (guint k = 0; k < message->len; k++)
        g_string_append_printf (hex, "%02x", message->data[k]);
    }
  return g_string_free (hex, FALSE);
}

static const IsthProbeCase probes[] = {
  { "a5e3 06 31 c5 84", ISTH_PROBE_STRONG, 6 },
  { "a5e3 06 31 c5 84 a5", ISTH_PROBE_STRONG, 6 },
  { "a5e3 06 31 c5 84 0d", ISTH_PROBE_WEAK, 6 },
  { "a5e3 06 31 c5 85", ISTH_PROBE_NO, 6 },
  { "a5c0", ISTH_PROBE_WEAK, 2 },
  { "a5c0 a5c1", ISTH_PROBE_WEAK, 2 },
  { "a5c1 30 00", ISTH_PROBE_WEAK, 48 },
  { "a546 0d 00", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "a546", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "a5", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "a599 10", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "0d0a", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_sel_fm, NULL, probes, G_N_ELEMENTS (probes), true);
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
  isth_test_dissector (&isth_dissector_sel_fm, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/sel-fm/probe", test_probe);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
