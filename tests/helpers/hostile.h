/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Captures that nobody would record and anybody could write: each asks for as much work a byte as its maker could think of. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct
{
  const char *name;
  GByteArray *(*make) (size_t size); /* a file of about @size bytes, at most some hundred thousand more */
} IsthTestHostile;

/* Files: damage, blocks, options. hostile-files.c */
extern const IsthTestHostile isth_test_hostile_files[];

/* Headers, fragments, addresses, conversations, streams. hostile-packets.c */
extern const IsthTestHostile isth_test_hostile_packets[];

/* What dissectors read. hostile-messages.c */
extern const IsthTestHostile isth_test_hostile_messages[];

/* Crowds that say who they are. hostile-names.c */
extern const IsthTestHostile isth_test_hostile_names[];

/* The four above; each ends with a NULL name, this one with NULL. */
extern const IsthTestHostile *const isth_test_hostile[];

/* The one of that name. */
GByteArray *isth_test_hostile_make (const char *name, size_t size);
