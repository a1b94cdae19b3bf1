/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report's networks, and the site's own ranges. */
#include "analysis/export/report-parts.h"

static void
write_ids (IsthJson *json,
           const char *key,
           const uint64_t ids[ISTH_NETWORK_IDS])
{
  isth_json_begin_array (json, key);
  for (int i = 0; i < ISTH_NETWORK_IDS && ids[i]; i++)
    isth_report_write_id (json, NULL, 'a', ids[i]);
  isth_json_end_array (json);
}

static void
write_network (IsthJson *json,
               const IsthNetwork *network)
{
  g_autofree char *width = isth_network_describe_width (network);
  char text[ISTH_ADDRESS_TEXT], range[ISTH_ADDRESS_TEXT + 4];

  isth_json_begin_object (json, NULL);
  g_snprintf (range, sizeof range, "%s/%u", isth_address_format (&network->network, text), network->bits);
  isth_json_string (json, "network", range);
  isth_json_string (json, "width_reason", width);
  isth_json_string (json, "nature", isth_subnet_nature_name (network->nature));
  isth_json_string (json, "nature_reason", isth_subnet_nature_reason (network->nature));
  isth_json_count (json, "addresses", network->addresses);
  isth_json_count (json, "control_devices", network->devices);
  isth_json_begin_array (json, "vlans");
  for (int i = 0; i < ISTH_NETWORK_VLANS && network->vlans[i]; i++)
    isth_json_count (json, NULL, network->vlans[i]);
  isth_json_end_array (json);
  isth_json_bool (json, "untagged", network->untagged);
  isth_json_bool (json, "on_the_segment", network->near);
  write_ids (json, "behind", network->behind);
  write_ids (json, "gateways", network->gateways);
  write_ids (json, "routers", network->routers);
  write_ids (json, "translators", network->translators);
  write_ids (json, "dhcp_servers", network->dhcp_servers);
  isth_json_string (json, "dhcp_first", network->dhcp_first.kind ? isth_address_format (&network->dhcp_first, text) : NULL);
  isth_json_string (json, "dhcp_last", network->dhcp_last.kind ? isth_address_format (&network->dhcp_last, text) : NULL);
  isth_json_end_object (json);
}

void
isth_report_write_networks (IsthJson *json,
                            const IsthNetworkList *list)
{
  isth_json_begin_array (json, "site_ranges");
  for (char **range = list ? list->site_ranges : NULL; range && *range; range++)
    isth_json_string (json, NULL, *range);
  isth_json_end_array (json);
  isth_json_begin_array (json, "networks");
  for (uint32_t i = 0; list && i < list->n_networks; i++)
    write_network (json, &list->networks[i]);
  isth_json_end_array (json);
}
