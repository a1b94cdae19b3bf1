/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends the frames of a pcap file on an interface of a test's own network namespace, as fast as the kernel takes them or at a rate.
 * usage: sender INTERFACE FILE.pcap FRAMES [RATE [LOADED]]   SIGTERM ends it earlier.
 * FRAMES: how many to send, the first LOADED ones of the file (200000) over and over; RATE: frames a second, 0: as many as go. */
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <fcntl.h>

#define BATCH 64
#define LOADED 200000
#define FILE_HEADER 24
#define RECORD_HEADER 16

static volatile sig_atomic_t stopped;
static struct iovec *frames;
static size_t n_frames;

static void
die (const char *what)
{
  fprintf (stderr, "sender: %s: %s\n", what, strerror (errno));
  exit (1);
}

static void
on_stop (int number)
{
  stopped = 1;
}

static int64_t
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C (1000000000) + t.tv_nsec;
}

/* Little-endian files of this machine's kind only: the tests make them. */
static void
load (const char *path,
      size_t      most)
{
  int fd = open (path, O_RDONLY);
  struct stat status;
  uint8_t *bytes;

  if (fd < 0 || fstat (fd, &status) < 0)
    die (path);
  bytes = mmap (NULL, (size_t) status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  frames = calloc (most, sizeof *frames);
  if (bytes == MAP_FAILED || !frames)
    die (path);
  for (size_t at = FILE_HEADER; n_frames < most && at + RECORD_HEADER <= (size_t) status.st_size;)
    {
      uint32_t captured;

      memcpy (&captured, bytes + at + 8, sizeof captured);
      at += RECORD_HEADER;
      if (captured > (size_t) status.st_size - at)
        break;
      if (captured >= ETH_HLEN)
        frames[n_frames++] = (struct iovec){ bytes + at, captured };
      at += captured;
    }
  if (n_frames == 0)
    die ("no frames");
}

static int
open_socket (const char *interface)
{
  struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = 0, .sll_ifindex = (int) if_nametoindex (interface) };
  int fd = socket (AF_PACKET, SOCK_RAW, 0);
  int one = 1, size = 4 << 20;

  if (fd < 0 || address.sll_ifindex == 0 || bind (fd, (struct sockaddr *) &address, sizeof address) < 0
      || setsockopt (fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one) < 0)
    die (interface);
  (void) setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return fd;
}

/* A frame that does not fit the interface is left out, and counted as not sent. */
static uint64_t
send_all (int      fd,
          uint64_t wanted,
          uint64_t rate)
{
  struct mmsghdr messages[BATCH] = { 0 };
  int64_t start = now ();
  uint64_t sent = 0, tried = 0;

  while (tried < wanted && !stopped)
    {
      unsigned n = wanted - tried < BATCH ? (unsigned) (wanted - tried) : BATCH;

      if (rate > 0)
        while (now () - start < (int64_t) ((double) tried * 1e9 / (double) rate))
          continue;
      for (unsigned i = 0; i < n; i++)
        {
          messages[i].msg_hdr.msg_iov = &frames[(tried + i) % n_frames];
          messages[i].msg_hdr.msg_iovlen = 1;
        }
      for (unsigned done = 0; done < n;)
        {
          int got = sendmmsg (fd, messages + done, n - done, 0);

          if (got > 0)
            {
              done += (unsigned) got;
              sent += (unsigned) got;
            }
          else if (errno == EMSGSIZE)
            done++;
          else if (errno != ENOBUFS && errno != EINTR && errno != EAGAIN)
            die ("sending");
        }
      tried += n;
    }
  return sent;
}

int
main (int    argc,
      char **argv)
{
  uint64_t sent;
  int64_t start;
  int fd;

  if (argc < 4)
    {
      fprintf (stderr, "usage: sender INTERFACE FILE.pcap FRAMES [RATE [LOADED]]\n");
      return 2;
    }
  load (argv[2], argc > 5 ? strtoull (argv[5], NULL, 10) : LOADED);
  fd = open_socket (argv[1]);
  signal (SIGTERM, on_stop);
  start = now ();
  sent = send_all (fd, strtoull (argv[3], NULL, 10), argc > 4 ? strtoull (argv[4], NULL, 10) : 0);
  printf ("%llu frames in %.3f s\n", (unsigned long long) sent, (double) (now () - start) / 1e9);
  return 0;
}
