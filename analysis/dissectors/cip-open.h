/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forward Open (CIP Volume 1, 3-5.5.2): what a connection is for, how often its data come, which device is expected at its end. */
#pragma once

#include "analysis/dissectors/dissector.h"

enum
{
  ISTH_CIP_TO_TARGET,
  ISTH_CIP_TO_ORIGINATOR,
};

/* What a target has to be: an electronic key; 0 where anything will do. */
typedef struct
{
  uint16_t vendor, device_type, product;
  uint8_t major, minor;
  bool compatible; /* others may take its place, by what they emulate */
} IsthCipKey;

/**
 * IsthCipOpen:
 * @serial: of the connection, the same in the answer
 * @transport: class: 0 and 1 carry I/O data over UDP, 2 and 3 messages
 * @interval: microseconds asked for, each way
 * @size: bytes, each way; 0: no data flow that way
 * @path: of the connection: where it goes and what is at its end
 */
typedef struct
{
  uint16_t serial;
  uint8_t transport;
  uint32_t interval[2];
  uint16_t size[2];
  IsthCipKey key;
  IsthCursor path;
} IsthCipOpen;

/* Reads what follows the request path; @large: of a Large Forward Open. False when it ends too early. */
bool isth_cip_open_read (IsthCipOpen *self, IsthCursor c, bool large);

/* "messages to Message Router 1", "I/O with Assembly 102, every 10 ms to it, every 20 ms from it". */
const char *isth_cip_open_format (const IsthCipOpen *self, char *text, size_t size);

/* The target @about accepted who asked for @key: it is such a device. */
void isth_cip_key_say (IsthDissectContext *ctx, const IsthEndpoint *about, const IsthCipKey *key);

/**
 * isth_cip_io_say:
 * @child: of the target
 * @size: bytes of data, each way; 0: none
 * @c: the answer: connection ids and intervals as they will be
 *
 * The two streams of an I/O connection, one operation each: the sender of the answer is the target.
 */
void isth_cip_io_say (IsthDissectContext *ctx, const char *child, const uint16_t size[2], IsthCursor c);
