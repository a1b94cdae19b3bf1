/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synchrophasors: commands, what answers them, and configurations of all three kinds. A row gives type, stream and content; header and checksum are put
 * around it here, the checksum bit by bit. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_c37118;

#define CLIENT "role c37118-client\n"
#define SERVER "role c37118-server\nprotocol_address = 7 (90)"
#define NAME(letter) "\"Unit " letter "\" 20*10 "
#define PMU(n) "\nchild c37118-pmu:" n "\nprotocol_address = " n " (90) @c37118-pmu:" n
#define UNIT_12(letter, id) NAME (letter) id " 0004 0001 0001 0001 20*288 00*12 0000 0001 "
#define UNIT_3(letter, id, place) "06 \"Unit " letter "\" " id " 11*16 0004 0001 0000 0001 02 \"VA\" 00*16 00*12 00*4 " place " 00*17 "

/* Each line: '>' from the client, '<' back; the second octet of the frame, the stream, the content; "bad" in front: a wrong checksum;
 * "long" in front: a size one larger than it is. */
static const IsthDissectCase rows[] = {
  { "data", "> 41 0007 0002\n< 01 0007 00*24\n< 01 0007 00*24\n> 41 0007 0001", ISTH_DISSECT_OK,
    CLIENT "subscribe 2 data-on (stream 7)\n" SERVER "\n= ok\nreport - data-frame (stream 7)\nreport - data-frame (stream 7)\nsubscribe 1 data-off (stream 7)" },
  { "header", "> 41 0007 0003\n< 11 0007 \"Bay 7, made by Acme\"", ISTH_DISSECT_OK,
    CLIENT "identify 3 send-header (stream 7)\n" SERVER "\n= ok\ndescription = Bay 7, made by Acme (60)" },
  { "configuration-1", "> 41 0007 0004\n< 21 0007 000f4240 0001 " UNIT_12 ("A", "0009") "0032", ISTH_DISSECT_OK,
    CLIENT "identify 4 send-configuration-1 (stream 7)\n" SERVER "\n= ok" PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9" },
  { "configuration-2", "> 42 0007 0005\n< 32 0007 000f4240 0002 " UNIT_12 ("A", "0009") UNIT_12 ("B", "000a") "0032", ISTH_DISSECT_OK,
    CLIENT "identify 5 send-configuration-2 (stream 7)\n" SERVER "\n= ok" PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9"
    PMU ("10") "\nstation = Unit B (90) @c37118-pmu:10" },
  { "configuration-3", "> 42 0007 0006\n< 52 0007 0000 000f4240 0002 " UNIT_3 ("A", "0009", "42521480 41563d71") UNIT_3 ("B", "000a", "c1a00000 c1a00000")
    "0032", ISTH_DISSECT_OK,
    CLIENT "identify 6 send-configuration-3 (stream 7)\n" SERVER "\n= ok" PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9"
    "\ndevice_id = 11111111111111111111111111111111 (90) @c37118-pmu:9\nlocation = 52.5200° N, 13.3900° E (90) @c37118-pmu:9"
    PMU ("10") "\nstation = Unit B (90) @c37118-pmu:10\ndevice_id = 11111111111111111111111111111111 (90) @c37118-pmu:10"
    "\nlocation = 20.0000° S, 20.0000° W (90) @c37118-pmu:10" },
  { "place-unknown", "< 52 0007 0000 000f4240 0001 " UNIT_3 ("A", "0009", "7f800000 7f800000") "0032", ISTH_DISSECT_OK,
    SERVER PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9\ndevice_id = 11111111111111111111111111111111 (90) @c37118-pmu:9" },
  { "configuration-3-in-parts", "< 52 0007 0001 000f4240 0002 " UNIT_3 ("A", "0009", "7f800000 7f800000") "06\n< 52 0007 0002 000f", ISTH_DISSECT_OK,
    SERVER PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9\ndevice_id = 11111111111111111111111111111111 (90) @c37118-pmu:9" },
  { "extended", "> 41 0007 0008 0102", ISTH_DISSECT_OK, CLIENT "other 8 extended-frame (stream 7)" },
  /* The stream in a command is the one that is asked; the asker has none. */
  { "user-command", "> 41 0007 0100", ISTH_DISSECT_OK, CLIENT "other 256 user-command (stream 7)" },
  { "reserved-command", "> 41 0007 0000\n> 41 0007 0007", ISTH_DISSECT_OK, CLIENT "other 0 user-command (stream 7)\nother 7 user-command (stream 7)" },
  { "streams", "< 01 0007 00*4\n< 01 0008 00*4\n< 01 0007 00*4", ISTH_DISSECT_OK,
    SERVER "\nreport - data-frame (stream 7)\nrole c37118-server\nprotocol_address = 8 (90)\nreport - data-frame (stream 8)\nreport - data-frame (stream 7)" },
  { "other-stream", "> 41 0008 0003\n< 11 0007 \"x\"", ISTH_DISSECT_OK, CLIENT "identify 3 send-header (stream 8)\n" SERVER "\ndescription = x (60)" },
  { "mid-stream", "< 01 0007 00*4", ISTH_DISSECT_OK, SERVER "\nreport - data-frame (stream 7)", .mid_stream = true },
  { "units-lie", "< 31 0007 000f4240 ffff " UNIT_12 ("A", "0009") "0032", ISTH_DISSECT_MALFORMED, SERVER PMU ("9") "\nstation = Unit A (90) @c37118-pmu:9" },
  { "phasors-lie", "< 31 0007 000f4240 0001 " NAME ("A") "0009 0004 ffff ffff ffff", ISTH_DISSECT_MALFORMED, SERVER },
  { "channels-lie", "< 51 0007 0000 000f4240 0001 01 \"A\" 0009 11*16 0004 ffff ffff ffff 00*9", ISTH_DISSECT_MALFORMED, SERVER },
  { "no-command", "> 41 0007", ISTH_DISSECT_MALFORMED, "" },
  { "no-units", "< 31 0007 000f", ISTH_DISSECT_MALFORMED, SERVER },
  { "wrong-checksum", "> bad 41 0007 0002", ISTH_DISSECT_MALFORMED, "" },
  { "longer-than-there", "> long 41 0007 0002", ISTH_DISSECT_MALFORMED, "" },
};

static void
append_frame (GString *hex,
              const char *line)
{
  const char *at = line + 1 + strspn (line + 1, " ");
  bool bad = g_str_has_prefix (at, "bad "), too_long = g_str_has_prefix (at, "long ");
  g_autoptr(GByteArray) given = isth_test_bytes (at + (bad ? 4 : too_long ? 5 : 0));
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  uint16_t size = (uint16_t) (given->len + 13 + (too_long ? 1 : 0));
  uint8_t head[] = { 0xaa, given->data[0], (uint8_t) (size >> 8), (uint8_t) size, given->data[1], given->data[2], 0x60, 0, 0, 0, 0, 0, 1, 0 };
  uint16_t crc = 0xffff;

  g_byte_array_append (frame, head, sizeof head);
  g_byte_array_append (frame, given->data + 3, given->len - 3);
  g_string_append_printf (hex, "%c ", line[0]);
  for (guint i = 0; i < frame->len; i++)
    {
      crc = (uint16_t) (crc ^ frame->data[i] << 8);
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 0x8000 ? (uint16_t) (crc << 1 ^ 0x1021) : (uint16_t) (crc << 1);
      g_string_append_printf (hex, "%02x", frame->data[i]);
    }
  g_string_append_printf (hex, "%04x", bad ? crc ^ 1 : crc);
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

static const struct
{
  const char *bytes;
  IsthProbe probe;
  uint32_t length;
} probes[] = {
  { "aa41 0012 0007 00*10 1234", ISTH_PROBE_NO, 18 },
  { "aa41 0012 0007", ISTH_PROBE_WEAK, 18 },
  { "aa31 0412 0007", ISTH_PROBE_WEAK, 1042 },
  { "aa31 0401 0007 00*1019", ISTH_PROBE_WEAK, 1025 },
  { "aa31 0400 0007 00*1018", ISTH_PROBE_NO, 1024 },
  { "aa41 000f 0007", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "aa61 0012 0007", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "aa40 0012 0007", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "aa", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "ab", ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  g_autofree char *hex = make_frames ("> 41 0007 0002");
  g_autoptr(GByteArray) whole = isth_test_bytes (hex + 1);
  IsthPacket packet = { 0 };

  for (size_t i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (probes[i].bytes);
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);

      g_assert_cmpint (isth_dissector_c37118.probe (c, &packet), ==, probes[i].probe);
      g_assert_cmpuint (isth_dissector_c37118.pdu_length (c), ==, probes[i].length);
    }
  g_assert_cmpint (isth_dissector_c37118.probe (isth_cursor_new (whole->data, whole->len, whole->len), &packet), ==, ISTH_PROBE_STRONG);
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
  isth_test_dissector (&isth_dissector_c37118, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/c37118/probe", test_probe);
  failed = g_test_run ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free ((char *) cases[i].pdus);
  return failed;
}
