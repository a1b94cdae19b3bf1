/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window (input.c) and where its bytes come from (input-back.c) share. */
#pragma once

#include <stdatomic.h>

#include "analysis/capture/digest.h"
#include "analysis/capture/input.h"
#include "analysis/capture/unpack.h"

#define ISTH_INPUT_BLOCK 262144u /* one read: fits the second-level cache together with what works on it */
#define ISTH_INPUT_HEAD 65536u   /* bytes that the fingerprint covers */

struct _IsthInputBlock
{
  atomic_uint users; /* the window is one */
  size_t capacity;
  IsthInputBlock *next; /* spare */
  uint8_t data[];
};

struct _IsthInputBack
{
  int fd;   /* -1: memory */
  int wake; /* written by isth_input_cancel() and isth_input_stop() */
  int recording; /* -1: none */
  bool regular;
  bool follow;
  bool awaited;  /* the read in hand may give up after @patience */
  bool idle;     /* … and did */
  int patience;  /* ms */
  char *path;    /* followed */
  bool borrowed; /* the window shows memory that is not ours */
  atomic_bool cancelled, stopped;
  const uint8_t *memory;
  size_t memory_size, memory_read;
  IsthInputBlock *block; /* the window's buffer; NULL: none yet, or borrowed */
  GMutex lock;
  IsthInputBlock *spare; /* under the lock: blocks that nobody holds any more */
  uint64_t size, read, unpacked;
  char *failure, *remark, *recording_failure;
  const char *packing;
  IsthUnpack *unpack; /* NULL: the file is not packed */
  uint8_t *packed; /* the block it works on */
  size_t packed_head; /* bytes of it that were read before it was asked */
  uint8_t *head;
  size_t head_size;
  uint64_t fingerprint;
  IsthDigest *digest;
  char *sha256; /* of memory */
};

IsthInputBack *isth_input_back_new (void);
void isth_input_back_free (IsthInputBack *self);

/* Opens @path ("-": standard input). Fails with ISTH_ERROR_FILE, as the next one does. */
bool isth_input_back_open (IsthInputBack *self, const char *path, GError **error);
bool isth_input_back_make_wake (IsthInputBack *self, const char *path, GError **error);

/* Any thread: who waits for a pipe looks at what was asked of it. */
void isth_input_back_wake (IsthInputBack *self);

/* Goes on in what is unpacked from the bytes that follow the @n at @head, as @self->packing says. */
void isth_input_back_unpack (IsthInputBack *self, const uint8_t *head, size_t n);

/* The next unpacked bytes; 0 at the end, after a failure, when cancelled, and when they are too many to be honest. */
size_t isth_input_back_read_plain (IsthInputBack *self, uint8_t *data, size_t n);

/* Bytes that were read, in order, once. */
void isth_input_back_saw (IsthInputBack *self, const uint8_t *data, size_t n);

/* No more of them are for the fingerprint. */
void isth_input_back_close_head (IsthInputBack *self);
