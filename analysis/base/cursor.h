/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only way to read wire bytes: a value that cannot be read past its end. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* For a large local variable on a road that every packet takes: it is written before it is read, so the compiler need not clear it first
 * (-ftrivial-auto-var-init). */
#if defined __has_attribute && __has_attribute (uninitialized)
#define ISTH_UNSET __attribute__ ((uninitialized))
#else
#define ISTH_UNSET
#endif

/**
 * IsthCursor:
 * @data: the first byte; lent by whoever made the cursor
 * @length: bytes that are there (captured)
 * @wire: bytes that were there on the wire, never less than @length
 * @position: the next byte to read, never above @length
 * @failed: a read went past @length; sticky; such a read gives 0
 * @cut: the failing read would have been inside @wire: the capture was cut, the packet did not lie
 *
 * A plain value; copying it makes an independent reader of the same bytes. Read what you need,
 * then look at @failed once before believing any of it. A cursor that has failed gives zeros and has nothing left.
 */
typedef struct
{
  const uint8_t *data;
  uint32_t length;
  uint32_t wire;
  uint32_t position;
  bool failed;
  bool cut;
} IsthCursor;

/* Numbers in bytes that are known to be there (isth_cursor_bytes() gave them). */
static inline uint16_t
isth_be16 (const uint8_t *b)
{
  return (uint16_t) (b[0] << 8 | b[1]);
}

static inline uint32_t
isth_be24 (const uint8_t *b)
{
  return (uint32_t) b[0] << 16 | (uint32_t) b[1] << 8 | b[2];
}

static inline uint32_t
isth_be32 (const uint8_t *b)
{
  return (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
}

static inline uint16_t
isth_le16 (const uint8_t *b)
{
  return (uint16_t) (b[0] | b[1] << 8);
}

static inline uint32_t
isth_le32 (const uint8_t *b)
{
  return __builtin_bswap32 (isth_be32 (b));
}

static inline IsthCursor
isth_cursor_new (const void *data,
                 uint32_t length,
                 uint32_t wire)
{
  return (IsthCursor){ .data = data, .length = length, .wire = wire < length ? length : wire };
}

/* Bytes left to read; none of a cursor that has failed, so a loop that goes on while there are some ends with it. */
static inline uint32_t
isth_cursor_left (const IsthCursor *self)
{
  return self->failed ? 0 : self->length - self->position;
}

/* Bytes left on the wire, captured or not; none of a cursor that has failed. */
static inline uint32_t
isth_cursor_wire_left (const IsthCursor *self)
{
  return self->failed ? 0 : self->wire - self->position;
}

/* Whether @n more bytes can be read; sets failed (and cut) when not. */
static inline bool
isth_cursor_need (IsthCursor *self,
                  uint32_t n)
{
  if (__builtin_expect (!self->failed && n <= self->length - self->position, 1))
    return true;
  if (!self->failed)
    self->cut = n <= self->wire - self->position;
  self->failed = true;
  return false;
}

static inline void
isth_cursor_skip (IsthCursor *self,
                  uint32_t n)
{
  if (isth_cursor_need (self, n))
    self->position += n;
}

/* Lends @n bytes and steps over them; NULL when they are not there. */
static inline const uint8_t *
isth_cursor_bytes (IsthCursor *self,
                   uint32_t n)
{
  const uint8_t *bytes;

  if (!isth_cursor_need (self, n))
    return NULL;
  bytes = self->data + self->position;
  self->position += n;
  return bytes;
}

static inline uint8_t
isth_cursor_u8 (IsthCursor *self)
{
  return isth_cursor_need (self, 1) ? self->data[self->position++] : 0;
}

static inline uint16_t
isth_cursor_be16 (IsthCursor *self)
{
  const uint8_t *b = isth_cursor_bytes (self, 2);
  return b ? isth_be16 (b) : 0;
}

static inline uint32_t
isth_cursor_be24 (IsthCursor *self)
{
  const uint8_t *b = isth_cursor_bytes (self, 3);
  return b ? isth_be24 (b) : 0;
}

static inline uint32_t
isth_cursor_be32 (IsthCursor *self)
{
  const uint8_t *b = isth_cursor_bytes (self, 4);
  return b ? isth_be32 (b) : 0;
}

static inline uint64_t
isth_cursor_be64 (IsthCursor *self)
{
  uint64_t high = isth_cursor_be32 (self);
  return high << 32 | isth_cursor_be32 (self);
}

static inline uint16_t
isth_cursor_le16 (IsthCursor *self)
{
  return __builtin_bswap16 (isth_cursor_be16 (self));
}

static inline uint32_t
isth_cursor_le32 (IsthCursor *self)
{
  return __builtin_bswap32 (isth_cursor_be32 (self));
}

static inline uint64_t
isth_cursor_le64 (IsthCursor *self)
{
  return __builtin_bswap64 (isth_cursor_be64 (self));
}

/* The byte @ahead of the position, without moving and without failing; -1 when it is not there. */
static inline int
isth_cursor_peek (const IsthCursor *self,
                  uint32_t ahead)
{
  return !self->failed && ahead < isth_cursor_left (self) ? self->data[self->position + ahead] : -1;
}

/**
 * isth_cursor_take:
 * @self: a cursor
 * @n: how many bytes the child claims
 *
 * Steps over @n bytes and returns a child that can read only those. When fewer were captured the
 * child is shorter, knows its wire length, and the parent stands at its end. When the packet lies
 * (fewer on the wire), the parent has failed and the child gets what there is.
 */
static inline IsthCursor
isth_cursor_take (IsthCursor *self,
                  uint32_t n)
{
  uint32_t have = self->failed ? 0 : isth_cursor_left (self);
  uint32_t got = n < have ? n : have;
  uint32_t wire = self->failed ? 0 : isth_cursor_wire_left (self);
  IsthCursor child = isth_cursor_new (self->data + self->position, got, n < wire ? n : wire);

  if (n > wire)
    {
      self->failed = true;
      child.wire = got;
    }
  self->position += got;
  return child;
}

/* All that is left, as a child; the parent is then empty. */
static inline IsthCursor
isth_cursor_rest (IsthCursor *self)
{
  return isth_cursor_take (self, self->failed ? 0 : isth_cursor_wire_left (self));
}

/* Shortens the cursor to @n bytes from its position: what comes behind is padding. */
static inline void
isth_cursor_limit (IsthCursor *self,
                   uint32_t n)
{
  if (n < isth_cursor_wire_left (self))
    self->wire = self->position + n;
  if (n < isth_cursor_left (self))
    self->length = self->position + n;
}
