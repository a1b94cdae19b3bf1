/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions of media (SDP, RFC 8866), as SIP and RTSP carry them: what will be sent, how it is coded, and to which port. */
#pragma once

#include "analysis/dissectors/lines.h"

#define ISTH_SDP_MEDIA 4

/**
 * IsthSdpMedia:
 * @kind: "audio", "video" …
 * @address: where it is to be sent; of length 0 when that is not told
 * @port: … and to which port, 0: it is refused, or told elsewhere
 * @type: the payload type of RTP that stands first
 * @coding: what that type means here ("H264/90000"); of length 0 when it is one of the fixed ones
 */
typedef struct
{
  IsthPiece kind, address, coding;
  uint16_t port;
  uint8_t type;
} IsthSdpMedia;

/* Reads the lines at the cursor into @media, and returns how many there are; 0: these lines are something else. */
uint32_t isth_sdp_read (IsthCursor body, IsthSdpMedia media[ISTH_SDP_MEDIA]);

/* The name of a payload type: a fixed one (RFC 3551, 6), or NULL. */
const char *isth_sdp_type_name (uint8_t type);

/* "audio PCMU at 10.0.0.1 port 49170". */
const char *isth_sdp_describe (const IsthSdpMedia *media, char *text, size_t size);

/* What the reader of RTP is told of a conversation that is announced: the payload type, and a number for how it is coded where that is well known. */
uint64_t isth_sdp_make_memo (const IsthSdpMedia *media);

/* The reverse: how @type is coded in a conversation announced with @memo; NULL: nobody said. */
const char *isth_sdp_get_coding (uint64_t memo, uint8_t type);
