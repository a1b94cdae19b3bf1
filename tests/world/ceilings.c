/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one capture's facts hold at most: beyond it, nothing is kept and all is counted. */
#include <glib.h>

#include "analysis/base/limits.h"
#include "analysis/world/facts-private.h"

#define BEYOND 10

static uint64_t
count_reached (const IsthFacts *facts,
               IsthLimit        limit)
{
  IsthFactsView view = isth_facts_view (facts);

  for (uint32_t i = 0; i < view.n_health; i++)
    if (g_str_equal (isth_facts_string (facts, view.health[i].what), isth_limit_text (limit)))
      return view.health[i].count;
  return 0;
}

static IsthEndpoint
get_host (uint32_t number)
{
  uint32_t ip = GUINT32_TO_BE (0x0a000001 + number);

  return (IsthEndpoint) { .ip = isth_address_ipv4 ((const uint8_t *) &ip) };
}

static void
test_stations (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  for (uint32_t i = 0; i < ISTH_LIMIT_STATIONS + BEYOND; i++)
    {
      IsthEndpoint host = get_host (i);

      g_assert_true ((isth_facts_need_station (facts, &host, ISTH_PRESENCE_MUTUAL) == ISTH_NOBODY) == (i >= ISTH_LIMIT_STATIONS));
    }
  g_assert_cmpuint (isth_facts_view (facts).n_stations, ==, ISTH_LIMIT_STATIONS);
  g_assert_cmpuint (count_reached (facts, ISTH_REACHED_STATIONS), ==, BEYOND);
}

/* Rows of one table, and words: those that tell of it still find room. */
static void
test_rows (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  for (uint32_t i = 0; i < ISTH_LIMIT_FACTS + BEYOND; i++)
    {
      char role[16];
      IsthObservation o = { .kind = ISTH_OBSERVE_ROLE, .protocol = "modbus", .subject = get_host (1), .role = { role } };

      g_snprintf (role, sizeof role, "%u", i);
      isth_facts_observe (&o, facts);
    }
  g_assert_cmpuint (isth_facts_view (facts).n_roles, <=, ISTH_LIMIT_FACTS);
  g_assert_cmpuint (count_reached (facts, ISTH_REACHED_FACTS), >=, BEYOND);
}

/* As many functions, each with as many events as one may have, as fill the table. */
static void
test_events (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  for (uint32_t i = 0; i < ISTH_LIMIT_EVENTS_ALL + BEYOND; i++)
    {
      IsthObservation o = {
        .kind = ISTH_OBSERVE_OPERATION,
        .protocol = "modbus",
        .subject = get_host (1),
        .target = get_host (2),
        .evidence = { .frame = 1 + i, .time = 1 + i },
        .operation = { ISTH_OP_WRITE, (int) (i / ISTH_LIMIT_EVENTS), "write", "" },
      };

      isth_facts_observe (&o, facts);
    }
  g_assert_cmpuint (isth_facts_view (facts).n_events, ==, ISTH_LIMIT_EVENTS_ALL);
  g_assert_cmpuint (count_reached (facts, ISTH_REACHED_EVENTS), ==, BEYOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/world/ceilings/stations", test_stations);
  g_test_add_func ("/world/ceilings/rows", test_rows);
  g_test_add_func ("/world/ceilings/events", test_events);
  return g_test_run ();
}
