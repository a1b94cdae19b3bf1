/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is that is no capture for us, so that the refusal can say what to do with it. */
#include <glib/gi18n-lib.h>
#include <stdbool.h>
#include <string.h>

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"
#include "analysis/capture/reader.h"

typedef struct
{
  uint16_t offset, n;
  const char *magic;
  const char *what;
} Magic;

#define M(text) sizeof (text) - 1, text

/* Capture formats that Wireshark's editcap reads and we do not. Names are those of their makers, so only the noun is translated. */
static const Magic captures[] = {
  { 0, M ("XCP\0"), "NetXRay/Sniffer (Windows)" },
  { 0, M ("TRSNIFF data    \x1a"), "Sniffer (DOS)" },
  { 0, M ("RTSS"), "Microsoft Network Monitor 1.x" },
  { 0, M ("GMBU"), "Microsoft Network Monitor 2.x" },
  { 0, M ("\x00\x00\x02\x00\x12\x05\x00\x10"), "Tektronix K12 (rf5)" },
  { 0, M ("+---------+---------------+----------+"), "K12 text" },
  { 0, M ("\x54\x52\x00\x64"), "HP-UX nettl" },
  { 0, M ("\x00\x00\x00\x01\x00\x00\x00\x00\x00\x07\xd0\x00"), "HP-UX nettl" },
  { 0, M ("Session Transcript"), "Catapult DCT2000" },
  { 0, M ("\x7f" "ver"), "Savvius Peek (tagged)" },
  { 0, M ("LOGG"), "Vector BLF" },
  { 0, M ("\x05VNF"), "Visual Networks" },
  { 0, M ("ObserverPktBuffe"), "Viavi Observer" },
  { 0, M ("btsnoop\0"), "btsnoop" },
  { 0, M ("\xaa\xaa\xaa\xaa\x20\x00"), "InfoVista 5View" },
  { 0, M ("\x01\x10\x4c\x00"), "Novell LANalyzer" },
  { 0, M ("\x42\xd2\x00\x34\x12\x66\x22\x88"), "RADCOM" },
  { 0, M ("EyeSDN"), "EyeSDN" },
  { 0, M ("#Format=4"), "Daintree SNA" },
  { 0, M ("  COMMUNICATIONS TRACE"), "IBM iSeries" },
  { 0, M ("ETHERWATCH  "), "DBS Etherwatch" },
  { 0, M ("T O S H I B A"), "Toshiba ISDN" },
  { 0, M ("***BUSMASTER"), "BUSMASTER" },
  { 0, M ("NetScaler Performance Data"), "NetScaler" },
  { 12, M ("NetScaler"), "NetScaler" },
  { 0, M ("\x34\xcd\xb2\xa2"), "Navtel" },
};

static const Magic others[] = {
  { 0, M ("version https://git-lfs.github.com/spec/"), N_("a Git LFS pointer, not the file itself (fetch it with: git lfs pull)") },
  { 0, M ("SQLite format 3\0"), N_("a database (an Isthmus project is opened as a project, not as a capture)") },
  { 0, M ("%PDF-"), N_("a PDF document") },
  { 0, M ("PK\x03\x04"), N_("a zip archive or an office document (unpack it first)") },
  { 0, M ("PK\x05\x06"), N_("an empty zip archive") },
  { 0, M ("7z\xbc\xaf\x27\x1c"), N_("a 7-Zip archive (unpack it first)") },
  { 0, M ("Rar!\x1a\x07"), N_("a RAR archive (unpack it first)") },
  { 0, M ("BZh"), N_("packed with bzip2 (unpack it first with: bunzip2 -k)") },
  { 0, M ("\x1f\x9d"), N_("packed with compress (unpack it first with: uncompress)") },
  { 0, M ("\x1f\x8b"), N_("packed once more with gzip (unpack it first with: gunzip -k)") },
  { 0, M ("\x28\xb5\x2f\xfd"), N_("packed once more with zstd (unpack it first with: unzstd)") },
  { 0, M ("\x04\x22\x4d\x18"), N_("packed once more with lz4 (unpack it first with: unlz4)") },
  { 0, M ("\xfd" "7zXZ"), N_("packed once more with xz (unpack it first with: unxz -k)") },
  { 257, M ("ustar"), N_("a tar archive (unpack it first with: tar -xf)") },
  { 0, M ("!<arch>\n"), N_("a software package or a library") },
  { 0, M ("\x7f" "ELF"), N_("a program (ELF)") },
  { 0, M ("MZ"), N_("a Windows program") },
  { 0, M ("\x89PNG\r\n"), N_("an image (PNG)") },
  { 0, M ("\xff\xd8\xff"), N_("an image (JPEG)") },
  { 0, M ("GIF8"), N_("an image (GIF)") },
  { 0, M ("BM"), N_("an image (BMP)") },
  { 0, M ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), N_("an old Microsoft Office document") },
  { 0, M ("ElfFile\0"), N_("a Windows event log") },
  { 0, M ("{\\rtf"), N_("a text document (RTF)") },
};

static const Magic texts[] = {
  { 0, M ("<!DOCTYPE html"), N_("a web page (the download may have brought an error page; fetch the file again)") },
  { 0, M ("<!doctype html"), N_("a web page (the download may have brought an error page; fetch the file again)") },
  { 0, M ("<html"), N_("a web page (the download may have brought an error page; fetch the file again)") },
  { 0, M ("<?xml"), N_("an XML document") },
  { 0, M ("{"), N_("a JSON document") },
};

static const char *
sniff_table (const Magic   *table,
             size_t         rows,
             const uint8_t *data,
             size_t         n)
{
  for (size_t i = 0; i < rows; i++)
    if (n >= (size_t) table[i].offset + table[i].n && memcmp (data + table[i].offset, table[i].magic, table[i].n) == 0)
      return table[i].what;
  return NULL;
}

/* ERF has no magic: two records that follow one another, of known types, with lengths that fit (Endace ERF 1.x, 4). */
static bool
sniff_is_erf (const uint8_t *data,
              size_t         n)
{
  for (int i = 0; i < 2; i++)
    {
      uint32_t type, size;

      if (n < 16)
        return i > 0 && n == 0;
      type = data[8] & 0x7f;
      size = isth_be16 (data + 10);
      if (type == 0 || type > 48 || size < 16 || isth_be16 (data + 14) == 0 || isth_be16 (data + 14) > size + 64
          || (data[9] & 0xc0) != 0)
        return false;
      if (n < size)
        return i > 0;
      data += size;
      n -= size;
    }
  return true;
}

/* CommView has none either: a length, then a calendar date in parts (NCF and NCFX). */
static bool
sniff_is_commview (const uint8_t *data,
                   size_t         n)
{
  for (size_t at = 4; at <= 5; at++)
    if (n >= at + 16 && data[at - 1] == 0 && data[at + 1] == 0x07 && data[at] >= 0xb2 && data[at + 2] >= 1 && data[at + 2] <= 12
        && data[at + 3] >= 1 && data[at + 3] <= 31 && data[at + 4] < 24 && data[at + 5] < 60 && data[at + 6] < 60)
      return true;
  return false;
}

static bool
sniff_is_zeros (const uint8_t *data,
                size_t         n)
{
  for (size_t i = 0; i < n; i++)
    if (data[i] != 0)
      return false;
  return n > 0;
}

static bool
sniff_is_text (const uint8_t *data,
               size_t         n)
{
  const char *end;

  for (size_t i = 0; i < n; i++)
    if (data[i] < 0x20 && !strchr ("\t\r\n\f", data[i]))
      return false;
  if (n == 0 || memchr (data, 0, n))
    return false;
  /* The last character may be cut by the end of what was looked at. */
  return g_utf8_validate ((const char *) data, (gssize) n, &end) || n - (size_t) ((const uint8_t *) end - data) < 4;
}

char *
isth_sniff (const uint8_t *data,
            size_t         n,
            bool          *convertible)
{
  const char *what = sniff_table (captures, G_N_ELEMENTS (captures), data, n);
  char text[48];

  if (!what && sniff_is_commview (data, n))
    what = "CommView";
  if (!what && sniff_is_erf (data, n))
    what = "Endace ERF";
  *convertible = what != NULL;
  if (what)
    return g_strdup (what);

  if (n == 0)
    return g_strdup (_("empty"));
  what = sniff_table (others, G_N_ELEMENTS (others), data, n);
  if (!what && sniff_is_text (data, n))
    {
      what = sniff_table (texts, G_N_ELEMENTS (texts), data, n);
      if (!what)
        return g_strdup_printf (_("a text file that begins with “%s”"), isth_text_from_bytes (text, sizeof text, data, MIN (n, 40)));
    }
  if (what)
    return g_strdup (_(what));
  if (sniff_is_zeros (data, n))
    return g_strdup (_("nothing but zeros, as an interrupted copy leaves it"));
  return g_strdup_printf (_("of an unknown kind (it begins with the bytes %s)"), isth_text_from_hex (text, sizeof text, data, MIN (n, 8)));
}
