/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `isthmus-cli protocols` claims of each protocol is in its golden text: each attribute it can yield, and what it is about where it says that it knows them.
 * Whatever it shows people has words of its own. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/world/snapshot.h"

/* "FRAME PROTOCOL SENDER REST": whether the line is of @id, and its REST says "WHAT …" as @what wants it. */
static bool
says (const char *line,
      const char *id,
      bool (*what) (const char *rest, const char *word),
      const char *word)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 4);

  return g_strv_length (words) == 4 && g_str_equal (words[1], id) && what (words[3], word);
}

static bool
is_claim (const char *rest,
          const char *word)
{
  return g_str_has_prefix (rest, word) && g_str_has_prefix (rest + strlen (word), " = ");
}

/* "#1 read 3 read-holding-registers …", the number in front stands for its answer; or what a protocol of announcements is about. */
static bool
is_deed (const char *rest,
         const char *word)
{
  (void) word;
  return (rest[0] == '#' && !strstr (rest, " = ")) || g_str_has_prefix (rest, "bind ") || g_str_has_prefix (rest, "chassis = ");
}

static bool
is_anything (const char *rest,
             const char *word)
{
  (void) rest;
  (void) word;
  return true;
}

static bool
find (GStrv lines,
      const char *id,
      bool (*what) (const char *rest, const char *word),
      const char *word)
{
  for (size_t i = 0; lines[i]; i++)
    if (says (lines[i], id, what, word))
      return true;
  return false;
}

static char *
read_golden (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GString) all = g_string_new (NULL);

  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".txt"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autofree char *text = NULL;

        g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
        g_string_append (all, text);
      }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_claims (void)
{
  g_autofree char *text = read_golden ();
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (size_t i = 0; isth_dissectors[i]; i++)
    {
      const IsthDissector *d = isth_dissectors[i];
      g_auto(GStrv) identity = g_strsplit (d->identity ? d->identity : "", " ", -1);

      if (!find (lines, d->id, is_anything, NULL) && d->depth <= ISTH_DEPTH_SHALLOW)
        g_test_message ("%s has no golden capture", d->id), g_test_fail ();
      if (d->depth <= ISTH_DEPTH_DEEP && !find (lines, d->id, is_deed, NULL))
        g_test_message ("%s is said to be read deeply, and no golden text has an operation or address of it", d->id), g_test_fail ();
      for (size_t a = 0; identity[a] && identity[a][0]; a++)
        {
          if (isth_attribute_from_name (identity[a]) == ISTH_N_ATTRIBUTES)
            g_test_message ("%s: %s is no attribute", d->id, identity[a]), g_test_fail ();
          else if (!find (lines, d->id, is_claim, identity[a]))
            g_test_message ("%s: no golden text has its %s", d->id, identity[a]), g_test_fail ();
        }
    }
}

/* No protocol and no child is shown to people by what only the program calls it. */
static void
test_words (void)
{
  g_autofree char *text = read_golden ();
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GRegex) child = g_regex_new ("(?: @|^\\S+ \\S+ \\S+ child )((?:/?[a-z0-9-]+:[^/ ]+)+)", 0, 0, NULL);

  for (size_t i = 0; lines[i]; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", 3);
      g_autoptr(GMatchInfo) match = NULL;

      if (g_strv_length (words) == 3 && !g_str_equal (words[1], "-") && !isth_protocol_get_title (words[1]))
        g_test_message ("%s has no title", words[1]), g_test_fail ();
      if (g_regex_match (child, lines[i], 0, &match))
        {
          g_autofree char *path = g_match_info_fetch (match, 1);
          g_autofree char *described = isth_child_path_describe (path);

          if (g_str_equal (path, described))
            g_test_message ("%s has no words", path), g_test_fail ();
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/depth/claims", test_claims);
  g_test_add_func ("/depth/words", test_words);
  return g_test_run ();
}
