/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the find entry finds. */
#include "app/match.h"

static const char *none[] = { NULL };
static const char *protocols[] = { "s7comm", NULL };

static void
test_asset (void)
{
  static const struct
  {
    const char *text;
    bool found;
  } cases[] = {
    { "", true },          { "  ", true },        { "plc", true },        { "PLC 7", true },
    { "7 plc", true },     { "10.1.2.3", true },  { "10.1", true },       { "10.2", false },
    { "00:1b:1b", true },  { "00:1B", true },     { "münchen", true },    { "MÜNCHEN", true },
    { "s7comm", true },    { "siemens", true },   { "rival", false },     { "plc rival", false },
  };
  IsthAssetClaim claims[] = {
    { .attribute = ISTH_ATTRIBUTE_VENDOR, .value = "Siemens AG", .shown = true },
    { .attribute = ISTH_ATTRIBUTE_LOCATION, .value = "München", .shown = true },
    { .attribute = ISTH_ATTRIBUTE_VENDOR, .value = "rival", .shown = false },
  };
  IsthAddress ip;
  IsthInterface interface = { .ips = &ip, .n_ips = 1 };
  IsthAsset asset = {
    .name = "PLC 7",
    .claims = claims,
    .n_claims = G_N_ELEMENTS (claims),
    .interfaces = &interface,
    .n_interfaces = 1,
    .other_addresses = none,
    .roles = none,
    .protocols = protocols,
  };

  g_assert_true (isth_address_parse (&ip, "10.1.2.3"));
  g_assert_true (isth_address_parse (&interface.mac, "00:1b:1b:00:00:07"));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthNeedle needle = { 0 };

      isth_needle_set (&needle, cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (isth_needle_matches_asset (&needle, &asset), ==, cases[i].found);
      isth_needle_clear (&needle);
    }
}

static void
test_link (void)
{
  static const struct
  {
    const char *text;
    bool found;
  } cases[] = {
    { "modbus", true }, { "502", true }, { "50", false }, { "write", true }, { "one two", true }, { "three", false }, { "it/ot", true },
  };
  IsthAsset from = { .name = "one", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset to = { .name = "two", .other_addresses = none, .roles = none, .protocols = none };
  IsthLinkOperation operation = { .verb = ISTH_OP_WRITE, .name = "write-single-coil", .object = "coil 3" };
  IsthLink link = { .protocol = "modbus", .port = 502, .operations = &operation, .n_operations = 1, .crossing = true };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthNeedle needle = { 0 };

      isth_needle_set (&needle, cases[i].text);
      g_assert_cmpint (isth_needle_matches_link (&needle, &link, &from, &to), ==, cases[i].found);
      isth_needle_clear (&needle);
    }
}

static void
test_remote (void)
{
  static const struct
  {
    const char *text;
    bool found;
  } cases[] = {
    { "rdp", true },  { "drivetec", true }, { "desktop", true }, { "openssh", true },   { "program", true },
    { "OB1", true },  { "one two", true },  { "ssh rdp", true }, { "teamviewer", false }, { "3389", false },
  };
  IsthAsset from = { .name = "one", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset to = { .name = "two", .other_addresses = none, .roles = none, .protocols = none };
  IsthSessionWord word = { .kind = ISTH_REMARK_SOFTWARE, .text = "OpenSSH" };
  IsthSessionDeed deed = { .verb = ISTH_OP_PROGRAM, .protocol = "s7comm", .object = "block OB1" };
  IsthRemoteSession remote = { .protocol = "rdp", .user = "drivetec", .relay = "", .kind = ISTH_REMOTE_DESKTOP, .words = &word, .n_words = 1,
                               .deeds = &deed, .n_deeds = 1 };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthNeedle needle = { 0 };

      isth_needle_set (&needle, cases[i].text);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (isth_needle_matches_remote (&needle, &remote, &from, &to), ==, cases[i].found);
      isth_needle_clear (&needle);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/match/asset", test_asset);
  g_test_add_func ("/app/match/link", test_link);
  g_test_add_func ("/app/match/remote", test_remote);

  return g_test_run ();
}
