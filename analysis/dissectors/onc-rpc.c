/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONC RPC version 2 (RFC 5531) over UDP and TCP, with the port mapper (RFC 1833), mount (RFC 1813, appendix I) and NFS versions 2 and 3 (RFC 1094, 1813): who
 * mounts which folder, which files are looked for, made and deleted, what a host calls itself.
 *
 * Of other programs only their numbers are known, and of NFS version 4 what most a call is about (nfs4.c). Lists of exports and folders
 * are not read either. Messages above ISTH_LIMIT_PDU, and those in several fragments, are stepped over. */
#include "analysis/dissectors/dissector.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/nfs4.h"

#define CALL 0
#define REPLY 1
#define AUTH_SYS 1
#define LAST 0x80000000u
#define LONGEST_CREDENTIALS 400
#define MOST_PROCEDURES 64

enum
{
  PORTMAP = 100000,
  NFS = 100003,
  MOUNT = 100005,
};

typedef struct
{
  bool client, server, host; /* the roles, and the name of the host, were told */
} RpcState;

static const struct
{
  uint32_t number;
  const char *id, *client, *server;
} programs[] = {
  { PORTMAP, "portmap", "rpc-client", "portmapper" },
  { NFS, "nfs", "nfs-client", "nfs-server" },
  { MOUNT, "mount", "nfs-client", "nfs-server" },
  { 100021, "nlm", "nfs-client", "nfs-server" },
  { 100227, "nfs-acl", "nfs-client", "nfs-server" },
  { 0, NULL, "rpc-client", "rpc-server" },
};

/* What stands behind the header of a call: */
typedef enum
{
  NOTHING,
  PATH,    /* a text */
  HANDLE,  /* a file's handle, and its name in there */
  PROGRAM, /* the number of a program */
} Arguments;

/* @versions: bits of those in which the procedure has this number. */
static const struct
{
  uint32_t program;
  uint8_t versions, procedure, verb, arguments;
  const char *name;
} procedures[] = {
  { PORTMAP, 0x1c, 0, ISTH_OP_OTHER, NOTHING, "null" },      { PORTMAP, 0x1c, 1, ISTH_OP_CONFIGURE, PROGRAM, "set" },
  { PORTMAP, 0x1c, 2, ISTH_OP_CONFIGURE, PROGRAM, "unset" }, { PORTMAP, 0x1c, 3, ISTH_OP_IDENTIFY, PROGRAM, "getport" },
  { PORTMAP, 0x1c, 4, ISTH_OP_IDENTIFY, NOTHING, "dump" },   { PORTMAP, 0x1c, 5, ISTH_OP_OTHER, PROGRAM, "callit" },
  { MOUNT, 0x0e, 0, ISTH_OP_OTHER, NOTHING, "null" },        { MOUNT, 0x0e, 1, ISTH_OP_FILE, PATH, "mount" },
  { MOUNT, 0x0e, 2, ISTH_OP_READ, NOTHING, "dump" },         { MOUNT, 0x0e, 3, ISTH_OP_OTHER, PATH, "unmount" },
  { MOUNT, 0x0e, 4, ISTH_OP_OTHER, NOTHING, "unmount-all" }, { MOUNT, 0x0e, 5, ISTH_OP_READ, NOTHING, "exports" },
  { NFS, 0x1c, 0, ISTH_OP_OTHER, NOTHING, "null" },          { NFS, 0x10, 1, ISTH_OP_OTHER, NOTHING, "compound" },
  { NFS, 0x0c, 1, ISTH_OP_OTHER, NOTHING, "getattr" },       { NFS, 0x0c, 2, ISTH_OP_FILE, NOTHING, "setattr" },
  { NFS, 0x08, 3, ISTH_OP_READ, HANDLE, "lookup" },          { NFS, 0x04, 4, ISTH_OP_READ, HANDLE, "lookup" },
  { NFS, 0x08, 4, ISTH_OP_OTHER, NOTHING, "access" },        { NFS, 0x0c, 6, ISTH_OP_FILE, NOTHING, "read" },
  { NFS, 0x08, 7, ISTH_OP_FILE, NOTHING, "write" },          { NFS, 0x04, 8, ISTH_OP_FILE, NOTHING, "write" },
  { NFS, 0x08, 8, ISTH_OP_FILE, HANDLE, "create" },          { NFS, 0x04, 9, ISTH_OP_FILE, HANDLE, "create" },
  { NFS, 0x08, 9, ISTH_OP_FILE, HANDLE, "mkdir" },           { NFS, 0x04, 14, ISTH_OP_FILE, HANDLE, "mkdir" },
  { NFS, 0x08, 10, ISTH_OP_FILE, HANDLE, "symlink" },        { NFS, 0x08, 12, ISTH_OP_FILE, HANDLE, "remove" },
  { NFS, 0x04, 10, ISTH_OP_FILE, HANDLE, "remove" },         { NFS, 0x08, 13, ISTH_OP_FILE, HANDLE, "rmdir" },
  { NFS, 0x04, 15, ISTH_OP_FILE, HANDLE, "rmdir" },          { NFS, 0x08, 14, ISTH_OP_FILE, HANDLE, "rename" },
  { NFS, 0x04, 11, ISTH_OP_FILE, HANDLE, "rename" },         { NFS, 0x0c, 16, ISTH_OP_READ, NOTHING, "readdir" },
  { NFS, 0x08, 17, ISTH_OP_READ, NOTHING, "readdirplus" },   { NFS, 0x08, 18, ISTH_OP_OTHER, NOTHING, "fsstat" },
  { NFS, 0x04, 17, ISTH_OP_OTHER, NOTHING, "fsstat" },       { NFS, 0x08, 19, ISTH_OP_OTHER, NOTHING, "fsinfo" },
  { NFS, 0x08, 20, ISTH_OP_OTHER, NOTHING, "pathconf" },     { NFS, 0x08, 21, ISTH_OP_OTHER, NOTHING, "commit" },
};

typedef struct
{
  uint32_t xid, program, version, procedure;
  IsthCursor machine; /* of AUTH_SYS: what the host calls itself */
} RpcCall;

/* Opaque bytes are filled up to four (RFC 4506, 4.10). */
static IsthCursor
take_opaque (IsthCursor *c,
             uint32_t most)
{
  uint32_t length = isth_cursor_be32 (c);
  IsthCursor body;

  if (length > most)
    {
      c->failed = true;
      length = 0;
    }
  body = isth_cursor_take (c, length);
  isth_cursor_take (c, (4 - length % 4) % 4);
  return body;
}

/* The cursor then stands at the arguments. Instruments have programs of their own, which are read elsewhere (VXI-11). */
static bool
read_call (IsthCursor *c,
           RpcCall *call)
{
  uint32_t type, rpc_version, flavor;
  IsthCursor credentials;

  call->xid = isth_cursor_be32 (c);
  type = isth_cursor_be32 (c);
  rpc_version = isth_cursor_be32 (c);
  call->program = isth_cursor_be32 (c);
  call->version = isth_cursor_be32 (c);
  call->procedure = isth_cursor_be32 (c);
  flavor = isth_cursor_be32 (c);
  if (c->failed || type != CALL || rpc_version != 2 || call->program < PORTMAP || call->program >= 0x40000000 || call->version == 0 || call->version > 16
      || call->procedure >= MOST_PROCEDURES || (call->program >= 395183 && call->program <= 395185))
    return false;
  credentials = take_opaque (c, LONGEST_CREDENTIALS);
  call->machine = (IsthCursor) { 0 };
  if (flavor == AUTH_SYS)
    {
      isth_cursor_skip (&credentials, 4);
      call->machine = take_opaque (&credentials, 255);
    }
  isth_cursor_skip (c, 4);
  take_opaque (c, LONGEST_CREDENTIALS);
  return !c->failed;
}

static IsthProbe
rpc_probe (IsthCursor c,
           const IsthPacket *packet)
{
  uint32_t mark = 0;
  RpcCall call;

  if (packet->layer == ISTH_LAYER_TCP)
    mark = isth_cursor_be32 (&c);
  if (packet->layer == ISTH_LAYER_TCP && (!(mark & LAST) || (mark & ~LAST) < 24))
    return ISTH_PROBE_NO;
  return read_call (&c, &call) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static uint32_t
rpc_pdu_length (IsthCursor c)
{
  uint32_t mark = isth_cursor_be32 (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return (mark & ~LAST) < 12 || (mark & ~LAST) > ISTH_LIMIT_PDU - 4 ? ISTH_PDU_INVALID : (mark & ~LAST) + 4;
}

static size_t
find_program (uint32_t number)
{
  size_t i = 0;

  while (programs[i].number != number && programs[i].number != 0)
    i++;
  return i;
}

static int
find_procedure (const RpcCall *call)
{
  for (size_t i = 0; i < G_N_ELEMENTS (procedures); i++)
    if (procedures[i].program == call->program && procedures[i].procedure == call->procedure && call->version < 8
        && procedures[i].versions & 1u << call->version)
      return (int) i;
  return -1;
}

/* The name of a file or folder, which is what its bytes are; or the number of a program. */
static IsthCursor
read_name (IsthCursor *c,
           Arguments arguments,
           uint32_t version)
{
  if (arguments == HANDLE && version == 2)
    isth_cursor_skip (c, 32);
  else if (arguments == HANDLE)
    take_opaque (c, 64);
  if (arguments == PROGRAM)
    return isth_cursor_take (c, 4);
  return arguments == NOTHING ? (IsthCursor) { .data = (const uint8_t *) "" } : take_opaque (c, 1024);
}

static void
describe (const RpcCall *call,
          int which,
          const IsthCursor *name,
          char object[ISTH_LIMIT_TEXT])
{
  IsthCursor c = *name;

  if (which < 0)
    isth_text_format (object, ISTH_LIMIT_TEXT, "program %u version %u procedure %u", call->program, call->version, call->procedure);
  else if (procedures[which].arguments == PROGRAM)
    {
      uint32_t number = isth_cursor_be32 (&c);
      const char *id = programs[find_program (number)].id;

      isth_text_format (object, ISTH_LIMIT_TEXT, "program %u%s%s%s", number, id ? " (" : "", id ? id : "", id ? ")" : "");
    }
  else
    isth_text_from_bytes (object, ISTH_LIMIT_TEXT, name->data + name->position, isth_cursor_left (name));
}

static IsthDissectResult
dissect_call (IsthDissectContext *ctx,
              RpcState *state,
              IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  char object[ISTH_LIMIT_TEXT];
  IsthCursor name, arguments;
  RpcCall call;
  IsthNfs4 nfs4;
  int which;
  bool compound;
  IsthRequest request = { .object = object };

  if (!read_call (c, &call))
    return ISTH_DISSECT_NOT_MINE;
  arguments = *c;
  which = find_procedure (&call);
  compound = call.program == NFS && call.version == 4 && call.procedure == 1 && isth_nfs4_read (&arguments, &nfs4);
  name = compound ? nfs4.file : read_name (c, which < 0 ? NOTHING : (Arguments) procedures[which].arguments, call.version);
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  if (call.program == NFS)
    isth_context_show (ctx, start, (uint32_t) (c->data + c->position - start)); /* what is written to a file may be anything */
  if (!state->client)
    isth_emit_role (ctx, NULL, programs[find_program (call.program)].client);
  state->client = true;
  if (!state->host && isth_cursor_left (&call.machine) > 0)
    isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, call.machine.data + call.machine.position, isth_cursor_left (&call.machine));
  state->host |= isth_cursor_left (&call.machine) > 0;
  request.match = call.xid;
  request.function = call.procedure;
  request.memo[0] = call.program;
  request.memo[1] = call.version;
  request.key = isth_context_digest (ctx, (uint64_t) call.program << 32 | call.version << 8 | call.procedure, name.data + name.position, isth_cursor_left (&name));
  if (compound)
    request.key = isth_context_digest (ctx, request.key, nfs4.name, strlen (nfs4.name));
  if (isth_emit_again (ctx, &request))
    return ISTH_DISSECT_OK;
  request.protocol = programs[find_program (call.program)].id;
  request.verb = which < 0 ? ISTH_OP_OTHER : (IsthOp) procedures[which].verb;
  request.name = which < 0 ? "call" : procedures[which].name;
  describe (&call, which, &name, object);
  if (compound)
    {
      request.verb = nfs4.verb;
      request.name = nfs4.name;
    }
  isth_emit_request (ctx, &request);
  return c->failed && !c->cut ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
}

/* RFC 1813, 2.6: those of both versions that one meets. */
static const char *
status_text (uint32_t status,
             char *text,
             size_t size)
{
  static const struct { uint32_t status; const char *text; } names[] = {
    { 1, "not owner" }, { 2, "no such file" }, { 5, "input or output error" }, { 13, "permission denied" }, { 17, "exists" }, { 20, "no folder" },
    { 21, "is a folder" }, { 22, "invalid argument" }, { 27, "too large" }, { 28, "no space left" }, { 30, "read only" }, { 66, "folder not empty" },
    { 70, "stale handle" }, { 10004, "not supported" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].status == status)
      return names[i].text;
  return isth_text_format (text, size, "status %u", status);
}

static IsthDissectResult
dissect_reply (IsthDissectContext *ctx,
               RpcState *state,
               IsthCursor *c)
{
  const uint8_t *start = c->data + c->position;
  static const char *const accepts[] = { NULL, "program not there", "version not supported", "procedure not there", "arguments not understood", "system error" };
  uint32_t xid = isth_cursor_be32 (c), denied, accept = 0, status = 0;
  const IsthPending *pending = isth_context_find_request (ctx, xid);
  const char *why = NULL;
  uint64_t program;
  char text[32];

  isth_cursor_skip (c, 4);
  denied = isth_cursor_be32 (c);
  if (c->failed || denied > 1 || !pending)
    return pending ? ISTH_DISSECT_MALFORMED : state->client ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
  program = pending->memo[0];
  if (denied == 0)
    {
      isth_cursor_skip (c, 4);
      take_opaque (c, LONGEST_CREDENTIALS);
      accept = isth_cursor_be32 (c);
      if (c->failed || accept >= G_N_ELEMENTS (accepts))
        return ISTH_DISSECT_MALFORMED;
      why = accepts[accept];
      if (accept == 0 && isth_cursor_left (c) >= 4 && ((program == NFS && pending->function != 0) || (program == MOUNT && pending->function == 1)))
        status = isth_cursor_be32 (c);
      if (status != 0)
        why = status_text (status, text, sizeof text);
    }
  else
    why = "credentials refused";
  isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
  if (program == NFS)
    isth_context_show (ctx, start, (uint32_t) (c->data + c->position - start)); /* what is read of a file may be anything */
  if (!state->server && accept == 0)
    {
      isth_emit_role (ctx, NULL, programs[find_program ((uint32_t) program)].server);
      state->server = true;
    }
  isth_emit_response (ctx, xid, why ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, why, false);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
rpc_dissect (IsthCursor *c,
             IsthDissectContext *ctx)
{
  RpcState *state = isth_context_state (ctx);
  bool stream = isth_context_packet (ctx)->layer == ISTH_LAYER_TCP;
  int type;

  if (stream)
    isth_cursor_skip (c, 4);
  type = isth_cursor_peek (c, 7);
  if (isth_cursor_peek (c, 4) != 0 || isth_cursor_peek (c, 5) != 0 || isth_cursor_peek (c, 6) != 0 || type > REPLY)
    return stream && state->client ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE; /* another fragment */
  return type == CALL ? dissect_call (ctx, state, c) : dissect_reply (ctx, state, c);
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 111 }, { ISTH_BIND_TCP, 111 }, { ISTH_BIND_TCP, 2049 }, { ISTH_BIND_UDP, 2049 } };

const IsthDissector isth_dissector_onc_rpc = {
  .id = "onc-rpc", /* stored in project files: never change it */
  .title = "ONC RPC",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (RpcState),
  .probe = rpc_probe,
  .pdu_length = rpc_pdu_length,
  .dissect = rpc_dissect,
};
