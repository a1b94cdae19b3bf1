/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ceilings reached by captures: what is told then. Those of single tables are reached where the tables are tested (flow, stream, fragments,
 * facts); tests/check-limits.py holds that none is forgotten. */
#include <glib.h>
#include <string.h>

#include "analysis/base/offsets.h"
#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"
#include "tests/helpers/hostile.h"
#include "tests/helpers/wire.h"

static IsthSnapshot *
analyze (const GByteArray *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, &error);
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();

  g_assert_no_error (error);
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  return isth_world_resolve (world, isth_detect, world);
}

static uint64_t
find_count (const IsthHealthCount *rows,
            uint32_t n,
            const char *what)
{
  for (uint32_t i = 0; i < n; i++)
    if (g_str_equal (rows[i].what, what))
      return rows[i].count;
  return 0;
}

static const struct
{
  const char *hostile;
  size_t size;         /* of a capture that is beyond the ceiling */
  IsthLimit limit;
} counted[] = {
  { "many-tunnels", 1000 * ISTH_LIMIT_NESTING, ISTH_REACHED_NESTING },
  { "many-tags", 1000 * ISTH_LIMIT_NESTING, ISTH_REACHED_NESTING },
  { "lone-fragments", ISTH_LIMIT_FRAGMENT_BYTES / 65535 * 100, ISTH_REACHED_FRAGMENTS },
  { "first-fragments", ISTH_LIMIT_FRAGMENTS * 100, ISTH_REACHED_FRAGMENTS },
  { "holes", 10000, ISTH_REACHED_STREAM },
  { "lost-byte", 2 * ISTH_LIMIT_STREAM, ISTH_REACHED_STREAM },
  { "half-messages", ISTH_LIMIT_STREAMS / 10, ISTH_REACHED_STREAMS },
  { "unanswered-requests", 100 * ISTH_LIMIT_PENDING, ISTH_REACHED_PENDING },
  { "many-states", ISTH_LIMIT_REMEMBERED / 5, ISTH_REACHED_REMEMBERED },
  { "many-claims", 200 * ISTH_LIMIT_CLAIMS, ISTH_REACHED_CLAIMS },
  { "many-items", 2000 * ISTH_LIMIT_OBJECTS, ISTH_REACHED_OBJECTS },
  { "damaged-records", 300 * ISTH_LIMIT_NOTES, ISTH_REACHED_NOTES },
  { "many-comments", 20 * ISTH_LIMIT_NOTES, ISTH_REACHED_NOTES },
  { "many-interfaces", 21 * ISTH_LIMIT_INTERFACES, ISTH_REACHED_NOTES },
};

static void
test_counted (gconstpointer data)
{
  const gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GByteArray) file = isth_test_hostile_make (counted[row].hostile, counted[row].size);
  g_autoptr(IsthSnapshot) snapshot = analyze (file);
  const IsthHealth *health = snapshot->health;

  g_assert_cmpuint (find_count (health->limits, health->n_limits, isth_limit_text (counted[row].limit)), >, 0);
}

/* An interface beyond the ceiling: its packets are damage, and those of others are read. */
static void
test_interfaces (void)
{
  g_autoptr(GByteArray) file = isth_test_hostile_make ("many-interfaces", 20 * (ISTH_LIMIT_INTERFACES + 10));
  g_autoptr(IsthSource) source = isth_source_open_memory (file->data, file->len, NULL);
  const IsthCaptureInfo *info = isth_source_get_info (source);
  IsthFrame frames[4];

  while (isth_source_read (source, frames, G_N_ELEMENTS (frames)) > 0)
    continue;
  g_assert_cmpuint (info->interfaces->len, ==, ISTH_LIMIT_INTERFACES);
  g_assert_cmpuint (info->not_kept, >, 0);
}

/* Of a frame or a block that cannot be that long, a note tells. */
static void
test_long (void)
{
  static const uint32_t block[] = { 6, ISTH_LIMIT_BLOCK + 4, 0, 0 };
  g_autoptr(GByteArray) frame = g_byte_array_new (), blocks = isth_test_hostile_make ("unknown-blocks", 1000);
  g_autofree uint8_t *bytes = g_malloc0 (ISTH_LIMIT_FRAME + 1);

  isth_test_pcap_begin (frame, 1);
  isth_test_pcap_frame (frame, 1, bytes, ISTH_LIMIT_FRAME + 1, ISTH_LIMIT_FRAME + 1);
  g_byte_array_append (blocks, (const guint8 *) block, sizeof block);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(IsthSnapshot) snapshot = analyze (i == 0 ? frame : blocks);
      const IsthCapture *capture = snapshot->captures[0];

      g_assert_cmpuint (g_strv_length (capture->notes), ==, i == 0 ? 1 : 2);
      g_assert_cmpuint (capture->frames, ==, i == 0 ? 1 : 0);
    }
}

/* Of many tags, the innermost decides. */
static void
test_tags (void)
{
  Wire *wire = wire_new ();
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;

  wire_ethernet (wire, 1, 2, 0x8100);
  for (uint16_t tag = 1; tag <= ISTH_LIMIT_VLANS + 2; tag++)
    {
      wire_put16 (wire, tag);
      wire_put16 (wire, tag < ISTH_LIMIT_VLANS + 2 ? 0x8100 : 0x0800);
    }
  wire_ipv4 (wire, 0x0a000001, 0x0a000002, 1, 0, 0, 8);
  wire_fill (wire, 0, 8);
  wire_send (wire);
  file = wire_end (wire);
  snapshot = analyze (file);
  g_assert_cmpuint (snapshot->n_assets, >, 0);
  g_assert_cmpuint (snapshot->assets[0]->n_interfaces, ==, 1);
  g_assert_cmpuint (snapshot->assets[0]->interfaces[0].n_vlans, ==, 1);
  g_assert_cmpuint (snapshot->assets[0]->interfaces[0].vlans[0], ==, ISTH_LIMIT_VLANS + 2);
}

/* A conversation that said nothing to be known by for so long is not listened to any more. */
static void
test_probes (void)
{
  static const uint8_t request[] = { 0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1 };

  for (uint32_t n = ISTH_LIMIT_PROBES - 1; n <= ISTH_LIMIT_PROBES; n++)
    {
      Talk talk = { 0x0a000001, 0x0a000002, 40000, 502, 1, 0 };
      Wire *wire = wire_new ();
      g_autoptr(GByteArray) file = NULL;
      g_autoptr(IsthSnapshot) snapshot = NULL;

      wire_open (wire, &talk);
      for (uint32_t i = 0; i < n; i++)
        wire_say (wire, &talk, "What might this be, then?", 25);
      wire_say (wire, &talk, request, sizeof request);
      file = wire_end (wire);
      snapshot = analyze (file);
      g_assert_cmpuint (snapshot->n_links, ==, 1);
      g_assert_cmpstr (snapshot->links[0]->protocol, ==, n < ISTH_LIMIT_PROBES ? "modbus" : "");
    }
}

/* A name with one pointer more than are followed makes its message malformed. */
static void
test_name_jumps (void)
{
  for (uint32_t jumps = ISTH_LIMIT_NAME_JUMPS; jumps <= ISTH_LIMIT_NAME_JUMPS + 1; jumps++)
    {
      const Talk talk = { 0x0a000001, 0xe00000fb, 5353, 5353, 0, 0 };
      Wire *wire = wire_new ();
      g_autoptr(GByteArray) file = NULL;
      g_autoptr(IsthSnapshot) snapshot = NULL;

      wire_udp (wire, &talk, 12 + 1 + 10 + 2 * (jumps - 1) + 2 + 10);
      wire_put32 (wire, 0x00008400);
      wire_put32 (wire, 2); /* no question, two answers */
      wire_put32 (wire, 0);
      wire_put8 (wire, 0);
      wire_put32 (wire, 0x00630001); /* SPF: its value is not looked at */
      wire_put32 (wire, 120);
      wire_put16 (wire, (uint16_t) (2 * (jumps - 1)));
      for (uint32_t i = 0; i + 1 < jumps; i++)
        wire_put16 (wire, (uint16_t) (i == 0 ? 0xc00c : 0xc000 + 23 + 2 * (i - 1)));
      wire_put16 (wire, (uint16_t) (0xc000 + 23 + 2 * (jumps - 2)));
      wire_put32 (wire, 0x00010001);
      wire_put32 (wire, 120);
      wire_put16 (wire, 0);
      wire_send (wire);
      file = wire_end (wire);
      snapshot = analyze (file);
      g_assert_cmpuint (find_count (snapshot->health->malformed, snapshot->health->n_malformed, "mdns"), ==, jumps > ISTH_LIMIT_NAME_JUMPS);
    }
}

/* No dissector may want more than these; the dispatcher asserts the one when it is made, and takes a longer PDU for nonsense. */
static void
test_dissectors (void)
{
  for (size_t i = 0; isth_dissectors[i]; i++)
    g_assert_cmpuint (isth_dissectors[i]->state_size, <=, ISTH_LIMIT_STATE);
  g_assert_cmpuint (ISTH_LIMIT_PDU, >=, 65535 + 24); /* the longest that a 16-bit length can say behind the longest header */
}

/* A file of more parts than are kept has longer ones; blocks without room make no part. */
static void
test_offsets (void)
{
  g_autofree uint64_t *blocks = g_new0 (uint64_t, ISTH_LIMIT_OFFSET_BLOCKS + 1);
  IsthOffsets *offsets = isth_offsets_new ();

  for (uint64_t i = 0; i < 2 * ISTH_LIMIT_OFFSETS; i++)
    isth_offsets_begin_part (offsets, i * ISTH_OFFSETS_STEP, i, NULL, 0);
  g_assert_cmpuint (offsets->parts->len, <=, ISTH_LIMIT_OFFSETS);
  g_assert_cmpuint (offsets->parts->len, >=, ISTH_LIMIT_OFFSETS / 2);
  isth_offsets_unref (offsets);

  offsets = isth_offsets_new ();
  isth_offsets_begin_part (offsets, 0, 0, blocks, ISTH_LIMIT_OFFSET_BLOCKS);
  g_assert_cmpuint (offsets->parts->len, ==, 1);
  blocks[0] = 1;
  isth_offsets_begin_part (offsets, ISTH_OFFSETS_STEP, 1, blocks, ISTH_LIMIT_OFFSET_BLOCKS);
  g_assert_cmpuint (offsets->parts->len, ==, 1);
  isth_offsets_unref (offsets);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/ceilings/%s", counted[i].hostile);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_counted);
    }
  g_test_add_func ("/engine/ceilings/interfaces", test_interfaces);
  g_test_add_func ("/engine/ceilings/long", test_long);
  g_test_add_func ("/engine/ceilings/tags", test_tags);
  g_test_add_func ("/engine/ceilings/probes", test_probes);
  g_test_add_func ("/engine/ceilings/name-jumps", test_name_jumps);
  g_test_add_func ("/engine/ceilings/offsets", test_offsets);
  g_test_add_func ("/engine/ceilings/dissectors", test_dissectors);
  return g_test_run ();
}
