/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of OPC UA: services (IEC 62541-4) by the numbers of their binary encodings, and the status codes that are met in answers (IEC 62541-6, A.2). */
#pragma once

#include <glib.h>

#include "analysis/world/observation.h"

/* What stands behind the header of a request, as far as it is read. */
typedef enum
{
  OPCUA_PLAIN,
  OPCUA_ENDPOINT_URL,
  OPCUA_CREATE_SESSION,
  OPCUA_ACTIVATE_SESSION,
  OPCUA_READ,
  OPCUA_WRITE,
  OPCUA_CALL,
  OPCUA_BROWSE,
  OPCUA_HISTORY_READ,
  OPCUA_MONITOR,
  OPCUA_REGISTER,
  OPCUA_OPEN_CHANNEL,
} OpcUaBody;

typedef struct
{
  uint16_t request, response; /* encoding ids of namespace 0 */
  uint8_t verb;               /* IsthOp */
  uint8_t body;               /* OpcUaBody */
  const char *name;
} OpcUaService;

static const OpcUaService opcua_services[] = {
  { 422, 425, ISTH_OP_IDENTIFY, OPCUA_ENDPOINT_URL, "find-servers" },
  { 428, 431, ISTH_OP_IDENTIFY, OPCUA_ENDPOINT_URL, "get-endpoints" },
  { 437, 440, ISTH_OP_CONFIGURE, OPCUA_REGISTER, "register-server" },
  { 446, 449, ISTH_OP_OTHER, OPCUA_OPEN_CHANNEL, "open-secure-channel" },
  { 452, 455, ISTH_OP_OTHER, OPCUA_PLAIN, "close-secure-channel" },
  { 461, 464, ISTH_OP_OTHER, OPCUA_CREATE_SESSION, "create-session" },
  { 467, 470, ISTH_OP_AUTHENTICATE, OPCUA_ACTIVATE_SESSION, "activate-session" },
  { 473, 476, ISTH_OP_OTHER, OPCUA_PLAIN, "close-session" },
  { 479, 482, ISTH_OP_OTHER, OPCUA_PLAIN, "cancel" },
  { 488, 491, ISTH_OP_CONFIGURE, OPCUA_PLAIN, "add-nodes" },
  { 494, 497, ISTH_OP_CONFIGURE, OPCUA_PLAIN, "add-references" },
  { 500, 503, ISTH_OP_CONFIGURE, OPCUA_PLAIN, "delete-nodes" },
  { 506, 509, ISTH_OP_CONFIGURE, OPCUA_PLAIN, "delete-references" },
  { 527, 530, ISTH_OP_READ, OPCUA_BROWSE, "browse" },
  { 533, 536, ISTH_OP_READ, OPCUA_PLAIN, "browse-next" },
  { 554, 557, ISTH_OP_READ, OPCUA_PLAIN, "translate-browse-paths" },
  { 560, 563, ISTH_OP_OTHER, OPCUA_PLAIN, "register-nodes" },
  { 566, 569, ISTH_OP_OTHER, OPCUA_PLAIN, "unregister-nodes" },
  { 615, 618, ISTH_OP_READ, OPCUA_PLAIN, "query-first" },
  { 621, 624, ISTH_OP_READ, OPCUA_PLAIN, "query-next" },
  { 631, 634, ISTH_OP_READ, OPCUA_READ, "read" },
  { 664, 667, ISTH_OP_READ, OPCUA_HISTORY_READ, "history-read" },
  { 673, 676, ISTH_OP_WRITE, OPCUA_WRITE, "write" },
  { 700, 703, ISTH_OP_WRITE, OPCUA_PLAIN, "history-update" },
  { 712, 715, ISTH_OP_CONTROL, OPCUA_CALL, "call" },
  { 751, 754, ISTH_OP_SUBSCRIBE, OPCUA_MONITOR, "create-monitored-items" },
  { 763, 766, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "modify-monitored-items" },
  { 769, 772, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "set-monitoring-mode" },
  { 775, 778, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "set-triggering" },
  { 781, 784, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "delete-monitored-items" },
  { 787, 790, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "create-subscription" },
  { 793, 796, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "modify-subscription" },
  { 799, 802, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "set-publishing-mode" },
  { 826, 829, ISTH_OP_REPORT, OPCUA_PLAIN, "publish" },
  { 832, 835, ISTH_OP_REPORT, OPCUA_PLAIN, "republish" },
  { 841, 844, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "transfer-subscriptions" },
  { 847, 850, ISTH_OP_SUBSCRIBE, OPCUA_PLAIN, "delete-subscriptions" },
  { 12208, 12209, ISTH_OP_IDENTIFY, OPCUA_PLAIN, "find-servers-on-network" },
  { 12211, 12212, ISTH_OP_CONFIGURE, OPCUA_REGISTER, "register-server-2" },
};

#define OPCUA_SERVICE_FAULT 397

static const struct
{
  uint32_t code;
  const char *text;
} opcua_status_codes[] = {
  { 0x80010000, "unexpected error" },
  { 0x80020000, "internal error" },
  { 0x80030000, "out of memory" },
  { 0x80050000, "communication error" },
  { 0x80060000, "encoding error" },
  { 0x80070000, "decoding error" },
  { 0x80080000, "encoding limits exceeded" },
  { 0x80090000, "unknown response" },
  { 0x800a0000, "timeout" },
  { 0x800b0000, "service not supported" },
  { 0x800c0000, "shutdown" },
  { 0x800d0000, "server not connected" },
  { 0x800e0000, "server halted" },
  { 0x800f0000, "nothing to do" },
  { 0x80100000, "too many operations" },
  { 0x80120000, "certificate invalid" },
  { 0x80130000, "security checks failed" },
  { 0x80140000, "certificate out of its time" },
  { 0x80150000, "issuer's certificate out of its time" },
  { 0x80160000, "host name does not match the certificate" },
  { 0x80170000, "URI does not match the certificate" },
  { 0x80180000, "certificate use not allowed" },
  { 0x801a0000, "certificate not trusted" },
  { 0x801d0000, "certificate revoked" },
  { 0x801f0000, "user access denied" },
  { 0x80200000, "identity token invalid" },
  { 0x80210000, "identity token rejected" },
  { 0x80220000, "secure channel id invalid" },
  { 0x80240000, "nonce invalid" },
  { 0x80250000, "session id invalid" },
  { 0x80260000, "session closed" },
  { 0x80270000, "session not activated" },
  { 0x80280000, "subscription id invalid" },
  { 0x80310000, "no communication" },
  { 0x80330000, "node id invalid" },
  { 0x80340000, "node id unknown" },
  { 0x80350000, "attribute id invalid" },
  { 0x80360000, "index range invalid" },
  { 0x803a0000, "not readable" },
  { 0x803b0000, "not writable" },
  { 0x803c0000, "out of range" },
  { 0x803d0000, "not supported" },
  { 0x803e0000, "not found" },
  { 0x80400000, "not implemented" },
  { 0x80420000, "monitored item id invalid" },
  { 0x804a0000, "continuation point invalid" },
  { 0x80540000, "security mode rejected" },
  { 0x80550000, "security policy rejected" },
  { 0x80560000, "too many sessions" },
  { 0x80570000, "user signature invalid" },
  { 0x80740000, "type mismatch" },
  { 0x80750000, "method invalid" },
  { 0x80760000, "arguments missing" },
  { 0x80780000, "too many publish requests" },
  { 0x80790000, "no subscription" },
  { 0x807d0000, "server too busy" },
  { 0x807e0000, "message type invalid" },
  { 0x807f0000, "secure channel unknown" },
  { 0x80800000, "message too large" },
  { 0x80820000, "not enough resources" },
  { 0x80830000, "endpoint URL invalid" },
  { 0x80840000, "request interrupted" },
  { 0x80850000, "request timeout" },
  { 0x80860000, "secure channel closed" },
  { 0x80870000, "secure channel token unknown" },
  { 0x80ab0000, "invalid argument" },
  { 0x80ac0000, "connection rejected" },
  { 0x80ad0000, "disconnected" },
  { 0x80ae0000, "connection closed" },
  { 0x80af0000, "invalid state" },
};
