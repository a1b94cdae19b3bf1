/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the find entry finds. */
#include "app/match.h"

static const char *none[] = { NULL };
static const char *protocols[] = { "s7comm", NULL };

/* Whether the find entry, with this text in it, finds the record in a world of these assets. */
static bool
finds (const char      *text,
       IsthSelected     kind,
       gconstpointer    record,
       IsthAsset       *assets[],
       uint32_t         n_assets)
{
  IsthQuery *query = isth_query_new (text, ISTH_NO_TIME, ISTH_NO_TIME);
  const IsthSnapshot snapshot = { .assets = assets, .n_assets = n_assets };
  IsthMatcher matcher;
  bool found;

  isth_matcher_init (&matcher, query, &snapshot);
  found = isth_matcher_matches (&matcher, &(IsthRow) { record, &snapshot, kind });
  isth_matcher_clear (&matcher);
  isth_record_unref (query);
  return found;
}

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
    { "level:2", true },   { "level:3.5", false }, { "level:", false },   { "Level:2", true },    { "kind:plc", true },
    { "kind:pl", false }, { "kind:plc level:2 siemens", true },
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
    .kind = ISTH_KIND_PLC,
    .level = ISTH_LEVEL_2,
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
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (finds (cases[i].text, ISTH_SELECTED_ASSET, &asset, NULL, 0), ==, cases[i].found);
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
  IsthAsset from = { .id = 1, .name = "one", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset to = { .id = 2, .name = "two", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset *ends[] = { &from, &to };
  IsthLinkOperation operation = { .verb = ISTH_OP_WRITE, .name = "write-single-coil", .object = "coil 3" };
  IsthLink link = { .from = 1, .to = 2, .protocol = "modbus", .port = 502, .operations = &operation, .n_operations = 1, .crossing = true };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (finds (cases[i].text, ISTH_SELECTED_LINK, &link, ends, 2), ==, cases[i].found);
}

/* Who was told to see to it is found by name, and by nothing that was settled about something else. */
static void
test_review (void)
{
  IsthAsset asset = { .id = 1, .name = "one", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset *assets[] = { &asset };
  IsthReview reviews[] = {
    { .subject = 1, .about = ISTH_ABOUT_ASSET, .outcome = ISTH_VERDICT_STOP, .it_owner = "Ann", .ot_owner = "", .dissent = "", .note = "after the shutdown" },
    { .subject = 1, .about = ISTH_ABOUT_LINK, .outcome = ISTH_VERDICT_ACCEPTED, .it_owner = "Bea", .ot_owner = "", .dissent = "", .note = "" },
  };
  IsthReviewList list = { .reviews = reviews, .n_reviews = 2 };
  IsthSnapshot snapshot = { .assets = assets, .n_assets = 1, .reviews = &list };
  const struct
  {
    const char *text;
    bool found;
  } cases[] = { { "ann", true }, { "ann one", true }, { "stopped", true }, { "shutdown", true }, { "bea", false }, { "ann two", false } };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IsthQuery *query = isth_query_new (cases[i].text, ISTH_NO_TIME, ISTH_NO_TIME);
      IsthMatcher matcher;

      g_test_message ("%s", cases[i].text);
      isth_matcher_init (&matcher, query, &snapshot);
      g_assert_cmpint (isth_matcher_matches (&matcher, &(IsthRow) { &asset, &snapshot, ISTH_SELECTED_ASSET }), ==, cases[i].found);
      isth_matcher_clear (&matcher);
      isth_record_unref (query);
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
  IsthAsset from = { .id = 1, .name = "one", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset to = { .id = 2, .name = "two", .other_addresses = none, .roles = none, .protocols = none };
  IsthAsset *ends[] = { &from, &to };
  IsthSessionWord word = { .kind = ISTH_REMARK_SOFTWARE, .text = "OpenSSH" };
  IsthSessionDeed deed = { .verb = ISTH_OP_PROGRAM, .protocol = "s7comm", .object = "block OB1" };
  IsthRemoteSession remote = { .from = 1, .to = 2, .protocol = "rdp", .user = "drivetec", .relay = "", .kind = ISTH_REMOTE_DESKTOP, .words = &word, .n_words = 1,
                               .deeds = &deed, .n_deeds = 1 };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (finds (cases[i].text, ISTH_SELECTED_REMOTE, &remote, ends, 2), ==, cases[i].found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/match/asset", test_asset);
  g_test_add_func ("/app/match/link", test_link);
  g_test_add_func ("/app/match/review", test_review);
  g_test_add_func ("/app/match/remote", test_remote);

  return g_test_run ();
}
