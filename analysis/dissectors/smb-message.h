/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command of SMB 1 as smb.c takes it apart, what is remembered of a connection, and what smb-session.c and smb-transactions.c read. */
#pragma once

#include <glib.h>

#include "analysis/dissectors/smb-files.h"

typedef struct
{
  IsthSmbFiles files;
  bool clear; /* the server takes passwords as they are */
} SmbState;

G_STATIC_ASSERT (sizeof (SmbState) <= ISTH_LIMIT_STATE);

#define ISTH_SMB_TRANSACTION2 0x32 /* a command that is read with another one, which it is much alike */

/* One command of a message: @whole begins with the header, from which offsets count; @words its parameters, @bytes what follows. */
typedef struct
{
  IsthDissectContext *ctx;
  SmbState *state;
  IsthCursor whole, words, bytes;
  uint64_t match;
  uint32_t status;
  uint16_t flags2, tree;
  uint8_t command, n_words;
  bool response;
} SmbMessage;

/* The string at the cursor, ended by a NUL or the end: UTF-16 on an even offset from the header when the message says so. @at: its bytes. */
const char *isth_smb_take_string (const SmbMessage *m, IsthCursor *c, bool aligned, char *text, size_t size, IsthCursor *at);

/* The name of a file in the share that the message is about, as operations show it. */
void isth_smb_describe_path (const SmbMessage *m, const char *name, char text[ISTH_LIMIT_TEXT]);

/* Emits the request. @slot: 1 + number of the share or file it is about; 0: none. */
void isth_smb_ask (const SmbMessage *m, IsthOp verb, const char *name, const char *object, uint64_t slot);

/* Dialects, systems, logins. False when the message contradicts itself. */
bool isth_smb_ask_negotiate (SmbMessage *m);
bool isth_smb_answer_negotiate (SmbMessage *m);
bool isth_smb_ask_session (SmbMessage *m);
void isth_smb_answer_session (SmbMessage *m);

/* What is asked by a transaction of either kind. False when the message contradicts itself. */
bool isth_smb_ask_transaction (SmbMessage *m);
