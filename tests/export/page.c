/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as a page: text stays text whoever chose it, worlds without anything are pages too, and a full disk is told. */
#include <glib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/base/time.h"
#include "analysis/export/html.h"
#include "analysis/export/page.h"

static void
test_text (void)
{
  static const struct { const char *text, *html; } cases[] = {
    { NULL, "" },
    { "plc-filling", "plc-filling" },
    { "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
    { "\" onload='x' & more", "&quot; onload=&#39;x&#39; &amp; more" },
    { "two\nlines", "two<br>lines" },
    { "M\xc3\xbcnchen", "M\xc3\xbcnchen" },
    { "a\x01" "b\x7f", "a\xef\xbf\xbd" "b\xef\xbf\xbd" },
    { "gpj.\xe2\x80\xae" "exe", "gpj.\xef\xbf\xbd" "exe" }, /* U+202E turns what follows around */
    { "half \xc3", "half \xef\xbf\xbd" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = NULL;
      size_t length;
      FILE *file = open_memstream (&html, &length);

      isth_html_text (file, cases[i].text);
      fclose (file);
      g_assert_cmpstr (html, ==, cases[i].html);
    }
}

static void
clear_nothing (gpointer record)
{
}

static char *
make_page (const IsthSnapshot *snapshot,
           const IsthPage *page)
{
  g_autoptr(GError) error = NULL;
  char *html = NULL;
  size_t length;
  FILE *file = open_memstream (&html, &length);

  g_assert_true (isth_report_write_page (snapshot, page, file, &error));
  g_assert_no_error (error);
  fclose (file);
  return html;
}

static void
test_empty (void)
{
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  const IsthPage page = { "<i>", ISTH_NO_TIME, ISTH_NO_TIME };
  g_autofree char *html = NULL;

  snapshot->first = snapshot->last = ISTH_NO_TIME;
  html = make_page (snapshot, &page);
  g_assert_nonnull (strstr (html, "<title>&lt;i&gt;</title>"));
  g_assert_nonnull (strstr (html, "default-src 'none'"));
  g_assert_null (strstr (html, "<i>"));
  g_assert_null (strstr (html, "<table")); /* words instead of a head without rows */
  g_assert_nonnull (strstr (html, "No remote access was seen."));
  g_assert_true (g_str_has_suffix (html, "</html>\n"));
}

static void
test_world (void)
{
  static const char *const wanted[] = {
    "<b>PLC &lt;1&gt;</b>",
    "Controller (PLC)<div class=\"why\">95 of 100 · it answers</div>",
    "Level 1 · control",
    "contradicted: Rival",
    "Plant &amp; danger",
    "one.pcap, frame 7",
    "Modbus/TCP, port 502",
    "write ×5",
    "passed by",
    "Only what happened from 1970-01-01 00:00:01 UTC to 1970-01-01 00:00:03 UTC (2 s)",
    "Not decoded: 4 × x",
    "<html lang=\"en\">",
    "<td>PLC &lt;1&gt;</td><td class=\"medium\">To be stopped</td><td><div>IT: Ann</div><div>OT: Olaf &lt;OT&gt;</div></td><td class=\"t\">1970-01-02</td>",
    "<div>n</div><div class=\"medium\">Dissent: too early</div>",
    "<td>Something that these captures do not show</td><td>Accepted as it is</td>",
  };
  IsthAssetClaim claims[] = {
    { .value = "Maker", .protocol = "lldp", .attribute = ISTH_ATTRIBUTE_VENDOR, .confidence = 90, .shown = true, .conflict = true },
    { .value = "Rival", .protocol = "snmp", .attribute = ISTH_ATTRIBUTE_VENDOR, .confidence = 90, .conflict = true },
  };
  IsthAsset asset = {
    .id = 7, .name = "PLC <1>", .kind = ISTH_KIND_PLC, .kind_confidence = 95, .kind_reason = "it answers", .level = ISTH_LEVEL_1, .level_confidence = 80,
    .level_reason = "so", .claims = claims, .n_claims = G_N_ELEMENTS (claims),
  };
  IsthEvidence evidence = { .frame = 7, .time = 1000000000 };
  IsthAlert alert = {
    .id = 3, .detection = "new-writer", .title = "New writer", .plant_form = "Plant & danger", .security_form = "s", .detail = "", .subject = 7, .count = 2,
    .first = 1000000000, .last = 1000000000, .evidence = &evidence, .n_evidence = 1, .process_severity = ISTH_SEVERITY_HIGH,
  };
  IsthCrossing crossing = {
    .from = 7, .to = 7, .protocol = "modbus", .transport = 6, .port = 502, .direct = true, .counts = { [ISTH_OP_WRITE] = 5 },
    .first = 1000000000, .last = 1000000000,
  };
  IsthCrossingList crossings = { .crossings = &crossing, .n_crossings = 1 };
  IsthReview settled[] = {
    { .about = ISTH_ABOUT_ASSET, .subject = 7, .outcome = ISTH_VERDICT_STOP, .it_owner = "Ann", .ot_owner = "Olaf <OT>", .dissent = "too early", .note = "n",
      .author = "ann", .due = 86400 * G_GINT64_CONSTANT (1000000000), .time = 5000000000 },
    { .about = ISTH_ABOUT_ALERT, .subject = 4, .outcome = ISTH_VERDICT_ACCEPTED, .it_owner = "", .ot_owner = "", .dissent = "", .note = "", .author = "b",
      .due = ISTH_NO_TIME, .time = 5000000000 },
  };
  IsthReviewList reviews = { .reviews = settled, .n_reviews = 2 };
  IsthHealthCount trouble = { "x", 4 };
  IsthHealth health = { .frames = 3, .not_decoded = &trouble, .n_not_decoded = 1 };
  IsthCapture capture = { .path = (char *) "/a/one.pcap", .sha256 = (char *) "00", .first = 1000000000, .last = 3000000000, .frames = 9, .complete = true };
  IsthCapture *captures[] = { &capture };
  IsthAsset *assets[] = { &asset };
  IsthAlert *alerts[] = { &alert };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  const IsthPage page = { NULL, 1000000000, 3000000000 };
  g_autofree char *html = NULL, *again = NULL;

  snapshot->captures = captures;
  snapshot->assets = assets;
  snapshot->alerts = alerts;
  snapshot->n_captures = snapshot->n_assets = snapshot->n_alerts = 1;
  snapshot->crossings = &crossings;
  snapshot->reviews = &reviews;
  snapshot->health = &health;
  snapshot->first = 1000000000;
  snapshot->last = 3000000000;
  html = make_page (snapshot, &page);
  again = make_page (snapshot, &page);
  g_assert_cmpstr (html, ==, again);
  for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i]);
      g_assert_nonnull (strstr (html, wanted[i]));
    }
}

static void
test_full_disk (void)
{
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  const IsthPage page = { NULL, ISTH_NO_TIME, ISTH_NO_TIME };
  g_autoptr(GError) error = NULL;
  FILE *file = fopen ("/dev/full", "w");

  g_assert_nonnull (file);
  snapshot->first = snapshot->last = ISTH_NO_TIME;
  g_assert_false (isth_report_write_page (snapshot, &page, file, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  fclose (file);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/text", test_text);
  g_test_add_func ("/page/empty", test_empty);
  g_test_add_func ("/page/world", test_world);
  g_test_add_func ("/page/full-disk", test_full_disk);
  return g_test_run ();
}
