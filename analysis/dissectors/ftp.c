/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP's control connection (RFC 959, 2228, 2389, 2428, 3659): who serves files with which program, who logs in, which files are brought, fetched, deleted.
 *
 * Passwords are never read. What goes over a data connection is in a conversation of its own, on a port that only the control connection names: it is
 * announced, so that its bytes count into the transfer (ftp-data.c). Behind AUTH everything is secret. */
#include "analysis/dissectors/dissector.h"

#include "analysis/dissectors/ftp-data.h"
#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/secret.h"

typedef enum
{
  ORDINARY,
  USER,     /* remembered for the password that follows */
  PASSWORD,
  PATH,     /* its argument names a file or folder */
  WORD,     /* only the first word of it may be told: what a server is asked beyond the standard may be a password */
  FETCH,    /* a file is carried */
  BRING,
  LIST,     /* names of files come over a data connection */
  PORT,     /* where the client waits for a data connection */
  CLIENT,   /* the name of a program */
} CommandKind;

static const struct
{
  const char *name;
  uint8_t verb;
  uint8_t kind;
} commands[] = {
  { "USER", ISTH_OP_OTHER, USER },        { "PASS", ISTH_OP_AUTHENTICATE, PASSWORD }, { "RETR", ISTH_OP_FILE, FETCH },    { "STOR", ISTH_OP_FILE, BRING },
  { "STOU", ISTH_OP_FILE, BRING },        { "APPE", ISTH_OP_FILE, BRING },            { "DELE", ISTH_OP_FILE, PATH },     { "RNFR", ISTH_OP_FILE, PATH },
  { "RNTO", ISTH_OP_FILE, PATH },         { "MKD", ISTH_OP_FILE, PATH },              { "RMD", ISTH_OP_FILE, PATH },      { "XMKD", ISTH_OP_FILE, PATH },
  { "XRMD", ISTH_OP_FILE, PATH },         { "LIST", ISTH_OP_READ, LIST },             { "NLST", ISTH_OP_READ, LIST },     { "MLSD", ISTH_OP_READ, LIST },
  { "MLST", ISTH_OP_READ, PATH },         { "SIZE", ISTH_OP_READ, PATH },             { "MDTM", ISTH_OP_READ, PATH },     { "CWD", ISTH_OP_OTHER, PATH },
  { "XCWD", ISTH_OP_OTHER, PATH },        { "CDUP", ISTH_OP_OTHER, ORDINARY },        { "PWD", ISTH_OP_OTHER, ORDINARY }, { "XPWD", ISTH_OP_OTHER, ORDINARY },
  { "SYST", ISTH_OP_IDENTIFY, ORDINARY }, { "STAT", ISTH_OP_DIAGNOSE, PATH },         { "HELP", ISTH_OP_OTHER, ORDINARY }, { "FEAT", ISTH_OP_IDENTIFY, ORDINARY },
  { "OPTS", ISTH_OP_OTHER, ORDINARY },    { "TYPE", ISTH_OP_OTHER, ORDINARY },        { "MODE", ISTH_OP_OTHER, ORDINARY }, { "STRU", ISTH_OP_OTHER, ORDINARY },
  { "PORT", ISTH_OP_OTHER, PORT },    { "PASV", ISTH_OP_OTHER, ORDINARY },        { "EPRT", ISTH_OP_OTHER, PORT }, { "EPSV", ISTH_OP_OTHER, ORDINARY },
  { "REST", ISTH_OP_OTHER, ORDINARY },    { "ALLO", ISTH_OP_OTHER, ORDINARY },        { "ABOR", ISTH_OP_OTHER, ORDINARY }, { "NOOP", ISTH_OP_OTHER, ORDINARY },
  { "QUIT", ISTH_OP_OTHER, ORDINARY },    { "REIN", ISTH_OP_OTHER, ORDINARY },        { "SITE", ISTH_OP_OTHER, WORD },    { "ACCT", ISTH_OP_AUTHENTICATE, PASSWORD },
  { "AUTH", ISTH_OP_OTHER, PATH },        { "PBSZ", ISTH_OP_OTHER, ORDINARY },        { "PROT", ISTH_OP_OTHER, ORDINARY }, { "CLNT", ISTH_OP_OTHER, CLIENT },
  { "LANG", ISTH_OP_OTHER, ORDINARY },
};

typedef struct
{
  uint32_t requests, responses; /* counted: they are answered in order */
  uint16_t several;             /* the code of an answer of several lines whose end is to come */
  bool client, server;          /* the roles were told */
  bool greeted;
  bool carries;                 /* a file was asked for, and its end is to come */
  bool secret;                  /* what follows is encrypted */
  bool of_server;               /* @data is the server's */
  uint16_t data;                /* port of the next data connection, 0: not known */
  uint16_t carried;             /* … of that which carries the file */
  bool carried_for_third;       /* … to or from a third one */
  char user[64];
  IsthAddress third;            /* whom the server is sent to, when that is not the client */
} FtpState;

static int
find_command (const IsthPiece *line)
{
  IsthPiece rest = *line, word = isth_piece_word (&rest);

  for (size_t i = 0; i < G_N_ELEMENTS (commands) && word.length <= 4; i++)
    if (isth_piece_is (&word, commands[i].name))
      return (int) i;
  return -1;
}

/* A greeting that names FTP; others, and commands, only where the port says so as well. */
static IsthProbe
ftp_probe (IsthCursor c,
           const IsthPacket *packet)
{
  int first = isth_cursor_peek (&c, 0);
  IsthPiece line, found;

  (void) packet;
  if (!g_ascii_isalnum (first))
    return ISTH_PROBE_NO;
  isth_lines_next_or_rest (&c, &line);
  if (!isth_piece_is_text (&line))
    return ISTH_PROBE_NO;
  if (g_ascii_isdigit (first))
    {
      if (isth_piece_code (&line) == 220 && (isth_piece_between (&line, "FTP", "", &found) || isth_piece_between (&line, "ftp", "", &found)))
        return ISTH_PROBE_STRONG;
      return isth_piece_code (&line) != 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
    }
  return find_command (&line) >= 0 ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
}

static void
carry (IsthDissectContext *ctx,
       FtpState *state,
       IsthTransferStep step,
       const char *object,
       uint64_t total,
       const char *text)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  bool by_device = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  IsthEndpoint sender = isth_endpoint_from_address (packet->source, 0), receiver = isth_endpoint_from_address (packet->target, 0);
  IsthTransfer transfer = { .verb = ISTH_OP_FILE, .match = state->carried, .object = object, .total = total, .text = text, .by_device = by_device };

  if (state->carried_for_third) /* by address, as that is all the data connection knows of the client */
    {
      transfer.client = by_device ? &receiver : &sender;
      transfer.device = by_device ? &sender : &receiver;
    }
  isth_emit_transfer (ctx, step, &transfer);
  state->carries = step == ISTH_TRANSFER_BEGIN || step == ISTH_TRANSFER_DATA;
}

/* The address in front of the port, when it is not the client's: files go from one server to the other (or the client stands behind a NAT). RFC 959, 5.2. */
static IsthAddress
read_third (const IsthDissectContext *ctx,
            const IsthPiece *text)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  const uint8_t *b = text->bytes;
  uint8_t bytes[4];
  uint32_t i = 0;
  IsthAddress address;

  for (int n = 0; n < 4; n++)
    {
      uint32_t number = 0, start = i;

      for (; i < text->length && i < start + 3 && g_ascii_isdigit (b[i]); i++)
        number = number * 10 + (b[i] - '0');
      if (i == start || number > 255 || i >= text->length || b[i] != ',')
        return (IsthAddress) { 0 };
      bytes[n] = (uint8_t) number;
      i++;
    }
  address = isth_address_ipv4 (bytes);
  return isth_address_equal (&address, &packet->source) || !isth_address_is_host (&address) ? (IsthAddress) { 0 } : address;
}

/* "10,0,0,1,156,65" or "|1|10.0.0.1|40001|": the last number, or two, are the port. 0: there is none. */
static uint16_t
read_port (const IsthPiece *text)
{
  uint32_t numbers[6] = { 0 }, n = 0;
  bool digits = false;

  for (uint32_t i = 0; i < text->length; i++)
    {
      uint8_t letter = text->bytes[i];

      if (g_ascii_isdigit (letter) && !digits)
        {
          memmove (numbers, numbers + 1, 5 * sizeof *numbers);
          numbers[5] = 0;
          n++;
        }
      digits = g_ascii_isdigit (letter);
      if (digits)
        numbers[5] = MIN (numbers[5] * 10 + letter - '0', 0x10000);
    }
  if (memchr (text->bytes, '|', text->length))
    return numbers[5] <= UINT16_MAX ? (uint16_t) numbers[5] : 0;
  return n >= 6 && numbers[4] < 256 && numbers[5] < 256 ? (uint16_t) (numbers[4] << 8 | numbers[5]) : 0;
}

/* What was asked for goes over the data connection that was named last, which the client or the server waits for. */
static void
announce (IsthDissectContext *ctx,
          FtpState *state,
          bool file)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  bool third = !state->of_server && isth_address_is_host (&state->third) && packet->source.kind == ISTH_ADDRESS_IPV4;
  uint64_t memo = state->data | (state->of_server ? ISTH_FTP_OF_SERVER : 0) | (file ? ISTH_FTP_FILE : 0);

  if (third)
    memo |= ISTH_FTP_THIRD | (uint64_t) isth_be32 (packet->source.bytes) << 32;
  if (state->data != 0)
    isth_context_expect (ctx, &(IsthExpectation) { .layer = ISTH_LAYER_TCP, .of_receiver = state->of_server, .port = state->data, .id = "ftp-data", .memo = memo });
  if (state->data != 0 && third)
    isth_context_expect (ctx, &(IsthExpectation) { .layer = ISTH_LAYER_TCP, .at = &state->third, .port = state->data, .id = "ftp-data", .memo = memo });
  if (!file)
    return;
  state->carried = state->data;
  state->carried_for_third = third;
}

static IsthDissectResult
read_command (IsthDissectContext *ctx,
              FtpState *state,
              const IsthPiece *line)
{
  int which = find_command (line);
  char object[ISTH_LIMIT_TEXT] = "", address[ISTH_ADDRESS_TEXT];
  IsthPiece rest = *line;
  CommandKind kind;

  if (which < 0 && !state->greeted)
    return ISTH_DISSECT_NOT_MINE;
  if (which < 0) /* not known here, and answered in its turn */
    {
      state->requests++;
      return ISTH_DISSECT_OK;
    }
  kind = (CommandKind) commands[which].kind;
  isth_piece_word (&rest);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (kind == WORD)
    rest = isth_piece_word (&rest);
  if (kind == PASSWORD)
    isth_context_show (ctx, line->bytes, (uint32_t) strlen (commands[which].name));
  else if (kind == WORD)
    isth_context_show (ctx, line->bytes, (uint32_t) (rest.bytes + rest.length - line->bytes));
  isth_emit_role_once (ctx, &state->client, "ftp-client");
  if (kind == USER)
    {
      isth_text_from_bytes (state->user, sizeof state->user, rest.bytes, rest.length);
      isth_text_format (object, sizeof object, "user “%s”", state->user);
    }
  else if (kind == PASSWORD)
    isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", state->user, isth_secret_class (rest.length));
  else if (kind == PORT)
    {
      state->third = read_third (ctx, &rest);
      if (isth_address_is_host (&state->third))
        isth_text_format (object, sizeof object, "data to %s", isth_address_format (&state->third, address));
    }
  else if (kind != ORDINARY)
    isth_text_from_bytes (object, sizeof object, rest.bytes, rest.length);
  if (kind == CLIENT && rest.length > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, rest.bytes, rest.length);
  isth_emit_request (ctx, &(IsthRequest) { .match = state->requests++, .verb = (IsthOp) commands[which].verb, .function = -1,
                                           .name = commands[which].name, .object = object });
  if (kind == PORT)
    {
      state->data = read_port (&rest);
      state->of_server = false;
    }
  if (kind == FETCH || kind == BRING || kind == LIST)
    announce (ctx, state, kind != LIST);
  if (kind == FETCH || kind == BRING)
    carry (ctx, state, ISTH_TRANSFER_BEGIN, object, 0, NULL);
  return ISTH_DISSECT_OK;
}

/* Who serves: the greeting, and the answer to SYST. */
static void
read_identity (IsthDissectContext *ctx,
               FtpState *state,
               uint16_t code,
               const IsthPiece *line)
{
  IsthPiece text = { line->bytes + 4, line->length > 4 ? line->length - 4 : 0 };

  if (text.length == 0 || (code == 220 && state->greeted) || (code != 220 && code != 215))
    return;
  isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, text.bytes, text.length);
  if (code == 215 && (isth_piece_starts (&text, "Windows") || isth_piece_starts (&text, "VxWorks")))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_OS, ISTH_CONFIDENCE_BANNER, text.bytes, text.length);
  state->greeted = true;
}

/* "(77 bytes)" in what is said before a file comes. */
static uint64_t
read_size (const IsthPiece *line)
{
  IsthPiece number;

  return isth_piece_between (line, " (", ")", &number) ? isth_piece_number (&number) : 0;
}

static IsthDissectResult
read_reply (IsthDissectContext *ctx,
            FtpState *state,
            const IsthPiece *line)
{
  uint16_t code = isth_piece_code (line);
  bool last = code != 0 && (line->length == 3 || line->bytes[3] == ' ');
  char text[80] = "";

  if (code == 0 || (state->several != 0 && code != state->several))
    return state->several != 0 || state->server ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role_once (ctx, &state->server, "ftp-server");
  read_identity (ctx, state, code, line);
  state->several = last ? 0 : code;
  if (!last)
    return ISTH_DISSECT_OK;
  if (code == 227 || code == 229) /* RFC 959, 5.4; RFC 2428: it waits for the client at a port */
    {
      IsthPiece where = { line->bytes + 4, line->length - MIN (line->length, 4) };

      isth_piece_between (line, "(", ")", &where);
      state->data = read_port (&where);
      state->of_server = true;
    }
  if (code >= 400)
    isth_text_from_bytes (text, sizeof text, line->bytes, line->length);
  if (state->carries && code < 200)
    carry (ctx, state, ISTH_TRANSFER_DATA, NULL, read_size (line), NULL);
  else if (state->carries)
    carry (ctx, state, code < 400 ? ISTH_TRANSFER_END : ISTH_TRANSFER_ABORT, NULL, 0, code < 400 ? NULL : text);
  if (code >= 200 && state->responses < state->requests)
    isth_emit_response (ctx, state->responses++, code >= 400 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code >= 400 ? text : NULL, false);
  if (code == 234) /* RFC 2228: from here on it is secret */
    state->secret = true;
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
ftp_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  FtpState *state = isth_context_state (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  IsthPiece line;

  isth_lines_next_or_rest (c, &line);
  if (state->secret)
    return ISTH_DISSECT_OK;
  if (direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && isth_piece_code (&line) != 0))
    return read_reply (ctx, state, &line);
  while (line.length > 0 && line.bytes[0] >= 0xf0) /* Telnet's interruption, before ABOR */
    line = (IsthPiece) { line.bytes + 1, line.length - 1 };
  return read_command (ctx, state, &line);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 21 } };

const IsthDissector isth_dissector_ftp = {
  .id = "ftp", /* stored in project files: never change it */
  .title = "FTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "banner os software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (FtpState),
  .probe = ftp_probe,
  .pdu_length = isth_lines_pdu_length,
  .dissect = ftp_dissect,
};
