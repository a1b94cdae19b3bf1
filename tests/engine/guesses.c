/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libndpi may say, and what it may not: a guess about conversations that nobody reads, the same in every order, and not about more than so many. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/wire.h"

#define CLIENT 0x0a000001
#define SERVER 0x0a000002

/* The first words of a protocol that no dissector reads, over a connection seen from its start. */
static void
put_mining (Wire *wire,
            uint16_t port)
{
  static const char subscribe[] = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"miner/1.0\"]}\n";
  Talk talk = { CLIENT, SERVER, 50000, port, 100, 200 };

  wire_open (wire, &talk);
  wire_say (wire, &talk, subscribe, sizeof subscribe - 1);
}

static IsthSnapshot *
analyze (const GByteArray *file,
         bool guesses)
{
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, NULL);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  isth_pipeline_set_guesses (pipeline, guesses);
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  return isth_world_resolve (world, isth_detect, world);
}

/* The names guessed, each with the address of whom it is about, in order. */
static char *
list_guesses (const IsthSnapshot *snapshot)
{
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    for (uint32_t j = 0; j < snapshot->assets[i]->n_claims; j++)
      {
        const IsthAssetClaim *claim = &snapshot->assets[i]->claims[j];

        if (claim->attribute != ISTH_ATTRIBUTE_APPLICATION)
          continue;
        g_assert_cmpstr (claim->protocol, ==, "ndpi");
        g_assert_cmpint (claim->confidence, ==, ISTH_CONFIDENCE_HINT);
        g_assert_cmpuint (claim->evidence.frame, >, 0);
        g_string_append_printf (text, "%s: %s\n", snapshot->assets[i]->name, claim->value);
      }
  return g_string_free (text, FALSE);
}

/* The server is told of, by what was said on any port; and no link is named by a guess. */
static void
test_named (void)
{
  Wire *wire = wire_new ();
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(IsthSnapshot) with = NULL, without = NULL;
  g_autofree char *said = NULL, *silent = NULL;

  put_mining (wire, 2404);
  file = wire_end (wire);
  with = analyze (file, true);
  without = analyze (file, false);
  said = list_guesses (with);
  silent = list_guesses (without);
  g_assert_cmpstr (said, ==, "10.0.0.2: Mining, tcp/2404\n");
  g_assert_cmpstr (silent, ==, "");
  for (uint32_t i = 0; i < with->n_links; i++)
    g_assert_null (strstr (with->links[i]->protocol, "ining"));
}

/* A frame with a false checksum is no DNP3 to the dissector that looks for it: then nobody calls it so. */
static void
test_ours (void)
{
  static const uint8_t request[] = { 0x05, 0x64, 0x05, 0xc0, 1, 0, 0, 0, 0, 0 };
  Wire *wire = wire_new ();
  Talk talk = { CLIENT, SERVER, 50000, 20000, 100, 200 };
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  g_autofree char *said = NULL;

  wire_open (wire, &talk);
  for (int i = 0; i < 4; i++)
    wire_say (wire, &talk, request, sizeof request);
  file = wire_end (wire);
  snapshot = analyze (file, true);
  said = list_guesses (snapshot);
  g_assert_cmpstr (said, ==, "");
}

/* What was seen in one capture does not change what another one says. */
static void
test_apart (void)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autofree char *first = NULL;

  isth_pipeline_set_guesses (pipeline, true);
  for (int i = 0; i < 3; i++)
    {
      Wire *wire = wire_new ();
      g_autoptr(GByteArray) file = NULL;
      g_autoptr(IsthSource) source = NULL;
      g_autoptr(IsthWorld) world = isth_world_new ();
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      g_autoptr(IsthSnapshot) snapshot = NULL;
      g_autofree char *said = NULL;

      put_mining (wire, 7777);
      file = wire_end (wire);
      source = isth_source_open_memory (file->data, file->len, NULL);
      isth_pipeline_run (pipeline, source, facts);
      isth_world_add_facts (world, facts);
      snapshot = isth_world_resolve (world, isth_detect, world);
      said = list_guesses (snapshot);
      g_assert_cmpstr (said, !=, "");
      if (first)
        g_assert_cmpstr (said, ==, first);
      else
        first = g_steal_pointer (&said);
    }
}

/* A flood of nonsense: only so many are looked at, more of them at a time than are kept, and the health figures say so. */
static void
test_ceiling (void)
{
  const uint32_t n = ISTH_LIMIT_GUESSES + 100;
  Wire *wire = wire_new ();
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  uint64_t count = 0;

  G_STATIC_ASSERT (ISTH_LIMIT_GUESSING < ISTH_LIMIT_GUESSES);
  for (uint32_t i = 0; i < n; i++)
    {
      Talk talk = { CLIENT, SERVER, (uint16_t) (1024 + i), 40000, 0, 0 };

      wire_udp (wire, &talk, 5);
      wire_put (wire, "\xfe\xed\xfa\xce\x99", 5);
      wire_send (wire);
    }
  file = wire_end (wire);
  snapshot = analyze (file, true);
  for (uint32_t i = 0; i < snapshot->health->n_limits; i++)
    if (g_str_equal (snapshot->health->limits[i].what, isth_limit_text (ISTH_REACHED_GUESSES)))
      count = snapshot->health->limits[i].count;
  g_assert_cmpuint (count, ==, 100);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guesses/named", test_named);
  g_test_add_func ("/guesses/ours", test_ours);
  g_test_add_func ("/guesses/apart", test_apart);
  g_test_add_func ("/guesses/ceiling", test_ceiling);
  return g_test_run ();
}
