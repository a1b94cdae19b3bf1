/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of CIP services and statuses. CIP Volume 1, appendices A and B; Logix services: Rockwell publication 1756-PM020. */
#include "analysis/dissectors/cip-services.h"

#define ANY_CLASS -1
#define LOGIX -2

static const IsthCipService services[] = {
  /* of one class */
  { 0x01, 0x05, ISTH_OP_CONTROL, "reset" },
  { 0x02, 0x0a, ISTH_OP_OTHER, "multiple-service-packet" },
  { 0x02, 0x4b, ISTH_OP_READ, "symbolic-translation" },
  { 0x05, 0x4b, ISTH_OP_OTHER, "connection-bind" },
  { 0x05, 0x4c, ISTH_OP_OTHER, "producing-application-lookup" },
  { 0x06, 0x4e, ISTH_OP_OTHER, "forward-close" },
  { 0x06, 0x52, ISTH_OP_OTHER, "unconnected-send" },
  { 0x06, 0x54, ISTH_OP_OTHER, "forward-open" },
  { 0x06, 0x56, ISTH_OP_DIAGNOSE, "get-connection-data" },
  { 0x06, 0x57, ISTH_OP_DIAGNOSE, "search-connection-data" },
  { 0x06, 0x5a, ISTH_OP_DIAGNOSE, "get-connection-owner" },
  { 0x06, 0x5b, ISTH_OP_OTHER, "large-forward-open" },
  { 0x0f, 0x05, ISTH_OP_CONFIGURE, "reset" },
  { 0x0f, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x0f, 0x4b, ISTH_OP_READ, "get-enum-string" },
  { 0x37, 0x4b, ISTH_OP_FILE, "initiate-upload" },
  { 0x37, 0x4c, ISTH_OP_FILE, "initiate-download" },
  { 0x37, 0x4d, ISTH_OP_FILE, "initiate-partial-read" },
  { 0x37, 0x4e, ISTH_OP_FILE, "initiate-partial-write" },
  { 0x37, 0x4f, ISTH_OP_FILE, "upload-transfer" },
  { 0x37, 0x50, ISTH_OP_FILE, "download-transfer" },
  { 0x37, 0x51, ISTH_OP_FILE, "clear-file" },
  { 0x39, 0x4c, ISTH_OP_CONTROL, "recover" },
  { 0x39, 0x4e, ISTH_OP_DIAGNOSE, "perform-diagnostics" },
  { 0x39, 0x4f, ISTH_OP_CONFIGURE, "configure-request" },
  { 0x39, 0x50, ISTH_OP_CONFIGURE, "validate-configuration" },
  { 0x39, 0x51, ISTH_OP_AUTHENTICATE, "set-password" },
  { 0x39, 0x52, ISTH_OP_CONFIGURE, "lock-configuration" },
  { 0x39, 0x53, ISTH_OP_CONTROL, "mode-change" },
  { 0x39, 0x54, ISTH_OP_CONTROL, "safety-reset" },
  { 0x39, 0x55, ISTH_OP_AUTHENTICATE, "reset-password" },
  { 0x39, 0x56, ISTH_OP_CONFIGURE, "propose-tunid" },
  { 0x39, 0x57, ISTH_OP_CONFIGURE, "apply-tunid" },
  { 0x39, 0x58, ISTH_OP_CONFIGURE, "propose-tunid-list" },
  { 0x39, 0x59, ISTH_OP_CONFIGURE, "apply-tunid-list" },
  { 0x3a, 0x4b, ISTH_OP_CONTROL, "reset-error" },
  { 0x42, 0x4b, ISTH_OP_READ, "get-axis-attributes-list" },
  { 0x42, 0x4c, ISTH_OP_WRITE, "set-axis-attributes-list" },
  { 0x42, 0x4d, ISTH_OP_CONFIGURE, "set-cyclic-write-list" },
  { 0x42, 0x4e, ISTH_OP_CONFIGURE, "set-cyclic-read-list" },
  { 0x42, 0x4f, ISTH_OP_CONTROL, "run-motor-test" },
  { 0x42, 0x50, ISTH_OP_DIAGNOSE, "get-motor-test-data" },
  { 0x42, 0x51, ISTH_OP_CONTROL, "run-inertia-test" },
  { 0x42, 0x52, ISTH_OP_DIAGNOSE, "get-inertia-test-data" },
  { 0x42, 0x53, ISTH_OP_CONTROL, "run-hookup-test" },
  { 0x42, 0x54, ISTH_OP_DIAGNOSE, "get-hookup-test-data" },
  { 0x43, 0x04, ISTH_OP_TIME_SYNC, "set-attribute-list" },
  { 0x43, 0x10, ISTH_OP_TIME_SYNC, "set-attribute-single" },
  { 0x44, 0x4b, ISTH_OP_READ, "read-discrete-inputs" },
  { 0x44, 0x4c, ISTH_OP_READ, "read-coils" },
  { 0x44, 0x4d, ISTH_OP_READ, "read-input-registers" },
  { 0x44, 0x4e, ISTH_OP_READ, "read-holding-registers" },
  { 0x44, 0x4f, ISTH_OP_WRITE, "write-coils" },
  { 0x44, 0x50, ISTH_OP_WRITE, "write-holding-registers" },
  { 0x44, 0x51, ISTH_OP_OTHER, "modbus-passthrough" },
  { 0x47, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x47, 0x4b, ISTH_OP_DIAGNOSE, "verify-fault-location" },
  { 0x47, 0x4c, ISTH_OP_CONTROL, "clear-rapid-faults" },
  { 0x47, 0x4d, ISTH_OP_CONTROL, "restart-sign-on" },
  { 0x47, 0x4e, ISTH_OP_CONTROL, "clear-gateway-partial-fault" },
  { 0x48, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x53, 0x4b, ISTH_OP_CONTROL, "power-management" },
  { 0x53, 0x4c, ISTH_OP_AUTHENTICATE, "set-pass-code" },
  { 0x53, 0x4d, ISTH_OP_AUTHENTICATE, "clear-pass-code" },
  { 0x5d, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x5d, 0x4b, ISTH_OP_CONFIGURE, "begin-config" },
  { 0x5d, 0x4c, ISTH_OP_CONFIGURE, "kick-timer" },
  { 0x5d, 0x4d, ISTH_OP_CONFIGURE, "end-config" },
  { 0x5d, 0x4e, ISTH_OP_CONFIGURE, "object-cleanup" },
  { 0x5e, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x5e, 0x4b, ISTH_OP_CONFIGURE, "begin-config" },
  { 0x5e, 0x4c, ISTH_OP_CONFIGURE, "kick-timer" },
  { 0x5e, 0x4d, ISTH_OP_CONFIGURE, "apply-config" },
  { 0x5e, 0x4e, ISTH_OP_CONFIGURE, "abort-config" },
  { 0x5f, 0x08, ISTH_OP_CONFIGURE, "create" },
  { 0x5f, 0x09, ISTH_OP_CONFIGURE, "delete" },
  { 0x5f, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0x5f, 0x4b, ISTH_OP_CONFIGURE, "create-certificate-request" },
  { 0x5f, 0x4c, ISTH_OP_CONFIGURE, "verify-certificate" },
  /* of Rockwell's own classes */
  { 0x64, 0x04, ISTH_OP_CONFIGURE, "set-attribute-list" },
  { 0x67, 0x04, ISTH_OP_CONFIGURE, "set-attribute-list" },
  { 0x67, 0x4b, ISTH_OP_OTHER, "execute-pccc" },
  { 0x6a, 0x4f, ISTH_OP_READ, "read-data" },
  { 0x6a, 0x50, ISTH_OP_PROGRAM, "write-data" },
  { 0x6c, 0x4c, ISTH_OP_READ, "read-template" },
  { 0x72, 0x4c, ISTH_OP_READ, "read-memory" },
  { 0x74, 0x4b, ISTH_OP_CONFIGURE, "lock" }, /* of a controller, as programming software does it */
  { 0x74, 0x4c, ISTH_OP_CONFIGURE, "unlock" },
  { 0x8b, 0x04, ISTH_OP_TIME_SYNC, "set-attribute-list" },
  { 0x8b, 0x10, ISTH_OP_TIME_SYNC, "set-attribute-single" },
  { 0x8e, 0x04, ISTH_OP_CONFIGURE, "set-attribute-list" },
  { 0x8e, 0x06, ISTH_OP_CONTROL, "start" },
  { 0x8e, 0x07, ISTH_OP_CONTROL, "stop" },
  { 0xa1, 0x4b, ISTH_OP_FIRMWARE, "update" },
  { 0xa1, 0x4d, ISTH_OP_FIRMWARE, "transfer" },
  { 0xac, 0x04, ISTH_OP_CONFIGURE, "set-attribute-list" },
  { 0xac, 0x08, ISTH_OP_PROGRAM, "create" }, /* of the list of changes: the last step of loading a program */
  { 0xb2, 0x4c, ISTH_OP_READ, "read-list" },
  { 0xb2, 0x4e, ISTH_OP_SUBSCRIBE, "add-to-list" },
  { 0xf5, 0x02, ISTH_OP_CONFIGURE, "set-attributes-all" }, /* its address */
  { 0xf5, 0x04, ISTH_OP_CONFIGURE, "set-attribute-list" },
  { 0xf5, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0xf6, 0x10, ISTH_OP_CONFIGURE, "set-attribute-single" },
  { 0xf6, 0x4c, ISTH_OP_DIAGNOSE, "get-and-clear" },
  { 0xf3, 0x4b, ISTH_OP_OTHER, "kick-timer" },
  { 0xf3, 0x4c, ISTH_OP_CONTROL, "open-connection" },
  { 0xf3, 0x4d, ISTH_OP_CONTROL, "close-connection" },
  { 0xf3, 0x4e, ISTH_OP_CONTROL, "stop-connection" },
  { 0xf3, 0x4f, ISTH_OP_CONFIGURE, "change-start" },
  { 0xf3, 0x50, ISTH_OP_DIAGNOSE, "get-status" },
  { 0xf3, 0x51, ISTH_OP_CONFIGURE, "change-complete" },
  { 0xf3, 0x52, ISTH_OP_CONFIGURE, "audit-changes" },
  /* of tags */
  { LOGIX, 0x4c, ISTH_OP_READ, "read-tag" },
  { LOGIX, 0x4d, ISTH_OP_WRITE, "write-tag" },
  { LOGIX, 0x4e, ISTH_OP_WRITE, "read-modify-write-tag" },
  { LOGIX, 0x52, ISTH_OP_READ, "read-tag-fragmented" },
  { LOGIX, 0x53, ISTH_OP_WRITE, "write-tag-fragmented" },
  { LOGIX, 0x55, ISTH_OP_READ, "get-instance-attribute-list" },
  /* of any class */
  { ANY_CLASS, 0x01, ISTH_OP_READ, "get-attributes-all" },
  { ANY_CLASS, 0x02, ISTH_OP_WRITE, "set-attributes-all" },
  { ANY_CLASS, 0x03, ISTH_OP_READ, "get-attribute-list" },
  { ANY_CLASS, 0x04, ISTH_OP_WRITE, "set-attribute-list" },
  { ANY_CLASS, 0x05, ISTH_OP_CONTROL, "reset" },
  { ANY_CLASS, 0x06, ISTH_OP_CONTROL, "start" },
  { ANY_CLASS, 0x07, ISTH_OP_CONTROL, "stop" },
  { ANY_CLASS, 0x08, ISTH_OP_OTHER, "create" },
  { ANY_CLASS, 0x09, ISTH_OP_OTHER, "delete" },
  { ANY_CLASS, 0x0a, ISTH_OP_OTHER, "multiple-service-packet" },
  { ANY_CLASS, 0x0d, ISTH_OP_CONFIGURE, "apply-attributes" },
  { ANY_CLASS, 0x0e, ISTH_OP_READ, "get-attribute-single" },
  { ANY_CLASS, 0x10, ISTH_OP_WRITE, "set-attribute-single" },
  { ANY_CLASS, 0x11, ISTH_OP_READ, "find-next-object-instance" },
  { ANY_CLASS, 0x15, ISTH_OP_CONFIGURE, "restore" },
  { ANY_CLASS, 0x16, ISTH_OP_CONFIGURE, "save" },
  { ANY_CLASS, 0x17, ISTH_OP_OTHER, "no-operation" },
  { ANY_CLASS, 0x18, ISTH_OP_READ, "get-member" },
  { ANY_CLASS, 0x19, ISTH_OP_WRITE, "set-member" },
  { ANY_CLASS, 0x1a, ISTH_OP_WRITE, "insert-member" },
  { ANY_CLASS, 0x1b, ISTH_OP_WRITE, "remove-member" },
  { ANY_CLASS, 0x1c, ISTH_OP_TIME_SYNC, "group-sync" },
};

static const IsthCipService identify = { 0x01, 0, ISTH_OP_IDENTIFY, "get-attributes-all" },
                            identify_list = { 0x01, 0, ISTH_OP_IDENTIFY, "get-attribute-list" },
                            identify_single = { 0x01, 0, ISTH_OP_IDENTIFY, "get-attribute-single" },
                            program_create = { 0, 0, ISTH_OP_PROGRAM, "create" },
                            program_delete = { 0, 0, ISTH_OP_PROGRAM, "delete" },
                            program_set = { 0, 0, ISTH_OP_PROGRAM, "set-attribute-list" },
                            unknown = { ANY_CLASS, 0, ISTH_OP_OTHER, "object-specific-service" };

static const IsthCipService *
look_up (int32_t class_id,
         uint8_t service)
{
  for (size_t i = 0; i < sizeof services / sizeof *services; i++)
    if (services[i].class_id == class_id && services[i].service == service)
      return &services[i];
  return NULL;
}

const IsthCipService *
isth_cip_service_find (const IsthCipPath *path,
                       uint8_t service)
{
  const IsthCipService *found = NULL;

  if (path->class_id == 0x01 && service == 0x01)
    return &identify;
  if (path->class_id == 0x01 && service == 0x03)
    return &identify_list;
  if (path->class_id == 0x01 && service == 0x0e)
    return &identify_single;
  if (isth_cip_is_program (path->class_id) && !path->named)
    switch (service)
      {
      case 0x04:
        return &program_set;
      case 0x08:
        return &program_create;
      case 0x09:
        return &program_delete;
      default:
        break;
      }
  if (path->named || path->class_id == 0x6b)
    found = look_up (LOGIX, service);
  else if (path->class_id >= 0)
    found = look_up ((int32_t) path->class_id, service);
  if (!found)
    found = look_up (ANY_CLASS, service);
  return found ? found : &unknown;
}

bool
isth_cip_is_private (int64_t class_id,
                     uint8_t service)
{
  switch (class_id)
    {
    case 0x02:
      return service == 0x0a;
    case 0x06:
      return service == 0x52;
    case 0x37:
      return service == 0x50;
    case 0x39:
      return service == 0x51 || service == 0x55;
    case 0x53:
      return service == 0x4c || service == 0x4d;
    case 0x67:
      return service == 0x4b;
    default:
      return false;
    }
}

const char *
isth_cip_status_name (uint8_t status)
{
  static const char *const names[] = {
    [0x00] = "success",
    [0x01] = "connection failure",
    [0x02] = "resource unavailable",
    [0x03] = "invalid parameter value",
    [0x04] = "path segment error",
    [0x05] = "path destination unknown",
    [0x06] = "partial transfer",
    [0x07] = "connection lost",
    [0x08] = "service not supported",
    [0x09] = "invalid attribute value",
    [0x0a] = "attribute list error",
    [0x0b] = "already in requested mode",
    [0x0c] = "object state conflict",
    [0x0d] = "object already exists",
    [0x0e] = "attribute not settable",
    [0x0f] = "privilege violation",
    [0x10] = "device state conflict",
    [0x11] = "reply data too large",
    [0x12] = "fragmentation of a primitive value",
    [0x13] = "not enough data",
    [0x14] = "attribute not supported",
    [0x15] = "too much data",
    [0x16] = "object does not exist",
    [0x17] = "fragmentation sequence not in progress",
    [0x18] = "no stored attribute data",
    [0x19] = "store operation failure",
    [0x1a] = "routing failure, request too large",
    [0x1b] = "routing failure, response too large",
    [0x1c] = "missing attribute list entry",
    [0x1d] = "invalid attribute value list",
    [0x1e] = "embedded service error",
    [0x1f] = "vendor specific error",
    [0x20] = "invalid parameter",
    [0x21] = "value or medium written once already",
    [0x22] = "invalid reply received",
    [0x23] = "buffer overflow",
    [0x24] = "message format error",
    [0x25] = "key failure in path",
    [0x26] = "path size invalid",
    [0x27] = "unexpected attribute in list",
    [0x28] = "invalid member id",
    [0x29] = "member not settable",
    [0x2a] = "general failure of a group 2 only server",
    [0x2c] = "attribute not gettable",
  };

  if (status == 0xff)
    return "general error";
  return status < sizeof names / sizeof *names && names[status] ? names[status] : "error";
}
