/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares and files by their numbers, and what is said of them. */
#include "analysis/dissectors/smb-files.h"

#include <string.h>

uint8_t
isth_smb_add_tree (IsthDissectContext *ctx,
                   IsthSmbFiles *self,
                   const char *path,
                   const IsthCursor *at,
                   char object[ISTH_LIMIT_TEXT])
{
  uint8_t slot = (uint8_t) (self->next_tree + 1);
  IsthSmbTree *tree = &self->trees[self->next_tree];

  memset (tree, 0, sizeof *tree);
  isth_smb_read_share (ctx, path, at->data, at->length, tree->share);
  tree->pipes = g_ascii_strcasecmp (tree->share, "IPC$") == 0;
  isth_text_format (object, ISTH_LIMIT_TEXT, "%sshare %s", isth_smb_is_administrative (tree->share) ? "administrative " : "", path);
  self->next_tree = slot % ISTH_SMB_TREES;
  return slot;
}

/* What every domain controller shares, for policies and for logging in. */
static bool
is_of_controller (const char *share)
{
  return g_ascii_strcasecmp (share, "SYSVOL") == 0 || g_ascii_strcasecmp (share, "NETLOGON") == 0;
}

void
isth_smb_name_tree (IsthDissectContext *ctx,
                    IsthSmbFiles *self,
                    uint64_t slot,
                    uint32_t id)
{
  if (slot == 0 || slot > ISTH_SMB_TREES)
    return;
  if (is_of_controller (self->trees[slot - 1].share))
    isth_emit_role (ctx, NULL, "domain-controller");
  self->trees[slot - 1].id = id;
  self->trees[slot - 1].used = true;
}

uint8_t
isth_smb_find_tree (const IsthSmbFiles *self,
                    uint32_t id)
{
  for (uint8_t i = 0; i < ISTH_SMB_TREES; i++)
    if (self->trees[i].used && self->trees[i].id == id)
      return (uint8_t) (i + 1);
  return 0;
}

IsthSmbOpen *
isth_smb_add_open (IsthSmbFiles *self,
                   uint32_t tree)
{
  IsthSmbOpen *open = &self->opens[self->next_open];

  memset (open, 0, sizeof *open);
  self->serial = self->serial == UINT32_MAX ? 1 : self->serial + 1;
  open->serial = self->serial;
  open->tree = isth_smb_find_tree (self, tree);
  open->pipe = open->tree != 0 && self->trees[open->tree - 1].pipes;
  self->next_open = (uint8_t) ((self->next_open + 1) % ISTH_SMB_OPENS);
  return open;
}

uint64_t
isth_smb_open_slot (const IsthSmbFiles *self,
                    const IsthSmbOpen *open)
{
  return open ? (uint64_t) (open - self->opens) + 1 : 0;
}

const char *
isth_smb_create_name (const IsthSmbOpen *open,
                      uint32_t disposition)
{
  static const char *const names[] = { "replace", "open", "create", "open-or-create", "overwrite", "overwrite-or-create" };

  return open->pipe ? "open-pipe" : disposition < G_N_ELEMENTS (names) ? names[disposition] : "open";
}

IsthSmbOpen *
isth_smb_find_open (IsthSmbFiles *self,
                    uint64_t id)
{
  for (size_t i = 0; i < ISTH_SMB_OPENS; i++)
    {
      IsthSmbOpen *open = &self->opens[i];

      if (open->serial != 0 && (id == ISTH_SMB_LAST ? open->serial == self->serial : open->known && open->id == id))
        return open;
    }
  return NULL;
}

IsthSmbOpen *
isth_smb_get_asked (IsthSmbFiles *self,
                    const IsthPending *asked)
{
  IsthSmbOpen *open;

  if (asked->memo[0] == 0 || asked->memo[0] > ISTH_SMB_OPENS)
    return NULL;
  open = &self->opens[asked->memo[0] - 1];
  return open->serial != 0 && open->serial == asked->memo[1] ? open : NULL;
}

const char *
isth_smb_path_text (const IsthSmbFiles *self,
                    uint8_t tree,
                    bool pipe,
                    const char *name,
                    char text[ISTH_LIMIT_TEXT])
{
  const char *share = tree != 0 ? self->trees[tree - 1].share : "";

  name += *name == '\\';
  return isth_text_format (text, ISTH_LIMIT_TEXT, "%s%s%s", pipe ? "pipe" : share, pipe ? " " : share[0] && name[0] ? "\\" : "", name);
}

const char *
isth_smb_open_text (const IsthSmbFiles *self,
                    const IsthSmbOpen *open,
                    char text[ISTH_LIMIT_TEXT])
{
  if (open)
    return isth_smb_path_text (self, open->tree, open->pipe, open->name, text);
  text[0] = '\0';
  return text;
}

void
isth_smb_ask_of_open (IsthDissectContext *ctx,
                      const IsthSmbFiles *self,
                      IsthRequest *request,
                      IsthOp verb,
                      const IsthSmbOpen *open,
                      uint64_t file)
{
  const char *share = open && open->tree != 0 ? self->trees[open->tree - 1].share : NULL;
  char text[ISTH_LIMIT_TEXT];

  request->memo[0] = isth_smb_open_slot (self, open);
  request->memo[1] = open ? open->serial : file;
  request->key = isth_context_digest (ctx, (uint64_t) request->function << 16 | (open ? (uint64_t) open->pipe << 8 | open->tree : 0xffff),
                                      open ? open->name : "", open ? strlen (open->name) : 1);
  if (share)
    request->key = isth_context_digest (ctx, request->key, share, strlen (share));
  if (isth_emit_again (ctx, request))
    return;
  request->verb = open && open->pipe ? ISTH_OP_OTHER : verb;
  request->object = isth_smb_open_text (self, open, text);
  isth_emit_request (ctx, request);
}

void
isth_smb_move_data (IsthDissectContext *ctx,
                    const IsthSmbFiles *self,
                    IsthSmbOpen *open,
                    uint64_t match,
                    bool by_device,
                    uint32_t bytes)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .match = match, .by_device = by_device };
  char text[ISTH_LIMIT_TEXT];

  if (!open->moving)
    {
      transfer.object = isth_smb_open_text (self, open, text);
      isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
      transfer.object = NULL;
    }
  open->moving = true;
  transfer.bytes = bytes;
  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
}

void
isth_smb_close (IsthDissectContext *ctx,
                IsthSmbOpen *open,
                uint64_t match)
{
  if (open->moving)
    isth_emit_transfer (ctx, ISTH_TRANSFER_END, &(IsthTransfer) { .verb = ISTH_OP_FILE, .match = match, .by_device = true });
  open->serial = 0;
}
