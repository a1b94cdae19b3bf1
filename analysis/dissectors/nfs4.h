/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version 4 of NFS asks for many things in one call (RFC 7530, 8881): which of them the call is about. Helper of onc-rpc.c. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/world/observation.h"

/**
 * IsthNfs4:
 * @name: static; of the weightiest operation that could be told
 * @file: the name in it, when it has one: bytes of the call
 */
typedef struct
{
  IsthOp verb;
  const char *name;
  IsthCursor file;
} IsthNfs4;

/* @c: the arguments of a compound. False when none of its operations is known. */
bool isth_nfs4_read (IsthCursor *c, IsthNfs4 *found);
