/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Object headers of DNP3's application layer (IEEE 1815-2012, 4.2.2.7): which points of which kind, and their values. Helper of dnp3.c. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"

typedef struct
{
  uint8_t group, variation;
  uint8_t prefix;     /* bytes of index or size in front of each object */
  bool sized;         /* … it is a size */
  bool all;           /* no range: whatever there is */
  uint32_t first, count;
  uint32_t bits;      /* of one object; 0: not fixed */
  bool ranged;        /* @first means something */
  IsthCursor objects; /* with their prefixes; all that is left when their size is not known */
} IsthDnp3Header;

/* Reads the next header, and its objects when they @carry values; false at the end, or when it contradicts itself (then c->failed). */
bool isth_dnp3_next_header (IsthCursor *c, bool carries, IsthDnp3Header *header);

/* Steps to the next object that has a prefix or is a whole number of bytes: its index (or number), and its value. False when there is no more. */
bool isth_dnp3_next_object (IsthDnp3Header *header, uint32_t *index, IsthCursor *value);

/* "Class 1 Data, Class 2 Data", "Control Relay Output Block 5 latch on": the objects of a request, cut to @size. @ranges: with their numbers. */
void isth_dnp3_describe (IsthCursor c, bool carries, bool ranges, char *text, size_t size);

/* The first status of the controls in an answer that is not success, NULL when there is none. */
const char *isth_dnp3_find_refused (IsthCursor c);

const char *isth_dnp3_file_status (uint8_t code);          /* NULL: success */
const char *isth_dnp3_authentication_error (uint8_t code);
const char *isth_dnp3_key_status (uint8_t code);           /* NULL: good */
