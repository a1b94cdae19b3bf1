/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ROC Plus, and the ROC protocol it grew out of: who reads and sets the parameters of Emerson's flow computers and remote units, logs in, moves files.
 * ROC Plus Protocol Specification (D301180X012).
 *
 * A message is unit and group of who gets it and of who sends it, opcode, length, data, check. What parameters mean, and so their names and sizes, is not
 * known here: they are given as type, logical number and parameter. Passwords are never read. Histories and logs are operations without their content.
 *
 * On a serial line one request waits at a time; over TCP some send many at once. An answer has its opcode, and most repeat the first bytes of what was asked:
 * so it is told which request it answers. A refusal has neither; where several wait, nobody is refused by it. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#include "analysis/dissectors/crc16.h"
#include "analysis/dissectors/secret.h"

#define PORT 4000
#define HEADER 6
#define CHECK 2

enum
{
  CONFIGURATION = 6,
  LOGIN = 17,
  WRITE_POINT = 166,
  READ_POINT = 167,
  READ_PARAMETERS = 180,
  WRITE_PARAMETERS = 181,
  FILE_TRANSFER = 203,
  SPONTANEOUS = 224,
  REFUSED = 255,
};

enum
{
  FILE_OPEN = 1,
  FILE_READ,
  FILE_WRITE,
  FILE_CLOSE,
  FILE_DELETE,
  FILE_DIRECTORY,
  FILE_DIRECTORY_64 = 64,
};

#define MOST_ASKED 16 /* requests that wait; of more the oldest are forgotten */
#define MOST_TELLING 4

typedef struct
{
  uint32_t number;      /* 0: none waits here */
  uint32_t burst;
  uint8_t opcode;
  uint8_t n_telling;
  uint8_t telling[MOST_TELLING]; /* what its answer repeats */
} Asked;

typedef struct
{
  Asked asked[MOST_ASKED]; /* by number */
  uint32_t last;           /* number of the last request */
  uint32_t burst;          /* requests without an answer in between share it */
  uint32_t n_in_burst;
  bool answered;           /* somebody answered after the last request */
} RocState;

static const struct
{
  uint8_t opcode;
  IsthOp verb;
  const char *name;
} opcodes[] = {
  { 0, ISTH_OP_READ, "general-update" },
  { 2, ISTH_OP_DIAGNOSE, "send-test-data" },
  { 6, ISTH_OP_IDENTIFY, "read-system-configuration" },
  { 7, ISTH_OP_READ, "read-clock" },
  { 8, ISTH_OP_TIME_SYNC, "set-clock" },
  { 10, ISTH_OP_READ, "read-configurable-opcode" },
  { 11, ISTH_OP_WRITE, "write-configurable-opcode" },
  { 17, ISTH_OP_AUTHENTICATE, "login" },
  { 18, ISTH_OP_CONFIGURE, "log-event" },
  { 24, ISTH_OP_OTHER, "store-and-forward" },
  { 50, ISTH_OP_READ, "read-io-data" },
  { 100, ISTH_OP_READ, "read-user-defined-points" },
  { 102, ISTH_OP_CONFIGURE, "set-system-variables" },
  { 103, ISTH_OP_IDENTIFY, "read-system-information" },
  { 105, ISTH_OP_READ, "read-history-definition" },
  { 107, ISTH_OP_READ, "read-history-tag" },
  { 108, ISTH_OP_READ, "read-history-database" },
  { 118, ISTH_OP_READ, "read-alarm-log" },
  { 119, ISTH_OP_READ, "read-event-log" },
  { 120, ISTH_OP_READ, "read-log-pointers" },
  { 121, ISTH_OP_READ, "read-alarms" },
  { 122, ISTH_OP_READ, "read-events" },
  { 123, ISTH_OP_READ, "read-user-template" },
  { 135, ISTH_OP_READ, "read-history-point" },
  { 136, ISTH_OP_READ, "read-history-points" },
  { 137, ISTH_OP_READ, "read-history-index" },
  { 138, ISTH_OP_READ, "read-daily-history" },
  { 139, ISTH_OP_READ, "read-history-information" },
  { 166, ISTH_OP_WRITE, "write-point-parameters" },
  { 167, ISTH_OP_READ, "read-point-parameters" },
  { 180, ISTH_OP_READ, "read-parameters" },
  { 181, ISTH_OP_WRITE, "write-parameters" },
  { 203, ISTH_OP_FILE, "file-transfer" },
  { 205, ISTH_OP_OTHER, "peer-to-peer" },
  { 206, ISTH_OP_READ, "read-transaction-history" },
  { 224, ISTH_OP_REPORT, "report-by-exception" },
  { 225, ISTH_OP_OTHER, "acknowledge-report" },
};

/* How many bytes of the data an answer repeats. */
static const struct
{
  uint8_t opcode, n;
} telling[] = { { 105, 2 }, { 108, 2 }, { 139, 1 }, { 167, 4 }, { 180, 4 }, { 203, 1 }, { 205, 1 }, { 206, 1 } };

static const char *const errors[] = {
  [1] = "invalid opcode", [2] = "invalid parameter", [3] = "invalid logical number", [4] = "invalid point type", [5] = "too many data bytes",
  [6] = "too few data bytes", [14] = "invalid history request", [16] = "invalid event entry", [17] = "too many alarms asked for",
  [18] = "too many events asked for", [19] = "parameter is read only", [20] = "security error", [21] = "invalid login",
  [22] = "invalid store and forward path", [24] = "history being configured", [25] = "parameter out of range",
};

static int
find_opcode (uint8_t opcode)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (opcodes); i++)
    if (opcodes[i].opcode == opcode)
      return i;
  return -1;
}

static uint8_t
copy_telling (uint8_t opcode,
              IsthCursor data,
              uint8_t bytes[MOST_TELLING])
{
  for (size_t i = 0; i < G_N_ELEMENTS (telling); i++)
    if (telling[i].opcode == opcode)
      {
        const uint8_t *from = isth_cursor_bytes (&data, telling[i].n);

        if (from)
          memcpy (bytes, from, telling[i].n);
        return from ? telling[i].n : 0;
      }
  return 0;
}

/* Gives a request its number, which tells it from others that wait. */
static uint64_t
note_asked (RocState *state,
            uint8_t opcode,
            IsthCursor data)
{
  Asked *asked = &state->asked[++state->last % MOST_ASKED];

  if (state->answered)
    {
      state->burst++;
      state->n_in_burst = 0;
    }
  state->answered = false;
  state->n_in_burst++;
  *asked = (Asked){ .number = state->last, .burst = state->burst, .opcode = opcode };
  asked->n_telling = copy_telling (opcode, data, asked->telling);
  return (uint64_t) state->last << 8 | opcode;
}

/* Which request is answered: the first of the last burst that has the opcode and what the answer repeats, or the only one with the opcode. A refusal says
 * neither: then the only one that waits. NULL: none, or it cannot be told. */
static Asked *
find_asked (RocState *state,
            uint8_t opcode,
            IsthCursor data)
{
  uint8_t bytes[MOST_TELLING];
  uint8_t n = copy_telling (opcode, data, bytes);
  Asked *same = NULL, *only = NULL;
  uint32_t alike = 0;

  for (uint32_t i = 1; i <= MOST_ASKED; i++) /* from the oldest on */
    {
      Asked *asked = &state->asked[(state->last + i) % MOST_ASKED];
      bool mine = asked->number > 0 && (opcode == REFUSED || asked->opcode == opcode);
      bool tells = mine && opcode != REFUSED && asked->n_telling == n && memcmp (asked->telling, bytes, n) == 0;

      if (mine)
        alike = only && only->burst == asked->burst ? alike + 1 : 1;
      if (mine)
        only = asked;
      if (tells && (!same || same->burst != asked->burst))
        same = asked;
    }
  return same ? same : alike == 1 ? only : NULL;
}

static IsthProbe
roc_plus_probe (IsthCursor c,
                const IsthPacket *packet)
{
  bool bound = packet->source_port == PORT || packet->target_port == PORT;
  uint32_t whole = isth_cursor_wire_left (&c), size;
  int opcode = isth_cursor_peek (&c, 4), length = isth_cursor_peek (&c, 5);
  const uint8_t *bytes;

  if (length < 0 || (find_opcode ((uint8_t) opcode) < 0 && opcode != REFUSED))
    return ISTH_PROBE_NO;
  size = HEADER + (uint32_t) length + CHECK;
  if (size > whole || (size < whole && !bound)) /* sixteen bits of check are not enough among all that is not ROC */
    return ISTH_PROBE_NO;
  bytes = isth_cursor_bytes (&c, size);
  if (!bytes)
    return ISTH_PROBE_WEAK;
  return isth_crc16 (0xffff, bytes, size - CHECK) == (bytes[size - 2] | bytes[size - 1] << 8) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
roc_plus_pdu_length (IsthCursor c)
{
  int opcode = isth_cursor_peek (&c, 4), length = isth_cursor_peek (&c, 5);

  if (opcode >= 0 && opcode != REFUSED && find_opcode ((uint8_t) opcode) < 0)
    return ISTH_PDU_INVALID;
  return length < 0 ? ISTH_PDU_MORE : HEADER + (uint32_t) length + CHECK;
}

/* Who answers is at the unit and group that was asked. */
static void
note_server (IsthDissectContext *ctx,
             const IsthPending *asked)
{
  char text[16];
  uint32_t address = (uint32_t) asked->memo[0];

  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  isth_emit_role (ctx, NULL, "roc-plus-server");
  isth_text_format (text, sizeof text, "%u.%u", address >> 8 & 0xff, address & 0xff);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, text, ISTH_CONFIDENCE_PARSED, NULL, 0);
}

/* Opcode 6: mode, ports, access, …, kind of device. */
static void
read_configuration (IsthDissectContext *ctx,
                    IsthCursor c)
{
  static const char *const models[] = { [1] = "ROC300 (ROCPAC)", [2] = "FloBoss 407", [3] = "ROC300 (FlashPAC)", [4] = "FloBoss 503", [5] = "FloBoss 504",
                                        [6] = "ROC800" };
  const uint8_t *mode = isth_cursor_bytes (&c, 1);
  const uint8_t *type;

  isth_cursor_skip (&c, 17);
  type = isth_cursor_bytes (&c, 1);
  if (!mode || !type)
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_STATE, *mode == 1 ? "run" : *mode == 0 ? "firmware update" : "other", ISTH_CONFIDENCE_PARSED, mode, 1);
  if (*type < G_N_ELEMENTS (models) && models[*type])
    {
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MODEL, models[*type], ISTH_CONFIDENCE_PARSED, type, 1);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Emerson", ISTH_CONFIDENCE_PARSED, type, 1);
    }
}

/* Opcode 180: of the system's own point the third parameter is what the station is called. */
static void
read_parameters (IsthDissectContext *ctx,
                 IsthCursor c)
{
  const uint8_t *head = isth_cursor_bytes (&c, 4);
  const uint8_t *name = isth_cursor_bytes (&c, 20);

  if (head && name && head[1] == 91 && head[3] == 2 && isth_text_is_printable (name, 20))
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_PARSED, name, 20);
}

static void
emit_file (IsthDissectContext *ctx,
           IsthTransferStep step,
           const char *object,
           bool by_device,
           uint64_t bytes,
           uint64_t total)
{
  const RocState *state = isth_context_state (ctx);

  isth_emit_transfer (ctx, step, &(IsthTransfer){
                                   .verb = ISTH_OP_FILE,
                                   .object = object,
                                   .by_device = by_device,
                                   .joins = by_device && state->n_in_burst > 1, /* that it was closed was asked before its bytes came */
                                   .bytes = bytes,
                                   .total = total,
                                 });
}

/* Opcode 203: what is done to which file. */
static void
describe_file (IsthDissectContext *ctx,
               IsthCursor c,
               IsthRequest *request,
               char *text,
               size_t size)
{
  uint8_t command = isth_cursor_u8 (&c);
  const uint8_t *path, *name;
  char folder[101], file[26];
  uint32_t length;

  request->memo[1] = command;
  if (command == FILE_OPEN)
    isth_cursor_skip (&c, 1);
  if (command == FILE_READ)
    request->name = "read-file";
  else if (command == FILE_WRITE)
    {
      request->name = "write-file";
      isth_cursor_skip (&c, 4);
      length = isth_cursor_le32 (&c);
      isth_cursor_skip (&c, 4);
      emit_file (ctx, ISTH_TRANSFER_DATA, NULL, false, isth_cursor_u8 (&c), length);
    }
  else if (command == FILE_CLOSE)
    {
      request->name = "close-file";
      emit_file (ctx, ISTH_TRANSFER_END, NULL, false, 0, 0);
    }
  else
    {
      request->name = command == FILE_OPEN ? "open-file" : command == FILE_DELETE ? "delete-file" : "read-directory";
      if (command == FILE_DELETE)
        request->verb = ISTH_OP_CONFIGURE;
      path = isth_cursor_bytes (&c, 100);
      if (!path)
        return;
      name = isth_cursor_bytes (&c, 25);
      isth_text_from_string (folder, sizeof folder, path, 100);
      isth_text_from_string (file, sizeof file, name, name && command <= FILE_DELETE ? 25 : 0);
      isth_text_format (text, size, "file \"%s%s\"", folder, file);
      if (command == FILE_OPEN)
        emit_file (ctx, ISTH_TRANSFER_BEGIN, text, false, 0, 0);
    }
}

/* "point 91/0 parameter 2", and how many more. */
static void
describe_parameters (IsthCursor c,
                     uint8_t opcode,
                     char *text,
                     size_t size)
{
  uint8_t a = isth_cursor_u8 (&c), b = isth_cursor_u8 (&c), d = isth_cursor_u8 (&c), e = isth_cursor_u8 (&c);

  if (c.failed)
    return;
  if (opcode == READ_POINT || opcode == WRITE_POINT)
    isth_text_format (text, size, d > 1 ? "point %u/%u parameters %u–%u" : "point %u/%u parameter %u", a, b, e, e + d - 1u);
  else if (a > 1)
    isth_text_format (text, size, "point %u/%u parameter %u and %u more", b, d, e, a - 1u);
  else
    isth_text_format (text, size, "point %u/%u parameter %u", b, d, e);
}

/* Opcode 17: three letters and a number, or thirty letters; then what is wanted. */
static void
describe_login (IsthCursor c,
                IsthRequest *request,
                char *text,
                size_t size)
{
  uint32_t n = isth_cursor_left (&c);
  const uint8_t *bytes = isth_cursor_bytes (&c, n);
  char user[31];

  if (n == 13)
    request->name = "request-session-key";
  else if (bytes && n >= 6)
    {
      isth_text_format (text, size, "operator %s", isth_text_from_string (user, sizeof user, bytes, n > 30 ? 30 : 3));
      if (memcmp (bytes + n - 6, "LOGOUT", 6) == 0)
        request->name = "logout";
      else if (n > 31) /* name, password, level */
        isth_text_format (text + strlen (text), size - strlen (text), ", password in clear (%s)", isth_secret_class_of_field (bytes + 30, n - 31));
      else
        isth_text_format (text + strlen (text), size - strlen (text), ", password in clear (a number of two bytes)");
    }
}

static IsthDissectResult
read_request (IsthDissectContext *ctx,
              RocState *state,
              uint8_t opcode,
              const uint8_t *to,
              IsthCursor data)
{
  char object[ISTH_LIMIT_TEXT] = "";
  IsthRequest request = {
    .function = opcode,
    .verb = ISTH_OP_OTHER,
    .name = "unknown-opcode",
    .object = object,
    .memo = { isth_be16 (to), 0 },
  };
  int known = find_opcode (opcode);

  if (known >= 0)
    {
      request.verb = opcodes[known].verb;
      request.name = opcodes[known].name;
    }
  request.no_answer = opcode == SPONTANEOUS;
  if (!request.no_answer)
    request.match = note_asked (state, opcode, data);
  if (opcode == LOGIN) /* of the operator's name the first letters: behind it is the password */
    isth_context_show (ctx, data.data + data.position, MIN (isth_cursor_left (&data), 3));
  if (opcode >= WRITE_POINT && opcode <= WRITE_PARAMETERS && data.length == data.wire && data.length <= 64)
    request.key = isth_context_digest (ctx, opcode, data.data, data.length);
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  if (opcode == LOGIN)
    describe_login (data, &request, object, sizeof object);
  else if (opcode >= WRITE_POINT && opcode <= WRITE_PARAMETERS)
    describe_parameters (data, opcode, object, sizeof object);
  else if (opcode == FILE_TRANSFER)
    describe_file (ctx, data, &request, object, sizeof object);
  if (!request.no_answer)
    isth_emit_role (ctx, NULL, "roc-plus-client");
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static void
read_file_answer (IsthDissectContext *ctx,
                  IsthCursor c)
{
  uint8_t command = isth_cursor_u8 (&c);
  uint32_t total, offset, n;

  isth_cursor_skip (&c, 4);
  total = isth_cursor_le32 (&c);
  offset = isth_cursor_le32 (&c);
  n = isth_cursor_u8 (&c);
  if (command == FILE_READ && !c.failed)
    {
      emit_file (ctx, ISTH_TRANSFER_DATA, NULL, true, n, total);
      if ((uint64_t) offset + n >= total)
        emit_file (ctx, ISTH_TRANSFER_END, NULL, true, 0, total);
    }
}

static IsthDissectResult
read_answer (IsthDissectContext *ctx,
             RocState *state,
             uint8_t opcode,
             IsthCursor data)
{
  Asked *asked = find_asked (state, opcode, data);
  const IsthPending *pending = NULL;
  char other[24];
  const char *text = NULL;

  state->answered = true;
  if (opcode == REFUSED)
    {
      uint8_t code = isth_cursor_u8 (&data);

      text = code < G_N_ELEMENTS (errors) && errors[code] ? errors[code] : isth_text_format (other, sizeof other, "error %u", code);
    }
  if (asked)
    {
      pending = isth_emit_response (ctx, (uint64_t) asked->number << 8 | asked->opcode, text ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, text, false);
      asked->number = 0;
    }
  if (pending)
    note_server (ctx, pending);
  if (text)
    {
      if (pending && asked->opcode == FILE_TRANSFER)
        isth_emit_transfer (ctx, ISTH_TRANSFER_ABORT, &(IsthTransfer){ .verb = ISTH_OP_FILE, .by_device = true, .text = text });
      return data.failed ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    }
  if (opcode == CONFIGURATION)
    read_configuration (ctx, data);
  else if (opcode == READ_PARAMETERS)
    read_parameters (ctx, data);
  else if (opcode == FILE_TRANSFER)
    read_file_answer (ctx, data);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
roc_plus_dissect (IsthCursor *c,
                  IsthDissectContext *ctx)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  RocState *state = isth_context_state (ctx);
  IsthDirection direction = isth_context_direction (ctx);
  const uint8_t *to = isth_cursor_bytes (c, 4);
  uint8_t opcode = isth_cursor_u8 (c), length = isth_cursor_u8 (c);
  IsthCursor data;

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  data = isth_cursor_take (c, length);
  isth_cursor_skip (c, CHECK);
  if (c->failed && !c->cut)
    return ISTH_DISSECT_MALFORMED;
  if (opcode == REFUSED || direction == ISTH_FROM_SERVER || (direction == ISTH_FROM_UNKNOWN && packet->source_port == PORT && opcode != SPONTANEOUS))
    return read_answer (ctx, state, opcode, data);
  return read_request (ctx, state, opcode, to, data);
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, PORT }, { ISTH_BIND_UDP, PORT } };

const IsthDissector isth_dissector_roc_plus = {
  .id = "roc-plus",
  .title = "ROC Plus",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor model station state protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RocState),
  .probe = roc_plus_probe,
  .pdu_length = roc_plus_pdu_length,
  .dissect = roc_plus_dissect,
};
