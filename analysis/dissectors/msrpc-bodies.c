/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies of remote procedure calls in NDR (C706, 14): service control (MS-SCMR), registry (MS-RRP), accounts (MS-SAMR), tasks (MS-TSCH), the endpoint mapper
 * (C706, appendices L and O) and DCOM's way to find computers (MS-DCOM, 3.1.2.5.1.7). */
#include "analysis/dissectors/msrpc-bodies.h"

#include <glib.h>
#include <string.h>

#define MOST_TOWERS 64
#define MOST_FLOORS 8
#define MOST_BINDINGS 16

/* How the name is written, and where: behind a handle or not. */
typedef enum
{
  NAME_STRING,   /* of UTF-16 */
  NAME_BYTES,    /* of characters of a byte */
  NAME_COUNTED,  /* RPC_UNICODE_STRING (MS-DTYP, 2.3.10) */
  NAME_POINTER,  /* a string that may not be there */
  NAME_JOB,      /* the command of a job (MS-TSCH, 2.3.7), behind the name of the server */
} NameKind;

static const struct
{
  const char *interface;
  uint8_t function;
  uint8_t skip;
  uint8_t kind;  /* NameKind */
  bool program;  /* the path of one follows (MS-SCMR, 3.1.4.12) */
} subjects[] = {
  { "svcctl", 12, 20, NAME_STRING, true },   { "svcctl", 16, 20, NAME_STRING, false },  { "svcctl", 24, 20, NAME_BYTES, true },
  { "svcctl", 28, 20, NAME_BYTES, false },   { "svcctl", 44, 20, NAME_BYTES, true },    { "svcctl", 45, 20, NAME_STRING, true },
  { "svcctl", 60, 20, NAME_STRING, true },   { "winreg", 6, 20, NAME_COUNTED, false },  { "winreg", 7, 20, NAME_COUNTED, false },
  { "winreg", 8, 20, NAME_COUNTED, false },  { "winreg", 15, 20, NAME_COUNTED, false }, { "winreg", 17, 20, NAME_COUNTED, false },
  { "winreg", 22, 20, NAME_COUNTED, false }, { "samr", 5, 20, NAME_COUNTED, false },    { "samr", 12, 20, NAME_COUNTED, false },
  { "samr", 50, 20, NAME_COUNTED, false },   { "atsvc", 0, 0, NAME_JOB, false },
  { "ITaskSchedulerService", 1, 0, NAME_POINTER, false },
  { "ITaskSchedulerService", 12, 0, NAME_STRING, false }, { "ITaskSchedulerService", 13, 0, NAME_STRING, false },
};

/* A conformant and varying string (C706, 14.3.3.4), and the bytes that fill it up; empty when there is none. */
static IsthCursor
take_string (IsthCursor *c,
             bool little,
             bool wide)
{
  uint32_t most = isth_dcerpc_u32 (c, little), offset = isth_dcerpc_u32 (c, little), n = isth_dcerpc_u32 (c, little);
  IsthCursor string = isth_cursor_new (c->data, 0, 0);

  if (c->failed || offset != 0 || n > most || n == 0 || n > 2 * ISTH_LIMIT_TEXT || isth_cursor_left (c) < n * (wide ? 2 : 1))
    {
      c->failed = true;
      return string;
    }
  string = isth_cursor_take (c, n * (wide ? 2 : 1));
  isth_cursor_skip (c, MIN ((4u - string.length % 4u) % 4u, isth_cursor_left (c)));
  return string;
}

/* Of a command line the program, with its quotes: up to the first blank, but for blanks in a path that ends in ".exe" before any option. */
static IsthCursor
cut_arguments (IsthCursor line,
               bool wide)
{
  uint32_t step = wide ? 2 : 1, n = line.length / step, first = n;
  char before[5] = "";
  bool quoted = false;

  if (n > 0 && line.data[(n - 1) * step] == 0)
    first = --n;
  for (uint32_t i = 0; i < n; i++)
    {
      char letter = (char) (wide && line.data[i * step + 1] != 0 ? 0xff : line.data[i * step]);

      if (letter == ' ' && !quoted && g_ascii_strcasecmp (before, ".exe") == 0)
        return isth_cursor_new (line.data, i * step, 0);
      if (letter == ' ' && !quoted && first == n && i > 0)
        first = i;
      if (first < n && before[3] == ' ' && (letter == '-' || letter == '/'))
        break;
      quoted ^= letter == '"';
      memmove (before, before + 1, 3);
      before[3] = letter;
    }
  if (first < n && g_ascii_strcasecmp (before, ".exe") == 0)
    first = n;
  return isth_cursor_new (line.data, first * step, 0);
}

/* Display name, access, kinds, then the path. */
static IsthCursor
find_program (IsthCursor c,
              bool little,
              bool wide)
{
  if (isth_dcerpc_u32 (&c, little) != 0)
    take_string (&c, little, wide);
  isth_cursor_skip (&c, 16);
  return take_string (&c, little, wide);
}

IsthMsrpcSubject
isth_msrpc_find_subject (const char *interface,
                         uint16_t number,
                         IsthCursor stub,
                         bool little)
{
  IsthMsrpcSubject self = { .name = isth_cursor_new (stub.data, 0, 0), .program = isth_cursor_new (stub.data, 0, 0) };

  for (size_t i = 0; i < G_N_ELEMENTS (subjects) && interface; i++)
    {
      if (subjects[i].function != number || strcmp (subjects[i].interface, interface) != 0)
        continue;
      self.sought = true;
      self.wide = subjects[i].kind != NAME_BYTES;
      if (subjects[i].kind == NAME_JOB)
        {
          if (isth_dcerpc_u32 (&stub, little) != 0)
            take_string (&stub, little, true);
          isth_cursor_skip (&stub, 16); /* when and how often, a pointer */
        }
      isth_cursor_skip (&stub, subjects[i].skip + (subjects[i].kind == NAME_COUNTED ? 8 : subjects[i].kind == NAME_POINTER ? 4 : 0));
      self.name = take_string (&stub, little, self.wide);
      if (subjects[i].program && !stub.failed)
        self.program = cut_arguments (find_program (stub, little, self.wide), self.wide);
      if (subjects[i].kind == NAME_JOB)
        self.name = cut_arguments (self.name, true);
      break;
    }
  return self;
}

uint32_t
isth_msrpc_subject_end (const IsthMsrpcSubject *self,
                        const IsthCursor *body)
{
  const IsthCursor *last = self->program.length > 0 ? &self->program : &self->name;

  if (last->length > 0)
    return (uint32_t) (last->data + last->length - body->data);
  return self->sought ? body->position : body->length;
}

static const char *
string_text (const IsthCursor *string,
             bool wide,
             char *text,
             size_t size)
{
  return wide ? isth_text_from_utf16 (text, size, string->data, string->length, false) : isth_text_from_string (text, size, string->data, string->length);
}

const char *
isth_msrpc_subject_text (const IsthMsrpcSubject *self,
                         const char *interface,
                         char *text,
                         size_t size)
{
  char name[96], program[128];

  string_text (&self->name, self->wide, name, sizeof name);
  string_text (&self->program, self->wide, program, sizeof program);
  if (!name[0])
    return interface;
  return isth_text_format (text, size, "%s, “%s”%s%s%s", interface, name, program[0] ? " runs “" : "", program, program[0] ? "”" : "");
}

/* A floor's two halves. */
static bool
next_floor (IsthCursor *c,
            IsthCursor *left,
            IsthCursor *right)
{
  *left = isth_cursor_take (c, isth_cursor_le16 (c));
  *right = isth_cursor_take (c, isth_cursor_le16 (c));
  return !c->failed && left->length > 0;
}

/* The floors of one tower: interface, syntax, kind of calls, then port, pipe or path. */
static void
read_tower (IsthDissectContext *ctx,
            IsthCursor c,
            const char *(*name) (const IsthUuid *interface))
{
  enum { UDP = 0x08, TCP = 0x07, PIPE = 0x0f, LOCAL = 0x10, HTTP = 0x1f };
  const uint8_t *start = c.data + c.position;
  uint16_t n = isth_cursor_le16 (&c);
  char uuid[ISTH_UUID_TEXT], word[96], text[ISTH_LIMIT_TEXT];
  const char *who;
  IsthCursor left, right;
  IsthUuid interface;

  if (!next_floor (&c, &left, &right))
    return;
  isth_cursor_skip (&left, 1);
  interface = isth_dcerpc_uuid (&left, true);
  who = name (&interface);
  if (!who)
    who = isth_uuid_format (&interface, uuid);
  text[0] = '\0';
  for (int i = 1; i < MIN (n, MOST_FLOORS) && next_floor (&c, &left, &right) && !text[0]; i++)
    {
      uint8_t kind = isth_cursor_u8 (&left);

      if ((kind == TCP || kind == UDP || kind == HTTP) && right.length == 2 && (right.data[0] | right.data[1]) != 0)
        isth_text_format (text, sizeof text, "%s on %s port %u", who, kind == UDP ? "UDP" : kind == HTTP ? "HTTP" : "TCP", isth_be16 (right.data));
      else if (kind == PIPE && right.length > 1)
        isth_text_format (text, sizeof text, "%s on pipe %s", who, isth_text_from_string (word, sizeof word, right.data, right.length));
      else if (kind == LOCAL)
        return;
    }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, text, ISTH_CONFIDENCE_PARSED, start, (uint32_t) (c.data + c.position - start));
}

void
isth_msrpc_read_towers (IsthDissectContext *ctx,
                        IsthCursor stub,
                        const char *(*name) (const IsthUuid *interface))
{
  /* Two to eight floors, of which the first has nineteen bytes that name an interface. Towers are little-endian, whatever the rest is. */
  static const uint8_t mark[] = { 0x00, 0x13, 0x00, 0x0d };
  int n = 0;

  while (isth_cursor_left (&stub) > sizeof mark && n < MOST_TOWERS)
    {
      const uint8_t *b = stub.data + stub.position;

      if (b[0] > 2 && b[0] <= MOST_FLOORS && memcmp (b + 1, mark, sizeof mark) == 0)
        {
          read_tower (ctx, isth_cursor_new (b, isth_cursor_left (&stub), 0), name);
          isth_cursor_skip (&stub, sizeof mark);
          n++;
        }
      isth_cursor_skip (&stub, 1);
    }
}

void
isth_msrpc_read_bindings (IsthDissectContext *ctx,
                          IsthCursor c,
                          bool little)
{
  uint16_t n;

  isth_cursor_skip (&c, 12); /* version, pointer, size */
  n = isth_dcerpc_u16 (&c, little);
  isth_cursor_skip (&c, 2);
  for (int i = 0; i < MOST_BINDINGS && !c.failed && n > 0; i++)
    {
      uint16_t tower = isth_dcerpc_u16 (&c, little);
      const uint8_t *start = c.data + c.position;
      uint32_t length = 0;
      char text[ISTH_LIMIT_TEXT];

      if (tower == 0)
        return;
      while (!c.failed && isth_dcerpc_u16 (&c, little) != 0)
        length += 2;
      if (c.failed)
        return;
      isth_text_from_utf16 (text, sizeof text, start, length, !little);
      if (tower != 7 || !text[0])
        continue;
      if (strspn (text, "0123456789abcdefABCDEF.:%[]") != strlen (text))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_PARSED, start, length);
      else if (strpbrk (text, ".:"))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, text, ISTH_CONFIDENCE_PARSED, start, length);
    }
}
