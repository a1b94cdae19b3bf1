/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Details of alerts that are identifiers, and what people read instead. They stay identifiers in the report and in the alert's id, so that one
 * acknowledged in one language is acknowledged in all. */
#include "analysis/detections/detect.h"

#include <string.h>

#include "analysis/dissectors/dissector.h"

#define IP_TCP 6
#define IP_UDP 17

char *
isth_detection_name_service (const IsthLink *link)
{
  GString *text = g_string_new (link->protocol);

  if (text->len)
    g_string_append_c (text, ' ');
  if (link->transport == IP_TCP || link->transport == IP_UDP)
    g_string_append (text, link->transport == IP_TCP ? "tcp" : "udp");
  else
    g_string_append_printf (text, "ip %u", link->transport);
  if (link->port)
    g_string_append_printf (text, "/%u", link->port);
  return g_string_free (text, FALSE);
}

char *
isth_detection_describe_protocol (const char *detail)
{
  const char *title = isth_protocol_get_title (detail);

  return g_strdup (title ? title : detail);
}

/* Undoes isth_detection_name_service(). A protocol's id has no blanks. */
char *
isth_detection_describe_service (const char *detail)
{
  g_auto(GStrv) words = g_strsplit (detail, " ", 3);
  guint n = g_strv_length (words);
  const char *port = strrchr (detail, '/');
  bool other = n >= 2 && g_str_equal (words[n - 2], "ip"); /* then the last word is a number */
  const char *last = n ? words[n - 1] : "";
  const char *protocol = n > (other ? 2u : 1u) ? words[0] : "";
  unsigned transport;

  if (other)
    transport = (unsigned) g_ascii_strtoull (last, NULL, 10);
  else
    transport = g_str_has_prefix (last, "tcp") ? IP_TCP : g_str_has_prefix (last, "udp") ? IP_UDP : 0;
  if (!other && !transport)
    return g_strdup (detail);
  return isth_service_describe (protocol, (uint8_t) transport, port ? (uint16_t) g_ascii_strtoull (port + 1, NULL, 10) : 0);
}

char *
isth_alert_describe_detail (const IsthAlert *alert)
{
  for (const IsthDetection *const *detection = isth_detections; *detection; detection++)
    if (g_str_equal ((*detection)->id, alert->detection))
      return (*detection)->describe ? (*detection)->describe (alert->detail) : g_strdup (alert->detail);
  return g_strdup (alert->detail);
}
