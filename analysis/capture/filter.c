/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing frames by a filter in the words of pcap-filter(7), compiled by libpcap. */
#include "analysis/capture/filter.h"

#include <glib/gi18n-lib.h>
#include <pcap/pcap.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/base/limits.h"

struct _IsthFilter
{
  struct bpf_program program;
};

/* Words behind which a name is looked up in libpcap's own lists or in this computer's files, or not at all. */
static const char *const local[] = {
  "proto", "protochain", "port", "portrange", "type", "subtype", "dir", "direction", "ifname", "on", "rset", "ruleset", "reason", "action", "llc",
};

/* All words of the language that may stand where a name could. */
static const char *const keywords[] = {
  "host", "net", "port", "portrange", "src", "dst", "ra", "ta", "addr1", "addr2", "addr3", "addr4", "gateway", "mask",
  "proto", "protochain", "ether", "link", "fddi", "tr", "wlan", "arp", "rarp", "ip", "ip6", "icmp", "icmp6", "igmp",
  "igrp", "pim", "vrrp", "carp", "ah", "esp", "tcp", "udp", "sctp", "decnet", "lat", "sca", "moprc", "mopdl", "atalk",
  "aarp", "iso", "esis", "isis", "clnp", "stp", "ipx", "netbeui", "l1", "l2", "iih", "lsp", "snp", "csnp", "psnp",
  "es-is", "is-is", "broadcast", "multicast", "less", "greater", "byte", "len", "length", "and", "or", "not", "inbound",
  "outbound", "ifindex", "vlan", "mpls", "pppoed", "pppoes", "geneve", "ppp", "slip", "lane", "llc", "metac", "bcc", "oam",
  "oamf4", "oamf4ec", "oamf4sc", "sc", "ilmic", "vpi", "vci", "connectmsg", "metaconnect", "radio", "type", "subtype",
  "dir", "direction", "ifname", "on", "rset", "ruleset", "rnum", "rulenum", "srnr", "subrulenum", "reason", "action",
  "fisu", "lssu", "lsu", "msu", "sio", "opc", "dpc", "sls", "hfisu", "hlssu", "hmsu", "hsio", "hopc", "hdpc", "hsls",
  "icmptype", "icmpcode", "icmp-echoreply", "icmp-unreach", "icmp-sourcequench", "icmp-redirect", "icmp-echo", "icmp-routeradvert",
  "icmp-routersolicit", "icmp-timxceed", "icmp-paramprob", "icmp-tstamp", "icmp-tstampreply", "icmp-ireq", "icmp-ireqreply",
  "icmp-maskreq", "icmp-maskreply", "icmp6type", "icmp6code", "icmp6-destinationunreach", "icmp6-packettoobig", "icmp6-timeexceeded",
  "icmp6-parameterproblem", "icmp6-echo", "icmp6-echoreply", "icmp6-neighborsolicit", "icmp6-neighboradvert", "icmp6-routersolicit",
  "icmp6-routeradvert", "icmp6-redirect", "tcpflags", "tcp-fin", "tcp-syn", "tcp-rst", "tcp-push", "tcp-ack", "tcp-urg", "tcp-ece",
  "tcp-cwr",
};

static bool
list_has (const char *const *list,
          size_t             n,
          const char        *word)
{
  for (size_t i = 0; i < n; i++)
    if (strcmp (list[i], word) == 0)
      return true;
  return false;
}

/* Steps over hex digits (or only decimal ones), at most @most; how many there were. */
static size_t
skip_digits (const char **at,
             size_t       most,
             bool         hex)
{
  size_t n = 0;

  while (n < most && (hex ? g_ascii_isxdigit (**at) : g_ascii_isdigit (**at)))
    {
      (*at)++;
      n++;
    }
  return n;
}

/* Groups of digits with one of @separators between them, the same everywhere. */
static bool
is_grouped (const char *word,
            const char *separators,
            size_t      digits,
            size_t      least,
            size_t      most,
            bool        hex)
{
  char separator = '\0';

  for (size_t groups = 1; skip_digits (&word, digits, hex) > 0; groups++)
    {
      if (*word == '\0')
        return groups >= least && groups <= most;
      if (!strchr (separators, *word) || (separator && *word != separator))
        return false;
      separator = *word++;
    }
  return false;
}

/* What libpcap's scanner takes for a number, a range of them or an address, and never for a name. */
static bool
is_number_or_address (const char *word)
{
  const char *hex = word + 2;

  if (g_str_has_prefix (word, "0x") && skip_digits (&hex, SIZE_MAX, true) > 0 && *hex == '\0')
    return true;
  return is_grouped (word, ".", 10, 1, 4, false) || is_grouped (word, ":-", 10, 2, 2, false) || is_grouped (word, ":-.", 2, 6, 6, true)
         || (strlen (word) == 14 && is_grouped (word, ".", 4, 3, 3, true)) || (strlen (word) == 12 && is_grouped (word, "", 12, 1, 1, true))
         || (strchr (word, ':') && g_hostname_is_ip_address (word));
}

/* The first name that libpcap might look up over the network, or NULL. Reading is passive, so such a filter is refused. What is not known to be
 * harmless is taken for such a name. */
static char *
filter_find_name (const char *expression)
{
  g_auto (GStrv) words = g_strsplit_set (expression, " \t\r\n()!&|<>=+*/[]{},~^%", -1);
  const char *before = "";

  for (size_t i = 0; words[i]; i++)
    {
      const char *word = words[i];

      if (*word == '\0')
        continue;
      if (!list_has (keywords, G_N_ELEMENTS (keywords), word) && !is_number_or_address (word) && !list_has (local, G_N_ELEMENTS (local), before))
        return g_strdup (word);
      before = word;
    }
  return NULL;
}

/* The registry's value and the number libpcap uses on this system differ for a few old types only. */
static int
filter_dlt (uint32_t link_type)
{
  switch (link_type)
    {
    case 50:
      return DLT_PPP_SERIAL;
    case 51:
      return DLT_PPP_ETHER;
    case 100:
      return DLT_ATM_RFC1483;
    case 101:
      return DLT_RAW;
    case 104:
      return DLT_C_HDLC;
    case 106:
      return DLT_ATM_CLIP;
    default:
      return (int) (link_type & 0xffff);
    }
}

IsthFilter *
isth_filter_new (const char *expression,
                 uint32_t    link_type,
                 GError    **error)
{
  g_autofree char *name = filter_find_name (expression);
  g_autofree IsthFilter *self = g_new0 (IsthFilter, 1);
  pcap_t *pcap;

  if (name)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_USAGE,
                   _("The filter “%s” names “%s”. Looking up a name would send frames; write its address instead."), expression, name);
      return NULL;
    }

  pcap = pcap_open_dead (filter_dlt (link_type), ISTH_LIMIT_FRAME);
  if (!pcap)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_USAGE, _("The filter “%s” could not be compiled: out of memory."), expression);
      return NULL;
    }
  if (pcap_compile (pcap, &self->program, expression, 1, PCAP_NETMASK_UNKNOWN) != 0)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_USAGE, _("The filter “%s” cannot be used: %s. See man pcap-filter."),
                   expression, pcap_geterr (pcap));
      pcap_close (pcap);
      return NULL;
    }
  pcap_close (pcap);
  return g_steal_pointer (&self);
}

bool
isth_filter_match (const IsthFilter *self,
                   const uint8_t    *data,
                   uint32_t          captured,
                   uint32_t          wire)
{
  return bpf_filter (self->program.bf_insns, data, wire, captured) != 0;
}

void
isth_filter_free (IsthFilter *self)
{
  if (!self)
    return;
  pcap_freecode (&self->program);
  g_free (self);
}
