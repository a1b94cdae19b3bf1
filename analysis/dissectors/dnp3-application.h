/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application layer of DNP3: who asks what of which outstation, and what it answers. Helper of dnp3.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_DNP3_CHILD 24

/* The file that an outstation has open; the standard's subsets ask for no more than one at a time (5.3). */
typedef struct
{
  uint16_t outstation;
  bool asked, open;
  bool to_master;     /* it is read */
} IsthDnp3File;

/**
 * IsthDnp3Fragment:
 * @body: from the application control octet on
 * @frame: of the data link, when the fragment came in one; NULL: in several
 * @outstation, @master: data link addresses
 */
typedef struct
{
  IsthCursor body;
  const uint8_t *frame;
  uint16_t outstation, master;
} IsthDnp3Fragment;

/* Whether an application function is one that outstations send. */
static inline bool
isth_dnp3_is_response (uint8_t function)
{
  return function >= 129;
}

/* No single outstation: 0xfffd … 0xffff are broadcasts, 0xfffc means whoever hears it (9.2.5.4). */
static inline bool
isth_dnp3_is_group (uint16_t address)
{
  return address >= 0xfffc;
}

/* "dnp3-address:10", NULL for a group. */
const char *isth_dnp3_child (char text[ISTH_DNP3_CHILD], uint16_t outstation);

IsthDissectResult isth_dnp3_read_fragment (IsthDissectContext *ctx, IsthDnp3File *file, const IsthDnp3Fragment *fragment);
