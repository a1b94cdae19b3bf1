/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of facts as bytes, and back. A chunk is: how many rows, how many columns; then each column: whether all its rows are alike
 * (0: the value follows once) or not (1: one value for each), and the values.
 *
 *   numbers      the difference from the row before, of the first from 0; its sign in the lowest bit, then seven bits a byte, the
 *                lowest first; the top bit says that more follow
 *   addresses    0 none, 1 as in the row before, else how many bytes: 4, 6, 12, 16; and those
 *   enumerations the number of a name in the order in which they first come up in the column; a new one: its length and text
 *
 * Rows that follow one another are much alike (times, frames, stations are numbered as they come), so that most values take one or two
 * bytes. Reading believes nothing: the loader checks what the values refer to, this that each fits its member. */
#include "analysis/project/project-columns.h"

#include <string.h>

enum
{
  ALL_ALIKE,
  EACH,
};

enum
{
  ADDRESS_NONE,
  ADDRESS_AS_BEFORE,
};

#define START_BITS UINT64_C (0xffffffffffffff)
#define MOST_NAME 64 /* bytes of the longest name of an enumeration, and some */

#define SPREAD 56 /* bits that put_number() puts down at once */

/* Most values take one byte or two, and which cannot be foreseen: so eight bytes are written, of which those count that there are. There is room for them. */
static inline G_ALWAYS_INLINE uint8_t *
put_number (uint8_t *to,
            uint64_t value)
{
  if (G_LIKELY (value >> SPREAD == 0))
    {
      unsigned n = (unsigned) (64 - __builtin_clzll (value | 1) + 6) / 7;

      value = (value & UINT64_C (0xfffffff0000000)) << 4 | (value & UINT64_C (0xfffffff));
      value = (value & UINT64_C (0x0fffc0000fffc000)) << 2 | (value & UINT64_C (0x00003fff00003fff));
      value = (value & UINT64_C (0x3f803f803f803f80)) << 1 | (value & UINT64_C (0x007f007f007f007f));
      value |= UINT64_C (0x8080808080808080) & ((UINT64_C (1) << 8 * (n - 1)) - 1);
      value = GUINT64_TO_LE (value);
      memcpy (to, &value, sizeof value);
      return to + n;
    }
  while (value >= 0x80)
    {
      *to++ = (uint8_t) (value | 0x80);
      value >>= 7;
    }
  *to++ = (uint8_t) value;
  return to;
}

/* The same of one that takes two bytes at most, as nearly all of many columns do. */
static inline G_ALWAYS_INLINE uint8_t *
put_small_number (uint8_t *to,
                  uint64_t value)
{
  unsigned more = value > 0x7f;
  uint16_t bytes = GUINT16_TO_LE ((uint16_t) ((value & 0x7f) | more << 7 | (value << 1 & 0x7f00)));

  memcpy (to, &bytes, sizeof bytes);
  return to + 1 + more;
}

static uint64_t
get_number (IsthCursor *c)
{
  uint64_t value = 0;
  uint8_t byte = 0x80;

  for (int shift = 0; byte & 0x80 && !c->failed; shift += 7)
    {
      byte = isth_cursor_u8 (c);
      if (shift == 63 && byte > 1)
        c->failed = true;
      value |= (uint64_t) (byte & 0x7f) << shift;
    }
  return value;
}

static uint64_t
fold_sign (uint64_t difference)
{
  return difference << 1 ^ (uint64_t) ((int64_t) difference >> 63);
}

static uint64_t
unfold_sign (uint64_t value)
{
  return value >> 1 ^ -(value & 1);
}

/* One loop for each kind: asked row by row, it would cost more than the values do. */
#define GATHER(read) \
  for (uint32_t i = 0; i < n; i++, member += size) \
    values[i] = (read)

/* The member of each row as a number. */
static void
gather (const IsthColumn *column,
        const uint8_t    *rows,
        uint32_t          size,
        uint32_t          n,
        uint64_t         *values)
{
  const uint8_t *member = rows + column->offset;

  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_U16:
      GATHER (*(const uint16_t *) member);
      break;
    case ISTH_COLUMN_U32:
      GATHER (*(const uint32_t *) member);
      break;
    case ISTH_COLUMN_U64:
    case ISTH_COLUMN_I64:
      GATHER (*(const uint64_t *) member);
      break;
    case ISTH_COLUMN_START:
      GATHER ((uint64_t) (int64_t) ((const IsthActivity *) member)->start);
      break;
    case ISTH_COLUMN_SHIFT:
      GATHER (((const IsthActivity *) member)->shift);
      break;
    default:
      GATHER (*member);
    }
}

/* The reverse; false when a value does not fit. */
static bool
scatter (const IsthColumn *column,
         const uint64_t   *values,
         uint32_t          n,
         uint8_t          *rows,
         uint32_t          size)
{
  uint8_t *member = rows + column->offset;
  bool fine = true;

  for (uint32_t i = 0; i < n; i++, member += size)
    switch ((IsthColumnKind) column->kind)
      {
      case ISTH_COLUMN_U16:
        *(uint16_t *) member = (uint16_t) values[i];
        fine &= values[i] <= UINT16_MAX;
        break;
      case ISTH_COLUMN_U32:
        *(uint32_t *) member = (uint32_t) values[i];
        fine &= values[i] <= UINT32_MAX;
        break;
      case ISTH_COLUMN_U64:
      case ISTH_COLUMN_I64:
        *(uint64_t *) member = values[i];
        break;
      case ISTH_COLUMN_START:
        ((IsthActivity *) member)->start = (int64_t) (values[i] & START_BITS);
        fine &= (uint64_t) (int64_t) ((IsthActivity *) member)->start == values[i];
        break;
      case ISTH_COLUMN_SHIFT:
        ((IsthActivity *) member)->shift = values[i] & UINT8_MAX;
        fine &= values[i] <= UINT8_MAX;
        break;
      default:
        *member = (uint8_t) values[i];
        fine &= values[i] <= (column->kind == ISTH_COLUMN_BOOL ? 1 : UINT8_MAX);
      }
  return fine;
}

/* Puts @values down, those of a column that are alike only once. What the largest step of the column is tells how each can be put down. */
static uint8_t *
put_numbers (uint8_t        *to,
             const uint64_t *values,
             uint32_t        n)
{
  uint64_t steps[ISTH_CHUNK_ROWS], others = 0;

  for (uint32_t i = 1; i < n; i++)
    others |= steps[i] = fold_sign (values[i] - values[i - 1]);
  *to++ = others ? EACH : ALL_ALIKE;
  to = put_number (to, fold_sign (values[0]));
  if (others >> 14)
    for (uint32_t i = 1; i < n; i++)
      to = put_number (to, steps[i]);
  else if (others >> 7)
    for (uint32_t i = 1; i < n; i++)
      to = put_small_number (to, steps[i]);
  else if (others)
    for (uint32_t i = 1; i < n; i++)
      *to++ = (uint8_t) steps[i];
  return to;
}

/* How many values of a column follow. */
static uint32_t
get_mode (IsthCursor *c,
          uint32_t    n)
{
  uint8_t mode = isth_cursor_u8 (c);

  c->failed |= mode > EACH;
  return mode == EACH ? n : 1;
}

static void
get_numbers (IsthCursor *c,
             uint64_t   *values,
             uint32_t    n)
{
  uint32_t there = get_mode (c, n);
  uint64_t before = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      if (i < there)
        before += unfold_sign (get_number (c));
      values[i] = before;
    }
}

static uint8_t *
put_addresses (uint8_t          *to,
               const IsthColumn *column,
               const uint8_t    *rows,
               uint32_t          size,
               uint32_t          n)
{
  static const uint8_t sizes[] = { [ISTH_ADDRESS_MAC] = 6, [ISTH_ADDRESS_IPV4] = 4, [ISTH_ADDRESS_IPV6] = 16 };
  const IsthAddress *before = NULL;

  *to++ = EACH;
  for (uint32_t i = 0; i < n; i++)
    {
      const IsthAddress *address = (const IsthAddress *) (const void *) (rows + (size_t) i * size + column->offset);

      if (before && isth_address_equal (address, before))
        *to++ = ADDRESS_AS_BEFORE;
      else if (address->kind == ISTH_ADDRESS_NONE)
        *to++ = ADDRESS_NONE;
      else
        {
          *to = isth_address_is_scoped (address) ? 12 : sizes[address->kind];
          memcpy (to + 1, address->bytes, *to);
          to += 1 + *to;
        }
      before = address;
    }
  return to;
}

static IsthAddress
get_address (IsthCursor        *c,
             const IsthAddress *before)
{
  uint8_t size = isth_cursor_u8 (c);
  const uint8_t *bytes = size > ADDRESS_AS_BEFORE ? isth_cursor_bytes (c, size) : NULL;
  IsthAddress address = { 0 };

  if (size == ADDRESS_AS_BEFORE)
    return *before;
  if (!bytes)
    return address;
  switch (size)
    {
    case 4:
      return isth_address_ipv4 (bytes);
    case 6:
      return isth_address_mac (bytes);
    case 16:
      return isth_address_ipv6 (bytes);
    case 12: /* a loopback address of one capture */
      address = isth_address_ipv4 (bytes);
      memcpy (address.bytes, bytes, 12);
      c->failed |= !isth_address_is_loopback (&address);
      return address;
    default:
      c->failed = true;
      return address;
    }
}

static void
get_addresses (IsthCursor       *c,
               const IsthColumn *column,
               uint8_t          *rows,
               uint32_t          size,
               uint32_t          n)
{
  uint32_t there = get_mode (c, n);
  IsthAddress before = { 0 };

  for (uint32_t i = 0; i < n; i++)
    {
      if (i < there)
        before = get_address (c, &before);
      *(IsthAddress *) (void *) (rows + (size_t) i * size + column->offset) = before;
    }
}

typedef const char *(*NameOf) (unsigned int number);

/* The names of an enumeration, and how many; NULL for other columns. */
static NameOf
get_names (const IsthColumn *column,
           uint32_t         *n)
{
  switch ((IsthColumnKind) column->kind)
    {
    case ISTH_COLUMN_ATTRIBUTE:
      *n = ISTH_N_ATTRIBUTES;
      return isth_attribute_name;
    case ISTH_COLUMN_VERB:
      *n = ISTH_N_OPS;
      return isth_op_name;
    case ISTH_COLUMN_OUTCOME:
      *n = ISTH_N_OUTCOMES;
      return isth_outcome_name;
    case ISTH_COLUMN_TRANSFER:
      *n = ISTH_N_TRANSFER_STATES;
      return isth_transfer_state_name;
    case ISTH_COLUMN_REMARK:
      *n = ISTH_N_REMARKS;
      return isth_remark_name;
    default:
      return NULL;
    }
}

static uint8_t *
put_words (uint8_t        *to,
           const uint64_t *values,
           uint32_t        n,
           NameOf          name_of)
{
  uint8_t known[ISTH_CHUNK_ROWS], n_known = 0;

  *to++ = EACH;
  for (uint32_t i = 0; i < n; i++)
    {
      const char *name;
      uint8_t number = 0;

      while (number < n_known && known[number] != values[i])
        number++;
      *to++ = number;
      if (number < n_known)
        continue;
      known[n_known++] = (uint8_t) values[i];
      name = name_of ((unsigned int) values[i]);
      *to = (uint8_t) strlen (name);
      g_assert (*to <= MOST_NAME);
      memcpy (to + 1, name, *to);
      to += 1 + *to;
    }
  return to;
}

/* The number of the name that follows. */
static uint8_t
get_word (IsthCursor *c,
          NameOf      name_of,
          uint32_t    n_names)
{
  uint8_t length = isth_cursor_u8 (c);
  const uint8_t *text = isth_cursor_bytes (c, length);

  for (uint32_t i = 0; i < n_names && text; i++)
    if (strlen (name_of (i)) == length && memcmp (name_of (i), text, length) == 0)
      return (uint8_t) i;
  c->failed = true;
  return 0;
}

static void
get_words (IsthCursor *c,
           uint64_t   *values,
           uint32_t    n,
           NameOf      name_of,
           uint32_t    n_names)
{
  uint8_t known[ISTH_CHUNK_ROWS] = { 0 }, n_known = 0;
  uint32_t there = get_mode (c, n);

  for (uint32_t i = 0; i < n; i++)
    {
      uint8_t number = i < there ? isth_cursor_u8 (c) : 0;

      if (number == n_known && !c->failed)
        known[n_known++] = get_word (c, name_of, n_names);
      c->failed |= number >= n_known;
      values[i] = known[number % ISTH_CHUNK_ROWS];
    }
}

static uint32_t
count_columns (const IsthFactTable *self)
{
  uint32_t n = 0;

  while (self->columns[n].kind != ISTH_COLUMN_END)
    n++;
  return n;
}

size_t
isth_chunk_pack (const IsthFactTable *self,
                 const void          *rows,
                 uint32_t             n,
                 uint8_t             *to)
{
  uint32_t n_columns = count_columns (self), n_names;
  uint8_t *start = to;

  *to++ = (uint8_t) n;
  *to++ = (uint8_t) n_columns;
  for (uint32_t i = 0; i < n_columns; i++)
    {
      const IsthColumn *column = &self->columns[i];
      NameOf name_of = get_names (column, &n_names);
      uint64_t values[ISTH_CHUNK_ROWS];

      if (column->kind == ISTH_COLUMN_ADDRESS)
        {
          to = put_addresses (to, column, rows, self->size, n);
          continue;
        }
      gather (column, rows, self->size, n, values);
      to = name_of ? put_words (to, values, n, name_of) : put_numbers (to, values, n);
    }
  return (size_t) (to - start);
}

uint32_t
isth_chunk_unpack (const IsthFactTable *self,
                   const void          *bytes,
                   size_t               n_bytes,
                   IsthChunkRows       *rows)
{
  IsthCursor c = isth_cursor_new (bytes, (uint32_t) n_bytes, (uint32_t) n_bytes);
  uint32_t n = isth_cursor_u8 (&c), n_columns = isth_cursor_u8 (&c), n_names;

  if (n == 0 || n > ISTH_CHUNK_ROWS || n_columns > count_columns (self))
    return 0;
  memset (rows, 0, (size_t) n * self->size);
  for (uint32_t i = 0; i < n_columns && !c.failed; i++)
    {
      const IsthColumn *column = &self->columns[i];
      NameOf name_of = get_names (column, &n_names);
      uint64_t values[ISTH_CHUNK_ROWS];

      if (column->kind == ISTH_COLUMN_ADDRESS)
        {
          get_addresses (&c, column, (uint8_t *) rows, self->size, n);
          continue;
        }
      if (name_of)
        get_words (&c, values, n, name_of, n_names);
      else
        get_numbers (&c, values, n);
      c.failed |= !scatter (column, values, n, (uint8_t *) rows, self->size);
    }
  return c.failed || isth_cursor_left (&c) > 0 ? 0 : n;
}

void
isth_chunk_add_piece (GByteArray *chunk,
                      const void *data,
                      uint32_t    n)
{
  uint8_t length[8];

  if (chunk->len == 0)
    g_byte_array_append (chunk, (const uint8_t[]) { 0 }, 1);
  chunk->data[0]++;
  g_byte_array_append (chunk, length, (guint) (put_number (length, n) - length));
  if (n > 0)
    g_byte_array_append (chunk, data, n);
}

const uint8_t *
isth_chunk_next_piece (IsthCursor *chunk,
                       uint32_t   *n)
{
  uint64_t length = get_number (chunk);

  if (length > isth_cursor_left (chunk))
    chunk->failed = true;
  *n = (uint32_t) length;
  return chunk->failed ? NULL : isth_cursor_bytes (chunk, *n);
}
