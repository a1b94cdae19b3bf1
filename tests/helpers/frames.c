/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to pcap (draft-ietf-opsawg-pcap), nanosecond variant. */
#include "tests/helpers/frames.h"

#include "tests/helpers/dissect-runner.h"

static void
append_le32 (GByteArray *file,
             uint32_t value)
{
  uint32_t le = GUINT32_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &le, sizeof le);
}

void
isth_test_pcap_begin (GByteArray *file,
                      uint32_t link_type)
{
  append_le32 (file, 0xa1b23c4d);
  append_le32 (file, 2 | 4 << 16); /* version 2.4 */
  append_le32 (file, 0);
  append_le32 (file, 0);
  append_le32 (file, 262144);
  append_le32 (file, link_type);
}

void
isth_test_pcap_frame (GByteArray *file,
                      int64_t time,
                      const uint8_t *data,
                      uint32_t captured,
                      uint32_t wire)
{
  append_le32 (file, (uint32_t) (time / 1000000000));
  append_le32 (file, (uint32_t) (time % 1000000000));
  append_le32 (file, captured);
  append_le32 (file, wire);
  g_byte_array_append (file, data, captured);
}

GByteArray *
isth_test_pcap_from_text (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GByteArray *file = g_byte_array_new ();

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr(GByteArray) bytes = NULL;
      char *rest;
      double seconds;

      g_strstrip (lines[i]);
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (g_str_has_prefix (lines[i], "link "))
        {
          isth_test_pcap_begin (file, (uint32_t) g_ascii_strtoull (lines[i] + 5, NULL, 10));
          continue;
        }
      if (file->len == 0)
        isth_test_pcap_begin (file, 1);
      seconds = g_ascii_strtod (lines[i], &rest);
      bytes = isth_test_bytes (rest);
      isth_test_pcap_frame (file, (int64_t) (seconds * 1e6) * 1000, bytes->data, bytes->len, bytes->len);
    }
  return file;
}
