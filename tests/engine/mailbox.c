/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slot between two threads: the newest wins, nothing leaks, the reader is woken once. */
#include "analysis/engine/mailbox.h"

#include "analysis/base/record.h"

#define ROUNDS 20000

typedef struct
{
  IsthRecord record;
  guint number;
} Letter;

static gint alive;

static void
clear_letter (gpointer self)
{
  g_atomic_int_dec_and_test (&alive);
}

static Letter *
letter_new (guint number)
{
  Letter *self = isth_record_new (sizeof *self, clear_letter);

  g_atomic_int_inc (&alive);
  self->number = number;
  return self;
}

static void
test_replace (void)
{
  IsthMailbox box = { 0 };
  Letter *letter;

  g_assert_null (isth_mailbox_take (&box));
  g_assert_true (isth_mailbox_post (&box, letter_new (1)));
  g_assert_false (isth_mailbox_post (&box, letter_new (2)));
  g_assert_cmpint (alive, ==, 1);
  letter = isth_mailbox_take (&box);
  g_assert_cmpuint (letter->number, ==, 2);
  isth_record_unref (letter);
  g_assert_null (isth_mailbox_take (&box));
  g_assert_true (isth_mailbox_post (&box, letter_new (3)));
  isth_record_unref (isth_mailbox_take (&box));
  g_assert_cmpint (alive, ==, 0);
}

static gpointer
write_letters (gpointer data)
{
  IsthMailbox *box = data;

  for (guint i = 1; i <= ROUNDS; i++)
    isth_mailbox_post (box, letter_new (i));
  return NULL;
}

/* Numbers only rise, the last arrives, and each letter is freed once. */
static void
test_threads (void)
{
  IsthMailbox box = { 0 };
  GThread *writer = g_thread_new ("writer", write_letters, &box);
  guint last = 0;

  while (last < ROUNDS)
    {
      Letter *letter = isth_mailbox_take (&box);

      if (!letter)
        {
          g_thread_yield ();
          continue;
        }
      g_assert_cmpuint (letter->number, >, last);
      last = letter->number;
      isth_record_unref (letter);
    }
  g_thread_join (writer);
  g_assert_cmpint (alive, ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/replace", test_replace);
  g_test_add_func ("/mailbox/threads", test_threads);
  return g_test_run ();
}
