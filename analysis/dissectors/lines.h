/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Protocols of lines of text: their lines, words, and fields "Name: value" as mail has them (RFC 5322) and many others after it. */
#pragma once

#include <glib.h>

#include "analysis/dissectors/dissector.h"

/* Bytes lent by the cursor they come from; never NUL-ended. */
typedef struct
{
  const uint8_t *bytes;
  uint32_t length;
} IsthPiece;

/* What a request line of HTTP and its like starts with, and what it means. */
typedef struct
{
  const char *name;
  uint8_t verb; /* IsthOp */
} IsthMethod;

/* The line up to its end, without it; false, and nothing is read, when it has none. */
bool isth_lines_next (IsthCursor *c, IsthPiece *line);

/* The same, or all that is left when it has no end. */
void isth_lines_next_or_rest (IsthCursor *c, IsthPiece *line);

/* The length of the line at the cursor with its end; 0 when it has none. */
uint32_t isth_lines_length (const IsthCursor *c);

/* For dissectors whose PDUs are lines: what is longer than any line is taken in pieces. */
uint32_t isth_lines_pdu_length (IsthCursor c);

/* The length of what stands there up to and with the first empty line; 0 when there is none. */
uint32_t isth_lines_header_length (const IsthCursor *c);

/* The length of a message that starts with a header: its body is as long as the field Content-Length, or @short_name unless NULL, says. ISTH_PDU_MORE when the
 * end of the header is to come, ISTH_PDU_INVALID when it is too far. */
uint32_t isth_lines_message_length (IsthCursor c, const char *short_name);

/* Whether the next bytes are @word and a blank; letter case counts. */
bool isth_lines_start_with (const IsthCursor *c, const char *word);

/* The number of the method that the next bytes are, with a blank behind it; -1: none. */
int isth_lines_find_method (const IsthCursor *c, const IsthMethod *methods, size_t n);

/* Takes the first word off @rest and the blanks behind it; of length 0 at the end. */
IsthPiece isth_piece_word (IsthPiece *rest);

/* Whether @self starts with @word, or is it; letter case apart. */
bool isth_piece_starts (const IsthPiece *self, const char *word);
bool isth_piece_is (const IsthPiece *self, const char *word);

/* Whether the line is the field @name; then its value without blanks around it. */
bool isth_piece_field (const IsthPiece *line, const char *name, IsthPiece *value);

/* What stands behind @before up to one of @ends, or to the end; false when @before is not in it. */
bool isth_piece_between (const IsthPiece *self, const char *before, const char *ends, IsthPiece *found);

/* How much of a request's line, up to its end, holds no secret: nothing behind a question mark, nor a name and password in front of a host. */
uint32_t isth_piece_open_length (const IsthPiece *line);

/* The decimal number that @self starts with, 0: none; no more than UINT32_MAX / 16. */
uint32_t isth_piece_number (const IsthPiece *self);

/* The three digits that an answer starts with, as mail and FTP have them: "250 …", or "250-…" when more lines follow; 0: there are none. */
uint16_t isth_piece_code (const IsthPiece *line);

/* Whether all bytes, at least one, are printable ASCII or parts of UTF-8 letters. */
bool isth_piece_is_text (const IsthPiece *self);
