/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Redis (RESP, "Redis serialization protocol specification"): commands by their names, logins (never what with), and what INFO tells of the server. Keys and
 * values are not read. Of answers only those to logins and INFO are joined with what asked for them. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/secret.h"

#define MOST_WORDS 5
#define LONGEST_NAME 24
#define LOGIN_MATCH 1

typedef struct
{
  bool met[2];
  bool logging_in;
} RedisState;

typedef struct
{
  IsthCursor words[MOST_WORDS];
  uint32_t n;
} Command;

static const char *const readers[] = { "GET", "MGET", "HGET", "HGETALL", "HMGET", "LRANGE", "KEYS", "SCAN", "EXISTS", "TYPE", "TTL", "SMEMBERS", "ZRANGE", "STRLEN",
                                       "XREAD", "XRANGE", "LLEN" };
static const char *const writers[] = { "SET", "MSET", "HSET", "HMSET", "DEL", "INCR", "DECR", "LPUSH", "RPUSH", "SADD", "ZADD", "EXPIRE", "SETEX", "XADD", "INCRBY" };

/* "*3\r\n": the number behind @mark; false when it is none. */
static bool
read_count (IsthCursor *c,
            char mark,
            uint32_t *count)
{
  uint32_t n = 0, digits = 0;

  if (isth_cursor_u8 (c) != mark)
    return false;
  for (int b = isth_cursor_peek (c, 0); b >= '0' && b <= '9' && digits < 7; b = isth_cursor_peek (c, 0), digits++)
    n = n * 10 + (isth_cursor_u8 (c) - '0');
  *count = n;
  return digits > 0 && isth_cursor_u8 (c) == '\r' && isth_cursor_u8 (c) == '\n' && !c->failed;
}

/* An array of strings, of which the first few are kept. */
static bool
read_command (IsthCursor *c,
              Command *command)
{
  uint32_t count, length;

  command->n = 0;
  if (!read_count (c, '*', &count) || count == 0)
    return false;
  for (uint32_t i = 0; i < count; i++)
    {
      IsthCursor word;

      if (!read_count (c, '$', &length) || length > isth_cursor_wire_left (c))
        return i > 0;
      word = isth_cursor_take (c, length);
      isth_cursor_skip (c, 2);
      if (i < MOST_WORDS)
        command->words[command->n++] = word;
    }
  return true;
}

static bool
is_command_name (const IsthCursor *word)
{
  if (word->length < 2 || word->length >= LONGEST_NAME)
    return false;
  for (uint32_t i = 0; i < word->length; i++)
    if (!g_ascii_isalpha (word->data[i]) && word->data[i] != '.' && word->data[i] != '_')
      return false;
  return true;
}

static IsthProbe
redis_probe (IsthCursor c,
             const IsthPacket *packet)
{
  Command command;

  (void) packet;
  if (isth_cursor_peek (&c, 0) != '*')
    return ISTH_PROBE_NO;
  return read_command (&c, &command) && command.n > 0 && is_command_name (&command.words[0]) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static bool
is_word (const IsthCursor *word,
         const char *name)
{
  size_t n = strlen (name);

  return word->length == n && g_ascii_strncasecmp ((const char *) word->data, name, n) == 0;
}

static void
emit_login (IsthDissectContext *ctx,
            RedisState *state,
            const IsthCursor *user,
            const IsthCursor *secret)
{
  char name[80], object[ISTH_LIMIT_TEXT];

  if (user)
    {
      isth_text_from_bytes (name, sizeof name, user->data, user->length);
      isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", name, isth_secret_class (secret->wire));
    }
  else
    isth_text_format (object, sizeof object, "password in clear (%s)", isth_secret_class (secret->wire));
  state->logging_in = true;
  isth_emit_request (ctx, &(IsthRequest) { .match = LOGIN_MATCH, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "login", .object = object });
}

static void
read_request (IsthDissectContext *ctx,
              RedisState *state,
              const Command *command)
{
  const IsthCursor *name = &command->words[0];
  IsthRequest request = { .no_answer = true, .function = -1, .name = "command", .verb = ISTH_OP_OTHER };
  char text[LONGEST_NAME];

  if (is_word (name, "AUTH") && command->n > 1)
    {
      emit_login (ctx, state, command->n > 2 ? &command->words[1] : NULL, &command->words[command->n > 2 ? 2 : 1]);
      return;
    }
  if (is_word (name, "HELLO") && command->n > 4 && is_word (&command->words[2], "AUTH"))
    {
      emit_login (ctx, state, &command->words[3], &command->words[4]);
      return;
    }
  if (is_word (name, "CLIENT") && command->n > 2 && is_word (&command->words[1], "SETNAME"))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, command->words[2].data, command->words[2].length);
  request.key = isth_context_digest (ctx, 1, name->data, name->length);
  if (isth_emit_again (ctx, &request))
    return;
  isth_text_from_bytes (text, sizeof text, name->data, name->length);
  for (char *b = text; *b; b++)
    *b = g_ascii_toupper (*b);
  for (size_t i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (readers[i], text) == 0)
      request.verb = ISTH_OP_READ;
  for (size_t i = 0; i < G_N_ELEMENTS (writers); i++)
    if (strcmp (writers[i], text) == 0)
      request.name = "change";
  request.object = text;
  isth_emit_request (ctx, &request);
}

/* "redis_version:7.0.5\r\n" in what INFO gives. */
static void
read_fact (IsthDissectContext *ctx,
           const IsthCursor *c,
           const char *name,
           IsthAttribute attribute,
           const char *before)
{
  const char *start = (const char *) c->data + c->position;
  const char *at = g_strstr_len (start, (gssize) isth_cursor_left (c), name);
  size_t n = strlen (name);
  char value[96], text[120];
  const char *end;

  if (!at)
    return;
  at += n;
  end = memchr (at, '\r', (size_t) (start + isth_cursor_left (c) - at));
  if (!end)
    return;
  isth_text_from_bytes (value, sizeof value, (const uint8_t *) at, (size_t) (end - at));
  isth_text_format (text, sizeof text, "%s%s", before, value);
  isth_emit_claim (ctx, NULL, attribute, text, ISTH_CONFIDENCE_PARSED, (const uint8_t *) at, (uint32_t) (end - at));
}

static void
read_answer (IsthDissectContext *ctx,
             RedisState *state,
             IsthCursor *c)
{
  int first = isth_cursor_peek (c, 0);
  char text[120];

  if (first < 0)
    return;
  if (state->logging_in)
    {
      const uint8_t *start = c->data + c->position + 1;
      uint32_t left = isth_cursor_left (c) - 1;
      const uint8_t *end = memchr (start, '\r', left);

      state->logging_in = false;
      isth_text_from_bytes (text, sizeof text, start, end ? (size_t) (end - start) : left);
      isth_emit_response (ctx, LOGIN_MATCH, first == '-' ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, first == '-' ? text : NULL, false);
    }
  if ((first == '$' || first == '=') && isth_cursor_left (c) > 64) /* a string, since version 6 with its kind */
    {
      read_fact (ctx, c, "redis_version:", ISTH_ATTRIBUTE_SOFTWARE, "Redis ");
      read_fact (ctx, c, "\r\nos:", ISTH_ATTRIBUTE_OS, "");
    }
}

static IsthDissectResult
redis_dissect (IsthCursor *c,
               IsthDissectContext *ctx)
{
  RedisState *state = isth_context_state (ctx);
  bool server = isth_context_direction (ctx) == ISTH_FROM_SERVER;
  IsthCursor look = *c;
  Command command;

  if (server || isth_cursor_peek (c, 0) != '*' || !read_command (&look, &command) || !is_command_name (&command.words[0]))
    {
      if (!state->met[0])
        return ISTH_DISSECT_NOT_MINE;
      if (!server)
        return ISTH_DISSECT_OK; /* the rest of a value */
      isth_emit_role_once (ctx, &state->met[1], "redis-server");
      read_answer (ctx, state, c);
      return ISTH_DISSECT_OK;
    }
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_context_show (ctx, command.words[0].data, command.words[0].length); /* passwords and values follow */
  isth_emit_role_once (ctx, &state->met[0], "redis-client");
  do
    read_request (ctx, state, &command);
  while (!look.failed && isth_cursor_peek (&look, 0) == '*' && read_command (&look, &command) && is_command_name (&command.words[0]));
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 6379 } };

const IsthDissector isth_dissector_redis = {
  .id = "redis", /* stored in project files: never change it */
  .title = "Redis",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software os",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RedisState),
  .probe = redis_probe,
  .dissect = redis_dissect,
};
