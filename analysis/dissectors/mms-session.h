/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands between ISO transport and MMS: session, presentation, association control. Helper of mms.c; claims nothing. */
#pragma once

#include "analysis/base/cursor.h"

typedef enum
{
  ISTH_MMS_NO_EVENT,  /* data, or nothing of interest */
  ISTH_MMS_CONNECT,   /* an association is asked for */
  ISTH_MMS_ACCEPT,
  ISTH_MMS_REFUSE,
  ISTH_MMS_RELEASE,   /* its end is asked for */
  ISTH_MMS_RELEASED,
  ISTH_MMS_ABORT,
} IsthMmsEvent;

/**
 * IsthMmsMessage:
 * @pdu: the MMS PDU with its tag, of no length when there is none
 * @authenticates: the association is asked for with a password or the like
 * @secret: how long a password in clear is; 0: there is none
 */
typedef struct
{
  IsthMmsEvent event;
  bool authenticates;
  size_t secret;
  IsthCursor pdu;
} IsthMmsMessage;

/* Goes through the layers at @c; whether the presentation contexts were seen does not matter. False when they contradict themselves. */
bool isth_mms_open (IsthCursor *c, IsthMmsMessage *message);
