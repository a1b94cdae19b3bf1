/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The services of CODESYS V3's runtime, as numbers and names: those that public tools and analyses list. */
#pragma once

#include <stdint.h>

#include "analysis/world/observation.h"

#define CODESYS_APP 0x02
#define CODESYS_FILE 0x08
#define CODESYS_USERS 0x0c

static const struct
{
  uint8_t group;
  const char *name;
  uint8_t verb; /* IsthOp of commands that have no row of their own */
} codesys_groups[] = {
  { 0x01, "device", ISTH_OP_OTHER },
  { 0x02, "application", ISTH_OP_OTHER },
  { 0x03, "monitor", ISTH_OP_READ },
  { 0x04, "visualisation", ISTH_OP_OTHER },
  { 0x05, "log", ISTH_OP_DIAGNOSE },
  { 0x06, "settings", ISTH_OP_CONFIGURE },
  { 0x07, "ethernet", ISTH_OP_CONFIGURE },
  { 0x08, "file", ISTH_OP_FILE },
  { 0x09, "variables", ISTH_OP_READ },
  { 0x0b, "io", ISTH_OP_DIAGNOSE },
  { 0x0c, "users", ISTH_OP_CONFIGURE },
  { 0x0f, "trace", ISTH_OP_DIAGNOSE },
  { 0x11, "shell", ISTH_OP_CONTROL },
  { 0x12, "breakpoints", ISTH_OP_CONTROL },
  { 0x13, "force", ISTH_OP_CONTROL },
  { 0x18, "alarms", ISTH_OP_DIAGNOSE },
  { 0x1b, "monitor", ISTH_OP_READ },
  { 0x1d, "licences", ISTH_OP_OTHER },
  { 0x1f, "core-dump", ISTH_OP_DIAGNOSE },
  { 0x22, "certificates", ISTH_OP_CONFIGURE },
};

static const struct
{
  uint8_t group, command;
  uint8_t verb; /* IsthOp */
  const char *name;
} codesys_commands[] = {
  { 0x01, 0x01, ISTH_OP_IDENTIFY, "get-target-identity" },
  { 0x01, 0x02, ISTH_OP_AUTHENTICATE, "device-login" },
  { 0x01, 0x03, ISTH_OP_OTHER, "device-logout" },
  { 0x01, 0x04, ISTH_OP_CONTROL, "reset-origin" },
  { 0x01, 0x05, ISTH_OP_OTHER, "echo" },
  { 0x01, 0x06, ISTH_OP_CONTROL, "set-operating-mode" },
  { 0x01, 0x07, ISTH_OP_DIAGNOSE, "get-operating-mode" },
  { 0x01, 0x08, ISTH_OP_AUTHENTICATE, "interactive-login" },
  { 0x01, 0x09, ISTH_OP_CONFIGURE, "rename-node" },
  { 0x01, 0x0a, ISTH_OP_OTHER, "create-session" },
  { 0x02, 0x01, ISTH_OP_AUTHENTICATE, "application-login" },
  { 0x02, 0x02, ISTH_OP_OTHER, "application-logout" },
  { 0x02, 0x03, ISTH_OP_PROGRAM, "create-application" },
  { 0x02, 0x04, ISTH_OP_PROGRAM, "delete-application" },
  { 0x02, 0x05, ISTH_OP_PROGRAM, "download" },
  { 0x02, 0x06, ISTH_OP_PROGRAM, "online-change" },
  { 0x02, 0x07, ISTH_OP_PROGRAM, "device-download" },
  { 0x02, 0x08, ISTH_OP_PROGRAM, "create-device-application" },
  { 0x02, 0x10, ISTH_OP_CONTROL, "start" },
  { 0x02, 0x11, ISTH_OP_CONTROL, "stop" },
  { 0x02, 0x12, ISTH_OP_CONTROL, "reset" },
  { 0x02, 0x13, ISTH_OP_CONTROL, "set-breakpoint" },
  { 0x02, 0x14, ISTH_OP_DIAGNOSE, "read-status" },
  { 0x02, 0x15, ISTH_OP_CONTROL, "delete-breakpoint" },
  { 0x02, 0x16, ISTH_OP_DIAGNOSE, "read-call-stack" },
  { 0x02, 0x17, ISTH_OP_READ, "get-area-offset" },
  { 0x02, 0x18, ISTH_OP_DIAGNOSE, "read-application-list" },
  { 0x02, 0x19, ISTH_OP_CONTROL, "set-next-statement" },
  { 0x02, 0x20, ISTH_OP_CONTROL, "release-force-list" },
  { 0x02, 0x21, ISTH_OP_READ, "upload-force-list" },
  { 0x02, 0x22, ISTH_OP_CONTROL, "single-cycle" },
  { 0x02, 0x23, ISTH_OP_PROGRAM, "create-boot-project" },
  { 0x02, 0x24, ISTH_OP_CONTROL, "reinitialise" },
  { 0x02, 0x25, ISTH_OP_DIAGNOSE, "read-application-states" },
  { 0x02, 0x26, ISTH_OP_CONTROL, "load-boot-application" },
  { 0x02, 0x27, ISTH_OP_CONFIGURE, "register-boot-application" },
  { 0x02, 0x28, ISTH_OP_DIAGNOSE, "check-file-consistency" },
  { 0x02, 0x29, ISTH_OP_IDENTIFY, "read-application-info" },
  { 0x02, 0x30, ISTH_OP_PROGRAM, "download-compact" },
  { 0x02, 0x31, ISTH_OP_IDENTIFY, "read-project-info" },
  { 0x02, 0x32, ISTH_OP_SUBSCRIBE, "define-flow" },
  { 0x02, 0x33, ISTH_OP_READ, "read-flow-values" },
  { 0x02, 0x34, ISTH_OP_PROGRAM, "download-encrypted" },
  { 0x02, 0x35, ISTH_OP_UPLOAD, "read-application-content" },
  { 0x02, 0x36, ISTH_OP_CONTROL, "save-retains" },
  { 0x02, 0x37, ISTH_OP_CONTROL, "restore-retains" },
  { 0x02, 0x38, ISTH_OP_READ, "get-area-address" },
  { 0x02, 0x39, ISTH_OP_CONTROL, "leave-execution-points" },
  { 0x02, 0x40, ISTH_OP_CONTROL, "claim-execution-points" },
  { 0x05, 0x01, ISTH_OP_DIAGNOSE, "get-log-entries" },
  { 0x05, 0x02, ISTH_OP_DIAGNOSE, "get-log-components" },
  { 0x05, 0x03, ISTH_OP_DIAGNOSE, "get-loggers" },
  { 0x08, 0x01, ISTH_OP_FILE, "get-file-info" },
  { 0x08, 0x02, ISTH_OP_FILE, "start-file-download" },
  { 0x08, 0x04, ISTH_OP_FILE, "file-download" },
  { 0x08, 0x05, ISTH_OP_FILE, "start-file-upload" },
  { 0x08, 0x07, ISTH_OP_FILE, "file-upload" },
  { 0x08, 0x08, ISTH_OP_FILE, "end-file-transfer" },
  { 0x08, 0x09, ISTH_OP_FILE, "cancel-file-transfer" },
  { 0x08, 0x0c, ISTH_OP_FILE, "list-directory" },
  { 0x08, 0x0e, ISTH_OP_FILE, "delete-file" },
  { 0x08, 0x0f, ISTH_OP_FILE, "rename-file" },
  { 0x08, 0x10, ISTH_OP_FILE, "create-directory" },
  { 0x08, 0x11, ISTH_OP_FILE, "delete-directory" },
  { 0x08, 0x12, ISTH_OP_FILE, "rename-directory" },
  { 0x09, 0x01, ISTH_OP_SUBSCRIBE, "register-variable-list" },
  { 0x09, 0x02, ISTH_OP_SUBSCRIBE, "unregister-variable-list" },
  { 0x09, 0x03, ISTH_OP_READ, "read-variable-list" },
  { 0x09, 0x04, ISTH_OP_WRITE, "write-variable-list" },
  { 0x09, 0x05, ISTH_OP_READ, "read-variables" },
  { 0x09, 0x06, ISTH_OP_WRITE, "write-variables" },
  { 0x11, 0x01, ISTH_OP_CONTROL, "execute-shell-command" },
  { 0x1b, 0x01, ISTH_OP_READ, "monitor-read" },
  { 0x1b, 0x02, ISTH_OP_WRITE, "monitor-write" },
  { 0x22, 0x01, ISTH_OP_CONFIGURE, "import-certificate" },
  { 0x22, 0x02, ISTH_OP_READ, "export-certificate" },
  { 0x22, 0x03, ISTH_OP_CONFIGURE, "delete-certificate" },
  { 0x22, 0x04, ISTH_OP_CONFIGURE, "move-certificate" },
  { 0x22, 0x05, ISTH_OP_READ, "list-certificates" },
  { 0x22, 0x06, ISTH_OP_READ, "list-certificate-uses" },
  { 0x22, 0x07, ISTH_OP_CONFIGURE, "create-certificate" },
  { 0x22, 0x09, ISTH_OP_DIAGNOSE, "get-certificate-status" },
};
