/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SLMP carries of CC-Link IE networks: the search for stations, and the cyclic data of CC-Link IE Field Basic. */
#pragma once

#include "analysis/dissectors/dissector.h"

enum
{
  MELSEC_NODE_SEARCH = 0x0e30,
  MELSEC_SET_ADDRESS = 0x0e31,
  MELSEC_CYCLIC = 0x0e70,
};

/* The request of a master to all slaves of a group, or the answer of one of them. False: the bytes are none. */
bool isth_melsec_read_cyclic_request (IsthDissectContext *ctx, IsthCursor c);
bool isth_melsec_read_cyclic_answer (IsthDissectContext *ctx, IsthCursor c);

/* What a station says of itself when it is searched for. False: the bytes are none. */
bool isth_melsec_read_node (IsthDissectContext *ctx, IsthCursor c);

/* The address that a station is to have: @text becomes what it is, @station the one that is meant. */
void isth_melsec_describe_address (IsthDissectContext *ctx, IsthCursor c, char *text, size_t size, IsthEndpoint *station);
