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
  { "in-order", "0+aaaaaaaa> 8+bbbbbbbb> 16+ccc", "aaaaaaaabbbbbbbbccc/3" },
  { "reversed", "16+ccc 8+bbbbbbbb> 0+aaaaaaaa>", "aaaaaaaabbbbbbbbccc/3" },
  { "unfinished", "0+aaaaaaaa> 16+ccc", "!1:2 6161>6161" },
  { "no-end", "8+bbbbbbbb> 0+aaaaaaaa>", "!1:2 6161>6161" },
  { "no-beginning", "8+bbbbbbbb> 16+b", "!1:2" },
  { "twice", "0+aaaaaaaa> 0+xxxxxxxx> 8+b", "aaaaaaaab/3" },
  { "overlap", "0+aaaaaaaaaaaaaaaa> 8+xxxxxxxxbbbbbbbb> 24+c", "aaaaaaaaaaaaaaaabbbbbbbbc/3" },
  { "overlap-behind", "8+bbbbbbbb> 0+aaaaaaaaxxxxxxxx> 16+c", "aaaaaaaabbbbbbbbc/3" },
  { "two-ends", "16+ccc 16+cccc 0+aaaaaaaaaaaaaaaa>", "IP fragment behind the last one!1:1" },
  { "shorter-end", "16+ccc 8+bb", "IP fragments that contradict one another!1:1" },
  { "behind-end", "8+b 16+cccccccc>", "IP fragment behind the last one!1:1" },
  { "odd", "0+aaa>", "IP fragment of an impossible length" },
  { "empty", "0+>", "IP fragment of an impossible length" },
  { "too-far", "65528+cccccccc", "IP fragment beyond 65535 bytes" },
};

static uint64_t frame; /* the number of the last one */

/* "!number:frames", and for a first piece its ports. */
static void
add_lost (const IsthFragments *fragments,
          GString             *result)
{
  uint32_t n;
  const IsthPacket *lost = isth_fragments_get_lost (fragments, &n);

  for (uint32_t i = 0; i < n; i++)
    {
      g_assert_true (lost[i].fragment == ISTH_FRAGMENT_LOST && isth_cursor_left (&lost[i].payload) == 0 && lost[i].payload.wire > 0);
      g_assert_cmpuint (lost[i].earlier_wire, ==, 100 * lost[i].earlier);
      g_string_append_printf (result, "!%u:%u", (unsigned) lost[i].number, lost[i].earlier + 1u);
      if (lost[i].layer == ISTH_LAYER_UDP)
        g_string_append_printf (result, " %04x>%04x", lost[i].source_port, lost[i].target_port);
    }
}

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
  IsthPacket packet = { .time = time, .number = ++frame, .wire = 100, .layer = ISTH_LAYER_IP, .ip_protocol = 17 };
  IsthCursor whole;
  uint8_t next;

  packet.payload = c;
  if (isth_fragments_add (fragments, key, &packet, offset, more, (uint8_t) (offset == 0 ? 17 : 0), &c, &whole, &next))
    {
      g_assert_cmpint (next, ==, 17);
      g_assert_true (packet.reassembled && packet.fragment == ISTH_FRAGMENT_NONE);
      g_assert_cmpuint (packet.earlier_wire, ==, 100 * packet.earlier);
      g_string_append_len (result, (const char *) whole.data, whole.length);
      g_string_append_printf (result, "/%u", packet.earlier + 1u);
    }
  else
    g_assert_cmpint (packet.fragment, ==, packet.trouble != NULL ? ISTH_FRAGMENT_LOST : ISTH_FRAGMENT_WAITS);
  add_lost (fragments, result);
  isth_fragments_release (fragments);
  return packet.trouble;
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

  frame = 0;
  for (char **word = words; *word != NULL; word++)
    {
      IsthTrouble trouble = add (fragments, &key, *word, 1, result);

      if (trouble != NULL)
        {
          g_string_append (result, trouble);
          break;
        }
    }
  isth_fragments_give_up (fragments);
  add_lost (fragments, result);
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

  frame = 0;
  for (uint32_t id = 0; id < 6; id++)
    add (fragments, &(IsthFragmentKey){ .id = id }, "0+aaaaaaaa>", 1, result);
  g_assert_cmpuint (reached, ==, 2);
  g_assert_cmpstr (result->str, ==, "!1:1 6161>6161!2:1 6161>6161");
  g_string_truncate (result, 0);
  add (fragments, &(IsthFragmentKey){ .id = 1 }, "8+b", 1, result); /* gone, and pushes out 2 */
  g_assert_cmpstr (result->str, ==, "!3:1 6161>6161");
  g_string_truncate (result, 0);
  add (fragments, &(IsthFragmentKey){ .id = 5 }, "8+b", 1, result);
  g_assert_cmpstr (result->str, ==, "aaaaaaaab/2");

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

  frame = 0;
  add (fragments, &key, "0+xxxxxxxx>", 1000000000, result);
  add (fragments, &key, "0+aaaaaaaa>", 90 * G_GINT64_CONSTANT (1000000000), result);
  add (fragments, &key, "8+b", 91 * G_GINT64_CONSTANT (1000000000), result);
  g_assert_cmpstr (result->str, ==, "!1:1 7878>7878aaaaaaaab/2");
  add (fragments, &key, "0+xxxxxxxx>", INT64_MIN, result); /* no time, and the longest step there is */
  add (fragments, &key, "8+b", INT64_MAX, result);
  g_assert_cmpstr (result->str, ==, "!1:1 7878>7878aaaaaaaab/2xxxxxxxxb/2");
}

/* Who waits in vain is told while the capture goes on, but not because of one wild clock. */
static void
test_expire (void)
{
  const int64_t minute = 60 * G_GINT64_CONSTANT (1000000000);
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (4, 1u << 20, &reached);
  g_autoptr(GString) result = g_string_new (NULL);

  frame = 0;
  add (fragments, &(IsthFragmentKey){ .id = 1 }, "0+aaaaaaaa>", minute, result);
  add (fragments, &(IsthFragmentKey){ .id = 2 }, "0+aaaaaaaa>", INT64_MIN, result);
  frame = 1000;
  add (fragments, &(IsthFragmentKey){ .id = 3 }, "0+aaaaaaaa>", minute, result);
  isth_fragments_expire (fragments, 1001, 3 * minute); /* wild */
  isth_fragments_expire (fragments, 2000, 2 * minute); /* many frames, little time */
  add_lost (fragments, result);
  g_assert_cmpstr (result->str, ==, "");
  isth_fragments_expire (fragments, 2000, 3 * minute);
  add_lost (fragments, result);
  g_assert_cmpstr (result->str, ==, "!1:1 6161>6161");
  g_assert_cmpuint (reached, ==, 0);
}

/* Copies of a piece without end: no counter runs over. */
static void
test_copies (void)
{
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (4, 1u << 20, &reached);
  g_autoptr(GString) result = g_string_new (NULL);

  frame = 0;
  for (int i = 0; i < 65537; i++)
    add (fragments, &(IsthFragmentKey){ .id = 7 }, "8+aaaaaaaa>", 1, result);
  isth_fragments_give_up (fragments);
  add_lost (fragments, result);
  g_assert_cmpstr (result->str, ==, "!1:65536!65537:1");
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
  g_test_add_func ("/fragments/expire", test_expire);
  g_test_add_func ("/fragments/copies", test_copies);
  return g_test_run ();
}
