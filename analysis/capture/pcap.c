/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The classic capture file (draft-ietf-opsawg-pcap) with its relatives: nanoseconds, AIX, Kuznetzov's patches, Nokia, IXIA. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/capture/reader.h"

#define FILE_HEADER 24u
#define RECORD_HEADER 16u      /* of the standard variant; the others add to it */
#define LONGEST_HEADER 28u
#define CHAIN 3                /* record headers in a row that are no accident */
#define LOOK_AHEAD (CHAIN * (LONGEST_HEADER + ISTH_LIMIT_FRAME) + LONGEST_HEADER)
#define YEAR (366u * 86400u)

typedef enum { LENGTHS_NORMAL, LENGTHS_SWAPPED, LENGTHS_UNSURE } Lengths;

typedef struct
{
  bool swapped;    /* not our byte order */
  Lengths lengths; /* before version 2.3 the wire length came first */
  uint32_t header; /* bytes of a record header */
  uint32_t fraction; /* ns of one unit of the fraction */
  uint32_t link_type;
  uint32_t second; /* of the last frame given */
  bool any;        /* a frame was given */
  IsthCaptureInterface *interface;
} Pcap;

typedef struct { uint32_t second, fraction, captured, wire; } Record;

static const struct
{
  uint32_t magic, fraction;
  uint32_t headers[3]; /* sizes of the record header to try, the usual one first */
  uint32_t extra;      /* bytes behind the file header */
  const char *name;
} magics[] = {
  { 0xa1b2c3d4, 1000, { 16, 24, 20 }, 0, "pcap" },
  { 0xa1b23c4d, 1, { 16 }, 0, "pcap (ns)" },
  { 0xa1b2cd34, 1000, { 24, 28 }, 0, "pcap (modified)" },
  { 0x1c0001ac, 1, { 16 }, 4, "pcap (IXIA, hardware)" },
  { 0x1c0001ab, 1000, { 16 }, 4, "pcap (IXIA, software)" },
};

static inline __attribute__ ((always_inline)) Record
record_get (const uint8_t *data,
            bool           swapped,
            Lengths        lengths)
{
  Record r = { isth_get_u32 (data, swapped), isth_get_u32 (data + 4, swapped),
               isth_get_u32 (data + 8, swapped), isth_get_u32 (data + 12, swapped) };

  if (G_UNLIKELY (lengths == LENGTHS_SWAPPED || (lengths == LENGTHS_UNSURE && r.captured > r.wire)))
    {
      uint32_t wire = r.captured;

      r.captured = r.wire;
      r.wire = wire;
    }
  return r;
}

/* What any record must be; a hole of zeros, as a crashed writer leaves it, is none. */
static inline bool
record_possible (const Record *r)
{
  return r->captured <= ISTH_LIMIT_FRAME && (r->captured | r->wire | r->second | r->fraction) != 0;
}

/* What a record is when it has to be told from arbitrary bytes. */
static bool
record_plausible (const Pcap   *self,
                  const Record *r)
{
  return r->captured <= ISTH_LIMIT_FRAME && r->wire >= r->captured && r->wire > 0 && r->wire <= ISTH_LIMIT_BLOCK
         && r->fraction < ISTH_SECOND / self->fraction;
}

static bool
seconds_near (uint32_t a,
              uint32_t b)
{
  return (a > b ? a - b : b - a) <= YEAR;
}

/* Follows record headers from @data on: how many stand in a row, at most CHAIN. *@complete when the last of them ends
 * where the bytes end. */
static unsigned int
pcap_chain (const Pcap    *self,
            const uint8_t *data,
            size_t         n,
            bool          *complete)
{
  unsigned int length = 0;
  uint32_t second = 0;

  *complete = false;
  while (length < CHAIN && n >= self->header)
    {
      Record r = record_get (data, self->swapped, self->lengths);

      if (!record_plausible (self, &r) || (length > 0 && !seconds_near (r.second, second)))
        return 0;
      length++;
      second = r.second;
      if (n - self->header < r.captured)
        return length;
      data += self->header + r.captured;
      n -= self->header + r.captured;
      *complete = n == 0;
    }
  return length;
}

/* Whether a record begins at @data; @ended when nothing follows the @n bytes. */
static bool
pcap_begins (gconstpointer  state,
             const uint8_t *data,
             size_t         n,
             bool           ended)
{
  const Pcap *self = state;
  bool complete;
  unsigned int length;

  if (n < self->header)
    return false;
  length = pcap_chain (self, data, n, &complete);
  if (length >= CHAIN && (!ended || !self->any))
    return true;
  if (!ended || length == 0 || !self->any)
    return false;
  /* The end of a payload that is full of small numbers looks like records of the year 1970. */
  return (complete || length >= 2) && seconds_near (isth_get_u32 (data, self->swapped), self->second);
}

static inline void
pcap_lend (IsthSource   *source,
           Pcap         *self,
           IsthFrame    *frame,
           const Record *r,
           size_t        at)
{
  const IsthInput *input = &source->input;

  frame->time = r->second * ISTH_SECOND + (int64_t) r->fraction * self->fraction;
  frame->offset = input->offset + at;
  frame->data = isth_input_at (input) + at + self->header;
  frame->captured = r->captured;
  frame->wire = r->wire;
  frame->link_type = self->link_type;
  frame->interface = 0;
  if (G_UNLIKELY (r->wire < r->captured))
    {
      isth_tally_add (&source->overlong, frame->offset, source->number, (int64_t) (r->captured - r->wire));
      frame->wire = r->captured;
    }
  if (G_UNLIKELY (r->captured > ISTH_LIMIT_FRAME))
    {
      isth_tally_add (&source->oversized, frame->offset, source->number, r->captured);
      frame->captured = ISTH_LIMIT_FRAME;
    }
  frame->number = ++source->number;
  self->second = r->second;
  self->any = true;
}

/* The fast road: whole records in the window, each followed by a possible one. Anything else is left to pcap_step(). */
static inline __attribute__ ((always_inline)) size_t
pcap_take (IsthSource *source,
           Pcap       *self,
           IsthFrame  *frames,
           size_t      n,
           bool        swapped,
           Lengths     lengths)
{
  IsthInput *input = &source->input;
  const uint8_t *data = isth_input_at (input);
  const size_t left = isth_input_left (input), header = self->header;
  const bool last_may_lack_next = input->ended || input->waits;
  size_t at = 0, count = 0;
  Record r;

  if (left < header)
    return 0;
  r = record_get (data, swapped, lengths);
  while (count < n && record_possible (&r) && left - at >= header + r.captured)
    {
      const size_t behind = at + header + r.captured;
      Record next = { 0 };

      if (G_LIKELY (left - behind >= RECORD_HEADER))
        {
          next = record_get (data + behind, swapped, lengths);
          if (G_UNLIKELY (!record_possible (&next)))
            break;
        }
      else if (!last_may_lack_next)
        break;

      pcap_lend (source, self, &frames[count++], &r, at);
      at = behind;
      if (left - at < header)
        break;
      r = next;
    }
  isth_input_consume (input, at);
  return count;
}

/* A record whose bytes end before it does: its length lies when frames can be found inside it, else the file was cut. */
static bool
pcap_end_inside (IsthSource *source,
                 Pcap       *self,
                 size_t      size)
{
  IsthInput *input = &source->input;
  size_t left = isth_input_left (input);

  for (size_t i = 1; i + self->header <= left; i++)
    if (pcap_begins (self, isth_input_at (input) + i, left - i, true))
      return isth_source_find_next (source, LOOK_AHEAD, pcap_begins, self, false);

  if (left > 0 && !isth_input_is_cancelled (input))
    isth_source_cut (source, input->offset, source->number, left, size);
  isth_input_consume (input, left);
  return false;
}

/* One frame whose successor is no possible record: when a row of records begins inside it, its length was the lie. */
static void
pcap_lend_doubtful (IsthSource   *source,
                    Pcap         *self,
                    IsthFrame    *frame,
                    const Record *record)
{
  IsthInput *input = &source->input;
  Record r = *record;

  isth_input_need (input, self->header + r.captured + LOOK_AHEAD);
  for (size_t i = self->header; i < self->header + r.captured; i++)
    {
      bool complete;

      if (pcap_chain (self, isth_input_at (input) + i, isth_input_left (input) - i, &complete) < CHAIN)
        continue;
      isth_source_damage (source, input->offset, source->number,
                          _("A frame claims %u bytes, but the next one begins after %u; it was cut there."),
                          r.captured, (unsigned int) (i - self->header));
      r.captured = (uint32_t) (i - self->header);
      break;
    }
  pcap_lend (source, self, frame, &r, 0);
  isth_input_consume (input, self->header + r.captured);
}

/* A frame above the ceiling is believed when another record or the end follows it. */
static bool
pcap_is_oversized (IsthSource   *source,
                   Pcap         *self,
                   const Record *r)
{
  IsthInput *input = &source->input;
  size_t size = (size_t) self->header + r->captured;
  Record next;

  if (r->captured > ISTH_LIMIT_BLOCK || r->wire < r->captured || !isth_input_need (input, size))
    return false;
  if (!isth_input_need (input, size + RECORD_HEADER))
    return isth_input_left (input) == size;
  next = record_get (isth_input_at (input) + size, self->swapped, self->lengths);
  return record_plausible (self, &next);
}

typedef enum { STEP_END, STEP_AGAIN, STEP_LENT } Step;

/* The slow road, with no frame lent: reads on, or deals with what the fast road would not touch. */
static Step
pcap_step (IsthSource *source,
           Pcap       *self,
           IsthFrame  *frame)
{
  IsthInput *input = &source->input;
  size_t size;
  Record r, next;

  if (!isth_input_await (input, self->header))
    return isth_input_is_idle (input) ? STEP_END : pcap_end_inside (source, self, 0) ? STEP_AGAIN : STEP_END;

  r = record_get (isth_input_at (input), self->swapped, self->lengths);
  size = (size_t) self->header + r.captured;
  if (r.captured > ISTH_LIMIT_FRAME && pcap_is_oversized (source, self, &r))
    {
      pcap_lend (source, self, frame, &r, 0);
      isth_input_consume (input, size);
      return STEP_LENT;
    }
  if (!record_possible (&r))
    return isth_source_find_next (source, LOOK_AHEAD, pcap_begins, self, false) ? STEP_AGAIN : STEP_END;
  if (!isth_input_await (input, size))
    return isth_input_is_idle (input) ? STEP_END : pcap_end_inside (source, self, size) ? STEP_AGAIN : STEP_END;
  if (isth_input_left (input) < size + RECORD_HEADER && (input->waits || !isth_input_need (input, size + RECORD_HEADER)))
    return STEP_AGAIN;

  next = record_get (isth_input_at (input) + size, self->swapped, self->lengths);
  if (record_possible (&next))
    return STEP_AGAIN;
  pcap_lend_doubtful (source, self, frame, &r);
  return STEP_LENT;
}

static size_t
pcap_read (IsthSource *source,
           IsthFrame  *frames,
           size_t      n)
{
  Pcap *self = source->state;
  size_t count;

  for (;;)
    {
      Step step;

      if (self->lengths != LENGTHS_NORMAL)
        count = pcap_take (source, self, frames, n, self->swapped, self->lengths);
      else if (self->swapped)
        count = pcap_take (source, self, frames, n, true, LENGTHS_NORMAL);
      else
        count = pcap_take (source, self, frames, n, false, LENGTHS_NORMAL);
      if (count > 0)
        break;
      step = pcap_step (source, self, frames);
      if (step == STEP_END)
        return 0;
      if (step == STEP_LENT)
        {
          count = 1;
          break;
        }
    }
  self->interface->frames += count;
  return count;
}

/* Some variants share a magic number and differ in their record header: takes the first whose records follow one another. */
static void
pcap_choose_header (IsthSource     *source,
                    Pcap           *self,
                    const uint32_t *headers)
{
  IsthInput *input = &source->input;

  self->header = headers[0];
  if (headers[1] == 0)
    return;
  if (!input->waits)
    isth_input_need (input, LOOK_AHEAD);
  for (size_t i = 0; i < 3 && headers[i] > 0; i++)
    {
      bool complete;

      self->header = headers[i];
      if (isth_input_left (input) < self->header || pcap_chain (self, isth_input_at (input), isth_input_left (input), &complete) >= (i == 0 ? 1 : 2) || (i > 0 && complete))
        return;
    }
  self->header = headers[0];
}

/* The few values of old BSD and AIX files that mean something else in the registry. */
static uint32_t
pcap_link_type (uint32_t value,
                bool     aix)
{
  static const struct { uint32_t from, to; bool aix; } renamed[] = {
    { 6, 1, true },  { 9, 6, true },     { 15, 10, true },    { 24, 0, true },
    { 11, 100, false }, { 12, 101, false }, { 14, 101, false }, { 19, 106, false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (renamed); i++)
    if (renamed[i].from == value && renamed[i].aix == aix)
      return renamed[i].to;
  return value;
}

static bool
pcap_open (IsthSource *source,
           GError    **error)
{
  IsthInput *input = &source->input;
  const uint8_t *data;
  uint32_t major, minor, network;
  bool swapped = false, aix;
  size_t kind = 0;
  Pcap *self;

  if (!isth_input_need (input, 4))
    return false;
  while (kind < G_N_ELEMENTS (magics) && isth_get_u32 (isth_input_at (input), false) != magics[kind].magic
         && isth_get_u32 (isth_input_at (input), true) != magics[kind].magic)
    kind++;
  if (kind == G_N_ELEMENTS (magics))
    return false;
  if (!isth_input_need (input, FILE_HEADER + magics[kind].extra))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” begins like a pcap file but ends inside its file header, after %u bytes. Record or copy it again."),
                   source->info.path, (unsigned int) isth_input_left (input));
      return false;
    }

  data = isth_input_at (input);
  swapped = isth_get_u32 (data, false) != magics[kind].magic;
  major = isth_get_u16 (data + 4, swapped);
  minor = isth_get_u16 (data + 6, swapped);
  network = isth_get_u32 (data + 20, swapped) & 0xffff; /* the bits above tell of a frame check sequence */
  if (major < 2)
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_NOT_CAPTURE,
                   _("“%s” is a pcap file of version %u.%u, which nothing reads; its header may be damaged."),
                   source->info.path, major, minor);
      return false;
    }

  aix = kind == 0 && major == 2 && minor == 2 && (network == 6 || network == 9 || network == 15 || network == 24);
  source->state = self = g_new0 (Pcap, 1);
  self->swapped = swapped;
  self->fraction = aix ? 1 : magics[kind].fraction;
  self->link_type = pcap_link_type (network, aix);
  if (major == 543 || (major == 2 && minor < 3 && !aix))
    self->lengths = LENGTHS_SWAPPED;
  else if (major == 2 && minor == 3)
    self->lengths = LENGTHS_UNSURE;
  self->interface = isth_source_add_interface (source, self->link_type, isth_get_u32 (data + 16, swapped));
  isth_input_consume (input, FILE_HEADER + magics[kind].extra);
  pcap_choose_header (source, self, magics[kind].headers);
  isth_source_set_format (source, aix ? "pcap (AIX)" : self->header == 20 ? "pcap (Nokia)" : kind == 0 && self->header == 24 ? "pcap (modified)" : magics[kind].name);
  return true;
}

const IsthFormat isth_format_pcap = {
  .open = pcap_open,
  .read = pcap_read,
  .clear = g_free,
};
