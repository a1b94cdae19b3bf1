/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the BACnet dissector share: a message between two devices, and the tagged values in it. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_BACNET_CHILD 80           /* room for a child path */
#define ISTH_BACNET_SEGMENTS 3500      /* bytes of an answer in several segments that are put together */
#define ISTH_BACNET_DEVICE 8           /* the type of a device's own object */
#define ISTH_BACNET_UNKNOWN 0x3fffff   /* an instance that says: whichever you are */
#define ISTH_BACNET_TEXT 120           /* room for the name of an object and of its property */

/* Kept for a flow once an answer came in segments, or a file was asked for. */
typedef struct
{
  IsthAddress sender;    /* of the segments */
  bool active;
  uint8_t invoke, service;
  uint8_t next;          /* number of the segment that must follow */
  uint32_t length;
  uint8_t bytes[ISTH_BACNET_SEGMENTS];
} IsthBacnetState;

/**
 * IsthBacnetMessage:
 * @source: who says it: who a BBMD passes it on for, or a device on a network behind a router
 * @other_source: it is said by @source; otherwise by the frame's sender, and of @source only the child is there, which is NULL
 * @target_child: child path of the device behind the receiver, a router; NULL when it is the receiver itself
 * @peers: a digest of the addresses of both on their networks, 0 when neither is behind a router
 * @answer_peers: the same of an answer to this message
 */
typedef struct
{
  IsthDissectContext *ctx;
  IsthEndpoint source;
  bool other_source;
  const char *target_child;
  uint64_t peers, answer_peers;
  char source_text[ISTH_BACNET_CHILD], target_text[ISTH_BACNET_CHILD];
} IsthBacnetMessage;

/* A tagged value (20.2.1). @value: its bytes; of an opening tag, all up to its closing tag. */
typedef struct
{
  bool there, context, opening, closing, truth;
  uint8_t number;
  IsthCursor value;
} IsthBacnetTag;

enum
{
  ISTH_BACNET_BOOLEAN = 1,
  ISTH_BACNET_UNSIGNED = 2,
  ISTH_BACNET_STRING = 7,
  ISTH_BACNET_ENUMERATED = 9,
  ISTH_BACNET_OBJECT = 12,
};

/* The values of one service: those with a context number by it, the others in their order. */
typedef struct
{
  IsthBacnetTag context[10];
  IsthBacnetTag plain[5];
  uint32_t n_plain;
} IsthBacnetFields;

/* Reads one tag; false when it contradicts itself or nothing is left. A closing tag has no value. */
bool isth_bacnet_read_tag (IsthCursor *c, IsthBacnetTag *tag);

/* Reads all of @c; false when it contradicts itself: then what was read before that is there. */
bool isth_bacnet_read_fields (IsthCursor c, IsthBacnetFields *fields);

/* An unsigned or enumerated value; 0 when it is not there. */
uint32_t isth_bacnet_get_number (const IsthBacnetTag *tag);

/* "analog-input 3", "object-type-130 1". */
const char *isth_bacnet_format_object (char *text, size_t size, uint32_t object);

/* "present-value", "object-list[3]", "property-512". @index: may be missing. */
const char *isth_bacnet_format_property (char *text, size_t size, uint32_t property, const IsthBacnetTag *index);

/* Claims text of a character string value (20.2.9) for @about. */
void isth_bacnet_emit_string (IsthDissectContext *ctx, const IsthEndpoint *about, IsthAttribute attribute, int confidence, const IsthBacnetTag *tag);

/* bacnet-services.c: names a request, and what it acts on unless @text is NULL. False when its body contradicts itself. */
bool isth_bacnet_describe (bool confirmed, uint8_t service, IsthCursor body, IsthRequest *request, char *text, size_t size);

/* bacnet-answers.c: what is said of devices by an acknowledgement, and by what needs none. False when it contradicts itself. */
bool isth_bacnet_read_answer (IsthBacnetMessage *m, uint8_t service, IsthCursor body, const IsthPending *asked);
bool isth_bacnet_read_unasked (IsthBacnetMessage *m, bool confirmed, uint8_t service, IsthCursor body);

/* bacnet-answers.c: a file is read or written (14.1, 14.2). */
void isth_bacnet_begin_file (IsthBacnetMessage *m, uint8_t service, IsthCursor body, IsthRequest *request);

/* bacnet-apdu.c: one message of the application layer (20.1). */
IsthDissectResult isth_bacnet_read_apdu (IsthBacnetMessage *m, IsthCursor *c);
