/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What DLMS/COSEM (IEC 62056-5-3, IEC 62056-6-2, IEC 62056-6-1) numbers: APDUs, interface classes, results. Included by the files of this protocol only. */
#pragma once

#include "analysis/world/observation.h"

typedef enum
{
  DLMS_REQUEST,
  DLMS_RESPONSE,
  DLMS_SPONTANEOUS, /* by the server */
  DLMS_EITHER,
} DlmsSender;

typedef enum
{
  DLMS_OTHER,
  DLMS_ASSOCIATE,
  DLMS_ASSOCIATED,
  DLMS_GET,
  DLMS_SET,
  DLMS_ACTION,
  DLMS_GET_ANSWER,
  DLMS_SET_ANSWER,
  DLMS_ACTION_ANSWER,
  DLMS_EVENT,
  DLMS_ANSWER,      /* nothing of it is read */
  DLMS_ERROR,
  DLMS_CIPHERED,
  DLMS_TITLED,      /* ciphered, behind the system title of its sender */
} DlmsContent;

typedef struct
{
  uint8_t tag, request; /* what a response answers */
  DlmsSender sender;
  DlmsContent content;
  IsthOp verb;
  const char *name;
} DlmsApdu;

static const DlmsApdu dlms_apdus[] = {
  { 0x01, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_OTHER, "initiate" },
  { 0x05, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_READ, "read" },
  { 0x06, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_WRITE, "write" },
  { 0x08, 0x01, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_OTHER, "initiate" },
  { 0x0c, 0x05, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_READ, "read" },
  { 0x0d, 0x06, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "write" },
  { 0x0e, 0, DLMS_RESPONSE, DLMS_ERROR, ISTH_OP_OTHER, "confirmed-service-error" },
  { 0x0f, 0, DLMS_SPONTANEOUS, DLMS_OTHER, ISTH_OP_REPORT, "data-notification" },
  { 0x16, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_WRITE, "unconfirmed-write" },
  { 0x18, 0, DLMS_SPONTANEOUS, DLMS_OTHER, ISTH_OP_REPORT, "information-report" },
  { 0x21, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_OTHER, "initiate" },
  { 0x28, 0x21, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_OTHER, "initiate" },
  { 0x60, 0, DLMS_REQUEST, DLMS_ASSOCIATE, ISTH_OP_OTHER, "associate" },
  { 0x61, 0x60, DLMS_RESPONSE, DLMS_ASSOCIATED, ISTH_OP_OTHER, "associate" },
  { 0x62, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_OTHER, "release" },
  { 0x63, 0x62, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_OTHER, "release" },
  { 0xc0, 0, DLMS_REQUEST, DLMS_GET, ISTH_OP_READ, "get" },
  { 0xc1, 0, DLMS_REQUEST, DLMS_SET, ISTH_OP_WRITE, "set" },
  { 0xc2, 0, DLMS_SPONTANEOUS, DLMS_EVENT, ISTH_OP_REPORT, "event-notification" },
  { 0xc3, 0, DLMS_REQUEST, DLMS_ACTION, ISTH_OP_WRITE, "action" },
  { 0xc4, 0xc0, DLMS_RESPONSE, DLMS_GET_ANSWER, ISTH_OP_READ, "get" },
  { 0xc5, 0xc1, DLMS_RESPONSE, DLMS_SET_ANSWER, ISTH_OP_WRITE, "set" },
  { 0xc7, 0xc3, DLMS_RESPONSE, DLMS_ACTION_ANSWER, ISTH_OP_WRITE, "action" },
  { 0xc8, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_READ, "get" },
  { 0xc9, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_WRITE, "set" },
  { 0xca, 0, DLMS_SPONTANEOUS, DLMS_CIPHERED, ISTH_OP_REPORT, "event-notification" },
  { 0xcb, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_WRITE, "action" },
  { 0xcc, 0xc8, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_READ, "get" },
  { 0xcd, 0xc9, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "set" },
  { 0xcf, 0xcb, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "action" },
  { 0xd0, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_READ, "get" },
  { 0xd1, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_WRITE, "set" },
  { 0xd2, 0, DLMS_SPONTANEOUS, DLMS_CIPHERED, ISTH_OP_REPORT, "event-notification" },
  { 0xd3, 0, DLMS_REQUEST, DLMS_CIPHERED, ISTH_OP_WRITE, "action" },
  { 0xd4, 0xd0, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_READ, "get" },
  { 0xd5, 0xd1, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "set" },
  { 0xd7, 0xd3, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "action" },
  { 0xd8, 0, DLMS_RESPONSE, DLMS_ERROR, ISTH_OP_OTHER, "exception" },
  { 0xd9, 0, DLMS_REQUEST, DLMS_OTHER, ISTH_OP_WRITE, "access" },
  { 0xda, 0xd9, DLMS_RESPONSE, DLMS_ANSWER, ISTH_OP_WRITE, "access" },
  { 0xdb, 0, DLMS_EITHER, DLMS_TITLED, ISTH_OP_OTHER, "general-glo-ciphering" },
  { 0xdc, 0, DLMS_EITHER, DLMS_TITLED, ISTH_OP_OTHER, "general-ded-ciphering" },
  { 0xdd, 0, DLMS_EITHER, DLMS_OTHER, ISTH_OP_OTHER, "general-ciphering" },
  { 0xdf, 0, DLMS_EITHER, DLMS_OTHER, ISTH_OP_OTHER, "general-signing" },
  { 0xe0, 0, DLMS_EITHER, DLMS_OTHER, ISTH_OP_OTHER, "general-block-transfer" },
};

static const struct
{
  uint16_t id;
  const char *name;
} dlms_classes[] = {
  { 1, "data" },
  { 3, "register" },
  { 4, "extended register" },
  { 5, "demand register" },
  { 6, "register activation" },
  { 7, "profile" },
  { 8, "clock" },
  { 9, "script table" },
  { 10, "schedule" },
  { 11, "special days table" },
  { 12, "association SN" },
  { 15, "association LN" },
  { 17, "SAP assignment" },
  { 18, "image transfer" },
  { 19, "local port setup" },
  { 20, "activity calendar" },
  { 21, "register monitor" },
  { 22, "single action schedule" },
  { 23, "HDLC setup" },
  { 27, "modem configuration" },
  { 28, "auto answer" },
  { 29, "auto connect" },
  { 30, "data protection" },
  { 40, "push setup" },
  { 41, "TCP-UDP setup" },
  { 42, "IPv4 setup" },
  { 43, "MAC address setup" },
  { 44, "PPP setup" },
  { 45, "GPRS modem setup" },
  { 47, "GSM diagnostic" },
  { 48, "IPv6 setup" },
  { 61, "register table" },
  { 62, "compact data" },
  { 63, "status mapping" },
  { 64, "security setup" },
  { 65, "parameter monitor" },
  { 68, "arbitrator" },
  { 70, "disconnect control" },
  { 71, "limiter" },
  { 72, "M-Bus client" },
  { 111, "account" },
  { 112, "credit" },
  { 113, "charge" },
  { 115, "token gateway" },
};

/* Results of access to data and of actions (IEC 62056-5-3, 9). */
static const struct
{
  uint8_t code;
  const char *text;
} dlms_results[] = {
  { 1, "hardware fault" },
  { 2, "temporary failure" },
  { 3, "read-write denied" },
  { 4, "object undefined" },
  { 9, "object class inconsistent" },
  { 11, "object unavailable" },
  { 12, "type unmatched" },
  { 13, "scope of access violated" },
  { 14, "data block unavailable" },
  { 15, "long transfer aborted" },
  { 16, "no long transfer in progress" },
  { 17, "long set aborted" },
  { 18, "no long set in progress" },
  { 19, "data block number invalid" },
  { 250, "other reason" },
};
