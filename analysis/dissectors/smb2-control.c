/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SMB 2 asks of a file system beyond reading and writing (MS-FSCC, 2.3; MS-SMB2, 2.2.31, 2.2.32): calls by a pipe, which are handed on, and all addresses
 * of the server. */
#include "analysis/dissectors/smb2-message.h"

#define MOST_INTERFACES 32
#define PIPE_TRANSCEIVE 0x0011c017
#define QUERY_INTERFACES 0x001401fc

/* MS-FSCC, 2.3; MS-SMB2, 2.2.31. */
static const struct
{
  uint32_t code;
  const char *name;
} controls[] = {
  { 0x00060194, "get DFS referrals" },     { 0x000601b0, "get DFS referrals" },   { 0x00110018, "wait for a pipe" },
  { 0x0011400c, "peek into a pipe" },      { PIPE_TRANSCEIVE, "call by a pipe" }, { 0x00140078, "request a resume key" },
  { 0x001401d4, "request resiliency" },    { QUERY_INTERFACES, "query network interfaces" }, { 0x00140204, "validate negotiation" },
  { 0x00144064, "list snapshots" },        { 0x001440f2, "copy on the server" },  { 0x001480f2, "copy on the server" },
  { 0x001441bb, "read hashes" },           { 0x000900a4, "set reparse point" },   { 0x000900a8, "get reparse point" },
};

/* 2.2.31 */
bool
isth_smb2_ask_control (Smb2Message *m)
{
  uint32_t code, offset, length;
  uint64_t file;
  char text[32];
  const char *object = NULL;

  isth_cursor_skip (&m->c, 4);
  code = isth_cursor_le32 (&m->c);
  file = isth_smb2_read_file_id (m, &m->c);
  offset = isth_cursor_le32 (&m->c);
  length = isth_cursor_le32 (&m->c);
  if (m->c.failed)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (controls); i++)
    if (controls[i].code == code)
      object = controls[i].name;
  if (!object)
    object = isth_text_format (text, sizeof text, "code 0x%08x", code);
  isth_emit_request (m->ctx, &(IsthRequest) { .match = m->header.match, .verb = ISTH_OP_OTHER, .function = SMB2_IOCTL, .name = "control", .object = object,
                                              .at = m->whole.data, .length = MIN (m->whole.length, SMB2_HEADER), .memo = { file, code } });
  if (code == PIPE_TRANSCEIVE)
    isth_smb_hand_pipe (m->ctx, file, isth_smb2_get_buffer (m, offset, length));
  return true;
}

/* 2.2.32.5: all that the server has, wherever it was asked. */
static void
read_interfaces (const Smb2Message *m,
                 IsthCursor list)
{
  for (int i = 0; i < MOST_INTERFACES && isth_cursor_left (&list) >= 152; i++)
    {
      IsthCursor one = list;
      uint32_t next = isth_cursor_le32 (&one);
      uint16_t family;
      const uint8_t *bytes;
      IsthAddress address;
      char text[ISTH_ADDRESS_TEXT];

      isth_cursor_skip (&one, 20);
      family = isth_cursor_le16 (&one);
      isth_cursor_skip (&one, family == 2 ? 2 : 6);
      bytes = isth_cursor_bytes (&one, family == 2 ? 4 : 16);
      if (!bytes || (family != 2 && family != 0x17))
        return;
      address = family == 2 ? isth_address_ipv4 (bytes) : isth_address_ipv6 (bytes);
      if (isth_address_is_host (&address))
        isth_emit_claim (m->ctx, NULL, ISTH_ATTRIBUTE_MGMT_ADDRESS, isth_address_format (&address, text), ISTH_CONFIDENCE_PARSED, bytes, family == 2 ? 4 : 16);
      if (next < 152)
        return;
      isth_cursor_skip (&list, next);
    }
}

/* 2.2.32 */
void
isth_smb2_answer_control (Smb2Message *m,
                          const IsthPending *asked)
{
  uint64_t file = asked->memo[0], code = asked->memo[1];
  uint32_t offset, length;
  IsthCursor output;

  isth_cursor_skip (&m->c, 32);
  offset = isth_cursor_le32 (&m->c);
  length = isth_cursor_le32 (&m->c);
  if (m->c.failed)
    return;
  output = isth_smb2_get_buffer (m, offset, length);
  if (code == PIPE_TRANSCEIVE)
    isth_smb_hand_pipe (m->ctx, file, output);
  else if (code == QUERY_INTERFACES)
    read_interfaces (m, output);
}
