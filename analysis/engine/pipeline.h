/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to facts, on the caller's thread and, if wanted, one that reads ahead: source → decoder → flows → dissectors → facts (and, for listings, a sink of one's own). */
#pragma once

#include "analysis/capture/source.h"
#include "analysis/flow/flow.h"
#include "analysis/world/facts.h"

typedef struct _IsthPipeline IsthPipeline;

/* Called with each packet that passed the filter, before it is dissected; for listings. */
typedef void (*IsthPacketFunc) (const IsthPacket *packet, gpointer user_data);

/* A flow that is finished, with the id of its protocol or NULL. */
typedef void (*IsthFlowFunc) (const IsthFlowRecord *flow, const char *protocol, gpointer user_data);

/* What a finished flow saw, as it goes to the facts. */
typedef void (*IsthTrafficFunc) (const IsthTraffic *traffic, gpointer user_data);

IsthPipeline *isth_pipeline_new (void);
void isth_pipeline_free (IsthPipeline *self);

/* Further listeners; any may be NULL. */
void isth_pipeline_set_sink (IsthPipeline *self, const IsthSink *sink);
void isth_pipeline_set_flow_func (IsthPipeline *self, IsthFlowFunc func, gpointer user_data);

void isth_pipeline_set_traffic_func (IsthPipeline *self, IsthTrafficFunc func, gpointer user_data); /* with facts only */

/* Whether hints are taken that no dissector gives: what conversations look like that nobody reads (guesses.h), and which system opens connections as a
 * host does (syn-shapes.h). At first they are not. Between captures only. */
void isth_pipeline_set_guesses (IsthPipeline *self, bool guesses);

/* A BPF expression (pcap-filter(7)); NULL: none. Frames that do not match count as filtered. */
bool isth_pipeline_set_filter (IsthPipeline *self, const char *expression, GError **error);

/* From the next begin on: how many threads may work on a capture. 1, as it is at first, is the caller's alone; with 2 or more, another one reads
 * ahead, in a bounded ring. What is said of a capture is the same. */
void isth_pipeline_set_threads (IsthPipeline *self, unsigned int threads);

/* Begins a capture: everything read goes to @facts (referenced). */
void isth_pipeline_begin (IsthPipeline *self, IsthSource *source, IsthFacts *facts);

/* Reads some frames (a few thousand, what a pipe has, or none when a source with patience brought none); false at the end of the source. */
bool isth_pipeline_step (IsthPipeline *self);

/* What is known of the capture in hand behind the frames of the last step; good until the next call. While a thread reads ahead, nobody but it may
 * look at the source's own. */
const IsthCaptureInfo *isth_pipeline_get_info (const IsthPipeline *self);

/* Brings what the facts know of the capture itself, and its health figures, up to now: before they are written to a project. */
void isth_pipeline_describe (IsthPipeline *self);

/* The same, and adds live flows to the facts provisionally, so that a snapshot shows them. */
void isth_pipeline_publish (IsthPipeline *self);

/* Ends the capture: finishes all flows, fills in the facts' capture; @complete: its end was reached. */
void isth_pipeline_end (IsthPipeline *self, bool complete);

/* begin, step to the end, end. */
void isth_pipeline_run (IsthPipeline *self, IsthSource *source, IsthFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthPipeline, isth_pipeline_free)
