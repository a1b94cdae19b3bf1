/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What smb2.c remembers of a connection: shares in use and open files. Of those there is no room for, the oldest are forgotten. */
#pragma once

#include <glib.h>

#include "analysis/dissectors/smb-common.h"

#define SMB2_TREES 6
#define SMB2_OPENS 20
#define SMB2_NAME 160   /* bytes of a path that are kept */
#define SMB2_ANY UINT64_MAX /* the file of the message before in a chain */

typedef struct
{
  uint32_t id;
  bool used;
  bool pipes;
  char share[ISTH_SMB_SHARE];
} Smb2Tree;

typedef struct
{
  uint64_t id;     /* made of the 16 bytes on the wire; 0: not known yet */
  uint32_t serial; /* 0: free */
  uint8_t tree;    /* 1 + index; 0: unknown */
  bool pipe;
  bool moving;     /* a transfer was begun */
  char name[SMB2_NAME];
} Smb2Open;

typedef struct
{
  Smb2Tree trees[SMB2_TREES];
  Smb2Open opens[SMB2_OPENS];
  uint32_t serial; /* of the open made last */
  uint8_t next_tree, next_open;
} Smb2State;

G_STATIC_ASSERT (sizeof (Smb2State) <= ISTH_LIMIT_STATE);
