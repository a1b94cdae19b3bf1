/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times, ids and words as the report writes them everywhere. */
#include "analysis/export/report-parts.h"

#include "analysis/base/time.h"

void
isth_report_write_time (IsthJson *json,
                        const char *key,
                        int64_t time)
{
  char text[40];

  isth_json_string (json, key, time == ISTH_NO_TIME ? NULL : isth_report_time (time, text));
}

void
isth_report_write_id (IsthJson *json,
                      const char *key,
                      char letter,
                      uint64_t id)
{
  char text[18] = { letter };

  for (int i = 0; i < 16; i++)
    text[1 + i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
  isth_json_string (json, key, id ? text : NULL);
}

void
isth_report_write_capture_id (IsthJson *json,
                              const char *key,
                              uint32_t id)
{
  char text[16];

  g_snprintf (text, sizeof text, "c%u", id + 1);
  isth_json_string (json, key, text);
}

const char *
isth_report_get_transport (uint8_t protocol,
                           char buffer[16])
{
  switch (protocol)
    {
    case 0:
      return "ethernet";
    case 1:
      return "icmp";
    case 6:
      return "tcp";
    case 17:
      return "udp";
    case 58:
      return "icmpv6";
    case 132:
      return "sctp";
    default:
      g_snprintf (buffer, 16, "ip-%u", protocol);
      return buffer;
    }
}

void
isth_report_write_frame (IsthJson *json,
                         const IsthEvidence *evidence)
{
  isth_report_write_capture_id (json, "capture", evidence->capture);
  isth_json_count (json, "frame", evidence->frame);
}

const char *
isth_report_get_proof (uint8_t proof)
{
  static const char *const proofs[] = { "unknown", "first", "handshake", "protocol" };

  return proofs[MIN (proof, 3)];
}
