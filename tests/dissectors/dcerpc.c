/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers in both byte orders; what is none is refused; every prefix fails. */
#include <glib.h>

#include "analysis/dissectors/dcerpc.h"
#include "tests/helpers/dissect-runner.h"

#define UUID "\336\240\0\1\154\227\21\321\202\161\0\240\44\102\337\175"

static const struct
{
  const char *name;
  const char *bytes;
  bool good, little, fragmented, last;
  uint8_t type;
  uint16_t opnum, length;
} datagrams[] = {
  { "big", "04 00 20 00 000000 00 00*16 dea000016c9711d1827100a02442df7d 11*16 00000000 00000001 00000007 0002 ffff ffff 0014 0000 00 00",
    true, false, false, true, ISTH_DCERPC_REQUEST, 2, 20 },
  { "little", "04 02 0a 00 100000 00 00*16 0100a0de976cd111827100a02442df7d 11*16 00000000 01000000 07000000 0400 ffff ffff 1400 0000 00 00",
    true, true, false, true, ISTH_DCERPC_RESPONSE, 4, 20 },
  { "fragment", "04 00 04 00 000000 00 00*16 dea000016c9711d1827100a02442df7d 11*16 00000000 00000001 00000007 0002 ffff ffff 0014 0000 00 00",
    true, false, true, false, ISTH_DCERPC_REQUEST, 2, 20 },
  { "last-fragment", "04 00 06 00 000000 00 00*16 dea000016c9711d1827100a02442df7d 11*16 00*10 0007 0002 ffff ffff 0014 0003 00 00",
    true, false, true, true, ISTH_DCERPC_REQUEST, 2, 20 },
  { "version", "05 00*79", .good = false },
  { "type", "04 0b 00*78", .good = false },
  { "byte-order", "04 00 00 00 20 00*75", .good = false },
  { "floats", "04 00 00 00 10 04 00*74", .good = false },
};

static void
test_datagrams (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (datagrams); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (datagrams[i].bytes);
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);
      IsthDcerpcDatagram d;

      g_test_message ("%s", datagrams[i].name);
      g_assert_cmpint (isth_dcerpc_read_datagram (&c, &d), ==, datagrams[i].good);
      for (guint n = 0; n < ISTH_DCERPC_DATAGRAM_HEADER; n++)
        {
          IsthCursor cut = isth_cursor_new (bytes->data, n, n);
          IsthDcerpcDatagram none;

          g_assert_false (isth_dcerpc_read_datagram (&cut, &none));
        }
      if (!datagrams[i].good)
        continue;
      g_assert_cmpuint (c.position, ==, ISTH_DCERPC_DATAGRAM_HEADER);
      g_assert_true (isth_uuid_equal (&d.interface, (const IsthUuid *) UUID));
      g_assert_cmpint (d.little, ==, datagrams[i].little);
      g_assert_cmpint (d.fragmented, ==, datagrams[i].fragmented);
      g_assert_cmpint (d.last, ==, datagrams[i].last);
      g_assert_cmpuint (d.type, ==, datagrams[i].type);
      g_assert_cmpuint (d.opnum, ==, datagrams[i].opnum);
      g_assert_cmpuint (d.length, ==, datagrams[i].length);
      g_assert_cmpuint (d.sequence, ==, 7);
    }
}

static const struct
{
  const char *name;
  const char *bytes;
  bool good, little;
  uint16_t length, auth;
  uint32_t call;
} headers[] = {
  { "little", "05 00 0b 03 10000000 4800 0000 01000000", true, true, 72, 0, 1 },
  { "big", "05 01 0b 03 00000000 0048 0010 00000001", true, false, 72, 16, 1 },
  { "shorter-than-itself", "05 00 0b 03 10000000 0f00 0000 01000000", .good = false },
  { "verifier-lies", "05 00 0b 03 10000000 4800 3900 01000000", .good = false },
  { "type", "05 00 14 03 10000000 4800 0000 01000000", .good = false },
  { "minor", "05 02 0b 03 10000000 4800 0000 01000000", .good = false },
  { "datagram", "04 00 0b 03 10000000 4800 0000 01000000", .good = false },
  { "cut", "05 00 0b 03 10000000 4800", .good = false },
};

static void
test_headers (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (headers[i].bytes);
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);
      IsthDcerpcHeader h;

      g_test_message ("%s", headers[i].name);
      g_assert_cmpint (isth_dcerpc_read_header (&c, &h), ==, headers[i].good);
      if (!headers[i].good)
        continue;
      g_assert_cmpint (h.little, ==, headers[i].little);
      g_assert_cmpuint (h.length, ==, headers[i].length);
      g_assert_cmpuint (h.auth, ==, headers[i].auth);
      g_assert_cmpuint (h.call, ==, headers[i].call);
    }
}

static void
test_uuids (void)
{
  char text[ISTH_UUID_TEXT];
  IsthUuid other = *(const IsthUuid *) UUID;

  g_assert_cmpstr (isth_uuid_format (&other, text), ==, "dea00001-6c97-11d1-8271-00a02442df7d");
  other.bytes[15] = 0;
  g_assert_false (isth_uuid_equal (&other, (const IsthUuid *) UUID));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dcerpc/datagrams", test_datagrams);
  g_test_add_func ("/dcerpc/headers", test_headers);
  g_test_add_func ("/dcerpc/uuids", test_uuids);
  return g_test_run ();
}
