/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of isthmus-cli. Each takes its own arguments (argv[0] is its name) and returns an exit status. */
#pragma once

#include <stdint.h>

#define CLI_OK 0
#define CLI_FAILED 1 /* a file could not be read or written; the others were */
#define CLI_USAGE 2

int cli_analyze (int argc, char **argv);
int cli_flows (int argc, char **argv);
int cli_operations (int argc, char **argv);
int cli_show (int argc, char **argv);
int cli_protocols (int argc, char **argv);
int cli_detections (int argc, char **argv);

/* For analyze --timings, on the error output: CPU time by part (see IsthTiming), then a line of the whole run; tab-separated.
 * @frames: read in it. @wall: microseconds. */
void cli_print_timings (uint64_t frames, int64_t wall);

/* "isthmus-cli: TEXT" on the error output. */
void cli_complain (const char *text);

/* Prints one field of a tab-separated line: tabs and line ends inside become blanks. */
void cli_print_field (const char *text, char end);
