/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile capture files: damage without end, blocks that hold nothing, lists without end. */
#include "tests/helpers/hostile.h"


#include "tests/helpers/frames.h"
#include "tests/helpers/wire.h"

static void
put_u16 (GByteArray *file,
         uint16_t value)
{
  value = GUINT16_TO_LE (value);
  g_byte_array_append (file, (const guint8 *) &value, sizeof value);
}

static void
put_u32 (GByteArray *file,
         uint32_t value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (file, (const guint8 *) &value, sizeof value);
}

static void
put_section (GByteArray *file)
{
  put_u32 (file, 0x0a0d0d0a);
  put_u32 (file, 28);
  put_u32 (file, 0x1a2b3c4d);
  put_u32 (file, 1);
  put_u32 (file, UINT32_MAX);
  put_u32 (file, UINT32_MAX);
  put_u32 (file, 28);
}

static void
put_interface (GByteArray *file,
               uint16_t link_type)
{
  put_u32 (file, 1);
  put_u32 (file, 20);
  put_u16 (file, link_type);
  put_u16 (file, 0);
  put_u32 (file, 0);
  put_u32 (file, 20);
}

/* A packet block of no bytes, with @n bytes of options to follow. */
static void
put_packet (GByteArray *file,
            uint32_t n)
{
  put_u32 (file, 6);
  put_u32 (file, 32 + n);
  put_u32 (file, 0);
  put_u32 (file, 0);
  put_u32 (file, 0);
  put_u32 (file, 0);
  put_u32 (file, 0);
}

/* Good records between such that claim more than there can be. */
static GByteArray *
make_damaged_records (size_t size)
{
  GByteArray *file = g_byte_array_new ();
  static const uint8_t frame[60] = { 0 };

  isth_test_pcap_begin (file, 1);
  for (int64_t i = 1; file->len < size; i++)
    {
      for (int good = 0; good < 3; good++)
        isth_test_pcap_frame (file, i * 1000000000, frame, sizeof frame, sizeof frame);
      put_u32 (file, (uint32_t) i);
      put_u32 (file, 0);
      put_u32 (file, 0x7fffffff);
      put_u32 (file, 60);
    }
  return file;
}

/* Bytes that look like the beginning of a record at every place. */
static GByteArray *
make_likely_records (size_t size)
{
  GByteArray *file = g_byte_array_new ();
  static const uint8_t frame[60] = { 0 };

  isth_test_pcap_begin (file, 1);
  isth_test_pcap_frame (file, 1000000000, frame, sizeof frame, sizeof frame);
  put_u32 (file, 0x7fffffff);
  put_u32 (file, 0x7fffffff);
  put_u32 (file, 0x7fffffff);
  while (file->len < size)
    put_u32 (file, 0x01010101 & 0x3ffff);
  return file;
}

static GByteArray *
make_damaged_blocks (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  put_section (file);
  put_interface (file, 1);
  while (file->len < size)
    {
      put_packet (file, 0);
      put_u32 (file, 32);
      put_u32 (file, 6);
      put_u32 (file, 1 << 20);
    }
  return file;
}

static GByteArray *
make_unknown_blocks (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  put_section (file);
  put_interface (file, 1);
  while (file->len < size)
    {
      put_u32 (file, 0x1234);
      put_u32 (file, 12);
      put_u32 (file, 12);
    }
  return file;
}

static GByteArray *
make_many_sections (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  while (file->len < size)
    {
      put_section (file);
      put_interface (file, 1);
    }
  return file;
}

static GByteArray *
make_many_interfaces (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  put_section (file);
  for (uint32_t i = 0; file->len < size; i++)
    put_interface (file, (uint16_t) (1000 + i));
  return file;
}

/* Sections that describe all interfaces there may be, each time others. */
static GByteArray *
make_new_interfaces (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  for (uint32_t i = 0; file->len < size; i++)
    {
      if (i % 4096 == 0)
        put_section (file);
      put_interface (file, (uint16_t) wire_scatter (i));
    }
  return file;
}

static GByteArray *
make_many_options (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  put_section (file);
  put_interface (file, 1);
  while (file->len < size)
    {
      put_packet (file, 12 * 5000);
      for (int i = 0; i < 5000; i++)
        {
          put_u16 (file, 4);
          put_u16 (file, 8);
          put_u32 (file, 1);
          put_u32 (file, 0);
        }
      put_u32 (file, 32 + 12 * 5000);
    }
  return file;
}

static GByteArray *
make_many_comments (size_t size)
{
  GByteArray *file = g_byte_array_new ();

  while (file->len < size)
    {
      put_u32 (file, 0x0a0d0d0a);
      put_u32 (file, 28 + 8 * 5000);
      put_u32 (file, 0x1a2b3c4d);
      put_u32 (file, 1);
      put_u32 (file, UINT32_MAX);
      put_u32 (file, UINT32_MAX);
      for (int i = 0; i < 5000; i++)
        {
          put_u16 (file, 1);
          put_u16 (file, 4);
          put_u32 (file, 0x41414141);
        }
      put_u32 (file, 28 + 8 * 5000);
    }
  return file;
}

/* Packed in as many tiny parts as there are bytes, and damaged, so that the reader looks far ahead. */
static GByteArray *
make_tiny_members (size_t size)
{
  g_autoptr(GByteArray) plain = make_likely_records (MAX (size / 26, 100));
  GByteArray *file = g_byte_array_new ();

  for (guint i = 0; i < plain->len; i++)
    {
      static const uint8_t head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 0xfe, 0xff };
      uint32_t crc = UINT32_MAX;

      g_byte_array_append (file, head, sizeof head);
      g_byte_array_append (file, &plain->data[i], 1);
      crc ^= plain->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
      put_u32 (file, ~crc);
      put_u32 (file, 1);
    }
  return file;
}

const IsthTestHostile isth_test_hostile_files[] = {
  { "damaged-records", make_damaged_records },
  { "likely-records", make_likely_records },
  { "damaged-blocks", make_damaged_blocks },
  { "unknown-blocks", make_unknown_blocks },
  { "many-sections", make_many_sections },
  { "many-interfaces", make_many_interfaces },
  { "new-interfaces", make_new_interfaces },
  { "many-options", make_many_options },
  { "many-comments", make_many_comments },
  { "tiny-members", make_tiny_members },
  { NULL, NULL },
};
