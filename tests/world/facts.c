/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts: folding, ceilings, answers, order, provisional rounds, and rows out of a damaged project. */
#include "analysis/world/facts.h"

#include <string.h>

#include "analysis/base/time.h"
#include "analysis/world/facts-private.h"
#include "tests/helpers/facts-text.h"

static IsthEndpoint
host (uint8_t number)
{
  uint8_t mac[6] = { 0x00, 0x1b, 0x1b, 0, 0, number };
  uint8_t ip[4] = { 10, 0, 0, number };

  return (IsthEndpoint) { .mac = isth_address_mac (mac), .ip = isth_address_ipv4 (ip) };
}

static IsthObservation
operation (IsthOp      verb,
           uint64_t    frame,
           const char *object)
{
  return (IsthObservation) {
    .kind = ISTH_OBSERVE_OPERATION,
    .protocol = "modbus",
    .subject = host (1),
    .target = host (2),
    .evidence = { .frame = frame, .time = (int64_t) frame * 1000 },
    .operation = { verb, 6, "write-single-register", object },
  };
}

static uint64_t
health (const IsthFacts *facts,
        IsthLimit        limit)
{
  IsthFactsView view = isth_facts_view (facts);

  for (uint32_t i = 0; i < view.n_health; i++)
    if (g_str_equal (isth_facts_string (facts, view.health[i].what), isth_limit_text (limit)))
      return view.health[i].count;
  return 0;
}

static IsthStation
get_station (const IsthFacts *facts,
             uint32_t         row)
{
  IsthFactsView view = isth_facts_view (facts);

  return isth_facts_view_station (&view, row);
}

static void
test_strings (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autofree char *lengthy = g_strnfill (1000, 'x');
  uint32_t a, b, n;

  g_assert_cmpstr (isth_facts_string (facts, 0), ==, "");
  g_assert_cmpuint (isth_facts_intern (facts, ""), ==, 0);
  g_assert_cmpuint (isth_facts_intern (facts, NULL), ==, 0);
  a = isth_facts_intern (facts, "a");
  b = isth_facts_intern (facts, "b");
  g_assert_cmpuint (a, !=, b);
  g_assert_cmpuint (isth_facts_intern (facts, "a"), ==, a);
  g_assert_cmpuint (strlen (isth_facts_string (facts, isth_facts_intern (facts, lengthy))), ==, ISTH_LIMIT_TEXT - 1);
  memcpy (lengthy + ISTH_LIMIT_TEXT - 2, "\xc3\xbc", 2);
  g_assert_cmpuint (strlen (isth_facts_string (facts, isth_facts_intern (facts, lengthy))), ==, ISTH_LIMIT_TEXT - 2);

  g_assert_cmpuint (isth_facts_add_bytes (facts, NULL, 0), ==, 0);
  a = isth_facts_add_bytes (facts, (const uint8_t *) "a\0b", 3);
  g_assert_cmpuint (isth_facts_add_bytes (facts, (const uint8_t *) "a\0b", 3), ==, a);
  g_assert_cmpmem (isth_facts_bytes (facts, a, &n), 3, "a\0b", 3);
  g_assert_cmpuint (n, ==, 3);
  a = isth_facts_add_bytes (facts, (const uint8_t *) lengthy, 1000);
  isth_facts_bytes (facts, a, &n);
  g_assert_cmpuint (n, ==, ISTH_LIMIT_EVIDENCE);
}

static void
test_station (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthEndpoint nobody = { 0 }, zero = { .ip = isth_address_ipv4 ((uint8_t[4]) { 0 }) };
  IsthEndpoint group = { .ip = isth_address_ipv4 ((uint8_t[4]) { 224, 0, 0, 251 }) };
  IsthEndpoint unit = host (2);
  uint32_t own, child;

  g_assert_cmpuint (isth_facts_need_station (facts, &nobody, ISTH_PRESENCE_MUTUAL), ==, ISTH_NOBODY);
  g_assert_cmpuint (isth_facts_need_station (facts, &zero, ISTH_PRESENCE_MUTUAL), ==, ISTH_NOBODY);
  g_assert_cmpuint (isth_facts_need_station (facts, &group, ISTH_PRESENCE_MUTUAL), ==, 0);
  unit.child = "modbus-unit:3";
  child = isth_facts_need_station (facts, &unit, ISTH_PRESENCE_MUTUAL);
  unit.child = "";
  own = isth_facts_need_station (facts, &unit, ISTH_PRESENCE_MUTUAL);
  g_assert_cmpuint (get_station (facts, child).parent, ==, own);
  g_assert_cmpuint (get_station (facts, own).parent, ==, ISTH_NOBODY);
  unit.vlan = 7;
  g_assert_cmpuint (isth_facts_need_station (facts, &unit, ISTH_PRESENCE_MUTUAL), !=, own);
  for (int i = 0; i < ISTH_LIMIT_CHILDREN + 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("cip-slot:%d", i);

      unit.child = path;
      g_assert_true ((isth_facts_need_station (facts, &unit, ISTH_PRESENCE_MUTUAL) == ISTH_NOBODY) == (i >= ISTH_LIMIT_CHILDREN));
    }
  g_assert_cmpuint (health (facts, ISTH_REACHED_CHILDREN), ==, 10);
}

static const struct
{
  uint8_t proof;
  uint16_t port[2];
  bool swapped; /* given with the larger address first */
  uint16_t expected;
  uint32_t client; /* number of the host */
} services[] = {
  { 3, { 40000, 502 }, false, 502, 1 },
  { 2, { 40000, 502 }, true, 502, 2 },
  { 1, { 40000, 40001 }, false, 40001, 1 },
  { 0, { 40000, 502 }, false, 502, 1 },
  { 1, { 80, 56880 }, true, 80, 1 }, /* the server spoke first: the rest of a connection */
  { 1, { 30000, 80 }, true, 80, 2 },
  { 0, { 502, 40000 }, true, 502, 1 },
  { 0, { 2222, 2222 }, false, 2222, 1 },
  { 0, { 40000, 50000 }, false, 0, 1 },
  { 0, { 502, 1024 }, true, 0, 1 },
};

static void
test_conversation (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      bool swapped = services[i].swapped;
      IsthTraffic traffic = {
        .endpoint = { host (swapped ? 2 : 1), host (swapped ? 1 : 2) },
        .transport = 6,
        .proof = services[i].proof,
        .port = { services[i].port[0], services[i].port[1] },
        .packets = { 3, 5 },
        .bytes = { 300, 500 },
        .first = 1000,
        .last = 2000,
        .first_frame = { 7, 8 },
      };
      const IsthConversation *c;
      IsthStation client;

      isth_facts_add_traffic (facts, &traffic);
      traffic.first_frame[0] = 5;
      traffic.first_frame[1] = 9;
      isth_facts_add_traffic (facts, &traffic);
      g_assert_cmpuint (get_station (facts, 0).first_frame, ==, 5);
      g_assert_cmpuint (get_station (facts, 1).first_frame, ==, 8);
      g_assert_cmpuint (isth_facts_view (facts).n_conversations, ==, 1);
      c = isth_facts_view (facts).conversations;
      client = get_station (facts, c->client);
      g_assert_cmpuint (c->port, ==, services[i].expected);
      g_assert_cmpuint (client.ip.bytes[3], ==, services[i].client);
      g_assert_cmpuint (c->packets[0], ==, (services[i].client == 2) == swapped ? 6 : 10);
      g_assert_cmpuint (client.bytes_sent, ==, c->bytes[0]);
      g_assert_cmpuint (client.bytes_received, ==, c->bytes[1]);
      g_assert_cmpuint (c->flows, ==, 2);
      g_assert_true (client.flags & ISTH_STATION_SPOKE);
    }
}

static void
test_events (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  const IsthFactOperation *row;
  IsthFactsView view;

  /* Backwards, so that each new one is among the first. */
  for (uint64_t frame = 200; frame > 0; frame--)
    {
      IsthObservation o = operation (ISTH_OP_WRITE, frame, "register 1");

      isth_facts_observe (&o, facts);
    }
  view = isth_facts_view (facts);
  row = view.operations;
  g_assert_cmpuint (view.n_operations, ==, 1);
  g_assert_cmpuint (view.n_events, ==, ISTH_LIMIT_EVENTS);
  g_assert_cmpuint (row->events, ==, ISTH_LIMIT_EVENTS);
  g_assert_cmpuint (row->count, ==, 200);
  g_assert_cmpuint (row->evidence.frame, ==, 1);
  g_assert_cmpint (row->last, ==, 200000);
  for (uint32_t i = 0; i < view.n_events; i++)
    g_assert_cmpuint (view.events[i].evidence.frame, <=, ISTH_LIMIT_EVENTS);
  g_assert_cmpuint (health (facts, ISTH_REACHED_EVENTS), ==, 0); /* the row's count tells what was not kept */
}

static void
answer (IsthFacts  *facts,
        uint64_t    ticket,
        IsthOutcome result)
{
  IsthObservation o = { .kind = ISTH_OBSERVE_OUTCOME, .outcome = { ticket, result, "illegal data address" } };

  g_assert_cmpuint (isth_facts_observe (&o, facts), ==, 0);
}

static void
test_outcome (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthObservation first = operation (ISTH_OP_WRITE, 1, "register 1");
  IsthObservation second = operation (ISTH_OP_WRITE, 2, "register 1");
  uint64_t a = isth_facts_observe (&first, facts);
  uint64_t b = isth_facts_observe (&second, facts);
  uint64_t early = a;
  IsthFactsView view;

  g_assert_cmpuint (a, !=, 0);
  g_assert_cmpuint (b, !=, a);
  answer (facts, b, ISTH_OUTCOME_REFUSED);
  answer (facts, 0, ISTH_OUTCOME_OK);
  answer (facts, 12345, ISTH_OUTCOME_OK); /* nobody's */
  answer (facts, UINT64_MAX, ISTH_OUTCOME_OK);
  view = isth_facts_view (facts);
  g_assert_cmpuint (view.operations->ok, ==, 0);
  g_assert_cmpuint (view.operations->refused, ==, 1);
  g_assert_cmpuint (view.events[0].outcome, ==, ISTH_OUTCOME_UNKNOWN);
  g_assert_cmpuint (view.events[1].outcome, ==, ISTH_OUTCOME_REFUSED);
  g_assert_cmpstr (isth_facts_string (facts, view.events[1].text), ==, "illegal data address");

  for (uint64_t frame = 3; frame < 70000; frame++)
    {
      IsthObservation o = operation (ISTH_OP_READ, frame, "register 1");

      a = isth_facts_observe (&o, facts);
    }
  /* However much is asked in between, the answer finds its question. */
  answer (facts, early, ISTH_OUTCOME_OK);
  answer (facts, a, ISTH_OUTCOME_OK);
  view = isth_facts_view (facts);
  g_assert_cmpuint (view.operations[0].ok, ==, 1);
  g_assert_cmpuint (view.events[0].outcome, ==, ISTH_OUTCOME_OK);
  g_assert_cmpuint (view.operations[1].ok, ==, 1);
}

static void
test_fold (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  uint64_t tickets[200] = { 0 };
  uint64_t counted = 0, ok = 0;
  uint32_t live = 0, events = 0;
  IsthFactsView view;

  for (uint64_t i = 0; i < G_N_ELEMENTS (tickets); i++)
    {
      g_autofree char *object = g_strdup_printf ("register %d", (int) (i % 100));
      IsthObservation o = operation (ISTH_OP_WRITE, i + 1, object);

      tickets[i] = isth_facts_observe (&o, facts);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (tickets); i++)
    answer (facts, tickets[i], ISTH_OUTCOME_OK);
  view = isth_facts_view (facts);
  for (uint32_t i = 0; i < view.n_operations; i++)
    {
      counted += view.operations[i].count;
      ok += view.operations[i].ok;
      live += view.operations[i].count > 0;
      g_assert_true (view.operations[i].count == 0 || view.operations[i].folded);
    }
  for (uint32_t i = 0; i < view.n_events; i++)
    if (view.operations[view.events[i].operation].count > 0)
      {
        events++;
        g_assert_cmpuint (view.events[i].evidence.frame, <=, ISTH_LIMIT_EVENTS);
        g_assert_cmpuint (view.events[i].outcome, ==, ISTH_OUTCOME_OK);
      }
  g_assert_cmpuint (counted, ==, 200);
  g_assert_cmpuint (ok, ==, 200);
  g_assert_cmpuint (live, ==, 1);
  g_assert_cmpuint (events, ==, ISTH_LIMIT_EVENTS);
  g_assert_cmpuint (health (facts, ISTH_REACHED_OBJECTS), ==, 1);
  g_assert_cmpuint (health (facts, ISTH_REACHED_EVENTS), ==, 0); /* the row's count tells what was not kept */
}

/* What only its object tells from others is known by its group once all objects are one row, and by its own key from then on. */
static void
test_group (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthObservation o = operation (ISTH_OP_READ, 1, "");
  uint64_t ticket = 0;

  o.group = 7;
  for (uint64_t i = 0; i <= ISTH_LIMIT_OBJECTS; i++)
    {
      g_autofree char *object = g_strdup_printf ("register %u", (unsigned int) i);

      g_assert_cmpuint (isth_facts_observe_again_of (o.group, 100, &o.evidence, facts), ==, 0);
      o.operation.object = object;
      o.key = 1000 + i;
      ticket = isth_facts_observe (&o, facts);
    }
  g_assert_cmpuint (isth_facts_observe_again (100, &o.evidence, facts), ==, 0);
  g_assert_cmpuint (isth_facts_observe_again_of (o.group, 0, &o.evidence, facts), ==, ticket);
  g_assert_cmpuint (isth_facts_observe_again_of (o.group, 100, &o.evidence, facts), ==, ticket);
  g_assert_cmpuint (isth_facts_observe_again (100, &o.evidence, facts), ==, ticket);
  g_assert_cmpuint (isth_facts_observe_again (1000, &o.evidence, facts), ==, 0); /* its row is dead … */
  o.key = 1000;
  o.operation.object = "register 0";
  g_assert_cmpuint (isth_facts_observe (&o, facts), ==, ticket);
  g_assert_cmpuint (isth_facts_observe_again (1000, &o.evidence, facts), ==, ticket); /* … and no longer the one that is meant */
}

/* More than is remembered by its key: what was pushed out is observed in full, and nothing counts wrong. */
static void
test_forgotten (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthObservation o = operation (ISTH_OP_READ, 1, "register 1");
  uint32_t forgotten = 0;

  for (int round = 0; round < 2; round++)
    for (uint32_t i = 0; i < 2 * ISTH_LIMIT_MEMO; i++)
      {
        o.key = (i + 1) * UINT64_C (0x9e3779b97f4a7c15);
        if (isth_facts_observe_again (o.key, &o.evidence, facts) == 0)
          {
            forgotten += round;
            g_assert_cmpuint (isth_facts_observe (&o, facts), !=, 0);
          }
      }
  g_assert_cmpuint (forgotten, >=, ISTH_LIMIT_MEMO);
  g_assert_cmpuint (isth_facts_view (facts).n_operations, ==, 1);
  g_assert_cmpuint (isth_facts_view (facts).operations[0].count, ==, 4 * ISTH_LIMIT_MEMO);
}

static void
test_claims (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthFactsView view;

  for (int i = 99; i >= 0; i--)
    {
      g_autofree char *value = g_strdup_printf ("model %d", i / 2);
      IsthObservation o = {
        .kind = ISTH_OBSERVE_CLAIM,
        .protocol = "modbus",
        .subject = host (1),
        .evidence = { .frame = (uint64_t) i + 1, .time = i },
        .claim = { ISTH_ATTRIBUTE_MODEL, value, (uint8_t) (60 + i % 2) },
      };

      isth_facts_observe (&o, facts);
    }
  view = isth_facts_view (facts);
  g_assert_cmpuint (view.n_claims, ==, 50);
  g_assert_cmpuint (view.claims[0].count, ==, 2);
  g_assert_cmpuint (view.claims[0].confidence, ==, 61);
  g_assert_cmpuint (view.claims[0].evidence.frame, ==, 99);
  g_assert_cmpint (view.claims[0].last, ==, 99);
  g_assert_true (get_station (facts, 0).flags & ISTH_STATION_NAMED);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *value = g_strdup_printf ("other %d", i);
      IsthObservation o = {
        .kind = ISTH_OBSERVE_CLAIM,
        .protocol = "modbus",
        .subject = host (1),
        .claim = { ISTH_ATTRIBUTE_MODEL, value, 60 },
      };

      isth_facts_observe (&o, facts);
    }
  g_assert_cmpuint (isth_facts_view (facts).n_claims, ==, ISTH_LIMIT_CLAIMS);
  g_assert_cmpuint (health (facts, ISTH_REACHED_CLAIMS), ==, 6);
}

/* Few objects: nothing folds. Many: groups fold, at another moment in every order. */
static void
test_order (gconstpointer data)
{
  const uint32_t n = 6000;
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, GPOINTER_TO_INT (data));
  g_autoptr(IsthFacts) straight = isth_facts_new ();
  g_autofree char *expected = NULL;
  g_autofree uint32_t *order = g_new (uint32_t, n);

  for (uint32_t i = 0; i < n; i++)
    {
      isth_test_say (straight, &sayings[i]);
      order[i] = i;
    }
  expected = isth_test_facts_text (straight);
  for (int round = 0; round < 5; round++)
    {
      g_autoptr(IsthFacts) shuffled = isth_facts_new ();
      g_autofree char *text = NULL;
      uint32_t remembered = 0;

      for (uint32_t i = n - 1; i > 0; i--)
        {
          uint32_t j = (uint32_t) g_test_rand_int_range (0, (gint32) i + 1);
          uint32_t t = order[i];

          order[i] = order[j];
          order[j] = t;
        }
      for (uint32_t i = 0; i < n; i++)
        if (round % 2 == 0)
          isth_test_say (shuffled, &sayings[order[i]]);
        else
          remembered += isth_test_say_again (shuffled, &sayings[order[i]]);
      g_assert_true (round % 2 == 0 || remembered > 0);
      text = isth_test_facts_text (shuffled);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_provisional (void)
{
  const uint32_t n = 3000;
  g_autofree IsthTestSaying *sayings = isth_test_sayings (n, 20);
  g_autofree IsthTestSaying *passing = isth_test_sayings (500, 20);
  g_autoptr(IsthFacts) plain = isth_facts_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  for (uint32_t i = 0; i < n; i++)
    {
      isth_test_say (plain, &sayings[i]);
      isth_test_say (facts, &sayings[i]);
      if (i % 300 == 150)
        {
          g_autofree char *before = isth_test_facts_rows (facts);
          g_autofree char *after = NULL;

          isth_facts_clear_dirty (facts);
          isth_facts_begin_provisional (facts);
          for (uint32_t p = 0; p < 500; p++)
            if (passing[p].is_traffic)
              {
                passing[p].traffic.endpoint[0].vlan = (uint16_t) (i + p);
                isth_facts_add_traffic (facts, &passing[p].traffic);
              }
          isth_facts_end_provisional (facts);
          g_assert_cmpuint (isth_facts_view (facts).n_stations, >, isth_facts_view (plain).n_stations);
          if (i % 600 == 150)
            continue; /* the next saying drops it */
          isth_facts_drop_provisional (facts);
          after = isth_test_facts_rows (facts);
          g_assert_cmpstr (before, ==, after);
          for (uint32_t s = 0; s < isth_facts_view (facts).n_stations; s++)
            g_assert_false (isth_facts_is_dirty (facts, ISTH_TABLE_STATIONS, s));
        }
    }
  {
    g_autofree char *a = isth_test_facts_rows (plain);
    g_autofree char *b = isth_test_facts_rows (facts);

    g_assert_cmpstr (a, ==, b);
  }
}

static void
test_dirty (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  IsthObservation a = operation (ISTH_OP_READ, 1, "a"), b = operation (ISTH_OP_READ, 2, "b");

  isth_facts_observe (&a, facts);
  isth_facts_observe (&b, facts);
  g_assert_true (isth_facts_is_dirty (facts, ISTH_TABLE_OPERATIONS, 1));
  isth_facts_clear_dirty (facts);
  g_assert_false (isth_facts_is_dirty (facts, ISTH_TABLE_OPERATIONS, 0));
  b.evidence.frame = 3;
  isth_facts_observe (&b, facts);
  g_assert_false (isth_facts_is_dirty (facts, ISTH_TABLE_OPERATIONS, 0));
  g_assert_true (isth_facts_is_dirty (facts, ISTH_TABLE_OPERATIONS, 1));
  g_assert_false (isth_facts_any_dirty (facts, ISTH_TABLE_OPERATIONS, 0, 1));
  g_assert_true (isth_facts_any_dirty (facts, ISTH_TABLE_OPERATIONS, 1, 2));
  g_assert_true (isth_facts_any_dirty (facts, ISTH_TABLE_OPERATIONS, 0, 2));
  g_assert_false (isth_facts_any_dirty (facts, ISTH_TABLE_OPERATIONS, 2, 2));
}

/* Which TTLs of a flow are taken for those of the MAC beside it: not when they show that the flow was captured on both sides of a router. */
static void
test_ttls (void)
{
  static const struct
  {
    uint8_t low, high, kept[2];
  } flows[] = {
    { 64, 64, { 64, 64 } },
    { 63, 64, { 0, 0 } },
    { 1, 64, { 1, 64 } }, /* besides, it sends to a group */
    { 0, 0, { 0, 0 } },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (flows); i++)
    {
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      IsthTraffic traffic = {
        .endpoint = { host (1), host (2) },
        .transport = 17,
        .proof = 1,
        .packets = { 4, 0 },
        .ttl_min = { flows[i].low },
        .ttl_max = { flows[i].high },
        .first = 1000,
        .last = 2000,
      };

      isth_facts_add_traffic (facts, &traffic);
      g_assert_cmpuint (get_station (facts, 0).ttl_min, ==, flows[i].kept[0]);
      g_assert_cmpuint (get_station (facts, 0).ttl_max, ==, flows[i].kept[1]);
    }
}

static void
test_load (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  uint32_t word = isth_facts_intern (facts, "modbus");
  IsthStation station = { .mac = host (1).mac, .parent = ISTH_NOBODY };
  IsthStation child = { .mac = host (1).mac, .child = word, .parent = 0 };
  IsthFactOperation row = { .protocol = word, .verb = ISTH_OP_WRITE, .count = 1 };
  IsthFactEvent event = { .operation = 0 };

  child.parent = 0;
  g_assert_false (isth_facts_load_station (facts, &child)); /* before its parent */
  station.activity = (IsthActivity) { .bits = 2, .shift = 200 };
  g_assert_false (isth_facts_load_station (facts, &station));
  station.activity = (IsthActivity) { 0 };
  station.child = 99;
  g_assert_false (isth_facts_load_station (facts, &station));
  station.child = 0;
  g_assert_true (isth_facts_load_station (facts, &station));
  g_assert_false (isth_facts_load_station (facts, &station)); /* twice */
  g_assert_true (isth_facts_load_station (facts, &child));

  g_assert_false (isth_facts_load_conversation (facts, &(IsthConversation) { .client = 0, .server = 2 }));
  g_assert_true (isth_facts_load_conversation (facts, &(IsthConversation) { .client = 0, .server = 1 }));
  g_assert_false (isth_facts_load_claim (facts, &(IsthFactClaim) { .attribute = ISTH_N_ATTRIBUTES }));
  g_assert_false (isth_facts_load_claim (facts, &(IsthFactClaim) { .evidence.bytes = 7 }));
  g_assert_true (isth_facts_load_claim (facts, &(IsthFactClaim) { .value = word }));
  g_assert_false (isth_facts_load_binding (facts, &(IsthFactBinding) { .station = 0 })); /* it has no IP */
  g_assert_false (isth_facts_load_role (facts, &(IsthFactRole) { .role = 99 }));
  g_assert_false (isth_facts_load_neighbour (facts, &(IsthFactNeighbour) { .other = 9 }));

  g_assert_false (isth_facts_load_event (facts, &event));
  g_assert_true (isth_facts_load_operation (facts, &row));
  g_assert_false (isth_facts_load_operation (facts, &row));
  for (int i = 0; i < ISTH_LIMIT_EVENTS; i++)
    g_assert_true (isth_facts_load_event (facts, &event));
  g_assert_false (isth_facts_load_event (facts, &event));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/strings", test_strings);
  g_test_add_func ("/facts/ttls", test_ttls);
  g_test_add_func ("/facts/station", test_station);
  g_test_add_func ("/facts/conversation", test_conversation);
  g_test_add_func ("/facts/events", test_events);
  g_test_add_func ("/facts/outcome", test_outcome);
  g_test_add_func ("/facts/fold", test_fold);
  g_test_add_func ("/facts/group", test_group);
  g_test_add_func ("/facts/forgotten", test_forgotten);
  g_test_add_func ("/facts/claims", test_claims);
  g_test_add_data_func ("/facts/order/plain", GINT_TO_POINTER (8), test_order);
  g_test_add_data_func ("/facts/order/folding", GINT_TO_POINTER (75), test_order);
  g_test_add_func ("/facts/provisional", test_provisional);
  g_test_add_func ("/facts/dirty", test_dirty);
  g_test_add_func ("/facts/load", test_load);
  return g_test_run ();
}
