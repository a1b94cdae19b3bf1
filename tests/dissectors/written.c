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
  { "out-of-service", "bacnet", "810a 0012 0104 0005 01 0f 0c 00000001 19 51 3e 11 3f", "on", ISTH_OP_WRITE },
  { "other-property", "bacnet", "810a 0012 0104 0005 01 0f 0c 00000001 19 54 3e 11 3f", "", ISTH_OP_WRITE },
  { "text-value", "bacnet", BACNET "75 07 00 \"secret\" 3f", "", ISTH_OP_WRITE },
  { "words", "fins", "80 00 02 00 02 00 00 01 00 01 0102 b1 0003 00 0001 01f4", "500", ISTH_OP_WRITE },
  { "bits", "fins", "80 00 02 00 02 00 00 01 00 01 0102 31 0003 00 0002 01 00", "on, off", ISTH_OP_WRITE },
  { "analog-output", "dnp3", "056412c40a000100 5686 c0c10529022801000200f6ff00 e52e", "-10", ISTH_OP_WRITE },
  { "analog-outputs", "dnp3", "05641ec40a000100 e451 c0c10329032801000200000020410029 b50d 011701030100010000 9599", "10, 65537", ISTH_OP_WRITE },
  { "analog-output-of-eight", "dnp3", "056416c40a000100 38cb c0c10629041701030000000000002440 888c 00 ffff", "10", ISTH_OP_WRITE },
  { "relay", "dnp3", "05641ac40a000100 8a1c c0c1050c012801000500030164000000 9fcd 6400000000 005b", "", ISTH_OP_WRITE },
  { "analog-output-not-whole", "dnp3", "056412c40a000100 5686 40c10529022801000200f6ff00 2afe", "", ISTH_OP_WRITE },
  { "deadband", "dnp3", "056411c40a000100 0615 c0c10222012801000200f6ff 76be", "", ISTH_OP_WRITE },
  { "symbol", "ads", "0000 2e000000 050d756001015303 c0a801630101 2883 0300 0400 0e000000 00000000 01000000 05f00000 01000000 02000000 f401", "500", ISTH_OP_WRITE },
  { "symbol-of-four", "ads", "0000 30000000 050d756001015303 c0a801630101 2883 0300 0400 10000000 00000000 01000000 05f00000 01000000 04000000 00002041", "0x41200000", ISTH_OP_WRITE },
  { "output-bit", "ads", "0000 2d000000 050d756001015303 c0a801630101 2883 0300 0400 0d000000 00000000 01000000 31f00000 08000000 01000000 01", "on", ISTH_OP_WRITE },
  { "both-ways-ads", "ads", "0000 31000000 050d756001015303 c0a801630101 2883 0900 0400 11000000 00000000 01000000 20400000 10000000 02000000 01000000 2a", "42", ISTH_OP_WRITE },
  { "symbol-text", "ads", "0000 2c000000 050d756001015303 c0a801630101 2883 0300 0400 0c000000 00000000 01000000 05f00000 01000000 06000000 \"secret\"", "", ISTH_OP_WRITE },
  { "symbol-by-name", "ads", "0000 30000000 050d756001015303 c0a801630101 2883 0900 0400 10000000 00000000 01000000 03f00000 00000000 04000000 04000000 \"MAIN\"", "", ISTH_OP_WRITE },
  { "sum-write", "ads", "0000 32000000 050d756001015303 c0a801630101 2883 0900 0400 12000000 00000000 01000000 81f00000 01000000 04000000 02000000 0100", "", ISTH_OP_WRITE },
  { "a-read-of-ads", "ads", "0000 2c000000 050d756001015303 c0a801630101 2883 0200 0400 0c000000 00000000 01000000 05f00000 01000000 02000000", "", ISTH_OP_WRITE },
  { "device", "melsec", "5000 00 ff ff03 00 1000 1000 0114 0000 640000 a8 0200 3412 0100", "4660, 1", ISTH_OP_WRITE },
  { "device-of-4e", "melsec", "5400 0100 0000 00 ff ff03 00 0e00 1000 0114 0000 640000 a8 0100 3412", "4660", ISTH_OP_WRITE },
  { "device-wide", "melsec", "5000 00 ff ff03 00 1000 1000 0114 0200 64000000 a800 0100 3412", "4660", ISTH_OP_WRITE },
  { "relays", "melsec", "5000 00 ff ff03 00 0e00 1000 0114 0100 640000 90 0300 1010", "on, off, on", ISTH_OP_WRITE },
  { "relays-in-ascii", "melsec", "\"500000FF03FF00001B001014010001M*0001000003101\"", "on, off, on", ISTH_OP_WRITE },
  { "device-in-ascii", "melsec", "\"500000FF03FF000020001014010000W*000000000200010012\"", "1, 18", ISTH_OP_WRITE },
  { "device-of-1e", "melsec", "03 ff 0a00 64000000 2044 01 00 3412", "4660", ISTH_OP_WRITE },
  { "relays-of-1e", "melsec", "02 ff 0a00 00000000 204d 03 00 1010", "on, off, on", ISTH_OP_WRITE },
  { "devices-too-many", "melsec", "5000 00 ff ff03 00 1600 1000 0114 0000 640000 a8 0500 0100*5", "", ISTH_OP_WRITE },
  { "device-read", "melsec", "5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0100", "", ISTH_OP_WRITE },
  { "variable", "mms", "010001006141303f020103a03aa038020101a533a0283026a024a1221a06 \"AA1LD0\" 1a18 \"GGIO1$SP$AnOut1$setMag$f\" a00787050841200000", "10", ISTH_OP_WRITE },
  { "variable-switch", "mms", "01000100 612f302d020103a028a026020101a521a01a3018a016a1141a06 \"AA1LD0\" 1a0a \"GGIO1$SP$X\" a003830101", "on", ISTH_OP_WRITE },
  { "operate", "mms", "0100010061423040020103a03ba039020101a534a021301fa01da11b1a064141314c44301a11435357493124434f24506f73244f706572a00fa20d830100a2058501028900860101", "off", ISTH_OP_CONTROL },
  { "operate-set-point", "mms", "0100010061463044020103a03fa03d020101a538a01f301da01ba1191a064141314c44301a0f474150433124434f2441244f706572a015a213a207870508c1200000a2058501028900860101", "-10", ISTH_OP_CONTROL },
  { "structure", "mms", "01000100613b3039020103a034a032020101a52da01a3018a016a1141a064141314c44301a0a4747494f312453502458a00fa20d830100a2058501028900860101", "", ISTH_OP_WRITE },
  { "variables", "mms", "0100010061383036020103a031a02f020101a52aa01a3018a016a1141a064141314c44301a0a4747494f312453502458a00c8502fff6860200ff84020640", "-10, 255, 0b01", ISTH_OP_WRITE },
  { "variable-of-iccp", "iccp", "01000100 612f302d020103a028a026020101a521a01a3018a016a1141a06 \"AA1LD0\" 1a0a \"GGIO1$SP$X\" a003850102", "2", ISTH_OP_WRITE },
  { "variable-text", "mms", "0100010061343032020103a02da02b020101a526a01a3018a016a1141a064141314c44301a0a4747494f312453502458a0088a06736563726574", "", ISTH_OP_WRITE },
  { "attribute", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0200000003020008000000 \"Tank.Set\" 0d000000ffffffff010607000000010203000d000000ffffffff010601000000", "7, 1", ISTH_OP_WRITE },
  { "attribute-double", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 0d000000ffffffff010b 0000000000002440", "10", ISTH_OP_WRITE },
  { "attribute-with-status", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 0d000000ffffffff0301 01 00000080", "on", ISTH_OP_WRITE },
  { "attribute-array", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 0d000000ffffffff0186 02000000 01000000 02000000", "", ISTH_OP_WRITE },
  { "attribute-text", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 0d000000ffffffff010c 06000000 \"secret\"", "", ISTH_OP_WRITE },
  { "attribute-description", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 05000000ffffffff0106 07000000", "", ISTH_OP_WRITE },
  { "read-of-opcua", "opcua", "\"MSGFl\" 000000070000000100000008000000080000000100770200*10 0100*7 ffffffffe80300*5 0100000003020008000000 \"Tank.Set\" 0d000000ffffffff0106 07000000", "", ISTH_OP_WRITE },
  { "other-protocol", "umas", "0001 0000 0006 01 06 0028 01f4", "", ISTH_OP_WRITE },
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
