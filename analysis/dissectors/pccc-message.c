/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCCC: DF1 Protocol and Command Set Reference Manual (Rockwell 1770-6.5.16), chapters 6 to 10 and 13. A command is a byte, a status, a transaction number, often a
 * function; its reply has bit 6 of the first byte set.
 *
 * Passwords of SLC 500 and MicroLogix are words of a system file: setting one cannot be told from writing another. */
#include "analysis/dissectors/pccc-message.h"

#include <glib.h>

#include "analysis/base/hash.h"
#include "analysis/dissectors/pccc-tables.h"

#define REPLY 0x40
#define FIELD_OF_TWO_BYTES 0xff
#define LONGEST_STATUS 24 /* bytes of an answer to diagnostic status, of which all are read */
#define LONGEST_IN_KEY 5  /* bytes that a key holds as they are */
#define IN_KEY (UINT64_C (1) << 63) /* apart from keys of what carries PCCC */

enum
{
  COMMAND_DIAGNOSTIC = 0x06,
  COMMAND_MODE = 0x07,
  COMMAND_EXTENDED = 0x0f,
  TYPE_OUTPUT_FORCES = 0xa1,
  TYPE_INPUT_FORCES = 0xa2,
};

static bool
has_function (uint8_t command)
{
  return command == COMMAND_DIAGNOSTIC || command == COMMAND_MODE || command == COMMAND_EXTENDED;
}

bool
isth_pccc_probe (IsthCursor c,
                 bool *reply)
{
  uint8_t command = isth_cursor_u8 (&c), status = isth_cursor_u8 (&c);

  *reply = command & REPLY;
  if (c.failed || (command & 0xb0) || isth_cursor_wire_left (&c) < 2 || (!*reply && status != 0))
    return false;
  command &= 15;
  return command <= 0x02 || (command >= 0x04 && command <= 0x08) || command == COMMAND_EXTENDED;
}

uint16_t
isth_pccc_get_transaction (IsthCursor c)
{
  isth_cursor_skip (&c, 2);
  return isth_cursor_le16 (&c);
}

static inline const PcccCommand *
find_in (const PcccCommand *table,
         size_t n,
         int number)
{
  static const PcccCommand unknown = { ISTH_OP_OTHER, "unknown-function", PCCC_NOTHING };

  return number >= 0 && (size_t) number < n && table[number].name ? &table[number] : &unknown;
}

static inline const PcccCommand *
find_command (uint8_t command,
              int function)
{
  switch (command)
    {
    case COMMAND_DIAGNOSTIC:
      return find_in (pccc_diagnostics, G_N_ELEMENTS (pccc_diagnostics), function);
    case COMMAND_MODE:
      return find_in (pccc_modes, G_N_ELEMENTS (pccc_modes), function);
    case COMMAND_EXTENDED:
      return find_in (pccc_extended, G_N_ELEMENTS (pccc_extended), function);
    default:
      return find_in (pccc_commands, G_N_ELEMENTS (pccc_commands), command);
    }
}

/* A field of an address: one byte, or two behind a mark. */
static uint16_t
read_field (IsthCursor *c)
{
  uint8_t first = isth_cursor_u8 (c);

  return first == FIELD_OF_TWO_BYTES ? isth_cursor_le16 (c) : first;
}

/* "N7:0", "T4:0.2", "input forces 0:0". */
static void
describe_fields (IsthCursor *c,
                 bool three,
                 IsthRequest *request,
                 char *text,
                 size_t size)
{
  const char *name = NULL;
  bool data = false;
  uint16_t file, element, part = 0;
  uint8_t type;

  isth_cursor_skip (c, 1); /* bytes */
  file = read_field (c);
  type = isth_cursor_u8 (c);
  element = read_field (c);
  if (three)
    part = read_field (c);
  if (c->failed)
    return;
  for (size_t i = 0; i < G_N_ELEMENTS (pccc_files); i++)
    if (pccc_files[i].type == type)
      {
        name = pccc_files[i].name;
        data = pccc_files[i].data;
      }
  if (!name)
    isth_text_format (text, size, "file %u of type 0x%02x, element %u", file, type, element);
  else
    isth_text_format (text, size, "%s%s%u:%u", name, data ? "" : " ", file, element);
  if (part > 0)
    isth_text_format (text + strlen (text), size - strlen (text), ".%u", part);
  if ((type == TYPE_OUTPUT_FORCES || type == TYPE_INPUT_FORCES) && request->verb == ISTH_OP_WRITE)
    request->verb = ISTH_OP_CONTROL;
}

/* An address of a PLC-5 (chapter 13): as text behind two marks, or levels, of which a first byte says which are there. */
static void
describe_system (IsthCursor *c,
                 char *text,
                 size_t size)
{
  uint16_t levels[4] = { 0 };
  uint8_t flags = isth_cursor_u8 (c);

  if (flags == 0 && isth_cursor_peek (c, 0) == '$')
    {
      isth_cursor_skip (c, 1);
      isth_text_from_string (text, size, c->data + c->position, MIN (isth_cursor_left (c), 32));
      return;
    }
  for (int i = 0; i < 4; i++)
    if (flags & (1 << i))
      levels[i] = read_field (c);
  if (c->failed || (flags & 15) == 0)
    return;
  isth_text_format (text, size, "file %u, element %u", levels[1], levels[2]);
  if (levels[3] > 0)
    isth_text_format (text + strlen (text), size - strlen (text), ".%u", levels[3]);
}

static void
describe_file (IsthCursor *c,
               char *text,
               size_t size)
{
  uint16_t offset;
  uint8_t type;

  isth_cursor_skip (c, 1 + 2); /* size, tag */
  offset = isth_cursor_le16 (c);
  type = isth_cursor_u8 (c);
  if (!c->failed)
    isth_text_format (text, size, "file of type 0x%02x, from %u", type, offset);
}

/* Modes as the status file (S:1) of an SLC 500 counts them. */
static const char *
get_mode (uint8_t mode)
{
  static const char *const modes[32] = {
    [0] = "download", [1] = "program", [3] = "suspended", [6] = "run", [7] = "test", [8] = "test", [9] = "test", [16] = "download",
    [17] = "program", [27] = "suspended", [30] = "run",
  };

  return modes[mode & 31];
}

static void
describe (const PcccCommand *command,
          IsthCursor c,
          IsthRequest *request,
          char *text,
          size_t size)
{
  static const char *const modes_5[] = { "program", "test", "run", "unchanged" };
  uint16_t address;
  int mode = isth_cursor_peek (&c, 0);

  switch (command->object)
    {
    case PCCC_NOTHING:
      break;
    case PCCC_BYTES:
      address = isth_cursor_le16 (&c);
      if (!c.failed)
        isth_text_format (text, size, "byte %u", address);
      break;
    case PCCC_FIELDS2:
    case PCCC_FIELDS3:
      describe_fields (&c, command->object == PCCC_FIELDS3, request, text, size);
      break;
    case PCCC_SYSTEM:
      isth_cursor_skip (&c, 4); /* offset, total */
      describe_system (&c, text, size);
      break;
    case PCCC_ADDRESS:
      describe_system (&c, text, size);
      break;
    case PCCC_FILE:
      describe_file (&c, text, size);
      break;
    case PCCC_MODE:
      if (mode >= 0 && get_mode ((uint8_t) mode))
        isth_text_format (text, size, "%s", get_mode ((uint8_t) mode));
      break;
    case PCCC_MODE_5:
      if (mode >= 0)
        isth_text_format (text, size, "%s", modes_5[mode & 3]);
      break;
    }
}

/* How many bytes behind the function say what it acts on; -1: they do not stand in one place. */
static int
count_deciding (const PcccCommand *command,
                IsthCursor c)
{
  uint32_t start = c.position;

  switch (command->object)
    {
    case PCCC_NOTHING:
      return 0;
    case PCCC_FIELDS2:
    case PCCC_FIELDS3:
      isth_cursor_skip (&c, 1);
      read_field (&c);
      isth_cursor_skip (&c, 1);
      read_field (&c);
      if (command->object == PCCC_FIELDS3)
        read_field (&c);
      return c.failed ? -1 : (int) (c.position - start);
    case PCCC_BYTES:
    case PCCC_SYSTEM:
    case PCCC_ADDRESS:
    case PCCC_FILE:
    case PCCC_MODE:
    case PCCC_MODE_5:
      break;
    }
  return -1;
}

/* What decides a command of @function, of which the first @deciding bytes at @bytes say what it acts on; most often no more than fits in the key. */
static inline uint64_t
make_key (const IsthDissectContext *ctx,
          const IsthPcccPlace *place,
          int64_t function,
          const uint8_t *bytes,
          size_t deciding)
{
  uint64_t what = IN_KEY | (uint64_t) function << 1;

  if (deciding > LONGEST_IN_KEY)
    return isth_context_digest (ctx, place->digest ^ what, bytes, deciding);
  return (place->digest ^ what ^ isth_hash_load (bytes, deciding) << 17) | 1;
}

static void
track_command (IsthDissectContext *ctx,
               IsthPcccTransfers *self,
               const char *child,
               int function,
               uint32_t bytes)
{
  IsthTransfer down = { .verb = ISTH_OP_PROGRAM, .object = "program", .child = child };
  IsthTransfer up = { .verb = ISTH_OP_UPLOAD, .object = "program", .child = child };

  switch (function)
    {
    case 0x05:
    case 0x50:
    case 0x57:
      if (!self->downloading)
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &down);
      self->downloading = true;
      break;
    case 0x18:
    case 0xaa:
    case 0xaf:
      down.bytes = bytes;
      if (self->downloading)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &down);
      break;
    case 0x52:
      if (self->downloading)
        isth_emit_transfer (ctx, ISTH_TRANSFER_END, &down);
      self->downloading = false;
      break;
    case 0x06:
    case 0x53:
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &up);
      self->uploading = true;
      break;
    case 0x55:
      if (self->uploading)
        isth_emit_transfer (ctx, ISTH_TRANSFER_END, &up);
      self->uploading = false;
      break;
    default:
      break;
    }
}

IsthDissectResult
isth_pccc_read_command (IsthCursor *c,
                        IsthDissectContext *ctx,
                        IsthPcccTransfers *transfers,
                        const IsthPcccPlace *place)
{
  const uint8_t *at = c->data + c->position;
  uint8_t code = isth_cursor_u8 (c) & 15;
  int function = -1, deciding;
  const PcccCommand *command;
  char object[ISTH_LIMIT_TEXT] ISTH_UNSET;
  IsthRequest request ISTH_UNSET;

  isth_cursor_skip (c, 3); /* status, transaction */
  if (has_function (code))
    function = isth_cursor_u8 (c);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  command = find_command (code, function);
  deciding = count_deciding (command, *c);
  request = (IsthRequest){
    .match = place->match,
    .verb = command->verb,
    .function = function < 0 ? code : code << 8 | function,
    .name = command->name,
    .protocol = "pccc",
    .child = place->child,
    .object = object,
    .at = at,
    .length = (uint32_t) (c->data + c->length - at),
    .memo = { (uint64_t) code << 8 | (uint8_t) function },
  };
  if (command->verb == ISTH_OP_PROGRAM || command->verb == ISTH_OP_AUTHENTICATE) /* a piece of a program, in which passwords stand as well */
    {
      request.length = (uint32_t) (c->data + c->position - at);
      isth_context_show (ctx, at, request.length);
    }
  if (deciding >= 0)
    request.key = make_key (ctx, place, request.function, c->data + c->position, (size_t) deciding);
  if (!isth_emit_again (ctx, &request))
    {
      object[0] = '\0';
      describe (command, *c, &request, object, sizeof object);
      isth_emit_request (ctx, &request);
      if (request.verb == ISTH_OP_PROGRAM)
        isth_emit_role (ctx, NULL, "engineering");
    }
  if (code == COMMAND_EXTENDED && command->verb != ISTH_OP_READ)
    track_command (ctx, transfers, place->child, function, isth_cursor_wire_left (c));
  return ISTH_DISSECT_OK;
}

/* Bulletin names of controllers of this family begin with the numbers of Allen-Bradley's; what SLC 500 and MicroLogix answer (chapter 10). */
static void
read_processor (IsthCursor *c,
                IsthDissectContext *ctx,
                const IsthEndpoint *about,
                const uint8_t *at)
{
  uint8_t version, mode;
  const uint8_t *name;
  char text[24];

  isth_cursor_skip (c, 2); /* extended interface and processor types */
  version = isth_cursor_u8 (c);
  name = isth_cursor_bytes (c, 11);
  isth_cursor_skip (c, 2); /* major error */
  mode = isth_cursor_u8 (c);
  if (!name || !isth_text_is_printable (name, 11))
    return;
  isth_emit_text (ctx, about, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, name, 11);
  if (memcmp (name, "17", 2) == 0)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_VENDOR, "Rockwell Automation/Allen-Bradley", ISTH_CONFIDENCE_PARSED, name, 11);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "series %c", 'A' + (version >> 5)), ISTH_CONFIDENCE_PARSED,
                   at + 4, 1);
  if ((version & 31) < 26)
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "revision %c", 'A' + (version & 31)),
                     ISTH_CONFIDENCE_PARSED, at + 4, 1);
  isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_DEVICE_TYPE, "Programmable Logic Controller", ISTH_CONFIDENCE_PARSED, at + 1, 3);
  if (!c->failed && get_mode (mode))
    isth_emit_claim (ctx, about, ISTH_ATTRIBUTE_STATE, get_mode (mode), ISTH_CONFIDENCE_PARSED, at + 18, 1);
}

static void
read_diagnostic_status (IsthCursor *c,
                        IsthDissectContext *ctx,
                        const char *child)
{
  static const char *const modes_5[8] = { [0] = "program", [2] = "run", [4] = "program", [5] = "test", [6] = "run" };
  const uint8_t *at = c->data + c->position;
  uint32_t n = isth_cursor_left (c);
  uint8_t status = isth_cursor_u8 (c), type = isth_cursor_u8 (c);
  uint64_t digest;
  IsthEndpoint about ISTH_UNSET;

  if (c->failed)
    return;
  digest = isth_context_digest (ctx, COMMAND_DIAGNOSTIC, at, MIN (n, LONGEST_STATUS));
  if (!child && isth_emit_same (ctx, NULL, digest, at))
    return;
  about = isth_context_sender (ctx);
  about.child = child;
  if (child && isth_emit_same (ctx, &about, digest, at))
    return;
  if (type == 0xee)
    read_processor (c, ctx, &about, at);
  else if (type == 0xeb)
    {
      isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_MODEL, "PLC-5", ISTH_CONFIDENCE_PARSED - 10, at + 1, 1);
      isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_DEVICE_TYPE, "Programmable Logic Controller", ISTH_CONFIDENCE_PARSED, at + 1, 1);
      if (modes_5[status & 7])
        isth_emit_claim (ctx, &about, ISTH_ATTRIBUTE_STATE, modes_5[status & 7], ISTH_CONFIDENCE_PARSED, at, 1);
    }
  isth_emit_same_end (ctx, true);
}

static const char *
get_error (IsthCursor *c,
           uint8_t status)
{
  const char *text = NULL;

  if (status == 0xf0)
    {
      uint8_t extended = isth_cursor_u8 (c);

      if (extended < G_N_ELEMENTS (pccc_extended_errors))
        text = pccc_extended_errors[extended];
    }
  else if (status & 0xf0)
    text = pccc_remote_errors[status >> 4];
  else
    text = pccc_local_errors[status];
  return text ? text : "error";
}

IsthDissectResult
isth_pccc_read_reply (IsthCursor *c,
                      IsthDissectContext *ctx,
                      IsthPcccTransfers *transfers,
                      const IsthPcccPlace *place)
{
  const IsthPending *pending;
  uint8_t status;

  isth_cursor_skip (c, 1);
  status = isth_cursor_u8 (c);
  isth_cursor_skip (c, 2);
  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  pending = isth_emit_response (ctx, place->match, status ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, status ? get_error (c, status) : NULL, false);
  if (!pending || status != 0)
    return ISTH_DISSECT_OK;
  if (pending->memo[0] == (COMMAND_DIAGNOSTIC << 8 | 0x03))
    read_diagnostic_status (c, ctx, place->child);
  else if (transfers->uploading && (pending->memo[0] == (COMMAND_EXTENDED << 8 | 0x17) || pending->memo[0] == (COMMAND_EXTENDED << 8 | 0xa7)))
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA,
                        &(IsthTransfer){
                            .verb = ISTH_OP_UPLOAD,
                            .child = place->child,
                            .by_device = true,
                            .bytes = isth_cursor_wire_left (c),
                        });
  return ISTH_DISSECT_OK;
}
