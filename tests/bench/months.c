/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Months at a plant as a pcap stream: the sample plant again and again, each time later and from other client ports, as real connections are.
 * usage: months SAMPLE.pcap FRAMES DAYS > PIPE   Not a test: tests/bench/uptime measures with it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_HEADER 24u
#define RECORD_HEADER 16u
#define EPHEMERAL 49152u
#define DAY 86400.0

static uint32_t
get_u32 (const uint8_t *data)
{
  uint32_t value;

  memcpy (&value, data, sizeof value);
  return value;
}

static void
change_port (uint8_t  *port,
             uint64_t  round)
{
  uint32_t value = (uint32_t) (port[0] << 8 | port[1]);

  if (value < EPHEMERAL)
    return;
  value = EPHEMERAL + (uint32_t) ((value - EPHEMERAL + round * 61) % (65536 - EPHEMERAL));
  port[0] = (uint8_t) (value >> 8);
  port[1] = (uint8_t) value;
}

/* Ethernet with at most one tag, IPv4 without options, TCP or UDP: all that the sample has with ports. */
static void
change_ports (uint8_t  *frame,
              uint32_t  n,
              uint64_t  round)
{
  uint8_t *ip = frame + (frame[12] == 0x81 && frame[13] == 0 ? 18 : 14);

  if (n < (uint32_t) (ip - frame) + 24 || ip[-2] != 8 || ip[-1] != 0 || ip[0] != 0x45 || (ip[9] != 6 && ip[9] != 17))
    return;
  change_port (ip + 20, round);
  change_port (ip + 22, round);
}

static uint8_t *
read_whole (const char *path,
            size_t     *n)
{
  FILE *file = fopen (path, "rb");
  uint8_t *bytes = NULL;
  long size = 0;

  if (file && fseek (file, 0, SEEK_END) == 0 && (size = ftell (file)) > (long) FILE_HEADER && fseek (file, 0, SEEK_SET) == 0)
    bytes = malloc ((size_t) size);
  if (!bytes || fread (bytes, 1, (size_t) size, file) != (size_t) size)
    {
      perror (path);
      exit (1);
    }
  fclose (file);
  *n = (size_t) size;
  return bytes;
}

int
main (int    argc,
      char **argv)
{
  uint8_t *bytes, record[RECORD_HEADER + 65536];
  uint64_t wanted, done = 0, round = 0;
  double apart;
  size_t n, in_sample = 0;

  if (argc != 4)
    return 2;
  bytes = read_whole (argv[1], &n);
  wanted = strtoull (argv[2], NULL, 10);
  for (size_t at = FILE_HEADER; at < n; at += RECORD_HEADER + get_u32 (bytes + at + 8))
    in_sample++;
  apart = strtod (argv[3], NULL) * DAY * (double) in_sample / (double) wanted; /* seconds from one round to the next */
  fwrite (bytes, 1, FILE_HEADER, stdout);
  for (; done < wanted && !ferror (stdout); round++)
    for (size_t at = FILE_HEADER; at < n && done < wanted; done++)
      {
        uint32_t captured = get_u32 (bytes + at + 8);
        uint32_t seconds = get_u32 (bytes + at) + (uint32_t) (apart * (double) round);

        memcpy (record, bytes + at, RECORD_HEADER + captured);
        memcpy (record, &seconds, sizeof seconds);
        change_ports (record + RECORD_HEADER, captured, round);
        fwrite (record, 1, RECORD_HEADER + captured, stdout);
        at += RECORD_HEADER + captured;
      }
  return fflush (stdout) == 0 ? 0 : 1;
}
