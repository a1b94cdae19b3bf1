/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSL 2.0 hellos (Hickman, The SSL Protocol, 1995, 2.5 and 2.6). */
#include "analysis/dissectors/ssl2.h"

#include <glib.h>

#include "analysis/dissectors/tls-hello.h"
#include "analysis/dissectors/x509.h"

#define VERSION 0x0002
#define HELLO_MATCH 1

/* Behind the header of two bytes: the kind, the version, and lengths that fit the record. */
bool
isth_ssl2_is_hello (IsthCursor c)
{
  uint16_t length, version, a, b, d;
  uint8_t kind;

  if (isth_cursor_left (&c) < 3 || !isth_ssl2_may_begin (c.data + c.position))
    return false;
  length = isth_cursor_be16 (&c);
  kind = isth_cursor_u8 (&c);

  length &= 0x7fff;
  if (kind == ISTH_SSL2_SERVER_HELLO)
    isth_cursor_skip (&c, 2);
  version = isth_cursor_be16 (&c);
  a = isth_cursor_be16 (&c);
  b = isth_cursor_be16 (&c);
  d = isth_cursor_be16 (&c);
  if (c.failed)
    return false;
  if (kind == ISTH_SSL2_CLIENT_HELLO)
    return (version == VERSION || (version >= 0x0300 && version <= 0x0303)) && a > 0 && a % 3 == 0 && (b == 0 || b == 16) && d >= 16 && d <= 32 &&
           length == 9 + a + b + d;
  return kind == ISTH_SSL2_SERVER_HELLO && version == VERSION && b % 3 == 0 && d <= 32 && length == 11 + a + b + d;
}

/* 2.1.2: two bytes, or three with padding, where the first bit is not set. */
uint32_t
isth_ssl2_record_length (IsthCursor c)
{
  uint16_t first = isth_cursor_be16 (&c);
  uint8_t padding;

  if (c.failed)
    return 0;
  if (first & 0x8000)
    return (first & 0x7fff) + 2u;
  padding = isth_cursor_u8 (&c);
  return !c.failed && !(first & 0x4000) && padding < 8 && first % 8 == 0 && first >= 16 ? first + 3u : 0;
}

static bool
read_client (IsthDissectContext *ctx,
             uint16_t version)
{
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "tls-client");
  isth_emit_request (ctx, &(IsthRequest) { .match = HELLO_MATCH, .verb = ISTH_OP_OTHER, .function = ISTH_SSL2_CLIENT_HELLO, .name = "client-hello",
                                           .object = version == VERSION ? "SSL 2.0" : isth_tls_version_name (version) });
  return version == VERSION;
}

bool
isth_ssl2_read_hello (IsthDissectContext *ctx,
                      IsthCursor *c)
{
  uint16_t length = isth_cursor_be16 (c) & 0x7fff;
  IsthCursor record = isth_cursor_take (c, length);
  uint8_t kind = isth_cursor_u8 (&record);

  if (kind == ISTH_SSL2_CLIENT_HELLO)
    return read_client (ctx, isth_cursor_be16 (&record));
  isth_cursor_skip (&record, 4);
  length = isth_cursor_be16 (&record);
  isth_cursor_skip (&record, 4);
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "tls-server");
  isth_emit_response (ctx, HELLO_MATCH, ISTH_OUTCOME_OK, NULL, false);
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = ISTH_SSL2_SERVER_HELLO, .name = "server-hello", .object = "SSL 2.0" });
  if (length > 0 && !record.failed)
    isth_x509_read (ctx, isth_cursor_take (&record, length), true);
  return true;
}
