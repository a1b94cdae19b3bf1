/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of DNP3 outstations: opened by name, carried in blocks under a handle, closed. Only requests say what an answer is about, so a file whose
 * opening was not seen makes no transfer; its blocks are operations as all others. */
#include "analysis/dissectors/dnp3-files.h"

#include "analysis/dissectors/dnp3-objects.h"

#define GROUP_FILE 70

enum
{
  FILE_COMMAND = 3,
  FILE_STATUS = 4,
  FILE_TRANSPORT = 5,
  FILE_TRANSPORT_STATUS = 6,
  FILE_DESCRIPTOR = 7,
};

enum
{
  WRITE = 2,
  OPEN = 25,
  CLOSE = 26,
  ABORT = 30,
};

enum
{
  MODE_READ = 1,
  MODE_WRITE = 2,
  MODE_APPEND = 3,
};

/* The first object of group 70. */
static bool
find_file (IsthCursor objects,
           uint8_t *variation,
           IsthCursor *value)
{
  IsthDnp3Header header;
  uint32_t index;

  while (isth_dnp3_next_header (&objects, true, &header))
    if (header.group == GROUP_FILE && isth_dnp3_next_object (&header, &index, value))
      {
        *variation = header.variation;
        return true;
      }
  return false;
}

/* The name stands where the object's first two numbers say. */
static bool
read_name (IsthCursor value,
           char *name,
           size_t size)
{
  IsthCursor at = value;
  uint16_t offset = isth_cursor_le16 (&value), length = isth_cursor_le16 (&value);
  const uint8_t *bytes;

  isth_cursor_skip (&at, offset);
  bytes = isth_cursor_bytes (&at, length);
  if (value.failed || !bytes)
    return false;
  isth_text_from_bytes (name, size, bytes, length);
  return true;
}

/* A directory is opened as a file is, by a name that is one (5.3.4). */
static bool
is_directory (const char *name)
{
  size_t n = strlen (name);

  return n == 0 || strcmp (name, ".") == 0 || name[n - 1] == '/' || name[n - 1] == '\\';
}

void
isth_dnp3_describe_file (IsthCursor objects,
                         char *text,
                         size_t size)
{
  static const char *const modes[] = { "", " to read", " to write", " to append to" };
  IsthCursor value, mode;
  char name[160];
  uint8_t variation;
  uint16_t how = 0;

  if (!find_file (objects, &variation, &value) || (variation != FILE_COMMAND && variation != FILE_DESCRIPTOR) || !read_name (value, name, sizeof name))
    return;
  mode = value;
  isth_cursor_skip (&mode, 20);
  if (variation == FILE_COMMAND)
    how = isth_cursor_le16 (&mode);
  if (is_directory (name))
    isth_text_format (text, size, "directory \"%s\"", name);
  else
    isth_text_format (text, size, "file \"%s\"%s", name, how < sizeof modes / sizeof *modes ? modes[how] : "");
}

const char *
isth_dnp3_file_refused (IsthCursor objects)
{
  uint8_t variation;
  IsthCursor value;

  if (!find_file (objects, &variation, &value) || (variation != FILE_STATUS && variation != FILE_TRANSPORT_STATUS))
    return NULL;
  isth_cursor_skip (&value, variation == FILE_STATUS ? 12 : 8);
  return isth_dnp3_file_status (isth_cursor_u8 (&value));
}

static void
step (IsthDissectContext *ctx,
      const IsthDnp3File *file,
      IsthTransferStep what,
      IsthTransfer *transfer)
{
  char child[ISTH_DNP3_CHILD];

  transfer->verb = ISTH_OP_FILE;
  transfer->child = isth_dnp3_child (child, file->outstation);
  isth_emit_transfer (ctx, what, transfer);
}

static void
begin (IsthDissectContext *ctx,
       IsthDnp3File *file,
       const IsthDnp3Fragment *f,
       IsthCursor objects,
       IsthCursor value)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthTransfer transfer = { .object = object };
  uint32_t size;
  uint16_t mode;

  isth_cursor_skip (&value, 16);
  size = isth_cursor_le32 (&value);
  mode = isth_cursor_le16 (&value);
  if (value.failed || mode < MODE_READ || mode > MODE_APPEND)
    return;
  *file = (IsthDnp3File){ .outstation = f->outstation, .asked = true, .to_master = mode == MODE_READ };
  isth_dnp3_describe_file (objects, object, sizeof object);
  if (!file->to_master && size != UINT32_MAX)
    transfer.total = size;
  step (ctx, file, ISTH_TRANSFER_BEGIN, &transfer);
}

void
isth_dnp3_file_asked (IsthDissectContext *ctx,
                      IsthDnp3File *file,
                      const IsthDnp3Fragment *f,
                      uint8_t function,
                      IsthCursor objects)
{
  uint8_t variation;
  IsthCursor value;

  if (isth_cursor_peek (&objects, 0) != GROUP_FILE || isth_dnp3_is_group (f->outstation) || !find_file (objects, &variation, &value))
    return;
  if (function == OPEN && variation == FILE_COMMAND)
    begin (ctx, file, f, objects, value);
  else if (file->asked && file->outstation == f->outstation && function == WRITE && variation == FILE_TRANSPORT && !file->to_master)
    step (ctx, file, ISTH_TRANSFER_DATA, &(IsthTransfer){ .bytes = isth_cursor_wire_left (&value) > 8 ? isth_cursor_wire_left (&value) - 8 : 0 });
  else if (file->asked && file->outstation == f->outstation && (function == CLOSE || function == ABORT))
    {
      step (ctx, file, function == CLOSE ? ISTH_TRANSFER_END : ISTH_TRANSFER_ABORT,
            &(IsthTransfer){ .text = function == ABORT ? "aborted by the master" : NULL });
      file->asked = file->open = false;
    }
}

void
isth_dnp3_file_answered (IsthDissectContext *ctx,
                         IsthDnp3File *file,
                         const IsthDnp3Fragment *f,
                         IsthCursor objects,
                         const char *refused)
{
  uint8_t variation;
  IsthCursor value;

  if (!file->asked || file->outstation != f->outstation)
    return;
  if (refused)
    {
      step (ctx, file, ISTH_TRANSFER_ABORT, &(IsthTransfer){ .by_device = true, .text = refused });
      file->asked = file->open = false;
      return;
    }
  if (!find_file (objects, &variation, &value))
    return;
  if (variation == FILE_STATUS && !file->open)
    {
      uint32_t size;

      isth_cursor_skip (&value, 4);
      size = isth_cursor_le32 (&value);
      file->open = true;
      if (file->to_master && size > 0 && size != UINT32_MAX)
        step (ctx, file, ISTH_TRANSFER_DATA, &(IsthTransfer){ .by_device = true, .total = size });
    }
  else if (variation == FILE_TRANSPORT && file->to_master)
    step (ctx, file, ISTH_TRANSFER_DATA,
          &(IsthTransfer){ .by_device = true, .bytes = isth_cursor_wire_left (&value) > 8 ? isth_cursor_wire_left (&value) - 8 : 0 });
}
