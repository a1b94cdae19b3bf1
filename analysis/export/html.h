/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML written as a stream. Text from captures, projects and people goes through isth_html_text() and its like only, so that it stays text. */
#pragma once

#include <glib.h>
#include <stdio.h>

/* What would be markup is escaped; control characters, and those that turn the direction of reading, become a replacement. NULL is "". */
void isth_html_text (FILE *file, const char *text);

/* <@tag class="@class">@text</@tag>; @class: NULL none. Both are ours, not escaped. */
void isth_html_element (FILE *file, const char *tag, const char *class, const char *text);

/* The same of a text made by @format. */
void isth_html_printf (FILE *file, const char *tag, const char *class, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* A row of head cells, ended by NULL; translated by the caller. Opens the table, its head and its body. */
void isth_html_begin_table (FILE *file, const char *class, const char *const *heads);
void isth_html_end_table (FILE *file);
