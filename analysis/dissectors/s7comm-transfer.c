/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers of blocks in S7 communication: their steps out of the six jobs that make them up. */
#include "analysis/dissectors/s7comm-transfer.h"

#include "analysis/dissectors/s7comm-items.h"
#include "analysis/dissectors/s7comm-tables.h"

#define NAME 16 /* bytes of a file name that are kept with the request; "_0A00001P" has nine */

/* The first eight bytes of a name tell the blocks that are loaded at the same time apart. */
static void
pack_name (IsthCursor name,
           uint64_t memo[2])
{
  memo[0] = memo[1] = 0;
  for (uint32_t i = 0; i < NAME && isth_cursor_left (&name) > 0; i++)
    memo[i / 8] |= (uint64_t) isth_cursor_u8 (&name) << (56 - 8 * (i % 8));
}

static void
describe_packed (const uint64_t memo[2],
                 char          *text,
                 size_t         size)
{
  uint8_t name[NAME];
  uint32_t n = 0;

  while (n < NAME && (uint8_t) (memo[n / 8] >> (56 - 8 * (n % 8))) != 0)
    {
      name[n] = (uint8_t) (memo[n / 8] >> (56 - 8 * (n % 8)));
      n++;
    }
  text[0] = '\0';
  isth_s7_describe_block (isth_cursor_new (name, n, n), text, size);
}

/* Lengths are decimal digits. */
static uint64_t
read_decimal (IsthCursor c,
              uint32_t   n)
{
  uint64_t value = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      uint8_t digit = isth_cursor_u8 (&c);

      if (c.failed || digit < '0' || digit > '9')
        return 0;
      value = value * 10 + (uint64_t) (digit - '0');
    }
  return value;
}

void
isth_s7_transfer_prepare (uint8_t      function,
                          IsthCursor   c,
                          IsthRequest *request)
{
  switch (function)
    {
    case S7_REQUEST_DOWNLOAD:
    case S7_DOWNLOAD_BLOCK:
    case S7_DOWNLOAD_ENDED:
    case S7_START_UPLOAD:
      isth_cursor_skip (&c, 7); /* status, error, number of the transfer */
      pack_name (isth_cursor_take (&c, isth_cursor_u8 (&c)), request->memo);
      break;
    case S7_UPLOAD:
    case S7_END_UPLOAD:
      isth_cursor_skip (&c, 3);
      request->memo[0] = isth_cursor_be32 (&c);
      break;
    default:
      break;
    }
}

void
isth_s7_transfer_ask (IsthDissectContext *ctx,
                      uint8_t             function,
                      IsthCursor          c,
                      const IsthRequest  *request)
{
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM, .match = request->memo[0], .object = request->object };
  uint16_t error;
  IsthCursor lengths;

  isth_cursor_skip (&c, 1);
  error = isth_cursor_be16 (&c);
  isth_cursor_skip (&c, 4);
  switch (function)
    {
    case S7_REQUEST_DOWNLOAD:
      isth_cursor_take (&c, isth_cursor_u8 (&c));
      lengths = isth_cursor_take (&c, isth_cursor_u8 (&c));
      isth_cursor_skip (&lengths, 1);
      transfer.total = read_decimal (lengths, 6); /* in load memory: with head and tail, as it is carried */
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      break;
    case S7_DOWNLOAD_ENDED:
      transfer.by_device = true;
      transfer.text = "ended by the controller with an error";
      if (!c.failed && error != 0)
        isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
      break;
    case S7_END_UPLOAD:
      transfer.verb = ISTH_OP_UPLOAD;
      transfer.text = "ended by the programming device with an error";
      transfer.object = NULL;
      if (!c.failed && error != 0)
        isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
      break;
    default:
      break;
    }
}

/* The controller says how much there is, and under which number. */
static void
start_upload (IsthDissectContext *ctx,
              const IsthPending  *asked,
              IsthCursor          c,
              const char         *error)
{
  char object[48];
  IsthTransfer transfer = { .verb = ISTH_OP_UPLOAD, .object = object, .by_device = true };

  describe_packed (asked->memo, object, sizeof object);
  if (error)
    {
      transfer.match = asked->memo[0];
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      transfer.text = error;
      isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
      return;
    }
  isth_cursor_skip (&c, 3); /* status, unknown */
  transfer.match = isth_cursor_be32 (&c);
  if (c.failed)
    return;
  transfer.total = read_decimal (isth_cursor_take (&c, isth_cursor_u8 (&c)), 7);
  isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
}

void
isth_s7_transfer_answer (IsthDissectContext *ctx,
                         const IsthPending  *asked,
                         IsthCursor          parameters,
                         IsthCursor          data,
                         const char         *error)
{
  char object[48];
  IsthTransfer transfer = { .verb = ISTH_OP_PROGRAM, .match = asked->memo[0], .text = error };

  switch (asked->function)
    {
    case S7_REQUEST_DOWNLOAD:
      transfer.by_device = true;
      if (error)
        isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &transfer);
      break;
    case S7_DOWNLOAD_BLOCK: /* these two are answered by the programming device */
      describe_packed (asked->memo, object, sizeof object);
      transfer.object = object;
      transfer.bytes = isth_cursor_be16 (&data);
      isth_emit_transfer (ctx, error ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_DATA, &transfer);
      break;
    case S7_DOWNLOAD_ENDED:
      isth_emit_transfer (ctx, error ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_END, &transfer);
      break;
    case S7_START_UPLOAD:
      start_upload (ctx, asked, parameters, error);
      break;
    case S7_UPLOAD:
      transfer.verb = ISTH_OP_UPLOAD;
      transfer.by_device = true;
      transfer.bytes = isth_cursor_be16 (&data);
      isth_emit_transfer (ctx, error ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_DATA, &transfer);
      break;
    case S7_END_UPLOAD:
      transfer.verb = ISTH_OP_UPLOAD;
      transfer.by_device = true;
      isth_emit_transfer (ctx, error ? ISTH_TRANSFER_ABORT : ISTH_TRANSFER_END, &transfer);
      break;
    default:
      break;
    }
}
