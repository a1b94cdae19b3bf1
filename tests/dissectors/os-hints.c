/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gives a system away, and what only looks like it. */
#include <glib.h>
#include <string.h>

#include "analysis/dissectors/os-hints.h"

static const struct { const char *agent, *system; } agents[] = {
  { "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Windows 10 or later" },
  { "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)", "Windows XP" },
  { "Mozilla/5.0 (Linux; Android 9; Panel 2.2)", "Android 9" },
  { "Mozilla/5.0 (iPhone; CPU iPhone OS 13_2_3 like Mac OS X)", "iOS 13.2.3" },
  { "Mozilla/5.0 (iPad; CPU OS 9_3 like Mac OS X)", "iPadOS 9.3" },
  { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_8_5)", "macOS 10.8.5" },
  { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macOS 10.15 or later" },
  { "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "ChromeOS" },
  { "Mozilla/5.0 (X11; Linux x86_64)", "Linux" },
  { "curl/7.9.5 (i586-pc-linux-gnu)", "Linux" },
  { "Agent Android 1111111111111111111111111111", "Android 111111111111111" },
  { "Agent Android ", "Android" },
  { "Google Chrome/99.0.4844.74 Mac OS X", "macOS" },
  { "Google Chrome/99.0.4844.74 Windows", "Windows" },
  { "curl/7.81.0", NULL },
  { "Windows NT", NULL },
  { "Windows NT 10", NULL },
  { "", NULL },
};

static const struct { const char *program, *system; } programs[] = {
  { "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6", "Ubuntu" },
  { "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3", "Ubuntu" },
  { "SSH-2.0-OpenSSH_6.7p1 Debian-5+deb8u4", "Debian 8" },
  { "10.6.12-MariaDB-0ubuntu0.22.04.1", "Ubuntu 22.04" },
  { "10.5.15-MariaDB-0+deb11u1", "Debian 11" },
  { "Apache/2.2.3 (Red Hat)", "Red Hat" },
  { "SSH-2.0-OpenSSH_7.8 FreeBSD-20180909", "FreeBSD" },
  { "Apache/2.4.57 (Unix)", NULL },
  { "", NULL },
};

static void
test_programs (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      size_t n = strlen (programs[i].program);
      g_autofree uint8_t *bytes = g_memdup2 (programs[i].program, MAX (n, 1));
      char text[32];

      g_assert_cmpstr (isth_os_of_program (text, sizeof text, bytes, (uint32_t) n), ==, programs[i].system);
    }
}

static const struct { const char *agent, *model; } models[] = {
  { "Mozilla/5.0 (Linux; Android 9; Nokia 2.2) AppleWebKit/537.36", "Nokia 2.2" },
  { "Mozilla/5.0 (Linux; Android 9; Nokia 2.2 Build/PPR1.180610.011; wv)", "Nokia 2.2" },
  { "Mozilla/5.0 (Linux; U; Android 4.0.3; de-de; GT-I9100 Build/IML74K)", "GT-I9100" },
  { "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36", NULL }, /* what is sent instead nowadays */
  { "Dalvik/2.1.0 (Linux; U; Android 9; Nokia 2", NULL },            /* cut off */
  { "Mozilla/5.0 (Linux; Android 9)", NULL },
  { "Mozilla/5.0 (Linux; Android 9;", NULL },
  { "Mozilla/5.0 (X11; Linux x86_64)", NULL },
};

static void
test_models (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (models); i++)
    {
      size_t n = strlen (models[i].agent);
      g_autofree uint8_t *bytes = g_memdup2 (models[i].agent, n);
      char text[32];

      g_assert_cmpstr (isth_model_of_agent (text, sizeof text, bytes, (uint32_t) n), ==, models[i].model);
    }
}

static void
test_agents (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      size_t n = strlen (agents[i].agent);
      g_autofree uint8_t *bytes = g_memdup2 (agents[i].agent, MAX (n, 1)); /* no byte behind them */
      char text[64];

      g_assert_cmpstr (isth_os_of_agent (text, sizeof text, bytes, (uint32_t) n), ==, agents[i].system);
    }
}

static void
test_dhcp (void)
{
  static const uint8_t windows[] = { 1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252 };
  static const uint8_t udhcp[] = { 1, 3, 6, 12, 15, 28, 42 };
  static const uint8_t other_order[] = { 3, 1, 6, 12, 15, 28, 42 };
  uint8_t many[255];

  memset (many, 255, sizeof many);
  g_assert_cmpstr (isth_os_of_dhcp_list (windows, sizeof windows), ==, "Windows 10 or 11");
  g_assert_cmpstr (isth_os_of_dhcp_list (udhcp, sizeof udhcp), ==, "Linux");
  g_assert_null (isth_os_of_dhcp_list (udhcp, sizeof udhcp - 1));
  g_assert_null (isth_os_of_dhcp_list (other_order, sizeof other_order));
  g_assert_null (isth_os_of_dhcp_list (many, sizeof many));
  g_assert_null (isth_os_of_dhcp_list (many, 0));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/os-hints/agents", test_agents);
  g_test_add_func ("/os-hints/programs", test_programs);
  g_test_add_func ("/os-hints/models", test_models);
  g_test_add_func ("/os-hints/dhcp", test_dhcp);
  return g_test_run ();
}
