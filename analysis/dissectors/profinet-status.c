/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNIOStatus (IEC 61158-6-10, 5.2.6) and alarm types (5.2.4) in words. */
#include "analysis/dissectors/profinet-status.h"

#include <glib.h>

#include "analysis/base/text.h"

#define DECODE_RECORD 0x80 /* PNIORW: ErrorCode1 is a class and a code */
#define DECODE_PNIO 0x81   /* ErrorCode1 names the block or the machine that objects */
#define PROTOCOL 0xfd      /* ErrorCode1: why an alarm channel or a relation was aborted */

typedef struct
{
  uint8_t code;
  const char *text;
} Name;

static const char *const records[] = {
  [0x00] = "read error",
  [0x01] = "write error",
  [0x02] = "module failure",
  [0x07] = "busy",
  [0x08] = "version conflict",
  [0x09] = "feature not supported",
  [0x10] = "invalid index",
  [0x11] = "write length error",
  [0x12] = "invalid slot or subslot",
  [0x13] = "type conflict",
  [0x14] = "invalid area",
  [0x15] = "state conflict",
  [0x16] = "access denied",
  [0x17] = "invalid range",
  [0x18] = "invalid parameter",
  [0x19] = "invalid type",
  [0x1a] = "backup",
  [0x20] = "read constrain conflict",
  [0x21] = "write constrain conflict",
  [0x22] = "resource busy",
  [0x23] = "resource unavailable",
};

static const Name faults[] = {
  { 1, "faulty block AR" },
  { 2, "faulty block IO communication relation" },
  { 3, "faulty block expected submodules" },
  { 4, "faulty block alarm communication relation" },
  { 5, "faulty block parameter server" },
  { 6, "faulty block multicast relation" },
  { 7, "faulty block AR RPC" },
  { 8, "faulty record" },
  { 13, "faulty block RS information" },
  { 20, "faulty control block after connect" },
  { 21, "faulty control block after plug" },
  { 22, "faulty control block after connect" },
  { 23, "faulty control block after plug" },
  { 40, "faulty release block" },
  { 60, "alarm acknowledged with an error" },
  { 61, "refused by device (CMDEV)" },
  { 62, "refused by controller (CMCTL)" },
  { 64, "remote procedure call failed (CMRPC)" },
  { 69, "remote procedure call failed" },
};

static const char *const aborts[] = {
  [1] = "sequence numbers do not agree",
  [2] = "instance closed",
  [3] = "out of memory",
  [4] = "provider or consumer could not be added",
  [5] = "consumer watchdog expired",
  [6] = "initiator timeout",
  [7] = "alarm channel could not be opened",
  [8] = "alarm could not be sent",
  [9] = "alarm acknowledgement could not be sent",
  [10] = "alarm data too long",
  [11] = "alarm error",
  [12] = "remote procedure call failed",
  [13] = "aborted",
  [14] = "new connection aborts the existing one",
  [15] = "released",
  [16] = "device deactivated",
  [17] = "relation removed",
  [18] = "protocol violation",
  [19] = "name not resolved",
  [20] = "bind failed",
  [21] = "connect failed",
  [22] = "read failed",
  [23] = "write failed",
  [24] = "control failed",
  [25] = "pull or plug not allowed now",
  [26] = "application removed",
  [27] = "link down",
  [28] = "multicast address could not be registered",
  [29] = "not synchronised",
  [30] = "wrong topology",
  [31] = "station name changed",
  [32] = "reset to factory",
  [33] = "first submodule has a parameter error",
};

static const char *const alarms[] = {
  [0x01] = "diagnosis",
  [0x02] = "process",
  [0x03] = "pull",
  [0x04] = "plug",
  [0x05] = "status",
  [0x06] = "update",
  [0x07] = "redundancy",
  [0x08] = "controlled by supervisor",
  [0x09] = "released",
  [0x0a] = "plug wrong submodule",
  [0x0b] = "return of submodule",
  [0x0c] = "diagnosis disappears",
  [0x0d] = "multicast communication mismatch",
  [0x0e] = "port data changed",
  [0x0f] = "synchronisation data changed",
  [0x10] = "isochronous mode problem",
  [0x11] = "network component problem",
  [0x12] = "time data changed",
  [0x13] = "dynamic frame packing problem",
  [0x14] = "media redundancy problem",
  [0x15] = "system redundancy",
  [0x1e] = "upload and retrieval",
  [0x1f] = "pull module",
};

static const char *
find_fault (uint8_t code)
{
  for (size_t i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].code == code)
      return faults[i].text;
  return NULL;
}

const char *
isth_profinet_status_text (uint32_t status,
                           char *text,
                           size_t size)
{
  uint8_t decode = (uint8_t) (status >> 16), code1 = (uint8_t) (status >> 8), code2 = (uint8_t) status;
  const char *known = NULL;

  if (status == 0)
    return "";
  if (decode == DECODE_RECORD && code1 >= 0xa0 && code1 - 0xa0u < G_N_ELEMENTS (records))
    known = records[code1 - 0xa0u];
  else if (decode == DECODE_PNIO && code1 == PROTOCOL && code2 < G_N_ELEMENTS (aborts))
    known = aborts[code2];
  else if (decode == DECODE_PNIO)
    known = find_fault (code1);
  return known ? known : isth_text_format (text, size, "error 0x%08x", status);
}

const char *
isth_profinet_alarm_name (uint16_t type)
{
  return type < G_N_ELEMENTS (alarms) ? alarms[type] : NULL;
}
