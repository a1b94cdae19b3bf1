/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor probe: the least that counting conversations and hosts of a pcap file can cost on this machine. It reads in blocks that fit the
 * second-level cache, walks the records, makes keys of Ethernet, VLAN, IP and ports, and adds each packet to one flow and two hosts; in batches,
 * so that buckets are on their way before they are needed. It dissects nothing and checks no more than its own safety asks for. What
 * isthmus-cli costs is told as a multiple of this, which any machine can repeat. usage: floor FILE.pcap */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/peak.h"

#define BLOCK (512u << 10)
#define BATCH 32u
#define RECORD 16u
#define LARGEST 262144u
#define FIRST_SIZE 4096u

typedef struct
{
  uint64_t address[2][2]; /* the lower end first */
  uint16_t port[2];
  uint16_t vlan;
  uint8_t protocol;
  bool used;
} Key;

typedef struct
{
  Key key;
  uint32_t packets[2];
  uint64_t bytes[2];
} Flow;

_Static_assert (sizeof (Flow) == 64, "a flow is a cache line");

typedef struct
{
  uint64_t address[2];
  uint64_t bytes;
  uint32_t packets;
  uint16_t vlan;
  bool used;
} Host;

/* One packet of the batch in hand. */
typedef struct
{
  Key key;
  uint64_t flow_hash, host_hash[2];
  uint32_t wire;
  bool swapped; /* the sender is the upper end */
} Packet;

/* Open addressing with linear probing, at most three quarters full. */
typedef struct
{
  void *rows;
  size_t mask, n;
} Table;

typedef struct
{
  Table flows, hosts;
  uint64_t seed;
  uint64_t packets, bytes;
  Packet batch[BATCH];
  unsigned n_batch;
} Probe;

static uint64_t
mix (uint64_t a,
     uint64_t b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (uint64_t) product ^ (uint64_t) (product >> 64);
}

static uint64_t
hash_address (const uint64_t address[2],
              uint16_t vlan,
              uint64_t seed)
{
  return mix (address[0] ^ seed ^ vlan, address[1] ^ 0x9e3779b97f4a7c15u);
}

/* Whole cache lines, zeroed by the kernel when they are first touched. */
static void
table_allocate (Table *self,
                size_t mask,
                size_t row_size)
{
  self->mask = mask;
  self->rows = mmap (NULL, (mask + 1) * row_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->rows == MAP_FAILED)
    abort ();
}

static Flow *
find_flow (Probe *self,
           const Key *key,
           uint64_t hash)
{
  Flow *rows = self->flows.rows;

  for (size_t i = hash & self->flows.mask;; i = (i + 1) & self->flows.mask)
    if (!rows[i].key.used || memcmp (&rows[i].key, key, sizeof *key) == 0)
      return &rows[i];
}

static Host *
find_host (Probe *self,
           const uint64_t address[2],
           uint16_t vlan,
           uint64_t hash)
{
  Host *rows = self->hosts.rows;

  for (size_t i = hash & self->hosts.mask;; i = (i + 1) & self->hosts.mask)
    if (!rows[i].used || (rows[i].address[0] == address[0] && rows[i].address[1] == address[1] && rows[i].vlan == vlan))
      return &rows[i];
}

/* The sum, not a chain: the same from both ends would not matter here, but adding keeps the multiplications apart. */
static uint64_t
hash_key (const Key *key,
          const uint64_t host_hash[2],
          uint64_t seed)
{
  uint64_t rest;

  memcpy (&rest, key->port, sizeof rest);
  return mix (host_hash[0] + (host_hash[1] << 1), rest ^ seed);
}

static void
grow_flows (Probe *self)
{
  Table old = self->flows;
  Flow *rows = old.rows;

  table_allocate (&self->flows, old.mask * 2 + 1, sizeof (Flow));
  for (size_t i = 0; i <= old.mask; i++)
    if (rows[i].key.used)
      {
        const Key *key = &rows[i].key;
        uint64_t host_hash[2] = { hash_address (key->address[0], key->vlan, self->seed), hash_address (key->address[1], key->vlan, self->seed) };

        *find_flow (self, key, hash_key (key, host_hash, self->seed)) = rows[i];
      }
  munmap (rows, (old.mask + 1) * sizeof (Flow));
}

static void
grow_hosts (Probe *self)
{
  Table old = self->hosts;
  Host *rows = old.rows;

  table_allocate (&self->hosts, old.mask * 2 + 1, sizeof (Host));
  for (size_t i = 0; i <= old.mask; i++)
    if (rows[i].used)
      *find_host (self, rows[i].address, rows[i].vlan, hash_address (rows[i].address, rows[i].vlan, self->seed)) = rows[i];
  munmap (rows, (old.mask + 1) * sizeof (Host));
}

static void
add_to_host (Probe *self,
             const Packet *packet,
             int end)
{
  const uint64_t *address = packet->key.address[end];
  Host *host = find_host (self, address, packet->key.vlan, packet->host_hash[end]);

  if (!host->used)
    {
      *host = (Host){ .address = { address[0], address[1] }, .vlan = packet->key.vlan, .used = true };
      self->hosts.n++;
    }
  host->packets++;
  host->bytes += packet->wire;
}

static void
add_packet (Probe *self,
            const Packet *packet)
{
  Flow *flow = find_flow (self, &packet->key, packet->flow_hash);

  if (!flow->key.used)
    {
      flow->key = packet->key;
      self->flows.n++;
    }
  flow->packets[packet->swapped]++;
  flow->bytes[packet->swapped] += packet->wire;
  add_to_host (self, packet, 0);
  add_to_host (self, packet, 1);
}

static void
add_batch (Probe *self)
{
  for (unsigned i = 0; i < self->n_batch; i++)
    {
      const Packet *packet = &self->batch[i];

      __builtin_prefetch ((Flow *) self->flows.rows + (packet->flow_hash & self->flows.mask), 1);
      __builtin_prefetch ((Host *) self->hosts.rows + (packet->host_hash[0] & self->hosts.mask), 1);
      __builtin_prefetch ((Host *) self->hosts.rows + (packet->host_hash[1] & self->hosts.mask), 1);
    }
  for (unsigned i = 0; i < self->n_batch; i++)
    add_packet (self, &self->batch[i]);
  self->n_batch = 0;
  if ((self->flows.n + BATCH) * 4 > self->flows.mask * 3)
    grow_flows (self);
  if ((self->hosts.n + 2 * BATCH) * 4 > self->hosts.mask * 3)
    grow_hosts (self);
}

static uint16_t
read_be16 (const uint8_t *data)
{
  return (uint16_t) (data[0] << 8 | data[1]);
}

static void
set_ports (Key *key,
           const uint8_t *data,
           uint32_t n)
{
  if ((key->protocol == 6 || key->protocol == 17) && n >= 4)
    {
      key->port[0] = read_be16 (data);
      key->port[1] = read_be16 (data + 2);
    }
}

static bool
set_ipv4 (Key *key,
          const uint8_t *data,
          uint32_t n)
{
  uint32_t header, addresses[2];

  if (n < 20)
    return false;
  header = (data[0] & 15u) * 4;
  memcpy (addresses, data + 12, sizeof addresses);
  key->address[0][0] = addresses[0];
  key->address[1][0] = addresses[1];
  key->protocol = data[9];
  if (header >= 20 && header <= n && (read_be16 (data + 6) & 0x1fff) == 0)
    set_ports (key, data + header, n - header);
  return true;
}

static bool
set_ipv6 (Key *key,
          const uint8_t *data,
          uint32_t n)
{
  if (n < 40)
    return false;
  memcpy (key->address, data + 8, sizeof key->address);
  key->protocol = data[6];
  set_ports (key, data + 40, n - 40);
  return true;
}

/* What is not IP is counted between its MAC addresses. */
static void
set_ethernet (Key *key,
              const uint8_t *data,
              uint32_t n)
{
  uint32_t at = 12;
  uint16_t type = read_be16 (data + at);

  while ((type == 0x8100 || type == 0x88a8) && at + 6 <= n)
    {
      key->vlan = read_be16 (data + at + 2) & 0xfff;
      at += 4;
      type = read_be16 (data + at);
    }
  at += 2;
  if (type == 0x0800 && set_ipv4 (key, data + at, n - at))
    return;
  if (type == 0x86dd && set_ipv6 (key, data + at, n - at))
    return;
  memcpy (&key->address[0][0], data + 6, 6);
  memcpy (&key->address[1][0], data, 6);
  key->address[0][1] = key->address[1][1] = 1;
}

static bool
is_upper (const Key *key)
{
  if (key->address[0][0] != key->address[1][0])
    return key->address[0][0] > key->address[1][0];
  if (key->address[0][1] != key->address[1][1])
    return key->address[0][1] > key->address[1][1];
  return key->port[0] > key->port[1];
}

static void
swap_ends (Key *key)
{
  uint64_t address[2] = { key->address[0][0], key->address[0][1] };
  uint16_t port = key->port[0];

  memcpy (key->address[0], key->address[1], sizeof address);
  memcpy (key->address[1], address, sizeof address);
  key->port[0] = key->port[1];
  key->port[1] = port;
}

static void
add_frame (Probe *self,
           const uint8_t *data,
           uint32_t n,
           uint32_t wire)
{
  Packet *packet = &self->batch[self->n_batch];
  Key *key = &packet->key;

  self->packets++;
  self->bytes += wire;
  if (n < 14)
    return;
  *key = (Key){ .used = true };
  set_ethernet (key, data, n);
  packet->wire = wire;
  packet->swapped = is_upper (key);
  if (packet->swapped)
    swap_ends (key);
  for (int i = 0; i < 2; i++)
    packet->host_hash[i] = hash_address (key->address[i], key->vlan, self->seed);
  packet->flow_hash = hash_key (key, packet->host_hash, self->seed);
  if (++self->n_batch == BATCH)
    add_batch (self);
}

/* Takes the whole records of @n bytes; returns how many bytes they were, or -1 where a record cannot be one. */
static ssize_t
add_records (Probe *self,
             const uint8_t *data,
             size_t n)
{
  size_t at = 0;

  while (n - at >= RECORD)
    {
      uint32_t lengths[2]; /* captured, on the wire */

      memcpy (lengths, data + at + 8, sizeof lengths);
      if (lengths[0] > LARGEST)
        return -1;
      if (n - at < RECORD + lengths[0])
        break;
      add_frame (self, data + at + RECORD, lengths[0], lengths[1]);
      at += RECORD + lengths[0];
    }
  return (ssize_t) at;
}

static bool
read_file (Probe *self,
           int fd)
{
  static uint8_t block[BLOCK];
  size_t held = 0;
  uint32_t magic;
  ssize_t n;

  if (read (fd, block, 24) != 24 || (memcpy (&magic, block, sizeof magic), magic != 0xa1b2c3d4 && magic != 0xa1b23c4d))
    return false;
  while ((n = read (fd, block + held, BLOCK - held)) > 0)
    {
      ssize_t taken = add_records (self, block, held + (size_t) n);

      if (taken < 0)
        return false;
      held += (size_t) n - (size_t) taken;
      memmove (block, block + taken, held);
    }
  add_batch (self);
  return n == 0;
}

int
main (int argc,
      char **argv)
{
  static Probe probe;
  int fd = argc == 2 ? open (argv[1], O_RDONLY | O_CLOEXEC) : -1;

  if (fd < 0)
    {
      fprintf (stderr, "usage: floor FILE.pcap (%s)\n", strerror (errno));
      return 2;
    }
  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  probe.seed = (uint64_t) time (NULL) * 0x9e3779b97f4a7c15u | 1;
  table_allocate (&probe.flows, FIRST_SIZE - 1, sizeof (Flow));
  table_allocate (&probe.hosts, FIRST_SIZE - 1, sizeof (Host));
  if (!read_file (&probe, fd))
    {
      fprintf (stderr, "floor: “%s” is not a pcap file of this machine's byte order, or is damaged\n", argv[1]);
      return 1;
    }
  printf ("packets\tbytes\tflows\thosts\tpeak_kib\n%" PRIu64 "\t%" PRIu64 "\t%zu\t%zu\t%" PRIu64 "\n", probe.packets, probe.bytes, probe.flows.n,
          probe.hosts.n, bench_get_peak ());
  return 0;
}
