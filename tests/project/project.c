/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects: what goes in comes out, in one go or in many, under another name, for one window at a time. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "tests/helpers/facts-text.h"
#include "tests/project/desk.h"

static void
test_round_trip (Desk         *f,
                 gconstpointer data)
{
  g_autoptr(IsthFacts) a = desk_random_facts (4000);
  g_autoptr(IsthFacts) b = desk_random_facts (1000);
  g_autofree char *one = isth_test_facts_rows (a);
  g_autofree char *two = isth_test_facts_rows (b);
  g_autofree char *expected = g_strconcat (one, two, NULL);
  g_autofree char *found = NULL;

  {
    g_autoptr(IsthProject) self = desk_create (f->path);

    g_assert_cmpstr (isth_project_get_path (self), ==, f->path);
    desk_save (self, a);
    desk_save (self, b);
    g_assert_false (isth_facts_is_dirty (a, ISTH_TABLE_STATIONS, 0));
  }
  found = desk_read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

/* Saved now and then, with provisional rounds between, and read back half-way: the file is as if saved once. */
static void
test_incremental (Desk         *f,
                  gconstpointer data)
{
  const uint32_t n = 4000;
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, 70);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  desk_fill_capture (facts, 1);
  for (uint32_t i = 0; i < n; i++)
    {
      isth_test_say (facts, &sayings[i]);
      if (i % 400 != 399)
        continue;
      isth_facts_begin_provisional (facts);
      for (uint32_t p = i; p < n && p < i + 100; p++)
        if (sayings[p].is_traffic)
          isth_facts_add_traffic (facts, &sayings[p].traffic);
      isth_facts_end_provisional (facts);
      desk_save (self, facts);
    }
  expected = isth_test_facts_rows (facts);
  g_clear_pointer (&self, isth_project_free);
  found = desk_read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

/* Facts that came out of the file go on where they were, and leave without a trace. */
static void
test_remove (Desk         *f,
             gconstpointer data)
{
  g_autoptr(IsthFacts) a = desk_random_facts (500);
  g_autoptr(IsthFacts) b = desk_random_facts (500);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  desk_save (self, a);
  desk_save (self, b);
  all = isth_project_read_facts (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (isth_project_remove_facts (self, all->pdata[0], &error));
  isth_facts_count_health (all->pdata[1], "malformed", "s7comm", 1);
  desk_save (self, all->pdata[1]);
  expected = isth_test_facts_rows (all->pdata[1]);
  found = desk_read_all (self);
  g_assert_cmpstr (found, ==, expected);
}

/* The new reading takes the old one's place at once, and is then saved like any other. */
static void
test_replace (Desk         *f,
              gconstpointer data)
{
  g_autoptr(IsthFacts) a = desk_random_facts (300);
  g_autoptr(IsthFacts) b = desk_random_facts (300);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  desk_save (self, a);
  g_assert_true (isth_project_replace_facts (self, a, b, &error));
  g_assert_true (isth_project_remove_facts (self, a, &error)); /* it is not there any more */
  isth_facts_count_health (b, "malformed", "s7comm", 1);
  desk_save (self, b);
  expected = isth_test_facts_rows (b);
  found = desk_read_all (self);
  g_assert_cmpstr (found, ==, expected);
}

static void
add_edit_line (const IsthEdit *edit,
               gpointer        text)
{
  char mac[ISTH_ADDRESS_TEXT], ip[ISTH_ADDRESS_TEXT];

  g_string_append_printf (text, "%s %s%s %u (%s) %s=%s by %s at %" G_GINT64_FORMAT "\n",
                          isth_address_format (&edit->about.mac, mac), isth_address_format (&edit->about.ip, ip),
                          isth_address_is_scoped (&edit->about.ip) ? "+" : "", edit->about.vlan,
                          edit->about.child, isth_attribute_name (edit->attribute), edit->value, edit->author, edit->time);
}

static void
add_alert_line (uint64_t alert,
                gpointer text)
{
  g_string_append_printf (text, "%" G_GINT64_MODIFIER "x\n", alert);
}

static void
add_review_line (const IsthReview *review,
                 gpointer          text)
{
  g_string_append_printf (text, "%s %" G_GINT64_MODIFIER "x %s it=%s ot=%s no=%s note=%s due=%" G_GINT64_FORMAT " by %s at %" G_GINT64_FORMAT "\n",
                          isth_about_name (review->about), review->subject, isth_verdict_name (review->outcome), review->it_owner, review->ot_owner,
                          review->dissent, review->note ? review->note : "", review->due, review->author, review->time);
}

/* What a review settled: each word is kept, the last one about a thing counts, and only in the world. */
static void
test_reviews (Desk         *f,
              gconstpointer data)
{
  IsthReview first = { .about = ISTH_ABOUT_ALERT, .subject = UINT64_MAX, .outcome = ISTH_VERDICT_INVESTIGATE, .it_owner = "Ann", .ot_owner = "Olaf",
                       .dissent = "Zoë: no", .note = "Küche", .author = "Ada", .due = 9, .time = 5 };
  IsthReview later = { .about = ISTH_ABOUT_ALERT, .subject = UINT64_MAX, .outcome = ISTH_VERDICT_STOP, .it_owner = "", .ot_owner = "", .dissent = "", .note = "",
                       .author = "Bob", .due = ISTH_NO_TIME, .time = 6 };
  IsthReview back = { .about = ISTH_ABOUT_LINK, .subject = 2, .it_owner = "", .ot_owner = "", .dissent = "", .note = "", .author = "Bob",
                      .due = ISTH_NO_TIME, .time = 7 };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL, same = NULL;
  const IsthReview *found;

  g_assert_true (isth_project_save_review (self, &first, &error));
  g_assert_true (isth_project_save_review (self, &later, &error));
  g_assert_true (isth_project_save_review (self, &back, &error));
  g_clear_pointer (&self, isth_project_free);
  self = desk_open (f->path);
  g_assert_true (isth_project_read_reviews (self, add_review_line, text, &error));
  g_assert_cmpstr (text->str, ==, "alert ffffffffffffffff investigate it=Ann ot=Olaf no=Zoë: no note=Küche due=9 by Ada at 5\n"
                                  "alert ffffffffffffffff stop it= ot= no= note= due=-9223372036854775808 by Bob at 6\n"
                                  "link 2 open it= ot= no= note= due=-9223372036854775808 by Bob at 7\n");

  g_assert_true (isth_project_load (self, world, &error));
  isth_world_add_review (world, &first); /* an earlier word, later heard */
  snapshot = isth_world_resolve (world, NULL, NULL);
  g_assert_cmpuint (snapshot->reviews->n_reviews, ==, 1);
  found = isth_review_list_find (snapshot->reviews, ISTH_ABOUT_ALERT, UINT64_MAX);
  g_assert_nonnull (found);
  g_assert_cmpint (found->outcome, ==, ISTH_VERDICT_STOP);
  g_assert_null (isth_review_list_find (snapshot->reviews, ISTH_ABOUT_LINK, 2));
  same = isth_world_resolve (world, NULL, NULL);
  g_assert_true (same->reviews == snapshot->reviews);
}

static void
test_words (Desk         *f,
            gconstpointer data)
{
  const uint8_t ip[16] = { 0xfe, 0x80, [15] = 1 };
  IsthEdit edit = { .about = { .ip = isth_address_ipv6 (ip), .vlan = 7, .child = "modbus-unit:3" }, .attribute = ISTH_ATTRIBUTE_NAME,
                    .value = "Küche", .author = "Ada", .time = 5 };
  const uint8_t own[4] = { 127, 0, 0, 1 };
  IsthEdit here = { .about = { .ip = isth_address_scoped_loopback (own, 0x1234) }, .attribute = ISTH_ATTRIBUTE_NAME, .value = "bench", .author = "Ada" };
  IsthEdit back = { .about = { .mac = isth_address_mac (ip) }, .attribute = ISTH_ATTRIBUTE_LEVEL, .value = "", .author = "" };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = desk_create (f->path);

  g_assert_true (isth_project_save_edit (self, &edit, &error));
  g_assert_true (isth_project_save_edit (self, &back, &error));
  g_assert_true (isth_project_save_edit (self, &here, &error));
  g_assert_true (isth_project_save_acknowledged (self, UINT64_MAX, true, "Ada", 5, &error));
  g_assert_true (isth_project_save_acknowledged (self, 2, true, "Ada", 5, &error));
  g_assert_true (isth_project_save_acknowledged (self, 2, false, "Bob", 6, &error));
  g_clear_pointer (&self, isth_project_free);
  self = desk_open (f->path);
  g_assert_true (isth_project_read_edits (self, add_edit_line, text, &error));
  g_assert_true (isth_project_read_acknowledged (self, add_alert_line, text, &error));
  g_assert_cmpstr (text->str, ==, " fe80::1 7 (modbus-unit:3) name=Küche by Ada at 5\n"
                                  "fe:80:00:00:00:00  0 () level= by  at 0\n"
                                  " 127.0.0.1+ 0 () name=bench by Ada at 0\n"
                                  "ffffffffffffffff\n");
}

/* The whole way to a world and to a link: rows that were folded away do not show up again. */
static void
test_world (Desk         *f,
            gconstpointer data)
{
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;
  g_autoptr(GError) error = NULL;
  const uint8_t a[4] = { 10, 0, 0, 1 }, b[4] = { 10, 0, 0, 2 };
  IsthTraffic traffic = {
    .endpoint = { { .ip = isth_address_ipv4 (a) }, { .ip = isth_address_ipv4 (b) } },
    .protocol = "modbus",
    .transport = 6,
    .proof = 3,
    .port = { 40000, 502 },
    .packets = { 1, 1 },
    .flags = { 15, 15 },
    .first = 1,
    .last = 2,
  };

  isth_facts_add_traffic (facts, &traffic);
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *object = g_strdup_printf ("register %d", i);
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OPERATION,
        .protocol = "modbus",
        .subject = traffic.endpoint[0],
        .target = traffic.endpoint[1],
        .evidence = { .frame = (uint64_t) i + 1, .time = i + 1 },
        .operation = { ISTH_OP_WRITE, 6, "write-single-register", object },
      };

      isth_facts_observe (&o, facts);
    }
  desk_save (self, facts);
  g_clear_pointer (&self, isth_project_free);
  self = desk_open (f->path);
  g_assert_true (isth_project_load (self, world, &error));
  snapshot = isth_world_resolve (world, NULL, NULL);
  g_assert_cmpuint (snapshot->n_assets, ==, 2);
  g_assert_cmpuint (snapshot->n_links, ==, 1);
  g_assert_cmpuint (snapshot->links[0]->n_operations, ==, 1);
  g_assert_cmpuint (snapshot->links[0]->operations[0].count, ==, 100);
  g_assert_cmpuint (snapshot->links[0]->operations[0].evidence.frame, ==, 1);
  g_assert_cmpuint (snapshot->links[0]->operations[0].n_events, ==, ISTH_LIMIT_EVENTS);
}

static void
test_save_as (Desk         *f,
              gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "other.isthmus", NULL);
  g_autofree char *nowhere = g_build_filename (f->folder, "missing", "x.isthmus", NULL);
  g_autofree char *log = g_strconcat (other, "-wal", NULL);
  g_autoptr(IsthFacts) facts = desk_random_facts (500);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *found = NULL;

  desk_save (self, facts);
  before = isth_test_facts_rows (facts);
  g_assert_true (g_file_set_contents (other, "something to be replaced", -1, NULL));
  g_assert_true (g_file_set_contents (log, "a log that a killed program left", -1, NULL));
  g_assert_false (isth_project_save_as (self, nowhere, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
  g_assert_cmpstr (isth_project_get_path (self), ==, f->path);
  g_clear_error (&error);
  g_assert_true (isth_project_save_as (self, other, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (isth_project_get_path (self), ==, other);
  g_assert_false (isth_project_is_in_use (f->path));
  g_assert_true (isth_project_is_in_use (other));

  isth_facts_count_health (facts, "malformed", "s7comm", 1);
  desk_save (self, facts);
  after = isth_test_facts_rows (facts);
  found = desk_read_all (self);
  g_assert_cmpstr (found, ==, after);
  g_free (found);
  found = desk_read_file (f->path);
  g_assert_cmpstr (found, ==, before);
  g_assert_true (isth_project_save_as (self, other, &error)); /* onto itself: nothing to do */

  /* Onto a project that another window has open. */
  {
    g_autoptr(IsthProject) second = desk_open (f->path);

    g_assert_false (isth_project_save_as (self, f->path, &error));
    g_assert_nonnull (strstr (error->message, "another window"));
  }
}

/* A maker that was killed at once leaves an empty file; the next one takes it over, but not from a window that has it. */
static void
test_begun (Desk         *f,
            gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = NULL;
  int lock;

  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_true (isth_project_is_begun (f->path));
  lock = isth_project_lock (f->path, &error);
  g_assert_no_error (error);
  g_assert_false (isth_project_is_begun (f->path));
  g_assert_null (isth_project_create (f->path, &error));
  g_clear_error (&error);
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
  isth_project_unlock (f->path, lock);
  self = desk_create (f->path);
  g_assert_false (isth_project_is_begun (f->path));
}

static void
test_second_window (Desk         *f,
                    gconstpointer data)
{
  g_autofree char *lock = g_strconcat (f->path, "-lock", NULL);
  g_autoptr(IsthProject) self = desk_create (f->path);
  g_autoptr(GError) error = NULL;

  desk_refuse (f->path, ISTH_ERROR_PROJECT, "another window");
  g_assert_true (isth_project_is_in_use (f->path));
  g_assert_true (isth_project_probe (f->path));
  g_assert_null (isth_project_create (f->path, &error));
  g_assert_nonnull (strstr (error->message, "there already"));
  g_clear_pointer (&self, isth_project_free);
  g_assert_false (isth_project_is_in_use (f->path));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  self = desk_open (f->path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  DESK_TEST ("/project/round-trip", test_round_trip);
  DESK_TEST ("/project/incremental", test_incremental);
  DESK_TEST ("/project/remove", test_remove);
  DESK_TEST ("/project/replace", test_replace);
  DESK_TEST ("/project/words", test_words);
  DESK_TEST ("/project/reviews", test_reviews);
  DESK_TEST ("/project/world", test_world);
  DESK_TEST ("/project/save-as", test_save_as);
  DESK_TEST ("/project/begun", test_begun);
  DESK_TEST ("/project/second-window", test_second_window);
  return g_test_run ();
}
