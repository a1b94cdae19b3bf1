/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions are kept where a system tells the true one: Windows stopped at NT 10.0 and macOS at 10.15.7, whatever they are. */
#include "analysis/dissectors/os-hints.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/text.h"

static const struct
{
  const char *words;
  const char *system;
  bool version; /* what follows @words, with dots, belongs to it */
} agents[] = {
  /* the first that is found decides: phones also say "Linux" or "like Mac OS X" */
  { "Windows Phone ", "Windows Phone", true },
  { "Windows CE", "Windows CE", false },
  { "Windows NT 5.0", "Windows 2000", false },
  { "Windows NT 5.1", "Windows XP", false },
  { "Windows NT 5.2", "Windows Server 2003 or XP x64", false },
  { "Windows NT 6.0", "Windows Vista or Server 2008", false },
  { "Windows NT 6.1", "Windows 7 or Server 2008 R2", false },
  { "Windows NT 6.2", "Windows 8 or Server 2012", false },
  { "Windows NT 6.3", "Windows 8.1 or Server 2012 R2", false },
  { "Windows NT 10.0", "Windows 10 or later", false },
  { "Android ", "Android", true },
  { "CPU iPhone OS ", "iOS", true },
  { "CPU OS ", "iPadOS", true },
  { "Intel Mac OS X 10_15_7", "macOS 10.15 or later", false },
  { "Mac OS X ", "macOS", true },
  { "Mac OS X", "macOS", false },
  { "CrOS ", "ChromeOS", false },
  { "FreeBSD", "FreeBSD", false },
  { "OpenBSD", "OpenBSD", false },
  { "VxWorks", "VxWorks", false },
  { "linux-gnu", "Linux", false },
  { "Linux", "Linux", false },
  { " Windows", "Windows", false },
};

/* The first that is found decides: what has a version stands before the bare name. */
static const struct
{
  const char *words;
  const char *system;
  unsigned parts; /* of the version behind @words that are the system's */
} distributions[] = {
  { "ubuntu0.", "Ubuntu", 2 }, { "+deb", "Debian", 1 },    { "Ubuntu", "Ubuntu", 0 }, { "Raspbian", "Raspbian", 0 }, { "Debian", "Debian", 0 },
  { "Red Hat", "Red Hat", 0 }, { "CentOS", "CentOS", 0 },  { "Rocky Linux", "Rocky Linux", 0 }, { "AlmaLinux", "AlmaLinux", 0 }, { "Fedora", "Fedora", 0 },
  { "SUSE", "SUSE", 0 },       { "FreeBSD", "FreeBSD", 0 },
};

/* What the clients of these systems have asked for since they came out. */
static const struct
{
  const char *list;
  const char *system;
} clients[] = {
  { "1,15,3,6,44,46,47,31,33,43", "Windows 2000" },
  { "1,15,3,6,44,46,47,31,33,249,43", "Windows XP or Server 2003" },
  { "1,15,3,6,44,46,47,31,33,121,249,43", "Windows Vista to 8" },
  { "1,15,3,6,44,46,47,31,33,121,249,43,252", "Windows Vista to 8" },
  { "1,3,6,15,31,33,43,44,46,47,121,249,252", "Windows 8 or 10" },
  { "1,3,6,15,31,33,43,44,46,47,119,121,249,252", "Windows 10 or 11" },
  { "1,3,6,15,119,252", "iOS or macOS" },
  { "1,121,3,6,15,119,252", "iOS or macOS" },
  { "1,121,3,6,15,114,119,252", "iOS or macOS" },
  { "1,3,6,15,119,95,252,44,46", "macOS" },
  { "1,121,3,6,15,119,252,95,44,46", "macOS" },
  { "1,121,3,6,15,108,114,119,252,95,44,46", "macOS" },
  { "1,3,6,15,26,28,51,58,59,43", "Android" },
  { "1,3,6,15,26,28,51,58,59,43,114", "Android" },
  { "1,28,2,3,15,6,12", "Linux" },
  { "1,28,2,3,15,6,119,12,44,47,26,121,42", "Linux" },
  { "1,3,6,12,15,28,42", "Linux" }, /* udhcp */
};

static const uint8_t *
find (const uint8_t *bytes,
      uint32_t n,
      const char *words)
{
  size_t length = strlen (words);

  for (uint32_t i = 0; i + length <= n; i++)
    if (bytes[i] == (uint8_t) words[0] && memcmp (bytes + i, words, length) == 0)
      return bytes + i + length;
  return NULL;
}

const char *
isth_os_of_agent (char *text,
                  size_t size,
                  const uint8_t *agent,
                  uint32_t n)
{
  for (size_t i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      const uint8_t *at = find (agent, n, agents[i].words);
      char version[16];
      size_t length = 0;

      if (!at)
        continue;
      for (; agents[i].version && at < agent + n && length + 1 < sizeof version && (g_ascii_isdigit (*at) || *at == '.' || *at == '_'); at++)
        version[length++] = *at == '_' ? '.' : (char) *at;
      version[length] = '\0';
      return isth_text_format (text, size, "%s%s%s", agents[i].system, length > 0 ? " " : "", version);
    }
  return NULL;
}

const char *
isth_os_of_program (char *text,
                    size_t size,
                    const uint8_t *program,
                    uint32_t n)
{
  for (size_t i = 0; i < G_N_ELEMENTS (distributions); i++)
    {
      const uint8_t *at = find (program, n, distributions[i].words);
      char version[16] = "";
      size_t length = 0;
      unsigned parts = distributions[i].parts;

      if (!at)
        continue;
      for (; parts > 0 && at < program + n && length + 1 < sizeof version && (g_ascii_isdigit (*at) || *at == '.'); at++)
        if (*at != '.' || --parts > 0)
          version[length++] = (char) *at;
      version[length] = '\0';
      if (distributions[i].parts > 1 && !strchr (version, '.')) /* the number of a package */
        length = 0;
      return isth_text_format (text, size, "%s%s%s", distributions[i].system, length > 0 ? " " : "", length > 0 ? version : "");
    }
  return NULL;
}

/* "Android 9; Nokia 2.2 Build/PPR1)", "Android 4.0.3; de-de; GT-I9100 Build/…": what stands behind the version and a language. */
const char *
isth_model_of_agent (char *text,
                     size_t size,
                     const uint8_t *agent,
                     uint32_t n)
{
  const uint8_t *at = find (agent, n, "Android "), *end = agent + n, *build;

  while (at && at < end && *at != ';' && *at != ')')
    at++;
  while (at && end - at > 2 && *at == ';')
    {
      const uint8_t *begin = at + 2, *stop = begin;

      while (stop < end && *stop != ';' && *stop != ')')
        stop++;
      at = stop;
      build = find (begin, (uint32_t) (stop - begin), " Build/");
      if (build)
        stop = build - strlen (" Build/");
      if (stop - begin > 2 && !(stop - begin == 5 && begin[2] == '-') && at < end)
        return isth_text_from_bytes (text, size, begin, (size_t) (stop - begin));
    }
  return NULL;
}

const char *
isth_os_of_dhcp_list (const uint8_t *options,
                      uint32_t n)
{
  char list[64] = "";
  size_t length = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      if (length + sizeof ",255" > sizeof list)
        return NULL;
      length += (size_t) g_snprintf (list + length, sizeof list - length, i == 0 ? "%u" : ",%u", options[i]);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (clients); i++)
    if (g_str_equal (clients[i].list, list))
      return clients[i].system;
  return NULL;
}
