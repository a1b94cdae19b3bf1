/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a CIP request is remembered until its answer comes, and what will be read from that. */
#pragma once

#include "analysis/dissectors/cip-objects.h"
#include "analysis/dissectors/dissector.h"

enum
{
  CLASS_IDENTITY = 0x01,
  CLASS_MESSAGE_ROUTER = 0x02,
  CLASS_CONNECTION_MANAGER = 0x06,
  CLASS_FILE = 0x37,
  CLASS_SAFETY_SUPERVISOR = 0x39,
  CLASS_PCCC = 0x67,
  CLASS_TCP_IP = 0xf5,
  SERVICE_GET_ALL = 0x01,
  SERVICE_GET_LIST = 0x03,
  SERVICE_MULTIPLE = 0x0a,
  SERVICE_GET_SINGLE = 0x0e,
  SERVICE_EXECUTE_PCCC = 0x4b,
  SERVICE_UNCONNECTED_SEND = 0x52,
  SERVICE_FORWARD_OPEN = 0x54,
  SERVICE_LARGE_FORWARD_OPEN = 0x5b,
  STATUS_PARTIAL = 6, /* there is more to fetch */
};

/* What is remembered of a request for its answer. */
typedef struct
{
  int32_t class_id;
  uint16_t instance, attribute;
  uint8_t route, service;
} IsthCipMemo;

/* Whether the object's answer says what the device is. Instance 0 is the class itself: its attributes are revision, largest instance and the like. */
static inline bool
isth_cip_is_telling (const IsthCipMemo *memo)
{
  return memo->instance == 1 && (memo->class_id == CLASS_IDENTITY || isth_cip_object_is_read (memo->class_id));
}

/* Whether read_response() would find nothing in the answer but how it went. */
static inline bool
isth_cip_is_answered_plainly (const IsthCipMemo *memo)
{
  switch (memo->class_id)
    {
    case CLASS_CONNECTION_MANAGER:
    case CLASS_FILE:
    case CLASS_PCCC:
      return false;
    default:
      return memo->service != SERVICE_MULTIPLE && !isth_cip_is_telling (memo);
    }
}

/* What the answer to @request will need. */
static inline void
isth_cip_keep_memo (IsthRequest *request,
                    const IsthCipMemo *memo)
{
  request->memo[0] = (uint32_t) memo->class_id | (uint64_t) memo->instance << 32 | (uint64_t) memo->attribute << 48;
  request->memo[1] = memo->route | (uint64_t) memo->service << 8;
  request->plain = isth_cip_is_answered_plainly (memo);
}

static inline IsthCipMemo
isth_cip_unpack_memo (const IsthPending *pending)
{
  return (IsthCipMemo){
    .class_id = (int32_t) pending->memo[0],
    .instance = (uint16_t) (pending->memo[0] >> 32),
    .attribute = (uint16_t) (pending->memo[0] >> 48),
    .route = (uint8_t) pending->memo[1],
    .service = (uint8_t) (pending->memo[1] >> 8),
  };
}
