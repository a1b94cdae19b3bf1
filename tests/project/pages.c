/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project damaged page by page, cut anywhere, its log damaged, cut or lost: it opens with what was committed, or is refused with
 * words and left as it is. Never a crash, never half of something that looks whole. */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/base/error.h"
#include "tests/helpers/facts-text.h"
#include "tests/project/desk.h"

#define PAGE 8192
#define FRAME (24 + PAGE) /* of a log (sqlite.org/fileformat2.html, 4.1) */
#define LOG_HEADER 32

typedef struct
{
  char *bytes, *log;
  gsize n, n_log;
  char *committed[4]; /* the facts as text after so many commits; the first: before any */
} Whole;

static void
whole_clear (Whole *self)
{
  g_free (self->bytes);
  g_free (self->log);
  for (size_t i = 0; i < G_N_ELEMENTS (self->committed); i++)
    g_free (self->committed[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Whole, whole_clear)

static char *
log_path (const Desk *f)
{
  return g_strconcat (f->path, "-wal", NULL);
}

/* As a killed program leaves it: three commits, of which the log has all or some. */
static void
make_whole (const Desk *f,
            Whole      *self)
{
  g_autoptr(IsthFacts) facts = desk_random_facts (400);
  g_autofree char *log = log_path (f);
  g_autoptr(IsthProject) project = desk_create (f->path);

  memset (self, 0, sizeof *self);
  self->committed[0] = g_strdup ("");
  for (size_t i = 1; i < G_N_ELEMENTS (self->committed); i++)
    {
      isth_facts_count_health (facts, "malformed", "s7comm", i);
      desk_save (project, facts);
      self->committed[i] = isth_test_facts_rows (facts);
    }
  g_assert_true (g_file_get_contents (f->path, &self->bytes, &self->n, NULL));
  g_assert_true (g_file_get_contents (log, &self->log, &self->n_log, NULL));
  g_assert_cmpuint (self->n_log, >, LOG_HEADER + 3 * FRAME);
}

/* The same after an orderly end: no log. */
static void
make_closed (const Desk *f,
             Whole      *self)
{
  make_whole (f, self);
  g_free (self->bytes);
  g_assert_true (g_file_get_contents (f->path, &self->bytes, &self->n, NULL));
  self->n_log = 0;
}

static void
put (const Desk *f,
     const char *bytes,
     gsize       n,
     const char *log,
     gsize       n_log)
{
  g_autofree char *name = log_path (f);

  g_unlink (name);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) n, NULL));
  if (n_log > 0)
    g_assert_true (g_file_set_contents (name, log, (gssize) n_log, NULL));
}

/* Opens and reads; how many commits are in it, or -1 when it was refused with a sentence. */
static int
try_project (const Desk  *f,
             const Whole *whole)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthProject) self = isth_project_open (f->path, &error);
  g_autoptr(GPtrArray) all = NULL;
  g_autofree char *text = NULL;

  if (self)
    all = isth_project_read_facts (self, &error);
  if (!all)
    {
      g_assert_error (error, ISTH_ERROR, ISTH_ERROR_PROJECT);
      g_assert_nonnull (strstr (error->message, f->path));
      return -1;
    }
  text = all->len > 0 ? isth_test_facts_rows (all->pdata[0]) : g_strdup ("");
  for (int i = 0; i < (int) G_N_ELEMENTS (whole->committed); i++)
    if (g_str_equal (text, whole->committed[i]))
      return i;
  return -2; /* something that nobody committed */
}

/* Kinds of pages of trees (fileformat2.html, 1.6); others hold what is too long for one row. */
static bool
is_tree_page (const char *page)
{
  return *page == 2 || *page == 5 || *page == 10 || *page == 13;
}

/* One byte may be turned without a trace, a page overwritten may not: SQLite has no checksums, but its structure and ours. */
static void
test_pages (Desk         *f,
            gconstpointer data)
{
  g_auto(Whole) whole;
  int refused = 0;

  make_closed (f, &whole);
  for (gsize page = 0; page < whole.n / PAGE; page++)
    for (int pattern = 0; pattern < 3; pattern++)
      {
        g_autofree char *bytes = g_memdup2 (whole.bytes, whole.n);
        g_autofree char *after = NULL;
        gsize n;
        int found;

        for (gsize i = 0; i < PAGE; i++)
          bytes[page * PAGE + i] = pattern == 0 ? 0 : pattern == 1 ? (char) 0xff : (char) g_test_rand_int_range (0, 256);
        put (f, bytes, whole.n, NULL, 0);
        found = try_project (f, &whole);
        /* A page that nothing uses makes no difference; one with nothing but counts in it cannot be told from other counts. */
        g_assert_true (found == -1 || found == 3 || !is_tree_page (whole.bytes + page * PAGE + (page == 0 ? 100 : 0)));
        refused += found == -1;
        if (found != -1)
          continue;
        g_assert_true (g_file_get_contents (f->path, &after, &n, NULL));
        g_assert_cmpmem (bytes, whole.n, after, n);
      }
  g_assert_cmpint (refused, >=, 3 * (int) (whole.n / PAGE) / 2);
}

static void
test_cut (Desk         *f,
          gconstpointer data)
{
  g_auto(Whole) whole;

  make_closed (f, &whole);
  for (gsize page = 0; page <= whole.n / PAGE; page++)
    for (int beside = -1; beside <= 1; beside++)
      {
        gsize n = page * PAGE + (gsize) beside;
        int found;

        if (n >= whole.n) /* also below nothing */
          continue;
        put (f, whole.bytes, n, NULL, 0);
        found = try_project (f, &whole);
        g_assert_true (found == -1 || (found == 3 && n > whole.n - PAGE)); /* the last page may be empty at its end */
      }
}

/* Of a damaged log, what was committed before the damage is there. */
static void
test_log (Desk         *f,
          gconstpointer data)
{
  g_auto(Whole) whole;
  gsize frames;
  int before = 0;

  make_whole (f, &whole);
  put (f, whole.bytes, whole.n, whole.log, whole.n_log);
  g_assert_cmpint (try_project (f, &whole), ==, 3);
  frames = (whole.n_log - LOG_HEADER) / FRAME;
  for (gsize frame = 0; frame < frames; frame++)
    {
      g_autofree char *log = g_memdup2 (whole.log, whole.n_log);
      int found;

      log[LOG_HEADER + frame * FRAME + (gsize) g_test_rand_int_range (0, FRAME)] ^= 0x55;
      put (f, whole.bytes, whole.n, log, whole.n_log);
      found = try_project (f, &whole);
      g_assert_cmpint (found, >=, before);
      before = MAX (before, found);
      put (f, whole.bytes, whole.n, whole.log, LOG_HEADER + frame * FRAME + (gsize) g_test_rand_int_range (0, FRAME));
      g_assert_cmpint (try_project (f, &whole), ==, found);
    }
}

/* The log of another time, or none: what the file itself has. */
static void
test_lost_log (Desk         *f,
               gconstpointer data)
{
  g_auto(Whole) whole;
  g_autofree char *noise = NULL;
  int own;

  make_whole (f, &whole);
  put (f, whole.bytes, whole.n, NULL, 0);
  own = try_project (f, &whole);
  g_assert_cmpint (own, >=, -1);
  noise = g_malloc (whole.n_log);
  for (gsize i = 0; i < whole.n_log; i++)
    noise[i] = (char) g_test_rand_int_range (0, 256);
  put (f, whole.bytes, whole.n, noise, whole.n_log);
  g_assert_cmpint (try_project (f, &whole), ==, own);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  DESK_TEST ("/project-pages/pages", test_pages);
  DESK_TEST ("/project-pages/cut", test_cut);
  DESK_TEST ("/project-pages/log", test_log);
  DESK_TEST ("/project-pages/lost-log", test_lost_log);
  return g_test_run ();
}
