/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TRDP, the train real-time data protocol: who publishes which process data on a train, and who asks whom by messages. IEC 61375-2-3, annex A.
 *
 * What a ComId means is each train's own but for those of the standard, which are named. The header's check sequence is not verified: it needs all of its
 * bytes, and the fields before it agree already. SDTv2's safety layer inside the data is not read. */
#include "analysis/dissectors/dissector.h"

#include <glib/gi18n-lib.h>

#define VERSION 1
#define PD_HEADER 40
#define MD_HEADER 116
#define LONGEST_PD 1432
#define LONGEST_MD 65388

#define KIND(a, b) ((a) << 8 | (b))

static const struct
{
  uint16_t kind;
  IsthOp verb;
  bool answer, asks, message;
  const char *name;
} kinds[] = {
  { KIND ('P', 'd'), ISTH_OP_REPORT, false, false, false, "process-data" },
  { KIND ('P', 'p'), ISTH_OP_REPORT, true, false, false, "process-data-reply" },
  { KIND ('P', 'r'), ISTH_OP_READ, false, true, false, "process-data-request" },
  { KIND ('P', 'e'), ISTH_OP_REPORT, true, false, false, "process-data-error" },
  { KIND ('M', 'n'), ISTH_OP_REPORT, false, false, true, "notification" },
  { KIND ('M', 'r'), ISTH_OP_OTHER, false, true, true, "message-request" },
  { KIND ('M', 'p'), ISTH_OP_OTHER, true, false, true, "message-reply" },
  { KIND ('M', 'q'), ISTH_OP_OTHER, true, false, true, "message-reply-to-confirm" },
  { KIND ('M', 'c'), ISTH_OP_OTHER, false, false, true, "message-confirm" },
  { KIND ('M', 'e'), ISTH_OP_OTHER, true, false, true, "message-error" },
};

/* Those of the train's own services. */
static const struct
{
  uint32_t id;
  const char *name;
} com_ids[] = {
  { 10, "echo" },
  { 31, "statistics request" },
  { 35, "statistics" },
  { 100, "train topology status" },
  { 101, "operational train directory" },
  { 102, "train directory request" },
  { 103, "train directory" },
  { 104, "consist information request" },
  { 105, "consist information" },
  { 106, "train network directory request" },
  { 107, "train network directory" },
  { 108, "operational train directory request" },
  { 109, "operational train directory" },
  { 110, "train information request" },
  { 111, "train information" },
  { 120, "ETB control" },
  { 121, "ETB status" },
  { 122, "confirmation request" },
  { 123, "confirmation" },
  { 130, "ETBN control" },
  { 131, "ETBN status" },
  { 140, "name resolution request" },
  { 141, "name resolution" },
};

typedef struct
{
  int kind;            /* index into kinds; -1: none */
  uint16_t version;
  uint32_t com, length;
} Header;

static Header
read_header (IsthCursor *c)
{
  Header h = { .kind = -1 };
  uint16_t kind;

  isth_cursor_skip (c, 4);
  h.version = isth_cursor_be16 (c);
  kind = isth_cursor_be16 (c);
  h.com = isth_cursor_be32 (c);
  isth_cursor_skip (c, 8);
  h.length = isth_cursor_be32 (c);
  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      h.kind = i;
  return h;
}

/* The data behind the header is filled up to four bytes. */
static uint32_t
get_size (const Header *h)
{
  bool message = kinds[h->kind].message;

  return (message ? MD_HEADER : PD_HEADER) + (MIN (h->length, message ? LONGEST_MD : LONGEST_PD) + 3) / 4 * 4;
}

static bool
is_sound (const Header *h)
{
  return h->version >> 8 == VERSION && h->kind >= 0 && h->length <= (kinds[h->kind].message ? LONGEST_MD : LONGEST_PD);
}

static IsthProbe
trdp_probe (IsthCursor c,
            const IsthPacket *packet)
{
  uint32_t whole = isth_cursor_wire_left (&c);
  Header h;

  if (isth_cursor_peek (&c, 4) != VERSION)
    return ISTH_PROBE_NO;
  h = read_header (&c);
  if (c.failed || !is_sound (&h))
    return ISTH_PROBE_NO;
  if (packet->layer == ISTH_LAYER_UDP && get_size (&h) != whole)
    return get_size (&h) < whole + 4 && get_size (&h) > whole - MIN (whole, 4u) ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  return ISTH_PROBE_STRONG;
}

static uint32_t
trdp_pdu_length (IsthCursor c)
{
  Header h = read_header (&c);

  if (c.failed)
    return ISTH_PDU_MORE;
  return is_sound (&h) ? get_size (&h) : ISTH_PDU_INVALID;
}

static const char *
format_com (char *text,
            size_t size,
            uint32_t com)
{
  for (size_t i = 0; i < G_N_ELEMENTS (com_ids); i++)
    if (com_ids[i].id == com)
      return isth_text_format (text, size, "ComId %u, %s", com, com_ids[i].name);
  return isth_text_format (text, size, "ComId %u", com);
}

static void
read_process_data (IsthDissectContext *ctx,
                   IsthCursor *c,
                   const Header *h)
{
  char object[80];
  IsthRequest request = {
    .function = kinds[h->kind].kind,
    .verb = kinds[h->kind].verb,
    .name = kinds[h->kind].name,
    .no_answer = !kinds[h->kind].asks,
  };
  uint32_t reply;

  isth_cursor_skip (c, 4);
  reply = isth_cursor_be32 (c);
  if (kinds[h->kind].answer)
    {
      bool error = kinds[h->kind].kind == KIND ('P', 'e');

      if (isth_emit_response (ctx, h->com, error ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK, error ? "error" : NULL, false))
        isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "trdp-publisher");
      return;
    }
  request.match = reply ? reply : h->com;
  request.key = isth_context_digest (ctx, (uint64_t) h->kind, &h->com, sizeof h->com);
  if (isth_emit_again (ctx, &request))
    return;
  request.object = format_com (object, sizeof object, h->com);
  isth_emit_role (ctx, NULL, kinds[h->kind].asks ? "trdp-requester" : "trdp-publisher");
  isth_emit_request (ctx, &request);
}

/* A session's number is what its messages have in common. */
static IsthDissectResult
read_message (IsthDissectContext *ctx,
              IsthCursor *c,
              const Header *h)
{
  char object[160], com[80], to[40];
  IsthRequest request = {
    .function = kinds[h->kind].kind,
    .verb = kinds[h->kind].verb,
    .name = kinds[h->kind].name,
    .no_answer = !kinds[h->kind].asks,
    .object = object,
  };
  int32_t status = (int32_t) isth_cursor_be32 (c);
  const uint8_t *session = isth_cursor_bytes (c, 16);
  const uint8_t *target;
  char text[24];

  isth_cursor_skip (c, 4 + 32); /* timeout, who sent it */
  target = isth_cursor_bytes (c, 32);
  if (!target)
    return ISTH_DISSECT_MALFORMED;
  request.match = isth_context_digest (ctx, 0, session, 16);
  if (kinds[h->kind].answer)
    {
      isth_text_format (text, sizeof text, "status %d", status);
      isth_emit_response (ctx, request.match, status < 0 || kinds[h->kind].kind == KIND ('M', 'e') ? ISTH_OUTCOME_REFUSED : ISTH_OUTCOME_OK,
                          status != 0 ? text : NULL, true);
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_role (ctx, NULL, "trdp-replier");
      return ISTH_DISSECT_OK;
    }
  if (kinds[h->kind].asks)
    {
      isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
      isth_emit_role (ctx, NULL, "trdp-caller");
    }
  format_com (com, sizeof com, h->com);
  isth_text_from_string (to, sizeof to, target, 32);
  isth_text_format (object, sizeof object, "%s%s%s", com, to[0] ? " to " : "", to);
  isth_emit_request (ctx, &request);
  return ISTH_DISSECT_OK;
}

static IsthDissectResult
trdp_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint32_t whole = isth_cursor_wire_left (c);
  Header h = read_header (c);

  if (c->failed)
    return ISTH_DISSECT_MALFORMED;
  if (h.version >> 8 != VERSION || h.kind < 0)
    return ISTH_DISSECT_NOT_MINE;
  if (!is_sound (&h) || (kinds[h.kind].message ? MD_HEADER : PD_HEADER) + h.length > whole)
    return ISTH_DISSECT_MALFORMED;
  if (kinds[h.kind].message)
    return read_message (ctx, c, &h);
  read_process_data (ctx, c, &h);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_UDP, 17224 }, { ISTH_BIND_UDP, 17225 }, { ISTH_BIND_TCP, 17225 } };

const IsthDissector isth_dissector_trdp = {
  .id = "trdp",
  .title = "TRDP",
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = trdp_probe,
  .pdu_length = trdp_pdu_length,
  .dissect = trdp_dissect,
};
