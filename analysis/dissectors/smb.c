/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMB 1 and its older dialects (MS-CIFS, 2.2; MS-SMB, 2.2; MS-RAP): what system the two ends say they are, who logs in, shares, files by name, pipes.
 * What directories hold, attributes and locks are not read, and of remote administration protocol calls only which they are. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/smb-message.h"

#define HEADER 32
#define MOST_CHAINED 16
#define RESPONSE 0x80
#define FLAGS2_NT_STATUS 0x4000
#define FLAGS2_UNICODE 0x8000
#define MORE_PROCESSING 0xc0000016

enum
{
  DELETE = 0x06, RENAME = 0x07, CLOSE = 0x04, TRANSACTION = 0x25, OPEN = 0x2d, READ = 0x2e, WRITE = 0x2f, TREE_DISCONNECT = 0x71,
  NEGOTIATE = 0x72, SESSION_SETUP = 0x73, LOGOFF = 0x74, TREE_CONNECT = 0x75, NT_TRANSACTION = 0xa0, NT_CREATE = 0xa2, NT_CANCEL = 0xa4, NO_MORE = 0xff,
};

/* Those that are named and counted only, or with a path behind a byte 4. */
static const struct
{
  uint8_t command;
  uint8_t verb;
  bool path;
  const char *name;
} commands[] = {
  { 0x00, ISTH_OP_FILE, true, "create-directory" },  { 0x01, ISTH_OP_FILE, true, "delete-directory" }, { 0x02, ISTH_OP_FILE, false, "open" },
  { 0x03, ISTH_OP_FILE, false, "create" },           { 0x05, ISTH_OP_OTHER, false, "flush" },          { DELETE, ISTH_OP_FILE, true, "delete" },
  { RENAME, ISTH_OP_FILE, true, "rename" },          { 0x08, ISTH_OP_OTHER, true, "query-info" },      { 0x09, ISTH_OP_OTHER, true, "set-info" },
  { 0x0a, ISTH_OP_FILE, false, "read" },             { 0x0b, ISTH_OP_FILE, false, "write" },           { 0x10, ISTH_OP_OTHER, true, "check-directory" },
  { 0x22, ISTH_OP_OTHER, false, "set-info" },        { 0x23, ISTH_OP_OTHER, false, "query-info" },     { 0x24, ISTH_OP_OTHER, false, "lock" },
  { 0x2b, ISTH_OP_OTHER, false, "echo" },            { 0x34, ISTH_OP_OTHER, false, "close-search" },   { 0x70, ISTH_OP_FILE, false, "tree-connect" },
  { TREE_DISCONNECT, ISTH_OP_OTHER, false, "tree-disconnect" }, { LOGOFF, ISTH_OP_OTHER, false, "logoff" },
  { 0x80, ISTH_OP_OTHER, false, "query-disk" },      { 0x81, ISTH_OP_FILE, false, "list" },            { NT_TRANSACTION, ISTH_OP_OTHER, false, "nt-transaction" },
};

static IsthProbe
smb_probe (IsthCursor c,
           const IsthPacket *packet)
{
  const uint8_t *magic = isth_cursor_bytes (&c, 4);

  (void) packet;
  return magic && memcmp (magic, "\xffSMB", 4) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* MS-CIFS, 2.2.3.1 */
static bool
read_header (SmbMessage *m,
             IsthCursor c)
{
  uint16_t process;

  isth_cursor_skip (&c, 4);
  m->command = isth_cursor_u8 (&c);
  m->status = isth_cursor_le32 (&c);
  m->response = isth_cursor_u8 (&c) & RESPONSE;
  m->flags2 = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 12);
  m->tree = isth_cursor_le16 (&c);
  process = isth_cursor_le16 (&c);
  isth_cursor_skip (&c, 2);
  m->match = (uint64_t) process << 16 | isth_cursor_le16 (&c);
  return !c.failed;
}

/* The command whose parameters start at @offset. */
static bool
take_command (SmbMessage *m,
              uint32_t offset)
{
  IsthCursor c = m->whole;

  isth_cursor_skip (&c, offset);
  m->n_words = isth_cursor_u8 (&c);
  m->words = isth_cursor_take (&c, 2u * m->n_words);
  isth_cursor_skip (&c, 2); /* how many bytes follow: some servers lie, and offsets say it again */
  m->bytes = isth_cursor_rest (&c);
  return !c.failed;
}

/* All commands of a chain share a number. */
static uint64_t
get_match (const SmbMessage *m)
{
  return (uint64_t) m->command << 32 | m->match;
}

void
isth_smb_describe_path (const SmbMessage *m,
                        const char *name,
                        char text[ISTH_LIMIT_TEXT])
{
  const IsthSmbFiles *files = &m->state->files;

  isth_smb_path_text (files, isth_smb_find_tree (files, m->tree), false, name, text);
}

const char *
isth_smb_take_string (const SmbMessage *m,
                      IsthCursor *c,
                      bool aligned,
                      char *text,
                      size_t size,
                      IsthCursor *at)
{
  bool unicode = m->flags2 & FLAGS2_UNICODE;
  uint32_t width = unicode ? 2 : 1, n = 0, left;
  const uint8_t *start;

  if (unicode && aligned && (c->data + c->position - m->whole.data) % 2 == 1 && isth_cursor_left (c) > 0)
    isth_cursor_skip (c, 1);
  start = c->data + c->position;
  left = isth_cursor_left (c);
  while (n + width <= left && (start[n] != 0 || (unicode && start[n + 1] != 0)))
    n += width;
  *at = isth_cursor_new (start, n, n);
  isth_cursor_skip (c, MIN (n + width, left));
  return unicode ? isth_text_from_utf16 (text, size, start, n, false) : isth_text_from_bytes (text, size, start, n);
}

void
isth_smb_ask (const SmbMessage *m,
              IsthOp verb,
              const char *name,
              const char *object,
              uint64_t slot)
{
  isth_emit_request (m->ctx, &(IsthRequest) { .match = get_match (m), .verb = verb, .function = m->command, .name = name, .object = object, .at = m->whole.data,
                                              .length = MIN (m->whole.length, HEADER), .memo = { slot, m->state->files.serial } });
}

/* 2.2.4.55.1 */
static bool
ask_tree (SmbMessage *m)
{
  char path[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];
  uint8_t slot;
  IsthCursor at;

  isth_cursor_skip (&m->words, 6);
  isth_cursor_skip (&m->bytes, isth_cursor_le16 (&m->words)); /* password of the share */
  if (m->words.failed || m->bytes.failed)
    return false;
  isth_smb_take_string (m, &m->bytes, true, path, sizeof path, &at);
  slot = isth_smb_add_tree (m->ctx, &m->state->files, path, &at, object);
  isth_smb_ask (m, m->state->files.trees[slot - 1].pipes ? ISTH_OP_OTHER : ISTH_OP_FILE, "tree-connect", object, slot);
  return true;
}

/* 2.2.4.64.1; OPEN_ANDX: 2.2.4.41.1 */
static bool
ask_create (SmbMessage *m)
{
  IsthSmbFiles *files = &m->state->files;
  uint32_t disposition = 1;
  char text[ISTH_LIMIT_TEXT];
  IsthSmbOpen *open;
  IsthCursor at;

  if (m->command == NT_CREATE)
    {
      isth_cursor_skip (&m->words, 35);
      disposition = isth_cursor_le32 (&m->words);
    }
  if (m->words.failed)
    return false;
  open = isth_smb_add_open (files, m->tree);
  isth_smb_take_string (m, &m->bytes, true, open->name, sizeof open->name, &at);
  isth_smb_ask (m, open->pipe ? ISTH_OP_OTHER : ISTH_OP_FILE, isth_smb_create_name (open, disposition), isth_smb_open_text (files, open, text),
                isth_smb_open_slot (files, open));
  if (open->pipe)
    isth_smb_tell_tool (m->ctx, open->name, at.data, at.length);
  return true;
}

static void
ask_of_open (SmbMessage *m,
             IsthOp verb,
             const char *name,
             uint16_t file)
{
  IsthRequest request = { .match = get_match (m), .function = m->command, .name = name, .at = m->whole.data, .length = MIN (m->whole.length, HEADER) };

  isth_smb_ask_of_open (m->ctx, &m->state->files, &request, verb, isth_smb_find_open (&m->state->files, file), file);
}

static void
move_or_hand (const SmbMessage *m,
              IsthSmbOpen *open,
              uint16_t file,
              bool by_device,
              uint32_t offset,
              uint32_t length)
{
  IsthCursor data = isth_smb_get_buffer (&m->whole, offset, length);

  if (open ? open->pipe : isth_smb_is_call (data))
    isth_smb_hand_pipe (m->ctx, file + 1u, data);
  else if (open && length > 0)
    isth_smb_move_data (m->ctx, &m->state->files, open, open->serial, by_device, length);
}

/* 2.2.4.42.1, 2.2.4.43.1 */
static bool
ask_move (SmbMessage *m)
{
  uint16_t file, high, low, offset;

  isth_cursor_skip (&m->words, 4);
  file = isth_cursor_le16 (&m->words);
  if (m->words.failed)
    return false;
  ask_of_open (m, ISTH_OP_FILE, m->command == WRITE ? "write" : "read", file);
  if (m->command == READ)
    return true;
  isth_cursor_skip (&m->words, 12);
  high = isth_cursor_le16 (&m->words);
  low = isth_cursor_le16 (&m->words);
  offset = isth_cursor_le16 (&m->words);
  if (!m->words.failed)
    move_or_hand (m, isth_smb_find_open (&m->state->files, file), file, false, offset, (uint32_t) high << 16 | low);
  return !m->words.failed;
}

static bool
ask_other (SmbMessage *m)
{
  char name[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT] = "", new[ISTH_LIMIT_TEXT];
  IsthCursor at;

  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].command == m->command)
      {
        if (!commands[i].path)
          {
            ask_of_open (m, (IsthOp) commands[i].verb, commands[i].name, 0xffff);
            return true;
          }
        isth_cursor_skip (&m->bytes, 1);
        isth_smb_take_string (m, &m->bytes, true, name, sizeof name, &at);
        isth_smb_describe_path (m, name, object);
        if (m->command == RENAME)
          {
            isth_cursor_skip (&m->bytes, 1);
            isth_smb_take_string (m, &m->bytes, true, name, sizeof name, &at);
            isth_text_format (new, sizeof new, "%.120s to %.120s", object, name);
          }
        isth_smb_ask (m, (IsthOp) commands[i].verb, commands[i].name, m->command == RENAME ? new : object, 0);
        return !m->bytes.failed;
      }
  isth_smb_ask (m, ISTH_OP_OTHER, "command", "", 0);
  return true;
}

static bool
read_request (SmbMessage *m)
{
  isth_context_prove_direction (m->ctx, ISTH_FROM_CLIENT);
  switch (m->command)
    {
    case NEGOTIATE:
      return isth_smb_ask_negotiate (m);
    case SESSION_SETUP:
      return isth_smb_ask_session (m);
    case TREE_CONNECT:
      return ask_tree (m);
    case NT_CREATE:
    case OPEN:
      return ask_create (m);
    case READ:
    case WRITE:
      return ask_move (m);
    case CLOSE:
      ask_of_open (m, ISTH_OP_OTHER, "close", isth_cursor_le16 (&m->words));
      return !m->words.failed;
    case TRANSACTION:
    case ISTH_SMB_TRANSACTION2:
      return isth_smb_ask_transaction (m);
    case NT_CANCEL:
      return true;
    default:
      return ask_other (m);
    }
}

/* What of an answer is read that depends on its question. */
static void
read_details (SmbMessage *m,
              const IsthPending *asked)
{
  IsthSmbOpen *open = isth_smb_get_asked (&m->state->files, asked);
  uint16_t length, offset;

  switch (m->command)
    {
    case TREE_CONNECT:
      isth_smb_name_tree (m->ctx, &m->state->files, asked->memo[0], m->tree);
      break;
    case NT_CREATE:
    case OPEN:
      isth_cursor_skip (&m->words, m->command == NT_CREATE ? 5 : 4);
      if (open)
        {
          open->id = isth_cursor_le16 (&m->words);
          open->known = !m->words.failed;
        }
      break;
    case READ:
      isth_cursor_skip (&m->words, 10);
      length = isth_cursor_le16 (&m->words);
      offset = isth_cursor_le16 (&m->words);
      if (!m->words.failed)
        move_or_hand (m, open, (uint16_t) (open ? open->id : asked->memo[1]), true, offset, length);
      break;
    case CLOSE:
      if (open)
        isth_smb_close (m->ctx, open, open->serial);
      break;
    case TRANSACTION:
      isth_cursor_skip (&m->words, 12);
      length = isth_cursor_le16 (&m->words);
      offset = isth_cursor_le16 (&m->words);
      if (!m->words.failed && asked->memo[0] != 0)
        isth_smb_hand_pipe (m->ctx, asked->memo[0], isth_smb_get_buffer (&m->whole, offset, length));
      break;
    default:
      break;
    }
}

static const char *
status_text (const SmbMessage *m,
             char *text,
             size_t size)
{
  if (m->status == MORE_PROCESSING)
    return NULL;
  if (m->flags2 & FLAGS2_NT_STATUS)
    return isth_smb_status (text, size, m->status);
  /* 2.2.2.4: class, reserved, number */
  return m->status == 0 ? NULL : isth_text_format (text, size, "error %u of class %u", m->status >> 16, m->status & 0xff);
}

static bool
read_answer (SmbMessage *m)
{
  const IsthPending *asked;
  char text[48];
  const char *why = status_text (m, text, sizeof text);

  isth_context_prove_direction (m->ctx, ISTH_FROM_SERVER);
  asked = isth_emit_response (m->ctx, get_match (m), why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  if (why)
    return true;
  if (m->command == NEGOTIATE)
    return isth_smb_answer_negotiate (m);
  if (m->command == SESSION_SETUP)
    isth_smb_answer_session (m);
  else if (asked)
    read_details (m, asked);
  return true;
}

/* Commands whose words begin with the next one of the chain (2.2.3.4). */
static bool
is_chained (uint8_t command)
{
  return command == SESSION_SETUP || command == LOGOFF || command == TREE_CONNECT || command == NT_CREATE || command == READ || command == WRITE ||
         command == OPEN || command == 0x24;
}

static IsthDissectResult
smb_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  SmbMessage m = { .ctx = ctx };
  uint32_t offset = HEADER;

  if (smb_probe (*c, NULL) == ISTH_PROBE_NO)
    return ISTH_DISSECT_NOT_MINE;
  m.state = isth_context_state (ctx);
  m.whole = isth_cursor_rest (c);
  if (!read_header (&m, m.whole))
    return ISTH_DISSECT_MALFORMED;
  for (int i = 0; i < MOST_CHAINED; i++)
    {
      bool chained = is_chained (m.command);
      uint8_t next = NO_MORE;
      uint32_t then = 0;

      if (!take_command (&m, offset))
        return ISTH_DISSECT_MALFORMED;
      if (m.command == READ || m.command == WRITE)
        isth_context_show (ctx, m.whole.data, HEADER); /* a file may hold anything */
      if (chained && m.n_words >= 2)
        {
          IsthCursor link = m.words;

          next = isth_cursor_u8 (&link);
          isth_cursor_skip (&link, 1);
          then = isth_cursor_le16 (&link);
        }
      if (!m.response && m.n_words == 0 && chained)
        return ISTH_DISSECT_MALFORMED;
      if (!(m.response ? read_answer (&m) : read_request (&m)))
        return ISTH_DISSECT_MALFORMED;
      if (next == NO_MORE || then <= offset)
        break;
      m.command = next;
      offset = then;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_NBSS, 0 } };

const IsthDissector isth_dissector_smb = {
  .id = "smb", /* stored in project files: never change it */
  .title = "SMB 1 (CIFS)",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain os device_id banner",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (SmbState),
  .probe = smb_probe,
  .dissect = smb_dissect,
};
