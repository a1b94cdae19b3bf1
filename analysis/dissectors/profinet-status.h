/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PROFINET IO calls its errors and alarms: connection management, records and alarms share one status of four bytes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* PNIOStatus as it stands on the wire; "" when it is zero, which is success. Writes into @text when no constant fits. */
const char *isth_profinet_status_text (uint32_t status, char *text, size_t size);

/* Of an alarm notification: "diagnosis", "plug", …; NULL: none of the standard. */
const char *isth_profinet_alarm_name (uint16_t type);
