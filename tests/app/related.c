/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around a record: found wherever it is named, in the order of the snapshot. */
#include "app/model/related.h"

static IsthAsset assets[] = { { .id = 1, .name = "one" }, { .id = 2, .name = "two", .parent = 1 }, { .id = 3, .name = "three" } };
static IsthLink links[] = { { .id = 11, .from = 1, .to = 3 }, { .id = 12, .from = 3, .to = 2 }, { .id = 13, .from = 3, .to = 1 } };
static IsthAlert alerts[] = { { .id = 21, .subject = 1 }, { .id = 22, .subject = 3, .peer = 1 }, { .id = 23, .subject = 2 } };
static IsthRemoteSession sessions[] = { { .id = 31, .from = 3, .to = 1 }, { .id = 32, .from = 1, .to = 2, .came_by = 31 } };
static IsthTransferEvent events[] = { { .from = 1, .to = 3 }, { .from = 3, .to = 2 }, { .from = 3, .to = 1 } };

static void
clear_nothing (gpointer record)
{
}

/* "11 13": ids of records, which all begin as records do. */
static char *
list_ids (const GPtrArray *records)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", (guint) isth_record_id (g_ptr_array_index (records, i)));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define CHECK(records, expected) \
  { \
    g_autofree char *ids = list_ids (records); \
    g_assert_cmpstr (ids, ==, expected); \
  }

static void
test_gather (void)
{
  static IsthTransferList transfers = { .events = events, .n_events = G_N_ELEMENTS (events) };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  IsthAsset *all_assets[] = { &assets[0], &assets[1], &assets[2] };
  IsthLink *all_links[] = { &links[0], &links[1], &links[2] };
  IsthAlert *all_alerts[] = { &alerts[0], &alerts[1], &alerts[2] };
  IsthRemoteSession *all_sessions[] = { &sessions[0], &sessions[1] };
  g_autoptr(IsthRelated) asset = NULL, link = NULL, remote = NULL, gone = NULL;

  snapshot->assets = all_assets;
  snapshot->links = all_links;
  snapshot->alerts = all_alerts;
  snapshot->sessions = all_sessions;
  snapshot->transfers = &transfers;
  snapshot->n_assets = snapshot->n_links = snapshot->n_alerts = 3;
  snapshot->n_sessions = 2;

  asset = isth_related_new (snapshot, ISTH_SELECTED_ASSET, 1);
  g_assert_cmpuint (isth_related_get_size (asset), ==, 14);
  isth_related_gather (asset);
  g_assert_true (asset->record == &assets[0]);
  CHECK (asset->links, "11 13");
  CHECK (asset->parts, "2");
  CHECK (asset->alerts, "21 22");
  CHECK (asset->sessions, "31 32");
  g_assert_cmpuint (asset->transfers->len, ==, 2);

  link = isth_related_new (snapshot, ISTH_SELECTED_LINK, 12);
  isth_related_gather (link);
  g_assert_cmpuint (link->transfers->len, ==, 1);
  g_assert_true (g_ptr_array_index (link->transfers, 0) == &events[1]);
  CHECK (link->links, "");

  remote = isth_related_new (snapshot, ISTH_SELECTED_REMOTE, 31);
  isth_related_gather (remote);
  CHECK (remote->sessions, "32");

  gone = isth_related_new (snapshot, ISTH_SELECTED_ASSET, 77);
  isth_related_gather (gone);
  g_assert_null (gone->record);
  CHECK (gone->links, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/related/gather", test_gather);

  return g_test_run ();
}
