/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for verbs, outcomes and attributes: the same in code, interface, files and reports. */
#include "analysis/world/observation.h"

#include <glib.h>
#include <glib/gi18n-lib.h>

static const char *const op_names[ISTH_N_OPS] = {
  [ISTH_OP_IDENTIFY] = "identify",   [ISTH_OP_READ] = "read",
  [ISTH_OP_WRITE] = "write",         [ISTH_OP_CONTROL] = "control",
  [ISTH_OP_PROGRAM] = "program",     [ISTH_OP_UPLOAD] = "upload",
  [ISTH_OP_CONFIGURE] = "configure", [ISTH_OP_FIRMWARE] = "firmware",
  [ISTH_OP_FILE] = "file",           [ISTH_OP_AUTHENTICATE] = "authenticate",
  [ISTH_OP_DIAGNOSE] = "diagnose",   [ISTH_OP_SUBSCRIBE] = "subscribe",
  [ISTH_OP_REPORT] = "report",       [ISTH_OP_TIME_SYNC] = "time-sync",
  [ISTH_OP_OTHER] = "other",
};

static const char *const outcome_names[ISTH_N_OUTCOMES] = { "", "ok", "refused" };

static const char *const transfer_states[ISTH_N_TRANSFER_STATES] = { "open", "finished", "broken-off" };
static const char *const transfer_steps[ISTH_N_TRANSFER_STEPS] = { "begin", "data", "end", "abort" };

static const struct
{
  const char *name;
  const char *title;
} attributes[ISTH_N_ATTRIBUTES] = {
  [ISTH_ATTRIBUTE_NAME] = { "name", N_("Name") },
  [ISTH_ATTRIBUTE_VENDOR] = { "vendor", N_("Vendor") },
  [ISTH_ATTRIBUTE_VENDOR_ID] = { "vendor_id", N_("Vendor number") },
  [ISTH_ATTRIBUTE_MODEL] = { "model", N_("Model") },
  [ISTH_ATTRIBUTE_ORDER_NUMBER] = { "order_number", N_("Order number") },
  [ISTH_ATTRIBUTE_PRODUCT_CODE] = { "product_code", N_("Product code") },
  [ISTH_ATTRIBUTE_FIRMWARE] = { "firmware", N_("Firmware") },
  [ISTH_ATTRIBUTE_HARDWARE] = { "hardware", N_("Hardware") },
  [ISTH_ATTRIBUTE_SERIAL] = { "serial", N_("Serial number") },
  [ISTH_ATTRIBUTE_HOSTNAME] = { "hostname", N_("Host name") },
  [ISTH_ATTRIBUTE_DOMAIN] = { "domain", N_("Domain") },
  [ISTH_ATTRIBUTE_OS] = { "os", N_("Operating system") },
  [ISTH_ATTRIBUTE_SOFTWARE] = { "software", N_("Software") },
  [ISTH_ATTRIBUTE_DEVICE_TYPE] = { "device_type", N_("Device type") },
  [ISTH_ATTRIBUTE_DEVICE_TYPE_ID] = { "device_type_id", N_("Device type number") },
  [ISTH_ATTRIBUTE_DEVICE_ID] = { "device_id", N_("Device number") },
  [ISTH_ATTRIBUTE_SLAVE_ID] = { "slave_id", N_("Server id") },
  [ISTH_ATTRIBUTE_DESCRIPTION] = { "description", N_("Description") },
  [ISTH_ATTRIBUTE_LOCATION] = { "location", N_("Location") },
  [ISTH_ATTRIBUTE_CONTACT] = { "contact", N_("Contact") },
  [ISTH_ATTRIBUTE_STATION] = { "station", N_("Station") },
  [ISTH_ATTRIBUTE_PLANT_TAG] = { "plant_tag", N_("Plant tag") },
  [ISTH_ATTRIBUTE_PROTOCOL_ADDRESS] = { "protocol_address", N_("Protocol address") },
  [ISTH_ATTRIBUTE_BACNET_OBJECT_NAME] = { "bacnet_object_name", N_("BACnet object name") },
  [ISTH_ATTRIBUTE_CHASSIS] = { "chassis", N_("Chassis id") },
  [ISTH_ATTRIBUTE_NEIGHBOUR_PORT] = { "neighbour_port", N_("Port") },
  [ISTH_ATTRIBUTE_NEIGHBOUR] = { "neighbour", N_("Neighbour") },
  [ISTH_ATTRIBUTE_MGMT_ADDRESS] = { "mgmt_address", N_("Management address") },
  [ISTH_ATTRIBUTE_VENDOR_CLASS] = { "vendor_class", N_("Vendor class") },
  [ISTH_ATTRIBUTE_MDNS_SERVICE] = { "mdns_service", N_("Announced service") },
  [ISTH_ATTRIBUTE_VLAN] = { "vlan", N_("VLAN") },
  [ISTH_ATTRIBUTE_CERTIFICATE_NAME] = { "certificate_name", N_("Certificate name") },
  [ISTH_ATTRIBUTE_BANNER] = { "banner", N_("Banner") },
  [ISTH_ATTRIBUTE_ENDPOINT] = { "endpoint", N_("Endpoint") },
  [ISTH_ATTRIBUTE_REALM] = { "realm", N_("Realm") },
  [ISTH_ATTRIBUTE_KERBEROS_CLIENT] = { "kerberos_client", N_("Kerberos client") },
  [ISTH_ATTRIBUTE_FINGERPRINT] = { "fingerprint", N_("Fingerprint") },
  [ISTH_ATTRIBUTE_APPLICATION] = { "application", N_("Application") },
  [ISTH_ATTRIBUTE_KIND] = { "kind", N_("Kind") },
  [ISTH_ATTRIBUTE_LEVEL] = { "level", N_("Level") },
  [ISTH_ATTRIBUTE_STATE] = { "state", N_("State") },
  [ISTH_ATTRIBUTE_NOTE] = { "note", N_("Note") },
  [ISTH_ATTRIBUTE_SUBNET] = { "subnet", N_("Subnet") },
  [ISTH_ATTRIBUTE_ROUTE] = { "route", N_("Route") },
  [ISTH_ATTRIBUTE_GATEWAY] = { "gateway", N_("Gateway") },
  [ISTH_ATTRIBUTE_ADDRESS] = { "address", N_("Further address") },
  [ISTH_ATTRIBUTE_SITE_RANGE] = { "site_range", N_("Range of the site") },
};

const char *
isth_op_name (IsthOp op)
{
  g_return_val_if_fail (op < ISTH_N_OPS, "");
  return op_names[op];
}

IsthOp
isth_op_from_name (const char *name)
{
  for (IsthOp op = 0; op < ISTH_N_OPS; op++)
    if (g_str_equal (op_names[op], name))
      return op;
  return ISTH_N_OPS;
}

bool
isth_op_is_notable (IsthOp op)
{
  switch (op)
    {
    case ISTH_OP_WRITE:
    case ISTH_OP_CONTROL:
    case ISTH_OP_PROGRAM:
    case ISTH_OP_CONFIGURE:
    case ISTH_OP_FIRMWARE:
    case ISTH_OP_AUTHENTICATE:
      return true;
    default:
      return false;
    }
}

const char *
isth_outcome_name (IsthOutcome outcome)
{
  g_return_val_if_fail (outcome < ISTH_N_OUTCOMES, "");
  return outcome_names[outcome];
}

const char *
isth_transfer_step_name (IsthTransferStep step)
{
  g_return_val_if_fail (step < ISTH_N_TRANSFER_STEPS, "");
  return transfer_steps[step];
}

const char *
isth_transfer_state_name (IsthTransferState state)
{
  g_return_val_if_fail (state < ISTH_N_TRANSFER_STATES, "");
  return transfer_states[state];
}

const char *
isth_attribute_name (IsthAttribute attribute)
{
  g_return_val_if_fail (attribute < ISTH_N_ATTRIBUTES, "");
  return attributes[attribute].name;
}

const char *
isth_attribute_title (IsthAttribute attribute)
{
  g_return_val_if_fail (attribute < ISTH_N_ATTRIBUTES, "");
  return attributes[attribute].title;
}

IsthAttribute
isth_attribute_from_name (const char *name)
{
  for (IsthAttribute attribute = 0; attribute < ISTH_N_ATTRIBUTES; attribute++)
    if (g_str_equal (attributes[attribute].name, name))
      return attribute;
  return ISTH_N_ATTRIBUTES;
}

const char *
isth_remark_name (IsthRemarkKind kind)
{
  static const char *const names[ISTH_N_REMARKS] = { "login", "software", "host", "opening" };

  g_return_val_if_fail (kind < ISTH_N_REMARKS, "");
  return names[kind];
}
