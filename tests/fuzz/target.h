/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz targets: functions that any bytes may be given to. libFuzzer drives them (libfuzzer.c), and a test replays what is known (replay.c). */
#pragma once

#include <glib.h>
#include <stdint.h>

/**
 * IsthFuzzTarget:
 * @run: one input, in a block of exactly its size; ends the program when something is wrong
 * @seed: appends inputs to start from (GBytes), made of the project's own small captures
 * @what: handed to both
 */
typedef struct
{
  const char *name;
  void (*run) (gconstpointer what, const uint8_t *data, size_t size);
  void (*seed) (gconstpointer what, GPtrArray *seeds);
  gconstpointer what;
} IsthFuzzTarget;

/* All targets, sorted by name (IsthFuzzTarget). Made once. */
const GArray *isth_fuzz_targets (void);

/* NULL: there is none of this name. */
const IsthFuzzTarget *isth_fuzz_find (const char *name);

/* What the files of this folder bring; each ends in an entry without a name. */
extern const IsthFuzzTarget isth_fuzz_dissector; /* one for each dissector is made of it */
extern const IsthFuzzTarget isth_fuzz_readers[];
extern const IsthFuzzTarget isth_fuzz_decoders[];
extern const IsthFuzzTarget isth_fuzz_flows[];
extern const IsthFuzzTarget isth_fuzz_whole[];
extern const IsthFuzzTarget isth_fuzz_texts[];
extern const IsthFuzzTarget isth_fuzz_vendors[];

/* Takes @bytes. */
void isth_fuzz_add_seed (GPtrArray *seeds, GByteArray *bytes);

/* The small captures of tests/golden as pcap files in memory: GBytes, in order of their names. */
GPtrArray *isth_fuzz_golden (void);

/* Calls @func for each frame of @file. */
typedef void (*IsthFuzzFrameFunc) (uint32_t link_type, const uint8_t *data, uint32_t length, gpointer user_data);
void isth_fuzz_foreach_frame (GBytes *file, IsthFuzzFrameFunc func, gpointer user_data);

/* A folder for what targets write; gone at the end of the program. */
const char *isth_fuzz_scratch (void);
