/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What source.c and the readers of the single formats share; private to this folder. */
#pragma once

#include <string.h>

#include "analysis/base/limits.h"
#include "analysis/capture/input.h"
#include "analysis/capture/source.h"

#define ISTH_SECOND 1000000000LL /* in ns */

/* One file format. A reader takes records from the window and lends frames from it. */
typedef struct
{
  /* Whether the bytes are of this format: looks, and consumes the file header when they are. Fails when they are and the
   * header cannot be used; the error is then final. */
  bool (*open) (IsthSource *self, GError **error);

  /* Fills up to @n frames and counts them in @number; 0 only at the end. A reader asks the input for more bytes only
   * while it has lent none. */
  size_t (*read) (IsthSource *self, IsthFrame *frames, size_t n);

  void (*clear) (gpointer state);

  /* A format whose frames need blocks before them, wherever they are read from: the offsets of those in force (uint64_t), and a
   * way to take the one at the window's start again. NULL: it needs none. */
  const GArray *(*get_blocks) (const IsthSource *self);
  bool (*take_block) (IsthSource *self, bool first);
} IsthFormat;

extern const IsthFormat isth_format_pcap;
extern const IsthFormat isth_format_pcapng;
extern const IsthFormat isth_format_snoop;

/* Something that may happen once or a million times and is told once. */
typedef struct
{
  uint64_t count;
  uint64_t offset, frame; /* of the first */
  int64_t worst;
} IsthTally;

struct _IsthSource
{
  IsthInput input;
  IsthCaptureInfo info;
  const IsthFormat *format;
  gpointer state;
  uint64_t number;  /* of the last frame lent */
  int64_t previous; /* time of the last frame that has one */
  IsthTally backwards, gaps, overlong, oversized, unknown_blocks, strange_times;
  bool finished;

  IsthOffsets *offsets; /* made on the way; NULL: nobody could use it */
  bool windowed;        /* gives frames of [from, to] only */
  int64_t from, to;
  IsthOffsets *known;   /* of an earlier reading; NULL: all of the file must be looked through */
  uint32_t part;        /* in it */
  uint64_t passed;      /* batches without a frame of the window */
  IsthSourceFunc passing;
  gpointer passing_data;
};

/* A source that computes no SHA-256. */
IsthSource *isth_source_new_without_digest (const char *path, GError **error);

/* Keeps a note (the first ISTH_LIMIT_NOTES of them). Takes @text. */
void isth_source_note (IsthSource *self, uint64_t offset, uint64_t frame, char *text);

/* A damaged place: counted, and a note made of "format". @frame is the last good one. */
void isth_source_damage (IsthSource *self, uint64_t offset, uint64_t frame, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* Whether a record of the format begins at @data, of which @n bytes are there; @ended: the file has no more. */
typedef bool (*IsthRecordBegins) (gconstpointer state, const uint8_t *data, size_t n, bool ended);

/* Steps over bytes that are no records until one begins, and makes a note of it; false at the end. @look_ahead: bytes that @begins
 * wants to see unless the file ended; @blocks: what the format calls its records. */
bool isth_source_find_next (IsthSource *self, size_t look_ahead, IsthRecordBegins begins, gconstpointer state, bool blocks);

/* The end inside a record at @offset, of which @there bytes of @claimed exist. */
void isth_source_cut (IsthSource *self, uint64_t offset, uint64_t frame, uint64_t there, uint64_t claimed);

void isth_tally_add (IsthTally *self, uint64_t offset, uint64_t frame, int64_t size);

/* Names the format in the info, with the packing behind it. */
void isth_source_set_format (IsthSource *self, const char *name);

/* A zeroed interface at the end of the info's list. */
IsthCaptureInterface *isth_source_add_interface (IsthSource *self, uint32_t link_type, uint32_t snap_length);

/* Adds a text of the file to @list of its info, unless that is full. Takes @text. */
void isth_source_add_text (IsthSource *self, GPtrArray *list, char *text);

/* What a file that is no capture for us seems to be: a translated noun phrase ("a PDF document"), or with *@convertible the
 * name of a capture format that editcap converts. */
char *isth_sniff (const uint8_t *data, size_t n, bool *convertible);

static inline uint32_t
isth_get_u32 (const uint8_t *data,
              bool           swapped)
{
  uint32_t value;

  memcpy (&value, data, sizeof value);
  return swapped ? __builtin_bswap32 (value) : value;
}

static inline uint16_t
isth_get_u16 (const uint8_t *data,
              bool           swapped)
{
  uint16_t value;

  memcpy (&value, data, sizeof value);
  return swapped ? __builtin_bswap16 (value) : value;
}
