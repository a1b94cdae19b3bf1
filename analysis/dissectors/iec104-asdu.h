/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Application service data units of IEC 60870-5-104: their header, who sends them, and what they command. Helper of iec104.c. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"
#include "analysis/dissectors/iec104-tables.h"

#define IEC104_ASDU_HEADER 6
#define IEC104_ALL_STATIONS 65535

typedef struct
{
  const Iec104Type *type; /* never NULL; without a name when it is reserved */
  uint8_t id;
  uint8_t count;
  bool sequence;          /* one address, then elements in a row */
  uint8_t cause;
  bool negative, test;
  uint16_t station;       /* common address */
  uint32_t object;        /* first information object address */
  IsthCursor elements;    /* behind the first address */
  uint32_t length;        /* of all that is behind the header on the wire */
} IsthIec104Asdu;

/* False when the header is cut short. */
bool isth_iec104_read_asdu (IsthCursor c, IsthIec104Asdu *asdu);

/* Whether its length is what its type and count say. */
bool isth_iec104_fits (const IsthIec104Asdu *asdu);

/* Whether the controlling (true: 1) or the controlled station (0) sent it; -1: it does not tell. */
int isth_iec104_by_controlling (const IsthIec104Asdu *asdu);

/* What it acts on: "object 4801 select on", "station", "file 3 of object 20000, call section 1". */
void isth_iec104_describe (const IsthIec104Asdu *asdu, char *text, size_t size);
