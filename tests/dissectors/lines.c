/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, words and fields: with and without their ends, empty ones, and what is none. */
#include "analysis/dissectors/lines.h"

static IsthPiece
piece (const char *text)
{
  return (IsthPiece) { (const uint8_t *) text, (uint32_t) strlen (text) };
}

static void
assert_piece (const IsthPiece *self,
              const char *text)
{
  g_autofree char *copy = g_strndup ((const char *) self->bytes, self->length);

  g_assert_cmpstr (copy, ==, text);
}

static void
test_lines (void)
{
  static const char text[] = "one\r\ntwo\n\r\nrest";
  IsthCursor c = isth_cursor_new (text, sizeof text - 1, sizeof text - 1);
  IsthPiece line;

  g_assert_cmpuint (isth_lines_header_length (&c), ==, 0);
  g_assert_true (isth_lines_next (&c, &line));
  assert_piece (&line, "one");
  g_assert_true (isth_lines_next (&c, &line));
  assert_piece (&line, "two");
  g_assert_true (isth_lines_next (&c, &line));
  assert_piece (&line, "");
  g_assert_false (isth_lines_next (&c, &line));
  g_assert_cmpuint (isth_cursor_left (&c), ==, 4);

  c = isth_cursor_new ("A: b\r\n\r\nx", 9, 9);
  g_assert_cmpuint (isth_lines_header_length (&c), ==, 8);
  c = isth_cursor_new (NULL, 0, 0);
  g_assert_cmpuint (isth_lines_header_length (&c), ==, 0);
  g_assert_false (isth_lines_next (&c, &line));
}

static void
test_words (void)
{
  IsthPiece rest = piece ("USER  bob\tnow"), word;

  word = isth_piece_word (&rest);
  assert_piece (&word, "USER");
  g_assert_true (isth_piece_is (&word, "user"));
  g_assert_false (isth_piece_is (&word, "use"));
  word = isth_piece_word (&rest);
  assert_piece (&word, "bob");
  assert_piece (&rest, "now");
  isth_piece_word (&rest);
  word = isth_piece_word (&rest);
  g_assert_cmpuint (word.length, ==, 0);
}

static void
test_fields (void)
{
  IsthPiece line = piece ("User-Agent:  Panel/1 "), value;

  g_assert_true (isth_piece_field (&line, "user-agent", &value));
  assert_piece (&value, "Panel/1");
  g_assert_false (isth_piece_field (&line, "user", &value));
  line = piece ("Digest username=\"amy\", realm=x");
  g_assert_true (isth_piece_between (&line, "username=\"", "\"", &value));
  assert_piece (&value, "amy");
  g_assert_true (isth_piece_between (&line, "realm=", ",", &value));
  assert_piece (&value, "x");
  g_assert_false (isth_piece_between (&line, "nonce=", ",", &value));
}

static void
test_lengths (void)
{
  static const struct
  {
    const char *text, *short_name;
    uint32_t line, message;
  } cases[] = {
    { "PLAY x\r\nCSeq: 1\r\n\r\n", NULL, 8, 19 },
    { "PLAY x\r\ncontent-length: 7\r\n\r\n", NULL, 8, 36 },
    { "PLAY x\r\nl: 7\r\n\r\n", NULL, 8, 16 },
    { "PLAY x\r\nl: 7\r\n\r\n", "l", 8, 23 },
    { "PLAY x\r\nl: 7\r\n", "l", 8, ISTH_PDU_MORE },
    { "PLAY", NULL, ISTH_PDU_MORE, ISTH_PDU_MORE },
  };
  g_autofree char *endless = g_strnfill (20000, 'a');
  IsthCursor c = isth_cursor_new (endless, 20000, 20000);

  g_assert_cmpuint (isth_lines_pdu_length (c), ==, 20000);
  g_assert_cmpuint (isth_lines_message_length (c, NULL), ==, ISTH_PDU_INVALID);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      c = isth_cursor_new (cases[i].text, (uint32_t) strlen (cases[i].text), (uint32_t) strlen (cases[i].text));
      g_assert_cmpuint (isth_lines_pdu_length (c), ==, cases[i].line);
      g_assert_cmpuint (isth_lines_message_length (c, cases[i].short_name), ==, cases[i].message);
    }
}

static void
test_starts (void)
{
  IsthCursor c = isth_cursor_new ("GET /", 5, 5), none = isth_cursor_new (NULL, 0, 0);
  IsthPiece line;

  g_assert_true (isth_lines_start_with (&c, "GET"));
  g_assert_false (isth_lines_start_with (&c, "GE"));
  g_assert_false (isth_lines_start_with (&c, "get"));
  g_assert_false (isth_lines_start_with (&c, "GET / HTTP"));
  g_assert_false (isth_lines_start_with (&none, "GET"));
  isth_lines_next_or_rest (&c, &line);
  assert_piece (&line, "GET /");
}

static void
test_codes (void)
{
  static const struct
  {
    const char *text;
    uint16_t code;
  } cases[] = {
    { "220", 220 }, { "220 ready", 220 }, { "220-ready", 220 }, { "150 opening", 150 }, { "2200", 0 }, { "22", 0 }, { "620 x", 0 }, { "2x0 x", 0 }, { "", 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthPiece line = piece (cases[i].text);

      g_assert_cmpuint (isth_piece_code (&line), ==, cases[i].code);
    }
}

static void
test_values (void)
{
  IsthPiece number = piece ("4711x"), none = piece ("x"), large = piece ("99999999999999999999"), empty = piece (""), control = piece ("a\tb");

  g_assert_cmpuint (isth_piece_number (&number), ==, 4711);
  g_assert_cmpuint (isth_piece_number (&none), ==, 0);
  g_assert_cmpuint (isth_piece_number (&large), <=, UINT32_MAX / 16);
  g_assert_true (isth_piece_is_text (&number));
  g_assert_false (isth_piece_is_text (&empty));
  g_assert_false (isth_piece_is_text (&control));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lines/lines", test_lines);
  g_test_add_func ("/lines/words", test_words);
  g_test_add_func ("/lines/fields", test_fields);
  g_test_add_func ("/lines/lengths", test_lengths);
  g_test_add_func ("/lines/starts", test_starts);
  g_test_add_func ("/lines/codes", test_codes);
  g_test_add_func ("/lines/values", test_values);
  return g_test_run ();
}
