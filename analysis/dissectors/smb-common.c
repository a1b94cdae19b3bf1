/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status numbers (MS-ERREF, 2.3), shares and pipes of SMB. Which tools use which pipe is what they are known for; none of them is standardized. */
#include "analysis/dissectors/smb-common.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/dcerpc.h"

#define MOST_CALLS 64 /* in one write or read */

static const struct
{
  uint32_t status;
  const char *text;
} statuses[] = {
  { 0xc0000001, "unsuccessful" },
  { 0xc0000002, "not implemented" },
  { 0xc0000008, "invalid handle" },
  { 0xc000000d, "invalid parameter" },
  { 0xc000000f, "no such file" },
  { 0xc0000010, "invalid request" },
  { 0xc0000011, "end of file" },
  { 0xc0000016, "more processing required" },
  { 0xc0000022, "access denied" },
  { 0xc0000023, "buffer too small" },
  { 0xc0000033, "invalid name" },
  { 0xc0000034, "name not found" },
  { 0xc0000035, "name exists already" },
  { 0xc000003a, "path not found" },
  { 0xc0000043, "in use by another" },
  { 0xc0000054, "locked by another" },
  { 0xc0000056, "to be deleted" },
  { 0xc0000061, "privilege not held" },
  { 0xc0000064, "no such user" },
  { 0xc000006a, "wrong password" },
  { 0xc000006d, "logon failure" },
  { 0xc000006e, "account restricted" },
  { 0xc000006f, "outside the hours of this account" },
  { 0xc0000070, "not from this computer" },
  { 0xc0000071, "password expired" },
  { 0xc0000072, "account disabled" },
  { 0xc000007f, "disk full" },
  { 0xc00000ac, "pipe not available" },
  { 0xc00000ae, "pipe busy" },
  { 0xc00000b0, "pipe disconnected" },
  { 0xc00000b5, "timed out" },
  { 0xc00000ba, "is a directory" },
  { 0xc00000bb, "not supported" },
  { 0xc00000c9, "share deleted" },
  { 0xc00000cc, "no such share" },
  { 0xc0000101, "directory not empty" },
  { 0xc0000103, "not a directory" },
  { 0xc000010b, "cancelled already" },
  { 0xc0000120, "cancelled" },
  { 0xc0000121, "cannot be deleted" },
  { 0xc0000128, "file closed" },
  { 0xc000015b, "this kind of logon is not granted" },
  { 0xc0000190, "trust failure" },
  { 0xc000019c, "not of this kind of volume" },
  { 0xc0000193, "account expired" },
  { 0xc0000203, "session deleted" },
  { 0xc0000205, "insufficient resources" },
  { 0xc0000224, "password must be changed" },
  { 0xc0000225, "not found" },
  { 0xc0000234, "account locked out" },
  { 0xc0000257, "path not covered" },
  { 0xc000035c, "session expired" },
  { 0xc0000413, "authentication firewall" },
  { 0xc000a000, "invalid signature" },
};

/* Pipes of tools that run programs on another computer. */
static const struct
{
  const char *begin;
  const char *tool;
} tools[] = {
  { "psexe", "PsExec" },         { "paexec", "PAExec" },       { "remcom", "RemCom" },
  { "csexec", "CSExec" },         { "winexe", "winexe" },       { "ahexec", "winexe" },
};

const char *
isth_smb_status (char *text,
                 size_t size,
                 uint32_t status)
{
  if (status >> 30 != 3) /* successes, informations and warnings */
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return statuses[i].text;
  return isth_text_format (text, size, "status 0x%08x", status);
}

void
isth_smb_tell_tool (IsthDissectContext *ctx,
                    const char *pipe,
                    const uint8_t *at,
                    uint32_t length)
{
  char object[ISTH_LIMIT_TEXT];

  pipe += *pipe == '\\';
  for (size_t i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_ascii_strncasecmp (pipe, tools[i].begin, strlen (tools[i].begin)) == 0)
      {
        isth_text_format (object, sizeof object, "%s by pipe %.200s", tools[i].tool, pipe);
        isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_CONTROL, .function = -1, .name = "remote-program", .object = object,
                                                 .protocol = "psexec", .at = at, .length = length });
        return;
      }
}

bool
isth_smb_is_administrative (const char *share)
{
  return g_ascii_strcasecmp (share, "ADMIN$") == 0 || (g_ascii_isalpha (share[0]) && share[1] == '$' && share[2] == '\0');
}

void
isth_smb_read_share (IsthDissectContext *ctx,
                     const char *path,
                     const uint8_t *at,
                     uint32_t length,
                     char share[ISTH_SMB_SHARE])
{
  IsthEndpoint server = isth_context_receiver (ctx);
  const char *start = path + strspn (path, "\\"), *end = strchr (start, '\\');
  char host[ISTH_LIMIT_TEXT];
  int confidence = ISTH_CONFIDENCE_REPORTED;

  isth_text_format (share, ISTH_SMB_SHARE, "%s", end ? end + 1 : start);
  /* A whole domain has these, and is asked by its own name, which all its controllers answer to. */
  if (!end || start == path || *start == '*' || g_ascii_strcasecmp (share, "SYSVOL") == 0 || g_ascii_strcasecmp (share, "NETLOGON") == 0)
    return;
  if (g_ascii_strcasecmp (share, "IPC$") == 0)
    confidence = ISTH_CONFIDENCE_BANNER;
  isth_text_format (host, sizeof host, "%.*s", (int) (end - start), start);
  if (host[strspn (host, "0123456789.")] != '\0' && !strchr (host, ':') && !strstr (host, ".ipv6-literal.net"))
    isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, host, confidence, at, length);
}

IsthCursor
isth_smb_get_buffer (const IsthCursor *whole,
                     uint32_t offset,
                     uint32_t length)
{
  IsthCursor at = *whole;

  isth_cursor_skip (&at, offset);
  if (at.failed || length == 0)
    return isth_cursor_new (whole->data, 0, 0);
  return isth_cursor_take (&at, length);
}

bool
isth_smb_is_call (IsthCursor data)
{
  IsthDcerpcHeader header;

  return isth_dcerpc_read_header (&data, &header);
}

void
isth_smb_hand_pipe (IsthDissectContext *ctx,
                    uint64_t key,
                    IsthCursor data)
{
  for (int i = 0; i < MOST_CALLS && isth_cursor_left (&data) > 0; i++)
    {
      IsthCursor start = data, call;
      IsthDcerpcHeader header;
      uint32_t have = isth_cursor_left (&data);

      if (!isth_dcerpc_read_header (&start, &header))
        return;
      call = isth_cursor_new (data.data + data.position, MIN (have, header.length), header.length);
      isth_context_hand_over (ctx, ISTH_BIND_PIPE, key, &call);
      isth_cursor_skip (&data, MIN (have, header.length));
    }
}
