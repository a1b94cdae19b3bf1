/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What requests wrote, out of the bytes kept of them; what is too long, no number, or cut says nothing. */
#include "tests/helpers/dissect-runner.h"

#define S7(ts, count, data) "3201 0000 2700 000e 0008 05 01 12 0a 10 " ts " " count " 0083 84 000040 00 " data
#define BACNET "810a 0020 0120 0005 01 0c ff 0005 07 0f 0c 00400001 19 55 3e "

static const struct
{
  const char *name, *protocol, *bytes, *text;
  IsthOp verb;
} cases[] = {
  { "coil", "modbus", "0001 0000 0006 01 05 0001 ff00", "on", ISTH_OP_WRITE },
  { "coil-of-neither", "modbus", "0001 0000 0006 01 05 0001 1234", "", ISTH_OP_WRITE },
  { "register", "modbus", "0001 0000 0006 01 06 0028 01f4", "500", ISTH_OP_WRITE },
  { "register-of-rtu", "modbus-rtu", "11 06 0028 01f4 0000", "500", ISTH_OP_WRITE },
  { "coils", "modbus", "0001 0000 0008 01 0f 0001 0003 01 05", "on, off, on", ISTH_OP_WRITE },
  { "registers", "modbus", "0001 0000 000b 01 10 0001 0002 04 000a 0102", "10, 258", ISTH_OP_WRITE },
  { "registers-too-many", "modbus", "0001 0000 0011 01 10 0001 0005 0a 000a*10", "", ISTH_OP_WRITE },
  { "registers-cut", "modbus", "0001 0000 000b 01 10 0001 0002 04 000a", "", ISTH_OP_WRITE },
  { "mask", "modbus", "0001 0000 0008 01 16 0004 00f2 0025", "and 0x00f2, or 0x0025", ISTH_OP_WRITE },
  { "both-ways", "modbus", "0001 0000 000d 01 17 0001 0002 0007 0001 02 01f4", "500", ISTH_OP_WRITE },
  { "a-read", "modbus", "0001 0000 0006 01 03 0028 0001", "", ISTH_OP_READ },
  { "bit", "s7comm", S7 ("01", "0001", "03 0001 01"), "on", ISTH_OP_WRITE },
  { "byte", "s7comm", S7 ("02", "0001", "04 0008 2a"), "42", ISTH_OP_WRITE },
  { "four-bytes", "s7comm", S7 ("02", "0004", "04 0020 00001000"), "0x00001000", ISTH_OP_WRITE },
  { "text", "s7comm", S7 ("02", "0006", "04 0030 \"secret\""), "", ISTH_OP_WRITE },
  { "int", "s7comm", S7 ("05", "0001", "05 0010 fff6"), "-10", ISTH_OP_WRITE },
  { "real", "s7comm", S7 ("08", "0001", "07 0004 41200000"), "10", ISTH_OP_WRITE },
  { "two-items", "s7comm", "3201 0000 2700 001a 0008 05 02 12 0a 10 02 0001 0083 84 000040", "", ISTH_OP_WRITE },
  { "tag", "cip", "4d 04 91 05 \"Speed\" 00 c400 0100 f6ffffff", "-10", ISTH_OP_WRITE },
  { "tag-real", "cip", "4d 04 91 05 \"Speed\" 00 ca00 0200 00002041 0000a040", "10, 5", ISTH_OP_WRITE },
  { "tag-structure", "cip", "4d 04 91 05 \"Speed\" 00 a002 0100 f6ffffff", "", ISTH_OP_WRITE },
  { "tag-bits", "cip", "4e 04 91 05 \"Speed\" 00 0100 01 ff", "and 0xff, or 0x01", ISTH_OP_WRITE },
  { "tag-bits-of-three", "cip", "4e 04 91 05 \"Speed\" 00 0300 010203 ffffff", "", ISTH_OP_WRITE },
  { "set-point-float", "iec104", "32 01 0600 0300 891300 00002041 00", "10", ISTH_OP_WRITE },
  { "set-point-scaled", "iec104", "31 01 0600 0300 891300 f6ff 00", "-10", ISTH_OP_WRITE },
  { "set-point-normalized", "iec104", "30 01 0600 0300 891300 0040 00", "0.50000", ISTH_OP_WRITE },
  { "set-points", "iec104", "32 02 0600 0300 891300 00002041 00", "", ISTH_OP_WRITE },
  { "present-value", "bacnet", BACNET "44 41200000 3f 49 08", "10", ISTH_OP_WRITE },
  { "present-state", "bacnet", BACNET "91 01 3f 49 08", "1", ISTH_OP_WRITE },
  { "given-up", "bacnet", BACNET "00 3f 49 08", "null: given up", ISTH_OP_WRITE },
  { "text-value", "bacnet", BACNET "75 07 00 \"secret\" 3f", "", ISTH_OP_WRITE },
  { "words", "fins", "80 00 02 00 02 00 00 01 00 01 0102 b1 0003 00 0001 01f4", "500", ISTH_OP_WRITE },
  { "bits", "fins", "80 00 02 00 02 00 00 01 00 01 0102 31 0003 00 0002 01 00", "on, off", ISTH_OP_WRITE },
  { "other-protocol", "ads", "0001 0000 0006 01 06 0028 01f4", "", ISTH_OP_WRITE },
};

/* And no more is read than there is, at any length. */
static void
test_written (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);
  IsthEvidence evidence = { .bytes = bytes->data, .n_bytes = bytes->len };
  char text[ISTH_WRITTEN_TEXT];

  g_assert_cmpint (isth_written_describe (cases[i].protocol, cases[i].verb, &evidence, text), ==, cases[i].text[0] != '\0');
  g_assert_cmpstr (text, ==, cases[i].text);
  for (guint n = 0; n < bytes->len; n++)
    {
      g_autofree uint8_t *prefix = g_memdup2 (bytes->data, n);

      evidence = (IsthEvidence) { .bytes = prefix, .n_bytes = n };
      isth_written_describe (cases[i].protocol, cases[i].verb, &evidence, text);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/written/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_written);
    }
  return g_test_run ();
}
