/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could not be read, told to the facts: troubles by reason, malformed PDUs by protocol, ceilings reached. */
#pragma once

#include "analysis/capture/source.h"
#include "analysis/dissectors/dispatch.h"
#include "analysis/flow/flow.h"
#include "analysis/world/facts.h"

typedef struct _IsthHealthCounter IsthHealthCounter;

/* Watches the counters of these, which must outlive it. @decoder_limits: ISTH_N_REACHED of them. @tunnels: a second table of flows. */
IsthHealthCounter *isth_health_counter_new (const uint64_t *decoder_limits, IsthFlowTable *flows, const IsthFlowTable *tunnels,
                                            const IsthDispatch *dispatch);
void isth_health_counter_free (IsthHealthCounter *self);

/* @n frames that were not decoded to their end; @trouble is a static string. */
void isth_health_counter_trouble (IsthHealthCounter *self, IsthTrouble trouble, uint64_t n);

/* Adds to @facts what was counted since the last flush. @info: of the capture in hand. */
void isth_health_counter_flush (IsthHealthCounter *self, const IsthCaptureInfo *info, IsthFacts *facts);

/* Takes the present counters as already told: a new capture begins. */
void isth_health_counter_reset (IsthHealthCounter *self);

/* Writes what the source knows of its file into a capture's facts. */
void isth_health_describe_capture (const IsthCaptureInfo *info, IsthFactCapture *capture, bool complete);
