/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of isthmus-capture share. The one program with rights stays small: libpcap and libseccomp, no GLib, no memory
 * taken once it listens. */
#pragma once

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CAPTURE_MOST_INTERFACES 64
#define CAPTURE_SNAP_LENGTH 262144
#define CAPTURE_NAME 64              /* bytes of an interface's name, its end included */

/* How it ends; data/isthmus-capture.1 has the list, too. */
typedef enum
{
  CAPTURE_OK,           /* stopped as asked, or the reader went away */
  CAPTURE_FAILED,
  CAPTURE_USAGE,
  CAPTURE_NO_RIGHTS,
  CAPTURE_NO_INTERFACE, /* not there, or cannot be listened to */
  CAPTURE_BAD_FILTER,
  CAPTURE_NO_OUTPUT,    /* what was heard could not be written */
  CAPTURE_GONE,         /* the last interface went away */
} CaptureStatus;

typedef struct
{
  const char *filter;   /* NULL: every frame */
  uint32_t snap_length;
  bool promiscuous;
  bool output;          /* to standard output */
  uint32_t buffer;      /* MiB an interface */
  const char *ring;     /* folder; NULL: none */
  uint64_t ring_size;   /* bytes of a file; 0: any */
  uint32_t ring_seconds; /* 0: any */
  uint32_t ring_files;
  const char *const *names;
  size_t n_names;
} CaptureOptions;

/* Bytes on their way out: whole pcapng blocks, or nothing. */
typedef struct
{
  uint8_t *data;
  size_t n, size;
} CaptureBuffer;

typedef struct
{
  char name[CAPTURE_NAME];
  const char *filter;
  uint32_t link_type;
  uint32_t snap_length;
  bool nanoseconds;
  uint64_t received, dropped; /* by the kernel for this interface since the beginning */
} CaptureInterface;

/* isthmus-capture-write.c: pcapng blocks (draft-ietf-opsawg-pcapng). Times are ns since 1970. Each needs room in the buffer:
 * CAPTURE_FRAME_ROOM more than the frame's bytes, CAPTURE_BLOCK_ROOM for any other block. */
#define CAPTURE_FRAME_ROOM 64u
#define CAPTURE_BLOCK_ROOM 8192u

void capture_write_section (CaptureBuffer *out);
void capture_write_interface (CaptureBuffer *out, const CaptureInterface *interface);
void capture_write_frame (CaptureBuffer *out, const CaptureInterface *interface, uint32_t index, uint64_t time, uint32_t captured, uint32_t wire,
                          const uint8_t *data);
void capture_write_statistics (CaptureBuffer *out, const CaptureInterface *interface, uint32_t index, uint64_t time);

static inline size_t
capture_buffer_room (const CaptureBuffer *self)
{
  return self->size - self->n;
}

/* isthmus-capture-ring.c: the last so many files, kept as evidence. Each is a capture of its own. */
typedef struct
{
  int folder;             /* -1: there is no ring */
  int fd;                 /* always the same number, which the confinement names */
  uint64_t limit;         /* bytes of a file; 0: any */
  uint32_t seconds;       /* … and of time; 0: any */
  uint32_t most;
  char (*names)[CAPTURE_NAME]; /* the files there are, oldest first, from @first on, in a circle of @most + 1 */
  uint32_t first, count;
  uint64_t written;       /* bytes of the open one */
  uint64_t opened, named; /* ns since 1970 */
} CaptureRing;

/* Opens the folder and the first file; false: told. @now: ns since 1970. */
bool capture_ring_open (CaptureRing *self, const CaptureOptions *options, uint64_t now);

/* Whether the open file is to end before @n more bytes are written to it. */
bool capture_ring_is_full (const CaptureRing *self, size_t n, uint64_t now);

/* Ends the open file, opens the next, removes the oldest; false: told, and there is no ring any more. */
bool capture_ring_turn (CaptureRing *self, uint64_t now);
bool capture_ring_write (CaptureRing *self, const void *data, size_t n);

/* isthmus-capture-confine.c */

/* Keeps the right to listen and gives back all others; nothing that was not ours is gained. */
void capture_keep_listening_only (void);

/* Gives back all rights for good, and all system calls but the few that are needed from here on: none that opens a socket, sends or
 * starts a program, and writing only to standard output, standard error and @ring_fd. False: told. */
bool capture_confine (const CaptureRing *ring);

/* isthmus-capture-take.c: listens until it is told to stop. */
CaptureStatus capture_take (const CaptureOptions *options);

/* Opens @name as asked, not yet listening; NULL: *status says why, and @reason (PCAP_ERRBUF_SIZE) how. */
pcap_t *capture_open (const char *name, const CaptureOptions *options, CaptureStatus *status, char *reason);

/* isthmus-capture-list.c */
CaptureStatus capture_list (void);

/* isthmus-capture.c: one line to standard error: a code word, a tab, and what it is about. */
void capture_tell (const char *code, const char *format, ...) __attribute__ ((format (printf, 2, 3)));
uint64_t capture_now (void);
