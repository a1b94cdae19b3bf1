/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters choose by libpcap's words, explain what they cannot, and never look a name up. */
#include "analysis/capture/filter.h"

#include "analysis/base/error.h"

/* UDP from 192.0.2.1:1000 to 192.0.2.2:53, without data. */
static const uint8_t ip[] = {
  0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0x03, 0xe8, 0, 53, 0, 8, 0, 0,
};

static const struct
{
  const char *expression;
  uint32_t link_type;
  int match; /* -1: refused */
} cases[] = {
  { "", 1, 1 },
  { "udp", 1, 1 },
  { "tcp", 1, 0 },
  { "udp port 53", 1, 1 },
  { "port domain", 1, 1 },
  { "host 192.0.2.1", 1, 1 },
  { "src 192.0.2.2", 1, 0 },
  { "net 192.0.2.0/24 and not port 80", 1, 1 },
  { "ether host 02:00:00:00:00:01", 1, 1 },
  { "ip[9] = 17 && (dst port 53 || len > 1000)", 1, 1 },
  { "len = 1000", 1, 1 },
  { "host 2001:db8::1", 1, 0 },
  { "ether proto \\arp", 1, 0 },
  { "icmp[icmptype] = icmp-echo", 1, 0 },
  { "udp", 101, 1 },
  { "tcp", 101, 0 },
  { "udp and", 1, -1 },
  { "frobnicate", 1, -1 },
  { "host plc.example.org", 1, -1 },
  { "net plant", 1, -1 },
  { "src printer or tcp", 1, -1 },
  { "ether host nobody", 1, -1 },
  { "host 10.0.0.an", 1, -1 },
  { "host 1-plc", 1, -1 },
  { "host 10.0.0.1a", 1, -1 },
  { "host \\plc", 1, -1 },
  { "tcp and \\plc", 1, -1 },
  { "host 10.0.0.1 && plc", 1, -1 },
  { "tcp || plc", 1, -1 },
  { "host plc:1", 1, -1 },
  { "host a:b", 1, -1 },
  { "net 10.plant", 1, -1 },
  { "net b", 1, -1 },
  { "host a.b.c", 1, -1 },
  { "tcp[tcpflags] & tcp-syn != 0", 1, 0 },
  { "udp portrange 50-60", 1, 1 },
  { "ether host 02-00-00-00-00-01", 1, 1 },
  { "ether host 0200.0000.0001", 1, 1 },
  { "ether host 020000000001", 1, 1 },
  { "udp[2:2] = 53 and ip[0] & 0xf0 = 0x40", 1, 1 },
  { "src net 192.0 or net 192.0.2", 1, 1 },
  { "net 2001:db8::/32", 1, 0 },
};

static void
test_filter (void)
{
  uint8_t frame[14 + sizeof ip] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0 };

  memcpy (frame + 14, ip, sizeof ip);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthFilter) filter = isth_filter_new (cases[i].expression, cases[i].link_type, &error);

      g_test_message ("%s", cases[i].expression);
      if (cases[i].match < 0)
        {
          g_assert_null (filter);
          g_assert_error (error, ISTH_ERROR, ISTH_ERROR_USAGE);
          g_assert_nonnull (strstr (error->message, cases[i].expression));
          continue;
        }
      g_assert_no_error (error);
      if (cases[i].link_type == 101)
        g_assert_cmpint (isth_filter_match (filter, ip, sizeof ip, 1000), ==, cases[i].match);
      else
        g_assert_cmpint (isth_filter_match (filter, frame, sizeof frame, 1000), ==, cases[i].match);
    }
}

/* A frame cut short matches nothing that lies behind the cut, and nothing is read there. */
static void
test_short (void)
{
  g_autoptr(IsthFilter) filter = isth_filter_new ("udp port 53", 101, NULL);

  for (uint32_t n = 0; n < sizeof ip; n++)
    {
      g_autofree uint8_t *copy = g_memdup2 (ip, n);

      g_assert_cmpint (isth_filter_match (filter, copy, n, sizeof ip), ==, n >= 24);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/filter", test_filter);
  g_test_add_func ("/capture/filter/short", test_short);
  return g_test_run ();
}
