/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every small capture of tests/golden says exactly what its text says. NAME.frames is the capture, NAME.txt what is read from it.
 * ISTHMUS_GOLDEN=write writes the texts anew: look at the difference before you believe it. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/dissect-runner.h"
#include "tests/helpers/frames.h"

typedef struct
{
  GString *text;
  uint32_t tickets;
} Listener;

static uint64_t
write_observation (const IsthObservation *o,
                   void *user_data)
{
  static const IsthEndpoint nobody = { 0 };
  Listener *self = user_data;
  g_autofree char *line = isth_test_format_observation (o, &nobody, &nobody, o->protocol);
  char subject[ISTH_ADDRESS_TEXT];

  isth_address_format (o->subject.ip.kind ? &o->subject.ip : &o->subject.mac, subject);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT " %s %s", o->evidence.frame, o->protocol, subject);
  if (o->kind == ISTH_OBSERVE_OPERATION)
    self->tickets++;
  if (o->kind == ISTH_OBSERVE_OPERATION)
    g_string_append_printf (self->text, " #%u", self->tickets);
  if (o->kind == ISTH_OBSERVE_OUTCOME)
    g_string_append_printf (self->text, " #%u", (unsigned) o->outcome.ticket);
  g_string_append_printf (self->text, " %s", line);
  if (o->evidence.length > 0)
    g_string_append_printf (self->text, " [%u+%u]", o->evidence.offset, o->evidence.length);
  g_string_append_c (self->text, '\n');
  return o->kind == ISTH_OBSERVE_OPERATION ? self->tickets : 0;
}

static void
write_flow (const IsthFlowRecord *flow,
            const char *protocol,
            gpointer user_data)
{
  Listener *self = user_data;
  char a[ISTH_ADDRESS_TEXT], b[ISTH_ADDRESS_TEXT];

  g_string_append_printf (self->text, "flow %s %s %u %s %u packets %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " client %c proof %u\n",
                          protocol ? protocol : "-", isth_address_format (&flow->key.address[0], a), flow->key.port[0],
                          isth_address_format (&flow->key.address[1], b), flow->key.port[1], flow->count[0].packets,
                          flow->count[1].packets, "?AB"[flow->client], flow->proof);
}

static char *
read_capture (const GByteArray *file)
{
  Listener listener = { g_string_new (NULL), 0 };
  IsthSink sink = { .observe = write_observation, .user_data = &listener };
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

  g_assert_no_error (error);
  isth_pipeline_set_sink (pipeline, &sink);
  isth_pipeline_set_flow_func (pipeline, write_flow, &listener);
  isth_pipeline_run (pipeline, source, NULL);
  return g_string_free (listener.text, FALSE);
}

static void
test_golden (gconstpointer data)
{
  const char *path = data;
  g_autofree char *base = g_strndup (path, strlen (path) - strlen (".frames"));
  g_autofree char *expected_path = g_strconcat (base, ".txt", NULL);
  g_autofree char *frames = NULL, *expected = NULL, *got = NULL;
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &frames, NULL, NULL));
  file = isth_test_pcap_from_text (frames);
  got = read_capture (file);
  if (g_strcmp0 (g_getenv ("ISTHMUS_GOLDEN"), "write") == 0)
    {
      g_file_set_contents (expected_path, got, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (expected_path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, expected);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".frames"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *golden = g_strdup_printf ("/golden/%s", (const char *) names->pdata[i]);

      g_test_add_data_func_full (golden, g_build_filename (folder, names->pdata[i], NULL), test_golden, g_free);
    }
  return g_test_run ();
}
