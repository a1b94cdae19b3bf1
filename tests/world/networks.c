/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks out of a few facts: how wide, on which VLANs, through whom, what for; and their ceilings. */
#include <string.h>

#include "analysis/base/limits.h"
#include "tests/world/script.h"

static const struct
{
  const char *name;
  const char *script;
  const char *networks; /* network, nature, addresses/devices, VLANs (u: untagged), … ids as names */
} cases[] = {
  { "assumed", "flow m1/10.0.0.1 m2/10.0.0.2", "10.0.0.0/24 assumed unknown 2/0 u" },
  { "told", "flow m1/10.0.0.1 m2/10.0.1.2; say m1/10.0.0.1 subnet 10.0.0.0/23; say m1/10.0.0.1 gateway 10.0.1.2",
    "10.0.0.0/23 told by 1 unknown 2/0 u gateway 10.0.1.2" },
  { "told-narrow-and-wide", "flow m1/10.0.0.1 m2/10.0.0.200; flow m1/10.0.0.1 m3/10.0.9.3; say m1/10.0.0.1 subnet 10.0.0.0/25; say m3/10.0.9.3 subnet 10.0.0.0/16; say m2 subnet 10.0.0.0/16",
    "10.0.0.0/16 told by 2 unknown 2/0 u\n10.0.0.0/25 told by 1 unknown 1/0 u" },
  { "vlans", "flow m1/10.0.0.1@7 m2/10.0.0.2@7; flow m1/10.0.0.1@5 m2/10.0.0.2@5", "10.0.0.0/24 assumed unknown 2/0 5 7" },
  { "plant", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502; do m1/10.0.0.1 m2/10.0.0.2 modbus read r - ok", "10.0.0.0/24 assumed control 2/1 u" },
  { "behind", "bind m9/10.0.0.9; flow m1/10.0.0.1 m9/10.7.0.5 back=63; flow m1/10.0.0.1 m9/8.8.8.8 back=57",
    "10.0.0.0/24 assumed unknown 2/0 u gateway 10.0.0.9\n10.7.0.0/24 assumed unknown 1/0 behind 10.0.0.9" },
  { "given-out", "role m9/10.0.0.9 dhcp-server; flow m1/10.0.0.40 m9/10.0.0.9; flow m2/10.0.0.77 m9/10.0.0.9; bind m1/10.0.0.40 dhcp; bind m2/10.0.0.77 dhcp",
    "10.0.0.0/24 assumed unknown 3/0 u dhcp 10.0.0.9 10.0.0.40–10.0.0.77" },
  { "translated", "bind m9/10.0.0.9; flow m9/10.0.0.9 m1/10.0.0.1 ttl=63; flow m9/10.0.0.9 m1/10.0.0.1 port=80 ttl=127",
    "10.0.0.0/24 assumed unknown 2/0 u gateway 10.0.0.9 translator 10.0.0.9" },
  { "no-network", "flow m1/fe80::1 m2/fe80::2; flow m1/169.254.0.1 m2/169.254.0.2; flow 0/8.8.8.8 m1/169.254.0.1 ttl=57", "" },
  { "routed-without-a-host", "flow m1/10.0.0.1 m9/10.0.0.9; flow m1/10.0.0.1 m8/10.0.0.8; role m9/10.0.0.9 router; say m9/10.0.0.9 route 10.7.0.0/16; say m8/10.0.0.8 route 10.7.0.0/16",
    "10.0.0.0/24 assumed unknown 3/0 u gateway 10.0.0.9\n10.7.0.0/16 routed by 2 unknown 0/0 router 10.0.0.8 router 10.0.0.9" },
  { "routed-wide-and-narrow", "flow m1/10.0.0.1 m9/10.7.3.200 back=63; say m1/10.0.0.1 route 10.7.0.0/16; say m1/10.0.0.1 route 10.7.3.128/25",
    "10.0.0.0/24 assumed unknown 1/0 u\n10.7.0.0/16 routed by 1 unknown 0/0 router 10.0.0.1\n10.7.3.128/25 routed by 1 unknown 1/0 behind 02:1b:1b:00:00:09 router 10.0.0.1" },
  { "routed-nowhere", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 route 8.8.0.0/16; say m1/10.0.0.1 route 169.254.0.0/16; say m1/10.0.0.1 route 10.0.0.0/7; say m1/10.0.0.1 route 192.0.2.0/24; say m1/10.0.0.1 route 10.1.1.1/32",
    "10.0.0.0/24 assumed unknown 2/0 u" },
  { "told-without-a-host", "flow m1/10.0.0.1 m9/10.0.0.9; role m9/10.0.0.9 router; say m9/10.0.0.9 subnet 192.168.3.0/24; say m1/10.0.0.1 subnet 127.0.0.0/8",
    "10.0.0.0/24 assumed unknown 2/0 u gateway 10.0.0.9\n192.168.3.0/24 told by 1 unknown 0/0 gateway 10.0.0.9" },
  { "routed-to-the-site", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 route 8.8.4.0/24; word 0/8.8.0.0 site_range 16 ann",
    "site 8.8.0.0/16\n8.8.4.0/24 routed by 1 unknown 0/0 router 10.0.0.1\n10.0.0.0/24 assumed unknown 2/0 u" },
  { "six", "flow m1/2a00:1:2:3::1 m9/2a00:1:2:3::9; flow m1/2a00:1:2:3::1 m9/2a00:1:2:7::5 back=63; role m9/2a00:1:2:3::9 router; say m9/2a00:1:2:3::9 subnet 2a00:1:2:3::/64;"
    "say m9/2a00:1:2:3::9 route 2a00:1:2:7::/64; say m9/2a00:1:2:3::9 route 2a00:5::/32; say m9/2a00:1:2:3::9 route fd00:7::/32; say m9/2a00:1:2:3::9 route fd00:8::/128",
    "2a00:1:2:3::/64 told by 1 unknown 2/0 u gateway 2a00:1:2:3::9\n2a00:1:2:7::/64 routed by 1 unknown 0/0 router 2a00:1:2:3::9\nfd00:7::/32 routed by 1 unknown 0/0 router 2a00:1:2:3::9" },
  { "site", "flow 0/8.8.8.8 0/10.0.0.1 ttl=57; word 0/8.8.0.0 site_range 16 ann", "site 8.8.0.0/16\n8.8.8.0/24 assumed unknown 1/0\n10.0.0.0/24 assumed unknown 1/0" },
};

static void
append_ids (GString *line,
            const IsthSnapshot *snapshot,
            const char *word,
            const uint64_t ids[ISTH_NETWORK_IDS])
{
  for (int i = 0; i < ISTH_NETWORK_IDS && ids[i]; i++)
    g_string_append_printf (line, " %s %s", word, isth_snapshot_get_asset (snapshot, ids[i])->name);
}

static char *
dump (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const IsthNetworkList *list = snapshot->networks;

  for (char **range = list->site_ranges; *range; range++)
    g_ptr_array_add (lines, g_strdup_printf ("site %s", *range));
  for (uint32_t i = 0; i < list->n_networks; i++)
    {
      const IsthNetwork *network = &list->networks[i];
      GString *line = g_string_new (NULL);
      char text[ISTH_ADDRESS_TEXT];

      g_string_append_printf (line, "%s/%u ", isth_address_format (&network->network, text), network->bits);
      if (network->told)
        g_string_append_printf (line, "told by %u", network->told);
      else if (network->routed)
        g_string_append_printf (line, "routed by %u", network->routed);
      else
        g_string_append (line, "assumed");
      g_string_append_printf (line, " %s %u/%u%s", isth_subnet_nature_name (network->nature), network->addresses, network->devices, network->untagged ? " u" : "");
      for (int v = 0; v < ISTH_NETWORK_VLANS && network->vlans[v]; v++)
        g_string_append_printf (line, " %u", network->vlans[v]);
      append_ids (line, snapshot, "behind", network->behind);
      append_ids (line, snapshot, "gateway", network->gateways);
      append_ids (line, snapshot, "router", network->routers);
      append_ids (line, snapshot, "translator", network->translators);
      append_ids (line, snapshot, "dhcp", network->dhcp_servers);
      if (network->dhcp_first.kind)
        g_string_append_printf (line, " %s–", isth_address_format (&network->dhcp_first, text));
      if (network->dhcp_last.kind)
        g_string_append (line, isth_address_format (&network->dhcp_last, text));
      g_assert_cmpint (network->near, ==, network->behind[0] == 0 && (network->untagged || network->vlans[0]));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  for (int round = 0; round < 4; round++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, round ? rand : NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
      g_autoptr(IsthSnapshot) again = isth_world_resolve (world, NULL, NULL);
      g_autofree char *text = dump (snapshot);

      g_assert_cmpstr (text, ==, cases[i].networks);
      g_assert_true (snapshot->networks == again->networks);
    }
}

/* A network more than is listed, and a width more than is looked at. */
static void
test_ceilings (void)
{
  g_autoptr(GString) script = g_string_new (NULL);
  g_autoptr(IsthWorld) world = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  uint32_t told = 0;

  for (unsigned i = 0; i <= ISTH_LIMIT_NETWORKS; i++)
    {
      g_string_append_printf (script, "flow 0/10.%u.%u.1 0/10.255.255.1;", i >> 8, i & 255);
      if (i <= ISTH_LIMIT_PREFIXES)
        g_string_append_printf (script, "say 0/10.%u.%u.1 subnet 10.%u.%u.0/25;", i >> 8, i & 255, i >> 8, i & 255);
    }
  world = isth_script_build (script->str, NULL);
  snapshot = isth_world_resolve (world, NULL, NULL);
  g_assert_cmpuint (snapshot->networks->n_networks, ==, ISTH_LIMIT_NETWORKS);
  for (uint32_t i = 0; i < snapshot->networks->n_networks; i++)
    told += snapshot->networks->networks[i].told;
  g_assert_cmpuint (told, <=, ISTH_LIMIT_PREFIXES);
  g_assert_cmpuint (told, >=, ISTH_LIMIT_PREFIXES - 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/networks/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/networks/ceilings", test_ceilings);
  return g_test_run ();
}
