/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File Object: CIP Volume 1, 5-42. A Logix program has no message that opens its loading: it begins when the first of its objects is created, and has come
 * to its end when the list of changes is made anew, or the controller is started. Firmware goes to Rockwell's nonvolatile storage, and is
 * taken over by a reset. */
#include "analysis/dissectors/cip-transfers.h"

enum
{
  CLASS_IDENTITY = 0x01,
  CLASS_FILE = 0x37,
  CLASS_DATA_TABLE = 0x6a,
  CLASS_MODE = 0x8e,
  CLASS_STORAGE = 0xa1,
  CLASS_CHANGES = 0xac,
};

enum
{
  FILE_UPLOAD = 0x4b,
  FILE_DOWNLOAD = 0x4c,
  FILE_UPLOAD_TRANSFER = 0x4f,
  FILE_DOWNLOAD_TRANSFER = 0x50,
};

static IsthTransfer
make_file (char object[24],
           const char *child,
           int64_t instance)
{
  return (IsthTransfer){
    .verb = ISTH_OP_FILE,
    .match = (uint64_t) instance,
    .object = isth_text_format (object, 24, "File %u", (unsigned) instance),
    .child = child,
  };
}

/* One packet of a file: its number, its place among the others, its bytes. */
static void
read_packet (IsthDissectContext *ctx,
             IsthTransfer *transfer,
             IsthCursor *c)
{
  uint8_t type;

  isth_cursor_skip (c, 1);
  type = isth_cursor_u8 (c);
  if (c->failed)
    return;
  transfer->bytes = isth_cursor_wire_left (c);
  if (type == 3)
    {
      transfer->bytes = 0;
      transfer->text = "broken off by the sender";
    }
  isth_emit_transfer (ctx, type == 3 ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_DATA, transfer);
  transfer->bytes = 0;
  if (type == 2 || type == 4)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, transfer);
}

static void
track_file (IsthDissectContext *ctx,
            const char *child,
            int64_t instance,
            uint8_t service,
            IsthCursor *body)
{
  char object[24];
  IsthTransfer transfer = make_file (object, child, instance);

  if (service == FILE_DOWNLOAD)
    transfer.total = isth_cursor_le32 (body);
  if (service == FILE_UPLOAD || service == FILE_DOWNLOAD)
    isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
  else if (service == FILE_DOWNLOAD_TRANSFER)
    read_packet (ctx, &transfer, body);
}

static void
track_program (IsthDissectContext *ctx,
               IsthCipTransfers *self,
               const char *child,
               int64_t class_id,
               uint8_t service,
               uint32_t bytes)
{
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM, .object = "program", .child = child };
  bool creates = service == 0x08;
  bool fills = class_id == CLASS_DATA_TABLE && service == 0x50;

  if (!self->loading && !creates && !fills)
    return; /* one object was changed: that is no loading */
  if (!creates && !fills && service != 0x04)
    return;
  if (!self->loading)
    {
      self->loading = true;
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  transfer.bytes = bytes;
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
}

static void
end (IsthDissectContext *ctx,
     bool *open,
     IsthOp verb,
     const char *child)
{
  if (*open)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &(IsthTransfer){ .verb = verb, .child = child });
  *open = false;
}

void
isth_cip_transfer_request (IsthDissectContext *ctx,
                           IsthCipTransfers *self,
                           const char *child,
                           int64_t class_id,
                           int64_t instance,
                           uint8_t service,
                           IsthCursor body)
{
  if (class_id == CLASS_FILE)
    track_file (ctx, child, instance, service, &body);
  else if (isth_cip_is_program (class_id))
    track_program (ctx, self, child, class_id, service, isth_cursor_wire_left (&body));
  else if ((class_id == CLASS_CHANGES && service == 0x08) || (class_id == CLASS_MODE && service == 0x06))
    end (ctx, &self->loading, ISTH_OP_PROGRAM, child);
  else if (class_id == CLASS_IDENTITY && service == 0x05)
    end (ctx, &self->updating, ISTH_OP_FIRMWARE, child);
  else if (class_id == CLASS_STORAGE && (service == 0x4b || (service == 0x4d && self->updating)))
    {
      self->updating = true;
      isth_emit_transfer (ctx, service == 0x4b ? ISTH_TRANSFER_BEGIN : ISTH_TRANSFER_DATA,
                          &(IsthTransfer){
                              .verb = ISTH_OP_FIRMWARE,
                              .object = "firmware",
                              .child = child,
                              .bytes = service == 0x4b ? 0 : isth_cursor_wire_left (&body),
                          });
    }
}

void
isth_cip_transfer_response (IsthDissectContext *ctx,
                            const char *child,
                            int64_t class_id,
                            int64_t instance,
                            uint8_t service,
                            const char *refused,
                            IsthCursor body)
{
  char object[24];
  IsthTransfer transfer = make_file (object, child, instance);

  if (class_id != CLASS_FILE)
    return;
  transfer.by_device = true;
  transfer.text = refused;
  if (refused && (service == FILE_UPLOAD || service == FILE_DOWNLOAD || service == FILE_UPLOAD_TRANSFER || service == FILE_DOWNLOAD_TRANSFER))
    isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
  else if (!refused && service == FILE_UPLOAD_TRANSFER)
    read_packet (ctx, &transfer, &body);
}
