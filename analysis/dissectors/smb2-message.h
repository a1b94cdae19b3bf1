/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of SMB 2 as smb2.c takes it apart, and the kinds that smb2-session.c and smb2-control.c read. */
#pragma once

#include "analysis/dissectors/smb-files.h"

#define SMB2_HEADER 64

/* 2.2.1.2 */
enum
{
  SMB2_NEGOTIATE,
  SMB2_SESSION_SETUP,
  SMB2_LOGOFF,
  SMB2_TREE_CONNECT,
  SMB2_TREE_DISCONNECT,
  SMB2_CREATE,
  SMB2_CLOSE,
  SMB2_FLUSH,
  SMB2_READ,
  SMB2_WRITE,
  SMB2_LOCK,
  SMB2_IOCTL,
  SMB2_CANCEL,
  SMB2_ECHO,
  SMB2_QUERY_DIRECTORY,
  SMB2_CHANGE_NOTIFY,
  SMB2_QUERY_INFO,
  SMB2_SET_INFO,
  SMB2_OPLOCK_BREAK,
  SMB2_N_COMMANDS
};

/* 2.2.1 */
typedef struct
{
  uint64_t match;
  uint32_t status, flags, next, tree;
  uint16_t command;
} Smb2Header;

/* A message of a chain. @whole begins with its header, from which offsets count. */
typedef struct
{
  IsthDissectContext *ctx;
  IsthSmbFiles *files;
  Smb2Header header;
  IsthCursor whole;
  IsthCursor c;
} Smb2Message;

/* What @offset from the header, as messages give it, and @length name. Empty when they lie. */
IsthCursor isth_smb2_get_buffer (const Smb2Message *m, uint32_t offset, uint32_t length);

/* The number of a file on the wire, made shorter, or ISTH_SMB_LAST in chains; 0 when it is cut off. */
uint64_t isth_smb2_read_file_id (const Smb2Message *m, IsthCursor *c);

/* Emits the request. @slot: 1 + number of the share or file it is about; 0: none. */
void isth_smb2_ask (const Smb2Message *m, IsthOp verb, const char *name, const char *object, uint64_t slot);

/* What is negotiated, who logs in. False when the message contradicts itself. */
bool isth_smb2_ask_negotiate (Smb2Message *m);
bool isth_smb2_answer_negotiate (Smb2Message *m);
bool isth_smb2_ask_session (Smb2Message *m);
void isth_smb2_answer_session (Smb2Message *m);

/* What is asked of a file system beyond files (2.2.31), and answered. */
bool isth_smb2_ask_control (Smb2Message *m);
void isth_smb2_answer_control (Smb2Message *m, const IsthPending *asked);
