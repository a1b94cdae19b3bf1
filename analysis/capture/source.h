/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where frames come from: a saved file in any format we read, standard input, or memory. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/base/offsets.h"
#include "analysis/base/time.h"

/**
 * IsthFrame:
 * @time: ns since 1970-01-01 UTC; ISTH_NO_TIME when the record has none (pcapng simple packet block)
 * @number: of the frame in its capture, from 1, as Wireshark counts: pcapng's custom and journal blocks take a number, too
 * @offset: of its record in the (uncompressed) file, in bytes
 * @data: @captured bytes; lent until the next isth_source_read()
 * @captured: bytes that are there
 * @wire: bytes it had on the wire, never less than @captured
 * @link_type: LINKTYPE_ value of tcpdump.org's registry
 * @interface: index into IsthCaptureInfo.interfaces
 */
typedef struct
{
  int64_t time;
  uint64_t number;
  uint64_t offset;
  const uint8_t *data;
  uint32_t captured;
  uint32_t wire;
  uint32_t link_type;
  uint32_t interface;
} IsthFrame;

/* One interface that the file names (pcap: one without a name). Strings may be NULL. */
typedef struct
{
  char *name;
  char *description;
  char *filter;
  uint32_t link_type;
  uint32_t snap_length; /* 0: unlimited */
  uint64_t frames;
  uint64_t dropped;     /* by the kernel or the interface, as the file says; 0 when it says nothing */
  bool dropped_known;
} IsthCaptureInterface;

/* Something to tell the user about the file: damage, a jump in time, a skipped block. */
typedef struct
{
  uint64_t offset; /* in the (uncompressed) file */
  uint64_t frame;  /* the last frame before it; 0: none */
  char *text;      /* translated sentence */
} IsthCaptureNote;

/**
 * IsthCaptureInfo:
 *
 * What is known of a capture so far; grows while it is read. Owned by the source, valid until it is freed.
 * @fingerprint names the content by its first 64 KiB, before @sha256 is known: same bytes, same number, on any machine. A pipe
 * that has brought fewer has none yet: 0.
 */
typedef struct
{
  char *path;          /* as given; "-" for standard input */
  char *format;        /* "pcap", "pcap (ns)", "pcapng", "snoop", … with ", gzip" and the like behind it */
  char *sha256;        /* 64 lower-case digits of the file as it lies on the disk; NULL until the end was reached */
  uint64_t fingerprint;
  uint64_t size;       /* of the file on the disk; 0 when not known (a pipe) */
  uint64_t read;       /* bytes of it consumed so far */
  uint64_t frames;
  uint64_t bytes;      /* wire bytes of all frames */
  uint64_t cut_frames; /* frames whose captured length is below their wire length */
  int64_t first, last; /* smallest and largest frame time; ISTH_NO_TIME when there is none */
  const char *failure; /* why the file could not be read to its end (also a note), translated, lent by the source; NULL: it could */
  bool truncated;      /* the file ends inside a record, or had to be given up before its end */
  uint64_t damaged;    /* damaged places, those beyond the kept notes included */
  uint64_t not_kept;   /* notes, comments, names and interfaces beyond what is kept below */
  GPtrArray *interfaces; /* IsthCaptureInterface, at most ISTH_LIMIT_INTERFACES */
  GPtrArray *notes;      /* IsthCaptureNote, at most ISTH_LIMIT_NOTES */
  GPtrArray *comments;   /* char *, of the file and its sections, at most ISTH_LIMIT_NOTES */
  GPtrArray *names;      /* char *, "ADDRESS NAME" of name resolution blocks, at most ISTH_LIMIT_NOTES */
} IsthCaptureInfo;

typedef struct _IsthSource IsthSource;

/**
 * isth_source_open:
 * @path: a file, or "-" for standard input
 *
 * Looks at the content, never at the name. Fails with ISTH_ERROR_FILE or ISTH_ERROR_NOT_CAPTURE; an empty capture is none
 * of these. Not bound to a thread, but only one may use it at a time.
 */
IsthSource *isth_source_open (const char *path, GError **error);

/* The same in two steps, for who wants to cancel a pipe that brings nothing: the first opens, the second looks at the content.
 * A cancelled beginning fails with ISTH_ERROR_CANCELLED; a source whose beginning failed can only be freed. */
IsthSource *isth_source_new (const char *path, GError **error);
bool isth_source_begin (IsthSource *self, GError **error);

/* A file that somebody still writes: its end is waited at for more. It ends with isth_source_stop(); when it is made shorter; and when it
 * was read to its end and its name belongs to another file. */
IsthSource *isth_source_new_followed (const char *path, GError **error);

/* What comes out of @fd (taken), under the name @path. Every byte is written to @recording (taken; -1: nowhere) as well, so that reading
 * that file later gives the same frames, notes and digest. */
IsthSource *isth_source_new_stream (const char *path, int fd, int recording, GError **error);

/* The same over bytes in memory, borrowed until the source is freed; for tests and fuzzers. */
IsthSource *isth_source_open_memory (const void *data, size_t size, GError **error);

/* Fills up to @n frames; how many, 0 at the end. Never fails: what cannot be read is a note in the info, and the end.
 * A reader that waits on a pipe gives what it has. */
size_t isth_source_read (IsthSource *self, IsthFrame *frames, size_t n);

/* Keeps the bytes of the frames of the last isth_source_read() beyond the next one, until isth_source_release(), which any thread may call
 * with what this gave. All must be released before isth_source_free(). */
gpointer isth_source_hold (IsthSource *self);
void isth_source_release (IsthSource *self, gpointer held);

/* For who has other things to do while a pipe brings nothing: a read that waited that long gives 0, and isth_source_is_idle() tells this
 * from the end. -1, as it is at first: waits without end. A compressed stream does. */
void isth_source_set_patience (IsthSource *self, int milliseconds);
bool isth_source_is_idle (const IsthSource *self);

const IsthCaptureInfo *isth_source_get_info (const IsthSource *self);

/* What is known now, for another thread than the reading one. */
IsthCaptureInfo *isth_capture_info_copy (const IsthCaptureInfo *self);
void isth_capture_info_free (IsthCaptureInfo *self);

/* Why no more is recorded: a translated sentence, or NULL. */
const char *isth_source_get_recording_failure (const IsthSource *self);

/* Any thread: makes a read that waits (a pipe) return 0 soon. */
void isth_source_cancel (IsthSource *self);

/* Any thread, and signal handlers: a followed file ends where it ends now. */
void isth_source_stop (IsthSource *self);

void isth_source_free (IsthSource *self);

/* The index of what was read so far, lent; grows with reading. NULL: a pipe or a compressed file, in which one cannot jump. */
IsthOffsets *isth_source_get_offsets (const IsthSource *self);

typedef void (*IsthSourceFunc) (IsthSource *self, gpointer user_data);

/**
 * isth_source_set_window:
 * @offsets: index of an earlier reading of the same file, or NULL; referenced
 * @passing: called now and then, on the thread that reads, while frames outside the window are passed over; or NULL
 *
 * Before the first read: gives only frames with a time in [@from, @to], under the numbers they have in the file. The info then counts
 * these alone. With @offsets only the parts of the file are read that may hold such frames.
 */
void isth_source_set_window (IsthSource *self, int64_t from, int64_t to, IsthOffsets *offsets, IsthSourceFunc passing, gpointer user_data);

/* Opens a capture that was read before, without computing its SHA-256. Fails also when it has another size or fingerprint now; 0: that was not known
 * (it was recorded while it came). */
IsthSource *isth_source_open_again (const char *path, uint64_t size, uint64_t fingerprint, GError **error);

/**
 * isth_source_read_frame:
 * @path: the capture
 * @number: of the frame, as an evidence names it
 * @offsets: index of an earlier reading, or NULL
 *
 * Reads one frame again, for showing its bytes. Returns NULL with an error when the file is gone or no longer says the same
 * at that place. Without @offsets, and in compressed files, all that stands before it is read.
 */
GBytes *isth_source_read_frame (const char *path, uint64_t number, const IsthOffsets *offsets, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthSource, isth_source_free)

/* "EN10MB", "LINUX_SLL", … or "LINKTYPE 999" in static or @buffer memory. */
const char *isth_link_type_name (uint32_t link_type, char buffer[24]);
