/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fragments as scripts: what comes in, in which order, what comes out. */
#include "analysis/decode/fragments.h"

#include <glib.h>

/* A script: "offset+letters" with ">" behind a piece that more follow; the result is the datagram, a trouble, or "". */
static const struct
{
  const char *name;
  const char *script;
  const char *result;
} cases[] = {
  { "in-order", "0+aaaaaaaa> 8+bbbbbbbb> 16+ccc", "aaaaaaaabbbbbbbbccc" },
  { "reversed", "16+ccc 8+bbbbbbbb> 0+aaaaaaaa>", "aaaaaaaabbbbbbbbccc" },
  { "unfinished", "0+aaaaaaaa> 16+ccc", "" },
  { "no-end", "0+aaaaaaaa> 8+bbbbbbbb>", "" },
  { "twice", "0+aaaaaaaa> 0+xxxxxxxx> 8+b", "aaaaaaaab" },
  { "overlap", "0+aaaaaaaaaaaaaaaa> 8+xxxxxxxxbbbbbbbb> 24+c", "aaaaaaaaaaaaaaaabbbbbbbbc" },
  { "overlap-behind", "8+bbbbbbbb> 0+aaaaaaaaxxxxxxxx> 16+c", "aaaaaaaabbbbbbbbc" },
  { "two-ends", "16+ccc 16+cccc 0+aaaaaaaaaaaaaaaa>", "IP fragment behind the last one" },
  { "shorter-end", "16+ccc 8+bb", "IP fragments that contradict one another" },
  { "behind-end", "8+b 16+cccccccc>", "IP fragment behind the last one" },
  { "odd", "0+aaa>", "IP fragment of an impossible length" },
  { "empty", "0+>", "IP fragment of an impossible length" },
  { "too-far", "65528+cccccccc", "IP fragment beyond 65535 bytes" },
};

static IsthTrouble
add (IsthFragments         *fragments,
     const IsthFragmentKey *key,
     const char            *word,
     int64_t                time,
     GString               *result)
{
  char *text;
  uint32_t offset = (uint32_t) g_ascii_strtoull (word, &text, 10);
  bool more = g_str_has_suffix (word, ">");
  g_autofree char *piece = g_strndup (text + 1, strlen (text + 1) - more);
  IsthCursor c = isth_cursor_new (piece, (uint32_t) strlen (piece), 0);
  IsthCursor whole;
  IsthTrouble trouble = NULL;
  uint8_t next;

  if (isth_fragments_add (fragments, key, time, offset, more, (uint8_t) (offset == 0 ? 17 : 0), &c, &whole, &next, &trouble))
    {
      g_assert_cmpint (next, ==, 17);
      g_string_append_len (result, (const char *) whole.data, whole.length);
    }
  isth_fragments_release (fragments);
  return trouble;
}

static void
test_case (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (4, 1u << 20, &reached);
  g_auto(GStrv) words = g_strsplit (cases[i].script, " ", -1);
  g_autoptr(GString) result = g_string_new (NULL);
  const IsthFragmentKey key = { .id = 7 };

  for (char **word = words; *word != NULL; word++)
    {
      IsthTrouble trouble = add (fragments, &key, *word, 1, result);

      if (trouble != NULL)
        {
          g_string_assign (result, trouble);
          break;
        }
    }
  g_assert_cmpstr (result->str, ==, cases[i].result);
  g_assert_cmpuint (reached, ==, 0);
}

static void
test_ceilings (void)
{
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (4, 1u << 20, &reached);
  g_autoptr(IsthFragments) small = isth_fragments_new (1000, 20000, &reached);
  g_autoptr(GString) result = g_string_new (NULL);

  for (uint32_t id = 0; id < 6; id++)
    add (fragments, &(IsthFragmentKey){ .id = id }, "0+aaaaaaaa>", 1, result);
  g_assert_cmpuint (reached, ==, 2);
  add (fragments, &(IsthFragmentKey){ .id = 1 }, "8+b", 1, result); /* gone, and pushes out 2 */
  g_assert_cmpstr (result->str, ==, "");
  add (fragments, &(IsthFragmentKey){ .id = 5 }, "8+b", 1, result);
  g_assert_cmpstr (result->str, ==, "aaaaaaaab");

  reached = 0;
  for (uint32_t id = 0; id < 100; id++)
    add (small, &(IsthFragmentKey){ .id = id }, "8000+aaaaaaaa>", 1, result);
  g_assert_cmpuint (reached, >, 90);
}

static void
test_old_id (void)
{
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (4, 1u << 20, &reached);
  g_autoptr(GString) result = g_string_new (NULL);
  const IsthFragmentKey key = { .id = 7 };

  add (fragments, &key, "0+xxxxxxxx>", 1000000000, result);
  add (fragments, &key, "0+aaaaaaaa>", 90 * G_GINT64_CONSTANT (1000000000), result);
  add (fragments, &key, "8+b", 91 * G_GINT64_CONSTANT (1000000000), result);
  g_assert_cmpstr (result->str, ==, "aaaaaaaab");
  add (fragments, &key, "0+xxxxxxxx>", INT64_MIN, result); /* no time, and the longest step there is */
  add (fragments, &key, "8+b", INT64_MAX, result);
  g_assert_cmpstr (result->str, ==, "aaaaaaaabxxxxxxxxb");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/fragments/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/fragments/ceilings", test_ceilings);
  g_test_add_func ("/fragments/old-id", test_old_id);
  return g_test_run ();
}
