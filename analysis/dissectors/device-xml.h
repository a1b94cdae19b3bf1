/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How devices describe themselves in XML over HTTP: UPnP's device description, and what ONVIF cameras answer when asked who they are. For http.c. */
#pragma once

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/lines.h"

/* What was seen of one document so far; zeroed at its start. */
typedef struct
{
  uint16_t told; /* bits of what was said: the first of each is the device, further ones are parts of it */
  uint8_t kind;  /* 0: not known yet */
} IsthDeviceXml;

/* Reads a piece of a document as it comes; an element that is cut between two pieces is missed. False when the document is of another sort. */
bool isth_device_xml_read (IsthDissectContext *ctx, const IsthPiece *piece, IsthDeviceXml *state);
