/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged captures give what is before the damage and, where records can be found again, what is behind it. */
#include <string.h>

#include "analysis/base/limits.h"
#include "analysis/capture/source.h"
#include "tests/capture/make.h"

/* Ten records of 16 + 20 bytes; record @i begins at 24 + 36 i. */
static GByteArray *
make_ten (void)
{
  GByteArray *bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);

  for (uint32_t i = 0; i < 10; i++)
    put_record (bytes, false, 16, 1000 + i, 0, 20, 20);
  return bytes;
}

static const struct
{
  const char *name;
  uint32_t at, n; /* bytes overwritten */
  const char *with;
  uint32_t keep; /* bytes of the file that stay; 0: all */
  uint64_t frames, damaged;
  bool truncated;
  uint64_t note_offset, note_frame;
} pcaps[] = {
  { "whole", 0, 0, "", 0, 10, 0, false, 0, 0 },
  { "cut-in-header", 0, 0, "", 24 + 36 * 5 + 7, 5, 0, true, 24 + 36 * 5, 5 },
  { "cut-in-data", 0, 0, "", 24 + 36 * 5 + 30, 5, 0, true, 24 + 36 * 5, 5 },
  { "length-absurd", 24 + 36 * 3 + 8, 4, "\xff\xff\xff\xff", 0, 9, 1, false, 24 + 36 * 3, 3 },
  { "length-too-large", 24 + 36 * 3 + 8, 4, "\x40\x00\x00\x00", 0, 10, 1, false, 24 + 36 * 3, 3 },
  { "length-to-the-end", 24 + 36 * 3 + 8, 4, "\x00\x10\x00\x00", 0, 9, 1, false, 24 + 36 * 3, 3 },
  { "length-too-small", 24 + 36 * 3 + 8, 4, "\x03\x00\x00\x00", 0, 10, 1, false, 24 + 36 * 3 + 19, 4 },
  { "header-overwritten", 24 + 36 * 4, 16, "\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe\xfe", 0, 9, 1, false, 24 + 36 * 4, 4 },
  { "hole-of-zeros", 24 + 36 * 4, 72, NULL, 0, 8, 1, false, 24 + 36 * 4, 4 },
  { "first-record", 24, 36, NULL, 0, 9, 1, false, 24, 0 },
  { "last-record", 24 + 36 * 9, 36, NULL, 0, 9, 1, true, 24 + 36 * 9, 9 },
};

static void
test_pcap (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (pcaps); i++)
    {
      g_autoptr(GByteArray) bytes = make_ten ();
      g_autoptr(IsthSource) source = NULL;
      const IsthCaptureInfo *info;
      IsthFrame frames[4];
      g_autofree char *one = NULL, *many = NULL;

      g_test_message ("%s", pcaps[i].name);
      for (uint32_t at = 0; at < pcaps[i].n; at++)
        bytes->data[pcaps[i].at + at] = pcaps[i].with ? (uint8_t) pcaps[i].with[at] : 0;
      if (pcaps[i].keep > 0)
        g_byte_array_set_size (bytes, pcaps[i].keep);
      source = isth_source_open_memory (bytes->data, bytes->len, NULL);
      info = isth_source_get_info (source);
      while (isth_source_read (source, frames, 4) > 0)
        continue;
      g_assert_cmpuint (info->frames, ==, pcaps[i].frames);
      g_assert_cmpuint (info->damaged, ==, pcaps[i].damaged);
      g_assert_cmpint (info->truncated, ==, pcaps[i].truncated);
      if (pcaps[i].note_offset > 0)
        {
          const IsthCaptureNote *note = info->notes->pdata[0];

          g_assert_cmpuint (note->offset, ==, pcaps[i].note_offset);
          g_assert_cmpuint (note->frame, ==, pcaps[i].note_frame);
          g_assert_cmpuint (strlen (note->text), >, 20);
        }
      one = describe (bytes->data, bytes->len, 1);
      many = describe (bytes->data, bytes->len, 64);
      g_assert_cmpstr (one, ==, many);
    }
}

static GByteArray *
make_pcapng (void)
{
  GByteArray *bytes = g_byte_array_new ();

  put_section (bytes, false);
  put_interface (bytes, false, 1, 6, "eth0");
  for (uint32_t i = 0; i < 10; i++)
    put_packet (bytes, false, i == 7 ? 3 : 0, 1000000 * (uint64_t) i, 8, 8);
  return bytes;
}

/* Packet blocks have 40 bytes and stand at the end; packet 7 is of an interface that is not there. */
static const struct
{
  const char *name;
  uint32_t packet, at;
  const char *with;
  uint32_t drop; /* bytes cut from the end */
  uint64_t frames, damaged;
  bool truncated;
} pcapngs[] = {
  { "whole", 0, 0, "", 0, 9, 1, false },
  { "cut", 0, 0, "", 5, 8, 1, true },
  { "length-absurd", 3, 4, "\xff\xff\xff\xff", 0, 8, 2, false },
  { "length-odd", 3, 4, "\x29", 0, 8, 2, false },
  { "length-to-the-end", 3, 4, "\xf0\xff\x02", 0, 8, 2, false },
  { "lengths-disagree", 3, 36, "\x2c", 0, 8, 2, false },
  { "captured-too-large", 3, 20, "\xff", 0, 8, 2, false },
  { "last", 9, 4, "\xff", 0, 8, 2, true },
};

static void
test_pcapng (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (pcapngs); i++)
    {
      g_autoptr(GByteArray) bytes = make_pcapng ();
      g_autoptr(IsthSource) source = NULL;
      const IsthCaptureInfo *info;
      IsthFrame frames[4];
      uint32_t at = bytes->len - 400 + 40 * pcapngs[i].packet + pcapngs[i].at;

      g_test_message ("%s", pcapngs[i].name);
      memcpy (bytes->data + at, pcapngs[i].with, strlen (pcapngs[i].with));
      g_byte_array_set_size (bytes, bytes->len - pcapngs[i].drop);
      source = isth_source_open_memory (bytes->data, bytes->len, NULL);
      info = isth_source_get_info (source);
      while (isth_source_read (source, frames, 4) > 0)
        continue;
      g_assert_cmpuint (info->frames, ==, pcapngs[i].frames);
      g_assert_cmpuint (info->damaged, ==, pcapngs[i].damaged);
      g_assert_cmpint (info->truncated, ==, pcapngs[i].truncated);
    }
}

static void
test_snoop (void)
{
  GByteArray *bytes = make_snoop (2, 4);
  g_autofree char *text = NULL;

  put_snoop_record (bytes, 10, 8, 0);
  put_snoop_record (bytes, 11, 8, 0);
  put_snoop_record (bytes, 12, 8, 0);
  put_snoop_record (bytes, 13, 8, 0);
  bytes->data[16 + 32 + 8] = 0xff;
  g_byte_array_set_size (bytes, bytes->len - 1);
  text = describe_take (bytes);
  g_assert_cmpstr (text, ==, "snoop 1@10.000007000:8/18 2@12.000007000:8/18; cut; damaged 1; note 48 1; note 112 2");
}

/* Told once each, however often they happen. */
static void
test_told_once (void)
{
  g_autoptr(GByteArray) bytes = make_pcap (0xa1b2c3d4, false, 0x20004, 1);
  g_autofree char *text = NULL;
  const char *notes;

  for (uint32_t i = 0; i < 2000; i++)
    put_record (bytes, false, 16, i % 2 ? 1600000000 : 1000000000, 0, 8, 6);
  text = describe (bytes->data, bytes->len, 64);
  notes = strstr (text, "; ");
  g_assert_cmpstr (notes, ==, "; note 72 2; note 48 1; note 24 0");
}

static void
test_many_places (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(IsthSource) source = NULL;
  const IsthCaptureInfo *info;
  IsthFrame frames[64];

  put_section (bytes, false);
  put_interface (bytes, false, 1, 6, "e");
  for (uint32_t i = 0; i < 1000; i++)
    {
      put_packet (bytes, false, 0, i, 4, 4);
      put_text (bytes, "junk", 4);
    }
  source = isth_source_open_memory (bytes->data, bytes->len, NULL);
  info = isth_source_get_info (source);
  while (isth_source_read (source, frames, 64) > 0)
    continue;
  g_assert_cmpuint (info->frames, ==, 1000);
  g_assert_cmpuint (info->damaged, ==, 999);
  g_assert_cmpuint (info->notes->len, ==, ISTH_LIMIT_NOTES);
  g_assert_true (info->truncated);
}

/* A frame above the ceiling is given in part, and what follows is not lost. */
static void
test_oversized (void)
{
  GByteArray *pcap = make_pcap (0xa1b2c3d4, false, 0x20004, 1), *pcapng = g_byte_array_new ();
  g_autofree char *first = NULL, *second = NULL;

  put_record (pcap, false, 16, 1, 0, 300000, 300000);
  put_record (pcap, false, 16, 2, 0, 4, 4);
  put_section (pcapng, false);
  put_interface (pcapng, false, 1, 6, "e");
  put_packet (pcapng, false, 0, 1000000, 300000, 300000);
  put_packet (pcapng, false, 0, 2000000, 4, 4);
  first = describe_take (pcap);
  second = describe_take (pcapng);
  g_assert_cmpstr (first, ==, "pcap 1@1.000000000:262144/300000 2@2.000000000:4/4; note 24 0");
  g_assert_true (g_str_has_prefix (second, "pcapng 1@1.000000000:262144/300000 2@2.000000000:4/4; note "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/damage/pcap", test_pcap);
  g_test_add_func ("/capture/damage/pcapng", test_pcapng);
  g_test_add_func ("/capture/damage/snoop", test_snoop);
  g_test_add_func ("/capture/damage/told-once", test_told_once);
  g_test_add_func ("/capture/damage/many-places", test_many_places);
  g_test_add_func ("/capture/damage/oversized", test_oversized);
  return g_test_run ();
}
