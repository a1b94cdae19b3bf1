/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions of SMB 1 (MS-CIFS, 2.2.5, 2.2.6; MS-RAP): files by name, calls of remote administration, and what is said in named pipes. */
#include "analysis/dissectors/smb-message.h"

#include <string.h>

#define TRANSACT_PIPE 0x26

/* MS-CIFS, 2.2.6. */
static const struct
{
  uint8_t verb;
  uint8_t skip; /* bytes of the parameters in front of a path; 0: there is none */
  const char *name;
} subcommands[] = {
  [0] = { ISTH_OP_FILE, 28, "open" },           [1] = { ISTH_OP_FILE, 12, "list" },       [2] = { ISTH_OP_FILE, 0, "list-more" },
  [3] = { ISTH_OP_OTHER, 0, "query-volume" },   [5] = { ISTH_OP_OTHER, 6, "query-info" }, [6] = { ISTH_OP_OTHER, 6, "set-info" },
  [7] = { ISTH_OP_OTHER, 0, "query-info" },     [8] = { ISTH_OP_OTHER, 0, "set-info" },   [13] = { ISTH_OP_FILE, 4, "create-directory" },
  [14] = { ISTH_OP_OTHER, 0, "session-setup-2" }, [16] = { ISTH_OP_OTHER, 0, "get-dfs-referrals" },
};

/* MS-RAP, 2.5; behind the pipe LANMAN. */
static const struct
{
  uint16_t function;
  const char *name;
} remote_calls[] = {
  { 0, "list shares" },         { 1, "query share" },   { 13, "query server" },   { 63, "query workstation" }, { 69, "list print queues" },
  { 70, "query print queue" },  { 76, "list print jobs" }, { 104, "list servers" }, { 215, "list servers" },   { 132, "log on" },
};

/* 2.2.6 */
static void
ask_subcommand (const SmbMessage *m,
                uint16_t number,
                IsthCursor parameters)
{
  char name[ISTH_LIMIT_TEXT], object[ISTH_LIMIT_TEXT] = "";
  bool known = number < G_N_ELEMENTS (subcommands) && subcommands[number].name;
  IsthCursor bytes;

  if (known && subcommands[number].skip != 0)
    {
      isth_cursor_skip (&parameters, subcommands[number].skip);
      isth_smb_take_string (m, &parameters, false, name, sizeof name, &bytes);
      isth_smb_describe_path (m, name, object);
    }
  isth_smb_ask (m, known ? (IsthOp) subcommands[number].verb : ISTH_OP_OTHER, known ? subcommands[number].name : "transaction", object, 0);
}

/* MS-RAP, 2.5 */
static void
ask_remote_call (const SmbMessage *m,
                 IsthCursor parameters)
{
  uint16_t function = isth_cursor_le16 (&parameters);
  char object[ISTH_LIMIT_TEXT];
  const char *call = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (remote_calls) && !parameters.failed; i++)
    if (remote_calls[i].function == function)
      call = remote_calls[i].name;
  if (!call)
    call = isth_text_format (object, sizeof object, "LAN manager function %u", function);
  isth_smb_ask (m, ISTH_OP_IDENTIFY, "remote-call", call, 0);
}

/* 2.2.4.33.1: of pipes that are opened by a file, that which is said in them. */
static void
ask_pipe (const SmbMessage *m,
          const char *name,
          uint16_t file,
          IsthCursor data)
{
  const IsthSmbOpen *open = isth_smb_find_open (&m->state->files, file);
  char object[ISTH_LIMIT_TEXT];

  if (open)
    name = isth_smb_path_text (&m->state->files, 0, true, open->name, object);
  isth_smb_ask (m, ISTH_OP_OTHER, "transaction", name, file + 1u);
  isth_smb_hand_pipe (m->ctx, file + 1u, data);
}

/* 2.2.4.33.1, 2.2.4.46.1: parameters and data of both kinds of transaction. */
bool
isth_smb_ask_transaction (SmbMessage *m)
{
  uint16_t n_parameters, at, length, offset, setup, file;
  uint8_t n;
  char name[ISTH_LIMIT_TEXT];
  IsthCursor parameters, bytes;

  isth_cursor_skip (&m->words, 18);
  n_parameters = isth_cursor_le16 (&m->words);
  at = isth_cursor_le16 (&m->words);
  length = isth_cursor_le16 (&m->words);
  offset = isth_cursor_le16 (&m->words);
  n = isth_cursor_u8 (&m->words);
  isth_cursor_skip (&m->words, 1);
  setup = n > 0 ? isth_cursor_le16 (&m->words) : UINT16_MAX;
  file = n > 1 ? isth_cursor_le16 (&m->words) : 0;
  if (m->words.failed)
    return false;
  parameters = isth_smb_get_buffer (&m->whole, at, n_parameters);
  if (m->command == ISTH_SMB_TRANSACTION2)
    {
      ask_subcommand (m, setup, parameters);
      return true;
    }
  isth_smb_take_string (m, &m->bytes, true, name, sizeof name, &bytes);
  if (g_str_equal (name, "\\PIPE\\LANMAN"))
    ask_remote_call (m, parameters);
  else if (setup == TRANSACT_PIPE)
    ask_pipe (m, name, file, isth_smb_get_buffer (&m->whole, offset, length));
  else
    isth_smb_ask (m, ISTH_OP_OTHER, "transaction", name, 0);
  return true;
}
