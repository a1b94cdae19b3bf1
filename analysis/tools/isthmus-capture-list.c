/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture --list: the interfaces of this machine, one a line. */
#include "analysis/tools/isthmus-capture.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static void
print_field (const char *text,
             char        end)
{
  for (; text && *text; text++)
    putchar (*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
  putchar (end);
}

static void
print_addresses (const pcap_addr_t *address)
{
  const char *separator = "";

  for (; address; address = address->next)
    {
      char text[INET6_ADDRSTRLEN] = "";

      if (address->addr && address->addr->sa_family == AF_INET)
        inet_ntop (AF_INET, &((const struct sockaddr_in *) (const void *) address->addr)->sin_addr, text, sizeof text);
      else if (address->addr && address->addr->sa_family == AF_INET6)
        inet_ntop (AF_INET6, &((const struct sockaddr_in6 *) (const void *) address->addr)->sin6_addr, text, sizeof text);
      if (*text)
        printf ("%s%s", separator, text);
      if (*text)
        separator = ",";
    }
  putchar ('\t');
}

static void
print_flags (uint32_t flags)
{
  static const struct { uint32_t flag; const char *name; } names[] = {
    { PCAP_IF_UP, "up" }, { PCAP_IF_RUNNING, "running" }, { PCAP_IF_LOOPBACK, "loopback" }, { PCAP_IF_WIRELESS, "wireless" },
  };
  const char *separator = "";

  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (flags & names[i].flag)
      {
        printf ("%s%s", separator, names[i].name);
        separator = ",";
      }
  putchar ('\t');
}

/* Whether it can be listened to is found out by beginning to. */
static void
print_ability (const char *name)
{
  static const CaptureOptions options = { .snap_length = 64, .buffer = 1 };
  char reason[PCAP_ERRBUF_SIZE] = "";
  CaptureStatus status = CAPTURE_OK;
  pcap_t *pcap = capture_open (name, &options, &status, reason);
  const char *link_type = pcap ? pcap_datalink_val_to_name (pcap_datalink (pcap)) : "";

  print_field (link_type ? link_type : "?", '\t');
  print_field (pcap ? "yes" : status == CAPTURE_NO_RIGHTS ? "no-rights" : "no", '\t');
  print_field (pcap ? "" : reason, '\n');
  if (pcap)
    pcap_close (pcap);
}

CaptureStatus
capture_list (void)
{
  char reason[PCAP_ERRBUF_SIZE];
  pcap_if_t *all;

  if (pcap_findalldevs (&all, reason) != 0)
    {
      capture_tell ("no-list", "%s", reason);
      return CAPTURE_FAILED;
    }
  printf ("name\tdescription\taddresses\tflags\tlink_type\tcapture\treason\n");
  for (const pcap_if_t *i = all; i; i = i->next)
    {
      /* libpcap also lists USB, D-Bus and firewall logs, which are no networks. */
      if (if_nametoindex (i->name) == 0 && strcmp (i->name, "any") != 0)
        continue;
      print_field (i->name, '\t');
      print_field (i->description, '\t');
      print_addresses (i->addresses);
      print_flags (i->flags);
      print_ability (i->name);
    }
  pcap_freealldevs (all);
  return fflush (stdout) == 0 ? CAPTURE_OK : CAPTURE_NO_OUTPUT;
}
