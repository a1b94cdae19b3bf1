/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of isthmus-cli. Each takes its own arguments (argv[0] is its name) and returns an exit status. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analysis/isthmus.h"

#define CLI_OK 0
#define CLI_FAILED 1 /* a file could not be read or written; the others were */
#define CLI_USAGE 2

int cli_analyze (int argc, char **argv);
int cli_flows (int argc, char **argv);
int cli_operations (int argc, char **argv);
int cli_sessions (int argc, char **argv);
int cli_crossings (int argc, char **argv);
int cli_show (int argc, char **argv);
int cli_protocols (int argc, char **argv);
int cli_detections (int argc, char **argv);

/* Opens a capture as isth_source_open() does, with @follow one that still grows. Of that and of standard input the first Ctrl+C ends the
 * reading and not the program. Close it with cli_close_source(); one at a time. */
IsthSource *cli_open_source (const char *path, bool follow, GError **error);
void cli_close_source (IsthSource *source);

/* Reads captures, or loads the one project that @paths (not empty, NULL-ended) name; gives up all other rights before. Returns an exit status: after
 * CLI_FAILED, which was complained of, what could be read is in @world all the same. */
int cli_read_world (char **paths, IsthWorld *world);

/* For analyze --timings, on the error output: CPU time by part (see IsthTiming), then a line of the whole run; tab-separated.
 * @frames: read in it. @wall: microseconds. */
void cli_print_timings (uint64_t frames, int64_t wall);

/* A time window, both ends included; without --from and --to it holds everything, also what has no time. */
typedef struct
{
  char *from_text, *to_text; /* of the options, owned */
  bool given;
  int64_t from, to;
} CliWindow;

/* A report that is asked for: @path NULL: none, "-": standard output. Zeroed is none. */
typedef struct
{
  char *path; /* owned */
  bool page;  /* HTML, otherwise JSON */
  FILE *file;
} CliReport;

bool cli_report_open (CliReport *self, GError **error);
bool cli_report_write (CliReport *self, const IsthSnapshot *snapshot, const CliWindow *window, GError **error);
void cli_report_clear (CliReport *self);

#define CLI_WINDOW_OPTIONS(window) \
  { "from", 0, 0, G_OPTION_ARG_STRING, &(window)->from_text, N_("only what happened from then on"), "TIME" }, \
    { "to", 0, 0, G_OPTION_ARG_STRING, &(window)->to_text, N_("only what happened until then"), "TIME" }

/* Complains and returns false when the texts are no times. */
bool cli_window_parse (CliWindow *self);
void cli_window_clear (CliWindow *self);

/* Whether something from @first to @last lies in it, at least in part. */
bool cli_window_touches (const CliWindow *self, int64_t first, int64_t last);

/* Takes --no-sandbox out of the arguments: nothing is cut then. */
void cli_take_no_sandbox (int *argc, char **argv);

/* Cuts all rights but to read @captures (NULL-ended, or NULL) and to write in the folder of @project (or NULL). For good, so to be
 * called once, before the first byte of theirs is read and before any thread is started. */
void cli_confine (char *const *captures, const char *project);

/* "isthmus-cli: TEXT" on the error output. */
void cli_complain (const char *text);

/* After reading: whether the file could be read to its end; says why when it could not. What was read counts all the same. */
bool cli_check_read (const IsthSource *source);

/* Prints one field of a tab-separated line: tabs and line ends inside become blanks. */
void cli_print_field (const char *text, char end);
void cli_print_time (int64_t time, char end); /* "" for ISTH_NO_TIME */

/* "" for 0, and for an asset that is not there. */
const char *cli_get_name (const IsthSnapshot *snapshot, uint64_t asset);
