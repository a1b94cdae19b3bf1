/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libpcap needs to hand over a file's frames to somebody who does nothing with them. usage: pcap-loop FILE */
#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdio.h>

#include "tests/bench/peak.h"

typedef struct
{
  uint64_t packets, bytes;
} Count;

static void
count_frame (u_char *data,
             const struct pcap_pkthdr *header,
             const u_char *bytes)
{
  Count *count = (Count *) (void *) data;

  count->packets++;
  count->bytes += header->len;
}

int
main (int argc,
      char **argv)
{
  char error[PCAP_ERRBUF_SIZE] = "usage: pcap-loop FILE";
  pcap_t *pcap = argc == 2 ? pcap_open_offline (argv[1], error) : NULL;
  Count count = { 0 };

  if (!pcap || pcap_loop (pcap, -1, count_frame, (u_char *) &count) != 0)
    {
      fprintf (stderr, "%s\n", pcap ? pcap_geterr (pcap) : error);
      return 1;
    }
  pcap_close (pcap);
  printf ("packets\tbytes\tpeak_kib\n%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n", count.packets, count.bytes, bench_get_peak ());
  return 0;
}
