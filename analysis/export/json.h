/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON (RFC 8259) written as a stream: no tree, no memory per value, one small buffer. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Zeroed with @file set is a new writer. Commas and nesting are its business. The end of the outermost value hands all to @file; a failed write
 * shows in ferror (file). */
typedef struct
{
  FILE *file;
  uint64_t filled; /* bit per depth: something stands there already */
  int depth;       /* at most 63 */
  uint32_t used;   /* of @buffer */
  char buffer[16384];
} IsthJson;

/* @key: NULL inside an array. */
void isth_json_begin_object (IsthJson *self, const char *key);
void isth_json_end_object (IsthJson *self);
void isth_json_begin_array (IsthJson *self, const char *key);
void isth_json_end_array (IsthJson *self);
void isth_json_string (IsthJson *self, const char *key, const char *value); /* NULL: null */
void isth_json_number (IsthJson *self, const char *key, int64_t value);
void isth_json_count (IsthJson *self, const char *key, uint64_t value);
void isth_json_bool (IsthJson *self, const char *key, bool value);
void isth_json_null (IsthJson *self, const char *key);

/* An array of strings, ended by NULL. */
void isth_json_strings (IsthJson *self, const char *key, const char *const *values);
