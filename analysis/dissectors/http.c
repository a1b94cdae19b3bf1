/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/1.0 and 1.1 (RFC 9110, 9112): what is asked of which host and path, with which program, and what came of it; who serves; logins that everybody on the
 * way can read.
 *
 * Messages are read up to the end of their header; bodies go by in pieces as they come, of which only the title of a page, a form with a password, and
 * XML in which a device describes itself are looked for. Paths are kept without what stands behind the question mark. A header whose end does not come
 * within LONGEST_HEADER is given up. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/authorization.h"
#include "analysis/dissectors/device-xml.h"
#include "analysis/dissectors/gss.h"
#include "analysis/dissectors/lines.h"
#include "analysis/dissectors/os-hints.h"
#include "analysis/dissectors/remote-names.h"
#include "analysis/dissectors/secret.h"

#define LONGEST_HEADER 16384
#define MOST_FIELDS 128
#define NTLM_MAX 2048
#define TITLE_WITHIN 4096

typedef struct
{
  uint32_t requests, responses; /* counted, to join answers with what was asked: HTTP/1 answers in order */
  bool form;                    /* the last request announced a form */
  bool winrm;                   /* the last request was for Windows Remote Management (MS-WSMV) */
  bool page;                    /* the last answer announced a page, whose title was not seen yet */
  bool served;                  /* the server was named */
  bool opcua;                   /* it was told that OPC UA goes by it */
  bool document;                /* the last answer announced XML that may describe a device */
  IsthDeviceXml description;
} HttpState;

static const IsthMethod methods[] = {
  { "GET", ISTH_OP_READ },      { "POST", ISTH_OP_OTHER },   { "HEAD", ISTH_OP_READ },      { "PUT", ISTH_OP_FILE },         { "DELETE", ISTH_OP_FILE },
  { "OPTIONS", ISTH_OP_READ },  { "CONNECT", ISTH_OP_OTHER }, { "PATCH", ISTH_OP_FILE },     { "TRACE", ISTH_OP_DIAGNOSE },   { "PROPFIND", ISTH_OP_READ },
  { "MOVE", ISTH_OP_FILE },     { "COPY", ISTH_OP_FILE },    { "MKCOL", ISTH_OP_FILE },     { "LOCK", ISTH_OP_FILE },        { "UNLOCK", ISTH_OP_FILE },
  { "SUBSCRIBE", ISTH_OP_SUBSCRIBE }, { "UNSUBSCRIBE", ISTH_OP_SUBSCRIBE }, { "NOTIFY", ISTH_OP_REPORT }, { "REPORT", ISTH_OP_READ }, { "PROPPATCH", ISTH_OP_FILE },
};

static bool
is_status (const IsthCursor *c)
{
  const uint8_t *b = c->data + c->position;

  return isth_cursor_left (c) >= 12 && memcmp (b, "HTTP/1.", 7) == 0 && g_ascii_isdigit (b[7]) && b[8] == ' ' && g_ascii_isdigit (b[9]) && g_ascii_isdigit (b[10]) &&
         g_ascii_isdigit (b[11]);
}

/* "METHOD TARGET HTTP/1.x": the target. */
static bool
split_request (const IsthPiece *line,
               size_t method,
               IsthPiece *target)
{
  static const char version[] = " HTTP/1.";
  uint32_t skip = (uint32_t) strlen (methods[method].name) + 1;

  if (line->length < skip + sizeof version || memcmp (line->bytes + line->length - sizeof version, version, sizeof version - 1) != 0)
    return false;
  *target = (IsthPiece) { line->bytes + skip, line->length - skip - (uint32_t) sizeof version };
  return target->length > 0;
}

static IsthProbe
http_probe (IsthCursor c,
            const IsthPacket *packet)
{
  int method = isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods));
  IsthPiece line, target;

  (void) packet;
  if (is_status (&c))
    return ISTH_PROBE_STRONG;
  if (method < 0)
    return ISTH_PROBE_NO;
  if (!isth_lines_next (&c, &line))
    return ISTH_PROBE_WEAK;
  return split_request (&line, (size_t) method, &target) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

/* Headers end with an empty line; all else is a piece of a body. */
static uint32_t
http_pdu_length (IsthCursor c)
{
  uint32_t left = isth_cursor_left (&c), length;

  if (left == 0)
    return ISTH_PDU_MORE;
  if (isth_lines_find_method (&c, methods, G_N_ELEMENTS (methods)) < 0 && !is_status (&c))
    return left;
  length = isth_lines_header_length (&c);
  if (length > 0)
    return length;
  return left < LONGEST_HEADER ? ISTH_PDU_MORE : left;
}

static void
say (IsthDissectContext *ctx,
     const IsthEndpoint *about,
     IsthAttribute attribute,
     int confidence,
     const IsthPiece *value)
{
  if (value->length > 0)
    isth_emit_text (ctx, about, attribute, confidence, value->bytes, value->length);
}

/* Into @size bytes, at least 4, what base64 (RFC 4648) stands for, as far as they hold it. */
static uint32_t
decode (const IsthPiece *text,
        uint8_t *bytes,
        uint32_t size)
{
  int state = 0;
  guint save = 0;

  return (uint32_t) g_base64_decode_step ((const char *) text->bytes, MIN (text->length, (size / 3 - 1) * 4), bytes, &state, &save);
}

static void
emit_login (IsthDissectContext *ctx,
            const HttpState *state,
            const char *name,
            const char *object,
            const uint8_t *at,
            uint32_t length)
{
  isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = name, .object = object,
                                           .protocol = state->winrm ? "winrm" : NULL, .at = at, .length = length });
}

/* Authorization and Proxy-Authorization (RFC 9110, 11.6). The first word stands for what follows: that is a secret, or as good as one. */
static void
read_authorization (IsthDissectContext *ctx,
                    const HttpState *state,
                    const IsthPiece *value)
{
  char object[ISTH_LIMIT_TEXT] = "";
  uint8_t bytes[NTLM_MAX];
  IsthPiece rest;
  uint32_t n;
  const uint8_t *space = memchr (value->bytes, ' ', value->length);
  uint32_t word = space ? (uint32_t) (space - value->bytes) : 0;
  const char *name = isth_authorization_read (value, object, sizeof object);

  if (name)
    emit_login (ctx, state, name, object, value->bytes, word);
  else if (isth_piece_starts (value, "NTLM ") || isth_piece_starts (value, "Negotiate ") || isth_piece_starts (value, "Kerberos "))
    {
      rest = (IsthPiece) { value->bytes + word + 1, value->length - word - 1 };
      n = decode (&rest, bytes, sizeof bytes);
      if (isth_gss_read (ctx, isth_cursor_new (bytes, n, n), object, sizeof object) == ISTH_GSS_LOGIN)
        emit_login (ctx, state, g_str_has_prefix (object, "Kerberos") ? "kerberos-login" : "ntlm-login", object, value->bytes, word);
    }
}

/* OPC UA in the place of pages (OPC 10000-6, 7.4 and 7.5): told by fields that only it has. Its messages themselves are not read here. */
static bool
is_opcua (const IsthPiece *field)
{
  IsthPiece value;

  if (isth_piece_field (field, "Content-Type", &value))
    return isth_piece_starts (&value, "application/opcua+ua");
  if (isth_piece_field (field, "Sec-WebSocket-Protocol", &value))
    return isth_piece_starts (&value, "opcua+");
  if (isth_piece_field (field, "SOAPAction", &value))
    return isth_piece_starts (&value, "\"http://opcfoundation.org/UA/") || isth_piece_starts (&value, "http://opcfoundation.org/UA/");
  return isth_piece_field (field, "OPCUA-SecurityPolicy", &value);
}

static void
mark_opcua (IsthDissectContext *ctx,
            HttpState *state,
            const IsthPiece *field,
            bool server)
{
  IsthEndpoint other = isth_context_receiver (ctx);

  if (state->opcua || !is_opcua (field))
    return;
  state->opcua = true;
  isth_emit_role (ctx, server ? NULL : &other, "opcua-server");
  isth_emit_role (ctx, server ? &other : NULL, "opcua-client");
  if (!server)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .verb = ISTH_OP_OTHER, .function = -1, .name = "over-http", .protocol = "opcua",
                                             .at = field->bytes, .length = field->length });
}

static void
read_request_field (IsthDissectContext *ctx,
                    HttpState *state,
                    const IsthPiece *field)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthPiece value;

  mark_opcua (ctx, state, field, false);
  if (isth_piece_field (field, "User-Agent", &value))
    {
      char text[64], model[64];
      const char *system = isth_os_of_agent (text, sizeof text, value.bytes, value.length);

      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, &value);
      if (system)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, system, ISTH_CONFIDENCE_HINT, value.bytes, value.length);
      if (system && g_str_has_prefix (system, "Android") && isth_model_of_agent (model, sizeof model, value.bytes, value.length))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MODEL, model, ISTH_CONFIDENCE_HINT, value.bytes, value.length);
    }
  else if (isth_piece_field (field, "Host", &value))
    {
      const uint8_t *port = memchr (value.bytes, ':', value.length);

      if (port)
        value.length = (uint32_t) (port - value.bytes);
      for (uint32_t i = 0; i < value.length; i++)
        if (!g_ascii_isdigit (value.bytes[i]) && value.bytes[i] != '.' && value.bytes[i] != '[') /* a name, no address */
          {
            say (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_REPORTED, &value);
            break;
          }
    }
  else if (isth_piece_field (field, "Authorization", &value) || isth_piece_field (field, "Proxy-Authorization", &value))
    read_authorization (ctx, state, &value);
  else if (isth_piece_field (field, "Content-Type", &value))
    state->form = isth_piece_starts (&value, "application/x-www-form-urlencoded");
}

static void
read_answer_field (IsthDissectContext *ctx,
                   HttpState *state,
                   const IsthPiece *field)
{
  IsthPiece value;

  mark_opcua (ctx, state, field, true);
  if (isth_piece_field (field, "Server", &value))
    {
      char system[32];

      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, &value);
      if (!state->served && isth_os_of_program (system, sizeof system, value.bytes, value.length))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, system, ISTH_CONFIDENCE_BANNER, value.bytes, value.length);
      state->served = true;
    }
  else if (isth_piece_field (field, "X-Powered-By", &value))
    say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_BANNER, &value);
  else if (isth_piece_field (field, "WWW-Authenticate", &value) && (isth_piece_starts (&value, "NTLM ") || isth_piece_starts (&value, "Negotiate ")))
    read_authorization (ctx, state, &value);
  else if (isth_piece_field (field, "WWW-Authenticate", &value))
    say (ctx, NULL, ISTH_ATTRIBUTE_REALM, ISTH_CONFIDENCE_PARSED, &value);
  else if (isth_piece_field (field, "Content-Type", &value))
    {
      IsthPiece found;

      state->page = isth_piece_starts (&value, "text/html");
      state->document = isth_piece_between (&value, "xml", "", &found);
      state->description = (IsthDeviceXml) { 0 };
    }
}

static void
read_fields (IsthDissectContext *ctx,
             HttpState *state,
             IsthCursor *c,
             void (*read) (IsthDissectContext *, HttpState *, const IsthPiece *))
{
  IsthPiece line;

  for (int n = 0; n < MOST_FIELDS && isth_lines_next (c, &line) && line.length > 0; n++)
    read (ctx, state, &line);
}

/* CONNECT (RFC 9110, 9.3.6): of no note while it goes to where pages are, but for the relays that hide there. */
static void
read_tunnel (IsthDissectContext *ctx,
             const IsthPiece *target,
             const char *object)
{
  const char *port = strrchr (object, ':');
  uint32_t host = target->length;

  while (host > 0 && target->bytes[host - 1] != ':')
    host--;
  if (host == 0 || !port)
    return;
  isth_remote_name_tell (ctx, target->bytes, host - 1, false);
  if (strcmp (port, ":443") != 0 && strcmp (port, ":80") != 0)
    isth_emit_request (ctx, &(IsthRequest) { .no_answer = true, .opens = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "tunnel", .object = object,
                                             .protocol = "remote-relay", .at = target->bytes, .length = target->length });
}

/* "http://user:secret@host/page", as proxies are asked: without the user. */
static IsthPiece
without_user (IsthPiece target)
{
  IsthPiece user;
  uint32_t skip;

  if (!isth_piece_between (&target, "://", "/@?", &user) || user.bytes + user.length >= target.bytes + target.length || user.bytes[user.length] != '@')
    return target;
  skip = (uint32_t) (user.bytes - target.bytes) + user.length + 1;
  return (IsthPiece) { target.bytes + skip, target.length - skip };
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              HttpState *state,
              size_t method,
              IsthCursor *c)
{
  IsthPiece line, target;
  char object[ISTH_LIMIT_TEXT];
  IsthRequest request = { .verb = (IsthOp) methods[method].verb, .function = -1, .name = methods[method].name, .object = object };
  const uint8_t *query;

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  if (!split_request (&line, method, &target))
    return ISTH_DISSECT_NOT_MINE;
  isth_context_show (ctx, line.bytes, isth_piece_open_length (&line)); /* the fields may hold passwords and cookies */
  target = without_user (target);
  query = memchr (target.bytes, '?', target.length);
  isth_text_from_bytes (object, sizeof object, target.bytes, query ? (size_t) (query - target.bytes) : target.length);
  state->winrm = g_str_has_prefix (object, "/wsman") && (object[6] == '\0' || object[6] == '/' || object[6] == '-');
  request.protocol = state->winrm ? "winrm" : NULL;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_role (ctx, NULL, "http-client");
  request.match = state->requests++;
  state->form = false;
  isth_emit_request (ctx, &request);
  if (strcmp (request.name, "CONNECT") == 0)
    read_tunnel (ctx, &target, object);
  read_fields (ctx, state, c, read_request_field);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             HttpState *state,
             IsthCursor *c)
{
  IsthPiece line;
  char text[80];
  uint32_t code;

  if (!isth_lines_next (c, &line))
    return ISTH_DISSECT_MALFORMED;
  isth_context_show (ctx, line.bytes, line.length); /* the fields may hold cookies */
  code = (line.bytes[9] - '0') * 100u + (line.bytes[10] - '0') * 10u + (line.bytes[11] - '0');
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "http-server");
  state->page = state->document = false;
  if (code >= 200)
    {
      if (code >= 400)
        isth_text_from_bytes (text, sizeof text, line.bytes + 9, line.length - 9);
      isth_emit_response (ctx, state->responses++, code >= 400 ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, code >= 400 ? text : NULL, false);
    }
  read_fields (ctx, state, c, read_answer_field);
  return ISTH_DISSECT_OK;
}

/* "<title>…</title>" of a page: what devices call themselves there. */
static void
read_page (IsthDissectContext *ctx,
           HttpState *state,
           const IsthCursor *c)
{
  const char *b = (const char *) c->data + c->position;
  uint32_t n = MIN (isth_cursor_left (c), TITLE_WITHIN);

  for (uint32_t i = 0; i + 7 < n; i++)
    if (b[i] == '<' && g_ascii_strncasecmp (b + i, "<title>", 7) == 0)
      {
        const char *end = memchr (b + i + 7, '<', n - i - 7);

        state->page = false;
        if (end && end > b + i + 7)
          isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_BANNER, ISTH_CONFIDENCE_BANNER, (const uint8_t *) b + i + 7, (uint32_t) (end - b - i - 7));
        return;
      }
}

/* "user=NAME&…password=…": who logs in by a form. */
static void
read_form (IsthDissectContext *ctx,
           HttpState *state,
           const IsthCursor *c)
{
  static const char *const users[] = { "user", "login", "name", "email" };
  const uint8_t *b = c->data + c->position, *end = b + isth_cursor_left (c);
  const uint8_t *who = b;
  uint32_t length = 0;
  char user[128] = "", object[ISTH_LIMIT_TEXT];
  bool secret = false;
  size_t size = 0;

  state->form = false;
  while (b < end)
    {
      const uint8_t *next = memchr (b, '&', (size_t) (end - b));
      const uint8_t *stop = next ? next : end;
      const uint8_t *sign = memchr (b, '=', (size_t) (stop - b));

      if (sign && sign + 1 < stop)
        {
          char key[160]; /* some are long, and end with what tells */

          isth_text_from_bytes (key, sizeof key, b, (size_t) (sign - b));
          for (char *k = key; *k; k++)
            *k = g_ascii_tolower (*k);
          if (strstr (key, "pass") || strstr (key, "pwd"))
            {
              secret = true;
              size = (size_t) (stop - sign - 1);
            }
          else
            for (size_t i = 0; i < G_N_ELEMENTS (users) && !user[0]; i++)
              if (strstr (key, users[i]))
                {
                  isth_text_from_bytes (user, sizeof user, sign + 1, (size_t) (stop - sign - 1));
                  who = sign + 1;
                  length = (uint32_t) (stop - who);
                }
        }
      b = next ? next + 1 : end;
    }
  if (!secret)
    return;
  isth_text_format (object, sizeof object, "user “%s”, password in clear (%s)", user, isth_secret_class (size));
  emit_login (ctx, state, "form-login", object, who, length);
}

static IsthDissectResult
http_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  HttpState *state = isth_context_state (ctx);
  int method = isth_lines_find_method (c, methods, G_N_ELEMENTS (methods));

  if (method >= 0)
    return read_request (ctx, state, (size_t) method, c);
  if (is_status (c))
    return read_answer (ctx, state, c);
  if (isth_context_direction (ctx) == ISTH_FROM_CLIENT && state->form)
    read_form (ctx, state, c);
  else if (isth_context_direction (ctx) == ISTH_FROM_SERVER && state->page)
    read_page (ctx, state, c);
  else if (isth_context_direction (ctx) == ISTH_FROM_SERVER && state->document)
    state->document = isth_device_xml_read (ctx, &(IsthPiece) { c->data + c->position, isth_cursor_left (c) }, &state->description);
  return state->requests + state->responses > 0 ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 80 }, { ISTH_BIND_TCP, 5985 }, { ISTH_BIND_TCP, 8080 } };

const IsthDissector isth_dissector_http = {
  .id = "http", /* stored in project files: never change it */
  .title = "HTTP",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "software os hostname realm banner name vendor model product_code description serial firmware hardware",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (HttpState),
  .probe = http_probe,
  .pdu_length = http_pdu_length,
  .dissect = http_dissect,
};
