/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The services of OPC UA (IEC 62541-4) in binary encoding (IEC 62541-6): what is asked, of which nodes, and who the two ends say they are. */
#include "analysis/dissectors/opcua-services.h"

#include "analysis/dissectors/opcua-tables.h"
#include "analysis/dissectors/opcua-values.h"
#include "analysis/dissectors/secret.h"

#define REMEMBERED 8     /* nodes of a read request whose answer may say what the server is: a byte each in a memo */
#define MOST_ENDPOINTS 64
#define ATTRIBUTE_VALUE 13
#define BUILD_INFO 340   /* encoding id of the structure */

/* Nodes of the server object that tell what it is (IEC 62541-5, 6.3 and 12.4). */
typedef enum
{
  TELLS_NOTHING,
  TELLS_STATE,
  TELLS_BUILD_INFO,
  TELLS_PRODUCT,
  TELLS_PRODUCT_URI,
  TELLS_MANUFACTURER,
  TELLS_VERSION,
} Telling;

static const struct { uint16_t identifier; uint8_t tells; } telling_nodes[] = {
  { 2259, TELLS_STATE }, { 2260, TELLS_BUILD_INFO }, { 2261, TELLS_PRODUCT }, { 2262, TELLS_PRODUCT_URI }, { 2263, TELLS_MANUFACTURER },
  { 2264, TELLS_VERSION },
};

static const OpcUaService *
find_service (uint32_t type,
              bool *response)
{
  for (size_t i = 0; i < G_N_ELEMENTS (opcua_services); i++)
    if (opcua_services[i].request == type || opcua_services[i].response == type)
      {
        *response = opcua_services[i].response == type;
        return &opcua_services[i];
      }
  return NULL;
}

bool
isth_opcua_is_service (IsthCursor c)
{
  IsthOpcUaNode node = isth_opcua_node (&c);
  bool response;

  return !c.failed && node.space == 0 && node.type == 'i' && (node.identifier == OPCUA_SERVICE_FAULT || find_service (node.identifier, &response));
}

const char *
isth_opcua_status (char *text,
                   size_t size,
                   uint32_t status)
{
  for (size_t i = 0; i < G_N_ELEMENTS (opcua_status_codes); i++)
    if (opcua_status_codes[i].code == (status & 0xffff0000))
      return opcua_status_codes[i].text;
  return isth_text_format (text, size, "status 0x%08x", status);
}

static bool
is_bad (uint32_t status)
{
  return status >> 31 != 0;
}

static void
say (IsthDissectContext *ctx,
     const IsthEndpoint *about,
     IsthAttribute attribute,
     int confidence,
     const IsthOpcUaString *string)
{
  if (string->length > 0)
    isth_emit_text (ctx, about, attribute, confidence, string->bytes, string->length);
}

/* 7.1 ApplicationDescription; said of the sender with @own. */
static uint32_t
read_application (IsthDissectContext *ctx,
                  IsthCursor *c,
                  bool own)
{
  IsthOpcUaString application = isth_opcua_string (c), product = isth_opcua_string (c), name = isth_opcua_localized (c);
  uint32_t type = isth_cursor_le32 (c), n;

  isth_opcua_string (c);
  isth_opcua_string (c);
  n = isth_opcua_count (c, 4);
  for (uint32_t i = 0; i < n; i++)
    isth_opcua_string (c);
  if ((!c->failed || c->cut) && (own || type == 3)) /* what the capture cut is empty, and not said */
    {
      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &application);
      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &product);
      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &name);
    }
  if (!c->failed && type == 3)
    isth_emit_role (ctx, NULL, "opcua-discovery-server");
  return type;
}

/* The policies' names stand behind the last '#' of their URI. */
static IsthOpcUaString
policy_name (IsthOpcUaString uri)
{
  for (uint32_t i = uri.length; i > 0; i--)
    if (uri.bytes[i - 1] == '#')
      return (IsthOpcUaString) { uri.bytes + i, uri.length - i };
  return uri;
}

static const char *
mode_text (uint32_t mode)
{
  static const char *const texts[] = { "unknown mode", "no security", "signed", "signed and encrypted" };

  return texts[mode < G_N_ELEMENTS (texts) ? mode : 0];
}

/* 7.36 UserTokenPolicy; returns the bit of its kind. */
static uint32_t
read_token_policy (IsthCursor *c)
{
  uint32_t type;

  isth_opcua_string (c);
  type = isth_cursor_le32 (c);
  for (int i = 0; i < 3; i++)
    isth_opcua_string (c);
  return type < 4 ? 1u << type : 0;
}

/* 7.10 EndpointDescription. */
static void
read_endpoint (IsthDissectContext *ctx,
               IsthCursor *c)
{
  static const char *const tokens[] = { "anonymous", "user name", "certificate", "issued token" };
  IsthOpcUaString url = isth_opcua_string (c), policy;
  const uint8_t *at;
  char text[ISTH_LIMIT_TEXT], name[64];
  uint32_t mode, n, kinds = 0;

  read_application (ctx, c, true);
  isth_opcua_string (c);
  at = c->data + c->position;
  mode = isth_cursor_le32 (c);
  policy = policy_name (isth_opcua_string (c));
  n = isth_opcua_count (c, 20);
  for (uint32_t i = 0; i < n; i++)
    kinds |= read_token_policy (c);
  isth_opcua_string (c);
  isth_cursor_skip (c, 1);
  if (c->failed)
    return;
  say (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_PARSED, &url);
  isth_text_format (text, sizeof text, "%s, %s", isth_opcua_text (name, sizeof name, &policy), mode_text (mode));
  for (size_t i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (kinds & 1u << i)
      {
        size_t length = strlen (text);

        isth_text_format (text + length, sizeof text - length, ", %s", tokens[i]);
      }
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, text, ISTH_CONFIDENCE_BANNER, at, (uint32_t) (c->data + c->position - at));
}

static void
read_endpoints (IsthDissectContext *ctx,
                IsthCursor *c)
{
  uint32_t n = isth_opcua_count (c, 40);

  for (uint32_t i = 0; i < MIN (n, MOST_ENDPOINTS) && !c->failed; i++)
    read_endpoint (ctx, c);
}

/* "NODE" or "NODE and N more"; the attribute when it is not the value. */
static void
describe_nodes (char *text,
                size_t size,
                const IsthOpcUaNode *first,
                uint32_t attribute,
                uint32_t n)
{
  char node[160], what[32] = "", more[32] = "";

  isth_opcua_format_node (node, sizeof node, first);
  if (attribute != ATTRIBUTE_VALUE)
    isth_text_format (what, sizeof what, " attribute %u", attribute);
  if (n > 1)
    isth_text_format (more, sizeof more, " and %u more", n - 1);
  isth_text_format (text, size, "%s%s%s", node, what, more);
}

static Telling
get_telling (const IsthOpcUaNode *node,
             uint32_t attribute)
{
  for (size_t i = 0; i < G_N_ELEMENTS (telling_nodes) && attribute == ATTRIBUTE_VALUE && node->space == 0; i++)
    if (node->identifier == telling_nodes[i].identifier)
      return telling_nodes[i].tells;
  return TELLS_NOTHING;
}

/* 5.10.2 */
static void
describe_read (IsthCursor *c,
               IsthRequest *request,
               char *text,
               size_t size)
{
  uint32_t n = isth_opcua_count (c, 12);
  IsthOpcUaNode first = { 0 };
  uint32_t attribute = 0;

  for (uint32_t i = 0; i < MIN (n, REMEMBERED) && !c->failed; i++)
    {
      IsthOpcUaNode node = isth_opcua_node (c);
      uint32_t asked = isth_cursor_le32 (c);
      uint8_t tells = (uint8_t) get_telling (&node, asked);

      isth_opcua_string (c);
      isth_opcua_skip_qualified_name (c);
      request->memo[0] |= (uint64_t) tells << (8 * i);
      if (tells != TELLS_NOTHING && tells != TELLS_STATE)
        request->verb = ISTH_OP_IDENTIFY;
      if (i == 0)
        {
          first = node;
          attribute = asked;
        }
    }
  if (n > 0 && !c->failed)
    describe_nodes (text, size, &first, attribute, n);
}

static void
describe_nodes_of (IsthCursor *c,
                   char *text,
                   size_t size,
                   bool with_attribute)
{
  uint32_t n = isth_opcua_count (c, 4);
  IsthOpcUaNode node = isth_opcua_node (c);
  uint32_t attribute = with_attribute ? isth_cursor_le32 (c) : ATTRIBUTE_VALUE;

  if (n > 0 && !c->failed)
    describe_nodes (text, size, &node, attribute, n);
}

/* 5.11.2: the object, then the method. */
static void
describe_call (IsthCursor *c,
               char *text,
               size_t size)
{
  uint32_t n = isth_opcua_count (c, 8);
  IsthOpcUaNode object = isth_opcua_node (c), method = isth_opcua_node (c);
  char on[128], called[128];

  if (n == 0 || c->failed)
    return;
  isth_text_format (text, size, "method %s of %s%s", isth_opcua_format_node (called, sizeof called, &method),
                    isth_opcua_format_node (on, sizeof on, &object), n > 1 ? " and more" : "");
}

/* 5.6.3, 7.35: who logs in, and never with what. */
static void
describe_activation (IsthCursor *c,
                     IsthOpcUaMode mode,
                     char *text,
                     size_t size)
{
  uint32_t type, n;
  IsthCursor token;
  IsthOpcUaString user, secret, algorithm;
  char name[128];
  bool clear;

  isth_opcua_string (c);
  isth_opcua_string (c);
  n = isth_opcua_count (c, 8);
  for (uint32_t i = 0; i < 2 * n && !c->failed; i++)
    isth_opcua_string (c);
  n = isth_opcua_count (c, 4);
  for (uint32_t i = 0; i < n; i++)
    isth_opcua_string (c);
  token = isth_opcua_extension (c, &type);
  if (c->failed)
    return;
  switch (type)
    {
    case 0:
    case 321:
      isth_text_format (text, size, "anonymous");
      break;
    case 324:
      isth_opcua_string (&token);
      user = isth_opcua_string (&token);
      secret = isth_opcua_string (&token);
      algorithm = isth_opcua_string (&token);
      clear = algorithm.length == 0 && mode != ISTH_OPCUA_MODE_ENCRYPT;
      isth_text_format (text, size, "user “%s”%s%s%s", isth_opcua_text (name, sizeof name, &user), clear ? ", password in clear (" : "",
                        clear ? isth_secret_class (secret.length) : "", clear ? ")" : "");
      break;
    case 327:
      isth_text_format (text, size, "user certificate");
      break;
    case 940:
      isth_text_format (text, size, "issued token");
      break;
    default:
      break;
    }
}

/* 5.6.2 */
static void
describe_session (IsthDissectContext *ctx,
                  IsthCursor *c,
                  char *text,
                  size_t size)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthOpcUaString url, session;
  char name[128];

  read_application (ctx, c, true);
  isth_opcua_string (c);
  url = isth_opcua_string (c);
  session = isth_opcua_string (c);
  if (c->failed)
    return;
  say (ctx, &server, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_REPORTED, &url);
  if (session.length > 0)
    isth_text_format (text, size, "session “%s”", isth_opcua_text (name, sizeof name, &session));
}

/* 5.4.5 RegisteredServer */
static void
read_registration (IsthDissectContext *ctx,
                   IsthCursor *c)
{
  IsthOpcUaString server = isth_opcua_string (c), product = isth_opcua_string (c), url;
  uint32_t n = isth_opcua_count (c, 1);

  for (uint32_t i = 0; i < n; i++)
    isth_opcua_localized (c);
  isth_cursor_skip (c, 4);
  isth_opcua_string (c);
  n = isth_opcua_count (c, 4);
  url = n > 0 ? isth_opcua_string (c) : (IsthOpcUaString) { NULL, 0 };
  if (c->failed)
    return;
  isth_emit_role (ctx, NULL, "opcua-server");
  say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &server);
  say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &product);
  say (ctx, NULL, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_PARSED, &url);
}

static void
describe_channel (IsthCursor *c,
                  IsthOpcUaMode *mode,
                  char *text,
                  size_t size)
{
  uint32_t asked;

  isth_cursor_skip (c, 8);
  asked = isth_cursor_le32 (c);
  if (c->failed || asked == 0 || asked > ISTH_OPCUA_MODE_ENCRYPT)
    return;
  *mode = (IsthOpcUaMode) asked;
  isth_text_format (text, size, "%s", mode_text (asked));
}

static void
describe_request (IsthDissectContext *ctx,
                  const OpcUaService *service,
                  IsthCursor *c,
                  IsthOpcUaMode *mode,
                  IsthRequest *request,
                  char *text,
                  size_t size)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthOpcUaString url;

  switch ((OpcUaBody) service->body)
    {
    case OPCUA_PLAIN:
      break;
    case OPCUA_ENDPOINT_URL:
      url = isth_opcua_string (c);
      say (ctx, &server, ISTH_ATTRIBUTE_ENDPOINT, ISTH_CONFIDENCE_REPORTED, &url);
      break;
    case OPCUA_CREATE_SESSION:
      describe_session (ctx, c, text, size);
      break;
    case OPCUA_ACTIVATE_SESSION:
      describe_activation (c, *mode, text, size);
      break;
    case OPCUA_READ:
      isth_cursor_skip (c, 12);
      describe_read (c, request, text, size);
      break;
    case OPCUA_WRITE:
      describe_nodes_of (c, text, size, true);
      break;
    case OPCUA_CALL:
      describe_call (c, text, size);
      break;
    case OPCUA_BROWSE:
      isth_opcua_node (c);
      isth_cursor_skip (c, 16);
      describe_nodes_of (c, text, size, false);
      break;
    case OPCUA_HISTORY_READ:
      {
        uint32_t type;

        isth_opcua_extension (c, &type);
        isth_cursor_skip (c, 5);
        describe_nodes_of (c, text, size, false);
      }
      break;
    case OPCUA_MONITOR:
      isth_cursor_skip (c, 8);
      describe_nodes_of (c, text, size, true);
      break;
    case OPCUA_REGISTER:
      read_registration (ctx, c);
      break;
    case OPCUA_OPEN_CHANNEL:
      describe_channel (c, mode, text, size);
      break;
    }
}

/* 7.29 ResponseHeader; returns the service's result. */
static uint32_t
read_response_header (IsthCursor *c)
{
  uint32_t status, n, type;

  isth_cursor_skip (c, 12);
  status = isth_cursor_le32 (c);
  isth_opcua_skip_diagnostics (c);
  n = isth_opcua_count (c, 4);
  for (uint32_t i = 0; i < n; i++)
    isth_opcua_string (c);
  isth_opcua_extension (c, &type);
  return status;
}

static void
read_request (IsthDissectContext *ctx,
              const OpcUaService *service,
              IsthCursor *c,
              uint32_t match,
              IsthOpcUaMode *mode)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request = {
    .match = match,
    .verb = (IsthOp) service->verb,
    .function = service->request,
    .name = service->name,
    .object = object,
    .memo = { 0, service->request },
  };

  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_opcua_skip_request_header (c);
  if (!c->failed && (service->body == OPCUA_READ || service->body == OPCUA_PLAIN))
    {
      request.key = isth_context_digest (ctx, service->request, c->data + c->position, isth_cursor_left (c));
      if (isth_emit_again (ctx, &request))
        return;
    }
  if (service->body == OPCUA_ACTIVATE_SESSION || service->body == OPCUA_CALL) /* a password follows, or may be an argument */
    isth_context_show (ctx, c->data, c->position);
  isth_emit_role (ctx, NULL, "opcua-client");
  if (!c->failed)
    describe_request (ctx, service, c, mode, &request, object, sizeof object);
  isth_emit_request (ctx, &request);
}

/* 12.4 BuildInfo: product, maker, name, version, build. */
static void
read_build_info (IsthDissectContext *ctx,
                 IsthCursor c)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_SOFTWARE, ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_FIRMWARE };

  for (size_t i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      IsthOpcUaString string = isth_opcua_string (&c);

      if (!c.failed)
        say (ctx, NULL, attributes[i], ISTH_CONFIDENCE_PARSED, &string);
    }
}

static void
tell (IsthDissectContext *ctx,
      Telling telling,
      const IsthOpcUaValue *value)
{
  static const char *const states[] = { "running", "failed", "no configuration", "suspended", "shutdown", "test", "communication fault", "unknown" };

  switch (telling)
    {
    case TELLS_NOTHING:
      break;
    case TELLS_STATE:
      if (value->type == 6 && value->number >= 0 && value->number < (int64_t) G_N_ELEMENTS (states))
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, states[value->number], ISTH_CONFIDENCE_PARSED, NULL, 0);
      break;
    case TELLS_BUILD_INFO:
      if (value->type == 22 && value->body_type == BUILD_INFO)
        read_build_info (ctx, value->body);
      break;
    case TELLS_PRODUCT:
      say (ctx, NULL, ISTH_ATTRIBUTE_MODEL, ISTH_CONFIDENCE_PARSED, &value->text);
      break;
    case TELLS_PRODUCT_URI:
      say (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, ISTH_CONFIDENCE_PARSED, &value->text);
      break;
    case TELLS_MANUFACTURER:
      say (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, ISTH_CONFIDENCE_PARSED, &value->text);
      break;
    case TELLS_VERSION:
      say (ctx, NULL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_CONFIDENCE_PARSED, &value->text);
      break;
    }
}

static void
read_values (IsthDissectContext *ctx,
             IsthCursor *c,
             uint64_t tellings)
{
  uint32_t n = isth_opcua_count (c, 1);

  for (uint32_t i = 0; i < MIN (n, REMEMBERED) && !c->failed && tellings >> (8 * i) != 0; i++)
    {
      IsthOpcUaValue value = isth_opcua_data_value (c);

      if (!c->failed && !is_bad (value.status))
        tell (ctx, (Telling) (tellings >> (8 * i) & 0xff), &value);
    }
}

/* Results of single nodes, the first of which is bad; NULL when none is. */
static const char *
find_bad_result (const OpcUaService *service,
                 IsthCursor c,
                 char *text,
                 size_t size)
{
  uint32_t n = isth_opcua_count (&c, 4), bad = 0, first = 0;
  char words[64];

  if (service->body == OPCUA_CALL)
    n = MIN (n, 1);
  for (uint32_t i = 0; i < n && !c.failed; i++)
    {
      uint32_t status = isth_cursor_le32 (&c);

      if (!c.failed && is_bad (status) && bad++ == 0)
        first = status;
    }
  if (bad == 0)
    return NULL;
  if (n == 1)
    return isth_opcua_status (text, size, first);
  return isth_text_format (text, size, "%s (%u of %u)", isth_opcua_status (words, sizeof words, first), bad, n);
}

static void
read_session_answer (IsthDissectContext *ctx,
                     IsthCursor *c)
{
  isth_opcua_node (c);
  isth_opcua_node (c);
  isth_cursor_skip (c, 8);
  isth_opcua_string (c);
  isth_opcua_string (c);
  read_endpoints (ctx, c);
}

static void
read_answer_body (IsthDissectContext *ctx,
                  const OpcUaService *service,
                  IsthCursor *c,
                  uint64_t tellings)
{
  uint32_t n;

  switch (service->response)
    {
    case 425: /* itself, or those that a discovery server knows */
      n = isth_opcua_count (c, 20);
      for (uint32_t i = 0; i < MIN (n, MOST_ENDPOINTS) && !c->failed; i++)
        read_application (ctx, c, n == 1);
      break;
    case 431:
      read_endpoints (ctx, c);
      break;
    case 464:
      read_session_answer (ctx, c);
      break;
    case 634:
      read_values (ctx, c, tellings);
      break;
    default:
      break;
    }
}

static void
read_answer (IsthDissectContext *ctx,
             const OpcUaService *service,
             IsthCursor *c,
             uint32_t match)
{
  uint32_t status = read_response_header (c);
  char text[96];
  const char *why = NULL;
  const IsthPending *asked;

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "opcua-server");
  if (is_bad (status))
    why = isth_opcua_status (text, sizeof text, status);
  else if (service && !c->failed && (service->body == OPCUA_WRITE || service->body == OPCUA_CALL))
    why = find_bad_result (service, *c, text, sizeof text);
  asked = isth_emit_response (ctx, match, why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  if (service && !is_bad (status) && !c->failed)
    read_answer_body (ctx, service, c, asked && asked->memo[1] == service->request ? asked->memo[0] : 0);
}

bool
isth_opcua_read_service (IsthDissectContext *ctx,
                         IsthCursor *c,
                         uint32_t match,
                         bool whole,
                         IsthOpcUaMode *mode,
                         bool *good)
{
  IsthOpcUaNode type = isth_opcua_node (c);
  bool response = type.identifier == OPCUA_SERVICE_FAULT;
  const OpcUaService *service = find_service (type.identifier, &response);

  if (c->failed || type.space != 0 || type.type != 'i' || (!service && !response))
    return false;
  if (response)
    read_answer (ctx, service, c, match);
  else
    read_request (ctx, service, c, match, mode);
  if (c->failed && whole)
    *good = false;
  return true;
}
