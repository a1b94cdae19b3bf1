/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BACnet's services and small enumerations by number. ASHRAE 135, clauses 20 and 21. For bacnet-services.c alone. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Where a service's body says what it acts on. */
typedef enum
{
  BACNET_NOTHING,
  BACNET_PROPERTY,        /* [0] object, [1] property, [2] index, [4] priority */
  BACNET_PROPERTIES,      /* ([0] object, [1] { [0] property … }) … */
  BACNET_SUBSCRIPTION,    /* [1] object, [2] how, [3] lifetime, [4] { property } */
  BACNET_CHANGE,          /* [1] device, [2] object */
  BACNET_EVENT,           /* [1] device, [2] object, [6] type, [8] what kind of notice */
  BACNET_FIRST_CONTEXT,   /* [0] object */
  BACNET_SECOND_CONTEXT,  /* [1] object */
  BACNET_FIRST_PLAIN,     /* object */
  BACNET_SECOND_PLAIN,    /* device, object */
  BACNET_CREATION,        /* [0] { [0] type or [1] object } */
  BACNET_COMMUNICATION,   /* [1] on or off */
  BACNET_RESTART,         /* [0] how */
  BACNET_PRIVATE,         /* [0] vendor, [1] service */
  BACNET_SEARCH,          /* [0] [1] devices, [2] object or [3] name */
  BACNET_SAFETY,          /* [2] operation, [3] object */
  BACNET_GROUP,           /* [0] group */
} BacnetShape;

typedef struct
{
  IsthOp verb;
  BacnetShape shape;
  const char *name;
} BacnetService;

static const BacnetService bacnet_confirmed[] = {
  [0] = { ISTH_OP_CONTROL, BACNET_SECOND_CONTEXT, "acknowledge-alarm" },
  [1] = { ISTH_OP_REPORT, BACNET_CHANGE, "confirmed-cov-notification" },
  [2] = { ISTH_OP_REPORT, BACNET_EVENT, "confirmed-event-notification" },
  [3] = { ISTH_OP_READ, BACNET_NOTHING, "get-alarm-summary" },
  [4] = { ISTH_OP_READ, BACNET_NOTHING, "get-enrollment-summary" },
  [5] = { ISTH_OP_SUBSCRIBE, BACNET_SUBSCRIPTION, "subscribe-cov" },
  [6] = { ISTH_OP_FILE, BACNET_FIRST_PLAIN, "atomic-read-file" },
  [7] = { ISTH_OP_FILE, BACNET_FIRST_PLAIN, "atomic-write-file" },
  [8] = { ISTH_OP_CONFIGURE, BACNET_PROPERTY, "add-list-element" },
  [9] = { ISTH_OP_CONFIGURE, BACNET_PROPERTY, "remove-list-element" },
  [10] = { ISTH_OP_CONFIGURE, BACNET_CREATION, "create-object" },
  [11] = { ISTH_OP_CONFIGURE, BACNET_FIRST_PLAIN, "delete-object" },
  [12] = { ISTH_OP_READ, BACNET_PROPERTY, "read-property" },
  [13] = { ISTH_OP_READ, BACNET_NOTHING, "read-property-conditional" },
  [14] = { ISTH_OP_READ, BACNET_PROPERTIES, "read-property-multiple" },
  [15] = { ISTH_OP_WRITE, BACNET_PROPERTY, "write-property" },
  [16] = { ISTH_OP_WRITE, BACNET_PROPERTIES, "write-property-multiple" },
  [17] = { ISTH_OP_CONTROL, BACNET_COMMUNICATION, "device-communication-control" },
  [18] = { ISTH_OP_OTHER, BACNET_PRIVATE, "confirmed-private-transfer" },
  [19] = { ISTH_OP_OTHER, BACNET_FIRST_CONTEXT, "confirmed-text-message" },
  [20] = { ISTH_OP_CONTROL, BACNET_RESTART, "reinitialize-device" },
  [21] = { ISTH_OP_OTHER, BACNET_NOTHING, "vt-open" },
  [22] = { ISTH_OP_OTHER, BACNET_NOTHING, "vt-close" },
  [23] = { ISTH_OP_OTHER, BACNET_NOTHING, "vt-data" },
  [24] = { ISTH_OP_AUTHENTICATE, BACNET_NOTHING, "authenticate" },
  [25] = { ISTH_OP_AUTHENTICATE, BACNET_NOTHING, "request-key" },
  [26] = { ISTH_OP_READ, BACNET_PROPERTY, "read-range" },
  [27] = { ISTH_OP_CONTROL, BACNET_SAFETY, "life-safety-operation" },
  [28] = { ISTH_OP_SUBSCRIBE, BACNET_SUBSCRIPTION, "subscribe-cov-property" },
  [29] = { ISTH_OP_READ, BACNET_FIRST_CONTEXT, "get-event-information" },
  [30] = { ISTH_OP_SUBSCRIBE, BACNET_NOTHING, "subscribe-cov-property-multiple" },
  [31] = { ISTH_OP_REPORT, BACNET_NOTHING, "confirmed-cov-notification-multiple" },
  [32] = { ISTH_OP_REPORT, BACNET_NOTHING, "confirmed-audit-notification" },
  [33] = { ISTH_OP_READ, BACNET_NOTHING, "audit-log-query" },
  [34] = { ISTH_OP_AUTHENTICATE, BACNET_NOTHING, "auth-request" },
};

static const BacnetService bacnet_unconfirmed[] = {
  [0] = { ISTH_OP_REPORT, BACNET_FIRST_PLAIN, "i-am" },
  [1] = { ISTH_OP_REPORT, BACNET_SECOND_PLAIN, "i-have" },
  [2] = { ISTH_OP_REPORT, BACNET_CHANGE, "unconfirmed-cov-notification" },
  [3] = { ISTH_OP_REPORT, BACNET_EVENT, "unconfirmed-event-notification" },
  [4] = { ISTH_OP_OTHER, BACNET_PRIVATE, "unconfirmed-private-transfer" },
  [5] = { ISTH_OP_OTHER, BACNET_FIRST_CONTEXT, "unconfirmed-text-message" },
  [6] = { ISTH_OP_TIME_SYNC, BACNET_NOTHING, "time-synchronization" },
  [7] = { ISTH_OP_IDENTIFY, BACNET_SEARCH, "who-has" },
  [8] = { ISTH_OP_IDENTIFY, BACNET_SEARCH, "who-is" },
  [9] = { ISTH_OP_TIME_SYNC, BACNET_NOTHING, "utc-time-synchronization" },
  [10] = { ISTH_OP_WRITE, BACNET_GROUP, "write-group" },
  [11] = { ISTH_OP_REPORT, BACNET_NOTHING, "unconfirmed-cov-notification-multiple" },
  [12] = { ISTH_OP_REPORT, BACNET_NOTHING, "unconfirmed-audit-notification" },
  [13] = { ISTH_OP_IDENTIFY, BACNET_NOTHING, "who-am-i" },
  [14] = { ISTH_OP_CONFIGURE, BACNET_NOTHING, "you-are" },
};

static const char *const bacnet_communication[] = { "enable", "disable", "disable initiation" };

static const char *const bacnet_restarts[] = {
  "cold start", "warm start", "start backup", "end backup", "start restore", "end restore", "abort restore", "activate changes",
};

static const char *const bacnet_notify_types[] = { "alarm", "event", "acknowledgement" };

static const char *const bacnet_event_types[] = {
  [0] = "change of bit string", [1] = "change of state", [2] = "change of value", [3] = "command failure", [4] = "floating limit",
  [5] = "out of range", [8] = "change of life safety", [9] = "extended", [10] = "buffer ready", [11] = "unsigned range",
  [13] = "access event", [14] = "double out of range", [15] = "signed out of range", [16] = "unsigned out of range",
  [17] = "change of character string", [18] = "change of status flags", [19] = "change of reliability", [20] = "none",
  [21] = "change of discrete value", [22] = "change of timer",
};

static const char *const bacnet_safety[] = {
  "none", "silence", "silence audible", "silence visual", "reset", "reset alarm", "reset fault", "unsilence", "unsilence audible",
  "unsilence visual",
};
