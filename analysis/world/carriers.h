/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which links are tunnels: their frames carry others, and count a second time as what is inside. */
#pragma once

#include <stdbool.h>

/* @protocol: as of a link; the ids that engine/tunnels.c gives. */
bool isth_protocol_is_carrier (const char *protocol);
