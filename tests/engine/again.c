/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said again may be counted by a key, and keys are forgotten as it happens: the facts must not show which were. Every golden capture, forth and
 * back, goes into facts that remember and into facts that are told everything anew. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"

#define FILE_HEADER 24
#define RECORD_HEADER 16
#define HOUR 3600

static uint32_t
get32 (const uint8_t *at)
{
  uint32_t value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* The frames of @text, then the same in reverse, each a second later than the one before: whatever was said first is also said last. */
static GByteArray *
load_forth_and_back (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GByteArray) once = NULL;
  g_autoptr(GArray) records = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  GByteArray *file = g_byte_array_new ();
  uint32_t second = HOUR;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  once = isth_test_pcap_from_text (text);
  for (uint32_t at = FILE_HEADER; at < once->len; at += RECORD_HEADER + get32 (once->data + at + 8))
    g_array_append_val (records, at);
  g_byte_array_append (file, once->data, once->len);
  for (guint i = records->len; i-- > 0; second++)
    {
      const uint8_t *record = once->data + g_array_index (records, uint32_t, i);
      uint32_t time = GUINT32_TO_LE (second);

      g_byte_array_append (file, (const uint8_t *) &time, sizeof time);
      g_byte_array_append (file, record + sizeof time, RECORD_HEADER - sizeof time + get32 (record + 8));
    }
  return file;
}

/* All claims, bindings and operations with how often and when last, in the order in which they were first seen. */
static char *
list_facts (const IsthFacts *facts)
{
  const IsthFactsView view = isth_facts_view (facts);
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < view.n_claims; i++)
    g_string_append_printf (text, "station %u %s = %s (%u), %s, %" G_GUINT64_FORMAT " times, last %" G_GINT64_FORMAT "\n", view.claims[i].station,
                            isth_attribute_name ((IsthAttribute) view.claims[i].attribute), isth_facts_string (facts, view.claims[i].value),
                            view.claims[i].confidence, isth_facts_string (facts, view.claims[i].protocol), view.claims[i].count, view.claims[i].last);
  for (uint32_t i = 0; i < view.n_bindings; i++)
    g_string_append_printf (text, "station %u bound %" G_GUINT64_FORMAT " times, last %" G_GINT64_FORMAT "\n", view.bindings[i].station, view.bindings[i].count,
                            view.bindings[i].last);
  for (uint32_t i = 0; i < view.n_operations; i++)
    g_string_append_printf (text, "%u to %u %s %s, %" G_GUINT64_FORMAT " times, last %" G_GINT64_FORMAT "\n", view.operations[i].client,
                            view.operations[i].server, isth_facts_string (facts, view.operations[i].name),
                            isth_facts_string (facts, view.operations[i].object), view.operations[i].count, view.operations[i].last);
  return g_string_free (text, FALSE);
}

static char *
read_capture (const GByteArray *file,
              bool remember)
{
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, NULL);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  const IsthSink forgetful = { .observe = isth_facts_observe, .user_data = facts };

  if (!remember)
    isth_pipeline_set_sink (pipeline, &forgetful);
  isth_pipeline_run (pipeline, source, facts);
  return list_facts (facts);
}

static void
test_again (gconstpointer data)
{
  g_autoptr(GByteArray) file = load_forth_and_back (data);
  g_autofree char *remembered = read_capture (file, true);
  g_autofree char *forgotten = read_capture (file, false);
  g_auto(GStrv) a = g_strsplit (remembered, "\n", -1);
  g_auto(GStrv) b = g_strsplit (forgotten, "\n", -1);

  for (size_t i = 0; a[i] || b[i]; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      {
        char *path = g_build_filename (folder, name, NULL);
        g_autofree char *id = g_strdup_printf ("/again/%s", name);

        g_ptr_array_add (paths, path);
        g_test_add_data_func (id, path, test_again);
      }
  return g_test_run ();
}
