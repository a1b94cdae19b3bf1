/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The block-structured capture file (draft-ietf-opsawg-pcapng): sections, interfaces, packets, names, statistics. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/address.h"
#include "analysis/base/error.h"
#include "analysis/base/text.h"
#include "analysis/capture/reader.h"

#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_PACKET_OLD 2u
#define BLOCK_PACKET_SIMPLE 3u
#define BLOCK_NAMES 4u
#define BLOCK_STATISTICS 5u
#define BLOCK_PACKET 6u
#define BLOCK_JOURNAL 9u
#define BLOCK_SECRETS 10u
#define BLOCK_CUSTOM 0x00000badu
#define BLOCK_CUSTOM_NO_COPY 0x40000badu
#define BYTE_ORDER_MAGIC 0x1a2b3c4du

#define SMALLEST 12u             /* type and two lengths */
#define SCANNED (1u << 20)       /* largest block that is believed when looking for one behind damage */

/* An interface as its section knows it; what the user sees of it is IsthCaptureInterface. */
typedef struct
{
  uint32_t index;     /* in the info's list */
  uint32_t link_type;
  uint32_t snap_length;
  uint64_t multiply;  /* ns a tick; 0: divide */
  uint64_t ticks;     /* a second */
  int64_t offset;     /* ns to add */
  uint64_t largest;   /* time that fits when multiplied */
  uint64_t counted;   /* drops by the packets' own counts */
  uint64_t before;    /* drops of the same interface in earlier sections */
} Interface;

typedef struct
{
  bool swapped;
  uint32_t n_interfaces;
  GArray *interfaces; /* Interface; those beyond n_interfaces are of the section before */
  uint32_t n_before;  /* interfaces of the section before */
  GArray *blocks;     /* uint64_t: offsets of the section's header and of its interfaces */
} Pcapng;

/* A list of options, or of name records: the same form with other codes. */
typedef struct
{
  const uint8_t *data;
  size_t n;
  bool swapped;
  uint16_t code, length;
  const uint8_t *value;
} Options;

static bool
options_next (Options *self)
{
  size_t padded;

  if (self->n < 4)
    return false;
  self->code = isth_get_u16 (self->data, self->swapped);
  self->length = isth_get_u16 (self->data + 2, self->swapped);
  padded = 4 + (((size_t) self->length + 3) & ~(size_t) 3);
  if (self->code == 0 || 4 + (size_t) self->length > self->n)
    return false;
  self->value = self->data + 4;
  padded = MIN (padded, self->n);
  self->data += padded;
  self->n -= padded;
  return true;
}

static uint64_t
get_u64 (const uint8_t *data,
         bool           swapped)
{
  uint64_t value;

  memcpy (&value, data, sizeof value);
  return swapped ? __builtin_bswap64 (value) : value;
}

static char *
dup_text (const uint8_t *data,
          size_t         n)
{
  char text[4 * ISTH_LIMIT_TEXT + 1];

  return g_strdup (isth_text_from_string (text, sizeof text, data, n));
}

static void
pcapng_section (IsthSource    *source,
                Pcapng        *self,
                const uint8_t *block,
                uint32_t       total)
{
  Options options = { block + 24, total >= 28 ? total - 28 : 0, self->swapped, 0, 0, NULL };

  self->n_before = MAX (self->n_interfaces, self->n_before);
  self->n_interfaces = 0;
  g_array_set_size (self->blocks, 0);
  g_array_append_val (self->blocks, source->input.offset);
  while (options_next (&options))
    if (options.code == 1)
      isth_source_add_text (source, source->info.comments, dup_text (options.value, options.length));
}

/* if_tsresol: a power of ten, or of two when the top bit is set. */
static void
interface_set_resolution (Interface *self,
                          uint8_t    value)
{
  uint32_t power = value & 0x7f;

  self->ticks = 1;
  self->multiply = 0;
  if (value & 0x80)
    self->ticks = power < 64 ? (uint64_t) 1 << power : 0;
  else
    for (uint32_t i = 0; i < power; i++)
      self->ticks = i < 19 ? self->ticks * 10 : 0;
  if (self->ticks > 0 && (uint64_t) ISTH_SECOND % self->ticks == 0)
    self->multiply = (uint64_t) ISTH_SECOND / self->ticks;
}

static bool
interface_same (const IsthCaptureInterface *a,
                const IsthCaptureInterface *b)
{
  return a->link_type == b->link_type && a->snap_length == b->snap_length && g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->description, b->description) == 0 && g_strcmp0 (a->filter, b->filter) == 0;
}

/* Gives @interface its place in the info's list. A section that repeats the interfaces of the one before (files of a ring
 * buffer joined by cat) repeats them there, too: so neither the list nor the memory grows with the sections. */
static void
interface_place (IsthSource *source,
                 Pcapng     *self,
                 Interface  *interface)
{
  GPtrArray *list = source->info.interfaces;
  IsthCaptureInterface *shown = list->pdata[list->len - 1];

  interface->index = list->len - 1;
  if (self->n_interfaces < self->n_before)
    {
      uint32_t index = g_array_index (self->interfaces, Interface, self->n_interfaces).index;
      IsthCaptureInterface *earlier = list->pdata[index];

      if (index < interface->index && interface_same (earlier, shown))
        {
          g_ptr_array_remove_index (list, interface->index);
          interface->index = index;
          interface->before = earlier->dropped;
          return;
        }
    }
  if (list->len > ISTH_LIMIT_INTERFACES)
    {
      source->info.not_kept++;
      g_ptr_array_remove_index (list, interface->index);
      interface->index = list->len - 1;
    }
}

static void
pcapng_interface (IsthSource    *source,
                  Pcapng        *self,
                  const uint8_t *block,
                  uint32_t       total)
{
  Options options = { block + 16, total >= 20 ? total - 20 : 0, self->swapped, 0, 0, NULL };
  Interface interface = { 0 };
  IsthCaptureInterface *shown;

  interface.link_type = isth_get_u16 (block + 8, self->swapped);
  interface.snap_length = isth_get_u32 (block + 12, self->swapped);
  interface_set_resolution (&interface, 6);
  shown = isth_source_add_interface (source, interface.link_type, interface.snap_length);
  while (options_next (&options))
    switch (options.code)
      {
      case 1:
        isth_source_add_text (source, source->info.comments, dup_text (options.value, options.length));
        break;
      case 2:
        g_free (shown->name);
        shown->name = dup_text (options.value, options.length);
        break;
      case 3:
        g_free (shown->description);
        shown->description = dup_text (options.value, options.length);
        break;
      case 9:
        if (options.length >= 1)
          interface_set_resolution (&interface, options.value[0]);
        break;
      case 11:
        g_free (shown->filter); /* its first byte says: 0, the words of libpcap */
        shown->filter = options.length > 1 && options.value[0] == 0 ? dup_text (options.value + 1, options.length - 1u) : NULL;
        break;
      case 14:
        if (options.length >= 8
            && __builtin_mul_overflow ((int64_t) get_u64 (options.value, self->swapped), ISTH_SECOND, &interface.offset))
          interface.ticks = 0;
        break;
      default:
        break;
      }
  interface.largest = interface.multiply > 0 ? (uint64_t) INT64_MAX / interface.multiply : 0;
  if (interface.ticks == 0)
    interface.multiply = 0;

  interface_place (source, self, &interface);
  if (self->n_interfaces >= ISTH_LIMIT_INTERFACES)
    return;
  if (self->n_interfaces < self->interfaces->len)
    g_array_index (self->interfaces, Interface, self->n_interfaces) = interface;
  else
    g_array_append_val (self->interfaces, interface);
  self->n_interfaces++;
  g_array_append_val (self->blocks, source->input.offset);
}

static int64_t
interface_time_slow (const Interface *self,
                     uint64_t         ticks)
{
  unsigned __int128 value;
  int64_t time;

  if (self->ticks == 0)
    return ISTH_NO_TIME;
  value = (unsigned __int128) ticks * (uint64_t) ISTH_SECOND / self->ticks;
  if (value > INT64_MAX || __builtin_add_overflow ((int64_t) value, self->offset, &time))
    return ISTH_NO_TIME;
  return time;
}

static inline int64_t
interface_time (const Interface *self,
                uint64_t         ticks)
{
  if (G_LIKELY (self->multiply > 0 && ticks <= self->largest && self->offset == 0))
    return (int64_t) (ticks * self->multiply);
  return interface_time_slow (self, ticks);
}

static Interface *
pcapng_get_interface (Pcapng  *self,
                      uint32_t id)
{
  return id < self->n_interfaces ? &g_array_index (self->interfaces, Interface, id) : NULL;
}

static void
pcapng_show_drops (IsthSource *source,
                   Interface  *interface,
                   uint64_t    dropped)
{
  IsthCaptureInterface *shown = source->info.interfaces->pdata[interface->index];

  shown->dropped = MAX (shown->dropped, interface->before + dropped);
  shown->dropped_known = true;
}

static void
pcapng_statistics (IsthSource    *source,
                   Pcapng        *self,
                   const uint8_t *block,
                   uint32_t       total)
{
  Options options = { block + 20, total >= 24 ? total - 24 : 0, self->swapped, 0, 0, NULL };
  Interface *interface = pcapng_get_interface (self, isth_get_u32 (block + 8, self->swapped));
  uint64_t dropped = 0;
  bool known = false;

  while (options_next (&options))
    if ((options.code == 5 || options.code == 7) && options.length >= 8)
      {
        dropped += get_u64 (options.value, self->swapped);
        known = true;
      }
  if (interface && known)
    pcapng_show_drops (source, interface, dropped);
}

static void
pcapng_names (IsthSource    *source,
              Pcapng        *self,
              const uint8_t *block,
              uint32_t       total)
{
  Options records = { block + 8, total - SMALLEST, self->swapped, 0, 0, NULL };

  while (options_next (&records))
    {
      uint32_t width = records.code == 1 ? 4 : records.code == 2 ? 16 : 0;
      const uint8_t *name = records.value + width, *end = records.value + records.length;
      char address[ISTH_ADDRESS_TEXT];
      IsthAddress value;

      if (width == 0 || records.length < width)
        continue;
      value = width == 4 ? isth_address_ipv4 (records.value) : isth_address_ipv6 (records.value);
      isth_address_format (&value, address);
      while (name < end)
        {
          const uint8_t *zero = memchr (name, 0, (size_t) (end - name));
          size_t n = (size_t) ((zero ? zero : end) - name);
          char text[ISTH_LIMIT_TEXT];

          if (n > 0 && *isth_text_from_bytes (text, sizeof text, name, n))
            isth_source_add_text (source, source->info.names, g_strdup_printf ("%s %s", address, text));
          name += n + 1;
        }
    }
}

/* epb_dropcount: frames lost between this one and the one before it. */
static void
pcapng_packet_options (IsthSource    *source,
                       Pcapng        *self,
                       Interface     *interface,
                       const uint8_t *data,
                       size_t         n)
{
  Options options = { data, n, self->swapped, 0, 0, NULL };

  while (options_next (&options))
    if (options.code == 4 && options.length >= 8)
      {
        interface->counted += get_u64 (options.value, self->swapped);
        pcapng_show_drops (source, interface, interface->counted);
      }
}

static void
pcapng_lend (IsthSource      *source,
             IsthFrame       *frame,
             const Interface *interface,
             uint32_t         captured,
             uint32_t         wire)
{
  uint64_t offset = source->input.offset;

  frame->offset = offset;
  frame->link_type = interface->link_type;
  frame->interface = interface->index;
  frame->captured = captured;
  frame->wire = wire;
  if (G_UNLIKELY (wire < captured))
    {
      isth_tally_add (&source->overlong, offset, source->number, captured - wire);
      frame->wire = captured;
    }
  if (G_UNLIKELY (captured > ISTH_LIMIT_FRAME))
    {
      isth_tally_add (&source->oversized, offset, source->number, captured);
      frame->captured = ISTH_LIMIT_FRAME;
    }
  frame->number = ++source->number;
  ((IsthCaptureInterface *) source->info.interfaces->pdata[interface->index])->frames++;
}

/* Enhanced and obsolete packet blocks differ in their second word only. */
static inline bool
pcapng_packet (IsthSource    *source,
               Pcapng        *self,
               const uint8_t *block,
               uint32_t       total,
               bool           old,
               IsthFrame     *frame)
{
  const bool swapped = self->swapped;
  uint32_t id = old ? isth_get_u16 (block + 8, swapped) : isth_get_u32 (block + 8, swapped);
  Interface *interface = pcapng_get_interface (self, id);
  uint32_t captured, padded;
  uint64_t ticks;

  if (total < 32)
    {
      isth_source_damage (source, source->input.offset, source->number, _("A packet block is too short to hold a packet; it was skipped."));
      return false;
    }
  if (!interface)
    {
      isth_source_damage (source, source->input.offset, source->number,
                          _("A packet is of interface %u, which the file does not describe; it was skipped."), id);
      return false;
    }
  captured = isth_get_u32 (block + 20, swapped);
  if (captured > total - 32)
    {
      isth_source_damage (source, source->input.offset, source->number,
                          _("A packet claims %u bytes in a block that has room for %u; it was skipped."), captured, total - 32);
      return false;
    }

  ticks = (uint64_t) isth_get_u32 (block + 12, swapped) << 32 | isth_get_u32 (block + 16, swapped);
  frame->time = interface_time (interface, ticks);
  if (G_UNLIKELY (frame->time == ISTH_NO_TIME))
    isth_tally_add (&source->strange_times, source->input.offset, source->number, 0);
  frame->data = block + 28;
  pcapng_lend (source, frame, interface, captured, isth_get_u32 (block + 24, swapped));

  padded = (captured + 3) & ~3u;
  if (G_UNLIKELY (old))
    {
      uint16_t lost = isth_get_u16 (block + 10, swapped);

      if (lost != 0xffff && lost > 0)
        pcapng_show_drops (source, interface, interface->counted += lost);
    }
  else if (total - 32 > padded)
    pcapng_packet_options (source, self, interface, block + 28 + padded, total - 32 - padded);
  return true;
}

static bool
pcapng_simple_packet (IsthSource    *source,
                      Pcapng        *self,
                      const uint8_t *block,
                      uint32_t       total,
                      IsthFrame     *frame)
{
  Interface *interface = pcapng_get_interface (self, 0);
  uint32_t wire, captured;

  if (total < 16 || !interface)
    {
      isth_source_damage (source, source->input.offset, source->number,
                          _("A simple packet block is too short or has no interface; it was skipped."));
      return false;
    }
  wire = isth_get_u32 (block + 8, self->swapped);
  captured = MIN (wire, total - 16);
  if (interface->snap_length > 0)
    captured = MIN (captured, interface->snap_length);
  frame->time = ISTH_NO_TIME;
  frame->data = block + 12;
  pcapng_lend (source, frame, interface, captured, wire);
  return true;
}

/* One whole block at the window's start; true when it gave a frame. */
static bool
pcapng_block (IsthSource    *source,
              Pcapng        *self,
              const uint8_t *block,
              uint32_t       type,
              uint32_t       total,
              IsthFrame     *frame)
{
  switch (type)
    {
    case BLOCK_PACKET:
      return pcapng_packet (source, self, block, total, false, frame);
    case BLOCK_PACKET_OLD:
      return pcapng_packet (source, self, block, total, true, frame);
    case BLOCK_PACKET_SIMPLE:
      return pcapng_simple_packet (source, self, block, total, frame);
    case BLOCK_SECTION:
      pcapng_section (source, self, block, total);
      return false;
    case BLOCK_INTERFACE:
      if (total >= 20)
        pcapng_interface (source, self, block, total);
      return false;
    case BLOCK_NAMES:
      pcapng_names (source, self, block, total);
      return false;
    case BLOCK_STATISTICS:
      if (total >= 24)
        pcapng_statistics (source, self, block, total);
      return false;
    case BLOCK_SECRETS:
      return false;
    case BLOCK_JOURNAL:
    case BLOCK_CUSTOM:
    case BLOCK_CUSTOM_NO_COPY:
      source->number++; /* Wireshark shows these as frames, and evidence names frames by its numbers */
      return false;
    default:
      isth_tally_add (&source->unknown_blocks, source->input.offset, source->number, 0);
      return false;
    }
}

/* Reads type and length of the block at @data (at least SMALLEST bytes); a section header sets *@swapped, also for itself.
 * False when no block can look so. */
static inline bool
block_get (const uint8_t *data,
           bool          *swapped,
           uint32_t      *type,
           uint32_t      *total)
{
  *type = isth_get_u32 (data, *swapped);
  if (G_UNLIKELY (*type == BLOCK_SECTION))
    {
      uint32_t order = isth_get_u32 (data + 8, false);

      if (order != BYTE_ORDER_MAGIC && order != __builtin_bswap32 (BYTE_ORDER_MAGIC))
        return false;
      *swapped = order != BYTE_ORDER_MAGIC;
      *total = isth_get_u32 (data + 4, *swapped);
      return *total >= 28 && *total <= ISTH_LIMIT_BLOCK && *total % 4 == 0;
    }
  *total = isth_get_u32 (data + 4, *swapped);
  return *total >= SMALLEST && *total <= ISTH_LIMIT_BLOCK && *total % 4 == 0;
}

/* Whether a block of a known type stands whole at @data: used to find the way back after damage. */
static bool
block_begins (gconstpointer  state,
              const uint8_t *data,
              size_t         n,
              bool           ended)
{
  bool swapped = ((const Pcapng *) state)->swapped;
  uint32_t type, total;

  if (n < SMALLEST || !block_get (data, &swapped, &type, &total) || total > SCANNED || total > n)
    return false;
  if (type == 0 || (type > BLOCK_PACKET && type != BLOCK_JOURNAL && type != BLOCK_SECRETS && type != BLOCK_SECTION
                    && type != BLOCK_CUSTOM && type != BLOCK_CUSTOM_NO_COPY))
    return false;
  return isth_get_u32 (data + total - 4, swapped) == total;
}

/* A block whose bytes end before it does: its length lies when blocks can be found inside it, else the file was cut. */
static bool
pcapng_end_inside (IsthSource *source,
                   Pcapng     *self,
                   size_t      total)
{
  IsthInput *input = &source->input;
  size_t left = isth_input_left (input);

  for (size_t i = 1; i + SMALLEST <= left; i++)
    if (block_begins (self, isth_input_at (input) + i, left - i, true))
      return isth_source_find_next (source, SCANNED, block_begins, self, true);

  if (left > 0 && !isth_input_is_cancelled (input))
    isth_source_cut (source, input->offset, source->number, left, total);
  isth_input_consume (input, left);
  return false;
}

/* With no frame lent: brings a whole, agreeing block into the window, past damage if need be; false at the end, and when a pipe is idle. */
static bool
pcapng_step (IsthSource *source,
             Pcapng     *self)
{
  IsthInput *input = &source->input;
  bool swapped = self->swapped;
  uint32_t type, total;

  if (!isth_input_await (input, SMALLEST))
    return !isth_input_is_idle (input) && pcapng_end_inside (source, self, 0);
  if (!block_get (isth_input_at (input), &swapped, &type, &total))
    return isth_source_find_next (source, SCANNED, block_begins, self, true);
  if (!isth_input_await (input, total))
    return !isth_input_is_idle (input) && pcapng_end_inside (source, self, total);
  if (isth_get_u32 (isth_input_at (input) + total - 4, swapped) != total)
    return isth_source_find_next (source, SCANNED, block_begins, self, true);
  return true;
}

static size_t
pcapng_read (IsthSource *source,
             IsthFrame  *frames,
             size_t      n)
{
  Pcapng *self = source->state;
  IsthInput *input = &source->input;
  size_t count = 0;

  while (count < n)
    {
      const uint8_t *block = isth_input_at (input);
      size_t left = isth_input_left (input);
      bool swapped = self->swapped;
      uint32_t type, total;

      if (left < SMALLEST || !block_get (block, &swapped, &type, &total) || left < total
          || isth_get_u32 (block + total - 4, swapped) != total)
        {
          if (count > 0)
            return count;
          if (!pcapng_step (source, self))
            return 0;
          continue;
        }
      self->swapped = swapped;
      count += pcapng_block (source, self, block, type, total, &frames[count]);
      isth_input_consume (input, total);
    }
  return count;
}

static void
pcapng_clear (gpointer state)
{
  Pcapng *self = state;

  g_array_unref (self->interfaces);
  g_array_unref (self->blocks);
  g_free (self);
}

static const GArray *
pcapng_get_blocks (const IsthSource *source)
{
  return ((const Pcapng *) source->state)->blocks;
}

/* A section header, or one of its interfaces, as it was found there before; anything else is another file. */
static bool
pcapng_take_block (IsthSource *source,
                   bool        first)
{
  Pcapng *self = source->state;
  IsthInput *input = &source->input;
  bool swapped = self->swapped;
  uint32_t type, total;

  if (!isth_input_need (input, SMALLEST) || !block_get (isth_input_at (input), &swapped, &type, &total)
      || type != (first ? BLOCK_SECTION : BLOCK_INTERFACE) || !isth_input_need (input, total)
      || isth_get_u32 (isth_input_at (input) + total - 4, swapped) != total)
    return false;
  self->swapped = swapped;
  pcapng_block (source, self, isth_input_at (input), type, total, NULL);
  return true;
}

static bool
pcapng_open (IsthSource *source,
             GError    **error)
{
  IsthInput *input = &source->input;
  Pcapng *self;
  uint32_t order, major;
  bool swapped;

  if (!isth_input_need (input, 4) || isth_get_u32 (isth_input_at (input), false) != BLOCK_SECTION)
    return false;
  if (!isth_input_need (input, 16))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” begins like a pcapng file but ends inside its section header, after %u bytes. Record or copy it again."),
                   source->info.path, (unsigned int) isth_input_left (input));
      return false;
    }
  order = isth_get_u32 (isth_input_at (input) + 8, false);
  swapped = order != BYTE_ORDER_MAGIC;
  major = isth_get_u16 (isth_input_at (input) + 12, swapped);
  if ((swapped && order != __builtin_bswap32 (BYTE_ORDER_MAGIC)) || major != 1)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” begins like a pcapng file, but its section header is damaged or of an unknown version (%u). Copy it again, in binary mode."),
                   source->info.path, major);
      return false;
    }

  source->state = self = g_new0 (Pcapng, 1);
  self->swapped = swapped;
  self->interfaces = g_array_new (FALSE, TRUE, sizeof (Interface));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  isth_source_set_format (source, "pcapng");
  return true;
}

const IsthFormat isth_format_pcapng = {
  .open = pcapng_open,
  .read = pcapng_read,
  .clear = pcapng_clear,
  .get_blocks = pcapng_get_blocks,
  .take_block = pcapng_take_block,
};
