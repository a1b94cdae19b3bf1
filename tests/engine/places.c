/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks of each shape as small captures (places/NAME.frames): which assets are there, behind whom, and on which side. Whatever the shape, nobody behind a
 * router has its maker, no group or documentation address is anybody's, and only what is public is external. */
#include <glib.h>
#include <string.h>

#include "analysis/isthmus.h"
#include "tests/helpers/frames.h"

static const struct
{
  const char *name;
  const char *assets; /* address, kind, level, side, maker; "behind" whom */
} cases[] = {
  { "flat",
    "10.1.0.10 plc L1 ot Siemens\n"
    "10.1.0.20 unknown L2 ot Siemens" },
  { "bus", /* an address that a master polls for is nobody */
    "02:00:00:00:00:01 unknown Lunknown unknown\n"
    "02:00:00:00:00:02 unknown Lunknown unknown" },
  { "routed",
    "10.1.0.1 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.2.0.10 plc L1 ot behind 10.1.0.1\n"
    "100.64.3.4 server Lunknown unknown behind 10.1.0.1\n"
    "8.8.8.8 server L5 external behind 10.1.0.1" },
  { "nat",
    "10.9.0.2 router Lunknown boundary Cisco\n"
    "10.9.0.50 plc L1 ot Dell" },
  { "trunk",
    "10.10.0.1 router Lunknown boundary Cisco\n"
    "10.10.0.10 plc L1 ot Siemens\n"
    "10.20.0.20 unknown L2 ot Siemens" },
  { "asymmetric",
    "10.1.0.1 unknown Lunknown unknown Cisco\n" /* it only takes: a conversation keeps the MAC that spoke last for an address */
    "10.1.0.2 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.2.0.10 plc L1 ot behind 10.1.0.2\n"
    "10.2.0.11 plc L1 ot behind 10.1.0.2" },
  { "hsrp",
    "10.1.0.1 router Lunknown boundary\n"
    "10.1.0.2 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.1.0.3 router Lunknown boundary Cisco\n"
    "10.2.0.10 plc L1 ot behind 10.1.0.2\n"
    "8.8.8.8 server L5 external behind 10.1.0.3" },
  { "mirror",
    "00:1e:f6:00:00:01 router Lunknown boundary Cisco\n"
    "00:1e:f6:00:00:02 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.2.0.10 plc L1 ot Siemens" },
  { "proxy-arp",
    "00:1e:f6:00:00:01 router Lunknown boundary Cisco\n"
    "10.1.0.20 scada-server L2 ot Siemens\n"
    "10.1.7.1 plc L1 ot behind 00:1e:f6:00:00:01\n"
    "10.1.7.2 plc L1 ot behind 00:1e:f6:00:00:01\n"
    "10.1.7.3 plc L1 ot behind 00:1e:f6:00:00:01" },
  { "relay", /* whose address and name a relay passed on: its own MAC is told, and so its own maker */
    "10.1.0.1 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.1.0.5 server Lunknown unknown Dell\n"
    "10.2.0.10 plc L1 ot Siemens" },
  { "static-routes",
    "10.1.0.1 router Lunknown boundary Cisco\n"
    "10.1.0.2 router Lunknown boundary Cisco\n"
    "10.1.0.20 unknown L2 ot Siemens\n"
    "10.1.0.5 server Lunknown unknown Dell\n"
    "10.2.0.10 plc L1 ot behind 10.1.0.2\n"
    "10.3.0.10 plc L1 ot behind 10.1.0.1" },
  { "advertised",
    "fd00:1::20 unknown L2 ot Siemens\n"
    "fd00:2::10 plc L1 ot behind fe80::1\n"
    "fe80::1 router Lunknown boundary Cisco" },
};

static IsthSnapshot *
analyze (const char *name)
{
  g_autofree char *path = g_strconcat (g_test_get_dir (G_TEST_DIST), "/engine/places/", name, ".frames", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthSource) source = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  file = isth_test_pcap_from_text (text);
  source = isth_source_open_memory (file->data, file->len, &error);
  g_assert_no_error (error);
  isth_pipeline_run (pipeline, source, facts);
  isth_world_add_facts (world, facts);
  return isth_world_resolve (world, NULL, NULL);
}

static const char *
shorten (const char *vendor)
{
  static const char *const makers[] = { "Cisco", "Dell", "Siemens" };

  for (size_t i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_has_prefix (vendor, makers[i]))
      return makers[i];
  return vendor;
}

static void
check_addresses (const IsthAsset *asset)
{
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];

      g_assert_false (interface->mac.kind && isth_address_is_group (&interface->mac));
      for (uint32_t j = 0; j < interface->n_ips; j++)
        {
          g_assert_false (isth_address_is_group (&interface->ips[j]));
          g_assert_false (isth_address_is_documentation (&interface->ips[j]));
          g_assert_cmpuint (interface->ips[j].bytes[3], !=, 255);
          g_assert_false (asset->side == ISTH_SIDE_EXTERNAL && isth_address_is_private (&interface->ips[j]));
        }
    }
  g_assert_false (asset->behind[0] && isth_asset_get (asset, ISTH_ATTRIBUTE_VENDOR)[0]);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dump (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];
      const IsthInterface *interface = &asset->interfaces[0];
      const char *vendor = isth_asset_get (asset, ISTH_ATTRIBUTE_VENDOR);
      g_autofree char *behind = g_strndup (asset->behind, strcspn (asset->behind, " "));
      char text[ISTH_ADDRESS_TEXT];

      check_addresses (asset);
      isth_address_format (interface->n_ips ? &interface->ips[0] : &interface->mac, text);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s L%s %s%s%s%s%s", text, isth_kind_name (asset->kind), isth_level_name (asset->level),
                                               isth_side_name (asset->side), *vendor ? " " : "", shorten (vendor), *behind ? " behind " : "", behind));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_place (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthSnapshot) snapshot = analyze (cases[i].name);
  g_autofree char *text = dump (snapshot);

  g_assert_cmpstr (text, ==, cases[i].assets);
}

/* What was captured on both sides of a router was done once: over UDP in one flow, and over TCP in two VLANs. */
static void
test_copies (void)
{
  g_autoptr(IsthSnapshot) snapshot = analyze ("mirror");
  uint64_t bacnet = 0, modbus = 0;

  for (uint32_t i = 0; i < snapshot->n_links; i++)
    for (uint32_t k = 0; k < snapshot->links[i]->n_operations; k++)
      {
        const IsthLinkOperation *operation = &snapshot->links[i]->operations[k];

        g_assert_cmpuint (operation->ok, ==, operation->count);
        *(g_str_equal (snapshot->links[i]->protocol, "bacnet") ? &bacnet : &modbus) += operation->count;
      }
  g_assert_cmpuint (bacnet, ==, 3);
  g_assert_cmpuint (modbus, ==, 2);
  g_assert_cmpuint (snapshot->health->copies, ==, 10);
}

/* Which networks routers are said to lead to, by DHCP and by their own advertisements. */
static void
test_routes (void)
{
  static const struct { const char *place, *network; uint32_t routed; } rows[] = {
    { "static-routes", "10.2.0.0/16", 1 }, { "static-routes", "10.3.0.0/24", 0 }, { "advertised", "fd00:2::/64", 1 }, { "advertised", "fd00:1::/64", 0 },
    { "relay", "10.2.0.0/24", 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(IsthSnapshot) snapshot = analyze (rows[i].place);
      bool found = false;

      for (uint32_t n = 0; n < snapshot->networks->n_networks; n++)
        {
          const IsthNetwork *network = &snapshot->networks->networks[n];
          char address[ISTH_ADDRESS_TEXT];
          g_autofree char *text = g_strdup_printf ("%s/%u", isth_address_format (&network->network, address), network->bits);

          if (!g_str_equal (text, rows[i].network))
            continue;
          found = true;
          g_assert_cmpuint (network->routed, ==, rows[i].routed);
        }
      g_assert_true (found);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/places/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_place);
    }
  g_test_add_func ("/places/copies", test_copies);
  g_test_add_func ("/places/routes", test_routes);
  return g_test_run ();
}
