/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interfaces of DCE/RPC over connections and what their operations are called: DCOM (MS-DCOM), OPC Classic (OPC DA 3.0, A&E 1.10, HDA 1.20, Common 1.1), and
 * the Windows services that administrators and attackers call (MS-SCMR, MS-TSCH, MS-RRP, MS-WMI, …). Operations are numbered from @first. */
#pragma once

#include "analysis/dissectors/dcerpc.h"
#include "analysis/world/observation.h"

typedef struct
{
  const char *name; /* NULL: not used */
  uint8_t verb;     /* IsthOp */
} MsrpcOperation;

typedef struct
{
  IsthUuid uuid;
  const char *name;
  const char *protocol; /* of its operations; NULL: DCE/RPC's own */
  uint8_t verb;         /* of operations without a name here */
  uint8_t first;
  uint8_t n;
  const MsrpcOperation *operations;
  bool numbers;     /* its calls end with an error number of Windows */
} MsrpcInterface;

static const MsrpcOperation msrpc_endpoint_mapper[] = {
  { "ept-insert", ISTH_OP_CONFIGURE }, { "ept-delete", ISTH_OP_CONFIGURE }, { "ept-lookup", ISTH_OP_IDENTIFY }, { "ept-map", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_remote_management[] = {
  { "inquire-interfaces", ISTH_OP_IDENTIFY }, { "inquire-statistics", ISTH_OP_DIAGNOSE }, { "is-listening", ISTH_OP_DIAGNOSE },
  { "stop-listening", ISTH_OP_CONTROL }, { "inquire-principal", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_iobjectexporter[] = {
  { "resolve-oxid", ISTH_OP_OTHER }, { "simple-ping", ISTH_OP_OTHER }, { "complex-ping", ISTH_OP_OTHER }, { "server-alive", ISTH_OP_OTHER },
  { "resolve-oxid2", ISTH_OP_OTHER }, { "server-alive2", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_iactivation[] = {
  { "remote-activation", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iremotescmactivator[] = {
  { "remote-get-class-object", ISTH_OP_OTHER }, { "remote-create-instance", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iremunknown[] = {
  { "rem-query-interface", ISTH_OP_OTHER }, { "rem-add-ref", ISTH_OP_OTHER }, { "rem-release", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iremunknown2[] = {
  { "rem-query-interface", ISTH_OP_OTHER }, { "rem-add-ref", ISTH_OP_OTHER }, { "rem-release", ISTH_OP_OTHER },
  { "rem-query-interface2", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iclassfactory[] = {
  { "create-instance", ISTH_OP_OTHER }, { "lock-server", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_idispatch[] = {
  { "get-type-info-count", ISTH_OP_OTHER }, { "get-type-info", ISTH_OP_OTHER }, { "get-ids-of-names", ISTH_OP_OTHER },
  { "invoke", ISTH_OP_CONTROL },
};

static const MsrpcOperation msrpc_ienumstring[] = {
  { "remote-next", ISTH_OP_READ }, { "skip", ISTH_OP_READ }, { "reset", ISTH_OP_READ }, { "clone", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_ienumguid[] = {
  { "next", ISTH_OP_READ }, { "skip", ISTH_OP_READ }, { "reset", ISTH_OP_READ }, { "clone", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iconnectionpointcontainer[] = {
  { "enum-connection-points", ISTH_OP_OTHER }, { "find-connection-point", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iconnectionpoint[] = {
  { "get-connection-interface", ISTH_OP_OTHER }, { "get-connection-point-container", ISTH_OP_OTHER }, { "advise", ISTH_OP_SUBSCRIBE },
  { "unadvise", ISTH_OP_SUBSCRIBE }, { "enum-connections", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iopcserverlist[] = {
  { "enum-classes-of-categories", ISTH_OP_IDENTIFY }, { "get-class-details", ISTH_OP_IDENTIFY }, { "clsid-from-prog-id", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_iopccommon[] = {
  { "set-locale-id", ISTH_OP_OTHER }, { "get-locale-id", ISTH_OP_OTHER }, { "query-available-locale-ids", ISTH_OP_OTHER },
  { "get-error-string", ISTH_OP_OTHER }, { "set-client-name", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iopcshutdown[] = {
  { "shutdown-request", ISTH_OP_REPORT },
};

static const MsrpcOperation msrpc_iopcserver[] = {
  { "add-group", ISTH_OP_SUBSCRIBE }, { "get-error-string", ISTH_OP_OTHER }, { "get-group-by-name", ISTH_OP_OTHER },
  { "get-status", ISTH_OP_DIAGNOSE }, { "remove-group", ISTH_OP_SUBSCRIBE }, { "create-group-enumerator", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iopcserverpublicgroups[] = {
  { "get-public-group-by-name", ISTH_OP_OTHER }, { "remove-public-group", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iopcbrowseserveraddressspace[] = {
  { "query-organization", ISTH_OP_READ }, { "change-browse-position", ISTH_OP_READ }, { "browse-opc-item-ids", ISTH_OP_READ },
  { "get-item-id", ISTH_OP_READ }, { "browse-access-paths", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopcgroupstatemgt[] = {
  { "get-state", ISTH_OP_SUBSCRIBE }, { "set-state", ISTH_OP_SUBSCRIBE }, { "set-name", ISTH_OP_SUBSCRIBE }, { "clone-group", ISTH_OP_SUBSCRIBE },
};

static const MsrpcOperation msrpc_iopcpublicgroupstatemgt[] = {
  { "get-state", ISTH_OP_SUBSCRIBE }, { "move-to-public", ISTH_OP_SUBSCRIBE },
};

static const MsrpcOperation msrpc_iopcsyncio[] = {
  { "read", ISTH_OP_READ }, { "write", ISTH_OP_WRITE },
};

static const MsrpcOperation msrpc_iopcasyncio[] = {
  { "read", ISTH_OP_READ }, { "write", ISTH_OP_WRITE }, { "refresh", ISTH_OP_READ }, { "cancel", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_iopcitemmgt[] = {
  { "add-items", ISTH_OP_SUBSCRIBE }, { "validate-items", ISTH_OP_SUBSCRIBE }, { "remove-items", ISTH_OP_SUBSCRIBE },
  { "set-active-state", ISTH_OP_SUBSCRIBE }, { "set-client-handles", ISTH_OP_SUBSCRIBE }, { "set-datatypes", ISTH_OP_SUBSCRIBE },
  { "create-enumerator", ISTH_OP_SUBSCRIBE },
};

static const MsrpcOperation msrpc_iopcdatacallback[] = {
  { "on-data-change", ISTH_OP_REPORT }, { "on-read-complete", ISTH_OP_REPORT }, { "on-write-complete", ISTH_OP_REPORT },
  { "on-cancel-complete", ISTH_OP_REPORT },
};

static const MsrpcOperation msrpc_iopcasyncio2[] = {
  { "read", ISTH_OP_READ }, { "write", ISTH_OP_WRITE }, { "refresh2", ISTH_OP_READ }, { "cancel2", ISTH_OP_OTHER },
  { "set-enable", ISTH_OP_SUBSCRIBE }, { "get-enable", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopcitemproperties[] = {
  { "query-available-properties", ISTH_OP_READ }, { "get-item-properties", ISTH_OP_READ }, { "lookup-item-ids", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopcbrowse[] = {
  { "get-properties", ISTH_OP_READ }, { "browse", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopcitemio[] = {
  { "read", ISTH_OP_READ }, { "write-vqt", ISTH_OP_WRITE },
};

static const MsrpcOperation msrpc_iopcsyncio2[] = {
  { "read", ISTH_OP_READ }, { "write", ISTH_OP_WRITE }, { "read-max-age", ISTH_OP_READ }, { "write-vqt", ISTH_OP_WRITE },
};

static const MsrpcOperation msrpc_iopcasyncio3[] = {
  { "read", ISTH_OP_READ }, { "write", ISTH_OP_WRITE }, { "refresh2", ISTH_OP_READ }, { "cancel2", ISTH_OP_OTHER },
  { "set-enable", ISTH_OP_SUBSCRIBE }, { "get-enable", ISTH_OP_READ }, { "read-max-age", ISTH_OP_READ }, { "write-vqt", ISTH_OP_WRITE },
  { "refresh-max-age", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopcgroupstatemgt2[] = {
  { "get-state", ISTH_OP_SUBSCRIBE }, { "set-state", ISTH_OP_SUBSCRIBE }, { "set-name", ISTH_OP_SUBSCRIBE }, { "clone-group", ISTH_OP_SUBSCRIBE },
  { "set-keep-alive", ISTH_OP_SUBSCRIBE }, { "get-keep-alive", ISTH_OP_SUBSCRIBE },
};

static const MsrpcOperation msrpc_iopceventserver[] = {
  { "get-status", ISTH_OP_DIAGNOSE }, { "create-event-subscription", ISTH_OP_SUBSCRIBE }, { "query-available-filters", ISTH_OP_READ },
  { "query-event-categories", ISTH_OP_READ }, { "query-condition-names", ISTH_OP_READ }, { "query-sub-condition-names", ISTH_OP_READ },
  { "query-source-conditions", ISTH_OP_READ }, { "query-event-attributes", ISTH_OP_READ }, { "translate-to-item-ids", ISTH_OP_READ },
  { "get-condition-state", ISTH_OP_READ }, { "enable-condition-by-area", ISTH_OP_CONFIGURE }, { "enable-condition-by-source", ISTH_OP_CONFIGURE },
  { "disable-condition-by-area", ISTH_OP_CONFIGURE }, { "disable-condition-by-source", ISTH_OP_CONFIGURE }, { "ack-condition", ISTH_OP_CONTROL },
  { "create-area-browser", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopceventsubscriptionmgt[] = {
  { "set-filter", ISTH_OP_SUBSCRIBE }, { "get-filter", ISTH_OP_SUBSCRIBE }, { "select-returned-attributes", ISTH_OP_SUBSCRIBE },
  { "get-returned-attributes", ISTH_OP_SUBSCRIBE }, { "refresh", ISTH_OP_SUBSCRIBE }, { "cancel-refresh", ISTH_OP_SUBSCRIBE },
  { "get-state", ISTH_OP_SUBSCRIBE }, { "set-state", ISTH_OP_SUBSCRIBE },
};

static const MsrpcOperation msrpc_iopceventareabrowser[] = {
  { "change-browse-position", ISTH_OP_READ }, { "browse-opc-areas", ISTH_OP_READ }, { "get-qualified-area-name", ISTH_OP_READ },
  { "get-qualified-source-name", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopceventsink[] = {
  { "on-event", ISTH_OP_REPORT },
};

static const MsrpcOperation msrpc_iopchda_server[] = {
  { "get-item-attributes", ISTH_OP_READ }, { "get-aggregates", ISTH_OP_READ }, { "get-historian-status", ISTH_OP_DIAGNOSE },
  { "get-item-handles", ISTH_OP_READ }, { "release-item-handles", ISTH_OP_READ }, { "validate-item-ids", ISTH_OP_READ },
  { "create-browse", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopchda_browser[] = {
  { "get-enum", ISTH_OP_READ }, { "change-browse-position", ISTH_OP_READ }, { "get-item-id", ISTH_OP_READ },
  { "get-branch-position", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopchda_syncread[] = {
  { "read-raw", ISTH_OP_READ }, { "read-processed", ISTH_OP_READ }, { "read-at-time", ISTH_OP_READ }, { "read-modified", ISTH_OP_READ },
  { "read-attribute", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_iopchda_syncupdate[] = {
  { "query-capabilities", ISTH_OP_READ }, { "insert", ISTH_OP_WRITE }, { "replace", ISTH_OP_WRITE }, { "insert-replace", ISTH_OP_WRITE },
  { "delete-raw", ISTH_OP_WRITE }, { "delete-at-time", ISTH_OP_WRITE },
};

static const MsrpcOperation msrpc_svcctl[] = {
  { "close-service-handle", ISTH_OP_OTHER }, { "control-service", ISTH_OP_CONTROL }, { "delete-service", ISTH_OP_CONFIGURE },
  { "lock-service-database", ISTH_OP_OTHER }, { "query-service-object-security", ISTH_OP_READ }, { "set-service-object-security", ISTH_OP_CONFIGURE },
  { "query-service-status", ISTH_OP_READ }, { "set-service-status", ISTH_OP_CONFIGURE }, { "notify-boot-config-status", ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "change-service-config-w", ISTH_OP_CONFIGURE }, { "create-service-w", ISTH_OP_CONFIGURE },
  { "enum-dependent-services-w", ISTH_OP_READ }, { "enum-services-status-w", ISTH_OP_READ }, { "open-sc-manager-w", ISTH_OP_OTHER },
  { "open-service-w", ISTH_OP_OTHER }, { "query-service-config-w", ISTH_OP_READ }, { "query-service-lock-status-w", ISTH_OP_READ },
  { "start-service-w", ISTH_OP_CONTROL }, { "get-service-display-name-w", ISTH_OP_READ }, { "get-service-key-name-w", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { "change-service-config-a", ISTH_OP_CONFIGURE }, { "create-service-a", ISTH_OP_CONFIGURE },
  { "enum-dependent-services-a", ISTH_OP_READ }, { "enum-services-status-a", ISTH_OP_READ }, { "open-sc-manager-a", ISTH_OP_OTHER },
  { "open-service-a", ISTH_OP_OTHER }, { "query-service-config-a", ISTH_OP_READ }, { "query-service-lock-status-a", ISTH_OP_READ },
  { "start-service-a", ISTH_OP_CONTROL }, { "get-service-display-name-a", ISTH_OP_READ }, { "get-service-key-name-a", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "change-service-config2-a", ISTH_OP_CONFIGURE },
  { "change-service-config2-w", ISTH_OP_CONFIGURE }, { "query-service-config2-a", ISTH_OP_READ }, { "query-service-config2-w", ISTH_OP_READ },
  { "query-service-status-ex", ISTH_OP_READ }, { "enum-services-status-ex-a", ISTH_OP_READ }, { "enum-services-status-ex-w", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { "create-service-wow64-a", ISTH_OP_CONFIGURE }, { "create-service-wow64-w", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER },
  { "notify-service-status-change", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "control-service-ex-a", ISTH_OP_CONTROL },
  { "control-service-ex-w", ISTH_OP_CONTROL }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "create-service-wow-w", ISTH_OP_CONFIGURE },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "open-sc-manager-2", ISTH_OP_OTHER },
};

static const MsrpcOperation msrpc_atsvc[] = {
  { "job-add", ISTH_OP_CONTROL }, { "job-del", ISTH_OP_CONFIGURE }, { "job-enum", ISTH_OP_READ }, { "job-get-info", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_itaskschedulerservice[] = {
  { "highest-version", ISTH_OP_IDENTIFY }, { "register-task", ISTH_OP_CONFIGURE }, { "retrieve-task", ISTH_OP_READ },
  { "create-folder", ISTH_OP_CONFIGURE }, { "set-security", ISTH_OP_CONFIGURE }, { "get-security", ISTH_OP_READ },
  { "enum-folders", ISTH_OP_READ }, { "enum-tasks", ISTH_OP_READ }, { "enum-instances", ISTH_OP_READ }, { "get-instance-info", ISTH_OP_READ },
  { "stop-instance", ISTH_OP_CONTROL }, { "stop", ISTH_OP_CONTROL }, { "run", ISTH_OP_CONTROL }, { "delete", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_winreg[] = {
  { "open-classes-root", ISTH_OP_OTHER }, { "open-current-user", ISTH_OP_OTHER }, { "open-local-machine", ISTH_OP_OTHER },
  { "open-performance-data", ISTH_OP_OTHER }, { "open-users", ISTH_OP_OTHER }, { "close-key", ISTH_OP_OTHER },
  { "create-key", ISTH_OP_CONFIGURE }, { "delete-key", ISTH_OP_CONFIGURE }, { "delete-value", ISTH_OP_CONFIGURE }, { "enum-key", ISTH_OP_READ },
  { "enum-value", ISTH_OP_READ }, { "flush-key", ISTH_OP_OTHER }, { "get-key-security", ISTH_OP_READ }, { "load-key", ISTH_OP_CONFIGURE },
  { NULL, ISTH_OP_OTHER }, { "open-key", ISTH_OP_OTHER }, { "query-info-key", ISTH_OP_READ }, { "query-value", ISTH_OP_READ },
  { "replace-key", ISTH_OP_CONFIGURE }, { "restore-key", ISTH_OP_CONFIGURE }, { "save-key", ISTH_OP_READ },
  { "set-key-security", ISTH_OP_CONFIGURE }, { "set-value", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_iwbemservices[] = {
  { "open-namespace", ISTH_OP_OTHER }, { "cancel-async-call", ISTH_OP_OTHER }, { "query-object-sink", ISTH_OP_OTHER },
  { "get-object", ISTH_OP_READ }, { "get-object-async", ISTH_OP_READ }, { "put-class", ISTH_OP_CONFIGURE },
  { "put-class-async", ISTH_OP_CONFIGURE }, { "delete-class", ISTH_OP_CONFIGURE }, { "delete-class-async", ISTH_OP_CONFIGURE },
  { "create-class-enum", ISTH_OP_READ }, { "create-class-enum-async", ISTH_OP_READ }, { "put-instance", ISTH_OP_CONFIGURE },
  { "put-instance-async", ISTH_OP_CONFIGURE }, { "delete-instance", ISTH_OP_CONFIGURE }, { "delete-instance-async", ISTH_OP_CONFIGURE },
  { "create-instance-enum", ISTH_OP_READ }, { "create-instance-enum-async", ISTH_OP_READ }, { "exec-query", ISTH_OP_READ },
  { "exec-query-async", ISTH_OP_READ }, { "exec-notification-query", ISTH_OP_SUBSCRIBE }, { "exec-notification-query-async", ISTH_OP_SUBSCRIBE },
  { "exec-method", ISTH_OP_CONTROL }, { "exec-method-async", ISTH_OP_CONTROL },
};

static const MsrpcOperation msrpc_iwbemlevel1login[] = {
  { "establish-position", ISTH_OP_OTHER }, { "request-challenge", ISTH_OP_OTHER }, { "wbem-login", ISTH_OP_OTHER },
  { "ntlm-login", ISTH_OP_AUTHENTICATE },
};

static const MsrpcOperation msrpc_shutdown[] = {
  { "initiate-shutdown", ISTH_OP_CONTROL }, { "abort-shutdown", ISTH_OP_CONTROL }, { "initiate-shutdown-ex", ISTH_OP_CONTROL },
};

static const MsrpcOperation msrpc_samr[] = {
  { "connect", ISTH_OP_OTHER }, { "close-handle", ISTH_OP_OTHER }, { "set-security", ISTH_OP_CONFIGURE }, { "query-security", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { "lookup-domain", ISTH_OP_READ }, { "enumerate-domains", ISTH_OP_READ }, { "open-domain", ISTH_OP_OTHER },
  { "query-domain", ISTH_OP_READ }, { "set-domain", ISTH_OP_CONFIGURE }, { "create-group", ISTH_OP_CONFIGURE }, { "enumerate-groups", ISTH_OP_READ },
  { "create-user", ISTH_OP_CONFIGURE }, { "enumerate-users", ISTH_OP_READ }, { "create-alias", ISTH_OP_CONFIGURE },
  { "enumerate-aliases", ISTH_OP_READ }, { "get-alias-membership", ISTH_OP_READ }, { "lookup-names", ISTH_OP_READ }, { "lookup-ids", ISTH_OP_READ },
  { "open-group", ISTH_OP_OTHER }, { "query-group", ISTH_OP_READ }, { "set-group", ISTH_OP_CONFIGURE }, { "add-group-member", ISTH_OP_CONFIGURE },
  { "delete-group", ISTH_OP_CONFIGURE }, { "remove-group-member", ISTH_OP_CONFIGURE }, { "get-group-members", ISTH_OP_READ },
  { "set-group-member-attributes", ISTH_OP_CONFIGURE }, { "open-alias", ISTH_OP_OTHER }, { "query-alias", ISTH_OP_READ },
  { "set-alias", ISTH_OP_CONFIGURE }, { "delete-alias", ISTH_OP_CONFIGURE }, { "add-alias-member", ISTH_OP_CONFIGURE },
  { "remove-alias-member", ISTH_OP_CONFIGURE }, { "get-alias-members", ISTH_OP_READ }, { "open-user", ISTH_OP_OTHER },
  { "delete-user", ISTH_OP_CONFIGURE }, { "query-user", ISTH_OP_READ }, { "set-user", ISTH_OP_CONFIGURE }, { "change-password", ISTH_OP_CONFIGURE },
  { "get-groups-of-user", ISTH_OP_READ }, { "query-display", ISTH_OP_READ }, { "get-display-index", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "get-user-password-policy", ISTH_OP_READ }, { "remove-foreign-member", ISTH_OP_CONFIGURE },
  { "query-domain-2", ISTH_OP_READ }, { "query-user-2", ISTH_OP_READ }, { "query-display-2", ISTH_OP_READ }, { "get-display-index-2", ISTH_OP_READ },
  { "create-user-2", ISTH_OP_CONFIGURE }, { "query-display-3", ISTH_OP_READ }, { "add-alias-members", ISTH_OP_CONFIGURE },
  { "remove-alias-members", ISTH_OP_CONFIGURE }, { "change-password-oem", ISTH_OP_CONFIGURE }, { "change-password-2", ISTH_OP_CONFIGURE },
  { "get-password-policy", ISTH_OP_READ }, { "connect-2", ISTH_OP_OTHER }, { "set-user-2", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "connect-4", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "connect-5", ISTH_OP_OTHER },
  { "rid-to-sid", ISTH_OP_READ }, { "set-restore-password", ISTH_OP_CONFIGURE }, { "validate-password", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_lsarpc[] = {
  { "close", ISTH_OP_OTHER }, { "delete", ISTH_OP_CONFIGURE }, { "enumerate-privileges", ISTH_OP_READ }, { "query-security", ISTH_OP_READ },
  { "set-security", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { "open-policy", ISTH_OP_OTHER }, { "query-policy", ISTH_OP_READ },
  { "set-policy", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { "create-account", ISTH_OP_CONFIGURE }, { "enumerate-accounts", ISTH_OP_READ },
  { "create-trusted-domain", ISTH_OP_CONFIGURE }, { "enumerate-trusted-domains", ISTH_OP_READ }, { "lookup-names", ISTH_OP_READ },
  { "lookup-sids", ISTH_OP_READ }, { "create-secret", ISTH_OP_CONFIGURE }, { "open-account", ISTH_OP_OTHER },
  { "enumerate-account-privileges", ISTH_OP_READ }, { "add-privileges", ISTH_OP_CONFIGURE }, { "remove-privileges", ISTH_OP_CONFIGURE },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "get-system-access", ISTH_OP_READ }, { "set-system-access", ISTH_OP_CONFIGURE },
  { "open-trusted-domain", ISTH_OP_OTHER }, { "query-trusted-domain", ISTH_OP_READ }, { "set-trusted-domain", ISTH_OP_CONFIGURE },
  { "open-secret", ISTH_OP_OTHER }, { "set-secret", ISTH_OP_CONFIGURE }, { "query-secret", ISTH_OP_READ }, { "lookup-privilege-value", ISTH_OP_READ },
  { "lookup-privilege-name", ISTH_OP_READ }, { "lookup-privilege-title", ISTH_OP_READ }, { "delete-object", ISTH_OP_CONFIGURE },
  { "enumerate-accounts-with-right", ISTH_OP_READ }, { "enumerate-account-rights", ISTH_OP_READ }, { "add-account-rights", ISTH_OP_CONFIGURE },
  { "remove-account-rights", ISTH_OP_CONFIGURE }, { "query-trusted-domain-2", ISTH_OP_READ }, { "set-trusted-domain-2", ISTH_OP_CONFIGURE },
  { "delete-trusted-domain", ISTH_OP_CONFIGURE }, { "store-private-data", ISTH_OP_CONFIGURE }, { "retrieve-private-data", ISTH_OP_READ },
  { "open-policy-2", ISTH_OP_OTHER }, { "get-user-name", ISTH_OP_IDENTIFY }, { "query-policy-2", ISTH_OP_READ },
  { "set-policy-2", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "enumerate-trusted-domains-2", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "query-domain-policy", ISTH_OP_READ }, { "set-domain-policy", ISTH_OP_CONFIGURE },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "lookup-sids-2", ISTH_OP_READ }, { "lookup-names-2", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "lookup-names-3", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "lookup-sids-3", ISTH_OP_READ }, { "lookup-names-4", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_netlogon[] = {
  { "user-logon", ISTH_OP_AUTHENTICATE }, { "user-logoff", ISTH_OP_OTHER }, { "sam-logon", ISTH_OP_AUTHENTICATE }, { "sam-logoff", ISTH_OP_OTHER },
  { "request-challenge", ISTH_OP_OTHER }, { "authenticate", ISTH_OP_AUTHENTICATE }, { "set-password", ISTH_OP_CONFIGURE },
  { "database-deltas", ISTH_OP_READ }, { "database-sync", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { "get-controller-name", ISTH_OP_IDENTIFY }, { "logon-control", ISTH_OP_CONTROL }, { "get-any-controller-name", ISTH_OP_IDENTIFY },
  { "logon-control-2", ISTH_OP_CONTROL }, { "authenticate-2", ISTH_OP_AUTHENTICATE }, { "database-sync-2", ISTH_OP_READ },
  { "database-redo", ISTH_OP_READ }, { "logon-control-2-ex", ISTH_OP_CONTROL }, { "enumerate-trusted-domains", ISTH_OP_READ },
  { "get-controller", ISTH_OP_IDENTIFY }, { "get-capabilities", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { "get-trust-rid", ISTH_OP_READ },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "authenticate-3", ISTH_OP_AUTHENTICATE }, { "get-controller-ex", ISTH_OP_IDENTIFY },
  { "get-site-name", ISTH_OP_IDENTIFY }, { "get-domain-info", ISTH_OP_READ }, { "set-password-2", ISTH_OP_CONFIGURE },
  { "get-password", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { "address-to-site", ISTH_OP_READ }, { "get-controller-ex-2", ISTH_OP_IDENTIFY },
  { NULL, ISTH_OP_OTHER }, { "enumerate-trusted-domains-ex", ISTH_OP_READ }, { "address-to-site-ex", ISTH_OP_READ },
  { "get-site-coverage", ISTH_OP_READ }, { "sam-logon-ex", ISTH_OP_AUTHENTICATE }, { "enumerate-trusts", ISTH_OP_READ },
  { "deregister-host", ISTH_OP_CONFIGURE }, { "get-trust-passwords", ISTH_OP_READ }, { "get-forest-trust", ISTH_OP_READ },
  { "get-domain-trust", ISTH_OP_READ }, { "sam-logon-with-flags", ISTH_OP_AUTHENTICATE }, { "get-trust-info", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_srvsvc[] = {
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "enumerate-connections", ISTH_OP_READ },
  { "enumerate-files", ISTH_OP_READ }, { "get-file", ISTH_OP_READ }, { "close-file", ISTH_OP_CONTROL }, { "enumerate-sessions", ISTH_OP_READ },
  { "delete-session", ISTH_OP_CONTROL }, { "add-share", ISTH_OP_CONFIGURE }, { "enumerate-shares", ISTH_OP_READ }, { "get-share", ISTH_OP_READ },
  { "set-share", ISTH_OP_CONFIGURE }, { "delete-share", ISTH_OP_CONFIGURE }, { "delete-share-sticky", ISTH_OP_CONFIGURE },
  { "check-share", ISTH_OP_READ }, { "get-server", ISTH_OP_IDENTIFY }, { "set-server", ISTH_OP_CONFIGURE }, { "enumerate-disks", ISTH_OP_READ },
  { "get-statistics", ISTH_OP_READ }, { "add-transport", ISTH_OP_CONFIGURE }, { "enumerate-transports", ISTH_OP_READ },
  { "delete-transport", ISTH_OP_CONFIGURE }, { "get-time", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { "path-type", ISTH_OP_OTHER },
  { "path-canonicalize", ISTH_OP_OTHER }, { "path-compare", ISTH_OP_OTHER }, { "name-validate", ISTH_OP_OTHER },
  { "name-canonicalize", ISTH_OP_OTHER }, { "name-compare", ISTH_OP_OTHER }, { "enumerate-shares-sticky", ISTH_OP_READ },
  { "delete-share-start", ISTH_OP_CONFIGURE }, { "delete-share-commit", ISTH_OP_CONFIGURE }, { "get-file-security", ISTH_OP_READ },
  { "set-file-security", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "alias-add", ISTH_OP_CONFIGURE }, { "alias-enumerate", ISTH_OP_READ }, { "alias-delete", ISTH_OP_CONFIGURE },
  { "delete-share-ex", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_wkssvc[] = {
  { "get-workstation", ISTH_OP_IDENTIFY }, { "set-workstation", ISTH_OP_CONFIGURE }, { "enumerate-users", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "enumerate-transports", ISTH_OP_READ }, { "add-transport", ISTH_OP_CONFIGURE },
  { "delete-transport", ISTH_OP_CONFIGURE }, { "add-use", ISTH_OP_CONFIGURE }, { "get-use", ISTH_OP_READ }, { "delete-use", ISTH_OP_CONFIGURE },
  { "enumerate-uses", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { "get-statistics", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "get-join-information", ISTH_OP_IDENTIFY },
  { NULL, ISTH_OP_OTHER }, { "join-domain", ISTH_OP_CONFIGURE }, { "leave-domain", ISTH_OP_CONFIGURE }, { "rename-computer", ISTH_OP_CONFIGURE },
  { "validate-name", ISTH_OP_READ }, { "get-joinable-units", ISTH_OP_READ }, { "add-alternate-name", ISTH_OP_CONFIGURE },
  { "remove-alternate-name", ISTH_OP_CONFIGURE }, { "set-primary-name", ISTH_OP_CONFIGURE }, { "enumerate-names", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_spoolss[] = {
  { "enumerate-printers", ISTH_OP_READ }, { "open-printer", ISTH_OP_OTHER }, { "set-job", ISTH_OP_OTHER }, { "get-job", ISTH_OP_READ },
  { "enumerate-jobs", ISTH_OP_READ }, { "add-printer", ISTH_OP_CONFIGURE }, { "delete-printer", ISTH_OP_CONFIGURE },
  { "set-printer", ISTH_OP_CONFIGURE }, { "get-printer", ISTH_OP_READ }, { "add-driver", ISTH_OP_CONFIGURE }, { "enumerate-drivers", ISTH_OP_READ },
  { "get-driver", ISTH_OP_READ }, { "get-driver-directory", ISTH_OP_READ }, { "delete-driver", ISTH_OP_CONFIGURE },
  { "add-print-processor", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "start-document", ISTH_OP_OTHER },
  { "start-page", ISTH_OP_OTHER }, { "write-printer", ISTH_OP_OTHER }, { "end-page", ISTH_OP_OTHER }, { "abort-printer", ISTH_OP_OTHER },
  { "read-printer", ISTH_OP_OTHER }, { "end-document", ISTH_OP_OTHER }, { "add-job", ISTH_OP_OTHER }, { "schedule-job", ISTH_OP_OTHER },
  { "get-data", ISTH_OP_READ }, { "set-data", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { "close-printer", ISTH_OP_OTHER },
  { "add-form", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "enumerate-forms", ISTH_OP_READ },
  { "enumerate-ports", ISTH_OP_READ }, { "enumerate-monitors", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "add-monitor", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "find-close-notify", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { "route-refresh-notify", ISTH_OP_OTHER }, { "reply-open", ISTH_OP_OTHER }, { "router-reply", ISTH_OP_OTHER }, { "reply-close", ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "find-first-notify", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { "refresh-notify", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "open-printer-ex", ISTH_OP_OTHER }, { "add-printer-ex", ISTH_OP_CONFIGURE },
  { NULL, ISTH_OP_OTHER }, { "enumerate-data", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "get-data-ex", ISTH_OP_READ }, { "enumerate-data-ex", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "add-driver-ex", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_drsuapi[] = {
  { "bind", ISTH_OP_OTHER }, { "unbind", ISTH_OP_OTHER }, { "replica-sync", ISTH_OP_CONTROL }, { "get-changes", ISTH_OP_READ },
  { "update-references", ISTH_OP_CONFIGURE }, { "add-replica", ISTH_OP_CONFIGURE }, { "delete-replica", ISTH_OP_CONFIGURE },
  { "modify-replica", ISTH_OP_CONFIGURE }, { "verify-names", ISTH_OP_READ }, { "get-memberships", ISTH_OP_READ },
  { "move-between-domains", ISTH_OP_CONFIGURE }, { "get-nt4-changes", ISTH_OP_READ }, { "crack-names", ISTH_OP_READ },
  { "write-service-names", ISTH_OP_CONFIGURE }, { "remove-server", ISTH_OP_CONFIGURE }, { "remove-domain", ISTH_OP_CONFIGURE },
  { "get-controllers", ISTH_OP_READ }, { "add-entry", ISTH_OP_CONFIGURE }, { "run-consistency-check", ISTH_OP_CONTROL },
  { "get-replication-info", ISTH_OP_READ }, { "add-sid-history", ISTH_OP_CONFIGURE }, { "get-memberships-2", ISTH_OP_READ },
  { "verify-objects", ISTH_OP_CONTROL }, { "object-exists", ISTH_OP_READ }, { "query-sites", ISTH_OP_READ },
  { "initialise-demotion", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { "finish-demotion", ISTH_OP_CONFIGURE },
  { "prepare-new-controller", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_eventlog[] = {
  { "clear-log", ISTH_OP_CONFIGURE }, { "backup-log", ISTH_OP_READ }, { "close-log", ISTH_OP_OTHER }, { "deregister-source", ISTH_OP_OTHER },
  { "count-records", ISTH_OP_READ }, { "oldest-record", ISTH_OP_READ }, { "change-notify", ISTH_OP_OTHER }, { "open-log", ISTH_OP_OTHER },
  { "register-source", ISTH_OP_OTHER }, { "open-backup", ISTH_OP_OTHER }, { "read-log", ISTH_OP_READ }, { "report-event", ISTH_OP_OTHER },
  { "clear-log-a", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER }, { "open-log-a", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { "read-log-a", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { "get-log-information", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_eventlog6[] = {
  { "subscribe-remote", ISTH_OP_OTHER }, { "subscribe-next", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "query", ISTH_OP_READ }, { "clear-log", ISTH_OP_CONFIGURE }, { "export-log", ISTH_OP_READ },
  { "localize-export", ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "query-next", ISTH_OP_READ },
  { "query-seek", ISTH_OP_OTHER }, { "close", ISTH_OP_OTHER }, { "cancel", ISTH_OP_OTHER }, { "assert-config", ISTH_OP_CONFIGURE },
  { "retract-config", ISTH_OP_CONFIGURE }, { "open-log", ISTH_OP_OTHER }, { "get-log-info", ISTH_OP_READ }, { "get-channels", ISTH_OP_READ },
  { "get-channel-config", ISTH_OP_READ }, { "put-channel-config", ISTH_OP_CONFIGURE }, { "get-publishers", ISTH_OP_READ },
  { "get-publisher-metadata", ISTH_OP_READ },
};

static const MsrpcOperation msrpc_efsrpc[] = {
  { "open-file", ISTH_OP_OTHER }, { "read-file", ISTH_OP_READ }, { "write-file", ISTH_OP_CONFIGURE }, { "close", ISTH_OP_OTHER },
  { "encrypt-file", ISTH_OP_CONFIGURE }, { "decrypt-file", ISTH_OP_CONFIGURE }, { "query-users", ISTH_OP_READ },
  { "query-recovery-agents", ISTH_OP_READ }, { "remove-users", ISTH_OP_CONFIGURE }, { "add-users", ISTH_OP_CONFIGURE }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { "query-file-key", ISTH_OP_READ }, { "duplicate-key", ISTH_OP_CONFIGURE },
};

static const MsrpcOperation msrpc_dssetup[] = {
  { "get-domain-role", ISTH_OP_IDENTIFY },
};

static const MsrpcOperation msrpc_dfsnm[] = {
  { "get-version", ISTH_OP_IDENTIFY }, { "add", ISTH_OP_CONFIGURE }, { "remove", ISTH_OP_CONFIGURE }, { "set-info", ISTH_OP_CONFIGURE },
  { "get-info", ISTH_OP_READ }, { "enumerate", ISTH_OP_READ }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER },
  { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { NULL, ISTH_OP_OTHER }, { "add-standard-root", ISTH_OP_CONFIGURE },
  { "remove-standard-root", ISTH_OP_CONFIGURE }, { "enumerate-ex", ISTH_OP_READ },
};

static const MsrpcInterface msrpc_interfaces[] = {
  { { { 0xe1, 0xaf, 0x83, 0x08, 0x5d, 0x1f, 0x11, 0xc9, 0x91, 0xa4, 0x08, 0x00, 0x2b, 0x14, 0xa0, 0xfa } },
    "endpoint mapper", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_endpoint_mapper), msrpc_endpoint_mapper },
  { { { 0xaf, 0xa8, 0xbd, 0x80, 0x7d, 0x8a, 0x11, 0xc9, 0xbe, 0xf4, 0x08, 0x00, 0x2b, 0x10, 0x29, 0x89 } },
    "remote management", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_remote_management), msrpc_remote_management },
  { { { 0x99, 0xfc, 0xfe, 0xc4, 0x52, 0x60, 0x10, 0x1b, 0xbb, 0xcb, 0x00, 0xaa, 0x00, 0x21, 0x34, 0x7a } },
    "IObjectExporter", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_iobjectexporter), msrpc_iobjectexporter },
  { { { 0x4d, 0x9f, 0x4a, 0xb8, 0x7d, 0x1c, 0x11, 0xcf, 0x86, 0x1e, 0x00, 0x20, 0xaf, 0x6e, 0x7c, 0x57 } },
    "IActivation", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_iactivation), msrpc_iactivation },
  { { { 0x00, 0x00, 0x01, 0xa0, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IRemoteSCMActivator", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iremotescmactivator), msrpc_iremotescmactivator },
  { { { 0x00, 0x00, 0x01, 0x31, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IRemUnknown", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iremunknown), msrpc_iremunknown },
  { { { 0x00, 0x00, 0x01, 0x43, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IRemUnknown2", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iremunknown2), msrpc_iremunknown2 },
  { { { 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IClassFactory", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iclassfactory), msrpc_iclassfactory },
  { { { 0x00, 0x02, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IDispatch", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_idispatch), msrpc_idispatch },
  { { { 0x00, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IEnumString", NULL, ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_ienumstring), msrpc_ienumstring },
  { { { 0x00, 0x02, 0xe0, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 } },
    "IEnumGUID", NULL, ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_ienumguid), msrpc_ienumguid },
  { { { 0xb1, 0x96, 0xb2, 0x84, 0xba, 0xb4, 0x10, 0x1a, 0xb6, 0x9c, 0x00, 0xaa, 0x00, 0x34, 0x1d, 0x07 } },
    "IConnectionPointContainer", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iconnectionpointcontainer), msrpc_iconnectionpointcontainer },
  { { { 0xb1, 0x96, 0xb2, 0x86, 0xba, 0xb4, 0x10, 0x1a, 0xb6, 0x9c, 0x00, 0xaa, 0x00, 0x34, 0x1d, 0x07 } },
    "IConnectionPoint", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iconnectionpoint), msrpc_iconnectionpoint },
  { { { 0x13, 0x48, 0x6d, 0x50, 0x48, 0x21, 0x11, 0xd2, 0xa4, 0x94, 0x3c, 0xb3, 0x06, 0xc1, 0x00, 0x00 } },
    "IOPCServerList", "opc-common", ISTH_OP_IDENTIFY, 3, G_N_ELEMENTS (msrpc_iopcserverlist), msrpc_iopcserverlist },
  { { { 0x9d, 0xd0, 0xb5, 0x6c, 0xad, 0x9e, 0x43, 0xee, 0x83, 0x05, 0x48, 0x7f, 0x31, 0x88, 0xbf, 0x7a } },
    "IOPCServerList2", "opc-common", ISTH_OP_IDENTIFY, 3, G_N_ELEMENTS (msrpc_iopcserverlist), msrpc_iopcserverlist },
  { { { 0xf3, 0x1d, 0xfd, 0xe2, 0x07, 0xb6, 0x11, 0xd2, 0xb2, 0xd8, 0x00, 0x60, 0x08, 0x3b, 0xa1, 0xfb } },
    "IOPCCommon", "opc-common", ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iopccommon), msrpc_iopccommon },
  { { { 0xf3, 0x1d, 0xfd, 0xe1, 0x07, 0xb6, 0x11, 0xd2, 0xb2, 0xd8, 0x00, 0x60, 0x08, 0x3b, 0xa1, 0xfb } },
    "IOPCShutdown", "opc-common", ISTH_OP_REPORT, 3, G_N_ELEMENTS (msrpc_iopcshutdown), msrpc_iopcshutdown },
  { { { 0x39, 0xc1, 0x3a, 0x4d, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCServer", "opc-da", ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iopcserver), msrpc_iopcserver },
  { { { 0x39, 0xc1, 0x3a, 0x4e, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCServerPublicGroups", "opc-da", ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iopcserverpublicgroups), msrpc_iopcserverpublicgroups },
  { { { 0x39, 0xc1, 0x3a, 0x4f, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCBrowseServerAddressSpace", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcbrowseserveraddressspace), msrpc_iopcbrowseserveraddressspace },
  { { { 0x39, 0xc1, 0x3a, 0x50, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCGroupStateMgt", "opc-da", ISTH_OP_SUBSCRIBE, 3, G_N_ELEMENTS (msrpc_iopcgroupstatemgt), msrpc_iopcgroupstatemgt },
  { { { 0x39, 0xc1, 0x3a, 0x51, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCPublicGroupStateMgt", "opc-da", ISTH_OP_SUBSCRIBE, 3, G_N_ELEMENTS (msrpc_iopcpublicgroupstatemgt), msrpc_iopcpublicgroupstatemgt },
  { { { 0x39, 0xc1, 0x3a, 0x52, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCSyncIO", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcsyncio), msrpc_iopcsyncio },
  { { { 0x39, 0xc1, 0x3a, 0x53, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCAsyncIO", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcasyncio), msrpc_iopcasyncio },
  { { { 0x39, 0xc1, 0x3a, 0x54, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCItemMgt", "opc-da", ISTH_OP_SUBSCRIBE, 3, G_N_ELEMENTS (msrpc_iopcitemmgt), msrpc_iopcitemmgt },
  { { { 0x39, 0xc1, 0x3a, 0x55, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IEnumOPCItemAttributes", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_ienumguid), msrpc_ienumguid },
  { { { 0x39, 0xc1, 0x3a, 0x70, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCDataCallback", "opc-da", ISTH_OP_REPORT, 3, G_N_ELEMENTS (msrpc_iopcdatacallback), msrpc_iopcdatacallback },
  { { { 0x39, 0xc1, 0x3a, 0x71, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCAsyncIO2", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcasyncio2), msrpc_iopcasyncio2 },
  { { { 0x39, 0xc1, 0x3a, 0x72, 0x01, 0x1e, 0x11, 0xd0, 0x96, 0x75, 0x00, 0x20, 0xaf, 0xd8, 0xad, 0xb3 } },
    "IOPCItemProperties", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcitemproperties), msrpc_iopcitemproperties },
  { { { 0x39, 0x22, 0x70, 0x04, 0xa1, 0x8f, 0x4b, 0x57, 0x8b, 0x0a, 0x52, 0x35, 0x67, 0x0f, 0x44, 0x68 } },
    "IOPCBrowse", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcbrowse), msrpc_iopcbrowse },
  { { { 0x85, 0xc0, 0xb4, 0x27, 0x28, 0x93, 0x4c, 0xbc, 0xbd, 0x78, 0xe5, 0xfc, 0x51, 0x46, 0xf0, 0x8f } },
    "IOPCItemIO", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcitemio), msrpc_iopcitemio },
  { { { 0x73, 0x0f, 0x5f, 0x0f, 0x55, 0xb1, 0x4c, 0x81, 0x9e, 0x18, 0xff, 0x8a, 0x09, 0x04, 0xe1, 0xfa } },
    "IOPCSyncIO2", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcsyncio2), msrpc_iopcsyncio2 },
  { { { 0x09, 0x67, 0xb9, 0x7b, 0x36, 0xef, 0x42, 0x3e, 0xb6, 0xf8, 0x6b, 0xff, 0x1e, 0x40, 0xd3, 0x9d } },
    "IOPCAsyncIO3", "opc-da", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopcasyncio3), msrpc_iopcasyncio3 },
  { { { 0x8e, 0x36, 0x86, 0x66, 0xd7, 0x2e, 0x4f, 0x78, 0x87, 0xed, 0x64, 0x76, 0x11, 0xc6, 0x1c, 0x9f } },
    "IOPCGroupStateMgt2", "opc-da", ISTH_OP_SUBSCRIBE, 3, G_N_ELEMENTS (msrpc_iopcgroupstatemgt2), msrpc_iopcgroupstatemgt2 },
  { { { 0x65, 0x16, 0x88, 0x51, 0x57, 0x83, 0x11, 0xd1, 0x84, 0xa0, 0x00, 0x60, 0x8c, 0xb8, 0xa7, 0xe9 } },
    "IOPCEventServer", "opc-ae", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopceventserver), msrpc_iopceventserver },
  { { { 0x65, 0x16, 0x88, 0x55, 0x57, 0x83, 0x11, 0xd1, 0x84, 0xa0, 0x00, 0x60, 0x8c, 0xb8, 0xa7, 0xe9 } },
    "IOPCEventSubscriptionMgt", "opc-ae", ISTH_OP_SUBSCRIBE, 3, G_N_ELEMENTS (msrpc_iopceventsubscriptionmgt), msrpc_iopceventsubscriptionmgt },
  { { { 0x65, 0x16, 0x88, 0x57, 0x57, 0x83, 0x11, 0xd1, 0x84, 0xa0, 0x00, 0x60, 0x8c, 0xb8, 0xa7, 0xe9 } },
    "IOPCEventAreaBrowser", "opc-ae", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopceventareabrowser), msrpc_iopceventareabrowser },
  { { { 0x65, 0x16, 0x88, 0x5f, 0x57, 0x83, 0x11, 0xd1, 0x84, 0xa0, 0x00, 0x60, 0x8c, 0xb8, 0xa7, 0xe9 } },
    "IOPCEventSink", "opc-ae", ISTH_OP_REPORT, 3, G_N_ELEMENTS (msrpc_iopceventsink), msrpc_iopceventsink },
  { { { 0x1f, 0x12, 0x17, 0xb0, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_Server", "opc-hda", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopchda_server), msrpc_iopchda_server },
  { { { 0x1f, 0x12, 0x17, 0xb1, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_Browser", "opc-hda", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopchda_browser), msrpc_iopchda_browser },
  { { { 0x1f, 0x12, 0x17, 0xb2, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_SyncRead", "opc-hda", ISTH_OP_READ, 3, G_N_ELEMENTS (msrpc_iopchda_syncread), msrpc_iopchda_syncread },
  { { { 0x1f, 0x12, 0x17, 0xb3, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_SyncUpdate", "opc-hda", ISTH_OP_WRITE, 3, G_N_ELEMENTS (msrpc_iopchda_syncupdate), msrpc_iopchda_syncupdate },
  { { { 0x1f, 0x12, 0x17, 0xb5, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_AsyncRead", "opc-hda", ISTH_OP_READ, 3, 0, NULL },
  { { { 0x1f, 0x12, 0x17, 0xb6, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_AsyncUpdate", "opc-hda", ISTH_OP_WRITE, 3, 0, NULL },
  { { { 0x1f, 0x12, 0x17, 0xb9, 0xde, 0xe0, 0x11, 0xd2, 0xa5, 0xe5, 0x00, 0x00, 0x86, 0x33, 0x93, 0x99 } },
    "IOPCHDA_DataCallback", "opc-hda", ISTH_OP_REPORT, 3, 0, NULL },
  { { { 0x36, 0x7a, 0xbb, 0x81, 0x98, 0x44, 0x35, 0xf1, 0xad, 0x32, 0x98, 0xf0, 0x38, 0x00, 0x10, 0x03 } },
    "svcctl", NULL, ISTH_OP_CONFIGURE, 0, G_N_ELEMENTS (msrpc_svcctl), msrpc_svcctl, true },
  { { { 0x1f, 0xf7, 0x06, 0x82, 0x0a, 0x51, 0x30, 0xe8, 0x07, 0x6d, 0x74, 0x0b, 0xe8, 0xce, 0xe9, 0x8b } },
    "atsvc", NULL, ISTH_OP_CONFIGURE, 0, G_N_ELEMENTS (msrpc_atsvc), msrpc_atsvc, true },
  { { { 0x86, 0xd3, 0x59, 0x49, 0x83, 0xc9, 0x40, 0x44, 0xb4, 0x24, 0xdb, 0x36, 0x32, 0x31, 0xfd, 0x0c } },
    "ITaskSchedulerService", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_itaskschedulerservice), msrpc_itaskschedulerservice },
  { { { 0x33, 0x8c, 0xd0, 0x01, 0x22, 0x44, 0x31, 0xf1, 0xaa, 0xaa, 0x90, 0x00, 0x38, 0x00, 0x10, 0x03 } },
    "winreg", NULL, ISTH_OP_READ, 0, G_N_ELEMENTS (msrpc_winreg), msrpc_winreg, true },
  { { { 0x95, 0x56, 0xdc, 0x99, 0x82, 0x8c, 0x11, 0xcf, 0xa3, 0x7e, 0x00, 0xaa, 0x00, 0x32, 0x40, 0xc7 } },
    "IWbemServices", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iwbemservices), msrpc_iwbemservices },
  { { { 0xf3, 0x09, 0xad, 0x18, 0xd8, 0x6a, 0x11, 0xd0, 0xa0, 0x75, 0x00, 0xc0, 0x4f, 0xb6, 0x88, 0x20 } },
    "IWbemLevel1Login", NULL, ISTH_OP_OTHER, 3, G_N_ELEMENTS (msrpc_iwbemlevel1login), msrpc_iwbemlevel1login },
  { { { 0x12, 0x34, 0x57, 0x78, 0x12, 0x34, 0xab, 0xcd, 0xef, 0x00, 0x01, 0x23, 0x45, 0x67, 0x89, 0xac } },
    "samr", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_samr), msrpc_samr },
  { { { 0x12, 0x34, 0x57, 0x78, 0x12, 0x34, 0xab, 0xcd, 0xef, 0x00, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab } },
    "lsarpc", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_lsarpc), msrpc_lsarpc },
  { { { 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0xab, 0xcd, 0xef, 0x00, 0x01, 0x23, 0x45, 0x67, 0xcf, 0xfb } },
    "netlogon", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_netlogon), msrpc_netlogon },
  { { { 0x4b, 0x32, 0x4f, 0xc8, 0x16, 0x70, 0x01, 0xd3, 0x12, 0x78, 0x5a, 0x47, 0xbf, 0x6e, 0xe1, 0x88 } },
    "srvsvc", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_srvsvc), msrpc_srvsvc, true },
  { { { 0x6b, 0xff, 0xd0, 0x98, 0xa1, 0x12, 0x36, 0x10, 0x98, 0x33, 0x46, 0xc3, 0xf8, 0x7e, 0x34, 0x5a } },
    "wkssvc", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_wkssvc), msrpc_wkssvc, true },
  { { { 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0xab, 0xcd, 0xef, 0x00, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab } },
    "spoolss", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_spoolss), msrpc_spoolss, true },
  { { { 0xe3, 0x51, 0x42, 0x35, 0x4b, 0x06, 0x11, 0xd1, 0xab, 0x04, 0x00, 0xc0, 0x4f, 0xc2, 0xdc, 0xd2 } },
    "drsuapi", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_drsuapi), msrpc_drsuapi },
  { { { 0x82, 0x27, 0x3f, 0xdc, 0xe3, 0x2a, 0x18, 0xc3, 0x3f, 0x78, 0x82, 0x79, 0x29, 0xdc, 0x23, 0xea } },
    "eventlog", NULL, ISTH_OP_READ, 0, G_N_ELEMENTS (msrpc_eventlog), msrpc_eventlog },
  { { { 0x89, 0x4d, 0xe0, 0xc0, 0x0d, 0x55, 0x11, 0xd3, 0xa3, 0x22, 0x00, 0xc0, 0x4f, 0xa3, 0x21, 0xa1 } },
    "shutdown", NULL, ISTH_OP_CONTROL, 0, G_N_ELEMENTS (msrpc_shutdown), msrpc_shutdown, true },
  { { { 0xf6, 0xbe, 0xaf, 0xf7, 0x1e, 0x19, 0x4f, 0xbb, 0x9f, 0x8f, 0xb8, 0x9e, 0x20, 0x18, 0x33, 0x7c } },
    "eventlog6", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_eventlog6), msrpc_eventlog6 },
  { { { 0xc6, 0x81, 0xd4, 0x88, 0xd8, 0x50, 0x11, 0xd0, 0x8c, 0x52, 0x00, 0xc0, 0x4f, 0xd9, 0x0f, 0x7e } },
    "efsrpc", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_efsrpc), msrpc_efsrpc },
  { { { 0xdf, 0x19, 0x41, 0xc5, 0xfe, 0x89, 0x4e, 0x79, 0xbf, 0x10, 0x46, 0x36, 0x57, 0xac, 0xf4, 0x4d } },
    "efsrpc", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_efsrpc), msrpc_efsrpc },
  { { { 0x39, 0x19, 0x28, 0x6a, 0xb1, 0x0c, 0x11, 0xd0, 0x9b, 0xa8, 0x00, 0xc0, 0x4f, 0xd9, 0x2e, 0xf5 } },
    "dssetup", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_dssetup), msrpc_dssetup, true },
  { { { 0x4f, 0xc7, 0x42, 0xe0, 0x4a, 0x10, 0x11, 0xcf, 0x82, 0x73, 0x00, 0xaa, 0x00, 0x4a, 0xe6, 0x73 } },
    "netdfs", NULL, ISTH_OP_OTHER, 0, G_N_ELEMENTS (msrpc_dfsnm), msrpc_dfsnm, true },
};
