/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams as scripts: segments in, text out, with gaps marked. */
#include "analysis/flow/stream.h"

#include <glib.h>

#include "analysis/base/time.h"

/**
 * A script has a word for each packet: sequence number, flags (S SYN, F FIN, R RST, P PSH), "+" and the bytes; "~n" behind
 * them: n more that the capture cut. Further words:
 *   !n  the other side has acknowledged all before n       @n  the time is now n seconds
 *   /n  the reader takes PDUs of n bytes from here on (0: whatever there is)
 *   $   the flow ends: what waits is read
 * The result: what was read, "|" for a gap, "_" for a byte that was cut, "." once the stream has finished; " -n" when n bytes were lost.
 */
static const struct
{
  const char *name;
  const char *script;
  const char *result;
} cases[] = {
  { "in-order", "99S 100+abc 103+def", "abcdef" },
  { "mid-stream", "100+abc 103+def", "abcdef" },
  { "mid-stream-empty-first", "99 100+abc", "abc" },
  { "mid-stream-keep-alive-first", "99+x 100+abc", "abc" },
  { "mid-stream-one-byte", "100P+a 101+bc", "abc" },
  { "reordered", "99S 103+def 100+abc 106+ghi", "abcdefghi" },
  { "reordered-more", "99S 109+jkl 103+def 106+ghi 100+abc", "abcdefghijkl" },
  { "retransmitted", "99S 100+abc 100+xyz 103+def 100+xyzxyz 106+g", "abcdefg" },
  { "overlap-front", "99S 100+abcd 102+xxef", "abcdef" },
  { "overlap-first-wins", "99S 104+ef 102+cdxx 100+abyyyyg", "abcdefg" },
  { "overlap-spans-runs", "99S 102+c 104+e 106+g 101+bxdxfxh 100+a", "abcdefgh" },
  { "overlap-touches", "99S 102+cd 104+ef 101+b 100+a", "abcdef" },
  { "keep-alive", "99S 100+abc 102+x 102+c 103+d", "abcd" },
  { "wrap", "4294967293S 4294967294+ab 0+cd 2+ef", "abcdef" },
  { "wrap-reordered", "4294967293S 1+def 4294967294+abc", "abcdef" },
  { "syn-data", "99S+abc 103+def", "abcdef" },
  { "syn-data-plus-one", "99S+abc 99S+abc 103+def", "abcdef" },
  { "fin", "99S 100+abc 103F 104", "abc." },
  { "fin-with-data", "99S 100F+abc", "abc." },
  { "fin-early", "99S 103F 100+abc", "abc." },
  { "fin-early-data", "99S 103F+def 100+abc", "abcdef." },
  { "fin-twice", "99S 100F+abc 100F+abc 103F", "abc." },
  { "data-behind-fin", "99S 100F+abc 104+def", "abc.def" },
  { "rst-data", "99S 100+abc 103R+reason 103+def", "abcdef" },
  /* Gaps */
  { "gap-at-end", "99S 100+abc 106+ghi $", "abc|ghi -3" },
  { "two-gaps-at-end", "99S 103+def 109+jkl $", "|def|jkl -6" },
  { "gap-acknowledged", "99S 100+abc 106+ghi !109 109+jkl", "abc|ghijkl -3" },
  { "gap-not-acknowledged", "99S 100+abc 106+ghi !103 109+jkl", "abc" },
  { "gap-acknowledged-and-filled", "99S 106+ghi !109 100+abcdef", "abcdefghi" },
  { "gap-in-time", "@1 99S 100+abc 106+ghi @3 109+jkl @5 112+mno", "abc|ghijklmno -3" },
  { "gap-back-in-time", "@9 99S 100+abc 106+ghi @1 109+jkl @3 112+mno @5 115+pqr", "abc|ghijklmnopqr -3" },
  { "gap-too-far", "99S 100+abc 1000+xyz 1003+z", "abc|xyzz -897" },
  { "gap-far-behind-runs", "99S 100+abc 106+ghi 112+mno 1000+xyz 1003+z", "abc|ghi|mno|xyzz -891" },
  { "gap-far-reader-waits", "/4 99S 100+abc 106+ghij 1000+wxyz 1004+zzzz", "|ghij|wxyzzzzz -893" },
  { "gap-far-reader-stuck", "/4 99S 100+abc 106+ghi 1000+wxyz 1004+zzzz", "|wxyzzzzz -894" },
  { "numbering-jumps-back", "99S 100+abc 3000000000+xyz 3000000003+z", "abc|xyzz" },
  { "wild-behind-runs", "99S 100+abc 106+ghi 112+mno 3000000000+xyz 115+pqr", "abc|ghi|mno|xyz|pqr -6" },
  { "wild-reader-waits", "/4 99S 100+abcd 108+ijkl 3000000000+wxyz 112+mnop", "abcd|ijkl|wxyz|mnop -4" },
  { "late-is-not-a-jump", "99S 100+abc 1000+xyz 103+def 1003+z", "abc|xyzz -897" },
  /* PDUs */
  { "pdu", "/4 99S 100+ab 102+cd 104+efgh", "abcdefgh" },
  { "pdu-many", "/4 99S 100+abcdefghij 110+kl", "abcdefghijkl" },
  { "pdu-reordered", "/4 99S 106+gh 100+abc 103+def", "abcdefgh" },
  { "pdu-partial-then-gap", "/4 99S 100+abcdef 108+ijkl $", "abcd|ijkl -2" },
  { "pdu-too-long", "/90 99S 100+0123456789012345678901234567890123456789 140+0123456789012345678901234567890123456789", "" },
  /* Cut captures */
  { "cut", "99S 100+abc~3 106+ghi", "abc___ghi" },
  { "cut-whole", "99S 100+~3 103+def", "|def" },
  { "cut-pdu", "/6 99S 100+abc~3 106+ghi~3 112+mnopqr", "abc___ghi___mnopqr" },
  { "cut-in-second-pdu", "/4 99S 100+abcdef~2 108+ijkl", "abcdef__ijkl" },
  { "cut-more-than-pdu", "/4 99S 100+abcdef~9 115+pqrs", "abcdef__|pqrs" },
  { "cut-less-than-pdu", "/8 99S 100+abc~3 106+ghijklmn", "|ghijklmn" },
  { "cut-and-waiting", "/8 99S 100+ab 102+c~1 104+efghijkl", "|efghijkl" },
  { "cut-reordered", "99S 103+d~2 106+ghi 100+abc 109+j", "abcd__ghij" },
  { "cut-in-front-of-run", "99S 106+ghi 100+abc~3 109+j", "abc___ghij" },
};

static IsthStreamPool
small_pool (void)
{
  return (IsthStreamPool){ .max_stream = 64, .max_held = 16384 };
}

/* Takes what there is, in PDUs of @size bytes. */
static void
read_all (IsthStream     *stream,
          IsthStreamPool *pool,
          uint32_t        size,
          GString        *result)
{
  for (;;)
    {
      IsthCursor c = isth_stream_peek (stream);
      uint32_t n = size != 0 ? size : c.wire;

      if (c.length == 0 || c.wire < n)
        return;
      if (isth_stream_take_gap (stream))
        g_string_append_c (result, '|');
      g_string_append_len (result, (const char *) c.data, MIN (n, c.length));
      for (uint32_t i = c.length; i < n; i++)
        g_string_append_c (result, '_');
      isth_stream_consume (stream, pool, n);
    }
}

static void
feed (IsthStream     *stream,
      IsthStreamPool *pool,
      const char     *word,
      int64_t         time,
      uint32_t        size,
      GString        *result)
{
  static const struct { char letter; uint8_t flag; } flags[] = {
    { 'S', ISTH_TCP_SYN }, { 'F', ISTH_TCP_FIN }, { 'R', ISTH_TCP_RST }, { 'P', ISTH_TCP_PSH },
  };
  bool finished = stream->finished;
  char *end;
  IsthPacket packet = { .time = time, .layer = ISTH_LAYER_TCP, .sequence = (uint32_t) g_ascii_strtoull (word, &end, 10) };
  g_autofree char *bytes = NULL;
  uint32_t length = 0, cut = 0;

  for (; *end != '\0' && *end != '+'; end++)
    for (size_t i = 0; i < G_N_ELEMENTS (flags); i++)
      if (*end == flags[i].letter)
        packet.tcp_flags |= flags[i].flag;
  if (*end == '+')
    {
      length = (uint32_t) strcspn (end + 1, "~");
      cut = end[1 + length] == '~' ? (uint32_t) atoi (end + length + 2) : 0;
      bytes = g_memdup2 (end + 1, length);
    }
  packet.payload = isth_cursor_new (bytes, length, length + cut);
  isth_stream_feed (stream, pool, &packet);
  read_all (stream, pool, size, result);
  isth_stream_settle (stream, pool);
  if (stream->finished && !finished)
    g_string_append_c (result, '.');
}

static void
test_case (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_auto(GStrv) words = g_strsplit (cases[i].script, " ", -1);
  g_autoptr(GString) result = g_string_new (NULL);
  IsthStreamPool pool = small_pool ();
  IsthStream stream = { 0 };
  int64_t time = ISTH_NO_TIME;
  uint32_t size = 0;

  for (char **word = words; *word != NULL; word++)
    switch (**word)
      {
      case '!':
        isth_stream_buffer_acknowledge (stream.buffer, 0, (uint32_t) atoi (*word + 1));
        break;
      case '@':
        time = atoi (*word + 1) * G_GINT64_CONSTANT (1000000000);
        break;
      case '/':
        size = (uint32_t) atoi (*word + 1);
        break;
      case '$':
        while (isth_stream_skip_gap (&stream, &pool))
          read_all (&stream, &pool, size, result);
        break;
      default:
        feed (&stream, &pool, *word, time, size, result);
      }
  if (pool.lost > 0)
    g_string_append_printf (result, " -%u", (unsigned) pool.lost);
  g_assert_cmpstr (result->str, ==, cases[i].result);
  isth_stream_clear (&stream, &pool);
  g_assert_cmpuint (pool.held, ==, 0);
}

/* Segments of a text, shuffled within a window and some of them sent twice, give the text. */
static void
test_shuffled (void)
{
  enum { LENGTH = 4000, WINDOW = 12 };

  for (int round = 0; round < 200; round++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed ((guint32) round);
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GString) result = g_string_new (NULL);
      g_autoptr(GPtrArray) segments = g_ptr_array_new_with_free_func (g_free);
      uint32_t first = g_rand_int (random), size = (uint32_t) g_rand_int_range (random, 0, 30);
      IsthStreamPool pool = { 0 };
      IsthStream stream = { 0 };

      while (text->len < LENGTH)
        g_string_append_c (text, (char) g_rand_int_range (random, 'a', 'z' + 1));
      for (uint32_t at = 0; at < LENGTH;)
        {
          uint32_t n = (uint32_t) g_rand_int_range (random, 1, 40);
          uint32_t back = (uint32_t) g_rand_int_range (random, 0, 5);

          n = MIN (n, LENGTH - at);
          back = MIN (back, at);
          g_ptr_array_add (segments, g_strdup_printf ("%u+%.*s", first + 1 + at - back, (int) (n + back), text->str + at - back));
          if (g_rand_int_range (random, 0, 5) == 0)
            g_ptr_array_add (segments, g_strdup (g_ptr_array_index (segments, segments->len - 1)));
          at += n;
        }
      for (guint i = 0; i < segments->len; i++)
        {
          guint start = i - i % WINDOW;
          guint j = start + (guint) g_rand_int_range (random, 0, (gint32) MIN (WINDOW, segments->len - start));
          gpointer swap = segments->pdata[i];

          segments->pdata[i] = segments->pdata[j];
          segments->pdata[j] = swap;
        }
      g_string_append_printf (result, "%uS", first);
      feed (&stream, &pool, result->str, ISTH_NO_TIME, 0, text);
      g_string_truncate (result, 0);
      for (guint i = 0; i < segments->len; i++)
        feed (&stream, &pool, segments->pdata[i], ISTH_NO_TIME, size, result);
      g_string_truncate (text, result->len);
      g_assert_cmpuint (result->len + MAX (size, 1), >, LENGTH);
      g_assert_cmpstr (result->str, ==, text->str);
      g_assert_cmpuint (pool.lost, ==, 0);
      isth_stream_clear (&stream, &pool);
      g_assert_cmpuint (pool.held, ==, 0);
    }
}

/* Any segments at all: nothing is read outside, and no more is held than allowed. */
static void
test_hostile (void)
{
  for (int round = 0; round < 300; round++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed ((guint32) round);
      g_autoptr(GString) result = g_string_new (NULL);
      IsthStreamPool pool = small_pool ();
      IsthStream stream = { 0 };

      for (int i = 0; i < 300; i++)
        {
          uint32_t sequence = (uint32_t) (g_rand_int_range (random, -80, 200) + i * 4);
          int length = g_rand_int_range (random, 0, 40), cut = g_rand_int_range (random, -60, 20);
          g_autofree char *word = g_strdup_printf ("%u%s+%.*s~%d", sequence, i % 30 == 29 ? "F" : "", length,
                                                   "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                                                   cut < -58 ? 100000 : MAX (cut, 0));

          if (g_rand_int_range (random, 0, 20) == 0)
            isth_stream_buffer_acknowledge (stream.buffer, 0, (uint32_t) (i * 4));
          if (g_rand_int_range (random, 0, 40) == 0)
            isth_stream_skip_gap (&stream, &pool);
          feed (&stream, &pool, word, i * G_GINT64_CONSTANT (100000000), (uint32_t) round % 9, result);
          g_assert_cmpuint (pool.held, <=, 16384);
        }
      isth_stream_clear (&stream, &pool);
      g_assert_cmpuint (pool.held, ==, 0);
    }
}

static void
test_ceilings (void)
{
  g_autoptr(GString) result = g_string_new (NULL);
  IsthStreamPool pool = small_pool ();
  IsthStream streams[20] = { 0 };
  IsthStream many = { 0 };

  for (size_t i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      feed (&streams[i], &pool, "99S", ISTH_NO_TIME, 0, result);
      feed (&streams[i], &pool, "110+abc", ISTH_NO_TIME, 0, result);
      g_assert_cmpuint (pool.held, <=, pool.max_held);
    }
  g_assert_cmpuint (pool.limits[ISTH_REACHED_STREAMS], >, 0);
  feed (&streams[19], &pool, "100+xyz", ISTH_NO_TIME, 4, result); /* no room to keep it: lost, and said so */
  feed (&streams[19], &pool, "103+wxyz", ISTH_NO_TIME, 4, result);
  g_assert_cmpstr (result->str, ==, "|wxyz");
  for (size_t i = 0; i < G_N_ELEMENTS (streams); i++)
    isth_stream_clear (&streams[i], &pool);
  g_assert_cmpuint (pool.held, ==, 0);

  pool = (IsthStreamPool){ 0 };
  g_string_truncate (result, 0);
  feed (&many, &pool, "99S", ISTH_NO_TIME, 0, result);
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *word = g_strdup_printf ("%d+x", 200 + i * 2);

      feed (&many, &pool, word, ISTH_NO_TIME, 0, result);
    }
  g_assert_cmpuint (pool.limits[ISTH_REACHED_STREAM], >, 0); /* too many stretches: gaps are given up */
  g_assert_cmpuint (result->len, >=, 2 * 64);
  isth_stream_clear (&many, &pool);

  pool = small_pool ();
  many = (IsthStream){ 0 };
  g_string_truncate (result, 0);
  feed (&many, &pool, "100+0123456789012345678901234567890123456789", ISTH_NO_TIME, 50, result);
  feed (&many, &pool, "140+0123456789012345678901234567890123456789", ISTH_NO_TIME, 90, result);
  feed (&many, &pool, "180+ab", ISTH_NO_TIME, 2, result);
  g_assert_cmpuint (pool.limits[ISTH_REACHED_STREAM], >, 0);
  isth_stream_clear (&many, &pool);
}

/* In order and read at once: no memory is taken. */
static void
test_lent (void)
{
  IsthStreamPool pool = { 0 };
  IsthStream stream = { 0 };
  const char bytes[] = "abcdef";
  IsthPacket packet = { .sequence = 5, .tcp_flags = ISTH_TCP_PSH, .payload = isth_cursor_new (bytes, 6, 6) };
  IsthCursor c;

  isth_stream_feed (&stream, &pool, &packet);
  c = isth_stream_peek (&stream);
  g_assert_true (c.data == (const uint8_t *) bytes);
  isth_stream_consume (&stream, &pool, 6);
  isth_stream_settle (&stream, &pool);
  g_assert_cmpuint (pool.held, ==, 0);
  g_assert_null (stream.buffer);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/stream/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/stream/shuffled", test_shuffled);
  g_test_add_func ("/stream/hostile", test_hostile);
  g_test_add_func ("/stream/ceilings", test_ceilings);
  g_test_add_func ("/stream/lent", test_lent);
  return g_test_run ();
}
