/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the ZigBee dissector share of one message. Private to them. */
#pragma once

#include "analysis/dissectors/dissector.h"

#define ISTH_ZIGBEE_FIRST_GROUP 0xfff8

/**
 * IsthZigbeeMessage:
 * @source, @target: who made it, and for whom it is, whoever passes it on in this frame
 * @first: this frame is the first on its way
 * @endpoints: of source and of target, of the two numbers in a device under which its functions stand
 * @frame: the payload of the network layer
 * @at, @length: what may be shown of all: where secrets stand, no more than is in front of them
 */
typedef struct
{
  IsthEndpoint source, target;
  uint16_t source_number, target_number;
  bool first;
  uint16_t cluster, profile;
  uint8_t endpoints[2];
  IsthCursor frame;
  const uint8_t *at;
  uint32_t length;
} IsthZigbeeMessage;

/* The station @number in the network of @like, as the decoder makes its address. */
IsthEndpoint isth_zigbee_station (const IsthEndpoint *like, uint16_t number);

/* That @station's long address is these 8 bytes, the last first. */
void isth_zigbee_claim_long (IsthDissectContext *ctx, const IsthEndpoint *station, const uint8_t *address, int confidence);

/* What is said for all of a message: who asks whom; repeated ones are only counted. False: it was, and @request needs no text. @what: what else decides of it. */
bool isth_zigbee_is_new (IsthDissectContext *ctx, const IsthZigbeeMessage *m, IsthRequest *request, const void *what, size_t n);

/* Nothing behind @c may be shown: a secret follows. */
static inline void
isth_zigbee_hide (IsthZigbeeMessage *m,
                  const IsthCursor *c)
{
  m->length = (uint32_t) (c->data + c->position - m->at);
}

/* What a request and its answer share. */
uint64_t isth_zigbee_match (const IsthZigbeeMessage *m, bool answer, bool library, uint16_t cluster, uint8_t number);

/* The application support layer and what is above it; @m has no more than the network layer says. */
IsthDissectResult isth_zigbee_application (IsthDissectContext *ctx, IsthZigbeeMessage *m);

/* The device profile, which finds devices and their functions. */
void isth_zigbee_device (IsthDissectContext *ctx, const IsthZigbeeMessage *m, IsthCursor c);

/* The cluster library: attributes and commands of functions. False: it is none. */
bool isth_zigbee_library (IsthDissectContext *ctx, IsthZigbeeMessage *m, IsthCursor c);

/* Who has the manufacturer code @code, NULL: not known here. Static. */
const char *isth_zigbee_maker (uint16_t code);
