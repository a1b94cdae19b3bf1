/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a flow saw, made ready for the facts: who its ends are, who asked, and what of it was captured. */
#pragma once

#include "analysis/dissectors/dispatch.h"
#include "analysis/engine/pipeline.h"
#include "analysis/flow/flow.h"

/* Where it goes. Zeroed memory is one that nothing may be added to yet. */
typedef struct
{
  IsthFacts *facts;     /* borrowed; NULL: of no capture */
  IsthTrafficFunc func; /* NULL: only to the facts */
  gpointer user_data;
  IsthTraffic *queue;   /* a ring; NULL but while many are added */
  uint32_t n_queued;    /* ever, since it is there */
} IsthTrafficSink;

/* @protocol, @remote: ids or NULL. Facts must be there. */
void isth_traffic_sink_add (IsthTrafficSink *self, const IsthFlowRecord *record, const IsthFlowOwner *owner, const char *protocol, const char *remote);

/* Between these two, what is added may reach the facts later, in its order: by end at the latest. */
void isth_traffic_sink_begin_many (IsthTrafficSink *self);
void isth_traffic_sink_end_many (IsthTrafficSink *self);
