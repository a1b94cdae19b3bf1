/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ends of tunnels. What is inside is counted and read as if there were no tunnel; who carries it for whom is a conversation of its own, named by the
 * encapsulation. Nothing of what is inside, neither a MAC nor a name, is said of these ends. */
#pragma once

#include "analysis/flow/flow.h"
#include "analysis/world/observation.h"

/* Makes of @packet, which came through a tunnel, the packet that carried it: addresses, TTL and MACs of its outermost IP header, and the whole inside as
 * payload. False when it came through none between IP addresses, or when nothing inside was understood, so that it is counted as that already. */
bool isth_tunnel_get_carrier (const IsthPacket *packet, IsthPacket *carrier);

/* The encapsulation ("gre", "6in4" …, static) of a flow of such packets; the ports of @record become its UDP port, or 0. */
const char *isth_tunnel_name (IsthFlowRecord *record);

/* Says to @sink that both ends of @carrier are ends of a tunnel. */
void isth_tunnel_tell_ends (const IsthPacket *carrier, const IsthSink *sink);
