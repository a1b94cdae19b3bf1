/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP 1.0 (RFC 3435): which call agent commands which telephone gateway, and which of its lines. Parameters, and what is spoken, are not read. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/lines.h"

static const struct
{
  const char *verb;
  uint8_t op;
  const char *name;
} commands[] = {
  { "EPCF", ISTH_OP_OTHER, "endpoint-configuration" }, { "CRCX", ISTH_OP_OTHER, "create-connection" },   { "MDCX", ISTH_OP_OTHER, "modify-connection" },
  { "DLCX", ISTH_OP_OTHER, "delete-connection" },      { "RQNT", ISTH_OP_SUBSCRIBE, "notification-request" }, { "NTFY", ISTH_OP_REPORT, "notify" },
  { "AUEP", ISTH_OP_DIAGNOSE, "audit-endpoint" },      { "AUCX", ISTH_OP_DIAGNOSE, "audit-connection" }, { "RSIP", ISTH_OP_REPORT, "restart-in-progress" },
};

typedef struct
{
  int command; /* -1: an answer */
  uint32_t code, transaction;
  IsthPiece endpoint;
} MgcpMessage;

/* "AUEP 1200 aaln/1@gateway MGCP 1.0", "200 1200 OK". */
static bool
read_message (IsthCursor c,
              MgcpMessage *message)
{
  IsthPiece line, rest, word;

  *message = (MgcpMessage) { .command = -1 };
  isth_lines_next_or_rest (&c, &line);
  rest = line;
  word = isth_piece_word (&rest);
  message->transaction = isth_piece_number (&rest);
  if (word.length == 3 && g_ascii_isdigit (word.bytes[0]))
    {
      message->code = isth_piece_number (&word);
      return message->code >= 100 && message->code < 1000 && message->transaction != 0;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (isth_piece_is (&word, commands[i].verb))
      message->command = (int) i;
  isth_piece_word (&rest);
  message->endpoint = isth_piece_word (&rest);
  return message->command >= 0 && message->transaction != 0 && isth_piece_starts (&rest, "MGCP ");
}

static IsthProbe
mgcp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  MgcpMessage message;

  (void) packet;
  if (!g_ascii_isalnum (isth_cursor_peek (&c, 0)) || !read_message (c, &message))
    return ISTH_PROBE_NO;
  return message.command >= 0 ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static IsthDissectResult
mgcp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  char object[ISTH_LIMIT_TEXT], text[16];
  MgcpMessage message;

  if (!read_message (*c, &message))
    return ISTH_DISSECT_NOT_MINE;
  if (message.command < 0)
    {
      if (message.code >= 200)
        isth_emit_response (ctx, message.transaction, message.code >= 300 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                            message.code >= 300 ? isth_text_format (text, sizeof text, "code %u", message.code) : NULL, false);
      return ISTH_DISSECT_OK;
    }
  isth_emit_role (ctx, NULL, commands[message.command].op == ISTH_OP_REPORT ? "mgcp-gateway" : "mgcp-call-agent");
  isth_text_from_bytes (object, sizeof object, message.endpoint.bytes, message.endpoint.length);
  isth_emit_request (ctx, &(IsthRequest) { .match = message.transaction, .verb = (IsthOp) commands[message.command].op, .function = -1,
                                           .name = commands[message.command].name, .object = object });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 2427 }, { ISTH_BIND_UDP, 2727 } };

const IsthDissector isth_dissector_mgcp = {
  .id = "mgcp", /* stored in project files: never change it */
  .title = "MGCP",
  .depth = ISTH_DEPTH_SHALLOW,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = mgcp_probe,
  .dissect = mgcp_dissect,
};
