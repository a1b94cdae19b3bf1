/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols each golden capture holds: a table made by hand (tests/golden/protocols.tsv), not by what is read, so that a protocol which is missed
 * fails as well as one that is claimed and is not there. The same captures come a second time with every port that a dissector is bound to moved where
 * none is: a port is only a hint, so what is sure of itself must be found there, too, and nothing else may be. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"

#define FILE_HEADER 24
#define RECORD_HEADER 16
#define ETHERNET 14
#define IPV4 0x0800
#define IPV6 0x86dd
#define TAG 0x8100
#define SERVICE_TAG 0x88a8
#define ELSEWHERE 29000 /* from here on no port is bound */

typedef struct
{
  uint16_t from[256];
  guint n;
} Moved;

static uint64_t
note_observation (const IsthObservation *o,
                  void *user_data)
{
  static uint64_t tickets;

  g_hash_table_add (user_data, g_strdup (o->protocol));
  return o->kind == ISTH_OBSERVE_OPERATION ? ++tickets : 0;
}

static void
note_flow (const IsthFlowRecord *flow,
           const char *protocol,
           gpointer user_data)
{
  (void) flow;
  if (protocol)
    g_hash_table_add (user_data, g_strdup (protocol));
}

/* All that the capture's flows and observations are named by, in order, with spaces. */
static char *
list_protocols (const GByteArray *file)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  IsthSink sink = { .observe = note_observation, .user_data = set };
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(GList) names = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  isth_pipeline_set_guesses (pipeline, false);
  isth_pipeline_set_sink (pipeline, &sink);
  isth_pipeline_set_flow_func (pipeline, note_flow, set);
  isth_pipeline_run (pipeline, source, NULL);
  names = g_list_sort (g_hash_table_get_keys (set), (GCompareFunc) strcmp);
  for (const GList *l = names; l; l = l->next)
    g_string_append_printf (text, "%s%s", text->len ? " " : "", (const char *) l->data);
  return g_string_free (text, FALSE);
}

static bool
is_bound (uint16_t port)
{
  for (size_t i = 0; isth_dissectors[i]; i++)
    for (size_t b = 0; b < isth_dissectors[i]->n_bindings; b++)
      {
        const IsthBinding *binding = &isth_dissectors[i]->bindings[b];

        if (binding->number == port && (binding->kind == ISTH_BIND_TCP || binding->kind == ISTH_BIND_UDP))
          return true;
      }
  return false;
}

static void
move_port (Moved *moved,
           uint8_t *at)
{
  uint16_t port = (uint16_t) (at[0] << 8 | at[1]);
  guint i = 0;

  if (!is_bound (port))
    return;
  while (i < moved->n && moved->from[i] != port)
    i++;
  g_assert_cmpuint (i, <, G_N_ELEMENTS (moved->from));
  moved->from[i] = port;
  moved->n = MAX (moved->n, i + 1);
  port = (uint16_t) (ELSEWHERE + i);
  g_assert_false (is_bound (port));
  at[0] = (uint8_t) (port >> 8);
  at[1] = (uint8_t) port;
}

/* The outermost TCP or UDP header of a frame of Ethernet. Its checksum is not made anew: nobody looks at it. */
static void
move_frame (Moved *moved,
            uint8_t *frame,
            uint32_t n)
{
  uint32_t at = ETHERNET;
  uint16_t type;
  uint8_t transport;

  do
    {
      if (n < at + 40)
        return;
      type = (uint16_t) (frame[at - 2] << 8 | frame[at - 1]);
      at += type == TAG || type == SERVICE_TAG ? 4 : 0;
    }
  while (type == TAG || type == SERVICE_TAG);
  if (type != IPV4 && type != IPV6)
    return;
  if (type == IPV4 && ((frame[at + 6] & 0x1f) != 0 || frame[at + 7] != 0))
    return; /* a later fragment */
  transport = type == IPV4 ? frame[at + 9] : frame[at + 6];
  at += type == IPV4 ? (uint32_t) (frame[at] & 0x0f) * 4 : 40;
  if ((transport != 6 && transport != 17) || n < at + 4)
    return;
  move_port (moved, frame + at);
  move_port (moved, frame + at + 2);
}

static uint32_t
get32 (const uint8_t *at)
{
  uint32_t value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static void
move_ports (GByteArray *file)
{
  Moved moved = { .n = 0 };

  if (get32 (file->data + 20) != 1)
    return;
  for (uint32_t at = FILE_HEADER; at < file->len; at += RECORD_HEADER + get32 (file->data + at + 8))
    move_frame (&moved, file->data + at + RECORD_HEADER, get32 (file->data + at + 8));
}

/* The words of @a that @b has not. */
static char *
subtract (const char *a,
          const char *b)
{
  g_auto(GStrv) left = g_strsplit (a, " ", -1), right = g_strsplit (b, " ", -1);
  GString *text = g_string_new (NULL);

  for (size_t i = 0; left[i]; i++)
    if (left[i][0] && !g_strv_contains ((const char *const *) right, left[i]))
      g_string_append_printf (text, " %s", left[i]);
  return g_string_free (text, FALSE);
}

/* Whether @found is just what is @expected; tells what is not, and the line of the table that would say what was found. */
static bool
is_expected (const char *capture,
             const char *where,
             const char *expected,
             const char *found)
{
  g_autofree char *missed = subtract (expected, found), *extra = subtract (found, expected);

  if (missed[0])
    g_test_message ("%s, %s: missed:%s", capture, where, missed);
  if (extra[0])
    g_test_message ("%s, %s: claimed and not there:%s", capture, where, extra);
  return !missed[0] && !extra[0];
}

static char *
read_golden (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autoptr(GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The row of @capture: its name, its protocols, those found on other ports ("=": all of them). */
static char **
find_row (const char *table,
          const char *capture)
{
  g_auto(GStrv) lines = g_strsplit (table, "\n", -1);

  for (size_t i = 0; lines[i]; i++)
    {
      char **row = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (row) == 3 && g_str_equal (row[0], capture))
        return row;
      g_strfreev (row);
    }
  return NULL;
}

static void
test_capture (const char *table,
              const char *frames)
{
  g_autofree char *capture = g_strndup (frames, strlen (frames) - strlen (".frames"));
  g_autofree char *text = read_golden (frames), *found = NULL, *moved = NULL;
  g_autoptr(GByteArray) file = isth_test_pcap_from_text (text);
  g_auto(GStrv) row = find_row (table, capture);
  const char *elsewhere = row ? g_str_equal (row[2], "=") ? row[1] : row[2] : "";
  bool good;

  found = list_protocols (file);
  move_ports (file);
  moved = list_protocols (file);
  good = row && is_expected (capture, "on its ports", row[1], found);
  good = row && is_expected (capture, "on other ports", elsewhere, moved) && good;
  if (good)
    return;
  g_test_message ("tests/golden/protocols.tsv %s; what was found: %s\t%s\t%s", row ? "says otherwise" : "has no line of it", capture, found,
                  g_str_equal (found, moved) ? "=" : moved);
  g_test_fail ();
}

static void
test_captures (void)
{
  g_autofree char *table = read_golden ("protocols.tsv");
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".frames"))
      test_capture (table, name);
}

/* The comparison itself: one that says yes to everything would pass all captures. */
static void
test_comparison (void)
{
  static const struct
  {
    const char *expected, *found;
    bool good;
  } cases[] = {
    { "cotp s7comm", "cotp s7comm", true },
    { "s7comm", "cotp s7comm", false },
    { "cotp s7comm", "cotp", false },
    { "modbus", "modbus-rtu", false },
    { "", "", true },
    { "", "dns", false },
    { "dns", "", false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (is_expected ("a case", "anywhere", cases[i].expected, cases[i].found), ==, cases[i].good);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocols/comparison", test_comparison);
  g_test_add_func ("/protocols/captures", test_captures);
  return g_test_run ();
}
