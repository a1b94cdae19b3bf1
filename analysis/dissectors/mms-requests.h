/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MMS requests ask for, and what is kept of them until their answers come. Helper of mms.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_MMS_ASKED 8 /* names that are kept until their answers come */

/* What a request named, which its answer does not repeat. */
typedef struct
{
  uint32_t invoke;
  char name[92];
} IsthMmsAsked;

typedef struct
{
  bool iccp;
  bool ends_known;
  uint8_t next;        /* of @asked to write */
  uint64_t read_out;   /* 1 + the number of the file whose end was read last */
  IsthMmsAsked asked[ISTH_MMS_ASKED];
} IsthMmsState;

/* What the request @invoke named; "" when it was not seen, or is forgotten. */
const char *isth_mms_recall (const IsthMmsState *state, uint64_t invoke);

/* The sender asks the receiver in names of TASE.2; in an answer (@answer) the other way round. */
void isth_mms_note_iccp (IsthDissectContext *ctx, IsthMmsState *state, bool answer);

/* The text of an identifier. */
void isth_mms_format_identifier (IsthCursor body, char *text, size_t size);

/* What a confirmed request (its service in request->function, its choice @tag and @body) acts on: the object in @text; verb, name, memo and key of
 * @request where the body decides them. */
void isth_mms_describe_request (IsthDissectContext *ctx,
                                IsthMmsState *state,
                                uint32_t tag,
                                IsthCursor body,
                                IsthRequest *request,
                                char *text,
                                size_t size);
