/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fact's evidence: who says it, where, in which bytes, and what speaks against it. */
#pragma once

#include <adwaita.h>

#include "app/model/fact.h"

#define ISTH_TYPE_EVIDENCE_WINDOW (isth_evidence_window_get_type ())
G_DECLARE_FINAL_TYPE (IsthEvidenceWindow, isth_evidence_window, ISTH, EVIDENCE_WINDOW, AdwWindow)

/* Shows @fact in the evidence window of @parent, made when there is none. */
void isth_evidence_window_present (GtkWindow *parent, IsthFact *fact);
