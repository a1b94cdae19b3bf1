/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of a connection of SMB, of all its versions: shares in use and open files. Of those there is no room for, the oldest are forgotten. */
#pragma once

#include <glib.h>

#include "analysis/dissectors/smb-common.h"

#define ISTH_SMB_TREES 6
#define ISTH_SMB_OPENS 20
#define ISTH_SMB_NAME 160        /* bytes of a path that are kept */
#define ISTH_SMB_LAST UINT64_MAX /* stands for the number of the file that was asked for last */

typedef struct
{
  uint32_t id;
  bool used;  /* @id was told */
  bool pipes;
  char share[ISTH_SMB_SHARE];
} IsthSmbTree;

typedef struct
{
  uint64_t id;     /* as the wire has it, or made of that */
  uint32_t serial; /* 0: free */
  uint8_t tree;    /* 1 + index; 0: unknown */
  bool known;      /* @id was told */
  bool pipe;
  bool moving;     /* a transfer was begun */
  char name[ISTH_SMB_NAME];
} IsthSmbOpen;

typedef struct
{
  IsthSmbTree trees[ISTH_SMB_TREES];
  IsthSmbOpen opens[ISTH_SMB_OPENS];
  uint32_t serial; /* of the open made last */
  uint8_t next_tree, next_open;
} IsthSmbFiles;

G_STATIC_ASSERT (sizeof (IsthSmbFiles) < ISTH_LIMIT_STATE);

/* A share is asked for by @path, which is at @at: what an operation says of it goes to @object. Returns its slot: 1 + index in @trees. */
uint8_t isth_smb_add_tree (IsthDissectContext *ctx, IsthSmbFiles *self, const char *path, const IsthCursor *at, char object[ISTH_LIMIT_TEXT]);

/* The sender lets the other one use the share asked for with @slot, if it is one, which is called @id from here on. By the share one may know who it is. */
void isth_smb_name_tree (IsthDissectContext *ctx, IsthSmbFiles *self, uint64_t slot, uint32_t id);

/* Its slot; 0: not known. */
uint8_t isth_smb_find_tree (const IsthSmbFiles *self, uint32_t id);

/* A file, or a pipe, of the share @tree is asked for. Its name is the caller's to fill in. */
IsthSmbOpen *isth_smb_add_open (IsthSmbFiles *self, uint32_t tree);

/* 1 + index in @opens; 0 for NULL. */
uint64_t isth_smb_open_slot (const IsthSmbFiles *self, const IsthSmbOpen *open);

/* The static name of the operation that opens it so (MS-CIFS, 2.2.4.64.1; MS-SMB2, 2.2.13). */
const char *isth_smb_create_name (const IsthSmbOpen *open, uint32_t disposition);

/* By its number on the wire, or ISTH_SMB_LAST; NULL when it is not known. */
IsthSmbOpen *isth_smb_find_open (IsthSmbFiles *self, uint64_t id);

/* What a request was about, unless its place was given to another one since; NULL otherwise. */
IsthSmbOpen *isth_smb_get_asked (IsthSmbFiles *self, const IsthPending *asked);

/* "SHARE\path", "pipe NAME". @tree: a slot */
const char *isth_smb_path_text (const IsthSmbFiles *self, uint8_t tree, bool pipe, const char *name, char text[ISTH_LIMIT_TEXT]);

/* The same of @open; "" for NULL. */
const char *isth_smb_open_text (const IsthSmbFiles *self, const IsthSmbOpen *open, char text[ISTH_LIMIT_TEXT]);

/**
 * isth_smb_ask_of_open:
 * @request: with match, function, at, length and name
 * @verb: unless @open is a pipe
 * @open: NULL: not known
 * @file: its number on the wire, or made of that
 *
 * What is done to a file many times: counted only, when it was done to it before. What is remembered of it: its slot; its serial number or @file.
 */
void isth_smb_ask_of_open (IsthDissectContext *ctx, const IsthSmbFiles *self, IsthRequest *request, IsthOp verb, const IsthSmbOpen *open, uint64_t file);

/* @match: of all that is carried to or from this file. */
void isth_smb_move_data (IsthDissectContext *ctx, const IsthSmbFiles *self, IsthSmbOpen *open, uint64_t match, bool by_device, uint32_t bytes);

/* The server says that it is closed. */
void isth_smb_close (IsthDissectContext *ctx, IsthSmbOpen *open, uint64_t match);
