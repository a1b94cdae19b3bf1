/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is refused is refused by what it seems to be, with what to do. */
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/capture/source.h"

#define S(text) text, sizeof (text) - 1

static const struct { const char *data; size_t n; const char *says; } cases[] = {
  { S (""), "it is empty" },
  { S ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), "git lfs pull" },
  { S ("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), "PDF" },
  { S ("PK\x03\x04\x14\0\0\0"), "zip" },
  { S ("\x7f" "ELF\x02\x01\x01"), "ELF" },
  { S ("MZ\x90\0\x03"), "Windows program" },
  { S ("\x89PNG\r\n\x1a\n"), "image (PNG)" },
  { S ("\xff\xd8\xff\xe0"), "image (JPEG)" },
  { S ("BZh91AY&SY"), "bunzip2" },
  { S ("<!DOCTYPE html><html>"), "web page" },
  { S ("{\"a\": 1}"), "JSON" },
  { S ("hello, world\n"), "a text file that begins with “hello, world" },
  { S ("SQLite format 3\0"), "project" },
  { S ("\0\0\0\0\0\0\0\0"), "zeros" },
  { S ("\xde\xad\xbe\xef\x01\x02"), "deadbeef0102" },
  { S ("\xd4\xc3\xb2\xa1\x02\0\x04\0"), "ends inside its file header, after 8 bytes" },
  { S ("\xd4\xc3\xb2\xa1\x01\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0"), "version 1.4" },
  { S ("\x0a\x0d\x0d\x0a\x1c\0\0\0"), "ends inside its section header" },
  { S ("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1b\x01\0\0\0"), "damaged" },
  { S ("snoop\0\0\0\0\0\0\x02"), "ends inside its file header, after 12 bytes" },
  { S ("snoop\0\0\0\0\0\0\x04\0\0\0\x04"), "editcap -F pcapng 'memory' 'memory.pcapng'" },
  { S ("XCP\0" "002.001"), "NetXRay/Sniffer (Windows). Convert it, then open the copy: editcap -F pcapng 'memory' 'memory.pcapng'" },
  { S ("TRSNIFF data    \x1a"), "Sniffer (DOS)" },
  { S ("GMBU\0\x02"), "Microsoft Network Monitor 2.x" },
  { S ("RTSS\x01\x01"), "Microsoft Network Monitor 1.x" },
  { S ("\0\0\x02\0\x12\x05\0\x10"), "K12" },
  { S ("TR\0d\0"), "nettl" },
  { S ("Session Transcript\n"), "Catapult" },
  { S ("\x7fver\0"), "Peek" },
  { S ("LOGG\x90"), "BLF" },
  { S ("\x3e\0\x3e\0\0\xd4\x07\x08\x1a\x0c\x06\x25\x8d\xff\x0d\0\0\0\0\0\0\0"), "CommView" },
  { S ("\x3e\0\0\0\xd4\x07\x08\x1a\x0c\x06\x25\x8d\xff\x0d\0\0\0\0\0\0\0\0"), "CommView" },
  { S ("\0\0\0\0\x9b\x04\0\x80\x02\x04\0\x14\0\0\0\x04" "abcd" "\0\0\0\0\x9c\x04\0\x80\x02\x04\0\x14\0\0\0\x04" "abcd"), "Endace ERF" },
};

static void
test_sniff (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree uint8_t *copy = g_memdup2 (cases[i].data, cases[i].n);
      g_autoptr(IsthSource) source = isth_source_open_memory (copy, cases[i].n, &error);

      g_assert_null (source);
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "“memory”"));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/sniff", test_sniff);
  return g_test_run ();
}
