/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMB 2 and 3 (MS-SMB2, 2.2): who logs in, which shares are used, what is done to which file, and what is said in named pipes, which is handed on. Of what is
 * encrypted only that it is; what a directory holds, attributes and locks are not read. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/smb2-message.h"

#define MOST_CHAINED 64
#define FLAG_RESPONSE 0x01
#define FLAG_ASYNC 0x02
#define STATUS_PENDING 0x00000103
#define STATUS_MORE_PROCESSING 0xc0000016
#define DELETE_ON_CLOSE 0x00001000

static const struct
{
  const char *name;
  uint8_t verb;
} commands[SMB2_N_COMMANDS] = {
  { "negotiate", ISTH_OP_OTHER },      { "session-setup", ISTH_OP_OTHER },   { "logoff", ISTH_OP_OTHER },      { "tree-connect", ISTH_OP_FILE },
  { "tree-disconnect", ISTH_OP_OTHER }, { "open", ISTH_OP_FILE },            { "close", ISTH_OP_OTHER },       { "flush", ISTH_OP_OTHER },
  { "read", ISTH_OP_FILE },            { "write", ISTH_OP_FILE },            { "lock", ISTH_OP_OTHER },        { "control", ISTH_OP_OTHER },
  { "cancel", ISTH_OP_OTHER },         { "echo", ISTH_OP_OTHER },            { "list", ISTH_OP_FILE },         { "watch", ISTH_OP_OTHER },
  { "query-info", ISTH_OP_OTHER },     { "set-info", ISTH_OP_OTHER },        { "oplock-break", ISTH_OP_OTHER },
};

static bool
read_header (IsthCursor *c,
             Smb2Header *self)
{
  const uint8_t *magic = isth_cursor_bytes (c, 4);

  if (!magic || memcmp (magic, "\xfeSMB", 4) != 0 || isth_cursor_le16 (c) != SMB2_HEADER)
    return false;
  isth_cursor_skip (c, 2); /* credit charge */
  self->status = isth_cursor_le32 (c);
  self->command = isth_cursor_le16 (c);
  isth_cursor_skip (c, 2); /* credits */
  self->flags = isth_cursor_le32 (c);
  self->next = isth_cursor_le32 (c);
  self->match = isth_cursor_le64 (c);
  isth_cursor_skip (c, 4);
  self->tree = isth_cursor_le32 (c);
  isth_cursor_skip (c, 24); /* session, signature */
  return !c->failed && self->command < SMB2_N_COMMANDS;
}

static IsthProbe
smb2_probe (IsthCursor c,
            const IsthPacket *packet)
{
  const uint8_t *magic = isth_cursor_bytes (&c, 4);

  (void) packet;
  return magic && magic[0] >= 0xfc && magic[0] <= 0xfe && memcmp (magic + 1, "SMB", 3) == 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

IsthCursor
isth_smb2_get_buffer (const Smb2Message *m,
                      uint32_t offset,
                      uint32_t length)
{
  return isth_smb_get_buffer (&m->whole, offset, length);
}

/* What isth_smb2_get_buffer() gives, as text, which is UTF-16. */
static const char *
get_text (const Smb2Message *m,
          uint32_t offset,
          uint32_t length,
          char *text,
          size_t size)
{
  IsthCursor buffer = isth_smb2_get_buffer (m, offset, length);

  return isth_text_from_utf16 (text, size, buffer.data, buffer.length & ~1u, false);
}

uint64_t
isth_smb2_read_file_id (const Smb2Message *m,
                        IsthCursor *c)
{
  static const uint8_t chained[16] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  const uint8_t *bytes = isth_cursor_bytes (c, 16);

  if (!bytes)
    return 0;
  return memcmp (bytes, chained, 16) == 0 ? ISTH_SMB_LAST : isth_context_digest (m->ctx, 1, bytes, 16);
}

void
isth_smb2_ask (const Smb2Message *m,
               IsthOp verb,
               const char *name,
               const char *object,
               uint64_t slot)
{
  isth_emit_request (m->ctx, &(IsthRequest) { .match = m->header.match, .verb = verb, .function = m->header.command, .name = name, .object = object,
                                              .at = m->whole.data, .length = MIN (m->whole.length, SMB2_HEADER), .memo = { slot, m->files->serial } });
}

/* 2.2.9 */
static bool
ask_tree (Smb2Message *m)
{
  char path[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];
  uint16_t offset, length;
  uint8_t slot;
  IsthCursor at;

  isth_cursor_skip (&m->c, 4);
  offset = isth_cursor_le16 (&m->c);
  length = isth_cursor_le16 (&m->c);
  if (m->c.failed)
    return false;
  isth_emit_role (m->ctx, NULL, "smb-client");
  get_text (m, offset, length, path, sizeof path);
  at = isth_smb2_get_buffer (m, offset, length);
  slot = isth_smb_add_tree (m->ctx, m->files, path, &at, object);
  isth_smb2_ask (m, m->files->trees[slot - 1].pipes ? ISTH_OP_OTHER : ISTH_OP_FILE, "tree-connect", object, slot);
  return true;
}

/* 2.2.13 */
static bool
ask_create (Smb2Message *m)
{
  uint32_t disposition, options;
  uint16_t offset, length;
  char text[ISTH_LIMIT_TEXT];
  IsthSmbOpen *open;
  IsthCursor at;

  isth_cursor_skip (&m->c, 36);
  disposition = isth_cursor_le32 (&m->c);
  options = isth_cursor_le32 (&m->c);
  offset = isth_cursor_le16 (&m->c);
  length = isth_cursor_le16 (&m->c);
  if (m->c.failed)
    return false;
  open = isth_smb_add_open (m->files, m->header.tree);
  get_text (m, offset, length, open->name, sizeof open->name);
  isth_smb2_ask (m, open->pipe ? ISTH_OP_OTHER : ISTH_OP_FILE, options & DELETE_ON_CLOSE ? "delete" : isth_smb_create_name (open, disposition),
                 isth_smb_open_text (m->files, open, text), isth_smb_open_slot (m->files, open));
  at = isth_smb2_get_buffer (m, offset, length);
  if (open->pipe)
    isth_smb_tell_tool (m->ctx, open->name, at.data, at.length);
  return true;
}

static void
ask_of_open (Smb2Message *m,
             IsthOp verb,
             const char *name,
             const IsthSmbOpen *open,
             uint64_t file)
{
  IsthRequest request = { .match = m->header.match, .function = m->header.command, .name = name, .at = m->whole.data, .length = MIN (m->whole.length, SMB2_HEADER) };

  isth_smb_ask_of_open (m->ctx, m->files, &request, verb, open, file);
}

/* 2.2.19, 2.2.21: both begin alike, but for where the data is. */
static bool
ask_move (Smb2Message *m)
{
  bool writing = m->header.command == SMB2_WRITE;
  uint16_t offset;
  uint32_t length;
  uint64_t file;
  IsthSmbOpen *open;
  IsthCursor data;

  isth_cursor_skip (&m->c, 2);
  offset = isth_cursor_le16 (&m->c);
  length = isth_cursor_le32 (&m->c);
  isth_cursor_skip (&m->c, 8);
  file = isth_smb2_read_file_id (m, &m->c);
  if (m->c.failed)
    return false;
  open = isth_smb_find_open (m->files, file);
  ask_of_open (m, ISTH_OP_FILE, writing ? "write" : "read", open, file);
  if (!writing)
    return true;
  data = isth_smb2_get_buffer (m, offset, length);
  if (open ? open->pipe : isth_smb_is_call (data))
    isth_smb_hand_pipe (m->ctx, file, data);
  else if (open)
    isth_smb_move_data (m->ctx, m->files, open, open->id, false, length);
  return true;
}

static bool
ask_close (Smb2Message *m)
{
  uint64_t file;

  isth_cursor_skip (&m->c, 8);
  file = isth_smb2_read_file_id (m, &m->c);
  if (m->c.failed)
    return false;
  ask_of_open (m, ISTH_OP_OTHER, "close", isth_smb_find_open (m->files, file), file);
  return true;
}

/* 2.2.33 */
static bool
ask_list (Smb2Message *m)
{
  uint16_t offset, length;
  char where[ISTH_LIMIT_TEXT], pattern[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];
  IsthSmbOpen *open;

  isth_cursor_skip (&m->c, 8);
  open = isth_smb_find_open (m->files, isth_smb2_read_file_id (m, &m->c));
  offset = isth_cursor_le16 (&m->c);
  length = isth_cursor_le16 (&m->c);
  if (m->c.failed)
    return false;
  isth_smb_open_text (m->files, open, where);
  get_text (m, offset, length, pattern, sizeof pattern);
  isth_text_format (object, sizeof object, "%s%s%s", where, where[0] ? "\\" : "", pattern);
  isth_smb2_ask (m, ISTH_OP_FILE, "list", object, 0);
  return true;
}

/* 2.2.39; renaming and deleting: MS-FSCC, 2.4.42, 2.4.11. */
static bool
ask_set_info (Smb2Message *m)
{
  enum { ABOUT_FILE = 1, RENAME = 10, DISPOSITION = 13, DISPOSITION_EX = 64 };
  uint8_t type, class;
  uint32_t length, n;
  uint16_t offset;
  uint64_t file;
  char old[ISTH_LIMIT_TEXT], new[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT];
  IsthCursor buffer, name;
  IsthSmbOpen *open;

  isth_cursor_skip (&m->c, 2);
  type = isth_cursor_u8 (&m->c);
  class = isth_cursor_u8 (&m->c);
  length = isth_cursor_le32 (&m->c);
  offset = isth_cursor_le16 (&m->c);
  isth_cursor_skip (&m->c, 6);
  file = isth_smb2_read_file_id (m, &m->c);
  if (m->c.failed)
    return false;
  open = isth_smb_find_open (m->files, file);
  buffer = isth_smb2_get_buffer (m, offset, length);
  isth_smb_open_text (m->files, open, old);
  if (type == ABOUT_FILE && class == RENAME)
    {
      isth_cursor_skip (&buffer, 16);
      n = isth_cursor_le32 (&buffer);
      name = isth_cursor_take (&buffer, n);
      isth_text_from_utf16 (new, sizeof new, name.data, buffer.failed ? 0 : name.length & ~1u, false);
      isth_text_format (object, sizeof object, "%.120s to %.120s", old, new);
      isth_smb2_ask (m, ISTH_OP_FILE, "rename", object, 0);
    }
  else if (type == ABOUT_FILE && (class == DISPOSITION || class == DISPOSITION_EX) && isth_cursor_peek (&buffer, 0) > 0)
    isth_smb2_ask (m, ISTH_OP_FILE, "delete", old, 0);
  else
    ask_of_open (m, ISTH_OP_OTHER, "set-info", open, file);
  return true;
}

/* Where the number of the file stands in requests that are only counted; 0: they have none. */
static uint32_t
find_file_id (uint16_t command)
{
  switch (command)
    {
    case SMB2_FLUSH:
    case SMB2_LOCK:
    case SMB2_CHANGE_NOTIFY:
      return 8;
    case SMB2_QUERY_INFO:
      return 24;
    default:
      return 0;
    }
}

static bool
read_request (Smb2Message *m)
{
  uint32_t at = find_file_id (m->header.command);
  uint64_t file = 0;

  isth_context_prove_direction (m->ctx, ISTH_FROM_CLIENT);
  switch (m->header.command)
    {
    case SMB2_NEGOTIATE:
      return isth_smb2_ask_negotiate (m);
    case SMB2_SESSION_SETUP:
      return isth_smb2_ask_session (m);
    case SMB2_TREE_CONNECT:
      return ask_tree (m);
    case SMB2_CREATE:
      return ask_create (m);
    case SMB2_READ:
    case SMB2_WRITE:
      return ask_move (m);
    case SMB2_CLOSE:
      return ask_close (m);
    case SMB2_IOCTL:
      return isth_smb2_ask_control (m);
    case SMB2_QUERY_DIRECTORY:
      return ask_list (m);
    case SMB2_SET_INFO:
      return ask_set_info (m);
    case SMB2_CANCEL: /* has no answer of its own */
      return true;
    default:
      isth_cursor_skip (&m->c, at);
      if (at != 0)
        file = isth_smb2_read_file_id (m, &m->c);
      ask_of_open (m, (IsthOp) commands[m->header.command].verb, commands[m->header.command].name, file != 0 ? isth_smb_find_open (m->files, file) : NULL, file);
      return !m->c.failed;
    }
}

/* 2.2.20 */
static void
answer_read (Smb2Message *m,
             IsthSmbOpen *open,
             uint64_t file)
{
  uint8_t offset;
  uint32_t length;
  IsthCursor data;

  isth_cursor_skip (&m->c, 2);
  offset = isth_cursor_u8 (&m->c);
  isth_cursor_skip (&m->c, 1);
  length = isth_cursor_le32 (&m->c);
  if (m->c.failed)
    return;
  data = isth_smb2_get_buffer (m, offset, length);
  if (open ? open->pipe : isth_smb_is_call (data))
    isth_smb_hand_pipe (m->ctx, open ? open->id : file, data);
  else if (open && length > 0)
    isth_smb_move_data (m->ctx, m->files, open, open->id, true, length);
}

/* 2.2.14 */
static void
answer_create (Smb2Message *m,
               IsthSmbOpen *open)
{
  isth_cursor_skip (&m->c, 64);
  open->id = isth_smb2_read_file_id (m, &m->c);
  open->known = open->id != 0;
}

static bool
read_answer (Smb2Message *m)
{
  const Smb2Header *h = &m->header;
  const IsthPending *asked;
  const char *why;
  char text[40];
  IsthSmbOpen *open;
  uint64_t file;

  isth_context_prove_direction (m->ctx, ISTH_FROM_SERVER);
  if (h->status == STATUS_PENDING && h->flags & FLAG_ASYNC)
    return true;
  why = h->status == STATUS_MORE_PROCESSING ? NULL : isth_smb_status (text, sizeof text, h->status);
  asked = isth_emit_response (m->ctx, h->match, why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  if (h->command == SMB2_NEGOTIATE && !why)
    return isth_smb2_answer_negotiate (m); /* which may answer a question of SMB 1 */
  if (h->command == SMB2_SESSION_SETUP && !why)
    isth_smb2_answer_session (m);
  if (!asked)
    return true;
  if (h->command == SMB2_TREE_CONNECT && !why)
    isth_smb_name_tree (m->ctx, m->files, asked->memo[0], h->tree);
  else if (h->command == SMB2_IOCTL && !why)
    isth_smb2_answer_control (m, asked);
  if (h->command != SMB2_CREATE && h->command != SMB2_READ && h->command != SMB2_CLOSE)
    return true;
  open = isth_smb_get_asked (m->files, asked);
  file = open ? open->id : asked->memo[1];
  if (open && h->command == SMB2_CLOSE) /* in a chain what was read comes just before this */
    isth_smb_close (m->ctx, open, open->id);
  else if (open && h->command == SMB2_CREATE && why)
    open->serial = 0;
  else if (open && h->command == SMB2_CREATE)
    answer_create (m, open);
  else if (h->command == SMB2_READ && !why)
    answer_read (m, open, file);
  return true;
}

/* 2.2.41, 2.2.42: nothing can be read but that it is there. */
static IsthDissectResult
read_hidden (IsthDissectContext *ctx,
             bool encrypted)
{
  IsthRequest request = { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = encrypted ? "encrypted" : "compressed" };

  if (isth_context_direction (ctx) == ISTH_FROM_SERVER)
    return ISTH_DISSECT_OK;
  request.key = isth_context_digest (ctx, 0x100u | encrypted, "", 1);
  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
smb2_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  int magic = isth_cursor_peek (c, 0);
  Smb2Message m = { .ctx = ctx };

  if (smb2_probe (*c, NULL) == ISTH_PROBE_NO)
    return ISTH_DISSECT_NOT_MINE;
  if (magic != 0xfe)
    return read_hidden (ctx, magic == 0xfd);
  m.files = isth_context_state (ctx);
  for (int i = 0; i < MOST_CHAINED && isth_cursor_left (c) > 0; i++)
    {
      IsthCursor start = *c;

      if (!read_header (&start, &m.header) || (m.header.next != 0 && m.header.next < SMB2_HEADER))
        return ISTH_DISSECT_MALFORMED;
      m.whole = m.header.next != 0 ? isth_cursor_take (c, m.header.next) : isth_cursor_rest (c);
      m.c = m.whole;
      isth_cursor_skip (&m.c, SMB2_HEADER);
      if (m.header.command == SMB2_READ || m.header.command == SMB2_WRITE)
        isth_context_show (ctx, m.whole.data, MIN (m.whole.length, SMB2_HEADER)); /* a file may hold anything */
      if (c->failed || !(m.header.flags & FLAG_RESPONSE ? read_answer (&m) : read_request (&m)))
        return ISTH_DISSECT_MALFORMED;
    }
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_NBSS, 0 } };

const IsthDissector isth_dissector_smb2 = {
  .id = "smb2", /* stored in project files: never change it */
  .title = "SMB 2 and 3",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname domain os realm device_id banner mgmt_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (IsthSmbFiles),
  .probe = smb2_probe,
  .dissect = smb2_dissect,
};
