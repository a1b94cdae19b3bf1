/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading parts of a capture: what source.c asks of seek.c. Private to this folder. */
#pragma once

#include "analysis/capture/reader.h"

/* Begins a part of the source's index at the place reached, if one is due. */
void isth_source_mark (IsthSource *self);

/* As the format's read, but frames of the time window only; 0 when there are no more. */
size_t isth_source_read_window (IsthSource *self, IsthFrame *frames, size_t n);
