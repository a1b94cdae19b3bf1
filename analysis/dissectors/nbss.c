/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NetBIOS session service (RFC 1002, 4.3), and SMB right on TCP, which keeps its header (MS-SMB2, 2.1): who calls which name; SMB inside is handed on.
 *
 * Of a long message only the beginning is kept together, and goes on as such; what follows goes by in pieces until the next message starts. */
#include "analysis/dissectors/netbios-name.h"

#include <glib/gi18n-lib.h>

#define HEADER 4
#define LONGEST 8192  /* of a message that is read as one: remote procedure calls have half of it */
#define LOOK 2048     /* how far the next message is looked for at once */
#define NAME_FIELD 34 /* length byte, letters, and the empty label that ends it */

enum
{
  SESSION_MESSAGE = 0x00,
  SESSION_REQUEST = 0x81,
  POSITIVE_RESPONSE = 0x82,
  NEGATIVE_RESPONSE = 0x83,
  KEEP_ALIVE = 0x85,
};

typedef struct
{
  bool pieces; /* a long message was there */
} NbssState;

/* SMB 1, SMB 2, and this encrypted or compressed. */
static bool
is_smb (const uint8_t *b)
{
  return b[0] >= 0xfc && b[1] == 'S' && b[2] == 'M' && b[3] == 'B';
}

/* What a message would have to be that starts with these bytes: its length with the header, ISTH_PDU_MORE or ISTH_PDU_INVALID. */
static uint32_t
read_length (const uint8_t *b,
             uint32_t n)
{
  uint32_t length;

  if (n == 0)
    return ISTH_PDU_MORE;
  if (b[0] != SESSION_MESSAGE && (b[0] < SESSION_REQUEST || b[0] > KEEP_ALIVE))
    return ISTH_PDU_INVALID;
  if (n < HEADER)
    return ISTH_PDU_MORE;
  length = isth_be24 (b + 1);
  switch (b[0])
    {
    case SESSION_MESSAGE:
      if (n < HEADER + 4)
        return length < 32 ? ISTH_PDU_INVALID : ISTH_PDU_MORE;
      return length >= 32 && is_smb (b + HEADER) ? HEADER + length : ISTH_PDU_INVALID;
    case SESSION_REQUEST:
      return length == 2 * NAME_FIELD ? HEADER + length : ISTH_PDU_INVALID;
    case NEGATIVE_RESPONSE:
      return length == 1 ? HEADER + length : ISTH_PDU_INVALID;
    case POSITIVE_RESPONSE:
    case KEEP_ALIVE:
      return length == 0 ? HEADER : ISTH_PDU_INVALID;
    default:
      return ISTH_PDU_INVALID;
    }
}

static IsthProbe
nbss_probe (IsthCursor c,
            const IsthPacket *packet)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), length = read_length (b, left);

  (void) packet;
  if (length == ISTH_PDU_MORE || length == ISTH_PDU_INVALID)
    return ISTH_PROBE_NO;
  if (b[0] == SESSION_MESSAGE)
    return ISTH_PROBE_STRONG;
  if (b[0] == SESSION_REQUEST && left >= 2 * HEADER && b[HEADER] == ISTH_NETBIOS_ENCODED)
    return ISTH_PROBE_STRONG;
  return ISTH_PROBE_WEAK;
}

/* How many bytes belong to a message whose beginning was read before: up to the next "SMB" with a header in front, or to what may become one. */
static uint32_t
count_piece (const uint8_t *b,
             uint32_t n)
{
  uint32_t end = MIN (n, LOOK);
  const uint8_t *at = b + MIN (end, HEADER + 1);

  while (at + 3 <= b + end && (at = memchr (at, 'S', (size_t) (b + end - at) - 2)))
    {
      uint32_t start = (uint32_t) (at - b) - HEADER - 1;

      if (start > 0 && b[start] == SESSION_MESSAGE && is_smb (at - 1) && read_length (b + start, n - start) != ISTH_PDU_INVALID)
        return start;
      at++;
    }
  for (uint32_t i = end - MIN (end - 1, HEADER + 3); i < end; i++)
    if (b[i] == SESSION_MESSAGE && read_length (b + i, end - i) == ISTH_PDU_MORE)
      return i;
  return end;
}

static uint32_t
nbss_pdu_length (IsthCursor c)
{
  const uint8_t *b = c.data + c.position;
  uint32_t left = isth_cursor_left (&c), length = read_length (b, left);

  if (length == ISTH_PDU_MORE)
    return length;
  return length == ISTH_PDU_INVALID ? count_piece (b, left) : MIN (length, LONGEST);
}

/* 4.3.2 */
static IsthDissectResult
read_call (IsthDissectContext *ctx,
           IsthCursor *c)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  const uint8_t *called = isth_cursor_bytes (c, NAME_FIELD), *calling = isth_cursor_bytes (c, NAME_FIELD);
  uint8_t name[ISTH_NETBIOS_NAME];
  char object[ISTH_LIMIT_TEXT];

  if (c->failed || called[0] != ISTH_NETBIOS_ENCODED || calling[0] != ISTH_NETBIOS_ENCODED || !isth_netbios_decode (called + 1, name))
    return ISTH_DISSECT_MALFORMED;
  isth_context_prove_direction (ctx, ISTH_FROM_CLIENT);
  isth_emit_request (ctx, &(IsthRequest) { .match = 0, .verb = ISTH_OP_OTHER, .function = SESSION_REQUEST, .name = "session-request",
                                           .object = isth_netbios_text (name, object) });
  if (name[0] != '*') /* "*SMBSERVER": whoever is there */
    isth_netbios_emit_name (ctx, &server, name, false, false, called, NAME_FIELD);
  if (isth_netbios_decode (calling + 1, name))
    isth_netbios_emit_name (ctx, NULL, name, false, true, calling, NAME_FIELD);
  return ISTH_DISSECT_OK;
}

/* 4.3.4 */
static const char *
refusal_text (uint8_t code)
{
  switch (code)
    {
    case 0x80:
      return "nobody listens on the called name";
    case 0x81:
      return "nobody listens for the calling name";
    case 0x82:
      return "called name not present";
    case 0x83:
      return "insufficient resources";
    default:
      return "unspecified error";
    }
}

static IsthDissectResult
nbss_dissect (IsthCursor *c,
              IsthDissectContext *ctx)
{
  uint32_t length = read_length (c->data + c->position, isth_cursor_left (c));
  NbssState *state;
  IsthCursor message;
  uint8_t type;

  if (length == ISTH_PDU_MORE)
    return ISTH_DISSECT_MALFORMED;
  if (length == ISTH_PDU_INVALID)
    {
      state = isth_context_state (ctx);
      return state->pieces ? ISTH_DISSECT_OK : ISTH_DISSECT_NOT_MINE;
    }
  type = isth_cursor_u8 (c);
  isth_cursor_skip (c, HEADER - 1);
  switch (type)
    {
    case SESSION_MESSAGE:
      if (length > LONGEST)
        {
          state = isth_context_state (ctx);
          state->pieces = true;
        }
      message = isth_cursor_new (c->data + c->position, isth_cursor_left (c), length - HEADER);
      return isth_context_hand_over (ctx, ISTH_BIND_NBSS, 0, &message) == ISTH_DISSECT_MALFORMED ? ISTH_DISSECT_MALFORMED : ISTH_DISSECT_OK;
    case SESSION_REQUEST:
      return read_call (ctx, c);
    case POSITIVE_RESPONSE:
    case NEGATIVE_RESPONSE:
      isth_context_prove_direction (ctx, ISTH_FROM_SERVER);
      isth_emit_response (ctx, 0, type == POSITIVE_RESPONSE ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                          type == POSITIVE_RESPONSE ? NULL : refusal_text (isth_cursor_u8 (c)), false);
      return ISTH_DISSECT_OK;
    default:
      return ISTH_DISSECT_OK;
    }
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 445 }, { ISTH_BIND_TCP, 139 } };

const IsthDissector isth_dissector_nbss = {
  .id = "nbss", /* stored in project files: never change it */
  .title = N_("NetBIOS session service"),
  .depth = ISTH_DEPTH_FULL,
  .identity = "hostname",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (NbssState),
  .probe = nbss_probe,
  .pdu_length = nbss_pdu_length,
  .dissect = nbss_dissect,
};
