/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compounds of NFS version 4: RFC 7530, 15 and 16 (4.0); RFC 8881, 18 (4.1). To reach an operation all in front of it must be stepped over, so those whose
 * arguments go into choices of their own (locks, layouts, the making of sessions) end the reading after they were named. */
#include "analysis/dissectors/nfs4.h"

#include <glib.h>

#define MOST_OPERATIONS 16
#define LONGEST 1024

/* What is to be stepped over: fixed bytes; then opaque texts, of which one may be a file's name. */
typedef enum
{
  PLAIN,      /* nothing else */
  NAME,       /* a name */
  OPAQUE,     /* a handle, or an id */
  BITS,       /* a list of words */
  ATTRIBUTES, /* a list of words, and what they stand for */
  OPEN,
  CREATE,
  LAST,       /* unknown: nothing behind it is read */
} Shape;

/* @weight: what a call is about, rather than what has to be done for it; 0: only that. */
static const struct
{
  uint8_t code, fixed, shape, verb, weight;
  const char *name;
} operations[] = {
  { 3, 4, PLAIN, ISTH_OP_OTHER, 1, "access" },           { 4, 20, PLAIN, ISTH_OP_FILE, 3, "close" },            { 5, 12, PLAIN, ISTH_OP_OTHER, 2, "commit" },
  { 6, 0, CREATE, ISTH_OP_FILE, 4, "create" },           { 7, 8, PLAIN, ISTH_OP_OTHER, 2, "delegpurge" },       { 8, 16, PLAIN, ISTH_OP_OTHER, 2, "delegreturn" },
  { 9, 0, BITS, ISTH_OP_OTHER, 1, "getattr" },           { 10, 0, PLAIN, ISTH_OP_OTHER, 0, "getfh" },           { 11, 0, NAME, ISTH_OP_FILE, 4, "link" },
  { 12, 0, LAST, ISTH_OP_OTHER, 3, "lock" },             { 13, 0, LAST, ISTH_OP_OTHER, 3, "lockt" },            { 14, 0, LAST, ISTH_OP_OTHER, 3, "locku" },
  { 15, 0, NAME, ISTH_OP_READ, 2, "lookup" },            { 16, 0, PLAIN, ISTH_OP_READ, 1, "lookupp" },          { 17, 0, LAST, ISTH_OP_OTHER, 1, "nverify" },
  { 18, 0, OPEN, ISTH_OP_FILE, 4, "open" },              { 20, 20, PLAIN, ISTH_OP_OTHER, 2, "open-confirm" },   { 21, 28, PLAIN, ISTH_OP_OTHER, 2, "open-downgrade" },
  { 22, 0, OPAQUE, ISTH_OP_OTHER, 0, "putfh" },          { 23, 0, PLAIN, ISTH_OP_OTHER, 0, "putpubfh" },        { 24, 0, PLAIN, ISTH_OP_OTHER, 0, "putrootfh" },
  { 25, 28, PLAIN, ISTH_OP_FILE, 4, "read" },            { 26, 24, BITS, ISTH_OP_READ, 3, "readdir" },          { 27, 0, PLAIN, ISTH_OP_READ, 2, "readlink" },
  { 28, 0, NAME, ISTH_OP_FILE, 4, "remove" },            { 29, 0, NAME, ISTH_OP_FILE, 4, "rename" },            { 30, 8, PLAIN, ISTH_OP_OTHER, 2, "renew" },
  { 31, 0, PLAIN, ISTH_OP_OTHER, 0, "restorefh" },       { 32, 0, PLAIN, ISTH_OP_OTHER, 0, "savefh" },          { 33, 0, NAME, ISTH_OP_OTHER, 2, "secinfo" },
  { 34, 16, ATTRIBUTES, ISTH_OP_FILE, 4, "setattr" },    { 35, 0, LAST, ISTH_OP_OTHER, 3, "setclientid" },      { 36, 16, PLAIN, ISTH_OP_OTHER, 3, "setclientid-confirm" },
  { 37, 0, LAST, ISTH_OP_OTHER, 1, "verify" },           { 38, 28, OPAQUE, ISTH_OP_FILE, 4, "write" },          { 42, 0, LAST, ISTH_OP_OTHER, 3, "exchange-id" },
  { 43, 0, LAST, ISTH_OP_OTHER, 3, "create-session" },   { 44, 16, PLAIN, ISTH_OP_OTHER, 3, "destroy-session" }, { 45, 0, LAST, ISTH_OP_OTHER, 2, "free-stateid" },
  { 47, 0, LAST, ISTH_OP_OTHER, 2, "getdeviceinfo" },    { 49, 0, LAST, ISTH_OP_OTHER, 2, "layoutcommit" },     { 50, 0, LAST, ISTH_OP_OTHER, 2, "layoutget" },
  { 51, 0, LAST, ISTH_OP_OTHER, 2, "layoutreturn" },     { 52, 4, PLAIN, ISTH_OP_OTHER, 2, "secinfo-no-name" },  { 53, 32, PLAIN, ISTH_OP_OTHER, 0, "sequence" },
  { 55, 0, LAST, ISTH_OP_OTHER, 2, "test-stateid" },     { 57, 8, PLAIN, ISTH_OP_OTHER, 3, "destroy-clientid" }, { 58, 4, PLAIN, ISTH_OP_OTHER, 2, "reclaim-complete" },
  { 59, 0, LAST, ISTH_OP_FILE, 4, "allocate" },          { 60, 0, LAST, ISTH_OP_FILE, 4, "copy" },              { 62, 0, LAST, ISTH_OP_FILE, 4, "deallocate" },
  { 69, 0, LAST, ISTH_OP_OTHER, 2, "seek" },             { 71, 0, LAST, ISTH_OP_FILE, 4, "clone" },
};

static IsthCursor
take_opaque (IsthCursor *c)
{
  uint32_t length = isth_cursor_be32 (c);
  IsthCursor bytes = isth_cursor_take (c, length);

  isth_cursor_take (c, (4 - length % 4) % 4);
  return bytes;
}

static void
skip_words (IsthCursor *c)
{
  uint32_t n = isth_cursor_be32 (c);

  isth_cursor_take (c, n > 64 ? UINT32_MAX : 4 * n);
}

static void
skip_attributes (IsthCursor *c)
{
  skip_words (c);
  take_opaque (c);
}

/* RFC 7530, 16.16: sequence, access, denial, owner; how it is opened, and of what. */
static bool
read_open (IsthCursor *c,
           IsthCursor *file)
{
  uint32_t how, mode, claim;

  isth_cursor_skip (c, 12 + 8);
  take_opaque (c);
  how = isth_cursor_be32 (c);
  if (how == 1)
    {
      mode = isth_cursor_be32 (c);
      if (mode == 2 || mode == 3)
        isth_cursor_skip (c, 8);
      if (mode != 2)
        skip_attributes (c);
    }
  claim = isth_cursor_be32 (c);
  if (c->failed || how > 1)
    return false;
  if (claim == 0) /* a name in the folder */
    *file = take_opaque (c);
  else if (claim == 1)
    isth_cursor_skip (c, 4);
  else if (claim == 5)
    isth_cursor_skip (c, 16);
  return claim <= 1 || claim == 4 || claim == 5;
}

/* RFC 7530, 16.4: a folder (2), a link (5) with where it leads, a device (3, 4) with its numbers. */
static bool
read_create (IsthCursor *c,
             IsthCursor *file)
{
  uint32_t kind = isth_cursor_be32 (c);

  if (kind == 5)
    take_opaque (c);
  else if (kind == 3 || kind == 4)
    isth_cursor_skip (c, 8);
  *file = take_opaque (c);
  skip_attributes (c);
  return !c->failed;
}

/* Steps over the arguments; false when nothing behind them can be read. */
static bool
step (IsthCursor *c,
      size_t which,
      IsthCursor *file)
{
  isth_cursor_skip (c, operations[which].fixed);
  switch ((Shape) operations[which].shape)
    {
    case PLAIN:
      break;
    case NAME:
      *file = take_opaque (c);
      if (operations[which].code == 29) /* the new name */
        take_opaque (c);
      break;
    case OPAQUE:
      take_opaque (c);
      break;
    case BITS:
      skip_words (c);
      break;
    case ATTRIBUTES:
      skip_attributes (c);
      break;
    case OPEN:
      return read_open (c, file);
    case CREATE:
      return read_create (c, file);
    case LAST:
      return false;
    }
  return !c->failed;
}

static int
find_operation (uint32_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (operations); i++)
    if (operations[i].code == code)
      return (int) i;
  return -1;
}

bool
isth_nfs4_read (IsthCursor *c,
                IsthNfs4 *found)
{
  static const IsthCursor none = { .data = (const uint8_t *) "" };
  uint32_t n;
  int best = -1;

  *found = (IsthNfs4){ .file = none };
  take_opaque (c); /* a tag, for people */
  isth_cursor_skip (c, 4);
  n = isth_cursor_be32 (c);
  for (uint32_t i = 0; i < MIN (n, MOST_OPERATIONS) && !c->failed; i++)
    {
      int which = find_operation (isth_cursor_be32 (c));
      IsthCursor file = none;
      bool goes_on;

      if (which < 0 || c->failed)
        break;
      goes_on = step (c, (size_t) which, &file);
      if (best < 0 || operations[which].weight > operations[best].weight)
        {
          best = which;
          found->file = file.length > 0 ? file : found->file;
        }
      if (!goes_on)
        break;
    }
  if (best < 0)
    return false;
  found->verb = (IsthOp) operations[best].verb;
  found->name = operations[best].name;
  return true;
}
