/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims, names, roles, services and links; people's words; what did not change stays the same record; and random facts keep every promise. */
#include <string.h>

#include "tests/world/script.h"

#define HOSTS "flow m1/10.0.0.1 m2/10.0.0.2; "

/* What stands, or stands not ("!" before it), in the full text of the world. */
static const struct
{
  const char *name;
  const char *script;
  const char *says[6];
} cases[] = {
  { "name-address", HOSTS, { "“10.0.0.1” by address" } },
  { "first-sight", "cap 1; flow m1/10.0.0.1 m2/10.0.0.2; cap 0; flow m2/10.0.0.2 m1/10.0.0.1 got=0; flow m1/10.0.0.1 m2/10.0.0.2",
    { "m1/10.0.0.1 sight[0:5:1000000000:0+0]", "m2/10.0.0.2 sight[0:4:1000000000:0+0]" } },
  { "taken-ip-keeps-its-traffic", "flow m1/10.0.0.1 m2/10.0.0.2 sent=1 got=1; at 400; flow m1/10.0.0.1 m2/10.0.0.2 sent=1 got=1; flow m3/10.0.0.1 m2/10.0.0.2 sent=2 got=2;"
    "bind m1/10.0.0.1; bind m3/10.0.0.1; flow 0/10.0.0.1 0/10.0.0.9 sent=70 got=70; say 0/10.0.0.1 hostname pump",
    { "m1/10.0.0.1 *hostname=“pump”", " 72/72", "m3/10.0.0.1 bound:" } },
  /* one multicast DNS answer names both addresses of its sender: the name is the sender's, and makes no asset of the address that nobody saw */
  { "name-of-two-addresses", "flow m1/fe80::1 33:33:00:00:00:fb/ff02::fb mdns transport=17 port=5353 got=0; say m1/fe80::1 hostname Art-Pad.local 90 mdns; say 0/10.0.0.80 hostname Art-Pad.local 75 mdns",
    { "m1/fe80::1", "*hostname=“Art-Pad.local” by mdns 90", "!10.0.0.80" } },
  { "name-mac", "flow m1 m2 transport=0", { "“02:1b:1b:00:00:01” by address" } },
  { "name-model", HOSTS "say m1 model CPU_315", { "“CPU 315 · 10.0.0.1” by model" } },
  { "name-vendor", "flow 00:0e:8c:00:00:01/10.0.0.1 m2/10.0.0.2", { "“10.0.0.1 (Siemens)” by vendor", "*vendor=“Siemens AG” by ieee-ra 40" } },
  { "name-host", HOSTS "say m1 model CPU; say m1/10.0.0.1 hostname pump-plc 75", { "“pump-plc” by hostname" } },
  { "name-station", HOSTS "say m1 station plc1; say m1/10.0.0.1 hostname pump", { "“plc1” by station" } },
  { "name-person", HOSTS "say m1 station plc1; word m1 name Pump_1 ann", { "“Pump 1” by name", "*name=“Pump 1” by person 100" } },
  { "name-taken-back", HOSTS "word m1 name Pump ann; at 90; word m1 name - ann; say m1 station plc1", { "“plc1” by station" } },
  { "name-child", HOSTS "child m2/10.0.0.2#cip-slot:1; child m2/10.0.0.2#cip-slot:2", { "“10.0.0.2 › slot 1” by address" } },
  { "name-child-model", HOSTS "child m2/10.0.0.2#modbus-unit:1; child m2/10.0.0.2#modbus-unit:2; say m2/10.0.0.2#modbus-unit:1 model FC-302",
    { "“FC-302 · 10.0.0.2 › unit 1” by model", "“10.0.0.2 › unit 2” by address" } },
  { "name-child-of-named", HOSTS "child m2/10.0.0.2#s7-slot:0/2; child m2/10.0.0.2#s7-slot:0/3; say m2 station plc1", { "“plc1 › slot 0.2” by address" } },
  { "name-profinet-slot", HOSTS "child m2#profinet-slot:1/1; child m2#profinet-slot:1/2", { "“10.0.0.2 › slot 1.1” by address", "“10.0.0.2 › slot 1.2” by address" } },
  { "name-logical-device", HOSTS "child m2/10.0.0.2#mms-domain:IED1/X; child m2/10.0.0.2#mms-domain:LD0", { "“10.0.0.2 › logical device IED1/X” by address" } },
  { "name-behind-routers", HOSTS "child m2/10.0.0.2#bacnet-net:13:61; child m2/10.0.0.2#dnp3-address:10; child m2/10.0.0.2#dnp3-address:11",
    { "“10.0.0.2 › BACnet address 13.61” by address", "“10.0.0.2 › DNP3 address 10” by address" } },
  { "name-nested", HOSTS "child m2/10.0.0.2#cip-slot:1; child m2/10.0.0.2#cip-slot:2; child m2/10.0.0.2#cip-slot:1_>_odd", { "“10.0.0.2 › slot 1 › odd” by address" } },
  { "confidence", HOSTS "say m1 vendor Low 60; say m1 vendor High 90", { "*vendor=“High”", " vendor=“Low”" } },
  { "recency", HOSTS "say m1 state run; say m1 state stop", { "*state=“stop”", " state=“run”" } },
  { "value-breaks-ties", "cap 1; at 5; say m1 os B; cap 0; flow m1 m2; cap 1; at 5; say m1 os A", { "*!os=“A”", " !os=“B”" } },
  { "conflict", HOSTS "say m1 model A; say m1 model B", { "*!model=“B”", " !model=“A”" } },
  { "no-conflict-of-case", HOSTS "say m1 model ab; say m1 model AB", { "*model=“AB”", " model=“ab”" } },
  { "no-conflict-of-domain", HOSTS "say m1 hostname pc7; say m1 hostname PC7.plant.local", { "*hostname=“PC7.plant.local”", " hostname=“pc7”" } },
  { "no-conflict-of-lower", HOSTS "say m1 model A 90; say m1 model B 60", { "*model=“A”", " model=“B”" } },
  { "no-conflict-of-many", HOSTS "say m1 banner A; say m1 banner B", { "*banner=“B”", " banner=“A”" } },
  { "claims-fold", HOSTS "say m1 model A; say m1/10.0.0.1 model A; cap 1; say m1 model A", { "*model=“A” by test 90 ×3" } },
  { "claim-of-routed-host", "flow m1/10.0.0.1 00:0e:8c:00:00:09/10.7.0.5 back=63; say 00:0e:8c:00:00:09/10.7.0.5 model X",
    { "“X · 10.7.0.5” by model", "“00:0e:8c:00:00:09 (Siemens)” by vendor" } },
  { "virtual-mac-has-no-vendor", "flow m1/10.0.0.1 00:00:5e:00:01:0a/10.0.0.9; bind 00:00:5e:00:01:0a/10.0.0.9", { "!ieee-ra" } },
  { "binding", HOSTS "bind m1/10.0.0.1; bind m1/10.0.0.1", { "bound:10.0.0.1:02:1b:1b:00:00:01:arp" } },
  { "roles", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; role m2 dns-server",
    { "role:modbus-client", "role:dns-server role:modbus-server", "speaks:modbus serves:6/502/modbus" } },
  { "unanswered-serves-nothing", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 got=0", { "!serves:", "!modbus-server", "role:modbus-client" } },
  { "reset-serves-nothing", "flow m1/10.0.0.1 m2/10.0.0.2 port=80 sent=1 got=1", { "!serves:" } },
  { "port-proves-no-protocol", "flow m1/10.0.0.1 m2/10.0.0.2 port=502", { "serves:6/502/ ", "!role:" } },
  { "unrecognised-joins", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; flow m1/10.0.0.1 m2/10.0.0.2 port=502",
    { " modbus 6/502 proof 3 10/10 flows 2", "serves:6/502/modbus", "!serves:6/502/ " } },
  { "best-proof-stands", "flow m2/10.0.0.2 m1/10.0.0.1 modbus port=502 proof=1 sent=3 got=4; flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3",
    { " modbus 6/502 proof 3 9/8 flows 2" } },
  { "two-directions", "flow m2/10.0.0.2 m1/10.0.0.1 modbus port=502 proof=3 sent=1; flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3 sent=2",
    { " modbus 6/502 proof 3 1/5 flows 1", " modbus 6/502 proof 3 2/5 flows 1" } },
  { "operation-proves", "flow m2/10.0.0.2 m1/10.0.0.1 s7comm proof=0 sent=1 got=2; do m1/10.0.0.1 m2/10.0.0.2 s7comm read read-var DB1 ok 3",
    { " s7comm 6/0 proof 3 2/1 flows 1 read read-var “DB1” ×3 ok 3" } },
  { "both-ask", "flow m2/10.0.0.2 m1/10.0.0.1 s7comm proof=0 sent=1 got=2; do m1/10.0.0.1 m2/10.0.0.2 s7comm read r - ok 3; do m2/10.0.0.2 m1/10.0.0.1 s7comm write w - ok 4",
    { "proof 3 2/1 flows 1 read r “” ×3", "proof 3 0/0 flows 0 write w “” ×4" } },
  { "asked-by-the-server", "flow m2/10.0.0.2 m1/10.0.0.1 s7comm port=102; do m2/10.0.0.2 m1/10.0.0.1 s7comm program down - ok; do m1/10.0.0.1 m2/10.0.0.2 s7comm other block - ok 4",
    { " s7comm 6/102 proof 3 5/5 flows 1 program down", " s7comm 6/102 proof 3 0/0 flows 0 other block “” ×4", "!2054" } },
  { "layer-below", "flow m1/10.0.0.1 m2/10.0.0.2 s7comm port=102; do m1/10.0.0.1 m2/10.0.0.2 cotp other connect - ok; do m1/10.0.0.1 m2/10.0.0.2 s7comm read r - ok 3",
    { " s7comm 6/102 proof 3 5/5 flows 1 read r “” ×3 ok 3", " other connect “” ×1", "!cotp 6" } },
  { "question-of-the-older-protocol", "flow m1/10.0.0.1 m2/10.0.0.2 kerberos port=88 sent=50; flow m1/10.0.0.1 m2/10.0.0.2 smb2 port=445;"
    "do m1/10.0.0.1 m2/10.0.0.2 smb other negotiate - ok; do m1/10.0.0.1 m2/10.0.0.2 smb2 authenticate login - ok",
    { " smb2 6/445 proof 3 5/5 flows 1", " other negotiate “” ×1", "!smb 6" } },
  { "cable", "flow m1 m100 udld transport=0 got=0; flow m2 m100 udld transport=0 got=0; say m1 serial FOC1000AAAA 90 udld; say m2 serial FOC1000BBBB 90 udld;"
    "say m1 neighbour FOC1000BBBB_port_Fa0/1 90 udld; say m2 neighbour FOC1000AAAA_port_Gi0/1 90 udld", { " udld 0/0 proof 0 0/0 flows 0" } },
  { "cable-to-nobody", "flow m1 m100 udld transport=0 got=0; flow m2 m100 udld transport=0 got=0; say m1 neighbour FOC1000BBBB_port_Fa0/1 90 udld", { "speaks:udld", "!proof 0" } },
  { "cable-to-either-of-two", "flow m1 m100 udld transport=0 got=0; flow m2 m100 udld transport=0 got=0; flow m3 m100 udld transport=0 got=0;"
    "say m2 hostname sw1 90 udld; say m3 hostname sw1 90 udld; say m1 neighbour sw1_port_Fa0/1 90 udld", { "speaks:udld", "!proof 0" } },
  { "cable-by-address", "at 5; flow m1 m100 ptcp transport=0 got=0; flow m2 m100 ptcp transport=0 got=0; hears m1 m2 port-001 ptcp; at 90; hears m1 m2 port-001 ptcp",
    { " ptcp 0/0 proof 0 0/0 flows 0", "*neighbour=“02:1b:1b:00:00:02, own port port-001”" } },
  { "cable-to-a-chassis", "flow m1 m100 lacp transport=0 got=0; flow m2 m100 lacp transport=0 got=0; say m2 chassis 02:1b:1b:00:00:20 90 lacp; hears m1 m32 3 lacp",
    { " lacp 0/0 proof 0 0/0 flows 0" } },
  { "cable-to-an-address-of-nobody", "flow m1 m100 lacp transport=0 got=0; hears m1 m32 - lacp", { "*neighbour=“02:1b:1b:00:00:20”", "!proof 0" } },
  { "layer-below-unproven", "flow m2/10.0.0.2 m1/10.0.0.1 cip port=44818 proof=0 sent=1 got=2; do m1/10.0.0.1 m2/10.0.0.2 enip other register - ok; do m2/10.0.0.2 m1/10.0.0.1 cip read r - ok",
    { " cip 6/0 proof 3 1/2 flows 1 read r “” ×1", " cip 6/0 proof 3 0/0 flows 0 other register “” ×1" } },
  { "operations-join-captures",
    "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok 2; cap 1; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok 3",
    { "write w “1” ×5 ok 5" } },
  { "link-to-module", "flow m1/10.0.0.1 m2/10.0.0.2 cip port=44818 proof=3; do m1/10.0.0.1 m2/10.0.0.2#cip-slot:1 cip read r - ok; do m1/10.0.0.1 m2/10.0.0.2#cip-slot:2 cip read r - ok",
    { " cip 6/44818 proof 3 5/5 flows 1", " cip 6/44818 proof 3 0/0 flows 0 read r “” ×1" } },
  { "no-link-to-groups", "flow m1/10.0.0.1 01:00:5e:00:00:fb/224.0.0.251 mdns transport=17 port=5353 got=0", { "!link", "speaks:mdns" } },
  { "recording-computer", "flow 0/127.0.0.1 0/127.0.0.1 modbus port=502 proof=3; do 0/127.0.0.1 0/127.0.0.1#modbus-unit:1 modbus read r 5 ok 3; say 0/127.0.0.1#modbus-unit:1 firmware V2",
    { "“127.0.0.1 (recording computer)” by address", "*firmware=“V2”", " modbus 6/502 proof 3 5/5 flows 1 read r “5” ×3 ok 3", "serves:6/502/modbus" } },
  { "units-of-the-recording-computer",
    "flow 0/127.0.0.1 0/127.0.0.1 modbus port=502 proof=3; do 0/127.0.0.1 0/127.0.0.1#modbus-unit:1 modbus read r - ok; do 0/127.0.0.1 0/127.0.0.1#modbus-unit:2 modbus write w - ok;"
    "say 0/127.0.0.1#modbus-unit:2 model X",
    { "“X · 127.0.0.1 › unit 2” by model", " modbus 6/502 proof 3 5/5 flows 1", " modbus 6/502 proof 3 0/0 flows 0 write w “” ×1" } },
  { "no-link-to-oneself", "flow m1/10.0.0.1 m1/10.0.0.1; flow m1/10.0.0.1 m1/10.0.1.1", { "!6/0" } },
  { "crossing", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m1/10.0.0.1 m9/8.8.8.8 port=443 back=50",
    { "6/443 proof 2 crossing" } },
  { "person-reasons", HOSTS "word m1 kind historian ann", { "historian (Set by ann), ot L3 (Historians stand on level 3)" } },
  { "edit-by-ip", HOSTS "word 0/10.0.0.1 location Hall_3 ann", { "*location=“Hall 3” by person" } },
  { "edit-of-child", HOSTS "child m2/10.0.0.2#cip-slot:1; child m2/10.0.0.2#cip-slot:2; word m2#cip-slot:2 name Drive ann", { "“Drive” by name" } },
  { "edit-of-nobody", HOSTS "word m77 name Ghost ann", { "!Ghost" } },
};

static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  g_autofree char *straight = NULL;

  for (int round = 0; round < 6; round++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, round ? rand : NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
      g_autofree char *all = isth_script_dump_all (snapshot);

      if (!straight)
        straight = g_strdup (all);
      g_assert_cmpstr (all, ==, straight);
    }
  for (size_t s = 0; s < G_N_ELEMENTS (cases[i].says) && cases[i].says[s]; s++)
    {
      const char *words = cases[i].says[s];
      bool absent = words[0] == '!';

      if ((strstr (straight, words + absent) != NULL) == absent)
        g_error ("“%s” in\n%s", words, straight);
    }
}

/* Nothing changed: all pointers stay. One host more traffic: only it, its peer and their link are new. */
static void
test_reuse (void)
{
  g_autoptr(IsthWorld) world = isth_script_build ("flow m1/10.0.0.1 m2/10.0.0.2; flow m3/10.0.0.3 m4/10.0.0.4; say m3 model X; do m3/10.0.0.3 m4/10.0.0.4 modbus write w 1 ok", NULL);
  g_autoptr(IsthSnapshot) one = isth_world_resolve (world, NULL, NULL);
  g_autoptr(IsthSnapshot) two = isth_world_resolve (world, NULL, NULL);
  g_autoptr(IsthSnapshot) three = NULL;
  IsthFacts *facts = isth_world_find_capture (world, 100, NULL);
  uint32_t changed = 0;

  g_assert_cmpuint (two->generation, ==, one->generation + 1);
  g_assert_cmpmem (one->assets, one->n_assets * sizeof (gpointer), two->assets, two->n_assets * sizeof (gpointer));
  g_assert_cmpmem (one->links, one->n_links * sizeof (gpointer), two->links, two->n_links * sizeof (gpointer));
  g_assert_true (one->captures[0] == two->captures[0]);
  g_assert_true (one->health == two->health);

  g_assert_nonnull (facts);
  isth_facts_add_traffic (facts, &(IsthTraffic){ .endpoint = { { .mac = one->assets[0]->interfaces[0].mac }, { .mac = one->assets[1]->interfaces[0].mac } },
                                                 .packets = { 1, 1 },
                                                 .flags = { ISTH_STATION_SPOKE, ISTH_STATION_SPOKE },
                                                 .first = 5000000000,
                                                 .last = 6000000000 });
  three = isth_world_resolve (world, NULL, NULL);
  g_assert_cmpuint (three->n_assets, ==, two->n_assets);
  for (uint32_t i = 0; i < three->n_assets; i++)
    {
      g_assert_cmpuint (three->assets[i]->id, ==, two->assets[i]->id);
      changed += three->assets[i] != two->assets[i];
    }
  g_assert_cmpuint (changed, ==, 2);
}

/* Forty ports tried in vain and one that answered: two links. */
static void
test_scan (void)
{
  g_autoptr(GString) script = g_string_new ("flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3;");

  for (int port = 1; port <= 40; port++)
    g_string_append_printf (script, "flow m1/10.0.0.1 m2/10.0.0.2 port=%d sent=1 got=%d;", port, port % 2);
  {
    g_autoptr(IsthWorld) world = isth_script_build (script->str, NULL);
    g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
    g_autofree char *all = isth_script_dump_all (snapshot);

    g_assert_cmpuint (snapshot->n_links, ==, 2);
    g_assert_nonnull (strstr (all, "  6/0 proof 2 40/20 flows 40"));
  }
}

static void
test_anchor (void)
{
  g_autoptr(IsthWorld) world = isth_script_build (HOSTS "child m2/10.0.0.2#cip-slot:1; child m2/10.0.0.2#cip-slot:2; flow 0/10.7.0.1 m1/10.0.0.1;"
                                                          "cap 1; flow 0/127.0.0.1 0/127.0.0.1; cap 2; flow 0/::1 0/::1; child 0/::1#cip-slot:1; child 0/::1#cip-slot:2", NULL);
  g_autoptr(IsthSnapshot) before = isth_world_resolve (world, NULL, NULL);

  /* a word on each asset's anchor reaches that asset */
  for (uint32_t i = 0; i < before->n_assets; i++)
    {
      g_autofree char *name = g_strdup_printf ("asset %u", i);
      isth_world_add_edit (world, &(IsthEdit){ isth_asset_get_anchor (before->assets[i]), ISTH_ATTRIBUTE_NAME, name, "ann", 1 });
    }
  {
    g_autoptr(IsthSnapshot) after = isth_world_resolve (world, NULL, NULL);

    g_assert_cmpuint (after->n_assets, ==, before->n_assets);
    for (uint32_t i = 0; i < after->n_assets; i++)
      {
        g_autofree char *name = g_strdup_printf ("asset %u", i);
        g_assert_cmpstr (after->assets[i]->name, ==, name);
      }
  }
}

static void
test_remove (void)
{
  g_autoptr(IsthWorld) world = isth_script_build (HOSTS "cap 1; flow m3/10.0.0.3 m2/10.0.0.2", NULL);
  IsthFacts *facts = isth_world_find_capture (world, 101, "abc");

  g_assert_nonnull (facts);
  g_assert_null (isth_world_find_capture (world, 55, NULL));
  isth_world_remove_facts (world, facts);
  {
    g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
    g_autofree char *dump = isth_script_dump (snapshot);

    g_assert_cmpstr (dump, ==, "m1/10.0.0.1\nm2/10.0.0.2");
    g_assert_cmpuint (snapshot->n_captures, ==, 1);
  }
}

static char *
random_endpoint (GRand *rand)
{
  static const char *const macs[] = { "0", "0", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "00:00:5e:00:01:01", "00:00:00:00:00:00", "00:0e:8c:00:00:01" };
  static const char *const ips[] = { "224.0.0.1", "255.255.255.255", "0.0.0.0", "127.0.0.1", "fe80::1", "ff02::1", "8.8.8.8", "2a00::1", "10.0.0.255", "::1", "169.254.1.1" };
  static const char *const children[] = { "modbus-unit:1", "modbus-unit:2", "modbus-unit:255", "cip-slot:1", "cip-slot:1_>_cip-slot:2", "cip-slot:1_>_cip-slot:2_>_x", "odd", "s7-slot:0/2" };
  GString *text = g_string_new (NULL);

  if (g_rand_int_range (rand, 0, 4))
    g_string_append_printf (text, "m%d", g_rand_int_range (rand, 1, 12));
  else
    g_string_append (text, macs[g_rand_int_range (rand, 0, G_N_ELEMENTS (macs))]);
  if (g_rand_int_range (rand, 0, 4))
    g_string_append_printf (text, "/10.%d.0.%d", g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 1, 8));
  else if (g_rand_boolean (rand))
    g_string_append_printf (text, "/%s", ips[g_rand_int_range (rand, 0, G_N_ELEMENTS (ips))]);
  if (g_rand_int_range (rand, 0, 5) == 0)
    g_string_append_printf (text, "@%d", g_rand_int_range (rand, 0, 4));
  if (g_rand_int_range (rand, 0, 4) == 0)
    g_string_append_printf (text, "#%s", children[g_rand_int_range (rand, 0, G_N_ELEMENTS (children))]);
  return g_string_free (text, FALSE);
}

static char *
random_script (GRand *rand)
{
  static const char *const attributes[] = { "serial", "model", "station", "chassis", "hostname", "vendor", "kind", "firmware", "level" };
  static const char *const values[] = { "S12345", "S12346", "plc", "CPU_315", "02:1b:1b:00:00:03", "switch", "3.5", "0000" };
  static const char *const verbs[] = { "read", "write", "program", "control", "configure", "identify" };
  static const char *const protocols[] = { "modbus", "s7comm", "cip", "dns" };
  static const int ttls[] = { 64, 63, 128, 255, 1, 30, 113, 0 };
  GString *script = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 60);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *a = random_endpoint (rand), *b = random_endpoint (rand);
      const char *protocol = protocols[g_rand_int_range (rand, 0, G_N_ELEMENTS (protocols))];

      switch (g_rand_int_range (rand, 0, 10))
        {
        case 0:
          g_string_append_printf (script, "cap %d; ", g_rand_int_range (rand, 0, 4));
          break;
        case 1:
          g_string_append_printf (script, "bind %s %s; ", a, g_rand_boolean (rand) ? "arp" : "dhcp");
          break;
        case 2:
        case 3:
          g_string_append_printf (script, "say %s %s %s %d; ", a, attributes[g_rand_int_range (rand, 0, G_N_ELEMENTS (attributes))],
                                  values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))], g_rand_boolean (rand) ? 90 : 60);
          break;
        case 4:
          g_string_append_printf (script, "do %s %s %s %s f o%d %s %d; ", a, b, protocol, verbs[g_rand_int_range (rand, 0, G_N_ELEMENTS (verbs))],
                                  g_rand_int_range (rand, 0, 3), g_rand_boolean (rand) ? "ok" : "refused", g_rand_int_range (rand, 1, 14));
          break;
        case 5:
          g_string_append_printf (script, "child %s; ", a);
          break;
        case 6:
          g_string_append_printf (script, "word %s %s %s ann; ", a, attributes[g_rand_int_range (rand, 0, G_N_ELEMENTS (attributes))],
                                  values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
          break;
        default:
          g_string_append_printf (script, "flow %s %s %s proof=%d port=%d sent=%d got=%d ttl=%d back=%d; ", a, b, protocol, g_rand_int_range (rand, 0, 4),
                                  g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 3),
                                  ttls[g_rand_int_range (rand, 0, G_N_ELEMENTS (ttls))], ttls[g_rand_int_range (rand, 0, G_N_ELEMENTS (ttls))]);
        }
    }
  return g_string_free (script, FALSE);
}

static void
check_asset (const IsthSnapshot *snapshot,
             const IsthAsset *asset)
{
  const IsthAsset *up = asset;

  g_assert_cmpuint (asset->id, !=, 0);
  g_assert_cmpuint (strlen (asset->name), >, 0);
  g_assert_true (asset->kind < ISTH_N_KINDS);
  g_assert_cmpuint (strlen (asset->kind_reason), >, 0);
  g_assert_cmpuint (strlen (asset->level_reason), >, 0);
  g_assert_true (asset->parent || asset->n_interfaces > 0);
  for (int steps = 0; up->parent; steps++)
    {
      up = isth_snapshot_get_asset (snapshot, up->parent);
      g_assert_nonnull (up);
      g_assert_cmpint (steps, <, 64);
    }
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];

      g_assert_true (!interface->mac.kind || isth_address_is_host (&interface->mac));
      g_assert_true (interface->mac.kind || interface->n_ips > 0);
      g_assert_true (i == 0 || isth_address_compare (&interface[-1].mac, &interface->mac) < 0);
      for (uint32_t a = 0; a < interface->n_ips; a++)
        {
          g_assert_true (isth_address_is_host (&interface->ips[a]) || isth_address_is_loopback (&interface->ips[a]));
          g_assert_true (a == 0 || isth_address_compare (&interface->ips[a - 1], &interface->ips[a]) < 0);
        }
      for (uint32_t v = 0; v < interface->n_vlans; v++)
        g_assert_true (interface->vlans[v] && (v == 0 || interface->vlans[v - 1] < interface->vlans[v]));
    }
  for (uint32_t i = 1; i < asset->n_claims; i++)
    g_assert_true (asset->claims[i - 1].attribute < asset->claims[i].attribute ||
                   (asset->claims[i - 1].attribute == asset->claims[i].attribute && asset->claims[i - 1].confidence >= asset->claims[i].confidence));
}

static bool
is_recording_computer (const IsthSnapshot *snapshot,
                       uint64_t id)
{
  const IsthAsset *asset = isth_snapshot_get_asset (snapshot, id);

  while (asset->parent)
    asset = isth_snapshot_get_asset (snapshot, asset->parent);
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    for (uint32_t a = 0; a < asset->interfaces[i].n_ips; a++)
      if (isth_address_is_loopback (&asset->interfaces[i].ips[a]))
        return true;
  return false;
}

static void
check_snapshot (const IsthSnapshot *snapshot)
{
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      g_assert_true (i == 0 || snapshot->assets[i - 1]->id < snapshot->assets[i]->id);
      check_asset (snapshot, snapshot->assets[i]);
    }
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];

      g_assert_true (i == 0 || snapshot->links[i - 1]->id < link->id);
      g_assert_true (link->from != link->to || is_recording_computer (snapshot, link->from));
      g_assert_nonnull (isth_snapshot_get_asset (snapshot, link->from));
      g_assert_nonnull (isth_snapshot_get_asset (snapshot, link->to));
      for (uint32_t o = 0; o < link->n_operations; o++)
        g_assert_true (link->verbs & 1u << link->operations[o].verb);
    }
}

static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (2026);

  for (int round = 0; round < 400; round++)
    {
      g_autofree char *script = random_script (rand);
      g_autofree char *straight = NULL, *shuffled = NULL;
      g_autoptr(IsthWorld) world = isth_script_build (script, NULL);
      g_autoptr(IsthWorld) other = isth_script_build (script, rand);
      g_autoptr(IsthSnapshot) a = isth_world_resolve (world, NULL, NULL);
      g_autoptr(IsthSnapshot) b = isth_world_resolve (other, NULL, NULL);
      g_autoptr(IsthSnapshot) again = isth_world_resolve (world, NULL, NULL);
      g_autoptr(IsthSnapshot) last = isth_world_resolve_last (world, NULL, NULL);

      check_snapshot (a);
      straight = isth_script_dump_all (a);
      shuffled = isth_script_dump_all (b);
      if (!g_str_equal (straight, shuffled))
        g_error ("%s\n%s\n\n%s", script, straight, shuffled);
      g_assert_cmpmem (a->assets, a->n_assets * sizeof (gpointer), again->assets, again->n_assets * sizeof (gpointer));
      g_assert_cmpmem (a->links, a->n_links * sizeof (gpointer), again->links, again->n_links * sizeof (gpointer));
      g_assert_cmpmem (a->assets, a->n_assets * sizeof (gpointer), last->assets, last->n_assets * sizeof (gpointer));
      g_assert_cmpmem (a->links, a->n_links * sizeof (gpointer), last->links, last->n_links * sizeof (gpointer));
    }
}

/* A cable more than is looked at. */
static void
test_cables (void)
{
  g_autoptr(GString) script = g_string_new (NULL);
  g_autoptr(IsthWorld) world = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  uint32_t cables = 0;

  for (unsigned i = 0; i <= ISTH_LIMIT_CABLES; i++)
    g_string_append_printf (script, "flow 0/10.%u.%u.1 0/10.255.255.1; say 0/10.%u.%u.1 hostname h%u 90 udld; say 0/10.%u.%u.1 neighbour h%u_port_1 90 udld;", i >> 8, i & 255,
                            i >> 8, i & 255, i, i >> 8, i & 255, (i + 1) % (ISTH_LIMIT_CABLES + 1));
  world = isth_script_build (script->str, NULL);
  snapshot = isth_world_resolve (world, NULL, NULL);
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    cables += g_str_equal (snapshot->links[i]->protocol, "udld");
  g_assert_cmpuint (cables, ==, ISTH_LIMIT_CABLES);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/world/records/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/world/records/reuse", test_reuse);
  g_test_add_func ("/world/records/scan", test_scan);
  g_test_add_func ("/world/records/anchor", test_anchor);
  g_test_add_func ("/world/records/remove", test_remove);
  g_test_add_func ("/world/records/random", test_random);
  g_test_add_func ("/records/cables", test_cables);
  return g_test_run ();
}
