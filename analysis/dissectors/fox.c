/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Niagara Fox: what stations, workbenches and their hosts say of themselves when they greet, who logs in, and which channels they use. Tridium has not
 * published it; the form of a message and its words are those of what is on the wire.
 *
 * A message is "fox KIND NUMBER ANSWERS CHANNEL COMMAND", then lines "name=type:value" in braces. Credentials are never read, nor
 * kept as evidence. Foxs (port 4911) is TLS. What goes on in the channels of a session is named by channel and command alone. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/secret.h"

#define LONGEST_HEAD 200   /* of the first line */
#define LONGEST_VALUE 4096 /* of a line; blobs say their length */
#define LONGEST (64u << 10)

typedef struct
{
  const uint8_t *name, *value;
  uint32_t name_length, length;
} Field;

static const struct
{
  const char *command;
  IsthOp verb;
} commands[] = {
  { "hello", ISTH_OP_IDENTIFY },
  { "challenge", ISTH_OP_AUTHENTICATE },
  { "authenticate", ISTH_OP_AUTHENTICATE },
  { "login", ISTH_OP_AUTHENTICATE },
  { "authenticated", ISTH_OP_OTHER },
  { "rejected", ISTH_OP_OTHER },
  { "keepAlive", ISTH_OP_OTHER },
  { "close", ISTH_OP_OTHER },
  { "error", ISTH_OP_OTHER },
};

/* Of the greeting. */
static const struct
{
  const char *name;
  IsthAttribute attribute;
} greeting[] = {
  { "hostName", ISTH_ATTRIBUTE_HOSTNAME },
  { "hostAddress", ISTH_ATTRIBUTE_MGMT_ADDRESS },
  { "station.name", ISTH_ATTRIBUTE_STATION },
  { "hostId", ISTH_ATTRIBUTE_SERIAL },
  { "vmUuid", ISTH_ATTRIBUTE_DEVICE_ID },
};

/* Of the greeting, too: names and their versions, and whose brand it is. */
enum
{
  OS_NAME,
  OS_VERSION,
  VM_NAME,
  VM_VERSION,
  APP_NAME,
  APP_VERSION,
  BRAND,
  N_PARTS,
};

static const char *const part_names[] = { "os.name", "os.version", "vm.name", "vm.version", "app.name", "app.version", "brandId" };

/* Takes the bytes up to the next line end, which it steps over; false when there is none within @most. */
static bool
take_line (IsthCursor *c,
           uint32_t most,
           const uint8_t **line,
           uint32_t *length)
{
  uint32_t n = MIN (isth_cursor_left (c), most);
  const uint8_t *start = c->data + c->position;
  const uint8_t *end = n > 0 ? memchr (start, '\n', n) : NULL;

  if (!end)
    {
      isth_cursor_skip (c, n + 1);
      return false;
    }
  *line = start;
  *length = (uint32_t) (end - start);
  isth_cursor_skip (c, *length + 1);
  return true;
}

/* "b:44[…]" and "o:bog 61[…]" hold anything, line ends too: how many bytes stand in the brackets; 0: it is no such value. */
static uint32_t
read_blob (const uint8_t *value,
           uint32_t length,
           uint32_t *open)
{
  uint32_t n = 0;
  bool digits = false;

  if (length < 3 || (value[0] != 'b' && value[0] != 'o') || value[1] != ':')
    return 0;
  for (uint32_t i = 2; i < length; i++)
    if (value[i] >= '0' && value[i] <= '9' && n < LONGEST)
      {
        n = (digits ? n * 10 : 0) + (uint32_t) (value[i] - '0');
        digits = true;
      }
    else if (value[i] == '[')
      {
        *open = i + 1;
        return digits ? n : 0;
      }
    else
      digits = false;
  return 0;
}

/* The next field; false at the closing brace and where the bytes end (@whole tells which). */
static bool
read_field (IsthCursor *c,
            Field *field,
            bool *whole)
{
  const uint8_t *line, *equals;
  IsthCursor start = *c;
  uint32_t length, open, blob;

  *whole = false;
  if (!take_line (c, LONGEST_VALUE, &line, &length))
    return false;
  *whole = length == 3 && memcmp (line, "};;", 3) == 0;
  equals = length > 0 && !*whole ? memchr (line, '=', length) : NULL;
  if (!equals)
    return false;
  *field = (Field){ line, equals + 1, (uint32_t) (equals - line), 0 };
  field->length = length - field->name_length - 1;
  blob = read_blob (field->value, field->length, &open);
  if (blob > 0)
    {
      *c = start;
      isth_cursor_skip (c, field->name_length + 1 + open);
      isth_cursor_skip (c, blob);
      field->length = 0;
      if (!take_line (c, 8, &line, &length))
        return false;
    }
  return !c->failed;
}

static bool
starts_fox (const IsthCursor *c)
{
  return isth_cursor_peek (c, 0) == 'f' && isth_cursor_peek (c, 1) == 'o' && isth_cursor_peek (c, 2) == 'x' && isth_cursor_peek (c, 3) == ' ';
}

/* The first line by words: 1 the kind, 4 the channel, 5 the command. */
typedef struct
{
  char kind, channel[32], command[32];
} Head;

static bool
read_head (IsthCursor *c,
           Head *head)
{
  const uint8_t *line, *brace;
  uint32_t length, word = 0, start = 0;

  memset (head, 0, sizeof *head);
  if (!take_line (c, LONGEST_HEAD, &line, &length))
    return false;
  for (uint32_t i = 0; i <= length; i++)
    if (i == length || line[i] == ' ')
      {
        if (word == 1 && i == start + 1)
          head->kind = (char) line[start];
        else if (word == 4)
          isth_text_from_bytes (head->channel, sizeof head->channel, line + start, i - start);
        else if (word == 5)
          isth_text_from_bytes (head->command, sizeof head->command, line + start, i - start);
        start = i + 1;
        word++;
      }
  return word >= 6 && head->kind && take_line (c, 4, &brace, &length) && length == 1 && brace[0] == '{';
}

static IsthProbe
fox_probe (IsthCursor c,
           const IsthPacket *packet)
{
  Head head;

  (void) packet;
  return starts_fox (&c) && read_head (&c, &head) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
fox_pdu_length (IsthCursor c)
{
  uint32_t start = c.position;
  Field field;
  bool whole;
  Head head;

  if (isth_cursor_left (&c) >= 4 && !starts_fox (&c))
    return ISTH_PDU_INVALID;
  if (!read_head (&c, &head))
    return isth_cursor_left (&c) > LONGEST_HEAD || !c.failed ? ISTH_PDU_INVALID : ISTH_PDU_MORE;
  while (read_field (&c, &field, &whole))
    ;
  if (whole)
    return c.position - start;
  return !c.failed || isth_cursor_left (&c) > LONGEST ? ISTH_PDU_INVALID : ISTH_PDU_MORE;
}

static bool
is_named (const Field *field,
          const char *name)
{
  return field->name_length == strlen (name) && memcmp (field->name, name, field->name_length) == 0;
}

/* The text of "s:text". */
static const uint8_t *
get_text (const Field *field,
          uint32_t *length)
{
  if (field->length < 3 || field->value[0] != 's' || field->value[1] != ':')
    return NULL;
  *length = field->length - 2;
  return field->value + 2;
}

/* A name with its version, and whose it is: one value of @attribute. */
static void
claim_versioned (IsthDissectContext *ctx,
                 IsthAttribute attribute,
                 const Field *name,
                 const Field *version,
                 const Field *brand)
{
  char a[100], b[100], by[50], all[260];
  uint32_t n = 0, m = 0, l = 0;
  const uint8_t *text = get_text (name, &n), *number = get_text (version, &m), *maker = brand ? get_text (brand, &l) : NULL;

  if (!text)
    return;
  isth_text_from_bytes (a, sizeof a, text, n);
  isth_text_from_bytes (b, sizeof b, number, number ? m : 0);
  isth_text_from_bytes (by, sizeof by, maker, maker ? l : 0);
  isth_text_format (all, sizeof all, "%s%s%s%s%s%s", a, b[0] ? " " : "", b, by[0] ? " (" : "", by, by[0] ? ")" : "");
  isth_emit_claim (ctx, NULL, attribute, all, ISTH_CONFIDENCE_PARSED, text, n);
}

static void
claim_part (IsthDissectContext *ctx,
            IsthAttribute attribute,
            const Field *part)
{
  uint32_t length;
  const uint8_t *text = get_text (part, &length);

  if (text)
    isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_PARSED, text, length);
}

/* "Qnx-NPM6-0000-1490-C30C": what is licensed is a host of this make. */
static void
claim_host_model (IsthDissectContext *ctx,
                  const uint8_t *id,
                  uint32_t length)
{
  const uint8_t *end;

  if (length < 6 || memcmp (id, "Qnx-", 4) != 0)
    return;
  end = memchr (id + 4, '-', length - 4);
  if (end && end > id + 4)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, ISTH_CONFIDENCE_PARSED, id + 4, (uint32_t) (end - id - 4));
}

/* A workbench is a program on somebody's computer: its brand and version are not those of the computer. */
static void
claim_parts (IsthDissectContext *ctx,
             const Field parts[N_PARTS])
{
  uint32_t length;
  const uint8_t *app = get_text (&parts[APP_NAME], &length);
  bool workbench = app && length >= 9 && memcmp (app, "Workbench", 9) == 0;

  claim_versioned (ctx, ISTH_ATTRIBUTE_OS, &parts[OS_NAME], &parts[OS_VERSION], NULL);
  claim_versioned (ctx, ISTH_ATTRIBUTE_SOFTWARE, &parts[VM_NAME], &parts[VM_VERSION], NULL);
  claim_versioned (ctx, ISTH_ATTRIBUTE_SOFTWARE, &parts[APP_NAME], &parts[APP_VERSION], workbench ? &parts[BRAND] : NULL);
  if (workbench)
    {
      isth_emit_role (ctx, NULL, "engineering");
      return;
    }
  claim_part (ctx, ISTH_ATTRIBUTE_FIRMWARE, &parts[APP_VERSION]);
  claim_part (ctx, ISTH_ATTRIBUTE_VENDOR, &parts[BRAND]);
}

static bool
read_greeting (IsthDissectContext *ctx,
               IsthCursor *c)
{
  Field field, parts[N_PARTS] = { 0 };
  const uint8_t *text;
  uint32_t length;
  bool whole;

  while (read_field (c, &field, &whole))
    {
      text = get_text (&field, &length);
      for (size_t i = 0; i < G_N_ELEMENTS (part_names); i++)
        if (is_named (&field, part_names[i]))
          parts[i] = field;
      for (size_t i = 0; text && i < G_N_ELEMENTS (greeting); i++)
        if (is_named (&field, greeting[i].name))
          isth_emit_text (ctx, NULL, greeting[i].attribute, ISTH_CONFIDENCE_PARSED, text, length);
      if (text && is_named (&field, "hostId"))
        claim_host_model (ctx, text, length);
    }
  claim_parts (ctx, parts);
  return whole;
}

/* Who logs in and by which digest, or how that is demanded: "digest-md5, user bob". Nothing else of it becomes evidence. */
static bool
read_proof (IsthDissectContext *ctx,
            IsthCursor *c,
            char *text,
            size_t size)
{
  char user[100] = "", method[50] = "";
  const char *secret = NULL;
  const uint8_t *value, *shown = c->data + c->position;
  uint32_t length, n_shown = 0;
  Field field;
  bool whole;

  while (read_field (c, &field, &whole))
    if (!(value = get_text (&field, &length)))
      continue;
    else if (is_named (&field, "username") || is_named (&field, "userName") || is_named (&field, "user"))
      {
        isth_text_from_bytes (user, sizeof user, value, length);
        shown = value;
        n_shown = length;
      }
    else if (is_named (&field, "password"))
      secret = isth_secret_class (length);
    else if (is_named (&field, "method"))
      {
        isth_text_from_bytes (method, sizeof method, value, length);
        if (!user[0])
          {
            shown = value;
            n_shown = length;
          }
      }
  isth_context_show (ctx, shown, n_shown);
  isth_text_format (text, size, "%s%s%s%s", method, method[0] && user[0] ? ", " : "", user[0] ? "user " : "", user);
  if (secret)
    isth_text_format (text + strlen (text), size - strlen (text), "%spassword in clear (%s)", text[0] ? ", " : "", secret);
  return whole;
}

/* Client and server greet in turn, then the server demands proof of who it is, which the client gives. */
enum
{
  HELLO_MATCH = 1,
  LOGIN_MATCH,
  CHALLENGE_MATCH,
};

static void
read_answer (IsthDissectContext *ctx,
             const Head *head)
{
  IsthEndpoint client = isth_context_receiver (ctx);

  if (strcmp (head->command, "hello") == 0)
    isth_emit_response (ctx, HELLO_MATCH, ISTH_OUTCOME_OK, NULL, false);
  else if (strcmp (head->command, "authenticated") == 0)
    isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_OK, NULL, false);
  else if (strcmp (head->command, "rejected") == 0)
    isth_emit_response (ctx, LOGIN_MATCH, ISTH_OUTCOME_REFUSED, "rejected", false);
  else if (strcmp (head->command, "challenge") != 0)
    return;
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "fox-server");
  isth_emit_role (ctx, &client, "fox-client");
}

static IsthDissectResult
fox_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  Head head;
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request = { .verb = ISTH_OP_OTHER, .function = -1, .name = "message", .object = object };
  bool session, hello, login, challenge, good = true;

  if (isth_cursor_left (c) >= 4 && !starts_fox (c))
    return ISTH_DISSECT_NOT_MINE;
  if (!read_head (c, &head))
    return ISTH_DISSECT_MALFORMED;

  session = strcmp (head.channel, "fox") == 0;
  hello = session && strcmp (head.command, "hello") == 0;
  login = session && (strcmp (head.command, "authenticate") == 0 || strcmp (head.command, "login") == 0);
  challenge = server && session && strcmp (head.command, "challenge") == 0;
  for (size_t i = 0; session && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].command, head.command) == 0)
      {
        request.verb = commands[i].verb;
        request.name = commands[i].command;
      }
  if (login || challenge)
    good = read_proof (ctx, c, object, sizeof object);
  if (server && session)
    read_answer (ctx, &head);
  if (hello)
    good = read_greeting (ctx, c);
  else if (strcmp (request.name, "message") == 0)
    isth_text_format (object, sizeof object, "%s %s", head.channel, head.command);
  if (login && !server)
    isth_emit_response (ctx, CHALLENGE_MATCH, ISTH_OUTCOME_OK, NULL, false);
  if ((server && !challenge) || head.kind == 'r' || head.kind == 'e')
    return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
  request.match = hello ? HELLO_MATCH : challenge ? CHALLENGE_MATCH : LOGIN_MATCH;
  request.no_answer = !hello && !login && !challenge;
  isth_emit_request (ctx, &request);
  return good ? ISTH_DISSECT_OK : ISTH_DISSECT_MALFORMED;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 1911 }, { ISTH_BIND_TCP, 4911 } };

const IsthDissector isth_dissector_fox = {
  .id = "fox",
  .title = "Niagara Fox",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname mgmt_address firmware station serial device_id product_code vendor os software",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = fox_probe,
  .pdu_length = fox_pdu_length,
  .dissect = fox_dissect,
};
