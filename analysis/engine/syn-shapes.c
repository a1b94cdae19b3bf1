/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP leaves its maker free in which order it lists the options of RFC 9293, 3.1 and RFC 7323, and how large a window it offers: habits that last. */
#include "analysis/engine/syn-shapes.h"

#include <glib.h>

#include "analysis/base/hash.h"

#define MOST_OPTIONS 24   /* kinds listed by one shape; a header has room for 40 one-byte ones, p0f's longest shape has 14 */
#define MOST_SHAPES 1024  /* p0f 3.09 knows 240 */
#define MOST_HOPS 35      /* between host and capture; TTLs begin at 64, 128 or 255 */
#define REMEMBERED 1024   /* senders and shapes told last, a power of two */
#define SLOTS 256         /* of shapes by their options, a power of two */

typedef enum
{
  WINDOW_ANY,
  WINDOW_IS,
  WINDOW_SEGMENTS, /* times the largest segment */
  WINDOW_PACKETS,  /* times the largest packet: segment and 40 bytes of headers */
  WINDOW_MODULO,
} WindowKind;

typedef struct
{
  uint8_t kinds[MOST_OPTIONS]; /* 0: end of the list, then @padding bytes */
  uint8_t n_kinds, padding;
  int scale, segment;          /* -1: none, or any */
} Options;

typedef struct
{
  char *name;
  const char *source;
  Options options;
  bool response, generic;
  uint8_t ttl;
  WindowKind window_kind;
  uint32_t window;
  guint next; /* 1 + the next one of its slot, in their order; 0: none */
} Shape;

struct _IsthSynShapes
{
  GArray *shapes;     /* Shape */
  guint first[SLOTS]; /* as Shape.next */
  uint64_t told[REMEMBERED];
  uint32_t n_told;
};

/* What most hosts of the last ten years do; in the words of p0f. */
static const char known[] =
  "[tcp:request]\n"
  "label = g:win:Windows:\n"
  "sig = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok::0\n"
  "sig = *:128:0:*:*,*:mss,nop,nop,sok::0\n"
  "label = g:unix:Linux:\n"
  "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws::0\n"
  "label = g:unix:macOS or iOS:\n"
  "sig = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1::0\n";

static void
shape_clear (gpointer data)
{
  Shape *self = data;

  g_free (self->name);
}

/* "mss,nop,ws,eol+1" */
static bool
parse_options (const char *text,
               Options *self)
{
  static const struct { const char *word; uint8_t kind; } words[] = { { "nop", 1 }, { "mss", 2 }, { "ws", 3 }, { "sok", 4 }, { "sack", 5 }, { "ts", 8 } };
  g_auto(GStrv) parts = g_strsplit (text, ",", MOST_OPTIONS + 1);

  self->n_kinds = 0;
  self->padding = 0;
  for (char **part = parts; *part; part++)
    {
      uint8_t kind = UINT8_MAX;

      if (self->n_kinds == MOST_OPTIONS)
        return false;
      for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_str_equal (*part, words[i].word))
          kind = words[i].kind;
      if (g_str_has_prefix (*part, "eol+"))
        {
          kind = 0;
          self->padding = (uint8_t) MIN (g_ascii_strtoull (*part + 4, NULL, 10), 40);
        }
      else if (**part == '?')
        kind = (uint8_t) g_ascii_strtoull (*part + 1, NULL, 10);
      if (kind == UINT8_MAX)
        return false;
      self->kinds[self->n_kinds++] = kind;
    }
  return self->n_kinds > 1; /* the segment's size alone: so do controllers, printers and scanners */
}

/* "8192", "mss*4", "mtu*2", "%8192" or "*". */
static bool
parse_window (const char *text,
              Shape *self)
{
  const char *number = text;

  self->window_kind = g_str_equal (text, "*") ? WINDOW_ANY : g_str_has_prefix (text, "mss*") ? WINDOW_SEGMENTS
                      : g_str_has_prefix (text, "mtu*") ? WINDOW_PACKETS : text[0] == '%' ? WINDOW_MODULO : WINDOW_IS;
  if (self->window_kind == WINDOW_SEGMENTS || self->window_kind == WINDOW_PACKETS)
    number += 4;
  else if (self->window_kind == WINDOW_MODULO)
    number++;
  self->window = (uint32_t) MIN (g_ascii_strtoull (number, NULL, 10), UINT16_MAX);
  return self->window_kind == WINDOW_ANY || self->window > 0 || g_str_equal (number, "0");
}

static int
parse_number (const char *text)
{
  return g_str_equal (text, "*") ? -1 : (int) MIN (g_ascii_strtoull (text, NULL, 10), UINT16_MAX);
}

/* "version:ttl:length of IP options:segment:window,scale:options:quirks:payload". Shapes of other forms, and bad TTLs ("64-"), are left out. */
static bool
parse_shape (const char *text,
             Shape *self)
{
  g_auto(GStrv) fields = g_strsplit (text, ":", 9);
  g_auto(GStrv) window = NULL;

  if (g_strv_length (fields) != 8 || !g_str_equal (fields[2], "0") || strspn (fields[1], "0123456789") != strlen (fields[1]))
    return false;
  window = g_strsplit (fields[4], ",", 3);
  self->ttl = (uint8_t) MIN (g_ascii_strtoull (fields[1], NULL, 10), UINT8_MAX);
  if (g_strv_length (window) != 2 || self->ttl == 0 || !parse_window (window[0], self) || !parse_options (fields[5], &self->options))
    return false;
  self->options.segment = parse_number (fields[3]);
  self->options.scale = parse_number (window[1]);
  return true;
}

/* "s:win:Windows:7 or 8": the name of a system; NULL for what is a program ("s:!:NMap:SYN scan"). */
static char *
parse_label (const char *text,
             bool *generic)
{
  g_auto(GStrv) fields = g_strsplit (text, ":", 4);

  if (g_strv_length (fields) != 4 || g_str_equal (fields[1], "!") || !g_utf8_validate (text, -1, NULL))
    return NULL;
  *generic = g_str_equal (fields[0], "g");
  return fields[3][0] ? g_strdup_printf ("%s %s", fields[2], fields[3]) : g_strdup (fields[2]);
}

/* The part of @line behind "WORD =", or NULL. */
static const char *
find_value (const char *line,
            const char *word)
{
  size_t n = strlen (word);

  if (strncmp (line, word, n) != 0)
    return NULL;
  line += n;
  line += strspn (line, " \t");
  if (*line != '=')
    return NULL;
  line++;
  return line + strspn (line, " \t");
}

static void
add_shapes (IsthSynShapes *self,
            const char *text,
            const char *source)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *name = NULL;
  bool wanted = false, response = false, generic = false;

  for (char **line = lines; *line; line++)
    {
      const char *value;

      g_strchomp (*line);
      if (**line == '[')
        {
          response = g_str_equal (*line, "[tcp:response]");
          wanted = response || g_str_equal (*line, "[tcp:request]");
          g_clear_pointer (&name, g_free);
        }
      else if ((value = find_value (*line, "label")))
        {
          g_free (name);
          name = parse_label (value, &generic);
        }
      else if (wanted && name && (value = find_value (*line, "sig")) && self->shapes->len < MOST_SHAPES)
        {
          Shape shape = { .source = source, .response = response, .generic = generic };

          if (!parse_shape (value, &shape))
            continue;
          shape.name = g_strdup (name);
          g_array_append_val (self->shapes, shape);
        }
    }
}

/* Shapes differ in their list of options above all. */
static inline uint32_t
get_slot (const Options *options,
          bool response)
{
  uint32_t hash = (uint32_t) (options->padding << 1 | response);

  for (uint8_t i = 0; i < options->n_kinds; i++)
    hash = (hash ^ options->kinds[i]) * 0x9e3779b1u;
  return hash >> 24 & (SLOTS - 1);
}

static void
index_shapes (IsthSynShapes *self)
{
  for (guint i = self->shapes->len; i > 0; i--)
    {
      Shape *shape = &g_array_index (self->shapes, Shape, i - 1);
      guint *first = &self->first[get_slot (&shape->options, shape->response)];

      shape->next = *first;
      *first = i;
    }
}

IsthSynShapes *
isth_syn_shapes_new (const char *path)
{
  IsthSynShapes *self = g_new0 (IsthSynShapes, 1);
  g_autofree char *text = NULL;

  self->shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  g_array_set_clear_func (self->shapes, shape_clear);
  if (path && g_file_get_contents (path, &text, NULL, NULL))
    add_shapes (self, text, "p0f");
  add_shapes (self, known, "tcp");
  index_shapes (self);
  return self;
}

void
isth_syn_shapes_free (IsthSynShapes *self)
{
  if (!self)
    return;
  g_array_unref (self->shapes);
  g_free (self);
}

void
isth_syn_shapes_begin (IsthSynShapes *self)
{
  memset (self->told, 0, sizeof self->told);
  self->n_told = 0;
}

/* The options between the fixed header and the payload of @packet; false when they contradict themselves. */
static bool
read_options (IsthCursor c,
              Options *self)
{
  *self = (Options){ .scale = 0, .segment = 0 };
  while (isth_cursor_left (&c) > 0)
    {
      uint8_t kind = isth_cursor_u8 (&c);
      const uint8_t *value;
      uint8_t length;

      if (self->n_kinds == MOST_OPTIONS)
        return false;
      self->kinds[self->n_kinds++] = kind;
      if (kind == 0)
        {
          self->padding = (uint8_t) isth_cursor_left (&c);
          return true;
        }
      if (kind == 1)
        continue;
      length = isth_cursor_u8 (&c);
      if (length < 2)
        return false;
      value = isth_cursor_bytes (&c, length - 2u);
      if (!value)
        return false;
      if (kind == 2 && length == 4)
        self->segment = isth_be16 (value);
      else if (kind == 3 && length == 3)
        self->scale = value[0];
    }
  return !c.failed;
}

static bool
window_fits (const Shape *shape,
             uint32_t window,
             uint32_t segment)
{
  switch (shape->window_kind)
    {
    case WINDOW_ANY:
      return true;
    case WINDOW_IS:
      return window == shape->window;
    case WINDOW_SEGMENTS:
      return segment > 0 && window == shape->window * segment;
    case WINDOW_PACKETS:
      return segment > 0 && window == shape->window * (segment + 40);
    case WINDOW_MODULO:
      return window % MAX (shape->window, 1) == 0;
    }
  return false;
}

static bool
shape_fits (const Shape *shape,
            const Options *options,
            const IsthPacket *packet,
            bool response)
{
  return shape->response == response && packet->ttl <= shape->ttl && packet->ttl + MOST_HOPS >= shape->ttl
         && shape->options.n_kinds == options->n_kinds && shape->options.padding == options->padding
         && memcmp (shape->options.kinds, options->kinds, options->n_kinds) == 0
         && (shape->options.segment < 0 || shape->options.segment == options->segment)
         && (shape->options.scale < 0 || shape->options.scale == options->scale)
         && window_fits (shape, packet->tcp_window, (uint32_t) options->segment);
}

/* The first special one that fits, or else the first generic one. */
static const Shape *
find_shape (const IsthSynShapes *self,
            const Options *options,
            const IsthPacket *packet,
            bool response)
{
  const Shape *generic = NULL, *shape;

  for (guint i = self->first[get_slot (options, response)]; i > 0; i = shape->next)
    {
      shape = &g_array_index (self->shapes, Shape, i - 1);
      if ((shape->generic && generic) || !shape_fits (shape, options, packet, response))
        continue;
      if (!shape->generic)
        return shape;
      generic = shape;
    }
  return generic;
}

/* Whether @options came from the sender of @packet before, and that was not long ago. */
static bool
was_told (IsthSynShapes *self,
          const IsthPacket *packet,
          const Options *options)
{
  uint64_t key = isth_hash_mix (packet->source.words[0] ^ 0x9e3779b97f4a7c15u, packet->source.words[1] ^ ((uint64_t) packet->tcp_window << 24 | packet->ttl));
  uint64_t *slot;

  for (uint8_t i = 0; i < options->n_kinds; i++)
    key = (key ^ options->kinds[i]) * 0x100000001b3u;
  key |= 1;
  slot = &self->told[key >> 32 & (REMEMBERED - 1)];
  if (*slot == key)
    return true;
  *slot = key;
  return false;
}

void
isth_syn_shapes_look (IsthSynShapes *self,
                      const IsthPacket *packet,
                      bool mutual,
                      const IsthSink *sink)
{
  const uint32_t length = packet->tcp_words > 5 ? packet->tcp_words * 4u - 20 : 0;
  const uint8_t *at = packet->payload.data - length;
  const Shape *shape;
  Options options;

  if (self->n_told >= ISTH_LIMIT_HINTS || length == 0 || packet->reassembled || packet->payload.data < packet->frame + length
      || !read_options (isth_cursor_new (at, length, length), &options) || was_told (self, packet, &options))
    return;
  shape = find_shape (self, &options, packet, packet->tcp_flags & ISTH_TCP_ACK);
  if (shape)
    {
      IsthObservation o = {
        .kind = ISTH_OBSERVE_CLAIM,
        .protocol = shape->source,
        .subject = { .ip = packet->source, .vlan = isth_packet_vlan (packet) },
        .evidence = { .frame = packet->number, .time = packet->time, .offset = (uint32_t) (at - packet->frame), .length = length, .bytes = at, .n_bytes = length },
        .mutual = mutual,
        .claim = { ISTH_ATTRIBUTE_OS, shape->name, ISTH_CONFIDENCE_HINT },
      };

      if (packet->same_segment)
        o.subject.mac = packet->source_mac;
      o.target = o.subject;
      self->n_told++;
      sink->observe (&o, sink->user_data);
    }
}
