/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times, spans and counts as text. The zone is given by the test's environment: Europe/Berlin. */
#include "app/format.h"


#define S 1000000000ll

static void
test_times (void)
{
  static const struct
  {
    gint64 ns;
    const char *local, *exact, *utc;
  } cases[] = {
    { 0, "1970-01-01 01:00:00 CET", "1970-01-01 01:00:00.000000 CET", "1970-01-01 00:00:00.000000000 UTC" },
    { 1700000000 * S + 123456789, "2023-11-14 23:13:20 CET", "2023-11-14 23:13:20.123456 CET",
      "2023-11-14 22:13:20.123456789 UTC" },
    { 1690000000 * S, "2023-07-22 06:26:40 CEST", "2023-07-22 06:26:40.000000 CEST",
      "2023-07-22 04:26:40.000000000 UTC" },
    { -1, "1970-01-01 00:59:59 CET", "1970-01-01 00:59:59.999999 CET", "1969-12-31 23:59:59.999999999 UTC" },
    { ISTH_NO_TIME, "", "", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *local = isth_format_time (cases[i].ns);
      g_autofree char *exact = isth_format_time_exact (cases[i].ns);
      g_autofree char *utc = isth_format_time_utc (cases[i].ns);

      g_assert_cmpstr (local, ==, cases[i].local);
      g_assert_cmpstr (exact, ==, cases[i].exact);
      g_assert_cmpstr (utc, ==, cases[i].utc);
    }
}

static void
test_spans (void)
{
  static const struct
  {
    gint64 ns;
    const char *text;
  } cases[] = {
    { 0, "0 ms" },
    { S - 1, "999 ms" },
    { S, "1.0 s" },
    { 60 * S - 1, "59.9 s" },
    { 60 * S, "1 min 00 s" },
    { 3599 * S, "59 min 59 s" },
    { 7 * 3600 * S, "7 h 00 min" },
    { 86400 * S, "1 d 0 h" },
    { 100 * 86400 * S, "100 d 0 h" },
    { -1, "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = isth_format_span (cases[i].ns);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_counts (void)
{
  static const struct
  {
    guint64 count;
    const char *text;
  } cases[] = {
    { 0, "0" },           { 999, "999" },         { 1000, "1.00 k" },    { 1234, "1.23 k" },
    { 9994, "9.99 k" },   { 9996, "10.0 k" },     { 99960, "100 k" },    { 999499, "999 k" },
    { 999500, "1.00 M" }, { 1100000, "1.10 M" },  { G_MAXUINT64, "18.4 E" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = isth_format_count_short (cases[i].count);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_services (void)
{
  static const struct
  {
    guint8 transport;
    guint16 port;
    const char *text;
    const char *protocol;
  } cases[] = {
    { 6, 502, "TCP 502", "modbus" }, { 17, 53, "UDP 53", "" },  { 6, 0, "TCP", "" }, { 1, 0, "ICMP", "" }, { 89, 0, "IP 89", "" },
    { 0, 0x0806, "Ethernet", "arp" }, { 0, 0x0806, "ARP", "" }, { 0, 0x1234, "EtherType 0x1234", "" }, { 0, 0, "", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = isth_format_service (cases[i].protocol, cases[i].transport, cases[i].port);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_verbs (void)
{
  g_autofree char *none = isth_format_verbs (1u << ISTH_OP_OTHER);
  g_autofree char *both = isth_format_verbs (1u << ISTH_OP_READ | 1u << ISTH_OP_WRITE | 1u << ISTH_OP_IDENTIFY);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (both, ==, "write, identify, read"); /* the weighty first */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/format/times", test_times);
  g_test_add_func ("/app/format/spans", test_spans);
  g_test_add_func ("/app/format/counts", test_counts);
  g_test_add_func ("/app/format/services", test_services);
  g_test_add_func ("/app/format/verbs", test_verbs);

  return g_test_run ();
}
