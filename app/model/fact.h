/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing the window says, with where it comes from: what the evidence window shows. Outlives the snapshot it was made from. */
#pragma once

#include <gio/gio.h>

#include "analysis/isthmus.h"

#define ISTH_TYPE_FACT (isth_fact_get_type ())
G_DECLARE_FINAL_TYPE (IsthFact, isth_fact, ISTH, FACT, GObject)

/**
 * isth_fact_new:
 * @about: the asset or link it is about, by name
 * @title: what is said: "Firmware", "write write-multiple-registers"
 * @value: the value or detail, may be ""
 * @source: the rule or protocol that says so
 * @confidence: 0 … 100, or -1 where it has none
 * @evidence: copied, with its bytes; NULL: a person's word or a conclusion
 */
IsthFact *isth_fact_new (const char *about,
                         const char *title,
                         const char *value,
                         const char *source,
                         int confidence,
                         const IsthSnapshot *snapshot,
                         const IsthEvidence *evidence);

/* One value that contradicts or accompanies it, and who says that. */
void isth_fact_add_rival (IsthFact *self, const char *value, const char *source, int confidence, gboolean conflict);

typedef struct
{
  char *value, *source;
  int confidence;
  gboolean conflict;
} IsthRival;

/* All lent. The strings are never NULL. */
const char *isth_fact_get_about (IsthFact *self);
const char *isth_fact_get_title (IsthFact *self);
const char *isth_fact_get_value (IsthFact *self);
const char *isth_fact_get_source (IsthFact *self);
int isth_fact_get_confidence (IsthFact *self);
GPtrArray *isth_fact_get_rivals (IsthFact *self); /* of IsthRival */

/* Path of the capture; "" without evidence. The evidence's bytes are the fact's own; frame 0: there is none. */
const char *isth_fact_get_capture (IsthFact *self);
const IsthEvidence *isth_fact_get_evidence (IsthFact *self);

/* The whole frame of the evidence, read from the capture again. Any thread; it may take long. */
GBytes *isth_fact_read_frame (IsthFact *self, GError **error);
