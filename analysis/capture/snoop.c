/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The capture file of Solaris' snoop (RFC 1761): big-endian records that count the drops before them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/cursor.h"
#include "analysis/base/error.h"
#include "analysis/capture/reader.h"

#define FILE_HEADER 16u
#define RECORD_HEADER 24u
#define MOST_PADDING 64u
#define LOOK_AHEAD (2 * (RECORD_HEADER + ISTH_LIMIT_FRAME + MOST_PADDING))

static const uint8_t magic[8] = "snoop\0\0";

typedef struct
{
  uint32_t link_type;
  uint32_t dropped;
  IsthCaptureInterface *interface;
} Snoop;

typedef struct { uint32_t wire, captured, size, dropped, second, microsecond; } Record;

static Record
record_get (const uint8_t *data)
{
  return (Record){ isth_be32 (data), isth_be32 (data + 4), isth_be32 (data + 8),
                   isth_be32 (data + 12), isth_be32 (data + 16), isth_be32 (data + 20) };
}

/* The record's own length makes this strict enough to find records again behind damage. */
static bool
record_possible (const Record *r)
{
  return r->captured <= ISTH_LIMIT_FRAME && r->size >= RECORD_HEADER + r->captured
         && r->size - RECORD_HEADER - r->captured <= MOST_PADDING && r->microsecond < 1000000;
}

static bool
snoop_begins (gconstpointer  state,
              const uint8_t *data,
              size_t         n,
              bool           ended)
{
  Record r;

  if (n < RECORD_HEADER)
    return false;
  r = record_get (data);
  if (!record_possible (&r) || r.wire < r.captured || r.captured == 0 || n < r.size)
    return false;
  if (n - r.size < RECORD_HEADER)
    return ended && n == r.size;
  r = record_get (data + r.size);
  return record_possible (&r);
}

static bool
snoop_end_inside (IsthSource *source,
                  size_t      size)
{
  IsthInput *input = &source->input;
  size_t left = isth_input_left (input);

  for (size_t i = 1; i + RECORD_HEADER <= left; i++)
    if (snoop_begins (NULL, isth_input_at (input) + i, left - i, true))
      return isth_source_find_next (source, LOOK_AHEAD, snoop_begins, NULL, false);

  if (left > 0 && !isth_input_is_cancelled (input))
    isth_source_cut (source, input->offset, source->number, left, size);
  isth_input_consume (input, left);
  return false;
}

/* With no frame lent: brings a whole record into the window, past damage if need be; false at the end. */
static bool
snoop_step (IsthSource *source)
{
  IsthInput *input = &source->input;
  Record r;

  if (!isth_input_await (input, RECORD_HEADER))
    return !isth_input_is_idle (input) && snoop_end_inside (source, 0);
  r = record_get (isth_input_at (input));
  if (!record_possible (&r))
    return isth_source_find_next (source, LOOK_AHEAD, snoop_begins, NULL, false);
  return isth_input_await (input, r.size) || (!isth_input_is_idle (input) && snoop_end_inside (source, r.size));
}

static void
snoop_lend (IsthSource   *source,
            Snoop        *self,
            IsthFrame    *frame,
            const Record *r)
{
  frame->time = r->second * ISTH_SECOND + r->microsecond * 1000LL;
  frame->offset = source->input.offset;
  frame->data = isth_input_at (&source->input) + RECORD_HEADER;
  frame->captured = r->captured;
  frame->wire = MAX (r->wire, r->captured);
  frame->link_type = self->link_type;
  frame->interface = 0;
  if (r->wire < r->captured)
    isth_tally_add (&source->overlong, frame->offset, source->number, (int64_t) (r->captured - r->wire));
  frame->number = ++source->number;
  self->dropped = MAX (self->dropped, r->dropped);
}

static size_t
snoop_read (IsthSource *source,
            IsthFrame  *frames,
            size_t      n)
{
  Snoop *self = source->state;
  IsthInput *input = &source->input;
  size_t count = 0;

  while (count < n)
    {
      Record r = { 0 };

      if (isth_input_left (input) >= RECORD_HEADER)
        r = record_get (isth_input_at (input));
      if (r.size == 0 || !record_possible (&r) || isth_input_left (input) < r.size)
        {
          if (count > 0)
            break;
          if (!snoop_step (source))
            return 0;
          continue;
        }
      snoop_lend (source, self, &frames[count++], &r);
      isth_input_consume (input, r.size);
    }
  self->interface->frames += count;
  self->interface->dropped = self->dropped;
  self->interface->dropped_known = true;
  return count;
}

/* Data link types of RFC 1761 and its registry as LINKTYPE_ values. */
static bool
snoop_link_type (uint32_t  value,
                 uint32_t *link_type)
{
  static const struct { uint32_t from, to; } types[] = {
    { 0, 1 }, { 2, 6 }, { 4, 1 }, { 8, 10 }, { 18, 123 }, { 26, 242 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].from == value)
      {
        *link_type = types[i].to;
        return true;
      }
  return false;
}

static bool
snoop_open (IsthSource *source,
            GError    **error)
{
  IsthInput *input = &source->input;
  uint32_t version, type, link_type;
  Snoop *self;

  if (!isth_input_need (input, sizeof magic) || memcmp (isth_input_at (input), magic, sizeof magic) != 0)
    return false;
  if (!isth_input_need (input, FILE_HEADER))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” begins like a snoop file but ends inside its file header, after %u bytes. Record or copy it again."),
                   source->info.path, (unsigned int) isth_input_left (input));
      return false;
    }
  version = isth_be32 (isth_input_at (input) + 8);
  type = isth_be32 (isth_input_at (input) + 12);
  if (version != 2 || !snoop_link_type (type, &link_type))
    {
      g_autofree char *in = g_shell_quote (source->info.path);
      g_autofree char *name = g_strdup_printf ("%s.pcapng", source->info.path);
      g_autofree char *out = g_shell_quote (name);

      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” is a snoop file of version %u and network type %u, which Isthmus does not read. Convert it, then open the copy: editcap -F pcapng %s %s"),
                   source->info.path, version, type, in, out);
      return false;
    }

  source->state = self = g_new0 (Snoop, 1);
  self->link_type = link_type;
  self->interface = isth_source_add_interface (source, link_type, 0);
  isth_input_consume (input, FILE_HEADER);
  isth_source_set_format (source, "snoop");
  return true;
}

const IsthFormat isth_format_snoop = {
  .open = snoop_open,
  .read = snoop_read,
  .clear = g_free,
};
