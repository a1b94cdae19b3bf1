/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of a capture on a thread of its own, so that the reading thread never waits for it before the end. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct _IsthDigest IsthDigest;

/* Hashes the regular file behind @fd through a descriptor of its own; @fd stays the caller's. Gives up soon after @cancelled,
 * which must outlive the digest, became true. NULL when no thread can be had. */
IsthDigest *isth_digest_new_file (int fd, const atomic_bool *cancelled);

/* Hashes what isth_digest_push() brings. */
IsthDigest *isth_digest_new_stream (const atomic_bool *cancelled);

/* Copies @data; waits when the hashing thread is far behind. */
void isth_digest_push (IsthDigest *self, const void *data, size_t n);

/* Waits for the thread, frees @self; 64 lower-case digits or NULL. Accepts NULL. */
char *isth_digest_finish (IsthDigest *self);

/* The same at once, of memory. */
char *isth_digest_memory (const void *data, size_t n);
