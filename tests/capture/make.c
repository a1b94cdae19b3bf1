/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small captures made byte by byte. */
#include "tests/capture/make.h"

#include <archive.h>
#include <archive_entry.h>

#include "analysis/capture/source.h"

void
put_u16 (GByteArray *bytes,
         uint16_t    value,
         bool        big)
{
  value = big ? GUINT16_TO_BE (value) : GUINT16_TO_LE (value);
  g_byte_array_append (bytes, (const uint8_t *) &value, sizeof value);
}

void
put_u32 (GByteArray *bytes,
         uint32_t    value,
         bool        big)
{
  value = big ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const uint8_t *) &value, sizeof value);
}

void
put_text (GByteArray *bytes,
          const char *text,
          size_t      n)
{
  g_byte_array_append (bytes, (const uint8_t *) text, (guint) n);
}

/* Frame bytes that cannot be taken for a record of any format. */
static void
put_payload (GByteArray *bytes,
             uint32_t    n)
{
  for (uint32_t i = 0; i < n; i++)
    g_byte_array_append (bytes, &(uint8_t){ (uint8_t) (0xe0 | (i & 0x0f)) }, 1);
}

GByteArray *
make_pcap (uint32_t magic,
           bool     big,
           uint32_t version,
           uint32_t network)
{
  GByteArray *bytes = g_byte_array_new ();

  put_u32 (bytes, magic, big);
  put_u16 (bytes, (uint16_t) (version >> 16), big);
  put_u16 (bytes, (uint16_t) version, big);
  put_u32 (bytes, 0, big);
  put_u32 (bytes, 0, big);
  put_u32 (bytes, 65535, big);
  put_u32 (bytes, network, big);
  return bytes;
}

void
put_record (GByteArray *bytes,
            bool        big,
            uint32_t    header,
            uint32_t    second,
            uint32_t    fraction,
            uint32_t    captured,
            uint32_t    wire)
{
  put_u32 (bytes, second, big);
  put_u32 (bytes, fraction, big);
  put_u32 (bytes, captured, big);
  put_u32 (bytes, wire, big);
  for (uint32_t i = 16; i < header; i++)
    put_text (bytes, "\x5a", 1);
  put_payload (bytes, captured);
}

void
put_block (GByteArray *bytes,
           bool        big,
           uint32_t    type,
           GByteArray *body)
{
  while (body->len % 4)
    put_text (body, "\0", 1);
  put_u32 (bytes, type, big);
  put_u32 (bytes, body->len + 12, big);
  g_byte_array_append (bytes, body->data, body->len);
  put_u32 (bytes, body->len + 12, big);
  g_byte_array_unref (body);
}

void
put_option (GByteArray *body,
            bool        big,
            uint16_t    code,
            const void *value,
            uint16_t    n)
{
  put_u16 (body, code, big);
  put_u16 (body, n, big);
  g_byte_array_append (body, value, n);
  while (body->len % 4)
    put_text (body, "\0", 1);
}

void
put_section (GByteArray *bytes,
             bool        big)
{
  GByteArray *body = g_byte_array_new ();

  put_u32 (body, 0x1a2b3c4d, big);
  put_u16 (body, 1, big);
  put_u16 (body, 0, big);
  put_u32 (body, 0xffffffff, big);
  put_u32 (body, 0xffffffff, big);
  put_option (body, big, 1, "about", 5);
  put_option (body, big, 0, "", 0);
  put_block (bytes, big, 0x0a0d0d0a, body);
}

void
put_interface (GByteArray *bytes,
               bool        big,
               uint16_t    link_type,
               uint8_t     resolution,
               const char *name)
{
  GByteArray *body = g_byte_array_new ();

  put_u16 (body, link_type, big);
  put_u16 (body, 0, big);
  put_u32 (body, 0, big);
  put_option (body, big, 2, name, (uint16_t) strlen (name));
  put_option (body, big, 9, &resolution, 1);
  put_option (body, big, 0, "", 0);
  put_block (bytes, big, 1, body);
}

void
put_packet (GByteArray *bytes,
            bool        big,
            uint32_t    interface,
            uint64_t    ticks,
            uint32_t    captured,
            uint32_t    wire)
{
  GByteArray *body = g_byte_array_new ();

  put_u32 (body, interface, big);
  put_u32 (body, (uint32_t) (ticks >> 32), big);
  put_u32 (body, (uint32_t) ticks, big);
  put_u32 (body, captured, big);
  put_u32 (body, wire, big);
  put_payload (body, captured);
  put_block (bytes, big, 6, body);
}

GByteArray *
make_snoop (uint32_t version,
            uint32_t type)
{
  GByteArray *bytes = g_byte_array_new ();

  put_text (bytes, "snoop\0\0", 8);
  put_u32 (bytes, version, true);
  put_u32 (bytes, type, true);
  return bytes;
}

void
put_snoop_record (GByteArray *bytes,
                  uint32_t    second,
                  uint32_t    captured,
                  uint32_t    dropped)
{
  uint32_t padding = (4 - captured % 4) % 4;

  put_u32 (bytes, captured + 10, true);
  put_u32 (bytes, captured, true);
  put_u32 (bytes, 24 + captured + padding, true);
  put_u32 (bytes, dropped, true);
  put_u32 (bytes, second, true);
  put_u32 (bytes, 7, true);
  put_payload (bytes, captured);
  put_text (bytes, "\0\0\0", padding);
}

static GByteArray *
make_sample_pcapng (bool big)
{
  GByteArray *bytes = g_byte_array_new ();
  GByteArray *body = g_byte_array_new ();

  put_section (bytes, big);
  put_interface (bytes, big, 1, 6, "eth0");
  put_interface (bytes, big, 113, 9, "any");
  put_packet (bytes, big, 0, 5000001, 6, 60);
  put_u16 (body, 1, big);
  put_u16 (body, 6, big);
  put_text (body, "\xc0\xa8\x01\x02" "x", 6);
  put_u32 (body, 0, big);
  put_block (bytes, big, 4, body);
  put_packet (bytes, big, 1, 6000000002, 4, 4);
  put_section (bytes, !big);
  put_interface (bytes, !big, 101, 6, "tun");
  put_packet (bytes, !big, 0, 7000003, 5, 5);
  return bytes;
}

static GByteArray *
make_sample_pcap (uint32_t magic,
                  bool     big,
                  uint32_t header)
{
  GByteArray *bytes = make_pcap (magic, big, 0x20004, 1);

  put_record (bytes, big, header, 1000, 1, 6, 60);
  put_record (bytes, big, header, 1001, 2, 7, 7);
  put_record (bytes, big, header, 1002, 3, 5, 5);
  put_record (bytes, big, header, 1003, 4, 9, 9);
  return bytes;
}

GByteArray *
make_sample (unsigned int index,
             const char **name)
{
  GByteArray *bytes;

  switch (index)
    {
    case 0:
      *name = "pcap";
      return make_sample_pcap (0xa1b2c3d4, false, 16);
    case 1:
      *name = "pcap-big-ns";
      return make_sample_pcap (0xa1b23c4d, true, 16);
    case 2:
      *name = "pcap-modified";
      return make_sample_pcap (0xa1b2cd34, false, 24);
    case 3:
      *name = "pcapng";
      return make_sample_pcapng (false);
    case 4:
      *name = "pcapng-big";
      return make_sample_pcapng (true);
    case 5:
      *name = "snoop";
      bytes = make_snoop (2, 4);
      put_snoop_record (bytes, 10, 6, 0);
      put_snoop_record (bytes, 11, 9, 3);
      put_snoop_record (bytes, 12, 4, 3);
      return bytes;
    default:
      return NULL;
    }
}

static char *
describe_source (IsthSource *source,
                 size_t      batch)
{
  const IsthCaptureInfo *info = isth_source_get_info (source);
  GString *text = g_string_new (info->format);
  g_autofree IsthFrame *frames = g_new (IsthFrame, batch);
  size_t n;

  while ((n = isth_source_read (source, frames, batch)) > 0)
    for (size_t i = 0; i < n; i++)
      {
        const IsthFrame *f = &frames[i];

        if (f->time == ISTH_NO_TIME)
          g_string_append_printf (text, " %" G_GUINT64_FORMAT "@-:%u/%u", f->number, f->captured, f->wire);
        else
          g_string_append_printf (text, " %" G_GUINT64_FORMAT "@%.9f:%u/%u", f->number, (double) f->time / 1e9, f->captured, f->wire);
        if (f->link_type != 1)
          g_string_append_printf (text, "t%u", f->link_type);
        if (f->interface != 0)
          g_string_append_printf (text, "i%u", f->interface);
      }
  if (info->truncated)
    g_string_append (text, "; cut");
  if (info->damaged > 0)
    g_string_append_printf (text, "; damaged %" G_GUINT64_FORMAT, info->damaged);
  for (unsigned int i = 0; i < info->notes->len; i++)
    {
      const IsthCaptureNote *note = info->notes->pdata[i];

      g_string_append_printf (text, "; note %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, note->offset, note->frame);
    }
  return g_string_free (text, FALSE);
}

char *
describe (const void *data,
          size_t      n,
          size_t      batch)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (data, n, &error);

  return source ? describe_source (source, batch) : g_strdup_printf ("refused: %s", error->message);
}

char *
describe_take (GByteArray *bytes)
{
  g_autofree char *one = describe (bytes->data, bytes->len, 1);
  char *text = describe (bytes->data, bytes->len, 64);

  /* What is found must not depend on how many frames are asked for at a time. */
  g_assert_cmpstr (one, ==, text);
  g_byte_array_unref (bytes);
  return text;
}

char *
describe_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open (path, &error);

  return source ? describe_source (source, 3) : g_strdup_printf ("refused: %s", error->message);
}

GBytes *
pack (const void *data,
      size_t      n,
      const char *filter)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  size_t size = n + (1 << 16), used = 0;
  char *buffer = g_malloc (size);

  g_assert_cmpint (archive_write_add_filter_by_name (archive, filter), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_set_format_raw (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_memory (archive, buffer, size, &used), ==, ARCHIVE_OK);
  archive_entry_set_filetype (entry, AE_IFREG);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, data, n), ==, (gssize) n);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  archive_entry_free (entry);
  return g_bytes_new_take (buffer, used);
}
