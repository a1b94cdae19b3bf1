/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts without end: whatever floods a capture, before, behind or in the middle of the plant, the plant is there whole, and the user is told. */
#include "analysis/world/facts.h"

#include "tests/helpers/facts-text.h"

#define MAX_STATIONS 256
#define MAX_CONVERSATIONS 512
#define PLANT 60  /* controllers; each is asked by one of four stations */
#define FLOOD 3000

typedef enum
{
  FLOOD_SCAN,     /* one host tries all addresses */
  FLOOD_SYN,      /* all addresses try one controller, which answers */
  FLOOD_PORTS,    /* one host tries all ports of the controllers */
  FLOOD_DATAGRAM, /* all addresses send something to one controller, which says nothing to them */
  FLOOD_NAMES,    /* things are said of all addresses */
} Flood;

static IsthEndpoint
host (uint8_t net,
      uint32_t number)
{
  uint8_t mac[6] = { 0x00, 0x1b, 0x1b, net, (uint8_t) (number >> 8), (uint8_t) number };
  uint8_t ip[4] = { 10, net, (uint8_t) (number >> 8), (uint8_t) number };

  return (IsthEndpoint) { .mac = isth_address_mac (mac), .ip = isth_address_ipv4 (ip) };
}

static void
add_traffic (IsthFacts *facts,
             IsthEndpoint client,
             IsthEndpoint server,
             uint16_t port,
             uint8_t client_flags,
             uint8_t server_flags)
{
  IsthTraffic traffic = {
    .endpoint = { client, server },
    .transport = 6,
    .proof = 2,
    .port = { 40000, port },
    .packets = { 2, server_flags & ISTH_STATION_SPOKE ? 2 : 0 },
    .flags = { client_flags, server_flags },
    .first = 1000,
    .last = 2000,
  };

  isth_facts_add_traffic (facts, &traffic);
}

static void
add_flood (IsthFacts *facts,
           Flood flood,
           uint32_t number)
{
  IsthEndpoint stranger = host (2, number);
  IsthEndpoint controller = host (1, number % PLANT);
  char name[16];
  IsthObservation o = {
    .kind = ISTH_OBSERVE_CLAIM,
    .protocol = "mdns",
    .subject = stranger,
    .target = stranger,
    .claim = { ISTH_ATTRIBUTE_HOSTNAME, name, 50 },
  };

  switch (flood)
    {
    case FLOOD_SCAN:
      add_traffic (facts, host (3, 1), stranger, 502, ISTH_STATION_SPOKE, 0);
      break;
    case FLOOD_SYN:
      add_traffic (facts, stranger, controller, 502, ISTH_STATION_SPOKE, ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED);
      break;
    case FLOOD_PORTS:
      add_traffic (facts, host (3, 1), controller, (uint16_t) (1000 + number), ISTH_STATION_SPOKE, ISTH_STATION_SPOKE);
      break;
    case FLOOD_DATAGRAM:
      add_traffic (facts, stranger, controller, 161, ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED, ISTH_STATION_ADDRESSED);
      break;
    case FLOOD_NAMES:
      g_snprintf (name, sizeof name, "host%u", number);
      isth_facts_observe (&o, facts);
      break;
    }
}

static void
add_plant (IsthFacts *facts,
           uint32_t number)
{
  const uint8_t talked = ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_ADDRESSED;
  IsthEndpoint controller = host (1, number), master = host (4, number % 4);
  char serial[16];
  IsthObservation claim = {
    .kind = ISTH_OBSERVE_CLAIM,
    .protocol = "modbus",
    .subject = controller,
    .target = controller,
    .mutual = true,
    .claim = { ISTH_ATTRIBUTE_SERIAL, serial, 90 },
  };
  IsthObservation asked = {
    .kind = ISTH_OBSERVE_OPERATION,
    .protocol = "modbus",
    .subject = master,
    .target = controller,
    .mutual = true,
    .operation = { ISTH_OP_WRITE, 6, "write-single-register", serial },
  };

  g_snprintf (serial, sizeof serial, "serial %u", number);
  isth_facts_observe (&claim, facts);
  isth_facts_observe (&asked, facts);
  add_traffic (facts, master, controller, 502, talked, talked);
}

static uint32_t
find_station (const IsthFactsView *view,
              IsthEndpoint endpoint)
{
  for (uint32_t i = 0; i < view->n_stations; i++)
    {
      IsthStation station = isth_facts_view_station (view, i);

      if (isth_address_equal (&station.ip, &endpoint.ip))
        return i;
    }
  return ISTH_NOBODY;
}

static void
check_plant (const IsthFacts *facts)
{
  IsthFactsView view = isth_facts_view (facts);

  for (uint32_t i = 0; i < PLANT; i++)
    {
      uint32_t controller = find_station (&view, host (1, i)), master = find_station (&view, host (4, i % 4));
      uint32_t claims = 0, operations = 0, conversations = 0;

      g_assert_cmpuint (controller, !=, ISTH_NOBODY);
      g_assert_cmpuint (master, !=, ISTH_NOBODY);
      for (uint32_t c = 0; c < view.n_claims; c++)
        claims += view.claims[c].station == controller;
      for (uint32_t c = 0; c < view.n_operations; c++)
        operations += view.operations[c].server == controller && view.operations[c].client == master;
      for (uint32_t c = 0; c < view.n_conversations; c++)
        conversations += view.conversations[c].server == controller && view.conversations[c].client == master;
      g_assert_cmpuint (claims, ==, 1);
      g_assert_cmpuint (operations, ==, 1);
      g_assert_cmpuint (conversations, ==, 1);
    }
}

static uint64_t
health (const IsthFacts *facts,
        IsthLimit limit)
{
  IsthFactsView view = isth_facts_view (facts);

  for (uint32_t i = 0; i < view.n_health; i++)
    if (g_str_equal (isth_facts_string (facts, view.health[i].what), isth_limit_text (limit)))
      return view.health[i].count;
  return 0;
}

/* @plant_at: how much of the flood is over when the plant begins, out of four; 5: they take turns. */
static void
run (Flood flood,
     uint32_t plant_at,
     IsthLimit told)
{
  g_autoptr(IsthFacts) facts = isth_facts_new_sized (MAX_STATIONS, MAX_CONVERSATIONS);
  IsthFactsView view;

  for (uint32_t i = 0; i < FLOOD; i++)
    {
      for (uint32_t p = 0; p < PLANT && plant_at < 5 && i == plant_at * FLOOD / 4; p++)
        add_plant (facts, p);
      if (plant_at == 5 && i % (FLOOD / PLANT) == 0)
        add_plant (facts, i / (FLOOD / PLANT));
      add_flood (facts, flood, i);
    }
  for (uint32_t p = 0; p < PLANT && plant_at == 4; p++)
    add_plant (facts, p);

  check_plant (facts);
  view = isth_facts_view (facts);
  g_assert_cmpuint (view.n_stations, <=, MAX_STATIONS);
  g_assert_cmpuint (view.n_conversations, <=, MAX_CONVERSATIONS);
  g_assert_cmpuint (health (facts, told), >, FLOOD / 4);
  if (told == ISTH_REACHED_UNHEARD)
    g_assert_cmpuint (view.n_conversations, >=, (uint64_t) MAX_CONVERSATIONS * ISTH_LIMIT_UNHEARD / ISTH_LIMIT_FACTS);
  if (told == ISTH_REACHED_ONE_SIDED)
    g_assert_cmpuint (view.n_stations, >=, (uint64_t) MAX_STATIONS * ISTH_LIMIT_ONE_SIDED / ISTH_LIMIT_STATIONS);
}

static void
test_flood (gconstpointer data)
{
  static const IsthLimit told[] = {
    [FLOOD_SCAN] = ISTH_REACHED_QUIET,
    [FLOOD_SYN] = ISTH_REACHED_QUIET,
    [FLOOD_PORTS] = ISTH_REACHED_UNHEARD,
    [FLOOD_DATAGRAM] = ISTH_REACHED_ONE_SIDED,
    [FLOOD_NAMES] = ISTH_REACHED_ONE_SIDED,
  };
  Flood flood = GPOINTER_TO_UINT (data);

  for (uint32_t plant_at = 0; plant_at <= 5; plant_at++)
    run (flood, plant_at, told[flood]);
}

/* An address that was refused is taken when it answers; what a provisional round took is given back. */
static void
test_later (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new_sized (MAX_STATIONS, MAX_CONVERSATIONS);
  uint32_t n;

  for (uint32_t i = 0; i < FLOOD; i++)
    add_flood (facts, FLOOD_SCAN, i);
  n = isth_facts_view (facts).n_stations;
  g_assert_cmpuint (n, ==, MAX_STATIONS / (ISTH_LIMIT_STATIONS / ISTH_LIMIT_QUIET));

  isth_facts_begin_provisional (facts);
  for (uint32_t i = 0; i < 100; i++)
    add_traffic (facts, host (3, 1), host (2, 2000 + i), 502, ISTH_STATION_SPOKE, ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_ADDRESSED);
  g_assert_cmpuint (isth_facts_view (facts).n_stations, ==, n + 100);
  isth_facts_drop_provisional (facts);
  add_flood (facts, FLOOD_SCAN, 2999);
  g_assert_cmpuint (isth_facts_view (facts).n_stations, ==, n);

  add_traffic (facts, host (3, 1), host (2, 2999), 502, ISTH_STATION_SPOKE, ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_ADDRESSED);
  g_assert_cmpuint (isth_facts_view (facts).n_stations, ==, n + 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/flood/scan", GUINT_TO_POINTER (FLOOD_SCAN), test_flood);
  g_test_add_data_func ("/flood/syn", GUINT_TO_POINTER (FLOOD_SYN), test_flood);
  g_test_add_data_func ("/flood/ports", GUINT_TO_POINTER (FLOOD_PORTS), test_flood);
  g_test_add_data_func ("/flood/datagram", GUINT_TO_POINTER (FLOOD_DATAGRAM), test_flood);
  g_test_add_data_func ("/flood/names", GUINT_TO_POINTER (FLOOD_NAMES), test_flood);
  g_test_add_func ("/flood/later", test_later);
  return g_test_run ();
}
