/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every format and variant: what its frames are, and what else the file says. */
#include <string.h>

#include "analysis/capture/source.h"
#include "tests/capture/make.h"

#define ORDINARY " 1@5.000001000:4/60 2@6.000002000:8/8 3@7.000003000:2/2"

static const struct
{
  const char *name;
  uint32_t magic;
  bool big;
  uint32_t version, network, header, extra;
  const char *text;
} pcaps[] = {
  { "little", 0xa1b2c3d4, false, 0x20004, 1, 16, 0, "pcap" ORDINARY },
  { "big", 0xa1b2c3d4, true, 0x20004, 1, 16, 0, "pcap" ORDINARY },
  { "fcs-bits", 0xa1b2c3d4, false, 0x20004, 0x44000001, 16, 0, "pcap" ORDINARY },
  { "ns", 0xa1b23c4d, false, 0x20004, 1, 16, 0, "pcap (ns) 1@5.000000001:4/60 2@6.000000002:8/8 3@7.000000003:2/2" },
  { "ns-big", 0xa1b23c4d, true, 0x20004, 1, 16, 0, "pcap (ns) 1@5.000000001:4/60 2@6.000000002:8/8 3@7.000000003:2/2" },
  { "modified", 0xa1b2cd34, false, 0x20004, 1, 24, 0, "pcap (modified)" ORDINARY },
  { "modified-longer", 0xa1b2cd34, true, 0x20004, 1, 28, 0, "pcap (modified)" ORDINARY },
  { "modified-plain-magic", 0xa1b2c3d4, false, 0x20004, 1, 24, 0, "pcap (modified)" ORDINARY },
  { "nokia", 0xa1b2c3d4, false, 0x20004, 1, 20, 0, "pcap (Nokia)" ORDINARY },
  { "ixia-hardware", 0x1c0001ac, false, 0x20004, 1, 16, 4, "pcap (IXIA, hardware) 1@5.000000001:4/60 2@6.000000002:8/8 3@7.000000003:2/2" },
  { "ixia-software", 0x1c0001ab, true, 0x20004, 1, 16, 4, "pcap (IXIA, software)" ORDINARY },
  { "aix", 0xa1b2c3d4, true, 0x20002, 6, 16, 0, "pcap (AIX) 1@5.000000001:4/60 2@6.000000002:8/8 3@7.000000003:2/2" },
  { "raw-of-bsd", 0xa1b2c3d4, false, 0x20004, 12, 16, 0, "pcap 1@5.000001000:4/60t101 2@6.000002000:8/8t101 3@7.000003000:2/2t101" },
};

static void
test_pcap (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (pcaps); i++)
    {
      bool big = pcaps[i].big;
      GByteArray *bytes = make_pcap (pcaps[i].magic, big, pcaps[i].version, pcaps[i].network);
      g_autofree char *text = NULL;

      put_text (bytes, "\x77\x77\x77\x77", pcaps[i].extra);
      put_record (bytes, big, pcaps[i].header, 5, 1, 4, 60);
      put_record (bytes, big, pcaps[i].header, 6, 2, 8, 8);
      put_record (bytes, big, pcaps[i].header, 7, 3, 2, 2);
      text = describe_take (bytes);
      g_test_message ("%s", pcaps[i].name);
      g_assert_cmpstr (text, ==, pcaps[i].text);
    }
}

/* Before version 2.3 the wire length came first. */
static void
test_pcap_old (void)
{
  static const uint32_t versions[] = { 0x20002, 0x20003, 543u << 16 };

  for (size_t i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      GByteArray *bytes = make_pcap (0xa1b2c3d4, false, versions[i], 1);
      g_autofree char *text = NULL;

      put_u32 (bytes, 5, false);
      put_u32 (bytes, 1, false);
      put_u32 (bytes, 60, false);
      put_u32 (bytes, 4, false);
      put_text (bytes, "abcd", 4);
      text = describe_take (bytes);
      g_assert_cmpstr (text, ==, "pcap 1@5.000001000:4/60");
    }
}

static void
test_empty (void)
{
  g_autofree char *pcap = describe_take (make_pcap (0xa1b2c3d4, false, 0x20004, 1));
  g_autofree char *snoop = describe_take (make_snoop (2, 4));
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *pcapng = NULL;

  put_section (bytes, false);
  pcapng = describe_take (bytes);
  g_assert_cmpstr (pcap, ==, "pcap");
  g_assert_cmpstr (snoop, ==, "snoop");
  g_assert_cmpstr (pcapng, ==, "pcapng");
}

static void
test_snoop (void)
{
  GByteArray *bytes = make_snoop (2, 4);
  g_autoptr(IsthSource) source = NULL;
  g_autofree char *text = NULL;
  const IsthCaptureInterface *interface;
  IsthFrame frames[8];

  put_snoop_record (bytes, 10, 5, 0);
  put_snoop_record (bytes, 11, 8, 3);
  source = isth_source_open_memory (bytes->data, bytes->len, NULL);
  g_assert_cmpuint (isth_source_read (source, frames, 8), ==, 2);
  interface = isth_source_get_info (source)->interfaces->pdata[0];
  g_assert_true (interface->dropped_known);
  g_assert_cmpuint (interface->dropped, ==, 3);
  text = describe_take (bytes);
  g_assert_cmpstr (text, ==, "snoop 1@10.000007000:5/15 2@11.000007000:8/18");
}

static const struct { uint8_t resolution; uint64_t ticks; const char *time; } resolutions[] = {
  { 6, 1500000, "1.500000000" },
  { 9, 1500000000, "1.500000000" },
  { 3, 1500, "1.500000000" },
  { 0, 2, "2.000000000" },
  { 12, 1500000000000, "1.500000000" },
  { 0x80 | 10, 1536, "1.500000000" },
  { 0x80 | 32, 0x180000000, "1.500000000" },
  { 0x80 | 1, 3, "1.500000000" },
  { 30, 5, "-" },
  { 6, UINT64_MAX, "-" },
};

static void
test_resolution (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      GByteArray *bytes = g_byte_array_new ();
      g_autofree char *text = NULL, *expected = g_strdup_printf ("pcapng 1@%s:4/4", resolutions[i].time);

      put_section (bytes, false);
      put_interface (bytes, false, 1, resolutions[i].resolution, "e");
      put_packet (bytes, false, 0, resolutions[i].ticks, 4, 4);
      text = describe_take (bytes);
      if (strchr (text, ';'))
        *strchr (text, ';') = '\0';
      g_assert_cmpstr (text, ==, expected);
    }
}

/* Two sections of different byte order, three interfaces, packets of each kind, and blocks that are skipped. */
static GByteArray *
make_rich (bool big)
{
  GByteArray *bytes = g_byte_array_new ();
  GByteArray *body;
  uint64_t drops = big ? GUINT64_TO_BE (7) : GUINT64_TO_LE (7), few = big ? GUINT64_TO_BE (2) : GUINT64_TO_LE (2);
  int64_t offset = big ? GINT64_TO_BE (100) : GINT64_TO_LE (100);

  put_section (bytes, big);
  body = g_byte_array_new ();
  put_u16 (body, 1, big);
  put_u16 (body, 0, big);
  put_u32 (body, 5, big); /* snap length */
  put_option (body, big, 2, "eth0", 4);
  put_option (body, big, 3, "uplink", 6);
  put_option (body, big, 11, "\0tcp", 4);
  put_option (body, big, 14, &offset, 8);
  put_block (bytes, big, 1, body);
  put_interface (bytes, big, 113, 6, "any");

  put_packet (bytes, big, 0, 1000000, 4, 4); /* with the offset: 101 s */
  body = g_byte_array_new ();
  put_u32 (body, 9, big); /* simple: 9 on the wire, 5 by the snap length */
  put_text (body, "\xe1\xe2\xe3\xe4\xe5", 5);
  put_block (bytes, big, 3, body);
  body = g_byte_array_new ();
  put_u16 (body, 1, big); /* obsolete, with its 16-bit drops */
  put_u16 (body, 3, big);
  put_u32 (body, 0, big);
  put_u32 (body, 102000000, big);
  put_u32 (body, 4, big);
  put_u32 (body, 4, big);
  put_text (body, "\xe1\xe2\xe3\xe4", 4);
  put_block (bytes, big, 2, body);
  body = g_byte_array_new ();
  put_u32 (body, 1, big); /* enhanced, with its own drop count */
  put_u32 (body, 0, big);
  put_u32 (body, 103000000, big);
  put_u32 (body, 2, big);
  put_u32 (body, 2, big);
  put_text (body, "\xe1\xe2\0\0", 4);
  put_option (body, big, 4, &few, 8);
  put_block (bytes, big, 6, body);

  body = g_byte_array_new ();
  put_u16 (body, 1, big);
  put_u16 (body, 4 + 10, big);
  put_text (body, "\xc0\xa8\x01\x02" "plc\0press\0\0", 16);
  put_u32 (body, 0, big);
  put_block (bytes, big, 4, body);
  put_block (bytes, big, 10, g_byte_array_new ()); /* secrets */
  put_block (bytes, big, 0x1234, g_byte_array_new ()); /* nobody knows */
  body = g_byte_array_new ();
  put_u32 (body, 0, big);
  put_u32 (body, 0, big);
  put_u32 (body, 0, big);
  put_option (body, big, 5, &drops, 8);
  put_option (body, big, 7, &few, 8);
  put_block (bytes, big, 5, body);

  body = g_byte_array_new ();
  put_u32 (body, 32473, big);
  put_block (bytes, big, 0xbad, body); /* custom: Wireshark counts it as a frame */
  put_section (bytes, !big);
  put_interface (bytes, !big, 1, 6, "other");
  put_packet (bytes, !big, 0, 104000000, 3, 3);
  return bytes;
}

static void
test_pcapng (void)
{
  for (int big = 0; big <= 1; big++)
    {
      g_autoptr(GByteArray) bytes = make_rich (big);
      g_autoptr(IsthSource) source = isth_source_open_memory (bytes->data, bytes->len, NULL);
      const IsthCaptureInfo *info = isth_source_get_info (source);
      const IsthCaptureInterface *interface;
      IsthFrame frames[8];
      g_autofree char *text = describe_take (make_rich (big));

      g_assert_true (g_str_has_prefix (text, "pcapng 1@101.000000000:4/4 2@-:5/9 3@102.000000000:4/4t113i1 4@103.000000000:2/2t113i1 6@104.000000000:3/3i2; note "));
      while (isth_source_read (source, frames, 8) > 0)
        continue;
      g_assert_cmpuint (info->frames, ==, 5);
      g_assert_cmpuint (info->bytes, ==, 22);
      g_assert_cmpuint (info->cut_frames, ==, 1);
      g_assert_cmpint (info->first, ==, 101000000000);
      g_assert_cmpint (info->last, ==, 104000000000);
      g_assert_false (info->truncated);
      g_assert_cmpuint (info->interfaces->len, ==, 3);
      g_assert_cmpuint (info->notes->len, ==, 1);
      interface = info->interfaces->pdata[0];
      g_assert_cmpstr (interface->name, ==, "eth0");
      g_assert_cmpstr (interface->description, ==, "uplink");
      g_assert_cmpstr (interface->filter, ==, "tcp");
      g_assert_cmpuint (interface->snap_length, ==, 5);
      g_assert_cmpuint (interface->frames, ==, 2);
      g_assert_true (interface->dropped_known);
      g_assert_cmpuint (interface->dropped, ==, 9);
      interface = info->interfaces->pdata[1];
      g_assert_cmpuint (interface->dropped, ==, 5);
      interface = info->interfaces->pdata[2];
      g_assert_false (interface->dropped_known);
      g_assert_cmpuint (info->comments->len, ==, 2);
      g_assert_cmpstr (info->comments->pdata[0], ==, "about");
      g_assert_cmpuint (info->names->len, ==, 2);
      g_assert_cmpstr (info->names->pdata[1], ==, "192.168.1.2 press");
    }
}

/* Files of a ring buffer, joined: the list of interfaces does not grow with the sections. */
static void
test_many_sections (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(IsthSource) source = NULL;
  IsthFrame frames[64];

  for (int i = 0; i < 5000; i++)
    {
      put_section (bytes, i % 2);
      put_interface (bytes, i % 2, 1, 6, "eth0");
      put_packet (bytes, i % 2, 0, (uint64_t) i, 4, 4);
    }
  source = isth_source_open_memory (bytes->data, bytes->len, NULL);
  while (isth_source_read (source, frames, 64) > 0)
    continue;
  g_assert_cmpuint (isth_source_get_info (source)->frames, ==, 5000);
  g_assert_cmpuint (isth_source_get_info (source)->interfaces->len, ==, 1);
}

static void
test_names (void)
{
  static const struct { uint32_t type; const char *name; } names[] = {
    { 0, "NULL" }, { 1, "EN10MB" }, { 101, "RAW" }, { 113, "LINUX_SLL" }, { 276, "LINUX_SLL2" }, { 292, "ZBOSS_NCP" }, { 999, "LINKTYPE 999" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char buffer[24];

      g_assert_cmpstr (isth_link_type_name (names[i].type, buffer), ==, names[i].name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/formats/pcap", test_pcap);
  g_test_add_func ("/capture/formats/pcap-old", test_pcap_old);
  g_test_add_func ("/capture/formats/empty", test_empty);
  g_test_add_func ("/capture/formats/snoop", test_snoop);
  g_test_add_func ("/capture/formats/resolution", test_resolution);
  g_test_add_func ("/capture/formats/pcapng", test_pcapng);
  g_test_add_func ("/capture/formats/many-sections", test_many_sections);
  g_test_add_func ("/capture/formats/names", test_names);
  return g_test_run ();
}
