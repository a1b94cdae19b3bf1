/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of DCE/RPC, for the protocols that speak it: PROFINET over datagrams, OPC Classic over connections. C706 (Open Group), 12. */
#pragma once

#include "analysis/base/cursor.h"

#define ISTH_DCERPC_DATAGRAM_HEADER 80
#define ISTH_DCERPC_HEADER 16
#define ISTH_UUID_TEXT 37

/* In the order in which it is written: "dea00001-6c97-…" begins with the byte 0xde. */
typedef struct
{
  uint8_t bytes[16];
} IsthUuid;

typedef enum
{
  ISTH_DCERPC_REQUEST = 0,
  ISTH_DCERPC_PING = 1,
  ISTH_DCERPC_RESPONSE = 2,
  ISTH_DCERPC_FAULT = 3,
  ISTH_DCERPC_WORKING = 4,
  ISTH_DCERPC_NOCALL = 5,
  ISTH_DCERPC_REJECT = 6,
  ISTH_DCERPC_ACK = 7,
  ISTH_DCERPC_CANCEL = 8,
  ISTH_DCERPC_FACK = 9,
  ISTH_DCERPC_CANCEL_ACK = 10,
  ISTH_DCERPC_BIND = 11,
  ISTH_DCERPC_BIND_ACK = 12,
  ISTH_DCERPC_BIND_NAK = 13,
  ISTH_DCERPC_ALTER = 14,
  ISTH_DCERPC_ALTER_ACK = 15,
  ISTH_DCERPC_AUTH3 = 16,
  ISTH_DCERPC_SHUTDOWN = 17,
  ISTH_DCERPC_CANCEL_CALL = 18,
  ISTH_DCERPC_ORPHANED = 19,
} IsthDcerpcType;

/* Version 4, over UDP. */
typedef struct
{
  IsthUuid object, interface, activity;
  uint32_t version, sequence;
  uint16_t opnum, length, fragment;
  uint8_t type;      /* IsthDcerpcType */
  bool little;       /* byte order of this and of the body */
  bool fragmented;   /* it is a part, the first one when @fragment is 0 */
  bool last;         /* … and the last */
} IsthDcerpcDatagram;

/* Version 5, over TCP and pipes. */
typedef struct
{
  uint32_t call;
  uint16_t length;   /* of the whole fragment, with these 16 bytes */
  uint16_t auth;     /* of the verifier at its end */
  uint8_t minor;
  uint8_t type;      /* IsthDcerpcType */
  uint8_t flags;     /* 1 first fragment, 2 last, 0x80 an object UUID is there */
  bool little;
} IsthDcerpcHeader;

/* The cursor stands behind the header afterwards; false when it is none, or cut. */
bool isth_dcerpc_read_datagram (IsthCursor *c, IsthDcerpcDatagram *self);
bool isth_dcerpc_read_header (IsthCursor *c, IsthDcerpcHeader *self);

/* In the byte order of the header; past the end 0, and the cursor fails. */
uint16_t isth_dcerpc_u16 (IsthCursor *c, bool little);
uint32_t isth_dcerpc_u32 (IsthCursor *c, bool little);
IsthUuid isth_dcerpc_uuid (IsthCursor *c, bool little);

bool isth_uuid_equal (const IsthUuid *a, const IsthUuid *b);
const char *isth_uuid_format (const IsthUuid *self, char text[ISTH_UUID_TEXT]);
