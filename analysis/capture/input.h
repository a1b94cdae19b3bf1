/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a capture as a window that moves forward: file, pipe or memory, unpacked on the way. Own blocks and read(),
 * because a mapped file costs twice the time to walk and kills the process when it shrinks. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct _IsthInputBlock IsthInputBlock;
typedef struct _IsthInputBack IsthInputBack; /* where the window's bytes come from; input-private.h */

/**
 * IsthInput:
 * @data: the window's buffer; bytes @start to @end of it are there and not yet consumed
 * @offset: of data[@start] in the unpacked file
 * @ended: nothing follows data[@end - 1]
 * @waits: a pipe: more bytes may be far away, so nobody asks for more than it needs
 *
 * Pointers into @data are valid until the next isth_input_need() or isth_input_await().
 */
typedef struct
{
  uint8_t *data;
  size_t start, end;
  uint64_t offset;
  bool ended;
  bool waits;
  IsthInputBack *back;
} IsthInput;

/* Opens @path ("-": standard input) without reading from it; with @digest its SHA-256 is computed on the side; with @follow the end of
 * a file is waited at for more. Fails with ISTH_ERROR_FILE; @self is then cleared. */
bool isth_input_init (IsthInput *self, const char *path, bool digest, bool follow, GError **error);

/* Reads from @fd, which it takes, a pipe as a rule. What comes is written to @recording (taken; -1: to nobody) before it is looked at. */
bool isth_input_init_stream (IsthInput *self, const char *path, int fd, int recording, GError **error);

/* Sees the first bytes; a pipe may be long in bringing them. Fails with ISTH_ERROR_FILE. */
bool isth_input_begin (IsthInput *self, const char *path, GError **error);

void isth_input_init_memory (IsthInput *self, const void *data, size_t size);
void isth_input_clear (IsthInput *self);

/* Whether @n bytes stand in the window, reading on (and moving what is left to the front) until they do. */
bool isth_input_need (IsthInput *self, size_t n);

/* The same for who has other things to do while a pipe brings nothing: after the patience given with isth_input_set_patience() it is
 * false without an end, and isth_input_is_idle() is true. */
bool isth_input_await (IsthInput *self, size_t n);
void isth_input_set_patience (IsthInput *self, int milliseconds); /* -1, as it is at first: without end */
bool isth_input_is_idle (const IsthInput *self);

/* Keeps what is in the window now where it is until isth_input_release(), which any thread may call; NULL, which release takes, when it stays
 * there anyway. All must be released before isth_input_clear(). */
IsthInputBlock *isth_input_hold (IsthInput *self);
void isth_input_release (IsthInput *self, IsthInputBlock *block);

/* Whether the window can be moved anywhere: a file or memory that is not packed. */
bool isth_input_can_seek (const IsthInput *self);

/* Moves the window to @offset, where it is empty, or at the end of the bytes. */
bool isth_input_seek (IsthInput *self, uint64_t offset);

/* Waits for the SHA-256; NULL when it was not asked for, was cancelled or the file could not be read to its end. */
char *isth_input_finish_digest (IsthInput *self);

/* Any thread. */
void isth_input_cancel (IsthInput *self);
bool isth_input_is_cancelled (const IsthInput *self);

/* Any thread, and signal handlers: a followed file ends where it ends now. */
void isth_input_stop (IsthInput *self);

/* What was met on the way, valid as soon as the bytes show it. */
const char *isth_input_packing (const IsthInput *self); /* "gzip", "zstd", "lz4", "xz" or NULL */
const char *isth_input_failure (const IsthInput *self); /* translated reason for an end before the end, or NULL */
const char *isth_input_remark (const IsthInput *self);  /* translated sentence about an end that is one, or NULL */
const char *isth_input_recording_failure (const IsthInput *self); /* translated reason why no more is recorded, or NULL */
uint64_t isth_input_size (const IsthInput *self);       /* on the disk when it was opened; 0: not known */
uint64_t isth_input_read (const IsthInput *self);       /* packed bytes consumed */
uint64_t isth_input_fingerprint (const IsthInput *self); /* 0 until its bytes were all seen */

static inline size_t
isth_input_left (const IsthInput *self)
{
  return self->end - self->start;
}

static inline const uint8_t *
isth_input_at (const IsthInput *self)
{
  return self->data + self->start;
}

/* Steps over @n bytes of the window. */
static inline void
isth_input_consume (IsthInput *self,
                    size_t n)
{
  self->start += n;
  self->offset += n;
}
