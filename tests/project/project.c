/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects: what goes in comes out, whatever happens to the disk, the file or the program; and every refusal has its words. */
#include "analysis/project/project.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/base/error.h"
#include "analysis/project/project-private.h"
#include "tests/helpers/facts-text.h"

static const char *program;

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("isthmus-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "plant.isthmus", NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GDir) folder = g_dir_open (f->folder, 0, NULL);

  for (const char *name = g_dir_read_name (folder); name; name = g_dir_read_name (folder))
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

static void
fill_capture (IsthFacts *facts,
              uint64_t   fingerprint)
{
  IsthFactCapture *c = isth_facts_get_capture (facts);

  *c = (IsthFactCapture) {
    .path = g_strdup ("/captures/cell \xfc.pcap"),
    .sha256 = g_strdup ("00ff"),
    .format = g_strdup ("pcapng"),
    .fingerprint = fingerprint,
    .size = UINT64_MAX,
    .frames = 7,
    .bytes = 700,
    .damaged = 1,
    .truncated = true,
    .complete = true,
    .first = -5,
    .last = INT64_MAX,
    .link_types = g_strsplit ("EN10MB,RAW", ",", -1),
    .notes = g_strsplit ("cut at 17,second\nline", ",", -1),
  };
  for (int i = 0; i < 100; i++)
    isth_histogram_add (isth_facts_get_histogram (facts), INT64_C (1700000000000000000) + i * 1000000000LL, 2, 200);
}

static IsthFacts *
random_facts (uint32_t n)
{
  IsthFacts *facts = isth_facts_new ();
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, g_test_rand_bit () ? 8 : 90);

  fill_capture (facts, ((uint64_t) g_test_rand_int () << 32) | UINT64_C (0x8000000080000000));
  for (uint32_t i = 0; i < n; i++)
    isth_test_say (facts, &sayings[i]);
  isth_facts_count_health (facts, "malformed", "modbus", 3);
  return facts;
}

static IsthProject *
open_project (const char *path)
{
  g_autoptr(GError) error = NULL;
  IsthProject *self = isth_project_open (path, &error);

  g_assert_no_error (error);
  return self;
}

static IsthProject *
create_project (const char *path)
{
  g_autoptr(GError) error = NULL;
  IsthProject *self = isth_project_create (path, &error);

  g_assert_no_error (error);
  return self;
}

static void
save (IsthProject *self,
      IsthFacts   *facts)
{
  g_autoptr(GError) error = NULL;

  isth_project_save_facts (self, facts, &error);
  g_assert_no_error (error);
}

/* All captures of the file as text. */
static char *
read_all (IsthProject *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = isth_project_read_facts (self, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *one = isth_test_facts_rows (all->pdata[i]);

      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

static char *
read_file (const char *path)
{
  g_autoptr(IsthProject) self = open_project (path);

  return read_all (self);
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Opening must fail with @code and a sentence that has @words. */
static void
refuse (const char *path,
        int         code,
        const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (isth_project_open (path, &error));
  g_assert_error (error, ISTH_ERROR, code);
  if (!strstr (error->message, words))
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_round_trip (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(IsthFacts) a = random_facts (4000);
  g_autoptr(IsthFacts) b = random_facts (1000);
  g_autofree char *one = isth_test_facts_rows (a);
  g_autofree char *two = isth_test_facts_rows (b);
  g_autofree char *expected = g_strconcat (one, two, NULL);
  g_autofree char *found = NULL;

  {
    g_autoptr(IsthProject) self = create_project (f->path);

    g_assert_cmpstr (isth_project_get_path (self), ==, f->path);
    save (self, a);
    save (self, b);
    g_assert_false (isth_facts_is_dirty (a, ISTH_TABLE_STATIONS, 0));
  }
  found = read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

/* Saved now and then, with provisional rounds between, and read back half-way: the file is as if saved once. */
static void
test_incremental (Fixture      *f,
                  gconstpointer data)
{
  const uint32_t n = 4000;
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, 70);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthProject) self = create_project (f->path);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  fill_capture (facts, 1);
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
      save (self, facts);
    }
  expected = isth_test_facts_rows (facts);
  g_clear_pointer (&self, isth_project_free);
  found = read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

/* Facts that came out of the file go on where they were, and leave without a trace. */
static void
test_remove (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(IsthFacts) a = random_facts (500);
  g_autoptr(IsthFacts) b = random_facts (500);
  g_autoptr(IsthProject) self = create_project (f->path);
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  save (self, a);
  save (self, b);
  all = isth_project_read_facts (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (isth_project_remove_facts (self, all->pdata[0], &error));
  isth_facts_count_health (all->pdata[1], "malformed", "s7comm", 1);
  save (self, all->pdata[1]);
  expected = isth_test_facts_rows (all->pdata[1]);
  found = read_all (self);
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
test_words (Fixture      *f,
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
  g_autoptr(IsthProject) self = create_project (f->path);

  g_assert_true (isth_project_save_edit (self, &edit, &error));
  g_assert_true (isth_project_save_edit (self, &back, &error));
  g_assert_true (isth_project_save_edit (self, &here, &error));
  g_assert_true (isth_project_save_acknowledged (self, UINT64_MAX, true, "Ada", 5, &error));
  g_assert_true (isth_project_save_acknowledged (self, 2, true, "Ada", 5, &error));
  g_assert_true (isth_project_save_acknowledged (self, 2, false, "Bob", 6, &error));
  g_clear_pointer (&self, isth_project_free);
  self = open_project (f->path);
  g_assert_true (isth_project_read_edits (self, add_edit_line, text, &error));
  g_assert_true (isth_project_read_acknowledged (self, add_alert_line, text, &error));
  g_assert_cmpstr (text->str, ==, " fe80::1 7 (modbus-unit:3) name=Küche by Ada at 5\n"
                                  "fe:80:00:00:00:00  0 () level= by  at 0\n"
                                  " 127.0.0.1+ 0 () name=bench by Ada at 0\n"
                                  "ffffffffffffffff\n");
}

/* The whole way to a world and to a link: rows that were folded away do not show up again. */
static void
test_world (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(IsthProject) self = create_project (f->path);
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
  save (self, facts);
  g_clear_pointer (&self, isth_project_free);
  self = open_project (f->path);
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
test_save_as (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "other.isthmus", NULL);
  g_autofree char *nowhere = g_build_filename (f->folder, "missing", "x.isthmus", NULL);
  g_autofree char *log = g_strconcat (other, "-wal", NULL);
  g_autoptr(IsthFacts) facts = random_facts (500);
  g_autoptr(IsthProject) self = create_project (f->path);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *found = NULL;

  save (self, facts);
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
  save (self, facts);
  after = isth_test_facts_rows (facts);
  found = read_all (self);
  g_assert_cmpstr (found, ==, after);
  g_free (found);
  found = read_file (f->path);
  g_assert_cmpstr (found, ==, before);
  g_assert_true (isth_project_save_as (self, other, &error)); /* onto itself: nothing to do */

  /* Onto a project that another window has open. */
  {
    g_autoptr(IsthProject) second = open_project (f->path);

    g_assert_false (isth_project_save_as (self, f->path, &error));
    g_assert_nonnull (strstr (error->message, "another window"));
  }
}

static void
test_second_window (Fixture      *f,
                    gconstpointer data)
{
  g_autofree char *lock = g_strconcat (f->path, "-lock", NULL);
  g_autoptr(IsthProject) self = create_project (f->path);
  g_autoptr(GError) error = NULL;

  refuse (f->path, ISTH_ERROR_PROJECT, "another window");
  g_assert_true (isth_project_is_in_use (f->path));
  g_assert_true (isth_project_probe (f->path));
  g_assert_null (isth_project_create (f->path, &error));
  g_assert_nonnull (strstr (error->message, "there already"));
  g_clear_pointer (&self, isth_project_free);
  g_assert_false (isth_project_is_in_use (f->path));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  self = open_project (f->path);
}

static void
test_refusals (Fixture      *f,
               gconstpointer data)
{
  refuse (f->path, ISTH_ERROR_PROJECT, "not there");
  refuse (f->folder, ISTH_ERROR_PROJECT, "folder");
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_true (g_file_set_contents (f->path, "SQLite format 3", -1, NULL));
  refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_false (isth_project_probe (f->path));
  g_unlink (f->path);
  run_sql (f->path, "CREATE TABLE other (x)");
  refuse (f->path, ISTH_ERROR_PROJECT, "not an Isthmus project");
  g_assert_false (isth_project_probe (f->path));
}

static void
test_newer (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n, m;

  isth_project_free (create_project (f->path));
  run_sql (f->path, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99;");
  g_assert_true (g_file_get_contents (f->path, &before, &n, NULL));
  refuse (f->path, ISTH_ERROR_TOO_NEW, "newer Isthmus");
  g_assert_true (g_file_get_contents (f->path, &after, &m, NULL));
  g_assert_cmpmem (before, n, after, m);
  run_sql (f->path, "PRAGMA user_version = -1;");
  refuse (f->path, ISTH_ERROR_PROJECT, "damaged");
}

/* A program killed between making the file and its tables leaves version 0: the next one makes them. */
static void
test_migrate (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(IsthProject) self = NULL;
  g_autoptr(IsthFacts) facts = random_facts (100);
  int version = 0;

  run_sql (f->path, "PRAGMA application_id = " G_STRINGIFY (ISTH_PROJECT_APPLICATION_ID));
  g_assert_true (isth_project_probe (f->path));
  self = open_project (f->path);
  g_assert_true (isth_project_read_version (self, &version, NULL));
  g_assert_cmpint (version, ==, isth_project_version);
  save (self, facts);
}

static const char *const foreign[] = {
  "CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM edit; END",
  "CREATE VIEW v AS SELECT 1",
  "DROP TABLE note",
  "CREATE INDEX i ON edit (value)",
  "ALTER TABLE claim ADD COLUMN more TEXT",
};

static void
test_foreign (Fixture      *f,
              gconstpointer data)
{
  for (size_t i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      isth_project_free (create_project (f->path));
      run_sql (f->path, foreign[i]);
      refuse (f->path, ISTH_ERROR_PROJECT, "damaged");
      g_unlink (f->path);
    }
}

/* Values that no Isthmus writes, in a file that SQLite finds sound. */
static const char *const lies[] = {
  "UPDATE station SET mac = x'00' WHERE row = 0",
  "UPDATE station SET mac = NULL, ip = NULL WHERE row = 0",
  "UPDATE station SET activity_shift = 200 WHERE row = 0",
  "UPDATE station SET flags = 1000 WHERE row = 0",
  "UPDATE station SET row = 1000000 WHERE row = 0",
  "UPDATE conversation SET server = 4294967295 WHERE row = 0",
  "UPDATE claim SET attribute = 'colour' WHERE row = 0",
  "UPDATE claim SET bytes = -1 WHERE row = 0",
  "UPDATE operation SET verb = '' WHERE row = 0",
  "UPDATE operation SET name = 99999 WHERE row = 0",
  "UPDATE event SET operation = 99999 WHERE row = 0",
  "UPDATE event SET outcome = 'maybe' WHERE row = 0",
  "UPDATE health SET what = 99999 WHERE row = 0",
  "UPDATE string SET text = 'modbus'",
  "UPDATE string SET text = '' WHERE row = 1",
  "UPDATE string SET text = CAST (x'ff' AS TEXT) WHERE row = 1",
  "UPDATE string SET text = 'a' || char (0) || 'b' WHERE row = 1",
  "UPDATE string SET text = hex (zeroblob (1000)) WHERE row = 1",
  "UPDATE bytes SET data = zeroblob (1000) WHERE row = 1",
  "DELETE FROM bytes WHERE row = 1",
  "UPDATE histogram SET frames = x'00'",
  "UPDATE histogram SET shift = 64",
  "UPDATE histogram SET start = 9223372036854775807",
};

static void
test_lies (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(IsthFacts) facts = random_facts (500);
  g_autofree char *good = g_strconcat (f->path, ".good", NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  {
    g_autoptr(IsthProject) self = create_project (good);

    save (self, facts);
  }
  g_assert_true (g_file_get_contents (good, &bytes, &n, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr(IsthProject) self = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) n, NULL));
      run_sql (f->path, lies[i]);
      self = open_project (f->path);
      g_assert_null (isth_project_read_facts (self, &error));
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
      g_assert_nonnull (strstr (error->message, "damaged"));
    }
}

/* Opens and reads what may be damaged: fine or refused with words, never a crash. Whether it could be read. */
static bool
try_damaged (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = isth_project_open (path, &error);
  g_autoptr(GPtrArray) all = NULL;

  if (self)
    all = isth_project_read_facts (self, &error);
  g_assert_true ((all != NULL) == (error == NULL));
  if (error)
    g_assert_cmpuint (strlen (error->message), >, 20);
  return all != NULL;
}

static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(IsthFacts) facts = random_facts (1000);
  g_autofree char *bytes = NULL;
  gsize n;
  int refused = 0;

  {
    g_autoptr(IsthProject) self = create_project (f->path);

    save (self, facts);
  }
  g_assert_true (g_file_get_contents (f->path, &bytes, &n, NULL));
  for (int round = 0; round < 120; round++)
    {
      g_autofree char *copy = g_memdup2 (bytes, n);
      gsize length = n;

      if (round % 3 == 0)
        length = (gsize) g_test_rand_int_range (0, (gint32) n);
      for (int i = 0; round % 3 != 0 && i < 1 << (round % 7); i++)
        copy[g_test_rand_int_range (0, round % 2 ? (gint32) n : 4096)] ^= (char) g_test_rand_int_range (1, 256);
      g_assert_true (g_file_set_contents (f->path, copy, (gssize) length, NULL));
      refused += !try_damaged (f->path);
    }
  g_assert_cmpint (refused, >, 40);
}

/* As root nothing is read-only, so root becomes nobody for a moment. */
static void
test_read_only (Fixture      *f,
                gconstpointer data)
{
  bool root = geteuid () == 0;

  isth_project_free (create_project (f->path));
  g_assert_cmpint (g_chmod (f->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (f->folder, 0777), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  refuse (f->path, ISTH_ERROR_PROJECT, "open the copy");
  g_assert_true (!root || seteuid (0) == 0);

  g_assert_cmpint (g_chmod (f->folder, 0555), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  refuse (f->path, ISTH_ERROR_PROJECT, "folder");
  {
    g_autofree char *other = g_build_filename (f->folder, "new.isthmus", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null (isth_project_create (other, &error));
    g_assert_nonnull (strstr (error->message, "another folder"));
  }
  g_assert_true (!root || seteuid (0) == 0);

  g_assert_cmpint (g_chmod (f->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (f->path, 0), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  refuse (f->path, ISTH_ERROR_PROJECT, "may not read");
  g_assert_true (!root || seteuid (0) == 0);
}

/* What generation @number of the saving child adds: the same in child and parent. */
static void
say_generation (IsthFacts *facts,
                uint64_t   number)
{
  for (uint64_t i = 0; i < 40; i++)
    {
      uint8_t ip[4] = { 10, 0, (uint8_t) (number % 5), (uint8_t) (1 + i % 7) };
      uint8_t other[4] = { 10, 0, 9, 9 };
      g_autofree char *object = g_strdup_printf ("register %d", (int) ((number * 40 + i) % 300));
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OPERATION,
        .protocol = "modbus",
        .subject = { .ip = isth_address_ipv4 (other) },
        .target = { .ip = isth_address_ipv4 (ip) },
        .evidence = { .frame = number * 40 + i + 1, .time = (int64_t) (number * 1000 + i), .bytes = ip, .n_bytes = 4 },
        .operation = { i % 2 ? ISTH_OP_WRITE : ISTH_OP_READ, 3, "function", object },
      };

      isth_facts_observe (&o, facts);
    }
  isth_facts_get_capture (facts)->frames = number;
}

/* The child: saves one generation after another and says each number on standard output once it is committed. */
static int
save_forever (const char *path,
              rlim_t      ceiling)
{
  g_autoptr(IsthProject) self = isth_project_create (path, NULL);
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(GError) error = NULL;
  struct rlimit limit = { ceiling, ceiling };

  if (!self)
    return 2;
  if (ceiling != RLIM_INFINITY)
    {
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
    }
  for (uint64_t number = 1;; number++)
    {
      say_generation (facts, number);
      if (!isth_project_save_facts (self, facts, &error))
        break;
      if (write (STDOUT_FILENO, &number, sizeof number) != sizeof number)
        return 3;
    }
  return strstr (error->message, "saved before is safe") ? 0 : 4;
}

static GPid
spawn (const char *mode,
       const char *path,
       int        *output)
{
  char *argv[] = { (char *) program, (char *) mode, (char *) path, NULL };
  g_autoptr(GError) error = NULL;
  GPid child;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL, output, NULL, &error);
  g_assert_no_error (error);
  return child;
}

/* The file must hold generation @committed or the one that was being committed, whole. */
static void
check_generation (const char *path,
                  uint64_t    committed)
{
  g_autoptr(IsthProject) self = open_project (path);
  g_autoptr(IsthFacts) expected = isth_facts_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  uint64_t found;

  all = isth_project_read_facts (self, &error);
  g_assert_no_error (error);
  if (committed == 0 && all->len == 0)
    return;
  g_assert_cmpuint (all->len, ==, 1);
  found = isth_facts_get_capture (all->pdata[0])->frames;
  g_assert_true (found == committed || found == committed + 1);
  for (uint64_t number = 1; number <= found; number++)
    say_generation (expected, number);
  /* A capture without words is loaded with empty lists of them. */
  isth_facts_get_capture (expected)->link_types = g_new0 (char *, 1);
  isth_facts_get_capture (expected)->notes = g_new0 (char *, 1);
  a = isth_test_facts_rows (all->pdata[0]);
  b = isth_test_facts_rows (expected);
  g_assert_cmpstr (a, ==, b);
  {
    sqlite3_stmt *statement = isth_project_prepare (self, "PRAGMA integrity_check", NULL);

    g_assert_true (isth_project_next (self, statement, NULL));
    g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
    sqlite3_reset (statement);
  }
}

static void
test_kill (Fixture      *f,
           gconstpointer data)
{
  for (int round = 0; round < 20; round++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%d", f->path, round);
      uint64_t committed = 0;
      int output, status;
      GPid child = spawn ("--save-forever", path, &output);
      int wanted = g_test_rand_int_range (1, 30);

      while ((int) committed < wanted)
        g_assert_cmpint (read (output, &committed, sizeof committed), ==, sizeof committed);
      for (int spin = g_test_rand_int_range (0, 2000); spin > 0; spin--)
        g_thread_yield ();
      kill (child, SIGKILL);
      while (read (output, &committed, sizeof committed) == sizeof committed)
        ;
      close (output);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      g_spawn_close_pid (child);
      check_generation (path, committed);
    }
}

static void
test_disk_full (Fixture      *f,
                gconstpointer data)
{
  uint64_t committed = 0;
  int output, status;
  GPid child = spawn ("--save-until-full", f->path, &output);

  while (read (output, &committed, sizeof committed) == sizeof committed)
    ;
  close (output);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_spawn_close_pid (child);
  g_assert_cmpuint (committed, >, 1);
  check_generation (f->path, committed);
}

/* A save that failed has changed nothing, and the next one saves it all. */
static void
test_full_then_free (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(IsthFacts) facts = random_facts (300);
  g_autoptr(IsthProject) self = create_project (f->path);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  save (self, facts);
  before = isth_test_facts_rows (facts);
  for (uint64_t number = 1; number < 50; number++)
    say_generation (facts, number);
  g_assert_true (isth_project_exec (self, "PRAGMA max_page_count = 1", &error));
  g_assert_false (isth_project_save_facts (self, facts, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
  g_assert_nonnull (strstr (error->message, "no room"));
  g_clear_error (&error);
  g_assert_true (isth_project_exec (self, "PRAGMA max_page_count = 1000000", &error));
  save (self, facts);
  g_assert_cmpstr (before, !=, expected = isth_test_facts_rows (facts));
  g_clear_pointer (&self, isth_project_free);
  found = read_file (f->path);
  g_assert_cmpstr (found, ==, expected);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--save-forever"))
    return save_forever (argv[2], RLIM_INFINITY);
  if (argc == 3 && g_str_equal (argv[1], "--save-until-full"))
    return save_forever (argv[2], 400000);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("/project/round-trip", test_round_trip);
  ADD ("/project/incremental", test_incremental);
  ADD ("/project/remove", test_remove);
  ADD ("/project/words", test_words);
  ADD ("/project/world", test_world);
  ADD ("/project/save-as", test_save_as);
  ADD ("/project/second-window", test_second_window);
  ADD ("/project/refusals", test_refusals);
  ADD ("/project/newer", test_newer);
  ADD ("/project/migrate", test_migrate);
  ADD ("/project/foreign", test_foreign);
  ADD ("/project/lies", test_lies);
  ADD ("/project/damaged", test_damaged);
  ADD ("/project/read-only", test_read_only);
  ADD ("/project/kill", test_kill);
  ADD ("/project/disk-full", test_disk_full);
  ADD ("/project/full-then-free", test_full_then_free);
  return g_test_run ();
}
