/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP's data connections (RFC 959, 3.2), which only the control connection names: ftp.c announces them. How much of a file was carried is counted; what it
 * holds, and lists of folders, are not looked at. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/ftp-data.h"

typedef struct
{
  bool known;
  bool server_at; /* the port that was named is the server's */
  bool file, third;
  uint16_t match;
  uint8_t client[4];
} FtpDataState;

/* A file looks like anything. */
static IsthProbe
ftp_data_probe (IsthCursor c,
                const IsthPacket *packet)
{
  (void) c;
  (void) packet;
  return ISTH_PROBE_NO;
}

/* Between two servers: the client is at neither end, and the transfer is the one with the server that was not waiting for the other. Both ends by address,
 * as ftp.c names them. */
static void
carry_for_third (IsthDissectContext *ctx,
                 const FtpDataState *state,
                 uint64_t            bytes)
{
  const IsthPacket *packet = isth_context_packet (ctx);
  IsthEndpoint client = isth_endpoint_from_address (isth_address_ipv4 (state->client), 0);
  IsthEndpoint server = isth_endpoint_from_address (packet->source_port == state->match ? packet->target : packet->source, 0);

  isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer) { .verb = ISTH_OP_FILE, .match = state->match, .protocol = "ftp", .joins = true,
                                                                 .client = &client, .device = &server, .bytes = bytes });
}

static IsthDissectResult
ftp_data_dissect (IsthCursor *c,
                  IsthDissectContext *ctx)
{
  FtpDataState *state = isth_context_state (ctx);
  const IsthPacket *packet = isth_context_packet (ctx);
  uint64_t memo;
  bool sender_at;

  if (!state->known)
    {
      if (!isth_context_get_expected (ctx, &memo, &sender_at))
        return ISTH_DISSECT_NOT_MINE;
      *state = (FtpDataState) { .known = true, .server_at = memo & ISTH_FTP_OF_SERVER, .file = memo & ISTH_FTP_FILE, .third = memo & ISTH_FTP_THIRD,
                                .match = (uint16_t) memo, .client = { (uint8_t) (memo >> 56), (uint8_t) (memo >> 48), (uint8_t) (memo >> 40), (uint8_t) (memo >> 32) } };
    }
  sender_at = packet->source_port == state->match;
  isth_context_show (ctx, c->data + c->position, 0); /* a file may hold anything */
  if (state->file && state->third)
    carry_for_third (ctx, state, isth_cursor_wire_left (c));
  else if (state->file)
    isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &(IsthTransfer) { .verb = ISTH_OP_FILE, .match = state->match, .protocol = "ftp", .joins = true,
                                                                   .by_device = sender_at == state->server_at, .bytes = isth_cursor_wire_left (c) });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_TCP, 0 } };

const IsthDissector isth_dissector_ftp_data = {
  .id = "ftp-data", /* stored in project files: never change it */
  .title = N_("FTP data"),
  .depth = ISTH_DEPTH_SHALLOW,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (FtpDataState),
  .probe = ftp_data_probe,
  .dissect = ftp_data_dissect,
};
