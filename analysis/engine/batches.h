/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets in batches: read ahead of who analyses them, on a thread of its own or on the caller's; decoded and hashed on the caller's, right before
 * they are needed, and few at once, so that they stay in the first-level cache. */
#pragma once

#include "analysis/capture/source.h"
#include "analysis/decode/packet.h"
#include "analysis/flow/flow.h"

#define ISTH_BATCH 64

/* A packet for the lost fragments of a datagram that was given up right before the packet of this index. */
typedef struct
{
  IsthPacket packet;
  IsthFlowProbe probe;
  uint32_t before;
} IsthBatchLost;

/**
 * IsthBatch:
 * @packets, @probes: @n of them; their bytes are lent with the batch
 * @lost: @n_lost of them, in order; those behind the last packet are before @n
 * @filtered: frames that did not pass the filter
 * @full: more stand ready, or may; behind any other batch comes what a pipe brings, and that may be long in coming
 * @idle: a source with patience brought nothing; @ended: nor will it
 */
typedef struct
{
  _Alignas (64) IsthPacket packets[ISTH_BATCH];
  IsthFlowProbe probes[ISTH_BATCH];
  const IsthBatchLost *lost;
  uint32_t n, n_lost;
  uint64_t filtered;
  bool full, idle, ended;
} IsthBatch;

typedef struct _IsthBatches IsthBatches;

/* @flows: where the packets will be looked for; borrowed. */
IsthBatches *isth_batches_new (const IsthFlowTable *flows);
void isth_batches_free (IsthBatches *self);

/* From the next begin on: 1, the caller's thread does all; 2 or more, another one reads ahead. */
void isth_batches_set_threads (IsthBatches *self, unsigned int threads);

/* A BPF expression; NULL: none. */
bool isth_batches_set_filter (IsthBatches *self, const char *expression, GError **error);

/* Until isth_batches_end() the source is ours: other threads may cancel and stop it, nothing else. */
void isth_batches_begin (IsthBatches *self, IsthSource *source);

/* The next batch, at once when there is any frame; lent until the next call. After one that ended, that one again. */
const IsthBatch *isth_batches_next (IsthBatches *self);

/* Of the source, and how often the decoder's ceilings were reached (an array of ISTH_N_REACHED): as it was behind the last batch given, or, while more
 * stand ready, a few batches before. Strings and lists, which are good until the next call, may be a little older on a thread of its own, and are not when it has ended. */
const IsthCaptureInfo *isth_batches_get_info (const IsthBatches *self);
const uint64_t *isth_batches_get_limits (const IsthBatches *self);

/* Takes the thread back; a source that was not read to its end is cancelled for it. The info stays good as long as the source. */
void isth_batches_end (IsthBatches *self);
