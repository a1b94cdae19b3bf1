/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of an engine, for which no window has to wait. */
#pragma once

#include "app/inbox.h"

/* Takes both: the engine commits and ends, and speaks to the inbox until it has. A thread waits for it, and the program ends after that. */
void isth_ending_begin (IsthEngine *engine, IsthInbox *inbox);
