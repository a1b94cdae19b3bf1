/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture: from the rings that the kernel fills to standard output and the ring of files, until told to stop. */
#include "analysis/tools/isthmus-capture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECOND UINT64_C (1000000000)
#define MS UINT64_C (1000000)
#define OUT_SIZE (1u << 20)     /* as much as a pipe holds */
#define FLUSH_AT (256u << 10)
#define RETIRE 40               /* ms after which the kernel hands over a block that is not full; up to twice that passes */
#define HOLD (5 * RETIRE)       /* ms: by then an interface has handed over what it heard before, on a busy machine too */
#define AT_ONCE 4096            /* frames of one interface before the others have their turn */
#define LAST_WORDS 1000         /* ms a reader has to take the rest when it ends */

typedef struct
{
  CaptureInterface public;
  pcap_t *pcap;                /* NULL: it went away */
  int fd;
  bool down;
  bool dry;                    /* it has nothing more at this turn */
  struct pcap_pkthdr *head;    /* its next frame, when several interfaces are put in order; NULL: not had yet */
  const uint8_t *data;
} Interface;

typedef struct
{
  Interface interfaces[CAPTURE_MOST_INTERFACES];
  size_t n, alive;
  int signals;
  bool output;                 /* standard output is still there */
  int output_flags;            /* of its file, as they were; -1: untouched */
  bool paused, stopping, broken;
  uint64_t stop_at;            /* frames heard before are still taken */
  uint64_t next_tick;
  uint64_t frames;
  CaptureBuffer out;           /* whole blocks that nobody has yet */
  CaptureBuffer head;          /* section and interfaces: how each file begins */
  CaptureRing ring;
  size_t index;                /* of the interface being read */
} Take;

/* The registry's LINKTYPE_ value of what the handle gives. */
static uint32_t
get_link_type (pcap_t *pcap)
{
  int dlt = pcap_datalink (pcap);

  /* The few numbers that this system's libpcap keeps apart from the registry's. */
  return dlt == DLT_RAW ? 101 : dlt == DLT_ATM_RFC1483 ? 100 : dlt == DLT_ATM_CLIP ? 106 : dlt == DLT_C_HDLC ? 104 : (uint32_t) dlt;
}

static CaptureStatus
activation_status (int code)
{
  switch (code)
    {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      return CAPTURE_NO_RIGHTS;
    case PCAP_ERROR_NO_SUCH_DEVICE:
    case PCAP_ERROR_IFACE_NOT_UP:
      return CAPTURE_NO_INTERFACE;
    default:
      return CAPTURE_FAILED;
    }
}

pcap_t *
capture_open (const char           *name,
              const CaptureOptions *options,
              CaptureStatus        *status,
              char                 *reason)
{
  pcap_t *pcap = pcap_create (name, reason);
  int code;

  if (!pcap)
    {
      *status = CAPTURE_FAILED;
      return NULL;
    }
  (void) pcap_set_snaplen (pcap, (int) options->snap_length);
  (void) pcap_set_promisc (pcap, options->promiscuous);
  (void) pcap_set_timeout (pcap, RETIRE);
  (void) pcap_set_buffer_size (pcap, (int) (options->buffer << 20));
  (void) pcap_set_tstamp_precision (pcap, PCAP_TSTAMP_PRECISION_NANO);
  code = pcap_activate (pcap);
  if (code >= 0 && pcap_setnonblock (pcap, 1, reason) == 0)
    return pcap;
  snprintf (reason, PCAP_ERRBUF_SIZE, "%s", pcap_geterr (pcap)[0] ? pcap_geterr (pcap) : pcap_statustostr (code));
  *status = activation_status (code);
  pcap_close (pcap);
  return NULL;
}

static CaptureStatus
set_filter (Interface            *self,
            const CaptureOptions *options)
{
  struct bpf_program program;

  if (!options->filter)
    return CAPTURE_OK;
  if (pcap_compile (self->pcap, &program, options->filter, 1, PCAP_NETMASK_UNKNOWN) != 0)
    {
      capture_tell ("bad-filter", "%s\t%s", self->public.name, pcap_geterr (self->pcap));
      return CAPTURE_BAD_FILTER;
    }
  if (pcap_setfilter (self->pcap, &program) != 0)
    {
      capture_tell ("failed", "%s\t%s", self->public.name, pcap_geterr (self->pcap));
      return CAPTURE_FAILED;
    }
  pcap_freecode (&program);
  return CAPTURE_OK;
}

static CaptureStatus
open_interface (Take                 *self,
                const CaptureOptions *options,
                const char           *name)
{
  Interface *interface = &self->interfaces[self->n];
  char reason[PCAP_ERRBUF_SIZE] = "";
  CaptureStatus status = CAPTURE_OK;

  interface->pcap = capture_open (name, options, &status, reason);
  if (!interface->pcap)
    {
      capture_tell (status == CAPTURE_NO_RIGHTS ? "no-rights" : status == CAPTURE_NO_INTERFACE ? "no-interface" : "failed", "%s\t%s", name, reason);
      return status;
    }
  snprintf (interface->public.name, sizeof interface->public.name, "%s", name);
  interface->public.filter = options->filter;
  interface->public.link_type = get_link_type (interface->pcap);
  interface->public.snap_length = options->snap_length;
  interface->public.nanoseconds = pcap_get_tstamp_precision (interface->pcap) == PCAP_TSTAMP_PRECISION_NANO;
  interface->fd = pcap_get_selectable_fd (interface->pcap);
  self->n++;
  self->alive++;
  return set_filter (interface, options);
}

/* Waits until standard output takes more; false when the reader is gone, or has had its time after the end. */
static bool
wait_output (Take *self)
{
  struct pollfd both[] = { { STDOUT_FILENO, POLLOUT, 0 }, { self->signals, POLLIN, 0 } };
  int ready = poll (both, self->stopping ? 1 : 2, self->stopping ? LAST_WORDS : -1);

  if (both[1].revents)
    {
      self->stopping = true; /* whatever the signal is: nobody reads */
      self->stop_at = capture_now ();
    }
  return ready > 0 && !(both[0].revents & (POLLERR | POLLNVAL));
}

static void
write_output (Take *self)
{
  const uint8_t *at = self->out.data;
  size_t left = self->out.n;

  while (left > 0 && self->output)
    {
      ssize_t n = write (STDOUT_FILENO, at, left);

      if (n > 0)
        {
          at += n;
          left -= (size_t) n;
        }
      else if (errno == EAGAIN ? !wait_output (self) : errno != EINTR)
        {
          if (errno != EPIPE && errno != EAGAIN)
            {
              capture_tell ("no-output", "%s", strerror (errno));
              self->broken = true;
            }
          self->output = false;
        }
    }
}

/* Asked of the kernel itself: libpcap would look into files that are out of reach by now. The counters begin anew with each look. */
static void
count_frames (Interface *self)
{
  struct tpacket_stats_v3 stats;
  socklen_t size = sizeof stats;

  if (getsockopt (self->fd, SOL_PACKET, PACKET_STATISTICS, &stats, &size) != 0)
    return;
  self->public.received += stats.tp_packets;
  self->public.dropped += stats.tp_drops;
}

static void
write_all_statistics (Take          *self,
                      CaptureBuffer *out,
                      uint64_t       now)
{
  for (size_t i = 0; i < self->n; i++)
    {
      Interface *interface = &self->interfaces[i];

      if (interface->pcap)
        count_frames (interface);
      capture_write_statistics (out, &interface->public, (uint32_t) i, now);
    }
}

/* Each file ends with the counts and begins with the interfaces. */
static void
turn_ring (Take     *self,
           uint64_t  now)
{
  uint8_t bytes[CAPTURE_MOST_INTERFACES * 64];
  CaptureBuffer statistics = { bytes, 0, sizeof bytes };

  write_all_statistics (self, &statistics, now);
  if (!capture_ring_write (&self->ring, statistics.data, statistics.n) || !capture_ring_turn (&self->ring, now)
      || !capture_ring_write (&self->ring, self->head.data, self->head.n))
    self->broken = true;
}

/* Gives away what is there: whole blocks. */
static void
flush (Take *self)
{
  uint64_t now = self->ring.folder >= 0 ? capture_now () : 0;

  if (self->out.n > 0 && capture_ring_is_full (&self->ring, self->out.n, now))
    turn_ring (self, now);
  if (!capture_ring_write (&self->ring, self->out.data, self->out.n))
    self->broken = true;
  write_output (self);
  self->out.n = 0;
}

static void
take_frame (Take                     *self,
            size_t                    index,
            const struct pcap_pkthdr *head,
            const uint8_t            *data)
{
  Interface *interface = &self->interfaces[index];
  uint64_t fraction = (uint64_t) head->ts.tv_usec * (interface->public.nanoseconds ? 1 : 1000);
  uint64_t time = (uint64_t) head->ts.tv_sec * SECOND + fraction;

  if (interface->down)
    {
      interface->down = false;
      capture_tell ("interface-up", "%s", interface->public.name);
    }
  if (self->paused || (self->stopping && time > self->stop_at))
    return;
  if (capture_buffer_room (&self->out) < head->caplen + CAPTURE_FRAME_ROOM)
    flush (self);
  capture_write_frame (&self->out, &interface->public, (uint32_t) index, time, head->caplen, head->len, data);
  self->frames++;
}

static void
on_frame (u_char                   *user_data,
          const struct pcap_pkthdr *head,
          const u_char             *data)
{
  Take *self = (Take *) (void *) user_data;

  take_frame (self, self->index, head, data);
}

static bool
is_gone (const Interface *interface)
{
  struct sockaddr_ll address;
  socklen_t size = sizeof address;

  return getsockname (interface->fd, (struct sockaddr *) &address, &size) == 0 && address.sll_ifindex == -1;
}

static void
lose_interface (Take      *self,
                Interface *interface)
{
  capture_tell (is_gone (interface) ? "interface-gone" : "failed", "%s\t%s", interface->public.name, pcap_geterr (interface->pcap));
  count_frames (interface);
  interface->pcap = NULL; /* the kernel cleans up: closing is not among what is allowed any more */
  interface->head = NULL;
  self->alive--;
}

/* An interface that was taken down may come up again; one that was removed does not. Only the first is an event of its socket. */
static void
check_error (Interface *interface)
{
  socklen_t size = sizeof (int);
  int code = 0;

  if (getsockopt (interface->fd, SOL_SOCKET, SO_ERROR, &code, &size) != 0 || code == 0 || interface->down)
    return;
  interface->down = true;
  if (!is_gone (interface))
    capture_tell ("interface-down", "%s\t%s", interface->public.name, strerror (code));
}

static void
find_gone (Take *self)
{
  for (size_t i = 0; i < self->n; i++)
    {
      Interface *interface = &self->interfaces[i];

      if (interface->pcap && interface->down && is_gone (interface))
        lose_interface (self, interface);
    }
}

/* One interface: its frames are in order. */
static void
take_single (Take *self)
{
  Interface *interface = &self->interfaces[self->index];
  int n;

  while (interface->pcap && (n = pcap_dispatch (interface->pcap, AT_ONCE, on_frame, (u_char *) self)) != 0)
    {
      if (n < 0)
        lose_interface (self, interface);
      if (self->out.n >= FLUSH_AT)
        flush (self);
      if (n < 0 || (self->stopping && capture_now () > self->stop_at + HOLD * MS))
        break;
    }
}

static bool
is_earlier (const Interface *a,
            const Interface *b)
{
  return a->head->ts.tv_sec != b->head->ts.tv_sec ? a->head->ts.tv_sec < b->head->ts.tv_sec : a->head->ts.tv_usec < b->head->ts.tv_usec;
}

/* The interface with the earliest frame; NULL when there is none. *@all: every interface has said what comes next. */
static Interface *
find_earliest (Take *self,
               bool *all)
{
  Interface *earliest = NULL;

  *all = true;
  for (size_t i = 0; i < self->n; i++)
    {
      Interface *interface = &self->interfaces[i];
      int got;

      if (!interface->pcap)
        continue;
      if (!interface->head && !interface->dry)
        {
          got = pcap_next_ex (interface->pcap, &interface->head, &interface->data);
          if (got < 0)
            lose_interface (self, interface);
          if (got <= 0)
            {
              interface->head = NULL;
              interface->dry = true;
            }
        }
      if (!interface->head)
        *all = *all && !interface->pcap;
      else if (!earliest || is_earlier (interface, earliest))
        earliest = interface;
    }
  return earliest;
}

/* Several interfaces, often the two directions of one cable: put in order, for an answer must not stand before its question. The kernel
 * hands over each one's frames in lots, so a frame waits until every interface has said what comes next, or had the time to. */
static bool
take_ordered (Take *self)
{
  uint64_t now = capture_now ();
  Interface *interface;
  bool all;

  for (size_t i = 0; i < self->n; i++)
    self->interfaces[i].dry = false;
  while ((interface = find_earliest (self, &all)))
    {
      uint64_t fraction = (uint64_t) interface->head->ts.tv_usec * (interface->public.nanoseconds ? 1 : 1000);
      uint64_t time = (uint64_t) interface->head->ts.tv_sec * SECOND + fraction;

      if (!all && time + HOLD * MS > now)
        return true;
      take_frame (self, (size_t) (interface - self->interfaces), interface->head, interface->data);
      interface->head = NULL;
      if (self->out.n >= FLUSH_AT)
        flush (self);
    }
  return false;
}

static void
read_signals (Take *self)
{
  struct signalfd_siginfo info;

  while (read (self->signals, &info, sizeof info) == (ssize_t) sizeof info)
    switch (info.ssi_signo)
      {
      case SIGUSR1:
        self->paused = true;
        break;
      case SIGUSR2:
        self->paused = false;
        break;
      default:
        if (self->stopping)
          self->output = false; /* asked twice: at once */
        self->stopping = true;
        self->stop_at = capture_now ();
      }
}

static void
tick (Take     *self,
      uint64_t  now)
{
  if (now < self->next_tick)
    return;
  self->next_tick = now + SECOND;
  find_gone (self);
  if (capture_buffer_room (&self->out) < self->n * CAPTURE_FRAME_ROOM + CAPTURE_BLOCK_ROOM)
    flush (self);
  write_all_statistics (self, &self->out, now);
  if (capture_ring_is_full (&self->ring, self->out.n, now))
    turn_ring (self, now);
}

/* One turn: waits, takes, gives. @held: a frame waits for its turn. */
static bool
turn (Take *self,
      bool  held)
{
  struct pollfd fds[CAPTURE_MOST_INTERFACES + 2];
  uint64_t now = capture_now ();
  uint64_t wait = held || self->stopping ? RETIRE : self->next_tick > now ? (self->next_tick - now) / MS + 1 : 0;

  for (size_t i = 0; i < self->n; i++)
    fds[i] = (struct pollfd){ self->interfaces[i].pcap ? self->interfaces[i].fd : -1, POLLIN, 0 };
  fds[self->n] = (struct pollfd){ self->signals, POLLIN, 0 };
  fds[self->n + 1] = (struct pollfd){ self->output ? STDOUT_FILENO : -1, 0, 0 };
  if (poll (fds, self->n + 2, (int) wait) < 0 && errno != EINTR)
    return false;

  if (fds[self->n].revents)
    read_signals (self);
  if (fds[self->n + 1].revents & (POLLERR | POLLNVAL))
    self->output = false;
  for (size_t i = 0; i < self->n; i++)
    if (fds[i].revents & (POLLERR | POLLHUP))
      check_error (&self->interfaces[i]);
  if (self->n > 1)
    held = take_ordered (self);
  else
    take_single (self);
  tick (self, capture_now ());
  flush (self);
  return held;
}

static CaptureStatus
hear (Take                 *self,
        const CaptureOptions *options)
{
  bool held = false;

  while (self->alive > 0 && (self->output || !options->output) && (self->output || self->ring.folder >= 0)
         && !(self->stopping && capture_now () > self->stop_at + HOLD * MS))
    held = turn (self, held);
  if (self->n > 1)
    (void) take_ordered (self); /* nothing that was heard before the end waits any more */
  write_all_statistics (self, &self->out, capture_now ());
  flush (self);
  for (size_t i = 0; i < self->n; i++)
    capture_tell ("heard", "%s\t%llu\t%llu", self->interfaces[i].public.name, (unsigned long long) self->interfaces[i].public.received,
                  (unsigned long long) self->interfaces[i].public.dropped);
  return self->broken ? CAPTURE_NO_OUTPUT : self->alive == 0 ? CAPTURE_GONE : CAPTURE_OK;
}

static bool
catch_signals (Take *self)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGHUP);
  sigaddset (&set, SIGUSR1);
  sigaddset (&set, SIGUSR2);
  signal (SIGPIPE, SIG_IGN);
  self->signals = sigprocmask (SIG_BLOCK, &set, NULL) == 0 ? signalfd (-1, &set, SFD_NONBLOCK | SFD_CLOEXEC) : -1;
  return self->signals >= 0;
}

/* A pipe is not waited at where nobody could stop us; a file has no need of it. */
static void
prepare_output (Take *self)
{
  struct stat status;

  self->output_flags = -1;
  if (!self->output || fstat (STDOUT_FILENO, &status) != 0 || S_ISREG (status.st_mode))
    return;
  self->output_flags = fcntl (STDOUT_FILENO, F_GETFL);
  (void) fcntl (STDOUT_FILENO, F_SETFL, self->output_flags | O_NONBLOCK);
  (void) fcntl (STDOUT_FILENO, F_SETPIPE_SZ, OUT_SIZE);
}

static bool
get_memory (Take *self)
{
  self->head.size = CAPTURE_BLOCK_ROOM * (self->n + 1);
  self->head.data = malloc (self->head.size);
  self->out.size = OUT_SIZE;
  self->out.data = malloc (self->out.size);
  return self->head.data && self->out.data;
}

CaptureStatus
capture_take (const CaptureOptions *options)
{
  static Take take = { .output_flags = -1 };
  CaptureStatus status = CAPTURE_OK;

  for (size_t i = 0; i < options->n_names && status == CAPTURE_OK; i++)
    status = open_interface (&take, options, options->names[i]);
  if (status != CAPTURE_OK)
    return status;
  take.output = options->output;
  prepare_output (&take);
  if (!get_memory (&take) || !catch_signals (&take) || !capture_ring_open (&take.ring, options, capture_now ())
      || !capture_confine (&take.ring))
    return CAPTURE_FAILED;

  capture_write_section (&take.head);
  for (size_t i = 0; i < take.n; i++)
    capture_write_interface (&take.head, &take.interfaces[i].public);
  memcpy (take.out.data, take.head.data, take.head.n);
  take.out.n = take.head.n;
  take.next_tick = capture_now () + SECOND;
  flush (&take);
  for (size_t i = 0; i < take.n; i++)
    capture_tell ("listening", "%s", take.interfaces[i].public.name);
  status = hear (&take, options);
  if (take.output_flags >= 0)
    (void) fcntl (STDOUT_FILENO, F_SETFL, take.output_flags);
  return status;
}
