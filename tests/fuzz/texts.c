/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type: "filter" is a filter's words, "arguments" the command line. */
#include <dlfcn.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netdb.h>
#include <netinet/ether.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/capture/filter.h"
#include "analysis/isthmus.h"
#include "tests/capture/make.h"
#include "tests/fuzz/target.h"

static void
fail_lookup (const char *name)
{
  g_printerr ("the resolver is asked for “%s”\n", name);
  abort ();
}

/* libpcap must never ask the network for a name: its question comes here, and ends the program. A service (no name of a host) is looked up in a file. */
int
getaddrinfo (const char *node,
             const char *service,
             const struct addrinfo *hints,
             struct addrinfo **result)
{
  static int (*original) (const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result);

  if (node && !g_hostname_is_ip_address (node) && node[strspn (node, "0123456789abcdefABCDEFxX.:")] != '\0')
    fail_lookup (node);
  if (!original)
    original = (int (*) (const char *, const char *, const struct addrinfo *, struct addrinfo **)) dlsym (RTLD_NEXT, "getaddrinfo");
  return original (node, service, hints, result);
}

/* The same for names of networks, and of hosts by their MAC addresses, which may be asked of a server. */
int
getnetbyname_r (const char *name,
                struct netent *entry,
                char *buffer,
                size_t size,
                struct netent **result,
                int *reason)
{
  fail_lookup (name);
  return -1;
}

int
ether_hostton (const char *name,
               struct ether_addr *address)
{
  fail_lookup (name);
  return -1;
}

/* A byte that chooses the link type, then the filter. */
static void
run_filter (gconstpointer what,
            const uint8_t *data,
            size_t size)
{
  static const uint32_t types[] = { 1, 101, 113, 276, 105, 127, 0, 9, 50, 104, 192, 228, 239, 999 };
  g_autofree char *expression = g_strndup (size > 1 ? (const char *) data + 1 : "", size > 1 ? size - 1 : 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(IsthFilter) filter = NULL;
  uint8_t frame[64];

  if (!g_utf8_validate (expression, -1, NULL))
    return; /* no entry and no shell gives anything else */
  filter = isth_filter_new (expression, types[size > 0 ? data[0] % G_N_ELEMENTS (types) : 0], &error);
  g_assert (filter || g_utf8_validate (error->message, -1, NULL));
  memset (frame, 0x45, sizeof frame);
  for (uint32_t n = 0; filter && n <= sizeof frame; n += 4)
    isth_filter_match (filter, frame, n, n + n % 3);
}

static void
seed_filter (gconstpointer what,
             GPtrArray *seeds)
{
  static const char *const filters[] = {
    "tcp port 502", "host 10.0.0.1 and not arp", "ether host 02:00:00:00:00:01", "net 10.0.0.0/8 or ip6", "vlan 12 && udp portrange 1-9", "tcp[13] & 2 != 0",
    "ether proto 0x8892", "wlan type mgt", "len >= 60", "src net 192.168 mask 255.255.0.0", "ip proto \\icmp", "mpls 5 and pppoes", "geneve", "port http",
    "ip6 host fe80::1", "ether[0] & 1 = 0 and ip[16] >= 224", "host plc.example", "not (",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GByteArray *input = g_byte_array_new ();

      g_byte_array_append (input, &(uint8_t){ (uint8_t) (i < 10 ? 0 : i) }, 1);
      g_byte_array_append (input, (const uint8_t *) filters[i], (guint) strlen (filters[i]));
      isth_fuzz_add_seed (seeds, input);
    }
}

int isth_cli_main (int argc, char **argv); /* main() of isthmus-cli, by the name that the build gives it here */

#define MOST_ARGUMENTS 24

static const char *const kept[] = { "a.pcap", "b.pcapng", "c.snoop", NULL };

/* Files to name, in a folder of their own; what the program prints goes nowhere. */
static gpointer
set_up_arguments (gpointer unused)
{
  static const unsigned samples[] = { 0, 3, 5 };
  FILE *nowhere = fopen ("/dev/null", "w");
  int nothing = open ("/dev/null", O_RDONLY);

  g_assert (nowhere && nothing >= 0 && chdir (isth_fuzz_scratch ()) == 0);
  dup2 (nothing, STDIN_FILENO);
  close (nothing);
  for (size_t i = 0; kept[i]; i++)
    {
      const char *name;
      g_autoptr(GByteArray) sample = make_sample (samples[i], &name);

      g_assert (g_file_set_contents (kept[i], (const char *) sample->data, sample->len, NULL));
    }
  return nowhere;
}

static void
remove_made_files (void)
{
  g_autoptr(GDir) dir = g_dir_open (".", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (!g_strv_contains (kept, name))
      g_unlink (name);
}

/* Nothing outside the folder may be named, a call for help of GOption's would end the program, and following a file ends with Ctrl+C only. */
static bool
may_run (char **argv)
{
  for (char **argument = argv + 1; *argument; argument++)
    if (strchr (*argument, '/') || g_str_has_prefix (*argument, "--follow") || ((*argument)[0] == '-' && (strchr (*argument, 'h') || strchr (*argument, '?'))))
      return false;
  return true;
}

/* Arguments, each ended by a line end. */
static void
run_arguments (gconstpointer what,
               const uint8_t *data,
               size_t size)
{
  static GOnce once = G_ONCE_INIT;
  FILE *nowhere = g_once (&once, set_up_arguments, NULL);
  g_autofree char *text = g_strndup (size ? (const char *) data : "", size);
  g_auto(GStrv) words = g_strsplit (text, "\n", MOST_ARGUMENTS);
  char *argv[MOST_ARGUMENTS + 3] = { "isthmus-cli", "--no-sandbox" }; /* rights that were given up are gone for the next run, too */
  FILE *output = stdout, *complaints = stderr;
  int argc = 2, status;

  for (char **word = words; *word; word++)
    argv[argc++] = *word;
  if (!may_run (argv))
    return;
  stdout = stderr = nowhere;
  status = isth_cli_main (argc, argv);
  stdout = output;
  stderr = complaints;
  g_assert (status >= 0 && status <= 2);
  remove_made_files ();
}

static void
seed_arguments (gconstpointer what,
                GPtrArray *seeds)
{
  static const char *const lines[] = {
    "", "analyze\na.pcap", "analyze\n--json\n-\na.pcap\nb.pcapng", "analyze\n-o\np.isthmus\na.pcap", "analyze\n-op.isthmus\n--json=r.json\n--filter\ntcp port 502\nc.snoop",
    "analyze\n--filter=host x\na.pcap", "analyze\n--json", "flows\na.pcap\nmissing", "flows\n--\n-x", "operations\n-", "show\np.isthmus\nassets", "show\na.pcap\nlinks",
    "protocols", "protocols\nx", "detections", "--version", "unknown", "analyze\n--unknown", "analyze\n--\na.pcap", "analyze\n--timings\na.pcap",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
    g_ptr_array_add (seeds, g_bytes_new (lines[i], strlen (lines[i])));
}

const IsthFuzzTarget isth_fuzz_texts[] = {
  { "arguments", run_arguments, seed_arguments, NULL },
  { "filter", run_filter, seed_filter, NULL },
  { NULL },
};
