/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the messages of a TLS handshake tell, for TLS itself and for what carries one: DTLS, QUIC, OpenVPN, databases and desktops that turn to TLS. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_TLS_COLLECTED 4080 /* bytes kept of a message that comes in pieces: the own certificate comes first */

/* A handshake message that comes in pieces, in a dissector's room (room_size: sizeof (IsthTlsPieces)). */
typedef struct
{
  uint32_t need;
  uint32_t rest; /* bytes still to come of one that was read as far as it is kept */
  uint16_t have;
  uint8_t kind;
  uint8_t bytes[ISTH_TLS_COLLECTED];
} IsthTlsPieces;

#define ISTH_TLS_LONGEST ((1u << 14) + 2048) /* a record's content */

/* Of records. */
enum
{
  ISTH_TLS_CHANGE_CIPHER_SPEC = 20,
  ISTH_TLS_ALERT,
  ISTH_TLS_HANDSHAKE,
  ISTH_TLS_DATA,
  ISTH_TLS_HEARTBEAT,
};

/* What one side of a conversation has said so far; zeroed at first. */
typedef struct
{
  IsthTlsPieces *pieces;
  bool secret;  /* what it sends from now on is encrypted */
  bool started; /* a record was read */
  bool person;  /* its certificate is a user's: that it is shown is a login */
} IsthTlsSide;

/**
 * isth_tls_read_message:
 * @transport: 't' TLS, 'd' DTLS, 'q' QUIC: of the fingerprint
 * @kind: the type of the message; @body: what is behind its header
 *
 * Says of the sender and receiver of the frame what a hello or certificates tell. A client's hello waits for its answer, the server's or an alert.
 */
void isth_tls_read_message (IsthDissectContext *ctx, char transport, uint8_t kind, IsthCursor body);

/* Adds what follows of a message of @need bytes in all; reads it when it is whole, or as much of it is there as is kept. */
void isth_tls_collect (IsthDissectContext *ctx, IsthTlsSide *side, char transport, uint8_t kind, uint32_t need, const IsthCursor *piece);

/* An alert (RFC 8446, 6) in clear: fatal ones settle what the client asked for. */
void isth_tls_read_alert (IsthDissectContext *ctx, IsthCursor record);

/* Whether a TLS record starts at the cursor; its header is read. */
bool isth_tls_read_record_header (IsthCursor *c, uint8_t *type, uint16_t *length);

/* One record's content by its type. */
void isth_tls_read_record (IsthDissectContext *ctx, IsthTlsSide *side, uint8_t type, IsthCursor content);

/* As many whole or cut records as there are: for protocols that turn to TLS. Afterwards nothing more needs to be read of @side once it is secret. */
void isth_tls_read_records (IsthDissectContext *ctx, IsthTlsSide *side, IsthCursor *c);
