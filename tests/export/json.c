/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON writer: commas, nesting, and every byte that a string can hold. */
#include "analysis/export/json.h"

#include <glib.h>
#include <string.h>

typedef struct
{
  FILE *file;
  char *text;
  size_t length;
  IsthJson json;
} Paper;

static void
paper_begin (Paper *self)
{
  memset (self, 0, sizeof *self);
  self->file = open_memstream (&self->text, &self->length);
  self->json.file = self->file;
}

static void
paper_end (Paper *self,
           const char *expected)
{
  fclose (self->file);
  g_assert_cmpint (self->json.depth, ==, 0);
  g_assert_cmpstr (self->text, ==, expected);
  free (self->text);
}

static const struct
{
  const char *text, *written;
} strings[] = {
  { "", "\"\"" },
  { "plain", "\"plain\"" },
  { "\"quoted\"", "\"\\\"quoted\\\"\"" },
  { "back\\slash", "\"back\\\\slash\"" },
  { "two\nlines", "\"two\\nlines\"" },
  { "\t\r\b\x01\x1f\x7f", "\"\\u0009\\u000d\\u0008\\u0001\\u001f\\u007f\"" },
  { "Füllstand 2–3 €", "\"Füllstand 2–3 €\"" },
  { "\xf0\x9f\x8f\xad", "\"\xf0\x9f\x8f\xad\"" },
  { "</script>", "\"</script>\"" },
  { NULL, "null" },
  /* A file name need not be text, a report must be. */
  { "caf\xe9.pcap", "\"caf\xef\xbf\xbd.pcap\"" },
  { "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
};

static void
test_strings (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      Paper paper;

      paper_begin (&paper);
      isth_json_string (&paper.json, NULL, strings[i].text);
      paper_end (&paper, strings[i].written);
    }
}

static void
test_nesting (void)
{
  static const char *const words[] = { "a", "b", NULL };
  Paper paper;

  paper_begin (&paper);
  isth_json_begin_object (&paper.json, NULL);
  isth_json_string (&paper.json, "key \"1\"", "x");
  isth_json_number (&paper.json, "low", INT64_MIN);
  isth_json_count (&paper.json, "high", UINT64_MAX);
  isth_json_begin_array (&paper.json, "rows");
  isth_json_begin_object (&paper.json, NULL);
  isth_json_bool (&paper.json, "yes", true);
  isth_json_bool (&paper.json, "no", false);
  isth_json_strings (&paper.json, "words", words);
  isth_json_strings (&paper.json, "none", NULL);
  isth_json_end_object (&paper.json);
  isth_json_begin_object (&paper.json, NULL);
  isth_json_end_object (&paper.json);
  isth_json_end_array (&paper.json);
  isth_json_null (&paper.json, "nothing");
  isth_json_end_object (&paper.json);
  paper_end (&paper, "{\n\"key \\\"1\\\"\":\"x\",\n\"low\":-9223372036854775808,\n\"high\":18446744073709551615,\n\"rows\":[\n"
                     "{\"yes\":true,\"no\":false,\"words\":[\"a\",\"b\"],\"none\":[]},\n{}],\n\"nothing\":null}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/nesting", test_nesting);
  return g_test_run ();
}
