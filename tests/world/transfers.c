/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps on the wire and the transfers they make, and how often an operation comes again. */
#include "analysis/world/facts.h"

#include <string.h>

#define MS INT64_C (1000000)

static IsthEndpoint
host (uint8_t number)
{
  return (IsthEndpoint) { .ip = isth_address_ipv4 ((uint8_t[4]) { 10, 0, 0, number }) };
}

/* One step a word: "b" begin, "d" data of 100 bytes, "e" end, "a" abort, "j" data that another conversation carries, and its match
 * number. */
static void
say_steps (IsthFacts  *facts,
           const char *steps)
{
  static const char letters[] = "bdeaj";
  int64_t time = 0; /* ms */

  for (; *steps; steps++)
    {
      const char *letter = strchr (letters, *steps);
      IsthObservation o = {
        .kind = ISTH_OBSERVE_TRANSFER,
        .protocol = "s7comm",
        .subject = host (1),
        .target = host (2),
        .transfer = { .verb = ISTH_OP_PROGRAM, .object = "", .text = "" },
      };

      if (!letter)
        continue;
      time++;
      o.evidence = (IsthEvidence) { .frame = (uint64_t) time, .time = time * MS };
      o.transfer.joins = *letter == 'j';
      o.transfer.step = o.transfer.joins ? ISTH_TRANSFER_DATA : (IsthTransferStep) (letter - letters);
      o.transfer.match = (uint64_t) (*++steps - '0');
      if (o.transfer.step == ISTH_TRANSFER_DATA)
        {
          o.transfer.bytes = 100;
          o.transfer.object = "block OB1";
        }
      if (o.transfer.step == ISTH_TRANSFER_ABORT)
        o.transfer.text = "no room";
      isth_facts_observe (&o, facts);
    }
}

static char *
format_transfers (const IsthFacts *facts)
{
  IsthFactsView view = isth_facts_view (facts);
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < view.n_transfers; i++)
    {
      const IsthFactTransfer *t = &view.transfers[i];

      g_string_append_printf (text, "%s%d %s%s %d steps %d bytes '%s' '%s' %d-%d", i ? "; " : "", (int) t->match, isth_transfer_state_name (t->state),
                              t->begun ? "" : " (no beginning)", (int) t->steps, (int) t->bytes, isth_facts_string (facts, t->object),
                              isth_facts_string (facts, t->text), (int) (t->first / MS), (int) (t->last / MS));
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name, *steps, *transfers;
} cases[] = {
  { "whole", "b1 d1 d1 e1", "1 finished 4 steps 200 bytes 'block OB1' '' 1-4" },
  { "open", "b1 d1", "1 open 2 steps 100 bytes 'block OB1' '' 1-2" },
  { "refused", "b1 a1", "1 broken-off 2 steps 0 bytes '' 'no room' 1-2" },
  { "restarted", "b1 d1 b1 e1", "1 broken-off 2 steps 100 bytes 'block OB1' '' 1-2; 1 finished 2 steps 0 bytes '' '' 3-4" },
  { "side-by-side", "b1 b2 d1 d2 d2 e2 a1",
    "1 broken-off 3 steps 100 bytes 'block OB1' 'no room' 1-7; 2 finished 4 steps 200 bytes 'block OB1' '' 2-6" },
  { "late", "d1 e1", "1 finished (no beginning) 2 steps 100 bytes 'block OB1' '' 1-2" },
  { "begun-late", "d1 b1 e1", "1 finished 3 steps 100 bytes 'block OB1' '' 1-3" },
  { "end-said-twice", "b1 e1 e1 a1", "1 finished 2 steps 0 bytes '' '' 1-2" },
  { "joined", "j1 b1 j1 j2 e1 j1", "1 finished 4 steps 200 bytes 'block OB1' '' 2-6" },
  { "again", "b1 e1 b1 e1", "1 finished 2 steps 0 bytes '' '' 1-2; 1 finished 2 steps 0 bytes '' '' 3-4" },
};

static void
test_steps (const void *data)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthFacts) loaded = isth_facts_new ();
  g_autofree char *text = NULL, *again = NULL;
  IsthFactsView view;
  size_t i = GPOINTER_TO_SIZE (data);

  say_steps (facts, cases[i].steps);
  text = format_transfers (facts);
  g_assert_cmpstr (text, ==, cases[i].transfers);

  /* The same rows out of a project. */
  view = isth_facts_view (facts);
  for (uint32_t s = 1; s < view.n_strings; s++)
    isth_facts_intern (loaded, isth_facts_string (facts, s));
  for (uint32_t s = 0; s < view.n_stations; s++)
    {
      IsthStation station = isth_facts_view_station (&view, s);

      g_assert_true (isth_facts_load_station (loaded, &station));
    }
  for (uint32_t t = 0; t < view.n_transfers; t++)
    g_assert_true (isth_facts_load_transfer (loaded, &view.transfers[t]));
  again = format_transfers (loaded);
  g_assert_cmpstr (again, ==, text);
}

static void
test_lies (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthFactTransfer row;

  say_steps (facts, "b1");
  row = isth_facts_view (facts).transfers[0];
  row.state = ISTH_N_TRANSFER_STATES;
  g_assert_false (isth_facts_load_transfer (facts, &row));
  row = isth_facts_view (facts).transfers[0];
  row.server = 99;
  g_assert_false (isth_facts_load_transfer (facts, &row));
  row = isth_facts_view (facts).transfers[0];
  row.object = 99;
  g_assert_false (isth_facts_load_transfer (facts, &row));
}

static void
test_cycle (void)
{
  static const int at[] = { 0, 10, 20, 20, 31, 40, 900000, 900010 }; /* ms: a copy, some jitter, a pause of 15 minutes */
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  const IsthFactOperation *row;
  IsthCycle full = { 1, 1, UINT64_MAX };

  for (size_t i = 0; i < G_N_ELEMENTS (at); i++)
    isth_facts_observe (&(IsthObservation) {
      .kind = ISTH_OBSERVE_OPERATION,
      .protocol = "modbus",
      .subject = host (1),
      .target = host (2),
      .evidence = { .frame = i + 1, .time = at[i] * MS },
      .operation = { ISTH_OP_READ, 3, "read-holding-registers", "0–9" },
    }, facts);
  row = isth_facts_view (facts).operations;
  g_assert_cmpuint (row->count, ==, G_N_ELEMENTS (at));
  g_assert_cmpuint (row->cycle.n, ==, 5);
  g_assert_cmpuint (row->cycle.sum, ==, 5000);
  g_assert_cmpuint (row->cycle.squares, ==, 1000 * 1000 * 3 + 1100 * 1100 + 900 * 900);

  isth_cycle_note (&full, 0, 10 * MS);
  g_assert_cmpuint (full.n, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/transfers/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_steps);
    }
  g_test_add_func ("/transfers/lies", test_lies);
  g_test_add_func ("/transfers/cycle", test_cycle);
  return g_test_run ();
}
