/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of MMS requests: names, variables, files, domains, programs. ISO 9506-2. */
#include "analysis/dissectors/mms-requests.h"

#include <glib.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/mms-names.h"
#include "analysis/dissectors/mms-tables.h"

G_STATIC_ASSERT (sizeof (IsthMmsState) <= ISTH_LIMIT_STATE);

/* The sender asks the receiver in names of TASE.2; in an answer (@answer) the other way round. It is spoken by control centres among themselves. */
void
isth_mms_note_iccp (IsthDissectContext *ctx,
                    IsthMmsState       *state,
                    bool                answer)
{
  IsthEndpoint other = isth_context_receiver (ctx);

  if (state->iccp)
    return;
  state->iccp = true;
  isth_emit_role (ctx, answer ? NULL : &other, "iccp-server");
  isth_emit_role (ctx, answer ? &other : NULL, "iccp-client");
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_KIND, "scada-server", ISTH_CONFIDENCE_PARSED, NULL, 0);
  isth_emit_claim (ctx, &other, ISTH_ATTRIBUTE_KIND, "scada-server", ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static void
remember (IsthMmsState *state,
          uint64_t      invoke,
          const char   *name)
{
  IsthMmsAsked *asked = &state->asked[state->next];

  state->next = (uint8_t) ((state->next + 1) % ISTH_MMS_ASKED);
  asked->invoke = (uint32_t) invoke;
  isth_text_format (asked->name, sizeof asked->name, "%s", name);
}

const char *
isth_mms_recall (const IsthMmsState *state,
                 uint64_t            invoke)
{
  for (size_t i = 0; i < ISTH_MMS_ASKED; i++)
    if (state->asked[i].name[0] != '\0' && state->asked[i].invoke == (uint32_t) invoke)
      return state->asked[i].name;
  return "";
}

void
isth_mms_format_identifier (IsthCursor body,
                            char      *text,
                            size_t     size)
{
  uint32_t n = isth_cursor_left (&body);

  isth_text_from_bytes (text, size, isth_cursor_bytes (&body, n), n);
}

/* Which names, of what: "variables in AA1LD0". */
static void
describe_name_list (IsthMmsState *state,
                    IsthCursor    body,
                    IsthRequest  *request,
                    char         *text,
                    size_t        size)
{
  static const char *const classes[] = {
    "variables", "scattered variables", "variable lists", "types", "semaphores", "event conditions", "event actions", "event enrollments", "journals",
    "domains", "programs", "operator stations",
  };
  IsthCursor part, choice;
  uint32_t tag;
  uint64_t class = G_MAXUINT32;
  char domain[92] = "";

  while (isth_ber_next (&body, &tag, &part))
    {
      uint32_t kind;

      if ((tag != 0xa0 && tag != 0xa1) || !isth_ber_next (&part, &kind, &choice))
        continue;
      if (tag == 0xa0)
        isth_ber_unsigned (choice, &class);
      else if (kind == 0x81)
        isth_mms_format_identifier (choice, domain, sizeof domain);
    }
  request->memo[0] = class;
  remember (state, request->match, domain);
  if (class < G_N_ELEMENTS (classes))
    isth_text_format (text, size, domain[0] ? "%s in %s" : "%s%s", classes[class], domain);
}

/* Variables read, written or reported. */
static void
describe_variables (IsthDissectContext *ctx,
                    IsthMmsState       *state,
                    uint32_t            tag,
                    IsthCursor          body,
                    IsthRequest        *request,
                    char               *text,
                    size_t              size)
{
  IsthMmsVariables variables;

  isth_mms_read_variables (tag, body, request->function == MMS_WRITE, &variables, text, size);
  request->memo[0] = variables.identity;
  if (variables.verb != ISTH_N_OPS)
    {
      request->verb = variables.verb;
      request->name = variables.name;
    }
  if (!variables.iccp)
    return;
  isth_mms_note_iccp (ctx, state, false);
  request->key = 0; /* it changes what the following are: it must be read each time */
}

static void
describe_read (IsthDissectContext *ctx,
               IsthMmsState       *state,
               IsthCursor          body,
               IsthRequest        *request,
               char               *text,
               size_t              size)
{
  IsthCursor part, choice;
  uint32_t tag, kind;

  while (isth_ber_next (&body, &tag, &part))
    if (tag == 0xa1 && isth_ber_next (&part, &kind, &choice))
      describe_variables (ctx, state, kind, choice, request, text, size);
}

static void
describe_file_request (IsthMmsState *state,
                       IsthCursor    body,
                       IsthRequest  *request,
                       char         *text,
                       size_t        size)
{
  char name[92];
  IsthCursor part;
  uint32_t tag;

  if (request->function == MMS_FILE_READ || request->function == MMS_FILE_CLOSE)
    {
      isth_ber_unsigned (body, &request->memo[0]);
      return;
    }
  if (request->function == MMS_FILE_DELETE)
    {
      isth_mms_describe_file (body, name, sizeof name);
      isth_text_format (text, size, "file \"%s\"", name);
    }
  while (request->function != MMS_FILE_DELETE && isth_ber_next (&body, &tag, &part))
    if ((tag >= 0xa0 && tag <= 0xa2) && (request->function != MMS_OBTAIN_FILE || tag != 0xa0))
      {
        size_t used = strlen (text);

        isth_mms_describe_file (part, name, sizeof name);
        isth_text_format (text + used, size - used, "%s \"%s\"", used ? " as" : "file", name);
      }
  if (request->function == MMS_FILE_OPEN)
    remember (state, request->match, text);
}

/* Domains and programs are named by the first part, or by the whole. */
static void
describe_first (uint32_t    tag,
                IsthCursor  body,
                const char *what,
                char       *text,
                size_t      size)
{
  char name[92];
  IsthCursor part = body;
  uint32_t kind;

  if ((tag > 0xff ? tag >> 8 : tag) & 0x20 && !isth_ber_next (&body, &kind, &part))
    return;
  isth_mms_format_identifier (part, name, sizeof name);
  if (name[0] != '\0')
    isth_text_format (text, size, "%s %s", what, name);
}

/* What a confirmed request acts on. */
void
isth_mms_describe_request (IsthDissectContext *ctx,
                           IsthMmsState       *state,
                           uint32_t            tag,
                           IsthCursor          body,
                           IsthRequest        *request,
                           char               *text,
                           size_t              size)
{
  IsthCursor part = body;
  uint32_t kind;

  switch (request->function)
    {
    case MMS_GET_NAME_LIST:
      describe_name_list (state, body, request, text, size);
      break;
    case MMS_READ:
      describe_read (ctx, state, body, request, text, size);
      break;
    case MMS_WRITE:
      if (isth_ber_next (&body, &kind, &part))
        describe_variables (ctx, state, kind, part, request, text, size);
      break;
    case MMS_GET_VARIABLE_ATTRIBUTES:
      if (isth_ber_next (&body, &kind, &part) && kind == 0xa0 && isth_ber_next (&part, &kind, &body))
        isth_mms_describe_name (kind, body, text, size);
      break;
    case MMS_DEFINE_LIST:
    case MMS_GET_LIST_ATTRIBUTES:
      if (isth_ber_next (&body, &kind, &part))
        isth_mms_describe_name (kind, part, text, size);
      break;
    case MMS_DELETE_LIST:
      while (isth_ber_next (&body, &kind, &part))
        if (kind == 0xa1 && isth_ber_next (&part, &kind, &body))
          isth_mms_describe_name (kind, body, text, size);
      break;
    case MMS_OBTAIN_FILE:
    case MMS_FILE_OPEN:
    case MMS_FILE_READ:
    case MMS_FILE_CLOSE:
    case MMS_FILE_RENAME:
    case MMS_FILE_DELETE:
    case MMS_FILE_DIRECTORY:
      describe_file_request (state, body, request, text, size);
      break;
    case MMS_UPLOAD_SEGMENT:
    case MMS_TERMINATE_UPLOAD:
      isth_ber_unsigned (body, &request->memo[0]);
      break;
    default:
      if (request->function >= MMS_INITIATE_DOWNLOAD && request->function <= MMS_GET_DOMAIN_ATTRIBUTES)
        describe_first (tag, body, "domain", text, size);
      else if (request->function >= MMS_CREATE_PROGRAM && request->function <= MMS_GET_PROGRAM_ATTRIBUTES)
        describe_first (tag, body, "program", text, size);
      break;
    }
}
